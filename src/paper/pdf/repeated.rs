//! What stands at the head or foot of pages.

use std::collections::BTreeMap;

use super::letters::Page;
use super::lines::Row;

/// So many rows at the head and the foot are looked at.
const ROWS: usize = 4;

/// Takes out what stands in the same place of several pages, and page numbers; their texts.
pub(super) fn take(rows: &mut [Vec<Row>], pages: &[Page]) -> Vec<String> {
    let mut seen: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for page in rows.iter() {
        for index in edges(page.len()) {
            if let Some(row) = page.get(index) {
                *seen.entry(key(row)).or_default() += 1;
            }
        }
    }
    let enough = 2.max(pages.len() * 2 / 5);
    let mut taken = Vec::new();
    for (page, about) in rows.iter_mut().zip(pages) {
        let count = page.len();
        let mut index = 0;
        page.retain(|row| {
            let is_edge = index < ROWS || index + ROWS >= count;
            let is_last = index + 1 == count || index == 0;
            index += 1;
            // The same text may stand a little higher on some pages.
            let (text, height) = key(row);
            let times: usize =
                (height - 1..=height + 1).filter_map(|height| seen.get(&(text.clone(), height))).sum();
            let y = row.first().map_or(0.0, |segment| segment.y);
            let is_outside = y < about.height * 0.12 || y > about.height * 0.88;
            let is_repeated = is_edge && times >= enough && (is_outside || times > 2);
            let is_number = is_last && is_outside && is_page_number(&words(row));
            if is_repeated || is_number {
                taken.push(words(row));
            }
            !(is_repeated || is_number)
        });
    }
    // Page after page the same but for its number.
    let mut known = Vec::new();
    taken.retain(|text| {
        let plain = without_numbers(text);
        let is_new = !known.contains(&plain);
        if is_new && known.len() < 100 {
            known.push(plain);
        }
        is_new
    });
    taken
}

fn edges(count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |index| *index < ROWS || index + ROWS >= count)
}

fn words(row: &Row) -> String {
    row.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn without_numbers(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            '0'..='9' if plain.ends_with('#') => {}
            '0'..='9' => plain.push('#'),
            letter => plain.push(letter),
        }
    }
    plain
}

/// The text of a row, and how far down it stands in steps of four points.
fn key(row: &Row) -> (String, i64) {
    let y = row.first().map_or(0.0, |segment| segment.y);
    #[expect(clippy::cast_possible_truncation, reason = "places are bounded where letters are read")]
    let height = (y / 4.0).round() as i64;
    (without_numbers(&words(row)), height)
}

/// "3", "3 (7)", "Sida 3 av 7", "– 3 –".
fn is_page_number(text: &str) -> bool {
    let plain = text.to_lowercase().replace(['(', ')', '/', '-', '–', '.', ':', '['], " ").replace(']', " ");
    let mut words = plain.split_whitespace().peekable();
    let mut numbers = 0;
    words.peek().is_some()
        && words.all(|word| {
            let is_number = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
            numbers += usize::from(is_number);
            is_number || matches!(word, "sida" | "sid" | "av" | "page" | "of")
        })
        && (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_text() {
        for text in ["3", "3 (7)", "Sida 3 av 7", "– 3 –", "3/7"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2021-01-10", "900 000 kronor", "Sida", "av", "§ 3", "20210110"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
