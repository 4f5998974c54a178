//! A report goes to somebody else than the guideline says.

use crate::agreement::Role;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP513",
    slug: "report-receiver",
    title: "En rapport lämnas till någon annan än riktlinjerna säger",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "kommunens riktlinjer",
    why: "Går rapporten till fel mottagare når den inte den som ska följa upp partnerskapet.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "follow_up.arsrapport.receiver = \"styrgruppen\"",
        "follow_up.arsrapport.receiver",
    ),
    good: Example::agreement(&[], "follow_up.arsrapport.receiver = \"kommun\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(guideline) = scope.guideline else { return Vec::new() };
    let Some(demanded) = &guideline.governance.reports_to else { return Vec::new() };
    let party = |key: &str| scope.agreement.party.get(key);
    // What the municipality itself reports goes where it goes.
    let is_from_organisation =
        |author: &String| party(author).is_some_and(|one| one.role == Role::CivilSociety);
    let duties = scope.agreement.follow_up.iter().filter(|(_, duty)| !duty.kind.is_within_its_period());
    let reports = duties.filter(|(_, duty)| duty.author.known().is_some_and(is_from_organisation));
    reports
        .filter_map(|(key, duty)| {
            let receiver = duty.receiver.known()?;
            let name = party(receiver).map_or(receiver, |party| &party.name);
            if receiver == demanded || name == demanded {
                return None;
            }
            let whom = party(demanded).map_or(demanded, |party| &party.name);
            let message = format!(
                "Rapporten lämnas till {name}. Riktlinjerna säger att den lämnas till {whom} ({}).",
                guideline.citation()
            );
            let help = "Ändra receiver, eller hänvisa till beslutet om undantag.";
            Some(scope.guideline_finding(&RULE, path!["follow_up", key, "receiver"], message).help(help))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_day_together_is_no_report() {
        let places = |kind: &str| {
            let duty = format!(
                "follow_up.x = {{ kind = \"{kind}\", every = \"year\", author = \"forening\", receiver = \"styrgruppen\" }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], duty.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(places("statistics"), ["follow_up.x.receiver"]);
        for kind in ["workshop", "mid-term-review"] {
            assert_eq!(places(kind), Vec::<String>::new(), "{kind}");
        }
    }
}
