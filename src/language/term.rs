//! What a text says of how long the agreement lasts.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::clauses::{Clause, Mood, clauses, is_finite, without_denied};
use super::cues::Cue;
use super::fold::Folded;
use super::periods::{When, to_word, when};
use super::predicates::{FORMS, LONG, MAKES, TIMES, Verb, around, form, predicate};
use super::subjects::{
    Subject, TERMS, TERMS_OF, TIME_NAMES, adjective_of_partnership, is_about_another, is_governed,
    is_indefinite, subject,
};
use super::term_fields::{made_by_parties, of_new, without_subject};
use super::term_time::{Found, time};
use super::tokens::{Sentence, sentences, tokens};
use super::verb_times::{all_times, second};
use super::word_list::WordList;

/// What a text says of the agreement's term, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermSaid {
    /// How long, or from when to when.
    pub when: When,
    /// Whether the term is only named with its years: "under avtalsperioden 2024–2026". It may be another term.
    pub in_passing: bool,
    /// Whether so long at a time: "två år i taget".
    pub at_a_time: bool,
    /// The bytes of the text that say so.
    pub range: Range<usize>,
}

/// Without one of these a text says nothing of how long the agreement lasts.
#[must_use]
pub fn cues() -> Vec<Cue> {
    let forms = FORMS.iter().map(|(form, _)| Cue::of_phrase(form));
    let makes = MAKES.words().chain(TIMES.words()).map(Cue::whole);
    let long = LONG.iter().copied().map(Cue::part);
    let terms = TERMS.words().map(Cue::stem);
    // "Avtalets tid är tre år"
    let terms_of = TERMS_OF.words().map(Cue::whole);
    let names = TIME_NAMES.words().filter(|name| *name != "första").map(Cue::whole);
    let first_day = ["första dag", "första dagen"].map(Cue::of_phrase);
    let mut cues: Vec<Cue> =
        forms.chain(makes).chain(long).chain(terms).chain(terms_of).chain(names).chain(first_day).collect();
    cues.sort();
    cues.dedup();
    cues
}

/// What makes a period with its years another than the agreement's.
static OTHER_PERIOD: WordList =
    WordList::new("tidigare förra föregående inför efter nästa kommande förlängda första");

/// What begins a sentence about a time after the agreed one.
static AFTERWARDS: WordList =
    WordList::new("därefter sedan efter annars då dessutom tidigare hyran eventuell");

/// All that a text says about how long the agreement lasts.
#[must_use]
pub fn said(text: &str) -> Vec<TermSaid> {
    let folded = Folded::of(text);
    if !may_say_time(folded.text()) {
        return Vec::new();
    }
    let tokens = tokens(&folded);
    let mut found = Vec::new();
    let mut previous: Vec<&str> = Vec::new();
    for sentence in sentences(&folded, &tokens) {
        let place = sentence.place(0..sentence.words.len());
        if !sentence.is_question && folded.text().get(place).is_some_and(may_say_time) {
            let times = of_sentence(&sentence, &previous);
            found.extend(times.into_iter().map(|time| TermSaid {
                when: time.when,
                in_passing: time.in_passing,
                at_a_time: time.at_a_time,
                range: folded.origin(sentence.place(time.at)),
            }));
        }
        previous = sentence.words;
    }
    found
}

/// What every time has one of, a number apart.
static TIME: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let parts = [
        "år",
        "månad",
        "kvartal",
        "tills",
        "slut",
        "begräns",
        "obestämd",
        "dess",
        "länge",
        "decenni",
        "sekel",
        "gräns",
        "mån",
        "tjugohundra",
        "tvåtusen",
    ];
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(parts).ok()
});

/// Whether a folded text has a number or a part of a word that every time has.
fn may_say_time(text: &str) -> bool {
    let Some(automaton) = TIME.as_ref() else { return true };
    text.bytes().any(|byte| byte.is_ascii_digit())
        || automaton.find_iter(text).any(|found| {
            let start = text.get(..found.start()).unwrap_or_default();
            let word = start.trim_end_matches(char::is_alphanumeric).len();
            !text.get(word..).is_some_and(|word| NO_YEARS.begins(word))
        })
}

/// Words that begin so are no years, though "år" stands in them.
static NO_YEARS: WordList = WordList::new("får går når vår svår står mår spår förstår uppstår består");

/// What one sentence says, after another.
fn of_sentence(sentence: &Sentence<'_>, previous: &[&str]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut previous = previous;
    let mut start = 0;
    for words in sentence.words.split(|word| *word == ";") {
        let mut of_clause = of_clause(words, previous);
        of_clause.extend(of_clauses(words, previous));
        for time in &mut of_clause {
            time.at = time.at.start + start..time.at.end + start;
        }
        for time in of_clause {
            // One time can be reached from two words.
            if !found.iter().any(|other| other.at.start < time.at.end && time.at.start < other.at.end) {
                found.push(time);
            }
        }
        start += words.len() + 1;
        previous = words;
    }
    found
}

