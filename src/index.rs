//! Price series: `indexes/ID.toml`.

use chrono::NaiveDate;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::keyed::Keyed;
use crate::money::Percent;
use crate::vocabulary;

vocabulary! {
    /// What the values of a series are.
    pub enum SeriesKind ("Seriens slag") {
        /// Yearly change in per cent.
        YearlyChange = "yearly-change", "årlig förändring i procent", "talet är hur många procent priserna ändras det året";
        /// Index levels, of which a ratio is taken.
        Level = "level", "indextal", "talet är en nivå, som jämförs med en annan";
    }
}

vocabulary! {
    /// What a percentage covers.
    pub enum Coverage ("Vad procentsatsen avser") {
        /// Prices only.
        Prices = "prices", "endast priser", "löner ingår inte";
        /// Prices and wages.
        PricesAndWages = "prices-and-wages", "priser och löner", "både priser och löner ingår";
        /// After the yearly efficiency cut.
        NetOfEfficiencyCut = "net-of-efficiency-cut", "netto efter effektiviseringskrav", "ett krav på effektivisering är avdraget";
    }
}

vocabulary! {
    /// How firm a value is.
    pub enum ValueStatus ("Värdets status") {
        /// Decided or published as final.
        Decided = "decided", "fastställt", "talet ändras inte mer";
        /// Published, may change.
        Provisional = "provisional", "preliminärt", "talet kan komma att ändras";
        /// Somebody's assumption.
        Assumed = "assumed", "antaget", "någon har antagit talet, och det är inte publicerat";
    }
}

/// A price series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Prisserie")]
pub struct Series {
    /// Its name.
    #[schemars(title = "Namn: seriens namn, som den som fastställer den kallar den", length(min = 1), example = &"Kommunens priskompensation")]
    pub title: String,
    /// What its values are.
    #[schemars(title = "Slag: årlig förändring eller indextal")]
    pub kind: SeriesKind,
    /// What a percentage covers.
    #[schemars(title = "Omfattning: vad procentsatsen avser")]
    pub coverage: Option<Coverage>,
    /// Who publishes or decides it.
    #[schemars(title = "Fastställs av: den som beslutar eller publicerar talen", length(min = 1), example = &"kommunfullmäktige")]
    pub publisher: String,
    /// The year or month whose level is 100, of the values that state no other; only for index levels.
    #[schemars(
        title = "Referensperiod: det år eller den månad vars indextal är 100",
        regex(pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"),
        extend("x-expects" = "ett år eller en månad inom citattecken, till exempel \"2020\" eller \"2020-10\""),
        example = &"1980"
    )]
    pub reference: Option<String>,
    /// How levels of one reference period become those of another, where the series has been rebased.
    #[serde(default)]
    #[schemars(title = "Länk: hur indextal räknas om till en ny referensperiod")]
    pub link: Keyed<Link>,
    /// Its values, keyed by year ("2022") or month ("2022-10"). Each holds its vintages, oldest first: a later
    /// one stands beside the earlier.
    #[schemars(
        title = "Värden per år eller månad: varje nytt besked läggs efter det tidigare",
        extend("propertyNames" = { "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2]))?$", "x-expects": "ett år eller en månad, till exempel 2020 eller 2020-10" })
    )]
    pub value: IndexMap<String, Vec<Vintage>>,
}

/// How a level of an earlier reference period becomes one of a later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Länk mellan referensperioder")]
pub struct Link {
    /// The earlier reference period.
    #[schemars(
        title = "Från: den tidigare referensperioden",
        regex(pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"),
        extend("x-expects" = "ett år eller en månad inom citattecken, till exempel \"2020\" eller \"2020-10\""),
        example = &"1980"
    )]
    pub from: String,
    /// The later one.
    #[schemars(
        title = "Till: den nya referensperioden",
        regex(pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"),
        extend("x-expects" = "ett år eller en månad inom citattecken, till exempel \"2020\" eller \"2020-10\""),
        example = &"2020"
    )]
    pub to: String,
    /// A level with the earlier reference period times the factor is the level with the later.
    #[schemars(
        title = "Faktor: indextalet med den tidigare referensperioden gånger faktorn är det med den nya",
        example = &"0,298"
    )]
    pub factor: Percent,
    /// Where the factor is published.
    #[schemars(title = "Källa: var länken är publicerad", length(min = 1), example = &"SCB")]
    pub source: String,
}

