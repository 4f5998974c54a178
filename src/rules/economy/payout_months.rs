//! Nothing says when the money is paid out.

use crate::agreement::{Funding, InMonth, PayoutPlan, PayoutTiming};
use crate::finding::Finding;
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP309",
    slug: "payout-months",
    title: "Det framgår inte när pengarna betalas ut",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: båda parter ska kunna planera",
    why: "Utan månad kan organisationen inte planera sin likviditet och kommunen inte sin. Betalas allt sist på året har organisationen lånat kommunen pengar.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["payout_plan.halvar.months"], "", "payout_plan.halvar.months"),
    good: Example::agreement(
        &["payout_plan.halvar.months"],
        "payout_plan.halvar = { times_per_year = 4, timing = \"advance\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    if agreement.payout_plan.is_empty()
        && !scope.statement.components.is_empty()
        && !agreement.clause.contains_key("payouts")
    {
        let message = "Det framgår inte när pengarna betalas ut: avtalet har ingen utbetalningsplan.";
        let help = "Lägg till [payout_plan.NAMN] med method, times_per_year och months.";
        return vec![scope.finding(&RULE, path!["payout_plan"], message).help(help)];
    }
    let plans = agreement.payout_plan.iter();
    // Money for days outside the term has to be looked at for that first.
    let term = scope.life().with_proposals();
    let is_of_term = |funding: &Funding| {
        let period = payouts::period_of(funding, scope.money_time());
        term.zip(period).is_none_or(|(term, period)| term.overlap(&period).is_some())
    };
    let without_plan = scope.statement.in_force_or_proposed().filter(|one| {
        let has_plan = agreement.payout_plan.is_empty() || payouts::plan_of(agreement, one.key).is_some();
        !has_plan && is_of_term(one.funding)
    });
    let unplanned = without_plan.map(|one| {
        let key = one.key;
        let message = format!("Det framgår inte när ersättningen ”{key}” betalas ut: ingen utbetalningsplan nämner den.");
        let help = "Lägg till den i funding för en av planerna i [payout_plan.NAMN], eller skriv en egen plan för den.";
        scope.finding(&RULE, one.path.clone(), message).help(help)
    });
    plans
        .filter(|(_, plan)| !says_when(plan))
        .map(|(key, plan)| {
            let how_often = match plan.times_per_year.known().map(|times| times.get()) {
                None => "när pengarna betalas ut".to_owned(),
                Some(1) => "i vilken månad pengarna betalas ut".to_owned(),
                Some(times) => {
                    format!("i vilka månader de {} utbetalningarna om året görs", crate::text::numeral(times))
                }
            };
            scope
                .finding(&RULE, path!["payout_plan", key, "months"], format!("Det framgår inte {how_often}."))
                .help("Kom överens om månaderna, så att båda parter kan planera för dem.")
        })
        .chain(unplanned)
        .chain(agreement.payout_plan.iter().filter(|(_, plan)| lacks_days(plan)).map(|(key, _)| {
            let message = format!(
                "Månaderna i utbetalningsplanen ”{key}” är de då beloppet faktureras, men det framgår inte inom hur många dagar det betalas: här räknas det som betalt i samma månad."
            );
            scope
                .finding(&RULE, path!["payout_plan", key, "days_to_pay"], message)
                .help("Ange betalningsvillkoret i days_to_pay, eller ta bort months_are.")
        }))
        .collect()
}

/// Whether the months are those of the invoices, and nothing says when these are paid.
fn lacks_days(plan: &PayoutPlan) -> bool {
    plan.months_are == InMonth::Invoiced && plan.days_to_pay.known().is_none()
}

/// Whether the months are stated, or follow from how often and when in its period a payout falls.
fn says_when(plan: &PayoutPlan) -> bool {
    if !plan.part.is_empty() {
        return plan.part.values().all(|part| part.month.known().is_some() || part.month_of_term.is_some());
    }
    let has_months = plan.months.known().is_some_and(|months| !months.is_empty());
    let times = plan.times_per_year.known().map(|times| times.get());
    let is_even = times.is_some_and(|times| 12_u32.is_multiple_of(times));
    let is_monthly = plan.timing.known() == Some(&PayoutTiming::MonthEnd);
    has_months || is_monthly || (plan.timing.known().is_some() && is_even)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_component_that_no_plan_pays_is_told_of() {
        let places = |toml| {
            let findings = found(&RULE, &[Example::agreement(&[], toml, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("payout_plan.halvar.funding = [\"2024\"]"), ["funding.2025"]);
        let other = "payout_plan.halvar.funding = [\"2024\"]\npayout_plan.annan = { times_per_year = 1, months = [3] }";
        assert_eq!(places(other), Vec::<String>::new());
    }

    #[test]
    fn without_a_plan_a_clause_of_its_own_may_say_when_money_is_paid() {
        let places = |remove, toml| {
            let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        assert_eq!(places(&["payout_plan"], ""), ["payout_plan"]);
        assert_eq!(
            places(&["payout_plan"], "clause.payouts.text = \"Pengarna betalas i januari.\""),
            nowhere
        );
        // No money, no payout.
        assert_eq!(places(&["payout_plan", "funding"], ""), nowhere);
    }

    #[test]
    fn months_are_stated_or_follow_from_the_rest() {
        let says_when = |plan: &str| {
            let remove = &["payout_plan.halvar.months", "payout_plan.halvar.times_per_year"];
            let toml = format!("[payout_plan.halvar]\n{plan}").leak();
            found(&RULE, &[Example::agreement(remove, toml, "")]).is_empty()
        };
        for enough in [
            "months = [3]",
            "timing = \"month-end\"",
            "times_per_year = 4\ntiming = \"advance\"",
            "part.a = { share = \"100\", month = 1 }",
            "part.a = { share = \"100\", month_of_term = 1 }",
            "part.a = { share = \"50\", month_of_term = 1 }\npart.b = { rest = true, month = 2 }",
        ] {
            assert!(says_when(enough), "{enough}");
        }
        for open in [
            "",
            "months = []",
            "times_per_year = 4",
            "timing = \"advance\"",
            // Five payouts a year fall in no even months.
            "times_per_year = 5\ntiming = \"advance\"",
            "part.a = { share = \"50\", month = 1 }\npart.b = { rest = true }",
            "months = [3]\npart.a.share = \"100\"",
        ] {
            assert!(!says_when(open), "{open}");
        }
    }

    #[test]
    fn months_of_invoices_say_when_these_are_paid() {
        let places = |more: &str| {
            let toml = format!("payout_plan.halvar.months_are = \"invoiced\"\n{more}");
            let findings =
                found(&RULE, &[Example::agreement(&["payout_plan.halvar.days_to_pay"], toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places(""), ["payout_plan.halvar.days_to_pay"]);
        assert_eq!(places("payout_plan.halvar.days_to_pay = 30"), Vec::<String>::new());
    }
}
