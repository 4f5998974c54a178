//! A deduction that its payout cannot bear, or that nobody has decided.

use crate::finding::{Finding, Level, Place};
use crate::keyed::Keyed;
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts::{Payout, Statement};
use crate::records::{Decision, DecisionKind, Deduction, DeductionKind};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP328",
    slug: "deduction-wrong",
    title: "Ett avdrag går inte ihop med utbetalningen",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "avtalets belopp och beslutet om avdraget",
    why: "Ett avdrag är slutligt och jämnas inte ut av nästa utbetalning. Är det större än utbetalningen, eller hör det inte till någon, stämmer inte det som är kvar att betala. Det som beslutar om avtalet, om vem som undertecknar eller om en förlängning är inget beslut om ett avdrag.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[deduction.sen-rapport]\nkind = \"reduction\"\ndate = 2024-07-01\namount = 300_000\npayout = \"2024#2\"\nreason = \"rapporten kom för sent\"\ndecision = \"nedsattning\"\n[decision.nedsattning]\nkind = \"amount\"\nby = \"socialnämnden\"\ndate = 2024-06-19\n",
        "deduction.sen-rapport.amount",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[deduction.sen-rapport]\nkind = \"reduction\"\ndate = 2024-07-01\namount = 50_000\npayout = \"2024#2\"\nreason = \"rapporten kom för sent\"\ndecision = \"nedsattning\"\n[decision.nedsattning]\nkind = \"amount\"\nby = \"socialnämnden\"\ndate = 2024-06-19\n",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let mut findings = Vec::new();
    for (key, deduction) in &records.data.deduction {
        let say = |field: &str, message: String, help: String| {
            let place = Place::value(&records.file, path!["deduction", key, field]);
            Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(help)
        };
        let payout = scope.statement.payouts.iter().find(|payout| payout.id == deduction.payout);
        let Some(payout) = payout else {
            findings.push(unknown(deduction, scope.statement, &say));
            continue;
        };
        findings.extend(
            too_large(deduction, key, payout, &say).or_else(|| already_paid(deduction, key, payout, &say)),
        );
        findings.extend(undecided(deduction, &records.data.decision, &say));
    }
    findings
}

type Say<'a> = &'a dyn Fn(&str, String, String) -> Finding;

/// A payout that there is not.
fn unknown(deduction: &Deduction, statement: &Statement<'_>, say: Say<'_>) -> Finding {
    let known: Vec<&str> = statement.payouts.iter().map(|payout| payout.id.as_str()).collect();
    let message = format!("Utbetalningen ”{}” finns inte: avdraget räknas inte.", deduction.payout);
    say("payout", message, text::instead_of(&deduction.payout, &known))
}

/// More than the payout comes to, or more money back than has been paid.
fn too_large(deduction: &Deduction, key: &str, payout: &Payout<'_>, say: Say<'_>) -> Option<Finding> {
    let own = payout.deductions.iter().find(|one| one.key == key);
    let back = payout.payments.iter().find(|paid| paid.table == "deduction" && paid.key == key);
    let lowered = own.map(|one| one.amount);
    let returned = back.and_then(|paid| Money::ZERO.checked_sub(paid.amount));
    // What has come back was paid, and what lowers the sum was to be paid.
    let counted = match deduction.kind {
        DeductionKind::Reduction => lowered?,
        DeductionKind::Credit => returned?,
        DeductionKind::Repayment => lowered?.min(returned?),
    };
    let over = deduction.amount.checked_sub(counted)?;
    if over <= Money::ZERO {
        return None;
    }
    let bound = if deduction.kind.gives_back() && returned == Some(counted) {
        format!("bara {counted} är betalt av {}", payout.id)
    } else {
        format!("{} är bara {counted}", payout.id)
    };
    // What is to come back lowers what is to be paid, whether or not it has been.
    let counts = match lowered.filter(|lowered| *lowered > counted) {
        Some(lowered) => format!("Att betala minskar ändå med {lowered}."),
        None => format!("Det räknas till {counted}."),
    };
    let message = format!("Avdraget är {}, men {bound}. {counts}", deduction.amount);
    let help = if deduction.kind == DeductionKind::Repayment {
        "Rätta beloppet, eller för in betalningen. Är inget betalt: skriv kind = \"reduction\" i stället."
            .to_owned()
    } else {
        "Rätta beloppet, eller dela avdraget på de utbetalningar som det gäller.".to_owned()
    };
    Some(say("amount", message, help).measured(Measure::of_kronor(over)))
}

/// A reduction of what has been paid in full: it is money to come back, and nobody has said how.
fn already_paid(deduction: &Deduction, key: &str, payout: &Payout<'_>, say: Say<'_>) -> Option<Finding> {
    let is_own = payout.deductions.iter().any(|one| one.key == key);
    let over = payout.paid().checked_sub(payout.comes_to()?)?;
    if deduction.kind != DeductionKind::Reduction || !is_own || !payout.is_settled() || over <= Money::ZERO {
        return None;
    }
    let over = over.min(deduction.amount);
    let message = format!(
        "{} är redan betald med {}: med nedsättningen är {over} för mycket betalt.",
        payout.id,
        payout.paid()
    );
    let help = "När mottagaren har betalat tillbaka: skriv kind = \"repayment\" i stället. Ska det dras av från en annan utbetalning: skriv nedsättningen på den.";
    let finding = say("amount", message, help.to_owned()).measured(Measure::of_kronor(over));
    Some(Finding { level: Level::Warning, ..finding })
}

