//! Payouts as people and programs read them.

mod json;
mod side;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::sheet::{Cell, Column, Row, Sheet};
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, Payout, Standing, Statement, WithoutTime};
use crate::register::{Entry, Register};
use crate::text;
use crate::vocabulary::Known;

/// The payouts of some agreements.
#[derive(Debug)]
pub struct PayoutReport<'a> {
    /// The register that they are computed from.
    pub register: &'a Register,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// Only the payouts whose cost this year bears.
    pub year: Option<i32>,
    /// The agreements, in the order of their ids, each with its statement.
    pub agreements: Vec<(&'a str, &'a Entry<Agreement>, Statement<'a>)>,
}

/// The cells of a row, in the order of [`COLUMNS`].
#[derive(Default)]
struct Line {
    agreement: Cell,
    payout: Cell,
    when: Cell,
    due: Cell,
    year: Cell,
    covers: Cell,
    payer: Cell,
    payee: Cell,
    counterpart: Cell,
    agreed: Cell,
    adjustment: Cell,
    correction: Cell,
    to_pay: Cell,
    status: Cell,
    reason: Cell,
    account_code: Cell,
    conditions: Cell,
    paid: Cell,
    vouchers: Cell,
    left: Cell,
}

impl Line {
    fn row(self, is_sum: bool) -> Row {
        let cells = vec![
            self.agreement,
            self.payout,
            self.when,
            self.due,
            self.year,
            self.covers,
            self.payer,
            self.payee,
            self.counterpart,
            self.agreed,
            self.adjustment,
            self.correction,
            self.to_pay,
            self.status,
            self.reason,
            self.account_code,
            self.conditions,
            self.paid,
            self.vouchers,
            self.left,
        ];
        Row { cells, is_sum }
    }
}

const COLUMNS: [Column; 20] = [
    Column::detail("Avtal"),
    Column::new("Utbetalning"),
    Column::new("När"),
    Column::new("Senast"),
    Column::detail("År"),
    Column::new("Avser"),
    Column::detail("Betalare"),
    Column::detail("Mottagare"),
    Column::people("Motpart"),
    Column::new("Avtalat"),
    Column::new("Justering"),
    Column::new("Rättelse"),
    Column::new("Att betala"),
    Column::new("Status"),
    Column::detail("Grund för status"),
    Column::new("Kontering"),
    Column::detail("Villkor"),
    Column::new("Betalt"),
    Column::new("Verifikation"),
    Column::new("Kvar"),
];

