//! What stands in the books at the end of a year: what is paid for coming time, what is owed for time that has passed, what has
//! been invoiced and not paid, and what is to come back. Together they are what has been earned without what has been paid.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::component::Component;
use super::correction::{concerns_the_same, made_good};
use super::payout::{Invoiced, Paid, Payout};
use super::statement::Statement;
use crate::money::Money;
use crate::vocabulary;

vocabulary! {
    /// What an entry at the end of a year is.
    pub enum Entering ("Bokslutspost") {
        /// Paid, or invoiced, for time after the year.
        Prepaid = "prepaid", "förutbetald kostnad";
        /// For time that has passed, neither paid nor invoiced.
        Accrued = "accrued", "upplupen kostnad";
        /// Invoiced and not paid.
        SupplierDebt = "supplier-debt", "leverantörsskuld";
        /// Paid, or invoiced, beyond what the payout comes to: it is to come back, or to be credited.
        Claim = "claim", "fordran";
    }
}

impl Entering {
    /// Whether it is owed to somebody; else somebody owes it, or it is for coming time.
    #[must_use]
    pub fn is_debt(self) -> bool {
        matches!(self, Self::Accrued | Self::SupplierDebt)
    }

    /// Whether it is what a municipality's lower limit is for: costs moved between years. Debts by invoice and claims stand in
    /// its ledgers whatever they come to.
    #[must_use]
    pub fn has_limit(self) -> bool {
        matches!(self, Self::Prepaid | Self::Accrued)
    }
}

/// The voucher that an entry rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voucher<'a> {
    /// The table in `records/`.
    pub table: &'static str,
    /// Its key there.
    pub key: &'a str,
    /// The number of the invoice, or the voucher of the payment.
    pub number: Option<&'a str>,
    /// Its date.
    pub date: NaiveDate,
}

/// An amount as far as it rests on each voucher; what none is left for rests on nothing.
pub(super) type Parts<'a> = Vec<(Option<Voucher<'a>>, Money)>;

/// A payout at the end of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position<'a, 'b> {
    /// The payout.
    pub payout: &'b Payout<'a>,
    /// What of it is earned.
    pub earned: Money,
    /// What has been paid of it.
    pub paid: Money,
    /// What has been invoiced of it.
    pub invoiced: Money,
    /// What is to stand in the books, each with how much of it rests on which voucher.
    pub entries: Vec<(Entering, Parts<'a>)>,
}

/// The payouts of an agreement at the end of `year`, as they are known.
#[must_use]
pub fn year_end<'a, 'b>(statement: &'b Statement<'a>, year: i32) -> Vec<Position<'a, 'b>> {
    let Some(day) = NaiveDate::from_ymd_opt(year, 12, 31) else { return Vec::new() };
    let earned_of_whole = of_whole_components(statement, year);
    let ended = statement.life.ended().filter(|last| *last <= day);
    let of = |payout: &'b Payout<'a>| {
        let by_then = Ledger::of(payout, day);
        let whole = earned_of_whole.get(payout.id.as_str()).copied();
        Some((payout, times(payout, whole, &by_then, (year, ended))?, by_then))
    };
    let mut all: Vec<_> = statement.payouts.iter().filter_map(of).collect();
    even_out(&mut all);
    all.into_iter().filter_map(|(payout, times, by_then)| entered(payout, &by_then, times)).collect()
}

