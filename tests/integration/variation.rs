//! The ways in which real agreements differ: for each, the Swedish sentence that must stand in the document.

use std::fs;
use std::sync::OnceLock;

use crate::common::{Lund, TODAY, plain, repository, run_in};

/// A document of an example register, with plain spaces.
fn document(register: &str, file: &str) -> String {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        for register in ["adala", "bergsjo", "havsnas"] {
            let out = folder.path().join(register).display().to_string();
            let run = run_in(
                &repository().join("examples").join(register),
                &["render", "--format", "md", "--as-of", "2025-06-01", "--out", &out],
            );
            assert_eq!(run.code, 0, "{run:?}");
        }
        folder
    });
    plain(&fs::read_to_string(folder.path().join(register).join(file)).unwrap())
}

#[track_caller]
fn assert_says(document: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(document.contains(sentence), "{sentence}\n{document}");
    }
}

#[test]
fn parties_of_every_kind_and_number() {
    let shelter = document("bergsjo", "natt-och-dag/avtal.md");
    assert_says(
        &shelter,
        &[
            "mellan Bergsjö kommun, Region Norrlanden, Bergsjö församling, Stiftelsen Tak över huvudet och Studieförbundet Norrsken",
            "**Offentlig part:** Region Norrlanden, i det följande kallad regionen.",
            "**Idéburen part:** Bergsjö församling, i det följande kallad församlingen.\n\nBergsjö församling hör till Svenska kyrkan.",
            "Stiftelsen Tak över huvudet (org.nr 802400-0005) med säte i Bergsjö, i det följande kallad stiftelsen.",
            "**Idéburen part:** Studieförbundet Norrsken.",
            "Kommunen och regionen finansierar verksamheten i partnerskapet med följande belopp.",
        ],
    );
    // Twelve people signed for five parties: those of one party stand together.
    assert_eq!(shelter.matches(", 18 december 2023").count(), 5);
    assert_says(
        &shelter,
        &[
            "- kyrkoherde, kyrkorådets ordförande och två ledamöter i kyrkorådet för Bergsjö församling",
            "- styrelsens ordförande och två ledamöter i styrelsen för Stiftelsen Tak över huvudet",
        ],
    );
    let families = document("havsnas", "nyanlanda-familjer/avtal.md");
    assert_says(
        &families,
        &[
            "mellan Havsnäs stad, Föreningen Språkvänner i Havsnäs, Stiftelsen Fyren, Havsnäs församling, Studieförbundet Kusten och Odlarna ekonomisk förening",
            "Havsnäs stad genom nämnden för social välfärd, i det följande kallad staden.",
        ],
    );
    assert_says(
        &document("havsnas", "natthandet/avtal.md"),
        &[
            "- nämndens ordförande och förvaltningsdirektör för Havsnäs stad, 27 juni 2024",
            "- ordförande, kassör och sekreterare för Natthandet i Havsnäs, 27 juni 2024",
        ],
    );
}

#[test]
fn an_organ_has_the_name_of_the_documents_day() {
    // The committee of Havsnäs was renamed at the turn of the year 2023/2024.
    assert_says(
        &document("havsnas", "nyanlanda-familjer/tjansteskrivelse.md"),
        &["Till: Nämnden för social välfärd", "Nämnden för social välfärd ger nämndens ordförande i uppdrag"],
    );
    let lund = Lund::copy();
    lund.change("agreements/po-skane-2023.toml", "dated = 2022-12-06", "dated = 2022-10-14");
    assert_eq!(lund.run(&["render", "po-skane-2023", "--format", "md", "--as-of", TODAY]).code, 0);
    assert_says(&lund.read("build/po-skane-2023/tjansteskrivelse.md"), &["Till: Socialnämnden"]);
}

