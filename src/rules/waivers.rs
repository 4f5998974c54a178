//! Waivers: decisions to accept a finding, kept in `records/` beside what they are about. A waiver holds for one code at
//! one key path, for a reason, until a day, and for as much, as grave and the words that it says; one that does not say all that, or is no longer needed, is a finding.

use std::collections::{BTreeMap, BTreeSet, btree_map};
use std::sync::Arc;

use chrono::{Months, NaiveDate};

use super::{Check, Example, Gravity, Rule, structure};
use crate::finding::{Finding, Level, Part, Place};
use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::path;
use crate::records::{AcceptedLevel, Waiver};
use crate::register::{FileKind, Register, id_of};
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
    /// The largest measure that it has accepted.
    largest: Option<Measure>,
}

impl InForce<'_> {
    /// Where it says a part of what it accepts.
    fn at(&self, key: &str) -> Place {
        Place { path: self.place.path.join(key), ..self.place.clone() }
    }
}

/// Why a waiver in force does not cover a finding at its place, or covers more than somebody has said.
enum TooLittle {
    /// It accepts less than what is found: where it says so, and how much.
    Accepted(Place, String),
    /// It does not say how much it accepts, or says it of something else.
    Unsaid(Box<Finding>),
    /// It does not say how grave, or which words: it covers all of these, and that is told.
    Vague(Box<Finding>),
}

/// Why a waiver does not cover what is found at a place: it accepts something milder, less or other words, or does not say
/// which. Nothing where it covers it.
fn too_little(found: &Finding, place: &Place, accepted: &InForce<'_>) -> Option<TooLittle> {
    let (code, waiver) = (found.code, accepted.waiver);
    let less = |key, message| Some(TooLittle::Accepted(accepted.at(key), message));
    let unsaid = |key, message: String, help: String| {
        Some(TooLittle::Unsaid(Box::new(finding(&INVALID, accepted.at(key), message).help(help))))
    };
    // Of each that it does not say: the key, what it is, and how it is written.
    let mut open: Vec<(&str, &str, String)> = Vec::new();
    match waiver.level.map(AcceptedLevel::level) {
        Some(level) if level < found.level => {
            let message =
                format!("undantaget godtar {}, men detta är {}", of_level(level), of_level(found.level));
            return less("level", message);
        }
        None if found.level > Level::Note => {
            open.push(("level", "hur allvarlig anmärkning", format!("level = \"{}\"", found.level.key())));
        }
        _ => {}
    }
    let (measure, up_to) = (found.measure.as_ref(), waiver.up_to.as_ref());
    match (measure, up_to) {
        _ if Measure::is_covered(measure, up_to) => {}
        (Some(measure), Some(up_to)) if measure.is_same_kind(up_to) => {
            return less("up_to", format!("undantaget godtar högst {up_to}"));
        }
        (Some(measure), _) => open.push(("up_to", "hur mycket", format!("up_to = {}", measure.toml()))),
        (None, _) => {
            let message = format!(
                "Undantaget för {code} godtar ett visst mått, men anmärkningen har inget, och undantaget gäller därför inte."
            );
            let help = "Ta bort up_to om beslutet godtar det som anmärkningen visar.";
            return unsaid("up_to", message, help.to_owned());
        }
    }
    match (&place.part, waiver.words.as_slice()) {
        (Part::Word(_), []) => {
            let all = found.places().filter(|other| other.is_same_key(place));
            let all = all.filter_map(|other| match &other.part {
                Part::Word(word) => Some(toml::Value::String(as_line(word)).to_string()),
                _ => None,
            });
            let all: BTreeSet<String> = all.collect();
            let all: Vec<String> = all.into_iter().collect();
            open.push(("words", "vilka ord", format!("words = [{}]", all.join(", "))));
        }
        (Part::Word(word), said) if !said.iter().any(|said| as_line(said) == as_line(word)) => {
            let said: Vec<String> = said.iter().map(|said| format!("”{}”", as_line(said))).collect();
            return less("words", format!("undantaget godtar bara {}", text::list(&said)));
        }
        (Part::Word(_), _) | (_, []) => {}
        _ => {
            let message = format!(
                "Undantaget för {code} godtar vissa ord, men anmärkningen gäller inga ord i en text, och undantaget gäller därför inte."
            );
            let help = "Ta bort words om beslutet godtar det som anmärkningen visar.";
            return unsaid("words", message, help.to_owned());
        }
    }
    // What voids it stands first among what it does not say.
    let (key, ..) = open.iter().find(|(key, ..)| *key == "up_to").or_else(|| open.first())?;
    let what: Vec<&str> = open.iter().map(|(_, what, _)| *what).collect();
    let what = text::list(&what);
    let covers = open.iter().all(|(key, ..)| *key != "up_to");
    let message = if covers {
        let all = if open.iter().any(|(key, ..)| *key == "words") {
            "Det godtar då vad som än står där"
        } else {
            "Det godtar den då hur allvarlig den än är"
        };
        format!("Undantaget för {code} säger inte {what} som godtas. {all}.")
    } else {
        format!("Undantaget för {code} säger inte {what} som godtas och gäller därför inte.")
    };
    let (keys, written): (Vec<&str>, Vec<&str>) =
        open.iter().map(|(key, _, written)| (*key, written.as_str())).unzip();
    let of = measure.map_or_else(String::new, |measure| format!(" {measure}"));
    let help = format!(
        "Skriv i {} vad beslutet godtar. Godtar det anmärkningen som den är nu{of}: {}.",
        text::list(&keys),
        text::list(&written)
    );
    let told = Box::new(finding(&INVALID, accepted.at(key), message).help(help));
    Some(if covers {
        TooLittle::Vague(Box::new(Finding { level: Level::Warning, ..*told }))
    } else {
        TooLittle::Unsaid(told)
    })
}

