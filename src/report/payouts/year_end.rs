//! The entries of a year's end: what is prepaid, accrued, invoiced and unpaid, and to come back, by code string, counterpart and
//! voucher.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::PayoutReport;
use super::invoices::not_bound;
use super::remarks::credits_nothing;
use crate::agreement::Agreement;
use crate::date::Period;
use crate::money::Money;
use crate::payouts::{self, CodeString, Entering, Payout, Position, Voucher};
use crate::report::codes;
use crate::report::missing::{Missing, sum_title};
use crate::report::parties::{organisation, receivers};
use crate::report::sheet::{Audience, Cell, Column, Line, Sheet, SumOf, Table};
use crate::text;

/// The name of the list.
const LIST: &str = "Årsskiftet";

/// All kinds of entries, in order.
const KINDS: [Entering; 4] = [Entering::Prepaid, Entering::Accrued, Entering::SupplierDebt, Entering::Claim];

/// An entry of a payout, as far as it rests on one voucher.
pub(super) struct Entry<'a> {
    pub(super) kind: Entering,
    pub(super) id: &'a str,
    pub(super) agreement: &'a Agreement,
    pub(super) payout: &'a Payout<'a>,
    pub(super) codes: CodeString<'a>,
    pub(super) voucher: Option<Voucher<'a>>,
    pub(super) amount: Money,
}

/// Entries that are below the municipality's limit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Below {
    pub(super) count: usize,
    pub(super) amount: Money,
}

/// The end of a year.
pub(super) struct YearEnd<'a> {
    pub(super) year: i32,
    pub(super) limit: Option<Money>,
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) below: BTreeMap<Entering, Below>,
    pub(super) earned: Money,
    pub(super) paid: Money,
    /// The agreements of which nobody knows what has been paid.
    pub(super) blind: Vec<&'a str>,
}

enum Row<'a> {
    Entry(Entry<'a>),
    Below(Entering, Below),
    Sum(String, Option<Entering>, Money, Money),
}

/// An amount as what it is of what has been earned without what has been paid.
fn signed(kind: Entering, amount: Money) -> Money {
    if kind.is_debt() { amount } else { Money::ZERO.checked_sub(amount).unwrap_or_default() }
}

impl YearEnd<'_> {
    /// What entries of a kind come to, with those below the limit.
    pub(super) fn sum(&self, kind: Entering) -> Money {
        let own = self.entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.amount);
        let below = self.below.get(&kind).map(|below| below.amount);
        // Stated amounts, far below what would not fit.
        own.chain(below).fold(Money::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum))
    }

    /// What has been earned without what has been paid.
    pub(super) fn difference(&self) -> Money {
        self.earned.checked_sub(self.paid).unwrap_or_default()
    }
}

