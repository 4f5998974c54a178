//! What a text says of how long the agreement lasts.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::cues::Cue;
use super::days::point;
use super::fold::Folded;
use super::loose;
use super::periods::{When, from_word, span, to_word, when};
use super::predicates::{self, Verb, around, form, predicate};
use super::subjects::{adjective_of_partnership, is_about_another, is_governed, subject};
use super::term_fields::{made_by_parties, without_subject};
use super::term_time::{Found, time};
use super::tokens::{Sentence, sentences, tokens};
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

/// Without one of these a text says nothing of its term.
#[must_use]
pub fn cues() -> Vec<Cue> {
    predicates::cues()
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
    let parts = ["år", "månad", "kvartal", "tills", "slut", "begräns", "obestämd", "dess", "länge"];
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(parts).ok()
});

/// Whether a folded text has a number or a part of a word that every time has.
fn may_say_time(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        || TIME.as_ref().is_none_or(|automaton| automaton.is_match(text))
}

/// What one sentence says, after another.
fn of_sentence(sentence: &Sentence<'_>, previous: &[&str]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut previous = previous;
    let mut start = 0;
    for words in sentence.words.split(|word| *word == ";") {
        let mut of_clause = of_clause(words, previous);
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
    for start in 0..words.len() {
        let (before, from) = words.split_at(start);
        let Some(subject) = subject(from) else { continue };
        if subject.is_plain && (is_about_another(previous) || is_about_another(before)) {
            continue;
        }
        if let Some(times) = inverted(words, start, subject.rest) {
            found.extend(times);
            continue;
        }
        let said = predicate(subject.rest, subject.is_term)
            .or_else(|| predicate(after_aside(subject.rest, subject.is_plain)?, false));
        let Some((verb, rest)) = said else { continue };
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
            found.extend(times);
        }
    }
    if found.is_empty() {
        found.extend(loose::said(words, previous));
    }
    found
}

/// What a later verb of the same subject says, where the first says no time: "träder i kraft när båda parter har undertecknat och gäller
/// till och med 2027-12-31".
fn of_second_verb(words: &[&str], length: usize) -> Vec<Found> {
    for (at, joint) in words.iter().enumerate() {
        if matches!(*joint, "kan" | "får" | "inte" | "ej" | "bör" | "om" | "efter" | "förlängs")
            || subject(words.get(at..).unwrap_or_default()).is_some_and(|subject| subject.is_term)
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
fn inverted(words: &[&str], at: usize, rest: &[&str]) -> Option<Vec<Found>> {
    let (verb_at, verb) = at.checked_sub(1).and_then(|at| Some((at, *words.get(at)?)))?;
    let (verb, rest) = if matches!(verb, "ska" | "skall") { form(rest)? } else { around(verb, rest)? };
    let before = words.get(..verb_at)?;
    let first = before_verb(before, verb);
    let is_other =
        before.is_empty() || before.iter().any(|word| AFTERWARDS.has(word)) || is_governed(before, &[]);
    if first.is_none() && is_other {
        return None;
    }
    Some(first.into_iter().chain(all_times(rest, verb, words.len())).collect())
}

/// The time that is all that goes before a verb.
fn before_verb(before: &[&str], verb: Verb) -> Option<Found> {
    let joint = before.iter().rposition(|word| matches!(*word, "att" | "och" | "men")).map_or(0, |at| at + 1);
    [0, joint].into_iter().find_map(|start| {
        let rest = before.get(start..)?;
        let (found, after) = time(rest, verb, rest.len())?;
        let at = found.at.start + start..found.at.end + start;
        matches!(after, [] | [","]).then_some(Found { at, ..found })
    })
}

/// What one subject's verbs say, of which the second may follow an "och": "träder i kraft den 1 januari 2024 och gäller till och
/// med den 31 december 2025". `length` is how many words the clause has.
pub(super) fn all_times(words: &[&str], verb: Verb, length: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut words, mut verb) = (words, verb);
    while let Some((said, rest)) = time(words, verb, length) {
        let is_length = matches!(said.when, When::Months(_) | When::Open);
        found.push(said);
        let goes_on = rest.strip_prefix(&[","]).or_else(|| rest.strip_prefix(&["("])).unwrap_or(rest);
        let goes_on = match goes_on {
            ["dvs" | "alltså", rest @ ..]
            | ["det", "vill", "säga", rest @ ..]
            | ["dock", "längst" | "som", rest @ ..] => rest,
            _ => goes_on,
        };
        let joined = match goes_on {
            ["och" | "samt" | "men", rest @ ..] => second(rest),
            _ if is_length && (from_word(goes_on).is_some() || span(goes_on).is_some()) => {
                Some((Verb::Lasts, goes_on))
            }
            _ if from_word(goes_on).is_some()
                || to_word(goes_on).is_some_and(|(rest, _)| point(rest).is_some()) =>
            {
                Some((Verb::Lasts, goes_on))
            }
            _ if goes_on.len() < rest.len() && !is_length && when(goes_on).is_some() => {
                Some((Verb::Lasts, goes_on))
            }
            _ => second(goes_on).filter(|_| goes_on.len() < rest.len()),
        };
        let Some((next, rest)) = joined else { break };
        (verb, words) = (next, rest);
    }
    found
}

/// A second verb of the same subject. What comes "därefter" is another time.
fn second<'a, 'b>(words: &'a [&'b str]) -> Option<(Verb, &'a [&'b str])> {
    let words = match words {
        ["det" | "den" | "avtalet", rest @ ..] => rest,
        _ => words,
    };
    let (verb, rest) = predicate(words, false).or_else(|| {
        let [verb, "därefter" | "därmed" | "sedan", rest @ ..] = words else { return None };
        Some((form(&[verb])?.0, rest))
    })?;
    let rest = rest.strip_prefix(&["därefter"]).filter(|_| verb == Verb::Lasts).unwrap_or(rest);
    Some((verb, rest))
}
