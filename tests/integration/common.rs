//! A copy of the repository's own register to change, and the program to run on it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

pub(crate) const TODAY: &str = "2026-11-22";

/// The repository's folder, which is itself a register.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The register of the repository in a folder of its own.
pub(crate) struct Lund {
    pub folder: TempDir,
}

impl Lund {
    pub(crate) fn copy() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["iop.toml", "budget.toml"] {
            fs::copy(repository().join(name), folder.path().join(name)).unwrap();
        }
        for name in ["agreements", "guidelines", "indexes", "records"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            for entry in fs::read_dir(repository().join(name)).unwrap() {
                let path = entry.unwrap().path();
                fs::copy(&path, folder.path().join(name).join(path.file_name().unwrap())).unwrap();
            }
        }
        Self { folder }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(file).parent().unwrap()).unwrap();
        fs::write(self.path(file), content).unwrap();
    }

    /// Replaces a text that stands exactly once.
    pub(crate) fn change(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}");
        self.write(file, text.replace(from, to));
    }

    /// Takes out the lines from the table header `[header]` to the next header or heading.
    pub(crate) fn remove_table(&self, file: &str, header: &str) {
        let text = self.read(file);
        let start = text.find(&format!("[{header}]\n")).unwrap_or_else(|| panic!("[{header}] in {file}"));
        let next = ["\n[", "\n# "].iter().filter_map(|next| text[start + 1..].find(next)).min();
        let end = next.map_or(text.len(), |length| start + length + 2);
        self.write(file, format!("{}{}", &text[..start], &text[end..]));
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.folder.path(), arguments)
    }

    /// `iop validate --format json` and its findings.
    pub(crate) fn validate(&self) -> (i32, Vec<Value>) {
        let run = self.run(&["validate", "--format", "json", "--as-of", TODAY]);
        let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
        (run.code, report["findings"].as_array().unwrap().clone())
    }

    /// The only finding of this code; its line must be the one on which `text` stands, and its column must be
    /// where `text` begins.
    pub(crate) fn finding_at(&self, findings: &[Value], code: &str, text: &str) -> Value {
        let found: Vec<&Value> = findings.iter().filter(|finding| finding["code"] == code).collect();
        assert_eq!(found.len(), 1, "{code}: {findings:#?}");
        self.assert_at(found[0], text);
        found[0].clone()
    }

    /// The reported position must be where `text` begins in the reported file.
    pub(crate) fn assert_at(&self, finding: &Value, text: &str) {
        let file = self.read(finding["file"].as_str().unwrap());
        let line = usize::try_from(finding["line"].as_u64().unwrap()).unwrap();
        let column = usize::try_from(finding["column"].as_u64().unwrap()).unwrap();
        let line = file.lines().nth(line - 1).unwrap();
        let rest: String = line.chars().skip(column - 1).collect();
        assert!(rest.starts_with(text), "{rest:?} is not {text:?}: {finding:#}");
    }
}

#[derive(Debug)]
pub(crate) struct Run {
    pub code: i32,
    pub output: String,
    pub errors: String,
}

pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let result = Command::cargo_bin("iop").unwrap().current_dir(folder).args(arguments).output().unwrap();
    Run {
        code: result.status.code().unwrap(),
        output: String::from_utf8(result.stdout).unwrap(),
        errors: String::from_utf8(result.stderr).unwrap(),
    }
}

/// Text with no-break spaces as plain ones, as a person would search in it.
pub(crate) fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// Copies a folder with all that is in it into one that is there.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}
