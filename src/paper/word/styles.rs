//! What the styles of a document say of a paragraph.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::super::xml;

/// So many styles may stand one on the other.
const DEEPEST: usize = 30;

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u8),
    Toc,
    Body,
}

/// A style, or what it comes to with those that it stands on.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    name: String,
    based: Option<String>,
    outline: Option<u8>,
    /// List and level.
    pub(super) list: Option<(String, Option<u8>)>,
    pub(super) bold: Option<bool>,
    /// In half points.
    pub(super) size: Option<u32>,
    pub(super) hidden: Option<bool>,
    role: Option<Role>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    standard: Style,
}

impl Styles {
    pub(super) fn read(root: Node<'_, '_>) -> Self {
        let mut read = Self::default();
        if let Some(run) = xml::child(root, "docDefaults")
            .and_then(|node| xml::child(node, "rPrDefault"))
            .and_then(|node| xml::child(node, "rPr"))
        {
            read.standard.of_run(run);
        }
        let mut raw = BTreeMap::new();
        let mut usual = None;
        for node in root.children().filter(|node| xml::name(*node) == "style") {
            let Some(id) = xml::get(node, "styleId") else { continue };
            if xml::get(node, "type") == Some("paragraph") && xml::get(node, "default") == Some("1") {
                usual = Some(id.to_owned());
            }
            let mut style = Style {
                name: xml::value(node, "name").unwrap_or(id).to_lowercase(),
                based: xml::value(node, "basedOn").map(str::to_owned),
                ..Style::default()
            };
            if let Some(properties) = xml::child(node, "pPr") {
                style.outline = outline(properties);
                style.list = list(properties);
            }
            if let Some(properties) = xml::child(node, "rPr") {
                style.of_run(properties);
            }
            style.role = role(&style.name);
            raw.insert(id.to_owned(), style);
        }
        read.by_id = raw.keys().map(|id| (id.clone(), resolved(id, &raw, &read.standard))).collect();
        if let Some(usual) = usual.and_then(|id| read.by_id.get(&id).cloned()) {
            read.standard = usual;
        }
        read
    }

    /// A style, or what stands without one.
    pub(super) fn get(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.standard)
    }
}

impl Style {
    /// What it says of letters is widened by properties of its own.
    pub(super) fn of_run(&mut self, properties: Node<'_, '_>) {
        self.bold = xml::is_on(properties, "b").or(self.bold);
        self.size = xml::value(properties, "sz").and_then(|size| size.parse().ok()).or(self.size);
        self.hidden = xml::is_on(properties, "vanish").or(self.hidden);
    }

    pub(super) fn role(&self) -> Role {
        match (self.role, self.outline) {
            (Some(role), _) => role,
            (None, Some(level @ 0..=8)) => Role::Heading(level + 1),
            _ => Role::Body,
        }
    }
}

/// The outline level of a paragraph's properties, from 0; 9 is running text.
pub(super) fn outline(properties: Node<'_, '_>) -> Option<u8> {
    xml::value(properties, "outlineLvl").and_then(|level| level.parse().ok())
}

/// The list of a paragraph's properties.
pub(super) fn list(properties: Node<'_, '_>) -> Option<(String, Option<u8>)> {
    let list = xml::child(properties, "numPr")?;
    let level = xml::value(list, "ilvl").and_then(|level| level.parse().ok());
    Some((xml::value(list, "numId")?.to_owned(), level))
}

/// What the name of a style says, in English, which Word writes in the file whatever its language, and in Swedish.
fn role(name: &str) -> Option<Role> {
    let number = |rest: &str| rest.trim().chars().next().and_then(|digit| digit.to_digit(10));
    if let Some(rest) = name.strip_prefix("heading").or_else(|| name.strip_prefix("rubrik")) {
        let level = match number(rest) {
            Some(number) => number,
            None if rest.trim().is_empty() => 1,
            None => return None,
        };
        return u8::try_from(level.max(1)).ok().map(Role::Heading);
    }
    match name {
        "title" | "dokumenttitel" | "titel" => Some(Role::Heading(1)),
        "toc heading" | "innehållsförteckningsrubrik" => Some(Role::Toc),
        _ if ["toc ", "innehåll "]
            .iter()
            .any(|begin| name.strip_prefix(begin).is_some_and(|rest| number(rest).is_some())) =>
        {
            Some(Role::Toc)
        }
        _ => None,
    }
}

fn resolved(id: &str, raw: &BTreeMap<String, Style>, standard: &Style) -> Style {
    let mut all = Vec::new();
    let mut next = Some(id);
    while let Some(style) = next.and_then(|id| raw.get(id)).filter(|_| all.len() < DEEPEST) {
        all.push(style);
        next = style.based.as_deref();
    }
    let mut found = standard.clone();
    for style in all.into_iter().rev() {
        found = Style {
            name: style.name.clone(),
            based: None,
            outline: style.outline.or(found.outline),
            list: style.list.clone().or(found.list),
            bold: style.bold.or(found.bold),
            size: style.size.or(found.size),
            hidden: style.hidden.or(found.hidden),
            role: style.role.or(found.role),
        };
    }
    found
}
