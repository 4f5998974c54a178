//! What a rule may look at, and how it says what it found.

use std::sync::Arc;

use chrono::NaiveDate;

use super::organisations::Organisations;
use super::{Gravity, Rule};
use crate::agreement::Agreement;
use crate::documents::Stationery;
use crate::finding::{Finding, Level, Place};
use crate::guideline::Guideline;
use crate::key_path::KeyPath;
use crate::payouts::{AgreementStatement, BudgetYear, ExtendedValue, Statement};
use crate::records::Records;
use crate::register::{Entry, Register, id_of};
use crate::schedule::Scheduler;
use crate::settings::Committee;
use crate::term::{LastDay, Life, MoneyTime, last_days};

/// What a rule about the register may look at.
pub struct RegisterScope<'a> {
    /// The whole register.
    pub register: &'a Register,
    /// The municipality's templates and fonts.
    pub stationery: &'a Stationery,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// How long every agreement lasts and what is paid for; the sums only the rules about it see.
    pub statements: Vec<AgreementStatement<'a>>,
    /// What each of them would come to with all that can make it longer, in the same order.
    pub values: Vec<Option<ExtendedValue>>,
    /// What all agreements cost, in the years for which some budget line has a frame.
    pub budget_years: Vec<BudgetYear<'a>>,
    /// Which parties are the same organisation.
    pub organisations: Organisations,
    /// What computes dates, and knows which agreement takes over from which.
    pub scheduler: Scheduler<'a>,
}

impl<'a> RegisterScope<'a> {
    /// The whole of a register on a day, before anything is known of its agreements.
    #[must_use]
    pub fn new(register: &'a Register, stationery: &'a Stationery, as_of: NaiveDate) -> Self {
        Self {
            register,
            stationery,
            as_of,
            statements: Vec::new(),
            values: Vec::new(),
            budget_years: Vec::new(),
            organisations: Organisations::of(register.agreements.values()),
            scheduler: Scheduler::new(register, as_of),
        }
    }

    /// A finding of `rule` at `path` in one agreement, with the rule's own level and source.
    #[must_use]
    pub fn finding_in(
        &self,
        entry: &Entry<Agreement>,
        rule: &Rule,
        path: KeyPath,
        message: impl Into<String>,
    ) -> Finding {
        let guideline = self.register.guideline_of(&entry.data).map(|entry| &*entry.data);
        finding(rule, (&entry.data, guideline), &entry.file, path, message.into())
    }

    /// The same with one agreement of the register.
    #[must_use]
    pub fn of<'b>(&'b self, one: &'b AgreementStatement<'a>) -> Scope<'b> {
        Scope {
            register: self.register,
            stationery: self.stationery,
            file: &one.entry.file,
            agreement: &one.entry.data,
            as_of: self.as_of,
            guideline: self.register.guideline_of(&one.entry.data).map(|entry| &*entry.data),
            statement: &one.statement,
            scheduler: &self.scheduler,
        }
    }
}

/// What a rule about one agreement may look at.
pub struct Scope<'a> {
    /// The whole register.
    pub register: &'a Register,
    /// The municipality's templates and fonts.
    pub stationery: &'a Stationery,
    /// The agreement's file.
    pub file: &'a Arc<str>,
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The guideline profile that it is checked against, where there is one.
    pub guideline: Option<&'a Guideline>,
    /// Its payouts.
    pub statement: &'a Statement<'a>,
    /// What computes dates, and knows which agreement takes over from which.
    pub scheduler: &'a Scheduler<'a>,
}

impl<'a> Scope<'a> {
    /// What has happened since the agreement was made.
    #[must_use]
    pub fn records(&self) -> Option<&'a Entry<Records>> {
        self.register.records.get(id_of(self.file))
    }

    /// The committees that decide on the agreement, its own first, as far as the register knows them.
    #[must_use]
    pub fn deciding_committees(&self) -> Vec<&'a Committee> {
        let own = self.register.committee_of(self.agreement);
        let all = self.register.settings.as_ref().map(|settings| &settings.data.committee);
        let others = self.agreement.other_deciders().into_iter().filter_map(|one| one.committee);
        own.into_iter().chain(others.filter_map(|key| all?.get(key))).collect()
    }

    /// Whether its records cannot be read, so that nobody can tell what has happened.
    #[must_use]
    pub fn has_unread_records(&self) -> bool {
        self.register.has_unread_records(id_of(self.file))
    }

    /// The agreement's life as it is known on the day.
    #[must_use]
    pub fn life(&self) -> &'a Life<'a> {
        &self.statement.life
    }

    /// The days that money without a period of its own is for.
    #[must_use]
    pub fn money_time(&self) -> MoneyTime {
        self.life().money_time
    }

    /// Every last day that the agreement's extensions and supplements state, in the order in which they were made.
    #[must_use]
    pub fn last_days(&self) -> Vec<LastDay<'a>> {
        last_days(self.agreement, self.records().map(|records| &*records.data), self.as_of)
    }

    /// A finding of `rule` at `path` in this agreement, with the rule's own level and source.
    #[must_use]
    pub fn finding(&self, rule: &Rule, path: KeyPath, message: impl Into<String>) -> Finding {
        finding(rule, (self.agreement, self.guideline), self.file, path, message.into())
    }

    /// The same with the guideline's decision as its source. What nobody has decided demands nothing: it warns.
    #[must_use]
    pub fn guideline_finding(&self, rule: &Rule, path: KeyPath, message: impl Into<String>) -> Finding {
        let mut finding = self.finding(rule, path, message);
        match self.guideline {
            Some(guideline) => {
                if guideline.decided_by.is_none() && finding.level == Level::Error {
                    finding.level = Level::Warning;
                }
                finding.source(guideline.citation())
            }
            None => finding,
        }
    }
}

fn finding(
    rule: &Rule,
    (agreement, guideline): (&Agreement, Option<&Guideline>),
    file: &Arc<str>,
    path: KeyPath,
    message: String,
) -> Finding {
    let is_never_held = guideline.is_some_and(|one| one.never_held.iter().any(|code| code == rule.code));
    let level = match rule.gravity {
        // What no agreement of the kind holds is worth a note, whatever its stage.
        Gravity::Completeness if is_never_held => Level::Note,
        gravity => gravity.level(agreement),
    };
    Finding::new(rule.code, level, Place::value(file, path), message).source(rule.source)
}
