//! If a court found the agreement to be a contract for services, it would be worth more than may be awarded directly.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};

use crate::agreement::{Agreement, AssessmentKind, Role, ServiceKind, Status};
use crate::date::Period;
use crate::finding::{Finding, Level, Place};
use crate::law::{self, Summed, Valuation};
use crate::measure::Measure;
use crate::money::Money;
use crate::path;
use crate::payouts::AgreementStatement;
use crate::rules::chains::Chains;
use crate::rules::{Check, Example, Gravity, RegisterScope, Rule};
use crate::text;
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP703",
    slug: "direct-award",
    title: "Behöver prövas: upphandling",
    gravity: Gravity::Correctness(Level::Warning),
    since: "0.1.0",
    source: "lagen (2016:1145) om offentlig upphandling; HFD 2020 ref. 15",
    why: "En domstol ser till innehållet. Är avtalet i själva verket ett tjänstekontrakt över gränsen skulle det ha annonserats, och det kan förklaras ogiltigt. Värdet är alla angivna belopp utan uppräkning. Tid som optioner och automatiska förlängningar kan ge och som inget belopp avser räknas efter månadskostnaden det sista året. Ett avtal som började tilldelas den 1 februari 2022 eller senare och som inte har något slut räknas som 48 sådana månader. Till det läggs andra avtal i registret med samma organisation om samma verksamhet som börjar inom tolv månader, före eller efter; gav de som började under det förra kalenderåret mer räknas i stället de. Ett avtal som började tilldelas tidigare räknas samman med alla om samma verksamhet samma år. Avtal som gäller samtidigt räknas alltid samman, och en hel kedja aldrig. Kommunens inköp i övrigt känner programmet inte till.",
    check: Check::Register(check),
    bad: Example::agreement(&["assessment.upphandling"], "legal.service = \"general\"", "legal.service"),
    good: Example::agreement(&["assessment.upphandling"], "legal.service = \"social-and-special\"", ""),
};

/// An agreement as an award.
struct Award<'a> {
    one: &'a AgreementStatement<'a>,
    /// When the award began.
    day: NaiveDate,
    /// The first day of what is done.
    start: NaiveDate,
    term: Option<Period>,
    /// What it is worth, by the law of its day; nothing where that is left open.
    value: Option<Value>,
    /// The organisations that it is with.
    organisations: BTreeSet<String>,
    /// Its chain.
    chain: usize,
}

/// What an agreement is worth.
#[derive(Clone, Copy)]
struct Value {
    kronor: Money,
    /// What a month costs, where so many months count since nobody knows the end.
    months: Option<(u32, Money)>,
    /// What is stated for times with an end beside them.
    apart: Option<Money>,
    has_more: bool,
}

/// Why an agreement is added to another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Beside,
    TwelveMonths,
    YearBefore,
    SameKind,
}

fn check(scope: &RegisterScope<'_>) -> Vec<Finding> {
    let chains = Chains::of(&scope.statements);
    let mut of_chain: BTreeMap<usize, Vec<Award<'_>>> = BTreeMap::new();
    for (at, one) in scope.statements.iter().enumerate() {
        if let Some(award) = award(scope, one, at, chains.number(at)) {
            of_chain.entry(award.chain).or_default().push(award);
        }
    }
    let of_each = |awards: &Vec<Award<'_>>| -> Vec<Finding> {
        awards.iter().filter_map(|award| finding(scope, award, awards)).collect()
    };
    of_chain.values().flat_map(of_each).collect()
}

