//! What a change of an agreement costs more or less: what the payouts of the two states that it lies between differ by, for each of the
//! municipality's committees, and for everybody else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use indexmap::IndexMap;
use minijinja::Value;

use super::adjusted::reasons;
use super::amounts::{
    Years, by_year_in_words, from_year, own_frame, source_in_words, to_pay, unique, year_after,
};
use super::bearers::{Bearer, Bearers};
use super::change_grants::granted;
use super::changes::last_in_text;
use super::economy::coded;
use super::rates::rate_in_words;
use super::states::States;
use super::words::object;
use crate::agreement::{AdjustmentBase, Agreement, Funding, FundingSource};
use crate::date;
use crate::money::Money;
use crate::payouts::{self, Doubt, Payout, Statement, YearAmount};
use crate::register::Register;
use crate::text;
use crate::vocabulary::Known;

/// One of the two states with its money.
struct State<'a> {
    agreement: &'a Agreement,
    statement: Statement<'a>,
}

/// The money of a change, as known on a day.
pub(super) struct ChangeMoney<'a> {
    register: &'a Register,
    states: &'a States,
    bearers: &'a Bearers<'a>,
    had: State<'a>,
    has: State<'a>,
    is_longer: bool,
    /// The new last day, where it comes before the one that held.
    shorter: Option<NaiveDate>,
    day: NaiveDate,
}

/// Years of money that is more or less, without the sign.
struct Difference {
    years: Years,
    is_less: bool,
    is_more: bool,
}

impl<'a> ChangeMoney<'a> {
    pub(super) fn of(
        register: &'a Register,
        states: &'a States,
        bearers: &'a Bearers<'a>,
        (is_longer, shorter): (bool, Option<NaiveDate>),
        day: NaiveDate,
    ) -> Self {
        let [had, has] = [&states.held.0, &states.held.1].map(|entry| State {
            agreement: &entry.data,
            statement: payouts::statement(register, entry, day),
        });
        Self { register, states, bearers, had, has, is_longer, shorter, day }
    }

