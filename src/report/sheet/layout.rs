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
    /// Which goes below the row first: the highest.
    pub(super) rank: usize,
    /// Whether it stays beside the others at any price.
    pub(super) stays: bool,
}

/// The width of each column; nothing for one that goes below its row.
pub(super) fn widths(columns: &[Measure], width: Option<usize>) -> Vec<Option<usize>> {
    let Some(width) = width else { return columns.iter().map(|one| Some(one.natural)).collect() };
    let mut beside: Vec<bool> = vec![true; columns.len()];
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|index| columns.get(*index).map(|one| (one.stays, std::cmp::Reverse(one.rank))));
    let mut order = order.into_iter();
    loop {
        let kept: Vec<Measure> =
            columns.iter().zip(&beside).filter(|(_, is_beside)| **is_beside).map(|(one, _)| *one).collect();
        let least: usize = kept.iter().map(|one| one.least).sum();
        let gaps = GAP * kept.len().saturating_sub(1);
        let next = order.next().filter(|index| columns.get(*index).is_some_and(|one| !one.stays));
        match next.and_then(|index| beside.get_mut(index)) {
            Some(one) if least + gaps > width => *one = false,
            _ => {
                let mut shared = share(&kept, width.saturating_sub(least + gaps)).into_iter();
                return beside
                    .into_iter()
                    .map(|is_beside| if is_beside { shared.next() } else { None })
                    .collect();
            }
        }
    }
}

/// The least widths, and the room that is left shared so that the columns that want little get all that they want.
fn share(columns: &[Measure], mut room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|one| one.least).collect();
    let mut order: Vec<usize> = (0..columns.len()).collect();
    let wanted = |index: &usize| columns.get(*index).map_or(0, |one| one.natural - one.least);
    order.sort_by_key(wanted);
    let mut left = order.len();
    for index in order {
        let more = wanted(&index).min(room / left);
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
        (1_usize..80, 1_usize..40, any::<bool>(), 0_usize..9).prop_map(|(natural, least, stays, rank)| {
            Measure { natural: natural.max(least), least, rank, stays }
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
                prop_assert!(given.is_some() || !one.stays);
                prop_assert!(given.is_none_or(|given| given <= one.natural && given >= one.least));
            }
            let given: Vec<usize> = widths.into_iter().flatten().collect();
            let all = given.iter().sum::<usize>() + GAP * given.len().saturating_sub(1);
            let only_those_that_stay = columns.iter().filter(|one| one.stays).count() == given.len();
            prop_assert!(all <= width || only_those_that_stay);
        }
    }
}
