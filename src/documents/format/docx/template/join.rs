//! What the text brings into a template: styles that it lacks, lists, notes, links and the mark of a draft.

use std::collections::BTreeSet;

use super::super::numbering::{Lists, Taken};
use super::super::relations::{PACKAGE, Relation, Relations};
use super::super::style::{Kind, Style};
use super::super::styles::{self, Percent, StyleIds};
use super::super::xml::Xml;
use super::super::{Fault, Mark, watermark};
use super::tree::{Element, Node};

/// The styles of a template, by ours.
pub(super) fn ids(styles: &Element) -> StyleIds {
    let mut ids = StyleIds::default();
    let of = |kind: Kind| {
        let kind = match kind {
            Kind::Paragraph => "paragraph",
            Kind::Character => "character",
            Kind::Table => "table",
        };
        styles.elements().filter(move |style| style.name == "w:style" && style.get("w:type") == Some(kind))
    };
    for style in Style::ALL {
        let definition = style.definition();
        let is_named = |one: &&Element| one.value("w:name").is_some_and(|name| definition.is_named(name));
        let is_ours = |one: &&Element| one.get("w:styleId") == Some(definition.id);
        let found = of(definition.kind).find(is_named).or_else(|| of(definition.kind).find(is_ours));
        let Some(found) = found.or_else(|| stand_in(style, styles)) else { continue };
        ids.set(style, found.get("w:styleId").unwrap_or_default());
        let is_list = definition.paragraph.contains("w:numPr");
        if is_list && found.child("w:pPr").and_then(|of| of.child("w:numPr")).is_none() {
            ids.set_without_number(style);
        }
    }
    ids.letters = letters(styles, &ids);
    ids
}

/// How wide letters of a template's tables are beside ours: by their size, and with room for wide fonts.
fn letters(styles: &Element, ids: &StyleIds) -> Percent {
    const OURS: u32 = 20;
    let size = |of: &Element| of.child("w:rPr")?.value("w:sz")?.parse::<u32>().ok();
    let mut size_of_text = None;
    let mut id = ids.is_of_template(Style::TableText).then(|| ids.id(Style::TableText));
    // A style is based on another, and that on a third.
    for _ in 0..10 {
        let style = id.and_then(|id| styles.elements().find(|style| style.get("w:styleId") == Some(id)));
        size_of_text = size_of_text.or_else(|| style.and_then(size));
        id = style.and_then(|style| style.value("w:basedOn"));
    }
    if ids.is_of_template(Style::TableText) {
        let defaults = styles.child("w:docDefaults").and_then(|of| of.child("w:rPrDefault"));
        size_of_text = size_of_text.or_else(|| defaults.and_then(size));
    }
    Percent(115 * size_of_text.unwrap_or(OURS).clamp(10, 60) / OURS)
}

/// The style that stands in for one that a template lacks: its ordinary paragraph, under whatever name, and for text that
/// too, if it leaves room between paragraphs.
fn stand_in(style: Style, styles: &Element) -> Option<&Element> {
    let ordinary = styles.elements().find(|one| {
        one.get("w:type") == Some("paragraph") && matches!(one.get("w:default"), Some("1" | "true" | "on"))
    })?;
    let room = |of: &Element| {
        let after = of.child("w:pPr")?.child("w:spacing")?.get("w:after")?;
        after.parse::<u32>().ok()
    };
    let defaults = styles.child("w:docDefaults").and_then(|of| of.child("w:pPrDefault"));
    let after = room(ordinary).or_else(|| defaults.and_then(room)).unwrap_or(0);
    (style == Style::Normal || (style == Style::Body && after > 0)).then_some(ordinary)
}

/// Adds the styles that a template lacks, in its own letters, and tells that the text is Swedish.
pub(super) fn add_styles(part: &mut Element, ids: &StyleIds, taken: Taken) -> Result<(), Fault> {
    let known: Vec<String> =
        part.elements().filter_map(|style| style.get("w:styleId")).map(str::to_owned).collect();
    for style in Style::ALL.into_iter().filter(|style| !ids.is_of_template(*style)) {
        if known.iter().any(|id| id == style.definition().id) {
            continue;
        }
        let mut xml = Xml::default();
        styles::define_in_template(&mut xml, style, ids, taken.lists);
        part.children.push(Node::Raw(xml.finish()?));
    }
    let mut at = part;
    for name in ["w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"] {
        if at.child(name).is_none() {
            let new = Node::Element(Element::new(name, &[]));
            // What all styles begin with stands first.
            let place = if matches!(name, "w:docDefaults" | "w:rPrDefault") { 0 } else { at.children.len() };
            at.children.insert(place, new);
        }
        let Some(next) = at.child_mut(name) else { return Ok(()) };
        at = next;
    }
    at.set("w:val", "sv-SE");
    Ok(())
}

/// Where a template's own lists end.
pub(super) fn taken(numbering: Option<&Element>, styles: &Element, ids: &StyleIds) -> Taken {
    let Some(numbering) = numbering else { return Taken::default() };
    let most = |name: &str, key: &str| {
        let ids = numbering.elements().filter(|element| element.name == name);
        ids.filter_map(|element| element.get(key)?.parse::<u32>().ok())
            .filter(|id| *id < 1_000_000_000)
            .max()
            .unwrap_or(0)
    };
    let number = styles
        .elements()
        .find(|style| style.get("w:styleId") == Some(ids.id(Style::Number1)))
        .filter(|_| ids.is_of_template(Style::Number1))
        .and_then(|style| style.child("w:pPr")?.child("w:numPr")?.value("w:numId"));
    let list = numbering
        .elements()
        .find(|list| list.name == "w:num" && list.get("w:numId") == number && number.is_some());
    let numbers = list.and_then(|list| list.value("w:abstractNumId")).and_then(|kind| kind.parse().ok());
    Taken { kinds: most("w:abstractNum", "w:abstractNumId"), lists: most("w:num", "w:numId"), numbers }
}

