//! Kinds of documents, what they are about, and their formats: a kind is one file, and what it says is the same in every
//! format and on every day.

use std::fs;
use std::io::Read;
use std::path::Path;

use iop::documents::{Format, RenderOptions, Stationery, Subject, render};
use iop::register::{Register, disk};
use zip::ZipArchive;

use crate::common::{Lund, TODAY, repository, run_in};

const MEETING: &str = "{#\ntitle = \"Kallelse\"\npurpose = \"Kallar gruppen.\"\nsubject = \"meeting\"\nword = \"kallelse\"\n#}\n# Kallelse till {{ meeting.title }}\n\nMötet är {{ meeting.when }}.\n\n{{ agreement.title | capitalised }}\n";

#[test]
fn a_register_adds_a_kind_of_its_own_with_one_file() {
    let lund = Lund::copy();
    lund.write("templates/documents/kallelse.md", MEETING);
    let listed = lund.run(&["render", "--list", "--as-of", TODAY]);
    assert_eq!(listed.code, 0, "{listed:?}");
    for word in ["kallelse", "Kallar gruppen.", "avtal", "tillaggsavtal", "tjansteskrivelse-andring"] {
        assert!(listed.output.contains(word), "{}", listed.output);
    }
    // What nobody names is what is about a whole agreement.
    let usual = lund.run(&["render", "--format", "md", "--as-of", TODAY]);
    assert!(!usual.output.contains("kallelse"), "{}", usual.output);
    let json = lund.run(&["schedule", "--from", "2021-01-01", "--format", "json", "--as-of", TODAY]).output;
    let schedule: serde_json::Value = serde_json::from_str(&json).unwrap();
    let meeting = schedule["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "steering-meeting" && one["id"].as_str().unwrap().starts_with("rsmh"))
        .unwrap();
    let id = meeting["id"].as_str().unwrap();
    let run = lund.run(&["render", id, "--format", "md", "--as-of", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    let folder = fs::read_dir(lund.path("build/rsmh-lund-2021")).unwrap();
    let name = folder.map(|file| file.unwrap().file_name().into_string().unwrap());
    let name = name.into_iter().find(|name| name.starts_with("kallelse-")).unwrap();
    let text = lund.read(&format!("build/rsmh-lund-2021/{name}"));
    assert!(text.contains("# Kallelse till ") && text.contains("Mötet är "), "{text}");
}

#[test]
fn a_date_that_does_not_exist_or_has_no_paper_is_told() {
    let lund = Lund::copy();
    let says = |name: &str| {
        let run = lund.run(&["render", name, "--as-of", TODAY]);
        assert_eq!(run.code, 2, "{run:?}");
        run.errors
    };
    assert!(says("rsmh-lund-2021/nej/1").contains("inget datum som heter"));
    assert!(says("social/2023").contains("inget sådant dokument om en nämnd och ett år"));
    assert!(lund.run(&["render", "--document", "avtall"]).errors.contains("Menade du ”avtal”?"));
}

#[test]
fn a_committees_year_is_a_subject() {
    let lund = Lund::copy();
    let kind = "{#\ntitle = \"Sammanställning\"\npurpose = \"Året.\"\nsubject = \"committee-year\"\nword = \"sammanställning\"\n#}\n# {{ committee }} {{ year.year }}\n\n{% for one in year.agreements %}\n- {{ one.title }}: {{ one.amount or \"okänt\" }}\n{% endfor %}\n";
    lund.write("templates/documents/aret.md", kind);
    let run = lund.run(&["render", "social/2023", "--format", "md", "--as-of", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    let text = lund.read("build/social-2023/aret.md").replace('\u{a0}', " ");
    assert!(text.contains("personlig ombudsverksamhet") && text.contains("brukarinflytande"), "{text}");
}

#[test]
fn what_is_wrong_with_a_head_is_found_at_its_line() {
    let whole = |line: &str| MEETING.replace("subject = \"meeting\"", line);
    for (template, line, word) in [
        ("# Utan huvud\n".to_owned(), 1, "saknar huvud"),
        (whole("subject = \"möte\""), 4, "kan inte handla om ”möte”"),
        (whole("subject = \"meeting\"\nneeds = [\"skrivelse\"]"), 5, "behovet ”skrivelse” finns inte"),
        (whole("subject = \"meeting\"\nämne = \"x\""), 5, "går inte att läsa"),
        (whole("subject = \"meeting\"\ntopic = \"x\""), 5, "nyckeln ”topic” finns inte"),
        (whole("subject = 3"), 4, "ska vara en text"),
        (whole(""), 1, "saknar subject"),
    ] {
        let lund = Lund::copy();
        lund.write("templates/documents/kallelse.md", &template);
        let run = lund.run(&["validate", "--as-of", TODAY]);
        assert!(
            run.output.contains(&format!("templates/documents/kallelse.md:{line}")),
            "{word}: {}",
            run.output
        );
        assert!(run.output.contains(word), "{word}: {}", run.output);
        assert_eq!(run.code, 1);
    }
    let lund = Lund::copy();
    lund.write("templates/documents/tjansteutlatande.md", MEETING);
    let run = lund.run(&["validate", "--as-of", TODAY]);
    assert!(run.output.contains("samma filnamn som tjansteskrivelse"), "{}", run.output);
}

/// The words of a Markdown, one space between them and no marks.
fn words(text: &str) -> Vec<String> {
    let mut text = text.split("\n[^1]:").next().unwrap().to_owned();
    for number in 1..10 {
        text = text.replace(&format!("[^{number}]"), "");
    }
    let plain: String = text
        .chars()
        .filter(|letter| !"*\\#|…_".contains(*letter))
        .map(|letter| if letter == '\u{a0}' { ' ' } else { letter })
        .collect();
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    // The number of a note that is referred to again stands at the end of its sentence.
    let without_note = |word: &str| match word.strip_suffix(|letter: char| letter.is_ascii_digit()) {
        Some(rest) if rest.ends_with('.') => rest.to_owned(),
        _ => word.to_owned(),
    };
    plain.split_whitespace().filter(is_word).map(without_note).collect()
}

/// The text of HTML or XML, with a space wherever one of these elements ends.
fn text_of(xml: &str, ends: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        if ends.iter().any(|end| tag == *end || tag.starts_with(&format!("{end} "))) {
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

fn part(file: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every document of a register in every format has the same words in the same order.
fn formats_agree(folder: &Path) {
    let (register, _) = Register::load(disk::read(folder));
    let (stationery, faults) = Stationery::load(&register);
    assert!(faults.is_empty(), "{faults:?}");
    let options = RenderOptions { is_final: false, as_of: TODAY.parse().unwrap(), tells_facts: false };
    for (id, entry) in &register.agreements {
        for kind in stationery.templates.kinds() {
            for subject in Subject::all_of(kind.subject, entry) {
                let document = render(kind, &subject, &register, &stationery, options).unwrap();
                // Numbered points have their number in the text of Markdown alone.
                let mut markdown = document.markdown.clone();
                for number in 1..10 {
                    markdown = markdown.replace(&format!("\n{number}. "), "\n");
                }
                let markdown = words(&markdown.replace("---", ""));
                let html = Format::Html.write(&document, &stationery).unwrap();
                let html = String::from_utf8(html).unwrap();
                let main = &html[html.find("<main>").unwrap()..];
                let main = main.split("<section class=\"notes\"").next().unwrap();
                // Numbers of notes are no words.
                let mut main = main.to_owned();
                for number in 1..10 {
                    main = main.replace(&format!(">{number}</a></sup>"), "></a></sup>");
                }
                let ends = ["/p", "/h1", "/h2", "/h3", "/h4", "/li", "/td", "/th", "br", "li"];
                assert_eq!(words(&text_of(&main, &ends)), markdown, "{id} {}", kind.name);

                let telling = RenderOptions { tells_facts: true, ..options };
                let document = render(kind, &subject, &register, &stationery, telling).unwrap();
                let docx = Format::Docx.write(&document, &stationery).unwrap();
                assert_eq!(docx, Format::Docx.write(&document, &stationery).unwrap());
                // A hyphen at which no line is broken is an element of its own.
                let body = part(&docx, "word/document.xml").replace("<w:noBreakHyphen/>", "-");
                // What stands in a content control has its place in the file as its tag.
                assert!(body.contains("w:val=\"case.registry_number\""), "{id} {}", kind.name);
                assert!(!body.contains(['\u{E002}', '\u{E003}', '\u{E004}']));
                // The running head says which document it is and whose.
                let head = part(&docx, "word/header2.xml");
                let head = words(&text_of(&head, &["/w:p", "w:tab/"])).join(" ");
                let whose = words(&document.meta.whose).join(" ");
                assert!(head.contains(&whose) && head.starts_with(&document.meta.word), "{head}: {whose}");
                assert_eq!(
                    words(&text_of(&body, &["/w:p", "w:br/", "w:tab/"])),
                    markdown,
                    "{id} {}",
                    kind.name
                );
            }
        }
    }
}

#[test]
fn every_format_has_the_same_words() {
    formats_agree(&repository());
    for example in ["adala", "bergsjo", "havsnas", "klovby", "vretby"] {
        formats_agree(&repository().join("examples").join(example));
    }
}

#[test]
fn a_running_head_says_what_the_document_is_about() {
    for (folder, id, whose) in [
        ("examples/adala", "oppet-hus", "ett öppet hus för unga"),
        ("", "rsmh-lund-2021", "brukarinflytandesamordning och träffpunktsverksamhet"),
        ("examples/havsnas", "nyanlanda-familjer", "stöd till nyanlända familjer"),
    ] {
        let (register, _) = Register::load(disk::read(&repository().join(folder)));
        let (stationery, _) = Stationery::load(&register);
        let kind = stationery.templates.kinds().find(|kind| kind.name == "avtal").unwrap();
        let subject = Subject::all_of(kind.subject, &register.agreements[id]).remove(0);
        let options = RenderOptions { is_final: false, as_of: TODAY.parse().unwrap(), tells_facts: false };
        let document = render(kind, &subject, &register, &stationery, options).unwrap();
        assert_eq!(document.meta.whose, whose);
    }
}

#[test]
fn a_memo_says_the_same_on_every_later_day() {
    for name in
        ["", "examples/adala", "examples/bergsjo", "examples/havsnas", "examples/klovby", "examples/vretby"]
    {
        let (register, _) = Register::load(disk::read(&repository().join(name)));
        let (stationery, _) = Stationery::load(&register);
        for (id, entry) in &register.agreements {
            for kind in stationery.templates.kinds().filter(|kind| kind.is_memo()) {
                for subject in Subject::all_of(kind.subject, entry) {
                    let on = |day: &str| {
                        let options =
                            RenderOptions { is_final: true, as_of: day.parse().unwrap(), tells_facts: false };
                        render(kind, &subject, &register, &stationery, options).unwrap().markdown
                    };
                    let day = "2026-01-15";
                    assert_eq!(on(day), on("2026-11-29"), "{name} {id} {}", kind.name);
                    assert_eq!(on(day), on("2031-05-02"), "{name} {id} {}", kind.name);
                }
            }
        }
    }
}

#[test]
fn a_page_for_the_web_can_be_listened_to() {
    let lund = Lund::copy();
    let run =
        lund.run(&["render", "rsmh-lund-2021", "--document", "avtal", "--format", "html", "--as-of", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    let page = lund.read("build/rsmh-lund-2021/avtal.html");
    for part in [
        "<html lang=\"sv\">",
        "<title>Överenskommelse: ",
        "<main>",
        "<th scope=\"col\">",
        "<th scope=\"row\">",
        "aria-hidden=\"true\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("…………") && !page.contains("<script") && !page.contains("http-equiv"));
}

#[test]
fn a_word_template_that_cannot_be_filled_is_a_finding() {
    for (bytes, word) in [
        (&b"PK\x05\x06"[..], "mall.docx"),
        (b"text", "mall.docx"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "mall.docx"),
    ] {
        let lund = Lund::copy();
        let path = lund.path("templates/word/mall.docx");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        let run = lund.run(&["validate", "--as-of", TODAY]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.output.contains(word) && run.output.contains("gör så här"), "{}", run.output);
    }
}

#[test]
fn the_memo_and_the_supplement_of_an_extension_are_about_the_extension() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let run = run_in(
        &repository().join("examples/havsnas"),
        &[
            "render",
            "natthandet",
            "--document",
            "tjansteskrivelse-andring,tillaggsavtal",
            "--format",
            "md",
            "--out",
            folder,
            "--as-of",
            "2026-11-29",
        ],
    );
    assert_eq!(run.code, 0, "{run:?}");
    let read = |name: &str| {
        let path = out.path().join(format!("natthandet/{name}-forlangning-hosten-2025.md"));
        fs::read_to_string(path).unwrap().replace('\u{a0}', " ")
    };
    let memo = read("tjansteskrivelse-andring");
    // 295 000 is what the payouts of the autumn come to; the term that was decided before is told as what it is.
    for part in [
        "förlänger överenskommelsen om idéburet offentligt partnerskap gällande nattvandring och stödtelefon med Natthandet i Havsnäs till och med den 31 december 2025, med en ersättning om 295 000 kronor för den tiden",
        "gäller till och med den 30 juni 2025",
        "förlängs med sex månader",
        "Natthandet behöver också godta förlängningen, som gäller först när alla parter har undertecknat den.",
        "## Resultat mot målen",
        "## Rättslig bedömning",
    ] {
        assert!(memo.contains(part), "{part}: {memo}");
    }
    let supplement = read("tillaggsavtal");
    for part in [
        "# Tilläggsavtal till överenskommelse",
        "| Nuvarande lydelse | Ny lydelse |",
        "till och med den 30 juni 2025 (elva månader). | Överenskommelsen gäller från och med den 1 augusti 2024 till och med den 31 december 2025 (17 månader). |",
        "295 000,00 kronor",
        "I övrigt gäller överenskommelsen utan ändring.",
    ] {
        assert!(supplement.contains(part), "{part}: {supplement}");
    }
    // The signatures of the first agreement are none of this one.
    assert!(!supplement.contains("Behörighet enligt"));
}
