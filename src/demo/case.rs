//! Who agrees with whom about what, for how long and for how much: everything that the texts of an agreement rest on.
//! A case follows from seed and index alone, so that agreements can be made in any order.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::draw::Draw;
use super::stock::{ACTIVITIES, Activity, Committee, Filling, Form, NAMES};
use crate::check_digit;
use crate::date::Period;
use crate::term::notice_day;
use crate::text;

/// The day on which the register is clean.
pub const AS_OF: NaiveDate = day(2026, 6, 30);

/// A date that is written in this program.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

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
    lineage: usize,
    /// Which agreement of its chain this is, from 0, and how many there are.
    pub(super) position: usize,
    pub(super) chain: usize,
    activity: &'static str,
    /// Where the activity takes place.
    pub(super) place: &'static str,
    organisations: Vec<Organisation>,
    pub(super) with_region: bool,
    pub(super) with_neighbour: bool,
    pub(super) start: NaiveDate,
    pub(super) months: u32,
    pub(super) shape: Shape,
    pub(super) monthly: i64,
    pub(super) adjustment: Adjustment,
    pub(super) payout: Payout,
    /// Extensions of half a year that have been agreed.
    pub(super) extensions: u32,
    /// An option of so many months, so many times.
    pub(super) option: Option<(u32, u32)>,
    pub(super) renews: bool,
    pub(super) rises: bool,
    pub(super) economic: bool,
    pub(super) hands_over: bool,
    pub(super) delegated: bool,
    status_draw: u32,
    lead_days: u32,
}

/// An organisation that does not exist.
#[derive(Debug, Clone)]
pub(super) struct Organisation {
    pub(super) key: String,
    pub(super) name: String,
    /// The name in running text.
    pub(super) called: String,
    pub(super) form: &'static str,
    pub(super) number: String,
}

impl Organisation {
    pub(super) fn form(&self) -> &'static Form {
        &NAMES.form[self.form]
    }
}

