//! The time with which words begin, and whether what follows makes it another's than the agreement's.

use std::ops::Range;

use super::days::{self, Point, point};
use super::lengths::adjective;
use super::periods::{Span, When, from_word, to_word, when};
use super::predicates::Verb;
use super::word_list::WordList;
use crate::date::PartialDate;

/// A time in a sentence, by the numbers of its words.
pub(super) struct Found {
    pub(super) when: When,
    pub(super) at: Range<usize>,
    pub(super) in_passing: bool,
    pub(super) at_a_time: bool,
}

/// What goes between the verb and the time.
static BEFORE_TIME: WordList = WordList::new(
    "i under på om för över åren perioden tiden kalenderåren totalt sammanlagt vara : ( därmed således en \
    ett period tid tidsperiod tidsperioden av till – inledningsvis initialt sammantaget alltså därför \
    härmed verksamhetsåren budgetåren samtliga avtalsåren hela | parterna mellan gälla räknat följande \
    sammanhängande bestämd löptid giltighetstid avtalstid varaktighet",
);

/// What goes between a verb that ends the agreement and its last day.
static BEFORE_END: WordList = WordList::new(
    "senast själv dagen sålunda definitivt därefter att gälla automatiskt utan föregående särskild \
    uppsägning därmed således vid i och med",
);

/// What goes between a verb that begins the agreement and its first day.
static BEFORE_FIRST: WordList = WordList::new("i samband med vid redan gälla :");

/// What follows a time that is not the agreement's own: "tre år eller mer", "sex månader efter".
static AFTER_OTHER_TIME: WordList = WordList::new(
    "efter före innan eller sedan utöver av gamla äldre uppsägningstid och till uppsägning ömsesidig \
    tillbaka bakåt senare kvar varje",
);

/// Words that make a time after them another than the agreement's.
static BARS: WordList = WordList::new(
    "kan får bör även också högst minst upp mer mindre efter innan inte ej om skulle inom var vart per ; \
    utom senast",
);

/// The same, and whatever they begin.
static BARRED: WordList = WordList::new(
    "uppsäg förläng lokal hyr rapport faktur betal ersätt belopp bidrag plats deltag person barn budget \
    pris",
);

