//! An earlier report, so that only what has come since is shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Rule, of_code};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;

/// The version of the JSON report, which is what is read here. It grows by new keys; one that changes its meaning raises it.
pub const VERSION: u32 = 1;

/// What an earlier report held: its findings by code, file and key path. Lines do not count: they move when something is
/// written above them.
#[derive(Debug, Default)]
pub struct Baseline(BTreeMap<(String, String, String), Vec<Known>>);

/// An earlier finding at one place.
#[derive(Debug)]
struct Known {
    level: Level,
    /// What of several such faults it was, where the report says.
    word: Option<String>,
    /// How much it was.
    measure: Option<Measure>,
    /// The files that it named as what it rests on.
    named: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Earlier {
    version: u32,
    findings: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    code: String,
    level: String,
    file: String,
    path: String,
    word: Option<String>,
    measure: Option<serde_json::Value>,
    #[serde(default)]
    related: Vec<RelatedItem>,
}

#[derive(Deserialize)]
struct RelatedItem {
    file: String,
    path: String,
    word: Option<String>,
    #[serde(default)]
    same_fault: bool,
}

/// Why a file is no earlier report, as the end of a Swedish sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoReport(String);

impl Baseline {
    /// Reads a JSON report. A mark at its beginning tells how an editor, or PowerShell's `>`, has encoded it.
    pub fn read(bytes: &[u8]) -> Result<Self, NoReport> {
        let (text, _, _) = encoding_rs::UTF_8.decode(bytes);
        let earlier: Earlier = serde_json::from_str(&text)
            .map_err(|_| NoReport("är ingen rapport från iop validate --format json".to_owned()))?;
        if earlier.version != VERSION {
            return Err(NoReport(format!(
                "har version {}, som det här programmet inte känner till",
                earlier.version
            )));
        }
        let mut known: BTreeMap<(String, String, String), Vec<Known>> = BTreeMap::new();
        for item in earlier.findings {
            let level = Level::ALL.into_iter().find(|level| level.key() == item.level);
            let level =
                level.ok_or_else(|| NoReport(format!("har ett allvar som inte finns: {}", item.level)))?;
            let (further, grounds): (Vec<_>, Vec<_>) =
                item.related.into_iter().partition(|related| related.same_fault);
            // A measure of a kind that is not known here was no measure of this.
            let measure = item.measure.and_then(|measure| serde_json::from_value(measure).ok());
            let named: BTreeSet<String> = grounds.into_iter().map(|related| related.file).collect();
            let places = further.into_iter().map(|place| (place.file, place.path, place.word));
            for (file, path, word) in places.chain([(item.file, item.path, item.word)]) {
                let key = (item.code.clone(), file, path);
                known.entry(key).or_default().push(Known { level, word, measure, named: named.clone() });
            }
        }
        for findings in known.values_mut() {
            findings.sort_by_key(|finding| (finding.level, finding.measure));
        }
        Ok(Self(known))
    }

    /// Takes out the findings that the earlier report held, and gives them back. Where there are more of a kind
    /// at one place than then, the last of them stay; so does one that has become graver or larger, and one about the whole
    /// register that now rests on an agreement that it did not name. What keeps a file from being read, and what must
    /// not stand in any, is never known.
    pub fn take_known(mut self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let mut known = Vec::new();
        let found = std::mem::take(findings);
        findings.extend(found.into_iter().filter_map(|finding| {
            if of_code(finding.code).is_some_and(Rule::is_absolute) {
                return Some(finding);
            }
            let agreements = agreements_of(&finding);
            let left =
                finding.clone().at_places(|place, word| !self.take(&finding, place, word, &agreements));
            if left.is_none() {
                known.push(finding);
            }
            left
        }));
        known
    }

    /// Whether the earlier report held this, once for each time that it did.
    fn take(
        &mut self,
        finding: &Finding,
        place: &Place,
        word: Option<&str>,
        agreements: &BTreeSet<String>,
    ) -> bool {
        let key = (finding.code.to_owned(), place.file.to_string(), place.path.to_string());
        let Some(known) = self.0.get_mut(&key) else { return false };
        let fits = |known: &Known| {
            let is_same = known.word.is_none() || known.word.as_deref() == word;
            let is_as_large = Measure::is_covered(finding.measure.as_ref(), known.measure.as_ref());
            is_same && is_as_large && known.level >= finding.level && known.named.is_superset(agreements)
        };
        let position = known.iter().position(fits);
        position.map(|position| known.remove(position)).is_some()
    }
}

/// The agreements that a finding about the whole register rests on. One that stands in an agreement, or in what has
/// happened to it, is known by its place alone.
fn agreements_of(finding: &Finding) -> BTreeSet<String> {
    let is_of_one = ["agreements/", "records/"].iter().any(|folder| finding.place.file.starts_with(folder));
    let related = finding.related.iter().filter(|_| !is_of_one).map(|related| &related.place.file);
    related.filter(|file| file.starts_with("agreements/")).map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Mention, Spread};
    use crate::path;

    fn report(items: &[(&str, &str)]) -> Baseline {
        let items: Vec<serde_json::Value> = items
            .iter()
            .map(|(code, level)| {
                serde_json::json!({ "code": code, "level": level, "file": "agreements/a.toml", "path": "term.end", "line": 7 })
            })
            .collect();
        Baseline::read(serde_json::json!({ "version": 1, "findings": items }).to_string().as_bytes()).unwrap()
    }

