//! Lengths of time in numbers and words.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::numbers::{after_repetition, in_words, number};

/// A length of time with which words begin, in months, and what follows it.
pub(super) fn length<'a, 'b>(words: &'a [&'b str]) -> Option<(u32, &'a [&'b str])> {
    if let [adjective, rest @ ..] = words
        && let Some(months) = period_word(adjective)
    {
        return Some((months, rest));
    }
    let (first, rest) = one_length(words)?;
    // "Ett år och sex månader"
    let (whole, rest) = match rest {
        ["och" | "samt", after @ ..] => match one_length(after) {
            Some((second, after)) => (first.checked_add(second)?, after),
            None => (first, rest),
        },
        _ => (first, rest),
    };
    let months = whole.normalize();
    let months = months
        .is_integer()
        .then(|| months.to_u32())
        .flatten()
        .filter(|months| (1..=1200).contains(months))?;
    Some((months, rest))
}

fn one_length<'a, 'b>(words: &'a [&'b str]) -> Option<(Decimal, &'a [&'b str])> {
    let (count, rest) = number(words)?;
    let rest = after_repetition(rest);
    let passed = ["hela", "fulla", "stycken", "på", "varandra", "följande", "sammanhängande"];
    let skipped = rest.iter().take_while(|word| passed.contains(word)).count();
    let rest = rest.get(skipped..)?;
    let (unit, rest) = rest.split_first()?;
    let months: u32 = match *unit {
        "år" | "kalenderår" | "verksamhetsår" | "års" | "läsår" | "budgetår" | "helår" | "avtalsår"
        | "projektår" => 12,
        "decennium" | "decennier" | "årtionde" | "årtionden" => 120,
        "kvartssekel" => 300,
        "halvår" => 6,
        "kvartal" => 3,
        "månad" | "månader" | "månaders" | "månads" | "mån" | "kalendermånader" => 1,
        _ => return None,
    };
    Some((count.checked_mul(months.into())?, rest))
}

/// How many months an adjective tells: "treårigt", "3-årig", "18-månaders".
#[must_use]
pub(super) fn adjective(word: &str) -> Option<u32> {
    let year = ["årigt", "åriga", "årig"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .map(|count| (count, 12));
    let (count, months) = year.or_else(|| word.strip_suffix("månaders").map(|count| (count, 1)))?;
    let count = count.trim_end_matches('-');
    if count == "halv" {
        return Some(6).filter(|_| months == 12);
    }
    let count = in_words(count).or_else(|| count.parse().ok())?;
    u32::try_from(count.checked_mul(months)?).ok().filter(|months| (1..=1200).contains(months))
}

/// The same of a noun made of a length: "treårsperiod", "3-årsperiod", "ettårsavtal".
#[must_use]
pub(super) fn period_word(word: &str) -> Option<u32> {
    let endings = ["årsperioder", "årsperiod", "årsperioden", "årstid", "månadersperiod", "månadersperioden"];
    let (count, ending) = endings.iter().find_map(|ending| Some((word.strip_suffix(ending)?, ending)))?;
    adjective(&format!("{count}{}", if ending.starts_with("år") { "årig" } else { "månaders" }))
}
