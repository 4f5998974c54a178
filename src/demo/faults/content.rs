//! What the agreement says, and leaves out.

use serde_json::{Value, json};

use super::edit::{append, set, take};
use super::fault::{Fault, Found, at};
use super::fits::{always, has_amounts, has_periods, is_alone, is_joint};
use crate::demo::budget::is_net;
pub(super) const FAULTS: &[Fault] = &[
    Fault::new("IOP401", "Bakgrunden saknas, fast riktlinjerna kräver den.", always, |draft| {
        take(&mut draft.agreement, "clause.background");
        at("clause.background")
    }),
    Fault::new("IOP402", "Ett skäl som riktlinjerna kräver är besvarat med nej.", always, |draft| {
        set(&mut draft.agreement, "ground.shared-funding.answer", "no".into());
        at("ground.shared-funding.answer")
    }),
    Fault::new("IOP403", "En standardklausul har fel namn.", always, |draft| {
        let clauses = draft.agreement.get_mut("standard_clauses").and_then(Value::as_array_mut);
        let Some(clauses) = clauses else { return Vec::new() };
        clauses.push("sekretess".into());
        at(format!("standard_clauses[{}]", clauses.len() - 1))
    }),
    Fault::new("IOP404", "Originalets plats är öppen.", always, |draft| {
        set(&mut draft.agreement, "original.location", "not-stated".into());
        at("original.location")
    }),
    Fault::new(
        "IOP404",
        "Det framgår inte hur stort statsbidraget är.",
        |case| {
            // Of a frame that is net nobody could tell what is left.
            has_amounts(case) && has_periods(case) && !is_net(&case.committee.line)
        },
        |draft| {
            let first = draft.case.components.iter().find(|one| one.period.is_some() && one.rate.is_none());
            let Some(key) = first.map(|one| one.key.clone()) else { return Vec::new() };
            let path = format!("funding.{key}.state_grant");
            set(&mut draft.agreement, &path, "not-stated".into());
            at(path)
        },
    ),
    Fault::new("IOP405", "Målen är skrivna, men klausulen är inte med.", always, |draft| {
        if let Some(clauses) = draft.agreement.get_mut("standard_clauses").and_then(Value::as_array_mut) {
            clauses.retain(|clause| clause != "goals");
        }
        at("clause.goals")
    }),
    Fault::new("IOP416", "Organisationen har kommunens organisationsnummer.", is_alone, |draft| {
        let own = draft.agreement.pointer("/party/kommun/organisation_number").cloned().unwrap_or_default();
        let path = format!("party.{}.organisation_number", draft.case.lead().key);
        set(&mut draft.agreement, &path, own);
        at(path)
    }),
    Fault::new("IOP417", "Organisationen har samma kortnamn som kommunen.", always, |draft| {
        let path = format!("party.{}.short_name", draft.case.lead().key);
        set(&mut draft.agreement, &path, "kommunen".into());
        at(path)
    }),
    Fault::new("IOP406", "Ett skäl saknar motivering.", always, |draft| {
        take(&mut draft.agreement, "ground.shared-funding.reason");
        at("ground.shared-funding")
    }),
    Fault::new("IOP407", "Det är inte bedömt om någon annan kan bedriva verksamheten.", always, |draft| {
        take(&mut draft.agreement, "assessment.annan-aktor");
        at("assessment")
    }),
    Fault::new("IOP408", "Texten har ord som hör till köp av tjänster.", always, |draft| {
        append(&mut draft.agreement, "clause.background.text", " Kommunen är beställare av verksamheten.");
        at("clause.background.text")
    }),
    Fault::new(
        "IOP409",
        "Den offentliga parten är en förvaltning.",
        |case| !is_joint(case),
        |draft| {
            let name = draft.case.committee.administration.clone();
            set(&mut draft.agreement, "party.kommun.name", name.into());
            take(&mut draft.agreement, "party.kommun.legal_person");
            let mut found = at("party.kommun.name");
            // Nor is it recognised as the one that pays.
            found.push(Found {
                in_records: false,
                path: "party.kommun.name".to_owned(),
                code: Some("IOP326"),
            });
            found
        },
    ),
    Fault::new("IOP410", "Det framgår inte hur mycket som ska betalas vid hävning.", always, |draft| {
        take(&mut draft.agreement, "exit.havning.measure");
        at("exit.havning.measure")
    }),
    Fault::new("IOP411", "En bilaga är varken bifogad eller möjlig att hitta.", always, |draft| {
        set(
            &mut draft.agreement,
            "annex.verksamhetsplan",
            json!({ "title": "Verksamhetsplan och budget", "attached": false }),
        );
        at("annex.verksamhetsplan")
    }),
    Fault::new("IOP412", "Styrgruppen har varken platser eller möten.", always, |draft| {
        set(
            &mut draft.agreement,
            "steering_group.gemensam",
            json!({ "title": "Gemensam arbetsgrupp", "called_by": "kommun" }),
        );
        at("steering_group.gemensam")
    }),
    Fault::new("IOP413", "En fråga som riktlinjerna räknar upp är inte reglerad.", is_joint, |draft| {
        take(&mut draft.agreement, "clause.insurance");
        at("clause.insurance")
    }),
    Fault::new("IOP414", "Ett skäl som ska vara helt uppfyllt är bara delvis uppfyllt.", always, |draft| {
        set(&mut draft.agreement, "ground.initiative.answer", "partly".into());
        at("ground.initiative.answer")
    }),
    Fault::new("IOP415", "Avtalet undertecknas elektroniskt men har exemplar på papper.", always, |draft| {
        set(&mut draft.agreement, "original.electronic", true.into());
        at("original.copies")
    }),
];
