//! What becomes of the money when an agreement ends before its time: what is not to be paid, what is left to pay, and what has been
//! paid for days after the end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use indexmap::IndexMap;
use minijinja::Value;

use super::amounts::{Years, by_year_in_words, from_year, to_pay, year_after};
use super::bearers::{Bearer, Bearers};
use super::frames::Key;
use super::parties::called;
use super::states::States;
use super::words::object;
use crate::agreement::{Agreement, Ending, Party, Role};
use crate::money::Money;
use crate::payouts::{self, Payout, Statement};
use crate::register::Register;
use crate::text;
use crate::vocabulary::Known;

/// The money of an agreement that ends, as known on a day.
pub(super) struct EndMoney<'a> {
    agreement: &'a Agreement,
    bearers: &'a Bearers<'a>,
    last: NaiveDate,
    reclaim: Option<bool>,
    had: Statement<'a>,
    has: Statement<'a>,
}

impl<'a> EndMoney<'a> {
    pub(super) fn of(
        register: &'a Register,
        one: &Ending,
        States { held: (before, after), .. }: &'a States,
        bearers: &'a Bearers<'a>,
        day: NaiveDate,
    ) -> Self {
        let had = payouts::statement(register, before, day);
        let has = payouts::statement(register, after, day);
        let reclaim = one.reclaim.known().copied();
        Self { agreement: &before.data, bearers, last: one.until, reclaim, had, has }
    }

    /// What templates see of it.
    pub(super) fn shown(&self) -> Value {
        let less = |with_reclaim: bool| self.each(|bearer| self.less(bearer, with_reclaim), by_year);
        let is_reclaimed = self.reclaim == Some(true);
        let is_known = self.bearers.committees().all(|bearer| self.less(bearer, is_reclaimed).is_some());
        let with_it = less(true).filter(|_| self.reclaim.is_none() && self.has_beyond());
        object(IndexMap::from([
            ("is_known", Value::from(is_known)),
            ("less", Value::from(less(is_reclaimed))),
            ("less_if_reclaimed", Value::from(with_it)),
            ("last_year", self.last_year()),
            ("others", self.others()),
            ("left", Value::from(self.each(|bearer| self.sum(bearer, |payout| payout.left), total))),
            ("paid_beyond", Value::from(self.each(|bearer| self.beyond(bearer), total))),
            ("parts", self.parts()),
        ]))
    }

