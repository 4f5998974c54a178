//! One stretch of an agreement's life.

use chrono::NaiveDate;

use super::commitment::Commitment;
use crate::agreement::{Agreement, Change, GoingOn};
use crate::date::Period;
use crate::key_path::KeyPath;

/// What a stretch rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RestsOn {
    /// The term that the agreement states.
    Stated,
    /// An extension, by key.
    Extension(String),
    /// A supplement with another last day, by key.
    Supplement(String),
    /// The automatic renewal of this number; of one that can still be declined the first that could come.
    Renewal(usize),
    /// The year of this number in which an agreement until further notice goes on; else as for a renewal.
    YearOn(usize),
    /// An option, by key.
    Option(String),
}

impl RestsOn {
    /// The part of this number for which an agreement goes on by itself.
    pub(super) fn going_on(terms: GoingOn, number: usize) -> Self {
        if terms.is_until_further_notice() { Self::YearOn(number) } else { Self::Renewal(number) }
    }

    /// Whether it comes by itself unless somebody gives notice.
    #[must_use]
    pub fn comes_by_itself(&self) -> bool {
        matches!(self, Self::Renewal(_) | Self::YearOn(_))
    }

    /// The change of the agreement that it is.
    #[must_use]
    pub fn change<'a>(&self, agreement: &'a Agreement) -> Option<Change<'a>> {
        match self {
            Self::Extension(key) => agreement.extensions().find(|one| one.key == key),
            Self::Supplement(key) => agreement.supplements().find(|one| one.key == key),
            Self::Stated | Self::Renewal(_) | Self::YearOn(_) | Self::Option(_) => None,
        }
    }

    /// The word in machine-readable reports.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Extension(_) => "extension",
            Self::Supplement(_) => "supplement",
            Self::Renewal(_) => "renewal",
            Self::YearOn(_) => "until-further-notice",
            Self::Option(_) => "option",
        }
    }

    /// As it follows "enligt".
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Stated => "avtalets egen tid",
            Self::Extension(_) => "förlängning",
            Self::Supplement(_) => "tillägg",
            Self::Renewal(_) => "automatisk förlängning",
            Self::YearOn(_) => "att det gäller tills vidare",
            Self::Option(_) => "option",
        }
    }

    /// As it follows "följer av".
    #[must_use]
    pub fn indefinite(&self) -> &'static str {
        match self {
            Self::Stated => "avtalets egen tid",
            Self::Extension(_) => "en förlängning",
            Self::Supplement(_) => "ett tillägg",
            Self::Renewal(_) => "en automatisk förlängning",
            Self::YearOn(_) => "att avtalet gäller tills vidare",
            Self::Option(_) => "en option",
        }
    }

    /// How firmly the parties are bound by it, as it follows "som bara är".
    #[must_use]
    pub fn predicate(&self, commitment: Commitment) -> &'static str {
        commitment.predicate(matches!(self, Self::Supplement(_)))
    }
}

/// Days in a row on which the parties are bound alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first day; nothing where nobody has said it.
    pub from: Option<NaiveDate>,
    /// The last day; nothing where there is no end, or nobody has said it.
    pub to: Option<NaiveDate>,
    /// Its length in months, where an option or a renewal states it: all that is known while its days are open.
    pub months: Option<u32>,
    /// How firmly the parties are bound.
    pub commitment: Commitment,
    /// Whether it holds if the agreement itself does: what can still be declined, or is only proposed, does not.
    pub holds: bool,
    /// The last day on which somebody can decline it, or must have called on it.
    pub declinable_until: Option<NaiveDate>,
    /// What it rests on.
    pub rests_on: RestsOn,
    /// What in the agreement sets its last day.
    pub ends_at: KeyPath,
}

impl Stretch {
    /// From its first day to its last, where both are known.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        Some(Period { start: self.from?, end: self.to? })
    }

    /// Whether it comes only if nobody declines it, or if somebody calls on it.
    #[must_use]
    pub fn can_be_declined(&self) -> bool {
        !self.holds && (self.rests_on.comes_by_itself() || matches!(self.rests_on, RestsOn::Option(_)))
    }

    /// The days of `period` that lie in it; what is not known bounds nothing.
    #[must_use]
    pub fn part_of(&self, period: Period) -> Option<Period> {
        let own =
            Period { start: self.from.unwrap_or(NaiveDate::MIN), end: self.to.unwrap_or(NaiveDate::MAX) };
        own.overlap(&period)
    }
}
