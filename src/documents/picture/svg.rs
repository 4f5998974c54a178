//! A drawing (SVG) that somebody has laid in the register. Whoever draws it goes down one step for each group and each
//! reference, and copies what is referred to: how much it comes to is counted before. What has no bound, or would look
//! otherwise than its maker saw it, is refused with what to export instead.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, NodeId, ParsingOptions};

use super::fault::Fault;

/// The largest drawing, in bytes. A coat of arms with all its leaves has a tenth of it.
const LARGEST: usize = 2 * 1024 * 1024;
/// So many elements, texts and comments.
const MOST_NODES: u32 = 50_000;
/// So many bytes of it there may be once each reference is a copy of what it refers to.
const MOST_DRAWN: usize = 6 * 1024 * 1024;
/// What an element costs beside its attributes.
const ELEMENT: usize = 64;
/// So deep groups and references may go, one after the other.
const DEEPEST: usize = 60;
/// So many bytes the abbreviations of the file's head may come to, wherever they are used.
const MOST_ABBREVIATED: usize = 4 * 1024 * 1024;

const SVG: &str = "http://www.w3.org/2000/svg";

const AS_PNG: &str = "Exportera bilden som png i stället, 2 000 bildpunkter bred.";
const SIMPLER: &str = "Förenkla bilden i ritprogrammet, eller exportera den som png, 2 000 bildpunkter bred.";
const AS_SVG: &str = "Exportera bilden på nytt som svg, sparad som UTF-8, eller som png.";
const AS_OUTLINES: &str = "Gör om linjerna till ytor innan bilden exporteras (Objekt > Bana > Konturlinje i Illustrator, Bana > Linje till bana i Inkscape), eller exportera den som png, 2 000 bildpunkter bred.";
const AS_CURVES: &str = "Gör om texten till kurvor innan bilden exporteras: Text > Skapa konturer i Illustrator, Bana > Objekt till bana i Inkscape, Outline stroke/Flatten i Figma.";

/// Looks a drawing through: what of it is to be set. Beside what all draw, Illustrator puts parts that only it reads, and
/// Inkscape filters that nothing uses any more; they are left out.
pub(in crate::documents) fn check(file: &[u8]) -> Result<Vec<u8>, Fault> {
    if file.len() > LARGEST {
        return Err(Fault::new("Bilden är större än 2 MB.", SIMPLER));
    }
    let no_svg = || Fault::new("Filen går inte att läsa som bild.", "Lägg dit en svg-, png- eller jpg-fil.");
    let text = std::str::from_utf8(file).map_err(|_| no_svg())?;
    if !text.contains("<svg") && !text.contains(SVG) {
        return Err(no_svg());
    }
    abbreviations(text)?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => {
            Fault::new(format!("Bilden har mer än {MOST_NODES} delar."), SIMPLER)
        }
        error => Fault::new(format!("Bilden är skriven fel på rad {}.", error.pos().row), AS_SVG),
    })?;
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Err(no_svg());
    }
    Drawing::new(&document)?.check(&document)?;
    let mut kept = String::with_capacity(text.len());
    let mut end = 0;
    for node in document.descendants().filter(|node| is_left_out(*node)) {
        let range = node.range();
        // One inside another is gone with it.
        if range.start >= end {
            kept.push_str(text.get(end..range.start).unwrap_or_default());
            end = range.end;
        }
    }
    kept.push_str(text.get(end..).unwrap_or_default());
    Ok(kept.into_bytes())
}

/// Whether a part is never to be set: only a drawing program reads it, or it is refused wherever it is used. Whatever way
/// to refer to it the drawing may find, there is nothing to be found.
fn is_left_out(node: Node<'_, '_>) -> bool {
    node.has_tag_name((SVG, "foreignObject")) || unbounded(node).is_some()
}

