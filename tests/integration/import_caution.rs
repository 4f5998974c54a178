//! What a paper does not say for certain is asked for: no person, no money, no day and no right that it does not give.

use iop::agreement::Agreement;
use iop::import::{self, Imported, Options, State};
use iop::paper;
use iop::register::{InputFile, Register};
use iop::vocabulary::Known;

use crate::common::{Lund, Run};

/// An agreement with these sections below its title and parties.
pub(crate) fn paper(sections: &str) -> String {
    format!(
        "# Avtal om idéburet offentligt partnerskap gällande språkkafé\n\n## Parter\n\nOffentlig part: Ådala kommun, nedan kallad kommunen\n\n\
         Idéburen part: Föreningen Språkbron, nedan kallad föreningen\n\n{sections}"
    )
}

pub(crate) fn import_as(name: &str, text: &str, options: Options) -> Imported {
    let paper = paper::read(name, text.as_bytes()).unwrap();
    import::agreement(&paper, &Options { name: name.to_owned(), ..options })
}

pub(crate) fn import(text: &str) -> Imported {
    import_as("avtal.md", text, Options::default())
}

/// The agreement of a draft, which the register must be able to read.
pub(crate) fn read(imported: &Imported) -> Agreement {
    let file = "agreements/x.toml";
    let (register, findings) = Register::load(rayon::iter::once(InputFile::text(file, &imported.text)));
    let faults: Vec<_> = findings.iter().filter(|finding| &*finding.place.file == file).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{}", imported.text);
    *register.agreements.into_values().next().unwrap().data
}

pub(crate) fn uncertain(imported: &Imported) -> Vec<String> {
    let facts = imported.facts.iter().filter(|fact| fact.state == State::Uncertain);
    facts.map(|fact| fact.path.to_string()).collect()
}

/// The amounts of a draft, in kronor.
pub(crate) fn amounts(agreement: &Agreement) -> Vec<String> {
    agreement.funding.values().filter_map(|one| Some(one.amount.known()?.plain())).collect()
}

/// A paper with a name and a number wherever one can stand.
const NAMED: &str = "# Xerxa Vindalsson\n\nDiarienummer: KS 2025/0417\n\n# Avtal om idéburet offentligt partnerskap gällande Xerxa Vindalssons språkkafé\n\n\
    Handläggare: Xerxa Vindalsson\n\n\
    ## Parter\n\nÅdala kommun, org.nr 212000-9999, nedan kallad kommunen, företrädd av Xerxa Vindalsson\n\n\
    Föreningen Språkbron, org.nr 802499-1234, nedan kallad föreningen, genom ordförande Xerxa Vindalsson (641340-1234)\n\n\
    - Xerxa Vindalsson\n\nKontaktperson: Xerxa Vindalsson, 19640883-1234\n\n\
    ## Syfte\n\nSyftet med partnerskapet är att Xerxa Vindalsson, 640823-3235, ska öppna. Vindalsson svarar, 6408233235 eller 196408233235. XERXA VINDALSSON deltar.\n\n\
    ## Målgrupp\n\n- vänner till Xerxa Vindalsson\n\n## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2026 till och med den 31 december 2027. Xerxa Vindalsson får förlänga det.\n\n\
    ## Xerxa Vindalsson\n\nEnhetschef.\n\n## Åtaganden\n\n### Xerxa Vindalsson, föreningen\n\nFöreningen ska\n\n- låta Xerxa Vindalsson hålla kurs\n\n\
    ## Ekonomi\n\n| År | Belopp | Till |\n| --- | --- | --- |\n| 2026 | 100 000 kr | Xerxa Vindalsson 640823–3235 |\n\nXerxa Vindalsson betalar 5 000 kr eller mer.\n\n\
    ## Styrgrupp\n\nI styrgruppen ingår:\n\n- Xerxa Vindalsson, verksamhetschef (sammankallande), kommunen\n- ordförande Xerxa Vindalsson\n\n\
    ## Uppföljning\n\nXerxa Vindalsson lämnar årsrapport senast den 1 mars varje år.\n\n\
    ## Uppsägning\n\nOm Xerxa Vindalsson slutar kan kommunen säga upp avtalet.\n\n\
    ## Kontaktpersoner\n\nKommunen: Xerxa Vindalsson, enhetschef, 640823+3235\n\nFöreningen: Xerxa Vindalsson\n\n\
    ## Underskrifter\n\nFör kommunen\n\nXerxa Vindalsson enhetschef\n\nFör föreningen\n\nNamnförtydligande: Xerxa Vindalsson\n\n640823 3235\n\nXerxa Vindalsson har läst och förstått allt ovan.\n\n\
    ## Xerxa Vindalsson\n\nOrdförande\n";

