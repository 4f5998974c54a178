//! What a document says of itself beside its text, the same in every format.

use chrono::NaiveDate;

use super::Mark;
use super::context::compiled_until;
use super::kind::Kind;
use super::subject::Subject;
use crate::agreement::{Agreement, Role};
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
    /// Whose it is: the administration's, and of what the parties sign what it is about.
    pub whose: String,
    /// Its date, where it has one.
    pub dated: Option<NaiveDate>,
    /// Its date; the day that counts as today where it has none of its own.
    pub date: NaiveDate,
    /// The day of the latest change that it holds, where it is a compilation of what was signed.
    pub compiled: Option<NaiveDate>,
    /// The case that it belongs to, and those of the other committees that decide.
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
    pub(super) whose: String,
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
        let author = administration.unwrap_or_else(public);
        let of_parties = agreement.filter(|_| !kind.is_memo());
        let whose = of_parties.map_or_else(|| author.clone(), matter);
        Self {
            title: format!("{word}: {}", subject.topic().title(register)),
            word,
            author,
            whose,
            dated,
            date: dated.unwrap_or(as_of),
            compiled: compiled_until(kind, subject, register, as_of),
            registry_number: agreement.and_then(registry_numbers),
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
        let one_line = |fact: &str| {
            if fact.chars().count() <= IN_A_HEAD {
                return fact.to_owned();
            }
            let kept: String = fact.chars().take(IN_A_HEAD).collect();
            let whole = kept.rsplit_once(' ').map_or(kept.as_str(), |(whole, _)| whole);
            format!("{whole}{}…", text::NBSP)
        };
        Head {
            // Each page says what it is not yet.
            word: match self.status {
                Some(mark) => one_line(&format!("{} ({})", self.word, mark.word().to_lowercase())),
                None => one_line(&self.word),
            },
            whose: one_line(&self.whose),
            registry_number: self.registry_number.as_deref().map(one_line),
            dated: match (self.compiled, self.dated) {
                (Some(day), _) => Some(format!("sammanställd text till och med {day}")),
                (None, dated) => dated.map(|day| day.to_string()),
            },
        }
    }
}

/// "SN 2022/77, KN 2022/51": the number of each committee's own case.
fn registry_numbers(agreement: &Agreement) -> Option<String> {
    let others = agreement.also_decides.values().filter_map(|one| one.registry_number.known());
    let all: Vec<&str> =
        agreement.case.registry_number.known().into_iter().chain(others).map(String::as_str).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// So many letters a running head has room for.
const IN_A_HEAD: usize = 60;

/// So many words of what an agreement is about: a running head is no sentence, and who has pages read aloud is not read it.
const WORDS_IN_A_HEAD: usize = 5;

/// What the agreement is about, as briefly as a running head has it.
fn matter(agreement: &Agreement) -> String {
    let words: Vec<&str> = agreement.title.split_whitespace().collect();
    match words.get(..WORDS_IN_A_HEAD) {
        Some(first) if words.len() > WORDS_IN_A_HEAD => format!("{}{}…", first.join(" "), text::NBSP),
        _ => words.join(" "),
    }
}
