//! Payouts for programs: one object, amounts as decimal strings, dates as ISO, each row with the key path that it comes
//! from.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use super::by::Group;
use super::figure::{certainty, moved};
use super::invoices::InvoiceItem;
use super::json_beside::{
    DeductionItem, DifferenceItem, EarnedItem, PaymentItem, ReadingItem, TimelessItem, UnmatchedItem,
    deduction, difference, earned, payment, reading, timeless, unmatched,
};
use super::json_month::{MonthItem, months};
use super::json_year_end::YearEndItem;
use super::sums;
use super::{By, Grouping, PayoutReport};
use crate::agreement::{Agreement, Funding};
use crate::money::Money;
use crate::payouts::{self, Adjustment, Payout, PayoutTime, Settlement, Statement};
use crate::register::{Entry, Register};
use crate::report::certainty::Certainties;
use crate::report::codes;
use crate::report::evidence::Evidence;
use crate::report::json;
use crate::report::missing::Missing;
use crate::report::parties::organisation;
use crate::report::term::TermItem;
use crate::schedule::{CutPart, LateCut};
use crate::term::Succession;

/// The version of this format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 3;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    #[serde(flatten)]
    evidence: Evidence,
    missing: &'a [Missing],
    unit: &'static str,
    /// Put in afterwards: made into text a few at a time they take less room.
    agreements: [AgreementItem<'a>; 0],
    sums: Vec<SumItem>,
    /// By what is asked for: a word, and the sums of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupItem>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<Vec<MonthItem<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year_end: Option<YearEndItem<'a>>,
}

#[derive(Serialize)]
struct AgreementItem<'a> {
    id: &'a str,
    file: &'a str,
    title: &'a str,
    status: &'static str,
    organisation: String,
    term: TermItem,
    years: Vec<YearItem<'a>>,
    payouts: Vec<Item<'a>>,
    without_time: Vec<TimelessItem<'a>>,
    sums: Vec<SumItem>,
    differences: Vec<DifferenceItem<'a>>,
    unmatched_payments: Vec<UnmatchedItem<'a>>,
    /// Invoices that no payout is for, and those that have come before.
    invoices_not_agreed: Vec<InvoiceItem<'a>>,
    /// Those that have been credited in full, each with what credits it.
    invoices_credited: Vec<InvoiceItem<'a>>,
    /// Credit notes as far as there is nothing for them to credit: `amount` is in no sum.
    credits_of_nothing: Vec<InvoiceItem<'a>>,
    readings: Vec<ReadingItem>,
    /// What late reports take off payouts by the agreement. In no sum.
    late_cuts: Vec<LateCutItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Vec<EarnedItem<'a>>>,
}

/// What late reports take off what is paid on a day.
#[derive(Serialize)]
struct LateCutItem {
    due: NaiveDate,
    payouts: Vec<CutPartItem>,
    reports: Vec<String>,
}

/// What they take off one payout.
#[derive(Serialize)]
struct CutPartItem {
    payout: String,
    sum: String,
    /// What is taken off in any case, and where all that can follow does.
    at_least: String,
    amount: String,
    recorded: String,
}

impl LateCutItem {
    fn of(cut: LateCut) -> Self {
        let part = |part: CutPart| CutPartItem {
            payout: part.payout,
            sum: part.sum.plain(),
            at_least: part.at_least.plain(),
            amount: part.amount.plain(),
            recorded: part.recorded.plain(),
        };
        Self {
            due: cut.day,
            payouts: cut.parts.into_iter().map(part).collect(),
            reports: cut.reports.into_iter().map(|report| report.id).collect(),
        }
    }
}

/// A component's part of a year, with how it is adjusted.
#[derive(Serialize)]
struct YearItem<'a> {
    funding: &'a str,
    year: i32,
    from: NaiveDate,
    to: NaiveDate,
    agreed: Option<String>,
    divided: bool,
    to_pay: Option<String>,
    adjustment: Option<AdjustmentItem<'a>>,
    commitment: &'static str,
    certainty: Vec<&'static str>,
    doubts: Vec<String>,
}

#[derive(Serialize)]
struct AdjustmentItem<'a> {
    indexation: &'a str,
    method: &'static str,
    factor: String,
    exact: String,
    round_to: &'static str,
    rounding_place: &'static str,
    rounding_is_stated: bool,
    /// Where agreement years cut the year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartItem>,
    changes: Vec<ChangeItem>,
}

