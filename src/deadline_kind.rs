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
    /// All kinds.
    pub const ALL: [Self; 23] = [
        Self::SteeringMeeting,
        Self::SteeringCall,
        Self::SteeringPapers,
        Self::SteeringNotes,
        Self::ActivityReport,
        Self::YearlyReport,
        Self::CommitteeAccount,
        Self::AnnualAccounts,
        Self::Statistics,
        Self::Workshop,
        Self::MidTermReview,
        Self::FinalEvaluation,
        Self::FollowUp,
        Self::Review,
        Self::Approval,
        Self::Continuation,
        Self::Option,
        Self::Memo,
        Self::Notice,
        Self::Payout,
        Self::IndexValue,
        Self::TermEnd,
        Self::WaiverExpiry,
    ];

    /// The kind of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether somebody must do something by then, so that it can be overdue. A right that nobody uses and a time that
    /// runs out only pass.
    #[must_use]
    pub fn is_duty(self) -> bool {
        !matches!(self, Self::Option | Self::Notice | Self::TermEnd | Self::WaiverExpiry)
    }

    /// Whether a rule about days off may move it: days of payment and of reports. What is counted backwards from another
    /// day, gives a right its end or comes from a meeting plan stays.
    #[must_use]
    pub fn can_move(self) -> bool {
        matches!(
            self,
            Self::Payout
                | Self::ActivityReport
                | Self::YearlyReport
                | Self::CommitteeAccount
                | Self::AnnualAccounts
                | Self::Statistics
                | Self::FinalEvaluation
                | Self::FollowUp
        )
    }

    /// Whether somebody ticks it off when it is done. Decisions, payments and index values are recorded as what they are,
    /// and some days pass by themselves.
    #[must_use]
    pub fn is_ticked_off(self) -> bool {
        !matches!(
            self,
            Self::Approval
                | Self::Option
                | Self::Notice
                | Self::Payout
                | Self::IndexValue
                | Self::TermEnd
                | Self::WaiverExpiry
        )
    }
}
