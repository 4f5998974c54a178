//! Findings as annotations of GitHub Actions, and the summary of a job.

use super::Report;
use crate::finding::{Finding, Level};
use crate::text;

/// One workflow command a finding.
pub(super) fn write(report: &Report<'_>) -> String {
    report.findings.iter().map(|finding| annotation(report, finding)).collect()
}

fn annotation(report: &Report<'_>, finding: &Finding) -> String {
    let location = report.register.locate(&finding.place);
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let help = finding.help.as_deref().map(|help| format!("\nGör så här: {help}")).unwrap_or_default();
    format!(
        "::{command} file={},line={},col={},title={}::{}\n",
        property(&report.path(&finding.place.file)),
        location.line,
        location.column,
        property(finding.code),
        data(&format!("{}{help}", finding.message))
    )
}

/// What follows the last colon.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands between commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The job's summary in Markdown: what was found, as a table.
pub(super) fn summary(report: &Report<'_>) -> String {
    let mut page = format!("## iop\n\n{}\n", text::escape_markdown(report.summary().trim().chars()));
    if !report.findings.is_empty() {
        page.push_str("\n| | Var | Anmärkning |\n|---|---|---|\n");
        for finding in report.findings {
            let line = report.register.locate(&finding.place).line;
            page.push_str(&format!(
                "| {} {} | {}:{line} | {} |\n",
                finding.level.label(),
                finding.code,
                text::escape_markdown(report.path(&finding.place.file).chars()),
                text::escape_markdown(finding.message.chars())
            ));
        }
    }
    page
}
