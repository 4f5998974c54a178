//! `iop validate --fix`: what is safe is mended, what is not stays a finding, and nothing is written where it only shows.

use std::fs;

use crate::common::{Lund, TODAY};

fn fix(lund: &Lund, arguments: &[&str]) -> crate::common::Run {
    lund.run(&[&["validate", "--fix", "--as-of", TODAY], arguments].concat())
}

#[test]
fn each_kind_is_mended_and_the_rest_of_the_file_stays() {
    for (file, right, wrong) in [
        ("budget.toml", "amount = 1_000_000\nstatus", "amount = 1 000 000 # kr\nstatus"),
        ("budget.toml", "amount = 1_000_000\nstatus", "amount = \"1 000 000 kr\"\nstatus"),
        ("budget.toml", "amount = 1_000_000\nstatus", "amount =\u{a0}1_000_000\nstatus"),
        ("budget.toml", "committee = \"social\"\n", "committee = ”social”\n"),
    ] {
        let lund = Lund::copy();
        let before = lund.read(file);
        lund.change(file, right, wrong);
        let broken = lund.read(file);
        assert_ne!(lund.validate().0, 0, "{wrong}");
        let shown = fix(&lund, &["--diff"]);
        assert_eq!(shown.code, 1, "{shown:?}");
        assert!(shown.output.contains(&format!("--- a/{file}\n+++ b/{file}\n")), "{shown:?}");
        assert_eq!(lund.read(file), broken, "nothing is written");
        let run = fix(&lund, &[]);
        assert!(run.errors.contains(&format!("1 ställe är rättat: {file} (1).")), "{wrong}: {run:?}");
        let right = if wrong.contains("# kr") {
            before.replacen("000\nstatus", "000 # kr\nstatus", 1)
        } else {
            before
        };
        assert_eq!(lund.read(file), right, "{wrong}");
        assert_eq!(fix(&lund, &["--diff"]).code, 0);
    }
}

#[test]
fn paragraphs_signs_and_registry_numbers_are_mended() {
    let lund = Lund::copy();
    lund.write(
        "records/po-skane-2023.toml",
        "[decision.a]\nkind = \"approval\"\nby = \"socialnämnden\"\ndate = 2022-12-14\nparagraph = \"§167\" # efter\n\
         registry_number = \"so 2022-0229\"\n",
    );
    lund.change(
        "budget.toml",
        "status = \"assumed\"\nsource = \"antagande i registret; inget budgetbeslut är känt\"\n\n[line.iop-social.year.2022]",
        "status = \"assumed\"\nsource = \"antagande i §101\"\n\n[line.iop-social.year.2022]",
    );
    let run = fix(&lund, &[]);
    assert!(run.errors.contains("3 ställen är rättade"), "{run:?}");
    let records = lund.read("records/po-skane-2023.toml");
    assert!(
        records.contains("paragraph = \"§ 167\" # efter\nregistry_number = \"SO 2022/0229\"\n"),
        "{records}"
    );
    assert!(lund.read("budget.toml").contains("antagande i § 101"));
    assert!(!run.output.contains("IOP604") && !run.output.contains("IOP619"), "{run:?}");
}

#[test]
fn what_somebody_must_decide_stays_a_finding() {
    for (right, wrong) in [
        ("amount = 1_000_000\nstatus", "amount = \"1.000.000\"\nstatus"),
        ("amount = 1_000_000\nstatus", "amount = \"en miljon\"\nstatus"),
        ("committee = \"social\"\n", "committee = ”social\n"),
        ("committee = \"social\"\n", "committee = 12 000\n"),
    ] {
        let lund = Lund::copy();
        lund.change("budget.toml", right, wrong);
        let broken = lund.read("budget.toml");
        let run = fix(&lund, &["--format", "json"]);
        assert_eq!(run.code, 1, "{wrong}: {run:?}");
        assert!(run.errors.contains("Inget att rätta automatiskt."), "{wrong}: {run:?}");
        assert!(run.output.contains("\"file\": \"budget.toml\""), "{run:?}");
        assert_eq!(lund.read("budget.toml"), broken);
    }
}

#[test]
fn only_what_is_asked_about_is_mended_and_line_ends_stay() {
    let lund = Lund::copy();
    lund.change("budget.toml", "amount = 1_000_000\nstatus", "amount = \"1 000 000\"\nstatus");
    let windows = format!("\u{feff}{}", lund.read("budget.toml").replace('\n', "\r\n"));
    lund.write("budget.toml", &windows);
    fix(&lund, &["rsmh-lund-2021"]);
    assert_eq!(lund.read("budget.toml"), windows);
    fix(&lund, &["budget.toml"]);
    assert_eq!(lund.read("budget.toml"), windows.replace("\"1 000 000\"", "1_000_000"));
}

#[test]
fn the_schema_line_is_set_where_the_register_has_the_schema() {
    let lund = Lund::copy();
    let before = lund.read("budget.toml");
    lund.write("budget.toml", before.replace("#:schema schema/budget.v1.json\n", ""));
    assert!(fix(&lund, &[]).errors.contains("Inget att rätta"));
    assert_eq!(lund.run(&["schema"]).code, 0);
    assert!(fix(&lund, &[]).errors.contains("budget.toml (1)"));
    assert_eq!(lund.read("budget.toml"), before);
}

#[test]
fn a_protected_file_stays_and_that_is_told() {
    let lund = Lund::copy();
    lund.change("budget.toml", "amount = 1_000_000\nstatus", "amount = \"1 000 000\"\nstatus");
    let mut rights = fs::metadata(lund.path("budget.toml")).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(lund.path("budget.toml"), rights).unwrap();
    let run = fix(&lund, &[]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.errors.contains("budget.toml är skrivskyddad") && !run.errors.contains("är rättade"),
        "{run:?}"
    );
    assert_eq!(lund.run(&["validate", "--diff"]).code, 2);
}