#[test]
fn no_name_and_no_number_of_a_person_leaves_the_paper() {
    let lund = Lund::copy();
    lund.write("avtal.md", NAMED);
    lund.write("avtal.txt", NAMED);
    lund.write("Avtal_Xerxa_Vindalsson.md", NAMED);
    let mut all = String::new();
    for (name, format) in
        [("avtal.md", "table"), ("avtal.txt", "json"), ("Avtal_Xerxa_Vindalsson.md", "json")]
    {
        let Run { code, output, errors } = lund.run(&["import", name, "--format", format]);
        assert_eq!(code, 0, "{errors}");
        all.push_str(&output.replace("Avtal_Xerxa_Vindalsson.md", ""));
        all.push_str(&errors);
    }
    let mut count = 0;
    for entry in std::fs::read_dir(lund.path("agreements")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        if text.contains("# Läst ur ") {
            count += 1;
            all.push_str(&format!("{}\n{text}", path.file_name().unwrap().to_string_lossy()));
        }
    }
    assert_eq!(count, 3);
    let lower = all.to_lowercase();
    for part in ["xerxa", "vindal", "3235", "640823", "641340", "19640883"] {
        let at = lower.lines().find(|line| line.contains(part));
        assert!(at.is_none(), "{part}: {at:?}\n{all}");
    }
    // The organisations and their numbers are no people's.
    assert!(all.contains("Föreningen Språkbron") && all.contains("802499-1234"), "{all}");
}

#[test]
fn the_functions_of_those_who_are_left_out_stay() {
    let agreement = read(&import(NAMED));
    let names: Vec<&str> = agreement.party.values().map(|party| party.name.as_str()).collect();
    assert_eq!(names, ["Ådala kommun", "Föreningen Språkbron"]);
    let municipality = agreement.party.values().next().unwrap();
    let contact = municipality.contact.known().unwrap().values().next().unwrap();
    assert_eq!(contact.function.known().map(String::as_str), Some("enhetschef"));
    let signatory = municipality.signatory.known().unwrap().values().next().unwrap();
    assert_eq!(signatory.title.known().map(String::as_str), Some("enhetschef"));
}

#[test]
fn what_the_parties_may_agree_on_is_no_renewal() {
    let term =
        "## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2026 till och med den 31 december 2027.";
    for (said, options, asked) in [
        ("Avtalet kan förlängas med ett år efter skriftlig överenskommelse.", 1, false),
        ("Avtalet kan förlängas med ett år i taget om parterna är överens.", 0, true),
        ("Kommunen har option på förlängning 1+1 år.", 0, true),
        ("Avtalet kan förlängas med 1+1 år.", 0, true),
        ("Avtalet förlängs med ett år i taget efter skriftlig överenskommelse.", 0, true),
    ] {
        let imported = import(&paper(&format!("{term} {said}\n")));
        let agreement = read(&imported);
        assert!(agreement.term.renewal.is_none(), "{said}\n{}", imported.text);
        assert_eq!(agreement.term.option.len(), options, "{said}\n{}", imported.text);
        assert_eq!(
            uncertain(&imported).contains(&"term.option".to_owned()),
            asked,
            "{said}\n{}",
            imported.text
        );
    }
    let goes_on = "Avtalet förlängs med ett år i taget om ingen part säger upp det senast tre månader före avtalstidens slut.";
    assert!(read(&import(&paper(&format!("{term} {goes_on}\n")))).term.renewal.is_some());
}

