//! Verbs that buy or sell, with what is bought.

use std::sync::LazyLock;

use super::cues::Cue;
use super::denial::DENIALS;
use super::nouns::{is_compound_of, is_form_of};
use super::word_list::{ByFirstByte, WordList};
use super::words::{PURCHASE, PairWords};

/// So many words at most go between a verb and what it buys.
const BETWEEN: usize = 5;

/// So many words at most go between a verb and whom something is bought of or sold to.
const TO_OTHER: usize = 12;

/// How words end that name a body which buys for the public.
const PUBLIC: &str = "kommunen kommun nämnden staden förvaltningen regionen socialtjänsten beställaren köparen \
    kommunstyrelsen";

/// What ends the part of a sentence that a verb is about.
const ENDS: &[&str] = &[",", "men", ";", "eftersom", "när"];

/// All verbs that buy or sell.
static VERBS: LazyLock<ByFirstByte> = LazyLock::new(|| {
    let verbs = PURCHASE.pair.iter().flat_map(|pair| &pair.verbs);
    ByFirstByte::of(verbs.map(String::as_str))
});

/// Where what a verb buys or sells ends: "köper in verksamheten", "säljer sysselsättning till kommunen". What an organisation buys itself
/// is its own affair.
pub(super) fn bought(words: &[&str], at: usize) -> Option<usize> {
    let (before, verb) = (words.get(..at)?, words.get(at)?);
    if !VERBS.has(verb) {
        return None;
    }
    let pair = PURCHASE.pair.iter().find(|pair| is_of(&pair.verbs, verb))?;
    let after = words.get(at + 1..)?;
    let after = after.get(..after.iter().position(|word| ENDS.contains(word)).unwrap_or(after.len()))?;
    let object = after.iter().take(BETWEEN).position(|word| {
        pair.objects.iter().any(|object| is_form_of(object, word) || is_compound_of(object, word))
    });
    // "Tjänsten levereras av föreningen"
    let is_subject = verb.ends_with('s')
        && before.iter().rev().take(3).any(|word| {
            pair.objects.iter().any(|object| is_form_of(object, word) && *word != object.as_str())
        });
    let may_be = before.iter().any(|word| matches!(*word, "kan" | "skulle"))
        && words.iter().any(|word| matches!(*word, "om" | "sina" | "egna" | "ifall"));
    let is_of_others = words.iter().any(|word| matches!(*word, "andra" | "annan" | "annat"));
    if may_be || is_of_others {
        return None;
    }
    let until = after.get(..object.unwrap_or(after.len()).min(BETWEEN))?;
    let is_denied = until.iter().any(|word| DENIALS.has(word))
        || before.iter().any(|word| matches!(*word, "inte" | "ej" | "aldrig"))
            && before.first() != Some(&"om");
    if is_denied {
        return None;
    }
    let is_trade = if pair.buys {
        is_purchase(before, verb, after, object)
    } else {
        is_subject || is_sale(before, after, object, pair)
    };
    is_trade.then(|| at + object.map_or(1, |object| object + 2))
}

fn is_of(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one == word)
}

fn is_public(word: &str) -> bool {
    // An agreement in plain words is written by the municipality: "vi köper av er".
    matches!(word, "vi") || PUBLIC.split_whitespace().any(|body| word.ends_with(body))
}

/// Whether a word is an organisation by what it is, as in "Studieförbundet Lärkan", or whom the agreement speaks to.
fn is_organisation(word: &str) -> bool {
    matches!(word, "er" | "partnern")
        || ["föreningen", "förbundet", "stiftelsen", "jouren", "församlingen"]
            .iter()
            .any(|end| word.ends_with(end))
}

