//! The way in: a new register, its first agreement, and what follows on one, without copying an example.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{Run, copy, plain, repository, run_in};
use serde_json::Value;
use tempfile::TempDir;

const TODAY: &str = "2026-11-22";

/// A new register in a folder with a space and å.
struct New {
    above: TempDir,
}

impl New {
    fn founded(more: &[&str]) -> Self {
        let new = Self { above: tempfile::tempdir().unwrap() };
        let arguments: Vec<&str> =
            ["init", "våra avtal", "--municipality", "Provs kommun"].iter().chain(more).copied().collect();
        let run = run_in(new.above.path(), &arguments);
        assert_eq!(run.code, 0, "{run:?}");
        new
    }

    fn folder(&self) -> std::path::PathBuf {
        self.above.path().join("våra avtal")
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let all: Vec<&str> = arguments.iter().copied().chain(["--as-of", TODAY]).collect();
        run_in(&self.folder(), &all)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder().join(file)).unwrap()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|one| one.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Code and path of what is graver than a note. What the law asks somebody to consider follows from the amount, and lacks
/// nothing.
fn graver(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
    let findings = report["findings"].as_array().unwrap().iter().filter(|one| one["level"] != "note");
    let findings = findings.filter(|one| !one["code"].as_str().unwrap().starts_with("IOP7"));
    findings.map(|one| format!("{} {} {}", one["code"], one["file"], one["path"])).collect()
}

fn adala() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository().join("examples/adala"), folder.path());
    folder
}

#[test]
fn a_new_register_says_what_to_do_and_has_no_agreements_yet() {
    let new = New::founded(&["--committee", "Socialnämnden", "--frame", "2027=500000", "--ci", "gitlab"]);
    assert!(names(&new.folder()).contains(&".gitlab-ci.yml".to_owned()));
    assert_eq!(names(new.above.path()), ["våra avtal"]);
    let run = new.run(&["validate"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.errors.contains("iop new"), "{run:?}");
    for file in ["iop.toml", "budget.toml", "guidelines/kriterier.toml", "indexes/priskompensation.toml"] {
        let text = new.read(file);
        let schema = text.lines().next().unwrap().strip_prefix("#:schema ").unwrap();
        let beside = new.folder().join(file);
        assert!(beside.parent().unwrap().join(schema).is_file(), "{file}: {schema}");
    }
}

#[test]
fn an_agreement_by_flags_is_valid_and_can_be_rendered() {
    let new = New::founded(&["--committee", "Socialnämnden", "--committee", "Kulturnämnden"]);
    let said = [
        "new",
        "--organisation",
        "Föreningen Prov",
        "--title",
        "ett öppet hus",
        "--form",
        "ideell förening",
        "--committee",
        "Kulturnämnden",
        "--from",
        "2027-01-01",
        "--to",
        "2028-12-31",
        "--amount",
        "500000",
    ];
    let run = new.run(&said);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.output.contains("agreements/foreningen-prov-2027.toml")
            && run.output.contains("Inte bestämt ännu")
    );
    let text = new.read("agreements/foreningen-prov-2027.toml");
    assert!(text.contains("committee = \"kultur\"") && text.contains("[funding.2028]"), "{text}");
    assert_eq!(graver(&new.run(&["validate", "--format", "json"])), Vec::<String>::new());
    let run = new.run(&["render", "--format", "md,docx"]);
    assert_eq!(run.code, 0, "{run:?}");
    // Nothing of the criteria that the municipality has not decided is said to be decided.
    for document in ["avtal.md", "tjansteskrivelse.md"] {
        let text = new.read(&format!("build/foreningen-prov-2027/{document}"));
        assert!(text.contains("[ej angivet]") && !text.contains("riterier"), "{text}");
    }
    let again = new.run(&said);
    assert_eq!(again.code, 2);
    assert!(again.errors.contains("finns redan"), "{again:?}");
    assert_eq!(new.read("agreements/foreningen-prov-2027.toml"), text);
}

