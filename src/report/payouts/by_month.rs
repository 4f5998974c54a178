//! Payouts month by month: what has been paid in the month of its payment, what is left in the month in which it is to be paid.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::PayoutReport;
use super::figure::{UNKNOWN, certainty};
use super::rows::when;
use super::sums;
use crate::agreement::Agreement;
use crate::date::Period;
use crate::money::Money;
use crate::payouts::{self, CodeString, Payout, PayoutTime};
use crate::report::certainty::Certainties;
use crate::report::codes;
use crate::report::missing::{Missing, sum_title};
use crate::report::parties::{called, organisation, receivers};
use crate::report::sheet::{Audience, Cell, Column, Line, Sheet, SumOf, Table};

/// The name of the list.
const LIST: &str = "Per månad";

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month {
    pub(super) year: i32,
    /// Whether nobody has stated which one: it comes after the others of the year.
    is_open: bool,
    /// From 1 to 12.
    number: u32,
}

impl Month {
    fn of(year: i32, month: Option<u32>) -> Self {
        Self { year, is_open: month.is_none(), number: month.unwrap_or_default() }
    }

    /// From 1 to 12; nothing where nobody has stated which one.
    fn number(self) -> Option<u32> {
        (!self.is_open).then_some(self.number)
    }

    /// "2026-11".
    pub(super) fn plain(self) -> Option<String> {
        Some(format!("{}-{:02}", self.year, self.number()?))
    }

    fn cell(month: Option<Self>) -> Cell {
        match month {
            None => Cell::text("ej angiven"),
            Some(Self { year, is_open: true, .. }) => Cell::text(format!("{year}, ej angiven")),
            Some(Self { year, number, .. }) => Cell::Month(year, number),
        }
    }
}

/// A payment, what is left of a payout, or all of one where nobody knows what has been paid.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    /// Nothing where not even its year is known.
    pub(super) month: Option<Month>,
    pub(super) id: &'a str,
    pub(super) agreement: &'a Agreement,
    /// The payout, or the component without a known time.
    pub(super) of: &'a str,
    /// When it has been or is to be paid; nothing for a component without a known time.
    pub(super) when: Option<PayoutTime>,
    /// The last day to pay what is left.
    pub(super) due: Option<NaiveDate>,
    pub(super) payer: String,
    pub(super) payee: Option<String>,
    pub(super) figures: Figures,
    pub(super) certainty: Certainties,
    pub(super) codes: CodeString<'a>,
    pub(super) carrier: Option<(String, String)>,
    pub(super) voucher: Option<&'a str>,
}

/// What something comes to, of which so much has been paid and so much is left.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    /// Nothing where it is not known.
    pub(super) amount: Option<Money>,
    pub(super) paid: Option<Money>,
    pub(super) left: Option<Money>,
    /// Whether it is, or holds, the most that can be paid of a ceiling.
    pub(super) is_at_most: bool,
    /// Whether it can still change without anybody agreeing on another sum.
    pub(super) is_preliminary: bool,
    /// Whether nobody knows how much of it has been paid.
    pub(super) is_blind: bool,
}

impl Figures {
    fn paid(amount: Money) -> Self {
        Self { amount: Some(amount), paid: Some(amount), ..Self::default() }
    }

    /// What is to be paid; of what nobody knows how much has been, all of it.
    fn to_come(amount: Option<Money>, (is_at_most, is_preliminary): (bool, bool), is_blind: bool) -> Self {
        Self { amount, left: amount.filter(|_| !is_blind), paid: None, is_at_most, is_preliminary, is_blind }
    }

