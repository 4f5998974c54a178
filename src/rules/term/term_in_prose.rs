//! A text says how long the agreement lasts, and the dates say something else.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

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
    check: Check::Texts(
        // The infinitives as whole words: many a text has "gällande" or "löpande", and says nothing of the term.
        &["gäller", "gÄller", "gälla|", "gÄlla|", "avtalstid", "löper", "lÖper", "löpa|", "lÖpa|"],
        check,
    ),
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

/// What a text can call the agreement.
const NAMES: [&str; 3] = ["avtalet", "överenskommelsen", "partnerskapet"];

/// What it can be said to do.
const VERBS: [&str; 4] = ["gäller", "gälla", "löper", "löpa"];

/// What goes between the verb and the time.
const BEFORE_TIME: [&str; 12] = [
    "i",
    "under",
    "på",
    "om",
    "för",
    "åren",
    "perioden",
    "tiden",
    "kalenderåren",
    "totalt",
    "sammanlagt",
    "vara",
];

/// What follows a time that is not the agreement's own: "ett år i taget", "tre år eller mer", "sex månader efter".
const AFTER_OTHER_TIME: [&str; 9] = ["i", "åt", "efter", "före", "innan", "per", "eller", "sedan", "utöver"];

/// What a text says.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Months(u32),
    Years(i32, i32),
    Days(Period),
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
        Said::Days(period) => (period != &term)
            .then(|| format!("Texten anger att avtalet gäller {period}, men det gäller {term}.")),
    }
}

/// All that a text says about how long the agreement lasts.
fn said(text: &str) -> Vec<Said> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for sentence in lower.split(['.', ';', '\n']) {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        for start in 0..words.len() {
            let Some(rest) = words.get(start..).and_then(after_subject) else { continue };
            let before = start.checked_sub(1).and_then(|before| words.get(before)).copied();
            // "Om avtalet gäller tre år" asks, and says nothing.
            if !matches!(before, Some("om" | "när" | "ifall")) {
                found.extend(time(rest, sentence));
            }
        }
    }
    found
}

/// What follows words that say that it will be told how long the agreement lasts, where a text begins with such.
fn after_subject<'a, 'b>(words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    let (first, rest) = words.split_first()?;
    let rest = match *first {
        "avtalstiden" => match rest {
            ["ska" | "skall", "vara", rest @ ..] | ["uppgår" | "sträcker", "till" | "sig", rest @ ..] => {
                rest
            }
            ["är" | "omfattar" | "löper", rest @ ..] => rest,
            _ => return None,
        },
        "avtalstid" => match rest {
            ["om" | "på", rest @ ..] => rest,
            _ => return None,
        },
        name if NAMES.contains(&name) => match rest {
            ["ska" | "skall", verb, rest @ ..] | [verb, rest @ ..] if VERBS.contains(verb) => rest,
            _ => return None,
        },
        _ => return None,
    };
    let skipped = rest.iter().take_while(|word| BEFORE_TIME.contains(word)).count();
    rest.get(skipped..)
}

/// The time with which words begin.
fn time(words: &[&str], sentence: &str) -> Option<Said> {
    let first = words.first()?.trim_end_matches([',', ':']);
    if let Some((start, end)) = first.split_once('–')
        && let (Ok(start), Ok(end)) = (start.parse(), end.parse())
    {
        return Some(Said::Days(Period { start, end }));
    }
    if let Some((first, last)) = first.split_once(['–', '-']) {
        return Some(Said::Years(year(first)?, year(last)?));
    }
    if let ["första" | "andra", "halvåret", named, ..] = words {
        let (from, to) = if first == "första" { ((1, 1), (6, 30)) } else { ((7, 1), (12, 31)) };
        let day = |(month, day)| NaiveDate::from_ymd_opt(year(named)?, month, day);
        return Some(Said::Days(Period { start: day(from)?, end: day(to)? }));
    }
    let (months, rest) = length(words)?;
    let (unit, rest) = rest.split_first()?;
    let is_end = unit.ends_with([',', ')']);
    let months = match unit.trim_end_matches([',', ')', ':']) {
        "år" => months,
        "halvår" => months / Decimal::TWO,
        "månad" | "månader" => months / Decimal::from(12),
        _ => return None,
    };
    let is_other = match rest {
        _ if is_end => false,
        [next, ..] if AFTER_OTHER_TIME.contains(next) => true,
        // "Tre år till och med" names the last day; "tre månader till" is more of the same.
        ["till", next, ..] => {
            *next != "och" && *next != "den" && !next.starts_with(|letter: char| letter.is_ascii_digit())
        }
        ["till"] => true,
        ["från", ..] => sentence.contains("uppsäg") || sentence.contains("sägs upp"),
        _ => false,
    };
    let whole = months.normalize();
    (!is_other && whole.is_integer()).then(|| whole.to_u32().map(Said::Months))?
}

