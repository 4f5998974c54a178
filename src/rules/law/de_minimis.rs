//! What an organisation gets in three years passes the limit on aid of minor importance, and no assessment is on file.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::agreement::{Agreement, AssessmentKind, Funding, Role};
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::law;
use crate::measure::Measure;
use crate::money::{Money, grouped};
use crate::path;
use crate::payouts;
use crate::payouts::AgreementStatement;
use crate::records::Records;
use crate::register::{Entry, Register};
use crate::rules::{Check, Example, Gravity, Organisations, RegisterScope, Rule};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP701",
    slug: "de-minimis",
    title: "Behöver prövas: statligt stöd",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "EUF-fördraget artikel 107 och 108; förordning (EU) 2023/2831 och 2023/2832",
    why: "Är verksamheten ekonomisk kan ersättningen vara statligt stöd. Över gränsen räcker inte reglerna om stöd av mindre betydelse, och olagligt stöd ska betalas tillbaka med ränta.",
    check: Check::Register(check),
    bad: Example::agreement(&[], "funding.2024.amount = 4_000_000", "funding"),
    good: Example::agreement(
        &[],
        "funding.2024.amount = 4_000_000\nassessment.stod = { kind = \"state-aid\", conclusion = \"Verksamheten är inte ekonomisk.\" }",
        "",
    ),
};

/// One organisation's part of an agreement.
struct Right<'a> {
    entry: &'a Entry<Agreement>,
    /// When the right to the money arose.
    day: NaiveDate,
    amount: Money,
    /// What the organisation is called there.
    name: &'a str,
    /// Whether the money is shared with others, nobody says how.
    is_shared: bool,
}

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let mut rights: BTreeMap<String, Vec<Right<'_>>> = BTreeMap::new();
    for one in &scope.statements {
        let entry = one.entry;
        for (payee, (name, amount, is_shared)) in by_payee(one, &scope.organisations) {
            if let Some(day) = day_of_right(scope.register, entry) {
                rights.entry(payee).or_default().push(Right { entry, day, amount, name, is_shared });
            }
        }
    }
    let mut findings = Vec::new();
    for of_one in rights.values_mut() {
        of_one.sort_by_key(|right| right.day);
        let all = InOrder::new(of_one);
        for right in of_one.iter() {
            findings.extend(finding(scope, right, &all));
        }
    }
    findings
}

/// What one organisation gets, in the order of the days, and the sums up to each of them.
struct InOrder<'a> {
    /// Those whose activity may be economic.
    rights: Vec<&'a Right<'a>>,
    /// The sum of those before each, and of all; nothing from where it becomes too large.
    sums: Vec<Option<Money>>,
}

impl<'a> InOrder<'a> {
    fn new(rights: &'a [Right<'a>]) -> Self {
        let may_be_economic =
            |right: &&Right<'_>| right.entry.data.legal.economic_activity.known() != Some(&false);
        let rights: Vec<&Right<'_>> = rights.iter().filter(may_be_economic).collect();
        let mut sum = Some(Money::ZERO);
        let mut sums = vec![sum];
        for right in &rights {
            sum = sum.and_then(|sum| sum.checked_add(right.amount));
            sums.push(sum);
        }
        Self { rights, sums }
    }

    /// Those after `since` and until `day`, and their sum.
    fn between(&self, since: NaiveDate, day: NaiveDate) -> Option<(&[&'a Right<'a>], Money)> {
        let first = self.rights.partition_point(|right| right.day <= since);
        let end = self.rights.partition_point(|right| right.day <= day);
        let sum = |at: usize| self.sums.get(at).copied().flatten();
        Some((self.rights.get(first..end)?, sum(end)?.checked_sub(sum(first)?)?))
    }
}

