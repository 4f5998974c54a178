//! Waivers: decisions to accept a finding, kept in `records/` beside what they are about. A waiver holds for one code at
//! one key path, for a reason, until a day; one that does not say all that, or is no longer needed, is a finding.

use std::collections::{BTreeMap, btree_map};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Check, Example, Gravity, Rule};
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::records::Waiver;
use crate::register::{Register, id_of};
use crate::text;

/// A finding that somebody has decided to accept.
#[derive(Debug, Clone, PartialEq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// Where the decision stands.
    pub place: Place,
    /// The decision.
    pub waiver: Waiver,
}

/// A waiver that holds, until it turns out whether it is needed.
struct InForce<'a> {
    place: Place,
    waiver: &'a Waiver,
    is_used: bool,
}

const SOURCE: &str = "god sed: ett undantag är ett beslut, med skäl och slutdatum";

pub(super) const INVALID: Rule = Rule {
    code: "IOP117",
    slug: "waiver-invalid",
    title: "Ett undantag gäller inte: skäl saknas, eller så är det för brett",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: SOURCE,
    why: "Ett undantag utan skäl går inte att pröva, och ett som täcker mer än en uppgift döljer också fel som ingen har tagit ställning till.",
    check: Check::Waivers,
    bad: Example::file(
        "records/oppet-hus.toml",
        "[waiver.budget]\ncode = \"IOP304\"\npath = \"funding.2025.budget_line\"\nby = \"socialnämnden\"\nregistry_number = \"SN 2024/0044\"\ndate = 2024-11-01\nuntil = 2025-12-31\n",
        "waiver.budget.reason",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[waiver.budget]\ncode = \"IOP304\"\npath = \"funding.2025.budget_line\"\nreason = \"Raden läggs upp i vårbudgeten.\"\nby = \"socialnämnden\"\nregistry_number = \"SN 2024/0044\"\ndate = 2024-11-01\nuntil = 2025-12-31\n",
        "",
    ),
};

pub(super) const EXPIRED: Rule = Rule {
    code: "IOP118",
    slug: "waiver-expired",
    title: "Ett undantag har gått ut",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: SOURCE,
    why: "Den som beslutade om undantaget bestämde också hur länge det skulle gälla. Därefter visas anmärkningen igen.",
    check: Check::Waivers,
    bad: Example::file(
        "records/oppet-hus.toml",
        "[waiver.budget]\ncode = \"IOP304\"\npath = \"funding.2025.budget_line\"\nreason = \"Raden läggs upp i vårbudgeten.\"\nby = \"socialnämnden\"\nregistry_number = \"SN 2024/0044\"\ndate = 2024-11-01\nuntil = 2025-02-28\n",
        "waiver.budget.until",
    ),
    good: Example::file(
        "records/oppet-hus.toml",
        "[waiver.budget]\ncode = \"IOP304\"\npath = \"funding.2025.budget_line\"\nreason = \"Raden läggs upp i vårbudgeten.\"\nby = \"socialnämnden\"\nregistry_number = \"SN 2024/0044\"\ndate = 2024-11-01\nuntil = 2025-03-01\n",
        "",
    ),
};

pub(super) const UNUSED: Rule = Rule {
    code: "IOP119",
    slug: "waiver-unused",
    title: "Ett undantag behövs inte längre",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: SOURCE,
    why: "Ett undantag som ligger kvar döljer felet om det kommer tillbaka.",
    check: Check::Waivers,
    bad: Example::file(
        "records/oppet-hus.toml",
        "[waiver.tid]\ncode = \"IOP201\"\npath = \"term.end\"\nreason = \"Projektet löper med EU-medel.\"\nby = \"socialnämnden\"\nregistry_number = \"SN 2024/0044\"\ndate = 2024-11-01\nuntil = 2025-12-31\n",
        "waiver.tid",
    ),
    good: Example::file("records/oppet-hus.toml", "waiver = {}\n", ""),
};

/// Takes out the findings that waivers in force accept, and adds what is to be said about the waivers themselves.
pub fn apply(
    register: &Register,
    as_of: NaiveDate,
    findings: &mut Vec<Finding>,
) -> (Vec<Waived>, Vec<Finding>) {
    let mut said = Vec::new();
    // By the agreement's file, code and path: which waiver accepts it.
    let mut in_force: BTreeMap<(String, String, String), InForce<'_>> = BTreeMap::new();
    for entry in register.records.values() {
        let own = format!("agreements/{}.toml", id_of(&entry.file));
        // Of an agreement that cannot be read nothing is known: its waivers wait.
        if entry.data.waiver.is_empty() || !register.agreements.contains_key(id_of(&entry.file)) {
            continue;
        }
        for (name, waiver) in &entry.data.waiver {
            let file = waiver.file.clone().unwrap_or_else(|| own.clone());
            if let Some(fault) = fault(&entry.file, &file, name, waiver, as_of, findings) {
                said.push(fault);
                continue;
            }
            let place = Place::value(&entry.file, path!["waiver", name]);
            match in_force.entry((file, waiver.code.clone(), waiver.path.trim().to_owned())) {
                btree_map::Entry::Vacant(free) => _ = free.insert(InForce { place, waiver, is_used: false }),
                btree_map::Entry::Occupied(_) => {
                    let message =
                        format!("Undantaget för {} vid ”{}” finns redan.", waiver.code, waiver.path);
                    said.push(finding(&UNUSED, place, message).help("Ta bort det ena av dem."));
                }
            }
        }
    }
    let mut waived = Vec::new();
    if !in_force.is_empty() {
        let key =
            |code: &str, place: &Place| (place.file.to_string(), code.to_owned(), place.path.to_string());
        let found = std::mem::take(findings);
        findings.extend(found.into_iter().filter_map(|finding| {
            if !finding.places().any(|place| in_force.contains_key(&key(finding.code, place))) {
                return Some(finding);
            }
            let mut done: Vec<&Place> = Vec::new();
            let whole = finding.clone();
            finding.clone().at_places(|place, _| {
                let Some(accepted) = in_force.get_mut(&key(finding.code, place)) else { return true };
                accepted.is_used = true;
                if done.iter().any(|other| other.is_same_key(place)) {
                    return false;
                }
                done.extend(whole.places().find(|own| own.is_same_key(place)));
                let here = finding.clone().at_places(|other, _| other.is_same_key(place));
                waived.extend(here.map(|finding| Waived {
                    finding,
                    place: accepted.place.clone(),
                    waiver: accepted.waiver.clone(),
                }));
                false
            })
        }));
    }
    for InForce { place, waiver, .. } in in_force.into_values().filter(|accepted| !accepted.is_used) {
        let message =
            format!("Undantaget för {} vid ”{}” träffar ingen anmärkning.", waiver.code, waiver.path);
        said.push(
            finding(&UNUSED, place, message)
                .help("Ta bort det, eller rätta code, path och file så att de är de som anmärkningen visar."),
        );
    }
    (waived, said)
}

