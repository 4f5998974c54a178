//! From Markdown to Typst code. Text stands only inside string literals.

use std::collections::{BTreeMap, BTreeSet};

use comrak::Arena;
use comrak::nodes::{AstNode, ListType, NodeValue};

use super::letters::Faces;
use super::words::{Place, Special, folded, special_word};
use crate::documents::markdown;
use crate::documents::page::ruled::{self, Part};
use crate::documents::page::{self, Directive};

/// The most columns of a table of which each has room for some letters.
const MOST_COLUMNS: usize = 12;

/// A Typst string literal.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for letter in text.chars() {
        if letter == '"' || letter == '\\' {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal.push('"');
    literal
}

/// The code of a document's body, whose lines are so wide in twentieths of a point: one expression a line. A table with more
/// columns than a page has room for is refused: what is wrong, as the end of a Swedish sentence.
pub(super) fn body(structured: &str, letters: &Faces<'_>, width: u32) -> Result<String, String> {
    let arena = Arena::new();
    let root = markdown::parsed(&arena, structured)
        .ok_or("texten har citat, listor eller betoningar i för många led inuti varandra")?;
    let columns = |node: &'_ AstNode<'_>| match &node.data().value {
        NodeValue::Table(table) => table.alignments.len(),
        _ => 0,
    };
    if let Some(columns) = root.descendants().map(columns).max().filter(|columns| *columns > MOST_COLUMNS) {
        return Err(format!("en tabell har {columns} kolumner, men sidan har plats för {MOST_COLUMNS}"));
    }
    let mut writer = Writer::of(root, letters, width);
    writer.blocks(root);
    Ok(writer.code)
}

pub(super) struct Writer<'a, 'b> {
    code: String,
    /// The notes, by name.
    notes: BTreeMap<String, &'a AstNode<'a>>,
    /// The notes that have been written.
    noted: BTreeSet<String>,
    pub(super) letters: &'b Faces<'b>,
    /// How wide the text is here, in twentieths of a point.
    pub(super) width: u32,
    /// What text stands in.
    place: Place,
}

impl<'a, 'b> Writer<'a, 'b> {
    fn of(root: &'a AstNode<'a>, letters: &'b Faces<'b>, width: u32) -> Self {
        Self {
            code: String::new(),
            notes: root
                .descendants()
                .filter_map(|node| Some((markdown::name_of_note(node)?, node)))
                .collect(),
            noted: BTreeSet::new(),
            letters,
            width,
            place: Place::Text,
        }
    }

    pub(super) fn push(&mut self, code: &str) {
        self.code.push_str(code);
    }

    fn blocks(&mut self, parent: &'a AstNode<'a>) {
        parent.children().for_each(|node| self.block_of_its_own(node));
    }

    pub(super) fn block_of_its_own(&mut self, node: &'a AstNode<'a>) {
        if page::leads(node) {
            self.push("lead(");
            self.block(node);
            self.push(")");
        } else if page::stands_with_next(node) {
            self.push("with-next(");
            self.block(node);
            self.push(")");
        } else {
            self.block(node);
        }
        self.push("\n");
    }

