//! How a rate makes the sum of its component.

use super::step::{Step, known};
use crate::agreement::{Rate, RateUnit};
use crate::payouts::{self, Component, Payout};
use crate::term::MoneyTime;

/// What a rate comes to for the whole time of its component.
pub(super) fn rate_step(component: &Component<'_>, time: MoneyTime, payout: &Payout<'_>) -> Option<Step> {
    let rate = component.funding.rate.as_ref()?;
    let words = rate_in_words(rate);
    let place = Some(payout.place());
    let begun = match rate.per {
        RateUnit::Period if !rate.step.is_empty() => "tid, efter månader med varje antal",
        RateUnit::Period => return Some(Step::new(words, "", place)),
        RateUnit::Year => "påbörjade år",
        RateUnit::HalfYear => "påbörjade halvår",
        RateUnit::Month => "påbörjade månader",
    };
    let period = payouts::period_of(component.funding, time)?;
    let number = payouts::stretches_begun(rate, period);
    let whole = payouts::amount_of(component.funding, time);
    Some(Step::new(format!("{words}: × {number} {begun} ({period})"), known(whole), place))
}

/// A rate with its number, "10 000 kronor × 3 (plats), för varje påbörjad månad".
pub(super) fn rate_in_words(rate: &Rate) -> String {
    let time = match rate.per {
        RateUnit::Period => "för hela perioden",
        RateUnit::Year => "för varje påbörjat år",
        RateUnit::HalfYear => "för varje påbörjat halvår",
        RateUnit::Month => "för varje påbörjad månad",
    };
    let Some(unit) = &rate.unit else { return format!("{} {time}", rate.amount) };
    let count = rate.number().map_or_else(|| "antal ej angivet".to_owned(), |count| count.to_string());
    let steps = rate.steps().into_iter().map(|(from, count)| format!(", från {from} × {count}"));
    format!("{} × {count} ({unit}){}, {time}", rate.amount, steps.collect::<String>())
}