/// Lets what is paid too much of a payout that has come even out what is paid too little of another, the oldest difference
/// first, as payments do. What they leave is not moved: it is a claim, or accrued, where it arose.
fn even_out(all: &mut [(&Payout<'_>, Times, Ledger)]) {
    let mut open: Vec<(usize, Money)> = Vec::new();
    for index in 0..all.len() {
        let (earlier, rest) = all.split_at_mut(index);
        let Some((payout, times, by_then)) = rest.first_mut() else { continue };
        let Some(mut left) = times.settled_at.and_then(|comes_to| comes_to.checked_sub(by_then.paid)) else {
            continue;
        };
        for (before, difference) in &mut open {
            let Some((other, theirs, _)) = earlier.get_mut(*before) else { continue };
            let Some(made) = made_good(*difference, left).filter(|_| concerns_the_same(other, payout)) else {
                continue;
            };
            let amounts = (
                left.checked_add(made),
                difference.checked_sub(made),
                times.earned.checked_add(made),
                theirs.earned.checked_sub(made),
            );
            if let (Some(own_left), Some(their_left), Some(own), Some(others)) = amounts {
                (left, *difference, times.earned, theirs.earned) = (own_left, their_left, own, others);
            }
        }
        open.retain(|(_, difference)| *difference != Money::ZERO);
        if left != Money::ZERO {
            open.push((index, left));
        }
    }
}

/// What has been paid and invoiced of a payout by a day.
struct Ledger {
    paid: Money,
    invoiced: Money,
    day: NaiveDate,
    /// Whether all that is to be paid of it had been.
    is_settled: bool,
}

impl Ledger {
    fn of(payout: &Payout<'_>, day: NaiveDate) -> Self {
        let add = |sum: Money, more: Money| sum.checked_add(more).unwrap_or(sum);
        let payments = payout.payments.iter().filter(|paid| paid.date <= day);
        let paid = payments.map(|paid| paid.amount).fold(Money::ZERO, add);
        let sent = payout.invoices.iter().filter(|one| one.invoice.date <= day);
        let invoiced = sent.map(|one| one.amount).fold(Money::ZERO, add);
        // What has been settled is done with, whatever was invoiced.
        let is_settled = payout.is_settled() && payout.payments.iter().all(|paid| is_before(paid, day));
        Self { paid, invoiced: if is_settled { paid } else { invoiced }, day, is_settled }
    }

    /// What the books know of: what has been invoiced, or paid without an invoice.
    fn known(&self) -> Money {
        self.paid.max(self.invoiced)
    }
}

/// Whether a payment was made by a day; that something comes back later does not open a payout again.
fn is_before(paid: &Paid<'_>, day: NaiveDate) -> bool {
    paid.date <= day || paid.table != "payment"
}

/// What of a payout is earned by a day, and what is for time after it.
#[derive(Clone, Copy)]
struct Times {
    earned: Money,
    coming: Money,
    /// What it comes to, where its time has come and it is settled: what is paid otherwise can even out another.
    settled_at: Option<Money>,
}

fn times(
    payout: &Payout<'_>,
    whole: Option<Money>,
    by_then: &Ledger,
    (year, ended): (i32, Option<NaiveDate>),
) -> Option<Times> {
    let has_come = payout.year <= year;
    // Time alone earns nothing of a ceiling, or of what nobody is bound by: what is used of it is earned.
    let is_unknown = payout.to_pay.is_none() || payout.due_sum().is_none();
    if payout.ceiling || !payout.commitment.is_bound() || is_unknown {
        let earned = if has_come { by_then.known() } else { Money::ZERO };
        let coming = payout.to_pay.unwrap_or_else(|| by_then.known()).checked_sub(earned)?;
        let coming = if has_come { Money::ZERO } else { coming };
        return Some(Times { earned, coming, settled_at: None });
    }
    let moved = payout.correction.checked_add(payout.carried)?;
    let comes_to = payout.to_pay?.checked_sub(moved)?;
    let for_time = match ended {
        // Nobody has decided whether what is paid for days after the end is to come back.
        Some(last) if payout.covers.end > last => {
            let before = payout.up_to(payout.due_sum()?, payout.deducted_after(last), last)?;
            return Some(Times { earned: comes_to.min(before), coming: Money::ZERO, settled_at: None });
        }
        Some(_) => comes_to,
        None => match whole {
            Some(earned) => earned.min(comes_to),
            None if has_come => comes_to,
            None => Money::ZERO,
        },
    };
    let settled_at = (has_come && by_then.is_settled).then_some(comes_to);
    Some(Times { earned: for_time, coming: comes_to.checked_sub(for_time)?, settled_at })
}

/// What is earned of each payout of a component that is paid out as a whole: the amounts of the years that have passed, the
/// first payout first.
fn of_whole_components<'b>(statement: &'b Statement<'_>, year: i32) -> BTreeMap<&'b str, Money> {
    let mut left: BTreeMap<&str, Option<Money>> = BTreeMap::new();
    let passed = |component: &Component<'_>| {
        let years = component.years.iter().filter(|one| one.year <= year);
        years.map(|one| one.payable).try_fold(Money::ZERO, |sum, one| sum.checked_add(one?))
    };
    let mut earned = BTreeMap::new();
    for payout in statement.payouts.iter().filter(|payout| payout.is_of_component) {
        let component = statement.components.iter().find(|component| component.key == payout.funding);
        let left = left.entry(payout.funding).or_insert_with(|| component.and_then(passed));
        let full = payout.agreed.zip(payout.adjustment).and_then(|(agreed, more)| agreed.checked_add(more));
        let (Some(rest), Some(full)) = (*left, full) else { continue };
        // What is cut by an early end is of later years.
        let moved = payout.correction.checked_add(payout.carried);
        let comes_to = payout.to_pay.zip(moved).and_then(|(to_pay, moved)| to_pay.checked_sub(moved));
        let before = comes_to.and_then(|comes_to| comes_to.checked_add(payout.deducted()));
        let own = full.min(rest).min(before.unwrap_or(full));
        *left = rest.checked_sub(own);
        // What is taken off it is not earned.
        earned.insert(
            payout.id.as_str(),
            own.checked_sub(payout.deducted()).unwrap_or_default().max(Money::ZERO),
        );
    }
    earned
}

/// The entries of a payout; nothing where there is nothing to say of it.
fn entered<'a, 'b>(payout: &'b Payout<'a>, by_then: &Ledger, times: Times) -> Option<Position<'a, 'b>> {
    let nothing_less = |amount: Money| amount.max(Money::ZERO);
    let Times { earned, coming, .. } = times;
    let known = by_then.known();
    let debt = known.checked_sub(by_then.paid)?;
    let accrued = nothing_less(earned.checked_sub(known)?);
    let beyond = nothing_less(known.checked_sub(earned)?);
    let prepaid = beyond.min(nothing_less(coming));
    let claim = beyond.checked_sub(prepaid)?;
    let mut unpaid = invoices(payout, by_then.day, debt);
    let debts = taken(&mut unpaid.clone(), debt);
    unpaid.extend(payments(payout, by_then.day));
    let claims = taken(&mut unpaid, claim);
    let prepaids = taken(&mut unpaid, prepaid);
    let all = [
        (Entering::Prepaid, prepaids),
        (Entering::Accrued, taken(&mut Vec::new(), accrued)),
        (Entering::SupplierDebt, debts),
        (Entering::Claim, claims),
    ];
    let entries = all.into_iter().filter(|(_, parts)| !parts.is_empty()).collect();
    let is_silent = [earned, by_then.paid, known].iter().all(|one| *one == Money::ZERO);
    let position = Position { payout, earned, paid: by_then.paid, invoiced: by_then.invoiced, entries };
    (!is_silent).then_some(position)
}

/// Vouchers with how much of each can still be told.
type Vouchers<'a> = Vec<(Voucher<'a>, Money)>;

