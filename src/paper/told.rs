//! What a reader of a paper must know beside its text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that the blocks do not show by themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Note {
    /// The paper has tracked changes; it is read as if all were accepted.
    TrackedChanges {
        /// So many insertions.
        inserted: usize,
        /// So many deletions.
        deleted: usize,
    },
    /// The paper has comments, which are not read.
    Comments(usize),
    /// Texts in boxes stand after the paragraph where the box is fastened.
    TextBoxes(usize),
    /// Footnotes and endnotes stand after the paragraph that refers to them.
    Footnotes(usize),
    /// Text that the paper hides is not read.
    Hidden(usize),
    /// Pages that are pictures without text.
    PicturesOnly(Vec<u32>),
    /// No heading is marked as one; those that look like it have been taken for headings.
    GuessedHeadings(usize),
    /// The language that the paper seems to be written in, where it is not Swedish.
    Language(String),
    /// The file is read in this encoding, since it is not UTF-8.
    Encoding(String),
    /// The name of the file says another kind than what it holds.
    Ending {
        /// What the name ends in.
        name: String,
        /// What the file is.
        holds: String,
    },
    /// Letters that the file gives no meaning to, in so many places.
    Unknown(usize),
    /// A part of the file is damaged, and what could be read of it is read.
    Damaged(String),
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number: usize, one: &str, many: &str| {
            if number == 1 { format!("en {one}") } else { format!("{number} {many}") }
        };
        let what = match self {
            Self::TrackedChanges { inserted, deleted } => format!(
                "Filen har spårade ändringar ({}, {}). Den läses som om alla vore godkända.",
                count(*inserted, "infogning", "infogningar"),
                count(*deleted, "borttagning", "borttagningar")
            ),
            Self::Comments(number) => {
                format!("Filen har {}. De läses inte.", count(*number, "kommentar", "kommentarer"))
            }
            Self::TextBoxes(number) => format!(
                "Filen har {}. Texten står efter det stycke där rutan är fäst.",
                count(*number, "textruta", "textrutor")
            ),
            Self::Footnotes(number) => format!(
                "Filen har {}. De står efter det stycke som hänvisar till dem.",
                count(*number, "fotnot", "fotnoter")
            ),
            Self::Hidden(number) => {
                format!(
                    "Filen har dold text på {}. Den läses inte.",
                    count(*number, "plats", "ställen").replace("en plats", "ett ställe")
                )
            }
            Self::PicturesOnly(pages) => {
                let pages: Vec<String> = pages.iter().map(u32::to_string).collect();
                let (one, many) =
                    if pages.len() == 1 { ("Sidan", "är en bild") } else { ("Sidorna", "är bilder") };
                format!("{one} {} {many} utan text och har inte lästs.", pages.join(", "))
            }
            Self::GuessedHeadings(number) => format!(
                "Filen har inga märkta rubriker. Utseendet avgör vad som är rubrik ({}).",
                count(*number, "rubrik", "rubriker")
            ),
            Self::Language(language) => format!(
                "Texten verkar vara skriven på {language}. Programmet förstår svenska, och det mesta blir inte hittat."
            ),
            Self::Encoding(name) => {
                format!("Filen är inte sparad som UTF-8 utan läses som {name}. Kontrollera å, ä och ö.")
            }
            Self::Ending { name, holds } => {
                format!("Namnet slutar på {name}, men filen är {holds} och läses som en sådan.")
            }
            Self::Unknown(number) => {
                format!("Filen säger inte vilka tecken som visas på {number} ställen. De står som �.")
            }
            Self::Damaged(part) => format!("Filen är skadad: {part}. Det som går att läsa är läst."),
        };
        out.write_str(&what)
    }
}