/// An amount.
#[derive(Debug, Clone)]
pub(super) struct Component {
    pub(super) key: String,
    pub(super) title: Option<String>,
    pub(super) payer: &'static str,
    /// Nothing where it is the whole term.
    pub(super) period: Option<Period>,
    pub(super) months: u32,
    pub(super) kronor: i64,
    /// Amount for one, and how many.
    pub(super) rate: Option<(i64, i64)>,
    pub(super) decision: Option<&'static str>,
}

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
    pub(super) term: Period,
    /// The last day with extensions.
    pub(super) last_day: NaiveDate,
    pub(super) status: &'static str,
    pub(super) opened: NaiveDate,
    pub(super) dated: NaiveDate,
    pub(super) memo: NaiveDate,
    pub(super) decided: NaiveDate,
    pub(super) components: Vec<Component>,
    pub(super) filling: Filling,
    /// The committee's name when the memo was written, in lower case.
    pub(super) organ: String,
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
        let shape = match own.below(10) {
            0 | 1 if half_years => Shape::HalfYearly,
            2 => Shape::Whole,
            3 => Shape::Ceiling,
            4 | 5 if about.rated => Shape::Rate,
            6 | 7 if whole_years => Shape::Several,
            _ if whole_years && own.chance(50) => Shape::Yearly(1),
            _ => Shape::Yearly(0),
        };
        let monthly = if activity == "kvinnojour" {
            i64::from(90 + 10 * own.below(16))
        } else {
            i64::from(18 + 2 * own.below(40))
        };
        let payout = match own.below(8) {
            0 | 1 => Payout::Quarterly,
            2 => Payout::Monthly,
            3 if months <= 12 => Payout::Once,
            4 if months <= 12 || whole_years => Payout::Shares,
            5 if months <= 12 => Payout::AmountAndRest,
            _ => Payout::Twice,
        };
        let may_extend = single && (6..=18).contains(&months) && shape == Shape::Yearly(0);
        let extensions = if may_extend && own.chance(45) { 1 + own.below(2) } else { 0 };
        let option = (single && extensions == 0 && (12..=36).contains(&months) && own.chance(25))
            .then(|| *own.pick(&[(12, 1), (6, 2), (12, 2), (6, 1)]));
        let renews =
            single && extensions == 0 && option.is_none() && (12..=24).contains(&months) && own.chance(12);
        let adjustment = match own.below(8) {
            0 | 1 => Adjustment::Series,
            2 => Adjustment::Level,
            3 => Adjustment::Composite,
            4 => Adjustment::Flat,
            5 if option.is_some() || extensions > 0 => Adjustment::OnExtension,
            _ => Adjustment::None,
        };
        Self {
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
            extensions,
            option,
            renews,
            rises: matches!(shape, Shape::Yearly(_)) && whole_years && months >= 24 && own.chance(35),
            economic: own.chance(18),
            hands_over: own.chance(8),
            delegated: own.chance(15),
            status_draw: own.below(4),
            lead_days: 60 + own.below(45),
        }
    }

    /// Whether the document calls itself *avtal*; a third do.
    pub(super) fn calls_itself_avtal(&self) -> bool {
        self.lead_days.is_multiple_of(3)
    }

    /// Leaves the one that leads as the only organisation.
    pub(super) fn keep_lead_only(&mut self) {
        self.organisations.truncate(1);
    }

    /// What follows from the outline.
    pub(super) fn settle(self) -> Case {
        let mut outline = self;
        let about = &ACTIVITIES[outline.activity];
        let joint = outline.with_region || outline.with_neighbour;
        let committee_key = if joint { "kommunstyrelsen" } else { about.committee.as_str() };
        let committee = &NAMES.committee[committee_key];

        let term = Period { start: outline.start, end: last_day(outline.start, outline.months) };
        // An extension is there only where the day on which it is agreed has come.
        while outline.extensions > 0
            && extension_agreed(last_day(outline.start, outline.months + 6 * (outline.extensions - 1)))
                > AS_OF
        {
            outline.extensions -= 1;
        }
        let extended = last_day(outline.start, outline.months + 6 * outline.extensions);
        let renewed = if outline.renews { bound_renewals(term, AS_OF) } else { Vec::new() };
        let last_day = renewed.last().map_or(extended, |last| last.end);

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
        outline.renews &= last_day >= AS_OF;
        outline.rises &= matches!(status, "signed" | "ended") && rise_start(term) <= AS_OF;
        if outline.adjustment == Adjustment::OnExtension
            && outline.option.is_none()
            && outline.extensions == 0
            || term.years().count() == 1 && outline.adjustment != Adjustment::OnExtension
        {
            outline.adjustment = Adjustment::None;
        }
        let guideline = match () {
            () if joint => "granvik-samverkan-2019",
            () if memo < day(2023, 1, 1) => "granvik-2019",
            () => "granvik-2023",
        };
        let id_of = |index: usize| format!("{}-{}-{index:05}", outline.activity, slug(outline.place));
        let id = id_of(outline.index);
        let organ = text::uncapitalised(&committee.on(memo).name);
        let filling = filling(&outline, about, committee, &organ);
        let renewed = if outline.renews { renewed } else { Vec::new() };
        let components = components(&outline, about, term, &renewed);
        Case {
            continues: (outline.position > 0).then(|| id_of(outline.index - 1)),
            activity_key: format!("{}-{}-{}", outline.activity, slug(outline.place), outline.lineage),
            id,
            activity: about,
            committee_key,
            committee,
            guideline,
            term,
            last_day,
            status,
            opened,
            dated: memo - Days::new(u64::from(outline.lead_days % 6)),
            memo,
            decided,
            components,
            filling,
            organ,
            outline,
        }
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
        let number = 1000 + (self.outline.index * 37 + 11) % 9000;
        format!("{} {}/{number}", self.committee.on(self.opened).prefix, self.opened.year())
    }
}

