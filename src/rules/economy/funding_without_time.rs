//! A component of which nobody can tell when it is to be paid: it has no period, and the term is not known.

use crate::agreement::Status;
use crate::finding::{Finding, Level};
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP327",
    slug: "funding-without-time",
    title: "Ersättningens tid är inte känd",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "registrets format",
    why: "Utan tid hör beloppet inte till något år. Det ingår i summorna på en egen rad, men prövas inte mot någon ram.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["term.start", "funding.2025.period"],
        "term.start = \"not-stated\"",
        "funding.2025",
    ),
    good: Example::agreement(&["term.start"], "term.start = \"not-stated\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let term = &scope.agreement.term;
    // A term that ends before it begins is told of as such.
    if term.end.known().is_some() && term.period().is_none() && term.start.known().is_some() {
        return Vec::new();
    }
    let time = scope.money_time();
    let help = match term.open_ended() {
        Some(_) => {
            "Ange period för ersättningen, eller i stället för amount ett belopp per år: rate = { amount = 100_000, per = \"year\" }."
        }
        None if term.months.is_some() => "Ange period för ersättningen, eller start i [term].",
        None => "Ange period för ersättningen, eller start och end i [term].",
    };
    let components = scope.agreement.stated_funding();
    components
        .filter(|(.., funding)| funding.period.is_none() && payouts::period_of(funding, time).is_none())
        .map(|(at, key, _)| {
            let message = format!(
                "Ersättningen ”{key}” har ingen period, och avtalstidens början eller slut är inte känt. Det framgår inte vilka år den avser."
            );
            let mut finding = scope.finding(&RULE, at, message).help(help);
            // Who writes a draft may know the amount before the time.
            if scope.agreement.status == Status::Draft {
                finding.level = Level::Note;
            }
            finding
        })
        .collect()
}
