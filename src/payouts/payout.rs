//! A payout, and the payments that settle it.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::doubt::Doubt;
use super::instalment::Origin;
use super::month_units::month_units;
use super::pace::Pace;
use super::payout_time::PayoutTime;
use super::split::{PartOf, Size};
use crate::date::Period;
use crate::finding::Place;
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::path;
use crate::records::{DeductionKind, Invoice};
use crate::term::Commitment;

/// A part of a payout that makes an earlier one good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The payout that was paid with another sum than it should have been.
    pub of: String,
    /// What it adds or takes.
    pub amount: Money,
    /// The payment.
    pub place: Place,
}

/// Why a payout is due later than the agreement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterDecision {
    /// The last day to pay by the agreement, which had passed.
    pub agreed: NaiveDate,
    /// The day from which the parties were bound by it.
    pub bound: NaiveDate,
    /// What bound them, as a Swedish clause: "beslutet ”d” fattades".
    pub by: String,
}

/// As a Swedish reckoning.
impl fmt::Display for AfterDecision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { agreed, bound, by } = self;
        write!(f, "30 dagar efter {bound}, då {by}; den avtalade dagen, {agreed}, hade passerat")
    }
}

/// How far a payout has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// It is to be paid, or has been paid in part.
    Open,
    /// It has been paid.
    Settled,
    /// Nothing is to be paid: the days that it pays for do not come.
    Lapsed,
}

/// One payout.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "marks that are independent of each other")]
pub struct Payout<'a> {
    /// What it is called in every run and format: the component's key and its number within it, as "2022#1".
    pub id: String,
    /// The agreement's file.
    pub file: &'a Arc<str>,
    /// The component's key.
    pub funding: &'a str,
    /// Where the component stands in the agreement.
    pub path: KeyPath,
    /// How firmly the parties are bound.
    pub commitment: Commitment,
    /// The plan that says when.
    pub origin: Origin<'a>,
    /// The payer's key.
    pub payer: &'a str,
    /// The receivers' keys: one, or several who have it together; none where the agreement has several organisations and names
    /// none.
    pub payees: Vec<&'a str>,
    /// The calendar year in which the time that it pays for begins.
    pub year: i32,
    /// The days that it pays for.
    pub covers: Period,
    /// How it falls on them.
    pub pace: Pace,
    /// When it is made.
    pub when: PayoutTime,
    /// The last day to pay it, where the agreement says enough to tell.
    pub due: Option<NaiveDate>,
    /// Why that is later than the agreement says, where it is.
    pub after_decision: Option<AfterDecision>,
    /// Whether it is a part of the component as a whole, and not of one of its years.
    pub is_of_component: bool,
    /// Its number and how many there are in the sum that it is a part of.
    pub number: (usize, usize),
    /// How large a part of it.
    pub size: Size,
    /// The sum that it is a part of, with adjustment, before it is divided.
    pub whole: Option<Money>,
    /// What of it the size is counted on: all of it, or one sum for each of the days that are adjusted by themselves.
    pub part_of: Vec<PartOf>,
    /// What is agreed, before adjustment.
    pub agreed: Option<Money>,
    /// What the adjustment adds or takes.
    pub adjustment: Option<Money>,
    /// What earlier payouts of other sums than they should have been add to this one or take from it; of a ceiling, what
    /// other payouts have used of it.
    pub correction: Money,
    /// What the correction is made of.
    pub corrections: Vec<Correction>,
    /// What has been paid more (or, negative, less) than it comes to: a later payout makes it good, or, of a ceiling,
    /// it is not used.
    pub carried: Money,
    /// What is taken off it.
    pub deductions: Vec<Deducted<'a>>,
    /// What is not to be paid of it since the agreement ends before its time.
    pub lapsed: Money,
    /// How firmly the parties are bound by what takes that away, and were by what it takes away.
    pub lapsed_by: Commitment,
    /// What is to be paid; for a settled payout what has been, with what no other payout makes good.
    pub to_pay: Option<Money>,
    /// Whether the sum is the most that can be paid and not what will be.
    pub ceiling: bool,
    /// Why the sum is not definite, or has lapsed; empty where it is as it was agreed.
    pub doubts: Vec<Doubt<'a>>,
    /// Whether an adjustment is left out of the sum because nobody knows what it comes to, also once it has been paid.
    pub lacks_factor: bool,
    /// What must be fulfilled before it is paid.
    pub conditions: Vec<&'a str>,
    /// The payments that settle it.
    pub payments: Vec<Paid<'a>>,
    /// The invoices for it.
    pub invoices: Vec<Invoiced<'a>>,
    /// Whether no more is to be invoiced of it.
    pub is_invoiced: bool,
    /// How far it has come.
    pub settlement: Settlement,
    /// What is left to pay; of a settled payout what no other one makes good.
    pub left: Option<Money>,
}