/// What is unpaid of the invoices, of the latest first.
fn invoices<'a>(payout: &Payout<'a>, day: NaiveDate, unpaid: Money) -> Vouchers<'a> {
    let is_sent = |one: &&Invoiced<'_>| one.invoice.date <= day && one.amount > Money::ZERO;
    let mut known: Vec<_> = payout.invoices.iter().filter(is_sent).collect();
    known.sort_by_key(|one| one.invoice.date);
    let mut left = unpaid;
    let latest_first = known.into_iter().rev();
    latest_first
        .map(|one| {
            let own = one.amount.min(left);
            left = left.checked_sub(own).unwrap_or_default();
            let number = Some(one.invoice.number.as_str());
            (Voucher { table: "invoice", key: one.key, number, date: one.invoice.date }, own)
        })
        .collect()
}

/// The payments, the latest first.
fn payments<'a>(payout: &Payout<'a>, day: NaiveDate) -> Vouchers<'a> {
    let mut known: Vec<_> =
        payout.payments.iter().filter(|paid| paid.date <= day && paid.amount > Money::ZERO).collect();
    known.sort_by_key(|paid| paid.date);
    let latest_first = known.into_iter().rev();
    latest_first
        .map(|paid| {
            let Paid { table, key, date, voucher, .. } = *paid;
            (Voucher { table, key, number: voucher, date }, paid.amount)
        })
        .collect()
}

