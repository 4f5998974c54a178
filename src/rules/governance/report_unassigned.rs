//! A report without author, receiver or date.

use crate::agreement::{Due, DutyKind};
use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP506",
    slug: "report-unassigned",
    title: "En rapport saknar avsändare, mottagare eller datum",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: det ska framgå vem som gör vad och när",
    why: "En rapport som ingen ska skriva, ingen ska få eller som aldrig förfaller skrivs inte.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["follow_up.arsrapport.author"],
        "follow_up.arsrapport.due = \"not-stated\"",
        "follow_up.arsrapport",
    ),
    good: Example::agreement(&[], "follow_up.arsdag = { kind = \"workshop\", every = \"year\" }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let duties = scope.agreement.follow_up.iter();
    duties
        .filter(|(_, duty)| duty.kind != DutyKind::Workshop)
        .filter_map(|(key, duty)| {
            let facts = [
                (duty.author.known().is_some(), "vem som skriver den"),
                (duty.receiver.known().is_some(), "vem som får den"),
                (duty.due.known().is_some_and(Due::is_stated), "när den ska vara klar"),
            ];
            let missing: Vec<&str> =
                facts.iter().filter(|(known, _)| !known).map(|(_, what)| *what).collect();
            if missing.is_empty() {
                return None;
            }
            let name = duty.title.as_deref().unwrap_or(duty.kind.label());
            let message = format!("{}: det framgår inte {}.", text::capitalised(name), text::list(&missing));
            let help = "Fyll i author, receiver och due. Part anges med sin nyckel, andra med sin funktion.";
            Some(scope.finding(&RULE, path!["follow_up", key], message).help(help))
        })
        .collect()
}
