//! What an agreement says of its adjustment cannot be computed: it contradicts itself.

use crate::finding::{Finding, Level, Place};
use crate::key_path::KeyPath;
use crate::path;
use crate::payouts::{self, Contradiction, Doubt, NoFactor};
use crate::register::Register;
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

const AGAIN: &str =
    "Läs justeringsklausulen igen och rätta [indexation] så att bara ett sätt att räkna återstår.";

fn help(fault: Contradiction) -> &'static str {
    match fault {
        Contradiction::YearBeginsOnNoDay => {
            "Stäm av med parten och skriv dagen: year_begins = { month = 3, day = 1 }. Till dess visas beloppen utan uppräkning."
        }
        Contradiction::YearBeginsUnused => "Skriv per = \"agreement-year\", eller ta bort year_begins.",
        _ => AGAIN,
    }
}

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |path: KeyPath, message: String, help: &str| {
        let place = Place::value(scope.file, path);
        findings.push(
            Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(help.to_owned()),
        );
    };
    for (key, indexation) in &scope.agreement.indexation {
        if let Some(fault) = payouts::contradiction(indexation, &scope.agreement.term) {
            let path = path!["indexation", key];
            let path = fault.key(indexation).map_or(path.clone(), |at| path.join(at));
            say(path, format!("Indexeringen ”{key}” {fault}."), help(fault));
        }
    }
    for component in &scope.statement.components {
        let doubts =
            component.years.iter().flat_map(|year| year.doubts.iter().map(move |doubt| (year.year, doubt)));
        let told = doubts.into_iter().find_map(|(year, doubt)| {
            let (what, reason) = match doubt {
                Doubt::SeveralIndexations => ("flera indexeringar gäller det".to_owned(), None),
                Doubt::TooLarge => ("det blir för stort för att räknas".to_owned(), None),
                Doubt::NoFactor {
                    reason:
                        reason @ (NoFactor::TooLarge
                        | NoFactor::NoLevel { .. }
                        | NoFactor::NoLink { .. }
                        | NoFactor::Negative),
                    ..
                } => (reason.to_string(), Some(reason)),
                _ => return None,
            };
            let message =
                format!("Ersättningen ”{}” går inte att räkna upp för {year}: {what}.", component.key);
            Some((message, reason))
        });
        let Some((message, reason)) = told else { continue };
        let place = Place::value(scope.file, component.path.clone());
        let finding = Finding::new(RULE.code, Level::Error, place, message).source(RULE.source);
        findings.push(match reason.and_then(|reason| in_series(scope.register, reason)) {
            Some((at, told, help)) => finding.related(at, told).help(help),
            None => finding.help(AGAIN),
        });
    }
    findings
}

/// Where in a series the reason stands why an amount cannot be adjusted, what stands there, and what to do; nothing where the
/// agreement itself is to be read again.
fn in_series(register: &Register, reason: &NoFactor) -> Option<(Place, &'static str, String)> {
    let entry = |series: &str| register.indexes.get(series);
    match reason {
        NoFactor::NoLink { series, uncounted: Some(link), .. } => {
            let file = &entry(series)?.file;
            let help = format!("Rätta faktorn i [link.{link}] i {file}.");
            Some((Place::value(file, path!["link", link, "factor"]), "faktorn räknas inte", help))
        }
        NoFactor::NoLink { series, from, to, .. } => {
            let file = &entry(series)?.file;
            let ends = from.as_ref().zip(to.as_ref());
            let ends = ends.map_or_else(
                || "from, to".to_owned(),
                |(from, to)| format!("from = \"{from}\", to = \"{to}\""),
            );
            let help = format!(
                "Skriv in omräkningstalet i {file}: [link.NAMN] med {ends}, factor och source. Står referensperioden inte vid talen: skriv reference."
            );
            Some((Place::value(file, path!["link"]), "här behövs en länk", help))
        }
        NoFactor::NoLevel { series, key } => {
            let file = &entry(series)?.file;
            let help = format!("Kontrollera indextalet för {key} i {file} mot källan.");
            Some((Place::value(file, path!["value", key]), "talet går inte att räkna med", help))
        }
        _ => None,
    }
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
    fn an_agreement_year_begins_on_a_day_of_every_year() {
        let by_agreement =
            "indexation.pris = { flat = \"2\", amounts = \"before-adjustment\", method = \"chained\", ";
        let said = |more: &str| {
            let changes = [Example::agreement(&[], format!("{by_agreement}{more}").leak(), "")];
            found(&RULE, &changes)
                .into_iter()
                .map(|one| format!("{}: {}", one.place.path, one.message))
                .collect::<Vec<_>>()
        };
        let nowhere: [&str; 0] = [];
        let no_day = "Indexeringen ”pris” görs per avtalsår från en dag som inte finns varje år, och det framgår inte när avtalsåret börjar de andra åren.";
        let of_2025 = "Ersättningen ”2025”";
        let leap = "per = \"agreement-year\" }\nterm.start = 2024-02-29";
        assert_eq!(said(leap)[0], format!("indexation.pris.per: {no_day}"));
        assert!(said(leap).iter().all(|one| !one.contains(of_2025)));
        let stated =
            "per = \"agreement-year\", year_begins = { month = 3, day = 1 } }\nterm.start = 2024-02-29";
        assert_eq!(said(stated), nowhere);
        assert_eq!(
            said("per = \"agreement-year\", year_begins = { month = 2, day = 30 } }"),
            [format!("indexation.pris.year_begins: {no_day}")]
        );
        assert_eq!(
            said("year_begins = { month = 3, day = 1 } }"),
            [
                "indexation.pris.year_begins: Indexeringen ”pris” anger när avtalsåret börjar, men görs per kalenderår."
            ]
        );
        assert_eq!(said("per = \"agreement-year\" }"), nowhere);
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
        let help = |levels: &'static str| {
            let indexation = "indexation.a = { amounts = \"before-adjustment\", method = \"chained\", series = \"niva\", base = \"2024\", years = [2025] }";
            let head = "title = \"Nivå\"\nkind = \"level\"\npublisher = \"SCB\"\nreference = \"1980\"\n";
            let values = "[value]\n2024 = [{ number = \"400\", status = \"decided\", source = \"SCB\" }]\n\
                          2025 = [{ number = \"120\", status = \"decided\", source = \"SCB\", reference = \"2020\" }]\n";
            let series = Example::file("indexes/niva.toml", format!("{head}{levels}{values}").leak(), "");
            let found = found(&RULE, &[Example::agreement(&[], indexation, ""), series]);
            let [finding] = found.as_slice() else { panic!("{found:?}") };
            let at = finding.related.iter().map(|one| format!("{} {}", one.place.file, one.place.path));
            (at.collect::<Vec<_>>().concat(), finding.help.clone().unwrap(), finding.message.clone())
        };
        let (at, advice, _) = help("");
        assert_eq!(at, "indexes/niva.toml link");
        assert!(advice.contains("[link.NAMN] med from = \"1980\", to = \"2020\""), "{advice}");
        let (at, advice, message) =
            help("link.ny = { from = \"1980\", to = \"2020\", factor = \"0\", source = \"SCB\" }\n");
        assert_eq!(at, "indexes/niva.toml link.ny.factor");
        assert_eq!(advice, "Rätta faktorn i [link.ny] i indexes/niva.toml.");
        assert!(message.contains("länken ”ny” har en faktor som är 0 eller mindre"), "{message}");
        // A value that is not there yet is no contradiction.
        assert_eq!(
            said(&["series = \"niva\", base = \"2023\", years = [2025]"], &[levels]),
            Vec::<String>::new()
        );
    }
}
