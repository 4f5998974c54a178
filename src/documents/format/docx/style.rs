//! The named styles. Word knows the built-in ones by their English name and shows them in the language of its user; a
//! municipality's own template restyles them, and finds them by the same names.

/// A named style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Style {
    #[default]
    Normal,
    Body,
    Title,
    Subtitle,
    Heading1,
    Heading2,
    Heading3,
    Heading4,
    Heading5,
    Heading6,
    Bullet1,
    Bullet2,
    Bullet3,
    Number1,
    Number2,
    Number3,
    Continued,
    TableText,
    TableHead,
    Mark,
    DocumentHead,
    Signature,
    SignatureFact,
    Signer,
    Quote,
    Code,
    Rule,
    Header,
    Footer,
    NoteText,
    NoteReference,
    Hyperlink,
    Placeholder,
    CodeText,
    Table,
}

/// What a style is set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Character,
    Table,
}

/// How a style is defined where no template does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Definition<'a> {
    /// Its id in the file, as Swedish Word writes it.
    pub(super) id: &'static str,
    /// Its name in the file: English where it is built in.
    pub(super) name: &'static str,
    /// What Swedish Word and others call it.
    pub(super) also: &'static [&'static str],
    pub(super) kind: Kind,
    /// The style that it is a variant of.
    pub(super) based_on: Option<Style>,
    /// The style of the paragraph after it.
    pub(super) next: Option<Style>,
    /// What it changes in paragraphs.
    pub(super) paragraph: &'a str,
    /// What it changes in letters.
    pub(super) letters: &'a str,
}

impl Style {
    /// All styles, in the order of the file: those that others are based on come first.
    pub(super) const ALL: [Self; 35] = [
        Self::Normal,
        Self::Body,
        Self::Title,
        Self::Subtitle,
        Self::Heading1,
        Self::Heading2,
        Self::Heading3,
        Self::Heading4,
        Self::Heading5,
        Self::Heading6,
        Self::Bullet1,
        Self::Bullet2,
        Self::Bullet3,
        Self::Number1,
        Self::Number2,
        Self::Number3,
        Self::Continued,
        Self::TableText,
        Self::TableHead,
        Self::Mark,
        Self::DocumentHead,
        Self::Signature,
        Self::SignatureFact,
        Self::Signer,
        Self::Quote,
        Self::Code,
        Self::Rule,
        Self::Header,
        Self::Footer,
        Self::NoteText,
        Self::NoteReference,
        Self::Hyperlink,
        Self::Placeholder,
        Self::CodeText,
        Self::Table,
    ];

    /// The style of a heading.
    pub(super) fn heading(level: u8) -> Self {
        match level {
            0 | 1 => Self::Heading1,
            2 => Self::Heading2,
            3 => Self::Heading3,
            4 => Self::Heading4,
            5 => Self::Heading5,
            _ => Self::Heading6,
        }
    }

    /// The style of an item of a list so many steps down, from 0.
    pub(super) fn item(is_ordered: bool, depth: usize) -> Self {
        match (is_ordered, depth) {
            (false, 0) => Self::Bullet1,
            (false, 1) => Self::Bullet2,
            (false, _) => Self::Bullet3,
            (true, 0) => Self::Number1,
            (true, 1) => Self::Number2,
            (true, _) => Self::Number3,
        }
    }

