//! A ground is met only in part, or one that should be met is not.

use crate::agreement::Answer;
use crate::finding::{Finding, Level};
use crate::guideline::{GroundDemand, Weight};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP414",
    slug: "ground-weak",
    title: "Ett skäl är bara delvis uppfyllt, eller ett som bör vara uppfyllt är det inte",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Den som beslutar ska se vilka skäl som inte bär hela vägen, och varför kommunen ändå väljer ett partnerskap.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "ground.welcome.answer = \"no\"", "ground.welcome.answer"),
    good: Example::agreement(&[], "ground.welcome.answer = \"yes\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let Some(answers) = scope.agreement.ground.known() else { return Vec::new() };
    let mut findings = Vec::new();
    for (key, demand) in &guideline.ground {
        let answer = answers.get(key).map(|ground| ground.answer);
        let is_enough = guideline.grounds_accept_partly && answer == Some(Answer::Partly);
        let Some(fault) = fault(demand, answer).filter(|_| !is_enough) else { continue };
        let path = if answer.is_some() { path!["ground", key, "answer"] } else { path!["ground", key] };
        let message =
            format!("Skälet ”{}” {fault} ({}).", demand.text.trim_end_matches('.'), guideline.citation());
        findings.push(scope.guideline_finding(&RULE, path, message).help(
            "Motivera i reason varför partnerskap ändå är rätt form, och säg det i tjänsteskrivelsen.",
        ));
    }
    findings
}

/// What is weak about an answer. A demand that is unanswered or met with no is another rule's matter.
fn fault(demand: &GroundDemand, answer: Option<Answer>) -> Option<&'static str> {
    match (demand.weight, answer) {
        (Weight::Should, None) => Some("är inte besvarat. Riktlinjerna säger att det bör vara uppfyllt"),
        (Weight::Should, Some(Answer::No)) => {
            Some("är besvarat med nej. Riktlinjerna säger att det bör vara uppfyllt")
        }
        (_, Some(Answer::Partly)) if !demand.accepts_partly => {
            Some("är bara delvis uppfyllt. Riktlinjerna säger inte att det räcker")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_ground_that_is_met_in_part_is_weak_unless_the_guideline_says_that_it_is_enough() {
        // One that must be met, and one that should be.
        for key in ["initiative", "welcome"] {
            let answer = format!("ground.{key}.answer = \"partly\"").leak();
            let enough = format!("ground.{key}.accepts_partly = true").leak();
            let partly = Example::agreement(&[], answer, "");
            let accepted = Example::file("guidelines/adala-2019.toml", enough, "");
            let findings = found(&RULE, &[partly]);
            let [finding] = findings.as_slice() else { panic!("{findings:?}") };
            assert_eq!(finding.place.path, path!["ground", key, "answer"]);
            assert!(finding.message.contains("är bara delvis uppfyllt"), "{}", finding.message);
            assert_eq!(found(&RULE, &[partly, accepted]), [], "{key}");
            let all = Example::file("guidelines/adala-2019.toml", "grounds_accept_partly = true", "");
            assert_eq!(found(&RULE, &[partly, all]), [], "{key}");
        }
    }

    #[test]
    fn a_ground_that_should_be_met_is_weak_where_it_is_unanswered_or_not_met() {
        let said = |remove, toml| {
            let findings = found(&RULE, &[Example::agreement(remove, toml, "")]);
            findings.into_iter().map(|one| (one.place.path.to_string(), one.message)).collect::<Vec<_>>()
        };
        let unanswered = said(&["ground.welcome"], "");
        let [(path, message)] = unanswered.as_slice() else { panic!("{unanswered:?}") };
        assert_eq!(path, "ground.welcome");
        assert!(message.contains("är inte besvarat."), "{message}");
        let no = said(&[], "ground.welcome.answer = \"no\"");
        let [(path, message)] = no.as_slice() else { panic!("{no:?}") };
        assert_eq!(path, "ground.welcome.answer");
        assert!(message.contains("är besvarat med nej."), "{message}");
        // One that must be met is not weak but unmet.
        assert_eq!(said(&["ground.initiative"], ""), []);
        assert_eq!(said(&[], "ground.initiative.answer = \"no\""), []);
    }
}
