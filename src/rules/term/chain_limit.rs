//! Agreements about the same activity, or that continue one another, have together lasted longer than the guideline allows.

use std::collections::BTreeMap;

use crate::date::{Length, Period};
use crate::finding::Place;
use crate::finding::{Finding, Level};
use crate::key_path::KeyPath;
use crate::measure::Measure;
use crate::path;
use crate::payouts::AgreementStatement;
use crate::rules::chains::Chains;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP205",
    slug: "chain-limit",
    title: "Avtal om samma verksamhet varar sammanlagt längre än riktlinjerna tillåter",
    gravity: Gravity::Correctness(Level::Error),
    since: "0.1.0",
    source: "kommunens riktlinjer",
    why: "Flera korta avtal efter varandra binder kommunen lika länge som ett långt, men var och ett ser kort ut. Sägs inte hur länge det föregående avtalet gällde går det inte att pröva.",
    check: Check::Register(check),
    bad: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2013-01-01, end = 2022-12-31 }\nparty.x = { role = \"civil-society\", name = \"En förening\" }\nstandard_clauses = []\n",
        "term.end",
    ),
    good: Example::file(
        "agreements/tidigare.toml",
        "title = \"ett öppet hus\"\nactivity = \"oppet-hus\"\nstatus = \"ended\"\nterm = { start = 2020-01-01, end = 2022-12-31 }\nparty.x = { role = \"civil-society\", name = \"En förening\" }\nstandard_clauses = []\n",
        "",
    ),
};

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let known = Chains::of(&scope.statements);
    let mut chains: BTreeMap<usize, Vec<Link<'_>>> = BTreeMap::new();
    for (at, one) in scope.statements.iter().enumerate() {
        let chain = chains.entry(known.number(at)).or_default();
        let before = one.entry.data.predecessor.as_ref().and_then(|before| before.period.known());
        chain.extend(before.map(|term| Link { term: *term, one, at: path!["predecessor"] }));
        if let Some(term) = one.statement.life.with_proposals() {
            chain.push(Link { term, one, at: path!["term"] });
        }
    }
    chains.retain(|_, chain| chain.len() > 1);
    let mut findings: Vec<Finding> = chains.values_mut().flat_map(|chain| too_long(scope, chain)).collect();
    findings.extend(scope.statements.iter().filter_map(|one| unknown(scope, one)));
    findings
}

/// That an agreement follows on one of which nobody says how long it lasted: whether the chain is too long cannot be told. That
/// it is open is told where it is declared so.
fn unknown(scope: &RegisterScope<'_>, one: &AgreementStatement<'_>) -> Option<Finding> {
    let before = one.entry.data.predecessor.as_ref().filter(|before| before.period.is_none())?;
    let scope = scope.of(one);
    let guideline = scope.guideline?;
    let most = guideline.limits.chain_months?;
    // What the register holds by itself is in the chain.
    if one.entry.data.continues.as_deref().is_some_and(|id| scope.register.agreements.contains_key(id)) {
        return None;
    }
    let message = format!(
        "Det framgår inte hur länge {} gällde, och därför inte om verksamheten ryms i den tid som riktlinjerna tillåter: sammanlagt högst {} ({}).",
        before.title,
        text::years_or_months(most),
        guideline.citation()
    );
    let finding = scope.guideline_finding(&RULE, path!["predecessor", "period"], message);
    let help =
        "Ange första och sista dagen i [predecessor]: period = { start = 20ÅÅ-MM-DD, end = 20ÅÅ-MM-DD }.";
    Some(Finding { level: Level::Warning, ..finding.help(help) })
}

/// An agreement of a chain, or one that the register does not hold and that it follows on.
struct Link<'a> {
    term: Period,
    one: &'a AgreementStatement<'a>,
    /// Where its days stand in the agreement's file.
    at: KeyPath,
}

