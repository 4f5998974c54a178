//! How a paper names parties: sentences and lines that name several, labels, and lines about those who act for one.

use super::designation::{Designation, is_organ};
use super::prose::{Sentence, bare, find, sentences};
use crate::agreement::Role;
use crate::date::PartialDate;
use crate::language::days::point;
use crate::paper::Place;

/// The words of a sentence that name the parties: what follows "mellan" or "parter är", or what goes before "ingår".
pub(super) fn named_by(sentence: &Sentence) -> Option<String> {
    if let Some(at) = sentence.find("mellan") {
        return Some(sentence.rest(at + 1).to_owned());
    }
    if let Some(at) = sentence.find("parter* | avtalsparter* | samverkansparter*").filter(|at| *at < 3)
        && let Some(verb) = sentence
            .words
            .get(at..)
            .and_then(|rest| rest.iter().position(|word| matches!(word.as_str(), "är" | "utgörs" | ":")))
        && verb < 6
    {
        let skipped = if sentence.words.get(at + verb + 1).is_some_and(|word| word == "av") { 2 } else { 1 };
        return Some(sentence.rest(at + verb + skipped).to_owned());
    }
    let verbs = "ingår | är parter | är avtalsparter | har träffat | har ingått | har slutit | har tecknat | sluter | träffar | tecknar | har kommit överens | har denna dag slutit | har denna dag ingått | har träffats";
    if let Some(verb) = sentence.find(verbs).filter(|verb| *verb > 2) {
        let names = sentence.original(0..verb);
        return names.contains(" och ").then(|| names.to_owned());
    }
    // "Ådala kommun, org.nr …, och Föreningen Språkbron, org.nr …": each says that it is an organisation.
    let names = sentence.whole();
    let each = split_names(names);
    let is_surely = |name: &String| {
        let one = Designation::of(name);
        one.role().is_some() || one.organisation_number.is_some() || one.short_name.is_some()
    };
    (each.len() == 2
        && each.iter().all(is_surely)
        && each.iter().any(|name| Designation::of(name).role() == Some(Role::Public)))
    .then(|| names.to_owned())
}

/// Whether a label announces all parties.
pub(super) fn names_several(label: &str) -> bool {
    let lower = bare(label).to_lowercase();
    matches!(
        lower.as_str(),
        "parter"
            | "parterna"
            | "avtalsparter"
            | "avtalets parter"
            | "samverkansparter"
            | "partner"
            | "partners"
            | "mellan"
    )
}

/// What a label says of a party.
pub(super) struct Label {
    /// The side, where it names one.
    pub(super) role: Option<Role>,
}

/// What a label of a party says; nothing for what is none.
pub(super) fn role_of_label(label: &str) -> Option<Label> {
    let lower = bare(label).to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 6 || is_about_person(label) {
        return None;
    }
    if find(&words, "offentlig* | kommunal* | kommun | kommunen").is_some() {
        return Some(Label { role: Some(Role::Public) });
    }
    if find(
        &words,
        "idébur* | ideell* | civilsamhäll* | organisation | organisationen | förening | föreningen",
    )
    .is_some()
    {
        return Some(Label { role: Some(Role::CivilSociety) });
    }
    find(&words, "part | parter | partner").map(|_| Label { role: None })
}

/// Whether a line is about somebody who answers for a party: parties are organisations.
pub(super) fn is_about_person(line: &str) -> bool {
    let lower = bare(line).to_lowercase();
    [
        "kontakt",
        "företrädare",
        "företrädd",
        "företräds",
        "firmatecknare",
        "genom ",
        "telefon",
        "tel.",
        "e-post",
        "namn:",
    ]
    .iter()
    .any(|word| lower.starts_with(word))
}

/// What stands before the day that a text ends with, as a document in a list does.
pub(super) fn without_day(text: &str, place: Place) -> &str {
    let found = sentences(text, place);
    let Some(sentence) = found.last() else { return text };
    let words = sentence.words();
    let day = (0..words.len()).find(|at| {
        words.get(*at..).and_then(point).is_some_and(|(point, rest)| {
            rest.is_empty() && matches!(point.as_start(None), Some(PartialDate::Day(_)))
        })
    });
    let before = day.and_then(|at| text.strip_suffix(sentence.rest(at))).unwrap_or(text).trim_end();
    before.trim_end_matches([',', '(']).trim_end_matches(" den").trim_end_matches("daterad").trim_end()
}

/// Whether a line names a party: it says what it is called or has a number.
pub(super) fn is_designation(line: &str) -> bool {
    let named = Designation::of(line);
    line.chars().count() < 250
        && (named.organisation_number.is_some() || named.short_name.is_some())
        && !line.contains(" och ")
}

/// "A, B och C" as names. An "och" after a hyphen or within brackets joins words of one name.
pub(super) fn split_names(text: &str) -> Vec<String> {
    let mut text = text.replace('\n', " ");
    for stop in [
        " för åren",
        " för år",
        " daterad",
        " avseende",
        " gällande",
        " om ",
        " i enlighet",
        " under ",
        ", har ",
        " har ",
        " träffas",
        " ingås",
    ] {
        if let Some((before, _)) = text.split_once(stop) {
            text = before.to_owned();
        }
    }
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    let words: Vec<&str> = text.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let last = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        if matches!(*word, "och" | "samt") && depth == 0 && !last.ends_with('-') {
            parts.push(String::new());
            continue;
        }
        depth = (depth + word.matches('(').count()).saturating_sub(word.matches(')').count());
        if let Some(part) = parts.last_mut() {
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(word.trim_end_matches(','));
        }
        if word.ends_with(',') && depth == 0 {
            let next: Vec<&str> = words.iter().skip(at + 1).take(3).copied().collect();
            let goes_on = find(&next, "org* | nedan | i det följande | ideell | kallad | genom | dess | här* | företrä* | representera* | c/o | adress | (utelämna*")
                .is_some_and(|at| at == 0)
                || is_organ(&next.join(" "))
                || next.first().is_some_and(|next| is_organ(next));
            match (goes_on, parts.last_mut()) {
                (true, Some(part)) => part.push(','),
                _ => parts.push(String::new()),
            }
        }
    }
    parts.retain(|part| !bare(part).is_empty());
    // With a name that itself has an "och" nobody can say where the parties end: the first, a public one, ends at its own.
    if parts.len() > 2 && !text.contains(',') {
        let rest = parts.split_off(1).join(" och ");
        parts.push(rest);
    }
    parts
}
