//! Who signs for each party, where and when.

use chrono::NaiveDate;

use super::name_form::{is_body, is_name};
use super::parties::Parties;
use super::person::{Person, person};
use super::prose::{bare, sentences};
use super::sections::Sections;
use crate::date::PartialDate;
use crate::language::days::point;
use crate::paper::{BlockKind, Place};

/// Somebody who signs.
#[derive(Debug, Clone)]
pub(super) struct Signer {
    pub(super) party: String,
    pub(super) person: Person,
    pub(super) town: Option<String>,
    pub(super) date: Option<PartialDate>,
    pub(super) evidence: Option<String>,
}

/// Who signs for each party.
pub(super) fn signers(sections: &Sections<'_>, parties: &Parties) -> Vec<Signer> {
    let blocks = sections.blocks(&["signatures"]);
    let mut found: Vec<Signer> = Vec::new();
    let mut current: Option<String> = None;
    let (mut town, mut date) = (None, None);
    // Nobody has been named since it was said for whom.
    let mut awaits = false;
    for block in &blocks {
        if matches!(block.kind, BlockKind::ListItem { .. }) {
            found.extend(signed(&block.text, current.as_deref(), parties, block.place));
            continue;
        }
        let mut after_name = false;
        // "Ådala 2021-02- För föreningen" stands on one line where the file has broken none.
        let text = block.text.replace(" För ", "\nFör ");
        for line in text.lines().flat_map(|line| line.split('\t')) {
            let line = line.replace(['…', '_', '\\'], " ");
            let line = line.trim().trim_matches('.').trim();
            let lower = line.to_lowercase();
            if line.is_empty() {
                continue;
            }
            if let Some(rest) = lower
                .starts_with("för ")
                .then(|| line.get("för ".len()..))
                .flatten()
                .filter(|_| line.split(' ').count() <= 14)
            {
                current = parties.named_in(rest).first().map(|party| party.key.clone());
                awaits = true;
                continue;
            }
            if let Some(rest) = lower
                .starts_with("behörighet enligt")
                .then(|| line.get("behörighet enligt".len()..))
                .flatten()
            {
                if let Some(last) = found.last_mut() {
                    last.evidence = Some(bare(rest).to_owned());
                }
                continue;
            }
            if lower.starts_with("namnförtydligande") {
                let rest = line.split_once(':').map_or("", |(_, rest)| rest.trim());
                after_name = true;
                if rest.is_empty() {
                    continue;
                }
            }
            if let Some(place_and_day) = town_and_date(line) {
                (town, date) = place_and_day;
                continue;
            }
            let Some(party) =
                current.clone().or_else(|| parties.named_alone(line).map(|party| party.key.clone()))
            else {
                continue;
            };
            let words = line.split_whitespace().count();
            let is_person = person(line, block.place).filter(|person| {
                let is_title = awaits
                    && words <= 5
                    && !line.contains([':', '.'])
                    && line.starts_with(char::is_uppercase);
                (person.name.is_some() || after_name && words <= 8 || is_title)
                    && words <= 12
                    && !line.ends_with(':')
            });
            // What somebody is stands below the name.
            if let Some(above) = found.last_mut()
                && above.party == party
                && above.person.place == block.place
                && above.person.function.is_none()
                && let Some(below) =
                    person(line, block.place).filter(|below| below.name.is_none() && words <= 8)
            {
                above.person.function = below.function;
                continue;
            }
            if let Some(person) = is_person {
                found.push(Signer { party, person, town: town.clone(), date, evidence: None });
                (after_name, awaits) = (false, false);
            }
        }
    }
    found
}

/// "kommundirektör Anna Exempelsson för Ådala kommun, 18 december 2023, Ådala (behörighet enligt …)".
fn signed(text: &str, current: Option<&str>, parties: &Parties, place: Place) -> Option<Signer> {
    let (text, evidence) = match text.split_once("behörighet enligt ") {
        Some((before, after)) => (before, Some(bare(after.trim_end().trim_end_matches(')')).to_owned())),
        None => (text, None),
    };
    let text = text.trim().trim_end_matches(['(', ',']).trim();
    let (who, rest) = match text.split_once(" för ") {
        Some((who, rest)) => (who, rest),
        None => (text, ""),
    };
    let party =
        parties.named_in(rest.split(", ").next().unwrap_or_default()).first().map(|party| party.key.clone());
    let party = party.or_else(|| current.map(str::to_owned))?;
    let words: Vec<&str> = who.split_whitespace().collect();
    // A title and then a name, as one writes it in running text.
    let name = (1..words.len()).find_map(|at| {
        let name = words.get(at..)?.join(" ");
        (is_name(&name) && !is_body(&name)).then_some((at, name))
    });
    let person = match name {
        Some((at, name)) => Person {
            name: Some(name),
            function: Some(words.get(..at)?.join(" ")),
            has_email: false,
            has_phone: false,
            place,
        },
        None => person(who, place)?,
    };
    let mut signer = Signer { party, person, town: None, date: None, evidence };
    for part in rest.split(", ").skip(1) {
        match day(part) {
            Some(day) => signer.date = Some(PartialDate::Day(day)),
            None if signer.date.is_some() && !bare(part).is_empty() => {
                signer.town = Some(bare(part).to_owned());
            }
            None => {}
        }
    }
    Some(signer)
}

/// The day that a text is.
fn day(text: &str) -> Option<NaiveDate> {
    let place = Place { page: None, paragraph: 0, line: None };
    sentences(text, place).first()?.day_from(0).map(|(_, day)| day)
}

/// "Ort och datum: Lund 2021-02-……", "Lund 2021-02-", "Lund den 1 februari 2021": the town and the day that stand there.
fn town_and_date(line: &str) -> Option<(Option<String>, Option<PartialDate>)> {
    let lower = line.to_lowercase();
    let labels = ["ort och datum", "ort/datum", "ort, datum", "datum och ort", "ort", "datum"];
    let label = labels.iter().find(|label| {
        lower.strip_prefix(**label).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ']))
    });
    let rest = label.and_then(|label| line.get(label.len()..)).unwrap_or(line).trim_start_matches([':', ' ']);
    let place = Place { page: None, paragraph: 0, line: None };
    let found = sentences(rest, place);
    let sentence = found.first();
    let words = sentence.map(super::prose::Sentence::words).unwrap_or_default();
    let dated = (0..words.len()).find_map(|at| {
        let (point, after) = point(words.get(at..)?)?;
        let date = point.as_start(None)?;
        let is_end = after.iter().all(|word| matches!(*word, "-" | "–"));
        (is_end && (!matches!(date, PartialDate::Year(_)) || label.is_some())).then_some((at, date))
    });
    match (label, dated, sentence) {
        (_, Some((at, date)), Some(sentence)) if at <= 3 => {
            let town = bare(sentence.original(0..at)).trim_end_matches(" den").to_owned();
            let is_town = !town.is_empty() && town.chars().next().is_some_and(char::is_uppercase);
            Some((is_town.then_some(town), Some(date)))
        }
        (Some(_), ..) => {
            let town = bare(rest);
            let is_town =
                !town.is_empty() && town.chars().all(|letter| letter.is_alphabetic() || letter == ' ');
            Some((is_town.then(|| town.to_owned()), None))
        }
        _ => None,
    }
}
