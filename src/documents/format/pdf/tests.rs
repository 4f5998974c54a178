//! What a reader sees on the pages: words that are whole, lines that are neither long nor short.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::press::Press;
use super::world::World;
use crate::documents::{Document, Mark, Meta};
use crate::register::Register;

fn document(structured: &str) -> Document {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 5, 3).unwrap();
    Document {
        structured: structured.to_owned(),
        markdown: String::new(),
        blanks: Vec::new(),
        facts: Vec::new(),
        meta: Meta {
            title: "Överenskommelse: Öppet hus".to_owned(),
            word: "Överenskommelse".to_owned(),
            author: "Ådala kommun".to_owned(),
            whose: "Ådala kommun".to_owned(),
            dated: Some(date),
            date,
            compiled: None,
            registry_number: Some("KS 2026/0123".to_owned()),
            status: Some(Mark::Forslag),
            standing: Some("förslag"),
            ident: "a".to_owned(),
        },
    }
}

fn pages(structured: &str) -> PagedDocument {
    let (press, _) = Press::load(&Register::default(), None);
    let world = World::new(&press, press.main_file(&document(structured)).unwrap());
    let compiled = typst::compile::<PagedDocument>(&world);
    assert!(compiled.warnings.is_empty(), "{:?}", compiled.warnings);
    compiled.output.unwrap()
}

/// The lines of a page, in the order in which they are set: pieces that stand close beside each other are one.
fn lines(frame: &Frame) -> Vec<String> {
    fn gather(frame: &Frame, from: Point, lines: &mut Vec<(Point, String)>) {
        for (at, item) in frame.items() {
            let at = from + *at;
            match item {
                FrameItem::Group(group) => gather(&group.frame, at, lines),
                FrameItem::Text(text) => {
                    let end = Point::new(at.x + text.width(), at.y);
                    match lines.last_mut() {
                        Some((last, line)) if last.y == at.y && (at.x - last.x).abs() < Abs::pt(0.5) => {
                            line.push_str(&text.text);
                            *last = end;
                        }
                        _ => lines.push((end, text.text.to_string())),
                    }
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    gather(frame, Point::zero(), &mut found);
    found.into_iter().map(|(_, line)| line).collect()
}

/// The words of all pages, those with a hyphen at the end of a line put together.
fn words(pages: &PagedDocument) -> Vec<String> {
    let mut words = Vec::<String>::new();
    for line in pages.pages().iter().flat_map(|page| lines(&page.frame)) {
        let mut goes_on = words.last().is_some_and(|last| last.ends_with('\u{AD}'));
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            match words.last_mut().filter(|_| std::mem::take(&mut goes_on)) {
                Some(last) => {
                    last.pop();
                    last.push_str(word);
                }
                None => words.push(word.to_owned()),
            }
        }
    }
    words
}

const CELLS: [&str; 5] = [
    "Funktionsrättsorganisationerna",
    "arbetsmarknadsförvaltningen och samhällsutvecklingsförvaltningen",
    "vård- och omsorgsförvaltningens verksamhetsutvecklare",
    "1\u{A0}250\u{A0}000\u{A0}kronor",
    "återrapporteringsskyldighet",
];

#[test]
fn no_word_of_a_table_is_broken_without_a_hyphen() {
    for columns in 2..=7 {
        let cells: Vec<&str> = CELLS.into_iter().cycle().take(columns).collect();
        let row = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
        let table = row(&cells) + &row(&vec!["---"; columns]) + &row(&cells) + &row(&vec!["kort"; columns]);
        let shown = words(&pages(&table));
        for word in cells.iter().flat_map(|cell| cell.split(' ')) {
            assert!(
                shown.iter().filter(|one| one.as_str() == word).count() >= 2,
                "{columns}: {word} in {shown:?}"
            );
        }
    }
}

#[test]
fn a_column_of_names_is_as_wide_as_its_longest_word() {
    let shown = lines(
        &pages(
            "| Mål | Hur det följs upp |\n| --- | --- |\n\
             | Föräldrautbildningsverksamhet | Antal deltagare varje termin, hur länge de är med och vad de säger i \
             den enkät som föreningen skickar i maj |\n",
        )
        .pages()[0]
            .frame,
    );
    assert!(shown.iter().any(|line| line == "Föräldrautbildningsverksamhet"), "{shown:?}");
}

#[test]
fn a_full_line_has_between_sixty_and_eighty_letters() {
    let text = "Parterna följer tillsammans upp verksamheten två gånger om året och bestämmer då vad som behöver ändras \
                under det kommande året. Kommunen betalar ersättningen i förskott varje kvartal, mot faktura. ";
    let shown = lines(&pages(&text.repeat(20)).pages()[0].frame);
    // The first line is the running head, the last one is not full.
    let lengths: Vec<usize> = shown.iter().map(|line| line.trim().chars().count()).collect();
    let full = &lengths[1..lengths.len() - 1];
    assert!(full.len() > 20, "{shown:?}");
    assert!(full.iter().all(|length| (60..=80).contains(length)), "{full:?}");
}

#[test]
fn lines_to_write_on_are_drawn() {
    let shown = lines(
        &pages(":::: signatures\n\n## Underskrifter\n\n::: signature\n\nOrt: ……………… …………\n\n…………………\\\nNamn\n\n:::\n\n::::\n")
            .pages()[0]
            .frame,
    );
    assert!(shown.iter().all(|line| !line.contains('…')), "{shown:?}");
    assert!(shown.iter().any(|line| line.contains("Namn")), "{shown:?}");
}

#[test]
fn amounts_stand_below_each_other_with_and_without_ore() {
    fn starts(frame: &Frame, from: Point, found: &mut Vec<Abs>) {
        for (at, item) in frame.items() {
            let at = from + *at;
            match item {
                FrameItem::Group(group) => starts(&group.frame, at, found),
                FrameItem::Text(text) if text.text.starts_with("100") => found.push(at.x),
                _ => {}
            }
        }
    }
    let table = "| År | Kronor |\n| --- | ---: |\n| a | 100 |\n| b | 100,50 |\n| c | 100 (preliminärt) |\n";
    let mut found = Vec::new();
    starts(&pages(table).pages()[0].frame, Point::zero(), &mut found);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|start| (*start - found[0]).abs() < Abs::pt(0.5)), "{found:?}");
}
