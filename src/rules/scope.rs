//! What a rule may look at, and how it says what it found.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Rule;
use super::organisations::Organisations;
use super::texts::{self, Text};
use crate::agreement::Agreement;
use crate::documents::Stationery;
use crate::finding::{Finding, Place};
use crate::guideline::Guideline;
use crate::key_path::KeyPath;
use crate::payouts::{self, AgreementStatement};
use crate::records::Records;
use crate::register::{Entry, Register, id_of};
use crate::term::Life;

/// What a rule about the register may look at.
pub struct RegisterScope<'a> {
    /// The whole register.
    pub register: &'a Register,
    /// The municipality's templates and fonts.
    pub stationery: &'a Stationery,
    /// The day that counts as today.
    pub as_of: NaiveDate,
    /// The payouts of every agreement.
    pub statements: Vec<AgreementStatement<'a>>,
    /// Which parties are the same organisation.
    pub organisations: Organisations,
}

impl<'a> RegisterScope<'a> {
    /// The whole of a register on a day.
    #[must_use]
    pub fn new(register: &'a Register, stationery: &'a Stationery, as_of: NaiveDate) -> Self {
        Self {
            register,
            stationery,
            as_of,
            statements: payouts::statements(register, as_of),
            organisations: Organisations::of(register.agreements.values()),
        }
    }

    /// An agreement's life as it is known on the day: the one by which its payouts are cut.
    #[must_use]
    pub fn life_of(&self, entry: &Entry<Agreement>) -> Option<&Life<'a>> {
        let id = id_of(&entry.file);
        // They are in the order of their ids.
        let position = self.statements.binary_search_by(|one| one.id.cmp(id)).ok()?;
        Some(&self.statements.get(position)?.statement.life)
    }

    /// The same with one agreement of the register.
    #[must_use]
    pub fn of(&self, entry: &'a Entry<Agreement>) -> Scope<'a> {
        Scope {
            register: self.register,
            stationery: self.stationery,
            file: &entry.file,
            agreement: &entry.data,
            as_of: self.as_of,
            guideline: self.register.guideline_of(&entry.data).map(|entry| &*entry.data),
            texts: OnceCell::new(),
            life: OnceCell::new(),
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
    pub(super) texts: OnceCell<Vec<Text>>,
    life: OnceCell<Life<'a>>,
}

impl<'a> Scope<'a> {
    /// Every text of the agreement with its key path, in the order of the format.
    #[must_use]
    pub fn texts(&self) -> &[Text] {
        self.texts.get_or_init(|| texts::all(self.agreement))
    }

    /// What has happened since the agreement was made.
    #[must_use]
    pub fn records(&self) -> Option<&'a Entry<Records>> {
        self.register.records.get(id_of(self.file))
    }

    /// The agreement's life as it is known on the day.
    #[must_use]
    pub fn life(&self) -> &Life<'a> {
        self.life.get_or_init(|| {
            Life::known_on(self.agreement, self.records().map(|records| &*records.data), self.as_of)
        })
    }

    /// A finding of `rule` at `path` in this agreement, with the rule's own level and source.
    #[must_use]
    pub fn finding(&self, rule: &Rule, path: KeyPath, message: impl Into<String>) -> Finding {
        let level = rule.gravity.level(self.agreement);
        Finding::new(rule.code, level, Place::value(self.file, path), message).source(rule.source)
    }

    /// The same with the guideline's decision as its source.
    #[must_use]
    pub fn guideline_finding(&self, rule: &Rule, path: KeyPath, message: impl Into<String>) -> Finding {
        let finding = self.finding(rule, path, message);
        match self.guideline {
            Some(guideline) => finding.source(guideline.citation()),
            None => finding,
        }
    }
}
