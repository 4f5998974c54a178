//! The sections of a paper: what stands below each heading, and what it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::contents;
use super::prose::{Sentence, sentences};
use crate::language::headings;
use crate::paper::{Block, BlockKind, Paper, Place};

/// A section.
#[derive(Debug)]
pub(super) struct Section<'a> {
    /// What it is about: the name of a clause or of a part of a memo.
    pub(super) subject: Option<&'static str>,
    /// Its heading; none for what stands before the first one.
    pub(super) heading: Option<&'a Block>,
    /// What stands below it, headings of its parts as well.
    pub(super) blocks: Vec<&'a Block>,
}

/// The paper in sections.
#[derive(Debug)]
pub(super) struct Sections<'a> {
    /// Title page, dates and the like: all before the first section whose subject is known.
    pub(super) front: Vec<&'a Block>,
    /// The sections, in order.
    pub(super) all: Vec<Section<'a>>,
    /// What stands on every page.
    pub(super) repeated: Vec<&'a Block>,
}

/// A table of the paper: its rows as texts of cells, the first its head.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    pub(super) head: Vec<&'a str>,
    pub(super) rows: Vec<(Vec<&'a str>, Place)>,
    /// What stands right above and below it.
    pub(super) beside: Vec<&'a str>,
}

impl<'a> Sections<'a> {
    pub(super) fn of(paper: &'a Paper) -> Self {
        let mut repeated: Vec<&Block> =
            paper.blocks.iter().filter(|block| matches!(block.kind, BlockKind::HeaderFooter)).collect();
        let at_pages = at_pages(paper);
        let mut front = Vec::new();
        let mut all: Vec<Section<'a>> = Vec::new();
        let mut level = u8::MAX;
        for block in &paper.blocks {
            match block.kind {
                BlockKind::HeaderFooter | BlockKind::Toc => {}
                BlockKind::Heading { level: own, .. } => {
                    let subject = headings::subject(&block.text);
                    let current = all.last().and_then(|section| section.subject);
                    if is_continued(current, subject, own, level)
                        && let Some(section) = all.last_mut()
                    {
                        section.blocks.push(block);
                        continue;
                    }
                    if subject.is_some() || !all.is_empty() || !is_title(block, &front) {
                        all.push(Section { subject, heading: Some(block), blocks: Vec::new() });
                        level = own;
                        continue;
                    }
                    front.push(block);
                }
                BlockKind::Paragraph if at_pages.contains(block.text.as_str()) && !is_signed(&all) => {
                    repeated.push(block);
                }
                _ => match all.last_mut() {
                    Some(section) => section.blocks.push(block),
                    None => front.push(block),
                },
            }
        }
        Self { front, all, repeated }
    }

    /// The sections about a subject.
    pub(super) fn about<'s>(&'s self, subjects: &'s [&str]) -> impl Iterator<Item = &'s Section<'a>> {
        self.all.iter().filter(|section| section.subject.is_some_and(|subject| subjects.contains(&subject)))
    }

    /// The blocks of the sections about a subject.
    pub(super) fn blocks(&self, subjects: &[&str]) -> Vec<&'a Block> {
        self.about(subjects).flat_map(|section| section.blocks.iter().copied()).collect()
    }

    /// All blocks, front and headings as well.
    pub(super) fn everything(&self) -> Vec<&'a Block> {
        let below = self
            .all
            .iter()
            .flat_map(|section| section.heading.into_iter().chain(section.blocks.iter().copied()));
        self.front.iter().copied().chain(below).collect()
    }
}

/// The paper with headings that are some: a line that leads to a list is none, and one that says the subject of what follows is.
pub(super) fn settled(paper: &Paper) -> Paper {
    let mut settled = paper.clone();
    contents::settle(&mut settled.blocks);
    settled.blocks = settled.blocks.into_iter().flat_map(with_first_line).collect();
    let mut level = 1;
    for at in 0..settled.blocks.len() {
        let goes_on = settled
            .blocks
            .get(at + 1)
            .is_some_and(|next| matches!(next.kind, BlockKind::Paragraph) && next.text.chars().count() > 120);
        let leads =
            settled.blocks.get(at + 1).is_some_and(|next| matches!(next.kind, BlockKind::ListItem { .. }));
        let Some(block) = settled.blocks.get_mut(at) else { break };
        match block.kind {
            // "Från kommunen:"
            BlockKind::Heading { guessed: true, .. }
                if leads
                    && block.text.trim_end().ends_with(':')
                    && headings::subject(&block.text).is_none() =>
            {
                block.kind = BlockKind::Paragraph;
            }
            // A numbered heading right below a list is none of its items.
            BlockKind::ListItem { .. }
                if is_in_capitals(&block.text) && headings::subject(&block.text).is_some() =>
            {
                block.kind = BlockKind::Heading { level, guessed: true };
            }
            BlockKind::Heading { guessed: true, .. } if is_lead(&block.text) => {
                block.kind = BlockKind::Paragraph;
            }
            BlockKind::Heading { level: own, .. } => level = own,
            BlockKind::Paragraph if goes_on && announces(&block.text) => {
                block.kind = BlockKind::Heading { level, guessed: true };
            }
            _ => {}
        }
    }
    settled
}

