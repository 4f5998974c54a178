//! Somebody signs, and nothing shows the right to.

use crate::agreement::{Authority, Signatory};
use crate::finding::Finding;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP607",
    slug: "authority-unproved",
    title: "Det framgår inte vad en undertecknares behörighet bygger på",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "kommunallagen (2017:725) 6 kap. 37–40 §§ och 7 kap. 5–8 §§; organisationens stadgar",
    why: "Bara den som är behörig binder sin part. Ett uppdrag att underteckna är inte ett delegerat beslut: det kräver att nämnden själv har beslutat om avtalet.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &["party.kommun.signatory.ordforande.evidence"],
        "",
        "party.kommun.signatory.ordforande.evidence",
    ),
    good: Example::agreement(
        &["party.kommun.signatory.ordforande.evidence"],
        "party.kommun.signatory.ordforande = { authority = \"assignment\", evidence = \"socialnämnden 2023-12-01 § 88\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, party) in &scope.agreement.party {
        for (name, signatory) in party.signatory.known().into_iter().flatten() {
            let Some((at, fault, help)) = fault(signatory) else { continue };
            let who =
                signatory.title.known().or(signatory.name.known()).map_or(name.as_str(), String::as_str);
            let message = format!(
                "{} undertecknar för {}, men {fault}.",
                crate::text::capitalised(who),
                party.called()
            );
            let path = path!["party", key, "signatory", name, at];
            findings.push(scope.finding(&RULE, path, message).help(help));
        }
    }
    findings
}

fn fault(signatory: &Signatory) -> Option<(&'static str, &'static str, &'static str)> {
    let evidence =
        signatory.evidence.known().map(|evidence| evidence.trim()).filter(|evidence| !evidence.is_empty());
    match (signatory.authority.known(), evidence) {
        (None, None) => Some((
            "authority",
            "det framgår inte med vilken rätt eller vad som visar den",
            "Ange authority (delegation, assignment, articles eller power-of-attorney) och evidence: beslutet eller protokollet med datum och paragraf.",
        )),
        (None, Some(_)) => Some((
            "authority",
            "det framgår inte med vilken rätt",
            "Ange authority: delegation, assignment, articles eller power-of-attorney.",
        )),
        (Some(Authority::Assignment), None) => Some((
            "evidence",
            "nämndens beslut om uppdraget anges inte",
            "Ange beslutet i evidence med datum och paragraf. Ett uppdrag att underteckna förutsätter att nämnden själv har godkänt avtalet.",
        )),
        (Some(_), None) => Some((
            "evidence",
            "det som visar behörigheten anges inte",
            "Ange i evidence beslutet, delegationsordningen, protokollet eller fullmakten, med datum och paragraf.",
        )),
        (Some(Authority::Delegation), Some(evidence)) if is_task(evidence) => Some((
            "authority",
            "underlaget talar om ett uppdrag, som inte är ett delegerat beslut",
            "Ändra authority till assignment, eller hänvisa till delegationsordningen.",
        )),
        (Some(_), Some(_)) => None,
    }
}

/// Whether somebody was given a task: "uppdrag att underteckna", "gav ordföranden i uppdrag".
fn is_task(evidence: &str) -> bool {
    let evidence = evidence.to_lowercase();
    ["uppdrag att", "uppdraget att", "i uppdrag"].iter().any(|task| evidence.contains(task))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_task_is_no_delegation_however_it_is_put() {
        let is_found = |evidence: &str| {
            let toml = format!("party.kommun.signatory.ordforande.evidence = \"{evidence}\"");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.iter().any(|finding| finding.place.path.to_string().ends_with("ordforande.authority"))
        };
        for task in [
            "uppdrag att underteckna, § 88",
            "Socialnämnden gav ordföranden i uppdrag att underteckna",
            "nämnden gav 2023-12-01 § 88 direktören i uppdrag",
            "uppdraget att underteckna gavs 2023-12-01",
        ] {
            assert!(is_found(task), "{task}");
        }
        assert!(!is_found("delegationsordningen punkt 3.2"));
        assert!(!is_found("delegation enligt uppdragsbeskrivningen"));
    }
}
