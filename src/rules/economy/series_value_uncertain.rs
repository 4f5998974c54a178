//! An index value that an agreement needs is provisional or assumed.

use crate::finding::{Finding, Level};
use crate::rules::economy::series_value_outdated::uncertain;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP314",
    slug: "series-value-uncertain",
    title: "Ett indexvärde är preliminärt eller antaget",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "avtalets justeringsklausul",
    why: "Belopp som vilar på ett sådant värde är preliminära och kan ändras.",
    check: Check::Register(check),
    bad: Example::agreement(
        &[],
        "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\", years = [2025] }",
        "value.2025",
    ),
    good: Example::agreement(
        &[],
        "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\", lag_years = 1 }",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    uncertain(scope, &RULE, Level::Note, false)
}
