//! What ends an agreement before its time.

use chrono::NaiveDate;

use super::commitment::Commitment;
use super::notice::Termination;
use super::stretch::RestsOn;
use crate::agreement::Agreement;
use crate::key_path::KeyPath;
use crate::path;
use crate::vocabulary::Known;

/// A last day before the one that would else hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlyEnd {
    /// The last day.
    pub day: NaiveDate,
    /// What in the agreement says so.
    pub path: KeyPath,
    /// How firmly the parties are bound by what says so: a supplement can be decided and not signed.
    pub commitment: Commitment,
    /// The change that says so; nothing where the agreement itself or notice does.
    pub rests_on: Option<RestsOn>,
}

impl EarlyEnd {
    /// "genom ett tillägg som bara är beslutat", where the parties are bound less firmly by it than by an agreement that
    /// they are bound by as `standing` says.
    #[must_use]
    pub fn how(&self, standing: Commitment) -> Option<String> {
        let by = self.rests_on.as_ref().filter(|_| standing < self.commitment)?;
        Some(format!("genom {} som bara är {}", by.indefinite(), by.predicate(self.commitment)))
    }
}

/// The day that the agreement states, else that of a supplement that was agreed after notice was given, else the earlier
/// of those that follow from notice and from a supplement. Nothing ends an agreement before it begins: such a day is a slip.
pub(super) fn early_end(
    agreement: &Agreement,
    notice: Option<&Termination<'_>>,
    shortened: Option<(Option<NaiveDate>, EarlyEnd)>,
) -> Option<EarlyEnd> {
    let by_nothing_else = |day, path| EarlyEnd { day, path, commitment: Commitment::Agreed, rests_on: None };
    let stated = agreement.term.ended.known();
    let stated = stated.map(|day| by_nothing_else(*day, path!["term", "ended"]));
    let is_replaced = shortened.as_ref().is_some_and(|(bound, _)| *bound > notice.map(|one| one.given));
    let by_notice = notice.filter(|_| !is_replaced).and_then(|one| one.ends.clone());
    let by_notice = by_notice.map(|(day, path)| by_nothing_else(day, path));
    let by_supplement = shortened.map(|(_, early)| early);
    stated
        .or_else(|| by_notice.into_iter().chain(by_supplement).min_by_key(|early| early.day))
        .filter(|early| agreement.term.start.known().is_none_or(|start| *start <= early.day))
}