/// The abbreviations (entities) that Illustrator writes in the head of a file. Each may stand for a text, which may hold no
/// further ones and nothing from elsewhere.
fn abbreviations(text: &str) -> Result<(), Fault> {
    let mut longest = 0;
    for declared in text.split("<!ENTITY").skip(1) {
        let declared = declared.split('>').next().unwrap_or_default();
        let mut parts = declared.split(['"', '\'']);
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let words = name.split_whitespace().count();
        if words != 1 || name.contains('%') || value.contains(['&', '<', '%']) {
            return Err(Fault::new("Bilden hämtar delar av sig själv från andra ställen (ENTITY).", AS_SVG));
        }
        longest = longest.max(value.len());
    }
    if longest.saturating_mul(text.matches('&').count()) > MOST_ABBREVIATED {
        return Err(Fault::new("Bildens förkortningar (ENTITY) blir för långa.", AS_SVG));
    }
    Ok(())
}

/// What a reference leads to, and how often it may.
struct Drawing<'a> {
    named: BTreeMap<&'a str, NodeId>,
    /// What each class of the style sheets refers to.
    classes: BTreeMap<&'a str, Vec<&'a str>>,
    /// What each node comes to: bytes and steps, where it has been counted. Nothing where it is being counted.
    counted: BTreeMap<usize, Option<(usize, usize)>>,
}

impl<'a> Drawing<'a> {
    fn new(document: &'a Document<'_>) -> Result<Self, Fault> {
        let mut named = BTreeMap::new();
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for node in document.descendants() {
            if let Some(id) = node.attribute("id")
                && named.insert(id, node.id()).is_some()
            {
                // What a reference means would be for each program to choose.
                return Err(Fault::new(format!("Bilden har två delar med samma namn (id ”{id}”)."), AS_SVG));
            }
            if node.has_tag_name((SVG, "style")) {
                for text in node.children().filter_map(|child| child.text()) {
                    sheet(text, &mut classes)?;
                }
            }
        }
        Ok(Self { named, classes, counted: BTreeMap::new() })
    }

    fn check(mut self, document: &'a Document<'_>) -> Result<(), Fault> {
        let root = document.root_element();
        let mut depth = 0_usize;
        for edge in root.descendants() {
            // The depth of the tree itself, before anything goes down in it.
            depth = depth.max(edge.ancestors().take(DEEPEST + 2).count());
            known(edge)?;
        }
        if depth > DEEPEST {
            return Err(too_deep());
        }
        let (drawn, _) = self.count(root, 0)?;
        if drawn > MOST_DRAWN {
            return Err(Fault::new("Bilden upprepar delar av sig själv för många gånger.", SIMPLER));
        }
        Ok(())
    }

    /// What a node comes to with all that it refers to: bytes and steps.
    fn count(&mut self, node: Node<'a, '_>, depth: usize) -> Result<(usize, usize), Fault> {
        match self.counted.get(&node.id().get_usize()) {
            Some(Some(counted)) => return Ok(*counted),
            Some(None) => return Err(Fault::new("Bilden har delar som hänvisar till sig själva.", SIMPLER)),
            None => {}
        }
        if depth > DEEPEST {
            return Err(too_deep());
        }
        self.counted.insert(node.id().get_usize(), None);
        let (mut bytes, mut steps) = (ELEMENT, 0);
        let mut leads_to = Vec::new();
        for attribute in node.attributes() {
            bytes += attribute.value().len();
            references(attribute.name(), attribute.value(), &mut leads_to)?;
        }
        for class in node.attribute("class").into_iter().flat_map(str::split_whitespace) {
            leads_to.extend(self.classes.get(class).into_iter().flatten().copied());
        }
        let mut below: Vec<Node<'a, '_>> = node.children().filter(Node::is_element).collect();
        for name in leads_to {
            let Some(target) = self.named.get(name).and_then(|id| node.document().get_node(*id)) else {
                continue;
            };
            if let Some(what) = unbounded(target) {
                return Err(Fault::new(
                    what,
                    "Exportera bilden utan dem, eller som png, 2 000 bildpunkter bred.",
                ));
            }
            below.push(target);
        }
        for part in below {
            let (more, deeper) = self.count(part, depth + 1)?;
            bytes = bytes.saturating_add(more);
            steps = steps.max(deeper + 1);
        }
        if steps > DEEPEST {
            return Err(too_deep());
        }
        self.counted.insert(node.id().get_usize(), Some((bytes, steps)));
        Ok((bytes, steps))
    }
}