impl PayoutReport<'_> {
    /// The payouts that are shown of an agreement.
    fn payouts<'b>(&self, statement: &'b Statement<'_>) -> impl Iterator<Item = &'b Payout<'b>> {
        let year = self.year;
        statement.payouts.iter().filter(move |payout| year.is_none_or(|year| payout.year == year))
    }

    /// One sheet for each agreement, and one that sums them up where there are several agreements or payers. What is not
    /// definite would pretend with öre: people see it in whole kronor, programs exactly.
    #[must_use]
    pub fn sheets(&self, is_exact: bool) -> Vec<Sheet> {
        let agreements = self.agreements.iter();
        let mut sheets: Vec<Sheet> =
            agreements.map(|(id, entry, statement)| self.sheet(id, entry, statement, is_exact)).collect();
        let payers: BTreeSet<String> = self
            .agreements
            .iter()
            .flat_map(|(_, entry, statement)| {
                self.payouts(statement).map(|one| called(&entry.data, one.payer))
            })
            .collect();
        if self.agreements.len() > 1 || payers.len() > 1 {
            sheets.push(self.totals());
        }
        sheets
    }

    fn sheet(&self, id: &str, entry: &Entry<Agreement>, statement: &Statement<'_>, is_exact: bool) -> Sheet {
        let agreement = &entry.data;
        let mut notes = Notes::default();
        let shown: Vec<&Payout<'_>> = self.payouts(statement).collect();
        let counterparts: Vec<String> = shown.iter().map(|payout| counterpart(agreement, payout)).collect();
        let is_one = counterparts.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
        let mut rows: Vec<Row> = Vec::new();
        for (payout, counterpart) in shown.iter().zip(&counterparts) {
            let mut line = line(id, agreement, payout, &mut notes, is_exact);
            if !is_one {
                line.counterpart = Cell::text(counterpart.clone());
            }
            rows.push(line.row(false));
        }
        let years: BTreeMap<i32, Vec<&Payout<'_>>> =
            shown.iter().fold(BTreeMap::new(), |mut years, payout| {
                years.entry(payout.year).or_default().push(*payout);
                years
            });
        if years.len() > 1 {
            rows.extend(
                years.iter().map(|(year, payouts)| sum_line(format!("Summa {year}"), payouts).row(true)),
            );
        }
        // What has no known time belongs to no year.
        let timeless: &[WithoutTime<'_>] = if self.year.is_none() { &statement.without_time } else { &[] };
        rows.extend(timeless.iter().map(|one| timeless_line(id, agreement, one).row(false)));
        if shown.len() + timeless.len() > 1 {
            rows.push(with_timeless(sum_line("Summa".to_owned(), &shown), timeless, &shown).row(true));
        }
        let mut sheet = Sheet {
            heading: heading(id, agreement, &counterparts, is_one),
            columns: COLUMNS.to_vec(),
            rows,
            notes: notes.lines(),
        };
        sheet.notes.extend(remarks(statement, &shown));
        if let Some(last) = agreement.early_end() {
            sheet.notes.push(format!(
                "Avtalet slutar i förtid; sista dagen är {last}. `iop payouts {id} --ended {last}` visar vad som är betalt och intjänat."
            ));
        }
        if !statement.without_time.is_empty() {
            sheet.notes.push("Ersättningar vars tid inte är känd hör inte till något år.".to_owned());
        }
        if shown.is_empty() && statement.without_time.is_empty() {
            sheet.notes.push(match self.year {
                Some(year) => format!("Avtalet har inga utbetalningar för {year}."),
                None => "Avtalet har inga ersättningar att betala ut.".to_owned(),
            });
        }
        sheet
    }

    /// The sums of all agreements by payer and year.
    fn totals(&self) -> Sheet {
        let mut sums: BTreeMap<(String, i32), Vec<&Payout<'_>>> = BTreeMap::new();
        let mut all = Vec::new();
        for (_, entry, statement) in &self.agreements {
            for payout in self.payouts(statement) {
                let payer = called(&entry.data, payout.payer);
                sums.entry((payer, payout.year)).or_default().push(payout);
                all.push(payout);
            }
        }
        let mut rows: Vec<Row> = sums
            .iter()
            .map(|((payer, year), payouts)| {
                Line { when: Cell::text(year.to_string()), ..sum_line(payer.clone(), payouts) }.row(true)
            })
            .collect();
        if rows.len() > 1 {
            rows.push(sum_line("Summa".to_owned(), &all).row(true));
        }
        let mut columns = COLUMNS.to_vec();
        for (index, title) in [(1, "Betalare"), (2, "År")] {
            if let Some(column) = columns.get_mut(index) {
                column.title = title;
            }
        }
        // Sums are no payouts: CSV has none of them.
        let heading = match self.agreements.as_slice() {
            [_] => "Alla som betalar".to_owned(),
            several => format!("Alla {} avtal", several.len()),
        };
        let has_ceilings = all.iter().any(|payout| payout.is_open_ceiling());
        let notes = has_ceilings.then(|| "Tak ingår inte i summorna.".to_owned());
        Sheet { heading, columns, rows, notes: notes.into_iter().collect() }
    }
}

/// A component without a known time.
fn timeless_line(id: &str, agreement: &Agreement, one: &WithoutTime<'_>) -> Line {
    let amount = || match one.amount {
        Some(most) if one.ceiling => Cell::Number { before: "högst ", number: most.decimal() },
        Some(amount) => Cell::amount(Some(amount)),
        None => Cell::text("ej angivet"),
    };
    Line {
        agreement: Cell::text(id),
        payout: Cell::text(one.funding),
        when: Cell::text("tiden inte känd"),
        payer: Cell::text(called(agreement, one.payer)),
        agreed: Cell::amount(one.amount),
        to_pay: amount(),
        status: Cell::text("preliminär"),
        reason: Cell::text("tiden är inte känd"),
        left: amount(),
        ..Line::default()
    }
}

