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
pub use late::{CutPart, LateCut, LateReport, parts_in_words};
pub use record::{Event, RecordError, first_possible_day, record_entry};

use crate::agreement::Agreement;
use crate::payouts::{self, Statement};
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

    /// Which agreement takes over from which.
    #[must_use]
    pub fn succession(&self) -> &Succession<'a> {
        &self.succession
    }

    fn context(&self, id: &'a str, entry: &'a Entry<Agreement>) -> Context<'a> {
        let successors = self.succession.bound_successors(self.register, id, self.as_of);
        Context::new(self.register, id, entry, successors, self.as_of)
    }

    /// What the late reports of an agreement take off its payouts. With `with_missing`, also what those take off that have not
    /// come and are late on the day. Nothing but the reports' dates is computed for it.
    #[must_use]
    pub fn late_cuts(
        &self,
        id: &'a str,
        entry: &'a Entry<Agreement>,
        statement: &Statement<'_>,
        with_missing: bool,
    ) -> Vec<LateCut> {
        if !late::can_cut(&entry.data) {
            return Vec::new();
        }
        let mut context = self.context(id, entry);
        duties::add(&mut context);
        let (_, mut deadlines, _) = context.finish();
        deadlines.sort_by_key(|deadline| deadline.when.sorts_at());
        late::cuts(&entry.data, statement, &deadlines, with_missing.then_some(self.as_of))
    }

    /// The schedule of an agreement.
    #[must_use]
    pub fn schedule(&self, id: &'a str, entry: &'a Entry<Agreement>) -> Schedule<'a> {
        let mut context = self.context(id, entry);
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
        if late::can_cut(&entry.data) {
            let statement = payouts::statement(self.register, entry, self.as_of);
            late::tell(&entry.data, &statement, &mut deadlines, self.as_of);
        }
        Schedule { id, entry, life, deadlines, gaps }
    }
}
