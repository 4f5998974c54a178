//! The templates: built into the binary, and overridden file by file by the register's own `templates/`.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, syntax::SyntaxConfig};
use rust_embed::RustEmbed;

use super::kind::{self, Kind};
use super::template_limits::{self, Fault};
use super::{TemplateError, facts, filters, template_work};
use crate::finding::{Finding, Level, Place};
use crate::register::{Text, codes};

/// A template is a sentence or a page; one that needs more steps than this runs in a circle.
const MOST_STEPS: u64 = 1_000_000;

/// How deep macros, included templates and loops may go: an included one counts as 10, a call as 4, a loop as 1.
const MOST_CALLS: usize = 100;

#[derive(RustEmbed)]
#[folder = "templates/"]
#[include = "clauses/*.md"]
#[include = "documents/*.md"]
#[include = "parts/*.md"]
struct BuiltIn;

/// A standard clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseTemplate {
    /// Its Swedish heading: the file's first line.
    pub heading: String,
    /// Whether it has a text, and not only a heading over what agreements write themselves.
    pub has_text: bool,
}

/// All templates, compiled.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    clauses: IndexMap<String, ClauseTemplate>,
    kinds: BTreeMap<String, Kind>,
}

impl Templates {
    /// Compiles the built-in templates with the register's own (path from its folder and text) in their place. A
    /// template that does not compile
    /// is a finding, and the built-in one is used.
    #[must_use]
    pub fn load<'a>(own: impl Iterator<Item = (&'a Arc<str>, Arc<Text>)>) -> (Self, Vec<Finding>) {
        let mut texts: BTreeMap<String, (String, Option<Arc<str>>)> = BuiltIn::iter()
            .filter_map(|name| {
                let text = String::from_utf8(BuiltIn::get(&name)?.data.into_owned()).ok()?;
                Some((name.into_owned(), (text, None)))
            })
            .collect();
        for (file, text) in own {
            if let Some(name) = file.strip_prefix("templates/") {
                texts.insert(name.to_owned(), (text.to_string(), Some(Arc::clone(file))));
            }
        }

        let mut templates =
            Self { environment: environment(), clauses: IndexMap::new(), kinds: BTreeMap::new() };
        let mut findings = Vec::new();
        for (name, (text, own)) in texts {
            if let Err(fault) = templates.add(&name, &text) {
                let file = own.unwrap_or_else(|| format!("templates/{name}").into());
                findings.push(finding(&file, &text, &fault));
                if let Some(text) =
                    BuiltIn::get(&name).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
                {
                    // What is built in compiles: a test renders every template.
                    _ = templates.add(&name, &text);
                }
            }
        }
        (templates, findings)
    }

    fn add(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        template_limits::check(text, syntax())?;
        let name_in = |folder: &str| name.strip_prefix(folder)?.strip_suffix(".md");
        if let Some(key) = name_in("documents/") {
            let usual = self.kinds.get(key).cloned().or_else(|| built_in_kind(name, key));
            let kind = kind::read(key, text, usual)?;
            if let Some(other) = self.kinds.values().find(|one| one.may_be_called_as(&kind)) {
                let detail = format!("dokumentet får samma filnamn som {}. Döp om mallen.", other.name);
                return Err(Fault { line: Some(1), detail });
            }
            self.compile(name, text.to_owned())?;
            self.kinds.insert(key.to_owned(), kind);
            return Ok(());
        }
        let Some(key) = name_in("clauses/") else { return self.compile(name, text.to_owned()) };
        // The heading is taken out, but not its line: errors name lines of the file.
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let heading = first.strip_prefix("# ").map(str::trim).filter(|heading| !heading.is_empty());
        let heading = heading.ok_or_else(|| Fault {
            line: Some(1),
            detail: "första raden ska vara klausulens rubrik: # Rubrik.".to_owned(),
        })?;
        self.compile(name, format!("\n{rest}"))?;
        let clause = ClauseTemplate { heading: heading.to_owned(), has_text: !rest.trim().is_empty() };
        self.clauses.insert(key.to_owned(), clause);
        Ok(())
    }

    fn compile(&mut self, name: &str, text: String) -> Result<(), Fault> {
        self.environment.add_template_owned(name.to_owned(), text).map_err(|error| {
            let TemplateError { line, detail, .. } = self::error(&error);
            Fault { line, detail }
        })
    }

    /// The kind of document of this name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }

    /// All kinds of documents, in the order of their names.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.values()
    }

    /// The standard clause of this name.
    #[must_use]
    pub fn clause(&self, key: &str) -> Option<&ClauseTemplate> {
        self.clauses.get(key)
    }

    /// All standard clauses with their names, in order.
    pub fn clauses(&self) -> impl Iterator<Item = (&str, &ClauseTemplate)> {
        self.clauses.iter().map(|(key, clause)| (key.as_str(), clause))
    }

    /// The names of all standard clauses, in order.
    pub fn clause_keys(&self) -> impl Iterator<Item = &str> {
        self.clauses.keys().map(String::as_str)
    }

    pub(super) fn render(&self, name: &str, context: Value) -> Result<String, Error> {
        template_work::begin();
        let mut page = template_work::Page::default();
        self.environment.get_template(name)?.render_captured_to(context, &mut page)?;
        String::from_utf8(page.0).map_err(|_| Error::new(ErrorKind::WriteFailure, "not UTF-8"))
    }
}

