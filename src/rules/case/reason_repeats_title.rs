//! What should say why only says what.

use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP613",
    slug: "reason-repeats-title",
    title: "Skälet upprepar bara rubriken",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "god sed: en sammanfattning säger mer än rubriken",
    why: "Den som bara läser sammanfattningen får annars inte veta varför beslutet behövs.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "memo.reason_now = \"Ärendet gäller ett avtal om idéburet offentligt partnerskap gällande ett öppet hus för unga.\"",
        "memo.reason_now",
    ),
    good: Example::agreement(&[], "memo.reason_now = \"Lokalen för det öppna huset blir ledig.\"", ""),
};

/// Words that say nothing of their own in such a sentence.
const EMPTY: [&str; 36] = [
    "ärendet",
    "gäller",
    "gällande",
    "om",
    "ett",
    "en",
    "det",
    "den",
    "och",
    "för",
    "med",
    "i",
    "av",
    "till",
    "att",
    "på",
    "beslut",
    "beslutet",
    "behövs",
    "förslag",
    "avtal",
    "avtalet",
    "överenskommelse",
    "överenskommelsen",
    "idéburet",
    "idéburen",
    "offentligt",
    "offentlig",
    "partnerskap",
    "partnerskapet",
    "iop",
    "handlar",
    "avser",
    "mellan",
    "nu",
    "ska",
];

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    let Some(reason) = agreement.memo.reason_now.known() else { return Vec::new() };
    let title = words(&agreement.title);
    let parties: Vec<String> = agreement.party.values().flat_map(|party| words(&party.name)).collect();
    let mut own = words(reason);
    own.retain(|word| !EMPTY.contains(&word.as_str()) && !title.contains(word) && !parties.contains(word));
    if !own.is_empty() || reason.trim().is_empty() {
        return Vec::new();
    }
    let message = "Skälet till beslutet säger inget utöver rubriken.";
    let help = "Skriv varför beslutet behövs nu, och vad som händer annars.";
    vec![scope.finding(&RULE, path!["memo", "reason_now"], message).help(help)]
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
