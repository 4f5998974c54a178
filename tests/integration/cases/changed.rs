//! What documents say of an agreement that has been changed, that several decide on, or of which something is not known.

use std::fs;

use super::Case;
use super::said::{adala, document, of_example, says};
use super::sentences::paid;

fn changed(case: Case, file: &str, changes: &[(&str, &str)]) -> Case {
    let mut text = fs::read_to_string(case.folder.path().join(file)).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    case.with(file, &text)
}

#[test]
fn each_committee_that_decides_has_its_own_sum_in_the_decision() {
    says(
        &of_example(&Case::of_example("vretby"), "ladan", "tjansteskrivelse", "2026-03-01"),
        &[
            "Kultur- och fritidsnämnden beslutar - att ge nämndens ordförande i uppdrag",
            "med uppsägning till den 31 december varje år och en uppsägningstid om minst sex månader, med en ersättning från kultur- och fritidsnämnden om 240 000 kronor per halvår - att beslutet gäller under förutsättning att omsorgsnämnden fattar motsvarande beslut Omsorgsnämnden beslutar",
            "med en ersättning från omsorgsnämnden om 25 000 kronor per månad - att beslutet gäller under förutsättning att kultur- och fritidsnämnden fattar motsvarande beslut ##",
            "Kultur- och fritidsnämndens ersättning är 240 000 kronor per halvår.",
        ],
        &[],
    );
}

#[test]
fn a_memo_shows_no_frame_that_was_decided_after_its_day() {
    let later = Case::of_example("vretby");
    says(
        &of_example(&later, "ladan", "tjansteskrivelse", "2026-03-01"),
        &[],
        &["ryms i budgetram", "Budgetramen ”Mötesplatser och föreningsstöd”: |"],
    );
    let source = "kommunfullmäktige 2024-11-25 § 131";
    let text = fs::read_to_string(later.folder.path().join("budget.toml")).unwrap();
    let earlier = later.with("budget.toml", &text.replace(source, "kommunfullmäktige 2024-11-04 § 120"));
    says(
        &of_example(&earlier, "ladan", "tjansteskrivelse", "2026-03-01"),
        &[
            "Kostnaden ryms i budgetramarna",
            "Budgetramen ”Mötesplatser och föreningsstöd”: | År | Ram |",
            "| 2025 | 900 000 kronor |",
        ],
        &[],
    );
}

#[test]
fn an_extension_changes_what_it_changes_and_the_compiled_text_holds_it() {
    let case = Case::of_example("havsnas");
    let memo = "tjansteskrivelse-andring-forlangning-hosten-2025";
    says(
        &of_example(&case, "natthandet", memo, "2026-03-01"),
        &[
            "| Överenskommelsen gäller från och med den 1 augusti 2024 till och med den 30 juni 2025 (elva månader). |",
        ],
        &["Varje förlängning", "Varje avtalstid"],
    );
    says(
        &of_example(&case, "natthandet", "avtal", "2026-03-01"),
        &[
            "Överenskommelsen gäller från och med den 1 augusti 2024 till och med den 31 december 2025 (17 månader).",
            "Varje avtalstid och varje förlängning är högst tolv månader. Överenskommelsen gällde först till och med den 31 december 2024. Överenskommelsen är förlängd till och med den 30 juni 2025",
            "Överenskommelsen är förlängd till och med den 31 december 2025 genom överenskommelse den 12 maj 2025, enligt beslut av nämnden för social välfärd 2025-05-07 § 47.",
            "Den ursprungliga överenskommelsen är undertecknad av - nämndens ordförande",
            "När och av vem ändringarna är undertecknade framgår av deras egna handlingar.",
        ],
        &["till och med den 31 december 2024 (fem månader)"],
    );
    // What the file does not say of signatures the supplementary agreement does not claim.
    let agreement = "tillaggsavtal-forlangning-hosten-2025";
    says(
        &of_example(&case, "natthandet", agreement, "2026-03-01"),
        &["# Tilläggsavtal till", "När och av vem det är undertecknat framgår av originalet."],
        &["är undertecknat av parterna", "Alla parter har undertecknat", "Ort och datum"],
    );
    let more = "dated = 2025-05-12\nstatus = \"signed\"\nnumber = 2\n";
    let signed = changed(case, "agreements/natthandet.toml", &[("dated = 2025-05-12\n", more)]);
    says(
        &of_example(&signed, "natthandet", agreement, "2026-03-01"),
        &[
            "# Tilläggsavtal nr 2 till",
            "Tilläggsavtalet är undertecknat av parterna och daterat den 12 maj 2025.",
        ],
        &["framgår av originalet"],
    );
    says(
        &of_example(&signed, "natthandet", "avtal", "2026-03-01"),
        &[
            "Sammanställd text till och med tilläggsavtal nr 2 den 12 maj 2025.",
            "till och med den 31 december 2025 genom tilläggsavtal nr 2 den 12 maj 2025, enligt beslut",
        ],
        &[],
    );
}

