//! Money goes back, or somebody is compensated, and nothing says how much or by whom.

use crate::agreement::Consequence;
use crate::finding::Finding;
use crate::rules::{Check, Example, Gravity, Rule, Scope};
use crate::vocabulary::Known;

pub(super) const RULE: Rule = Rule {
    code: "IOP410",
    slug: "repayment-without-measure",
    title: "Det framgår inte hur mycket som ska betalas tillbaka, eller av vem",
    gravity: Gravity::Completeness,
    since: "0.1.0",
    source: "god sed: en påföljd ska gå att räkna ut",
    why: "”Delar av eller hela beloppet” utan mått avgörs först i en tvist. Till dess kan varken kommunen kräva rätt summa eller föreningen veta vad den riskerar.",
    check: Check::Agreement(check),
    bad: Example::agreement(
        &[],
        "exit.havning = { cause = [\"unremedied-breach\"], means = \"rescission\", consequence = \"repayment\", liable = \"forening\" }",
        "exit.havning.measure",
    ),
    good: Example::agreement(
        &[],
        "exit.havning = { cause = [\"unremedied-breach\"], means = \"rescission\", consequence = \"repayment\", liable = \"forening\", measure = \"den del av ersättningen som avser återstående tid\" }",
        "",
    ),
};

fn check(scope: &Scope<'_>) -> Vec<Finding> {
    let exits = scope.agreement.stated_exits();
    exits
        .filter_map(|(path, exit)| {
            let verb = match exit.consequence.known()? {
                Consequence::NoCompensation => {
                    let stated = [("measure", &exit.measure), ("liable", &exit.liable)];
                    let (at, _) = stated.into_iter().find(|(_, one)| one.known().is_some())?;
                    let message = "Det framgår inte om någon ska betala: ingen har rätt till ersättning, men avtalet anger också vem som ska betala eller hur mycket.";
                    let help = "Rätta consequence, eller ta bort measure och liable.";
                    return Some(scope.finding(&RULE, path.join(at), message.to_owned()).help(help));
                }
                Consequence::Repayment => "betalas tillbaka",
                Consequence::Compensation => "ersättas",
            };
            let no_measure = exit.measure.known().is_none_or(|measure| !measures(measure));
            let nobody = exit.liable.known().is_none();
            let (at, doubt) = match (no_measure, nobody) {
                (true, true) => ("measure", format!("hur mycket som ska {verb}, eller av vilken part")),
                (true, false) => ("measure", format!("hur mycket som ska {verb}")),
                (false, true) => ("liable", format!("vilken part som ska betala när pengar ska {verb}")),
                (false, false) => return None,
            };
            Some(scope.finding(&RULE, path.join(at), format!("Det framgår inte {doubt}.")).help(
                "Ange måttet i measure, till exempel den del av ersättningen som avser återstående tid, och den betalande parten i liable.",
            ))
        })
        .collect()
}

/// Whether a text says how much. "Delar av eller hela beloppet" names everything between nothing and all.
fn measures(text: &str) -> bool {
    const OPEN: [&str; 9] = [
        "delar av",
        "del av",
        "del eller hela",
        "delar eller hela",
        "hela eller del",
        "helt eller delvis",
        "skäligt belopp",
        "skälig del",
        "efter överenskommelse",
    ];
    const TELLING: [&str; 12] = [
        "avser",
        "motsvar",
        "återst",
        "förbruk",
        "nyttja",
        "använ",
        "proportion",
        "procent",
        "%",
        "hälften",
        "månad",
        "fördela",
    ];
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // "Den del av bidraget som …": what follows says which part.
    let tells_which = ["del av", "delar av"]
        .iter()
        .any(|part| text.split_once(part).is_some_and(|(_, rest)| rest.contains(" som ")));
    !has(&OPEN) || tells_which || has(&TELLING) || text.contains(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::examples::found;

    #[test]
    fn all_or_part_of_it_is_no_measure() {
        for open in [
            "delar av eller hela beloppet",
            "Hela eller delar av bidraget",
            "helt eller delvis",
            "en del av ersättningen",
            "en skälig del",
        ] {
            assert!(!measures(open), "{open}");
        }
        for measure in [
            "hela beloppet",
            "den del av ersättningen som avser återstående tid",
            "del av beloppet i proportion till återstående tid",
            "delar av beloppet, högst 50 procent",
            "det som inte är förbrukat",
            "den del av bidraget som betalats ut för tiden efter uppsägningen",
            "100 000 kronor",
        ] {
            assert!(measures(measure), "{measure}");
        }
    }

    #[test]
    fn an_open_measure_is_found_in_an_agreement() {
        let toml = RULE
            .good
            .toml
            .replace("den del av ersättningen som avser återstående tid", "delar av eller hela beloppet");
        let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
        assert_eq!(findings[0].place.path.to_string(), "exit.havning.measure");
        let toml =
            format!("supplement.a.number = 1\nsupplement.a.changes = \"x\"\nsupplement.a.{}", RULE.bad.toml);
        let findings = found(&RULE, &[Example::agreement(&[], toml.leak(), "")]);
        assert_eq!(findings[0].place.path.to_string(), "supplement.a.exit.havning.measure");
    }

    #[test]
    fn what_gives_nobody_a_right_to_money_has_no_sum_and_nobody_who_pays() {
        let with = |more: &str| {
            let toml = format!(
                "exit.lag = {{ cause = [\"law-change\"], means = \"rescission\", consequence = \"no-compensation\"{more} }}"
            );
            let findings = found(&RULE, &[Example::agreement(&["exit"], toml.leak(), "")]);
            findings.into_iter().map(|one| one.place.path.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(with(""), Vec::<String>::new());
        assert_eq!(with(", liable = \"forening\""), ["exit.lag.liable"]);
    }
}
