//! Names that look alike and are not the same: what they name is taken for two, and what is counted together is not.

use std::collections::BTreeMap;

use unicode_security::confusable_detection::skeleton;

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP125",
    slug: "near-name",
    title: "Två namn är nästan lika",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "registrets format: samma sak har samma namn",
    why: "Avtal hör ihop när verksamheten och parterna heter likadant. Ett blanksteg, en versal eller en bokstav ur ett annat alfabet delar en kedja av avtal i två, och då prövas ingen av dem i sin helhet.",
    check: Check::Register(check),
    bad: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus \"\nstatus = \"ended\"\nterm = { start = 2020-01-01, end = 2022-12-31 }\nparty.x = { role = \"civil-society\", name = \"En förening\" }\nstandard_clauses = []\n",
        "activity",
    ),
    good: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2020-01-01, end = 2022-12-31 }\nparty.x = { role = \"civil-society\", name = \"Öppet hus i Ådala\" }\nstandard_clauses = []\n",
        "",
    ),
};

/// A name as it is written: what it names, in how many places it stands, and the first of them.
struct Spelling<'a> {
    name: &'a str,
    names: String,
    times: usize,
    place: Place,
}

/// The spellings of each look.
#[derive(Default)]
struct Looks<'a>(BTreeMap<String, BTreeMap<&'a str, Spelling<'a>>>);

impl<'a> Looks<'a> {
    fn add(&mut self, name: &'a str, names: String, place: impl FnOnce() -> Place) {
        let spellings = self.0.entry(look(name)).or_default();
        let spelling =
            spellings.entry(name).or_insert_with(|| Spelling { name, names, times: 0, place: place() });
        spelling.times += 1;
    }

    /// A finding for each spelling but the usual one of its look, where it does not name the same.
    fn findings(self, what: &str) -> Vec<Finding> {
        let several = self.0.into_values().filter(|spellings| spellings.len() > 1);
        several
            .flat_map(|spellings| {
                let mut spellings: Vec<Spelling<'_>> = spellings.into_values().collect();
                spellings.sort_by(|one, other| (other.times, &one.place).cmp(&(one.times, &other.place)));
                let mut rest = spellings.into_iter();
                let usual = rest.next();
                let Some(usual) = usual else { return Vec::new() };
                let rest = rest.filter(|one| one.names != usual.names);
                rest.map(|one| finding(what, one, &usual)).collect()
            })
            .collect()
    }
}

fn finding(what: &str, one: Spelling<'_>, usual: &Spelling<'_>) -> Finding {
    let (name, other) = (text::visible(one.name), text::visible(usual.name));
    let message = format!("{what} ”{name}” är nästan ”{other}”, som {} heter.", place_of(usual));
    Finding::new(RULE.code, Level::Warning, one.place, message)
        .source(RULE.source)
        .help("Skriv namnet på samma sätt om det är samma. Är det två: ge dem namn som går att skilja åt.")
        .related(usual.place.clone(), format!("”{other}”"))
}

fn place_of(usual: &Spelling<'_>) -> String {
    if usual.times == 1 {
        "en annan".to_owned()
    } else {
        format!("{} andra", text::numeral(u32::try_from(usual.times).unwrap_or(u32::MAX)))
    }
}

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut activities = Looks::default();
    let mut parties = Looks::default();
    for entry in scope.register.agreements.values() {
        let agreement = &entry.data;
        activities.add(&agreement.activity, agreement.activity.clone(), || {
            Place::value(&entry.file, path!["activity"])
        });
        for (key, party) in &agreement.party {
            // Names of one organisation may differ as they like where its number tells which it is.
            let identity = scope.organisations.identity(party);
            parties.add(&party.name, identity.clone(), || {
                Place::value(&entry.file, path!["party", key, "name"])
            });
            if let Some(name) = party.legal_person.known().filter(|name| **name != party.name) {
                parties
                    .add(name, identity, || Place::value(&entry.file, path!["party", key, "legal_person"]));
            }
        }
    }
    let mut findings = activities.findings("Verksamheten");
    findings.extend(parties.findings("Parten"));
    findings
}

/// How a name looks: letters of other alphabets as those that they look like (Unicode Technical Standard 39), without case,
/// accents, blanks, dashes and what cannot be seen.
fn look(name: &str) -> String {
    let seen = skeleton(name).collect::<String>().to_lowercase();
    let is_mark = |letter: char| matches!(letter, '\u{300}'..='\u{36f}');
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '_');
    skeleton(&seen)
        .filter(|letter| !is_mark(*letter) && !is_between(*letter) && !text::hides(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_known_by_its_look() {
        for alike in [
            "oppet-hus ",
            "Oppet-Hus",
            "öppet hus",
            "oppet–hus",
            "\u{43e}ppet-hus",
            "oppet-hu\u{455}",
            "oppet\u{200b}-hus",
            "oppet\u{ad}-hus",
            "ｏppet-hus",
            "0ppet-hus",
        ] {
            assert_eq!(look(alike), look("oppet-hus"), "{alike:?}");
        }
        for other in ["oppet-huset", "oppna-hus", "hus-oppet", ""] {
            assert_ne!(look(other), look("oppet-hus"), "{other:?}");
        }
    }
}
