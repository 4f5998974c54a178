//! Amounts of money with their units, and how often they are paid.

use std::ops::Range;

use rust_decimal::Decimal;

use super::days::year;
use super::numbers::{after_repetition, in_words, number};
use super::words::{PerWords, UNITS};
use crate::date::MONTHS;

/// How often an amount is paid, or for what.
#[derive(Debug, Clone, Copy)]
pub struct Per(&'static PerWords);

impl Per {
    /// The word for it: "år", "plats", "totalt".
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// The months between two times, where they are so many.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        self.0.months
    }
}

impl PartialEq for Per {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Per {}

/// An amount in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// How much.
    pub kronor: Decimal,
    /// Its words, by number.
    pub at: Range<usize>,
    /// Whether a unit of money says that it is one.
    pub has_unit: bool,
}

/// The amounts of a sentence, in order.
#[must_use]
pub fn sums(words: &[&str]) -> Vec<Sum> {
    let mut found: Vec<Sum> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        match sum(rest) {
            Some((kronor, count, has_unit)) if count > 0 => {
                if !kronor.is_zero() {
                    found.push(Sum { kronor: kronor.normalize(), at: at..at + count, has_unit });
                }
                at += count;
            }
            _ => at += 1,
        }
    }
    found
}

/// The amount with which words begin, how many words it is, and whether it has a unit.
fn sum(words: &[&str]) -> Option<(Decimal, usize, bool)> {
    let unit = |word: &str| UNITS.money.get(word).copied();
    if let Some((first, after)) = words.split_first()
        && let Some(worth) = unit(first)
    {
        // "Kr 550 000", and not "kr 2024" or "kr 2024-01-01".
        let (kronor, rest) = number(after).filter(|_| {
            // "Kronor trehundratusen", and not "kronor en gång".
            let in_words =
                || after.first().is_some_and(|word| in_words(word).is_some_and(|number| number >= 1_000));
            after.first().is_some_and(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
                || in_words()
        })?;
        let used = after.len() - rest.len();
        let is_year = used == 1 && after.first().is_some_and(|word| year(word).is_some());
        let goes_on = matches!(rest, ["-" | "/" | "–", next, ..] if next.starts_with(|letter: char| letter.is_ascii_digit()));
        let has_own_unit = rest.first().is_some_and(|word| unit(word).is_some());
        if is_year || goes_on || has_own_unit || kronor < Decimal::ONE_HUNDRED && worth == 1 {
            return None;
        }
        return Some((kronor.checked_mul(worth.into())?, 1 + used, true));
    }
    let (count, rest) = number(words)?;
    let in_words = !words.first()?.starts_with(|letter: char| letter.is_ascii_digit());
    let (mut kronor, rest, is_counted) = multiplied(count, after_repetition(rest));
    let rest = after_repetition(rest);
    let rest = match rest {
        ["svenska", rest @ ..] => rest,
        _ => rest,
    };
    let named = rest.first().and_then(|word| unit(word));
    let Some(worth) = named else {
        let used = words.len() - rest.len();
        let is_large = used > 1 && kronor >= Decimal::ONE_THOUSAND
            || kronor >= Decimal::from(10_000) && words.first()?.len() < 8;
        return (is_large && !in_words || is_counted).then_some((kronor, used, false));
    };
    // "En kr" is hardly an amount, nor is a half one.
    if in_words && !is_counted && worth == 1 && kronor < Decimal::ONE_HUNDRED {
        return None;
    }
    kronor = kronor.checked_mul(worth.into())?;
    Some((kronor, words.len() - rest.len() + 1, true))
}

/// A number with "miljoner" or "tusen" after it.
fn multiplied<'a, 'b>(count: Decimal, rest: &'a [&'b str]) -> (Decimal, &'a [&'b str], bool) {
    let found = rest.split_first().and_then(|(word, after)| Some((UNITS.times.get(*word)?, after)));
    match found.and_then(|(times, after)| Some((count.checked_mul((*times).into())?, after))) {
        // "Miljon(er)"
        Some((count, ["(", "er", ")", after @ ..])) => (count, after, true),
        Some((count, after)) => (count, after, true),
        None => (count, rest, false),
    }
}

