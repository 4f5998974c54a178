//! What keeps a file from being read or understood.

use chrono::Days;
use serde_json::json;

use super::edit::{append, last_key, set, take};
use super::fault::{Fault, Found, at, in_records};
use super::fits::{always, has_amounts};
use crate::check_digit;
use crate::demo::case::Case;
use crate::demo::days::{AS_OF, date};
use crate::demo::life::Course;
pub(super) const FAULTS: &[Fault] = &[
    Fault::new("IOP102", "Statusen står mellan typografiska citattecken.", always, |draft| {
        let status = draft.case.status;
        draft.replacements.push((format!("status = \"{status}\""), format!("status = ”{status}”")));
        at("")
    })
    .unreadable(),
    Fault::new("IOP103", "Nyckeln purpose är felstavad.", always, |draft| {
        let purpose = take(&mut draft.agreement, "purpose");
        set(&mut draft.agreement, "pupose", purpose);
        at("pupose")
    })
    .unreadable(),
    Fault::new("IOP104", "Verksamhetens namn (activity) saknas.", always, |draft| {
        take(&mut draft.agreement, "activity");
        at("activity")
    })
    .unreadable(),
    Fault::new("IOP105", "Ett belopp är skrivet med decimalpunkt.", has_amounts, |draft| {
        let path = format!("funding.{}.amount", last_key(&draft.agreement, "funding"));
        set(&mut draft.agreement, &path, json!(500_000.5));
        at(path)
    })
    .unreadable(),
    Fault::new("IOP106", "Kommunens sida (role) är ett ord som inte finns.", always, |draft| {
        set(&mut draft.agreement, "party.kommun.role", "publik".into());
        at("party.kommun.role")
    })
    .unreadable(),
    Fault::new("IOP108", "Styrgruppen dokumenteras av en part som inte finns.", always, |draft| {
        set(&mut draft.agreement, "steering_group.styrgrupp.minutes_by", "komunen".into());
        at("steering_group.styrgrupp.minutes_by")
    }),
    Fault::new("IOP108", "Ersättningen har ett konto som kommunen inte har.", has_amounts, |draft| {
        let path = format!("funding.{}.code.konto", last_key(&draft.agreement, "funding"));
        set(&mut draft.agreement, &path, "4599".into());
        at(path)
    }),
    Fault::new(
        "IOP125",
        "Verksamheten är skriven med stor bokstav, till skillnad från i det avtal som fortsätts.",
        |case| case.is_last() && case.outline.position > 0,
        |draft| {
            let activity = crate::text::capitalised(&draft.case.activity_key);
            set(&mut draft.agreement, "activity", activity.into());
            at("activity")
        },
    )
    .resting_on_chain(),
    Fault::new("IOP114", "En text har citat i fler led än någon kan följa.", always, |draft| {
        let text = format!("{} Ärendet har beretts av förvaltningen.", ">".repeat(40));
        set(&mut draft.agreement, "memo.preparation", text.into());
        at("memo.preparation")
    }),
    Fault::new("IOP115", "Ett personnummer står i bakgrunden.", always, |draft| {
        // A day on which nobody was born who is in any register: the number is one of those kept for tests.
        let number = format!("19121212-121{}", check_digit::of(b"121212121"));
        append(&mut draft.agreement, "clause.background.text", &format!(" Kontakten har nummer {number}."));
        at("")
    }),
    Fault::new("IOP116", "En text från mallen står kvar.", always, |draft| {
        set(
            &mut draft.agreement,
            "memo.preparation",
            "Klicka här för att skriva hur ärendet har beretts.".into(),
        );
        at("memo.preparation")
    }),
    Fault::new("IOP117", "Undantaget har inget skäl.", has_accepted, |draft| {
        if let Some(records) = &mut draft.records {
            take(records, "waiver.utan-slut.reason");
        }
        with_what_was_accepted(draft.case, "waiver.utan-slut.reason")
    }),
    Fault::new("IOP118", "Undantaget har gått ut.", has_accepted, |draft| {
        if let Some(records) = &mut draft.records {
            set(records, "waiver.utan-slut.until", date(AS_OF - Days::new(30)));
        }
        with_what_was_accepted(draft.case, "waiver.utan-slut.until")
    }),
    Fault::new("IOP119", "Ett undantag godtar något som inte finns.", Case::is_decided, |draft| {
        let waiver = json!({ "code": "IOP201", "path": "term.start", "date": date(draft.case.decided),
            "by": draft.case.committee.head_definite, "reason": "Verksamheten är långsiktig.",
            "registry_number": draft.case.registry_number(), "until": date(AS_OF + Days::new(300)) });
        if let Some(records) = &mut draft.records {
            set(records, "waiver.onodigt", waiver);
        }
        in_records("waiver.onodigt")
    }),
    Fault::new(
        "IOP108",
        "Förlängningen hänvisar till en option som inte finns.",
        |case| matches!(case.life.course, Course::Optional { is_used: true, .. }),
        |draft| {
            set(&mut draft.agreement, "extension.forlangning-1.option", "forlangnig".into());
            at("extension.forlangning-1.option")
        },
    ),
];

/// Whether somebody has accepted that it lasts without an end.
fn has_accepted(case: &Case) -> bool {
    case.accepted().is_some()
}

/// The finding at `path` among the events, and what is accepted no more.
fn with_what_was_accepted(case: &Case, path: &str) -> Vec<Found> {
    let mut found = in_records(path);
    let again = case.accepted().map(|(code, path)| Found {
        in_records: false,
        path: path.to_owned(),
        code: Some(code),
    });
    found.extend(again);
    found
}
