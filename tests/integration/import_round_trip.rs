//! Two hundred invented agreements, as documents with nothing in them that only `iop` could read and in other words, read back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use iop::agreement::Agreement;
use iop::demo::{AS_OF, Commitments, Demo, DemoFile};
use iop::register::{Register, disk};
use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::common::{repository, run_in};
use crate::import::{facts, import, read};

const AGREEMENTS: usize = 200;
/// Out of so many.
const DRAWN: u32 = 450;
/// So many of them are read in other words and as Word files too.
const OTHERWISE: usize = 50;
const WORD: usize = 20;

/// A register with the agreements, and what they say.
fn register(folder: &Path) -> BTreeMap<String, Agreement> {
    let demo = Demo::new(DRAWN, 7);
    let mut commitments = Commitments::default();
    let mut files = Vec::new();
    let mut count = 0;
    for index in 0..demo.agreements() {
        let made = demo.make(index);
        // What has been changed, ended or made wrong is not what its document says alone.
        let is_other = |file: &DemoFile| {
            ["[extension.", "[supplement.", "\"termination\""].iter().any(|word| file.text.contains(word))
        };
        if made.planted.is_empty() && !made.files.iter().any(is_other) {
            count += 1;
            files.extend(made.files);
            commitments = commitments.and(made.commitments);
        }
        if count == AGREEMENTS {
            break;
        }
    }
    files.extend(demo.shared(&commitments).0);
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
    let (register, _) = Register::load(disk::read(folder));
    register.agreements.into_iter().map(|(id, entry)| (id.clone(), *entry.data)).collect()
}

/// The documents of a register by its agreements.
fn documents(register: &Path, format: &str, agreements: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    let as_of = AS_OF.to_string();
    let mut arguments = vec!["render"];
    arguments.extend(agreements);
    arguments.extend(["--document", "avtal", "--as-of", &as_of, "--format", format, "--out", &folder]);
    let run = run_in(register, &arguments);
    assert!(run.code <= 1, "{run:?}");
    let entries = fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let bytes = fs::read(entry.path().join(format!("avtal.{format}"))).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), bytes))
        })
        .collect()
}

/// Headings of sections in the words of others.
const HEADINGS: [(&str, &str); 10] = [
    ("Parter", "Avtalsparter"),
    ("Avtalstid", "Giltighetstid"),
    ("Ekonomi", "Ekonomiskt stöd"),
    ("Utbetalning och fakturering", "Betalningsvillkor"),
    ("Styrning", "Styrgrupp"),
    ("Uppföljning", "Rapportering"),
    ("Kontaktpersoner", "Kontaktuppgifter"),
    ("Ändring, uppsägning, hävning och tvist", "Upphörande i förtid"),
    ("Uppsägning, hävning och tvist", "Förtida upphörande"),
    ("Underskrifter", "Undertecknande"),
];

/// Sentences in the words of others.
const SENTENCES: [(&str, &str); 16] = [
    (" till och med den ", " t.o.m. den "),
    (
        "inte fullföljer sina åtaganden och inte rättar bristen",
        "inte fullgör sina åtaganden och inte vidtar rättelse",
    ),
    ("inte uppfyller villkoren eller brister i", "bryter mot villkoren eller brister i"),
    ("En part kan häva", "Part får häva"),
    ("gäller från och med den", "löper från och med den"),
    (" har för avsikt att senast den ", " ska senast den "),
    ("vid två tillfällen per år", "två gånger om året"),
    ("vid fyra tillfällen per år", "fyra gånger om året"),
    ("vid tolv tillfällen per år", "tolv gånger om året"),
    ("Betalning sker inom ", "Kommunen betalar inom "),
    ("sammanträder ", "träffas "),
    ("kallar till sammanträdena", "kallar till mötena"),
    ("Varje part kan säga upp", "Vardera parten kan säga upp"),
    ("Uppsägningstiden är tre månader", "Uppsägningstiden är 3 månader"),
    ("I styrgruppen ingår", "Styrgruppen består av"),
    (" kronor |", " kr |"),
];