/// A value as it was known from a certain day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Värde")]
pub struct Vintage {
    /// The number: per cent or index level.
    #[schemars(title = "Tal: procent eller indextal", example = &"2,5")]
    pub number: Percent,
    /// How firm it is.
    #[schemars(title = "Status: fastställt, preliminärt eller antaget")]
    pub status: ValueStatus,
    /// The decision or publication.
    #[schemars(
        title = "Källa: beslut eller publikation",
        length(min = 1),
        example = &"kommunfullmäktige 2023-11-20 § 101"
    )]
    pub source: String,
    /// Its reference period, where it is not that of the series.
    #[schemars(
        title = "Referensperiod: om den är en annan än seriens",
        regex(pattern = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"),
        extend("x-expects" = "ett år eller en månad inom citattecken, till exempel \"2020\" eller \"2020-10\""),
        example = &"2020"
    )]
    pub reference: Option<String>,
    /// The day from which it was known.
    #[schemars(title = "Känt från och med: dagen då talet blev känt; från början om den utelämnas")]
    pub known_from: Option<NaiveDate>,
}

impl Series {
    /// The reference period of a value; nothing where none is stated.
    #[must_use]
    pub fn reference_of<'a>(&'a self, value: &'a Vintage) -> Option<&'a str> {
        value.reference.as_deref().or(self.reference.as_deref())
    }

    /// The reference periods that levels of one can be made levels of, itself first, each with the product of the links.
    #[must_use]
    pub fn linked<'a>(&'a self, reference: &'a str) -> Vec<(&'a str, Decimal)> {
        let mut found = vec![(reference, Decimal::ONE)];
        let mut at = (reference, Decimal::ONE);
        while let Some(link) = self.link.values().find(|link| link.from == at.0) {
            let factor = at.1.checked_mul(link.factor.decimal()).filter(|factor| *factor > Decimal::ZERO);
            let is_known = found.iter().any(|(known, _)| *known == link.to);
            let Some(factor) = factor.filter(|_| !is_known) else { break };
            at = (link.to.as_str(), factor);
            found.push(at);
        }
        found
    }

    /// By what levels of two reference periods are multiplied to be comparable. Nothing where no link says it.
    #[must_use]
    pub fn comparable(&self, one: Option<&str>, other: Option<&str>) -> Option<(Decimal, Decimal)> {
        if one == other {
            return Some((Decimal::ONE, Decimal::ONE));
        }
        let others = self.linked(other?);
        self.linked(one?).into_iter().find_map(|(reference, factor)| {
            let (_, of_other) = others.iter().find(|(known, _)| *known == reference)?;
            Some((factor, *of_other))
        })
    }

    /// The key of a link with a factor of 0 or less, without which levels of two reference periods cannot be compared.
    #[must_use]
    pub fn uncounted_link(&self, one: Option<&str>, other: Option<&str>) -> Option<&str> {
        let counts_nothing = |link: &Link| link.factor.decimal() <= Decimal::ZERO;
        let ends =
            [one, other].into_iter().flatten().filter_map(|reference| Some(self.linked(reference).last()?.0));
        let mut broken = ends.filter_map(|end| {
            let mut links = self.link.iter();
            let (key, link) = links.find(|(_, link)| link.from == end)?;
            counts_nothing(link).then_some(key.as_str())
        });
        broken.next()
    }
}