#[test]
fn dates_and_terms_of_every_kind() {
    let families = document("havsnas", "nyanlanda-familjer/avtal.md");
    assert_says(
        &families,
        &[
            // The document, the incomplete signing, the signing and the start are four different dates.
            "15 januari 2024\n\nDiarienummer",
            "Ort och datum: Havsnäs 2024-02-………",
            "Undertecknad den 26 februari 2024 i Havsnäs av föreningens ordförande",
            "gäller från och med den 1 januari 2024 till och med den 31 december 2026 (36 månader).",
        ],
    );
    assert_says(
        &document("havsnas", "nyanlanda-familjer/tjansteskrivelse.md"),
        &["Avtalstiden har börjat innan beslutet fattas."],
    );
    // A memo proposes what was known on its day; the agreement is shown as it reads now, and says so.
    let memo = document("havsnas", "natthandet/tjansteskrivelse.md");
    assert!(!memo.contains("innan beslutet fattas") && !memo.contains("förlängd"), "{memo}");
    assert_says(&memo, &["Stadens ersättning är sammanlagt 240 000,50 kronor under avtalstiden"]);
    assert_says(
        &document("havsnas", "natthandet/avtal.md"),
        &[
            "Sammanställd text till och med förlängningen den 12 maj 2025. De undertecknade handlingarna gäller om de skiljer sig från den här texten.",
            "från och med den 1 augusti 2024 till och med den 31 december 2025 (17 månader).",
            "Varje avtalstid och varje förlängning är högst tolv månader.",
            "Överenskommelsen är förlängd till och med den 30 juni 2025 genom överenskommelse den 18 november 2024",
            "Överenskommelsen är förlängd till och med den 31 december 2025 genom överenskommelse den 12 maj 2025",
        ],
    );
    assert_says(
        &document("bergsjo", "sommarkollo/avtal.md"),
        &[
            "Överenskommelsen förlängs med tolv månader i taget, om ingen part säger upp den senast sex månader före avtalstidens slut, dock längst till och med den 28 februari 2027.",
        ],
    );
    assert_says(
        &document("bergsjo", "natt-och-dag/avtal.md"),
        &["kan förlängas med sex månader, högst två gånger, på begäran av kommunen senast den 31 mars 2025."],
    );
}

#[test]
fn money_of_every_kind() {
    assert_says(
        &document("bergsjo", "natt-och-dag/avtal.md"),
        &[
            "| Härbärget, våren 2024, till stiftelsen, från kommunen | 2024-01-01–2024-06-30 | 400 000 kronor |",
            "12 500 kronor per plats och månad, för sex platser",
            "| Dagverksamheten, till församlingen, från regionen | 2024-01-01–2025-06-30 | högst 600 000 kronor |",
            // 400 000 + 425 000 + 12 500 × 6 × 6 + 600 000 = 1 875 000.
            "**högst 1 875 000 kronor**",
            "Församlingen bidrar till partnerskapet med lokal och kaffe (värt 120 000 kronor).",
        ],
    );
    assert_says(
        &document("bergsjo", "sommarkollo/avtal.md"),
        &["| Första avtalsåret | 2024-03-01–2025-02-28 | 350 000 kronor |"],
    );
    assert_says(
        &document("havsnas", "nyanlanda-familjer/avtal.md"),
        &[
            "| 2024, till språkvännerna | 2024-01-01–2024-12-31 | 1 200 000 kronor |",
            "| 2025, till språkvännerna | 2025-01-01–2025-12-31 | 1 250 000 kronor |",
            // It waits for signatures, and holds the rise that was decided later: 1 200 000 + 2 × 1 250 000 + 150 000.
            "(enligt beslut av nämnden för social välfärd 2025-05-20 § 52) | 2025-07-01–2026-12-31 | 150 000 kronor |",
            "**3 850 000 kronor**",
        ],
    );
    // The rise was decided after the memo was written: 1 200 000 + 2 × 1 250 000 = 3 700 000.
    assert_says(
        &document("havsnas", "nyanlanda-familjer/tjansteskrivelse.md"),
        &["Stadens ersättning är sammanlagt 3 700 000 kronor under avtalstiden, utan uppräkning."],
    );
    // A committee decides on its own money: 400 000 + 425 000 + 12 500 × 6 × 6 = 1 275 000.
    assert_says(
        &document("bergsjo", "natt-och-dag/tjansteutlatande.md"),
        &[
            "med en ersättning om 825 000 kronor för 2024 och 450 000 kronor för 2025.",
            "Kommunens ersättning är sammanlagt 1 275 000 kronor under avtalstiden.",
            "Därutöver bidrar regionen med högst 600 000 kronor.",
        ],
    );
    assert_says(&document("havsnas", "natthandet/avtal.md"), &["240 000,50 kronor"]);
}