/// A document with other headings, numbered, in another order, and some of its sentences said otherwise.
fn reworded(text: &str) -> String {
    let mut sections = text.split("\n## ");
    let mut out = sections.next().unwrap().to_owned();
    let all: Vec<&str> = sections.collect();
    let is_last = |section: &&&str| section.starts_with("Underskrifter");
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (number, section) in all.iter().filter(|section| !is_last(section)).enumerate() {
        if number % 2 == 1 { first.push(*section) } else { second.push(*section) }
    }
    let last = all.iter().filter(is_last).copied();
    for (number, section) in (1..).zip(first.into_iter().chain(second).chain(last)) {
        let (heading, body) = section.split_once('\n').unwrap();
        let heading = HEADINGS.iter().find(|(from, _)| *from == heading).map_or(heading, |(_, to)| to);
        out.push_str(&format!("\n## {number}. {heading}\n{body}"));
    }
    SENTENCES.iter().fold(out, |text, (from, to)| text.replace(from, to))
}

/// A Word file without content controls, properties and comments, as one that somebody else has written.
fn stripped(bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        if name.starts_with("docProps/") || name.starts_with("customXml/") {
            continue;
        }
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name.strip_prefix("word/").is_some_and(|part| part.rsplit('.').next() == Some("xml")) {
            let mut text = String::from_utf8(content).unwrap();
            while let Some(start) = text.find("<w:sdtPr>") {
                let end = text[start..].find("</w:sdtPr>").unwrap() + "</w:sdtPr>".len();
                text.replace_range(start..start + end, "");
            }
            for tag in ["<w:sdt>", "</w:sdt>", "<w:sdtContent>", "</w:sdtContent>"] {
                text = text.replace(tag, "");
            }
            content = text.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// What does not come back in the same words, by agreement; a plus before what comes instead.
fn differences(
    name: &str,
    stated: &BTreeMap<String, Agreement>,
    papers: &BTreeMap<String, Vec<u8>>,
) -> BTreeSet<String> {
    papers
        .par_iter()
        .flat_map_iter(|(id, bytes)| {
            let (before, after) = (facts(&stated[id]), facts(&read(&import(name, bytes).unwrap())));
            let lost: Vec<String> = before.difference(&after).map(|fact| format!("{id} - {fact}")).collect();
            let other: Vec<String> = after.difference(&before).map(|fact| format!("{id} + {fact}")).collect();
            lost.into_iter().chain(other)
        })
        .collect()
}

/// What cannot come back has been read and approved; none of it is a party, a term, an amount or a way out.
#[test]
fn two_hundred_agreements_come_back_in_whatever_words() {
    let expected = fs::read_to_string(repository().join("tests/expected/import-demo.txt")).unwrap();
    let expected: BTreeSet<String> = expected
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    for fact in &expected {
        let kind = fact.split(' ').nth(2).unwrap();
        assert!(!["party:", "term:", "money:", "exit:"].contains(&kind), "{fact}");
    }
    let folder = tempfile::tempdir().unwrap();
    let stated = register(folder.path());
    assert_eq!(stated.len(), AGREEMENTS);
    let all: Vec<&str> = stated.keys().map(String::as_str).collect();
    let written = documents(folder.path(), "md", &all);
    assert_eq!(written.len(), AGREEMENTS);
    let found = differences("avtal.md", &stated, &written);
    assert!(found == expected, "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
    let others = |bytes: &Vec<u8>| reworded(std::str::from_utf8(bytes).unwrap()).into_bytes();
    let otherwise: BTreeMap<String, Vec<u8>> = written
        .iter()
        .step_by(AGREEMENTS / OTHERWISE)
        .map(|(id, bytes)| (id.clone(), others(bytes)))
        .collect();
    let found = differences("avtal.md", &stated, &otherwise);
    let known: BTreeSet<String> = expected
        .iter()
        .filter(|fact| otherwise.keys().any(|id| fact.starts_with(&format!("{id} "))))
        .cloned()
        .collect();
    assert!(found == known, "reworded:\n{}", found.into_iter().collect::<Vec<_>>().join("\n"));
    let some: Vec<&str> = written.keys().step_by(written.len() / WORD).map(String::as_str).collect();
    let word = documents(folder.path(), "docx", &some);
    let word: BTreeMap<String, Vec<u8>> =
        word.iter().map(|(id, bytes)| (id.clone(), stripped(bytes))).collect();
    assert_eq!(word.len(), some.len());
    let found = differences("avtal.docx", &stated, &word);
    let expected: BTreeSet<String> = expected
        .into_iter()
        .filter(|fact| some.iter().any(|id| fact.starts_with(&format!("{id} "))))
        .collect();
    assert!(found == expected, "Word:\n{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}
