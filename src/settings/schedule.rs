//! How dates are computed where agreements say nothing, which are shown, and who is told: `[schedule]` in `iop.toml`.

use chrono::NaiveDate;
use indexmap::IndexMap;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::agreement::DutyKind;
use crate::deadline_kind::DeadlineKind;
use crate::holiday::OnHoliday;
use crate::text;
use crate::whole::{MonthOfYear, Whole};

/// A length of time before or after something, in days.
pub type Lead = Whole<0, 365>;

/// Names every kind of date as a key of its own: editors complete them, and one that does not exist is told by name.
fn by_kind(schema: &mut Schema) {
    let Some(of_each) = schema.remove("additionalProperties") else { return };
    let key = |kind: DeadlineKind| {
        let mut key = of_each.as_object().cloned().unwrap_or_default();
        key.insert("title".to_owned(), text::capitalised(kind.label()).into());
        (kind.word().to_owned(), Value::Object(key))
    };
    let keys: Map<String, Value> = DeadlineKind::ALL.into_iter().map(key).collect();
    schema.insert("properties".to_owned(), Value::Object(keys));
    schema.insert("additionalProperties".to_owned(), Value::Bool(false));
}

/// How dates are computed where an agreement says nothing, which are shown, and who is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "Schema")]
pub struct ScheduleSettings {
    /// The first day of which the register keeps account: what fell due earlier is never overdue.
    #[schemars(title = "Bevakas från: det som förföll tidigare räknas aldrig som försenat", example = &"2024-01-01")]
    pub followed_from: Option<NaiveDate>,
    /// The kinds that are shown; all where it is empty.
    #[schemars(title = "Slag som visas: alla om listan är tom")]
    pub kinds: Vec<DeadlineKind>,
    /// What the municipality asks for of every agreement, whether agreed or not.
    #[schemars(title = "Rutin: uppföljning som kommunen begär även när avtalet inte säger något")]
    pub routine: Vec<DutyKind>,
    /// The functions that are told, by kind of date.
    #[schemars(title = "Får veta: funktioner, per slag av datum", transform = by_kind)]
    pub told: IndexMap<DeadlineKind, Vec<String>>,
    /// Days before a date on which calendars remind, by kind of date.
    #[schemars(title = "Påminnelser i kalendern: antal dagar före, per slag av datum", transform = by_kind)]
    pub alarm_days: IndexMap<DeadlineKind, Vec<Lead>>,
    /// What happens to a day of payment or report on which nobody works, where the agreement says nothing.
    #[schemars(
        title = "Helger: vad som händer med en dag som infaller på en helg, när avtalet inte säger något"
    )]
    pub on_holiday: OnHoliday,
    /// Days from the call to the meeting of a steering group.
    #[schemars(title = "Kallelse till styrgruppen: dagar före mötet")]
    pub call_days: Lead,
    /// Days from the papers to the meeting.
    #[schemars(title = "Handlingar till styrgruppen: dagar före mötet")]
    pub papers_days: Lead,
    /// Days from the meeting to its notes.
    #[schemars(title = "Minnesanteckningar: dagar efter mötet")]
    pub notes_days: Lead,
    /// The month in which reports for a first half-year come.
    #[schemars(title = "Månad för halvårsrapport: den månad då rapporter för ett första halvår ska komma")]
    pub half_year_report_month: MonthOfYear,
    /// The month in which reports for a whole year come.
    #[schemars(title = "Månad för helårsrapport: den månad då rapporter för ett helt år ska komma")]
    pub full_year_report_month: MonthOfYear,
    /// Months from the end of another period to its report.
    #[schemars(title = "Rapport för annan period: månader efter dess slut")]
    pub other_report_months: Whole<0, 12>,
    /// The month in which a year is accounted for to the committee.
    #[schemars(title = "Månad för redovisning till nämnden: den månad då ett år redovisas")]
    pub committee_account_month: MonthOfYear,
    /// The month in which the organisation's annual report and accounts come, after its annual meeting.
    #[schemars(
        title = "Månad för föreningens årshandlingar: den månad, efter årsmötet, då verksamhetsberättelse och bokslut ska komma"
    )]
    pub annual_accounts_month: MonthOfYear,
    /// The month in which index values for the next year are entered, once the council has decided the budget.
    #[schemars(title = "Månad då nästa års indexvärden förs in: när fullmäktige har beslutat budgeten")]
    pub index_value_month: MonthOfYear,
    /// Months from the review to the end of the term.
    #[schemars(title = "Översyn: månader före avtalstidens slut")]
    pub review_months: Whole<0, 60>,
    /// Months from the decision whether to go on to the end of the term.
    #[schemars(title = "Beslut om fortsättning: månader före avtalstidens slut")]
    pub decision_months: Whole<0, 60>,
    /// Months from the end of the term to the final evaluation.
    #[schemars(title = "Slutlig utvärdering: månader efter avtalstidens slut")]
    pub evaluation_months: Whole<0, 60>,
    /// Days from the committee's decision on notice until the other side has it.
    #[schemars(title = "Uppsägning: dagar från nämndens beslut till att uppsägningen har kommit fram")]
    pub notice_delivery_days: Lead,
    /// Days between the decision on an agreement and its start, for the time in which the decision can be appealed.
    #[schemars(title = "Överklagandetid: dagar mellan beslutet och avtalets start")]
    pub legal_force_days: Lead,
    /// How many days ahead something counts as due.
    #[schemars(title = "Aktuellt: så många dagar före räknas något som aktuellt i iop followup")]
    pub due_within_days: Lead,
}

impl Default for ScheduleSettings {
    fn default() -> Self {
        Self {
            followed_from: None,
            kinds: Vec::new(),
            routine: vec![DutyKind::AnnualAccounts],
            told: IndexMap::new(),
            alarm_days: IndexMap::new(),
            on_holiday: OnHoliday::Keep,
            call_days: Lead::of::<14>(),
            papers_days: Lead::of::<7>(),
            notes_days: Lead::of::<14>(),
            half_year_report_month: MonthOfYear::of::<8>(),
            full_year_report_month: MonthOfYear::of::<1>(),
            other_report_months: Whole::of::<1>(),
            committee_account_month: MonthOfYear::of::<3>(),
            annual_accounts_month: MonthOfYear::of::<5>(),
            index_value_month: MonthOfYear::of::<11>(),
            review_months: Whole::of::<9>(),
            decision_months: Whole::of::<4>(),
            evaluation_months: Whole::of::<3>(),
            notice_delivery_days: Lead::of::<7>(),
            legal_force_days: Lead::of::<21>(),
            due_within_days: Lead::of::<30>(),
        }
    }
}

impl ScheduleSettings {
    /// Whether dates of this kind are shown.
    #[must_use]
    pub fn shows(&self, kind: DeadlineKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// The functions that are told of a kind of date.
    #[must_use]
    pub fn told(&self, kind: DeadlineKind) -> &[String] {
        self.told.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The days before a date of this kind on which calendars remind: the register's own, or what suits most.
    #[must_use]
    pub fn alarm_days(&self, kind: DeadlineKind) -> Vec<u32> {
        if let Some(own) = self.alarm_days.get(&kind) {
            return own.iter().map(|days| days.get()).collect();
        }
        kind.nature().alarm_days.to_vec()
    }
}