/// A paragraph whose first line is the heading of those below it, as in a plain text without empty lines, as both.
fn with_first_line(block: Block) -> Vec<Block> {
    const MOST: usize = 4;
    let heading = block.text.split_once('\n').filter(|(first, _)| {
        matches!(block.kind, BlockKind::Paragraph)
            && announces(first.trim())
            && first.split_whitespace().count() <= MOST
    });
    let Some((first, rest)) = heading else { return vec![block] };
    let line = block.place.line.map(|line| line + 1);
    let kind = BlockKind::Heading { level: 1, guessed: true };
    let below = Block { text: rest.to_owned(), place: Place { line, ..block.place }, ..block.clone() };
    vec![Block { kind, text: first.trim().to_owned(), fields: Vec::new(), ..block }, below]
}

fn is_in_capitals(text: &str) -> bool {
    text.chars().count() > 3 && text.chars().count() < 60 && !text.contains(char::is_lowercase)
}

/// "Föreningen ska erbjuda målgruppen:"
fn is_lead(text: &str) -> bool {
    let lower = text.to_lowercase();
    let verbs = [
        "ska", "skall", "ingår", "åtar", "består", "gäller", "omfattar", "erbjuder", "bidrar", "är",
        "ansvarar",
    ];
    lower.ends_with(':') && verbs.iter().any(|verb| crate::text::find_word(&lower, verb).is_some())
}

/// A short line without a full stop that begins with the subject of a section.
fn announces(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    text.chars().count() <= 90
        && !text.contains('\n')
        && !text.ends_with(['.', ':', ',', ';', '!', '?'])
        && first.starts_with(char::is_uppercase)
        && headings::subject(first).is_some()
        && !text.contains(": ")
}

/// Short lines that stand so often that they are the heads of pages which the file does not mark.
fn at_pages(paper: &Paper) -> BTreeSet<&str> {
    const OFTEN: u32 = 3;
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let lines = paper.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph));
    for block in lines.filter(|block| block.text.chars().count() < 60 && !block.text.ends_with(['.', ':'])) {
        *counts.entry(block.text.as_str()).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(text, _)| text).collect()
}

/// Whether the signatures have been reached, where lines stand again for each party.
fn is_signed(all: &[Section<'_>]) -> bool {
    all.last().is_some_and(|section| section.subject == Some("signatures"))
}

/// Whether a heading only names a part of the section above it: it stands below it, or says no subject of its own in a section
/// whose parts have names of parties or functions.
fn is_continued(current: Option<&str>, subject: Option<&str>, own: u8, level: u8) -> bool {
    let has_parts = matches!(
        current,
        Some(
            "undertakings"
                | "contacts"
                | "signatures"
                | "parties"
                | "development"
                | "goals"
                | "memo-distribution"
        )
    );
    match subject {
        None => own > level || has_parts && own >= level,
        Some(_) if subject == current => own >= level,
        Some(_) => own > level && matches!(current, Some("undertakings" | "development" | "goals")),
    }
}

/// Whether a heading belongs to the title page: nothing but other headings and short lines stand above it.
fn is_title(block: &Block, front: &[&Block]) -> bool {
    let is_short = |block: &&&Block| block.text.chars().count() < 300;
    let is_first = !front.iter().any(|block| matches!(block.kind, BlockKind::Heading { .. }));
    is_first
        || front.iter().all(|block| is_short(&block)) && front.len() < 12 && block.text.chars().count() < 200
}

/// The sentences of blocks. The rows of tables are none.
pub(super) fn prose(blocks: &[&Block]) -> Vec<Sentence> {
    let told = blocks.iter().filter(|block| !matches!(block.kind, BlockKind::TableRow { .. }));
    told.flat_map(|block| sentences(&block.text, block.place)).collect()
}

/// The tables among blocks.
pub(super) fn tables<'a>(blocks: &[&'a Block]) -> Vec<Table<'a>> {
    let mut found: Vec<(u32, Table<'a>)> = Vec::new();
    let mut above: Option<&'a str> = None;
    let mut is_last = false;
    for block in blocks {
        let BlockKind::TableRow { table, cells, .. } = &block.kind else {
            if let Some((_, last)) = found.last_mut().filter(|_| is_last) {
                last.beside.push(block.text.as_str());
            }
            (above, is_last) = (Some(block.text.as_str()), false);
            continue;
        };
        is_last = true;
        // A cell over several columns stands in the first of them.
        let texts = cells.iter().filter(|cell| !cell.continued).map(|cell| cell.text.as_str()).collect();
        if let Some((_, known)) = found.last_mut().filter(|(number, _)| number == table) {
            known.rows.push((texts, block.place));
        } else {
            let beside = above.take().into_iter().collect();
            found.push((*table, Table { head: texts, rows: Vec::new(), beside }));
        }
    }
    found.into_iter().map(|(_, table)| table).collect()
}

/// Lists among blocks: what stands right before each, and its items.
pub(super) fn lists<'a>(blocks: &[&'a Block]) -> Vec<(Option<&'a Block>, Vec<&'a Block>)> {
    let mut found: Vec<(Option<&'a Block>, Vec<&'a Block>)> = Vec::new();
    let mut before: Option<&'a Block> = None;
    let mut is_open = false;
    for block in blocks {
        if matches!(block.kind, BlockKind::ListItem { .. }) {
            match found.last_mut().filter(|_| is_open) {
                Some((_, items)) => items.push(block),
                None => found.push((before, vec![block])),
            }
            is_open = true;
        } else {
            is_open = false;
            before = Some(block);
        }
    }
    found
}
