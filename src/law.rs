//! Amounts that the law sets, with the days between which they hold, from `assets/law/limits.toml`.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::agreement::ServiceKind;
use crate::money::Money;

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

/// A limit below which a contract may be awarded directly.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardLimit {
    /// The kind of service.
    pub service: ServiceKind,
    /// What the act of that time calls the kind of service.
    pub what: Option<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none where it is still in force.
    pub until: Option<NaiveDate>,
    /// The limit.
    pub kronor: Money,
    /// The act.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    de_minimis: Vec<AidLimit>,
    sgei: Vec<AidLimit>,
    direct_award: Vec<AwardLimit>,
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

/// The same for services of general economic interest.
#[must_use]
pub fn sgei(date: NaiveDate) -> Option<&'static AidLimit> {
    in_force(&LIMITS.sgei, date)
}

/// The limit for direct awards of such services in force on `date`. Nothing where none is known here.
#[must_use]
pub fn direct_award(service: ServiceKind, date: NaiveDate) -> Option<&'static AwardLimit> {
    LIMITS.direct_award.iter().find(|limit| {
        limit.service == service && limit.from <= date && limit.until.is_none_or(|until| date <= until)
    })
}

fn in_force(limits: &[AidLimit], date: NaiveDate) -> Option<&AidLimit> {
    limits.iter().find(|limit| limit.from <= date && date <= limit.until)
}

#[cfg(test)]
mod tests {
    use super::*;

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

        let kronor = |service, day| direct_award(service, date(day)).map(|limit| limit.kronor);
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2021-01-10"), Some(Money::kronor(2_156_469)));
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2022-12-06"), Some(Money::kronor(7_802_550)));
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2024-01-01"), Some(Money::kronor(8_109_450)));
        assert_eq!(kronor(ServiceKind::SocialAndSpecial, "2026-01-01"), None);
        assert_eq!(kronor(ServiceKind::General, "2021-12-31"), Some(Money::kronor(615_312)));
        assert_eq!(kronor(ServiceKind::General, "2022-02-01"), Some(Money::kronor(700_000)));
        assert_eq!(kronor(ServiceKind::General, "2022-01-15"), None);
    }

    #[test]
    fn limits_of_a_kind_follow_each_other_without_overlap() {
        for limits in [&LIMITS.de_minimis, &LIMITS.sgei] {
            assert!(limits.windows(2).all(|pair| pair[0].until < pair[1].from));
        }
    }
}
