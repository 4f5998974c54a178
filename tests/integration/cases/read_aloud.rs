//! What readers of the examples' documents found untrue or unclear, each in its kind.

use std::fs;

use super::Case;
use super::said::{adala, agreement, memo, of_example, says};

#[test]
fn notice_to_a_day_of_the_year_is_that_wherever_it_is_told() {
    let klovby = Case::of_example("klovby");
    says(
        &of_example(&klovby, "angen", "avtal", "2026-03-01"),
        &[
            "Avtalet kan upphöra den 30 juni varje år, om det har sagts upp minst sex månader dessförinnan.",
            "Varje part kan säga upp avtalet till den 30 juni varje år. Uppsägningstiden är minst sex månader.",
        ],
        &["kan säga upp avtalet. Uppsägningstiden"],
    );
    // Of one that ends with any day nothing of the kind is said.
    let other = of_example(&klovby, "lanken", "avtal", "2026-03-01");
    says(&other, &["Varje part kan säga upp avtalet. Uppsägningstiden är sex månader."], &[]);
}

#[test]
fn each_committee_decides_on_its_own_part() {
    says(
        &of_example(&Case::of_example("klovby"), "angen", "tjansteskrivelse", "2026-03-01"),
        &[
            "med en ersättning från socialnämnden om 900 000 kronor per år jämte den årliga ersättningsjustering som avtalet anger - att beslutet gäller under förutsättning att kulturnämnden fattar motsvarande beslut Kulturnämnden beslutar",
            "med en ersättning från kulturnämnden om 6 500 kronor per studiecirkel och månad, för tre studiecirklar och från och med den 1 januari 2024 för fyra studiecirklar - att beslutet gäller under förutsättning att socialnämnden",
        ],
        &["var för sig -"],
    );
}

#[test]
fn an_organ_of_one_party_decides_for_that_party_alone() {
    says(
        &of_example(&Case::of_example("klovby"), "oppen-dorr", "avtal", "2026-03-01"),
        &["Ändringar gäller när parterna har kommit överens om dem. För kommunen beslutar socialnämnden."],
        &["förankras"],
    );
    let both = [(
        "[exit.tvist]",
        "[exit.andring]\ncause = [\"any\"]\nmeans = \"renegotiation\"\ndecided_by = \"styrgruppen\"\n\n[exit.tvist]",
    )];
    says(&agreement(&adala(&both, "")), &["ska förankras hos och beslutas av styrgruppen."], &[]);
}

#[test]
fn a_text_that_holds_more_than_somebody_has_signed_says_so() {
    let havsnas = Case::of_example("havsnas");
    let told = "Sammanställd text till och med det ändrade beloppet den 20 maj 2025. Den som undertecknade före den dagen undertecknade texten utan den ändringen.";
    says(&of_example(&havsnas, "nyanlanda-familjer", "avtal", "2026-03-01"), &[told], &[]);
    says(&of_example(&havsnas, "nyanlanda-familjer", "avtal", "2025-05-01"), &[], &["Sammanställd"]);
}

#[test]
fn what_an_adjustment_comes_to_is_no_sum_before_it_is_known() {
    says(
        &of_example(&Case::of_example("havsnas"), "nyanlanda-familjer", "tjansteskrivelse", "2026-03-01"),
        &[
            "| 2025 | 1 250 000 kronor | inte känd ännu | 1 250 000 kronor (preliminärt) |",
            "är ett antagande och inte fastställt",
            "värdena för oktober 2025 och oktober 2026",
        ],
        &["antaget", "2025-10"],
    );
    says(
        &of_example(&Case::of_example("klovby"), "angen", "tjansteskrivelse", "2026-03-01"),
        &["| 2023 | 1 134 000 kronor | inte känd ännu |"],
        &["**Sammanlagt**"],
    );
}

#[test]
fn a_decision_grants_each_extension_its_own_sum() {
    says(
        &of_example(&Case::of_example("bergsjo"), "sommarkollo", "tjansteutlatande", "2026-03-01"),
        &[
            "då med en ersättning om 350 000 kronor för varje förlängning.",
            "| Första avtalsåret | 2024-03-01–2025-02-28 | 350 000 kronor | | **Sammanlagt för avtalstiden** | | **350 000 kronor** | | Första förlängningen |",
        ],
        &["om sammanlagt 700 000"],
    );
}

#[test]
fn a_frame_that_cannot_be_tried_is_not_told_as_money_that_there_is() {
    let klovby = Case::of_example("klovby");
    says(
        &of_example(&klovby, "lanken", "tjansteskrivelse", "2026-03-01"),
        &[
            "| Stöd i boendet | hela avtalstiden | 50 000 kronor per månad | | **Sammanlagt** | | **1 200 000 kronor** |",
            "Ersättningen ska finansieras genom socialnämndens budgetram.",
            "Kostnaden kan inte prövas mot budgetramen, eftersom första dagen inte är bestämd.",
        ],
        &[],
    );
    says(
        &of_example(&klovby, "oppen-dorr", "tjansteskrivelse", "2026-03-01"),
        &[
            "Ersättningen ska finansieras genom socialnämndens budgetram, om ramen beslutas.",
            "Ramen för 2022 är ännu inte beslutad.",
            "- Avtalet om Öppen dörr för 2021, 2020-12-09, SN 2020/141",
        ],
        &["Någon budgetram"],
    );
}

