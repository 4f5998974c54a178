//! A text with quotes or lists inside each other in more steps than anybody can follow.

use crate::documents::{is_too_deep, may_be_too_deep};
use crate::finding::{Finding, Level};
use crate::rules::{Check, Example, Gravity, Rule, Scope, Text};

pub(super) const RULE: Rule = Rule {
    code: "IOP114",
    slug: "text-too-deep",
    title: "Citat eller listor i för många led",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "språklagen (2009:600) 11 §: vårdat, enkelt och begripligt",
    why: "Ingen kan följa en lista i trettio led. Dokumentet går inte heller att skriva.",
    check: Check::Glance(|_, text| may_be_too_deep(text), check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "clause.background.text = \">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> Unga\"",
        at: "clause.background.text",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "clause.background.text = \"> - Unga – 12–20 år – saknar en plats. Se 1.2.3 och 4.5.6 (bilaga A).\"",
        at: "",
    },
};

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let too_deep = texts.iter().filter(|text| is_too_deep(&text.text));
    too_deep
        .map(|text| {
            let message = "Texten har citat, listor eller betoningar i för många led.";
            let help = "Skriv om texten med högst tre led.";
            scope.finding(&RULE, text.path.clone(), message).help(help)
        })
        .collect()
}
