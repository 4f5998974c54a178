//! Web pages: only what parts the text is looked at, and any order of tags is taken as it comes.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Span, Spanned, StartTag, Token, Tokenizer};

use super::gather::{Found, Gather};
use super::look::Look;
use super::table::{self, RawCell, RawRow};
use super::{BlockKind, Fault};

/// The most steps of lists that are told apart.
const DEEPEST_LIST: usize = 20;

pub(super) fn read(text: &str, gather: &mut Gather) -> Result<(), Fault> {
    let mut emitter: DefaultEmitter<usize> = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    let mut page = Page::new(gather);
    let mut lines = Lines { text, at: 0, line: 1 };
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => page.start(&tag, lines.of(tag.span))?,
            Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name))?,
            Token::String(Spanned { value, span }) => {
                page.text(&String::from_utf8_lossy(&value), lines.of(span));
            }
            _ => {}
        }
    }
    page.block()?;
    page.end_table()
}

/// Where the lines of a file begin, counted forward.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, span: Span<usize>) -> usize {
        if let Some(passed) = self.text.get(self.at..span.start) {
            self.line += passed.matches('\n').count();
            self.at = span.start;
        }
        self.line
    }
}

/// What the text that is being read belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Body,
    Heading(u8),
    Item,
}

struct Page<'g> {
    gather: &'g mut Gather,
    words: String,
    line: Option<usize>,
    within: Within,
    /// How far each open list is counted; nothing for one with signs.
    lists: Vec<Option<u32>>,
    begins_item: bool,
    /// Elements whose text does not show.
    skipped: usize,
    /// Elements that stand on every page.
    repeated: usize,
    notes: usize,
    bold: usize,
    letters: (usize, usize),
    /// Tables that are open: the rows of the outermost, and how many stand in it.
    rows: Vec<RawRow>,
    tables: usize,
    is_header: bool,
    /// Where raised letters begin, and whether they are the number of a note.
    raised: Option<(usize, bool)>,
}

impl<'g> Page<'g> {
    fn new(gather: &'g mut Gather) -> Self {
        Self {
            gather,
            words: String::new(),
            line: None,
            within: Within::Body,
            lists: Vec::new(),
            begins_item: false,
            skipped: 0,
            repeated: 0,
            notes: 0,
            bold: 0,
            letters: (0, 0),
            rows: Vec::new(),
            tables: 0,
            is_header: false,
            raised: None,
        }
    }

    fn text(&mut self, text: &str, line: usize) {
        if self.skipped > 0 {
            return;
        }
        if self.line.is_none() && !text.trim().is_empty() {
            self.line = Some(
                line + text
                    .chars()
                    .take_while(|letter| letter.is_whitespace())
                    .filter(|letter| *letter == '\n')
                    .count(),
            );
        }
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.letters.0 += letters;
        self.letters.1 += if self.bold > 0 { letters } else { 0 };
        // Line breaks of the file are spaces.
        self.words.extend(text.chars().map(|letter| if letter == '\n' { ' ' } else { letter }));
    }

    /// Ends the block that is being read.
    fn block(&mut self) -> Result<(), Fault> {
        if self.tables > 0 {
            if !self.words.ends_with('\n') {
                self.words.push('\n');
            }
            return Ok(());
        }
        let text = std::mem::take(&mut self.words);
        let (letters, bold) = std::mem::take(&mut self.letters);
        let line = self.line.take();
        if text.trim().is_empty() {
            return Ok(());
        }
        self.gather.line(line.unwrap_or(1));
        let look = Look { bold: letters > 0 && bold == letters, ..Look::default() };
        let found = Found { text, look, ..Found::default() };
        if self.repeated > 0 {
            return self.gather.repeated(&found.text);
        }
        if self.notes > 0 {
            return self.gather.add(BlockKind::Footnote, found);
        }
        match self.within {
            Within::Heading(level) => self.gather.heading(level, false, found),
            Within::Item => {
                let level = u8::try_from(self.lists.len().clamp(1, DEEPEST_LIST)).unwrap_or(1);
                let marker = std::mem::take(&mut self.begins_item).then(|| {
                    self.lists
                        .last()
                        .copied()
                        .flatten()
                        .map_or("•".to_owned(), |number| format!("{number}."))
                });
                self.gather.add(BlockKind::ListItem { level }, Found { marker, ..found })
            }
            Within::Body => self.gather.paragraph(found),
        }
    }

