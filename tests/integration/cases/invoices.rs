//! Invoices: which payouts they are for, and what is said of them.

use super::{Case, yearly};

/// One payout in each half of two years, 100 000 kronor and 120 000, and a single one of 8 500 that has been paid.
fn invoiced(records: &str) -> Case {
    let economy = yearly(2025..=2025, 200_000, "")
        + &yearly(2026..=2026, 240_000, "")
        + "[funding.hyra]\npayer = \"kommun\"\namount = 8_500\nperiod = { start = 2025-01-01, end = 2025-12-31 }\n\
           [payout_plan.p]\nmethod = \"invoice\"\nmonths = [1, 7]\nfunding = [\"2025\", \"2026\"]\n\
           [payout_plan.q]\nmethod = \"invoice\"\nmonths = [3]\nfunding = [\"hyra\"]\n";
    let paid = "[payment.hyra]\ndate = 2025-03-20\namount = 8_500\npayout = \"hyra#1\"\n\
                [payment.jan]\ndate = 2025-01-20\namount = 100_000\npayout = \"2025#1\"\n";
    Case::new("start = 2025-01-01, end = 2026-12-31", &economy)
        .with("records/a.toml", &format!("{paid}{records}"))
}

fn invoice(key: &str, day: &str, amount: &str, more: &str) -> String {
    format!("[invoice.{key}]\nnumber = \"{key}\"\ndate = {day}\namount = {amount}\n{more}\n")
}

