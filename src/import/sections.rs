//! The sections of a paper: what stands below each heading, and what it is about.

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
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) head: Vec<&'a str>,
    pub(super) rows: Vec<(Vec<&'a str>, Place)>,
}

impl<'a> Sections<'a> {
    pub(super) fn of(paper: &'a Paper) -> Self {
        let is_repeated = |block: &&Block| matches!(block.kind, BlockKind::HeaderFooter);
        let repeated = paper.blocks.iter().filter(is_repeated).collect();
        let mut front = Vec::new();
        let mut all: Vec<Section<'a>> = Vec::new();
        let mut level = u8::MAX;
        let mut in_contents = false;
        for block in &paper.blocks {
            match block.kind {
                BlockKind::HeaderFooter | BlockKind::Toc => continue,
                BlockKind::Heading { level: own, .. } => {
                    let subject = headings::subject(&block.text);
                    in_contents = subject == Some("contents");
                    let current = all.last().and_then(|section| section.subject);
                    if in_contents || is_continued(current, subject, own, level) && !all.is_empty() {
                        if !in_contents && let Some(section) = all.last_mut() {
                            section.blocks.push(block);
                        }
                        continue;
                    }
                    if subject.is_some() || !all.is_empty() || !is_title(block, &front) {
                        all.push(Section { subject, heading: Some(block), blocks: Vec::new() });
                        level = own;
                        continue;
                    }
                    front.push(block);
                }
                _ if in_contents => {}
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
        let below = self.all.iter().flat_map(|section| section.heading.into_iter().chain(section.blocks.iter().copied()));
        self.front.iter().copied().chain(below).collect()
    }
}

/// Whether a heading only names a part of the section above it: it stands below it, or says no subject of its own in a section
/// whose parts have names of parties or functions.
fn is_continued(current: Option<&str>, subject: Option<&str>, own: u8, level: u8) -> bool {
    let has_parts = matches!(
        current,
        Some("undertakings" | "contacts" | "signatures" | "parties" | "development" | "goals" | "memo-distribution")
    );
    own > level || subject.is_none() && has_parts && own >= level || subject.is_some() && subject == current && own >= level
}

/// Whether a heading belongs to the title page: nothing but other headings and short lines stand above it.
fn is_title(block: &Block, front: &[&Block]) -> bool {
    let is_short = |block: &&&Block| block.text.chars().count() < 300;
    let is_first = !front.iter().any(|block| matches!(block.kind, BlockKind::Heading { .. }));
    is_first || front.iter().all(|block| is_short(&block)) && front.len() < 12 && block.text.chars().count() < 200
}

/// The sentences of blocks. The rows of tables are none.
pub(super) fn prose(blocks: &[&Block]) -> Vec<Sentence> {
    let told = blocks.iter().filter(|block| !matches!(block.kind, BlockKind::TableRow { .. }));
    told.flat_map(|block| sentences(&block.text, block.place)).collect()
}

/// The tables among blocks.
pub(super) fn tables<'a>(blocks: &[&'a Block]) -> Vec<Table<'a>> {
    let mut found: Vec<(u32, Table<'a>)> = Vec::new();
    for block in blocks {
        let BlockKind::TableRow { table, cells, .. } = &block.kind else { continue };
        // A cell over several columns stands in the first of them.
        let texts = cells.iter().filter(|cell| !cell.continued).map(|cell| cell.text.as_str()).collect();
        match found.last_mut().filter(|(number, _)| number == table) {
            Some((_, known)) => known.rows.push((texts, block.place)),
            None => found.push((*table, Table { head: texts, rows: Vec::new() })),
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
