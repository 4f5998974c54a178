//! A series jumps as no price does.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::finding::{Finding, Level, Place};
use crate::index::{Series, SeriesKind};
use crate::measure::Measure;
use crate::money::grouped;
use crate::path;
use crate::payouts::Notice;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text::NBSP;

pub(super) const RULE: Rule = Rule {
    code: "IOP330",
    slug: "series-jump",
    title: "En serie rör sig som inga priser gör",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.2.0",
    source: "god sed: ett prisindex för verksamhet rör sig några procent om året",
    why: "Ett tal som är tio gånger för stort, eller en ny referensperiod som ingen har skrivit in, ger belopp som ingen har avtalat. Gränsen är hälften upp eller en tredjedel ned på ett år.",
    check: Check::Register(check),
    bad: Example::file(
        "indexes/niva.toml",
        "title = \"Nivå\"\nkind = \"level\"\npublisher = \"SCB\"\n\
         [value]\n2023 = [{ number = \"403,7\", status = \"decided\", source = \"SCB\" }]\n\
         2024 = [{ number = \"123,4\", status = \"decided\", source = \"SCB\" }]\n",
        "value.2024[0].number",
    ),
    good: Example::file(
        "indexes/niva.toml",
        "title = \"Nivå\"\nkind = \"level\"\npublisher = \"SCB\"\n\
         [value]\n2023 = [{ number = \"403,7\", status = \"decided\", source = \"SCB\" }]\n\
         2024 = [{ number = \"415,4\", status = \"decided\", source = \"SCB\" }]\n",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in scope.register.indexes.values() {
        for (key, position, message, measure) in jumps(&entry.data, scope.as_of) {
            let place = Place::value(&entry.file, path!["value", key, position, "number"]);
            let finding = Finding::new(RULE.code, Level::Warning, place, message).measured(measure);
            findings.push(finding.source(RULE.source).help(
                "Kontrollera talet mot källan. Har serien fått en ny referensperiod: skriv reference vid de nya talen, och en [link.NAMN].",
            ));
        }
    }
    findings
}

/// A value with its key, its place among its notices, what is said of it, and how much it is.
type Jump<'a> = (&'a str, usize, String, Measure);

fn jumps(series: &Series, as_of: NaiveDate) -> Vec<Jump<'_>> {
    match series.kind {
        SeriesKind::YearlyChange => of_changes(series, as_of),
        SeriesKind::Level => of_levels(series, as_of),
    }
}

/// The greatest change in a year that is no jump, in per cent: half as much again, or a third less.
fn is_jump(percent: Decimal) -> bool {
    percent > Decimal::from(50) || percent * Decimal::from(3) < Decimal::from(-100)
}

fn of_changes(series: &Series, as_of: NaiveDate) -> Vec<Jump<'_>> {
    let known = series.value.keys().filter_map(|key| {
        let (position, vintage, _) = Notice::LATEST.find(series, key, as_of)?;
        let percent = vintage.number.decimal();
        is_jump(percent).then(|| {
            let message =
                format!("Förändringen för {key} är {}. Så rör sig inga priser på ett år.", shown(percent));
            (key.as_str(), position, message, Measure::of_percent(percent))
        })
    });
    known.collect()
}

fn of_levels(series: &Series, as_of: NaiveDate) -> Vec<Jump<'_>> {
    let mut keys: Vec<&str> = series.value.keys().map(String::as_str).collect();
    // Years by themselves, and months in their order.
    keys.sort_unstable_by_key(|key| (key.len(), *key));
    let known = keys.into_iter().filter_map(|key| Some((key, Notice::LATEST.find(series, key, as_of)?)));
    let known: Vec<_> = known.filter(|(_, (_, value, _))| value.number.decimal() > Decimal::ZERO).collect();
    let pairs = known.windows(2).filter_map(|pair| {
        let [(before, (_, earlier, _)), (key, (position, value, _))] = pair else { return None };
        let is_near = before.len() == key.len() && months(key)?.checked_sub(months(before)?)? <= 12;
        // What cannot be compared is told by itself.
        let (one, other) = series.comparable(series.reference_of(earlier), series.reference_of(value))?;
        let (then, now) =
            (earlier.number.decimal().checked_mul(one)?, value.number.decimal().checked_mul(other)?);
        let percent = (now.checked_div(then)? - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED)?;
        (is_near && is_jump(percent)).then(|| {
            let change = if percent < Decimal::ZERO { "lägre" } else { "högre" };
            let message = format!(
                "Indextalet för {key} är {} {change} än det för {before}. Så rör sig inga priser på ett år.",
                shown(percent.abs().round_dp(0))
            );
            (*key, *position, message, Measure::of_percent(percent))
        })
    });
    pairs.collect()
}

