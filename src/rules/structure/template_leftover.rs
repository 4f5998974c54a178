//! Text that a template asks somebody to replace.

use crate::finding::Finding;
use crate::rules::Text;
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP116",
    slug: "template-leftover",
    title: "Text ur en mall står kvar",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: det som undertecknas ska vara färdigt",
    why: "”Klicka här” eller ”20XX” i ett undertecknat avtal lämnar frågan obesvarad, och visar att ingen läste det.",
    check: Check::Texts(
        &[
            "klicka h",
            "klicka eller",
            "åååå",
            "ÅÅÅÅ",
            "[ange",
            "[fyll",
            "[skriv",
            "skriv text",
            "tbd",
            "xx",
            "20xx",
            "todo",
            "fixme",
            "___",
            "lorem ipsum",
            "[namn",
            "[datum",
            "[belopp",
            "fyll i h",
            "skriv h",
            "......",
            "………",
            "???",
            "<namn",
            "<datum",
            "<belopp",
            "<ange",
            "<fyll",
            "<skriv",
            "<organisation",
            "<förening",
            "<titel",
            "<diarienummer",
            "välj ett",
            "vÄlj ett",
            "infoga text",
            "infoga h",
            "[förening",
            "[fÖrening",
            "[organisation",
            "[kommun",
            "[part",
            "[avtal",
            "(ange",
            "(fyll",
            "(skriv",
            "(infoga",
            "ange belopp",
            "ange datum",
            "ange text",
            "ange namn",
            "ange antal",
            "__-__",
            "__/__",
            "20__",
            "{{",
        ],
        check,
    ),
    bad: Example::agreement(
        &[],
        "clause.background.text = \"Unga saknar en mötesplats. Klicka här för att ange antal.\"",
        "clause.background.text",
    ),
    good: Example::agreement(
        &[],
        "clause.background.text = \"Se Todos väg, kapitel XXI och *2024*, och [Skrivelsen](https://adala.example).\"",
        "",
    ),
};

/// What templates write.
const PHRASES: [&str; 12] = [
    "klicka här",
    "klicka eller tryck här",
    "fyll i här",
    "skriv här",
    "skriv text här",
    "lorem ipsum",
    "åååå-mm-dd",
    "___",
    "………",
    "???",
    "infoga text här",
    "infoga här",
];

/// What Word writes in a field with a list or a calendar, and nothing after it.
const CHOICES: [&str; 2] = ["välj ett datum", "välj ett objekt"];

/// What templates ask for: "ange belopp här", "[Föreningens namn]".
const FIELDS: [&str; 12] = [
    "adress",
    "antal",
    "belopp",
    "datum",
    "diarienummer",
    "e-postadress",
    "namn",
    "organisationsnummer",
    "ort",
    "telefonnummer",
    "text",
    "titel",
];

/// What stands first between the brackets that a template asks somebody to fill. A verb must be a whole word: "Skrivelsen"
/// and "Angered" are others.
const IN_SQUARE: [(&str, bool); 6] =
    [("namn", false), ("datum", false), ("belopp", false), ("ange", true), ("fyll i", true), ("skriv", true)];

/// The same between round brackets, all of them verbs.
const IN_ROUND: [(&str, bool); 4] = [("ange", true), ("fyll i", true), ("skriv", true), ("infoga", true)];

/// So many words at most stand between round brackets that ask for something; more are an aside of the author's.
const ASKING: usize = 4;

/// The same between the signs that others use for it.
const IN_ANGLES: [(&str, bool); 10] = [
    ("namn", false),
    ("datum", false),
    ("belopp", false),
    ("ange", true),
    ("fyll i", true),
    ("skriv", true),
    ("organisation", false),
    ("förening", false),
    ("titel", false),
    ("diarienummer", false),
];

/// So many full stops in a row are a line to write on.
const LEADER: usize = 6;

fn check(scope: &Scope<'_>, texts: &[&Text]) -> Vec<Finding> {
    texts
        .iter()
        .filter_map(|Text { path, text }| {
            let left = leftover(text)?;
            let message = format!("”{left}” ser ut att stå kvar ur en mall.");
            Some(
                scope
                    .finding(&RULE, path.clone(), message)
                    .help("Skriv det som ska stå där, eller ta bort det."),
            )
        })
        .collect()
}

/// What a template left, as the text has it.
pub(in crate::rules) fn leftover(text: &str) -> Option<&str> {
    let lines = || PHRASES.iter().filter_map(|phrase| written(text, phrase));
    lines()
        .next()
        .or_else(|| bracketed(text))
        .or_else(|| leader(text))
        .or_else(|| filler(text))
        .or_else(|| choice(text))
        .or_else(|| asked(text))
        .or_else(|| variable(text))
        .or_else(|| blank_date(text))
}

