//! Hostile and damaged files: fonts, pictures and templates that others have made, or have made to break something.

use super::Case;

const DAY: &str = "2025-06-01";

/// A register with one agreement that takes the clause `relation`, which the register has of its own.
fn with_clause(text: &str) -> Case {
    let term = "start = 2025-01-01, end = 2025-12-31";
    let case = Case::new(term, "");
    let agreement = std::fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let agreement = agreement.replace("\"payouts\"]", "\"payouts\", \"relation\"]");
    case.with("agreements/a.toml", &agreement).with("templates/clauses/relation.md", text)
}

/// The agreement as it is written.
fn written(case: &Case) -> String {
    case.says(DAY, &["render", "--format", "md", "--document", "avtal"]);
    std::fs::read_to_string(case.folder.path().join("build/a/avtal.md")).unwrap_or_default()
}

#[test]
fn a_template_that_goes_too_deep_is_a_finding_in_every_command() {
    for (text, word) in [
        (
            format!("# X\n\n{{% if false %}}{}{{% endif %}}\n", "{% elif false %}\n".repeat(6_400)),
            "inuti varandra",
        ),
        (format!("# X\n\n{} x\n", "> ".repeat(6_000)), "mer än 30 led"),
        (format!("# X\n\n{{{{ {}1{} }}}}\n", "(".repeat(9_000), ")".repeat(9_000)), "parenteser"),
    ] {
        let case = with_clause(&text);
        assert_eq!(case.findings(DAY, &["IOP109"]), ["IOP109 "]);
        assert!(case.says(DAY, &["validate"]).contains(word), "{word}");
        let said = case.says(DAY, &["render", "--format", "md"]);
        assert!(said.contains("granskat per"), "{said}");
    }
}

#[test]
fn what_a_template_makes_is_bounded() {
    let repeated = |text: &str, times: usize| {
        let loops = "{% for a in [1,2,3,4,5,6,7,8,9,10] %}".repeat(times);
        format!("# X\n\n{loops}{text}{}\n", "{% endfor %}".repeat(times))
    };
    for text in [
        // Each line doubles what the one before it says.
        format!(
            "# X\n\n{{% set t %}}text{{% endset %}}{}{{{{ t }}}}",
            "{% set t %}{{ t }}{{ t }}{% endset %}".repeat(40)
        ),
        repeated(&"text ".repeat(100), 9),
        repeated("{{ agreement.title | markdown }}", 9),
        repeated("> ", 3),
        "# X\n\n{% include \"clauses/relation.md\" %}".to_owned(),
        "# X\n\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}".to_owned(),
    ] {
        let case = with_clause(&text);
        let said = case.says(DAY, &["render", "--format", "md", "--document", "avtal"]);
        assert!(said.contains("Mallen templates/"), "{said}");
    }
}

#[test]
fn a_template_may_end_its_lines_and_begin_as_any_editor_does() {
    let text = "# Parterna\n\nText ett.\n\n{% if true %}\n- punkt\n{% endif %}\n\nText två.\n";
    let plain = written(&with_clause(text));
    assert!(plain.contains("Text ett.\n\n- punkt\n\nText två.\n"), "{plain}");
    for saved in [
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        format!("\u{FEFF}{text}"),
        format!("\u{FEFF}{}", text.replace('\n', "\r\n")),
    ] {
        assert_eq!(written(&with_clause(&saved)), plain, "{saved:?}");
    }
}

#[test]
fn no_character_that_does_not_show_comes_from_a_template() {
    for raw in ["\u{1b}[31m", "\u{7f}", "\u{5}", "\u{202E}"] {
        let case = with_clause(&format!("# Parterna\n\nText {raw}.\n"));
        let said = case.says(DAY, &["validate"]);
        assert!(
            said.contains("IOP109") && said.contains("relation.md:3") && said.contains("inte syns: U+"),
            "{said}"
        );
    }
    for named in ["&#27;", "&#8238;", "{{ \"\\u001b\" }}", "`{{ \"\\u202e\" }}`"] {
        let case = with_clause(&format!("# Parterna\n\nText {named}.\n"));
        let said = case.says(DAY, &["render", "--format", "md", "--document", "avtal"]);
        assert!(said.contains("skrevs inte") && said.contains("tecken som inte syns"), "{named}: {said}");
    }
}

