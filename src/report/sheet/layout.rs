//! How wide each column of a table is, and which go below their row, in a terminal of a certain width.

/// The spaces between two columns.
pub(super) const GAP: usize = 2;

/// A column's measures, in columns of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measure {
    /// The widest cell or the title on one line.
    pub(super) natural: usize,
    /// What it takes to be readable: the widest that cannot be folded, and for texts some words more.
    pub(super) least: usize,
    /// Whether it is of no use to give it only a part of what it wants: its title alone is wider than the least.
    pub(super) is_rigid: bool,
    /// Which goes below the row first: the highest. One without a rank stays at any price.
    pub(super) rank: Option<(u8, usize)>,
}

/// The width of each column; nothing for one that goes below its row.
pub(super) fn widths(columns: &[Measure], width: Option<usize>) -> Vec<Option<usize>> {
    let Some(width) = width else { return columns.iter().map(|one| Some(one.natural)).collect() };
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|index| columns.get(*index).and_then(|one| one.rank));
    let mut beside: Vec<Option<Measure>> = columns.iter().copied().map(Some).collect();
    let needed = |beside: &[Option<Measure>]| {
        let kept = beside.iter().flatten();
        kept.map(|one| one.least + GAP).sum::<usize>().saturating_sub(GAP)
    };
    while needed(&beside) > width {
        let last = order.pop().and_then(|index| beside.get_mut(index));
        match last {
            Some(one) if one.is_some_and(|one| one.rank.is_some()) => *one = None,
            _ => break,
        }
    }
    let kept: Vec<Measure> = beside.iter().flatten().copied().collect();
    let mut shared = share(&kept, width.saturating_sub(needed(&beside))).into_iter();
    beside.iter().map(|one| one.and_then(|_| shared.next())).collect()
}

/// The least widths, and the room that is left shared so that the columns that want little get all that they want.
fn share(columns: &[Measure], mut room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|one| one.least).collect();
    let mut order: Vec<usize> = (0..columns.len()).collect();
    let wanted = |index: &usize| columns.get(*index).map_or(0, |one| one.natural - one.least);
    order.sort_by_key(wanted);
    let mut left = order.len();
    for index in order {
        let all = wanted(&index);
        let is_rigid = columns.get(index).is_some_and(|one| one.is_rigid);
        let more = if is_rigid && all > room / left { 0 } else { all.min(room / left) };
        if let Some(width) = widths.get_mut(index) {
            *width += more;
        }
        room -= more;
        left -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn measure() -> impl Strategy<Value = Measure> {
        let rank = prop::option::of((0_u8..3, 0_usize..9));
        (1_usize..80, 1_usize..40, any::<bool>(), rank).prop_map(|(natural, least, is_rigid, rank)| Measure {
            natural: natural.max(least),
            least,
            is_rigid,
            rank,
        })
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal_and_no_column_than_it_wants(
            columns in prop::collection::vec(measure(), 1..20),
            width in 20_usize..240,
        ) {
            let widths = widths(&columns, Some(width));
            prop_assert_eq!(widths.len(), columns.len());
            for (one, given) in columns.iter().zip(&widths) {
                prop_assert!(given.is_some() || one.rank.is_some());
                prop_assert!(given.is_none_or(|given| given <= one.natural && given >= one.least));
            }
            let given: Vec<usize> = widths.into_iter().flatten().collect();
            let all = given.iter().sum::<usize>() + GAP * given.len().saturating_sub(1);
            let only_those_that_stay = columns.iter().filter(|one| one.rank.is_none()).count() == given.len();
            prop_assert!(all <= width || only_those_that_stay);
        }
    }
}
