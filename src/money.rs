//! Amounts in Swedish kronor and percentages, exact in decimal.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::text::NBSP;

/// The greatest amount that a file may state, in kronor: no Swedish public budget comes near it, and products
/// with shares and counts stay far inside the 28 digits of [`Decimal`].
const MAX_KRONOR: i64 = 999_999_999_999;

/// Why a text is no amount or percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not digits with at most one decimal comma or point.
    #[error("ska skrivas med siffror, till exempel 900_000 eller \"900000,50\"")]
    Shape,
    /// Below zero.
    #[error("får inte vara negativt")]
    Negative,
    /// More than a register can hold.
    #[error("är större än 999 999 999 999 kronor")]
    TooLarge,
}

/// An amount in kronor, at full precision until it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Whole kronor.
    #[must_use]
    pub fn kronor(kronor: i64) -> Self {
        Self(Decimal::from(kronor))
    }

    /// Whole öre.
    #[must_use]
    pub fn ore(ore: i64) -> Self {
        Self(Decimal::new(ore, 2))
    }

    /// The exact number of kronor.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// As programs write it: digits and a decimal point, no more decimals than there are.
    #[must_use]
    pub fn plain(self) -> String {
        self.0.normalize().to_string()
    }

    /// In thousands of kronor (tkr), before rounding.
    #[must_use]
    pub fn thousands(self) -> Decimal {
        self.0 / Decimal::ONE_THOUSAND
    }

    /// The sum, or nothing where it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or nothing where it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount times a whole number, or nothing where it does not fit.
    #[must_use]
    pub fn checked_times(self, factor: u32) -> Option<Self> {
        self.0.checked_mul(Decimal::from(factor)).map(Self)
    }

    /// The part `share / whole` of the amount; nothing where `whole` is 0 or the result does not fit.
    #[must_use]
    pub fn checked_part(self, share: u32, whole: u32) -> Option<Self> {
        self.0.checked_mul(Decimal::from(share))?.checked_div(Decimal::from(whole)).map(Self)
    }

    /// The amount times an exact factor, or nothing where it does not fit.
    #[must_use]
    pub fn checked_factor(self, factor: Decimal) -> Option<Self> {
        self.0.checked_mul(factor).map(Self)
    }

    /// The amount divided by a number; nothing where it is 0 or the result does not fit.
    #[must_use]
    pub fn checked_divided(self, divisor: Decimal) -> Option<Self> {
        self.0.checked_div(divisor).map(Self)
    }

    /// Cut off, towards zero, to whole öre.
    #[must_use]
    pub fn cut_to_ore(self) -> Self {
        Self(self.0.round_dp_with_strategy(2, RoundingStrategy::ToZero))
    }

    /// Cut off, towards zero, to whole kronor.
    #[must_use]
    pub fn cut_to_kronor(self) -> Self {
        Self(self.0.trunc())
    }

    /// Without the last digits, where a division that does not come out leaves a half a trifle below itself.
    fn steady(self) -> Decimal {
        self.0.round_dp(12)
    }

    /// Rounded half up to a whole number of `unit` kronor; as it is where `unit` is 0.
    #[must_use]
    pub fn rounded_to(self, unit: Decimal) -> Self {
        let units = self
            .steady()
            .checked_div(unit)
            .map(|units| units.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero));
        units.and_then(|units| units.checked_mul(unit)).map_or(self, Self)
    }

    /// Rounded half up to whole kronor (lag (1970:1029): 1–49 öre down, 50–99 up).
    #[must_use]
    pub fn rounded(self) -> Self {
        Self(self.steady().round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Rounded half up to öre.
    #[must_use]
    pub fn rounded_to_ore(self) -> Self {
        Self(self.steady().round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// "3 000 000 kronor" with no-break spaces; öre only where there are any.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.0 == Decimal::ONE { "krona" } else { "kronor" };
        write!(f, "{}{NBSP}{unit}", grouped(self.0))
    }
}

/// A number with its thousands apart and a decimal comma, without a unit; with two decimals where it has any.
#[must_use]
pub fn grouped(number: Decimal) -> String {
    let number = number.normalize();
    group(&if number.scale() == 0 { number.to_string() } else { format!("{number:.2}") })
}

/// The same with all the decimals that the number has.
#[must_use]
pub fn grouped_exactly(number: Decimal) -> String {
    group(&number.normalize().to_string())
}

fn group(plain: &str) -> String {
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("−", rest));
    let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(whole, part)| (whole, Some(part)));
    let mut text = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            text.push(NBSP);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

fn parse(text: &str, decimals: usize) -> Result<Decimal, NumberError> {
    let (sign, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || fraction.len() > decimals {
        return Err(NumberError::Shape);
    }
    if sign {
        return Err(NumberError::Negative);
    }
    if whole.len() > 12 {
        return Err(NumberError::TooLarge);
    }
    Decimal::from_str(&format!("{whole}.{fraction}")).map_err(|_| NumberError::Shape)
}

impl FromStr for Money {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        parse(text, 2).map(Self)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.plain())
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Money;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ett belopp i kronor")
            }

            fn visit_i64<E: de::Error>(self, kronor: i64) -> Result<Money, E> {
                match kronor {
                    ..0 => Err(E::custom(NumberError::Negative)),
                    0..=MAX_KRONOR => Ok(Money::kronor(kronor)),
                    _ => Err(E::custom(NumberError::TooLarge)),
                }
            }

            fn visit_u64<E: de::Error>(self, kronor: u64) -> Result<Money, E> {
                i64::try_from(kronor)
                    .map_err(|_| E::custom(NumberError::TooLarge))
                    .and_then(|kronor| self.visit_i64(kronor))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Money, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Belopp",
            "description": "Kronor: ett heltal som 900_000, eller text med öre som \"900000,50\".",
            "x-expects": "ett belopp i kronor, noll eller mer: ett heltal som 900_000, eller text med öre som \"900000,50\"",
            "anyOf": [
                { "type": "integer", "minimum": 0, "maximum": MAX_KRONOR, "examples": [500_000] },
                { "type": "string", "pattern": "^[0-9]{1,12}([.,][0-9]{1,2})?$", "examples": ["500000,50"] }
            ]
        })
    }
}

