//! What a person says has been done: the words for it, and which flags belong to what.

use super::UsageError;
use crate::cli::DoneArguments;
use crate::records::DeductionKind;
use crate::text;

/// What has been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Something that the schedule has, and that is ticked off.
    Ticked,
    /// A meeting has been booked.
    Booking,
    /// A payout has been paid.
    Payment,
    /// Somebody has decided.
    Decision,
    /// Somebody has signed.
    Signing,
    /// An invoice has come.
    Invoice,
    /// Something is taken off a payout.
    Deduction(DeductionKind),
}

impl What {
    /// What a word means, in English or Swedish, with or without å, ä and ö.
    pub(super) fn of(word: Option<&str>) -> Self {
        match word.map(text::slug).as_deref() {
            Some("booking" | "bokning" | "bokat" | "bokat-mote") => Self::Booking,
            Some("payment" | "payout" | "betalning" | "betalt" | "utbetalning") => Self::Payment,
            Some("decision" | "beslut") => Self::Decision,
            Some("signing" | "undertecknande" | "undertecknat" | "underskrift") => Self::Signing,
            Some("invoice" | "faktura") => Self::Invoice,
            Some("reduction" | "nedsattning") => Self::Deduction(DeductionKind::Reduction),
            Some("repayment" | "aterbetalning") => Self::Deduction(DeductionKind::Repayment),
            Some("credit" | "kreditering") => Self::Deduction(DeductionKind::Credit),
            _ => Self::Ticked,
        }
    }

    /// As it is called after "hör inte till".
    fn called(self) -> &'static str {
        match self {
            Self::Ticked => "det",
            Self::Booking => "en bokning",
            Self::Payment => "en betalning",
            Self::Decision => "ett beslut",
            Self::Signing => "ett undertecknande",
            Self::Invoice => "en faktura",
            Self::Deduction(_) => "ett avdrag",
        }
    }

    /// Refuses what belongs to something else.
    pub(super) fn refuse_other_flags(self, arguments: &DoneArguments) -> Result<(), UsageError> {
        let is_deduction = matches!(self, Self::Deduction(_));
        let is_money = is_deduction || matches!(self, Self::Invoice | Self::Payment);
        let given = [
            ("--amount", arguments.amount.is_some(), is_money || self == Self::Decision),
            ("--voucher", arguments.voucher.is_some(), is_deduction || self == Self::Payment),
            ("--partial", arguments.partial, self == Self::Payment),
            ("--payee", arguments.payee.is_some(), self == Self::Payment),
            ("--number", arguments.number.is_some(), self == Self::Invoice),
            ("--due", arguments.due.is_some(), self == Self::Invoice),
            ("--supplier", arguments.supplier.is_some(), self == Self::Invoice),
            ("--credits", arguments.credits.is_some(), self == Self::Invoice),
            ("--reason", arguments.reason.is_some(), is_deduction),
            ("--decision", arguments.decision.is_some(), is_deduction),
            ("--by", arguments.by.is_some(), self == Self::Decision),
            ("--paragraph", arguments.paragraph.is_some(), self == Self::Decision),
            ("--adjusted", arguments.adjusted, self == Self::Decision),
            ("--delegated", arguments.delegated, self == Self::Decision),
            ("--sent", arguments.sent.is_some(), self == Self::Decision),
            ("--received", arguments.received.is_some(), self == Self::Decision),
            ("--exit", arguments.exit.is_some(), self == Self::Decision),
            (
                "--reference",
                arguments.reference.is_some(),
                !matches!(self, Self::Invoice | Self::Payment | Self::Signing),
            ),
        ];
        match given.iter().find(|(_, is_given, fits)| *is_given && !*fits) {
            Some((flag, ..)) => Err(UsageError(format!("{flag} hör inte till {}.", self.called()))),
            None => Ok(()),
        }
    }
}

/// That something must be said too.
pub(super) fn lacks(what: &str) -> UsageError {
    UsageError(format!("Skriv också {what}."))
}
