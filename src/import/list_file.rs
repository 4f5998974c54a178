//! The rows of a list: a workbook of Excel, or text with a mark between its cells.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::list::List;
use crate::money::grouped;
use crate::paper;

/// The most that a workbook may hold when it is unpacked, in bytes.
const MOST_UNPACKED: u64 = 80_000_000;
/// The most rows that are read, and the most columns.
const MOST_ROWS: usize = 10_000;
const MOST_COLUMNS: usize = 200;

/// The first list of a file. What is wrong with it is told in Swedish.
pub fn read(bytes: &[u8]) -> Result<List, String> {
    let rows = if bytes.starts_with(b"PK") { of_workbook(bytes)? } else { of_text(bytes)? };
    // What stands above the names of the columns, such as a title, has fewer cells than they.
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let head = rows
        .iter()
        .take(10)
        .position(|(_, row)| filled(row) >= 2)
        .ok_or("Listan har ingen rad med kolumnernas namn.")?;
    let mut rows = rows.into_iter().skip(head);
    let (_, head) = rows.next().unwrap_or_default();
    Ok(List { head, rows: rows.filter(|(_, row)| filled(row) > 0).collect() })
}

fn of_workbook(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, String> {
    let damaged =
        |()| "Arbetsboken går inte att läsa. Öppna den i Excel och spara den på nytt som xlsx.".to_owned();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(()))?;
    let sizes = (0..archive.len()).map(|at| archive.by_index_raw(at).map_or(u64::MAX, |file| file.size()));
    if sizes.fold(0_u64, u64::saturating_add) > MOST_UNPACKED {
        return Err("Arbetsboken är för stor. Spara listan ensam i en ny arbetsbok.".to_owned());
    }
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged(()))?;
    let range =
        workbook.worksheet_range_at(0).ok_or("Arbetsboken har inget blad.")?.map_err(|_| damaged(()))?;
    let first = range.start().map_or(0, |(row, _)| row);
    if range.height() > MOST_ROWS {
        return Err(too_long());
    }
    let rows = range.rows().zip(first + 1..);
    Ok(rows.map(|(row, number)| (number, row.iter().take(MOST_COLUMNS).map(shown).collect())).collect())
}

fn too_long() -> String {
    format!("Listan har fler än {} rader. Dela den i flera filer.", grouped(MOST_ROWS.into()))
}

/// A cell as it is read: a day as a day, a whole number without decimals.
fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) => time.as_datetime().map_or_else(String::new, |time| time.date().to_string()),
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_owned(),
        Data::Error(_) => String::new(),
        cell => cell.to_string(),
    }
}

fn of_text(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, String> {
    let text = paper::decoded(bytes);
    if text.contains('\0') {
        return Err("Filen är ingen lista. Spara den som xlsx eller csv.".to_owned());
    }
    let first: Vec<&str> = text.lines().take(10).collect();
    let count = |mark: char| first.iter().map(|line| line.matches(mark).count()).sum::<usize>();
    let mark = [(';', b';'), ('\t', b'\t'), (',', b',')]
        .into_iter()
        .max_by_key(|(mark, _)| count(*mark))
        .map_or(b';', |(_, byte)| byte);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        if rows.len() == MOST_ROWS {
            return Err(too_long());
        }
        let record = record.map_err(|_| "Listan går inte att läsa som csv.".to_owned())?;
        let line = record.position().and_then(|place| u32::try_from(place.line()).ok()).unwrap_or_default();
        rows.push((line, record.iter().take(MOST_COLUMNS).map(str::to_owned).collect()));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_the_same_in_every_encoding() {
        let text = "Ämne;Organisation\nÖppet hus;Föreningen Ån\n";
        let utf16 = std::iter::once('\u{FEFF}').chain(text.chars());
        let utf16: Vec<u8> = utf16
            .flat_map(|letter| letter.encode_utf16(&mut [0; 2]).to_vec())
            .flat_map(u16::to_le_bytes)
            .collect();
        let western: Vec<u8> = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let expected = format!("{:?}", read(text.as_bytes()));
        assert!(expected.contains("Föreningen Ån"), "{expected}");
        for bytes in [utf16, western, format!("\u{FEFF}{text}").into_bytes()] {
            assert_eq!(format!("{:?}", read(&bytes)), expected);
        }
    }
}
