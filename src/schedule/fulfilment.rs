//! What the records say has been done.

use super::context::Context;
use super::deadline::Fulfilled;
use crate::agreement::Status;
use crate::date::Period;
use crate::deadline_kind::DeadlineKind;
use crate::finding::Place;
use crate::key_path::KeyPath;
use crate::path;
use crate::records::Done;
use crate::term::entered;

/// Says that nobody can tell what has been done, where the records cannot be read.
pub(super) fn add_unreadable(context: &mut Context<'_>) {
    let file = format!("records/{}.toml", context.id);
    if context.register.has_unread_records(context.id) {
        let text = format!("{file} går inte att läsa: vad som är klart är inte känt.");
        context.gap_at(Place::value(&file.into(), KeyPath::root()), text);
    }
}

/// Says that less is followed up than the parties have entered into, where the status hides it.
pub(super) fn add_hidden(context: &mut Context<'_>) {
    let agreement = context.agreement();
    let not_late = match agreement.status {
        Status::Draft => "inget räknas som försenat",
        Status::Proposed => "ingen utbetalning räknas som försenad",
        Status::Decided | Status::Signed | Status::Ended => return,
    };
    let Some(records) = context.records else { return };
    let Some((_, what)) = entered(agreement, &records.data, context.as_of).into_iter().next() else { return };
    let status = agreement.status.label();
    let text = format!("Statusen är ”{status}”, men avtalet är {what}: {not_late} (iop validate, IOP620).");
    context.gap(path!["status"], text);
}

impl<'a> Context<'a> {
    /// The record of something done by the day that counts as today. A record that names no owner or no period fits
    /// what has none of them.
    pub(super) fn done(
        &self,
        kind: DeadlineKind,
        of: Option<&str>,
        period: Option<&str>,
    ) -> Option<Fulfilled<'a>> {
        let records = self.records?;
        let fits = |done: &Done| {
            done.kind == kind
                && done.date <= self.as_of
                && done.of.as_deref() == of
                && done.period.as_deref() == period
        };
        let (key, done) =
            records.data.done.iter().filter(|(_, done)| fits(done)).min_by_key(|(_, done)| done.date)?;
        Some(Fulfilled {
            date: Some(done.date),
            reference: done.reference.as_deref(),
            place: Place::value(&records.file, path!["done", key]),
        })
    }

    /// The notice that counts, from the day on which it does.
    pub(super) fn notice_given(&self) -> Option<Fulfilled<'a>> {
        let (records, notice) = self.records.zip(self.life.notice.as_ref())?;
        let reference = records.data.decision.get(notice.key)?.registry_number.as_deref();
        let place = Place::value(&records.file, path!["decision", notice.key]);
        Some(Fulfilled { date: Some(notice.given), reference, place })
    }

    /// For each of a duty's periods the first report on it. A report belongs to the period that ends on its last day,
    /// or else to the one that shares most days with it.
    pub(super) fn reports(&self, duty: &str, periods: &[Period]) -> Vec<Option<Fulfilled<'a>>> {
        let mut found: Vec<Option<Fulfilled<'a>>> = vec![None; periods.len()];
        let Some(records) = self.records else { return found };
        let reports = records.data.report.iter();
        let mut known: Vec<_> =
            reports.filter(|(_, report)| report.duty == duty && report.date <= self.as_of).collect();
        known.sort_by_key(|(_, report)| report.date);
        for (key, report) in known {
            let Some(slot) = period_of(periods, report.period).and_then(|index| found.get_mut(index)) else {
                continue;
            };
            slot.get_or_insert_with(|| Fulfilled {
                date: Some(report.date),
                reference: report.reference.as_deref(),
                place: Place::value(&records.file, path!["report", key]),
            });
        }
        found
    }
}

/// Which of a duty's periods a report's own period means; nothing where it shares no day with any of them.
#[must_use]
pub fn period_of(periods: &[Period], reported: Period) -> Option<usize> {
    let by_end = periods.iter().position(|period| period.end == reported.end);
    by_end.or_else(|| {
        let shared = |period: &Period| period.overlap(&reported).map_or(0, |shared| shared.days());
        let best = periods.iter().enumerate().max_by_key(|(index, period)| {
            // Of several alike, the earliest.
            (shared(period), std::cmp::Reverse(*index))
        });
        best.filter(|(_, period)| shared(period) > 0).map(|(index, _)| index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_belongs_to_the_period_that_it_ends_with_or_mostly_covers() {
        let period =
            |start: &str, end: &str| Period { start: start.parse().unwrap(), end: end.parse().unwrap() };
        let periods = [period("2021-02-01", "2021-06-30"), period("2021-02-01", "2021-12-31")];
        assert_eq!(period_of(&periods, period("2021-01-01", "2021-06-30")), Some(0));
        // The second half-year alone ends where the year ends.
        assert_eq!(period_of(&periods, period("2021-07-01", "2021-12-31")), Some(1));
        assert_eq!(period_of(&periods, period("2021-07-01", "2021-09-30")), Some(1));
        assert_eq!(period_of(&periods, period("2022-01-01", "2022-06-30")), None);
    }
}
