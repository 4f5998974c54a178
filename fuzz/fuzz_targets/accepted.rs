//! What somebody has accepted: waivers in the records and, after a NUL, an earlier report. Nothing that is found vanishes.

#![no_main]

use std::collections::BTreeSet;

use iop::finding::Finding;
use iop::register::{InputFile, Register};
use iop::rules::baseline::Baseline;
use iop_fuzz::{findings_told, judged};
use libfuzzer_sys::fuzz_target;

/// A register with many findings to accept.
const FAULTY: [(&str, &str); 4] = [
    ("agreements/kvarterskok.toml", include_str!("../../examples/typiska-fel/agreements/kvarterskok.toml")),
    ("guidelines/fjallby-2019.toml", include_str!("../../examples/typiska-fel/guidelines/fjallby-2019.toml")),
    ("budget.toml", include_str!("../../examples/typiska-fel/budget.toml")),
    ("iop.toml", include_str!("../../examples/typiska-fel/iop.toml")),
];

fuzz_target!(|input: &str| {
    let (records, report) = input.split_once('\0').unwrap_or((input, ""));
    let files = FAULTY.into_iter().chain([("records/kvarterskok.toml", records)]);
    let (register, read) =
        Register::load(files.map(|(file, text)| InputFile::text(file, text)).collect::<Vec<_>>());
    let baseline = Baseline::read(report.as_bytes()).ok();
    let judgement = judged(&register, &read, false, baseline);
    findings_told(&register, &judgement);
    let waived = judgement.waived.iter().map(|waived| &waived.finding);
    let left: BTreeSet<&str> = codes(judgement.findings.iter().chain(waived).chain(&judgement.known));
    let all = judged(&register, &read, true, None);
    let lost: Vec<&str> = codes(all.findings.iter()).difference(&left).copied().collect();
    assert!(lost.is_empty(), "{lost:?} are neither found nor accepted");
});

fn codes<'a>(findings: impl Iterator<Item = &'a Finding>) -> BTreeSet<&'a str> {
    findings.map(|finding| finding.code).collect()
}