/// Takes an amount of vouchers in their order; what none is left for rests on no voucher.
fn taken<'a>(vouchers: &mut Vouchers<'a>, amount: Money) -> Parts<'a> {
    let mut left = amount;
    let mut parts = Vec::new();
    for (voucher, available) in vouchers {
        let own = left.min(*available);
        if own > Money::ZERO {
            left = left.checked_sub(own).unwrap_or_default();
            *available = available.checked_sub(own).unwrap_or_default();
            parts.push((Some(*voucher), own));
        }
    }
    if left > Money::ZERO {
        parts.push((None, left));
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::payouts::statement;
    use crate::register::{InputFile, Register};

    /// Two halves in each of three years, paid out as `plan` says.
    fn register(plan: &str, records: &str) -> Register {
        let agreement = format!(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\n\
             term = {{ start = 2024-01-01, end = 2026-12-31 }}\n\
             [party.k]\nrole = \"public\"\nname = \"K\"\n[party.f]\nrole = \"civil-society\"\nname = \"F\"\n\
             [funding.a]\npayer = \"k\"\namount = 1_000_001\n[payout_plan.p]\n{plan}\n"
        );
        let (register, findings) = Register::load(vec![
            InputFile::text("iop.toml", "[municipality]\nname = \"K\"\n"),
            InputFile::text("agreements/a.toml", &agreement),
            InputFile::text("records/a.toml", records),
        ]);
        assert!(findings.is_empty(), "{findings:?}");
        register
    }

    proptest! {
        #[test]
        fn entries_come_to_what_is_earned_without_what_is_paid(
            plan in prop_oneof![
                Just("times_per_year = 2\nmonths = [1, 7]"),
                Just("times_per_year = 4\ntiming = \"arrears\""),
                Just("part.a = { month_of_term = 1, share = \"60\" }\npart.b = { month_of_term = 30, rest = true }"),
            ],
            paid in prop::collection::vec((0_u64..1_100, 0_i64..60_000_000, any::<bool>()), 0..6),
            invoiced in prop::collection::vec((0_u64..1_100, 0_i64..60_000_000, any::<bool>()), 0..6),
            year in 2023..2028_i32,
        ) {
            let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
            let row = |table: &str, number: usize, (days, ore, partial): &(u64, i64, bool)| format!(
                "[{table}.r{number}]\ndate = {}\namount = \"{},{:02}\"\npartial = {partial}\n{}",
                first + chrono::Days::new(*days), ore / 100, ore % 100,
                if table == "invoice" { format!("number = \"{number}\"\n") } else { String::new() },
            );
            let payments = paid.iter().enumerate().map(|(number, one)| row("payment", number, one));
            let invoices = invoiced.iter().enumerate().map(|(number, one)| row("invoice", number, one));
            let register = register(plan, &payments.chain(invoices).collect::<String>());
            let statement = statement(&register, &register.agreements["a"], "2027-06-30".parse().unwrap());
            let mut all = Money::ZERO;
            for position in year_end(&statement, year) {
                let mut left = position.earned.checked_sub(position.paid).unwrap();
                for (kind, parts) in &position.entries {
                    for (_, amount) in parts {
                        prop_assert!(*amount > Money::ZERO);
                        left = if kind.is_debt() { left.checked_sub(*amount) } else { left.checked_add(*amount) }.unwrap();
                    }
                }
                prop_assert_eq!(left, Money::ZERO, "{:?}", position);
                all = all.checked_add(position.earned).unwrap();
            }
            // What is earned is the amounts of the years that have passed: what moves between payouts changes nothing.
            let years = statement.components[0].years.iter().filter(|one| one.year <= year);
            let passed = years.fold(Money::ZERO, |sum, one| sum.checked_add(one.payable.unwrap()).unwrap());
            prop_assert_eq!(all, passed);
        }
    }
}
