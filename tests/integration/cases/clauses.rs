//! The clauses of an agreement say what the data says: who may do what, who signed, and in which order they stand.

use std::fs;

use super::Case;
use super::said::{adala, agreement, memo, of_example, says};

#[test]
fn each_way_out_says_who_may_do_what_and_with_which_consequence() {
    let exits = "[exit.lag]\ncause = [\"law-change\"]\nmeans = \"immediate\"\n\
        [exit.havning]\ncause = [\"unremedied-breach\"]\nmeans = \"rescission\"\nconsequence = \"repayment\"\nliable = \"forening\"\nmeasure = \"den del av ersättningen som inte har använts\"\n\
        [exit.forandrat]\ncause = [\"changed-circumstances\"]\nmeans = \"notice\"\nnotice_months = 3\ndialogue_first = true\nopen_to = [\"kommun\", \"forening\"]\nnotice_counts_from = \"sending\"\n\
        [exit.domstol]\ncause = [\"dispute\"]\nnamed_cause = \"parterna inte enas inom ett år\"\nmeans = \"court\"\nopen_to = [\"forening\"]\n\
        [exit.samtal]\ncause = [\"plan-deviation\"]\nmeans = \"dialogue\"\nopen_to = [\"kommun\"]\nin_writing = true";
    says(
        &agreement(&adala(&[], exits)),
        &[
            "Om lagstiftningen ändras på ett sätt som påverkar samarbetet kan varje part säga upp avtalet så att det upphör omedelbart.",
            "En part kan häva avtalet om den andra parten inte fullföljer sina åtaganden och inte rättar bristen utan dröjsmål. Då ska föreningen återbetala den del av ersättningen som inte har använts.",
            "Om omständigheterna har ändrats väsentligt kan kommunen eller föreningen säga upp avtalet. Parterna ska först föra dialog om avtalet kan fortsätta. Uppsägningstiden är i sådana fall tre månader, räknat från den dag då uppsägningen skickas.",
            "Om parterna inte enas inom ett år kan föreningen väcka talan i allmän domstol.",
            "kan kommunen begära dialog. Parterna ska då föra dialog innan förändringar genomförs. Begäran om dialog ska vara skriftlig.",
        ],
        &["upphör avtalet omedelbart", "delar av eller hela", "kommunen och föreningen säga"],
    );
}

#[test]
fn a_report_is_told_in_sentences_and_a_group_by_its_own_title() {
    let case = adala(
        &[(
            "kind = \"activity-report\"\n",
            "kind = \"activity-report\"\ncontents = [\"vad pengarna har gått till\"]\n",
        )],
        "[steering_group.arbetsgrupp]\ntitle = \"Arbetsgrupp\"\nmeetings = { times = 4, per = \"year\" }\n\
         [clause.steering]\naddition = \"Styrgruppen består av parternas ansvariga företrädare.\"",
    );
    says(
        &agreement(&case),
        &[
            "**Verksamhetsrapport.** Den ska innehålla vad pengarna har gått till.",
            "## Styrning Styrgruppen består av parternas ansvariga företrädare. ### Styrgrupp",
            "### Arbetsgrupp Arbetsgruppen sammanträder fyra gånger per år.",
        ],
        &["Innehåll:"],
    );
}

#[test]
fn an_open_interval_is_a_marked_blank() {
    let case = adala(&[("every = \"half-year\"", "every = \"not-stated\"")], "");
    says(&agreement(&case), &["| Verksamhetsrapport | **[ej angivet]** | föreningen |"], &[]);
}

