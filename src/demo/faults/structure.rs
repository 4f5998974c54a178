//! What keeps a file from being read or understood.

use serde_json::json;

use super::edit::{append, last_key, set, take};
use super::fault::{Fault, at};
use super::fits::{always, has_amounts};
use crate::check_digit;
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
