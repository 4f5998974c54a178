//! A drawing as a picture of points, for programs that show no drawings.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Nothing is drawn wider or higher.
const MOST: f32 = 2_000.0;

/// The drawing, which has been looked through, as PNG of about so many points' height. Nothing where nothing can be drawn.
pub(in crate::documents) fn png(drawing: &[u8], height: f32) -> Option<Vec<u8>> {
    let tree = Tree::from_data(drawing, &Options::default()).ok()?;
    let size = tree.size();
    let scale = (height / size.height()).min(MOST / size.height()).min(MOST / size.width());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it has just been bounded")]
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut picture = Pixmap::new(pixels(size.width()), pixels(size.height()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::picture::{self, Kind};

    #[test]
    fn a_drawing_has_the_same_shape_in_points() {
        let drawing =
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>"#;
        let points = png(drawing.as_bytes(), 40.0).unwrap();
        assert_eq!(picture::sides(Kind::Png, &points), Some((80, 40)));
        assert_eq!(png(b"ingen bild", 40.0), None);
        let wide =
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90000 1"><path d="M0 0h9v1z"/></svg>"#;
        assert_eq!(picture::sides(Kind::Png, &png(wide.as_bytes(), 40.0).unwrap()), Some((2000, 1)));
    }
}