    /// The last whole calendar year before the end and what it costs: what goes on until somebody gives notice has no later years whose
    /// cost is known.
    fn last_year(&self) -> Value {
        let year = year_after(self.last).saturating_sub(1);
        let is_whole = self.has.components.iter().flat_map(|one| &one.years).any(|one| {
            let (from, to) = (one.period.start, one.period.end);
            one.year == year && (from.month(), from.day(), to.month(), to.day()) == (1, 1, 12, 31)
        });
        let of_year = |bearer: Bearer<'_>| {
            let is_its = |payout: &Payout<'_>| self.bearer(payout) == Some(bearer);
            let mut years = to_pay(&self.has.payouts, is_its)?;
            years.retain(|own, _| *own == year);
            Some(years)
        };
        let Some(amount) = self.each(of_year, total).filter(|_| is_whole) else { return Value::from(()) };
        object(IndexMap::from([("year", Value::from(year)), ("amount", Value::from(amount))]))
    }

    /// What each of the others has not to pay.
    fn others(&self) -> Value {
        let payers = self.had.payouts.iter().filter_map(|payout| match self.bearer(payout) {
            Some(Bearer::Party(payer)) => Some(payer),
            _ => None,
        });
        let payers = payers.collect::<BTreeSet<_>>();
        let shown = payers.into_iter().filter_map(|payer| {
            let bearer = Bearer::Party(payer);
            let amount = by_year(&self.less(bearer, false)?)?;
            let payer = Value::from(self.bearers.name(bearer));
            Some(object(IndexMap::from([("payer", payer), ("amount", Value::from(amount))])))
        });
        shown.collect()
    }

    /// What the frames of lines and years get back.
    pub(super) fn reclaimed(&self) -> BTreeMap<Key, Money> {
        let mut all = BTreeMap::new();
        for payout in self.has.payouts.iter().filter(|_| self.reclaim == Some(true)) {
            let line = self.agreement.funding.get(payout.funding).and_then(|one| one.budget_line.clone());
            let Some((line, amount)) = line.zip(payouts::paid_after(payout, self.last)) else { continue };
            let year = payout.year.max(year_after(self.last));
            let sum: &mut Money = all.entry((line, year)).or_default();
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        }
        all.retain(|_, amount| *amount > Money::ZERO);
        all
    }

    /// What each committee has of some years, in words. Nothing where none has any, or it is not known.
    fn each(
        &self,
        of: impl Fn(Bearer<'_>) -> Option<Years>,
        in_words: fn(&Years) -> Option<String>,
    ) -> Option<String> {
        let parts = self.bearers.committees().map(|bearer| Some((bearer, of(bearer)?)));
        let parts = parts.collect::<Option<Vec<_>>>()?;
        let said = parts.into_iter().filter_map(|(bearer, years)| Some((bearer, in_words(&years)?)));
        self.bearers.each("hos", said.collect())
    }

    fn bearer(&self, payout: &Payout<'_>) -> Option<Bearer<'_>> {
        Some(self.bearers.bearer(self.agreement.funding.get(payout.funding)?))
    }

    /// What one pays less than without the end, with what is claimed back where that is to be.
    fn less(&self, bearer: Bearer<'_>, with_reclaim: bool) -> Option<Years> {
        let is_its = |payout: &Payout<'_>| self.bearer(payout) == Some(bearer);
        let mut years = to_pay(&self.had.payouts, is_its)?;
        for (year, amount) in to_pay(&self.has.payouts, is_its)? {
            let sum = years.entry(year).or_default();
            *sum = sum.checked_sub(amount)?;
        }
        for (year, amount) in self.beyond(bearer)?.into_iter().filter(|_| with_reclaim) {
            let sum = years.entry(year).or_default();
            *sum = sum.checked_add(amount)?;
        }
        let mut years = from_year(years, year_after(self.last))?;
        years.retain(|_, amount| *amount > Money::ZERO);
        Some(years)
    }

    /// The sums of one figure of what is paid until the end, by year.
    fn sum(&self, bearer: Bearer<'_>, of: impl Fn(&Payout<'_>) -> Option<Money>) -> Option<Years> {
        let mut years = Years::new();
        for payout in self.has.payouts.iter().filter(|payout| self.bearer(payout) == Some(bearer)) {
            let sum = years.entry(payout.year).or_default();
            *sum = sum.checked_add(of(payout)?)?;
        }
        years.retain(|_, amount| *amount > Money::ZERO);
        Some(years)
    }

    /// What has been paid for days after the end.
    fn beyond(&self, bearer: Bearer<'_>) -> Option<Years> {
        self.sum(bearer, |payout| payouts::paid_after(payout, self.last))
    }

    fn has_beyond(&self) -> bool {
        self.bearers.committees().any(|bearer| self.beyond(bearer).is_some_and(|years| !years.is_empty()))
    }

    /// Each committee that decides, the agreement's own first, with the others and with what has been paid of its money for days
    /// after the end: what it may claim back from whom.
    fn parts(&self) -> Value {
        let shown = self.bearers.deciding().map(|bearer| {
            let others = self.bearers.deciding().filter(|other| *other != bearer);
            let others: Vec<String> = others.map(|other| self.bearers.name(other)).collect();
            object(IndexMap::from([
                ("committee", Value::from(self.bearers.name(bearer))),
                ("others", Value::from(text::list(&others))),
                ("claims", self.claims(bearer)),
            ]))
        });
        shown.collect()
    }

    /// What one has paid to whom for days after the end.
    fn claims(&self, bearer: Bearer<'_>) -> Value {
        let mut debts: IndexMap<String, Money> = IndexMap::new();
        for payout in self.has.payouts.iter().filter(|payout| self.bearer(payout) == Some(bearer)) {
            let amount = payouts::paid_after(payout, self.last).filter(|amount| *amount > Money::ZERO);
            let Some(amount) = amount else { continue };
            let mut debtors: Vec<&str> =
                payout.payees.iter().map(|key| called(self.agreement, key)).collect();
            if debtors.is_empty() {
                debtors = self.agreement.parties(Role::CivilSociety).map(Party::called).collect();
            }
            let sum = debts.entry(text::list(&debtors)).or_default();
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        }
        let shown = debts.into_iter().map(|(debtor, amount)| {
            let amount = Value::from(amount.rounded().to_string());
            object(IndexMap::from([("debtor", Value::from(debtor)), ("amount", amount)]))
        });
        shown.collect()
    }
}

/// Each year by itself, in whole kronor.
fn by_year(years: &Years) -> Option<String> {
    by_year_in_words(&years.iter().map(|(year, amount)| (*year, amount.rounded())).collect())
}

/// All years together, rounded once.
fn total(years: &Years) -> Option<String> {
    let sum = years.values().copied().try_fold(Money::ZERO, Money::checked_add)?.rounded();
    (sum > Money::ZERO).then(|| sum.to_string())
}