    fn finding(code: &'static str, level: Level) -> Finding {
        Finding::new(code, level, Place::value(&"agreements/a.toml".into(), path!["term", "end"]), "x")
    }

    #[test]
    fn a_second_of_a_kind_and_a_graver_one_still_show() {
        let mut findings = vec![
            finding("IOP201", Level::Error),
            finding("IOP201", Level::Error),
            finding("IOP404", Level::Error),
            finding("IOP206", Level::Note),
        ];
        let known =
            report(&[("IOP201", "error"), ("IOP404", "note"), ("IOP206", "warning"), ("IOP999", "error")]);
        assert_eq!(known.take_known(&mut findings).len(), 2);
        assert_eq!(findings, [finding("IOP201", Level::Error), finding("IOP404", Level::Error)]);
    }

    #[test]
    fn an_agreement_that_was_not_named_makes_a_finding_about_the_register_new() {
        let at = |file: &str| Place::value(&file.into(), path!["funding", "2024"]);
        let exceeded = |others: &[&str]| {
            let place = Place::value(&"budget.toml".into(), path!["line"]);
            let finding = Finding::new("IOP303", Level::Error, place, "x");
            others.iter().fold(finding, |finding, file| finding.related(at(file), "x"))
        };
        let earlier = || {
            let text = serde_json::json!({ "version": 1, "findings": [{
                "code": "IOP303", "level": "error", "file": "budget.toml", "path": "line",
                "related": [{ "file": "agreements/a.toml", "path": "funding.2024" }, { "file": "agreements/b.toml", "path": "x" }],
            }] });
            Baseline::read(text.to_string().as_bytes()).unwrap()
        };
        let known = |finding: Finding| earlier().take_known(&mut vec![finding]).len();
        assert_eq!(known(exceeded(&["agreements/b.toml", "agreements/a.toml"])), 1);
        // One agreement less makes nothing worse.
        assert_eq!(known(exceeded(&["agreements/a.toml"])), 1);
        assert_eq!(known(exceeded(&["agreements/a.toml", "agreements/c.toml"])), 0);
    }

    #[test]
    fn a_place_that_was_not_marked_then_is_new() {
        let mention = |path: &str| Mention {
            place: Place::value(&"agreements/a.toml".into(), path![path]),
            word: path.to_owned(),
        };
        let finding = |paths: &[&str]| {
            let mentions = paths.iter().map(|path| mention(path));
            Finding::at_each("IOP408", Level::Warning, Spread::new("Ord: ", ".", mentions)).unwrap()
        };
        let earlier = serde_json::json!({ "version": 1, "findings": [{
            "code": "IOP408", "level": "warning", "file": "agreements/a.toml", "path": "anbud",
            "related": [{ "file": "agreements/a.toml", "path": "vite", "same_fault": true }],
        }] });
        let earlier = || Baseline::read(earlier.to_string().as_bytes()).unwrap();
        let mut findings = vec![finding(&["anbud", "vite"])];
        assert_eq!(earlier().take_known(&mut findings).len(), 1);
        let mut findings = vec![finding(&["anbud", "avrop", "vite"])];
        assert_eq!(earlier().take_known(&mut findings).len(), 0);
        assert_eq!(findings, [finding(&["avrop"])]);
    }

    #[test]
    fn what_stands_beside_a_known_fault_at_the_same_key_is_new() {
        let finding = |words: &[&str]| {
            let mentions = words.iter().map(|word| Mention {
                place: Place::word(&"agreements/a.toml".into(), path!["purpose"], *word),
                word: (*word).to_owned(),
            });
            Finding::at_each("IOP408", Level::Warning, Spread::new("Ord: ", ".", mentions)).unwrap()
        };
        let at = |word: &str| serde_json::json!({ "file": "agreements/a.toml", "path": "purpose", "word": word, "same_fault": true });
        let text = serde_json::json!({ "version": 1, "findings": [{
            "code": "IOP408", "level": "warning", "file": "agreements/a.toml", "path": "purpose", "word": "anbud",
            "related": [at("vite")],
        }] });
        let earlier = || Baseline::read(text.to_string().as_bytes()).unwrap();
        let mut findings = vec![finding(&["vite", "anbud"])];
        assert_eq!(earlier().take_known(&mut findings).len(), 1);
        for (words, left) in [
            (&["avrop", "vite"][..], &["avrop"][..]),
            (&["anbud", "avrop", "vite"], &["avrop"]),
            // A word that stands twice where it stood once.
            (&["anbud", "anbud"], &["anbud"]),
        ] {
            let mut findings = vec![finding(words)];
            assert_eq!(earlier().take_known(&mut findings).len(), 0);
            assert_eq!(findings, [finding(left)]);
        }
    }

    #[test]
    fn what_keeps_a_file_from_being_read_and_a_personal_number_are_never_known() {
        for code in ["IOP101", "IOP102", "IOP104", "IOP115"] {
            let mut findings = vec![finding(code, Level::Error)];
            assert_eq!(report(&[(code, "error")]).take_known(&mut findings).len(), 0, "{code}");
            assert_eq!(findings.len(), 1);
        }
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for text in ["", "[]", "{}", "{\"version\": 1}", "{\"version\": 2, \"findings\": []}"] {
            assert!(Baseline::read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(
            Baseline::read("\u{feff}{\"version\": 1, \"findings\": [], \"summary\": {}}".as_bytes()).is_ok()
        );
    }
}
