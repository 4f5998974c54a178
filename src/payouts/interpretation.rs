//! How an indexation is read: what it says of stated amounts and of what each year is counted from; where it leaves that
//! open, what a reading or the register's assumption says.

use super::doubt::Doubt;
use crate::agreement::{AdjustmentBase, AdjustmentMethod, Indexation};
use crate::register::Register;
use crate::vocabulary::Known;

/// What an agreement must say for an adjustment to be computed: read from it, or assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interpretation {
    /// Whether stated amounts already hold their adjustment.
    pub amounts: AdjustmentBase,
    /// From what each year is counted.
    pub method: AdjustmentMethod,
}

impl Interpretation {
    /// How the first adjusted year is counted where only the method is open: every method gives the same.
    pub(super) const FIRST_YEAR: Self =
        Self { amounts: AdjustmentBase::BeforeAdjustment, method: AdjustmentMethod::Chained };

    /// A Swedish sentence without its stop. With one year to adjust, both methods are the same.
    #[must_use]
    pub fn in_words(self, is_single_year: bool) -> &'static str {
        match (self.amounts, self.method) {
            (AdjustmentBase::AfterAdjustment, _) => "Justeringen ingår redan i de angivna beloppen",
            (AdjustmentBase::BeforeAdjustment, _) if is_single_year => "Justeringen tillkommer",
            (AdjustmentBase::BeforeAdjustment, AdjustmentMethod::Chained) => {
                "Justeringen tillkommer, och varje år räknas på föregående års justerade belopp"
            }
            (AdjustmentBase::BeforeAdjustment, AdjustmentMethod::AgainstBase) => {
                "Justeringen tillkommer, och varje år räknas på det angivna beloppet"
            }
        }
    }
}

/// What the agreement leaves open.
pub(super) struct Open {
    pub(super) amounts: bool,
    pub(super) method: bool,
}

/// How the adjustment is counted, with the doubt that an assumption leaves: what the agreement says, else the reading
/// that is asked for, else the register's assumption. The first adjusted year comes to the same by both methods.
pub(super) fn resolve(
    register: &Register,
    indexation: &Indexation,
    is_first: bool,
    reading: Option<Interpretation>,
) -> Result<(Interpretation, Option<Doubt<'static>>), Open> {
    let assumption =
        register.settings.as_ref().and_then(|settings| settings.data.default.indexation.as_ref());
    let assumed_amounts = || {
        let amounts = assumption?.amounts?;
        Some((amounts, true))
    };
    let assumed_method = || {
        let method = assumption?.method?;
        Some((method, true))
    };
    let stated = |amounts| (amounts, false);
    let amounts = indexation
        .amounts
        .known()
        .copied()
        .or(reading.map(|reading| reading.amounts))
        .map(stated)
        .or_else(assumed_amounts);
    let method = indexation
        .method
        .known()
        .copied()
        .or(reading.map(|reading| reading.method))
        .or(is_first.then_some(AdjustmentMethod::Chained))
        .map(|method| (method, false))
        .or_else(assumed_method);
    match (amounts, method) {
        (Some((AdjustmentBase::AfterAdjustment, assumed)), method) => {
            let method = method.map_or(AdjustmentMethod::Chained, |(method, _)| method);
            Ok((Interpretation { amounts: AdjustmentBase::AfterAdjustment, method }, assumed))
        }
        (Some((amounts, one)), Some((method, other))) => {
            Ok((Interpretation { amounts, method }, one || other))
        }
        (amounts, method) => Err(Open { amounts: amounts.is_none(), method: method.is_none() }),
    }
    .map(|(interpretation, is_assumed)| {
        let doubt = assumption
            .filter(|_| is_assumed)
            .map(|assumption| Doubt::Assumed { source: assumption.source.clone() });
        (interpretation, doubt)
    })
}
