//! The parties: their names for headings, running text and signatures.

use indexmap::IndexMap;
use minijinja::Value;

use super::words::object;
use crate::agreement::{Agreement, Party, Role};
use crate::register::Register;
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
        (
            "genitive",
            Value::from(text::list(&called.iter().map(|name| text::genitive(name)).collect::<Vec<_>>())),
        ),
        ("full", Value::from(text::list(&full))),
        (
            "introduced",
            Value::from(text::list(&parties.iter().map(|party| introduced(party)).collect::<Vec<_>>())),
        ),
        ("bound", Value::from(text::list(&bound))),
        ("several", Value::from(called.len() > 1)),
    ]))
}

/// "Föreningen Ladan i Vretby (nedan Ladan)": a name with what the text calls it from there on.
fn introduced(party: &Party) -> String {
    let called = party.called();
    if called == party.name { called.to_owned() } else { format!("{} (nedan {called})", party.name) }
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
        let organ = party.organ.known();
        if let Some(organ) = organ {
            designation.push_str(&format!(" genom {}", text::uncapitalised(organ)));
        }
        // A name that says both is said already.
        let says_both = organ.is_some_and(|organ| is_through(&party.name, person, organ));
        if person != party.name && !says_both {
            designation.push_str(&format!(" ({})", party.name));
        }
        let form = party.form.known().filter(|_| party.role == Role::CivilSociety).map(|form| form.label());
        // A name that says the form says it once.
        let form = form.filter(|form| !person.to_lowercase().contains(&form.to_lowercase()));
        let fields = object(IndexMap::from([
            ("key", Value::from(key.as_str())),
            ("side", Value::from(text::capitalised(party.role.label()))),
            ("designation", Value::from(designation)),
            ("form", Value::from(form)),
            ("called", Value::from(party.called())),
            ("named", Value::from(if is_neuter(party.called()) { "kallat" } else { "kallad" })),
            ("full", Value::from(party.name.as_str())),
            ("bound", Value::from(bound(party))),
            ("about", Value::from(party.about.as_deref())),
            ("in_kind", contributions(agreement, key)),
        ]));
        (key.as_str(), fields)
    }))
}

/// Whether a party, by key, is the municipality whose committee decides: recognised as it, or the only public one.
pub(super) fn is_own(register: &Register, agreement: &Agreement, key: &str) -> bool {
    if agreement.party.keys().any(|one| register.pays_itself(agreement, one)) {
        return register.pays_itself(agreement, key);
    }
    let public = agreement.party.iter().filter(|(_, party)| party.role == Role::Public);
    let mut public = public.map(|(key, _)| key.as_str());
    public.next() == Some(key) && public.next().is_none()
}

/// What running text calls the municipality that decides: by its common name in the agreement ("staden"), or else "kommunen".
pub(super) fn municipal(register: &Register, agreement: &Agreement) -> Value {
    let own = agreement.party.iter().find(|(key, _)| is_own(register, agreement, key));
    let own = own.map(|(_, party)| party.called()).filter(|name| name.starts_with(char::is_lowercase));
    let the = own.unwrap_or("kommunen");
    Value::from_pairs([("the", the.to_owned()), ("genitive", text::genitive(the))])
}

/// Those with whom the municipality enters into the agreement: every party but itself.
pub(super) fn counterparts(register: &Register, agreement: &Agreement) -> Value {
    let others = agreement.party.iter().filter(|(key, _)| !is_own(register, agreement, key));
    names(others.map(|(_, party)| party))
}

/// What a party contributes besides money, each with its value where the parties have agreed on one.
fn contributions(agreement: &Agreement, key: &str) -> Value {
    let own = agreement.in_kind.values().filter(|contribution| contribution.party == key);
    own.map(|contribution| match contribution.value.known() {
        Some(value) => {
            let each = contribution.per.filter(|per| per.months().is_some());
            let each = each.map_or_else(String::new, |per| format!(" per {}", per.label()));
            format!("{} (värt {value}{each})", contribution.what)
        }
        None => contribution.what.clone(),
    })
    .collect()
}

/// What running text calls a party, or the word itself where it is a function and no party's key.
pub(super) fn called<'a>(agreement: &'a Agreement, key: &'a str) -> &'a str {
    agreement.party.get(key).map_or(key, |party| party.called())
}

/// Whether what a party is called is a neuter in the definite form: "studieförbundet".
fn is_neuter(called: &str) -> bool {
    called.starts_with(char::is_lowercase) && called.ends_with("et")
}

/// Whether a name is the legal person's through an organ: "Ådala kommun genom socialnämnden".
fn is_through(name: &str, person: &str, organ: &str) -> bool {
    let rest = name.strip_prefix(person).and_then(|rest| rest.trim_start().strip_prefix("genom "));
    rest.is_some_and(|rest| rest.to_lowercase() == organ.to_lowercase())
}

/// The one who becomes bound, with the name that the document uses: "Lunds kommun (Socialförvaltningen i Lund)".
pub(super) fn bound(party: &Party) -> String {
    match party.legal_person.known() {
        // A name that begins with the legal person's tells it.
        Some(person)
            if party.name.strip_prefix(person.as_str()).is_some_and(|rest| rest.starts_with(" genom ")) =>
        {
            party.name.clone()
        }
        Some(person) if *person != party.name => format!("{person} ({})", party.name),
        _ => party.name.clone(),
    }
}
