//! Words of a text that belong to a purchase.

use std::ops::Range;
use std::sync::LazyLock;

use super::cues::Cue;
use super::fold::Folded;
use super::nouns::{is_form_of, is_indefinite};
use super::tokens::{Sentence, sentences, tokens};
use super::trade::{DENIALS, bought};
use super::word_list::{ByFirstByte, WordList};
use super::words::PURCHASE;

/// A word that belongs to a purchase, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseWord {
    /// The word, folded.
    pub word: String,
    /// The bytes of the text.
    pub range: Range<usize>,
}

static NOUNS: LazyLock<ByFirstByte> = LazyLock::new(|| by_first_byte(&PURCHASE.nouns));
static PHRASES: LazyLock<ByFirstByte> = LazyLock::new(|| by_first_byte(&PURCHASE.phrases));

fn by_first_byte(words: &'static [String]) -> ByFirstByte {
    ByFirstByte::of(words.iter().map(String::as_str))
}

/// What may go between a denial and its noun.
static BEFORE_NOUN: WordList = WordList::new(
    "en ett någon något några som den det mellan fråga om rollen roll rollerna relation kallas rätt till",
);

/// What makes all that follows in a sentence another thing than this agreement.
const CONTRASTS: &[&[&str]] = &[
    &["till", "skillnad", "från"],
    &["i", "stället", "för"],
    &["istället", "för"],
    &["snarare", "än"],
    &["alternativ", "till"],
    &["annat", "än"],
    &["ingen", "av"],
    &["inte", "den"],
    &["inte", "fråga", "om"],
    &["inte", "om", "ett"],
    &["skiljer", "sig", "från"],
    &["till", "skillnad", "mot"],
    &["som", "om"],
    &["inget", "köp"],
    &["lagen", "om"],
    &["inte", "som", "ett"],
    &["i", "motsats", "till"],
    &["karaktär", "av"],
    &["undviker"],
    &["hellre", "än"],
    &["istället"],
    &["vill", "bli"],
    &["att", "betrakta", "som"],
];

/// Without one of these a text has none.
#[must_use]
pub fn cues() -> Vec<Cue> {
    let words = &*PURCHASE;
    // "Utförare" is also found in "utförarna".
    let nouns = words.nouns.iter().map(|noun| Cue::stem(noun.strip_suffix('e').unwrap_or(noun)));
    let verbs = words.pair.iter().flat_map(|pair| &pair.verbs).map(|verb| Cue::whole(verb));
    let phrases = words.phrases.iter().map(|phrase| Cue::of_phrase(phrase));
    let heads = words.heads.iter().map(|head| Cue::part(head.strip_suffix('e').unwrap_or(head)));
    let mut cues: Vec<Cue> = nouns.chain(heads).chain(verbs).chain(phrases).collect();
    cues.sort();
    cues.dedup();
    cues
}

/// The purchase words of a text, in its order. What denies that it is a purchase has none.
#[must_use]
pub fn words(text: &str) -> Vec<PurchaseWord> {
    let folded = Folded::of(text);
    let tokens = tokens(&folded);
    let mut found = Vec::new();
    for sentence in sentences(&folded, &tokens) {
        found.extend(of_sentence(&sentence).into_iter().map(|at| {
            let place = sentence.place(at.clone());
            PurchaseWord {
                word: sentence.words.get(at).unwrap_or_default().join(" "),
                range: folded.origin(place),
            }
        }));
    }
    found
}

fn of_sentence(sentence: &Sentence<'_>) -> Vec<Range<usize>> {
    let words = sentence.words.as_slice();
    let mut found: Vec<Range<usize>> = Vec::new();
    // Whether the purchase word before was denied: "varken beställare eller utförare" denies both.
    let mut was_denied = None;
    for (at, word) in words.iter().enumerate() {
        let before = words.get(..at).unwrap_or_default();
        if let Some(stem) = noun_of(word) {
            let goes_on = matches!(before, [.., "eller" | "och"])
                && at.checked_sub(2).is_some_and(|last| was_denied == Some(last));
            // "Om inte leverantören …" denies nobody the role.
            if is_indefinite(stem, word) && (is_denied_before(before) || is_own_affair(before))
                || (goes_on || is_denied(before)) && is_indefinite(stem, word)
            {
                was_denied = Some(at);
                continue;
            }
            let is_others =
                is_of_others(before) || is_role(stem) && is_indefinite(stem, word) && !is_ascribed(before);
            if !is_others {
                found.push(at..at + 1);
            }
        } else if let Some(end) =
            phrase(words, at).or_else(|| bought(words, at)).filter(|_| !is_denied(before))
        {
            found.push(at..end);
        }
    }
    found.retain(|at| !is_contrasted(words.get(..at.start).unwrap_or_default()));
    if words.iter().any(|word| word.starts_with("förelägg")) {
        found.clear();
    }
    found
}

