//! Verbs that buy or sell, with what is bought.

use super::nouns::is_form_of;
use super::word_list::WordList;
use super::words::{PURCHASE, PairWords};

/// What denies the noun that follows it.
pub(super) static DENIALS: WordList =
    WordList::new("inte ej icke aldrig varken ingen inget inga utan ingendera");

/// So many words at most go between a verb and what it buys.
const BETWEEN: usize = 5;

/// So many words at most go between a verb and whom something is bought of or sold to.
const TO_OTHER: usize = 12;

/// How words end that name a body which buys for the public.
const PUBLIC: &str = "kommunen kommun nämnden staden förvaltningen regionen socialtjänsten beställaren köparen \
    kommunstyrelsen";

/// What ends the part of a sentence that a verb is about.
const ENDS: &[&str] = &[",", "men", ";", "eftersom", "när"];

/// Where what a verb buys or sells ends: "köper in verksamheten", "säljer sysselsättning till kommunen". What an organisation buys itself
/// is its own affair.
pub(super) fn bought(words: &[&str], at: usize) -> Option<usize> {
    let (before, verb) = (words.get(..at)?, words.get(at)?);
    let pair = PURCHASE.pair.iter().find(|pair| is_of(&pair.verbs, verb))?;
    let after = words.get(at + 1..)?;
    let after = after.get(..after.iter().position(|word| ENDS.contains(word)).unwrap_or(after.len()))?;
    let object = after
        .iter()
        .take(BETWEEN)
        .position(|word| pair.objects.iter().any(|object| is_form_of(object, word)));
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
        is_sale(before, after, object, pair)
    };
    is_trade.then(|| at + object.map_or(1, |object| object + 2))
}

fn is_of(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one == word)
}

fn is_public(word: &str) -> bool {
    PUBLIC.split_whitespace().any(|body| word.ends_with(body))
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
        .any(|pair| matches!(pair, ["av" | "från" | "hos", seller] if is_of(&PURCHASE.buys_itself, seller)));
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
    !before.iter().any(|word| people.contains(word)) && (object.is_some() || is_sold)
}