/// A reduction that nobody has decided, or whose decision is not on record.
fn undecided(deduction: &Deduction, decisions: &Keyed<Decision>, say: Say<'_>) -> Option<Finding> {
    let help = "Skriv in beslutet under [decision] i samma fil, och dess nyckel här.".to_owned();
    let Some(decision) = &deduction.decision else {
        let message = "Det framgår inte vem som har beslutat om nedsättningen.".to_owned();
        let finding = || Finding { level: Level::Warning, ..say("kind", message, help) };
        return (deduction.kind == DeductionKind::Reduction).then(finding);
    };
    let Some(made) = decisions.get(decision.as_str()) else {
        return Some(say("decision", format!("Beslutet ”{decision}” finns inte i filen."), help));
    };
    // What decides on the agreement, on who signs it or on how long it lasts decides on no deduction.
    if matches!(made.kind, DecisionKind::Approval | DecisionKind::Assignment | DecisionKind::Extension) {
        let message = format!(
            "Beslutet ”{decision}” är ett annat slags beslut ({}) och avgör inget om avdraget.",
            made.kind.label()
        );
        let help = "Skriv in beslutet om avdraget under [decision] med kind = \"amount\", och dess nyckel här. Finns inget: ta bort avdraget.".to_owned();
        return Some(say("decision", message, help));
    }
    (deduction.date < made.date).then(|| {
        let message = format!("Avdraget görs {}, före beslutet om det ({}).", deduction.date, made.date);
        let help = "Rätta det ena datumet: avdraget räknas från sin egen dag.".to_owned();
        Finding { level: Level::Warning, ..say("date", message, help) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn said(kind: &str, amount: u32, paid: &str) -> Vec<String> {
        let records = format!(
            "[deduction.d]\nkind = \"{kind}\"\ndate = 2024-07-20\namount = {amount}\npayout = \"2024#2\"\nreason = \"sen\"\ndecision = \"n\"\n\
             [decision.n]\nkind = \"amount\"\nby = \"socialnämnden\"\ndate = 2024-07-01\n{paid}"
        );
        let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records.leak(), "")]);
        findings
            .iter()
            .map(|one| format!("{} {}", one.place.path, one.message).replace(text::NBSP, " "))
            .collect()
    }

    const PAID: &str = "[payment.p]\ndate = 2024-07-10\namount = 250_000\npayout = \"2024#2\"\n";

    #[test]
    fn nothing_is_taken_off_before_it_is_decided() {
        let records = |day: &str| {
            let records = format!(
                "[deduction.d]\nkind = \"reduction\"\ndate = {day}\namount = 1\npayout = \"2024#2\"\nreason = \"sen\"\ndecision = \"n\"\n\
                 [decision.n]\nkind = \"amount\"\nby = \"socialnämnden\"\ndate = 2024-07-01\n"
            );
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records.leak(), "")]);
            findings.iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(records("2024-07-01"), [""; 0]);
        assert_eq!(records("2024-06-30"), ["deduction.d.date"]);
    }

    #[test]
    fn only_what_was_paid_comes_back() {
        let nothing: [&str; 0] = [];
        assert_eq!(said("repayment", 50_000, PAID), nothing);
        let unpaid = said("repayment", 50_000, "");
        assert_eq!(
            unpaid,
            [
                "deduction.d.amount Avdraget är 50 000 kronor, men bara 0 kronor är betalt av 2024#2. Att betala minskar ändå med 50 000 kronor."
            ]
        );
    }

    #[test]
    fn a_reduction_of_what_is_paid_says_that_money_is_to_come_back() {
        assert_eq!(
            said("reduction", 50_000, PAID),
            [
                "deduction.d.amount 2024#2 är redan betald med 250 000 kronor: med nedsättningen är 50 000 kronor för mycket betalt."
            ]
        );
        assert_eq!(said("reduction", 50_000, &PAID.replace("250_000", "200_000")).len(), 0);
        assert_eq!(said("reduction", 50_000, "").len(), 0);
    }

    #[test]
    fn the_approval_of_the_agreement_decides_no_deduction() {
        let records = |kind: &str| {
            let records = format!(
                "[deduction.d]\nkind = \"reduction\"\ndate = 2024-07-01\namount = 1\npayout = \"2024#2\"\nreason = \"sen\"\ndecision = \"n\"\n\
                 [decision.n]\nkind = \"{kind}\"\nby = \"socialnämnden\"\ndate = 2024-06-01\n"
            );
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records.leak(), "")]);
            findings.iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        for kind in ["amount", "other", "supplement", "termination"] {
            assert_eq!(records(kind), [""; 0], "{kind}");
        }
        for kind in ["approval", "assignment", "extension"] {
            assert_eq!(records(kind), ["deduction.d.decision"], "{kind}");
        }
    }
}