#[test]
fn payouts_of_every_kind() {
    assert_says(
        &document("adala", "oppet-hus/avtal.md"),
        &["Utbetalning sker i januari och juli. Föreningen fakturerar. Betalning sker inom 30 dagar."],
    );
    assert_says(
        &document("bergsjo", "natt-och-dag/avtal.md"),
        &[
            "Stiftelsen fakturerar vid månadens slut. Betalning sker inom 30 dagar. Fakturan märks med 4711-IOP.",
            "Församlingen rekvirerar beloppet.",
            "- 50 procent av beloppet betalas ut i avtalstidens första månad",
            "- resten betalas ut i december, om församlingen har redovisat vad dagverksamheten har kostat hittills",
        ],
    );
    assert_says(&document("bergsjo", "sommarkollo/avtal.md"), &["Beloppet betalas ut utan begäran."]);
    assert_says(
        &document("havsnas", "nyanlanda-familjer/avtal.md"),
        &[
            "Ersättningen betalas ut vid fyra tillfällen per år. Utbetalning sker i januari, april, juli och oktober. Utbetalningen görs i förskott.",
        ],
    );
    assert_says(
        &document("havsnas", "natthandet/avtal.md"),
        &[
            "Följande gäller för den ersättning som avser ”Förlängning, våren 2025” och ”Förlängning, hösten 2025”. Varje belopp betalas ut vid två tillfällen.",
        ],
    );
}

#[test]
fn adjustments_of_every_kind() {
    assert!(!document("adala", "oppet-hus/avtal.md").contains("ersättningsjustering"));
    assert_says(
        &document("bergsjo", "natt-och-dag/avtal.md"),
        &[
            "Vid förlängning tillkommer en årlig ersättningsjustering av den ersättning som i tabellen avser ”Platser i härbärget”. Justeringen följer omsorgsprisindex till 90 procent och konsumentprisindex till 10 procent.",
            "Indexvärdet är det för två år före det år som justeras. Justeringen är lägst 0 procent. Resultatet avrundas till hela kronor.",
        ],
    );
    assert_says(
        &document("havsnas", "nyanlanda-familjer/avtal.md"),
        &[
            "För 2025 och 2026 tillkommer en årlig ersättningsjustering av den ersättning som i tabellen avser 2025 och 2026. Justeringen följer konsumentprisindex. Dessa belopp anges före justering. Justeringen räknas på det avtalade beloppet. Förändringen mäts från oktober 2023 till oktober det år som justeras. Årets belopp avrundas till hela hundratal kronor.",
        ],
    );
    assert_says(
        &document("havsnas", "natthandet/avtal.md"),
        &[
            "Vid förlängning ingår en årlig ersättningsjustering av den ersättning som i tabellen avser ”Förlängning, våren 2025” och ”Förlängning, hösten 2025”. Justeringen följer prisindex för kommunal verksamhet (PKV). Dessa belopp anges efter justering. Justeringen räknas på föregående års justerade belopp. Justeringen är högst 4 procent.",
        ],
    );
    let lund = Lund::copy();
    assert_eq!(lund.run(&["render", "po-skane-2023", "--format", "md", "--as-of", TODAY]).code, 0);
    assert_says(
        &plain(&lund.read("build/po-skane-2023/tjansteskrivelse.md")),
        &["För 2024 gäller en ersättningsjustering som följer den priskompensation"],
    );
}

#[test]
fn exits_of_every_kind() {
    assert_says(
        &document("bergsjo", "natt-och-dag/avtal.md"),
        &[
            "Om lagstiftningen ändras på ett sätt som påverkar samarbetet kan varje part säga upp avtalet så att det upphör omedelbart.",
            "Då ska den part som brister betala ersättning till den part som drabbas. Ersättningen motsvarar den skada som den drabbade parten visar.",
            "Tvister som parterna inte löser själva prövas i allmän domstol.",
        ],
    );
    assert_says(
        &document("havsnas", "nyanlanda-familjer/avtal.md"),
        &[
            "Varje part kan säga upp överenskommelsen om en annan part inte uppfyller villkoren eller brister i sina åtaganden, eller om omständigheterna har ändrats väsentligt. Parterna ska först föra dialog om överenskommelsen kan fortsätta. Uppsägningstiden är i sådana fall tre månader.",
            "Då ska den part som har fått ersättning återbetala den del av utbetalningen som avser tiden efter hävningen.",
        ],
    );
    assert_says(&document("adala", "oppet-hus/avtal.md"), &["Varje part kan säga upp avtalet."]);
}

