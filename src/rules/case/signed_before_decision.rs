//! Somebody signed before there was a decision to sign on.

use crate::agreement::Role;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::path;
use crate::records::DecisionKind;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::{deciding_beside, first_of_each};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP606",
    slug: "signed-before-decision",
    title: "Avtalet är undertecknat före beslutet",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "kommunallagen (2017:725) 6 kap. 3–5 och 37 §§",
    why: "Den som undertecknar utan beslut saknar behörighet. Kommunen är då inte bunden, och motparten vet det inte.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }\nsigning.kommun = { party = \"kommun\", signatory = \"ordforande\", date = 2023-11-20 }",
        "signing.kommun.date",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }\nsigning.kommun = { party = \"kommun\", signatory = \"ordforande\", date = 2023-12-01 }\nsigning.forening = { party = \"forening\", signatory = \"ordforande\", date = 2023-11-20 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    // Where several decide, the last of them has to have decided.
    let first = |kind: DecisionKind| {
        let of_each = first_of_each(scope.agreement, &records.data, |one| one == kind);
        of_each.into_iter().take(deciding_beside(scope.agreement) + 1).next_back()
    };
    // A task to sign is no decision on the agreement, but where nothing else is on file nobody may sign before it.
    let (what, first) = match first(DecisionKind::Approval) {
        Some(approval) => ("beslutet", Some(approval)),
        None => ("uppdraget att underteckna", first(DecisionKind::Assignment)),
    };
    let Some((decision_key, decision)) = first else { return Vec::new() };
    let is_public =
        |party: &String| scope.agreement.party.get(party).is_some_and(|party| party.role == Role::Public);
    // The organisation may sign whenever it likes; the municipality needs its decision.
    let signings = records.data.signing.iter().filter(|(_, signing)| is_public(&signing.party));
    signings
        .filter_map(|(key, signing)| {
            let date = signing.date.known().filter(|date| **date < decision.date)?;
            let message = format!("Avtalet undertecknades för kommunen {date}, före {what} {}.", decision.date);
            let place = Place::value(&records.file, path!["signing", key, "date"]);
            Some(
                Finding::new(RULE.code, Level::Warning, place, message)
                    .source(RULE.source)
                    .measured(Measure::of_days(decision.date - *date))
                    .help("Kontrollera datumen. Stämmer de: låt behörig företrädare underteckna på nytt, eller fråga kommunjuristen.")
                    .related(Place::value(&records.file, path!["decision", decision_key, "date"]), what),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn messages(decisions: &str) -> Vec<String> {
        let toml = format!(
            "{decisions}\nsigning.kommun = {{ party = \"kommun\", signatory = \"ordforande\", date = 2023-11-20 }}"
        );
        let example = Example::file("records/oppet-hus.toml", toml.leak(), "");
        found(&RULE, &[example]).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn where_several_decide_nobody_signs_before_the_last_of_them() {
        let records = "decision.a = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01 }\n\
                       decision.b = { kind = \"approval\", by = \"Kulturnämnden\", date = 2023-12-01 }\n\
                       signing.kommun = { party = \"kommun\", signatory = \"ordforande\", date = 2023-11-20 }";
        let with = |agreement: &'static str| {
            let files = [
                Example::file("records/oppet-hus.toml", records, ""),
                Example::agreement(&[], agreement, ""),
            ];
            found(&RULE, &files).len()
        };
        assert_eq!(with(""), 0);
        assert_eq!(with("also_decides.kultur = { committee = \"kultur\", registry_number = \"KN 1\" }"), 1);
    }

    #[test]
    fn a_task_to_sign_is_not_the_decision() {
        let task = "decision.uppdrag = { kind = \"assignment\", by = \"Socialnämnden\", date = 2023-11-01 }";
        let approval = "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }";
        assert_eq!(
            messages(&format!("{task}\n{approval}")),
            ["Avtalet undertecknades för kommunen 2023-11-20, före beslutet 2023-12-01."]
        );
        assert_eq!(messages(task), Vec::<String>::new());
        assert_eq!(
            messages(&task.replace("2023-11-01", "2023-12-01")),
            ["Avtalet undertecknades för kommunen 2023-11-20, före uppdraget att underteckna 2023-12-01."]
        );
    }
}
