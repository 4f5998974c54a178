//! Reports in a file that is named: the same bytes as on standard output, whole or not at all.

use std::fs;

use crate::common::{Lund, TODAY, repository, run_in};

/// Every command that prints a report, with formats that differ in their bytes.
const REPORTS: [&[&str]; 11] = [
    &["payouts"],
    &["payouts", "--format", "csv"],
    &["payouts", "--explain", "--format", "csv-plain"],
    &["payouts", "--format", "json"],
    &["budget", "--format", "markdown"],
    &["schedule"],
    &["schedule", "--format", "ics"],
    &["schedule", "--format", "json"],
    &["followup", "--width", "60"],
    &["validate"],
    &["validate", "--format", "sarif"],
];

#[test]
fn a_file_holds_what_standard_output_would() {
    let lund = Lund::copy();
    for report in REPORTS {
        let asked = [report, &["--as-of", TODAY]].concat();
        let printed = lund.run(&asked);
        let written = lund.run(&[&asked[..], &["--output", "rapport.txt"]].concat());
        assert_eq!(lund.read("rapport.txt"), printed.output, "{report:?}");
        assert_eq!(written.output, "Rapporten är skriven i rapport.txt.\n", "{report:?}");
        assert_eq!((written.code, written.errors), (printed.code, printed.errors), "{report:?}");
    }
}

#[test]
fn findings_and_what_is_overdue_still_decide_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rapport.csv");
    let file = file.to_str().unwrap();
    for arguments in [
        vec!["validate", "--register", "examples/typiska-fel"],
        vec!["payouts", "--register", "examples/typiska-fel", "--format", "csv"],
    ] {
        let run =
            run_in(&repository(), &[&arguments[..], &["--as-of", "2024-06-01", "--output", file]].concat());
        assert_eq!(run.code, i32::from(arguments[0] == "validate"), "{run:?}");
        assert!(!fs::read(file).unwrap().is_empty());
    }
}

#[test]
fn what_is_wrong_with_the_settings_stands_in_the_file_too() {
    let lund = Lund::copy();
    lund.write("iop.toml", lund.read("iop.toml") + "\nx = \"\n");
    lund.write("rapport.txt", "en äldre rapport");
    let run = lund.run(&["validate", "--output", "rapport.txt", "--as-of", TODAY]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.errors.contains("IOP102"), "{run:?}");
    assert!(lund.read("rapport.txt").contains("IOP102"), "{}", lund.read("rapport.txt"));
}

#[test]
fn what_is_no_place_for_a_report_is_told_and_left_as_it_is() {
    let lund = Lund::copy();
    lund.write("fil", "");
    for (output, told) in [
        ("agreements", "är en mapp"),
        (".", "är en mapp"),
        ("..", "är en mapp"),
        ("saknas/rapport.txt", "Mappen saknas finns inte"),
        ("fil/rapport.txt", "Mappen fil finns inte"),
        ("agreements/rsmh-lund-2021.toml", "där registret har sina egna filer"),
        ("agreements/rapport.csv", "där registret har sina egna filer"),
        ("./records/../records/rapport.txt", "där registret har sina egna filer"),
        ("iop.toml", "där registret har sina egna filer"),
        ("budget.toml", "där registret har sina egna filer"),
        ("", "--output"),
    ] {
        let before = [lund.read("iop.toml"), lund.read("agreements/rsmh-lund-2021.toml")];
        let run = lund.run(&["payouts", "--as-of", TODAY, "--output", output]);
        assert_eq!(run.code, 2, "{output}: {run:?}");
        assert!(run.errors.contains(told), "{output}: {run:?}");
        assert_eq!(run.output, "", "{output}");
        assert_eq!(before, [lund.read("iop.toml"), lund.read("agreements/rsmh-lund-2021.toml")]);
        assert!(!lund.path("saknas").exists() && !lund.path("agreements/rapport.csv").exists());
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_devices_and_protected_files_are_left_alone() {
    use std::os::unix::fs::symlink;
    let lund = Lund::copy();
    let to = |output: &str| lund.run(&["payouts", "--as-of", TODAY, "--format", "csv", "--output", output]);
    symlink("agreements", lund.path("genväg")).unwrap();
    symlink("agreements/rsmh-lund-2021.toml", lund.path("avtalet.csv")).unwrap();
    for output in ["genväg/rapport.csv", "avtalet.csv"] {
        assert!(to(output).errors.contains("där registret har sina egna filer"), "{output}");
    }
    assert!(to("/dev/null").errors.contains("ingen vanlig fil"));
    lund.write("mål.csv", "");
    symlink("mål.csv", lund.path("länk.csv")).unwrap();
    assert_eq!(to("länk.csv").code, 0);
    assert!(lund.path("länk.csv").is_symlink() && lund.read("mål.csv").contains("rsmh"));
    let mut rights = fs::metadata(lund.path("mål.csv")).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(lund.path("mål.csv"), rights).unwrap();
    let before = lund.read("mål.csv");
    let run = to("mål.csv");
    assert_eq!((run.code, lund.read("mål.csv")), (2, before));
    assert!(run.errors.contains("skrivskyddad"), "{run:?}");
    let left = fs::read_dir(lund.folder.path()).unwrap();
    let left = left.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".iop"));
    assert_eq!(left.count(), 0, "half a file");
}
