//! Facts that the file declares open.

use crate::finding::Finding;
use crate::key_path::{KeyPath, Segment};
use crate::register::FileKind;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::NOT_STATED;

pub(super) const RULE: Rule = Rule {
    code: "IOP404",
    slug: "open-fact",
    title: "En uppgift är öppen",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: det som inte är avtalat ska synas som öppet",
    why: "Det som dokumentet lämnar öppet fylls inte i med en gissning. Det visas som en lucka, och innan avtalet \
          beslutas behöver parterna ta ställning till det.",
    check: Check::Texts(&[NOT_STATED], check),
    bad: Example {
        file: "agreements/oppet-hus.toml",
        remove: &[],
        toml: "original.location = \"not-stated\"",
        at: "original.location",
    },
    good: Example { file: "agreements/oppet-hus.toml", remove: &["original"], toml: "", at: "" },
};

/// Open facts that a rule of their own reports, with more to say about them.
fn has_own_rule(path: &KeyPath) -> bool {
    let keys: Vec<&str> = path
        .segments()
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => key.as_str(),
            Segment::Index(_) => "",
        })
        .collect();
    matches!(keys.as_slice(), ["ground"] | ["case", "registry_number"] | ["party", _, "signatory"])
}

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let open = scope.texts().iter().filter(|text| text.text == NOT_STATED && !has_own_rule(&text.path));
    open.map(|text| finding(scope, text.path.clone())).collect()
}

fn finding(scope: &Scope<'_>, path: KeyPath) -> Finding {
    let title = FileKind::Agreement.schema().title(&path).unwrap_or("Uppgiften").to_owned();
    let keys: Vec<Segment> = path.segments().to_vec();
    let key = |index: usize| match keys.get(index) {
        Some(Segment::Key(key)) => key.as_str(),
        _ => "",
    };
    // What the open point means in practice, where more can be said than that it is open.
    let special = match (key(0), key(keys.len().saturating_sub(1))) {
        ("indexation", "amounts") => Some((
            "Det framgår inte om beloppen är före eller efter justering. Tills vidare visas de utan uppräkning."
                .to_owned(),
            "Stäm av med parten och skriv before-adjustment eller after-adjustment.",
        )),
        ("indexation", "method") => Some((
            "Det framgår inte om varje år räknas på föregående års justerade belopp eller på basårets.".to_owned(),
            "Stäm av med parten och skriv chained eller against-base.",
        )),
        ("payout_plan", "months") => Some((
            "Det framgår inte i vilka månader pengarna betalas ut.".to_owned(),
            "Kom överens om månaderna, så att båda parter kan planera för dem.",
        )),
        ("exit", "measure") => Some((
            "Det framgår inte hur stort belopp som ska betalas tillbaka eller ersättas.".to_owned(),
            "Ange ett mått, till exempel den del av ersättningen som avser återstående tid.",
        )),
        ("exit", "liable") => Some((
            "Det framgår inte vilken av parterna som blir betalningsskyldig.".to_owned(),
            "Ange om det är den part som brister i sina åtaganden.",
        )),
        ("steering_group", "seat") => Some((
            format!("Styrgruppen ”{}” är nämnd, men det framgår inte vilka som ingår i den.", group(scope, key(1))),
            "Ange platserna, eller ta bort gruppen om den inte ska finnas.",
        )),
        ("clause", "text") => Some((
            format!("Texten till klausulen ”{}” är öppen.", heading(scope, key(1))),
            "Skriv texten, eller ta med standardklausulen i standard_clauses.",
        )),
        _ => None,
    };
    match special {
        Some((message, help)) => scope.finding(&RULE, path, message).help(help),
        None => scope
            .finding(&RULE, path, format!("{title} anges inte."))
            .help("Fyll i det som är känt. Det som inte ska regleras: ta bort raden.")
            .together("uppgifter anges inte"),
    }
}

fn group<'a>(scope: &'a Scope<'_>, key: &'a str) -> &'a str {
    scope.agreement.steering_group.get(key).map_or(key, |group| group.title.as_str())
}

fn heading<'a>(scope: &'a Scope<'_>, key: &'a str) -> &'a str {
    scope.stationery.templates.clause(key).map_or(key, |clause| clause.heading.as_str())
}
