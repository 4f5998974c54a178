//! Why a picture is not set.

/// What is wrong with a picture: Swedish sentences that say what and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::documents) struct Fault {
    /// What is wrong.
    pub(in crate::documents) problem: String,
    /// What to do.
    pub(in crate::documents) help: &'static str,
}

impl Fault {
    pub(in crate::documents) fn new(problem: impl Into<String>, help: &'static str) -> Self {
        Self { problem: problem.into(), help }
    }
}
