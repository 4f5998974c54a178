//! `iop done` for what is written as what it is: a payment, a decision, a signing. What is then found of it is told, and what
//! cannot have been so is not written.

use super::done_what::{What, lacks};
use super::recording::Records;
use super::{Outcome, UsageError};
use crate::agreement::Agreement;
use crate::cli::DoneArguments;
use crate::documents::Stationery;
use crate::finding::Finding;
use crate::key_path::KeyPath;
use crate::money::Money;
use crate::path;
use crate::payouts::{self, Statement};
use crate::records::DecisionKind;
use crate::register::{Entry, Register, edit};
use crate::rules::levels::Levels;
use crate::rules::{self, Judging};
use crate::text;
use crate::vocabulary::Known;

/// What is found of an entry that cannot be so: done before it could be, and paid twice.
const IMPOSSIBLE: [&str; 2] = ["IOP621", "IOP341"];

/// Writes the event, where the register with it has nothing against it.
pub(super) fn write(
    what: What,
    arguments: &DoneArguments,
    records: &Records<'_>,
    entry: &Entry<Agreement>,
) -> anyhow::Result<Outcome> {
    let (change, said) = match what {
        What::Payment => payment(arguments, records, entry)?,
        What::Decision => decision(arguments, records)?,
        _ => signing(arguments, records, entry)?,
    };
    let path = path![change.table, &*change.key];
    records.write(&change, |register| {
        let found = found(register, records, &path);
        if let Some(impossible) = found.iter().find(|one| IMPOSSIBLE.contains(&one.code)) {
            let help = impossible.help.as_deref().unwrap_or_default();
            let message = format!("Inget har skrivits. {} {help}", impossible.message);
            return Err(UsageError(message.trim_end().to_owned()).into());
        }
        let told: Vec<String> =
            found.iter().map(|one| format!("Se efter: {} ({})\n", one.message, one.code)).collect();
        Ok(format!("{}Infört {}: {said}", told.concat(), arguments.date))
    })
}

/// What is found of an entry in the register as it then is.
fn found(register: &Register, records: &Records<'_>, path: &KeyPath) -> Vec<Finding> {
    let (stationery, _) = Stationery::load(register);
    let judging =
        Judging { read: Vec::new(), levels: Levels::default(), ignores_waivers: false, baseline: None };
    let findings = rules::judge(register, &stationery, judging, records.as_of).findings;
    let is_here = |one: &Finding| *one.place.file == *records.file && one.place.path.is_in(path);
    findings.into_iter().filter(is_here).collect()
}

fn payment(
    arguments: &DoneArguments,
    records: &Records<'_>,
    entry: &Entry<Agreement>,
) -> Result<(edit::Entry, String), UsageError> {
    let statement = payouts::statement(records.register, entry, records.as_of);
    let id = arguments.period.as_deref().filter(|id| *id != "-");
    let id = id.ok_or_else(|| lacks(&format!("vilken utbetalning det gäller: {}", unpaid(&statement))))?;
    let all: Vec<&str> = statement.payouts.iter().map(|payout| payout.id.as_str()).collect();
    let payout = statement.payouts.iter().find(|payout| payout.id == id).ok_or_else(|| {
        UsageError(format!("Avtalet har ingen utbetalning som heter {id}. {}", text::instead_of(id, &all)))
    })?;
    let amount = arguments.amount.ok_or_else(|| {
        let left = payout.left.map(|left| format!(" (kvar att betala är {left})")).unwrap_or_default();
        lacks(&format!("--amount, beloppet i kronor{left}"))
    })?;
    if payout.is_settled() && !arguments.partial {
        let key = payout.payments.last().map(|paid| paid.key).unwrap_or_default();
        return Err(UsageError(format!(
            "Inget har skrivits: {id} är redan betald ({}, payment.{key}).",
            records.file
        )));
    }
    if amount <= Money::ZERO {
        return Err(UsageError("--amount är det som har betalats: mer än 0 kronor.".to_owned()));
    }
    if let Some(left) = payout.left.filter(|left| arguments.partial && *left < amount && !payout.ceiling) {
        let left = left.max(Money::ZERO);
        return Err(UsageError(format!(
            "Inget har skrivits: {amount} är mer än det som är kvar att betala av {id}, {left}. Har mer betalats är det ingen delbetalning: utelämna --partial."
        )));
    }
    let mut values =
        vec![("date", edit::date(arguments.date)), ("amount", edit::amount(amount)), ("payout", id.into())];
    values.extend(arguments.payee.as_deref().map(|payee| ("payee", payee.into())));
    if arguments.partial {
        values.push(("partial", true.into()));
    }
    values.extend(arguments.voucher.as_deref().map(|voucher| ("voucher", voucher.into())));
    let key = edit::free_key(&records.text(), "payment", &text::slug(&format!("betalning-{id}")));
    let of_it = match payout.left {
        Some(left) if left == amount => ", allt som var kvar".to_owned(),
        Some(left) => format!("; kvar att betala var {left}"),
        None => String::new(),
    };
    Ok((edit::Entry { table: "payment", key, values }, format!("betalning av {id} med {amount}{of_it}")))
}

