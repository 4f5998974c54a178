//! What a part of a package leads to: other parts, and pages on the web.

use super::Fault;
use super::xml::Xml;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespace of parts' relations.
pub(super) const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) is_external: bool,
}

/// Those of one part.
#[derive(Debug)]
pub(super) struct Relations {
    prefix: String,
    pub(super) all: Vec<Relation>,
}

impl Default for Relations {
    fn default() -> Self {
        Self::with_prefix("rId")
    }
}

impl Relations {
    /// Relations whose ids begin so.
    pub(super) fn with_prefix(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), all: Vec::new() }
    }

    /// A part of the package, by the last word of its kind; its id.
    pub(super) fn part(&mut self, kind: &str, target: &str) -> String {
        let kind = if kind.contains(':') { kind.to_owned() } else { format!("{OFFICE}/{kind}") };
        self.add(kind, target, false)
    }

    /// A page; its id.
    pub(super) fn link(&mut self, url: &str) -> String {
        let known = self.all.iter().find(|relation| relation.is_external && relation.target == url);
        match known {
            Some(relation) => relation.id.clone(),
            None => self.add(format!("{OFFICE}/hyperlink"), url, true),
        }
    }

    fn add(&mut self, kind: String, target: &str, is_external: bool) -> String {
        let id = format!("{}{}", self.prefix, self.all.len() + 1);
        self.all.push(Relation { id: id.clone(), kind, target: target.to_owned(), is_external });
        id
    }

    /// The part that tells them.
    pub(super) fn part_xml(&self) -> Result<String, Fault> {
        let mut xml = Xml::part();
        xml.start("Relationships", &[("xmlns", PACKAGE)]);
        for relation in &self.all {
            let mut attributes = relation.attributes();
            if relation.is_external {
                attributes.push(("TargetMode", "External"));
            }
            xml.empty("Relationship", &attributes);
        }
        xml.finish()
    }
}

impl Relation {
    /// What is said of it in a file, but for whether it leads out.
    pub(super) fn attributes(&self) -> Vec<(&str, &str)> {
        vec![("Id", &self.id), ("Type", &self.kind), ("Target", &self.target)]
    }
}

/// The address that a link leads to, as Word reads it: a page or somebody's mail, never a program or a file. Word takes
/// a file for damaged where an address is no address.
pub(super) fn address(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "mailto" => {
            let (who, at) = rest.split_once('@')?;
            let is_sound =
                !who.is_empty() && !at.is_empty() && !rest.contains(char::is_whitespace) && !at.contains('@');
            is_sound.then(|| format!("mailto:{}", encoded(rest)))
        }
        "http" | "https" => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            let (name, port) = host.split_once(':').unwrap_or((host, "0"));
            let is_label = |label: &str| {
                !label.is_empty()
                    && label.len() < 64
                    && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
            };
            let is_sound = name.split('.').all(is_label) && port.parse::<u16>().is_ok();
            is_sound.then(|| format!("{scheme}://{host}{}", encoded(path)))
        }
        _ => None,
    }
}

/// What an address may not hold, by its number.
fn encoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut encoded = String::with_capacity(text.len());
    for (place, byte) in bytes.iter().enumerate() {
        let is_number =
            || bytes.get(place + 1..place + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(byte);
        if is_plain || (*byte == b'%' && is_number()) {
            encoded.push(char::from(*byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_and_mail_alone() {
        for (url, shown) in [
            ("https://lund.se/a b?c=å#d", Some("https://lund.se/a%20b?c=%C3%A5#d")),
            ("HTTP://åäö.se:80", Some("http://åäö.se:80")),
            ("https://lund.se/50%&%41", Some("https://lund.se/50%25&%41")),
            ("mailto:a.b@lund.se", Some("mailto:a.b@lund.se")),
            ("mailto:a", None),
            ("mailto:a@b@c", None),
            ("https://", None),
            ("https:///etc", None),
            ("http://a..b", None),
            ("http://a b/", None),
            ("http://a:port/", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("\\\\server\\share", None),
            ("lund.se", None),
        ] {
            assert_eq!(address(url).as_deref(), shown, "{url}");
        }
    }
}
