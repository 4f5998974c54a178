//! How the agreement may go on when its time is over.

use super::draft::Draft;
use super::parties::Parties;
use super::prose::{Sentence, bare, find};
use crate::agreement::Bound;
use crate::language::numbers::{after_repetition, number};
use crate::language::periods::{When, when};
use crate::register::write::Table;

/// The most months that a file takes.
pub(super) const LONGEST: u32 = 600;

/// What tells that a sentence is about another agreement, or about a change of this one.
pub(super) const OTHER_TIME: &str = "avlöser | gällde | förlängd | förlängt | förlängts | förlänger";

/// Writes options, renewals and extensions. What is said of none of them for certain is asked for.
pub(super) fn write(sentences: &[Sentence], parties: &Parties, draft: &mut Draft) {
    let mut count = 0;
    for sentence in sentences {
        let is_known = option(sentence, parties, &mut count, draft)
            || renewal(sentence, draft)
            || at_a_time(sentence, draft)
            || extension(sentence, draft);
        let is_about_it = sentence.has("förläng* | option*") && !sentence.has(OTHER_TIME) && {
            let words = sentence.words();
            sentence.has("option* | förlängs | automatisk*") || lengths(&words).next().is_some()
        };
        if !is_known && is_about_it {
            let said = bare(sentence.whole());
            if is_choice(sentence) {
                draft.unclear_of(&["term", "option"], said, sentence.place);
            } else {
                draft.unclear_without(&["term", "renewal"], said, sentence.place);
            }
        }
    }
}

/// The lengths of time that words name, each with where it begins.
pub(super) fn lengths(words: &[&str]) -> impl Iterator<Item = (usize, u32)> {
    (0..words.len()).filter_map(|at| match when(words.get(at..)?)? {
        (When::Months(months), _) if months <= LONGEST => Some((at, months)),
        _ => None,
    })
}

/// A right to go on for a time.
fn option(sentence: &Sentence, parties: &Parties, count: &mut u32, draft: &mut Draft) -> bool {
    let words = sentence.words();
    let Some(at) = sentence.find("kan förlängas med | får förlängas med | rätt att förlänga | möjlighet till förlängning med | förlängas med | option på förlängning med | option om förlängning med") else {
        return false;
    };
    if sentence.has("åt gången | i taget") || !sentence.has("kan | får | rätt | möjlighet | option*") {
        return false;
    }
    let found: Vec<(usize, u32)> = lengths(&words).filter(|(length, _)| *length >= at).collect();
    let Some((months_at, months)) =
        found.first().copied().filter(|(length, _)| !is_in_parts(&words, *length))
    else {
        return false;
    };
    *count += 1;
    let key = if *count == 1 { "forlangning".to_owned() } else { format!("forlangning-{count}") };
    let path = |field: &'static str| ["term", "option", key.as_str(), field];
    draft.found(&path("months"), months, sentence.place);
    let bound = match months_at.checked_sub(1).and_then(|before| words.get(before)) {
        Some(&("högst" | "maximalt")) => Bound::AtMost,
        Some(&"minst") => Bound::AtLeast,
        _ => Bound::Exactly,
    };
    if bound != Bound::Exactly {
        draft.set(&path("bound"), bound.word());
    }
    if let Some(times) = times(&words) {
        draft.set(&path("times"), times);
    }
    let late = sentence.find("senast").and_then(|at| sentence.day_from(at));
    if let Some((_, day)) = late {
        draft.found(&path("notice_by"), day, sentence.place);
    }
    if let Some(at) = sentence.find("på begäran av | på initiativ av")
        && let Some(party) = parties.named_in(sentence.rest(at)).first()
    {
        draft.found(&path("by"), party.key.as_str(), sentence.place);
    }
    true
}

/// "1 + 1 år": a length that is put together of several, of which the first may be the agreement's own.
fn is_in_parts(words: &[&str], at: usize) -> bool {
    words.get(at.saturating_sub(2)..words.len().min(at + 3)).is_some_and(|around| around.contains(&"+"))
}

