//! What follows where another sum was paid than it should have been. What is settled stays as it was paid: the
//! difference goes to the next payout.

use std::fmt;

use super::doubt::Doubt;
use super::ended::{Cut, lapse_missing};
use super::payout::{Correction, Payout};
use crate::finding::Place;
use crate::money::Money;
use crate::term::Commitment;
use crate::text;

/// A settled payout whose sum is now another than what was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The payout that was paid.
    pub payout: String,
    /// What it comes to now.
    pub should_be: Money,
    /// What was paid.
    pub paid: Money,
    /// What is missing; negative where too much was paid.
    pub amount: Money,
    /// The payouts that make it good.
    pub goes_to: Vec<String>,
    /// What no payout is left to make good.
    pub unplaced: Money,
    /// What may lie behind it.
    pub likely: Option<Likely>,
    /// The last payment that settled it.
    pub place: Place,
}

/// What may lie behind a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likely {
    /// The payment, by key, is one instalment of the payout: together with a later one, which has been put to another
    /// payout, it makes the sum.
    Instalment {
        /// The payment that settled the payout.
        payment: String,
        /// The other one.
        other: String,
        /// What they make together.
        together: Money,
    },
    /// The payment, by key, is the rest of an earlier payout.
    RestOf {
        /// The payment.
        payment: String,
        /// The earlier payout.
        payout: String,
    },
}

impl fmt::Display for Likely {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instalment { payment, other, together } => write!(
                f,
                "Tillsammans är betalningarna ”{payment}” och ”{other}” {together}: troligen är ”{payment}” en delbetalning och saknar partial = true."
            ),
            Self::RestOf { payment, payout } => {
                write!(f, "Troligen är betalningen ”{payment}” resten av {payout}.")
            }
        }
    }
}

/// "2024#2 är betald med …".
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} är betald med {}, men ska vara {}.", self.payout, self.paid, self.should_be)?;
        let size = |amount: Money| Money::ZERO.checked_sub(amount).map_or(amount, |back| back.max(amount));
        let is_missing = self.amount > Money::ZERO;
        let placed = self.amount.checked_sub(self.unplaced).unwrap_or_default();
        if placed != Money::ZERO {
            let how = if is_missing { "läggs till" } else { "dras av från" };
            write!(f, " {} {how} {}.", size(placed), text::list(&self.goes_to))?;
        }
        match (self.unplaced == Money::ZERO, is_missing) {
            (true, _) => {}
            (false, true) => {
                write!(
                    f,
                    " {} återstår att betala, och ingen utbetalning är kvar att lägga det till.",
                    size(self.unplaced)
                )?;
            }
            (false, false) => {
                write!(
                    f,
                    " {} är för mycket betalt, och ingen utbetalning är kvar att dra det från.",
                    size(self.unplaced)
                )?;
            }
        }
        self.likely.as_ref().map_or(Ok(()), |likely| write!(f, " {likely}"))
    }
}

/// A settled payout's difference that no later payment has made good.
struct Outstanding {
    index: usize,
    amount: Money,
}

/// Freezes each settled payout at what was paid. A difference that a later payment has already made good is done with;
/// the others go to the next open payout: of the same component where there is one, else of the same payer and receiver.
/// What no later one can take goes to an earlier one that is still open. What is missing for days that do not come has lapsed.
pub(super) fn carry(payouts: &mut [Payout<'_>], cuts: &[Cut<'_>], standing: Commitment) -> Vec<Difference> {
    let mut outstanding: Vec<Outstanding> = Vec::new();
    for index in 0..payouts.len() {
        freeze(payouts, index, &mut outstanding);
    }
    for one in outstanding.iter_mut().filter(|one| one.amount > Money::ZERO) {
        let Some(payout) = payouts.get_mut(one.index) else { continue };
        for cut in cuts {
            if cut.concerns(payout) && one.amount > Money::ZERO {
                one.amount = lapse_missing(payout, cut, standing, one.amount).unwrap_or(one.amount);
            }
        }
    }
    outstanding.retain(|one| one.amount != Money::ZERO);
    let mut differences: Vec<Difference> =
        outstanding.iter().filter_map(|one| difference(payouts, one)).collect();
    explain(payouts, &mut differences);
    differences
}

