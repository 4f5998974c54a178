//! An amount for each of a number of things, and no number.

use crate::finding::{Finding, Level};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP325",
    slug: "rate-without-count",
    title: "Ett belopp per enhet saknar antal",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "registrets format",
    why: "Utan antal går beloppet inte att räkna, och ersättningen ingår inte i någon summa.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["funding.2025.amount"],
        "funding.2025.rate = { amount = 1000, unit = \"plats\", per = \"month\" }",
        "funding.2025.rate.count",
    ),
    good: Example::agreement(
        &["funding.2025.amount"],
        "funding.2025.rate = { amount = 500_000, per = \"year\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let components = scope.agreement.stated_funding();
    components
        .filter_map(|(at, key, funding)| {
            let rate = funding.rate.as_ref().filter(|_| funding.amount.known().is_none())?;
            if rate.number().is_some() {
                return None;
            }
            let unit = rate.unit.as_deref().unwrap_or("enhet");
            let message = format!(
                "Ersättningen ”{key}” är {} per {unit}, men antalet är inte känt. Den ingår inte i någon summa.",
                rate.amount
            );
            Some(
                scope
                    .finding(&RULE, at.join("rate").join("count"), message)
                    .help("Ange count. Är det ett fast belopp per år, halvår eller månad: ta bort unit, så behövs inget antal."),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_number_that_the_agreement_leaves_open_is_told_of_too() {
        let places = |rate: &str| {
            let toml = format!("funding.2025.rate = {{ {rate} }}").leak();
            let changes = [Example::agreement(&["funding.2025.amount"], toml, "")];
            found(&RULE, &changes).into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        assert_eq!(
            places("amount = 1000, unit = \"plats\", count = \"not-stated\", per = \"year\""),
            ["funding.2025.rate.count"]
        );
        assert_eq!(places("amount = 1000, unit = \"plats\", count = 0, per = \"year\""), nowhere);
        assert_eq!(places("amount = 1000, count = 3, per = \"half-year\""), nowhere);
    }
}
