//! What a sentence says of the agreement or its term: that it lasts, begins or ends.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::cues::Cue;
use super::subjects::{TERMS, TERMS_OF};
use super::word_list::WordList;

/// What is said of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// That it lasts.
    Lasts,
    /// That it is made for a time, which "för" or "på" goes before.
    IsMade,
    /// When it begins.
    Begins,
    /// When it ends.
    Ends,
    /// Nothing: the term is named with its years, "under avtalsperioden 2024–2026".
    None,
}

/// What an agreement does, in the forms that say so. Of several words the longest decides whether a text is read.
const FORMS: &[(&str, Verb)] = &[
    ("löper ut", Verb::Ends),
    ("löpa ut", Verb::Ends),
    ("upphör", Verb::Ends),
    ("upphöra", Verb::Ends),
    ("går ut", Verb::Ends),
    ("avslutas", Verb::Ends),
    ("slutar", Verb::Ends),
    ("slutar gälla", Verb::Ends),
    ("träder i kraft", Verb::Begins),
    ("träda i kraft", Verb::Begins),
    ("träder ikraft", Verb::Begins),
    ("träda ikraft", Verb::Begins),
    ("börjar gälla", Verb::Begins),
    ("börja gälla", Verb::Begins),
    ("börjar löpa", Verb::Begins),
    ("börja löpa", Verb::Begins),
    ("gäller först", Verb::Begins),
    ("inleds", Verb::Begins),
    ("inledas", Verb::Begins),
    ("startar", Verb::Begins),
    ("starta", Verb::Begins),
    ("påbörjas", Verb::Begins),
    ("tar sin början", Verb::Begins),
    ("börjar", Verb::Begins),
    ("gäller", Verb::Lasts),
    ("gälla", Verb::Lasts),
    ("löper", Verb::Lasts),
    ("löpa", Verb::Lasts),
    ("pågår", Verb::Lasts),
    ("pågå", Verb::Lasts),
    ("omfattar", Verb::Lasts),
    ("omfatta", Verb::Lasts),
    ("sträcker sig", Verb::Lasts),
    ("sträcka sig", Verb::Lasts),
    ("varar", Verb::Lasts),
    ("består", Verb::Lasts),
    ("är giltig", Verb::Lasts),
    ("är giltigt", Verb::Lasts),
    ("vara giltig", Verb::Lasts),
    ("vara giltigt", Verb::Lasts),
    ("äger giltighet", Verb::Lasts),
    ("har giltighet", Verb::Lasts),
    ("är i kraft", Verb::Lasts),
    ("är gällande", Verb::Lasts),
    ("är bindande", Verb::Lasts),
    ("har en löptid", Verb::Lasts),
    ("har en giltighetstid", Verb::Lasts),
    ("har en avtalstid", Verb::Lasts),
    ("har en avtalsperiod", Verb::Lasts),
    ("har en varaktighet", Verb::Lasts),
    ("har en längd", Verb::Lasts),
    ("är tidsbegränsat", Verb::IsMade),
    ("är tidsbegränsad", Verb::IsMade),
    ("tidsbegränsas", Verb::IsMade),
    ("tecknas", Verb::IsMade),
    ("ingås", Verb::IsMade),
    ("sluts", Verb::IsMade),
    ("träffas", Verb::IsMade),
    ("upprättas", Verb::IsMade),
    ("skrivs", Verb::IsMade),
    ("är tecknat", Verb::IsMade),
    ("är tecknad", Verb::IsMade),
    ("är slutet", Verb::IsMade),
    ("är sluten", Verb::IsMade),
    ("är ingånget", Verb::IsMade),
    ("är ingången", Verb::IsMade),
    ("är träffad", Verb::IsMade),
    ("har tecknats", Verb::IsMade),
    ("har ingåtts", Verb::IsMade),
    ("har slutits", Verb::IsMade),
    ("har träffats", Verb::IsMade),
    ("genomförs", Verb::Lasts),
    ("bedrivs", Verb::Lasts),
    ("förfaller", Verb::Ends),
    ("är slut", Verb::Ends),
    ("skrivs under", Verb::IsMade),
    ("är bestämt", Verb::IsMade),
    ("är bestämd", Verb::IsMade),
    ("bestäms", Verb::IsMade),
    ("ingått", Verb::IsMade),
    ("är upprättat", Verb::IsMade),
    ("är upprättad", Verb::IsMade),
    ("avser", Verb::Lasts),
    ("gäller fullt ut", Verb::Lasts),
    ("gäller som längst", Verb::Lasts),
    ("gäller längst", Verb::Lasts),
    ("fortgår", Verb::Lasts),
    ("fortlöper", Verb::Lasts),
    ("är i gång", Verb::Lasts),
    ("trätt i kraft", Verb::Begins),
    ("tar slut", Verb::Ends),
    ("ta slut", Verb::Ends),
    ("avslutas senast", Verb::Ends),
    ("är aktivt", Verb::Lasts),
    ("har tagits fram", Verb::IsMade),
    ("har upprättats", Verb::IsMade),
    ("har en giltighet", Verb::Lasts),
    ("äger bestånd", Verb::Lasts),
    ("binder parterna", Verb::Lasts),
    ("är bindande för parterna", Verb::Lasts),
    ("planeras pågå", Verb::Lasts),
    ("ingås med giltighet", Verb::Lasts),
    ("tecknas med giltighet", Verb::Lasts),
];

/// What goes between a subject and its verb.
static ADVERBS: WordList = WordList::new("härmed därmed således alltså därför ska skall därigenom");