#[test]
fn follow_up_of_every_kind() {
    assert_says(
        &document("bergsjo", "natt-och-dag/avtal.md"),
        &[
            "Styrgruppen sammanträder en gång per kvartal.",
            "| Statistik per kön | varje halvår | stiftelsen | kommunen | senast 30 dagar efter periodens slut |",
        ],
    );
    assert_says(
        &document("havsnas", "nyanlanda-familjer/avtal.md"),
        &[
            "Styrgruppen sammanträder tre gånger per år.",
            "| Gemensam arbetsdag | varje år | språkvännerna | styrgruppen | senast i maj |",
            "| Halvårsrapport | varje halvår | språkvännerna | staden | senast 45 dagar efter periodens slut |",
            "| Årlig uppföljningsrapport | varje år | språkvännerna | staden | senast den 15 februari |",
            "| Statistik uppdelad på kön | varje år |",
            "| Halvtidsavstämning | en gång under avtalstiden | staden | styrgruppen | senast den 30 juni 2025 |",
            "| Gemensam slututvärdering | en gång | staden |",
            "| Redovisning till nämnden | varje år | staden | nämnden för social välfärd | senast i mars |",
        ],
    );
}

#[test]
fn registry_numbers_are_free_text() {
    let shapes = [
        "SO 2022/0229",
        "KSN-2016-1422",
        "2023/KS 0362",
        "HN/2019:118-34",
        "NSV 2023-00147-8",
        "Dnr 45/2024 KS",
        "2024-00123",
        "KS2024.118",
        "UBN 23-145 §4",
    ];
    for shape in shapes {
        let lund = Lund::copy();
        lund.change("agreements/po-skane-2023.toml", "\"SO 2022/0229\"", &format!("\"{shape}\""));
        let run = lund.run(&["render", "po-skane-2023", "--document", "avtal", "--format", "md"]);
        assert_eq!(run.code, 0, "{run:?}");
        assert_says(
            &plain(&lund.read("build/po-skane-2023/avtal.md")),
            &[&format!("Diarienummer: {shape}\n")],
        );
    }
}

#[test]
fn headings_have_synonyms() {
    assert_says(
        &document("havsnas", "nyanlanda-familjer/avtal.md"),
        &[
            "## Inledning\n",
            "## Samverkansparter\n",
            "## Parternas åtaganden\n",
            "## Avtalsperiod\n",
            "## Budget\n",
        ],
    );
    assert_says(&document("bergsjo", "sommarkollo/avtal.md"), &["## Partner\n", "# Överenskommelse om"]);
    assert_says(
        &document("bergsjo", "natt-och-dag/avtal.md"),
        &["# Avtal om idéburet offentligt partnerskap"],
    );
    assert_says(
        &document("bergsjo", "natt-och-dag/tjansteutlatande.md"),
        &[
            "Tjänsteutlåtande\n",
            "## Kommunledningskontorets förslag till beslut\n",
            "- Kommunledningskontorets tjänsteutlåtande 2023-11-27",
            "(detta utlåtande)",
            "## Förslag om avtal\n",
        ],
    );
}

#[test]
fn proposals_have_three_styles() {
    assert_says(
        &document("adala", "oppet-hus/tjansteskrivelse.md"),
        &[
            "Socialnämnden beslutar att ge nämndens ordförande i uppdrag att teckna avtal med Föreningen Öppet hus i Ådala om",
        ],
    );
    assert_says(
        &document("havsnas", "nyanlanda-familjer/tjansteskrivelse.md"),
        &[
            "Nämnden för social välfärd ger nämndens ordförande i uppdrag att teckna överenskommelse med",
            "som överenskommelsen anger för 2025 och 2026.\n\nPartnerskapet ska redovisas till nämnden för social välfärd senast i mars varje år.\n\nFörvaltningen ska informera kommunstyrelsen om partnerskapet.\n",
        ],
    );
    assert_says(
        &document("bergsjo", "natt-och-dag/tjansteutlatande.md"),
        &[
            "Kommunstyrelsen beslutar följande.\n\n1. Kommunstyrelsens ordförande och kommundirektören får i uppdrag att teckna avtal med Region Norrlanden,",
            "\n2. Kommunstyrelsen godkänner att avtalet därefter kan förlängas, längst till och med den 30 juni 2026; ersättningen för den tiden är inte angiven och kräver ett nytt beslut.\n3. Partnerskapet ska redovisas till kommunstyrelsen när avtalstiden har gått ut.\n",
        ],
    );
}