/// Whether a public body buys, and what it buys is something that an organisation does, or is bought of one.
fn is_purchase(before: &[&str], verb: &str, after: &[&str], object: Option<usize>) -> bool {
    let is_passive = verb.ends_with('s') || verb.ends_with('t');
    let actor = before
        .iter()
        .rev()
        .chain(after.first())
        .find(|word| is_public(word) || is_of(&PURCHASE.buys_itself, word));
    let buys = match actor {
        Some(actor) => is_public(actor),
        None => is_passive || before.is_empty(),
    };
    let sellers = after.windows(2).take(TO_OTHER);
    let is_bought_of = sellers
        .clone()
        .any(|pair| matches!(pair, ["av" | "från" | "hos", seller] if is_of(&PURCHASE.buys_itself, seller) || is_organisation(seller)));
    // "Köps in av kommunen"
    let by_public = sellers.clone().any(|pair| matches!(pair, ["av", buyer] if is_public(buyer)));
    (buys || is_bought_of) && (object.is_some() || is_bought_of && actor.is_none_or(|actor| is_public(actor)))
        || is_passive && by_public
}

/// Whether something that an organisation does is sold, or something is sold to a public body.
fn is_sale(before: &[&str], after: &[&str], object: Option<usize>, pair: &PairWords) -> bool {
    let people = ["ungdomarna", "deltagarna", "unga", "besökarna", "medlemmarna"];
    let to_public = after
        .windows(2)
        .take(TO_OTHER)
        .any(|words| matches!(words, ["till" | "åt", buyer] if is_public(buyer)));
    let is_sold = pair.verbs.first().is_some_and(|verb| verb != "utför") && to_public;
    let to_organisation = after
        .windows(2)
        .take(TO_OTHER)
        .any(|words| matches!(words, ["till" | "åt", whom] if is_organisation(whom)));
    !to_organisation && !before.iter().any(|word| people.contains(word)) && (object.is_some() || is_sold)
}

/// What a price is of where a purchase is made, or what is done with it.
static OF_PRICE: WordList = WordList::new(
    "moms mervärdesskatt mervärdesskatten exklusive indexeras justeras räknas offererat offererade avtalat avtalade \
    överenskommet fast fasta lägsta anbud uppdraget tjänsten tjänsterna tjänst prislista kommunen beställd beställda",
);

/// What is bought of or sold to others than the parties, and whatever it begins.
pub(super) static OTHER_DEALS: WordList = WordList::new(
    "fika kaffe porto hantverkar elbolag hyresvärd hyreskontrakt hyresavtal fastighet bussbolag byggf restaurang lokalhyr biljett entré",
);

/// Whose prices they are where nothing is bought of the organisation.
static OF_OTHERS: WordList = WordList::new(
    "biljett entré inträde deltagar besök medlem lotteri vinn vann tävl kiosk café vinnare hyra bästa självkostnad hederspris delas",
);

/// What is paid, and whatever it begins.
static OF_PAY: WordList = WordList::new("ersätt betal faktur pris debiter arvode kr kronor reklam");

/// Units of what is done, in which a purchase is counted.
static UNITS: WordList = WordList::new("dygn timme vårddygn boendedygn samtal");

/// Words without which nothing is a deal or has a price.
pub(super) fn cues() -> impl Iterator<Item = Cue> {
    // "Per dygn", "för varje utförd timme", where something is paid
    let by_piece = OF_PAY
        .words()
        .chain([":-"])
        .flat_map(|pay| ["per", "varje"].map(|each| Cue { with: Some(each.to_owned()), ..Cue::stem(pay) }));
    [
        "beställer",
        "fakturerar",
        "debiterar",
        "köp",
        "inköp",
        "anskaffning",
        "beställning",
        "upphandling",
        "försäljning",
        "leverans",
        "utförda",
        "utförd",
        "levererade",
        "levererad",
        "beställda",
        "beställd",
        "inköpta",
        "upphandlade",
        "avropade",
    ]
    .into_iter()
    .map(Cue::whole)
    .chain(std::iter::once(Cue::stem("pris")))
    .chain(by_piece)
}