#[test]
fn a_signed_agreement_tells_who_signed_when_and_where_the_original_lies() {
    let signed = [
        ("status = \"proposed\"", "status = \"signed\""),
        (
            "title = \"socialnämndens ordförande\"",
            "title = \"socialnämndens ordförande\"\nname = \"Anna Ek\"\nplace = \"Ådala\"\ndate = 2023-12-20",
        ),
        (
            "title = \"föreningens ordförande\"",
            "title = \"föreningens ordförande\"\nname = \"Bo Al\"\nplace = \"Ådala\"\ndate = 2023-12-21",
        ),
    ];
    let text = agreement(&adala(&signed, ""));
    says(
        &text,
        &[
            "Avtalet är undertecknat av - socialnämndens ordförande Anna Ek för Ådala kommun, 20 december 2023, Ådala",
            "- föreningens ordförande Bo Al för Föreningen Öppet hus i Ådala, 21 december 2023, Ådala",
            "Kommunens original finns i kommunens diarium. Detta är en utskrift av texten.",
        ],
        &["Ort och datum", "…"],
    );
    let records = "[signing.k]\nparty = \"kommun\"\nsignatory = \"ordforande\"\ndate = 2023-12-28\n";
    let on_record = adala(&signed, "").with("records/oppet-hus.toml", records);
    says(&agreement(&on_record), &["Anna Ek för Ådala kommun, 28 december 2023"], &["20 december"]);
    let electronic = [signed[0], ("copies = 2", "electronic = true")];
    says(
        &agreement(&adala(&electronic, "")),
        &["är undertecknat elektroniskt av"],
        &["likalydande", "exemplar"],
    );
    let proposed = adala(&[("copies = 2", "electronic = true")], "");
    says(
        &agreement(&proposed),
        &["Undertecknas elektroniskt av socialnämndens ordförande"],
        &["…", "likalydande"],
    );
}

#[test]
fn who_has_signed_is_told_so_and_lines_wait_for_the_others_alone() {
    let waits = [("status = \"proposed\"", "status = \"decided\"")];
    let records = "[decision.avtal]\nkind = \"approval\"\nby = \"Socialnämnden\"\ndate = 2023-11-20\n\
        [signing.k]\nparty = \"kommun\"\nsignatory = \"ordforande\"\ndate = 2023-12-28\n";
    let case = adala(&waits, "").with("records/oppet-hus.toml", records);
    let text = agreement(&case);
    let told = "### För Ådala kommun Undertecknat den 28 december 2023 av socialnämndens ordförande (behörighet enligt socialnämndens delegationsordning punkt 3.2). ### För Föreningen Öppet hus i Ådala Ort och datum: …";
    says(&text, &[told], &[]);
    assert_eq!(text.matches("Ort och datum").count(), 1);
    let before = of_example(&case, "oppet-hus", "avtal", "2023-12-27");
    says(&before, &["### För Ådala kommun Ort och datum"], &["Undertecknat den"]);
    let electronic = [waits[0], ("copies = 2", "electronic = true")];
    let electronic = adala(&electronic, "").with("records/oppet-hus.toml", records);
    says(
        &agreement(&electronic),
        &[
            "### För Ådala kommun Undertecknat elektroniskt den 28 december 2023 av",
            "### För Föreningen Öppet hus i Ådala Undertecknas elektroniskt av föreningens ordförande",
        ],
        &[],
    );
}

#[test]
fn those_of_a_party_who_signed_alike_are_told_together() {
    says(
        &of_example(&Case::of_example("bergsjo"), "natt-och-dag", "avtal", "2025-03-01"),
        &[
            "- kommunstyrelsens ordförande och kommundirektör för Bergsjö kommun, 18 december 2023, Bergsjö (behörighet enligt kommunstyrelsens beslut § 203 den 11 december 2023)",
            "- kyrkoherde, kyrkorådets ordförande och två ledamöter i kyrkorådet för Bergsjö församling, 18 december 2023",
        ],
        &["kommundirektör för Bergsjö kommun, 18 december 2023, Bergsjö - kommundirektör"],
    );
}

