//! Words of a text that belong to a purchase.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::cues::Cue;
use super::denial::Denials;
use super::fold::Folded;
use super::nouns::{is_form_of, is_indefinite};
use super::tokens::{Sentence, sentences, tokens};
use super::trade::{OTHER_DEALS, bought, deal, price};
use super::word_list::ByFirstByte;
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
static FIRSTS: LazyLock<ByFirstByte> = LazyLock::new(|| by_first_byte(&PURCHASE.firsts));
static PHRASES: LazyLock<ByFirstByte> = LazyLock::new(|| by_first_byte(&PURCHASE.phrases));

/// The heads, of which hardly a word has any.
static HEADS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let stems = PURCHASE.heads.iter().map(|head| stem_of(head));
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(stems).ok()
});

fn by_first_byte(words: &'static [String]) -> ByFirstByte {
    ByFirstByte::of(words.iter().map(String::as_str))
}

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
    let heads = heads.chain(words.firsts.iter().map(|first| Cue::stem(first)));
    let heads = heads.chain(super::trade::cues());
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
    let denials = LazyCell::new(|| Denials::of(words));
    for (at, word) in words.iter().enumerate() {
        let before = words.get(..at).unwrap_or_default();
        if let Some(stem) = noun_of(word) {
            let names_nobody = is_indefinite(stem, word) || is_compound(stem, word) && !is_definite(word);
            // "Om inte leverantören …" denies nobody the role.
            let is_not = matches!(before, [.., "är" | "vara", "inte" | "ej"]);
            let is_denied = is_not
                || names_nobody
                    && (denials.is_denied(at) || denials.is_rejected(at) || is_own_affair(before));
            let is_others = is_of_others(words, at) || is_role(stem) && names_nobody && !is_ascribed(before);
            if !is_denied && !is_others && !denials.is_unreal(at) {
                found.push(at..at + 1);
            }
        } else if let Some(end) = phrase(words, at)
            .filter(|_| !words.iter().any(|word| OTHER_DEALS.begins(word)))
            .or_else(|| bought(words, at))
            .or_else(|| deal(words, at))
            .or_else(|| price(words, at))
            .filter(|_| {
                !denials.is_denied(at)
                    && !denials.is_rejected(at)
                    && !denials.is_unreal(at)
                    && !denials.is_condition(at)
                    && !denials.was_considered(at)
                    && !denials.was_once(at)
            })
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
        if !HEADS.as_ref().is_none_or(|heads| heads.is_match(word)) {
            return None;
        }
        PURCHASE.heads.iter().find(|head| {
            let stem = stem_of(head);
            word.len() > stem.len() + 2
                && word
                    .find(stem)
                    .is_some_and(|at| at > 2 && word.get(at..).is_some_and(|part| is_form_of(head, part)))
        })
    };
    let first = || {
        let is_other = || PURCHASE.other_compounds.iter().any(|other| word.starts_with(other.as_str()));
        let mut firsts = FIRSTS.alike(word).iter().copied();
        firsts.find(|first| word.starts_with(first) && word.len() > first.len() + 1).filter(|_| !is_other())
    };
    whole.or_else(|| last().map(String::as_str)).or_else(first)
}

/// What all forms of a noun have that is the last part of others.
fn stem_of(head: &str) -> &str {
    head.trim_end_matches('e')
}

/// Whether a word is longer than the noun found in it, whatever its ending.
fn is_compound(stem: &str, word: &str) -> bool {
    !is_form_of(stem, word)
}

fn is_definite(word: &str) -> bool {
    ["en", "et", "na", "ens", "ets", "nas", "ns"].iter().any(|ending| word.ends_with(ending))
}

/// Whether a noun says who somebody is.
fn is_role(stem: &str) -> bool {
    // Who bids does it for a contract.
    stem != "anbudsgivare" && ["are", "ör", "ant", "konsult"].iter().any(|ending| stem.ends_with(ending))
}

