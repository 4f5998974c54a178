//! Who agrees with whom about what, for how long and for how much: everything that the texts of an agreement rest on.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::amounts::{Component, by_supplement, components, rise_start};
use super::days::{AS_OF, day, weekday};
use super::draw::Draw;
use super::life::{Course, Life};
use super::organisation::{Organisation, slug};
use super::outline::{Adjustment, Outline, Raise, Shape};
use super::stock::{ACTIVITIES, Activity, Committee, Filling, NAMES};
use crate::date::Period;
use crate::text;

/// A case with all that follows from its outline.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) outline: Outline,
    pub(super) id: String,
    pub(super) continues: Option<String>,
    pub(super) activity: &'static Activity,
    pub(super) activity_key: String,
    pub(super) committee_key: &'static str,
    pub(super) committee: &'static Committee,
    pub(super) guideline: &'static str,
    pub(super) life: Life,
    /// The term that it states.
    pub(super) term: Period,
    /// The last day that holds on the register's day.
    pub(super) last_day: NaiveDate,
    pub(super) status: &'static str,
    pub(super) opened: NaiveDate,
    pub(super) dated: NaiveDate,
    pub(super) memo: NaiveDate,
    pub(super) decided: NaiveDate,
    pub(super) components: Vec<Component>,
    /// The amount that a supplement holds.
    pub(super) supplement: Option<Component>,
    pub(super) filling: Filling,
    /// The committee's name when the memo was written, in lower case.
    pub(super) organ: String,
}

impl Outline {
    /// What follows from the outline.
    pub(super) fn settle(self) -> Case {
        let mut outline = self;
        let about = &ACTIVITIES[outline.activity];
        let joint = outline.with_region || outline.with_neighbour;
        let committee_key = if joint { "kommunstyrelsen" } else { about.committee.as_str() };
        let committee = &NAMES.committee[committee_key];

        let life = outline.life();
        let (term, last_day) = (life.term, life.last_day());

        let opened_for = term.start - Days::new(u64::from(outline.lead_days) + 30);
        let memo = weekday(opened_for.min(day(2026, 5, 18)), Weekday::Mon);
        let decided = weekday(memo + Days::new(17), Weekday::Wed);
        let opened = memo - Days::new(90);
        let status = match outline.status_draw {
            _ if last_day < AS_OF => "ended",
            _ if term.start <= AS_OF => "signed",
            0 => "draft",
            1 => "proposed",
            _ if term.start <= day(2026, 9, 30) && outline.status_draw == 2 => "signed",
            _ => "decided",
        };
        let (is_signed, has_risen) = (matches!(status, "signed" | "ended"), rise_start(term) <= AS_OF);
        let is_supplemented = matches!(outline.course, Course::Moved { .. });
        outline.raise = match outline.raise {
            Raise::Decided if is_signed && has_risen => Raise::Decided,
            // There is one supplement at most, and one payer whose money it can be.
            Raise::Replaced | Raise::Added if is_signed && !is_supplemented && !joint => outline.raise,
            _ => Raise::None,
        };
        let lasts = if outline.is_open_ended() { Period { end: last_day, ..term } } else { term };
        if outline.adjustment == Adjustment::OnExtension
            && !matches!(outline.course, Course::Extended { .. } | Course::Optional { .. })
            || lasts.years().count() == 1 && outline.adjustment != Adjustment::OnExtension
        {
            outline.adjustment = Adjustment::None;
        }
        let guideline =
            if outline.names_later_guideline { "granvik-2023" } else { guideline_on(decided, joint) };
        let id_of = |index: usize| format!("{}-{}-{index:05}", outline.activity, slug(outline.place));
        let id = id_of(outline.index);
        let organ = text::uncapitalised(&committee.on(memo).name);
        let filling = filling(&outline, about, committee, &organ);
        let components = components(&outline, about);
        let supplement = by_supplement(&outline, &components);
        Case {
            continues: (outline.position > 0).then(|| id_of(outline.index - 1)),
            activity_key: format!("{}-{}-{:05}", outline.activity, slug(outline.place), outline.lineage),
            id,
            activity: about,
            committee_key,
            committee,
            guideline,
            life,
            term,
            last_day,
            status,
            opened,
            dated: memo - Days::new(u64::from(outline.lead_days % 6)),
            memo,
            decided,
            components,
            supplement,
            filling,
            organ,
            outline,
        }
    }
}

/// The guidelines that hold on a day, those for several municipalities where one is joint.
pub(super) fn guideline_on(decided: NaiveDate, joint: bool) -> &'static str {
    match () {
        () if joint => "granvik-samverkan-2019",
        () if decided < day(2023, 1, 1) => "granvik-2019",
        () => "granvik-2023",
    }
}

