//! Lists of words that are asked about for every word of a text.

use std::sync::OnceLock;

/// Words, written with spaces between them.
pub(super) struct WordList {
    written: &'static str,
    found: OnceLock<ByFirstByte>,
}

/// Words or phrases by their first byte, those with the same in the order in which they were given.
pub(super) struct ByFirstByte {
    words: Vec<&'static str>,
    /// For each first byte where its words begin.
    starts: Vec<usize>,
    /// For each first byte the lengths of its words, one bit each: most words of a text are told from all of them by that alone.
    lengths: Vec<u64>,
}

impl WordList {
    /// A list of the words of a text.
    pub(super) const fn new(written: &'static str) -> Self {
        Self { written, found: OnceLock::new() }
    }

    /// The words as they are written.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.written.split_whitespace()
    }

    /// Whether a word is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.by_first_byte().has(word)
    }

    /// Whether a word begins with one of them.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.alike(word).iter().any(|stem| word.starts_with(stem))
    }

    /// Those that begin with the same byte as a word.
    pub(super) fn alike(&self, word: &str) -> &[&'static str] {
        self.by_first_byte().alike(word)
    }

    fn by_first_byte(&self) -> &ByFirstByte {
        self.found.get_or_init(|| ByFirstByte::of(self.words()))
    }
}

impl ByFirstByte {
    /// Words or phrases, none of them empty.
    pub(super) fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut words: Vec<&str> = words.collect();
        words.sort_by_key(|word| first_byte(word));
        let starts = (0..=256).map(|byte| words.partition_point(|word| first_byte(word) < byte)).collect();
        let mut lengths = vec![0; 256];
        for word in &words {
            if let Some(lengths) = lengths.get_mut(first_byte(word)) {
                *lengths |= length_bit(word);
            }
        }
        Self { words, starts, lengths }
    }

    /// Whether a word is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.lengths.get(first_byte(word)).is_some_and(|lengths| lengths & length_bit(word) != 0)
            && self.alike(word).contains(&word)
    }

    /// Those that begin with the same byte as a word.
    pub(super) fn alike(&self, word: &str) -> &[&'static str] {
        let Some(first) = word.bytes().next().map(usize::from) else { return &[] };
        let (start, end) = (self.starts.get(first), self.starts.get(first + 1));
        start.zip(end).and_then(|(start, end)| self.words.get(*start..*end)).unwrap_or_default()
    }
}

/// The longest share one bit.
fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

fn first_byte(word: &str) -> usize {
    word.bytes().next().map_or(0, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_among_those_that_begin_alike() {
        static LIST: WordList = WordList::new("år en ens ; åren – avtal");
        assert!(LIST.words().all(|word| LIST.has(word) && LIST.begins(word)));
        for word in ["", "e", "ense", "å", "avtalet", "zon"] {
            assert!(!LIST.has(word), "{word}");
        }
        assert!(LIST.begins("avtalet") && LIST.begins("årlig") && !LIST.begins("avta") && !LIST.begins(""));
    }
}
