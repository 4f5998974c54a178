//! The registers in `examples/` are what their texts say they are.

use std::fs;

use crate::common::{plain, repository, run_in};

#[test]
fn the_example_to_start_from_has_nothing_to_remark_on_and_finished_documents() {
    let adala = repository().join("examples/adala");
    let run = run_in(&adala, &["validate", "--as-of", "2025-03-01"]);
    assert_eq!(
        (run.code, plain(&run.output).trim()),
        (0, "1 avtal granskat per 2025-03-01: inget att anmärka.")
    );

    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    let run = run_in(&adala, &["render", "--final", "--as-of", "2025-03-01", "--out", &folder]);
    assert_eq!(run.code, 0, "{run:?}");
    let agreement = plain(&fs::read_to_string(out.path().join("oppet-hus/avtal.md")).unwrap());
    for sentence in [
        "# Avtal om idéburet offentligt partnerskap",
        "Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2025 (24 månader).",
        "Ådala kommun genom socialnämnden, i det följande kallad kommunen.",
        "Kommunen finansierar verksamheten i partnerskapet med följande belopp.",
        "| **Sammanlagt** |  | **1 000 000 kronor** |",
        "Föreningen bidrar till partnerskapet med tio ideella ledare.",
        "Utbetalning sker i januari och juli. Föreningen fakturerar. Betalning sker inom 30 dagar.",
        "Varje part kan säga upp avtalet. Uppsägningstiden är sex månader.",
        "| Årlig uppföljningsrapport | varje år | föreningen | kommunen | senast i februari |",
        "| Kommunen | enhetschef, ungdomsenheten | telefon uppges inte här |",
    ] {
        assert!(agreement.contains(sentence), "{sentence}\n{agreement}");
    }
}

#[test]
fn every_example_but_the_faulty_one_is_free_of_errors_and_every_document_is_written() {
    for entry in fs::read_dir(repository().join("examples")).unwrap() {
        let register = entry.unwrap().path();
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().display().to_string();
        let run = run_in(&register, &["render", "--as-of", "2025-03-01", "--out", &folder]);
        let is_faulty = register.ends_with("typiska-fel");
        assert_eq!(run.code, i32::from(is_faulty), "{}: {run:?}", register.display());
        assert!(!run.output.contains("skrevs inte"), "{}: {run:?}", register.display());
        let agreements = fs::read_dir(register.join("agreements")).unwrap().count();
        let folders =
            fs::read_dir(out.path()).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
        assert_eq!(folders.count(), agreements);
    }
}

/// What stands wrong in `examples/typiska-fel`, each fault at its place.
const FAULTS: [(&str, &str); 31] = [
    ("IOP108", "indexation.pris.series"),
    ("IOP201", "term.end"),
    ("IOP206", "term.end"),
    ("IOP301", "funding.2026"),
    ("IOP301", "funding.2027"),
    ("IOP302", "funding.start.period"),
    ("IOP303", "line.social.year.2024.amount"),
    ("IOP304", "funding.start.budget_line"),
    ("IOP309", "payout_plan.halvar.months"),
    ("IOP310", "in_kind"),
    ("IOP312", "indexation.pris.amounts"),
    ("IOP326", "party.kommun.name"),
    ("IOP401", "clause.background"),
    ("IOP402", "ground.initiative.answer"),
    ("IOP403", "clause.vrdegrund"),
    ("IOP405", "clause.grounds"),
    ("IOP405", "clause.steering"),
    ("IOP406", "ground.initiative"),
    ("IOP407", "assessment"),
    ("IOP409", "party.kommun.name"),
    ("IOP414", "ground.welcome"),
    ("IOP505", "follow_up"),
    ("IOP507", "party.forening.contact"),
    ("IOP507", "party.kommun.contact"),
    ("IOP601", "case.registry_number"),
    ("IOP602", "party.kommun.signatory"),
    ("IOP607", "party.forening.signatory.ordforande.authority"),
    ("IOP610", "memo.executor"),
    ("IOP611", "memo.distribution.information"),
    ("IOP618", "status"),
    ("IOP702", "euro"),
];

#[test]
fn the_faulty_example_has_exactly_the_faults_that_it_shows() {
    let faulty = repository().join("examples/typiska-fel");
    let run = run_in(&faulty, &["validate", "--format", "json", "--as-of", "2024-06-01"]);
    let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap();
    let mut found: Vec<(String, String)> =
        findings.iter().map(|finding| (text(finding, "code"), text(finding, "path"))).collect();
    found.sort();
    let expected = FAULTS.map(|(code, path)| (code.to_owned(), path.to_owned()));
    assert_eq!(found, expected);
}