/// Adds our lists after a template's own; kinds of lists stand before lists.
pub(super) fn add_lists(numbering: &mut Element, lists: &Lists, ids: &StyleIds) -> Result<(), Fault> {
    let is = |node: &Node, name: &str| matches!(node, Node::Element(element) if element.name == name);
    let last = numbering.children.iter().rposition(|node| is(node, "w:num"));
    let end = numbering.children.iter().position(|node| is(node, "w:numIdMacAtCleanup"));
    let after = last.map(|last| last + 1).or(end).unwrap_or(numbering.children.len());
    numbering.children.insert(after, Node::Raw(lists.lists()?));
    let first = numbering.children.iter().position(|node| is(node, "w:num")).unwrap_or(after);
    numbering.children.insert(first, Node::Raw(lists.kinds(ids)?));
    Ok(())
}

/// The highest number of a template's own notes.
pub(super) fn last_note(notes: Option<&Element>) -> usize {
    let ids = notes.into_iter().flat_map(Element::elements).filter_map(|note| note.get("w:id")?.parse().ok());
    ids.max().unwrap_or(0)
}

/// The highest number of a template's own content controls and bookmarks.
pub(super) fn last_id(document: &Element) -> u32 {
    let of = |element: &Element| match element.name.as_str() {
        "w:sdtPr" => element.value("w:id")?.parse().ok(),
        "w:bookmarkStart" => element.get("w:id")?.parse().ok(),
        _ => None,
    };
    // Word numbers controls at random, up to the middle of what there is: then ours begin anew, where it has none.
    let ids: BTreeSet<u32> = document.all().into_iter().filter_map(of).collect();
    match ids.last() {
        Some(last) if *last < 2_000_000_000 => *last,
        Some(_) => {
            let millions: BTreeSet<u32> = ids.iter().map(|id| id / 1_000_000).collect();
            (1..2_000).find(|million| !millions.contains(million)).unwrap_or_default() * 1_000_000
        }
        None => 0,
    }
}

/// Adds relations to those of a part.
pub(super) fn add_relations(of: &mut Option<Element>, relations: &Relations) {
    if relations.all.is_empty() {
        return;
    }
    let of = of.get_or_insert_with(|| Element::new("Relationships", &[("xmlns", PACKAGE)]));
    for relation in &relations.all {
        of.children.push(Node::Element(element(relation)));
    }
}

fn element(relation: &Relation) -> Element {
    let mut element = Element::new("Relationship", &relation.attributes());
    if relation.is_external {
        element.set("TargetMode", "External");
    }
    element
}

/// A beginning of ids that no relation of a template has.
pub(super) fn free_prefix<'a>(relations: impl Iterator<Item = &'a Element>) -> String {
    let ids: Vec<&str> =
        relations.flat_map(Element::elements).filter_map(|relation| relation.get("Id")).collect();
    let mut prefix = "iop".to_owned();
    while ids.iter().any(|id| id.starts_with(&prefix)) {
        prefix.push('x');
    }
    prefix
}

/// Draws the mark behind the text of a header.
pub(super) fn add_mark(header: &mut Element, mark: Mark, number: usize) {
    let run = Node::Raw(watermark::run(mark, number));
    let last = header.elements_mut().filter(|element| element.name == "w:p").last();
    if let Some(paragraph) = last {
        paragraph.children.push(run);
    } else {
        let mut paragraph = Element::new("w:p", &[]);
        paragraph.children.push(run);
        header.children.push(Node::Element(paragraph));
    }
}

/// Tells Word of the lines above notes, in the place that settings have for it.
pub(super) fn add_note_settings(settings: &mut Element) {
    const AFTER: [&str; 22] = [
        "w:endnotePr",
        "w:compat",
        "w:docVars",
        "w:rsids",
        "m:mathPr",
        "w:attachedSchema",
        "w:themeFontLang",
        "w:clrSchemeMapping",
        "w:doNotIncludeSubdocsInStats",
        "w:doNotAutoCompressPictures",
        "w:forceUpgrade",
        "w:captions",
        "w:readModeInkLockDown",
        "w:smartTagType",
        "sl:schemaLibrary",
        "w:shapeDefaults",
        "w:doNotEmbedSmartTags",
        "w:decimalSymbol",
        "w:listSeparator",
        "w14:docId",
        "w15:chartTrackingRefBased",
        "w15:docId",
    ];
    if settings.child("w:footnotePr").is_some() {
        return;
    }
    let place = settings
        .children
        .iter()
        .position(|node| matches!(node, Node::Element(element) if AFTER.contains(&element.name.as_str())));
    let mut lines = Element::new("w:footnotePr", &[]);
    for id in ["-1", "0"] {
        lines.children.push(Node::Element(Element::new("w:footnote", &[("w:id", id)])));
    }
    settings.children.insert(place.unwrap_or(settings.children.len()), Node::Element(lines));
}