    /// How it is defined where no template does.
    pub(super) fn definition(self) -> Definition<'static> {
        match self {
            Self::Normal => paragraph("Normal", "Normal", &[], None).looks(
                "<w:widowControl/><w:suppressAutoHyphens/><w:spacing w:after=\"0\" w:line=\"271\" w:lineRule=\"auto\"/>",
                "",
            ),
            Self::Body => paragraph("Brdtext", "Body Text", &["Brödtext"], Some(Self::Normal))
                .looks("<w:spacing w:after=\"150\"/><w:ind w:right=\"1418\"/>", ""),
            Self::Title => paragraph("Rubrik", "Title", &["Titel", "Rubrik"], Some(Self::Normal))
                .then(Self::Body)
                .looks("<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"200\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:b/><w:bCs/><w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/>"),
            Self::Subtitle => paragraph("Underrubrik", "Subtitle", &["Underrubrik"], Some(Self::Normal))
                .then(Self::Body)
                .looks("<w:spacing w:after=\"120\"/><w:ind w:right=\"1418\"/>", "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>"),
            Self::Heading1 => heading("Rubrik1", "heading 1", &["Rubrik 1"], "<w:spacing w:before=\"320\" w:after=\"200\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"0\"/>", "<w:b/><w:bCs/><w:sz w:val=\"38\"/><w:szCs w:val=\"38\"/>"),
            Self::Heading2 => heading("Rubrik2", "heading 2", &["Rubrik 2"], "<w:spacing w:before=\"360\" w:after=\"100\" w:line=\"250\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"1\"/>", "<w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"),
            Self::Heading3 => heading("Rubrik3", "heading 3", &["Rubrik 3"], "<w:spacing w:before=\"260\" w:after=\"80\" w:line=\"250\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"2\"/>", "<w:b/><w:bCs/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>"),
            Self::Heading4 => heading("Rubrik4", "heading 4", &["Rubrik 4"], "<w:spacing w:before=\"220\" w:after=\"60\"/><w:outlineLvl w:val=\"3\"/>", "<w:b/><w:bCs/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"),
            Self::Heading5 => heading("Rubrik5", "heading 5", &["Rubrik 5"], "<w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"4\"/>", "<w:i/><w:iCs/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"),
            Self::Heading6 => heading("Rubrik6", "heading 6", &["Rubrik 6"], "<w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"5\"/>", "<w:i/><w:iCs/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"),
            Self::Bullet1 => item("Punktlista", "List Bullet", &["Punktlista"], "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/><w:ind w:left=\"397\" w:right=\"1418\" w:hanging=\"397\"/>"),
            Self::Bullet2 => item("Punktlista2", "List Bullet 2", &["Punktlista 2"], "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/><w:ind w:left=\"794\" w:right=\"1418\" w:hanging=\"397\"/>"),
            Self::Bullet3 => item("Punktlista3", "List Bullet 3", &["Punktlista 3"], "<w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/><w:ind w:left=\"1191\" w:right=\"1418\" w:hanging=\"397\"/>"),
            Self::Number1 => item("Numreradlista", "List Number", &["Numrerad lista"], "<w:numPr><w:numId w:val=\"2\"/></w:numPr><w:spacing w:after=\"60\"/><w:ind w:left=\"397\" w:right=\"1418\" w:hanging=\"397\"/>"),
            Self::Number2 => item("Numreradlista2", "List Number 2", &["Numrerad lista 2"], "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"2\"/></w:numPr><w:spacing w:after=\"60\"/><w:ind w:left=\"794\" w:right=\"1418\" w:hanging=\"397\"/>"),
            Self::Number3 => item("Numreradlista3", "List Number 3", &["Numrerad lista 3"], "<w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"2\"/></w:numPr><w:spacing w:after=\"60\"/><w:ind w:left=\"1191\" w:right=\"1418\" w:hanging=\"397\"/>"),
            Self::Continued => item("Listafortstt", "List Continue", &["Lista, fortsätt", "Listfortsättning"], "<w:spacing w:after=\"60\"/><w:ind w:right=\"1418\"/>"),
            Self::TableText => paragraph("Tabelltext", "Tabelltext", &[], Some(Self::Normal))
                .looks("<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"245\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>"),
            Self::TableHead => paragraph("Tabellrubrik", "Tabellrubrik", &[], Some(Self::TableText))
                .looks("<w:keepNext/>", "<w:b/><w:bCs/>"),
            Self::Mark => paragraph("Mrkning", "Märkning", &[], Some(Self::Normal))
                .then(Self::Body)
                .looks("<w:keepNext/><w:spacing w:before=\"120\" w:after=\"160\"/>", "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:b/><w:bCs/><w:spacing w:val=\"30\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>"),
            Self::DocumentHead => paragraph("Dokumenthuvud", "Dokumenthuvud", &[], Some(Self::Normal))
                .looks("<w:spacing w:after=\"140\" w:line=\"259\" w:lineRule=\"auto\"/>", ""),
            Self::Signature => paragraph("Underskrift", "Underskrift", &[], Some(Self::Normal)).looks(
                "<w:keepLines/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"3\" w:color=\"000000\"/><w:between w:val=\"single\" w:sz=\"6\" w:space=\"3\" w:color=\"000000\"/></w:pBdr><w:spacing w:before=\"760\" w:after=\"120\" w:line=\"259\" w:lineRule=\"auto\"/>",
                "",
            ),
            Self::SignatureFact => paragraph("Underskriftsuppgift", "Underskriftsuppgift", &[], Some(Self::Normal))
                .looks("<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"60\"/>", ""),
            Self::Signer => paragraph("Undertecknare", "Undertecknare", &[], Some(Self::Normal))
                .looks("<w:keepLines/><w:spacing w:before=\"760\" w:after=\"120\"/>", ""),
            Self::Quote => paragraph("Citat", "Quote", &["Citat"], Some(Self::Normal))
                .then(Self::Body)
                .looks("<w:spacing w:after=\"150\"/><w:ind w:left=\"567\" w:right=\"1134\"/>", ""),
            Self::Code => paragraph("Kod", "Kod", &[], Some(Self::Normal))
                .looks("<w:keepLines/><w:spacing w:after=\"150\" w:line=\"240\" w:lineRule=\"auto\"/>", CODE_LETTERS),
            Self::Rule => paragraph("Skiljelinje", "Skiljelinje", &[], Some(Self::Normal))
                .then(Self::Body)
                .looks("<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"808080\"/></w:pBdr><w:spacing w:after=\"240\" w:line=\"120\" w:lineRule=\"exact\"/>", ""),
            Self::Header => paragraph("Sidhuvud", "header", &["Sidhuvud"], Some(Self::Normal))
                .looks("<w:tabs><w:tab w:val=\"right\" w:pos=\"9071\"/></w:tabs><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>", SMALL_SANS),
            Self::Footer => paragraph("Sidfot", "footer", &["Sidfot"], Some(Self::Normal))
                .looks("<w:tabs><w:tab w:val=\"right\" w:pos=\"9071\"/></w:tabs><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>", SMALL_SANS),
            Self::NoteText => paragraph("Fotnotstext", "footnote text", &["Fotnotstext"], Some(Self::Normal)).looks(
                "<w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:right=\"1418\"/>",
                "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
            ),
            Self::NoteReference => character("Fotnotsreferens", "footnote reference", &["Fotnotsreferens"])
                .looks("", "<w:vertAlign w:val=\"superscript\"/>"),
            Self::Hyperlink => character("Hyperlnk", "Hyperlink", &["Hyperlänk"])
                .looks("", "<w:color w:val=\"1F3F77\"/><w:u w:val=\"single\"/>"),
            Self::Placeholder => character("Platshllartext", "Placeholder Text", &["Platshållartext"])
                .looks("", "<w:color w:val=\"595959\"/>"),
            Self::CodeText => character("Kodtext", "Kodtext", &[]).looks("", CODE_LETTERS),
            Self::Table => Definition {
                kind: Kind::Table,
                ..paragraph("Tabell", "Tabell", &[], None)
            },
        }
    }
}

/// What keeps the lines of our own page to eighty letters, in the definitions above.
pub(super) const MEASURE: &str = " w:right=\"1418\"";

/// The letters of headings and heads.
pub(super) const SANS: &str = "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/>";
const CODE_LETTERS: &str = "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/><w:noProof/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>";
const SMALL_SANS: &str = "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:color w:val=\"404040\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>";

fn paragraph(
    id: &'static str,
    name: &'static str,
    also: &'static [&'static str],
    based_on: Option<Style>,
) -> Definition<'static> {
    Definition { id, name, also, kind: Kind::Paragraph, based_on, next: None, paragraph: "", letters: "" }
}

