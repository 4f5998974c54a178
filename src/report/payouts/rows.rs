//! The rows of the payouts' tables, and what each column says of one.

use super::super::certainty::{Certainties, Certainty};
use super::super::missing::Missing;
use super::super::parties::{called, organisation};
use super::super::sheet::{Audience, Cell, Column};
use crate::agreement::Agreement;
use crate::money::Money;
use crate::payouts::{self, Payout, Standing, WithoutTime};

/// A figure of a payout.
pub(super) type Figure = fn(&Payout<'_>) -> Option<Money>;

/// A payout, or the sum of several.
pub(super) enum Row<'a> {
    One(One<'a>),
    Timeless(Timeless<'a>),
    Sum(Sum<'a>),
}

/// A component without a known time.
#[derive(Clone, Copy)]
pub(super) struct Timeless<'a> {
    pub(super) id: &'a str,
    pub(super) agreement: &'a Agreement,
    pub(super) time: &'a WithoutTime<'a>,
}

impl Timeless<'_> {
    fn sum(&self) -> Cell {
        match self.time.amount {
            Some(most) if self.time.ceiling => Cell::Number { before: "högst ", number: most.decimal() },
            Some(amount) => Cell::amount(Some(amount)),
            None => Cell::text("ej angivet"),
        }
    }
}

/// A payout in its agreement.
pub(super) struct One<'a> {
    pub(super) id: &'a str,
    pub(super) agreement: &'a Agreement,
    pub(super) payout: &'a Payout<'a>,
    /// The committee and the line of its budget that bear it, by name; nothing where somebody else than the municipality
    /// does.
    pub(super) carrier: Option<(String, String)>,
    /// The notes that say why it is not definite.
    pub(super) notes: Vec<usize>,
    /// Who pays whom, where that differs within the agreement.
    pub(super) counterpart: Option<String>,
    /// Whether the records cannot be read, so that nobody knows what has been paid.
    pub(super) is_blind: bool,
}

/// Payouts that are summed up: what is or will be paid, no ceilings that are still open.
#[derive(Default)]
pub(super) struct Sum<'a> {
    pub(super) title: String,
    pub(super) year: Option<i32>,
    pub(super) payouts: Vec<&'a Payout<'a>>,
    /// Components without a known time, which stand in the sum and in no year.
    pub(super) timeless: Vec<&'a WithoutTime<'a>>,
    /// Whether the records of one of the agreements cannot be read.
    pub(super) is_blind: bool,
}

/// What stands for a sum that nobody knows.
const UNKNOWN: &str = "ej känt";