/// Why a waiver does not hold.
fn fault(
    records: &Arc<str>,
    agreement: &str,
    name: &str,
    waiver: &Waiver,
    as_of: NaiveDate,
    findings: &[Finding],
) -> Option<Finding> {
    let at = |key: &str| Place::value(records, path!["waiver", name, key]);
    let invalid =
        |key: &str, message: String, help: &str| Some(finding(&INVALID, at(key), message).help(help));
    let lacks = |key: &str, what: &str, help: &str| {
        let message = format!("Undantaget för {} saknar {what} och gäller därför inte.", waiver.code);
        invalid(key, message, help)
    };
    if waiver.reason.is_none() {
        return lacks("reason", "skäl", "Skriv i reason varför anmärkningen godtas.");
    }
    if waiver.by.is_none() {
        return lacks("by", "uppgift om vem som har beslutat", "Skriv organet eller funktionen i by.");
    }
    if waiver.registry_number.is_none() {
        return lacks("registry_number", "diarienummer", "Skriv beslutets diarienummer i registry_number.");
    }
    let Some(until) = waiver.until else {
        return lacks("until", "slutdatum", "Skriv i until den sista dag som undantaget gäller.");
    };
    let rule = super::RULES.iter().find(|rule| rule.code == waiver.code);
    if rule.is_none() {
        let message = format!("Ingen anmärkning heter {}.", waiver.code);
        let codes = super::RULES.iter().map(|rule| rule.code);
        let help = text::nearest(&waiver.code, codes).map_or_else(
            || "Alla koder visas av iop explain.".to_owned(),
            |near| format!("Menade du ”{near}”?"),
        );
        return invalid("code", message, &help);
    }
    if rule.is_some_and(|rule| matches!(rule.check, Check::Reading | Check::Waivers)) {
        let message = format!("{} går inte att göra undantag från.", waiver.code);
        return invalid(
            "code",
            message,
            "Skriv koden för den anmärkning som godtas. Alla visas av iop explain.",
        );
    }
    let path = waiver.path.trim();
    let mut places = findings.iter().filter(|found| found.code == waiver.code).flat_map(Finding::places);
    if places.any(|place| *place.file == *agreement && lies_below(&place.path, path)) {
        let message = format!(
            "Undantaget för {} vid ”{path}” är för brett: det skulle gälla allt som ligger där, och gäller därför inte.",
            waiver.code
        );
        return invalid(
            "path",
            message,
            "Skriv den nyckelväg som anmärkningen visar, och ett undantag för varje anmärkning.",
        );
    }
    if until < as_of {
        let message = format!("Undantaget för {} gällde till och med {until}.", waiver.code);
        let help = "Rätta det som anmärkningen gäller, eller fatta ett nytt beslut.";
        return Some(finding(&EXPIRED, at("until"), message).help(help));
    }
    if waiver.date > as_of {
        let message =
            format!("Undantaget för {} är beslutat först {} och gäller inte än.", waiver.code, waiver.date);
        return invalid("date", message, "Rätta datumet, eller vänta till dess.");
    }
    None
}

/// Whether a key path lies below one that is written as text; everything lies below none, and below a wildcard.
fn lies_below(path: &KeyPath, above: &str) -> bool {
    let above = above.trim_end_matches(['*', '.']);
    let path = path.to_string();
    let rest = path.strip_prefix(above);
    above.is_empty() || rest.is_some_and(|rest| rest.starts_with(['.', '[']))
}

fn finding(rule: &Rule, place: Place, message: String) -> Finding {
    let level = match rule.gravity {
        Gravity::Correctness(level) => level,
        Gravity::Completeness => Level::Warning,
    };
    Finding::new(rule.code, level, place, message).source(rule.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_above_the_finding_or_a_wildcard_is_too_broad() {
        let at = path!["funding", "2024", "amount"];
        for broad in ["funding", "funding.2024", "funding.*", "*", "", "funding.2024."] {
            assert!(lies_below(&at, broad), "{broad}");
        }
        for narrow in ["funding.2024.amount", "fund", "funding.202", "term"] {
            assert!(!lies_below(&at, narrow), "{narrow}");
        }
        assert!(lies_below(&path!["standard_clauses", 3], "standard_clauses"));
    }
}
