//! When what a decision has added is due.

use chrono::{Days, NaiveDate};

use super::component::Component;
use super::payout::Payout;
use crate::agreement::Agreement;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{Life, RestsOn, bound_from, first_decision};
use crate::vocabulary::Known;

/// So many days after a decision payouts are due whose own last day had passed when it was made.
const DAYS_AFTER_DECISION: Days = Days::new(30);

/// Nobody can be late with what nobody had decided: a payout whose last day to pay lies before the day from which the
/// parties were bound by it is due thirty days after that day, unless it was paid before it.
pub(super) fn due_after_decision(
    register: &Register,
    entry: &Entry<Agreement>,
    life: &Life<'_>,
    components: &[Component<'_>],
    payouts: &mut [Payout<'_>],
) {
    let records = register.records_of(entry);
    let of_agreement = records.and_then(first_decision);
    let last_of_term = life.last_day();
    for payout in payouts.iter_mut().filter(|payout| payout.commitment.is_bound()) {
        let component = components.iter().find(|component| component.key == payout.funding);
        let of_component = component.and_then(|component| of_component(&entry.data, records, component));
        let of_time = of_time(&entry.data, records, life, payout);
        let last = payout.due.or_else(|| payout.any_day_until(last_of_term).map(|days| days.end));
        if let (Some(from), Some(due)) = (of_agreement.max(of_component).max(of_time), last)
            && due < from
            && !payout.payments.iter().any(|paid| paid.date < from)
        {
            payout.due = from.checked_add_days(DAYS_AFTER_DECISION);
        }
    }
}

/// The day of the decision behind a component, or of the supplement that it stands in.
fn of_component(
    agreement: &Agreement,
    records: Option<&Records>,
    component: &Component<'_>,
) -> Option<NaiveDate> {
    let decision = component.funding.decision.known().and_then(|key| records?.decision.get(key));
    // What takes the place of an amount was owed in part before.
    let is_new = !agreement.funding.contains_key(component.key);
    let supplement = component.supplement.filter(|_| is_new).and_then(|key| agreement.supplement.get(key));
    decision.map(|decision| decision.date).max(supplement.and_then(|one| bound_from(one, records)))
}

/// The day on which the days that a payout pays for were added.
fn of_time(
    agreement: &Agreement,
    records: Option<&Records>,
    life: &Life<'_>,
    payout: &Payout<'_>,
) -> Option<NaiveDate> {
    let parts = life.cut(payout.covers).into_iter().filter_map(|(_, stretch)| stretch);
    let added = parts.map(|stretch| match &stretch.rests_on {
        RestsOn::Extension(key) => agreement.extension.get(key).and_then(|one| bound_from(one, records)),
        RestsOn::Supplement(key) => agreement.supplement.get(key).and_then(|one| bound_from(one, records)),
        RestsOn::Stated | RestsOn::Renewal(_) | RestsOn::Option(_) => None,
    });
    added.max().flatten()
}
