//! The agreement is decided or signed, and no decision to approve it is on file.

use crate::agreement::Status;
use crate::finding::{Finding, Level};
use crate::path;
use crate::records::DecisionKind;
use crate::register::id_of;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP618",
    slug: "approval-missing",
    title: "Det framgår inte när avtalet godkändes, eller av vem",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "kommunallagen (2017:725) 6 kap. 3–5 och 37 §§",
    why: "Ett uppdrag att underteckna förutsätter att någon har beslutat om avtalet. Utan beslutet går det inte att se att kommunen är bunden, och inte om undertecknandet kom för tidigt.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "status = \"decided\"", "status"),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let id = id_of(scope.file);
    let is_decided = matches!(scope.agreement.status, Status::Decided | Status::Signed);
    let is_approved = scope.records().is_some_and(|records| {
        records.data.decision.values().any(|decision| decision.kind == DecisionKind::Approval)
    });
    if !is_decided || is_approved || scope.has_unread_records() {
        return Vec::new();
    }
    let message = format!(
        "Statusen är ”{}”, men inget beslut om att godkänna avtalet är registrerat.",
        scope.agreement.status.label()
    );
    vec![scope.finding(&RULE, path!["status"], message).help(format!(
        "Lägg till [decision.NAMN] med kind = \"approval\", by, date och paragraf i records/{id}.toml."
    ))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn only_an_approval_is_the_decision_on_the_agreement() {
        let with = |status: &str, kind: &str| {
            let records =
                format!("decision.a = {{ kind = \"{kind}\", by = \"Socialnämnden\", date = 2023-12-01 }}");
            let changes = [
                Example::agreement(&[], format!("status = \"{status}\"").leak(), ""),
                Example::file("records/oppet-hus.toml", records.leak(), ""),
            ];
            found(&RULE, &changes).len()
        };
        assert_eq!(with("signed", "assignment"), 1);
        assert_eq!(with("decided", "extension"), 1);
        assert_eq!(with("signed", "approval"), 0);
        assert_eq!(with("proposed", "assignment"), 0);
        assert_eq!(with("ended", "assignment"), 0);
        let unreadable = Example::file("records/oppet-hus.toml", "decision = 1", "");
        assert_eq!(found(&RULE, &[RULE.bad, unreadable]), []);
    }
}