fn too_deep() -> Fault {
    Fault::new(format!("Bilden har grupper och hänvisningar i mer än {DEEPEST} led."), SIMPLER)
}

/// Refuses elements whose drawing has no bound, or that are not drawn as their maker saw them.
fn known(node: Node<'_, '_>) -> Result<(), Fault> {
    if !node.is_element() || node.tag_name().namespace() != Some(SVG) {
        return Ok(());
    }
    match node.tag_name().name() {
        "image" | "feImage" => {
            Err(Fault::new("Bilden har en annan bild i sig, eller en länk till en.", AS_PNG))
        }
        "text" | "textPath" | "tref"
            if node.descendants().any(|part| part.text().is_some_and(|text| !text.trim().is_empty())) =>
        {
            Err(Fault::new("Bilden har text som beror på vilka typsnitt som finns.", AS_CURVES))
        }
        // What only a program for drawing reads stands beside what all draw.
        "foreignObject" if !node.parent().is_some_and(|parent| parent.has_tag_name((SVG, "switch"))) => {
            Err(Fault::new("Bilden har innehåll som bara en webbläsare kan visa (foreignObject).", AS_PNG))
        }
        _ => Ok(()),
    }
}

/// What it is that is drawn point by point, as often as it likes.
fn unbounded(node: Node<'_, '_>) -> Option<&'static str> {
    match node.tag_name().name() {
        "filter" => Some(FILTERS),
        "pattern" => Some("Bilden har ett mönster som upprepas."),
        "marker" => Some("Bilden har markörer, till exempel pilspetsar."),
        _ => None,
    }
}

const DASHES: &str = "Bilden har streckade linjer.";
const FILTERS: &str = "Bilden har filter, till exempel skuggor eller oskärpa.";

/// The names that an attribute refers to. What lies in another file is refused.
fn references<'a>(name: &str, value: &'a str, found: &mut Vec<&'a str>) -> Result<(), Fault> {
    let elsewhere = || Fault::new("Bilden hänvisar till en annan fil eller till webben.", AS_PNG);
    // Each program finds its own names between comments and rewritten letters.
    if name == "style" && (value.contains("/*") || value.contains('\\')) {
        return Err(Fault::new("Bildens formatmall har kommentarer eller omskrivna tecken (\\).", AS_SVG));
    }
    if name == "href" {
        match value.trim().strip_prefix('#') {
            Some(name) => found.push(name),
            // A link leads the reader away and draws nothing.
            None if value.trim().starts_with("http") => {}
            None => return Err(elsewhere()),
        }
    }
    let mut rest = value;
    while let Some((_, after)) = rest.split_once("url(") {
        let (inside, after) = after.split_once(')').unwrap_or((after, ""));
        let name = inside.trim().trim_matches(['"', '\'']).trim();
        found.push(name.strip_prefix('#').ok_or_else(elsewhere)?);
        rest = after;
    }
    // A filter may also be written out in place, with no name, and dashes have no number that the file would show.
    for (property, what, help) in [("filter", FILTERS, AS_PNG), ("stroke-dasharray", DASHES, AS_OUTLINES)] {
        let is_set = |value: &str| !matches!(value.trim(), "" | "none") && !value.contains("url(");
        let mut styles = value.split(['{', ';']).filter_map(|one| one.split_once(':'));
        let in_style = || styles.any(|(name, value)| name.trim() == property && is_set(value));
        if name == property && is_set(value) || name == "style" && { in_style }() {
            return Err(Fault::new(what, help));
        }
    }
    Ok(())
}

