//! What the text of a paragraph is made of: pieces with their looks, and what each belongs to.

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub(super) is_strong: bool,
    pub(super) is_emphasized: bool,
    pub(super) is_code: bool,
}

/// What a paragraph is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Break,
    /// A line to write on, to the next tab stop.
    Blank,
    /// A reference to the note of this name.
    Note(String),
}

/// A piece of a paragraph, and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inline {
    pub(super) piece: Piece,
    pub(super) look: Look,
    /// Where it leads.
    pub(super) link: Option<String>,
    /// The number of the fact that it shows, and the place where the fact begins.
    pub(super) fact: Option<(usize, usize)>,
}

impl Default for Inline {
    fn default() -> Self {
        Self { piece: Piece::Break, look: Look::default(), link: None, fact: None }
    }
}
