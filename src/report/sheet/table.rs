//! Sheets for the terminal.

use std::borrow::Cow;
use std::fmt::{self, Write};

use rayon::prelude::*;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::layout::{GAP, Measure, widths};
use super::{AT_A_TIME, Missing, Placement, Sheet, SheetRow, Shown, incomplete};
use crate::text::{NBSP, visible};
use crate::typography::keep_together;

/// No column of texts is narrower, if its texts are not shorter: a column of single words is hard to read.
const NARROW: usize = 16;

/// The longest text of a column is folded onto about so many lines at most: a deep cell tears the others of its row apart.
const DEEP: usize = 4;

/// How far what goes below a row stands from its edge.
const INDENT: &str = "    ";

/// Heading, table and notes of each. A line that is too long for the terminal is folded between words; without a width
/// none is.
pub(super) fn write(
    out: &mut dyn Write,
    sheets: &[Sheet],
    missing: &[Missing],
    width: Option<usize>,
) -> fmt::Result {
    let mut is_first = true;
    if !missing.is_empty() {
        is_first = false;
        put(out, &incomplete(missing), "", width)?;
        out.write_char('\n')?;
        for one in missing {
            put(out, &one.told(), "  ", width)?;
        }
    }
    for sheet in sheets.iter().filter(|sheet| !sheet.is_blank()) {
        if !std::mem::take(&mut is_first) {
            out.write_char('\n')?;
        }
        one(out, sheet, width)?;
    }
    Ok(())
}

fn one(out: &mut dyn Write, sheet: &Sheet, width: Option<usize>) -> fmt::Result {
    if !sheet.heading.is_empty() {
        put(out, &sheet.heading, "", width)?;
        out.write_char('\n')?;
    }
    let shown = sheet.shown();
    if !shown.is_empty() {
        Grid::new(sheet, &shown, width).put(out)?;
    }
    if !sheet.notes.is_empty() {
        out.write_char('\n')?;
    }
    for note in &sheet.notes {
        put(out, note, "  ", width)?;
    }
    Ok(())
}

/// A paragraph with all its lines indented.
fn put(out: &mut dyn Write, paragraph: &str, indent: &str, width: Option<usize>) -> fmt::Result {
    for line in folded(&visible(paragraph), width.map(|width| width.saturating_sub(indent.len()))) {
        writeln!(out, "{indent}{}", line.trim_end())?;
    }
    Ok(())
}

/// The lines of a text, folded at spaces alone: ids, days and numbers have none, and what belongs together is kept so.
fn folded(text: &str, width: Option<usize>) -> Vec<Cow<'_, str>> {
    let Some(width) = width.filter(|width| display_width(text) > *width) else {
        return vec![Cow::Borrowed(text)];
    };
    let options = Options::new(width.max(1))
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    let kept = keep_together(text);
    textwrap::wrap(&kept, options).into_iter().map(|line| Cow::Owned(line.into_owned())).collect()
}

/// A table with its texts, made ready for the terminal.
struct Grid<'a> {
    sheet: &'a Sheet,
    columns: Vec<(Shown<'a>, Option<usize>)>,
    width: Option<usize>,
}

impl<'a> Grid<'a> {
    fn new(sheet: &'a Sheet, shown: &[Shown<'a>], width: Option<usize>) -> Self {
        let columns = shown.iter().enumerate();
        let measures: Vec<Measure> =
            columns.map(|(position, column)| measure(sheet, position, column, width.is_some())).collect();
        let columns = shown.iter().copied().zip(widths(&measures, width)).collect();
        Self { sheet, columns, width }
    }

    fn put(&self, out: &mut dyn Write) -> fmt::Result {
        let beside = || self.columns.iter().filter_map(|(column, width)| Some((column, (*width)?)));
        let titles: Vec<_> =
            beside().map(|(column, width)| folded(&column.head.title, Some(width))).collect();
        let height = titles.iter().map(Vec::len).max().unwrap_or_default();
        // A title that is shorter than the others stands on the same line as their ends.
        let titles = titles.into_iter().map(|mut lines| {
            let above = height - lines.len();
            lines.splice(0..0, std::iter::repeat_n(Cow::Borrowed(""), above));
            lines
        });
        let form: Vec<(usize, bool)> = beside().map(|(column, width)| (width, column.is_numeric)).collect();
        put_lines(out, &titles.collect::<Vec<_>>(), &form)?;
        let mut was_sum = None;
        for rows in self.sheet.rows.chunks(AT_A_TIME) {
            let texts: Vec<String> = rows.par_iter().map(|row| self.row(row, &form)).collect();
            for (row, lines) in rows.iter().zip(texts) {
                // Sums stand apart from what they sum up.
                if was_sum.is_some_and(|was_sum| was_sum != row.is_sum) {
                    out.write_char('\n')?;
                }
                was_sum = Some(row.is_sum);
                out.write_str(&lines)?;
            }
        }
        Ok(())
    }

    /// A row's lines.
    fn row(&self, row: &SheetRow, form: &[(usize, bool)]) -> String {
        let mut text = String::new();
        let beside = self.columns.iter().filter_map(|(column, width)| Some((column, (*width)?)));
        let texts: Vec<(String, Option<usize>)> =
            beside.map(|(column, width)| (cell(row, column), column.head.folds.then_some(width))).collect();
        let lines: Vec<_> = texts.iter().map(|(text, width)| folded(text, *width)).collect();
        // Writing to memory cannot fail.
        _ = put_lines(&mut text, &lines, form).and_then(|()| self.put_below(&mut text, row));
        text
    }

    /// What has no room beside the others: each with its title, on lines of their own.
    fn put_below(&self, out: &mut dyn Write, row: &SheetRow) -> fmt::Result {
        let below = self.columns.iter().filter(|(_, width)| width.is_none());
        let said: Vec<String> = below
            .map(|(column, _)| {
                (column.head.title.replace(' ', NBSP.encode_utf8(&mut [0; 4])), cell(row, column))
            })
            .filter(|(_, value)| !value.is_empty())
            .map(|(title, value)| format!("{title}:{NBSP}{value}"))
            .collect();
        if said.is_empty() {
            return Ok(());
        }
        put(out, &said.join(&format!("{NBSP}· ")), INDENT, self.width)
    }
}

