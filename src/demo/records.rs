//! From a case to what has happened since.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};

use super::amounts::{RAISED_BEFORE, rise_start};
use super::case::{Case, registry_number};
use super::days::{AS_OF, date, has_come};
use super::life::RENEWED_MONTHS;
use super::outline::Raise;
use super::stock::NAMES;
use crate::date::Period;
use crate::text;

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
    if let Some((code, path)) = case.accepted() {
        root.insert("waiver".to_owned(), json!({ "utan-slut": endless(case, code, path) }));
    }
    Some(root.into())
}

/// The guidelines allow no term without an end: somebody has decided that this one may be.
fn endless(case: &Case, code: &str, path: &str) -> Value {
    let mut waiver = json!({ "code": code, "path": path, "level": "error", "date": date(case.decided),
        "by": case.committee.head_definite,
        "reason": "Verksamheten är långsiktig, och nämnden prövar varje år om avtalet ska sägas upp.",
        "registry_number": case.registry_number(), "until": date(AS_OF + Months::new(18)) });
    // Of renewals what is accepted is how long each is.
    if path.ends_with("months") {
        waiver["up_to"] = json!({ "months": RENEWED_MONTHS });
    }
    waiver
}

fn paragraph(date: NaiveDate) -> String {
    format!("§ {}", 10 + date.ordinal() / 3)
}

fn organ(case: &Case, date: NaiveDate) -> String {
    text::uncapitalised(&case.committee.on(date).name)
}

/// What the committee decided later than the agreement.
pub(super) fn decision(case: &Case, kind: &str, day: NaiveDate) -> Value {
    json!({ "kind": kind, "by": organ(case, day), "date": date(day), "paragraph": paragraph(day) })
}

fn decisions(case: &Case) -> Value {
    let mut decisions = Map::new();
    let mut approval = if case.outline.delegated {
        json!({ "kind": "approval", "by": case.committee.head_definite, "date": date(case.decided),
            "registry_number": case.registry_number(), "delegated": true, "reported": date(case.decided + Days::new(14)) })
    } else {
        json!({ "kind": "approval", "by": organ(case, case.decided), "date": date(case.decided),
            "paragraph": paragraph(case.decided), "registry_number": case.registry_number() })
    };
    // Where little time is left the paragraph is adjusted at the meeting.
    if !case.outline.delegated && case.term.start - case.decided < TimeDelta::days(45) {
        approval["directly_adjusted"] = true.into();
    }
    // The working committee has prepared it, a week before.
    if case.guideline == "granvik-samverkan-2019" {
        let day = case.decided - Days::new(8);
        let preparation = json!({ "kind": "other", "by": "kommunstyrelsens arbetsutskott", "date": date(day),
            "paragraph": paragraph(day) });
        decisions.insert("beredning".to_owned(), preparation);
    }
    decisions.insert("avtal".to_owned(), approval);
    if let Some(key) = case.outline.also {
        let (other, day) = (&NAMES.committee[key], case.decided - Days::new(1));
        let approval = json!({ "kind": "approval", "by": text::uncapitalised(&other.on(day).name), "date": date(day),
            "paragraph": paragraph(day), "registry_number": registry_number(other, case.opened, case.outline.index) });
        decisions.insert(format!("avtal-{key}"), approval);
    }
    let later = |kind: &str, day: NaiveDate| decision(case, kind, day);
    for one in case.life.decisions() {
        let mut decision = later(one.kind, one.date);
        if matches!(one.kind, "extension" | "supplement") {
            decisions.extend(of_other(case, &one.key, one.kind, one.date));
        }
        let other =
            if one.kind == "termination" { of_other(case, &one.key, one.kind, one.date) } else { None };
        if let Some((sent, received, exit)) = one.notice {
            decision["sent"] = date(sent);
            decision["received"] = date(received);
            if let Some(exit) = exit {
                decision["exit"] = exit.into();
            }
        }
        // The other committee's decision is of the same notice.
        let other = other.map(|(key, own)| {
            let mut same = decision.clone();
            for field in ["by", "date", "paragraph"] {
                same[field] = own[field].clone();
            }
            (key, same)
        });
        decisions.insert(one.key, decision);
        decisions.extend(other);
    }
    let raised = rise_start(case.term) - RAISED_BEFORE;
    match case.outline.raise {
        Raise::Decided => _ = decisions.insert("hojning".to_owned(), later("amount", raised)),
        Raise::Replaced | Raise::Added if has_come(raised) => {
            decisions.insert("tillagg-1".to_owned(), later("supplement", raised));
            decisions.extend(of_other(case, "tillagg-1", "supplement", raised));
        }
        _ => {}
    }
    decisions.into()
}

/// What the other committee has decided on a change, the day before.
fn of_other(case: &Case, key: &str, kind: &str, day: NaiveDate) -> Option<(String, Value)> {
    let (other, day) = (case.outline.also?, day - Days::new(1));
    let by = text::uncapitalised(&NAMES.committee[other].on(day).name);
    let decision = json!({ "kind": kind, "by": by, "date": date(day), "paragraph": paragraph(day) });
    Some((beside(key, other), decision))
}

/// The key of the other committee's decision on what has a decision of this key.
pub(super) fn beside(key: &str, other: &str) -> String {
    format!("{key}-{other}")
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
    // What goes on by itself has no other term than that.
    let last = if case.outline.is_open_ended() { case.last_day } else { case.term.end.min(case.last_day) };
    let stated = Period { end: last, ..case.term };
    for year in stated.years() {
        let (Some(part), Some(due)) = (stated.in_year(year), NaiveDate::from_ymd_opt(year + 1, 2, 12)) else {
            continue;
        };
        // Of less than a month nobody reports.
        if has_come(due) && part.length().months > 0 {
            reports.insert(
                format!("arsrapport-{year}"),
                json!({ "duty": "arsrapport", "period": { "start": date(part.start), "end": date(part.end) }, "date": date(due) }),
            );
        }
    }
    reports
}