/// "en not", "en varning", "ett fel".
fn of_level(level: Level) -> String {
    let article = if level == Level::Error { "ett" } else { "en" };
    format!("{article} {}", level.label())
}

/// Words of a text on one line, with single spaces between them and without capitals.
fn as_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A waiver that lasts longer has no end that anybody waits for.
const MOST_YEARS: u32 = 10;

const SOURCE: &str = "god sed: ett undantag är ett beslut, med skäl och slutdatum";

/// In the family of structure.
pub(super) const RULES: &[&Rule] = &[&INVALID, &EXPIRED, &UNUSED];

const INVALID: Rule = Rule {
    code: "IOP117",
    slug: "waiver-invalid",
    title: "Ett undantag gäller inte, eller är för brett",
    gravity: Gravity::AboutTheCheck(Level::Error),
    since: "0.1.0",
    source: SOURCE,
    why: "Ett undantag utan skäl går inte att pröva, och ett som täcker mer än en uppgift döljer också fel som ingen har tagit ställning till. Ett som gäller men godtar mer än dubbelt så mycket som det finns är en not.",
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

const EXPIRED: Rule = Rule {
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

const UNUSED: Rule = Rule {
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
pub(super) fn apply(
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
            let code = match rule(&entry.file, name, waiver) {
                Ok(rule) => rule.code,
                Err(fault) => {
                    said.push(*fault);
                    continue;
                }
            };
            if let Some(fault) = fault(&entry.file, &file, name, code, waiver, as_of, findings) {
                said.push(fault);
                continue;
            }
            let place = Place::value(&entry.file, path!["waiver", name]);
            match in_force.entry((file, code.to_owned(), waiver.path.trim().to_owned())) {
                btree_map::Entry::Vacant(free) => {
                    _ = free.insert(InForce { place, waiver, is_used: false, largest: None });
                }
                btree_map::Entry::Occupied(_) => {
                    let message = format!("Undantaget för {code} vid ”{}” finns redan.", waiver.path);
                    said.push(finding(&UNUSED, place, message).help("Ta bort det ena av dem."));
                }
            }
        }
    }
    let mut waived = Vec::new();
    let mut unsaid = BTreeSet::new();
    let mut accepts = Vec::new();
    if !in_force.is_empty() {
        let key =
            |code: &str, place: &Place| (place.file.to_string(), code.to_owned(), place.path.to_string());
        let found = std::mem::take(findings);
        findings.extend(found.into_iter().filter_map(|finding| {
            let mut covered: Vec<Place> = Vec::new();
            let mut less: BTreeMap<Place, String> = BTreeMap::new();
            for place in finding.places() {
                let Some(accepted) = in_force.get_mut(&key(finding.code, place)) else { continue };
                accepted.is_used = true;
                let covers = too_little(&finding, place, accepted);
                if let Some(TooLittle::Vague(told)) = &covers
                    && unsaid.insert(told.place.clone())
                {
                    said.push(Finding::clone(told));
                }
                match covers {
                    None | Some(TooLittle::Vague(_)) => {
                        accepted.largest = accepted.largest.max(finding.measure);
                        if !covered.iter().any(|other| other.is_same_key(place)) {
                            accepts.push((accepted.place.clone(), accepted.waiver, place.clone()));
                        }
                        covered.push(place.clone());
                    }
                    Some(TooLittle::Accepted(at, message)) => _ = less.insert(at, message),
                    Some(TooLittle::Unsaid(fault)) => {
                        if unsaid.insert(fault.place.clone()) {
                            said.push(*fault);
                        }
                    }
                }
            }
            waived.extend(accepts.drain(..).filter_map(|(place, waiver, at)| {
                let here = |other: &Place, _: Option<&str>| other.is_same_key(&at) && covered.contains(other);
                let finding = finding.clone().at_places(here)?;
                Some(Waived { finding, place, waiver: waiver.clone() })
            }));
            let left = finding.at_places(|place, _| !covered.contains(place))?;
            Some(less.into_iter().fold(left, |left, (place, message)| left.related(place, message)))
        }));
    }
    said.extend(in_force.iter().filter_map(|((_, code, _), accepted)| too_wide(code, accepted)));
    // What cannot be read may hold what a waiver is for: of the agreement itself what all share, of another file any of them.
    let unread: Vec<FileKind> = register.unread().collect();
    let of_one = |kind: &FileKind| matches!(kind, FileKind::Agreement | FileKind::Records);
    let unused = in_force.into_iter().filter(|(_, accepted)| {
        !accepted.is_used && unread.iter().all(|kind| of_one(kind) && accepted.waiver.file.is_none())
    });
    for ((_, code, _), InForce { place, waiver, .. }) in unused {
        let message = format!("Undantaget för {code} vid ”{}” träffar ingen anmärkning.", waiver.path);
        said.push(
            finding(&UNUSED, place, message)
                .help("Ta bort det, eller rätta code, path och file så att de är de som anmärkningen visar."),
        );
    }
    (waived, said)
}

/// What is to be said of a waiver that accepts more than twice what there is: what can still grow that far unseen.
fn too_wide(code: &str, accepted: &InForce<'_>) -> Option<Finding> {
    let (up_to, largest) = (accepted.waiver.up_to.as_ref()?, accepted.largest.as_ref()?);
    if !up_to.is_beyond_twice(largest) {
        return None;
    }
    let message = format!(
        "Undantaget för {code} godtar {up_to}, men anmärkningen gäller {largest}. Den kan bli mer än dubbelt så stor utan att det syns."
    );
    let mut finding = finding(&INVALID, accepted.at("up_to"), message);
    finding.level = Level::Note;
    let help = format!("Stäm av med beslutet. Godtar det inte mer än i dag: up_to = {}.", largest.toml());
    Some(finding.help(help))
}

/// The rule that a waiver names, by its code or its name, or why it accepts nothing.
fn rule(records: &Arc<str>, name: &str, waiver: &Waiver) -> Result<&'static Rule, Box<Finding>> {
    let given = waiver.code.trim();
    let invalid = |message: String, help: &str| {
        let place = Place::value(records, path!["waiver", name, "code"]);
        Box::new(finding(&INVALID, place, message).help(help))
    };
    let Some(rule) = super::find(given) else {
        let message = format!("Ingen anmärkning heter {given}.");
        let names = super::RULES.iter().flat_map(|rule| [rule.code, rule.slug]);
        let near = text::nearest(&given.to_ascii_uppercase(), names.clone())
            .or_else(|| text::nearest(given, names))
            .map_or_else(
                || "Alla koder visas av iop explain.".to_owned(),
                |near| format!("Menade du ”{near}”?"),
            );
        return Err(invalid(message, &near));
    };
    if !rule.may_be_waived() {
        let message = format!("{} går inte att göra undantag från.", rule.code);
        let help = "Rätta det som anmärkningen visar, och ta bort undantaget.";
        return Err(invalid(message, help));
    }
    Ok(rule)
}

