//! Each sentence of a document about money and deciders says what the data says, and no more.

use std::fs;

use super::Case;
use super::said::{adala, agreement, memo, of_example, says};

/// What the example's agreement has where a case has something else.
const ORGAN: (&str, &str) = ("organ = \"Socialnämnden\"", "organ = \"Kommunstyrelsen\"");

/// The sum of what the payouts pay in a year, in whole kronor.
pub(super) fn paid(case: &Case, year: &str) -> i64 {
    let report = case.json("2025-06-01", "payouts");
    let payouts = report["agreements"][0]["payouts"].as_array().unwrap().iter();
    let of_year = payouts.filter(|one| one["covers_from"].as_str().unwrap().starts_with(year));
    of_year.map(|one| one["to_pay"].as_str().unwrap().parse::<i64>().unwrap()).sum()
}

#[test]
fn amounts_after_adjustment_are_not_promised_beside_it_again() {
    let indexation = |amounts: &str| {
        format!(
            "[indexation.upp]\nyears = [2025]\nflat = \"2\"\namounts = \"{amounts}\"\nmethod = \"chained\""
        )
    };
    let after = adala(&[], &indexation("after-adjustment"));
    let promised = "med en ersättning om 500 000 kronor för 2024 och 500 000 kronor för 2025";
    says(
        &memo(&after),
        &[&format!("{promised}. ##"), "1 000 000 kronor under avtalstiden."],
        &["jämte", "utan uppräkning"],
    );
    assert_eq!(paid(&after, "2025"), 500_000);
    let before = adala(&[], &indexation("before-adjustment"));
    says(
        &memo(&before),
        &[
            &format!("{promised} jämte den ersättningsjustering som avtalet anger för 2025. ##"),
            "utan uppräkning",
        ],
        &["årliga ersättningsjustering"],
    );
    assert_eq!(paid(&before, "2025"), 510_000);
}

#[test]
fn a_sentence_about_a_part_of_the_money_names_it() {
    let case = adala(
        &[("times_per_year = 2\n", "funding = [\"2024\", \"2025\"]\ntimes_per_year = 2\n")],
        "[funding.hyra]\ntitle = \"Hyra för lokalen\"\npayer = \"kommun\"\namount = 300_000\nbudget_line = \"social\"\n\
         [indexation.upp]\nfunding = [\"2025\"]\nyears = [2025]\nflat = \"2\"\namounts = \"before-adjustment\"\nmethod = \"chained\"",
    );
    says(
        &memo(&case),
        &["om sammanlagt 1 300 000 kronor jämte den ersättningsjustering som avtalet anger för 2025. ##"],
        &[],
    );
    says(
        &agreement(&case),
        &[
            "För 2025 räknas den ersättning som i tabellen avser 2025 upp med 2 procent. Beloppet anges före justering.",
            "Följande gäller för den ersättning som avser 2024 och 2025. Ersättningen betalas ut vid två tillfällen per år.",
        ],
        &["räknas ersättningen upp"],
    );
}

#[test]
fn one_of_something_is_in_the_singular() {
    let case = adala(
        &[
            ("copies = 2", "copies = 1"),
            (
                "end = 2025-12-31\n",
                "end = 2025-12-31\nat_most_months_at_a_time = 1\nrenewal = { months = 1, notice_months = 1 }\noption.en = { months = 1, by = \"kommun\" }\n",
            ),
            ("days_to_pay = 30", "days_to_pay = 1"),
            ("due = { month = 2 }", "due = { days_after_period = 1 }"),
        ],
        "[indexation.upp]\nyears = [2025]\nfollows = \"konsumentprisindex\"\nlag_years = 1\namounts = \"before-adjustment\"\nmethod = \"against-base\"",
    );
    says(
        &agreement(&case),
        &[
            "i ett original.",
            "med en månad, på begäran av kommunen",
            "förlängs med en månad i taget",
            "senast en månad före",
            "är högst en månad.",
            "inom 1 dag.",
            "senast 1 dag efter periodens slut",
            "Justeringen räknas på det avtalade beloppet. Indexvärdet är det för ett år före det år som justeras.",
        ],
        &["1 månader", "1 dagar", "en år", "basår"],
    );
}

