//! The rows of the payouts' tables, and what each column says of one.

use super::super::certainty::Certainties;
use super::super::codes;
use super::super::missing::Missing;
use super::super::parties::{called, organisation, receivers};
use super::super::sheet::{Audience, Cell, Column};
use super::figure::{UNKNOWN, certainty, moved};
use super::sums::Sum;
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, CodeString, Paid, Payout, PayoutTime, Settlement, WithoutTime};

/// Why no sum is definite where the records cannot be read.
const NOBODY_KNOWS: &str = "Vad som är betalt är inte känt";

/// A payout, or the sum of several of an agreement.
pub(super) enum Row<'a> {
    One(One<'a>),
    Timeless(Timeless<'a>),
    Unmatched(Unmatched<'a>),
    Sum(&'a str, Sum<'a>),
}

/// The committee and the line of its budget that bear a row, by name.
type Carrier = (String, String);

fn committee(carrier: Option<&Carrier>) -> Cell {
    Cell::shown(carrier.map(|(committee, _)| committee))
}

fn line(carrier: Option<&Carrier>) -> Cell {
    Cell::shown(carrier.map(|(_, line)| line))
}

/// A component without a known time.
pub(super) struct Timeless<'a> {
    pub(super) id: &'a str,
    pub(super) agreement: &'a Agreement,
    pub(super) time: &'a WithoutTime<'a>,
    /// As of a payout.
    pub(super) carrier: Option<Carrier>,
    /// How it is coded.
    pub(super) codes: CodeString<'a>,
    /// Whether the records cannot be read, so that nobody knows what has been paid.
    pub(super) is_blind: bool,
}

impl Timeless<'_> {
    fn sum(&self) -> Cell {
        match self.time.amount {
            Some(most) if self.time.ceiling => Cell::most(most),
            Some(amount) => Cell::amount(Some(amount)),
            None => Cell::text("ej angivet"),
        }
    }

    fn paid(&self) -> Cell {
        if self.is_blind { Cell::text(UNKNOWN) } else { Cell::Empty }
    }

    fn left(&self) -> Cell {
        if self.is_blind { Cell::text(UNKNOWN) } else { self.sum() }
    }

    fn standing(&self) -> &'static str {
        if self.is_blind { UNKNOWN } else { "obetald" }
    }

    fn reasons(&self) -> String {
        let blind = self.is_blind.then_some(NOBODY_KNOWS);
        ["Tiden är inte känd"].into_iter().chain(blind).collect::<Vec<_>>().join("; ")
    }
}

/// A payment that belongs to no payout, and is in no sum.
pub(super) struct Unmatched<'a> {
    pub(super) id: &'a str,
    pub(super) agreement: &'a Agreement,
    pub(super) paid: &'a Paid<'a>,
}

/// A payout in its agreement.
pub(super) struct One<'a> {
    pub(super) id: &'a str,
    pub(super) agreement: &'a Agreement,
    pub(super) payout: &'a Payout<'a>,
    /// The committee and the line of its budget that bear it, by name; nothing where somebody else than the municipality
    /// does.
    pub(super) carrier: Option<Carrier>,
    /// How it is coded.
    pub(super) codes: CodeString<'a>,
    /// The notes that say why it is not definite.
    pub(super) notes: Vec<usize>,
    /// Who pays whom, where that differs within the agreement.
    pub(super) counterpart: Option<String>,
    /// Whether the records cannot be read, so that nobody knows what has been paid.
    pub(super) is_blind: bool,
}

