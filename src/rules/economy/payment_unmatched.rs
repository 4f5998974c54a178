//! A payment that belongs to no payout.

use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP317",
    slug: "payment-unmatched",
    title: "En betalning hör inte till någon utbetalning",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets utbetalningsplan",
    why: "Antingen är något betalt två gånger, eller så saknas det i avtalet. I båda fallen stämmer inte summorna.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 250_000\npayout = \"2024#1\"\n[payment.igen]\ndate = 2024-02-28\namount = 250_000\npayout = \"2024#1\"\n",
        "payment.igen",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 250_000\npayout = \"2024#1\"\n",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let unmatched = scope.statement.unmatched.iter();
    unmatched
        .map(|paid| {
            let message = format!(
                "Ingen obetald utbetalning i avtalet passar betalningen ”{}” ({} den {}).",
                paid.key, paid.amount, paid.date
            );
            Finding::new(RULE.code, Level::Warning, paid.place(), message).source(RULE.source).measured(Measure::of_kronor(paid.amount)).help(
                "Rätta payout, funding, payee eller period så att de stämmer med iop payouts, eller ta bort betalningen om den är dubbel.",
            )
        })
        .collect()
}
