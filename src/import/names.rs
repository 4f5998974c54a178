//! Whom a paper names: people, by what they are or do and by how names are made.

use std::collections::BTreeSet;

use super::name_form::{core, is_body, is_function, is_initial, is_name, is_part_of_name};
use super::parties::{Parties, Party};
use super::people::contacts;
use super::sections::Sections;
use super::signers::signers;
use crate::language::words::NAMES;
use crate::paper::{Block, BlockKind, Paper};
use crate::text;

/// The sections in which people are listed: a line, a column or a part of one that looks like a name is one.
const OF_PEOPLE: [&str; 3] = ["signatures", "contacts", "steering"];

/// The names of people in a paper and in what it is called.
pub(super) fn of(paper: &Paper, title: &str, sections: &Sections<'_>, parties: &Parties) -> Vec<String> {
    let small = small_words(paper);
    let contacts = contacts(sections, parties).into_iter().map(|(_, person)| person);
    let signers = signers(sections, parties).into_iter().map(|signer| signer.person);
    let listed = sections.blocks(&OF_PEOPLE);
    let listed = listed
        .iter()
        .flat_map(|block| block.text.split([',', '(', ')', '–', ':', ';', '/', '\n']).flat_map(columns))
        .filter(|part| is_name(part) && !is_body(part) && !is_label(part))
        .map(str::to_owned);
    let told = paper.blocks.iter().flat_map(|block| in_text(&block.text, &small));
    let named = contacts.chain(signers).filter_map(|person| person.name).chain(listed);
    let named = named.chain(with_functions(paper)).chain(in_tables(paper));
    let title = in_text(&title.replace(['_', '-', '.'], " "), &small);
    // What an organisation is called is no name of a person.
    let is_party = |name: &String| {
        let named = parties.0.iter().filter(|party| is_organisation(party)).map(|party| &party.named);
        named
            .flat_map(|one| {
                [Some(&one.name), one.legal_person.as_ref(), one.organ.as_ref(), one.short_name.as_ref()]
            })
            .flatten()
            .any(|called| text::find_word(called, name).is_some())
    };
    named.chain(told).chain(title).filter(|name| !is_party(name)).collect()
}

/// What organisations are called.
pub(super) fn organisations(parties: &Parties) -> Vec<String> {
    let named = parties.0.iter().filter(|party| is_organisation(party)).map(|party| &party.named);
    named
        .flat_map(|one| [Some(&one.name), one.legal_person.as_ref(), one.short_name.as_ref()])
        .flatten()
        .cloned()
        .collect()
}

/// The parts of a line that stand in columns.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    line.split('\t').flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty())
}

/// Whether a text only says what is to be written there.
fn is_label(text: &str) -> bool {
    text.split_whitespace().any(|word| NAMES.labels.contains(&core(word).to_lowercase()))
}

/// Whether a text says what somebody is and little more.
fn says_function(text: &str) -> bool {
    (1..=5).contains(&text.split_whitespace().count()) && text.split_whitespace().any(is_function)
}

/// A name and a function on two lines, as at the end of a memo or in the columns of signatures.
fn with_functions(paper: &Paper) -> Vec<String> {
    let mut found = Vec::new();
    let told = paper.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::TableRow { .. }));
    let lines: Vec<&str> = told.flat_map(|block| block.text.lines()).collect();
    for pair in lines.windows(2) {
        let [name, function] = pair else { continue };
        let (names, functions) = (columns(name).collect::<Vec<_>>(), columns(function).collect::<Vec<_>>());
        if names.len() != functions.len() {
            continue;
        }
        for (name, function) in names.into_iter().zip(functions) {
            if is_name(name) && !is_body(name) && !is_label(name) && says_function(function) {
                found.push(name.to_owned());
            }
        }
    }
    // In a block of two lines the second says what the first is, whatever it is called.
    found.extend(paper.blocks.iter().filter_map(|block| {
        let (name, function) = block.text.split_once('\n')?;
        let is_whole = !name.split_whitespace().any(is_initial);
        (is_whole && is_name(name) && !is_body(name) && !function.contains('\n'))
            .then(|| name.trim().to_owned())
    }));
    found
}

/// The names in the rows of tables: beside a function, or below the head of a column for them.
fn in_tables(paper: &Paper) -> Vec<String> {
    let mut found = Vec::new();
    let mut head: (u32, Vec<bool>) = (0, Vec::new());
    for Block { kind, .. } in &paper.blocks {
        let BlockKind::TableRow { table, cells, .. } = kind else { continue };
        if head.0 != *table {
            head = (
                *table,
                cells.iter().map(|cell| is_label(&cell.text) || says_function(&cell.text)).collect(),
            );
        }
        let has_function = cells.iter().any(|cell| says_function(&cell.text));
        for (number, cell) in cells.iter().enumerate() {
            let is_headed = head.1.get(number).copied().unwrap_or_default();
            let lines = cell.text.split([',', '(', '\n']).map(str::trim);
            found.extend(
                lines
                    .filter(|line| {
                        (has_function || is_headed) && is_name(line) && !is_body(line) && !is_label(line)
                    })
                    .map(str::to_owned),
            );
        }
    }
    found
}

/// The words that a paper has with a small letter.
fn small_words(paper: &Paper) -> BTreeSet<String> {
    let small = paper.blocks.iter().flat_map(|block| block.text.split_whitespace()).map(core);
    small.filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect()
}

/// Words that are no names by themselves: the paper has them with a small letter, or in what a party is called.
pub(super) fn words_of_others(paper: &Paper, parties: &Parties) -> BTreeSet<String> {
    let called = parties.0.iter().filter(|party| is_organisation(party)).map(|party| &party.named);
    let called = called.flat_map(|one| [Some(&one.name), one.legal_person.as_ref(), one.organ.as_ref()]);
    let called =
        called.flatten().flat_map(|name| name.split_whitespace()).map(|word| core(word).to_lowercase());
    small_words(paper).into_iter().chain(called).collect()
}

