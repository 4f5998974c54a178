//! What a document says of itself beside its text, the same in every format.

use chrono::NaiveDate;

use super::Mark;
use super::kind::Kind;
use super::subject::Subject;
use crate::agreement::Role;
use crate::register::Register;
use crate::term::Commitment;
use crate::text;
use crate::vocabulary::Known;

/// The facts of one document, from the data alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The document's title.
    pub title: String,
    /// What it is, with a capital: "Överenskommelse".
    pub word: String,
    /// Who has written it.
    pub author: String,
    /// Its date, where it has one.
    pub dated: Option<NaiveDate>,
    /// Its date; the day that counts as today where it has none of its own.
    pub date: NaiveDate,
    /// The case that it belongs to.
    pub registry_number: Option<String>,
    /// What it is not yet.
    pub status: Option<Mark>,
    /// How far it has come, in a word: "förslag", "undertecknat". A final memo has no word for it.
    pub standing: Option<&'static str>,
    /// A name that the same document has every time.
    pub ident: String,
}

/// What a running head says, each on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) word: String,
    pub(super) author: String,
    pub(super) registry_number: Option<String>,
    pub(super) dated: Option<String>,
}

impl Meta {
    pub(super) fn of(
        kind: &Kind,
        subject: &Subject<'_>,
        register: &Register,
        status: Option<Mark>,
        standing: Commitment,
        as_of: NaiveDate,
    ) -> Self {
        let agreement = subject.entry().map(|entry| &*entry.data);
        let word = text::capitalised(kind.called(register, agreement));
        let memo = subject.topic().memo().0.filter(|_| kind.is_memo());
        let dated = if kind.is_memo() {
            memo.and_then(|memo| memo.dated.known().copied())
        } else {
            subject.topic().dated()
        };
        let administration = memo.and_then(|memo| memo.administration.known().cloned());
        let municipality = register.settings.as_ref().map_or("", |settings| &settings.data.municipality.name);
        let public = || {
            let parties = agreement.into_iter().flat_map(|agreement| agreement.parties(Role::Public));
            let parties: Vec<&str> = parties.map(|party| party.name.as_str()).collect();
            if parties.is_empty() { municipality.to_owned() } else { text::list(&parties) }
        };
        Self {
            title: format!("{word}: {}", subject.topic().title(register)),
            word,
            author: administration.unwrap_or_else(public),
            dated,
            date: dated.unwrap_or(as_of),
            registry_number: agreement.and_then(|agreement| agreement.case.registry_number.known().cloned()),
            status,
            standing: match (status, standing) {
                (Some(Mark::Utkast), _) => Some("utkast"),
                (Some(Mark::Forslag), _) => Some("förslag"),
                (None, Commitment::Agreed) if !kind.is_memo() => Some("undertecknat"),
                (None, Commitment::Decided) if !kind.is_memo() => Some("beslutat"),
                (None, _) => None,
            },
            ident: format!("{}/{}", subject.ident(), kind.name),
        }
    }

    /// What a running head says: which document it is, whose, its case and its day. All of it stands as text on the first
    /// page.
    pub(super) fn head(&self) -> Head {
        const MOST: usize = 60;
        let one_line = |fact: &str| {
            if fact.chars().count() <= MOST {
                return fact.to_owned();
            }
            fact.chars().take(MOST).chain(['…']).collect()
        };
        Head {
            word: one_line(&self.word),
            author: one_line(&self.author),
            registry_number: self.registry_number.as_deref().map(one_line),
            dated: self.dated.map(|day| day.to_string()),
        }
    }
}