    fn start(&mut self, tag: &StartTag<usize>, line: usize) -> Result<(), Fault> {
        let name = String::from_utf8_lossy(&tag.name);
        let get = |key: &str| {
            tag.attributes
                .iter()
                .find(|(name, _)| ***name == *key.as_bytes())
                .map(|(_, value)| String::from_utf8_lossy(&value.value))
        };
        let number = |key: &str| get(key).and_then(|value| value.trim().parse::<u32>().ok());
        if self.skipped > 0 && !is_skipped(&name) {
            return Ok(());
        }
        match name.as_ref() {
            "sup" => self.raised = Some((self.words.len(), false)),
            // The number of a note leads to it.
            "a" => {
                if let Some((_, is_note)) = &mut self.raised {
                    *is_note = get("href").is_some_and(|leads| leads.starts_with('#'));
                }
            }
            name if is_skipped(name) => self.skipped += usize::from(!tag.self_closing),
            "br" => self.words.push('\n'),
            "b" | "strong" => self.bold += 1,
            "span" | "em" | "i" | "code" | "small" | "abbr" | "time" | "mark" | "u" | "s" | "sub" | "del"
            | "ins" | "font" | "q" | "cite" | "wbr" | "img" | "label" | "input" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block()?;
                self.within = Within::Heading(name.as_bytes().get(1).map_or(1, |digit| digit - b'0'));
            }
            "ul" | "ol" => {
                self.block()?;
                let counted = (name == "ol").then(|| number("start").unwrap_or(1).saturating_sub(1));
                if self.lists.len() < DEEPEST_LIST {
                    self.lists.push(counted);
                }
            }
            "li" => {
                self.block()?;
                self.within = Within::Item;
                self.begins_item = true;
                if let Some(Some(counted)) = self.lists.last_mut() {
                    *counted = number("value").unwrap_or(counted.saturating_add(1));
                }
            }
            "table" => {
                self.block()?;
                if self.tables == 0 {
                    self.words.clear();
                    self.line = Some(line);
                }
                self.tables += 1;
            }
            "thead" => self.is_header = true,
            "tbody" | "tfoot" => self.is_header = false,
            "tr" if self.tables == 1 => {
                self.end_cell();
                self.rows.push(RawRow { header: self.is_header, ..RawRow::default() });
            }
            "td" | "th" if self.tables == 1 => {
                self.end_cell();
                if self.rows.is_empty() {
                    self.rows.push(RawRow::default());
                }
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(RawCell {
                        columns: number("colspan").unwrap_or(1),
                        rows: number("rowspan").unwrap_or(1),
                        heads: name == "th",
                        ..RawCell::default()
                    });
                }
            }
            "header" | "footer" | "nav" => {
                self.block()?;
                self.repeated += 1;
            }
            "section" if get("class").is_some_and(|class| class.contains("footnotes")) => {
                self.block()?;
                self.notes += 1;
            }
            _ => self.block()?,
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Fault> {
        if is_skipped(name) {
            self.skipped = self.skipped.saturating_sub(1);
            return Ok(());
        }
        if self.skipped > 0 {
            return Ok(());
        }
        match name {
            "sup" => {
                if let Some((begin, true)) = self.raised.take() {
                    self.words.truncate(begin);
                }
            }
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "span" | "em" | "i" | "a" | "code" | "small" | "abbr" | "time" | "mark" | "u" | "s" | "sub"
            | "del" | "ins" | "font" | "q" | "cite" | "label" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block()?;
                self.within = Within::Body;
            }
            "ul" | "ol" => {
                self.block()?;
                self.lists.pop();
                self.begins_item = false;
                self.within = if self.lists.is_empty() { Within::Body } else { Within::Item };
            }
            "thead" => self.is_header = false,
            "td" | "th" | "tr" if self.tables == 1 => self.end_cell(),
            "table" => {
                if self.tables == 1 {
                    self.end_table()?;
                }
                self.tables = self.tables.saturating_sub(1);
            }
            "header" | "footer" | "nav" => {
                self.block()?;
                self.repeated = self.repeated.saturating_sub(1);
            }
            "section" => {
                self.block()?;
                self.notes = self.notes.saturating_sub(1);
            }
            _ => self.block()?,
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.words);
        let (letters, bold) = std::mem::take(&mut self.letters);
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            // What stands between cells belongs to the one before.
            if !text.trim().is_empty() {
                cell.text.push_str(&text);
                cell.heads |= letters > 0 && bold == letters;
            }
        }
    }

    fn end_table(&mut self) -> Result<(), Fault> {
        if self.tables == 0 {
            return Ok(());
        }
        self.end_cell();
        self.gather.line(self.line.take().unwrap_or(1));
        self.is_header = false;
        table::add(std::mem::take(&mut self.rows), self.gather)
    }
}

/// Elements whose text does not show on the page.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "head" | "template" | "noscript" | "svg" | "math" | "select" | "textarea"
    )
}
