//! A package: its parts, what each is, and how they are packed. The same parts give the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Fault;
use super::relations::Relations;
use super::xml::Xml;

/// The part that tells what the others are.
pub(super) const TYPES: &str = "[Content_Types].xml";

/// The parts of a file, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Package {
    pub(super) parts: BTreeMap<String, Vec<u8>>,
    /// What the parts are that their ending does not tell.
    pub(super) types: BTreeMap<String, &'static str>,
}

impl Package {
    /// Adds a part of Word, by the name of its kind.
    pub(super) fn add(&mut self, name: &str, kind: &'static str, content: impl Into<Vec<u8>>) {
        self.types.insert(name.to_owned(), kind);
        self.parts.insert(name.to_owned(), content.into());
    }

    /// Adds a part that its ending tells.
    pub(super) fn file(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.parts.insert(name.to_owned(), content.into());
    }

    /// Adds what a part leads to, where it leads anywhere.
    pub(super) fn relations(&mut self, of: &str, relations: &Relations) -> Result<(), Fault> {
        if !relations.all.is_empty() {
            self.file(&relations_of(of), relations.part_xml()?);
        }
        Ok(())
    }

    /// Adds the part that tells what the others are.
    pub(super) fn tell_types(&mut self) -> Result<(), Fault> {
        let mut xml = Xml::part();
        xml.start("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
        for (ending, kind) in ENDINGS {
            xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
        }
        for (name, kind) in &self.types {
            xml.empty("Override", &[("PartName", &format!("/{name}")), ("ContentType", kind)]);
        }
        self.file(TYPES, xml.finish()?);
        Ok(())
    }

    /// Packs the parts.
    pub(super) fn pack(&self) -> Result<Vec<u8>, Fault> {
        let fault = |_| Fault::own("en del av filen blev för stor");
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(64 * 1024)));
        // No day of the clock, the same rights for all, and the same packing in every build.
        let options =
            SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
        let first = self.parts.get_key_value(TYPES);
        for (name, content) in first.into_iter().chain(self.parts.iter().filter(|(name, _)| *name != TYPES)) {
            // Pictures are packed already; a large one would take longer than the document.
            let is_packed = [".png", ".jpg", ".jpeg", ".gif"]
                .iter()
                .any(|ending| name.to_ascii_lowercase().ends_with(ending));
            let (method, level) = if is_packed {
                (CompressionMethod::Stored, None)
            } else {
                (CompressionMethod::Deflated, Some(6))
            };
            let options = options.compression_method(method).compression_level(level);
            zip.start_file(name.as_str(), options).map_err(fault)?;
            zip.write_all(content).map_err(|error| fault(error.into()))?;
        }
        Ok(zip.finish().map_err(fault)?.into_inner())
    }
}

/// What files are, by their ending.
pub(super) const ENDINGS: [(&str, &str); 5] = [
    ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
    ("xml", "application/xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("svg", "image/svg+xml"),
];

/// The name of the part that tells what a part leads to.
pub(super) fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The kinds of Word's parts.
pub(super) mod kinds {
    pub(in super::super) const DOCUMENT: &str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    pub(in super::super) const STYLES: &str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";
    pub(in super::super) const NUMBERING: &str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
    pub(in super::super) const SETTINGS: &str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml";
    pub(in super::super) const FONTS: &str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml";
    pub(in super::super) const NOTES: &str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml";
    pub(in super::super) const HEADER: &str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
    pub(in super::super) const CORE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
    pub(in super::super) const APP: &str =
        "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    pub(in super::super) const CUSTOM: &str =
        "application/vnd.openxmlformats-officedocument.custom-properties+xml";
}