impl<'a> Row<'a> {
    fn of_one(&self, cell: impl Fn(&One<'a>) -> Cell) -> Cell {
        match self {
            Self::One(one) => cell(one),
            Self::Timeless(_) | Self::Sum(_) => Cell::Empty,
        }
    }

    /// The same for a row of an agreement, whether its time is known or not.
    fn of_row(&self, one: impl Fn(&One<'a>) -> Cell, timeless: impl Fn(&Timeless<'a>) -> Cell) -> Cell {
        match self {
            Self::One(payout) => one(payout),
            Self::Timeless(own) => timeless(own),
            Self::Sum(_) => Cell::Empty,
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
            Self::Sum(payouts) => sum(payouts),
        }
    }
}

/// The columns of payouts with their sums. What is not definite would pretend with öre: people see it in whole kronor,
/// programs exactly.
pub(super) fn columns<'a>(is_exact: bool) -> Vec<Column<'a, Row<'a>>> {
    vec![
        Column::<Row<'_>>::new("Avtal", |row| row.of_row(|one| Cell::text(one.id), |own| Cell::text(own.id)))
            .only(Audience::Programs)
            .missing(|missing| Cell::text(missing.agreement.as_deref().unwrap_or_default())),
        Column::<Row<'_>>::new("Avtalets status", |row| {
            row.of_row(
                |one| Cell::text(one.agreement.status.label()),
                |own| Cell::text(own.agreement.status.label()),
            )
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Bindning", |row| row.of_one(|one| Cell::text(one.payout.commitment.label())))
            .only(Audience::Programs),
        Column::<Row<'_>>::new("Organisation", |row| {
            row.of_row(
                |one| Cell::text(organisation(one.agreement)),
                |own| Cell::text(organisation(own.agreement)),
            )
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Utbetalning", |row| {
            row.of_each(
                |one| Cell::text(&*one.payout.id),
                |own| Cell::text(own.time.funding),
                |sum| Cell::text(&*sum.title),
            )
        })
        .key()
        .missing(|missing| Cell::text(&*missing.file)),
        Column::<Row<'_>>::new("När", |row| {
            row.of_row(|one| Cell::shown(Some(&one.payout.when)), |_| Cell::text("tiden inte känd"))
        })
        .whole(),
        Column::<Row<'_>>::new("Senast", |row| row.of_one(|one| Cell::shown(one.payout.due)))
            .whole()
            .yields(2),
        Column::<Row<'_>>::new("År", |row| row.of_one(|one| Cell::shown(Some(one.payout.year))))
            .only(Audience::Programs),
        Column::<Row<'_>>::new("Avser", |row| row.of_one(|one| Cell::shown(Some(one.payout.covers))))
            .whole()
            .yields(2),
        Column::<Row<'_>>::new("Betalare", |row| {
            row.of_row(
                |one| Cell::text(called(one.agreement, one.payout.payer)),
                |own| Cell::text(called(own.agreement, own.time.payer)),
            )
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Mottagare", |row| {
            row.of_one(|one| Cell::shown(one.payout.payee.map(|payee| called(one.agreement, payee))))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Motpart", |row| row.of_one(|one| Cell::shown(one.counterpart.as_deref())))
            .only(Audience::People)
            .yields(2),
        Column::<Row<'_>>::new("Avtalat (kr)", |row| {
            row.of_each(
                |one| Cell::amount(one.payout.agreed),
                |own| Cell::amount(own.time.amount),
                |sum| Cell::amount(sum.whole(|payout| payout.agreed)),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Justering (kr)", move |row| {
            row.of_either(
                |one| one.not_zero(one.payout.adjustment, is_exact),
                |sum| Cell::amount_or_nothing(sum.of(|payout| payout.adjustment).map(Money::rounded_to_ore)),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Rättelse (kr)", |row| {
            row.of_one(|one| Cell::amount_or_nothing(moved(one.payout)))
        })
        .yields(1),
        Column::<Row<'_>>::new("Bortfallet (kr)", move |row| {
            row.of_either(
                |one| one.not_zero(Some(one.payout.lapsed), is_exact),
                |sum| Cell::amount_or_nothing(sum.lapsed()),
            )
        })
        .yields(1),
        Column::<Row<'_>>::new("Att betala (kr)", move |row| {
            row.of_each(|one| one.to_pay(is_exact), Timeless::sum, Sum::to_pay)
        }),
        Column::<Row<'_>>::new("Status", |row| row.of_one(|one| Cell::text(one.standing())))
            .missing(|_| Cell::text(Missing::STATE)),
        Column::<Row<'_>>::new("Säkerhet", |row| {
            row.of_each(
                One::certainty,
                |_| Cell::text(Certainty::Preliminary.label()),
                |sum| Cell::text(sum.certainty().label()),
            )
        }),
        Column::<Row<'_>>::new("Grund", |row| {
            row.of_row(|one| Cell::text(one.reasons()), |_| Cell::text("Tiden är inte känd"))
        })
        .only(Audience::Programs)
        .missing(|missing| Cell::text(missing.why())),
        Column::<Row<'_>>::new("Kontering", |row| row.of_one(|one| Cell::shown(one.payout.account_code)))
            .yields(3),
        Column::<Row<'_>>::new("Nämnd", |row| {
            row.of_one(|one| Cell::shown(one.carrier.as_ref().map(|(committee, _)| committee)))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Budgetrad", |row| {
            row.of_one(|one| Cell::shown(one.carrier.as_ref().map(|(_, line)| line)))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Villkor", |row| {
            row.of_one(|one| Cell::text(one.payout.conditions.join("; ")))
        })
        .only(Audience::Programs),
        Column::<Row<'_>>::new("Betalt (kr)", |row| row.of_either(One::paid, Sum::paid)),
        Column::<Row<'_>>::new("Verifikation", |row| row.of_one(|one| Cell::text(one.vouchers()))).yields(3),
        Column::<Row<'_>>::new("Kvar (kr)", move |row| {
            row.of_each(|one| one.left(is_exact), Timeless::sum, Sum::left)
        }),
    ]
}

/// The columns of the sums by payer and year.
pub(super) fn totals<'a>() -> Vec<Column<'a, Sum<'a>>> {
    vec![
        Column::<Sum<'_>>::new("Betalare", |sum| Cell::text(&*sum.title)),
        Column::<Sum<'_>>::new("År", |sum| Cell::shown(sum.year)).key(),
        Column::<Sum<'_>>::new("Avtalat (kr)", |sum| Cell::amount(sum.whole(|payout| payout.agreed))),
        Column::<Sum<'_>>::new("Justering (kr)", |sum| {
            Cell::amount_or_nothing(sum.of(|payout| payout.adjustment).map(Money::rounded_to_ore))
        }),
        Column::<Sum<'_>>::new("Bortfallet (kr)", |sum| Cell::amount_or_nothing(sum.lapsed())),
        Column::<Sum<'_>>::new("Att betala (kr)", Sum::to_pay),
        Column::<Sum<'_>>::new("Säkerhet", |sum| Cell::text(sum.certainty().label())),
        Column::<Sum<'_>>::new("Betalt (kr)", Sum::paid),
        Column::<Sum<'_>>::new("Kvar (kr)", Sum::left),
    ]
}

