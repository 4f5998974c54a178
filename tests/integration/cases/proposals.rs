//! What a proposal about a change of an agreement asks each committee to decide, and what the paper about it says instead.

use std::fs;

use super::said::says;
use super::{Case, yearly};
use crate::common::run_in;

const MEMO: &str = "tjansteskrivelse-andring";

/// An agreement for 2024 and 2025 with 100 000 kronor a year, and what is proposed of it.
fn with(more: &str) -> Case {
    of("start = 2024-01-01, end = 2025-12-31", &format!("{}{more}", yearly(2024..=2025, 100_000, "")))
}

fn of(term: &str, economy: &str) -> Case {
    let case = format!("[case]\nregistry_number = \"SN 2023/1\"\n{economy}");
    Case::new(term, &case)
}

/// A change that is proposed, with its memo.
fn proposed(table: &str, facts: &str) -> String {
    format!("[{table}]\nstatus = \"proposed\"\n{facts}\nmemo = {{ dated = 2025-06-01 }}\n")
}

/// The document of a change, as one line.
fn told(case: &Case, kind: &str, change: &str) -> String {
    let said = case.says("2025-06-01", &["render", "--format", "md", "--document", kind]);
    let path = case.folder.path().join(format!("build/a/{kind}{change}.md"));
    let text = fs::read_to_string(path).unwrap_or_else(|_| panic!("{said}"));
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What two committees have concluded, each with its own money for 2026, that of the first adjusted by a series.
fn of_two(values: &[(&str, &str, &str)]) -> Case {
    let money = |key: &str, line: &str, amount: u32| {
        format!(
            "[funding.{key}]\npayer = \"kommun\"\nbudget_line = \"{line}\"\nsource = \"own-frame\"\namount = {amount}\n\
             period = {{ start = 2026-01-01, end = 2026-12-31 }}\n"
        )
    };
    let index = "[indexation.i]\nfunding = [\"s26\"]\nseries = \"s\"\napplies = \"on-extension\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";
    let more = [
        money("s26", "social", 110_000),
        money("k26", "kultur", 50_000),
        index.to_owned(),
        "[also_decides.kultur]\ncommittee = \"kultur\"\nregistry_number = \"KN 2023/7\"\n".to_owned(),
        proposed("extension.ett", "until = 2026-12-31\nalso_decides.kultur = { committee = \"kultur\" }"),
        proposed("extension.tva", "until = 2027-12-31\nalso_decides.kultur = { committee = \"kultur\" }"),
        "[funding.s27]\npayer = \"kommun\"\nbudget_line = \"social\"\namount = 110_000\nperiod = { start = 2027-01-01, end = 2027-12-31 }\n".to_owned(),
    ];
    in_two_committees(with(&more.concat())).with_values(values)
}

/// The same in a municipality with two committees, each with a line of its own in the budget.
fn in_two_committees(case: Case) -> Case {
    let committee = |key: &str, name: &str| format!("[committee.{key}]\nnames = [{{ name = \"{name}\" }}]\n");
    let line = |key: &str| {
        format!(
            "[line.{key}]\ntitle = \"{key}\"\ncommittee = \"{key}\"\n[line.{key}.year]\n2024 = {{ amount = 900_000, status = \"decided\", source = \"KF\" }}\n"
        )
    };
    case.with(
        "iop.toml",
        &format!(
            "[municipality]\nname = \"Provs kommun\"\n[default]\ncommittee = \"social\"\n{}{}",
            committee("social", "Socialnämnden"),
            committee("kultur", "Kulturnämnden")
        ),
    )
    .with("budget.toml", &format!("{}{}", line("social"), line("kultur")))
}

#[test]
fn each_committee_decides_its_own_money_with_its_own_adjustment() {
    let case = of_two(&[("2025", "2", "decided")]);
    let first = told(&case, MEMO, "-forlangning-ett");
    says(
        &first,
        &[
            "Diarienummer: SN 2023/1, KN 2023/7",
            "Socialnämnden beslutar - att förlänga",
            // That nobody knows the value yet does not make the adjustment go away.
            "med en ersättning från socialnämnden om 110 000 kronor för den tiden jämte den ersättningsjustering som överenskommelsen anger - att",
            "- att kostnaden ska finansieras genom socialnämndens budgetram, om ramen beslutas",
            "- att beslutet gäller under förutsättning att kulturnämnden fattar motsvarande beslut",
            "Kulturnämnden beslutar - att förlänga",
            "med en ersättning från kulturnämnden om 50 000 kronor för den tiden - att",
            "- att kostnaden ska finansieras genom kulturnämndens budgetram, om ramen beslutas",
            "Hur stor den blir är inte känt ännu.",
        ],
        &["var för sig - att", "respektive nämnds budgetram - att"],
    );
    says(
        &told(&case, MEMO, "-forlangning-tva"),
        &["till och med den 31 december 2027, utan ersättning från kulturnämnden"],
        &[],
    );
    let known = of_two(&[("2025", "2", "decided"), ("2026", "3", "decided")]);
    let payouts = known.payouts("2025-06-01");
    let adjusted = payouts.iter().find_map(|one| one.strip_prefix("s26#1 ")).unwrap().trim_end_matches(" p");
    let (thousands, rest) = adjusted.split_at(adjusted.len() - 3);
    says(
        &told(&known, MEMO, "-forlangning-ett"),
        &[&format!("Med justeringen är socialnämndens ersättning {thousands} {rest} kronor.")],
        &[],
    );
}

#[test]
fn a_supplement_says_what_it_does_to_the_term() {
    let money = "[supplement.s.funding.2026]\npayer = \"kommun\"\namount = 40_000\nperiod = { start = 2026-01-01, end = 2026-06-30 }\n";
    let supplement = |end: &str| {
        proposed("supplement.s", &format!("number = 2\nchanges = \"Mer.\"\ndated = 2025-07-01\nend = {end}"))
    };
    let longer = with(&format!("{}{money}", supplement("2026-06-30")));
    says(
        &told(&longer, MEMO, "-tillagg-s"),
        &[
            "att godkänna tilläggsavtal nr 2 till överenskommelsen",
            ", som förlänger överenskommelsen till och med den 30 juni 2026, med en ersättning om 40 000 kronor för den tiden",
            // Nobody has signed what is proposed.
            "- Förslag till tilläggsavtal nr 2 ##",
        ],
        &["tilläggsavtal nr 2, 2025-07-01", "tillägg nr 2"],
    );
    let shorter = with(&supplement("2025-06-30"));
    says(
        &told(&shorter, MEMO, "-tillagg-s"),
        &[
            ", så att sista dagen blir den 30 juni 2025, vilket minskar ersättningen med 50 000 kronor för 2025",
        ],
        &["som förlänger"],
    );
    says(
        &told(&shorter, "tillaggsavtal", "-tillagg-s"),
        &["För tiden efter den 30 juni 2025 betalas ingen ersättning."],
        &[],
    );
}

const GOES_ON: &str = "start = 2024-01-01, until_further_notice = { notice_months = 6, ends_on = \"12-31\" }";

/// Money until further notice by the half-year.
fn rate(table: &str, line: &str, amount: u32) -> String {
    format!(
        "[{table}]\npayer = \"kommun\"\nbudget_line = \"{line}\"\nrate = {{ amount = {amount}, per = \"half-year\" }}\n"
    )
}

#[test]
fn a_committee_that_decides_alone_decides_what_all_of_them_pay() {
    let change = proposed("supplement.s", "number = 1\nchanges = \"Mer öppet.\"");
    let economy = [
        rate("funding.a", "social", 240_000),
        rate("funding.b", "kultur", 100_000),
        change,
        rate("supplement.s.funding.a", "social", 260_000),
        rate("supplement.s.funding.b", "kultur", 150_000),
    ];
    let text = told(&in_two_committees(of(GOES_ON, &economy.concat())), MEMO, "-tillagg-s");
    // Twice 20 000 and twice 50 000 a year.
    says(
        &text,
        &[
            "vilket ökar ersättningen med 140 000 kronor för 2024 och 140 000 kronor för 2025",
            "Kommunens ersättning ökar med sammanlagt 280 000 kronor.",
        ],
        &["från 240 000 kronor per halvår"],
    );
}

#[test]
fn a_lower_rate_is_less_and_an_end_takes_no_years_from_what_goes_on() {
    let money = rate("funding.a", "social", 240_000);
    let change =
        |facts: &str| proposed("supplement.s", &format!("number = 1\nchanges = \"Annat.\"\n{facts}"));
    let lower = format!("{money}{}{}", change(""), rate("supplement.s.funding.a", "social", 220_000));
    let text = told(&in_two_committees(of(GOES_ON, &lower)), MEMO, "-tillagg-s");
    says(
        &text,
        &["vilket minskar ersättningen från 240 000 kronor per halvår till 220 000 kronor per halvår"],
        &["ökar"],
    );
    let text = told(
        &in_two_committees(of(GOES_ON, &format!("{money}{}", change("end = 2026-06-30")))),
        MEMO,
        "-tillagg-s",
    );
    says(
        &text,
        &["slutar då den 30 juni 2026", "betalar ingen ersättning för tiden efter den dagen"],
        &["ökar", "minskar"],
    );
}

#[test]
fn a_higher_rate_until_further_notice_is_told_as_a_rate() {
    let rate = |amount: u32| {
        format!(
            "payer = \"kommun\"\ntitle = \"Drift\"\nrate = {{ amount = {amount}, per = \"half-year\" }}\n"
        )
    };
    let change = proposed("supplement.s", "number = 1\nchanges = \"Mer öppet.\"");
    let case = of(
        "start = 2024-01-01, until_further_notice = { notice_months = 6, ends_on = \"12-31\" }",
        &format!("[funding.drift]\n{}{change}[supplement.s.funding.drift]\n{}", rate(240_000), rate(260_000)),
    );
    let text = told(&case, MEMO, "-tillagg-s");
    let raised = "från 240 000 kronor per halvår till 260 000 kronor per halvår från och med den 1 januari 2024, så länge överenskommelsen gäller";
    says(
        &text,
        &[
            &format!("vilket ökar ersättningen {raised}"),
            &format!("Genom ändringen ökar kommunens ersättning {raised}."),
        ],
        &["med 40 000", "sammanlagt"],
    );
}

#[test]
fn an_end_for_what_goes_on_changes_nothing_but_that() {
    let money = "[funding.drift]\npayer = \"kommun\"\ntitle = \"Drift\"\nrate = { amount = 240_000, per = \"half-year\" }\n";
    let change = proposed("supplement.s", "number = 1\nchanges = \"Slut.\"\nend = 2026-03-31");
    let case = of(
        "start = 2024-01-01, until_further_notice = { notice_months = 6, ends_on = \"12-31\" }",
        &format!("{money}{change}"),
    );
    let text = told(&case, MEMO, "-tillagg-s");
    says(
        &text,
        &[
            "Överenskommelsen, som gäller tills vidare, slutar då den 31 mars 2026, och",
            "*(ny punkt)* | Överenskommelsen gäller längst till och med den 31 mars 2026. |",
        ],
        &["tidigare än avtalat", "Sammanlagt", "*(utgår)*"],
    );
}

#[test]
fn a_ceiling_of_others_is_none_of_the_committees_money() {
    let money = "[party.region]\nrole = \"public\"\nname = \"Region Prov\"\nshort_name = \"regionen\"\n\
        [funding.k26]\npayer = \"kommun\"\namount = 90_000\nperiod = { start = 2026-01-01, end = 2026-12-31 }\n\
        [funding.r26]\npayer = \"region\"\namount = 30_000\nceiling = true\nperiod = { start = 2026-01-01, end = 2026-12-31 }\n";
    let case = with(&format!("{money}{}", proposed("extension.ett", "until = 2026-12-31")));
    says(
        &told(&case, MEMO, "-forlangning-ett"),
        &["med en ersättning om 90 000 kronor för den tiden", "Regionen bidrar med 30 000 kronor för 2026."],
        &["högst 90 000"],
    );
}

#[test]
fn an_option_is_called_on_in_time_or_not_by_it() {
    let case = |notice_by: &str| {
        of(
            &format!(
                "start = 2024-01-01, end = 2025-12-31, option = {{ o = {{ months = 12, notice_by = {notice_by}, by = \"kommun\" }} }}"
            ),
            &format!(
                "{}{}",
                yearly(2024..=2026, 100_000, ""),
                proposed("extension.ett", "until = 2026-12-31\noption = \"o\"")
            ),
        )
    };
    let in_time = case("2025-09-30");
    says(
        &told(&in_time, MEMO, "-forlangning-ett"),
        &[
            "i uppdrag att senast den 30 september 2025 skriftligen begära förlängningen och underteckna den",
            "Rätten att förlänga står i överenskommelsen. Förlängningen ska begäras senast den 30 september 2025.",
            // The agreement and what is changed in it call it the same.
            "2026, om överenskommelsen förlängs",
        ],
        &["behöver också godta", "om optionen används"],
    );
    says(
        &told(&in_time, "tillaggsavtal", "-forlangning-ett"),
        &["har beslutat om den och Provs kommun har begärt den senast den 30 september 2025."],
        &["alla parter har undertecknat"],
    );
    let late = case("2025-04-30");
    says(
        &told(&late, MEMO, "-forlangning-ett"),
        &[
            "Överenskommelsen kan förlängas på begäran av Provs kommun senast den 30 april 2025. Den dagen har passerat, och förlängningen kräver därför att Provföreningen godtar den.",
            "Provföreningen behöver också godta förlängningen",
        ],
        &["Rätten att förlänga", "skriftligen begära"],
    );
}

#[test]
fn money_that_is_only_proposed_stands_in_the_proposal_alone() {
    let option = "start = 2024-01-01, end = 2025-12-31, option = { o = { months = 12, notice_by = 2025-09-30, by = \"kommun\" } }";
    let end = "[ending]\nuntil = 2025-06-30\ncause = \"Lokalen säljs.\"\nmemo = { dated = 2025-06-01 }\n";
    let case = of(option, &format!("{}{end}", yearly(2024..=2025, 100_000, "")));
    let extend = ["new", "--extend", "a", "--until", "2026-12-31", "--option", "o", "--as-of", "2025-06-01"];
    let run = run_in(case.folder.path(), &extend);
    assert_eq!(run.code, 0, "{run:?}");
    says(
        &told(&case, "tillaggsavtal", "-forlangning-forlangning"),
        &["| *(ny punkt)* | 2026, 2026-01-01–2026-12-31: 100 000 kronor |"],
        &["2026, om"],
    );
    let agreement = told(&case, "avtal", "");
    assert!(!agreement.contains("2026-01-01"), "{agreement}");
    says(
        &told(&case, "tjansteskrivelse-avslut", ""),
        &["kostnad minskar med 50 000 kronor för 2025."],
        &["2026"],
    );
}

#[test]
fn a_change_drafted_for_several_committees_has_them_all() {
    let case = of_two(&[]);
    let change = ["new", "--change", "a", "--changes", "Mer öppet.", "--as-of", "2025-06-01"];
    let run = run_in(case.folder.path(), &change);
    assert_eq!(run.code, 0, "{run:?}");
    let text = told(&case, MEMO, "-tillagg-tillagg");
    says(
        &text,
        &[
            "Till: Socialnämnden och kulturnämnden",
            "Kulturnämnden beslutar - att godkänna",
            "Tilläggsavtalet anger inget nytt belopp.",
        ],
        &["påverkar inte"],
    );
}

#[test]
fn who_signs_a_change_does_so_by_what_still_holds() {
    let signs = "[original]\nelectronic = true\n\
        [party.kommun.signatory.o]\ntitle = \"ordförande\"\nauthority = \"assignment\"\nevidence = \"socialnämndens beslut 2023-11-15 § 71\"\n\
        [party.forening.signatory.o]\ntitle = \"ordförande\"\nauthority = \"articles\"\nevidence = \"stadgarna 7 §\"\n\
        [party.forening.signatory.k]\ntitle = \"kassör\"\nauthority = \"articles\"\nevidence = \"protokoll 2023\"\n";
    let change = proposed("extension.ett", "until = 2026-12-31");
    let electronic = with(&format!("{signs}{change}"));
    let paper = with(&format!("{}{change}", signs.replace("electronic = true", "copies = 2")));
    says(
        &told(&electronic, "tillaggsavtal", "-forlangning-ett"),
        &[
            "ordförande, behörighet enligt beslutet om tilläggsavtalet",
            "ordförande, behörighet enligt stadgarna 7 §",
        ],
        &["§ 71", "protokoll 2023"],
    );
    says(
        &told(&paper, "tillaggsavtal", "-forlangning-ett"),
        &["Behörighet enligt beslutet om tilläggsavtalet", "Behörighet enligt stadgarna 7 §"],
        &["§ 71", "protokoll 2023"],
    );
}

#[test]
fn a_decision_that_takes_something_off_is_told_by_what_it_takes_off() {
    let records = "[decision.avdrag]\nkind = \"amount\"\nby = \"Socialnämnden\"\ndate = 2025-03-18\nparagraph = \"§ 31\"\n\
        [deduction.a]\nkind = \"reduction\"\ndate = 2025-03-18\namount = 12_000\nreason = \"Stängt i februari.\"\npayout = \"2025#1\"\ndecision = \"avdrag\"\n";
    let case = with(&proposed("extension.ett", "until = 2026-12-31")).with("records/a.toml", records);
    says(
        &told(&case, MEMO, "-forlangning-ett"),
        &["- nedsättning med 12 000 kronor: socialnämnden 2025-03-18 § 31"],
        &["ändrat belopp"],
    );
}

#[test]
fn an_extension_beyond_the_guideline_says_so() {
    let guideline = "title = \"Riktlinjer\"\ndecided_by = \"KF\"\ndecided = 2020-01-01\n[limits]\nbase_term_months = 36\n";
    let settings = "[municipality]\nname = \"Provs kommun\"\n[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
        [default]\ncommittee = \"social\"\nguideline = \"r\"\n";
    let case = |until: &str| {
        let change = proposed("extension.ett", &format!("until = {until}"));
        of("start = 2024-01-01, end = 2025-12-31", &change)
            .with("guidelines/r.toml", guideline)
            .with("iop.toml", settings)
    };
    let told_of = |until: &str| told(&case(until), MEMO, "-forlangning-ett");
    let beyond = "Med förlängningen gäller överenskommelsen i 42 månader. Riktlinjerna tillåter tre år.";
    says(&told_of("2027-06-30"), &[beyond], &[]);
    says(&told_of("2026-12-31"), &[], &["Riktlinjerna tillåter"]);
}

#[test]
fn a_part_of_a_year_is_paid_as_its_rate_and_its_plan_say() {
    let rate = "[funding.drift]\npayer = \"kommun\"\nrate = { amount = 120_000, per = \"year\" }\n";
    let plan = "[payout_plan.p]\ntimes_per_year = 2\n";
    let paper = |end: &str, money: &str| {
        told(&of(&format!("start = 2024-01-01, end = {end}"), &format!("{money}{plan}")), "avtal", "")
    };
    says(&paper("2025-06-30", rate), &["Ett påbörjat år betalas som ett helt."], &[]);
    says(&paper("2025-12-31", rate), &["två tillfällen per år"], &["Ett påbörjat år"]);
    let sum = "[funding.host]\npayer = \"kommun\"\namount = 50_000\nperiod = { start = 2024-08-01, end = 2024-12-31 }\n";
    says(
        &paper("2024-12-31", sum),
        &["Beloppet betalas ut vid två tillfällen."],
        &["per år", "Varje belopp"],
    );
}

#[test]
fn a_line_without_any_frame_is_told_as_that() {
    let money = |key: &str, line: &str| {
        format!(
            "[funding.{key}]\npayer = \"kommun\"\nbudget_line = \"{line}\"\namount = 10_000\nperiod = {{ start = 2026-01-01, end = 2026-12-31 }}\n"
        )
    };
    let change = proposed("extension.ett", "until = 2026-12-31");
    let budget = "[line.a]\ntitle = \"Partnerskap\"\ncommittee = \"social\"\n[line.a.year]\n2026 = { amount = 300_000, status = \"decided\", source = \"KF\" }\n\
        [line.b]\ntitle = \"Läxhjälp\"\ncommittee = \"social\"\nyear = {}\n";
    let case = with(&[money("a", "a"), money("b", "b"), change].concat()).with("budget.toml", budget);
    says(
        &told(&case, MEMO, "-forlangning-ett"),
        &["Kostnaden ryms i budgetramen ”Partnerskap”", "För ”Läxhjälp” finns ingen ram ännu."],
        &["de år som har en ram", "För 2026 finns ingen"],
    );
}

#[test]
fn a_committee_has_one_name_in_a_memo() {
    let settings = "[municipality]\nname = \"Provs kommun\"\n[default]\ncommittee = \"social\"\n\
        [committee.social]\nnames = [{ name = \"Socialnämnden\", until = 2024-12-31 }, { name = \"Omsorgsnämnden\", from = 2025-01-01 }]\n";
    let change = "[extension.ett]\nstatus = \"proposed\"\nuntil = 2026-12-31\nmemo = { dated = \"not-stated\" }\n\
        [funding.2026]\npayer = \"kommun\"\nsource = \"own-frame\"\namount = 10_000\nperiod = { start = 2026-01-01, end = 2026-12-31 }\n";
    let dated = "dated = 2023-12-01\n";
    let case = with(change).with("iop.toml", settings);
    let file = case.folder.path().join("agreements/a.toml");
    let text = fs::read_to_string(&file).unwrap();
    let case = case.with("agreements/a.toml", &format!("{dated}{text}"));
    says(
        &told(&case, MEMO, "-forlangning-ett"),
        &["Till: Omsorgsnämnden", "omsorgsnämndens budgetram"],
        &["ocialnämnden"],
    );
}

#[test]
fn what_has_ended_is_a_compilation_that_says_how() {
    let records = |exit: &str| {
        format!(
            "[decision.slut]\nkind = \"termination\"\nby = \"Socialnämnden\"\ndate = 2025-03-01\nreceived = 2025-03-05\nexit = \"{exit}\"\n\
             [signing.k]\nparty = \"kommun\"\nsignatory = \"o\"\ndate = 2023-12-01\n"
        )
    };
    let exits = "[party.kommun.signatory.o]\ntitle = \"ordförande\"\n\
        [exit.havning]\ncause = [\"breach\"]\nmeans = \"rescission\"\n\
        [exit.notice]\ncause = [\"any\"]\nmeans = \"notice\"\nnotice_months = 2\n";
    let case = |exit: &str, term: &str| {
        let case = of(term, &format!("{}{exits}", yearly(2024..=2025, 100_000, "")));
        let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
        case.with("agreements/a.toml", &format!("dated = 2023-12-01\n{text}"))
            .with("records/a.toml", &records(exit))
    };
    let rescinded = case("havning", "start = 2024-01-01, end = 2025-12-31, ended = 2025-03-10");
    says(
        &told(&rescinded, "avtal", ""),
        &[
            "Sammanställd text till och med hävningen den 1 mars 2025.",
            "är hävd och upphörde i förtid. Sista dagen var den 10 mars 2025.",
        ],
        &[],
    );
    let open = case("notice", "start = 2024-01-01, until_further_notice = { notice_months = 2 }");
    says(
        &told(&open, "avtal", ""),
        &["Sammanställd text till och med uppsägningen den 1 mars 2025.", "är uppsagd och upphörde."],
        &["i förtid"],
    );
}

#[test]
fn a_supplement_takes_precedence_over_the_text_above_it() {
    let more = "[supplement.s]\nnumber = 1\ndated = 2025-01-10\nstatus = \"signed\"\nchanges = \"Öppet en kväll i veckan.\"\n";
    says(
        &told(&with(more), "avtal", ""),
        &["Öppet en kväll i veckan. Där tillägget säger något annat än texten ovan gäller tillägget."],
        &[],
    );
}
