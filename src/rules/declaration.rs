//! What a rule declares about itself.

use super::{RegisterScope, Scope, Text};
use crate::agreement::Agreement;
use crate::documents::Stationery;
use crate::finding::{Finding, Level};
use crate::language::cues::Cue;

/// What a rule is about: the hundred of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Files, keys, references.
    Structure,
    /// How long the agreement lasts.
    Term,
    /// Money.
    Economy,
    /// What the agreement says.
    Content,
    /// Steering and follow-up.
    Governance,
    /// Decision and case.
    Case,
    /// What the law may demand.
    Law,
}

impl Family {
    /// The family of a rule.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        match rule.code.as_bytes().get(3) {
            Some(b'2') => Self::Term,
            Some(b'3') => Self::Economy,
            Some(b'4') => Self::Content,
            Some(b'5') => Self::Governance,
            Some(b'6') => Self::Case,
            Some(b'7') => Self::Law,
            _ => Self::Structure,
        }
    }

    /// The Swedish name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Structure => "filer och hänvisningar",
            Self::Term => "avtalstid",
            Self::Economy => "ekonomi",
            Self::Content => "innehåll",
            Self::Governance => "styrning och uppföljning",
            Self::Case => "beslut och ärende",
            Self::Law => "lag",
        }
    }
}

/// How grave a rule's findings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// Contradictions and broken limits: the same whatever the agreement's status.
    Correctness(Level),
    /// What is missing: a note while the text is a draft or a proposal, an error once it is decided, and a note
    /// again when the agreement has ended and nothing can be done about it.
    Completeness,
    /// An error, whoever looks: no level, waiver or earlier report takes it away. What cannot be read is judged by nobody,
    /// and a personal identity number must go.
    Absolute,
    /// That the check itself is wrongly set. The level can be changed, but the finding always shows and nobody waives it:
    /// what is switched off by a slip would switch off the word about the slip.
    AboutTheCheck(Level),
}

impl Gravity {
    /// How grave, in Swedish.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Correctness(level) | Self::AboutTheCheck(level) => level.label(),
            Self::Completeness => "not, och fel när avtalet är beslutat",
            Self::Absolute => "fel, alltid",
        }
    }

    /// The mildest that its findings are.
    #[must_use]
    pub fn mildest(self) -> Level {
        match self {
            Self::Correctness(level) | Self::AboutTheCheck(level) => level,
            Self::Completeness => Level::Note,
            Self::Absolute => Level::Error,
        }
    }

    pub(super) fn level(self, agreement: &Agreement) -> Level {
        match self {
            Self::Completeness if agreement.status.must_be_complete() => Level::Error,
            other => other.mildest(),
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One agreement at a time.
    Agreement(fn(&Scope<'_>) -> Vec<Finding>),
    /// How long one agreement lasts, and what goes with that: nobody can tell where its records cannot be read.
    Life(fn(&Scope<'_>) -> Vec<Finding>),
    /// The texts of one agreement in which any of the words stands without which the rule has nothing to look at, and that say
    /// something which the rule is about. Agreements have most of their texts in common, so that is asked once of each text.
    Texts(fn() -> Vec<Cue>, fn(&str) -> bool, fn(&Scope<'_>, &[&Text]) -> Vec<Finding>),
    /// The texts of one agreement in which something shows at a glance. Every text is glanced at, so that is to be quick.
    Glance(fn(&Stationery, &str) -> bool, fn(&Scope<'_>, &[&Text]) -> Vec<Finding>),
    /// The register as a whole.
    Register(fn(&RegisterScope<'_>) -> Vec<Finding>),
    /// Made while a file is read, before there is anything to judge.
    Reading,
    /// Made when waivers are weighed against all that was found.
    Waivers,
}

/// A rule's declaration.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The code, such as `IOP201`: the hundred is the [`Family`].
    pub code: &'static str,
    /// The name for settings.
    pub slug: &'static str,
    /// The Swedish title.
    pub title: &'static str,
    /// How grave its findings are.
    pub gravity: Gravity,
    /// The version of the program that had it first.
    pub since: &'static str,
    /// The guideline, law or practice behind it, in Swedish.
    pub source: &'static str,
    /// Why it matters, in Swedish.
    pub why: &'static str,
    /// The check.
    pub check: Check,
    /// A change to the clean register that the rule must report.
    pub bad: Example,
    /// A change near it that the rule must let pass.
    pub good: Example,
}

impl Rule {
    /// Whether its level is nobody's to set, and an earlier report never knows its findings.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.gravity == Gravity::Absolute
    }

    /// Whether its findings show whatever level is set.
    #[must_use]
    pub fn is_always_shown(&self) -> bool {
        matches!(self.gravity, Gravity::Absolute | Gravity::AboutTheCheck(_))
    }

    /// Whether somebody may decide to accept its findings. What is said of waivers is no fault of an agreement.
    #[must_use]
    pub fn may_be_waived(&self) -> bool {
        !self.is_always_shown() && !matches!(self.check, Check::Waivers)
    }
}

/// A change to the register in `examples/adala/`, which has nothing to remark on.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The file that is changed, or one that is added.
    pub file: &'static str,
    /// Key paths that are taken out first.
    pub remove: &'static [&'static str],
    /// TOML that is merged in; for a file that is added, its whole text.
    pub toml: &'static str,
    /// The key path of the finding, for a bad example.
    pub at: &'static str,
}

impl Example {
    /// A change to the clean register's agreement.
    #[must_use]
    pub const fn agreement(remove: &'static [&'static str], toml: &'static str, at: &'static str) -> Self {
        Self { file: "agreements/oppet-hus.toml", remove, toml, at }
    }

    /// A change to another of its files, or a file that is added.
    #[must_use]
    pub const fn file(file: &'static str, toml: &'static str, at: &'static str) -> Self {
        Self { file, remove: &[], toml, at }
    }
}
