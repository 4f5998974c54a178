//! Notice: once, by an exit that can be used so, in the order of its days, in time, and before the agreement is over.

use chrono::NaiveDate;

use super::{RULE, at};
use crate::agreement::Means;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::records::{Decision, DecisionKind};
use crate::rules::Scope;
use crate::term::{Termination, exits_on, notice_day, terminations, unstoppable};
use crate::vocabulary::Known;

pub(super) fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = never(scope).into_iter().collect();
    let Some(records) = scope.records() else { return findings };
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
    let given = terminations(scope.agreement, Some(&*records.data), scope.as_of);
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
        if let Some(first) = given.first().filter(|first| first.key != key) {
            findings.extend(second(scope, first, given.iter().find(|one| one.key == key), &say));
        } else {
            findings.extend(too_late(scope, key, decision, &say));
            findings.extend(another_end(scope, key, &say));
            findings.extend(before_start(scope, key, &say));
            findings.extend(missed(scope, key, &say));
            findings.extend(untold_time(scope, given.first(), &say));
        }
    }
    findings
}

/// Notice against a renewal of which nobody can tell whether it came in time, as the agreement does not say its time.
fn untold_time(scope: &Scope<'_>, given: Option<&Termination<'_>>, say: Say<'_>) -> Option<Finding> {
    let notice = given.filter(|notice| notice.is_ordinary && notice.ends.is_none())?;
    let terms = scope.agreement.term.going_on().filter(|terms| terms.notice_months.is_none())?;
    let exits = exits_on(scope.agreement, scope.records().map(|records| &*records.data), scope.as_of);
    // A way out for any cause says the time of the renewal's notice as well.
    let mut exits = exits.values().map(|(exit, _)| *exit);
    let is_told = exits.any(|exit| exit.is_ordinary() && exit.notice_months.known().is_some());
    if is_told || scope.agreement.term.ended.known().is_some() {
        return None;
    }
    let message = format!(
        "Uppsägningstiden är inte angiven ({}.notice_months), så det går inte att säga om uppsägningen {} kom i tid: här räknas avtalet sluta med den tid som pågick.",
        path!["term", terms.key],
        notice.given
    );
    let help = "Skriv in uppsägningstiden, eller när avtalet slutade: ended under [term].";
    Some(Finding { level: Level::Warning, ..say(notice.key, "kind", message, help) })
}

/// Notice beside the one that counts. What has not been given yet changes nothing; nor is it wrong that somebody rescinds in
/// the time of notice, where the agreement says when it ended.
fn second(
    scope: &Scope<'_>,
    first: &Termination<'_>,
    other: Option<&Termination<'_>>,
    say: Say<'_>,
) -> Option<Finding> {
    let other = other.filter(|other| other.is_ordinary || scope.agreement.term.ended.is_none())?;
    // Committees that decide together give one notice, each by its own decision.
    let all = scope.deciding_committees();
    let by = |notice: &Termination<'_>| all.iter().position(|one| one.is_called(&notice.decision.by));
    if by(first).zip(by(other)).is_some_and(|(one, another)| one != another) {
        return None;
    }
    let message = format!(
        "Avtalet är redan uppsagt genom ”{}”, som räknas från {}: ”{}” är en andra uppsägning och ändrar inget.",
        first.key, first.given, other.key
    );
    let help = "Behåll den som gäller. Är det nya beslutet något annat: ändra kind. Slutar avtalet tidigare genom det: skriv den sista dagen i [term] ended.";
    Some(say(other.key, "kind", message, help))
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
    let (field, day) = day_of(decision);
    (day > last).then(|| {
        let message = format!("Uppsägningen ”{key}” är från {day}, men avtalet gällde bara till {last}.");
        say(key, field, message, "Rätta datumet, eller lägg till den förlängning som gällde då.")
    })
}

/// The day of a notice that is furthest on its way, and its key.
fn day_of(decision: &Decision) -> (&'static str, NaiveDate) {
    match (decision.received, decision.sent) {
        (Some(received), _) => ("received", received),
        (None, Some(sent)) => ("sent", sent),
        (None, None) => ("date", decision.date),
    }
}

/// A renewal against which nobody can ever give notice in time.
fn never(scope: &Scope<'_>) -> Option<Finding> {
    let term = scope.agreement.term.period()?;
    let renewed = unstoppable(scope.agreement)?.to?;
    // Until further notice it is plain that the first end is passed.
    let going_on = scope.agreement.term.going_on().filter(|terms| !terms.is_until_further_notice())?;
    let day = notice_day(term.end, going_on.notice_months?)?;
    let message = format!(
        "Sista dag att säga upp avtalet före den första förlängningen är {day}, men avtalet börjar gälla först {}. Ingen kan hindra att det gäller till {renewed}.",
        term.start
    );
    let help = "Rätta uppsägningstiden, eller skriv den tid som ingen kan hindra som avtalstid (end).";
    Some(at(scope, path!["term", "renewal", "notice_months"], message, help))
}

/// Notice that would end the agreement before it begins ends nothing.
fn before_start(scope: &Scope<'_>, key: &str, say: Say<'_>) -> Option<Finding> {
    let notice = scope.life().notice.as_ref().filter(|notice| notice.key == key)?;
    let (ends, _) = notice.ends.as_ref()?;
    let start = scope.agreement.term.start.known().filter(|start| ends < *start)?;
    let message = format!(
        "Uppsägningen ”{key}” gör att avtalet upphör {ends}, innan det börjar gälla {start}. Tills vidare räknas det som om det inte är uppsagt."
    );
    let help = "Rätta datumen. Ska avtalet aldrig börja gälla: skriv det i records/ och ändra status.";
    Some(say(key, "exit", message, help))
}

/// Notice after the last day for it lets the agreement be renewed once more.
fn missed(scope: &Scope<'_>, key: &str, say: Say<'_>) -> Option<Finding> {
    let life = scope.life();
    let notice = life.notice.as_ref().filter(|notice| notice.key == key && life.early_end.is_none())?;
    if !notice.is_ordinary {
        return None;
    }
    let missed = life.missed_notice_day()?;
    let message = format!(
        "Uppsägningen ”{key}” räknas från {}, efter den {missed} som var sista dag: avtalet förlängs ändå, till {}.",
        notice.given,
        life.last_day()?
    );
    let help = "Rätta datumet. Har parterna kommit överens om att avtalet ändå slutar: skriv det i ett tillägg med end.";
    let finding = say(key, day_of(notice.decision).0, message, help);
    Some(Finding { level: Level::Warning, ..finding })
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
