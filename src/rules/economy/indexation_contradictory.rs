//! What an agreement says of its adjustment cannot be computed: it contradicts itself.

use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::payouts::{self, Doubt, NoFactor};
use crate::rules::{Check, Example, Gravity, Rule, Scope};

pub(super) const RULE: Rule = Rule {
    code: "IOP318",
    slug: "indexation-contradictory",
    title: "Justeringen motsäger sig själv och går inte att räkna",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "avtalets justeringsklausul",
    why: "Två sätt att räkna på samma belopp ger två summor. Programmet väljer inget av dem, och beloppet visas utan uppräkning.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", series = \"priser\", amounts = \"before-adjustment\", years = [2025] }",
        "indexation.pris",
    ),
    good: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", amounts = \"before-adjustment\", years = [2025] }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |path: KeyPath, message: String| {
        let place = Place::value(scope.file, path);
        findings.push(Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(
            "Läs justeringsklausulen igen och rätta [indexation] så att bara ett sätt att räkna återstår.",
        ));
    };
    for (key, indexation) in &scope.agreement.indexation {
        if let Some(fault) = payouts::contradiction(indexation) {
            say(path!["indexation", key], format!("Indexeringen ”{key}” {fault}."));
        }
    }
    for component in &scope.statement.components {
        let doubts =
            component.years.iter().flat_map(|year| year.doubts.iter().map(move |doubt| (year.year, doubt)));
        let told = doubts.into_iter().find_map(|(year, doubt)| {
            let what = match doubt {
                Doubt::SeveralIndexations => "flera indexeringar gäller det".to_owned(),
                Doubt::TooLarge => "det blir för stort för att räknas".to_owned(),
                Doubt::NoFactor {
                    reason: reason @ (NoFactor::TooLarge | NoFactor::NoLevel(_) | NoFactor::Negative),
                    ..
                } => reason.to_string(),
                _ => return None,
            };
            Some(format!("Ersättningen ”{}” går inte att räkna upp för {year}: {what}.", component.key))
        });
        if let Some(message) = told {
            say(path!["funding", component.key], message);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// What is said of 2025 with these indexations, `before-adjustment` for each.
    fn said(indexations: &[&str], files: &[Example]) -> Vec<String> {
        let lines = indexations.iter().enumerate().map(|(number, indexation)| {
            format!("indexation.i{number} = {{ amounts = \"before-adjustment\", method = \"chained\", {indexation} }}\n")
        });
        let mut changes = files.to_vec();
        changes.push(Example::agreement(&[], lines.collect::<String>().leak(), ""));
        found(&RULE, &changes).into_iter().map(|one| format!("{}: {}", one.place.path, one.message)).collect()
    }

    #[test]
    fn an_amount_that_cannot_be_adjusted_says_why() {
        let cannot = |why: &str| {
            vec![format!("funding.2025: Ersättningen ”2025” går inte att räkna upp för 2025: {why}.")]
        };
        let flat = "flat = \"2\", years = [2025]";
        assert_eq!(said(&[flat], &[]), Vec::<String>::new());
        assert_eq!(said(&[flat, flat], &[]), cannot("flera indexeringar gäller det"));
        assert_eq!(
            said(&["flat = \"-100\", years = [2025]"], &[]),
            cannot("uppräkningen tar bort hela beloppet eller mer")
        );
        assert_eq!(said(&["flat = \"-99\", years = [2025]"], &[]), Vec::<String>::new());
        // Ten thousand times as much a year: six years make the sum too large, and eight the factor.
        assert_eq!(
            said(
                &["flat = \"999999\", years = [2020, 2021, 2022, 2023, 2025, 2019], funding = [\"2025\"]"],
                &[]
            ),
            cannot("det blir för stort för att räknas")
        );
        assert_eq!(
            said(
                &[
                    "flat = \"999999\", years = [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2025], funding = [\"2025\"]"
                ],
                &[]
            ),
            cannot("uppräkningen är för stor för att räknas")
        );
        let levels = Example::file(
            "indexes/niva.toml",
            "title = \"Nivå\"\nkind = \"level\"\npublisher = \"SCB\"\n\
             [value]\n2024 = [{ number = \"0\", status = \"decided\", source = \"SCB\" }]\n\
             2025 = [{ number = \"102\", status = \"decided\", source = \"SCB\" }]\n",
            "",
        );
        assert_eq!(
            said(&["series = \"niva\", base = \"2024\", years = [2025]"], &[levels]),
            cannot("indextalet för 2024 är 0 eller mindre och går inte att räkna med")
        );
        // A value that is not there yet is no contradiction.
        assert_eq!(
            said(&["series = \"niva\", base = \"2023\", years = [2025]"], &[levels]),
            Vec::<String>::new()
        );
    }
}
