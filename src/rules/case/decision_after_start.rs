//! The decision came after the term had begun, or there is none and the agreement is a draft.

use chrono::NaiveDate;

use crate::agreement::Status;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::measure::Measure;
use crate::path;
use crate::records::DecisionKind;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::entered;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP605",
    slug: "decision-after-start",
    title: "Beslutet är fattat efter avtalstidens början, eller avtalet är ännu ett utkast",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "kommunallagen (2017:725) 6 kap. 3–5 §§",
    why: "Före beslutet var kommunen inte bunden. Betalades något för den tiden vilar det på beslutet i efterhand. Ett utkast vars tid har börjat binder ingen, och räknas inte mot någon ram.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2024-02-01 }",
        "decision.avtal.date",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(start) = scope.agreement.term.start.known() else { return Vec::new() };
    let Some(records) = scope.records() else { return running_draft(scope, *start).into_iter().collect() };
    let decisions = records.data.decision.iter();
    decisions
        .filter(|(_, decision)| decision.kind == DecisionKind::Approval && decision.date > *start)
        .map(|(key, decision)| {
            let message = format!("Avtalet godkändes {}, efter att avtalstiden hade börjat {start}.", decision.date);
            let place = Place::value(&records.file, path!["decision", key, "date"]);
            Finding::new(RULE.code, Level::Note, place, message)
                .source(RULE.source)
                .measured(Measure::of_days(decision.date - *start))
                .help("Kontrollera att beslutet omfattar tiden från början. Nästa gång: räkna tillbaka från nämndens sammanträde.")
                .related(Place::value(scope.file, path!["term", "start"]), "avtalstidens början")
        })
        .chain(running_draft(scope, *start))
        .collect()
}

/// A draft whose term has begun: nobody is bound by it, and no frame holds it.
fn running_draft(scope: &Scope<'_>, start: NaiveDate) -> Option<Finding> {
    // One that the records hold as entered into is told of as such.
    let is_entered = scope
        .records()
        .is_some_and(|records| !entered(scope.agreement, &records.data, scope.as_of).is_empty());
    let has_begun = scope.agreement.status == Status::Draft && start < scope.as_of && !is_entered;
    has_begun.then(|| {
        let message = format!(
            "Avtalstiden började {start}, men avtalet är ett utkast: ingen är bunden av det, och det räknas inte mot budgetramen."
        );
        scope.finding(&RULE, path!["status"], message).help(
            "Ändra status när nämnden har beslutat, eller rätta första dagen. Ska avtalet inte bli av: ta bort filen.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_decision_on_the_first_day_is_in_time() {
        let found = |toml| found(&RULE, &[Example::file("records/oppet-hus.toml", toml, "")]).len();
        assert_eq!(found("decision.a = { kind = \"approval\", by = \"x\", date = 2024-01-01 }"), 0);
        assert_eq!(found("decision.a = { kind = \"approval\", by = \"x\", date = 2024-01-02 }"), 1);
        assert_eq!(found("decision.a = { kind = \"assignment\", by = \"x\", date = 2024-02-02 }"), 0);
    }

    #[test]
    fn a_draft_whose_term_has_begun_is_told_and_no_other() {
        let found = |status: &str, start: &str| {
            let toml = format!("status = \"{status}\"\nterm.start = {start}");
            found(&RULE, &[Example::agreement(&[], toml.leak(), "")]).len()
        };
        assert_eq!(found("draft", "2024-01-01"), 1);
        assert_eq!(found("draft", "2025-03-01"), 0);
        assert_eq!(found("proposed", "2024-01-01"), 0);
    }
}
