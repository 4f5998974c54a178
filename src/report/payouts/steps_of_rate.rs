//! How a rate makes the sum of its component.

use super::step::{Step, known};
use crate::agreement::{Rate, RateUnit};
use crate::payouts::{self, Component, Payout};
use crate::term::MoneyTime;

/// What a rate comes to for the whole time of its component; where its number changes number by number.
pub(super) fn rate_steps(
    component: &Component<'_>,
    time: MoneyTime,
    payout: &Payout<'_>,
) -> Option<Vec<Step>> {
    let rate = component.funding.rate.as_ref()?;
    let words = rate_in_words(rate);
    let place = Some(payout.place());
    let begun = match rate.per {
        RateUnit::Period if !rate.step.is_empty() => "tid",
        RateUnit::Period => return Some(vec![Step::new(words, "", place)]),
        RateUnit::Year => "påbörjade år",
        RateUnit::HalfYear => "påbörjade halvår",
        RateUnit::Month => "påbörjade månader",
    };
    let period = payouts::period_of(component.funding, time)?;
    let whole = payouts::amount_of(component.funding, time);
    if rate.step.is_empty() {
        let number = payouts::stretches_begun(rate, period);
        return Some(vec![Step::new(format!("{words}: × {number} {begun} ({period})"), known(whole), place)]);
    }
    let of_each = match rate.per.months() {
        Some(1) => String::new(),
        Some(months) => format!(" ÷ {months}"),
        None => format!(" ÷ {}", period.length()),
    };
    let mut steps = vec![Step::new(format!("{words} ({period})"), "", place.clone())];
    steps.extend(payouts::worth_by_number(rate, period)?.into_iter().map(|(days, number, worth)| {
        let what = format!("{days}: {} × {number} × {}{of_each}", rate.amount, days.length());
        Step::new(what, known(Some(worth)), None)
    }));
    steps.push(Step::new("Tillsammans, avrundat till öre", known(whole), None));
    Some(steps)
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
