//! A ground is answered without a reason.

use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP406",
    slug: "ground-without-reason",
    title: "Ett skäl är besvarat utan motivering",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: ett svar ska gå att pröva",
    why: "Ett ja utan motivering visar inte att någon har prövat frågan. Vid en överprövning är motiveringen det enda underlaget.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["ground.initiative"],
        "ground.initiative.answer = \"yes\"",
        "ground.initiative",
    ),
    good: Example::agreement(&[], "ground.initiative.reason = \"not-stated\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(grounds) = scope.agreement.ground.as_ref().and_then(|grounds| grounds.value()) else {
        return Vec::new();
    };
    // A reason that is declared open is an open fact.
    let bare: Vec<&str> =
        grounds.iter().filter(|(_, ground)| ground.reason.is_none()).map(|(key, _)| key.as_str()).collect();
    let [first, rest @ ..] = bare.as_slice() else { return Vec::new() };
    let message = if rest.is_empty() {
        format!("Skälet {first} är besvarat utan motivering.")
    } else {
        format!(
            "{} av {} skäl är besvarade utan motivering: {}.",
            bare.len(),
            grounds.len(),
            text::list(&bare)
        )
    };
    vec![
        scope
            .finding(&RULE, path!["ground", *first], message)
            .help("Skriv med en mening varför svaret är som det är: reason = \"…\"."),
    ]
}
