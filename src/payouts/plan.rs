//! When the parts of a sum are paid out, and what days each of them covers.

use chrono::{Datelike, Months, NaiveDate};

use super::agreed::{goes_on, period_of};
use super::amounts::YearAmount;
use super::component::Component;
use super::index_year::YearStart;
use super::instalment::{Instalment, Origin, once};
use super::month_units::whole_weight;
use super::payout_time::{PayoutTime, at_month_end, due, in_or_after};
use super::slices::{Extent, ends_of_slices, follows_own_months, in_months, slices};
use super::split::Size;
use crate::agreement::{Agreement, Indexation, PayoutPart, PayoutPlan, PayoutTiming, YearKind};
use crate::date::Period;
use crate::money::Percent;
use crate::term::MoneyTime;
use crate::vocabulary::Known;

/// The plan that pays out a component: the one that names it, else one that names none.
#[must_use]
pub fn plan_of<'a>(agreement: &'a Agreement, funding: &str) -> Option<(&'a str, &'a PayoutPlan)> {
    let plans = || agreement.payout_plan.iter().map(|(key, plan)| (key.as_str(), plan));
    plans()
        .find(|(_, plan)| plan.funding.iter().any(|named| named == funding))
        .or_else(|| plans().find(|(_, plan)| plan.funding.is_empty()))
}

/// Whether the plan divides a component as a whole and not each of its years: its parts count months from the start of
/// the term; or the component is a sum for several years that no indexation changes from one to the next, as it has none or is
/// for one agreement year by which it is adjusted, and the plan says when in the years it is paid.
///
/// What goes on without a stated end is divided as a whole only where its first day alone sets the stretches that are paid:
/// else what a payout comes to would depend on how far ahead is known.
pub(super) fn pays_as_whole(
    agreement: &Agreement,
    plan: &PayoutPlan,
    component: &Component<'_>,
    time: MoneyTime,
) -> bool {
    let years = component.years.as_slice();
    let covered =
        years.first().zip(years.last()).map(|(first, last)| Period { end: last.period.end, ..first.period });
    let months: Vec<u32> = plan.months.known().into_iter().flatten().map(|month| month.get()).collect();
    // Stretches that go over the turn of a year are of the whole alone.
    let goes_over = |extent| {
        let timing = plan.timing.known().zip(covered);
        timing.is_some_and(|(timing, covered)| follows_own_months(&months, *timing, covered, extent))
    };
    if goes_on(component.funding, time) {
        // Whether any of its years is adjusted depends on how many are known.
        let is_indexed = agreement.indexation.values().any(|one| one.adjusts(component.key));
        return plan.part.is_empty() && !is_indexed && goes_over(Extent::Open);
    }
    if !plan.part.is_empty() {
        return plan.part.values().any(|part| part.month_of_term.is_some());
    }
    let has_months = plan.months.known().is_some_and(|months| !months.is_empty());
    let times = plan.times_per_year.known().map_or(12, |times| times.get());
    let has_slices = match plan.timing.known() {
        Some(_) if has_months => true,
        Some(PayoutTiming::MonthEnd) => 12_u32.is_multiple_of(times),
        Some(_) => plan.times_per_year.known().is_some() && 12_u32.is_multiple_of(times),
        None => false,
    };
    // Stretches of the calendar year are the same in the whole as in each year: there, what comes to nothing moves no öre.
    let is_same_by_year = has_slices && !goes_over(Extent::Stated);
    let is_one_sum =
        |year: &YearAmount<'_>| !year.is_indexed || is_same_by_year && year.payable == year.agreed;
    let is_of_one_year =
        covered.is_some_and(|covered| is_in_one_agreement_year(agreement, component.key, covered));
    years.len() > 1 && (has_months || has_slices) && (is_of_one_year || years.iter().all(is_one_sum))
}

/// Whether all that adjusts a component counts by agreement years, of which one holds all its days: it has one factor.
fn is_in_one_agreement_year(agreement: &Agreement, key: &str, covered: Period) -> bool {
    let mut concerned = agreement.indexation.values().filter(|one| one.adjusts(key)).peekable();
    let is_one = |one: &Indexation| {
        let year = YearStart::of(one, &agreement.term).filter(|year| year.is_in_every_year());
        year.is_some_and(|year| year.holding(covered.start) == year.holding(covered.end))
    };
    concerned.peek().is_some() && concerned.all(|one| one.per == YearKind::AgreementYear && is_one(one))
}

/// How a plan's months of the term are counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountedMonths {
    /// The first day of the term.
    pub(super) start: Option<NaiveDate>,
    /// Whether the plan pays this component and no other.
    pub(super) is_of_one: bool,
    /// Whether the component goes on without a stated end, so that each of its years is paid by itself.
    pub(super) goes_on: bool,
}

impl CountedMonths {
    /// Month `number` of the term for a component that covers `covered`. Nothing where nobody can tell which year's month is
    /// meant: the plan pays several components, and the month lies in a year before this one's; or in another year of what goes on.
    pub(super) fn time(self, number: u32, covered: Period) -> Option<PayoutTime> {
        let first = self.start?.with_day(1)?.checked_add_months(Months::new(number.checked_sub(1)?))?;
        let is_clear = if self.goes_on {
            first.year() == covered.start.year()
        } else {
            self.is_of_one || first.year() >= covered.start.year()
        };
        is_clear.then_some(PayoutTime::Month(first.year(), first.month()))
    }
}