#[test]
fn an_amount_that_was_decided_in_mid_term_is_in_the_agreement_whether_or_not_it_is_signed() {
    let more = "[funding.mer]\ntitle = \"Ökning\"\npayer = \"kommun\"\namount = 70_000\ndecision = \"mer\"\n\
                period = { start = 2025-01-01, end = 2025-12-31 }\n";
    let records = "[decision.avtal]\nkind = \"approval\"\nby = \"Socialnämnden\"\ndate = 2023-11-20\n\
                   [decision.mer]\nkind = \"amount\"\nby = \"Socialnämnden\"\ndate = 2025-02-03\n";
    let with = |status: &str| {
        let status = format!("status = \"{status}\"");
        let case = adala(&[("status = \"proposed\"", &status)], more);
        case.with("records/oppet-hus.toml", records)
    };
    let row = "| Ökning (enligt beslut av Socialnämnden 2025-02-03) |";
    let signed = document(&with("signed"), "avtal");
    says(&signed, &["Sammanställd text till och med det ändrade beloppet", row, "**1 070 000 kronor**"], &[]);
    let decided = with("decided");
    says(&document(&decided, "avtal"), &[row, "**1 070 000 kronor**"], &["Sammanställd"]);
    assert_eq!(paid(&decided, "2025"), 570_000);
    let before = of_example(&decided, "oppet-hus", "avtal", "2025-02-02");
    says(&before, &["**1 000 000 kronor**"], &["Ökning"]);
}

#[test]
fn an_adjustment_that_nobody_knows_is_not_nothing() {
    let more = "[indexation.upp]\nyears = [2025]\nseries = \"pris\"\namounts = \"before-adjustment\"\nmethod = \"chained\"";
    let series = "title = \"Prisindex\"\nkind = \"yearly-change\"\ncoverage = \"prices\"\npublisher = \"x\"\n[value]\n\
                  2024 = [{ number = \"2,0\", status = \"decided\", source = \"x\" }]\n";
    let memo = document(&adala(&[], more).with("indexes/pris.toml", series), "tjansteskrivelse");
    says(
        &memo,
        &["| 2025 | 500 000 kronor | inte känd ännu |", "värdet för 2025 i ”Prisindex” är inte känt ännu"],
        &["saknar värde", "| 0 kronor | 500 000 kronor (prel"],
    );
}

#[test]
fn what_no_one_has_told_no_sentence_claims() {
    let bergsjo = Case::of_example("bergsjo");
    says(
        &of_example(&bergsjo, "natt-och-dag", "avtal", "2025-03-01"),
        &["12 500 kronor per plats och månad, för sex platser"],
        &["antal:"],
    );
    let unnamed = changed(bergsjo, "agreements/natt-och-dag.toml", &[(", units = \"platser\"", "")]);
    says(
        &of_example(&unnamed, "natt-och-dag", "avtal", "2025-03-01"),
        &["12 500 kronor per plats och månad, för sex stycken"],
        &[],
    );
    says(
        &of_example(&Case::of_example("vretby"), "ladan", "avtal", "2026-03-01"),
        &[
            "| Information om avvikelser | när det händer |",
            "Ladan ska utan dröjsmål informera kommunen om - att mötesplatsen måste stänga",
        ],
        &["ska innehålla - att"],
    );
    let lund = crate::common::Lund::copy();
    lund.run(&["render", "--as-of", crate::common::TODAY]);
    let text = |kind: &str| {
        let text = lund.read(&format!("build/po-skane-2023/{kind}.md"));
        text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    says(&text("avtal"), &["Överenskommelsen följer *Riktlinjer"], &["I övrigt"]);
    says(
        &text("tjansteskrivelse"),
        &[
            "sammanlagt 6 000 000 kronor under avtalstiden, om justeringen redan ingår i beloppen; annars tillkommer den.",
            "inom socialpsykiatrin”, oavsett hur justeringen ska räknas. Det förutsätter att ramen beslutas med de belopp som tabellen visar. Ramarna för 2023 och 2024 är antaganden och inte beslutade.",
            "Tabellen räknar med beloppen utan uppräkning.",
            "Andra förslag som ska betalas ur samma ram och som ännu inte är beslutade är inte medräknade: 980 000 kronor för 2023.",
        ],
        // Of what nobody has stated the agreement has no terms.
        &["har också bestämmelser"],
    );
    // What was proposed after a memo's day it does not know.
    let path = "build/rsmh-lund-2021/tjansteskrivelse.md";
    assert!(!lund.read(path).contains("Andra förslag"));
}
