//! The register at a glance: each agreement's parties, term, money of the year, next day and findings.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use serde::Serialize;

use super::certainty::Certainties;
use super::evidence::Evidence;
use super::missing::Missing;
use super::parties::organisation;
use super::schedule::{meeting_plans, shows};
use super::sheet::{Audience, Cell, Column, Line, Sheet, Table};
use crate::agreement::{Agreement, Role};
use crate::finding::{Finding, Level, Tally};
use crate::money::Money;
use crate::payouts::{self, carrier};
use crate::register::{Entry, Register, id_of};
use crate::schedule::{Deadline, Scheduler, State};
use crate::term::Life;
use crate::text;

/// Some agreements at a glance.
#[derive(Debug)]
pub struct OverviewReport<'a> {
    /// The register that they are of.
    pub register: &'a Register,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// What computes their dates.
    pub scheduler: Scheduler<'a>,
    /// The agreements by id, in the order of their ids.
    pub agreements: &'a [(&'a str, &'a Entry<Agreement>)],
    /// What has been found in the register.
    pub findings: &'a [Finding],
    /// What could not be read.
    pub missing: &'a [Missing],
}

/// The version of the JSON format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    #[serde(flatten)]
    evidence: Evidence,
    missing: &'a [Missing],
    agreements: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    title: &'a str,
    status: &'static str,
    parties: Vec<&'a str>,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    /// What the last day rests on.
    rests_on: &'static str,
    year: i32,
    /// What the municipality pays for the year; nothing where it pays nothing, or nobody knows how much.
    amount: Option<String>,
    certainty: Vec<&'static str>,
    next: Option<Next>,
    findings: Counts,
}

#[derive(Serialize)]
struct Next {
    id: String,
    title: String,
    last_day: Option<NaiveDate>,
    state: &'static str,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// What the municipality pays for the year.
struct OfYear {
    amount: Option<Money>,
    is_unknown: bool,
    is_ceiling: bool,
    certainty: Certainties,
}

/// An agreement at a glance.
pub(super) struct Glance<'a> {
    id: &'a str,
    agreement: &'a Agreement,
    life: Life<'a>,
    of_year: OfYear,
    next: Option<Deadline<'a>>,
    findings: Tally,
}

impl Glance<'_> {
    fn first_day(&self) -> Option<NaiveDate> {
        self.life.stretches.first()?.from
    }

    /// "2024-01-01–2025-12-31", "från 2026-01-01, tills vidare".
    pub(super) fn span(&self) -> String {
        let last = self.life.last_day().filter(|_| !self.life.has_no_end());
        match (self.first_day(), last) {
            (Some(first), Some(last)) => format!("{first}–{last}"),
            (None, Some(last)) => format!("till {last}"),
            (Some(first), None) if self.life.has_no_end() => format!("från {first}, tills vidare"),
            (Some(first), None) => format!("från {first}"),
            (None, None) => "ej angivet".to_owned(),
        }
    }

    /// What the last day rests on, as it follows "enligt".
    pub(super) fn rests_on(&self) -> &'static str {
        if self.life.early_end.is_some() {
            return "slut i förtid";
        }
        self.life.holding().next_back().map_or("", |last| last.rests_on.label())
    }

    pub(super) fn title(&self) -> &str {
        &self.agreement.title
    }

    pub(super) fn organisation(&self) -> String {
        organisation(self.agreement)
    }

    pub(super) fn status(&self) -> &'static str {
        self.agreement.status.label()
    }

    /// How many findings there are of each level.
    pub(super) fn found(&self) -> String {
        let Tally { errors, warnings, notes } = self.findings;
        let counts = [(errors, "fel", "fel"), (warnings, "varning", "varningar"), (notes, "not", "noter")];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        text::list(&counts.map(|(count, one, many)| text::count(count, one, many)).collect::<Vec<_>>())
    }

    /// How firm the money of the year is.
    pub(super) fn certainty(&self) -> Cell {
        match self.money() {
            Cell::Empty => Cell::Empty,
            _ => Cell::text(self.of_year.certainty.label()),
        }
    }

    /// What the municipality pays for the year.
    pub(super) fn money(&self) -> Cell {
        match self.of_year.amount {
            None if self.of_year.is_unknown => Cell::text("ej känt"),
            Some(amount) if self.of_year.is_ceiling => Cell::most(amount),
            amount => Cell::amount(amount),
        }
    }

    /// The first that somebody has to do.
    pub(super) fn next(&self) -> Cell {
        let next = self.next.as_ref();
        Cell::shown(next.map(|next| {
            let late = if next.state == State::Overdue { ", försenat" } else { "" };
            format!("{} {}{late}", next.when, next.title)
        }))
    }
}

