//! A kind of fault: where it can be planted, what it changes, and what is then found.

use serde_json::Value;

use crate::demo::case::Case;
use crate::demo::outline::Outline;
use crate::rules;

/// What a fault may change.
pub(in crate::demo) struct Draft<'a> {
    /// The case that the files rest on.
    pub(in crate::demo) case: &'a Case,
    /// What the agreement's file says.
    pub(in crate::demo) agreement: Value,
    /// What the file of events says.
    pub(in crate::demo) records: Option<Value>,
    /// Changes to the agreement's text: the first that stands there, and what replaces it.
    pub(in crate::demo) replacements: Vec<(String, String)>,
}

/// Where a planted fault must be found.
pub(in crate::demo) struct Found {
    /// Whether it is in the file of events.
    pub(in crate::demo) in_records: bool,
    /// The key path.
    pub(in crate::demo) path: String,
    /// The code, where it is not the fault's own: what cannot but follow from it.
    pub(in crate::demo) code: Option<&'static str>,
}

/// A kind of fault.
pub(in crate::demo) struct Fault {
    /// The code of the finding that it causes.
    pub(in crate::demo) code: &'static str,
    /// What has been done, in Swedish.
    pub(in crate::demo) what: &'static str,
    /// Whether the register cannot read the file any more.
    pub(in crate::demo) hides_the_file: bool,
    /// Whether it rests on the other agreements of the chain, which must then be as they should.
    pub(in crate::demo) rests_on_chain: bool,
    /// Which agreements it can be planted in.
    pub(in crate::demo) fits: fn(&Case) -> bool,
    /// A change to the outline, before anything is computed from it.
    pub(in crate::demo) reshape: Option<fn(&mut Outline)>,
    /// A change to what the files say.
    pub(in crate::demo) plant: fn(&mut Draft<'_>) -> Vec<Found>,
}

impl Fault {
    pub(super) const fn new(
        code: &'static str,
        what: &'static str,
        fits: fn(&Case) -> bool,
        plant: fn(&mut Draft<'_>) -> Vec<Found>,
    ) -> Self {
        Self { code, what, hides_the_file: false, rests_on_chain: false, fits, reshape: None, plant }
    }

    pub(super) const fn unreadable(mut self) -> Self {
        self.hides_the_file = true;
        self
    }

    pub(super) const fn resting_on_chain(mut self) -> Self {
        self.rests_on_chain = true;
        self
    }

    pub(super) const fn reshaped(mut self, reshape: fn(&mut Outline)) -> Self {
        self.reshape = Some(reshape);
        self
    }
}

/// The finding at `path` in the agreement, with the fault's own code.
pub(super) fn at(path: impl Into<String>) -> Vec<Found> {
    vec![Found { in_records: false, path: path.into(), code: None }]
}

/// The same in the file of events.
pub(super) fn in_records(path: impl Into<String>) -> Vec<Found> {
    vec![Found { in_records: true, path: path.into(), code: None }]
}

/// The finding at `path`, and what follows from it where the program has that rule too.
pub(super) fn at_with(path: &str, code: &'static str, following: &str) -> Vec<Found> {
    at(path).into_iter().chain(following_at(code, following)).collect()
}

/// What follows from a finding, where the program has that rule too.
pub(super) fn following_at(code: &'static str, path: &str) -> Option<Found> {
    let found = Found { in_records: false, path: path.to_owned(), code: Some(code) };
    rules::find(code).is_some().then_some(found)
}
