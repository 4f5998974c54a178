//! What only a memo to a committee says: who handles it, who gets the task to sign, and to whom the decision goes.

use super::draft::Draft;
use super::name_form::is_name;
use super::prose::{bare, sentences};
use super::sections::{Sections, lists, prose};
use crate::paper::{Block, BlockKind};
use crate::register::write::Value;
use crate::text;

/// The parts of a memo that no key keeps whole: they stand as comments.
const KEPT_AS_COMMENT: [(&str, &str); 4] = [
    ("memo-proposal", "Förslag till beslut"),
    ("memo-summary", "Sammanfattning"),
    ("memo-basis", "Underlag för beslutet"),
    ("memo-distribution", "Beslutet skickas till"),
];

/// Writes it.
pub(super) fn write(sections: &Sections<'_>, with_names: bool, draft: &mut Draft) {
    let functionaries = functionaries(sections);
    // Who handles the case stands at the head, who signs at the end.
    let is_front = |block: &Block| sections.front.contains(&block);
    let handler = functionaries.iter().find(|(block, ..)| is_front(block));
    let signer = functionaries.iter().rev().find(|(block, ..)| !is_front(block));
    if let Some((block, name, title)) = handler {
        draft.found(&["memo", "handler", "title"], title.as_str(), block.place);
        if with_names {
            draft.set(&["memo", "handler", "name"], name.as_str());
        }
    }
    if let Some((block, name, title)) = signer {
        let key = text::slug(title);
        let key = if key.is_empty() { "undertecknare" } else { &key };
        draft.found(&["memo", "signer", key, "title"], title.as_str(), block.place);
        if with_names {
            draft.set(&["memo", "signer", key, "name"], name.as_str());
        }
    }
    for sentence in prose(&sections.blocks(&["memo-proposal"])) {
        if let (Some(from), Some(to)) = (
            sentence.find("att ge | ger | uppdra åt | uppdrar åt"),
            sentence.find("i uppdrag att | att teckna | att underteckna"),
        ) && from < to
            && sentence.has("teckna | underteckna")
            && !draft.has(&["memo", "executor"])
        {
            let skipped = if sentence.words.get(from).is_some_and(|word| word == "ger") { 1 } else { 2 };
            draft.found(&["memo", "executor"], bare(sentence.original(from + skipped..to)), sentence.place);
        }
        if let Some(at) =
            sentence.find("redovisas till nämnden | redovisas för nämnden | återrapporteras till nämnden")
        {
            let rest = bare(sentence.rest(at + 3));
            if !rest.is_empty() {
                draft.found(&["memo", "report_back"], rest, sentence.place);
            }
        }
    }
    distribution(sections, draft);
    for (subject, title) in KEPT_AS_COMMENT {
        for block in sections.blocks(&[subject]) {
            draft.comment(&["memo"], format!("{title}: {}", block.text));
        }
    }
}

/// Names with a function on the line below, outside the places where the agreement's own people stand.
fn functionaries<'a>(sections: &Sections<'a>) -> Vec<(&'a Block, String, String)> {
    let mut found = Vec::new();
    for block in sections.everything() {
        let lines: Vec<&str> = block.text.lines().map(str::trim).collect();
        if let [name, title] = lines.as_slice()
            && is_name(name)
            && title.chars().count() <= 80
            && !title.contains(|letter: char| letter.is_ascii_digit() || letter == '@')
        {
            found.push((block, (*name).to_owned(), text::uncapitalised(title)));
        }
    }
    found
}

/// To whom the decision goes, for execution and for information.
fn distribution(sections: &Sections<'_>, draft: &mut Draft) {
    let blocks = sections.blocks(&["memo-distribution"]);
    let mut field = None;
    let mut execution: Vec<String> = Vec::new();
    let mut information: Vec<String> = Vec::new();
    let Some(place) = blocks.first().map(|block| block.place) else { return };
    for line in blocks.iter().flat_map(|block| block.text.lines()) {
        let lower = line.to_lowercase();
        let label = if lower.contains("verkställighet") || lower.contains("åtgärd") {
            Some(true)
        } else if lower.contains("kännedom") {
            Some(false)
        } else {
            None
        };
        let (is_label, rest) = match (label, line.split_once(':')) {
            (Some(_), Some((_, rest))) => (true, rest),
            (Some(_), None) => (true, ""),
            (None, _) => (false, line),
        };
        field = if is_label { label } else { field };
        let named = bare(rest);
        match field {
            _ if named.is_empty() => {}
            Some(true) => execution.push(named.to_owned()),
            Some(false) => information.push(named.to_owned()),
            None => {}
        }
    }
    if !execution.is_empty() {
        draft.found(&["memo", "distribution", "execution"], Value::texts(execution), place);
    }
    if !information.is_empty() {
        draft.found(&["memo", "distribution", "information"], Value::texts(information), place);
    }
}

/// The documents behind the decision that are neither the memo nor the guideline.
pub(super) fn basis(sections: &Sections<'_>, draft: &mut Draft) {
    let blocks = sections.blocks(&["memo-basis"]);
    let items = lists(&blocks)
        .into_iter()
        .flat_map(|(_, items)| items)
        .filter(|item| matches!(item.kind, BlockKind::ListItem { .. }));
    let mut number = 0;
    for item in items {
        let lower = item.text.to_lowercase();
        if lower.contains("denna skrivelse")
            || lower.contains("tjänsteskrivelse")
            || lower.contains("riktlinje")
        {
            continue;
        }
        number += 1;
        let key = format!("handling-{number}");
        let found = sentences(&item.text, item.place);
        draft.found(
            &["memo", "basis", &key, "title"],
            bare(&item.text.replace('\n', " ")).to_owned(),
            item.place,
        );
        if let Some((_, day)) = found.first().and_then(|sentence| sentence.day_from(0)) {
            draft.set(&["memo", "basis", &key, "date"], day);
        }
    }
}
