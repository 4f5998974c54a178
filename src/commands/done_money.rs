//! `iop done` for what has an amount: an invoice that has come, and what is taken off a payout.

use super::done_what::{What, lacks};
use super::recording::Records;
use super::{Outcome, UsageError};
use crate::agreement::Agreement;
use crate::bank_account;
use crate::cli::DoneArguments;
use crate::keyed::Keyed;
use crate::money::Money;
use crate::payouts::{self, Statement};
use crate::records::{DeductionKind, Invoice};
use crate::register::{Entry, Register, edit};
use crate::text;

/// What is to be written.
pub(super) enum Booked<'a> {
    Invoice { number: &'a str, amount: Money, of: &'a DoneArguments },
    Deduction { kind: DeductionKind, amount: Money, reason: &'a str, payout: &'a str, of: &'a DoneArguments },
}

impl<'a> Booked<'a> {
    /// What the arguments ask for; nothing where it is something else.
    pub(super) fn of(what: What, arguments: &'a DoneArguments) -> Result<Option<Self>, UsageError> {
        let amount = || arguments.amount.ok_or_else(|| lacks("--amount, beloppet i kronor"));
        Ok(match what {
            What::Invoice => {
                let number = arguments.number.as_deref().filter(|number| !number.trim().is_empty());
                let number = number.ok_or_else(|| lacks("--number, fakturans nummer"))?;
                if let Some(kind) = arguments.supplier.as_deref().and_then(bank_account::kind_of) {
                    return Err(UsageError(format!(
                        "Inget har skrivits: leverantörsnumret ser ut som {kind}. Skriv numret i leverantörsregistret."
                    )));
                }
                Some(Self::Invoice { number, amount: amount()?, of: arguments })
            }
            What::Deduction(kind) => {
                let payout = arguments.period.as_deref().filter(|payout| *payout != "-");
                let payout = payout.ok_or_else(|| lacks("vilken utbetalning det gäller, som 2025#1"))?;
                let reason = arguments.reason.as_deref().filter(|reason| !reason.trim().is_empty());
                let reason = reason.ok_or_else(|| lacks("--reason, skälet"))?;
                Some(Self::Deduction { kind, amount: amount()?, reason, payout, of: arguments })
            }
            _ => None,
        })
    }

    /// Writes it, where the payouts are then what it says.
    pub(super) fn write(&self, records: &Records<'_>, entry: &Entry<Agreement>) -> anyhow::Result<Outcome> {
        let before = payouts::statement(records.register, entry, records.as_of);
        if let Some(payout) = self.payout() {
            known(payout, &before)?;
        }
        let known = records.register.records.get(records.id).map(|records| &records.data.invoice);
        let credits = self.credits().map(|number| credited(number, known)).transpose()?;
        let change = self.entry(&records.text(), credits);
        records.write(&change, |register| {
            let entry = register.agreements.get(records.id);
            let after = entry.map(|entry| payouts::statement(register, entry, records.as_of));
            let after = after.ok_or_else(|| anyhow::anyhow!("{} finns inte längre", records.id))?;
            let said = match self {
                Self::Invoice { .. } => self.confirm_invoice(&change.key, &after),
                Self::Deduction { .. } => self.confirm_deduction(&change.key, &after, register, records.id),
            };
            said.map_err(|why| UsageError(format!("Inget har skrivits: {why}")).into())
        })
    }

