//! The payouts of an agreement in order: what is agreed, what is added, what has been paid and what is left.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::allocation::allocate;
use super::ceiling;
use super::component::{Component, Components};
use super::correction::{Difference, carry};
use super::decided::due_after_decision;
use super::deduction::{deduct, give_back};
use super::division::divided;
use super::doubt::NotExtended;
use super::ended::{Cut, end_early, lapse};
use super::expected::{PaidByYear, paid};
use super::invoiced::{Outside, invoice};
use super::payout::{Invoiced, Paid, Payout};
use super::without_time::{WithoutTime, without_time};
use crate::agreement::{Agreement, Funding};
use crate::register::{Entry, Register};
use crate::term::Life;

/// All payouts of an agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement<'a> {
    /// The agreement's life, by which the sums are cut.
    pub life: Life<'a>,
    /// The components, in the file's order.
    pub components: Vec<Component<'a>>,
    /// The components that a supplement only proposes in the place of one of them. In no payout.
    pub proposed: Vec<Component<'a>>,
    /// The components in whose place one stands by which the parties are bound less firmly. In no payout.
    pub replaced: Vec<Component<'a>>,
    /// The payouts in order.
    pub payouts: Vec<Payout<'a>>,
    /// Settled payouts whose sum should have been another.
    pub differences: Vec<Difference>,
    /// Payments that belong to no payout.
    pub unmatched: Vec<Paid<'a>>,
    /// Invoices that no payout is for, and those that have come before.
    pub not_agreed: Vec<Invoiced<'a>>,
    /// Invoices that have been credited in full, each with what credits it.
    pub credited: Vec<Invoiced<'a>>,
    /// Credit notes as far as there is nothing for them to credit: each with how much of it credits nothing, which no sum holds.
    pub credits_nothing: Vec<Invoiced<'a>>,
    /// Components without a known time, of which there are no payouts.
    pub without_time: Vec<WithoutTime<'a>>,
}

impl<'a> Statement<'a> {
    /// Every component that is in force or proposed: what rules about the money look at. Those that a supplement has replaced
    /// are not among them.
    pub fn in_force_or_proposed(&self) -> impl Iterator<Item = &Component<'a>> + Clone {
        self.components.iter().chain(&self.proposed)
    }

    /// What the agreement says of a component, by its key.
    #[must_use]
    pub fn terms(&self, funding: &str) -> Option<&'a Funding> {
        let mut components = self.components.iter();
        components.find(|component| component.key == funding).map(|component| component.funding)
    }

    /// What has been paid of each component and year.
    pub(super) fn paid(&self) -> PaidByYear<'a> {
        paid(&self.life, &self.components, &self.payouts)
    }

    /// The same without payouts, years and all that follows from them, which take most of its room: for whoever asks of many
    /// agreements how long they last and what for something is paid.
    #[must_use]
    pub fn without_sums(self) -> Self {
        let bare = |components: Vec<Component<'a>>| {
            components.into_iter().map(|component| Component { years: Vec::new(), ..component }).collect()
        };
        Self {
            life: self.life,
            components: bare(self.components),
            proposed: bare(self.proposed),
            replaced: bare(self.replaced),
            payouts: Vec::new(),
            differences: Vec::new(),
            unmatched: Vec::new(),
            not_agreed: Vec::new(),
            credited: Vec::new(),
            credits_nothing: Vec::new(),
            without_time: Vec::new(),
        }
    }
}

/// The payouts of an agreement as they were known on `as_of`.
#[must_use]
pub fn statement<'a>(register: &'a Register, entry: &'a Entry<Agreement>, as_of: NaiveDate) -> Statement<'a> {
    statement_invoiced_by(register, entry, as_of, as_of)
}