#[test]
fn what_the_municipality_has_its_money_from_is_told_to_the_committee_alone() {
    let vretby = Case::of_example("vretby");
    let told = "betalas 120 000 kronor för 2025 och 120 000 kronor för 2026 av statsbidrag";
    says(&of_example(&vretby, "ladan", "tjansteskrivelse", "2026-03-01"), &[told], &[]);
    let text = of_example(&vretby, "ladan", "avtal", "2026-03-01");
    says(&text, &["som gäller från och med den 1 januari 2022"], &["statsbidrag", "gällde"]);
}

#[test]
fn an_authority_that_nobody_has_stated_is_a_blank() {
    let open = [("evidence = \"socialnämndens delegationsordning punkt 3.2\"", "evidence = \"not-stated\"")];
    says(&agreement(&adala(&open, "")), &["Socialnämndens ordförande\\ Behörighet: **[ej angivet]**"], &[]);
}

#[test]
fn an_assessment_that_nobody_has_said_who_made_is_open() {
    let open = [("by = \"kommunjuristen\"", "by = \"not-stated\"")];
    let told = "Bedömningen av upphandlingsplikt är gjord av: **[ej angivet]**.";
    says(&memo(&adala(&open, "")), &[told], &["kommunjuristen"]);
}

#[test]
fn amounts_for_parts_of_a_year_are_paid_each_for_itself() {
    let text = of_example(&Case::of_example("havsnas"), "natthandet", "avtal", "2026-03-01");
    says(&text, &["Varje belopp betalas ut vid två tillfällen."], &["tillfällen per år"]);
    says(&agreement(&adala(&[], "")), &["Ersättningen betalas ut vid två tillfällen per år."], &[]);
}

#[test]
fn one_point_is_a_sentence_and_several_are_a_list() {
    let text = of_example(&Case::of_example("klovby"), "angen", "avtal", "2026-03-01");
    says(
        &text,
        &[
            "Grannar ska hålla mötesplatsen öppen minst fyra kvällar i veckan.",
            "Församlingen ska - ordna öppen förskola två förmiddagar i veckan - ordna lunch",
        ],
        &["- hålla mötesplatsen"],
    );
    let one = [("direct = [\"unga mellan 13 och 20 år\"]", "direct = [\"Unga. Alla unga.\"]")];
    says(&agreement(&adala(&one, "")), &["## Målgrupp - Unga. Alla unga."], &["Målgruppen är"]);
    says(
        &memo(&adala(&[], "")),
        &[
            "Socialnämnden beslutar att ge nämndens ordförande i uppdrag att teckna avtal",
            "31 december 2025, med en ersättning om 500 000 kronor för 2024 och 500 000 kronor för 2025. ##",
            "Målgruppen är unga mellan 13 och 20 år.",
            "För kännedom: Föreningen Öppet hus i Ådala",
        ],
        &["- att ge", "- unga mellan"],
    );
}

#[test]
fn a_name_is_introduced_where_the_text_shortens_it() {
    let klovby = Case::of_example("klovby");
    says(
        &of_example(&klovby, "angen", "tjansteskrivelse", "2026-03-01"),
        &["med Föreningen Grannar i Ängen (nedan Grannar), Ängens församling (nedan församlingen) och"],
        &[],
    );
    says(
        &of_example(&klovby, "angen", "avtal", "2026-03-01"),
        &["i det följande kallat studieförbundet.", "i det följande kallad församlingen."],
        &[],
    );
}

#[test]
fn a_memo_that_names_nobody_has_a_line_for_the_name() {
    says(&memo(&adala(&[], "")), &["………………\\ Socialchef ##"], &[]);
    let named = [("{ title = \"socialchef\" }", "{ name = \"Kim Ek\", title = \"socialchef\" }")];
    says(&memo(&adala(&named, "")), &["Kim Ek, socialchef ##"], &["…\\ Socialchef"]);
}

#[test]
fn originals_that_nobody_has_told_of_are_open() {
    let text = of_example(&Case::of_example("havsnas"), "natthandet", "avtal", "2026-03-01");
    says(&text, &["och inte originalet. Var originalet finns: **[ej angivet]**."], &["Antal original"]);
    let unsaid = [("copies = 2", "copies = \"not-stated\"")];
    says(&agreement(&adala(&unsaid, "")), &["## Underskrifter Antal original: **[ej angivet]**."], &[]);
    let electronic = [("copies = 2", "electronic = true")];
    says(&agreement(&adala(&electronic, "")), &["Undertecknas elektroniskt av"], &["Antal original"]);
}

