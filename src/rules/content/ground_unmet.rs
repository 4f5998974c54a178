//! A ground that the guideline demands is unanswered or not met.

use crate::agreement::Answer;
use crate::finding::{Finding, Level};
use crate::guideline::Weight;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP402",
    slug: "ground-unmet",
    title: "Ett skäl som riktlinjerna kräver är obesvarat eller inte uppfyllt",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Skälen visar varför kommunen väljer ett partnerskap i stället för ett bidrag eller en upphandling. \
          Brister ett av dem vilar valet på lösare grund.",
    check: Check::Agreement(check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "ground.initiative.answer = \"no\"",
        at: "ground.initiative.answer",
    },
    good: Example {
        file: "agreements/oppet-hus.toml",
        remove: &["ground.welcome"],
        toml: "ground.initiative.answer = \"yes\"",
        at: "",
    },
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let answers = scope.agreement.ground.known();
    let mut unanswered = Vec::new();
    let mut findings = Vec::new();
    for (key, demand) in guideline.ground.iter().filter(|(_, demand)| demand.weight == Weight::Must) {
        match answers.and_then(|answers| answers.get(key)) {
            None => unanswered.push(key.as_str()),
            Some(ground) if ground.answer == Answer::No => {
                let message = format!(
                    "Skälet ”{}” är besvarat med nej. Riktlinjerna kräver att det är uppfyllt ({}).",
                    demand.text.trim_end_matches('.'),
                    guideline.citation()
                );
                let mut finding = scope.guideline_finding(&RULE, path!["ground", key, "answer"], message);
                // An answer of no breaks a demand, whatever the stage.
                finding.level = Level::Error;
                findings.push(
                    finding
                        .help("Pröva om partnerskap är rätt form, eller hänvisa till beslutet om undantag."),
                );
            }
            Some(_) => {}
        }
    }
    if let Some(first) = unanswered.first() {
        let number = u32::try_from(unanswered.len()).unwrap_or(u32::MAX);
        let subject = if number == 1 {
            "Ett skäl".to_owned()
        } else {
            format!("{} skäl", text::capitalised(&text::numeral(number)))
        };
        let answered = if number == 1 { "besvarat" } else { "besvarade" };
        let message = format!(
            "{subject} som riktlinjerna kräver är inte {answered}: {} ({}).",
            text::list(&unanswered),
            guideline.citation()
        );
        let path = if answers.is_some() { path!["ground", *first] } else { path!["ground"] };
        findings.push(
            scope
                .guideline_finding(&RULE, path, message)
                .help("Lägg till tabellen [ground.NAMN] för vart och ett, med answer (yes, partly eller no) och gärna reason."),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn one_and_several_are_told_in_words() {
        let must = Example::file("guidelines/adala-2019.toml", "ground.welcome.weight = \"must\"", "");
        let said = |remove| {
            let findings = found(&RULE, &[Example::agreement(remove, "", ""), must]);
            (findings[0].message.clone(), findings[0].place.path.to_string())
        };
        let (message, path) = said(&["ground.initiative"]);
        assert!(
            message.starts_with("Ett skäl som riktlinjerna kräver är inte besvarat: initiative"),
            "{message}"
        );
        assert_eq!(path, "ground.initiative");
        let (message, path) = said(&["ground"]);
        assert!(
            message.starts_with("Två skäl som riktlinjerna kräver är inte besvarade: initiative och welcome"),
            "{message}"
        );
        assert_eq!(path, "ground");
    }
}
