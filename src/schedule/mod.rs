//! What falls due in the life of a partnership, and whether it has been done: one file for each source of dates. Pure
//! functions of the register and the day.
//!
//! Every date names what it follows from: a key path in the agreement, or a default of the register where the agreement
//! says nothing. What cannot be dated is told as a [`Gap`] and never guessed.

mod approval;
mod committee;
mod context;
mod deadline;
mod due_day;
mod duties;
mod ends;
mod footing;
mod fulfilment;
mod late;
mod meetings;
mod notice;
mod options;
mod payments;
mod record;
mod recurrence;
mod steering;
mod waivers;

use chrono::NaiveDate;

pub use deadline::{Deadline, FollowsFrom, Fulfilled, Gap, Moved, PayoutSum, Responsible, State, When};
pub use duties::{deadline_kind, report_periods};
pub use fulfilment::period_of;
pub use late::{LateCut, LateReport, late_cuts};
pub use record::{Event, RecordError, first_possible_day, record_entry};

use crate::agreement::Agreement;
use crate::payouts;
use crate::register::{Entry, Register};
use crate::term::{Life, Succession};
use context::Context;

/// All dates of an agreement, in order, and what could not be dated.
#[derive(Debug, Clone)]
pub struct Schedule<'a> {
    /// The agreement's id.
    pub id: &'a str,
    /// The agreement.
    pub entry: &'a Entry<Agreement>,
    /// Its life, by which they are counted.
    pub life: Life<'a>,
    /// Its dates.
    pub deadlines: Vec<Deadline<'a>>,
    /// What has no date, and why.
    pub gaps: Vec<Gap>,
}

/// What the schedules of a register share.
#[derive(Debug)]
pub struct Scheduler<'a> {
    register: &'a Register,
    as_of: NaiveDate,
    succession: Succession<'a>,
}

impl<'a> Scheduler<'a> {
    /// For schedules as they were known on `as_of`.
    #[must_use]
    pub fn new(register: &'a Register, as_of: NaiveDate) -> Self {
        Self { register, as_of, succession: Succession::of(register) }
    }

    /// The schedule of an agreement.
    #[must_use]
    pub fn schedule(&self, id: &'a str, entry: &'a Entry<Agreement>) -> Schedule<'a> {
        Self::of_one(self.register, &self.succession, self.as_of, (id, entry))
    }

    /// The same for whoever has the register's succession already: to find it out goes through all agreements.
    #[must_use]
    pub fn of_one(
        register: &'a Register,
        succession: &Succession<'a>,
        as_of: NaiveDate,
        (id, entry): (&'a str, &'a Entry<Agreement>),
    ) -> Schedule<'a> {
        let successors = succession.bound_successors(register, id, as_of);
        let mut context = Context::new(register, id, entry, successors, as_of);
        fulfilment::add_unreadable(&mut context);
        fulfilment::add_hidden(&mut context);
        approval::add(&mut context);
        steering::add(&mut context);
        duties::add(&mut context);
        ends::add(&mut context);
        notice::add(&mut context);
        payments::add(&mut context);
        waivers::add(&mut context);
        committee::add(&mut context);
        let (life, mut deadlines, gaps) = context.finish();
        // Stable: what falls on the same day stays in the order of the sources above.
        deadlines.sort_by_key(|deadline| deadline.when.sorts_at());
        if entry.data.follow_up.values().any(|duty| !duty.late.is_empty()) {
            let statement = payouts::statement(register, entry, as_of);
            late::tell(&entry.data, &statement, &mut deadlines, as_of);
        }
        Schedule { id, entry, life, deadlines, gaps }
    }
}
