//! A text speaks of an amount that the agreement does not hold.

use std::collections::BTreeSet;

use crate::agreement::Agreement;
use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::Segment;
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP307",
    slug: "amount-in-prose",
    title: "Ett belopp i texten finns inte bland ersättningarna",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: samma belopp på alla ställen",
    why: "Står ett belopp i texten och ett annat i tabellen vet varken parten eller ekonomen vilket som gäller.",
    check: Check::Texts(&["kronor", " kr", "\u{a0}kr", "tkr", "mnkr"], check),
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
const SUBJECTS: [&str; 8] =
    ["ersättning", "bidrar med", "bidrag", "finansier", "betalar", "betalas", "utbetal", "medfinans"];

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
            let foreign: Vec<String> = amounts
                .into_iter()
                .filter(|amount| !known.is_empty() && !known.contains(amount))
                .map(|amount| amount.to_string())
                .collect();
            if foreign.is_empty() {
                return None;
            }
            let message = format!("Texten anger {}. Det beloppet finns inte bland ersättningarna.", text::list(&foreign));
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Rätta beloppet, eller ta bort det ur texten: dokumenten skriver beloppen ur [funding].")
                    .related(Place::value(scope.file, path!["funding"]), "ersättningarna"),
            )
        })
        .collect()
}

/// All amounts that the agreement holds, and the sums that people speak of: by year and in all.
fn known_amounts(agreement: &Agreement) -> BTreeSet<Money> {
    let mut known = BTreeSet::new();
    for funding in agreement.funding.values() {
        known.extend(payouts::amount_of(funding, &agreement.term));
        known.extend(funding.rate.as_ref().map(|rate| rate.amount));
    }
    known.extend(payouts::agreed_total(agreement));
    for period in agreement.term.period().iter().flat_map(Period::years) {
        let parts =
            agreement.funding.values().filter_map(|funding| payouts::by_year(funding, &agreement.term));
        let of_year = parts.flatten().filter(|share| share.year == period);
        known.extend(of_year.map(|share| share.amount).try_fold(Money::ZERO, Money::checked_add));
    }
    known.extend(agreement.economy.total_cost.known());
    known.extend(agreement.in_kind.values().filter_map(|contribution| contribution.value.known()));
    let parts = agreement.payout_plan.values().flat_map(|plan| plan.part.values());
    known.extend(parts.filter_map(|part| part.amount));
    known
}

/// The amounts in sentences about what is paid.
fn amounts(text: &str) -> Vec<Money> {
    let mut amounts = Vec::new();
    for sentence in text.split(['.', '\n']) {
        let lower = sentence.to_lowercase();
        if !SUBJECTS.iter().any(|subject| lower.contains(subject)) {
            continue;
        }
        for (unit, factor) in [("kronor", 1), ("tkr", 1_000), ("mnkr", 1_000_000), ("kr", 1)] {
            for (at, _) in lower.match_indices(unit) {
                let before = lower.get(..at).unwrap_or_default();
                let after = lower.get(at + unit.len()..).and_then(|rest| rest.chars().next());
                let is_word =
                    before.ends_with([' ', text::NBSP]) && !after.is_some_and(char::is_alphanumeric);
                if is_word {
                    amounts.extend(number_at_end(before).and_then(|number| number.checked_times(factor)));
                }
            }
        }
    }
    amounts
}

/// The number with which a text ends: "… med 500 000".
fn number_at_end(text: &str) -> Option<Money> {
    let trimmed = text.trim_end();
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | text::NBSP);
    let start =
        trimmed.rfind(|letter| !is_part(letter)).map_or(0, |at| at + trimmed.get(at..).map_or(1, first_len));
    let digits = trimmed.get(start..)?;
    // A year before the number, as in "under 2024 500 000 kronor", is no part of it: groups have three digits.
    let groups: Vec<&str> = digits.split([' ', text::NBSP]).filter(|group| !group.is_empty()).collect();
    let thousands = groups.iter().rev().take_while(|group| group.len() == 3).count();
    let first =
        groups.len().checked_sub(thousands + 1).and_then(|at| groups.get(at)).filter(|group| group.len() < 3);
    let from = groups.len() - thousands;
    let number: String = match (first, thousands) {
        (None, 0) => (*groups.last()?).to_owned(),
        (first, _) => first.copied().into_iter().chain(groups.get(from..)?.iter().copied()).collect(),
    };
    number.parse().ok().filter(|kronor: &i64| *kronor > 0).map(Money::kronor)
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts_as_people_write_them() {
        let read = |text: &str| {
            amounts(text).into_iter().map(Money::decimal).map(|kronor| kronor.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(read("Kommunen betalar 500 000 kronor."), ["500000"]);
        assert_eq!(read("Bidraget är 1\u{a0}250\u{a0}000\u{a0}kr om året"), ["1250000"]);
        assert_eq!(read("Ersättningen är 900 tkr, varav 2 mnkr"), ["900000", "2000000"]);
        assert_eq!(read("Ersättningen för 2024 500 000 kronor"), ["500000"]);
        assert_eq!(read("Bidraget är 75000 kronor"), ["75000"]);
        assert_eq!(read("Hyran är 5 000 kronor. Bidraget ökar kraven."), Vec::<String>::new());
        assert_eq!(read("bidrag kr kr 1 kr é500 kronor"), ["500", "1"]);
    }
}