    pub(super) fn block(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Paragraph => self.call("par", node),
            NodeValue::Heading(heading) => {
                self.push(&format!("heading(level: {}, {{", heading.level));
                self.undivided(|writer| writer.inlines(node));
                self.push("})");
            }
            NodeValue::List(list) => {
                let is_short = page::is_short_list(node);
                if is_short {
                    self.push("together(");
                }
                match list.list_type {
                    ListType::Bullet => self.push("list("),
                    ListType::Ordered => self.push(&format!("enum(start: {}, ", list.start)),
                }
                self.set_in(LIST, |writer| {
                    for item in node.children() {
                        writer.push("{\n");
                        writer.item_body(item, list.tight);
                        writer.push("}, ");
                    }
                });
                self.push(")");
                if is_short {
                    self.push(")");
                }
            }
            NodeValue::Table(properties) => self.table(node, &properties.alignments),
            NodeValue::BlockQuote => {
                self.push("quote(block: true, {\n");
                self.set_in(QUOTE, |writer| writer.blocks(node));
                self.push("})");
            }
            NodeValue::CodeBlock(block) => {
                let lines: Vec<String> =
                    block.literal.trim_end().lines().map(|line| folded(line, LETTERS_IN_A_LINE)).collect();
                self.push(&format!("raw(block: true, {})", literal(&lines.join("\n"))));
            }
            NodeValue::ThematicBreak => self.push("line(length: 100%, stroke: 0.3pt)"),
            NodeValue::BlockDirective(_) => self.directive(Directive::of(node), node),
            // Notes stand where they are referred to.
            NodeValue::FootnoteDefinition(_) => {}
            _ => self.blocks(node),
        }
    }

    /// The parts of a page that Markdown has no words for. Each is a function of the layout.
    fn directive(&mut self, directive: Option<Directive>, node: &'a AstNode<'a>) {
        match directive {
            Some(Directive::Signatures) => self.undivided(|writer| writer.signatures(node)),
            Some(one @ (Directive::Mark | Directive::Subtitle | Directive::Signer)) => {
                self.push(&format!("{}({{\n", one.name()));
                self.undivided(|writer| writer.blocks(node));
                self.push("})");
            }
            Some(one @ (Directive::Head | Directive::Signature)) => {
                self.push(&format!("{}(", one.name()));
                for part in node.children() {
                    self.undivided(|writer| writer.block(part));
                    self.push(", ");
                }
                self.push(")");
            }
            None => {
                self.push("{\n");
                self.blocks(node);
                self.push("}");
            }
        }
    }

    fn undivided(&mut self, write: impl FnOnce(&mut Self)) {
        let within = if let Place::Cell { .. } = self.place { self.place } else { Place::Undivided };
        self.within(within, write);
    }

    /// Writes what stands in a cell of a table that has so much room.
    pub(super) fn in_cell(&mut self, room: u32, is_strong: bool, write: impl FnOnce(&mut Self)) {
        self.within(Place::Cell { room, is_strong }, write);
    }

    fn within(&mut self, place: Place, write: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.place, place);
        write(self);
        self.place = outside;
    }

    /// Writes what is set in from the edge.
    fn set_in(&mut self, indent: u32, write: impl FnOnce(&mut Self)) {
        let outside = self.width;
        self.width = outside.saturating_sub(indent).max(LEAST_WIDTH);
        write(self);
        self.width = outside;
    }

    fn item_body(&mut self, item: &'a AstNode<'a>, is_tight: bool) {
        for child in item.children() {
            if is_tight && matches!(child.data().value, NodeValue::Paragraph) {
                self.inlines(child);
            } else {
                self.block(child);
            }
            self.push("\n");
        }
    }

    fn call(&mut self, function: &str, node: &'a AstNode<'a>) {
        self.push(function);
        self.push("({\n");
        self.inlines(node);
        self.push("})");
    }

    pub(super) fn inlines(&mut self, parent: &'a AstNode<'a>) {
        for node in parent.children() {
            self.inline(node);
            self.push("\n");
        }
    }

    fn inline(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak => self.push("\" \""),
            NodeValue::LineBreak => self.push("linebreak()"),
            NodeValue::Code(span) => self.push(&format!("raw({})", literal(&span.literal))),
            NodeValue::Strong => {
                let place = self.place.strong();
                self.within(place, |writer| writer.call("strong", node));
            }
            NodeValue::Emph => self.call("emph", node),
            NodeValue::Link(target) => {
                self.push(&format!("link({}, {{\n", literal(&target.url)));
                self.inlines(node);
                self.push("})");
            }
            NodeValue::FootnoteReference(reference) => self.note(&reference.name),
            _ => {
                self.push("{\n");
                self.inlines(node);
                self.push("}");
            }
        }
    }

    /// Text, in which rows of dots are lines to write on. Where more than a day or a number is to be written, they stand
    /// below what they are for.
    fn text(&mut self, text: &str) {
        const LONG: usize = 8;
        let parts: Vec<Part<'_>> = ruled::parts(text).collect();
        let has_room = !parts.iter().any(|part| matches!(part, Part::Line(LONG..)));
        for (place, part) in parts.into_iter().enumerate() {
            match part {
                Part::Words(words) if has_room => self.words(words),
                Part::Words(words) if words.trim().is_empty() => self.push("h(1em)"),
                Part::Words(words) => {
                    self.words(words);
                    self.push(if place == 0 { "\nroom-to-write" } else { "" });
                }
                Part::Line(_) => self.push("ruled"),
            }
            self.push("\n");
        }
    }

    /// Words, of which only those that are too long for their line may be divided: lines of uneven length read better so
    /// than with a hyphen wherever one fits. What has no space for longer than a line can be broken anywhere, so that
    /// nothing runs off the page.
    fn words(&mut self, text: &str) {
        let mut rest = text;
        while let Some((start, end, kind)) = special_word(rest, self.place, self.letters) {
            if start > 0 {
                self.push(&literal(&rest[..start]));
                self.push("\n");
            }
            let word = &rest[start..end];
            match kind {
                Special::Long => self.push(&format!("long({})\n", literal(word))),
                Special::Years => self.push(&format!("whole({})\n", literal(word))),
                Special::Endless => self.endless(word),
            }
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            self.push(&literal(rest));
        }
    }

    /// An address or a chain of letters without spaces, with places to break after its marks, or where the line ends.
    fn endless(&mut self, word: &str) {
        let mut part = String::new();
        let mut length = 0;
        for letter in word.chars() {
            if !part.is_empty() && !self.place.holds(&format!("{part}{letter}"), self.letters) {
                self.push(&format!("{}\nbreakpoint\n", literal(&part)));
                part.clear();
                length = 0;
            }
            part.push(letter);
            length += 1;
            if length > 3 && !letter.is_alphanumeric() {
                self.push(&format!("{}\nbreakpoint\n", literal(&part)));
                part.clear();
                length = 0;
            }
        }
        self.push(&format!("{}\n", literal(&part)));
    }

    /// A note at its first reference; a further reference to the same note shows its number again.
    fn note(&mut self, name: &str) {
        let label = format!("label({})", literal(&format!("note-{name}")));
        match self.notes.get(name).copied() {
            Some(note) if self.noted.insert(name.to_owned()) => {
                self.push("[#footnote({\n");
                self.within(Place::Text, |writer| writer.note_body(note));
                self.push(&format!("}})#{label}]"));
            }
            _ => self.push(&format!("footnote({label})")),
        }
    }

    fn note_body(&mut self, note: &'a AstNode<'a>) {
        for (number, paragraph) in note.children().enumerate() {
            if number > 0 {
                self.push("parbreak()\n");
            }
            // The first paragraph stands beside the number.
            if matches!(paragraph.data().value, NodeValue::Paragraph) {
                self.inlines(paragraph);
            } else {
                self.block(paragraph);
            }
            self.push("\n");
        }
    }
}

