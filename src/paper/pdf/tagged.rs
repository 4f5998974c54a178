//! Files that say what their parts are (tagged PDF): what is a heading, a list, a table is taken as the file has it.

use std::collections::{BTreeMap, BTreeSet};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro_interpret::hayro_syntax::xref::XRef;

use super::super::gather::{Found, Gather};
use super::super::table::{self, RawCell, RawRow};
use super::super::{BlockKind, Fault, marker};
use super::letters::{Letter, Page};
use super::lines::{self, Written};

/// So deep parts may stand in each other.
const DEEPEST: usize = 100;
/// The most parts.
const MOST_PARTS: usize = 1_000_000;

/// Reads a file by its tags, if it has them and they name nearly all of its text.
pub(super) fn read(pdf: &Pdf, pages: &[Page], gather: &mut Gather) -> Result<bool, Fault> {
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return Ok(false) };
    let Some(tree) = catalog.get::<Dict<'_>>("StructTreeRoot") else { return Ok(false) };
    let mut parts: BTreeMap<(usize, i32), Vec<&Letter>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for letter in page.letters.iter().filter(|letter| !letter.artifact) {
            if let Some(part) = letter.part {
                parts.entry((number, part)).or_default().push(letter);
            }
        }
    }
    let numbers =
        pdf.pages().iter().zip(0..).filter_map(|(page, number)| Some((page.raw().obj_id()?, number)));
    let ends_in_space = lines::end_in_space(parts.values());
    let mut walk = Walk {
        xref: pdf.xref(),
        parts,
        ends_in_space,
        numbers: numbers.collect(),
        roles: tree.get::<Dict<'_>>("RoleMap"),
        seen: BTreeSet::new(),
        left: MOST_PARTS,
        taken: 0,
        made: Vec::new(),
        lists: 0,
    };
    walk.kids(&tree, None, Role::Group, &mut Text::default(), 0);
    let text = pages
        .iter()
        .flat_map(|page| &page.letters)
        .filter(|letter| !letter.artifact && !letter.is_space())
        .count();
    if walk.taken * 10 < text * 9 {
        return Ok(false);
    }
    for made in walk.made {
        let Made { what, text, marker } = made;
        if let Some(page) = text.page {
            gather.page(u32::try_from(page + 1).unwrap_or(u32::MAX));
        }
        let found = Found { look: text.written.look(), text: text.written.text, marker, ..Found::default() };
        match what {
            What::Heading(level) => gather.heading(level, false, found)?,
            What::Paragraph => gather.paragraph(found)?,
            What::Item(level) => gather.add(BlockKind::ListItem { level }, found)?,
            What::Toc => gather.add(BlockKind::Toc, found)?,
            What::Note => gather.add(BlockKind::Footnote, found)?,
            What::Table(rows) => table::add(rows, gather)?,
        }
    }
    let mut repeated: Vec<Vec<lines::Row>> = Vec::new();
    for page in pages {
        let of_page: Vec<Letter> = page.letters.iter().filter(|letter| letter.artifact).cloned().collect();
        repeated.push(lines::rows(&of_page, &[]));
    }
    let mut known = BTreeSet::new();
    for row in repeated.iter().flatten() {
        let text = row.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ");
        let plain: String = text.chars().filter(|letter| !letter.is_ascii_digit()).collect();
        if known.len() < 100 && known.insert(plain) {
            gather.repeated(&text)?;
        }
    }
    Ok(true)
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Group,
    Heading(u8),
    Paragraph,
    List,
    Item,
    Label,
    Table,
    Row,
    Cell { heads: bool },
    Toc,
    Note,
    Inline,
    Skipped,
}

/// A block that has been made.
struct Made {
    what: What,
    text: Text,
    marker: Option<String>,
}

enum What {
    Heading(u8),
    Paragraph,
    Item(u8),
    Toc,
    Note,
    Table(Vec<RawRow>),
}

/// Text that is being put together.
#[derive(Default)]
struct Text {
    written: Written,
    last: Option<Letter>,
    page: Option<usize>,
    label: Option<String>,
}

struct Walk<'a, 'l> {
    xref: &'a XRef,
    parts: BTreeMap<(usize, i32), Vec<&'l Letter>>,
    numbers: BTreeMap<ObjectIdentifier, usize>,
    roles: Option<Dict<'a>>,
    seen: BTreeSet<ObjectIdentifier>,
    left: usize,
    /// So many letters have been taken.
    taken: usize,
    made: Vec<Made>,
    lists: u8,
    ends_in_space: bool,
}

