//! A text says how long the agreement lasts, and the dates say something else.

use chrono::Datelike;

use crate::date::Period;
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::path;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP208",
    slug: "term-in-prose",
    title: "Texten anger en annan avtalstid än datumen",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets egen avtalstid",
    why: "Säger texten ”två år” och datumen tre vet ingen vad parterna är överens om.",
    check: Check::Texts(&["gäller", "gÄller", "avtalstid", "löper", "lÖper"], check),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Överenskommelsen gäller i tre år.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Avtalet gäller i två år, 2024–2025. Lokalen har funnits i 30 år.\"",
        "",
    ),
};

/// Words after which a text says how long the agreement lasts.
const SUBJECTS: [&str; 8] = [
    "avtalet gäller",
    "överenskommelsen gäller",
    "partnerskapet gäller",
    "avtalet löper",
    "överenskommelsen löper",
    "partnerskapet löper",
    "avtalstiden är",
    "avtalstid om",
];

/// What a text says.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Months(u32),
    Years(i32, i32),
}

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    let Some(term) = scope.agreement.term.period() else { return Vec::new() };
    texts
        .iter()
        .filter_map(|Text { path, text }| {
            let message = said(text).into_iter().find_map(|said| differs(&said, term))?;
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Rätta det ena, eller ta bort avtalstiden ur texten: dokumenten skriver den ur datumen.")
                    .related(Place::value(scope.file, path!["term"]), format!("avtalstiden är {term}")),
            )
        })
        .collect()
}

fn differs(said: &Said, term: Period) -> Option<String> {
    let length = term.length();
    match said {
        Said::Months(months) => ((length.months, length.days) != (*months, 0)).then(|| {
            format!(
                "Texten anger att avtalet gäller i {}, men det gäller {term} ({length}).",
                text::years_or_months(*months)
            )
        }),
        Said::Years(first, last) => ((term.start.year(), term.end.year()) != (*first, *last))
            .then(|| format!("Texten anger att avtalet gäller {first}–{last}, men det gäller {term}.")),
    }
}

/// Whether a word begins there: "hyresavtalet gäller" is about something else.
fn begins_word(text: &str, at: usize) -> bool {
    !text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphabetic)
}

/// All that a text says about how long the agreement lasts.
fn said(text: &str) -> Vec<Said> {
    let lower = text.to_lowercase();
    SUBJECTS
        .iter()
        .flat_map(|subject| {
            lower
                .match_indices(subject)
                .filter(|(at, _)| begins_word(&lower, *at))
                .map(|(at, subject)| at + subject.len())
        })
        .filter_map(|after| lower.get(after..))
        .filter_map(|rest| {
            let sentence = rest.split(['.', ';', '\n']).next()?;
            let mut words = sentence
                .split_whitespace()
                .skip_while(|word| matches!(*word, "i" | "under" | "på" | "om" | "åren"));
            let number = words.next()?.trim_end_matches(',');
            if let Some((first, last)) = number.split_once(['–', '-']) {
                return match (first.parse(), last.parse()) {
                    (Ok(first @ 1900..=2200), Ok(last @ 1900..=2200)) => Some(Said::Years(first, last)),
                    _ => None,
                };
            }
            let number = (1..=12).find(|count| text::numeral(*count) == number).or_else(|| match number {
                "ett" => Some(1),
                digits => digits.parse().ok(),
            })?;
            let unit = words.next()?.trim_end_matches(',');
            // "Ett år i taget" and "sex månader efter" say something else.
            if matches!(words.next(), Some("i" | "åt" | "efter" | "före" | "från")) {
                return None;
            }
            match unit {
                "år" => number.checked_mul(12).map(Said::Months),
                "halvår" => number.checked_mul(6).map(Said::Months),
                "månad" | "månader" => Some(Said::Months(number)),
                _ => None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_text_says() {
        assert_eq!(said("Avtalet gäller i två år, och kan förlängas i ett år."), [Said::Months(24)]);
        assert_eq!(said("Överenskommelsen gäller ett halvår."), [Said::Months(6)]);
        assert_eq!(said("Avtalstiden är 18 månader."), [Said::Months(18)]);
        assert_eq!(said("Partnerskapet löper 2024–2026."), [Said::Years(2024, 2026)]);
        assert_eq!(said("Avtalet gäller alla medlemmar. Tre år senare fanns 12 månader kvar."), []);
        assert_eq!(
            said(
                "Hyresavtalet gäller i fem år. Avtalet gäller ett år i taget, sedan gäller avtalet i sex månader efter det."
            ),
            []
        );
        assert_eq!(said("Avtalet gäller i 99999999999999 år och 9-9-9."), []);
    }
}
