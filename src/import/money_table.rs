//! Money in tables.

use super::component::{Component, money};
use super::money_prose::{is_ceiling, months, rate};
use super::parties::Parties;
use super::prose::{Sentence, bare, sentences};
use super::years::{Named, named, within};
use crate::date::Period;
use crate::language::amounts::sums;
use crate::paper::Place;

/// The components in a table: a row each, with an amount in one of its cells.
pub(super) fn in_table(
    table: &super::sections::Table<'_>,
    parties: &Parties,
    term: Option<Period>,
    unclear: &mut Vec<(String, Place)>,
) -> Vec<Component> {
    let head: Vec<String> = table.head.iter().map(|cell| cell.to_lowercase()).collect();
    let column = |words: &[&str]| head.iter().position(|cell| words.iter().any(|word| cell.contains(word)));
    let amounts =
        column(&["belopp", "summa", "ersättning", "kronor", "bidrag", "finansiering", "(kr", "tkr"]);
    let Some(amounts) = amounts.or_else(|| (head.len() == 2).then_some(1)) else { return Vec::new() };
    let unit = if head.get(amounts).is_some_and(|cell| cell.contains("tkr") || cell.contains("tusental")) {
        "tkr"
    } else {
        "kronor"
    };
    let mut found = Vec::new();
    for (cells, place) in &table.rows {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let what = cell(0);
        let is_sum = ["summa", "sammanlagt", "totalt", "därutöver", "total"]
            .iter()
            .any(|word| what.to_lowercase().starts_with(word));
        if is_sum || cell(amounts).trim().is_empty() {
            continue;
        }
        let mut component = Component::new(*place);
        if !amount_of_cell(cell(amounts), unit, &mut component) {
            unclear.push((format!("{what}: {}", cell(amounts)), *place));
            continue;
        }
        let others: Vec<&str> = (0..cells.len()).filter(|at| *at != amounts).map(cell).collect();
        for cell in others.iter().rev() {
            let of_cell = sentences(cell, *place);
            for sentence in &of_cell {
                let words = sentence.words();
                let times = named(&words);
                if component.period.is_none()
                    && let [Named { periods, is_years, .. }] = times.as_slice()
                    && let [period] = periods.as_slice()
                {
                    component.period = Some(if *is_years { within(*period, term) } else { *period });
                }
                component.months = component.months.or_else(|| months(&words));
            }
        }
        describe(what, parties, &mut component);
        found.push(component);
    }
    found
}

/// "2024", "Härbärget, våren 2024, till stiftelsen, från kommunen": what the component is called, who pays and who receives.
pub(super) fn describe(what: &str, parties: &Parties, component: &mut Component) {
    // The decision behind an amount is no part of its name.
    let what = match what.split_once(" (enligt beslut") {
        Some((before, after)) => format!("{before}{}", after.split_once(')').map_or("", |(_, after)| after)),
        None => what.to_owned(),
    };
    let mut title: Vec<&str> = Vec::new();
    for part in what.split(", ") {
        let party = |rest: &str| parties.named_in(rest).first().map(|party| party.key.clone());
        if let Some(rest) = part.strip_prefix("till ")
            && let Some(key) = party(rest)
        {
            component.payee = Some(key);
        } else if let Some(rest) = part.strip_prefix("från ")
            && let Some(key) = party(rest)
        {
            component.payer = Some(key);
        } else {
            title.push(part);
        }
    }
    let title = title.join(", ");
    let place = component.place;
    let only_time = sentences(&title, place).first().is_none_or(|sentence| {
        let words = sentence.words();
        let times = named(&words);
        let of_times: usize = times.iter().map(|one| one.at.len()).sum();
        !times.is_empty() && of_times + 1 >= words.len()
    });
    component.is_whole = title.to_lowercase().starts_with("hela avtalstiden");
    let is_named = !only_time && !component.is_whole;
    component.title = Some(bare(&title).to_owned()).filter(|title| is_named && !title.is_empty());
}

/// The amount that a cell says; whether it says one.
pub(super) fn amount_of_cell(cell: &str, unit: &str, component: &mut Component) -> bool {
    let place = component.place;
    let mut found = sentences(cell, place);
    let has_sum = |found: &[Sentence]| found.iter().any(|sentence| !sums(&sentence.words()).is_empty());
    let is_number = cell.chars().all(|letter| {
        letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, ',' | '.' | '-' | ':')
    });
    if (is_number || !has_sum(&found)) && cell.chars().any(|letter| letter.is_ascii_digit()) {
        found = sentences(&format!("{} {unit}", cell.trim_end_matches([':', '-', ' '])), place);
    }
    let [sentence] = found.as_slice() else { return false };
    let words = sentence.words();
    let sums = sums(&words);
    let Some(sum) = sums.first().filter(|_| sums.len() == 1) else { return false };
    component.is_ceiling = is_ceiling(&words, sum);
    let Some(amount) = money(sum.kronor) else { return false };
    match rate(sentence, sum) {
        Some(rate) => component.rate = Some(rate.with("amount", amount)),
        None => component.amount = Some(amount),
    }
    true
}
