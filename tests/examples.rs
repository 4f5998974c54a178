//! The registers in `examples/` are what their texts say they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests fail loudly")]

mod common;

use std::fs;

use common::{plain, repository, run_in};

#[test]
fn the_example_to_start_from_has_nothing_to_remark_on_and_finished_documents() {
    let adala = repository().join("examples/adala");
    let run = run_in(&adala, &["validate", "--as-of", "2025-03-01"]);
    assert_eq!(
        (run.code, plain(&run.output).trim()),
        (0, "1 avtal granskat per 2025-03-01: inget att anmärka.")
    );

    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    let run = run_in(&adala, &["render", "--final", "--as-of", "2025-03-01", "--out", &folder]);
    assert_eq!(run.code, 0, "{run:?}");
    let agreement = plain(&fs::read_to_string(out.path().join("oppet-hus/avtal.md")).unwrap());
    for sentence in [
        "# Avtal om idéburet offentligt partnerskap",
        "Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2025 (24 månader).",
        "Ådala kommun genom socialnämnden, i det följande kallad kommunen.",
        "Kommunen finansierar verksamheten i partnerskapet med följande belopp.",
        "| **Sammanlagt** |  | **1 000 000 kronor** |",
        "Föreningen bidrar till partnerskapet med tio ideella ledare.",
        "Utbetalning sker i januari och juli. Föreningen fakturerar. Betalning sker inom 30 dagar.",
        "Varje part kan säga upp avtalet. Uppsägningstiden är sex månader.",
        "| Årlig uppföljningsrapport | varje år | föreningen | kommunen | senast i februari |",
        "| Kommunen | enhetschef, ungdomsenheten | telefon uppges inte här |",
    ] {
        assert!(agreement.contains(sentence), "{sentence}\n{agreement}");
    }
}

#[test]
fn every_example_is_free_of_errors_and_every_document_is_written() {
    for entry in fs::read_dir(repository().join("examples")).unwrap() {
        let register = entry.unwrap().path();
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().display().to_string();
        let run = run_in(&register, &["render", "--as-of", "2025-03-01", "--out", &folder]);
        assert_eq!(run.code, 0, "{}: {run:?}", register.display());
        let agreements = fs::read_dir(register.join("agreements")).unwrap().count();
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), agreements);
    }
}

#[test]
fn partnerships_of_unusual_kinds_read_right() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().display().to_string();
    let bergsjo = repository().join("examples/bergsjo");
    let run = run_in(&bergsjo, &["render", "--format", "md", "--as-of", "2024-06-01", "--out", &folder]);
    assert_eq!(run.code, 0, "{run:?}");
    let read = |file: &str| plain(&fs::read_to_string(out.path().join(file)).unwrap());
    let agreement = read("natt-och-dag/avtal.md");
    for sentence in [
        "mellan Bergsjö kommun, Region Norrlanden, Bergsjö församling, Stiftelsen Tak över huvudet och Studieförbundet Norrsken",
        "**Idéburen part:** Bergsjö församling, registrerat trossamfund, i det följande kallad församlingen.",
        "Stiftelsen Tak över huvudet (org.nr 802400-0000) med säte i Bergsjö, stiftelse",
        "Kommunen och regionen finansierar verksamheten i partnerskapet med följande belopp.",
        "| Härbärget, våren 2024, till stiftelsen, från kommunen | 2024-01-01–2024-06-30 | 400 000 kronor |",
        "12 500 kronor per plats och månad (antal: 6)",
        // 400 000 + 425 000 + 12 500 × 6 × 6 + 600 000 = 1 875 000.
        "**högst 1 875 000 kronor**",
        "kan förlängas med 6 månader, högst två gånger, på begäran av kommunen, om det begärs senast den 31 mars 2025.",
        "Vid förlängning ingår en årlig ersättningsjustering som följer omsorgsprisindex till 90 procent och konsumentprisindex till 10 procent.",
        "Indexvärdet hämtas från två år tidigare. Justeringen är lägst 0 procent. Resultatet avrundas till hela kronor.",
        "Ersättning som avser Härbärget, våren 2024, Härbärget, hösten 2024 och Platser i härbärget: Utbetalningen görs vid månadens slut. Stiftelsen fakturerar. Betalning sker inom 30 dagar.",
        "Församlingen rekvirerar beloppet.",
        "- 50 procent av beloppet betalas ut i avtalstidens månad 1",
        "- resten betalas ut i december, om helårsrapporten är lämnad",
        "Församlingen bidrar till partnerskapet med lokal och kaffe (värt 120 000 kronor).",
        "| Statistik per kön | varje halvår | stiftelsen | kommunen | senast 30 dagar efter periodens slut |",
        "Om lagstiftningen ändras upphör avtalet omedelbart.",
        "Då följer ersättning till den part som drabbas. Betalningsskyldig är den part som brister.",
        "Tvister som parterna inte löser själva prövas i allmän domstol.",
    ] {
        assert!(agreement.contains(sentence), "{sentence}\n{agreement}");
    }
    assert_eq!(agreement.matches("Ort och datum:").count(), 12);

    let renewed = read("sommarkollo/avtal.md");
    for sentence in [
        "Överenskommelsen förlängs med 12 månader i taget, om ingen av parterna säger upp den senast 6 månader före avtalstidens slut, dock längst till och med den 28 februari 2027.",
        "| Hela avtalstiden | 2024-03-01–2025-02-28 | 350 000 kronor |",
        "Beloppet betalas ut utan begäran.",
        "## Inledning\n\nKollot har funnits sedan 1950-talet.",
    ] {
        assert!(renewed.contains(sentence), "{sentence}\n{renewed}");
    }
}
