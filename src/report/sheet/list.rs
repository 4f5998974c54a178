//! The tables of a name as one list: what a workbook has on a sheet, and sums as formulas over it.

use std::collections::BTreeMap;

use chrono::Datelike;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name};

use super::column::Head;
use super::{Cell, Missing, Sheet, SheetRow, SumOf, Title};

/// The most letters of a text within a formula.
const MOST_LETTERS: usize = 255;

/// All tables of a name. They have the same columns.
pub(super) struct List<'a> {
    pub(super) name: &'static str,
    /// The columns that are not for people alone, with their positions in the rows.
    pub(super) heads: Vec<(usize, &'a Head)>,
    /// What it lists.
    pub(super) rows: Vec<&'a SheetRow>,
    /// What sums up others, whether tables show it as a row of theirs or not.
    pub(super) sums: Vec<&'a SheetRow>,
    /// How many rows stand between its titles and its own.
    pub(super) above: usize,
}

/// Lists by name, in the order of their first tables.
pub(super) type Lists<'a> = IndexMap<&'static str, List<'a>>;

/// The lists of some sheets. What could not be read stands above the rows of the first.
pub(super) fn lists<'a>(sheets: &'a [Sheet], missing: &[Missing]) -> Lists<'a> {
    let mut lists = Lists::new();
    for sheet in sheets {
        let above = if lists.is_empty() { missing.len() } else { 0 };
        let list = lists.entry(sheet.name).or_insert_with(|| List {
            name: sheet.name,
            heads: sheet.for_programs().collect(),
            rows: Vec::new(),
            sums: Vec::new(),
            above,
        });
        for row in sheet.rows.iter().chain(&sheet.beside) {
            let is_sum = row.is_sum || row.of.is_some();
            if is_sum { &mut list.sums } else { &mut list.rows }.push(row);
        }
    }
    lists
}

impl List<'_> {
    /// Where a column stands on the sheet, and in the rows.
    fn column(&self, title: &str) -> Option<(usize, usize)> {
        let mut heads = self.heads.iter().enumerate();
        heads.find(|(_, (_, head))| head.title == title).map(|(column, (index, _))| (column, *index))
    }

    /// The cells of its rows in a column of the sheet, as a formula names them.
    fn range(&self, column: usize) -> Option<String> {
        let column = u16::try_from(column).ok()?;
        let first = u32::try_from(self.above + 1).ok()?;
        let last = u32::try_from(self.above + self.rows.len()).ok()?;
        let cells = cell_range_absolute(first, column, last, column);
        Some(format!("{}!{cells}", quote_sheet_name(self.name)))
    }
}

/// The rows of a list by what they say in some columns.
type ByWords = BTreeMap<Vec<String>, Vec<usize>>;

/// Sums as formulas. Each list is gone through once for all sums over the same columns.
pub(super) struct Formulas<'a> {
    lists: &'a Lists<'a>,
    groups: BTreeMap<(&'static str, Vec<Title>), ByWords>,
}

impl<'a> Formulas<'a> {
    pub(super) fn over(lists: &'a Lists<'a>) -> Self {
        Self { lists, groups: BTreeMap::new() }
    }

    /// The formula by which the rows that a sum is of add up to it in a column: nothing where they do not, as where a row says
    /// in words what it comes to.
    pub(super) fn of(&mut self, of: &SumOf, title: &str, sum: Decimal) -> Option<String> {
        let list = self.lists.get(of.list)?;
        let (column, index) = list.column(title)?;
        let rows = self.rows(list, of)?;
        let number = |row: &usize| match list.rows.get(*row)?.cells.get(index)? {
            Cell::Number { number, .. } => Some(*number),
            _ => None,
        };
        let mut numbers = rows.iter().filter_map(number).peekable();
        numbers.peek()?;
        let is_sum = numbers.try_fold(Decimal::ZERO, Decimal::checked_add) == Some(sum);
        let summed = list.range(column).filter(|_| is_sum)?;
        if of.same.is_empty() {
            return Some(format!("=SUM({summed})"));
        }
        // Unlike SUMIFS this takes no text for a number, a day, a comparison or a pattern.
        let mut says = String::new();
        for (title, cell) in &of.same {
            let (column, _) = list.column(title)?;
            says.push_str(&format!("*({}={})", list.range(column)?, literal(cell)?));
        }
        Some(format!("=SUMPRODUCT(1{says},{summed})"))
    }

    /// The rows that a sum is of.
    fn rows(&mut self, list: &List<'_>, of: &SumOf) -> Option<&Vec<usize>> {
        let titles: Vec<Title> = of.same.iter().map(|(title, _)| title.clone()).collect();
        let wanted: Vec<String> = of.same.iter().map(|(_, cell)| word(cell)).collect();
        let groups = self.groups.entry((list.name, titles)).or_insert_with_key(|(_, titles)| {
            let columns: Vec<_> = titles.iter().map(|title| list.column(title)).collect();
            let mut groups = ByWords::new();
            for (position, row) in list.rows.iter().enumerate() {
                let cell =
                    |column: &Option<(usize, usize)>| column.and_then(|(_, index)| row.cells.get(index));
                let words = columns.iter().map(|column| cell(column).map(word).unwrap_or_default());
                groups.entry(words.collect()).or_default().push(position);
            }
            groups
        });
        groups.get(&wanted)
    }
}

/// What a formula takes cells by: capitals make no difference to it.
fn word(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(_) | Cell::Marked(_) | Cell::Again(_) => cell.words().unwrap_or_default().to_lowercase(),
        Cell::Number { number, .. } => number.normalize().to_string(),
        Cell::Day(_) | Cell::Year(_) | Cell::Month(..) => cell.read(),
    }
}

/// What stands in a cell, as a formula has it; nothing where it has no room for it.
fn literal(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Empty => Some("\"\"".to_owned()),
        Cell::Text(_) | Cell::Marked(_) | Cell::Again(_) => {
            let text = cell.words().unwrap_or_default();
            // What is shown in another form stands so in the cell as well.
            let is_plain = text.chars().count() <= MOST_LETTERS && !text.chars().any(char::is_control);
            is_plain.then(|| format!("\"{}\"", text.replace('"', "\"\"")))
        }
        Cell::Number { number, .. } => Some(number.normalize().to_string()),
        Cell::Day(day) => Some(format!("DATE({},{},{})", day.year(), day.month(), day.day())),
        Cell::Year(year) => Some(year.to_string()),
        Cell::Month(year, month) => Some(format!("DATE({year},{month},1)")),
    }
}
