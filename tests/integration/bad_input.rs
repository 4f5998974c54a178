//! Whatever lies in the register's folders, the answer is a finding or a clear message, in bounded time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Lund, TODAY, copy, run_in};
use serde_json::Value;

fn only<'a>(findings: &'a [Value], file: &str) -> Vec<&'a Value> {
    findings.iter().filter(|finding| finding["file"] == file).collect()
}

#[test]
fn files_that_cannot_be_read_are_findings_and_the_rest_is_still_checked() {
    let lund = Lund::copy();
    lund.write("agreements/latin.toml", b"a = 1\n\xff\xfe");
    lund.write("agreements/big.toml", vec![b'a'; 50 * 1024 * 1024]);
    lund.write("agreements/empty.toml", "");
    fs::create_dir(lund.path("agreements/folder.toml")).unwrap();
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    for (file, word) in [
        ("agreements/latin.toml", "UTF-8"),
        ("agreements/big.toml", "större än 1 MB"),
        ("agreements/folder.toml", "mapp"),
        ("agreements/empty.toml", "saknas"),
    ] {
        let found = only(&findings, file);
        assert!(
            found.iter().any(|finding| finding["message"].as_str().unwrap().contains(word)),
            "{file}: {found:?}"
        );
    }
    assert!(!only(&findings, "agreements/rsmh-lund-2021.toml").is_empty());
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_pipes_are_findings() {
    use std::os::unix::fs::symlink;

    let lund = Lund::copy();
    symlink("loop.toml", lund.path("agreements/loop.toml")).unwrap();
    symlink(".", lund.path("agreements/self.toml")).unwrap();
    symlink("nowhere", lund.path("agreements/dangling.toml")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(lund.path("agreements/pipe.toml")).status().unwrap();
    assert!(pipe.success());
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    for name in ["loop", "self", "dangling", "pipe"] {
        let found = only(&findings, &format!("agreements/{name}.toml"));
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0]["code"], "IOP101");
    }
}

#[test]
fn a_file_of_broken_lines_gives_twenty_findings_and_a_count() {
    let lund = Lund::copy();
    lund.write("agreements/broken.toml", "x y\n".repeat(200_000));
    let (_, findings) = lund.validate();
    let found = only(&findings, "agreements/broken.toml");
    assert_eq!(found.len(), 20);
    assert!(found[19]["message"].as_str().unwrap().contains("199980 rader"));
}

#[test]
fn nesting_without_end_is_a_finding() {
    let lund = Lund::copy();
    lund.write("agreements/dots.toml", format!("{}b = 1", "a.".repeat(100_000)));
    lund.write("agreements/lists.toml", format!("x = {}", "[".repeat(100_000)));
    lund.write("agreements/tables.toml", format!("x = {}", "{a = ".repeat(100_000)));
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    for name in ["dots", "lists", "tables"] {
        assert!(!only(&findings, &format!("agreements/{name}.toml")).is_empty(), "{name}");
    }
}

#[test]
fn values_that_no_agreement_can_hold_are_found_where_they_stand() {
    for (from, to) in [
        ("amount = 900_000", "amount = 900_000.00"),
        ("amount = 900_000", "amount = -900_000"),
        ("amount = 900_000", "amount = \"-900000\""),
        ("amount = 900_000", "amount = 1234567890123456789012345678901234567890"),
        ("amount = 900_000", "amount = \"1234567890123456789012345678901234567890\""),
        ("amount = 900_000", "amount = \"900 000\""),
        ("amount = 900_000", "amount = true"),
        ("dated = 2021-01-10", "dated = \"2021-02-30\""),
        ("dated = 2021-01-10", "dated = 12:30:00"),
        ("months = 11", "months = 99999999999"),
        ("short_name = \"RSMH Lund\"", "short_name = \"not-stated\""),
        ("short_name = \"RSMH Lund\"", "short_name = \" \""),
    ] {
        let lund = Lund::copy();
        let file = "agreements/rsmh-lund-2021.toml";
        lund.change(file, from, to);
        let (code, findings) = lund.validate();
        assert_eq!(code, 1, "{to}");
        let found = only(&findings, file);
        assert_eq!(found.len(), 1, "{to}: {found:#?}");
        lund.assert_at(found[0], to.split_once(" = ").unwrap().1);
    }
}

