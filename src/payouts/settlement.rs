//! What has been paid, and what follows where it was another sum than it should have been. What is settled stays as it
//! was paid: the difference goes to the next payout.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::plan::When;
use super::statement::{Payout, Standing};
use crate::agreement::Agreement;
use crate::finding::Place;
use crate::money::Money;
use crate::path;
use crate::records::Payment;
use crate::register::{Entry, Register};
use crate::text;

/// A payment that has been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid<'a> {
    /// The file in `records/`.
    pub file: &'a Arc<str>,
    /// Its key there.
    pub key: &'a str,
    /// When it was made.
    pub date: NaiveDate,
    /// How much of it belongs to the payout.
    pub amount: Money,
    /// Invoice or voucher.
    pub voucher: Option<&'a str>,
}

impl Paid<'_> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::value(self.file, path!["payment", self.key])
    }
}

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

/// Puts the payments known on `as_of` to their payouts. Gives those that belong to none.
pub(super) fn allocate<'a>(
    register: &'a Register,
    entry: &Entry<Agreement>,
    payouts: &mut [Payout<'a>],
    as_of: NaiveDate,
) -> Vec<Paid<'a>> {
    let id = crate::register::id_of(&entry.file);
    let Some(records) = register.records.get(id) else { return Vec::new() };
    let mut payments: Vec<(&String, &Payment)> =
        records.data.payment.iter().filter(|(_, payment)| payment.date <= as_of).collect();
    // What names its payout has it before what does not.
    payments.sort_by_key(|(_, payment)| (payment.payout.is_none(), payment.date));
    let mut unmatched = Vec::new();
    for (key, payment) in payments {
        let paid = Paid {
            file: &records.file,
            key,
            date: payment.date,
            amount: payment.amount,
            voucher: payment.voucher.as_deref(),
        };
        let found = belongs_to(payment, payouts);
        if found.is_empty() {
            unmatched.push(paid);
        } else {
            divide(&paid, payment.partial, &found, payouts);
        }
    }
    unmatched
}

/// Gives each payout what is left of it, as far as the money goes, and the last one the rest. Ceilings come last: how
/// much of them is used is what the others leave.
fn divide<'a>(paid: &Paid<'a>, is_partial: bool, found: &[usize], payouts: &mut [Payout<'a>]) {
    let mut order = found.to_vec();
    order.sort_by_key(|index| payouts.get(*index).is_some_and(|payout| payout.ceiling));
    let mut left = paid.amount;
    let count = order.len();
    for (position, index) in order.into_iter().enumerate() {
        let Some(payout) = payouts.get_mut(index) else { continue };
        let part = if position + 1 == count { left } else { open_amount(payout).min(left) };
        left = left.checked_sub(part).unwrap_or_default();
        payout.payments.push(Paid { amount: part, ..paid.clone() });
        if !is_partial {
            payout.standing = Standing::Settled;
        }
    }
}

/// What is left to pay before differences are weighed.
fn open_amount(payout: &Payout<'_>) -> Money {
    payout.to_pay.and_then(|to_pay| to_pay.checked_sub(payout.paid())).unwrap_or_default().max(Money::ZERO)
}