impl PayoutReport<'_> {
    /// The entries of the end of a year as one sheet.
    #[must_use]
    pub fn year_end(&self, year: i32) -> Sheet {
        let end = self.computed(year);
        let mut sums = Vec::new();
        let mut all = Money::ZERO;
        for kind in KINDS {
            sums.extend(self.sums_of_strings(&end, kind));
            let amount = end.sum(kind);
            all = all.checked_add(signed(kind, amount)).unwrap_or(all);
            let same = vec![("Slag".into(), Cell::text(kind.label()))];
            let title = format!("Summa {}", plural(kind));
            let row = Row::Sum(title, Some(kind), amount, signed(kind, amount));
            sums.push(Line::Sum(row, Some(SumOf { list: LIST, same })));
        }
        let total = Row::Sum(sum_title(self.missing), None, Money::ZERO, all);
        sums.push(Line::Sum(total, Some(SumOf { list: LIST, same: Vec::new() })));
        let notes = self.notes_of_year_end(&end);
        let entries = end.entries.into_iter().map(Row::Entry);
        let below = end.below.into_iter().map(|(kind, below)| Row::Below(kind, below));
        let mut rows: Vec<Line<Row<'_>>> = entries.chain(below).map(Line::Row).collect();
        rows.append(&mut sums);
        let heading = self.heading(&format!("Årsskiftet {year}"));
        Table { name: LIST, heading, columns: columns(&codes::titles(self.register)), rows, notes }.sheet()
    }

    /// What the entries of a kind come to by code string, where there is more than one; those below the limit have none.
    fn sums_of_strings(&self, end: &YearEnd<'_>, kind: Entering) -> Vec<Line<Row<'static>>> {
        let mut strings: BTreeMap<&CodeString<'_>, Money> = BTreeMap::new();
        for entry in end.entries.iter().filter(|entry| entry.kind == kind) {
            let sum = strings.entry(&entry.codes).or_default();
            *sum = sum.checked_add(entry.amount).unwrap_or(*sum);
        }
        if strings.len() < 2 {
            return Vec::new();
        }
        let titles = codes::titles(self.register);
        let sums = strings.into_iter().map(|(string, amount)| {
            let fields = titles.iter().enumerate();
            let fields = fields.map(|(at, title)| (title.clone().into(), codes::cell(string, at)));
            let same = [("Slag".into(), Cell::text(kind.label()))].into_iter().chain(fields).collect();
            let name = codes::whole(string).unwrap_or_else(|| "utan kodsträng".to_owned());
            let title = format!("Summa {}, {name}", plural(kind));
            let row = Row::Sum(title, Some(kind), amount, signed(kind, amount));
            Line::Sum(row, Some(SumOf { list: LIST, same }))
        });
        sums.collect()
    }

    pub(super) fn computed(&self, year: i32) -> YearEnd<'_> {
        let settings = self.register.settings.as_ref();
        let limit = settings.and_then(|settings| settings.data.year_end.limit);
        let positions: Vec<_> =
            self.agreements.par_iter().map(|one| (one, payouts::year_end(&one.2, year))).collect();
        let mut end = YearEnd {
            year,
            limit,
            entries: Vec::new(),
            below: BTreeMap::new(),
            earned: Money::ZERO,
            paid: Money::ZERO,
            blind: Vec::new(),
        };
        for ((id, agreement, statement), own) in positions {
            if self.is_blind(id) {
                end.blind.push(id);
                continue;
            }
            for Position { payout, earned, paid, entries, .. } in own {
                // What somebody else bears does not stand in the municipality's books.
                let terms = statement.terms(payout.funding);
                let is_borne = |terms| payouts::carrier(self.register, &agreement.data, terms).is_some();
                if !terms.is_some_and(is_borne) {
                    continue;
                }
                end.earned = end.earned.checked_add(earned).unwrap_or(end.earned);
                end.paid = end.paid.checked_add(paid).unwrap_or(end.paid);
                for (kind, parts) in entries {
                    let amount =
                        parts.iter().fold(Money::ZERO, |sum, (_, one)| sum.checked_add(*one).unwrap_or(sum));
                    if kind.has_limit() && limit.is_some_and(|limit| amount < limit) {
                        let below = end.below.entry(kind).or_default();
                        below.count += 1;
                        below.amount = below.amount.checked_add(amount).unwrap_or(below.amount);
                        continue;
                    }
                    end.entries.extend(parts.into_iter().map(|(voucher, amount)| Entry {
                        kind,
                        id,
                        agreement: &agreement.data,
                        payout,
                        codes: self.codes(&agreement.data, terms),
                        voucher,
                        amount,
                    }));
                }
            }
        }
        // Stable: what has the same codes and counterpart stays in the order of the agreements and their payouts.
        end.entries.sort_by(|one, other| {
            let codes = || one.codes.cmp(&other.codes);
            one.kind.cmp(&other.kind).then_with(codes).then_with(|| one.receiver().cmp(&other.receiver()))
        });
        end
    }

    fn notes_of_year_end(&self, end: &YearEnd<'_>) -> Vec<String> {
        let day = format!("{}-12-31", end.year);
        let mut notes = vec![format!(
            "Upparbetat till och med {day} är {}, betalt {}. Skillnaden, {}, är upplupna kostnader och leverantörsskulder minus förutbetalda kostnader och fordringar.",
            end.earned,
            end.paid,
            end.difference()
        )];
        match end.limit {
            Some(limit) if end.below.is_empty() => {
                notes.push(format!("Ingen förutbetald eller upplupen kostnad är under gränsen, {limit}."));
            }
            Some(limit) => {
                let all = end.below.iter().map(|(kind, below)| {
                    let name = if below.count == 1 { kind.label() } else { plural(*kind) };
                    format!("{} {name} om {}", below.count, below.amount)
                });
                let all: Vec<String> = all.collect();
                notes.push(format!(
                    "Under gränsen {limit} är {}. De ingår i summorna men tas inte upp var för sig.",
                    text::list(&all)
                ));
            }
            None => {}
        }
        if self.as_of.to_string() < day {
            notes.push(format!(
                "Räknat med det som är känt {}: det som betalas och faktureras därefter ingår inte.",
                self.as_of
            ));
        }
        if !end.blind.is_empty() {
            notes.push(format!(
                "Vad som är betalt enligt {} är inte känt, och det ingår inte.",
                text::list(&end.blind)
            ));
        }
        notes.extend(self.outside_of_year_end(end.year));
        notes
    }

    /// What stands outside the list, of what is dated by the end of the year: it belongs to no payout.
    fn outside_of_year_end(&self, year: i32) -> Vec<String> {
        let is_by_then = |date: NaiveDate| date.year() <= year;
        let mut notes = Vec::new();
        for (id, _, statement) in &self.agreements {
            let unmatched = statement.unmatched.iter().filter(|paid| is_by_then(paid.date));
            notes.extend(unmatched.map(|paid| {
                format!(
                    "Betalningen ”{}” i {id} ({}, {}) hör inte till någon utbetalning och ingår inte.",
                    paid.key, paid.amount, paid.date
                )
            }));
            let outside = statement.not_agreed.iter().filter(|one| is_by_then(one.invoice.date));
            notes.extend(outside.map(|one| {
                let why = if one.is_repeated { "är redan införd" } else { "är inte avtalad" };
                format!(
                    "Fakturan {} i {id} ({}, {}) {why} och ingår inte.",
                    one.invoice.number, one.amount, one.invoice.date
                )
            }));
            let nothing = statement.credits_nothing.iter().filter(|one| is_by_then(one.invoice.date));
            notes.extend(nothing.map(|one| format!("{id}: {}", credits_nothing(one))));
            let sent = |payout: &&Payout<'_>| payout.invoices.iter().any(|one| is_by_then(one.invoice.date));
            let unbound = statement.payouts.iter().filter(|one| !one.commitment.is_bound()).filter(sent);
            notes.extend(
                unbound.map(|one| {
                    format!("{} i {id} är fakturerad, men {}.", one.id, not_bound(one.commitment))
                }),
            );
            if !statement.without_time.is_empty() {
                notes.push(format!("{id} har ersättningar vars tid inte är känd: de ingår inte."));
            }
        }
        notes.extend(
            self.missing
                .iter()
                .filter(|one| one.is_agreement())
                .map(|one| format!("Listan saknar {}, som inte kan läsas.", text::visible(&one.file))),
        );
        notes
    }
}

