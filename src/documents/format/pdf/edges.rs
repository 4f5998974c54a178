//! Whether all text stands on its page. What is too wide or too high is set all the same, and cut off by the paper.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

/// The first text that stands outside its page.
pub(super) fn outside(document: &PagedDocument) -> Option<String> {
    document.pages().iter().find_map(|page| {
        let size = page.frame.size();
        search(&page.frame, Transform::identity(), Point::new(size.x, size.y))
    })
}

fn search(frame: &Frame, transform: Transform, page: Point) -> Option<String> {
    let slack = Abs::pt(1.0);
    frame.items().find_map(|(at, item)| match item {
        FrameItem::Group(group) => {
            let inner = transform.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
            search(&group.frame, inner, page)
        }
        FrameItem::Text(text) => {
            let start = at.transform(transform);
            let end = Point::new(at.x + text.width(), at.y).transform(transform);
            let is_inside = |point: Point| {
                point.x >= -slack
                    && point.x <= page.x + slack
                    && point.y >= -slack
                    && point.y <= page.y + slack
            };
            (!is_inside(start) || !is_inside(end)).then(|| text.text.to_string())
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{press::Press, world::World};
    use super::*;
    use crate::register::Register;

    fn found(typst: &str) -> Option<String> {
        let (press, _) = Press::load(&Register::default(), None);
        let world = World::new(&press, format!("#set text(font: \"Libertinus Serif\")\n{typst}"));
        outside(&typst::compile::<PagedDocument>(&world).output.unwrap())
    }

    #[test]
    fn text_beside_or_below_the_page_is_found() {
        assert_eq!(found("Text"), None);
        assert_eq!(found("#rotate(-45deg)[Text]"), None);
        assert_eq!(found("#place(dx: 25cm)[Bredvid]").as_deref(), Some("Bredvid"));
        assert_eq!(found("#place(dy: 35cm)[Nedanför]").as_deref(), Some("Nedanför"));
        assert!(found(&"x".repeat(200)).is_some());
        assert!(found("#block(breakable: false, for n in range(90) { [Rad #n #parbreak()] })").is_some());
    }
}
