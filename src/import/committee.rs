//! Which committee of the register decides, as far as the paper names one of them.

use super::draft::Draft;
use super::parties::Parties;
use super::sections::Sections;
use crate::agreement::Role;
use crate::paper::Place;
use crate::text;

/// A committee of the register: its key, and what it is or was called.
pub type Committee = (String, Vec<String>);

/// Writes the only one that the organ of a party fits, or where no organ is named, the only one that is said to decide.
pub(super) fn write(sections: &Sections<'_>, parties: &Parties, committees: &[Committee], draft: &mut Draft) {
    let public = parties.0.iter().filter(|party| party.role == Role::Public);
    let organs: Vec<(&str, Place)> = public
        .flat_map(|party| {
            [party.named.organ.as_deref(), Some(party.named.name.as_str())].map(|named| (named, party.place))
        })
        .filter_map(|(named, place)| Some((named?, place)))
        .collect();
    let has_organ = parties.0.iter().any(|party| party.named.organ.is_some());
    let proposal = sections.blocks(&["memo-proposal"]);
    let mut found: Vec<(&str, Place)> =
        organs.into_iter().filter_map(|(organ, place)| Some((of_organ(organ, committees)?, place))).collect();
    if found.is_empty() && !has_organ {
        let said = proposal.iter().flat_map(|block| {
            committees.iter().filter(|one| decides(&block.text, one)).map(|one| (one.0.as_str(), block.place))
        });
        found.extend(said);
    }
    match found.first() {
        Some((key, place)) if found.iter().all(|(other, _)| other == key) => {
            draft.found(&["committee"], *key, *place);
        }
        _ if committees.len() > 1 => draft.missing(&["committee"], false),
        _ => {}
    }
}

/// The only committee that is called as an organ is.
pub(super) fn of_organ<'a>(organ: &str, committees: &'a [Committee]) -> Option<&'a str> {
    let organ = organ.to_lowercase();
    let fits = |name: &String| {
        organ
            .strip_prefix(&name.to_lowercase())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(" i "))
    };
    let mut fitting = committees.iter().filter(|(_, names)| names.iter().any(fits));
    fitting.next().filter(|_| fitting.next().is_none()).map(|(key, _)| key.as_str())
}

/// Whether a text says that a committee decides: one whose name is not the end of another's.
fn decides(text: &str, (_, names): &Committee) -> bool {
    names.iter().any(|name| {
        text::find_word(text, name).is_some_and(|at| {
            let before = text.get(..at.start).unwrap_or_default().trim_end();
            !before.ends_with("- och")
                && text.get(at.end..).is_some_and(|after| after.trim_start().starts_with("beslutar"))
        })
    })
}
