//! What readers of the examples' documents found untrue or unclear, each in its kind.

use std::fs;

use super::Case;
use super::changed::of_example;
use super::sentences::{adala, agreement, memo, says};

#[test]
fn notice_to_a_day_of_the_year_is_that_wherever_it_is_told() {
    let klovby = Case::of_example("klovby");
    says(
        &of_example(&klovby, "angen", "avtal", "2026-03-01"),
        &[
            "Avtalet kan upphöra den 30 juni varje år, om det har sagts upp minst sex månader dessförinnan.",
            "Varje part kan säga upp avtalet till den 30 juni varje år. Uppsägningstiden är minst sex månader.",
        ],
        &["kan säga upp avtalet. Uppsägningstiden"],
    );
    // Of one that ends with any day nothing of the kind is said.
    let other = of_example(&klovby, "lanken", "avtal", "2026-03-01");
    says(&other, &["Varje part kan säga upp avtalet. Uppsägningstiden är sex månader."], &[]);
}

#[test]
fn each_committee_decides_on_its_own_part() {
    says(
        &of_example(&Case::of_example("klovby"), "angen", "tjansteskrivelse", "2026-03-01"),
        &[
            "med en ersättning från socialnämnden om 900 000 kronor per år jämte den årliga ersättningsjustering som avtalet anger - att beslutet gäller under förutsättning att kulturnämnden fattar motsvarande beslut Kulturnämnden beslutar",
            "med en ersättning från kulturnämnden om 6 500 kronor per studiecirkel och månad, för tre studiecirklar och från och med den 1 januari 2024 för fyra studiecirklar - att beslutet gäller under förutsättning att socialnämnden",
        ],
        &["var för sig -"],
    );
}

#[test]
fn an_organ_of_one_party_decides_for_that_party_alone() {
    says(
        &of_example(&Case::of_example("klovby"), "oppen-dorr", "avtal", "2026-03-01"),
        &["Ändringar gäller när parterna har kommit överens om dem. För kommunen beslutar socialnämnden."],
        &["förankras"],
    );
    let both = [(
        "[exit.tvist]",
        "[exit.andring]\ncause = [\"any\"]\nmeans = \"renegotiation\"\ndecided_by = \"styrgruppen\"\n\n[exit.tvist]",
    )];
    says(&agreement(&adala(&both, "")), &["ska förankras hos och beslutas av styrgruppen."], &[]);
}

#[test]
fn a_text_that_holds_more_than_somebody_has_signed_says_so() {
    let havsnas = Case::of_example("havsnas");
    let told = "Sammanställd text till och med det ändrade beloppet den 20 maj 2025. Den som undertecknade före den dagen undertecknade texten utan den ändringen.";
    says(&of_example(&havsnas, "nyanlanda-familjer", "avtal", "2026-03-01"), &[told], &[]);
    says(&of_example(&havsnas, "nyanlanda-familjer", "avtal", "2025-05-01"), &[], &["Sammanställd"]);
}

#[test]
fn what_an_adjustment_comes_to_is_no_sum_before_it_is_known() {
    says(
        &of_example(&Case::of_example("havsnas"), "nyanlanda-familjer", "tjansteskrivelse", "2026-03-01"),
        &[
            "| 2025 | 1 250 000 kronor | inte känd ännu | 1 250 000 kronor (preliminärt) |",
            "är ett antagande och inte fastställt",
            "värdena för oktober 2025 och oktober 2026",
        ],
        &["antaget", "2025-10"],
    );
    says(
        &of_example(&Case::of_example("klovby"), "angen", "tjansteskrivelse", "2026-03-01"),
        &["| 2023 | 1 134 000 kronor | inte känd ännu |"],
        &["**Sammanlagt**"],
    );
}

#[test]
fn a_decision_grants_each_extension_its_own_sum() {
    let bergsjo = Case::of_example("bergsjo");
    bergsjo.says("2026-03-01", &["render", "--format", "md", "--document", "tjansteskrivelse"]);
    let path = bergsjo.folder.path().join("build/sommarkollo/tjansteutlatande.md");
    let text = fs::read_to_string(path).unwrap().replace('\u{a0}', " ");
    says(
        &text.split_whitespace().collect::<Vec<_>>().join(" "),
        &[
            "då med en ersättning om 350 000 kronor för varje förlängning.",
            "| Första avtalsåret | 2024-03-01–2025-02-28 | 350 000 kronor | | **Sammanlagt för avtalstiden** | | **350 000 kronor** | | Första förlängningen |",
        ],
        &["om sammanlagt 700 000"],
    );
}

