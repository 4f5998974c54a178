//! Whom a paper names: people, by what they are or do and by how names are made.

use std::collections::BTreeSet;

use super::designation::Designation;
use super::parties::Parties;
use super::people::contacts;
use super::privacy::{core, is_body, is_function, is_name, is_part_of_name};
use super::sections::Sections;
use super::signers::signers;
use crate::language::words::NAMES;
use crate::paper::{BlockKind, Paper};
use crate::text;

/// The names of people in a paper and in what it is called.
pub(super) fn of(paper: &Paper, title: &str, sections: &Sections<'_>, parties: &Parties) -> Vec<String> {
    let contacts = contacts(sections, parties).into_iter().map(|(_, person)| person);
    let signers = signers(sections, parties).into_iter().map(|signer| signer.person);
    let steering = sections.blocks(&["steering"]);
    let seats = steering
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::ListItem { .. }))
        .flat_map(|block| block.text.split([',', '(', '–', '\n']).map(str::trim))
        .filter(|part| is_name(part) && !is_body(part))
        .map(str::to_owned);
    // A name and a function on two lines, as in the head and at the end of a memo.
    let pairs = paper.blocks.iter().filter_map(|block| {
        let (name, function) = block.text.split_once('\n')?;
        (is_name(name) && !is_body(name) && !function.contains('\n')).then(|| name.trim().to_owned())
    });
    let told = paper.blocks.iter().flat_map(|block| in_text(&block.text));
    let named = contacts.chain(signers).filter_map(|person| person.name).chain(seats).chain(pairs);
    let title = in_text(&title.replace(['_', '-', '.'], " "));
    // What an organisation is called is no name of a person.
    let is_party = |name: &String| {
        let named = parties.0.iter().map(|party| &party.named);
        named.filter(|one| is_organisation(one)).any(|one| {
            [Some(&one.name), one.legal_person.as_ref(), one.organ.as_ref(), one.short_name.as_ref()]
                .into_iter()
                .flatten()
                .any(|called| text::find_word(called, name).is_some())
        })
    };
    named.chain(told).chain(title).filter(|name| !is_party(name)).collect()
}

/// Words that are no names by themselves: the paper has them with a small letter, or in what a party is called.
pub(super) fn words_of_others(paper: &Paper, parties: &Parties) -> BTreeSet<String> {
    let small = paper.blocks.iter().flat_map(|block| block.text.split_whitespace()).map(core);
    let small = small.filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned);
    let called = parties.0.iter().map(|party| &party.named).filter(|one| is_organisation(one));
    let called = called.flat_map(|one| [Some(&one.name), one.legal_person.as_ref(), one.organ.as_ref()]);
    let called =
        called.flatten().flat_map(|name| name.split_whitespace()).map(|word| core(word).to_lowercase());
    small.chain(called).collect()
}

/// Whether a party is surely no person.
fn is_organisation(named: &Designation) -> bool {
    named.role().is_some() || named.organisation_number.is_some()
}

/// The names in a text: words with capitals that are made as names are, or stand beside what somebody is.
fn in_text(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.split('\n').flat_map(|line| line.split("   ")).flat_map(|part| part.split('\t')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut at = 0;
        while at < words.len() {
            let length = run(words.get(at..).unwrap_or_default());
            found.extend(named(&words, at, length));
            at += length.max(1);
        }
    }
    found
}

/// How many words with capitals follow each other without a mark between them.
fn run(words: &[&str]) -> usize {
    let mut length = 0;
    for word in words {
        let core = core(word);
        if !is_part_of_name(core) || length > 0 && !word.starts_with(char::is_alphabetic) {
            break;
        }
        length += 1;
        if !word.ends_with(char::is_alphabetic) {
            break;
        }
    }
    length
}

/// The name in a run of words with capitals.
fn named(words: &[&str], at: usize, length: usize) -> Option<String> {
    let own = words.get(at..at + length)?;
    let titles = own.iter().rposition(|word| is_function(word)).map_or(0, |title| title + 1);
    let parts: Vec<String> =
        own.get(titles..)?.iter().map(|word| text::capitalised(&core(word).to_lowercase())).collect();
    let name = |from: usize, to: usize| {
        let written = own.get(titles + from..titles + to)?;
        Some(written.iter().map(|word| core(word)).collect::<Vec<_>>().join(" "))
    };
    let count = parts.len();
    if count < 2 {
        return None;
    }
    if let Some(given) = parts.iter().position(|part| is_given(part)).filter(|given| given + 1 < count) {
        return name(given, count.min(given + 4));
    }
    let is_family = |part: &String| {
        let part = part.strip_suffix('s').unwrap_or(part);
        part.chars().count() > 5 && NAMES.family_endings.iter().any(|ending| part.ends_with(ending.as_str()))
    };
    let whole = name(0, count)?;
    if is_body(&whole) {
        return None;
    }
    // "RSMH Lund" is none.
    let is_plain = is_name(&whole) && count <= 3;
    if let Some(family) = parts.iter().skip(1).position(is_family) {
        return name(family, family + 2);
    }
    let before = words.get(at.saturating_sub(2)..at)?;
    let lead = before.iter().map(|word| core(word).to_lowercase()).collect::<Vec<_>>().join(" ");
    let is_led = titles > 0
        || before.last().is_some_and(|word| is_function(word))
        || NAMES.leads.iter().any(|one| lead == *one || lead.ends_with(&format!(" {one}")));
    let next = words.get(at + length).copied().unwrap_or_default();
    let has_number = next.chars().filter(char::is_ascii_digit).count() >= 6;
    // "Kim Sandö ordförande" as well: a line end of a cell may be gone. "(vice ordförande)" may have a word before it.
    let second = words.get(at + length + 1).filter(|_| next.starts_with('('));
    let is_followed = is_function(next) || second.is_some_and(|word| is_function(word));
    ((is_led || has_number || is_followed) && is_plain).then_some(whole)
}

/// Whether a word is a given name, one of two with a hyphen as well.
fn is_given(word: &str) -> bool {
    let first = word.split('-').next().unwrap_or(word);
    NAMES.given.contains(word) || NAMES.given.contains(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_bodies_and_headings() {
        for (text, names) in [
            ("företrädd av Kim Sandö, och", vec!["Kim Sandö"]),
            ("Ordförande Xerxa Vindal öppnar mötet", vec!["Xerxa Vindal"]),
            ("Xerxa Vindal, ordförande", vec!["Xerxa Vindal"]),
            ("ANNA EXEMPELSSON", vec!["ANNA EXEMPELSSON"]),
            (
                "driver Anna Exempelssons café med Xerxa Provsson.",
                vec!["Anna Exempelssons", "Xerxa Provsson"],
            ),
            ("Xerxa Vindal (641340-1234)", vec!["Xerxa Vindal"]),
            ("Xerxa Vindal (vice ordförande)", vec!["Xerxa Vindal"]),
            (
                "För kommunen Xerxa Vindal chef För föreningen Kim Sandö ordförande",
                vec!["Xerxa Vindal", "Kim Sandö"],
            ),
            ("Kassören heter Xerxa Vindal.", vec!["Xerxa Vindal"]),
            ("Kim Sandö          Xerxa Vindal (ordförande)", vec!["Kim Sandö", "Xerxa Vindal"]),
            ("Ådala kommun genom Röda Korset i Norra Ådala", vec![]),
            ("Föreningen Öppet Hus och Region Lund", vec![]),
        ] {
            assert_eq!(in_text(text), names, "{text}");
        }
    }
}
