//! The number of months that a component states is not that of its period.

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP306",
    slug: "months-differ",
    title: "Antalet månader stämmer inte med perioden",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets egna datum",
    why: "Säger avtalet elva månader och datumen tolv är det oklart vilken tid pengarna ska räcka.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "funding.2024.months = 11", "funding.2024.months"),
    good: Example::agreement(&[], "funding.2024.months = 12", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let components = scope.agreement.stated_funding();
    components
        .filter_map(|(place, key, funding)| {
            let months = funding.months.known()?.get();
            let period = payouts::period_of(funding, scope.money_time())?;
            let length = period.length();
            if (length.months, length.days) == (months, 0) {
                return None;
            }
            let stated = text::count(usize::try_from(months).ok()?, "månad", "månader");
            let message =
                format!("Ersättningen ”{key}” anges gälla {stated}, men perioden {period} är {length}.");
            let mut finding = scope.finding(&RULE, place.join("months"), message);
            // Months without end have no difference that can be counted.
            if let Some(last_day) = period.last_day_within(months) {
                finding = finding.measured(Measure::of_days(period.end - last_day));
            }
            let at = if funding.period.is_some() { place.join("period") } else { path!["term"] };
            Some(
                finding
                    .help("Rätta månaderna eller perioden.")
                    .related(Place::value(scope.file, at), format!("perioden är {period}")),
            )
        })
        .collect()
}
