//! What the register itself points at does not exist, so that checks would silently not be made.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::reference::wrong_codes;
use crate::documents::headings;
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::register;
use crate::rules::levels::{self, Levels, SetIn};
use crate::rules::{self, Check, Example, Gravity, RegisterScope, Rule};
use crate::settings::Settings;
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP110",
    slug: "register-reference",
    title: "Registret hänvisar till något som inte finns",
    gravity: Gravity::AboutTheCheck(Level::Error),
    since: "0.1.0",
    source: "registrets format",
    why: "Pekar förvalet på riktlinjer som inte finns prövas avtalen inte mot några riktlinjer alls.",
    check: Check::Register(check),
    bad: Example {
        file: "iop.toml",
        remove: &[],
        toml: "default.guideline = \"adala-2020\"",
        at: "default.guideline",
    },
    good: Example { file: "iop.toml", remove: &[], toml: "default.guideline = \"adala-2019\"", at: "" },
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let RegisterScope { register, stationery, .. } = scope;
    let mut findings = Vec::new();
    let mut coded = Vec::new();
    let Some(settings) = &register.settings else { return findings };
    let committees: Vec<&str> = settings.data.committee.keys().map(String::as_str).collect();
    let mut committee = |file: &Arc<str>, name: &str, path: KeyPath| {
        if !committees.contains(&name) {
            let fact = format!("Nämnden ”{name}” finns inte i iop.toml.");
            findings.push(missing(file, path, fact, name, &committees));
        }
    };
    if let Some(name) = &settings.data.default.committee {
        committee(&settings.file, name, path!["default", "committee"]);
    }
    if let Some(budget) = &register.budget {
        for (key, line) in &budget.data.line {
            committee(&budget.file, &line.committee, path!["line", key, "committee"]);
            // A code is told as it is in an agreement.
            let at = path!["line", key, "code"];
            coded.extend(wrong_codes(&budget.file, &line.code, &at, &settings.data));
        }
    }
    for plan in register.meeting_plans.values() {
        committee(&plan.file, &plan.data.committee, path!["committee"]);
    }
    if let Some(name) = &settings.data.default.guideline
        && !register.has(&format!("guidelines/{name}.toml"))
    {
        let known: Vec<&str> = register.guidelines.keys().map(String::as_str).collect();
        let fact = format!("Riktlinjerna ”{name}” finns inte: guidelines/{name}.toml saknas.");
        findings.push(missing(&settings.file, path!["default", "guideline"], fact, name, &known));
    }
    let parts: Vec<&str> = headings::names(&stationery.templates).collect();
    for name in settings.data.documents.heading.keys().filter(|name| !parts.contains(&name.as_str())) {
        let fact = format!("Varken en standardklausul eller ett avsnitt i skrivelsen heter ”{name}”.");
        findings.push(missing(&settings.file, path!["documents", "heading", name], fact, name, &parts));
    }
    let clauses: Vec<&str> = stationery.templates.clause_keys().collect();
    let own = |name: &str| register.agreements.values().any(|entry| entry.data.clause.contains_key(name));
    for (index, name) in settings.data.documents.order.iter().enumerate() {
        if !clauses.contains(&name.as_str()) && !own(name) {
            let fact = format!("Ingen klausul heter ”{name}”.");
            findings.push(missing(&settings.file, path!["documents", "order", index], fact, name, &clauses));
        }
    }
    findings.extend(coded);
    findings.extend(wrong_fields(settings));
    findings.extend(wrong_levels(settings));
    findings.extend(wrong_codes_of_findings(scope));
    for (id, entry) in &register.records {
        if !register.has(&format!("agreements/{id}.toml")) {
            let known: Vec<&str> = register.agreements.keys().map(String::as_str).collect();
            let fact = format!("Händelserna hör inte till något avtal: agreements/{id}.toml saknas.");
            findings.push(missing(&entry.file, KeyPath::root(), fact, id, &known));
        }
    }
    findings
}

/// Words that `--by` has for something else.
const OTHER_THAN_FIELDS: [&str; 8] =
    ["month", "månad", "organisation", "committee", "nämnd", "municipality", "kommun", "end"];

/// Fields of the code string that cannot be told from something else, and codes that no form allows.
fn wrong_fields(settings: &register::Entry<Settings>) -> Vec<Finding> {
    let fields = &settings.data.code;
    let say = |path: KeyPath, message: String, help: &str| {
        let place = Place::value(&settings.file, path);
        Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(help)
    };
    let mut findings = Vec::new();
    for (position, (key, field)) in fields.iter().enumerate() {
        if OTHER_THAN_FIELDS.contains(&key.as_str()) {
            let message = format!("Ett kodfält kan inte heta ”{key}”: --by {key} visar något annat.");
            findings.push(say(path!["code", key], message, "Ge fältet ett annat namn, som ansvar."));
        }
        if fields.values().take(position).any(|other| other.title == field.title) {
            let message = format!("Två kodfält har rubriken ”{}”.", field.title);
            findings.push(say(path!["code", key, "title"], message, "Ge dem var sin rubrik."));
        }
        for code in field.values.keys() {
            if let Some((message, help)) = field.fault(code) {
                findings.push(say(path!["code", key, "values", code], message, &help));
            }
        }
    }
    findings
}