/// Each agreement of a chain with which it passes the limit.
fn too_long(scope: &RegisterScope<'_>, chain: &mut [Link<'_>]) -> Vec<Finding> {
    chain.sort_by_key(|link| (link.term, &link.one.entry.file));
    let mut findings = Vec::new();
    let mut whole = Together::default();
    for (position, Link { term, one, at }) in chain.iter().enumerate() {
        whole.add(*term);
        let scope = scope.of(one);
        let is_judged = position > 0 && *at == path!["term"];
        let Some(guideline) = scope.guideline.filter(|_| is_judged) else { continue };
        let Some(most) = guideline.limits.chain_months else { continue };
        let whole = whole.length();
        if (whole.months, whole.days) <= (most, 0) {
            continue;
        }
        let earlier = chain.get(..position).unwrap_or_default();
        let activity = &one.entry.data.activity;
        let continued = if earlier.iter().all(|other| other.one.entry.data.activity == *activity) {
            ""
        } else {
            " och de avtal som de fortsätter (continues)"
        };
        let message = format!(
            "Avtalen om ”{activity}”{continued} varar sammanlagt {whole}. Riktlinjerna tillåter högst {} ({}).",
            text::years_or_months(most),
            guideline.citation()
        );
        findings.push(
            scope
                .guideline_finding(&RULE, path!["term", one.entry.data.term.end_key()], message)
                .measured(Measure::of_length(whole))
                .help("Pröva verksamheten på nytt, eller hänvisa till beslutet om undantag.")
                .related_to_last(earlier, "avtal dessförinnan", |link| {
                    (
                        Place::value(&link.one.entry.file, link.at.clone()),
                        format!("tidigare avtal: {}", link.term),
                    )
                }),
        );
    }
    findings
}

/// How long periods last together; days that two of them share count once. They come in the order of their starts.
#[derive(Default)]
struct Together {
    /// Those before the last break.
    before: (u32, u32),
    /// The days without a break that the last period belongs to.
    last: Option<Period>,
}

impl Together {
    fn add(&mut self, period: Period) {
        match &mut self.last {
            Some(last) if last.end.succ_opt().is_none_or(|next| period.start <= next) => {
                last.end = last.end.max(period.end);
            }
            last => {
                let length = last.replace(period).map(|last| last.length());
                self.before.0 += length.map_or(0, |length| length.months);
                self.before.1 += length.map_or(0, |length| length.days);
            }
        }
    }

