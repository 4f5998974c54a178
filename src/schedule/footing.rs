//! What a date stands on: the time in the agreement's life that it belongs to.

use chrono::NaiveDate;

use crate::agreement::{Agreement, What};
use crate::date::Period;
use crate::records::Records;
use crate::term::{Commitment, Life, Stretch, bound_from, decided_on};

/// How firmly the parties are bound by the time that a date belongs to, and from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Footing {
    pub(super) commitment: Commitment,
    /// Since when, and by what, as it follows "då"; nothing where no file says.
    pub(super) since: Option<(NaiveDate, &'static str)>,
}

/// An agreement's life on a day, with what says since when the parties are bound by it.
pub(super) struct Ground<'b> {
    pub(super) agreement: &'b Agreement,
    pub(super) records: Option<&'b Records>,
    pub(super) life: &'b Life<'b>,
    pub(super) as_of: NaiveDate,
}

impl Ground<'_> {
    /// What belongs to the agreement as such.
    pub(super) fn whole(&self) -> Footing {
        let decided = self
            .records
            .and_then(|records| decided_on(self.agreement, records))
            .filter(|day| *day <= self.as_of);
        let since = decided.map(|day| (day, "avtalet beslutades"));
        Footing { commitment: self.life.standing, since }
    }

    /// What belongs to a stretch of its life.
    pub(super) fn of_stretch(&self, stretch: &Stretch) -> Footing {
        let change = stretch.rests_on.change(self.agreement);
        let added = change.and_then(|change| {
            let by = if matches!(change.what, What::Supplement(_)) {
                "tillägget gjordes"
            } else {
                "förlängningen gjordes"
            };
            Some((bound_from(change, self.records, self.as_of)?, by))
        });
        let whole = self.whole();
        Footing {
            commitment: stretch.commitment.max(whole.commitment),
            since: whole.since.into_iter().chain(added).max_by_key(|(day, _)| *day),
        }
    }

    /// What belongs to an end, also one that would have come had the agreement not ended before its time.
    pub(super) fn of_end(&self, end: NaiveDate) -> Footing {
        let stretch = self.life.as_agreed.iter().find(|stretch| stretch.to == Some(end));
        stretch.map_or_else(|| self.whole(), |stretch| self.of_stretch(stretch))
    }

    /// What belongs to some days: as weak as the weakest of them, and binding since the first of them is.
    pub(super) fn in_days(&self, days: Period) -> Footing {
        let all = self.life.holding().filter(|stretch| stretch.part_of(days).is_some());
        let all = all.map(|stretch| self.of_stretch(stretch));
        let both = all.reduce(|one, other| Footing {
            commitment: one.commitment.max(other.commitment),
            since: one.since.zip(other.since).map(|(one, other)| if other.0 < one.0 { other } else { one }),
        });
        both.unwrap_or_else(|| self.whole())
    }
}
