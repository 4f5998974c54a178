//! Files of the register that could not be read, as every export tells of them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::finding::{Finding, Level};
use crate::register::{FileKind, Register, id_of, kind_of};
use crate::text;

/// A file that could not be read, so that what it says is in no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Its path from the register's folder.
    pub file: String,
    /// What is wrong with it, as a Swedish sentence with the line.
    pub reason: String,
    /// What the figures lack, as a Swedish sentence.
    pub lacks: &'static str,
    /// The id of the agreement that it is or belongs to.
    pub agreement: Option<String>,
    #[serde(skip)]
    kind: Option<FileKind>,
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
        let belongs = matches!(kind, Some(FileKind::Agreement | FileKind::Records));
        Self {
            reason: format!("Rad {}: {}", register.locate(&finding.place).line, finding.message),
            lacks: lacks(kind),
            agreement: belongs.then(|| id_of(file).to_owned()),
            file: file.to_owned(),
            kind,
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
        self.kind == Some(FileKind::Records) && self.agreement.as_deref() == Some(id)
    }

    /// The whole of it in one line for people.
    pub(in crate::report) fn told(&self) -> String {
        format!("{} {}. {} {}", text::visible(&self.file), Self::STATE, self.lacks, self.reason)
    }

    /// Why, and what follows from it.
    pub(super) fn why(&self) -> String {
        format!("{} {}", self.lacks, self.reason)
    }
}

fn lacks(kind: Option<FileKind>) -> &'static str {
    match kind {
        Some(FileKind::Agreement) => "Avtalet ingår inte i någon summa eller lista.",
        Some(FileKind::Records) => "Vad som är betalt och gjort i avtalet är inte känt.",
        Some(FileKind::Budget) => "Ramarna är inte kända.",
        Some(FileKind::Series) => "Seriens indexvärden är inte med i någon uppräkning.",
        Some(FileKind::MeetingPlan) => "Nämndens möten är inte kända.",
        Some(FileKind::Guideline) => "Riktlinjerna är inte kända.",
        Some(FileKind::Settings) => "Inställningarna är inte kända.",
        None => "Filen används inte.",
    }
}

/// "Summa", which says so where it lacks an agreement.
#[must_use]
pub(super) fn sum_title(missing: &[Missing]) -> String {
    match missing.iter().filter(|one| one.is_agreement()).count() {
        0 => "Summa".to_owned(),
        count => format!("Summa, saknar {}", text::count(count, "avtal", "avtal")),
    }
}
