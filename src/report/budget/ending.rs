//! What ends when, with what it costs a year.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::BudgetReport;
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, AgreementStatement, Component, YearAmount, YearlyCost, carrier, yearly_at_end};
use crate::register::Register;
use crate::report::certainty::{Certainties, Certainty};
use crate::report::missing::{Missing, sum_title};
use crate::report::parties::organisation;
use crate::report::sheet::{Audience, Cell, Column, Line, Sheet, SumOf, Table};
use crate::term::Life;

/// The name of the list.
const LIST: &str = "Det som slutar";

/// An agreement that ends, or that has no end.
struct Ending<'a> {
    id: &'a str,
    agreement: &'a Agreement,
    life: &'a Life<'a>,
    costs: Vec<YearlyCost<'a>>,
    /// Whether the municipality pays for days that nobody knows yet.
    lacks_days: bool,
}

/// A row: an agreement, or what several cost.
enum Row<'a> {
    One(Ending<'a>),
    Sum { title: String, year: Option<i32>, amount: Option<Money>, is_ceiling: bool, certainty: Certainties },
}

/// An agreement that ends, for programs.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "marks that are independent of each other")]
pub(super) struct EndingItem<'a> {
    agreement: &'a str,
    organisation: String,
    status: &'static str,
    /// Nothing where there is no end, or nobody has said it.
    last_day: Option<NaiveDate>,
    /// What the last day rests on.
    rests_on: Option<&'static str>,
    ends_early: bool,
    notice_day: Option<NaiveDate>,
    /// Whether it goes on if nobody declines it, or if somebody calls on it.
    can_go_on: bool,
    /// Until when; nothing where it has no end then.
    furthest_day: Option<NaiveDate>,
    yearly_amount: Option<String>,
    ceiling: bool,
    certainty: Vec<&'static str>,
    /// Whether the amount lacks something that is not known.
    incomplete: bool,
}

impl<'a> Ending<'a> {
    fn of(register: &Register, one: &'a AgreementStatement<'a>) -> Self {
        let agreement = &*one.entry.data;
        // What others pay is no cost of the municipality's.
        let is_own = |component: &Component<'_>| carrier(register, agreement, component.funding).is_some();
        let mut costs = yearly_at_end(&one.statement);
        costs.retain(|cost| is_own(cost.component));
        let components = &one.statement.components;
        let has_cost = |key: &str| costs.iter().any(|cost| cost.component.key == key);
        let lacks_days = components
            .iter()
            .any(|component| is_own(component) && component.years.is_empty() && !has_cost(component.key));
        Self { id: one.id, agreement, life: &one.statement.life, costs, lacks_days }
    }

    fn amount(&self) -> Option<Money> {
        let mut known = self.costs.iter().filter_map(|cost| cost.amount).peekable();
        known.peek()?;
        payouts::sum(known.map(Some))
    }

    fn is_ceiling(&self) -> bool {
        self.costs.iter().any(|cost| cost.component.ceiling)
    }

    fn is_incomplete(&self) -> bool {
        self.lacks_days || self.costs.iter().any(|cost| cost.amount.is_none())
    }

