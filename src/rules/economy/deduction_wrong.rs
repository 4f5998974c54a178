//! A deduction that its payout cannot bear.

use crate::finding::{Finding, Level, Place};
use crate::keyed::Keyed;
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts::{Payout, Statement};
use crate::records::{Decision, Deduction, DeductionKind};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP328",
    slug: "deduction-wrong",
    title: "Ett avdrag går inte ihop med utbetalningen",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "avtalets belopp och beslutet om avdraget",
    why: "Ett avdrag är slutligt och jämnas inte ut av nästa utbetalning. Är det större än utbetalningen, eller hör det inte till någon, stämmer inte det som är kvar att betala.",
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
        findings.extend(too_large(deduction, key, payout, &say));
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
    let counted = match deduction.kind {
        DeductionKind::Credit => Money::ZERO.checked_sub(back?.amount)?,
        _ => own?.amount,
    };
    let over = deduction.amount.checked_sub(counted)?;
    if over <= Money::ZERO {
        return None;
    }
    let bound = match deduction.kind {
        DeductionKind::Credit => format!("bara {counted} är betalt av {}", payout.id),
        _ => format!("{} är bara {counted}", payout.id),
    };
    let message = format!("Avdraget är {}, men {bound}. Det räknas till {counted}.", deduction.amount);
    let help = "Rätta beloppet, eller dela avdraget på de utbetalningar som det gäller.".to_owned();
    Some(say("amount", message, help).measured(Measure::of_kronor(over)))
}

/// A reduction that nobody has decided, or whose decision is not on record.
fn undecided(deduction: &Deduction, decisions: &Keyed<Decision>, say: Say<'_>) -> Option<Finding> {
    let help = "Skriv in beslutet under [decision] i samma fil, och dess nyckel här.".to_owned();
    let Some(decision) = &deduction.decision else {
        let message = "Det framgår inte vem som har beslutat om nedsättningen.".to_owned();
        let finding = || Finding { level: Level::Warning, ..say("kind", message, help) };
        return (deduction.kind == DeductionKind::Reduction).then(finding);
    };
    let message = format!("Beslutet ”{decision}” finns inte i filen.");
    (!decisions.contains_key(decision)).then(|| say("decision", message, help))
}
