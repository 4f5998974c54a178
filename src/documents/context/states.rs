//! The two states of an agreement that a change of it lies between.

use chrono::NaiveDate;

use super::changes;
use crate::agreement::{Agreement, Change, What};
use crate::date;
use crate::register::{Entry, Register};
use crate::term::Life;
use crate::text;

/// The two states of an agreement that a change lies between.
pub(super) struct States {
    pub(super) before: Entry<Agreement>,
    pub(super) after: Entry<Agreement>,
    /// The two with the money for the time that holds in each, where the change brings more of it or ends it.
    pub(super) held: (Entry<Agreement>, Entry<Agreement>),
    /// Whether it does.
    pub(super) is_longer: bool,
    /// The last day that a supplement gives what goes on until somebody gives notice.
    pub(super) end_of_open: Option<NaiveDate>,
    /// What the change follows on and nobody is bound by yet, in running text: it stands in both.
    pub(super) presupposes: Option<String>,
    /// The last day without that.
    pub(super) holds_until: Option<NaiveDate>,
}

impl States {
    pub(super) fn of(
        register: &Register,
        entry: &Entry<Agreement>,
        change: Change<'_>,
        day: NaiveDate,
    ) -> Self {
        let others = changes::presupposed(register, entry, change, day);
        let others: Vec<String> = others.iter().map(definite_name).collect();
        let held = changes::before(register, entry, change, day);
        let life = Life::known_on(&held.data, register.records_of(entry), day);
        let holds_until = changes::last_in_text(&held.data, &life);
        let (before, after) = changes::states(register, entry, change, day);
        let last = |state: &Entry<Agreement>| {
            Life::known_on(&state.data, register.records_of(entry), day).last_day()
        };
        let end_of_open = match change.what {
            What::Supplement(one) => before.data.term.open_ended().and(one.end),
            What::Extension(_) | What::Ending(_) => None,
        };
        let is_longer = end_of_open.is_none()
            && last(&before).zip(last(&after)).is_some_and(|(earlier, until)| earlier < until);
        let held = |state: &Entry<Agreement>| changes::held(register, state, day);
        let held = match change.what {
            // What nobody has called on is not saved by an end, but what is paid for days after it is paid.
            What::Ending(_) => (held(&before), after.clone()),
            _ if is_longer => (held(&before), held(&after)),
            _ => (before.clone(), after.clone()),
        };
        let presupposes = (!others.is_empty()).then(|| text::list(&others));
        Self { before, after, held, is_longer, end_of_open, presupposes, holds_until }
    }

    /// The two as they are written out side by side: what goes on until somebody gives notice, and gets an end, is else as it was.
    pub(super) fn written(
        &self,
        register: &Register,
        change: Change<'_>,
        day: NaiveDate,
    ) -> [Entry<Agreement>; 2] {
        let mut after = self.after.clone();
        if self.end_of_open.is_some()
            && let Some(supplement) = after.data.supplement.get_mut(change.key)
        {
            supplement.end = None;
        }
        [&self.before, &after].map(|state| changes::consolidated(register, state, day))
    }
}

/// What a change is, in running text.
fn definite_name(change: &Change<'_>) -> String {
    match change.what {
        What::Extension(one) => format!("förlängningen till och med den {}", date::long(one.until)),
        What::Supplement(one) => format!("tillägg nr {}", one.number),
        What::Ending(one) => format!("avslutet den {}", date::long(one.until)),
    }
}