fn award<'a>(
    scope: &RegisterScope<'_>,
    one: &'a AgreementStatement<'a>,
    at: usize,
    chain: usize,
) -> Option<Award<'a>> {
    let agreement = &one.entry.data;
    let day = day_of_award(agreement)?;
    let open_months = law::valuation(day).and_then(|valuation| valuation.open_months);
    let value = scope.values.get(at).copied().flatten().and_then(|value| {
        let open = open_months.zip(value.open_month.filter(|month| *month > Money::ZERO));
        Some(match open {
            Some((months, month)) => Value {
                kronor: {
                    let lasting = month.checked_times(months)?.rounded();
                    if value.is_apart { lasting.checked_add(value.fixed)? } else { lasting.max(value.fixed) }
                },
                months: Some((months, month)),
                apart: Some(value.fixed).filter(|fixed| value.is_apart && *fixed > Money::ZERO),
                has_more: false,
            },
            None => Value { kronor: value.kronor, months: None, apart: None, has_more: value.has_more },
        })
    });
    let organisations = agreement.parties(Role::CivilSociety);
    Some(Award {
        one,
        day,
        start: agreement.term.start.known().copied().unwrap_or(day),
        term: one.statement.life.with_proposals(),
        value,
        organisations: organisations.map(|party| scope.organisations.identity(party)).collect(),
        chain,
    })
}

fn finding(scope: &RegisterScope<'_>, award: &Award<'_>, chain: &[Award<'_>]) -> Option<Finding> {
    let agreement = &award.one.entry.data;
    if agreement.has_assessed(AssessmentKind::Procurement) {
        return None;
    }
    let own = award.value?;
    let valuation = law::valuation(award.day)?;
    let Sum { kronor: value, of_others, unknown } = sum(award, own.kronor, chain, valuation.summed)?;
    let stated = scope.register.settings.as_ref().map(|settings| &settings.data.direct_award);
    let limit_of =
        |service| law::direct_award(stated.into_iter().flat_map(|all| all.values()), service, award.day);
    // The general limit is the lowest: what lies below it lies below every other, known here or not.
    if limit_of(ServiceKind::General).is_some_and(|limit| value <= limit.kronor) {
        return None;
    }
    let declared = agreement.legal.service.known();
    let limit = limit_of(declared.copied().unwrap_or(ServiceKind::General));
    let (against, help) = match (limit, declared) {
        (Some(limit), _) if value <= limit.kronor => return None,
        (None, _) => (
            format!("Programmet känner inte till gränsen för direktupphandling den {}.", award.day),
            "Dokumentera bedömningen i [assessment.NAMN] med kind = \"procurement\", eller fråga kommunjuristen. Gränsen kan anges med källa i iop.toml, i [direct_award.NAMN].",
        ),
        (Some(limit), declared) => {
            let (what, help) = match (declared, &limit.what) {
                (Some(_), Some(what)) => (format!("gäller {what}"), HELP),
                (Some(_), None) => ("gäller en annan tjänst än en social eller särskild".to_owned(), HELP),
                (None, _) => (
                    "inte gäller en välfärdstjänst eller annan social eller särskild tjänst".to_owned(),
                    "Ange tjänstens slag i [legal] (service), och dokumentera bedömningen i [assessment.NAMN] med kind = \"procurement\", eller fråga kommunjuristen.",
                ),
            };
            let against = format!(
                "Om avtalet är ett tjänstekontrakt (HFD 2020 ref. 15) och {what} var gränsen för direktupphandling {} ({}).",
                limit.kronor, limit.source
            );
            (against, help)
        }
    };
    let message = format!("Behöver prövas: {} {against}", worth(value, own, valuation, &of_others, &unknown));
    let finding = scope.finding_in(award.one.entry, &RULE, path!["legal", "service"], message).help(help);
    Some(finding.measured(Measure::of_kronor(value)).related_to_last(
        &of_others,
        "avtal dessförinnan",
        |(other, _, kronor)| {
            let place = Place::value(&other.one.entry.file, path!["term"]);
            (place, format!("{kronor} från {}", other.start))
        },
    ))
}

/// What an agreement comes to with others.
struct Sum<'a> {
    kronor: Money,
    /// Those that are added, each with why and what it is worth; alone, where the year before came to more than the agreement.
    of_others: Vec<(&'a Award<'a>, Why, Money)>,
    /// Those that would be added, if anybody knew what they are worth.
    unknown: Vec<&'a str>,
}

