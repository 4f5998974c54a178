//! The memo about ending an agreement before its time: who ends it and why, by when the others must know, and what becomes of the
//! money.

use std::fs;

use super::Case;
use super::said::{adala, says};
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
    let notice = ("notice_months = 6", "notice_months = 3");
    let signed = [("status = \"proposed\"", "status = \"signed\""), notice];
    let case = adala(&signed, &ending("by = \"kommun\"\nexit = \"uppsagning\""));
    says(
        &memo(&case),
        &[
            "# Uppsägning av avtalet om idéburet offentligt partnerskap med Föreningen Öppet hus i Ådala",
            "- att säga upp avtalet om idéburet offentligt partnerskap gällande ett öppet hus för unga med Föreningen Öppet hus i Ådala, så att sista dagen blir den 30 juni 2025",
            "- att ge nämndens ordförande i uppdrag att skriftligen meddela föreningen uppsägningen, så att den har kommit fram senast den 31 mars 2025",
            "gäller till och med den 31 december 2025",
            "Sista dagen blir den 30 juni 2025. Lokalen säljs.",
            "## Resultat mot målen Huset har varit öppet.",
            "Varje part kan säga upp avtalet. Uppsägningstiden är tre månader.",
            "behöver uppsägningen ha kommit fram senast den 31 mars 2025.",
            // The second half of 2025 is one of two payouts of 500 000.
            "Kommunens kostnad minskar med 250 000 kronor för 2025.",
            "Inget är betalt för tiden efter den 30 juni 2025.",
            "## Ekonomi mot ramen",
            "| 2025 | 500 000 kronor | 500 000 kronor | −250 000 kronor | 250 000 kronor |",
            "## Beslutet skickas till",
        ],
        &["kräva tillbaka", "förläng", "har passerat", "godta"],
    );
    // Without a frame the heading promises none.
    let unframed = case.with("budget.toml", "");
    says(&memo(&unframed), &["## Ekonomiska konsekvenser"], &["Ekonomi mot ramen", "| År |"]);
}

#[test]
fn an_end_that_notice_cannot_bring_is_asked_for_or_accepted() {
    let own = "by = \"kommun\"\nexit = \"uppsagning\"";
    says(
        &memo(&adala(&[], &ending(own))),
        &[
            "med Föreningen Öppet hus i Ådala till den dag då uppsägningstiden går ut, och att föreslå föreningen att sista dagen blir den 30 juni 2025",
            "att skriftligen meddela föreningen uppsägningen och förslaget",
            "senast den 31 december 2024. Den dagen har passerat.",
            // No committee has met on the memo's own day, so no last day follows from it.
            "Genom uppsägningen upphör avtalet sex månader efter den dag då den kommer fram. Ett slut den 30 juni 2025 kräver att föreningen godtar det.",
        ],
        &["så att sista dagen", "20 augusti"],
    );
    let theirs = |received: &str| {
        let more = format!("by = \"forening\"\nexit = \"uppsagning\"\n{received}");
        memo(&adala(&[], &ending(&more)))
    };
    says(
        &theirs("received = 2025-01-15"),
        &[
            "- att godta att avtalet om idéburet offentligt partnerskap gällande ett öppet hus för unga, som föreningen har sagt upp, upphör redan den 30 juni 2025",
            "Uppsägningen kom fram den 15 januari 2025.",
            "Den dagen hade passerat. Genom uppsägningen upphör avtalet den 15 juli 2025.",
        ],
        &["notera"],
    );
    // That the memo is written later does not make notice late that came in time.
    says(
        &theirs("received = 2024-12-20"),
        &["- att notera att föreningen har sagt upp avtalet"],
        &["godta", "passerat"],
    );
    says(&theirs(""), &["Uppsägningen kom fram den **[ej angivet]**."], &["godta"]);
}