#[test]
fn the_mark_that_is_told_is_the_mark_that_is_there() {
    let case = |status: &str, template: &str| {
        let case = with_clause("# Parterna\n\nText.\n").with("templates/documents/avtal.md", template);
        let agreement = std::fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
        case.with(
            "agreements/a.toml",
            &agreement.replace("status = \"signed\"", &format!("status = \"{status}\"")),
        )
    };
    // A template of the municipality's own that says nothing of the mark.
    let silent = case("proposed", "# Avtal\n\nText.\n");
    assert!(silent.says(DAY, &["render", "--format", "md", "--document", "avtal"]).contains("(FÖRSLAG"));
    assert_eq!(written(&silent), "**FÖRSLAG**\n\n# Avtal\n\nText.\n");
    assert_eq!(written(&case("proposed", "**{{ mark }}**\n\n# Avtal\n")), "**FÖRSLAG**\n\n# Avtal\n");
    // One that says it whatever the agreement is.
    for status in ["draft", "signed"] {
        let said =
            case(status, "::: mark\n\nFÖRSLAG\n\n:::\n\n# Avtal\n").says(DAY, &["render", "--format", "md"]);
        assert!(said.contains("märket FÖRSLAG"), "{said}");
    }
}

#[cfg(feature = "pdf")]
mod pdf {
    use std::fs;

    use super::{Case, DAY, with_clause};

    fn with_picture(name: &str, picture: &[u8]) -> Case {
        let case = with_clause("# Parterna\n\nText.\n");
        let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
        let case = case
            .with(
                "iop.toml",
                &format!("{settings}[pdf]\nlogotype = {{ file = \"{name}\", text = \"Vapen\" }}\n"),
            )
            .with(&format!("templates/pictures/{name}"), "");
        fs::write(case.folder.path().join("templates/pictures").join(name), picture).unwrap();
        case
    }

    fn set(case: &Case) -> String {
        case.says(DAY, &["render", "--format", "pdf", "--document", "avtal"])
    }

    #[test]
    fn a_drawing_from_illustrator_is_set() {
        let drawing = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Generator: Adobe Illustrator 27.0.0 -->\n\
             <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n\
             \t<!ENTITY ns_ai \"http://ns.adobe.com/AdobeIllustrator/10.0/\">\n]>\n\
             <svg version=\"1.1\" id=\"Lager_1\" xmlns:i=\"&ns_ai;\" xmlns=\"http://www.w3.org/2000/svg\" x=\"0px\" y=\"0px\" \
             viewBox=\"0 0 100 100\" xml:space=\"preserve\">\n<switch>\n<foreignObject requiredExtensions=\"&ns_ai;\" x=\"0\" \
             y=\"0\" width=\"1\" height=\"1\">\n</foreignObject>\n<g i:extraneous=\"self\"><path d=\"M10,10h80v80H10z\"/></g>\n\
             </switch>\n</svg>\n";
        let case = with_picture("a.svg", drawing.as_bytes());
        let said = set(&case);
        assert!(case.folder.path().join("build/a/avtal.pdf").exists(), "{said}");
        assert_eq!(case.findings(DAY, &["IOP112"]), [""; 0]);
    }

    #[test]
    fn a_drawing_without_bound_is_a_finding_at_once() {
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\"><filter id=\"f\" width=\"9999\" \
             height=\"9999\" filterUnits=\"userSpaceOnUse\"><feTurbulence baseFrequency=\"0.05\" numOctaves=\"9999999\"/></filter>\
             <rect filter=\"url(#f)\" width=\"9999\" height=\"9999\"/></svg>";
        let case = with_picture("a.svg", drawing.as_bytes());
        assert_eq!(case.findings(DAY, &["IOP112"]), ["IOP112 pdf.logotype.file"]);
        assert!(case.says(DAY, &["validate"]).contains("filter"));
        // Only the picture that documents show is looked at.
        let unused = with_picture("b.svg", super::SQUARE.as_bytes());
        fs::write(unused.folder.path().join("templates/pictures/a.svg"), drawing).unwrap();
        assert_eq!(unused.findings(DAY, &["IOP112"]), [""; 0]);
    }

    #[test]
    fn a_damaged_font_is_a_finding_and_no_document_is_set_without_it() {
        let font =
            fs::read(crate::common::repository().join("assets/fonts/LibertinusSerif-Regular.otf")).unwrap();
        let case = with_clause("# Parterna\n\nText.\n").with("templates/fonts/x.otf", "");
        let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
        let case = case.with("iop.toml", &format!("{settings}[pdf]\nfont = \"Libertinus Serif\"\n"));
        let file = case.folder.path().join("templates/fonts/x.otf");
        fs::write(&file, &font).unwrap();
        assert_eq!(case.findings(DAY, &["IOP112"]), [""; 0]);
        fs::write(&file, &font[..font.len() / 3]).unwrap();
        assert_eq!(case.findings(DAY, &["IOP112"]), ["IOP112 "]);
        let written = || case.folder.path().join("build/a/avtal.pdf").exists();
        let said = set(&case);
        assert!(!written() && said.contains("kommunens eget typsnitt"), "{said}");
        fs::write(&file, &font).unwrap();
        let said = set(&case);
        assert!(written(), "{said}");
    }
}

/// A drawing that nobody objects to.
#[cfg(feature = "pdf")]
const SQUARE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg>"#;
