//! Documents as PDF: the same bytes each time, hostile text, many signatories. What validators say is asked in
//! `.ci/run`.

use std::fs;

use crate::common::{Lund, TODAY};

const RSMH: &str = "agreements/rsmh-lund-2021.toml";

fn pdf_of(lund: &Lund, document: &str) -> Vec<u8> {
    let run =
        lund.run(&["render", "rsmh-lund-2021", "--document", document, "--format", "pdf", "--as-of", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    fs::read(lund.path(&format!("build/rsmh-lund-2021/{document}.pdf"))).unwrap()
}

#[test]
fn the_same_input_gives_the_same_pdf() {
    let lund = Lund::copy();
    let first = pdf_of(&lund, "tjansteskrivelse");
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, pdf_of(&lund, "tjansteskrivelse"));
    assert!(!lund.path("build/rsmh-lund-2021/tjansteskrivelse.md").exists());
}

#[test]
fn text_that_looks_like_code_is_text() {
    let lund = Lund::copy();
    let hostile = r#"#import \"/etc/passwd\": * \\ #panic() ]) }) ${x}$ @ref <label> // /* ::: signature"#;
    lund.change(RSMH, "what = \"volontärarbete\"", &format!("what = \"{hostile}\""));
    lund.change(
        RSMH,
        "Psykisk ohälsa är en stor utmaning",
        "#panic() \\\\\"]) Psykisk ohälsa är en stor utmaning",
    );
    pdf_of(&lund, "avtal");
}

#[test]
fn text_that_no_font_covers_is_refused_by_its_number() {
    let lund = Lund::copy();
    lund.change(RSMH, "what = \"volontärarbete\"", "what = \"volontärarbete 漢\"");
    let run = lund.run(&["render", "rsmh-lund-2021", "--format", "pdf", "--as-of", TODAY]);
    assert_eq!(run.code, 1);
    assert!(run.output.contains("U+6F22"), "{}", run.output);
}

#[test]
fn an_archive_can_demand_the_older_profile() {
    let lund = Lund::copy();
    lund.write("iop.toml", format!("{}\n[pdf]\nprofile = \"a-1a\"\n", lund.read("iop.toml")));
    assert!(pdf_of(&lund, "tjansteskrivelse").starts_with(b"%PDF-1.4"));
}

const LOGOTYPE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>"#;

#[test]
fn a_municipality_has_its_logotype_above_the_first_page() {
    let lund = Lund::copy();
    let plain = pdf_of(&lund, "tjansteskrivelse");
    lund.write("templates/pictures/vapen.svg", LOGOTYPE);
    let settings = lund.read("iop.toml");
    let with = |file: &str| {
        format!("{settings}\n[pdf]\nlogotype = {{ file = \"{file}\", text = \"Lunds kommuns vapen\" }}\n")
    };
    lund.write("iop.toml", with("vapen.svg"));
    let decorated = pdf_of(&lund, "tjansteskrivelse");
    assert_ne!(plain, decorated);
    assert!(
        decorated
            .windows(8)
            .filter(|part| part == b"/Figure\n" || part == b"/Figure/" || part == b"/Figure ")
            .count()
            >= 1
    );

    lund.write("iop.toml", with("saknas.svg"));
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    lund.finding_at(&findings, "IOP112", "\"saknas.svg\"");
    lund.write("templates/pictures/saknas.svg", "ingen bild");
    let (_, findings) = lund.validate();
    lund.finding_at(&findings, "IOP112", "\"saknas.svg\"");
}

#[test]
fn a_font_that_is_not_there_or_is_no_font_is_found() {
    let lund = Lund::copy();
    lund.write("iop.toml", format!("{}\n[pdf]\nfont = \"Libertnus Serif\"\n", lund.read("iop.toml")));
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    lund.finding_at(&findings, "IOP112", "\"Libertnus Serif\"");
    for face in ["Regular", "Bold"] {
        let file = format!("LibertinusSerif-{face}.otf");
        let font = fs::read(crate::common::repository().join("assets/fonts").join(&file)).unwrap();
        lund.write(&format!("templates/fonts/{file}"), font);
    }
    let (_, findings) = lund.validate();
    let finding = lund.finding_at(&findings, "IOP112", "\"Libertnus Serif\"");
    assert_eq!(finding["help"], "Menade du ”Libertinus Serif”?");
    lund.change("iop.toml", "Libertnus", "Libertinus");
    pdf_of(&lund, "avtal");

    lund.write("templates/fonts/trasig.ttf", "inget typsnitt");
    let (_, findings) = lund.validate();
    assert!(findings.iter().any(|finding| finding["file"] == "templates/fonts/trasig.ttf"), "{findings:#?}");
}

#[test]
fn a_text_that_is_too_deep_or_too_long_is_refused_and_nothing_falls_over() {
    let lund = Lund::copy();
    let with = |text: &str| format!("[clause.background]\naddition = \"{text}\"\n");
    lund.change(RSMH, "[clause.background]\n", &with(&">".repeat(60_000)));
    let run = lund.run(&["render", "rsmh-lund-2021", "--as-of", TODAY]);
    assert_eq!(run.code, 1, "{}", run.errors);
    assert!(run.output.contains("i mer än 30 led"), "{}", run.output);
    let (_, findings) = lund.validate();
    lund.finding_at(&findings, "IOP114", "\">>>");

    lund.change(RSMH, &with(&">".repeat(60_000)), &with(&"ord och text. ".repeat(30_000)));
    let run = lund.run(&["render", "rsmh-lund-2021", "--as-of", TODAY]);
    assert!(run.output.contains("texten är längre än 300 000 tecken"), "{}", run.output);
}

#[test]
fn what_has_no_spaces_is_broken_and_stays_on_the_page() {
    let lund = Lund::copy();
    let endless = "x".repeat(200);
    lund.change(RSMH, "what = \"volontärarbete\"", &format!("what = \"{endless}\""));
    let text = format!(
        "## {endless}\\n\\n- {endless}\\n\\n| a | b | c |\\n|---|---|---|\\n| {endless} | b | c |\\n\\n    {endless}\\n\\nhttps://a.se/{endless}"
    );
    lund.change(RSMH, "[clause.background]\n", &format!("[clause.background]\naddition = \"{text}\"\n"));
    // The page is looked over once it is set: text beside it would be an error.
    pdf_of(&lund, "avtal");
    pdf_of(&lund, "tjansteskrivelse");
}

#[test]
fn a_table_that_the_page_has_no_room_for_is_refused() {
    let lund = Lund::copy();
    let row = |cell: &str| format!("|{}\\n", format!(" {cell} |").repeat(20));
    let table = row("a") + &row("---") + &row("b");
    lund.change(RSMH, "[clause.background]\n", &format!("[clause.background]\naddition = \"{table}\"\n"));
    let run = lund.run(&["render", "rsmh-lund-2021", "--format", "pdf", "--as-of", TODAY]);
    assert_eq!(run.code, 1);
    assert!(run.output.contains("en tabell har 20 kolumner"), "{}", run.output);
}

#[test]
fn a_final_document_has_the_municipalitys_own_logotype_or_is_not_written() {
    let adala = tempfile::tempdir().unwrap();
    for name in ["iop.toml", "budget.toml", "agreements/oppet-hus.toml", "guidelines/adala-2019.toml"] {
        let target = adala.path().join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(crate::common::repository().join("examples/adala").join(name), &target).unwrap();
    }
    let run = || crate::common::run_in(adala.path(), &["render", "--final", "--as-of", "2025-03-01"]);
    assert_eq!(run().code, 0);
    let settings = fs::read_to_string(adala.path().join("iop.toml")).unwrap();
    let settings =
        format!("{settings}\n[pdf]\nlogotype = {{ file = \"vapen.svg\", text = \"Ådala kommuns vapen\" }}\n");
    fs::write(adala.path().join("iop.toml"), settings).unwrap();
    let refused = run();
    assert_eq!(refused.code, 1);
    assert!(refused.output.contains("avtal skrevs inte:"), "{}", refused.output);
    assert!(
        refused.output.contains("templates/pictures/vapen.svg finns inte. (IOP112)"),
        "{}",
        refused.output
    );
}
