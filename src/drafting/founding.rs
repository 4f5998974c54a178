//! A new register: what a municipality says of itself, and the files that follow from it.

use toml_edit::{DocumentMut, Item};

use super::DraftFile;
use crate::money::Money;
use crate::register::{FileKind, edit};
use crate::settings::{MemoWord, ProposalStyle};
use crate::text;
use crate::vocabulary;

vocabulary! {
    /// The guidelines that a register begins with.
    pub enum Profile ("Riktlinjer att börja med") {
        /// Criteria that many use and the municipality has not decided.
        Neutral = "neutral", "kriterier som ofta används", "kommunen har inte beslutat dem";
        /// Those of Lund from 2020.
        Lund = "lund", "Lunds riktlinjer från 2020", "en annan kommun har dem som förebild";
    }
}

vocabulary! {
    /// Where the register is kept, and what checks it there at each change.
    pub enum Ci ("Granskning vid varje ändring") {
        /// Nowhere, or somewhere else.
        None = "none", "ingen";
        /// GitHub Actions.
        Github = "github", "GitHub";
        /// GitLab CI.
        Gitlab = "gitlab", "GitLab";
        /// Azure Pipelines.
        Azure = "azure", "Azure DevOps";
    }
}

/// What a municipality says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The legal person.
    pub municipality: String,
    /// The committees by name; the first one decides where an agreement says nothing else.
    pub committees: Vec<String>,
    /// The guidelines to begin with.
    pub profile: Profile,
    /// The first committee's frames for partnerships, by year.
    pub frames: Vec<(i32, Money)>,
    /// What the memo is called.
    pub memo: MemoWord,
    /// How proposals for decisions are written.
    pub proposal: ProposalStyle,
    /// What checks the register at each change.
    pub ci: Ci,
}

/// The key of a committee: "Socialnämnden" → "social".
#[must_use]
pub fn committee_key(name: &str) -> String {
    let slug = text::slug(name);
    let short = slug.strip_suffix("namnden").map(|short| short.trim_end_matches('-'));
    short.filter(|short| !short.is_empty()).unwrap_or(&slug).to_owned()
}

const LUND: &str = "Lunds kommun";

const LUNDS_GUIDELINE: &str = include_str!("../../guidelines/lund-iop-2020.toml");

/// What an example of CI says first, which is how to copy it.
const COPIED: &str = "# Kopieras till ";

impl Founding {
    /// All files of the register, the one that makes a folder a register last.
    #[must_use]
    pub fn files(&self) -> Vec<DraftFile> {
        let keys = self.keys();
        let (guideline, guideline_text) = self.guideline();
        let mut files = vec![
            DraftFile::new(".gitignore", include_str!("../../assets/founding/gitignore")),
            DraftFile::new(".gitattributes", include_str!("../../assets/founding/gitattributes")),
            DraftFile::new(".editorconfig", include_str!("../../assets/founding/editorconfig")),
            DraftFile::new("taplo.toml", include_str!("../../assets/founding/taplo.toml")),
            DraftFile::new("tombi.toml", include_str!("../../assets/founding/tombi.toml")),
            DraftFile::new("README.md", self.readme()),
            DraftFile::new(&format!("guidelines/{guideline}.toml"), guideline_text),
            DraftFile::new(
                "indexes/priskompensation.toml",
                include_str!("../../assets/founding/priskompensation.toml"),
            ),
            DraftFile::new("budget.toml", self.budget(&keys)),
        ];
        files.extend(
            ["agreements", "records", "meetings"]
                .map(|folder| DraftFile::new(&format!("{folder}/.gitkeep"), "")),
        );
        files.extend(FileKind::ALL.map(|kind| DraftFile::new(&kind.schema_file(), kind.schema_text())));
        files.extend(self.ci.files());
        files.push(DraftFile::new("iop.toml", self.settings(&keys, guideline)));
        files
    }

    /// Whether the guidelines are the municipality's own.
    #[must_use]
    pub fn has_own_guidelines(&self) -> bool {
        self.profile == Profile::Lund && self.municipality.trim().eq_ignore_ascii_case(LUND)
    }

