//! A payment that belongs to no payout.

use super::unfit::{Claim, Unfit, unfit};
use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::payouts::Paid;
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
    unmatched.map(|paid| finding(scope, paid)).collect()
}

fn finding(scope: &Scope<'_>, paid: &Paid<'_>) -> Finding {
    let payment = scope.records().and_then(|records| records.data.payment.get(paid.key));
    let unfit = payment.and_then(|payment| {
        let claim = Claim {
            payout: payment.payout.as_deref(),
            funding: payment.funding.as_deref(),
            payee: payment.payee.as_deref(),
        };
        unfit(scope.agreement, &scope.statement.payouts, &claim, ("betald", |payout| payout.is_settled()))
    });
    let Unfit { key, why, help } = unfit.unwrap_or_else(|| Unfit {
        key: None,
        why: "ingen obetald utbetalning passar den".to_owned(),
        help: "Rätta funding, payee eller period så att de stämmer med iop payouts, eller ta bort betalningen om den är dubbel.".to_owned(),
    });
    let place = paid.place();
    let place =
        key.map_or_else(|| place.clone(), |key| Place { path: place.path.join(key), ..place.clone() });
    let message = format!(
        "Betalningen ”{}” ({} den {}) hör inte till någon utbetalning: {why}.",
        paid.key, paid.amount, paid.date
    );
    let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
    finding.measured(Measure::of_kronor(paid.amount)).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;
    use crate::text::NBSP;

    #[test]
    fn it_says_which_of_its_keys_fits_no_payout() {
        let said = |more: &str| {
            let agreement = Example::agreement(&[], "funding.2024.payee = \"forening\"", "");
            let records = format!(
                "[payment.a]\ndate = 2024-01-31\namount = 250_000\npayout = \"2024#1\"\n[payment.b]\ndate = 2024-02-01\namount = 5\n{more}\n"
            );
            let found =
                found(&RULE, &[agreement, Example::file("records/oppet-hus.toml", records.leak(), "")]);
            let said = |one: Finding| format!("{}: {}", one.place.path, one.message.replace(NBSP, " "));
            found.into_iter().map(said).collect::<Vec<_>>()
        };
        let b = "Betalningen ”b” (5 kronor den 2024-02-01) hör inte till någon utbetalning:";
        for (more, path, why) in [
            ("payout = \"2024#1\"", "payment.b", "2024#1 är redan betald"),
            ("payout = \"2026#1\"", "payment.b.payout", "utbetalningen ”2026#1” finns inte"),
            (
                "payout = \"2024#2\"\npayee = \"kommun\"",
                "payment.b.payee",
                "2024#2 går till föreningen, inte till kommunen",
            ),
            (
                "funding = \"2024\"\npayee = \"kommun\"",
                "payment.b.payee",
                "ingen utbetalning av ”2024” går till kommunen",
            ),
            (
                "period = { start = 2023-01-01, end = 2023-06-30 }",
                "payment.b",
                "ingen obetald utbetalning passar den",
            ),
        ] {
            assert_eq!(said(more), [format!("{path}: {b} {why}.")], "{more}");
        }
    }
}
