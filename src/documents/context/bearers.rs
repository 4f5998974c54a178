//! Who bears an amount, as those who decide see it: each of their committees its own part, and others what no committee decides on.

use chrono::NaiveDate;

use super::amounts::unique;
use super::parties::is_own;
use crate::agreement::{Agreement, Funding};
use crate::register::Register;
use crate::text;

/// Who bears an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Bearer<'a> {
    /// The agreement's own committee.
    Own,
    /// Another committee of the municipality that decides too, by key.
    Committee(&'a str),
    /// Another payer, by party key.
    Party(&'a str),
}

/// Those who can bear an amount of an agreement.
pub(super) struct Bearers<'a> {
    register: &'a Register,
    agreement: &'a Agreement,
    /// The other committees, by key: those that decide, and after them those that have concluded the agreement too.
    others: Vec<&'a str>,
    /// How many of them decide.
    deciding: usize,
    day: NaiveDate,
}

impl<'a> Bearers<'a> {
    /// Of an agreement that these committees decide on beside its own, by the names that they have on a day.
    pub(super) fn of(
        register: &'a Register,
        agreement: &'a Agreement,
        others: impl IntoIterator<Item = &'a str>,
        day: NaiveDate,
    ) -> Self {
        let concluded = agreement.also_decides.values().map(|other| other.committee.as_str());
        let mut all = unique(others.into_iter());
        let deciding = all.len();
        all = unique(all.into_iter().chain(concluded));
        Self { register, agreement, others: all, deciding, day }
    }

    /// Who bears a component.
    pub(super) fn bearer<'b>(&self, funding: &'b Funding) -> Bearer<'b>
    where
        'a: 'b,
    {
        if !is_own(self.register, self.agreement, &funding.payer) {
            return Bearer::Party(&funding.payer);
        }
        let lines = self.register.budget.as_ref().map(|budget| &budget.data.line);
        let line = funding.budget_line.as_deref().and_then(|line| lines?.get(line));
        let other = line.and_then(|line| self.others.iter().find(|other| **other == line.committee));
        other.map_or(Bearer::Own, |other| Bearer::Committee(other))
    }

    /// The municipality's committees, the agreement's own first.
    pub(super) fn committees(&self) -> impl Iterator<Item = Bearer<'a>> {
        std::iter::once(Bearer::Own).chain(self.others.iter().copied().map(Bearer::Committee))
    }

    /// Those of them that decide.
    pub(super) fn deciding(&self) -> impl Iterator<Item = Bearer<'a>> {
        self.committees().take(self.deciding + 1)
    }

    /// Whether more than one committee decides.
    pub(super) fn are_several(&self) -> bool {
        !self.others.is_empty()
    }

    /// What running text calls one of them.
    pub(super) fn name(&self, bearer: Bearer<'_>) -> String {
        let committee = match bearer {
            Bearer::Party(key) => {
                let party = self.agreement.party.get(key);
                return party.map_or(key, |party| party.called()).to_owned();
            }
            Bearer::Own => self.register.committee_of(self.agreement),
            Bearer::Committee(key) => {
                let settings = self.register.settings.as_ref();
                settings.and_then(|settings| settings.data.committee.get(key))
            }
        };
        let name = committee.and_then(|committee| committee.name_on(self.day));
        text::uncapitalised(name.unwrap_or(match bearer {
            Bearer::Committee(key) => key,
            Bearer::Own | Bearer::Party(_) => "nämnden",
        }))
    }

    /// The part of each committee, as one text: "A", or where several decide "A från socialnämnden samt B från kulturnämnden".
    /// Nothing where none has a part.
    pub(super) fn each(&self, preposition: &str, parts: Vec<(Bearer<'_>, String)>) -> Option<String> {
        let said = parts.into_iter().map(|(bearer, words)| {
            if self.are_several() { format!("{words} {preposition} {}", self.name(bearer)) } else { words }
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join(" samt "))
    }
}