/// Days of a year for which one factor holds.
#[derive(Serialize)]
struct PartItem {
    from: NaiveDate,
    to: NaiveDate,
    factor: String,
    /// Where the part is adjusted and rounded by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to_pay: Option<String>,
}

fn parts(adjustment: &Adjustment<'_>) -> Vec<PartItem> {
    let parts = adjustment.parts.iter().filter(|_| adjustment.parts.len() > 1);
    let own = |amount: Money| (!adjustment.own_parts().is_empty()).then(|| amount.plain());
    parts
        .map(|part| PartItem {
            from: part.period.start,
            to: part.period.end,
            factor: part.factor.factor.normalize().to_string(),
            agreed: own(part.agreed),
            to_pay: own(part.payable),
        })
        .collect()
}

#[derive(Serialize)]
struct ChangeItem {
    year: i32,
    percent: String,
    before_rounding: String,
    before_bounds: String,
    values: Vec<String>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    file: &'a str,
    path: String,
    plan: Option<String>,
    funding: &'a str,
    payer: &'a str,
    payee: Option<&'a str>,
    payees: &'a [&'a str],
    year: i32,
    month: Option<String>,
    day: Option<NaiveDate>,
    due: Option<NaiveDate>,
    covers_from: NaiveDate,
    covers_to: NaiveDate,
    agreed: Option<String>,
    adjustment: Option<String>,
    correction: Option<String>,
    /// What is taken off it.
    deducted: String,
    deductions: Vec<DeductionItem<'a>>,
    /// What is not to be paid since the agreement ends before its time.
    lapsed: String,
    to_pay: Option<String>,
    status: &'static str,
    agreement_status: &'static str,
    commitment: &'static str,
    organisation: String,
    certainty: Vec<&'static str>,
    ceiling: bool,
    /// Whether it is a part of the component as a whole, and not of one of its years.
    of_component: bool,
    doubts: Vec<String>,
    codes: BTreeMap<&'a str, &'a str>,
    /// Whether the municipality bears it: what somebody else bears stands neither in its budget nor in its books.
    borne: bool,
    conditions: &'a [&'a str],
    payments: Vec<PaymentItem<'a>>,
    invoices: Vec<InvoiceItem<'a>>,
    /// What its invoices are to come to, but for corrections of others.
    comes_to: Option<String>,
    invoiced: Option<String>,
    /// What its invoices are against what it comes to.
    invoice_state: &'static str,
    /// Nothing where the records cannot be read.
    paid: Option<String>,
    left: Option<String>,
}

/// The sum of a group, a payer and a year.
#[derive(Serialize)]
struct GroupItem {
    group: String,
    #[serde(flatten)]
    sum: SumItem,
}

#[derive(Serialize)]
struct SumItem {
    payer: String,
    /// Nothing for what has no known time.
    year: Option<i32>,
    agreed: Option<String>,
    adjustment: Option<String>,
    correction: Option<String>,
    deducted: Option<String>,
    lapsed: Option<String>,
    /// With the most that can be paid of open ceilings.
    to_pay: Option<String>,
    /// What of `to_pay` is the most that can be paid of open ceilings.
    at_most: Option<String>,
    paid: Option<String>,
    left: Option<String>,
    preliminary: bool,
    certainty: Vec<&'static str>,
    without_amount: usize,
    /// Whether an agreement that cannot be read may belong to it.
    incomplete: bool,
}