#[test]
fn annexes_are_numbered_and_the_memo_lists_them() {
    let annexes = "[annex.plan]\ntitle = \"Verksamhetsplan\"\ndate = 2023-10-12\nattached = true\n\
        [annex.regler]\ntitle = \"Regler\"\nattached = false\n[annex.budget]\ntitle = \"Budget\"\nattached = true";
    let case = adala(&[("    \"exit\",\n", "    \"exit\",\n    \"annexes\",\n")], annexes);
    says(
        &agreement(&case),
        &["- Bilaga 1: Verksamhetsplan, datum 2023-10-12", "- Bilaga 2: Budget", "- Regler (bifogas inte)"],
        &[],
    );
    says(
        &memo(&case),
        &["- Bilaga 1 till avtalet: Verksamhetsplan, 2023-10-12", "- Bilaga 2 till avtalet: Budget"],
        &["Regler"],
    );
}

#[test]
fn clauses_stand_in_the_order_that_the_agreement_or_the_municipality_sets() {
    let heads = |case: &Case| -> Vec<usize> {
        let text = agreement(case);
        ["## Avtalstid", "## Egen", "## Syfte", "## Parter "]
            .map(|heading| text.find(heading).unwrap())
            .to_vec()
    };
    let own = "[clause.egen]\nheading = \"Egen\"\ntext = \"En egen klausul.\"";
    let order = "order = [\"term\", \"egen\"]\n";
    let by_agreement = adala(&[("[case]\n", &format!("clause_{order}\n[case]\n"))], own);
    assert!(heads(&by_agreement).is_sorted());
    let case = adala(&[], own);
    let settings = fs::read_to_string(case.folder.path().join("iop.toml")).unwrap();
    let by_municipality = case.with("iop.toml", &format!("{settings}\n[documents]\n{order}"));
    assert!(heads(&by_municipality).is_sorted());
    assert!(!heads(&adala(&[], own)).is_sorted());
    let unknown = adala(&[("[case]\n", "clause_order = [\"term\", \"x\"]\n\n[case]\n")], "");
    assert_eq!(unknown.findings("2025-06-01", &["IOP403"]), ["IOP403 clause_order[1]"]);
}

#[test]
fn every_clause_to_choose_can_stand_in_an_agreement() {
    let clauses = [
        "written-form",
        "approval",
        "insight",
        "confidentiality",
        "conflict-of-interest",
        "insurance",
        "data-protection",
        "transfer",
        "force-majeure",
        "repayment",
        "background-checks",
        "vat",
    ];
    let lines = clauses.iter().map(|clause| format!("    \"{clause}\",\n"));
    let list = lines.collect::<Vec<_>>().concat();
    let case = adala(&[("    \"exit\",\n", &format!("    \"exit\",\n{list}"))], "");
    says(
        &agreement(&case),
        &[
            "Ändringar av avtalet och tillägg till det gäller bara om de är skriftliga",
            "Avtalet gäller bara om socialnämnden har godkänt det",
            "Föreningen redovisar partnerskapets intäkter",
            "## Sekretess och tystnadsplikt",
            "## Jäv och intressekonflikter",
            "## Försäkring",
            "## Personuppgifter",
            "En part får överlåta avtalet,",
            "## Hinder utanför parternas kontroll",
            "när avtalet upphör återbetalas",
            "## Registerkontroll",
            "Skulle moms ändå behöva betalas ingår den i beloppen.",
        ],
        &[],
    );
}

#[test]
fn a_way_out_can_be_open_for_some_months() {
    let exit = "[exit.lag]\ncause = [\"law-change\"]\nmeans = \"notice\"\nnotice_months = 6\nopen_to = [\"kommun\"]\nwithin_months = 3";
    let told = "kan kommunen säga upp avtalet. Det ska göras inom tre månader från den dag då ändringen trädde i kraft. Uppsägningstiden är i sådana fall sex månader.";
    says(&agreement(&adala(&[], exit)), &[told], &[]);
}

#[test]
fn a_limit_on_extensions_is_told_as_one() {
    let term = "end = 2025-12-31\nextensions_at_most_months = 12\n";
    let case = adala(&[("end = 2025-12-31\n", term)], "");
    says(&agreement(&case), &["Varje förlängning är högst tolv månader."], &["Varje avtalstid"]);
    assert_eq!(case.findings("2025-06-01", &["IOP210"]), [""; 0]);
}
