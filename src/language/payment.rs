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
use super::nouns::is_form_of;
pub use super::payers::Payers;
use super::tokens::{Sentence, sentences, tokens};
use super::word_list::WordList;
use super::words::{PAYMENT, UNITS};
use crate::date::MONTHS;

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

/// What goes between such a name, or "av", and the amount.
static BEFORE_WHOLE: WordList = WordList::new(
    "på om är uppgår till beräknas uppskattas totalt sammanlagt ca cirka omkring runt drygt vara knappt :",
);

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

/// Whether an amount is the one that another comes in place of: "höjs från 300 000 kr till 420 000 kr".
fn is_replaced(between: &[&str], after: &[&str]) -> bool {
    matches!(between, [.., "från"]) && after.iter().take(6).any(|word| *word == "till")
}

/// Whether an amount after the first is another's, who is named without a verb: ", föreningen 2 500".
fn is_of_other_alone(between: &[&str], payers: &Payers) -> bool {
    let since =
        between.iter().rposition(|word| matches!(*word, "," | "och" | "medan")).map_or(0, |at| at + 1);
    let since = between.get(since..).unwrap_or_default();
    let named: Vec<&str> = since
        .iter()
        .map(|word| word.strip_suffix("ns").map_or(*word, |_| word.trim_end_matches('s')))
        .collect();
    since.len() < 4 && payers.has_other(&named.join(" "))
}

/// Whether what is named is somebody's whose money the agreement does not hold: "föreningens bidrag till verksamheten är".
fn is_owned_by_other(words: &[&str], payers: &Payers) -> bool {
    words.windows(2).take(3).any(|pair| {
        let [whose, what] = pair else { return false };
        whose.strip_suffix('s').is_some_and(|owner| payers.has_other(owner))
            && ["bidrag", "insats", "tillskott", "finansiering"].iter().any(|stem| is_sum_word(stem, what))
    })
}

/// Whether what is paid goes to somebody whom the agreement is not with: "till elbolaget", "till hyresvärden".
fn is_to_another(words: &[&str]) -> bool {
    if words.windows(2).any(|pair| matches!(pair, ["till" | "åt", "samtliga" | "alla"])) {
        return true;
    }
    let others = [
        "bolaget",
        "värden",
        "banken",
        "verket",
        "leverantören",
        "ägaren",
        "företaget",
        "byrån",
        "myndigheten",
    ];
    words
        .windows(2)
        .any(|pair| matches!(pair, ["till" | "åt", whom] if others.iter().any(|other| whom.ends_with(other))))
}

/// Whether a list of words has one.
fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one == word)
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

/// Whether an amount is the most of what is paid that may be used for something: "av bidraget får högst 100 000 kr användas".
fn is_cap_on_use(words: &[&str], first: &Sum) -> bool {
    let is_most = first.at.start.checked_sub(1).and_then(|at| words.get(at));
    let after = words.get(first.at.end..).unwrap_or_default();
    let is_used = after
        .iter()
        .take_while(|word| !matches!(**word, "," | "som" | "vilket" | "vilka" | "och"))
        .any(|word| matches!(*word, "användas" | "nyttjas" | "disponeras" | "används"));
    is_used && is_most.is_some_and(|word| matches!(*word, "högst" | "max" | "maximalt"))
}

