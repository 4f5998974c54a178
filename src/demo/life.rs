//! What an agreement says of the time after its stated term, and what has become of it by the register's day.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::days::{AS_OF, day, last_day, weekday};
use super::draw::Draw;
use crate::date::Period;
use crate::term::notice_day;
use crate::text;

/// For how many months a renewal is.
pub(super) const RENEWED_MONTHS: u32 = 12;

/// How far an extension has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Decided by the committee and agreed with the parties.
    Agreed,
    /// Agreed, without a word of any decision.
    Dated,
    /// Decided, not yet signed.
    Decided,
    /// Laid before the committee.
    Proposed,
}

/// What becomes of an agreement after it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// Nothing: it lasts as long as it says.
    Stated,
    /// It is extended by half a year, so many times; the stage is the last one's.
    Extended { times: u32, stage: Stage },
    /// It has an option, which may have been used once.
    Optional { months: u32, times: u32, is_used: bool },
    /// It renews itself by a year at a time: for two years, or for ever, which somebody has decided to accept. Amounts may
    /// be agreed for the next year too; `notice` came so many days before the last one for it.
    Renewed { notice_months: u32, is_endless: bool, looks_ahead: bool, notice: Option<u32> },
    /// It lasts until somebody gives notice, to end on any day or with the anniversary. Its stated term is the time up to the
    /// first end. `notice` came so many days before the last one for the second end; of what can end on any day it came in the
    /// second year.
    Open { notice_months: u32, has_end_day: bool, notice: Option<u32> },
    /// One of the parties has given notice in mid-term.
    Noticed,
    /// The parties have ended it, or agreed to.
    Ended,
    /// A supplement has set another last day.
    Moved { is_earlier: bool },
}

/// A stretch of time after the stated term, for which amounts are agreed.
#[derive(Debug, Clone)]
pub(super) struct Following {
    /// What its keys begin with.
    pub(super) key: String,
    /// What its amounts are called.
    pub(super) title: String,
    /// Its days.
    pub(super) period: Period,
    /// The decision behind it, by key.
    pub(super) decision: Option<String>,
}

/// A decision after the one to enter into the agreement.
#[derive(Debug, Clone)]
pub(super) struct Later {
    pub(super) key: String,
    pub(super) kind: &'static str,
    pub(super) date: NaiveDate,
    /// When notice was sent and received, and the exit by which it is given.
    pub(super) notice: Option<(NaiveDate, NaiveDate, Option<&'static str>)>,
}

/// The life of an agreement with a stated term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    pub(super) term: Period,
    pub(super) course: Course,
    /// How long notice by an exit takes, in months.
    pub(super) exit_months: u32,
}

/// How much longer an extension or a supplement makes an agreement, in months.
pub(super) const EXTENSION: u32 = 6;

/// How long an agreement can renew itself that does not do so for ever, in months.
const RENEWALS: u32 = 24;

impl Life {
    /// A life that an agreement with this term can have had by now. Only one that nobody continues has any.
    pub(super) fn draw(draw: &mut Draw, term: Period, exit_months: u32) -> Self {
        let stated = Self { term, course: Course::Stated, exit_months };
        let course = |course| Self { course, ..stated };
        let stage = *draw.pick(&[Stage::Agreed, Stage::Agreed, Stage::Dated]);
        let (months, times) = *draw.pick(&[(12, 1), (6, 2), (12, 2), (6, 1)]);
        let days_before = *draw.pick(&[0, 1, 20]);
        let notice_months = *draw.pick(&[3, 6, 6]);
        let renewed = |is_endless, notice| {
            let looks_ahead = months == 12;
            course(Course::Renewed { notice_months, is_endless, looks_ahead, notice })
        };
        let lives = [
            course(Course::Extended { times: 1, stage }),
            course(Course::Extended { times: 2, stage }),
            course(Course::Extended { times: 1, stage: Stage::Decided }),
            course(Course::Extended { times: 1, stage: Stage::Proposed }),
            // Only few can be so far: those that can are so more often.
            course(Course::Extended { times: 1, stage: Stage::Proposed }),
            course(Course::Extended { times: 1, stage: Stage::Proposed }),
            course(Course::Optional { months, times, is_used: false }),
            course(Course::Optional { months, times, is_used: true }),
            course(Course::Optional { months: 6, times: 2, is_used: true }),
            renewed(false, None),
            renewed(true, None),
            renewed(false, Some(days_before)),
            course(Course::Noticed),
            course(Course::Ended),
            course(Course::Moved { is_earlier: true }),
            course(Course::Moved { is_earlier: false }),
        ];
        let possible: Vec<Self> = lives.into_iter().filter(|life| life.can_be()).collect();
        if possible.is_empty() || draw.chance(40) { stated } else { *draw.pick(&possible) }
    }

