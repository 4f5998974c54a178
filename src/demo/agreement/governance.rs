//! How the partnership is steered and followed up.

use chrono::Months;
use serde_json::{Map, Value, json};

use super::writer::Writer;
use crate::demo::days::{date, last_day};
use crate::demo::stock::TEXTS;

impl Writer<'_> {
    pub(super) fn governance(&mut self, root: &mut Map<String, Value>) {
        let case = self.case;
        let lead = case.lead();
        let joint = case.guideline == "granvik-samverkan-2019";
        let often: &[(u32, &str)] = if joint {
            &[(3, "year"), (1, "quarter"), (2, "half-year")]
        } else {
            &[(2, "year"), (1, "half-year"), (3, "year"), (1, "quarter"), (4, "year")]
        };
        let (times, per) = *self.draw.pick(often);
        let mut seats = Map::new();
        seats.insert(
            "chef".to_owned(),
            json!({ "function": case.committee.contact, "party": "kommun", "convener": true }),
        );
        for (is_party, key) in
            [(case.outline.with_region, "region"), (case.outline.with_neighbour, "grannkommun")]
        {
            if is_party {
                seats.insert(
                    key.to_owned(),
                    json!({ "function": "samordnare för civilsamhälle", "party": key }),
                );
            }
        }
        for organisation in case.civil() {
            let function = self.one(&TEXTS.seats);
            seats
                .insert(organisation.key.clone(), json!({ "function": function, "party": organisation.key }));
        }
        let minutes_by = if self.draw.chance(70) { "kommun" } else { lead.key.as_str() };
        let mut group = json!({
            "title": "Styrgrupp",
            "tasks": self.about(&TEXTS.steering_tasks, 3),
            "meetings": { "times": times, "per": per },
            "called_by": "kommun",
            "minutes_by": minutes_by,
        });
        if self.draw.chance(30) {
            group["meetings"]["bound"] = "at-least".into();
        }
        if self.draw.chance(60) {
            group["decides_by"] = "consensus".into();
        }
        group["seat"] = seats.into();
        root.insert("steering_group".to_owned(), json!({ "styrgrupp": group }));

        let mut duties = Map::new();
        duties.insert(
            "halvar".to_owned(),
            json!({ "kind": "activity-report", "title": "Halvårsrapport", "every": "half-year", "at_least_per_year": 2,
                "author": lead.key, "receiver": "kommun", "due": { "days_after_period": 45 }, "contents": self.about(&TEXTS.report_contents, 2) }),
        );
        duties.insert(
            "arsrapport".to_owned(),
            json!({ "kind": "yearly-report", "every": "year", "author": lead.key, "receiver": "kommun",
                "due": { "month": 2, "day": 15 }, "contents": self.about(&TEXTS.report_contents, 3), "use_for": self.one(&TEXTS.use_for) }),
        );
        // A fifth of the next payout.
        if self.case.outline.lead_days.is_multiple_of(5) {
            duties["halvar"]["late"] = json!({ "sen": { "share": "20" } });
            if self.case.outline.lead_days.is_multiple_of(2) {
                duties["halvar"]["late"]["sen"]["force"] = "may".into();
            }
        }
        duties.insert(
            "namnd".to_owned(),
            json!({ "kind": "committee-account", "every": "year", "author": "kommun", "receiver": case.organ, "due": { "month": 3 } }),
        );
        if self.draw.chance(45) {
            duties.insert(
                "statistik".to_owned(),
                json!({ "kind": "statistics", "title": "Statistik uppdelad på kön", "every": "half-year", "author": lead.key,
                    "receiver": "kommun", "due": { "days_after_period": 30 } }),
            );
        }
        if self.draw.chance(40) {
            duties.insert(
                "bokslut".to_owned(),
                json!({ "kind": "annual-accounts", "every": "year", "author": lead.key, "receiver": "kommun", "due": { "month": 6 } }),
            );
        }
        if self.draw.chance(30) {
            duties.insert(
                "arbetsdag".to_owned(),
                json!({ "kind": "workshop", "every": "year", "author": lead.key, "receiver": "styrgruppen", "due": { "words": "på våren" } }),
            );
        }
        if self.draw.chance(30) {
            duties.insert(
                "avvikelser".to_owned(),
                json!({ "kind": "information", "title": "Information om avvikelser", "author": lead.key, "receiver": "kommun",
                    "due": { "words": "utan dröjsmål" }, "contents": ["väsentliga avvikelser från verksamhetsplanen"] }),
            );
        }
        if case.outline.months >= 18 && self.draw.chance(40) {
            let due = date(last_day(case.term.start, case.outline.months / 2));
            duties.insert(
                "halvtid".to_owned(),
                json!({ "kind": "mid-term-review", "every": "once", "author": "kommun", "receiver": "styrgruppen", "due": { "date": due } }),
            );
        }
        let goes_on = case.outline.is_open_ended() && case.life.decisions().is_empty();
        if self.draw.chance(50) && !goes_on {
            let due = date(case.last_day + Months::new(2));
            duties.insert(
                "slut".to_owned(),
                json!({ "kind": "final-evaluation", "title": "Gemensam slutvärdering", "every": "once", "author": "kommun",
                    "receiver": case.organ, "due": { "date": due } }),
            );
        }
        root.insert("follow_up".to_owned(), duties.into());
    }
}