/// Where a price ends that is one of a purchase: "offererat pris", "1 250 kr per dygn" that the municipality pays.
pub(super) fn price(words: &[&str], at: usize) -> Option<usize> {
    let word = words.get(at)?;
    let of_others = || words.iter().any(|word| OF_OTHERS.begins(word) || OTHER_DEALS.begins(word));
    if ["pris", "priset", "priser", "priserna"].contains(word) {
        let is_of = words.iter().any(|word| OF_PRICE.has(word))
            || words.windows(2).any(|pair| matches!(pair, ["per", unit] if UNITS.has(unit)));
        return (is_of && !of_others()).then_some(at + 1);
    }
    let rest = words.get(at..)?;
    let before = words.get(..at)?;
    let is_done = |word: &str| {
        word.len() > 4
            && ["ad", "rd", "lt", "dd", "nd", "ört", "at"].iter().any(|ending| word.ends_with(ending))
    };
    let (count, by_piece) = match rest {
        ["per" | "/", done, what, ..] if is_done(done) && is_unit(what) => (3, true),
        ["för", "varje", done, what, ..] if is_done(done) && is_unit(what) => (4, true),
        ["per" | "/", unit, ..] if UNITS.has(unit) => (2, false),
        ["för", "varje", unit, ..] if UNITS.has(unit) => (3, false),
        _ => return None,
    };
    let is_sum = words.iter().any(|word| matches!(*word, "kr" | "kronor" | ":-"));
    let is_paid = before.first().is_some_and(|word| is_public(word))
        && before.iter().any(|word| matches!(*word, "betalar" | "ersätter" | "betala" | "ersätta"));
    let is_charged = before.iter().any(|word| matches!(*word, "debiterar" | "fakturerar"))
        && before.iter().any(|word| is_public(word));
    let is_named = by_piece && words.iter().any(|word| OF_PAY.begins(word));
    let is_debited = before.last().is_some_and(|word| matches!(*word, "debiteras" | "faktureras"));
    (is_named || is_debited || is_sum && (is_paid || is_charged))
        .then_some(at + count)
        .filter(|_| !of_others())
}

/// Whether something is counted by the piece where it is bought.
fn is_unit(word: &str) -> bool {
    UNITS.has(word)
        || PURCHASE.pair.iter().flat_map(|pair| &pair.objects).any(|object| is_form_of(object, word))
        || matches!(word, "samtal" | "tillfälle" | "utbildning" | "besök")
}

/// Where it ends that one orders and the other does it, or that one is charged by the piece: "kommunen beställer och föreningen utför".
pub(super) fn deal(words: &[&str], at: usize) -> Option<usize> {
    let (before, rest) = (words.get(..at)?, words.get(at..)?);
    match rest {
        ["beställer", "och", who, "utför" | "levererar", ..]
            if before.last().is_some_and(|word| is_public(word)) && is_organisation(who) =>
        {
            Some(at + 4)
        }
        // "För utförda insatser", "beställda och levererade timmar"
        [done, what, ..] | [done, "och", _, what, ..]
            if ["utförd", "levererad", "beställd", "inköpt", "upphandlad", "avropad", "offererad"]
                .iter()
                .any(|stem| done.starts_with(stem))
                && is_unit(what)
                && words.iter().any(|word| OF_PAY.begins(word) || is_public(word)) =>
        {
            Some(at + 1 + rest.iter().position(|word| word == what)?)
        }
        // "Köp av sysselsättningsplatser"
        [
            "köp" | "inköp" | "anskaffning" | "beställning" | "upphandling" | "leverans" | "försäljning",
            "av",
            what @ ..,
        ] if !before.last().is_some_and(|whose| {
            whose.ends_with("ens")
                || whose.ends_with("ernas")
                || matches!(*whose, "sina" | "sitt" | "sin" | "egna" | "eget")
        }) =>
        {
            let objects = || PURCHASE.pair.iter().filter(|pair| pair.buys).flat_map(|pair| &pair.objects);
            let is_object = |word: &&str| {
                objects().any(|object| is_form_of(object, word) || is_compound_of(object, word))
            };
            what.iter().take(2).position(is_object).map(|object| at + 3 + object)
        }
        ["köp" | "inköp" | "anskaffning", "från" | "hos" | "av", whom, ..] if is_organisation(whom) => {
            Some(at + 3)
        }
        ["fakturerar" | "debiterar", whom, after @ ..] if is_public(whom) => {
            let by_piece = after
                .iter()
                .any(|word| matches!(*word, "styckvis" | "varje" | "timme") || word.starts_with("prislist"));
            by_piece.then_some(at + 2)
        }
        _ => None,
    }
}
