//! What changes an agreement after it was made, seen in one way: an extension, a supplement or an ending.

use chrono::NaiveDate;

use super::{Agreement, AlsoDecidesChange, Ending, Extension, Memo, Status, Supplement};
use crate::date::Period;
use crate::key_path::KeyPath;
use crate::keyed::Keyed;
use crate::path;
use crate::vocabulary::{Fact, Known};

/// A change of an agreement, as the agreement's file has it.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    agreement: &'a Agreement,
    /// Its key; of an ending, of which there is only one, the word.
    pub key: &'a str,
    /// What it is.
    pub what: What<'a>,
}

/// What changes an agreement.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// A longer term.
    Extension(&'a Extension),
    /// A numbered supplement.
    Supplement(&'a Supplement),
    /// An end before its time.
    Ending(&'a Ending),
}

/// A committee that decides on a change.
#[derive(Debug, Clone)]
pub struct Decider<'a> {
    /// Where it is named; for the agreement's own committee where the change stands.
    pub path: KeyPath,
    /// The key that it is named under; nothing for the agreement's own committee.
    pub key: Option<&'a str>,
    /// The committee, by key; nothing for the agreement's own.
    pub committee: Option<&'a str>,
    /// The registry number of its own case; that of the agreement where it is the agreement's own.
    pub registry_number: &'a Fact<String>,
    /// Its decision, by key in the records.
    pub decision: Option<&'a String>,
}

impl Agreement {
    /// Every change of it, in the order of its file: extensions, supplements, the ending.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        let ending = self.ending.iter().map(|one| self.change("ending", What::Ending(one)));
        self.extensions().chain(self.supplements()).chain(ending)
    }

    /// Its extensions, in the order of its file.
    pub fn extensions(&self) -> impl Iterator<Item = Change<'_>> {
        self.extension.iter().map(|(key, one)| self.change(key, What::Extension(one)))
    }

    /// Its supplements, in the order of its file.
    pub fn supplements(&self) -> impl Iterator<Item = Change<'_>> {
        self.supplement.iter().map(|(key, one)| self.change(key, What::Supplement(one)))
    }

    /// Its supplements in the order of their numbers: a later one changes what an earlier one said.
    #[must_use]
    pub fn supplements_in_order(&self) -> Vec<(Change<'_>, &Supplement)> {
        let mut supplements: Vec<_> =
            self.supplement.iter().map(|(key, one)| (self.change(key, What::Supplement(one)), one)).collect();
        supplements.sort_by_key(|(_, supplement)| supplement.number);
        supplements
    }

    /// Who decides on it beside its own committee.
    #[must_use]
    pub fn other_deciders(&self) -> Vec<Decider<'_>> {
        let all = self.also_decides.iter().map(|(key, one)| Decider {
            path: path!["also_decides", key],
            key: Some(key),
            committee: Some(&one.committee),
            registry_number: &one.registry_number,
            decision: None,
        });
        all.collect()
    }

    /// One of its changes.
    #[must_use]
    pub fn change<'a>(&'a self, key: &'a str, what: What<'a>) -> Change<'a> {
        Change { agreement: self, key, what }
    }
}

impl<'a> Change<'a> {
    /// Where it stands in the agreement's file.
    #[must_use]
    pub fn path(&self) -> KeyPath {
        match self.what {
            What::Extension(_) => path!["extension", self.key],
            What::Supplement(_) => path!["supplement", self.key],
            What::Ending(_) => path!["ending"],
        }
    }

    /// "Förlängningen ”a”".
    #[must_use]
    pub fn named(&self) -> String {
        match self.what {
            What::Ending(_) => self.definite().to_owned(),
            What::Extension(_) | What::Supplement(_) => format!("{} ”{}”", self.definite(), self.key),
        }
    }

