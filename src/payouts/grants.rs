//! What state grants pay of what partnerships cost.

use std::collections::BTreeMap;

use super::component::Component;
use crate::agreement::{Funding, FundingSource};
use crate::money::Money;
use crate::vocabulary::{Known, Stated};

/// What a state grant pays of a component in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    /// Nothing.
    Nothing,
    /// This sum, and no more than the year costs.
    Sum(Money),
    /// All of it.
    All,
    /// Nobody knows how much.
    Open,
}

impl Granted {
    /// What it pays of a cost; nothing where that is not known.
    #[must_use]
    pub fn of(self, cost: Money) -> Option<Money> {
        match self {
            Self::Nothing => Some(Money::ZERO),
            Self::Sum(sum) => Some(sum.min(cost.max(Money::ZERO))),
            Self::All => Some(cost),
            Self::Open => None,
        }
    }
}

/// What a state grant pays of a component in a calendar year: the sum that is stated for the year, or all of it where that is
/// where the payer takes the money and no sum is stated for any year.
#[must_use]
pub fn granted(funding: &Funding, year: i32) -> Granted {
    match (&funding.state_grant, funding.source.known()) {
        (Some(Stated::NotStated(_)), _) => Granted::Open,
        (Some(Stated::Value(years)), _) => {
            years.get(year.to_string().as_str()).map_or(Granted::Open, |sum| Granted::Sum(*sum))
        }
        (None, Some(FundingSource::StateGrant)) => Granted::All,
        (None, _) => Granted::Nothing,
    }
}

/// What components cost in a calendar year, and what state grants pay of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantedYear {
    /// What they cost, with adjustment.
    pub cost: Money,
    /// What state grants pay; nothing where that is not known.
    pub grant: Option<Money>,
}

/// The years of components of which state grants pay something, by year. None where no grant pays anything, or a cost is not
/// known.
#[must_use]
pub fn granted_years<'a>(
    components: impl Iterator<Item = &'a Component<'a>>,
) -> Option<BTreeMap<i32, GrantedYear>> {
    let mut years: BTreeMap<i32, GrantedYear> = BTreeMap::new();
    let mut pays_something = false;
    for (component, amount) in components.flat_map(|one| one.years.iter().map(move |year| (one, year))) {
        let granted = granted(component.funding, amount.year);
        pays_something |= granted != Granted::Nothing;
        let cost = amount.payable?;
        let none = GrantedYear { cost: Money::ZERO, grant: Some(Money::ZERO) };
        let year = years.entry(amount.year).or_insert(none);
        year.cost = year.cost.checked_add(cost)?;
        year.grant = year.grant.zip(granted.of(cost)).and_then(|(sum, own)| sum.checked_add(own));
    }
    pays_something.then_some(years)
}
