//! What a jurist asks of the sentences: who may what, what holds already, what is whose, and nothing twice.

use std::fs;

use super::Case;
use super::said::{adala, agreement, document, memo, says};

fn changed(case: &Case, kind: &str, part: &str) -> String {
    let said = case.says("2025-06-01", &["render", "--format", "md", "--document", kind]);
    let path = case.folder.path().join(format!("build/a/{kind}-{part}.md"));
    let text = fs::read_to_string(path).unwrap_or_else(|_| panic!("{said}"));
    text.replace('\u{a0}', " ")
}

#[test]
fn a_supplement_keeps_plans_names_and_the_order_of_the_rows() {
    let case = Case::new(
        "start = 2024-01-01, end = 2024-12-31",
        "[funding.grund]\npayer = \"kommun\"\namount = 400_000\n\
         [funding.nytt]\ntitle = \"Nya året\"\npayer = \"kommun\"\namount = 200_000\n\
         period = { start = 2025-01-01, end = 2025-12-31 }\n\
         [payout_plan.grund]\nfunding = [\"grund\"]\ntimes_per_year = 1\nmonths = [1]\n\
         [payout_plan.nytt]\nfunding = [\"nytt\"]\ntimes_per_year = 2\nmonths = [2, 8]\n\
         [indexation.nytt]\nfunding = [\"nytt\"]\nyears = [2025]\nflat = \"2\"\namounts = \"after-adjustment\"\nmethod = \"chained\"\n\
         [extension.e]\nuntil = 2025-12-31\ndated = 2024-11-05\n",
    );
    let text = changed(&case, "tillaggsavtal", "forlangning-e");
    // How the new money is paid and adjusted is new with it.
    says(
        &text,
        &[
            "| *(ny punkt)* | Nya året, 2025-01-01–2025-12-31: 200 000 kronor |",
            "| *(ny punkt)* | Följande gäller för den ersättning som avser ”Nya året”.",
        ],
        // An amount that is as it was has one name.
        &["400 000", "Hela avtalstiden"],
    );
    let (row, sum) = (text.find("Nya året, 2025").unwrap(), text.find("**Sammanlagt**:").unwrap());
    assert!(row < sum, "{text}");
}

#[test]
fn a_renewal_and_an_option_beside_it_are_both_told() {
    let term = "end = 2025-12-31\nrenewal = { months = 12, notice_months = 3, until = 2027-12-31 }\noption.o = { months = 6, by = \"kommun\" }\n";
    says(
        &memo(&adala(&[("end = 2025-12-31\n", term)], "")),
        &[
            "- att godkänna att avtalet därefter förlängs med tolv månader i taget, om ingen part säger upp det, med möjlighet till ytterligare förlängning",
        ],
        &[],
    );
}

#[test]
fn where_others_have_their_money_from_is_not_the_committees() {
    let region = "[party.region]\nrole = \"public\"\nname = \"Region Mitt\"\nshort_name = \"regionen\"\nsignatory = \"not-stated\"\n\
        [funding.region]\npayer = \"region\"\namount = 200_000\nsource = \"state-grant\"\n";
    let text = memo(&adala(&[], region));
    says(&text, &["Därutöver bidrar regionen med 200 000 kronor."], &["finansieras"]);
}

#[test]
fn who_may_end_it_when_another_party_breaches() {
    let exit = "[exit.brott]\ncause = [\"breach\"]\nmeans = \"notice\"\nnotice_months = 1\n\
                [exit.kommunens]\ncause = [\"breach\"]\nmeans = \"rescission\"\nopen_to = [\"kommun\"]\n";
    says(
        &agreement(&adala(&[], exit)),
        &[
            "Varje part kan säga upp avtalet om den andra parten inte uppfyller villkoren eller brister i sina åtaganden. Uppsägningstiden",
            "Kommunen kan häva avtalet om den andra parten inte uppfyller villkoren",
        ],
        &["om en part inte uppfyller"],
    );
}

#[test]
fn what_nobody_has_signed_has_not_been_renewed() {
    let term = "end = 2024-06-30\nrenewal = { months = 12, notice_months = 3 }\n";
    let renewed = |status: &str| {
        let status = format!("status = \"{status}\"");
        agreement(&adala(&[("end = 2025-12-31\n", term), ("status = \"proposed\"", &status)], ""))
    };
    says(&renewed("signed"), &["har förlängts av sig självt"], &[]);
    says(&renewed("decided"), &["Avtalet förlängs med tolv månader i taget"], &["har förlängts"]);
}