fn of_clause(words: &[&str], previous: &[&str]) -> Vec<Found> {
    let mut found = Vec::new();
    let one = |at: Range<usize>, when| Found { when, at, in_passing: false, at_a_time: false };
    found.extend(
        adjective_of_partnership(words).map(|(from, to, months)| one(from..to, When::Months(months))),
    );
    found.extend(without_subject(words, previous));
    found.extend(made_by_parties(words));
    found.extend(of_new(words));
    for start in 0..words.len() {
        let (before, from) = words.split_at(start);
        let Some(subject) = subject(from) else { continue };
        if subject.is_plain && (is_about_another(previous) || is_about_another(before)) {
            continue;
        }
        if let Some(times) = inverted(words, start, subject) {
            found.extend(times);
            continue;
        }
        let said = predicate(subject.rest, subject.copula)
            .or_else(|| predicate(after_aside(subject.rest, subject.is_plain)?, None));
        let Some((verb, rest)) = said else {
            // "Överenskommelsen är tidsbestämd och gäller t.o.m. 2028-12-31"
            if !is_governed(before, from) && subject.rest.first().is_some_and(|word| is_finite(word)) {
                found.extend(of_second_verb(subject.rest, words.len()));
            }
            continue;
        };
        if verb == Verb::None {
            let is_other = before.last().is_some_and(|word| OTHER_PERIOD.has(word));
            let rest = rest.strip_prefix(&[","]).unwrap_or(rest);
            let times = time(rest, Verb::None, words.len()).filter(|(found, _)| match found.when {
                When::Span(span) => span.start.is_some() && span.end.is_some(),
                // "Avtalstid 36 månader"
                _ => before.is_empty(),
            });
            found.extend(
                times.filter(|_| !is_other).map(|(time, _)| Found { in_passing: !before.is_empty(), ..time }),
            );
        } else if !is_governed(before, from) {
            let mut times = all_times(rest, verb, words.len());
            if times.is_empty() {
                times = of_second_verb(rest, words.len());
            }
            if times.is_empty() && verb == Verb::Lasts {
                times = at_most(rest, words.len());
            }
            found.extend(times);
        }
    }
    found
}

/// What the clauses of a sentence say: without those inside them, and each by itself.
fn of_clauses(words: &[&str], previous: &[&str]) -> Vec<Found> {
    if let Some(clause) = without_denied(words, |instead| when(after_lead(instead)).is_some()) {
        return placed(of_clause(&clause.words, previous), &clause);
    }
    let clauses = clauses(words);
    let mut found = Vec::new();
    let mut before = previous;
    for clause in clauses.iter().filter(|_| clauses.len() > 1) {
        let times = match clause.mood {
            Mood::Condition | Mood::IfSo => Vec::new(),
            Mood::Said => {
                let times = of_clause(&clause.words, before);
                if times.is_empty() { of_pronoun(&clause.words, before) } else { times }
            }
            Mood::Relative => {
                let antecedent = clause.at.first().and_then(|first| words.get(..first.checked_sub(1)?));
                of_relative(&clause.words, antecedent.unwrap_or_default())
            }
        };
        found.extend(placed(times, clause));
        before = &clause.words;
    }
    found
}

/// The same times by the numbers of the sentence's words.
fn placed(times: Vec<Found>, clause: &Clause<'_>) -> Vec<Found> {
    let place = |time: Found| {
        let last = time.at.end.checked_sub(1)?;
        Some(Found { at: *clause.at.get(time.at.start)?..clause.at.get(last)? + 1, ..time })
    };
    times.into_iter().filter_map(place).collect()
}

/// Without "i", "under" and the like before a time.
fn after_lead<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        ["i" | "under" | "på" | "för" | "om", "exakt" | "jämnt", rest @ ..]
        | ["i" | "under" | "på" | "för" | "om", rest @ ..] => rest,
        _ => words,
    }
}

/// Whether words name the agreement, and the words after them can speak of it as "det" or "som".
fn names_agreement(words: &[&str]) -> bool {
    let named =
        (0..words.len()).any(|at| words.get(at..).and_then(subject).is_some_and(|one| one.copula.is_none()));
    (named || words.iter().any(|word| is_indefinite(word))) && !is_about_another(words)
}

/// What a clause about the words before it says: "avtalet, som annars gäller till den 31 mars 2030".
fn of_relative(words: &[&str], previous: &[&str]) -> Vec<Found> {
    let [_, rest @ ..] = words else { return Vec::new() };
    let last = previous.get(previous.len().saturating_sub(4)..).unwrap_or_default();
    // "Avtalstiden, som är tre år"
    let of_term = (0..last.len()).find_map(|at| last.get(at..).and_then(subject)?.copula);
    let said = predicate(rest, of_term).filter(|_| of_term.is_some() || names_agreement(last));
    said.map_or_else(Vec::new, |(verb, rest)| all_times(rest, verb, words.len()))
}

