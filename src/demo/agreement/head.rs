//! What stands first in the file.

use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::writer::Writer;
use crate::date::Period;
use crate::demo::case::registry_number;
use crate::demo::days::date;
use crate::demo::stock::NAMES;

impl Writer<'_> {
    pub(super) fn head(&mut self, root: &mut Map<String, Value>) {
        let case = self.case;
        let about = case.activity;
        let mut set = |key: &str, value: Value| _ = root.insert(key.to_owned(), value);
        set("title", self.one(&about.titles).into());
        set("activity", case.activity_key.clone().into());
        set("status", case.status.into());
        if case.outline.calls_itself_avtal() {
            set("document_word", "avtal".into());
        }
        set("dated", date(case.dated));
        set("guideline", case.guideline.into());
        set("committee", case.committee_key.into());
        if let Some(other) = case.outline.also {
            let number = registry_number(&NAMES.committee[other], case.opened, case.outline.index);
            set("also_decides", json!({ other: { "committee": other, "registry_number": number } }));
        }
        if let Some(before) = &case.continues {
            set("continues", before.clone().into());
        }
        if let Some(before) = case.before() {
            let year = before.start.year();
            let mut told = json!({ "title": format!("överenskommelsen om {}", case.activity.noun),
                "registry_number": format!("{} {year}/{}", case.committee.on(before.start).prefix, 1 + case.outline.index % 900),
                "period": { "start": date(before.start), "end": date(before.end) } });
            // The guidelines hold what extends another to five years together, and some are prolonged by up to two.
            let together = Period { end: case.term.end, ..before };
            let is_short = together.last_day_within(36).is_some_and(|last| case.term.end <= last);
            if is_short && case.outline.lead_days.is_multiple_of(2) {
                told["extended"] = true.into();
            }
            set("predecessor", told);
        }
        set("purpose", self.one(&about.purposes).into());
        set("case", json!({ "registry_number": case.registry_number(), "opened": date(case.opened) }));
        let copies = 1 + u64::from(case.outline.with_region) + case.civil().len() as u64;
        set("original", json!({ "location": "kommunens diarium", "copies": copies }));
        let mut group = json!({ "direct": self.about(&about.targets, 2) });
        if self.draw.chance(60) {
            group["indirect"] = self.one(&about.indirect).into();
        }
        set("target_group", group);
        self.time(root);
    }
}
