//! A successor says of itself what belonged to the agreement before it.

use chrono::Datelike;

use crate::agreement::{Agreement, Assessment, Party};
use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::keyed::Keyed;
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::{Fact, Known};

pub(super) const RULE: Rule = Rule {
    code: "IOP629",
    slug: "carried-over",
    title: "Avtalet bär kvar det föregående avtalets uppgifter",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "god sed: varje avtal har sitt eget ärende, sina egna beslut och sin egen bedömning",
    why: "Ett avtal som avlöser ett annat skrivs ofta av från det. Följer dagar, diarienummer, fullmakter eller bedömningar med ser det ut som om de gällde det nya avtalet, fast ingen har prövat det.",
    check: Check::Agreement(check),
    bad: Example::file("agreements/nasta.toml", CARRIED, "dated"),
    good: Example::file("agreements/nasta.toml", OWN, ""),
};

const CARRIED: &str = "title = \"x\"\nactivity = \"x\"\nstatus = \"draft\"\ncontinues = \"oppet-hus\"\ndated = 2023-11-01\nterm = { start = 2026-01-01, end = 2026-12-31 }\nparty.x = { role = \"public\", name = \"x\" }\n";
const OWN: &str = "title = \"x\"\nactivity = \"x\"\nstatus = \"draft\"\ncontinues = \"oppet-hus\"\ndated = 2025-11-01\nterm = { start = 2026-01-01, end = 2026-12-31 }\nparty.x = { role = \"public\", name = \"x\" }\n";

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let own = scope.agreement;
    let Some((id, entry)) =
        own.continues.as_ref().and_then(|before| scope.register.agreements.get_key_value(before))
    else {
        return Vec::new();
    };
    if &entry.file == scope.file {
        return Vec::new();
    }
    let carried = |path: KeyPath, before: KeyPath, what: &str| {
        let message = format!("{what} som i {id}, som avtalet avlöser.");
        scope
            .finding(&RULE, path, message)
            .related(Place::value(&entry.file, before), "det föregående avtalets")
            .help("Skriv det nya avtalets uppgift, eller \"not-stated\" tills den är känd.")
    };
    let mut findings: Vec<Finding> =
        days(own, &entry.data).into_iter().map(|(path, what)| carried(path.clone(), path, what)).collect();
    if is_same(&own.case.registry_number, &entry.data.case.registry_number) {
        let path = path!["case", "registry_number"];
        let mut finding = carried(path.clone(), path, "Diarienumret är detsamma");
        // Some go on in the case in which they began.
        finding.level = Level::Note;
        findings.push(finding);
    }
    findings.extend(
        mandates(own, &entry.data.party)
            .into_iter()
            .map(|(path, before)| carried(path, before, "Det som visar rätten att underteckna är detsamma")),
    );
    findings.extend(
        assessments(own, &entry.data)
            .into_iter()
            .map(|(path, before)| carried(path, before, "Bedömningen är densamma")),
    );
    findings
}

/// The days of its own that it has from the other.
fn days(own: &Agreement, before: &Agreement) -> Vec<(KeyPath, &'static str)> {
    let all = [
        (path!["dated"], "Avtalets dag är densamma", &own.dated, &before.dated),
        (
            path!["term", "review_by"],
            "Dagen för översyn är densamma",
            &own.term.review_by,
            &before.term.review_by,
        ),
        (path!["memo", "dated"], "Skrivelsens dag är densamma", &own.memo.dated, &before.memo.dated),
    ];
    all.into_iter()
        .filter(|(_, _, one, other)| is_same(one, other))
        .map(|(path, what, ..)| (path, what))
        .collect()
}