/// Whether a party is surely no person: it says so, or its name is not made as those of people are.
fn is_organisation(party: &Party) -> bool {
    let named = &party.named;
    let is_definite = |word: &str| {
        word.chars().count() > 8
            && ["en", "et", "an", "na"].iter().any(|ending| word.ends_with(ending))
            && !is_given(word)
    };
    named.role().is_some()
        || named.organisation_number.is_some()
        || party.is_labelled
        || !is_name(&named.name)
        || is_body(&named.name)
        || named.name.split(' ').next().is_some_and(is_definite)
}

/// The names in a text: words with capitals that are made as names are, or stand beside what somebody is.
fn in_text(text: &str, small: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.split('\n').flat_map(|line| line.split("   ")).flat_map(|part| part.split('\t')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut at = 0;
        while at < words.len() {
            let length = run(words.get(at..).unwrap_or_default());
            // What somebody is stands before a name or behind it, and is no part of one.
            let mut start = at;
            while start < at + length {
                let own = words.get(start..at + length).unwrap_or_default();
                let count = own.iter().position(|word| is_function(word)).unwrap_or(own.len());
                found.extend(named(&words, start, count, small));
                start += count.max(1);
            }
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
        let is_initial = is_initial(word.trim_start_matches('('));
        if !is_part_of_name(core) && !is_initial || length > 0 && !word.starts_with(char::is_alphabetic) {
            break;
        }
        length += 1;
        if !is_initial && !word.ends_with(char::is_alphabetic) {
            break;
        }
    }
    length
}

/// The names in a run of words with capitals: mostly one, and one for each two where what they are follows.
fn named(words: &[&str], at: usize, count: usize, small: &BTreeSet<String>) -> Vec<String> {
    let Some(own) = words.get(at..at + count).filter(|own| own.len() >= 2) else { return Vec::new() };
    let parts: Vec<String> = own.iter().map(|word| text::capitalised(&core(word).to_lowercase())).collect();
    let name = |from: usize, to: usize| {
        let written = own.get(from..to.min(count)).unwrap_or_default();
        written.iter().map(|word| core(word)).collect::<Vec<_>>().join(" ")
    };
    let is_family = |part: &String| {
        let part = part.strip_suffix('s').unwrap_or(part);
        part.chars().count() > 5 && NAMES.family_endings.iter().any(|ending| part.ends_with(ending.as_str()))
    };
    let before = words.get(at.saturating_sub(2)..at).unwrap_or_default();
    let lead = before.iter().map(|word| core(word).to_lowercase()).collect::<Vec<_>>().join(" ");
    let is_led = before.last().is_some_and(|word| is_function(word))
        || NAMES.leads.iter().any(|one| lead == *one || lead.ends_with(&format!(" {one}")));
    let next = words.get(at + count).copied().unwrap_or_default();
    let has_number = next.chars().filter(char::is_ascii_digit).count() >= 6;
    // "Kim Sandö ordförande" as well: a line end of a cell may be gone. "(vice ordförande)" may have a word before it.
    let second = words.get(at + count + 1).filter(|_| next.starts_with('('));
    let is_followed = is_function(next) || second.is_some_and(|word| is_function(word));
    let is_stated = is_led || is_followed;
    let whole = name(0, count);
    if let Some(given) = parts.iter().position(|part| is_given(part)).filter(|given| given + 1 < count) {
        let first = (given == 2 && is_stated && !is_body(&name(0, 2))).then(|| name(0, 2));
        return first.into_iter().chain([name(given, given + 4)]).collect();
    }
    if matches!(count, 4 | 6) && is_stated {
        let pairs = (0..count).step_by(2).map(|from| name(from, from + 2));
        return pairs.filter(|name| is_name(name) && !is_body(name)).collect();
    }
    if is_body(&whole) {
        return Vec::new();
    }
    if let Some(family) = parts.iter().skip(1).position(is_family) {
        return vec![name(family, family + 2)];
    }
    // "A. Bakgrund" and "bilaga A. Budgeten" only count.
    let has_initial = own.iter().any(|word| is_initial(word.trim_start_matches('(')));
    let is_counted = at == 0
        || before.last().is_some_and(|word| {
            is_body(word) || matches!(core(word), "bilaga" | "punkt" | "del" | "alternativ")
        })
        || own.last().is_none_or(|last| small.contains(&core(last).to_lowercase()));
    if !(is_stated || has_number || has_initial && !is_counted) {
        return Vec::new();
    }
    // "RSMH Lund" is none.
    if matches!(count, 2 | 3) && (has_initial || is_name(&whole)) { vec![whole] } else { Vec::new() }
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
            ("Kommunen och T. Brännlycke svarar", vec!["T Brännlycke"]),
            ("T. Brännlycke, ordförande", vec!["T Brännlycke"]),
            ("Xerxa Vindal Kim Sandö Ordförande Kassör", vec!["Xerxa Vindal", "Kim Sandö"]),
            ("Xerxa Vindal Tjorven Rabarber Ordförande Kassör", vec!["Xerxa Vindal", "Tjorven Rabarber"]),
            ("A. Bakgrund", vec![]),
            ("enligt bilaga A. Budgeten gäller", vec![]),
            ("Ådala kommun genom Röda Korset i Norra Ådala", vec![]),
            ("Föreningen Öppet Hus och Region Lund", vec![]),
        ] {
            assert_eq!(in_text(text, &BTreeSet::new()), names, "{text}");
        }
    }
}
