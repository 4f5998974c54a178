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
const PHRASES: [&str; 10] = [
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
];

/// What stands first between the brackets that a template asks somebody to fill. A verb must be a whole word: "Skrivelsen"
/// and "Angered" are others.
const IN_SQUARE: [(&str, bool); 6] =
    [("namn", false), ("datum", false), ("belopp", false), ("ange", true), ("fyll i", true), ("skriv", true)];

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
    lines().next().or_else(|| bracketed(text)).or_else(|| leader(text)).or_else(|| filler(text))
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
        if !asks {
            return None;
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
        ] {
            assert_eq!(leftover(text), Some(left), "{text}");
            let toml = format!("clause.background.text = \"{text}\"");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            assert!(findings[0].message.starts_with(&format!("”{left}”")), "{text}: {findings:?}");
        }
    }
}