    /// The keys of the committees, each its own.
    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for (name, number) in self.committees.iter().zip(1..) {
            let key = committee_key(name);
            let is_free = !key.is_empty() && !keys.contains(&key);
            keys.push(if is_free { key } else { format!("namnd-{number}") });
        }
        keys
    }

    fn settings(&self, keys: &[String], guideline: &str) -> String {
        let mut committees = String::new();
        for (key, name) in keys.iter().zip(&self.committees) {
            committees.push_str(&format!("[committee.{key}]\nnames = [{{ name = {} }}]\n\n", quoted(name)));
        }
        let committee = keys.first().map(|key| format!("committee = {}\n", quoted(key))).unwrap_or_default();
        format!(
            "{schema}# Registret: vems det är, vilka nämnder som beslutar och vad som gäller när ett avtal inte säger något annat.\n\n\
             [municipality]\nname = {name}\n\n\
             # Nycklarna efter committee är de som avtalen hänvisar till. Har en nämnd bytt namn: lägg till namnen, äldst först, med\n\
             # until och from.\n\
             {committees}\
             [default]\nguideline = {guideline}\n{committee}\n\
             [documents]\nmemo = \"{memo}\"\nproposal = \"{proposal}\"\n",
            schema = FileKind::Settings.schema_line(),
            name = quoted(&self.municipality),
            guideline = quoted(guideline),
            memo = self.memo.word(),
            proposal = self.proposal.word(),
        )
    }

    fn budget(&self, keys: &[String]) -> String {
        let mut budget = format!(
            "{}# Nämndernas ramar för partnerskap, en rad per nämnd eller verksamhet. Avtalen hänvisar till raden med budget_line.\n\
             # Skriv in beslutade ramar så här, med källa:\n\
             # 2027 = {{ amount = 500_000, status = \"decided\", source = \"kommunfullmäktige, datum och paragraf\" }}\n",
            FileKind::Budget.schema_line()
        );
        for (key, name) in keys.iter().zip(&self.committees) {
            let title = format!("Partnerskap, {}", text::uncapitalised(name));
            budget.push_str(&format!(
                "\n[line.{key}]\ntitle = {}\ncommittee = {}\n\n[line.{key}.year]\n",
                quoted(&title),
                quoted(key)
            ));
            if keys.first() == Some(key) {
                let frames = self.frames.iter().map(|(year, amount)| {
                    let source = "angiven när registret lades upp; ange beslutet";
                    let amount = edit::amount(*amount);
                    format!("{year} = {{ amount = {amount}, status = \"assumed\", source = \"{source}\" }}\n")
                });
                budget.extend(frames);
            }
        }
        budget
    }

    fn readme(&self) -> String {
        let checked = match self.ci {
            Ci::None => String::new(),
            ci => {
                let files: Vec<String> = ci.files().iter().map(|file| format!("`{}`", file.path)).collect();
                format!(
                    "\n## Granskning vid varje ändring\n\nRegistret granskas av sig självt i {} vid varje ändring. Be den som sköter kodförrådet att\ni {} byta adressen mot den där kommunen har `iop`, och nollorna mot den version av `iop` som ni använder.\n",
                    ci.label(),
                    text::list(&files)
                )
            }
        };
        let readme = include_str!("../../assets/founding/README.md");
        readme.replace("{municipality}", &self.municipality).replace("{checked}\n", &checked)
    }

    /// The name and the text of the guidelines. Lund's own say who decided them; in another municipality's register nobody
    /// has.
    fn guideline(&self) -> (&'static str, String) {
        match self.profile {
            Profile::Neutral => {
                ("kriterier", include_str!("../../assets/founding/kriterier.toml").to_owned())
            }
            Profile::Lund if self.has_own_guidelines() => ("lund-iop-2020", LUNDS_GUIDELINE.to_owned()),
            Profile::Lund => ("efter-lund-2020", after_lund()),
        }
    }
}

/// Lund's limits and grounds without what is Lund's own: the decision, and the form of its registry numbers.
fn after_lund() -> String {
    let mut document: DocumentMut = LUNDS_GUIDELINE.parse().unwrap_or_default();
    for key in ["decided_by", "decided", "paragraph"] {
        document.remove(key);
    }
    if let Some(case) = document.get_mut("case").and_then(Item::as_table_mut) {
        case.remove("registry_number");
    }
    document["title"] = toml_edit::value("Gränser och skäl efter Lunds riktlinjer från 2020");
    document["assumed"] = toml_edit::value(
        "Gränserna och skälen är hämtade ur Lunds riktlinjer från 2020. Kommunen har inte beslutat dem.",
    );
    document.to_string()
}

impl Ci {
    /// The files that make the system check the register.
    fn files(self) -> Vec<DraftFile> {
        let file = |path, text: &str| DraftFile::new(path, without_copying(text));
        match self {
            Self::None => Vec::new(),
            Self::Github => vec![
                file(".github/workflows/partnerskap.yml", include_str!("../../docs/ci/github.yml")),
                file(".github/workflows/uppfoljning.yml", include_str!("../../docs/ci/uppfoljning.yml")),
            ],
            Self::Gitlab => vec![file(".gitlab-ci.yml", include_str!("../../docs/ci/gitlab-ci.yml"))],
            Self::Azure => {
                vec![file("azure-pipelines.yml", include_str!("../../docs/ci/azure-pipelines.yml"))]
            }
        }
    }
}

