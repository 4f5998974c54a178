//! A committee decided on a day for which its meeting plan has no meeting.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP627",
    slug: "decision-off-plan",
    title: "Nämnden beslutade en dag då den inte har något planerat sammanträde",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.2.0",
    source: "nämndens mötesplan",
    why: "En nämnd beslutar vid ett sammanträde. Står en annan dag är den troligen felskriven, eller så är den dagen då protokollet justerades eller anslogs. Besluten jämförs med de mötesplaner som finns i meetings/, mellan planens första och sista dag. Extra sammanträden och delegationsbeslut känner planen inte till.",
    check: Check::Register(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "decision.mer = { kind = \"other\", by = \"Socialnämnden\", date = 2025-02-20 }",
        "decision.mer.date",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "decision.mer = { kind = \"other\", by = \"Socialnämnden\", date = 2025-02-19 }",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let committees = scope.register.settings.iter().flat_map(|settings| &settings.data.committee);
    let mut findings = Vec::new();
    // A plan that cannot be read may hold the meeting.
    if scope.register.has_broken_meeting_plan() {
        return findings;
    }
    let mut plans: BTreeMap<&str, Vec<Vec<NaiveDate>>> = BTreeMap::new();
    for plan in scope.register.meeting_plans.values() {
        let mut days: Vec<NaiveDate> = plan.data.meeting.values().map(|meeting| meeting.date).collect();
        days.sort_unstable();
        plans.entry(&plan.data.committee).or_default().push(days);
    }
    let planned: Vec<_> =
        committees.filter_map(|(key, committee)| Some((committee, plans.get(key.as_str())?))).collect();
    if planned.is_empty() {
        return findings;
    }
    for records in scope.register.records.values() {
        for (key, decision) in records.data.decision.iter().filter(|(_, decision)| !decision.delegated) {
            let own = planned.iter().filter(|(committee, _)| committee.is_called(&decision.by));
            let of_time: Vec<&Vec<NaiveDate>> =
                own.flat_map(|(_, plans)| plans.iter()).filter(|days| spans(days, decision.date)).collect();
            if of_time.is_empty() || of_time.iter().any(|days| days.contains(&decision.date)) {
                continue;
            }
            let message = format!(
                "{} har enligt mötesplanen inget sammanträde den {}.",
                text::capitalised(&decision.by),
                decision.date
            );
            let place = Place::value(&records.file, path!["decision", key, "date"]);
            findings.push(
                Finding::new(RULE.code, Level::Note, place, message)
                    .source(RULE.source)
                    .help("Rätta datumet. Var det ett extra sammanträde: lägg till det i mötesplanen."),
            );
        }
    }
    findings
}

/// Whether a day lies between the first and the last of a plan's.
fn spans(days: &[NaiveDate], day: NaiveDate) -> bool {
    days.first().zip(days.last()).is_some_and(|(first, last)| (*first..=*last).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn only_a_plan_of_that_committee_and_time_tells_of_a_day() {
        let plan = "title = \"x\"\ncommittee = \"social\"\nsource = \"x\"\n[meeting.a]\nmanuscript_stop = \"not-stated\"\npreparation = \"not-stated\"\ndispatch = \"not-stated\"\ndate = 2024-01-15\n[meeting.b]\nmanuscript_stop = \"not-stated\"\npreparation = \"not-stated\"\ndispatch = \"not-stated\"\ndate = 2024-02-19\n";
        let with = |decision: &str| {
            let records = format!("decision.a = {{ kind = \"other\", {decision} }}");
            let plan = Example::file("meetings/social.toml", plan, "");
            found(&RULE, &[plan, Example::file("records/oppet-hus.toml", records.leak(), "")]).len()
        };
        assert_eq!(with("by = \"socialnämnden\", date = 2024-01-16"), 1);
        assert_eq!(with("by = \"socialnämnden\", date = 2024-01-15"), 0);
        assert_eq!(with("by = \"socialnämnden\", date = 2024-01-14"), 0);
        assert_eq!(with("by = \"socialnämnden\", date = 2024-02-20"), 0);
        assert_eq!(with("by = \"Kulturnämnden\", date = 2024-01-16"), 0);
        assert_eq!(with("by = \"socialnämnden\", date = 2024-01-16, delegated = true"), 0);
    }
}
