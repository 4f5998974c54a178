//! Word documents (docx).

mod body;
mod inline;
mod numbering;
mod styles;

use std::collections::BTreeMap;

use roxmltree::Node;

use self::body::Body;
use super::gather::Gather;
use super::package::Package;
use super::{Fault, Note, xml};

/// The parts that a document refers to: kind (the last word of the relation's type) and name, by identity.
type Relations = BTreeMap<String, (String, String)>;

/// What one paragraph may refer to, and what is counted on the way.
#[derive(Debug, Default)]
struct Counts {
    inserted: usize,
    deleted: usize,
    comments: usize,
    boxes: usize,
    notes: usize,
    hidden: usize,
}

pub(super) fn read(bytes: &[u8], gather: &mut Gather) -> Result<(), Fault> {
    let mut package = Package::open(bytes)?;
    let main = relations(&mut package, "")?
        .into_values()
        .find(|(kind, _)| kind == "officeDocument")
        .map_or_else(|| "word/document.xml".to_owned(), |(_, name)| name);
    let text = package.part(&main)?.ok_or_else(|| Fault::damaged("själva texten saknas"))?;
    let document = xml::parse(&main, &text)?;
    let root = document.root_element();
    let relations = relations(&mut package, &main)?;
    let mut part = |kind: &str| -> Result<Option<(String, String)>, Fault> {
        let Some((_, name)) = relations.values().find(|(of, _)| of == kind) else { return Ok(None) };
        Ok(package.part(name)?.map(|text| (name.clone(), text)))
    };
    let styles = match part("styles")? {
        Some((name, text)) => styles::Styles::read(xml::parse(&name, &text)?.root_element()),
        None => styles::Styles::default(),
    };
    let numbering = match part("numbering")? {
        Some((name, text)) => numbering::Numbering::read(xml::parse(&name, &text)?.root_element()),
        None => numbering::Numbering::default(),
    };
    let mut notes = BTreeMap::new();
    let mut counts = Counts::default();
    for kind in ["footnotes", "endnotes"] {
        if let Some((name, text)) = part(kind)? {
            let tree = xml::parse(&name, &text)?;
            for note in tree.root_element().children().filter(|note| {
                matches!(xml::name(*note), "footnote" | "endnote") && xml::get(*note, "type").is_none()
            }) {
                let id = xml::get(note, "id").unwrap_or_default().to_owned();
                notes.insert((kind == "endnotes", id), inline::words(note, &mut counts));
            }
        }
    }
    let mut repeated = Vec::new();
    let of_pages: Vec<String> = relations
        .values()
        .filter(|(kind, _)| kind == "header" || kind == "footer")
        .map(|(_, name)| name.clone())
        .collect();
    for name in of_pages.iter().take(100) {
        if let Some(text) = package.part(name)? {
            repeated.push(inline::words(xml::parse(name, &text)?.root_element(), &mut counts));
        }
    }

    let has_pages = root.descendants().any(|node| xml::name(node) == "lastRenderedPageBreak");
    if has_pages {
        gather.page(1);
    }
    let mut body = Body::new(&styles, numbering, notes, counts, gather);
    let content = xml::child(root, "body").unwrap_or(root);
    body.blocks(content, 0)?;
    let has_pictures = root.descendants().any(|node: Node<'_, '_>| xml::name(node) == "blip");
    let counts = body.finish()?;
    for text in repeated {
        gather.repeated(&text)?;
    }
    tell(&counts, gather);
    if gather.is_empty() && has_pictures {
        return Err(Fault::pictures_only());
    }
    Ok(())
}

fn tell(counts: &Counts, gather: &mut Gather) {
    let Counts { inserted, deleted, comments, boxes, notes, hidden } = *counts;
    if inserted + deleted > 0 {
        gather.tell(Note::TrackedChanges { inserted, deleted });
    }
    for (number, note) in [
        (comments, Note::Comments(comments)),
        (boxes, Note::TextBoxes(boxes)),
        (notes, Note::Footnotes(notes)),
        (hidden, Note::Hidden(hidden)),
    ] {
        if number > 0 {
            gather.tell(note);
        }
    }
}

/// What a part refers to.
fn relations(package: &mut Package<'_>, of: &str) -> Result<Relations, Fault> {
    let (folder, file) = of.rsplit_once('/').map_or(("", of), |(folder, file)| (folder, file));
    let name =
        if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(text) = package.part(&name)? else { return Ok(Relations::new()) };
    let tree = xml::parse(&name, &text)?;
    let relations = tree.root_element().children().filter_map(|relation| {
        if xml::get(relation, "TargetMode") == Some("External") {
            return None;
        }
        let kind = xml::get(relation, "Type")?.rsplit('/').next()?;
        let target = xml::get(relation, "Target")?;
        let name = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target.to_owned(),
            None => format!("{folder}/{target}"),
        };
        Some((xml::get(relation, "Id")?.to_owned(), (kind.to_owned(), name)))
    });
    Ok(relations.collect())
}
