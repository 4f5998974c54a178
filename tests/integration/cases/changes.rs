//! Memos about changes: what a proposal authorises, and what the sums in it are.

use std::fs;

use super::Case;

/// An agreement for 2024 and 2025 with money for two more years, which two extensions propose.
fn extended(first: &str) -> Case {
    let year = |year: i32, amount: i64| {
        format!(
            "[funding.{year}]\npayer = \"kommun\"\nbudget_line = \"social\"\namount = {amount}\nperiod = {{ start = {year}-01-01, end = {year}-12-31 }}\n"
        )
    };
    let money = [(2024, 100_000), (2025, 100_000), (2026, 110_000), (2027, 120_000)];
    let economy: String = money.iter().map(|(number, amount)| year(*number, *amount)).collect();
    let extensions = format!(
        "[extension.ett]\nuntil = 2026-12-31\n{first}\nmemo = {{ dated = 2025-06-01 }}\n\
         [extension.tva]\nuntil = 2027-12-31\nstatus = \"proposed\"\nmemo = {{ dated = 2025-06-01 }}\n"
    );
    Case::new("start = 2024-01-01, end = 2025-12-31", &format!("{economy}{extensions}"))
        .with("budget.toml", &frames("gross"))
}

fn frames(are: &str) -> String {
    let years = (2024..=2027)
        .map(|year| format!("{year} = {{ amount = 300_000, status = \"decided\", source = \"KF\" }}\n"));
    format!(
        "[line.social]\ntitle = \"Partnerskap\"\ncommittee = \"social\"\nframes_are = \"{are}\"\n[line.social.year]\n{}",
        years.collect::<String>()
    )
}

