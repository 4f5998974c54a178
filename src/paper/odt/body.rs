//! The blocks of a document.

use roxmltree::Node;

use super::super::gather::{Found, Gather};
use super::super::look::Look;
use super::super::table::{self, RawCell, RawRow};
use super::super::{BlockKind, Fault, xml};
use super::styles::Styles;

/// The most times that a file may repeat a cell or row which holds words.
const MOST_REPEATED: u32 = 100;

/// What is counted on the way.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub(super) inserted: usize,
    pub(super) deleted: usize,
    pub(super) comments: usize,
    pub(super) boxes: usize,
    pub(super) notes: usize,
}

/// A list that is open: its style, and how far its levels have been counted.
#[derive(Debug, Default, Clone)]
struct List {
    style: Option<String>,
    counted: Vec<u32>,
    level: usize,
    /// Whether the next paragraph begins an item.
    begins: bool,
}

/// The blocks of a document, as they are read.
pub(super) struct Body<'s, 'g> {
    styles: &'s Styles,
    gather: &'g mut Gather,
    counts: Counts,
    list: List,
    is_toc: bool,
    is_box: bool,
}

/// The words of a paragraph and what is fastened to it.
#[derive(Default)]
struct Line<'a, 'i> {
    text: String,
    letters: usize,
    bold: usize,
    largest: u32,
    notes: Vec<Node<'a, 'i>>,
    boxes: Vec<Node<'a, 'i>>,
    pages: u32,
}

impl<'s, 'g> Body<'s, 'g> {
    pub(super) fn new(styles: &'s Styles, gather: &'g mut Gather) -> Self {
        let (counts, list) = (Counts::default(), List::default());
        Self { styles, gather, counts, list, is_toc: false, is_box: false }
    }

    pub(super) fn finish(self) -> Counts {
        self.counts
    }

    /// Reads what stands in an element that holds paragraphs, lists and tables.
    pub(super) fn blocks(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        if depth > xml::DEEPEST {
            return Ok(());
        }
        for child in node.children().filter(Node::is_element) {
            match xml::name(child) {
                "p" | "h" => self.paragraph(child, depth)?,
                "list" => self.list(child, depth)?,
                "table" => self.table(child, depth)?,
                "table-of-content" => {
                    let was = std::mem::replace(&mut self.is_toc, true);
                    let read = self.blocks(child, depth + 1);
                    self.is_toc = was;
                    read?;
                }
                "tracked-changes" => {
                    let changes = child.descendants().map(xml::name);
                    for change in changes {
                        self.counts.inserted += usize::from(change == "insertion");
                        self.counts.deleted += usize::from(change == "deletion");
                    }
                }
                "soft-page-break" => self.gather.next_page(),
                "text-box" => self.text_box(child, depth)?,
                "forms" | "sequence-decls" | "table-of-content-source" | "annotation" | "image" => {}
                _ => self.blocks(child, depth + 1)?,
            }
        }
        Ok(())
    }

    fn text_box(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        self.counts.boxes += 1;
        let was = std::mem::replace(&mut self.is_box, true);
        let read = self.blocks(node, depth + 1);
        self.is_box = was;
        read
    }

