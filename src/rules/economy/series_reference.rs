//! A series of index levels has been rebased, and nothing says how the old levels become new ones.

use crate::finding::{Finding, Level, Place};
use crate::index::{Link, Series, SeriesKind, Vintage};
use crate::key_path::KeyPath;
use crate::path;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;

pub(super) const RULE: Rule = Rule {
    code: "IOP329",
    slug: "series-reference",
    title: "En serie har bytt referensperiod utan länk",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.2.0",
    source: "indexseriens egen beskrivning",
    why: "Indextal med olika referensperioder går inte att jämföra. Utan länk blir en ny referensperiod en prisökning eller prissänkning som inte har hänt.",
    check: Check::Register(check),
    bad: Example::file(
        "indexes/niva.toml",
        "title = \"Nivå\"\nkind = \"level\"\npublisher = \"SCB\"\nreference = \"1980\"\n\
         [value]\n2023 = [{ number = \"403,7\", status = \"decided\", source = \"SCB\" }]\n\
         2024 = [{ number = \"123,4\", status = \"decided\", source = \"SCB\", reference = \"2020\" }]\n",
        "value.2024[0].reference",
    ),
    good: Example::file(
        "indexes/niva.toml",
        "title = \"Nivå\"\nkind = \"level\"\npublisher = \"SCB\"\nreference = \"1980\"\n\
         link.a = { from = \"1980\", to = \"2020\", factor = \"0,297\", source = \"SCB\" }\n\
         [value]\n2023 = [{ number = \"403,7\", status = \"decided\", source = \"SCB\" }]\n\
         2024 = [{ number = \"123,4\", status = \"decided\", source = \"SCB\", reference = \"2020\" }]\n",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in scope.register.indexes.values() {
        let said = faults(&entry.data).into_iter();
        findings.extend(said.map(|(path, message, help)| {
            let place = Place::value(&entry.file, path);
            Finding::new(RULE.code, Level::Error, place, message).source(RULE.source).help(help)
        }));
    }
    findings
}

/// What is wrong, where, and what to do.
type Fault = (KeyPath, String, &'static str);

const WRITE_A_LINK: &str =
    "Skriv in omräkningstalet från den som publicerar serien: [link.NAMN] med from, to, factor och source.";

const RIGHT_THE_FACTOR: &str = "Rätta factor efter uppgiften från den som publicerar serien.";

fn faults(series: &Series) -> Vec<Fault> {
    if series.kind == SeriesKind::YearlyChange {
        return of_no_levels(series).into_iter().collect();
    }
    let mut found: Vec<Fault> = of_links(series).collect();
    found.extend(circle(series));
    found.extend(not_comparable(series));
    found
}

/// A reference period of what has none.
fn of_no_levels(series: &Series) -> Option<Fault> {
    let of_value = || {
        let all = series
            .value
            .iter()
            .flat_map(|(key, values)| values.iter().enumerate().map(move |one| (key, one)));
        let mut with = all.filter(|(_, (_, value))| value.reference.is_some());
        with.next().map(|(key, (position, _))| path!["value", key, position, "reference"])
    };
    let link = series.link.keys().next().map(|key| path!["link", key]);
    let path = series.reference.as_ref().map(|_| path!["reference"]).or(link).or_else(of_value)?;
    let message = "Serien har årliga förändringar i procent, och de har ingen referensperiod.".to_owned();
    Some((
        path,
        message,
        "Ta bort referensperiod och länk, eller skriv kind = \"level\" om talen är indextal.",
    ))
}

fn of_links(series: &Series) -> impl Iterator<Item = Fault> {
    series.link.iter().enumerate().filter_map(|(number, (key, link))| {
        if link.factor.decimal() <= rust_decimal::Decimal::ZERO {
            let message = format!("Länken ”{key}” har en faktor som är 0 eller mindre, och den räknas inte.");
            return Some((path!["link", key, "factor"], message, RIGHT_THE_FACTOR));
        }
        if link.from == link.to {
            let message = format!("Länken ”{key}” går från {} till samma referensperiod.", link.from);
            let help = "Rätta from eller to, eller ta bort länken.";
            return Some((path!["link", key, "to"], message, help));
        }
        let mut before = series.link.values().take(number);
        if before.any(|other| other.from == link.from) {
            let message = format!("Två länkar räknar om indextal från {}. Den första räknas.", link.from);
            return Some((path!["link", key, "from"], message, "Ta bort den länk som inte gäller."));
        }
        None
    })
}

/// The last of the links that lead back to where they began.
fn circle(series: &Series) -> Option<Fault> {
    let leads_back = |link: &Link| {
        link.from != link.to && series.linked(&link.to).iter().any(|(reference, _)| *reference == link.from)
    };
    let (key, link) = series.link.iter().rfind(|(_, link)| leads_back(link))?;
    let message = format!("Länken ”{key}” går tillbaka till {}, som en annan länk räknar om från.", link.to);
    let help = "Behåll bara länkar från en tidigare referensperiod till en senare.";
    Some((path!["link", key, "to"], message, help))
}

/// The first value that cannot be compared with the one before it.
fn not_comparable(series: &Series) -> Option<Fault> {
    let mut keys: Vec<&String> = series.value.keys().collect();
    keys.sort_unstable();
    let values = keys.into_iter().filter_map(|key| Some((key, series.value.get(key)?)));
    let all: Vec<(&String, usize, &Vintage)> = values
        .flat_map(|(key, values)| {
            values.iter().enumerate().map(move |(position, value)| (key, position, value))
        })
        .collect();
    let named = |reference: Option<&str>| match reference {
        Some(reference) => format!("referensperioden {reference}"),
        None => "ingen angiven referensperiod".to_owned(),
    };
    all.windows(2).find_map(|pair| {
        let [(before, _, earlier), (key, position, value)] = pair else { return None };
        let (one, other) = (series.reference_of(earlier), series.reference_of(value));
        // A link that does not count is told at its factor.
        if series.comparable(one, other).is_some() || series.uncounted_link(one, other).is_some() {
            return None;
        }
        let path = path!["value", key.as_str(), *position];
        let path = if value.reference.is_some() { path.join("reference") } else { path };
        let message = format!(
            "Indextalet för {key} har {}, men det för {before} har {}. Ingen länk säger hur det ena blir det andra.",
            named(other),
            named(one)
        );
        Some((path, text::capitalised(&message), WRITE_A_LINK))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(series: &str) -> Vec<String> {
        let series: Series = toml::from_str(&format!("title = \"x\"\npublisher = \"x\"\n{series}")).unwrap();
        faults(&series).into_iter().map(|(path, message, _)| format!("{path}: {message}")).collect()
    }

    /// Values of years, each with a reference period or none.
    fn values(of: &[(&str, &str)]) -> String {
        let line = |(key, reference): &(&str, &str)| {
            let reference =
                if reference.is_empty() { String::new() } else { format!(", reference = \"{reference}\"") };
            format!("\"{key}\" = [{{ number = \"100\", status = \"decided\", source = \"x\"{reference} }}]\n")
        };
        format!("[value]\n{}", of.iter().map(line).collect::<String>())
    }

    const NOTHING: [&str; 0] = [];

    #[test]
    fn levels_of_two_reference_periods_need_a_link_with_a_factor() {
        let two = values(&[("2023", "1980"), ("2024", "2020")]);
        let link = |factor: &str| {
            format!("link.a = {{ from = \"1980\", to = \"2020\", factor = \"{factor}\", source = \"x\" }}\n")
        };
        let lacks = "value.2024[0].reference: Indextalet för 2024 har referensperioden 2020, men det för 2023 har referensperioden 1980. Ingen länk säger hur det ena blir det andra.";
        assert_eq!(said(&format!("kind = \"level\"\n{two}")), [lacks]);
        assert_eq!(said(&format!("kind = \"level\"\n{}{two}", link("0,3"))), NOTHING);
        let nought = "link.a.factor: Länken ”a” har en faktor som är 0 eller mindre, och den räknas inte.";
        assert_eq!(said(&format!("kind = \"level\"\n{}{two}", link("0"))), [nought]);
        assert_eq!(said(&format!("kind = \"level\"\n{}{two}", link("-1"))), [nought]);
        // Of several links, one after the other.
        let through = "link.b = { from = \"2020\", to = \"2025\", factor = \"0,9\", source = \"x\" }\n";
        let three = values(&[("2023", "1980"), ("2024", "2025")]);
        assert_eq!(said(&format!("kind = \"level\"\n{}{through}{three}", link("0,3"))), NOTHING);
    }

    #[test]
    fn a_level_without_a_reference_period_is_of_none_that_is_known() {
        let one = values(&[("2023", ""), ("2024", "2020")]);
        assert_eq!(
            said(&format!("kind = \"level\"\n{one}")),
            [
                "value.2024[0].reference: Indextalet för 2024 har referensperioden 2020, men det för 2023 har ingen angiven referensperiod. Ingen länk säger hur det ena blir det andra."
            ]
        );
        assert_eq!(said(&format!("kind = \"level\"\nreference = \"2020\"\n{one}")), NOTHING);
        assert_eq!(said(&format!("kind = \"level\"\n{}", values(&[("2023", ""), ("2024", "")]))), NOTHING);
    }

    #[test]
    fn links_that_contradict_each_other_are_told() {
        let link = |key: &str, from: &str, to: &str| {
            format!("link.{key} = {{ from = \"{from}\", to = \"{to}\", factor = \"0,5\", source = \"x\" }}\n")
        };
        let with = |links: &[String]| said(&format!("kind = \"level\"\n{}[value]", links.concat()));
        let first = link("a", "1980", "2020");
        assert_eq!(
            with(&[first.clone(), link("b", "1980", "2025")]),
            ["link.b.from: Två länkar räknar om indextal från 1980. Den första räknas."]
        );
        assert_eq!(
            with(&[first, link("b", "2020", "1980")]),
            ["link.b.to: Länken ”b” går tillbaka till 1980, som en annan länk räknar om från."]
        );
        assert_eq!(
            with(&[link("a", "1980", "1980")]),
            ["link.a.to: Länken ”a” går från 1980 till samma referensperiod."]
        );
        let percent = "Serien har årliga förändringar i procent, och de har ingen referensperiod.";
        assert_eq!(
            said("kind = \"yearly-change\"\nreference = \"2020\"\n[value]"),
            [format!("reference: {percent}")]
        );
    }
}
