//! The sums divided into payouts, before anything has been paid.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::agreed::goes_on;
use super::amounts::of_days;
use super::component::{Component, Components, with_years};
use super::divided_sum::{DividedPart, divided_sum};
use super::doubt::Doubt;
use super::fixed_amounts::FixedAmounts;
use super::instalment::Instalment;
use super::interpretation::Interpretation;
use super::known_sum::sum;
use super::pace::Pace;
use super::payout::{Payout, Settlement};
use super::plan::{CountedMonths, instalments, pays_as_whole, plan_of};
use super::receivers::{Division, Part, receivers};
use super::slices::Extent;
use super::whole::{Planned, Whole, of_year, rounding_payouts, whole_component};
use crate::agreement::{Agreement, PayoutPlan, Remainder};
use crate::money::Money;
use crate::register::{Entry, Register};
use crate::term::{Commitment, Life};
use crate::vocabulary::Known;

/// The components with their years, and the payouts that they are divided into; an indexation that the agreement leaves
/// open is read as `reading` says.
pub(super) fn divided<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    life: &Life<'_>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) -> (Components<'a>, Vec<Payout<'a>>) {
    let mut components = with_years(register, entry, life, reading, as_of);
    let planned = payouts(entry, life, &components.paid);
    take_sums(&mut components.paid, &planned);
    // What is in no payout is divided as it would be in the place of what is.
    for one in components.proposed.iter_mut().chain(&mut components.replaced) {
        let replaced = components.paid.iter().map(|other| if other.key == one.key { &*one } else { other });
        let instead: Vec<Component<'_>> = replaced.cloned().collect();
        take_sums(std::slice::from_mut(one), &payouts(entry, life, &instead));
    }
    (components, planned)
}

/// The components with their years, as they are paid.
#[must_use]
pub fn components<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) -> Vec<Component<'a>> {
    let life = Life::known_on(&entry.data, register.records_of(entry), as_of);
    divided(register, entry, &life, reading, as_of).0.paid
}

fn payouts<'a>(
    entry: &'a Entry<Agreement>,
    life: &Life<'_>,
    components: &[Component<'a>],
) -> Vec<Payout<'a>> {
    let agreement = &entry.data;
    let mut wholes: Vec<Planned<'a, '_>> = Vec::new();
    // How many components each plan pays.
    let mut paid: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for component in components {
        let plan = plan_of(agreement, component.key);
        *paid.entry(plan.map(|(key, _)| key)).or_default() += 1;
        let mut division = Division::new(receivers(agreement, component.funding, life.money_time));
        if plan.is_some_and(|(_, plan)| pays_as_whole(agreement, plan, component, life.money_time)) {
            wholes.extend(whole_component(component, &mut division).map(|whole| (plan, whole)));
        } else {
            let years = component.years.iter();
            wholes.extend(years.map(|year| (plan, of_year(component, year, &mut division))));
        }
    }
    let fixed = FixedAmounts::of(&wholes);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut payouts = Vec::new();
    for planned in &wholes {
        let (plan, whole) = planned;
        let goes_on = goes_on(whole.funding, life.money_time);
        let is_of_one = paid.get(&plan.map(|(key, _)| key)) == Some(&1);
        let extent = if goes_on && whole.is_component { Extent::Open } else { Extent::Stated };
        let counted = CountedMonths { start: agreement.term.start.known().copied(), is_of_one, goes_on };
        let mut found = instalments(*plan, (whole.covers, extent), counted);
        // In order of time, so that what is left over lands on the last payout.
        found.sort_by_key(|instalment| instalment.when.order());
        let rule = plan.and_then(|(_, plan)| plan.remainder.known().copied()).unwrap_or(Remainder::Last);
        let count = found.len();
        let rule = (rule, life.money_time);
        let sums: Vec<Vec<DividedPart>> = (0..whole.parts.len())
            .filter_map(|position| divided_sum(planned, position, &found, &fixed, rule))
            .collect();
        for (position, instalment) in found.into_iter().enumerate() {
            // Those who receive it at the same time stand together, in the order of the file.
            for (part, sums) in whole.parts.iter().zip(&sums) {
                let Some(sum) = sums.get(position) else { continue };
                let number = numbers.entry(whole.key).or_default();
                *number += 1;
                let id = format!("{}#{number}", whole.key);
                let number = (position, count);
                payouts.push(payout(entry, life, (*plan, whole, part), &instalment, id, number, sum));
            }
        }
    }
    // Stable: what falls at the same time stays in the file's order.
    payouts.sort_by_key(|payout| payout.when.order());
    payouts
}

