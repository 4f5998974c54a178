//! Payouts as people and programs read them.

mod by;
mod by_month;
mod figure;
mod invoices;
mod json;
mod json_beside;
mod json_month;
mod json_year_end;
mod remarks;
mod rows;
mod side;
mod step;
mod steps;
mod steps_of_end;
mod steps_of_rate;
mod sums;
mod year_end;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::missing::{Missing, sum_title};
use super::parties::called;
use super::sheet::{Cell, Line, Sheet, SumOf, Table};
use super::{carriers, codes};
use crate::agreement::{Agreement, Funding};
use crate::date::Period;
use crate::money::Money;
use crate::payouts::{self, CodeString, Difference, Payout, Statement, WithoutTime};
use crate::register::{Entry, Register};
use crate::schedule::{LateCut, Scheduler};
use crate::text;
pub use by::{By, Grouping};
use remarks::{Notes, remarks};
use rows::{One, Row, Timeless, Unmatched, counterpart};
use sums::{Sum, is_replaced};

/// The name of the list of payouts.
const LIST: &str = "Utbetalningar";

/// The payouts of some agreements.
#[derive(Debug)]
pub struct PayoutReport<'a> {
    /// The register that they are computed from.
    pub register: &'a Register,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// Only the payouts for time that begins in this year.
    pub year: Option<i32>,
    /// Only what is paid or to be paid in these days, month by month, with what should have been paid before them.
    pub days: Option<Period>,
    /// The agreements, in the order of their ids, each with its statement.
    pub agreements: Vec<(&'a str, &'a Entry<Agreement>, Statement<'a>)>,
    /// What computes dates.
    pub scheduler: Scheduler<'a>,
    /// What could not be read.
    pub missing: &'a [Missing],
}