    fn payout(&self) -> Option<&'a str> {
        match self {
            Self::Invoice { of, .. } => of.period.as_deref().filter(|payout| *payout != "-"),
            Self::Deduction { payout, .. } => Some(payout),
        }
    }

    /// The number of the invoice that it credits.
    fn credits(&self) -> Option<&'a str> {
        match self {
            Self::Invoice { of, .. } => of.credits.as_deref(),
            Self::Deduction { .. } => None,
        }
    }

    fn entry(&self, text: &str, credits: Option<&str>) -> edit::Entry {
        match self {
            Self::Invoice { number, amount, of } => {
                let mut values = vec![("number", (*number).into())];
                values.extend(of.supplier.as_deref().map(|supplier| ("supplier", supplier.into())));
                values.push(("date", edit::date(of.date)));
                values.extend(of.due.map(|due| ("due", edit::date(due))));
                values.push(("amount", edit::amount(*amount)));
                values.extend(self.payout().map(|payout| ("payout", payout.into())));
                values.extend(credits.map(|key| ("credits", key.into())));
                let key = edit::free_key(text, "invoice", &text::slug(&format!("faktura-{number}")));
                edit::Entry { table: "invoice", key, values }
            }
            Self::Deduction { kind, amount, reason, payout, of } => {
                let mut values = vec![
                    ("kind", kind.word().into()),
                    ("date", edit::date(of.date)),
                    ("amount", edit::amount(*amount)),
                    ("payout", (*payout).into()),
                    ("reason", (*reason).into()),
                ];
                values.extend(of.decision.as_deref().map(|decision| ("decision", decision.into())));
                let voucher = of.voucher.as_deref().or(of.reference.as_deref());
                values.extend(voucher.map(|voucher| ("voucher", voucher.into())));
                let name = text::slug(&format!("{}-{}", kind.label(), payout.replace('#', "-")));
                edit::Entry { table: "deduction", key: edit::free_key(text, "deduction", &name), values }
            }
        }
    }

    /// What an invoice is against the agreement; one that has come before is not written.
    fn confirm_invoice(&self, key: &str, after: &Statement<'_>) -> Result<String, String> {
        let Self::Invoice { number, amount, .. } = self else { return Err(String::new()) };
        let mut all = after.not_agreed.iter().chain(&after.credits_nothing);
        let outside = all.find(|one| one.key == key);
        if outside.is_some_and(|one| one.is_repeated) {
            return Err(format!("fakturan {number} är redan införd."));
        }
        if let Some(credited) = self.credits() {
            return match after.credits_nothing.iter().find(|one| one.key == key) {
                Some(beyond) => Err(format!("{} är mer än det som är kvar av {credited}.", beyond.amount)),
                None => Ok(format!("Infört: kreditfaktura {number}, {amount}: minskar {credited}")),
            };
        }
        let of = after.payouts.iter().filter(|payout| payout.invoices.iter().any(|one| one.key == key));
        let states: Vec<String> =
            of.map(|payout| format!("{} {}", payout.id, payout.invoice_told())).collect();
        let state = if states.is_empty() { "inte avtalad".to_owned() } else { text::list(&states) };
        Ok(format!("Infört: faktura {number}, {amount}: {state}"))
    }

    /// That a deduction counts with all of its amount.
    fn confirm_deduction(
        &self,
        key: &str,
        after: &Statement<'_>,
        register: &Register,
        id: &str,
    ) -> Result<String, String> {
        let Self::Deduction { kind, amount, payout, of, .. } = self else { return Err(String::new()) };
        if let Some(decision) = &of.decision {
            let records = register.records.get(id).map(|records| &records.data.decision);
            let known: Vec<&str> = records.into_iter().flatten().map(|(key, _)| key.as_str()).collect();
            if !known.contains(&decision.as_str()) {
                let help = text::instead_of(decision, &known);
                return Err(format!("beslutet ”{decision}” finns inte i records/{id}.toml. {help}"));
            }
        }
        let of_payout = after.payouts.iter().find(|one| one.id == *payout);
        let lowers = of_payout.and_then(|one| one.deductions.iter().find(|one| one.key == key));
        let back = of_payout
            .and_then(|one| one.payments.iter().find(|paid| paid.table == "deduction" && paid.key == key));
        let back = back.and_then(|paid| Money::ZERO.checked_sub(paid.amount));
        if kind.lowers_the_sum() && lowers.map(|one| one.amount) != Some(*amount) {
            let counted = lowers.map(|one| one.amount).unwrap_or_default();
            return Err(format!("{payout} är bara {counted}, och avdraget {amount}."));
        }
        if kind.gives_back() && back != Some(*amount) {
            let paid = back.unwrap_or_default();
            return Err(format!("bara {paid} är betalt av {payout}, och avdraget är {amount}."));
        }
        Ok(format!("Infört {}: {} av {payout} med {amount}", of.date, kind.label()))
    }
}

/// The key of the invoice of a number.
fn credited<'k>(number: &str, known: Option<&'k Keyed<Invoice>>) -> Result<&'k str, UsageError> {
    let plain = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    let all = || known.into_iter().flat_map(|known| known.iter()).filter(|(_, one)| one.credits.is_none());
    let found = all().find(|(_, one)| plain(&one.number) == plain(number));
    found.map(|(key, _)| key.as_str()).ok_or_else(|| {
        let numbers: Vec<&str> = all().map(|(_, one)| one.number.as_str()).collect();
        UsageError(format!("Ingen faktura {number} är införd. {}", text::instead_of(number, &numbers)))
    })
}

/// That there is a payout of that name.
fn known(payout: &str, statement: &Statement<'_>) -> Result<(), UsageError> {
    let all: Vec<&str> = statement.payouts.iter().map(|payout| payout.id.as_str()).collect();
    if all.contains(&payout) {
        return Ok(());
    }
    let help = text::instead_of(payout, &all);
    Err(UsageError(format!("Avtalet har ingen utbetalning som heter {payout}. {help}")))
}