/// The document of a change, as one line.
fn changed(case: &Case, kind: &str, change: &str) -> String {
    let said = case.says("2025-06-01", &["render", "--format", "md", "--document", kind]);
    let path = case.folder.path().join(format!("build/a/{kind}-{change}.md"));
    let text = fs::read_to_string(path).unwrap_or_else(|_| panic!("{said}"));
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn an_extension_that_follows_another_undecided_one_authorises_its_own_time_and_money() {
    let case = extended("status = \"proposed\"");
    let second = changed(&case, "tjansteskrivelse-andring", "forlangning-tva");
    holds(
        &second,
        &[
            "från och med den 1 januari 2027 till och med den 31 december 2027, med en ersättning om 120 000 kronor för den tiden, under förutsättning att förlängningen till och med den 31 december 2026 också beslutas",
            "gäller till och med den 31 december 2025.",
            "förlängs med tolv månader, från och med den 1 januari 2027 till och med den 31 december 2027.",
            "Förslaget förutsätter att förlängningen till och med den 31 december 2026 också beslutas.",
            "Kommunens ersättning för den nya tiden är 120 000 kronor.",
            "| 2027 | 300 000 kronor | 0 kronor | 120 000 kronor | 180 000 kronor |",
        ],
    );
    assert!(
        !second.contains("110 000") && !second.contains("230 000") && !second.contains("| 2026 |"),
        "{second}"
    );
    let paper = changed(&case, "tillaggsavtal", "forlangning-tva");
    holds(
        &paper,
        &[
            "gäller till och med den 31 december 2025. Tilläggsavtalet förutsätter förlängningen till och med den 31 december 2026.",
            "från och med den 1 januari 2027 till och med den 31 december 2027 (tolv månader)",
        ],
    );
    // The first of them presupposes nothing, and once it is agreed the second does not either.
    let first = changed(&case, "tjansteskrivelse-andring", "forlangning-ett");
    holds(&first, &["till och med den 31 december 2026, med en ersättning om 110 000 kronor för den tiden"]);
    assert!(!first.contains("förutsättning") && !first.contains("120 000"), "{first}");
    let case = extended("dated = 2025-05-01");
    let second = changed(&case, "tjansteskrivelse-andring", "forlangning-tva");
    holds(&second, &["gäller till och med den 31 december 2026.", "om 120 000 kronor för den tiden"]);
    assert!(!second.contains("förutsättning"), "{second}");
}

#[test]
fn a_supplement_for_time_that_an_undecided_extension_brings_presupposes_it() {
    let case = extended("status = \"proposed\"");
    let file = case.folder.path().join("agreements/a.toml");
    let supplement = "[supplement.mer]\nnumber = 1\nchanges = \"Fler öppna kvällar 2026.\"\nstatus = \"proposed\"\nmemo = { dated = 2025-06-01 }\n\
        [supplement.mer.funding.kvallar]\npayer = \"kommun\"\nbudget_line = \"social\"\namount = 7_000\nperiod = { start = 2026-01-01, end = 2026-12-31 }\n";
    let text = fs::read_to_string(&file).unwrap();
    let case = case.with("agreements/a.toml", &format!("{text}{supplement}"));
    let memo = changed(&case, "tjansteskrivelse-andring", "tillagg-mer");
    holds(
        &memo,
        &[
            "ersättningen med 7 000 kronor för 2026, under förutsättning att förlängningen till och med den 31 december 2026 också beslutas",
        ],
    );
    assert!(!memo.contains("2027"), "{memo}");
}

#[test]
fn the_memo_of_a_supplement_says_which_of_its_sums_are_gross_and_which_net() {
    let with = |are: &str, grant: &str| {
        let case = extended("status = \"proposed\"").with("budget.toml", &frames(are));
        let file = case.folder.path().join("agreements/a.toml");
        let supplement = format!(
            "[supplement.mer]\nnumber = 1\nchanges = \"Fler öppna kvällar.\"\nstatus = \"proposed\"\nmemo = {{ dated = 2025-06-01 }}\n\
             [supplement.mer.funding.kvallar]\npayer = \"kommun\"\nbudget_line = \"social\"\namount = 50_000\n{grant}\nperiod = {{ start = 2025-01-01, end = 2025-12-31 }}\n"
        );
        let text = fs::read_to_string(&file).unwrap();
        let case = case.with("agreements/a.toml", &format!("{text}{supplement}"));
        changed(&case, "tjansteskrivelse-andring", "tillagg-mer")
    };
    let net = with("net", "state_grant = { 2025 = 20_000 }");
    holds(
        &net,
        &[
            "Genom ändringen ökar kommunens ersättning med 50 000 kronor för 2025. Beloppet är brutto: statsbidrag betalar 20 000 kronor för 2025 av det.",
            "Budgetramen ”Partnerskap” räknas netto, utan det som statsbidrag betalar.",
            "| 2025 | 300 000 kronor | 100 000 kronor | 30 000 kronor | 170 000 kronor |",
        ],
    );
    let gross = with("gross", "state_grant = { 2025 = 20_000 }");
    holds(
        &gross,
        &[
            "Budgetramen ”Partnerskap” räknas brutto, med det som statsbidrag betalar.",
            "| 2025 | 300 000 kronor | 100 000 kronor | 50 000 kronor | 150 000 kronor |",
        ],
    );
    let open = with("net", "state_grant = \"not-stated\"");
    holds(&open, &["Beloppet är brutto: hur mycket statsbidrag betalar för 2025 är inte angivet."]);
    // Without a grant there is nothing to tell apart.
    let without = with("gross", "");
    assert!(!without.contains("brutto"), "{without}");
}

/// The memo about the agreement itself, as one line.
fn memo(case: &Case) -> String {
    case.says("2026-11-30", &["render", "--format", "md", "--document", "tjansteskrivelse"]);
    let text = fs::read_to_string(case.folder.path().join("build/a/tjansteskrivelse.md")).unwrap();
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_extensions_memo_has_the_sum_with_its_adjustment_as_the_payouts_have_it() {
    let money = |year: i32| {
        format!(
            "[funding.{year}]\npayer = \"kommun\"\namount = 100_000\nperiod = {{ start = {year}-01-01, end = {year}-12-31 }}\n"
        )
    };
    let index = "[indexation.i]\nseries = \"s\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";
    let extension =
        "[extension.ett]\nuntil = 2026-12-31\nstatus = \"proposed\"\nmemo = { dated = 2025-06-01 }\n";
    let economy = [2024, 2025, 2026].map(money).concat();
    let case = Case::new("start = 2024-01-01, end = 2025-12-31", &format!("{economy}{index}{extension}"));
    let case = case.with_values(&[("2025", "2", "decided"), ("2026", "3", "provisional")]);
    holds(
        &changed(&case, "tjansteskrivelse-andring", "forlangning-ett"),
        &[
            "Kommunens ersättning för den nya tiden är 100 000 kronor. Till det kommer den ersättningsjustering som överenskommelsen anger. Med justeringen är ersättningen 105 060 kronor. Det är preliminärt:",
        ],
    );
    assert!(
        case.payouts("2025-06-01").iter().any(|one| one.starts_with("2026#1 105060")),
        "{case:?}",
        case = case.payouts("2025-06-01")
    );
    // Nobody knows the last year's value: the memo says no sum that it does not have.
    let case = case.with_values(&[("2025", "2", "decided")]);
    let text = changed(&case, "tjansteskrivelse-andring", "forlangning-ett");
    assert!(!text.contains("Med justeringen är"), "{text}");
}

#[test]
fn adjustments_of_what_nobody_has_agreed_on_are_said_once() {
    let money = |name: &str, days: &str| {
        format!("[funding.{name}]\npayer = \"kommun\"\namount = 100_000\nperiod = {{ {days} }}\n")
    };
    let index = |name: &str, of: &str, amounts: &str| {
        format!(
            "[indexation.{name}]\nfunding = [\"{of}\"]\nseries = \"s\"\napplies = \"on-extension\"\namounts = \"{amounts}\"\nmethod = \"chained\"\n"
        )
    };
    let economy = [
        money("2024", "start = 2024-01-01, end = 2024-12-31"),
        money("2025", "start = 2025-01-01, end = 2025-12-31"),
        money("2026", "start = 2026-01-01, end = 2026-12-31"),
        index("ena", "2025", "after-adjustment"),
        index("andra", "2026", "before-adjustment"),
        "[extension.ett]\nuntil = 2025-12-31\ndated = 2024-10-01\n[extension.tva]\nuntil = 2026-12-31\ndated = 2025-10-01\n[memo]\ndated = 2023-11-01\n".to_owned(),
    ];
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", &economy.concat()).with_values(&[]);
    let text = memo(&case);
    assert_eq!(text.matches("Vid förlängning ingår").count(), 1, "{text}");
    assert!(!text.contains("anges före") && !text.contains("anges efter"), "{text}");
    case.says("2026-11-30", &["render", "--format", "md", "--document", "avtal"]);
    let agreement = fs::read_to_string(case.folder.path().join("build/a/avtal.md")).unwrap();
    assert!(agreement.contains("anges före") && agreement.contains("anges efter"), "{agreement}");
}

#[test]
fn the_memo_of_what_goes_on_shows_grants_for_whole_years_of_what_is_agreed() {
    let economy = "[funding.drift]\npayer = \"kommun\"\nrate = { amount = 900_000, per = \"year\" }\n\
        state_grant = { 2023 = 150_000, 2024 = 300_000, 2025 = 300_000 }\n\
        [funding.extra]\npayer = \"kommun\"\namount = 150_000\nperiod = { start = 2026-01-01, end = 2027-06-30 }\n\
        [memo]\ndated = 2023-05-01\n";
    let term = "start = 2023-07-01, until_further_notice = { notice_months = 6, ends_on = \"06-30\" }";
    let text = memo(&Case::new(term, economy));
    holds(
        &text,
        &[
            "| 2023 | 450 000 kronor | 150 000 kronor | 300 000 kronor |",
            "| 2024 | 900 000 kronor | 300 000 kronor | 600 000 kronor |",
            ", om överenskommelsen då gäller |",
        ],
    );
    assert!(!text.contains("| 2025 |") && !text.contains("| 2026 |"), "{text}");
}

#[test]
fn an_extension_that_an_option_foresaw_costs_what_was_stated_for_its_time() {
    let money = |year: i32| {
        format!(
            "[funding.{year}]\npayer = \"kommun\"\nbudget_line = \"social\"\namount = 100_000\nperiod = {{ start = {year}-01-01, end = {year}-12-31 }}\n"
        )
    };
    let each = [2024, 2025, 2026].map(money).concat();
    let rate = "[funding.drift]\npayer = \"kommun\"\nbudget_line = \"social\"\nrate = { amount = 100_000, per = \"year\" }\nperiod = { start = 2024-01-01, end = 2026-12-31 }\n";
    let term = "start = 2024-01-01, end = 2025-12-31, option = { o = { months = 12 } }";
    let memo = "memo = { dated = 2025-06-01 }\n";
    let extension = |until: &str| {
        format!("[extension.ett]\nuntil = {until}\noption = \"o\"\nstatus = \"proposed\"\n{memo}")
    };
    let case = |money: &str, change: &str| {
        Case::new(term, &format!("{money}{change}")).with("budget.toml", &frames("gross"))
    };
    for stated in [each.as_str(), rate] {
        let text =
            changed(&case(stated, &extension("2026-12-31")), "tjansteskrivelse-andring", "forlangning-ett");
        holds(
            &text,
            &[
                "till och med den 31 december 2026, med en ersättning om 100 000 kronor för den tiden",
                "| 2026 | 300 000 kronor | 0 kronor | 100 000 kronor | 200 000 kronor |",
            ],
        );
        // For half of the time nobody has said a sum.
        let text =
            changed(&case(stated, &extension("2026-06-30")), "tjansteskrivelse-andring", "forlangning-ett");
        holds(
            &text,
            &["den 30 juni 2026, med ersättning enligt överenskommelsen", "inte angiven i alla delar"],
        );
    }
    // What a supplement makes of the option's money is told as the change that it is.
    let more = "[supplement.s]\nnumber = 1\nchanges = \"Beloppet höjs.\"\nstatus = \"proposed\"\nmemo = { dated = 2025-06-01 }\n\
        [supplement.s.funding.2026]\npayer = \"kommun\"\nbudget_line = \"social\"\namount = 160_000\nperiod = { start = 2026-01-01, end = 2026-12-31 }\n";
    let text = changed(&case(&each, more), "tjansteskrivelse-andring", "tillagg-s");
    holds(&text, &["vilket ökar ersättningen med 60 000 kronor för 2026"]);
}

#[test]
fn an_extension_after_days_without_an_agreement_keeps_them_and_what_came_before_it() {
    let changes = "[extension.ett]\nfrom = 2025-02-01\nuntil = 2025-06-30\ndated = 2025-01-20\nnumber = 1\n\
        [extension.tva]\nuntil = 2025-12-31\ndated = 2025-05-20\nnumber = 2\n\
        [extension.tre]\nuntil = 2026-06-30\nstatus = \"proposed\"\nnumber = 3\nmemo = { dated = 2025-06-01 }\n";
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", changes);
    let gap = "Under tiden från och med den 1 januari 2025 till och med den 31 januari 2025 gäller den inte.";
    let text = changed(&case, "tjansteskrivelse-andring", "forlangning-tre");
    assert_eq!(text.matches(gap).count(), 2, "{text}");
    holds(
        &text,
        &[
            "*(ny punkt)* | Överenskommelsen är förlängd till och med den 30 juni 2026 genom tilläggsavtal nr 3. |",
        ],
    );
    assert!(!text.contains("*(utgår)*"), "{text}");
}