/// The payouts that a payment settles: the one that it names; else the first open one of its component and period, with
/// the next ones of the same year that it pays in full as well; or, where it names no component, all that are paid at the
/// same time as the first open one.
fn belongs_to(payment: &Payment, payouts: &[Payout<'_>]) -> Vec<usize> {
    let open = || payouts.iter().enumerate().filter(|(_, payout)| !payout.is_settled());
    if let Some(named) = &payment.payout {
        return open().find(|(_, payout)| payout.id == *named).map(|(index, _)| index).into_iter().collect();
    }
    let fits = |payout: &Payout<'_>| {
        payment.funding.as_ref().is_none_or(|funding| funding == payout.funding)
            && payment.period.is_none_or(|period| period.overlap(&payout.covers).is_some())
    };
    let exactly = open().find(|(_, payout)| fits(payout) && payment.period == Some(payout.covers));
    let Some((first, found)) = exactly.or_else(|| open().find(|(_, payout)| fits(payout))) else {
        return Vec::new();
    };
    if payment.funding.is_some() {
        let same = |payout: &Payout<'_>| payout.funding == found.funding && payout.year == found.year;
        let next = open().filter(|(index, payout)| *index > first && fits(payout) && same(payout));
        let mut left = payment.amount.checked_sub(open_amount(found));
        let paid_too = next.map_while(|(index, payout)| {
            // What is not known cannot be paid in full.
            payout.to_pay.and(found.to_pay)?;
            left = left?.checked_sub(open_amount(payout)).filter(|left| *left >= Money::ZERO);
            left.is_some().then_some(index)
        });
        return [first].into_iter().chain(paid_too).collect();
    }
    open()
        .filter(|(_, payout)| {
            // What has no month has only its number to be known by.
            let is_same_time = match found.when {
                When::NotStated(_) => {
                    (payout.when, payout.year, payout.number) == (found.when, found.year, found.number)
                }
                _ => payout.when == found.when,
            };
            fits(payout) && is_same_time && (payout.payer, payout.payee) == (found.payer, found.payee)
        })
        .map(|(index, _)| index)
        .collect()
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

#[cfg(test)]
mod tests {
    use super::super::statement::{Statement, statement};
    use super::*;
    use crate::register::InputFile;

    /// Two halves of 500 000 in each of two years, adjusted by 2 per cent in the second.
    fn register(payments: &str) -> Register {
        let agreement = "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\n\
            term = { start = 2024-01-01, end = 2025-12-31 }\n\
            [party.k]\nrole = \"public\"\nname = \"K\"\n[party.f]\nrole = \"civil-society\"\nname = \"F\"\n\
            [funding.2024]\npayer = \"k\"\namount = 500_000\nperiod = { start = 2024-01-01, end = 2024-12-31 }\n\
            [funding.2025]\npayer = \"k\"\namount = 500_000\nperiod = { start = 2025-01-01, end = 2025-12-31 }\n\
            [payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n\
            [indexation.i]\nflat = \"2\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nyears = [2025]\n";
        let (register, findings) = Register::load(vec![
            InputFile::text("iop.toml", "[municipality]\nname = \"K\"\n"),
            InputFile::text("agreements/a.toml", agreement),
            InputFile::text("records/a.toml", payments),
        ]);
        assert!(findings.is_empty(), "{findings:?}");
        register
    }

    fn with_payments(register: &Register) -> Statement<'_> {
        statement(register, &register.agreements["a"], "2025-06-30".parse().unwrap())
    }

    fn kronor(amount: Option<Money>) -> i64 {
        i64::try_from(amount.unwrap().decimal().round()).unwrap()
    }

    fn sums(statement: &Statement<'_>) -> Vec<(i64, i64, i64)> {
        let payouts = statement.payouts.iter();
        payouts
            .map(|payout| (kronor(payout.to_pay), kronor(payout.left), kronor(Some(payout.correction))))
            .collect()
    }

    #[test]
    fn what_is_paid_as_it_should_leaves_the_rest() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 250_000 }\npayment.b = { date = 2024-07-20, amount = 250_000 }",
        );
        let statement = with_payments(&register);
        assert_eq!(
            sums(&statement),
            [(250_000, 0, 0), (250_000, 0, 0), (255_000, 255_000, 0), (255_000, 255_000, 0)]
        );
        assert!(statement.differences.is_empty());
    }

    #[test]
    fn a_difference_goes_to_the_next_payout_and_the_closed_year_stays() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 250_000 }\npayment.b = { date = 2024-07-20, amount = 240_000 }\n\
             payment.c = { date = 2025-01-20, amount = 250_000, funding = \"2025\" }",
        );
        let statement = with_payments(&register);
        // 10 000 of 2024 and 5 000 of January 2025 are made good in July 2025.
        let expected = [(250_000, 0, 0), (240_000, 0, 0), (250_000, 0, 0), (270_000, 270_000, 15_000)];
        assert_eq!(sums(&statement), expected);
        let told: Vec<(&str, i64, String)> = statement
            .differences
            .iter()
            .map(|one| (one.payout.as_str(), kronor(Some(one.amount)), one.goes_to.concat()))
            .collect();
        let goes_to = "2025#2".to_owned();
        assert_eq!(told, [("2024#2", 10_000, goes_to.clone()), ("2025#1", 5_000, goes_to)]);
    }

    #[test]
    fn what_a_later_payment_has_made_good_is_done_with() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 240_000 }\npayment.b = { date = 2024-07-20, amount = 260_000 }",
        );
        let statement = with_payments(&register);
        assert!(statement.differences.is_empty());
        assert_eq!(sums(&statement)[1], (260_000, 0, 10_000));
        assert_eq!(kronor(Some(statement.payouts[0].carried)), -10_000);
    }

    #[test]
    fn part_payments_leave_a_payout_open_until_the_last() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 100_000, partial = true }\n\
             payment.b = { date = 2024-02-20, amount = 150_000 }\n\
             payment.c = { date = 2024-07-20, amount = 100_000, partial = true, payout = \"2024#2\" }",
        );
        let statement = with_payments(&register);
        assert_eq!(sums(&statement)[..2], [(250_000, 0, 0), (250_000, 150_000, 0)]);
        assert_eq!(statement.payouts[0].payments.len(), 2);
    }

    #[test]
    fn a_payment_for_the_whole_year_settles_both_halves() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 500_000, funding = \"2024\" }\n\
             payment.b = { date = 2025-01-20, amount = 255_000, funding = \"2025\" }",
        );
        let statement = with_payments(&register);
        let expected = [(250_000, 0, 0), (250_000, 0, 0), (255_000, 0, 0), (255_000, 255_000, 0)];
        assert_eq!(sums(&statement), expected);
        assert!(statement.differences.is_empty());
    }

    #[test]
    fn what_is_paid_too_much_is_taken_from_as_many_payouts_as_it_needs() {
        let register = register("payment.a = { date = 2024-01-20, amount = 800_000, payout = \"2024#1\" }");
        let statement = with_payments(&register);
        let expected = [(800_000, 0, 0), (0, 0, -250_000), (0, 0, -255_000), (210_000, 210_000, -45_000)];
        assert_eq!(sums(&statement), expected);
        let told = statement.differences[0].to_string().replace('\u{a0}', " ");
        assert!(told.ends_with("550 000 kronor dras av från 2024#2, 2025#1 och 2025#2."), "{told}");
    }

    #[test]
    fn a_payment_too_many_and_one_of_a_later_day() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 250_000, payout = \"2024#1\" }\n\
             payment.b = { date = 2024-01-21, amount = 250_000, payout = \"2024#1\" }\n\
             payment.c = { date = 2025-07-01, amount = 250_000 }",
        );
        let statement = with_payments(&register);
        assert_eq!(statement.unmatched.iter().map(|paid| paid.key).collect::<Vec<_>>(), ["b"]);
        assert_eq!(kronor(statement.payouts[1].left), 250_000);
    }
}
