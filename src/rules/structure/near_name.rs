//! Names that look alike and are not the same: what they name is taken for two, and what is counted together is not.

use std::collections::{BTreeMap, BTreeSet};

use unicode_security::confusable_detection::skeleton;

use crate::agreement::Role;
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::payouts::AgreementStatement;
use crate::rules::chains::Chains;
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
    why: "Avtal hör ihop när verksamheten och parterna heter likadant. Ett blanksteg, en versal eller en bokstav ur ett annat alfabet delar en kedja av avtal i två, och då prövas ingen av dem i sin helhet. Detsamma gäller när ett avtal med samma part kommer efter ett annat och verksamheten heter nästan likadant, till exempel med ett annat årtal.",
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
#[derive(Clone)]
struct Spelling<'a> {
    name: &'a str,
    names: String,
    times: usize,
    place: Place,
}

/// The names of one kind. Many agreements have the same: how a name looks is found out once.
#[derive(Default)]
struct Names<'a>(BTreeMap<&'a str, Spelling<'a>>);

impl<'a> Names<'a> {
    fn add(&mut self, name: &'a str, names: &str, place: impl FnOnce() -> Place) {
        let first = || Spelling { name, names: names.to_owned(), times: 0, place: place() };
        self.0.entry(name).or_insert_with(first).times += 1;
    }

    /// A finding for each spelling but the usual one of its look, where it does not name the same.
    fn findings(self, what: &str) -> Vec<Finding> {
        let mut looks: BTreeMap<String, Vec<Spelling<'a>>> = BTreeMap::new();
        for spelling in self.0.into_values() {
            // A capital I looks like an l, and is an i: a name is held against others in both ways.
            let (read, seen) = (format!("read {}", look(&spelling.name.to_lowercase())), look(spelling.name));
            looks.entry(read).or_default().push(spelling.clone());
            looks.entry(seen).or_default().push(spelling);
        }
        let several = looks.into_values().filter(|spellings| spellings.len() > 1);
        let found = several
            .flat_map(|mut spellings| {
                spellings.sort_by(|one, other| (other.times, &one.place).cmp(&(one.times, &other.place)));
                let mut rest = spellings.into_iter();
                let usual = rest.next();
                let Some(usual) = usual else { return Vec::new() };
                let rest = rest.filter(|one| one.names != usual.names);
                rest.map(|one| (one.place.clone(), finding(what, one, &usual))).collect()
            })
            .collect::<BTreeMap<Place, Finding>>();
        found.into_values().collect()
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
    let mut activities = Names::default();
    let mut parties = Names::default();
    for entry in scope.register.agreements.values() {
        let agreement = &entry.data;
        activities
            .add(&agreement.activity, &agreement.activity, || Place::value(&entry.file, path!["activity"]));
        for (key, party) in &agreement.party {
            // Names of one organisation may differ as they like where its number tells which it is.
            let identity = scope.organisations.identity(party);
            parties.add(&party.name, &identity, || Place::value(&entry.file, path!["party", key, "name"]));
            if let Some(name) = party.legal_person.known().filter(|name| **name != party.name) {
                parties
                    .add(name, &identity, || Place::value(&entry.file, path!["party", key, "legal_person"]));
            }
        }
    }
    let mut findings = activities.findings("Verksamheten");
    findings.extend(parties.findings("Parten"));
    findings.extend(successions(scope));
    findings
}

/// So many agreements of an organisation that ended before another one began are looked at, the latest first.
const LATEST: usize = 8;

/// The first agreement of a chain that may go on with the last one of another: the same organisation, and activities with nearly
/// the same name.
fn successions(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let chains = Chains::of(&scope.statements);
    // Of each chain the agreement that begins it and the one that ends it, by the organisations that are party to them.
    let mut ends: BTreeMap<usize, [(Period, usize); 2]> = BTreeMap::new();
    for (at, one) in scope.statements.iter().enumerate() {
        let Some(term) = one.statement.life.with_proposals() else { continue };
        let [first, last] = ends.entry(chains.number(at)).or_insert([(term, at); 2]);
        if term.start < first.0.start {
            *first = (term, at);
        }
        if term.end > last.0.end {
            *last = (term, at);
        }
    }
    let parties = |at: usize| {
        let one = scope.statements.get(at).into_iter();
        one.flat_map(|one| one.entry.data.parties(Role::CivilSociety))
            .map(|party| scope.organisations.identity(party))
            .collect::<BTreeSet<String>>()
    };
    let mut lasts: BTreeMap<String, Vec<(Period, usize)>> = BTreeMap::new();
    for [_, last] in ends.values() {
        for party in parties(last.1) {
            lasts.entry(party).or_default().push(*last);
        }
    }
    for of_one in lasts.values_mut() {
        of_one.sort_by_key(|(term, at)| (term.end, *at));
    }
    let mut findings = Vec::new();
    for [(term, at), _] in ends.values() {
        let Some(one) = scope.statements.get(*at) else { continue };
        let before = parties(*at).into_iter().filter_map(|party| {
            let of_one = lasts.get(&party)?;
            let earlier = of_one.get(..of_one.partition_point(|(other, _)| other.end < term.start))?;
            let mut latest = earlier.iter().rev().take(LATEST);
            latest.find_map(|(other, at)| {
                let before = scope.statements.get(*at)?;
                let names = (&*before.entry.data.activity, &*one.entry.data.activity);
                // What looks the same is told as that.
                (are_near(names.0, names.1) && look(names.0) != look(names.1)).then_some((*other, before))
            })
        });
        if let Some((other, before)) = before.max_by_key(|(other, _)| other.end) {
            findings.push(succession(one, (*term, other), before));
        }
    }
    findings
}

fn succession(
    one: &AgreementStatement<'_>,
    (term, other): (Period, Period),
    before: &AgreementStatement<'_>,
) -> Finding {
    let name = |one: &AgreementStatement<'_>| text::visible(&one.entry.data.activity).into_owned();
    let message = format!(
        "Verksamheten ”{}” börjar {}, efter att ”{}” med samma part slutade {}. Är det samma verksamhet prövas inte hur länge avtalen varar sammanlagt.",
        name(one),
        term.start,
        name(before),
        other.end
    );
    let place = |one: &AgreementStatement<'_>| Place::value(&one.entry.file, path!["activity"]);
    Finding::new(RULE.code, Level::Warning, place(one), message)
        .source(RULE.source)
        .help("Ge avtalen samma activity, eller skriv i continues vilket avtal som fortsätts. Är det två verksamheter: dokumentera det i ett undantag.")
        .related(place(before), format!("det avtal som slutade {}", other.end))
}

/// Whether two names are the same but for a year or a slip of a letter or two.
fn are_near(one: &str, other: &str) -> bool {
    let parts = |name: &str| {
        let letters: String = name.chars().filter(|letter| !letter.is_ascii_digit()).collect();
        let letters: String = look(&letters).chars().filter(|letter| letter.is_alphabetic()).collect();
        // Another number may be what tells two activities apart.
        let numbers = name.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !is_year(digits));
        (letters, numbers.collect::<String>())
    };
    let ((one, its_numbers), (other, other_numbers)) = (parts(one), parts(other));
    let shortest = one.chars().count().min(other.chars().count());
    // Short names have too many neighbours.
    let is_slip = || shortest > 5 && strsim::osa_distance(&one, &other) <= 2;
    its_numbers == other_numbers && shortest > 0 && (one == other || is_slip())
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
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
    use std::sync::Arc;

    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_capital_i_is_an_i_and_looks_like_an_l() {
        for (one, other, times) in [("Idrott", "idrott", 1), ("Idrott", "ldrott", 1), ("Idrott", "hälsa", 0)]
        {
            let mut names = Names::default();
            for (number, name) in [one, other].into_iter().enumerate() {
                let file = Arc::from(format!("agreements/{number}.toml"));
                names.add(name, name, || Place::value(&file, path!["activity"]));
            }
            assert_eq!(names.findings("Verksamheten").len(), times, "{one} {other}");
        }
    }