/// A number of years, in months, with which words begin, and what follows it: "tre", "1,5", "ett och ett halvt".
fn length<'a, 'b>(words: &'a [&'b str]) -> Option<(Decimal, &'a [&'b str])> {
    let half = || Decimal::from(6);
    let year = || Decimal::from(12);
    let (whole, rest) = match words {
        ["ett", "halvt", rest @ ..] => (half(), rest),
        ["halvannat", rest @ ..] => (year() + half(), rest),
        [number, "och", "ett", "halvt", rest @ ..] => {
            (number_of(number)?.checked_mul(year())?.checked_add(half())?, rest)
        }
        [number, rest @ ..] => (number_of(number)?.checked_mul(year())?, rest),
        [] => return None,
    };
    // "Tre (3) år"
    let skipped = usize::from(rest.first().is_some_and(|word| word.starts_with('(') && word.ends_with(')')));
    Some((whole, rest.get(skipped..)?))
}

/// A number in digits or words.
fn number_of(word: &str) -> Option<Decimal> {
    const MORE: [(&str, u32); 8] = [
        ("ett", 1),
        ("femton", 15),
        ("arton", 18),
        ("tjugo", 20),
        ("tjugofyra", 24),
        ("trettio", 30),
        ("trettiosex", 36),
        ("fyrtioåtta", 48),
    ];
    let in_words = (1..=12).find(|count| text::numeral(*count) == word);
    let in_words = in_words.or_else(|| MORE.iter().find(|(name, _)| *name == word).map(|(_, count)| *count));
    match in_words {
        Some(count) => Some(count.into()),
        None => word
            .starts_with(|letter: char| letter.is_ascii_digit())
            .then(|| word.replace(',', ".").parse().ok())?,
    }
}

fn year(word: &str) -> Option<i32> {
    word.trim_end_matches(',').parse().ok().filter(|year| (1900..=2200).contains(year))
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
    #[test]
    fn reads_the_time_in_every_way_that_people_write_it() {
        let months = |months| vec![Said::Months(months)];
        for (text, expected) in [
            ("Avtalet gäller i tre år från och med den 1 januari 2024.", months(36)),
            ("Avtalet gäller tre år till och med 2026-12-31.", months(36)),
            ("Avtalet ska gälla i tre år.", months(36)),
            ("Överenskommelsen ska gälla för tre (3) år.", months(36)),
            ("Avtalstiden uppgår till tre år.", months(36)),
            ("Avtalstiden ska vara trettiosex månader.", months(36)),
            ("Avtalet gäller i 1,5 år.", months(18)),
            ("Avtalet gäller i ett och ett halvt år", months(18)),
            ("Avtalet gäller i två och ett halvt år.", months(30)),
            ("Avtalet gäller i ett halvt år.", months(6)),
            ("Avtalet gäller under perioden 2024–2026.", vec![Said::Years(2024, 2026)]),
            ("Avtalet löper under åren 2024-2026, och", vec![Said::Years(2024, 2026)]),
            (
                "Avtalet gäller första halvåret 2024.",
                vec![Said::Days(Period {
                    start: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
                    end: NaiveDate::from_ymd_opt(2024, 6, 30).unwrap(),
                })],
            ),
            (
                "Avtalet gäller 2024-01-01–2026-12-31.",
                vec![Said::Days(Period {
                    start: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
                    end: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
                })],
            ),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
        for text in [
            "Om avtalet gäller tre år eller mer ska det följas upp.",
            "Avtalet gäller tre år eller mer.",
            "Avtalet gäller ett år per gång.",
            "Avtalet gäller tre månader till om ingen säger upp det.",
            "Avtalet gäller tre månader från uppsägningen.",
            "Avtalet gäller för 12 personer och i högst tre år.",
            "Avtalet gäller i 1,33 månader.",
            "Avtalet gäller i 79228162514264337593543950335 år.",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn a_half_year_is_held_against_the_days() {
        let found = |text: &str| {
            let toml = format!("clause.background.text = \"{text}\"");
            crate::rules::examples::found(&RULE, &[Example::agreement(&[], toml.leak(), "")])
        };
        assert_eq!(
            found("Avtalet gäller första halvåret 2024.")[0].message,
            "Texten anger att avtalet gäller 2024-01-01–2024-06-30, men det gäller 2024-01-01–2025-12-31."
        );
        assert_eq!(found("Avtalet SKA GÄLLA 2024-01-01–2025-12-31."), []);
        assert_eq!(found("Avtalet SKA GÄLLA I TRE ÅR.").len(), 1);
    }
}
