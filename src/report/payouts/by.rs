//! Payouts summed up by whom they go to, how they are coded and who bears them.

use std::collections::BTreeMap;

use super::sums::{self, Sum};
use super::{LIST, PayoutReport};
use crate::agreement::{Agreement, Funding};
use crate::payouts::{self, CodeString};
use crate::register::Register;
use crate::report::codes;
use crate::report::missing::sum_title;
use crate::report::parties::{called, organisation, receivers};
use crate::report::sheet::{Cell, Line, Sheet, SumOf, Table, Title};
use crate::text;

/// What payouts are shown by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The month in which they are made.
    Month,
    /// Something that they are summed up by, besides payer and year.
    Group(Grouping),
}

impl By {
    /// The word in machine-readable reports.
    pub(super) fn word(self, register: &Register) -> &str {
        match self {
            Self::Month => "month",
            Self::Group(Grouping::Organisation) => "organisation",
            Self::Group(Grouping::Code(position)) => codes::keys(register).nth(position).unwrap_or_default(),
            Self::Group(Grouping::Codes) => "code",
            Self::Group(Grouping::Committee) => "committee",
        }
    }
}

/// What payouts are summed up by, besides payer and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// The organisation that they go to.
    Organisation,
    /// A field of the municipality's code string, by its position.
    Code(usize),
    /// The whole code string.
    Codes,
    /// The committee that bears them.
    Committee,
}

impl Grouping {
    /// What it is called, in a title and in the middle of one.
    fn name(self, register: &Register) -> String {
        match self {
            Self::Organisation => "Organisation".to_owned(),
            Self::Code(position) => codes::titles(register).into_iter().nth(position).unwrap_or_default(),
            Self::Codes => "Kodsträng".to_owned(),
            Self::Committee => "Nämnd".to_owned(),
        }
    }

    /// What a workbook calls its sheet.
    fn sheet(self) -> &'static str {
        match self {
            Self::Organisation => "Per organisation",
            Self::Code(_) => "Per kod",
            Self::Codes => "Per kodsträng",
            Self::Committee => "Per nämnd",
        }
    }
}

/// What a sum is of, in words, with what tells its rows from others in the list of payouts.
type Words = (String, Same);

/// What rows of a group say in which columns.
type Same = Vec<(Title, Cell)>;

/// The sum of a group, a payer and a year.
pub(super) struct Group<'a> {
    pub(super) name: String,
    pub(super) payer: String,
    same: Same,
    pub(super) sum: Sum<'a>,
}

