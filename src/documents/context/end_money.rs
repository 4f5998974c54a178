//! What becomes of the money when an agreement ends before its time: what is not to be paid, what is left to pay, and what has been
//! paid for days after the end.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::amounts::{Years, by_year_in_words, to_pay};
use super::bearers::{Bearer, Bearers};
use super::change::States;
use super::frames::Key;
use super::parties::called;
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
        States { before, after, .. }: &'a States,
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
        let less = |with_reclaim: bool| self.each(|bearer| self.less(bearer, with_reclaim), by_year_in_words);
        let is_its = |payout: &&Payout<'_>| !matches!(self.bearer(payout), Some(Bearer::Party(_)) | None);
        let others = || -> Option<Years> {
            let theirs = self.had.payouts.iter().filter(|payout| !is_its(payout));
            let mut all = Years::new();
            for payer in theirs.map(|payout| payout.payer).collect::<std::collections::BTreeSet<_>>() {
                for (year, amount) in self.less(Bearer::Party(payer), false)? {
                    let sum = all.entry(year).or_default();
                    *sum = sum.checked_add(amount)?;
                }
            }
            Some(all)
        };
        let is_reclaimed = self.reclaim == Some(true);
        let is_known = self.bearers.committees().all(|bearer| self.less(bearer, is_reclaimed).is_some());
        let with_it = less(true).filter(|_| self.reclaim.is_none() && self.has_beyond());
        object(IndexMap::from([
            ("is_known", Value::from(is_known)),
            ("less", Value::from(less(is_reclaimed))),
            ("less_if_reclaimed", Value::from(with_it)),
            ("others", Value::from(others().as_ref().and_then(by_year_in_words))),
            ("left", Value::from(self.each(|bearer| self.sum(bearer, |payout| payout.left), total))),
            ("paid_beyond", Value::from(self.each(|bearer| self.beyond(bearer), total))),
            ("reclaims", self.reclaims()),
        ]))
    }

    /// What the frames of lines and years get back.
    pub(super) fn reclaimed(&self) -> BTreeMap<Key, Money> {
        let mut all = BTreeMap::new();
        for payout in self.has.payouts.iter().filter(|_| self.reclaim == Some(true)) {
            let line = self.agreement.funding.get(payout.funding).and_then(|one| one.budget_line.clone());
            let Some((line, amount)) = line.zip(payouts::paid_after(payout, self.last)) else { continue };
            let sum: &mut Money = all.entry((line, payout.year)).or_default();
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
        let rounded = |years: Years| years.into_iter().map(|(year, one)| (year, one.rounded())).collect();
        let said = parts.into_iter().filter_map(|(bearer, years)| Some((bearer, in_words(&rounded(years))?)));
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

    /// What is claimed back from whom.
    fn reclaims(&self) -> Value {
        let mut debts: IndexMap<String, IndexMap<Bearer<'_>, Money>> = IndexMap::new();
        for payout in &self.has.payouts {
            let bearer = self.bearer(payout).filter(|bearer| !matches!(bearer, Bearer::Party(_)));
            let amount = payouts::paid_after(payout, self.last).filter(|amount| *amount > Money::ZERO);
            let Some((bearer, amount)) = bearer.zip(amount) else { continue };
            let mut debtors: Vec<&str> =
                payout.payees.iter().map(|key| called(self.agreement, key)).collect();
            if debtors.is_empty() {
                debtors = self.agreement.parties(Role::CivilSociety).map(Party::called).collect();
            }
            let sum = debts.entry(text::list(&debtors)).or_default().entry(bearer).or_default();
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        }
        let shown = debts.into_iter().map(|(debtor, parts)| {
            let parts = parts.into_iter().map(|(bearer, amount)| (bearer, amount.rounded().to_string()));
            let amount = self.bearers.each("till", parts.collect());
            object(IndexMap::from([("debtor", Value::from(debtor)), ("amount", Value::from(amount))]))
        });
        shown.collect()
    }
}

/// All years together.
fn total(years: &Years) -> Option<String> {
    let sum = years.values().copied().try_fold(Money::ZERO, Money::checked_add)?;
    (sum > Money::ZERO).then(|| sum.to_string())
}
