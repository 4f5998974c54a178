//! How amounts are adjusted to prices.

use rust_decimal::Decimal;

use super::component::{Component, concerns};
use super::draft::Draft;
use super::prose::{Sentence, bare, find};
use super::sections::{Sections, prose};
use super::years::named;
use crate::agreement::{AdjustmentBase, AdjustmentMethod, AppliesWhen, RoundTo, RoundingPlace, YearKind};
use crate::date::{MONTHS, PartialDate};
use crate::language::days::point;
use crate::language::numbers::number;
use crate::register::write::{Table, Value};

/// What begins an adjustment.
const ADJUSTS: &str = "ersättningsjustering | indexer* | räknas upp | räknas ersättningen upp | räknas den ersättning | uppräkn* | priskompensation | indexjuster* | prisjuster* | justeras | indexuppräkn*";

/// Writes the adjustments: each begins with a sentence that says that amounts are adjusted, and those after it belong to it.
pub(super) fn write(sections: &Sections<'_>, components: &[Component], draft: &mut Draft) {
    let own = sections.blocks(&["economy", "memo-economy", "payouts"]);
    let told = prose(&own);
    let mut groups: Vec<Vec<&Sentence>> = Vec::new();
    for sentence in &told {
        let is_new = sentence.has(ADJUSTS)
            && !sentence
                .has("räknas upp med samma | justeringen är | justeringen räknas | justeringen gäller");
        let is_denied = sentence.has("inte | ingen | inget");
        let goes_on = groups.last().is_some_and(|group: &Vec<&Sentence>| {
            group.last().is_some_and(|last| last.place == sentence.place)
        });
        match (is_new && !is_denied, groups.last_mut()) {
            (true, Some(group)) if goes_on && !is_start(sentence) => group.push(sentence),
            (true, _) => groups.push(vec![sentence]),
            (false, Some(group)) if goes_on => group.push(sentence),
            (false, _) => {}
        }
    }
    for (count, group) in (1..).zip(&groups) {
        let key = if count == 1 { "justering".to_owned() } else { format!("justering-{count}") };
        one(group, components, &key, draft);
    }
    if groups.is_empty() {
        draft.missing(&["indexation"], false);
    }
}

/// Whether a sentence names when or what it adjusts, and so begins an adjustment of its own.
fn is_start(sentence: &Sentence) -> bool {
    sentence.has("ingår en | ingår årlig | tillkommer en | tillkommer årlig | gäller en | gäller årlig | räknas upp med | räknas ersättningen upp | för varje kalenderår | vid förlängning") || !named(&sentence.words()).is_empty()
}

fn one(group: &[&Sentence], components: &[Component], key: &str, draft: &mut Draft) {
    let Some(first) = group.first() else { return };
    let words = first.words();
    let at = |field: &'static str| ["indexation", key, field];
    let has = |phrases: &str| group.iter().find(|sentence| sentence.has(phrases)).copied();
    let mut years: Vec<i32> = named(&words)
        .into_iter()
        .filter(|time| time.is_years && !first.has("varje kalenderår | varje avtalsår"))
        .flat_map(|time| time.periods)
        .map(|period| chrono::Datelike::year(&period.start))
        .collect();
    let on_extension = first.has("vid förlängning | vid en förlängning | om avtalet förlängs");
    let concerned: Vec<&str> = match first.find("i tabellen avser | den ersättning som avser") {
        Some(from) => components
            .iter()
            .filter(|one| concerns(first.rest(from), one))
            .map(|one| one.key.as_str())
            .collect(),
        None => Vec::new(),
    };
    if !concerned.is_empty() {
        draft.set(&at("funding"), Value::texts(concerned));
    }
    // What is adjusted can be named by the same years.
    years.sort_unstable();
    years.dedup();
    // From a first year on: how many follow nobody has said here.
    let begins = first.has("första gången | första år* | från och med | fr.o.m.") && years.len() == 1;
    if begins && !on_extension {
        draft.unclear_without(&at("years"), bare(first.whole()), first.place);
    } else if !years.is_empty() && !on_extension {
        draft.found(&at("years"), Value::List(years.into_iter().map(Value::from).collect()), first.place);
    }
    if on_extension {
        draft.found(&at("applies"), AppliesWhen::OnExtension.word(), first.place);
    }
    if has("avtalsår | avtalsåret | avtalsårets").is_some() {
        draft.found(&at("per"), YearKind::AgreementYear.word(), first.place);
    }
    if let Some(sentence) = has("första dag ,").filter(|sentence| sentence.has("justeringen gäller"))
        && let Some((day, month)) = day_and_month(sentence)
    {
        draft.set(&at("year_begins"), Table::default().with("month", month).with("day", day));
    }
    let flat = first
        .find("upp med | uppräknas med | räknas upp årligen med | uppräkning med | indexeras med")
        .and_then(|start| percent(&words, start));
    match flat {
        Some(flat) => draft.found(&at("flat"), percent_value(flat), first.place),
        None => follows(group, key, draft),
    }
    counting(group, key, draft);
}

