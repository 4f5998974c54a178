//! Documents as PDF: the same bytes each time, hostile text, many signatories. What validators say is asked in
//! `.ci/run`.
#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests fail loudly")]

mod common;

use std::fs;

use common::{Lund, TODAY};

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
