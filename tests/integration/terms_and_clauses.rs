//! How an agreement says how long it lasts other than by its last day, who decides, and what its clauses say: sentences, payouts and days.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{plain, run_in};

/// A register with one agreement about a meeting place in the invented municipality of Ekby.
struct Ekby(TempDir);

impl Ekby {
    fn with(term: &str, funding: &str, records: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["agreements", "records"] {
            fs::create_dir(folder.path().join(part)).unwrap();
        }
        let committees = "[committee.social]\nnames = [{ name = \"Socialnämnden\" }]\n\
                          [committee.kultur]\nnames = [{ name = \"Kulturnämnden\" }]\n";
        let settings = format!(
            "[municipality]\nname = \"Ekby kommun\"\n[default]\ncommittee = \"social\"\n{committees}"
        );
        fs::write(folder.path().join("iop.toml"), settings).unwrap();
        let agreement = format!(
            "title = \"mötesplatsen Linden\"\nactivity = \"linden\"\nstatus = \"signed\"\ndated = 2024-02-01\n\
             document_word = \"avtal\"\npurpose = \"att bryta ensamhet\"\nstandard_clauses = [\"term\", \"economy\", \"exit\", \"steering\"]\n{term}\n\
             [party.kommun]\nrole = \"public\"\nname = \"Ekby kommun\"\n\
             [party.linden]\nrole = \"civil-society\"\nname = \"Föreningen Linden\"\n{funding}"
        );
        fs::write(folder.path().join("agreements/linden.toml"), agreement).unwrap();
        fs::write(folder.path().join("records/linden.toml"), records).unwrap();
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> String {
        let run = run_in(self.0.path(), arguments);
        assert!(run.code == 0 || arguments[0] == "validate", "{arguments:?}: {run:?}");
        run.output
    }

    fn json(&self, arguments: &[&str], day: &str) -> Value {
        let all = [arguments, &["--as-of", day, "--format", "json"]].concat();
        serde_json::from_str(&self.run(&all)).unwrap()
    }

    /// The agreement's text on a day, one space between words.
    fn agreement(&self, day: &str) -> String {
        let run = run_in(self.0.path(), &["render", "--format", "md", "--as-of", day]);
        assert!(run.code < 2, "{run:?}");
        let text = fs::read_to_string(self.0.path().join("build/linden/avtal.md")).unwrap();
        plain(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// "period sum firmness" of each payout.
    fn payouts(&self, day: &str) -> Vec<String> {
        let said = self.json(&["payouts"], day);
        let payouts = said["agreements"][0]["payouts"].as_array().unwrap().iter();
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        payouts
            .map(|one| format!("{} {} {}", word(&one["id"]), word(&one["to_pay"]), word(&one["commitment"])))
            .collect()
    }

    /// "day id" of each deadline of a kind.
    fn days(&self, kind: &str, day: &str) -> Vec<String> {
        let said = self.json(&["schedule"], day);
        let all = said["deadlines"].as_array().unwrap().iter();
        let of_kind = all.filter(|one| one["kind"] == kind);
        of_kind
            .map(|one| format!("{} {}", one["last_day"].as_str().unwrap(), one["id"].as_str().unwrap()))
            .collect()
    }

    fn findings(&self, code: &str) -> Vec<String> {
        let said = self.json(&["validate"], "2024-06-01");
        let all = said["findings"].as_array().unwrap().iter();
        all.filter(|one| one["code"] == code).map(|one| one["path"].as_str().unwrap().to_owned()).collect()
    }
}

const YEARLY: &str =
    "[funding.drift]\npayer = \"kommun\"\npayee = \"linden\"\nrate = { amount = 120000, per = \"year\" }\n";

const OPEN: &str =
    "[term]\nstart = 2024-01-01\nuntil_further_notice = { notice_months = 6, ends_on = \"12-31\" }\n";

const ANY_DAY: &str = "[term]\nstart = 2024-01-01\nuntil_further_notice = { notice_months = 3 }\n";

#[test]
fn until_further_notice_with_a_day_goes_on_a_year_at_a_time() {
    let ekby = Ekby::with(OPEN, YEARLY, "");
    let text = ekby.agreement("2024-06-01");
    assert!(text.contains("Avtalet gäller från och med den 1 januari 2024 och tills vidare. Varje part kan säga upp det. Uppsägningstiden är sex månader. Avtalet kan upphöra den 31 december varje år, om det har sagts upp minst sex månader dessförinnan."), "{text}");
    assert!(text.contains("från och med 2024-01-01 och tills vidare"), "{text}");
    // Nobody can hinder 2025 from 1 July 2024 on.
    assert_eq!(ekby.payouts("2024-06-30"), ["drift#1 120000 agreed"]);
    assert_eq!(ekby.payouts("2024-07-01"), ["drift#1 120000 agreed", "drift#2 120000 agreed"]);
    assert_eq!(ekby.days("notice", "2024-07-01"), ["2025-06-30 linden/notice/year/2"]);
    assert_eq!(ekby.days("term-end", "2024-07-01"), ["2025-12-31 linden/term-end"]);
    let budget = ekby.json(&["budget"], "2024-06-01");
    assert!(budget.to_string().contains("\"possible\""), "{budget}");
}

#[test]
fn notice_lets_it_run_out_or_ends_it_after_the_time_of_notice() {
    let notice = "[decision.slut]\nkind = \"termination\"\nby = \"socialnämnden\"\ndate = 2025-03-15\nreceived = 2025-03-20\n";
    let ekby = Ekby::with(OPEN, YEARLY, notice);
    assert_eq!(ekby.days("term-end", "2025-04-01"), ["2025-12-31 linden/term-end"]);
    assert!(ekby.agreement("2025-04-01").contains("Avtalet är uppsagt och upphör den 31 december 2025."));
    let any = Ekby::with(ANY_DAY, YEARLY, notice);
    assert_eq!(any.days("term-end", "2025-03-19"), Vec::<String>::new());
    assert_eq!(any.days("term-end", "2025-03-20"), ["2025-06-20 linden/term-end"]);
    let text = any.agreement("2025-04-01");
    assert!(text.contains("Avtalet är uppsagt och upphör. Sista dagen är den 20 juni 2025."), "{text}");
    // 120 000 by the month: five whole months and twenty of June's thirty days.
    let said = any.json(&["payouts"], "2025-04-01");
    assert!(said.to_string().contains("56666.67"), "{said}");
}

#[test]
fn what_can_end_any_day_has_no_last_day_to_give_notice() {
    let ekby = Ekby::with(&format!("{ANY_DAY}review_every_years = 2\n"), YEARLY, "");
    let text = ekby.agreement("2024-06-01");
    assert!(text.contains("Uppsägningstiden är tre månader. Parterna ser över avtalet vartannat år, räknat från första dagen."), "{text}");
    for kind in ["notice", "term-end", "continuation"] {
        assert_eq!(ekby.days(kind, "2024-06-01"), Vec::<String>::new(), "{kind}");
    }
    assert_eq!(ekby.days("review", "2025-06-01"), ["2025-12-31 linden/review/P1"]);
    // Nor has notice of another length, and a proposal has none of these days either.
    let other = format!("{YEARLY}[exit.fri]\ncause = [\"any\"]\nmeans = \"notice\"\nnotice_months = 6\n");
    assert_eq!(Ekby::with(ANY_DAY, &other, "").days("notice", "2024-03-01"), Vec::<String>::new());
    // Three months before New Year's Eve the next year is certain.
    assert_eq!(ekby.payouts("2024-09-30").len(), 1);
    assert_eq!(ekby.payouts("2024-10-01").len(), 2);
}

#[test]
fn an_end_that_has_been_agreed_stays_the_end() {
    let last_day = |changed: &str, day: &str| {
        let said = Ekby::with(&format!("{changed}{OPEN}"), YEARLY, "").json(&["payouts"], day);
        said["agreements"][0]["term"]["last_day"].as_str().unwrap_or("-").to_owned()
    };
    let supplement =
        "supplement.f = { number = 1, changes = \"Tiden.\", dated = 2024-05-01, end = 2024-12-31 }\n";
    assert_eq!(last_day(supplement, "2025-06-01"), "2024-12-31");
    let extension = "extension.f = { until = 2026-08-31, dated = 2024-05-01 }\n";
    assert_eq!(last_day(extension, "2027-06-01"), "2026-08-31");
    assert_eq!(last_day("", "2025-06-01"), "2025-12-31");
    // Nothing is left that notice could hinder: it says no last day, and none of those that follow is sure.
    let notice = "[decision.slut]\nkind = \"termination\"\nby = \"socialnämnden\"\ndate = 2024-05-10\n";
    let ekby = Ekby::with(&format!("{extension}{OPEN}"), YEARLY, notice);
    assert_eq!(ekby.days("notice", "2024-06-01"), Vec::<String>::new());
    assert_eq!(ekby.findings("IOP211").len(), 1);
}

#[test]
fn days_without_an_agreement_before_an_extension_are_told_everywhere() {
    let with = |extension: &str| {
        let term = format!(
            "[term]\nstart = 2024-01-01\nend = 2024-12-31\n[extension.a]\nuntil = 2025-12-31\ndated = 2024-05-01\n{extension}\
             [follow_up.rapport]\nkind = \"activity-report\"\nevery = \"quarter\"\nauthor = \"linden\"\ndue = {{ days_after_period = 20 }}\n"
        );
        let money = |key: &str, start: &str, end: &str| {
            format!(
                "[funding.{key}]\npayer = \"kommun\"\namount = 100000\nperiod = {{ start = {start}, end = {end} }}\n"
            )
        };
        let money = [money("a", "2024-01-01", "2024-12-31"), money("b", "2025-04-01", "2025-12-31")].concat();
        Ekby::with(&term, &money, "")
    };
    let (ekby, without) = (with("from = 2025-04-01\n"), with(""));
    assert_eq!(ekby.findings("IOP213"), ["extension.a.from"]);
    assert_eq!(without.findings("IOP213"), Vec::<String>::new());
    // Months for which nothing is paid are missed in an agreement, and not where there is none.
    assert_eq!(ekby.findings("IOP301"), Vec::<String>::new());
    assert_eq!(without.findings("IOP301"), ["funding.2025"]);
    let text = ekby.agreement("2024-12-15");
    for said in [
        "Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2025. Under tiden från och med den 1 januari 2025 till och med den 31 mars 2025 gäller det inte.",
        "Avtalet är förlängt från och med den 1 april 2025 till och med den 31 december 2025",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // Nobody reports on a quarter without an agreement.
    let reports = ekby.days("activity-report", "2024-12-15");
    let of_2025 = |reports: &[String]| reports.iter().filter(|one| one.contains("/2025Q")).count();
    assert_eq!((of_2025(&reports), of_2025(&without.days("activity-report", "2024-12-15"))), (3, 4));
    // The wording of a proposal after a gap rests on the extension before it.
    let proposed = with("[extension.b]\nfrom = 2026-02-01\nuntil = 2026-06-30\nstatus = \"proposed\"\n");
    let run = run_in(
        proposed.0.path(),
        &["render", "--format", "md", "--document", "tillaggsavtal", "--as-of", "2024-12-15"],
    );
    assert!(run.code < 2, "{run:?}");
    let path = proposed.0.path().join("build/linden/tillaggsavtal-forlangning-b.md");
    let text = plain(&fs::read_to_string(path).unwrap());
    let wording = "till och med den 31 december 2025 (24 månader). | Avtalet gäller från och med den 1 januari 2024 till och med den 30 juni 2026. Under tiden från och med den 1 januari 2026 till och med den 31 januari 2026 gäller det inte. |";
    assert!(text.contains(wording), "{text}");
    // An extension cannot begin on days that the agreement has, nor after its own last day.
    assert_eq!(with("from = 2024-11-01\n").findings("IOP212"), ["extension.a.from"]);
    assert_eq!(with("from = 2026-01-01\n").findings("IOP202"), ["extension.a.until"]);
}

#[test]
fn a_year_that_has_begun_costs_no_more_because_nobody_knows_that_it_goes_on() {
    let start =
        "[term]\nstart = 2024-03-01\nuntil_further_notice = { notice_months = 6, ends_on = \"12-31\" }\n";
    let ekby = Ekby::with(start, YEARLY, "");
    // From March to December ten months, and what January and February cost may still not come.
    assert_eq!(ekby.payouts("2024-06-01"), ["drift#1 100000 agreed", "drift#2 20000 possible"]);
}

#[test]
fn a_term_in_months_has_its_last_day_once_it_has_its_first() {
    let ekby = Ekby::with("[term]\nstart = 2024-03-01\nmonths = 24\n", YEARLY, "");
    let text = ekby.agreement("2024-06-01");
    assert!(
        text.contains(
            "Avtalet gäller i 24 månader från och med den 1 mars 2024, till och med den 28 februari 2026."
        ),
        "{text}"
    );
    assert_eq!(ekby.days("term-end", "2024-06-01"), ["2026-02-28 linden/term-end"]);
    assert_eq!(ekby.payouts("2024-06-01").len(), 3);
    let open = Ekby::with("[term]\nstart = \"not-stated\"\nmonths = 24\n", YEARLY, "");
    let text = open.agreement("2024-06-01");
    assert!(text.contains("Avtalet gäller i 24 månader från och med den **["), "{text}");
    assert_eq!(open.findings("IOP214"), Vec::<String>::new());
    let said = open.json(&["payouts"], "2024-06-01");
    assert!(said["agreements"][0]["without_time"].to_string().contains("240000"), "{said}");
}

#[test]
fn what_cannot_hold_together_is_told_at_its_key() {
    let open_with = |more: &str| Ekby::with(&format!("{OPEN}{more}"), "", "");
    assert_eq!(open_with("end = 2026-12-31\n").findings("IOP214"), ["term.until_further_notice"]);
    assert_eq!(open_with("option.a.months = 12\n").findings("IOP214"), ["term.option.a"]);
    assert_eq!(Ekby::with("[term]\nstart = 2024-01-01\n", "", "").findings("IOP214"), ["term"]);
    let wrong = Ekby::with(&OPEN.replace("12-31", "02-30"), "", "");
    let run = wrong.run(&["validate", "--format", "json"]);
    assert!(run.contains("term.until_further_notice.ends_on") && run.contains("finns varje år"), "{run}");
}

#[test]
fn an_agreement_from_before_the_register_is_told_in_the_text() {
    let before = "predecessor = { title = \"avtalet om mötesplatsen\", registry_number = \"SN 2021/7\", \
                  period = { start = 2022-01-01, end = 2023-12-31 } }\n";
    let fixed = "[term]\nstart = 2024-01-01\nend = 2025-12-31\n";
    let said = |before: &str| Ekby::with(&format!("{before}{fixed}"), "", "").agreement("2024-06-01");
    let text = said(before);
    assert!(text.contains("Avtalet avlöser avtalet om mötesplatsen (diarienummer SN 2021/7), som gällde från och med den 1 januari 2022 till och med den 31 december 2023."), "{text}");
    let text = said(&before.replace("period", "extended = true, period"));
    assert!(text.contains("Det här avtalet förlänger avtalet om mötesplatsen (diarienummer SN 2021/7), som gällde från och med den 1 januari 2022 till och med den 31 december 2023. Villkoren där gäller också under den nya tiden, om det här avtalet inte säger något annat."), "{text}");
}

#[test]
fn a_partnership_may_have_a_name_of_its_own() {
    let ekby = Ekby::with(&format!("partnership = \"samverkan om mötesplatser\"\n{OPEN}"), YEARLY, "");
    let text = ekby.agreement("2024-06-01");
    assert!(text.contains("Avtal om samverkan om mötesplatser gällande mötesplatsen Linden"), "{text}");
    assert!(text.contains("finansierar verksamheten i samarbetet"), "{text}");
    assert!(!text.contains("partnerskap"), "{text}");
}

/// The text of the clause on ways out.
fn exit(toml: &str) -> String {
    let text = Ekby::with(OPEN, toml, "").agreement("2024-06-01");
    // It is the last one before the signatures, under a heading of one word.
    let before = text.split(" ## Underskrifter").next().unwrap();
    let clause = before.rsplit(" ## ").next().unwrap();
    clause.split_once(' ').unwrap_or_else(|| panic!("{text}")).1.trim().to_owned()
}

#[test]
fn a_way_out_says_whose_it_is_for_what_cause_and_how() {
    assert_eq!(
        exit(
            "[exit.a]\ncause = [\"law-change\"]\nnamed_cause = \"fullmäktige lägger ned verksamheten\"\n\
             means = \"notice\"\nnotice_months = 3\nopen_to = [\"kommun\"]\nin_writing = true\n\
             consequence = \"no-compensation\"\n"
        ),
        "Om fullmäktige lägger ned verksamheten kan Ekby kommun säga upp avtalet. Uppsägningstiden är i sådana fall tre månader. Uppsägningen ska vara skriftlig. Ingen part har då rätt till ersättning för att avtalet upphör."
    );
    assert_eq!(
        exit(
            "[exit.a]\ncause = [\"breach\"]\nmeans = \"rescission\"\nin_writing = true\n\
             consequence = \"repayment\"\nconsequence_force = \"may\"\n"
        ),
        "En part kan häva avtalet om den andra parten inte uppfyller villkoren eller brister i sina åtaganden. Hävningen ska vara skriftlig. Då kan återbetalning av hela eller delar av det utbetalda beloppet krävas."
    );
    assert_eq!(
        exit("[exit.a]\ncause = [\"any\"]\nmeans = \"renegotiation\"\nopen_to = [\"linden\"]\n"),
        "Föreningen Linden kan begära att avtalet omförhandlas."
    );
    let ekby =
        Ekby::with(OPEN, "[exit.a]\ncause = [\"any\"]\nmeans = \"notice\"\nopen_to = [\"komun\"]\n", "");
    assert_eq!(ekby.findings("IOP108"), ["exit.a.open_to[0]"]);
}

#[test]
fn a_least_number_of_meetings_stays_the_least() {
    let group = "[steering_group.styrgrupp]\ntitle = \"Styrgrupp\"\nmeetings = { times = 4, bound = \"at-least\", per = \"year\" }\n";
    let text = Ekby::with(OPEN, group, "").agreement("2024-06-01");
    assert!(text.contains("Styrgruppen sammanträder minst fyra gånger per år."), "{text}");
    let most = group.replace("at-least", "at-most");
    let ekby = Ekby::with(OPEN, &most, "");
    assert!(ekby.agreement("2024-06-01").contains("Styrgruppen sammanträder högst fyra gånger per år."));
    // Nobody has to meet.
    assert!(!ekby.json(&["schedule"], "2024-06-01").to_string().contains("steering-meeting"));
}

#[test]
fn a_duty_to_inform_has_no_day() {
    let duty = "[follow_up.avvikelser]\nkind = \"information\"\nauthor = \"linden\"\nreceiver = \"kommun\"\n\
                due = { words = \"utan dröjsmål\" }\ncontents = [\"om ekonomin försämras väsentligt\"]\n";
    let ekby = Ekby::with(OPEN, duty, "");
    assert_eq!(ekby.days("follow-up", "2024-06-01"), Vec::<String>::new());
    let said = ekby.json(&["schedule"], "2024-06-01");
    assert!(!said.to_string().contains("avvikelser"), "{said}");
}

#[test]
fn a_case_may_be_known_by_its_year_alone() {
    for opened in ["\"2020\"", "\"2020-03\"", "2020-03-02"] {
        let ekby = Ekby::with(&format!("case.opened = {opened}\n{OPEN}"), "", "");
        assert_eq!(ekby.findings("IOP106"), Vec::<String>::new(), "{opened}");
    }
}

#[test]
fn two_committees_decide_and_each_has_its_own_case() {
    let also = "case.registry_number = \"SN 2023/1\"\nalso_decides.kultur = { committee = \"kultur\", registry_number = \"KN 2023/9\" }\n";
    let own = "[decision.sn]\nkind = \"approval\"\nby = \"Socialnämnden\"\ndate = 2023-11-15\n";
    let other = "[decision.kn]\nkind = \"approval\"\nby = \"kulturnämnden\"\ndate = 2023-11-22\n";
    let with = |records: &str| Ekby::with(&format!("{also}{OPEN}"), "", records);
    assert!(with("").agreement("2024-06-01").contains("Diarienummer: SN 2023/1, KN 2023/9"));
    assert_eq!(with(own).findings("IOP618"), ["also_decides.kultur"]);
    assert_eq!(with(&format!("{own}{other}")).findings("IOP618"), Vec::<String>::new());
    assert_eq!(
        with(&format!("{own}{other}")).days("approval", "2023-10-01"),
        ["2023-12-11 linden/approval", "2023-12-11 linden/approval/kultur"]
    );
    // The memo for each follows the committee's own plan of meetings.
    let both = with(&format!("{own}{other}"));
    fs::create_dir(both.0.path().join("meetings")).unwrap();
    for (committee, stop, date) in
        [("social", "2023-11-20", "2023-12-06"), ("kultur", "2023-11-13", "2023-11-29")]
    {
        let plan = format!(
            "title = \"Sammanträden\"\nsource = \"nämnden\"\ncommittee = \"{committee}\"\n[meeting.a]\nmanuscript_stop = {stop}\ndate = {date}\n"
        );
        fs::write(both.0.path().join(format!("meetings/{committee}.toml")), plan).unwrap();
    }
    assert_eq!(
        both.days("memo", "2023-10-01"),
        ["2023-11-13 linden/memo/approval.kultur", "2023-11-20 linden/memo/approval"]
    );
    let unknown = Ekby::with(&format!("also_decides.x.committee = \"teknik\"\n{OPEN}"), "", "");
    assert_eq!(unknown.findings("IOP108"), ["also_decides.x.committee"]);
    // The memo is for both.
    let memo = "memo.administration = \"Socialförvaltningen\"\nmemo.executor = \"ordföranden\"\n";
    let ekby = Ekby::with(&format!("{also}{memo}{OPEN}"), "", "");
    ekby.agreement("2024-06-01");
    let text = fs::read_to_string(ekby.0.path().join("build/linden/tjansteskrivelse.md")).unwrap();
    let text = plain(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Till: Socialnämnden och kulturnämnden",
        "- att beslutet gäller under förutsättning att kulturnämnden fattar motsvarande beslut Kulturnämnden beslutar - att",
        "Nämnderna beslutar var för sig, och avtalet gäller först när båda har beslutat.",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

const A_YEAR: &str = "[term]\nstart = 2024-01-01\nend = 2024-12-31\n";

#[test]
fn an_extension_that_two_committees_decide_on_holds_when_the_last_of_them_has_decided() {
    let extension = "extension.mer = { until = 2025-12-31, decision = \"sn\", \
                     also_decides.kultur = { committee = \"kultur\", decision = \"kn\" } }\n";
    let records = "[decision.sn]\nkind = \"extension\"\nby = \"Socialnämnden\"\ndate = 2024-10-02\n\
                   [decision.kn]\nkind = \"extension\"\nby = \"Kulturnämnden\"\ndate = 2024-11-06\n";
    let ekby = Ekby::with(&format!("{extension}{A_YEAR}"), YEARLY, records);
    let until = |day: &str| {
        let said = ekby.json(&["payouts"], day);
        said["agreements"][0]["term"]["bound_until"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (until("2024-11-05"), until("2024-11-06")),
        ("2024-12-31".to_owned(), "2025-12-31".to_owned())
    );
    let text = ekby.agreement("2025-02-01");
    let decided = "enligt beslut av socialnämnden 2024-10-02 och kulturnämnden 2024-11-06.";
    assert!(text.contains(decided), "{text}");
    // On a day before the second decision it has not been made.
    let waiting = ekby.findings("IOP618");
    assert!(waiting.contains(&"extension.mer.also_decides.kultur".to_owned()), "{waiting:?}");
    // Three weeks before the first day that it adds; the other one's is done by its own decision.
    let days =
        ["2024-12-11 linden/approval/extension.mer", "2024-12-11 linden/approval/extension.mer.kultur"];
    assert_eq!(ekby.days("approval", "2024-10-20"), days);
    let said = ekby.json(&["schedule", "--from", "2024-01-01"], "2024-10-20");
    let all = said["deadlines"].as_array().unwrap().iter();
    let states: Vec<&Value> = all.filter(|one| one["kind"] == "approval").map(|one| &one["state"]).collect();
    assert_eq!(states, ["done", "coming"]);
}

#[test]
fn a_proposed_change_waits_for_its_decision_and_its_memo() {
    let extension = "extension.mer = { until = 2025-12-31, status = \"proposed\", \
                     memo.administration = \"Kulturförvaltningen\" }\n\
                     supplement.pengar = { number = 1, status = \"draft\", changes = \"Mer.\", \
                     funding.extra = { payer = \"kommun\", amount = 1000, period = { start = 2024-09-01, end = 2024-12-31 } } }\n\
                     supplement.ord = { number = 2, status = \"proposed\", changes = \"Andra ord.\" }\n";
    let ekby = Ekby::with(&format!("{extension}{A_YEAR}"), YEARLY, "");
    fs::create_dir(ekby.0.path().join("meetings")).unwrap();
    let plan = "title = \"Sammanträden\"\nsource = \"nämnden\"\ncommittee = \"social\"\n\
                [meeting.a]\nmanuscript_stop = 2024-11-18\ndate = 2024-12-04\n";
    fs::write(ekby.0.path().join("meetings/social.toml"), plan).unwrap();
    assert_eq!(
        ekby.days("approval", "2024-08-01"),
        ["2024-08-11 linden/approval/supplement.pengar", "2024-12-11 linden/approval/extension.mer"]
    );
    let said = ekby.json(&["schedule", "--from", "2024-01-01"], "2024-12-20");
    let all: Vec<&Value> = said["deadlines"].as_array().unwrap().iter().collect();
    let of = |id: &str| *all.iter().find(|one| one["id"] == id).unwrap();
    assert_eq!(of("linden/approval/extension.mer")["state"], "overdue");
    // What is only being written nobody has been asked for.
    assert_eq!(of("linden/approval/supplement.pengar")["state"], "passed");
    let memo = of("linden/memo/approval.extension.mer");
    assert_eq!((&memo["last_day"], &memo["commitment"]), (&"2024-11-18".into(), &"proposed".into()));
    assert!(memo.to_string().contains("Kulturförvaltningen"), "{memo}");
    assert!(said.to_string().contains("Tillägget ”ord” är ett förslag"), "{said}");
}

#[test]
fn a_proposed_sum_without_a_time_has_a_row_of_its_own_and_takes_nothing_away() {
    let proposal = "supplement.t = { number = 1, changes = \"Beloppet.\", status = \"proposed\", \
                    funding.drift = { payer = \"kommun\", amount = 500000 } }\n";
    let ekby = Ekby::with(&format!("{proposal}{OPEN}"), YEARLY, "");
    let said = ekby.json(&["budget"], "2024-06-01");
    assert!(said["without_time"].to_string().contains("500000"), "{said}");
    assert!(!said.to_string().contains("-120000"), "{said}");
}