#[test]
fn a_key_of_an_earlier_version_names_the_one_that_says_it_now() {
    let help = "Heter numera ”code”. Kontot står i kodsträngen: code = { konto = \"4510\" }, med fältet konto under [code] i iop.toml.";
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    lund.change(file, "amount = 900_000", "account_code = \"4510\"\namount = 900_000");
    let (_, findings) = lund.validate();
    let found = only(&findings, file);
    assert_eq!((found.len(), &found[0]["code"], &found[0]["help"]), (1, &"IOP103".into(), &help.into()));
    lund.assert_at(found[0], "account_code");
}

#[test]
fn a_key_that_stands_twice_is_found_at_the_second() {
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    lund.change(file, "status = \"proposed\"\n", "status = \"proposed\"\nstatus = \"draft\"\n");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    let found = only(&findings, file);
    assert_eq!((found.len(), &found[0]["line"]), (1, &Value::from(8)));
}

#[test]
fn a_broken_file_is_not_rendered_and_nothing_else_is_lost() {
    let lund = Lund::copy();
    lund.change("agreements/rsmh-lund-2021.toml", "status = \"proposed\"", "status = ");
    let run = lund.run(&["render", "--format", "md", "--as-of", TODAY]);
    assert_eq!(run.code, 1);
    assert!(!lund.path("build/rsmh-lund-2021").exists());
    assert!(lund.path("build/po-skane-2023/avtal.md").exists());
}

