//! A text speaks of an amount that the agreement does not hold.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::agreement::Agreement;
use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::Segment;
use crate::money::{Money, grouped};
use crate::path;
use crate::payouts;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text::{self, NBSP};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP307",
    slug: "amount-in-prose",
    title: "Ett belopp i texten finns inte bland ersättningarna",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: samma belopp på alla ställen",
    why: "Står ett belopp i texten och ett annat i tabellen vet varken parten eller ekonomen vilket som gäller.",
    check: Check::Texts(
        // The short units as whole words: hardly a text has no word that begins with the same letters.
        &["kronor", "kr|", "tkr|", "mnkr", "sek|"],
        check,
    ),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Kommunen bidrar med 550 000 kronor om året.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Kommunen bidrar med 500\u{a0}000 kronor om året, sammanlagt 1 mnkr. Entrén är 20 000 kr billigare än i Bergsjö.\"",
        "",
    ),
};

/// A sentence with one of these speaks of what is paid.
const SUBJECTS: [&str; 9] =
    ["ersättning", "bidrar med", "bidrag", "finansier", "betalar", "betalas", "betala ", "utbetal", "anslår"];

/// A sentence with one of these speaks of somebody else's money.
const OTHERS: [&str; 4] = ["avgift", "region", "staten", "statsbidrag"];

/// Units of money, the longest first, with what each is worth in kronor.
const UNITS: [(&str, u32); 6] = [
    ("miljoner kronor", 1_000_000),
    ("mnkr", 1_000_000),
    ("tkr", 1_000),
    ("kronor", 1),
    ("sek", 1),
    ("kr", 1),
];

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let mut known = None;
    texts
        .iter()
        .filter(|text| {
            let prose = ["clause", "memo", "undertaking", "goal", "development", "exclusion"];
            matches!(text.path.segments().first(), Some(Segment::Key(key)) if prose.contains(&key.as_str()))
        })
        .filter_map(|Text { path, text }| {
            let amounts = amounts(text);
            if amounts.is_empty() {
                return None;
            }
            let known = known.get_or_insert_with(|| known_amounts(scope.agreement));
            // Where no amount is known there is nothing that the text could contradict.
            let foreign: BTreeSet<Decimal> =
                amounts.into_iter().filter(|amount| !known.is_empty() && !known.contains(amount)).collect();
            if foreign.is_empty() {
                return None;
            }
            let shown: Vec<String> =
                foreign.into_iter().map(|amount| format!("{}{NBSP}kronor", grouped(amount))).collect();
            let message = format!("Texten anger {}, som inte finns bland ersättningarna.", text::list(&shown));
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Rätta beloppet, eller ta bort det ur texten: dokumenten skriver beloppen ur [funding].")
                    .related(Place::value(scope.file, path!["funding"]), "ersättningarna"),
            )
        })
        .collect()
}

/// All amounts that the agreement holds, and those that people make of them: sums by year and in all, and their halves,
/// quarters and twelfths.
fn known_amounts(agreement: &Agreement) -> BTreeSet<Decimal> {
    let mut known: BTreeSet<Money> = BTreeSet::new();
    for funding in agreement.funding.values() {
        known.extend(payouts::amount_of(funding, &agreement.term));
        known.extend(funding.rate.as_ref().map(|rate| rate.amount));
    }
    known.extend(payouts::agreed_total(agreement));
    for year in agreement.term.period().iter().flat_map(Period::years) {
        let parts =
            agreement.funding.values().filter_map(|funding| payouts::by_year(funding, &agreement.term));
        let of_year = parts.flatten().filter(|share| share.year == year);
        known.extend(of_year.map(|share| share.amount).try_fold(Money::ZERO, Money::checked_add));
    }
    let parts: Vec<Money> = known
        .iter()
        .flat_map(|whole| [2, 4, 12].map(|parts| whole.checked_part(1, parts)))
        .flatten()
        .collect();
    known.extend(parts.iter().flat_map(|part| [part.rounded(), part.rounded_to_ore()]));
    known.extend(agreement.economy.total_cost.known());
    known.extend(agreement.in_kind.values().filter_map(|contribution| contribution.value.known()));
    let parts = agreement.payout_plan.values().flat_map(|plan| plan.part.values());
    known.extend(parts.filter_map(|part| part.amount));
    known.into_iter().map(|amount| amount.decimal().normalize()).collect()
}

