//! Why a sum is not definite, in data and in words.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::indexation::Contradiction;
use super::known_value::KnownValue;
use super::no_factor::NoFactor;
use super::payout_time::PayoutTime;
use super::series_change::Carried;
use crate::date::Period;
use crate::index::ValueStatus;
use crate::money::Money;
use crate::term::RestsOn;
use crate::text;

/// Why a sum is not definite.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt<'a> {
    /// The agreement does not say how it is adjusted: the stated amount is shown as it is.
    Unclear {
        /// The indexation's key.
        indexation: String,
        /// Whether it leaves open if stated amounts are before or after adjustment.
        amounts: bool,
        /// Whether it leaves open from what each year is counted.
        method: bool,
    },
    /// The register assumes what the agreement does not say.
    Assumed {
        /// On what the assumption rests.
        source: String,
    },
    /// A value that is provisional or assumed.
    Value(KnownValue<'a>),
    /// The adjustment cannot be computed: the stated amount is shown as it is.
    NoFactor {
        /// The indexation's key.
        indexation: String,
        /// Why.
        reason: NoFactor,
    },
    /// A value is not known: the last known level is carried on.
    Carried(Carried),
    /// More than one indexation adjusts the amount: it is shown as it is.
    SeveralIndexations,
    /// The decision behind the amount is not in `records/` on the day.
    Undecided {
        /// The decision's key.
        decision: String,
    },
    /// The extension or supplement that holds the days had not been agreed on the day.
    NotExtended {
        /// "en förlängning" or "ett tillägg".
        what: &'static str,
        /// Its last day.
        until: Option<NaiveDate>,
        /// How far it has come, as it follows "som bara är".
        degree: &'static str,
    },
    /// An option that nobody has called on, or time that comes by itself and can still be declined.
    Declinable {
        /// What the time rests on.
        rests_on: RestsOn,
        /// The last day to decline it or to call on it.
        until: Option<NaiveDate>,
    },
    /// Days on which the agreement does not hold.
    OutsideTerm,
    /// Notice ends the agreement, and nothing says when.
    EndUntold {
        /// The day from which it counts.
        given: NaiveDate,
    },
    /// The agreement ends before its time, within the days that the sum pays for.
    EndedEarly {
        /// Its last day.
        last: NaiveDate,
        /// What is for the days after it, and is not counted.
        amount: Money,
        /// Why not.
        rest: AfterEnd,
        /// By what, where the parties are bound less firmly by that than by the agreement, as a Swedish clause.
        how: Option<String>,
    },
    /// The agreement will not be extended as its text made possible, within the days that the sum pays for.
    NotExtendedAfter {
        /// Its last day.
        last: NaiveDate,
        /// What is for the days after it, and is not counted.
        amount: Money,
        /// Why it will not be.
        why: NotExtended,
    },
    /// It was paid with another sum than it should have been, and no payout is left to make that good.
    NotMadeGood {
        /// What is missing; less than nothing where too much was paid.
        amount: Money,
    },
    /// The agreement states no amount, or no number of what the amount is counted by.
    NoAmount,
    /// A sum beyond what can be computed.
    TooLarge,
}

/// Why what is for the days after an early end is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AfterEnd {
    /// Nothing is to be paid.
    Lapsed,
    /// Nobody has decided whether to pay it.
    Undecided,
    /// The payout was settled with less.
    NotPaid,
}

/// Why an agreement is not extended as its text made possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotExtended {
    /// Somebody gave notice in time.
    Notice,
    /// Nobody called on the option in time.
    UnusedOption,
}

impl Doubt<'_> {
    /// Whether the agreement itself leaves open what the sum is.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        matches!(self, Self::Unclear { .. })
    }

    /// Whether somebody's assumption stands for what is not known.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        match self {
            Self::Assumed { .. } => true,
            Self::Value(value) => value.status == ValueStatus::Assumed,
            _ => false,
        }
    }

    /// Whether an adjustment is left out because nobody knows what it comes to.
    #[must_use]
    pub fn lacks_factor(&self) -> bool {
        matches!(self, Self::NoFactor { .. } | Self::Carried(Carried { from: None, .. }))
    }

    /// Whether it waits for a decision or an agreement that is not on record.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        matches!(
            self,
            Self::Undecided { .. } | Self::NotExtended { .. } | Self::Declinable { .. } | Self::OutsideTerm
        )
    }

    /// Whether the agreement ends within the days that the sum pays for, so that a part of it is not counted.
    #[must_use]
    pub fn is_about_end(&self) -> bool {
        matches!(self, Self::EndedEarly { .. } | Self::NotExtendedAfter { .. })
    }

    /// Whether it holds of a sum that has been paid as well.
    #[must_use]
    pub fn outlasts_payment(&self) -> bool {
        self.is_about_end() || matches!(self, Self::NotMadeGood { .. })
    }

    /// Whether a sum that has been paid can still change: what ends the agreement is not firm, or nothing makes good what is
    /// missing or too much.
    #[must_use]
    pub fn keeps_open(&self) -> bool {
        self.is_end_open() || matches!(self, Self::NotMadeGood { .. })
    }

    /// Whether the agreement ends so by something that the parties are bound less firmly by than by the agreement.
    #[must_use]
    pub fn is_end_open(&self) -> bool {
        matches!(self, Self::EndedEarly { how: Some(_), .. })
    }

    /// Whether it is about the days that the sum pays for, and not about how much it is for them.
    #[must_use]
    pub fn is_about_term(&self) -> bool {
        matches!(
            self,
            Self::NotExtended { .. } | Self::Declinable { .. } | Self::OutsideTerm | Self::EndUntold { .. }
        )
    }
}

