//! Keys that an earlier version of the formats had, and what says the same now.

/// A key of an earlier version.
pub(super) struct Renamed {
    pub(super) key: &'static str,
    /// The key beside it that says the same now.
    pub(super) now: &'static str,
    /// How, as a sentence that follows the key's name.
    help: &'static str,
}

/// All of them. A key that is taken out of a format gets its line here.
pub(super) const RENAMED: &[Renamed] = &[Renamed {
    key: "account_code",
    now: "code",
    help: "Kontot står i kodsträngen: code = { konto = \"4510\" }, med fältet konto under [code] i iop.toml.",
}];

/// What to write instead of a key that is not known here, where these keys are.
pub(super) fn help(key: &str, known: &[&str]) -> Option<String> {
    let renamed = RENAMED.iter().find(|one| one.key == key && known.contains(&one.now))?;
    Some(format!("Heter numera ”{}”. {}", renamed.now, renamed.help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::schema::FileKind;

    #[test]
    fn each_key_is_gone_and_its_successor_stands_in_a_format() {
        for one in RENAMED {
            let texts: Vec<String> =
                FileKind::ALL.into_iter().map(|kind| kind.schema().document().to_string()).collect();
            assert!(texts.iter().any(|text| text.contains(&format!("\"{}\":", one.now))), "{}", one.now);
            assert!(!texts.iter().any(|text| text.contains(&format!("\"{}\":", one.key))), "{}", one.key);
            assert_eq!(help(one.key, &["other"]), None);
        }
    }
}
