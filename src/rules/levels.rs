//! How grave findings are in a register that has its own view: by code or by family, in `iop.toml` or on the command
//! line. What is found while files are read stays as it is, since nothing can be judged without it.

use super::{Check, RULES, Rule};
use crate::finding::{Finding, Level};
use crate::settings::LevelSetting;
use crate::text;

/// Rules that say that the check itself is wrongly set. Their level can be changed, but they are always shown: what is
/// switched off by a slip would switch off the word about the slip.
const NEVER_OFF: [&str; 2] = ["register-reference", "waiver-invalid"];

/// Whether findings of this rule show whatever is set.
pub(super) fn is_always_shown(rule: &Rule) -> bool {
    NEVER_OFF.contains(&rule.slug)
}

/// Where a level is set; what is said of one run goes before what the register says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetIn {
    /// `[levels]` in `iop.toml`.
    Register,
    /// `--level`.
    CommandLine,
}

/// The levels of one run.
#[derive(Debug, Default)]
pub struct Levels {
    /// Code or family with its level, in the order in which they were set.
    settings: Vec<(SetIn, String, LevelSetting)>,
}

/// A code or family that does not exist, or whose level cannot be changed: a Swedish sentence and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

impl Levels {
    /// Adds a setting.
    pub fn set(&mut self, origin: SetIn, name: &str, level: LevelSetting) -> Result<(), UnknownRule> {
        let given = name.trim();
        let name = canonical(given)?;
        let concerned = || RULES.iter().filter(|rule| rule.code.starts_with(&name));
        if concerned().all(|rule| matches!(rule.check, Check::Reading)) {
            return Err(UnknownRule {
                problem: format!(
                    "{given} går inte att ändra: utan att filerna kan läsas går inget att granska."
                ),
                help: "Ta bort inställningen.".to_owned(),
            });
        }
        if level == LevelSetting::Off && concerned().all(|rule| is_always_shown(rule)) {
            return Err(UnknownRule {
                problem: format!(
                    "{given} går inte att stänga av: den säger att granskningen själv är fel inställd."
                ),
                help: "Rätta det som anmärkningen visar, eller skriv note i stället för off.".to_owned(),
            });
        }
        self.settings.push((origin, name, level));
        Ok(())
    }

    /// Gives findings their level and takes out those that are off.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        if self.settings.is_empty() {
            return;
        }
        findings.retain_mut(|finding| match self.of(finding.code) {
            None => true,
            Some(LevelSetting::Off) => false,
            Some(LevelSetting::Note) => set(finding, Level::Note),
            Some(LevelSetting::Warning) => set(finding, Level::Warning),
            Some(LevelSetting::Error) => set(finding, Level::Error),
        });
    }

    /// The setting that holds for a code: the command line's before the register's, in each the code's own before its
    /// family's, and of equals the last.
    fn of(&self, code: &str) -> Option<LevelSetting> {
        let rule = RULES.iter().find(|rule| rule.code == code);
        let is_fixed = rule.is_some_and(|rule| matches!(rule.check, Check::Reading));
        let stays = rule.is_some_and(|rule| is_always_shown(rule));
        let fitting = self.settings.iter().filter(|(_, name, level)| {
            !is_fixed && code.starts_with(name) && !(stays && *level == LevelSetting::Off)
        });
        fitting.max_by_key(|(origin, name, _)| (*origin, name.len())).map(|(.., level)| *level)
    }
}

/// The code or family that a setting means: a rule is called by its code or by the name that `iop explain` prints, in
/// whatever case.
pub fn canonical(given: &str) -> Result<String, UnknownRule> {
    let given = given.trim();
    let of_slug = RULES.iter().find(|rule| rule.slug.eq_ignore_ascii_case(given));
    let name = of_slug.map_or_else(|| given.to_ascii_uppercase(), |rule| rule.code.to_owned());
    let is_name = name.len() == 4 || name.len() == 6;
    if is_name && name.starts_with("IOP") && RULES.iter().any(|rule| rule.code.starts_with(&name)) {
        return Ok(name);
    }
    // The letter O is the usual slip for a zero.
    let code = name.strip_prefix("IOP").map(|digits| format!("IOP{}", digits.replace('O', "0")));
    let near = match &code {
        Some(code) => text::nearest(code, RULES.iter().map(|rule| rule.code)),
        None => text::nearest(&given.to_lowercase(), RULES.iter().map(|rule| rule.slug)),
    };
    let help = near.map_or_else(
        || {
            "Skriv en kod, som IOP404, ett namn, som open-fact, eller en familj, som IOP4. Alla visas av iop explain."
                .to_owned()
        },
        |near| format!("Menade du ”{near}”?"),
    );
    Err(UnknownRule { problem: format!("Ingen anmärkning heter ”{given}”."), help })
}