/// "Högst två gånger", "en gång".
pub(super) fn times(words: &[&str]) -> Option<u32> {
    let at = find(words, "gång | gånger | tillfällen | tillfälle")?;
    (0..at).rev().take(4).find_map(|start| {
        let (number, rest) = number(words.get(start..)?)?;
        let rest = after_repetition(rest);
        matches!(rest.first(), Some(&("gång" | "gånger" | "tillfällen" | "tillfälle")))
            .then(|| u32::try_from(number).ok())
            .flatten()
            .filter(|times| (1..=100).contains(times))
    })
}

/// Whether the parties may prolong or must agree to it, which is no renewal by itself.
fn is_choice(sentence: &Sentence) -> bool {
    let words = sentence.words();
    let before = find(&words, "förläng*").map_or(0..0, |at| at.saturating_sub(5)..at);
    words.get(before).is_some_and(|before| find(before, "kan | får | möjlighet | rätt").is_some())
        || sentence.has("option* | är överens | kommer överens | är eniga | enas om | överenskommelse därom | efter överenskommelse | efter skriftlig* | genom skriftlig* | efter beslut | genom beslut")
}

/// That it goes on by itself.
fn renewal(sentence: &Sentence, draft: &mut Draft) -> bool {
    let words = sentence.words();
    if !sentence.has("i taget")
        || !sentence.has("förläng*")
        || sentence.has("högst två år i taget")
        || is_choice(sentence)
        || draft.has(&["term", "renewal"])
    {
        return false;
    }
    let lengths: Vec<(usize, u32)> = lengths(&words).collect();
    let before =
        sentence.find("i taget").and_then(|taken| lengths.iter().rfind(|(at, _)| *at < taken).copied());
    let Some((at, months)) = before else { return false };
    let limit = at.checked_sub(1).and_then(|before| words.get(before));
    if limit.is_some_and(|word| matches!(*word, "högst" | "maximalt")) {
        return false;
    }
    let mut table = Table::default().with("months", months);
    let asks = sentence.find("säg* upp | uppsäg* | sagts upp");
    if let Some((_, notice)) = asks.and_then(|asks| lengths.iter().find(|(other, _)| *other > asks)) {
        table.set("notice_months", *notice);
    }
    if let Some((_, day)) = sentence.find("längst").and_then(|at| sentence.day_from(at)) {
        table.set("until", day);
    }
    draft.found(&["term", "renewal"], table, sentence.place);
    true
}

/// The longest that it may be entered into or extended for.
fn at_a_time(sentence: &Sentence, draft: &mut Draft) -> bool {
    let words = sentence.words();
    let each = sentence.find("varje förlängning är högst | varje avtalstid är högst");
    let found = match (sentence.find("åt gången"), each) {
        (Some(end), _) => lengths(&words).find(|(at, _)| *at < end),
        (None, Some(start)) => lengths(&words).find(|(at, _)| *at > start),
        (None, None) => None,
    };
    let Some((_, months)) = found else { return false };
    let is_of_extensions = sentence.has("förläng*") && !sentence.has("varje avtalstid");
    let key = if is_of_extensions { "extensions_at_most_months" } else { "at_most_months_at_a_time" };
    draft.found(&["term", key], months, sentence.place);
    true
}

/// An extension that a text put together later tells of.
fn extension(sentence: &Sentence, draft: &mut Draft) -> bool {
    let Some(at) = sentence.find(
        "är förlängd till och med | är förlängt till och med | är förlängd t.o.m. | är förlängt t.o.m.",
    ) else {
        return false;
    };
    let Some((day_at, until)) = sentence.day_from(at).filter(|_| !sentence.has("tillägg")) else {
        return false;
    };
    let key = format!("till-{until}");
    draft.found(&["extension", &key, "until"], until, sentence.place);
    if let Some((_, dated)) =
        sentence.find("genom").filter(|at| *at > day_at).and_then(|at| sentence.day_from(at))
    {
        draft.found(&["extension", &key, "dated"], dated, sentence.place);
    }
    true
}
