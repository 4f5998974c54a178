//! A payout plan names another number of months than it says that there are payouts.

use std::collections::BTreeSet;

use crate::agreement::PayoutPlan;
use crate::date::month_name;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP322",
    slug: "payout-months-differ",
    title: "Utbetalningsmånaderna stämmer inte med antalet utbetalningar",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets utbetalningsplan",
    why: "Räknar parterna med olika många utbetalningar väntar den ena på pengar som den andra inte tänker betala ut då. Programmet räknar med månaderna.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "payout_plan.halvar.times_per_year = 4", "payout_plan.halvar.months"),
    good: Example::agreement(&[], "payout_plan.halvar = { times_per_year = 3, months = [1, 5, 9] }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let plans = scope.agreement.payout_plan.iter();
    plans
        .filter_map(|(key, plan)| {
            let message = format!("Utbetalningsplanen ”{key}” {}.", fault(plan)?);
            Some(
                scope
                    .finding(&RULE, path!["payout_plan", key, "months"], message)
                    .help("Rätta months eller times_per_year, så att varje utbetalning har en månad."),
            )
        })
        .collect()
}

fn fault(plan: &PayoutPlan) -> Option<String> {
    let named: Vec<u32> = plan.months.known()?.iter().map(|month| month.get()).collect();
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<u32> = named.iter().copied().filter(|month| !seen.insert(*month)).collect();
    if !twice.is_empty() {
        let months: Vec<&str> = twice.into_iter().filter_map(month_name).collect();
        return Some(format!("nämner {} mer än en gång", text::list(&months)));
    }
    let times = plan.times_per_year.known()?.get();
    if named.is_empty() || u32::try_from(named.len()).is_ok_and(|months| months == times) {
        return None;
    }
    let payouts = match times {
        1 => "en utbetalning".to_owned(),
        times => format!("{} utbetalningar", text::numeral(times)),
    };
    let months: Vec<&str> = named.into_iter().filter_map(month_name).collect();
    Some(format!("anger {payouts} om året, men månaderna är {}", text::list(&months)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_payout_has_a_month_of_its_own() {
        let said = |plan: &str| fault(&toml::from_str(plan).unwrap());
        assert_eq!(said("times_per_year = 2\nmonths = [1, 7]"), None);
        assert_eq!(said("months = [1, 7]"), None);
        assert_eq!(said("times_per_year = 2"), None);
        assert_eq!(said("times_per_year = 2\nmonths = []"), None);
        assert_eq!(said("times_per_year = 2\nmonths = \"not-stated\""), None);
        assert_eq!(
            said("times_per_year = 1\nmonths = [1, 7]").unwrap(),
            "anger en utbetalning om året, men månaderna är januari och juli"
        );
        assert_eq!(said("times_per_year = 2\nmonths = [7, 7]").unwrap(), "nämner juli mer än en gång");
        assert_eq!(said("months = [7, 1, 7]").unwrap(), "nämner juli mer än en gång");
    }
}