fn shown(percent: Decimal) -> String {
    format!("{}{NBSP}procent", grouped(percent))
}

/// Months from year 0 to the year or month of a key.
fn months(key: &str) -> Option<u32> {
    let (year, month) = key.split_once('-').unwrap_or((key, "1"));
    year.parse::<u32>().ok()?.checked_mul(12)?.checked_add(month.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(series: &str) -> Vec<String> {
        let series: Series =
            toml::from_str(&format!("title = \"x\"\npublisher = \"x\"\nkind = {series}")).unwrap();
        let found = jumps(&series, "2025-06-30".parse().unwrap()).into_iter();
        found
            .map(|(key, position, message, _)| format!("{key} {position}: {}", message.replace(NBSP, " ")))
            .collect()
    }

    fn values(of: &[(&str, &str)]) -> String {
        let line = |(key, number): &(&str, &str)| {
            format!("\"{key}\" = [{{ number = \"{number}\", status = \"decided\", source = \"x\" }}]\n")
        };
        format!("[value]\n{}", of.iter().map(line).collect::<String>())
    }

    #[test]
    fn half_as_much_again_is_the_most_that_a_price_rises_in_a_year() {
        let level = |numbers: &[(&str, &str)]| said(&format!("\"level\"\n{}", values(numbers)));
        let nothing: [&str; 0] = [];
        assert_eq!(level(&[("2022", "100"), ("2023", "150"), ("2024", "100")]), nothing);
        assert_eq!(
            level(&[("2022", "100"), ("2023", "151"), ("2024", "100")]),
            [
                "2023 0: Indextalet för 2023 är 51 procent högre än det för 2022. Så rör sig inga priser på ett år.",
                "2024 0: Indextalet för 2024 är 34 procent lägre än det för 2023. Så rör sig inga priser på ett år."
            ]
        );
        // Two years are no year, and a month is compared with the one before it.
        assert_eq!(level(&[("2022", "100"), ("2024", "180")]), nothing);
        assert_eq!(level(&[("2024-01", "100"), ("2023-12", "300"), ("2023", "100")]).len(), 1);
        assert_eq!(level(&[("2022", "0"), ("2023", "100")]), nothing);
    }

    #[test]
    fn a_rebased_series_does_not_jump_where_a_link_says_how_it_goes_on() {
        let rebased = "[value]\n2023 = [{ number = \"400\", status = \"decided\", source = \"x\" }]\n\
             2024 = [{ number = \"123\", status = \"decided\", source = \"x\", reference = \"2020\" }]\n";
        let link = "reference = \"1980\"\nlink.a = { from = \"1980\", to = \"2020\", factor = \"0,3\", source = \"x\" }\n";
        assert_eq!(said(&format!("\"level\"\n{link}{rebased}")), [""; 0]);
        let wrong = link.replace("0,3", "3");
        assert_eq!(said(&format!("\"level\"\n{wrong}{rebased}")).len(), 1);
    }

    #[test]
    fn a_percentage_without_its_comma_is_told() {
        assert_eq!(
            said(&format!(
                "\"yearly-change\"\n{}",
                values(&[("2023", "2,5"), ("2024", "250"), ("2025", "-40")])
            )),
            [
                "2024 0: Förändringen för 2024 är 250 procent. Så rör sig inga priser på ett år.",
                "2025 0: Förändringen för 2025 är −40 procent. Så rör sig inga priser på ett år."
            ]
        );
    }
}