/// What is said of "det" after a condition that names the agreement: "om avtalet inte sägs upp | upphör det den 31 mars 2028".
fn of_pronoun(words: &[&str], previous: &[&str]) -> Vec<Found> {
    match words {
        ["så", verb, "det" | "den", rest @ ..] if names_agreement(previous) => {
            around(verb, rest).map_or_else(Vec::new, |(verb, rest)| all_times(rest, verb, words.len()))
        }
        _ => Vec::new(),
    }
}

/// What a later verb of the same subject says, where the first says no time: "träder i kraft när båda parter har undertecknat och gäller
/// till och med 2027-12-31".
fn of_second_verb(words: &[&str], length: usize) -> Vec<Found> {
    for (at, joint) in words.iter().enumerate() {
        if matches!(*joint, "kan" | "får" | "inte" | "ej" | "bör" | "om" | "efter" | "förlängs")
            || subject(words.get(at..).unwrap_or_default()).is_some_and(|subject| subject.copula.is_some())
        {
            return Vec::new();
        }
        let Some(
            ["och" | "samt" | ",", "det" | "den" | "avtalet" | "överenskommelsen", rest @ ..]
            | ["och" | "samt" | ",", rest @ ..],
        ) = words.get(at..)
        else {
            continue;
        };
        if let Some((verb, rest)) = form(rest).or_else(|| second(rest)) {
            return all_times(rest, verb, length);
        }
    }
    Vec::new()
}

/// The last day that is set besides what is said: "så länge parterna önskar, dock längst till den 31 december 2030".
fn at_most(words: &[&str], length: usize) -> Vec<Found> {
    let limit = (0..words.len())
        .find(|at| matches!(words.get(*at..), Some(["dock" | "men", "längst" | "senast", ..])));
    let rest = limit.and_then(|limit| words.get(limit + 2..)).unwrap_or_default();
    if to_word(rest).is_some() { all_times(rest, Verb::Lasts, length) } else { Vec::new() }
}

/// What follows an aside about whom or what the agreement is with, where the verb comes soon: "mellan Ådala kommun och Föreningen
/// Kraften", ", nedan kallad IOP,", "om mötesplatsen Kvarnen".
fn after_aside<'a, 'b>(words: &'a [&'b str], is_plain: bool) -> Option<&'a [&'b str]> {
    // So many words at most.
    const ASIDE: usize = 24;
    let first = *words.first()?;
    let is_aside = matches!(first, "," | "(" | "mellan" | "kring")
        || !is_plain && matches!(first, "om" | "avseende" | "rörande");
    let length = (1..words.len().min(ASIDE)).find(|at| {
        let rest = words.get(*at..).unwrap_or_default();
        form(rest).is_some() || rest.first().is_some_and(|word| matches!(*word, "ska" | "skall"))
    })?;
    let aside = words.get(..length)?;
    let is_closed = first == "," && words.get(length - 1) == Some(&",");
    let is_other = is_about_another(aside)
        || aside
            .iter()
            .any(|word| ["region", "länsstyrelse", "stat"].iter().any(|other| word.starts_with(other)))
        || aside.iter().any(|word| {
            matches!(*word, "om" | "när" | "att" | "kan" | "får" | "inte" | "och" | "men" | "som")
                && *word != first
        }) && first != "mellan"
            && !is_closed;
    (is_aside && !is_other).then(|| words.get(length..))?
}

/// A time around a verb that goes before its subject: "från och med den 1 januari 2026 gäller avtalet i tre år".
fn inverted(words: &[&str], at: usize, subject: Subject<'_, '_>) -> Option<Vec<Found>> {
    let passed = words.get(..at)?;
    let (verb, before) = match passed {
        [before @ .., verb, "den" | "det"] if subject.copula.is_some() => (*verb, before),
        [before @ .., verb] => (*verb, before),
        [] => return None,
    };
    let (verb, rest) = match (verb, subject.copula) {
        ("ska" | "skall", None) => form(subject.rest)?,
        ("är" | "blir" | "infaller", Some(verb)) => (verb, subject.rest),
        _ => around(verb, subject.rest)?,
    };
    let first = before_verb(before, verb);
    let is_other =
        before.is_empty() || before.iter().any(|word| AFTERWARDS.has(word)) || is_governed(before, &[]);
    if first.is_empty() && is_other {
        return None;
    }
    Some(first.into_iter().chain(all_times(rest, verb, words.len())).collect())
}

/// The times that are all that goes before a verb.
fn before_verb(before: &[&str], verb: Verb) -> Vec<Found> {
    let joint = before.iter().rposition(|word| matches!(*word, "att" | "och" | "men")).map_or(0, |at| at + 1);
    let found = [0, joint].into_iter().map(|start| {
        let rest = before.get(start..).unwrap_or_default();
        let found = all_times(rest, verb, rest.len());
        let is_all = found.last().is_some_and(|last| matches!(rest.get(last.at.end..), Some([] | [","])));
        let placed =
            found.into_iter().map(|time| Found { at: time.at.start + start..time.at.end + start, ..time });
        placed.filter(|_| is_all).collect::<Vec<_>>()
    });
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}