fn sum<'a>(award: &Award<'_>, own: Money, chain: &'a [Award<'a>], summed: Summed) -> Option<Sum<'a>> {
    let others = chain.iter().filter(|other| other.one.id != award.one.id);
    let others: Vec<&Award<'_>> =
        others.filter(|other| other.one.entry.data.status != Status::Draft).collect();
    let is_renewed = |other: &Award<'_>| !other.organisations.is_disjoint(&award.organisations);
    let added = |why: &dyn Fn(&Award<'_>) -> Option<Why>, first: Money| {
        let mut sum = Sum { kronor: first, of_others: Vec::new(), unknown: Vec::new() };
        for other in &others {
            let Some(why) = why(other) else { continue };
            match other.value {
                Some(value) => {
                    sum.kronor = sum.kronor.checked_add(value.kronor)?;
                    sum.of_others.push((*other, why, value.kronor));
                }
                None => sum.unknown.push(other.one.id),
            }
        }
        Some(sum)
    };
    if summed == Summed::SameKindInYear {
        let in_year = |other: &Award<'_>| (other.day.year() == award.day.year()).then_some(Why::SameKind);
        return added(&in_year, own);
    }
    let within = |from: NaiveDate, to: NaiveDate| to.checked_sub_months(YEAR).is_some_and(|year| year < from);
    let beside = |other: &Award<'_>| {
        let shared = award.term.zip(other.term).and_then(|(own, other)| own.overlap(&other));
        (shared.is_some() && is_renewed(other)).then_some(Why::Beside)
    };
    let by_start = |is_in: bool, why: Why, other: &Award<'_>| {
        beside(other).or_else(|| (is_in && is_renewed(other)).then_some(why))
    };
    let back = |other: &Award<'_>| {
        by_start(other.start <= award.start && within(other.start, award.start), Why::TwelveMonths, other)
    };
    let ahead = |other: &Award<'_>| {
        by_start(other.start >= award.start && within(award.start, other.start), Why::TwelveMonths, other)
    };
    let year_before = |other: &Award<'_>| {
        let is_before = other.start.year() + 1 == award.start.year();
        (is_before && is_renewed(other)).then_some(Why::YearBefore)
    };
    let sums = [added(&back, own)?, added(&ahead, own)?, added(&year_before, Money::ZERO)?];
    // Of those that come to as much the first: it says most of the agreement itself.
    sums.into_iter().rev().max_by_key(|sum| sum.kronor)
}

