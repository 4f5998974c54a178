//! What a part of a package leads to: other parts, and pages on the web.

use super::Fault;
use super::xml::Xml;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespace of parts' relations.
pub(super) const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) is_external: bool,
}

/// Those of one part.
#[derive(Debug)]
pub(super) struct Relations {
    prefix: String,
    pub(super) all: Vec<Relation>,
}

impl Default for Relations {
    fn default() -> Self {
        Self::with_prefix("rId")
    }
}

impl Relations {
    /// Relations whose ids begin so.
    pub(super) fn with_prefix(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), all: Vec::new() }
    }

    /// A part of the package, by the last word of its kind; its id.
    pub(super) fn part(&mut self, kind: &str, target: &str) -> String {
        let kind = if kind.contains(':') { kind.to_owned() } else { format!("{OFFICE}/{kind}") };
        self.add(kind, target, false)
    }

    /// A page; its id.
    pub(super) fn link(&mut self, url: &str) -> String {
        let known = self.all.iter().find(|relation| relation.is_external && relation.target == url);
        match known {
            Some(relation) => relation.id.clone(),
            None => self.add(format!("{OFFICE}/hyperlink"), url, true),
        }
    }

    fn add(&mut self, kind: String, target: &str, is_external: bool) -> String {
        let id = format!("{}{}", self.prefix, self.all.len() + 1);
        self.all.push(Relation { id: id.clone(), kind, target: target.to_owned(), is_external });
        id
    }

    /// The part that tells them.
    pub(super) fn part_xml(&self) -> Result<String, Fault> {
        let mut xml = Xml::part();
        xml.start("Relationships", &[("xmlns", PACKAGE)]);
        for relation in &self.all {
            let mut attributes = relation.attributes();
            if relation.is_external {
                attributes.push(("TargetMode", "External"));
            }
            xml.empty("Relationship", &attributes);
        }
        xml.finish()
    }
}

impl Relation {
    /// What is said of it in a file, but for whether it leads out.
    pub(super) fn attributes(&self) -> Vec<(&str, &str)> {
        vec![("Id", &self.id), ("Type", &self.kind), ("Target", &self.target)]
    }
}

/// A link may lead to a page or an address, never to a program or a file.
pub(super) fn leads_to_a_page(url: &str) -> bool {
    let start: String = url.chars().take(8).collect::<String>().to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| start.starts_with(scheme))
}
