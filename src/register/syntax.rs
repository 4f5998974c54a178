//! Syntax errors in Swedish, in the file's order, at most one a line and twenty a file: the parser recovers and
//! goes on, so that one slip can give many errors.

use std::sync::Arc;

use toml::de::Error;

use super::codes;
use super::unclosed::Unclosed;
use crate::date::MONTHS;
use crate::finding::{Finding, Level, Place};

/// So many errors of one file are worth reading.
const MOST: usize = 20;

/// What is wrong, and what to do about it.
type Slip = (&'static str, &'static str);

const NO_VALUE: Slip =
    ("Nyckeln har inget värde.", "Skriv ett värde efter likhetstecknet, eller ta bort raden.");

const DATE_FORM: Slip = (
    "Datumet är inte skrivet som det ska.",
    "Skriv datum ÅÅÅÅ-MM-DD, med fyra siffror för året och två för månad och dag, till exempel 2024-01-01.",
);

const PERCENT_FORM: Slip = (
    "Procentsatsen är inte skriven som den ska.",
    "Skriv procentsatser inom citattecken och utan procenttecken, till exempel \"2,4\".",
);

const NO_QUOTES: Slip = ("Text ska stå inom citattecken.", "Skriv till exempel title = \"Namn\".");

const TEXT_OPEN: &str = "Texten har inget citattecken som avslutar den.";
const LIST_OPEN: Slip = ("Listan är inte avslutad.", "Skriv ] där den slutar.");
const TABLE_OPEN: Slip = ("Tabellen inom klammer är inte avslutad.", "Skriv } där den slutar.");
const HEADER_OPEN: Slip = ("Tabellrubriken är inte avslutad.", "Skriv ] sist i rubriken.");
const HEADER_FORM: Slip = (
    "Tabellrubriken har ett tecken som den inte får ha.",
    "Skriv den med a–z, 0–9, - och _, till exempel [party.oppet-hus], eller namnet inom citattecken: [party.\"Öppet hus\"].",
);
const LIST_HEADER_OPEN: Slip = ("Tabellrubriken är inte avslutad.", "Skriv ]] sist i rubriken.");

/// The findings for the parser's errors.
pub(super) fn findings(file: &Arc<str>, text: &str, errors: &[Error]) -> Vec<Finding> {
    let unclosed = Unclosed::of(text);
    let mut errors: Vec<(usize, usize, &str)> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            let start = span.start.min(text.len());
            (start, span.end.clamp(start, text.len()), error.message())
        })
        .map(|(start, end, message)| match opening(text, &unclosed, start, message) {
            Some(opening) => (opening, opening + 1, message),
            None => (start, end, message),
        })
        .collect();
    errors.sort_unstable();
    // All that follows a bracket stands in it until it is closed: no other error there means what it says. Where the
    // parser sees a closing bracket after all, it knows better.
    let bracket = unclosed.bracket().filter(|bracket| errors.iter().any(|(start, ..)| start == bracket));

    let mut findings: Vec<Finding> = Vec::new();
    let mut last_line_end = 0;
    let mut last_duplicate = None;
    let mut on_more_lines = 0_usize;
    for (start, end, message) in errors {
        if start < last_line_end || bracket.is_some_and(|bracket| bracket < start) {
            continue;
        }
        // A table that stands twice makes every key in it stand twice; its first says it.
        if message.contains("duplicate key") {
            let same_table = last_duplicate
                .and_then(|last: usize| text.get(last..start))
                .is_some_and(|between| !between.contains("\n["));
            last_duplicate = Some(start);
            if same_table {
                continue;
            }
        }
        last_line_end =
            text.get(start..).and_then(|rest| rest.find('\n')).map_or(usize::MAX, |n| start + n + 1);
        if findings.len() == MOST {
            on_more_lines += 1;
            continue;
        }
        let (fact, help) = at_an_opening(text, &unclosed, start, message)
            .or_else(|| by_the_line(text, start, message))
            .unwrap_or_else(|| in_swedish(message));
        let place = Place::bytes(file, start, end);
        findings.push(Finding::new(codes::SYNTAX, Level::Error, place, fact).help(help));
    }
    if on_more_lines > 0
        && let Some(last) = findings.last_mut()
    {
        last.message.push_str(&format!(
            " Ytterligare {on_more_lines} rader i filen går inte att läsa; de visas när dessa är rättade."
        ));
    }
    findings
}

