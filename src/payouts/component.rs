//! A component of the funding with its years.

use chrono::NaiveDate;

use super::amounts::{YearAmount, undecided, year_amounts};
use super::interpretation::Interpretation;
use crate::agreement::{Agreement, Funding};
use crate::key_path::KeyPath;
use crate::register::{Entry, Register};
use crate::term::{Commitment, FundingTerms, Life, funding_on};

/// A component with its years.
#[derive(Debug, Clone, PartialEq)]
pub struct Component<'a> {
    /// Its key.
    pub key: &'a str,
    /// What the agreement or its supplement says.
    pub funding: &'a Funding,
    /// Where it says so.
    pub path: KeyPath,
    /// The supplement that it stands in, by key; nothing for the agreement's own.
    pub supplement: Option<&'a str>,
    /// Whether it is only the most that can be paid.
    pub ceiling: bool,
    /// How firmly the parties are bound by it, whatever its days.
    pub commitment: Commitment,
    /// Its years in order.
    pub years: Vec<YearAmount<'a>>,
}

impl Component<'_> {
    /// Gives back the room that its lists have for more.
    pub(super) fn fit(&mut self) {
        for year in &mut self.years {
            year.doubts.shrink_to_fit();
            if let Some(adjustment) = &mut year.adjustment {
                adjustment.parts.shrink_to_fit();
                adjustment.parts.iter_mut().for_each(|part| part.factor.changes.shrink_to_fit());
            }
        }
        self.years.shrink_to_fit();
    }
}

/// The components of an agreement with their years.
pub(super) struct Components<'a> {
    /// Those that are paid, in the file's order.
    pub(super) paid: Vec<Component<'a>>,
    /// Those that a supplement only proposes in the place of one of them. In no payout.
    pub(super) proposed: Vec<Component<'a>>,
    /// Those in whose place one stands by which the parties are bound less firmly. In no payout.
    pub(super) replaced: Vec<Component<'a>>,
}

/// The components with their years in an agreement's life; an indexation that the agreement leaves open is read as `reading`
/// says.
pub(super) fn with_years<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    life: &Life<'_>,
    reading: Option<Interpretation>,
    as_of: NaiveDate,
) -> Components<'a> {
    let known = funding_on(&entry.data, register.records_of(entry), as_of);
    let with_years = |terms: FundingTerms<'a>| {
        let undecided = undecided(register.records_of(entry), terms.funding, as_of);
        // What waits for a decision is a proposal.
        let proposed = undecided.as_ref().map(|_| Commitment::Proposed);
        let commitment = terms.commitment.into_iter().chain(proposed).fold(life.standing, Commitment::max);
        let years = year_amounts(register, entry, life, (&terms, commitment, undecided), reading, as_of);
        Component {
            key: terms.key,
            funding: terms.funding,
            path: terms.path,
            supplement: terms.supplement,
            ceiling: terms.funding.ceiling,
            commitment,
            years,
        }
    };
    let all = |terms: Vec<FundingTerms<'a>>| terms.into_iter().map(with_years).collect();
    Components { paid: all(known.components), proposed: all(known.proposed), replaced: all(known.replaced) }
}
