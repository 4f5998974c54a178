//! What would take money or time out of sight is told, and stays in the sums.

use super::trust::adala;

const RECORDS: &str = "records/oppet-hus.toml";

#[test]
fn a_year_is_written_in_one_way() {
    for year in ["02024", "+2024", " 2024", "24"] {
        let more = "{ amount = 900_000, status = \"decided\", source = \"x\" }";
        let line = format!("year.\"{year}\" = {more}\nyear.2026");
        let found = adala().changed("budget.toml", "year.2026", &line).found(&["IOP106"], &[]);
        assert_eq!(found.len(), 1, "{year}: {found:?}");
        assert!(found[0].starts_with("IOP106 line.social.year."), "{year}: {found:?}");
    }
    let said = adala().changed("budget.toml", "year.2026", "year.02026").run(&["validate"]).1;
    let said = said.replace('\u{a0}', " ");
    assert!(said.contains("Nyckeln ”02026” ska vara ett år med fyra siffror, till exempel 2024."), "{said}");
    let series =
        "title = \"s\"\nkind = \"yearly-change\"\ncoverage = \"prices\"\npublisher = \"x\"\n[value]\n";
    let with = |key: &str| {
        let text =
            format!("{series}\"{key}\" = [{{ number = \"1\", status = \"decided\", source = \"x\" }}]\n");
        adala().with("indexes/s.toml", &text).found(&["IOP106"], &[]).len()
    };
    assert_eq!(["2024", "2024-10", "02024", "2024-13", "2024-1"].map(with), [0, 0, 1, 1, 1]);
}

#[test]
fn what_is_paid_too_much_stays_in_the_forecast_until_it_has_come_back() {
    let payment = "payment.a = { date = 2024-01-31, amount = 99_000_000, payout = \"2024#1\" }\n";
    let text = |more: &str| {
        let records = "decision.avtal = { kind = \"approval\", by = \"socialnämnden\", date = 2023-11-15, amount = 1_000_000 }\n\
             signing.k = { party = \"kommun\", signatory = \"ordforande\", date = 2023-11-20 }\n\
             signing.f = { party = \"forening\", signatory = \"ordforande\", date = 2023-11-21 }\n";
        format!("{records}{payment}{more}")
    };
    let at = "IOP303 line.social.year.2024.amount";
    assert_eq!(adala().with(RECORDS, &text("")).found(&["IOP303"], &[]), [at]);
    let back = "payment.b = { date = 2024-02-28, amount = -98_750_000, payout = \"2024#1\" }\n";
    assert_eq!(adala().with(RECORDS, &text(back)).found(&["IOP303"], &[]), [""; 0]);
}
