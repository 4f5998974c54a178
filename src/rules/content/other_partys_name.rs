//! A text names somebody who is a party of another agreement and not of this one: it may have been copied from there.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;

use crate::agreement::{Agreement, LegalForm, Party, Role};
use crate::finding::{Finding, Level, Place};
use crate::key_path::{KeyPath, Segment};
use crate::path;
use crate::register::Entry;
use crate::rules::text_walk::walk;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP418",
    slug: "other-partys-name",
    title: "Texten nämner en part i ett annat avtal",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.2.0",
    source: "god sed: ett avtal handlar om sina egna parter",
    why: "En text som är kopierad ur ett annat avtal kan ha kvar den andra föreningens eller kommunens namn, och då är det oklart vem som ska göra vad. Läser alla texter utom uppgifterna om parter, bilagor, föregående avtal och sändlistor, och känner igen namn på minst två ord som de idéburna parterna och kommunerna i registrets andra avtal har. Läser inte kortnamn, andra ortnamn eller böjda namn utom genitiv.",
    check: Check::Register(check),
    bad: Example::file("agreements/annat.toml", COPIED, "clause.background.text"),
    good: Example::file("agreements/annat.toml", OWN, ""),
};

const COPIED: &str = "title = \"läxhjälp\"\nactivity = \"laxhjalp\"\nstatus = \"ended\"\nstandard_clauses = []\nterm = { start = 2022-01-01, end = 2022-12-31 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Läxhjälpen\" }\nclause.background = { heading = \"Bakgrund\", text = \"Föreningen Öppet hus i Ådala har erfarenhet.\" }\n";
const OWN: &str = "title = \"läxhjälp\"\nactivity = \"laxhjalp\"\nstatus = \"ended\"\nstandard_clauses = []\nterm = { start = 2022-01-01, end = 2022-12-31 }\nparty.x = { role = \"civil-society\", name = \"Föreningen Läxhjälpen\" }\nclause.background = { heading = \"Bakgrund\", text = \"Föreningen Läxhjälpen har erfarenhet.\" }\n";

/// Whose name it is, and where it is that of a party.
struct Bearer<'a> {
    parties: Vec<&'a Party>,
    /// What tells them from others: found out when somebody else's text has the name.
    identities: OnceLock<BTreeSet<String>>,
    entry: &'a Entry<Agreement>,
    party: &'a str,
}

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut bearers: BTreeMap<&str, Bearer<'_>> = BTreeMap::new();
    for one in &scope.statements {
        for (key, party) in one.entry.data.party.iter().filter(|(_, party)| is_told_by_name(party)) {
            for name in names(party).filter(|name| name.trim().contains(' ')) {
                let bearer = bearers.entry(name.trim()).or_insert_with(|| Bearer {
                    parties: Vec::new(),
                    identities: OnceLock::new(),
                    entry: one.entry,
                    party: key,
                });
                bearer.parties.push(party);
            }
        }
    }
    let names: Vec<&str> = bearers.keys().copied().collect();
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names);
    // Only too many names could keep it from being built.
    let Ok(automaton) = automaton else { return Vec::new() };
    let of_each = scope.statements.par_iter().flat_map_iter(|one| {
        let parties = &one.entry.data.party;
        let own = LazyCell::new(|| identities(scope, parties.values()));
        let of_own = |name: &str| parties.values().flat_map(self::names).any(|own| own.contains(name));
        let mut found: BTreeMap<&str, KeyPath> = BTreeMap::new();
        walk(&one.entry.data, &mut |trail, text| {
            for hit in automaton.find_iter(text) {
                let Some((name, bearer)) =
                    names.get(hit.pattern().as_usize()).and_then(|name| Some((*name, bearers.get(name)?)))
                else {
                    continue;
                };
                let is_other = || {
                    let bearers =
                        bearer.identities.get_or_init(|| identities(scope, bearer.parties.iter().copied()));
                    bearers.is_disjoint(&own)
                };
                if !found.contains_key(name)
                    && !of_own(name)
                    && stands_alone(text, hit.start(), hit.end())
                    && is_other()
                {
                    let path = trail.path();
                    if !is_about_others(&path) {
                        found.insert(name, path);
                    }
                }
            }
        });
        let found = found.into_iter();
        found.filter_map(|(name, path)| Some((one, name, path, bearers.get(name)?))).collect::<Vec<_>>()
    });
    of_each
        .map(|(one, name, path, bearer)| {
            let message = format!("Texten nämner ”{name}”, som är part i ett annat avtal men inte i det här.");
            let bears = Place::value(&bearer.entry.file, path!["party", bearer.party]);
            let place = Place::word(&one.entry.file, path.clone(), name);
            let finding = scope.finding_in(one.entry, &RULE, path, message);
            Finding { place, ..finding }
                .related(bears, "part där")
                .help("Är texten kopierad: byt namnet mot den rätta partens. Ska den andra nämnas behöver inget göras.")
        })
        .collect()
}

/// What tells these parties from all others.
fn identities<'a>(scope: &RegisterScope<'_>, parties: impl Iterator<Item = &'a Party>) -> BTreeSet<String> {
    parties.map(|party| scope.organisations.identity(party)).collect()
}

/// Whether others are likely to know it by its name alone: a region or a state agency may be named anywhere.
fn is_told_by_name(party: &Party) -> bool {
    party.role == Role::CivilSociety || party.form.known() == Some(&LegalForm::Municipality)
}

fn names(party: &Party) -> impl Iterator<Item = &str> {
    party.legal_person.known().into_iter().chain([&party.name]).map(String::as_str)
}

/// Whether a name stands as words of its own, in the genitive or not.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let mut after = text.get(end..).unwrap_or_default().chars();
    let next = after.next();
    let next = if next == Some('s') { after.next() } else { next };
    !before.is_some_and(char::is_alphanumeric) && !next.is_some_and(char::is_alphanumeric)
}

/// Whether what stands there is meant to name others.
fn is_about_others(path: &KeyPath) -> bool {
    let key = |at: usize| match path.segments().get(at) {
        Some(Segment::Key(key)) => key.as_str(),
        _ => "",
    };
    matches!(
        (key(0), key(1)),
        ("party" | "predecessor" | "annex" | "assessment", _) | ("memo", "distribution")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn only_the_name_of_who_is_no_party_here_is_told() {
        let places = |toml: &str| {
            let own = Example::agreement(&[], toml.to_owned().leak(), "");
            let other = Example::file("agreements/annat.toml", OWN, "");
            let findings = found(&RULE, &[own, other]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        let text = |text: &str| places(&format!("clause.background.text = \"{text}\""));
        assert_eq!(text("Föreningen Läxhjälpen har lokalen."), ["clause.background.text"]);
        assert_eq!(text("Föreningen Läxhjälpens lokal."), ["clause.background.text"]);
        assert_eq!(text("Föreningen Läxhjälpenskolan."), [""; 0]);
        assert_eq!(text("Föreningen Öppet hus i Ådala har lokalen."), [""; 0]);
        assert_eq!(places("annex.a.title = \"Avtal med Föreningen Läxhjälpen\""), [""; 0]);
        let party = "party.annan = { role = \"civil-society\", name = \"Föreningen Läxhjälpen\" }";
        let both = format!("clause.background.text = \"Föreningen Läxhjälpen har lokalen.\"\n{party}");
        assert_eq!(places(&both), [""; 0]);
    }
}
