//! How wide the columns of a table are: as wide as what they hold.

use std::cmp::Reverse;

use comrak::nodes::{AstNode, NodeValue};
use hypher::Lang;

use crate::documents::facts;

/// What a column needs, in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::documents) struct Need {
    /// So that words are divided only as Swedish divides them.
    pub(in crate::documents) divided: u32,
    /// So that no word is divided.
    pub(in crate::documents) whole: u32,
    /// So that no line is broken.
    pub(in crate::documents) line: u32,
}

/// How wide letters are in a table: of a letter, and whether it is a bold one, in twentieths of a point.
pub(in crate::documents) trait Letters {
    fn width(&self, letter: char, is_strong: bool) -> u32;

    /// How wide a text is.
    fn width_of(&self, text: &str, is_strong: bool) -> u32 {
        text.chars().fold(0_u32, |sum, letter| sum.saturating_add(self.width(letter, is_strong)))
    }

    /// How wide the widest piece of a word is where Swedish divides it.
    fn width_divided(&self, word: &str, is_strong: bool) -> u32 {
        let whole = self.width_of(word, is_strong);
        if !may_divide(word) {
            return whole;
        }
        // What stands beside a word, such as a comma, stays with it.
        let letters = |text: &str| self.width_of(text, is_strong);
        let from = word.find(char::is_alphabetic).unwrap_or_default();
        let to = word.rfind(char::is_alphabetic).map_or(word.len(), |at| at + next_width(&word[at..]));
        let beside = letters(&word[..from]).saturating_add(letters(&word[to..]));
        let widest = hypher::hyphenate(&word[from..to], Lang::Swedish).map(letters).max().unwrap_or_default();
        whole.min(widest.saturating_add(self.width('-', is_strong)).saturating_add(beside))
    }
}

/// Whether Swedish can divide a word: not an address, a number or a code.
pub(in crate::documents) fn may_divide(word: &str) -> bool {
    /// Two letters stay on each side of a hyphen, and a word with less than two syllables of that kind is short.
    const SHORTEST: usize = 6;
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= SHORTEST && word.chars().count() - letters <= 2 && !word.chars().any(char::is_numeric)
}

/// How many bytes the first letter has.
fn next_width(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Whether a line may be broken after this letter: not inside a day or a number.
fn ends_word(letter: char, next: Option<char>) -> bool {
    match letter {
        ' ' | '–' => true,
        '-' | '/' => !next.is_some_and(|next| next.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(feature = "pdf")]
/// The runs of letters at whose ends a line may be broken.
pub(in crate::documents) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, letter)) = letters.next() {
            if ends_word(letter, letters.peek().map(|(_, next)| *next)) {
                end = at + letter.len_utf8();
                break;
            }
        }
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word.trim_end_matches(' '))
    })
}

/// What the columns of a table need, with so much room beside the letters of a cell.
pub(in crate::documents) fn needs<'a>(
    table: &'a AstNode<'a>,
    columns: usize,
    sides: u32,
    letters: &impl Letters,
) -> Vec<Need> {
    /// No column is narrower, in letters.
    const LEAST: u32 = 400;
    let least = sides + LEAST;
    let mut needs = vec![Need { divided: least, whole: least, line: least }; columns];
    for row in table.children() {
        let is_head = matches!(row.data().value, NodeValue::TableRow(true));
        for (need, cell) in needs.iter_mut().zip(row.children()) {
            let of = need_of(cell, is_head, letters);
            let widen = |most: &mut u32, width: u32| *most = (*most).max(width.saturating_add(sides));
            widen(&mut need.divided, of.divided);
            // A heading is one line where there is room for that.
            widen(&mut need.whole, if is_head { of.line } else { of.whole });
            widen(&mut need.line, of.line);
        }
    }
    needs
}

/// What a cell needs.
pub(in crate::documents) fn need_of<'a>(
    cell: &'a AstNode<'a>,
    is_strong: bool,
    letters: &impl Letters,
) -> Need {
    let mut measure = Measure { letters, need: Need::default(), line: 0, word: String::new(), is_strong };
    measure.inlines(cell, is_strong);
    measure.end_word();
    measure.need
}

struct Measure<'a, L> {
    letters: &'a L,
    need: Need,
    /// How wide the line is so far.
    line: u32,
    /// The word so far, which may go on in another look.
    word: String,
    is_strong: bool,
}

