//! What whoever knows other command-line tools takes for granted.

use std::fs;

use assert_cmd::Command;

use crate::common::{Lund, TODAY, plain, run_in};

/// The commands, as `iop help` lists them.
fn commands() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let help = run_in(folder.path(), &["help"]).output;
    let list = help.split("Kommandon:").nth(1).unwrap().split("\n\n").next().unwrap();
    list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_command_has_help_and_its_examples_are_understood() {
    let lund = Lund::copy();
    let commands = commands();
    assert!(commands.len() >= 10, "{commands:?}");
    for command in commands {
        let long = lund.run(&[&command, "--help"]);
        let asked = lund.run(&["help", &command]);
        assert_eq!((asked.code, &asked.output), (0, &long.output), "{command}");
        for example in asked.output.lines().filter_map(|line| line.strip_prefix("  iop ")) {
            let words: Vec<&str> = example.split_whitespace().collect();
            // The files that people have of their own do not lie there.
            if example.contains(['>', '|', '"']) || command == "import" {
                continue;
            }
            let run = lund.run(&words);
            assert!(matches!(run.code, 0 | 1), "iop {example}: {run:?}");
        }
    }
    let wrong = lund.run(&["help", "valdate"]);
    assert!(wrong.code == 2 && wrong.errors.contains("Menade du ”validate”?"), "{wrong:?}");
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("man");
    assert_eq!(run_in(folder.path(), &["man", "--out", "man"]).code, 0);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run_in(folder.path(), &["completions", shell]).output;
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
    }
    for command in commands() {
        let page = fs::read_to_string(out.join(format!("iop-{command}.1"))).unwrap();
        assert!(page.contains(&format!("iop {command}")), "{page}");
    }
}

#[test]
fn the_version_says_whether_it_writes_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let version = run_in(folder.path(), &["--version"]).output;
    let writes_pdf = if cfg!(feature = "pdf") { "med PDF" } else { "utan PDF" };
    assert_eq!(version, format!("iop {} ({writes_pdf})\n", env!("CARGO_PKG_VERSION")));
    // What programs compare stays a name and a number.
    let short = run_in(folder.path(), &["-V"]).output;
    assert_eq!(short, format!("iop {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn colour_is_as_asked_for() {
    let lund = Lund::copy();
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let all = [&["validate", "--as-of", TODAY], arguments].concat();
        let mut command = Command::cargo_bin("iop").unwrap();
        command.current_dir(lund.folder.path()).args(all).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.envs(variables.iter().copied());
        command.output().unwrap().stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    let wrong = lund.run(&["validate", "--color", "blå"]);
    assert!(wrong.code == 2 && wrong.errors.contains("auto, always eller never"), "{wrong:?}");
}

#[test]
fn the_register_can_be_named_once_for_all_commands() {
    let lund = Lund::copy();
    let elsewhere = tempfile::tempdir().unwrap();
    let run = |register: &std::path::Path| {
        let mut command = Command::cargo_bin("iop").unwrap();
        command
            .current_dir(elsewhere.path())
            .args(["validate", "--as-of", TODAY])
            .env("IOP_REGISTER", register);
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, output) = run(lund.folder.path());
    assert!(code == 0 && plain(&output).contains("2 avtal granskade"), "{output}");
    assert_eq!(run(elsewhere.path()).0, 2);
    // What reads a paper is no exception.
    fs::write(
        elsewhere.path().join("avtal.md"),
        "# Avtal om partnerskap\n\n## Avtalstid\n\nAvtalet gäller 2026.\n",
    )
    .unwrap();
    let mut import = Command::cargo_bin("iop").unwrap();
    import.current_dir(elsewhere.path()).args(["import", "avtal.md", "--id", "provat"]);
    import.env("IOP_REGISTER", lund.folder.path()).assert().success();
    assert!(lund.path("agreements/provat.toml").is_file());
}

#[test]
fn an_agreement_goes_by_its_name_and_the_mild_findings_can_wait() {
    let lund = Lund::copy();
    let run = |arguments: &[&str]| lund.run(&[&["validate", "--as-of", TODAY], arguments].concat());
    let (named, by_path) = (run(&["rsmh-lund-2021"]), run(&["agreements/rsmh-lund-2021.toml"]));
    assert_eq!((named.code, &named.output), (0, &by_path.output));
    let all = run(&[]);
    let grave = run(&["--show", "warning"]);
    assert!(all.output.contains("\nnot[") && !grave.output.contains("\nnot["), "{grave:?}");
    assert!(grave.output.trim_end().ends_with("Noter visas inte."), "{grave:?}");
    // What is not shown is counted all the same.
    let verdict = |output: &str| output.lines().last().unwrap().replace(" Noter visas inte.", "");
    assert_eq!(verdict(&all.output), verdict(&grave.output));
    assert!(run(&["--show", "error"]).output.trim_end().ends_with("Varningar och noter visas inte."));
}

#[test]
fn a_report_that_powershell_has_redirected_can_be_read() {
    let lund = Lund::copy();
    let report = lund.run(&["validate", "--format", "json", "--as-of", TODAY]).output;
    let utf16: Vec<u8> = std::iter::once('\u{feff}')
        .chain(report.chars())
        .flat_map(|letter| letter.encode_utf16(&mut [0; 2]).to_vec())
        .flat_map(u16::to_le_bytes)
        .collect();
    lund.write("build/rapport.json", utf16);
    let run = lund.run(&["validate", "--baseline", "build/rapport.json", "--as-of", TODAY]);
    assert!(run.code == 0 && run.output.contains("kända sedan tidigare"), "{run:?}");
}