    /// What it is, at the beginning of a sentence.
    #[must_use]
    pub fn definite(&self) -> &'static str {
        match self.what {
            What::Extension(_) => "Förlängningen",
            What::Supplement(_) => "Tillägget",
            What::Ending(_) => "Avslutet",
        }
    }

    /// How far it has come, where the file says so. Nobody signs an ending: it is a proposal until somebody decides.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        match self.what {
            What::Extension(one) => one.status,
            What::Supplement(one) => one.status,
            What::Ending(one) if one.decision.known().is_some() => Some(Status::Decided),
            What::Ending(_) => Some(Status::Proposed),
        }
    }

    /// The day on which the parties agreed on it.
    #[must_use]
    pub fn dated(&self) -> Option<NaiveDate> {
        match self.what {
            What::Extension(one) => one.dated.known().copied(),
            What::Supplement(one) => one.dated.known().copied(),
            What::Ending(_) => None,
        }
    }

    /// Its number among the supplementary agreements, where it has one.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match self.what {
            What::Extension(one) => one.number,
            What::Supplement(one) => Some(one.number),
            What::Ending(_) => None,
        }
    }

    /// The first of the days that it brings, where it says so: else they follow on those that held.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        match self.what {
            What::Extension(one) => one.from,
            What::Supplement(_) | What::Ending(_) => None,
        }
    }

    /// The days that it brings, where it says both the first and the last.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        Some(Period { start: self.from()?, end: self.until()? })
    }

    /// The last day that it brings.
    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        match self.what {
            What::Extension(one) => Some(one.until),
            What::Supplement(one) => one.end,
            What::Ending(one) => Some(one.until),
        }
    }

    /// Where that day stands.
    #[must_use]
    pub fn until_path(&self) -> KeyPath {
        self.path().join(match self.what {
            What::Extension(_) | What::Ending(_) => "until",
            What::Supplement(_) => "end",
        })
    }

    /// The decision of the agreement's own committee.
    #[must_use]
    pub fn decision(&self) -> &'a Fact<String> {
        match self.what {
            What::Extension(one) => &one.decision,
            What::Supplement(one) => &one.decision,
            What::Ending(one) => &one.decision,
        }
    }

    /// The other committees that it names as deciding on it.
    #[must_use]
    pub fn also_decides(&self) -> &'a Keyed<AlsoDecidesChange> {
        match self.what {
            What::Extension(one) => &one.also_decides,
            What::Supplement(one) => &one.also_decides,
            What::Ending(one) => &one.also_decides,
        }
    }

    /// Who decides on it beside the agreement's own committee: those that it names. What several committees have concluded they
    /// end together: an ending that names none has those of the agreement.
    #[must_use]
    pub fn others(&self) -> Vec<Decider<'a>> {
        let named = self.also_decides();
        if matches!(self.what, What::Ending(_)) && named.is_empty() {
            return self.agreement.other_deciders();
        }
        let path = self.path().join("also_decides");
        let own = named.iter().map(|(key, one)| Decider {
            path: path.join(key),
            key: Some(key),
            committee: Some(&one.committee),
            registry_number: &one.registry_number,
            decision: one.decision.known(),
        });
        own.collect()
    }

    /// All who decide on it, the agreement's own committee first.
    #[must_use]
    pub fn deciders(&self) -> Vec<Decider<'a>> {
        let own = Decider {
            path: self.path(),
            key: None,
            committee: None,
            registry_number: &self.agreement.case.registry_number,
            decision: self.decision().known(),
        };
        std::iter::once(own).chain(self.others()).collect()
    }

    /// The keys in the records of the decisions behind it, one of each committee that decides; nothing where one names none.
    pub fn decisions(self) -> impl Iterator<Item = Option<&'a String>> {
        self.deciders().into_iter().map(|one| one.decision)
    }

    /// What only the memo about it tells.
    #[must_use]
    pub fn memo(&self) -> Option<&'a Memo> {
        match self.what {
            What::Extension(one) => one.memo.as_deref(),
            What::Supplement(one) => one.memo.as_deref(),
            What::Ending(one) => one.memo.as_deref(),
        }
    }
}