/// Codes in a guideline of findings that do not exist, or do not say that something is missing.
fn wrong_codes_of_findings(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let guidelines = scope.register.guidelines.values();
    let codes =
        guidelines.flat_map(|entry| entry.data.never_held.iter().enumerate().map(move |one| (entry, one)));
    codes
        .filter(|(_, (_, code))| !rules::is_incompleteness(code))
        .map(|(entry, (at, code))| {
            let place = Place::value(&entry.file, path!["never_held", at]);
            let message = format!("{code} är ingen anmärkning om att något saknas.");
            Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(
                "Ange koden för en anmärkning som är not, och fel när avtalet är beslutat: se docs/regler eller iop explain.",
            )
        })
        .collect()
}

/// Levels of what does not exist or cannot be changed, and those that another line about the same takes back.
fn wrong_levels(settings: &register::Entry<Settings>) -> Vec<Finding> {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut fault = |name, level| {
        if let Err(fault) = Levels::default().set(SetIn::Register, name, level) {
            return Some((fault.problem, fault.help));
        }
        match first.entry(levels::canonical(name).ok()?) {
            Entry::Vacant(free) => {
                free.insert(name);
                None
            }
            Entry::Occupied(taken) => {
                let first = taken.get();
                let problem = format!("Raderna ”{first}” och ”{name}” gäller samma anmärkning eller familj.");
                Some((problem, "Ta bort den ena. Så länge båda står kvar gäller den sista.".to_owned()))
            }
        }
    };
    let levels = settings.data.levels.iter();
    levels
        .filter_map(|(name, level)| {
            let (problem, help) = fault(name, *level)?;
            let place = Place::key(&settings.file, path!["levels", name]);
            Some(Finding::new(RULE.code, Level::Error, place, problem).source(RULE.source).help(help))
        })
        .collect()
}

fn missing(file: &Arc<str>, path: KeyPath, fact: String, name: &str, known: &[&str]) -> Finding {
    let help = text::instead_of(name, known);
    Finding::new(RULE.code, Level::Error, Place::value(file, path), fact).source(RULE.source).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn only_what_says_that_something_is_missing_can_be_what_agreements_never_hold() {
        let toml = "never_held = [\"IOP507\", \"IOP303\", \"IOP999\"]";
        let findings = found(&RULE, &[Example::file("guidelines/adala-2019.toml", toml, "")]);
        let places: Vec<String> = findings.iter().map(|one| one.place.path.to_string()).collect();
        assert_eq!(places, ["never_held[1]", "never_held[2]"]);
    }

    #[test]
    fn two_lines_about_the_same_rule_are_found_at_the_later() {
        let at = |levels: &str| {
            let toml = format!("[levels]\n{levels}");
            let findings = found(&RULE, &[Example::file("iop.toml", toml.leak(), "")]);
            findings.iter().map(|finding| finding.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(at("IOP404 = \"off\"\nopen-fact = \"error\"\n"), ["levels.open-fact"]);
        assert_eq!(at("open-fact = \"error\"\nIOP404 = \"off\"\n"), ["levels.IOP404"]);
        assert_eq!(at("IOP4 = \"note\"\niop4 = \"note\"\nIOP404 = \"off\"\n"), ["levels.iop4"]);
        assert_eq!(at("IOP4 = \"note\"\nIOP404 = \"off\"\n"), Vec::<String>::new());
        assert_eq!(at("IOP110 = \"off\"\nIOP117 = \"note\"\n"), ["levels.IOP110"]);
    }

    #[test]
    fn what_the_register_names_must_exist() {
        let places = |example: Example| {
            let findings = found(&RULE, &[example]);
            findings
                .into_iter()
                .map(|one| format!("{} {}", one.place.file, one.place.path))
                .collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        let meeting = "[meeting.a]\nsteering_group = \"styrgrupp\"\ndate = 2024-03-01\n";
        for (file, toml, place) in [
            ("iop.toml", "default.committee = \"x\"", "iop.toml default.committee"),
            ("iop.toml", "documents.heading.x = \"Rubrik\"", "iop.toml documents.heading.x"),
            ("iop.toml", "documents.order = [\"term\", \"x\"]", "iop.toml documents.order[1]"),
            ("iop.toml", "code.month.title = \"Månad\"", "iop.toml code.month"),
            ("iop.toml", "code.a.title = \"Ansvar\"\ncode.b.title = \"Ansvar\"", "iop.toml code.b.title"),
            (
                "iop.toml",
                "code.a = { title = \"Ansvar\", form = [\"00\"], values = { 1 = \"Ett\" } }",
                "iop.toml code.a.values.1",
            ),
            ("iop.toml", "levels.IOP999 = \"off\"", "iop.toml levels.IOP999"),
            ("budget.toml", "line.social.committee = \"x\"", "budget.toml line.social.committee"),
            ("records/annat.toml", meeting, "records/annat.toml "),
        ] {
            assert_eq!(places(Example::file(file, toml, "")), [place]);
        }
        for (file, toml) in [
            ("iop.toml", "default.committee = \"social\""),
            ("iop.toml", "documents.heading.background = \"Rubrik\""),
            ("iop.toml", "levels.IOP404 = \"off\""),
            ("records/oppet-hus.toml", meeting),
        ] {
            assert_eq!(places(Example::file(file, toml, "")), nowhere, "{toml}");
        }
    }
}