/// Where what is never closed begins: the parser reports it where it gave up, often at the file's end.
fn opening(text: &str, unclosed: &Unclosed, start: usize, message: &str) -> Option<usize> {
    if message.contains("unclosed table") || message.contains("unclosed array table") {
        let line = text.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
        return text.get(line..start)?.find('[').map(|at| line + at);
    }
    if message.contains("unclosed array") || message.contains("unclosed inline table") {
        return unclosed.bracket();
    }
    if is_about_text(message) { unclosed.text_until(start) } else { None }
}

fn is_about_text(message: &str) -> bool {
    ["invalid basic string", "invalid literal string", "invalid multi-line"]
        .iter()
        .any(|part| message.contains(part))
}

/// What is never closed, at its opening.
fn at_an_opening(text: &str, unclosed: &Unclosed, start: usize, message: &str) -> Option<Slip> {
    let rest = text.get(start..)?;
    if unclosed.bracket() == Some(start) {
        return Some(if rest.starts_with('[') { LIST_OPEN } else { TABLE_OPEN });
    }
    if message.contains("unclosed") && rest.starts_with('[') {
        let is_list = rest.starts_with("[[");
        if !is_list && rest.lines().next().is_some_and(|line| line.contains(']')) {
            return Some(HEADER_FORM);
        }
        return Some(if is_list { LIST_HEADER_OPEN } else { HEADER_OPEN });
    }
    if !is_about_text(message) || unclosed.text_until(start) != Some(start) {
        return None;
    }
    let help = if rest.starts_with("\"\"\"") {
        "Skriv \"\"\" där texten slutar."
    } else if rest.starts_with("'''") {
        "Skriv ''' där texten slutar."
    } else if rest.starts_with('\'') {
        "Skriv ' där texten slutar. En text på flera rader börjar och slutar med '''."
    } else {
        "Skriv \" där texten slutar. En text på flera rader börjar och slutar med \"\"\"."
    };
    Some((TEXT_OPEN, help))
}

/// Slips that the line shows better than the parser's message.
fn by_the_line(text: &str, start: usize, message: &str) -> Option<Slip> {
    let rest = text.get(start..)?.lines().next().unwrap_or_default().trim();
    let value = rest.strip_prefix('=').map_or(rest, str::trim);
    let is_bare = message.contains("string values must be quoted");
    if (is_bare || message.contains("missing value")) && (value.is_empty() || value.starts_with('#')) {
        return Some(NO_VALUE);
    }
    if value.starts_with(['”', '“', '„', '’', '‘']) {
        return Some(("Texten har typografiska citattecken.", "Använd raka citattecken: \"…\"."));
    }
    if message.contains("unexpected key or value") {
        return Some(after_the_value(text.get(..start)?, rest));
    }
    let value = value.split([',', ']', '}', '#']).next().unwrap_or_default().trim();
    if message.contains("invalid boolean") && ["true", "false"].contains(&value.to_lowercase().as_str()) {
        return Some(("Sant och falskt skrivs med små bokstäver.", "Skriv true eller false."));
    }
    let is_unreadable =
        ["invalid date", "invalid time", "invalid float"].iter().any(|part| message.contains(part));
    if is_unreadable && !message.contains("between") {
        // The parser points at the second full stop of 2024.01.01.
        let line = text.get(..start)?.rsplit(['\n', '=', '[', ',']).next().unwrap_or_default();
        return looks_like_date(format!("{line}{value}").trim()).then_some(DATE_FORM);
    }
    if is_bare { bare(value) } else { None }
}