/// Entries of a kind.
fn plural(kind: Entering) -> &'static str {
    match kind {
        Entering::Prepaid => "förutbetalda kostnader",
        Entering::Accrued => "upplupna kostnader",
        Entering::SupplierDebt => "leverantörsskulder",
        Entering::Claim => "fordringar",
    }
}

impl Entry<'_> {
    pub(super) fn receiver(&self) -> String {
        let payee = receivers(self.agreement, &self.payout.payees);
        payee.unwrap_or_else(|| organisation(self.agreement))
    }

    pub(super) fn covers(&self) -> Period {
        self.payout.covers
    }
}

impl<'a> Row<'a> {
    fn of_entry(&self, cell: impl Fn(&Entry<'a>) -> Cell) -> Cell {
        match self {
            Self::Entry(entry) => cell(entry),
            Self::Below(..) | Self::Sum(..) => Cell::Empty,
        }
    }
}

fn columns<'a>(codes: &[String]) -> Vec<Column<'a, Row<'a>>> {
    let mut columns = vec![
        Column::<Row<'a>>::new("Slag", |row| match row {
            Row::Entry(Entry { kind, .. }) | Row::Below(kind, _) => Cell::text(kind.label()),
            Row::Sum(title, ..) => Cell::text(title),
        })
        .key(),
    ];
    columns.extend(codes::columns(codes, |row: &Row<'a>, position| {
        row.of_entry(|entry| codes::cell(&entry.codes, position))
    }));
    columns.extend([
        Column::<Row<'a>>::new("Motpart", |row| match row {
            Row::Entry(entry) => Cell::text(entry.receiver()),
            Row::Below(_, below) => {
                Cell::text(format!("under gränsen: {}", text::count(below.count, "post", "poster")))
            }
            Row::Sum(..) => Cell::Empty,
        }),
        Column::<Row<'a>>::new("Avtal", |row| row.of_entry(|entry| Cell::text(entry.id)))
            .missing(|missing| Cell::shown(missing.agreement.as_deref())),
        Column::<Row<'a>>::new("Utbetalning", |row| row.of_entry(|entry| Cell::text(&entry.payout.id)))
            .whole()
            .missing(|missing| Cell::text(&*missing.file)),
        Column::<Row<'a>>::new("Avser", |row| row.of_entry(|entry| Cell::shown(Some(entry.covers()))))
            .only(Audience::People)
            .whole()
            .yields(2),
        Column::<Row<'a>>::new("Avser från", |row| row.of_entry(|entry| Cell::Day(entry.covers().start)))
            .only(Audience::Programs),
        Column::<Row<'a>>::new("Avser till", |row| row.of_entry(|entry| Cell::Day(entry.covers().end)))
            .only(Audience::Programs),
        Column::<Row<'a>>::new("Verifikation", |row| {
            row.of_entry(|entry| {
                let voucher = entry.voucher;
                let told =
                    |one: Voucher<'_>| one.number.map_or_else(|| format!("”{}”", one.key), str::to_owned);
                Cell::shown(voucher.map(told))
            })
        }),
        Column::<Row<'a>>::new("Daterad", |row| {
            row.of_entry(|entry| Cell::day(entry.voucher.map(|voucher| voucher.date)))
        })
        .whole()
        .yields(1),
        Column::<Row<'a>>::new("Belopp (kr)", |row| match row {
            Row::Entry(Entry { amount, .. }) | Row::Below(_, Below { amount, .. }) => {
                Cell::amount(Some(*amount))
            }
            Row::Sum(_, kind, amount, _) => Cell::amount(kind.map(|_| *amount)),
        }),
        Column::<Row<'a>>::new("Upparbetat minus betalt (kr)", |row| {
            let amount = match row {
                Row::Entry(Entry { kind, amount, .. }) | Row::Below(kind, Below { amount, .. }) => {
                    signed(*kind, *amount)
                }
                Row::Sum(.., signed) => *signed,
            };
            Cell::amount(Some(amount))
        }),
        Column::<Row<'a>>::new("Status", |_| Cell::Empty)
            .only(Audience::Programs)
            .missing(|_| Cell::text(Missing::STATE)),
        Column::<Row<'a>>::new("Grund", |_| Cell::Empty)
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.why())),
    ]);
    columns
}
