//! Notice: how long it is said to be, and that there is none.

use std::collections::BTreeSet;

use super::prose::Sentence;
use crate::language::numbers::number;
use crate::language::periods::{When, when};

/// What says that there is no way out.
pub(super) const DENIED: &str = "inte säga upp | inte sägas upp | inte sägs upp | ej sägas upp | ej säga upp | ej sägs upp | inte rätt att säga upp | ingen rätt att säga upp | \
    inte möjligt att säga upp | inte möjlighet att säga upp | ingen möjlighet att säga upp | kan varken sägas upp | ingen uppsägning | inte någon uppsägning | utan möjlighet till uppsägning | \
    ingen möjlighet till uppsägning | inte kan sägas upp | inte får sägas upp | kan inte i förtid sägas upp | ej uppsägas | inte uppsägas | är inte uppsägningsbart | ouppsägbart";

/// The different lengths of notice that a sentence says: "tre månaders uppsägningstid", "uppsägningstiden är tre månader", and for each
/// party its own or another one later.
pub(super) fn notice_lengths(sentence: &Sentence) -> BTreeSet<u32> {
    if !sentence.has("uppsäg* | säga upp | sägas upp | säger upp | sagts upp | sägs upp") {
        return BTreeSet::new();
    }
    let words = sentence.words();
    let before = |at: usize| at.checked_sub(1).and_then(|before| words.get(before)).copied();
    let said = (0..words.len()).filter(|at| before(*at) != Some("inom"));
    let mut found: BTreeSet<u32> = said
        .filter_map(|at| match when(words.get(at..)?)? {
            (When::Months(months), _) if months <= 60 => Some(months),
            _ => None,
        })
        .collect();
    // "Tre månader, därefter sex", "kommunens är nio månader, föreningens tre": the unit is not said twice.
    let first = (0..words.len())
        .find(|at| words.get(*at..).is_some_and(|rest| matches!(when(rest), Some((When::Months(_), _)))));
    let later = (first.map_or(words.len(), |first| first + 1)..words.len()).filter_map(|at| {
        let (later, rest) = number(words.get(at..)?)?;
        let is_alone =
            matches!(rest.first(), None | Some(&("för" | "," | "." | "från" | "räknat" | "och" | ")")));
        let is_own = !matches!(before(at), Some("i" | "§" | "punkt" | "den" | "inom") | None);
        u32::try_from(later).ok().filter(|later| is_alone && is_own && (1..=60).contains(later))
    });
    if !found.is_empty() {
        found.extend(later.collect::<Vec<_>>());
    }
    found
}
