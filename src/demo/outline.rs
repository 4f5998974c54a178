//! What a case is drawn with. It follows from seed and index alone, so that agreements can be made in any order.

use chrono::{Datelike, Months, NaiveDate};

use super::days::{day, last_day};
use super::draw::Draw;
use super::life::{Course, Life};
use super::organisation::{Organisation, organisations};
use super::stock::{ACTIVITIES, Activity, NAMES};
use crate::date::Period;

/// So many agreements share a pattern of single agreements and chains.
const BLOCK: usize = 10;

/// The chains of a block: first position and length. Two of them run over several agreements.
const LINEAGES: [(usize, usize); 7] = [(0, 1), (1, 1), (2, 1), (3, 1), (4, 2), (6, 3), (9, 1)];

/// How the money is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// An amount for each calendar year, rising by so many thousands a month from year to year.
    Yearly(i64),
    /// An amount for each half-year.
    HalfYearly,
    /// One amount for the whole term.
    Whole,
    /// The same as the most that can be paid.
    Ceiling,
    /// So much for each unit and month.
    Rate,
    /// Two components for each year.
    Several,
    /// So much for each month, half-year or year, for as long as the agreement lasts.
    Standing(&'static str),
}

/// How amounts follow prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adjustment {
    None,
    Series,
    Level,
    Composite,
    Flat,
    OnExtension,
}

/// More money for the last year than was agreed at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raise {
    None,
    /// The committee decides on an amount beside the others.
    Decided,
    /// A supplement replaces the year's amount.
    Replaced,
    /// A supplement adds an amount.
    Added,
}

/// When money is paid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Payout {
    Twice,
    Quarterly,
    Monthly,
    Once,
    Shares,
    AmountAndRest,
}

/// What a case is drawn with, before anything is computed from it.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and all combine")]
pub(super) struct Outline {
    /// Which agreement of the register this is, from 0.
    pub(super) index: usize,
    /// The register's seed.
    pub(super) seed: u64,
    pub(super) lineage: usize,
    /// Which agreement of its chain this is, from 0, and how many there are.
    pub(super) position: usize,
    pub(super) chain: usize,
    pub(super) activity: &'static str,
    /// Where the activity takes place.
    pub(super) place: &'static str,
    pub(super) organisations: Vec<Organisation>,
    pub(super) with_region: bool,
    pub(super) with_neighbour: bool,
    pub(super) start: NaiveDate,
    pub(super) months: u32,
    pub(super) shape: Shape,
    pub(super) monthly: i64,
    pub(super) adjustment: Adjustment,
    pub(super) payout: Payout,
    /// What becomes of it after it was made.
    pub(super) course: Course,
    /// How long notice takes, in months.
    pub(super) exit_months: u32,
    pub(super) raise: Raise,
    pub(super) economic: bool,
    pub(super) hands_over: bool,
    pub(super) delegated: bool,
    pub(super) status_draw: u32,
    pub(super) lead_days: u32,
    /// Whether the document states the length of the term and no last day.
    pub(super) says_months: bool,
    /// How long the agreement before it lasted, in months, where that is not in the register.
    pub(super) before: Option<u32>,
    /// Another committee that decides on it too.
    pub(super) also: Option<&'static str>,
    /// Whether it names guidelines that came after it.
    pub(super) names_later_guideline: bool,
}

impl Outline {
    /// What agreement `index` of the register with this seed is about.
    pub(super) fn draw(seed: u64, index: usize) -> Self {
        let (block, at) = (index / BLOCK, index % BLOCK);
        let (number, (first, chain)) = LINEAGES
            .iter()
            .enumerate()
            .rev()
            .find(|(_, (first, _))| *first <= at)
            .map_or((0, LINEAGES[0]), |(number, lineage)| (number, *lineage));
        let lineage = block * LINEAGES.len() + number;
        let mut shared = Draw::new(seed, 2 * lineage as u64);
        let mut own = Draw::new(seed, 2 * index as u64 + 1);

        let known: Vec<(&'static String, &'static Activity)> = ACTIVITIES.iter().collect();
        let (activity, about) = *shared.pick(&known);
        let place = shared.pick(&NAMES.places).as_str();
        let civil = *shared.pick(&[1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5]);
        let organisations = organisations(&mut shared, place, civil);
        let joint = shared.chance(14);
        let with_region = joint && shared.chance(75);
        let terms = terms(&mut shared, chain);
        let position = at - first;
        let (start, months) = terms.get(position).copied().unwrap_or((day(2024, 1, 1), 24));

        let single = chain == 1;
        let whole_years = start.month() == 1 && months.is_multiple_of(12);
        let half_years = matches!(start.month(), 1 | 7) && months.is_multiple_of(6);
        let exit_months = *own.pick(&[3, 3, 6]);
        let term = Period { start, end: last_day(start, months) };
        let life = if single {
            Life::draw(&mut own, term, exit_months)
        } else {
            Life { term, course: Course::Stated, exit_months }
        };
        let shape = match own.below(10) {
            0 | 1 if half_years => Shape::HalfYearly,
            2 => Shape::Whole,
            3 => Shape::Ceiling,
            4 | 5 if about.units.is_some() => Shape::Rate,
            6 | 7 if whole_years => Shape::Several,
            _ if whole_years && own.chance(50) => Shape::Yearly(1),
            _ => Shape::Yearly(0),
        };
        let monthly = if activity == "kvinnojour" {
            i64::from(90 + 10 * own.below(16))
        } else {
            i64::from(18 + 2 * own.below(40))
        };
        let usual = match own.below(8) {
            0 | 1 => Payout::Quarterly,
            2 => Payout::Monthly,
            3 if months <= 12 => Payout::Once,
            4 if months <= 12 || whole_years => Payout::Shares,
            5 if months <= 12 => Payout::AmountAndRest,
            _ => Payout::Twice,
        };
        // Parts of what the term costs are no parts of what follows on it.
        let has_parts = matches!(usual, Payout::Once | Payout::Shares | Payout::AmountAndRest);
        let payout = if has_parts && !life.following().is_empty() { Payout::Twice } else { usual };
        let can_be_prolonged = matches!(life.course, Course::Extended { .. } | Course::Optional { .. });
        let adjustment = match own.below(8) {
            0 | 1 => Adjustment::Series,
            2 => Adjustment::Level,
            3 => Adjustment::Composite,
            4 => Adjustment::Flat,
            5 if can_be_prolonged => Adjustment::OnExtension,
            _ => Adjustment::None,
        };
        let spans_years = months >= 18 && term.years().count() > 1;
        let can_rise = matches!(shape, Shape::Yearly(_)) && spans_years;
        let raise = if can_rise && own.chance(50) {
            *own.pick(&[Raise::Decided, Raise::Replaced, Raise::Added])
        } else {
            Raise::None
        };
        let mut outline = Self {
            index,
            seed,
            lineage,
            position,
            chain,
            activity,
            place,
            organisations,
            with_region,
            with_neighbour: joint && (!with_region || shared.chance(25)),
            start,
            months,
            shape,
            monthly,
            adjustment,
            payout,
            course: life.course,
            exit_months,
            raise,
            economic: own.chance(18),
            hands_over: own.chance(8),
            delegated: own.chance(15),
            status_draw: own.below(4),
            lead_days: 60 + own.below(45),
            says_months: own.chance(15),
            before: None,
            also: None,
            names_later_guideline: false,
        };
        outline.draw_surroundings(&mut own, about);
        outline
    }