/// What the sum is, and what it is made of.
fn worth(
    sum: Money,
    own: Value,
    valuation: &Valuation,
    others: &[(&Award<'_>, Why, Money)],
    unknown: &[&str],
) -> String {
    let by_month = own.months.map(|(months, month)| {
        let apart = own.apart.map(|fixed| format!("{fixed} för bestämda tider och ")).unwrap_or_default();
        format!("{apart}{months} månader à {} eftersom avtalet inte har något slut", month.rounded())
    });
    let options = if own.has_more { " med förlängningar" } else { "" };
    let whys = || others.iter().map(|(_, why, _)| *why);
    let mut said = if whys().any(|why| why == Why::YearBefore) {
        format!(
            "avtal om samma verksamhet som började under det förra kalenderåret är värda {sum}, mer än det här avtalet ({}).",
            own.kronor
        )
    } else if others.is_empty() {
        let how = by_month.map(|how| format!(", {how} ({})", valuation.source)).unwrap_or_default();
        format!("värdet{options} är {sum}{how}.")
    } else {
        let which = match (whys().any(|why| why == Why::SameKind), whys().all(|why| why == Why::Beside)) {
            (true, _) => "om samma verksamhet samma år",
            (_, true) => "med samma organisation om samma verksamhet som gäller samtidigt",
            _ => "med samma organisation om samma verksamhet inom tolv månader",
        };
        let how = by_month.map(|how| format!(", {how}")).unwrap_or_default();
        let number = match others {
            [_] => "ett annat avtal".to_owned(),
            _ => format!("{} andra avtal", others.len()),
        };
        format!(
            "värdet är {sum} tillsammans med {number} {which} ({}); avtalet för sig är värt {}{options}{how}.",
            valuation.source, own.kronor
        )
    };
    if whys().any(|why| why == Why::Beside) {
        said += " Två avtal sida vid sida kan se ut som en uppdelning, och en upphandling får inte delas upp för att hamna under en gräns.";
    }
    if !unknown.is_empty() {
        let names: Vec<String> = unknown.iter().take(MOST).map(|id| format!("”{id}”")).collect();
        let rest = if unknown.len() > MOST { " med flera" } else { "" };
        said += &format!(" Vad {}{rest} är värt framgår inte, och är inte medräknat.", text::list(&names));
    }
    said
}

const HELP: &str =
    "Dokumentera bedömningen i [assessment.NAMN] med kind = \"procurement\", eller fråga kommunjuristen.";

const YEAR: Months = Months::new(12);

/// So many agreements whose value is not known are named.
const MOST: usize = 3;

/// When the award began: the case was opened, or else the memo or the agreement is dated.
fn day_of_award(agreement: &Agreement) -> Option<NaiveDate> {
    // Of a case that is known by its year alone the first day: the limits have only risen, so that nothing is missed.
    let opened = agreement.case.opened.known().and_then(|opened| opened.first_day());
    let days = [&agreement.memo.dated, &agreement.dated, &agreement.term.start];
    opened.or_else(|| days.into_iter().find_map(Known::known).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payouts;
    use crate::register::{InputFile, Register};

    use crate::rules::examples::found;

    /// What is said of the clean agreement, with so many kronor in each of its two years, from its first day in 2024.
    fn said(kronor: u32, toml: &str, others: &[Example]) -> Vec<String> {
        let own = format!(
            "legal.service = \"general\"\nfunding.2024.amount = {kronor}\nfunding.2025.amount = {kronor}\n{toml}"
        );
        let changes = [&[Example::agreement(&["assessment.upphandling"], own.leak(), "")], others].concat();
        let findings = found(&RULE, &changes);
        let own = findings.into_iter().filter(|one| &*one.place.file == "agreements/oppet-hus.toml");
        own.map(|one| one.message.replace('\u{a0}', " ")).collect()
    }

    /// Another agreement, signed, with an assessment of its own.
    fn other(file: &'static str, (start, end): (&str, &str), more: &str) -> Example {
        let toml = format!(
            "title = \"x\"\nstatus = \"signed\"\nstandard_clauses = []\nterm = {{ start = {start}, end = {end} }}\n\
             assessment.x = {{ kind = \"procurement\", conclusion = \"Nej.\" }}\n\
             party.k = {{ role = \"public\", name = \"Ådala kommun\" }}\n{more}"
        );
        Example::file(file, toml.leak(), "")
    }

    const SAME: &str = "activity = \"oppet-hus\"\n\
        party.f = { role = \"civil-society\", name = \"Föreningen Öppet hus i Ådala\" }\n\
        funding.a = { payer = \"k\", amount = 400_000 }\n";

    #[test]
    fn an_agreement_without_an_end_counts_for_48_months() {
        // 14 000 a month, and 14 000 × 48 = 672 000; 15 000 × 48 = 720 000.
        assert_eq!(said(168_000, "term.renewal = { months = 12 }", &[]), [""; 0]);
        let said_of = |renewal: &str| said(180_000, &format!("term.renewal = {{ {renewal} }}"), &[]);
        let open = said_of("months = 12");
        let [open] = open.as_slice() else { panic!("{open:?}") };
        assert!(
            open.starts_with("Behöver prövas: värdet är 720 000 kronor, 48 månader à 15 000 kronor eftersom avtalet inte har något slut (lagen (2016:1145) om offentlig upphandling 5 kap. 11 och 13 §§). Om avtalet"),
            "{open}"
        );
        // Whose end is known is worth what it can last.
        assert_eq!(said_of("months = 12, until = 2026-12-31"), [""; 0]);
        // An award that began before the rule.
        let before = "term.renewal = { months = 12 }\ncase.opened = 2021-12-31";
        assert_eq!(said(190_000, before, &[]), [""; 0]);
    }

    #[test]
    fn renewed_contracts_count_over_twelve_months_and_never_the_whole_chain() {
        let with = |term, more: &str| said(200_000, "", &[other("agreements/a.toml", term, more)]);
        // The agreement begins on 2024-01-01, and ends with 2025.
        let found = with(("2023-01-02", "2023-12-31"), SAME);
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert!(
            found.contains(
                "värdet är 800 000 kronor tillsammans med ett annat avtal med samma organisation om samma verksamhet inom tolv månader (lagen"
            ) && found.contains("; avtalet för sig är värt 400 000 kronor."),
            "{found}"
        );
        assert_eq!(with(("2023-01-01", "2023-12-31"), SAME), [""; 0]);
        assert_eq!(with(("2026-01-01", "2026-12-31"), SAME), [""; 0]);
        let other_party = SAME.replace("Öppet hus", "Annan");
        assert_eq!(with(("2023-06-01", "2023-12-31"), &other_party), [""; 0]);
        let other_activity = SAME.replace("oppet-hus", "lov");
        assert_eq!(with(("2023-06-01", "2023-12-31"), &other_activity), [""; 0]);
    }

    #[test]
    fn the_calendar_year_before_counts_where_it_comes_to_more() {
        let half = |file, start, end| other(file, (start, end), SAME);
        let halves = [
            half("agreements/a.toml", "2023-01-01", "2023-01-31"),
            half("agreements/b.toml", "2023-01-01", "2023-01-31"),
        ];
        let found = said(200_000, "", &halves);
        assert!(
            found[0].starts_with("Behöver prövas: avtal om samma verksamhet som började under det förra kalenderåret är värda 800 000 kronor, mer än det här avtalet (400 000 kronor)."),
            "{found:?}"
        );
    }

    #[test]
    fn agreements_side_by_side_may_be_one_that_is_split_up() {
        let found = said(200_000, "", &[other("agreements/a.toml", ("2025-06-01", "2025-12-31"), SAME)]);
        assert!(found[0].contains("som gäller samtidigt") && found[0].contains("uppdelning"), "{found:?}");
        let open = SAME.replace("amount = 400_000", "amount = \"not-stated\"");
        let others = [
            other("agreements/a.toml", ("2025-06-01", "2025-12-31"), SAME),
            other("agreements/b.toml", ("2025-06-01", "2025-12-31"), &open),
        ];
        let found = said(200_000, "", &others);
        assert!(found[0].contains("Vad ”b” är värt framgår inte, och är inte medräknat."), "{found:?}");
    }

    #[test]
    fn before_february_2022_the_year_counts_whoever_it_is_with() {
        let annan = SAME.replace("Öppet hus", "Annan");
        let with = |opened: &str, day: &str| {
            let own = format!("case.opened = {opened}");
            said(120_000, &own, &[other("agreements/a.toml", (day, "2023-12-31"), &annan)])
        };
        // The limit was 615 312 kronor.
        let found = with("2021-11-01", "2021-02-01");
        assert!(found[0].contains("värdet är 640 000 kronor tillsammans med ett annat avtal om samma verksamhet samma år (lagen (2016:1145) om offentlig upphandling i dess lydelse före 2022-02-01)"), "{found:?}");
        assert_eq!(with("2021-11-01", "2020-12-31"), [""; 0]);
    }

    #[test]
    fn a_limit_that_is_not_known_is_said_to_be_so_unless_the_register_states_it() {
        let own = "case.opened = 2027-01-10\nlegal.service = \"social-and-special\"";
        let with = |others: &[Example]| {
            let own = format!("funding.2024.amount = 1_000_000\n{own}");
            let changes =
                [&[Example::agreement(&["assessment.upphandling"], own.leak(), "")], others].concat();
            let findings = found(&RULE, &changes);
            findings.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert!(
            with(&[])[0]
                .ends_with("Programmet känner inte till gränsen för direktupphandling den 2027-01-10.")
        );
        let stated = |kronor: u32| {
            let toml = format!(
                "direct_award.a = {{ service = \"social-and-special\", from = 2026-01-01, kronor = {kronor}, source = \"kommunens upphandlingsenhet\" }}"
            );
            with(&[Example::file("iop.toml", toml.leak(), "")])
        };
        assert!(stated(1_400_000)[0].contains("(kommunens upphandlingsenhet)"));
        assert_eq!(stated(1_500_000), [""; 0]);
    }

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
            payouts::extended_value(&entry.data, &statement).unwrap().kronor.decimal().to_string()
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
