//! Terms in sentences of which the agreement is not the subject: headings and fields, and what the parties agree on.

use super::days::point;
use super::periods::{Span, When};
use super::predicates::{MAKES, Verb, form, predicate};
use super::subjects::{TERMS, is_about_another, is_governed, is_indefinite, subject};
use super::term::all_times;
use super::term_time::Found;
use super::word_list::WordList;

/// What makes the parties those of the agreement.
static PARTIES: WordList = WordList::new(
    "parterna parter vi kommunen föreningen kommun förening organisationen stiftelsen undertecknade \
    nedanstående nämnden staden härmed",
);

/// What a line or sentence says that has no subject: "Gäller 2026–2028", or a heading and the time below it.
pub(super) fn without_subject(words: &[&str], previous: &[&str]) -> Vec<Found> {
    let below_heading = matches!(previous, [only] | [only, ":"] if subject(&[only]).is_some_and(|subject| subject.is_term))
        || matches!(previous, [whose, what] if subject(&[whose, what]).is_some_and(|subject| subject.is_term && subject.rest.is_empty()));
    if below_heading && subject(words).is_none() {
        let found = all_times(words, Verb::Lasts, words.len());
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(found) = start_and_end(words) {
        return vec![found];
    }
    let rest = match words {
        ["giltig" | "giltigt" | "gällande", rest @ ..] => rest,
        ["tid" | "period" | "tidsperiod" | "längd" | "varaktighet", ":" | "|", rest @ ..] => rest,
        ["sista", "dag" | "avtalsdag" | "dagen" | "giltighetsdag", ..] | ["slutdatum" | "slutdag", ..] => {
            return last_day(words);
        }
        [_, ..] if form(words).is_some() => {
            let Some((verb, rest)) = form(words) else { return Vec::new() };
            if is_about_another(previous)
                || subject(rest).is_some()
                || previous.iter().any(|word| word.starts_with("uppsäg") || word.starts_with("hyr"))
            {
                return Vec::new();
            }
            return all_times(rest.strip_prefix(&[":"]).unwrap_or(rest), verb, words.len());
        }
        ["det" | "den" | "detta" | "denna" | "vilket" | "som", rest @ ..]
            if previous.windows(1).any(|word| subject(word).is_some_and(|subject| !subject.is_term))
                || previous.windows(2).any(|words| subject(words).is_some()) =>
        {
            match predicate(rest, false) {
                Some((verb @ (Verb::Lasts | Verb::Ends | Verb::Begins), rest))
                    if !is_about_another(previous) =>
                {
                    return all_times(rest, verb, words.len());
                }
                _ => return Vec::new(),
            }
        }
        _ => return Vec::new(),
    };
    let is_other = previous.iter().any(|word| word.starts_with("uppsäg") || word.starts_with("hyr"))
        || is_about_another(previous);
    if is_other || words.iter().any(|word| word.starts_with("hyr")) {
        return Vec::new();
    }
    all_times(rest.strip_prefix(&[":"]).unwrap_or(rest), Verb::Lasts, words.len())
}

/// "Sista dag för avtalet är den 31 december 2027."
fn last_day(words: &[&str]) -> Vec<Found> {
    let Some(at) = words.iter().position(|word| matches!(*word, "är" | ":")).filter(|at| *at < 7) else {
        return Vec::new();
    };
    let names_it = words.len() < 9
        || words.get(..at).unwrap_or_default().iter().any(|word| {
            word.starts_with("avtal")
                || word.starts_with("överenskommelse")
                || word.starts_with("partnerskap")
        });
    let rest = words.get(at + 1..).unwrap_or_default();
    match point(rest).filter(|_| names_it).and_then(|(day, after)| Some((day.as_end()?, after))) {
        Some((end, after)) => {
            let when = When::Span(Span { start: None, end: Some(end), may_exclude: false });
            vec![Found { when, at: at + 1..words.len() - after.len(), in_passing: false, at_a_time: false }]
        }
        None => Vec::new(),
    }
}

/// "Startdatum: 2026-01-01, slutdatum: 2028-12-31".
fn start_and_end(words: &[&str]) -> Option<Found> {
    let after = |words: &'_ [&'_ str], names: &[&str]| -> Option<usize> {
        let name = words.iter().position(|word| names.contains(word))?;
        Some(name + 1 + usize::from(words.get(name + 1).is_some_and(|word| *word == ":" || *word == "är")))
    };
    let first = after(words, &["startdatum", "startdag", "avtalsstart", "start", "från", "begynnelsedag"])?;
    let (start, rest) = point(words.get(first..)?)?;
    let used = words.len() - rest.len();
    let second =
        after(rest, &["slutdatum", "slutdag", "avtalsslut", "slut", "till"]).filter(|second| *second < 4)?;
    let (end, left) = point(rest.get(second..)?)?;
    let names =
        words.get(..first)?.iter().any(|word| word.starts_with("start") || word.starts_with("avtalsstart"));
    let span = Span { start: Some(start.as_start(Some(end))?), end: Some(end.as_end()?), may_exclude: false };
    (names && used > first).then(|| Found {
        when: When::Span(span),
        at: first..words.len() - left.len(),
        in_passing: false,
        at_a_time: false,
    })
}

