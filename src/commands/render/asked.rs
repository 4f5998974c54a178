//! Which documents a person asks for: those of agreements, of a date as `iop schedule` names it, or of a committee and a year.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::commands::UsageError;
use crate::commands::wanted::Wanted;
use crate::documents::{CommitteeYear, Kind, Subject, SubjectKind, Templates, about};
use crate::finding::Finding;
use crate::register::{Entry, FileKind, Register, id_of, kind_of};
use crate::report::missing::is_behind_documents;
use crate::schedule::{Schedule, Scheduler};
use crate::text;

/// The documents that are written into one folder.
pub(super) struct Piece<'a> {
    /// The folder.
    pub(super) folder: String,
    /// The agreement's file.
    pub(super) file: Option<Arc<str>>,
    /// Whether that cannot be read.
    pub(super) is_broken: bool,
    /// Whether these are all that was asked for of the agreement, so that others in its folder are of an earlier run.
    pub(super) is_whole: bool,
    /// The documents, by kind and subject.
    pub(super) documents: Vec<(&'a Kind, Subject<'a>)>,
}

impl Piece<'_> {
    /// Whether a finding is of what these documents rest on, or of what all share.
    pub(super) fn is_concerned_by(&self, register: &Register, finding: &Finding) -> bool {
        let own = self.file.as_deref();
        own.is_none_or(|own| finding.touches(own)) || self.rests_on(register, &finding.place.file)
    }

    /// Whether these documents rest on a file; those of a committee's year on all.
    pub(super) fn rests_on(&self, register: &Register, file: &str) -> bool {
        let Some(own) = self.file.as_deref() else { return true };
        let is_shared = matches!(
            kind_of(file),
            None | Some(FileKind::Settings | FileKind::Budget | FileKind::MeetingPlan)
        );
        let behind =
            |entry: &Entry<Agreement>| is_behind_documents(register, file, (id_of(own), &entry.data));
        is_shared || own == file || register.agreements.get(id_of(own)).is_some_and(behind)
    }
}

/// The documents of an agreement: of the kinds named, or else of those about a whole agreement.
pub(super) fn of_agreement<'a>(
    id: String,
    wanted: &Wanted<'a>,
    templates: &'a Templates,
    kinds: &[&'a Kind],
) -> Piece<'a> {
    let usual = || templates.kinds().filter(|kind| kind.subject == SubjectKind::Agreement).collect();
    let kinds: Vec<&Kind> = if kinds.is_empty() { usual() } else { kinds.to_vec() };
    let documents = match wanted {
        Wanted::Broken(_) => Vec::new(),
        Wanted::Readable(entry) => kinds
            .into_iter()
            .flat_map(|kind| Subject::all_of(kind.subject, entry).into_iter().map(move |one| (kind, one)))
            .collect(),
    };
    Piece {
        folder: id,
        file: Some(Arc::clone(wanted.file())),
        is_broken: matches!(wanted, Wanted::Broken(_)),
        is_whole: true,
        documents,
    }
}

/// What is named that is no agreement.
pub(super) enum Date<'a> {
    /// A date of an agreement's schedule.
    Due(&'a Entry<Agreement>, Box<Schedule<'a>>),
    /// A committee and a year.
    Year(CommitteeYear<'a>),
}

/// Whether a name is that of a date, or of a committee and a year, and no agreement's.
pub(super) fn is_dated(register: &Register, name: &Path) -> bool {
    let Some((first, _)) = name.to_str().and_then(|name| name.split_once('/')) else { return false };
    name.extension().is_none_or(|ending| ending != "toml")
        && (register.agreements.contains_key(first)
            || name.to_str().is_some_and(|name| CommitteeYear::of_name(register, name).is_some()))
}

/// What these names stand for.
pub(super) fn dates<'a>(
    register: &'a Register,
    as_of: NaiveDate,
    names: &'a [PathBuf],
) -> Result<Vec<(&'a str, Date<'a>)>, UsageError> {
    let mut scheduler = None;
    let mut found = Vec::new();
    for name in names.iter().filter_map(|name| name.to_str()) {
        if let Some(year) = CommitteeYear::of_name(register, name) {
            found.push((name, Date::Year(year)));
            continue;
        }
        let Some((id, entry)) =
            name.split_once('/').and_then(|(id, _)| register.agreements.get_key_value(id))
        else {
            continue;
        };
        let schedule = scheduler.get_or_insert_with(|| Scheduler::new(register, as_of)).schedule(id, entry);
        if !schedule.deadlines.iter().any(|one| one.id == name) {
            let known: Vec<&str> = schedule.deadlines.iter().map(|one| one.id.as_str()).collect();
            let hint = text::nearest(name, known.iter().copied()).map_or_else(
                || "Kommandot iop schedule --format json visar vad datumen heter.".to_owned(),
                |near| format!("Menade du ”{}”?", text::visible(near)),
            );
            return Err(UsageError(format!(
                "Det finns inget datum som heter ”{}”. {hint}",
                text::visible(name)
            )));
        }
        found.push((name, Date::Due(entry, Box::new(schedule))));
    }
    Ok(found)
}

impl<'a> Date<'a> {
    /// The documents about it: of the kinds named, or else of all that are about its like.
    pub(super) fn piece(
        &'a self,
        register: &'a Register,
        as_of: NaiveDate,
        name: &str,
        templates: &'a Templates,
        kinds: &[&'a Kind],
    ) -> Result<Piece<'a>, UsageError> {
        let (about, subjects, file) = match self {
            Self::Year(year) => (SubjectKind::CommitteeYear, vec![Subject::CommitteeYear(*year)], None),
            Self::Due(entry, schedule) => {
                let deadlines = schedule.deadlines.iter().filter(|one| one.id == name);
                let kind =
                    schedule.deadlines.iter().find(|one| one.id == name).and_then(|one| about(one.kind));
                let Some(kind) = kind else {
                    return Err(UsageError(format!("Om ”{}” skrivs inget dokument.", text::visible(name))));
                };
                let subjects: Vec<Subject<'_>> = deadlines
                    .flat_map(|deadline| Subject::of_deadline(entry, deadline, register, as_of))
                    .collect();
                if subjects.is_empty() {
                    let advice = "Lägg först in det som ska beslutas i avtalets fil, som förlängning ([extension.…]) eller tillägg ([supplement.…]) med status = \"proposed\", eller som avslut ([ending]).";
                    return Err(UsageError(format!(
                        "Om ”{}” finns inget att skriva ännu. {advice}",
                        text::visible(name)
                    )));
                }
                (kind, subjects, Some(Arc::clone(&entry.file)))
            }
        };
        let is_chosen = |kind: &&Kind| kinds.is_empty() || kinds.contains(kind);
        let of = |one: Subject<'a>| {
            let all = templates.kinds().filter(move |kind| kind.subject == one.kind());
            all.filter(is_chosen).map(move |kind| (kind, one))
        };
        let documents: Vec<(&Kind, Subject<'_>)> = subjects.iter().flat_map(|one| of(*one)).collect();
        if documents.is_empty() {
            let about = about.label();
            let advice = "Lägg en mall i templates/documents/; templates/README.md visar hur.";
            return Err(UsageError(format!("Det finns inget sådant dokument om {about}. {advice}")));
        }
        let folder = subjects.first().map(Subject::folder).unwrap_or_default();
        Ok(Piece { folder, file, is_broken: false, is_whole: false, documents })
    }
}
