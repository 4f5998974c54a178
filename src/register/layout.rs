//! Which files a register has: its folders, the names in them, and names that only seem to be one of them. What seems to be a
//! file of the register and is not read is told, so that nobody believes that it counts.

use super::schema::FileKind;

/// The file that makes a folder a register.
pub const SETTINGS_FILE: &str = "iop.toml";

/// The file with the frames.
const BUDGET_FILE: &str = "budget.toml";

/// The files at the top of a register.
pub(super) const TOP_FILES: [&str; 2] = [SETTINGS_FILE, BUDGET_FILE];

/// Where the municipality's own templates, fonts and pictures lie.
pub const TEMPLATES: &str = "templates";

/// Where the municipality's own fonts lie.
pub const FONTS: &str = "templates/fonts";

/// Where the municipality's own pictures lie.
pub const PICTURES: &str = "templates/pictures";

/// Where the municipality's own Word template lies.
pub const WORD: &str = "templates/word";

/// The folders with files of the register, and how their names end.
pub(super) const FOLDERS: [(&str, &[&str]); 11] = [
    ("agreements", &["toml"]),
    ("guidelines", &["toml"]),
    ("indexes", &["toml"]),
    ("meetings", &["toml"]),
    ("records", &["toml"]),
    ("templates/clauses", &["md"]),
    ("templates/documents", &["md"]),
    ("templates/parts", &["md"]),
    (FONTS, &["otf", "ttf"]),
    (PICTURES, &["svg", "png", "jpg", "jpeg"]),
    (WORD, &["docx"]),
];

/// Whether a file holds no text: a font, a picture or a Word file.
pub(super) fn is_asset(file: &str) -> bool {
    [FONTS, PICTURES, WORD].iter().any(|folder| file.starts_with(folder))
}

/// What a file of the register holds, or a folder of such files, by its path; nothing for templates and what is no part of it.
#[must_use]
pub fn kind_of(file: &str) -> Option<FileKind> {
    let top = match file.split_once('/') {
        Some((folder, _)) => folder,
        None => folder_meant(file).unwrap_or(file),
    };
    Some(match top {
        "agreements" => FileKind::Agreement,
        "records" => FileKind::Records,
        "guidelines" => FileKind::Guideline,
        "indexes" => FileKind::Series,
        "meetings" => FileKind::MeetingPlan,
        name => match top_file(name)? {
            SETTINGS_FILE => FileKind::Settings,
            _ => FileKind::Budget,
        },
    })
}

/// Whether a path is a folder of the register, not a file.
#[must_use]
pub fn is_folder(path: &str) -> bool {
    path == "."
        || path == TEMPLATES
        || folder_meant(path).is_some()
        || FOLDERS.iter().any(|(folder, _)| *folder == path)
}

/// Whether a folder is one of those in which the register has files, lies in one, or holds one.
#[must_use]
pub fn may_hold_files(folder: &str) -> bool {
    let is_in = |folder: &str, other: &str| {
        folder
            .strip_prefix(other)
            .is_some_and(|rest| other.is_empty() || rest.is_empty() || rest.starts_with('/'))
    };
    FOLDERS.iter().any(|(known, _)| is_in(folder, known) || is_in(known, folder))
}

