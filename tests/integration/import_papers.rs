//! Small papers, each with something that is easily read wrongly: what is read of it, and what is asked for.

use std::io::{Cursor, Write};

use iop::import::{Options, State};
use iop::vocabulary::Known;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::common::Lund;
use crate::import_caution::{amounts, import, import_as, paper, read, uncertain};

const TERM: &str =
    "## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2026 till och med den 31 december 2027.\n\n";

#[test]
fn homes_initials_and_hidden_addresses_of_people_are_left_out() {
    for (said, gone) in [
        ("Fråga kim.x (at) exempel.se eller kim [at] exempel (punkt) se.", vec!["exempel"]),
        (
            "Kassören heter Tjorven Rabarber, Storgatan 4, 123 45 Vretby.",
            vec!["Rabarber", "Storgatan", "123 45"],
        ),
        ("Ersättare är T. Brännlycke och X.Y. Vindblomma.", vec!["Brännlycke", "Vindblomma"]),
        ("Xerxo Blad (vice ordförande) deltar.", vec!["Xerxo", "Blad"]),
        ("Föreningens adress är c/o Brännlycke, Storgatan 4, 123 45 Vretby.", vec!["Storgatan", "123 45"]),
        (
            "| Namn | Roll |\n| --- | --- |\n| Xerxo Blad | kassör |\n| Tjorven Rabarber | revisor |",
            vec!["Blad", "Rabarber"],
        ),
        ("Xerxo Blad          Tjorven Rabarber\nOrdförande          Kassör", vec!["Blad", "Rabarber"]),
        (
            "Tjorven Rabarber, kassör\n\nNorra Ängsvägen 12 B\n\n123 45 Vretby",
            vec!["Rabarber", "Ängsvägen", "123 45"],
        ),
    ] {
        for with_names in [false, true] {
            let options = Options { with_names, ..Options::default() };
            let imported = import_as("avtal.md", &paper(&format!("## Övrigt\n\n{said}\n")), options);
            read(&imported);
            for part in &gone {
                let is_name = !part.starts_with(|letter: char| letter.is_ascii_digit())
                    && !["exempel", "Storgatan", "Ängsvägen"].contains(part);
                assert_eq!(imported.text.contains(part), with_names && is_name, "{part}\n{}", imported.text);
            }
        }
    }
}

#[test]
fn organisations_and_their_addresses_are_no_people() {
    let text = "# Avtal om idéburet offentligt partnerskap gällande skyddat boende\n\nmellan Vretby kommun och Kvinnojouren Svalan\n\n\
        ## Parter\n\nOffentlig part: Vretby kommun\n\nIdéburen part: Kvinnojouren Svalan, Åsgatan 3, 123 45 Vretby\n\n\
        ## Lokal\n\nTräffpunkten ligger på Storgatan 4, 123 45 Vretby.\n\n## Underskrifter\n\nFör Kvinnojouren Svalan\n\nXerxo Blad\n\nOrdförande\n";
    let imported = import(text);
    let agreement = read(&imported);
    let names: Vec<&str> = agreement.party.values().map(|party| party.name.as_str()).collect();
    assert_eq!(names, ["Vretby kommun", "Kvinnojouren Svalan"]);
    assert!(
        imported.text.contains("Åsgatan 3") && imported.text.contains("Storgatan 4"),
        "{}",
        imported.text
    );
    assert!(!imported.text.contains("Blad"), "{}", imported.text);
}