    fn length(&self) -> Length {
        let last = self.last.map_or(Length { months: 0, days: 0 }, |last| last.length());
        let (months, days) = (self.before.0 + last.months, self.before.1 + last.days);
        // Days of broken months are put together as months of thirty days.
        Length { months: months + days / 30, days: days % 30 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn of_a_long_chain_the_last_agreements_are_named() {
        let earlier = |number: i32| {
            let toml = RULE.bad.toml.replace(
                "start = 2013-01-01, end = 2022-12-31",
                &format!("start = {}-01-01, end = {}-12-31", 1990 + number, 1990 + number),
            );
            Example::file(format!("agreements/a{number}.toml").leak(), toml.leak(), "")
        };
        let chain: Vec<Example> = (0..30).map(earlier).collect();
        let findings = found(&RULE, &chain);
        let last = findings.last().unwrap();
        assert_eq!(last.related.len(), 10);
        assert_eq!(last.related[0].message, "tidigare avtal: 2010-01-01–2010-12-31; 20 avtal dessförinnan");
        assert!(last.related[9].message.ends_with("2019-01-01–2019-12-31"), "{last:?}");
    }

    #[test]
    fn an_agreement_that_the_register_does_not_hold_counts() {
        let before = |start: &str| {
            let toml = format!(
                "predecessor = {{ title = \"avtalet om öppet hus\", period = {{ start = {start}, end = 2023-12-31 }} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| one.related[0].place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(before("2022-01-01"), Vec::<String>::new());
        assert_eq!(before("2010-01-01"), ["predecessor"]);
    }

    fn period(start: &str, end: &str) -> Period {
        Period { start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    #[test]
    fn periods_that_follow_each_other_are_one() {
        let length = |periods: &[Period]| {
            let mut together = Together::default();
            for period in periods {
                together.add(*period);
            }
            let length = together.length();
            (length.months, length.days)
        };
        // 2020-01-15–2021-01-14 is twelve months; a break in the middle changes nothing.
        assert_eq!(
            length(&[period("2020-01-15", "2020-07-31"), period("2020-08-01", "2021-01-14")]),
            (12, 0)
        );
        // The shared days count once.
        assert_eq!(
            length(&[period("2020-01-01", "2020-12-31"), period("2020-07-01", "2021-06-30")]),
            (18, 0)
        );
        // A gap is no time of the chain.
        assert_eq!(
            length(&[period("2020-01-01", "2020-12-31"), period("2022-01-01", "2022-12-31")]),
            (24, 0)
        );
        assert_eq!(length(&[period("2020-01-01", "2020-01-20"), period("2021-01-01", "2021-01-15")]), (1, 5));
    }

    #[test]
    fn what_an_agreement_continues_is_of_its_chain_whatever_it_is_about() {
        let earlier = RULE.bad.toml.replace("activity = \"oppet-hus\"", "activity = \"motesplats\"");
        let earlier = Example { toml: earlier.leak(), ..RULE.bad };
        assert_eq!(found(&RULE, &[earlier]), []);
        let findings = found(&RULE, &[earlier, Example::agreement(&[], "continues = \"tidigare\"", "")]);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert!(finding.message.contains("och de avtal som de fortsätter"), "{}", finding.message);
        // Through one whose time is not known, too, and not in a circle.
        let between = RULE.bad.toml.replace("start = 2013-01-01, end = 2022-12-31", "start = \"not-stated\"");
        let between =
            between.replace("\"oppet-hus\"", "\"annat\"").replace("title", "continues = \"tidigare\"\ntitle");
        let between = Example::file("agreements/mellan.toml", between.leak(), "");
        let circle =
            Example { toml: format!("continues = \"oppet-hus\"\n{}", earlier.toml).leak(), ..earlier };
        let last = Example::agreement(&[], "continues = \"mellan\"", "");
        assert_eq!(found(&RULE, &[circle, between, last]).len(), 1);
    }

    #[test]
    fn together_exactly_the_limit_is_allowed_and_a_day_more_is_not() {
        let files = |start: &str| {
            let term = format!("start = {start}, end = 2023-12-31");
            let toml = RULE.bad.toml.replace("start = 2013-01-01, end = 2022-12-31", &term);
            let findings = found(&RULE, &[Example { toml: toml.leak(), ..RULE.bad }]);
            findings.into_iter().map(|one| one.place.file.to_string()).collect::<Vec<_>>()
        };
        // With the two years from 2024, eight make ten.
        assert_eq!(files("2016-01-01"), Vec::<String>::new());
        assert_eq!(files("2015-12-31"), ["agreements/oppet-hus.toml"]);
        // An agreement that is too long by itself is no chain; those that follow it make one.
        assert_eq!(files("2000-01-01"), ["agreements/oppet-hus.toml"]);
    }

    #[test]
    fn how_long_an_agreement_lasted_that_the_register_does_not_hold_is_asked_for() {
        let said = |period: &str| {
            let toml = format!("predecessor = {{ title = \"avtalet om öppet hus 2010–2023\"{period} }}");
            let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
            findings.into_iter().map(|one| (one.place.path.to_string(), one.level)).collect::<Vec<_>>()
        };
        assert_eq!(said(""), [("predecessor.period".to_owned(), Level::Warning)]);
        assert_eq!(said(", extended = true").len(), 1);
        assert_eq!(said(", period = { start = 2022-01-01, end = 2023-12-31 }"), []);
        assert_eq!(said(", period = \"not-stated\""), []);
    }
}