impl<'a> Walk<'a, '_> {
    fn role(&self, name: &str) -> Role {
        let mut name = name.to_owned();
        for _ in 0..8 {
            if let Some(role) = role(&name) {
                return role;
            }
            match self.roles.as_ref().and_then(|roles| roles.get::<Name<'_>>(name.as_bytes())) {
                Some(next) => name = next.as_str().to_owned(),
                None => break,
            }
        }
        Role::Group
    }

    /// Goes through the parts of a part; text is added to what is open.
    fn kids(&mut self, dict: &Dict<'a>, page: Option<usize>, role: Role, text: &mut Text, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let kids = self.children(dict);
        for kid in kids {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            match kid {
                Object::Number(number) => self.take(page, i32::try_from(number.as_i64()).ok(), text),
                Object::Dict(kid) => {
                    let own =
                        kid.get_ref("Pg").and_then(|page| self.numbers.get(&page.into()).copied()).or(page);
                    let of = kid.get::<Name<'_>>("Type");
                    match of.as_ref().map_or("", |name| name.as_str()) {
                        "MCR" => self.take(own, kid.get::<i32>("MCID"), text),
                        // A link or field of a form, which has no words here.
                        "OBJR" => {}
                        _ => self.element(&kid, own, role, text, depth + 1),
                    }
                }
                _ => {}
            }
        }
    }

    /// What stands in a part. What is referred to a second time is left out: it may lead back.
    fn children(&mut self, dict: &Dict<'a>) -> Vec<Object<'a>> {
        let one = dict.get_raw::<Object<'a>>("K");
        let all = match dict.get::<Object<'a>>("K") {
            Some(Object::Array(array)) => array.raw_iter().take(MOST_PARTS).collect(),
            _ => one.into_iter().collect::<Vec<MaybeRef<Object<'a>>>>(),
        };
        let xref = self.xref;
        all.into_iter()
            .filter_map(|kid| match kid {
                MaybeRef::Ref(reference) => {
                    let id = ObjectIdentifier::from(reference);
                    if self.seen.insert(id) { xref.get::<Object<'a>>(id) } else { None }
                }
                MaybeRef::NotRef(kid) => Some(kid),
            })
            .collect()
    }

    fn take(&mut self, page: Option<usize>, part: Option<i32>, text: &mut Text) {
        let Some(letters) = page.zip(part).and_then(|place| self.parts.remove(&place)) else { return };
        self.taken += letters.iter().filter(|letter| !letter.is_space()).count();
        text.page = text.page.or(page);
        text.written.add(&letters, &mut text.last, self.ends_in_space);
    }

    /// Ends the text that is open.
    fn end(&mut self, role: Role, text: &mut Text) {
        let mut text = std::mem::take(text);
        if text.written.text.trim().is_empty() {
            return;
        }
        let mut marker =
            text.label.take().map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
        let what = match role {
            Role::Heading(level) => What::Heading(level),
            Role::Toc => What::Toc,
            Role::Note => What::Note,
            Role::Item => {
                if marker.is_none()
                    && let Some((own, rest)) = marker::of_item(text.written.text.trim())
                {
                    (marker, text.written.text) = (Some(own), rest);
                }
                What::Item(self.lists.max(1))
            }
            _ => What::Paragraph,
        };
        self.made.push(Made { what, text, marker });
    }

    fn element(&mut self, dict: &Dict<'a>, page: Option<usize>, above: Role, text: &mut Text, depth: usize) {
        let name = dict.get::<Name<'_>>("S");
        let role = name.map_or(Role::Group, |name| self.role(name.as_str()));
        match role {
            Role::Skipped => {}
            Role::Label if matches!(above, Role::Item | Role::Note) => {
                let mut label = Text::default();
                self.kids(dict, page, Role::Inline, &mut label, depth);
                text.page = text.page.or(label.page);
                text.label = Some(label.written.text);
            }
            // The number of a note, where the text refers to it.
            Role::Label if !matches!(above, Role::Heading(_) | Role::Toc) => {
                let mut label = Text::default();
                self.kids(dict, page, Role::Inline, &mut label, depth);
                let words = label.written.text.trim();
                if !(words.len() <= 3 && words.bytes().all(|byte| byte.is_ascii_digit())) {
                    text.page = text.page.or(label.page);
                    text.written.text.push_str(words);
                }
            }
            Role::Inline | Role::Label => self.kids(dict, page, above, text, depth),
            // A paragraph in an item or a cell is its text.
            Role::Paragraph | Role::Group
                if matches!(above, Role::Item | Role::Cell { .. } | Role::Note | Role::Toc) =>
            {
                if above != Role::Toc && !text.written.text.trim().is_empty() {
                    if above == Role::Item {
                        self.end(above, text);
                    } else {
                        text.written.text.push('\n');
                        text.last = None;
                    }
                }
                self.kids(dict, page, above, text, depth);
            }
            Role::List => {
                if !matches!(above, Role::Cell { .. }) {
                    self.end(above, text);
                }
                self.lists = self.lists.saturating_add(1);
                if matches!(above, Role::Cell { .. }) {
                    self.kids(dict, page, above, text, depth);
                } else {
                    self.kids(dict, page, Role::Group, &mut Text::default(), depth);
                }
                self.lists -= 1;
            }
            Role::Item if matches!(above, Role::Cell { .. }) => {
                text.written.text.push('\n');
                text.last = None;
                self.kids(dict, page, above, text, depth);
            }
            Role::Table => {
                self.end(above, text);
                let mut rows = Vec::new();
                let begin = self.table(dict, page, &mut rows, false, depth);
                // What else stands in it comes first: its caption.
                let place = Text { page: begin, ..Text::default() };
                self.made.push(Made { what: What::Table(rows), text: place, marker: None });
            }
            role => {
                // A note in the middle of a sentence does not end it.
                if role != Role::Note {
                    self.end(above, text);
                }
                let mut own = Text::default();
                self.kids(dict, page, role, &mut own, depth);
                self.end(role, &mut own);
            }
        }
        if depth == 1 {
            self.end(Role::Group, text);
        }
    }

    /// Goes through the rows of a table; the page on which it begins.
    fn table(
        &mut self,
        dict: &Dict<'a>,
        page: Option<usize>,
        rows: &mut Vec<RawRow>,
        header: bool,
        depth: usize,
    ) -> Option<usize> {
        if depth > DEEPEST {
            return None;
        }
        let mut begin = None;
        for kid in self.children(dict).into_iter().filter_map(Object::into_dict) {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            let page = kid.get_ref("Pg").and_then(|page| self.numbers.get(&page.into()).copied()).or(page);
            let name = kid.get::<Name<'_>>("S");
            let name = name.as_ref().map_or("", |name| name.as_str());
            let own = match self.role(name) {
                Role::Row => {
                    rows.push(RawRow { header, ..RawRow::default() });
                    self.table(&kid, page, rows, header, depth + 1)
                }
                Role::Cell { heads } => {
                    let mut text = Text::default();
                    self.kids(&kid, page, Role::Cell { heads }, &mut text, depth + 1);
                    let cell = RawCell {
                        text: text.written.text,
                        columns: attribute(&kid, "ColSpan"),
                        rows: attribute(&kid, "RowSpan"),
                        continues: false,
                        heads,
                    };
                    if let Some(row) = rows.last_mut() {
                        row.cells.push(cell);
                    }
                    text.page.or(page)
                }
                Role::Group => self.table(&kid, page, rows, header || name == "THead", depth + 1),
                role => {
                    let mut text = Text::default();
                    self.kids(&kid, page, role, &mut text, depth + 1);
                    self.end(role, &mut text);
                    None
                }
            };
            begin = begin.or(own);
        }
        begin
    }
}

