//! The parties: their names for headings, running text and signatures.

use indexmap::IndexMap;
use minijinja::Value;

use super::object;
use crate::agreement::{Agreement, Party, Role};
use crate::text;
use crate::vocabulary::Known;

/// The names of some of the parties, as one: for running text, in full, and with the legal person.
pub(super) fn names<'a>(parties: impl Iterator<Item = &'a Party>) -> Value {
    let parties: Vec<&Party> = parties.collect();
    let called: Vec<&str> = parties.iter().map(|party| party.called()).collect();
    let full: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
    let bound: Vec<String> = parties.iter().map(|party| bound(party)).collect();
    object(IndexMap::from([
        ("called", Value::from(text::list(&called))),
        ("full", Value::from(text::list(&full))),
        ("bound", Value::from(text::list(&bound))),
        ("several", Value::from(called.len() > 1)),
    ]))
}

/// Each party with its key, its designation and what it is called.
pub(super) fn parties(agreement: &Agreement) -> Value {
    Value::from_pairs(agreement.party.iter().map(|(key, party)| {
        let person = party.legal_person.known().map_or(party.name.as_str(), String::as_str);
        let mut designation = person.to_owned();
        if let Some(number) = party.organisation_number.known() {
            designation.push_str(&format!(" (org.nr {number})"));
        }
        if let Some(seat) = party.seat.known() {
            designation.push_str(&format!(" med säte i {seat}"));
        }
        if let Some(organ) = party.organ.known() {
            designation.push_str(&format!(" genom {}", text::uncapitalised(organ)));
        }
        if person != party.name {
            designation.push_str(&format!(" ({})", party.name));
        }
        let form = party.form.known().filter(|_| party.role == Role::CivilSociety).map(|form| form.label());
        let fields = object(IndexMap::from([
            ("key", Value::from(key.as_str())),
            ("side", Value::from(text::capitalised(party.role.label()))),
            ("designation", Value::from(designation)),
            ("form", Value::from(form)),
            ("called", Value::from(party.called())),
            ("full", Value::from(party.name.as_str())),
            ("bound", Value::from(bound(party))),
            ("about", Value::from(party.about.as_deref())),
            ("in_kind", contributions(agreement, key)),
        ]));
        (key.as_str(), fields)
    }))
}

/// What a party contributes besides money, each with its value where the parties have agreed on one.
fn contributions(agreement: &Agreement, key: &str) -> Value {
    let own = agreement.in_kind.values().filter(|contribution| contribution.party == key);
    own.map(|contribution| match contribution.value.known() {
        Some(value) => format!("{} (värt {value})", contribution.what),
        None => contribution.what.clone(),
    })
    .collect()
}

/// What running text calls a party, or the word itself where it is a function and no party's key.
pub(super) fn called<'a>(agreement: &'a Agreement, key: &'a str) -> &'a str {
    agreement.party.get(key).map_or(key, |party| party.called())
}

/// The one who becomes bound, with the name that the document uses: "Lunds kommun (Socialförvaltningen i Lund)".
fn bound(party: &Party) -> String {
    match party.legal_person.known() {
        Some(person) if *person != party.name => format!("{person} ({})", party.name),
        _ => party.name.clone(),
    }
}
