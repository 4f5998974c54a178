//! The rows of the budget's tables, and what each column says of one.

use rust_decimal::Decimal;

use super::super::certainty::Certainties;
use super::super::codes;
use super::super::missing::Missing;
use super::super::parties::organisation;
use super::super::sheet::{Audience, Cell, Column, Title};
use super::net;
use crate::agreement::Agreement;
use crate::budget::{FrameBasis, FrameStatus};
use crate::money::Money;
use crate::payouts::{self, Share, TimelessShare, Unknown};
use crate::term::Commitment;
use crate::text::NBSP;

/// A figure of a component's part of a year.
type Figure = fn(&Share) -> Money;

/// A row of a budget line and year.
pub(super) struct Row<'a> {
    pub(super) committee: &'a str,
    pub(super) line: String,
    /// Nothing for what has no known time.
    pub(super) year: Option<i32>,
    pub(super) kind: Kind<'a>,
    /// How it is coded, field by field.
    pub(super) codes: Vec<String>,
    /// What people read below the table of it.
    pub(super) grounds: String,
}

/// What of the line it is.
pub(super) enum Kind<'a> {
    /// The line itself: the sum of the agreements below it, against its frame.
    Line {
        /// What it is called: the sum of a line, of a committee's lines or of all.
        word: &'static str,
        frame: Option<Money>,
        status: String,
        deviation: Option<Money>,
        certainty: Certainties,
        shares: Vec<&'a Share<'a>>,
        is_blind: bool,
    },
    /// What an agreement costs of it.
    Agreement {
        id: &'a str,
        agreement: Option<&'a Agreement>,
        certainty: Certainties,
        shares: Vec<&'a Share<'a>>,
        is_blind: bool,
    },
    /// What has no known amount, and is in no sum.
    Unknown { id: &'a str, agreement: Option<&'a Agreement>, unknown: &'a Unknown },
    /// What a new agreement like one that ends would cost. In no sum.
    Continuation { id: &'a str, agreement: Option<&'a Agreement> },
    /// A component without a known time. In no year.
    Timeless { share: &'a TimelessShare<'a>, agreement: Option<&'a Agreement> },
}

/// What stands for a sum that nobody knows.
const UNKNOWN: &str = "ej känt";

impl Row<'_> {
    /// Whether it is of all the lines of a committee, or of the municipality.
    fn is_of_all_lines(&self) -> bool {
        matches!(&self.kind, Kind::Line { word: "kommun" | "nämnd", .. })
    }
}

impl<'a> Row<'a> {
    fn shares(&self) -> &[&'a Share<'a>] {
        match &self.kind {
            Kind::Line { shares, .. } | Kind::Agreement { shares, .. } => shares,
            Kind::Unknown { .. } | Kind::Continuation { .. } | Kind::Timeless { .. } => &[],
        }
    }

    /// Of all that somebody is bound by: what a frame is judged on.
    fn sum(&self, figure: Figure) -> Option<Money> {
        self.sum_of(Commitment::is_bound, figure)
    }

    fn sum_of(&self, is_counted: impl Fn(Commitment) -> bool, figure: Figure) -> Option<Money> {
        let shares = self.shares().iter().filter(|share| is_counted(share.commitment));
        payouts::sum(shares.map(|share| Some(figure(share))))
    }

    /// The amounts by which somebody is bound so firmly; a line says 0 of what is agreed, others nothing.
    fn amounts(&self, is_counted: impl Fn(Commitment) -> bool) -> Option<Money> {
        if let Kind::Timeless { share, .. } = self.kind {
            return share.amount.filter(|_| is_counted(share.commitment));
        }
        if matches!(self.kind, Kind::Unknown { .. } | Kind::Continuation { .. }) {
            return None;
        }
        let amount = self.sum_of(is_counted, |share| share.amount)?;
        (self.is_line() || amount != Money::ZERO).then_some(amount)
    }

    fn is_line(&self) -> bool {
        matches!(self.kind, Kind::Line { .. })
    }

    /// Whether state grants pay something of it that nobody knows how much is.
    fn is_grant_open(&self) -> bool {
        self.shares().iter().any(|share| share.is_grant_open && share.commitment.is_bound())
    }

    fn is_blind(&self) -> bool {
        matches!(self.kind, Kind::Line { is_blind: true, .. } | Kind::Agreement { is_blind: true, .. })
    }