/// The amounts in sentences about what is paid.
fn amounts(text: &str) -> Vec<Decimal> {
    let mut amounts = Vec::new();
    for sentence in text.split(". ").flat_map(|part| part.split('\n')) {
        let lower = sentence.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if !has(&SUBJECTS) || has(&OTHERS) {
            continue;
        }
        for (unit, worth) in UNITS {
            for (at, _) in lower.match_indices(unit) {
                let before = lower.get(..at).unwrap_or_default();
                let after = lower.get(at + unit.len()..).and_then(|rest| rest.chars().next());
                if before.ends_with([' ', NBSP]) && !after.is_some_and(char::is_alphanumeric) {
                    let number = number_at_end(before).and_then(|number| number.checked_mul(worth.into()));
                    amounts.extend(number.map(|amount| amount.normalize()));
                }
            }
        }
    }
    amounts
}

/// The number with which a text ends: "… med 500 000", "… 0,5", "… 600.000".
fn number_at_end(text: &str) -> Option<Decimal> {
    let trimmed = text.trim_end();
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | NBSP | ',' | '.');
    let start =
        trimmed.char_indices().rev().take_while(|(_, letter)| is_part(*letter)).last().map(|(at, _)| at)?;
    let digits = trimmed.get(start..)?.trim_start_matches([' ', NBSP, ',', '.']);
    let (whole, fraction) = digits.rsplit_once(',').unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split([' ', NBSP, '.', ',']).filter(|group| !group.is_empty()).collect();
    // A year before the number, as in "under 2024 500 000 kronor", is no part of it: groups have three digits.
    let thousands = groups.iter().rev().take_while(|group| group.len() == 3).count();
    let first = groups.len().checked_sub(thousands + 1).and_then(|at| groups.get(at));
    let number = match (first.filter(|group| group.len() < 3), thousands) {
        (None, 0) => (*groups.last()?).to_owned(),
        (first, _) => first.into_iter().chain(groups.get(groups.len() - thousands..)?).copied().collect(),
    };
    format!("{number}.{fraction}0").parse().ok().filter(|number: &Decimal| !number.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts_as_people_write_them() {
        let read =
            |text: &str| amounts(text).into_iter().map(|kronor| kronor.to_string()).collect::<Vec<_>>();
        assert_eq!(read("Kommunen betalar 500 000 kronor."), ["500000"]);
        assert_eq!(read("Bidraget är 1\u{a0}250\u{a0}000\u{a0}kr om året"), ["1250000"]);
        assert_eq!(read("Ersättningen är 900 tkr, varav 2 mnkr"), ["2000000", "900000"]);
        assert_eq!(read("Ersättningen för 2024 500 000 kronor"), ["500000"]);
        assert_eq!(read("Bidraget är 75000 kronor, ersättningen 600.000 SEK"), ["75000", "600000"]);
        assert_eq!(read("Kommunen ska betala 0,5 mnkr eller 5,5 miljoner kronor"), ["5500000", "500000"]);
        assert_eq!(read("Bidraget är 600 000,50 kronor"), ["600000.5"]);
        assert_eq!(read("Hyran är 5 000 kronor. Bidraget ökar kraven."), Vec::<String>::new());
        assert_eq!(read("Deltagaravgiften är 50 kronor och betalas av var och en"), Vec::<String>::new());
        assert_eq!(read("bidrag kr kr 1 kr é500 kronor, ., kronor"), ["500", "1"]);
    }
}