impl<L: Letters> Measure<'_, L> {
    fn inlines<'a>(&mut self, parent: &'a AstNode<'a>, is_strong: bool) {
        for node in parent.children() {
            match &node.data().value {
                NodeValue::Text(text) => self.text(&facts::unmarked(text), is_strong),
                NodeValue::Code(span) => self.text(&span.literal, is_strong),
                NodeValue::SoftBreak => self.text(" ", is_strong),
                NodeValue::LineBreak => {
                    self.end_word();
                    self.line = 0;
                }
                NodeValue::FootnoteReference(_) => self.text("9", is_strong),
                NodeValue::Strong => self.inlines(node, true),
                _ => self.inlines(node, is_strong),
            }
        }
    }

    fn text(&mut self, text: &str, is_strong: bool) {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            self.line = self.line.saturating_add(self.letters.width(letter, is_strong));
            self.need.line = self.need.line.max(self.line);
            if letter == ' ' {
                self.end_word();
                continue;
            }
            self.word.push(letter);
            self.is_strong |= is_strong;
            if ends_word(letter, letters.peek().copied()) {
                self.end_word();
            }
        }
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let is_strong = std::mem::take(&mut self.is_strong);
        self.need.whole = self.need.whole.max(self.letters.width_of(&word, is_strong));
        self.need.divided = self.need.divided.max(self.letters.width_divided(&word, is_strong));
    }
}

/// Divides a width among columns: what each needs so that no word is divided, or divided as Swedish does, and the rest so that
/// the fewest lines are broken. Where whole words leave another column a sliver, they are divided for its sake.
pub(in crate::documents) fn widths(needs: &[Need], total: u32) -> Vec<u32> {
    let whole = widths_of(needs, total);
    let lines = |(need, width): (&Need, &u32)| need.line.div_ceil((*width).max(1));
    let is_sliver = |(need, width): (&Need, &u32)| *width < SLIVER && lines((need, width)) > 2;
    let highest = |widths: &[u32]| needs.iter().zip(widths).map(lines).max();
    let gains = |place: usize| needs[place].whole.saturating_sub(needs[place].divided);
    let widest = (0..needs.len()).max_by_key(|place| gains(*place)).filter(|place| gains(*place) > 0);
    let Some(widest) = widest.filter(|_| needs.iter().zip(&whole).any(is_sliver)) else { return whole };
    let mut divided = needs.to_vec();
    divided[widest].whole = divided[widest].divided;
    let divided = widths_of(&divided, total);
    if highest(&divided) < highest(&whole) { divided } else { whole }
}

/// A column of some ten letters, in which more than two lines are tiring to read.
const SLIVER: u32 = 1_200;

fn widths_of(needs: &[Need], total: u32) -> Vec<u32> {
    let sum = |of: fn(&Need) -> u32| needs.iter().map(|need| u64::from(of(need))).sum::<u64>();
    let mut widths: Vec<u32> = if sum(|need| need.whole) <= u64::from(total) {
        needs.iter().map(|need| need.whole).collect()
    } else if sum(|need| need.divided) <= u64::from(total) {
        with_whole_words(needs, total)
    } else {
        let least = sum(|need| need.divided).max(1);
        let part = |need: &Need| u64::from(total) * u64::from(need.divided) / least;
        needs.iter().map(|need| u32::try_from(part(need)).unwrap_or(total).max(1)).collect()
    };
    let mut rest = total.saturating_sub(widths.iter().sum());
    // The column with the most lines to its highest cell gets the next piece.
    while rest > 0 {
        let piece = rest.min(PIECE);
        let lines = |place: usize| needs[place].line.div_ceil(widths[place].max(1));
        // Among those with as many, the one that lacks least.
        let key = |place: &usize| (lines(*place), Reverse(needs[*place].line.saturating_sub(widths[*place])));
        let next = (0..needs.len()).max_by_key(key).filter(|place| lines(*place) > 1);
        let Some(place) = next else { break };
        widths[place] += piece;
        rest -= piece;
    }
    let all: u64 = widths.iter().map(|width| u64::from(*width)).sum();
    for width in &mut widths {
        *width += u32::try_from(u64::from(rest) * u64::from(*width) / all.max(1)).unwrap_or_default();
    }
    // What is left over by whole numbers.
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total.saturating_sub(used);
    }
    widths
}

