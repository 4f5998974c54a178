//! Steering and follow-up.

use chrono::Days;
use serde_json::json;

use super::edit::{last_key, set, take};
use super::fault::{Fault, at, at_with, in_records};
use super::fits::{always, has_meeting, has_report, has_reports};
use crate::demo::days::date;
pub(super) const FAULTS: &[Fault] = &[
    Fault::new("IOP501", "Styrgruppen möts mer sällan än riktlinjerna kräver.", always, |draft| {
        set(&mut draft.agreement, "steering_group.styrgrupp.meetings", json!({ "times": 1, "per": "year" }));
        at("steering_group.styrgrupp.meetings")
    }),
    Fault::new(
        "IOP502",
        "Rapporterna är färre än riktlinjerna kräver.",
        |case| case.guideline != "granvik-2019",
        |draft| {
            take(&mut draft.agreement, "follow_up.halvar");
            take(&mut draft.agreement, "follow_up.statistik");
            take(&mut draft.agreement, "follow_up.bokslut");
            at("follow_up")
        },
    ),
    Fault::new("IOP503", "Ingen är sammankallande för styrgruppen.", always, |draft| {
        take(&mut draft.agreement, "steering_group.styrgrupp.called_by");
        take(&mut draft.agreement, "steering_group.styrgrupp.seat.chef.convener");
        at("steering_group.styrgrupp.called_by")
    }),
    Fault::new(
        "IOP513",
        "Årsrapporten lämnas till styrgruppen, inte till kommunen.",
        |case| case.guideline == "granvik-2023",
        |draft| {
            set(&mut draft.agreement, "follow_up.arsrapport.receiver", "styrgruppen".into());
            at("follow_up.arsrapport.receiver")
        },
    ),
    Fault::new(
        "IOP504",
        "En part saknar plats i styrgruppen.",
        |case| case.civil().len() > 1,
        |draft| {
            let Some(left_out) = draft.case.civil().last().map(|one| one.key.clone()) else {
                return Vec::new();
            };
            take(&mut draft.agreement, &format!("steering_group.styrgrupp.seat.{left_out}"));
            at("steering_group.styrgrupp.seat")
        },
    ),
    Fault::new(
        "IOP505",
        "Ingen årlig uppföljningsrapport lämnas.",
        |case| !has_reports(case) && case.outline.months > 12,
        |draft| {
            take(&mut draft.agreement, "follow_up.arsrapport");
            for other in ["halvar", "statistik", "bokslut"] {
                take(&mut draft.agreement, &format!("follow_up.{other}"));
            }
            at_with("follow_up", "IOP502", "follow_up")
        },
    ),
    Fault::new("IOP506", "Det framgår inte när en rapport ska lämnas.", always, |draft| {
        take(&mut draft.agreement, "follow_up.halvar.due");
        at("follow_up.halvar")
    }),
    Fault::new("IOP507", "En part saknar kontaktperson.", always, |draft| {
        let path = format!("party.{}.contact", draft.case.lead().key);
        take(&mut draft.agreement, &path);
        at(path)
    }),
    Fault::new("IOP508", "En årsrapport avser en tid före avtalet.", has_report, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("report.{}.period", last_key(records, "report"));
        let before = draft.case.term.start - Days::new(1);
        set(records, &path, json!({ "start": date(before - Days::new(364)), "end": date(before) }));
        in_records(path)
    }),
    Fault::new("IOP509", "Ett styrgruppsmöte har fått fel århundrade.", has_meeting, |draft| {
        let Some(records) = &mut draft.records else { return Vec::new() };
        let path = format!("meeting.{}.date", last_key(records, "meeting"));
        set(records, &path, "2204-03-12".into());
        in_records(path)
    }),
    Fault::new("IOP511", "Årsrapporten ska lämnas den 31 februari.", always, |draft| {
        set(&mut draft.agreement, "follow_up.arsrapport.due.day", 31.into());
        at("follow_up.arsrapport.due.day")
    }),
    Fault::new("IOP512", "Halvårsrapportens avsändare är en felskriven nyckel.", always, |draft| {
        set(&mut draft.agreement, "follow_up.halvar.author", format!("{}x", draft.case.lead().key).into());
        at("follow_up.halvar.author")
    }),
];
