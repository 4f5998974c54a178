//! Events in an agreement's life that cannot all be: none of them is chosen, each is told of where it stands.

use chrono::NaiveDate;

use crate::agreement::Means;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::records::{Decision, DecisionKind};
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::term::{LastUse, exits_on};
use crate::vocabulary::{Fact, Known};

pub(super) const RULE: Rule = Rule {
    code: "IOP212",
    slug: "life-contradictory",
    title: "Händelser i avtalets liv motsäger varandra",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "avtalets och händelsernas egna datum",
    why: "Stämmer inte datumen vet ingen hur länge avtalet gäller. Då räknas belopp, frister och möten ur ett datum som kan vara fel.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "extension.a = { until = 2026-06-30, dated = 2026-09-01 }",
        "extension.a.dated",
    ),
    good: Example::agreement(&[], "extension.a = { until = 2026-06-30, dated = 2025-09-01 }", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = changes(scope);
    findings.extend(uses(scope));
    findings.extend(terminations(scope));
    findings
}

/// A finding where an event stands in the agreement.
fn at(scope: &Scope<'_>, path: KeyPath, message: String, help: &str) -> Finding {
    scope.finding(&RULE, path, message).help(help.to_owned())
}

/// Extensions and supplements that were agreed when there was nothing left to change, or that end before the beginning.
fn changes(scope: &Scope<'_>) -> Vec<Finding> {
    const HELP: &str = "Rätta det ena datumet.";
    let agreement = scope.agreement;
    let mut findings = Vec::new();
    let mut own_end = |what: &str, dated: &Fact<NaiveDate>, until: NaiveDate, path: KeyPath| {
        if let Some(dated) = dated.known().filter(|dated| **dated > until) {
            let message = format!("{what} är daterad {dated}, efter sin egen sista dag {until}.");
            findings.push(at(scope, path, message, HELP));
        }
    };
    for (key, extension) in &agreement.extension {
        let what = format!("Förlängningen ”{key}”");
        own_end(&what, &extension.dated, extension.until, path!["extension", key, "dated"]);
    }
    let start = agreement.term.start.known();
    for (key, supplement) in &agreement.supplement {
        let Some(end) = supplement.end else { continue };
        if let Some(start) = start.filter(|start| end < **start) {
            let message =
                format!("Tillägget ”{key}” låter avtalet sluta {end}, men det börjar gälla först {start}.");
            let help =
                "Rätta datumet. Ska avtalet aldrig börja gälla: skriv det i records/ och ändra status.";
            findings.push(at(scope, path!["supplement", key, "end"], message, help));
        }
    }
    findings
}

/// Options that are used too often or too late.
fn uses(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(first) = agreement.term.end.known() else { return Vec::new() };
    let mut findings = Vec::new();
    for (key, option) in &agreement.term.option {
        let extensions = agreement.extension.iter();
        let mut used: Vec<_> =
            extensions.filter(|(_, extension)| extension.option.as_ref() == Some(key)).collect();
        used.sort_by_key(|(_, extension)| extension.until);
        let mut end = *first;
        for (number, (name, extension)) in used.into_iter().enumerate() {
            let number = number + 1;
            let path = path!["extension", name, "option"];
            if usize::try_from(option.times).is_ok_and(|times| number > times) {
                let message = format!(
                    "Förlängningen ”{name}” använder optionen ”{key}” för {number}:e gången, men den kan användas högst {} gånger.",
                    option.times
                );
                let help = "Ta bort option om parterna har kommit överens om förlängningen ändå, eller rätta antalet gånger.";
                findings.push(at(scope, path.clone(), message, help));
            }
            let by = LastUse::of(option, number, *first, end).map(LastUse::day);
            if let (Some(by), Some(dated)) = (by, extension.dated.known())
                && *dated > by
            {
                let message =
                    format!("Optionen ”{key}” användes {dated}, efter sista dagen att använda den ({by}).");
                let help = "Rätta datumet, eller ta bort option om parterna har kommit överens om förlängningen ändå.";
                let mut finding = at(scope, path, message, help);
                finding.level = Level::Warning;
                findings.push(finding);
            }
            end = extension.until;
        }
    }
    findings
}

