//! E-mail addresses, telephone numbers and homes in a line of text, however they are written.

use std::ops::Range;

use super::name_form::{is_body, is_initial, is_part_of_name};

/// What stands for the at sign where somebody hides an address from machines.
const AT: [&str; 15] = [
    "@",
    "(at)",
    "[at]",
    "{at}",
    "<at>",
    "(a)",
    "[a]",
    "(@)",
    "[@]",
    "(snabel-a)",
    "[snabel-a]",
    "(snabela)",
    " snabel-a ",
    " snabela ",
    " at ",
];

/// The same for the full stop.
const DOT: [&str; 9] = [".", "(punkt)", "[punkt]", "{punkt}", "(dot)", "[dot]", "(.)", " punkt ", " dot "];

/// How the names of streets end.
const STREETS: [&str; 23] = [
    "gatan",
    "gata",
    "vägen",
    "väg",
    "gränd",
    "gränden",
    "stigen",
    "stig",
    "allén",
    "allé",
    "backen",
    "torget",
    "torg",
    "plan",
    "platsen",
    "kajen",
    "leden",
    "svängen",
    "slingan",
    "liden",
    "ringen",
    "promenaden",
    "stranden",
];

/// Where the e-mail addresses of a line stand, in order.
pub(super) fn emails(line: &str) -> Vec<Range<usize>> {
    let lower = line.to_ascii_lowercase();
    let marks = AT.iter().flat_map(|mark| lower.match_indices(mark).map(|(at, mark)| (at, at + mark.len())));
    let found = marks.filter_map(|(start, end)| {
        let before = line.get(..start)?.trim_end();
        let is_own = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '+' | '%');
        let own: usize = before.chars().rev().take_while(|letter| is_own(*letter)).map(char::len_utf8).sum();
        let after = lower.get(end..)?;
        let gap = after.len() - after.trim_start().len();
        let domain = domain(after.trim_start())?;
        // "Möte @ kl. 10.30" is none.
        let is_close = start - before.len() <= 1 && gap <= 1;
        (own > 0 && is_close).then(|| before.len() - own..end + gap + domain)
    });
    let mut found: Vec<Range<usize>> = found.collect();
    found.sort_by_key(|at| (at.start, std::cmp::Reverse(at.end)));
    let mut last = 0;
    found.retain(|at| {
        let is_next = at.start >= last;
        last = if is_next { at.end } else { last };
        is_next
    });
    found
}

/// How long the domain is with which a text begins.
fn domain(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut labels: Vec<&str> = Vec::new();
    loop {
        let rest = text.get(at..)?;
        let length =
            rest.find(|letter: char| !letter.is_alphanumeric() && letter != '-').unwrap_or(rest.len());
        if length == 0 {
            break;
        }
        labels.push(rest.get(..length)?);
        at += length;
        let rest = text.get(at..)?;
        let spaced = rest.trim_start();
        let gap = rest.len() - spaced.len();
        let dot = DOT.iter().find_map(|dot| {
            // A full stop stands without spaces, what stands for it may have some.
            let rest = if *dot == "." || dot.starts_with(' ') { rest } else { spaced };
            let skipped = if std::ptr::eq(rest, spaced) { gap } else { 0 };
            let after = rest.strip_prefix(dot)?;
            let own = after.trim_start();
            let after_gap = if *dot == "." { 0 } else { after.len() - own.len() };
            let goes_on = after.get(after_gap..)?.starts_with(char::is_alphanumeric);
            goes_on.then_some(skipped + dot.len() + after_gap)
        });
        let Some(dot) = dot else { break };
        at += dot;
    }
    let is_top =
        labels.last().is_some_and(|top| top.chars().count() >= 2 && top.chars().all(char::is_alphabetic));
    (labels.len() >= 2 && is_top).then_some(at)
}

/// Where somebody may live.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Home {
    /// Where it stands in the line.
    pub(super) at: Range<usize>,
    /// Whether the line says that it is somebody's home.
    pub(super) is_sure: bool,
}

