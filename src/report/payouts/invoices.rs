//! Invoices beside payouts and payments: what agrees, what differs, and what nobody has agreed on.

use chrono::NaiveDate;
use serde::Serialize;

use super::PayoutReport;
use super::figure::UNKNOWN;
use super::remarks::credits_nothing;
use super::rows::when;
use crate::agreement::{Agreement, PayoutMethod};
use crate::money::Money;
use crate::payouts::{self, CodeString, InvoiceState, Invoiced, Payout};
use crate::report::codes;
use crate::report::missing::{Missing, sum_title};
use crate::report::parties::{organisation, receivers};
use crate::report::sheet::{Audience, Cell, Column, Line, Sheet, SumOf, Table};
use crate::term::Commitment;
use crate::vocabulary::Known;

/// The name of the list.
const LIST: &str = "Fakturor";

/// What an invoice is that has been credited in full, and what credits it.
const CREDITED: &str = "krediterad";

/// What an invoice is that no payout is for.
const NOT_AGREED: &str = "inte avtalad";

/// What an invoice is that stands in the register before.
const REPEATED: &str = "redan införd";

/// What a credit note is, or the part of one, for which there is nothing to credit.
const CREDITS_NOTHING: &str = "krediterar inget";

/// What an invoice is that belongs to no payout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outside {
    /// No payout is for it.
    NotAgreed,
    /// It has come before.
    Repeated,
    /// It has been credited in full, or credits what has been.
    Credited,
    /// There is nothing for it to credit.
    CreditsNothing,
}

/// That nobody is bound by a payout, as it follows "men".
pub(super) fn not_bound(commitment: Commitment) -> String {
    format!("den är bara {}: ingen är bunden av den", commitment.predicate(false))
}

/// An invoice's part of a payout, a payout that has not been invoiced, or an invoice that no payout is for.
struct Part<'a> {
    id: &'a str,
    agreement: &'a Agreement,
    payout: Option<&'a Payout<'a>>,
    invoice: Option<&'a Invoiced<'a>>,
    /// What it is where no payout has it.
    outside: Outside,
    /// Whether it is the payout's first: what the payout comes to stands there alone.
    is_first: bool,
    codes: CodeString<'a>,
    is_blind: bool,
}

/// What parts come to.
#[derive(Default)]
struct Sums {
    title: String,
    invoiced: Option<Money>,
    comes_to: Option<Money>,
    over: Option<Money>,
    paid: Option<Money>,
    is_at_most: bool,
    is_blind: bool,
}

enum Row<'a> {
    Part(Part<'a>),
    Sum(Sums),
}

impl<'a> Part<'a> {
    /// The payout, where this is the row that says what it comes to.
    fn own(&self) -> Option<&'a Payout<'a>> {
        self.payout.filter(|_| self.is_first)
    }

    fn comes_to(&self) -> Option<Money> {
        self.own()?.comes_to()
    }

    fn invoiced(&self) -> Option<Money> {
        let counts = !matches!(self.outside, Outside::CreditsNothing | Outside::Repeated);
        self.invoice.filter(|_| counts).map(|one| one.amount)
    }

    /// What is invoiced more than agreed: of what no payout is for all of it, and negative where less is.
    fn over(&self) -> Option<Money> {
        match self.payout {
            None => self.invoiced(),
            Some(_) => self.own()?.over_invoiced(),
        }
    }

    fn is_at_most(&self) -> bool {
        self.own().is_some_and(|payout| payout.ceiling)
    }

    fn paid(&self) -> Option<Money> {
        self.own().map(Payout::paid)
    }

    fn state(&self) -> String {
        let outside = match self.outside {
            Outside::NotAgreed => NOT_AGREED,
            Outside::Repeated => REPEATED,
            Outside::Credited => CREDITED,
            Outside::CreditsNothing => CREDITS_NOTHING,
        };
        self.payout.map_or_else(|| outside.to_owned(), Payout::invoice_told)
    }

    fn ground(&self) -> String {
        let Some(invoice) = self.invoice else { return String::new() };
        match self.payout {
            Some(payout) if payout.invoice_state() == InvoiceState::Differs => match payout.comes_to() {
                Some(sum) => format!("{} kommer till {sum}", payout.id),
                None => String::new(),
            },
            Some(payout) if !payout.commitment.is_bound() => {
                crate::text::capitalised(not_bound(payout.commitment).as_str())
            }
            Some(_) => String::new(),
            None => match self.outside {
                Outside::Credited => String::new(),
                Outside::Repeated => format!("{} räknas inte en gång till", invoice.amount),
                Outside::CreditsNothing => {
                    format!("{} är mer än det som finns att kreditera", invoice.amount)
                }
                Outside::NotAgreed => "Ingen utbetalning är kvar att fakturera som den passar".to_owned(),
            },
        }
    }
}