    fn agreement(&self) -> Option<(&'a str, Option<&'a Agreement>)> {
        match self.kind {
            Kind::Agreement { id, agreement, .. }
            | Kind::Unknown { id, agreement, .. }
            | Kind::Continuation { id, agreement } => Some((id, agreement)),
            Kind::Timeless { share, agreement } => Some((share.agreement, agreement)),
            Kind::Line { .. } => None,
        }
    }

    fn title(&self) -> String {
        match &self.kind {
            Kind::Line { .. } => self.line.clone(),
            Kind::Agreement { id, shares, .. } => format!("–{NBSP}{id}{}", marks(shares)),
            Kind::Unknown { id, unknown, .. } => match unknown.bound {
                Some(period) => format!("–{NBSP}{id}: belopp saknas (bundet {period})"),
                None => format!("–{NBSP}{id}: belopp saknas ({})", unknown.place.path),
            },
            Kind::Continuation { id, .. } => format!("–{NBSP}{id}: om ett nytt likadant avtal ingås"),
            Kind::Timeless { share, .. } => {
                format!("–{NBSP}{}: tiden inte känd, i inget år ({})", share.agreement, self.line)
            }
        }
    }

    fn word(&self) -> &'static str {
        match self.kind {
            Kind::Line { word, .. } => word,
            Kind::Agreement { .. } => "avtal",
            Kind::Unknown { .. } => "belopp saknas",
            Kind::Continuation { .. } => "nytt likadant avtal",
            Kind::Timeless { .. } => "tiden inte känd",
        }
    }

    fn status(&self) -> &str {
        match &self.kind {
            Kind::Line { status, .. } => status,
            Kind::Agreement { agreement, .. }
            | Kind::Unknown { agreement, .. }
            | Kind::Continuation { agreement, .. }
            | Kind::Timeless { agreement, .. } => agreement.map_or("", |one| one.status.label()),
        }
    }

    fn certainty(&self) -> Certainties {
        match &self.kind {
            Kind::Line { certainty, .. } | Kind::Agreement { certainty, .. } => certainty.clone(),
            Kind::Unknown { unknown, .. } => Certainties::of_unknown(unknown.commitment),
            Kind::Continuation { .. } => Certainties::of_continuation(),
            Kind::Timeless { share, .. } => Certainties::of_timeless(share.commitment, share.ceiling),
        }
    }

    /// What is expected of all that somebody is bound by, with what has been paid of the rest.
    fn forecast(&self) -> Option<Money> {
        let mut counted =
            self.shares().iter().filter_map(|share| share.counted_forecast()).map(Some).peekable();
        if counted.peek().is_none() && !self.is_line() {
            return None;
        }
        payouts::sum(counted)
    }
}

/// What tells rows from others where they are lines and what they carry.
pub(super) const TITLE: &str = "Budgetrad och avtal";

