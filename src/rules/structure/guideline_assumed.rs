//! Agreements are checked against guidelines of which something is assumed.

use crate::finding::{Finding, Level, Place};
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP126",
    slug: "guideline-assumed",
    title: "Något i riktlinjerna är antaget",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.2.0",
    source: "registrets riktlinjer",
    why: "Det som prövas mot ett antagande är inte prövat mot kommunens beslut. Så länge antagandet står kvar är det osäkert om ett fynd är ett fel, och om ett avtal utan fynd följer riktlinjerna.",
    check: Check::Register(check),
    bad: Example::file("guidelines/adala-2019.toml", "assumed = \"gränserna\"", "assumed"),
    good: Example::file(
        "guidelines/ingens.toml",
        "title = \"x\"\ndecided_by = \"x\"\ndecided = 2019-01-01\nparagraph = \"§ 1\"\nassumed = \"gränserna\"",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let assumed = scope.register.guidelines.iter();
    let assumed = assumed.filter_map(|(id, entry)| Some((id, entry, entry.data.assumed.as_deref()?)));
    assumed
        .filter_map(|(id, entry, what)| {
            let agreements: Vec<_> = scope
                .register
                .agreements
                .values()
                .filter(|one| scope.register.guideline_id_of(&one.data) == Some(id))
                .collect();
            if agreements.is_empty() {
                return None;
            }
            let message = format!(
                "{} prövas mot riktlinjerna ”{}”, och allt i dem är inte hämtat ur beslutet. I filen står: ”{}”.",
                match agreements.len() {
                    1 => "Ett avtal".to_owned(),
                    number => format!("{number} avtal"),
                },
                entry.data.title,
                what.trim().trim_end_matches('.')
            );
            let finding =
                Finding::new(RULE.code, Level::Note, Place::value(&entry.file, path!["assumed"]), message)
                    .source(RULE.source)
                    .help("Hämta uppgifterna ur beslutet, och ta sedan bort assumed.");
            Some(finding.related_to_last(&agreements, "avtal till", |one| {
                (Place::value(&one.file, path!["title"]), "prövas mot dem".to_owned())
            }))
        })
        .collect()
}
