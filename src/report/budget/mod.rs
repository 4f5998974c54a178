//! What the partnerships cost against the frames, as people and programs read it.

mod by_code;
mod ending;
mod firmness;
mod json;
mod rows;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::certainty::{Certainties, Certainty};
use super::missing::Missing;
use super::parties::organisation;
use super::sheet::{Cell, Column, Line, Sheet, SheetRow, SumOf, Table};
use super::{carriers, codes};
use crate::agreement::{Agreement, Status};
use crate::budget::FrameBasis;
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::payouts::{
    self, AgreementStatement, BEYOND_BOUND, BudgetYear, CodeString, Share, TimelessShare, Unknown,
};
use crate::register::{Register, id_of};
use crate::text;
use firmness::Firmness;
use rows::{Kind, Row};

/// The name of the list of what agreements cost.
const LIST: &str = "Budget";

/// What the budget is shown by, instead of committee and line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The municipality as a whole.
    Municipality,
    /// A field of its code string, by position.
    Code(usize),
    /// What ends from a day on, and until another where one is said.
    End(NaiveDate, Option<NaiveDate>),
}

/// The budget years of a register.
#[derive(Debug)]
pub struct BudgetReport<'a> {
    /// The register that they are computed from.
    pub register: &'a Register,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The statements behind them.
    pub statements: &'a [AgreementStatement<'a>],
    /// The years, by committee, line and year.
    pub years: Vec<BudgetYear<'a>>,
    /// What has no known time, and stands in no year.
    pub without_time: Vec<TimelessShare<'a>>,
    /// What could not be read.
    pub missing: &'a [Missing],
}