/// The references of a style sheet, by class. Those of other selectors could stand anywhere and are refused.
fn sheet<'a>(text: &'a str, classes: &mut BTreeMap<&'a str, Vec<&'a str>>) -> Result<(), Fault> {
    references("style", text, &mut Vec::new())?;
    for rule in text.split('}') {
        let Some((selectors, body)) = rule.split_once('{') else { continue };
        let mut found = Vec::new();
        references("style", body, &mut found)?;
        if found.is_empty() {
            continue;
        }
        for selector in selectors.split(',') {
            let class =
                selector.trim().strip_prefix('.').filter(|class| !class.contains([' ', '.', ':', '>', '[']));
            let class = class.ok_or_else(|| {
                Fault::new(
                    "Bildens formatmall hänvisar till delar av bilden på ett sätt som inte kan följas.",
                    AS_PNG,
                )
            })?;
            classes.entry(class).or_default().extend(&found);
        }
    }
    Ok(())
}

/// The width and height of a drawing, in thousandths of its own unit: as its frame says, or its sides.
pub(super) fn sides(file: &[u8]) -> Option<(u64, u64)> {
    let text = std::str::from_utf8(file).ok()?;
    let drawing =
        Document::parse_with_options(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })
            .ok()?;
    let root = drawing.root_element();
    let framed = root.attribute("viewBox").and_then(|frame| {
        let mut sides = frame.split([' ', ',']).filter(|side| !side.is_empty()).skip(2);
        thousandths(sides.next()?).zip(thousandths(sides.next()?))
    });
    framed.or_else(|| thousandths(root.attribute("width")?).zip(thousandths(root.attribute("height")?)))
}

