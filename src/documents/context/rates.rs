//! Amounts for each of something, or for each stretch of time, in words.

use crate::agreement::{Funding, Rate, RateUnit};
use crate::date;
use crate::payouts;
use crate::term::MoneyTime;
use crate::text;
use crate::vocabulary::Known;

/// "12 500 kronor per plats och månad, för sex platser"; "500 000 kronor per år".
pub(super) fn rate_in_words(rate: &Rate) -> String {
    let of_what = rate.unit.as_ref().map(|unit| format!(" per {unit}")).unwrap_or_default();
    let time = match (rate.per, rate.unit.is_some()) {
        (RateUnit::Period, _) => " för hela perioden".to_owned(),
        (per, true) => format!(" och {}", per.label()),
        (per, false) => format!(" per {}", per.label()),
    };
    let mut words = format!("{}{of_what}{time}", rate.amount);
    if let Some(count) = rate.count.known() {
        words.push_str(&numbers_in_words(rate, count.get()));
    }
    words
}

/// ", för sex platser och från och med den 1 juli 2025 för nio platser"; "sex stycken" where nobody has told the plural.
fn numbers_in_words(rate: &Rate, count: u32) -> String {
    // Large and small numbers stand in one sentence in the same way.
    let are_small = rate.steps().into_values().chain([count]).all(|count| count <= 12);
    let shown = |count: u32| if are_small { text::numeral(count) } else { count.to_string() };
    let of = |count: u32| match (&rate.unit, &rate.units) {
        (Some(unit), _) if count == 1 => format!("för {count} {unit}"),
        (_, units) => format!("för {} {}", shown(count), units.as_deref().unwrap_or("stycken")),
    };
    let steps = rate.steps().into_iter();
    let steps = steps.map(|(from, count)| format!("från och med den {} {}", date::long(from), of(count)));
    let all: Vec<String> = [of(count)].into_iter().chain(steps).collect();
    format!(", {}", text::list(&all))
}

/// "Ett påbörjat år betalas som ett helt", where the time of an amount does not come out even in what its rate is for.
pub(super) fn begun_in_words(funding: &Funding, time: MoneyTime) -> Option<&'static str> {
    let per = funding.rate.as_ref()?.per;
    let has_end = funding.period.is_some() || time.has_end();
    let length = payouts::period_of(funding, time).filter(|_| has_end)?.length();
    let is_even = length.days == 0 && length.months % per.months()? == 0;
    match per {
        _ if is_even => None,
        RateUnit::Period => None,
        RateUnit::Year => Some("Ett påbörjat år betalas som ett helt"),
        RateUnit::HalfYear => Some("Ett påbörjat halvår betalas som ett helt"),
        RateUnit::Month => Some("En påbörjad månad betalas som en hel"),
    }
}
