//! The private characters (Unicode category Co) that stand in a document's text for what is put there at the end: around the
//! number of an open fact, and around a stated one. None comes from a file.

/// Begins the number of an open fact.
pub(super) const OPEN: char = '\u{E000}';
/// Ends it.
pub(super) const CLOSE: char = '\u{E001}';
/// Begins the number of a stated fact.
pub(super) const NUMBER: char = '\u{E002}';
/// Ends the number, and begins the text.
pub(super) const TEXT: char = '\u{E003}';
/// Ends the text.
pub(super) const END: char = '\u{E004}';

/// Whether a character is one of them.
pub(super) fn is_private(letter: char) -> bool {
    matches!(letter, OPEN | CLOSE | NUMBER | TEXT | END)
}