impl BudgetReport<'_> {
    /// One sheet for each committee, in thousands of kronor (tkr): whole ones for people, exact ones for programs.
    #[must_use]
    pub fn sheets(&self, is_exact: bool) -> Vec<Sheet> {
        let mut by_committee: BTreeMap<Option<&str>, Vec<&BudgetYear<'_>>> = BTreeMap::new();
        for year in &self.years {
            by_committee.entry(year.committee).or_default().push(year);
        }
        for one in &self.without_time {
            by_committee.entry(one.committee).or_default();
        }
        if by_committee.is_empty() {
            // A file without rows still has its columns, and what it lacks.
            let columns = self.columns(is_exact);
            return vec![
                Table { name: LIST, heading: String::new(), columns, rows: Vec::new(), notes: Vec::new() }
                    .sheet(),
            ];
        }
        let last = by_committee.len() - 1;
        by_committee
            .into_iter()
            .enumerate()
            .map(|(position, (committee, years))| {
                self.sheet(
                    committee,
                    &years,
                    is_exact,
                    if position == last { self.unmatched() } else { Vec::new() },
                )
            })
            .collect()
    }

    fn sheet(
        &self,
        committee: Option<&str>,
        years: &[&BudgetYear<'_>],
        is_exact: bool,
        more: Vec<String>,
    ) -> Sheet {
        let timeless = self.without_time.iter().filter(|one| one.committee == committee);
        let committee = self.committee(committee);
        let firm = self.firmness();
        let mut rows = Vec::new();
        // People read it in the notes.
        let mut beside = Vec::new();
        let mut notes = Vec::new();
        let mut sources: IndexMap<(String, &str), Vec<String>> = IndexMap::new();
        for year in years {
            let line = self.line(year.line);
            let row = |kind, grounds: Vec<String>| {
                let codes = self.codes_of(&kind, year.line);
                let (line, year, grounds) = (line.clone(), Some(year.year), grounds.join(" "));
                Row { committee: &committee, line, year, kind, codes, grounds }
            };
            let of = SumOf {
                list: LIST,
                same: vec![
                    ("Nämnd".into(), Cell::text(&committee)),
                    ("Budgetrad".into(), Cell::text(&line)),
                    ("År".into(), Cell::Year(year.year)),
                ],
            };
            let line_row = Kind::Line {
                word: "budgetrad",
                frame: year.frame.map(|frame| frame.amount),
                status: self.frame_status(year).to_owned(),
                deviation: year.deviation(),
                certainty: self.certainty_of_line(year, &firm),
                shares: year.shares.iter().collect(),
                is_blind: year.shares.iter().any(|share| self.is_blind(share.agreement)),
            };
            rows.push(Line::Head(row(line_row, breaks(&line, year).into_iter().collect()), of));
            for (id, shares) in by_agreement(&year.shares) {
                let certainty = Certainties::of_all(shares.iter().map(|share| firm.of(share, year.year)));
                let is_blind = self.is_blind(id);
                let agreement = self.agreement(id);
                let reasons: BTreeSet<String> =
                    shares.iter().flat_map(|share| firm.reasons(share, year.year)).collect();
                let reasons = reasons.into_iter().map(|reason| format!("{reason}.")).collect();
                let kind = Kind::Agreement { id, agreement, certainty, shares, is_blind };
                rows.push(Line::Row(row(kind, reasons)));
            }
            rows.extend(year.unknown.iter().map(|unknown| {
                let id = id_of(&unknown.place.file);
                let grounds = vec![lacks(&line, year.year, unknown)];
                Line::Row(row(Kind::Unknown { id, agreement: self.agreement(id), unknown }, grounds))
            }));
            beside.extend(year.continuation.iter().map(|(id, amount)| {
                let grounds = vec![format!("Slutar utan avtalad fortsättning: ett nytt likadant avtal skulle kosta {amount} {}; det ingår inte.", year.year)];
                row(Kind::Continuation { id, agreement: self.agreement(id) }, grounds)
            }));
            notes.extend(self.ends_without_more(year));
            notes.extend(year.unknown.iter().map(|unknown| lacks(&line, year.year, unknown)));
            notes.extend(breaks(&line, year));
            if let Some(frame) = year.frame {
                sources
                    .entry((line, frame.source.trim_end_matches('.')))
                    .or_default()
                    .push(year.year.to_string());
            }
        }
        rows.extend(timeless.map(|share| {
            let (line, agreement) = (self.line(share.line), self.agreement(share.agreement));
            let kind = Kind::Timeless { share, agreement };
            let codes = self.codes_of(&kind, share.line);
            Line::Row(Row { committee: &committee, line, year: None, kind, codes, grounds: String::new() })
        }));
        for ((line, source), years) in sources {
            notes.push(format!("Budget {} för ”{line}”: {source}.", text::list(&years)));
        }
        notes.extend(self.notes_on_figures(years.iter().copied()));
        notes.extend(more);
        let columns = self.columns(is_exact);
        let beside = beside.iter().map(|row| SheetRow::of(&columns, row)).collect();
        Table { name: LIST, heading: committee.clone(), columns, rows, notes }.sheet().beside(beside)
    }

    fn columns<'b>(&self, is_exact: bool) -> Vec<Column<'b, Row<'b>>> {
        rows::columns(rows::TITLE, &codes::titles(self.register), is_exact)
    }

    /// How a row is coded, field by field: a line as itself, an agreement as what it has there.
    fn codes_of(&self, kind: &Kind<'_>, line: Option<&str>) -> Vec<String> {
        let fields = codes::keys(self.register);
        if matches!(kind, Kind::Line { .. }) {
            let line = line.and_then(|line| self.register.budget.as_ref()?.data.line.get(line));
            let code = |field: &str| line.and_then(|line| line.code.get(field)).cloned().unwrap_or_default();
            return fields.map(code).collect();
        }
        let all: Vec<CodeString<'_>> = match kind {
            Kind::Agreement { shares, .. } => shares.iter().map(|share| self.code_string(share)).collect(),
            Kind::Timeless { share, .. } => vec![self.codes_at(share.agreement, &share.place.path)],
            Kind::Unknown { id, unknown, .. } => vec![self.codes_at(id, &unknown.place.path)],
            Kind::Line { .. } | Kind::Continuation { .. } => Vec::new(),
        };
        fields.enumerate().map(|(position, _)| codes::joined(&all, position)).collect()
    }

    /// How a share is coded.
    fn code_string(&self, share: &Share<'_>) -> CodeString<'_> {
        self.codes_at(share.agreement, &share.path())
    }

    /// How the component at a place in an agreement is coded.
    fn codes_at(&self, id: &str, path: &KeyPath) -> CodeString<'_> {
        let Some(agreement) = self.agreement(id) else { return CodeString::default() };
        let mut components = agreement.stated_funding();
        let component = components.find(|(at, ..)| at == path);
        let coded = component.map(|(_, _, funding)| payouts::code_string(self.register, agreement, funding));
        coded.unwrap_or_default()
    }

    /// What the reader must know of the figures of some years.
    fn notes_on_figures<'b>(
        &self,
        mut years: impl Iterator<Item = &'b BudgetYear<'b>> + Clone,
    ) -> Vec<String> {
        let mut notes = vec![format!(
            "Tusental kronor (tkr) per den {}. Upparbetat räknas efter dagar. Avvikelse är budget minus prognos: minus betyder att pengarna inte räcker.",
            self.as_of
        )];
        if years.clone().any(|year| year.basis == FrameBasis::Net) {
            notes.push(
                "Där budgeten är netto räknas avvikelsen på Netto: prognosen minus det som statsbidrag betalar."
                    .to_owned(),
            );
        }
        if years.any(|year| year.bound(|share| share.lapsed).is_some_and(|sum| sum != Money::ZERO)) {
            notes.push("Bortfallet ingår i Avtalat och Beslutat men inte i Prognos: det är avdrag, och det som avser tid efter avtalets slut och inte ska betalas eller inte är avgjort.".to_owned());
        }
        if self.lacks_agreements() {
            notes.push("Budgetradernas summor saknar de avtal som inte kan läsas.".to_owned());
        }
        notes
    }

    /// Payments that belong to no payout, which no sum holds.
    fn unmatched(&self) -> Vec<String> {
        let all = self.statements.iter();
        all.flat_map(|one| one.statement.unmatched.iter().map(move |paid| (one.id, paid)))
            .map(|(agreement, paid)| {
                format!(
                    "Betalningen ”{}” i {agreement} ({}) hör inte till någon utbetalning och ingår inte.",
                    paid.key, paid.amount
                )
            })
            .collect()
    }

    fn committee(&self, key: Option<&str>) -> String {
        carriers::committee(self.register, key, self.as_of)
    }

    fn line(&self, key: Option<&str>) -> String {
        carriers::line(self.register, key)
    }

    /// What ends without anything that makes it go on, apart from what would end so if it were agreed.
    fn ends_without_more(&self, year: &BudgetYear<'_>) -> Vec<String> {
        let is_only_planned = |id: &str| {
            let status = self.agreement(id).map(|agreement| agreement.status);
            matches!(status, Some(Status::Draft | Status::Proposed))
        };
        let (planned, bound): (Vec<_>, Vec<_>) =
            year.continuation.iter().partition(|(id, _)| is_only_planned(id));
        let note = |what: &str, agreements: Vec<&(String, Money)>| {
            let all: Vec<String> = agreements.iter().map(|(id, amount)| format!("{id} ({amount})")).collect();
            let cost = format!(
                "Beloppet är vad ett nytt likadant avtal skulle kosta {}; det ingår inte.",
                year.year
            );
            (!all.is_empty()).then(|| format!("{what}: {}. {cost}", text::list(&all)))
        };
        let ending = note("Slutar utan avtalad fortsättning", bound);
        let would_end = note("Skulle sluta utan avtalad fortsättning (förslag och utkast)", planned);
        ending.into_iter().chain(would_end).collect()
    }

    fn agreement(&self, id: &str) -> Option<&Agreement> {
        self.register.agreements.get(id).map(|entry| &*entry.data)
    }

    /// Whether nobody can tell what has been paid.
    fn is_blind(&self, id: &str) -> bool {
        self.missing.iter().any(|one| one.is_records_of(id))
    }

    /// Whether an agreement that cannot be read may belong to any of the lines.
    fn lacks_agreements(&self) -> bool {
        self.missing.iter().any(Missing::is_agreement)
    }

    fn frame_status(&self, year: &BudgetYear<'_>) -> &'static str {
        match year.frame {
            Some(frame) => rows::firmness(frame.status, year.basis),
            None if self.missing.iter().any(Missing::is_budget) => Missing::STATE,
            None => "saknas",
        }
    }

    fn firmness(&self) -> Firmness<'_> {
        Firmness::new(self.statements, self.missing)
    }

    fn certainty_of_line(&self, year: &BudgetYear<'_>, firm: &Firmness<'_>) -> Certainties {
        let all = Certainties::of_all(year.shares.iter().map(|share| firm.of(share, year.year)));
        if self.is_incomplete(year) { all.and(Certainty::Incomplete) } else { all }
    }

    /// Whether the sums of a line lack something.
    fn is_incomplete(&self, year: &BudgetYear<'_>) -> bool {
        self.lacks_agreements() || !year.unknown.is_empty()
    }

    fn organisation(&self, id: &str) -> String {
        self.agreement(id).map(organisation).unwrap_or_default()
    }
}

