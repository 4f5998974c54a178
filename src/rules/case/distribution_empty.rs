//! The list of those who get the decision stands empty.

use crate::agreement::Memo;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::{Fact, Known};

pub(super) const RULE: Rule = Rule {
    code: "IOP611",
    slug: "distribution-empty",
    title: "Beslutet skickas till: en lista står tom",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: den som berörs av ett beslut får veta det",
    why: "En tom rubrik säger inte om ingen ska ha beslutet eller om någon glömde skriva vem.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "memo.distribution.information = []", "memo.distribution.information"),
    good: Example::agreement(&[], "memo.distribution.information = [\"revisorerna\"]", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let memo = &scope.agreement.memo;
    if *memo == Memo::default() {
        return Vec::new();
    }
    let is_empty = |list: &Fact<Vec<String>>| {
        list.known().is_none_or(|receivers| receivers.iter().all(|receiver| !text::says_something(receiver)))
    };
    let lists = [
        ("execution", "för verkställighet", &memo.distribution.execution),
        ("information", "för kännedom", &memo.distribution.information),
    ];
    lists
        .into_iter()
        .filter(|(.., list)| is_empty(list))
        .map(|(key, purpose, _)| {
            let message = format!("Det framgår inte vem som ska få beslutet {purpose}.");
            let help =
                format!("Skriv mottagarna i {key} under [memo.distribution], efter funktion eller enhet.");
            scope.finding(&RULE, path!["memo", "distribution", key], message).help(help)
        })
        .collect()
}