/// The components, by key, for which nobody can tell what a part's month of the term means. `plan` is the key of the plan
/// that the part belongs to.
#[must_use]
pub fn unclear_months<'a>(
    agreement: &'a Agreement,
    time: MoneyTime,
    plan: &str,
    part: &PayoutPart,
) -> Vec<&'a str> {
    let (Some(number), Some(start)) = (part.month_of_term, agreement.term.start.known()) else {
        return Vec::new();
    };
    let is_paid = |key: &&String| plan_of(agreement, key).is_some_and(|(own, _)| own == plan);
    let paid: Vec<&String> = agreement.funding.keys().filter(is_paid).collect();
    let is_of_one = paid.len() == 1;
    let is_unclear = |key: &&String| {
        let Some(funding) = agreement.funding.get(*key) else { return false };
        let goes_on = goes_on(funding, time);
        let counted = CountedMonths { start: Some(*start), is_of_one, goes_on };
        // Of what goes on there is always a year after the one in which the month lies.
        period_of(funding, time).is_some_and(|covered| goes_on || counted.time(number, covered).is_none())
    };
    paid.into_iter().filter(is_unclear).map(String::as_str).collect()
}

/// The times at which the sum for `covered` is paid: the days of a calendar year, or of a component as a whole.
pub(super) fn instalments<'a>(
    plan: Option<(&'a str, &'a PayoutPlan)>,
    (covered, extent): (Period, Extent),
    counted: CountedMonths,
) -> Vec<Instalment<'a>> {
    let Some((key, plan)) = plan else { return vec![once(covered, Origin::default())] };
    let origin = Origin { plan: Some(key), part: None };
    if !plan.part.is_empty() {
        return plan
            .part
            .iter()
            .map(|(name, part)| of_part(part, plan, covered, counted, Origin { part: Some(name), ..origin }))
            .collect();
    }
    let timing = plan.timing.known().copied();
    let months: Vec<u32> = plan.months.known().into_iter().flatten().map(|month| month.get()).collect();
    if !months.is_empty() {
        return in_months(&months, timing, plan, (covered, extent), origin);
    }
    let times = plan.times_per_year.known().map(|times| times.get());
    match (timing, times) {
        (Some(timing), Some(times)) if 12_u32.is_multiple_of(times) => {
            slices(&ends_of_slices(12 / times), timing, plan, covered, origin)
        }
        (Some(PayoutTiming::MonthEnd), None) => {
            slices(&ends_of_slices(1), PayoutTiming::MonthEnd, plan, covered, origin)
        }
        (_, Some(times)) => (0..times).map(|_| once(covered, origin)).collect(),
        (_, None) => vec![once(covered, origin)],
    }
}