/// A year comes to what its payouts come to: where each of them is rounded by itself, and where a component is divided as a
/// whole by the stretches of the calendar year.
fn take_sums(components: &mut [Component<'_>], payouts: &[Payout<'_>]) {
    let mut by_component: BTreeMap<&str, Vec<&Payout<'_>>> = BTreeMap::new();
    for payout in payouts {
        by_component.entry(payout.funding).or_default().push(payout);
    }
    for component in components {
        let own = by_component.remove(component.key).unwrap_or_default();
        let is_in_years = own.iter().all(|one| one.covers.years().count() == 1);
        let is_rounded = component.years.iter().any(|year| rounding_payouts(year).is_some());
        if is_in_years && (is_rounded || own.iter().any(|one| one.is_of_component)) {
            for year in &mut component.years {
                let of = |of: fn(&Payout<'_>) -> Option<Money>| {
                    let mut own = own.iter().filter(|payout| payout.year == year.year);
                    own.try_fold(Money::ZERO, |sum, payout| sum.checked_add(of(payout)?))
                };
                (year.agreed, year.payable) = (of(|payout| payout.agreed), of(|payout| payout.to_pay));
            }
        } else if is_rounded && let Some((last, years)) = component.years.split_last_mut() {
            // A plan for the component as a whole does not tell its years apart.
            let Some(total) = sum(own.iter().map(|payout| payout.to_pay)) else { continue };
            let mut left = total;
            for year in years {
                year.payable = year.payable.map(Money::rounded_to_ore);
                left = year.payable.and_then(|amount| left.checked_sub(amount)).unwrap_or(left);
            }
            last.payable = Some(left);
        }
    }
}