impl Payout<'_> {
    /// Whether somebody is bound to pay it, or it has been paid, whatever it rests on.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.commitment.is_bound() || self.settlement == Settlement::Settled
    }

    /// Whether it goes to the same receivers as another.
    #[must_use]
    pub fn has_receivers_of(&self, other: &Payout<'_>) -> bool {
        self.payees.len() == other.payees.len() && self.payees.iter().all(|one| other.payees.contains(one))
    }

    /// The component in the agreement's file.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, self.path.clone())
    }

    /// The days on which it can be made, where its month is not stated: those that it pays for, and none after the last day of
    /// the agreement unless all of them are.
    #[must_use]
    pub fn any_day_until(&self, last: Option<NaiveDate>) -> Option<Period> {
        let within = last.filter(|last| self.covers.start <= *last);
        let end = within.map_or(self.covers.end, |last| self.covers.end.min(last));
        matches!(self.when, PayoutTime::NotStated(_)).then_some(Period { end, ..self.covers })
    }

    /// Whether it has been paid, and not only in part.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.settlement == Settlement::Settled
    }

    /// Whether nothing is to be paid any more.
    #[must_use]
    pub fn has_lapsed(&self) -> bool {
        self.settlement == Settlement::Lapsed
    }

    /// Says how much of it an end takes away.
    pub(super) fn take_away(&mut self, lapsed: Money) {
        self.lapsed = lapsed;
        for doubt in &mut self.doubts {
            if let Doubt::EndedEarly { amount, .. } | Doubt::NotExtendedAfter { amount, .. } = doubt {
                *amount = lapsed;
            }
        }
    }

    /// Whether the sum can still change without anybody agreeing on another one.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        self.settlement == Settlement::Open && !self.doubts.is_empty()
    }

    /// Why its sum can still change; of one that has lapsed, or of which something has, why.
    pub fn told_doubts(&self) -> impl Iterator<Item = &Doubt<'_>> {
        self.doubts.iter().filter(|doubt| !self.is_settled() || doubt.outlasts_payment())
    }

    /// Adds to what corrects earlier payouts, and to what is to be paid and left; nothing where it does not fit.
    pub(super) fn correct(&mut self, correction: Correction) -> Option<()> {
        let sum = self.correction.checked_add(correction.amount)?;
        if !self.is_settled() {
            self.to_pay = Some(self.to_pay?.checked_add(correction.amount)?);
            self.left = Some(self.left?.checked_add(correction.amount)?);
        }
        self.correction = sum;
        self.corrections.push(correction);
        Some(())
    }

    /// Whether the sum is only the most that can be paid: a ceiling of which nobody knows yet how much is used.
    #[must_use]
    pub fn is_open_ceiling(&self) -> bool {
        self.ceiling && !self.is_settled()
    }

    /// What deductions make it less.
    #[must_use]
    pub fn deducted(&self) -> Money {
        self.taken_by(|_| true)
    }

    /// What it comes to by the agreement, with adjustment and without what is taken off it.
    #[must_use]
    pub fn due_sum(&self) -> Option<Money> {
        self.agreed?.checked_add(self.adjustment?)?.checked_sub(self.deducted())
    }

    /// The part of a sum of this payout that is for its days up to and with `last`, to the öre. `sum` is without what deductions
    /// of a later day took off, which they take of what is for later days, and of the rest only what those do not hold. Nothing
    /// where it does not fit.
    pub(super) fn up_to(&self, sum: Money, later: Money, last: NaiveDate) -> Option<Money> {
        let full = sum.checked_add(later)?;
        let before = self.pace.up_to(full, self.covers, last, month_units)?.rounded_to_ore();
        let beyond = later.checked_sub(full.checked_sub(before)?)?.max(Money::ZERO);
        before.checked_sub(beyond)
    }

    /// What deductions of days after `last` take off it.
    pub(super) fn deducted_after(&self, last: NaiveDate) -> Money {
        self.taken_by(|one| one.date > last)
    }

    /// What has come back by repayments of days after `last`.
    pub(super) fn repaid_after(&self, last: NaiveDate) -> Money {
        self.taken_by(|one| one.date > last && one.kind == DeductionKind::Repayment)
    }

    /// What reductions have taken off it: nothing of that has come back.
    #[must_use]
    pub fn reduced(&self) -> Money {
        self.taken_by(|one| one.kind == DeductionKind::Reduction)
    }

    /// What repayments have taken off it: what was invoiced and paid before them was right.
    #[must_use]
    pub fn repaid(&self) -> Money {
        self.taken_by(|one| one.kind == DeductionKind::Repayment)
    }

    fn taken_by(&self, is_such: impl Fn(&Deducted<'_>) -> bool) -> Money {
        let own = self.deductions.iter().filter(|one| is_such(one));
        // Each is at most what it comes to.
        own.fold(Money::ZERO, |sum, one| sum.checked_add(one.amount).unwrap_or(sum))
    }

    /// What has been paid.
    #[must_use]
    pub fn paid(&self) -> Money {
        self.payments.iter().map(|paid| paid.amount).fold(Money::ZERO, |sum, amount| {
            // Each is a stated amount, far below what would not fit.
            sum.checked_add(amount).unwrap_or(sum)
        })
    }
}

