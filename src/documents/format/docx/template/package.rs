//! A template with a document in it.

use std::collections::BTreeMap;

use super::super::numbering::Lists;
use super::super::package::{Package, TYPES, kinds, relations_of};
use super::super::relations::Relations;
use super::super::style::Style;
use super::super::writer::{Within, Writer};
use super::super::{AstNode, FactPlace, Fault, Meta, R, W, notes, properties};
use super::tree::{Element, Node, parse};
use super::{Template, fill, join, place};

impl Template {
    /// The whole package of a document.
    pub(in super::super) fn package<'a>(
        &self,
        root: &'a AstNode<'a>,
        facts: &[FactPlace],
        meta: &Meta,
    ) -> Result<Package, Fault> {
        let mut trees = self.trees.clone();
        let mut document = trees.remove(&self.main).unwrap_or_default();
        let numbering = self.numbering.as_ref().and_then(|name| trees.remove(name));
        let own_notes = self.notes.as_ref().and_then(|name| trees.remove(name));
        let of_document = relations_of(&self.main);
        let mut relations = trees.remove(&of_document);

        let taken = self.taken;
        let prefix = join::free_prefix(
            trees.values().chain(relations.as_ref()).filter(|tree| tree.name == "Relationships"),
        );
        let mut writer = Writer::new(root, &self.ids, facts, Lists::after(taken), place::width(&document));
        writer.relations = Relations::with_prefix(&prefix);
        writer.notes.relations = Relations::with_prefix(&prefix);
        writer.notes.taken = join::last_note(own_notes.as_ref());
        writer.id = join::last_id(&document);
        writer.blocks(root, Within { style: Style::Body, ..Within::default() });
        writer.gap();
        let Writer { xml: text, relations: mut more, notes: written, lists, .. } = writer;

        place::put_once(&mut document, &text.finish()?)?;
        fill::fill(&mut document, "text", meta)?;
        for (name, tree) in &mut trees {
            if let Some(place) = self.place_of(name, tree) {
                fill::fill(tree, place, meta)?;
            }
        }

        let mut package = Package { parts: self.parts.clone(), ..Package::default() };
        let folder = self.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let mut numbering = if let (Some(name), Some(tree)) = (&self.numbering, numbering) {
            (name.clone(), tree)
        } else {
            let name = self.new_part(&mut more, "numbering", &folder, "numbering.xml");
            package.add(&name, kinds::NUMBERING, "");
            (name, Element::new("w:numbering", &[("xmlns:w", W)]))
        };
        join::add_lists(&mut numbering.1, &lists, &self.ids)?;
        trees.insert(numbering.0, numbering.1);

        match (&self.notes, own_notes) {
            (Some(name), Some(mut tree)) => {
                tree.set("xmlns:r", R);
                let relations_name = relations_of(name);
                let mut of_notes = trees.remove(&relations_name);
                join::add_relations(&mut of_notes, &written.relations);
                trees.extend(of_notes.map(|tree| (relations_name, tree)));
                tree.children.push(Node::Raw(written.xml.finish()?));
                fill::fill(&mut tree, "fotnoter", meta)?;
                trees.insert(name.clone(), tree);
            }
            _ if !written.is_empty() => {
                let name = self.new_part(&mut more, "footnotes", &folder, "footnotes.xml");
                package.relations(&name, &written.relations)?;
                package.add(&name, kinds::NOTES, notes::part(&written.xml.finish()?)?);
                if let Some(settings) = self.settings.as_ref().and_then(|name| trees.get_mut(name)) {
                    join::add_note_settings(settings);
                }
            }
            _ => {}
        }

        self.mark(&mut document, &mut trees, &mut package, &mut more, &folder, meta);
        document.set("xmlns:r", R);
        trees.insert(self.main.clone(), document);
        join::add_relations(&mut relations, &more);
        trees.extend(relations.map(|tree| (of_document, tree)));
        self.properties(&mut trees, &mut package, &prefix, meta)?;
        tell_types(&mut trees, &package, &self.main);
        for (name, tree) in trees {
            package.file(&name, tree.part());
        }
        Ok(package)
    }

    /// A new part beside the document; its name. A template may have a file of that name that nothing leads to.
    fn new_part(&self, relations: &mut Relations, kind: &str, folder: &str, file: &str) -> String {
        let is_taken = self.parts.contains_key(&format!("{folder}{file}"));
        let file = if is_taken { format!("iop-{file}") } else { file.to_owned() };
        relations.part(kind, &file);
        format!("{folder}{file}")
    }

    /// Draws the mark in all headers, and makes those that the template has not, where its pages need them.
    fn mark(
        &self,
        document: &mut Element,
        trees: &mut BTreeMap<String, Element>,
        package: &mut Package,
        relations: &mut Relations,
        folder: &str,
        meta: &Meta,
    ) {
        let Some(mark) = meta.status else { return };
        for (number, name) in (1..).zip(&self.headers) {
            if let Some(header) = trees.get_mut(name) {
                join::add_mark(header, mark, number);
            }
        }
        let has_even = self
            .settings
            .as_ref()
            .and_then(|name| trees.get(name))
            .is_some_and(|settings| settings.child("w:evenAndOddHeaders").is_some());
        let mut is_first_section = true;
        let mut new = Vec::new();
        document.visit(&mut |element| {
            if element.name != "w:sectPr" {
                return true;
            }
            let has = |kind: &str| {
                element.elements().any(|of| of.name == "w:headerReference" && of.get("w:type") == Some(kind))
            };
            let mut missing = Vec::new();
            if is_first_section && !has("default") {
                missing.push("default");
            }
            if is_first_section && has_even && !has("even") {
                missing.push("even");
            }
            if element.child("w:titlePg").is_some() && is_first_section && !has("first") {
                missing.push("first");
            }
            is_first_section = false;
            for kind in missing {
                let file = format!("iop-header-{kind}.xml");
                let id = relations.part("header", &file);
                let reference = Element::new("w:headerReference", &[("w:type", kind), ("r:id", &id)]);
                element.children.insert(0, Node::Element(reference));
                new.push(format!("{folder}{file}"));
            }
            false
        });
        for (number, name) in (self.headers.len() + 1..).zip(new) {
            let mut header = Element::new("w:hdr", &[("xmlns:w", W), ("xmlns:r", R)]);
            join::add_mark(&mut header, mark, number);
            package.add(&name, kinds::HEADER, "");
            trees.insert(name, header);
        }
    }

    /// Puts the document's own properties in place of the template's, and keeps those that are the house's own.
    fn properties(
        &self,
        trees: &mut BTreeMap<String, Element>,
        package: &mut Package,
        prefix: &str,
        meta: &Meta,
    ) -> Result<(), Fault> {
        let mut root = super::tree(&self.parts, &relations_of(""))?;
        let mut added = Relations::with_prefix(&format!("{prefix}p"));
        let mut name_of = |kind: &str, of_ours: &str, name: &str| {
            let is_it = |relation: &&Element| {
                relation.get("Type").is_some_and(|of| of.rsplit('/').next() == Some(kind))
            };
            let known = root.elements().find(is_it).and_then(|relation| relation.get("Target"));
            known.map_or_else(
                || {
                    added.part(of_ours, name);
                    (name.to_owned(), true)
                },
                |target| (super::resolved("", target), false),
            )
        };
        let core = name_of("core-properties", super::super::plain::CORE, "docProps/core.xml");
        let app = name_of("extended-properties", "extended-properties", "docProps/app.xml");
        let custom = name_of("custom-properties", "custom-properties", "docProps/custom.xml");
        let own: Vec<&str> = properties::own(meta).into_iter().map(|(name, _)| name).collect();
        let (mut kept, mut last) = (String::new(), 1_usize);
        if let Some(content) = self.parts.get(&custom.0) {
            for property in parse(&custom.0, content)?.elements().filter(|of| of.name == "property") {
                last = last.max(
                    property
                        .get("pid")
                        .and_then(|pid| pid.parse().ok())
                        .filter(|pid| *pid < 1_000_000)
                        .unwrap_or(1),
                );
                let is_kept = property
                    .get("name")
                    .is_some_and(|name| !own.contains(&name) && !matches!(name, "Diarienummer" | "Status"));
                if is_kept && property.elements().all(|value| value.name.starts_with("vt:")) {
                    property.write(&mut kept);
                }
            }
        }
        for ((name, is_new), kind, content) in [
            (core, kinds::CORE, properties::core(meta)?),
            (app, kinds::APP, properties::app()?),
            (custom, kinds::CUSTOM, properties::custom(meta, &kept, last + 1)?),
        ] {
            if is_new {
                package.add(&name, kind, content);
            } else {
                package.file(&name, content);
            }
        }
        let mut root = Some(std::mem::take(&mut root));
        join::add_relations(&mut root, &added);
        trees.extend(root.map(|root| (relations_of(""), root)));
        Ok(())
    }
}

/// Tells what the added parts are, and that a template is a document now.
fn tell_types(trees: &mut BTreeMap<String, Element>, package: &Package, main: &str) {
    let Some(types) = trees.get_mut(TYPES) else { return };
    for element in types.elements_mut() {
        if element.get("PartName").is_some_and(|name| name.trim_start_matches('/') == main) {
            element.set("ContentType", kinds::DOCUMENT);
        }
    }
    for (name, kind) in &package.types {
        let of = [("PartName", format!("/{name}")), ("ContentType", (*kind).to_owned())];
        let of: Vec<(&str, &str)> = of.iter().map(|(key, value)| (*key, value.as_str())).collect();
        types.children.push(Node::Element(Element::new("Override", &of)));
    }
}
