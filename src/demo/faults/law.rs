//! What the law asks.

use chrono::Datelike;
use serde_json::json;

use super::edit::{append, set, take};
use super::fault::{Fault, at};
use super::fits::{always, is_above_award};
use crate::demo::days::{date, day};
use crate::law;

pub(super) const FAULTS: &[Fault] = &[
    Fault::new(
        "IOP701",
        "Verksamheten är ekonomisk och beloppet stort, men statligt stöd är inte bedömt.",
        |case| case.outline.chain == 1 && case.outline.months >= 30 && case.opened.year() >= 2020,
        |draft| {
            take(&mut draft.agreement, "assessment.statligt-stod");
            at("funding")
        },
    )
    .reshaped(|outline| {
        outline.economic = true;
        outline.monthly = outline.monthly.max(180);
        // Each organisation of an agreement has a limit and a finding of its own.
        outline.keep_lead_only();
    }),
    Fault::new(
        "IOP703",
        "Beloppet är över gränsen för direktupphandling, men frågan är inte bedömd.",
        is_above_award,
        |draft| {
            take(&mut draft.agreement, "assessment.tjanstekontrakt");
            at("legal.service")
        },
    ),
    Fault::new(
        "IOP706",
        "Stödet ges som stöd av mindre betydelse, men förslaget till beslut säger det inte.",
        |case| law::aid_duty(case.dated).is_some(),
        |draft| {
            let aid = json!({ "rules": "general", "certificate": date(draft.case.dated) });
            set(&mut draft.agreement, "legal.de_minimis", aid);
            at("memo.points")
        },
    ),
    Fault::new(
        "IOP707",
        "Texten hänvisar till den nya socialtjänstlagen, som inte gällde ännu.",
        |case| case.dated < day(2025, 7, 1),
        |draft| {
            append(
                &mut draft.agreement,
                "clause.background.text",
                " Stödet följer socialtjänstlagen (2025:400).",
            );
            at("clause.background.text")
        },
    ),
    Fault::new("IOP704", "Organisationsnumret har fel kontrollsiffra.", always, |draft| {
        let party = draft.case.lead();
        let wrong: String = party
            .number
            .char_indices()
            .map(|(at, digit)| match digit.to_digit(10).filter(|_| at + 1 == party.number.len()) {
                Some(digit) => char::from_digit((digit + 1) % 10, 10).unwrap_or('0'),
                None => digit,
            })
            .collect();
        let path = format!("party.{}.organisation_number", party.key);
        set(&mut draft.agreement, &path, wrong.into());
        at(path)
    }),
    Fault::new(
        "IOP705",
        "Skötseln av en kommunal angelägenhet lämnas över, men allmänhetens insyn är inte reglerad.",
        |case| !case.outline.hands_over,
        |draft| {
            set(&mut draft.agreement, "legal.hands_over_care", true.into());
            at("legal.hands_over_care")
        },
    ),
];
