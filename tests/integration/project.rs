//! What the project promises about itself: imports point one way, published schemas are current, the README is
//! true.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{TODAY, repository, run_in};

/// The layers from the bottom up. An import points to the same module or to a lower layer.
const LAYERS: [&[&str]; 16] = [
    &["text", "line_ends", "key_path", "keyed", "whole", "vocabulary", "check_digit", "paragraph", "digest"],
    &["paper"],
    &["date", "dated_name", "codes", "holiday", "deadline_kind", "money", "identity_number", "bank_account"],
    &["typography", "measure", "day_of_year"],
    &["language"],
    &["finding"],
    &["agreement", "records", "guideline", "budget", "index", "meeting_plan"],
    &["settings"],
    &["law"],
    &["register"],
    &["term"],
    &["payouts"],
    &["schedule"],
    &["documents"],
    &["rules"],
    &["demo", "drafting", "import"],
];

/// Above the engines: reports know findings and register; commands and the command line know everything.
const TOP: [&str; 3] = ["report", "cli", "commands"];

fn layer_of(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&module))
        .or_else(|| TOP.iter().position(|top| *top == module).map(|position| LAYERS.len() + position))
        .unwrap_or_else(|| panic!("src/{module} has no layer: give it one here and in docs/architecture.md"))
}

fn sources(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(repository().join("src")).unwrap().display().to_string();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn imports_point_one_way() {
    let mut files = BTreeMap::new();
    sources(&repository().join("src"), &mut files);
    for (file, text) in files.iter().filter(|(file, _)| !["main.rs", "lib.rs"].contains(&file.as_str())) {
        let module = file.split(['/', '.']).next().unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for after in text.split("crate::").skip(1) {
            let imported: String =
                after.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect();
            // Macros and re-exported names are not modules.
            if imported.is_empty() || imported == "path" || imported == module {
                continue;
            }
            let (from, to) = (layer_of(module), layer_of(&imported));
            assert!(to < from, "src/{file} imports crate::{imported}");
        }
    }
}

/// The files of a folder whose imports of each other form no circle.
const WITHOUT_CIRCLES: [&str; 9] = [
    "documents/context",
    "documents/format/docx",
    "documents/format/pdf",
    "documents/subject",
    "import",
    "paper",
    "payouts",
    "schedule",
    "term",
];

#[test]
fn files_of_a_module_import_each_other_in_one_direction_only() {
    let mut files = BTreeMap::new();
    sources(&repository().join("src"), &mut files);
    for folder in WITHOUT_CIRCLES {
        let mut open: BTreeMap<&str, Vec<String>> = files
            .iter()
            .filter_map(|(file, text)| {
                let name = file.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs")?;
                let text = text.split("#[cfg(test)]").next()?;
                let imported =
                    text.split("super::").skip(1).flat_map(|after| match after.strip_prefix('{') {
                        Some(several) => several.split('}').next().unwrap_or_default().split(',').collect(),
                        None => vec![after],
                    });
                let imported = imported.map(|after| {
                    after.trim().split([':', ';', ' ', '.']).next().unwrap_or_default().to_owned()
                });
                (name != "mod").then(|| (name, imported.collect()))
            })
            .collect();
        // What imports nothing that is left stands at the bottom; a circle never gets there.
        while let Some(bottom) = open
            .iter()
            .find(|(_, imported)| !imported.iter().any(|one| open.contains_key(one.as_str())))
            .map(|(name, _)| *name)
        {
            open.remove(bottom);
        }
        assert!(open.is_empty(), "src/{folder}: files that import each other in a circle are among {open:?}");
    }
}

#[test]
fn published_schemas_are_those_of_the_types() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run_in(folder.path(), &["schema"]).code, 0);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.path().join("schema")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_owned();
        let published = fs::read_to_string(repository().join("schema").join(&name)).unwrap_or_default();
        let is_current = published == fs::read_to_string(&path).unwrap();
        assert!(is_current, "schema/{} is not that of the types: run `cargo run -- schema`", name.display());
        names.push(name);
    }
    assert_eq!(names.len(), 7);
}

