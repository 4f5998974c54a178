//! Sentences that a template speaks to its writer: what an agreement never does is to ask its reader for a text.

use std::ops::Range;

use super::cues::Cue;
use super::nouns::is_form_of;
use super::tokens::{Sentence, is_digits};
use super::word_list::WordList;
use super::words::LEFTOVERS;

/// So many words at most go between what is asked for and the verb that asks.
const REACH: usize = 6;

/// What is asked of who fills in a template, in one word or with the next.
static FILLS: WordList = WordList::new(
    "ange skriv infoga beskriv komplettera specificera precisera namnge motivera redogör formulera sammanfatta \
    exemplifiera hänvisa förklara fyll+i fyll+på lägg+in klistra+in skriv+in räkna+upp räkna+inte glöm+inte tänk+på",
);

/// What is asked of who changes its text.
static EDITS: WordList = WordList::new(
    "stryk radera ersätt ändra anpassa flytta behåll kopiera justera uppdatera markera kontrollera dubbelkolla \
    kryssa välj byt tag ta+bort byt+ut lägg+till kryssa+i ersätt+med",
);

/// Parts of a text, of which only a template speaks.
static PARTS: WordList = WordList::new(
    "text texten stycke stycket mening meningen ord ordet rubrik rubriken ruta rutan alternativ alternativet \
    alternativen avsnitt avsnittet punkten rad raden fält fältet parentes parentesen klammern klamrarna tabell tabellen \
    tillämpligt tillämpliga dokumentet formulering formuleringen hjälptexten exempeltexten",
);

/// What is put somewhere "här".
static PUT: WordList = WordList::new("infogas klistras skrivs");

/// What is to be done with a text that is not ready.
static EDITED: WordList = WordList::new(
    "kompletteras uppdateras skrivas formuleras ses fyllas läggas tas strykas anpassas kontrolleras",
);

/// Whom a template speaks to.
static WRITERS: WordList = WordList::new("ni du skribenten handläggaren");

/// Words about a template itself, and whatever they begin.
static ABOUT_TEMPLATE: WordList = WordList::new(
    "gulmarkera rödmarkera gråmarkera grönmarkera kursivera ledtext hjälptext skribent exempeltext instruktionstext mallanvisning",
);

/// What says that a word is spoken to the reader and asks for no text: "ange ditt ärende", "skriv till kommunen".
static TO_READER: WordList = WordList::new("ditt din dina er ert era oss till");

/// The parts of a sentence that ask the writer for something.
pub(super) fn asked(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let words = sentence.words.as_slice();
    let imperative = (0..words.len()).filter(|at| begins(words, *at)).find_map(|at| of_imperative(words, at));
    let asks_back = || {
        let is_of_writers = matches!(
            words,
            ["ska" | "behöver" | "kan" | "borde" | "bör", "vi" | "detta" | "den" | "det", ..]
                | ["stämmer", ..]
        );
        (sentence.is_question && is_of_writers).then_some(0..words.len())
    };
    imperative
        .or_else(asks_back)
        .or_else(|| put_here(words))
        .or_else(|| here_you_write(words))
        .or_else(|| about_template(words, sentence.is_question))
}

/// Whether a part of a sentence begins there.
fn begins(words: &[&str], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| {
        words.get(before).is_some_and(|word| matches!(*word, ":" | "–" | "-" | "(" | "[" | "<" | "|" | ","))
    })
}

/// How many words of a list's verb begin here, which may be two: "fyll+i".
fn verb(list: &WordList, rest: &[&str]) -> Option<usize> {
    let first = rest.first()?;
    // "Lägg gärna till"
    if let [first, "gärna" | "även" | "också", second, ..] = rest {
        return verb(list, &[*first, *second]).map(|count| count + 1);
    }
    let two = || {
        rest.get(1).is_some_and(|second| {
            list.alike(first).iter().any(|verb| verb.split_once('+') == Some((first, second)))
        })
    };
    if two() { Some(2) } else { list.has(first).then_some(1) }
}

fn of_imperative(words: &[&str], at: usize) -> Option<Range<usize>> {
    let rest = words.get(at..)?;
    let (count, fills) =
        verb(&FILLS, rest).map(|count| (count, true)).or_else(|| Some((verb(&EDITS, rest)?, false)))?;
    let after = rest.get(count..)?;
    if after.iter().take(2).any(|word| TO_READER.has(word)) {
        return None;
    }
    let is_part = |word: &str| PARTS.has(word);
    let is_field = |word: &str| {
        is_part(word) || word == "här" || LEFTOVERS.fields.iter().any(|field| is_form_of(field, word))
    };
    let end = after.iter().take(REACH).position(|word| if fills { is_field(word) } else { is_part(word) })?;
    Some(at..at + count + end + 1)
}

/// "Kommunens logotyp infogas här", "detta stycke tas bort".
fn put_here(words: &[&str]) -> Option<Range<usize>> {
    let part = words.iter().take(REACH).position(|word| PARTS.has(word));
    let changed = part.and_then(|part| {
        words.windows(2).skip(part).position(|pair| {
            matches!(
                pair,
                ["tas", "bort"]
                    | ["byts", "ut"]
                    | ["läggs", "in"]
                    | ["läggas", "till" | "in"]
                    | ["stryks" | "raderas", _]
                    | ["utgår", "om"]
                    | ["kan" | "ska" | "får", "anpassas" | "strykas" | "ändras" | "användas" | "raderas"]
            )
        })
    });
    if let Some((part, changed)) = part.zip(changed) {
        return Some(part..part + changed + 2);
    }
    let here = words.iter().position(|word| *word == "här")?;
    let is_put = match words.get(..here)? {
        [.., verb] if PUT.has(verb) => true,
        [.., "läggs" | "sätts" | "fylls" | "klistras" | "skrivs", "in" | "i"] => true,
        _ => false,
    };
    is_put.then_some(0..here + 1)
}