#[test]
fn no_name_is_made_that_windows_has_reserved() {
    let new = New::founded(&[]);
    for name in ["con", "aux", "nul", "com1"] {
        let run = new.run(&["new", name, "--organisation", "Prov", "--title", "prov"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.errors.contains("reserverat i Windows"), "{run:?}");
        let run = run_in(new.above.path(), &["init", name, "--municipality", "Provs kommun"]);
        assert!(run.code == 2 && run.errors.contains("Windows"), "{run:?}");
    }
    let run = new.run(&["new", "--organisation", "Aux", "--title", "prov"]);
    assert_eq!(run.code, 0, "{run:?}");
    let paper = new.folder().join("prov.md");
    fs::write(&paper, "# Överenskommelse\n\nMellan Provs kommun och Föreningen Aux. Avtalet gäller 2025-01-01 till 2025-12-31.\n").unwrap();
    let run = run_in(&new.folder(), &["import", "prov.md", "--id", "nul"]);
    assert!(run.code == 2 && run.errors.contains("Windows"), "{run:?}");
    assert_eq!(names(&new.folder().join("agreements")), [".gitkeep", "aux-avtal.toml"]);
}

#[test]
fn a_name_that_is_not_the_same_everywhere_is_an_error_and_its_file_is_read() {
    let folder = adala();
    let at = |file: &str| folder.path().join(file);
    fs::rename(at("agreements/oppet-hus.toml"), at("agreements/aux.toml")).unwrap();
    for clause in ["Purpose.md", "purpose.md", "a\u{30a}.md"] {
        fs::create_dir_all(at("templates/clauses")).unwrap();
        fs::write(at("templates/clauses").join(clause), "# Syfte\n\nProv.\n").unwrap();
    }
    let run = run_in(folder.path(), &["validate", "--format", "json", "--as-of", "2024-06-01"]);
    let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
    let findings = report["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "IOP107");
    let mut told: Vec<_> = findings.map(|one| one["file"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        ["agreements/aux.toml", "templates/clauses/a\u{30a}.md", "templates/clauses/purpose.md"]
    );
    let run = run_in(folder.path(), &["payouts", "--as-of", "2024-06-01"]);
    assert!(plain(&run.output).contains("aux"), "{run:?}");
}

#[test]
fn what_is_missing_is_named_by_its_flag_and_nothing_is_written() {
    let above = tempfile::tempdir().unwrap();
    let run = run_in(above.path(), &["init", "nytt"]);
    assert_eq!(run.code, 2);
    assert!(run.errors.contains("--municipality NAMN"), "{run:?}");
    assert_eq!(names(above.path()), Vec::<String>::new());
    let new = New::founded(&[]);
    for (arguments, said) in [
        (vec!["new", "--title", "prov"], "--organisation NAMN"),
        (vec!["new", "--organisation", "Å", "--title", "prov", "--committee", "social"], "kommunstyrelsen"),
        (vec!["new", "Å b", "--organisation", "Prov", "--title", "prov"], "a–z"),
        (vec!["new", "../x", "--organisation", "Prov", "--title", "prov"], "Inget har skrivits"),
        (
            vec![
                "new",
                "--organisation",
                "Prov",
                "--title",
                "prov",
                "--from",
                "2027-02-01",
                "--to",
                "2027-01-01",
            ],
            "--to",
        ),
        (vec!["new", "--organisation", "-", "--title", "prov"], "--organisation"),
        (
            vec!["new", "--organisation", "Prov", "--title", "prov", "--number", "802400-0006"],
            "”802400-0006” har fel kontrollsiffra",
        ),
        (vec!["new", "--continue", "x", "--end", "y"], "--continue"),
        (vec!["new", "--until", "2027-01-01"], "--extend"),
    ] {
        let run = new.run(&arguments);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.errors.contains(said), "{said}: {run:?}");
        assert_eq!(names(&new.folder().join("agreements")), [".gitkeep"]);
    }
}

#[test]
fn a_register_is_laid_beside_what_stands_there_and_never_over_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join("README.md"), "min").unwrap();
    let arguments = ["init", "--municipality", "Provs kommun"];
    let run = run_in(folder.path(), &arguments);
    assert_eq!(run.code, 2);
    assert!(run.errors.contains("README.md"), "{run:?}");
    assert_eq!(names(folder.path()), [".git", "README.md"]);
    fs::remove_file(folder.path().join("README.md")).unwrap();
    assert_eq!(run_in(folder.path(), &arguments).code, 0);
    let before = fs::read_to_string(folder.path().join("iop.toml")).unwrap();
    let again = run_in(folder.path(), &["init", "--municipality", "Annans kommun"]);
    assert_eq!(again.code, 2);
    assert!(again.errors.contains("redan ett register"), "{again:?}");
    assert_eq!(fs::read_to_string(folder.path().join("iop.toml")).unwrap(), before);
}