/// The sum with what has no known time; ceilings are in no sum.
fn with_timeless(line: Line, timeless: &[WithoutTime<'_>], shown: &[&Payout<'_>]) -> Line {
    let known = timeless.iter().filter(|one| !one.ceiling).map(|one| one.amount);
    let Some(more) = payouts::sum(known).filter(|more| *more != Money::ZERO) else { return line };
    let of = |amount: fn(&Payout<'_>) -> Option<Money>| {
        let sum = payouts::sum(shown.iter().filter(|one| !one.is_open_ceiling()).map(|one| amount(one)));
        Cell::amount(sum.and_then(|sum| sum.checked_add(more)).map(Money::rounded))
    };
    Line {
        agreed: of(|payout| payout.agreed),
        to_pay: of(|payout| payout.to_pay),
        left: of(|payout| payout.left),
        status: Cell::text("preliminär"),
        ..line
    }
}

/// What sums do not hold, conditions, and what is paid otherwise than it should be.
fn remarks(statement: &Statement<'_>, shown: &[&Payout<'_>]) -> Vec<String> {
    let mut remarks = Vec::new();
    let unknown = shown.iter().filter(|payout| payout.to_pay.is_none()).count();
    if unknown > 0 {
        remarks.push(format!(
            "Summorna saknar {} utan känt belopp.",
            text::count(unknown, "utbetalning", "utbetalningar")
        ));
    }
    if let Some(most) = payouts::sum(shown.iter().filter(|one| one.is_open_ceiling()).map(|one| one.to_pay))
        .filter(|most| *most > Money::ZERO)
    {
        remarks.push(format!("Tak ingår inte i summorna: därtill kan högst {most} betalas."));
    }
    for payout in shown {
        for condition in &payout.conditions {
            remarks.push(format!("Villkor för {}: {}.", payout.id, condition.trim_end_matches('.')));
        }
    }
    for difference in &statement.differences {
        if shown.iter().any(|payout| payout.id == difference.payout) {
            remarks.push(difference.to_string());
        }
    }
    for paid in &statement.unmatched {
        remarks.push(format!(
            "Betalningen ”{}” ({}, {}) hör inte till någon utbetalning och ingår inte.",
            paid.key, paid.amount, paid.date
        ));
    }
    remarks
}

/// Reasons with numbers, so that a row can point at them.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    fn numbers(&mut self, payout: &Payout<'_>) -> Vec<usize> {
        let mut numbers = Vec::new();
        if !payout.is_preliminary() {
            return numbers;
        }
        for reason in payouts::reasons(payout.doubts.iter()) {
            let position = self.0.iter().position(|known| *known == reason).unwrap_or_else(|| {
                self.0.push(reason);
                self.0.len() - 1
            });
            numbers.push(position + 1);
        }
        numbers
    }

    fn lines(self) -> Vec<String> {
        self.0.into_iter().enumerate().map(|(index, reason)| format!("{}) {reason}.", index + 1)).collect()
    }
}

fn heading(id: &str, agreement: &Agreement, counterparts: &[String], is_one: bool) -> String {
    let with = counterparts.first().filter(|_| is_one).map(|one| format!(" · {one}")).unwrap_or_default();
    format!("{id} · {}{with} · {}", text::capitalised(&agreement.title), agreement.status.label())
}

fn called(agreement: &Agreement, key: &str) -> String {
    let party = agreement.party.get(key);
    party.map_or(key, |party| party.legal_person.known().map_or(&*party.name, String::as_str)).to_owned()
}

/// "Kommunen → föreningen", by their names.
fn counterpart(agreement: &Agreement, payout: &Payout<'_>) -> String {
    let payee = payout.payee.map(|payee| called(agreement, payee));
    format!(
        "{} → {}",
        called(agreement, payout.payer),
        payee.unwrap_or_else(|| "mottagare ej angiven".to_owned())
    )
}