impl One<'_> {
    fn shown(&self, amount: Option<Money>, is_exact: bool) -> Cell {
        let is_rounded = self.payout.is_preliminary() && !is_exact;
        let amount = amount.map(|amount| if is_rounded { amount.rounded() } else { amount });
        match (amount, self.payout.is_open_ceiling() && !self.payout.has_lapsed()) {
            (Some(amount), true) => Cell::Number { before: "högst ", number: amount.decimal() },
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
        match self.payout.standing {
            _ if self.is_blind => UNKNOWN,
            Standing::Lapsed => "bortfallen",
            Standing::Settled => "betald",
            Standing::Open if self.payout.payments.is_empty() => "obetald",
            Standing::Open => "delvis betald",
        }
    }

    fn certainty(&self) -> Cell {
        let numbers: Vec<String> = self.notes.iter().map(|number| format!("{number})")).collect();
        let certainty = certainty(self.payout, self.is_blind);
        Cell::Marked(certainty.label(), numbers.join(" "))
    }

    fn reasons(&self) -> String {
        let doubts = self.payout.doubts.iter().filter(|_| self.payout.is_preliminary());
        let mut reasons = payouts::reasons(doubts);
        if self.is_blind {
            reasons.push("Vad som är betalt är inte känt".to_owned());
        }
        reasons.join("; ")
    }

    fn vouchers(&self) -> String {
        let vouchers: Vec<&str> = self.payout.payments.iter().filter_map(|paid| paid.voucher).collect();
        vouchers.join(", ")
    }
}

/// How firm a payout is. Where nobody knows what has been paid, no sum is definite.
pub(super) fn certainty(payout: &Payout<'_>, is_blind: bool) -> Certainties {
    Certainties::of_payout(payout).as_far_as_known(is_blind)
}

impl<'a> Sum<'a> {
    pub(super) fn new(title: String, year: Option<i32>) -> Self {
        Self { title, year, ..Self::default() }
    }

    pub(super) fn add(&mut self, payout: &'a Payout<'a>, is_blind: bool) {
        self.payouts.push(payout);
        self.is_blind |= is_blind;
    }

    pub(super) fn of(&self, figure: Figure) -> Option<Money> {
        let counted = self.payouts.iter().filter(|payout| !payout.is_open_ceiling());
        payouts::sum(counted.map(|payout| figure(payout)))
    }

    /// With what has no known time; in whole kronor where any of it is not definite.
    fn whole(&self, figure: Figure) -> Option<Money> {
        let is_preliminary =
            !self.timeless.is_empty() || self.payouts.iter().any(|payout| payout.is_preliminary());
        let timeless = self.timeless.iter().filter(|own| !own.ceiling).map(|own| own.amount);
        let sum = payouts::sum([self.of(figure)].into_iter().chain(timeless));
        sum.map(|amount| if is_preliminary { amount.rounded() } else { amount })
    }

    fn lapsed(&self) -> Option<Money> {
        self.of(|payout| Some(payout.lapsed))
    }

    fn is_only_ceilings(&self) -> bool {
        self.timeless.is_empty() && self.payouts.iter().all(|payout| payout.is_open_ceiling())
    }

    fn to_pay(&self) -> Cell {
        let most = payouts::sum(self.payouts.iter().map(|payout| payout.to_pay));
        match most {
            Some(most) if self.is_only_ceilings() => {
                Cell::Number { before: "högst ", number: most.decimal() }
            }
            _ => Cell::amount(self.whole(|payout| payout.to_pay)),
        }
    }

    fn paid(&self) -> Cell {
        if self.is_blind {
            Cell::text(UNKNOWN)
        } else {
            Cell::amount_or_nothing(self.of(|payout| Some(payout.paid())))
        }
    }

    fn left(&self) -> Cell {
        if self.is_blind {
            Cell::text(UNKNOWN)
        } else {
            Cell::amount_or_nothing(self.whole(|payout| payout.left))
        }
    }

    pub(super) fn certainty(&self) -> Certainties {
        let is_counted = |payout: &Payout<'_>| self.is_only_ceilings() || !payout.is_open_ceiling();
        let counted = self.payouts.iter().filter(|payout| is_counted(payout) && !payout.has_lapsed());
        let all = Certainties::of_all(counted.map(|payout| certainty(payout, self.is_blind)));
        if self.timeless.is_empty() { all } else { all.and(Certainty::Preliminary) }
    }
}

/// What comes from other payouts, and what goes to them.
pub(super) fn moved(payout: &Payout<'_>) -> Option<Money> {
    payout.correction.checked_add(payout.carried)
}

/// "Kommunen → föreningen", by their names.
pub(super) fn counterpart(agreement: &Agreement, payout: &Payout<'_>) -> String {
    let payee = payout.payee.map(|payee| called(agreement, payee));
    format!(
        "{} → {}",
        called(agreement, payout.payer),
        payee.unwrap_or_else(|| "mottagare ej angiven".to_owned())
    )
}