    /// What lies around the agreement: whether it ends at all, what it follows on, and who else decides.
    fn draw_surroundings(&mut self, own: &mut Draw, about: &Activity) {
        let (is_open, is_first, has_other) = (own.chance(14), own.chance(20), own.chance(14));
        let months = *own.pick(&[12, 24]);
        let others: Vec<&'static String> =
            NAMES.committee.keys().filter(|key| **key != about.committee).collect();
        let other = *own.pick(&others);
        let per = *own.pick(&["month", "half-year", "year"]);
        let life = Life::open_ended(own, self.start, self.exit_months);
        let is_alone = self.chain == 1 && !self.with_region && !self.with_neighbour;
        if let Some(life) = life.filter(|_| is_open && is_alone) {
            self.last_until_further_notice(life, per);
        }
        let goes_on = matches!(self.course, Course::Renewed { .. } | Course::Open { .. });
        self.before = Some(months).filter(|_| is_first && self.chain == 1 && !goes_on);
        self.also = Some(other.as_str()).filter(|_| has_other && is_alone && !self.delegated);
    }

    /// Makes it one that lasts until somebody gives notice, with money for as long as it does.
    fn last_until_further_notice(&mut self, life: Life, per: &'static str) {
        self.months = life.term.length().months;
        self.course = life.course;
        self.shape = Shape::Standing(per);
        self.raise = Raise::None;
        self.says_months = false;
        if matches!(self.payout, Payout::Once | Payout::Shares | Payout::AmountAndRest) {
            self.payout = Payout::Twice;
        }
        if self.adjustment == Adjustment::OnExtension {
            self.adjustment = Adjustment::None;
        }
    }

    /// Whether it lasts until somebody gives notice.
    pub(super) fn is_open_ended(&self) -> bool {
        matches!(self.course, Course::Open { .. })
    }

    /// Whether the document calls itself *avtal*; a third do.
    pub(super) fn calls_itself_avtal(&self) -> bool {
        self.lead_days.is_multiple_of(3)
    }

    /// Its life, from the term on.
    pub(super) fn life(&self) -> Life {
        let term = Period { start: self.start, end: last_day(self.start, self.months) };
        Life { term, course: self.course, exit_months: self.exit_months }
    }

    /// Leaves the one that leads as the only organisation.
    pub(super) fn keep_lead_only(&mut self) {
        self.organisations.truncate(1);
    }
}

/// The first day and the months of each agreement of a chain; they follow each other without a gap.
fn terms(draw: &mut Draw, chain: usize) -> Vec<(NaiveDate, u32)> {
    let year = draw.below(8).cast_signed();
    let month = *draw.pick(&[1, 1, 1, 1, 2, 4, 7, 8, 8, 9, 10]);
    let (mut start, lengths): (NaiveDate, Vec<u32>) = match chain {
        1 if year == 7 => (day(2027, 1, 1), vec![*draw.pick(&[12, 24, 36])]),
        1 => {
            let months = draw.pick(&[5, 6, 8, 10, 11, 12, 12, 18, 24, 24, 24, 30, 36, 36, 36]);
            (day(2020 + year, month, 1), vec![*months])
        }
        2 => (day(2020 + year % 4, month, 1), draw.pick(&[[36, 36], [24, 36], [24, 24], [30, 36]]).to_vec()),
        _ => {
            let lengths = draw.pick(&[[24, 24, 24], [12, 24, 36], [12, 36, 24]]);
            (day(2020 + year % 3, month, 1), lengths.to_vec())
        }
    };
    let mut terms = Vec::with_capacity(lengths.len());
    for months in lengths {
        terms.push((start, months));
        start = start + Months::new(months);
    }
    terms
}