/// Whether somebody has said why: a word at least, and not what a template asks for.
fn is_reason(reason: &str) -> bool {
    let is_word = |word: &str| {
        let letters: BTreeSet<char> = word.to_lowercase().chars().collect();
        word.chars().count() >= 3 && letters.len() > 1
    };
    let mut words = reason.split(|letter: char| !letter.is_alphabetic()).filter(|word| is_word(word));
    let (Some(first), second) = (words.next(), words.next()) else { return false };
    // A filler alone is one in whatever case.
    let is_filler = second.is_none() && structure::leftover(&first.to_uppercase()).is_some();
    !is_filler && structure::leftover(reason).is_none()
}

/// Why a waiver does not hold.
fn fault(
    records: &Arc<str>,
    agreement: &str,
    name: &str,
    code: &str,
    waiver: &Waiver,
    as_of: NaiveDate,
    findings: &[Finding],
) -> Option<Finding> {
    let at = |key: &str| Place::value(records, path!["waiver", name, key]);
    let invalid =
        |key: &str, message: String, help: &str| Some(finding(&INVALID, at(key), message).help(help));
    let lacks = |key: &str, what: &str, help: &str| {
        let message = format!("Undantaget för {code} saknar {what} och gäller därför inte.");
        invalid(key, message, help)
    };
    if waiver.reason.is_none() {
        return lacks("reason", "skäl", "Skriv i reason varför anmärkningen godtas.");
    }
    if !waiver.reason.as_deref().is_some_and(is_reason) {
        let message =
            format!("Skälet för undantaget från {code} säger inget, och undantaget gäller därför inte.");
        return invalid("reason", message, "Skriv i reason varför anmärkningen godtas.");
    }
    if waiver.by.is_none() {
        return lacks("by", "uppgift om vem som har beslutat", "Skriv organet eller funktionen i by.");
    }
    if !waiver.by.as_deref().is_some_and(is_reason) {
        let message =
            format!("Det framgår inte vem som beslutade om undantaget från {code}, som därför inte gäller.");
        return invalid("by", message, "Skriv organet eller funktionen i by.");
    }
    if !waiver
        .registry_number
        .as_deref()
        .is_some_and(|number| number.contains(|letter: char| letter.is_ascii_digit()))
    {
        return lacks("registry_number", "diarienummer", "Skriv beslutets diarienummer i registry_number.");
    }
    // Who reads an agreement and its events must find all that has been accepted of it.
    let of_one = ["agreements/", "records/"].iter().any(|folder| agreement.starts_with(folder));
    if of_one && id_of(agreement) != id_of(records) {
        let message =
            format!("Undantaget för {code} gäller ett annat avtal ({agreement}) och gäller därför inte.");
        let help = format!("Flytta det till records/{}.toml.", id_of(agreement));
        return invalid("file", message, &help);
    }
    let Some(until) = waiver.until else {
        return lacks("until", "slutdatum", "Skriv i until den sista dag som undantaget gäller.");
    };
    let longest = waiver.date.checked_add_months(Months::new(12 * MOST_YEARS));
    if longest.is_some_and(|longest| until > longest) {
        let message = format!(
            "Undantaget för {code} gäller till och med {until}, mer än {MOST_YEARS} år efter beslutet, och är så gott som utan slut. Det gäller därför inte."
        );
        return invalid("until", message, "Sätt en närmare dag, och pröva undantaget på nytt då.");
    }
    let path = waiver.path.trim();
    let mut places = findings.iter().filter(|found| found.code == code).flat_map(Finding::places);
    if places.any(|place| *place.file == *agreement && lies_below(&place.path, path)) {
        let message = format!(
            "Undantaget för {code} vid ”{path}” är för brett: det skulle gälla allt som ligger där, och gäller därför inte."
        );
        return invalid(
            "path",
            message,
            "Skriv den nyckelväg som anmärkningen visar, och ett undantag för varje anmärkning.",
        );
    }
    if until < as_of {
        let message = format!("Undantaget för {code} gällde till och med {until}.");
        let help = "Rätta det som anmärkningen gäller, eller fatta ett nytt beslut.";
        return Some(finding(&EXPIRED, at("until"), message).help(help));
    }
    if waiver.date > as_of {
        let message = format!("Undantaget för {code} är beslutat först {} och gäller inte än.", waiver.date);
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
    Finding::new(rule.code, rule.gravity.mildest(), place, message).source(rule.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something() {
        for none in ["-", "XX", "xxx", "TODO", "todo", "tbd", "...", "ok", "[ange skäl]", "Se TODO i ärendet"]
        {
            assert!(!is_reason(none), "{none}");
        }
        for said in ["Avtalet löper med EU-medel.", "EU-medel", "Se protokollet", "Väntar på KF"] {
            assert!(is_reason(said), "{said}");
        }
    }

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
