//! Files of the register that could not be read, as every export tells of them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::agreement::Agreement;
use crate::finding::{Finding, Level, Part};
use crate::register::{FONTS, FileKind, PICTURES, Register, TEMPLATES, id_of, is_folder, kind_of};
use crate::text;

/// A file or a folder that could not be read, so that what it says is in no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Its path from the register's folder.
    pub file: String,
    /// What is wrong with it, as a Swedish sentence, with the line where there is one.
    pub reason: String,
    /// What the figures lack, as a Swedish sentence.
    pub lacks: &'static str,
    /// The id of the agreement that it is or belongs to.
    pub agreement: Option<String>,
    #[serde(skip)]
    kind: Option<FileKind>,
    #[serde(skip)]
    is_folder: bool,
}

impl Missing {
    /// The files that `findings` of the reading name as faulty, in order, each with its first fault. Agreements and what
    /// belongs to one count where `is_asked` says so of their id.
    #[must_use]
    pub fn of(register: &Register, findings: &[Finding], is_asked: impl Fn(&str) -> bool) -> Vec<Self> {
        let mut seen = BTreeSet::new();
        let mut missing: Vec<Self> = findings
            .iter()
            .filter(|finding| finding.level == Level::Error && seen.insert(&finding.place.file))
            .map(|finding| Self::new(register, finding))
            .filter(|one| one.agreement.as_deref().is_none_or(&is_asked))
            .collect();
        missing.sort_by(|one, other| one.file.cmp(&other.file));
        missing
    }

    fn new(register: &Register, finding: &Finding) -> Self {
        let file = &*finding.place.file;
        let kind = kind_of(file);
        let is_folder = is_folder(file);
        let belongs = !is_folder && matches!(kind, Some(FileKind::Agreement | FileKind::Records));
        let source = register.source(file);
        let has_line = source.is_some_and(|source| source.is_read() || source.stopped_at().is_some());
        let reason = if has_line && finding.place.part != Part::Name {
            format!("Rad {}: {}", register.locate(&finding.place).line, finding.message)
        } else {
            finding.message.clone()
        };
        Self {
            reason,
            lacks: lacks(kind, file, is_folder),
            agreement: belongs.then(|| id_of(file).to_owned()),
            file: file.to_owned(),
            kind,
            is_folder,
        }
    }

    /// What it has come to, as it stands in a column of states.
    pub const STATE: &'static str = "kan inte läsas";

    /// Whether it is an agreement, which every sum then lacks.
    #[must_use]
    pub fn is_agreement(&self) -> bool {
        self.kind == Some(FileKind::Agreement)
    }

    /// Whether it is the frames.
    #[must_use]
    pub fn is_budget(&self) -> bool {
        self.kind == Some(FileKind::Budget)
    }

    /// Whether it is the records of this agreement.
    #[must_use]
    pub fn is_records_of(&self, id: &str) -> bool {
        self.kind == Some(FileKind::Records) && (self.is_folder || self.agreement.as_deref() == Some(id))
    }

    /// Whether the documents of an agreement rest on it.
    #[must_use]
    pub fn is_behind_documents_of(&self, register: &Register, id: &str, agreement: &Agreement) -> bool {
        is_behind_documents(register, &self.file, (id, agreement))
    }

    /// The whole of it in one line for people.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} {}. {} {}", text::visible(&self.file), Self::STATE, self.lacks, self.reason)
    }

    /// Why, and what follows from it.
    pub(super) fn why(&self) -> String {
        format!("{} {}", self.lacks, self.reason)
    }
}

/// Whether the documents of an agreement rest on a file that is not all agreements': its own, its records, templates, the
/// guidelines and series that it names.
#[must_use]
pub fn is_behind_documents(register: &Register, file: &str, (id, agreement): (&str, &Agreement)) -> bool {
    let of = |name: &str| is_folder(file) || id_of(file) == name;
    match kind_of(file) {
        None => file.starts_with(TEMPLATES),
        Some(FileKind::Agreement | FileKind::Records) => of(id),
        Some(FileKind::Guideline) => register.guideline_id_of(agreement).is_some_and(of),
        Some(FileKind::Series) => agreement
            .indexation
            .values()
            .flat_map(|indexation| indexation.series.iter().chain(indexation.composite.keys()))
            .any(|series| of(series)),
        Some(FileKind::Settings | FileKind::Budget | FileKind::MeetingPlan) => false,
    }
}

fn lacks(kind: Option<FileKind>, file: &str, is_folder: bool) -> &'static str {
    match kind {
        Some(FileKind::Agreement) if is_folder => "Avtalen i mappen ingår inte i någon summa eller lista.",
        Some(FileKind::Agreement) => "Avtalet ingår inte i någon summa eller lista.",
        Some(FileKind::Records) if is_folder => "Vad som är betalt och gjort är inte känt.",
        Some(FileKind::Records) => "Vad som är betalt och gjort i avtalet är inte känt.",
        Some(FileKind::Budget) => "Ramarna är inte kända.",
        Some(FileKind::Series) if is_folder => "Inga indexvärden är med i någon uppräkning.",
        Some(FileKind::Series) => "Seriens indexvärden är inte med i någon uppräkning.",
        Some(FileKind::MeetingPlan) => "Nämndens möten är inte kända.",
        Some(FileKind::Guideline) => "Riktlinjerna är inte kända.",
        Some(FileKind::Settings) => "Inställningarna är inte kända.",
        None if file.starts_with(FONTS) || file.starts_with(PICTURES) => {
            "Inga dokument skrivs, eftersom kommunens eget typsnitt eller bild skulle saknas."
        }
        None if file.starts_with(TEMPLATES) => {
            "Inga dokument skrivs, eftersom kommunens egna mallar inte är kända."
        }
        None => "Vad som finns där är inte känt.",
    }
}

/// "Summa", which says so where it lacks an agreement.
#[must_use]
pub(super) fn sum_title(missing: &[Missing]) -> String {
    let lacking = || missing.iter().filter(|one| one.is_agreement());
    match lacking().count() {
        0 => "Summa".to_owned(),
        // Nobody knows how many a folder holds.
        _ if lacking().any(|one| one.is_folder) => "Summa, saknar avtal".to_owned(),
        count => format!("Summa, saknar {}", text::count(count, "avtal", "avtal")),
    }
}