/// A date with lines to write on: "20__-__-__". Underscores around words are bold text.
fn blank_date(text: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '_' | '-' | '/');
    let dates = text.split(|letter: char| !is_part(letter) && !letter.is_alphabetic());
    dates.filter(|date| date.chars().all(is_part)).find(|date| {
        date.strip_prefix("20").is_some_and(|rest| rest.starts_with("__"))
            || ["__-__", "__/__"].iter().any(|lines| date.contains(lines))
    })
}

/// A field in which nothing has been chosen.
fn choice(text: &str) -> Option<&str> {
    text.char_indices().find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let left = CHOICES.iter().find_map(|choice| begins_with(rest, choice))?;
        // "Välj ett datum som passar alla" is advice.
        let after = rest.get(left.len()..)?;
        (!after.trim_start_matches(' ').starts_with(|next: char| next.is_alphanumeric() || next == ','))
            .then_some(left)
    })
}

/// "Ange belopp här", where a sentence begins with it: in "föreningen ska ange namn" somebody is to do it.
fn asked(text: &str) -> Option<&str> {
    text.char_indices().find_map(|(at, _)| {
        let begins = text.get(..at)?.trim_end_matches([' ', '*', '_']);
        if !begins.is_empty() && !begins.ends_with(['.', ':', '!', '?', '\n', '\r', '-', '(']) {
            return None;
        }
        let rest = text.get(at..)?;
        let asks = FIELDS.iter().find_map(|field| begins_with(rest, &format!("ange {field} här")))?;
        let goes_on = rest.get(asks.len()..)?.starts_with(char::is_alphanumeric);
        (!goes_on).then_some(asks)
    })
}

/// A name that a program should have replaced: "{{organisation}}".
fn variable(text: &str) -> Option<&str> {
    let start = text.find("{{")?;
    let rest = text.get(start..)?;
    let end = rest.find("}}").filter(|end| !rest.get(..*end).is_some_and(|inside| inside.contains('\n')));
    rest.get(..end.map_or("{{".len(), |end| end + "}}".len()))
}

/// A phrase in whatever case, as the text writes it.
fn written<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    text.char_indices().find_map(|(at, _)| begins_with(text.get(at..)?, phrase))
}

/// The beginning of a text, where it is `phrase` in whatever case.
fn begins_with<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let mut letters = text.char_indices();
    for expected in phrase.chars() {
        let (_, letter) = letters.next()?;
        if letter != expected && !letter.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
    }
    text.get(..letters.next().map_or(text.len(), |(at, _)| at))
}

/// Something to fill in between brackets, with them; the text of a link is none, nor is an address.
fn bracketed(text: &str) -> Option<&str> {
    text.char_indices().find_map(|(at, opening)| {
        let (words, closing): (&[(&str, bool)], char) = match opening {
            '[' => (&IN_SQUARE, ']'),
            '<' => (&IN_ANGLES, '>'),
            '(' => (&IN_ROUND, ')'),
            _ => return None,
        };
        let rest = text.get(at..)?;
        let inside = rest.get(opening.len_utf8()..)?;
        let asks = words.iter().any(|(word, is_whole)| {
            begins_with(inside, word).is_some_and(|word| {
                let next = inside.get(word.len()..).and_then(|after| after.chars().next());
                !(*is_whole && next.is_some_and(char::is_alphanumeric))
            })
        });
        let names = opening == '[' && is_field(inside);
        if !asks && !names {
            return None;
        }
        if opening == '(' {
            let end = inside.find(')')?;
            let few = inside.get(..end).is_some_and(|asks| asks.split_whitespace().count() <= ASKING);
            return rest.get(..end + "()".len()).filter(|_| few);
        }
        // One that is never closed is shown with the words after it.
        let end = rest
            .find([closing, '\n'])
            .filter(|end| rest.get(*end..).is_some_and(|at| at.starts_with(closing)));
        let Some(end) = end else {
            let words = rest.split_inclusive(char::is_whitespace).take(3).map(str::len).sum();
            return rest.get(..words).map(str::trim_end);
        };
        let (whole, after) = (rest.get(..=end)?, rest.get(end + 1..)?);
        let leads_somewhere =
            if opening == '[' { after.starts_with(['(', '[', ':']) } else { whole.contains(['@', '/']) };
        (!leads_somewhere).then_some(whole)
    })
}

