//! XML out. Text and values of attributes are escaped here and nowhere else.

use super::Fault;

/// A piece of XML that is being written.
#[derive(Debug, Default)]
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
    /// The first character that XML cannot hold.
    forbidden: Option<char>,
}

impl Xml {
    /// A whole part of a package.
    pub(super) fn part() -> Self {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        Self { text, ..Self::default() }
    }

    /// Begins an element.
    pub(super) fn start(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element with the one attribute that most of Word's have.
    pub(super) fn value(&mut self, name: &'static str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// An element that holds text.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.text(text);
        self.end();
    }

    /// Ends the element that was begun last.
    pub(super) fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
    }

    /// Text, as it is.
    pub(super) fn text(&mut self, text: &str) {
        self.note_forbidden(text);
        escape(text, &mut self.text);
    }

    /// XML that is finished.
    pub(super) fn raw(&mut self, xml: &str) {
        self.text.push_str(xml);
    }

    /// All of it, with what is open ended.
    pub(super) fn finish(mut self) -> Result<String, Fault> {
        while !self.open.is_empty() {
            self.end();
        }
        match self.forbidden {
            Some(letter) => Err(Fault::forbidden(letter)),
            None => Ok(self.text),
        }
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push(' ');
            self.text.push_str(key);
            self.text.push_str("=\"");
            self.text(value);
            self.text.push('"');
        }
    }

    fn note_forbidden(&mut self, text: &str) {
        if self.forbidden.is_none() {
            self.forbidden = text.chars().find(|letter| is_forbidden(*letter));
        }
    }
}

/// Writes text so that a reader of XML gets it back letter by letter.
pub(super) fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(letter),
        }
    }
}

/// Whether XML 1.0 cannot hold the character, not even by its number.
pub(super) fn is_forbidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_data() {
        let mut xml = Xml::default();
        xml.leaf("w:t", &[("a", "\"<&\n")], "<w:t>&amp;</w:t>]]>");
        assert_eq!(
            xml.finish().unwrap(),
            "<w:t a=\"&quot;&lt;&amp;&#10;\">&lt;w:t&gt;&amp;amp;&lt;/w:t&gt;]]&gt;</w:t>"
        );
    }

    #[test]
    fn what_xml_cannot_hold_is_a_fault_with_its_number() {
        for letter in ['\0', '\u{B}', '\u{1F}', '\u{FFFE}'] {
            let mut xml = Xml::default();
            xml.text(&format!("a{letter}b"));
            let fault = xml.finish().unwrap_err();
            assert!(fault.problem.contains(&format!("U+{:04X}", u32::from(letter))), "{fault}");
        }
    }
}
