//! No assessment says that nobody else can do it.

use crate::agreement::AssessmentKind;
use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP407",
    slug: "assessment-missing",
    title: "Bedömningen att ingen annan kan bedriva verksamheten saknas",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "lagen (2016:1145) om offentlig upphandling; kommunallagen (2017:725) 2 kap. 3 §",
    why: "Partnerskapet ges till en organisation utan konkurrens. Varför just den, och varför ingen annan, är det första som en domstol eller revisor frågar efter.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["assessment.ingen-annan"], "", "assessment"),
    good: Example::agreement(
        &["assessment.ingen-annan"],
        "assessment.egen = { kind = \"no-other-actor\", conclusion = \"Ingen annan finns på orten.\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    if scope.agreement.has_assessed(AssessmentKind::NoOtherActor) {
        return Vec::new();
    }
    let message = "Det framgår inte att kommunen har bedömt om någon annan aktör kan bedriva verksamheten.";
    vec![scope.finding(&RULE, path!["assessment"], message).help(
        "Lägg till [assessment.NAMN] med kind = \"no-other-actor\", vem som har gjort bedömningen och vad den kom fram till.",
    )]
}
