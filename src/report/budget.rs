//! What the partnerships cost against the frames, as people and programs read it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Serialize;

use super::evidence::Evidence;
use super::sheet::{Cell, Column, Row, Sheet};
use crate::budget::FrameStatus;
use crate::money::Money;
use crate::payouts::{self, AgreementStatement, BudgetYear, Share, TimelessShare};
use crate::register::Register;

/// The budget years of a register.
#[derive(Debug)]
pub struct BudgetReport<'a> {
    /// The register that they are computed from.
    pub register: &'a Register,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The years, by committee, line and year.
    pub years: Vec<BudgetYear<'a>>,
    /// What has no known time, and stands in no year.
    pub without_time: Vec<TimelessShare<'a>>,
    /// Payments that belong to no payout, which no sum holds: agreement, key and amount.
    pub unmatched: Vec<(&'a str, &'a str, Money)>,
}

/// The version of the JSON format. It grows by new keys; one that changes its meaning raises it.
const VERSION: u32 = 1;

/// The cells of a row, in the order of [`COLUMNS`].
#[derive(Default)]
struct Line {
    committee: Cell,
    kind: Cell,
    what: Cell,
    year: Cell,
    budget: Cell,
    firmness: Cell,
    agreed: Cell,
    preliminary: Cell,
    outcome: Cell,
    accrued: Cell,
    forecast: Cell,
    deviation: Cell,
    grants: Cell,
    net: Cell,
}

impl Line {
    fn row(self) -> Row {
        let cells = vec![
            self.committee,
            self.kind,
            self.what,
            self.year,
            self.budget,
            self.firmness,
            self.agreed,
            self.preliminary,
            self.outcome,
            self.accrued,
            self.forecast,
            self.deviation,
            self.grants,
            self.net,
        ];
        // Agreements follow their line, which is the sum that people look for: no row is set apart.
        Row { cells, is_sum: false }
    }
}