impl PayoutReport<'_> {
    /// The invoices of all agreements, with what payouts have not been invoiced, as one sheet.
    #[must_use]
    pub fn invoices(&self) -> Sheet {
        let parts = self.invoice_parts();
        let all = Sums {
            title: sum_title(self.missing),
            invoiced: sum(&parts, Part::invoiced),
            comes_to: sum(&parts, Part::comes_to),
            over: sum(&parts, Part::over),
            paid: sum(&parts, Part::paid),
            is_at_most: parts.iter().any(Part::is_at_most),
            is_blind: parts.iter().any(|part| part.is_blind),
        };
        let mut notes = vec![
            "En faktura stämmer när den är vad utbetalningen kommer till, med eller utan rättelse av en annan; av ett tak är mindre också rätt.".to_owned(),
        ];
        let beyond = self.agreements.iter().flat_map(|(id, _, statement)| {
            statement.credits_nothing.iter().map(move |one| format!("{id}: {}", credits_nothing(one)))
        });
        notes.extend(beyond);
        if parts.is_empty() {
            notes.push("Inga fakturor är införda, och ingen utbetalning väntar på någon.".to_owned());
        }
        let is_any = !parts.is_empty();
        let mut rows: Vec<Line<Row<'_>>> = parts.into_iter().map(|part| Line::Row(Row::Part(part))).collect();
        if is_any {
            rows.push(Line::Sum(Row::Sum(all), Some(SumOf { list: LIST, same: Vec::new() })));
        }
        let heading = self.heading("Fakturor");
        Table { name: LIST, heading, columns: columns(&codes::titles(self.register)), rows, notes }.sheet()
    }

    fn invoice_parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for (id, entry, statement) in &self.agreements {
            let agreement = &*entry.data;
            let is_blind = self.is_blind(id);
            let has_any = !statement.not_agreed.is_empty()
                || !statement.credits_nothing.is_empty()
                || statement.payouts.iter().any(|payout| !payout.invoices.is_empty());
            for payout in self.payouts(statement) {
                let part = |invoice, is_first| Part {
                    id,
                    agreement,
                    payout: Some(payout),
                    invoice,
                    outside: Outside::NotAgreed,
                    is_first,
                    codes: self.codes(agreement, statement.terms(payout.funding)),
                    is_blind,
                };
                if payout.invoices.is_empty() && self.awaits_invoice(agreement, payout, has_any) {
                    parts.push(part(None, true));
                }
                let invoices = payout.invoices.iter().enumerate();
                parts.extend(invoices.map(|(position, one)| part(Some(one), position == 0)));
            }
            let of_none = [
                (&statement.not_agreed, Outside::NotAgreed),
                (&statement.credited, Outside::Credited),
                (&statement.credits_nothing, Outside::CreditsNothing),
            ];
            let of_none =
                of_none.into_iter().flat_map(|(all, outside)| all.iter().map(move |one| (one, outside)));
            parts.extend(of_none.map(|(one, outside)| Part {
                id,
                agreement,
                payout: None,
                invoice: Some(one),
                outside: if one.is_repeated { Outside::Repeated } else { outside },
                is_first: false,
                codes: CodeString::default(),
                is_blind,
            }));
        }
        parts
    }

    /// Whether a payout should have been invoiced by now: it has fallen due or been paid, and invoices are how it is paid.
    fn awaits_invoice(&self, agreement: &Agreement, payout: &Payout<'_>, has_any: bool) -> bool {
        let plan = payout.origin.plan.and_then(|plan| agreement.payout_plan.get(plan));
        let method = plan.and_then(|plan| plan.method.known());
        let by_invoice = match method {
            Some(method) => *method == PayoutMethod::Invoice,
            None => has_any,
        };
        let due = payout.due.or(payout.when.last_day());
        let has_come = !payout.payments.is_empty() || due.is_some_and(|due| due <= self.as_of);
        let is_something = payout.comes_to() != Some(Money::ZERO) && !payout.has_lapsed();
        by_invoice && has_come && is_something
    }
}

fn sum<'a>(parts: &[Part<'a>], figure: fn(&Part<'a>) -> Option<Money>) -> Option<Money> {
    payouts::sum(parts.iter().filter_map(figure).map(Some))
}

