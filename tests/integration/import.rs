//! Papers read into agreement files: what `iop` wrote comes back, and whatever a paper holds, the file can be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use iop::agreement::{Agreement, Role};
use iop::import::{self, Imported, Options, State};
use iop::paper;
use iop::payouts::period_of;
use iop::register::{InputFile, Register, disk};
use iop::term::Life;
use iop::vocabulary::Known;

use crate::common::{Lund, TODAY, repository, run_in};

pub(crate) fn import(name: &str, text: &[u8]) -> Option<Imported> {
    let paper = paper::read(name, text).ok()?;
    Some(import::agreement(&paper, &Options { name: name.to_owned(), ..Options::default() }))
}

/// The agreement that a file says, which must be one that the register reads.
pub(crate) fn read(imported: &Imported) -> Agreement {
    let file = "agreements/x.toml";
    let (register, findings) = Register::load(rayon::iter::once(InputFile::text(file, &imported.text)));
    let faults: Vec<_> = findings.iter().filter(|finding| &*finding.place.file == file).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{}", imported.text);
    *register.agreements.into_values().next().unwrap().data
}

/// What an agreement says in the fields that must come back, one a line, whatever its tables are called.
pub(crate) fn facts(agreement: &Agreement) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    let called =
        |key: &str| agreement.party.get(key).map_or(key.to_owned(), |party| party.called().to_lowercase());
    for party in agreement.party.values() {
        let person = party.legal_person.known().unwrap_or(&party.name);
        let organ = party.organ.known().map(|organ| organ.to_lowercase());
        let number = party.organisation_number.known();
        facts.insert(format!(
            "party: {}, {}, {person}, {organ:?}, {:?}, {number:?}",
            party.name,
            party.called(),
            party.role
        ));
    }
    // What a paper says at length a file may leave to what follows: the whole term, the only receiver, the last day of an extension.
    let life = Life::known_on(agreement, None, TODAY.parse().unwrap());
    let term = &agreement.term;
    // The decision on an extension stands in the records, and the extension itself in both files.
    let extended = agreement.extension.values().map(|one| one.until).max();
    let last = if extended.is_some() {
        extended.max(term.last_day())
    } else if term.until_further_notice.is_some() {
        term.end.known().copied()
    } else {
        term.last_day()
    };
    // So many months and the last of them are the same.
    let months = term.months.filter(|_| last.is_none());
    let (start, end) = (term.start.known(), last);
    facts.insert(format!("term: {start:?}–{end:?}, {months:?}, {:?}", term.review_by.known()));
    let open =
        term.until_further_notice.as_ref().map(|open| open.notice_months.known().map(|months| months.get()));
    // What one period may be at most is true of each extension.
    let at_most = term.extensions_at_most_months.or(term.at_most_months_at_a_time);
    facts.insert(format!("term: {open:?}, {:?}, {at_most:?}", term.renewal));
    for funding in agreement.funding.values() {
        let mut receivers = agreement.party.iter().filter(|(_, party)| party.role == Role::CivilSociety);
        let only = receivers.next().filter(|_| receivers.next().is_none() && funding.payees.is_empty());
        let payee = funding.payee.as_deref().or(only.map(|(key, _)| key.as_str())).map(called);
        let rate =
            funding.rate.as_ref().map(|rate| (rate.amount, rate.per, rate.unit.clone(), rate.number()));
        facts.insert(format!(
            "money: {:?}, {:?}, {rate:?}, {}, from {}, to {payee:?}",
            period_of(funding, life.money_time)
                .filter(|_| funding.rate.is_none() || funding.period.is_some())
                .map(|period| period.to_string()),
            funding.amount.known().map(|amount| amount.plain()),
            funding.ceiling,
            called(&funding.payer),
        ));
    }
    for plan in agreement.payout_plan.values() {
        let times = plan.times_per_year.known().map(|times| times.get());
        let months: Option<Vec<u32>> =
            plan.months.known().map(|months| months.iter().map(|month| month.get()).collect());
        let days = plan.days_to_pay.known().map(|days| days.get());
        facts.insert(format!(
            "payout: {:?}, {times:?}, {months:?}, {:?}, {days:?}, {} parts",
            plan.method.known(),
            plan.timing.known(),
            plan.part.len()
        ));
    }
    for indexation in agreement.indexation.values() {
        facts.insert(format!(
            "adjustment: {:?}, {:?}, {:?}, {:?}, {:?}, {:?}",
            indexation.years,
            indexation.flat,
            indexation.amounts.known(),
            indexation.method.known(),
            indexation.floor,
            indexation.cap
        ));
    }
    for group in agreement.steering_group.values() {
        let meetings = group.meetings.known().map(|meetings| (meetings.times, meetings.per, meetings.bound));
        let by = |fact: Option<&String>| fact.map(|key| called(key));
        facts.insert(format!(
            "steering: {}, {meetings:?}, {:?}, {:?}, {:?}",
            group.title,
            by(group.called_by.known()),
            by(group.minutes_by.known()),
            group.decides_by.known()
        ));
        for seat in group.seat.known().into_iter().flat_map(iop::keyed::Keyed::values) {
            facts.insert(format!(
                "seat: {}, {:?}, {}",
                seat.function.to_lowercase(),
                by(seat.party.known()),
                seat.convener
            ));
        }
    }
    for duty in agreement.follow_up.values() {
        let by = |fact: Option<&String>| fact.map(|key| called(key).to_lowercase());
        facts.insert(format!(
            "report: {:?}, {:?}, {:?}, {:?}",
            duty.title.as_deref().unwrap_or(duty.kind.label()).to_lowercase(),
            by(duty.author.known()),
            by(duty.receiver.known()),
            duty.due.known()
        ));
    }
    for exit in agreement.exit.values() {
        let months = exit.notice_months.known().map(|months| months.get());
        let open_to: Vec<String> = exit.open_to.iter().map(|key| called(key)).collect();
        facts.insert(format!(
            "exit: {}, {:?}, {open_to:?}, {months:?}, {}, {}, {:?}",
            // What an agreement says in its own words stands for no cause that has a name.
            exit.named_cause.clone().unwrap_or_else(|| format!("{:?}", exit.cause)),
            exit.means,
            exit.in_writing,
            exit.dialogue_first,
            exit.consequence.known()
        ));
    }
    facts
}