#[test]
fn an_adjustment_comes_to_amounts_before_it_and_is_in_those_after_it() {
    let of = |amounts: &str| {
        let more = format!(
            "[indexation.upp]\nyears = [2025]\nfollows = \"konsumentprisindex\"\namounts = \"{amounts}\"\nmethod = \"chained\""
        );
        agreement(&adala(&[], &more))
    };
    says(
        &of("before-adjustment"),
        &["För 2025 tillkommer en ersättningsjustering som följer"],
        &["ingår en"],
    );
    says(&of("after-adjustment"), &["För 2025 ingår en ersättningsjustering som följer"], &["tillkommer"]);
    says(
        &of("not-stated"),
        &["För 2025 gäller en ersättningsjustering som följer"],
        &["tillkommer", "ingår en"],
    );
}

#[test]
fn the_summary_tells_what_each_committee_pays_if_the_agreement_goes_on() {
    let path = "agreements/ladan.toml";
    let vretby = Case::of_example("vretby");
    let text = fs::read_to_string(vretby.folder.path().join(path)).unwrap();
    let (start, end) = (text.find("[term]").unwrap(), text.find("[party.kommun]").unwrap());
    let term = "[term]\nstart = 2025-01-01\nend = 2025-12-31\noption.o = { months = 12, by = \"kommun\" }\n";
    let more = "[funding.fler]\ntitle = \"Öppet 2026\"\npayer = \"kommun\"\nbudget_line = \"kultur\"\namount = 500_000\nperiod = { start = 2026-01-01, end = 2026-12-31 }\n\
                [funding.traffar_fler]\ntitle = \"Träffar 2026\"\npayer = \"kommun\"\nbudget_line = \"omsorg\"\namount = 310_000\nperiod = { start = 2026-01-01, end = 2026-12-31 }\n";
    let vretby = vretby.with(path, &format!("{}{term}{}\n{more}", &text[..start], &text[end..]));
    says(
        &of_example(&vretby, "ladan", "tjansteskrivelse", "2026-03-01"),
        &[
            "då med en ersättning från kultur- och fritidsnämnden om 500 000 kronor för 2026 och från omsorgsnämnden om 310 000 kronor för 2026.",
        ],
        &[],
    );
}

#[test]
fn several_changes_have_papers_and_one_has_a_paper() {
    let havsnas = Case::of_example("havsnas");
    let several = "När och av vem ändringarna är undertecknade framgår av deras egna handlingar.";
    says(&of_example(&havsnas, "natthandet", "avtal", "2026-03-01"), &[several], &[]);
    let one = "När och av vem ändringen är undertecknad framgår av dess egen handling.";
    says(&of_example(&havsnas, "natthandet", "avtal", "2025-04-01"), &[one], &["ändringarna är"]);
}

#[test]
fn amounts_below_each_other_have_one_form() {
    let text = of_example(&Case::of_example("havsnas"), "natthandet", "avtal", "2026-03-01");
    says(&text, &["| 240 000,50 kronor |", "| 290 000,00 kronor |"], &["| 290 000 kronor |"]);
}

#[test]
fn a_decision_of_guidelines_has_one_form_in_a_document() {
    let text = memo(&adala(&[], ""));
    says(&text, &["beslutade av kommunfullmäktige 2019-05-20 § 45."], &["den 20 maj 2019"]);
}

#[test]
fn a_heading_promises_as_many_annexes_as_there_are() {
    let text = of_example(&Case::of_example("vretby"), "ladan", "avtal", "2026-03-01");
    says(&text, &["## Bilaga Bilaga 1: Verksamhetsplan 2025, datum 2024-11-01 ##"], &["Bilagor"]);
}

#[test]
fn the_running_head_tells_a_compilation_and_every_case() {
    let word = |case: &Case, id: &str| {
        case.says("2026-03-01", &["render", id, "--document", "avtal", "--format", "docx"]);
        let file = fs::File::open(case.folder.path().join(format!("build/{id}/avtal.docx"))).unwrap();
        let mut archive = zip::ZipArchive::new(file).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let heads = names.iter().filter(|name| name.starts_with("word/header"));
        let texts = heads.map(|name| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap());
        texts.collect::<Vec<_>>().concat().replace('\u{a0}', " ")
    };
    let klovby = Case::of_example("klovby");
    let head = word(&klovby, "oppen-dorr");
    assert!(head.contains("sammanställd text till och med 2023-12-06"), "{head}");
    let head = word(&klovby, "angen");
    assert!(head.contains("SN 2022/77, KN 2022/51"), "{head}");
    // What it is about and not a choice of its parties.
    assert!(head.contains("mötesplatsen Ängen") && !head.contains("m.fl."), "{head}");
    let head = word(&klovby, "lanken");
    assert!(head.contains("Avtal (förslag)"), "{head}");
    // A proposal that is no compilation has its own day.
    says(&memo(&adala(&[], "")), &["Datum: 2023-11-01"], &["sammanställd"]);
}
