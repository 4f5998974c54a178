//! What has been paid is not what the payout comes to.

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts::{Difference, Payout};
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP316",
    slug: "payment-differs",
    title: "Det som är betalt är inte vad utbetalningen ska vara",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets belopp, utbetalningsplan och justeringsklausul",
    why: "Ett belopp som har ändrats efter betalningen, av ett nytt indexvärde eller en rättelse, ska regleras. Det som är betalt ändras inte; skillnaden förs till nästa utbetalning.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 240_000\n",
        "payment.januari.amount",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[payment.januari]\ndate = 2024-01-31\namount = 240_000\n[payment.juli]\ndate = 2024-07-31\namount = 260_000\n",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Less than a krona is what rounding to whole kronor leaves; the next payout takes it up without a word.
    let told = scope.statement.differences.iter().filter(|one| one.amount.cut_to_kronor() != Money::ZERO);
    for difference in told {
        let payout = scope.statement.payouts.iter().find(|payout| payout.id == difference.payout);
        // What should have been paid is not known; that a value is missing is told at its series.
        if payout.is_some_and(|payout| payout.lacks_factor) {
            continue;
        }
        // What only a reduction of it has made too much is IOP328's.
        let reduced = payout.map(Payout::reduced).and_then(|sum| Money::ZERO.checked_sub(sum));
        if difference.amount < Money::ZERO && reduced == Some(difference.amount) {
            continue;
        }
        let place = Place { path: difference.place.path.join("amount"), ..difference.place.clone() };
        let mut finding = Finding::new(RULE.code, Level::Warning, place, difference.to_string())
            .source(RULE.source)
            .measured(Measure::of_kronor(difference.amount))
            .help(help(difference));
        if let Some(payout) = payout {
            finding = finding.related(
                Place::value(payout.file, path!["funding", payout.funding]),
                format!("ger {}; se iop payouts --explain", difference.should_be),
            );
        }
        findings.push(finding);
    }
    findings
}

/// What to do: too little may be a part of what is to be paid, too much never is.
fn help(difference: &Difference) -> String {
    let is_evened_out = difference.unplaced == Money::ZERO;
    let payout = &difference.payout;
    match (difference.amount > Money::ZERO, is_evened_out) {
        (true, true) => {
            "Stämmer det som är betalt behövs bara rättelsen på nästa utbetalning. Är det en delbetalning: skriv partial = true."
                .to_owned()
        }
        (true, false) => format!(
            "Är det en delbetalning: skriv partial = true. Ska mindre betalas än avtalat: skriv en nedsättning i [deduction.NAMN] med payout = \"{payout}\" och beslutet."
        ),
        (false, true) => format!(
            "Stämmer det som är betalt behövs bara avdraget på nästa utbetalning. Har mottagaren betalat tillbaka eller krediterat det: skriv [deduction.NAMN] med kind = \"credit\" och payout = \"{payout}\"."
        ),
        (false, false) => format!(
            "Begär tillbaka det som är för mycket. När det har kommit, eller är krediterat: skriv [deduction.NAMN] med kind = \"credit\" och payout = \"{payout}\"."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_difference_names_the_component_that_the_payout_is_of() {
        let records = "[payment.a]\ndate = 2024-01-31\namount = 250_000\n\
                       [payment.b]\ndate = 2024-07-31\namount = 250_000\n\
                       [payment.c]\ndate = 2025-01-31\namount = 240_000\n";
        let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records, "")]);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!(finding.place.path.to_string(), "payment.c.amount");
        let [related] = finding.related.as_slice() else { panic!("{finding:?}") };
        assert_eq!(related.place.path.to_string(), "funding.2025");
        assert!(related.message.starts_with("ger 250\u{a0}000\u{a0}kronor;"), "{}", related.message);
    }

    #[test]
    fn the_advice_fits_whether_too_little_is_paid_or_too_much() {
        let help = |records: &str| {
            let found =
                found(&RULE, &[Example::file("records/oppet-hus.toml", records.to_owned().leak(), "")]);
            found.into_iter().next().and_then(|one| one.help).unwrap()
        };
        let paid = |key: &str, day: &str, amount: u32, payout: &str| {
            format!("[payment.{key}]\ndate = {day}\namount = {amount}\npayout = \"{payout}\"\n")
        };
        let first = |amount| paid("a", "2024-01-31", amount, "2024#1");
        assert!(help(&first(240_000)).contains("partial = true"));
        let too_much = help(&first(264_000));
        assert!(!too_much.contains("partial"), "{too_much}");
        assert!(too_much.contains("kind = \"credit\" och payout = \"2024#1\""), "{too_much}");
        // Nothing is left to take it from.
        let all = |last: u32| {
            ["2024#1", "2024#2", "2025#1"]
                .iter()
                .enumerate()
                .map(|(number, payout)| paid(&format!("p{number}"), "2024-01-31", 250_000, payout))
                .collect::<String>()
                + &paid("sist", "2024-01-31", last, "2025#2")
        };
        assert!(help(&all(264_000)).starts_with("Begär tillbaka"));
        assert!(help(&all(240_000)).contains("nedsättning"));
    }

    #[test]
    fn less_than_a_krona_is_no_difference() {
        let places = |amount: &str| {
            let records = format!("[payment.a]\ndate = 2024-01-31\namount = \"{amount}\"\n");
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        for right in ["250000", "249999,01", "250000,99"] {
            assert_eq!(places(right), Vec::<String>::new(), "{right}");
        }
        for wrong in ["249999", "250001"] {
            assert_eq!(places(wrong), ["payment.a.amount"], "{wrong}");
        }
    }
}
