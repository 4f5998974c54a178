//! What a document says of itself beside its text: title, author, type, case and status.

use super::xml::Xml;
use super::{Fault, Meta};

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
/// The namespace of properties that are a house's own.
pub(super) const CUSTOM: &str = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties";
/// What all of them have in common.
pub(super) const FORMAT: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// The properties that every kind of document has.
pub(super) fn core(meta: &Meta) -> Result<String, Fault> {
    let mut xml = Xml::part();
    xml.start(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let made = format!("{}T00:00:00Z", meta.date);
    let is_date = [("xsi:type", "dcterms:W3CDTF")];
    xml.leaf("dc:title", &[], &meta.title);
    xml.leaf("dc:creator", &[], &meta.author);
    xml.leaf("cp:category", &[], &meta.word);
    if let Some(mark) = meta.status {
        xml.leaf("cp:contentStatus", &[], mark.word());
    }
    xml.leaf("dc:identifier", &[], &meta.ident);
    xml.leaf("dc:language", &[], "sv-SE");
    xml.leaf("cp:lastModifiedBy", &[], &meta.author);
    xml.leaf("dcterms:created", &is_date, &made);
    xml.leaf("dcterms:modified", &is_date, &made);
    xml.finish()
}

/// The program.
pub(super) fn app() -> Result<String, Fault> {
    let mut xml = Xml::part();
    xml.start(
        "Properties",
        &[("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")],
    );
    xml.leaf("Application", &[], "iop");
    xml.finish()
}

/// Our own properties, by name.
pub(super) fn own(meta: &Meta) -> Vec<(&'static str, String)> {
    let number = meta.registry_number.clone().map(|number| ("Diarienummer", number));
    let status = meta.status.map(|mark| ("Status", mark.word().to_owned()));
    let mut own = vec![("Dokumenttyp", meta.word.clone())];
    own.extend(number);
    own.extend(meta.dated.map(|day| ("Datum", day.to_string())));
    own.extend(status);
    own
}

/// The part with our own properties, and with those that a template has and we have not, from number 2 on.
pub(super) fn custom(meta: &Meta, more: &str, first: usize) -> Result<String, Fault> {
    let mut xml = Xml::part();
    xml.start("Properties", &[("xmlns", CUSTOM), ("xmlns:vt", TYPES)]);
    xml.raw(more);
    for ((name, value), number) in own(meta).iter().zip(first.max(2)..) {
        xml.start("property", &[("fmtid", FORMAT), ("pid", &number.to_string()), ("name", name)]);
        xml.leaf("vt:lpwstr", &[], value);
        xml.end();
    }
    xml.finish()
}