/// The noun of which a word is a form, or whose last part is one.
fn noun_of(word: &str) -> Option<&'static str> {
    let whole = NOUNS.alike(word).iter().find(|stem| is_form_of(stem, word)).copied();
    let last = || {
        PURCHASE.heads.iter().find(|head| {
            word.find(head.trim_end_matches('e'))
                .is_some_and(|at| at > 2 && word.get(at..).is_some_and(|part| is_form_of(head, part)))
        })
    };
    whole.or_else(|| last().map(String::as_str))
}

/// Whether a noun says who somebody is.
fn is_role(stem: &str) -> bool {
    ["are", "ör", "ant", "konsult"].iter().any(|ending| stem.ends_with(ending))
}

/// Whether somebody is said to be what follows, or a sentence begins with it: "är leverantör", "en entreprenör driver". "Av lokala
/// leverantörer" speaks of others.
fn is_ascribed(before: &[&str]) -> bool {
    let before = match before {
        [rest @ .., "en" | "ett" | "både" | "dels"] => rest,
        _ => before,
    };
    match before {
        []
        | [
            ..,
            "är" | "som" | "blir" | "vara" | "(" | "," | "kallad" | "kallas" | "benämnd" | "mellan"
            | "rollen" | "utgör" | "eller" | "såsom" | ":",
        ] => true,
        [.., role, "och"] => noun_of(role).is_some(),
        _ => false,
    }
}

/// Where a fixed expression ends that begins here.
fn phrase(words: &[&str], at: usize) -> Option<usize> {
    let rest = words.get(at..)?;
    PHRASES.alike(rest.first()?).iter().find_map(|phrase| {
        let count = phrase.split(' ').count();
        (rest.len() >= count && phrase.split(' ').zip(rest).all(|(word, other)| word == *other))
            .then_some(at + count)
    })
}

/// Whether words end by denying the noun that follows: "är inte", "är ingen", "är inte någon".
fn is_denied(before: &[&str]) -> bool {
    let denial = before.iter().rev().find(|word| !BEFORE_NOUN.has(word));
    denial.is_some_and(|word| DENIALS.has(word))
}

/// Whether something earlier in the sentence is denied, and nothing turns it: "parterna ska inte uppfattas som köpare".
fn is_denied_before(before: &[&str]) -> bool {
    let Some(denial) = before.iter().rposition(|word| DENIALS.has(word)) else { return false };
    let (passed, after) =
        (before.get(..denial).unwrap_or_default(), before.get(denial..).unwrap_or_default());
    let is_condition = matches!(passed, [.., "om" | "såvida"]);
    !is_condition
        && !after.iter().any(|word| matches!(*word, "men" | "utan" | "," | "får") && *word != before[denial])
}

/// Whether it is an organisation's own affair: "föreningen anlitar en konsult".
fn is_own_affair(before: &[&str]) -> bool {
    let verbs = [
        "anlitar",
        "anlita",
        "köper",
        "beställer",
        "väljer",
        "handlar",
        "tar",
        "begär",
        "hämtar",
        "betalar",
        "har",
        "jämför",
        "byter",
    ];
    let verb = before.iter().rposition(|word| verbs.contains(word));
    let subject = verb.and_then(|verb| before.get(..verb)).unwrap_or_default();
    subject.iter().rev().take(4).any(|word| PURCHASE.buys_itself.iter().any(|own| own == word))
}

/// Whether words say that what follows is what this agreement is not.
fn is_contrasted(before: &[&str]) -> bool {
    CONTRASTS.iter().any(|contrast| before.windows(contrast.len()).any(|words| words == *contrast))
        || matches!(before.first(), Some(&("ingen" | "ingendera"))) && before.contains(&"är")
}

/// Whether a role is somebody else's: "föreningens leverantörer", "unga entreprenörer".
fn is_of_others(before: &[&str]) -> bool {
    PURCHASE.not_after.iter().any(|words| {
        let count = words.split(' ').count();
        let last = before.get(before.len().saturating_sub(count)..).unwrap_or_default();
        last.iter().copied().eq(words.split(' '))
    }) || matches!(before, [.., "företagare", "och"])
}
