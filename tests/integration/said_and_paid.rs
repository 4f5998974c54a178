//! What an agreement says of its money stands in its text, and the payouts follow from it. The arithmetic stands beside
//! each case.

use std::fs;

use serde_json::Value;

use crate::common::{Lund, plain, repository};

/// The register of Ådala with an agreement of this term and economy, and other files.
fn register(economy: &str, files: &[(&str, &str)]) -> Lund {
    let folder = tempfile::tempdir().unwrap();
    let lund = Lund { folder };
    let adala = repository().join("examples/adala");
    for file in ["iop.toml", "budget.toml", "indexes/priser.toml", "guidelines/adala-2019.toml"] {
        lund.write(file, fs::read_to_string(adala.join(file)).unwrap());
    }
    let agreement = "agreements/oppet-hus.toml";
    lund.write(agreement, fs::read_to_string(adala.join(agreement)).unwrap());
    for table in ["term", "funding.2024", "funding.2025", "payout_plan.halvar"] {
        lund.remove_table(agreement, table);
    }
    lund.write(agreement, format!("{}\n{economy}", lund.read(agreement)));
    for (file, text) in files {
        lund.write(file, text);
    }
    lund
}

/// The texts of the agreement and of the memo about it, each on one line.
struct Said {
    agreement: String,
    memo: String,
}