/// What an adjustment follows: "som följer den priskompensation som …", "Den följer …", "enligt konsumentprisindex".
fn follows(group: &[&Sentence], key: &str, draft: &mut Draft) {
    for sentence in group {
        let Some(start) = sentence
            .find("som följer | den följer | följer | i enlighet med | enligt | motsvarande | utifrån")
        else {
            continue;
        };
        let words = sentence.words();
        let skipped = words.get(start..).map_or(1, |rest| {
            rest.iter()
                .position(|word| matches!(*word, "följer" | "enligt" | "med" | "motsvarande" | "utifrån"))
                .map_or(1, |at| at + 1)
        });
        let text = bare(sentence.rest(start + skipped));
        if !text.is_empty() && !sentence.has("enligt beslut av") {
            draft.found(&["indexation", key, "follows"], text, sentence.place);
            return;
        }
    }
    draft.missing(&["indexation", key, "follows"], false);
}

/// On what the adjustment is counted, and how it is rounded.
fn counting(group: &[&Sentence], key: &str, draft: &mut Draft) {
    let at = |field: &'static str| ["indexation", key, field];
    for sentence in group {
        let place = sentence.place;
        let words = sentence.words();
        if sentence.has("ej angivet") {
            continue;
        }
        if sentence.has("anges före justering") {
            draft.found(&at("amounts"), AdjustmentBase::BeforeAdjustment.word(), place);
        }
        if sentence.has("anges efter justering") {
            draft.found(&at("amounts"), AdjustmentBase::AfterAdjustment.word(), place);
        }
        if sentence.has("räknas på föregående års justerade belopp | på föregående års belopp") {
            draft.found(&at("method"), AdjustmentMethod::Chained.word(), place);
        }
        if sentence.has("räknas på basårets belopp | räknas på det avtalade beloppet") {
            draft.found(&at("method"), AdjustmentMethod::AgainstBase.word(), place);
        }
        if let Some(start) = sentence.find("mäts från")
            && let Some((point, _)) = words.get(start + 2..).and_then(point)
            && let Some(base) = point.as_start(None)
            && !matches!(base, PartialDate::Day(_))
        {
            draft.found(&at("base"), base.to_string(), place);
        }
        if let Some(start) = sentence.find("hämtas från")
            && let Some((years, _)) = words.get(start + 2..).and_then(number)
            && sentence.has("år tidigare")
            && let Ok(years) = u32::try_from(years)
        {
            draft.found(&at("lag_years"), years, place);
        }
        if let Some(start) = sentence.find("publiceras i")
            && let Some(month) =
                words.get(start + 2).and_then(|word| MONTHS.iter().position(|month| month == word))
        {
            let before = match words.get(start + 3..).unwrap_or_default() {
                ["samma", "år", ..] => Some(0),
                ["året", "före", ..] => Some(1),
                rest => number(rest)
                    .filter(|(_, rest)| matches!(rest, ["år", "före", ..]))
                    .and_then(|(years, _)| u32::try_from(years).ok()),
            };
            if let (Some(before), Ok(month)) = (before, u32::try_from(month + 1)) {
                draft.found(
                    &at("published"),
                    Table::default().with("month", month).with("years_before", before),
                    place,
                );
            }
        }
        if sentence.has("varje års förändring avrundas | varje års procentsats avrundas") {
            let at_word = sentence.find("decimal | decimaler");
            let decimals = at_word.and_then(|at_word| match words.get(..at_word)? {
                [.., "en"] => Some(1),
                [.., word] => number(&[*word]).and_then(|(count, _)| u32::try_from(count).ok()),
                [] => None,
            });
            let decimals = decimals.or_else(|| sentence.has("hela procent").then_some(0));
            if let Some(decimals) = decimals {
                draft.found(&at("percent_decimals"), decimals, place);
            }
        }
        if sentence.has("justeringen är | justering är | uppräkningen är") {
            for (phrase, field) in [("lägst | minst", "floor"), ("högst | maximalt", "cap")] {
                if let Some(percent) = find(&words, phrase).and_then(|start| percent(&words, start)) {
                    draft.found(&at(field), percent_value(percent), place);
                }
            }
        }
        if let Some(start) = sentence.find("avrundas till").filter(|_| !sentence.has("förändring")) {
            let rest = words.get(start + 2..).unwrap_or_default();
            let unit = RoundTo::ALL.into_iter().find(|unit| {
                unit.label().split(' ').eq(rest.iter().take(unit.label().split(' ').count()).copied())
            });
            if let Some(unit) = unit {
                draft.found(&at("round_to"), unit.word(), place);
            }
            let before = sentence.original(0..start).to_lowercase();
            if let Some(rounded) = RoundingPlace::ALL.into_iter().find(|one| before == one.label()) {
                draft.set(&at("rounding_place"), rounded.word());
            }
        }
    }
}

/// The percentage that follows a word.
fn percent(words: &[&str], from: usize) -> Option<Decimal> {
    (from..words.len().min(from + 5)).find_map(|at| {
        let (percent, rest) = number(words.get(at..)?)?;
        matches!(rest.first(), Some(&("procent" | "%"))).then_some(percent)
    })
}

/// A percentage as the file has it.
fn percent_value(percent: Decimal) -> Value {
    Value::Text(percent.normalize().to_string().replace('.', ","))
}

/// "den 1 april".
fn day_and_month(sentence: &Sentence) -> Option<(u32, u32)> {
    let words = sentence.words();
    words.windows(2).find_map(|pair| {
        let [day, named] = pair else { return None };
        let month = MONTHS.iter().position(|month| month == named)?;
        Some((day.parse().ok()?, u32::try_from(month + 1).ok()?))
    })
}
