//! The money that the paper says is paid: in tables and in sentences.

use std::collections::BTreeSet;

use chrono::Datelike;
use rust_decimal::Decimal;

use super::component::{Component, concerns, money};
use super::content::free;
use super::draft::Draft;
use super::money_prose::in_sentence;
use super::money_table::{TOTALS, in_table};
use super::parties::Parties;
use super::prose::{Sentence, bare, find, sentences};
use super::sections::{Sections, prose, tables};
use super::years::named;
use crate::agreement::{Instrument, Role};
use crate::date::Period;
use crate::language::amounts::{sums, unit_named};
use crate::money::Money;
use crate::paper::{Block, BlockKind, Place};
use crate::register::write::Table;
use crate::text;

/// The key of a payer that nobody has named: `validate` tells that no party has it.
const NO_PAYER: &str = "betalaren";

/// Writes the money, and returns its components.
pub(super) fn write(
    sections: &Sections<'_>,
    parties: &Parties,
    term: Option<Period>,
    draft: &mut Draft,
) -> Vec<Component> {
    let mut own = sections.blocks(&["economy", "memo-economy"]);
    if own.is_empty() {
        own = sections.everything();
    }
    let mut found = Vec::new();
    let mut unclear: Vec<(String, Place)> = Vec::new();
    for table in tables(&own) {
        found.extend(in_table(&table, parties, term, &mut unclear));
    }
    let told = prose(&own);
    if found.is_empty() {
        let unit = told.iter().position(names_unit);
        for (number, sentence) in told.iter().enumerate() {
            if unit.is_some_and(|unit| number >= unit) && is_without_unit(sentence) {
                unclear.push((format!("i vilken enhet: {}", bare(sentence.whole())), sentence.place));
                continue;
            }
            in_sentence(sentence, &told, parties, term, &mut found, &mut unclear);
        }
    }
    let mut keys: Vec<String> = Vec::new();
    for component in &mut found {
        component.key = free(&mut keys, &base_key(component));
    }
    for component in &found {
        one(component, parties, draft);
    }
    for sentence in &told {
        shared(sentence, &found, parties, draft);
    }
    if !unclear.is_empty() {
        for (reading, place) in &unclear {
            draft.unclear_of(&["funding"], reading, *place);
        }
    } else if found.is_empty() {
        draft.missing(&["funding"], false);
    }
    whole(&told, draft);
    in_kind(&prose(&sections.everything()), parties, draft);
    found
}

/// Tells of the amounts of the paper that no fact holds, neither one that is found nor one that is uncertain. A sum of those that
/// are paid says nothing new.
pub(super) fn left(sections: &Sections<'_>, components: &[Component], draft: &mut Draft) {
    const LEAST: Decimal = Decimal::ONE_HUNDRED;
    // A paper with more of them is read by somebody anyway.
    const MOST: usize = 100;
    let mut amounts = components.iter().filter_map(|one| one.amount).map(Money::decimal);
    let total = amounts.try_fold(Decimal::ZERO, Decimal::checked_add);
    let is_total = |block: &&&Block| {
        let row = block.text.to_lowercase();
        matches!(block.kind, BlockKind::TableRow { .. }) && TOTALS.iter().any(|word| row.starts_with(word))
    };
    let mut known: BTreeSet<Decimal> =
        draft.facts.iter().flat_map(|fact| &fact.values).flat_map(|value| held(value)).chain(total).collect();
    let mut told = 0;
    for block in sections.everything().iter().filter(|block| !is_total(block)) {
        for sentence in sentences(&block.text.replace('\t', " | "), block.place) {
            let sums: Vec<Decimal> = sums(&sentence.words())
                .into_iter()
                .filter(|sum| sum.has_unit && sum.kronor >= LEAST)
                .map(|sum| sum.kronor.normalize())
                .collect();
            if sums.iter().all(|sum| known.contains(sum)) {
                continue;
            }
            known.extend(sums);
            let reading = format!("belopp som inte är inläst: {}", bare(sentence.whole()));
            draft.unclear_of(&["funding"], &reading, sentence.place);
            told += 1;
            if told == MOST {
                return;
            }
        }
    }
}

