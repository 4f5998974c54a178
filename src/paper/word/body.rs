//! The blocks of a document.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::super::gather::{Found, Gather};
use super::super::table::{self, RawCell, RawRow};
use super::super::{BlockKind, Fault, Field, xml};
use super::Counts;
use super::inline::{Line, chosen, tag};
use super::numbering::{Item, Numbering};
use super::styles::{self, Role, Styles};

/// The blocks of a document, as they are read.
pub(super) struct Body<'s, 'g> {
    styles: &'s Styles,
    numbering: Numbering,
    notes: BTreeMap<(bool, String), String>,
    counts: Counts,
    gather: &'g mut Gather,
    /// What stands before the next paragraph, since the mark between them is deleted.
    carried: String,
    /// The control that stands around whole paragraphs.
    fields: Vec<String>,
    is_toc: bool,
    is_box: bool,
}

impl<'s, 'g> Body<'s, 'g> {
    pub(super) fn new(
        styles: &'s Styles,
        numbering: Numbering,
        notes: BTreeMap<(bool, String), String>,
        counts: Counts,
        gather: &'g mut Gather,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            counts,
            gather,
            carried: String::new(),
            fields: Vec::new(),
            is_toc: false,
            is_box: false,
        }
    }

    /// What was counted. Notes that nothing refers to are read too.
    pub(super) fn finish(mut self) -> Result<Counts, Fault> {
        let text = std::mem::take(&mut self.carried);
        self.gather.paragraph(Found { text, ..Found::default() })?;
        for text in std::mem::take(&mut self.notes).into_values() {
            self.note(text)?;
        }
        Ok(self.counts)
    }

    fn note(&mut self, text: String) -> Result<(), Fault> {
        self.counts.notes += 1;
        self.gather.add(BlockKind::Footnote, Found { text, ..Found::default() })
    }

    /// Reads what stands in an element that holds paragraphs and tables.
    pub(super) fn blocks(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        if depth > xml::DEEPEST {
            return Ok(());
        }
        for child in node.children().filter(Node::is_element) {
            match xml::name(child) {
                "p" => self.paragraph(child, depth)?,
                "tbl" => self.table(child, depth)?,
                "sdt" => self.control(child, depth)?,
                "AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.blocks(chosen, depth + 1)?;
                    }
                }
                "del" | "moveFrom" => self.counts.deleted += 1,
                "sectPr" | "pPr" | "tblPr" | "tcPr" | "trPr" => {}
                _ => self.blocks(child, depth + 1)?,
            }
        }
        Ok(())
    }

    fn control(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        let Some(content) = xml::child(node, "sdtContent") else { return Ok(()) };
        let is_toc = self.is_toc;
        let gallery = xml::child(node, "sdtPr").and_then(|of| xml::child(of, "docPartObj"));
        let gallery = gallery.and_then(|of| xml::value(of, "docPartGallery"));
        self.is_toc |= gallery == Some("Table of Contents");
        let tag = tag(node);
        let is_named = tag.is_some();
        self.fields.extend(tag);
        let read = self.blocks(content, depth + 1);
        self.is_toc = is_toc;
        if is_named {
            self.fields.pop();
        }
        read
    }

    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        let properties = xml::child(node, "pPr");
        let styles = self.styles;
        let style = styles.get(properties.and_then(|of| xml::value(of, "pStyle")));
        let mut line = Line::new(styles, style);
        line.read(node, &mut self.counts, depth);
        let of_mark = properties.and_then(|of| xml::child(of, "rPr"));
        let has = |name: &str| of_mark.is_some_and(|of| xml::child(of, name).is_some());
        self.counts.inserted += usize::from(has("ins"));
        let (text, look) = (std::mem::take(&mut line.text), line.look());
        let (notes, boxes, pages_in) = (line.notes, line.boxes, line.pages_in);
        for _ in 0..line.pages_before {
            self.gather.next_page();
        }
        if has("del") {
            self.counts.deleted += 1;
            self.carried.push_str(&text);
        } else {
            let text = std::mem::take(&mut self.carried) + &text;
            let mut fields = line.fields;
            fields.extend(self.fields.iter().map(|name| Field { name: name.clone(), text: text.clone() }));
            // An empty paragraph is no item, and is not counted.
            let list = properties.and_then(styles::list).or_else(|| style.list.clone());
            let list = list.filter(|_| !text.trim().is_empty());
            let level = list.as_ref().and_then(|(_, level)| *level);
            let level = level.or_else(|| style.list.as_ref().and_then(|(_, level)| *level)).unwrap_or(0);
            let counted = list.and_then(|(id, _)| self.numbering.next(&id, level));
            let is_listed = counted.is_some();
            let found = Found { text, marker: counted.and_then(Item::marker), fields, look };
            let outline = properties.and_then(styles::outline);
            match (style.role(), outline) {
                _ if self.is_box => self.gather.add(BlockKind::TextBox, found)?,
                _ if self.is_toc => self.gather.add(BlockKind::Toc, found)?,
                (Role::Toc, _) => self.gather.add(BlockKind::Toc, found)?,
                (Role::Heading(_), Some(level @ 0..=8)) => {
                    self.gather.heading(level + 1, false, trimmed(found))?;
                }
                (Role::Heading(level), None) => self.gather.heading(level, false, trimmed(found))?,
                (Role::Body, Some(level @ 0..=8)) => self.gather.heading(level + 1, false, trimmed(found))?,
                _ if is_listed => {
                    self.gather.add(BlockKind::ListItem { level: level.saturating_add(1) }, found)?;
                }
                _ => self.gather.paragraph(found)?,
            }
        }
        for _ in 0..pages_in {
            self.gather.next_page();
        }
        for note in notes {
            if let Some(text) = self.notes.remove(&note) {
                self.note(text)?;
            }
        }
        for inner in boxes {
            let was = std::mem::replace(&mut self.is_box, true);
            let read = self.blocks(inner, depth + 1);
            self.is_box = was;
            read?;
        }
        Ok(())
    }

    fn table(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        let mut rows = Vec::new();
        collect(node, "tr", depth, &mut rows);
        let rows: Vec<(Node<'_, '_>, Vec<Node<'_, '_>>)> = rows
            .into_iter()
            .filter(|row| {
                let properties = xml::child(*row, "trPr");
                let has = |name: &str| properties.is_some_and(|of| xml::child(of, name).is_some());
                self.counts.inserted += usize::from(has("ins"));
                self.counts.deleted += usize::from(has("del"));
                !has("del")
            })
            .map(|row| {
                let mut cells = Vec::new();
                collect(row, "tc", depth, &mut cells);
                (row, cells)
            })
            .collect();
        // A frame around paragraphs.
        if rows.iter().all(|(_, cells)| cells.len() <= 1) {
            for cell in rows.iter().flat_map(|(_, cells)| cells) {
                self.blocks(*cell, depth + 1)?;
            }
            return Ok(());
        }
        let mut raw = Vec::new();
        let mut notes = Vec::new();
        for (row, cells) in rows {
            let properties = xml::child(row, "trPr");
            let mut of_row = RawRow {
                before: properties
                    .and_then(|of| xml::value(of, "gridBefore"))
                    .and_then(|of| of.parse().ok())
                    .unwrap_or(0),
                header: properties.and_then(|of| xml::is_on(of, "tblHeader")) == Some(true),
                ..RawRow::default()
            };
            for cell in cells {
                let properties = xml::child(cell, "tcPr");
                let mut raw = RawCell {
                    columns: properties
                        .and_then(|of| xml::value(of, "gridSpan"))
                        .and_then(|of| of.parse().ok())
                        .unwrap_or(1),
                    continues: properties
                        .and_then(|of| xml::child(of, "vMerge"))
                        .is_some_and(|merge| xml::get(merge, "val") != Some("restart")),
                    heads: true,
                    rows: 1,
                    ..RawCell::default()
                };
                self.cell(cell, &mut raw, &mut of_row.fields, &mut notes, depth);
                of_row.cells.push(raw);
            }
            raw.push(of_row);
        }
        table::add(raw, self.gather)?;
        for note in notes {
            if let Some(text) = self.notes.remove(&note) {
                self.note(text)?;
            }
        }
        Ok(())
    }

    /// The words of a cell; a table in it is lines.
    fn cell(
        &mut self,
        node: Node<'_, '_>,
        raw: &mut RawCell,
        fields: &mut Vec<Field>,
        notes: &mut Vec<(bool, String)>,
        depth: usize,
    ) {
        if depth > xml::DEEPEST {
            return;
        }
        for child in node.children().filter(Node::is_element) {
            match xml::name(child) {
                "p" => {
                    let properties = xml::child(child, "pPr");
                    let styles = self.styles;
                    let style = styles.get(properties.and_then(|of| xml::value(of, "pStyle")));
                    let mut line = Line::new(styles, style);
                    line.read(child, &mut self.counts, depth);
                    for inner in line.boxes.clone() {
                        line.text.push('\n');
                        line.read(inner, &mut self.counts, depth + 1);
                    }
                    for _ in 0..line.pages_before + line.pages_in {
                        self.gather.next_page();
                    }
                    if line.text.trim().is_empty() {
                        continue;
                    }
                    raw.heads &= line.look().bold;
                    if !raw.text.is_empty() {
                        raw.text.push('\n');
                    }
                    let list = properties.and_then(styles::list).or_else(|| style.list.clone());
                    if let Some((id, level)) = list
                        && let Some(marker) =
                            self.numbering.next(&id, level.unwrap_or(0)).and_then(Item::marker)
                    {
                        raw.text.push_str(&marker);
                        raw.text.push(' ');
                    }
                    raw.text.push_str(&line.text);
                    fields.append(&mut line.fields);
                    notes.append(&mut line.notes);
                }
                "tr" => {
                    let mut cells = Vec::new();
                    collect(child, "tc", depth, &mut cells);
                    let mut words = Vec::new();
                    for cell in cells {
                        let mut inner = RawCell::default();
                        self.cell(cell, &mut inner, fields, notes, depth + 1);
                        words.push(inner.text.replace('\n', " "));
                    }
                    if !raw.text.is_empty() {
                        raw.text.push('\n');
                    }
                    raw.text.push_str(&words.join(" | "));
                    raw.heads = false;
                }
                "sdt" => {
                    let begin = raw.text.len();
                    if let Some(content) = xml::child(child, "sdtContent") {
                        self.cell(content, raw, fields, notes, depth + 1);
                    }
                    if let (Some(name), Some(text)) = (tag(child), raw.text.get(begin..)) {
                        fields.push(Field { name, text: text.to_owned() });
                    }
                }
                "tcPr" | "tblPr" | "del" | "moveFrom" => {}
                _ => self.cell(child, raw, fields, notes, depth + 1),
            }
        }
    }
}

/// The number of a heading is written without the full stop behind it.
fn trimmed(mut found: Found) -> Found {
    if let Some(marker) = &mut found.marker {
        marker.truncate(marker.trim_end_matches(['.', ':', ' ']).len());
    }
    found
}

/// The rows of a table or the cells of a row, also inside controls and insertions.
fn collect<'a, 'i>(node: Node<'a, 'i>, wanted: &str, depth: usize, found: &mut Vec<Node<'a, 'i>>) {
    if depth > xml::DEEPEST {
        return;
    }
    for child in node.children().filter(Node::is_element) {
        match xml::name(child) {
            name if name == wanted => found.push(child),
            "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => {
                collect(child, wanted, depth + 1, found);
            }
            _ => {}
        }
    }
}