/// The unit that words name without an amount, as the head of a column does: "belopp (tkr)", "i tusental kronor", "mnkr".
#[must_use]
pub fn unit_named(words: &[&str]) -> Option<u32> {
    let mut units = words.iter().filter_map(|word| UNITS.money.get(*word).copied());
    let first = units.next();
    // "Kronor och tkr": nobody can say which of them.
    if units.any(|other| Some(other) != first) {
        return None;
    }
    let counted = words.iter().find_map(|word| UNITS.times.get(*word).copied());
    let thousand = (0..words.len()).any(|at| {
        let counted = words.get(at..).and_then(number);
        counted.is_some_and(|(count, _)| count == Decimal::ONE_THOUSAND)
    });
    match (first, counted.or(Some(1000).filter(|_| thousand && first.is_some()))) {
        (None, counted) => counted,
        (Some(1), Some(counted)) => Some(counted),
        (Some(unit), _) => Some(unit),
    }
}

/// Whether words speak of a part of an amount: "en tredjedel av 900 000 kronor", "50 procent av summan 900 000 kronor".
#[must_use]
pub fn is_of_part(words: &[&str], sum: &Sum) -> bool {
    // So many words at most stand between the part and the whole.
    const BETWEEN: usize = 6;
    let parts = ["halva", "halvan", "hälften", "halvdelen", "procent", "%", "procenten"];
    let parts_of_many =
        ["tredjedel", "fjärdedel", "femtedel", "sjättedel", "sjundedel", "åttondel", "niondel", "tiondel"];
    let before = words.get(sum.at.start.saturating_sub(BETWEEN)..sum.at.start).unwrap_or_default();
    before.iter().enumerate().any(|(at, word)| {
        let is_part = parts.contains(word) || parts_of_many.iter().any(|part| word.starts_with(part));
        let is_fraction = *word == "/" && before.get(at + 2) == Some(&"av");
        let after = before.get(at + 1..).unwrap_or_default();
        (is_part && (word.starts_with("halva") || after.contains(&"av")) || is_fraction)
            && !after.iter().any(|word| matches!(*word, "dock" | "men" | "högst" | "maximalt"))
    })
}

/// How often, where what follows an amount says so at once.
#[must_use]
pub fn per_after(after: &[&str]) -> Option<Per> {
    per_among(after, |per| &per.after)
}

/// The time that an amount is for, where what follows it says so at once: "350 000 kr för året".
#[must_use]
pub fn per_once(after: &[&str]) -> Option<Per> {
    per_among(after, |per| &per.once)
}