/// A percentage, written as text so that it stays exact: "2,4" is 2.4 per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(Decimal);

impl Percent {
    /// So much, to the millionth of a per cent, in either direction.
    #[must_use]
    pub fn of_size(percent: Decimal) -> Self {
        Self(percent.abs().round_dp(6))
    }

    /// The number before the per cent sign.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl FromStr for Percent {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        match text.strip_prefix('-') {
            Some(size) => parse(size, 6).map(|size| Self(-size)),
            None => parse(text, 6).map(Self),
        }
    }
}

/// "2,4 procent" with a no-break space.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{NBSP}procent", self.0.normalize().to_string().replace('.', ",").replace('-', "−"))
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.normalize().to_string())
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Percent {
    fn schema_name() -> Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "Procent",
            "description": "Text med decimalkomma eller decimalpunkt, som \"2,4\".",
            "x-expects": "en procentsats som text, till exempel \"2,4\"",
            "type": "string",
            "pattern": "^-?[0-9]{1,6}([.,][0-9]{1,6})?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn groups_thousands_and_shows_ore_only_where_there_are_any() {
        assert_eq!(Money::kronor(3_000_000).to_string(), "3\u{a0}000\u{a0}000\u{a0}kronor");
        assert_eq!(Money::kronor(999).to_string(), "999\u{a0}kronor");
        assert_eq!(Money::kronor(1).to_string(), "1\u{a0}krona");
        assert_eq!("1000,5".parse::<Money>().unwrap().to_string(), "1\u{a0}000,50\u{a0}kronor");
        assert_eq!(grouped(Decimal::from(-80_000)), "−80\u{a0}000");
        assert_eq!(grouped_exactly("1030587.6125".parse().unwrap()), "1\u{a0}030\u{a0}587,6125");
    }

    #[test]
    fn refuses_what_is_no_amount() {
        assert_eq!("-1".parse::<Money>(), Err(NumberError::Negative));
        assert_eq!("12 000".parse::<Money>(), Err(NumberError::Shape));
        assert_eq!("1,234".parse::<Money>(), Err(NumberError::Shape));
        assert_eq!("".parse::<Money>(), Err(NumberError::Shape));
        assert_eq!("1234567890123".parse::<Money>(), Err(NumberError::TooLarge));
        let refused = serde_json::from_str::<Money>("900000.5").unwrap_err().to_string();
        assert!(refused.contains("expected ett belopp i kronor"), "{refused}");
    }

    #[test]
    fn eleven_twelfths_of_a_year_are_not_rounded_before_they_are_shown() {
        let part = Money::kronor(980_000).checked_part(11, 12).unwrap();
        assert_eq!(grouped(part.decimal()), "898\u{a0}333,33");
        assert_eq!(part.rounded(), Money::kronor(898_333));
    }

    #[test]
    fn half_a_krona_goes_up() {
        assert_eq!("0,49".parse::<Money>().unwrap().rounded(), Money::ZERO);
        assert_eq!("0,50".parse::<Money>().unwrap().rounded(), Money::kronor(1));
    }

    #[test]
    fn a_percentage_keeps_its_decimals() {
        assert_eq!("2,4".parse::<Percent>().unwrap().to_string(), "2,4\u{a0}procent");
        assert_eq!("-0.5".parse::<Percent>().unwrap().to_string(), "−0,5\u{a0}procent");
    }

    proptest! {
        #[test]
        fn an_amount_reads_back_as_it_was_written(ore in 0_i64..=99_999_999_999_999) {
            let text = format!("{},{:02}", ore / 100, ore % 100);
            let money: Money = text.parse().unwrap();
            prop_assert_eq!(money.decimal() * Decimal::from(100), Decimal::from(ore));
            let shown: String = grouped(money.decimal()).chars().filter(|c| *c != NBSP).collect();
            prop_assert_eq!(shown.parse::<Money>().unwrap(), money);
        }

        #[test]
        fn months_of_an_amount_add_up_to_it(kronor in 0_i64..=9_999_999, months in 1_u32..=36) {
            let money = Money::kronor(kronor);
            let sum = (0..months).try_fold(Money::ZERO, |sum, _| sum.checked_add(money.checked_part(1, months)?));
            prop_assert_eq!(sum.unwrap().rounded(), money);
        }
    }

    #[test]
    fn whole_kronor_are_read_from_nothing_to_the_limit() {
        let read =
            |kronor: i64| serde_json::from_value::<Money>(kronor.into()).map_err(|error| error.to_string());
        assert_eq!(read(0), Ok(Money::ZERO));
        assert_eq!(read(MAX_KRONOR), Ok(Money::kronor(MAX_KRONOR)));
        assert_eq!(read(-1), Err(NumberError::Negative.to_string()));
        assert_eq!(read(MAX_KRONOR + 1), Err(NumberError::TooLarge.to_string()));
        assert_ne!(NumberError::Negative.to_string(), NumberError::TooLarge.to_string());
    }
}