    fn list(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        let outer = self.list.clone();
        let is_inner = outer.level > 0;
        self.list.level = outer.level + 1;
        if let Some(style) = xml::get(node, "style-name") {
            let goes_on = xml::get(node, "continue-numbering") == Some("true")
                || xml::get(node, "continue-list").is_some();
            let is_same = goes_on && self.list.style.as_deref() == Some(style);
            if !is_inner && !is_same {
                self.list.counted.clear();
            }
            self.list.style = Some(style.to_owned());
        } else if !is_inner {
            self.list.counted.clear();
        }
        self.list.counted.truncate(self.list.level.max(1) - usize::from(is_inner));
        for item in node.children().filter(Node::is_element) {
            if xml::name(item) == "list-item" && item.children().any(|child| xml::name(child) != "list") {
                let level = self.list.level;
                self.list.counted.truncate(level);
                self.list.counted.resize(level, 0);
                if let Some(number) = self.list.counted.last_mut() {
                    *number = number.saturating_add(1);
                }
                self.list.begins = true;
            }
            self.blocks(item, depth + 1)?;
        }
        self.list.begins = false;
        self.list.level = outer.level;
        if is_inner {
            self.list.style = outer.style;
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        let style = xml::get(node, "style-name");
        let mut line = Line::default();
        self.line(node, style, &mut line, depth);
        let pages = line.pages;
        let look =
            Look { bold: line.letters > 0 && line.bold == line.letters, size: line.largest, alone: false };
        let found = Found { text: line.text, look, ..Found::default() };
        let outline = xml::get(node, "outline-level").and_then(|level| level.parse().ok());
        let heading = if xml::name(node) == "h" { outline.or(Some(1)) } else { self.styles.heading(style) };
        match heading {
            _ if self.is_box => self.gather.add(BlockKind::TextBox, found)?,
            _ if self.is_toc || self.styles.is_toc(style) => self.gather.add(BlockKind::Toc, found)?,
            Some(level) => self.gather.heading(level, false, found)?,
            None if self.list.level > 0 => {
                let level = self.list.level;
                let marker = std::mem::take(&mut self.list.begins)
                    .then(|| self.styles.marker(self.list.style.as_deref(), level - 1, &self.list.counted))
                    .flatten();
                let level = u8::try_from(level).unwrap_or(u8::MAX);
                self.gather.add(BlockKind::ListItem { level }, Found { marker, ..found })?;
            }
            None => self.gather.paragraph(found)?,
        }
        for _ in 0..pages {
            self.gather.next_page();
        }
        for note in line.notes {
            self.counts.notes += 1;
            let marker = xml::child(note, "note-citation").map(words).filter(|words| !words.is_empty());
            let text = xml::child(note, "note-body").map(words).unwrap_or_default();
            self.gather.add(BlockKind::Footnote, Found { text, marker, ..Found::default() })?;
        }
        for inner in line.boxes {
            self.text_box(inner, depth + 1)?;
        }
        Ok(())
    }

    fn line<'a, 'i>(
        &mut self,
        node: Node<'a, 'i>,
        style: Option<&'a str>,
        line: &mut Line<'a, 'i>,
        depth: usize,
    ) {
        if depth > xml::DEEPEST {
            return;
        }
        for child in node.children() {
            if let Some(text) = child.text().filter(|_| child.is_text()) {
                let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
                line.letters += letters;
                line.bold += if self.styles.bold(style) == Some(true) { letters } else { 0 };
                if letters > 0 {
                    line.largest = line.largest.max(self.styles.size(style).unwrap_or(0));
                }
                // Line breaks of the file are spaces.
                line.text.extend(text.chars().map(|letter| if letter == '\n' { ' ' } else { letter }));
            }
            match xml::name(child) {
                "s" | "tab" => line.text.push(' '),
                "line-break" => line.text.push('\n'),
                "soft-page-break" if line.text.trim().is_empty() => self.gather.next_page(),
                "soft-page-break" => line.pages += 1,
                "note" => line.notes.push(child),
                "text-box" => line.boxes.push(child),
                "annotation" => self.counts.comments += 1,
                "" | "annotation-end" | "desc" | "title" | "image" => {}
                "span" => {
                    // What a style of letters leaves open, that of the paragraph says.
                    let own = xml::get(child, "style-name");
                    let says = self.styles.bold(own).is_some() || self.styles.size(own).is_some();
                    self.line(child, if says { own } else { style }, line, depth + 1);
                }
                _ => self.line(child, style, line, depth + 1),
            }
        }
    }

    fn table(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        let mut raw = Vec::new();
        self.rows(node, false, &mut raw, depth);
        if raw.iter().all(|row| row.cells.len() <= 1) {
            // A frame around paragraphs.
            for cell in node.descendants().filter(|cell| {
                let outer = cell.ancestors().skip(1).find(|above| xml::name(*above) == "table");
                xml::name(*cell) == "table-cell" && outer == Some(node)
            }) {
                self.blocks(cell, depth + 1)?;
            }
            return Ok(());
        }
        table::add(raw, self.gather)
    }

    fn rows(&mut self, node: Node<'_, '_>, header: bool, rows: &mut Vec<RawRow>, depth: usize) {
        if depth > xml::DEEPEST {
            return;
        }
        for child in node.children().filter(Node::is_element) {
            match xml::name(child) {
                "table-row" => {
                    let mut row = RawRow { header, ..RawRow::default() };
                    for cell in child.children().filter(|cell| xml::name(*cell) == "table-cell") {
                        self.cell(cell, &mut row, depth);
                    }
                    rows.push(row);
                }
                "table-header-rows" => self.rows(child, true, rows, depth + 1),
                "table-rows" | "table-row-group" => self.rows(child, header, rows, depth + 1),
                "soft-page-break" => self.gather.next_page(),
                _ => {}
            }
        }
    }

    fn cell(&mut self, node: Node<'_, '_>, row: &mut RawRow, depth: usize) {
        let number =
            |name: &str| xml::get(node, name).and_then(|number| number.parse::<u32>().ok()).unwrap_or(1);
        let text = words(node);
        let paragraphs = || node.children().filter(|child| xml::name(*child) == "p");
        let mut heads = paragraphs().next().is_some();
        for paragraph in paragraphs() {
            let mut line = Line::default();
            self.line(paragraph, xml::get(paragraph, "style-name"), &mut line, depth);
            heads &= line.bold == line.letters;
        }
        let repeated = if text.is_empty() { 1 } else { number("number-columns-repeated").min(MOST_REPEATED) };
        for _ in 0..repeated {
            row.cells.push(RawCell {
                text: text.clone(),
                columns: number("number-columns-spanned"),
                rows: number("number-rows-spanned"),
                continues: false,
                heads,
            });
        }
    }
}

/// All words of an element, a line for each paragraph.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match xml::name(inner) {
            "p" | "h" if !text.is_empty() => text.push('\n'),
            "s" | "tab" => text.push(' '),
            "line-break" => text.push('\n'),
            _ => {}
        }
        if inner.is_text()
            && inner.ancestors().take(xml::DEEPEST).any(|above| matches!(xml::name(above), "p" | "h"))
        {
            text.extend(
                inner
                    .text()
                    .unwrap_or_default()
                    .chars()
                    .map(|letter| if letter == '\n' { ' ' } else { letter }),
            );
        }
    }
    text.trim().to_owned()
}