/// What follows an amount at once, of words that say a time.
fn per_among(after: &[&str], said: impl Fn(&'static PerWords) -> &'static [String]) -> Option<Per> {
    let after = match after {
        ["," | "(" | "i", "totalt" | "sammanlagt", ..] => after.get(1..)?,
        _ if after_repetition(after).len() < after.len() => after_repetition(after),
        ["i", "ersättning" | "bidrag" | "stöd", rest @ ..] | ["(", rest @ ..] => rest,
        ["exkl" | "exklusive" | "inkl" | "inklusive", "moms" | "mervärdesskatt", rest @ ..] => rest,
        ["av" | "till", _, rest @ ..] => rest,
        _ => after_repetition(after),
    };
    let after = after
        .strip_prefix(&["kronor"])
        .or_else(|| after.strip_prefix(&["svenska", "kronor"]))
        .unwrap_or(after);
    let after = match after {
        ["(", inside @ ..] => inside
            .iter()
            .take(6)
            .position(|word| *word == ")")
            .and_then(|end| inside.get(end + 1..))
            .unwrap_or(after),
        _ => after,
    };
    let found = UNITS.per.iter().filter_map(|per| {
        let longest = said(per)
            .iter()
            .filter(|words| begins_with(after, words))
            .map(|words| words.split(' ').count())
            .max();
        longest.map(|count| (count, Per(per)))
    });
    found.max_by_key(|(count, _)| *count).map(|(_, per)| per)
}

/// How often, where a sentence says so many times a year and the amount is for each: "två gånger per år med 275 000 kr vid varje tillfälle".
#[must_use]
pub fn per_each_time(words: &[&str]) -> Option<Per> {
    let is_each = words
        .windows(2)
        .any(|pair| matches!(pair, ["varje" | "vardera" | "per", "tillfälle" | "gång" | "utbetalning"]));
    let times = words.windows(4).find_map(|four| match four {
        [count, "gånger", "per" | "om", "år" | "året"] => number(&[count]).map(|(count, _)| count),
        _ => None,
    })?;
    let months = Decimal::from(12).checked_div(times)?;
    UNITS
        .per
        .iter()
        .filter(|_| is_each)
        .find(|per| per.months.is_some_and(|own| Decimal::from(own) == months))
        .map(Per)
}

/// The same, where other words come first: "400 000 kronor av kostnaderna varje år".
#[must_use]
pub fn per_later(after: &[&str]) -> Option<Per> {
    // So many words at most.
    const WORDS: usize = 8;
    (1..after.len().min(WORDS)).find_map(|at| {
        let rest = after.get(at..)?;
        UNITS
            .per
            .iter()
            .filter(|per| per.months.is_some())
            .find(|per| per.after.iter().any(|words| begins_with(rest, words)))
            .map(Per)
    })
}

/// How often, where a name of the amount says so: "månadsbeloppet".
fn per_in_name(word: &str) -> Option<Per> {
    let sums = ["belopp", "bidrag", "ersättning", "summa", "stöd", "anslag"];
    let rest = UNITS
        .per
        .iter()
        .find_map(|per| Some((per, word.strip_prefix(per.name.as_str())?.strip_prefix('s')?)));
    rest.filter(|(_, rest)| sums.iter().any(|sum| rest.starts_with(sum))).map(|(per, _)| Per(per))
}

/// How often, where what goes before an amount says so: the last that does.
#[must_use]
pub fn per_before(before: &[&str]) -> Option<Per> {
    let said = (0..before.len()).rev().filter_map(|at| {
        let rest = before.get(at..)?;
        let named =
            UNITS.per.iter().find(|per| per.before.iter().any(|words| begins_with(rest, words))).map(Per);
        named.or_else(|| per_in_name(rest.first()?))
    });
    // "Ett årligt stöd om sammanlagt 450 000 kr" is so much a year.
    let said: Vec<Per> = said.collect();
    said.iter().find(|per| per.months().is_some()).or(said.first()).copied()
}

/// Whether words say of an amount that it is for all the time that is agreed: those at once after it, or some before it.
#[must_use]
pub fn is_of_whole(before: &[&str], after: &[&str]) -> bool {
    let said = |words: &[&str]| UNITS.whole.iter().any(|phrase| begins_with(words, phrase));
    // "För hela perioden 2024", "under hela avtalstiden … för varje år"
    let is_narrowed = after.iter().any(|word| {
        year(word).is_some() || MONTHS.contains(word) || matches!(*word, "varje" | "årligen" | "per")
    });
    if is_narrowed {
        return false;
    }
    said(after) || (0..before.len()).any(|at| before.get(at..).is_some_and(said))
}

/// How often an amount after another one is paid, where the words between them say so: the last that does. "500 000 kr per år,
/// totalt 1 000 000 kr" is not so much a year.
#[must_use]
pub fn per_between(between: &[&str]) -> Option<Per> {
    (0..between.len()).rev().find_map(|at| {
        let rest = between.get(at..)?;
        let said = UNITS.per.iter().find(|per| per.before.iter().any(|words| begins_with(rest, words)));
        said.map(Per).or_else(|| per_in_name(rest.first()?))
    })
}

fn begins_with(words: &[&str], phrase: &str) -> bool {
    let count = phrase.split(' ').count();
    words.len() >= count && phrase.split(' ').zip(words).all(|(phrase, word)| phrase == *word)
}

/// The one year of which words say that it is what something is for.
#[must_use]
pub fn year_of(words: &[&str]) -> Option<i32> {
    let mut years = words.iter().enumerate().filter_map(|(at, word)| {
        let year = year(word)?;
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        let goes_on = words.get(at + 1).is_some_and(|next| matches!(*next, "–" | "-" | "/"));
        let is_named = at == 0
            || before.is_some_and(|word| {
                matches!(
                    word,
                    "för"
                        | "under"
                        | "år"
                        | "året"
                        | "kalenderåret"
                        | "avseende"
                        | "("
                        | "ersättning"
                        | "bidrag"
                        | "verksamhetsåret"
                        | "är"
                        | "och"
                        | "betalas"
                        | "betalar"
                )
            });
        Some((year, is_named && !goes_on))
    });
    let (year, is_named) = years.next()?;
    (years.next().is_none() && is_named).then_some(year)
}
