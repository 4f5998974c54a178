//! Why a Word document could not be written.

/// What is wrong: Swedish sentences that say what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} {help}")]
pub(crate) struct Fault {
    /// What is wrong.
    pub(crate) problem: String,
    /// What to do.
    pub(crate) help: String,
}

impl Fault {
    pub(super) fn new(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self { problem: problem.into(), help: help.into() }
    }

    /// A fault of ours that no input should lead to.
    pub(super) fn own(what: &str) -> Self {
        Self::new(
            format!("Word-filen gick inte att packa: {what}."),
            "Det är ett fel i programmet. Skriv dokumentet som PDF så länge.",
        )
    }

    /// A character that no Word file can hold.
    pub(super) fn forbidden(letter: char) -> Self {
        Self::new(
            format!("Texten har ett tecken som inte får finnas i en Word-fil, U+{:04X}.", u32::from(letter)),
            "Sök upp det i avtalets fil och ta bort det. Det är ett styrtecken som inte syns.",
        )
    }
}
