//! Something is recorded as done that nobody was to do, or for a period that does not exist or had not begun.

use crate::deadline_kind::DeadlineKind;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::schedule::{self, Deadline};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP508",
    slug: "record-unmatched",
    title: "Det som är registrerat hör inte till något i schemat",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: det som bockas av ska gå att följa till det avtalet kräver",
    why: "En rapport som är registrerad på fel period räknas inte, och det som avtalet kräver fortsätter att visas som försenat.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[report.ar]\nduty = \"arsrapport\"\nperiod = { start = 2023-01-01, end = 2023-12-31 }\ndate = 2024-02-10\n",
        "report.ar.period",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[report.ar]\nduty = \"arsrapport\"\nperiod = { start = 2024-01-01, end = 2024-12-31 }\ndate = 2025-02-10\n",
        "",
    ),
};

const HELP: &str = "Rätta perioden, slaget eller datumet: iop schedule visar vad avtalet kräver, och id:t sist på raden vad perioden heter.";

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let say = |path, message: String| {
        Finding::new(RULE.code, Level::Warning, Place::value(&records.file, path), message)
            .source(RULE.source)
            .help(HELP)
    };
    let mut findings = Vec::new();
    let term = scope.life().in_force();
    for (key, report) in &records.data.report {
        let duty = scope.agreement.follow_up.get(&report.duty);
        let (Some(duty), Some(term)) = (duty, term) else { continue };
        let periods = schedule::report_periods(duty, term);
        if !periods.is_empty() && schedule::period_of(&periods, report.period).is_none() {
            let message = format!("Rapporten ”{key}” avser {}, men avtalet gäller {}.", report.period, term);
            findings.push(say(path!["report", key, "period"], message));
        }
    }
    for (key, report) in &records.data.report {
        if report.date < report.period.start {
            let message =
                format!("Rapporten ”{key}” kom {}, innan perioden {} började.", report.date, report.period);
            findings.push(say(path!["report", key, "date"], message));
        }
    }
    for (key, meeting) in &records.data.meeting {
        let start = term.map(|term| term.start);
        if meeting.period.is_none() && start.is_some_and(|start| meeting.date < start) {
            let message = format!("Mötet ”{key}” hölls {}, innan avtalet började gälla.", meeting.date);
            findings.push(say(path!["meeting", key, "date"], message));
        }
    }
    let named = records.data.meeting.values().any(|meeting| meeting.period.is_some());
    if !named && records.data.done.is_empty() {
        return findings;
    }
    let Some((id, entry)) = scope.register.agreements.get_key_value(crate::register::id_of(scope.file))
    else {
        return findings;
    };
    let schedule = scope.scheduler.schedule(id, entry);
    let periods = |fits: &dyn Fn(&Deadline<'_>) -> bool| {
        let found = schedule.deadlines.iter().filter(|one| fits(one));
        found.map(|one| one.period.clone().unwrap_or_else(|| "-".to_owned())).collect::<Vec<_>>()
    };
    for (key, meeting) in &records.data.meeting {
        let Some(named) = &meeting.period else { continue };
        let known = periods(&|one| {
            one.kind == DeadlineKind::SteeringMeeting && one.of.as_ref() == Some(&meeting.steering_group)
        });
        if !known.is_empty() && !known.contains(named) {
            let message = format!("Mötet ”{key}” räknas till perioden ”{named}”, som inte finns.");
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            findings
                .push(say(path!["meeting", key, "period"], message).help(text::instead_of(named, &known)));
        }
    }
    for (key, done) in &records.data.done {
        let is_it =
            |one: &Deadline<'_>| one.kind == done.kind && one.of == done.of && one.period == done.period;
        // A meeting stands with the others, with its group and day.
        if !done.kind.nature().is_ticked_off || done.kind == DeadlineKind::SteeringMeeting {
            let message = format!(
                "”{key}” räknas inte: {} bockas inte av under [done]. iop done säger var det skrivs.",
                done.kind.label()
            );
            findings.push(say(path!["done", key], message));
        } else if !schedule.deadlines.iter().any(is_it) {
            let named = [Some(done.kind.label()), done.of.as_deref(), done.period.as_deref()];
            let named: Vec<&str> = named.into_iter().flatten().collect();
            let message = format!("Inget i schemat motsvarar ”{key}” ({}).", named.join(", "));
            findings.push(say(path!["done", key], message));
        } else if let Some(first) = schedule
            .deadlines
            .iter()
            .find(|one| is_it(one))
            .and_then(|deadline| schedule::first_possible_day(&schedule, deadline))
            .filter(|first| done.date < *first)
        {
            let message = format!("”{key}” är från {}, men kan ha gjorts tidigast {first}.", done.date);
            findings.push(say(path!["done", key, "date"], message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    fn places(records: &'static str) -> Vec<String> {
        let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records, "")]);
        findings.iter().map(|finding| finding.place.path.to_string()).collect()
    }

    #[test]
    fn what_names_its_period_must_name_one_that_exists() {
        let nowhere: [&str; 0] = [];
        assert_eq!(
            places("[meeting.a]\nsteering_group = \"styrgrupp\"\ndate = 2024-07-02\nperiod = \"2024H1\"\n"),
            nowhere
        );
        assert_eq!(
            places("[meeting.a]\nsteering_group = \"styrgrupp\"\ndate = 2024-07-02\nperiod = \"2026H1\"\n"),
            ["meeting.a.period"]
        );
        let review = "[done.a]\nkind = \"review\"\nperiod = \"1\"\ndate = 2025-03-01\n";
        assert_eq!(places(review), nowhere);
        assert_eq!(places("[done.a]\nkind = \"review\"\nperiod = \"2025\"\ndate = 2025-03-01\n"), ["done.a"]);
        assert_eq!(
            places("[done.a]\nkind = \"review\"\nperiod = \"1\"\ndate = 1999-01-01\n"),
            ["done.a.date"]
        );
        assert_eq!(places("[done.a]\nkind = \"payout\"\ndate = 2025-03-01\n"), ["done.a"]);
        assert_eq!(
            places(
                "[report.a]\nduty = \"arsrapport\"\nperiod = { start = 2024-01-01, end = 2024-12-31 }\ndate = 2023-02-10\n\
                 [meeting.b]\nsteering_group = \"styrgrupp\"\ndate = 2023-12-02\n"
            ),
            ["report.a.date", "meeting.b.date"]
        );
        assert_eq!(
            places(
                "[done.a]\nkind = \"steering-call\"\nof = \"styrgrupp\"\nperiod = \"2024H1\"\ndate = 2024-05-02\n"
            ),
            nowhere
        );
    }

    #[test]
    fn what_is_done_is_of_its_own_kind_and_at_the_earliest_a_year_before_the_term() {
        let nowhere: [&str; 0] = [];
        // The group meets in that period, and is not reviewed in it.
        let review =
            "[done.a]\nkind = \"review\"\nof = \"styrgrupp\"\nperiod = \"2024H1\"\ndate = 2024-05-02\n";
        assert_eq!(places(review), ["done.a"]);
        assert_eq!(places("[done.a]\nkind = \"review\"\nperiod = \"1\"\ndate = 2023-01-01\n"), nowhere);
        assert_eq!(
            places("[done.a]\nkind = \"review\"\nperiod = \"1\"\ndate = 2022-12-31\n"),
            ["done.a.date"]
        );
    }
}
