//! The schedule as a calendar to subscribe to.

use super::register;
use crate::common::{Lund, plain, run_in};

#[test]
fn the_calendar_is_the_same_every_time_and_a_later_one_replaces_it() {
    let lund = Lund::copy();
    let calendar = |as_of: &str| lund.run(&["schedule", "--format", "ics", "--as-of", as_of]).output;
    let first = calendar("2022-01-10");
    assert_eq!(first, calendar("2022-01-10"));
    lund.change("agreements/rsmh-lund-2021.toml", "review_by = 2022-03-31", "review_by = 2022-04-30");
    let second = calendar("2022-01-20");
    let review = |text: &str| -> Vec<String> {
        let mut events = text.split("BEGIN:VEVENT").map(|event| event.replace("\r\n ", ""));
        let event = events.find(|event| event.contains("UID:rsmh-lund-2021/review/1@")).unwrap();
        ["UID", "SEQUENCE", "DTSTAMP", "DTSTART"]
            .iter()
            .map(|name| event.lines().find(|line| line.starts_with(name)).unwrap().trim().to_owned())
            .collect()
    };
    assert_eq!(
        review(&first),
        [
            "UID:rsmh-lund-2021/review/1@lunds-kommun.iop",
            "SEQUENCE:8045",
            "DTSTAMP:20220110T000000Z",
            "DTSTART;VALUE=DATE:20220331"
        ]
    );
    assert_eq!(
        review(&second),
        [
            "UID:rsmh-lund-2021/review/1@lunds-kommun.iop",
            "SEQUENCE:8055",
            "DTSTAMP:20220120T000000Z",
            "DTSTART;VALUE=DATE:20220430"
        ]
    );
    // No person of the agreement stands in it.
    for name in ["Larsson", "Burston", "Bredford", "Jacobsson", "Pettersson"] {
        assert!(!second.contains(name), "{name}");
    }
    assert!(second.split("\r\n").all(|line| line.len() <= 75));
}

#[test]
fn hostile_text_stays_text_in_the_calendar() {
    let lund = Lund::copy();
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "title = \"Årlig uppföljningsrapport\"",
        "title = 'Rapport; en, två\\n\\ EN\\D:VEVENT'",
    );
    lund.change(
        "agreements/rsmh-lund-2021.toml",
        "review_task = \"",
        "review_task = \"a\\r\\nEND:VEVENT\\nBEGIN:VEVENT\\nUID:x\\n",
    );
    let run = lund.run(&["schedule", "rsmh-lund-2021", "--format", "ics", "--as-of", "2021-02-01"]);
    let lines: Vec<&str> = run.output.split("\r\n").collect();
    let count = |line: &str| lines.iter().filter(|one| **one == line).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    assert_eq!(count("UID:x"), 0);
    assert!(lines.iter().all(|line| !line.contains('\n') && !line.contains('\r')), "{}", run.output);
}

#[test]
fn a_draft_does_not_remind_and_says_what_it_is() {
    let lund = Lund::copy();
    lund.change("agreements/rsmh-lund-2021.toml", "status = \"proposed\"", "status = \"draft\"");
    let calendar =
        lund.run(&["schedule", "rsmh-lund-2021", "--format", "ics", "--as-of", "2021-01-10"]).output;
    assert!(!calendar.contains("BEGIN:VALARM"));
    assert!(calendar.replace("\r\n ", "").contains("(RSMH Lund\\, utkast)"), "{calendar}");
    let followup = lund.run(&["followup", "rsmh-lund-2021", "--as-of", "2026-11-22"]);
    assert_eq!(followup.code, 0, "a draft binds nobody");
    let table = lund.run(&["schedule", "--as-of", "2021-01-10"]).output;
    assert!(table.contains("rsmh-lund-2021 (utkast)") && table.contains("po-skane-2023 (förslag)"));
}

#[test]
fn an_event_names_the_organisation_that_it_concerns() {
    let folder = register(
        "start = 2024-01-01\nend = 2024-12-31",
        "party.stiftelse = { role = \"civil-society\", name = \"Stiftelsen\" }\n\
         funding.a = { payer = \"kommun\", payee = \"stiftelse\", amount = 100_000 }\n\
         follow_up.r = { kind = \"yearly-report\", every = \"year\", author = \"forening\" }",
    );
    let calendar = run_in(folder.path(), &["schedule", "--format", "ics", "--as-of", "2024-02-01"]).output;
    let calendar = plain(&calendar.replace("\r\n ", ""));
    assert!(calendar.contains("100 000 kronor (Stiftelsen)"), "{calendar}");
    assert!(calendar.contains("Årlig uppföljningsrapport\\, 2024 (Föreningen)"), "{calendar}");
    // What concerns both is called by the agreement.
    assert!(calendar.contains("Avtalstidens sista dag (a)"), "{calendar}");
}
