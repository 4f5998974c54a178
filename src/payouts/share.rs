//! A component's part of a budget line's year.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::adjustment::Adjustment;
use super::amounts::YearAmount;
use super::budget_year::Share;
use super::component::Component;
use super::doubt::Doubt;
use super::expected::PaidInYear;
use super::grants::{Granted, granted};
use super::pace::by_days;
use super::payout::Payout;
use super::split::by_weight;
use super::statement::AgreementStatement;
use crate::agreement::{Remainder, RoundingPlace};
use crate::date::Period;
use crate::money::Money;
use crate::term::{Commitment, Degree};
use crate::vocabulary::Known;

/// A component's year, cut where the parties are bound otherwise: one share for each degree. What has been paid and moved
/// belongs to the firmest. Nothing where the amount is not known.
pub(super) fn shares<'a>(
    one: &AgreementStatement<'a>,
    component: &Component<'a>,
    year: &YearAmount<'_>,
    (paid, succeeded): (PaidInYear, Option<NaiveDate>),
    as_of: NaiveDate,
) -> Option<Vec<Share<'a>>> {
    let funding = component.funding;
    let amount = year.payable?;
    let adjustment = amount.checked_sub(year.agreed?)?;
    let preliminary = preliminary(year, amount)?;
    // What is certain without the floor, held against what the floor promises.
    let certain = amount.checked_sub(preliminary)?;
    let promised = year.least.and_then(|least| least.checked_sub(certain)).unwrap_or_default();
    let life = &one.statement.life;
    // What of it stands nowhere: time that cannot come any more, and what a successor takes the place of.
    let nowhere = |degree: &Degree<'_>| match degree.stretch {
        None => life.lapsed?.overlap(&degree.period),
        Some(stretch) if stretch.can_be_declined() => {
            succeeded.and_then(|start| degree.period.overlap(&Period { start, ..degree.period }))
        }
        Some(_) => None,
    };
    let mut parts: Vec<((Commitment, bool), Vec<Period>)> = Vec::new();
    let mut add =
        |key: (Commitment, bool), period: Period| match parts.iter_mut().find(|(other, _)| *other == key) {
            Some((_, periods)) => periods.push(period),
            None => parts.push((key, vec![period])),
        };
    for degree in life.degrees(year.period) {
        let commitment = component.commitment.max(degree.commitment);
        let nowhere = nowhere(&degree);
        for part in degree.period.without(nowhere.as_slice()) {
            add((commitment, false), part);
        }
        if let Some(part) = nowhere {
            add((commitment, true), part);
        }
    }
    parts.sort_by_key(|(key, _)| *key);
    let weights: Vec<Decimal> =
        parts.iter().map(|(_, periods)| periods.iter().map(|days| year.pace.weight(*days)).sum()).collect();
    let divided = |sum: Money| by_weight(sum, &weights, Remainder::Last);
    let sums = divided(amount)?.into_iter().zip(divided(adjustment)?).zip(divided(preliminary)?);
    let grant = granted(funding, year.year);
    let grants = divided(grant.of(amount).unwrap_or_default())?;
    let sums = sums.zip(divided(promised.max(Money::ZERO))?.into_iter().zip(grants));
    let until = life.ended().map_or(as_of, |last| last.min(as_of));
    let is_paid_by_year = is_paid_by_year(one, component);
    let mut shares = Vec::new();
    for (
        ((commitment, stands_nowhere), periods),
        (((amount, adjustment), preliminary), (promised, granted)),
    ) in parts.iter().zip(sums)
    {
        let paid = if shares.is_empty() { paid } else { PaidInYear::default() };
        if *stands_nowhere && paid.outcome == Money::ZERO {
            continue;
        }
        let more = if commitment.is_bound() { paid.beyond_bound } else { paid.moved };
        // What is paid is gone until it has come back.
        let forecast = amount.checked_add(more)?.max(paid.outcome);
        // Time alone earns nothing of a ceiling.
        let accrued = match (periods.first(), periods.last()) {
            (Some(first), Some(last)) if !funding.ceiling => {
                let days = Period { start: first.start, end: last.end };
                year.pace.up_to(amount, days, until, by_days)?.rounded_to_ore()
            }
            _ => paid.outcome,
        };
        shares.push(Share {
            agreement: one.id,
            file: &one.entry.file,
            funding: component.key,
            supplement: component.supplement,
            amount,
            adjustment,
            preliminary_adjustment: preliminary,
            promised,
            commitment: *commitment,
            is_preliminary: paid.is_cut || !year.doubts.is_empty(),
            is_estimate: false,
            ceiling: funding.ceiling,
            is_divided: year.is_divided && !is_paid_by_year,
            outcome: paid.outcome,
            accrued,
            lapsed: paid.lapsed,
            forecast,
            // A grant pays no more than what it costs.
            grants: if grant == Granted::All { forecast } else { granted.min(forecast.max(Money::ZERO)) },
            is_grant_open: grant == Granted::Open && forecast != Money::ZERO,
            is_all_granted: grant == Granted::All,
        });
    }
    Some(shares)
}

/// Whether a plan that says when in the year it is paid lets every payout be for days of one calendar year: what a year costs then
/// follows from the agreement.
fn is_paid_by_year(one: &AgreementStatement<'_>, component: &Component<'_>) -> bool {
    let plans = &one.entry.data.payout_plan;
    let has_timing = |payout: &Payout<'_>| {
        payout.origin.plan.and_then(|plan| plans.get(plan)).is_some_and(|plan| plan.timing.known().is_some())
    };
    let mut own = one.statement.payouts.iter().filter(|payout| payout.path == component.path).peekable();
    own.peek().is_some() && own.all(|payout| payout.covers.years().count() == 1 && has_timing(payout))
}