/// "210.5mm" as 210 500.
fn thousandths(side: &str) -> Option<u64> {
    let number = side.trim().trim_end_matches(|letter: char| letter.is_alphabetic() || letter == '%');
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: u64 = whole.parse().ok()?;
    whole.checked_mul(1000)?.checked_add(part.parse().ok()?).filter(|side| *side > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(inside: &str) -> String {
        said_of(&format!(
            "<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
        ))
    }

    fn said_of(file: &str) -> String {
        check(file.as_bytes()).err().map_or_else(String::new, |fault| fault.problem)
    }

    #[test]
    fn what_drawing_programs_export_is_read() {
        let illustrator = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
             \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n<!ENTITY ns_ai \"http://ns.adobe.com/AdobeIllustrator/10.0/\">\n]>\n\
             <svg xmlns:i=\"&ns_ai;\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><switch>\
             <foreignObject requiredExtensions=\"&ns_ai;\" width=\"1\" height=\"1\"><i:aipgfRef/></foreignObject>\
             <g i:extraneous=\"self\"><path d=\"M1,1h8v8H1z\"/></g></switch></svg>";
        assert_eq!(said_of(illustrator), "");
        for drawing in [
            // Inkscape
            "<defs><filter id=\"f\"><feTurbulence/></filter></defs><g style=\"fill:#000;stroke-dasharray:none;filter:none\"><path d=\"M0 0\"/></g>",
            // Figma
            "<g clip-path=\"url(#c)\"><mask id=\"m\"><path d=\"M0 0\"/></mask><g mask=\"url(#m)\"><path/></g></g><defs><clipPath id=\"c\"><rect/></clipPath></defs>",
            "<style>.st0{fill:#fff;}.st1{clip-path:url(#c);}</style><g class=\"st1\"><use xlink:href=\"#c\"/></g><clipPath id=\"c\"/>",
            "<linearGradient id=\"a\"/><linearGradient id=\"b\" xlink:href=\"#a\"/><path fill=\"url('#b')\"/>",
            "<a xlink:href=\"https://adala.example\"><path/></a><text> </text>",
        ] {
            assert_eq!(said(drawing), "", "{drawing}");
        }
    }

    #[test]
    fn what_is_never_drawn_is_left_out() {
        let drawing = format!(
            "<svg xmlns=\"{SVG}\"><switch><foreignObject>å<g/></foreignObject><path/></switch></svg>"
        );
        let kept = String::from_utf8(check(drawing.as_bytes()).unwrap()).unwrap();
        assert_eq!(kept, format!("<svg xmlns=\"{SVG}\"><switch><path/></switch></svg>"));
        let filters = format!("<svg xmlns=\"{SVG}\"><filter id=\"f\"><feBlend/></filter><path/></svg>");
        let kept = String::from_utf8(check(filters.as_bytes()).unwrap()).unwrap();
        assert_eq!(kept, format!("<svg xmlns=\"{SVG}\"><path/></svg>"));
    }

    #[test]
    fn what_has_no_bound_or_lies_elsewhere_is_refused() {
        for (drawing, word) in [
            ("<filter id=\"f\"/><path filter=\"url(#f)\"/>", "filter"),
            ("<path style=\"filter: blur(9999px)\"/>", "filter"),
            ("<path filter=\"blur(9999px)\"/>", "filter"),
            ("<path d=\"M0 0h1e38\" stroke-dasharray=\"0.001\"/>", "streckade"),
            ("<style>.a{stroke-dasharray:0.001}</style>", "streckade"),
            ("<style>path{filter:blur(9px)}</style>", "filter"),
            ("<style>path{clip-path:url(#a)}</style>", "formatmall"),
            ("<pattern id=\"f\"/><path fill=\"url(#f)\"/>", "mönster"),
            ("<marker id=\"f\"/><path style=\"marker-end:url(#f)\"/>", "markörer"),
            ("<image xlink:href=\"data:image/png;base64,AA\"/>", "annan bild"),
            ("<use xlink:href=\"file:///etc/passwd#a\"/>", "annan fil"),
            ("<path fill=\"url(x.svg#a)\"/>", "annan fil"),
            ("<text>Ådala</text>", "typsnitt"),
            ("<foreignObject><p>x</p></foreignObject>", "webbläsare"),
            ("<g id=\"a\"><use xlink:href=\"#a\"/></g>", "sig själva"),
            ("<g>", "rad 1"),
            ("<g id=\"f\"/><filter id=\"f\"/><path filter=\"url(#f)\"/>", "samma namn"),
            ("<style>.a{fill:red/*}*/;filter:url(#f)}</style>", "kommentarer"),
            ("<style>.a/*x*/{clip-path:url(#f)}</style>", "kommentarer"),
            ("<path style=\"fill:red;/**/filter:blur(90000px)\"/>", "kommentarer"),
            ("<path style=\"\\66ilter:blur(90000px)\"/>", "kommentarer"),
        ] {
            let said = said(drawing);
            assert!(said.contains(word), "{drawing}: {said}");
        }
        let deep = format!("{}{}", "<g>".repeat(5_000), "</g>".repeat(5_000));
        assert!(said(&deep).contains("led"));
        assert!(said(&"<g/>".repeat(60_000)).contains("delar"));
        let twice = |step: usize| {
            format!("<g id=\"a{step}\"><use href=\"#a{0}\"/><use href=\"#a{0}\"/></g>", step - 1)
        };
        let doubles = (1..20).map(twice).collect::<Vec<_>>().concat();
        assert!(said(&format!("<g id=\"a0\"/>{doubles}")).contains("upprepar"));
    }

    #[test]
    fn abbreviations_are_bounded() {
        let with = |head: &str| said_of(&format!("<!DOCTYPE svg [{head}]><svg xmlns=\"{SVG}\"/>"));
        assert_eq!(with("<!ENTITY a \"x\">"), "");
        for head in [
            "<!ENTITY a \"&b;&b;\">",
            "<!ENTITY a SYSTEM \"file:///etc/passwd\">",
            "<!ENTITY % a \"x\">",
            "<!ENTITY a '<g/>'>",
        ] {
            assert!(with(head).contains("ENTITY"), "{head}");
        }
        let long = format!("<!ENTITY a \"{}\"><!-- {} -->", "x".repeat(1000), "&a;".repeat(5000));
        assert!(with(&long).contains("för långa"));
    }
}
