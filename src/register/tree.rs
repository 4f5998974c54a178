//! From TOML text to a tree of values that rests on the text. What TOML allows but no file of a register may hold
//! (decimal numbers, times of day, integers that do not fit) is reported here.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::codes;
use super::node::{Content, Node};
use super::syntax;
use super::trail::Trail;
use crate::finding::{Finding, Level, Place};

/// What one file holds.
pub(super) struct Tree<'a> {
    /// The content; nothing where the syntax is broken.
    pub(super) root: Option<DeValue<'a>>,
    /// What is wrong with it as TOML, or as TOML of this kind.
    pub(super) findings: Vec<Finding>,
}

/// Parses `text`. A file with syntax errors gets no other findings: its recovered tree is not to be trusted.
pub(super) fn parse<'a>(file: &Arc<str>, text: &'a str) -> Tree<'a> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let findings = syntax::findings(file, text, &errors);
        return Tree { root: None, findings };
    }
    let root = DeValue::Table(root.into_inner());
    let mut findings = Vec::new();
    Node::new(&root).walk(&Trail::Root, &mut |trail, node| {
        if matches!(node.content(), Content::Null) {
            findings.push(refused(file, trail, node));
        }
    });
    Tree { root: Some(root), findings }
}

/// The finding for a value that no file may hold. The schema's complaint about the `null` that it is read as is not
/// passed on.
fn refused(file: &Arc<str>, trail: &Trail<'_>, node: Node<'_>) -> Finding {
    let (fact, help) = match node.value() {
        DeValue::Datetime(_) => {
            ("Klockslag används inte här", "Skriv bara datumet, till exempel 2021-02-01.")
        }
        DeValue::Integer(_) => {
            ("Talet är för stort", "Skriv ett mindre tal; ett belopp är högst 999 999 999 999 kronor.")
        }
        _ => (
            "Decimaltal går inte att lagra exakt",
            "Skriv hela kronor som heltal (900_000) och annat som text (\"900000,50\" eller \"2,4\").",
        ),
    };
    let path = trail.path();
    let message = format!("{fact}: ”{path}”.");
    Finding::new(codes::TYPE, Level::Error, Place::value(file, path), message).help(help)
}