/// An example of CI without the words about copying it; what to change in it stays.
fn without_copying(example: &str) -> String {
    let (first, rest) = example.split_once('\n').unwrap_or((example, ""));
    let change = first.strip_prefix(COPIED).and_then(|line| line.split_once(". "));
    change.map_or_else(|| example.to_owned(), |(_, change)| format!("# {change}\n{rest}"))
}

fn quoted(text: &str) -> String {
    edit::Value::from(text).to_string()
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::documents::Stationery;
    use crate::finding::Level;
    use crate::register::{InputFile, Register};
    use crate::rules::{Judging, judge};

    pub(in crate::drafting) fn founding(municipality: &str) -> Founding {
        Founding {
            municipality: municipality.to_owned(),
            committees: vec!["Socialnämnden".to_owned(), "Kultur- och fritidsnämnden".to_owned()],
            profile: Profile::Neutral,
            frames: vec![(2027, Money::kronor(500_000))],
            memo: MemoWord::Tjansteutlatande,
            proposal: ProposalStyle::Numbered,
            ci: Ci::Github,
        }
    }

    fn read(founding: &Founding) -> (Register, Vec<String>) {
        let files = founding.files();
        let files = files.iter().filter(|file| file.text.starts_with("#:schema "));
        let files: Vec<_> = files.map(|file| InputFile::text(&file.path, &file.text)).collect();
        let (register, mut read) = Register::load(files);
        let (stationery, mut faults) = Stationery::load(&register);
        read.append(&mut faults);
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let judgement = judge(&register, &stationery, Judging { read, ..Judging::default() }, today);
        let graver = judgement.findings.into_iter().filter(|one| one.level > Level::Note);
        (register, graver.map(|one| format!("{} {} {}", one.code, one.place.file, one.message)).collect())
    }

    #[test]
    fn a_new_register_has_nothing_wrong_whatever_is_answered() {
        for profile in Profile::ALL {
            for ci in Ci::ALL {
                for (municipality, committees) in [
                    ("Lunds kommun", vec!["Socialnämnden"]),
                    ("Kommunen \"Å\\ä\"", vec!["Nämnden", "nämnden", "\"", "Kommunstyrelsen"]),
                    ("{checked} kommun", vec![]),
                ] {
                    let committees = committees.into_iter().map(str::to_owned).collect();
                    let founding = Founding { committees, profile, ci, ..founding(municipality) };
                    let (register, graver) = read(&founding);
                    assert_eq!(graver, Vec::<String>::new(), "{founding:?}");
                    let settings = register.settings.unwrap().data;
                    assert_eq!(settings.municipality.name, municipality);
                    assert_eq!(settings.committee.len(), founding.committees.len());
                    assert!(register.guidelines.contains_key(&settings.default.guideline.unwrap()));
                }
            }
        }
    }

    #[test]
    fn what_is_answered_stands_in_the_files() {
        let (register, _) = read(&founding("Provs kommun"));
        let settings = &register.settings.as_ref().unwrap().data;
        assert_eq!(settings.committee.keys().collect::<Vec<_>>(), ["social", "kultur-och-fritids"]);
        assert_eq!(settings.default.committee.as_deref(), Some("social"));
        assert_eq!(
            (settings.documents.memo, settings.documents.proposal),
            (MemoWord::Tjansteutlatande, ProposalStyle::Numbered)
        );
        let line = &register.budget.as_ref().unwrap().data.line["social"];
        assert_eq!(line.year["2027"].amount, Money::kronor(500_000));
    }

    #[test]
    fn only_lund_has_decided_lunds_guidelines() {
        let of = |municipality: &str| {
            let founding = Founding { profile: Profile::Lund, ..founding(municipality) };
            let (register, _) = read(&founding);
            register.guidelines.into_iter().next().unwrap()
        };
        let (id, own) = of("Lunds kommun");
        assert_eq!((id.as_str(), own.data.decided_by.as_deref()), ("lund-iop-2020", Some("Socialnämnden")));
        let (id, other) = of("Provs kommun");
        let other = other.data;
        assert_eq!(id, "efter-lund-2020");
        assert!(other.decided_by.is_none() && other.decided.is_none() && other.paragraph.is_none());
        assert!(other.assumed.is_some() && other.case.registry_number.is_empty());
        assert_eq!((other.ground.len(), other.limits), (own.data.ground.len(), own.data.limits));
    }

    #[test]
    fn a_file_for_ci_says_what_to_change_and_not_how_to_copy_it() {
        for ci in Ci::ALL {
            for file in ci.files() {
                assert!(file.text.starts_with("# Byt "), "{}", file.text);
            }
        }
    }

    #[test]
    fn a_committee_has_a_short_key() {
        for (name, key) in [
            ("Socialnämnden", "social"),
            ("Arbetsmarknads- och socialnämnden", "arbetsmarknads-och-social"),
            ("Kommunstyrelsen", "kommunstyrelsen"),
            ("Nämnden", "namnden"),
        ] {
            assert_eq!(committee_key(name), key);
        }
    }
}
