//! The records say that the agreement was decided or signed, or that it is carried out, and its status that it never was made.

use chrono::NaiveDate;

use crate::agreement::Status;
use crate::deadline_kind::DeadlineKind;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::records::{DecisionKind, Records};
use crate::register::Entry;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::entered;

pub(super) const RULE: Rule = Rule {
    code: "IOP620",
    slug: "status-behind-records",
    title: "Avtalet är beslutat, undertecknat eller i gång, men statusen är utkast eller förslag",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "god sed: registret ska visa vad som gäller i dag",
    why: "Ett utkast prövas mildare, bevakas inte och räknas inte in i det som kommunen har bundit sig för. Är avtalet beslutat eller undertecknat, eller betalas det ut pengar enligt det, ska det synas.",
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
    let made = entered(agreement, &records.data, scope.as_of).into_iter();
    let made = made.map(|(path, what)| (path, format!("avtalet är {what}")));
    let events: Vec<_> = made.chain(carried_out(records, scope.as_of)).collect();
    let Some((_, first)) = events.first() else { return Vec::new() };
    let status = agreement.status.label();
    let finding = scope
        .finding(&RULE, path!["status"], format!("Statusen är ”{status}”, men {first}."))
        .help("Ändra status till \"decided\" eller \"signed\", eller rätta det som är registrerat.");
    let events = events.into_iter();
    vec![
        events
            .fold(finding, |finding, (path, what)| finding.related(Place::value(&records.file, path), what)),
    ]
}

/// What only happens in an agreement that is in force, the first of each kind: payments, meetings that were held, reports,
/// duties that were done, and decisions that change or end it.
fn carried_out(records: &Entry<Records>, as_of: NaiveDate) -> Vec<(KeyPath, String)> {
    let of_kind = |table: &str, key: &str| match table {
        "payment" => Some("pengar är betalda"),
        "meeting" => Some("ett möte har hållits"),
        "report" => Some("en rapport har kommit in"),
        // What is done on the way to a decision is done before it.
        "done" => match records.data.done.get(key)?.kind {
            DeadlineKind::Memo | DeadlineKind::Approval => None,
            _ => Some("en uppgift enligt avtalet är utförd"),
        },
        "decision" => match records.data.decision.get(key)?.kind {
            DecisionKind::Termination => Some("avtalet är uppsagt"),
            DecisionKind::Extension | DecisionKind::Amount | DecisionKind::Supplement => {
                Some("avtalet är ändrat")
            }
            DecisionKind::Approval | DecisionKind::Assignment | DecisionKind::Other => None,
        },
        _ => None,
    };
    let mut found: Vec<(&str, KeyPath, String)> = Vec::new();
    for (table, key, day) in records.data.events().filter(|(.., day)| *day <= as_of) {
        if let Some(what) = of_kind(table, key).filter(|what| found.iter().all(|(known, ..)| known != what)) {
            found.push((what, path![table, key], format!("{what} {day}")));
        }
    }
    found.into_iter().map(|(_, path, what)| (path, what)).collect()
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
        let period = "period = { start = 2024-01-01, end = 2024-12-31 }";
        for (event, is_of_one_in_force) in [
            ("payment.a = { amount = 1, date = DAY }".to_owned(), true),
            ("meeting.a = { steering_group = \"styrgrupp\", date = DAY }".to_owned(), true),
            ("meeting.a = { steering_group = \"styrgrupp\", date = DAY, planned = true }".to_owned(), false),
            (format!("report.a = {{ duty = \"arsrapport\", {period}, date = DAY }}"), true),
            ("done.a = { kind = \"steering-notes\", of = \"styrgrupp\", date = DAY }".to_owned(), true),
            ("done.a = { kind = \"memo\", date = DAY }".to_owned(), false),
            ("decision.a = { kind = \"termination\", by = \"x\", date = DAY }".to_owned(), true),
            ("decision.a = { kind = \"assignment\", by = \"x\", date = DAY }".to_owned(), false),
        ] {
            let on = |day: &str| said("draft", &event.replace("DAY", day)).is_some();
            assert_eq!(on("2025-03-01"), is_of_one_in_force, "{event}");
            assert!(!on("2025-03-02"), "{event}");
        }
        assert_eq!(
            said("draft", &approval("2023-12-01")).as_deref(),
            Some("Statusen är ”utkast”, men avtalet är godkänt 2023-12-01.")
        );
    }
}
