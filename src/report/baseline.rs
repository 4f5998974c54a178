//! An earlier report, so that only what has come since is shown.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::{Finding, Level};

/// What an earlier report held: how many findings of each level there were of a code, in a file, at a key path. Lines
/// do not count: they move when something is written above them.
#[derive(Debug, Default)]
pub struct Baseline(BTreeMap<(String, String, String), Vec<Level>>);

#[derive(Deserialize)]
struct Earlier {
    version: u32,
    findings: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    code: String,
    level: String,
    file: String,
    path: String,
}

/// Why a file is no earlier report, as the end of a Swedish sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoReport(String);

impl Baseline {
    /// Reads a JSON report.
    pub fn read(text: &[u8]) -> Result<Self, NoReport> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let earlier: Earlier = serde_json::from_slice(text)
            .map_err(|_| NoReport("är ingen rapport från iop validate --format json".to_owned()))?;
        if earlier.version != super::json::VERSION {
            return Err(NoReport(format!(
                "har version {}, som det här programmet inte känner till",
                earlier.version
            )));
        }
        let mut known: BTreeMap<(String, String, String), Vec<Level>> = BTreeMap::new();
        for item in earlier.findings {
            let level = [Level::Note, Level::Warning, Level::Error]
                .into_iter()
                .find(|level| level.key() == item.level);
            let level =
                level.ok_or_else(|| NoReport(format!("har ett allvar som inte finns: {}", item.level)))?;
            known.entry((item.code, item.file, item.path)).or_default().push(level);
        }
        for levels in known.values_mut() {
            levels.sort_unstable();
        }
        Ok(Self(known))
    }

    /// Takes out the findings that the earlier report held, and says how many they were. Where there are more of a kind
    /// at one place than then, the last of them stay; so does one that has become graver.
    pub fn take_known(mut self, findings: &mut Vec<Finding>) -> usize {
        let before = findings.len();
        findings.retain(|finding| {
            let key =
                (finding.code.to_owned(), finding.place.file.to_string(), finding.place.path.to_string());
            let Some(levels) = self.0.get_mut(&key) else { return true };
            match levels.iter().position(|level| *level >= finding.level) {
                Some(position) => {
                    levels.remove(position);
                    false
                }
                None => true,
            }
        });
        before - findings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::path;

    fn report(items: &[(&str, &str)]) -> Baseline {
        let items: Vec<serde_json::Value> = items
            .iter()
            .map(|(code, level)| {
                serde_json::json!({ "code": code, "level": level, "file": "agreements/a.toml", "path": "term.end", "line": 7 })
            })
            .collect();
        Baseline::read(serde_json::json!({ "version": 1, "findings": items }).to_string().as_bytes()).unwrap()
    }

    fn finding(code: &'static str, level: Level) -> Finding {
        Finding::new(code, level, Place::value(&"agreements/a.toml".into(), path!["term", "end"]), "x")
    }

    #[test]
    fn a_second_of_a_kind_and_a_graver_one_still_show() {
        let mut findings = vec![
            finding("IOP201", Level::Error),
            finding("IOP201", Level::Error),
            finding("IOP404", Level::Error),
            finding("IOP206", Level::Note),
        ];
        let known =
            report(&[("IOP201", "error"), ("IOP404", "note"), ("IOP206", "warning"), ("IOP999", "error")]);
        assert_eq!(known.take_known(&mut findings), 2);
        assert_eq!(findings, [finding("IOP201", Level::Error), finding("IOP404", Level::Error)]);
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for text in ["", "[]", "{}", "{\"version\": 1}", "{\"version\": 2, \"findings\": []}"] {
            assert!(Baseline::read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(
            Baseline::read("\u{feff}{\"version\": 1, \"findings\": [], \"summary\": {}}".as_bytes()).is_ok()
        );
    }
}