fn line(id: &str, agreement: &Agreement, payout: &Payout<'_>, notes: &mut Notes, is_exact: bool) -> Line {
    let numbers = notes.numbers(payout);
    let is_preliminary = payout.is_preliminary();
    let shown = |amount: Option<Money>| {
        let amount = amount.map(|amount| if is_preliminary && !is_exact { amount.rounded() } else { amount });
        match (amount, payout.is_open_ceiling() && !payout.has_lapsed()) {
            (Some(amount), true) => Cell::Number { before: "högst ", number: amount.decimal() },
            (amount, _) => Cell::amount(amount),
        }
    };
    let not_zero = |amount: Option<Money>| shown(amount.filter(|amount| *amount != Money::ZERO));
    let to_pay = if payout.to_pay.is_none() { Cell::text("ej angivet") } else { shown(payout.to_pay) };
    let vouchers: Vec<&str> = payout.payments.iter().filter_map(|paid| paid.voucher).collect();
    let doubts = payouts::reasons(payout.doubts.iter());
    Line {
        agreement: Cell::text(id),
        payout: Cell::text(payout.id.clone()),
        when: Cell::text(payout.when.to_string()),
        due: Cell::text(payout.due.map(|due| due.to_string()).unwrap_or_default()),
        year: Cell::text(payout.year.to_string()),
        covers: Cell::text(payout.covers.to_string()),
        payer: Cell::text(called(agreement, payout.payer)),
        payee: Cell::text(payout.payee.map(|payee| called(agreement, payee)).unwrap_or_default()),
        counterpart: Cell::Empty,
        agreed: Cell::amount(payout.agreed),
        adjustment: not_zero(payout.adjustment),
        correction: Cell::amount_or_nothing(moved(payout)),
        to_pay,
        status: status(payout, &numbers),
        reason: Cell::text(if is_preliminary { doubts.join("; ") } else { String::new() }),
        account_code: Cell::text(payout.account_code.unwrap_or_default()),
        conditions: Cell::text(payout.conditions.join("; ")),
        paid: Cell::amount_or_nothing(Some(payout.paid())),
        vouchers: Cell::text(vouchers.join(", ")),
        left: not_zero(payout.left),
    }
}

/// What comes from other payouts, and what goes to them.
fn moved(payout: &Payout<'_>) -> Option<Money> {
    payout.correction.checked_add(payout.carried)
}

fn status(payout: &Payout<'_>, notes: &[usize]) -> Cell {
    let firmness = match (payout.standing, payout.ceiling, payout.is_preliminary()) {
        (Standing::Lapsed, ..) => "bortfallen",
        (Standing::Settled, ..) => "betald",
        (Standing::Open, true, _) => "tak",
        (Standing::Open, false, true) => "preliminär",
        (Standing::Open, false, false) => "definitiv",
    };
    let numbers: Vec<String> = notes.iter().map(|number| format!("{number})")).collect();
    let marks = if payout.is_preliminary() { numbers.join(" ") } else { String::new() };
    Cell::Marked(firmness.to_owned(), marks)
}

/// Sums hold what is or will be paid: no ceilings that are still open.
fn sum_line(title: String, payouts: &[&Payout<'_>]) -> Line {
    let of = |amount: fn(&Payout<'_>) -> Option<Money>| {
        payouts::sum(payouts.iter().filter(|payout| !payout.is_open_ceiling()).map(|payout| amount(payout)))
    };
    let is_preliminary = payouts.iter().any(|payout| payout.is_preliminary());
    let shown = |amount: Option<Money>| {
        Cell::amount(amount.map(|amount| if is_preliminary { amount.rounded() } else { amount }))
    };
    let most = payouts::sum(payouts.iter().map(|payout| payout.to_pay));
    let is_only_ceilings = payouts.iter().all(|payout| payout.is_open_ceiling());
    Line {
        payout: Cell::text(title),
        agreed: shown(of(|payout| payout.agreed)),
        adjustment: Cell::amount_or_nothing(of(|payout| payout.adjustment).map(Money::rounded_to_ore)),
        to_pay: match most {
            Some(most) if is_only_ceilings => Cell::Number { before: "högst ", number: most.decimal() },
            _ => shown(of(|payout| payout.to_pay)),
        },
        status: Cell::text(if is_preliminary { "preliminär" } else { "" }),
        paid: Cell::amount_or_nothing(of(|payout| Some(payout.paid()))),
        left: Cell::amount_or_nothing(
            of(|payout| payout.left).map(|left| if is_preliminary { left.rounded() } else { left }),
        ),
        ..Line::default()
    }
}