    /// The sum of several.
    fn of(parts: &[&Part<'_>]) -> Self {
        let all = || parts.iter().map(|part| &part.figures);
        let of = |figure: fn(&Self) -> Option<Money>| payouts::sum(all().map(figure));
        let is_blind = all().any(|one| one.is_blind);
        Self {
            amount: of(|one| one.amount),
            paid: of(|one| one.paid).filter(|_| !is_blind),
            left: of(|one| one.left).filter(|_| !is_blind),
            is_at_most: all().any(|one| one.is_at_most),
            is_preliminary: all().any(|one| one.is_preliminary),
            is_blind,
        }
    }

    /// What is not definite would pretend with öre.
    fn cell(&self, amount: Option<Money>, is_exact: bool) -> Cell {
        let is_rounded = self.is_preliminary && !is_exact;
        match amount.map(|amount| if is_rounded { amount.rounded() } else { amount }) {
            Some(most) if self.is_at_most => Cell::most(most),
            amount => Cell::amount(amount),
        }
    }

    fn known(&self, cell: Cell) -> Cell {
        if self.is_blind { Cell::text(UNKNOWN) } else { cell }
    }
}

/// A row: a part, or what several come to.
enum Row<'a> {
    Part(Part<'a>),
    Sum { title: String, payer: String, figures: Figures, certainty: Certainties },
}

/// What a month comes to, by payer.
pub(super) struct MonthSum<'a, 'b> {
    pub(super) month: Option<Month>,
    pub(super) payer: &'b str,
    pub(super) figures: Figures,
    pub(super) certainty: Certainties,
    pub(super) parts: Vec<&'b Part<'a>>,
}

/// The sums of parts by month and payer; what has no month comes last.
pub(super) fn months<'a, 'b>(parts: &'b [Part<'a>]) -> Vec<MonthSum<'a, 'b>> {
    let mut months: BTreeMap<(bool, Option<Month>, &str), Vec<&Part<'a>>> = BTreeMap::new();
    for part in parts {
        months.entry((part.month.is_none(), part.month, &part.payer)).or_default().push(part);
    }
    let sum = |((_, month, payer), parts): ((bool, Option<Month>, &'b str), Vec<&'b Part<'a>>)| MonthSum {
        month,
        payer,
        figures: Figures::of(&parts),
        certainty: Certainties::of_all(parts.iter().map(|part| part.certainty.clone())),
        parts,
    };
    months.into_iter().map(sum).collect()
}

impl PayoutReport<'_> {
    /// What has been and is to be paid, month by month, as one sheet.
    #[must_use]
    pub fn by_month(&self, is_exact: bool) -> Sheet {
        let parts = self.parts();
        let mut sums = Vec::new();
        for MonthSum { month, payer, figures, certainty, .. } in months(&parts) {
            let same = vec![("Månad".into(), Month::cell(month)), ("Betalare".into(), Cell::text(payer))];
            let title = match month.map(|month| (month, month.plain())) {
                Some((_, Some(month))) => format!("Summa {month}"),
                Some((Month { year, .. }, None)) => format!("Summa {year}, månad ej angiven"),
                None => "Summa, tiden inte känd".to_owned(),
            };
            let row = Row::Sum { title, payer: payer.to_owned(), figures, certainty };
            sums.push(Line::Sum(row, Some(SumOf { list: LIST, same })));
        }
        let overdue: Vec<&Part<'_>> = parts.iter().filter(|part| part.is_overdue(self.as_of)).collect();
        if !overdue.is_empty() {
            let certainty = Certainties::of_all(overdue.iter().map(|part| part.certainty.clone()));
            let figures = Figures::of(&overdue);
            let title = "Varav förfallet, inte betalt".to_owned();
            sums.push(Line::Sum(Row::Sum { title, payer: String::new(), figures, certainty }, None));
        }
        let all = Row::Sum {
            title: sum_title(self.missing),
            payer: String::new(),
            figures: Figures::of(&parts.iter().collect::<Vec<_>>()),
            certainty: Certainties::of_all(parts.iter().map(|part| part.certainty.clone())),
        };
        let unknown = parts.iter().filter(|part| part.figures.amount.is_none()).count();
        let mut notes = self.notes_of_sums();
        if unknown > 0 {
            notes.push(format!(
                "Summorna saknar {} utan känt belopp.",
                crate::text::count(unknown, "utbetalning", "utbetalningar")
            ));
        }
        notes.push(
            "Det som är betalt står i den månad då det betalades, resten i den månad då det ska betalas."
                .to_owned(),
        );
        let mut rows: Vec<Line<Row<'_>>> = parts.into_iter().map(|part| Line::Row(Row::Part(part))).collect();
        rows.append(&mut sums);
        rows.push(Line::Sum(all, Some(SumOf { list: LIST, same: Vec::new() })));
        Table {
            name: LIST,
            heading: self.heading_of("månad"),
            columns: columns(&codes::titles(self.register), is_exact),
            rows,
            notes,
        }
        .sheet()
    }

    /// The parts of all payouts, by month, payer, receiver and agreement; those without a month come last.
    pub(super) fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        let succession = self.scheduler.succession();
        for (id, entry, statement) in &self.agreements {
            let agreement = &*entry.data;
            let is_blind = self.is_blind(id);
            for payout in sums::counted(self, id, statement, Some(succession)) {
                let terms = statement.terms(payout.funding);
                let part = Part {
                    month: Some(month_to_pay(payout)),
                    id,
                    agreement,
                    of: &payout.id,
                    when: Some(payout.when),
                    due: payout.due,
                    payer: called(agreement, payout.payer),
                    payee: receivers(agreement, &payout.payees),
                    figures: Figures::default(),
                    certainty: certainty(payout, is_blind),
                    codes: self.codes(agreement, terms),
                    carrier: terms.and_then(|terms| self.carrier(agreement, terms)),
                    voucher: None,
                };
                parts.extend(parts_of(payout, &part, is_blind));
            }
            parts.extend(self.without_time(statement).iter().map(|time| Part {
                month: None,
                id,
                agreement,
                of: time.funding,
                when: None,
                due: None,
                payer: called(agreement, time.payer),
                payee: None,
                figures: Figures::to_come(time.amount, (time.ceiling, true), is_blind),
                certainty: Certainties::of_timeless(time.commitment, time.ceiling),
                codes: self.codes(agreement, Some(time.terms)),
                carrier: self.carrier(agreement, time.terms),
                voucher: None,
            }));
        }
        if let Some(days) = self.days {
            parts.retain(|part| part.is_within(days) || part.is_overdue(self.as_of.min(days.start)));
        }
        // Stable: what is of the same agreement stays in the order of its payouts.
        parts.sort_by(|one, other| order(one).cmp(&order(other)));
        parts
    }
}

