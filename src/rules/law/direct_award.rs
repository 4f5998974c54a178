//! If a court found the agreement to be a contract for services, it would be worth more than may be awarded directly.

use chrono::NaiveDate;

use crate::agreement::{Agreement, AssessmentKind, ServiceKind};
use crate::finding::{Finding, Level};
use crate::law;
use crate::measure::Measure;
use crate::path;
use crate::payouts;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP703",
    slug: "direct-award",
    title: "Behöver prövas: upphandling",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "lagen (2016:1145) om offentlig upphandling; HFD 2020 ref. 15",
    why: "En domstol ser till innehållet. Är avtalet i själva verket ett tjänstekontrakt över gränsen skulle det ha annonserats, och det kan förklaras ogiltigt. Värdet är alla angivna belopp utan uppräkning. Tid som optioner och automatiska förlängningar kan ge och som inget belopp avser räknas efter månadskostnaden det sista året; en förlängning utan slut räknas en gång.",
    check: Check::Agreement(check),
    bad: Example::agreement(&["assessment.upphandling"], "legal.service = \"general\"", "legal.service"),
    good: Example::agreement(&["assessment.upphandling"], "legal.service = \"social-and-special\"", ""),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let agreement = scope.agreement;
    if agreement.has_assessed(AssessmentKind::Procurement) {
        return Vec::new();
    }
    let Some((day, value)) = day_of_award(agreement).zip(payouts::extended_value(agreement, scope.statement))
    else {
        return Vec::new();
    };
    let declared = agreement.legal.service.known();
    let general = law::direct_award(ServiceKind::General, day);
    // The general limit is the lowest: what lies below it lies below every other, known here or not.
    if general.is_some_and(|limit| value <= limit.kronor) {
        return Vec::new();
    }
    let Some(limit) = law::direct_award(declared.copied().unwrap_or(ServiceKind::General), day) else {
        let message = format!(
            "Behöver prövas: värdet är {value}. Programmet känner inte till gränsen för direktupphandling den {day}."
        );
        let finding = scope.finding(&RULE, path!["legal", "service"], message).help(HELP);
        return vec![finding.measured(Measure::of_kronor(value))];
    };
    if value <= limit.kronor {
        return Vec::new();
    }
    let (what, help) = match (declared, &limit.what) {
        (Some(_), Some(what)) => (format!("gäller {what}"), HELP),
        (Some(_), None) => ("gäller en annan tjänst än en social eller särskild".to_owned(), HELP),
        (None, _) => (
            "inte gäller en välfärdstjänst eller annan social eller särskild tjänst".to_owned(),
            "Ange tjänstens slag i [legal] (service), och dokumentera bedömningen i [assessment.NAMN] med kind = \"procurement\", eller fråga kommunjuristen.",
        ),
    };
    let options = if has_more(agreement) { " med förlängningar" } else { "" };
    let message = format!(
        "Behöver prövas: värdet{options} är {value}. Om avtalet är ett tjänstekontrakt (HFD 2020 ref. 15) och {what} var gränsen för direktupphandling {} ({}).",
        limit.kronor, limit.source
    );
    let finding = scope.finding(&RULE, path!["legal", "service"], message).help(help);
    vec![finding.measured(Measure::of_kronor(value))]
}

const HELP: &str =
    "Dokumentera bedömningen i [assessment.NAMN] med kind = \"procurement\", eller fråga kommunjuristen.";

/// When the award began: the case was opened, or else the memo or the agreement is dated.
fn day_of_award(agreement: &Agreement) -> Option<NaiveDate> {
    // Of a case that is known by its year alone the first day: the limits have only risen, so that nothing is missed.
    let opened = agreement.case.opened.known().and_then(|opened| opened.first_day());
    let days = [&agreement.memo.dated, &agreement.dated, &agreement.term.start];
    opened.or_else(|| days.into_iter().find_map(Known::known).copied())
}

fn has_more(agreement: &Agreement) -> bool {
    !agreement.term.option.is_empty() || agreement.term.going_on().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{InputFile, Register};

    #[test]
    fn options_count_by_the_month() {
        let with = |term: &str, more: &str| {
            let agreement = format!(
                "title = \"x\"\nactivity = \"x\"\nstatus = \"draft\"\n\
                 party.k = {{ role = \"public\", name = \"K\" }}\n\
                 term = {{ start = 2024-01-01, end = 2025-12-31, {term} }}\n\
                 funding.a = {{ payer = \"k\", amount = 240 }}\n{more}"
            );
            let (register, findings) = Register::load(vec![InputFile::text("agreements/a.toml", &agreement)]);
            assert!(findings.is_empty(), "{findings:?}");
            let entry = &register.agreements["a"];
            let statement = payouts::statement(&register, entry, "2024-06-01".parse().unwrap());
            payouts::extended_value(&entry.data, &statement).unwrap().decimal().to_string()
        };
        let value_of = |term: &str| with(term, "");
        // 240 kronor for 24 months are 10 a month: 2 × 6 months of options are 120 more.
        assert_eq!(value_of("option.a = { months = 6, times = 2 }"), "360");
        assert_eq!(value_of("renewal = { months = 12 }"), "360");
        // From the end of 2025 to the end of 2027 there are 24 months.
        assert_eq!(value_of("renewal = { months = 12, until = 2027-12-31 }"), "480");
        assert_eq!(value_of("review_by = 2025-01-01"), "240");
        // What is stated for a part of that time is what it costs; the rest goes by the month as the last year.
        let stated = |months: u32| {
            let more = "funding.b = { payer = \"k\", amount = 300, period = { start = 2026-01-01, end = 2026-12-31 } }";
            with(&format!("option.a = {{ months = {months}, times = 2 }}"), more)
        };
        assert_eq!(stated(6), "540");
        assert_eq!(stated(12), "840");
        // What a supplement adds or puts in the place of another amount, agreed or only proposed.
        let supplement = |key: &str, status: &str| {
            format!(
                "[supplement.s]\nnumber = 1\nchanges = \"x\"\nstatus = \"{status}\"\n\
                 funding.{key} = {{ payer = \"k\", amount = 1000 }}"
            )
        };
        for status in ["signed", "proposed"] {
            assert_eq!(with("review_by = 2025-01-01", &supplement("b", status)), "1240", "{status}");
            assert_eq!(with("review_by = 2025-01-01", &supplement("a", status)), "1000", "{status}");
        }
    }
}