/// Facts that do not come back in the same words, by agreement; a plus before what comes instead.
fn differences(register: &Path, format: &str) -> Vec<String> {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    let run = run_in(register, &["render", "--as-of", TODAY, "--format", format, "--out", &folder]);
    assert!(run.code <= 1, "{run:?}");
    let (stated, _) = Register::load(disk::read(register));
    let mut found = Vec::new();
    for (id, entry) in &stated.agreements {
        let file = out.path().join(id).join(format!("avtal.{format}"));
        let Ok(bytes) = fs::read(&file) else { continue };
        let imported = import(&file.display().to_string(), &bytes).unwrap();
        let (before, after) = (facts(&entry.data), facts(&read(&imported)));
        found.extend(before.difference(&after).map(|fact| format!("{id} - {fact}")));
        found.extend(after.difference(&before).map(|fact| format!("{id} + {fact}")));
    }
    found
}

/// The registers whose documents are read back.
fn registers() -> Vec<std::path::PathBuf> {
    let examples =
        ["adala", "bergsjo", "havsnas", "vretby"].map(|name| repository().join("examples").join(name));
    std::iter::once(repository()).chain(examples).collect()
}

/// What cannot come back has been read and approved; a line of it goes when the reading learns it.
#[test]
fn what_iop_has_written_comes_back() {
    let expected = fs::read_to_string(repository().join("tests/expected/import.txt")).unwrap();
    let expected: Vec<&str> =
        expected.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for format in ["md", "docx"] {
        let found: Vec<String> =
            registers().iter().flat_map(|register| differences(register, format)).collect();
        assert!(found == expected, "{format}:\n{}", found.join("\n"));
    }
}

/// Numbers that look drawn by lot and are the same each time.
struct Lot(u64);