fn finding(scope: &RegisterScope<'_>, right: &Right<'_>, all: &InOrder<'_>) -> Option<Finding> {
    let agreement = &right.entry.data;
    if agreement.has_assessed(AssessmentKind::StateAid)
        || agreement.legal.economic_activity.known() == Some(&false)
    {
        return None;
    }
    let limit = law::de_minimis(right.day).or_else(law::latest_de_minimis)?;
    let is_known = limit.from <= right.day && right.day <= limit.until;
    let rate = scope.register.settings.as_ref()?.data.euro_on(right.day)?;
    let since = right.day.checked_sub_months(Months::new(36))?;
    let (counted, sum) = all.between(since, right.day)?;
    let euro = sum.decimal().checked_div(rate.kronor.decimal())?;
    if euro <= Decimal::from(limit.euro) {
        return None;
    }
    let number = |euro: u32| grouped(Decimal::from(euro));
    let higher = match law::sgei(right.day) {
        Some(sgei) if euro > Decimal::from(sgei.euro) => {
            format!(
                " Det är också över gränsen för tjänster av allmänt ekonomiskt intresse, {} euro.",
                number(sgei.euro)
            )
        }
        _ => String::new(),
    };
    // Other donors are unknown; where the receivers share the money, so is each one's part.
    let bound = if counted.iter().any(|right| right.is_shared) { "tillsammans med andra" } else { "minst" };
    let several = if counted.len() > 1 { " i flera avtal" } else { "" };
    let message = format!(
        "Behöver prövas: {} får {bound} {sum}{several} under tre år, omkring {} euro (kurs {} kronor den {}: {}). \
         Är verksamheten ekonomisk är gränsen för stöd av mindre betydelse {} euro, alla offentliga givare sammantagna ({}).{higher}",
        right.name,
        grouped(euro.ceil()),
        grouped(rate.kronor.decimal()),
        rate.date,
        rate.source,
        number(limit.euro),
        limit.source
    );
    let others: Vec<_> = counted.iter().filter(|other| other.entry.file != right.entry.file).collect();
    let message = if is_known {
        message
    } else {
        format!(
            "{message} Den gränsen gäller från {} till och med {}; vad som gäller den {} känner programmet inte till.",
            limit.from, limit.until, right.day
        )
    };
    let finding = scope.finding_in(right.entry, &RULE, path!["funding"], message).help(
        "Avgör först om verksamheten är ekonomisk (economic_activity i [legal]). Är den det: dokumentera bedömningen i [assessment.NAMN] med kind = \"state-aid\", eller fråga kommunjuristen.",
    );
    Some(finding.measured(Measure::of_kronor(sum)).related_to_last(&others, "avtal dessförinnan", |other| {
        (Place::value(&other.entry.file, path!["funding"]), format!("{} ({})", other.amount, other.day))
    }))
}

/// What each organisation of an agreement gets in public money, by what tells it from others, and whether others have some of
/// it together with that one. Money of which nobody says how several divide it counts for each of them: the most that one can
/// get.
pub(in crate::rules) fn by_payee<'a>(
    one: &AgreementStatement<'a>,
    organisations: &Organisations,
) -> BTreeMap<String, (&'a str, Money, bool)> {
    let agreement = &one.entry.data;
    let time = one.statement.life.money_time;
    let mut amounts: BTreeMap<String, (&str, Money, bool)> = BTreeMap::new();
    for party in agreement.party.iter().filter(|(_, party)| party.role == Role::CivilSociety) {
        let (key, party) = party;
        let from_public = |funding: &&Funding| {
            agreement.party.get(&funding.payer).is_none_or(|payer| payer.role == Role::Public)
        };
        let components = one.statement.components.iter().map(|component| component.funding);
        let own = components
            .filter(from_public)
            .filter_map(|funding| payouts::part_of(agreement, funding, time, key));
        let sum = own.into_iter().try_fold((Money::ZERO, false), |(sum, is_shared), (part, shares)| {
            Some((sum.checked_add(part)?, is_shared || shares))
        });
        if let Some((sum, is_shared)) = sum.filter(|(sum, _)| *sum > Money::ZERO) {
            let known =
                amounts.entry(organisations.identity(party)).or_insert((party.called(), Money::ZERO, false));
            known.1 = known.1.checked_add(sum).unwrap_or(known.1);
            known.2 |= is_shared;
        }
    }
    amounts
}

/// When the right arose: the last signing, or else the day that the agreement or its term bears.
pub(in crate::rules) fn day_of_right(register: &Register, entry: &Entry<Agreement>) -> Option<NaiveDate> {
    right_on(&entry.data, register.records_of(entry))
}