#[test]
fn an_agreement_that_can_end_with_one_day_of_the_year_does_not_end_with_another() {
    let case = Case::of_example("vretby");
    let path = case.folder.path().join("agreements/ladan.toml");
    let text = fs::read_to_string(path).unwrap();
    let case =
        case.with("agreements/ladan.toml", &text.replace("until = 2026-12-31\nby", "until = 2026-10-31\nby"));
    case.says("2026-03-01", &["render", "--format", "md", "--document", "tjansteskrivelse-avslut"]);
    let memo = fs::read_to_string(case.folder.path().join("build/ladan/tjansteskrivelse-avslut.md")).unwrap();
    says(
        &memo.replace('\u{a0}', " "),
        &[
            "till den första dag då det kan upphöra, och att föreslå Ladan att sista dagen blir den 31 oktober 2026",
            "Avtalet kan efter uppsägning upphöra bara den 31 december.",
            "tidigast den 31 december 2026. Ett slut den 31 oktober 2026 kräver att Ladan godtar det.",
        ],
        &["så att sista dagen"],
    );
}

#[test]
fn what_is_paid_for_days_after_the_end_is_claimed_back_or_asked_for() {
    let paid = "[payment.a]\ndate = 2025-01-31\namount = 250_000\nfunding = \"2025\"\npayout = \"2025#1\"\n\
                [payment.b]\ndate = 2025-02-10\namount = 250_000\nfunding = \"2025\"\npayout = \"2025#2\"\n";
    let with = |more: &str| {
        memo(
            &adala(&[("status = \"proposed\"", "status = \"signed\"")], &ending(more))
                .with("records/oppet-hus.toml", paid),
        )
    };
    says(
        &with("by = \"kommun\"\nreclaim = true"),
        &[
            "- att avsluta avtalet",
            "- att av föreningen kräva tillbaka de 250 000 kronor som är betalda för tiden efter den 30 juni 2025, då avtalet inte längre gäller - att ge nämndens ordförande i uppdrag att kräva in beloppet",
            "Kommunens kostnad minskar med 250 000 kronor för 2025.",
            "Av det som är betalt avser 250 000 kronor tiden efter den 30 juni 2025. Beloppet krävs tillbaka och är medräknat ovan.",
            "| −250 000 kronor | 250 000 kronor |",
        ],
        &[],
    );
    says(
        &with("by = \"kommun\"\nreclaim = false"),
        &[
            "- att inte kräva tillbaka de 250 000 kronor som är betalda för tiden efter den 30 juni 2025",
            "Avslutet minskar inte kommunens kostnad.",
            "Beloppet krävs inte tillbaka.",
        ],
        &["av föreningen kräva tillbaka", "−250 000"],
    );
    says(
        &with("by = \"kommun\""),
        &[
            "- att av föreningen kräva tillbaka de 250 000 kronor som är betalda för tiden efter den 30 juni 2025: **[ej angivet]**",
            "Avslutet minskar inte kommunens kostnad.",
            "Om beloppet ska krävas tillbaka: **[ej angivet]**. Krävs det tillbaka minskar kostnaden med 250 000 kronor för 2025.",
        ],
        &["kräva in", "−250 000"],
    );
}

