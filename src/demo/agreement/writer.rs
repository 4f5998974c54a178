//! Draws the sentences of one case and fills in their words.

use serde_json::{Map, Value, json};

use crate::demo::case::Case;
use crate::demo::draw::Draw;
use crate::demo::stock::{Titled, fill};

/// Writes the texts of one case.
pub(super) struct Writer<'a> {
    pub(super) case: &'a Case,
    pub(super) draw: Draw,
}

impl Writer<'_> {
    /// One of the sentences, with its words filled in.
    pub(super) fn one(&mut self, of: &[String]) -> String {
        fill(self.draw.pick::<String>(of), &self.case.filling)
    }

    /// So many of the sentences, in their own order.
    pub(super) fn some(&mut self, of: &[String], count: usize) -> Vec<String> {
        self.draw.some(of, count).into_iter().map(|text| fill(text, &self.case.filling)).collect()
    }

    /// Between `least` and one more of them.
    pub(super) fn about(&mut self, of: &[String], least: u32) -> Vec<String> {
        let count = self.draw.position(2) + usize::try_from(least).unwrap_or_default();
        self.some(of, count)
    }

    /// So many of the sentences as one paragraph.
    pub(super) fn paragraph(&mut self, of: &[String], count: usize) -> String {
        self.some(of, count).join(" ")
    }

    pub(super) fn titled(&mut self, of: &[Titled], count: usize, prefix: &str) -> Value {
        let chosen = self.draw.some(of, count);
        chosen
            .into_iter()
            .zip(1..)
            .map(|(one, number)| {
                let text = fill(&one.text, &self.case.filling);
                (format!("{prefix}-{number}"), json!({ "title": one.title, "text": text }))
            })
            .collect::<Map<_, _>>()
            .into()
    }
}