impl<'a> Row<'a> {
    fn of_one(&self, cell: impl Fn(&One<'a>) -> Cell) -> Cell {
        match self {
            Self::One(one) => cell(one),
            Self::Timeless(_) | Self::Unmatched(_) | Self::Sum(..) => Cell::Empty,
        }
    }

    /// The same for a row of an agreement, whether its time is known or not.
    fn of_row(&self, one: impl Fn(&One<'a>) -> Cell, timeless: impl Fn(&Timeless<'a>) -> Cell) -> Cell {
        match self {
            Self::One(payout) => one(payout),
            Self::Timeless(own) => timeless(own),
            Self::Unmatched(_) | Self::Sum(..) => Cell::Empty,
        }
    }

    fn of_either(&self, one: impl Fn(&One<'a>) -> Cell, sum: impl Fn(&Sum<'a>) -> Cell) -> Cell {
        self.of_each(one, |_| Cell::Empty, sum)
    }

    fn of_each(
        &self,
        one: impl Fn(&One<'a>) -> Cell,
        timeless: impl Fn(&Timeless<'a>) -> Cell,
        sum: impl Fn(&Sum<'a>) -> Cell,
    ) -> Cell {
        match self {
            Self::One(payout) => one(payout),
            Self::Timeless(own) => timeless(own),
            Self::Unmatched(_) => Cell::Empty,
            Self::Sum(_, payouts) => sum(payouts),
        }
    }

    /// What `known` says of a payment that belongs to no payout, else `other`.
    fn or_unmatched(&self, other: Cell, known: impl Fn(&Unmatched<'a>) -> Cell) -> Cell {
        if let Self::Unmatched(own) = self { known(own) } else { other }
    }

    /// The id of the agreement that it belongs to.
    fn id(&self) -> &'a str {
        match self {
            Self::One(one) => one.id,
            Self::Timeless(own) => own.id,
            Self::Unmatched(own) => own.id,
            Self::Sum(id, _) => id,
        }
    }

    /// How it is coded in the field at a position.
    fn code(&self, position: usize) -> Cell {
        self.of_row(|one| codes::cell(&one.codes, position), |own| codes::cell(&own.codes, position))
    }

    /// The agreement that it states something of.
    fn agreement(&self) -> Option<&'a Agreement> {
        match self {
            Self::One(one) => Some(one.agreement),
            Self::Timeless(own) => Some(own.agreement),
            Self::Unmatched(own) => Some(own.agreement),
            Self::Sum(..) => None,
        }
    }
}

/// The columns of payouts with their sums. What is not definite would pretend with öre: people see it in whole kronor,
/// programs exactly.
pub(super) fn columns<'a>(codes: &[String], is_exact: bool) -> Vec<Column<'a, Row<'a>>> {
    let mut columns = vec![
        Column::<Row<'_>>::new("Avtal", |row| Cell::text(row.id()))
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.agreement.as_deref().unwrap_or_default())),
        Column::<Row<'_>>::new("Avtalets status", |row| {
            Cell::shown(row.agreement().map(|agreement| agreement.status.label()))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Bindning", |row| {
            row.of_row(
                |one| Cell::text(one.payout.commitment.label()),
                |own| Cell::text(own.time.commitment.label()),
            )
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Organisation", |row| Cell::shown(row.agreement().map(organisation)))
            .only(Audience::Programs),
        Column::<Row<'_>>::new("Utbetalning", |row| {
            let known = row.of_each(
                |one| Cell::text(&*one.payout.id),
                |own| Cell::text(own.time.funding),
                |sum| Cell::text(&*sum.title),
            );
            row.or_unmatched(known, |own| Cell::text(format!("Betalning ”{}”", own.paid.key)))
        })
        .key()
        .missing(|missing| Cell::text(&*missing.file)),
        Column::<Row<'_>>::new("När", |row| {
            let known = row.of_row(|one| when(one.payout.when), |_| Cell::text("tiden inte känd"));
            row.or_unmatched(known, |own| Cell::Day(own.paid.date))
        })
        .whole(),
        Column::<Row<'_>>::new("Senast", |row| row.of_one(|one| Cell::day(one.payout.due))).whole().yields(2),
        Column::<Row<'_>>::new("Avser från år", |row| {
            row.of_either(|one| Cell::Year(one.payout.year), |sum| Cell::year(sum.year))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Avser", |row| row.of_one(|one| Cell::shown(Some(one.payout.covers))))
            .only(Audience::People)
            .whole()
            .yields(2),
        Column::<Row<'_>>::new("Avser från", |row| row.of_one(|one| Cell::Day(one.payout.covers.start)))
            .only(Audience::Programs),
        Column::<Row<'_>>::new("Avser till", |row| row.of_one(|one| Cell::Day(one.payout.covers.end)))
            .only(Audience::Programs),
        Column::<Row<'_>>::new("Betalare", |row| {
            row.of_row(
                |one| Cell::text(called(one.agreement, one.payout.payer)),
                |own| Cell::text(called(own.agreement, own.time.payer)),
            )
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Mottagare", |row| {
            row.of_one(|one| Cell::shown(receivers(one.agreement, &one.payout.payees)))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Motpart", |row| row.of_one(|one| Cell::shown(one.counterpart.as_deref())))
            .only(Audience::People)
            .yields(2),
        Column::<Row<'_>>::new("Avtalat (kr)", move |row| {
            row.of_each(
                |one| Cell::amount(one.payout.agreed),
                |own| Cell::amount(own.time.amount),
                move |sum| sum.agreed_cell(is_exact),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Justering (kr)", move |row| {
            row.of_either(
                |one| one.not_zero(one.payout.adjustment, is_exact),
                |sum| sum.or_nothing(sum.adjustment(), is_exact),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Rättelse (kr)", move |row| {
            row.of_either(
                |one| Cell::amount_or_nothing(moved(one.payout)),
                |sum| sum.or_nothing(sum.correction(), is_exact),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Avdrag (kr)", move |row| {
            row.of_either(
                |one| Cell::amount_or_nothing(Some(one.payout.deducted())),
                |sum| sum.or_nothing(sum.deducted(), is_exact),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Bortfallet (kr)", move |row| {
            row.of_either(
                |one| one.not_zero(Some(one.payout.lapsed), is_exact),
                |sum| sum.or_nothing(sum.lapsed(), is_exact),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Att betala (kr)", move |row| {
            row.of_each(|one| one.to_pay(is_exact), Timeless::sum, |sum| sum.to_pay_cell(is_exact))
        }),
        Column::<Row<'_>>::new("Status", |row| {
            let known = row.of_row(|one| Cell::text(one.standing()), |own| Cell::text(own.standing()));
            row.or_unmatched(known, |_| Cell::text("hör inte till någon utbetalning"))
        })
        .missing(|_| Cell::text(Missing::STATE)),
        Column::<Row<'_>>::new("Säkerhet", |row| {
            let known = row.of_each(
                One::certainty,
                |own| Cell::text(Certainties::of_timeless(own.time.commitment, own.time.ceiling).label()),
                |sum| Cell::text(sum.certainty().label()),
            );
            row.or_unmatched(known, |_| Cell::text(Certainties::of_paid().label()))
        }),
        Column::<Row<'_>>::new("Grund", |row| {
            let known = row.of_row(|one| Cell::text(one.reasons()), |own| Cell::text(own.reasons()));
            row.or_unmatched(known, |_| Cell::text("Ingår inte i summorna"))
        })
        .only(Audience::Programs)
        .missing(|missing| Cell::text(missing.why())),
    ];
    columns.extend(codes::columns(codes, |row: &Row<'a>, position| row.code(position)));
    columns.extend([
        Column::<Row<'_>>::new("Nämnd", |row| {
            row.of_row(|one| committee(one.carrier.as_ref()), |own| committee(own.carrier.as_ref()))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Budgetrad", |row| {
            row.of_row(|one| line(one.carrier.as_ref()), |own| line(own.carrier.as_ref()))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Villkor", |row| {
            row.of_one(|one| Cell::text(one.payout.conditions.join("; ")))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Betalt (kr)", |row| {
            let known = row.of_each(One::paid, Timeless::paid, Sum::paid_cell);
            row.or_unmatched(known, |own| Cell::amount(Some(own.paid.amount)))
        }),
        Column::<Row<'_>>::new("Verifikation", |row| {
            row.or_unmatched(row.of_one(|one| Cell::text(one.vouchers())), |own| {
                Cell::shown(own.paid.voucher)
            })
        })
        .yields(3),
        Column::<Row<'_>>::new("Kvar (kr)", move |row| {
            row.of_each(|one| one.left(is_exact), Timeless::left, |sum| sum.left_cell(is_exact))
        }),
    ]);
    columns
}