#[test]
fn amounts_are_in_the_unit_that_their_table_says() {
    for (table, kronor) in [
        (
            "| År | Ersättning (tkr) |\n| --- | --- |\n| 2026 | 900 |\n| 2027 | 950 |",
            vec!["900000", "950000"],
        ),
        ("| År | Ersättning, tusental kronor |\n| --- | --- |\n| 2026 | 900 |", vec!["900000"]),
        ("| År | Ersättning i mnkr |\n| --- | --- |\n| 2026 | 1,2 |", vec!["1200000"]),
        (
            "| Tkr | 2026 | 2027 |\n| --- | --- | --- |\n| Kommunens ersättning | 900 | 950 |",
            vec!["900000", "950000"],
        ),
        (
            "Alla belopp anges i tusental kronor.\n\n| År | Ersättning |\n| --- | --- |\n| 2026 | 900 |",
            vec!["900000"],
        ),
        ("| År | Ersättning |\n| --- | --- |\n| 2026 | 900 000 |", vec!["900000"]),
        ("| År | Ersättning |\n| --- | --- |\n| 2026 | 900 |", vec![]),
        ("| Kostnad | 2026 |\n| --- | --- |\n| Personal | 900 000 kr |", vec![]),
    ] {
        let imported = import(&paper(&format!("{TERM}## Ekonomi\n\n{table}\n")));
        assert_eq!(amounts(&read(&imported)), kronor, "{table}\n{}", imported.text);
        assert_eq!(kronor.is_empty(), uncertain(&imported) == ["funding"], "{table}\n{}", imported.text);
    }
}

#[test]
fn what_is_not_paid_whole_or_all_the_time_is_asked_for() {
    for said in [
        "Kommunen betalar en tredjedel av 900 000 kronor för 2026.",
        "Kommunen betalar hälften av kostnaden 900 000 kronor för år 2026.",
        "Kommunen betalar 10 000 kr per månad till juni, därefter 12 000 kr per månad.",
        "Kommunen betalar 10 000 kr per månad till och med juni, därefter 12 000 kr per månad.",
        "Kommunen betalar 10 000 kr per månad till och med juni 2026, därefter 12 000 kr per år.",
        "Kommunen betalar 10 000 kr per månad. Därefter betalar kommunen 12 000 kr per månad.",
        "Kommunen betalar 10 000 kronor per månad till och med den 30 juni 2026.",
    ] {
        let imported = import(&paper(&format!("{TERM}## Ekonomi\n\n{said}\n")));
        assert!(read(&imported).funding.is_empty(), "{said}\n{}", imported.text);
        assert!(uncertain(&imported).contains(&"funding".to_owned()), "{said}\n{}", imported.text);
    }
    for (said, until) in [
        (
            "Kommunen betalar 10 000 kr per månad till och med juni 2026, därefter 12 000 kr per månad.",
            "2026-06-30",
        ),
        (
            "Kommunen betalar 10 000 kronor per månad till och med den 30 september 2026 och därefter 12 000 kronor per månad.",
            "2026-09-30",
        ),
    ] {
        let imported = import(&paper(&format!("{TERM}## Ekonomi\n\n{said}\n")));
        let agreement = read(&imported);
        let times: Vec<_> = agreement.funding.values().filter_map(|one| one.period).collect();
        let [first, second] = times.as_slice() else { panic!("{said}\n{}", imported.text) };
        assert_eq!(first.end.to_string(), until);
        assert_eq!(Some(second.start), first.end.succ_opt());
        let term = agreement.term.period().unwrap();
        assert_eq!((first.start, second.end), (term.start, term.end));
        let rates: Vec<_> =
            agreement.funding.values().filter_map(|one| Some(one.rate.as_ref()?.amount.plain())).collect();
        assert_eq!(rates, ["10000", "12000"], "{}", imported.text);
    }
    let whole = "Från och med den 1 januari 2026 betalar kommunen 10 000 kronor per månad.";
    assert_eq!(read(&import(&paper(&format!("{TERM}## Ekonomi\n\n{whole}\n")))).funding.len(), 1);
}

#[test]
fn a_year_of_prices_is_no_time() {
    for said in [
        "Kommunen betalar 300 000 kronor per år i 2026 års priser.",
        "Kommunen betalar 300 000 kronor per år (prisnivå 2026).",
    ] {
        let imported = import(&paper(&format!(
            "{TERM}## Ekonomi\n\n{said} Ersättningen räknas upp årligen med 2 procent.\n"
        )));
        let agreement = read(&imported);
        let funding = agreement.funding.values().next().unwrap();
        assert!(funding.period.is_none() && funding.rate.is_some(), "{said}\n{}", imported.text);
        assert!(agreement.indexation.values().all(|one| one.years.is_empty()), "{said}\n{}", imported.text);
    }
}

