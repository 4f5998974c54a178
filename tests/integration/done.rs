//! `iop done` for what is written as what it is: payments, decisions, signings and bookings, in Swedish words.

use std::fs;

use tempfile::TempDir;

use crate::common::{Run, copy, plain, repository, run_in};

const TODAY: &str = "2025-06-01";

/// The register of Ådala in a folder of its own.
struct Adala(TempDir);

impl Adala {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&repository().join("examples/adala"), folder.path());
        Self(folder)
    }

    fn done(&self, arguments: &str) -> Run {
        let words = arguments.split(' ').map(|word| word.replace('_', " "));
        let all: Vec<String> = ["done", "oppet-hus"].map(str::to_owned).into_iter().chain(words).collect();
        let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
        all.extend(["--as-of", TODAY]);
        let run = run_in(self.0.path(), &all);
        Run { output: plain(&run.output), errors: plain(&run.errors), ..run }
    }

    /// What is written in the records by a call that works.
    fn written(&self, arguments: &str) -> String {
        let before = self.records();
        let run = self.done(arguments);
        assert_eq!(run.code, 0, "{arguments}: {run:?}");
        let after = self.records();
        after.strip_prefix(&before).unwrap_or_else(|| panic!("{before}\n→\n{after}")).trim_start().to_owned()
    }

    /// What a call says that writes nothing.
    fn refused(&self, arguments: &str) -> String {
        let before = self.records();
        let run = self.done(arguments);
        assert_eq!((run.code, self.records()), (2, before), "{arguments}: {run:?}");
        run.errors
    }

    fn records(&self) -> String {
        fs::read_to_string(self.0.path().join("records/oppet-hus.toml")).unwrap_or_default()
    }

    /// Adds the lines that a message shows to a file of the register.
    fn add_shown(&self, file: &str, message: &str) {
        let lines = message.split_once("\n\n").unwrap_or_else(|| panic!("no lines in {message}")).1;
        let path = self.0.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, format!("{text}\n{}\n", lines.trim_end())).unwrap();
    }
}

#[test]
fn a_payment_is_written_where_it_counts() {
    let adala = Adala::new();
    let lacks = adala.refused("betalning --date 2025-01-30");
    assert!(lacks.contains("2024#1, 2024#2, 2025#1 eller 2025#2"), "{lacks}");
    let lacks = adala.refused("betalning 2025#1 --date 2025-01-30");
    assert!(lacks.contains("--amount") && lacks.contains("kvar att betala är 250 000 kronor"), "{lacks}");
    let unknown = adala.refused("utbetalning 2026#1 --date 2025-01-30 --amount 1");
    assert!(unknown.contains("ingen utbetalning som heter 2026#1"), "{unknown}");
    assert_eq!(
        adala.written("Betalning 2025#1 --date 2025-01-30 --amount 250000 --voucher V17"),
        "[payment.betalning-2025-1]\ndate = 2025-01-30\namount = 250_000\npayout = \"2025#1\"\nvoucher = \"V17\"\n"
    );
    let again = adala.refused("betalning 2025#1 --date 2025-01-31 --amount 250000");
    assert!(again.contains("redan betald (records/oppet-hus.toml, payment.betalning-2025-1)"), "{again}");
    let part = adala.written("betalning 2025#2 --date 2025-05-01 --amount 100000,50 --partial");
    assert!(part.contains("amount = \"100000,5\"\npayout = \"2025#2\"\npartial = true\n"), "{part}");
}

#[test]
fn a_decision_is_written_in_swedish_words() {
    let adala = Adala::new();
    assert!(adala.refused("beslut --date 2023-12-13").contains("godkännande"));
    assert!(adala.refused("beslut godkannande --date 2023-12-13").contains("--by"));
    assert!(adala.refused("beslut godkänd-x --date 2023-12-13 --by x").contains("godkännande"));
    assert_eq!(
        adala.written(
            "beslut godkannande --date 2023-12-13 --by Socialnämnden --paragraph §167 --reference SN_2023/0101 --adjusted"
        ),
        "[decision.godkannande-2023]\nkind = \"approval\"\nby = \"Socialnämnden\"\ndate = 2023-12-13\nparagraph = \"§ 167\"\n\
         registry_number = \"SN 2023/0101\"\ndirectly_adjusted = true\n"
    );
    let again = adala.refused("beslut godkännande --date 2023-12-13 --by socialnämnden");
    assert!(again.contains("Redan infört"), "{again}");
    let end = adala.written(
        "beslut uppsägning --date 2025-05-20 --by Socialnämnden --paragraph 12 --sent 2025-05-22 --received 2025-05-26 --exit uppsagning",
    );
    assert!(end.contains("kind = \"termination\"") && end.contains("paragraph = \"§ 12\""), "{end}");
    assert!(end.ends_with("sent = 2025-05-22\nreceived = 2025-05-26\nexit = \"uppsagning\"\n"), "{end}");
    for (flags, said) in [
        ("beslut tillägg --date 2025-05-21 --by x --sent 2025-05-22", "hör till en uppsägning"),
        ("beslut uppsägning --date 2025-05-21 --by x --received 2025-07-22", "har inte varit ännu"),
    ] {
        let refused = adala.refused(flags);
        assert!(refused.contains(said), "{refused}");
    }
    let wrong = adala.refused("beslut tillägg --date 2025-05-20 --by Socialnämnden --paragraph tolv");
    assert!(wrong.contains("Inget har skrivits"), "{wrong}");
}

