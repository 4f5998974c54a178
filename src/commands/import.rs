//! `iop import`: agreement files from papers that others have written.

use std::path::Path;

use super::{Outcome, UsageError, figures, files, root};
use crate::cli::{ImportArguments, ImportFormat, Wide};
use crate::import::{self, Imported, Options, list, list_file};
use crate::paper::{self, Fault, Paper, apart};
use crate::register::{InputFile, Register, disk, portable};
use crate::report::imported as told;
use crate::report::sheet::{self, SheetFormat};
use crate::text;

pub(super) fn run(arguments: &ImportArguments) -> anyhow::Result<Outcome> {
    let root = root(arguments.at.named())?;
    if arguments.id.is_some() && arguments.files.len() > 1 {
        return Err(UsageError("--id gäller en fil i taget: ange bara en.".to_owned()).into());
    }
    if let Some(id) = arguments.id.as_deref().filter(|id| portable::is_reserved(id)) {
        return Err(UsageError(format!(
            "”{id}” kan inte vara namn i registret: Windows har reserverat det. Välj ett annat namn med --id."
        ))
        .into());
    }
    if let Some(id) = arguments.id.as_deref().filter(|id| text::slug(id) != **id) {
        return Err(UsageError(format!(
            "”{}” kan inte vara namn i registret. Använd bara a–z, 0–9 och bindestreck, till exempel {}.",
            text::visible(id),
            Some(text::slug(id))
                .filter(|slug| !slug.is_empty())
                .unwrap_or_else(|| "oppet-hus-2024".to_owned())
        ))
        .into());
    }
    if let Some(list) = &arguments.table {
        return from_list(&root, list);
    }
    let (register, _) = Register::load(disk::read(&root));
    let options =
        Options { with_names: arguments.names, id: arguments.id.clone(), ..of_register(&root, &register) };
    let mut all = Vec::new();
    for file in &arguments.files {
        let (paper, imported) = one(&root, file, &options, arguments.format)?;
        if arguments.format == ImportFormat::Json {
            all.push(told::json(&imported, &paper, &files::shown(file)));
        }
    }
    if arguments.format == ImportFormat::Json {
        files::print(&format!("{}\n", serde_json::to_string_pretty(&all)?))?;
    }
    Ok(Outcome::Clean)
}

/// Writes an agreement for each row of a list.
fn from_list(root: &Path, file: &Path) -> anyhow::Result<Outcome> {
    let shown = files::shown(file);
    let bytes = paper::bytes(file).map_err(|fault| UsageError(format!("{shown}: {fault}")))?;
    let list = list_file::read(&bytes).map_err(|fault| UsageError(format!("{shown}: {fault}")))?;
    let (register, _) = Register::load(disk::read(root));
    let municipality = register.settings.as_ref().map(|settings| settings.data.municipality.name.as_str());
    let options = Options { name: shown.clone(), ..of_register(root, &register) };
    let agreements = list::agreements(&list, municipality, &options);
    if agreements.is_empty() {
        return Err(UsageError(format!(
            "{shown}: ingen rad har en organisation eller ett ämne. Kolumnerna ska heta till exempel Ämne, Organisation, Organisationsnummer, Nämnd, Start, Slut, Diarienummer och Belopp eller ett årtal."
        ))
        .into());
    }
    let mut lines = String::new();
    for mut imported in agreements {
        imported.id = free_id(root, &imported.id)?;
        check(&imported)?;
        let place = root.join("agreements").join(format!("{}.toml", imported.id));
        files::write_text(&place, &imported.text)?;
        lines.push_str(&format!("Skrev {}.\n", files::shown(&place)));
    }
    let unknown = list::unknown_columns(&list);
    if !unknown.is_empty() {
        lines.push_str(&format!("Kolumner som inte lästes: {}.\n", text::visible(&unknown.join(", "))));
    }
    files::print(&lines)?;
    Ok(Outcome::Clean)
}

/// What a register knows that a paper is read with.
fn of_register(root: &Path, register: &Register) -> Options {
    let settings = register.settings.as_ref().map(|settings| &settings.data);
    let committees = settings.into_iter().flat_map(|settings| &settings.committee);
    let guideline = settings.and_then(|settings| settings.default.guideline.as_deref());
    let guideline = guideline.and_then(|guideline| register.guidelines.get(guideline));
    Options {
        first_line: first_line(root),
        committees: committees
            .map(|(key, committee)| {
                (key.clone(), committee.names.iter().map(|one| one.name.clone()).collect())
            })
            .collect(),
        grounds: guideline.map(|entry| entry.data.ground.keys().cloned().collect()),
        ..Options::default()
    }
}

