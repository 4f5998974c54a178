//! The agreement reads as it was known on the day: how long, and how much, as the other commands say.

use std::fs;

use super::{Case, yearly};

const TERM: &str = "start = 2024-01-01, end = 2025-12-31";
const SIGNED: &str = "dated = 2023-11-01\ndocument_word = \"avtal\"\n";

/// The agreement as it was known on a day, on one line.
fn agreement(case: &Case, as_of: &str) -> String {
    case.says(as_of, &["render", "--format", "md", "--document", "avtal"]);
    let text = fs::read_to_string(case.folder.path().join("build/a/avtal.md")).unwrap();
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A case whose agreement has a day and is called avtal.
fn case(term: &str, economy: &str) -> Case {
    let case = Case::new(term, economy);
    let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    case.with("agreements/a.toml", &format!("{SIGNED}{text}"))
}

#[track_caller]
fn assert_text(text: &str, has: &[&str], lacks: &[&str]) {
    for part in has {
        assert!(text.contains(part), "lacks {part}:\n{text}");
    }
    for part in lacks {
        assert!(!text.contains(part), "has {part}:\n{text}");
    }
}

/// What the payouts call agreed, before anything is taken away.
fn agreed(case: &Case, as_of: &str) -> i64 {
    let report = case.json(as_of, "payouts");
    let payouts = report["agreements"][0]["payouts"].as_array().unwrap();
    let agreed = payouts.iter().filter(|one| one["commitment"] == "agreed");
    // All of them are whole kronor.
    agreed.map(|one| one["agreed"].as_str().unwrap().parse::<i64>().unwrap()).sum()
}

#[test]
fn an_extension_is_in_the_agreement_once_it_is_signed() {
    let extension = "[extension.e]\nuntil = 2026-12-31\ndated = 2025-12-05\ndecision = \"f\"\n";
    let case = case(TERM, &format!("{}{extension}", yearly(2024..=2026, 500_000, ""))).with(
        "records/a.toml",
        "[decision.f]\nkind = \"extension\"\nby = \"socialnämnden\"\ndate = 2025-11-19\n",
    );
    for as_of in ["2025-05-01", "2025-11-18", "2025-11-19", "2025-12-04"] {
        let text = agreement(&case, as_of);
        assert_text(&text, &["**1 000 000 kronor**"], &["förlängt", "2026", "Sammanställd", "Därutöver"]);
        assert_eq!(agreed(&case, as_of), 1_000_000, "{as_of}");
    }
    let text = agreement(&case, "2025-12-05");
    assert_text(
        &text,
        &[
            "Sammanställd text till och med förlängningen den 5 december 2025.",
            "Avtalet är förlängt till och med den 31 december 2026 genom avtal den 5 december 2025, enligt beslut av socialnämnden 2025-11-19.",
            "**1 500 000 kronor**",
        ],
        &[],
    );
    assert_eq!(agreed(&case, "2025-12-05"), 1_500_000);
}

#[test]
fn a_supplement_with_another_last_day_stands_in_the_term() {
    let supplement = |end: &str| {
        format!(
            "{}[supplement.t]\nnumber = 1\ndated = 2025-05-20\nchanges = \"Ny sista dag.\"\nend = {end}\n",
            yearly(2024..=2025, 500_000, "")
        )
    };
    let longer = case(TERM, &supplement("2026-06-30"));
    let told = "Avtalet är förlängt till och med den 30 juni 2026 genom tillägg nr 1 den 20 maj 2025.";
    assert_text(&agreement(&longer, "2025-05-19"), &[], &["förlängt", "Tillägg", "Sammanställd"]);
    assert_text(&agreement(&longer, "2025-05-20"), &[told, "## Tillägg nr 1"], &["förtid"]);
    let shorter = case(TERM, &supplement("2025-09-30"));
    let told =
        "Genom tillägg nr 1 den 20 maj 2025 upphör avtalet i förtid. Sista dagen är den 30 september 2025.";
    assert_text(&agreement(&shorter, "2025-05-20"), &[told, "utan avdrag"], &["förlängt"]);
    let told = "upphörde avtalet i förtid. Sista dagen var den 30 september 2025.";
    assert_text(&agreement(&shorter, "2025-10-01"), &[told], &[]);
}

#[test]
fn money_of_an_option_is_beside_what_is_agreed_until_it_lapses() {
    let term = format!("{TERM}, option.o = {{ months = 12, notice_by = 2025-12-15 }}");
    let money = yearly(2024..=2026, 500_000, "");
    let case = case(&term, &money);
    let text = agreement(&case, "2025-12-15");
    assert_text(
        &text,
        &[
            "| **Sammanlagt för avtalstiden** | | **1 000 000 kronor** | | 2026, om avtalet förlängs |",
            "| **Därutöver, om avtalet förlängs** | | **500 000 kronor** |",
        ],
        &[],
    );
    assert_eq!(agreed(&case, "2025-12-15"), 1_000_000);
    let text = agreement(&case, "2025-12-16");
    assert_text(&text, &["| **Sammanlagt** | | **1 000 000 kronor** |"], &["Därutöver", "| 2026"]);
    assert_eq!(agreed(&case, "2025-12-16"), 1_000_000);
    // One that is only being written says the same.
    let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let draft = case.with("agreements/a.toml", &text.replace("\"signed\"", "\"draft\""));
    let text = agreement(&draft, "2023-12-16");
    assert_text(&text, &["**1 000 000 kronor**", "**Därutöver, om avtalet förlängs**"], &[]);
}

#[test]
fn money_of_a_renewal_is_agreed_once_it_is_certain_and_gone_once_notice_is_given() {
    let term = format!("{TERM}, renewal = {{ months = 12, notice_months = 6, until = 2026-12-31 }}");
    let case = case(&term, &yearly(2024..=2026, 500_000, ""));
    let open = agreement(&case, "2025-06-30");
    assert_text(&open, &["**Därutöver, om avtalet förlängs** | | **500 000 kronor**"], &["har förlängts"]);
    assert_eq!(agreed(&case, "2025-06-30"), 1_000_000);
    let certain = agreement(&case, "2025-07-01");
    let told = "Avtalet har förlängts av sig självt till och med den 31 december 2026.";
    assert_text(&certain, &[told, "**1 500 000 kronor**"], &["Därutöver"]);
    assert_eq!(agreed(&case, "2025-07-01"), 1_500_000);
    let case = case.with(
        "records/a.toml",
        "[decision.u]\nkind = \"termination\"\nby = \"socialnämnden\"\ndate = 2025-05-21\nreceived = 2025-05-28\n",
    );
    assert_text(&agreement(&case, "2025-05-27"), &["Därutöver"], &["uppsagt"]);
    let stopped = agreement(&case, "2025-05-28");
    let told = "Avtalet är uppsagt och förlängs inte efter den 31 december 2025.";
    assert_text(&stopped, &[told, "**1 000 000 kronor**"], &["Därutöver", "| 2026"]);
    assert_eq!(agreed(&case, "2025-05-28"), 1_000_000);
}

#[test]
fn an_early_end_stands_in_the_term() {
    let exit = "[exit.u]\ncause = [\"any\"]\nmeans = \"notice\"\nnotice_months = 6\n";
    let money = format!("{}{exit}", yearly(2024..=2026, 500_000, ""));
    let term = "start = 2024-01-01, end = 2026-12-31";
    let ended = case(&format!("{term}, ended = 2026-04-30"), &money);
    let told = "Avtalet upphör i förtid. Sista dagen är den 30 april 2026.";
    assert_text(&agreement(&ended, "2026-04-30"), &[told, "**1 500 000 kronor**", "utan avdrag"], &[]);
    let told = "Avtalet upphörde i förtid. Sista dagen var den 30 april 2026.";
    assert_text(&agreement(&ended, "2026-05-01"), &[told], &[]);
    assert_eq!(agreed(&ended, "2026-05-01"), 1_500_000);
    let notice = case(term, &money).with(
        "records/a.toml",
        "[decision.u]\nkind = \"termination\"\nby = \"x\"\ndate = 2025-10-15\nreceived = 2025-10-20\nexit = \"u\"\n",
    );
    assert_text(&agreement(&notice, "2025-10-19"), &[], &["förtid", "uppsagt"]);
    let told = "Avtalet är uppsagt och upphör i förtid. Sista dagen är den 20 april 2026.";
    assert_text(&agreement(&notice, "2025-10-20"), &[told], &[]);
}

#[test]
fn an_agreement_until_further_notice_that_got_an_end_does_not_contradict_itself() {
    let term = "start = 2024-01-01, until_further_notice = { notice_months = 6 }";
    let money = "[funding.a]\npayer = \"kommun\"\nrate = { amount = 100_000, per = \"year\" }\n";
    let extension = "[extension.e]\nuntil = 2026-12-31\ndated = 2024-05-05\n";
    let case = case(term, &format!("{money}{extension}"));
    assert_text(
        &agreement(&case, "2025-05-01"),
        &[
            "Parterna har ändrat avtalstiden. Avtalet gäller nu till och med den 31 december 2026 genom avtal den 5 maj 2024.",
        ],
        &["är förlängt"],
    );
}

#[test]
fn an_agreement_that_was_rescinded_is_not_told_to_be_given_notice() {
    let exit = "[exit.h]\ncause = [\"unremedied-breach\"]\nmeans = \"rescission\"\nnotice_months = 0\n";
    let case = case(TERM, &format!("{}{exit}", yearly(2024..=2025, 500_000, ""))).with(
        "records/a.toml",
        "[decision.u]\nkind = \"termination\"\nby = \"x\"\ndate = 2025-03-01\nreceived = 2025-03-05\nexit = \"h\"\n",
    );
    let told = "Avtalet är hävt och upphörde i förtid. Sista dagen var den 5 mars 2025.";
    assert_text(&agreement(&case, "2025-06-01"), &[told], &["uppsagt"]);
}

#[test]
fn a_supplement_sets_side_by_side_what_it_changes_and_no_more() {
    let money = "[funding.grund]\ntitle = \"Grund\"\npayer = \"kommun\"\namount = 400_000\n\
        [funding.mer]\ntitle = \"Det tredje året\"\npayer = \"kommun\"\namount = 200_000\n\
        period = { start = 2026-01-01, end = 2026-12-31 }\n\
        [extension.e]\nuntil = 2026-12-31\ndated = 2025-12-05\n";
    let case = case(TERM, money);
    case.says("2025-12-06", &["render", "--format", "md", "--document", "tillaggsavtal"]);
    let text = fs::read_to_string(case.folder.path().join("build/a/tillaggsavtal-forlangning-e.md")).unwrap();
    let text = text.replace('\u{a0}', " ");
    assert_text(
        &text,
        &[
            "Parterna förlänger avtalet från och med den 1 januari 2026 till och med den 31 december 2026 (tolv månader).",
            "| *(ny punkt)* | Det tredje året, 2026-01-01–2026-12-31: 200 000 kronor |",
            "Tilläggsavtalet är daterat den 5 december 2025. När och av vem det är undertecknat framgår av originalet.",
        ],
        // An amount for the whole term is still for the term that it was agreed for.
        &["Grund", "Ort och datum"],
    );
}

#[test]
fn a_party_that_names_its_organ_is_not_named_twice() {
    let case = case(TERM, &yearly(2024..=2025, 500_000, ""));
    let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let named = "name = \"Provs kommun genom socialnämnden\"\nlegal_person = \"Provs kommun\"\norgan = \"Socialnämnden\"";
    let text =
        text.replace("name = \"Provs kommun\"", named).replace("\"term\", ", "\"parties\", \"term\", ");
    let case = case.with("agreements/a.toml", &text);
    assert_text(
        &agreement(&case, "2025-06-01"),
        &[
            "**Offentlig part:** Provs kommun genom socialnämnden.",
            "mellan Provs kommun genom socialnämnden och Provföreningen",
        ],
        &["(Provs"],
    );
}

#[test]
fn what_is_open_of_the_agreement_before_is_a_blank() {
    let case = case(TERM, &yearly(2024..=2025, 500_000, ""));
    let text = fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let before = "predecessor = { title = \"avtalet om mötesplatsen\", dated = 2021-12-01, registry_number = \"not-stated\" }\n";
    let case = case.with("agreements/a.toml", &format!("{before}{text}"));
    let told =
        "Avtalet avlöser avtalet om mötesplatsen av den 1 december 2021 (diarienummer **[ej angivet]**).";
    assert_text(&agreement(&case, "2025-06-01"), &[told], &[]);
}

#[test]
fn whatever_letter_a_title_begins_with_a_sentence_begins_with_a_capital() {
    let economy = "[goal.mal]\ntitle = \"fler möten\"\ntext = \"Fler möts.\"\n\
        [undertaking.u]\nparty = \"forening\"\nlead = \"föreningen ska\"\nitems = [\"hålla öppet\"]\n\
        [steering_group.g]\ntitle = \"samrådsgruppen\"\ntasks = [\"följa målen\"]\n\
        [follow_up.h]\nkind = \"activity-report\"\ntitle = \"halvårsrapport\"\nevery = \"half-year\"\nauthor = \"forening\"\nreceiver = \"kommun\"\ncontents = [\"antal besök\"]\n\
        [economy]\nunused_money = \"medel som blir över betalas tillbaka.\"\n\
        [memo]\ndated = 2023-11-01\nadministration = \"socialförvaltningen\"\nreason_now = \"stödet upphör.\"\n";
    let case = case(TERM, &format!("{economy}{}", yearly(2024..=2025, 100_000, "")));
    let file = case.folder.path().join("agreements/a.toml");
    let text = fs::read_to_string(&file).unwrap();
    let clauses =
        "\"term\", \"economy\", \"payouts\", \"goals\", \"undertakings\", \"steering\", \"follow-up\"";
    fs::write(&file, text.replace("\"term\", \"economy\", \"payouts\"", clauses)).unwrap();
    case.says("2024-06-01", &["render", "--format", "md"]);
    for kind in ["avtal", "tjansteskrivelse"] {
        let text = fs::read_to_string(case.folder.path().join(format!("build/a/{kind}.md"))).unwrap();
        // The title goes on over the lines below it.
        let begins = text.lines().map(|line| line.trim_start_matches(['#', '*', ' ']));
        let lower: Vec<&str> = begins
            .filter(|line| line.starts_with(char::is_lowercase))
            .filter(|line| !line.starts_with("gällande") && !line.starts_with("mellan"))
            .collect();
        assert!(lower.is_empty(), "{kind}: {lower:?}\n{text}");
    }
}