impl Part<'_> {
    /// Whether some of its month lies in some days; of what has no month some of its year.
    fn is_within(&self, days: Period) -> bool {
        let Some(month) = self.month else { return false };
        let (first, last) = month.number().map_or((1, 12), |number| (number, number));
        let number = |day: NaiveDate| (day.year(), day.month());
        (month.year, first) <= number(days.end) && number(days.start) <= (month.year, last)
    }

    /// Whether some of it should have been paid before a day, and has not.
    fn is_overdue(&self, day: NaiveDate) -> bool {
        let is_left = self.figures.left.is_some_and(|left| left > Money::ZERO) && !self.figures.is_at_most;
        is_left && self.due.is_some_and(|due| due < day)
    }
}

fn order<'b>(part: &'b Part<'_>) -> (bool, Option<Month>, &'b str, Option<&'b str>, &'b str) {
    (part.month.is_none(), part.month, &part.payer, part.payee.as_deref(), part.id)
}

/// The payments of a payout, and what is left of it.
fn parts_of<'a>(payout: &Payout<'a>, part: &Part<'a>, is_blind: bool) -> Vec<Part<'a>> {
    let marks = (payout.is_open_ceiling(), payout.is_preliminary());
    if is_blind {
        let figures = Figures::to_come(payout.to_pay, marks, true);
        let is_any = payout.to_pay != Some(Money::ZERO);
        return is_any.then(|| Part { figures, ..part.clone() }).into_iter().collect();
    }
    let payments = payout.payments.iter().map(|paid| Part {
        month: Some(month_of(PayoutTime::Day(paid.date))),
        when: Some(PayoutTime::Day(paid.date)),
        due: None,
        figures: Figures::paid(paid.amount),
        certainty: Certainties::of_paid(),
        voucher: paid.voucher,
        ..part.clone()
    });
    let is_left = match payout.left {
        Some(left) => left != Money::ZERO,
        None => !payout.is_settled() && !payout.has_lapsed(),
    };
    let figures = Figures::to_come(payout.left, marks, false);
    payments.chain(is_left.then(|| Part { figures, ..part.clone() })).collect()
}

/// The month in which a payout is to be paid at the latest: that of its last day, which may come after the month that it is
/// invoiced in or for.
fn month_to_pay(payout: &Payout<'_>) -> Month {
    match (payout.when, payout.due) {
        (PayoutTime::NotStated(_), _) | (_, None) => month_of(payout.when),
        (_, Some(due)) => month_of(PayoutTime::Day(due)),
    }
}

