//! How grave findings are in a register that has its own view: by code or by family, in `iop.toml` or on the command
//! line. What is found while files are read stays as it is, since nothing can be judged without it.

use super::{Check, RULES};
use crate::finding::{Finding, Level};
use crate::settings::LevelSetting;
use crate::text;

/// The levels of one run.
#[derive(Debug, Default)]
pub struct Levels {
    /// Code or family with its level; a later one wins over an earlier one of the same length.
    settings: Vec<(String, LevelSetting)>,
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
    pub fn set(&mut self, name: &str, level: LevelSetting) -> Result<(), UnknownRule> {
        let given = name.trim();
        // A rule is called by its code or by the name that `iop explain` prints.
        let of_slug = RULES.iter().find(|rule| rule.slug.eq_ignore_ascii_case(given));
        let name = of_slug.map_or_else(|| given.to_ascii_uppercase(), |rule| rule.code.to_owned());
        let mut concerned = RULES.iter().filter(|rule| rule.code.starts_with(&name)).peekable();
        let is_name = name.len() == 4 || name.len() == 6;
        if !is_name || !name.starts_with("IOP") || concerned.peek().is_none() {
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
            return Err(UnknownRule { problem: format!("Ingen anmärkning heter ”{given}”."), help });
        }
        if concerned.all(|rule| matches!(rule.check, Check::Reading)) {
            return Err(UnknownRule {
                problem: format!(
                    "{given} går inte att ändra: utan att filerna kan läsas går inget att granska."
                ),
                help: "Ta bort inställningen.".to_owned(),
            });
        }
        self.settings.push((name, level));
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

    /// The setting that fits a code best: its own before its family's.
    fn of(&self, code: &str) -> Option<LevelSetting> {
        let is_fixed = RULES.iter().any(|rule| rule.code == code && matches!(rule.check, Check::Reading));
        let fitting = self.settings.iter().filter(|(name, _)| !is_fixed && code.starts_with(name));
        fitting.max_by_key(|(name, _)| name.len()).map(|(_, level)| *level)
    }
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
        levels.set("IOP4", LevelSetting::Off).unwrap();
        levels.set("iop404", LevelSetting::Warning).unwrap();
        levels.set("IOP404", LevelSetting::Error).unwrap();
        assert_eq!(levels.of("IOP404"), Some(LevelSetting::Error));
        assert_eq!(levels.of("IOP401"), Some(LevelSetting::Off));
        assert_eq!(levels.of("IOP301"), None);
    }

    #[test]
    fn a_rule_is_also_called_by_its_name() {
        let mut levels = Levels::default();
        levels.set("purchase-wording", LevelSetting::Off).unwrap();
        levels.set("Personal-Number", LevelSetting::Note).unwrap();
        assert_eq!(levels.of("IOP408"), Some(LevelSetting::Off));
        assert_eq!(levels.of("IOP115"), Some(LevelSetting::Note));
        assert_eq!(levels.of("IOP409"), None);
    }

    #[test]
    fn what_does_not_exist_or_cannot_be_changed_is_refused() {
        let mut levels = Levels::default();
        assert_eq!(levels.set("IOP4O4", LevelSetting::Off).unwrap_err().help, "Menade du ”IOP404”?");
        assert_eq!(
            levels.set("ioP4O4", LevelSetting::Off).unwrap_err().problem,
            "Ingen anmärkning heter ”ioP4O4”."
        );
        assert_eq!(
            levels.set("purchase-wordin", LevelSetting::Off).unwrap_err().help,
            "Menade du ”purchase-wording”?"
        );
        assert!(levels.set("unreadable", LevelSetting::Off).is_err());
        assert!(levels.set("IOP", LevelSetting::Off).is_err());
        assert!(levels.set("IOP9", LevelSetting::Off).is_err());
        assert!(levels.set("IOP102", LevelSetting::Off).unwrap_err().problem.contains("går inte att ändra"));
        // The family holds rules of both kinds: those that can be changed are.
        levels.set("IOP1", LevelSetting::Note).unwrap();
        assert_eq!((levels.of("IOP108"), levels.of("IOP102")), (Some(LevelSetting::Note), None));
    }
}