/// Whether what goes before a square bracket is the name of a field and no more: "organisationsnummer", "Föreningens namn".
/// "[okänt datum]" tells what is known.
fn is_field(inside: &str) -> bool {
    let Some((inside, _)) = inside.split_once(']') else { return false };
    let lower = inside.to_lowercase();
    let is_name = |word: &str| FIELDS.contains(&word);
    match lower.split_whitespace().collect::<Vec<_>>().as_slice() {
        [only] => {
            is_name(only) || ["organisation", "föreningsnamn", "kommunnamn", "partsnamn"].contains(only)
        }
        [owner, field] => owner.ends_with('s') && is_name(field),
        _ => false,
    }
}

/// A row of full stops to write on.
fn leader(text: &str) -> Option<&str> {
    let start = text.find(&".".repeat(LEADER))?;
    let rest = text.get(start..)?;
    rest.get(..rest.len() - rest.trim_start_matches('.').len())
}

/// A word that stands for one that is to come.
fn filler(text: &str) -> Option<&str> {
    let mut before = "";
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).find(|word| {
        let is_filler = word.len() >= 2 && word.bytes().all(|byte| byte == b'X');
        // Chapter XX is the twentieth.
        let is_numeral = word.len() <= 3 && is_division(before);
        let is_year =
            word.len() == 4 && word.strip_prefix("20").is_some_and(|rest| rest == "XX" || rest == "xx");
        before = *word;
        is_filler && !is_numeral || is_year || matches!(*word, "TODO" | "FIXME" | "TBD")
    })
}

/// Whether a word is one after which Roman numerals count the parts of a law or a book.
fn is_division(word: &str) -> bool {
    let word = word.to_lowercase();
    ["kap", "kapitel", "kapitlet", "avd", "avdelning", "del", "bok", "bilaga", "artikel", "art", "avsnitt"]
        .contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn links_and_chapters_are_not_taken_for_leftovers() {
        for text in [
            "[Skrivelsen](https://x.example)",
            "[Datumplan](x)",
            "[Namnstrategi][1]",
            "[namn]: https://x.example",
            "[Angered]",
            "Kap. XX i balken, del XX",
            "Skriv till <namn@adala.example>.",
            "Se … och så vidare ...",
            "Varför?? Jo.",
            "Hon [föreningens ordförande] och [Föreningens namn](https://x.example)",
            "[Kommunens namn][1] och [organisationer i Ådala]",
            "[okänt datum] och [avtalet]",
            "(se bilaga 1) och (anger beloppet) och (ange skälen i rapporten och skicka den)",
            "Välj ett datum som passar alla.",
            "Föreningen ska ange namn här och där.",
            "Ange namn härefter.",
            "{namn}",
            "Skriften __Öppet hus__ från __2020__ och __ett__-__två__",
        ] {
            assert_eq!(leftover(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_left_is_shown_as_it_stands() {
        for (text, left) in [
            ("KLICKA HÄR för", "KLICKA HÄR"),
            ("Parten [Ange namn på part] ska", "[Ange namn på part]"),
            ("Den [datum] 2024", "[datum]"),
            ("[Fyll i", "[Fyll i"),
            ("[skriv vad som ska stå här", "[skriv vad som"),
            ("Underskrift ................ datum", "................"),
            ("Ort ………", "………"),
            ("Kommunen och <namn> är", "<namn>"),
            ("och <Föreningens namn> är", "<Föreningens namn>"),
            ("Beloppet är ??? kronor", "???"),
            ("Beloppet är XX kronor", "XX"),
            ("År 20XX", "20XX"),
            ("ÅÅÅÅ-MM-DD", "ÅÅÅÅ-MM-DD"),
            ("Klicka eller tryck här för att ange text.", "Klicka eller tryck här"),
            ("Slut: Välj ett datum.", "Välj ett datum"),
            ("VÄLJ ETT OBJEKT", "VÄLJ ETT OBJEKT"),
            ("Infoga text här.", "Infoga text här"),
            ("Mellan [Föreningens namn] och", "[Föreningens namn]"),
            ("Org.nr [organisationsnummer]", "[organisationsnummer]"),
            ("Kommunen bidrar (ange belopp).", "(ange belopp)"),
            ("Bidrag: Ange belopp här", "Ange belopp här"),
            ("Ange namn här.", "Ange namn här"),
            ("Datum: 20__-__-__.", "20__-__-__"),
            ("Den __/__ 2024", "__/__"),
            ("Datum: 20__", "20__"),
            ("Parten {{organisation}} ska", "{{organisation}}"),
            ("Parten {{", "{{"),
        ] {
            assert_eq!(leftover(text), Some(left), "{text}");
            let toml = format!("clause.background.text = \"{text}\"");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            assert!(findings[0].message.starts_with(&format!("”{left}”")), "{text}: {findings:?}");
        }
    }
}
