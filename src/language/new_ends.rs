//! What a text says of a new last day: that the agreement is extended until then, or that its end becomes another.

use std::ops::Range;

use super::cues::Cue;
use super::days::point;
use super::fold::Folded;
use super::periods::day_of;
use super::tokens::{Sentence, sentences, tokens};
use super::word_list::WordList;
use crate::date::PartialDate;

/// A last day that a text gives the agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEnd {
    /// The day, or the month or year that it lies in.
    pub end: PartialDate,
    /// The bytes of the text that name it.
    pub range: Range<usize>,
}

/// What the agreement and its time are called.
static AGREEMENT: WordList = WordList::new(
    "avtalet avtalets överenskommelsen överenskommelsens partnerskapet partnerskapets samarbetet samarbetets samverkan \
     avtalstiden avtalstid avtalsperioden avtalsperiod giltighetstiden giltighetstid",
);
/// That it goes on.
static EXTENDS: WordList = WordList::new("förlängs förlänger förlänga fortsätter fortsätta");
/// What names the end.
static END: WordList = WordList::new("slutdatum slutdag slutdagen slutdatumet");
/// What makes the end another.
static BECOMES: WordList = WordList::new("ändras ersätts byts flyttas blir ny nytt nya är");
/// What of the text becomes another.
static WORDING: WordList = WordList::new("orden ordet datumet dagen texten");
/// What makes it a possibility, a condition, something that others do or that was.
static ONLY_POSSIBLE: WordList = WordList::new(
    "kan får kunna möjlighet möjligt möjligheten option optionen om ifall därest såvida när vid efter begära begär önskar önska \
     föreslår föreslås överväger planerar avser bör inte ej aldrig varken senast högst längst hade blev förlängdes tidigare \
     hyresavtalet hyresavtal hyran lokalen projektet bidraget",
);

/// Without one of these a text gives no new last day.
#[must_use]
pub fn cues() -> Vec<Cue> {
    let goes_on = EXTENDS.words().map(Cue::whole);
    let names = END.words().map(Cue::whole);
    let made = ["ersätts", "byts"].map(Cue::whole);
    let last = ["sista dag", "sista dagen"].map(Cue::of_phrase);
    goes_on.chain(names).chain(made).chain(last).collect()
}

/// The new last days that a text gives.
#[must_use]
pub fn new_ends(text: &str) -> Vec<NewEnd> {
    let folded = Folded::of(text);
    if !folded.text().bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = tokens(&folded);
    let of_sentence = |sentence: &Sentence<'_>| {
        let (end, at) = in_sentence(&sentence.words).filter(|_| !sentence.is_question)?;
        Some(NewEnd { end, range: folded.origin(sentence.place(at)) })
    };
    sentences(&folded, &tokens).iter().filter_map(of_sentence).collect()
}

fn in_sentence(words: &[&str]) -> Option<(PartialDate, Range<usize>)> {
    if words.iter().any(|word| ONLY_POSSIBLE.has(word)) {
        return None;
    }
    let has = |list: &WordList| words.iter().any(|word| list.has(word));
    let goes_on = has(&AGREEMENT) && has(&EXTENDS);
    let points = points(words);
    // "Orden 31 december 2025 ersätts med 31 december 2033"
    let is_replaced = words.iter().any(|word| matches!(*word, "ersätts" | "byts")) && points.len() > 1;
    let is_said = goes_on || names_end(words) && has(&BECOMES) || is_replaced && has(&WORDING);
    // Beside the new last day stand the old one, or that of a decision.
    points.into_iter().max_by_key(|(end, _)| day_of(*end, (1, 1))).filter(|_| is_said)
}

/// Whether the end is that of the agreement, and not the last day for something else.
fn names_end(words: &[&str]) -> bool {
    let after = (0..words.len()).filter_map(|at| match words.get(at..)? {
        ["sista", "dag" | "dagen", rest @ ..] => Some(rest),
        [word, rest @ ..] if END.has(word) => Some(rest),
        _ => None,
    });
    let mut own = after.filter(|rest| match rest {
        ["för", what, ..] => AGREEMENT.has(what),
        ["att", ..] => false,
        _ => true,
    });
    own.next().is_some()
}

/// The days, months and years that words name, in order.
fn points(words: &[&str]) -> Vec<(PartialDate, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let named = point(rest).and_then(|(point, after)| Some((point.as_end()?, words.len() - after.len())));
        let Some((end, next)) = named.filter(|(_, next)| *next > at) else {
            at += 1;
            continue;
        };
        found.push((end, at..next));
        at = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        new_ends(text).into_iter().map(|said| format!("{} {}", said.end, &text[said.range])).collect()
    }

    #[test]
    fn a_new_last_day_is_read_however_it_is_given() {
        for text in [
            "Avtalstiden förlängs till och med den 31 december 2033.",
            "Avtalet förlängs t.o.m. 2033-12-31.",
            "Slutdatum i avsnittet Avtalstid ändras till den 31 december 2033.",
            "Ny sista dag är den 31 december 2033.",
            "Orden 31 december 2025 ersätts med 31 december 2033.",
            "Kommunen åtar sig att förlänga avtalet till och med den 31 december 2033.",
            "Samarbetet fortsätter till och med den 31 december 2033.",
            "Avtalet förlängs till och med den 31 december 2033 utan andra ändringar.",
            "Avtalet, som har gällt sedan 2024, förlängs till den 31 december 2033.",
            "Avtalet förlängs till den 31 december 2033 enligt nämndens beslut den 1 mars 2025.",
        ] {
            let ends: Vec<PartialDate> = new_ends(text).into_iter().map(|said| said.end).collect();
            let day = chrono::NaiveDate::from_ymd_opt(2033, 12, 31).unwrap();
            assert_eq!(ends, [PartialDate::Day(day)], "{text}");
        }
        assert_eq!(said("Avtalet förlängs till den 30 juni 2033."), ["2033-06-30 den 30 juni 2033"]);
        for text in [
            "Avtalet kan förlängas till och med den 31 december 2033.",
            "Om parterna är överens förlängs avtalet till och med 2033.",
            "Vid en förlängning gäller 2033 års belopp.",
            "Avtalet förlängs inte till 2033.",
            "Avtalet förlängdes till den 31 december 2023.",
            "Sista dag att lämna rapporten infaller i mars 2033.",
            "Beloppet 500 000 kronor ersätts med 900 000 kronor.",
            "Statsbidraget förlängs till och med 2027.",
            "Öppettiderna förlängs under sommarlovet 2026.",
            "Regeringens satsning på unga fortsätter till och med 2028.",
            "Föreningens avtal med hyresvärden förlängs till och med 2029.",
            "Parterna möts den 1 mars 2026 för att diskutera en eventuell förlängning.",
            "Ny sista dag för slutrapporten är den 31 mars 2026.",
            "Slutdagen för redovisningen är den 28 februari 2026.",
            "Socialnämnden fortsätter sitt arbete med frågan till 2030.",
            "Den 1 januari 2026 ersätts bilagan, och den nya gäller till den 31 januari 2026.",
            "Kontaktpersonen byts den 1 februari 2026 till 2027 års kontaktperson.",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }
}
