//! What falls due in the life of a partnership, and whether it has been done: one file for each source of dates. Pure
//! functions of the register and the day.
//!
//! Every date names what it follows from: a key path in the agreement, or a default of the register where the agreement
//! says nothing. What cannot be dated is told as a [`Gap`] and never guessed.

mod committee;
mod context;
mod deadline;
mod due_day;
mod duties;
mod ends;
mod fulfilment;
mod payments;
mod recurrence;
mod steering;
mod term_in_force;
mod waivers;

use chrono::NaiveDate;

pub use deadline::{Basis, Deadline, Fulfilled, Gap, Moved, Responsible, State, When};
pub use duties::report_periods;
pub use fulfilment::period_of;
pub use term_in_force::{TermEnd, TermInForce, notice_day, term_in_force};

use crate::agreement::Agreement;
use crate::register::{Entry, Register};
use context::Context;

/// All dates of an agreement, in order, and what could not be dated.
#[derive(Debug, Clone)]
pub struct Schedule<'a> {
    /// The agreement's id.
    pub id: &'a str,
    /// The agreement.
    pub entry: &'a Entry<Agreement>,
    /// Its dates.
    pub deadlines: Vec<Deadline<'a>>,
    /// What has no date, and why.
    pub gaps: Vec<Gap>,
}

/// The schedule of an agreement as it was known on `as_of`.
#[must_use]
pub fn schedule<'a>(
    register: &'a Register,
    id: &'a str,
    entry: &'a Entry<Agreement>,
    as_of: NaiveDate,
) -> Schedule<'a> {
    let mut context = Context::new(register, id, entry, as_of);
    steering::add(&mut context);
    duties::add(&mut context);
    ends::add(&mut context);
    payments::add(&mut context);
    waivers::add(&mut context);
    committee::add(&mut context);
    let (mut deadlines, gaps) = context.finish();
    // Stable: what falls on the same day stays in the order of the sources above.
    deadlines.sort_by_key(|deadline| deadline.when.sorts_at());
    Schedule { id, entry, deadlines, gaps }
}

/// The schedules of all agreements, in the order of their ids.
#[must_use]
pub fn schedules(register: &Register, as_of: NaiveDate) -> Vec<Schedule<'_>> {
    use rayon::prelude::*;
    let agreements: Vec<_> = register.agreements.iter().collect();
    agreements.into_par_iter().map(|(id, entry)| schedule(register, id, entry, as_of)).collect()
}