#[test]
fn of_two_at_once_one_founds_the_register() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("x")).unwrap();
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let runs: Vec<_> = ["A", "B", "C"]
            .into_iter()
            .map(|name| {
                let folder = folder.path();
                scope.spawn(move || {
                    run_in(folder, &["init", "x", "--municipality", &format!("{name} kommun")]).code
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert!(codes.iter().all(|code| [0, 2].contains(code)), "{codes:?}");
    let settings = fs::read_to_string(folder.path().join("x/iop.toml")).unwrap();
    let readme = fs::read_to_string(folder.path().join("x/README.md")).unwrap();
    let name = ["A", "B", "C"].into_iter().find(|name| settings.contains(&format!("{name} kommun"))).unwrap();
    assert!(readme.contains(&format!("{name} kommun")), "files of two registers are mixed");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_in_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // The system's administrator may write anywhere.
    if fs::write(folder.path().join("x"), "").is_ok() {
        return;
    }
    let run = run_in(folder.path(), &["init", "--municipality", "Provs kommun"]);
    assert_eq!(run.code, 2);
    assert!(run.errors.contains("går inte att skriva i"), "{run:?}");
}

#[test]
fn a_successor_carries_what_goes_on_and_nothing_of_the_time_before() {
    let folder = adala();
    let new = run_in(folder.path(), &["new", "--continue", "oppet-hus", "--as-of", "2025-06-01"]);
    assert_eq!(new.code, 0, "{new:?}");
    let text = fs::read_to_string(folder.path().join("agreements/oppet-hus-2026.toml")).unwrap();
    for carried in [
        "continues = \"oppet-hus\"",
        "start = 2026-01-01",
        "end = 2027-12-31",
        "[funding.2026]",
        "budget_line = \"social\"",
        "förslag: 500 000 kronor för 2025",
        "hålla öppet hus tre kvällar i veckan",
        "notice_months = 6",
        "registry_number = \"not-stated\"",
        "evidence = \"not-stated\"",
    ] {
        assert!(text.contains(carried), "{carried} in\n{text}");
    }
    for left in [
        "SN 2023/0101",
        "2023-11-01",
        "[assessment",
        "delegationsordning",
        "ungdomsenheten.\"",
        "2024-01-01",
        "årsmötet 2023",
    ] {
        assert!(!text.contains(left), "{left} in\n{text}");
    }
    let run = run_in(
        folder.path(),
        &["validate", "agreements/oppet-hus-2026.toml", "--format", "json", "--as-of", "2025-06-01"],
    );
    assert_eq!(graver(&run), Vec::<String>::new());
    assert!(plain(&new.output).contains("Bedömningarna gällde det förra avtalet"), "{new:?}");
    let again = run_in(folder.path(), &["new", "--continue", "oppet-hus", "annat", "--as-of", "2025-06-01"]);
    assert!(again.code == 2 && again.errors.contains("avlöser redan"), "{again:?}");
}

#[test]
fn a_proposal_is_added_to_what_stands_there() {
    let folder = adala();
    let file = folder.path().join("agreements/oppet-hus.toml");
    let read = || fs::read_to_string(&file).unwrap();
    fs::write(&file, read().replace('\n', "\r\n")).unwrap();
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = arguments.iter().copied().chain(["--as-of", "2025-06-01"]).collect();
        run_in(folder.path(), &all)
    };
    for (arguments, table) in [
        (vec!["new", "--extend", "oppet-hus", "--until", "2026-12-31"], "[extension.forlangning]"),
        (
            vec!["new", "--change", "oppet-hus", "--changes", "Öppet fyra kvällar i veckan."],
            "[supplement.tillagg]",
        ),
        (
            vec![
                "new",
                "--end",
                "oppet-hus",
                "--until",
                "2025-08-31",
                "--by",
                "kommun",
                "--exit",
                "uppsagning",
            ],
            "[ending]",
        ),
    ] {
        let before = read();
        let done = run(&arguments);
        assert_eq!(done.code, 0, "{done:?}");
        let after = read();
        let mut lines = after.lines();
        assert!(before.lines().all(|line| lines.any(|new| new == line)) && after.contains(table), "{after}");
        assert!(!read().replace("\r\n", "").contains('\n'), "line ends are kept");
        assert!(done.output.contains("Inte bestämt ännu"), "{done:?}");
    }
    assert_eq!(graver(&run(&["validate", "--format", "json"])), Vec::<String>::new());
    let before = read();
    for (arguments, said) in [
        (vec!["new", "--extend", "oppet-hus", "--until", "2025-12-31"], "redan till och med 2025-12-31"),
        (vec!["new", "--extend", "oppet-hus"], "--until DATUM"),
        (vec!["new", "--extend", "oppet-hus", "--until", "2028-12-31", "--option", "x"], "--option"),
        (vec!["new", "--end", "oppet-hus", "--until", "2025-09-30"], "har redan ett förslag"),
        (vec!["new", "--change", "oppet-hus"], "--changes TEXT"),
        (vec!["new", "--change", "oppet", "--changes", "Ny text."], "Menade du"),
    ] {
        let refused = run(&arguments);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.errors.contains(said), "{said}: {refused:?}");
        assert_eq!(read(), before);
    }
}

/// What the agreement `a` pays a year, all components together, before any adjustment and after it.
fn by_year(new: &New) -> Vec<String> {
    let run = new.run(&["payouts", "a", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
    let mut sums: BTreeMap<i64, [f64; 2]> = BTreeMap::new();
    for year in report["agreements"][0]["years"].as_array().unwrap() {
        let sum = sums.entry(year["year"].as_i64().unwrap()).or_default();
        for (sum, key) in sum.iter_mut().zip(["agreed", "to_pay"]) {
            *sum += year[key].as_str().unwrap().parse::<f64>().unwrap();
        }
    }
    sums.iter().map(|(year, [agreed, paid])| format!("{year}: {agreed} {paid}")).collect()
}

#[test]
fn an_extension_pays_the_new_time_once_whatever_the_money_is() {
    let new = New::founded(&["--committee", "Socialnämnden", "--frame", "2027=500\u{a0}000"]);
    let said = ["new", "a", "--organisation", "Prov", "--title", "ett öppet hus", "--from", "2026-01-01"];
    let run = new.run(&[&said[..], &["--amount", "240 000"]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    let drafted = new.read("agreements/a.toml");
    let rate = "rate = { amount = 240_000, per = \"year\" }";
    assert!(drafted.contains(rate) && drafted.contains("budget_line = "), "{drafted}");
    let signed = drafted.replace("end = \"not-stated\"", "end = 2026-12-31");
    let signed = signed.replace("dated = \"not-stated\"", "dated = 2025-12-01").replace("draft", "signed");
    let two = "amount = 200_000\n[funding.lokal]\npayer = \"kommun\"\ntitle = \"Lokal\"\n\
               rate = { amount = 20_000, per = \"half-year\" }";
    let flat = "amount = 240_000\n[indexation.fast]\nflat = \"10\"\namounts = \"before-adjustment\"\n\
                method = \"chained\"";
    for (money, adjusted) in [
        (rate, ["240000"; 3]),
        ("rate = { amount = 120_000, per = \"half-year\" }", ["240000"; 3]),
        ("rate = { amount = 20_000, per = \"month\" }", ["240000"; 3]),
        ("amount = 240_000", ["240000"; 3]),
        ("period = { start = 2026-01-01, end = 2026-12-31 }\namount = 240_000", ["240000"; 3]),
        (two, ["240000"; 3]),
        (flat, ["240000", "264000", "290400"]),
    ] {
        fs::write(new.folder().join("agreements/a.toml"), signed.replace(rate, money)).unwrap();
        let all: Vec<String> =
            (2026..).zip(adjusted).map(|(year, adjusted)| format!("{year}: 240000 {adjusted}")).collect();
        assert_eq!(by_year(&new), all[..1], "{money}");
        for (until, years) in [("2027-12-31", 2), ("2028-12-31", 3)] {
            let extend = ["new", "--extend", "a", "--until", until];
            let run = new.run(&extend);
            assert_eq!(run.code, 0, "{money}: {run:?}");
            assert_eq!(by_year(&new), all[..years], "{money}");
            let text = new.read("agreements/a.toml");
            let again = new.run(&["new", "--extend", "a", "--until", "2029-12-31"]);
            assert!(
                again.code == 2 && again.errors.contains("redan ett förslag om förlängning"),
                "{again:?}"
            );
            assert_eq!(new.read("agreements/a.toml"), text);
            let open = "status = \"draft\"\ndated = \"not-stated\"";
            let agreed = text.replace(open, "status = \"signed\"\ndated = 2026-06-01");
            fs::write(new.folder().join("agreements/a.toml"), agreed).unwrap();
            assert_eq!(by_year(&new), all[..years], "{money}");
        }
    }
}

#[test]
fn the_shortest_title_is_one() {
    let new = New::founded(&[]);
    let run = new.run(&["new", "a", "--organisation", "Å", "--title", "y", "--number", "802400-0005"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(new.read("agreements/a.toml").contains("title = \"y\""));
    assert_eq!(graver(&new.run(&["validate", "--format", "json"])), Vec::<String>::new());
}

#[test]
fn an_option_that_is_used_up_is_told_with_what_can_be_done() {
    let folder = adala();
    let file = folder.path().join("agreements/oppet-hus.toml");
    let options = "[term.option.ett-ar]\nmonths = 12\n\n[extension.forsta]\nuntil = 2026-12-31\nstatus = \"signed\"\n\
                   dated = 2025-03-01\noption = \"ett-ar\"\n";
    let text = fs::read_to_string(&file).unwrap().replace("status = \"proposed\"", "status = \"signed\"");
    fs::write(&file, format!("{text}\n{options}")).unwrap();
    let extend = |until: &str, option: &str| {
        let arguments = ["new", "--extend", "oppet-hus", "--until", until, "--as-of", "2025-06-01"];
        run_in(folder.path(), &[&arguments[..], &["--option", option]].concat())
    };
    let refused = extend("2027-12-31", "ett-ar");
    assert_eq!(refused.code, 2, "{refused:?}");
    let told = plain(&refused.errors);
    for said in ["”ett-ar” är förbrukad", "en gång", "[extension.forsta]", "Utelämna --option"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    fs::write(&file, format!("{text}\n{options}\n[term.option.till]\nmonths = 12\n")).unwrap();
    assert!(extend("2027-12-31", "ett-ar").errors.contains("Ange ”till” i stället"));
    let run = extend("2027-12-31", "till");
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_shortening_says_the_same_in_supplement_payouts_and_memo() {
    for (until, less) in [("2025-06-30", 250_000), ("2024-12-31", 500_000)] {
        let folder = adala();
        let file = folder.path().join("agreements/oppet-hus.toml");
        let text = fs::read_to_string(&file).unwrap().replace("status = \"proposed\"", "status = \"signed\"");
        fs::write(&file, text).unwrap();
        let run = |arguments: &[&str]| {
            let run = run_in(folder.path(), &[arguments, &["--as-of", "2024-06-01"]].concat());
            assert_ne!(run.code, 2, "{run:?}");
            plain(&run.output)
        };
        let change =
            ["new", "--change", "oppet-hus", "--changes", "Avtalet slutar tidigare.", "--until", until];
        assert!(run(&change).contains(&format!("för tiden efter {until} bortfaller")));
        let to_pay = || {
            let report: Value =
                serde_json::from_str(&run(&["payouts", "oppet-hus", "--format", "json"])).unwrap();
            let all = report["agreements"][0]["payouts"].as_array().unwrap();
            all.iter().map(|one| one["to_pay"].as_str().unwrap().parse::<i64>().unwrap()).sum::<i64>()
        };
        let before = to_pay();
        run(&["render", "oppet-hus", "--document", "tjansteskrivelse-andring", "--format", "md"]);
        let memo = folder.path().join("build/oppet-hus/tjansteskrivelse-andring-tillagg-tillagg.md");
        let memo = plain(&fs::read_to_string(memo).unwrap());
        let text = fs::read_to_string(&file).unwrap();
        let open = "status = \"draft\"\ndated = \"not-stated\"";
        fs::write(&file, text.replace(open, "status = \"signed\"\ndated = 2024-05-01")).unwrap();
        assert_eq!(before - to_pay(), less);
        let in_words = format!("{} 000 kronor", less / 1000);
        for said in [
            format!("vilket minskar ersättningen med {in_words} för 2025"),
            format!("Genom ändringen minskar kommunens ersättning med {in_words} för 2025."),
        ] {
            assert!(memo.contains(&said), "{said} in\n{memo}");
        }
        assert!(!memo.contains("för tid som inte är avtalad"), "{memo}");
    }
}

#[test]
fn an_extension_tells_which_plans_do_not_know_its_money() {
    let folder = adala();
    let file = folder.path().join("agreements/oppet-hus.toml");
    let text = fs::read_to_string(&file).unwrap();
    let named = text.replacen("months = ", "funding = [\"2024\", \"2025\"]\nmonths = ", 1);
    fs::write(&file, named).unwrap();
    let arguments = ["new", "--extend", "oppet-hus", "--until", "2026-12-31", "--as-of", "2025-06-01"];
    let run = run_in(folder.path(), &arguments);
    let told = plain(&run.output);
    assert!(told.contains("[payout_plan.") && told.contains("lägg till ”2026” i dess funding"), "{run:?}");
}

#[test]
fn the_register_at_a_glance_in_every_format() {
    let folder = adala();
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = arguments.iter().copied().chain(["--as-of", "2025-06-01"]).collect();
        run_in(folder.path(), &all)
    };
    let table = run(&["list"]);
    assert_eq!(table.code, 0, "{table:?}");
    let shown = plain(&table.output);
    for word in
        ["oppet-hus", "Föreningen Öppet hus i Ådala", "2024-01-01–2025-12-31", "500 000", "avtalets egen tid"]
    {
        assert!(shown.contains(word), "{word} in\n{shown}");
    }
    let report: Value = serde_json::from_str(&run(&["list", "--format", "json"]).output).unwrap();
    let one = &report["agreements"][0];
    assert_eq!((one["amount"].as_str(), one["last_day"].as_str()), (Some("500000"), Some("2025-12-31")));
    for format in ["markdown", "csv", "csv-plain"] {
        assert!(run(&["list", "--format", format]).output.contains("oppet-hus"));
        assert!(run(&["show", "oppet-hus", "--format", format]).output.contains("oppet-hus.toml:"));
    }
    let book = folder.path().join("a.xlsx");
    assert_eq!(run(&["list", "--format", "xlsx", "--output", book.to_str().unwrap()]).code, 0);
}

#[test]
fn one_agreement_is_shown_by_swedish_names_with_the_line_of_each_fact() {
    let folder = adala();
    let report = run_in(folder.path(), &["show", "oppet-hus", "--format", "json", "--as-of", "2025-06-01"]);
    let report: Value = serde_json::from_str(&report.output).unwrap();
    let toml = fs::read_to_string(folder.path().join("agreements/oppet-hus.toml")).unwrap();
    let facts = report["facts"].as_array().unwrap();
    assert!(facts.len() > 60);
    for fact in facts {
        let line = usize::try_from(fact["line"].as_u64().unwrap()).unwrap();
        let key = fact["path"].as_str().unwrap().rsplit('.').next().unwrap().split('[').next().unwrap();
        assert!(toml.lines().nth(line - 1).unwrap().contains(key), "{fact}");
    }
    let told = run_in(folder.path(), &["show", "oppet-hus", "--as-of", "2025-06-01"]);
    for word in ["Diarienummer", "idéburen part", "Uppsägningstid i månader", "500 000"] {
        assert!(plain(&told.output).contains(word), "{word} in {}", told.output);
    }
}

#[test]
fn the_week_tells_each_what_to_do_whom_to_remind_and_what_to_attest() {
    let folder = adala();
    let run = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["week", "--as-of", "2025-01-10", "--days", "60"].iter().chain(arguments).copied().collect();
        run_in(folder.path(), &all)
    };
    let report: Value = serde_json::from_str(&run(&["--format", "json"]).output).unwrap();
    let tasks: Vec<String> = report["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| format!("{} {}", task["purpose"].as_str().unwrap(), task["id"].as_str().unwrap()))
        .collect();
    for task in [
        "do oppet-hus/approval",
        "remind oppet-hus/yearly-report/arsrapport/2024",
        "attest oppet-hus/payout/2025#1",
    ] {
        assert!(tasks.iter().any(|one| one.starts_with(task)), "{task}: {tasks:?}");
    }
    let mails = report["mails"].as_array().unwrap();
    assert_eq!(mails.len(), 3);
    let table = plain(&run(&[]).output);
    for words in ["Brev till föreningen, verksamhetsledare", "Vi väntar på det här från er:", "SN 2023/0101"]
    {
        assert!(table.contains(words), "{words} in\n{table}");
    }
    assert!(run(&["--format", "csv-plain"]).output.contains("attestera"));
    let none = run_in(folder.path(), &["week", "--as-of", "2030-01-10", "--days", "0"]);
    assert_eq!(none.code, 0, "{none:?}");
}