#[test]
fn the_decision_names_how_the_agreement_can_go_on_and_what_that_costs() {
    let money = "[funding.2026]\npayer = \"kommun\"\nperiod = { start = 2026-01-01, end = 2026-12-31 }\namount = 510_000\nbudget_line = \"social\"";
    let term = |more: &str| format!("end = 2025-12-31\n{more}\n");
    let renewal = term("renewal = { months = 12, notice_months = 3, until = 2026-12-31 }");
    let renewed = memo(&adala(&[("end = 2025-12-31\n", &renewal)], money));
    says(
        &renewed,
        &[
            "för åren 2024–2025 med möjlig förlängning",
            "- att godkänna att avtalet därefter förlängs med tolv månader i taget, om ingen part säger upp det, längst till och med den 31 december 2026, då med en ersättning om 510 000 kronor för 2026",
            "sammanlagt 1 000 000 kronor under avtalstiden. Efter avtalstiden förlängs avtalet med tolv månader i taget",
            "| **Därutöver, om avtalet förlängs** | | **510 000 kronor** |",
        ],
        &[],
    );
    let option = term("option.o = { months = 6, times = 2, by = \"kommun\", notice_by = 2025-09-30 }");
    let with_option = memo(&adala(&[("end = 2025-12-31\n", &option)], money));
    says(
        &with_option,
        &[
            "att avtalet därefter kan förlängas, längst till och med den 31 december 2026, då med en ersättning om 510 000 kronor för 2026",
        ],
        &[],
    );
    let without = memo(&adala(&[("end = 2025-12-31\n", &option)], ""));
    says(
        &without,
        &[
            "kan förlängas, längst till och med den 31 december 2026; ersättningen för den tiden är inte angiven och kräver ett nytt beslut",
        ],
        &[],
    );
    // One that does not know its days knows all the same that it may go on.
    let undated = |more: &str| {
        let days = "start = 2024-01-01\nend = 2025-12-31\n";
        let days = (days, &*format!("start = \"not-stated\"\nmonths = 24\n{more}\n"));
        memo(&adala(&[days], ""))
    };
    says(
        &undated("option.o = { months = 12, times = 2, by = \"kommun\" }"),
        &[
            "- att godkänna att avtalet därefter kan förlängas med tolv månader, högst två gånger; ersättningen",
        ],
        &[],
    );
    says(
        &undated("renewal = { months = 12, notice_months = 3 }"),
        &[
            "- att godkänna att avtalet därefter förlängs med tolv månader i taget, om ingen part säger upp det",
        ],
        &[],
    );
    says(&undated(""), &[], &["därefter"]);
}

#[test]
fn a_memo_tells_who_has_assessed_what_a_late_report_costs_and_where_the_rest_stands() {
    let klovby = Case::of_example("klovby");
    says(
        &of_example(&klovby, "oppen-dorr", "tjansteskrivelse", "2025-03-01"),
        &[
            "Bedömningarna är gjorda av kommunen den 20 oktober 2021.",
            "Om en halvårsrapport kommer för sent minskas utbetalningen närmast efter den dag då rapporten senast skulle ha lämnats med 10 procent. Är rapporten mer än 30 dagar sen kan minskningen i stället bli 50 procent. Minskningen är slutlig.",
            "Förslaget till avtal har också bestämmelser under rubrikerna ”Styrning”, ”Uppföljning”, ”Utbetalning och fakturering” och ”Ändring, uppsägning och tvist”.",
        ],
        &[],
    );
    says(
        &memo(&adala(&[], "")),
        &[
            "Bedömningen att ingen annan aktör kan bedriva verksamheten är gjord av kommunen den 15 oktober 2023. Bedömningen av upphandlingsplikt är gjord av kommunjuristen den 20 oktober 2023.",
        ],
        &[],
    );
}

#[test]
fn what_has_passed_on_the_memos_day_is_told_as_past() {
    let klovby = Case::of_example("klovby");
    let memo = |key: &str| {
        let kind = format!("tjansteskrivelse-andring-forlangning-{key}");
        of_example(&klovby, "oppen-dorr", &kind, "2025-03-01")
    };
    let past =
        "Avtalet med Föreningen Vägen in i Klövby (nedan föreningen) gällde till och med den 30 juni 2023.";
    says(&memo("tva"), &[past, "Avtalet gällde från och med den 1 januari 2022"], &[]);
    says(
        &memo("tre"),
        &["Avtalet med Föreningen Vägen in i Klövby (nedan föreningen) gäller till och med"],
        &["gällde"],
    );
}