/// The same of an agreement with its records.
pub(super) fn right_on(agreement: &Agreement, records: Option<&Records>) -> Option<NaiveDate> {
    let signed =
        records.and_then(|records| records.signing.values().filter_map(|signing| signing.date.known()).max());
    signed.or_else(|| agreement.dated.known()).or_else(|| agreement.term.start.known()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    /// The clean agreement is dated 2023-11-01, when the limits were 200 000 and 500 000 euro. At 11,30 kronor a euro
    /// these are 2 260 000 and 5 650 000 kronor, of which `funding.2025` is 500 000.
    fn messages(changes: &[Example]) -> Vec<String> {
        found(&RULE, changes).into_iter().map(|finding| finding.message.replace('\u{a0}', " ")).collect()
    }

    fn agreed(toml: &'static str) -> Example {
        Example::agreement(&[], toml, "")
    }

    /// Another agreement with the same organisation.
    fn earlier(dated: &str, amount: u32) -> Example {
        let toml = format!(
            "title = \"en lovverksamhet\"\nactivity = \"lov\"\nstatus = \"ended\"\ndated = {dated}\n\
             standard_clauses = []\nterm = {{ start = {dated}, end = {dated} }}\n\
             party.k = {{ role = \"public\", name = \"Ådala kommun\" }}\n\
             party.f = {{ role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }}\n\
             funding.a = {{ payer = \"k\", amount = {amount} }}\n"
        );
        Example::file("agreements/tidigare.toml", toml.leak(), "")
    }

    #[test]
    fn exactly_the_limit_is_allowed() {
        assert_eq!(messages(&[agreed("funding.2024.amount = 1_760_000")]), Vec::<String>::new());
        let over = messages(&[agreed("funding.2024.amount = 1_760_001")]);
        assert_eq!(over.len(), 1);
        assert!(over[0].contains("2 260 001 kronor under tre år, omkring 200 001 euro"), "{over:?}");
    }

    #[test]
    fn the_higher_limit_is_named_where_it_is_passed_too() {
        let names_it =
            |toml| messages(&[agreed(toml)])[0].contains("allmänt ekonomiskt intresse, 500 000 euro");
        assert!(!names_it("funding.2024.amount = 5_150_000"));
        assert!(names_it("funding.2024.amount = 5_150_012"));
    }

    #[test]
    fn money_that_organisations_share_is_told_apart_from_what_one_of_them_gets() {
        let other = "party.annan = { role = \"civil-society\", name = \"Annan förening\" }\n";
        let with = |toml: &str| messages(&[agreed(format!("{other}{toml}").leak())]);
        let alone = messages(&[agreed("funding.2024.amount = 2_000_000")]);
        assert_eq!(alone.len(), 1);
        assert!(alone[0].contains("föreningen får minst 2 500 000 kronor"), "{alone:?}");
        let shared = with("funding.2024.amount = 2_000_000");
        assert_eq!(shared.len(), 2);
        assert!(shared.iter().all(|said| said.contains("får tillsammans med andra 2 500 000 kronor")));
        let named = with(
            "funding.2024 = { amount = 2_400_000, payee = \"annan\" }\nfunding.2025.payee = \"forening\"",
        );
        assert_eq!(named.len(), 1);
        assert!(named[0].contains("Annan förening får minst 2 400 000 kronor"), "{named:?}");
    }

    #[test]
    fn three_years_back_the_day_of_the_month_is_out() {
        let counted = |dated| messages(&[earlier(dated, 1_300_000)]);
        assert_eq!(counted("2020-11-01"), Vec::<String>::new());
        let said = counted("2020-11-02");
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("får minst 2 300 000 kronor i flera avtal under tre år"), "{said:?}");
        // A later agreement counts the earlier one and is not counted by it.
        let findings = found(&RULE, &[earlier("2023-11-02", 1_300_000)]);
        assert_eq!(findings.len(), 1);
        assert_eq!(&*findings[0].place.file, "agreements/tidigare.toml");
    }

    #[test]
    fn an_organisation_by_its_number_and_by_its_name_is_one() {
        let numbered =
            agreed("funding.2024.amount = 1_500_000\nparty.forening.organisation_number = \"212000-1132\"");
        assert_eq!(messages(&[numbered]), Vec::<String>::new());
        let said = messages(&[numbered, earlier("2022-06-01", 300_000)]);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("får minst 2 300 000 kronor i flera avtal"), "{said:?}");
    }

    #[test]
    fn an_agreement_without_money_is_not_one_of_several() {
        let changes = [agreed("funding.2024.amount = 2_000_000"), earlier("2022-06-01", 0)];
        let findings = found(&RULE, &changes);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert!(!finding.message.contains("i flera avtal"), "{}", finding.message);
        assert!(finding.related.is_empty());
    }
}
