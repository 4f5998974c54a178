//! Running text in columns, told from tables.

use super::lines::Row;

/// So many rows must have a gap in the same place.
const FEWEST_ROWS: usize = 6;
/// Running text has so many letters to a line; the cells of a table have fewer.
const FEWEST_LETTERS: usize = 24;

/// The parts of a page in the order in which they are read: what stands above columns, each column, what stands below.
pub(super) fn parts(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let Some((first, last, gap)) = columns(&rows) else { return vec![rows] };
    let mut parts = vec![Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let mut put = |part: usize, row: Row| {
        if let Some(part) = parts.get_mut(part).filter(|_| !row.is_empty()) {
            part.push(row);
        }
    };
    for (index, row) in rows.into_iter().enumerate() {
        if index < first {
            put(0, row);
        } else if index > last {
            put(3, row);
        } else {
            let (left, right): (Row, Row) = row.into_iter().partition(|segment| segment.left < gap);
            put(1, left);
            put(2, right);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The longest run of rows with running text on both sides of a gap: first and last row, and where the gap is.
fn columns(rows: &[Row]) -> Option<(usize, usize, f64)> {
    let mut best: Option<(usize, usize, f64)> = None;
    let mut gaps: Vec<f64> =
        rows.iter().filter(|row| row.len() == 2).filter_map(|row| Some(row.get(1)?.left - 2.0)).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.dedup_by(|one, other| (*one - *other).abs() < 6.0);
    for gap in gaps.into_iter().take(20) {
        let mut index = 0;
        while index < rows.len() {
            let run = rows
                .iter()
                .skip(index)
                .take_while(|row| row.iter().all(|segment| segment.right < gap || segment.left >= gap - 4.0));
            let run: Vec<&Row> = run.collect();
            if run.len() >= FEWEST_ROWS {
                let side = |is_right: bool| {
                    let texts = run
                        .iter()
                        .flat_map(|row| row.iter())
                        .filter(|segment| (segment.left >= gap - 4.0) == is_right);
                    let lengths: Vec<usize> = texts.map(|segment| segment.text.chars().count()).collect();
                    (lengths.len(), lengths.iter().sum::<usize>() / lengths.len().max(1))
                };
                let ((left, of_left), (right, of_right)) = (side(false), side(true));
                let is_text =
                    left >= FEWEST_ROWS && right >= FEWEST_ROWS && of_left.min(of_right) >= FEWEST_LETTERS;
                let is_longer = best.is_none_or(|(first, last, _)| run.len() > last - first + 1);
                if is_text && is_longer {
                    best = Some((index, index + run.len() - 1, gap));
                }
            }
            index += run.len().max(1);
        }
    }
    best
}
