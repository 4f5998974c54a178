//! Every format for machines carries the same findings, whatever stands in them: each report is read back as its
//! consumer reads it and compared with the findings themselves.

use std::sync::Arc;

use chrono::NaiveDate;
use iop::finding::{Finding, Level, Place};
use iop::key_path::{KeyPath, Segment};
use iop::register::{InputFile, Register};
use iop::report::{Format, Report};
use iop::rules::RULES;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// A small file with a key on each line, so that places have lines of their own.
const TEXT: &str =
    "title = \"ett öppet hus\"\nstatus = \"draft\"\n\n[term]\nstart = 2024-01-01\nend = 2025-12-31\n";

/// Where the register lies in its repository; each format writes it in its own way.
const BASE: &str = "kommunens register, å/";

/// What formats treat in their own way.
const PIECES: [&str; 44] = [
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "%",
    "%0A",
    "%25",
    ":",
    "::",
    ",",
    "::error file=x::",
    "<",
    ">",
    "&",
    "&amp;",
    "&#10;",
    "\"",
    "'",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "[",
    "]",
    "](",
    "](1)",
    "\\",
    "\\[",
    "{",
    "}",
    "{0}",
    "#",
    "?",
    "å",
    "Ä",
    "ö",
    "😀",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{0}",
    "\u{9b}",
    "\u{FFFE}",
    "\u{2028}",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(&PIECES[..]).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        3 => "[a-zåäö]{1,6}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Names that a file system can hold and a person may choose, blanks and marks of punctuation included.
fn file() -> impl Strategy<Value = String> {
    "[a-zåö0-9 %:,&<'\"#?+=;\\[\\]()é😀-]{1,12}".prop_map(|name| format!("agreements/{name}.toml"))
}

fn path() -> impl Strategy<Value = KeyPath> {
    let key = prop_oneof![
        select(vec!["title", "status", "term", "start", "end"]).prop_map(Segment::from),
        text().prop_map(Segment::from),
        (0_usize..3).prop_map(Segment::from),
    ];
    prop::collection::vec(key, 0..3).prop_map(|keys| keys.into_iter().collect())
}

#[derive(Debug, Clone)]
struct Made {
    rule: usize,
    level: Level,
    message: String,
    help: Option<String>,
    file: usize,
    path: KeyPath,
    related: Option<(KeyPath, String)>,
}

fn made() -> impl Strategy<Value = Made> {
    (
        0..RULES.len(),
        select(vec![Level::Note, Level::Warning, Level::Error]),
        text(),
        prop::option::of(text()),
        any::<usize>(),
        path(),
        prop::option::of((path(), text())),
    )
        .prop_map(|(rule, level, message, help, file, path, related)| Made {
            rule,
            level,
            message,
            help,
            file,
            path,
            related,
        })
}

/// What a format says of one finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    code: String,
    file: String,
    line: u64,
    level: Level,
    text: String,
}

fn level_of(word: &str) -> Level {
    match word {
        "error" | "major" => Level::Error,
        "warning" | "minor" => Level::Warning,
        "note" | "notice" | "info" => Level::Note,
        other => panic!("{other}"),
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
}

fn items(text: &str, pointer: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(text).unwrap();
    report.pointer(pointer).unwrap().as_array().unwrap().clone()
}

/// The message with its help, as the formats that have one text for both put them.
fn together(message: &str, help: Option<&str>) -> String {
    help.map_or_else(|| message.to_owned(), |help| format!("{message}\nGör så här: {help}"))
}

fn read_json(text: &str) -> Vec<Seen> {
    let findings = items(text, "/findings").into_iter();
    let report: Value = serde_json::from_str(text).unwrap();
    let base = string(&report["base"]);
    findings
        .map(|item| Seen {
            code: string(&item["code"]),
            // This format has paths from the register's folder, and says where that is.
            file: format!("{base}{}", string(&item["file"])),
            line: item["line"].as_u64().unwrap(),
            level: level_of(item["level"].as_str().unwrap()),
            text: together(item["message"].as_str().unwrap(), item["help"].as_str()),
        })
        .collect()
}

/// As the runner of GitHub Actions reads a workflow command.
fn read_github(text: &str) -> Vec<Seen> {
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let lines = text.split_terminator('\n');
    lines
        .map(|line| {
            let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
            let (command, properties) = head.split_once(' ').unwrap();
            let value = |name: &str| {
                let all = properties.split(',').map(|property| property.split_once('=').unwrap());
                property(all.clone().find(|(key, _)| *key == name).unwrap().1)
            };
            Seen {
                code: value("title"),
                file: value("file"),
                line: value("line").parse().unwrap(),
                level: level_of(command),
                text: data(message),
            }
        })
        .collect()
}

fn read_gitlab(text: &str) -> Vec<Seen> {
    let list = items(text, "").into_iter();
    list.map(|item| Seen {
        code: string(&item["check_name"]),
        file: string(&item["location"]["path"]),
        line: item["location"]["lines"]["begin"].as_u64().unwrap(),
        level: level_of(item["severity"].as_str().unwrap()),
        text: string(&item["description"]),
    })
    .collect()
}

/// Plain text of SARIF, in which a backslash before a bracket says that there is no link.
fn without_links(text: &str) -> String {
    assert!(
        !text.replace("\\\\", "").contains("](") || text.replace("\\\\", "").contains("\\]("),
        "{text:?}"
    );
    if !text.contains("\\](") {
        return text.to_owned();
    }
    let (mut plain, mut letters) = (String::new(), text.chars());
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { letters.next().unwrap() } else { letter });
    }
    plain
}