impl PayoutReport<'_> {
    /// The sums of a grouping as one sheet.
    #[must_use]
    pub fn by(&self, grouping: Grouping, is_exact: bool) -> Sheet {
        let groups = self.groups(grouping);
        let mut of_each: BTreeMap<String, (Same, Sum<'_>, usize)> = BTreeMap::new();
        let mut all = Sum::new(String::new(), None);
        all.group = sum_title(self.missing);
        for Group { name, same, sum, .. } in &groups {
            let (_, own, count) = of_each.entry(name.clone()).or_insert_with(|| {
                let mut own = Sum::new(String::new(), None);
                own.group = format!("Summa {name}");
                (same.clone(), own, 0)
            });
            own.add_all(sum);
            all.add_all(sum);
            *count += 1;
        }
        let several = of_each.into_values().filter(|(.., count)| *count > 1);
        let mut sums: Vec<_> =
            several.map(|(same, sum, _)| Line::Sum(sum, Some(SumOf { list: LIST, same }))).collect();
        sums.push(Line::Sum(all, Some(SumOf { list: LIST, same: Vec::new() })));
        let mut rows = Vec::with_capacity(groups.len() + sums.len());
        for Group { name, payer, mut same, mut sum } in groups {
            same.extend([
                ("Betalare".into(), Cell::text(payer)),
                ("Avser från år".into(), Cell::year(sum.year)),
            ]);
            sum.group = name;
            rows.push(Line::Head(sum, SumOf { list: LIST, same }));
        }
        rows.append(&mut sums);
        Table {
            name: grouping.sheet(),
            heading: self.heading_of(&text::uncapitalised(&grouping.name(self.register))),
            columns: sums::columns(Some(grouping.name(self.register)), is_exact),
            rows,
            notes: self.notes_of_sums(),
        }
        .sheet()
    }

    /// The sums of a grouping, by group, payer and year; what has no known time is of no year and comes last.
    pub(super) fn groups(&self, grouping: Grouping) -> Vec<Group<'_>> {
        let mut groups = Groups::new();
        let title = grouping.name(self.register);
        let fields = codes::titles(self.register);
        let succession = self.scheduler.succession();
        for (id, entry, statement) in &self.agreements {
            let agreement = &*entry.data;
            let is_blind = self.is_blind(id);
            for payout in sums::counted(self, id, statement, Some(succession)) {
                let words = match grouping {
                    Grouping::Organisation => received_by(agreement, &payout.payees),
                    Grouping::Code(position) => {
                        let code = self.codes(agreement, statement.terms(payout.funding)).at(position);
                        coded(&title, code)
                    }
                    Grouping::Codes => {
                        coded_in_full(&fields, &self.codes(agreement, statement.terms(payout.funding)))
                    }
                    Grouping::Committee => self.borne_by(agreement, statement.terms(payout.funding)),
                };
                at(&mut groups, words, called(agreement, payout.payer), Some(payout.year))
                    .sum
                    .add(payout, is_blind);
            }
            for time in self.without_time(statement) {
                let words = match grouping {
                    Grouping::Organisation => received_by(
                        agreement,
                        &payouts::receivers(agreement, time.terms, statement.life.money_time).keys,
                    ),
                    Grouping::Code(position) => {
                        coded(&title, self.codes(agreement, Some(time.terms)).at(position))
                    }
                    Grouping::Codes => coded_in_full(&fields, &self.codes(agreement, Some(time.terms))),
                    Grouping::Committee => self.borne_by(agreement, Some(time.terms)),
                };
                at(&mut groups, words, called(agreement, time.payer), None).sum.add_timeless(time, is_blind);
            }
        }
        groups.into_values().collect()
    }

    fn borne_by(&self, agreement: &Agreement, terms: Option<&Funding>) -> Words {
        match terms.and_then(|terms| self.carrier(agreement, terms)) {
            Some((committee, _)) => (committee.clone(), vec![("Nämnd".into(), Cell::text(committee))]),
            None => ("Annan än kommunen".to_owned(), vec![("Nämnd".into(), Cell::Empty)]),
        }
    }
}

/// By name, payer, whether they are of no year, and year.
type Groups<'a> = BTreeMap<(String, String, bool, Option<i32>), Group<'a>>;

fn at<'a, 'b>(
    groups: &'b mut Groups<'a>,
    (name, same): Words,
    payer: String,
    year: Option<i32>,
) -> &'b mut Group<'a> {
    let key = (name.clone(), payer.clone(), year.is_none(), year);
    groups.entry(key).or_insert_with(|| {
        let sum = Sum::new(sums::title(&payer, year), year);
        Group { name, payer, same, sum }
    })
}

/// Whom a payout goes to: the receiver, or the organisations of the agreement where none is known.
fn received_by(agreement: &Agreement, payees: &[&str]) -> Words {
    if let Some(name) = receivers(agreement, payees) {
        return (name.clone(), vec![("Mottagare".into(), Cell::text(name))]);
    }
    let all = organisation(agreement);
    (all.clone(), vec![("Mottagare".into(), Cell::Empty), ("Organisation".into(), Cell::text(all))])
}

fn coded(title: &str, code: Option<&str>) -> Words {
    let name = code.map_or_else(|| format!("Utan {}", text::uncapitalised(title)), str::to_owned);
    (name, vec![(title.to_owned().into(), Cell::shown(code))])
}

/// A whole code string, in words and field by field.
fn coded_in_full(fields: &[String], codes: &CodeString<'_>) -> Words {
    let same = fields.iter().enumerate().map(|(at, title)| (title.clone().into(), codes::cell(codes, at)));
    (codes::whole(codes).unwrap_or_else(|| "Utan kodsträng".to_owned()), same.collect())
}
