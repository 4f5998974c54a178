//! Ways out of the agreement, its annexes, and clauses of its own.

use chrono::Days;
use serde_json::{Map, Value, json};

use super::writer::Writer;
use crate::demo::days::date;
use crate::demo::stock::TEXTS;

impl Writer<'_> {
    pub(super) fn exits(&mut self) -> Value {
        let mut exits = Map::new();
        let mut add = |key: &str, value: Value| _ = exits.insert(key.to_owned(), value);
        if self.draw.chance(50) {
            add(
                "avvikelse",
                json!({ "cause": ["plan-deviation"], "means": "dialogue", "decided_by": "styrgruppen" }),
            );
        }
        if self.draw.chance(50) {
            add("omforhandling", json!({ "cause": ["purpose-or-values"], "means": "renegotiation" }));
        }
        let months = self.case.outline.exit_months;
        // The later guidelines demand that notice needs no cause.
        if self.draw.chance(60) && self.case.guideline != "granvik-2023" {
            add(
                "uppsagning",
                json!({ "cause": ["breach", "changed-circumstances"], "means": "notice", "dialogue_first": true, "notice_months": months }),
            );
        } else {
            add("uppsagning", json!({ "cause": ["any"], "means": "notice", "notice_months": months }));
        }
        if self.draw.chance(40) {
            add("lag", json!({ "cause": ["law-change"], "means": "immediate" }));
        }
        if self.draw.chance(25) {
            add(
                "nedlaggning",
                json!({ "cause": ["changed-circumstances"], "means": "notice", "notice_months": months, "open_to": ["kommun"],
                    "named_cause": "kommunfullmäktige beslutar att kommunen inte längre ska stödja verksamheten",
                    "in_writing": true, "within_months": 3, "consequence": "no-compensation" }),
            );
        }
        let liable = self.one(&TEXTS.liable);
        let (consequence, measure) = if self.draw.chance(60) {
            ("repayment", self.one(&TEXTS.repayment))
        } else {
            ("compensation", self.one(&TEXTS.compensation))
        };
        let mut rescission = json!({ "cause": ["unremedied-breach"], "means": "rescission", "consequence": consequence, "liable": liable, "measure": measure });
        if self.case.outline.lead_days.is_multiple_of(2) {
            rescission["consequence_force"] = "may".into();
        }
        add("havning", rescission);
        let means = if self.draw.chance(70) { "dialogue" } else { "court" };
        add("tvist", json!({ "cause": ["dispute"], "means": means }));
        exits.into()
    }

    pub(super) fn annexes(&mut self) -> Value {
        let day = date(self.case.dated - Days::new(7));
        let mut annexes = json!({ "verksamhetsplan": { "title": "Verksamhetsplan och budget", "date": day, "attached": true } });
        if self.draw.chance(50) {
            annexes["rapportmall"] = json!({ "title": "Mall för årlig uppföljningsrapport", "date": "2019-10-01",
                "registry_number": "KS 2019/1207", "attached": false });
        }
        if self.draw.chance(40) {
            annexes["stadgar"] = json!({ "title": format!("Stadgar för {}", self.case.lead().name), "date": day, "attached": true });
        }
        annexes
    }

    pub(super) fn clauses(&mut self) -> Value {
        let about = self.case.activity;
        let mut clauses = Map::new();
        let mut add = |key: &str, value: Value| _ = clauses.insert(key.to_owned(), value);
        let background = [
            self.paragraph(&about.needs, 3),
            format!("{} {}", self.one(&about.history), self.one(&TEXTS.background_close)),
            self.paragraph(&TEXTS.background_mutual, 2),
        ];
        add("background", json!({ "text": background.join("\n\n") }));
        if self.draw.chance(60) {
            add("value-basis", json!({ "addition": self.paragraph(&TEXTS.value_basis, 2) }));
        }
        if self.draw.chance(60) {
            add("steering", json!({ "addition": self.paragraph(&TEXTS.steering, 2) }));
        }
        if self.draw.chance(60) {
            add("exit", json!({ "addition": self.one(&TEXTS.exit) }));
        }
        let mut own = |writer: &mut Self, key: &str, heading: &str, texts: &[String]| {
            let text = writer.one(texts);
            add(key, json!({ "heading": heading, "text": text }));
        };
        if self.draw.chance(60) {
            own(self, "volontarer", &TEXTS.volunteers_heading, &TEXTS.volunteers);
        }
        if about.children {
            own(self, "background-checks", &TEXTS.checks_heading, &TEXTS.checks);
        }
        own(self, "insurance", &TEXTS.insurance_heading, &TEXTS.insurance);
        own(self, "data-protection", &TEXTS.data_heading, &TEXTS.data);
        if self.case.outline.hands_over {
            own(self, "public-insight", &TEXTS.insight_heading, &TEXTS.insight);
        }
        if self.draw.chance(50) {
            own(self, "larande", &TEXTS.evaluation_heading, &TEXTS.evaluation);
        }
        clauses.into()
    }
}