#[test]
fn only_the_municipalitys_own_money_is_its_payment() {
    let whole = "Kommunen betalar 300 000 kr för 2026";
    for said in [
        format!("{whole}. Föreningen bidrar med 200 000 kr för 2026."),
        format!("{whole}. Föreningen skjuter till 200 000 kr och står för 20 000 kr i hyra för 2026."),
        format!("{whole}. Föreningens egen insats är 200 000 kr för 2026."),
        format!("{whole}. Detta är utöver föreningsbidraget om 50 000 kr för 2026 som inte ingår."),
        format!("{whole} utöver föreningsbidraget om 50 000 kr."),
        "Utöver föreningsbidraget om 50 000 kr betalar kommunen 300 000 kr för 2026.".to_owned(),
        format!("{whole}, varav 100 000 kr avser lokaler."),
        format!("{whole}, varav 100 000 kr är för hyra."),
        format!("{whole}, fördelat på 200 000 kr för personal och 100 000 kr för lokaler."),
        format!("{whole}. Av beloppet avser 100 000 kr lokaler under 2026."),
        format!("{whole}. Av detta är 30 000 kr för hyra."),
        format!("{whole}. Region Norrå bidrar med 70 000 kr för 2026."),
    ] {
        let imported = import(&paper(&format!(
            "## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2026 till och med den 31 december 2026.\n\n## Ekonomi\n\n{said}\n"
        )));
        assert_eq!(amounts(&read(&imported)), ["300000"], "{said}\n{}", imported.text);
    }
    let both = import(&paper("## Ekonomi\n\nParterna bidrar med 200 000 kr vardera för 2026.\n"));
    assert!(amounts(&read(&both)).is_empty() && uncertain(&both) == ["funding"], "{}", both.text);
}

#[test]
fn a_way_out_that_is_denied_is_none_and_different_notices_are_asked_for() {
    for (said, exits, asked) in [
        ("Avtalet kan inte sägas upp under avtalstiden.", 0, false),
        ("Ingen part har rätt till uppsägning. Avtalet får ej sägas upp i förtid.", 0, false),
        ("Avtalet kan inte sägas upp annat än vid väsentligt avtalsbrott.", 0, true),
        (
            "Avtalet kan sägas upp med tre månaders uppsägningstid för kommunen och sex månader för föreningen.",
            2,
            false,
        ),
        ("Uppsägningstiden är tre månader för kommunen och sex för föreningen.", 2, false),
        (
            "Kommunen kan säga upp avtalet med tre månaders uppsägningstid. Föreningen kan säga upp avtalet med sex månaders uppsägningstid.",
            2,
            false,
        ),
        (
            "Uppsägningstiden för kommunen är tre månader. Uppsägningstiden för föreningen är sex månader.",
            2,
            false,
        ),
    ] {
        let imported = import(&paper(&format!("## Uppsägning\n\n{said}\n")));
        let agreement = read(&imported);
        assert_eq!(agreement.exit.len(), exits, "{said}\n{}", imported.text);
        assert_eq!(
            uncertain(&imported),
            if asked { vec!["exit".to_owned()] } else { Vec::new() },
            "{said}\n{}",
            imported.text
        );
        let months: Vec<_> = agreement
            .exit
            .values()
            .map(|exit| (exit.open_to.join(","), exit.notice_months.known().map(|months| months.get())))
            .collect();
        let each = [("kommunen".to_owned(), Some(3)), ("foreningen".to_owned(), Some(6))];
        assert!(exits == 0 || months == each, "{said}: {months:?}");
    }
    let open = "## Avtalstid\n\nAvtalet gäller från och med den 1 januari 2026 och tills vidare med en uppsägningstid om tre månader för kommunen och sex månader för föreningen.\n";
    let agreement = read(&import(&paper(open)));
    assert!(agreement.term.until_further_notice.unwrap().notice_months.known().is_none());
}

#[test]
fn a_beginning_that_waits_for_signatures_is_no_end() {
    for said in [
        "Avtalet börjar gälla när båda parter undertecknat, dock tidigast 2026-01-01.",
        "Avtalet gäller från det att båda parter undertecknat det, dock tidigast från och med den 1 januari 2026.",
    ] {
        let imported = import(&paper(&format!("## Avtalstid\n\n{said}\n")));
        let agreement = read(&imported);
        assert!(
            agreement.term.end.known().is_none() && agreement.term.start.known().is_none(),
            "{}",
            imported.text
        );
        assert!(imported.text.contains("dock tidigast"), "{}", imported.text);
    }
}