impl PayoutReport<'_> {
    /// The report as one JSON object, piece by piece.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn json(
        &self,
        out: &mut dyn Write,
        ended: Option<NaiveDate>,
        by: Option<By>,
        year_end: Option<i32>,
    ) -> fmt::Result {
        // So many agreements are made into text at once.
        const AT_ONCE: usize = 256;
        let parts = if by == Some(By::Month) { self.parts() } else { Vec::new() };
        let entries = self.agreements.iter().map(|(_, entry, _)| *entry);
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &[], self.as_of),
            missing: self.missing,
            unit: "SEK",
            sums: sums(
                sums::by_payer_and_year(self, &self.agreements, Some(&Succession::of(self.register))),
                self.lacks_agreements(),
            ),
            agreements: [],
            year_end: year_end.map(|year| self.year_end_item(year)),
            by: by.map(|by| by.word(self.register)),
            groups: match by {
                Some(By::Group(grouping)) => Some(self.group_items(grouping)),
                Some(By::Month) | None => None,
            },
            months: (by == Some(By::Month)).then(|| months(self.register, &parts, self.lacks_agreements())),
        };
        let agreements = self.agreements.chunks(AT_ONCE).flat_map(|some| {
            let pieces = some.par_iter().map(|one| json::element(&self.item(one, ended)));
            pieces.collect::<Vec<_>>()
        });
        json::write_with(out, &json::pretty(&output), "agreements", agreements)
    }

    fn group_items(&self, grouping: Grouping) -> Vec<GroupItem> {
        let is_incomplete = self.lacks_agreements();
        let item = |Group { name, payer, sum, .. }| GroupItem {
            group: name,
            sum: sum_item(payer, &sum, is_incomplete),
        };
        self.groups(grouping).into_iter().map(item).collect()
    }

    fn item<'a>(
        &'a self,
        one: &'a (&str, &'a Entry<Agreement>, Statement<'_>),
        ended: Option<NaiveDate>,
    ) -> AgreementItem<'a> {
        let (id, entry, statement) = one;
        let is_blind = self.is_blind(id);
        AgreementItem {
            id,
            file: &entry.file,
            title: &entry.data.title,
            status: entry.data.status.word(),
            organisation: organisation(&entry.data),
            term: TermItem::of(&statement.life),
            years: years(statement, self.year),
            payouts: self
                .payouts(statement)
                .map(|payout| {
                    item(self.register, (&entry.data, statement.terms(payout.funding)), is_blind, payout)
                })
                .collect(),
            without_time: self.without_time(statement).iter().map(|one| timeless(&entry.data, one)).collect(),
            sums: sums(sums::by_payer_and_year(self, std::slice::from_ref(one), None), false),
            differences: self.differences(statement).map(|one| difference(&entry.data, one)).collect(),
            invoices_not_agreed: statement.not_agreed.iter().map(InvoiceItem::of).collect(),
            invoices_credited: statement.credited.iter().map(InvoiceItem::of).collect(),
            credits_of_nothing: statement.credits_nothing.iter().map(InvoiceItem::of).collect(),
            unmatched_payments: statement.unmatched.iter().map(|paid| unmatched(&entry.data, paid)).collect(),
            readings: payouts::readings(self.register, entry, self.as_of).iter().map(reading).collect(),
            late_cuts: self.late_cuts(id, entry, statement).into_iter().map(LateCutItem::of).collect(),
            ended: ended.or_else(|| statement.life.ended()).map(|last| {
                // The components' keys live as long as the statement.
                statement
                    .components
                    .iter()
                    .zip(payouts::earned(statement, last))
                    .map(|(component, one)| earned(component.key, &one, last))
                    .collect()
            }),
        }
    }
}

fn years<'a>(statement: &'a Statement<'_>, year: Option<i32>) -> Vec<YearItem<'a>> {
    let mut items = Vec::new();
    for component in &statement.components {
        for amount in component.years.iter().filter(|amount| year.is_none_or(|year| year == amount.year)) {
            items.push(YearItem {
                funding: component.key,
                year: amount.year,
                from: amount.period.start,
                to: amount.period.end,
                agreed: amount.agreed.map(Money::plain),
                divided: amount.is_divided,
                to_pay: amount.payable.map(Money::plain),
                adjustment: amount.adjustment.as_ref().map(|adjustment| AdjustmentItem {
                    indexation: &adjustment.indexation,
                    method: adjustment.method.word(),
                    factor: adjustment.factor.normalize().to_string(),
                    exact: adjustment.exact.plain(),
                    round_to: adjustment.round_to.word(),
                    rounding_place: adjustment.place.word(),
                    rounding_is_stated: adjustment.rounding_is_stated,
                    parts: parts(adjustment),
                    changes: adjustment
                        .changes()
                        .map(|change| ChangeItem {
                            year: change.year,
                            percent: change.percent.normalize().to_string(),
                            before_rounding: change.exact.normalize().to_string(),
                            before_bounds: change.unbounded.normalize().to_string(),
                            values: change
                                .series
                                .iter()
                                .flat_map(|series| &series.values)
                                .map(|value| format!("{}:{}", value.file, value.place().path))
                                .collect(),
                        })
                        .collect(),
                }),
                commitment: component.commitment.word(),
                certainty: Certainties::of_sum_in(component.commitment, &amount.doubts, component.ceiling)
                    .words(),
                doubts: payouts::reasons(amount.doubts.iter()),
            });
        }
    }
    items
}