#[test]
fn wrong_calls_are_answered_in_swedish_with_exit_code_two() {
    let lund = Lund::copy();
    lund.write("notes.txt", "x");
    lund.write("docs/notes.txt", "x");
    lund.write("notes/a.toml", "x");
    for (arguments, word) in [
        (vec!["validate", "agreements/saknas.toml"], "finns inte"),
        (vec!["validate", "/dev"], "utanför registret"),
        (vec!["validate", "notes.txt"], "notes.txt är ingen fil som registret läser"),
        (vec!["validate", "agreements", "docs/notes.txt"], "ingen fil som registret läser"),
        (vec!["validate", "notes"], "I mappen notes finns inget som registret läser"),
        (vec!["explain", "--format", "json", "--out", "regler"], "Markdown, inte JSON"),
        (vec!["validate", "--register", "agreements"], "inget register"),
        (vec!["validate", "--as-of", "2021-02-30"], "datum"),
        (vec!["validate", "--format", "xml"], "human, json, github, gitlab, sarif eller junit"),
        (vec!["valdiate"], "Menade du ”validate”?"),
        (vec!["render", "rsmh-lund-2012"], "Menade du ”rsmh-lund-2021”?"),
        (vec!["render", "--flagga"], "finns inte"),
        (vec!["render", "--out", "iop.toml/x"], "går inte att skriva"),
        (vec![], "Kommandon"),
    ] {
        let run = lund.run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(run.errors.contains(word), "{arguments:?}: {run:?}");
        assert!(!run.errors.contains("error"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn a_register_that_is_not_one_has_its_own_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run_in(folder.path(), &["validate"]).code, 2);

    fs::write(folder.path().join("iop.toml"), "[municipality]\nname = \"Ådala kommun\"\n").unwrap();
    let run = run_in(folder.path(), &["validate"]);
    assert_eq!((run.code, run.errors.contains("inga avtal")), (3, true), "{run:?}");

    fs::write(folder.path().join("iop.toml"), "[municipality\n").unwrap();
    let run = run_in(folder.path(), &["validate"]);
    assert_eq!((run.code, run.errors.contains("iop.toml:1:")), (2, true), "{run:?}");
}

#[test]
fn help_is_in_swedish() {
    let lund = Lund::copy();
    for arguments in
        [vec!["--help"], vec!["validate", "--help"], vec!["render", "-h"], vec!["schema", "--help"]]
    {
        let run = lund.run(&arguments);
        assert_eq!(run.code, 0);
        assert!(run.output.contains("Användning: iop"), "{}", run.output);
        for english in ["Usage", "Options", "Commands", "Print", "default", "possible"] {
            assert!(!run.output.contains(english), "{english}: {}", run.output);
        }
    }
}

#[test]
fn a_date_deep_in_a_table_is_found_where_it_stands() {
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    let text = lund.read(file).replacen("date = \"2021-02\"", "date = \"2021-02-30\"", 1);
    lund.write(file, text);
    let (_, findings) = lund.validate();
    let found = only(&findings, file);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["path"], "party.lund.signatory.socialdirektor.date");
    lund.assert_at(found[0], "\"2021-02-30\"");
}

#[test]
fn all_that_is_wrong_in_a_table_is_told_at_once() {
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    lund.change(
        file,
        "function = \"ombudsman\"\nparty",
        "funktion = \"ombudsman\"\nconvener = \"ja\"\nparty",
    );
    let (_, findings) = lund.validate();
    let found = only(&findings, file);
    let codes: Vec<&str> = found.iter().filter_map(|finding| finding["code"].as_str()).collect();
    assert_eq!(codes, ["IOP104", "IOP103", "IOP105"], "{found:#?}");
}

#[test]
fn slips_of_the_pen_are_named() {
    for (from, to, fact) in [
        ("status = \"proposed\"", "status = ", "inget värde"),
        ("status = \"proposed\"", "status = ”proposed”", "typografiska citattecken"),
        ("status = \"proposed\"", "status = \"proposed", "inget citattecken som avslutar"),
        ("amount = 900_000", "amount = 900 000", "mellanslag"),
        ("amount = 900_000", "amount = 900000,50", "kommatecken"),
        ("dated = 2021-01-10", "dated = 2021-1-10", "Datumet är inte skrivet"),
        ("dated = 2021-01-10", "dated = 2021/01/10", "Datumet är inte skrivet"),
    ] {
        let lund = Lund::copy();
        lund.change("agreements/rsmh-lund-2021.toml", from, to);
        let (_, findings) = lund.validate();
        let found = only(&findings, "agreements/rsmh-lund-2021.toml");
        assert!(found[0]["message"].as_str().unwrap().contains(fact), "{to}: {found:#?}");
    }
}

#[test]
fn a_paragraph_has_one_form_in_guidelines_and_records() {
    let lund = Lund::copy();
    let (guideline, records) = ("guidelines/lund-iop-2020.toml", "records/rsmh-lund-2021.toml");
    let text = lund.read(guideline);
    let found = |paragraph: &str| {
        lund.write(guideline, text.replace("\"§ 167\"", &format!("\"{paragraph}\"")));
        lund.write(
            records,
            format!("[decision.a]\nkind = \"approval\"\nby = \"socialnämnden\"\ndate = 2021-01-20\nparagraph = \"{paragraph}\"\n"),
        );
        let (_, findings) = lund.validate();
        [guideline, records].map(|file| {
            let wrong = only(&findings, file).into_iter().filter(|finding| finding["code"] == "IOP106");
            wrong.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
    };
    for right in ["§ 167", "§§ 45–46"] {
        assert_eq!(found(right), [Vec::<String>::new(), Vec::new()], "{right}");
    }
    for wrong in ["45 §", "§45", "45", "par. 45"] {
        for messages in found(wrong) {
            assert_eq!(messages.len(), 1, "{wrong}: {messages:?}");
            assert!(messages[0].starts_with("”Paragraf” ska vara skriven \"§ 45\""), "{wrong}: {messages:?}");
        }
    }
}

#[test]
fn files_that_would_be_passed_over_are_findings() {
    let lund = Lund::copy();
    lund.write("agreements/2023/b.toml", lund.read("agreements/po-skane-2023.toml"));
    lund.write("agreements/B.TOML", lund.read("agreements/po-skane-2023.toml"));
    lund.write("records/okand.toml", "");
    let (code, findings) = lund.validate();
    assert_eq!(code, 1);
    for (file, code) in [
        ("agreements/2023/b.toml", "IOP107"),
        ("agreements/B.TOML", "IOP107"),
        ("records/okand.toml", "IOP110"),
    ] {
        assert_eq!(only(&findings, file)[0]["code"], code);
    }
}

#[test]
fn text_that_hides_something_is_found_where_it_stands() {
    let lund = Lund::copy();
    let file = "agreements/rsmh-lund-2021.toml";
    lund.change(file, "what = \"volontärarbete\"", "what = \"volontär\u{202e}arbete\"");
    let (code, findings) = lund.validate();
    let found = only(&findings, file);
    assert_eq!((code, found.len(), found[0]["path"].as_str().unwrap()), (1, 1, "in_kind.volontarer.what"));
    assert!(found[0]["message"].as_str().unwrap().contains("U+202E"));
}

#[test]
fn a_table_that_stands_twice_is_one_error() {
    let lund = Lund::copy();
    let file = "agreements/po-skane-2023.toml";
    lund.change(file, "[funding.2024]", "[funding.2023]");
    let (_, findings) = lund.validate();
    assert_eq!(only(&findings, file).len(), 1, "{findings:#?}");
}

#[test]
fn a_text_in_another_encoding_is_found_at_its_line_with_what_to_do() {
    let lund = Lund::copy();
    lund.write("agreements/latin.toml", b"# Rad 1\n# \xc3\xa5\ntitle = \"\xc3\xa5r \xe5\"\n");
    let wide = "title = \"år\"".encode_utf16().flat_map(u16::to_le_bytes);
    lund.write("agreements/wide.toml", [0xFF, 0xFE].into_iter().chain(wide).collect::<Vec<u8>>());
    let (_, findings) = lund.validate();
    for (file, place, fact) in [
        ("agreements/latin.toml", (3, 13), "det första otillåtna tecknet står på rad 3"),
        ("agreements/wide.toml", (1, 1), "UTF-16"),
    ] {
        let found = only(&findings, file);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((&found[0]["line"], &found[0]["column"]), (&place.0.into(), &place.1.into()));
        assert!(found[0]["message"].as_str().unwrap().contains(fact), "{found:#?}");
        assert!(found[0]["help"].as_str().unwrap().contains("Spara om filen som UTF-8"), "{found:#?}");
    }
    let run = lund.run(&["validate", "agreements/latin.toml", "--as-of", TODAY]);
    assert!(run.output.contains("--> agreements/latin.toml:3:13\n"), "{}", run.output);
}

#[test]
fn the_mark_of_the_encoding_takes_no_column() {
    let lund = Lund::copy();
    lund.write("agreements/mark.toml", "\u{feff}titel = \"x\"\nstatus = \"draft\"\n");
    let (_, findings) = lund.validate();
    let found = only(&findings, "agreements/mark.toml");
    let key = found.iter().find(|finding| finding["code"] == "IOP103").unwrap();
    assert_eq!((&key["line"], &key["column"]), (&1.into(), &1.into()), "{key:#}");
    let run = lund.run(&["validate", "agreements/mark.toml", "--as-of", TODAY]);
    assert!(run.output.contains("--> agreements/mark.toml:1:1\n"), "{}", run.output);
    assert!(run.output.contains("1 | titel = \"x\"\n  | ^^^^^ titel"), "{}", run.output);
}

#[test]
fn a_bad_file_name_is_told_of_the_file_and_of_no_line_in_it() {
    let lund = Lund::copy();
    for (name, fact) in [
        ("stor.TOML", "Filnamnet ”stor.TOML” slutar på .TOML i stället för .toml."),
        ("Stor.toml", "Filnamnet ”Stor.toml” kan inte användas"),
        ("mapp/fil.toml", "undermapp"),
    ] {
        let file = format!("agreements/{name}");
        lund.write(&file, format!("# Rad 1\n{}", lund.read("agreements/po-skane-2023.toml")));
        let (_, findings) = lund.validate();
        let found = only(&findings, &file)[0];
        assert!(found["message"].as_str().unwrap().starts_with(fact) || name.contains('/'), "{found:#}");
        assert!(found["message"].as_str().unwrap().contains(fact), "{found:#}");
        assert_eq!((&found["code"], &found["line"]), (&"IOP107".into(), &1.into()), "{found:#}");
        let run = lund.run(&["validate", &file, "--as-of", TODAY]);
        assert!(run.output.contains(&format!("--> {file}\n")), "{}", run.output);
        fs::remove_file(lund.path(&file)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn no_name_and_no_value_makes_a_line_of_its_own() {
    let lund = Lund::copy();
    lund.write("agreements/a\n::error::x\u{1b}[31m.toml", "title = \"x\"\n");
    let file = "agreements/po-skane-2023.toml";
    lund.write(file, lund.read(file).replacen("status = ", "\"a\\n::error::y\" = 1\nstatus = ", 1));
    let run = lund.run(&["validate", "--as-of", TODAY]);
    assert_eq!(run.code, 1);
    assert!(run.output.contains("--> agreements/a␊::error::x␛[31m.toml"), "{}", run.output);
    assert!(run.output.contains("Nyckeln ”a␊::error::y” finns inte här."), "{}", run.output);
    assert!(run.output.lines().all(|line| !line.starts_with("::")), "{}", run.output);
    for arguments in [
        &["budget"][..],
        &["payouts"],
        &["payouts", "okand"],
        &["schedule"],
        &["followup"],
        &["render", "--format", "md"],
    ] {
        let run = lund.run(&[arguments, &["--as-of", TODAY]].concat());
        let told = run.output + &run.errors;
        assert!(told.contains("a␊::error::x"), "{arguments:?}: {told}");
        assert!(told.lines().all(|line| !line.starts_with("::")), "{arguments:?}: {told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_swedish() {
    let lund = Lund::copy();
    for arguments in [["validate", "--as-of", TODAY], ["budget", "--as-of", TODAY]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(assert_cmd::cargo::cargo_bin("iop"))
            .current_dir(lund.folder.path())
            .args(arguments)
            .stdout(full)
            .output()
            .unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), errors.as_str()),
            (Some(2), "Svaret gick inte att skriva ut: disken är full.\n")
        );
    }
}

#[test]
fn what_cannot_be_read_brings_no_finding_but_that_it_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let made = run_in(folder.path(), &["demo", "granvik", "--agreements", "120", "--seed", "6"]);
    assert_eq!(made.code, 0, "{made:?}");
    let whole = folder.path().join("granvik");
    let found = |register: &Path| -> BTreeSet<(String, String, String)> {
        let run = run_in(register, &["validate", "--format", "json", "--as-of", "2026-06-30"]);
        let report: Value = serde_json::from_str(&run.output).unwrap();
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        let findings = report["findings"].as_array().unwrap().iter();
        // A note says itself that what it rests on is uncertain.
        let told = findings.filter(|one| one["level"] != "note");
        told.map(|one| (text(one, "code"), text(one, "file"), text(one, "path"))).collect()
    };
    let known = found(&whole);
    for kind in ["records", "guidelines", "indexes", "meetings", "budget.toml"] {
        let broken = folder.path().join(format!("utan-{kind}"));
        copy(&whole, &broken);
        let path = broken.join(kind);
        let files: Vec<PathBuf> = match fs::read_dir(&path) {
            Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
            Err(_) => vec![path],
        };
        for file in &files {
            fs::write(file, "x = [\n").unwrap();
        }
        let all = found(&broken);
        let (unread, new): (Vec<_>, Vec<_>) = all.difference(&known).partition(|(code, ..)| code == "IOP102");
        assert_eq!(unread.len(), files.len(), "{kind}");
        assert!(new.is_empty(), "{kind}: {new:?}");
    }
}
