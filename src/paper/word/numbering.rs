//! The numbers of lists, counted as Word does.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::super::{marker, xml};

/// Word has nine levels.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// "%1.%2".
    text: String,
    start: u32,
}

#[derive(Debug, Clone, Default)]
struct List {
    of: String,
    starts: BTreeMap<usize, u32>,
}

/// An item of a list, with its marker; it may have none.
#[derive(Debug, Default)]
pub(super) struct Item(String);

impl Item {
    pub(super) fn marker(self) -> Option<String> {
        Some(self.0).filter(|marker| !marker.is_empty())
    }
}

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<String, Vec<Level>>,
    lists: BTreeMap<String, List>,
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<String>,
}

impl Numbering {
    pub(super) fn read(root: Node<'_, '_>) -> Self {
        let mut read = Self::default();
        let mut styles = BTreeMap::new();
        let mut links = Vec::new();
        for node in root.children() {
            match xml::name(node) {
                "abstractNum" => {
                    let Some(id) = xml::get(node, "abstractNumId") else { continue };
                    if let Some(style) = xml::value(node, "styleLink") {
                        styles.insert(style.to_owned(), id.to_owned());
                    }
                    if let Some(style) = xml::value(node, "numStyleLink") {
                        links.push((id.to_owned(), style.to_owned()));
                    }
                    read.kinds.insert(id.to_owned(), levels(node));
                }
                "num" => {
                    let Some(id) = xml::get(node, "numId") else { continue };
                    let starts = node.children().filter(|node| xml::name(*node) == "lvlOverride");
                    let starts = starts.filter_map(|node| {
                        let level = xml::get(node, "ilvl")?.parse().ok()?;
                        Some((level, xml::value(node, "startOverride")?.parse().ok()?))
                    });
                    let list = List {
                        of: xml::value(node, "abstractNumId").unwrap_or_default().to_owned(),
                        starts: starts.collect(),
                    };
                    read.lists.insert(id.to_owned(), list);
                }
                _ => {}
            }
        }
        for (id, style) in links {
            if let Some(levels) = styles.get(&style).and_then(|of| read.kinds.get(of)).cloned() {
                read.kinds.insert(id, levels);
            }
        }
        read
    }

    /// The next item of a list, where there is such a list.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<Item> {
        let known = self.lists.get(list)?;
        let level = usize::from(level).min(LEVELS - 1);
        let levels = self.kinds.get(&known.of)?;
        let counted = self.counted.entry(known.of.clone()).or_default();
        if self.begun.insert(list.to_owned()) {
            for (level, start) in &known.starts {
                if let Some(place) = counted.get_mut(*level) {
                    *place = Some(start.saturating_sub(1));
                }
            }
        }
        for (place, (number, kind)) in counted.iter_mut().zip(levels).enumerate() {
            match place {
                _ if place < level => *number = number.or(Some(kind.start)),
                _ if place == level => {
                    *number = Some(number.map_or(kind.start, |number| number.saturating_add(1)));
                }
                _ => *number = None,
            }
        }
        let kind = levels.get(level)?;
        if kind.format == "bullet" {
            let sign = kind.text.chars().next().filter(|sign| !sign.is_alphanumeric() && *sign < '\u{E000}');
            return Some(Item(sign.unwrap_or('•').to_string()));
        }
        if kind.format == "none" || kind.text.is_empty() {
            return Some(Item::default());
        }
        let mut text = kind.text.clone();
        for (place, (number, kind)) in counted.iter().zip(levels).enumerate() {
            let written = marker::written(number.unwrap_or(kind.start), &kind.format);
            text = text.replace(&format!("%{}", place + 1), &written);
        }
        Some(Item(text))
    }
}

fn levels(node: Node<'_, '_>) -> Vec<Level> {
    let mut levels = vec![Level::default(); LEVELS];
    for node in node.children().filter(|node| xml::name(*node) == "lvl") {
        let place = xml::get(node, "ilvl").and_then(|level| level.parse::<usize>().ok());
        let Some(level) = place.and_then(|place| levels.get_mut(place)) else { continue };
        xml::value(node, "numFmt").unwrap_or("decimal").clone_into(&mut level.format);
        // A marker has a few letters; each is replaced nine times.
        level.text = xml::value(node, "lvlText").unwrap_or_default().chars().take(50).collect();
        level.start = xml::value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
    }
    levels
}
