//! A meeting plan whose days come in an order in which nobody can work.

use chrono::NaiveDate;

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP510",
    slug: "meeting-plan-order",
    title: "Mötesplanens dagar kommer i fel ordning",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: manusstopp, beredning, utskick och sammanträde kommer i den ordningen",
    why: "Sista dag att lämna en skrivelse räknas ur planen. Är en dag fel kommer ärendet för sent till nämnden.",
    check: Check::Register(check),
    bad: Example::file(
        "meetings/social-2025.toml",
        "title = \"Socialnämnden 2025\"\ncommittee = \"social\"\nsource = \"socialnämnden 2024-10-09 § 120\"\n\
         [meeting.mars]\nmanuscript_stop = 2025-04-24\ndate = 2025-03-19\n",
        "meeting.mars.manuscript_stop",
    ),
    good: Example::file(
        "meetings/social-2025.toml",
        "title = \"Socialnämnden 2025\"\ncommittee = \"social\"\nsource = \"socialnämnden 2024-10-09 § 120\"\n\
         [meeting.mars]\nmanuscript_stop = 2025-02-24\npreparation = 2025-03-05\ndispatch = 2025-03-12\ndate = 2025-03-19\n",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for plan in scope.register.meeting_plans.values() {
        for (key, meeting) in &plan.data.meeting {
            let steps: [(&str, &str, Option<&NaiveDate>); 4] = [
                ("manuscript_stop", "Manusstoppet", meeting.manuscript_stop.known()),
                ("preparation", "Beredningen", meeting.preparation.known()),
                ("dispatch", "Utskicket", meeting.dispatch.known()),
                ("date", "Sammanträdet", Some(&meeting.date)),
            ];
            let known: Vec<(&str, &str, NaiveDate)> =
                steps.into_iter().filter_map(|(field, name, day)| Some((field, name, *day?))).collect();
            for pair in known.windows(2) {
                let [(field, name, day), (_, next, after)] = pair else { continue };
                if day > after {
                    let message = format!(
                        "{name} {day} kommer efter {} {after} i ”{}”.",
                        crate::text::uncapitalised(next),
                        plan.data.title
                    );
                    let place = Place::value(&plan.file, path!["meeting", key, *field]);
                    findings.push(
                        Finding::new(RULE.code, Level::Warning, place, message)
                            .source(RULE.source)
                            .help("Rätta dagen efter nämndens beslutade mötesplan."),
                    );
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn two_steps_may_be_taken_on_the_same_day() {
        let places = |days: &str| {
            let toml = format!(
                "title = \"Socialnämnden 2025\"\ncommittee = \"social\"\nsource = \"socialnämnden 2024-10-09 § 120\"\n[meeting.mars]\n{days}"
            );
            let findings = found(&RULE, &[Example::file("meetings/social-2025.toml", toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let same = "manuscript_stop = 2025-03-19\npreparation = 2025-03-19\ndispatch = 2025-03-19\ndate = 2025-03-19";
        assert_eq!(places(same), Vec::<String>::new());
        assert_eq!(
            places(&same.replace("dispatch = 2025-03-19", "dispatch = 2025-03-20")),
            ["meeting.mars.dispatch"]
        );
        assert_eq!(
            places("manuscript_stop = 2025-03-20\ndate = 2025-03-19"),
            ["meeting.mars.manuscript_stop"]
        );
    }
}