/// The last day of `months` months from `start`.
pub(super) fn last_day(start: NaiveDate, months: u32) -> NaiveDate {
    Period { start, end: start }.last_day_within(months).unwrap_or(start)
}

/// The day or the next one that is such a day of the week.
fn weekday(date: NaiveDate, wanted: Weekday) -> NaiveDate {
    let ahead = (7 + wanted.num_days_from_monday() - date.weekday().num_days_from_monday()) % 7;
    date + Days::new(u64::from(ahead))
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

/// When an extension is agreed of what would else end on `end`.
pub(super) fn extension_agreed(end: NaiveDate) -> NaiveDate {
    weekday(end - Days::new(54), Weekday::Wed)
}

/// The last day that renewals can reach: two years after the stated term.
pub(super) fn renewal_limit(term: Period) -> NaiveDate {
    last_day(term.end + Days::new(1), 24)
}

/// How long before its end notice must be given of an agreement that renews itself, in months.
pub(super) const NOTICE_MONTHS: u32 = 6;

/// The renewals of a year each that nobody could stop any more on `day`.
fn bound_renewals(term: Period, day: NaiveDate) -> Vec<Period> {
    let mut renewed: Vec<Period> = Vec::new();
    let mut end = term.end;
    while end < renewal_limit(term) && notice_day(end, NOTICE_MONTHS).is_some_and(|decisive| decisive < day) {
        let start = end + Days::new(1);
        end = last_day(start, 12);
        renewed.push(Period { start, end });
    }
    renewed
}

/// The first day of a rise in mid-term: that of the last calendar year.
pub(super) fn rise_start(term: Period) -> NaiveDate {
    day(term.end.year(), 1, 1)
}

/// The organisations of a partnership; each has its own name.
fn organisations(draw: &mut Draw, place: &str, count: usize) -> Vec<Organisation> {
    let lead = *draw.pick(&["association", "association", "association", "foundation", "congregation"]);
    let first_word = draw.position(NAMES.words.len());
    let mut organisations = Vec::with_capacity(count);
    for number in 0..count {
        let form = if number == 0 { lead } else { draw.pick(&FORMS) };
        let word_at = (first_word + 7 * number) % NAMES.words.len();
        let word = NAMES.words[word_at].as_str();
        let described = &NAMES.form[form];
        let pattern_at = draw.position(described.patterns.len());
        let name = described.patterns[pattern_at].replace("{word}", word).replace("{place}", place);
        // The number follows from the name, so that the same organisation has it in every agreement.
        let place_at = NAMES.places.iter().position(|one| one == place).unwrap_or_default();
        let serial = ((pattern_at * 100 + word_at) * 100 + place_at) * 7919 % 100_000;
        organisations.push(Organisation {
            key: slug(word),
            called: if number == 0 { described.called.clone() } else { word.to_owned() },
            form,
            number: organisation_number(&described.group, serial),
            name,
        });
    }
    organisations
}

const FORMS: [&str; 5] =
    ["association", "study-association", "foundation", "congregation", "economic-association"];

/// A number in a series that nobody has been given: two digits of the group, 99, five digits and a right check digit.
/// With 99 for its third and fourth digit it cannot be a person's.
pub(super) fn organisation_number(group: &str, serial: usize) -> String {
    let digits = format!("{group}99{serial:05}");
    format!("{}-{}{}", &digits[..6], &digits[6..], check_digit::of(digits.as_bytes()))
}

/// A name as it stands in a key or a file's name.
pub(super) fn slug(name: &str) -> String {
    let plain = |letter: char| match letter {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    name.to_lowercase().chars().map(plain).collect()
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

/// The amounts. Parts of a year are paid for by the month, so that they are in proportion to whole years.
fn components(outline: &Outline, about: &Activity, term: Period, renewed: &[Period]) -> Vec<Component> {
    let mut components = Vec::new();
    let thousands = outline.monthly;
    let mut add =
        |key: String, title: Option<&str>, period: Period, monthly: i64, rate: Option<(i64, i64)>| {
            let months = period.length().months;
            let kronor = rate.map_or(monthly * 1000, |(one, count)| one * count) * i64::from(months);
            let title = title.map(str::to_owned);
            components.push(Component {
                key,
                title,
                payer: "kommun",
                period: Some(period),
                months,
                kronor,
                rate,
                decision: None,
            });
        };
    let years = || term.years().filter_map(|year| term.in_year(year).map(|part| (year, part)));
    match outline.shape {
        Shape::Yearly(rise) => {
            for ((year, part), step) in years().zip(0..) {
                add(year.to_string(), None, part, thousands + rise * step, None);
            }
        }
        Shape::HalfYearly => {
            for (year, part) in years() {
                let middle = day(year, 7, 1);
                let halves = [
                    ("varen", Period { start: part.start, end: part.end.min(day(year, 6, 30)) }),
                    ("hosten", Period { start: part.start.max(middle), end: part.end }),
                ];
                for (name, half) in halves.into_iter().filter(|(_, half)| !half.is_reversed()) {
                    add(format!("{name}-{year}"), None, half, thousands, None);
                }
            }
        }
        Shape::Whole | Shape::Ceiling => {
            add("hela-tiden".to_owned(), None, term, thousands, None);
        }
        Shape::Rate => {
            let count = 4 + thousands % 5;
            for (year, part) in years() {
                add(year.to_string(), None, part, 0, Some((thousands * 1000 / count / 500 * 500, count)));
            }
        }
        Shape::Several => {
            for (year, part) in years() {
                add(format!("samordning-{year}"), Some("Samordning"), part, thousands, None);
                add(format!("lokal-{year}"), Some("Lokal och utrustning"), part, 4 + thousands / 6, None);
            }
        }
    }
    let extensions = (1..=outline.extensions).map(|number| {
        let from = last_day(outline.start, outline.months + 6 * (number - 1)) + Days::new(1);
        Period { start: from, end: last_day(from, 6) }
    });
    for (whole, number) in extensions.chain(renewed.iter().copied()).zip(1..) {
        for year in whole.years() {
            if let Some(part) = whole.in_year(year) {
                let key = format!("forlangning-{number}-{year}");
                add(key, Some(&format!("{} förlängningen", ordinal(number))), part, thousands, None);
            }
        }
    }
    if outline.rises {
        let from = rise_start(term);
        let title = format!("Höjning för fler deltagare i {}", about.noun);
        add(
            "hojning".to_owned(),
            Some(&title),
            Period { start: from, end: term.end },
            2 + thousands / 10,
            None,
        );
    }
    for component in &mut components {
        if matches!(outline.shape, Shape::Whole | Shape::Ceiling) && component.key == "hela-tiden" {
            component.period = None;
        }
        component.decision = match component.key.as_str() {
            "hojning" => Some("hojning"),
            // A renewal comes of itself, and nobody decides its amount.
            _ if outline.renews => None,
            key if key.starts_with("forlangning-1") => Some("forlangning-1"),
            key if key.starts_with("forlangning-2") => Some("forlangning-2"),
            _ => None,
        };
    }
    let months = term.length().months;
    for (is_party, payer, title) in [
        (outline.with_region, "region", "Regionens del"),
        (outline.with_neighbour, "grannkommun", "Grannkommunens del"),
    ] {
        if is_party {
            components.push(Component {
                key: payer.to_owned(),
                title: Some(title.to_owned()),
                payer,
                period: None,
                months,
                kronor: (5 + thousands / 4) * 1000 * i64::from(months),
                rate: None,
                decision: None,
            });
        }
    }
    components
}

fn ordinal(number: u32) -> String {
    text::capitalised(&text::ordinal(number))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn organisation_numbers_have_a_right_check_digit_and_are_nobodys() {
        // 212000-1132 is the number of the city of Lund, as an example of a right one.
        assert_eq!(check_digit::of(b"212000113"), 2);
        assert_eq!(organisation_number("80", 12_345), format!("809912-345{}", check_digit::of(b"809912345")));
    }

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
