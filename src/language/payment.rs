//! What a text says is paid under the agreement.

use std::cell::LazyCell;
use std::ops::Range;

use rust_decimal::Decimal;

use super::amounts::{
    Per, Sum, is_of_whole, per_after, per_before, per_between, per_each_time, per_later, per_once, sums,
    year_of,
};
use super::clauses::is_finite;
use super::cues::Cue;
use super::days::year;
use super::denial::Denials;
use super::fold::Folded;
use super::other_sums::{
    has, is_cap_on_use, is_history, is_of_other_alone, is_open, is_owned_by_other, is_replaced, is_sum_word,
    is_to_another, is_whole, is_withheld,
};
pub use super::payers::Payers;
use super::tokens::{Sentence, sentences, tokens};
use super::word_list::WordList;
use super::words::{PAYMENT, UNITS};

/// An amount that a text says is paid, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountSaid {
    /// How much.
    pub kronor: Decimal,
    /// How often or for what, where the text says so.
    pub per: Option<Per>,
    /// Whether the text says that it is for all the time that is agreed.
    pub is_of_whole: bool,
    /// The one year that it is for, where the text says so.
    pub year: Option<i32>,
    /// The bytes of the text that say how much and how often.
    pub range: Range<usize>,
}

/// Without one of these a text speaks of no amount.
#[must_use]
pub fn cues() -> Vec<Cue> {
    let units = UNITS.money.keys().map(|unit| Cue::whole(unit));
    // "En halv miljon", "12 500 i månaden"
    let bare = ["kronor", "000", "miljon", "00 i m", "00 i k", "00 per ", "00 årl"];
    units.chain(bare.map(Cue::part)).collect()
}

/// The amounts that a text says are paid, in an agreement that begins in a certain year.
#[must_use]
pub fn amounts(text: &str, payers: &Payers, begins: Option<i32>) -> Vec<AmountSaid> {
    let folded = Folded::of(text);
    let tokens = tokens(&folded);
    let mut found = Vec::new();
    let mut heading: Vec<&str> = Vec::new();
    for sentence in sentences(&folded, &tokens) {
        let said = of_sentence(&sentence, &heading, payers, begins).into_iter();
        found.extend(said.map(|(at, said)| AmountSaid { range: folded.origin(sentence.place(at)), ..said }));
        heading = sentence.words;
    }
    found
}

/// Whether words are a heading of what is paid: "Ekonomiskt stöd", "Kommunens ersättning".
fn is_heading(words: &[&str]) -> bool {
    // So many words at most.
    const WORDS: usize = 5;
    let words = words.strip_suffix(&[":"]).unwrap_or(words);
    let names_it = words.iter().any(|word| PAYMENT.subjects.iter().any(|stem| is_sum_word(stem, word)));
    words.len() <= WORDS && names_it && !words.iter().any(|word| is_finite(word))
}

/// Whether a sentence says of an amount that somebody else pays it than those whose money the agreement holds.
#[must_use]
pub fn is_of_others(words: &[&str], sum: &Sum, payers: &Payers) -> bool {
    let before = words.get(..sum.at.start).unwrap_or_default();
    let after = words.get(sum.at.end..).unwrap_or_default();
    payers.is_from_others(words)
        || payers.is_others(&before.join(" "), &after.join(" "))
        || is_owned_by_other(before, payers)
}