/// The addresses of a line: a street with its number, a postcode with its town, or both.
pub(super) fn homes(line: &str) -> Vec<Home> {
    let words: Vec<(usize, &str)> = words(line);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let Some(count) =
            street(rest).or_else(|| postcode(rest)).or_else(|| box_number(rest)).or_else(|| care_of(rest))
        else {
            at += 1;
            continue;
        };
        let start = rest.first().map_or(line.len(), |(start, _)| *start);
        let last = words.get(at + count - 1);
        let end = last.map_or(line.len(), |(start, word)| start + bare(word).len());
        let is_next = |last: &Range<usize>| {
            line.get(last.end..start).is_some_and(|between| {
                between.chars().all(|letter| matches!(letter, ',' | ' ' | '\t' | '\u{a0}' | ';'))
            })
        };
        match found.last_mut().filter(|last| is_next(last)) {
            Some(last) => last.end = end,
            None => found.push(start..end),
        }
        at += count;
    }
    let lower = line.to_lowercase();
    let is_sure =
        ["bostad", "hemadress", "privat", "folkbokför", "c/o"].iter().any(|word| lower.contains(word));
    found.into_iter().map(|at| Home { at, is_sure }).collect()
}

/// The words of a line with where they begin.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in line.char_indices().chain(std::iter::once((line.len(), ' '))) {
        match start {
            None if !letter.is_whitespace() => start = Some(at),
            Some(from) if letter.is_whitespace() => {
                found.extend(line.get(from..at).map(|word| (from, word)));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A word without the marks behind it.
fn bare(word: &str) -> &str {
    word.trim_end_matches([',', '.', ';', ')', ':'])
}

/// "Storgatan 4", "Norra Vägen 12 B, lgh 1102", "Storgatan 4A 3 tr": how many words a street with its number is.
fn street(words: &[(usize, &str)]) -> Option<usize> {
    let named = words.iter().take(4).position(|(_, word)| {
        let lower = word.to_lowercase();
        STREETS.iter().any(|end| lower.ends_with(end))
    })?;
    let is_named = words
        .get(..=named)?
        .iter()
        .all(|(_, word)| word.starts_with(char::is_uppercase) && !word.ends_with([',', '.', ':']));
    let is_own = named == 0 || words.first().is_some_and(|(_, word)| !is_lead(word));
    if !is_named || !is_own || !is_number(words.get(named + 1)?.1) {
        return None;
    }
    let mut count = named + 2;
    loop {
        let ends = words.get(count - 1).is_some_and(|(_, word)| word.ends_with(['.', ';', ')']));
        let next = |ahead: usize| words.get(count + ahead).map(|(_, word)| bare(word).to_lowercase());
        count += match (next(0).as_deref(), next(1).as_deref()) {
            _ if ends => break,
            (Some(letter), _)
                if letter.chars().count() == 1
                    && words.get(count).is_some_and(|(_, word)| word.starts_with(char::is_uppercase)) =>
            {
                1
            }
            (Some("lgh" | "läg" | "lägenhet" | "uppg" | "port"), Some(number))
                if number.starts_with(|letter: char| letter.is_alphanumeric()) =>
            {
                2
            }
            (Some(stairs), Some("tr" | "trappor" | "vån"))
                if stairs.chars().all(|letter| letter.is_ascii_digit()) =>
            {
                2
            }
            _ => break,
        };
    }
    Some(count)
}

/// Whether a word with a capital only begins a sentence or says what follows.
fn is_lead(word: &str) -> bool {
    matches!(
        word,
        "På" | "Vid" | "I" | "Adress" | "Till" | "Från" | "Lokalen" | "Besöksadress" | "Postadress"
    )
}

/// "4", "12B", "3–5": the number of a house.
fn is_number(word: &str) -> bool {
    let word = bare(word);
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let rest: String = word.chars().skip(digits).collect();
    (1..=3).contains(&digits)
        && (rest.chars().count() <= 1 && rest.chars().all(char::is_alphabetic)
            || rest.starts_with(['-', '–', '/', ':']) && rest.chars().count() <= 4)
}

/// "123 45 Vretby", "Nygård 12, 123 45 Vretby": how many words a postcode with its town is.
fn postcode(words: &[(usize, &str)]) -> Option<usize> {
    let digits = |at: usize, count: usize| {
        words.get(at).is_some_and(|(_, word)| {
            word.len() == count && word.chars().all(|letter| letter.is_ascii_digit())
        })
    };
    let is_town = |at: usize| words.get(at).is_some_and(|(_, word)| is_part_of_name(bare(word)));
    let code = |at: usize| match (digits(at, 3) && digits(at + 1, 2), digits(at, 5)) {
        (true, _) if is_town(at + 2) => Some(at + 3),
        (_, true) if is_town(at + 1) => Some(at + 2),
        _ => None,
    };
    // A farm has a name and perhaps a number.
    let farm = || {
        let is_named =
            is_part_of_name(words.first()?.1) && is_number(words.get(1)?.1) && words.get(1)?.1.ends_with(',');
        is_named.then(|| code(2)).flatten()
    };
    let count = code(0).or_else(farm)?;
    let is_second =
        words.get(count - 1).is_some_and(|(_, word)| word.ends_with(char::is_alphabetic)) && is_town(count);
    Some(if is_second { count + 1 } else { count })
}

/// "c/o Brännlycke": with whom somebody lives.
fn care_of(words: &[(usize, &str)]) -> Option<usize> {
    let ((_, first), named) = words.split_first()?;
    if !first.eq_ignore_ascii_case("c/o") {
        return None;
    }
    let mut count = 0;
    for (_, word) in named.iter().take(3) {
        if !is_part_of_name(bare(word)) && !is_initial(word) || is_body(word) {
            break;
        }
        count += 1;
        if word.ends_with(',') {
            break;
        }
    }
    (count > 0).then_some(1 + count)
}

/// "Box 12".
fn box_number(words: &[(usize, &str)]) -> Option<usize> {
    let ((_, named), (_, number)) = (words.first()?, words.get(1)?);
    (matches!(*named, "Box" | "Postlåda")
        && bare(number).chars().all(|letter| letter.is_ascii_digit())
        && !bare(number).is_empty())
    .then_some(2)
}

/// A line without telephone numbers: digits that follow a word for them, or begin with the sign of a country or area and a dash.
pub(super) fn without_telephone(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit() || letter == '+') {
        let (before, from) = rest.split_at(start);
        let length: usize = from
            .chars()
            .take_while(|letter| {
                letter.is_ascii_digit()
                    || matches!(letter, ' ' | '-' | '–' | '+' | '(' | ')' | '/' | '\u{a0}')
            })
            .map(char::len_utf8)
            .sum();
        let (run, after) = from.split_at(length.max(1));
        let number = run.trim_end_matches([' ', '(', '\u{a0}', '-', '–']);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let head = before.to_lowercase();
        let is_named = ["tel", "telefon", "mobil", "tfn", "tfn.", "tel.", "telnr"]
            .iter()
            .any(|word| head.trim_end_matches([':', ' ', '.', '\u{a0}']).ends_with(word));
        let counted = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let is_area = number.starts_with("+46")
            || number.starts_with('0')
                && !number.contains('/')
                && number.split_once(['-', '–']).is_some_and(|(area, own)| {
                    (2..=4).contains(&area.len())
                        && (5..=8).contains(&counted(own))
                        && !own.contains(['-', '–'])
                });
        // "0-1" is a measure, and an organisation number does not begin with a nought.
        let is_telephone = (7..=13).contains(&digits) && (is_named || is_area) || is_named && digits >= 5;
        out.push_str(before);
        if is_telephone {
            out.push_str("(utelämnat telefonnummer)");
            out.push_str(&run[number.len()..]);
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_however_they_are_written() {
        for (line, address) in [
            ("skriv till namn@exempel.se, tack", Some("namn@exempel.se")),
            ("namn.x (at) exempel.se", Some("namn.x (at) exempel.se")),
            ("namn(at)exempel.se.", Some("namn(at)exempel.se")),
            ("Namn [AT] exempel (punkt) se", Some("Namn [AT] exempel (punkt) se")),
            ("namn snabel-a exempel punkt se", Some("namn snabel-a exempel punkt se")),
            ("namn @ post.exempel.se", Some("namn @ post.exempel.se")),
            ("alternativ (a) är bäst", None),
            ("kurs (a) 10.30", None),
        ] {
            assert_eq!(emails(line).first().map(|at| &line[at.clone()]), address.as_ref().copied(), "{line}");
        }
    }

    #[test]
    fn homes_are_streets_with_numbers_and_postcodes_with_towns() {
        for (line, found) in [
            ("Kim Sandö, Storgatan 4, 123 45 Vretby", vec!["Storgatan 4, 123 45 Vretby"]),
            (
                "Norra Ängsvägen 12 B lgh 1102, 12345 Norra Ådala.",
                vec!["Norra Ängsvägen 12 B lgh 1102, 12345 Norra Ådala"],
            ),
            ("Nygård 12, 123 45 Vretby", vec!["Nygård 12, 123 45 Vretby"]),
            ("Box 12, 123 45 Vretby", vec!["Box 12, 123 45 Vretby"]),
            ("Föreningen Tak, c/o Brännlycke, Storgatan 4", vec!["c/o Brännlycke, Storgatan 4"]),
            ("Träffpunkten på Storgatan är öppen 4 dagar", vec![]),
            ("250 000 kronor för 2026 och 123 45 för mat", vec![]),
        ] {
            assert_eq!(
                homes(line).iter().map(|home| &line[home.at.clone()]).collect::<Vec<_>>(),
                found,
                "{line}"
            );
        }
    }
}