    /// A life until further notice that an agreement from this day can have had by now, where there is any.
    pub(super) fn open_ended(draw: &mut Draw, start: NaiveDate, exit_months: u32) -> Option<Self> {
        let days_before = *draw.pick(&[0, 1, 20]);
        let life = |has_end_day, notice| {
            let end = if has_end_day { last_day(start, 12) } else { day(start.year(), 12, 31) };
            let course = Course::Open { notice_months: exit_months, has_end_day, notice };
            Self { term: Period { start, end }, course, exit_months }
        };
        let lives = [
            life(true, None),
            life(false, None),
            life(true, Some(days_before)),
            life(false, Some(days_before)),
        ];
        let possible: Vec<Self> = lives.into_iter().filter(|life| life.can_be()).collect();
        (!possible.is_empty()).then(|| *draw.pick(&possible))
    }

    /// Whether all that makes it what it is has happened, and is told of a day on which it still matters.
    fn can_be(self) -> bool {
        let months = self.term.length().months;
        let has_begun = self.term.start + Days::new(40) <= AS_OF;
        let has_happened = self.decisions().iter().all(|later| {
            later.date.max(later.notice.map_or(later.date, |(_, received, _)| received)) <= AS_OF
        });
        let is_over = self.last_day() < AS_OF;
        has_happened
            && match self.course {
                Course::Stated => true,
                Course::Extended { stage: Stage::Agreed | Stage::Dated, times } => {
                    has_begun && (6..=18).contains(&months) && self.extension_agreed(times) <= AS_OF
                }
                // Nobody extends what is long from its end, or is over.
                Course::Extended { .. } => {
                    has_begun && self.term.end >= AS_OF && self.term.end < AS_OF + Months::new(15)
                }
                Course::Optional { is_used, .. } => (12..=36).contains(&months) && (has_begun || !is_used),
                // How long one lasted that renewed itself is not told once it has ended.
                Course::Renewed { is_endless, .. } => {
                    (12..=24).contains(&months)
                        && (has_begun || !is_endless)
                        && (!is_over || self.renewals().is_empty())
                }
                Course::Open { .. } => has_begun,
                Course::Noticed | Course::Ended | Course::Moved { is_earlier: true } => {
                    has_begun && months >= 12
                }
                Course::Moved { is_earlier: false } => has_begun && (6..=24).contains(&months),
            }
    }

    /// Whether it ends before the last day that was agreed.
    pub(super) fn ends_early(self) -> bool {
        matches!(
            self.course,
            Course::Noticed
                | Course::Ended
                | Course::Moved { is_earlier: true }
                | Course::Open { has_end_day: false, notice: Some(_), .. }
        )
    }

