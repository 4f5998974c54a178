//! The memo about ending an agreement before its time: who ends it and why, by when the others must know, and what becomes of the
//! money.

use std::fs;

use super::Case;
use super::sentences::{adala, says};
use crate::common::{repository, run_in};

/// What ends in the middle of 2025, with its memo.
fn ending(more: &str) -> String {
    format!(
        "[ending]\nuntil = 2025-06-30\ncause = \"Lokalen säljs.\"\n{more}\n[ending.memo]\ndated = 2025-02-20\n\
         administration = \"Socialförvaltningen\"\nexecutor = \"nämndens ordförande\"\nresults = \"Huset har varit öppet.\"\n"
    )
}

fn memo(case: &Case) -> String {
    let kind = "tjansteskrivelse-avslut";
    let said = case.says("2025-03-01", &["render", "--format", "md", "--document", kind]);
    let path = case.folder.path().join(format!("build/oppet-hus/{kind}.md"));
    let text = fs::read_to_string(path).unwrap_or_else(|_| panic!("{said}"));
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn notice_says_by_whom_for_what_from_when_and_what_becomes_of_the_money() {
    let signed = [("status = \"proposed\"", "status = \"signed\"")];
    let case = adala(&signed, &ending("by = \"kommun\"\nexit = \"uppsagning\""));
    says(
        &memo(&case),
        &[
            "# Uppsägning av avtalet om idéburet offentligt partnerskap med Föreningen Öppet hus i Ådala",
            "- att säga upp avtalet om idéburet offentligt partnerskap gällande ett öppet hus för unga med Föreningen Öppet hus i Ådala, så att sista dagen blir den 30 juni 2025",
            "- att ge nämndens ordförande i uppdrag att meddela föreningen uppsägningen",
            "gäller till och med den 31 december 2025",
            "Sista dagen blir den 30 juni 2025. Lokalen säljs.",
            "## Resultat mot målen Huset har varit öppet.",
            "Varje part kan säga upp avtalet. Uppsägningstiden är sex månader.",
            "behöver uppsägningen ha kommit fram senast den 31 december 2024. Den dagen har passerat.",
            // The second half of 2025 is one of two payouts of 500 000.
            "Kommunens kostnad minskar med 250 000 kronor för 2025.",
            "Inget är betalt för tiden efter den 30 juni 2025.",
            "| 2025 | 500 000 kronor | 500 000 kronor | −250 000 kronor | 250 000 kronor |",
            "## Beslutet skickas till",
        ],
        &["kräva tillbaka", "förläng"],
    );
}

#[test]
fn what_is_paid_for_days_after_the_end_is_claimed_back_or_asked_for() {
    let paid = "[payment.a]\ndate = 2025-01-31\namount = 250_000\nfunding = \"2025\"\npayout = \"2025#1\"\n\
                [payment.b]\ndate = 2025-02-10\namount = 250_000\nfunding = \"2025\"\npayout = \"2025#2\"\n";
    let with = |more: &str| adala(&[], &ending(more)).with("records/oppet-hus.toml", paid);
    says(
        &memo(&with("by = \"kommun\"\nreclaim = true")),
        &[
            "- att avsluta avtalet",
            "- att kräva tillbaka 250 000 kronor, som är betalt för tiden efter den 30 juni 2025",
            "Av det som är betalt avser 250 000 kronor tiden efter den 30 juni 2025. Beloppet krävs tillbaka.",
        ],
        &[],
    );
    says(
        &memo(&with("by = \"kommun\"")),
        &["Om beloppet ska krävas tillbaka: **[ej angivet]**."],
        &["att kräva tillbaka"],
    );
}

#[test]
fn the_others_end_it_or_all_do_together() {
    says(
        &memo(&adala(&[], &ending("by = \"forening\"\nexit = \"uppsagning\""))),
        &["- att notera att föreningen säger upp avtalet", "Föreningen säger upp det."],
        &["att säga upp", "föreslår att socialnämnden"],
    );
    says(
        &memo(&adala(&[], &ending(""))),
        &[
            "# Avslut av avtalet",
            "- att godkänna att parterna gemensamt avslutar avtalet",
            "Att avsluta avtalet gemensamt kräver att parterna kommer överens om det och att alla undertecknar.",
        ],
        &["stöds på"],
    );
}

#[test]
fn a_date_of_the_end_gives_the_memo_about_it() {
    let out = tempfile::tempdir().unwrap();
    let vretby = repository().join("examples/vretby");
    let json =
        run_in(&vretby, &["schedule", "--from", "2025-01-01", "--format", "json", "--as-of", "2026-03-01"]);
    let schedule: serde_json::Value = serde_json::from_str(&json.output).unwrap();
    let deadlines = schedule["deadlines"].as_array().unwrap();
    let notice = deadlines.iter().find(|one| one["kind"] == "notice").unwrap();
    let id = notice["id"].as_str().unwrap();
    let folder = out.path().to_str().unwrap();
    let run = run_in(&vretby, &["render", id, "--format", "md", "--out", folder, "--as-of", "2026-03-01"]);
    assert_eq!(run.code, 0, "{run:?}");
    let written: Vec<String> = fs::read_dir(out.path().join("ladan"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(written, ["tjansteskrivelse-avslut.md"]);
    let text = fs::read_to_string(out.path().join("ladan/tjansteskrivelse-avslut.md")).unwrap();
    says(
        &text.replace('\u{a0}', " "),
        &[
            "gäller från och med den 1 januari 2025 och tills vidare",
            "senast den 30 juni 2026",
            "Kommunen betalar ingen ersättning för tiden efter den 31 december 2026.",
        ],
        &["minskar inte", "har passerat"],
    );
}

#[test]
fn what_an_ending_names_must_be_there() {
    let case = adala(&[], &ending("by = \"nagon\"\nexit = \"borta\"\ndecision = \"inget\""));
    let found = case.findings("2025-03-01", &["IOP108"]);
    assert_eq!(found.len(), 3, "{found:?}");
}