/// Notice: once, by an exit that can be used so, in the order of its days, and before the agreement is over.
fn terminations(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let say = |key: &str, field: &str, message: String, help: &str| {
        Finding::new(
            RULE.code,
            Level::Error,
            Place::value(&records.file, path!["decision", key, field]),
            message,
        )
        .source(RULE.source)
        .help(help.to_owned())
    };
    let mut findings = Vec::new();
    let mut earlier: Option<(&str, &Decision)> = None;
    for (key, decision) in &records.data.decision {
        if decision.kind != DecisionKind::Termination {
            let fields = [
                ("sent", decision.sent.is_some()),
                ("received", decision.received.is_some()),
                ("exit", decision.exit.is_some()),
            ];
            findings.extend(fields.into_iter().filter(|(_, given)| *given).map(|(field, _)| {
                let message = format!(
                    "”{field}” hör till en uppsägning, men beslutet ”{key}” är {}.",
                    decision.kind.label()
                );
                say(key, field, message, "Ta bort uppgiften, eller ändra kind till \"termination\".")
            }));
            continue;
        }
        findings.extend(order(key, decision, scope.as_of, &say));
        findings.extend(exit(scope, key, decision, &say));
        if let Some((first, _)) = earlier {
            let message =
                format!("Avtalet är redan uppsagt genom ”{first}”: ”{key}” är en andra uppsägning.");
            let help = "Behåll den som gäller. Är det nya beslutet något annat: ändra kind.";
            findings.push(say(key, "kind", message, help));
        } else {
            earlier = Some((key, decision));
            findings.extend(too_late(scope, key, decision, &say));
            findings.extend(another_end(scope, key, &say));
        }
    }
    findings
}

type Say<'a> = &'a dyn Fn(&str, &str, String, &str) -> Finding;

/// A decision is sent after it was made, and received after it was sent.
fn order(key: &str, decision: &Decision, as_of: NaiveDate, say: Say<'_>) -> Vec<Finding> {
    const HELP: &str = "Rätta det ena datumet.";
    let mut findings = Vec::new();
    if let Some(sent) = decision.sent.filter(|sent| *sent < decision.date) {
        let message = format!("Uppsägningen ”{key}” skickades {sent}, före beslutet {}.", decision.date);
        findings.push(say(key, "sent", message, HELP));
    }
    if let (Some(sent), None) = (decision.sent.filter(|sent| *sent <= as_of), decision.received) {
        let message = format!(
            "Uppsägningen ”{key}” skickades {sent}, men det är inte registrerat när den kom fram. Den räknas inte än."
        );
        let mut finding = say(key, "sent", message, "Skriv den dag då den kom fram: received = 20ÅÅ-MM-DD.");
        finding.level = Level::Warning;
        findings.push(finding);
    }
    let from = decision.sent.unwrap_or(decision.date);
    if let Some(received) = decision.received.filter(|received| *received < from) {
        let message = format!("Uppsägningen ”{key}” kom fram {received}, före den {from} då den skickades.");
        findings.push(say(key, "received", message, HELP));
    }
    findings
}

/// The exit by which notice is given exists and is one for notice.
fn exit(scope: &Scope<'_>, key: &str, decision: &Decision, say: Say<'_>) -> Option<Finding> {
    let name = decision.exit.as_ref()?;
    let exits = exits_on(scope.agreement, scope.records().map(|records| &*records.data), scope.as_of);
    let known: Vec<&str> = exits.keys().copied().collect();
    match exits.get(name.as_str()).map(|(exit, _)| exit) {
        None => {
            let message = format!("Punkten ”{name}” finns inte i avtalets [exit].");
            Some(say(key, "exit", message, &crate::text::instead_of(name, &known)))
        }
        Some(exit) if !matches!(exit.means, Means::Notice | Means::Rescission | Means::Immediate) => {
            let message = format!(
                "Punkten ”{name}” ger ingen rätt att säga upp avtalet: den gäller {}.",
                exit.means.label()
            );
            Some(say(key, "exit", message, "Ange den punkt i [exit] som uppsägningen stöds på."))
        }
        Some(_) => None,
    }
}

/// Notice after the last day ends nothing.
fn too_late(scope: &Scope<'_>, key: &str, decision: &Decision, say: Say<'_>) -> Option<Finding> {
    let last = scope.life().as_agreed.last()?.to?;
    let (field, day) = match (decision.received, decision.sent) {
        (Some(received), _) => ("received", received),
        (None, Some(sent)) => ("sent", sent),
        (None, None) => ("date", decision.date),
    };
    (day > last).then(|| {
        let message = format!("Uppsägningen ”{key}” är från {day}, men avtalet gällde bara till {last}.");
        say(key, field, message, "Rätta datumet, eller lägg till den förlängning som gällde då.")
    })
}