/// The columns, with the title of the one that tells rows from others, in thousands of kronor (tkr): whole ones for people, exact ones for programs.
pub(super) fn columns<'a>(
    title: impl Into<Title>,
    codes: &[String],
    is_exact: bool,
) -> Vec<Column<'a, Row<'a>>> {
    let thousands = move |amount: Option<Money>| {
        amount.map_or(Cell::Empty, |amount| {
            let number = amount.thousands();
            Cell::number(if is_exact { number } else { rounded(number) })
        })
    };
    let not_zero = move |amount: Option<Money>| thousands(amount.filter(|amount| *amount != Money::ZERO));
    let mut columns = vec![
        Column::<Row<'_>>::new("Nämnd", |row| Cell::text(row.committee)).only(Audience::Programs),
        Column::<Row<'_>>::new("Slag", |row| Cell::text(row.word()))
            .only(Audience::Programs)
            .missing(|_| Cell::text("fil")),
        Column::<Row<'_>>::new(title, |row| Cell::text(row.title()))
            .key()
            .missing(|missing| Cell::text(&*missing.file)),
        Column::<Row<'_>>::new("Budgetrad", |row| {
            // A row of a municipality or of a committee is of no line.
            Cell::shown(Some(&*row.line).filter(|_| !row.is_of_all_lines()))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Avtal", |row| Cell::shown(row.agreement().map(|(id, _)| id)))
            .only(Audience::Programs)
            .missing(|missing| Cell::shown(missing.agreement.as_deref())),
        Column::<Row<'_>>::new("År", |row| Cell::year(row.year)).key(),
        Column::<Row<'_>>::new("Organisation", |row| {
            Cell::shown(row.agreement().and_then(|(_, agreement)| agreement).map(organisation))
        })
        .yields(3),
        // In a narrow terminal the amounts stay beside each other: they are what is compared.
        Column::<Row<'_>>::new("Status", |row| Cell::text(row.status()))
            .yields(2)
            .missing(|_| Cell::text(Missing::STATE)),
        Column::<Row<'_>>::new("Säkerhet", |row| Cell::text(row.certainty().label())).yields(2),
    ];
    let codes = codes::columns(codes, |row: &Row<'a>, position| Cell::shown(row.codes.get(position)));
    columns.extend(codes.into_iter().map(|column| column.only(Audience::Programs)));
    columns.extend([
        Column::<Row<'_>>::new("Grund", |row| Cell::text(&*row.grounds))
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.why())),
        Column::<Row<'_>>::new("Budget (tkr)", move |row| match row.kind {
            Kind::Line { frame, .. } => thousands(frame),
            _ => Cell::Empty,
        }),
        Column::<Row<'_>>::new("Avtalat (tkr)", move |row| {
            thousands(row.amounts(|one| one == Commitment::Agreed))
        }),
        Column::<Row<'_>>::new("Beslutat (tkr)", move |row| {
            not_zero(row.amounts(|one| one == Commitment::Decided))
        }),
        Column::<Row<'_>>::new("Möjligt (tkr)", move |row| {
            not_zero(row.amounts(|one| one == Commitment::Possible))
        }),
        Column::<Row<'_>>::new("Förslag/utkast (tkr)", move |row| {
            not_zero(row.amounts(Commitment::is_proposal))
        }),
        Column::<Row<'_>>::new("Varav prel. justering (tkr)", move |row| {
            not_zero(row.sum(|share| share.preliminary_adjustment))
        })
        .yields(3),
        Column::<Row<'_>>::new("Bortfallet (tkr)", move |row| not_zero(row.sum(|share| share.lapsed)))
            .yields(2),
        Column::<Row<'_>>::new("Betalt (tkr)", move |row| {
            if row.is_blind() {
                Cell::text(UNKNOWN)
            } else {
                not_zero(row.sum_of(|_| true, |share| share.outcome))
            }
        })
        .yields(1),
        Column::<Row<'_>>::new("Upparbetat (tkr)", move |row| not_zero(row.sum(|share| share.accrued)))
            .yields(3),
        Column::<Row<'_>>::new("Prognos (tkr)", move |row| thousands(row.forecast())).yields(1),
        Column::<Row<'_>>::new("Avvikelse (tkr)", move |row| match row.kind {
            Kind::Line { deviation, .. } => thousands(deviation),
            _ => Cell::Empty,
        }),
        Column::<Row<'_>>::new("Varav statsbidrag (tkr)", move |row| {
            if row.is_grant_open() { Cell::text(UNKNOWN) } else { not_zero(row.sum(|share| share.grants)) }
        })
        .yields(3),
        Column::<Row<'_>>::new("Netto (tkr)", move |row| {
            let grants = row.sum(|share| share.grants);
            if row.is_line() && row.is_grant_open() {
                Cell::text(UNKNOWN)
            } else if row.is_line() {
                thousands(net(row.forecast(), grants))
            } else {
                Cell::Empty
            }
        })
        .yields(3),
    ]);
    columns
}

/// How firm a frame is.
pub(super) fn firmness(status: FrameStatus, basis: FrameBasis) -> &'static str {
    match (status, basis) {
        (FrameStatus::Plan, FrameBasis::Gross) => "enligt plan",
        (FrameStatus::Plan, FrameBasis::Net) => "enligt plan, netto",
        (FrameStatus::Decided, FrameBasis::Net) => "beslutad, netto",
        (FrameStatus::Assumed, FrameBasis::Net) => "antagen, netto",
        (status, FrameBasis::Gross) => status.label(),
    }
}

/// Half up to whole thousands.
fn rounded(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

/// What the reader must know of an agreement's figure.
fn marks(shares: &[&Share]) -> String {
    let mut marks = Vec::new();
    if shares.iter().any(|share| share.is_estimate) {
        marks.push("räknat efter senaste årets månadskostnad");
    }
    if shares.iter().any(|share| share.is_divided) {
        marks.push("fördelat efter månader");
    }
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) }
}