/// The payouts that have not been paid, the next ones first.
fn unpaid(statement: &Statement<'_>) -> String {
    let open = statement.payouts.iter().filter(|payout| {
        !payout.is_settled() && !payout.has_lapsed() && payout.left.is_none_or(|left| left > Money::ZERO)
    });
    let ids: Vec<&str> = open.map(|payout| payout.id.as_str()).take(6).collect();
    if ids.is_empty() { "alla är redan betalda".to_owned() } else { text::either(&ids) }
}

fn decision(arguments: &DoneArguments, records: &Records<'_>) -> Result<(edit::Entry, String), UsageError> {
    let labels: Vec<&str> = DecisionKind::ALL.iter().map(|kind| kind.label()).collect();
    let word = arguments.period.as_deref().filter(|word| *word != "-");
    let word = word.ok_or_else(|| lacks(&format!("vad som beslutades: {}", text::either(&labels))))?;
    let slug = text::slug(word);
    let is_meant = |kind: &DecisionKind| slug == kind.word() || slug == text::slug(kind.label());
    let begins = |kind: &DecisionKind| text::slug(kind.label()).starts_with(&slug) && slug.len() > 2;
    let all = || DecisionKind::ALL.into_iter();
    let kind = all().find(is_meant).or_else(|| all().find(begins)).ok_or_else(|| {
        UsageError(format!("Inget beslut heter ”{word}”. {}", text::instead_of(word, &labels)))
    })?;
    let by = arguments.by.as_deref().filter(|by| !by.trim().is_empty());
    let by = by.ok_or_else(|| lacks("--by, vem som har beslutat, som socialnämnden"))?;
    // A committee is written by its name, also where somebody has typed the register's key for it.
    let committee = records.register.settings.as_ref().and_then(|settings| settings.data.committee.get(by));
    let by = committee.and_then(|committee| committee.name_on(arguments.date)).unwrap_or(by);
    let known = records.register.records.get(records.id).map(|records| &records.data.decision);
    let same = known.into_iter().flatten().find(|(_, one)| {
        // Several can be made at one meeting: what tells them apart is the paragraph.
        let own = arguments.paragraph.as_deref().map(paragraph);
        let is_other = one.paragraph.as_ref().zip(own).is_some_and(|(one, own)| one.to_string() != own);
        one.kind == kind && one.date == arguments.date && text::slug(&one.by) == text::slug(by) && !is_other
    });
    if let Some((key, _)) = same {
        return Err(UsageError(format!("Redan infört: {}, decision.{key}.", records.file)));
    }
    let mut values =
        vec![("kind", kind.word().into()), ("by", by.into()), ("date", edit::date(arguments.date))];
    values.extend(arguments.paragraph.as_deref().map(|text| ("paragraph", paragraph(text).into())));
    values.extend(arguments.reference.as_deref().map(|number| ("registry_number", number.into())));
    if arguments.adjusted {
        values.push(("directly_adjusted", true.into()));
    }
    values.extend(arguments.amount.map(|amount| ("amount", edit::amount(amount))));
    if arguments.delegated {
        values.push(("delegated", true.into()));
    }
    let is_notice = kind == DecisionKind::Termination;
    if !is_notice && (arguments.sent.is_some() || arguments.received.is_some() || arguments.exit.is_some()) {
        return Err(UsageError("--sent, --received och --exit hör till en uppsägning.".to_owned()));
    }
    let late = [arguments.sent, arguments.received].into_iter().flatten().find(|day| *day > records.as_of);
    if let Some(day) = late {
        return Err(UsageError(format!("{day} har inte varit ännu: i dag är {}.", records.as_of)));
    }
    values.extend(arguments.sent.map(|day| ("sent", edit::date(day))));
    values.extend(arguments.received.map(|day| ("received", edit::date(day))));
    values.extend(arguments.exit.as_deref().map(|exit| ("exit", exit.into())));
    let name = text::slug(&format!("{}-{}", kind.label(), arguments.date.format("%Y")));
    let key = edit::free_key(&records.text(), "decision", &name);
    let said = format!("beslut av {by}, {}", kind.label());
    Ok((edit::Entry { table: "decision", key, values }, said))
}

