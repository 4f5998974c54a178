//! `iop render`: the documents hold what the files hold, say what they lack, and come out the same each time.

use std::fs;

use crate::common::{Lund, TODAY, copy, plain, repository, run_in};

const RSMH: &str = "agreements/rsmh-lund-2021.toml";

fn rendered(lund: &Lund, id: &str) -> (String, String) {
    let run = lund.run(&["render", "--format", "md", "--as-of", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    (lund.read(&format!("build/{id}/avtal.md")), lund.read(&format!("build/{id}/tjansteskrivelse.md")))
}

/// The text as a reader sees it: no marks, one space between words.
fn words(markdown: &str) -> String {
    let text: String = markdown.chars().filter(|letter| !"*\\#|".contains(*letter)).collect();
    plain(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every text in an agreement's file that a person wrote to be read, with its key path.
fn texts(value: &toml::Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        toml::Value::String(text) if text != "not-stated" && text != "withheld" => {
            found.push((path.to_owned(), text.clone()));
        }
        toml::Value::Table(table) => {
            table.iter().for_each(|(key, value)| texts(value, &format!("{path}.{key}"), found));
        }
        toml::Value::Array(items) => items.iter().for_each(|item| texts(item, path, found)),
        _ => {}
    }
}

#[test]
fn everything_that_a_person_wrote_stands_in_one_of_the_documents() {
    // Words of the format, names that point elsewhere, and what the rendered form replaces.
    const NOT_SHOWN: [&str; 18] = [
        ".activity",
        ".status",
        ".guideline",
        ".committee",
        ".standard_clauses",
        ".role",
        ".form",
        ".payer",
        ".payee",
        ".budget_line",
        ".party",
        ".series",
        ".kind",
        ".means",
        ".cause",
        ".by",
        ".called_by",
        ".minutes_by",
    ];
    const WORDS_OF_THE_FORMAT: [&str; 11] = [
        ".covers",
        ".per",
        ".every",
        ".method",
        ".answer",
        ".consequence",
        ".decides_by",
        ".authority",
        ".funding",
        ".date",
        ".service",
    ];
    let lund = Lund::copy();
    for id in ["rsmh-lund-2021", "po-skane-2023"] {
        let (agreement, memo) = rendered(&lund, id);
        let shown = words(&format!("{agreement}\n{memo}")).to_lowercase();
        let table: toml::Table = lund.read(&format!("agreements/{id}.toml")).parse().unwrap();
        let mut found = Vec::new();
        texts(&toml::Value::Table(table), "", &mut found);
        for (path, text) in found {
            if NOT_SHOWN.iter().chain(&WORDS_OF_THE_FORMAT).any(|key| path.ends_with(key)) {
                continue;
            }
            for paragraph in text.split("\n\n") {
                let paragraph = words(paragraph).to_lowercase();
                assert!(shown.contains(paragraph.trim_end_matches('.')), "{id}{path}: {paragraph}");
            }
        }
    }
}

#[test]
fn every_signatory_has_a_place_to_sign() {
    let (agreement, _) = rendered(&Lund::copy(), "rsmh-lund-2021");
    let signatures = &agreement[agreement.find("## Underskrifter").unwrap()..];
    for name in
        ["Annika Pettersson, socialdirektör", "Jonas Bredford, ordförande", "David Jacobsson, ombudsman"]
    {
        let before = &signatures[..signatures.find(name).unwrap_or_else(|| panic!("{name}"))];
        let block: Vec<&str> = before.lines().rev().take(3).collect();
        assert!(
            block[0].starts_with('…') && block[2].starts_with("Ort och datum: Lund 2021-02-…"),
            "{block:?}"
        );
    }
}

#[test]
fn memo_and_agreement_take_their_figures_from_the_same_data() {
    let lund = Lund::copy();
    lund.change(RSMH, "amount = 900_000", "amount = \"912345,50\"");
    lund.change(RSMH, "end = 2023-12-31\nreview_by", "end = 2023-11-30\nreview_by");
    lund.change(RSMH, "{ start = 2023-01-01, end = 2023-12-31 }", "{ start = 2023-01-01, end = 2023-11-30 }");
    let (agreement, memo) = rendered(&lund, "rsmh-lund-2021");
    for document in [agreement, memo] {
        let document = plain(&document);
        // 912 345,50 + 980 000 + 980 000 = 2 872 345,50.
        for fact in ["912 345,50 kronor", "2 872 345,50 kronor", "30 november 2023", "34 månader"] {
            assert!(document.contains(fact), "{fact}");
        }
        assert!(!document.contains("900 000 kronor"));
    }
}

#[test]
fn the_memo_of_lund_can_be_decided_on() {
    let (_, memo) = rendered(&Lund::copy(), "po-skane-2023");
    let memo = plain(&memo);
    for fact in [
        "Diarienummer: SO 2022/0229",
        "Handläggare: Johan Larsson Boström, utvecklingschef",
        "Till: Arbetsmarknads- och socialnämnden",
        "att ge arbetsmarknads- och socialdirektören i uppdrag att teckna överenskommelse",
        "3 000 000 kronor för 2023 och 3 000 000 kronor för 2024",
        "att partnerskapet ska redovisas till arbetsmarknads- och socialnämnden vid varje helårsskifte",
        "sammanlagt 6 000 000 kronor",
        "beslutade av socialnämnden 2020-11-11 § 167",
    ] {
        assert!(memo.contains(fact), "{fact}");
    }
    let basis = &memo[memo.find("## Underlag för beslutet").unwrap()..];
    let first = basis.lines().find(|line| line.starts_with("- ")).unwrap();
    assert!(first.contains("tjänsteskrivelse 2022-12-06") && first.ends_with("(denna skrivelse)"), "{first}");
}

#[test]
fn the_committee_has_the_name_of_the_documents_day() {
    let lund = Lund::copy();
    let (_, memo) = rendered(&lund, "rsmh-lund-2021");
    assert!(memo.contains("Till: Socialnämnden\n"));
    let (_, memo) = rendered(&lund, "po-skane-2023");
    assert!(memo.contains("Till: Arbetsmarknads- och socialnämnden\n"));
}

#[test]
fn drafts_and_proposals_are_marked_and_signed_agreements_are_not() {
    for (status, mark) in [("draft", Some("**UTKAST**")), ("proposed", Some("**FÖRSLAG**")), ("signed", None)]
    {
        let lund = Lund::copy();
        lund.change(RSMH, "status = \"proposed\"", &format!("status = \"{status}\""));
        lund.run(&["render", "--format", "md", "--as-of", TODAY]);
        let agreement = lund.read("build/rsmh-lund-2021/avtal.md");
        match mark {
            Some(mark) => assert!(agreement.starts_with(mark)),
            None => assert!(agreement.starts_with("# Överenskommelse")),
        }
    }
}

#[test]
fn what_was_a_proposal_on_the_day_is_marked_as_one() {
    let lund = Lund::copy();
    lund.change(RSMH, "status = \"proposed\"", "status = \"signed\"");
    fs::create_dir_all(lund.path("records")).unwrap();
    let decision = "decision.avtal = { kind = \"approval\", by = \"Socialnämnden\", date = 2020-12-16 }\n";
    fs::write(lund.path("records/rsmh-lund-2021.toml"), decision).unwrap();
    for (as_of, is_marked) in [("2020-12-15", true), ("2020-12-16", false)] {
        let run = lund.run(&["render", "rsmh-lund-2021", "--format", "md", "--as-of", as_of]);
        for document in ["avtal", "tjansteskrivelse"] {
            let text = lund.read(&format!("build/rsmh-lund-2021/{document}.md"));
            assert_eq!(text.starts_with("**FÖRSLAG**"), is_marked, "{as_of} {document}: {}", run.output);
        }
    }
}

#[test]
fn open_facts_stand_as_marked_blanks_and_are_counted() {
    let lund = Lund::copy();
    let run = lund.run(&["render", "rsmh-lund-2021", "--document", "avtal", "--as-of", TODAY]);
    let agreement = lund.read("build/rsmh-lund-2021/avtal.md");
    assert!(agreement.contains("Utbetalningsmånader: **[ej angivet]**"));
    assert!(agreement.contains("Betalningsskyldig part: **[ej angivet]**"));
    let marks = agreement.matches("ej angivet]**").count();
    assert!(plain(&run.output).contains(&format!("(FÖRSLAG, {marks} öppna uppgifter)")), "{}", run.output);
    assert!(!lund.path("build/rsmh-lund-2021/tjansteskrivelse.md").exists());
}

#[test]
fn final_refuses_what_is_not_finished_and_says_why() {
    let lund = Lund::copy();
    let run = lund.run(&["render", "--final", "--format", "md", "--as-of", TODAY]);
    assert_eq!(run.code, 1);
    assert!(!lund.path("build").exists());
    for reason in [
        "party.po-skane.signatory",
        "payout_plan.halvarsvis.months",
        "handläggare, skrivelsens undertecknare",
        "IOP402",
    ] {
        assert!(run.output.contains(reason), "{reason}: {}", run.output);
    }
}

#[test]
fn final_writes_a_finished_document_without_its_mark() {
    let lund = Lund::copy();
    let file = "agreements/po-skane-2023.toml";
    let text = lund.read(file);
    let mut answers = String::new();
    for key in [
        "initiative",
        "political-plan",
        "not-ordinary-grant",
        "no-market",
        "shared-funding",
        "not-regulated-in-detail",
        "local-development",
        "not-subcontractor",
    ] {
        answers.push_str(&format!("[ground.{key}]\nanswer = \"yes\"\n"));
    }
    let text = text
        .replace("ground = \"not-stated\"\n", "")
        .replace(
            "signatory = \"not-stated\"",
            "signatory.ordforande = { title = \"ordförande\", authority = \"articles\", evidence = \"årsmötet 2022\" }\n\
             contact.ordforande = { function = \"ordförande\", phone = \"withheld\" }",
        )
        .replace("evidence = \"not-stated\"", "evidence = \"nämnden 2022-12-14 § 190\"")
        .replace("form = \"municipality\"", "form = \"municipality\"\ncontact.chef = { function = \"utvecklingschef\", phone = \"withheld\" }")
        .replace("author = \"not-stated\"", "author = \"förvaltningen\"")
        .replace("called_by = \"not-stated\"", "called_by = \"lund\"")
        .replace("[follow_up.redovisning]", "[follow_up.ar]\nkind = \"yearly-report\"\nauthor = \"po-skane\"\nreceiver = \"lund\"\ndue.month = 2\n\n[follow_up.redovisning]")
        .replace("amounts = \"not-stated\"", "amounts = \"before-adjustment\"")
        .replace("reason_now = \"not-stated\"", "reason_now = \"Avtalstiden börjar snart.\"")
        .replace(
            "method = \"not-stated\"\ntimes_per_year = \"not-stated\"\nmonths = \"not-stated\"",
            "method = \"invoice\"\ntimes_per_year = 2\nmonths = [2, 8]",
        )
        .replace("method = \"not-stated\"", "method = \"chained\"")
        .replace("meetings = \"not-stated\"", "meetings = { times = 2, per = \"year\" }")
        .replace("seat = \"not-stated\"", "seat.chef.function = \"utvecklingschef\"")
        .replace("text = \"not-stated\"", "text = \"Avtalat.\"")
        .replace("information = \"not-stated\"", "information = [\"ekonomiavdelningen\"]");
    // What is still open is not regulated.
    let text: Vec<&str> = text.lines().filter(|line| !line.ends_with("= \"not-stated\"")).collect();
    let text = text.join("\n");
    lund.write(file, format!("{text}\n{answers}"));
    let run = lund.run(&["render", "po-skane-2023", "--final", "--as-of", TODAY]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        lund.read("build/po-skane-2023/tjansteskrivelse.md")
            .starts_with("Lunds\u{a0}kommun\\\nArbetsmarknads- och socialförvaltningen\n")
    );
    // The committee has not decided yet: its copy of the agreement is still a proposal.
    assert!(lund.read("build/po-skane-2023/avtal.md").starts_with("**FÖRSLAG**"));
    assert!(
        plain(&lund.read("build/po-skane-2023/avtal.md"))
            .contains("Utbetalning sker i februari och augusti.")
    );
}

#[test]
fn only_what_is_named_and_what_it_rests_on_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository().join("examples/adala"), folder.path());
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    let own = fs::read_to_string(folder.path().join("agreements/oppet-hus.toml")).unwrap();
    // What two pay from one line is a matter of both.
    let own = own.replace("budget_line = \"social\"", "");
    write(
        "agreements/annat.toml",
        &own.replace("forening]\nrole", "forening]\norganisation_number = \"x\"\nrole"),
    );
    write("agreements/trasig.toml", "title = 3");
    let render =
        |name: &str| run_in(folder.path(), &["render", name, "--format", "md", "--as-of", "2025-06-01"]);
    let run = render("oppet-hus");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(plain(&run.output).contains("I övriga filer: ") && !run.output.contains("trasig"), "{run:?}");
    for name in ["annat", "trasig"] {
        assert_eq!(render(name).code, 1, "{name}");
    }
    write("guidelines/adala-2019.toml", "title = 3");
    assert_eq!(render("oppet-hus").code, 1);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let lund = Lund::copy();
    let first = rendered(&lund, "rsmh-lund-2021");
    fs::remove_dir_all(lund.path("build")).unwrap();
    assert_eq!(first, rendered(&lund, "rsmh-lund-2021"));
}

#[test]
fn a_register_overrides_templates_file_by_file() {
    let lund = Lund::copy();
    lund.write(
        "templates/clauses/relation.md",
        "# Likställda parter\n\nParterna i {{ municipality }} är lika.\n",
    );
    let (agreement, _) = rendered(&lund, "rsmh-lund-2021");
    assert!(agreement.contains("## Likställda parter\n\nParterna i Lunds\u{a0}kommun är lika.\n"));
    assert!(agreement.contains("## Värdegrund"));
}

#[test]
fn a_template_error_names_template_line_variable_and_agreement() {
    let lund = Lund::copy();
    lund.write("templates/clauses/relation.md", "# Likställda parter\n\nText.\n\n{{ agreement.teerm }}\n");
    let run = lund.run(&["render", "rsmh-lund-2021", "--as-of", TODAY]);
    assert_eq!(run.code, 1);
    for part in ["templates/clauses/relation.md", "rad 5", "agreement.teerm", RSMH] {
        assert!(run.output.contains(part), "{part}: {}", run.output);
    }

    lund.write("templates/clauses/relation.md", "# Likställda parter\n\n{% if %}\n");
    let run = lund.run(&["validate", "--as-of", TODAY]);
    assert_eq!(run.code, 1);
    assert!(
        run.output.contains("IOP109") && run.output.contains("templates/clauses/relation.md:3:"),
        "{}",
        run.output
    );
}

#[test]
fn hostile_text_comes_out_as_it_stands_and_is_never_evaluated() {
    let lund = Lund::copy();
    let hostile =
        "{{ 7 * 7 }} {% raise %} # <script>x</script> [a](javascript:b) | *c* _d_ `e` #import \"x\" \\";
    lund.change(RSMH, "what = \"volontärarbete\"", &format!("what = '{hostile}'"));
    lund.change(
        RSMH,
        "Psykisk ohälsa är en stor utmaning",
        "{{ 7 * 7 }} <b>Psykisk</b> ohälsa är en stor utmaning",
    );
    let (agreement, _) = rendered(&lund, "rsmh-lund-2021");
    let html = comrak::markdown_to_html(&agreement, &comrak::Options::default());
    assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("href"), "{html}");
    let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    assert!(text.contains(hostile), "{text}");
    assert!(text.contains("{{ 7 * 7 }} <b>Psykisk</b> ohälsa"));
}