fn payout<'a>(
    entry: &'a Entry<Agreement>,
    life: &Life<'_>,
    (plan, whole, part): (Option<(&'a str, &'a PayoutPlan)>, &Whole<'a, '_>, &Part<'a>),
    instalment: &Instalment<'a>,
    id: String,
    (position, count): (usize, usize),
    sum: &DividedPart,
) -> Payout<'a> {
    let funding = whole.funding;
    let (agreed, payable) = (sum.agreed, sum.payable);
    let adjustment = agreed.zip(payable).and_then(|(agreed, payable)| payable.checked_sub(agreed));
    let conditions = plan.map(|(_, plan)| plan.conditions.as_slice()).unwrap_or_default();
    // The cost belongs to the year of the sum; of a whole component to the year in which the payout's own time begins, or
    // where that is all of the component's to the one in which it is paid.
    let covered = instalment.covers.years();
    let year = if whole.is_component && instalment.covers != whole.covers {
        *covered.start()
    } else if whole.is_component {
        instalment.when.year().clamp(*covered.start(), *covered.end())
    } else {
        whole.year
    };
    // The days that the payout pays for say how firm it is, and not all those of the sum that it is a part of.
    let weakest = life.weakest(instalment.covers);
    let mut doubts = whole.doubts.to_vec();
    let of_others = whole.adjustment.filter(|_| sum.is_by_days);
    let is_of_other_days =
        |doubt: &Doubt<'_>| of_others.is_some_and(|one| one.is_of_other_days(doubt, instalment.covers));
    doubts.retain(|doubt| !doubt.is_about_term() && !is_of_other_days(doubt));
    doubts.extend(of_days(life, instalment.covers, weakest.as_ref()));
    Payout {
        id,
        file: &entry.file,
        funding: whole.key,
        origin: instalment.origin,
        payer: &funding.payer,
        payees: part.payees.clone(),
        year,
        covers: instalment.covers,
        pace: Pace::of(funding, life.money_time, instalment.covers, &whole.factors),
        when: instalment.when,
        due: instalment.due,
        after_decision: None,
        is_of_component: whole.is_component,
        number: (position + 1, count),
        size: sum.size,
        whole: sum.whole,
        part_of: sum.of.clone(),
        agreed,
        adjustment,
        correction: Money::ZERO,
        corrections: Vec::new(),
        carried: Money::ZERO,
        deductions: Vec::new(),
        lapsed: Money::ZERO,
        lapsed_by: Commitment::Agreed,
        to_pay: payable,
        ceiling: funding.ceiling,
        commitment: weakest.map_or(whole.commitment, |weakest| whole.commitment.max(weakest.commitment)),
        path: whole.path.clone(),
        lacks_factor: doubts.iter().any(Doubt::lacks_factor),
        doubts,
        conditions: conditions.iter().map(String::as_str).chain(instalment.condition).collect(),
        payments: Vec::new(),
        invoices: Vec::new(),
        is_invoiced: false,
        settlement: Settlement::Open,
        left: payable,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Days};
    use proptest::prelude::*;

    use super::super::statement;
    use super::*;
    use crate::date::Period;
    use crate::register::InputFile;

    /// An agreement until further notice, with a rate and a plan.
    fn register(start: NaiveDate, (per, ends_on): (&str, &str), plan: &str, more: &str) -> Register {
        let agreement = format!(
            "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\n\
             term = {{ start = {start}, until_further_notice = {{ notice_months = 3{ends_on} }} }}\n\
             [party.k]\nrole = \"public\"\nname = \"K\"\n[party.f]\nrole = \"civil-society\"\nname = \"F\"\n\
             [funding.drift]\npayer = \"k\"\nrate = {{ amount = 10_000, per = \"{per}\" }}\n\
             [payout_plan.p]\n{plan}\n{more}"
        );
        let (register, findings) = Register::load(vec![
            InputFile::text("iop.toml", "[municipality]\nname = \"K\"\n"),
            InputFile::text("agreements/a.toml", &agreement),
        ]);
        assert!(findings.is_empty(), "{findings:?}");
        register
    }

    /// The payouts on a day: when each is made, the days it is for and what it comes to.
    fn payouts_on(register: &Register, as_of: NaiveDate) -> Vec<(String, Period, String)> {
        let payouts = statement(register, &register.agreements["a"], as_of).payouts;
        let shown = |payout: &Payout<'_>| {
            let amounts =
                format!("{} {:?} {:?} {:?}", payout.id, payout.agreed, payout.adjustment, payout.to_pay);
            (payout.when.to_string(), payout.covers, amounts)
        };
        payouts.iter().map(shown).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn twice_a_year_until_further_notice_is_half_of_each_year() {
        let register = register(day("2021-09-01"), ("month", ""), "times_per_year = 2\nmonths = [3, 9]", "");
        for as_of in ["2026-06-30", "2026-11-30"] {
            let payouts = statement(&register, &register.agreements["a"], day(as_of)).payouts;
            let amounts: Vec<String> = payouts
                .iter()
                .take(6)
                .map(|payout| format!("{} {}", payout.when, payout.to_pay.unwrap().decimal().normalize()))
                .collect();
            // Four months of 2021, and twelve of each year after it, by two.
            let expected = [
                "september 2021 20000",
                "september 2021 20000",
                "mars 2022 60000",
                "september 2022 60000",
                "mars 2023 60000",
                "september 2023 60000",
            ];
            assert_eq!(amounts, expected, "{as_of}");
        }
    }

    #[test]
    fn what_goes_on_is_paid_from_one_month_to_the_next_over_new_year() {
        let shown = |start: &str, plan: &str| -> Vec<String> {
            let register = register(day(start), ("month", ""), plan, "");
            let payouts = payouts_on(&register, day("2025-11-30"));
            payouts.into_iter().map(|(when, covers, _)| format!("{when} | {covers}")).collect()
        };
        let ahead = shown("2024-04-01", "months = [4, 10]\ntiming = \"advance\"");
        assert_eq!(ahead.get(1).map(String::as_str), Some("oktober 2024 | 2024-10-01–2025-03-31"));
        let after = shown("2024-04-01", "months = [3, 9]\ntiming = \"arrears\"\ndays_to_pay = 30");
        assert_eq!(after.get(1).map(String::as_str), Some("mars 2025 | 2024-10-01–2025-03-31"));
        // The last that is known is paid in its month also where that comes after it.
        let last = after.last().map(String::as_str).unwrap_or_default();
        assert_eq!(last, "mars 2027 | 2026-10-01–2026-12-31");
    }

    #[test]
    fn an_agreement_year_that_cuts_a_month_is_the_same_before_the_month_is_known() {
        let index = "[indexation.i]\nflat = \"2.5\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nper = \"agreement-year\"";
        let plan = "times_per_year = 2\nmonths = [3, 9]";
        let register = register(day("2021-02-15"), ("month", ""), plan, index);
        let until_2023 =
            |as_of: &str| -> Vec<_> { payouts_on(&register, day(as_of)).into_iter().take(6).collect() };
        assert_eq!(until_2023("2023-01-01"), until_2023("2023-10-01"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn what_was_to_be_paid_does_not_change_with_the_day_of_the_question(
            month in 1_u32..=12,
            begins in prop::sample::select(vec![1_u32, 15]),
            ends_on in prop::sample::select(vec!["", ", ends_on = \"06-30\"", ", ends_on = \"03-15\""]),
            per in prop::sample::select(vec!["month", "half-year", "year"]),
            plan in prop::sample::select(vec![
                "times_per_year = 2\nmonths = [3, 9]",
                "months = [3, 9]\ntiming = \"advance\"",
                "months = [3, 9]\ntiming = \"arrears\"\ndays_to_pay = 30",
                "months = [5]\ntiming = \"month-end\"\ndays_to_pay = 30",
                "times_per_year = 4\ntiming = \"advance\"",
                "timing = \"month-end\"\ndays_to_pay = 30\nremainder = \"largest-remainder\"",
                "times_per_year = 3",
                "part.a = { month_of_term = 2, share = \"50\" }\npart.b = { month_of_term = 14, rest = true }",
                "part.a = { month = 2, share = \"50\" }\npart.b = { month = 8, rest = true }",
            ]),
            per_year in prop::sample::select(vec![None, Some("calendar-year"), Some("agreement-year")]),
            first in 0_u64..1_800,
            later in 1_u64..800,
        ) {
            let start = NaiveDate::from_ymd_opt(2021, month, begins).unwrap();
            let index = |per: &str| {
                format!("[indexation.i]\nflat = \"2.5\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nper = \"{per}\"")
            };
            let index = per_year.map(index).unwrap_or_default();
            let register = register(start, (per, ends_on), plan, &index);
            let first = start + Days::new(first);
            let (known, then) = (payouts_on(&register, first), payouts_on(&register, first + Days::new(later)));
            // Those of the running year too: what the rest of it brings is counted from the start. Only a stretch over New
            // Year is cut at the last day that is known.
            let goes_over = known.iter().chain(&then).any(|(_, covers, _)| covers.years().count() > 1);
            let cut = known.iter().map(|(_, covers, _)| covers.start).max().filter(|_| goes_over);
            let of_known_years = |all: Vec<(String, Period, String)>| -> Vec<_> {
                let is_whole = |covers: &Period| {
                    covers.end < first
                        || covers.end.year() <= first.year() && cut.is_none_or(|cut| covers.start < cut)
                };
                all.into_iter().filter(|(_, covers, _)| is_whole(covers)).collect()
            };
            prop_assert_eq!(of_known_years(known), of_known_years(then));
        }
    }
}