#[test]
fn a_signing_is_of_whoever_is_meant() {
    let adala = Adala::new();
    let both = adala.refused("undertecknat --date 2023-12-20");
    assert!(both.contains("forening/ordforande") && both.contains("kommun/ordforande"), "{both}");
    assert_eq!(
        adala.written("undertecknande kommun/ordforande --date 2023-12-20"),
        "[signing.kommun-ordforande]\nparty = \"kommun\"\nsignatory = \"ordforande\"\ndate = 2023-12-20\n"
    );
    // Of two, the other one is left.
    assert!(adala.written("undertecknat --date 2023-12-21").contains("party = \"forening\""));
    assert!(adala.refused("undertecknat --date 2023-12-21").contains("Alla har redan undertecknat."));
}

#[test]
fn a_meeting_is_booked_and_then_held() {
    let adala = Adala::new();
    let booked = adala.written("bokning 2025H1 --date 2025-06-12");
    assert_eq!(
        booked,
        "[meeting.styrgrupp-2025h1]\nsteering_group = \"styrgrupp\"\ndate = 2025-06-12\nplanned = true\n"
    );
    assert!(adala.refused("bokning 2025H1 --date 2025-05-12").contains("är inte en dag som kommer"));
    assert!(adala.refused("styrgruppsmöte 2025H1 --date 2025-06-12").contains("har inte varit ännu"));
    let held = adala.done("styrgruppsmote 2025H1 --date 2025-05-30");
    assert_eq!(held.code, 0, "{held:?}");
    assert!(adala.records().contains("date = 2025-05-30\nplanned = false\n"), "{}", adala.records());
}

#[test]
fn what_is_ticked_off_has_a_swedish_name_with_or_without_its_dots() {
    for (words, kind) in [
        ("verksamhetsrapport 2024H1", "halvarsrapport"),
        ("Årlig_uppföljningsrapport 2024", "arsrapport"),
        ("arlig-uppfoljningsrapport 2024", "arsrapport"),
        ("årsrapport 2024", "arsrapport"),
        ("oversyn 1", "review"),
        ("årshandlingar 2024", "annual-accounts"),
    ] {
        let adala = Adala::new();
        let written = adala.written(&format!("{words} --date 2025-05-02"));
        assert!(written.contains(&format!("\"{kind}\"")), "{words}: {written}");
    }
}

#[test]
fn impossible_days_and_flags_of_something_else_are_refused() {
    let adala = Adala::new();
    for (arguments, said) in [
        ("betalning 2024#1 --date 2013-01-30 --amount 250000", "Inget har skrivits."),
        ("beslut godkännande --date 1923-12-13 --by Socialnämnden", "före 1990"),
        ("undertecknande kommun/ordforande --date 1923-12-13", "före 1990"),
        ("betalning 2025#2 --date 2025-07-30 --amount 250000", "har inte varit ännu"),
        ("betalning 2025#1 --date 2025-02-30 --amount 250000", "datum som finns"),
        ("betalning 2025#1 --date 2025-01-30 --amount 1 --by x", "--by hör inte till en betalning."),
        ("översyn 1 --date 2025-03-30 --voucher x", "--voucher hör inte till det."),
    ] {
        let refused = adala.refused(arguments);
        assert!(refused.contains(said), "{arguments}: {refused}");
    }
    assert!(adala.refused("--date 2025-03-30").contains("I ett terminalfönster räcker avtalet"));
}

#[test]
fn the_lines_that_are_shown_can_be_written() {
    let adala = Adala::new();
    for (words, then) in [("kontroll 2025", "kontroll"), ("expedierat -", "expediering")] {
        let shown = adala.refused(&format!("{words} --date 2025-05-02"));
        adala.add_shown("agreements/oppet-hus.toml", &shown);
        let run = run_in(
            adala.0.path(),
            &["schedule", "--from", "2024-01-01", "--as-of", TODAY, "--format", "json"],
        );
        assert!(run.output.contains(&format!("/{then}")), "{then}: {run:?}");
    }
    let written = adala.written("kontroll 2024 --date 2025-05-02");
    assert!(written.contains("duty = \"kontroll\""), "{written}");
    let shown = adala.refused("indexvärde - --date 2025-05-02");
    fs::write(
        adala.0.path().join("indexes/nya.toml"),
        "title = \"priser\"\nkind = \"yearly-change\"\npublisher = \"kommunen\"\n\n[value]\n",
    )
    .unwrap();
    adala.add_shown("indexes/nya.toml", &shown);
    let run = run_in(adala.0.path(), &["validate", "--as-of", TODAY]);
    assert!(!run.output.contains("IOP10"), "{run:?}");
    // The other ways that are named are commands.
    for (words, command) in
        [("beslut-om-avtalet -", "beslut godkännande"), ("sista-dag-for-uppsagning -", "beslut uppsägning")]
    {
        let shown = adala.refused(&format!("{words} --date 2025-05-02"));
        assert!(shown.contains(&format!("iop done oppet-hus {command}")), "{shown}");
    }
}