impl Case {
    /// The civil-society party that leads the activity.
    pub(super) fn lead(&self) -> &Organisation {
        &self.outline.organisations[0]
    }

    /// All civil-society parties.
    pub(super) fn civil(&self) -> &[Organisation] {
        &self.outline.organisations
    }

    /// Whether several organisations receive an amount together.
    pub(super) fn shares_money(&self) -> bool {
        let shape = matches!(self.outline.shape, Shape::Several | Shape::Whole | Shape::Ceiling);
        shape && self.civil().len() > 1 && !self.outline.lead_days.is_multiple_of(3)
    }

    /// Whether the agreement then says how they divide it.
    pub(super) fn divides_money(&self) -> bool {
        self.shares_money() && self.outline.lead_days % 3 == 1
    }

    /// Whether the committee has decided, so that there are records.
    pub(super) fn is_decided(&self) -> bool {
        matches!(self.status, "decided" | "signed" | "ended")
    }

    /// Whether all have signed.
    pub(super) fn is_signed(&self) -> bool {
        matches!(self.status, "signed" | "ended")
    }

    /// Whether no later agreement rests on the days of this one.
    pub(super) fn is_last(&self) -> bool {
        self.outline.position + 1 == self.outline.chain
    }

    /// What all components come to.
    pub(super) fn total(&self) -> i64 {
        self.components.iter().map(|component| component.kronor).sum()
    }

    /// Choices for texts, of the agreement's own.
    pub(super) fn draw(&self) -> Draw {
        // A stream that no outline uses: theirs are far below.
        Draw::new(self.outline.seed, u64::MAX - self.outline.index as u64)
    }

    /// The case's registry number.
    pub(super) fn registry_number(&self) -> String {
        registry_number(self.committee, self.opened, self.outline.index)
    }

    /// The time of the agreement before it, where that is not in the register.
    pub(super) fn before(&self) -> Option<Period> {
        let months = self.outline.before?;
        Some(Period { start: self.term.start - Months::new(months), end: self.term.start - Days::new(1) })
    }

    /// What has been accepted of it, by code and place: that it lasts without an end, which no guidelines allow.
    pub(super) fn accepted(&self) -> Option<(&'static str, &'static str)> {
        match self.life.course {
            Course::Renewed { is_endless: true, .. } => Some(("IOP204", "term.renewal.months")),
            Course::Open { .. } => Some(("IOP201", "term.until_further_notice")),
            _ => None,
        }
    }

    /// Whether the committee is the only one of the municipality that decides.
    pub(super) fn decides_alone(&self) -> bool {
        self.outline.also.is_none()
    }
}

/// The number of agreement `index` in the registry of a committee.
pub(super) fn registry_number(committee: &Committee, opened: NaiveDate, index: usize) -> String {
    let number = 1000 + (index * 37 + 11) % 9000;
    format!("{} {}/{number}", committee.on(opened).prefix, opened.year())
}

/// What stands in the place of the words within braces.
fn filling(outline: &Outline, about: &Activity, committee: &Committee, organ: &str) -> Filling {
    let lead = &outline.organisations[0];
    let capitalised = text::capitalised;
    let word = if outline.calls_itself_avtal() { "avtalet" } else { "överenskommelsen" };
    [
        lead.name.clone(),
        lead.called.clone(),
        capitalised(&lead.called),
        "kommunen".to_owned(),
        "Kommunen".to_owned(),
        outline.place.to_owned(),
        organ.to_owned(),
        capitalised(organ),
        text::uncapitalised(&committee.administration),
        committee.administration.clone(),
        about.noun.clone(),
        capitalised(&about.noun),
        word.to_owned(),
        capitalised(word),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn files_have_names_of_their_own_and_chains_follow_each_other() {
        let cases: Vec<Case> = (0..200).map(|index| Outline::draw(3, index).settle()).collect();
        let names: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
        assert_eq!(names.len(), cases.len());
        for pair in cases.windows(2).filter(|pair| pair[1].continues.is_some()) {
            assert_eq!(pair[1].continues.as_deref(), Some(pair[0].id.as_str()));
            assert_eq!(pair[1].activity_key, pair[0].activity_key);
            assert_eq!(pair[1].term.start, pair[0].last_day + Days::new(1));
            assert_eq!(pair[1].lead().number, pair[0].lead().number);
        }
        assert!(cases.iter().any(|case| case.outline.chain == 3));
    }

    #[test]
    fn days_come_in_order() {
        for index in 0..500 {
            let case = Outline::draw(9, index).settle();
            assert!(case.opened < case.dated && case.dated <= case.memo && case.memo < case.decided);
            assert!(case.decided < case.term.start, "{}", case.id);
            assert!(case.memo <= AS_OF && case.decided <= AS_OF - Days::new(14));
        }
    }
}
