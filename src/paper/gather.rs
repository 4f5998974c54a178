//! The blocks of a paper as they are found, within bounds, each with its place.

use unicode_normalization::UnicodeNormalization;

use super::kind::{self, Kind};
use super::look::{self, Look};
use super::marker;
use super::{Block, BlockKind, Cell, Fault, Field, Note, Paper, Place, language};
use crate::text::hides;

/// The most blocks of a paper. A budget of a large municipality with all tables has some ten thousand.
const MOST_BLOCKS: usize = 200_000;
/// The most bytes of text: a book of five thousand pages.
const MOST_TEXT: usize = 20_000_000;
/// What a cell costs beside its text.
const CELL: usize = 32;

/// A block that has been found, before it has a place.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) marker: Option<String>,
    pub(super) fields: Vec<Field>,
    pub(super) look: Look,
}

/// A paper in the making.
#[derive(Debug, Default)]
pub(super) struct Gather {
    blocks: Vec<Block>,
    looks: Vec<Look>,
    /// What stands on every page, once.
    repeated: Vec<String>,
    told: Vec<Note>,
    text: usize,
    page: Option<u32>,
    on_page: u32,
    line: Option<u32>,
    tables: u32,
}

impl Gather {
    /// What follows stands on this page.
    pub(super) fn page(&mut self, page: u32) {
        if self.page != Some(page) {
            self.page = Some(page);
            self.on_page = 0;
        }
    }

    /// What follows stands on the next page, where pages are counted.
    pub(super) fn next_page(&mut self) {
        if let Some(page) = self.page {
            self.page(page.saturating_add(1));
        }
    }

    /// What follows begins on this line of the file.
    pub(super) fn line(&mut self, line: usize) {
        self.line = u32::try_from(line).ok();
    }

    /// Tells something of the file.
    pub(super) fn tell(&mut self, note: Note) {
        if !self.told.contains(&note) {
            self.told.push(note);
        }
    }

    /// The number of the next table.
    pub(super) fn next_table(&mut self) -> u32 {
        self.tables = self.tables.saturating_add(1);
        self.tables
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        self.text = self.text.saturating_add(bytes);
        if self.text > MOST_TEXT {
            return Err(Fault::too_long("20 miljoner tecken"));
        }
        Ok(())
    }

    /// A paragraph; one that begins with a mark for a list is an item of one.
    pub(super) fn paragraph(&mut self, mut found: Found) -> Result<(), Fault> {
        found.text = clean(&found.text);
        if found.marker.is_none()
            && let Some((marker, rest)) = marker::of_item(&found.text)
        {
            found.marker = Some(marker);
            found.text = rest;
            return self.add(BlockKind::ListItem { level: 1 }, found);
        }
        self.add(BlockKind::Paragraph, found)
    }

    /// A heading; its number is taken off.
    pub(super) fn heading(&mut self, level: u8, guessed: bool, mut found: Found) -> Result<(), Fault> {
        found.text = clean(&found.text).replace('\n', " ");
        if found.marker.is_none()
            && let Some((marker, rest)) = marker::of_heading(&found.text)
        {
            found.marker = Some(marker);
            found.text = rest;
        }
        self.add(BlockKind::Heading { level: level.clamp(1, 9), guessed }, found)
    }

    /// Any block.
    pub(super) fn add(&mut self, kind: BlockKind, mut found: Found) -> Result<(), Fault> {
        found.text = clean(&found.text);
        if found.text.is_empty() {
            return Ok(());
        }
        self.spend(found.text.len().saturating_add(found.fields.iter().map(|field| field.text.len()).sum()))?;
        for field in &mut found.fields {
            field.text = clean(&field.text);
        }
        if self.blocks.len() >= MOST_BLOCKS {
            return Err(Fault::too_long("200 000 stycken"));
        }
        self.on_page = self.on_page.saturating_add(1);
        let place = Place { page: self.page, paragraph: self.on_page, line: self.line };
        let Found { text, marker, fields, look } = found;
        self.blocks.push(Block { kind, text, marker, place, fields });
        self.looks.push(look);
        Ok(())
    }

