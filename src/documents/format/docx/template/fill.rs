//! The facts that a template asks for: in content controls, and between double braces, also where Word has cut the braces
//! and the name into several runs.

use super::super::{Fault, Meta};
use super::tree::{Element, Node};

/// A fact that a template can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Title,
    Word,
    Number,
    Date,
    Author,
    Status,
    /// The text itself.
    Text,
}

const NAMES: [(&str, Name); 18] = [
    ("titel", Name::Title),
    ("title", Name::Title),
    ("dokumenttyp", Name::Word),
    ("word", Name::Word),
    ("diarienummer", Name::Number),
    ("registry_number", Name::Number),
    ("dnr", Name::Number),
    ("datum", Name::Date),
    ("date", Name::Date),
    ("författare", Name::Author),
    ("author", Name::Author),
    ("status", Name::Status),
    ("märke", Name::Status),
    ("mark", Name::Status),
    ("text", Name::Text),
    ("innehåll", Name::Text),
    ("content", Name::Text),
    ("innehall", Name::Text),
];

impl Name {
    /// The fact of a name, in Swedish or English.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.trim_matches(|letter: char| letter.is_whitespace()).to_lowercase();
        let name = name.replace([' ', '-', '\u{A0}'], "_");
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, name)| *name)
    }

    fn value(self, meta: &Meta) -> String {
        match self {
            Self::Title => meta.title.clone(),
            Self::Word => meta.word.clone(),
            Self::Number => meta.registry_number.clone().unwrap_or_else(|| "[ej angivet]".to_owned()),
            Self::Date => meta.dated.map(|day| day.to_string()).unwrap_or_default(),
            Self::Author => meta.author.clone(),
            Self::Status => meta.status.map(|mark| mark.word().to_owned()).unwrap_or_default(),
            Self::Text => String::new(),
        }
    }
}

/// So many names a paragraph may have.
const MOST_NAMES: usize = 200;

/// The fact that a content control asks for, by its tag or its title.
pub(super) fn control(element: &Element) -> Option<Name> {
    let of = element.child("w:sdtPr").filter(|_| element.name == "w:sdt")?;
    ["w:tag", "w:alias"].into_iter().find_map(|key| of.value(key).and_then(Name::of))
}

/// The text that an element holds.
pub(super) fn text_of(element: &Element) -> String {
    let text = |node: &Node| if let Node::Text(text) = node { text.clone() } else { String::new() };
    element.children.iter().map(text).collect()
}

/// Fills in the facts in a part. What is filled in is never read for names again.
pub(super) fn fill(part: &mut Element, place: &str, meta: &Meta) -> Result<(), Fault> {
    let mut fault = None;
    part.visit(&mut |element| {
        if element.name == "w:p" && fault.is_none() {
            fault = fill_braces(element, place, meta).err();
        }
        fault.is_none()
    });
    if let Some(fault) = fault {
        return Err(fault);
    }
    part.visit(&mut |element| match control(element) {
        Some(Name::Text) | None => true,
        Some(name) => {
            fill_control(element, &name.value(meta));
            false
        }
    });
    Ok(())
}

/// The texts of a paragraph, one after the other, as Word shows them; those of boxes in it are paragraphs of their own.
fn texts<'a>(element: &'a mut Element, found: &mut Vec<&'a mut Element>) {
    for child in element.elements_mut() {
        match child.name.as_str() {
            "w:t" => found.push(child),
            "w:p" | "w:txbxContent" | "w:del" | "w:moveFrom" | "w:instrText" => {}
            _ => texts(child, found),
        }
    }
}

/// The text of a paragraph, as Word shows it.
pub(super) fn shown(paragraph: &Element) -> String {
    fn gather(element: &Element, shown: &mut String) {
        for child in element.elements() {
            match child.name.as_str() {
                "w:t" => shown.push_str(&text_of(child)),
                "w:p" | "w:txbxContent" | "w:del" | "w:moveFrom" | "w:instrText" => {}
                _ => gather(child, shown),
            }
        }
    }
    let mut text = String::new();
    gather(paragraph, &mut text);
    text
}