/// How far lists and quotes are set in, in twentieths of a point.
const LIST: u32 = 360;
const QUOTE: u32 = 480;

/// Nothing is set in further.
const LEAST_WIDTH: u32 = 1000;

/// So many letters of a line of code fit beside each other, with room for wide fonts.
const LETTERS_IN_A_LINE: usize = 55;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::press::Press;
    use super::*;
    use crate::register::Register;

    fn code(markdown: &str) -> String {
        let (press, _) = Press::load(&Register::default(), None);
        body(markdown, &press.faces(), 7000).unwrap()
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_or_changed(text in "[a-zåäö0-9–\\-., ]{0,120}", room in 0_u32..9000) {
            let (press, _) = Press::load(&Register::default(), None);
            let arena = Arena::new();
            let root = markdown::parsed(&arena, "").unwrap();
            for place in [Place::Text, Place::Undivided, Place::Cell { room, is_strong: true }] {
                let faces = press.faces();
                let mut writer = Writer::of(root, &faces, 7000);
                writer.within(place, |writer| writer.words(&text));
                let shown: String = writer.code.split('"').skip(1).step_by(2).collect();
                prop_assert_eq!(shown, text.as_str());
            }
        }
    }

    #[test]
    fn words_are_divided_in_text_and_never_in_headings() {
        assert!(
            code("Text om samhällsutvecklingsförvaltningen\n")
                .contains("long(\"samhällsutvecklingsförvaltningen\")")
        );
        assert!(!code("# Rubrik om samhällsutvecklingsförvaltningen\n").contains("long("));
    }

    #[test]
    fn text_never_leaves_its_literal() {
        let code = code("Text med \\\" och \\\\ och #panic() ]) }\n");
        assert!(code.contains(r#""Text med \" och \\ och #panic() ]) }""#), "{code}");
    }

    #[test]
    fn words_that_lead_into_a_list_stand_with_it() {
        assert!(code("Parten ska\n\n- göra\n").starts_with("lead(par("));
        assert!(code("Parten ska\n\nnågot\n").starts_with("with-next(par("));
        let (line, long) = ("mer ".repeat(15), "mer ".repeat(60));
        assert!(code(&format!("Parten ska\n\nnågot {line}\n\n# Rubrik\n")).starts_with("with-next(par("));
        assert!(code(&format!("Parten ska\n\nnågot {line}{line}\n\n# Rubrik\n")).starts_with("par("));
        assert!(code(&format!("Parten ska\n\nnågot {long}\n")).starts_with("par("));
    }

    #[test]
    fn the_last_words_stand_with_the_signatures() {
        let signatures = "Sist.\n\n:::: signatures\n\n## Underskrifter\n\n::::\n";
        assert!(code(signatures).starts_with("with-next(par("));
        assert!(code(&signatures.replace("Sist.", "- Sist.")).starts_with("with-next("));
    }

    #[test]
    fn a_row_is_named_by_its_first_cell_where_figures_follow() {
        let named = |sides: &str, rows: usize| {
            let table =
                format!("| År | Ram | Kvar |\n{sides}\n|  | 2 | 3 |\n{}", "| 2025 | 1 | 2 |\n".repeat(rows));
            code(&table).matches("scope: \"row\"").count()
        };
        assert_eq!(named("| --- | ---: | ---: |", 2), 2);
        assert_eq!(named("| --- | --- | --- |", 2), 0);
        assert_eq!(named("| --- | ---: | ---: |", 1), 0);
    }
}
