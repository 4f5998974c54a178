//! When what a decision has added is due.

use chrono::{Days, NaiveDate};

use super::component::Component;
use super::payout::{AfterDecision, Payout};
use crate::agreement::{Agreement, Change};
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::term::{Life, bound_from, decided_on};
use crate::text;
use crate::vocabulary::Known;

/// So many days after a decision payouts are due whose own last day had passed when it was made.
const DAYS_AFTER_DECISION: Days = Days::new(30);

/// From when the parties are bound by something, and by what, as it follows "då".
type Bound = (NaiveDate, String);

/// Nobody can be late with what nobody had decided: a payout whose last day to pay lies before the day from which the
/// parties were bound by it is due thirty days after that day, unless it was paid before it.
pub(super) fn due_after_decision(
    register: &Register,
    entry: &Entry<Agreement>,
    life: &Life<'_>,
    components: &[Component<'_>],
    payouts: &mut [Payout<'_>],
    as_of: NaiveDate,
) {
    let records = register.records_of(entry);
    let of_agreement = records.and_then(|records| decided_on(&entry.data, records));
    let last_of_term = life.last_day();
    for payout in payouts.iter_mut().filter(|payout| payout.commitment.is_bound()) {
        let Some(agreed) = payout.due.or_else(|| payout.any_day_until(last_of_term).map(|days| days.end))
        else {
            continue;
        };
        let component = components.iter().find(|component| component.key == payout.funding);
        let all = of_agreement
            .map(|day| (day, "avtalet beslutades".to_owned()))
            .into_iter()
            .chain(component.into_iter().flat_map(|one| of_component(&entry.data, records, one, as_of)))
            .chain(of_time(&entry.data, records, life, payout, as_of));
        let last = all.max_by_key(|(day, _)| *day).filter(|(bound, _)| agreed < *bound);
        if let Some((bound, by)) = last
            && !payout.payments.iter().any(|paid| paid.date < bound)
        {
            payout.due = bound.checked_add_days(DAYS_AFTER_DECISION);
            payout.after_decision = Some(AfterDecision { agreed, bound, by });
        }
    }
}

/// The day of the decision behind a component, and of the supplement that it stands in.
fn of_component(
    agreement: &Agreement,
    records: Option<&Records>,
    component: &Component<'_>,
    as_of: NaiveDate,
) -> impl Iterator<Item = Bound> {
    let key = component.funding.decision.known();
    let decision = key.and_then(|key| {
        Some((records?.decision.get(key)?.date, format!("beslutet ”{key}” om beloppet fattades")))
    });
    // What takes the place of an amount was owed in part before.
    let is_new = !agreement.funding.contains_key(component.key);
    let supplement = component.supplement.filter(|_| is_new);
    let supplement = supplement.and_then(|key| agreement.supplements().find(|one| one.key == key));
    let supplement = supplement.and_then(|one| of_change(one, records, as_of));
    decision.into_iter().chain(supplement)
}

/// The day from which a change binds. Where nothing of it was known on `as_of` but its status, it is one that had not come.
fn of_change(change: Change<'_>, records: Option<&Records>, as_of: NaiveDate) -> Option<Bound> {
    let day = bound_from(change, records, as_of).or_else(|| bound_from(change, records, NaiveDate::MAX))?;
    Some((day, format!("{} gjordes", text::uncapitalised(&change.named()))))
}

/// The days on which the days that a payout pays for were added.
fn of_time(
    agreement: &Agreement,
    records: Option<&Records>,
    life: &Life<'_>,
    payout: &Payout<'_>,
    as_of: NaiveDate,
) -> Vec<Bound> {
    let parts = life.cut(payout.covers).into_iter().filter_map(|(_, stretch)| stretch);
    let added = parts.filter_map(|stretch| of_change(stretch.rests_on.change(agreement)?, records, as_of));
    added.collect()
}
