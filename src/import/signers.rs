//! Who signs for each party, where and when.

use chrono::NaiveDate;

use super::name_form::{is_body, is_name};
use super::parties::Parties;
use super::person::{Person, person};
use super::prose::{bare, sentences};
use super::sections::Sections;
use crate::date::PartialDate;
use crate::language::days::point;
use crate::paper::{Block, BlockKind, Place};

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
    let mut found: Vec<Signer> = Vec::new();
    let mut current: Option<String> = None;
    let (mut town, mut date) = (None, None);
    // Nobody has been named since it was said for whom.
    let mut awaits = false;
    let mut part = usize::MAX;
    let mut after_name = false;
    // Where the last of those found stands.
    let mut named_in = usize::MAX;
    for line in lines(&sections.blocks(&["signatures"]), parties) {
        if line.is_item {
            found.extend(signed(&line.text, current.as_deref(), parties, line.place));
            continue;
        }
        if line.part != part {
            (part, after_name) = (line.part, false);
        }
        let place = line.place;
        let line = line.text.replace(['…', '_', '\\'], " ");
        let line = line.trim().trim_matches('.').trim();
        let lower = line.to_lowercase();
        if line.is_empty() {
            continue;
        }
        if let Some(whom) = for_whom(line) {
            current = parties.named_in(whom).first().map(|party| party.key.clone());
            awaits = true;
            continue;
        }
        if let Some(rest) =
            lower.starts_with("behörighet enligt").then(|| line.get("behörighet enligt".len()..)).flatten()
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
        let alone = parties.named_alone(line).map(|party| party.key.clone());
        let Some(party) = current.clone().or(alone) else { continue };
        let words = line.split_whitespace().count();
        let is_person = person(line, place).filter(|person| {
            let is_title =
                awaits && words <= 5 && !line.contains([':', '.']) && line.starts_with(char::is_uppercase);
            (person.name.is_some() || after_name && words <= 8 || is_title)
                && words <= 12
                && !line.ends_with(':')
        });
        // What somebody is stands below the name.
        if let Some(above) = found.last_mut()
            && above.party == party
            && named_in == part
            && above.person.function.is_none()
            && let Some(below) = person(line, place).filter(|below| below.name.is_none() && words <= 8)
        {
            above.person.function = below.function;
            continue;
        }
        if let Some(person) = is_person {
            found.push(Signer { party, person, town: town.clone(), date, evidence: None });
            (after_name, awaits, named_in) = (false, false, part);
        }
    }
    found
}

/// A line of what is signed, in the order in which a person reads it.
struct Line {
    text: String,
    place: Place,
    /// Which paragraph, row or column of signatures it belongs to.
    part: usize,
    is_item: bool,
}

/// The lines of signatures. Where the parties sign beside each other, each party's column is read before the next one's.
fn lines(blocks: &[&Block], parties: &Parties) -> Vec<Line> {
    let mut found = Vec::new();
    let mut part = 0;
    let mut rest = blocks;
    while let Some((block, after)) = rest.split_first() {
        part += 1;
        let is_item = matches!(block.kind, BlockKind::ListItem { .. });
        let beside = if is_item { 0 } else { columns(block, parties) };
        let together =
            if beside < 2 { 1 } else { 1 + after.iter().take_while(|next| goes_on(block, next)).count() };
        let (own, after) = rest.split_at(together.min(rest.len()));
        rest = after;
        if beside < 2 {
            // "Ådala 2021-02- För föreningen" stands on one line where the file has broken none.
            let text = if is_item { block.text.clone() } else { block.text.replace(" För ", "\nFör ") };
            let lines: Vec<&str> =
                if is_item { vec![&*text] } else { text.lines().flat_map(|line| line.split('\t')).collect() };
            let place = block.place;
            found.extend(lines.into_iter().map(|text| Line { text: text.to_owned(), place, part, is_item }));
            continue;
        }
        let rows: Vec<(Vec<&str>, Place)> =
            own.iter().flat_map(|block| rows(block).into_iter().map(|row| (row, block.place))).collect();
        for column in 0..beside {
            part += 1;
            let cells = rows.iter().filter_map(|(row, place)| Some((*row.get(column)?, *place)));
            found.extend(cells.flat_map(|(cell, place)| {
                cell.lines().map(move |line| Line { text: line.to_owned(), place, part, is_item: false })
            }));
        }
    }
    found
}

/// The cells of a block, row by row: a row of a table is one, and each line of a paragraph.
fn rows(block: &Block) -> Vec<Vec<&str>> {
    match block.kind {
        BlockKind::TableRow { .. } => vec![block.text.split('\t').collect()],
        _ => block.text.lines().map(|line| line.split('\t').map(str::trim).collect()).collect(),
    }
}

/// How many parties sign beside each other in columns that begin with this block.
fn columns(block: &Block, parties: &Parties) -> usize {
    let first = rows(block).into_iter().next().unwrap_or_default();
    let whose = first.iter().map(|cell| {
        let line = cell.lines().next().unwrap_or_default().trim();
        match for_whom(line) {
            Some(whom) => parties.named_in(whom).first().map(|party| party.key.clone()),
            None => parties.named_alone(line).map(|party| party.key.clone()),
        }
    });
    let mut named: Vec<String> = whose.flatten().collect();
    named.sort_unstable();
    named.dedup();
    if named.len() > 1 { first.len() } else { 0 }
}

/// Whether columns that begin with one block go on in another.
fn goes_on(first: &Block, next: &Block) -> bool {
    match (&first.kind, &next.kind) {
        (BlockKind::TableRow { table, .. }, BlockKind::TableRow { table: other, .. }) => table == other,
        (BlockKind::Paragraph, BlockKind::Paragraph) => next.text.contains('\t'),
        _ => false,
    }
}

/// For whom is signed what follows: "För Ådala kommun".
fn for_whom(line: &str) -> Option<&str> {
    let is_said = line.to_lowercase().starts_with("för ") && line.split(' ').count() <= 14;
    line.get("för ".len()..).filter(|_| is_said)
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
