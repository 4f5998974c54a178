//! A font that somebody has laid in the register, looked through before the typesetter sees it. Its parser is one that is
//! fuzzed; what remains of the file is what print needs, written anew.

use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::tables::cmap::CmapSubtable;
use skrifa::raw::{ReadError, TableProvider};
use skrifa::{FontRef, MetadataProvider};

use super::outline::{Outline, outline};
use crate::text;

/// A font that can be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FontFile {
    /// The font with the tables that print needs: no colours, bitmaps or state machines of other makers.
    pub(super) bytes: Vec<u8>,
    /// The tables that are not as they were when the font was made.
    pub(super) changed: Vec<String>,
}

/// The tables that are kept.
const KEPT: [&[u8; 4]; 25] = [
    b"CFF ", b"CFF2", b"GDEF", b"GPOS", b"GSUB", b"HVAR", b"MVAR", b"OS/2", b"STAT", b"avar", b"cmap",
    b"cvt ", b"fpgm", b"fvar", b"gasp", b"glyf", b"gvar", b"head", b"hhea", b"hmtx", b"kern", b"loca",
    b"maxp", b"name", b"post",
];

/// The tables without which nothing can be set.
const NEEDED: [&[u8; 4]; 6] = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name"];

/// What Swedish is written with. What a font has of it must be drawn; what it lacks the bundled font has.
const SWEDISH: &str =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜabcdefghijklmnopqrstuvwxyzåäöéü0123456789.,:;!?”’–-()/§%&+…";

/// So many characters all tables together may say that a font has: Unicode has 1 114 112.
const MOST_CHARACTERS: usize = 3_000_000;

/// So many tables that tell characters a font may have.
const MOST_MAPS: usize = 64;

/// Looks a font through: what is wrong with it, as a Swedish sentence, or what of it can be used.
pub(super) fn check(file: &[u8]) -> Result<FontFile, String> {
    refuse_others(file)?;
    let font = FontRef::new(file).map_err(|_| NO_FONT.to_owned())?;
    let mut tables: Vec<([u8; 4], &[u8])> = Vec::new();
    let mut changed = Vec::new();
    for record in font.table_directory().table_records() {
        let tag = record.tag().to_be_bytes();
        if !KEPT.contains(&&tag) {
            continue;
        }
        let start = record.offset() as usize;
        let bytes = file.get(start..).and_then(|rest| rest.get(..record.length() as usize));
        let bytes = bytes.ok_or_else(|| {
            format!(
                "Typsnittet är avkortat eller skadat: tabellen {} fortsätter efter filens slut.",
                name(tag)
            )
        })?;
        if tables.iter().any(|(other, _)| *other == tag) {
            return Err(format!("Typsnittet är skadat: tabellen {} står två gånger.", name(tag)));
        }
        if checksum(tag, bytes) != record.checksum() {
            changed.push(name(tag));
        }
        tables.push((tag, bytes));
    }
    let lacks: Vec<String> = NEEDED
        .iter()
        .filter(|tag| !tables.iter().any(|(other, _)| other == **tag))
        .map(|tag| name(**tag))
        .collect();
    if !lacks.is_empty() {
        return Err(format!("Typsnittet är skadat: tabellen {} saknas.", text::list(&lacks)));
    }
    tables.sort_unstable_by_key(|(tag, _)| *tag);
    let bytes = written(&tables);
    let font = FontRef::new(&bytes).map_err(|_| NO_FONT.to_owned())?;
    read_through(&font)?;
    Ok(FontFile { bytes, changed })
}

/// What is said of a file that is none.
pub(super) const NO_FONT: &str = "Filen går inte att läsa som typsnitt.";

/// Files of other kinds under a font's name, told by how they begin.
fn refuse_others(file: &[u8]) -> Result<(), String> {
    let kind = match file.get(..4).unwrap_or_default() {
        b"wOFF" | b"wOF2" => "ett typsnitt för webben (woff)",
        b"ttcf" => "en samling av flera typsnitt (ttc)",
        b"\x80\x01\0\0" | b"%!PS" | b"typ1" => "ett typsnitt av äldre slag (PostScript Type 1)",
        b"PK\x03\x04" => "en zip-fil",
        _ => return Ok(()),
    };
    Err(format!("Filen är {kind}, inte en otf- eller ttf-fil."))
}