#[test]
fn every_amount_is_told_in_one_of_the_lists() {
    let said = "Kommunen betalar 300 000 kronor för 2026. Hyran är 48 000 kronor och tas ut av bostadsbolaget. Vitet är 5 000 kronor.";
    let imported = import(&paper(&format!("{TERM}## Ekonomi\n\n{said}\n")));
    assert_eq!(amounts(&read(&imported)), ["300000"]);
    let told: String = imported
        .facts
        .iter()
        .filter(|fact| fact.state != State::Missing)
        .flat_map(|fact| fact.values.clone())
        .collect();
    for amount in ["300000", "48 000", "5 000"] {
        assert!(told.replace('\u{a0}', " ").contains(amount), "{amount}: {told}");
    }
}

#[test]
fn notice_that_is_denied_for_a_time_or_is_nobodys_is_asked_for() {
    for said in [
        "Under de två första åren kan avtalet inte sägas upp, därefter med sex månaders uppsägningstid.",
        "Avtalet kan inte sägas upp under det första året. Därefter är uppsägningstiden sex månader.",
        "Kommunens uppsägningstid är nio månader, föreningens tre, räknat från årsskiftet.",
        "Kommunens uppsägningstid är nio månader, medlemmarnas tre.",
        "Avtalet kan sägas upp med nio månaders uppsägningstid. Avtalet kan sägas upp med tre månaders uppsägningstid.",
    ] {
        let imported = import(&paper(&format!("## Uppsägning\n\n{said}\n")));
        assert!(uncertain(&imported).contains(&"exit".to_owned()), "{said}\n{}", imported.text);
        assert!(
            read(&imported).exit.values().all(|exit| exit.notice_months.known().is_none()),
            "{said}\n{}",
            imported.text
        );
    }
    for each in [
        "Kommunens uppsägningstid är nio månader. Föreningens uppsägningstid är tre månader.",
        "Kommunens uppsägningstid är nio månader, föreningens tre.",
        "Kommunens uppsägningstid är nio månader och föreningens uppsägningstid är tre månader.",
        "För kommunen är uppsägningstiden nio månader och för föreningen tre månader.",
        "Uppsägningstiden är nio månader för kommunen och tre för föreningen.",
    ] {
        let imported = import(&paper(&format!("## Uppsägning\n\n{each}\n")));
        let agreement = read(&imported);
        let of: Vec<_> = agreement
            .exit
            .values()
            .map(|exit| (exit.open_to.join(","), exit.notice_months.known().map(|months| months.get())))
            .collect();
        let both = [("kommunen".to_owned(), Some(9)), ("foreningen".to_owned(), Some(3))];
        assert_eq!(of, both, "{each}\n{}", imported.text);
    }
    let plain = "Vardera parten kan säga upp avtalet med en uppsägningstid om 6 månader.";
    let agreement = read(&import(&paper(&format!("## Uppsägning\n\n{plain}\n"))));
    let exit = agreement.exit.values().next().unwrap();
    assert!(exit.named_cause.is_none() && exit.notice_months.known().is_some(), "{exit:?}");
    let open = "## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2026 och tills vidare. Under de två första åren kan det inte sägas upp, därefter med sex månaders uppsägningstid.\n";
    let imported = import(&paper(open));
    assert!(
        read(&imported).term.until_further_notice.unwrap().notice_months.known().is_none(),
        "{}",
        imported.text
    );
    assert!(uncertain(&imported).contains(&"term.until_further_notice".to_owned()), "{}", imported.text);
}

