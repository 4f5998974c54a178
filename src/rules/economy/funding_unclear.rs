//! A component that says nothing of how much, or says it twice.

use crate::finding::{Finding, Level};
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP305",
    slug: "funding-unclear",
    title: "Ersättningen har inget belopp, eller två",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "registrets format",
    why: "En ersättning anges antingen som ett belopp eller som ett belopp per enhet. Annars går den inte att räkna.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025.amount"],
        toml: "",
        at: "funding.2025.amount",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["funding.2025.amount"],
        toml: "funding.2025.rate = { amount = 1000, unit = \"plats\", count = 5, per = \"month\" }",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let components = scope.agreement.stated_funding();
    components
        .filter_map(|(at, key, funding)| {
            let message = match (funding.amount.is_some(), funding.rate.is_some()) {
                (true, true) => format!("Ersättningen ”{key}” har både amount och rate."),
                (false, false) => format!("Ersättningen ”{key}” har varken amount eller rate."),
                _ => return None,
            };
            Some(
                scope.finding(&RULE, at.join("amount"), message).help(
                    "Ange amount (ett belopp) eller rate (ett belopp per enhet eller per år), inte båda.",
                ),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path;
    use crate::rules::examples::found;

    #[test]
    fn an_amount_beside_a_rate_is_one_too_many() {
        let both = Example::agreement(
            &[],
            "funding.2025.rate = { amount = 1000, unit = \"plats\", count = 5, per = \"month\" }",
            "",
        );
        let findings = found(&RULE, &[both]);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(finding.place.path, path!["funding", "2025", "amount"]);
        assert_eq!(finding.message, "Ersättningen ”2025” har både amount och rate.");
    }
}
