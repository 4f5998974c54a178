//! Chance that can be repeated: the same seed and stream give the same choices on every machine and with every
//! version of the library (the stream cipher is a published algorithm; the reduction to a range is written out here, because
//! libraries have changed theirs between versions).

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A stream of choices.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The choices of `stream`, which do not depend on what other streams have given.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        Self(random)
    }

    /// A number from 0 up to, but not including, `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let scaled = (u64::from(self.0.next_u32()) * u64::from(end)) >> 32;
        // The product of two 32-bit numbers has at most 64 bits, so that its upper half has at most 32.
        u32::try_from(scaled).unwrap_or_default()
    }

    /// True in so many cases of a hundred.
    pub(super) fn chance(&mut self, per_cent: u32) -> bool {
        self.below(100) < per_cent
    }

    /// A position in a list of `length` things.
    pub(super) fn position(&mut self, length: usize) -> usize {
        let end = u32::try_from(length).unwrap_or(u32::MAX);
        usize::try_from(self.below(end)).unwrap_or_default()
    }

    /// One of `items`, which is a list of the program's own and never empty.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.position(items.len())]
    }

    /// `count` of the items, or all where there are fewer, in their own order.
    pub(super) fn some<'a, T>(&mut self, items: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<usize> = (0..items.len()).collect();
        while left.len() > count {
            left.remove(self.position(left.len()));
        }
        left.into_iter().filter_map(|index| items.get(index)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_of_a_seed_never_change() {
        let mut draw = Draw::new(1, 0);
        let drawn: Vec<u32> = (0..6).map(|_| draw.below(1000)).collect();
        assert_eq!(drawn, FIRST);
        let mut other = Draw::new(1, 1);
        assert_ne!((0..6).map(|_| other.below(1000)).collect::<Vec<_>>(), FIRST);
    }

    /// Written down from the first run: a change here would change every register that has been made.
    const FIRST: [u32; 6] = [549, 402, 984, 80, 211, 596];

    #[test]
    fn some_are_different_ones_in_their_own_order() {
        let mut draw = Draw::new(7, 7);
        let some: Vec<i32> = draw.some(&[1, 2, 3, 4, 5], 3).into_iter().copied().collect();
        assert_eq!(some.len(), 3);
        assert!(some.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(draw.some(&[1, 2], 3), [&1, &2]);
    }
}