/// The blocks of README that show a command and what it prints: "$ command" on the first line.
#[cfg(feature = "pdf")]
#[test]
fn the_output_in_readme_is_what_the_program_prints() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let mut shown = 0;
    for block in readme.split("```").skip(1).step_by(2) {
        let block = block.trim_start_matches("text\n");
        let Some((command, expected)) = block.strip_prefix("$ iop ").and_then(|rest| rest.split_once('\n'))
        else {
            continue;
        };
        let out = tempfile::tempdir().unwrap();
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        let folder = out.path().display().to_string();
        if arguments[0] == "render" {
            arguments.extend(["--out", &folder]);
        }
        let run = run_in(&repository(), &arguments);
        let printed = crate::common::plain(&run.output).replace(&folder, "build");
        for part in expected.split("\n…\n").map(str::trim).filter(|part| !part.is_empty()) {
            assert!(printed.contains(part), "README shows\n{part}\nbut `iop {command}` prints\n{printed}");
        }
        shown += 1;
    }
    assert!(shown >= 2, "README shows real output of validate and render");
}

#[test]
fn the_registers_own_templates_are_the_built_in_ones() {
    let run = run_in(&repository(), &["validate", "templates", "--as-of", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
}

/// What `cargo metadata` says of the locked tree, with the features of this build and for this machine: nothing else need
/// have been downloaded.
fn locked_tree() -> serde_json::Value {
    let cargo = |arguments: &[&str]| {
        let run = std::process::Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(repository())
            .output()
            .unwrap();
        assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let version = cargo(&["--version", "--verbose"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut arguments =
        vec!["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host];
    if cfg!(not(feature = "pdf")) {
        arguments.push("--no-default-features");
    }
    serde_json::from_str(&cargo(&arguments)).unwrap()
}

/// "1.92" and "1.89.0" as numbers to compare.
fn rust_version(text: &str) -> [u32; 3] {
    let mut numbers = text.split('.').map(|number| number.parse().unwrap());
    std::array::from_fn(|_| numbers.next().unwrap_or_default())
}

#[test]
fn the_rust_that_is_asked_for_is_the_one_that_the_locked_tree_needs() {
    let tree = locked_tree();
    let needed = tree["packages"].as_array().unwrap().iter().filter(|package| package["name"] != "iop");
    let needed =
        needed.filter_map(|package| package["rust_version"].as_str().map(rust_version)).max().unwrap();
    let stated = env!("CARGO_PKG_RUST_VERSION");
    if cfg!(feature = "pdf") {
        assert_eq!(rust_version(stated), needed, "rust-version in Cargo.toml");
        for file in ["README.md", "CONTRIBUTING.md"] {
            let text = fs::read_to_string(repository().join(file)).unwrap();
            assert!(text.contains(&format!("Rust {stated} or later")), "{file}: Rust {stated}");
        }
    } else {
        let told = fs::read_to_string(repository().join("CONTRIBUTING.md")).unwrap();
        let [major, minor, _] = needed;
        assert!(told.contains(&format!("({major}.{minor} without PDF)")), "CONTRIBUTING.md: {needed:?}");
    }
}

#[test]
fn everybody_is_told_to_install_what_is_locked() {
    let mut told = 0;
    let folders = ["", "docs", "docs/ci", "docs/handbok"].map(|folder| repository().join(folder));
    for entry in folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()) {
        let path = entry.unwrap().path();
        let is_text =
            path.extension().is_some_and(|ending| ending == "md" || ending == "yml" || ending == "yaml");
        for line in fs::read_to_string(&path).iter().filter(|_| is_text).flat_map(|text| text.lines()) {
            for command in line.split("cargo install").skip(1) {
                let command = command.split('`').next().unwrap();
                assert!(command.contains(" --locked"), "{}: {line}", path.display());
                told += 1;
            }
        }
    }
    assert!(told > 4, "{told}");
}

#[test]
fn what_the_texts_of_the_project_point_at_is_there() {
    let mut links = 0;
    for folder in ["", "audit", "docs", "docs/ci", "docs/handbok", "templates"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let linked = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
            let linked = linked.filter(|link| !link.is_empty() && !link.contains("://"));
            for link in linked.map(|link| path.parent().unwrap().join(link)) {
                assert!(link.exists(), "{}: {}", path.display(), link.display());
                links += 1;
            }
            // Files of the repository are named from its root.
            let named = text.split('`').skip(1).step_by(2).filter(|name| {
                let rest = [".ci/", "audit/", "benches/", "src/", "tests/"]
                    .iter()
                    .find_map(|at| name.strip_prefix(at));
                rest.is_some_and(|rest| {
                    !rest.contains(|letter: char| letter.is_whitespace() || letter.is_uppercase())
                })
            });
            for name in named {
                assert!(repository().join(name).exists(), "{}: {name}", path.display());
            }
        }
    }
    assert!(links > 10, "{links}");
}
