//! A component of the money that a paper speaks of.

use rust_decimal::Decimal;

use super::prose::sentences;
use super::years::named;
use crate::agreement::RateUnit;
use crate::date::Period;
use crate::money::Money;
use crate::paper::Place;
use crate::register::write::Table;
use crate::text;

/// A component of the money.
#[derive(Debug, Clone)]
pub(super) struct Component {
    pub(super) key: String,
    pub(super) title: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) months: Option<u32>,
    pub(super) amount: Option<Money>,
    pub(super) rate: Option<Table>,
    pub(super) is_ceiling: bool,
    /// Whether it is said to be for the whole term.
    pub(super) is_whole: bool,
    pub(super) payer: Option<String>,
    pub(super) payee: Option<String>,
    pub(super) place: Place,
}

impl Component {
    pub(super) fn new(place: Place) -> Self {
        Self {
            key: String::new(),
            title: None,
            period: None,
            months: None,
            amount: None,
            rate: None,
            is_ceiling: false,
            is_whole: false,
            payer: None,
            payee: None,
            place,
        }
    }
}

/// An amount in kronor, where it is one.
pub(super) fn money(kronor: Decimal) -> Option<Money> {
    kronor.normalize().to_string().replace('.', ",").parse().ok()
}

/// A rate of so much.
pub(super) fn rate_of(amount: Money, per: RateUnit) -> Table {
    Table::default().with("amount", amount).with("per", per.word())
}

/// Whether a sentence names a component by its title or its year.
pub(super) fn concerns(sentence: &str, component: &Component) -> bool {
    if let Some(title) = &component.title {
        sentence.contains(title.as_str())
    } else {
        let place = component.place;
        let is_named = |words: &[&str]| {
            named(words).iter().any(|time| component.period.is_some_and(|period| time.periods == [period]))
        };
        text::find_word(sentence, &component.key).is_some()
            || component.is_whole && sentence.to_lowercase().contains("hela avtalstiden")
            || sentences(sentence, place).iter().any(|sentence| is_named(&sentence.words()))
    }
}