/// The amounts that a value holds as it is shown: numbers alone, and amounts of a text.
fn held(value: &str) -> Vec<Decimal> {
    let digits = value.split(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ',' | '.'));
    let alone =
        digits.filter_map(|run| run.trim_matches([',', '.']).replace(',', ".").parse::<Decimal>().ok());
    let found = sentences(value, Place { page: None, paragraph: 0, line: None });
    let said = found.iter().flat_map(|sentence| sums(&sentence.words())).map(|sum| sum.kronor);
    alone.chain(said).map(|kronor| kronor.normalize()).collect()
}

/// "Belopp i tkr": the unit of amounts that stand elsewhere.
fn names_unit(sentence: &Sentence) -> bool {
    let words = sentence.words();
    sums(&words).is_empty() && unit_named(&words).is_some_and(|unit| unit != 1)
}

/// "År 2026: 900": a number beside a time, which does not say in what it is.
fn is_without_unit(sentence: &Sentence) -> bool {
    let words = sentence.words();
    let times = named(&words);
    let is_of_time = |at: usize| times.iter().any(|time| time.at.contains(&at));
    let is_number = |at: usize| {
        words.get(at).is_some_and(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
    };
    !times.is_empty()
        && !sums(&words).iter().any(|sum| sum.has_unit)
        && (0..words.len()).any(|at| is_number(at) && !is_of_time(at))
}

fn base_key(component: &Component) -> String {
    let year = component.period.map(|period| (period.start.year(), period.end.year()));
    match (&component.title, year) {
        (Some(title), _) => {
            let slug = text::slug(title);
            let words: Vec<&str> = slug.split('-').take(4).collect();
            if slug.is_empty() { "ersattning".to_owned() } else { words.join("-") }
        }
        (None, Some((first, last))) if first == last => first.to_string(),
        (None, Some((first, last))) => format!("{first}-{last}"),
        (None, None) => "ersattning".to_owned(),
    }
}

/// Writes one component.
fn one(component: &Component, parties: &Parties, draft: &mut Draft) {
    let Component { key, title, period, months, amount, rate, is_ceiling, payer, payee, place, .. } =
        component;
    let at = |field: &'static str| ["funding", key.as_str(), field];
    if let Some(title) = title {
        draft.set(&at("title"), title.as_str());
    }
    let payer = payer.clone().or_else(|| parties.only(Role::Public).map(|party| party.key.clone()));
    if let Some(payer) = payer {
        draft.set(&at("payer"), payer);
    } else {
        draft.missing(&at("payer"), false);
        draft.set(&at("payer"), NO_PAYER);
        draft.comment(&at("payer"), "Hittades inte: ange nyckeln för den part som betalar.");
    }
    if let Some(payee) =
        payee.clone().or_else(|| parties.only(Role::CivilSociety).map(|party| party.key.clone()))
    {
        draft.set(&at("payee"), payee);
    }
    if let Some(period) = period {
        draft.found(
            &at("period"),
            Table::default().with("start", period.start).with("end", period.end),
            *place,
        );
    }
    if let Some(months) = months {
        draft.found(&at("months"), *months, *place);
    }
    if let Some(amount) = amount {
        draft.found(&at("amount"), *amount, *place);
    }
    if let Some(rate) = rate {
        draft.found(&at("rate"), rate.clone(), *place);
    }
    if *is_ceiling {
        draft.set(&at("ceiling"), true);
    }
}

/// "Beloppet för 2026 fördelas så: föreningen får 80 procent …", "Beloppet är gemensamt för …": who receive an amount together.
fn shared(sentence: &Sentence, components: &[Component], parties: &Parties, draft: &mut Draft) {
    let Some(at) = sentence.find("fördelas så | är gemensamt för") else { return };
    let what = sentence.original(0..at);
    let named: Vec<&Component> = components.iter().filter(|one| concerns(what, one)).collect();
    let [component] = named.as_slice() else { return };
    let words = sentence.words();
    let mut payees = Table::default();
    for party in parties.named_in(sentence.rest(at + 2)) {
        let mut part = Table::default();
        // The number that follows the name of the party.
        let called = party.named.short_name.as_deref().unwrap_or(&party.named.name).to_lowercase();
        let from = find(&words, &format!("{called} får")).map(|from| from + called.split(' ').count() + 1);
        if let Some((number, rest)) =
            from.and_then(|from| words.get(from..)).and_then(crate::language::numbers::number)
        {
            match rest.first() {
                Some(&("procent" | "%")) => {
                    _ = part.set("share", number.normalize().to_string().replace('.', ","));
                }
                Some(&("kronor" | "kr")) => {
                    if let Some(amount) = money(number) {
                        part.set("amount", amount);
                    }
                }
                _ => {}
            }
        }
        payees.set(&party.key, part);
    }
    if !payees.is_empty() {
        draft.root.at(&["funding", &component.key]).remove("payee");
        draft.found(&["funding", &component.key, "payees"], payees, sentence.place);
    }
}

/// What holds for the economy as a whole.
fn whole(told: &[Sentence], draft: &mut Draft) {
    let mut has_part = false;
    for sentence in told {
        if !has_part
            && (sentence.has("delfinansiering* | delfinansierar | en del av kostnaden")
                || sentence.has("del av") && sentence.has("finansier*") && sentence.has("hela | totala"))
        {
            draft.found(&["economy", "partial_funding"], true, sentence.place);
            has_part = true;
        }
        if let Some(at) = sentence.find("hela verksamheten kostar | verksamhetens totala kostnad är") {
            let words = sentence.words();
            let sums = sums(words.get(at..).unwrap_or_default());
            if let [sum] = sums.as_slice()
                && let Some(amount) = money(sum.kronor)
            {
                draft.found(&["economy", "total_cost"], amount, sentence.place);
            }
        }
        if sentence.has("moms | mervärdesskatt") {
            let kind = if sentence.has("ingen moms | utan moms | inte moms") {
                Some("none")
            } else if sentence.has("exklusive moms | exkl moms") {
                Some("excluded")
            } else if sentence.has("inklusive moms | inkl moms") {
                Some("included")
            } else {
                None
            };
            if let Some(kind) = kind {
                draft.found(&["economy", "vat"], kind, sentence.place);
            }
        }
        if sentence.has("ersättningen är ett bidrag") {
            draft.found(&["economy", "instrument"], Instrument::Grant.word(), sentence.place);
        }
        if let Some(at) = sentence.find("ersättningens art") {
            let kind = sentence.rest(at + 2);
            let kind = bare(kind.trim_start_matches([':', ' '])).to_lowercase();
            if let Some(kind) = Instrument::ALL.into_iter().find(|one| one.label() == kind) {
                draft.found(&["economy", "instrument"], kind.word(), sentence.place);
            }
        }
    }
}

/// "Föreningen bidrar med …": all of it as one, since nobody can say where its parts end.
fn in_kind(told: &[Sentence], parties: &Parties, draft: &mut Draft) {
    let mut keys: Vec<String> = Vec::new();
    for sentence in told {
        let Some(at) = sentence.find("bidrar till partnerskapet med | bidrar till överenskommelsen med | bidrar till samarbetet med | bidrar med | bidrar i partnerskapet med") else { continue };
        let words = sentence.words();
        let Some(with) = words.get(at..).and_then(|rest| rest.iter().position(|word| *word == "med")) else {
            continue;
        };
        let Some(party) = parties.named_in(sentence.original(0..at)).first().copied() else { continue };
        let what = sentence.rest(at + with + 1);
        if what.to_lowercase().contains("finansiering") || !sums(&words).is_empty() && !what.contains("(värt")
        {
            continue;
        }
        let (what, value) = match what.rsplit_once(" (värt ") {
            Some((what, value)) if !what.contains("(värt") => (what, Some(value)),
            _ => (what, None),
        };
        let key = free(&mut keys, &party.key);
        let path = |field: &'static str| ["in_kind", key.as_str(), field];
        draft.set(&path("party"), party.key.as_str());
        draft.found(&path("what"), bare(what), sentence.place);
        let value = value.and_then(|value| {
            let found = sentences(value, sentence.place);
            let words = found.first()?.words();
            match sums(&words).as_slice() {
                [sum] => money(sum.kronor),
                _ => None,
            }
        });
        if let Some(value) = value {
            draft.found(&path("value"), value, sentence.place);
        }
    }
    if keys.is_empty() {
        draft.missing(&["in_kind"], false);
    }
}