    fn certainty(&self) -> Certainties {
        let sums = self.costs.iter().flat_map(|cost| {
            let component = cost.component;
            let of = |year: &&YearAmount<'_>| {
                Certainties::of_sum_in(component.commitment, &year.doubts, component.ceiling)
            };
            let without_days = cost
                .years
                .is_empty()
                .then(|| Certainties::of_sum_in(component.commitment, &[], component.ceiling));
            cost.years.iter().map(of).chain(without_days).collect::<Vec<_>>()
        });
        let all = Certainties::of_all(sums.chain(self.certainty_of_day()));
        if self.is_incomplete() { all.and(Certainty::Incomplete) } else { all }
    }

    /// How firm the last day is; nothing where there is none.
    fn certainty_of_day(&self) -> Option<Certainties> {
        self.last_day()?;
        let last = self.life.holding().next_back()?;
        let early = self.life.early_end.as_ref().map(|early| early.commitment);
        let can_move = self.can_go_on() || self.life.untold_end.is_some();
        let time = if can_move { Certainty::Preliminary } else { Certainty::Definite };
        Some(Certainties::new(early.map_or(last.commitment, |early| early.max(last.commitment)), &[time]))
    }

    /// The last day; nothing where it lasts until somebody gives notice, which may be any day, or where nobody has said it.
    fn last_day(&self) -> Option<NaiveDate> {
        self.life.last_day().filter(|_| !self.life.has_no_end())
    }

    fn amount_cell(&self) -> Cell {
        match self.amount() {
            None if self.is_incomplete() => Cell::text("ej angivet"),
            amount => most(amount, self.is_ceiling()),
        }
    }

    /// What the last day rests on, as it follows "enligt".
    fn rests_on(&self) -> &'static str {
        if self.life.has_no_end() {
            return "tills vidare";
        }
        if self.life.early_end.is_some() {
            return "slut i förtid";
        }
        self.life.holding().next_back().map_or("", |last| last.rests_on.label())
    }

    /// Whether it goes on if nobody declines it, or if somebody calls on it.
    fn can_go_on(&self) -> bool {
        self.life.possible().next().is_some()
    }

    /// Until when it can go on; nothing where it then has no end, or cannot.
    fn furthest_day(&self) -> Option<NaiveDate> {
        self.life.possible().last()?.to
    }
}

/// A sum, as the most where it holds a ceiling.
fn most(amount: Option<Money>, is_ceiling: bool) -> Cell {
    match amount {
        Some(most) if is_ceiling => Cell::most(most),
        amount => Cell::amount(amount),
    }
}

impl<'a> BudgetReport<'a> {
    /// The agreements that end in some days, by their last day; those without an end last, where the days have none.
    fn endings(&self, first: NaiveDate, last: Option<NaiveDate>) -> Vec<Ending<'a>> {
        let all = self.statements.iter().map(|one| Ending::of(self.register, one));
        let ends = |one: &Ending<'_>| match one.last_day() {
            Some(day) => day >= first && last.is_none_or(|last| day <= last),
            None => last.is_none(),
        };
        let mut endings: Vec<Ending<'a>> = all.filter(ends).collect();
        endings.sort_by_key(|one| (one.last_day().is_none(), one.last_day()));
        endings
    }

    /// What ends from a day on and until another, with what it costs a year.
    #[must_use]
    pub fn ending(&self, first: NaiveDate, last: Option<NaiveDate>) -> Sheet {
        let endings = self.endings(first, last);
        let mut years: Vec<(i32, Vec<&Ending<'_>>)> = Vec::new();
        for one in &endings {
            let Some(year) = one.last_day().map(|day| day.year()) else { continue };
            match years.last_mut().filter(|(known, _)| *known == year) {
                Some((_, of_year)) => of_year.push(one),
                None => years.push((year, vec![one])),
            }
        }
        let sum = |title: String, year: Option<i32>, of: &[&Ending<'_>]| {
            let amount = payouts::sum(of.iter().map(|one| one.amount()));
            let certainty = Certainties::of_all(of.iter().map(|one| one.certainty()));
            let is_ceiling = of.iter().any(|one| one.is_ceiling());
            let same = year.map(|year| ("Slutår".into(), Cell::Year(year))).into_iter().collect();
            Line::Sum(
                Row::Sum { title, year, amount, is_ceiling, certainty },
                Some(SumOf { list: LIST, same }),
            )
        };
        let mut sums: Vec<Line<Row<'_>>> =
            years.iter().map(|(year, of)| sum(format!("Summa {year}"), Some(*year), of)).collect();
        sums.push(sum(sum_title(self.missing), None, &endings.iter().collect::<Vec<_>>()));
        let until = last.map(|last| format!("–{last}")).unwrap_or_default();
        let mut notes = vec![
            "Belopp per år är vad kommunen betalar för de sista tolv månaderna; ett avtal som gäller kortare tid är uppräknat till tolv. Säkerhet gäller både dagen och beloppet."
                .to_owned(),
        ];
        let unknown = endings.iter().filter(|one| one.is_incomplete()).count();
        if unknown > 0 {
            let many = crate::text::count(unknown, "avtal", "avtal");
            notes.push(format!("Summorna saknar belopp i {many}."));
        }
        if self.lacks_agreements() {
            notes.push("Avtal som inte kan läsas finns inte med.".to_owned());
        }
        let mut rows: Vec<Line<Row<'_>>> = endings.into_iter().map(|one| Line::Row(Row::One(one))).collect();
        if rows.is_empty() {
            notes.insert(0, "Inget avtal slutar under den tiden.".to_owned());
        } else {
            rows.append(&mut sums);
        }
        Table {
            name: LIST,
            heading: format!("Det som slutar · {first}{until} · räknat per {}", self.as_of),
            columns: columns(),
            rows,
            notes,
        }
        .sheet()
    }

    pub(super) fn ending_items(&self, first: NaiveDate, last: Option<NaiveDate>) -> Vec<EndingItem<'a>> {
        self.endings(first, last).iter().map(item).collect()
    }
}

