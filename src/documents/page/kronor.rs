//! Amounts that stand below each other have one form: with öre where one of them has öre.

use std::borrow::Cow;

use comrak::nodes::{AstNode, NodeValue};

/// An amount in a cell: the text that holds it, where its number ends there, and whether it has öre.
struct Amount<'a> {
    text: &'a AstNode<'a>,
    end: usize,
    has_ore: bool,
}

/// Writes öre for all amounts of a column in which one has them.
pub(in crate::documents) fn alike<'a>(root: &'a AstNode<'a>) {
    let tables = root.descendants().filter(|node| matches!(node.data().value, NodeValue::Table(_)));
    for table in tables {
        let mut columns: Vec<Vec<Amount<'a>>> = Vec::new();
        for row in table.children().filter(|row| matches!(row.data().value, NodeValue::TableRow(false))) {
            for (place, cell) in row.children().enumerate() {
                if columns.len() <= place {
                    columns.push(Vec::new());
                }
                columns[place].extend(amount(cell));
            }
        }
        for column in columns.iter().filter(|column| column.iter().any(|one| one.has_ore)) {
            for Amount { text, end, .. } in column.iter().filter(|one| !one.has_ore) {
                if let NodeValue::Text(text) = &mut text.data_mut().value {
                    let mut with_ore = text.to_string();
                    with_ore.insert_str(*end, ",00");
                    *text = Cow::Owned(with_ore);
                }
            }
        }
    }
}

/// What stands after the number of an amount.
const UNIT: &str = "\u{a0}kronor";

fn amount<'a>(cell: &'a AstNode<'a>) -> Option<Amount<'a>> {
    cell.descendants().find_map(|node| {
        let NodeValue::Text(text) = &node.data().value else { return None };
        let end = text.find(UNIT)?;
        // What is paid for each of something is no sum.
        if text[end + UNIT.len()..].starts_with(" per ") {
            return None;
        }
        let number = &text[..end];
        let has_ore = number.rsplit_once(',').is_some_and(|(_, ore)| ore.len() == 2);
        number.ends_with(|last: char| last.is_ascii_digit()).then_some(Amount { text: node, end, has_ore })
    })
}

#[cfg(test)]
mod tests {
    use crate::documents::markdown::tidy;

    #[test]
    fn a_column_has_ore_for_all_or_for_none() {
        let table = "| a | b |\n| --- | ---: |\n| 1 | 240 000,50 kronor |\n| 2 | **290 000 kronor** |\n| 7 kronor | högst 5 kronor per dag |\n";
        let shown = tidy(table).unwrap().markdown.replace('\u{a0}', " ");
        for said in
            ["| 240 000,50 kronor |", "**290 000,00 kronor**", "| 7 kronor | högst 5 kronor per dag |"]
        {
            assert!(shown.contains(said), "{shown}");
        }
        let whole = tidy("| a |\n| ---: |\n| 1 kronor |\n| 2 kronor |\n").unwrap().markdown;
        assert!(!whole.contains(','), "{whole}");
    }
}
