//! A committee and a calendar year as the subject of documents.

use chrono::NaiveDate;
use minijinja::Value;

use super::topic::Topic;
use crate::agreement::{Agreement, Role};
use crate::date::Period;
use crate::documents::kind::SubjectKind;
use crate::money::Money;
use crate::payouts;
use crate::register::{Entry, Register, id_of};
use crate::text;
use crate::vocabulary::Known;

/// A committee and a calendar year.
#[derive(Debug, Clone, Copy)]
pub struct CommitteeYear<'a> {
    /// The committee's key in `iop.toml`.
    pub committee: &'a str,
    /// The year.
    pub year: i32,
}

impl<'a> CommitteeYear<'a> {
    /// The one of `social/2026`, where the register has a committee of that key.
    #[must_use]
    pub fn of_name(register: &'a Register, name: &str) -> Option<Self> {
        let (committee, year) = name.split_once('/')?;
        let year = year.parse().ok().filter(|year| (1900..=9999).contains(year))?;
        let committees = &register.settings.as_ref()?.data.committee;
        let (committee, _) = committees.get_key_value(committee)?;
        Some(Self { committee, year })
    }

    /// The committee's name at the end of the year.
    fn name<'b>(&'b self, register: &'b Register) -> &'b str {
        let committees = register.settings.as_ref().map(|settings| &settings.data.committee);
        let last = NaiveDate::from_ymd_opt(self.year, 12, 31);
        let name = committees.and_then(|all| all.get(self.committee)?.name_on(last?));
        name.unwrap_or(self.committee)
    }

    /// What templates see: the committee's agreements with some day in the year, and what each and all of them come to in it.
    fn shown(&self, register: &Register, as_of: NaiveDate) -> Value {
        let day = |month, day| NaiveDate::from_ymd_opt(self.year, month, day);
        let Some((start, end)) = day(1, 1).zip(day(12, 31)) else { return Value::from(()) };
        let whole = Period { start, end };
        let (mut sum, mut is_whole) = (Money::ZERO, true);
        let mut agreements = Vec::new();
        for entry in register.agreements.values() {
            if register.committee_key_of(&entry.data) != Some(self.committee) {
                continue;
            }
            let statement = payouts::statement(register, entry, as_of);
            let life = &statement.life;
            let first = entry.data.term.start.known().copied();
            let is_in = first.is_none_or(|first| first <= whole.end)
                && life.last_day().is_none_or(|last| whole.start <= last);
            if !is_in {
                continue;
            }
            let own =
                statement.components.iter().flat_map(|one| &one.years).filter(|one| one.year == self.year);
            let amount = own
                .map(|one| one.payable)
                .try_fold(Money::ZERO, |sum, one| one.and_then(|one| sum.checked_add(one)));
            if life.standing.is_bound() {
                match amount.and_then(|amount| sum.checked_add(amount)) {
                    Some(more) => sum = more,
                    None => is_whole = false,
                }
            }
            let with: Vec<&str> =
                entry.data.parties(Role::CivilSociety).map(|party| party.name.as_str()).collect();
            agreements.push(Value::from_pairs([
                ("id", Value::from(id_of(&entry.file))),
                ("title", Value::from(entry.data.title.as_str())),
                ("with", Value::from(text::list(&with))),
                ("first", Value::from(first.map(|day| day.to_string()))),
                ("last", Value::from(life.last_day().map(|day| day.to_string()))),
                ("standing", Value::from(life.standing.label())),
                ("amount", Value::from(amount.map(|amount| amount.to_string()))),
            ]));
        }
        Value::from_pairs([
            ("key", Value::from(self.committee)),
            ("year", Value::from(self.year)),
            ("agreements", Value::from(agreements)),
            // What nobody is bound by is in no sum.
            ("total", Value::from(is_whole.then(|| sum.to_string()))),
        ])
    }
}

impl<'a> Topic<'a> for CommitteeYear<'a> {
    fn kind(&self) -> SubjectKind {
        SubjectKind::CommitteeYear
    }

    fn entry(&self) -> Option<&'a Entry<Agreement>> {
        None
    }

    /// "Socialnämnden 2026", by the name that the committee had at the end of the year.
    fn title(&self, register: &Register) -> String {
        format!("{} {}", self.name(register), self.year)
    }

    fn folder(&self) -> String {
        format!("{}-{}", super::in_file_name(self.committee), self.year)
    }

    fn context(&self, register: &Register, as_of: NaiveDate) -> Vec<(&'static str, Value)> {
        vec![("committee", self.name(register).into()), ("year", self.shown(register, as_of))]
    }
}
