//! The two papers of Lund that lie beside the project, where they do: every fact that is read of them has been read and approved.

use std::fs;
use std::path::PathBuf;

use iop::import::{self, Fact, Imported, Options, State};
use iop::paper;

use crate::common::repository;
use crate::import::read;

/// So much of a value tells it.
const TOLD: usize = 120;

const AGREEMENT: &str = "overenskommelse-rsmh-lund-2021.txt";
const MEMO: &str = "tjansteskrivelse-po-skane-2022.txt";

fn imported(name: &str) -> Option<Imported> {
    let path: PathBuf = repository().join("../shared/seeds").join(name);
    let bytes = fs::read(path).ok()?;
    let paper = paper::read(name, &bytes).unwrap();
    Some(import::agreement(&paper, &Options { name: name.to_owned(), ..Options::default() }))
}

fn line(name: &str, fact: &Fact) -> String {
    let state = match fact.state {
        State::Found => "=",
        State::Uncertain => "?",
        State::Missing => "-",
    };
    let value: String = fact.values.join(" / ").chars().take(TOLD).collect();
    format!("{} {} {state} {value}", &name[..4], fact.path).trim_end().to_owned()
}

#[test]
#[expect(clippy::print_stderr, reason = "that a test says nothing must be seen")]
fn every_fact_of_the_two_papers_has_been_read_and_approved() {
    let papers: Vec<(&str, Imported)> =
        [AGREEMENT, MEMO].into_iter().filter_map(|name| Some((name, imported(name)?))).collect();
    if papers.is_empty() {
        eprintln!("the papers do not lie beside the project");
        return;
    }
    let expected = fs::read_to_string(repository().join("tests/expected/import-seeds.txt")).unwrap();
    let expected: Vec<&str> =
        expected.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let found: Vec<String> = papers
        .iter()
        .flat_map(|(name, imported)| imported.facts.iter().map(|fact| line(name, fact)))
        .collect();
    assert!(found == expected, "{}", found.join("\n"));
    for (_, imported) in &papers {
        read(imported);
    }
}

/// What `../shared/checks` asks for that has a key, and a word of the value.
const OF_AGREEMENT: [(&str, &str); 66] = [
    ("legal_person", "Riksförbundet"),
    ("name", "RSMH"),
    ("name", "Socialförvaltningen i Lund"),
    ("dated", "2021-01-10"),
    ("title", "brukarinflytandesamordning"),
    ("title", "träffpunktsverksamhet"),
    ("term.start", "2021-02-01"),
    ("term.end", "2023-12-31"),
    ("term.review_by", "2022-03-31"),
    ("amount", "900000"),
    ("months", "11"),
    ("amount", "980000"),
    ("follows", "priskompensation"),
    ("follows", "kommunfullmäktige"),
    ("years", "2022; 2023"),
    ("times_per_year", "2"),
    ("routine", "särskild rutin"),
    ("partial_funding", "ja"),
    ("what", "volontär"),
    ("what", "erfarenhet"),
    ("exclusion", "utbildning"),
    ("exclusion", "intressepoliti"),
    ("ground.initiative", "yes"),
    ("ground.political-plan", "yes"),
    ("ground.not-ordinary-grant", "yes"),
    ("ground.no-market", "yes"),
    ("ground.shared-funding", "yes"),
    ("ground.not-regulated-in-detail", "yes"),
    ("ground.local-development", "yes"),
    ("ground.not-subcontractor", "yes"),
    ("target_group.direct", "psykisk ohälsa"),
    ("target_group.indirect", "lundabo"),
    ("items", "lunch"),
    ("items", "studieförbund"),
    ("items", "ungdom"),
    ("items", "sommarläger"),
    ("items", "radio"),
    ("items", "musik"),
    ("items", "midsommar"),
    ("items", "Särskild styrgrupp"),
    ("items", "brukarråd"),
    ("items", "bemötande"),
    ("items", "återhämtning"),
    ("items", "rekryter"),
    ("items", "förbättring"),
    ("items", "kontakt"),
    ("items", "information"),
    ("items", "styrgrupp"),
    ("development", "elastisk"),
    ("meetings", "half-year"),
    ("at_least_per_year", "2"),
    ("kind", "yearly-report"),
    ("template", "mall"),
    ("function", "utvecklingschef"),
    ("function", "verksamhetschef"),
    ("function", "ombudsman"),
    ("function", "ordförande"),
    ("co_opted", "övriga representanter"),
    ("decides_by", "consensus"),
    ("signatory.socialdirektor.title", "socialdirektör"),
    ("means", "renegotiation"),
    ("notice_months", "3"),
    ("means", "rescission"),
    ("consequence", "repayment"),
    ("means", "dialogue"),
    ("copies", "2"),
];

const OF_MEMO: [(&str, &str); 24] = [
    ("registry_number", "SO 2022/0229"),
    ("memo.dated", "2022-12-06"),
    ("name", "PO Skåne"),
    ("legal_person", "Personligt ombud Skåne"),
    ("memo.handler.title", "utvecklingschef"),
    ("executor", "arbetsmarknads- och socialdirektör"),
    ("report_back", "helårsskifte"),
    ("kind", "committee-account"),
    ("dated", "2022-12-31"),
    ("target_group", "18 år"),
    ("target_group", "psykisk funktionsnedsättning"),
    ("purpose", "återhämtning"),
    ("items", "rehabilitering"),
    ("items", "plan"),
    ("items", "ansök"),
    ("items", "medmänsklig"),
    ("items", "samordna"),
    ("items", "uppsökande"),
    ("items", "mellersta Skåne"),
    ("term.start", "2023-01-01"),
    ("term.end", "2024-12-31"),
    ("amount", "3000000"),
    ("years", "2024"),
    ("follows", "kommunfullmäktige"),
];

#[test]
fn nine_in_ten_of_the_facts_that_have_a_key_are_found() {
    for (name, asked) in [(AGREEMENT, &OF_AGREEMENT[..]), (MEMO, &OF_MEMO[..])] {
        let Some(imported) = imported(name) else { return };
        let has = |(key, word): &&(&str, &str)| {
            imported.facts.iter().filter(|fact| fact.state == State::Found).any(|fact| {
                let path = fact.path.to_string();
                path.split('.').any(|part| part == *key) && fact.values.join(" ").contains(word)
                    || path.contains(key) && key.contains('.') && fact.values.join(" ").contains(word)
            })
        };
        let lost: Vec<_> = asked.iter().filter(|one| !has(one)).collect();
        assert!(lost.len() * 10 <= asked.len(), "{name}: {lost:?}");
    }
}
