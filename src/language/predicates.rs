//! What a sentence says of the agreement or its term: that it lasts, begins or ends.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::numbers::in_words;
use super::word_list::{ByFirstByte, WordList};

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
pub(super) const FORMS: &[(&str, Verb)] = &[
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
    ("bedrivas", Verb::Lasts),
    ("genomföras", Verb::Lasts),
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
    ("är på", Verb::Lasts),
    ("äga giltighet", Verb::Lasts),
    ("tillämpas", Verb::Lasts),
    ("fortgå", Verb::Lasts),
    ("fortlöpa", Verb::Lasts),
    ("är löpande", Verb::Lasts),
    ("räknas", Verb::Lasts),
    ("ingånget", Verb::IsMade),
    ("ingången", Verb::IsMade),
    ("ha giltighet", Verb::Lasts),
    ("äga bestånd", Verb::Lasts),
    ("vara", Verb::IsMade),
    ("bestå", Verb::Lasts),
    ("avslutas", Verb::Ends),
    ("påbörjas", Verb::Begins),
    ("begränsas", Verb::IsMade),
    ("är begränsat", Verb::IsMade),
    ("är begränsad", Verb::IsMade),
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
    ("förblir gällande", Verb::Lasts),
    ("förblir i kraft", Verb::Lasts),
    ("förblir giltigt", Verb::Lasts),
    ("är verksamt", Verb::Lasts),
    ("fortsätter", Verb::Lasts),
    ("vara i kraft", Verb::Lasts),
    ("upphör att gälla", Verb::Ends),
    ("avvecklas", Verb::Ends),
    ("fortsätter att gälla", Verb::Lasts),
    ("fortsätter gälla", Verb::Lasts),
    ("håller ihop", Verb::Lasts),
    ("är avtalat", Verb::IsMade),
    ("har avtalats", Verb::IsMade),
    ("ingås med giltighet", Verb::Lasts),
    ("tecknas med giltighet", Verb::Lasts),
];

/// What goes between a subject and its verb.
static ADVERBS: WordList = WordList::new(
    "annars då alltjämt fortsatt vidare även härmed därmed således alltså därför ska skall därigenom",
);

/// Verbs of the parties that make an agreement.
pub(super) static MAKES: WordList = WordList::new(
    "ingår ingå bundna skriver tecknar teckna sluter träffar samverkar samverka samarbetar samarbeta förbinder ingått \
    binder åtar ihop tillsammans tecknat slutit träffat skrivit enats överens",
);

/// The endings of words that say how long something is.
pub(super) const LONG: &[&str] = &[
    "årig",
    "årsavtal",
    "årsöverenskommelse",
    "års-iop",
    "årspartnerskap",
    "månaders",
    "årsperiod",
    "månadersperiod",
];

/// Names of a time that is the agreement's where nothing else is named, and of its first and last day.
pub(super) static TIMES: WordList =
    WordList::new("tiden perioden sista slutdatum slutdag startdatum startdag avtalsstart start");

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

/// The words with which they begin: hardly a word of a text is one.
static FIRSTS: LazyLock<ByFirstByte> = LazyLock::new(|| ByFirstByte::of(BY_FIRST.keys().copied()));

/// The verb with which words begin, and what follows it.
pub(super) fn form<'a, 'b>(words: &'a [&'b str]) -> Option<(Verb, &'a [&'b str])> {
    let first = words.first().filter(|first| FIRSTS.has(first))?;
    let forms = BY_FIRST.get(first)?;
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
pub(super) fn predicate<'a, 'b>(words: &'a [&'b str], copula: Option<Verb>) -> Option<(Verb, &'a [&'b str])> {
    let skipped = words.iter().take_while(|word| ADVERBS.has(word)).count();
    let words = words.get(skipped..)?;
    let words = match words {
        ["är", "tänkt" | "planerat" | "avsett", "att", rest @ ..] => rest,
        ["föreslås" | "avses" | "beräknas" | "planeras", rest @ ..]
        | ["kommer" | "avser", "att", rest @ ..] => rest,
        _ => words,
    };
    // "Avtalstiden ska vara tre år" says how long it is.
    let is_copula = copula.is_some() && words.first() == Some(&"vara");
    if let Some((verb, rest)) = form(words).filter(|_| !is_copula) {
        return Some((verb, rest));
    }
    let is_term = copula == Some(Verb::Lasts);
    match (words, copula) {
        (
            [
                "har" | "är" | "blir",
                "bestämts" | "satts" | "avtalats" | "bestämd" | "satt" | "bestämt" | "fastställd"
                | "fastställts" | "begränsad" | "begränsats" | "utsatt",
                rest @ ..,
            ]
            | [
                "uppgår" | "uppgå" | "sätts" | "bestäms" | "infaller" | "beräknas" | "fastställs" | "vara"
                | "är" | "blir" | ":" | "–" | "-" | "|" | "=",
                rest @ ..,
            ],
            Some(verb),
        ) => Some((verb, rest)),
        (["den" | "vid", ..], Some(verb @ (Verb::Begins | Verb::Ends))) => Some((verb, words)),
        ([":" | "|", rest @ ..], _) => Some((Verb::Lasts, rest)),
        (["har", "inget" | "ingen", ..] | ["är", "inte", ..], _) => Some((Verb::Lasts, words.get(1..)?)),
        (["saknar", "slutdatum" | "slutdag" | "sluttid", ..], _) => Some((Verb::Lasts, words)),
        (["om" | "på" | "av", rest @ ..], _) if is_term => Some((Verb::Lasts, rest)),
        ([first, ..], _)
            if is_term
                && (matches!(*first, "(" | "," | "från" | "fr.o.m.")
                    || in_words(first).is_some()
                    || first.starts_with(|letter: char| letter.is_ascii_digit())) =>
        {
            Some((Verb::None, words))
        }
        _ => None,
    }
}
