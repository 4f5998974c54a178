//! Papers that others have made, read as blocks of text that know their page and paragraph. What a paper is about is none
//! of this room's business.

pub mod apart;
mod encoding;
mod fault;
mod gather;
mod html;
mod judge;
mod kind;
mod language;
mod look;
mod markdown;
mod marker;
mod odt;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod table;
mod told;
mod word;
mod xml;

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use self::encoding::decoded;
pub use self::fault::Fault;
pub use self::kind::Kind;
pub use self::told::Note;

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 50_000_000;

/// What a paper says, in the order in which one reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What kind of file it is, judged by what it holds.
    pub kind: Kind,
    /// Its blocks. Text boxes and footnotes stand after the paragraph that they belong to, headers and footers last.
    pub blocks: Vec<Block>,
    /// What a reader of the blocks must know of the file.
    pub told: Vec<Note>,
}

/// A paragraph, a heading, an item of a list, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without marker; the cells of a row with a tab between them.
    pub text: String,
    /// The number or sign before it: "3.2", "§ 4", "a)", "•".
    pub marker: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// The parts of it that the file names (content controls in Word).
    pub fields: Vec<Field>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// Its level, from 1.
        level: u8,
        /// Whether it only looks like one: the file does not say it.
        guessed: bool,
    },
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem {
        /// Its level, from 1.
        level: u8,
    },
    /// A row of a table.
    TableRow {
        /// Which table of the paper, from 1.
        table: u32,
        /// Its cells, from left to right.
        cells: Vec<Cell>,
        /// Whether it heads the table.
        header: bool,
    },
    /// A note at the foot of the page or the end of the paper.
    Footnote,
    /// A text that stands in a box of its own.
    TextBox,
    /// What stands on every page.
    HeaderFooter,
    /// A line of a table of contents.
    Toc,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its words; a line for each paragraph.
    pub text: String,
    /// Its first column, from 0.
    pub column: u32,
    /// Over how many columns it goes.
    pub columns: u32,
    /// Whether it is the lower part of a cell that began in a row above; its text is that cell's.
    pub continued: bool,
}

/// A part of a block that the file has a name for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its words.
    pub text: String,
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its page, from 1, where the file says where pages begin.
    pub page: Option<u32>,
    /// Its number among the blocks of its page, or of the whole file where there are no pages, from 1.
    pub paragraph: u32,
    /// Its line, from 1, in a file that is shown as lines.
    pub line: Option<u32>,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.page, self.line) {
            (Some(page), _) => write!(out, "sida {page}, stycke {}", self.paragraph),
            (None, Some(line)) => write!(out, "rad {line}"),
            (None, None) => write!(out, "stycke {}", self.paragraph),
        }
    }
}

/// The bytes of a file, where it is one and not too large.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Fault::new("Filen finns inte.", "Kontrollera namnet och mappen, eller dra filen till fönstret.")
        }
        std::io::ErrorKind::PermissionDenied => Fault::new(
            "Filen får inte läsas.",
            "Kontrollera behörigheten, och stäng filen om den är öppen i ett annat program.",
        ),
        _ => Fault::new(
            format!("Filen går inte att läsa ({error})."),
            "Kopiera filen till datorns egen disk och försök igen.",
        ),
    };
    let about = path.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(Fault::new(
            "Det är en mapp, inte en fil.",
            "Ange filerna i mappen, en i taget eller flera.",
        ));
    }
    if !about.is_file() {
        return Err(Fault::new("Det är inte en vanlig fil.", "Spara dokumentet som en fil och ange den."));
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() > LARGEST {
        return Err(Fault::too_large());
    }
    Ok(bytes)
}

/// Reads a paper. Its name only tells how a plain text is written; all else is judged by what the file holds.
///
/// A PDF is read here too: who must be sure of time and memory has it read [`apart`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Paper, Fault> {
    if bytes.len() > LARGEST {
        return Err(Fault::too_large());
    }
    let kind = judge::kind(name, bytes)?;
    let mut gather = gather::Gather::default();
    match kind {
        Kind::Word => word::read(bytes, &mut gather)?,
        Kind::OpenDocument => odt::read(bytes, &mut gather)?,
        #[cfg(feature = "pdf")]
        Kind::Pdf => pdf::read(bytes, &mut gather)?,
        #[cfg(not(feature = "pdf"))]
        Kind::Pdf => {
            return Err(Fault::new(
                "Den här versionen av programmet läser inte pdf-filer.",
                "Spara dokumentet som docx, eller skaffa versionen med pdf.",
            ));
        }
        Kind::Html | Kind::Markdown | Kind::Plain => {
            let text = encoding::text(bytes, kind, &mut gather)?;
            match kind {
                Kind::Html => html::read(&text, &mut gather)?,
                Kind::Markdown => markdown::read(&text, &mut gather)?,
                _ => plain::read(&text, &mut gather)?,
            }
        }
    }
    gather.finish(name, kind)
}

#[cfg(test)]
mod tests;
