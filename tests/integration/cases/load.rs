//! What no real register holds is told, and takes neither time nor memory.

use super::{Case, yearly};

#[test]
fn a_date_of_another_century_is_told_of() {
    let far = Case::new("start = 2024-01-01, end = 9999-12-31", &yearly(2024..=2024, 500_000, ""));
    assert_eq!(far.findings("2025-06-01", &["IOP106"]), ["IOP106 term.end"]);
    let shown = far.says("2025-06-01", &["validate"]);
    assert!(shown.contains("Registret räknar med åren 1900–2999"), "{shown}");
    assert!(shown.contains("tills vidare: skriv end = \"not-stated\""), "{shown}");
    let as_text = Case::new("start = 2024-01-01, end = \"3000-01-01\"", "");
    assert_eq!(as_text.findings("2025-06-01", &["IOP106"]), ["IOP106 term.end"]);
    let last = Case::new("start = 2024-01-01, end = 2999-12-31", &yearly(2024..=2024, 500_000, ""));
    assert_eq!(last.findings("2025-06-01", &["IOP106"]), Vec::<String>::new());
}

#[test]
fn thousands_of_entries_are_told_of_and_not_read() {
    let components = |count: usize| -> String {
        let one = |number: usize| {
            format!(
                "[funding.k{number}]\npayer = \"kommun\"\namount = 1000\nperiod = {{ start = 2024-01-01, end = 2024-12-31 }}\n"
            )
        };
        (0..count).map(one).collect()
    };
    let term = "start = 2024-01-01, end = 2024-12-31";
    let many = Case::new(term, &components(1001));
    assert_eq!(many.findings("2024-06-01", &["IOP106"]), ["IOP106 funding"]);
    let shown = many.says("2024-06-01", &["payouts"]);
    assert!(shown.contains("agreements/a.toml"), "{shown}");
    let most = Case::new(term, &components(1000));
    assert_eq!(most.findings("2024-06-01", &["IOP106"]), Vec::<String>::new());
}

#[test]
fn money_for_centuries_is_told_of_and_not_reckoned() {
    let components = |count: usize, years: &str| -> String {
        let one = |number| {
            format!("[funding.k{number}]\npayer = \"kommun\"\namount = 1000\nperiod = {{ {years} }}\n")
        };
        (0..count).map(one).collect::<Vec<_>>().concat()
    };
    let term = "start = 1900-01-01, end = 2999-12-31";
    let all = "start = 1900-01-01, end = 2999-12-31";
    assert_eq!(Case::new(term, &components(5, all)).findings("2024-06-01", &["IOP106"]), ["IOP106 funding"]);
    assert_eq!(
        Case::new(term, &components(4, all)).findings("2024-06-01", &["IOP106"]),
        Vec::<String>::new()
    );
    // An extension or a supplement gives the years as well.
    let open = "[extension.e]\nuntil = 2999-12-31\ndated = 2024-01-01\n";
    let whole = |count: usize| components(count, "").replace("period = {  }\n", "");
    let extended = Case::new("start = 2000-01-01, end = 2024-12-31", &format!("{}{open}", whole(6)));
    assert_eq!(extended.findings("2024-06-01", &["IOP106"]), ["IOP106 funding"]);
}
