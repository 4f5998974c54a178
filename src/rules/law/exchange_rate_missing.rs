//! No exchange rate, so limits in euro cannot be read.

use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::money::Money;
use crate::path;
use crate::rules::law::de_minimis;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP702",
    slug: "exchange-rate-missing",
    title: "Eurokurs saknas",
    gravity: Gravity::Correctness(Level::Note),
    since: "0.1.0",
    source: "förordning (EU) 2023/2831",
    why: "Gränserna för stöd av mindre betydelse är satta i euro. Utan kurs prövas de inte alls.",
    check: Check::Register(check),
    bad: Example { file: "iop.toml", remove: &["euro"], toml: "", at: "euro" },
    good: Example {
        file: "iop.toml",
        remove: &["euro"],
        toml: "euro.2024 = { kronor = \"11,30\", date = 2024-01-02, source = \"antagande\" }",
        at: "",
    },
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let Some(settings) = &scope.register.settings else { return Vec::new() };
    if settings.data.euro.values().any(|rate| rate.kronor > Money::ZERO) {
        return Vec::new();
    }
    let needs = scope.statements.iter().find(|one| {
        one.entry.data.legal.economic_activity.known() != Some(&false)
            && !de_minimis::by_payee(one, &scope.organisations).is_empty()
    });
    let Some(entry) = needs.map(|one| one.entry) else { return Vec::new() };
    let message = "Registret har ingen eurokurs, så gränserna för stöd av mindre betydelse prövas inte.";
    let finding = Finding::new(RULE.code, Level::Note, Place::value(&settings.file, path!["euro"]), message);
    vec![
        finding
            .source(RULE.source)
            .help("Lägg till till exempel [euro.2025] med kronor, date och source i iop.toml.")
            .related(Place::value(&entry.file, path!["funding"]), "till exempel den här ersättningen"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_rate_is_missing_where_somebody_may_need_it() {
        let without = RULE.bad;
        let is_told = |changes: &[Example]| !found(&RULE, changes).is_empty();
        assert!(is_told(&[without]));
        assert!(is_told(&[without, Example::agreement(&[], "legal.economic_activity = true", "")]));
        assert!(!is_told(&[without, Example::agreement(&[], "legal.economic_activity = false", "")]));
        assert!(!is_told(&[without, Example::agreement(&["funding"], "", "")]));
        // A rate of nothing is no rate.
        assert!(is_told(&[Example::file("iop.toml", "euro.2024.kronor = \"0\"", "")]));
        assert!(!is_told(&[Example::file("iop.toml", "euro.2024.kronor = \"0,01\"", "")]));
    }
}
