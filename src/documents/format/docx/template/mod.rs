//! A municipality's own Word template: its styles, header, footer, logotype and page, with the facts filled in and the
//! text where it says.

mod check;
mod fill;
mod join;
mod open;
mod package;
mod place;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::numbering::Taken;
use super::package::{TYPES, relations_of};
use super::styles::StyleIds;
use super::{Fault, Meta, W};
use tree::Element;

/// For tests that look at what was written.
#[cfg(test)]
pub(super) mod lab {
    use super::tree::{Element, parse};

    /// All text of a part, which must be sound.
    pub(in super::super) fn text(xml: &str) -> String {
        let mut found = String::new();
        gather(&parse("part", xml.as_bytes()).unwrap(), &mut found);
        found
    }

    fn gather(element: &Element, found: &mut String) {
        if element.name == "w:t" {
            found.push_str(&super::fill::text_of(element));
        }
        element.elements().for_each(|child| gather(child, found));
    }
}

/// A template that can be filled.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// All parts, as they are.
    parts: BTreeMap<String, Vec<u8>>,
    /// Those that are changed, as trees.
    trees: BTreeMap<String, Element>,
    /// The name of the document's own part.
    main: String,
    /// The names of its parts, where it has them.
    numbering: Option<String>,
    settings: Option<String>,
    notes: Option<String>,
    headers: Vec<String>,
    ids: StyleIds,
    taken: Taken,
}

impl Template {
    /// Reads a template, and sees that it can be filled.
    pub(crate) fn read(file: &[u8]) -> Result<Self, Fault> {
        let mut parts = open::parts(file)?;
        let mut types = tree(&parts, TYPES)?;
        check::check(&parts, &types)?;
        let main = main_part(&parts)?;
        let kind = types
            .elements()
            .find(|element| element.get("PartName").map(|name| name.trim_start_matches('/')) == Some(&main))
            .and_then(|element| element.get("ContentType"))
            .unwrap_or_default();
        if !kind.contains("wordprocessingml") {
            return Err(open::not_word("innehållet är av ett annat slag"));
        }
        let document = tree(&parts, &main)?;
        if document.name != "w:document" || document.get("xmlns:w") != Some(W) {
            return Err(open::not_word("dess text är skriven på ett sätt som inte går att läsa"));
        }
        let mut relations = of_part(&parts, &main)?;
        forget_old_styles(&mut parts, &mut types, relations.as_mut());
        let mut trees = BTreeMap::from([(TYPES.to_owned(), types), (main.clone(), document)]);
        let named = |kind: &str| {
            let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
            relations
                .iter()
                .flat_map(Element::elements)
                .filter(|relation| relation.get("Type").is_some_and(|of| of.rsplit('/').next() == Some(kind)))
                .filter_map(|relation| relation.get("Target"))
                .map(|target| resolved(folder, target))
                .filter(|name| parts.contains_key(name))
                .collect::<Vec<_>>()
        };
        let one = |kind: &str| named(kind).into_iter().next();
        let styles = one("styles").ok_or_else(|| open::not_word("det har inga formatmallar"))?;
        let (numbering, settings, notes) = (one("numbering"), one("settings"), one("footnotes"));
        let (headers, footers) = (named("header"), named("footer"));
        let changed = [numbering.as_ref(), settings.as_ref(), notes.as_ref()];
        for name in changed.into_iter().flatten().chain(&headers).chain(&footers) {
            trees.insert(name.clone(), tree(&parts, name)?);
            if let Some(relations) = of_part(&parts, name)? {
                trees.insert(relations_of(name), relations);
            }
        }
        if let Some(relations) = relations {
            trees.insert(relations_of(&main), relations);
        }
        // The styles are the same in all documents.
        let mut of_styles = tree(&parts, &styles)?;
        let ids = join::ids(&of_styles);
        let taken = join::taken(numbering.as_ref().and_then(|name| trees.get(name)), &of_styles, &ids);
        join::add_styles(&mut of_styles, &ids, taken)?;
        parts.insert(styles, of_styles.part().into_bytes());
        let template = Self { parts, trees, main, numbering, settings, notes, headers, ids, taken };
        template.try_out()?;
        Ok(template)
    }

    /// Fills the template with nothing, so that what is wrong with it is told before there is a document.
    fn try_out(&self) -> Result<(), Fault> {
        let nothing = Meta {
            title: String::new(),
            word: String::new(),
            author: String::new(),
            whose: String::new(),
            dated: None,
            date: NaiveDate::default(),
            compiled: None,
            registry_number: None,
            status: None,
            standing: None,
            ident: String::new(),
        };
        for (name, tree) in &self.trees {
            let mut tree = tree.clone();
            if let Some(place) = self.place_of(name, &tree) {
                check::check_fields(&tree, place)?;
                if *name == self.main {
                    place::put_once(&mut tree, "")?;
                } else {
                    place::refuse(&tree, place)?;
                }
                fill::fill(&mut tree, place, &nothing)?;
            }
        }
        Ok(())
    }

    /// What people call the part, where it holds text.
    fn place_of(&self, name: &str, tree: &Element) -> Option<&'static str> {
        match tree.name.as_str() {
            _ if name == self.main => Some("text"),
            "w:hdr" => Some("sidhuvud"),
            "w:ftr" => Some("sidfot"),
            "w:footnotes" => Some("fotnoter"),
            _ => None,
        }
    }
}

fn tree(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<Element, Fault> {
    let content = parts.get(name).ok_or_else(|| open::not_word(&format!("delen {name} saknas")))?;
    tree::parse(name, content)
}

/// What a part leads to, where it leads anywhere.
fn of_part(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<Option<Element>, Fault> {
    let name = relations_of(name);
    parts.contains_key(&name).then(|| tree(parts, &name)).transpose()
}

/// Word 2010 wrote its styles twice, and takes a file for damaged where the two differ.
fn forget_old_styles(
    parts: &mut BTreeMap<String, Vec<u8>>,
    types: &mut Element,
    relations: Option<&mut Element>,
) {
    let is_old = |name: &str| name.ends_with("stylesWithEffects.xml");
    parts.retain(|name, _| !is_old(name));
    for (of, key) in [(Some(types), "PartName"), (relations, "Target")] {
        if let Some(of) = of {
            of.children.retain(
                |node| !matches!(node, tree::Node::Element(element) if element.get(key).is_some_and(is_old)),
            );
        }
    }
}

/// The part that holds the document, which has one name in Word and may have another elsewhere.
fn main_part(parts: &BTreeMap<String, Vec<u8>>) -> Result<String, Fault> {
    let relations = tree(parts, &relations_of(""))?;
    let is_main =
        |relation: &&Element| relation.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
    let target = relations.elements().find(is_main).and_then(|relation| relation.get("Target"));
    target.map(|target| resolved("", target)).ok_or_else(|| open::not_word("det har inget innehåll"))
}

/// The name of a part, as one in a folder calls it.
fn resolved(folder: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