impl<'a> PayoutReport<'a> {
    /// The payouts that are shown of an agreement.
    fn payouts<'b>(&self, statement: &'b Statement<'_>) -> impl Iterator<Item = &'b Payout<'b>> {
        let year = self.year;
        statement.payouts.iter().filter(move |payout| year.is_none_or(|year| payout.year == year))
    }

    /// The components without a known time that are shown of an agreement: they belong to no year.
    fn without_time<'b>(&self, statement: &'b Statement<'b>) -> &'b [WithoutTime<'b>] {
        if self.year.is_none() { &statement.without_time } else { &[] }
    }

    /// The payouts that are shown of an agreement and were paid with another sum than they should have been.
    fn differences<'b>(
        &self,
        statement: &'b Statement<'_>,
    ) -> impl Iterator<Item = (&'b Payout<'b>, &'b Difference)> {
        let year = self.year;
        statement.differences.iter().filter_map(move |one| {
            let payout = statement.payouts.iter().find(|payout| payout.id == one.payout)?;
            year.is_none_or(|year| payout.year == year).then_some((payout, one))
        })
    }

    /// What reports that are late on the day take off payouts by the agreement.
    fn late_cuts(&self, id: &'a str, entry: &'a Entry<Agreement>, statement: &Statement<'_>) -> Vec<LateCut> {
        self.scheduler.late_cuts(id, entry, statement, true)
    }

    /// Whether sums lack an agreement that cannot be read.
    fn lacks_agreements(&self) -> bool {
        self.missing.iter().any(Missing::is_agreement)
    }

    /// Whether nobody can tell what has been paid.
    fn is_blind(&self, id: &str) -> bool {
        self.missing.iter().any(|one| one.is_records_of(id))
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
        if self.agreements.len() != 1 || payers.len() > 1 || self.lacks_agreements() {
            sheets.push(self.totals(is_exact));
        }
        sheets
    }

    fn sheet(&self, id: &str, entry: &Entry<Agreement>, statement: &Statement<'_>, is_exact: bool) -> Sheet {
        let agreement = &*entry.data;
        let is_blind = self.is_blind(id);
        let mut notes = Notes::default();
        let cuts = self.late_cuts(id, entry, statement);
        let shown: Vec<&Payout<'_>> = self.payouts(statement).collect();
        let counterparts: Vec<String> = shown.iter().map(|payout| counterpart(agreement, payout)).collect();
        let is_one = counterparts.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
        let heading = heading(id, agreement, &counterparts, is_one);
        let mut rows: Vec<Line<Row<'_>>> = Vec::new();
        for (payout, counterpart) in shown.iter().zip(counterparts) {
            rows.push(Line::Row(Row::One(One {
                id,
                agreement,
                payout,
                carrier: statement.terms(payout.funding).and_then(|funding| self.carrier(agreement, funding)),
                codes: self.codes(agreement, statement.terms(payout.funding)),
                notes: notes.numbers(payout, &cuts),
                counterpart: (!is_one).then_some(counterpart),
                is_blind,
            })));
        }
        let mut years: BTreeMap<i32, Sum<'_>> = BTreeMap::new();
        let mut all = Sum::new("Summa".to_owned(), None);
        for payout in &shown {
            let year = years.entry(payout.year);
            let year = year.or_insert_with_key(|year| Sum::new(format!("Summa {year}"), Some(*year)));
            for sum in [year, &mut all] {
                sum.add(payout, is_blind);
            }
        }
        if years.len() > 1 {
            rows.extend(years.into_values().map(|sum| {
                let same =
                    vec![("Avtal".into(), Cell::text(id)), ("Avser från år".into(), Cell::year(sum.year))];
                Line::Sum(Row::Sum(id, sum), Some(SumOf { list: LIST, same }))
            }));
        }
        let timeless = self.without_time(statement);
        for time in timeless {
            let carrier = self.carrier(agreement, time.terms);
            let codes = self.codes(agreement, Some(time.terms));
            rows.push(Line::Row(Row::Timeless(Timeless { id, agreement, time, carrier, codes, is_blind })));
            all.add_timeless(time, is_blind);
        }
        if shown.len() + timeless.len() > 1 {
            let of = SumOf { list: LIST, same: vec![("Avtal".into(), Cell::text(id))] };
            rows.push(Line::Sum(Row::Sum(id, all), Some(of)));
        }
        // After the sums: they are in none of them.
        let unmatched = statement.unmatched.iter();
        rows.extend(unmatched.map(|paid| Line::Row(Row::Unmatched(Unmatched { id, agreement, paid }))));
        let mut notes = notes.lines();
        notes.extend(remarks(statement, &shown));
        if let Some(last) = statement.life.ended() {
            notes.push(format!(
                "Avtalet slutar i förtid; sista dagen är {last}. `iop payouts {id} --ended {last}` visar vad som är betalt och intjänat."
            ));
        }
        if !statement.without_time.is_empty() {
            notes.push("Ersättningar vars tid inte är känd hör inte till något år.".to_owned());
        }
        if shown.is_empty() && statement.without_time.is_empty() {
            notes.push(match self.year {
                Some(year) => none_begins_in(statement, year),
                None => "Avtalet har inga ersättningar att betala ut.".to_owned(),
            });
        }
        Table {
            name: LIST,
            heading,
            columns: rows::columns(&codes::titles(self.register), is_exact),
            rows,
            notes,
        }
        .sheet()
    }

    /// Which agreements sums are of.
    fn which(&self) -> String {
        let readable = if self.lacks_agreements() { " som kan läsas" } else { "" };
        format!("alla {} avtal{readable}", self.agreements.len())
    }

    /// The heading of sums by something else than payer and year alone.
    fn heading_of(&self, by: &str) -> String {
        self.heading(&format!("Utbetalningar per {by}"))
    }

    /// The heading of what is shown of all agreements together.
    fn heading(&self, what: &str) -> String {
        let which = match self.agreements.as_slice() {
            [(id, ..)] if !self.lacks_agreements() => (*id).to_owned(),
            _ => self.which(),
        };
        let year = self.year.map(|year| format!(" · tid som börjar {year}")).unwrap_or_default();
        format!("{what} · {which}{year} · räknat per {}", self.as_of)
    }

    /// What the reader of sums must know: what is in them, and what is not.
    fn notes_of_sums(&self) -> Vec<String> {
        let statements = || self.agreements.iter().map(|(.., statement)| statement);
        let mut notes = Vec::new();
        let mut shown = statements().flat_map(|statement| self.payouts(statement));
        if shown.any(Payout::is_open_ceiling) {
            notes.push("I summorna ingår tak med det mesta som kan betalas.".to_owned());
        }
        let succession = self.scheduler.succession();
        let replaced = self.agreements.iter().flat_map(|(id, _, statement)| {
            let from = succession.replaced_from(id);
            let all = self.payouts(statement).filter(move |one| is_replaced(&statement.life, one, from));
            all.map(move |one| format!("{id} {}", one.id))
        });
        let replaced: Vec<String> = replaced.collect();
        if !replaced.is_empty() {
            notes.push(format!(
                "Ett avtal som fortsätter ett annat tar platsen för det andras möjliga tid. I summorna ingår därför inte {}.",
                text::list(&replaced)
            ));
        }
        let unmatched = statements().flat_map(|statement| &statement.unmatched);
        if let Some(outside) =
            payouts::sum(unmatched.map(|paid| Some(paid.amount))).filter(|sum| *sum != Money::ZERO)
        {
            notes.push(format!(
                "Betalningar som inte hör till någon utbetalning, {outside}, ingår inte i summorna."
            ));
        }
        let lacking: Vec<_> = self
            .missing
            .iter()
            .filter(|one| one.is_agreement())
            .map(|one| text::visible(&one.file))
            .collect();
        if !lacking.is_empty() {
            notes.push(format!("Summorna saknar {}, som inte kan läsas.", text::list(&lacking)));
        }
        notes
    }

    /// The committee and the line of its budget that bear a component, by name.
    fn carrier(&self, agreement: &Agreement, funding: &Funding) -> Option<(String, String)> {
        let (committee, line) = payouts::carrier(self.register, agreement, funding)?;
        let committee = carriers::committee(self.register, committee, self.as_of);
        Some((committee, carriers::line(self.register, line)))
    }

    /// How a component is coded.
    fn codes<'b>(&'b self, agreement: &'b Agreement, terms: Option<&'b Funding>) -> CodeString<'b> {
        terms.map(|terms| payouts::code_string(self.register, agreement, terms)).unwrap_or_default()
    }

    /// The sums of all agreements by payer and year.
    fn totals(&self, is_exact: bool) -> Sheet {
        if self.agreements.is_empty() {
            // A file without rows still has its columns, and what it lacks.
            let table = Table {
                name: LIST,
                heading: "Inget avtal kan läsas".to_owned(),
                columns: rows::columns(&codes::titles(self.register), is_exact),
                rows: Vec::new(),
                notes: Vec::new(),
            };
            return table.sheet();
        }
        let succession = self.scheduler.succession();
        let sums = sums::by_payer_and_year(self, &self.agreements, Some(succession));
        let mut all = Sum::new(sum_title(self.missing), None);
        for (_, sum) in &sums {
            all.add_all(sum);
        }
        let heading = match self.agreements.as_slice() {
            [_] if !self.lacks_agreements() => "Alla som betalar".to_owned(),
            _ => text::capitalised(&self.which()),
        };
        let notes = self.notes_of_sums();
        // Sums are no payouts: CSV has none of them.
        let of = |same| Some(SumOf { list: LIST, same });
        let mut rows = Vec::with_capacity(sums.len() + 1);
        for (payer, sum) in sums {
            let same =
                vec![("Betalare".into(), Cell::text(payer)), ("Avser från år".into(), Cell::year(sum.year))];
            rows.push(Line::Sum(sum, of(same)));
        }
        if rows.len() > 1 || self.lacks_agreements() {
            rows.push(Line::Sum(all, of(Vec::new())));
        }
        Table { name: "Summor", heading, columns: sums::columns(None, is_exact), rows, notes }.sheet()
    }
}

/// That no payout is for time that begins in a year, with those that reach into it.
fn none_begins_in(statement: &Statement<'_>, year: i32) -> String {
    let reach = statement.payouts.iter().filter(|payout| payout.covers.in_year(year).is_some());
    let reach: Vec<&str> = reach.map(|payout| payout.id.as_str()).collect();
    if reach.is_empty() {
        return format!("Avtalet har inga utbetalningar för {year}.");
    }
    let all = text::list(&reach);
    format!(
        "Ingen utbetalning avser tid som börjar {year}. {all} avser tid som börjar tidigare och når in i {year}; `iop budget` visar årets kostnad."
    )
}

fn heading(id: &str, agreement: &Agreement, counterparts: &[String], is_one: bool) -> String {
    let with = counterparts.first().filter(|_| is_one).map(|one| format!(" · {one}")).unwrap_or_default();
    format!("{id} · {}{with} · {}", text::capitalised(&agreement.title), agreement.status.label())
}