/// What of a year's amount an adjustment that is not definite adds or takes. What is carried or can change leaves what has
/// been decided before it.
fn preliminary(year: &YearAmount<'_>, amount: Money) -> Option<Money> {
    let is_about_days = |doubt: &Doubt<'_>| doubt.is_undecided() || doubt.is_about_term();
    if year.doubts.iter().all(is_about_days) {
        return Some(Money::ZERO);
    }
    let rests_on_values = |doubt: &Doubt<'_>| {
        is_about_days(doubt) || doubt.is_unclear() || matches!(doubt, Doubt::Carried(_) | Doubt::Value(_))
    };
    // What is rounded payout by payout is rounded here as what it is compared with.
    let firm = |one: &Adjustment<'_>| match one.place {
        _ if one.firm_factor == one.factor => amount,
        RoundingPlace::Payout if Some(one.firm) != year.agreed => one.firm.rounded_to(one.round_to.unit()),
        _ => one.firm,
    };
    let Some(adjustment) = &year.adjustment else { return Some(Money::ZERO) };
    let firm = if year.doubts.iter().all(rests_on_values) { firm(adjustment) } else { year.agreed? };
    amount.checked_sub(firm)
}

/// What a component that a supplement only proposes would add to a year, or take from it: the new amount, without the old
/// one.
pub(super) fn proposed<'a>(
    one: &AgreementStatement<'a>,
    component: &Component<'a>,
    year: i32,
    (new, old): (Option<&Component<'a>>, Option<&Component<'_>>),
) -> Option<Share<'a>> {
    let of_year = |component: Option<&Component<'_>>| {
        let year = component.and_then(|component| component.years.iter().find(|one| one.year == year));
        year.map_or(Some(Money::ZERO), |year| year.payable)
    };
    let amount = of_year(new)?.checked_sub(of_year(old)?)?;
    let years = new.into_iter().chain(old).flat_map(|component| &component.years);
    let is_preliminary = years.filter(|one| one.year == year).any(|one| !one.doubts.is_empty());
    let paid_by_grant = |component: Option<&Component<'_>>| {
        let of_year = component.and_then(|one| Some((one, one.years.iter().find(|one| one.year == year)?)));
        of_year.map_or(Some(Money::ZERO), |(one, amount)| granted(one.funding, year).of(amount.payable?))
    };
    let grants = paid_by_grant(new).zip(paid_by_grant(old)).and_then(|(new, old)| new.checked_sub(old));
    let nothing = nothing(one, component, component.commitment, is_preliminary);
    Some(Share {
        amount,
        forecast: amount,
        grants: grants.unwrap_or_default(),
        is_grant_open: grants.is_none(),
        ..nothing
    })
}

/// What holds of a year more firmly than what stands in its place does.
pub(super) fn firmer<'a>(
    one: &AgreementStatement<'a>,
    (old, year): (&Component<'a>, &YearAmount<'_>),
    new: Commitment,
    succeeded: Option<NaiveDate>,
    as_of: NaiveDate,
) -> Vec<Share<'a>> {
    // What has been paid is paid of the new amount.
    let mut all = shares(one, old, year, (PaidInYear::default(), succeeded), as_of).unwrap_or_default();
    all.retain(|share| share.commitment < new);
    all
}

/// Leaves of the new amount what it adds to what it replaces, or takes from it.
pub(super) fn less(new: &mut Share<'_>, old: &Share<'_>) {
    let figures: [for<'b> fn(&'b mut Share<'_>) -> &'b mut Money; 7] = [
        |share| &mut share.amount,
        |share| &mut share.adjustment,
        |share| &mut share.preliminary_adjustment,
        |share| &mut share.promised,
        |share| &mut share.accrued,
        |share| &mut share.forecast,
        |share| &mut share.grants,
    ];
    let mut old = old.clone();
    for figure in figures {
        let left = figure(new).checked_sub(*figure(&mut old));
        *figure(new) = left.unwrap_or_default();
    }
    new.is_grant_open |= old.is_grant_open;
    new.is_all_granted &= old.is_all_granted;
}

/// What a component that goes on may cost. Nothing has been paid of it.
pub(super) fn estimate<'a>(
    one: &AgreementStatement<'a>,
    component: &Component<'a>,
    commitment: Commitment,
    (year, amount): (i32, Money),
) -> Share<'a> {
    let nothing = nothing(one, component, commitment, true);
    let grant = granted(component.funding, year);
    Share {
        is_estimate: true,
        amount,
        forecast: amount,
        grants: grant.of(amount).unwrap_or_default(),
        is_grant_open: grant == Granted::Open,
        is_all_granted: grant == Granted::All,
        ..nothing
    }
}

/// A share of a component without any amount.
pub(super) fn nothing<'a>(
    one: &AgreementStatement<'a>,
    component: &Component<'a>,
    commitment: Commitment,
    is_preliminary: bool,
) -> Share<'a> {
    Share {
        agreement: one.id,
        file: &one.entry.file,
        funding: component.key,
        supplement: component.supplement,
        amount: Money::ZERO,
        adjustment: Money::ZERO,
        preliminary_adjustment: Money::ZERO,
        promised: Money::ZERO,
        commitment,
        is_preliminary,
        is_estimate: false,
        ceiling: component.ceiling,
        is_divided: false,
        outcome: Money::ZERO,
        accrued: Money::ZERO,
        lapsed: Money::ZERO,
        forecast: Money::ZERO,
        grants: Money::ZERO,
        is_grant_open: false,
        is_all_granted: false,
    }
}
