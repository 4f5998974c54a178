//! Money in tables.

use rust_decimal::Decimal;

use super::component::{Component, money};
use super::money_prose::{is_ceiling, months, rate};
use super::parties::Parties;
use super::prose::{Sentence, bare, sentences};
use super::sections::Table;
use super::years::{Named, named, within};
use crate::date::Period;
use crate::language::amounts::{is_of_part, sums, unit_named};
use crate::paper::Place;

/// What heads a column with amounts.
const AMOUNTS: [&str; 10] =
    ["belopp", "summa", "ersättning", "kronor", "bidrag", "finansiering", "(kr", "tkr", "mnkr", "anslag"];
/// What says that a table or a row is of other money than what is paid.
const OTHER_MONEY: [&str; 9] = [
    "kostnad",
    "utgift",
    "intäkt",
    "budget",
    "egen insats",
    "egna medel",
    "medlemsavgift",
    "eget arbete",
    "egenfinansiering",
];
/// What begins a row that adds others up.
pub(super) const TOTALS: [&str; 5] = ["summa", "sammanlagt", "totalt", "därutöver", "total"];
/// The least that a number without a unit is kronor and not thousands of them.
const CERTAIN: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// The components in a table: a row each, with an amount in one of its cells, or with one for each column that is a time.
pub(super) fn in_table(
    table: &Table<'_>,
    parties: &Parties,
    term: Option<Period>,
    unclear: &mut Vec<(String, Place)>,
) -> Vec<Component> {
    let (captions, table) = without_captions(table);
    let head: Vec<String> = table.head.iter().map(|cell| cell.to_lowercase()).collect();
    let place = table.rows.first().map_or(Place { page: None, paragraph: 0, line: None }, |row| row.1);
    let times: Vec<(usize, Named)> =
        (1..head.len()).filter_map(|at| Some((at, only_time(table.head.get(at)?, place)?))).collect();
    let amounts = head
        .iter()
        .position(|cell| AMOUNTS.iter().any(|word| cell.contains(word)) && only_time(cell, place).is_none());
    // A column for each year has the amounts, whatever the first one is called.
    let amounts = if times.len() > 1 || amounts == Some(0) && !times.is_empty() {
        None
    } else {
        amounts.or_else(|| (head.len() == 2).then_some(1))
    };
    let unit = |column: usize| {
        let cells = table.head.get(column).into_iter().chain(&table.head).chain(&captions);
        let beside = table.beside.iter().filter(|text| text.chars().count() < 120);
        cells.chain(beside).find_map(|text| {
            let found = sentences(text, place);
            let named = found.first().map(Sentence::words).filter(|words| sums(words).is_empty())?;
            unit_named(&named)
        })
    };
    let is_other = |text: &str| OTHER_MONEY.iter().any(|word| text.to_lowercase().contains(word));
    let is_of_costs = head
        .iter()
        .chain(&captions.iter().map(|text| text.to_lowercase()).collect::<Vec<_>>())
        .any(|cell| is_other(cell));
    let mut found = Vec::new();
    for (cells, place) in &table.rows {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let what = cell(0);
        if TOTALS.iter().any(|word| what.to_lowercase().starts_with(word)) {
            continue;
        }
        let columns: Vec<(usize, Option<&Named>)> = match amounts {
            Some(column) => vec![(column, None)],
            None => times.iter().map(|(column, time)| (*column, Some(time))).collect(),
        };
        for (column, time) in columns {
            let written = cell(column).trim();
            if !written.chars().any(|letter| letter.is_ascii_digit()) && time.is_some() || written.is_empty()
            {
                continue;
            }
            let title =
                time.map_or_else(String::new, |_| format!(", {}", table.head.get(column).unwrap_or(&"")));
            let mut component = Component::new(*place);
            // Of a table with columns for years nobody knows which rows are paid, but where they say it.
            let is_paid = time.is_none()
                || AMOUNTS.iter().any(|word| what.to_lowercase().contains(word))
                || what.trim().is_empty();
            let is_read = amount_of_cell(written, unit(column), &mut component);
            if !is_read || is_of_costs || is_other(what) || !is_paid {
                unclear.push((format!("{what}{title}: {written}"), *place));
                continue;
            }
            if let Some(Named { periods, is_years, .. }) = time {
                component.period =
                    periods.first().map(|period| if *is_years { within(*period, term) } else { *period });
                describe(what, parties, &mut component);
                component.title =
                    component.title.filter(|title| !AMOUNTS.contains(&title.to_lowercase().as_str()));
                found.push(component);
                continue;
            }
            let others: Vec<&str> = (0..cells.len()).filter(|at| *at != column).map(cell).collect();
            // "Från 2026-01-01 och tills vidare" is no year, though the row is called by one.
            let is_open = others.iter().any(|cell| cell.to_lowercase().contains("tills vidare"));
            for cell in others.iter().rev().filter(|_| !is_open) {
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
    }
    found
}

/// A table without rows above its head that only say something of it: "Belopp i tkr".
fn without_captions<'a>(table: &Table<'a>) -> (Vec<&'a str>, Table<'a>) {
    let mut captions = Vec::new();
    let mut table = table.clone();
    while table.head.iter().filter(|cell| !cell.trim().is_empty()).count() == 1
        && table.rows.len() > 1
        && table
            .rows
            .first()
            .is_some_and(|(cells, _)| cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1)
        && says_no_number(&table.head)
    {
        captions.append(&mut table.head);
        table.head = table.rows.remove(0).0;
    }
    (captions, table)
}

/// Whether nothing of a head is an amount or a time.
fn says_no_number(head: &[&str]) -> bool {
    !head.iter().any(|cell| cell.chars().any(|letter| letter.is_ascii_digit()))
}

/// The one time that a cell is, and no more.
fn only_time(cell: &str, place: Place) -> Option<Named> {
    let found = sentences(cell, place);
    let [sentence] = found.as_slice() else { return None };
    let words = sentence.words();
    let times = named(&words);
    let [time] = times.as_slice() else { return None };
    (time.periods.len() == 1 && words.len() <= time.at.len() + 2).then(|| time.clone())
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

/// The amount that a cell says in a unit of its own or of its column; whether it says one.
pub(super) fn amount_of_cell(cell: &str, unit: Option<u32>, component: &mut Component) -> bool {
    let place = component.place;
    let mut found = sentences(cell, place);
    let (mut times, mut is_certain) = (1, true);
    let has_sum = |found: &[Sentence]| found.iter().any(|sentence| !sums(&sentence.words()).is_empty());
    let is_number = cell.chars().all(|letter| {
        letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, ',' | '.' | '-' | ':')
    });
    if (is_number || !has_sum(&found)) && cell.chars().any(|letter| letter.is_ascii_digit()) {
        found = sentences(&format!("{} kronor", cell.trim_end_matches([':', '-', ' '])), place);
        times = unit.unwrap_or(1);
        is_certain = unit.is_some();
    }
    let [sentence] = found.as_slice() else { return false };
    let words = sentence.words();
    let sums = sums(&words);
    let Some(sum) = sums.first().filter(|_| sums.len() == 1) else { return false };
    component.is_ceiling = is_ceiling(&words, sum);
    let Some(kronor) = sum.kronor.checked_mul(times.into()) else { return false };
    let Some(amount) =
        money(kronor).filter(|_| (is_certain || kronor >= CERTAIN) && !is_of_part(&words, sum))
    else {
        return false;
    };
    match rate(sentence, sum) {
        Some(rate) => component.rate = Some(rate.with("amount", amount)),
        None => component.amount = Some(amount),
    }
    true
}
