//! What documents say, as one line of plain words.

use std::fs;

use super::Case;

/// The document of a kind about the agreement `id`, as on a day.
pub(super) fn of_example(case: &Case, id: &str, kind: &str, as_of: &str) -> String {
    let named = kind.split("-forlangning").next().unwrap().replace("tjansteutlatande", "tjansteskrivelse");
    let said = case.says(as_of, &["render", "--format", "md", "--document", &named]);
    let path = case.folder.path().join(format!("build/{id}/{kind}.md"));
    let text = fs::read_to_string(path).unwrap_or_else(|_| panic!("{said}"));
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The agreement of the example, changed, with more at its end.
pub(super) fn adala(changes: &[(&str, &str)], more: &str) -> Case {
    let case = Case::of_example("adala");
    let path = "agreements/oppet-hus.toml";
    let mut text = fs::read_to_string(case.folder.path().join(path)).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    case.with(path, &format!("{text}\n{more}\n"))
}

/// The document of a kind about the only agreement of a register.
pub(super) fn document(case: &Case, kind: &str) -> String {
    let files = fs::read_dir(case.folder.path().join("agreements")).unwrap();
    let file = files
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "toml"));
    let id = file.unwrap().file_stem().unwrap().to_string_lossy().into_owned();
    of_example(case, &id, kind, "2025-06-01")
}

pub(super) fn agreement(case: &Case) -> String {
    document(case, "avtal")
}

pub(super) fn memo(case: &Case) -> String {
    document(case, "tjansteskrivelse")
}

#[track_caller]
pub(super) fn says(text: &str, has: &[&str], lacks: &[&str]) {
    for part in has {
        assert!(text.contains(part), "lacks {part}:\n{text}");
    }
    for part in lacks {
        assert!(!text.contains(part), "has {part}:\n{text}");
    }
}