fn columns<'a>(codes: &[String]) -> Vec<Column<'a, Row<'a>>> {
    let mut columns = vec![
        Column::<Row<'a>>::new("Avtal", |row| match row {
            Row::Part(part) => Cell::text(part.id),
            Row::Sum(sums) => Cell::text(&*sums.title),
        })
        .key()
        .missing(|missing| Cell::shown(missing.agreement.as_deref())),
        Column::<Row<'a>>::new("Organisation", |row| {
            row.of_part(|part| Cell::text(organisation(part.agreement)))
        })
        .only(Audience::Programs),
        Column::<Row<'a>>::new("Mottagare", |row| {
            row.of_part(|part| {
                Cell::shown(part.payout.and_then(|payout| receivers(part.agreement, &payout.payees)))
            })
        })
        .yields(2),
        Column::<Row<'a>>::new("Utbetalning", |row| {
            row.of_part(|part| Cell::shown(part.payout.map(|payout| payout.id.as_str())))
        })
        .whole()
        .missing(|missing| Cell::text(&*missing.file)),
        Column::<Row<'a>>::new("När", |row| {
            row.of_part(|part| part.payout.map_or(Cell::Empty, |payout| when(payout.when)))
        })
        .whole()
        .yields(2),
        Column::<Row<'a>>::new("Faktura", |row| {
            row.of_part(|part| Cell::shown(part.invoice.map(|one| one.invoice.number.as_str())))
        }),
        Column::<Row<'a>>::new("Leverantörsnummer", |row| {
            row.of_part(|part| Cell::shown(part.invoice.and_then(|one| one.invoice.supplier.as_deref())))
        })
        .yields(3),
        Column::<Row<'a>>::new("Fakturadatum", |row| {
            row.of_part(|part| Cell::day(part.invoice.map(|one| one.invoice.date)))
        })
        .whole(),
        Column::<Row<'a>>::new("Förfaller", |row| {
            row.of_part(|part| Cell::day(part.invoice.and_then(|one| one.invoice.due)))
        })
        .whole()
        .yields(1),
    ];
    columns.extend(codes::columns(codes, |row: &Row<'a>, position| {
        row.of_part(|part| codes::cell(&part.codes, position))
    }));
    columns.extend([
        Column::<Row<'a>>::new("Fakturerat (kr)", |row| {
            row.known(row.figure(Part::invoiced, |sums| sums.invoiced))
        }),
        Column::<Row<'a>>::new("Utbetalningen (kr)", |row| {
            let is_at_most = match row {
                Row::Part(part) => part.is_at_most(),
                Row::Sum(sums) => sums.is_at_most,
            };
            match row.figure(Part::comes_to, |sums| sums.comes_to) {
                Some(most) if is_at_most => Cell::most(most),
                amount => Cell::amount(amount),
            }
        }),
        Column::<Row<'a>>::new("Skillnad (kr)", |row| {
            Cell::amount_or_nothing(row.figure(Part::over, |sums| sums.over))
        }),
        Column::<Row<'a>>::new("Betalt (kr)", |row| row.known(row.figure(Part::paid, |sums| sums.paid))),
        Column::<Row<'a>>::new("Status", |row| {
            row.of_part(|part| Cell::text(if part.is_blind { UNKNOWN.to_owned() } else { part.state() }))
        })
        .missing(|_| Cell::text(Missing::STATE)),
        Column::<Row<'a>>::new("Grund", |row| row.of_part(|part| Cell::text(part.ground())))
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.why())),
    ]);
    columns
}

impl<'a> Row<'a> {
    fn of_part(&self, cell: impl Fn(&Part<'a>) -> Cell) -> Cell {
        match self {
            Self::Part(part) => cell(part),
            Self::Sum(_) => Cell::Empty,
        }
    }

    fn figure(
        &self,
        of_part: impl Fn(&Part<'a>) -> Option<Money>,
        of_sum: impl Fn(&Sums) -> Option<Money>,
    ) -> Option<Money> {
        match self {
            Self::Part(part) => of_part(part),
            Self::Sum(sums) => of_sum(sums),
        }
    }

    /// A figure that the records tell.
    fn known(&self, amount: Option<Money>) -> Cell {
        let (Self::Part(Part { is_blind, .. }) | Self::Sum(Sums { is_blind, .. })) = self;
        if *is_blind { Cell::text(UNKNOWN) } else { Cell::amount_or_nothing(amount) }
    }
}

/// An invoice's part of a payout, or an invoice that no payout is for, for programs.
#[derive(Serialize)]
pub(super) struct InvoiceItem<'a> {
    key: &'a str,
    file: &'a str,
    path: String,
    number: &'a str,
    supplier: Option<&'a str>,
    date: NaiveDate,
    due: Option<NaiveDate>,
    /// How much of it is for the payout; of a credit note less than nothing. Of what credits nothing how much that is.
    amount: String,
    /// What the invoice comes to.
    whole: String,
    /// Whether the same invoice has come before.
    repeated: bool,
    /// The invoice that it credits, by key.
    credits: Option<&'a str>,
}

impl<'a> InvoiceItem<'a> {
    pub(super) fn of(one: &Invoiced<'a>) -> Self {
        Self {
            key: one.key,
            file: one.file,
            path: one.place().path.to_string(),
            number: &one.invoice.number,
            supplier: one.invoice.supplier.as_deref(),
            date: one.invoice.date,
            due: one.invoice.due,
            amount: one.amount.plain(),
            whole: one.invoice.amount.plain(),
            repeated: one.is_repeated,
            credits: one.invoice.credits.as_deref(),
        }
    }
}