fn fill_braces(paragraph: &mut Element, place: &str, meta: &Meta) -> Result<(), Fault> {
    let whole = shown(paragraph);
    if !whole.contains("{{") {
        return Ok(());
    }
    let changes = changes(&whole, place, meta)?;
    let mut parts = Vec::new();
    texts(paragraph, &mut parts);
    let mut start = 0;
    for part in parts {
        let text = text_of(part);
        let end = start + text.len();
        let mut new = String::new();
        let mut at = start;
        for (from, to, value) in &changes {
            if *to <= start || *from >= end {
                continue;
            }
            if *from > at {
                new.push_str(whole.get(at..*from).unwrap_or_default());
            }
            // The value stands where the name begins; the runs that hold the rest of it lose it.
            if *from >= start {
                new.push_str(value);
            }
            at = at.max((*to).min(end));
        }
        new.push_str(whole.get(at..end).unwrap_or_default());
        start = end;
        if new != text {
            part.children = vec![Node::Text(new)];
            part.set("xml:space", "preserve");
        }
    }
    Ok(())
}

/// Where names stand in a text, and what is to stand there.
fn changes(whole: &str, place: &str, meta: &Meta) -> Result<Vec<(usize, usize, String)>, Fault> {
    let mut changes = Vec::new();
    let mut from = 0;
    while let Some(open) = whole[from..].find("{{").map(|at| from + at) {
        let Some(close) = whole[open..].find("}}").map(|at| open + at + 2) else {
            return Err(Fault::new(
                format!("I mallens {place} står {{{{ utan }}}} efter sig i samma stycke."),
                "Skriv till exempel {{ diarienummer }} på en rad i Word.",
            ));
        };
        let name = whole[open + 2..close - 2].trim();
        match Name::of(name) {
            Some(Name::Text) => {}
            Some(known) => changes.push((open, close, known.value(meta))),
            None => {
                let name: String = name.chars().take(40).collect();
                return Err(Fault::new(
                    format!("I mallens {place} står {{{{ {name} }}}}, och det namnet finns inte."),
                    "Skriv något av titel, dokumenttyp, diarienummer, datum, författare, status eller text.",
                ));
            }
        }
        if changes.len() > MOST_NAMES {
            return Err(Fault::new(
                format!("I mallens {place} har ett stycke fler än {MOST_NAMES} namn att fylla i."),
                "Dela stycket i flera.",
            ));
        }
        from = close;
    }
    Ok(changes)
}

/// Puts a value into a content control, in the looks of what stands there.
fn fill_control(control: &mut Element, value: &str) {
    if let Some(of) = control.child_mut("w:sdtPr") {
        // What is bound to another place would be fetched from there when the file is opened.
        of.children.retain(|node| match node {
            Node::Element(element) => !matches!(
                element.name.as_str(),
                "w:showingPlcHdr" | "w:dataBinding" | "w15:dataBinding" | "w:placeholder"
            ),
            _ => true,
        });
        if let Some(date) = of.child_mut("w:date") {
            date.attributes.retain(|(key, _)| key != "w:fullDate");
        }
    }
    let Some(content) = control.child_mut("w:sdtContent") else { return };
    let looks = content
        .all()
        .into_iter()
        .find(|element| element.name == "w:r")
        .and_then(|run| run.child("w:rPr"))
        .cloned();
    let mut run = Element::new("w:r", &[]);
    if let Some(mut looks) = looks {
        // The grey of what waits to be filled in.
        looks.children.retain(|node| !matches!(node, Node::Element(element) if element.name == "w:rStyle"));
        run.children.push(Node::Element(looks));
    }
    let mut text = Element::new("w:t", &[("xml:space", "preserve")]);
    text.children.push(Node::Text(value.to_owned()));
    run.children.push(Node::Element(text));
    if content.all().iter().any(|element| element.name == "w:p") {
        let mut run = Some(run);
        keep_first(content, &mut run);
    } else {
        content.children = vec![Node::Element(run)];
    }
}

/// Keeps the first paragraph of a control, with the value alone, and what it stands in.
fn keep_first(element: &mut Element, run: &mut Option<Element>) {
    element.children.retain_mut(|node| {
        let Node::Element(child) = node else { return true };
        match child.name.as_str() {
            "w:p" => match run.take() {
                Some(run) => {
                    child
                        .children
                        .retain(|node| matches!(node, Node::Element(child) if child.name == "w:pPr"));
                    child.children.push(Node::Element(run));
                    true
                }
                None => false,
            },
            "w:tbl" | "w:tr" | "w:tc" | "w:sdt" | "w:sdtContent" => {
                let is_first = run.is_some();
                keep_first(child, run);
                is_first || child.name == "w:tc"
            }
            _ => true,
        }
    });
}