    /// The last day that holds on the register's day.
    pub(super) fn last_day(self) -> NaiveDate {
        let months = self.term.length().months;
        match self.course {
            Course::Stated | Course::Extended { stage: Stage::Proposed, .. } => self.term.end,
            Course::Noticed | Course::Open { has_end_day: false, notice: Some(_), .. } => {
                self.notice_received() + Months::new(self.exit_months)
            }
            Course::Ended => last_day(self.term.start, (months * 2 / 3).max(1)),
            Course::Moved { is_earlier: true } => last_day(self.term.start, months - months / 4),
            _ => self.bound().last().map_or(self.term.end, |last| last.period.end),
        }
    }

    /// What follows on the stated term and is paid for: all that somebody is bound by or proposes, and sometimes what is
    /// only possible.
    pub(super) fn following(self) -> Vec<Following> {
        let mut following = self.bound();
        if let Course::Renewed { looks_ahead: true, notice: None, .. } = self.course {
            let number = following.len() + 1;
            let last = following.last().map_or(self.term.end, |last| last.period.end);
            following.extend(self.renewal_after(last).map(|period| of_its_own(number, period)));
        }
        following
    }

    /// The same without what is only possible.
    fn bound(self) -> Vec<Following> {
        let decided = |key: &str, title: String, period| Following {
            key: key.to_owned(),
            title,
            period,
            decision: Some(key.to_owned()),
        };
        match self.course {
            Course::Extended { times, stage } => (1..=times)
                .map(|number| {
                    let key = extension_key(number);
                    let one = decided(&key, title(number), self.extension(number));
                    let is_last = number == times;
                    let has_decision = !is_last || matches!(stage, Stage::Agreed | Stage::Decided);
                    Following { decision: one.decision.filter(|_| has_decision), ..one }
                })
                .collect(),
            Course::Optional { months, is_used: true, .. } => {
                let period = after(self.term.end, months);
                vec![decided("forlangning-1", "Förlängningen enligt optionen".to_owned(), period)]
            }
            Course::Moved { is_earlier: false } => {
                vec![decided(
                    "tillagg-1",
                    "Tiden enligt tillägget".to_owned(),
                    after(self.term.end, EXTENSION),
                )]
            }
            Course::Renewed { .. } | Course::Open { .. } => self
                .renewals()
                .into_iter()
                .zip(1..)
                .map(|(period, number)| of_its_own(number, period))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// What has been decided after the agreement was made.
    pub(super) fn decisions(self) -> Vec<Later> {
        let later =
            |key: &str, kind: &'static str, date| Later { key: key.to_owned(), kind, date, notice: None };
        match self.course {
            Course::Extended { times, stage } => (1..=times)
                .filter(|number| *number < times || matches!(stage, Stage::Agreed | Stage::Decided))
                .map(|number| later(&extension_key(number), "extension", self.extension_dated(number, stage)))
                .collect(),
            Course::Optional { is_used: true, .. } => {
                vec![later("forlangning-1", "extension", self.option_called_on())]
            }
            Course::Renewed { notice: Some(_), .. } | Course::Open { notice: Some(_), .. } => {
                let received = self.notice_received();
                let sent = received - Days::new(4);
                let decided = weekday(sent - Days::new(16), Weekday::Wed);
                vec![Later {
                    notice: Some((sent, received, None)),
                    ..later("uppsagning", "termination", decided)
                }]
            }
            Course::Noticed => {
                let received = self.notice_received();
                let sent = received - Days::new(3);
                let notice = Some((sent, received, Some("uppsagning")));
                let decided = weekday(sent - Days::new(12), Weekday::Wed);
                vec![Later { notice, ..later("uppsagning", "termination", decided) }]
            }
            Course::Ended => {
                vec![later("avslut", "other", weekday(self.last_day() - Days::new(60), Weekday::Wed))]
            }
            Course::Moved { .. } => vec![later("tillagg-1", "supplement", self.supplement_dated())],
            _ => Vec::new(),
        }
    }

    /// Extension number `number`, from 1.
    pub(super) fn extension(self, number: u32) -> Period {
        let months = self.term.length().months + EXTENSION * (number - 1);
        after(last_day(self.term.start, months), EXTENSION)
    }

    /// The day that an extension has, which is also that of its decision.
    pub(super) fn extension_dated(self, number: u32, stage: Stage) -> NaiveDate {
        match stage {
            Stage::Decided => weekday(AS_OF - Days::new(20), Weekday::Wed),
            _ => self.extension_agreed(number),
        }
    }

    fn extension_agreed(self, number: u32) -> NaiveDate {
        weekday(self.extension(number).start - Days::new(55), Weekday::Wed)
    }

    /// The last day to call on an option.
    pub(super) fn option_until(self) -> NaiveDate {
        self.term.end - Months::new(5)
    }

    /// When it was called on.
    pub(super) fn option_called_on(self) -> NaiveDate {
        weekday(self.option_until() - Days::new(30), Weekday::Wed)
    }

    /// When a supplement with another last day was agreed.
    pub(super) fn supplement_dated(self) -> NaiveDate {
        weekday(self.last_day().min(self.term.end) - Days::new(75), Weekday::Wed)
    }

    /// The last day that renewals can reach; none where they never end.
    pub(super) fn renewal_limit(self) -> Option<NaiveDate> {
        match self.course {
            Course::Renewed { is_endless: true, .. } | Course::Open { .. } => None,
            _ => Some(after(self.term.end, RENEWALS).end),
        }
    }

    /// When the other side had the notice: in time for the end that it is given for, and by an exit, which needs none, in the
    /// middle of the term or, of what can end on any day, of the second year.
    fn notice_received(self) -> NaiveDate {
        let in_time = |end: NaiveDate, notice_months, days_before: u32| {
            notice_day(end, notice_months).unwrap_or(end) - Days::new(days_before.into())
        };
        match self.course {
            Course::Renewed { notice_months, notice: Some(days_before), .. } => {
                in_time(self.term.end, notice_months, days_before)
            }
            Course::Open { notice_months, has_end_day: true, notice: Some(days_before) } => {
                in_time(after(self.term.end, 12).end, notice_months, days_before)
            }
            Course::Open { .. } => self.term.end + Months::new(5) + Days::new(9),
            _ => last_day(self.term.start, self.term.length().months / 2) + Days::new(9),
        }
    }

    /// The renewals that nobody could stop any more on the register's day.
    fn renewals(self) -> Vec<Period> {
        // Notice in time stops all of them, or all but the first.
        let (notice_months, most) = match self.course {
            Course::Renewed { notice_months, notice: Some(_), .. } => (notice_months, 0),
            Course::Open { notice_months, notice: Some(_), .. } => (notice_months, 1),
            Course::Renewed { notice_months, .. } | Course::Open { notice_months, .. } => {
                (notice_months, usize::MAX)
            }
            _ => return Vec::new(),
        };
        let mut renewed: Vec<Period> = Vec::new();
        let mut end = self.term.end;
        while renewed.len() < most && notice_day(end, notice_months).is_some_and(|last| last < AS_OF) {
            let Some(next) = self.renewal_after(end) else { break };
            end = next.end;
            renewed.push(next);
        }
        renewed
    }

    fn renewal_after(self, end: NaiveDate) -> Option<Period> {
        let next = after(end, 12);
        self.renewal_limit().is_none_or(|limit| next.end <= limit).then_some(next)
    }
}

/// A renewal comes of itself: nobody decides on it.
fn of_its_own(number: usize, period: Period) -> Following {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    Following { key: extension_key(number), title: title(number), period, decision: None }
}

fn extension_key(number: u32) -> String {
    format!("forlangning-{number}")
}

fn title(number: u32) -> String {
    format!("{} förlängningen", text::capitalised(&text::ordinal(number)))
}

/// So many months from the day after `end`.
fn after(end: NaiveDate, months: u32) -> Period {
    let start = end + Days::new(1);
    Period { start, end: last_day(start, months) }
}