/// What proves that somebody may sign, where it is of a year so long before the agreement's first day that others have been
/// elected since: a rule that goes on holding names none.
fn mandates(agreement: &Agreement, before: &Keyed<Party>) -> Vec<(KeyPath, KeyPath)> {
    const ELECTED_FOR: i32 = 2;
    let Some(start) = agreement.term.start.known() else { return Vec::new() };
    let is_old =
        |evidence: &&String| last_year(evidence).is_some_and(|year| year <= start.year() - ELECTED_FOR);
    let of = |parties: &Keyed<Party>| -> Vec<(KeyPath, String)> {
        let mut all = Vec::new();
        for (key, party) in parties {
            for (name, signatory) in party.signatory.known().into_iter().flatten() {
                if let Some(evidence) = signatory.evidence.known().filter(is_old) {
                    all.push((path!["party", key, "signatory", name, "evidence"], evidence.clone()));
                }
            }
        }
        all
    };
    let before = of(before);
    let same =
        |evidence: &str| before.iter().find(|(_, other)| other == evidence).map(|(path, _)| path.clone());
    of(&agreement.party).into_iter().filter_map(|(path, evidence)| Some((path, same(&evidence)?))).collect()
}

/// The assessments that are of the day of one of the other's, or say the same without a day. With a day of its own it has been made
/// anew, whatever it came to.
fn assessments(own: &Agreement, before: &Agreement) -> Vec<(KeyPath, KeyPath)> {
    let mut carried = Vec::new();
    for (key, one) in &own.assessment {
        let is_carried = |(_, other): &(&String, &Assessment)| {
            let says = |fact: &Fact<String>| fact.known().is_some_and(|said| text::says_something(said));
            one.kind == other.kind
                && (is_same(&one.date, &other.date)
                    || one.date.known().is_none()
                        && says(&one.conclusion)
                        && is_same(&one.conclusion, &other.conclusion))
        };
        if let Some((other, _)) = before.assessment.iter().find(is_carried) {
            carried.push((path!["assessment", key], path!["assessment", other]));
        }
    }
    carried
}

fn is_same<T: PartialEq>(one: &Fact<T>, other: &Fact<T>) -> bool {
    one.known().is_some_and(|known| other.known() == Some(known))
}

/// The last year of our time that a text names.
fn last_year(text: &str) -> Option<i32> {
    let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1990..2100).contains(year)).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn each_thing_that_is_carried_over_is_told_where_it_stands() {
        let paths = |more: &'static str| {
            let text =
                format!("{}{more}", OWN.replace("party.x = { role = \"public\", name = \"x\" }\n", ""));
            let file = Example::file("agreements/nasta.toml", text.leak(), "");
            let found = found(&RULE, &[file]);
            found.into_iter().map(|one| format!("{} {:?}", one.place.path, one.level)).collect::<Vec<_>>()
        };
        let party = "[party.x]\nrole = \"civil-society\"\nname = \"x\"\n";
        let with = |more: &str| -> &'static str { format!("{party}{more}").leak() };
        assert_eq!(paths(with("")), Vec::<String>::new());
        assert_eq!(
            paths(with("[case]\nregistry_number = \"SN 2023/0101\"\n[memo]\ndated = 2023-11-01\n")),
            ["case.registry_number Note", "memo.dated Warning"]
        );
        assert_eq!(
            paths(with(
                "[party.x.signatory.y]\ntitle = \"t\"\nevidence = \"protokoll fört vid årsmötet 2023\"\n"
            )),
            ["party.x.signatory.y.evidence Warning"]
        );
        // A rule of delegation goes on holding.
        assert_eq!(
            paths(with(
                "[party.x.signatory.y]\nevidence = \"socialnämndens delegationsordning punkt 3.2\"\n"
            )),
            Vec::<String>::new()
        );
        assert_eq!(
            paths(with("[assessment.a]\nkind = \"procurement\"\ndate = 2023-10-20\nconclusion = \"Ny.\"\n")),
            ["assessment.a Warning"]
        );
        assert_eq!(
            paths(with("[assessment.a]\nkind = \"procurement\"\ndate = 2025-10-20\nconclusion = \"Ny.\"\n")),
            Vec::<String>::new()
        );
    }
}