#[test]
fn an_organ_is_no_party_and_a_sentence_names_them_all() {
    for parties in [
        "Detta avtal ingås mellan Vretby kommun, genom socialnämnden, och Kvinnojouren Svalan.",
        "Parter: Vretby kommun genom socialnämnden och Kvinnojouren Svalan",
        "Parterna är Vretby kommun genom socialnämnden och Kvinnojouren Svalan.",
        "Vretby kommun genom socialnämnden och Kvinnojouren Svalan ingår detta avtal.",
        "- Vretby kommun\n- Socialnämnden\n- Kvinnojouren Svalan",
    ] {
        for title in ["## Parter\n\n", ""] {
            if title.is_empty() && !parties.starts_with("Parter:") {
                continue;
            }
            let text = format!(
                "# Avtal om idéburet offentligt partnerskap gällande skyddat boende\n\n{title}{parties}\n\n{TERM}"
            );
            let imported = import(&text);
            let agreement = read(&imported);
            let named: Vec<_> = agreement
                .party
                .values()
                .map(|party| (party.name.as_str(), party.organ.known().map(String::as_str)))
                .collect();
            assert_eq!(
                named,
                [("Vretby kommun", Some("Socialnämnden")), ("Kvinnojouren Svalan", None)],
                "{parties}\n{}",
                imported.text
            );
        }
    }
}

#[test]
fn each_report_of_a_sentence_is_one_and_members_are_no_tasks() {
    let said = "## Uppföljning\n\nFöreningen lämnar verksamhetsberättelse senast den 1 mars varje år och ekonomisk redovisning senast den 1 april varje år.\n\n\
        ## Styrgrupp\n\nStyrgruppens medlemmar:\n\n- enhetschef, kommunen\n- ordförande, föreningen\n\nFöljande gäller:\n\n- kaffe finns\n- dörren är öppen\n";
    let imported = import(&paper(said));
    let agreement = read(&imported);
    let due: Vec<_> = agreement
        .follow_up
        .values()
        .map(|duty| {
            duty.due.known().unwrap().words.clone().or(duty
                .due
                .known()
                .unwrap()
                .month
                .map(|month| month.to_string()))
        })
        .collect();
    assert_eq!(due.len(), 2, "{}", imported.text);
    assert!(due[0] != due[1], "{due:?}");
    let group = agreement.steering_group.values().next().unwrap();
    assert!(group.tasks.is_empty() && group.seat.known().unwrap().len() == 2, "{}", imported.text);
    assert!(uncertain(&imported).iter().any(|path| path.ends_with("tasks")), "{:?}", uncertain(&imported));
}

#[test]
fn a_time_from_the_signing_has_no_fixed_end() {
    let said =
        "Avtalet gäller i 30 månader från undertecknandet, dock längst till och med den 31 december 2028.";
    let imported = import(&paper(&format!("## Avtalstid\n\n{said}\n")));
    assert!(read(&imported).term.end.known().is_none(), "{}", imported.text);
    assert!(uncertain(&imported).contains(&"term.end".to_owned()), "{}", imported.text);
}

#[test]
fn a_renewal_of_unknown_length_is_told_and_the_file_is_written() {
    let lund = Lund::copy();
    lund.write("avtal.md", paper(&format!("{} Avtalet förlängs automatiskt om ingen part säger upp det senast sex månader före avtalstidens slut.\n", TERM.trim_end())));
    let run = lund.run(&["import", "avtal.md", "--id", "x"]);
    assert_eq!(run.code, 0, "{run:?}");
    let text = lund.read("agreements/x.toml");
    assert!(
        text.contains("# Osäkert: Avtalet förlängs automatiskt") && !text.contains("[term.renewal]"),
        "{text}"
    );
}

