//! What a template may not bring with it: programs, and whatever is fetched from elsewhere when the document is opened.

use std::collections::BTreeMap;

use super::super::Fault;
use super::open::not_word;
use super::tree::{Element, parse};

/// Refuses templates that run programs or lead out.
pub(super) fn check(parts: &BTreeMap<String, Vec<u8>>, types: &Element) -> Result<(), Fault> {
    let is_program = |name: &str| name.to_ascii_lowercase().contains("vbaproject");
    let kinds = || types.elements().filter_map(|element| element.get("ContentType"));
    if parts.keys().any(|name| is_program(name))
        || kinds().any(|kind| kind.contains("macroEnabled") || is_program(kind))
    {
        return Err(Fault::new(
            "Mallen har makron.",
            "Öppna den i Word och välj Arkiv, Spara som, Word-dokument (.docx). Då följer makrona inte med.",
        ));
    }
    for (name, content) in parts.iter().filter(|(name, _)| name.to_ascii_lowercase().ends_with(".rels")) {
        for relation in parse(name, content)?.elements() {
            let kind = relation.get("Type").unwrap_or_default();
            let is_external =
                relation.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            if is_external && !kind.ends_with("/hyperlink") {
                return Err(leads_out(kind, relation.get("Target").unwrap_or_default()));
            }
            if kind.contains("purl.oclc.org") {
                return Err(not_word("den är sparad som Strict Open XML"));
            }
        }
    }
    Ok(())
}

fn leads_out(kind: &str, target: &str) -> Fault {
    let target: String = target.chars().take(80).collect();
    match kind.rsplit('/').next().unwrap_or_default() {
        "attachedTemplate" => Fault::new(
            format!("Mallen är kopplad till en annan mall, {target}."),
            "Öppna den i Word, välj Utvecklare, Dokumentmall, skriv Normal i rutan Dokumentmall och spara. Fliken Utvecklare slås på under Arkiv, Alternativ, Anpassa menyfliksområdet.",
        ),
        "image" => Fault::new(
            format!("Mallen har en länkad bild, {target}."),
            "Öppna den i Word, ta bort bilden och lägg in den på nytt med Infoga, Bilder, utan att länka den.",
        ),
        "frame" | "subDocument" | "oleObject" | "package" | "aFChunk" => Fault::new(
            format!("Mallen hämtar innehåll från en annan fil, {target}."),
            "Öppna den i Word, välj Arkiv, Info, Redigera länkar till filer, bryt länken och spara.",
        ),
        "mailMergeSource" | "recipientData" => Fault::new(
            format!("Mallen är kopplad till en lista för utskick, {target}."),
            "Öppna den i Word, välj Utskick, Starta koppla dokument, Normalt Word-dokument och spara.",
        ),
        other => Fault::new(
            format!("Mallen leder ut till {target} ({other})."),
            "Öppna den i Word, ta bort länken under Arkiv, Info, Redigera länkar till filer och spara.",
        ),
    }
}

/// Refuses fields that fetch something from elsewhere or run a program.
pub(super) fn check_fields(part: &Element, place: &str) -> Result<(), Fault> {
    const FETCH: [&str; 10] = [
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "INCLUDE",
        "IMPORT",
        "LINK",
        "DDE",
        "DDEAUTO",
        "DATABASE",
        "MACROBUTTON",
        "RD",
    ];
    for paragraph in part.all().into_iter().filter(|element| element.name == "w:p") {
        let mut instruction = String::new();
        for element in paragraph.all() {
            match element.name.as_str() {
                "w:fldSimple" => {
                    instruction.push(' ');
                    instruction.push_str(element.get("w:instr").unwrap_or_default());
                    instruction.push(' ');
                }
                "w:instrText" => instruction.push_str(&super::fill::text_of(element)),
                _ => {}
            }
        }
        let found = instruction
            .split_whitespace()
            .map(str::to_ascii_uppercase)
            .find(|word| FETCH.contains(&word.as_str()));
        if let Some(word) = found {
            return Err(Fault::new(
                format!("Mallens {place} har ett fält som hämtar något utifrån, {word}."),
                "Öppna mallen i Word, visa fälten med Alt+F9, ta bort fältet och spara.",
            ));
        }
    }
    Ok(())
}