/// What the parties agree on: "parterna ingår härmed ett avtal för tiden 2026–2028", "parterna samverkar i tre år".
pub(super) fn made_by_parties(words: &[&str]) -> Vec<Found> {
    // So many words at most go between the verb and the time.
    const BETWEEN: usize = 14;
    for (at, verb) in words.iter().enumerate().filter(|(_, word)| MAKES.has(word)) {
        let (before, after) = words.split_at(at);
        let ours = before.iter().any(|word| PARTIES.has(word))
            || matches!(after, [_, "härmed" | "parterna" | "kommunen", ..]);
        if !ours
            || is_governed(before, &[])
            || before.iter().any(|word| matches!(*word, "kan" | "får" | "när" | "hade"))
            || asks_whether(before)
        {
            continue;
        }
        let names_it =
            |words: &[&str]| words.iter().any(|word| is_indefinite(word) || subject(&[word]).is_some());
        let needs_name = !matches!(
            *verb,
            "samverkar" | "samverka" | "samarbetar" | "samarbeta" | "binder" | "förbinder" | "åtar"
        );
        for length in 1..after.len().min(BETWEEN) {
            let (between, rest) = after.split_at(length);
            let ("i" | "under" | "på" | "för" | "om" | "över" | "från" | "fr.o.m." | "som" | "med"
            | "t.o.m." | "till" | "tills" | "avseende" | ",") = rest[0]
            else {
                continue;
            };
            let is_other = is_about_another(between)
                && !between.iter().any(|word| *word == "ett" || *word == "en")
                || between.iter().any(|word| matches!(*word, "kan" | "inte" | "hyra" | "hyres"))
                || between.iter().any(|word| {
                    word.starts_with("förläng") || word.starts_with("hyr") || word.starts_with("region")
                });
            if is_other || needs_name && !names_it(between) {
                continue;
            }
            let found = match rest {
                ["som", rest @ ..] => match predicate(rest, false) {
                    Some((verb, rest)) => all_times(rest, verb, words.len()),
                    None => Vec::new(),
                },
                ["med", "en", term, after @ ..] if TERMS.has(term) => {
                    all_times(after, Verb::Lasts, words.len())
                }
                [",", "som" | "vilket", rest @ ..] => match predicate(rest, false) {
                    Some((verb, rest)) => all_times(rest, verb, words.len()),
                    None => Vec::new(),
                },
                [",", ..] => Vec::new(),
                ["om", next, ..] if point(&[next]).is_some() => Vec::new(),
                _ => all_times(rest, Verb::IsMade, words.len()),
            };
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

/// Whether words ask whether something is so: "prövar om det går att". "Överens om" does not.
pub(super) fn asks_whether(before: &[&str]) -> bool {
    let agreed = |at: usize| {
        at.checked_sub(1).is_some_and(|at| {
            matches!(
                before.get(at),
                Some(
                    &("överens"
                        | "enats"
                        | "överenskommelse"
                        | "överenskommelsen"
                        | "avtal"
                        | "avtalet"
                        | "period"
                        | "tid")
                )
            )
        })
    };
    before.iter().enumerate().any(|(at, word)| *word == "om" && !agreed(at))
}
