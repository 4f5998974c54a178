//! Text that looks like Markdown, HTML, a template or Typst, in every field of an agreement that takes text: it
//! comes out as it stands, or it is a finding at its place.

use std::collections::BTreeSet;

use crate::common::{TODAY, plain, repository};
use crate::made_up::{Fill, agreement};
use iop::agreement::Agreement;
use iop::documents::{Format, Kind, RenderOptions, Stationery, Subject, render};
use iop::finding::Finding;
use iop::register::{Entry, InputFile, Register};
use iop::rules::{Judging, judge};
use serde_json::Value;

/// Begins with a word that stands nowhere else, so that it can be found; the rest must follow it unchanged.
const HOSTILE: &str = r#"zqx *a* _b_ `c` <i>d</i> &amp; [e](javascript:f) {{ g }} {% h %} #panic() $i$ @j \k "l" ]) }) // ::: mark | 1. m ![n](o) ~~p~~ [^q] --- =="#;

/// Fields that no document shows: what ties the register's files together and what the archive needs, and here
/// also what gives way to another field that is filled too (an amount stands in for its rate).
const UNSEEN: [&str; 8] = [
    "activity",
    "assessment.a.registry_number",
    "funding.a.rate.unit",
    "funding.a.rate.units",
    "ground.a.reason",
    "indexation.a.follows",
    // Only the memo of a change tells these.
    "original.location",
    "party.a.names[0].name",
];

/// What a change of the agreement says in data and in its memo: its text alone stands in the agreement.
const UNSEEN_BELOW: [&str; 4] =
    ["extension.a.memo.", "supplement.a.memo.", "supplement.a.funding.", "supplement.a.exit."];

/// Every text in `value`, by JSON pointer and key path.
fn texts(value: &Value, pointer: &str, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(_) => found.push((pointer.to_owned(), path.to_owned())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, &format!("{pointer}/{index}"), &format!("{path}[{index}]"), found);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                let step = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                texts(item, &format!("{pointer}/{key}"), &step, found);
            }
        }
        _ => {}
    }
}

/// The text of a Markdown document as a reader sees it.
fn read(markdown: &str) -> String {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut text = String::new();
    for node in root.descendants() {
        match &node.data().value {
            comrak::nodes::NodeValue::Text(part) => text.push_str(part),
            comrak::nodes::NodeValue::Paragraph | comrak::nodes::NodeValue::TableCell => text.push('\n'),
            comrak::nodes::NodeValue::Link(link) => assert!(!link.url.contains("javascript"), "{markdown}"),
            comrak::nodes::NodeValue::HtmlInline(_) | comrak::nodes::NodeValue::HtmlBlock(_) => {
                panic!("{markdown}")
            }
            _ => {}
        }
    }
    plain(&text)
}

/// The register of Lund with a made-up agreement in it, and what is found there.
fn load(agreement: &Value) -> (Register, Stationery, Vec<Finding>) {
    let file = |name: &str| std::fs::read_to_string(repository().join(name)).unwrap();
    let names =
        ["iop.toml", "budget.toml", "guidelines/lund-iop-2020.toml", "indexes/lund-priskompensation.toml"];
    let mut files: Vec<InputFile> = names.iter().map(|name| InputFile::text(name, &file(name))).collect();
    files.push(InputFile::text("agreements/a.toml", &toml::to_string(agreement).unwrap()));
    let (register, read) = Register::load(files);
    let (stationery, _) = Stationery::load(&register);
    let judging = Judging { read, ..Judging::default() };
    let judgement = judge(&register, &stationery, judging, TODAY.parse().unwrap());
    (register, stationery, judgement.findings)
}

#[test]
fn hostile_text_in_any_field_comes_out_as_it_stands_or_is_a_finding() {
    let mut clean = agreement(Fill::All(0));
    // What is only proposed stands in no agreement.
    for change in ["extension", "supplement"] {
        clean[change]["a"]["status"] = "signed".into();
        clean[change]["a"]["decision"] = "not-stated".into();
    }
    // What a supplement replaces stands in none either.
    for part in ["funding", "exit"] {
        let own = clean["supplement"]["a"][part]["a"].take();
        clean["supplement"]["a"][part] = serde_json::json!({ "b": own });
    }
    let mut all_hostile = clean.clone();
    let mut fields = Vec::new();
    texts(&clean, "", "", &mut fields);
    assert!(fields.len() > 100, "{fields:?}");
    let options = RenderOptions { is_final: false, as_of: TODAY.parse().unwrap(), tells_facts: false };
    let mut unseen = BTreeSet::new();
    for (pointer, path) in fields {
        let mut hostile = clean.clone();
        *hostile.pointer_mut(&pointer).unwrap() = Value::from(HOSTILE);
        let (register, stationery, findings) = load(&hostile);
        // "{{ g }}" looks like what a template left, in whatever field: that says nothing of this one.
        let is_found = findings.iter().filter(|finding| finding.code != "IOP116").any(|finding| {
            let at = finding.place.path.to_string();
            finding.message.contains("zqx") || at == path
        });
        let Some(entry) = register.agreements.get("a") else {
            assert!(is_found, "{path} is refused without a word: {findings:#?}");
            continue;
        };
        let mut is_shown = false;
        for (kind, subject) in every(&stationery, entry) {
            let document = render(kind, &subject, &register, &stationery, options).unwrap();
            let shown = read(&document.markdown);
            if shown.to_lowercase().contains("zqx") {
                is_shown = true;
                // Fields that hold Markdown of their own keep its marks as marks; all others are plain.
                let takes_markdown = document.markdown.contains("zqx *a*");
                assert!(takes_markdown || shown.contains(&HOSTILE[3..]), "{path}: {shown}");
            }
        }
        if is_shown {
            *all_hostile.pointer_mut(&pointer).unwrap() = Value::from(HOSTILE);
        } else if !is_found && !UNSEEN_BELOW.iter().any(|below| path.starts_with(below)) {
            unseen.insert(path);
        }
    }
    assert_eq!(unseen.iter().map(String::as_str).collect::<Vec<_>>(), UNSEEN);

    let (register, stationery, _) = load(&all_hostile);
    for (kind, subject) in every(&stationery, &register.agreements["a"]) {
        let document = render(kind, &subject, &register, &stationery, options).unwrap();
        // A supplement that is signed names nobody who signs, and of the parties only who they are.
        assert!(read(&document.markdown).matches("zqx").count() > 5);
        for format in Format::ALL {
            format.write(&document, &stationery).unwrap();
        }
    }
}

/// Every document of the agreement: of each kind, about each of its subjects.
fn every<'a>(
    stationery: &'a Stationery,
    entry: &'a Entry<Agreement>,
) -> impl Iterator<Item = (&'a Kind, Subject<'a>)> {
    let kinds = stationery.templates.kinds();
    kinds.flat_map(|kind| Subject::all_of(kind.subject, entry).into_iter().map(move |one| (kind, one)))
}