impl One<'_> {
    fn shown(&self, amount: Option<Money>, is_exact: bool) -> Cell {
        let is_rounded = self.payout.is_preliminary() && !is_exact;
        let amount = amount.map(|amount| if is_rounded { amount.rounded() } else { amount });
        match (amount, self.payout.is_open_ceiling() && !self.payout.has_lapsed()) {
            (Some(amount), true) => Cell::most(amount),
            (amount, _) => Cell::amount(amount),
        }
    }

    fn not_zero(&self, amount: Option<Money>, is_exact: bool) -> Cell {
        self.shown(amount.filter(|amount| *amount != Money::ZERO), is_exact)
    }

    fn to_pay(&self, is_exact: bool) -> Cell {
        match self.payout.to_pay {
            None => Cell::text("ej angivet"),
            amount => self.shown(amount, is_exact),
        }
    }

    fn paid(&self) -> Cell {
        if self.is_blind { Cell::text(UNKNOWN) } else { Cell::amount_or_nothing(Some(self.payout.paid())) }
    }

    fn left(&self, is_exact: bool) -> Cell {
        if self.is_blind { Cell::text(UNKNOWN) } else { self.not_zero(self.payout.left, is_exact) }
    }

    fn standing(&self) -> &'static str {
        match self.payout.settlement {
            _ if self.is_blind => UNKNOWN,
            Settlement::Lapsed => "bortfallen",
            Settlement::Settled if self.payout.left.is_some_and(|left| left > Money::ZERO) => {
                "betald med mindre"
            }
            Settlement::Settled if self.payout.left.is_some_and(|left| left < Money::ZERO) => {
                "betald med mer"
            }
            Settlement::Settled => "betald",
            Settlement::Open if self.is_nothing() => "inget att betala",
            Settlement::Open if self.payout.payments.is_empty() => "obetald",
            Settlement::Open => "delvis betald",
        }
    }

    /// Whether nothing is or has been to pay, without that anything has lapsed.
    fn is_nothing(&self) -> bool {
        self.payout.payments.is_empty() && self.payout.to_pay == Some(Money::ZERO)
    }

    fn certainty(&self) -> Cell {
        let numbers: Vec<String> = self.notes.iter().map(|number| format!("{number})")).collect();
        let certainty = certainty(self.payout, self.is_blind);
        Cell::marked(&certainty.label(), &numbers.join(" "))
    }

    fn reasons(&self) -> String {
        let mut reasons = payouts::reasons(self.payout.told_doubts());
        if self.is_blind {
            reasons.push(NOBODY_KNOWS.to_owned());
        }
        reasons.join("; ")
    }

    fn vouchers(&self) -> String {
        let vouchers: Vec<&str> = self.payout.payments.iter().filter_map(|paid| paid.voucher).collect();
        vouchers.join(", ")
    }
}

/// When it is made: a day, or in words.
pub(super) fn when(time: PayoutTime) -> Cell {
    match time {
        PayoutTime::Day(day) => Cell::Day(day),
        time @ (PayoutTime::Month(..) | PayoutTime::NotStated(_)) => Cell::shown(Some(time)),
    }
}

/// "Kommunen → föreningen", by their names.
pub(super) fn counterpart(agreement: &Agreement, payout: &Payout<'_>) -> String {
    let payee = receivers(agreement, &payout.payees);
    format!(
        "{} → {}",
        called(agreement, payout.payer),
        payee.unwrap_or_else(|| "mottagare ej angiven".to_owned())
    )
}
