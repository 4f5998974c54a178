//! What the fuzz targets share: a register in memory with one file of the fuzzer's, and everything that is said of it. What must
//! never be is an assertion; a panic, a run of ten seconds and a gigabyte are the fuzzer's to see.

use std::fmt;
use std::sync::LazyLock;

use chrono::NaiveDate;
use iop::documents::{self, Document, RenderOptions, Stationery, Subject};
use iop::finding::Finding;
use iop::payouts;
use iop::register::{Content, InputFile, Register};
use iop::report::budget::BudgetReport;
use iop::report::follow_up::{FollowUpReport, Selection};
use iop::report::missing::Missing;
use iop::report::payouts::PayoutReport;
use iop::report::schedule::ScheduleReport;
use iop::report::sheet::{self, Sheet, SheetFormat};
use iop::report::{Format, Report};
use iop::rules::baseline::Baseline;
use iop::rules::{self, Judgement, Judging};
use iop::schedule::Scheduler;

/// The agreement that the fuzzer changes.
pub const AGREEMENT: &str = "agreements/oppet-hus.toml";

/// Its records.
pub const RECORDS: &str = "records/oppet-hus.toml";

/// The day that counts as today: in the second year of the agreement.
pub const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2025, 6, 1).unwrap();

/// The register of Ådala, which has a file of each kind but records.
pub const ADALA: [(&str, &str); 6] = [
    (AGREEMENT, include_str!("../../examples/adala/agreements/oppet-hus.toml")),
    ("guidelines/adala-2019.toml", include_str!("../../examples/adala/guidelines/adala-2019.toml")),
    ("budget.toml", include_str!("../../examples/adala/budget.toml")),
    ("indexes/priser.toml", include_str!("../../examples/adala/indexes/priser.toml")),
    ("meetings/social-2025.toml", include_str!("../../examples/adala/meetings/social-2025.toml")),
    ("iop.toml", include_str!("../../examples/adala/iop.toml")),
];

/// What documents look like where the register has nothing of its own.
pub static BUILT_IN: LazyLock<Stationery> = LazyLock::new(|| Stationery::load(&Register::default()).0);

/// The register of Ådala with these files in place of its own, or beside them.
pub fn adala(changed: &[(&str, Content)]) -> (Register, Vec<Finding>) {
    let is_changed = |file: &str| changed.iter().any(|(name, _)| *name == file);
    let own = ADALA
        .into_iter()
        .filter(|(file, _)| !is_changed(file))
        .map(|(file, text)| InputFile::text(file, text));
    let others = changed.iter().map(|(file, content)| InputFile::new(file, content.clone()));
    Register::load(own.chain(others).collect::<Vec<_>>())
}

/// A text as content of a file.
pub fn text(text: &str) -> Content {
    Content::Text(text.to_owned())
}

/// What a register is found to be.
pub fn judged(
    register: &Register,
    read: &[Finding],
    ignores_waivers: bool,
    baseline: Option<Baseline>,
) -> Judgement {
    let judging = Judging { read: read.to_vec(), ignores_waivers, baseline, ..Judging::default() };
    rules::judge(register, &BUILT_IN, judging, AS_OF)
}

/// Judges a register and writes what is said of it, in every format.
pub fn told(register: &Register, read: &[Finding]) {
    let judgement = judged(register, read, false, None);
    findings_told(register, &judgement);
    figures_told(register, read);
}

/// Writes the findings in every format.
pub fn findings_told(register: &Register, judgement: &Judgement) {
    let report = Report::of(register, judgement, AS_OF);
    // Its excerpts are made harmless where they are printed.
    _ = report.write(Format::Human);
    _ = report.job_summary(0);
    for format in [Format::Json, Format::Gitlab, Format::Sarif] {
        is_json(&report.write(format));
    }
    for format in [Format::Github, Format::Junit] {
        is_harmless(&report.write(format));
    }
}