/// What no sum of a line holds.
fn lacks(line: &str, year: i32, Unknown { place, bound, .. }: &Unknown) -> String {
    let id = id_of(&place.file);
    match bound {
        Some(days) => format!(
            "{line} {year}: {id} är bundet {} utan angivet belopp, och det ingår inte.",
            days.in_words()
        ),
        None => format!("{line} {year}: {id} har inget känt belopp ({}), och det ingår inte.", place.path),
    }
}

/// That a frame would not hold what is proposed or possible, where it holds what is bound.
fn breaks(line: &str, year: &BudgetYear<'_>) -> Option<String> {
    year.deviation().filter(|left| *left >= Money::ZERO)?;
    let (lack, when) = BEYOND_BOUND.into_iter().find_map(|(counted, when)| {
        let left = year.frame?.amount.checked_sub(year.charge(counted)?)?;
        (left < Money::ZERO).then_some((left, when))
    })?;
    let missing = Money::ZERO.checked_sub(lack)?.rounded();
    Some(format!("{line} {}: ramen räcker inte om {when}; då fattas {missing}.", year.year))
}

fn by_agreement<'a>(shares: &'a [Share<'a>]) -> Vec<(&'a str, Vec<&'a Share<'a>>)> {
    let mut groups: IndexMap<&str, Vec<&Share<'_>>> = IndexMap::new();
    for share in shares {
        groups.entry(share.agreement).or_default().push(share);
    }
    groups.into_iter().collect()
}

/// What is left of the forecast when state grants have paid their part.
fn net(forecast: Option<Money>, grants: Option<Money>) -> Option<Money> {
    forecast.zip(grants).and_then(|(gross, grants)| gross.checked_sub(grants))
}
