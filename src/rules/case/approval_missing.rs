//! The agreement is decided or signed, and no decision to approve it is on file.

use crate::agreement::{Change, Status};
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::records::{Decision, DecisionKind};
use crate::register::id_of;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::settings::Committee;
use crate::term::terminations;
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP618",
    slug: "approval-missing",
    title: "Det framgår inte när avtalet godkändes, eller av vem",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "kommunallagen (2017:725) 6 kap. 3–5 och 37 §§",
    why: "Ett uppdrag att underteckna förutsätter att någon har beslutat om avtalet. Utan beslutet går det inte att se att kommunen är bunden, och inte om undertecknandet kom för tidigt. Är ett beslut om förlängning registrerat krävs inget mer: den som förlänger har godkänt.",
    check: Check::Agreement(check),
    bad: Example::agreement(&[], "status = \"decided\"", "status"),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-12-01 }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    if scope.has_unread_records() {
        return Vec::new();
    }
    let mut findings = of_changes(scope);
    findings.extend(by_fewer(scope));
    findings.extend(notice_by_fewer(scope));
    let id = id_of(scope.file);
    let is_decided = matches!(scope.agreement.status, Status::Decided | Status::Signed);
    let is_approved = scope.records().is_some_and(|records| {
        // Who has extended the agreement has approved of it.
        let is_yes = |kind| matches!(kind, DecisionKind::Approval | DecisionKind::Extension);
        records.data.decision.values().any(|decision| is_yes(decision.kind))
    });
    if is_decided {
        findings.extend(other_committees(scope));
    }
    if is_approved || !is_decided {
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
    let has_begun = approvals.iter().any(|one| one.date <= scope.as_of);
    let waiting = scope.agreement.also_decides.iter().filter_map(|(key, other)| {
        let committee = scope.register.settings.as_ref()?.data.committee.get(other.committee.as_str())?;
        let own = approvals.iter().filter(|one| committee.is_called(&one.by)).min_by_key(|one| one.date);
        let why = match own {
            None => "inget godkännande av den nämnden är registrerat".to_owned(),
            // On a day before anybody had decided nobody was waited for: the status is that of now.
            Some(own) => not_yet(scope, own).filter(|_| has_begun)?,
        };
        Some((key, committee.name_on(scope.as_of)?, why))
    });
    waiting
        .map(|(key, name, why)| {
            let message = format!(
                "Statusen är ”{}”, men {} har inte beslutat: {why}.",
                scope.agreement.status.label(),
                text::uncapitalised(name)
            );
            let help = "Lägg till beslutet i records/ med nämndens namn i by, eller ändra status tills den har beslutat.";
            let finding = scope.finding(&RULE, path!["also_decides", key], message).help(help);
            Finding { level: Level::Error, ..finding }
        })
        .collect()
}

/// Why a decision on record is none yet.
fn not_yet(scope: &Scope<'_>, decision: &Decision) -> Option<String> {
    let is_ahead = decision.date > scope.as_of;
    is_ahead.then(|| format!("dess beslut är daterat {}, en dag som inte har varit ännu", decision.date))
}

/// The committees that are to decide together on a change that is decided or signed, and that have not.
fn of_changes(scope: &Scope<'_>) -> Vec<Finding> {
    let decided = scope.agreement.changes().filter(|change| {
        let is_decided = change.status().unwrap_or(Status::Signed).must_be_complete();
        is_decided && change.deciders().len() > 1
    });
    decided.flat_map(|change| of_change(scope, change)).collect()
}

