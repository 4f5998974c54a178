//! Whom to ask and who signs: functions, and names only where they are asked for.

use super::content::free;
use super::draft::Draft;
use super::parties::Parties;
use super::person::{Person, person};
use super::prose::bare;
use super::sections::{Sections, prose, tables};
use super::signers::{Signer, signers};
use crate::date::PartialDate;
use crate::language::numbers::number;
use crate::paper::BlockKind;
use crate::text;

/// Whom each party names to be asked, by its key.
pub(super) fn contacts(sections: &Sections<'_>, parties: &Parties) -> Vec<(String, Person)> {
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