/// The time with which words begin, and what follows it.
pub(super) fn time<'a, 'b>(
    words: &'a [&'b str],
    verb: Verb,
    length: usize,
) -> Option<(Found, &'a [&'b str])> {
    let skipped = |words: &'a [&'b str], some: &WordList| {
        let skipped = words.iter().take_while(|word| some.has(word)).count();
        words.get(skipped..)
    };
    let found = |when, words: &[&str], rest: &'a [&'b str]| {
        let at = length - words.len()..length - rest.len();
        let at_a_time = matches!(rest, ["i", "taget", ..] | ["åt", "gången", ..] | ["per", "gång", ..]);
        (Found { when, at, in_passing: false, at_a_time }, rest)
    };
    let dated = |start, end, may_exclude| When::Span(Span { start, end, may_exclude });
    match verb {
        Verb::Ends => {
            // "Upphör efter tre år"
            if let ["efter" | "automatiskt" | "därmed", after @ ..] = words
                && let Some((When::Months(months), rest)) =
                    when(after.strip_prefix(&["efter"]).unwrap_or(after))
            {
                let is_other =
                    rest.iter().any(|word| word.starts_with("uppsäg") || word.starts_with("förläng"));
                return (!is_other).then(|| found(When::Months(months), after, rest).into())?;
            }
            let words = skipped(words, &BEFORE_END)?;
            let (day, rest) =
                point(to_word(words).map_or(words, |(rest, _)| rest)).or_else(|| later_day(words))?;
            return (!is_conditional(rest))
                .then(|| found(dated(None, Some(day.as_end()?), true), words, rest).into())?;
        }
        Verb::Begins => {
            let words = skipped(words, &BEFORE_FIRST)?;
            let from = from_word(words).unwrap_or(words);
            let (day, rest) = point(from).or_else(|| later_day(words))?;
            let is_passed_on = matches!(rest, ["för", ..]);
            return (!is_passed_on)
                .then(|| found(dated(Some(day.as_start(None)?), None, false), words, rest).into())?;
        }
        Verb::IsMade => {
            let prepositions = [
                "för",
                "på",
                "om",
                "över",
                "till",
                "i",
                "under",
                "från",
                "fr.o.m.",
                "med",
                "t.o.m.",
                "initialt",
                "inledningsvis",
                "att",
            ];
            if !words.first().is_some_and(|word| prepositions.contains(word)) {
                return None;
            }
        }
        Verb::Lasts | Verb::None => {}
    }
    let words = words.strip_prefix(&["att", "gälla"]).unwrap_or(words);
    let words = after_reservation(words);
    // "Till" before a length, not before a day: "tidsbegränsat till tre år".
    let skipped = (0..=words.len()).take_while(|at| {
        *at == 0
            || words.get(at - 1).is_some_and(|word| BEFORE_TIME.has(word) || *word == "första" && at > &1)
    });
    let mut last = None;
    for at in skipped {
        let Some(rest) = words.get(at..) else { break };
        if let Some((said, after)) = time_as(rest).or_else(|| whole_year(rest)) {
            last = Some((said, rest, after));
            break;
        }
    }
    let (said, from, rest) =
        last.or_else(|| further(words).filter(|_| matches!(verb, Verb::Lasts | Verb::IsMade)))?;
    let is_part = matches!((said, rest), (When::Span(_), ["för" | "även" | "också", next, ..]) if !matches!(*next, "båda" | "parterna" | "bägge" | "samtliga"));
    let is_other = is_conditional(rest)
        || is_part
        || matches!(said, When::Months(_)) && is_other_length(rest)
        || matches!(said, When::Span(Span { end: None, .. })) && verb != Verb::IsMade && !is_whole(rest);
    (!is_other).then(|| found(said, from, rest))
}

fn time_as<'a, 'b>(words: &'a [&'b str]) -> Option<(When, &'a [&'b str])> {
    if let [word, rest @ ..] = words
        && let Some(months) = adjective(word)
    {
        // "Avtalet omfattar en treårig satsning"
        return matches!(rest, [] | ["," | "och" | "period" | "avtalsperiod" | "avtalstid" | "tid", ..])
            .then_some((When::Months(months), rest));
    }
    when(words)
}

/// A day after other words than those that mostly go before one: "startar officiellt den 1 januari 2026".
fn later_day<'a, 'b>(words: &'a [&'b str]) -> Option<(Point, &'a [&'b str])> {
    // So many words at most.
    const WORDS: usize = 5;
    for at in 1..words.len().min(WORDS) {
        let (passed, rest) = words.split_at_checked(at)?;
        let is_barred = |word: &&str| BARS.has(word) || BARRED.begins(word);
        if passed.last().is_some_and(is_barred) {
            return None;
        }
        let led = matches!(
            passed.last(),
            Some(&("den" | "i" | "vid" | "från" | "till" | "t.o.m." | "fr.o.m." | "med" | "av"))
        );
        if let Some(found) = point(rest)
            .filter(|(day, _)| !day.is_year() && (led || matches!(rest.first(), Some(&("den" | "utgången")))))
        {
            return Some(found);
        }
    }
    None
}

/// A time after other words than those that mostly go before one, where it is plainly one: from a day to another, to a day, or "i tre
/// år".
fn further<'a, 'b>(words: &'a [&'b str]) -> Option<(When, &'a [&'b str], &'a [&'b str])> {
    // So many words at most.
    const WORDS: usize = 9;
    for at in 1..words.len().min(WORDS) {
        let (passed, rest) = words.split_at_checked(at)?;
        if passed.last().is_some_and(|word| BARS.has(word) || BARRED.begins(word)) {
            return None;
        }
        let is_length = matches!(rest.first(), Some(&("i" | "under" | "på"))) && time_length(rest.get(1..)?);
        let from = if is_length { rest.get(1..)? } else { rest };
        match when(from) {
            Some((said @ When::Months(_), after)) if is_length => return Some((said, from, after)),
            Some((said @ When::Span(Span { start: Some(_), end: Some(_), .. }), after)) => {
                return Some((said, from, after));
            }
            Some((said @ When::Span(_), after))
                if matches!(rest.first(), Some(&("t.o.m." | "fr.o.m.")))
                    || matches!(rest, ["till" | "från", "och", "med", ..]) =>
            {
                return Some((said, from, after));
            }
            Some((said @ When::Open, after)) => return Some((said, from, after)),
            _ => {}
        }
    }
    None
}