/// As it follows "preliminär:".
impl fmt::Display for Doubt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclear { amounts, method, .. } => {
                let open: Vec<&str> = [
                    (*amounts, "om beloppet är före eller efter justering"),
                    (*method, "om varje år räknas på föregående års belopp eller på det ursprungliga"),
                ]
                .into_iter()
                .filter(|(is_open, _)| *is_open)
                .map(|(_, what)| what)
                .collect();
                let shown = if *amounts {
                    "utan uppräkning"
                } else {
                    "med det första justerade årets uppräkning"
                };
                write!(f, "avtalet anger inte {}; beloppet visas {shown}", open.join(", eller "))
            }
            Self::Assumed { source } => write!(f, "registret antar hur uppräkningen görs ({source})"),
            Self::Value(value) => {
                write!(
                    f,
                    "värdet för {} i ”{}” är {} ({})",
                    value.key,
                    value.title,
                    value.status.label(),
                    value.source
                )
            }
            Self::NoFactor { reason, .. } => write!(f, "{reason}; beloppet visas utan uppräkning"),
            Self::Carried(Carried { reason, from }) => match from {
                Some(key) => write!(f, "{reason}; tills vidare används värdet för {key}"),
                None => write!(f, "{reason}; tills vidare räknas det inte upp ytterligare för det året"),
            },
            Self::SeveralIndexations => {
                f.write_str("flera indexeringar gäller samma belopp; det visas utan uppräkning")
            }
            Self::Undecided { decision } => {
                write!(f, "beslutet ”{decision}” är inte registrerat")
            }
            Self::NotExtended { what, until, degree } => {
                let until = until.map_or_else(String::new, |until| format!(" till och med {until}"));
                write!(f, "tiden följer av {what}{until}, som bara är {degree}")
            }
            Self::Declinable { rests_on: RestsOn::Option(_), until } => {
                let until = until.map_or_else(String::new, |until| format!(" senast {until}"));
                write!(f, "tiden följer av en option som kan användas{until}")
            }
            Self::Declinable { rests_on: RestsOn::YearOn(_), until } => {
                let until = until.map_or_else(String::new, |until| format!(" senast {until}"));
                write!(f, "avtalet gäller tills vidare och kan sägas upp{until}")
            }
            Self::Declinable { until, .. } => {
                let until = until.map_or_else(String::new, |until| format!(" till och med {until}"));
                write!(f, "tiden följer av en automatisk förlängning som kan hindras{until}")
            }
            Self::OutsideTerm => f.write_str("tiden ligger utanför avtalstiden"),
            Self::EndUntold { given } => {
                write!(f, "avtalet är uppsagt ({given}), men det framgår inte när det upphör")
            }
            Self::EndedEarly { last, amount, rest, how } => {
                let amount = amount.rounded();
                let how = how.as_ref().map_or_else(String::new, |how| format!(" {how}"));
                let rest = match rest {
                    AfterEnd::Lapsed => "ska inte betalas",
                    AfterEnd::Undecided => "räknas inte, eftersom ingen har beslutat om de ska betalas",
                    AfterEnd::NotPaid => "är inte betalda och räknas inte",
                };
                write!(f, "avtalet slutar i förtid, {last}{how}; {amount} för tiden därefter {rest}")
            }
            Self::NotExtendedAfter { last, amount, why } => {
                let amount = amount.rounded();
                let why = match why {
                    NotExtended::Notice => "uppsägningen kom i tid",
                    NotExtended::UnusedOption => "optionen användes inte i tid",
                };
                write!(
                    f,
                    "{why}, och avtalet blir inte längre än till {last}; {amount} för tiden därefter räknas inte"
                )
            }
            Self::NotMadeGood { amount } if *amount > Money::ZERO => {
                write!(f, "{amount} fattas, och ingen utbetalning är kvar att lägga det till")
            }
            Self::NotMadeGood { amount } => {
                let back = Money::ZERO.checked_sub(*amount).unwrap_or_default();
                write!(f, "{back} är för mycket betalt, och ingen utbetalning är kvar att dra det från")
            }
            Self::NoAmount => f.write_str("avtalet anger inget belopp, eller inget antal att räkna med"),
            Self::TooLarge => f.write_str("beloppet är för stort för att räknas"),
        }
    }
}

