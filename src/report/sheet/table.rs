//! Sheets for the terminal.

use std::borrow::Cow;

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::layout::{GAP, Measure, widths};
use super::{Missing, Placement, Sheet, SheetRow, Shown, incomplete};
use crate::text::{NBSP, visible};

/// No column of texts is narrower, if its texts are not shorter: a column of single words is hard to read.
const NARROW: usize = 16;

/// How far what goes below a row stands from its edge.
const INDENT: &str = "    ";

/// Heading, table and notes of each. A line that is too long for the terminal is folded between words; without a width
/// none is.
pub(super) fn write(sheets: &[Sheet], missing: &[Missing], width: Option<usize>) -> String {
    let mut parts = Vec::new();
    if !missing.is_empty() {
        let mut text = String::new();
        put(&mut text, &incomplete(missing), "", width);
        text.push('\n');
        for one in missing {
            put(&mut text, &one.told(), "  ", width);
        }
        parts.push(text);
    }
    parts.extend(sheets.iter().filter(|sheet| !sheet.is_blank()).map(|sheet| one(sheet, width)));
    parts.join("\n")
}

fn one(sheet: &Sheet, width: Option<usize>) -> String {
    let mut text = String::new();
    if !sheet.heading.is_empty() {
        put(&mut text, &sheet.heading, "", width);
        text.push('\n');
    }
    let shown = sheet.shown();
    if !shown.is_empty() {
        Grid::new(sheet, &shown, width).put(&mut text);
    }
    if !sheet.notes.is_empty() {
        text.push('\n');
    }
    for note in &sheet.notes {
        put(&mut text, note, "  ", width);
    }
    text
}

/// A paragraph with all its lines indented.
fn put(text: &mut String, paragraph: &str, indent: &str, width: Option<usize>) {
    for line in folded(&visible(paragraph), width.map(|width| width.saturating_sub(indent.len()))) {
        text.push_str(indent);
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// The lines of a text, folded at spaces alone: neither days, ids nor numbers have any.
fn folded(text: &str, width: Option<usize>) -> Vec<Cow<'_, str>> {
    match width {
        Some(width) if display_width(text) > width => {
            let options = Options::new(width.max(1))
                .word_separator(WordSeparator::AsciiSpace)
                .word_splitter(WordSplitter::NoHyphenation)
                .wrap_algorithm(WrapAlgorithm::FirstFit)
                .break_words(false);
            textwrap::wrap(text, options)
        }
        _ => vec![Cow::Borrowed(text)],
    }
}

/// A table with its texts, made ready for the terminal.
struct Grid<'a> {
    sheet: &'a Sheet,
    columns: Vec<(Shown, Option<usize>)>,
    width: Option<usize>,
}

impl<'a> Grid<'a> {
    fn new(sheet: &'a Sheet, shown: &[Shown], width: Option<usize>) -> Self {
        let measures: Vec<Measure> =
            shown.iter().enumerate().map(|(position, column)| measure(sheet, position, column)).collect();
        let columns = shown.iter().copied().zip(widths(&measures, width)).collect();
        Self { sheet, columns, width }
    }

    fn put(&self, text: &mut String) {
        let beside = || self.columns.iter().filter_map(|(column, width)| Some((column, (*width)?)));
        let titles: Vec<_> = beside().map(|(column, width)| folded(column.head.title, Some(width))).collect();
        let height = titles.iter().map(Vec::len).max().unwrap_or_default();
        // A title that is shorter than the others stands on the same line as their ends.
        let titles = titles.into_iter().map(|mut lines| {
            let above = height - lines.len();
            lines.splice(0..0, std::iter::repeat_n(Cow::Borrowed(""), above));
            lines
        });
        let form: Vec<(usize, bool)> = beside().map(|(column, width)| (width, column.is_numeric)).collect();
        put_lines(text, &titles.collect::<Vec<_>>(), &form);
        let mut was_sum = true;
        for row in &self.sheet.rows {
            // Sums stand apart from what they sum up.
            if row.is_sum && !was_sum {
                text.push('\n');
            }
            was_sum = row.is_sum;
            let texts: Vec<(String, Option<usize>)> = beside()
                .map(|(column, width)| (cell(row, column), column.head.folds.then_some(width)))
                .collect();
            let lines: Vec<_> = texts.iter().map(|(text, width)| folded(text, *width)).collect();
            put_lines(text, &lines, &form);
            self.put_below(text, row);
        }
    }

    /// What has no room beside the others: each with its title, on lines of their own.
    fn put_below(&self, text: &mut String, row: &SheetRow) {
        let below = self.columns.iter().filter(|(_, width)| width.is_none());
        let said: Vec<String> = below
            .map(|(column, _)| {
                (column.head.title.replace(' ', NBSP.encode_utf8(&mut [0; 4])), cell(row, column))
            })
            .filter(|(_, value)| !value.is_empty())
            .map(|(title, value)| format!("{title}:{NBSP}{value}"))
            .collect();
        if !said.is_empty() {
            put(text, &said.join(&format!("{NBSP}· ")), INDENT, self.width);
        }
    }
}

fn cell(row: &SheetRow, column: &Shown) -> String {
    row.cells.get(column.index).map(|cell| visible(&cell.read()).into_owned()).unwrap_or_default()
}

fn measure(sheet: &Sheet, position: usize, column: &Shown) -> Measure {
    let head = &column.head;
    let longest = |text: &str| text.split(' ').map(display_width).max().unwrap_or_default();
    // A title may fold to its longest word.
    let (mut natural, mut least) = (display_width(head.title), longest(head.title));
    for row in &sheet.rows {
        let text = cell(row, column);
        let all = display_width(&text);
        natural = natural.max(all);
        let folds = head.folds && !column.is_numeric;
        least = least.max(if folds { longest(&text).max(all.min(NARROW)) } else { all });
    }
    let is_below = head.place == Placement::Below;
    let rank = position + if is_below { sheet.columns.len() } else { 0 };
    Measure { natural, least, rank, stays: head.place == Placement::Key }
}

/// The cells of a row, each folded onto as many lines as it takes.
fn put_lines(text: &mut String, cells: &[Vec<Cow<'_, str>>], form: &[(usize, bool)]) {
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
        text.push_str(line.trim_end());
        text.push('\n');
    }
}
