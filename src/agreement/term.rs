//! How long an agreement lasts, and how it may go on.

use crate::keyed::Keyed;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Bound;
use crate::date::Period;
use crate::day_of_year::DayOfYear;
use crate::vocabulary;
use crate::vocabulary::{Fact, Known};
use crate::whole::Whole;

/// The term of an agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Avtalstid")]
pub struct Term {
    /// The first day.
    #[schemars(title = "Start: första dagen", required, example = &"2024-01-01")]
    pub start: Fact<NaiveDate>,
    /// The last day. One of it, `months` and `until_further_notice` says how long the agreement lasts.
    #[schemars(
        title = "Slut: sista dagen; den ingår. Annars anges months eller until_further_notice",
        example = &"2025-12-31"
    )]
    pub end: Fact<NaiveDate>,
    /// Its length, where the document states that and no last day.
    #[schemars(
        title = "Längd i månader: när avtalet anger den och inte sista dagen",
        range(min = 1, max = 600),
        example = 24
    )]
    pub months: Option<u32>,
    /// That it lasts until somebody gives notice.
    #[schemars(title = "Tills vidare: avtalet gäller tills någon säger upp det")]
    pub until_further_notice: Option<UntilFurtherNotice>,
    /// The last day, where the agreement ends before its time.
    #[schemars(title = "Slutar i förtid: sista dagen, om avtalet har upphört eller ska upphöra i förtid", example = &"2025-03-31")]
    pub ended: Fact<NaiveDate>,
    /// When the parties shall have considered whether to go on.
    #[schemars(
        title = "Översyn senast: då parterna ska ha prövat om avtalet får en fortsättning",
        example = &"2025-06-30"
    )]
    pub review_by: Fact<NaiveDate>,
    /// Who considers it and what.
    #[schemars(title = "Översynens innehåll: vem som prövar vad")]
    pub review_task: Fact<String>,
    /// How many years lie between reviews.
    #[schemars(title = "Översyn vart så många år: räknat från första dagen", example = 3)]
    pub review_every_years: Option<Whole<1, 25>>,
    /// Options to extend, by key.
    #[serde(default)]
    #[schemars(title = "Optioner på förlängning: rätter att förlänga avtalet, en tabell per option")]
    pub option: Keyed<ExtensionOption>,
    /// Automatic renewal.
    #[schemars(title = "Automatisk förlängning: avtalet fortsätter om ingen säger upp det i tid")]
    pub renewal: Option<Renewal>,
    /// The longest that one period may be, in months ("at most two years at a time").
    #[schemars(
        title = "Högst så här många månader åt gången: om avtalet säger hur lång en period får vara, som högst två år åt gången; är avtalstiden själv längre gäller det förlängningarna",
        range(min = 1, max = 600)
    )]
    pub at_most_months_at_a_time: Option<u32>,
    /// The longest that one extension may be, in months; the term itself is not limited by it.
    #[schemars(
        title = "Förlängs med högst så här många månader åt gången: avtalstiden före förlängningen räknas inte",
        range(min = 1, max = 600),
        example = 24
    )]
    pub extensions_at_most_months: Option<u32>,
}

impl Term {
    /// The term where both ends are known and in order.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        let period = Period { start: *self.start.known()?, end: self.last_day()? };
        (!period.is_reversed()).then_some(period)
    }

    /// The last day of the term: stated, or so many months from the first day. Of an agreement until further notice the
    /// first day on which it can end.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        if let Some(end) = self.end.known() {
            return Some(*end);
        }
        let start = *self.start.known()?;
        match (&self.until_further_notice, self.months) {
            (Some(open), _) => open.ends_on().on_or_after(start),
            (None, Some(months)) => Period { start, end: start }.last_day_within(months),
            (None, None) => None,
        }
    }

    /// The key that the last day follows from.
    #[must_use]
    pub fn end_key(&self) -> &'static str {
        match (&self.until_further_notice, self.months) {
            _ if self.end.known().is_some() => "end",
            (Some(_), _) => "until_further_notice",
            (None, Some(_)) => "months",
            (None, None) => "end",
        }
    }

    /// Whether what it may last at a time can only be meant of its extensions: the term itself is longer.
    #[must_use]
    pub fn limits_extensions_alone(&self) -> bool {
        let last = self.at_most_months_at_a_time.zip(self.period());
        last.and_then(|(most, term)| Some(term.last_day_within(most)? < term.end)).unwrap_or(false)
    }

    /// That it goes on by itself unless somebody gives notice: for so many months at a time, or year by year.
    #[must_use]
    pub fn going_on(&self) -> Option<GoingOn> {
        if let Some(open) = self.until_further_notice.as_ref().filter(|_| self.end.known().is_none()) {
            return Some(GoingOn {
                key: "until_further_notice",
                months: 12,
                notice_months: open.notice_months.known().map(|months| months.get()),
                notice_counts_from: open.notice_counts_from,
                until: None,
                has_notice_day: open.ends_on.is_some(),
            });
        }
        let renewal = self.renewal.as_ref()?;
        Some(GoingOn {
            key: "renewal",
            months: renewal.months,
            notice_months: renewal.notice_months.known().map(|months| months.get()),
            notice_counts_from: renewal.notice_counts_from,
            until: renewal.until.known().copied(),
            has_notice_day: true,
        })
    }

    /// The terms of an agreement that lasts until somebody gives notice.
    #[must_use]
    pub fn open_ended(&self) -> Option<&UntilFurtherNotice> {
        self.until_further_notice.as_ref().filter(|_| self.end.known().is_none())
    }
}