/// Whether somebody is said to be what follows, or a sentence begins with it: "är leverantör", "en entreprenör driver". "Av lokala
/// leverantörer" speaks of others.
fn is_ascribed(before: &[&str]) -> bool {
    // "Är antagen leverantör", "är en lokal leverantör"
    let is_adjective = |word: &&&str| {
        matches!(**word, "en" | "ett" | "både" | "dels")
            || word.len() > 4
                && ["ad", "en", "agd", "ig", "sk", "al", "lig"].iter().any(|ending| word.ends_with(ending))
    };
    let skipped = before.iter().rev().take(2).take_while(is_adjective).count();
    let before = before.get(..before.len() - skipped).unwrap_or_default();
    if matches!(before, [.., "egenskap", "av"] | [.., "är" | "vara" | "som", "kommunens"]) {
        return true;
    }
    match before {
        []
        | [
            ..,
            "är" | "som" | "blir" | "vara" | "(" | "," | "kallad" | "kallas" | "benämnd" | "benämns"
            | "respektive" | "fortsättningsvis" | "nedan" | "mellan" | "rollen" | "utgör" | "eller" | "såsom"
            | ":",
        ] => true,
        [.., role, "och"] => noun_of(role).is_some(),
        _ => false,
    }
}

/// Where a fixed expression ends that begins here.
fn phrase(words: &[&str], at: usize) -> Option<usize> {
    let rest = words.get(at..)?;
    let first = rest.first()?;
    let phrases = PHRASES.alike(first).iter();
    let mut begin_so =
        phrases.filter(|phrase| phrase.strip_prefix(*first).is_some_and(|more| more.starts_with(' ')));
    begin_so.find_map(|phrase| {
        let count = phrase.split(' ').count();
        (rest.len() >= count && phrase.split(' ').zip(rest).all(|(word, other)| word == *other))
            .then_some(at + count)
    })
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
    // "Har vunnit upphandlingen" says what was done.
    let is_done = |at: usize| {
        before
            .get(at + 1)
            .is_some_and(|next| next.len() > 3 && ["it", "at", "tt"].iter().any(|end| next.ends_with(end)))
    };
    let verb = (0..before.len())
        .rev()
        .find(|at| verbs.contains(&before[*at]) && !(before[*at] == "har" && is_done(*at)));
    let subject = verb.and_then(|verb| before.get(..verb)).unwrap_or_default();
    subject.iter().rev().take(4).any(|word| PURCHASE.buys_itself.iter().any(|own| own == word))
}

/// Whether words say that what follows is what this agreement is not.
fn is_contrasted(before: &[&str]) -> bool {
    CONTRASTS.iter().any(|contrast| before.windows(contrast.len()).any(|words| words == *contrast))
        || matches!(before.first(), Some(&("ingen" | "ingendera"))) && before.contains(&"är")
}

/// Whether a role is somebody else's: "föreningens leverantörer", "unga entreprenörer".
fn is_of_others(words: &[&str], at: usize) -> bool {
    let (before, after) = (words.get(..at).unwrap_or_default(), words.get(at + 1..).unwrap_or_default());
    // What is usual says nothing of this agreement: "det som en beställare normalt bestämmer".
    let is_usual = words.iter().any(|word| {
        matches!(*word, "normalt" | "vanligtvis" | "vanligen" | "brukar" | "vanlig" | "traditionell")
    });
    let is_of_goods =
        words.get(at).is_some_and(|word| word.starts_with("köpare") || word.starts_with("säljare"))
            && matches!(after, ["av", what, ..] if !what.contains("tjänst") && !what.contains("plats"));
    let is_described = matches!(after, ["som", verb, ..] if verb.ends_with('s') || verb.ends_with('t') || verb.ends_with("er"));
    let of_premises = matches!(after, ["för" | "av" | "till" | "om", what, ..] if what.starts_with("lokal"));
    if is_usual
        || is_of_goods
        || is_described
        || of_premises
        || words.iter().any(|word| OTHER_DEALS.begins(word))
    {
        return true;
    }
    let is_elsewhere = before.iter().any(|word| matches!(*word, "yrken" | "yrke" | "yrket" | "drömmer"))
        || words.windows(2).any(|pair| matches!(pair, ["separat" | "annat" | "särskilt", "avtal"]));
    if is_elsewhere
        || matches!(after, ["som", whose, ..] if whose.ends_with("ens"))
        || matches!(after, ["till" | "åt" | "hos", "föreningen" | "organisationen" | "stiftelsen", ..])
            && before.is_empty()
    {
        return true;
    }
    // What the organisation offers is offered to the municipality.
    if words.get(at).is_some_and(|word| word.starts_with("anbud") || word.starts_with("offert"))
        && before.last() == Some(&"föreningens")
    {
        return false;
    }
    PURCHASE.not_after.iter().any(|words| {
        let count = words.split(' ').count();
        let last = before.get(before.len().saturating_sub(count)..).unwrap_or_default();
        last.iter().copied().eq(words.split(' '))
    }) || matches!(before, [.., "företagare", "och"])
}
