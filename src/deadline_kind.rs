//! The kinds of dates in the life of a partnership: what the schedule lists, the settings choose among and the records
//! tick off.

use crate::vocabulary;

vocabulary! {
    /// What falls due.
    pub enum DeadlineKind ("Slag av datum") {
        /// A meeting of a steering group.
        SteeringMeeting = "steering-meeting", "styrgruppsmöte";
        /// The call to such a meeting.
        SteeringCall = "steering-call", "kallelse";
        /// The papers for it.
        SteeringPapers = "steering-papers", "handlingar till mötet";
        /// The notes from it.
        SteeringNotes = "steering-notes", "minnesanteckningar";
        /// What has been done.
        ActivityReport = "activity-report", "verksamhetsrapport";
        /// The year as a whole.
        YearlyReport = "yearly-report", "årlig uppföljningsrapport";
        /// An account to the committee.
        CommitteeAccount = "committee-account", "redovisning till nämnden";
        /// The organisation's annual report, accounts and audit report.
        AnnualAccounts = "annual-accounts", "organisationens årshandlingar";
        /// Figures.
        Statistics = "statistics", "statistik";
        /// A workshop.
        Workshop = "workshop", "gemensam arbetsdag";
        /// A review in mid-term.
        MidTermReview = "mid-term-review", "halvtidsavstämning";
        /// A joint evaluation at the end.
        FinalEvaluation = "final-evaluation", "slutlig utvärdering";
        /// Another duty of the agreement.
        FollowUp = "follow-up", "uppföljning";
        /// The parties consider whether to go on.
        Review = "review", "översyn";
        /// The committee decides the agreement.
        Approval = "approval", "beslut om avtalet";
        /// The committee decides whether to go on.
        Continuation = "continuation", "beslut om fortsättning";
        /// The last day to call on an option.
        Option = "option", "sista dag att använda option";
        /// A memo is handed in for a meeting of the committee.
        Memo = "memo", "skrivelse till nämnden";
        /// The last day for ordinary notice, or against automatic renewal.
        Notice = "notice", "sista dag för uppsägning";
        /// The last meeting of the committee that can decide on notice in time.
        NoticeDecision = "notice-decision", "sista sammanträde för beslut om uppsägning";
        /// A payout.
        Payout = "payout", "utbetalning";
        /// A value of a price series to enter.
        IndexValue = "index-value", "indexvärde att föra in";
        /// The last day of the term.
        TermEnd = "term-end", "avtalstiden slutar";
        /// The last day of a waiver.
        WaiverExpiry = "waiver-expiry", "undantag upphör";
    }
}

impl DeadlineKind {
    /// What follows from its kind.
    #[must_use]
    pub fn nature(self) -> Nature {
        match self {
            Self::SteeringMeeting => Nature { alarm_days: &[7], ..Nature::TASK },
            Self::SteeringCall | Self::SteeringPapers | Self::SteeringNotes => {
                Nature { alarm_days: &[3], ..Nature::TASK }
            }
            Self::Workshop | Self::MidTermReview | Self::Memo => Nature::TASK,
            Self::Review | Self::Continuation => Nature { alarm_days: &[60, 14], ..Nature::TASK },
            Self::ActivityReport
            | Self::YearlyReport
            | Self::CommitteeAccount
            | Self::AnnualAccounts
            | Self::Statistics
            | Self::FollowUp => Nature::REPORT,
            Self::FinalEvaluation => Nature { alarm_days: &[30], ..Nature::REPORT },
            Self::Approval | Self::IndexValue => Nature::RECORDED,
            Self::Payout => Nature { can_move: true, alarm_days: &[3], ..Nature::RECORDED },
            Self::Option | Self::Notice | Self::NoticeDecision => {
                Nature { alarm_days: &[60, 14], ..Nature::PASSING }
            }
            Self::TermEnd => Nature { alarm_days: &[90], ..Nature::PASSING },
            Self::WaiverExpiry => Nature { alarm_days: &[30], ..Nature::PASSING },
        }
    }
}

/// What follows from the kind of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nature {
    /// Whether somebody must do something by then, so that it can be overdue. A right that nobody uses and a time that
    /// runs out only pass.
    pub is_duty: bool,
    /// Whether a rule about days off may move it: days of payment and of reports. What is counted backwards from another
    /// day, gives a right its end or comes from a meeting plan stays.
    pub can_move: bool,
    /// Whether somebody ticks it off when it is done. Decisions, payments and index values are recorded as what they are,
    /// and some days pass by themselves.
    pub is_ticked_off: bool,
    /// The days before it on which calendars remind, where the register sets none.
    pub alarm_days: &'static [u32],
}

impl Nature {
    /// What somebody does and ticks off.
    const TASK: Self = Self { is_duty: true, can_move: false, is_ticked_off: true, alarm_days: &[14] };
    /// The same, of a day that may move.
    const REPORT: Self = Self { can_move: true, ..Self::TASK };
    /// What is recorded as what it is.
    const RECORDED: Self = Self { is_ticked_off: false, ..Self::TASK };
    /// What passes by itself.
    const PASSING: Self = Self { is_duty: false, is_ticked_off: false, ..Self::TASK };
}
