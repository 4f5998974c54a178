//! What state grants pay of what a change of an agreement costs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::amounts::by_year_in_words;
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, GrantedYear};
use crate::register::{Entry, Register};
use crate::text;

/// What state grants pay of what a change costs more or less, as a sentence; nothing where they pay nothing of it.
pub(super) fn granted(
    register: &Register,
    before: &Entry<Agreement>,
    after: &Entry<Agreement>,
    day: NaiveDate,
) -> Option<String> {
    let years = |entry: &Entry<Agreement>| {
        let components = payouts::components(register, entry, None, day);
        let own = components.iter().filter(|one| register.bears(&entry.data, &one.funding.payer));
        payouts::granted_years(own).unwrap_or_default()
    };
    let (had, has) = (years(before), years(after));
    let of = |years: &BTreeMap<i32, GrantedYear>, year: i32| {
        years.get(&year).map_or(Some(Money::ZERO), |one| one.grant)
    };
    let mut known = BTreeMap::new();
    let mut open = Vec::new();
    let all = had.keys().chain(has.keys()).copied().collect::<BTreeSet<i32>>();
    // What is not known of a year that stays as it was is no matter of the change.
    for year in all.into_iter().filter(|year| had.get(year) != has.get(year)) {
        match of(&has, year).zip(of(&had, year)).and_then(|(new, old)| new.checked_sub(old)) {
            Some(amount) => known.extend([(year, amount.rounded())]),
            None => open.push(year.to_string()),
        }
    }
    known.retain(|_, amount| *amount != Money::ZERO);
    let is_less = !known.is_empty() && known.values().all(|amount| *amount < Money::ZERO);
    let is_more = known.values().all(|amount| *amount > Money::ZERO);
    let back = |amount: Money| Money::ZERO.checked_sub(amount).unwrap_or(amount);
    let words = if is_less {
        by_year_in_words(&known.into_iter().map(|(year, amount)| (year, back(amount))).collect())
    } else {
        by_year_in_words(&known)
    };
    let told = words.map(|words| match (is_less, is_more) {
        (true, _) => format!("statsbidragen minskar med {words}"),
        (_, true) => format!("statsbidrag betalar {words} av det"),
        _ => format!("statsbidragen ändras med {words}"),
    });
    let open = (!open.is_empty())
        .then(|| format!("hur mycket statsbidrag betalar för {} är inte angivet", text::list(&open)));
    let told: Vec<String> = told.into_iter().chain(open).collect();
    (!told.is_empty()).then(|| format!("Beloppet är brutto: {}.", text::list(&told)))
}