#[test]
fn the_decision_tells_the_yearly_amount_of_an_agreement_until_further_notice() {
    let case = adala(
        &[
            ("end = 2025-12-31\n", "until_further_notice = { notice_months = 6 }\n"),
            (
                "period = { start = 2024-01-01, end = 2024-12-31 }\namount = 500_000",
                "title = \"Grund\"\nrate = { amount = 480_000, per = \"year\" }",
            ),
            (
                "period = { start = 2025-01-01, end = 2025-12-31 }\namount = 500_000",
                "title = \"Platser\"\nrate = { amount = 10_000, unit = \"plats\", units = \"platser\", count = 3, per = \"month\" }",
            ),
        ],
        "",
    );
    says(
        &memo(&case),
        &[
            "från och med den 1 januari 2024 och tills vidare, med en uppsägningstid om sex månader, med en ersättning om 480 000 kronor per år för ”Grund” och 10 000 kronor per plats och månad, för tre platser för ”Platser”. ##",
        ],
        &["ersättning enligt avtalet"],
    );
}

#[test]
fn all_public_parties_stand_in_the_memo_and_their_money_is_their_own() {
    let region = "[party.region]\nrole = \"public\"\nname = \"Region Mitt\"\nshort_name = \"regionen\"\nsignatory = \"not-stated\"\n\
        [funding.region]\npayer = \"region\"\namount = 200_000\n\
        [indexation.upp]\nyears = [2025]\nflat = \"2\"\namounts = \"before-adjustment\"\nmethod = \"chained\"";
    says(
        &memo(&adala(&[], region)),
        &[
            "# Förslag till avtal om idéburet offentligt partnerskap med Föreningen Öppet hus i Ådala och Region Mitt för åren",
            "teckna avtal med Föreningen Öppet hus i Ådala och Region Mitt om idéburet offentligt partnerskap gällande ett öppet hus för unga för tiden",
            "med en ersättning om 500 000 kronor för 2024 och 500 000 kronor för 2025 jämte",
            "Därutöver bidrar regionen med 200 000 kronor.",
            "Med justeringen blir ersättningen per år, från alla som betalar:",
        ],
        &[",:"],
    );
    let other = [
        ("legal_person = \"Ådala kommun\"", "legal_person = \"Region Mitt\""),
        (
            "name = \"Ådala kommun\"\nshort_name = \"kommunen\"",
            "name = \"Region Mitt\"\nshort_name = \"regionen\"",
        ),
    ];
    let own = "[party.egen]\nrole = \"public\"\nname = \"Ådala kommun\"\nsignatory = \"not-stated\"";
    says(
        &memo(&adala(&other, own)),
        &["utan ersättning från socialnämnden", "Därutöver bidrar regionen med 1 000 000 kronor."],
        &["Kommunens ersättning"],
    );
}

#[test]
fn names_keep_their_capitals_and_abbreviations_their_colon() {
    let case = adala(
        &[("organ = \"Socialnämnden\"", "organ = \"Södermalms stadsdelsnämnd\"")],
        "[economy]\npartial_funding = true",
    );
    let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
    let case = case.with("iop.toml", &settings.replace("\"Socialnämnden\"", "\"Södermalms stadsdelsnämnd\""));
    says(
        &agreement(&case),
        &["Ådala kommun genom Södermalms stadsdelsnämnd", "För Södermalms stadsdelsnämnd gäller"],
        &["södermalms"],
    );
    says(&memo(&case), &["föreslår att Södermalms stadsdelsnämnd låter teckna"], &["södermalms"]);
    let short = adala(
        &[("short_name = \"föreningen\"", "short_name = \"RSMH\"")],
        "[economy]\npartial_funding = true",
    );
    says(&agreement(&short), &["en del av kostnaden för RSMH:s verksamhet"], &["RSMHs"]);
}

#[test]
fn the_committee_is_called_by_its_name() {
    let case = adala(&[ORGAN, ("[memo]\n", "[memo]\nreport_back = \"varje år\"\n")], "");
    let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
    let case = case.with("iop.toml", &settings.replace("\"Socialnämnden\"", "\"Kommunstyrelsen\""));
    says(&memo(&case), &["att partnerskapet ska redovisas till kommunstyrelsen varje år"], &["till nämnden"]);
}

#[test]
fn vat_promises_nothing_of_tax_law() {
    let vat = |word: &str| agreement(&adala(&[], &format!("[economy]\nvat = \"{word}\"")));
    says(&vat("none"), &["Beloppen är allt som betalas. Ingen moms läggs till."], &["utan moms"]);
    says(&vat("excluded"), &["Beloppen anges exklusive moms."], &[]);
}