/// The kind that the template of this name is, where one is built in.
fn built_in_kind(name: &str, key: &str) -> Option<Kind> {
    let text = String::from_utf8(BuiltIn::get(name)?.data.into_owned()).ok()?;
    kind::read(key, &text, None).ok()
}

fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default()
}

/// The engine with what templates need, and nothing with which a text could be made to grow.
fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_debug(true);
    environment.set_fuel(Some(MOST_STEPS));
    environment.set_recursion_limit(MOST_CALLS);
    environment.set_syntax(syntax());
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(|output, _, value| {
        if value.is_undefined() || value.is_none() {
            return Err(Error::new(ErrorKind::UndefinedError, "no value"));
        }
        let text = facts::shown(value);
        template_work::handle(&text)?;
        output.write_str(&text)?;
        Ok(())
    });
    filters::add(&mut environment);
    environment
}

fn finding(file: &Arc<str>, text: &str, fault: &Fault) -> Finding {
    let line = fault.line.unwrap_or(1).saturating_sub(1);
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let length = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    let place = Place::bytes(file, start, start + length);
    Finding::new(codes::TEMPLATE, Level::Error, place, format!("Mallen går inte att läsa: {}", fault.detail))
        .help("Rätta mallen, eller ta bort filen så att den inbyggda används.")
}

/// A template engine's error in Swedish.
pub(super) fn error(error: &Error) -> TemplateError {
    let mut innermost = error;
    while let Some(inner) =
        std::error::Error::source(innermost).and_then(|source| source.downcast_ref::<Error>())
    {
        innermost = inner;
    }
    let part = innermost
        .range()
        .and_then(|range| innermost.template_source()?.get(range))
        .map(|part| format!(" ”{part}”"))
        .unwrap_or_default();
    let detail = match innermost.kind() {
        ErrorKind::UndefinedError => format!("variabeln{part} finns inte eller har inget värde."),
        ErrorKind::UnknownFilter => format!("filtret{part} finns inte."),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => format!("funktionen{part} finns inte."),
        ErrorKind::TemplateNotFound => format!("mallen{part} finns inte."),
        ErrorKind::WriteFailure => format!("{}.", template_work::TOO_MUCH),
        ErrorKind::OutOfFuel => format!("{}.", innermost.detail().unwrap_or("mallen blir aldrig färdig")),
        ErrorKind::SyntaxError => {
            format!("skrivfel i mallen{part} ({}).", innermost.detail().unwrap_or("okänt fel"))
        }
        _ => {
            format!("uttrycket{part} går inte att räkna ut ({}).", innermost.detail().unwrap_or("okänt fel"))
        }
    };
    TemplateError {
        template: format!("templates/{}", innermost.name().unwrap_or("documents")),
        line: innermost.line(),
        agreement: None,
        detail,
    }
}
