//! `iop explain`: what the findings mean, as text, as JSON and as the pages in `docs/regler/`.

use super::{Outcome, UsageError, figures, files};
use crate::cli::{ExplainArguments, FormatArgument};
use crate::report::rules as pages;
use crate::rules::{self, RULES, Rule};
use crate::text;

pub(super) fn run(arguments: &ExplainArguments) -> anyhow::Result<Outcome> {
    let wanted: Vec<&Rule> = match &arguments.code {
        None => RULES.to_vec(),
        Some(code) => match rules::find(code) {
            Some(rule) => vec![rule],
            None => family(code).ok_or_else(|| unknown(code))?,
        },
    };
    if let Some(folder) = &arguments.out {
        if let FormatArgument::Json = arguments.format {
            return Err(UsageError(
                "Med --out skrivs sidor i Markdown, inte JSON. Utelämna --out, eller --format json."
                    .to_owned(),
            )
            .into());
        }
        for rule in &wanted {
            let path = folder.join(format!("{}.md", rule.code));
            files::write_text(&path, &pages::page(rule))?;
        }
        if arguments.code.is_none() {
            files::write_text(&folder.join("README.md"), &pages::index(&wanted))?;
        }
        files::print(&format!(
            "{} i {}\n",
            text::count(wanted.len(), "sida", "sidor"),
            files::shown(folder)
        ))?;
        return Ok(Outcome::Clean);
    }
    let text = match (arguments.format, wanted.as_slice()) {
        (FormatArgument::Json, wanted) => pages::json(wanted),
        (FormatArgument::Human, [rule]) => pages::page(rule),
        (FormatArgument::Human, wanted) => pages::table(wanted, figures::width(arguments.wide)),
    };
    files::print(&text)?;
    Ok(Outcome::Clean)
}

/// The rules of a family, which is named as in settings: `IOP4`.
fn family(name: &str) -> Option<Vec<&'static Rule>> {
    let name = name.trim().to_ascii_uppercase();
    let rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| rule.code.starts_with(&name)).collect();
    (name.len() == "IOP4".len() && !rules.is_empty()).then_some(rules)
}

fn unknown(code: &str) -> UsageError {
    let known = RULES.iter().flat_map(|rule| [rule.code, rule.slug]);
    let upper = code.to_ascii_uppercase();
    let near = text::nearest(&upper, known.clone()).or_else(|| text::nearest(code, known));
    let hint = near
        .map_or_else(|| "Alla koder visas av iop explain.".to_owned(), |near| format!("Menade du ”{near}”?"));
    UsageError(format!("Det finns ingen anmärkning som heter ”{code}”. {hint}"))
}