fn month_of(when: PayoutTime) -> Month {
    let month = match when {
        PayoutTime::Day(day) => Some(day.month()),
        PayoutTime::Month(_, month) => Some(month),
        PayoutTime::NotStated(_) => None,
    };
    Month::of(when.year(), month)
}

fn columns<'a>(codes: &[String], is_exact: bool) -> Vec<Column<'a, Row<'a>>> {
    let mut columns = vec![
        Column::<Row<'a>>::new("Månad", |row| match row {
            Row::Part(part) => Month::cell(part.month),
            Row::Sum { title, .. } => Cell::text(title),
        })
        .key(),
        Column::<Row<'a>>::new("Avtal", |row| row.of_part(|part| Cell::text(part.id)))
            .missing(|missing| Cell::shown(missing.agreement.as_deref())),
        Column::<Row<'a>>::new("Avtalets status", |row| {
            row.of_part(|part| Cell::text(part.agreement.status.label()))
        })
        .only(Audience::Programs),
        Column::<Row<'a>>::new("Organisation", |row| {
            row.of_part(|part| Cell::text(organisation(part.agreement)))
        })
        .only(Audience::Programs),
        Column::<Row<'a>>::new("Utbetalning", |row| row.of_part(|part| Cell::text(part.of)))
            .missing(|missing| Cell::text(&*missing.file)),
        Column::<Row<'a>>::new("När", |row| {
            row.of_part(|part| part.when.map_or_else(|| Cell::text("tiden inte känd"), when))
        })
        .whole(),
        Column::<Row<'a>>::new("Senast", |row| row.of_part(|part| Cell::day(part.due))).whole().yields(3),
        Column::<Row<'a>>::new("Betalare", |row| match row {
            Row::Part(Part { payer, .. }) | Row::Sum { payer, .. } => Cell::text(payer),
        }),
        Column::<Row<'a>>::new("Mottagare", |row| {
            row.of_part(|part| Cell::text(part.payee.as_deref().unwrap_or("ej angiven")))
        })
        .yields(2),
        Column::<Row<'a>>::new("Belopp (kr)", move |row| {
            let figures = row.figures();
            match (row, figures.amount) {
                (Row::Part(_), None) => Cell::text("ej angivet"),
                (_, amount) => figures.cell(amount, is_exact),
            }
        }),
        Column::<Row<'a>>::new("Varav betalt (kr)", move |row| {
            let figures = row.figures();
            figures.known(Cell::amount_or_nothing(figures.paid))
        }),
        Column::<Row<'a>>::new("Varav kvar (kr)", move |row| {
            let figures = row.figures();
            figures.known(figures.cell(figures.left.filter(|left| *left != Money::ZERO), is_exact))
        }),
        Column::<Row<'a>>::new("Status", |_| Cell::Empty)
            .only(Audience::Programs)
            .missing(|_| Cell::text(Missing::STATE)),
        Column::<Row<'a>>::new("Säkerhet", |row| match row {
            Row::Part(Part { certainty, .. }) | Row::Sum { certainty, .. } => Cell::text(certainty.label()),
        }),
        Column::<Row<'a>>::new("Grund", |_| Cell::Empty)
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.why())),
    ];
    columns.extend(codes::columns(codes, |row: &Row<'a>, position| {
        row.of_part(|part| codes::cell(&part.codes, position))
    }));
    columns.extend([
        Column::<Row<'a>>::new("Nämnd", |row| {
            row.of_part(|part| Cell::shown(part.carrier.as_ref().map(|(committee, _)| committee)))
        })
        .only(Audience::Programs),
        Column::<Row<'a>>::new("Budgetrad", |row| {
            row.of_part(|part| Cell::shown(part.carrier.as_ref().map(|(_, line)| line)))
        })
        .only(Audience::Programs),
        Column::<Row<'a>>::new("Verifikation", |row| row.of_part(|part| Cell::shown(part.voucher))).yields(3),
    ]);
    columns
}

impl<'a> Row<'a> {
    fn of_part(&self, cell: impl Fn(&Part<'a>) -> Cell) -> Cell {
        match self {
            Self::Part(part) => cell(part),
            Self::Sum { .. } => Cell::Empty,
        }
    }

    fn figures(&self) -> &Figures {
        let (Self::Part(Part { figures, .. }) | Self::Sum { figures, .. }) = self;
        figures
    }
}