impl<'a> OverviewReport<'a> {
    /// The agreements in the order of their ids.
    pub(super) fn glances(&self) -> Vec<Glance<'a>> {
        let found = self.found();
        self.agreements
            .par_iter()
            .map(|(id, entry)| {
                let statement = payouts::statement(self.register, entry, self.as_of);
                let schedule = self.scheduler.schedule(id, entry);
                let next = schedule.deadlines.into_iter().find(|one| {
                    let is_ahead =
                        matches!(one.state, State::Overdue | State::Unknown | State::Due | State::Coming);
                    is_ahead && one.kind.nature().is_duty && shows(self.register, one.kind)
                });
                Glance {
                    id,
                    agreement: &entry.data,
                    of_year: of_year(self.register, &entry.data, &statement, self.as_of.year()),
                    life: statement.life,
                    next,
                    findings: found.get(id).copied().unwrap_or_default(),
                }
            })
            .collect()
    }

    /// How many findings each agreement has, those in its records included.
    fn found(&self) -> BTreeMap<&str, Tally> {
        let mut found: BTreeMap<&str, Tally> = BTreeMap::new();
        for finding in self.findings {
            let file = &*finding.place.file;
            if !["agreements/", "records/"].iter().any(|folder| file.starts_with(folder)) {
                continue;
            }
            let counts = found.entry(id_of(file)).or_default();
            match finding.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Note => counts.notes += 1,
            }
        }
        found
    }

    /// One row an agreement.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let year = self.as_of.year();
        let number = |count: usize| if count == 0 { Cell::Empty } else { Cell::number(count) };
        let glances = self.glances();
        let notes = vec![format!(
            "Belopp är det som kommunen betalar för {year}. Nästa är det första som någon ska göra; iop schedule visar allt."
        )];
        Table {
            name: "Avtal",
            heading: format!(
                "{} · räknat per {}",
                text::capitalised(&text::count(glances.len(), "avtal", "avtal")),
                self.as_of
            ),
            columns: vec![
                Column::<Glance<'_>>::new("Avtal", |one| Cell::text(one.id))
                    .key()
                    .missing(|missing| Cell::text(missing.agreement.as_deref().unwrap_or(&missing.file))),
                Column::<Glance<'_>>::new("Ämne", |one| Cell::text(text::capitalised(&one.agreement.title)))
                    .yields(3),
                Column::<Glance<'_>>::new("Organisation", |one| Cell::text(organisation(one.agreement))),
                Column::<Glance<'_>>::new("Offentlig part", |one| Cell::text(public(one.agreement)))
                    .only(Audience::Programs),
                Column::<Glance<'_>>::new("Status", |one| Cell::text(one.agreement.status.label()))
                    .missing(|_| Cell::text(Missing::STATE)),
                Column::<Glance<'_>>::new("Gäller", |one| Cell::text(one.span())).whole(),
                Column::<Glance<'_>>::new("Enligt", |one| Cell::text(one.rests_on())).yields(2),
                Column::<Glance<'_>>::new("Första dag", |one| Cell::day(one.first_day()))
                    .only(Audience::Programs),
                Column::<Glance<'_>>::new("Sista dag", |one| Cell::day(one.life.last_day()))
                    .only(Audience::Programs),
                Column::<Glance<'_>>::new(format!("Belopp {year} (kr)"), Glance::money),
                Column::<Glance<'_>>::new("Säkerhet", Glance::certainty).yields(3),
                Column::<Glance<'_>>::new("Nästa", Glance::next).yields(1),
                Column::<Glance<'_>>::new("Fel", move |one| number(one.findings.errors)),
                Column::<Glance<'_>>::new("Varningar", move |one| number(one.findings.warnings)),
                Column::<Glance<'_>>::new("Noter", move |one| number(one.findings.notes)),
                Column::<Glance<'_>>::new("Grund", |_| Cell::Empty)
                    .only(Audience::Programs)
                    .missing(|missing| Cell::text(missing.why())),
            ],
            rows: glances.into_iter().map(Line::Row).collect(),
            notes,
        }
        .sheet()
    }

    /// The same as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let glances = self.glances();
        let items = glances.iter().map(|one| Item {
            id: one.id,
            title: &one.agreement.title,
            status: one.agreement.status.word(),
            parties: one.agreement.party.values().map(|party| party.name.as_str()).collect(),
            first_day: one.first_day(),
            last_day: one.life.last_day().filter(|_| !one.life.has_no_end()),
            rests_on: one.life.holding().next_back().map_or("", |last| last.rests_on.word()),
            year: self.as_of.year(),
            amount: one.of_year.amount.map(Money::plain),
            certainty: one.of_year.certainty.words(),
            next: one.next.as_ref().map(|next| Next {
                id: next.id.clone(),
                title: next.title.clone(),
                last_day: next.when.last_day(),
                state: next.state.word(),
            }),
            findings: Counts {
                errors: one.findings.errors,
                warnings: one.findings.warnings,
                notes: one.findings.notes,
            },
        });
        let entries = self.agreements.iter().map(|(_, entry)| *entry);
        super::json::pretty(&Output {
            version: VERSION,
            evidence: Evidence::of(self.register, entries, &meeting_plans(self.register), self.as_of),
            missing: self.missing,
            agreements: items.collect(),
        })
    }
}

fn public(agreement: &Agreement) -> String {
    let names = agreement.party.values().filter(|party| party.role == Role::Public);
    names.map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What the municipality pays for a year, whoever it comes from.
fn of_year<'a>(
    register: &'a Register,
    agreement: &'a Agreement,
    statement: &payouts::Statement<'a>,
    year: i32,
) -> OfYear {
    let own = statement.components.iter().filter(|one| carrier(register, agreement, one.funding).is_some());
    let years: Vec<_> = own
        .flat_map(|component| component.years.iter().map(move |amount| (component, amount)))
        .filter(|(_, amount)| amount.year == year)
        .collect();
    let known = years.iter().filter_map(|(_, amount)| amount.payable).collect::<Vec<_>>();
    let certainty = years.iter().map(|(component, amount)| {
        Certainties::of_sum_in(amount.commitment, &amount.doubts, component.ceiling)
    });
    let is_unknown = years.iter().any(|(_, amount)| amount.payable.is_none());
    OfYear {
        amount: if known.is_empty() || is_unknown { None } else { payouts::sum(known.into_iter().map(Some)) },
        is_unknown,
        is_ceiling: years.iter().any(|(component, _)| component.ceiling),
        certainty: Certainties::of_all(certainty),
    }
}
