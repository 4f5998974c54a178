//! The times that follow a verb, and those of the verbs that go on with the same subject.

use super::days::point;
use super::periods::{When, from_word, span, to_word, when};
use super::predicates::{Verb, form, predicate};
use super::term_time::{Found, time};

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
            // "Och två år framåt"
            ["och", rest @ ..]
                if matches!(when(rest), Some((When::Months(_), ["framåt" | "därefter", ..]))) =>
            {
                Some((Verb::Lasts, rest))
            }
            // "Från den 1 maj 2026 i arton månader"
            ["i" | "under" | "på", rest @ ..]
                if !is_length && matches!(when(rest), Some((When::Months(_), _))) =>
            {
                Some((Verb::Lasts, goes_on))
            }
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
pub(super) fn second<'a, 'b>(words: &'a [&'b str]) -> Option<(Verb, &'a [&'b str])> {
    let words = match words {
        ["det" | "den" | "avtalet", rest @ ..] => rest,
        _ => words,
    };
    let (verb, rest) = predicate(words, None).or_else(|| {
        let [verb, "därefter" | "därmed" | "sedan", rest @ ..] = words else { return None };
        Some((form(&[verb])?.0, rest))
    })?;
    let rest = rest.strip_prefix(&["därefter"]).filter(|_| verb == Verb::Lasts).unwrap_or(rest);
    Some((verb, rest))
}