/// A number among the attributes of a part.
fn attribute(dict: &Dict<'_>, name: &str) -> u32 {
    let of = |attributes: &Dict<'_>| attributes.get::<u32>(name);
    let found = match dict.get::<Object<'_>>("A") {
        Some(Object::Dict(attributes)) => of(&attributes),
        Some(Object::Array(all)) => all.iter::<Dict<'_>>().take(20).find_map(|attributes| of(&attributes)),
        _ => None,
    };
    found.unwrap_or(1)
}

/// What a standard name says; nothing where it is a name of the file's own.
fn role(name: &str) -> Option<Role> {
    Some(match name {
        "H" | "Title" => Role::Heading(1),
        "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => Role::Heading(name.as_bytes().get(1)? - b'0'),
        "P" | "Caption" | "BibEntry" | "Figure" | "Formula" => Role::Paragraph,
        "L" => Role::List,
        "LI" => Role::Item,
        "Lbl" => Role::Label,
        "Table" => Role::Table,
        "TR" => Role::Row,
        "TH" => Role::Cell { heads: true },
        "TD" => Role::Cell { heads: false },
        "TOCI" => Role::Toc,
        "Note" | "FENote" => Role::Note,
        "Span" | "Link" | "Em" | "Strong" | "Reference" | "Quote" | "Code" | "Annot" | "Sub" | "Ruby"
        | "Warichu" => Role::Inline,
        "Artifact" => Role::Skipped,
        "Document" | "DocumentFragment" | "Part" | "Art" | "Sect" | "Div" | "BlockQuote" | "TOC"
        | "Index" | "NonStruct" | "Private" | "Aside" | "LBody" | "THead" | "TBody" | "TFoot" | "Form" => {
            Role::Group
        }
        _ => return None,
    })
}