const COLUMNS: [Column; 14] = [
    Column::detail("Nämnd"),
    Column::detail("Slag"),
    Column::new("Budgetrad och avtal"),
    Column::new("År"),
    Column::new("Budget"),
    Column::new("Budgetens status"),
    Column::new("Avtalat"),
    Column::new("Varav prel. justering"),
    Column::new("Utfall"),
    Column::new("Upparbetat"),
    Column::new("Prognos"),
    Column::new("Avvikelse"),
    Column::new("Varav statsbidrag"),
    Column::new("Netto"),
];

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
        let mut sheets: Vec<Sheet> = by_committee
            .into_iter()
            .map(|(committee, years)| self.sheet(committee, &years, is_exact))
            .collect();
        if let Some(last) = sheets.last_mut() {
            last.notes.extend(self.unmatched.iter().map(|(agreement, payment, amount)| {
                format!("Betalningen ”{payment}” i {agreement} ({amount}) hör inte till någon utbetalning och ingår inte.")
            }));
        }
        sheets
    }

    fn sheet(&self, committee: Option<&str>, years: &[&BudgetYear<'_>], is_exact: bool) -> Sheet {
        let name = self.committee(committee);
        let thousands = |amount: Option<Money>| {
            amount.map_or(Cell::Empty, |amount| {
                let number = amount.thousands();
                let number = if is_exact { number } else { rounded(number) };
                Cell::Number { before: "", number }
            })
        };
        let not_zero = |amount: Option<Money>| thousands(amount.filter(|amount| *amount != Money::ZERO));
        let mut rows = Vec::new();
        let mut notes = Vec::new();
        let mut sources: IndexMap<(String, &str), Vec<String>> = IndexMap::new();
        for year in years {
            let title = self.line(year.line);
            let figure = |of: fn(&Share) -> Money| year.sum(of);
            let grants = figure(|share| share.grants);
            let net = figure(|share| share.forecast)
                .zip(grants)
                .and_then(|(gross, grants)| gross.checked_sub(grants));
            let of_year = |kind: &str, what: String| Line {
                committee: Cell::text(name.clone()),
                kind: Cell::text(kind),
                what: Cell::text(what),
                year: Cell::text(year.year.to_string()),
                ..Line::default()
            };
            let line = Line {
                budget: thousands(year.frame.map(|frame| frame.amount)),
                firmness: Cell::text(year.frame.map_or("saknas", |frame| firmness(frame.status))),
                agreed: thousands(figure(|share| share.amount)),
                preliminary: not_zero(figure(|share| share.preliminary_adjustment)),
                outcome: not_zero(figure(|share| share.outcome)),
                accrued: not_zero(figure(|share| share.accrued)),
                forecast: thousands(figure(|share| share.forecast)),
                deviation: thousands(year.deviation()),
                grants: not_zero(grants),
                net: thousands(net),
                ..of_year("budgetrad", title.clone())
            };
            rows.push(line.row());
            for (agreement, shares) in by_agreement(&year.shares) {
                let figure =
                    |of: fn(&Share) -> Money| payouts::sum(shares.iter().map(|share| Some(of(share))));
                let line = Line {
                    agreed: thousands(figure(|share| share.amount)),
                    preliminary: not_zero(figure(|share| share.preliminary_adjustment)),
                    outcome: not_zero(figure(|share| share.outcome)),
                    accrued: not_zero(figure(|share| share.accrued)),
                    forecast: thousands(figure(|share| share.forecast)),
                    grants: not_zero(figure(|share| share.grants)),
                    ..of_year("avtal", format!("– {agreement}{}", marks(&shares)))
                };
                rows.push(line.row());
            }
            for (agreement, amount) in &year.continuation {
                let what = format!("– {agreement}: möjlig fortsättning, inte inräknad");
                let line =
                    Line { agreed: thousands(Some(*amount)), ..of_year("möjlig fortsättning", what) };
                rows.push(line.row());
            }
            for place in &year.unknown {
                notes.push(format!(
                    "{} {}: {} har inget känt belopp för {} och ingår inte.",
                    title,
                    year.year,
                    place.path,
                    crate::register::id_of(&place.file)
                ));
            }
            if let Some(frame) = year.frame {
                sources
                    .entry((title, frame.source.trim_end_matches('.')))
                    .or_default()
                    .push(year.year.to_string());
            }
        }
        for one in self.without_time.iter().filter(|one| one.committee == committee) {
            let line = Line {
                committee: Cell::text(name.clone()),
                kind: Cell::text("tiden inte känd"),
                what: Cell::text(format!(
                    "– {}: tiden inte känd, i inget år ({})",
                    one.agreement,
                    self.line(one.line)
                )),
                agreed: thousands(one.amount),
                forecast: thousands(one.amount),
                ..Line::default()
            };
            rows.push(line.row());
        }
        for ((title, source), years) in sources {
            notes.push(format!("Budget {} för ”{title}”: {source}.", crate::text::list(&years)));
        }
        notes.push(format!(
            "Tusental kronor (tkr) per den {}. Upparbetat räknas efter dagar. Avvikelse är budget minus prognos: minus betyder att pengarna inte räcker.",
            self.as_of
        ));
        Sheet { heading: name, columns: COLUMNS.to_vec(), rows, notes }
    }

    fn committee(&self, key: Option<&str>) -> String {
        let Some(key) = key else { return "Utan nämnd".to_owned() };
        let settings = self.register.settings.as_ref();
        let committee = settings.and_then(|settings| settings.data.committee.get(key));
        committee.and_then(|committee| committee.name_on(self.as_of)).unwrap_or(key).to_owned()
    }

    fn line(&self, key: Option<&str>) -> String {
        let Some(key) = key else { return "Utan budgetrad".to_owned() };
        let line = self.register.budget.as_ref().and_then(|budget| budget.data.line.get(key));
        line.map_or(key, |line| line.title.as_str()).to_owned()
    }

    /// The report as one JSON object, in kronor.
    #[must_use]
    pub fn json(&self, statements: &[AgreementStatement<'_>]) -> String {
        let output = Output {
            version: VERSION,
            evidence: Evidence::of(
                self.register,
                statements.iter().map(|one| one.entry),
                &["budget.toml"],
                self.as_of,
            ),
            unit: "SEK",
            years: self.years.iter().map(|year| self.item(year)).collect(),
            without_time: self
                .without_time
                .iter()
                .map(|one| TimelessItem {
                    committee: one.committee,
                    line: one.line,
                    agreement: one.agreement,
                    path: one.place.path.to_string(),
                    agreed: one.amount.map(Money::plain),
                })
                .collect(),
        };
        // Texts, numbers and lists are always JSON.
        crate::report::json::pretty(&output)
    }

    fn item<'b>(&self, year: &'b BudgetYear<'_>) -> Item<'b> {
        let figure = |of: fn(&Share) -> Money| year.sum(of).map(Money::plain);
        let forecast = year.sum(|share| share.forecast);
        let grants = year.sum(|share| share.grants);
        Item {
            committee: year.committee,
            committee_name: self.committee(year.committee),
            line: year.line,
            line_title: self.line(year.line),
            year: year.year,
            budget: year.frame.map(|frame| frame.amount.plain()),
            budget_status: year.frame.map(|frame| frame.status.word()),
            budget_source: year.frame.map(|frame| frame.source.as_str()),
            agreed: figure(|share| share.amount),
            preliminary_adjustment: figure(|share| share.preliminary_adjustment),
            outcome: figure(|share| share.outcome),
            accrued: figure(|share| share.accrued),
            forecast: forecast.map(Money::plain),
            deviation: year.deviation().map(Money::plain),
            grants: grants.map(Money::plain),
            net: forecast.zip(grants).and_then(|(gross, grants)| gross.checked_sub(grants)).map(Money::plain),
            agreements: year.shares.iter().map(share).collect(),
            without_amount: year
                .unknown
                .iter()
                .map(|place| format!("{}:{}", place.file, place.path))
                .collect(),
            possible_continuation: year
                .continuation
                .iter()
                .map(|(agreement, amount)| Continuation { agreement, amount: (*amount).plain() })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    #[serde(flatten)]
    evidence: Evidence,
    unit: &'static str,
    years: Vec<Item<'a>>,
    without_time: Vec<TimelessItem<'a>>,
}

#[derive(Serialize)]
struct TimelessItem<'a> {
    committee: Option<&'a str>,
    line: Option<&'a str>,
    agreement: &'a str,
    path: String,
    agreed: Option<String>,
}

#[derive(Serialize)]
struct Item<'a> {
    committee: Option<&'a str>,
    committee_name: String,
    line: Option<&'a str>,
    line_title: String,
    year: i32,
    budget: Option<String>,
    budget_status: Option<&'static str>,
    budget_source: Option<&'a str>,
    agreed: Option<String>,
    preliminary_adjustment: Option<String>,
    outcome: Option<String>,
    accrued: Option<String>,
    forecast: Option<String>,
    deviation: Option<String>,
    grants: Option<String>,
    net: Option<String>,
    agreements: Vec<ShareItem<'a>>,
    without_amount: Vec<String>,
    possible_continuation: Vec<Continuation<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "marks that are independent of each other")]