fn character(id: &'static str, name: &'static str, also: &'static [&'static str]) -> Definition<'static> {
    Definition { kind: Kind::Character, ..paragraph(id, name, also, None) }
}

/// A heading: with what it heads, and in the letters of headings.
fn heading(
    id: &'static str,
    name: &'static str,
    also: &'static [&'static str],
    paragraph_looks: &'static str,
    letters: &'static str,
) -> Definition<'static> {
    paragraph(id, name, also, Some(Style::Normal)).then(Style::Body).looks(paragraph_looks, letters)
}

fn item(
    id: &'static str,
    name: &'static str,
    also: &'static [&'static str],
    looks: &'static str,
) -> Definition<'static> {
    paragraph(id, name, also, Some(Style::Normal)).looks(looks, "")
}

impl Definition<'_> {
    fn looks<'a>(self, paragraph: &'a str, letters: &'a str) -> Definition<'a> {
        Definition { paragraph, letters, ..self }
    }

    fn then(self, next: Style) -> Self {
        Self { next: Some(next), ..self }
    }

    /// Whether a style of a file is this one, by its name in any language.
    pub(super) fn is_named(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        self.name.to_lowercase() == name || self.also.iter().any(|other| other.to_lowercase() == name)
    }

    /// Whether it is a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.name.starts_with("heading ")
    }
}