/// A payment that is too low, and a later one of the component that is just what it lacks: then the two are the instalments
/// of one payout.
fn explain(payouts: &[Payout<'_>], differences: &mut [Difference]) {
    let missing: Vec<(String, Money)> =
        differences.iter().map(|one| (one.payout.clone(), one.amount)).collect();
    let payout = |id: &str| payouts.iter().find(|payout| payout.id == id);
    for (id, amount) in missing {
        let Some(first) = payout(&id).filter(|_| amount > Money::ZERO) else { continue };
        let later = payouts.iter().skip_while(|other| other.id != id).skip(1);
        let mut same = later.filter(|other| {
            other.funding == first.funding && other.has_receivers_of(first) && other.is_settled()
        });
        let Some(next) = same.next().filter(|next| next.paid() == amount) else { continue };
        let (Some(payment), Some(other)) = (first.payments.last(), next.payments.last()) else { continue };
        for one in differences.iter_mut().filter(|one| one.likely.is_none()) {
            if one.payout == id {
                one.likely = first.paid().checked_add(amount).map(|together| Likely::Instalment {
                    payment: payment.key.to_owned(),
                    other: other.key.to_owned(),
                    together,
                });
            } else if one.payout == next.id {
                one.likely = Some(Likely::RestOf { payment: other.key.to_owned(), payout: id.clone() });
            }
        }
    }
}

fn freeze(payouts: &mut [Payout<'_>], index: usize, outstanding: &mut Vec<Outstanding>) {
    let (earlier, rest) = payouts.split_at_mut(index);
    let Some(payout) = rest.first_mut().filter(|payout| !payout.ceiling) else { return };
    let paid = payout.paid();
    let computed = payout.to_pay;
    if !payout.is_settled() {
        payout.left = computed.and_then(|computed| computed.checked_sub(paid));
        return;
    }
    payout.to_pay = Some(paid);
    payout.left = Some(Money::ZERO);
    let Some(mut difference) = computed.and_then(|computed| computed.checked_sub(paid)) else { return };
    for one in outstanding.iter_mut() {
        let Some(from) = earlier.get(one.index).filter(|from| concerns_the_same(from, payout)) else {
            continue;
        };
        let Some(made_good) = made_good(one.amount, difference) else { continue };
        let (Some(own), Some(left), Some(correction)) = (
            difference.checked_add(made_good),
            one.amount.checked_sub(made_good),
            correction(from, made_good),
        ) else {
            continue;
        };
        if payout.correct(correction).is_some() {
            difference = own;
            one.amount = left;
        }
    }
    payout.carried = Money::ZERO.checked_sub(difference).unwrap_or_default();
    outstanding.push(Outstanding { index, amount: difference });
}

/// A part of another payout that makes `from` good.
fn correction(from: &Payout<'_>, amount: Money) -> Option<Correction> {
    Some(Correction { of: from.id.clone(), amount, place: from.payments.last()?.place() })
}

/// How much of an earlier difference a payment has made good: one that was too low by a payment that is too high, and
/// the other way round.
pub(super) fn made_good(earlier: Money, own: Money) -> Option<Money> {
    let back = Money::ZERO.checked_sub(own)?;
    if earlier > Money::ZERO && back > Money::ZERO {
        Some(earlier.min(back))
    } else if earlier < Money::ZERO && back < Money::ZERO {
        Some(earlier.max(back))
    } else {
        None
    }
}

/// Whether a difference of one can be made good by the other: they are between the same parties.
pub(super) fn concerns_the_same(one: &Payout<'_>, other: &Payout<'_>) -> bool {
    one.payer == other.payer && one.has_receivers_of(other)
}

/// Moves a difference to open payouts and tells of it. What would make a payout negative goes on to the one after it.
fn difference(payouts: &mut [Payout<'_>], one: &Outstanding) -> Option<Difference> {
    let mut left = one.amount;
    let mut goes_to = Vec::new();
    for index in receivers(payouts, one.index) {
        let [from, payout] = payouts.get_disjoint_mut([one.index, index]).ok()?;
        let to_pay = payout.to_pay?;
        let taken = left.max(Money::ZERO.checked_sub(to_pay.max(Money::ZERO))?);
        if left == Money::ZERO {
            break;
        }
        if taken != Money::ZERO && payout.correct(correction(from, taken)?).is_some() {
            left = left.checked_sub(taken)?;
            goes_to.push(payout.id.clone());
        }
    }
    let payout = payouts.get_mut(one.index)?;
    stay(payout, left);
    let paid = payout.paid();
    Some(Difference {
        payout: payout.id.clone(),
        should_be: paid.checked_add(one.amount)?,
        paid,
        amount: one.amount,
        goes_to,
        unplaced: left,
        likely: None,
        place: payout.payments.last()?.place(),
    })
}

/// What no payout is left to make good stays with the payout that was paid: to be paid, or with a minus to be paid back.
pub(super) fn stay(payout: &mut Payout<'_>, unplaced: Money) {
    let with = |sum: Money| sum.checked_add(unplaced).unwrap_or(sum);
    if unplaced != Money::ZERO {
        payout.to_pay = payout.to_pay.map(with);
        payout.left = payout.left.map(with);
        payout.carried = with(payout.carried);
        payout.doubts.push(Doubt::NotMadeGood { amount: unplaced });
    }
}

/// The open payouts that can make a difference of `index` good, in the order in which they are asked: the later ones of the
/// component, the later ones of the same payer and receiver, and then those before it in the same way.
fn receivers(payouts: &[Payout<'_>], index: usize) -> Vec<usize> {
    let Some(from) = payouts.get(index) else { return Vec::new() };
    let is_open = |payout: &Payout<'_>| {
        !payout.is_settled() && !payout.has_lapsed() && !payout.ceiling && payout.to_pay.is_some()
    };
    let mut found: Vec<usize> = (0..payouts.len())
        .filter(|other| payouts.get(*other).is_some_and(|one| is_open(one) && concerns_the_same(one, from)))
        .collect();
    found.sort_by_key(|other| {
        let is_other_component = payouts.get(*other).is_none_or(|one| one.funding != from.funding);
        (*other < index, is_other_component, *other)
    });
    found
}