/// The endings of the files in the folder that a file lies in.
fn endings_beside(file: &str) -> &'static [&'static str] {
    let known = FOLDERS
        .iter()
        .find(|(folder, _)| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
    known.map_or(&["toml"], |(_, endings)| endings)
}

/// Whether a file with this name is or seems to be one of those whose names end so: `a.toml`, but also `a.toml.txt`, `a.tml`,
/// `a.TOML` and `.a.toml`.
pub(super) fn seems_meant(name: &str, endings: &[&str]) -> bool {
    let parts = name.trim_start_matches('.').split('.').skip(1);
    parts.map(|part| part.trim().to_lowercase()).any(|part| {
        // Short endings have too many neighbours.
        let is_near = |ending: &&str| ending.len() > 3 && strsim::osa_distance(&part, ending) <= 1;
        endings.iter().any(|ending| part == *ending || is_near(ending))
    })
}

/// Whether a file lies in a folder of data for the sake of the folder, of git or of the machine, and is meant to hold no data.
pub(super) fn is_beside_data(name: &str) -> bool {
    const OF_THE_MACHINE: [&str; 3] = [".ds_store", "thumbs.db", "desktop.ini"];
    const OF_THE_FOLDER: [&str; 5] = [".gitkeep", ".gitignore", ".gitattributes", ".editorconfig", ".keep"];
    let name = name.to_lowercase();
    let is_guide = || {
        let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
        ["readme", "läsmig"].contains(&stem) && ["", "md", "txt"].contains(&ending)
    };
    // Our own files begin so.
    name.starts_with(".iop-")
        || OF_THE_MACHINE.contains(&&*name)
        || OF_THE_FOLDER.contains(&&*name)
        || is_guide()
}

/// Whether a file in a folder of a register, whose files' names end so, is to be read or told: in a folder of data every file
/// that is not there for another reason, elsewhere what seems to be one of them.
pub(super) fn is_read_or_told(name: &str, endings: &[&str]) -> bool {
    seems_meant(name, endings) || endings == ["toml"] && !is_beside_data(name)
}

/// The file at the top of a register that a name is or seems to be.
pub(super) fn top_file(name: &str) -> Option<&'static str> {
    let stem = name.trim_start_matches('.').split('.').next().unwrap_or_default().trim().to_lowercase();
    let is_it = |file: &&str| file.split('.').next() == Some(&stem);
    TOP_FILES.into_iter().find(is_it).filter(|_| seems_meant(name, &["toml"]))
}

/// What the folders are called in Swedish.
const IN_SWEDISH: [(&str, &str); 6] = [
    ("avtal", "agreements"),
    ("överenskommelser", "agreements"),
    ("händelser", "records"),
    ("handelser", "records"),
    ("riktlinjer", "guidelines"),
    ("sammanträden", "meetings"),
];

/// The folder of the register that a name at its top seems to be, and is not: `Agreements`, `agreement`, `avtal`.
pub(super) fn folder_meant(name: &str) -> Option<&'static str> {
    let top = FOLDERS.iter().map(|(folder, _)| *folder).filter(|folder| !folder.contains('/'));
    let mut top = top.chain([TEMPLATES]);
    let plain = name.trim().to_lowercase();
    if let Some((_, meant)) = IN_SWEDISH.iter().find(|(swedish, _)| *swedish == plain) {
        return Some(meant);
    }
    let is_near = |folder: &&str| strsim::osa_distance(&plain, folder) <= 1;
    if top.clone().any(|folder| folder == name) { None } else { top.find(is_near) }
}

/// The name of the file that a program has left this one of beside: a copy, a lock or what it was before.
pub(super) fn left_over_of(name: &str) -> Option<&str> {
    let hidden = name.strip_prefix('.');
    let behind = |ending| name.strip_suffix(ending);
    hidden
        .and_then(|name| name.strip_suffix(".swp").or_else(|| name.strip_suffix(".swo")))
        .or_else(|| hidden.and_then(|name| name.strip_prefix('#')))
        .or_else(|| hidden?.strip_prefix("~lock.")?.strip_suffix('#'))
        .or_else(|| name.strip_prefix('#')?.strip_suffix('#'))
        .or_else(|| ["~", ".bak", ".orig", ".rej", ".tmp"].into_iter().find_map(behind))
}

/// Why a file with this name is not read although it seems to be one of the register's, and what to do; nothing where it is
/// read.
pub(super) fn passed_over(file: &str) -> Option<(String, &'static str)> {
    const RENAME: &str = "Byt namn på filen, eller ta bort den ur registret. Windows döljer ofta ändelsen: slå på Filnamnstillägg i Utforskaren så syns den.";
    let name = file.rsplit('/').next().unwrap_or(file);
    if !file.contains('/') {
        let meant = top_file(name).filter(|meant| *meant != name)?;
        return Some((format!("Filen ”{name}” läses inte: registret läser {meant}."), RENAME));
    }
    if kind_of(file).is_some() && file.split('/').count() > 2 {
        return Some((
            "Filen ligger i en undermapp och läses inte.".to_owned(),
            "Flytta den till mappen ovanför: registret har alla sina filer av ett slag i en mapp.",
        ));
    }
    if name.starts_with('.') {
        return Some((
            "Filen är dold, eftersom namnet börjar med en punkt, och läses inte.".to_owned(),
            "Byt namn på filen så att det inte börjar med en punkt, eller ta bort den ur registret.",
        ));
    }
    let Some((_, ending)) = name.rsplit_once('.') else {
        return Some((format!("Filen ”{name}” läses inte: namnet slutar inte på .toml."), RENAME));
    };
    let endings = endings_beside(file);
    // What a program other than ours opens may be written in either case.
    if endings.contains(&ending)
        || is_asset(file) && endings.iter().any(|one| ending.eq_ignore_ascii_case(one))
    {
        return None;
    }
    let wanted = endings.iter().find(|one| ending.eq_ignore_ascii_case(one));
    let help = if wanted.is_some() { "Skriv ändelsen med små bokstäver." } else { RENAME };
    let wanted = wanted.or(endings.first())?;
    Some((format!("Filnamnet ”{name}” slutar på .{ending} i stället för .{wanted}."), help))
}

