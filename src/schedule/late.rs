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
    /// What is taken off each payout of that day.
    pub parts: Vec<CutPart>,
    /// The reports.
    pub reports: Vec<LateReport>,
}

/// What late reports take off one payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPart {
    /// The payout.
    pub payout: String,
    /// What it comes to by the agreement, with adjustment.
    pub sum: Money,
    /// What is taken off where all that can follow does.
    pub amount: Money,
    /// What is taken off in any case.
    pub at_least: Money,
    /// What is on record as taken off on the day that counts as today.
    pub recorded: Money,
}

impl LateCut {
    /// The parts of which not all is on record.
    pub fn open(&self) -> impl Iterator<Item = &CutPart> {
        self.parts.iter().filter(|part| part.recorded < part.amount)
    }

    /// "Årsrapport, 2024 kom en dag för sent".
    #[must_use]
    pub fn because(&self) -> String {
        let reports: Vec<String> = self.reports.iter().map(ToString::to_string).collect();
        text::list(&reports)
    }
}

/// "av 2025#2 (250 000 kronor) ska 50 000 kronor", of each, as "dras av" follows on them.
#[must_use]
pub fn parts_in_words<'a>(parts: impl IntoIterator<Item = &'a CutPart>) -> String {
    let parts: Vec<String> = parts.into_iter().map(ToString::to_string).collect();
    text::list(&parts)
}

impl CutPart {
    /// How much of it is on record, as a Swedish sentence.
    #[must_use]
    pub fn told(&self) -> String {
        if self.recorded == Money::ZERO {
            "Det är inte infört i records/, och inget är avdraget.".to_owned()
        } else {
            format!("Av det är {} infört i records/ och avdraget för {}.", self.recorded, self.payout)
        }
    }
}

impl fmt::Display for CutPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { payout, sum, amount, at_least, .. } = self;
        write!(f, "av {payout} ({sum}) ")?;
        if at_least == amount {
            write!(f, "ska {amount}")
        } else if *at_least == Money::ZERO {
            write!(f, "kan högst {amount}")
        } else {
            write!(f, "ska minst {at_least} och kan högst {amount}")
        }
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

/// What reports take off each payout of a day, no more than all of it; nothing of one whose sum is not known.
fn cut(statement: &Statement<'_>, day: NaiveDate, reports: Vec<LateReport>) -> Option<LateCut> {
    let share = |is_counted: fn(&LateReport) -> bool| {
        let shares = reports.iter().filter(|report| is_counted(report)).map(|report| report.share);
        shares.sum::<Decimal>().min(Decimal::ONE_HUNDRED)
    };
    let shares = (share(|_| true), share(|report| report.force == Force::Shall));
    let paid = statement.payouts.iter().filter(|payout| payout.due == Some(day) && !payout.has_lapsed());
    let parts: Vec<CutPart> = paid.filter_map(|payout| part(payout, shares)).collect();
    (!parts.is_empty()).then_some(LateCut { day, parts, reports })
}

/// What shares take off a payout, to the öre: where all that can follow does, and in any case.
fn part(payout: &Payout<'_>, (most, least): (Decimal, Decimal)) -> Option<CutPart> {
    let sum = payout.agreed?.checked_add(payout.adjustment.unwrap_or_default())?;
    let taken = |share: Decimal| {
        Some(sum.checked_factor(share)?.checked_divided(Decimal::ONE_HUNDRED)?.rounded_to_ore())
    };
    let (amount, at_least, recorded) = (taken(most)?, taken(least)?, payout.reduced());
    Some(CutPart { payout: payout.id.clone(), sum, amount, at_least, recorded })
}

/// Says at each late report what it takes off.
pub(super) fn tell(
    agreement: &Agreement,
    statement: &Statement<'_>,
    deadlines: &mut [Deadline<'_>],
    as_of: NaiveDate,
) {
    for cut in cuts(agreement, statement, deadlines, Some(as_of)) {
        let parts = parts_in_words(cut.open());
        if parts.is_empty() {
            continue;
        }
        for report in &cut.reports {
            let mut own = deadlines.iter_mut().filter(|deadline| deadline.id == report.id);
            let Some(deadline) = own.next() else { continue };
            let what = text::capitalised(&parts);
            let told: Vec<String> = cut.open().map(CutPart::told).collect();
            let is_alike = told.windows(2).all(|pair| pair.first() == pair.last());
            let told = if is_alike { told.into_iter().take(1).collect() } else { told };
            deadline.notes.push(format!("{what} dras av: {}. {}", cut.because(), told.join(" ")));
        }
    }
}