fn set(finding: &mut Finding, level: Level) -> bool {
    finding.level = level;
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_wins_over_its_family_and_the_last_word_over_the_first() {
        let mut levels = Levels::default();
        levels.set(SetIn::Register, "IOP4", LevelSetting::Off).unwrap();
        levels.set(SetIn::Register, "iop404", LevelSetting::Warning).unwrap();
        levels.set(SetIn::Register, "IOP404", LevelSetting::Error).unwrap();
        assert_eq!(levels.of("IOP404"), Some(LevelSetting::Error));
        assert_eq!(levels.of("IOP401"), Some(LevelSetting::Off));
        assert_eq!(levels.of("IOP301"), None);
    }

    #[test]
    fn the_command_line_wins_over_the_register_whatever_it_names() {
        let mut levels = Levels::default();
        levels.set(SetIn::CommandLine, "IOP4", LevelSetting::Error).unwrap();
        levels.set(SetIn::Register, "IOP401", LevelSetting::Note).unwrap();
        assert_eq!(levels.of("IOP401"), Some(LevelSetting::Error));
        levels.set(SetIn::CommandLine, "IOP404", LevelSetting::Warning).unwrap();
        levels.set(SetIn::CommandLine, "IOP4", LevelSetting::Off).unwrap();
        assert_eq!(levels.of("IOP404"), Some(LevelSetting::Warning));
        assert_eq!(levels.of("IOP401"), Some(LevelSetting::Off));
    }

    #[test]
    fn what_says_that_the_check_is_wrongly_set_is_always_shown() {
        for (code, slug) in [("IOP110", "register-reference"), ("IOP117", "waiver-invalid")] {
            let mut levels = Levels::default();
            for name in [code, slug] {
                let refused = levels.set(SetIn::CommandLine, name, LevelSetting::Off).unwrap_err();
                assert!(refused.problem.contains("går inte att stänga av"), "{refused:?}");
            }
            levels.set(SetIn::Register, "IOP1", LevelSetting::Off).unwrap();
            assert_eq!((levels.of(code), levels.of("IOP108")), (None, Some(LevelSetting::Off)));
            levels.set(SetIn::Register, slug, LevelSetting::Warning).unwrap();
            levels.set(SetIn::CommandLine, "IOP1", LevelSetting::Off).unwrap();
            assert_eq!(levels.of(code), Some(LevelSetting::Warning));
        }
    }

    #[test]
    fn a_rule_is_also_called_by_its_name() {
        let mut levels = Levels::default();
        levels.set(SetIn::Register, "purchase-wording", LevelSetting::Off).unwrap();
        levels.set(SetIn::Register, "Personal-Number", LevelSetting::Note).unwrap();
        assert_eq!(levels.of("IOP408"), Some(LevelSetting::Off));
        assert_eq!(levels.of("IOP115"), Some(LevelSetting::Note));
        assert_eq!(levels.of("IOP409"), None);
    }

    #[test]
    fn what_does_not_exist_or_cannot_be_changed_is_refused() {
        let mut levels = Levels::default();
        assert_eq!(
            levels.set(SetIn::Register, "IOP4O4", LevelSetting::Off).unwrap_err().help,
            "Menade du ”IOP404”?"
        );
        assert_eq!(
            levels.set(SetIn::Register, "ioP4O4", LevelSetting::Off).unwrap_err().problem,
            "Ingen anmärkning heter ”ioP4O4”."
        );
        assert_eq!(
            levels.set(SetIn::Register, "purchase-wordin", LevelSetting::Off).unwrap_err().help,
            "Menade du ”purchase-wording”?"
        );
        assert!(levels.set(SetIn::Register, "unreadable", LevelSetting::Off).is_err());
        assert!(levels.set(SetIn::Register, "IOP", LevelSetting::Off).is_err());
        assert!(levels.set(SetIn::Register, "IOP9", LevelSetting::Off).is_err());
        assert!(
            levels
                .set(SetIn::Register, "IOP102", LevelSetting::Off)
                .unwrap_err()
                .problem
                .contains("går inte att ändra")
        );
        // The family holds rules of both kinds: those that can be changed are.
        levels.set(SetIn::Register, "IOP1", LevelSetting::Note).unwrap();
        assert_eq!((levels.of("IOP108"), levels.of("IOP102")), (Some(LevelSetting::Note), None));
    }
}