/// The line that tells an editor where the schema lies, where the register has it.
fn first_line(root: &Path) -> String {
    let has_schema = root.join("schema/agreement.v1.json").is_file();
    if has_schema { "#:schema ../schema/agreement.v1.json\n".to_owned() } else { String::new() }
}

/// Reads one paper and writes one agreement.
fn one(
    root: &Path,
    file: &Path,
    options: &Options,
    format: ImportFormat,
) -> anyhow::Result<(Paper, Imported)> {
    let shown = files::shown(file);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let paper = read(file, &name).map_err(|fault| UsageError(format!("{shown}: {fault}")))?;
    let mut imported = import::agreement(&paper, &Options { name, ..options.clone() });
    if !imported.is_agreement {
        return Err(UsageError(format!(
            "{shown}: filen är inte ett avtal, så vitt det går att läsa: den nämner varken parter eller något avtal. Ingenting har skrivits. Kontrollera att det är rätt fil."
        ))
        .into());
    }
    let place = |id: &str| root.join("agreements").join(format!("{id}.toml"));
    let wanted = place(&imported.id);
    let is_taken = files::exists(&wanted)?;
    if is_taken && options.id.is_some() {
        return Err(UsageError(format!(
            "{} finns redan och skrivs inte över. Välj ett annat namn med --id, eller ta bort filen om den ska läsas in på nytt.",
            files::shown(&wanted)
        ))
        .into());
    }
    imported.id = free_id(root, &imported.id)?;
    let place = place(&imported.id);
    check(&imported)?;
    files::write_text(&place, &imported.text)?;
    if format == ImportFormat::Table {
        show(&paper, &imported, &shown, &files::shown(&place), is_taken.then(|| files::shown(&wanted)))?;
    }
    Ok((paper, imported))
}

/// Says what has been found and what has not, and which file stood there already.
fn show(
    paper: &Paper,
    imported: &Imported,
    file: &str,
    place: &str,
    taken: Option<String>,
) -> Result<(), UsageError> {
    let sheets = told::sheets(imported);
    let width = figures::width(Wide { width: None });
    files::print_pieces(|out| {
        sheet::write(out, &sheets, &[], SheetFormat::Table { width })?;
        for note in &paper.told {
            writeln!(out, "{file}: {note}")?;
        }
        match imported.unplaced.len() {
            0 => {}
            1 => writeln!(
                out,
                "En mening fick ingen plats i avtalet. Den står som kommentar överst i {place}."
            )?,
            count => writeln!(
                out,
                "{count} meningar fick ingen plats i avtalet. De står som kommentarer överst i {place}."
            )?,
        }
        if let Some(taken) = taken {
            writeln!(out, "{taken} fanns redan och är orörd. Är det samma avtal, ta bort den ena filen.")?;
        }
        writeln!(out, "Skrev {place}. Kontrollera varje uppgift mot {file}, och kör iop validate.")
    })
}

/// A paper, a PDF in a process of its own.
fn read(file: &Path, name: &str) -> Result<Paper, Fault> {
    let bytes = paper::bytes(file)?;
    match std::env::current_exe() {
        Ok(program) => apart::read(name, &bytes, &program, apart::Bounds::default()),
        Err(_) => paper::read(name, &bytes),
    }
}

/// An id that no agreement has and that can be a file's name everywhere.
fn free_id(root: &Path, id: &str) -> Result<String, UsageError> {
    let mut free = id.to_owned();
    let mut number = 1;
    while portable::is_reserved(&free)
        || files::exists(&root.join("agreements").join(format!("{free}.toml")))?
    {
        number += 1;
        free = format!("{id}-{number}");
    }
    Ok(free)
}

/// Nothing is written that the register could not read.
fn check(imported: &Imported) -> anyhow::Result<()> {
    let file = format!("agreements/{}.toml", imported.id);
    let (_, findings) = Register::load(rayon::iter::once(InputFile::text(&file, &imported.text)));
    match findings.iter().find(|finding| *finding.place.file == *file) {
        None => Ok(()),
        Some(finding) => anyhow::bail!("filen skulle inte gå att läsa: {}", finding.message),
    }
}
