//! XML of packed documents, within bounds.

use encoding_rs::{UTF_16BE, UTF_16LE};
use roxmltree::{Document, Node, ParsingOptions};

use super::Fault;

/// The most elements and texts of a part.
const MOST_NODES: u32 = 2_000_000;
/// The most attributes of an element: each is compared with all others. Word's longest lists have forty.
const MOST_ATTRIBUTES: usize = 400;
/// The most prefixes that a part may declare: each element that declares one copies those above it.
const MOST_PREFIXES: usize = 10_000;
/// So many steps down a reader goes.
pub(super) const DEEPEST: usize = 200;

/// The text of a part: UTF-8, or UTF-16 with its mark.
pub(super) fn decoded(content: Vec<u8>) -> Option<String> {
    let encoding = match content.as_slice() {
        [0xFF, 0xFE, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        [0xEF, 0xBB, 0xBF, rest @ ..] => return String::from_utf8(rest.to_vec()).ok(),
        _ => return String::from_utf8(content).ok(),
    };
    let (text, _, has_errors) = encoding.decode(&content);
    (!has_errors).then(|| text.into_owned())
}

/// Reads a part.
pub(super) fn parse<'a>(name: &str, text: &'a str) -> Result<Document<'a>, Fault> {
    let strange = |what: &str| {
        Fault::new(
            format!("Filens del {name} {what}."),
            "Det är inte ett vanligt dokument. Öppna det i Word eller LibreOffice och spara på nytt.",
        )
    };
    let attributes = |tag: &str| tag.matches("=\"").count() + tag.matches("='").count();
    if text.split('<').any(|tag| tag.len() > MOST_ATTRIBUTES && attributes(tag) > MOST_ATTRIBUTES) {
        return Err(strange("har element med för många attribut"));
    }
    if text.matches("xmlns").count() > MOST_PREFIXES {
        return Err(strange("har för många namnrymder"));
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => {
            strange("har en dokumenttyp (DTD) med egna entiteter, som inte läses")
        }
        roxmltree::Error::NodesLimitReached => Fault::too_long("två miljoner element"),
        _ => Fault::damaged(&format!("delen {name} är skriven fel")),
    })
}

/// The local name of an element.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    if node.is_element() { node.tag_name().name() } else { "" }
}

/// The first child of a name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| name(*child) == wanted)
}

/// The value of an attribute, whatever its prefix.
pub(super) fn get<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == wanted).map(|attribute| attribute.value())
}

/// The value of a child: most of Word's have it in "val".
pub(super) fn value<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    child(node, wanted).and_then(|child| get(child, "val"))
}

/// Whether a child switches something on.
pub(super) fn is_on(node: Node<'_, '_>, wanted: &str) -> Option<bool> {
    child(node, wanted).map(|child| !matches!(get(child, "val"), Some("0" | "false" | "off" | "none")))
}
