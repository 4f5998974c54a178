//! What follows where another sum was paid than it should have been. What is settled stays as it was paid: the
//! difference goes to the next payout.

use std::fmt;

use super::payout::Payout;
use crate::finding::Place;
use crate::money::Money;
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
    /// The last payment that settled it.
    pub place: Place,
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
            (true, _) => Ok(()),
            (false, true) => {
                write!(
                    f,
                    " {} återstår att betala, och ingen utbetalning är kvar att lägga det till.",
                    size(self.unplaced)
                )
            }
            (false, false) => {
                write!(
                    f,
                    " {} är för mycket betalt, och ingen utbetalning är kvar att dra det från.",
                    size(self.unplaced)
                )
            }
        }
    }
}

/// A settled payout's difference that no later payment has made good.
struct Outstanding {
    index: usize,
    amount: Money,
}

/// Freezes each settled payout at what was paid. A difference that a later payment has already made good is done with;
/// the others go to the next open payout: of the same component where there is one, else of the same payer and receiver.
pub(super) fn carry(payouts: &mut [Payout<'_>]) -> Vec<Difference> {
    let mut outstanding: Vec<Outstanding> = Vec::new();
    for index in 0..payouts.len() {
        freeze(payouts, index, &mut outstanding);
    }
    outstanding.retain(|one| one.amount != Money::ZERO);
    outstanding.iter().filter_map(|one| difference(payouts, one)).collect()
}

fn freeze(payouts: &mut [Payout<'_>], index: usize, outstanding: &mut Vec<Outstanding>) {
    let (earlier, rest) = payouts.split_at_mut(index);

    let Some(payout) = rest.first_mut() else { return };
    let paid = payout.paid();
    let computed = payout.to_pay;
    if !payout.is_settled() {
        payout.left = computed.and_then(|computed| computed.checked_sub(paid));
        return;
    }
    payout.to_pay = Some(paid);
    payout.left = Some(Money::ZERO);
    let Some(mut difference) = computed.and_then(|computed| computed.checked_sub(paid)) else { return };
    // A ceiling is no sum that anybody owes: less than that is as it should be.
    if payout.ceiling && difference > Money::ZERO {
        payout.carried = Money::ZERO.checked_sub(difference).unwrap_or_default();
        return;
    }
    for one in outstanding.iter_mut() {
        let concerns = earlier.get(one.index).is_some_and(|from| concerns_the_same(from, payout));
        if !concerns {
            continue;
        }
        let Some(made_good) = made_good(one.amount, difference) else { continue };
        let moved = || {
            let correction = payout.correction.checked_add(made_good)?;
            Some((correction, difference.checked_add(made_good)?, one.amount.checked_sub(made_good)?))
        };
        if let Some((correction, own, left)) = moved() {
            payout.correction = correction;
            difference = own;
            one.amount = left;
        }
    }
    payout.carried = Money::ZERO.checked_sub(difference).unwrap_or_default();
    outstanding.push(Outstanding { index, amount: difference });
}

/// How much of an earlier difference a payment has made good: one that was too low by a payment that is too high, and
/// the other way round.
fn made_good(earlier: Money, own: Money) -> Option<Money> {
    let back = Money::ZERO.checked_sub(own)?;
    if earlier > Money::ZERO && back > Money::ZERO {
        Some(earlier.min(back))
    } else if earlier < Money::ZERO && back < Money::ZERO {
        Some(earlier.max(back))
    } else {
        None
    }
}

fn concerns_the_same(one: &Payout<'_>, other: &Payout<'_>) -> bool {
    // What is paid beyond a ceiling makes nothing else good.
    let is_free = !one.ceiling && !other.ceiling;
    one.funding == other.funding || (is_free && one.payer == other.payer && one.payee == other.payee)
}

/// Moves a difference to the next open payout and tells of it. What would make a payout negative goes on to the one
/// after it.
fn difference(payouts: &mut [Payout<'_>], one: &Outstanding) -> Option<Difference> {
    let mut left = one.amount;
    let mut goes_to = Vec::new();
    let mut from = one.index;
    while left != Money::ZERO
        && let Some(next) = next_open(payouts, one.index, from)
    {
        from = next;
        let payout = payouts.get_mut(next)?;
        let to_pay = payout.to_pay?;
        let taken = left.max(Money::ZERO.checked_sub(to_pay.max(Money::ZERO))?);
        if taken == Money::ZERO {
            continue;
        }
        payout.correction = payout.correction.checked_add(taken)?;
        payout.to_pay = Some(to_pay.checked_add(taken)?);
        payout.left = Some(payout.left?.checked_add(taken)?);
        left = left.checked_sub(taken)?;
        goes_to.push(payout.id.clone());
    }
    let payout = payouts.get(one.index)?;
    let paid = payout.paid();
    Some(Difference {
        payout: payout.id.clone(),
        should_be: paid.checked_add(one.amount)?,
        paid,
        amount: one.amount,
        goes_to,
        unplaced: left,
        place: payout.payments.last()?.place(),
    })
}

/// The next open payout after `after` that can make a difference of `index` good.
fn next_open(payouts: &[Payout<'_>], index: usize, after: usize) -> Option<usize> {
    let from = payouts.get(index)?;
    let later = || {
        let later = payouts.iter().enumerate().skip(after + 1);
        later.filter(|(_, payout)| {
            !payout.is_settled() && !payout.has_lapsed() && !payout.ceiling && payout.to_pay.is_some()
        })
    };
    later()
        .find(|(_, payout)| payout.funding == from.funding)
        .or_else(|| later().find(|(_, payout)| concerns_the_same(payout, from)))
        .map(|(index, _)| index)
}
