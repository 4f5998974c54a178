//! A personal identity number: it does not belong in a history that cannot be weeded.

use std::ops::Range;

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP115",
    slug: "personal-number",
    title: "Något som ser ut som ett personnummer",
    gravity: Gravity::Absolute,
    since: "0.1.0",
    source: "dataskyddsförordningen (EU) 2016/679 artikel 5.1 c och lagen (2018:218) 3 kap. 10 §",
    why: "Registrets historik går inte att gallra. Ett personnummer som har sparats finns kvar i varje kopia, också när raden är borttagen.",
    check: Check::Register(check),
    bad: Example::file("budget.toml", "line.social.title = \"Partnerskap 19121212-1212\"", ""),
    good: Example::file(
        "budget.toml",
        "line.social.title = \"Partnerskap 212000-1132 den 20250101-0110\"",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let sources = scope.register.files().filter_map(|file| scope.register.source(file));
    let numbers = sources.flat_map(|source| source.identity_numbers().map(move |place| (source, place)));
    numbers
        .map(|(source, Range { start, end })| {
            let place = Place::bytes(&source.file, start, end);
            Finding::new(RULE.code, Level::Error, place, "Här står något som ser ut som ett personnummer.")
                .source(RULE.source)
                .help("Ta bort det och ange en funktion i stället. Har filen redan sparats i git: fråga kommunens dataskyddsombud.")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_in_a_file_that_is_otherwise_wrong() {
        let toml = "[line.social]\ntitle = \"811228\\u002d9874\"\nyear = {}\n";
        let change = Example::file("records/oppet-hus.toml", toml, "");
        assert_eq!(crate::rules::examples::found(&RULE, &[change]).len(), 1);
    }
}