fn read_sarif(text: &str) -> Vec<Seen> {
    let rules = items(text, "/runs/0/tool/driver/rules");
    let results = items(text, "/runs/0/results").into_iter();
    results
        .map(|item| {
            let index = usize::try_from(item["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], item["ruleId"]);
            let place = &item["locations"][0]["physicalLocation"];
            let uri = string(&place["artifactLocation"]["uri"]);
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/%-._~".contains(&byte);
            assert!(uri.bytes().all(allowed), "{uri}");
            Seen {
                code: string(&item["ruleId"]),
                file: percent_decode_str(&uri).decode_utf8().unwrap().into_owned(),
                line: place["region"]["startLine"].as_u64().unwrap(),
                level: level_of(item["level"].as_str().unwrap()),
                text: without_links(item["message"]["text"].as_str().unwrap()),
            }
        })
        .collect()
}

/// XML 1.0 has no control characters, and its readers turn every line end into a line feed.
fn as_xml_holds(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let is_text =
        |letter: char| letter == '\n' || !(letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}'));
    lines.chars().map(|letter| if is_text(letter) { letter } else { '\u{FFFD}' }).collect()
}

/// The findings, and the files of which a passing case says that there is none.
fn read_junit(text: &str, failing: Level) -> (Vec<Seen>, Vec<String>) {
    let document = roxmltree::Document::parse(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    let (mut seen, mut clean) = (Vec::new(), Vec::new());
    for suite in document.root_element().children().filter(|node| node.has_tag_name("testsuite")) {
        for case in suite.children().filter(|node| node.has_tag_name("testcase")) {
            assert_eq!(case.attribute("classname"), suite.attribute("name"));
            let Some(result) = case.children().find(roxmltree::Node::is_element) else {
                clean.push(case.attribute("classname").unwrap().to_owned());
                continue;
            };
            let (name, file) = (case.attribute("name").unwrap(), case.attribute("file").unwrap());
            let level = level_of(result.attribute("type").unwrap());
            assert!(result.has_tag_name(if level >= failing { "failure" } else { "skipped" }), "{level:?}");
            let line = case.attribute("line").unwrap();
            let (text, place) = result.text().unwrap().rsplit_once('\n').unwrap();
            assert!(place.starts_with(&format!("{file}:{line}:")), "{place}");
            seen.push(Seen {
                code: name.split(' ').next().unwrap().to_owned(),
                file: file.to_owned(),
                line: line.parse().unwrap(),
                level,
                text: text.to_owned(),
            });
        }
    }
    (seen, clean)
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_carries_every_finding(
        names in prop::collection::btree_set(file(), 1..4),
        made in prop::collection::vec(made(), 0..7),
        failing in select(vec![Level::Note, Level::Warning, Level::Error]),
    ) {
        let files: Vec<Arc<str>> = names.iter().map(|name| name.as_str().into()).collect();
        let (register, _) = Register::load(files.iter().map(|file| InputFile::text(file, TEXT)).collect::<Vec<_>>());
        let findings: Vec<Finding> = made
            .into_iter()
            .map(|made| {
                let file = &files[made.file % files.len()];
                let place = Place::value(file, made.path);
                let mut finding = Finding::new(RULES[made.rule].code, made.level, place, made.message);
                finding.help = made.help;
                match made.related {
                    Some((path, message)) => finding.related(Place::value(&files[0], path), message),
                    None => finding,
                }
            })
            .collect();
        let report = Report {
            base: BASE.to_owned(),
            failing,
            ..Report::new(&register, &findings, NaiveDate::from_ymd_opt(2024, 6, 1).unwrap())
        };
        let said = |text: &dyn Fn(&Finding) -> String| -> Vec<Seen> {
            findings
                .iter()
                .map(|finding| Seen {
                    code: finding.code.to_owned(),
                    file: format!("{BASE}{}", finding.place.file),
                    line: register.locate(&finding.place).line as u64,
                    level: finding.level,
                    text: text(finding),
                })
                .collect()
        };
        let whole = said(&|finding| together(&finding.message, finding.help.as_deref()));
        prop_assert_eq!(&read_json(&report.write(Format::Json)), &whole);
        prop_assert_eq!(&read_github(&report.write(Format::Github)), &whole);
        prop_assert_eq!(&read_gitlab(&report.write(Format::Gitlab)), &whole);
        prop_assert_eq!(&read_sarif(&report.write(Format::Sarif)), &whole);
        let (seen, clean) = read_junit(&report.write(Format::Junit), failing);
        let held = said(&|finding| {
            let help = finding.help.as_deref().map(as_xml_holds);
            together(&as_xml_holds(&finding.message), help.as_deref())
        });
        prop_assert_eq!(sorted(seen), sorted(held));
        let without: Vec<String> = files
            .iter()
            .filter(|file| findings.iter().all(|finding| finding.place.file != **file))
            .map(|file| format!("{BASE}{file}"))
            .collect();
        prop_assert_eq!(clean, without);
    }
}
