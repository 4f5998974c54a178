//! A clause that neither the templates know nor the agreement gives a heading and a text.

use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP403",
    slug: "clause-unknown",
    title: "Klausulen finns inte bland mallarna och saknar rubrik",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "registrets mallar",
    why: "Ett felstavat klausulnamn skulle annars göra att klausulen tyst faller bort ur dokumentet.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "clause.pupose.text = \"Syftet.\"",
        at: "clause.pupose",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "clause.bibliotek = { heading = \"Biblioteket\", text = \"Biblioteket är öppet.\" }",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let templates = &scope.stationery.templates;
    let suggestion = |key: &str| match text::nearest(key, templates.clause_keys()) {
        Some(near) => format!("Menade du ”{near}”?"),
        None => {
            format!("Standardklausulerna heter {}.", text::list(&templates.clause_keys().collect::<Vec<_>>()))
        }
    };
    let included = scope.agreement.standard_clauses.iter().enumerate();
    let mut findings: Vec<Finding> = included
        .filter(|(_, key)| templates.clause(key).is_none())
        .map(|(index, key)| {
            let message = format!("Det finns ingen standardklausul som heter ”{key}”.");
            scope.finding(&RULE, path!["standard_clauses", index], message).help(suggestion(key))
        })
        .collect();
    let own = &scope.agreement.clause;
    let ordered = scope.agreement.clause_order.iter().enumerate();
    let unknown =
        ordered.filter(|(_, key)| templates.clause(key).is_none() && !own.contains_key(key.as_str()));
    findings.extend(unknown.map(|(index, key)| {
        let message = format!("Det finns ingen klausul som heter ”{key}” att ordna.");
        scope.finding(&RULE, path!["clause_order", index], message).help(suggestion(key))
    }));
    for (key, clause) in own {
        if templates.clause(key).is_none() && clause.heading.is_none() {
            let message = format!("Klausulen ”{key}” finns inte bland mallarna och har ingen rubrik.");
            let help = format!("{} Är det en egen klausul: lägg till heading = \"…\".", suggestion(key));
            findings.push(scope.finding(&RULE, path!["clause", key], message).help(help));
        }
    }
    findings
}