    /// What templates see of it.
    pub(super) fn shown(&self) -> Value {
        let own = self.difference(&is_its);
        let total = own.as_ref().and_then(|own| {
            own.years
                .values()
                .copied()
                .try_fold(Money::ZERO, Money::checked_add)
                .filter(|sum| *sum != Money::ZERO)
        });
        let is_less = own.as_ref().is_some_and(|own| own.is_less);
        let each = self.bearers.committees().map(|bearer| {
            let one = self.difference(&|other| other == bearer)?;
            // Where all of it is less only what is less is told as such.
            Some((bearer, if one.is_less == is_less { one.years } else { one.negated() }))
        });
        let each = each.collect::<Option<Vec<_>>>().and_then(|each| {
            let said = each.iter().filter_map(|(bearer, years)| Some((*bearer, self.in_words(years)?)));
            self.bearers.each("från", said.collect())
        });
        let sources: Vec<_> = self.changed(&is_its).filter_map(|one| one.source.known()).collect();
        let agreement = self.has.agreement;
        let sources =
            sources.into_iter().map(|one| source_in_words(self.register, agreement, *one, self.day));
        let sources = unique(sources);
        let codes = self.changed(&is_its).map(|one| coded(self.register, agreement, one));
        let codes: Vec<String> = unique(codes.filter(|codes| !codes.is_empty()));
        let parts = || self.bearers.deciding();
        let is_raised = parts().any(|bearer| self.raise(&|one| self.is_decided_by(bearer, one)).is_some());
        let waits = |bearer: Bearer<'_>| {
            let is_its = |one: Bearer<'_>| self.is_decided_by(bearer, one);
            self.is_adjusted(&is_its) && self.with_adjustment(&is_its).is_none()
        };
        let (before, after) = &self.states.held;
        object(IndexMap::from([
            ("is_known", Value::from(own.is_some())),
            ("by_year", Value::from(each)),
            ("total", Value::from(total.map(|total| total.to_string()))),
            ("several_years", Value::from(own.as_ref().is_some_and(|own| own.years.len() > 1))),
            ("is_less", Value::from(is_less)),
            ("is_more", Value::from(own.as_ref().is_some_and(|own| own.is_more))),
            ("is_adjusted", Value::from(self.is_adjusted(&is_its))),
            ("is_ceiling", Value::from(self.is_ceiling(&is_its))),
            ("is_raised", Value::from(is_raised)),
            ("waits_for_adjustment", Value::from(parts().any(waits))),
            ("parts", parts().map(|bearer| self.part(bearer)).collect()),
            ("others", self.others()),
            ("paid_beyond", Value::from(self.paid_beyond().map(|sum| sum.to_string()))),
            ("granted", Value::from(granted(self.register, before, after, self.day))),
            ("codes", Value::from((!codes.is_empty()).then(|| codes.join("; ")))),
            ("sources", Value::from((!sources.is_empty()).then(|| text::list(&sources)))),
        ]))
    }

    /// Whether a committee decides on what somebody pays: on its own money, and the only one that decides on all of the
    /// municipality's.
    fn is_decided_by(&self, committee: Bearer<'_>, one: Bearer<'_>) -> bool {
        one == committee || self.bearers.deciding().count() == 1 && is_its(one)
    }

    /// What one committee that decides pays more or less: what its decision promises.
    fn part(&self, bearer: Bearer<'_>) -> Value {
        let is_its = |one: Bearer<'_>| self.is_decided_by(bearer, one);
        let own = self.difference(&is_its);
        let others = self.bearers.deciding().filter(|other| *other != bearer);
        let others: Vec<String> = others.map(|other| self.bearers.name(other)).collect();
        let name = self.bearers.name(bearer);
        let sources = self.changed(&is_its).filter_map(|one| one.source.known());
        let sources = unique(sources.map(|source| match source {
            FundingSource::OwnFrame => own_frame(&name),
            source => source.label().to_owned(),
        }));
        let is_adjusted = self.is_adjusted(&is_its);
        let adjusted = self.is_longer && is_adjusted;
        let (adjusted, reasons) =
            adjusted.then(|| self.with_adjustment(&is_its)).flatten().unwrap_or_default();
        let adjusted = match adjusted.values().next() {
            Some(amount) if adjusted.len() == 1 => Some(amount.to_string()),
            _ => by_year_in_words(&adjusted),
        };
        let words = own.as_ref().and_then(|own| match own.years.values().next() {
            Some(amount) if self.is_longer && own.years.len() == 1 => Some(format!("{amount} för den tiden")),
            _ => by_year_in_words(&own.years),
        });
        object(IndexMap::from([
            ("committee", Value::from(name)),
            ("others", Value::from(text::list(&others))),
            ("is_known", Value::from(own.is_some())),
            ("by_year", Value::from(words)),
            ("is_less", Value::from(own.as_ref().is_some_and(|own| own.is_less))),
            ("is_more", Value::from(own.as_ref().is_some_and(|own| own.is_more))),
            ("raise", Value::from(self.raise(&is_its))),
            ("is_ceiling", Value::from(self.is_ceiling(&is_its))),
            ("is_adjusted", Value::from(is_adjusted)),
            ("adjusted", Value::from(adjusted)),
            ("adjusted_reasons", reasons),
            ("sources", Value::from((!sources.is_empty()).then(|| text::list(&sources)))),
        ]))
    }

    /// What each of the others pays more or less.
    fn others(&self) -> Value {
        let payers = [&self.had, &self.has].into_iter().flat_map(|state| state.agreement.funding.values());
        let payers = payers.filter_map(|funding| match self.bearers.bearer(funding) {
            Bearer::Party(payer) => Some(payer),
            Bearer::Own | Bearer::Committee(_) => None,
        });
        let shown = payers.collect::<BTreeSet<_>>().into_iter().filter_map(|payer| {
            let bearer = Bearer::Party(payer);
            let is_its = |one: Bearer<'_>| one == bearer;
            let own = self.difference(&is_its)?;
            let paid = self.years(&self.had, &is_its)?;
            let is_new = !own.years.keys().any(|year| paid.contains_key(year));
            Some(object(IndexMap::from([
                ("payer", Value::from(self.bearers.name(bearer))),
                ("amount", Value::from(by_year_in_words(&own.years)?)),
                ("is_less", Value::from(own.is_less)),
                ("is_new", Value::from(is_new)),
            ])))
        });
        shown.collect()
    }

    /// Of days within one year the sum is theirs, not the year's.
    fn in_words(&self, years: &Years) -> Option<String> {
        match years.iter().next() {
            Some((_, amount)) if self.is_longer && years.len() == 1 && self.bearers.are_several() => {
                Some(amount.to_string())
            }
            Some((_, amount)) if self.is_longer && years.len() == 1 => {
                Some(format!("{amount} för den tiden"))
            }
            _ => by_year_in_words(years),
        }
    }

    /// What those that count pay more or less, year by year. Nothing where it is not known.
    fn difference(&self, counts: &dyn Fn(Bearer<'_>) -> bool) -> Option<Difference> {
        // What goes on has no years that an end could take from it.
        if self.shorter.is_some() && self.had.agreement.term.open_ended().is_some() {
            return Some(Difference { years: Years::new(), is_less: false, is_more: false });
        }
        let mut years = less(self.years(&self.has, counts)?, self.years(&self.had, counts)?)?;
        if let Some(last) = self.shorter {
            years = from_year(years, year_after(last))?;
            for amount in years.values_mut() {
                *amount = amount.rounded();
            }
        }
        years.retain(|_, amount| *amount != Money::ZERO);
        let all = |is_such: fn(&Money) -> bool| !years.is_empty() && years.values().all(is_such);
        let (is_less, is_more) = (all(|one| *one < Money::ZERO), all(|one| *one > Money::ZERO));
        let plain = Difference { years, is_less, is_more };
        Some(if is_less { Difference { years: plain.negated(), ..plain } } else { plain })
    }

    fn years(&self, state: &State<'_>, counts: &dyn Fn(Bearer<'_>) -> bool) -> Option<Years> {
        match self.shorter {
            // What is agreed for the days that go is not to be paid.
            Some(_) => to_pay(&state.statement.payouts, |payout| self.is_counted(state, payout, counts)),
            None => yearly(&state.statement, self.bearers, counts, self.is_longer, |year| year.agreed),
        }
    }

    fn is_counted(
        &self,
        state: &State<'_>,
        payout: &Payout<'_>,
        counts: &dyn Fn(Bearer<'_>) -> bool,
    ) -> bool {
        state.agreement.funding.get(payout.funding).is_some_and(|one| counts(self.bearers.bearer(one)))
    }

    /// The amounts that the change puts there or changes, of those that count.
    fn changed<'b>(
        &'b self,
        counts: &'b dyn Fn(Bearer<'_>) -> bool,
    ) -> impl Iterator<Item = &'a Funding> + 'b {
        let earlier = &self.had.agreement.funding;
        let all = self.has.agreement.funding.iter();
        let changed =
            all.filter(move |(key, one)| earlier.get(key.as_str()) != Some(one)).map(|(_, one)| one);
        changed.filter(move |one| counts(self.bearers.bearer(one)))
    }

    fn is_ceiling(&self, counts: &dyn Fn(Bearer<'_>) -> bool) -> bool {
        self.changed(counts).any(|one| one.ceiling)
    }

    /// Of an agreement until further notice, the one rate that becomes another, and from when: it has no years to be summed over.
    fn raise(&self, counts: &dyn Fn(Bearer<'_>) -> bool) -> Option<Value> {
        let goes_on = self.has.agreement.term.open_ended().is_some()
            && last_in_text(self.has.agreement, &self.has.statement.life).is_none();
        if !goes_on {
            return None;
        }
        let mut changed = self.has.agreement.funding.iter().filter(|(key, one)| {
            counts(self.bearers.bearer(one)) && self.had.agreement.funding.get(key.as_str()) != Some(one)
        });
        let (key, one) = changed.next().filter(|_| changed.next().is_none())?;
        let earlier = self.had.agreement.funding.get(key.as_str())?;
        // One that begins later takes the place of the earlier one before that too: its years tell what comes of it.
        let is_open = one.period.is_none() && earlier.period.is_none() && one.from == earlier.from;
        let rates = one.rate.as_ref().zip(earlier.rate.as_ref()).filter(|_| is_open);
        let (new, earlier) = rates?;
        let from = one.from.or(self.has.agreement.term.start.known().copied())?;
        let is_alike = new.per == earlier.per;
        Some(object(IndexMap::from([
            ("earlier", Value::from(rate_in_words(earlier))),
            ("new", Value::from(rate_in_words(new))),
            ("from", Value::from(date::long(from))),
            ("is_less", Value::from(is_alike && new.amount < earlier.amount)),
            ("is_more", Value::from(is_alike && new.amount > earlier.amount)),
        ])))
    }

    /// What adjustments add to the years of those that count, or take from them; nothing where that is not known.
    fn adjusted(&self, state: &State<'_>, counts: &dyn Fn(Bearer<'_>) -> bool) -> Adjusted {
        let adds =
            |key: &str| {
                state.agreement.indexation.values().any(|one| {
                    one.adjusts(key) && one.amounts.known() != Some(&AdjustmentBase::AfterAdjustment)
                })
            };
        let components = state.statement.components.iter();
        let own = components.filter(|one| counts(self.bearers.bearer(one.funding)) && adds(one.key));
        let years = own.flat_map(|one| one.years.iter().map(move |year| (one.key, year)));
        years
            .filter(|(_, year)| year.is_indexed && !self.is_beyond(state, year))
            .map(|(key, year)| {
                let is_open = year.doubts.iter().any(Doubt::lacks_factor);
                let added = || year.payable?.checked_sub(year.agreed?);
                ((key.to_owned(), year.year), if is_open { None } else { added() })
            })
            .filter(|(_, added)| *added != Some(Money::ZERO))
            .collect()
    }

    /// Whether a year comes after the days that hold.
    fn is_beyond(&self, state: &State<'_>, year: &YearAmount<'_>) -> bool {
        self.is_longer && state.statement.life.last_day().is_some_and(|last| last < year.period.start)
    }

    /// Whether what those that count pay for what the change brings is adjusted, known or not.
    fn is_adjusted(&self, counts: &dyn Fn(Bearer<'_>) -> bool) -> bool {
        self.adjusted(&self.has, counts) != self.adjusted(&self.had, counts)
    }

    /// What those that count pay more with the adjustment that is known, year by year, and why that is preliminary. Nothing where
    /// nobody knows what the adjustment comes to.
    fn with_adjustment(&self, counts: &dyn Fn(Bearer<'_>) -> bool) -> Option<(Years, Value)> {
        let of =
            |state: &State<'_>| yearly(&state.statement, self.bearers, counts, true, |year| year.payable);
        let mut years = less(of(&self.has)?, of(&self.had)?)?;
        let own = self.has.statement.components.iter().filter(|one| counts(self.bearers.bearer(one.funding)));
        let changed = own.flat_map(|one| &one.years).filter(|one| years.get(&one.year) != Some(&Money::ZERO));
        let doubts: Vec<&Doubt<'_>> = changed.flat_map(|one| &one.doubts).collect();
        if doubts.iter().any(|doubt| doubt.lacks_factor()) {
            return None;
        }
        if !doubts.is_empty() {
            for amount in years.values_mut() {
                *amount = amount.rounded();
            }
        }
        years.retain(|_, amount| *amount != Money::ZERO);
        Some((years, reasons(self.register, doubts.into_iter())))
    }

    /// What the municipality has paid for days after the new last day.
    fn paid_beyond(&self) -> Option<Money> {
        let last = self.shorter?;
        let own = self.has.statement.payouts.iter();
        let own = own.filter(|payout| self.is_counted(&self.has, payout, &is_its));
        let paid = payouts::sum(own.map(|payout| payouts::paid_after(payout, last)))?.rounded();
        (paid > Money::ZERO).then_some(paid)
    }
}

impl Difference {
    fn negated(&self) -> Years {
        let of_year = |(year, one): (&i32, &Money)| Some((*year, Money::ZERO.checked_sub(*one)?));
        self.years.iter().filter_map(of_year).collect()
    }
}

/// Whether one of the municipality's committees bears an amount.
fn is_its(bearer: Bearer<'_>) -> bool {
    !matches!(bearer, Bearer::Party(_))
}

/// What adjustments add to a component's year, or take from it; nothing where that is not known.
type Adjusted = BTreeMap<(String, i32), Option<Money>>;

/// Years without what other years have.
fn less(mut years: Years, others: Years) -> Option<Years> {
    for (year, amount) in others {
        let sum = years.entry(year).or_default();
        *sum = sum.checked_sub(amount)?;
    }
    Some(years)
}

/// What each year comes to, of those that count; where only the time that holds does, without years after it. Nothing where an
/// amount is not known, or is for days before and after the last one that holds.
fn yearly(
    statement: &Statement<'_>,
    bearers: &Bearers<'_>,
    counts: &dyn Fn(Bearer<'_>) -> bool,
    only_held: bool,
    amount: impl Fn(&YearAmount<'_>) -> Option<Money>,
) -> Option<Years> {
    let mut years = Years::new();
    for component in statement.components.iter().filter(|one| counts(bearers.bearer(one.funding))) {
        for year in &component.years {
            if let Some(last) = statement.life.last_day().filter(|last| only_held && *last < year.period.end)
            {
                if year.period.start <= last {
                    return None;
                }
                continue;
            }
            let sum = years.entry(year.year).or_default();
            *sum = sum.checked_add(amount(year)?)?;
        }
    }
    Some(years)
}