#[test]
fn a_clause_of_its_own_stands_with_its_headings_below_its_section() {
    let lund = Lund::copy();
    let text = format!(
        "{}\n[clause.musik]\nheading = \"Musiken\"\ntext = \"# Instrument\\n\\nFyra trummor.\"\n",
        lund.read(RSMH)
    );
    lund.write(RSMH, text);
    let (agreement, _) = rendered(&lund, "rsmh-lund-2021");
    assert!(agreement.contains("## Musiken\n\n### Instrument\n\nFyra trummor.\n"));
}

#[test]
fn a_draft_and_an_agreement_beyond_its_frame_are_never_final() {
    let adala = repository().join("examples/adala");
    for (file, from, to, reason) in [
        ("agreements/oppet-hus.toml", "status = \"proposed\"", "status = \"draft\"", "utkast"),
        ("budget.toml", "year.2025 = { amount = 500_000", "year.2025 = { amount = 400_000", "IOP303"),
        (
            "agreements/oppet-hus.toml",
            "location = \"kommunens diarium\"",
            "location = \"not-stated\"",
            "original.location",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for name in ["iop.toml", "budget.toml", "agreements/oppet-hus.toml", "guidelines/adala-2019.toml"] {
            let target = folder.path().join(name);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            let text = fs::read_to_string(adala.join(name)).unwrap();
            fs::write(&target, if name == file { text.replace(from, to) } else { text }).unwrap();
        }
        let run = run_in(folder.path(), &["render", "--final", "--format", "md", "--as-of", "2025-03-01"]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.output.contains(reason), "{reason}: {}", run.output);
        assert!(!folder.path().join("build").exists());
    }
}