struct ShareItem<'a> {
    agreement: &'a str,
    file: &'a str,
    path: String,
    agreed: String,
    preliminary_adjustment: String,
    undecided: String,
    preliminary: bool,
    proposal: bool,
    ceiling: bool,
    divided: bool,
    outcome: String,
    accrued: String,
    forecast: String,
    grants: String,
}

#[derive(Serialize)]
struct Continuation<'a> {
    agreement: &'a str,
    amount: String,
}

fn share(share: &Share) -> ShareItem<'_> {
    ShareItem {
        agreement: &share.agreement,
        file: &share.file,
        path: crate::path!["funding", &share.funding].to_string(),
        agreed: share.amount.plain(),
        preliminary_adjustment: share.preliminary_adjustment.plain(),
        undecided: share.undecided.plain(),
        preliminary: share.is_preliminary,
        proposal: share.is_proposal,
        ceiling: share.ceiling,
        divided: share.is_divided,
        outcome: share.outcome.plain(),
        accrued: share.accrued.plain(),
        forecast: share.forecast.plain(),
        grants: share.grants.plain(),
    }
}

fn firmness(status: FrameStatus) -> &'static str {
    match status {
        FrameStatus::Plan => "enligt plan",
        status => status.label(),
    }
}

/// Half up to whole thousands.
fn rounded(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

fn by_agreement(shares: &[Share]) -> Vec<(&str, Vec<&Share>)> {
    let mut groups: Vec<(&str, Vec<&Share>)> = Vec::new();
    for share in shares {
        match groups.iter_mut().find(|(agreement, _)| *agreement == share.agreement) {
            Some((_, group)) => group.push(share),
            None => groups.push((&share.agreement, vec![share])),
        }
    }
    groups
}

/// What the reader must know of an agreement's figure.
fn marks(shares: &[&Share]) -> String {
    let mut marks = Vec::new();
    if shares.iter().any(|share| share.is_proposal) {
        marks.push("förslag");
    }
    if shares.iter().any(|share| share.ceiling) {
        marks.push("tak");
    }
    if shares.iter().any(|share| share.undecided != Money::ZERO) {
        marks.push("varav beslut saknas");
    }
    if shares.iter().any(|share| share.is_preliminary && share.undecided == Money::ZERO) {
        marks.push("preliminärt");
    }
    if shares.iter().any(|share| share.is_divided) {
        marks.push("fördelat efter månader");
    }
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) }
}
