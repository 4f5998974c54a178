//! Syntax errors in Swedish, in the file's order, at most one a line and twenty a file: the parser recovers and
//! goes on, so that one slip can give many errors.

use std::sync::Arc;

use toml::de::Error;

use super::codes;
use crate::finding::{Finding, Level, Place};

/// So many errors of one file are worth reading.
const MOST: usize = 20;

/// The findings for the parser's errors.
pub(super) fn findings(file: &Arc<str>, text: &str, errors: &[Error]) -> Vec<Finding> {
    let mut errors: Vec<(usize, usize, &str)> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            let start = span.start.min(text.len());
            (start, span.end.clamp(start, text.len()), error.message())
        })
        .map(|(start, end, message)| match opening_of_unclosed(text, start, message) {
            Some(opening) => (opening, opening + 1, message),
            None => (start, end, message),
        })
        .collect();
    errors.sort_unstable();

    let mut findings: Vec<Finding> = Vec::new();
    let mut last_line_end = 0;
    let mut last_duplicate = None;
    let mut on_more_lines = 0_usize;
    for (start, end, message) in errors {
        if start < last_line_end {
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
        let rest = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let (fact, help) = by_the_line(rest).unwrap_or_else(|| in_swedish(message));
        let place = Place::bytes(file, start, end);
        findings.push(
            Finding::new(codes::SYNTAX, Level::Error, place, fact)
                .help(format!("{help} (TOML-läsaren: {message})")),
        );
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

/// Where the text that is never closed begins: the parser reports it where it gave up, often at the file's end.
fn opening_of_unclosed(text: &str, start: usize, message: &str) -> Option<usize> {
    if !message.contains("invalid basic string")
        && !message.contains("invalid literal string")
        && !message.contains("invalid multi-line")
    {
        return None;
    }
    ["\"\"\"", "'''"]
        .iter()
        .filter(|quote| text.matches(**quote).count() % 2 == 1)
        .filter_map(|quote| text.get(..start)?.rfind(quote))
        .max()
}

/// Slips that the rest of the line shows better than the parser's message.
fn by_the_line(rest: &str) -> Option<(&'static str, &'static str)> {
    let rest = rest.trim();
    let value = rest.strip_prefix('=').map_or(rest, str::trim);
    if value.is_empty() {
        return Some((
            "Nyckeln har inget värde.",
            "Skriv ett värde efter likhetstecknet, eller ta bort raden.",
        ));
    }
    if value.starts_with(['”', '“', '„', '’', '‘']) {
        return Some(("Texten har typografiska citattecken.", "Använd raka citattecken: \"…\"."));
    }
    let mut groups = value.split(' ');
    let all_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if groups.clone().count() > 1 && groups.all(all_digits) {
        return Some((
            "Ett tal får inte ha mellanslag.",
            "Skriv tusental med understreck, till exempel 500_000.",
        ));
    }
    None
}

/// The parser's message as an official reads it: what is wrong, and what to do.
fn in_swedish(message: &str) -> (&'static str, &'static str) {
    const KNOWN: [(&str, &str, &str); 14] = [
        (
            "duplicate key",
            "Nyckeln står redan på ett annat ställe.",
            "Ta bort den ena, eller ge den ett annat namn.",
        ),
        (
            "string values must be quoted",
            "Text ska stå inom citattecken.",
            "Skriv till exempel title = \"Namn\".",
        ),
        (
            "basic string",
            "Texten är inte avslutad eller har ett otillåtet tecken.",
            "Avsluta den med \" eller, för flera rader, med \"\"\".",
        ),
        (
            "literal string",
            "Texten är inte avslutad eller har ett otillåtet tecken.",
            "Avsluta den med samma citattecken som den börjar med.",
        ),
        ("unclosed array", "Listan är inte avslutad.", "Avsluta den med ]."),
        ("unclosed inline table", "Tabellen inom klammer är inte avslutad.", "Avsluta den med }."),
        ("unclosed table", "Tabellrubriken är inte avslutad.", "Avsluta den med ]."),
        (
            "missing value",
            "Nyckeln har inget värde.",
            "Skriv ett värde efter likhetstecknet, eller ta bort raden.",
        ),
        ("key with no value", "Raden har en nyckel men inget likhetstecken.", "Skriv nyckel = värde."),
        ("comma", "Ett kommatecken saknas eller står fel.", "Skilj värdena åt med ett kommatecken."),
        ("extra `=`", "Det står ett likhetstecken för mycket.", "Skriv nyckel = värde."),
        ("recur", "Tabellerna är nästlade för djupt.", "Högst 80 nivåer går att läsa."),
        ("date", "Datumet finns inte.", "Skriv ett riktigt datum, till exempel 2021-02-28."),
        (
            "cannot extend",
            "Tabellen är redan avslutad på ett annat ställe.",
            "Skriv alla dess nycklar på samma ställe.",
        ),
    ];
    KNOWN.iter().find(|(part, ..)| message.contains(part)).map_or(
        ("Raden går inte att läsa som TOML.", "Skriv nyckel = värde, eller [tabell]."),
        |(_, fact, help)| (*fact, *help),
    )
}