fn said(lund: &Lund) -> Said {
    let run = lund.run(&["render", "oppet-hus", "--format", "md", "--as-of", DAY]);
    assert!(!run.output.contains("går inte att läsa"), "{}", lund.run(&["validate"]).output);
    let text = |document: &str| {
        let text = lund.read(&format!("build/oppet-hus/{document}.md"));
        plain(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Said { agreement: text("avtal"), memo: text("tjansteskrivelse") }
}

/// "id sum" of each payout; a preliminary sum has a `p`.
fn paid(lund: &Lund) -> Vec<String> {
    let run = lund.run(&["payouts", "--format", "json", "--as-of", DAY]);
    let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
    let payouts = report["agreements"][0]["payouts"].as_array().unwrap().iter();
    payouts
        .map(|payout| {
            let mark = if payout["status"] == "preliminary" { " p" } else { "" };
            format!("{} {}{mark}", payout["id"].as_str().unwrap(), payout["to_pay"].as_str().unwrap())
        })
        .collect()
}

/// "path: message" of each finding of a rule.
fn found(lund: &Lund, code: &str) -> Vec<String> {
    let run = lund.run(&["validate", "--format", "json", "--as-of", DAY]);
    let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == code);
    findings
        .map(|one| plain(&format!("{}: {}", one["path"].as_str().unwrap(), one["message"].as_str().unwrap())))
        .collect()
}

/// Agreement and memo have the same sentence: what the committee decides is what the parties sign.
fn assert_says(said: &Said, sentence: &str) {
    for text in [&said.agreement, &said.memo] {
        assert_holds(text, sentence);
    }
}

fn assert_holds(text: &str, sentence: &str) {
    assert!(text.contains(sentence), "{sentence:?} is not in {text}");
}

const DAY: &str = "2024-03-01";

/// Two agreement years from July, 240 000 kronor each, paid by the quarter.
const FROM_JULY: &str = "[term]\nstart = 2023-07-01\nend = 2025-06-30\n\
    [funding.ersattning]\npayer = \"kommun\"\namount = 480_000\nbudget_line = \"social\"\n\
    [payout_plan.kvartal]\ntimes_per_year = 4\ntiming = \"advance\"\n\
    [indexation.pris]\nseries = \"priser\"\namounts = \"before-adjustment\"\nmethod = \"chained\"\n";

#[test]
fn an_index_by_agreement_year_raises_what_is_for_days_after_the_anniversary() {
    let lund = register(&format!("{FROM_JULY}per = \"agreement-year\"\n"), &[]);
    assert_says(
        &said(&lund),
        "För varje avtalsår efter det första tillkommer en årlig ersättningsjustering som följer Ådalas priskompensation. \
         Justeringen gäller från avtalsårets första dag, samma dag på året som avtalet börjar gälla.",
    );
    // 480 000 for 24 months is 60 000 a quarter. 2024 rises by 2,4 per cent, from the third quarter: 60 000 × 1,024 = 61 440.
    assert_eq!(
        paid(&lund),
        [
            "ersattning#1 60000",
            "ersattning#2 60000",
            "ersattning#3 60000",
            "ersattning#4 60000",
            "ersattning#5 61440",
            "ersattning#6 61440",
            "ersattning#7 61440",
            "ersattning#8 61440",
        ]
    );
}

#[test]
fn an_agreement_year_can_begin_on_a_day_of_its_own() {
    let per = "per = \"agreement-year\"\nyear_begins = { month = 4, day = 1 }\nyears = [2024]\n";
    let lund = register(&format!("{FROM_JULY}{per}"), &[]);
    assert_says(
        &said(&lund),
        "För det avtalsår som börjar 2024 tillkommer en ersättningsjustering som följer Ådalas priskompensation. \
         Justeringen gäller från avtalsårets första dag, den 1 april.",
    );
    assert_eq!(paid(&lund)[2..5], ["ersattning#3 60000", "ersattning#4 61440", "ersattning#5 61440"]);
}

#[test]
fn an_agreement_year_from_the_leap_day_is_not_guessed() {
    let economy =
        FROM_JULY.replace("start = 2023-07-01\nend = 2025-06-30", "start = 2024-02-29\nend = 2026-02-28");
    let lund = register(&format!("{economy}per = \"agreement-year\"\n"), &[]);
    assert_eq!(
        found(&lund, "IOP318"),
        [
            "indexation.pris.per: Indexeringen ”pris” görs per avtalsår från en dag som inte finns varje år, och det framgår inte när avtalsåret börjar de andra åren."
        ]
    );
    let lund = register(
        &format!("{economy}per = \"agreement-year\"\nyear_begins = {{ month = 3, day = 1 }}\n"),
        &[],
    );
    assert_eq!(found(&lund, "IOP318"), [""; 0]);
}

const PKV: &str = "title = \"PKV\"\nkind = \"yearly-change\"\npublisher = \"SKR\"\n[value]\n2024 = [\n\
    { number = \"3,0\", status = \"provisional\", source = \"augusti\", known_from = 2023-08-20 },\n\
    { number = \"2,5\", status = \"provisional\", source = \"oktober\", known_from = 2023-10-12 },\n\
    { number = \"1,9\", status = \"decided\", source = \"december\", known_from = 2023-12-15 },\n]\n";

/// Two years of 400 000 kronor, adjusted by a series.
fn two_years(indexation: &str) -> String {
    format!(
        "[term]\nstart = 2023-01-01\nend = 2024-12-31\n\
         [funding.2023]\npayer = \"kommun\"\nperiod = {{ start = 2023-01-01, end = 2023-12-31 }}\namount = 400_000\n\
         [funding.2024]\npayer = \"kommun\"\nperiod = {{ start = 2024-01-01, end = 2024-12-31 }}\namount = 400_000\n\
         [indexation.pris]\namounts = \"before-adjustment\"\nmethod = \"chained\"\n{indexation}\n"
    )
}

#[test]
fn the_notice_of_october_counts_whatever_comes_later() {
    let published = "series = \"pkv\"\npublished = { month = 10, years_before = 1 }";
    let lund = register(&two_years(published), &[("indexes/pkv.toml", PKV)]);
    assert_says(
        &said(&lund),
        "Det indexvärde gäller som publiceras i oktober året före justeringen. Det som publiceras senare ändrar inget.",
    );
    // 400 000 × 1,025 = 410 000, definite; the latest notice would give 400 000 × 1,019 = 407 600.
    assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 410000"]);
    let lund = register(&two_years("series = \"pkv\""), &[("indexes/pkv.toml", PKV)]);
    assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 407600"]);
    let september = "series = \"pkv\"\npublished = { month = 9, years_before = 1 }";
    let lund = register(&two_years(september), &[("indexes/pkv.toml", PKV)]);
    assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 400000 p"]);
    assert_eq!(
        found(&lund, "IOP313"),
        [
            "value.2024: Serien ”PKV” har inget besked för 2024 som blev känt i september 2023, och det är det som räknas."
        ]
    );
}

const KPI: &str = "title = \"KPI\"\nkind = \"level\"\npublisher = \"SCB\"\n[value]\n\
    2023 = [{ number = \"106,1\", status = \"decided\", source = \"SCB\" }]\n\
    2024 = [{ number = \"108,7\", status = \"decided\", source = \"SCB\" }]\n";

#[test]
fn the_change_itself_can_be_rounded() {
    let rounded = "series = \"kpi\"\npercent_decimals = 1";
    let lund = register(&two_years(rounded), &[("indexes/kpi.toml", KPI)]);
    assert_says(&said(&lund), "Varje års procentsats avrundas till en decimal innan beloppet räknas upp.");
    // 108,7 ÷ 106,1 − 1 is 2,4505… per cent, to one decimal 2,5: 400 000 × 1,025 = 410 000. Not rounded: 409 802,07….
    assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 410000"]);
    let lund = register(&two_years("series = \"kpi\""), &[("indexes/kpi.toml", KPI)]);
    assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 409802"]);
    let lund = register(&two_years("flat = \"2,25\"\npercent_decimals = 1"), &[]);
    assert_eq!(
        found(&lund, "IOP318"),
        [
            "indexation.pris.percent_decimals: Indexeringen ”pris” har en fast procentsats med fler decimaler än den ska avrundas till."
        ]
    );
    assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 400000 p"]);
}

const REBASED: &str = "title = \"KPI\"\nkind = \"level\"\npublisher = \"SCB\"\nreference = \"1980\"\nLINK[value]\n\
    2023 = [{ number = \"400\", status = \"decided\", source = \"SCB\" }]\n\
    2024 = [{ number = \"123\", status = \"decided\", source = \"SCB\", reference = \"2020\" }]\n";

#[test]
fn a_rebased_series_goes_on_through_its_link() {
    let series = |link: &str| REBASED.replace("LINK", link);
    let link = |factor: &str| {
        format!("[link.ny]\nfrom = \"1980\"\nto = \"2020\"\nfactor = \"{factor}\"\nsource = \"SCB\"\n")
    };
    let lund = register(&two_years("series = \"kpi\""), &[("indexes/kpi.toml", &series(&link("0,3")))]);
    // 123 ÷ (400 × 0,3) − 1 is 2,5 per cent: 410 000.
    assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 410000"]);
    let steps = plain(&lund.run(&["payouts", "--explain", "--as-of", DAY]).output);
    assert!(steps.contains("(123 ÷ (400 × 0,3) − 1) × 100"), "{steps}");
    assert!(steps.contains("KPI för 2024 (2020 = 100)"), "{steps}");
    // Without a link, and with a factor of 0, nothing is computed as if the level had fallen.
    for (no_link, place, why) in [
        (String::new(), "value.2024[0].reference: ", "ingen länk säger hur indextalen räknas om"),
        (link("0"), "link.ny.factor: ", "länken ”ny” har en faktor som är 0 eller mindre"),
    ] {
        let lund = register(&two_years("series = \"kpi\""), &[("indexes/kpi.toml", &series(&no_link))]);
        assert_eq!(paid(&lund), ["2023#1 400000", "2024#1 400000 p"], "{no_link}");
        let told = found(&lund, "IOP329");
        assert!(told.last().unwrap().starts_with(place), "{told:?}");
        assert_eq!(
            found(&lund, "IOP318"),
            [format!(
                "funding.2024: Ersättningen ”2024” går inte att räkna upp för 2024: serien ”kpi” har bytt referensperiod (från 1980 till 2020), och {why}."
            )]
        );
    }
}

#[test]
fn a_month_of_a_reference_period_is_one_that_exists() {
    let link = "[link.ny]\nfrom = \"1980-00\"\nto = \"2020\"\nfactor = \"0,3\"\nsource = \"SCB\"\n";
    let series = REBASED.replace("LINK", link).replace("reference = \"1980\"", "reference = \"1980-13\"");
    let lund = register(&two_years("series = \"kpi\""), &[("indexes/kpi.toml", &series)]);
    let expected =
        "ska vara ett år eller en månad inom citattecken, till exempel \"2020\" eller \"2020-10\".";
    let told = found(&lund, "IOP106");
    assert_eq!(
        told,
        [format!("reference: ”Referensperiod” {expected}"), format!("link.ny.from: ”Från” {expected}")]
    );
}

#[test]
fn a_plain_amount_a_year_needs_no_unit_and_no_number() {
    let yearly = "[term]\nstart = 2023-07-01\nend = 2025-06-30\n\
        [funding.arlig]\npayer = \"kommun\"\nbudget_line = \"social\"\nrate = { amount = 480_000, per = \"year\" }\n\
        [payout_plan.halvar]\ntimes_per_year = 2\ntiming = \"advance\"\n";
    let lund = register(yearly, &[]);
    assert_says(&said(&lund), "| Hela avtalstiden | 2023-07-01–2025-06-30 | 480 000 kronor per år |");
    assert_eq!(paid(&lund), ["arlig#1 240000", "arlig#2 240000", "arlig#3 240000", "arlig#4 240000"]);
    assert_eq!(found(&lund, "IOP331"), [""; 0]);
    let half = "[funding.varen-2024]\npayer = \"kommun\"\nbudget_line = \"social\"\namount = 240_000\n\
        period = { start = 2024-01-01, end = 2024-06-30 }\n";
    let lund = register(&format!("{yearly}{half}"), &[]);
    assert_eq!(
        found(&lund, "IOP331"),
        [
            "funding.arlig: Ersättningen ”arlig” är 480 000 kronor per år, för samma dagar som ”varen-2024”. Alla belopp läggs ihop."
        ]
    );
}

#[test]
fn an_amount_for_each_place_grows_with_the_places() {
    let places = "[term]\nstart = 2024-01-01\nend = 2024-12-31\n\
        [funding.platser]\npayer = \"kommun\"\nbudget_line = \"social\"\n\
        [funding.platser.rate]\namount = 10_000\nunit = \"plats\"\nunits = \"platser\"\ncount = 12\nper = \"month\"\n\
        step.fler = { from = 2024-07-01, count = 15 }\nstep.sist = { from = 2024-12-16, count = 17 }\n\
        [payout_plan.kvartal]\ntimes_per_year = 4\ntiming = \"advance\"\n";
    let lund = register(places, &[]);
    assert_says(
        &said(&lund),
        "10 000 kronor per plats och månad, för 12 platser, från och med den 1 juli 2024 för 15 platser och från och med den 16 december 2024 för 17 platser",
    );
    // A quarter with 12 places is 3 × 120 000, one with 15 is 450 000; December has 15 of its 31 days with 15 and 16 with 17:
    // 300 000 + 10 000 × (15 × 15 + 16 × 17) ÷ 31 = 300 000 + 160 322,58.
    assert_eq!(
        paid(&lund),
        ["platser#1 360000", "platser#2 360000", "platser#3 450000", "platser#4 460322.58"]
    );
    let yearly = places
        .replace("per = \"month\"", "per = \"year\"")
        .replace("step.sist = { from = 2024-12-16, count = 17 }\n", "");
    // 10 000 × 12 × 6 ÷ 12 + 10 000 × 15 × 6 ÷ 12.
    assert_eq!(
        paid(&register(&yearly, &[])),
        ["platser#1 30000", "platser#2 30000", "platser#3 37500", "platser#4 37500"]
    );
}

#[test]
fn a_late_report_cuts_the_next_payout_for_good() {
    let economy = "[term]\nstart = 2023-01-01\nend = 2024-12-31\n\
        [funding.2023]\npayer = \"kommun\"\nperiod = { start = 2023-01-01, end = 2023-12-31 }\namount = 400_000\n\
        [funding.2024]\npayer = \"kommun\"\nperiod = { start = 2024-01-01, end = 2024-12-31 }\namount = 400_000\n\
        [payout_plan.halvar]\nmonths = [1, 7]\n\
        [follow_up.tidig]\nkind = \"statistics\"\nevery = \"year\"\nauthor = \"forening\"\nreceiver = \"kommun\"\n\
        due = { month = 1, day = 31 }\nlate.sen = { share = \"20\" }\nlate.mer = { after_days = 30, share = \"50\" }\n";
    let report = "[report.tidig]\nduty = \"tidig\"\nperiod = { start = 2023-01-01, end = 2023-12-31 }\ndate = 2024-02-10\n";
    let deduction = "[deduction.sen]\nkind = \"reduction\"\ndate = 2024-02-20\namount = 40_000\npayout = \"2024#2\"\n\
        reason = \"statistiken kom tio dagar för sent\"\ndecision = \"nedsattning\"\n\
        [decision.nedsattning]\nkind = \"amount\"\nby = \"socialnämnden\"\ndate = 2024-02-20\n";
    let lund = register(economy, &[("records/oppet-hus.toml", report)]);
    assert_holds(
        &said(&lund).agreement,
        "**Statistik.** Om en rapport kommer för sent minskas utbetalningen närmast efter den dag då rapporten senast skulle ha lämnats med 20 procent. Är rapporten mer än 30 dagar sen är minskningen i stället 50 procent. Minskningen är slutlig.",
    );
    // Ten days late: a fifth of 200 000 kronor.
    assert_eq!(
        found(&lund, "IOP333"),
        [
            "follow_up.tidig.late.sen: Statistik, 2023 kom 10 dagar för sent. Av 2024#2 (200 000 kronor) ska 40 000 kronor dras av, men inget avdrag är infört."
        ]
    );
    let lund = register(economy, &[("records/oppet-hus.toml", &format!("{report}{deduction}"))]);
    assert_eq!(found(&lund, "IOP333"), [""; 0]);
    assert_eq!(paid(&lund)[2..], ["2024#1 200000", "2024#2 160000"]);
}

/// 600 000 kronor for two years to two organisations, paid once a year, and adjusted in the second.
fn to_two(payees: &str) -> Lund {
    register(
        &format!(
            "[term]\nstart = 2023-01-01\nend = 2024-12-31\n[party.annan]\nrole = \"civil-society\"\nname = \"Annan förening\"\n\
             [funding.2023]\npayer = \"kommun\"\nperiod = {{ start = 2023-01-01, end = 2023-12-31 }}\namount = 600_000\npayees = {payees}\n\
             [funding.2024]\npayer = \"kommun\"\nperiod = {{ start = 2024-01-01, end = 2024-12-31 }}\namount = 600_000\npayees = {payees}\n\
             [payout_plan.ar]\nmonths = [3]\n[indexation.pris]\namounts = \"before-adjustment\"\nmethod = \"chained\"\nflat = \"2\"\n"
        ),
        &[],
    )
}

#[test]
fn an_amount_to_several_is_divided_as_the_agreement_says() {
    let lund = to_two("{ forening = { share = \"60\" }, annan = { share = \"40\" } }");
    assert_says(
        &said(&lund),
        "Beloppet för 2024 fördelas så: föreningen får 60 procent och Annan förening får 40 procent.",
    );
    // 60 per cent of 600 000 is 360 000, and of 612 000 it is 367 200.
    assert_eq!(paid(&lund), ["2023#1 360000", "2023#2 240000", "2024#1 367200", "2024#2 244800"]);
    let lund = to_two("{ forening = { amount = 350_000 }, annan = { amount = 250_000 } }");
    assert_says(
        &said(&lund),
        "Beloppet för 2024 fördelas så: föreningen får 350 000 kronor och Annan förening får 250 000 kronor.",
    );
    // Both parts are raised by 2 per cent.
    assert_eq!(paid(&lund), ["2023#1 350000", "2023#2 250000", "2024#1 357000", "2024#2 255000"]);
    let table = plain(&lund.run(&["payouts", "--by", "organisation", "--as-of", DAY]).output);
    assert!(table.contains("Annan förening"), "{table}");
}

#[test]
fn a_payment_that_names_its_receiver_settles_that_ones_payout() {
    let payees = "{ forening = { share = \"60\" }, annan = { share = \"40\" } }";
    let settled = |fields: &str| {
        let lund = to_two(payees);
        let records = format!("[payment.a]\ndate = 2023-03-31\namount = 240_000\n{fields}");
        lund.write("records/oppet-hus.toml", records);
        let json: Value =
            serde_json::from_str(&lund.run(&["payouts", "--format", "json", "--as-of", DAY]).output).unwrap();
        let payouts = json["agreements"][0]["payouts"].as_array().unwrap().clone();
        let is_paid = |payout: &&Value| !payout["payments"].as_array().unwrap().is_empty();
        let paid = payouts.iter().filter(is_paid).map(|payout| payout["id"].as_str().unwrap().to_owned());
        (paid.collect::<Vec<_>>(), found(&lund, "IOP108"))
    };
    let on = |ids: &[&str]| (ids.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    // Without a name it is put to the first one, who was to have 360 000.
    assert_eq!(settled("funding = \"2023\"\n"), on(&["2023#1"]));
    assert_eq!(settled("funding = \"2023\"\npayee = \"annan\"\n"), on(&["2023#2"]));
    assert_eq!(settled("payee = \"annan\"\n"), on(&["2023#2"]));
    assert_eq!(settled("payout = \"2023#1\"\npayee = \"annan\"\n"), on(&[]));
    let (paid, unknown) = settled("payee = \"okand\"\n");
    assert_eq!((paid.len(), unknown.len()), (0, 1), "{unknown:?}");
}

#[test]
fn what_several_have_together_is_never_divided_by_a_guess() {
    for payees in
        ["{ forening = {}, annan = {} }", "{ forening = { share = \"60\" }, annan = { share = \"30\" } }"]
    {
        let lund = to_two(payees);
        let said = said(&lund);
        assert_says(&said, "Beloppet för 2024 är gemensamt för föreningen och Annan förening.");
        assert_says(&said, "Hur det fördelas är inte angivet.");
        assert_eq!(paid(&lund), ["2023#1 600000", "2024#1 612000"]);
        let by =
            plain(&lund.run(&["payouts", "--by", "organisation", "--width", "200", "--as-of", DAY]).output);
        assert!(
            by.contains(
                "gemensamt för Föreningen Öppet hus i Ådala och Annan förening, fördelningen är inte angiven"
            ),
            "{by}"
        );
        let json: Value =
            serde_json::from_str(&lund.run(&["payouts", "--format", "json", "--as-of", DAY]).output).unwrap();
        let first = &json["agreements"][0]["payouts"][0];
        assert_eq!(
            (&first["payee"], &first["payees"]),
            (&Value::Null, &serde_json::json!(["forening", "annan"]))
        );
    }
    let lund = to_two("{ forening = { share = \"60\" }, annan = { share = \"30\" } }");
    assert_eq!(found(&lund, "IOP337").len(), 2);
}

/// 500 000 kronor in 2024 of a line whose frame is 300 000 kronor.
fn with_grant(grant: &str, frames_are: &str) -> Lund {
    let economy = format!(
        "[term]\nstart = 2024-01-01\nend = 2024-12-31\n[funding.2024]\npayer = \"kommun\"\nbudget_line = \"social\"\n\
         amount = 500_000\n{grant}\n"
    );
    let budget = format!(
        "[line.social]\ntitle = \"Partnerskap\"\ncommittee = \"social\"\nframes_are = \"{frames_are}\"\n\
         [line.social.year]\n2024 = {{ amount = 300_000, status = \"decided\", source = \"fullmäktige\" }}\n"
    );
    register(&economy, &[("budget.toml", &budget)])
}

/// Deviation, grants and net of the line in 2024.
fn budgeted(lund: &Lund) -> [Value; 3] {
    let run = lund.run(&["budget", "--format", "json", "--from", "2024", "--to", "2024", "--as-of", DAY]);
    let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
    let years = report["years"].as_array().unwrap();
    let year = years.iter().find(|year| year["line"] == "social").unwrap();
    ["deviation", "grants", "net"].map(|key| year[key].clone())
}

#[test]
fn a_net_frame_is_judged_by_what_state_grants_leave() {
    let memo = |lund: &Lund| {
        lund.run(&["render", "oppet-hus", "--format", "md", "--as-of", DAY]);
        plain(&lund.read("build/oppet-hus/tjansteskrivelse.md"))
    };
    let texts = |values: [&str; 3]| values.map(|value| Value::from(value.to_owned()));
    let status = "status = \"decided\"";
    let decided = |lund: Lund| {
        let file = "agreements/oppet-hus.toml";
        let text = lund.read(file);
        let line = text.lines().find(|line| line.starts_with("status = ")).unwrap().to_owned();
        lund.write(file, text.replacen(&line, status, 1));
        lund
    };
    let lund = decided(with_grant("state_grant = { 2024 = 150_000 }", "net"));
    // Where the municipality has its money from is no term of the agreement.
    assert!(!said(&lund).agreement.contains("statsbidrag"));
    assert_eq!(budgeted(&lund), texts(["-50000", "150000", "350000"]));
    let table = memo(&lund);
    assert_holds(&table, "| 2024 | 500 000 kronor | 150 000 kronor | 350 000 kronor |");
    assert_holds(&table, "Av beloppet för 2024 betalas 150 000 kronor av statsbidrag.");
    assert_holds(&table, "Budgetramen räknas netto, efter statsbidrag.");
    let lacking = found(&lund, "IOP303");
    assert_eq!(lacking.len(), 1, "{lacking:?}");
    assert!(
        lacking[0].contains("Statsbidrag på 150 000 kronor är avdraget.")
            && lacking[0].contains("Det fattas 50 000 kronor"),
        "{lacking:?}"
    );
    let lund = decided(with_grant("state_grant = { 2024 = 200_000 }", "net"));
    assert_eq!(found(&lund, "IOP303"), [""; 0]);
    let lund = decided(with_grant("state_grant = { 2024 = 200_000 }", "gross"));
    assert_eq!(budgeted(&lund), texts(["-200000", "200000", "300000"]));
    assert_eq!(found(&lund, "IOP303").len(), 1);
    let lund = decided(with_grant("state_grant = \"not-stated\"", "net"));
    assert_holds(
        &memo(&lund),
        "Hur mycket av beloppet för 2024 som betalas av statsbidrag: **[ej angivet]**.",
    );
    assert_eq!(budgeted(&lund), [Value::from("-200000".to_owned()), Value::Null, Value::Null]);
    let lund = decided(with_grant("source = \"state-grant\"", "net"));
    assert_eq!(budgeted(&lund), texts(["300000", "500000", "0"]));
    assert_eq!(found(&lund, "IOP303"), [""; 0]);
}

/// A yearly report for 2023 that was due on 15 February 2024, and 240 000 kronor in January and July.
fn with_report(late: &str, records: &str) -> Lund {
    let economy = format!(
        "[term]\nstart = 2023-01-01\nend = 2024-12-31\n[funding.ersattning]\npayer = \"kommun\"\namount = 960_000\nbudget_line = \"social\"\n\
         [payout_plan.halvar]\ntimes_per_year = 2\nmonths = [1, 7]\ntiming = \"advance\"\n\
         [follow_up.verksamhet]\nkind = \"activity-report\"\ntitle = \"Rapport\"\nevery = \"year\"\nauthor = \"forening\"\n\
         due = {{ month = 2, day = 15 }}\nlate.sen = {{ share = \"10\" }}\nlate.mycket = {{ after_days = 14, share = \"25\"{late} }}\n"
    );
    let lund = register(&economy, &[("records/oppet-hus.toml", records)]);
    let file = "agreements/oppet-hus.toml";
    let text = lund.read(file);
    let line = text.lines().find(|line| line.starts_with("status = ")).unwrap().to_owned();
    lund.write(file, text.replacen(&line, "status = \"signed\"", 1));
    lund
}

#[test]
fn a_report_that_is_late_says_what_it_can_cost_and_takes_nothing() {
    let cuts = |lund: &Lund, day: &str| {
        let run = lund.run(&["payouts", "--format", "json", "--as-of", day]);
        let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{run:?}"));
        let cuts = report["agreements"][0]["late_cuts"].as_array().unwrap().clone();
        let said = |cut: &Value| {
            let text = |key: &str| cut["payouts"][0][key].as_str().unwrap().to_owned();
            format!("{}: {}–{} of {}", text("payout"), text("at_least"), text("amount"), text("sum"))
        };
        cuts.iter().map(said).collect::<Vec<_>>()
    };
    let lund = with_report("", "");
    assert_holds(
        &said(&lund).agreement,
        "kommer för sent minskas utbetalningen närmast efter den dag då rapporten senast skulle ha lämnats med 10 procent. Är rapporten mer än 14 dagar sen är minskningen i stället 25 procent. Minskningen är slutlig.",
    );
    assert_eq!(cuts(&lund, "2024-02-15"), [""; 0]);
    // A tenth of the 240 000 kronor of July; after more than fourteen days a fourth.
    assert_eq!(cuts(&lund, "2024-02-20"), ["ersattning#4: 24000–24000 of 240000"]);
    assert_eq!(cuts(&lund, "2024-03-01"), ["ersattning#4: 60000–60000 of 240000"]);
    let table = plain(&lund.run(&["payouts", "oppet-hus", "--as-of", DAY]).output);
    let told = "av ersattning#4 (240 000 kronor) ska 60 000 kronor dras av: Rapport, 2023 är 15 dagar sen";
    assert_holds(
        &table.split_whitespace().collect::<Vec<_>>().join(" "),
        &format!("Möjligt avdrag: {told}."),
    );
    let followed = plain(&lund.run(&["followup", "--width", "1000", "--as-of", DAY]).output);
    assert_holds(&followed, "Av ersattning#4 (240 000 kronor) ska 60 000 kronor dras av");
    // Nothing is taken off.
    assert!(paid(&lund).contains(&"ersattning#4 240000".to_owned()), "{:?}", paid(&lund));
    let may = with_report(", force = \"may\"", "");
    assert_holds(
        &said(&may).agreement,
        "med 10 procent. Är rapporten mer än 14 dagar sen kan minskningen i stället bli 25 procent.",
    );
    assert_eq!(cuts(&may, DAY), ["ersattning#4: 0–60000 of 240000"]);
    let came = "[report.r]\nduty = \"verksamhet\"\nperiod = { start = 2023-01-01, end = 2023-12-31 }\ndate = 2024-03-01\n";
    assert_eq!(found(&with_report("", came), "IOP333").len(), 1);
    assert_eq!(found(&with_report(", force = \"may\"", came), "IOP333"), [""; 0]);
}

#[test]
fn places_are_a_number_with_what_they_are() {
    let with = |bound: &str| {
        let economy = format!(
            "[term]\nstart = 2024-01-01\nend = 2024-12-31\noption.ett = {{ months = 12, bound = \"at-most\" }}\n\
             [funding.2024]\npayer = \"kommun\"\nbudget_line = \"social\"\n\
             rate = {{ amount = 1_000, unit = \"plats\", units = \"platser i dagverksamhet\", count = 14, per = \"month\" }}\n\
             [undertaking.forening.places.dag]\nnumber = 12\nwhat = \"platser i dagverksamhet\"\n{bound}\n"
        );
        register(&economy, &[])
    };
    let lund = with("bound = \"at-least\"");
    let text = said(&lund);
    assert_says(&text, "- ha minst tolv platser i dagverksamhet");
    assert_says(&text, "Avtalet kan förlängas med högst tolv månader.");
    // 14 places for twelve months at 1 000 kronor.
    assert_eq!(paid(&lund), ["2024#1 168000"]);
    assert_eq!(found(&lund, "IOP340"), [""; 0]);
    assert_eq!(
        found(&with(""), "IOP340"),
        [
            "undertaking.forening.places.dag.number: Åtagandet är 12 platser i dagverksamhet, men ersättningen ”2024” betalar för 14."
        ]
    );
}
