//! What stands at the beginning of a paper: what it is about, its date and its registry number.

use chrono::NaiveDate;

use super::draft::{Draft, Said};
use super::privacy::unmarked;
use super::prose::{Sentence, bare, find, sentences};
use super::sections::{Sections, prose};
use crate::agreement::DocumentWord;
use crate::date::PartialDate;
use crate::language::days::point;
use crate::paper::{Block, Place};
use crate::text;

/// What nobody has said, as a template would leave it: `validate` tells of it.
pub(super) const NO_TITLE: &str = "[ämne]";

/// What a title goes on with after its subject.
const AFTER_SUBJECT: &str = "mellan | för åren | för perioden | under åren | under perioden";

/// Writes what it is about, what it is called, its day and its number.
pub(super) fn write(sections: &Sections<'_>, draft: &mut Draft, is_memo: bool) {
    let said = subject(sections);
    if let Some(first) = said.first() {
        draft.found(&["title"], first.value.as_str(), first.place);
    } else {
        draft.missing(&["title"], false);
        draft.set(&["title"], NO_TITLE);
    }
    draft.set(&["activity"], "");
    draft.set(&["status"], "draft");
    draft.comment(
        &["status"],
        "Filen säger inte säkert hur långt avtalet har kommit. Ändra till proposed, decided eller signed.",
    );
    let front = prose(&sections.front);
    let word = front.iter().find_map(|sentence| {
        let at = sentence.find("överenskommelse | överenskommelsen | avtal | avtalet | partnerskapsavtal | samverkansavtal | samarbetsavtal")?;
        Some(!sentence.words.get(at)?.starts_with("överens"))
    });
    if word == Some(true) && !is_memo {
        draft.set(&["document_word"], DocumentWord::Avtal.word());
    }
    let days = dates(sections);
    let numbers = registry_numbers(sections);
    if is_memo {
        draft.reading(&["memo", "dated"], &days, false);
        draft.reading(&["dated"], &dates_of_agreement(sections), false);
    } else {
        draft.reading(&["dated"], &days, false);
    }
    draft.reading(&["case", "registry_number"], &numbers, false);
}

/// What the partnership is about: what follows "gällande" in the title, or else where the agreement is named.
fn subject(sections: &Sections<'_>) -> Vec<Said<String>> {
    let everything = sections.everything();
    let front: Vec<&Block> = sections.front.clone();
    let labels = ["ärende", "ämne", "avser", "gäller", "rubrik", "verksamhet"];
    let labelled = front
        .iter()
        .flat_map(|block| block.text.lines().map(|line| (line, block.place)))
        .filter_map(|(line, place)| {
            let (label, rest) = line.split_once(':')?;
            let is_label = labels.contains(&label.trim().to_lowercase().as_str());
            let subject = text::uncapitalised(bare(rest));
            (is_label && unmarked(&subject).chars().count() > 3).then_some(Said { value: subject, place })
        });
    let of_front = front.iter().flat_map(|block| titled(&sentences(&block.text, block.place), true));
    let later = prose(&everything);
    let later = titled(&later, false);
    of_front.chain(labelled).chain(later).collect()
}

fn titled(sentences: &[Sentence], is_front: bool) -> Vec<Said<String>> {
    let mut found = Vec::new();
    for sentence in sentences {
        let about = sentence.find("gällande | avseende | rörande | angående | kring");
        let named = sentence.find("partnerskap | (iop) | iop | partnerskapet");
        let after_name = named.and_then(|named| {
            let words = sentence.words();
            let rest = words.get(named..)?;
            find(rest, "om | kring | för").map(|at| named + at)
        });
        let at = match (about, named) {
            (Some(about), _) if is_front => Some(about),
            // "Överenskommelse om idéburet offentligt partnerskap gällande X mellan …"
            (Some(about), Some(named)) if named < about && about - named < 4 && sentence.has("mellan") => {
                Some(about)
            }
            _ if is_front => {
                after_name.filter(|at| !sentence.words.get(at + 1).is_some_and(|word| word.starts_with("år")))
            }
            _ => None,
        };
        let Some(at) = at else { continue };
        let words = sentence.words();
        let end =
            words.get(at..).and_then(|rest| find(rest, AFTER_SUBJECT)).map_or(words.len(), |end| at + end);
        let subject = bare(sentence.original(at + 1..end));
        if unmarked(subject).chars().count() > 3 && subject.chars().count() < 250 {
            found.push(Said {
                value: subject.split_whitespace().collect::<Vec<_>>().join(" "),
                place: sentence.place,
            });
        }
    }
    found
}

