//! Each party's own length of notice, where one sentence says both: "Kommunens uppsägningstid är nio månader, föreningens tre".

use super::notice::notice_lengths;
use super::parties::Parties;
use super::prose::Sentence;
use crate::language::numbers::number;
use crate::language::periods::{When, when};

/// The only other words of such a sentence: with any more it may say something else.
const PLAIN: [&str; 24] = [
    "uppsägningstid",
    "uppsägningstiden",
    "uppsägning",
    "är",
    "om",
    "med",
    "en",
    "för",
    "från",
    "av",
    "och",
    "men",
    "medan",
    "samt",
    "avtalet",
    "överenskommelsen",
    "kan",
    "sägas",
    "upp",
    "månad",
    "månader",
    ",",
    ".",
    ";",
];

/// What such a sentence is made of.
enum Said {
    Party(String),
    Months(u32),
}

/// The parties, by key, each with its months of notice, where a way out says exactly that of two of them.
pub(super) fn own_notices(group: &[Sentence], parties: &Parties) -> Option<[(String, u32); 2]> {
    let (first, others) = group.split_first()?;
    if notice_lengths(first).len() != 2 || others.iter().any(|one| !notice_lengths(one).is_empty()) {
        return None;
    }
    let words = first.words();
    let mut said = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((When::Months(months), left)) = when(rest) {
            said.push(Said::Months(months));
            at = words.len() - left.len();
        } else if let Some((months, left)) = number(rest) {
            said.push(Said::Months(u32::try_from(months).ok()?));
            at = words.len() - left.len();
        } else if let Some(party) = parties.named_alone(first.original(at..at + 1)) {
            said.push(Said::Party(party.key.clone()));
            at += 1;
        } else if PLAIN.contains(rest.first()?) {
            at += 1;
        } else {
            return None;
        }
    }
    let (one, other) = match said.as_slice() {
        [Said::Party(one), Said::Months(months), Said::Party(other), Said::Months(more)]
        | [Said::Months(months), Said::Party(one), Said::Months(more), Said::Party(other)] => {
            ((one.clone(), *months), (other.clone(), *more))
        }
        _ => return None,
    };
    (one.0 != other.0 && one.1 <= 60 && other.1 <= 60).then_some([one, other])
}