/// The same with the invoices of no later day than `invoiced_by`: what is sent, or credited, after a year's end changes no debt
/// that there was on it.
#[must_use]
pub fn statement_invoiced_by<'a>(
    register: &'a Register,
    entry: &'a Entry<Agreement>,
    as_of: NaiveDate,
    invoiced_by: NaiveDate,
) -> Statement<'a> {
    let life = Life::known_on(&entry.data, register.records_of(entry), as_of);
    let (components, mut payouts) = divided(register, entry, &life, None, as_of);
    let Components { paid: components, proposed, replaced } = components;
    deduct(register, entry, &mut payouts, as_of);
    let unmatched = allocate(register, entry, &mut payouts, as_of);
    give_back(register, entry, &mut payouts, as_of);
    due_after_decision(register, entry, &life, &components, &mut payouts, as_of);
    let why = if life.notice.is_some() { NotExtended::Notice } else { NotExtended::UnusedOption };
    let early = life.early_end.as_ref().map(Cut::Early);
    let cuts: Vec<Cut<'_>> =
        early.into_iter().chain(life.lapsed.map(|days| Cut::NotExtended(days, why))).collect();
    for cut in &cuts {
        match cut {
            Cut::Early(end) => end_early(&mut payouts, end, life.standing),
            Cut::NotExtended(days, why) => lapse(&mut payouts, *days, *why, life.standing),
        }
    }
    let mut differences = ceiling::hold(&mut payouts);
    differences.extend(carry(&mut payouts, &cuts, life.standing));
    let Outside { not_agreed, credited, credits_nothing } =
        invoice(register, entry, &mut payouts, as_of.min(invoiced_by));
    let without_time = without_time(entry, &components, life.money_time);
    Statement {
        life,
        components,
        proposed,
        replaced,
        payouts,
        differences,
        unmatched,
        not_agreed,
        credited,
        credits_nothing,
        without_time,
    }
}

/// An agreement with its payouts.
#[derive(Debug)]
pub struct AgreementStatement<'a> {
    /// The agreement's id.
    pub id: &'a str,
    /// The agreement.
    pub entry: &'a Entry<Agreement>,
    /// Its payouts.
    pub statement: Statement<'a>,
}