fn cell(row: &SheetRow, column: &Shown<'_>) -> String {
    row.cells.get(column.index).map(|cell| visible(&cell.read()).into_owned()).unwrap_or_default()
}

fn measure(sheet: &Sheet, position: usize, column: &Shown<'_>, is_narrow: bool) -> Measure {
    let head = column.head;
    let longest = |text: &str| text.split(' ').map(display_width).max().unwrap_or_default();
    let folds = is_narrow && head.folds && !column.is_numeric;
    let (mut widest, mut word) = (0, 0);
    for row in &sheet.rows {
        let text = cell(row, column);
        widest = widest.max(display_width(&text));
        if folds {
            word = word.max(longest(&keep_together(&text)));
        }
    }
    let readable = if folds { word.max(widest.min(NARROW.max(widest.div_ceil(DEEP)))) } else { widest };
    // A title may fold to its longest word.
    let title = display_width(&head.title);
    let least = readable.max(longest(&head.title));
    let natural = widest.max(title);
    // Of several that yield alike, the last goes first.
    let rank = match head.place {
        Placement::Key => None,
        Placement::Yields(order) => Some((order, position)),
    };
    Measure { natural, least, is_rigid: widest <= least, rank }
}

/// The cells of a row, each folded onto as many lines as it takes.
fn put_lines(out: &mut dyn Write, cells: &[Vec<Cow<'_, str>>], form: &[(usize, bool)]) -> fmt::Result {
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    for number in 0..height {
        let mut line = String::new();
        for (position, (lines, (width, is_right))) in cells.iter().zip(form).enumerate() {
            if position > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            let part = lines.get(number).map(|part| part.trim_end()).unwrap_or_default();
            let padding = " ".repeat(width.saturating_sub(display_width(part)));
            let (before, after) = if *is_right { (&*padding, "") } else { ("", &*padding) };
            line.extend([before, part, after]);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Cell, Column, Line, Table};
    use super::*;

    /// An id, a text and a number.
    type Row = (String, String, i64);

    fn sheet(rows: Vec<Row>) -> Sheet {
        Table {
            name: "Blad",
            heading: "Rubrik".to_owned(),
            columns: vec![
                Column::<Row>::new("Id", |row| Cell::text(&*row.0)).key(),
                Column::<Row>::new("Vad", |row| Cell::text(&*row.1)),
                Column::<Row>::new("Belopp att betala (kr)", |row| Cell::number(row.2)),
                Column::<Row>::new("Längre text", |row| Cell::text(&*row.1)).yields(1),
            ],
            rows: rows.into_iter().map(Line::Row).collect(),
            notes: Vec::new(),
        }
        .sheet()
    }

    fn text(sheet: &Sheet, width: Option<usize>) -> String {
        let mut text = String::new();
        one(&mut text, sheet, width).unwrap();
        text
    }

    #[test]
    fn a_text_folds_in_its_cell_and_what_has_no_room_stands_below_with_its_title() {
        let rows = vec![
            ("rsmh-lund-2021".to_owned(), "brukarinflytande och träffpunkter".to_owned(), 1_234_567),
            ("po".to_owned(), "enligt § 7".to_owned(), -5),
        ];
        let text = text(&sheet(rows), Some(48)).replace(NBSP, " ");
        assert_eq!(
            text,
            "Rubrik\n\n\
             \u{20}                                         Belopp\n\
             \u{20}                                            att\n\
             \u{20}                                         betala\n\
             Id              Vad                         (kr)\n\
             rsmh-lund-2021  brukarinflytande och   1 234 567\n\
             \u{20}               träffpunkter\n\
             \u{20}   Längre text: brukarinflytande och\n\
             \u{20}   träffpunkter\n\
             po              enligt § 7                    −5\n\
             \u{20}   Längre text: enligt § 7\n"
        );
    }

    #[test]
    fn without_a_width_a_row_is_a_line() {
        let rows = vec![("a".to_owned(), "ord ".repeat(200), 1)];
        assert_eq!(text(&sheet(rows), None).lines().count(), 4);
    }

    #[test]
    fn what_would_steer_the_terminal_is_shown_as_a_picture() {
        let text = text(&sheet(vec![("a\u{1b}[2Jb".to_owned(), "c\nd".to_owned(), 1)]), Some(80));
        assert!(text.contains("a␛[2Jb") && text.contains("c␊d"), "{text}");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_for_and_no_id_or_number_is_broken(
            rows in prop::collection::vec(("[a-z]{1,12}-[0-9]{4}", "([a-zåäö]{1,12} ){0,30}", -9_999_999_i64..9_999_999), 1..8),
            width in 60_usize..200,
        ) {
            let text = text(&sheet(rows.clone()), Some(width));
            for line in text.lines() {
                prop_assert!(display_width(line) <= width, "{line}");
            }
            for (id, _, number) in &rows {
                prop_assert!(text.contains(id.as_str()));
                prop_assert!(text.contains(&crate::money::grouped((*number).into())));
            }
        }
    }
}