/// The changes that name a decision, are decided or signed, and do not name all committees that decide on the agreement: each may
/// have to.
fn by_fewer(scope: &Scope<'_>) -> Vec<Finding> {
    let committees = scope.register.settings.as_ref().map(|settings| &settings.data.committee);
    let all: Vec<&str> =
        scope.agreement.other_deciders().into_iter().filter_map(|one| one.committee).collect();
    let changes = scope.agreement.extensions().chain(scope.agreement.supplements());
    let decided = changes.filter(|change| {
        change.decision().is_some() && change.status().unwrap_or(Status::Signed).must_be_complete()
    });
    let by_fewer = decided.filter_map(|change| {
        let named: Vec<&str> = change.also_decides().values().map(|one| &*one.committee).collect();
        let lacking = all.iter().filter(|committee| !named.contains(committee));
        let lacking = lacking.filter_map(|key| committees?.get(*key)?.name_on(scope.as_of));
        let lacking: Vec<String> = lacking.map(text::uncapitalised).collect();
        (!lacking.is_empty()).then_some((change, lacking))
    });
    by_fewer
        .map(|(change, lacking)| {
            let message = format!(
                "{} anger inget beslut av {}, som också beslutar om avtalet.",
                change.named(),
                text::list(&lacking)
            );
            let help = "Skriv in de andra nämnderna i also_decides under ändringen, med beslut och diarienummer. Rör den inte dem godtas anmärkningen.";
            let finding = scope.finding(&RULE, change.path(), message).help(help);
            Finding { level: Level::Warning, ..finding }
        })
        .collect()
}

/// The first notice that one of the committees that decide on the agreement has given, where the others have not: together they
/// are the party.
fn notice_by_fewer(scope: &Scope<'_>) -> Option<Finding> {
    let records = scope.records()?;
    let all = scope.deciding_committees();
    let given = terminations(scope.agreement, Some(&records.data), scope.as_of);
    let has_given = |one: &&Committee| given.iter().any(|notice| one.is_called(&notice.decision.by));
    let first = given.iter().find(|notice| all.iter().any(|one| one.is_called(&notice.decision.by)))?;
    let lacking = all.iter().copied().filter(|one| !has_given(one));
    let lacking: Vec<String> =
        lacking.filter_map(|one| one.name_on(scope.as_of)).map(text::uncapitalised).collect();
    let message = format!(
        "Uppsägningen ”{}” är beslutad av {}, men inte av {}, som också beslutar om avtalet.",
        first.key,
        text::uncapitalised(&first.decision.by),
        text::list(&lacking)
    );
    let place = Place::value(&records.file, path!["decision", first.key, "by"]);
    let help = "Skriv in de andra nämndernas beslut i records/. Får en av dem säga upp avtalet för alla godtas anmärkningen.";
    (!lacking.is_empty())
        .then(|| Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source).help(help))
}

fn of_change(scope: &Scope<'_>, change: Change<'_>) -> Vec<Finding> {
    let committees = scope.register.settings.as_ref().map(|settings| &settings.data.committee);
    let waiting = change.deciders().into_iter().filter_map(|one| {
        let committee = match one.committee {
            None => scope.register.committee_of(scope.agreement),
            Some(key) => committees.and_then(|all| all.get(key)),
        }?;
        let own_decision = one.committee.is_none() && change.decision().is_some();
        let at = if own_decision { one.path.join("decision") } else { one.path };
        Some((at, committee.name_on(scope.as_of)?, why_waiting(scope, committee, one.decision)?))
    });
    waiting
        .map(|(at, name, why)| {
            let message = format!("{} väntar på {}: {why}.", change.named(), text::uncapitalised(name));
            let help = "Skriv in beslutet i records/ med nämndens namn i by och dess nyckel i decision, eller ändra status tills nämnden har beslutat.";
            let finding = scope.finding(&RULE, at, message).help(help);
            Finding { level: Level::Error, ..finding }
        })
        .collect()
}

