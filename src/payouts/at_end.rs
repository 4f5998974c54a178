//! What an agreement costs a year when its money ends.

use rust_decimal::Decimal;

use super::amounts::YearAmount;
use super::component::Component;
use super::continuation::by_month;
use super::month_units::units_of_month;
use crate::money::Money;

/// What a component costs a year at its end.
#[derive(Debug, Clone, Copy)]
pub struct YearlyCost<'a> {
    /// The component.
    pub component: &'a Component<'a>,
    /// Its last year, by which it is counted.
    pub last: &'a YearAmount<'a>,
    /// Twelve months of it, by the month as in that year; nothing where that is not known.
    pub amount: Option<Money>,
}

/// The components that last as long as any of them, in their order: what an agreement costs a year when its money ends.
#[must_use]
pub fn yearly_at_end<'a>(components: &'a [Component<'a>]) -> Vec<YearlyCost<'a>> {
    let lasts = || components.iter().filter_map(|one| Some((one, one.years.last()?)));
    let end = lasts().map(|(_, last)| last.period.end).max();
    let at_end = lasts().filter(|(_, last)| Some(last.period.end) == end);
    at_end
        .map(|(component, last)| YearlyCost { component, last, amount: twelve_months(component, last) })
        .collect()
}

fn twelve_months(component: &Component<'_>, last: &YearAmount<'_>) -> Option<Money> {
    let (sum, months) = by_month(component.funding, last)?;
    let year = units_of_month() * Decimal::from(12);
    Some(sum.checked_factor(year)?.checked_divided(months)?.rounded())
}
