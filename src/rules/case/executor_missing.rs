//! Nobody gets the task that the committee decides on.

use crate::agreement::Memo;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP610",
    slug: "executor-missing",
    title: "Det framgår inte vem som ska verkställa beslutet",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: ett beslut ska ha någon som verkställer det",
    why: "Ett beslut utan adressat blir liggande.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["memo.executor"], "", "memo.executor"),
    good: Example::agreement(&["memo.executor"], "memo.executor = \"socialchefen\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let memo = &scope.agreement.memo;
    let is_named = memo.executor.known().is_some_and(|executor| text::says_something(executor));
    if is_named || *memo == Memo::default() {
        return Vec::new();
    }
    let message = "Förslaget säger inte vem som får i uppdrag att teckna avtalet.";
    let help = "Ange funktionen i bestämd form: executor = \"socialdirektören\" under [memo].";
    vec![scope.finding(&RULE, path!["memo", "executor"], message).help(help)]
}
