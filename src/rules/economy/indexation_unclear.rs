//! The agreement says that amounts are adjusted, and not how.

use crate::agreement::{AdjustmentMethod, Indexation};
use crate::finding::Finding;
use crate::index::SeriesKind;
use crate::money::Money;
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP312",
    slug: "indexation-unclear",
    title: "Det framgår inte hur beloppen justeras",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: båda parter ska kunna räkna ut beloppet",
    why: "Är beloppet redan justerat, eller tillkommer justeringen? Räknas den på förra årets justerade belopp eller på det första årets? Svaren ger olika summor.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", amounts = \"before-adjustment\", method = \"not-stated\", years = [2024, 2025] }",
        "indexation.pris.method",
    ),
    good: Example::agreement(
        &[],
        "indexation.pris = { flat = \"2\", amounts = \"before-adjustment\", years = [2025] }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let indexations = scope.agreement.indexation.iter();
    indexations
        .filter_map(|(key, indexation)| {
            let years = payouts::adjusted_years(scope.agreement, scope.money_time(), indexation);
            let base_open = indexation.amounts.known().is_none();
            // With one year to adjust and none after it, both methods give the same.
            let concerned = payouts::concerned_years(scope.agreement, scope.money_time(), indexation);
            let method_open = indexation.method.known().is_none() && concerned.len() > 1;
            let mut doubts = Vec::new();
            let by_nothing = indexation.series.is_none()
                && indexation.composite.is_empty()
                && indexation.flat.is_none()
                && indexation.follows.is_none();
            if by_nothing {
                doubts.push("vilket index eller vilken procentsats som gäller".to_owned());
            }
            if base_open {
                doubts.push("om beloppet är före eller efter justering".to_owned());
            }
            if method_open {
                let last = concerned.last().map_or_else(|| "varje år".to_owned(), ToString::to_string);
                doubts.push(format!(
                    "om {last} räknas på föregående års justerade belopp eller på det ursprungliga"
                ));
            }
            if lacks_base(scope, indexation) {
                doubts.push("från vilket basår indextalet räknas".to_owned());
            }
            if doubts.is_empty() {
                return None;
            }
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            let for_years =
                if years.is_empty() { String::new() } else { format!("För {} ", text::list(&years)) };
            let amount = same_amount(scope, indexation);
            let stated = match (&amount, years.is_empty()) {
                (Some(amount), false) => format!("{for_years}anges {amount} och att det justeras. "),
                (None, false) => format!("{for_years}anges att beloppen justeras. "),
                (_, true) => "Avtalet anger att beloppen justeras. ".to_owned(),
            };
            let shown = amount.map_or_else(|| "de angivna beloppen".to_owned(), |amount| amount.to_string());
            let settings = scope.register.settings.as_ref();
            let assumption = settings.and_then(|settings| settings.data.default.indexation.as_ref());
            let meanwhile = match assumption {
                Some(assumption) => {
                    format!("Tills vidare räknas enligt registrets antagande ({}).", assumption.source)
                }
                None => match concerned.first() {
                    Some(first) if !base_open && doubts.len() == 1 && method_open => {
                        format!("Tills vidare räknas senare år med samma uppräkning som {first}.")
                    }
                    _ => format!("Tills vidare visas {shown} utan uppräkning."),
                },
            };
            let message = format!("{stated}Det framgår inte {}. {meanwhile}", doubts.join(", eller "));
            let (at, word) = if base_open {
                ("amounts", "before-adjustment eller after-adjustment")
            } else if method_open {
                ("method", "chained eller against-base")
            } else {
                ("base", "år eller månad")
            };
            let help = format!("Stäm av med parten. Skriv sedan {word} för {at} i [indexation.{key}].");
            Some(scope.finding(&RULE, path!["indexation", key, at], message).help(help))
        })
        .collect()
}

/// Whether index levels are counted against a base that nobody states.
fn lacks_base(scope: &Scope<'_>, indexation: &Indexation) -> bool {
    let is_level = |series: &String| {
        scope.register.indexes.get(series).is_some_and(|entry| entry.data.kind == SeriesKind::Level)
    };
    indexation.base.is_none()
        && indexation.method.known() == Some(&AdjustmentMethod::AgainstBase)
        && indexation.series.iter().chain(indexation.composite.keys()).any(is_level)
}

/// The amount of all adjusted components, where they are alike.
fn same_amount(scope: &Scope<'_>, indexation: &Indexation) -> Option<Money> {
    let mut amounts = indexation
        .funding
        .iter()
        .filter_map(|key| scope.agreement.funding.get(key))
        .map(|funding| payouts::amount_of(funding, scope.money_time()));
    let first = amounts.next()??;
    amounts.all(|amount| amount == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn index_levels_that_are_counted_against_a_base_need_one() {
        let levels = Example::file(
            "indexes/niva.toml",
            "title = \"Nivå\"\nkind = \"level\"\npublisher = \"SCB\"\n\
             [value]\n2023 = [{ number = \"100\", status = \"decided\", source = \"SCB\" }]\n\
             2025 = [{ number = \"102\", status = \"decided\", source = \"SCB\" }]\n",
            "",
        );
        let said = |indexation: &str| {
            let toml = format!(
                "indexation.pris = {{ amounts = \"before-adjustment\", years = [2025], {indexation} }}"
            );
            let findings = found(&RULE, &[levels, Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| format!("{} {}", one.place.path, one.message)).collect::<Vec<_>>()
        };
        for indexation in [
            "series = \"niva\", method = \"against-base\"",
            "composite = { priser = \"50\", niva = \"50\" }, method = \"against-base\"",
        ] {
            let without = said(indexation);
            assert_eq!(without.len(), 1, "{indexation}: {without:?}");
            assert!(without[0].starts_with("indexation.pris.base "), "{without:?}");
            assert!(
                without[0].contains("Det framgår inte från vilket basår indextalet räknas."),
                "{without:?}"
            );
        }
        for clear in [
            "series = \"niva\", method = \"against-base\", base = \"2023\"",
            "series = \"niva\", method = \"chained\"",
            "series = \"priser\", method = \"against-base\"",
        ] {
            assert_eq!(said(clear), Vec::<String>::new(), "{clear}");
        }
    }

    #[test]
    fn the_amount_is_named_where_all_that_is_adjusted_is_alike() {
        let said = |more: &str| {
            let toml = format!(
                "indexation.pris = {{ flat = \"2\", years = [2025], funding = [\"2024\", \"2025\"], amounts = \"not-stated\" }}\n{more}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            let [finding] = findings.as_slice() else { panic!("{findings:?}") };
            finding.message.replace('\u{a0}', " ")
        };
        let alike = said("");
        assert!(alike.starts_with("För 2025 anges 500 000 kronor och att det justeras. "), "{alike}");
        assert!(alike.ends_with("Tills vidare visas 500 000 kronor utan uppräkning."), "{alike}");
        let different = said("funding.2025.amount = 500_001");
        assert!(different.starts_with("För 2025 anges att beloppen justeras. "), "{different}");
        assert!(
            different.ends_with("Tills vidare visas de angivna beloppen utan uppräkning."),
            "{different}"
        );
    }
}
