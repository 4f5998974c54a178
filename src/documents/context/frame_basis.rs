//! Whether frames hold the whole cost, or what is left when state grants have paid their part.

use std::collections::BTreeSet;

use crate::agreement::{Agreement, Funding, FundingSource};
use crate::budget::{Budget, BudgetLine, FrameBasis};
use crate::register::Entry;
use crate::text;
use crate::vocabulary::Known;

/// What the frames of some lines are for, as a sentence; nothing where all are for the whole cost and no state grant pays any of
/// it.
pub(super) fn basis(
    budget: &Budget,
    lines: &BTreeSet<&str>,
    states: [&Entry<Agreement>; 2],
) -> Option<String> {
    let all = lines.iter().filter_map(|line| budget.line.get(*line));
    let (net, gross): (Vec<_>, Vec<_>) = all.partition(|line| line.frames_are == FrameBasis::Net);
    let is_granted = |funding: &Funding| {
        funding.state_grant.is_some() || funding.source.known() == Some(&FundingSource::StateGrant)
    };
    let has_grant = states.iter().any(|entry| {
        entry.data.stated_funding().any(|(_, _, one)| {
            one.budget_line.as_deref().is_some_and(|line| lines.contains(line)) && is_granted(one)
        })
    });
    let named = |some: &[&BudgetLine]| {
        let called = if some.len() > 1 { "budgetramarna" } else { "budgetramen" };
        let titles: Vec<String> = some.iter().map(|line| format!("”{}”", line.title)).collect();
        format!("{called} {}", text::list(&titles))
    };
    let net_shows = "räknas netto, utan det som statsbidrag betalar";
    let gross_shows = "räknas brutto, med det som statsbidrag betalar";
    let told = match (net.as_slice(), gross.as_slice()) {
        ([], _) if !has_grant => return None,
        ([], gross) => format!("{} {gross_shows}", named(gross)),
        (net, []) => format!("{} {net_shows}", named(net)),
        (net, gross) => format!("{} {net_shows}; {} {gross_shows}", named(net), named(gross)),
    };
    Some(format!("{}.", text::capitalised(&told)))
}