/// Why a file's name cannot be an id, and what to do. An id stands in references, folder names and calendars, so it keeps to
/// letters that mean the same everywhere.
pub(super) fn bad_id(file: &str) -> Option<(String, &'static str)> {
    let id = file.split_once('/').map(|_| super::id_of(file))?;
    let good = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && id.bytes().next().is_some_and(|byte| byte != b'-');
    (!good).then(|| {
        (
            format!("Filnamnet ”{id}.toml” kan inte användas som namn i registret."),
            "Använd bara a–z, 0–9 och bindestreck, till exempel rsmh-lund-2021.toml.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_seems_to_be_a_file_of_the_register_is_read_or_told() {
        for name in
            ["a.toml", "a.TOML", "a.toml.txt", "a.tml", "a.tom", "a.toml~", ".a.toml", "a.b.toml", "a.tоml"]
        {
            assert!(seems_meant(name, &["toml"]), "{name}");
            assert_eq!(
                passed_over(&format!("agreements/{name}")).is_none(),
                name == "a.toml" || name == "a.b.toml"
            );
        }
        for name in ["README.md", "notes.txt", "toml", ".gitkeep", ".DS_Store", "a.html", "a.tar", "a.yaml"] {
            assert!(!seems_meant(name, &["toml"]), "{name}");
        }
        assert!(seems_meant("purpose.md.txt", &["md"]) && !seems_meant("purpose.txt", &["md"]));
        for (file, is_read) in [
            ("templates/clauses/purpose.md", true),
            ("templates/clauses/own/purpose.md", true),
            ("templates/clauses/purpose.MD", false),
            ("templates/clauses/.purpose.md", false),
            ("templates/pictures/logo.SVG", true),
            ("templates/pictures/logo.svg.txt", false),
            ("records/2024/a.toml", false),
            ("budget.toml", true),
            ("Budget.toml", false),
            ("budget.toml.txt", false),
        ] {
            assert_eq!(passed_over(file).is_none(), is_read, "{file}");
        }
    }

    #[test]
    fn in_a_folder_of_data_every_file_is_read_or_told() {
        for name in [
            "a",
            "a.md",
            "a.txt",
            "a.bak",
            "a.json",
            "a.yaml",
            "a.docx",
            "a.pdf",
            ".a",
            "readme.toml",
            "läsmig.toml",
        ] {
            assert!(is_read_or_told(name, &["toml"]), "{name}");
            let is_toml = std::path::Path::new(name).extension().is_some_and(|ending| ending == "toml");
            assert_eq!(passed_over(&format!("records/{name}")).is_none(), is_toml, "{name}");
        }
        for name in [
            "README.md",
            "readme",
            "LÄSMIG.txt",
            ".gitkeep",
            ".gitattributes",
            ".DS_Store",
            ".iop-lock",
            ".iop-written.json",
        ] {
            assert!(!is_read_or_told(name, &["toml"]), "{name}");
        }
        assert!(!is_read_or_told("a.txt", &["md"]));
    }

    #[test]
    fn what_a_program_leaves_beside_a_file_names_it() {
        for name in [".a.toml.swp", ".#a.toml", "#a.toml#", "a.toml~", "a.toml.bak", ".~lock.a.toml#"] {
            assert_eq!(left_over_of(name), Some("a.toml"), "{name}");
        }
        for name in ["a.toml", "a.toml.txt", ".a.toml"] {
            assert_eq!(left_over_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_that_is_nearly_one_of_the_registers_is_known() {
        for (name, meant) in [
            ("Agreements", Some("agreements")),
            ("agreement", Some("agreements")),
            ("agreements", None),
            ("records ", Some("records")),
            ("avtal", Some("agreements")),
            ("Riktlinjer", Some("guidelines")),
            ("docs", None),
            ("src", None),
        ] {
            assert_eq!(folder_meant(name), meant, "{name}");
        }
    }
}
