//! Something is recorded as done on a day that has not come.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP509",
    slug: "event-in-future",
    title: "En händelse är daterad i framtiden",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "god sed: det som är registrerat har hänt",
    why: "En händelse med fel årtal räknas inte förrän den dagen kommer, och det den gäller kan visas som försenat till dess.",
    check: Check::Agreement(check),
    bad: Example::file(
        "records/oppet-hus.toml",
        "[meeting.mars]\nsteering_group = \"styrgrupp\"\ndate = 2204-03-12\n",
        "meeting.mars.date",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[meeting.mars]\nsteering_group = \"styrgrupp\"\ndate = 2024-03-12\n",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let Some(records) = scope.records() else { return Vec::new() };
    let events = records.data.events();
    events
        .filter(|(.., date)| *date > scope.as_of)
        .map(|(table, key, date)| {
            let place = Place::value(&records.file, path![table, key, "date"]);
            let help = match table {
                "meeting" => "Rätta dagen, eller skriv planned = true om mötet är bokat.",
                _ => "Rätta dagen, eller vänta med att skriva in det tills det har hänt.",
            };
            let message = format!("”{key}” är daterad {date}, en dag som inte har varit ännu.");
            Finding::new(RULE.code, Level::Warning, place, message).source(RULE.source).help(help)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_planned_meeting_lies_ahead_and_a_payment_does_not() {
        let places = |records: &'static str| {
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records, "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        let planned = "[meeting.a]\nsteering_group = \"styrgrupp\"\ndate = 2204-03-12\nplanned = true\n";
        assert_eq!(places(planned), nowhere);
        assert_eq!(places("[payment.a]\namount = 250_000\ndate = 2204-01-31\n"), ["payment.a.date"]);
        assert_eq!(places("[done.a]\nkind = \"review\"\ndate = 2204-01-31\n"), ["done.a.date"]);
    }

    #[test]
    fn what_happened_today_has_happened_and_only_a_meeting_can_be_planned() {
        let said = |records: String| {
            let findings = found(&RULE, &[Example::file("records/oppet-hus.toml", records.leak(), "")]);
            findings
                .into_iter()
                .map(|one| (one.place.path.to_string(), one.help.unwrap()))
                .collect::<Vec<_>>()
        };
        let wait = "Rätta dagen, eller vänta med att skriva in det tills det har hänt.";
        let planned = "Rätta dagen, eller skriv planned = true om mötet är bokat.";
        for (table, fields, help) in [
            ("meeting", "steering_group = \"styrgrupp\"", planned),
            ("payment", "amount = 250_000", wait),
            ("decision", "kind = \"approval\"\nby = \"nämnden\"", wait),
            ("signing", "party = \"kommun\"\nsignatory = \"ordforande\"", wait),
            ("done", "kind = \"review\"", wait),
            ("report", "duty = \"arsrapport\"\nperiod = { start = 2024-01-01, end = 2024-12-31 }", wait),
        ] {
            let on = |day: &str| said(format!("[{table}.a]\n{fields}\ndate = {day}\n"));
            assert_eq!(on("2025-03-01"), [], "{table}");
            assert_eq!(on("2025-03-02"), [(format!("{table}.a.date"), help.to_owned())]);
        }
    }
}