#[test]
fn a_frame_that_cannot_be_tried_is_not_told_as_money_that_there_is() {
    let klovby = Case::of_example("klovby");
    says(
        &of_example(&klovby, "lanken", "tjansteskrivelse", "2026-03-01"),
        &[
            "| Stöd i boendet | hela avtalstiden | 50 000 kronor per månad | | **Sammanlagt** | | **1 200 000 kronor** |",
            "Ersättningen ska finansieras genom socialnämndens budgetram.",
            "Kostnaden kan inte prövas mot budgetramen, eftersom första dagen inte är bestämd.",
        ],
        &[],
    );
    says(
        &of_example(&klovby, "oppen-dorr", "tjansteskrivelse", "2026-03-01"),
        &[
            "Ersättningen ska finansieras genom socialnämndens budgetram, om ramen beslutas.",
            "Ramen för 2022 är ännu inte beslutad.",
            "- Avtalet om Öppen dörr för 2021, 2020-12-09, SN 2020/141",
        ],
        &["Någon budgetram"],
    );
}

#[test]
fn what_the_municipality_has_its_money_from_is_told_to_the_committee_alone() {
    let vretby = Case::of_example("vretby");
    let told = "betalas 120 000 kronor för 2025 och 120 000 kronor för 2026 av statsbidrag";
    says(&of_example(&vretby, "ladan", "tjansteskrivelse", "2026-03-01"), &[told], &[]);
    let text = of_example(&vretby, "ladan", "avtal", "2026-03-01");
    says(&text, &["som gäller från och med den 1 januari 2022"], &["statsbidrag", "gällde"]);
}

#[test]
fn an_authority_that_nobody_has_stated_is_a_blank() {
    let open = [("evidence = \"socialnämndens delegationsordning punkt 3.2\"", "evidence = \"not-stated\"")];
    says(&agreement(&adala(&open, "")), &["Socialnämndens ordförande\\ Behörighet: **[ej angivet]**"], &[]);
}

#[test]
fn an_assessment_that_nobody_has_said_who_made_is_open() {
    let open = [("by = \"kommunjuristen\"", "by = \"not-stated\"")];
    let told = "Bedömningen av upphandlingsplikt är gjord av: **[ej angivet]**.";
    says(&memo(&adala(&open, "")), &[told], &["kommunjuristen"]);
}

#[test]
fn amounts_for_parts_of_a_year_are_paid_each_for_itself() {
    let text = of_example(&Case::of_example("havsnas"), "natthandet", "avtal", "2026-03-01");
    says(&text, &["Varje belopp betalas ut vid två tillfällen."], &["tillfällen per år"]);
    says(&agreement(&adala(&[], "")), &["Ersättningen betalas ut vid två tillfällen per år."], &[]);
}

#[test]
fn the_running_head_tells_a_compilation_and_every_case() {
    let word = |case: &Case, id: &str| {
        case.says("2026-03-01", &["render", id, "--document", "avtal", "--format", "docx"]);
        let file = fs::File::open(case.folder.path().join(format!("build/{id}/avtal.docx"))).unwrap();
        let mut archive = zip::ZipArchive::new(file).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let heads = names.iter().filter(|name| name.starts_with("word/header"));
        let texts = heads.map(|name| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap());
        texts.collect::<Vec<_>>().concat().replace('\u{a0}', " ")
    };
    let klovby = Case::of_example("klovby");
    let head = word(&klovby, "oppen-dorr");
    assert!(head.contains("sammanställd text till och med 2023-12-06"), "{head}");
    let head = word(&klovby, "angen");
    assert!(head.contains("SN 2022/77, KN 2022/51"), "{head}");
    // A proposal that is no compilation has its own day.
    says(&memo(&adala(&[], "")), &["Datum: 2023-11-01"], &["sammanställd"]);
}