/// "payout state" of each payout that has been invoiced, and the keys of what nobody has agreed on.
fn states(case: &Case) -> Vec<String> {
    let report = case.json("2026-10-01", "payouts");
    let agreement = &report["agreements"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let payouts = agreement["payouts"].as_array().unwrap().iter();
    let of = payouts.filter(|one| one["invoice_state"] != "none");
    let known = of.map(|one| format!("{} {}", text(&one["id"]), text(&one["invoice_state"])));
    let outside = agreement["invoices_not_agreed"].as_array().unwrap().iter();
    known.chain(outside.map(|one| format!("{} inte avtalad", text(&one["key"])))).collect()
}

#[test]
fn an_invoice_that_names_no_payout_is_for_what_it_comes_to_and_never_for_what_was_paid_before() {
    let of = |day: &str, amount: &str, more: &str| states(&invoiced(&invoice("f", day, amount, more)));
    // The one it comes to exactly, the nearest in time.
    assert_eq!(of("2025-07-05", "100_000", ""), ["2025#2 agrees"]);
    assert_eq!(of("2026-01-05", "120_000", ""), ["2026#1 agrees"]);
    assert_eq!(of("2026-07-05", "120_000", ""), ["2026#2 agrees"]);
    // What was paid before its day takes none: it may be asked for twice.
    assert_eq!(of("2025-03-25", "8_500", ""), ["f inte avtalad"]);
    assert_eq!(of("2025-03-01", "8_500", ""), ["hyra#1 agrees"]);
    assert_eq!(of("2025-03-25", "8_500", "payout = \"hyra#1\""), ["hyra#1 agrees"]);
    // Another sum is for nothing, unless it says what it is for or that more is to come.
    assert_eq!(of("2025-07-05", "12_000", ""), ["f inte avtalad"]);
    assert_eq!(of("2025-07-05", "12_000", "funding = \"2025\""), ["2025#2 differs"]);
    assert_eq!(of("2025-07-05", "12_000", "partial = true"), ["2025#2 partly"]);
}

#[test]
fn a_credit_note_takes_its_amount_off_the_invoice_that_it_credits() {
    let of = |records: &str| invoiced(records);
    let wrong = invoice("f", "2025-07-05", "110_000", "payout = \"2025#2\"");
    let note = |amount: &str| invoice("k", "2025-07-20", amount, "credits = \"f\"");
    assert_eq!(states(&of(&wrong)), ["2025#2 differs"]);
    let right = of(&format!("{wrong}{}", note("10_000")));
    assert_eq!(states(&right), ["2025#2 agrees"]);
    assert_eq!(right.findings("2026-10-01", &["IOP334", "IOP335"]), Vec::<String>::new());
    let csv = right.says("2026-10-01", &["payouts", "--invoices", "--format", "csv-plain"]);
    assert!(csv.contains(",f,,2025-07-05,,110000,100000,"), "{csv}");
    assert!(csv.contains(",k,,2025-07-20,,-10000,"), "{csv}");
    // Credited in full it is for nothing, and a new one takes its place.
    let new = invoice("ny", "2025-07-25", "100_000", "payout = \"2025#2\"");
    let replaced = of(&format!("{wrong}{}{new}", note("110_000")));
    assert_eq!(states(&replaced), ["2025#2 agrees"]);
    let csv = replaced.says("2026-10-01", &["payouts", "--invoices", "--format", "csv-plain"]);
    assert_eq!(csv.matches("krediterad").count(), 2, "{csv}");
    // More than there is, and what is not there.
    let more = of(&format!("{wrong}{}", note("110_001")));
    assert_eq!(more.findings("2026-10-01", &["IOP334"]), ["IOP334 invoice.k.amount"]);
    let nothing = of(&note("1"));
    assert_eq!(nothing.findings("2026-10-01", &["IOP108", "IOP334"]), ["IOP108 invoice.k.credits"]);
    // As far as it credits it is less than nothing; what it credits nothing of adds nowhere.
    let csv = |case: &Case| case.says("2026-10-01", &["payouts", "--invoices", "--format", "csv-plain"]);
    let rows = |case: &Case| {
        csv(case).lines().filter(|line| line.contains(",k,")).map(str::to_owned).collect::<Vec<_>>()
    };
    let two = of(&format!("{wrong}{}", note("110_001")));
    let [beyond, credited] = &rows(&two)[..] else { panic!("{:?}", rows(&two)) };
    let (beyond, credited) = if beyond.contains("inget") { (beyond, credited) } else { (credited, beyond) };
    assert!(credited.contains(",-110000,") && credited.contains("krediterad"), "{credited}");
    assert!(
        beyond.contains(",,,,,krediterar inget,1 krona är mer än det som finns att kreditera"),
        "{beyond}"
    );
    let sum = |case: &Case| {
        let all = case.says("2026-10-01", &["payouts", "--invoices", "--format", "markdown"]);
        let line = all.lines().find(|line| line.contains("Summa")).unwrap();
        // Columns without a value are left out.
        line.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(sum(&two), sum(&of(&format!("{wrong}{}", note("110_000")))));
    assert_eq!(sum(&nothing), sum(&of("")));
    let told = nothing.says("2026-10-01", &["payouts", "--invoices"]);
    assert!(told.split_whitespace().collect::<Vec<_>>().join(" ").contains("Kreditfakturan k den 2025-07-20 krediterar 1 krona mer än det som finns att kreditera: det räknas inte."), "{told}");
    let json = &nothing.json("2026-10-01", "payouts")["agreements"][0];
    assert_eq!(json["invoices_not_agreed"].as_array().unwrap().len(), 0);
    assert_eq!(json["credits_of_nothing"][0]["amount"], "1");
    let end = nothing.says("2026-10-01", &["payouts", "--year-end", "2025"]);
    let end = end.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(end.contains("a: Kreditfakturan k den 2025-07-20"), "{end}");
    // Written by iop done, with the number of the invoice.
    let written = of(&wrong);
    let said = written.says(
        "2026-10-01",
        &[
            "done",
            "a",
            "faktura",
            "--number",
            "K1",
            "--credits",
            "f",
            "--amount",
            "10000",
            "--date",
            "2025-07-20",
        ],
    );
    assert!(said.contains("Infört: kreditfaktura K1, 10 000 kronor: minskar f"), "{said}");
    assert_eq!(states(&written), ["2025#2 agrees"]);
}

#[test]
fn an_invoice_with_and_one_without_a_supplier_are_the_same_and_so_in_another_agreement() {
    let first = invoice("f", "2025-07-05", "100_000", "supplier = \"1042\"\npayout = \"2025#2\"");
    let again = "[invoice.igen]\nnumber = \"f\"\ndate = 2026-01-05\namount = 120_000\npayout = \"2026#1\"\n";
    let case = invoiced(&format!("{first}{again}"));
    assert_eq!(states(&case), ["2025#2 agrees", "igen inte avtalad"]);
    assert_eq!(case.findings("2026-10-01", &["IOP334", "IOP335"]), ["IOP335 invoice.igen"]);
    // The records of an agreement that stands before it have the same invoice.
    let agreement = std::fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let both = invoiced(&first).with("agreements/0.toml", &agreement).with("records/0.toml", &first);
    let report = both.json("2026-10-01", "payouts");
    let outside = &report["agreements"][1]["invoices_not_agreed"][0];
    assert_eq!((&outside["key"], &outside["repeated"]), (&"f".into(), &true.into()));
    assert_eq!(report["agreements"][0]["invoices_not_agreed"].as_array().unwrap().len(), 0);
}

#[test]
fn what_nobody_is_bound_by_is_not_to_be_paid_though_its_invoice_agrees() {
    let case = invoiced(&invoice("f", "2025-07-05", "100_000", "payout = \"2025#2\""));
    let text = std::fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let case = case.with("agreements/a.toml", &text.replace("\"signed\"", "\"proposed\""));
    let table = case.says("2026-10-01", &["payouts", "--invoices", "--format", "markdown"]);
    assert!(table.contains("stämmer, men bara ett förslag"), "{table}");
    let end = case.says("2026-10-01", &["payouts", "--year-end", "2025", "--format", "markdown"]);
    assert!(
        end.contains("2025\\#2 i a är fakturerad, men den är bara ett förslag: ingen är bunden av den."),
        "{end}"
    );
    // Where the agreement itself holds it is a finding.
    let option =
        "start = 2025-01-01, end = 2026-12-31, option = { o = { months = 12, notice_by = 2026-11-01 } }";
    let economy = yearly(2025..=2027, 240_000, "") + "[payout_plan.p]\nmethod = \"invoice\"\nmonths = [1]\n";
    let early = Case::new(option, &economy)
        .with("records/a.toml", &invoice("tidig", "2026-09-18", "240_000", "payout = \"2027#1\""));
    assert_eq!(early.findings("2026-10-01", &["IOP334"]), ["IOP334 invoice.tidig"]);
    // An invoice of another year is no matter of this year's end.
    let later = invoiced(&invoice("sen", "2026-09-18", "5", ""));
    let end = |year: &str| later.says("2026-10-01", &["payouts", "--year-end", year]);
    assert!(!end("2025").contains("Fakturan sen") && end("2026").contains("Fakturan sen"));
}

#[test]
fn the_differences_of_invoices_are_what_is_invoiced_without_what_the_payouts_come_to() {
    let case = invoiced(&invoice("f", "2025-07-05", "100_000", "payout = \"2025#2\""));
    let csv = case.says("2026-03-01", &["payouts", "--invoices", "--format", "csv-plain"]);
    // Of hyra, 2025#1 and 2026#1 nothing is invoiced.
    for (payout, over) in [("hyra#1", "-8500"), ("2025#1", "-100000"), ("2026#1", "-120000")] {
        let line = csv.lines().find(|line| line.contains(payout)).unwrap();
        assert!(line.contains(over) && line.contains("inte fakturerad"), "{line}");
    }
}

#[test]
fn what_is_paid_too_much_is_a_claim_where_it_was_paid() {
    // 120 000 paid of 100 000: nothing is for another year, whatever the next payout will be corrected with.
    let case = invoiced(
        "[payment.jul]\ndate = 2025-07-20\namount = 120_000\npayout = \"2025#2\"\nvoucher = \"V2\"\n",
    );
    let run = case.says("2026-01-15", &["payouts", "--year-end", "2025", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run).unwrap();
    let end = &report["year_end"];
    assert_eq!(
        (&end["claims"], &end["prepaid"], &end["accrued"]),
        (&"20000".into(), &"0".into(), &"0".into())
    );
    let entry = &end["entries"][0];
    assert_eq!(
        (&entry["payout"], &entry["kind"], &entry["voucher"]["number"]),
        (&"2025#2".into(), &"claim".into(), &"V2".into())
    );
}

#[test]
fn payouts_are_summed_up_by_the_whole_code_string_and_so_is_the_end_of_a_year() {
    let codes = "[municipality]\nname = \"Provs kommun\"\n[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
                 [default]\ncommittee = \"social\"\n[code.ansvar]\ntitle = \"Ansvar\"\n[code.verksamhet]\ntitle = \"Verksamhet\"\n";
    let case = invoiced("").with("iop.toml", codes);
    let text = std::fs::read_to_string(case.folder.path().join("agreements/a.toml")).unwrap();
    let with_strings = text
        .replace("amount = 200000", "amount = 200000\ncode = { ansvar = \"41\", verksamhet = \"7\" }")
        .replace("amount = 8_500", "amount = 8_500\ncode = { ansvar = \"41\" }");
    let case = case.with("agreements/a.toml", &with_strings);
    let table = case.says("2026-01-15", &["payouts", "--by", "kodsträng", "--format", "csv-plain"]);
    for line in ["41 · 7,", "41 · –,", "Utan kodsträng,"] {
        assert!(table.contains(line), "{line}: {table}");
    }
    // Paid twice in March, and nothing in July: two kinds of strings are not in one sum.
    let more = "[payment.mer]\ndate = 2025-04-01\namount = 500\npayout = \"hyra#1\"\n\
                [payment.hyra]\ndate = 2025-03-20\namount = 8_500\npayout = \"hyra#1\"\npartial = true\n\
                [payment.jan]\ndate = 2025-01-20\namount = 101_000\npayout = \"2025#1\"\n\
                [payment.jul]\ndate = 2025-07-20\namount = 100_000\npayout = \"2025#2\"\n";
    let end = case.with("records/a.toml", more).says("2026-01-15", &["payouts", "--year-end", "2025"]);
    for line in ["Summa fordringar, 41 · 7", "Summa fordringar, 41 · –", "Summa fordringar"] {
        assert!(end.contains(line), "{line}: {end}");
    }
}

#[test]
fn a_payment_names_its_payout() {
    let case = invoiced("");
    let said = case.says("2026-01-15", &["done", "a", "payment", "--amount", "5", "--date", "2026-01-10"]);
    assert!(said.contains("vilken utbetalning det gäller: 2025#2, 2026#1 eller 2026#2"), "{said}");
}

#[test]
fn what_is_left_stands_in_the_month_of_its_last_day_and_some_months_can_be_asked_for() {
    let economy = yearly(2025..=2025, 200_000, "")
        + "[payout_plan.p]\nmethod = \"invoice\"\nmonths = [1, 8]\nmonths_are = \"invoiced\"\ndays_to_pay = 30\n";
    let case = Case::new("start = 2025-01-01, end = 2025-12-31", &economy);
    let csv = |more: &[&str]| {
        let all = [&["payouts", "--by", "month", "--format", "csv-plain"][..], more].concat();
        case.says("2025-08-10", &all)
    };
    let all = csv(&[]);
    // Invoiced in January and in August, paid thirty days after the last of these months.
    assert!(all.contains("2025-03,a") && all.contains("2025-09,a") && !all.contains("2025-08,a"), "{all}");
    let autumn = csv(&["--from", "2025-09-01", "--within", "2m"]);
    assert!(autumn.contains("2025-09,a") && autumn.contains("2025-03,a"), "{autumn}");
    let before = csv(&["--from", "2025-01-01", "--within", "3m"]);
    assert!(before.contains("2025-03,a") && !before.contains("2025-09,a"), "{before}");
    // Two months from the first of July are July and August.
    let summer = csv(&["--from", "2025-07-01", "--within", "2m"]);
    assert!(!summer.contains("2025-09,a"), "{summer}");
    let table = case.says("2025-08-10", &["payouts", "--by", "month"]);
    assert!(table.contains("Varav förfallet, inte betalt"), "{table}");
    let wrong = case.says("2025-08-10", &["payouts", "--by", "committee", "--within", "2m"]);
    assert!(wrong.contains("hör till --by month"), "{wrong}");
}

#[test]
fn a_rate_whose_number_changes_is_explained_number_by_number() {
    let economy = "[funding.platser]\npayer = \"kommun\"\n\
        rate = { amount = 10_000, unit = \"plats\", count = 3, per = \"month\", step.fler = { from = 2025-07-01, count = 5 } }\n";
    let case = Case::new("start = 2025-01-01, end = 2025-12-31", economy);
    let told = case.says("2025-08-10", &["payouts", "--explain", "--format", "markdown"]);
    for step in ["10 000 kronor × 3 × 6 månader | 180 000", "10 000 kronor × 5 × 6 månader | 300 000"] {
        assert!(told.contains(step), "{step}: {told}");
    }
}

#[test]
fn what_is_credited_after_a_years_end_was_a_debt_on_it() {
    let records = "[invoice.dec]\nnumber = \"17\"\ndate = 2024-12-20\namount = 250_000\npayout = \"2024#1\"\n\
        [invoice.kredit]\nnumber = \"18\"\ndate = 2025-01-15\namount = 250_000\ncredits = \"dec\"\n";
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", &yearly(2024..=2024, 250_000, ""))
        .with("records/a.toml", records);
    let debts = |as_of: &str| {
        let said = case.says(as_of, &["payouts", "--year-end", "2024", "--format", "csv-plain"]);
        said.lines().filter(|line| line.contains("leverantörsskuld")).count()
    };
    assert_eq!(debts("2024-12-31"), 1);
    assert_eq!(debts("2025-01-31"), 1);
}

#[test]
fn what_is_paid_back_later_was_invoiced_rightly() {
    let records = "[invoice.f]\nnumber = \"17\"\ndate = 2024-02-01\namount = 250_000\n\
        [payment.p]\ndate = 2024-03-01\namount = 250_000\npayout = \"2024#1\"\n\
        [deduction.d]\nkind = \"repayment\"\ndate = 2025-02-01\namount = 18_000\npayout = \"2024#1\"\nreason = \"medel som inte användes\"\n";
    let case = Case::new("start = 2024-01-01, end = 2024-12-31", &yearly(2024..=2024, 250_000, ""))
        .with("records/a.toml", records);
    assert_eq!(case.findings("2025-06-01", &["IOP334"]), [""; 0]);
    let said = case.says("2025-06-01", &["payouts", "--invoices", "--format", "csv-plain"]);
    assert!(said.contains("stämmer") && !said.contains("inte avtalad"), "{said}");
}