/// The statements of all agreements, in the order of their ids.
#[must_use]
pub fn statements(register: &Register, as_of: NaiveDate) -> Vec<AgreementStatement<'_>> {
    let agreements = register.agreements.par_iter();
    agreements
        .map(|(id, entry)| AgreementStatement { id, entry, statement: statement(register, entry, as_of) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;
    use crate::register::InputFile;

    /// Two halves of 500 000 in each of two years, adjusted by 2 per cent in the second.
    fn register(payments: &str) -> Register {
        let agreement = "title = \"x\"\nactivity = \"x\"\nstatus = \"signed\"\n\
            term = { start = 2024-01-01, end = 2025-12-31 }\n\
            [party.k]\nrole = \"public\"\nname = \"K\"\n[party.f]\nrole = \"civil-society\"\nname = \"F\"\n\
            [funding.2024]\npayer = \"k\"\namount = 500_000\nperiod = { start = 2024-01-01, end = 2024-12-31 }\n\
            [funding.2025]\npayer = \"k\"\namount = 500_000\nperiod = { start = 2025-01-01, end = 2025-12-31 }\n\
            [payout_plan.p]\ntimes_per_year = 2\nmonths = [1, 7]\n\
            [indexation.i]\nflat = \"2\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nyears = [2025]\n";
        let (register, findings) = Register::load(vec![
            InputFile::text("iop.toml", "[municipality]\nname = \"K\"\n"),
            InputFile::text("agreements/a.toml", agreement),
            InputFile::text("records/a.toml", payments),
        ]);
        assert!(findings.is_empty(), "{findings:?}");
        register
    }

    fn with_payments(register: &Register) -> Statement<'_> {
        statement(register, &register.agreements["a"], "2025-06-30".parse().unwrap())
    }

    fn kronor(amount: Option<Money>) -> i64 {
        i64::try_from(amount.unwrap().decimal().round()).unwrap()
    }

    fn sums(statement: &Statement<'_>) -> Vec<(i64, i64, i64)> {
        let payouts = statement.payouts.iter();
        payouts
            .map(|payout| (kronor(payout.to_pay), kronor(payout.left), kronor(Some(payout.correction))))
            .collect()
    }

    #[test]
    fn what_is_paid_as_it_should_leaves_the_rest() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 250_000 }\npayment.b = { date = 2024-07-20, amount = 250_000 }",
        );
        let statement = with_payments(&register);
        assert_eq!(
            sums(&statement),
            [(250_000, 0, 0), (250_000, 0, 0), (255_000, 255_000, 0), (255_000, 255_000, 0)]
        );
        assert!(statement.differences.is_empty());
    }

    #[test]
    fn a_difference_goes_to_the_next_payout_and_the_closed_year_stays() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 250_000 }\npayment.b = { date = 2024-07-20, amount = 240_000 }\n\
             payment.c = { date = 2025-01-20, amount = 250_000, funding = \"2025\" }",
        );
        let statement = with_payments(&register);
        // 10 000 of 2024 and 5 000 of January 2025 are made good in July 2025.
        let expected = [(250_000, 0, 0), (240_000, 0, 0), (250_000, 0, 0), (270_000, 270_000, 15_000)];
        assert_eq!(sums(&statement), expected);
        let told: Vec<(&str, i64, String)> = statement
            .differences
            .iter()
            .map(|one| (one.payout.as_str(), kronor(Some(one.amount)), one.goes_to.concat()))
            .collect();
        let goes_to = "2025#2".to_owned();
        assert_eq!(told, [("2024#2", 10_000, goes_to.clone()), ("2025#1", 5_000, goes_to)]);
    }

    #[test]
    fn what_a_later_payment_has_made_good_is_done_with() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 240_000 }\npayment.b = { date = 2024-07-20, amount = 260_000 }",
        );
        let statement = with_payments(&register);
        assert!(statement.differences.is_empty());
        assert_eq!(sums(&statement)[1], (260_000, 0, 10_000));
        assert_eq!(kronor(Some(statement.payouts[0].carried)), -10_000);
    }

    #[test]
    fn part_payments_leave_a_payout_open_until_the_last() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 100_000, partial = true }\n\
             payment.b = { date = 2024-02-20, amount = 150_000 }\n\
             payment.c = { date = 2024-07-20, amount = 100_000, partial = true, payout = \"2024#2\" }",
        );
        let statement = with_payments(&register);
        assert_eq!(sums(&statement)[..2], [(250_000, 0, 0), (250_000, 150_000, 0)]);
        assert_eq!(statement.payouts[0].payments.len(), 2);
    }

    #[test]
    fn a_payment_for_the_whole_year_settles_both_halves() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 500_000, funding = \"2024\" }\n\
             payment.b = { date = 2025-01-20, amount = 255_000, funding = \"2025\" }",
        );
        let statement = with_payments(&register);
        let expected = [(250_000, 0, 0), (250_000, 0, 0), (255_000, 0, 0), (255_000, 255_000, 0)];
        assert_eq!(sums(&statement), expected);
        assert!(statement.differences.is_empty());
    }

    #[test]
    fn what_is_paid_too_much_is_taken_from_as_many_payouts_as_it_needs() {
        let register = register("payment.a = { date = 2024-01-20, amount = 800_000, payout = \"2024#1\" }");
        let statement = with_payments(&register);
        let expected = [(800_000, 0, 0), (0, 0, -250_000), (0, 0, -255_000), (210_000, 210_000, -45_000)];
        assert_eq!(sums(&statement), expected);
        let told = statement.differences[0].to_string().replace('\u{a0}', " ");
        assert!(told.ends_with("550 000 kronor dras av från 2024#2, 2025#1 och 2025#2."), "{told}");
    }

    #[test]
    fn a_payment_too_many_and_one_of_a_later_day() {
        let register = register(
            "payment.a = { date = 2024-01-20, amount = 250_000, payout = \"2024#1\" }\n\
             payment.b = { date = 2024-01-21, amount = 250_000, payout = \"2024#1\" }\n\
             payment.c = { date = 2025-07-01, amount = 250_000 }",
        );
        let statement = with_payments(&register);
        assert_eq!(statement.unmatched.iter().map(|paid| paid.key).collect::<Vec<_>>(), ["b"]);
        assert_eq!(kronor(statement.payouts[1].left), 250_000);
    }
}
