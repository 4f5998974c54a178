//! A note, written where it is first referred to.

use comrak::nodes::NodeValue;

use super::style::Style;
use super::writer::{Shape, Within, Writer};

impl Writer<'_, '_> {
    /// A reference to a note. A further one to the same note shows its number again, and follows it in Word.
    pub(super) fn note(&mut self, name: &str) {
        let is_again = self.notes.references.get(name).is_some_and(|count| *count > 1);
        if let Some(number) = self.notes.written.get(name).copied() {
            let field = format!(" NOTEREF _iop_not_{number} \\f \\h ");
            if !self.notes.is_inside {
                self.xml.start("w:fldSimple", &[("w:instr", &field)]);
            }
            self.number(number);
            if !self.notes.is_inside {
                self.xml.end();
            }
            return;
        }
        let Some(definition) = self.notes.definitions.get(name).copied() else { return };
        let number = self.notes.written.len() + 1;
        self.notes.written.insert(name.to_owned(), number);
        if self.notes.is_inside {
            // Word has no notes in notes: what it says stands below the number.
            self.number(number);
            return;
        }
        let bookmark = is_again.then(|| {
            self.id += 1;
            self.id.to_string()
        });
        if let Some(id) = &bookmark {
            let name = format!("_iop_not_{number}");
            self.xml.empty("w:bookmarkStart", &[("w:id", id), ("w:name", &name)]);
        }
        let id = (self.notes.taken + number).to_string();
        self.xml.start("w:r", &[]);
        self.raised();
        self.xml.empty("w:footnoteReference", &[("w:id", &id)]);
        self.xml.end();
        if let Some(id) = &bookmark {
            self.xml.empty("w:bookmarkEnd", &[("w:id", id)]);
        }
        self.aside();
        self.xml.start("w:footnote", &[("w:id", &id)]);
        let within = Within { style: Style::NoteText, ..Within::default() };
        let first = definition.first_child().filter(|node| matches!(node.data().value, NodeValue::Paragraph));
        self.start_paragraph(&Shape { style: Style::NoteText, ..Shape::default() });
        self.xml.start("w:r", &[]);
        self.raised();
        self.xml.empty("w:footnoteRef", &[]);
        self.xml.end();
        self.xml.raw("<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>");
        if let Some(first) = first {
            let pieces = self.pieces(first);
            self.inlines(&pieces);
        }
        self.xml.end();
        for node in definition.children().skip(usize::from(first.is_some())) {
            self.block(node, within);
        }
        self.gap();
        self.xml.end();
        self.aside();
    }

    /// Goes over to the notes, and back.
    fn aside(&mut self) {
        std::mem::swap(&mut self.xml, &mut self.notes.xml);
        std::mem::swap(&mut self.relations, &mut self.notes.relations);
        self.notes.is_inside = !self.notes.is_inside;
    }

    fn number(&mut self, number: usize) {
        self.xml.start("w:r", &[]);
        self.raised();
        self.xml.leaf("w:t", &[], &number.to_string());
        self.xml.end();
    }

    fn raised(&mut self) {
        self.xml.start("w:rPr", &[]);
        self.xml.value("w:rStyle", self.styles.id(Style::NoteReference));
        self.xml.end();
    }
}