fn item<'a>(
    register: &'a Register,
    (agreement, terms): (&'a Agreement, Option<&'a Funding>),
    is_blind: bool,
    payout: &'a Payout<'_>,
) -> Item<'a> {
    let code_string = terms.map(|terms| payouts::code_string(register, agreement, terms)).unwrap_or_default();
    let (month, day) = match payout.when {
        PayoutTime::Day(day) => (None, Some(day)),
        PayoutTime::Month(year, month) => (Some(format!("{year}-{month:02}")), None),
        PayoutTime::NotStated(_) => (None, None),
    };
    let status = match (payout.settlement, payout.is_preliminary()) {
        (Settlement::Settled, _) => "settled",
        (Settlement::Lapsed, _) => "lapsed",
        (Settlement::Open, true) => "preliminary",
        (Settlement::Open, false) => "definite",
    };
    Item {
        id: &payout.id,
        file: payout.file,
        path: payout.place().path.to_string(),
        plan: payout.origin.path().map(|path| path.to_string()),
        funding: payout.funding,
        payer: payout.payer,
        payee: match payout.payees.as_slice() {
            [payee] => Some(payee),
            _ => None,
        },
        payees: &payout.payees,
        year: payout.year,
        month,
        day,
        due: payout.due,
        covers_from: payout.covers.start,
        covers_to: payout.covers.end,
        agreed: payout.agreed.map(Money::plain),
        adjustment: payout.adjustment.map(Money::plain),
        correction: moved(payout).map(Money::plain),
        deducted: payout.deducted().plain(),
        deductions: payout.deductions.iter().map(deduction).collect(),
        lapsed: payout.lapsed.plain(),
        to_pay: payout.to_pay.map(Money::plain),
        status,
        agreement_status: agreement.status.word(),
        commitment: payout.commitment.word(),
        organisation: organisation(agreement),
        certainty: certainty(payout, is_blind).words(),
        ceiling: payout.ceiling,
        of_component: payout.is_of_component,
        doubts: payouts::reasons(payout.doubts.iter()),
        codes: codes::by_key(register, &code_string),
        borne: terms.is_some_and(|terms| payouts::carrier(register, agreement, terms).is_some()),
        conditions: &payout.conditions,
        payments: payout.payments.iter().map(payment).collect(),
        invoices: payout.invoices.iter().map(InvoiceItem::of).collect(),
        comes_to: payout.comes_to().map(Money::plain),
        invoiced: (!is_blind).then(|| payout.invoiced().plain()),
        invoice_state: if is_blind { "unknown" } else { payout.invoice_state().word() },
        paid: (!is_blind).then(|| payout.paid().plain()),
        left: payout.left.filter(|_| !is_blind).map(Money::plain),
    }
}

/// Sums by payer and year, with the figures of the tables.
fn sums(groups: Vec<(String, sums::Sum<'_>)>, is_incomplete: bool) -> Vec<SumItem> {
    groups.into_iter().map(|(payer, sum)| sum_item(payer, &sum, is_incomplete)).collect()
}

fn sum_item(payer: String, sum: &sums::Sum<'_>, is_incomplete: bool) -> SumItem {
    let plain = |amount: Option<Money>| amount.map(Money::plain);
    SumItem {
        payer,
        year: sum.year,
        agreed: plain(sum.agreed()),
        adjustment: plain(sum.adjustment()),
        correction: plain(sum.correction()),
        deducted: plain(sum.deducted()),
        lapsed: plain(sum.lapsed()),
        to_pay: plain(sum.to_pay()),
        at_most: plain(sum.at_most()),
        paid: plain(sum.paid()),
        left: plain(sum.left()),
        preliminary: sum.is_preliminary(),
        certainty: sum.certainty().words(),
        without_amount: sum.without_amount(),
        incomplete: is_incomplete,
    }
}
