//! What a report that is late takes off a payout, by what the agreement says. Nothing is taken off by itself: it is told where
//! the report and the payout are shown, until somebody enters it.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::deadline::{Deadline, State};
use super::duties::deadline_kind;
use crate::agreement::{Agreement, Duty, Force};
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::path;
use crate::payouts::{Payout, Statement};
use crate::records::DeductionKind;
use crate::text;

/// A report that came late, or is late on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateReport {
    /// Its deadline.
    pub id: String,
    /// What of the agreement says what follows.
    pub path: KeyPath,
    /// What people call it.
    pub title: String,
    /// How many days late it is.
    pub days: i64,
    /// Whether it has come.
    pub has_come: bool,
    /// What it takes off, in per cent.
    pub share: Decimal,
    /// Whether that follows, or only can.
    pub force: Force,
}

/// What late reports take off what is paid on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateCut {
    /// The last day to pay.
    pub day: NaiveDate,
    /// The payouts of that day.
    pub payouts: Vec<String>,
    /// What they come to by the agreement, with adjustment.
    pub sum: Money,
    /// What is taken off where all that can follow does.
    pub amount: Money,
    /// What is taken off in any case.
    pub at_least: Money,
    /// What is on record as taken off on the day that counts as today.
    pub recorded: Money,
    /// The reports.
    pub reports: Vec<LateReport>,
}

impl LateCut {
    /// Whether all of it is on record already.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.recorded >= self.amount
    }
}

/// "Av 2025#2 (250 000 kronor) ska 50 000 kronor dras av: Årsrapport, 2024 kom en dag för sent".
impl fmt::Display for LateCut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.at_least == self.amount { "ska" } else { "kan" };
        let reports: Vec<String> = self.reports.iter().map(ToString::to_string).collect();
        write!(
            f,
            "av {} ({}) {how} {} dras av: {}",
            text::list(&self.payouts),
            self.sum,
            self.amount,
            text::list(&reports)
        )
    }
}

impl fmt::Display for LateReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = if self.days == 1 { "en dag".to_owned() } else { format!("{} dagar", self.days) };
        if self.has_come {
            write!(f, "{} kom {days} för sent", self.title)
        } else {
            write!(f, "{} är {days} sen", self.title)
        }
    }
}

/// Whether anything can be taken off in an agreement.
pub(super) fn can_cut(agreement: &Agreement) -> bool {
    agreement.follow_up.values().any(|duty| !duty.late.is_empty())
}

/// What the reports of an agreement that have come late take off, by the day on which it is paid: the first after the report's
/// last day. With `today`, also what those take off that have not come and are late on that day.
pub(super) fn cuts(
    agreement: &Agreement,
    statement: &Statement<'_>,
    deadlines: &[Deadline<'_>],
    today: Option<NaiveDate>,
) -> Vec<LateCut> {
    let mut by_day: BTreeMap<NaiveDate, Vec<LateReport>> = BTreeMap::new();
    for deadline in deadlines {
        if let Some((day, report)) = late_report(agreement, statement, deadline, today) {
            by_day.entry(day).or_default().push(report);
        }
    }
    by_day.into_iter().filter_map(|(day, reports)| cut(statement, day, reports)).collect()
}

fn late_report(
    agreement: &Agreement,
    statement: &Statement<'_>,
    deadline: &Deadline<'_>,
    today: Option<NaiveDate>,
) -> Option<(NaiveDate, LateReport)> {
    let key = deadline.of.as_deref()?;
    // An option or a group may have the same key.
    let is_own = |duty: &&Duty| !duty.late.is_empty() && deadline_kind(duty.kind) == deadline.kind;
    let duty = agreement.follow_up.get(key).filter(is_own)?;
    let last = deadline.when.last_day()?;
    let (came, has_come) = match &deadline.state {
        State::Done(done) => (done.date?, true),
        State::Overdue => (today?, false),
        State::Unknown | State::Due | State::Coming | State::Passed => return None,
    };
    let days = (came - last).num_days();
    let (name, cut) = duty.cut_for(days)?;
    let due = statement.payouts.iter().filter_map(|payout| payout.due);
    let day = due.filter(|due| *due > last).min()?;
    let report = LateReport {
        id: deadline.id.clone(),
        path: path!["follow_up", key, "late", name],
        title: deadline.title.clone(),
        days,
        has_come,
        share: cut.share.decimal(),
        force: cut.force,
    };
    Some((day, report))
}

/// What reports take off what is paid on a day, no more than all of it; nothing where that is not known.
fn cut(statement: &Statement<'_>, day: NaiveDate, reports: Vec<LateReport>) -> Option<LateCut> {
    let paid: Vec<&Payout<'_>> =
        statement.payouts.iter().filter(|payout| payout.due == Some(day) && !payout.has_lapsed()).collect();
    let sum = paid.iter().try_fold(Money::ZERO, |sum, payout| {
        sum.checked_add(payout.agreed?)?.checked_add(payout.adjustment.unwrap_or_default())
    })?;
    let taken = |is_counted: fn(&LateReport) -> bool| {
        let shares = reports.iter().filter(|report| is_counted(report)).map(|report| report.share);
        let share = shares.sum::<Decimal>().min(Decimal::ONE_HUNDRED);
        Some(sum.checked_factor(share)?.checked_divided(Decimal::ONE_HUNDRED)?.rounded_to_ore())
    };
    let (amount, at_least) = (taken(|_| true)?, taken(|report| report.force == Force::Shall)?);
    let deducted = paid.iter().flat_map(|payout| &payout.deductions);
    let recorded = deducted
        .filter(|one| one.kind == DeductionKind::Reduction)
        .try_fold(Money::ZERO, |sum, one| sum.checked_add(one.amount))?;
    let payouts = paid.iter().map(|payout| payout.id.clone()).collect();
    Some(LateCut { day, payouts, sum, amount, at_least, recorded, reports })
}

/// Says at each late report what it takes off.
pub(super) fn tell(
    agreement: &Agreement,
    statement: &Statement<'_>,
    deadlines: &mut [Deadline<'_>],
    as_of: NaiveDate,
) {
    for cut in cuts(agreement, statement, deadlines, Some(as_of)).into_iter().filter(|cut| !cut.is_done()) {
        for report in &cut.reports {
            let mut own = deadlines.iter_mut().filter(|deadline| deadline.id == report.id);
            let Some(deadline) = own.next() else { continue };
            let what = text::capitalised(&cut.to_string());
            deadline.notes.push(format!("{what}. Avdraget är inte infört i records/."));
        }
    }
}
