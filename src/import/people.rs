//! Whom to ask and who signs: functions, and names only where they are asked for.

use chrono::NaiveDate;

use super::content::free;
use super::draft::Draft;
use super::parties::Parties;
use super::privacy::is_name;
use super::prose::{bare, sentences};
use super::sections::{Sections, prose, tables};
use crate::date::PartialDate;
use crate::language::days::point;
use crate::language::numbers::number;
use crate::paper::{Block, BlockKind, Place};
use crate::text;

/// Somebody who is named in the paper.
#[derive(Debug, Clone)]
struct Person {
    name: Option<String>,
    function: Option<String>,
    has_email: bool,
    has_phone: bool,
    place: Place,
}

/// Somebody who signs.
#[derive(Debug, Clone)]
struct Signer {
    party: String,
    person: Person,
    town: Option<String>,
    date: Option<PartialDate>,
    evidence: Option<String>,
}

/// The names of people that the paper gives with their functions or as signatures.
pub(super) fn names(sections: &Sections<'_>, parties: &Parties) -> Vec<String> {
    let contacts = contacts(sections, parties).into_iter().map(|(_, person)| person);
    let signers = signers(sections, parties).into_iter().map(|signer| signer.person);
    let named: Vec<&Block> = sections
        .front
        .iter()
        .copied()
        .chain(sections.all.iter().flat_map(|section| section.blocks.iter().copied()))
        .collect();
    // A name and a function on two lines, as in the head and at the end of a memo.
    let pairs = named.iter().flat_map(|block| {
        let lines: Vec<&str> = block.text.lines().map(str::trim).collect();
        let name = lines
            .first()
            .filter(|line| lines.len() == 2 && is_name(line) && !is_body(line))
            .map(|line| (*line).to_owned());
        name.into_iter().collect::<Vec<_>>()
    });
    let named = contacts.chain(signers).filter_map(|person| person.name).chain(pairs);
    // What a party is called is no name of a person.
    named.filter(|name| parties.named_in(name).is_empty()).collect()
}

/// Whether words with capitals name a body and no person.
fn is_body(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "kommun",
        "förening",
        "förvaltning",
        "nämnd",
        "stiftelse",
        "region",
        "församling",
        "förbund",
        " stad",
        "partnerskap",
        "ombud",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// "Anna Exempelsson, verksamhetschef, anna@exempel.se": nothing where neither a name nor a function stands there.
fn person(text: &str, place: Place) -> Option<Person> {
    let lower = text.to_lowercase();
    let mut found = Person {
        name: None,
        function: None,
        has_email: lower.contains('@') || lower.contains("e-post uppges inte här"),
        has_phone: lower.contains("telefon") || lower.contains("tel.") || lower.contains("mobil"),
        place,
    };
    for part in text
        .split([',', '\n', '\t', ';'])
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" - "))
    {
        let part = bare(part.split('(').next().unwrap_or(part));
        let digits = part.chars().filter(char::is_ascii_digit).count();
        if part.is_empty()
            || part.contains('@')
            || digits >= 4
            || part.contains("uppges inte")
            || part.starts_with('[')
        {
            continue;
        }
        let is_label = ["e-post", "telefon", "tel", "mobil", "namn"]
            .iter()
            .any(|label| part.to_lowercase().starts_with(label));
        if found.name.is_none() && is_name(part) && !is_body(part) {
            found.name = Some(part.to_owned());
        } else if found.function.is_none() && part.chars().count() <= 60 && !is_label {
            found.function = Some(text::uncapitalised(part));
        }
    }
    (found.name.is_some() || found.function.is_some()).then_some(found)
}

/// Whom each party names to be asked, by its key.
fn contacts(sections: &Sections<'_>, parties: &Parties) -> Vec<(String, Person)> {
    let blocks = sections.blocks(&["contacts"]);
    let mut found = Vec::new();
    for table in tables(&blocks) {
        for (cells, place) in &table.rows {
            let Some(party) = cells.first().and_then(|cell| parties.named_in(cell).first().copied()) else {
                continue;
            };
            if let Some(person) = person(&cells.get(1..).unwrap_or_default().join(", "), *place) {
                found.push((party.key.clone(), person));
            }
        }
    }
    let mut current: Option<String> = None;
    for block in blocks.iter().filter(|block| !matches!(block.kind, BlockKind::TableRow { .. })) {
        for line in block.text.lines() {
            let is_head = matches!(block.kind, BlockKind::Heading { .. }) || line.trim_end().ends_with(':');
            let (head, rest) =
                line.split_once(':').filter(|(head, _)| !head.contains(',')).unwrap_or((line, ""));
            if let Some(party) = parties
                .named_in(head)
                .first()
                .filter(|_| is_head || !rest.is_empty() && head.chars().count() < 60)
            {
                current = Some(party.key.clone());
                if rest.trim().is_empty() {
                    continue;
                }
            }
            let text = if rest.trim().is_empty() { line } else { rest };
            // A sentence is no contact.
            if let (Some(party), Some(person)) =
                (&current, person(text, block.place).filter(|_| text.split_whitespace().count() <= 16))
            {
                found.push((party.clone(), person));
            }
        }
    }
    found
}