/// Computes payouts, budget, schedule and follow-up, and writes them in every format.
fn figures_told(register: &Register, read: &[Finding]) {
    let missing = &*Missing::of(register, read, |_| true);
    let asked: Vec<_> = register.agreements.iter().map(|(id, entry)| (id.as_str(), entry)).collect();
    let statements = payouts::statements(register, AS_OF);
    let agreements =
        asked.iter().map(|(id, entry)| (*id, *entry, payouts::statement(register, entry, AS_OF)));
    let report = PayoutReport {
        register,
        as_of: AS_OF,
        year: None,
        days: None,
        agreements: agreements.collect(),
        scheduler: Scheduler::new(register, AS_OF),
        missing,
    };
    for (ended, year_end) in [(Some(AS_OF), None), (None, Some(2025))] {
        let mut text = String::new();
        report.json(&mut text, ended, None, year_end).expect("a text takes all that is written");
        is_json(&text);
    }
    for sheets in
        [report.sheets(false), report.sheets(true), report.readings(), report.steps(), report.ended(AS_OF)]
    {
        sheets_told(&sheets, missing);
    }
    let report = BudgetReport {
        register,
        as_of: AS_OF,
        statements: &statements,
        without_time: payouts::timeless(register, &statements),
        years: payouts::outlook(register, &(2020..=2040), &statements, AS_OF),
        missing,
    };
    is_json(&report.json(None));
    sheets_told(&report.sheets(true), missing);
    let scheduler = Scheduler::new(register, AS_OF);
    let templates = &BUILT_IN.templates;
    let report = ScheduleReport {
        register,
        templates,
        as_of: AS_OF,
        from: None,
        until: None,
        kinds: &[],
        scheduler,
        agreements: &asked,
        missing,
    };
    is_json(&written(|out| report.json(out)));
    sheets_told(&[report.sheet()], missing);
    for line in written(|out| report.calendar(out)).split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(char::is_control), "{line:?}");
    }
    let report = FollowUpReport {
        register,
        templates,
        as_of: AS_OF,
        selection: Selection::All,
        scheduler: Scheduler::new(register, AS_OF),
        agreements: &asked,
        missing,
    };
    is_json(&written(|out| report.json(out).map(|_| ())));
    sheets_told(&report.sheets().0, missing);
}

fn sheets_told(sheets: &[Sheet], missing: &[Missing]) {
    let formats = [
        SheetFormat::Table { width: None },
        SheetFormat::Table { width: Some(40) },
        SheetFormat::Markdown,
        SheetFormat::ExcelCsv,
        SheetFormat::PlainCsv,
    ];
    for format in formats {
        is_harmless(&written(|out| sheet::write(out, sheets, missing, format)));
    }
}

/// What is written piece by piece.
fn written(write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> String {
    let mut text = String::new();
    write(&mut text).unwrap();
    text
}

/// Renders every document of the agreement, where it could be read.
pub fn rendered(register: &Register, stationery: &Stationery) -> Vec<Document> {
    let options = RenderOptions { is_final: false, as_of: AS_OF, tells_facts: false };
    let kinds = || stationery.templates.kinds();
    let entries = register.agreements.values();
    let all = entries.flat_map(|entry| {
        kinds().flat_map(move |kind| {
            Subject::all_of(kind.subject, entry).into_iter().map(move |one| (kind, one))
        })
    });
    all.filter_map(|(kind, subject)| documents::render(kind, &subject, register, stationery, options).ok())
        .inspect(|document| is_harmless(&document.markdown))
        .collect()
}

/// Writes a document in every format, and says whether it could be written in all.
pub fn set(stationery: &Stationery, document: &Document) -> bool {
    documents::Format::ALL.iter().all(|format| format.write(document, stationery).is_ok())
}

fn is_json(text: &str) {
    assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
    is_harmless(text);
}

/// Nothing in a text steers a terminal but the line ends, and the styles of the tables.
fn is_harmless(text: &str) {
    let unstyled = text.replace("\r\n", "\n");
    let mut rest = unstyled.as_str();
    while let Some(at) = rest.find(|letter: char| letter.is_control() && letter != '\n' && letter != '\t') {
        let after = &rest[at..];
        let style = after.strip_prefix("\u{1b}[").and_then(|style| {
            let end = style.find(|letter: char| !letter.is_ascii_digit() && letter != ';')?;
            style[end..].strip_prefix('m')
        });
        rest = style.unwrap_or_else(|| {
            panic!("a control character: {:?}", after.chars().take(40).collect::<String>())
        });
    }
}

/// The agreement of Ådala with a text in a plain field, and as an addition to a clause.
pub fn agreement_with(text: &str) -> String {
    let text = toml::Value::String(text.to_owned());
    let own = ADALA[0].1.replace("direct = [\"unga mellan 13 och 20 år\"]", &format!("direct = [{text}]"));
    format!("{own}\n[clause.purpose]\naddition = {text}\n")
}
