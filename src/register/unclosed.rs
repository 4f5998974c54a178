//! What a text opens and never closes, and its comments, which only a line ends. The parser reports where it gave up, often lines later; people look for the
//! opening.

/// The texts and brackets of a file that are never closed.
#[derive(Debug, Default)]
pub(super) struct Unclosed {
    /// Where each such text begins and where it is given up, in the file's order.
    texts: Vec<(usize, usize)>,
    /// The first bracket of a value that no bracket of its kind closes.
    bracket: Option<usize>,
    /// Where each comment begins and ends.
    pub(super) comments: Vec<(usize, usize)>,
}

impl Unclosed {
    /// Goes through a file as TOML divides it into words.
    pub(super) fn of(text: &str) -> Self {
        let mut unclosed = Self::default();
        let bytes = text.as_bytes();
        let mut open = Open::default();
        // Brackets at the beginning of a line are a table's header, but inside a list.
        let (mut begins_line, mut is_header) = (true, false);
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let start = at;
            at += 1;
            match byte {
                b'\n' => {
                    begins_line = true;
                    is_header = false;
                    continue;
                }
                b' ' | b'\t' | b'\r' => continue,
                b'#' => {
                    at = next(bytes, at, |byte| byte == b'\n');
                    unclosed.comments.push((start, at));
                }
                b'"' | b'\'' => match end_of_text(bytes, start) {
                    Ok(end) => at = end,
                    Err(end) => {
                        unclosed.texts.push((start, end));
                        at = end;
                    }
                },
                b'[' if begins_line && open.brackets.is_empty() => is_header = true,
                b'[' | b'{' if !is_header => open.push(start, *byte == b'['),
                b']' | b'}' if !is_header => {
                    if let Some(inside) = open.close(*byte == b']') {
                        unclosed.bracket.get_or_insert(inside);
                    }
                }
                b'.' | b'=' | b',' | b'[' | b'{' | b']' | b'}' => {}
                // Quotation marks inside a word begin no text.
                _ => at = next(bytes, at, |byte| b".=,[]{} \t#\r\n".contains(&byte)),
            }
            begins_line = false;
        }
        if let Some((first, _)) = open.brackets.first() {
            unclosed.bracket = Some(unclosed.bracket.map_or(*first, |known| known.min(*first)));
        }
        unclosed
    }

    /// Where the text begins that is given up at `at`.
    pub(super) fn text_until(&self, at: usize) -> Option<usize> {
        let before = self.texts.partition_point(|(start, _)| *start <= at);
        let (start, end) = self.texts.get(before.checked_sub(1)?)?;
        (at <= *end).then_some(*start)
    }

    /// The first bracket that is never closed, unless a text that is never closed may hold what closes it.
    pub(super) fn bracket(&self) -> Option<usize> {
        self.bracket.filter(|bracket| self.texts.last().is_none_or(|(last, _)| last < bracket))
    }
}

/// The brackets that are open, outermost first.
#[derive(Default)]
struct Open {
    /// Where each stands, and whether it is square.
    brackets: Vec<(usize, bool)>,
    /// How many of them are square.
    squares: usize,
}

impl Open {
    fn push(&mut self, at: usize, is_square: bool) {
        self.brackets.push((at, is_square));
        self.squares += usize::from(is_square);
    }

    /// Closes the innermost bracket of a kind; gives the outermost of those inside it, which are never closed.
    fn close(&mut self, square: bool) -> Option<usize> {
        // Counted, so that a file of brackets that nothing opened is not gone through for each of them.
        let of_kind = if square { self.squares } else { self.brackets.len() - self.squares };
        if of_kind == 0 {
            return None;
        }
        let mut inside = None;
        while let Some((at, is_square)) = self.brackets.pop() {
            self.squares -= usize::from(is_square);
            if is_square == square {
                break;
            }
            inside = Some(at);
        }
        inside
    }
}

/// Where a text ends that begins at `start`: after its last mark, or where it is given up.
fn end_of_text(bytes: &[u8], start: usize) -> Result<usize, usize> {
    let rest = bytes.get(start..).unwrap_or_default();
    let mark = rest.first().copied().unwrap_or_default();
    let length = if rest.starts_with(&[mark; 3]) { 3 } else { 1 };
    let mut at = start + length;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if mark == b'"' && bytes.get(at + 1) != Some(&b'\n') => at += 2,
            b'\n' if length == 1 => return Err(at),
            byte if byte == mark && length == 1 => return Ok(at + 1),
            byte if byte == mark && bytes.get(at..at + 3) == Some(&[mark; 3]) => {
                // Up to two marks more belong to the text.
                let more = bytes.get(at + 3..).unwrap_or_default();
                let more = more.iter().take(2).take_while(|byte| **byte == mark).count();
                return Ok(at + 3 + more);
            }
            _ => at += 1,
        }
    }
    Err(bytes.len())
}

/// The next byte that `is_it` wants, or the end.
fn next(bytes: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| is_it(*byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_is_not_taken_for_open() {
        for text in [
            "a = \"x\"\nb = 'y'\nc = [1, [2, 3], { d = \"]\" }]\n",
            "[a.\"b]\"]\nx = \"\"\"\"två\"\" \\\" tre\"\"\"\"\"\n[[c]]\ny = '''d\n'e'''\n",
            "# \"en kommentar [\nx = [ # 'en till {\n  1,\n  [2],\n]\n",
            "x = \"a \\\"b\\\" \\\\\"\ny = 'c:\\'\n",
        ] {
            let unclosed = Unclosed::of(text);
            assert_eq!((unclosed.texts, unclosed.bracket), (vec![], None), "{text}");
        }
    }

    #[test]
    fn the_opening_is_found_and_not_where_it_was_given_up() {
        for (text, opening) in [
            ("x = [1, 2\n[a]\ny = 3\n", "[1, 2"),
            ("x = [ { a = 1 ]\n", "{ a = 1 ]"),
            ("x = { a = [1, 2 }\n", "[1, 2 }"),
            ("y = [1]\nx = { a = 1\n", "{ a = 1\n"),
        ] {
            assert_eq!(Unclosed::of(text).bracket(), text.find(opening), "{text}");
        }
        for (text, opening, given_up) in [
            ("x = \"ett hus\ny = 1\n", "\"ett", "\ny"),
            ("x = 'ett hus", "'ett", ""),
            ("x = \"\"\"ett\n\"hus\"\n", "\"\"\"", ""),
            ("x = [\n\"a,\n\"b\"\n]\n", "\"a,", "\n\"b"),
            ("x = \"ett hus\\\ny = 1\n", "\"ett", "\ny"),
        ] {
            let given_up = if given_up.is_empty() { text.len() } else { text.find(given_up).unwrap() };
            assert_eq!(Unclosed::of(text).text_until(given_up), text.find(opening), "{text}");
        }
        // The text may hold the bracket that closes the list.
        assert_eq!(Unclosed::of("x = { a = \"b }\n").bracket(), None);
        assert_eq!(Unclosed::of("x = \"a\"\n").text_until(6), None);
    }
}
