//! Findings as annotations of GitHub Actions, and the summary of a job.

use super::{Report, held_back};
use crate::finding::{Finding, Level};
use crate::text;

/// One workflow command a finding, and one for what is not shown.
pub(super) fn write(report: &Report<'_>) -> String {
    let annotations = report.findings.iter().map(|finding| annotation(report, finding));
    let summary =
        held_back::is_any(report).then(|| format!("::notice title=iop::{}\n", data(&report.summary())));
    annotations.chain(summary).collect()
}

/// What stopped a run before there was anything to report.
#[must_use]
pub fn stopped(message: &str) -> String {
    format!("::error::{}\n", data(message.trim()))
}

fn annotation(report: &Report<'_>, finding: &Finding) -> String {
    let location = report.register.locate(&finding.place);
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    format!(
        "::{command} file={},line={},col={},title={}::{}\n",
        property(&report.path(&finding.place.file)),
        location.line,
        location.column,
        property(finding.code),
        data(&Report::told(finding))
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

/// GitHub shows no summary of a step that is larger than 1 MiB. Some of it is left for how many findings went unsaid.
const MOST_BYTES: usize = 1024 * 1024 - 1024;

/// So many characters of a message are read in a table.
const MOST_LETTERS: usize = 500;

/// The job's summary in Markdown: what was found, as a table, the gravest first. `there` bytes of the room are taken.
pub(super) fn summary(report: &Report<'_>, there: usize) -> String {
    let mut page = format!("## iop\n\n{}\n", text::escape_markdown(report.summary().trim().chars()));
    // What stands there already is of more use than a page that GitHub refuses.
    if there.saturating_add(page.len()) > MOST_BYTES {
        return String::new();
    }
    if report.findings.is_empty() {
        return page;
    }
    page.push_str("\n| | Var | Anmärkning |\n|---|---|---|\n");
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    for (told, finding) in findings.iter().enumerate() {
        let row = row(report, finding);
        if there.saturating_add(page.len() + row.len()) > MOST_BYTES {
            page.push_str(&format!("\n… och {} till, se loggen.\n", findings.len() - told));
            break;
        }
        page.push_str(&row);
    }
    page
}

fn row(report: &Report<'_>, finding: &Finding) -> String {
    let is_long = finding.message.chars().nth(MOST_LETTERS).is_some();
    let message = finding.message.chars().take(MOST_LETTERS).chain(is_long.then_some('…'));
    format!(
        "| {} {} | {}:{} | {} |\n",
        finding.level.label(),
        finding.code,
        text::escape_markdown(report.path(&finding.place.file).chars()),
        report.register.locate(&finding.place).line,
        text::escape_markdown(message)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::path;
    use crate::register::Register;

    /// A summary of as many findings, every third an error, every third a warning and every third a note.
    fn of(number: usize, message: &str, there: usize) -> String {
        let levels = [Level::Note, Level::Error, Level::Warning];
        let findings: Vec<Finding> = levels
            .into_iter()
            .cycle()
            .take(number)
            .map(|level| Finding::new("IOP404", level, Place::value(&"a.toml".into(), path!["x"]), message))
            .collect();
        let day = chrono::NaiveDate::from_ymd_opt(2024, 6, 1).unwrap();
        summary(&Report::new(&Register::default(), &findings, day), there)
    }

    #[test]
    fn a_summary_has_the_gravest_first_and_says_how_many_there_was_no_room_for() {
        let all = of(9, "Något är fel.", 0);
        let rows: Vec<&str> = all.lines().filter_map(|line| line.strip_prefix("| ")).collect();
        let levels: Vec<&str> = rows.iter().skip(1).filter_map(|row| row.split(' ').next()).collect();
        assert_eq!(levels.join(" "), "fel fel fel varning varning varning not not not");

        let cut = of(60_000, "Något är fel.", 0);
        let told = cut.matches("\n| fel ").count() + cut.matches("\n| varning ").count();
        assert!((1_000_000..1024 * 1024).contains(&cut.len()), "{}", cut.len());
        assert!(told > 20_000 && !cut.contains("| not "), "{told}");
        assert_eq!(cut.lines().last(), Some(format!("… och {} till, se loggen.", 60_000 - told).as_str()));
        assert_eq!(
            of(9, "Något är fel.", 2 * MOST_BYTES),
            "",
            "what stands there is kept from being refused"
        );
    }

    #[test]
    fn a_long_message_is_shortened_in_a_summary_and_nowhere_else() {
        let long = "å".repeat(MOST_LETTERS + 1);
        assert!(of(1, &long, 0).contains(&format!(" {}… |", "å".repeat(MOST_LETTERS))));
        assert!(of(1, &"å".repeat(MOST_LETTERS), 0).contains(&format!(" {} |", "å".repeat(MOST_LETTERS))));
    }
}
