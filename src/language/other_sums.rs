//! Sums in a sentence that are not what is paid under the agreement: others' money, parts of it, what was or could be.

use super::amounts::Sum;
use super::nouns::is_form_of;
use super::payers::Payers;
use super::word_list::WordList;
use super::words::PAYMENT;
use crate::date::MONTHS;

/// What goes between such a name, or "av", and the amount.
static BEFORE_WHOLE: WordList = WordList::new(
    "på om är uppgår till beräknas uppskattas totalt sammanlagt ca cirka omkring runt drygt vara knappt :",
);

/// Whether a list of words has one.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one == word)
}

/// Whether a word is a noun in one of its forms, or ends with one: "verksamhetsbidraget".
pub(super) fn is_sum_word(stem: &str, word: &str) -> bool {
    word.find(stem).is_some_and(|at| word.get(at..).is_some_and(|part| is_form_of(stem, part)))
}

/// Whether an amount is the one that another comes in place of: "höjs från 300 000 kr till 420 000 kr".
pub(super) fn is_replaced(between: &[&str], after: &[&str]) -> bool {
    matches!(between, [.., "från"]) && after.iter().take(6).any(|word| *word == "till")
}

/// Whether an amount after the first is another's, who is named without a verb: ", föreningen 2 500".
pub(super) fn is_of_other_alone(between: &[&str], payers: &Payers) -> bool {
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
pub(super) fn is_owned_by_other(words: &[&str], payers: &Payers) -> bool {
    words.windows(2).take(3).any(|pair| {
        let [whose, what] = pair else { return false };
        whose.strip_suffix('s').is_some_and(|owner| payers.has_other(owner))
            && ["bidrag", "insats", "tillskott", "finansiering"].iter().any(|stem| is_sum_word(stem, what))
    })
}

/// Whether what is paid goes to somebody whom the agreement is not with: "till elbolaget", "till hyresvärden".
pub(super) fn is_to_another(words: &[&str]) -> bool {
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

/// Whether an amount is the most of what is paid that may be used for something: "av bidraget får högst 100 000 kr användas".
pub(super) fn is_cap_on_use(words: &[&str], first: &Sum) -> bool {
    let is_most = first.at.start.checked_sub(1).and_then(|at| words.get(at));
    let after = words.get(first.at.end..).unwrap_or_default();
    let is_used = after
        .iter()
        .take_while(|word| !matches!(**word, "," | "som" | "vilket" | "vilka" | "och"))
        .any(|word| matches!(*word, "användas" | "nyttjas" | "disponeras" | "används"));
    is_used && is_most.is_some_and(|word| matches!(*word, "högst" | "max" | "maximalt"))
}

/// Whether an amount is withheld: "får hålla inne 50 000 kr".
pub(super) fn is_withheld(words: &[&str], first: &Sum) -> bool {
    let before = words.get(..first.at.start).unwrap_or_default();
    let near = before.get(before.len().saturating_sub(4)..).unwrap_or_default();
    near.windows(2).any(|pair| matches!(pair, ["hålla" | "håller" | "hålls" | "hållas", "inne"]))
        && !near.iter().any(|word| has(&PAYMENT.pays, word))
}

/// Whether what is paid is only possible, or denied.
pub(super) fn is_open(before: &[&str], between: &[&str]) -> bool {
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
pub(super) fn is_history(words: &[&str], begins: Option<i32>) -> bool {
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
pub(super) fn is_whole(between: &[&str], is_second: bool) -> bool {
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