/// Whether an amount is withheld: "får hålla inne 50 000 kr".
fn is_withheld(words: &[&str], first: &Sum) -> bool {
    let before = words.get(..first.at.start).unwrap_or_default();
    let near = before.get(before.len().saturating_sub(4)..).unwrap_or_default();
    near.windows(2).any(|pair| matches!(pair, ["hålla" | "håller" | "hålls" | "hållas", "inne"]))
        && !near.iter().any(|word| has(&PAYMENT.pays, word))
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

/// Whether a word is a noun in one of its forms, or ends with one: "verksamhetsbidraget".
fn is_sum_word(stem: &str, word: &str) -> bool {
    word.find(stem).is_some_and(|at| word.get(at..).is_some_and(|part| is_form_of(stem, part)))
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

/// Whether what is paid is only possible, or denied.
fn is_open(before: &[&str], between: &[&str]) -> bool {
    // What an aside says is not said of the amount.
    let clause =
        before.iter().rposition(|word| matches!(*word, "," | "och" | "men" | ";")).map_or(0, |at| at + 1);
    let tail = before.get(clause..).unwrap_or_default();
    let was_before = tail.iter().any(|word| has(&PAYMENT.before, word)) || between.last() == Some(&"var");
    let is_condition = matches!(before, ["om" | "ifall" | "skulle" | "därest", next, ..] if !matches!(*next, "inget" | "inte" | "ingen"));
    let is_possible = tail.iter().any(|word| {
        matches!(*word, "kan" | "kunde" | "skulle" | "bör" | "möjlighet" | "önskar" | "överväger")
    });
    let is_besides = between.contains(&"ytterligare") && is_possible;
    // "Höjs med 10 000 kronor" says a difference.
    let is_difference = matches!(between, [.., "med"])
        && before
            .iter()
            .any(|word| ["höj", "sänk", "öka", "minska", "räknas"].iter().any(|stem| word.starts_with(stem)));
    let is_compensation =
        before.iter().any(|word| matches!(*word, "skada" | "skador" | "värd" | "värt" | "revisorn"))
            || between.iter().any(|word| matches!(*word, "ram" | "tak" | "ramen" | "taket"));
    // "Den som skadar något svarar för kostnaden"
    let is_anybodys = matches!(before, ["den", "som", ..] | ["varje", ..]);
    was_before || is_anybodys || is_condition || is_possible || is_besides || is_difference || is_compensation
}

/// Whether a sentence is about the time before the agreement: it names years, and all of them came before. The year of a day
/// is mostly that of a decision and says nothing of what is paid when.
fn is_history(words: &[&str], begins: Option<i32>) -> bool {
    if words.windows(2).any(|pair| matches!(pair, ["tidigare" | "förra" | "föregående", of] if of.starts_with("avtal") || of.starts_with("överenskommelse") || of.starts_with("partnerskap"))) {
        return true;
    }
    // "Har vuxit och nådde 2023"
    if words.iter().any(|word| {
        matches!(
            *word,
            "nådde" | "vuxit" | "ökade" | "minskade" | "motsvarade" | "beslutades" | "avslagits" | "avslogs"
        )
    }) {
        return true;
    }
    let is_of_day = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let goes_on = matches!(words.get(at + 1..), Some(["-", next, ..]) if next.len() == 2);
        goes_on || before.is_some_and(|word| MONTHS.contains(word))
    };
    let mut years = words
        .iter()
        .enumerate()
        .filter(|(at, word)| word.len() == 4 && !is_of_day(*at))
        .filter_map(|(_, word)| word.parse::<i32>().ok())
        .filter(|year| (1950..2100).contains(year))
        .peekable();
    begins.is_some_and(|begins| years.peek().is_some() && years.all(|year| year < begins))
}

/// Whether the words between two amounts, or before the first, say that the one after them is the whole of which the
/// municipality pays a part: "500 000 kr av en total budget på 1,4 miljoner kronor".
fn is_whole(between: &[&str], is_second: bool) -> bool {
    let is_filler = |word: &&&str| BEFORE_WHOLE.has(word);
    let Some(at) = between.iter().rposition(|word| !is_filler(&word)) else { return false };
    let (before, named) =
        (between.get(..at).unwrap_or_default(), between.get(at).copied().unwrap_or_default());
    if PAYMENT.wholes.iter().any(|whole| named.contains(whole.as_str())) {
        return true;
    }
    // "Anslaget för hela kommunens integrationsarbete"
    if between
        .windows(2)
        .any(|pair| matches!(pair, ["hela" | "samtliga" | "alla", whose] if whose.ends_with('s')))
    {
        return true;
    }
    let is_paid = || {
        between.iter().any(|word| {
            has(&PAYMENT.pays, word)
                || has(&PAYMENT.passive, word)
                || PAYMENT.subjects.iter().any(|stem| is_sum_word(stem, word))
        })
    };
    // "Kommunens driftskostnad för lokalen beräknas till"
    if between.iter().any(|word| word.contains("kostnad"))
        && between.iter().any(|word| matches!(*word, "beräknas" | "uppskattas" | "är" | "uppgår"))
        && !between
            .iter()
            .any(|word| matches!(*word, "partnerskapet" | "avtalet" | "överenskommelsen" | "iop"))
        && !is_paid()
    {
        return true;
    }
    // "Verksamhetens kostnader är", "den totala kostnaden på"; what the municipality does with a cost is to pay it.
    let of = before.get(before.len().saturating_sub(2)..).unwrap_or_default();
    let of_all = ["total", "hela", "samlad", "sammanlag", "verksamhet", "projekt", "drift"];
    named.contains("kostnad") && of.iter().any(|word| of_all.iter().any(|all| word.starts_with(all)))
        || named.contains("kostnad")
            && between.len() > at + 1
            && !before.iter().any(|word| has(&PAYMENT.pays, word))
            && !before.iter().any(|word| word.starts_with("bidrag"))
        || is_second && named == "av" && before.is_empty()
}