/// Why a committee has not decided on a change; nothing where it has, or where the decision that is named is not on record:
/// that is told of the name.
fn why_waiting(scope: &Scope<'_>, committee: &Committee, decision: Option<&String>) -> Option<String> {
    let Some(key) = decision else { return Some("inget beslut av den nämnden är angivet".to_owned()) };
    let decision = scope.records()?.data.decision.get(key)?;
    let all = scope.register.settings.iter().flat_map(|settings| settings.data.committee.values());
    let is_others = all.filter(|other| *other != committee).any(|other| other.is_called(&decision.by));
    if is_others && !committee.is_called(&decision.by) {
        return Some(format!("beslutet ”{key}” är fattat av {}", text::uncapitalised(&decision.by)));
    }
    not_yet(scope, decision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    const TWO_COMMITTEES: Example = Example::file(
        "iop.toml",
        "[municipality]\nname = \"Ådala kommun\"\n[default]\ncommittee = \"social\"\n\
         [committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
         [committee.kultur]\nnames = [{ name = \"Kulturnämnden\" }]",
        "",
    );

    #[test]
    fn a_change_that_several_decide_on_waits_for_each_of_them() {
        let records = "decision.sn = { kind = \"extension\", by = \"Socialnämnden\", date = 2025-02-03 }\n\
                       decision.kn = { kind = \"extension\", by = \"Kulturnämnden\", date = 2025-02-10 }\n\
                       decision.sen = { kind = \"extension\", by = \"Kulturnämnden\", date = 2025-03-10 }\n\
                       decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2023-11-01 }";
        let said = |fields: &str| {
            let extension = format!("status = \"signed\"\nextension.a = {{ until = 2026-12-31, {fields} }}");
            let changes = [
                Example::agreement(&[], extension.leak(), ""),
                Example::file("records/oppet-hus.toml", records, ""),
                TWO_COMMITTEES,
            ];
            let findings = found(&RULE, &changes);
            findings.iter().map(|one| format!("{} {}", one.place.path, one.message)).collect::<Vec<_>>()
        };
        let both = |own: &str, other: &str| {
            said(&format!("{own}also_decides.kultur = {{ committee = \"kultur\"{other} }}"))
        };
        let own = "decision = \"sn\", ";
        assert_eq!(both(own, ", decision = \"kn\""), Vec::<String>::new());
        let waiting = "extension.a.also_decides.kultur Förlängningen ”a” väntar på kulturnämnden: ";
        let is_told = |other: &str, why: &str| assert_eq!(both(own, other), [format!("{waiting}{why}.")]);
        is_told("", "inget beslut av den nämnden är angivet");
        is_told(", decision = \"sen\"", "dess beslut är daterat 2025-03-10, en dag som inte har varit ännu");
        is_told(", decision = \"sn\"", "beslutet ”sn” är fattat av socialnämnden");
        assert_eq!(
            both("", ", decision = \"kn\""),
            [
                "extension.a Förlängningen ”a” väntar på socialnämnden: inget beslut av den nämnden är angivet."
            ]
        );
        let proposed = "status = \"proposed\", also_decides.kultur = { committee = \"kultur\" }";
        assert_eq!(said(proposed), Vec::<String>::new());
    }

    #[test]
    fn notice_is_given_by_all_who_decide() {
        let said = |records: &'static str| {
            let other = "also_decides.kultur = { committee = \"kultur\" }";
            let changes = [
                Example::agreement(&[], other, ""),
                Example::file("records/oppet-hus.toml", records, ""),
                TWO_COMMITTEES,
            ];
            let findings = found(&RULE, &changes).into_iter();
            findings.map(|one| format!("{} {}", one.place.path, one.message)).collect::<Vec<_>>()
        };
        let one = "decision.slut = { kind = \"termination\", by = \"Socialnämnden\", date = 2024-02-01 }\n";
        assert_eq!(
            said(one),
            [
                "decision.slut.by Uppsägningen ”slut” är beslutad av socialnämnden, men inte av kulturnämnden, som också beslutar om avtalet."
            ]
        );
        let both = "decision.slut = { kind = \"termination\", by = \"Socialnämnden\", date = 2024-02-01 }\n\
                    decision.kn = { kind = \"termination\", by = \"Kulturnämnden\", date = 2024-02-08 }";
        let by_party =
            "decision.slut = { kind = \"termination\", by = \"Föreningens styrelse\", date = 2024-02-01 }";
        for sound in [both, by_party] {
            assert_eq!(said(sound), Vec::<String>::new());
        }
    }

    #[test]
    fn only_an_approval_or_an_extension_is_a_decision_on_the_agreement() {
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
        assert_eq!(with("decided", "extension"), 0);
        assert_eq!(with("decided", "amount"), 1);
        assert_eq!(with("signed", "approval"), 0);
        assert_eq!(with("proposed", "assignment"), 0);
        assert_eq!(with("ended", "assignment"), 0);
        let unreadable = Example::file("records/oppet-hus.toml", "decision = 1", "");
        assert_eq!(found(&RULE, &[RULE.bad, unreadable]), []);
    }
}
