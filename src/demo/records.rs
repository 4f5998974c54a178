//! From a case to what has happened since.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Map, Value, json};

use super::agreement::{date, has_come};
use super::case::{Case, extension_agreed, last_day, rise_start};

/// What the file of events says but for payments; nothing before the committee has decided.
pub(super) fn records(case: &Case, agreement: &Value) -> Option<Value> {
    if !case.is_decided() {
        return None;
    }
    let mut root = Map::new();
    root.insert("decision".to_owned(), decisions(case));
    if case.is_signed() {
        root.insert("signing".to_owned(), signings(case, agreement));
    }
    let meetings = meetings(case);
    if !meetings.is_empty() {
        root.insert("meeting".to_owned(), meetings.into());
    }
    let reports = reports(case);
    if !reports.is_empty() {
        root.insert("report".to_owned(), reports.into());
    }
    Some(root.into())
}

fn decisions(case: &Case) -> Value {
    let paragraph = |date: NaiveDate| format!("§ {}", 10 + date.ordinal() / 3);
    let organ = |date: NaiveDate| crate::text::uncapitalised(&case.committee.on(date).name);
    let mut decisions = Map::new();
    let approval = if case.outline.delegated {
        json!({ "kind": "approval", "by": case.committee.head_definite, "date": date(case.decided),
            "registry_number": case.registry_number(), "delegated": true, "reported": date(case.decided + Days::new(14)) })
    } else {
        json!({ "kind": "approval", "by": organ(case.decided), "date": date(case.decided),
            "paragraph": paragraph(case.decided), "registry_number": case.registry_number() })
    };
    decisions.insert("avtal".to_owned(), approval);
    let mut later = |key: String, kind: &str, day: NaiveDate| {
        decisions.insert(
            key,
            json!({ "kind": kind, "by": organ(day), "date": date(day), "paragraph": paragraph(day) }),
        );
    };
    for number in 1..=case.outline.extensions {
        let before = last_day(case.term.start, case.outline.months + 6 * (number - 1));
        later(format!("forlangning-{number}"), "extension", extension_agreed(before));
    }
    if case.outline.rises {
        later("hojning".to_owned(), "amount", rise_start(case.term) - Days::new(40));
    }
    decisions.into()
}

fn signings(case: &Case, agreement: &Value) -> Value {
    let mut signings = Map::new();
    let parties = agreement.get("party").and_then(Value::as_object).into_iter().flatten();
    for ((key, party), day) in parties.zip(2..) {
        for signatory in party.get("signatory").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            let on = case.decided + Days::new(day);
            signings.insert(
                format!("{key}-{signatory}"),
                json!({ "party": key, "signatory": signatory, "date": date(on) }),
            );
        }
    }
    signings.into()
}

fn meetings(case: &Case) -> Map<String, Value> {
    let mut meetings = Map::new();
    let days = (0..12).map(|number| case.term.start + Months::new(2 + 6 * number) + Days::new(9));
    for (day, number) in days.take_while(|day| *day <= case.last_day && has_come(*day)).zip(1..) {
        meetings
            .insert(format!("mote-{number}"), json!({ "steering_group": "styrgrupp", "date": date(day) }));
    }
    meetings
}

/// The yearly reports that have come.
fn reports(case: &Case) -> Map<String, Value> {
    let mut reports = Map::new();
    for year in case.term.years() {
        let (Some(part), Some(due)) = (case.term.in_year(year), NaiveDate::from_ymd_opt(year + 1, 2, 12))
        else {
            continue;
        };
        if has_come(due) {
            reports.insert(
                format!("arsrapport-{year}"),
                json!({ "duty": "arsrapport", "period": { "start": date(part.start), "end": date(part.end) }, "date": date(due) }),
            );
        }
    }
    reports
}