/// Verbs of the parties that make an agreement.
pub(super) static MAKES: WordList = WordList::new(
    "ingår ingå tecknar teckna sluter träffar samverkar samverka samarbetar samarbeta förbinder ingått \
    binder åtar tecknat slutit träffat skrivit enats överens",
);

/// The endings of words that say how long something is.
const LONG: &[&str] = &["årig", "årsavtal", "årsöverenskommelse", "månaders", "årsperiod", "månadersperiod"];

/// Names of a time that is the agreement's where nothing else is named, and of its first and last day.
static TIMES: WordList =
    WordList::new("tiden perioden sista slutdatum slutdag startdatum startdag avtalsstart start");

/// Whether words hold one of those without which a text says nothing of how long the agreement lasts.
pub(super) fn has_cue(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        TIMES.has(word)
            || TERMS.has(word)
            || TERMS_OF.has(word)
            || MAKES.has(word)
            || LONG.iter().any(|part| word.contains(part))
            || words.get(at..).and_then(form).is_some()
    })
}

/// Without one of these a text says nothing of how long the agreement lasts.
#[must_use]
pub(super) fn cues() -> Vec<Cue> {
    let forms = FORMS.iter().map(|(form, _)| Cue::of_phrase(form));
    let makes = MAKES.words().chain(TIMES.words()).map(Cue::whole);
    let long = LONG.iter().copied().map(Cue::part);
    let terms = TERMS.words().map(Cue::stem);
    // "Avtalets tid är tre år"
    let terms_of = TERMS_OF.words().map(Cue::whole);
    let mut cues: Vec<Cue> = forms.chain(makes).chain(long).chain(terms).chain(terms_of).collect();
    cues.sort();
    cues.dedup();
    cues
}

/// A form, as its words.
type Form = (Vec<&'static str>, Verb);

/// The forms by their first word, the longest first.
static BY_FIRST: LazyLock<BTreeMap<&str, Vec<Form>>> = LazyLock::new(|| {
    let mut by_first: BTreeMap<&str, Vec<Form>> = BTreeMap::new();
    for (form, verb) in FORMS {
        let words: Vec<&str> = form.split(' ').collect();
        by_first.entry(words.first().copied().unwrap_or_default()).or_default().push((words, *verb));
    }
    for forms in by_first.values_mut() {
        forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    by_first
});

/// The verb with which words begin, and what follows it.
pub(super) fn form<'a, 'b>(words: &'a [&'b str]) -> Option<(Verb, &'a [&'b str])> {
    let forms = BY_FIRST.get(words.first()?)?;
    forms.iter().find_map(|(form, verb)| Some((*verb, words.strip_prefix(form.as_slice())?)))
}

/// The verb with a subject in the middle of it: "träder avtalet i kraft", "löper avtalet ut".
#[must_use]
pub(super) fn around<'a, 'b>(verb: &str, after: &'a [&'b str]) -> Option<(Verb, &'a [&'b str])> {
    match (verb, after) {
        ("träder", ["i", "kraft", rest @ ..] | ["ikraft", rest @ ..]) => Some((Verb::Begins, rest)),
        ("börjar", ["gälla" | "löpa", rest @ ..]) => Some((Verb::Begins, rest)),
        ("löper" | "går", ["ut", rest @ ..]) => Some((Verb::Ends, rest)),
        ("upphör", ["att", "gälla", rest @ ..]) => Some((Verb::Ends, rest)),
        ("sträcker", ["sig", rest @ ..]) => Some((Verb::Lasts, rest)),
        ("är", ["giltigt" | "giltig", rest @ ..]) => Some((Verb::Lasts, rest)),
        (verb, rest) => form(&[verb]).map(|(verb, _)| (verb, rest)),
    }
}

/// What a subject does, and what follows the verb.
#[must_use]
pub(super) fn predicate<'a, 'b>(words: &'a [&'b str], is_term: bool) -> Option<(Verb, &'a [&'b str])> {
    let skipped = words.iter().take_while(|word| ADVERBS.has(word)).count();
    let words = words.get(skipped..)?;
    let words = match words {
        ["är", "tänkt" | "planerat" | "avsett", "att", rest @ ..] => rest,
        ["föreslås" | "avses" | "beräknas" | "planeras", rest @ ..]
        | ["kommer" | "avser", "att", rest @ ..] => rest,
        _ => words,
    };
    if let Some((verb, rest)) = form(words) {
        return Some((verb, rest));
    }
    match words {
        ["vara" | "är" | "blir" | ":" | "–" | "-" | "|" | "=", rest @ ..]
        | ["uppgår" | "uppgå" | "sätts" | "bestäms", "till", rest @ ..]
        | [
            "har" | "är",
            "bestämts" | "satts" | "avtalats" | "bestämd" | "satt" | "bestämt",
            "till",
            rest @ ..,
        ] if is_term => Some((Verb::Lasts, rest)),
        [":" | "|", rest @ ..] => Some((Verb::Lasts, rest)),
        ["har", "inget" | "ingen", ..] | ["är", "inte", ..] => Some((Verb::Lasts, words.get(1..)?)),
        ["saknar", "slutdatum" | "slutdag"] => Some((Verb::Lasts, words)),
        ["om" | "på" | "av", rest @ ..] if is_term => Some((Verb::Lasts, rest)),
        [first, ..]
            if is_term
                && (matches!(*first, "(" | "," | "från" | "fr.o.m.")
                    || first.starts_with(|letter: char| letter.is_ascii_digit())) =>
        {
            Some((Verb::None, words))
        }
        _ => None,
    }
}