/// Without ", om det inte sägs upp," and the like.
fn after_reservation<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    // So many words at most.
    const WORDS: usize = 14;
    let [",", "om" | "såvida" | "förutsatt" | "med" | "i" | "under", inside @ ..] = words else {
        return words;
    };
    let end = inside.iter().take(WORDS).position(|word| *word == ",");
    end.and_then(|end| inside.get(end + 1..)).unwrap_or(words)
}

/// One year, and nothing else of it.
fn whole_year<'a, 'b>(words: &'a [&'b str]) -> Option<(When, &'a [&'b str])> {
    let words = match words {
        ["hela" | "år" | "året" | "kalenderåret", rest @ ..] => rest,
        _ => words,
    };
    let (year, rest) = words.split_first()?;
    let year = days::year(year).map(PartialDate::Year)?;
    let rest = match rest {
        ["ut", rest @ ..] => rest,
        _ => rest,
    };
    let is_all = matches!(
        rest,
        [] | ["," | ")" | "men" | "med" | "då", ..]
            | ["och", "kan" | "upphör" | "gäller" | "löper" | "får" | "ska", ..]
    );
    is_all.then_some((When::Span(Span { start: Some(year), end: Some(year), may_exclude: false }), rest))
}

fn time_length(words: &[&str]) -> bool {
    matches!(when(words), Some((When::Months(_), _)))
}

/// Whether what follows a length makes it another than the agreement's.
pub(super) fn is_other_length(rest: &[&str]) -> bool {
    match rest {
        ["och", "äldre" | "uppåt", ..] | ["eller", ..] => true,
        ["och" | "till" | "framåt" | "av", ..] => {
            matches!(
                rest,
                ["till"] | ["till", "om" | ",", ..] | ["av", ..] | ["och", "en" | "ett" | "tre" | "sex", ..]
            )
        }
        ["från", "uppsägning" | "uppsägningen" | "det" | "att" | "den", next, ..] => {
            !(next.starts_with(|letter: char| letter.is_ascii_digit())
                || *next == "datum"
                || *next == "undertecknandet")
        }
        ["från", next, ..] => next.starts_with("uppsäg"),
        ["per", next, ..] => *next != "gång",
        [next, ..] => AFTER_OTHER_TIME.has(next) || next.starts_with("uppsäg"),
        [] => false,
    }
}

/// Whether nothing follows a first day that makes it only a part's: "från och med 2025 även lokalen".
fn is_whole(rest: &[&str]) -> bool {
    matches!(
        rest,
        [] | [
            "," | ")"
                | "("
                | "och"
                | "tills"
                | "i"
                | "under"
                | "med"
                | "dock"
                | "då"
                | "–"
                | "samt"
                | "till"
                | "fram"
                | "t.o.m."
                | "utan"
                | "|"
                | "mellan",
            ..
        ]
    )
}

/// Whether what follows a time makes it one that could be: "om optionen används". "Om inget annat avtalas" does not.
fn is_conditional(rest: &[&str]) -> bool {
    match rest {
        ["," | "(" | ")", rest @ ..] => is_conditional(rest),
        ["om", next, ..] => {
            !["inte", "ingen", "inget", "inga", "annat", "ej", "det", "parterna"].contains(next)
        }
        [first, next, ..] => {
            matches!(*first, "vid" | "efter") && next.starts_with("förlängning")
                || matches!(*first, "inklusive" | "inkl" | "ifall")
        }
        _ => false,
    }
}