#[test]
fn years_of_two_calendar_years_have_names_of_their_own() {
    let money = |from: i32, key: &str| {
        format!(
            "[funding.{key}]\npayer = \"kommun\"\nperiod = {{ start = {from}-07-01, end = {}-06-30 }}\namount = 100_000\n",
            from + 1
        )
    };
    let case = Case::new(
        "start = 2023-07-01, end = 2025-06-30",
        &format!("{}{}", money(2023, "a"), money(2024, "b")),
    );
    says(&agreement(&case), &["| Juli 2023–juni 2024 |", "| Juli 2024–juni 2025 |"], &["Hela avtalstiden"]);
}

#[test]
fn the_words_of_an_adjustment_tell_how_it_is_computed() {
    let money = "[funding.a]\npayer = \"kommun\"\nperiod = { start = 2023-07-01, end = 2024-06-30 }\namount = 500_000\n\
        [funding.b]\npayer = \"kommun\"\nperiod = { start = 2024-07-01, end = 2025-06-30 }\namount = 500_000\n\
        [indexation.i]\nseries = \"s\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\nround_to = \"hundred-kronor\"";
    let case = Case::new("start = 2023-07-01, end = 2025-06-30", money)
        .with_values(&[("2024", "2", "decided"), ("2025", "2", "decided")]);
    says(
        &agreement(&case),
        &[
            "För varje kalenderår från och med 2024 tillkommer en årlig ersättningsjustering",
            "Resultatet avrundas till hela hundratal kronor. Nästa års belopp räknas på beloppet före avrundning.",
        ],
        &["efter det första"],
    );
}

#[test]
fn what_is_assumed_of_a_guideline_is_never_told_as_fact() {
    let case = adala(&[], "");
    let path = "guidelines/adala-2019.toml";
    let guideline = fs::read_to_string(case.folder.path().join(path)).unwrap();
    let assumed = guideline.replacen("\n[limits]", "assumed = \"gränserna\"\n\n[limits]", 1);
    let case = case.with(path, &assumed);
    says(&agreement(&case), &["Avtalet följer *Riktlinjer"], &["tidsbegränsade till högst", "budgetram"]);
    says(&memo(&case), &["(uppgifterna om dem är delvis antaganden)"], &["tidsbegränsade till högst"]);
}

#[test]
fn what_may_be_in_the_amounts_already_is_not_promised_beside_them() {
    let indexation =
        "[indexation.upp]\nyears = [2025]\nflat = \"2\"\namounts = \"not-stated\"\nmethod = \"chained\"";
    says(
        &memo(&adala(&[], indexation)),
        &[
            "jämte den ersättningsjustering som avtalet anger för 2025, om den inte redan ingår i beloppen (**[",
        ],
        &[],
    );
}

#[test]
fn a_memo_has_the_same_text_on_every_later_day() {
    let values = "title = \"s\"\nkind = \"yearly-change\"\ncoverage = \"prices\"\npublisher = \"x\"\n[value]\n2025 = [\n\
        { number = \"2\", status = \"provisional\", source = \"s\", known_from = 2023-10-12 },\n\
        { number = \"3\", status = \"decided\", source = \"s\", known_from = 2024-12-15 },\n]\n";
    let indexation = "[indexation.upp]\nyears = [2025]\nseries = \"s\"\namounts = \"before-adjustment\"\nmethod = \"chained\"";
    let indexed = adala(&[], indexation).with("indexes/s.toml", values);
    says(&memo(&indexed), &["510 000 kronor"], &["515 000"]);
    let registers = ["adala", "bergsjo", "havsnas", "vretby"].map(Case::of_example);
    for case in registers.iter().chain([&indexed]) {
        let on = |day: &str| -> Vec<(std::path::PathBuf, String)> {
            case.says(day, &["render", "--format", "md"]);
            let build = case.folder.path().join("build");
            let mut memos: Vec<_> = fs::read_dir(build)
                .unwrap()
                .flat_map(|folder| fs::read_dir(folder.unwrap().path()).into_iter().flatten())
                .map(|file| file.unwrap().path())
                .filter(|path| !path.ends_with("avtal.md"))
                .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
                .collect();
            memos.sort();
            assert!(!memos.is_empty());
            memos
        };
        let first = on("2025-01-15");
        assert_eq!(first, on("2025-12-01"));
        assert_eq!(first, on("2031-03-03"));
    }
}