/// A value without quotation marks that is no text.
fn bare(value: &str) -> Option<Slip> {
    let all_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if value.split(' ').count() > 1 && value.split(' ').all(all_digits) {
        return Some((
            "Ett tal får inte ha mellanslag.",
            "Skriv tusental med understreck, till exempel 500_000.",
        ));
    }
    if looks_like_date(value) {
        return Some(DATE_FORM);
    }
    let is_number_with = |unit: &&str| {
        value.strip_suffix(unit).map(str::trim).is_some_and(|number| {
            number.starts_with(|first: char| first.is_ascii_digit())
                && number.chars().all(|letter| letter.is_ascii_digit() || "._ ".contains(letter))
        })
    };
    if ["%", "procent"].iter().any(is_number_with) {
        return Some(PERCENT_FORM);
    }
    if ["tkr", "mkr", "mnkr", "tusen", "miljoner", "kr", "kronor", ":-", "SEK"].iter().any(is_number_with) {
        return Some((
            "Beloppet är inte skrivet som det ska.",
            "Skriv belopp i hela kronor utan enhet, till exempel 500_000.",
        ));
    }
    let is_yes_or_no = ["ja", "nej", "sant", "falskt"].contains(&value.to_lowercase().as_str());
    is_yes_or_no.then_some((
        "Ja och nej skrivs true och false.",
        "Skriv true (ja) eller false (nej). Är det en text ska den stå inom citattecken.",
    ))
}

/// What stands after a value that is complete.
fn after_the_value(before: &str, rest: &str) -> Slip {
    let follows_digit = before.ends_with(|last: char| last.is_ascii_digit());
    let mut letters = rest.chars();
    match letters.next() {
        Some(',') if follows_digit && letters.next().is_some_and(|next| next.is_ascii_digit()) => (
            "Ett tal får inte ha kommatecken.",
            "Skriv procentsatser inom citattecken, till exempel \"2,4\", och belopp i hela kronor, till exempel 500_000.",
        ),
        Some(']' | '}') => {
            ("En parentes avslutas som inte är påbörjad.", "Ta bort den, eller skriv den som fattas.")
        }
        _ => (
            "Det står något mer på raden än ett värde.",
            "Skriv en uppgift på varje rad. Ett citattecken inne i en text skrivs \\\".",
        ),
    }
}