/// About so many lines a table fills, at the most.
pub(in crate::documents) fn height<'a>(table: &'a AstNode<'a>, widths: &[u32]) -> usize {
    table.children().map(|row| row_height(row, widths)).sum()
}

/// About so many lines a row of a table fills, at the most.
pub(in crate::documents) fn row_height<'a>(row: &'a AstNode<'a>, widths: &[u32]) -> usize {
    /// Hardly any text has wider letters.
    const WIDE: u32 = 130;
    let lines = |(cell, width): (&'a AstNode<'a>, &u32)| {
        super::letters(cell).div_ceil(usize::try_from((width / WIDE).max(1)).unwrap_or(1))
    };
    1 + row.children().zip(widths).map(lines).max().unwrap_or(0)
}

/// So much of a width is given at a time.
const PIECE: u32 = 100;

/// Columns in which words are divided, but in as few columns as can be.
fn with_whole_words(needs: &[Need], total: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = needs.iter().map(|need| need.divided).collect();
    let mut rest = total.saturating_sub(widths.iter().sum());
    let lacks = |place: &usize| needs[*place].whole.saturating_sub(needs[*place].divided);
    let mut places: Vec<usize> = (0..needs.len()).collect();
    places.sort_by_key(lacks);
    for place in places {
        let lack = lacks(&place);
        if lack <= rest {
            widths[place] += lack;
            rest -= lack;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn need(divided: u32, whole: u32, line: u32) -> Need {
        Need { divided, whole, line }
    }

    #[test]
    fn a_column_of_figures_takes_no_room_from_one_of_words() {
        let wide = [need(900, 900, 20_000), need(1200, 1200, 1200)];
        assert_eq!(widths(&wide, 9000), [7800, 1200]);
    }

    #[test]
    fn words_are_divided_in_as_few_columns_as_can_be() {
        let wide = [need(1000, 3000, 9000), need(1000, 2000, 9000), need(1500, 1500, 1500)];
        let tight = widths(&wide, 5500);
        assert!(tight[0] < 3000 && tight[1] >= 2000 && tight[2] >= 1500, "{tight:?}");
        let room = widths(&wide, 6500);
        assert!(room[0] >= 3000 && room[1] >= 2000 && room[2] >= 1500, "{room:?}");
    }

    #[test]
    fn a_word_is_divided_where_another_column_would_be_a_sliver() {
        let narrow = [need(1000, 2500, 3000), need(900, 900, 4000), need(1500, 1500, 1500)];
        let widths = widths(&narrow, 5000);
        assert!(widths[0] < 2500 && widths[1] >= 1500, "{widths:?}");
    }

    struct Even;

    impl Letters for Even {
        fn width(&self, _: char, _: bool) -> u32 {
            100
        }
    }

    #[test]
    fn no_line_is_broken_inside_a_day_or_a_number() {
        for (text, whole) in
            [("från 2022-07-01 av", 1000), ("vård- och SN2022/77", 900), ("vård-omsorg", 600)]
        {
            let arena = comrak::Arena::new();
            let root = comrak::parse_document(&arena, text, &comrak::Options::default());
            assert_eq!(need_of(root, false, &Even).whole, whole, "{text}");
        }
    }

    #[test]
    fn a_word_is_as_wide_as_its_widest_syllable_and_codes_are_whole() {
        assert_eq!(Even.width_divided("kommun", false), 400);
        assert_eq!(Even.width_divided("överenskommelsen,", false), 600);
        assert_eq!(Even.width_divided("2024-01-01", false), 1000);
        assert_eq!(Even.width_divided("KS2024/117ab", false), 1200);
    }

    proptest! {
        #[test]
        fn columns_fill_the_width_and_none_is_lost(
            needs in proptest::collection::vec((1_u32..30_000, 0_u32..9_000, 0_u32..3_000_000), 1..20),
            total in 2_000_u32..20_000,
        ) {
            let needs: Vec<Need> = needs
                .into_iter()
                .map(|(divided, more, most)| need(divided, divided + more, divided + more + most))
                .collect();
            let widths = widths(&needs, total);
            prop_assert_eq!(widths.iter().sum::<u32>(), total);
            prop_assert!(widths.iter().all(|width| *width > 0));
        }
    }
}