/// That an agreement lasts until somebody gives notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Tills vidare")]
pub struct UntilFurtherNotice {
    /// The time of notice in months.
    #[schemars(
        title = "Uppsägningstid i månader: så lång tid från uppsägningen tills avtalet upphör",
        required,
        example = 6
    )]
    pub notice_months: Fact<Whole<0, 60>>,
    /// The day of the year with which it can end; any day where left out.
    #[schemars(
        title = "Upphör: den dag på året som avtalet kan upphöra med; vilken dag som helst om den utelämnas",
        example = &"12-31"
    )]
    pub ends_on: Option<DayOfYear>,
    /// From which of its days notice counts.
    #[serde(default)]
    #[schemars(title = "Uppsägningen räknas från: när den kommer fram, om avtalet inte säger annat")]
    pub notice_counts_from: NoticeCounts,
}

impl UntilFurtherNotice {
    /// The day of the year to which it is counted with, a year at a time: the one with which it can end, or New Year's Eve.
    #[must_use]
    pub fn ends_on(&self) -> DayOfYear {
        self.ends_on.unwrap_or(DayOfYear::LAST)
    }
}

/// That an agreement goes on by itself unless somebody gives notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoingOn {
    /// The key under `term` that says so.
    pub key: &'static str,
    /// For how many months at a time.
    pub months: u32,
    /// How long before the end notice must be given, in months; nothing where that is not known.
    pub notice_months: Option<u32>,
    /// From which of its days notice counts.
    pub notice_counts_from: NoticeCounts,
    /// The day that it does not pass.
    pub until: Option<NaiveDate>,
    /// Whether there is a last day for notice: not where the agreement can end with any day.
    pub has_notice_day: bool,
}

impl GoingOn {
    /// Whether the agreement lasts until somebody gives notice, and is not renewed for a time that it states.
    #[must_use]
    pub fn is_until_further_notice(&self) -> bool {
        self.key == "until_further_notice"
    }
}

/// A right to extend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Option på förlängning")]
pub struct ExtensionOption {
    /// How long each extension is, in months.
    #[schemars(title = "Månader: hur lång varje förlängning är", range(min = 1, max = 600), example = 12)]
    pub months: u32,
    /// Whether that is the least or the most.
    #[serde(default)]
    #[schemars(title = "Längden är: precis så lång (förval), minst eller högst")]
    pub bound: Bound,
    /// How many times it may be used.
    #[serde(default = "once")]
    #[schemars(
        title = "Gånger: hur många gånger optionen kan användas",
        range(min = 1, max = 100),
        example = 2
    )]
    pub times: u32,
    /// The last day to call on it.
    #[schemars(title = "Senast: sista dagen att använda optionen", example = &"2025-06-30")]
    pub notice_by: Fact<NaiveDate>,
    /// Who may call on it, by party key.
    #[schemars(title = "Vem: nyckeln för den part som kan använda optionen", example = &"kommun")]
    pub by: Fact<String>,
    /// On what condition.
    #[schemars(title = "Villkor: vad som ska vara uppfyllt för att optionen ska få användas")]
    pub condition: Fact<String>,
}

fn once() -> u32 {
    1
}

vocabulary! {
    /// From which of its days notice counts.
    #[derive(Default)]
    pub enum NoticeCounts ("Uppsägningen räknas från") {
        /// When the other side has it: what holds where nothing else is agreed.
        #[default]
        Receipt = "receipt", "när den kommer fram", "det som gäller om inget annat är avtalat";
        /// When it is sent.
        Sending = "sending", "när den skickas", "bara om avtalet säger det";
    }
}

/// Renewal unless somebody gives notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Automatisk förlängning")]
pub struct Renewal {
    /// How long each renewal is, in months.
    #[schemars(title = "Månader: hur lång varje förlängning är", range(min = 1, max = 600), example = 12)]
    pub months: u32,
    /// How long before the end notice must be given, in months.
    #[schemars(title = "Uppsägning: månader före avtalstidens slut", example = 6)]
    pub notice_months: Fact<Whole<0, 60>>,
    /// From which of its days notice counts.
    #[serde(default)]
    #[schemars(title = "Uppsägningen räknas från: när den kommer fram, om avtalet inte säger annat")]
    pub notice_counts_from: NoticeCounts,
    /// The day that no renewal passes.
    #[schemars(title = "Längst till: sista dag som förlängningar kan nå", example = &"2027-12-31")]
    pub until: Fact<NaiveDate>,
}