    /// A row of a table.
    pub(super) fn row(
        &mut self,
        table: u32,
        header: bool,
        mut cells: Vec<Cell>,
        fields: Vec<Field>,
    ) -> Result<(), Fault> {
        for cell in &mut cells {
            cell.text = clean(&cell.text);
            self.spend(cell.text.len().saturating_add(CELL))?;
        }
        let own = cells.iter().filter(|cell| !cell.continued);
        let text = own.map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join("\u{1}");
        if text.chars().all(|letter| letter == '\u{1}') {
            return Ok(());
        }
        self.add(BlockKind::TableRow { table, cells, header }, Found { text, fields, ..Found::default() })?;
        if let Some(block) = self.blocks.last_mut() {
            block.text = block.text.replace('\u{1}', "\t");
        }
        Ok(())
    }

    /// What stands at the head or foot of pages.
    pub(super) fn repeated(&mut self, text: &str) -> Result<(), Fault> {
        let text = clean(text);
        if !text.is_empty() && !self.repeated.contains(&text) {
            self.spend(text.len())?;
            // Each is compared with all others.
            if self.repeated.len() < 1000 {
                self.repeated.push(text);
            }
        }
        Ok(())
    }

    /// Whether nothing has been found.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The whole paper.
    pub(super) fn finish(mut self, name: &str, kind: Kind) -> Result<Paper, Fault> {
        if self.blocks.is_empty() {
            return Err(Fault::new("Filen har ingen text.", "Kontrollera att det är rätt fil."));
        }
        let is_marked = self.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading { .. }));
        let guessed = look::guess_headings(&mut self.blocks, &self.looks);
        if guessed > 0 && !is_marked {
            self.told.push(Note::GuessedHeadings(guessed));
        }
        (self.page, self.line) = (None, None);
        self.on_page = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        for text in std::mem::take(&mut self.repeated) {
            self.add(BlockKind::HeaderFooter, Found { text, ..Found::default() })?;
        }
        let unknown = self.blocks.iter().map(|block| block.text.matches('\u{FFFD}').count()).sum();
        if unknown > 0 {
            self.told.push(Note::Unknown(unknown));
        }
        if let Some(language) =
            language::other_than_swedish(self.blocks.iter().map(|block| block.text.as_str()))
        {
            self.told.push(Note::Language(language));
        }
        let ending = kind::ending(name);
        let is_text = |kind: Kind| matches!(kind, Kind::Markdown | Kind::Plain);
        let is_other = !kind.endings().contains(&ending.as_str())
            && !(is_text(kind) && (ending.is_empty() || Kind::Plain.endings().contains(&ending.as_str())));
        if is_other && !ending.is_empty() {
            self.told.push(Note::Ending { name: format!(".{ending}"), holds: kind.name().to_owned() });
        }
        self.told.sort();
        Ok(Paper { kind, blocks: self.blocks, told: self.told })
    }
}

/// Text as it is compared: composed letters, one kind of space, no marks that do not show. Line breaks stay.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for letter in text.nfc() {
        match letter {
            '\n' | '\u{B}' => {
                let end = cleaned.trim_end_matches(' ').len();
                cleaned.truncate(end);
                if !cleaned.is_empty() && !cleaned.ends_with('\n') {
                    cleaned.push('\n');
                }
            }
            '\u{2010}' | '\u{2011}' => cleaned.push('-'),
            '\u{FB00}' => cleaned.push_str("ff"),
            '\u{FB01}' => cleaned.push_str("fi"),
            '\u{FB02}' => cleaned.push_str("fl"),
            '\u{FB03}' => cleaned.push_str("ffi"),
            '\u{FB04}' => cleaned.push_str("ffl"),
            // What separates the cells of a row.
            '\u{1}' => cleaned.push(letter),
            letter if letter.is_whitespace() || letter == '\t' => {
                if !cleaned.is_empty() && !cleaned.ends_with([' ', '\n', '\u{1}']) {
                    cleaned.push(' ');
                }
            }
            // Signs of fonts that are pictures, such as Wingdings.
            '\u{E000}'..='\u{F8FF}' => cleaned.push('•'),
            letter if hides(letter) => {}
            letter => cleaned.push(letter),
        }
    }
    cleaned.truncate(cleaned.trim_end_matches([' ', '\n']).len());
    cleaned
}