fn of_part<'a>(
    part: &'a PayoutPart,
    plan: &PayoutPlan,
    covered: Period,
    counted: CountedMonths,
    origin: Origin<'a>,
) -> Instalment<'a> {
    let size = match (part.share, part.amount) {
        _ if part.rest => Size::Rest,
        (Some(share), _) => Size::Share(Percent::decimal(share)),
        (None, Some(amount)) => Size::Fixed(amount),
        (None, None) => Size::Weight(whole_weight()),
    };
    let of_term = part.month_of_term.and_then(|number| counted.time(number, covered));
    let of_year = part.month.known().map(|month| in_or_after(covered, month.get()));
    let when = of_term.or(of_year).unwrap_or(PayoutTime::NotStated(covered.start.year()));
    let when = at_month_end(when, plan);
    Instalment {
        when,
        covers: covered,
        due: due(when, plan),
        size,
        condition: part.condition.as_deref(),
        origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: &str, end: &str) -> Period {
        Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    fn shown(plan: &str, covered: Period) -> Vec<String> {
        let plan: PayoutPlan = toml::from_str(plan).unwrap();
        instalments(
            Some(("p", &plan)),
            (covered, Extent::Stated),
            CountedMonths { start: Some(covered.start), is_of_one: true, goes_on: false },
        )
        .iter()
        .map(|one| {
            let due = one.due.map_or_else(|| "-".to_owned(), |due| due.to_string());
            let weight = match one.size {
                Size::Weight(weight) => (weight / whole_weight()).round_dp(4).normalize().to_string(),
                Size::Share(share) => format!("{} %", share.normalize()),
                Size::Fixed(amount) => amount.decimal().to_string(),
                Size::Rest => "rest".to_owned(),
            };
            format!("{} | {} | {due} | {weight}", one.when, one.covers)
        })
        .collect()
    }

    const YEAR: (&str, &str) = ("2024-01-01", "2024-12-31");

    #[test]
    fn twice_a_year_without_months() {
        let line = "ej angivet | 2021-02-01–2021-12-31 | - | 1";
        assert_eq!(shown("times_per_year = 2", period("2021-02-01", "2021-12-31")), [line, line]);
    }

    #[test]
    fn a_quarter_in_advance_that_is_covered_in_part_is_so_much_smaller() {
        let rows = shown("times_per_year = 4\ntiming = \"advance\"", period("2024-03-01", "2024-08-15"));
        assert_eq!(
            rows,
            [
                "mars 2024 | 2024-03-01–2024-03-31 | 2024-03-31 | 0.3333",
                "april 2024 | 2024-04-01–2024-06-30 | 2024-04-30 | 1",
                // July whole and 15 of August's 31 days: (1 + 15/31) ÷ 3.
                "juli 2024 | 2024-07-01–2024-08-15 | 2024-07-31 | 0.4946",
            ]
        );
    }

    #[test]
    fn month_end_with_thirty_days_to_pay() {
        let rows = shown("timing = \"month-end\"\ndays_to_pay = 30", period("2024-01-01", "2024-02-29"));
        assert_eq!(
            rows,
            [
                "2024-01-31 | 2024-01-01–2024-01-31 | 2024-03-01 | 1",
                "2024-02-29 | 2024-02-01–2024-02-29 | 2024-03-30 | 1",
            ]
        );
    }

    #[test]
    fn stated_months_with_and_without_timing() {
        let whole = period(YEAR.0, YEAR.1);
        assert_eq!(
            shown("months = [7, 1]\ndays_to_pay = 30", whole),
            [
                "januari 2024 | 2024-01-01–2024-12-31 | 2024-01-31 | 1",
                "juli 2024 | 2024-01-01–2024-12-31 | 2024-07-31 | 1",
            ]
        );
        // The months of the invoices: paid within the days that are stated.
        assert_eq!(
            shown("months = [7, 1]\ndays_to_pay = 30\nmonths_are = \"invoiced\"", whole),
            [
                "januari 2024 | 2024-01-01–2024-12-31 | 2024-03-01 | 1",
                "juli 2024 | 2024-01-01–2024-12-31 | 2024-08-30 | 1",
            ]
        );
        assert_eq!(
            shown("months = [1, 7]\ntiming = \"advance\"", whole),
            [
                "januari 2024 | 2024-01-01–2024-06-30 | 2024-01-31 | 1",
                "juli 2024 | 2024-07-01–2024-12-31 | 2024-07-31 | 1",
            ]
        );
        assert_eq!(
            shown("months = [6, 11]\ntiming = \"arrears\"\ndays_to_pay = 20", whole),
            [
                "juni 2024 | 2024-01-01–2024-06-30 | 2024-07-20 | 1",
                "november 2024 | 2024-07-01–2024-12-31 | 2024-12-20 | 1",
            ]
        );
        // The year of the agreement goes over New Year: each pays until the next, or since the one before.
        let broken = period("2024-04-01", "2025-03-31");
        assert_eq!(
            shown("months = [4, 10]\ntiming = \"advance\"", broken),
            [
                "april 2024 | 2024-04-01–2024-09-30 | 2024-04-30 | 1",
                "oktober 2024 | 2024-10-01–2025-03-31 | 2024-10-31 | 1",
            ]
        );
        assert_eq!(
            shown("months = [3, 9]\ntiming = \"arrears\"", period("2024-02-01", "2025-03-31")),
            [
                "mars 2024 | 2024-02-01–2024-03-31 | 2024-03-31 | 0.3333",
                "september 2024 | 2024-04-01–2024-09-30 | 2024-09-30 | 1",
                "mars 2025 | 2024-10-01–2025-03-31 | 2025-03-31 | 1",
            ]
        );
        // A year by itself: nothing is paid in advance when its time has passed.
        assert_eq!(
            shown("months = [4, 10]\ntiming = \"advance\"", period("2025-01-01", "2025-03-31")),
            ["januari 2025 | 2025-01-01–2025-03-31 | 2025-01-31 | 0.3333"]
        );
        let two_years = period("2023-11-01", "2024-12-31");
        assert_eq!(
            shown("months = [1, 8]\ntiming = \"month-end\"", two_years),
            [
                "2023-11-30 | 2023-11-01–2023-12-31 | 2023-11-30 | 0.1818",
                "2024-01-31 | 2024-01-01–2024-01-31 | 2024-01-31 | 1",
                "2024-08-31 | 2024-02-01–2024-12-31 | 2024-08-31 | 1",
            ]
        );
        // A month before the first day is the first month.
        assert_eq!(
            shown("months = [1, 7]", period("2024-03-15", "2024-12-31"))[0],
            "mars 2024 | 2024-03-15–2024-12-31 | 2024-03-31 | 1"
        );
    }

    #[test]
    fn half_in_the_first_month_and_the_rest_in_december() {
        let rows = shown(
            "part.a = { month_of_term = 1, share = \"50\" }\npart.b = { month = 12, rest = true }",
            period("2024-03-01", "2025-02-28"),
        );
        assert_eq!(
            rows,
            [
                "mars 2024 | 2024-03-01–2025-02-28 | 2024-03-31 | 50 %",
                "december 2024 | 2024-03-01–2025-02-28 | 2024-12-31 | rest",
            ]
        );
    }
}
