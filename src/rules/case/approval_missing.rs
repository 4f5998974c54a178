//! The agreement is decided or signed, and no decision to approve it is on file.

use crate::agreement::Status;
use crate::finding::{Finding, Level};
use crate::path;
use crate::records::DecisionKind;
use crate::register::id_of;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

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
    if !is_decided || scope.has_unread_records() {
        return Vec::new();
    }
    let mut findings = other_committees(scope);
    if is_approved {
        return findings;
    }
    let message = format!(
        "Statusen är ”{}”, men inget beslut om att godkänna avtalet är registrerat.",
        scope.agreement.status.label()
    );
    findings.push(scope.finding(&RULE, path!["status"], message).help(format!(
        "Lägg till [decision.NAMN] med kind = \"approval\", by, date och paragraf i records/{id}.toml."
    )));
    findings
}

/// The other committees that are to decide and of which no decision is on record: without it the agreement is not decided.
fn other_committees(scope: &Scope<'_>) -> Vec<Finding> {
    let decisions = scope.records().into_iter().flat_map(|records| records.data.decision.values());
    let approvals: Vec<_> = decisions.filter(|one| one.kind == DecisionKind::Approval).collect();
    let waiting = scope.agreement.also_decides.iter().filter_map(|(key, other)| {
        let committee = scope.register.settings.as_ref()?.data.committee.get(other.committee.as_str())?;
        let has_decided = approvals.iter().any(|one| committee.is_called(&one.by));
        (!has_decided).then_some((key, committee.name_on(scope.as_of)?))
    });
    waiting
        .map(|(key, name)| {
            let message = format!(
                "Statusen är ”{}”, men {} har inte beslutat: inget godkännande av den nämnden är registrerat.",
                scope.agreement.status.label(),
                text::uncapitalised(name)
            );
            let help = "Lägg till beslutet i records/ med nämndens namn i by, eller ändra status tills den har beslutat.";
            let finding = scope.finding(&RULE, path!["also_decides", key], message).help(help);
            Finding { level: Level::Error, ..finding }
        })
        .collect()
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
