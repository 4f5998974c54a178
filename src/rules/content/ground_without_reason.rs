//! A ground is answered without a reason.

use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Stated;

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
    let says = |reason: &Stated<String>| reason.value().is_none_or(|reason| text::says_something(reason));
    let bare = grounds.iter().filter(|(_, ground)| !ground.reason.as_ref().is_some_and(says));
    let mentions = bare
        .map(|(key, _)| Mention { place: Place::value(scope.file, path!["ground", key]), word: key.clone() });
    let spread = Spread::new("Skälen ", " är besvarade utan motivering.", mentions)
        .for_one("Skälet ", " är besvarat utan motivering.");
    let finding = Finding::at_each(RULE.code, RULE.gravity.level(scope.agreement), spread);
    let finding = finding.map(|finding| {
        finding.source(RULE.source).help("Skriv med en mening varför svaret är som det är: reason = \"…\".")
    });
    finding.into_iter().collect()
}
