//! The records say that the agreement was decided or signed, and its status that it never was.

use crate::agreement::Status;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::entered;

pub(super) const RULE: Rule = Rule {
    code: "IOP620",
    slug: "status-behind-records",
    title: "Avtalet är beslutat eller undertecknat, men statusen är utkast eller förslag",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "god sed: registret ska visa vad som gäller i dag",
    why: "Ett utkast prövas mildare, bevakas inte och räknas inte in i det som kommunen har bundit sig för. Är avtalet beslutat eller undertecknat ska det synas.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }",
        "status",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"assignment\", by = \"Socialnämnden\", date = 2023-12-01 }\nsigning.a = { party = \"forening\", signatory = \"ordforande\", date = 2023-11-20 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(records) = scope.records() else { return Vec::new() };
    if !matches!(agreement.status, Status::Draft | Status::Proposed) {
        return Vec::new();
    }
    let events = entered(agreement, &records.data, scope.as_of);
    let Some((_, first)) = events.first() else { return Vec::new() };
    let status = agreement.status.label();
    let finding = scope
        .finding(&RULE, path!["status"], format!("Statusen är ”{status}”, men avtalet är {first}."))
        .help("Ändra status till \"decided\" eller \"signed\", eller rätta det som är registrerat.");
    let events = events.into_iter();
    vec![
        events
            .fold(finding, |finding, (path, what)| finding.related(Place::value(&records.file, path), what)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn what_the_municipality_has_done_is_not_undone_by_a_status() {
        let said = |status: &str, records: &str| {
            let changes = [
                Example::agreement(&[], format!("status = \"{status}\"").leak(), ""),
                Example::file("records/oppet-hus.toml", records.to_owned().leak(), ""),
            ];
            found(&RULE, &changes).into_iter().next().map(|one| one.message)
        };
        let approval =
            |day: &str| format!("decision.a = {{ kind = \"approval\", by = \"x\", date = {day} }}");
        let signing = |party: &str, day: &str| {
            format!("signing.a = {{ party = \"{party}\", signatory = \"ordforande\", date = {day} }}")
        };
        for status in ["draft", "proposed"] {
            assert!(said(status, &approval("2025-03-01")).is_some());
            assert_eq!(said(status, &approval("2025-03-02")), None);
            assert!(said(status, &signing("kommun", "2025-03-01")).is_some());
            assert!(said(status, &signing("kommun", "\"not-stated\"")).is_some());
            assert_eq!(said(status, &signing("forening", "2025-03-01")), None);
        }
        for status in ["decided", "signed", "ended"] {
            assert_eq!(said(status, &approval("2023-12-01")), None);
        }
        assert_eq!(
            said("draft", &approval("2023-12-01")).as_deref(),
            Some("Statusen är ”utkast”, men avtalet är godkänt 2023-12-01.")
        );
    }
}
