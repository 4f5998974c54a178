//! Where the text stands in a template: in place of a paragraph with `{{ text }}`, or of a content control of that name.

use super::super::Fault;
use super::fill::{Name, control, shown};
use super::tree::{Element, Node};

const MEND: &str = "Öppna mallen i Word och skriv {{ text }} på en egen rad där dokumentets text ska stå.";

/// Puts the text into a document. How many places there are for it.
fn put(container: &mut Element, text: &str) -> Result<usize, Fault> {
    let mut places = 0;
    let mut children = Vec::with_capacity(container.children.len());
    for node in std::mem::take(&mut container.children) {
        let Node::Element(mut element) = node else {
            children.push(node);
            continue;
        };
        let is_place = match element.name.as_str() {
            "w:p" => is_place(&element)?,
            "w:sdt" => control(&element) == Some(Name::Text),
            _ => false,
        };
        if is_place {
            places += 1;
            children.push(Node::Raw(text.to_owned()));
            // A section may end here, and a cell ends with a paragraph.
            if let Some(end) = section(&element) {
                children.push(Node::Element(end));
            } else if container.name == "w:tc" {
                children.push(Node::Element(Element::new("w:p", &[])));
            }
            continue;
        }
        if matches!(
            element.name.as_str(),
            "w:tbl" | "w:tr" | "w:tc" | "w:sdt" | "w:sdtContent" | "w:customXml"
        ) {
            places += put(&mut element, text)?;
        }
        children.push(Node::Element(element));
    }
    container.children = children;
    Ok(places)
}

/// Puts the text where the document has its one place for it.
pub(super) fn put_once(document: &mut Element, text: &str) -> Result<(), Fault> {
    let places = match document.child_mut("w:body") {
        Some(body) => put(body, text)?,
        None => 0,
    };
    match places {
        1 => Ok(()),
        0 => Err(Fault::new("Mallen har ingen plats för dokumentets text.", MEND)),
        _ => Err(Fault::new(
            format!("Mallen har {places} platser för dokumentets text."),
            "Låt {{ text }} eller innehållskontrollen text stå på ett enda ställe.",
        )),
    }
}

/// Whether a paragraph is the place. The text is many paragraphs: it cannot share one with other words.
fn is_place(paragraph: &Element) -> Result<bool, Fault> {
    let shown = shown(paragraph);
    let is_name = |text: &str| {
        let name = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        name.and_then(Name::of) == Some(Name::Text)
    };
    if is_name(&shown) {
        return Ok(true);
    }
    let mut has_control = false;
    for element in paragraph.all() {
        if control(element) == Some(Name::Text) {
            has_control = true;
        }
    }
    let inside: String = paragraph
        .elements()
        .filter(|element| control(element) == Some(Name::Text))
        .map(self::shown)
        .collect();
    if has_control && inside.trim() == shown.trim() {
        return Ok(true);
    }
    let has_braces =
        shown.split("{{").skip(1).any(|rest| rest.split("}}").next().and_then(Name::of) == Some(Name::Text));
    if has_control || has_braces {
        return Err(Fault::new("Platsen för dokumentets text delar stycke med andra ord i mallen.", MEND));
    }
    Ok(false)
}

/// Refuses a place for the text where it cannot stand.
pub(super) fn refuse(part: &Element, place: &str) -> Result<(), Fault> {
    for element in part.all() {
        let is_place = control(element) == Some(Name::Text) || (element.name == "w:p" && is_place(element)?);
        if is_place {
            return Err(Fault::new(format!("Dokumentets text kan inte stå i mallens {place}."), MEND));
        }
    }
    Ok(())
}

/// The paragraph that ends a section, where the place ended one.
fn section(element: &Element) -> Option<Element> {
    let section = element.child("w:pPr")?.child("w:sectPr")?.clone();
    let mut of = Element::new("w:pPr", &[]);
    of.children.push(Node::Element(section));
    let mut paragraph = Element::new("w:p", &[]);
    paragraph.children.push(Node::Element(of));
    Some(paragraph)
}

/// How wide the text is, in twentieths of a point: as wide as the cell that it stands in, or as the page of the last
/// section leaves it.
pub(super) fn width(document: &Element) -> u32 {
    const USUAL: u32 = 9_072;
    let all = document.all();
    let is_usual = |width: &u32| (1_000..=31_680).contains(width);
    let cells = all.iter().filter(|element| element.name == "w:tc");
    let cell = cells.filter(|cell| cell.elements().any(is_place_alone)).find_map(|cell| cell_width(cell));
    if let Some(width) = cell.filter(is_usual) {
        return width;
    }
    let Some(section) = all.iter().rfind(|element| element.name == "w:sectPr") else { return USUAL };
    let number = |of: &str, key: &str| {
        let value = section.child(of).and_then(|element| element.get(key));
        value.and_then(|value| value.parse::<u32>().ok()).unwrap_or(0)
    };
    let margins = ["w:left", "w:right", "w:gutter"]
        .map(|key| number("w:pgMar", key))
        .into_iter()
        .fold(0, u32::saturating_add);
    let whole = number("w:pgSz", "w:w").saturating_sub(margins);
    let columns = number("w:cols", "w:num").max(1);
    let width = (whole / columns).saturating_sub(if columns > 1 { number("w:cols", "w:space") } else { 0 });
    if is_usual(&width) { width } else { USUAL }
}

fn is_place_alone(element: &Element) -> bool {
    match element.name.as_str() {
        "w:p" => is_place(element).unwrap_or(false),
        _ => control(element) == Some(Name::Text),
    }
}

/// The room that a cell leaves for its text.
fn cell_width(cell: &Element) -> Option<u32> {
    const SIDES: u32 = 216;
    let of = cell.child("w:tcPr")?.child("w:tcW").filter(|width| width.get("w:type") == Some("dxa"))?;
    of.get("w:w")?.parse::<u32>().ok()?.checked_sub(SIDES)
}