fn of_sentence(
    sentence: &Sentence<'_>,
    heading: &[&str],
    payers: &Payers,
    begins: Option<i32>,
) -> Vec<(Range<usize>, AmountSaid)> {
    let words = sentence.words.as_slice();
    let sums = sums(words);
    if sums.is_empty()
        || sentence.is_question
        || !(is_about_payment(words, payers, &sums[0]) || sums[0].at.start == 0 && is_heading(heading))
        || is_history(words, begins)
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut last = 0;
    let denials = LazyCell::new(|| Denials::of(words));
    for sum in &sums {
        let before = words.get(..sum.at.start).unwrap_or_default();
        let after = words.get(sum.at.end..).unwrap_or_default();
        let between = words.get(last..sum.at.start).unwrap_or_default();
        let is_second = last > 0;
        last = sum.at.end;
        let is_limit =
            between.last().is_some_and(|word| has(&PAYMENT.limits, word) && *word != "ytterligare");
        let is_other = payers.is_from_others(words)
            || !sum.has_unit && !is_bare_amount(before, after, sum)
            || is_whole(between, is_second)
            || is_open(before, between)
            || is_limit
            || payers.is_others(&before.join(" "), &after.join(" "))
            || is_replaced(between, after)
            || is_second && is_of_other_alone(between, payers)
            || is_to_another(words)
            || words.windows(2).any(|pair| {
                matches!(
                    pair,
                    [
                        "annan" | "andra",
                        "förening" | "föreningar" | "organisation" | "organisationer" | "aktörer"
                    ]
                )
            })
            || found.is_empty() && is_owned_by_other(before, payers)
            || denials.is_not_said(sum.at.start);
        if is_other {
            continue;
        }
        let next =
            sums.iter().map(|other| other.at.start).find(|start| *start >= sum.at.end).unwrap_or(words.len());
        let until_next = words.get(sum.at.end..next).unwrap_or_default();
        let per = per_each_time(words)
            .or_else(|| per_after(after))
            .or_else(|| per_once(after))
            .or_else(|| if found.is_empty() { per_before(before) } else { per_between(between) })
            .or_else(|| per_later(until_next));
        let of_year = year_of(after).or_else(|| year_of(before));
        let is_of_whole = per.is_none_or(|per| per.months().is_none())
            && is_of_whole(if found.is_empty() { before } else { between }, after);
        let said = AmountSaid { kronor: sum.kronor, per, is_of_whole, year: of_year, range: 0..0 };
        found.push((sum.at.clone(), said));
    }
    found
}

/// Whether a sentence is about what is paid under the agreement.
fn is_about_payment(words: &[&str], payers: &Payers, first: &Sum) -> bool {
    let sentence = words.join(" ");
    // What the municipality pays of somebody's wages is its money.
    let pays_wages = words.iter().take(3).any(|word| payers.has_public(word))
        && words.iter().take(5).any(|word| has(&PAYMENT.pays, word));
    let is_other = |word: &&str| {
        !(pays_wages && word.starts_with("lön"))
            && (PAYMENT.other_money.iter().any(|stem| word.starts_with(stem.as_str()))
                || has(&PAYMENT.other_words, word))
    };
    if words.iter().any(is_other)
        || PAYMENT.other_phrases.iter().any(|words| sentence.contains(words.as_str()))
        || is_cap_on_use(words, first)
        || is_withheld(words, first)
        || sentence.starts_with("region ")
    {
        return false;
    }
    let has_public = payers.has_public(&sentence);
    let is_active = words.iter().any(|word| has(&PAYMENT.pays, word));
    let is_plainly_active =
        words.iter().any(|word| has(&PAYMENT.pays, word) && !has(&PAYMENT.pays_with_payer, word));
    let pays = is_active && has_public
        || is_plainly_active && words.first().is_some_and(|word| has(&PAYMENT.pays, word));
    let is_named = |list: &[String], word: &str| list.iter().any(|stem| is_sum_word(stem, word));
    let names_payment = words.iter().any(|word| is_named(&PAYMENT.subjects, word));
    let names_it = names_payment
        || words
            .iter()
            .any(|word| has_public && is_named(&PAYMENT.weak_subjects, word) || has(&PAYMENT.passive, word));
    let receives =
        words.iter().any(|word| has(&PAYMENT.receives, word)) && (has_public || payers.has_other(&sentence));
    // Who pays is said, or what is paid is named and then how much.
    pays || has_public && gives_with(words, first, payers)
        || names_it
            && (!is_active || has_public || names_recipient(words))
            && (is_led_to(words, first) || names_payment && has_public)
        || receives && !is_active
}

