//! Amounts that the law sets and how they are counted, with the days between which they hold, from `assets/law/limits.toml`.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::agreement::ServiceKind;
use crate::settings::AwardLimit;

/// A limit on aid of minor importance, in euro.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidLimit {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// The limit in euro over three years.
    pub euro: u32,
    /// The act.
    pub source: String,
}

/// What the one who gives aid of minor importance must see to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidDuty {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Whether the receiver certifies what other such aid it has had.
    pub certificate: bool,
    /// Within how many working days it is entered in the central register; nothing where there is none.
    pub working_days: Option<u32>,
}

/// What is added up when a contract is held against the limit for direct awards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Summed {
    /// Everything of the same kind that is awarded in the financial year.
    SameKindInYear,
    /// Contracts that come back or are renewed: those of twelve months, or of the financial year before.
    Recurring,
}

/// How the value of a contract is computed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Valuation {
    /// The first day; none where nobody asks for an earlier one.
    pub from: Option<NaiveDate>,
    /// The last day; none where it is still in force.
    pub until: Option<NaiveDate>,
    /// What is added up.
    pub summed: Summed,
    /// So many months of a contract that has neither an end nor a sum.
    pub open_months: Option<u32>,
    /// The act.
    pub source: String,
}

/// An act with the days on which it held under that number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// What it is called.
    pub name: String,
    /// Its number.
    pub number: String,
    /// The first day; none where nobody asks for an earlier one.
    pub from: Option<NaiveDate>,
    /// The last day; none where it is still in force.
    pub until: Option<NaiveDate>,
}

impl Act {
    /// Whether it is in force on `date`.
    #[must_use]
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acts {
    act: Vec<Act>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
static ACTS: LazyLock<Vec<Act>> = LazyLock::new(|| {
    let acts: Acts =
        toml::from_str(include_str!("../assets/law/acts.toml")).expect("the acts are well-formed");
    acts.act
});

/// Acts that have changed number, in the order of their days.
#[must_use]
pub fn acts() -> &'static [Act] {
    &ACTS
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    de_minimis: Vec<AidLimit>,
    sgei: Vec<AidLimit>,
    aid_duty: Vec<AidDuty>,
    direct_award: Vec<AwardLimit>,
    valuation: Vec<Valuation>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
static LIMITS: LazyLock<Limits> = LazyLock::new(|| {
    toml::from_str(include_str!("../assets/law/limits.toml")).expect("the limits are well-formed")
});

/// The limit on aid of minor importance in force on `date`. Nothing where none is known here.
#[must_use]
pub fn de_minimis(date: NaiveDate) -> Option<&'static AidLimit> {
    in_force(&LIMITS.de_minimis, date)
}

/// The limit on aid of minor importance that holds longest of those known here.
#[must_use]
pub fn latest_de_minimis() -> Option<&'static AidLimit> {
    LIMITS.de_minimis.iter().max_by_key(|limit| limit.until)
}

/// The same for services of general economic interest.
#[must_use]
pub fn sgei(date: NaiveDate) -> Option<&'static AidLimit> {
    in_force(&LIMITS.sgei, date)
}

/// What must be seen to where aid of minor importance is given on `date`. Nothing where none is known here.
#[must_use]
pub fn aid_duty(date: NaiveDate) -> Option<&'static AidDuty> {
    LIMITS.aid_duty.iter().find(|duty| duty.from <= date && date <= duty.until)
}

/// The limit for direct awards of such services in force on `date`: as this program knows it, or else as a register states
/// it. Nothing where none is known.
#[must_use]
pub fn direct_award<'a>(
    stated: impl IntoIterator<Item = &'a AwardLimit>,
    service: ServiceKind,
    date: NaiveDate,
) -> Option<&'a AwardLimit> {
    LIMITS.direct_award.iter().chain(stated).find(|limit| {
        limit.service == service && limit.from <= date && limit.until.is_none_or(|until| date <= until)
    })
}

/// How the value of a contract is computed whose award began on `date`.
#[must_use]
pub fn valuation(date: NaiveDate) -> Option<&'static Valuation> {
    LIMITS
        .valuation
        .iter()
        .find(|one| one.from.is_none_or(|from| from <= date) && one.until.is_none_or(|until| date <= until))
}

fn in_force(limits: &[AidLimit], date: NaiveDate) -> Option<&AidLimit> {
    limits.iter().find(|limit| limit.from <= date && date <= limit.until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_limit_is_that_of_its_day() {
        assert_eq!(de_minimis(date("2021-01-10")).unwrap().euro, 200_000);
        assert_eq!(de_minimis(date("2023-12-31")).unwrap().euro, 200_000);
        assert_eq!(de_minimis(date("2024-01-01")).unwrap().euro, 300_000);
        assert_eq!(sgei(date("2023-12-31")).unwrap().euro, 500_000);
        assert_eq!(sgei(date("2024-01-01")).unwrap().euro, 750_000);
        assert!(de_minimis(date("2031-01-01")).is_none());

        let kronor = |service, day| direct_award([], service, date(day)).map(|limit| limit.kronor);
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2021-01-10"), Some(Money::kronor(2_156_469)));
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2022-12-06"), Some(Money::kronor(7_802_550)));
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2024-01-01"), Some(Money::kronor(8_109_450)));
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2026-01-01"), None);
        assert_eq!(kronor(ServiceKind::General, "2021-12-31"), Some(Money::kronor(615_312)));
        assert_eq!(kronor(ServiceKind::General, "2022-02-01"), Some(Money::kronor(700_000)));
        assert_eq!(kronor(ServiceKind::General, "2022-01-15"), None);
    }

    #[test]
    fn a_register_states_what_is_not_known_here() {
        let stated: AwardLimit = toml::from_str(
            "service = \"social-and-special\"\nfrom = \"2025-01-01\"\nkronor = 8_500_000\nsource = \"x\"",
        )
        .unwrap();
        let kronor = |service, day| direct_award([&stated], service, date(day)).map(|limit| limit.kronor);
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2026-01-01"), Some(Money::kronor(8_500_000)));
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2025-12-31"), Some(Money::kronor(8_109_450)));
        assert_eq!(kronor(ServiceKind::General, "2022-01-15"), None);
    }

    #[test]
    fn what_is_added_up_follows_the_day_of_the_award() {
        let summed = |day| valuation(date(day)).map(|one| (one.summed, one.open_months));
        assert_eq!(summed("2022-01-31"), Some((Summed::SameKindInYear, None)));
        assert_eq!(summed("2022-02-01"), Some((Summed::Recurring, Some(48))));
    }

    #[test]
    fn limits_of_a_kind_follow_each_other_without_overlap() {
        for limits in [&LIMITS.de_minimis, &LIMITS.sgei] {
            assert!(limits.windows(2).all(|pair| pair[0].until < pair[1].from));
        }
    }
}