impl fmt::Display for NoFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingValue { series, key, month: None } => {
                write!(f, "serien ”{series}” saknar värde för {key}")
            }
            Self::MissingValue { series, key, month: Some(month) } => {
                let month = in_month(*month);
                write!(f, "serien ”{series}” har inget besked för {key} som blev känt i {month}")
            }
            Self::MissingSeries(series) => write!(f, "serien ”{series}” finns inte i registret"),
            Self::ByNothing => f.write_str("avtalet anger inte vad uppräkningen följer"),
            Self::NoBase => f.write_str("avtalet anger inte från vilket basår indextalet räknas"),
            Self::NoLevel { key, .. } => {
                write!(f, "indextalet för {key} är 0 eller mindre och går inte att räkna med")
            }
            Self::NoLink { series, from, to, uncounted } => {
                let named = |one: &Option<String>| one.clone().unwrap_or_else(|| "ej angiven".to_owned());
                let (from, to) = (named(from), named(to));
                write!(f, "serien ”{series}” har bytt referensperiod (från {from} till {to}), och ")?;
                match uncounted {
                    Some(link) => write!(f, "länken ”{link}” har en faktor som är 0 eller mindre"),
                    None => f.write_str("ingen länk säger hur indextalen räknas om"),
                }
            }
            Self::Negative => f.write_str("uppräkningen tar bort hela beloppet eller mer"),
            Self::TooLarge => f.write_str("uppräkningen är för stor för att räknas"),
            Self::Contradiction(what) => write!(f, "uppräkningen {what}"),
            Self::NoTerm => {
                f.write_str("avtalstiden är inte känd, så det framgår inte vilka år som räknas upp")
            }
        }
    }
}

/// "oktober 2024".
#[must_use]
pub fn in_month(month: Period) -> String {
    PayoutTime::Month(month.start.year(), month.start.month()).to_string()
}

/// As it follows "indexeringen".
impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SeveralBases => "anger mer än ett av serie, sammansatt index och fast procentsats",
            Self::Weights => {
                "har vikter som tillsammans är mer än hundra procent, eller någon som är negativ"
            }
            Self::FloorAboveCap => "har en lägsta justering som är högre än den högsta",
            Self::YearBeginsOnNoDay => {
                "görs per avtalsår från en dag som inte finns varje år, och det framgår inte när avtalsåret börjar de andra åren"
            }
            Self::FlatIsRounded => "har en fast procentsats med fler decimaler än den ska avrundas till",
            Self::PublishedUnused => "anger vilket besked som räknas, men följer ingen serie",
            Self::YearBeginsUnused => "anger när avtalsåret börjar, men görs per kalenderår",
        })
    }
}

/// The reasons of several sums, each once, in the order in which they come. Values of one series that are uncertain in
/// the same way are one reason.
#[must_use]
pub fn reasons<'a>(doubts: impl Iterator<Item = &'a Doubt<'a>>) -> Vec<String> {
    let mut distinct: Vec<&Doubt<'_>> = Vec::new();
    for doubt in doubts {
        if !distinct.contains(&doubt) {
            distinct.push(doubt);
        }
    }
    let mut reasons = Vec::new();
    for (position, doubt) in distinct.iter().enumerate() {
        let Doubt::Value(value) = doubt else {
            reasons.push(text::capitalised(&doubt.to_string()));
            continue;
        };
        let is_like_it = |other: &&&Doubt<'_>| matches!(other, Doubt::Value(other) if is_alike(value, other));
        if distinct.iter().take(position).any(|earlier| is_like_it(&earlier)) {
            continue;
        }
        let keys: Vec<&str> = distinct
            .iter()
            .filter(is_like_it)
            .filter_map(|other| if let Doubt::Value(other) = other { Some(other.key) } else { None })
            .collect();
        reasons.push(if keys.len() == 1 {
            text::capitalised(&doubt.to_string())
        } else {
            let status = match value.status {
                ValueStatus::Decided => "fastställda",
                ValueStatus::Provisional => "preliminära",
                ValueStatus::Assumed => "antagna",
            };
            format!("Värdena för {} i ”{}” är {status} ({})", text::list(&keys), value.title, value.source)
        });
    }
    reasons
}

fn is_alike(one: &KnownValue<'_>, other: &KnownValue<'_>) -> bool {
    (one.series, one.status, one.source) == (other.series, other.status, other.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_series_that_are_uncertain_alike_are_one_reason() {
        let file = "indexes/pk.toml".into();
        let value = |key, status| {
            Doubt::Value(KnownValue {
                file: &file,
                series: "pk",
                title: "Priskompensation",
                coverage: None,
                key,
                position: 0,
                number: rust_decimal::Decimal::ONE,
                reference: None,
                status,
                source: "budgeten",
                known_from: None,
                is_agreed: false,
            })
        };
        let doubts = [
            value("2022", ValueStatus::Assumed),
            Doubt::SeveralIndexations,
            value("2023", ValueStatus::Assumed),
            value("2022", ValueStatus::Assumed),
            value("2024", ValueStatus::Provisional),
        ];
        assert_eq!(
            reasons(doubts.iter()),
            [
                "Värdena för 2022 och 2023 i ”Priskompensation” är antagna (budgeten)",
                "Flera indexeringar gäller samma belopp; det visas utan uppräkning",
                "Värdet för 2024 i ”Priskompensation” är preliminärt (budgeten)",
            ]
        );
    }
}
