//! The same payment twice.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level, Place};
use crate::measure::Measure;
use crate::path;
use crate::records::Payment;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP341",
    slug: "payment-twice",
    title: "Samma betalning är införd två gånger",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "god sed: varje betalning har sin egen verifikation",
    why: "Den andra räknas till nästa utbetalning, som då ser betald ut fast den inte är det.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 250_000\nvoucher = \"A17\"\n[payment.igen]\ndate = 2024-01-31\namount = 250_000\nvoucher = \"A17\"\n",
        "payment.igen",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 250_000\nvoucher = \"A17\"\n[payment.mer]\ndate = 2024-01-31\namount = 250_000\nvoucher = \"A18\"\n",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    // What names its payout is told there if that is paid already.
    let unnamed = records.data.payment.iter().filter(|(_, payment)| payment.payout.is_none());
    for (key, payment) in unnamed {
        let first = *seen.entry(said(payment)).or_insert(key);
        if first == key {
            continue;
        }
        let first = path!["payment", first];
        let place = Place::value(&records.file, path!["payment", key]);
        let message = format!(
            "Betalningen ”{key}” säger detsamma som {first}: {} den {}.",
            payment.amount, payment.date
        );
        let finding = Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source);
        findings.push(
            finding
                .measured(Measure::of_kronor(payment.amount))
                .related(Place::value(&records.file, first), "den första")
                .help("Ta bort den ena. Är det två betalningar: ange var och ens verifikation (voucher) eller utbetalning (payout)."),
        );
    }
    findings
}

/// What tells one payment from another.
fn said(payment: &Payment) -> impl Ord + '_ {
    let Payment { date, amount, funding, payee, period, voucher, .. } = payment;
    (date, amount.decimal(), funding, payee, period.map(|period| (period.start, period.end)), voucher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn two_that_differ_in_anything_are_two() {
        let places = |more: &str| {
            let records = format!(
                "[payment.a]\ndate = 2024-01-31\namount = 1\n[payment.b]\ndate = 2024-01-31\namount = 1\n{more}"
            );
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records.leak(), "")]);
            findings.iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        assert_eq!(places(""), ["payment.b"]);
        assert_eq!(places("partial = true"), ["payment.b"]);
        for more in ["voucher = \"A1\"", "payee = \"forening\"", "payout = \"2024#2\"", "funding = \"2024\""]
        {
            assert_eq!(places(more), nowhere, "{more}");
        }
    }
}