#[test]
fn an_agreement_before_this_one_holds_until_its_last_day() {
    let before =
        "[predecessor]\ntitle = \"avtalet om huset\"\nperiod = { start = 2023-01-01, end = 2025-12-31 }\n";
    says(&agreement(&adala(&[], before)), &["som gäller från och med den 1 januari 2023"], &["som gällde"]);
    // The memo is of November 2023.
    let before = before.replace("2025-12-31", "2023-12-31");
    // Words that have been signed stand as they were.
    says(&agreement(&adala(&[], &before)), &["som gäller från och med den 1 januari 2023"], &["som gällde"]);
    says(&memo(&adala(&[], &before)), &["som gäller från och med den 1 januari 2023"], &["som gällde"]);
}

#[test]
fn nothing_is_said_twice_or_of_nothing() {
    let more = "[party.stiftelse]\nrole = \"civil-society\"\nname = \"Stiftelsen Fyren\"\nform = \"foundation\"\nsignatory = \"not-stated\"\n\
        [funding.gemensam]\ntitle = \"Gemensamt\"\npayer = \"kommun\"\namount = 100_000\n\
        payees = { forening = {}, stiftelse = {} }\nstate_grant = { 2024 = 50_000, 2025 = 0 }\n\
        [follow_up.plan]\nkind = \"other\"\ntitle = \"Plan\"\nuse_for = \"se framåt\"\ntemplate = \"kommunens mall\"\ncontents = [\"mål\"]\n";
    says(
        &agreement(&adala(&[], more)),
        &[
            "**Idéburen part:** Stiftelsen Fyren. ",
            "är gemensamt för föreningen och Stiftelsen Fyren. Hur det fördelas är inte angivet.",
            "**Plan.** Den används för att se framåt. Den ska följa kommunens mall och innehålla mål.",
        ],
        &["Fyren, stiftelse", "statsbidrag", ", fördelningen"],
    );
}

#[test]
fn a_frame_that_is_used_to_the_last_krona_is_told_as_that() {
    // A frame is known from the day of its source.
    let early = |case: Case| {
        let budget = fs::read_to_string(case.folder.path().join("budget.toml")).unwrap();
        let budget = budget.replace("2023-11-20", "2023-10-16").replace("2024-11-18", "2023-10-16");
        case.with("budget.toml", &budget)
    };
    // Both years cost what the frame holds.
    says(
        &memo(&early(adala(&[], ""))),
        &[
            "Kostnaden ryms i budgetramen ”Partnerskap inom socialtjänsten”. För 2024 och 2025 är ramen därmed helt använd.",
        ],
        &[],
    );
    let less = [(
        "amount = 500_000\nbudget_line = \"social\"\n\n[in_kind",
        "amount = 400_000\nbudget_line = \"social\"\n\n[in_kind",
    )];
    says(
        &memo(&early(adala(&less, ""))),
        &["För 2024 är ramen därmed helt använd."],
        &["2024 och 2025 är ramen"],
    );
}

#[test]
fn results_and_law_stand_in_the_memo_of_an_agreement_that_goes_on_from_another() {
    let own =
        [("[memo]\n", "[memo]\nresults = \"Huset har varit öppet.\"\nlegal = \"Den är i sin ordning.\"\n")];
    says(
        &memo(&adala(&own, "")),
        &["## Resultat mot målen Huset har varit öppet.", "## Rättslig bedömning Den är i sin ordning."],
        &[],
    );
    says(&memo(&adala(&[], "")), &[], &["## Resultat mot målen", "## Rättslig bedömning"]);
}

#[test]
fn gross_and_net_frames_are_told_by_the_names_of_their_lines() {
    let case = Case::of_example("vretby");
    let text = document(&case, "tjansteskrivelse");
    says(
        &text,
        &[
            "Budgetramen ”Mötesplatser och föreningsstöd” räknas brutto.",
            "Budgetramen ”Förebyggande insatser för äldre” räknas netto, efter statsbidrag.",
        ],
        &[],
    );
}

#[test]
fn a_heading_promises_only_what_follows() {
    says(&agreement(&adala(&[], "")), &["## Uppsägning och tvist Varje part"], &["hävning"]);
    let exit = "[exit.h]\ncause = [\"unremedied-breach\"]\nmeans = \"rescission\"\n";
    says(&agreement(&adala(&[], exit)), &["## Uppsägning, hävning och tvist Varje part"], &[]);
    let own = "[clause.exit]\naddition = \"Parterna kan ändra avtalet skriftligt.\"\n";
    says(&agreement(&adala(&[], own)), &["## Ändring, uppsägning, hävning och tvist Varje part"], &[]);
}

#[test]
fn numbers_have_one_form() {
    let text = agreement(&adala(&[("end = 2025-12-31", "end = 2024-12-31")], ""));
    says(
        &text,
        &["(tolv månader)", "vid två tillfällen per år", "två gånger per år"],
        &["två (2)", "(12 månader)"],
    );
}
