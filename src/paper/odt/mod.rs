//! `OpenDocument` texts (odt).

mod body;
mod styles;

use self::body::Body;
use self::styles::Styles;
use super::gather::Gather;
use super::package::Package;
use super::{Fault, Note, xml};

pub(super) fn read(bytes: &[u8], gather: &mut Gather) -> Result<(), Fault> {
    let mut package = Package::open(bytes)?;
    let text = package.part("content.xml")?.ok_or_else(|| Fault::damaged("själva texten saknas"))?;
    let document = xml::parse("content.xml", &text)?;
    let of_styles = package.part("styles.xml")?;
    let style_tree = of_styles.as_deref().map(|text| xml::parse("styles.xml", text)).transpose()?;
    let root = document.root_element();
    let mut styles = Styles::default();
    if let Some(tree) = &style_tree {
        styles.read(tree.root_element());
    }
    styles.read(root);
    let content = root.descendants().find(|node| xml::name(*node) == "body").unwrap_or(root);
    let content = xml::child(content, "text").unwrap_or(content);
    if content.descendants().any(|node| xml::name(node) == "soft-page-break") {
        gather.page(1);
    }
    let has_pictures = content.descendants().any(|node| xml::name(node) == "image");
    let mut body = Body::new(&styles, gather);
    body.blocks(content, 0)?;
    let counts = body.finish();
    let of_pages = style_tree.iter().flat_map(|tree| tree.root_element().descendants());
    for node in of_pages.filter(|node| {
        matches!(
            xml::name(*node),
            "header" | "footer" | "header-first" | "footer-first" | "header-left" | "footer-left"
        )
    }) {
        gather.repeated(&body::words(node))?;
    }
    for (number, note) in [
        (counts.comments, Note::Comments(counts.comments)),
        (counts.boxes, Note::TextBoxes(counts.boxes)),
        (counts.notes, Note::Footnotes(counts.notes)),
    ] {
        if number > 0 {
            gather.tell(note);
        }
    }
    let (inserted, deleted) = (counts.inserted, counts.deleted);
    if inserted + deleted > 0 {
        gather.tell(Note::TrackedChanges { inserted, deleted });
    }
    if gather.is_empty() && has_pictures {
        return Err(Fault::pictures_only());
    }
    Ok(())
}