/// Whether a value is a date written in some other way: 2024-1-1, 2024/01/01, 1.1.2024, 1 januari 2024.
fn looks_like_date(value: &str) -> bool {
    let is_number =
        |group: &str| (1..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> =
        value.split(['-', '/', '.', ' ']).filter(|group| !group.is_empty()).take(4).collect();
    let [first, second, third] = groups.as_slice() else { return false };
    let has_sign =
        value.contains(['-', '/']) || value.contains('.') && (first.len() == 4 || third.len() == 4);
    let month = second.to_lowercase();
    let is_month = month.len() > 2 && MONTHS.iter().any(|name| name.starts_with(&month));
    is_number(first) && is_number(third) && (is_month || has_sign && is_number(second))
}

/// The parser's message as an official reads it.
fn in_swedish(message: &str) -> Slip {
    const KNOWN: [(&str, Slip); 20] = [
        (
            "carriage return",
            (
                "Raden har ett ensamt CR-tecken, som inte är något radslut.",
                "Spara om filen med vanliga radslut: LF eller CRLF.",
            ),
        ),
        (
            "duplicate key",
            ("Nyckeln står redan på ett annat ställe.", "Ta bort den ena, eller ge den ett annat namn."),
        ),
        ("string values must be quoted", NO_QUOTES),
        ("invalid boolean", NO_QUOTES),
        (
            "missing opening quote",
            ("Texten saknar citattecknet som inleder den.", "Skriv \" både före och efter texten."),
        ),
        (
            "missing escaped value",
            (
                "Ett bakåtstreck i en text inleder ett styrtecken, och det här finns inte.",
                "Skriv två bakåtstreck för ett, eller sätt texten inom enkla citattecken: 'C:\\mapp'.",
            ),
        ),
        (
            "visible characters",
            ("Texten har ett otillåtet tecken.", "Skriv om texten för hand där felet står."),
        ),
        ("unclosed array table", LIST_HEADER_OPEN),
        ("unclosed table", HEADER_OPEN),
        ("unclosed array", LIST_OPEN),
        ("unclosed inline table", TABLE_OPEN),
        ("missing value", NO_VALUE),
        ("key with no value", ("Raden har en nyckel men inget likhetstecken.", "Skriv nyckel = värde.")),
        (
            "unquoted key",
            (
                "Nyckeln har ett tecken som den inte får ha, eller saknas.",
                "Skriv nyckeln med a–z, 0–9, - och _, eller sätt den inom citattecken.",
            ),
        ),
        ("comma", ("Ett kommatecken saknas eller står fel.", "Skilj värdena åt med ett kommatecken.")),
        ("extra `=`", ("Det står ett likhetstecken för mycket.", "Skriv nyckel = värde.")),
        ("recur", ("Tabellerna är nästlade för djupt.", "Högst 80 nivåer går att läsa.")),
        (
            "leading zero",
            (
                "Ett tal får inte börja med en nolla.",
                "Skriv det utan nollan, till exempel 1. Ett nummer där nollan ingår skrivs inom citattecken.",
            ),
        ),
        ("date", ("Datumet finns inte.", "Skriv ett riktigt datum, till exempel 2021-02-28.")),
        (
            "cannot extend",
            ("Tabellen är redan avslutad på ett annat ställe.", "Skriv alla dess nycklar på samma ställe."),
        ),
    ];
    KNOWN.iter().find(|(part, _)| message.contains(part)).map_or(
        ("Raden går inte att läsa som TOML.", "Skriv nyckel = värde, eller [tabell]."),
        |(_, slip)| *slip,
    )
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;
    use crate::finding::Part;

    /// Where each finding stands and what it says.
    fn said(text: &str) -> Vec<(usize, String, String)> {
        let (_, errors) = DeTable::parse_recoverable(text);
        let found = findings(&Arc::from("agreements/a.toml"), text, &errors);
        let told = found.into_iter().map(|finding| {
            let Part::Bytes(start, _) = finding.place.part else { panic!("{finding:?}") };
            (start, finding.message, finding.help.unwrap_or_default())
        });
        told.collect()
    }

    #[test]
    fn what_is_not_closed_is_shown_at_its_opening() {
        for (text, opening, fact, help) in [
            ("title = \"ett öppet hus\nb = 1\n", "\"ett", TEXT_OPEN, "Skriv \" där"),
            ("title = \"ett öppet hus", "\"ett", TEXT_OPEN, "Skriv \" där"),
            ("title = \"ett\r\nb = 1\r\n", "\"ett", TEXT_OPEN, "Skriv \" där"),
            ("title = 'a\nb = 1\n", "'a", TEXT_OPEN, "Skriv ' där"),
            ("\"a = 1\nb = 2\n", "\"a", TEXT_OPEN, "Skriv \" där"),
            ("a = \"\"\"b\"\n\n[c]\nd = 1\n", "\"\"\"b", TEXT_OPEN, "Skriv \"\"\" där"),
            ("a = {c = \"x }\nd = 1\n", "\"x", TEXT_OPEN, "Skriv \" där"),
            ("x = [1, 2\ny = 3\n[a]\nb = 2\n", "[1", LIST_OPEN.0, LIST_OPEN.1),
            ("x = [1, 2\n", "[1", LIST_OPEN.0, LIST_OPEN.1),
            ("a = {b = 1\nc = 2\n[d]\ne = 3\n", "{b", TABLE_OPEN.0, TABLE_OPEN.1),
            ("x = [ { a = 1 ]\ny = 2\n", "{ a", TABLE_OPEN.0, TABLE_OPEN.1),
            ("[case\na = 1\n", "[case", HEADER_OPEN.0, HEADER_OPEN.1),
            ("b = 1\n [case # x\na = 1\n", "[case", HEADER_OPEN.0, HEADER_OPEN.1),
            ("[[case]\na = 1\n", "[[case", LIST_HEADER_OPEN.0, LIST_HEADER_OPEN.1),
        ] {
            let said = said(text);
            assert_eq!((Some(said[0].0), said[0].1.as_str()), (text.find(opening), fact), "{text}");
            assert!(said[0].2.starts_with(help), "{text}: {said:?}");
            let lines: Vec<usize> = said.iter().map(|(at, ..)| text[..*at].matches('\n').count()).collect();
            assert!(lines.is_sorted_by(|before, after| before < after), "{text}: {said:?}");
        }
        for header in ["[party.Öppet hus]", "[party.a b]"] {
            let said = said(&format!("{header}\nrole = 1\n"));
            assert_eq!((said[0].1.as_str(), said[0].2.as_str()), HEADER_FORM, "{header}: {said:?}");
        }
        // What is inside a list that goes on to the end of the file is not judged.
        assert_eq!(said("x = [1, 2\ny = 3\n[a]\nb = 2\n").len(), 1);
        assert_eq!(said("a = {b = 1\nc = 2\n[d]\ne = 3\n").len(), 1);
        assert_eq!(said("x = [ { a = 1 ]\ny = 2 } ]\n").len(), 2);
        // What stands before it, or after a text that ends with its line, is.
        assert_eq!(said("a = 01\nb = \"c\nd = 02\n").len(), 3);
    }

    #[test]
    fn a_value_that_is_written_in_another_way_is_told_how() {
        for (value, fact, help) in [
            ("2024-1-1", DATE_FORM.0, "ÅÅÅÅ-MM-DD, med fyra siffror för året och två för månad och dag"),
            ("24-01-01", DATE_FORM.0, "ÅÅÅÅ-MM-DD"),
            ("2024-01-1", DATE_FORM.0, "ÅÅÅÅ-MM-DD"),
            ("2024/01/01", DATE_FORM.0, "ÅÅÅÅ-MM-DD"),
            ("1/1 2024", DATE_FORM.0, "ÅÅÅÅ-MM-DD"),
            ("2024.01.01", DATE_FORM.0, "ÅÅÅÅ-MM-DD"),
            ("1 januari 2024", DATE_FORM.0, "ÅÅÅÅ-MM-DD"),
            ("[2024-1-1]", DATE_FORM.0, "ÅÅÅÅ-MM-DD"),
            ("2024-02-30", "Datumet finns inte.", "2021-02-28"),
            ("2024-13-01", "Datumet finns inte.", "2021-02-28"),
            ("True", "Sant och falskt skrivs med små bokstäver.", "true eller false"),
            ("[FALSE]", "Sant och falskt skrivs med små bokstäver.", "true eller false"),
            ("ja", "Ja och nej skrivs true och false.", "true (ja)"),
            ("tio", NO_QUOTES.0, NO_QUOTES.1),
            ("2,4", "Ett tal får inte ha kommatecken.", "inom citattecken, till exempel \"2,4\""),
            ("2,4 %", "Ett tal får inte ha kommatecken.", "inom citattecken, till exempel \"2,4\""),
            ("2.4 %", PERCENT_FORM.0, "utan procenttecken"),
            ("640 tkr", "Beloppet är inte skrivet som det ska.", "500_000"),
            ("500 kr", "Beloppet är inte skrivet som det ska.", "500_000"),
            ("500 000", "Ett tal får inte ha mellanslag.", "500_000"),
            ("01", "Ett tal får inte börja med en nolla.", "utan nollan"),
            ("", NO_VALUE.0, NO_VALUE.1),
            ("# senare", NO_VALUE.0, NO_VALUE.1),
            ("\"a\" b", "Det står något mer på raden än ett värde.", "på varje rad"),
            ("\"C:\\mapp\"", "Ett bakåtstreck i en text inleder", "två bakåtstreck"),
        ] {
            let said = said(&format!("x = {value}\n"));
            assert_eq!(said.len(), 1, "{value}: {said:?}");
            assert!(said[0].1.starts_with(fact) && said[0].2.contains(help), "{value}: {said:?}");
        }
        for text in ["x = 1\ry = 2\n", "x = \"a\"\r", "# x\ry = 2\n"] {
            assert!(said(text)[0].1.contains("ensamt CR-tecken"), "{text:?}: {:?}", said(text));
        }
        assert_eq!(said("x\n")[0].1, "Raden har en nyckel men inget likhetstecken.");
    }
}