/// The letters of a text, by which it is known again.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn nothing_of_the_text_is_lost() {
    let body = [
        (
            "Parter",
            "Ådala kommun, org.nr 212000-9999, nedan kallad kommunen.\nOdlarnas förening, org.nr 802499-1234, nedan kallad föreningen.",
        ),
        ("Bakgrund", "I Ådala finns odlingslådor. De sköts av många."),
        ("Avtalstid", "Avtalet gäller från och med den 1 januari 2026 till och med den 31 december 2027."),
        ("Ekonomi", "Kommunen betalar 100 000 kronor för år 2026."),
        ("Trivsel i trädgården", "Alla hjälps åt. Kaffe finns."),
        ("Uppsägning", "Avtalet kan sägas upp med tre månaders uppsägningstid."),
        ("Underskrifter", "Avtalet har upprättats i två exemplar, som parterna har tagit var sitt av."),
    ];
    let numbered = |end: &str, gap: &str| {
        (1..)
            .zip(&body)
            .map(|(number, (title, text))| format!("{number}. {title}{end}{gap}{text}\n\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    let contents = |end: &str| {
        (1..)
            .zip(&body)
            .map(|(number, (title, _))| format!("{number}. {title}{end}\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    let title = "Avtal om idéburet offentligt partnerskap gällande odlingslådor";
    let intro = "Detta avtal bygger på en gemensam ansökan. Den skrevs i maj.";
    for text in [
        format!("{title}\n\n{intro}\n\nInnehåll\n\n{}\n{}", contents(""), numbered("", "\n\n")),
        format!(
            "{title}\n\n{intro}\n\nINNEHÅLLSFÖRTECKNING\n{}\n{}",
            contents(" ......... 3"),
            numbered("", "\n")
        ),
        format!("{title}\n\n{intro}\n\nInnehåll\n{}\n{}", contents(" 3"), numbered("", "\n")),
        format!("{title}\n\n{intro}\n\n{}", numbered("", "\n")),
        format!(
            "{title}\n\n{intro}\n\n{}",
            body.iter()
                .map(|(title, text)| format!("{}\n{text}\n", title.to_uppercase()))
                .collect::<Vec<_>>()
                .concat()
        ),
        format!("{intro}\n{}", body.iter().map(|(_, text)| format!("{text}\n")).collect::<Vec<_>>().concat()),
    ] {
        let imported = import_as("avtal.txt", &text, Options::default());
        read(&imported);
        let draft = letters(&imported.text);
        for sentence in body
            .iter()
            .flat_map(|(_, text)| text.split(['\n']).flat_map(|line| line.split(". ")))
            .chain(intro.split(". "))
        {
            assert!(draft.contains(&letters(sentence)), "{sentence}\n{text}\n{}", imported.text);
        }
        let has_headings = text.contains("\n2. ");
        if has_headings {
            let agreement = read(&imported);
            assert_eq!(agreement.clause.len(), 6, "{text}\n{}", imported.text);
            assert_eq!(agreement.party.len(), 2, "{text}\n{}", imported.text);
        }
    }
}

#[test]
fn the_committee_is_the_one_of_the_organ() {
    let committees = || {
        [
            ("kommunstyrelsen", "Kommunstyrelsen"),
            ("social", "Socialnämnden"),
            ("kultur", "Kultur- och fritidsnämnden"),
        ]
        .map(|(key, name)| (key.to_owned(), vec![name.to_owned()]))
        .to_vec()
    };
    for (organ, key) in [
        ("genom socialnämnden", Some("social")),
        ("genom Kultur- och fritidsnämnden", Some("kultur")),
        ("genom fritidsnämnden", None),
        ("genom arbetsmarknads- och socialnämnden", None),
        ("", None),
    ] {
        let text = format!(
            "# Avtal om iop gällande språkkafé\n\n## Parter\n\nOffentlig part: Ådala kommun {organ}\n\nIdéburen part: Föreningen Språkbron\n"
        );
        let options = Options { committees: committees(), ..Options::default() };
        let imported = import_as("avtal.md", &text, options);
        assert_eq!(read(&imported).committee.as_deref(), key, "{organ}\n{}", imported.text);
    }
}

#[test]
fn the_id_is_of_the_organisations_name() {
    assert_eq!(import(&paper("")).id, "foreningen-sprakbron");
}

#[test]
fn a_memos_documents_are_no_parties_and_two_dates_are_not_one() {
    let memo = "# Tjänsteskrivelse\n\n2025-11-03\n\n## Förslag till beslut\n\nSocialnämnden beslutar att godkänna överenskommelsen.\n\n## Sammanfattning\n\n\
        Ett partnerskap mellan Ådala kommun och Föreningen Språkbron 2025-10-30.\n\n## Ärendet\n\nFöreningen driver ett språkkafé.\n";
    let agreement = read(&import(memo));
    let names: Vec<&str> = agreement.party.values().map(|party| party.name.as_str()).collect();
    assert_eq!(names, ["Ådala kommun", "Föreningen Språkbron"]);
    for said in
        ["den 15 februari 2026 och den 15 september 2026", "den 15 februari och den 15 september varje år"]
    {
        let text = paper(&format!("## Uppföljning\n\nFöreningen lämnar verksamhetsrapport senast {said}.\n"));
        let agreement = read(&import(&text));
        let due = agreement.follow_up.values().next().unwrap().due.known().unwrap();
        assert!(due.date.is_none() && due.month.is_none(), "{due:?}");
        assert_eq!(due.words.as_deref(), Some(format!("senast {said}").as_str()));
    }
}

#[test]
fn grounds_of_another_guideline_are_not_written() {
    let text = paper(
        "## Skäl\n\nPartnerskapet har valts av följande skäl:\n\n- Det sker på initiativ av föreningen.\n- Föreningen är inte underleverantör.\n",
    );
    let options = Options { grounds: Some(vec!["initiative".to_owned()]), ..Options::default() };
    let agreement = read(&import_as("avtal.md", &text, options));
    let keys = |agreement: &Agreement| agreement.ground.known().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&agreement), ["initiative"]);
    assert_eq!(keys(&read(&import(&text))), ["initiative", "not-subcontractor"]);
}

#[test]
fn what_is_no_agreement_is_told_and_nothing_is_written() {
    let lund = Lund::copy();
    let count = || std::fs::read_dir(lund.path("agreements")).unwrap().count();
    let before = count();
    lund.write("hej.txt", "Hej! Kan du köpa mjölk på vägen hem?\n");
    let run = lund.run(&["import", "hej.txt"]);
    assert!(run.code == 2 && run.errors.contains("inte ett avtal") && run.output.is_empty(), "{run:?}");
    assert_eq!(count(), before);
    lund.write("avtal.md", paper(""));
    for name in ["foreningen-sprakbron.toml", "foreningen-sprakbron-2.toml"] {
        let run = lund.run(&["import", "avtal.md"]);
        assert!(run.code == 0 && lund.path(&format!("agreements/{name}")).is_file(), "{run:?}");
        let tells = run.output.contains("foreningen-sprakbron.toml fanns redan");
        assert_eq!(tells, name.ends_with("-2.toml"), "{}", run.output);
    }
    let run = lund.run(&["import", "avtal.md", "--id", "foreningen-sprakbron"]);
    assert!(
        run.code == 2
            && run.errors.contains("foreningen-sprakbron.toml finns redan")
            && run.errors.contains("--id"),
        "{run:?}"
    );
}

/// An agreement in plain text whose parties stand in a sentence, with those who act for them.
const PLAIN: &str = "SAMVERKANSAVTAL OM IDÉBURET OFFENTLIGT PARTNERSKAP\n\n\
    Mellan Ådala kommun, socialnämnden (nedan kommunen), företrädd av enhetschef Kim Sandö, och Cykelkökets vänner (nedan föreningen), org.nr 802499-1234, \
    företrädd av ordförande Siw Ängmo, har följande avtal träffats.\n\n1 § Bakgrund\nCykelköket drivs av Siw Ängmo sedan 2019.\n\n\
    2 § Avtalstid\nAvtalet gäller 2026-01-01--2027-12-31.\n\n3 § Underskrifter\nÅdala 2025-12-01\n\nFör kommunen\nKim Sandö\nEnhetschef\n\n\
    För föreningen\nSiw Ängmo\nOrdförande, 710230-1234\n";

#[test]
fn parties_of_a_sentence_are_organisations_and_their_organs() {
    let imported = import_as("avtal.txt", PLAIN, Options::default());
    let agreement = read(&imported);
    let parties: Vec<_> = agreement
        .party
        .values()
        .map(|party| (party.name.as_str(), party.organ.known().map(String::as_str)))
        .collect();
    assert_eq!(
        parties,
        [("Ådala kommun", Some("Socialnämnden")), ("Cykelkökets vänner", None)],
        "{}",
        imported.text
    );
    let titles: Vec<_> = agreement
        .party
        .values()
        .flat_map(|party| party.signatory.known().unwrap().values())
        .map(|one| one.title.known().unwrap().as_str())
        .collect();
    assert_eq!(titles, ["enhetschef", "ordförande"], "{}", imported.text);
    for part in ["Sandö", "Ängmo", "710230"] {
        assert!(!imported.text.contains(part), "{part}\n{}", imported.text);
    }
}