    #[test]
    fn an_activity_of_nearly_the_same_name_after_another_of_the_same_organisation_may_be_the_same() {
        // The clean agreement is about "oppet-hus" and lasts 2024–2025.
        let places = |activity: &str, end: &str, more: &'static str| {
            let toml = RULE
                .good
                .toml
                .replace("activity = \"oppet-hus\"", &format!("activity = \"{activity}\""))
                .replace("end = 2022-12-31", &format!("end = {end}"))
                .replace("Öppet hus i Ådala", "Föreningen Öppet hus i Ådala");
            let earlier = Example { toml: toml.leak(), ..RULE.good };
            let findings = found(&RULE, &[earlier, Example::agreement(&[], more, "")]);
            findings
                .into_iter()
                .map(|one| format!("{} {}", one.place.file, one.place.path))
                .collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        let told = ["agreements/oppet-hus.toml activity"];
        for activity in ["oppet-hus-2022", "oppet-huset"] {
            assert_eq!(places(activity, "2023-12-31", ""), told, "{activity}");
            assert_eq!(places(activity, "2023-12-31", "continues = \"tidigare\""), nowhere, "{activity}");
        }
        for other in ["motesplatsen", "oppet-hus-2"] {
            assert_eq!(places(other, "2023-12-31", ""), nowhere, "{other}");
        }
        for near in ["oppet-hus-2022", "oppet-huset", "opppet-hus", "opept-hus", "oppet-hus-ii", "oppet-hus."]
        {
            assert_eq!(places(near, "2022-06-30", ""), told, "{near}");
            assert_eq!(places(near, "2024-01-01", ""), nowhere, "{near}");
        }
    }

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
