//! An index value is still provisional or assumed though its year is over.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::finding::{Finding, Level, Mention, Place, Spread};
use crate::index::ValueStatus;
use crate::path;
use crate::rules::economy::series_use;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};

pub(super) const RULE: Rule = Rule {
    code: "IOP315",
    slug: "series-value-outdated",
    title: "Ett indexvärde är fortfarande preliminärt eller antaget fast året är slut",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "avtalets justeringsklausul",
    why: "När året är slut finns det beslutade värdet. Står det gamla kvar betalas fel belopp.",
    check: Check::Register(check),
    bad: Example::agreement(
        &[],
        "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\", lag_years = 2 }",
        "value.2023",
    ),
    good: Example::agreement(
        &[],
        "indexation.pris = { series = \"priser\", amounts = \"before-adjustment\", lag_years = 1 }",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    uncertain(scope, &RULE, Level::Warning, true)
}

/// A value that is not decided, and what needs it.
struct Uncertain {
    key: String,
    status: ValueStatus,
    places: Vec<Place>,
}

/// One finding for each series with values in use that are not decided, at each of them: those of years that are
/// over, or those of years that are not.
pub(super) fn uncertain(scope: &RegisterScope<'_>, rule: &Rule, level: Level, over: bool) -> Vec<Finding> {
    let mut by_series: BTreeMap<&str, Vec<Uncertain>> = BTreeMap::new();
    for ((series, key), needs) in series_use::needed(scope) {
        let Some(entry) = scope.register.indexes.get(series) else { continue };
        let mut places = Vec::new();
        let mut uncertain = None;
        for need in needs {
            let found = need.notice.find(&entry.data, &key, scope.as_of);
            let Some((_, vintage, _)) = found.filter(|(.., is_firm)| !is_firm) else { continue };
            uncertain = Some(vintage.status);
            places.push(need.place);
        }
        let Some(status) = uncertain else { continue };
        let year: Option<i32> = key.get(..4).and_then(|year| year.parse().ok());
        if year.is_some_and(|year| year < scope.as_of.year()) == over {
            by_series.entry(series).or_default().push(Uncertain { key, status, places });
        }
    }
    let mut findings = Vec::new();
    for (series, values) in by_series {
        let Some(entry) = scope.register.indexes.get(series) else { continue };
        let are = |status: ValueStatus| values.iter().any(|value| value.status == status);
        let (one, several) = match (are(ValueStatus::Assumed), are(ValueStatus::Provisional)) {
            (true, true) => ("preliminärt eller antaget", "preliminära eller antagna"),
            (true, false) => ("antaget", "antagna"),
            _ => ("preliminärt", "preliminära"),
        };
        let (still, help) = if over {
            ("fortfarande ", "Skriv in det beslutade värdet efter det gamla, med källa och datum.")
        } else {
            (
                "",
                "Skriv in det beslutade värdet när det finns. Belopp som vilar på det är preliminära till dess.",
            )
        };
        let after = |word: &str| format!(" i serien ”{}” är {still}{word}.", entry.data.title);
        let mention = |value: &Uncertain| Mention {
            place: Place::value(&entry.file, path!["value", &value.key]),
            word: value.key.clone(),
        };
        let spread = Spread::new("Värdena för ", after(several), values.iter().map(mention))
            .for_one("Värdet för ", after(one));
        let Some(finding) = Finding::at_each(rule.code, level, spread) else { continue };
        let mut finding = finding.source(rule.source).help(help);
        let mut places: Vec<Place> = values.iter().flat_map(|value| value.places.iter().cloned()).collect();
        places.sort();
        places.dedup();
        for place in places {
            finding = finding.related(place, "justeras med serien");
        }
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn a_value_is_outdated_when_its_year_is_over() {
        let said = |indexation: &str| {
            let toml = format!(
                "indexation.pris = {{ series = \"priser\", amounts = \"before-adjustment\", {indexation} }}"
            );
            let more = "value.2022 = [{ number = \"3\", status = \"provisional\", source = \"antagande\" }]\n\
                        value.2024 = [{ number = \"3\", status = \"assumed\", source = \"antagande\" }]";
            let series = Example::file("indexes/priser.toml", more, "");
            let findings = found(&RULE, &[series, Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        let title = "i serien ”Ådalas priskompensation” är fortfarande";
        // The day is in 2025.
        assert_eq!(said("years = [2025]"), Vec::<String>::new());
        assert_eq!(said("years = [2024]"), [format!("Värdet för 2024 {title} antaget.")]);
        assert_eq!(said("years = [2022]"), [format!("Värdet för 2022 {title} preliminärt.")]);
        assert_eq!(said("years = [2023, 2024]"), [format!("Värdena för 2023 och 2024 {title} antagna.")]);
        assert_eq!(
            said("years = [2022, 2023]"),
            [format!("Värdena för 2022 och 2023 {title} preliminära eller antagna.")]
        );
    }
}