/// A table's name as people who make fonts write it.
fn name(tag: [u8; 4]) -> String {
    String::from_utf8_lossy(&tag).trim_end().to_owned()
}

/// The sum that stands beside a table's name.
fn checksum(tag: [u8; 4], table: &[u8]) -> u32 {
    let mut sum = 0_u32;
    for (number, word) in table.chunks(4).enumerate() {
        // The third word of this table is about the whole file and counts as nought.
        if tag != *b"head" || number != 2 {
            let mut bytes = [0; 4];
            bytes.iter_mut().zip(word).for_each(|(to, from)| *to = *from);
            sum = sum.wrapping_add(u32::from_be_bytes(bytes));
        }
    }
    sum
}

/// A font file of these tables, which are in the order of their names.
fn written(tables: &[([u8; 4], &[u8])]) -> Vec<u8> {
    let has_commands = tables.iter().any(|(tag, _)| matches!(tag, b"CFF " | b"CFF2"));
    let has_points = tables.iter().any(|(tag, _)| tag == b"glyf");
    let kind: &[u8; 4] = if has_commands && !has_points { b"OTTO" } else { &[0, 1, 0, 0] };
    let count = u16::try_from(tables.len()).unwrap_or_default();
    let steps = u16::try_from(count.max(1).ilog2()).unwrap_or_default();
    let range = 16 << steps;
    let mut file = kind.to_vec();
    for number in [count, range, steps, count * 16 - range] {
        file.extend(number.to_be_bytes());
    }
    let mut offset = file.len() + tables.len() * 16;
    for (tag, table) in tables {
        file.extend(tag);
        for number in [checksum(*tag, table), small(offset), small(table.len())] {
            file.extend(number.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend(*table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

/// A size within a file of some megabytes.
fn small(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// Reads what the typesetter will read, with the limits that it has not.
fn read_through(font: &FontRef<'_>) -> Result<(), String> {
    let damaged = |table: &str| format!("Typsnittet är skadat: tabellen {table} går inte att läsa.");
    let read = |table: &str, is_read: Result<bool, ReadError>| {
        if is_read == Ok(true) { Ok(()) } else { Err(damaged(table)) }
    };
    let glyphs = usize::from(font.maxp().map_err(|_| damaged("maxp"))?.num_glyphs());
    read("maxp", Ok(glyphs > 0))?;
    read("head", font.head().map(|head| (16..=16384).contains(&head.units_per_em())))?;
    read(
        "name",
        font.name()
            .map(|names| names.name_record().iter().all(|one| one.string(names.string_data()).is_ok())),
    )?;
    let widths = font.hhea().map_err(|_| damaged("hhea"))?.number_of_h_metrics();
    read("hhea", Ok(widths > 0 && usize::from(widths) <= glyphs))?;
    read("hmtx", font.hmtx().map(|table| table.h_metrics().len() == usize::from(widths)))?;
    for (tag, table) in
        [(b"OS/2", "OS/2"), (b"post", "post"), (b"GDEF", "GDEF"), (b"GSUB", "GSUB"), (b"GPOS", "GPOS")]
    {
        if font.table_data(skrifa::Tag::new(tag)).is_none() {
            continue;
        }
        read(
            table,
            match table {
                "OS/2" => font.os2().map(|_| true),
                "post" => font.post().map(|_| true),
                "GDEF" => font.gdef().map(|_| true),
                "GSUB" => font.gsub().and_then(|table| {
                    let lookups = table.lookup_list()?;
                    table.script_list()?;
                    table.feature_list()?;
                    Ok(lookups.lookups().iter().all(|one| one.is_ok()))
                }),
                _ => font.gpos().and_then(|table| {
                    let lookups = table.lookup_list()?;
                    table.script_list()?;
                    table.feature_list()?;
                    Ok(lookups.lookups().iter().all(|one| one.is_ok()))
                }),
            },
        )?;
    }
    read("cmap", characters(font))?;
    if font.table_data(skrifa::Tag::new(b"glyf")).is_some() {
        read("loca", places(font, glyphs))?;
    } else if let Ok(table) = font.cff() {
        let cff = CffFontRef::new_cff(table.offset_data().as_bytes(), 0, None);
        read("CFF", Ok(cff.is_ok_and(|cff| all_commands(&cff, glyphs))))?;
    } else if let Ok(table) = font.cff2() {
        let cff = CffFontRef::new_cff2(table.offset_data().as_bytes(), None);
        read("CFF2", Ok(cff.is_ok_and(|cff| all_commands(&cff, glyphs))))?;
    } else {
        return Err("Typsnittet saknar bokstävernas former (tabellen glyf eller CFF).".to_owned());
    }
    let charmap = font.charmap();
    let undrawn: Vec<String> = SWEDISH
        .chars()
        .filter(|letter| charmap.map(*letter).is_some_and(|glyph| outline(font, glyph) != Outline::Drawn))
        .map(String::from)
        .collect();
    if undrawn.is_empty() {
        return Ok(());
    }
    let some = undrawn.get(..undrawn.len().min(10)).unwrap_or_default().join(" ");
    Err(format!(
        "Typsnittet är skadat: {} går inte att rita ({some}).",
        text::count(undrawn.len() as u64, "tecken", "tecken")
    ))
}

/// Whether each glyph has its place in the table of forms.
fn places(font: &FontRef<'_>, glyphs: usize) -> Result<bool, ReadError> {
    let (loca, glyf) = (font.loca(None)?, font.glyf()?);
    let size = small(glyf.offset_data().len());
    let mut before = 0;
    let is_in_order = (0..=glyphs).all(|glyph| {
        let Some(place) = loca.get_raw(glyph) else { return false };
        let is_good = before <= place && place <= size;
        before = place;
        is_good
    });
    Ok(is_in_order)
}

fn all_commands(cff: &CffFontRef<'_>, glyphs: usize) -> bool {
    cff.num_glyphs() as usize == glyphs && (0..glyphs).all(|glyph| cff.charstrings().get(glyph).is_ok())
}

/// Whether the tables that tell which characters a font has can be listed: a range takes twelve bytes, and may claim all
/// numbers there are.
fn characters(font: &FontRef<'_>) -> Result<bool, ReadError> {
    let cmap = font.cmap()?;
    let records = cmap.encoding_records();
    let mut total = 0_usize;
    for record in records.iter().take(MOST_MAPS) {
        let claimed = match record.subtable(cmap.offset_data())? {
            CmapSubtable::Format4(table) => table
                .start_code()
                .iter()
                .zip(table.end_code())
                .map(|(start, end)| usize::from(end.get().saturating_sub(start.get())) + 1)
                .sum(),
            CmapSubtable::Format10(table) => table.num_chars() as usize,
            CmapSubtable::Format12(table) => {
                table.groups().iter().map(|group| range(group.start_char_code(), group.end_char_code())).sum()
            }
            CmapSubtable::Format13(table) => {
                table.groups().iter().map(|group| range(group.start_char_code(), group.end_char_code())).sum()
            }
            // The others list at most as many as two bytes can name.
            _ => usize::from(u16::MAX),
        };
        total = total.saturating_add(claimed);
    }
    Ok(!records.is_empty() && records.len() <= MOST_MAPS && total <= MOST_CHARACTERS)
}

fn range(start: u32, end: u32) -> usize {
    (end.saturating_sub(start) as usize).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn bundled() -> Vec<u8> {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/LibertinusSerif-Regular.otf");
        std::fs::read(file).unwrap()
    }

    fn tables(file: &[u8]) -> Vec<([u8; 4], Vec<u8>)> {
        let font = FontRef::new(file).unwrap();
        let records = font.table_directory().table_records().iter();
        records
            .map(|record| {
                (record.tag().to_be_bytes(), font.table_data(record.tag()).unwrap().as_bytes().to_vec())
            })
            .collect()
    }

    fn font(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
        written(&tables.iter().map(|(tag, table)| (*tag, table.as_slice())).collect::<Vec<_>>())
    }

    /// A table of characters: each code from `start` to `end` is the glyph after the one before it, from 1.
    fn cmap(start: u32, end: u32) -> Vec<u8> {
        let mut table = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
        for number in [28, 0, 1, start, end, 1] {
            table.extend(u32::to_be_bytes(number));
        }
        table
    }

    /// The bundled font's letters, drawn with points: each glyph holds the next one `copies` times.
    fn nested(glyphs: u16, copies: usize) -> Vec<u8> {
        let mut glyf = Vec::new();
        let mut loca = vec![0_u32, 0];
        for glyph in 1..glyphs {
            glyf.extend([0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]);
            for copy in 1..=copies {
                glyf.extend([0, if copy == copies { 2 } else { 0x22 }]);
                glyf.extend((glyph + 1).to_be_bytes());
                glyf.extend([0, 0]);
            }
            loca.push(small(glyf.len()));
        }
        loca.push(small(glyf.len()));
        let mut all = tables(&bundled());
        all.retain(|(tag, _)| !matches!(tag, b"CFF " | b"GDEF" | b"GPOS" | b"GSUB" | b"post"));
        for (tag, table) in &mut all {
            match &*tag {
                b"cmap" => *table = cmap(65, 65),
                b"head" => table[51] = 1,
                b"hhea" => table[34..36].copy_from_slice(&[0, 1]),
                b"hmtx" => table.truncate(4 + 2 * usize::from(glyphs)),
                b"maxp" => *table = [&[0, 0, 0x50, 0][..], &(glyphs + 1).to_be_bytes()].concat(),
                _ => {}
            }
        }
        all.push((*b"glyf", glyf));
        all.push((*b"loca", loca.iter().flat_map(|place| place.to_be_bytes()).collect()));
        all.sort();
        font(&all)
    }

    #[test]
    fn a_whole_font_is_whole() {
        let checked = check(&bundled()).unwrap();
        assert!(checked.changed.is_empty(), "{:?}", checked.changed);
        assert_eq!(check(&checked.bytes).unwrap().bytes, checked.bytes);
    }

    #[test]
    fn a_damaged_table_is_told_wherever_it_is_damaged() {
        let whole = bundled();
        for part in 1..50 {
            assert!(check(&whole[..whole.len() * part / 50]).is_err(), "{part} of 50");
        }
        let all = tables(&whole);
        for index in 0..all.len() {
            let (tag, table) = &all[index];
            if !KEPT.contains(&tag) {
                continue;
            }
            for (from, with) in [(0, 0xFF), (table.len() / 2, 0xFF), (0, 0)] {
                let mut damaged = all.clone();
                damaged[index].1[from..].fill(with);
                // The sums beside the tables are those of the damaged ones: what is read must tell.
                _ = check(&font(&damaged));
                let mut file = whole.clone();
                let font = FontRef::new(&whole).unwrap();
                let record =
                    font.table_directory().table_records().iter().find(|one| one.tag().to_be_bytes() == *tag);
                let start = record.unwrap().offset() as usize + from;
                file[start..start + table.len() - from].fill(with);
                let told = check(&file).map_or(true, |checked| checked.changed == [name(*tag)]);
                assert!(told, "{} {from} {with}", name(*tag));
            }
        }
    }

    #[test]
    fn letters_without_form_are_told() {
        let mut all = tables(&bundled());
        let cff = &mut all.iter_mut().find(|(tag, _)| tag == b"CFF ").unwrap().1;
        let half = cff.len() / 2;
        cff[half..].fill(14);
        assert!(check(&font(&all)).unwrap_err().contains("går inte att rita"));
    }

    #[test]
    fn nothing_is_made_of_what_a_length_claims() {
        let mut all = tables(&bundled());
        let index = all.iter().position(|(tag, _)| tag == b"cmap").unwrap();
        all[index].1 = cmap(0, u32::MAX);
        assert!(check(&font(&all)).unwrap_err().contains("cmap"));
        all[index].1 = cmap(32, 1000);
        assert!(check(&font(&all)).is_ok());
    }

    #[test]
    fn glyphs_inside_each_other_are_counted_before_they_are_drawn() {
        let before = Instant::now();
        for (glyphs, copies) in [(20, 10), (10, 200), (90, 2)] {
            assert!(check(&nested(glyphs, copies)).unwrap_err().contains("(A)"));
        }
        assert!(before.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn files_of_other_kinds_are_told_by_name() {
        for (start, word) in
            [(&b"wOF2"[..], "woff"), (b"ttcf", "samling"), (b"%!PS-AdobeFont", "Type 1"), (b"x", "typsnitt")]
        {
            assert!(check(start).unwrap_err().contains(word));
        }
    }
}
