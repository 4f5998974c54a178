//! How long it lasts, and what has changed that.

use serde_json::{Map, Value, json};

use super::money;
use super::writer::Writer;
use crate::demo::amounts::{RAISED_BEFORE, rise_start};
use crate::demo::case::Case;
use crate::demo::days::{date, has_come, last_day};
use crate::demo::life::{Course, RENEWED_MONTHS, Stage};
use crate::demo::records::beside;
use crate::demo::stock::TEXTS;

impl Writer<'_> {
    /// The term with its extensions and supplements.
    pub(super) fn time(&mut self, root: &mut Map<String, Value>) {
        root.insert("term".to_owned(), self.term());
        let extensions = extensions(self.case);
        if !extensions.is_empty() {
            root.insert("extension".to_owned(), extensions.into());
        }
        if let Some(supplement) = self.supplement() {
            root.insert("supplement".to_owned(), json!({ "tillagg-1": supplement }));
        }
    }

    fn term(&mut self) -> Value {
        let (case, life) = (self.case, self.case.life);
        let months = case.outline.months;
        let mut term = json!({ "start": date(case.term.start) });
        match life.course {
            Course::Open { notice_months, has_end_day, .. } => {
                let mut open = json!({ "notice_months": notice_months });
                if has_end_day {
                    open["ends_on"] = case.term.end.format("%m-%d").to_string().into();
                }
                term["until_further_notice"] = open;
                term["review_every_years"] = 3.into();
                term["review_task"] = self.one(&TEXTS.review_task).into();
            }
            _ if case.outline.says_months => term["months"] = months.into(),
            _ => term["end"] = date(case.term.end),
        }
        let has_review = !matches!(life.course, Course::Moved { is_earlier: true } | Course::Open { .. });
        if months >= 12 && has_review && self.draw.chance(70) {
            term["review_by"] = date(last_day(case.term.start, months - 5 - months / 8));
            term["review_task"] = self.one(&TEXTS.review_task).into();
        }
        match life.course {
            Course::Extended { .. } => {
                term["at_most_months_at_a_time"] = months.max(12).into();
                term["extensions_at_most_months"] = months.max(12).into();
            }
            Course::Optional { months, times, .. } => {
                let mut option = json!({ "months": months, "notice_by": date(life.option_until()), "by": "kommun",
                    "condition": "uppföljningen visar att målen nås" });
                if times > 1 {
                    option["times"] = times.into();
                } else if case.outline.lead_days.is_multiple_of(2) {
                    option["bound"] = "at-most".into();
                }
                term["option"] = json!({ "forlangning": option });
            }
            Course::Renewed { notice_months, .. } => {
                let mut renewal = json!({ "months": RENEWED_MONTHS, "notice_months": notice_months });
                if let Some(limit) = life.renewal_limit() {
                    renewal["until"] = date(limit);
                }
                term["renewal"] = renewal;
            }
            Course::Ended => term["ended"] = date(life.last_day()),
            Course::Stated | Course::Noticed | Course::Moved { .. } | Course::Open { .. } => {}
        }
        term
    }

    fn supplement(&mut self) -> Option<Value> {
        let (case, life) = (self.case, self.case.life);
        if let Some(component) = &case.supplement {
            let raised = rise_start(case.term) - RAISED_BEFORE;
            let changes = self.one(&TEXTS.supplement_raise);
            let funding = json!({ component.key.clone(): money::component(case, component) });
            return Some(if has_come(raised) {
                let supplement = json!({ "number": 1, "dated": date(raised), "changes": changes, "funding": funding,
                    "decision": "tillagg-1" });
                also_decided(case, supplement)
            } else {
                json!({ "number": 1, "status": "proposed", "changes": changes, "funding": funding })
            });
        }
        let Course::Moved { is_earlier } = life.course else { return None };
        let changes = self.one(if is_earlier { &TEXTS.supplement_earlier } else { &TEXTS.supplement_later });
        let supplement = json!({ "number": 1, "dated": date(life.supplement_dated()), "changes": changes,
            "end": date(life.last_day()), "decision": "tillagg-1" });
        Some(also_decided(case, supplement))
    }
}

/// A change with the decision of the other committee, where one decides on the agreement too. What is agreed on without any
/// decision was no committee's matter.
fn also_decided(case: &Case, mut change: Value) -> Value {
    let is_decided = change.get("decision").or_else(|| change.get("status")).is_some();
    if let Some(other) = case.outline.also.filter(|_| is_decided) {
        let mut also = json!({ "committee": other });
        if let Some(own) = change.get("decision").and_then(Value::as_str) {
            also["decision"] = beside(own, other).into();
        }
        change["also_decides"] = json!({ other: also });
    }
    change
}

fn extensions(case: &Case) -> Map<String, Value> {
    let life = case.life;
    match life.course {
        Course::Extended { times, stage: last } => (1..=times)
            .map(|number| {
                let stage = if number == times { last } else { Stage::Agreed };
                let key = format!("forlangning-{number}");
                let until = date(life.extension(number).end);
                let dated = date(life.extension_dated(number, stage));
                let extension = match stage {
                    Stage::Agreed => json!({ "until": until, "dated": dated, "decision": key }),
                    Stage::Dated => json!({ "until": until, "dated": dated }),
                    Stage::Decided => json!({ "until": until, "status": "decided", "decision": key }),
                    Stage::Proposed => json!({ "until": until, "status": "proposed" }),
                };
                (key, also_decided(case, extension))
            })
            .collect(),
        Course::Optional { is_used: true, .. } => {
            let until = life.following().first().map(|one| date(one.period.end));
            let extension = json!({ "until": until, "dated": date(life.option_called_on()), "option": "forlangning",
                "decision": "forlangning-1" });
            [("forlangning-1".to_owned(), also_decided(case, extension))].into_iter().collect()
        }
        _ => Map::new(),
    }
}