/// Whether a body that comes first does something with the amount, whatever the verb: "kommunen går in med 400 000 kr",
/// or the amount follows its name and a colon: "Kommunens åtagande: 925 000 kr".
fn gives_with(words: &[&str], first: &Sum, payers: &Payers) -> bool {
    static OTHER: WordList = WordList::new(
        "höj sänk minsk ök spar budget hyr köp sälj uppskatt värder beräkn överskott underskott räkn kost skuld drabb tak gräns ram intäkt",
    );
    let before = words.get(..first.at.start).unwrap_or_default();
    let is_plain = !before
        .iter()
        .any(|word| OTHER.begins(word) || PAYMENT.wholes.iter().any(|whole| word.contains(whole.as_str())));
    let begins = before.get(..before.len().min(3)).unwrap_or_default();
    let is_bodys = payers.has_public(&begins.join(" ")) && !payers.has_other(&begins.join(" "));
    let leads = matches!(before, [.., "med" | "till" | ":"]);
    // "Nämnden anvisar 125 000 kr"
    let leads = leads
        || before.len() < 5
            && before.last().is_some_and(|verb| {
                verb.len() > 3 && verb.ends_with('r') && !has(&PAYMENT.pays, verb) && *verb != "över"
            });
    let is_aim = matches!(before, [.., "till"]) && !before.iter().any(|word| word.starts_with("skjuter"));
    is_plain && is_bodys && leads && !is_aim && before.len() < 12
}

/// Whether the words right before an amount, or after it, say that it is what has been named: "uppgår till", "är", ":".
fn is_led_to(words: &[&str], first: &Sum) -> bool {
    static LEADS: WordList = WordList::new(
        "är till om på med : utgår ( , blir betalas utbetalas ca cirka högst totalt utges maximalt sammanlagt – \
    | av omfattar motsvarar utgör fastställs bestäms",
    );
    let before = words.get(..first.at.start).unwrap_or_default();
    let after = words.get(first.at.end..).unwrap_or_default();
    // How often goes between: "betalas årligen 650 000 kronor".
    let often = before
        .iter()
        .rev()
        .take_while(|word| {
            matches!(
                **word,
                "årligen" | "månatligen" | "kvartalsvis" | "halvårsvis" | "månadsvis" | "även" | "också"
            )
        })
        .count();
    let before = before.get(..before.len() - often).unwrap_or_default();
    before.is_empty()
        || before.last().is_some_and(|word| year(word).is_some())
        || before.last().is_some_and(|word| {
            LEADS.has(word)
                || has(&PAYMENT.passive, word)
                || PAYMENT.subjects.iter().any(|stem| is_sum_word(stem, word))
        })
        || after.iter().take(4).any(|word| has(&PAYMENT.passive, word) || matches!(*word, "i" | "betalas"))
}

/// Whether a sentence says that the organisation is who is paid.
fn names_recipient(words: &[&str]) -> bool {
    words.windows(2).any(|pair| matches!(pair, ["till", "föreningen" | "organisationen" | "stiftelsen"]))
}

/// Whether a number without a unit is an amount: what is paid "uppgår till" it, and no noun follows.
fn is_bare_amount(before: &[&str], after: &[&str], sum: &Sum) -> bool {
    let leads = matches!(
        before,
        [.., "uppgår" | "uppgå" | "skjuter", "till"]
            | [.., "är" | "om" | "på" | "med" | ":" | "totalt" | "betalar" | "betalas" | "utbetalas" | ","]
    );
    let named = before.iter().any(|word| {
        ["ersättning", "bidrag", "stöd", "belopp"]
            .iter()
            .any(|stem| word.starts_with(stem) || word.ends_with(stem))
            || has(&PAYMENT.pays, word)
    }) || matches!(before, [.., "med"]) && per_after(after).is_some();
    let ends = match after {
        [] => true,
        [word, ..] => {
            matches!(
                *word,
                "per"
                    | "om"
                    | "årligen"
                    | "/"
                    | ","
                    | ")"
                    | "("
                    | "och"
                    | "i"
                    | "för"
                    | "under"
                    | "varje"
                    | "exkl"
                    | "inkl"
                    | "exklusive"
                    | "inklusive"
                    | "totalt"
                    | "+"
                    | "med"
                    | "fördelat"
            )
        }
    };
    leads && named && ends && sum.kronor >= Decimal::ONE_THOUSAND
}