#[test]
fn the_others_end_it_or_all_do_together() {
    says(
        &memo(&adala(&[], &ending("by = \"forening\"\nexit = \"uppsagning\"\nreceived = 2024-12-20"))),
        &[
            "- att notera att föreningen har sagt upp avtalet",
            "Föreningen har sagt upp det.",
            "skriftligen bekräfta att uppsägningen har kommit fram",
        ],
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

/// What two committees have concluded, the second with money for the half-year after the end.
fn of_two(changes: &[(&str, &str)], more: &str) -> Case {
    let two = "[also_decides.kultur]\ncommittee = \"kultur\"\nregistry_number = \"KN 2025/4\"\n\
               [funding.scen]\ntitle = \"Scenen\"\npayer = \"kommun\"\namount = 100_000\n\
               period = { start = 2025-07-01, end = 2025-12-31 }\nbudget_line = \"kultur\"\n";
    let signed = [("status = \"proposed\"", "status = \"signed\"")];
    let changes: Vec<_> = signed.iter().chain(changes).copied().collect();
    let case = adala(&changes, &format!("{two}{}", ending(more)));
    let read = |file: &str| fs::read_to_string(case.folder.path().join(file)).unwrap();
    let settings =
        format!("{}\n[committee.kultur]\nnames = [{{ name = \"Kulturnämnden\" }}]\n", read("iop.toml"));
    let line = "\n[line.kultur]\ntitle = \"Kultur\"\ncommittee = \"kultur\"\nyear = {}\n";
    let budget = format!("{}{line}", read("budget.toml"));
    case.with("iop.toml", &settings).with("budget.toml", &budget)
}

#[test]
fn what_two_committees_concluded_both_end_each_with_its_own_money() {
    let case = of_two(&[], "by = \"kommun\"");
    says(
        &memo(&case),
        &[
            "Till: Socialnämnden och kulturnämnden",
            "Socialnämnden beslutar - att avsluta avtalet",
            "- att beslutet gäller under förutsättning att kulturnämnden fattar motsvarande beslut Kulturnämnden beslutar - att avsluta avtalet",
            "- att beslutet gäller under förutsättning att socialnämnden fattar motsvarande beslut",
            "Nämnderna beslutar var för sig, och avslutet gäller först när båda har beslutat.",
            "minskar med 250 000 kronor för 2025 hos socialnämnden samt 100 000 kronor för 2025 hos kulturnämnden.",
        ],
        &["350 000"],
    );
    // The decision of one of them does not end it.
    let decided = "by = \"kommun\"\ndecision = \"slut\"";
    let records = "[decision.slut]\nkind = \"termination\"\nby = \"Socialnämnden\"\ndate = 2025-03-01\n";
    let one = of_two(&[], decided).with("records/oppet-hus.toml", records);
    assert!(one.findings("2025-04-01", &["IOP618"]).contains(&"IOP618 also_decides.kultur".to_owned()));
}

#[test]
fn a_committee_claims_back_its_own_money_alone() {
    let paid = "[payment.a]\ndate = 2025-01-31\namount = 50_000\npayout = \"scen#1\"\n\
                [payment.b]\ndate = 2025-02-10\namount = 50_000\npayout = \"scen#2\"\n";
    let case = of_two(&[], "by = \"kommun\"\nreclaim = true").with("records/oppet-hus.toml", paid);
    let text = memo(&case);
    says(
        &text,
        &["Kulturnämnden beslutar - att avsluta", "- att av föreningen kräva tillbaka de 100 000 kronor"],
        &[],
    );
    assert_eq!(text.matches("kräva tillbaka").count(), 1, "{text}");
    let (social, _) = text.split_once("Kulturnämnden beslutar").unwrap();
    assert!(!social.contains("kräva"), "{social}");
}

#[test]
fn late_notice_of_the_others_ends_it_whatever_the_committees_decide() {
    let case = of_two(&[], "by = \"forening\"\nexit = \"uppsagning\"\nreceived = 2025-01-15");
    says(
        &memo(&case),
        &[
            "Den tidigare sista dagen gäller först när båda nämnderna har godtagit den. Annars upphör avtalet den 15 juli 2025.",
        ],
        &["uppsägningen gäller först"],
    );
}

#[test]
fn what_rests_on_the_others_consent_is_said_to() {
    let paid = "[payment.a]\ndate = 2025-01-31\namount = 250_000\npayout = \"2025#1\"\n\
                [payment.b]\ndate = 2025-02-10\namount = 250_000\npayout = \"2025#2\"\n";
    let changes = [("status = \"proposed\"", "status = \"signed\"")];
    let own = ending("by = \"kommun\"\nexit = \"uppsagning\"\nreclaim = true");
    let case = adala(&changes, &own).with("records/oppet-hus.toml", paid);
    says(
        &memo(&case),
        &[
            "- att av föreningen kräva tillbaka de 250 000 kronor som är betalda för tiden efter den 30 juni 2025, då avtalet inte längre gäller, om föreningen godtar den dagen",
            "Godtar föreningen den dagen minskar kommunens kostnad med 250 000 kronor för 2025.",
            "Godtar föreningen den dagen krävs beloppet tillbaka",
        ],
        &["Beloppet krävs tillbaka"],
    );
}

#[test]
fn rescission_by_the_others_is_no_admission() {
    let exit = "[exit.havning]\ncause = [\"breach\"]\nmeans = \"rescission\"\n";
    let case = adala(&[], &format!("{exit}{}", ending("by = \"forening\"\nexit = \"havning\"")));
    says(
        &memo(&case),
        &[
            "- att notera att föreningen har meddelat hävning av avtalet",
            "skriftligen bekräfta att hävningen har kommit fram",
            "Att kommunen noterar hävningen innebär inte att kommunen godtar skälen för den.",
        ],
        &["bekräfta hävningen"],
    );
}

#[test]
fn money_for_several_years_comes_back_in_the_year_of_the_end_and_as_one_sum() {
    // 100 000,50 of what was paid in 2024 and as much of what was paid in 2025 is for the days after the end.
    let money = "[funding.bil]\ntitle = \"Bilen\"\npayer = \"kommun\"\namount = 400_002\nbudget_line = \"social\"\n\
                 period = { start = 2024-01-01, end = 2025-12-31 }\n\
                 [funding.hiss]\ntitle = \"Hissen\"\npayer = \"kommun\"\namount = 200_001\nbudget_line = \"social\"\n\
                 period = { start = 2025-01-01, end = 2025-12-31 }\n\
                 [funding.gava]\ntitle = \"Gåvan\"\npayer = \"forening\"\npayee = \"kommun\"\namount = 1_000\n\
                 period = { start = 2024-01-01, end = 2025-12-31 }\n\
                 [payout_plan.bil]\nfunding = [\"bil\", \"gava\"]\nmethod = \"invoice\"\npart.a = { month_of_term = 1, share = \"100\" }\n\
                 [payout_plan.hiss]\nfunding = [\"hiss\"]\nmethod = \"invoice\"\ntimes_per_year = 1\nmonths = [1]\n";
    let paid = "[payment.a]\ndate = 2024-01-31\namount = 400_002\npayout = \"bil#1\"\n\
                [payment.b]\ndate = 2025-01-31\namount = 200_001\npayout = \"hiss#1\"\n";
    let changes = [
        ("status = \"proposed\"", "status = \"signed\""),
        ("[payout_plan.halvar]", "[payout_plan.halvar]\nfunding = [\"2024\", \"2025\"]"),
    ];
    let case = adala(&changes, &format!("{money}{}", ending("by = \"kommun\"\nreclaim = true")))
        .with("records/oppet-hus.toml", paid);
    let text = memo(&case);
    let sum_after = |before: &str| {
        let (_, after) = text.split_once(before).unwrap_or_else(|| panic!("{before}: {text}"));
        after.split_once(" kronor").unwrap().0.to_owned()
    };
    let claimed = sum_after("kräva tillbaka de ");
    assert_eq!(claimed, sum_after("Av det som är betalt avser "));
    assert_eq!(claimed, "200 001");
    // With half of the half-million that is not paid yet.
    says(&text, &["kostnad minskar med 450 001 kronor för 2025."], &["kronor för 2024", "| 2024 |"]);
    says(&text, &["Föreningen behöver inte betala 250 kronor för 2025."], &[]);
}

#[test]
fn the_points_of_a_numbered_proposal_are_a_list() {
    let case = adala(&[], &ending("by = \"kommun\""));
    let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
    let case = case.with("iop.toml", &format!("{settings}\n[documents]\nproposal = \"numbered\"\n"));
    says(
        &memo(&case),
        &["1. Socialnämnden avslutar avtalet", "2. Socialnämnden ger nämndens ordförande i uppdrag"],
        &["1\\."],
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
