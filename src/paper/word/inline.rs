//! The words of a paragraph.

use roxmltree::Node;

use super::super::look::Look;
use super::super::{Field, xml};
use super::Counts;
use super::styles::{Style, Styles};

/// A paragraph that is being read.
pub(super) struct Line<'a, 'i, 's> {
    styles: &'s Styles,
    paragraph: &'s Style,
    pub(super) text: String,
    pub(super) fields: Vec<Field>,
    /// Notes it refers to: whether at the end of the document, and their identity.
    pub(super) notes: Vec<(bool, String)>,
    /// Boxes that are fastened to it.
    pub(super) boxes: Vec<Node<'a, 'i>>,
    /// Pages that begin before its first letter, and in it.
    pub(super) pages_before: u32,
    pub(super) pages_in: u32,
    letters: usize,
    bold: usize,
    largest: u32,
    /// Whether what follows is the number of a note, until its field ends.
    is_number: bool,
}

impl<'a, 'i, 's> Line<'a, 'i, 's> {
    pub(super) fn new(styles: &'s Styles, paragraph: &'s Style) -> Self {
        Self {
            styles,
            paragraph,
            text: String::new(),
            fields: Vec::new(),
            notes: Vec::new(),
            boxes: Vec::new(),
            pages_before: 0,
            pages_in: 0,
            letters: 0,
            bold: 0,
            largest: 0,
            is_number: false,
        }
    }

    /// How it looks.
    pub(super) fn look(&self) -> Look {
        Look { bold: self.letters > 0 && self.bold == self.letters, size: self.largest * 5, alone: false }
    }

    /// Reads what stands in an element.
    pub(super) fn read(&mut self, node: Node<'a, 'i>, counts: &mut Counts, depth: usize) {
        self.children(node, self.paragraph, counts, depth);
    }

    fn children(&mut self, node: Node<'a, 'i>, style: &Style, counts: &mut Counts, depth: usize) {
        if depth < xml::DEEPEST {
            for child in node.children().filter(Node::is_element) {
                self.element(child, style, counts, depth + 1);
            }
        }
    }

    fn element(&mut self, node: Node<'a, 'i>, style: &Style, counts: &mut Counts, depth: usize) {
        match xml::name(node) {
            "r" => {
                let mut own = style.clone();
                if let Some(properties) = xml::child(node, "rPr") {
                    if let Some(id) = xml::value(properties, "rStyle") {
                        let named = self.styles.get(Some(id));
                        own.bold = named.bold.or(own.bold);
                        own.hidden = named.hidden.or(own.hidden);
                    }
                    own.of_run(properties);
                }
                if own.hidden == Some(true) {
                    counts.hidden += usize::from(node.descendants().any(|node| xml::name(node) == "t"));
                    return;
                }
                self.children(node, &own, counts, depth);
            }
            "t" if self.is_number => {}
            "t" => {
                let text = node.text().unwrap_or_default();
                let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
                self.letters += letters;
                if style.bold == Some(true) {
                    self.bold += letters;
                }
                if letters > 0 {
                    self.largest = self.largest.max(style.size.unwrap_or(20));
                }
                self.text.push_str(text);
            }
            "tab" | "ptab" => self.text.push('\t'),
            "br" => match xml::get(node, "type") {
                Some("page" | "column") => self.text.push(' '),
                _ => self.text.push('\n'),
            },
            "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "sym" => self.text.push('•'),
            "lastRenderedPageBreak" => {
                if self.text.trim().is_empty() {
                    self.pages_before += 1;
                } else {
                    self.pages_in += 1;
                }
            }
            "footnoteReference" | "endnoteReference" => {
                let is_end = xml::name(node) == "endnoteReference";
                self.notes.extend(xml::get(node, "id").map(|id| (is_end, id.to_owned())));
            }
            "commentReference" => counts.comments += 1,
            "ins" | "moveTo" => {
                counts.inserted += 1;
                self.children(node, style, counts, depth);
            }
            "del" | "moveFrom" => counts.deleted += 1,
            "sdt" => {
                let begin = self.text.len();
                let Some(content) = xml::child(node, "sdtContent") else { return };
                self.children(content, style, counts, depth);
                if let (Some(name), Some(text)) = (tag(node), self.text.get(begin..)) {
                    self.fields.push(Field { name, text: text.to_owned() });
                }
            }
            "AlternateContent" => {
                if let Some(chosen) = chosen(node) {
                    self.children(chosen, style, counts, depth);
                }
            }
            "txbxContent" => {
                counts.boxes += 1;
                self.boxes.push(node);
            }
            // The number of a note that the text has referred to before.
            "fldSimple" if xml::get(node, "instr").is_some_and(|field| field.contains("NOTEREF")) => {}
            "instrText" => self.is_number |= node.text().is_some_and(|field| field.contains("NOTEREF")),
            "fldChar" if xml::get(node, "fldCharType") == Some("end") => self.is_number = false,
            "pPr" | "rPr" | "sdtPr" | "delText" | "delInstrText" | "fldData" | "ruby" => {}
            // Notes hold paragraphs.
            "p" => {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.children(node, style, counts, depth);
            }
            _ => self.children(node, style, counts, depth),
        }
    }
}

/// What a reader takes of what is there in two ways.
pub(super) fn chosen<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    xml::child(node, "Choice").or_else(|| xml::child(node, "Fallback"))
}

/// The name of a content control.
pub(super) fn tag(control: Node<'_, '_>) -> Option<String> {
    let name = xml::value(xml::child(control, "sdtPr")?, "tag")?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// All words of a part, a line for each paragraph.
pub(super) fn words(node: Node<'_, '_>, counts: &mut Counts) -> String {
    let styles = Styles::default();
    let style = Style::default();
    let mut line = Line::new(&styles, &style);
    line.read(node, counts, 0);
    let mut at = 0;
    // Boxes in headers and notes.
    while let Some(inner) = line.boxes.get(at).copied().filter(|_| at < 1000) {
        line.text.push('\n');
        line.read(inner, counts, 0);
        at += 1;
    }
    line.text
}