fn item<'a>(one: &Ending<'a>) -> EndingItem<'a> {
    EndingItem {
        agreement: one.id,
        organisation: organisation(one.agreement),
        status: one.agreement.status.word(),
        last_day: one.last_day(),
        rests_on: if one.life.has_no_end() {
            Some("until-further-notice")
        } else {
            one.life.holding().next_back().map(|last| last.rests_on.word())
        },
        ends_early: one.life.early_end.is_some(),
        notice_day: one.life.notice_day(),
        can_go_on: one.can_go_on(),
        furthest_day: one.furthest_day(),
        yearly_amount: one.amount().map(Money::plain),
        ceiling: one.is_ceiling(),
        certainty: one.certainty().words(),
        incomplete: one.is_incomplete(),
    }
}

fn columns<'a>() -> Vec<Column<'a, Row<'a>>> {
    vec![
        Column::<Row<'a>>::new("Sista dag", |row| match row {
            Row::One(one) if one.life.has_no_end() => Cell::text("ingen"),
            Row::One(one) => one.last_day().map_or_else(|| Cell::text("ej känd"), Cell::Day),
            Row::Sum { title, .. } => Cell::text(title),
        })
        .key(),
        Column::<Row<'a>>::new("Slutår", |row| match row {
            Row::One(one) => Cell::year(one.last_day().map(|day| day.year())),
            Row::Sum { year, .. } => Cell::year(*year),
        })
        .only(Audience::Programs),
        Column::<Row<'a>>::new("Avtal", |row| row.of_one(|one| Cell::text(one.id)))
            .key()
            .missing(|missing| Cell::text(missing.agreement.as_deref().unwrap_or(&missing.file))),
        Column::<Row<'a>>::new("Organisation", |row| {
            row.of_one(|one| Cell::text(organisation(one.agreement)))
        })
        .yields(2),
        Column::<Row<'a>>::new("Status", |row| row.of_one(|one| Cell::text(one.agreement.status.label())))
            .missing(|_| Cell::text(Missing::STATE)),
        Column::<Row<'a>>::new("Enligt", |row| row.of_one(|one| Cell::text(one.rests_on()))).yields(2),
        Column::<Row<'a>>::new("Uppsägning senast", |row| {
            row.of_one(|one| Cell::day(one.life.notice_day()))
        })
        .whole()
        .yields(1),
        Column::<Row<'a>>::new("Kan fortsätta till", |row| {
            row.of_one(|one| match one.furthest_day() {
                None if one.can_go_on() => Cell::text("utan känt slut"),
                day => Cell::day(day),
            })
        })
        .whole()
        .yields(1),
        Column::<Row<'a>>::new("Belopp per år (kr)", |row| match row {
            Row::One(one) => one.amount_cell(),
            Row::Sum { amount, is_ceiling, .. } => most(*amount, *is_ceiling),
        }),
        Column::<Row<'a>>::new("Säkerhet", |row| match row {
            Row::One(one) => Cell::text(one.certainty().label()),
            Row::Sum { certainty, .. } => Cell::text(certainty.label()),
        })
        .yields(1),
        Column::<Row<'a>>::new("Grund", |_| Cell::Empty)
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.why())),
    ]
}

impl<'a> Row<'a> {
    fn of_one(&self, cell: impl Fn(&Ending<'a>) -> Cell) -> Cell {
        match self {
            Self::One(one) => cell(one),
            Self::Sum { .. } => Cell::Empty,
        }
    }
}