/// The days that stand for themselves at the beginning.
fn dates(sections: &Sections<'_>) -> Vec<Said<NaiveDate>> {
    let repeated = sections.repeated.iter().copied();
    let early = sections
        .all
        .iter()
        .filter(|section| section.subject.is_some_and(|subject| subject.starts_with("memo-")));
    let early = early.flat_map(|section| section.blocks.iter().copied());
    let mut found = Vec::new();
    for block in sections.front.iter().copied().chain(repeated).chain(early) {
        for line in block.text.lines() {
            if let Some(day) = day_alone(line) {
                found.push(Said { value: day, place: block.place });
            }
        }
    }
    found
}

/// The day that is all that a line says, a word such as "Datum" before it.
fn day_alone(line: &str) -> Option<NaiveDate> {
    let place = Place { page: None, paragraph: 0, line: None };
    let sentence = sentences(line, place).into_iter().next()?;
    let words = sentence.words();
    let words = words.strip_prefix(&["datum"]).or_else(|| words.strip_prefix(&["daterad"])).unwrap_or(&words);
    let words = words.strip_prefix(&[":"]).unwrap_or(words);
    match point(words)? {
        (point, []) => match point.as_start(None)? {
            PartialDate::Day(day) => Some(day),
            _ => None,
        },
        _ => None,
    }
}

/// The day of the agreement that a memo is about, where its list of documents names it.
fn dates_of_agreement(sections: &Sections<'_>) -> Vec<Said<NaiveDate>> {
    let mut found = Vec::new();
    for block in sections.blocks(&["memo-basis"]) {
        for sentence in sentences(&block.text, block.place) {
            let is_agreement = sentence
                .words
                .first()
                .is_some_and(|word| word.starts_with("överenskommelse") || word == "avtal");
            if let Some((_, day)) =
                sentence.day_from(0).filter(|_| is_agreement && sentence.has("mellan | med"))
            {
                found.push(Said { value: day, place: sentence.place });
            }
        }
    }
    found
}

/// The numbers that the paper calls its own.
fn registry_numbers(sections: &Sections<'_>) -> Vec<Said<String>> {
    let mut found = Vec::new();
    let everything = sections.everything();
    let blocks: Vec<&Block> = everything.into_iter().chain(sections.repeated.iter().copied()).collect();
    let mut lines =
        blocks.iter().flat_map(|block| block.text.lines().map(|line| (line, block.place))).peekable();
    while let Some((line, place)) = lines.next() {
        let lower = line.trim().to_lowercase();
        let label = ["diarienummer", "diarienr", "dnr", "ärendenummer", "ärendenr"]
            .into_iter()
            .find(|label| lower.starts_with(label));
        let Some(label) = label else { continue };
        let rest = line.trim().get(label.len()..).unwrap_or_default().trim_start_matches(['.', ':', ' ']);
        let number = if rest.is_empty() { lines.peek().map_or("", |(next, _)| next) } else { rest };
        let number = number.split([',', ';', '\t']).next().unwrap_or_default().trim().trim_end_matches('.');
        let is_number = number.chars().any(|letter| letter.is_ascii_digit())
            && number.chars().count() <= 40
            && !number.starts_with('[');
        if is_number {
            found.push(Said { value: number.to_owned(), place });
        }
    }
    found
}
