//! The kinds of files that are read as papers, and what they are called.

use serde::{Deserialize, Serialize};

/// A kind of file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Word (docx).
    Word,
    /// `OpenDocument` (odt).
    OpenDocument,
    /// PDF.
    Pdf,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// Text and nothing else.
    Plain,
}

impl Kind {
    /// What it is called, with an article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "ett Word-dokument (docx)",
            Self::OpenDocument => "ett OpenDocument-dokument (odt)",
            Self::Pdf => "en pdf-fil",
            Self::Html => "en webbsida (html)",
            Self::Markdown => "en Markdown-fil (md)",
            Self::Plain => "en textfil (txt)",
        }
    }

    /// How the names of such files end.
    pub(super) fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Word => &["docx", "docm", "dotx", "dotm"],
            Self::OpenDocument => &["odt", "ott"],
            Self::Pdf => &["pdf"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Markdown => &["md", "markdown"],
            Self::Plain => &["txt", "text"],
        }
    }
}

pub(super) const SAVE_AS_DOCX: &str = "Öppna filen i Word och välj Arkiv, Spara som, Word-dokument (.docx).";

/// How the name of a file ends.
pub(super) fn ending(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}