/// "45" and "§45" as "§ 45"; what else is written stays, and is judged as it is.
fn paragraph(written: &str) -> String {
    let number = written.trim().trim_start_matches('§').trim();
    let is_number = number.starts_with(|first: char| first.is_ascii_digit())
        && number.chars().all(|letter| letter.is_ascii_alphanumeric());
    if is_number { format!("§ {number}") } else { written.trim().to_owned() }
}

fn signing(
    arguments: &DoneArguments,
    records: &Records<'_>,
    entry: &Entry<Agreement>,
) -> Result<(edit::Entry, String), UsageError> {
    let known = records.register.records.get(records.id).map(|records| &records.data.signing);
    let has_signed = |party: &str, signatory: &str| {
        let mut all = known.into_iter().flatten();
        all.any(|(_, one)| one.party == party && one.signatory == signatory && one.date.known().is_some())
    };
    let of_party = entry.data.party.iter().flat_map(|(party, data)| {
        let signatories = data.signatory.known().into_iter().flat_map(|all| all.iter());
        signatories.map(move |(key, signatory)| (party.as_str(), key.as_str(), signatory))
    });
    let all: Vec<_> = of_party.collect();
    if all.is_empty() {
        return Err(UsageError(format!(
            "Avtalet har inga undertecknare. Skriv dem först i agreements/{id}.toml, med partens nyckel i stället för forening:\n\n[party.forening.signatory.ordforande]\ntitle = \"ordförande\"",
            id = records.id
        )));
    }
    let word = arguments.period.as_deref().filter(|word| *word != "-").map(text::slug);
    let meant: Vec<_> = all
        .iter()
        .filter(|(party, key, signatory)| match word.as_deref() {
            None => !has_signed(party, key),
            Some(word) => {
                let names = [signatory.name.known(), signatory.title.known()];
                word == *key
                    || word == text::slug(&format!("{party}/{key}"))
                    || names.into_iter().flatten().any(|name| text::slug(name) == word)
            }
        })
        .collect();
    let (party, key, signatory) = match meant.as_slice() {
        [only] => only,
        [] if word.is_none() => return Err(UsageError("Alla har redan undertecknat.".to_owned())),
        several => {
            let several: Vec<_> = if several.is_empty() { all.iter().collect() } else { several.to_vec() };
            let ids: Vec<String> = several.iter().map(|(party, key, _)| format!("{party}/{key}")).collect();
            return Err(lacks(&format!("vem som har undertecknat: {}", text::either(&ids))));
        }
    };
    if has_signed(party, key) {
        return Err(UsageError(format!("{party}/{key} har redan undertecknat ({}).", records.file)));
    }
    let values =
        vec![("party", (*party).into()), ("signatory", (*key).into()), ("date", edit::date(arguments.date))];
    // One that is there without its day gets it.
    let open = known.into_iter().flatten().find(|(_, one)| one.party == *party && one.signatory == *key);
    let name = open.map_or_else(
        || edit::free_key(&records.text(), "signing", &text::slug(&format!("{party}-{key}"))),
        |(name, _)| name.clone(),
    );
    let who = signatory.title.known().map_or(*key, String::as_str);
    Ok((edit::Entry { table: "signing", key: name, values }, format!("undertecknat av {who} ({party})")))
}
