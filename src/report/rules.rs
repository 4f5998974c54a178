//! The rules themselves, as people and programs read them.

use serde_json::{Value, json};

use super::sheet::{self, Cell, Column, Line, SheetFormat, Table};
use crate::rules::{Example, Family, Gravity, Rule, mending};

/// All rules as a table, family by family.
#[must_use]
pub fn table(rules: &[&Rule], width: Option<usize>) -> String {
    let table = Table {
        name: "Regler",
        heading: String::new(),
        columns: vec![
            Column::<&Rule>::new("Kod", |rule| Cell::text(rule.code)).key(),
            Column::<&Rule>::new("Anmärkning", |rule| Cell::text(rule.title)).key(),
            Column::<&Rule>::new("Allvar", |rule| Cell::text(rule.gravity.label())).key(),
        ],
        rows: rules.iter().copied().map(Line::Row).collect(),
        notes: vec!["Mer om en anmärkning: iop explain KOD".to_owned()],
    };
    let mut text = String::new();
    // Writing to memory cannot fail.
    _ = sheet::write(&mut text, &[table.sheet()], &[], SheetFormat::Table { width });
    text
}

/// A rule as a page in Markdown.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let mut page = format!(
        "# {} {}\n\n{}\n\n- Allvar: {}\n- Familj: {}\n- Grund: {}\n- Namn i inställningar: `{}`\n- Sedan version: {}\n",
        rule.code,
        rule.title,
        rule.why,
        rule.gravity.label(),
        Family::of(rule).label(),
        rule.source,
        rule.slug,
        rule.since
    );
    if let Some(what) = mending::what(rule.code) {
        page.push_str(&format!("- Kan rättas automatiskt med `iop validate --fix`: {what}\n"));
    }
    page.push_str(&format!("\n## Ger anmärkningen\n\n{}", example(&rule.bad)));
    page.push_str(&format!("\n## Ger ingen anmärkning\n\n{}", example(&rule.good)));
    page
}

/// An example as a change to the clean register.
fn example(example: &Example) -> String {
    let mut text = format!("`{}`", example.file);
    if !example.remove.is_empty() {
        let keys: Vec<String> = example.remove.iter().map(|key| format!("`{key}`")).collect();
        text.push_str(&format!(" utan {}", crate::text::list(&keys)));
    }
    let toml = example.toml.trim_end();
    if toml.is_empty() {
        text.push('\n');
    } else {
        let language = if example.file.starts_with("templates/") { "markdown" } else { "toml" };
        text.push_str(&format!(":\n\n```{language}\n{toml}\n```\n"));
    }
    text
}

/// The list of pages, for the folder that holds them.
#[must_use]
pub fn index(rules: &[&Rule]) -> String {
    let mut page = "# Anmärkningar\n\nVad `iop validate` kan säga, varför, och vad det vilar på. Exemplen är ändringar i \
                    registret `examples/adala`, som i sig inte har något att anmärka på.\n"
        .to_owned();
    let mut family = None;
    for rule in rules {
        if family != Some(Family::of(rule)) {
            family = Some(Family::of(rule));
            page.push_str(&format!("\n## {}\n\n", crate::text::capitalised(Family::of(rule).label())));
            page.push_str("| Kod | Anmärkning | Allvar |\n|---|---|---|\n");
        }
        let (code, title) = (rule.code, rule.title);
        page.push_str(&format!("| [{code}]({code}.md) | {title} | {} |\n", rule.gravity.label()));
    }
    page
}

/// The rules as one JSON object, version 1.
#[must_use]
pub fn json(rules: &[&Rule]) -> String {
    let rules: Vec<Value> = rules
        .iter()
        .map(|rule| {
            json!({
                "code": rule.code,
                "slug": rule.slug,
                "title": rule.title,
                "family": Family::of(rule).label(),
                "level": rule.gravity.mildest().key(),
                "error_once_decided": rule.gravity == Gravity::Completeness,
                "since": rule.since,
                "source": rule.source,
                "why": rule.why,
                "mended": mending::what(rule.code),
                "bad": change(&rule.bad),
                "good": change(&rule.good),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "version": 1, "rules": rules }))
}

fn change(example: &Example) -> Value {
    json!({ "file": example.file, "remove": example.remove, "toml": example.toml })
}
