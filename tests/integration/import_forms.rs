//! Papers in other forms than ours: what stands in columns, and times that are written in short.

use iop::vocabulary::Known;

use crate::import_caution::{import, paper, read, uncertain};

#[test]
fn parties_that_sign_beside_each_other_each_have_their_own() {
    let table = "| För kommunen | För föreningen |\n| --- | --- |\n| Ådala 2025-12-01 | Ådala 2025-12-03 |\n| Socialnämndens ordförande | Styrelsens ordförande |\n";
    let agreement = read(&import(&paper(&format!("## Underskrifter\n\n{table}"))));
    let titles: Vec<(&str, Vec<&str>)> = agreement
        .party
        .values()
        .map(|party| {
            let all = party.signatory.known().unwrap();
            let titles = all.values().filter_map(|one| one.title.known()).map(String::as_str);
            (party.short_name.as_deref().unwrap_or_default(), titles.collect())
        })
        .collect();
    assert_eq!(
        titles,
        [("kommunen", vec!["socialnämndens ordförande"]), ("föreningen", vec!["styrelsens ordförande"])]
    );
}

#[test]
fn a_table_of_parties_may_have_a_party_in_each_row() {
    let text = "# Avtal om idéburet offentligt partnerskap gällande språkkafé\n\n## Parter\n\n\
        | Part | Organisationsnummer | Benämns |\n| --- | --- | --- |\n\
        | Ådala kommun | 212000-9999 | kommunen |\n| Föreningen Språkbron | 802499-1234 | föreningen |\n";
    let agreement = read(&import(text));
    let parties: Vec<(&str, Option<&str>)> =
        agreement.party.values().map(|party| (party.name.as_str(), party.short_name.as_deref())).collect();
    assert_eq!(parties, [("Ådala kommun", Some("kommunen")), ("Föreningen Språkbron", Some("föreningen"))]);
}

#[test]
fn a_report_is_due_on_the_day_that_stands_before_what_is_done() {
    for (said, kind, due) in [
        (
            "Föreningen ska senast den 31 mars varje år lämna en verksamhetsberättelse.",
            "annual-accounts",
            "month = 3, day = 31",
        ),
        ("Föreningen lämnar en årsrapport senast 1/3.", "yearly-report", "month = 3, day = 1"),
        (
            "Föreningen lämnar en delårsrapport senast den 15 september varje år.",
            "activity-report",
            "month = 9, day = 15",
        ),
    ] {
        let imported = import(&paper(&format!("## Uppföljning\n\n{said}\n")));
        assert_eq!(read(&imported).follow_up.len(), 1, "{}", imported.text);
        assert!(imported.text.contains(&format!("due = {{ {due} }}")), "{said}\n{}", imported.text);
        assert!(imported.text.contains(&format!("kind = \"{kind}\"")), "{said}\n{}", imported.text);
    }
}

#[test]
fn halves_of_a_year_are_no_whole_years() {
    let term = "## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2026 till och med den 31 december 2026.\n\n";
    let rows = |first: &str, second: &str| {
        let table = format!(
            "| Period | Belopp |\n| --- | --- |\n| {first} | 100 000 kr |\n| {second} | 120 000 kr |\n"
        );
        import(&paper(&format!(
            "{term}## Ekonomi\n\nKommunen betalar ersättning till föreningen.\n\n{table}"
        )))
    };
    for (first, second) in [("H1 2026", "H2 2026"), ("Halvår 1 2026", "Halvår 2 2026")] {
        let imported = rows(first, second);
        let periods: Vec<String> = read(&imported)
            .funding
            .values()
            .map(|one| one.period.map_or_else(String::new, |period| period.to_string()))
            .collect();
        assert_eq!(periods, ["2026-01-01–2026-06-30", "2026-07-01–2026-12-31"], "{}", imported.text);
    }
    // Which days a term has each organisation decides itself.
    let imported = rows("VT 2026", "HT 2026");
    let whole = read(&imported).funding.values().filter(|one| one.period.is_some()).count();
    assert_eq!(whole, 0, "{}", imported.text);
}

#[test]
fn an_agreement_that_goes_on_after_its_day_does_not_end_on_it() {
    let imported = import(&paper(
        "## Avtalstid\n\nAvtalet gäller från och med 2026-01-01 till och med 2027-12-31. Därefter löper det tills vidare med sex månaders uppsägningstid.\n",
    ));
    assert!(uncertain(&imported).contains(&"term.end".to_owned()), "{}", imported.text);
    assert_eq!(read(&imported).term.end.known(), None, "{}", imported.text);
}

#[test]
fn what_is_found_is_told_in_swedish_words() {
    let imported =
        import(&paper("## Uppföljning\n\nFöreningen lämnar en årsrapport senast den 1 mars varje år.\n"));
    let told: Vec<&str> = imported.facts.iter().flat_map(|fact| &fact.shown).map(String::as_str).collect();
    for english in ["yearly-report", "month", "every"] {
        assert!(told.iter().all(|said| !said.contains(english)), "{english}: {told:?}");
    }
}