impl Lot {
    fn draw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

#[test]
fn whatever_a_paper_holds_the_file_can_be_read() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    assert!(
        run_in(&repository(), &["render", "--as-of", TODAY, "--format", "md", "--out", &folder]).code <= 1
    );
    let text = fs::read_to_string(out.path().join("rsmh-lund-2021/avtal.md")).unwrap();
    let odd = [
        "\"\"\"",
        "\\u0000 \\",
        "\u{1}\u{7f}\u{85}",
        "| a | b |",
        "= [x]\n[party]\n",
        "640823-3234",
        "999999999999999 kronor",
        "år 9999",
        "#",
        "31 februari 2024 till 99/99 2024",
        "kl. 25:99",
        "- ",
        "\u{202e}omvänt",
        "Part:",
        "mellan och och",
        "(",
        ")",
        "§",
        "1 000 000 000 000 000 000 kronor per år",
        "uppsägningstid 999 månader",
        "halvannat år",
        "🤝",
        "Parter",
        "## Ekonomi",
        "För år 2022 till 2021 med 5 kr",
    ];
    let mut lot = Lot(1);
    let mut count = 0;
    for _ in 0..150 {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for _ in 0..=lot.draw(12) {
            let at = lot.draw(lines.len());
            match lot.draw(5) {
                0 => _ = lines.remove(at),
                1 => lines.swap(at, 0),
                2 => lines[at] = odd[lot.draw(odd.len())].to_owned(),
                3 => lines[at].push_str(odd[lot.draw(odd.len())]),
                _ => {
                    let to = lot.draw(lines[at].chars().count() + 1);
                    lines[at] = lines[at].chars().take(to).collect();
                }
            }
        }
        if let Some(imported) = import("avtal.md", lines.join("\n").as_bytes()) {
            read(&imported);
            count += 1;
        }
    }
    assert!(count > 140, "{count}");
    for text in ["x", "Avtal", "## Parter\n\n- x\n", "a\n\nb", &"Avtal mellan A och B. ".repeat(2000)] {
        read(&import("avtal.md", text.as_bytes()).unwrap());
    }
}

/// An agreement of an invented municipality, in other words than ours.
const FOREIGN: &str = include_str!("foreign.txt");

#[test]
fn an_agreement_in_other_words_is_read() {
    let agreement = read(&import("samverkan.txt", FOREIGN.as_bytes()).unwrap());
    let facts = facts(&agreement);
    for fact in [
        "term: Some(2026-01-01)–Some(2027-12-31), None, Some(2027-03-31)",
        "money: Some(\"2026-01-01–2026-06-30\"), Some(\"250000\"), None, false, from kommunen, to Some(\"föreningen\")",
        "money: Some(\"2026-07-01–2026-12-31\"), Some(\"250000\"), None, false, from kommunen, to Some(\"föreningen\")",
        "money: Some(\"2027-01-01–2027-06-30\"), Some(\"260000\"), None, false, from kommunen, to Some(\"föreningen\")",
        "money: Some(\"2027-07-01–2027-12-31\"), Some(\"260000\"), None, false, from kommunen, to Some(\"föreningen\")",
    ] {
        assert!(facts.contains(fact), "{fact}\n{facts:#?}");
    }
    assert_eq!(agreement.case.registry_number.known().map(String::as_str), Some("KS 2025/0417"));
    assert_eq!(agreement.exit.len(), 2, "{:#?}", agreement.exit);
}

#[test]
fn what_can_be_read_in_two_ways_is_not_chosen() {
    let text = "# Avtal om idéburet offentligt partnerskap\n\ngällande öppet hus\n\n## Parter\n\nOffentlig part: Ådala kommun\n\nIdéburen part: Föreningen Öppet hus\n\n\
        ## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2024 till den 1 januari 2026.\n\n## Ekonomi\n\nFör 2024 och 2025 är ersättningen 500 000 kronor.\n";
    let imported = import("avtal.md", text.as_bytes()).unwrap();
    let agreement = read(&imported);
    assert!(agreement.term.end.known().is_none() && agreement.term.end.is_some(), "{}", imported.text);
    assert!(agreement.funding.is_empty(), "{}", imported.text);
    let uncertain: Vec<String> = imported
        .facts
        .iter()
        .filter(|fact| fact.state == State::Uncertain)
        .map(|fact| fact.path.to_string())
        .collect();
    assert_eq!(uncertain, ["term.end", "funding"]);
    assert!(
        imported.text.contains("vart och ett av 2024 och 2025, eller för dem tillsammans"),
        "{}",
        imported.text
    );
}