/// A payment that has been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid<'a> {
    /// The file in `records/`.
    pub file: &'a Arc<str>,
    /// The table there: `payment`, or `deduction` for what has come back.
    pub table: &'static str,
    /// Its key there.
    pub key: &'a str,
    /// When it was made.
    pub date: NaiveDate,
    /// How much of it belongs to the payout; less than nothing where it has come back.
    pub amount: Money,
    /// Invoice or voucher.
    pub voucher: Option<&'a str>,
}

impl Paid<'_> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, path![self.table, self.key])
    }
}

/// An invoice, or the part of one that is for a payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoiced<'a> {
    /// The file in `records/`.
    pub file: &'a Arc<str>,
    /// Its key there.
    pub key: &'a str,
    /// What stands there.
    pub invoice: &'a Invoice,
    /// How much of it is for the payout, or stands outside all of them; of a credit note less than nothing, as far as it credits.
    pub amount: Money,
    /// Whether the same invoice has come before: it is counted once.
    pub is_repeated: bool,
}

impl Invoiced<'_> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, path!["invoice", self.key])
    }
}

/// What is taken off a payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deducted<'a> {
    /// The file in `records/`.
    pub file: &'a Arc<str>,
    /// Its key there.
    pub key: &'a str,
    /// What it does to the payout.
    pub kind: DeductionKind,
    /// From which day it counts.
    pub date: NaiveDate,
    /// How much less is to be paid: no more than the payout came to.
    pub amount: Money,
    /// Why.
    pub reason: &'a str,
    /// The decision behind it, by key.
    pub decision: Option<&'a str>,
}

impl Deducted<'_> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, path!["deduction", self.key])
    }
}
