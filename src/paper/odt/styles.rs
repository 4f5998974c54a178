//! What the styles of a document say of paragraphs and letters.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::super::{marker, xml};

/// So many styles may stand one on the other.
const DEEPEST: usize = 30;
/// `OpenDocument` has ten levels of lists.
const LEVELS: usize = 10;

#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    outline: Option<u8>,
    bold: Option<bool>,
    /// In tenths of a point.
    size: Option<u32>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    /// Nothing for a list with signs.
    format: Option<String>,
    before: String,
    after: String,
    shown: usize,
    start: u32,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: BTreeMap<String, Style>,
    lists: BTreeMap<String, Vec<Level>>,
}

impl Styles {
    /// Takes in a part's styles.
    pub(super) fn read(&mut self, root: Node<'_, '_>) {
        for node in root.descendants() {
            match xml::name(node) {
                "style" => {
                    let Some(name) = xml::get(node, "name") else { continue };
                    let mut style = Style {
                        parent: xml::get(node, "parent-style-name").map(str::to_owned),
                        outline: xml::get(node, "default-outline-level").and_then(|level| level.parse().ok()),
                        ..Style::default()
                    };
                    if let Some(letters) = xml::child(node, "text-properties") {
                        style.bold = xml::get(letters, "font-weight").map(|weight| {
                            weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
                        });
                        style.size = xml::get(letters, "font-size").and_then(points);
                    }
                    self.by_name.insert(name.to_owned(), style);
                }
                "list-style" => {
                    let Some(name) = xml::get(node, "name") else { continue };
                    let mut levels = vec![Level::default(); LEVELS];
                    for level in node.children().filter(Node::is_element) {
                        let place = xml::get(level, "level").and_then(|level| level.parse::<usize>().ok());
                        let Some(kind) = place.and_then(|place| levels.get_mut(place.checked_sub(1)?)) else {
                            continue;
                        };
                        if xml::name(level) == "list-level-style-number" {
                            let short =
                                |name| xml::get(level, name).unwrap_or_default().chars().take(20).collect();
                            *kind = Level {
                                format: Some(xml::get(level, "num-format").unwrap_or_default().to_owned()),
                                before: short("num-prefix"),
                                after: short("num-suffix"),
                                shown: xml::get(level, "display-levels")
                                    .and_then(|shown| shown.parse().ok())
                                    .unwrap_or(1),
                                start: xml::get(level, "start-value")
                                    .and_then(|start| start.parse().ok())
                                    .unwrap_or(1),
                            };
                        }
                    }
                    self.lists.insert(name.to_owned(), levels);
                }
                _ => {}
            }
        }
    }

    fn chain(&self, name: Option<&str>) -> impl Iterator<Item = (&str, &Style)> {
        let get = |name: &str| self.by_name.get_key_value(name).map(|(name, style)| (name.as_str(), style));
        std::iter::successors(name.and_then(get), move |(_, style)| style.parent.as_deref().and_then(get))
            .take(DEEPEST)
    }

    /// Whether letters of a style are bold, where it says so.
    pub(super) fn bold(&self, name: Option<&str>) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.bold)
    }

    /// The size of a style's letters in tenths of a point, where it says so.
    pub(super) fn size(&self, name: Option<&str>) -> Option<u32> {
        self.chain(name).find_map(|(_, style)| style.size)
    }

    /// Whether a style is one of headings, and of which level.
    pub(super) fn heading(&self, name: Option<&str>) -> Option<u8> {
        self.chain(name).find_map(|(name, style)| {
            let is_title = name == "Title";
            style.outline.filter(|level| *level > 0).or(is_title.then_some(1))
        })
    }

    /// Whether a style is one of a table of contents.
    pub(super) fn is_toc(&self, name: Option<&str>) -> bool {
        self.chain(name).any(|(name, _)| name.starts_with("Contents_20_"))
    }

    /// The marker of an item: its list's style, its level from 0, and how far each level has been counted.
    pub(super) fn marker(&self, list: Option<&str>, level: usize, counted: &[u32]) -> Option<String> {
        let levels = list.and_then(|name| self.lists.get(name))?;
        let kind = levels.get(level)?;
        let Some(format) = &kind.format else { return Some("•".to_owned()) };
        if format.is_empty() {
            return None;
        }
        let first = (level + 1).saturating_sub(kind.shown.max(1));
        let numbers: Vec<String> = (first..=level)
            .filter_map(|at| {
                let of = levels.get(at)?;
                let number = counted.get(at).copied().unwrap_or(1).max(1).saturating_add(of.start.max(1) - 1);
                Some(marker::written(number, of.format.as_deref().unwrap_or("1")))
            })
            .collect();
        Some(format!("{}{}{}", kind.before, numbers.join("."), kind.after))
    }
}

fn points(size: &str) -> Option<u32> {
    let (whole, tenths) = size.strip_suffix("pt")?.split_once('.').unwrap_or((size.strip_suffix("pt")?, "0"));
    let tenths: u32 = tenths.get(..1)?.parse().ok()?;
    whole.parse::<u32>().ok().filter(|whole| *whole < 1000).map(|whole| whole * 10 + tenths)
}
