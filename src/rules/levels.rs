//! How grave findings are in a register that has its own view: by code or by family, in `iop.toml` or on the command
//! line. What is found while files are read stays as it is, since nothing can be judged without it.

use super::{RULES, Rule, of_code};
use crate::finding::{Finding, Level};
use crate::register::Register;
use crate::settings::LevelSetting;
use crate::text;

/// A finding that a level has switched off or made milder.
#[derive(Debug, Clone, PartialEq)]
pub struct Eased {
    /// The finding, as grave as the rule says.
    pub finding: Finding,
    /// The code or family that the level was set for.
    pub name: String,
    /// Where it was set.
    pub set_in: SetIn,
    /// The level; off is not shown.
    pub level: LevelSetting,
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
    /// What `iop.toml` says. A name that does not exist is a finding there, and changes nothing.
    #[must_use]
    pub fn of(register: &Register) -> Self {
        let mut levels = Self::default();
        for (name, level) in register.settings.iter().flat_map(|entry| &entry.data.levels) {
            _ = levels.set(SetIn::Register, name, *level);
        }
        levels
    }

    /// These, and `others`.
    #[must_use]
    pub fn and(mut self, mut others: Self) -> Self {
        self.settings.append(&mut others.settings);
        self
    }

    /// Adds a setting.
    pub fn set(&mut self, origin: SetIn, name: &str, level: LevelSetting) -> Result<(), UnknownRule> {
        let given = name.trim();
        let name = canonical(given)?;
        let concerned = || RULES.iter().filter(|rule| rule.code.starts_with(&name));
        if concerned().all(|rule| rule.is_absolute()) {
            return Err(UnknownRule {
                problem: format!("{given} går inte att ändra: det är ett fel i varje register."),
                help: "Ta bort inställningen.".to_owned(),
            });
        }
        if level == LevelSetting::Off && concerned().all(|rule| rule.is_always_shown()) {
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

    /// Gives findings their level, takes out those that are off, and says for which that meant less than the rule says.
    pub fn apply(&self, findings: &mut Vec<Finding>) -> Vec<Eased> {
        let mut eased = Vec::new();
        if self.settings.is_empty() {
            return eased;
        }
        findings.retain_mut(|finding| {
            let Some((set_in, name, setting)) = self.fitting(finding.code) else { return true };
            let level = match setting {
                LevelSetting::Off => None,
                LevelSetting::Note => Some(Level::Note),
                LevelSetting::Warning => Some(Level::Warning),
                LevelSetting::Error => Some(Level::Error),
            };
            if level.is_none_or(|level| level < finding.level) {
                let (set_in, name, level) = (*set_in, name.clone(), *setting);
                eased.push(Eased { finding: finding.clone(), name, set_in, level });
            }
            finding.level = level.unwrap_or(finding.level);
            level.is_some()
        });
        eased
    }

    /// The setting that holds for a code: the command line's before the register's, in each the code's own before its
    /// family's, and of equals the last.
    fn fitting(&self, code: &str) -> Option<&(SetIn, String, LevelSetting)> {
        let rule = of_code(code);
        let is_fixed = rule.is_some_and(Rule::is_absolute);
        let stays = rule.is_some_and(Rule::is_always_shown);
        let fitting = self.settings.iter().filter(|(_, name, level)| {
            !is_fixed && code.starts_with(name) && !(stays && *level == LevelSetting::Off)
        });
        fitting.max_by_key(|(set_in, name, _)| (*set_in, name.len()))
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

#[cfg(test)]
mod tests {
    use super::*;

    impl Levels {
        fn of_code(&self, code: &str) -> Option<LevelSetting> {
            self.fitting(code).map(|(.., level)| *level)
        }
    }

    #[test]
    fn a_code_wins_over_its_family_and_the_last_word_over_the_first() {
        let mut levels = Levels::default();
        levels.set(SetIn::Register, "IOP4", LevelSetting::Off).unwrap();
        levels.set(SetIn::Register, "iop404", LevelSetting::Warning).unwrap();
        levels.set(SetIn::Register, "IOP404", LevelSetting::Error).unwrap();
        assert_eq!(levels.of_code("IOP404"), Some(LevelSetting::Error));
        assert_eq!(levels.of_code("IOP401"), Some(LevelSetting::Off));
        assert_eq!(levels.of_code("IOP301"), None);
    }

    #[test]
    fn the_command_line_wins_over_the_register_whatever_it_names() {
        let mut levels = Levels::default();
        levels.set(SetIn::CommandLine, "IOP4", LevelSetting::Error).unwrap();
        levels.set(SetIn::Register, "IOP401", LevelSetting::Note).unwrap();
        assert_eq!(levels.of_code("IOP401"), Some(LevelSetting::Error));
        levels.set(SetIn::CommandLine, "IOP404", LevelSetting::Warning).unwrap();
        levels.set(SetIn::CommandLine, "IOP4", LevelSetting::Off).unwrap();
        assert_eq!(levels.of_code("IOP404"), Some(LevelSetting::Warning));
        assert_eq!(levels.of_code("IOP401"), Some(LevelSetting::Off));
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
            assert_eq!((levels.of_code(code), levels.of_code("IOP108")), (None, Some(LevelSetting::Off)));
            levels.set(SetIn::Register, slug, LevelSetting::Warning).unwrap();
            levels.set(SetIn::CommandLine, "IOP1", LevelSetting::Off).unwrap();
            assert_eq!(levels.of_code(code), Some(LevelSetting::Warning));
        }
    }

    #[test]
    fn a_rule_is_also_called_by_its_name() {
        let mut levels = Levels::default();
        levels.set(SetIn::Register, "purchase-wording", LevelSetting::Off).unwrap();
        levels.set(SetIn::Register, "Open-Fact", LevelSetting::Note).unwrap();
        assert_eq!(levels.of_code("IOP408"), Some(LevelSetting::Off));
        assert_eq!(levels.of_code("IOP404"), Some(LevelSetting::Note));
        assert_eq!(levels.of_code("IOP409"), None);
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
        for fixed in ["IOP102", "IOP115", "personal-number"] {
            for level in [LevelSetting::Off, LevelSetting::Note, LevelSetting::Warning] {
                let refused = levels.set(SetIn::Register, fixed, level).unwrap_err();
                assert!(refused.problem.contains("går inte att ändra"), "{fixed}");
            }
        }
        // The family holds rules of both kinds: those that can be changed are.
        levels.set(SetIn::Register, "IOP1", LevelSetting::Note).unwrap();
        assert_eq!(
            ["IOP108", "IOP102", "IOP115"].map(|code| levels.of_code(code)),
            [Some(LevelSetting::Note), None, None]
        );
    }
}
