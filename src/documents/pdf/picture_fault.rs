//! Why a picture is not set.

/// What is wrong with a picture: Swedish sentences that say what and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong.
    pub(super) problem: String,
    /// What to do.
    pub(super) help: &'static str,
}

impl Fault {
    pub(super) fn new(problem: impl Into<String>, help: &'static str) -> Self {
        Self { problem: problem.into(), help }
    }
}