/// The agreement states another last day than the one that notice gives it.
fn another_end(scope: &Scope<'_>, key: &str, say: Say<'_>) -> Option<Finding> {
    let notice = scope.life().notice.as_ref().filter(|notice| notice.key == key)?;
    let (by_notice, _) = notice.ends.as_ref()?;
    let ended = scope.agreement.term.ended.known().filter(|ended| *ended != by_notice)?;
    let message = format!(
        "Uppsägningen ”{key}” gör att avtalet upphör {by_notice}, men i avtalet står att det upphörde {ended}. Det räknas till {ended}."
    );
    let help = "Rätta dagen. Har parterna kommit överens om en annan dag än den som följer av uppsägningen: skriv det i ett tillägg med end, och ta bort ended.";
    let mut finding = say(key, "exit", message, help);
    finding.level = Level::Warning;
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// Where the rule finds something. The term is 2024-01-01–2025-12-31, and the examples are judged on 2025-03-01.
    fn places(agreement: &str, records: &str) -> Vec<String> {
        let agreement = Example::agreement(&[], agreement.to_owned().leak(), "");
        let records = Example::file("records/oppet-hus.toml", records.to_owned().leak(), "");
        let findings = found(&RULE, &[agreement, records]);
        findings.iter().map(|finding| finding.place.path.to_string()).collect()
    }

    const NOWHERE: [&str; 0] = [];

    fn notice(more: &str) -> String {
        format!("decision.t = {{ kind = \"termination\", by = \"x\", date = 2024-06-01, {more} }}\n")
    }

    #[test]
    fn a_change_is_agreed_while_there_is_something_to_change() {
        assert_eq!(places("extension.a = { until = 2026-06-30, dated = 2026-06-30 }", ""), NOWHERE);
        assert_eq!(
            places("extension.a = { until = 2026-06-30, dated = 2026-07-01 }", ""),
            ["extension.a.dated"]
        );
        let supplement = |end: &str| {
            places(&format!("supplement.a = {{ number = 1, changes = \"Tiden.\", end = {end} }}"), "")
        };
        assert_eq!(supplement("2023-12-31"), ["supplement.a.end"]);
        assert_eq!(supplement("2024-01-01"), NOWHERE);
    }

    #[test]
    fn an_option_is_used_so_often_and_so_early_as_it_says() {
        let option = "term.option.o = { months = 6, notice_by = 2025-06-30 }\n";
        let used = |extensions: &str| places(&format!("{option}{extensions}"), "");
        let first = "extension.a = { until = 2026-06-30, option = \"o\", dated = 2025-06-30 }\n";
        assert_eq!(used(first), NOWHERE);
        assert_eq!(used(&first.replace("dated = 2025-06-30", "dated = 2025-07-01")), ["extension.a.option"]);
        let second = "extension.b = { until = 2026-12-31, option = \"o\", dated = 2025-11-01 }\n";
        assert_eq!(used(&format!("{first}{second}")), ["extension.b.option"]);
    }

    #[test]
    fn notice_is_decided_sent_and_received_in_this_order_and_given_once() {
        let exits = "exit.u = { cause = [\"any\"], means = \"notice\", notice_months = 3 }";
        let with = |more: &str| places(exits, &notice(more));
        assert_eq!(with("sent = 2024-06-01, received = 2024-06-01, exit = \"u\""), NOWHERE);
        assert_eq!(with("sent = 2024-05-31, received = 2024-06-02"), ["decision.t.sent"]);
        assert_eq!(with("sent = 2024-06-02"), ["decision.t.sent"]);
        assert_eq!(with("sent = 2024-06-03, received = 2024-06-02"), ["decision.t.received"]);
        assert_eq!(with("received = 2024-05-31"), ["decision.t.received"]);
        assert_eq!(with("exit = \"x\""), ["decision.t.exit"]);
        assert_eq!(with("exit = \"tvist\""), ["decision.t.exit"]);
        assert_eq!(with("received = 2026-01-01"), ["decision.t.received"]);
        let twice = notice("") + "decision.u = { kind = \"termination\", by = \"x\", date = 2024-07-01 }\n";
        assert_eq!(places(exits, &twice), ["decision.u.kind"]);
        let ended = |day: &str| places(&format!("{exits}\nterm.ended = {day}"), &notice("exit = \"u\""));
        assert_eq!(ended("2024-09-01"), NOWHERE);
        assert_eq!(ended("2024-08-31"), ["decision.t.exit"]);
        let other = "decision.a = { kind = \"amount\", by = \"x\", date = 2024-06-01, sent = 2024-06-02 }\n";
        assert_eq!(places(exits, other), ["decision.a.sent"]);
    }
}
