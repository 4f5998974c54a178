//! XML of a template as a tree: read within bounds, changed, and written again.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::Fault;
use super::super::xml::is_forbidden;

/// So many steps down an element may stand. Word needs some forty.
const DEEPEST: usize = 150;
/// So many elements and texts a part may have.
const MOST_NODES: usize = 400_000;
/// So many attributes an element may have. Word's longest lists have forty.
const MOST_ATTRIBUTES: usize = 200;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
    /// XML of ours, finished.
    Raw(String),
}

/// Reads a part.
pub(super) fn parse(part: &str, content: &[u8]) -> Result<Element, Fault> {
    let fault = |what: &str| {
        Fault::new(
            format!("Mallens del {part} {what}."),
            "Öppna mallen i Word och spara den på nytt som Word-dokument (.docx). Hjälper det inte, kopiera innehållet till ett nytt dokument.",
        )
    };
    let damaged = || fault("är skadad");
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let text = str::from_utf8(content).map_err(|_| damaged())?;
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let mut nodes = 0;
    loop {
        nodes += 1;
        if nodes > MOST_NODES {
            return Err(fault("har för många element"));
        }
        let added = match reader.read_event().map_err(|_| damaged())? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(fault("har element i för många led inuti varandra"));
                }
                open.push(element(&start).ok_or_else(damaged)?);
                continue;
            }
            Event::Empty(start) => Node::Element(element(&start).ok_or_else(damaged)?),
            Event::End(_) => Node::Element(open.pop().ok_or_else(damaged)?),
            Event::Text(text) => Node::Text(text.replace("\r\n", "\n")),
            Event::CData(text) => Node::Text((*text).to_owned()),
            Event::GeneralRef(reference) => {
                let letter = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference
                        .resolve_char_ref()
                        .map_err(|_| damaged())?
                        .filter(|letter| !is_forbidden(*letter)),
                };
                Node::Text(letter.ok_or_else(|| fault("har egna entiteter"))?.to_string())
            }
            Event::DocType(_) => return Err(fault("har en dokumenttyp (DTD)")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
        };
        let parent = open.last_mut().ok_or_else(damaged)?;
        match (parent.children.last_mut(), added) {
            (Some(Node::Text(before)), Node::Text(more)) => before.push_str(&more),
            (_, added) => parent.children.push(added),
        }
    }
    let document = open.pop().filter(|_| open.is_empty()).ok_or_else(damaged)?;
    let root = document.children.into_iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        _ => None,
    });
    root.ok_or_else(damaged)
}

fn element(start: &BytesStart<'_>) -> Option<Element> {
    let mut attributes: Vec<(String, String)> = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref().to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        if attributes.len() >= MOST_ATTRIBUTES
            || value.chars().any(is_forbidden)
            || attributes.iter().any(|(known, _)| *known == key)
        {
            return None;
        }
        attributes.push((key, value));
    }
    let name = start.name().as_ref().to_owned();
    Some(Element { name, attributes, children: Vec::new() })
}

impl Element {
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes =
            attributes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Self { name: name.to_owned(), attributes, children: Vec::new() }
    }

    /// The value of an attribute.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Sets an attribute.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        match self.attributes.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((key.to_owned(), value.to_owned())),
        }
    }

    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children
            .iter()
            .filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// The elements in it, to be changed.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children
            .iter_mut()
            .filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// The first element in it of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element in it of a name, to be changed.
    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.elements_mut().find(|element| element.name == name)
    }

    /// The value that the first element of a name has in the attribute that most of Word's have.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name).and_then(|element| element.get("w:val"))
    }

    /// It and all elements in it, at any depth.
    pub(super) fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        let mut at = 0;
        while let Some(element) = all.get(at).copied() {
            all.extend(element.elements());
            at += 1;
        }
        all
    }

    /// Calls a function for it and all elements in it; what it answers `false` for is not gone into.
    pub(super) fn visit(&mut self, change: &mut dyn FnMut(&mut Self) -> bool) {
        if change(self) {
            self.elements_mut().for_each(|element| element.visit(change));
        }
    }

    /// The whole part.
    pub(super) fn part(&self) -> String {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        self.write(&mut out);
        out
    }

    /// Its XML.
    pub(super) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (key, value) in &self.attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            super::super::xml::escape(value, out);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(out),
                Node::Text(text) => super::super::xml::escape(text, out),
                Node::Raw(xml) => out.push_str(xml),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let text = "<a xmlns:x=\"u\" b=\"&quot;å&#10;\"><x:c/>t &amp; &#228;<d>e</d></a>";
        let tree = parse("a.xml", text.as_bytes()).unwrap();
        let again = parse("a.xml", tree.part().as_bytes()).unwrap();
        assert_eq!(tree, again);
        assert!(tree.part().contains("t &amp; ä"));
    }

    #[test]
    fn what_is_no_plain_xml_is_refused() {
        let deep = "<a>".repeat(200) + &"</a>".repeat(200);
        let names: Vec<String> = (0..300).map(|number| format!("b{number}=\"\"")).collect();
        let many = format!("<a {}/>", names.join(" "));
        for text in [
            "",
            "<a>",
            "<a></b>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            "<a>&x;</a>",
            "<a b=\"&x;\"/>",
            "<a>&#0;</a>",
            "<a b=\"1\" b=\"2\"/>",
            &deep,
            &many,
        ] {
            assert!(parse("a.xml", text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse("a.xml", b"<a>\xFF</a>").is_err());
    }
}
