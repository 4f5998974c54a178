//! Two facts of which only one can stand in the document.

use crate::agreement::Cause;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP415",
    slug: "facts-contradict",
    title: "Två uppgifter som inte kan gälla samtidigt",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: dokumentet ska säga allt som uppgifterna säger",
    why: "Bara den ena kan stå i dokumentet. Den andra faller bort, och den som fyllde i den tror att den gäller.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "exit.fri = { cause = [\"any\"], means = \"notice\", notice_months = 6, within_months = 3 }",
        "exit.fri.within_months",
    ),
    good: Example::agreement(
        &[],
        "exit.lag = { cause = [\"law-change\"], means = \"notice\", notice_months = 6, within_months = 3 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let exits = scope.agreement.stated_exits().filter(|(_, exit)| {
        exit.within_months.is_some() && exit.named_cause.is_none() && exit.cause.contains(&Cause::Any)
    });
    let mut findings: Vec<Finding> = exits
        .map(|(path, _)| {
            let message =
                "Punkten kan användas utan särskild orsak, men bara en tid efter att orsaken inträffade.";
            scope
                .finding(&RULE, path.join("within_months"), message.to_owned())
                .help("Ange orsaken i cause eller named_cause, eller ta bort within_months.")
        })
        .collect();
    let original = &scope.agreement.original;
    if original.electronic && original.copies.known().is_some() {
        let message = "Avtalet undertecknas elektroniskt och har då inga exemplar på papper.";
        findings.push(
            scope
                .finding(&RULE, path!["original", "copies"], message.to_owned())
                .help("Ta bort copies, eller electronic om avtalet undertecknas på papper."),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_electronically_has_no_copies() {
        let places = |toml: &str| -> Vec<String> {
            let example = Example::agreement(&[], toml.to_owned().leak(), "");
            let findings = crate::rules::examples::found(&RULE, &[example]);
            findings.iter().map(|one| one.place.path.to_string()).collect()
        };
        assert_eq!(places("original.electronic = true"), ["original.copies"]);
        assert_eq!(places("original.electronic = false"), [""; 0]);
    }
}