/// Who signs for each party.
fn signers(sections: &Sections<'_>, parties: &Parties) -> Vec<Signer> {
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

/// Writes them into the file.
pub(super) fn write(sections: &Sections<'_>, parties: &Parties, with_names: bool, draft: &mut Draft) {
    let mut keys: Vec<String> = Vec::new();
    for (party, person) in contacts(sections, parties) {
        let base = person.function.as_deref().map_or_else(|| "kontakt".to_owned(), text::slug);
        let key = free(&mut keys, &format!("{party}.{base}")).split_off(party.len() + 1);
        let path = |field: &'static str| ["party", party.as_str(), "contact", key.as_str(), field];
        match &person.function {
            Some(function) => draft.found(&path("function"), function.as_str(), person.place),
            None => draft.missing(&path("function"), true),
        }
        if let Some(name) = person.name.as_ref().filter(|_| with_names) {
            draft.set(&path("name"), name.as_str());
        }
        for (field, has) in [("email", person.has_email), ("phone", person.has_phone)] {
            if has {
                draft.set(&path(field), crate::agreement::WITHHELD);
            }
        }
    }
    if keys.is_empty() {
        draft.missing(&["party", "contact"], false);
    }
    let mut keys: Vec<String> = Vec::new();
    for signer in signers(sections, parties) {
        let Signer { party, person, town, date, evidence } = signer;
        let base = person.function.as_deref().map_or_else(|| "undertecknare".to_owned(), text::slug);
        let key = free(&mut keys, &format!("{party}.{base}")).split_off(party.len() + 1);
        let path = |field: &'static str| ["party", party.as_str(), "signatory", key.as_str(), field];
        match &person.function {
            Some(function) => draft.found(&path("title"), function.as_str(), person.place),
            None => draft.missing(&path("title"), true),
        }
        if let Some(name) = person.name.as_ref().filter(|_| with_names) {
            draft.set(&path("name"), name.as_str());
        }
        if let Some(town) = town {
            draft.found(&path("place"), town, person.place);
        }
        match date {
            Some(PartialDate::Day(day)) => draft.found(&path("date"), day, person.place),
            Some(date) => draft.found(&path("date"), date.to_string(), person.place),
            None => {}
        }
        if let Some(evidence) = evidence {
            draft.found(&path("evidence"), evidence, person.place);
        }
    }
    if keys.is_empty() {
        draft.missing(&["party", "signatory"], false);
    }
    originals(sections, draft);
}

/// How many originals there are and where.
fn originals(sections: &Sections<'_>, draft: &mut Draft) {
    let all = prose(&sections.everything());
    let mut copies: Vec<super::draft::Said<u32>> = Vec::new();
    for sentence in &all {
        let words = sentence.words();
        let Some(end) = sentence.find("exemplar | likalydande | original") else { continue };
        if !sentence.has("upprätta* | upprättad | upprättat | undertecknad | finns | utfärdat") {
            continue;
        }
        let count = (0..end).rev().find_map(|at| {
            let (count, _) = number(words.get(at..)?)?;
            u32::try_from(count).ok().filter(|count| (1..=100).contains(count))
        });
        let named = words.get(end.saturating_sub(1)).is_some_and(|word| matches!(*word, "ett" | "i"));
        let count = count.or(Some(1).filter(|_| named && words.get(end) == Some(&"original")));
        copies.extend(count.map(|value| super::draft::Said { value, place: sentence.place }));
    }
    draft.reading(&["original", "copies"], &copies, false);
    for sentence in &all {
        if sentence.has("elektroniskt")
            && sentence.has("undertecknas | undertecknad | undertecknat | signeras")
        {
            draft.found(&["original", "electronic"], true, sentence.place);
            break;
        }
    }
    for sentence in &all {
        if let Some(at) = sentence.find("originalet finns i | original finns i | originalet förvaras i") {
            let at = at
                + sentence
                    .words()
                    .get(at..)
                    .map_or(0, |rest| rest.iter().position(|word| *word == "i").unwrap_or(0));
            draft.found(&["original", "location"], bare(sentence.rest(at + 1)), sentence.place);
            break;
        }
    }
}