#[test]
fn town_and_day_and_the_foot_of_the_page_are_kept() {
    let foot = "Vretby kommun, Stadshuset\n\n";
    let text = paper(&format!(
        "{foot}{TERM}{foot}## Ekonomi\n\nKommunen betalar 300 000 kronor för 2026.\n\n{foot}## Underskrifter\n\nAvtalet skrevs under i Vretby den 3 december 2025.\n\nVretby 2025-12-01\n\nXerxo Blad\n\nOrdförande\n"
    ));
    let imported = import(&text);
    read(&imported);
    for part in ["Stadshuset", "Vretby 2025-12-01", "den 3 december 2025"] {
        assert!(imported.text.contains(part), "{part}\n{}", imported.text);
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn an_open_document_is_read_and_a_bomb_is_refused_by_the_program() {
    let lund = Lund::copy();
    let body = [
        "Avtal om idéburet offentligt partnerskap gällande språkkafé",
        "Parter: Vretby kommun och Föreningen Språkbron",
        "Avtalet gäller från och med den 1 januari 2026 till och med den 31 december 2027.",
    ];
    let body = body.iter().map(|text| format!("<text:p>{text}</text:p>")).collect::<Vec<_>>().concat();
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let mime: &[u8] = b"application/vnd.oasis.opendocument.text";
    lund.write(
        "avtal.odt",
        packed(&[
            ("mimetype", mime),
            ("META-INF/manifest.xml", b"<manifest/>"),
            ("content.xml", content.as_bytes()),
        ]),
    );
    let run = lund.run(&["import", "avtal.odt", "--id", "odt"]);
    assert_eq!(run.code, 0, "{run:?}");
    let text = lund.read("agreements/odt.toml");
    assert!(text.contains("end = 2027-12-31") && text.contains("name = \"Föreningen Språkbron\""), "{text}");
    let bomb = vec![b' '; 90_000_000];
    for (name, parts) in [
        (
            "bomb.odt",
            vec![("mimetype", mime), ("META-INF/manifest.xml", &b"<manifest/>"[..]), ("content.xml", &bomb)],
        ),
        ("bomb.docx", vec![("[Content_Types].xml", &b"<Types/>"[..]), ("word/document.xml", &bomb)]),
    ] {
        lund.write(name, packed(&parts));
        let run = lund.run(&["import", name]);
        assert!(run.code == 2 && run.errors.contains(name) && run.output.is_empty(), "{name}: {run:?}");
    }
}

#[test]
fn an_open_document_that_cannot_be_read_is_told_and_nothing_is_written() {
    let packed = |parts: &[(&str, &str)]| {
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        packed(&parts)
    };
    let kind: (&str, &str) = ("mimetype", "application/vnd.oasis.opendocument.text");
    let plain: (&str, &str) = ("META-INF/manifest.xml", "<m/>");
    let body = |inside: &str| {
        format!(
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>{inside}</office:text></office:body></office:document-content>"
        )
    };
    let text = body("<text:h text:outline-level=\"1\">Avtal om idéburet offentligt partnerskap</text:h>");
    let whole = packed(&[kind, plain, ("content.xml", &text)]);
    let entity =
        format!("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>{}", body("<text:p>&b;</text:p>"));
    let lund = Lund::copy();
    for (what, bytes, said) in [
        (
            "skyddad",
            packed(&[kind, ("META-INF/manifest.xml", "<encryption-data/>"), ("content.xml", "x")]),
            "lösenord",
        ),
        ("skadad", whole.get(..whole.len() / 2).unwrap().to_vec(), "skadad"),
        ("tom", packed(&[kind, plain, ("content.xml", &body(""))]), "text"),
        ("utifran", packed(&[kind, plain, ("content.xml", &entity)]), ""),
    ] {
        let name = format!("{what}.odt");
        lund.write(&name, &bytes);
        let run = lund.run(&["import", &name]);
        assert_eq!(run.code, 2, "{what}: {run:?}");
        assert!(run.errors.contains(said) && !run.errors.contains("root:"), "{what}: {run:?}");
        assert!(!lund.path(&format!("agreements/{what}.toml")).exists(), "{what}");
    }
    lund.write("hel.odt", &whole);
    assert_eq!(lund.run(&["import", "hel.odt"]).code, 0);
}