/// "Här ska ni beskriva vad föreningen bidrar med".
fn here_you_write(words: &[&str]) -> Option<Range<usize>> {
    let ["här", rest @ ..] = words else { return None };
    let verb =
        ["beskriv", "skriv", "ange", "anger", "fyll", "infoga", "redogör", "förklara", "lägg", "komplettera"];
    let near = rest.get(..rest.len().min(4))?;
    let speaks = near.iter().any(|word| WRITERS.has(word));
    let writes = near.iter().position(|word| verb.iter().any(|verb| word.starts_with(verb)))?;
    speaks.then_some(0..writes + 2)
}

/// Whether a word names an agreement, or what is written about it.
fn is_of_agreement(word: &str) -> bool {
    let names = [
        "avtal",
        "överenskommelse",
        "partnerskap",
        "partnerskapsavtal",
        "samverkansavtal",
        "tjänsteskrivelse",
    ];
    word.starts_with("iop") || word.starts_with("idébur") || names.iter().any(|name| is_form_of(name, word))
}

/// "Gulmarkerad text ersätts", "se anvisning till mallen".
fn about_template(words: &[&str], sentence_asks: bool) -> Option<Range<usize>> {
    (0..words.len()).find_map(|at| match words.get(at..)? {
        [
            "anvisning" | "anvisningar" | "instruktion" | "instruktioner",
            "till" | "i" | "för",
            "mallen" | "skribenten" | "handläggaren" | "dig" | "den",
            ..,
        ] => Some(at..at + 3),
        ["kursiv" | "röd" | "gul" | "grå" | "markerad", "text" | "texten", ..] => Some(at..at + 2),
        ["mallen", "är" | "ska" | "kan" | "har" | "innehåller" | "används", ..] if at == 0 => Some(0..1),
        ["denna", "mall", ..] | ["här", "mallen", ..] => Some(at..at + 2),
        // The form of a report is an enclosure; that of the agreement is what a text was written in.
        ["mallen", "för", of, ..] if is_of_agreement(of) => Some(at..at + 2),
        ["max" | "högst" | "cirka" | "ca", number, "tecken" | "rader" | "ord", ..] if is_digits(number) => {
            Some(at..at + 3)
        }
        ["till", "dig", "som", "skriver" | "fyller", ..] => Some(at..at + 4),
        ["tips", ":", ..] if at == 0 => Some(0..1),
        ["utkast", ":" | "–" | "-", ..] if at == 0 => Some(0..1),
        ["utkast", number, ..] if at == 0 && is_digits(number) => Some(0..1),
        // "Ska kompletteras av ekonomiavdelningen": nobody is named who is to do it.
        ["ska" | "måste" | "bör", done, ..] if at == 0 && !sentence_asks && EDITED.has(done) => Some(0..2),
        [word, ..] if ABOUT_TEMPLATE.begins(word) => Some(at..at + 1),
        ["ska" | "skall" | "måste", "skrivas" | "formuleras", "om" | "klart" | "in", ..] => Some(at..at + 3),
        _ => None,
    })
}

/// Without one of these a text asks its writer for nothing.
pub(super) fn cues() -> impl Iterator<Item = Cue> {
    let verbs = FILLS.words().chain(EDITS.words()).map(|verb| match verb.split_once('+') {
        // Of two words the longer has the fewer texts.
        Some((first, second)) if second.len() > first.len() => Cue::whole(second),
        Some((first, _)) => Cue::leading(first),
        None => Cue::leading(verb),
    });
    let stems = [
        "infogas",
        "läggs",
        "anvisning",
        "instruktion",
        "kursiv",
        "markerad",
        "skrivas",
        "formuleras",
        "klistras",
        "fylls",
        "skrivs",
    ];
    let stems = ABOUT_TEMPLATE.words().chain(stems).map(Cue::stem);
    verbs.chain(stems).chain(
        [
            "ni",
            "du",
            "stämmer",
            "mall",
            "mallen",
            "tecken",
            "rader",
            "strykas",
            "läggas",
            "anpassas",
            "text",
            "texten",
            "skribenten",
            "handläggaren",
        ]
        .map(Cue::whole),
    )
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::super::tokens::{sentences, tokens};
    use super::*;

    fn is_asked(text: &str) -> bool {
        let folded = Folded::of(text);
        sentences(&folded, &tokens(&folded)).iter().any(|sentence| asked(sentence).is_some())
    }

    #[test]
    fn a_template_asks_and_an_agreement_does_not() {
        for text in [
            "Stryk det alternativ som inte är tillämpligt.",
            "Lägg gärna till text om lokalen.",
            "Kommunens logotyp infogas här",
            "Här ska ni beskriva vad föreningen bidrar med.",
            "Ska vi ha kvar denna mening?",
        ] {
            assert!(is_asked(text), "{text}");
        }
        for text in [
            "Ange ditt ärende när du ringer.",
            "Skriv till kommunen för att anmäla er.",
            "Parterna kan ändra texten i bilaga 1.",
            "Föreningen ska ange mål för varje år.",
            "Vem ansvarar för nycklarna?",
        ] {
            assert!(!is_asked(text), "{text}");
        }
    }
}