#[test]
fn nothing_of_people_is_written_unless_it_is_asked_for() {
    let text = "# Avtal om idéburet offentligt partnerskap\n\n## Parter\n\nOffentlig part: Ådala kommun\n\nIdéburen part: Föreningen Öppet hus\n\n## Kontaktpersoner\n\n\
        Ådala kommun:\n\nAnna Exempelsson, enhetschef, anna@exempel.se, tel. 010-123 45 67\n\n## Övrigt\n\nAnna Exempelsson (640823-3234) svarar.\n\n## Underskrifter\n\n\
        För Ådala kommun\n\nAnna Exempelsson, enhetschef\n";
    let imported = import("avtal.md", text.as_bytes()).unwrap();
    for word in ["Exempelsson", "exempel.se", "123 45", "3234"] {
        assert!(!imported.text.contains(word), "{word}: {}", imported.text);
    }
    let agreement = read(&imported);
    let municipality = agreement.party.values().next().unwrap();
    let contact = municipality.contact.known().unwrap().values().next().unwrap();
    assert_eq!(contact.function.known().map(String::as_str), Some("enhetschef"));
    let paper = paper::read("avtal.md", text.as_bytes()).unwrap();
    let named = import::agreement(
        &paper,
        &Options { with_names: true, name: "avtal.md".to_owned(), ..Options::default() },
    );
    assert!(
        named.text.contains("name = \"Anna Exempelsson\"") && !named.text.contains("3234"),
        "{}",
        named.text
    );
}

#[test]
fn import_writes_beside_what_stands_there_and_says_what_it_found() {
    let lund = Lund::copy();
    lund.write("avtal å.md", "# Avtal om idéburet offentligt partnerskap\n\ngällande öppet hus\n\n## Parter\n\nOffentlig part: Ådala kommun\n\nIdéburen part: Föreningen Öppet hus\n\n## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2024 till och med den 31 december 2025.\n");
    let run = lund.run(&["import", "avtal å.md"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.output.contains("Hittat (")
            && run.output.contains("Hittades inte (")
            && run.output.contains("rad 13"),
        "{}",
        run.output
    );
    assert!(lund.read("agreements/foreningen-oppet-hus-2024.toml").contains("end = 2025-12-31 # rad 13"));
    // A second time it takes another name, and one that is taken is not written over.
    assert_eq!(lund.run(&["import", "avtal å.md"]).code, 0);
    assert!(lund.path("agreements/foreningen-oppet-hus-2024-2.toml").is_file());
    let run = lund.run(&["import", "avtal å.md", "--id", "foreningen-oppet-hus-2024"]);
    assert!(run.code == 2 && run.errors.contains("finns redan"), "{run:?}");
    let run = lund.run(&["import", "avtal å.md", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    let facts = told[0]["facts"].as_array().unwrap();
    let end = facts.iter().find(|fact| fact["path"] == "term.end").unwrap();
    assert!(end["state"] == "found" && end["places"][0]["line"] == 13, "{end}");
    for (name, content, says) in [
        ("tom.txt", &b""[..], "tom.txt"),
        ("gammal.doc", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"[..], "Spara som"),
        ("saknas.md", &b"-"[..], "finns inte"),
    ] {
        if name != "saknas.md" {
            lund.write(name, content);
        }
        let run = lund.run(&["import", name]);
        assert!(run.code == 2 && run.errors.contains(says), "{name}: {run:?}");
    }
}

#[test]
fn each_row_of_a_list_becomes_an_agreement() {
    let lund = Lund::copy();
    lund.write(
        "lista.csv",
        "Våra partnerskap;;;;;;\nÄmne;Organisation;Org.nr;Start;Slut;2024;Anteckning\n\
         öppet hus;Föreningen Öppet hus;802400-0005;2024-01-01;31/12 2024;250 000;x\n;;;;;;\n",
    );
    let run = lund.run(&["import", "--table", "lista.csv"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.output.contains("Kolumner som inte lästes: Anteckning."), "{}", run.output);
    let text = lund.read("agreements/foreningen-oppet-hus-2024.toml");
    for line in [
        "organisation_number = \"802400-0005\" # rad 3",
        "end = 2024-12-31 # rad 3",
        "amount = 250_000 # rad 3",
        "payer = \"kommun\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    lund.write("tom.csv", "a\nb\n");
    let run = lund.run(&["import", "--table", "tom.csv"]);
    assert!(run.code == 2 && run.errors.contains("kolumnernas namn"), "{run:?}");
}
