//! What a template may say, looked at token by token before the engine's parser sees it. That parser and the code after
//! it go down one step for each block, bracket and operator, and what a template can build from texts doubles with each
//! line. So a template may nest, name and repeat as much as a page needs, and has no means to make a text or a list grow.

use minijinja::machinery::{Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use super::markdown;
use crate::text;

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, from 1, where it is known.
    pub(super) line: Option<usize>,
    /// What is wrong and what to do, as Swedish sentences.
    pub(super) detail: String,
}

/// So deep may blocks stand inside each other; an `elif` counts, since the engine goes down for it. Our own have 9.
const DEEPEST_BLOCKS: usize = 40;
/// So deep may brackets stand inside each other.
const DEEPEST_BRACKETS: usize = 12;
/// So many words and signs one `{{ … }}` or `{% … %}` may hold. Our own have 50.
const LONGEST_TAG: usize = 200;
/// So many variables a template may set.
const MOST_VARIABLES: usize = 200;
/// So many bytes of text may stand in a row where it is kept in memory, in a macro or a variable: it can be repeated as
/// often as the engine has steps.
const LONGEST_KEPT: usize = 1000;

/// So many lines a template may have, and so many bytes a line: the engine counts both in 16 bits.
const MOST: usize = 60_000;

/// Looks a template through. What the engine itself refuses is left to it.
pub(super) fn check(text: &str, syntax: SyntaxConfig) -> Result<(), Fault> {
    let too_long = text.lines().zip(1..).find(|(content, line)| content.len() > MOST || *line > MOST);
    if let Some((_, line)) = too_long {
        let detail =
            format!("mallen har en rad med mer än {MOST} tecken, eller fler rader än så. Dela upp den.");
        return Err(Fault { line: Some(line), detail });
    }
    if let Some(line) = too_deep_line(text) {
        let detail = format!("raden har citat, listor eller betoningar i mer än {} led.", markdown::DEEPEST);
        return Err(Fault { line: Some(line), detail });
    }
    if let Some((line, numbers)) = hidden_line(text) {
        let detail = format!("raden har tecken som inte syns: {numbers}. Skriv om den för hand.");
        return Err(Fault { line: Some(line), detail });
    }
    let mut scan = Scan::default();
    for token in tokenize(text, false, syntax) {
        let Ok((token, place)) = token else { return Ok(()) };
        // The engine counts lines in 16 bits; the place in the text is exact.
        let at = usize::try_from(place.start_offset).unwrap_or_default();
        scan.take(&token).map_err(|detail| Fault {
            line: Some(1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()),
            detail,
        })?;
    }
    Ok(())
}

/// The first line whose own Markdown goes too deep, from 1.
fn too_deep_line(text: &str) -> Option<usize> {
    if !markdown::may_be_too_deep(text) {
        return None;
    }
    text.lines()
        .position(|line| markdown::may_be_too_deep(line) && markdown::is_too_deep(line))
        .map(|at| at + 1)
}

/// The first line with characters that do not show, from 1, and their numbers.
fn hidden_line(text: &str) -> Option<(usize, String)> {
    text::hidden(text).next()?;
    text.lines().zip(1..).find_map(|(content, line)| Some((line, text::numbers(text::hidden(content))?)))
}

/// A block that is open.
#[derive(PartialEq, Eq)]
enum Open {
    If,
    /// Stands inside the one before it, as the engine sees it.
    Elif,
    For,
    Macro,
    Variable,
}

/// A bracket that is open.
#[derive(Default)]
struct Bracket {
    /// Whether it stands after a value: it calls or picks, and makes no list.
    uses: bool,
    /// Whether it is square, or has a comma in it.
    lists: bool,
    has_name: bool,
}

#[derive(Default)]
struct Scan {
    open: Vec<Open>,
    brackets: Vec<Bracket>,
    /// How many tokens of the tag that is open have been seen.
    length: usize,
    /// Whether the tag is a statement, and whether it sets a variable that has got no value yet.
    is_statement: bool,
    sets: bool,
    /// Whether what goes before is a value.
    after_value: bool,
    variables: usize,
}

impl Scan {
    fn take(&mut self, token: &Token<'_>) -> Result<(), String> {
        match token {
            Token::TemplateData(text) => self.text(text),
            Token::VariableStart | Token::BlockStart => {
                self.brackets.clear();
                self.length = 0;
                self.is_statement = matches!(token, Token::BlockStart);
                self.sets = false;
                self.after_value = false;
                Ok(())
            }
            Token::BlockEnd if self.sets => self.enter(Open::Variable),
            Token::VariableEnd | Token::BlockEnd => Ok(()),
            _ => self.inside(token),
        }
    }

    fn text(&self, text: &str) -> Result<(), String> {
        let is_kept = self.open.iter().any(|open| matches!(open, Open::Macro | Open::Variable));
        if !is_kept || text.len() <= LONGEST_KEPT {
            return Ok(());
        }
        Err(format!(
            "ett macro eller en set-variabel har mer än {LONGEST_KEPT} tecken text i följd. Skriv texten där den ska stå."
        ))
    }

    fn inside(&mut self, token: &Token<'_>) -> Result<(), String> {
        self.length += 1;
        if self.length > LONGEST_TAG {
            return Err(format!(
                "ett uttryck har mer än {LONGEST_TAG} ord och tecken. Dela upp det i flera."
            ));
        }
        match token {
            Token::Ident(word) if self.is_statement && self.length == 1 => self.statement(word),
            Token::Plus | Token::Mul | Token::Pow | Token::Tilde | Token::BraceOpen => Err(format!(
                "{token} går inte att använda: en mall räknar inte och lägger inte ihop texter. Skriv värdena efter varandra."
            )),
            Token::BracketOpen | Token::ParenOpen => {
                let bracket = Bracket {
                    uses: self.after_value,
                    lists: matches!(token, Token::BracketOpen),
                    ..Bracket::default()
                };
                self.brackets.push(bracket);
                self.after_value = false;
                if self.brackets.len() > DEEPEST_BRACKETS {
                    return Err(format!("ett uttryck har parenteser i mer än {DEEPEST_BRACKETS} led."));
                }
                Ok(())
            }
            Token::BracketClose | Token::ParenClose => {
                self.after_value = true;
                match self.brackets.pop() {
                    Some(closed) if !closed.uses && closed.has_name && closed.lists => {
                        Err("en lista i en mall kan bara ha texter och tal, inte variabler.".to_owned())
                    }
                    _ => Ok(()),
                }
            }
            _ => {
                self.plain(token);
                Ok(())
            }
        }
    }

    fn plain(&mut self, token: &Token<'_>) {
        self.after_value = matches!(
            token,
            Token::Str(_) | Token::String(_) | Token::Int(_) | Token::Int128(_) | Token::Float(_)
        );
        match token {
            Token::Ident("and" | "or" | "not" | "in" | "is" | "if" | "else") => {}
            Token::Ident(word) => {
                self.after_value = true;
                if !matches!(*word, "true" | "false" | "none") {
                    self.brackets.iter_mut().for_each(|bracket| bracket.has_name = true);
                }
            }
            Token::Comma => {
                if let Some(bracket) = self.brackets.last_mut() {
                    bracket.lists = true;
                }
            }
            Token::Assign => self.sets = false,
            _ => {}
        }
    }

    fn statement(&mut self, word: &str) -> Result<(), String> {
        match word {
            "if" => self.enter(Open::If),
            "elif" => self.enter(Open::Elif),
            "for" => self.enter(Open::For),
            "macro" => self.enter(Open::Macro),
            "set" => {
                self.sets = true;
                self.variables += 1;
                if self.variables > MOST_VARIABLES {
                    return Err(format!("mallen sätter fler än {MOST_VARIABLES} variabler."));
                }
                Ok(())
            }
            "endif" => {
                while self.open.pop_if(|open| *open == Open::Elif).is_some() {}
                _ = self.open.pop_if(|open| *open == Open::If);
                Ok(())
            }
            "endfor" | "endmacro" | "endset" => {
                // What closes another block than the innermost is refused by the engine.
                _ = self.open.pop();
                Ok(())
            }
            "else" | "include" => Ok(()),
            _ => Err(format!(
                "{{% {word} %}} går inte att använda. En mall kan ha if, for, set, macro och include."
            )),
        }
    }

    fn enter(&mut self, block: Open) -> Result<(), String> {
        self.open.push(block);
        if self.open.len() > DEEPEST_BLOCKS {
            return Err(format!("if, elif och for står i mer än {DEEPEST_BLOCKS} led inuti varandra."));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<String> {
        check(text, SyntaxConfig::default()).err().map(|fault| format!("{:?} {}", fault.line, fault.detail))
    }

    #[test]
    fn what_goes_down_a_step_at_a_time_is_bounded() {
        let many = |part: &str| format!("{}\n", part.repeat(100)).repeat(300);
        for (deep, words) in [
            (format!("{{% if false %}}{}{{% endif %}}", many("{% elif false %}")), "led inuti varandra"),
            (many("{% if x %}"), "led inuti varandra"),
            (many("{% for a in x %}"), "led inuti varandra"),
            (many("{% set a %}"), "led inuti varandra"),
            (format!("{{{{ {}x }}}}", many("(")), "parenteser"),
            (format!("{{{{ {}x }}}}", many("[")), "parenteser"),
            (format!("{{{{ {}x }}}}", many("not ")), "ord och tecken"),
            (format!("{{{{ x{} }}}}", many(" | trim")), "ord och tecken"),
            (format!("{{{{ x{} }}}}", many(".a")), "ord och tecken"),
            (format!("{{{{ x{} }}}}", many(" if x else x")), "ord och tecken"),
            (format!("text\n\n{}x", "> ".repeat(20_000)), "Some(3) raden har citat"),
            (format!("text\n{{{{ {}", "x".repeat(70_000)), "Some(2) mallen har en rad"),
            ("\n".repeat(70_000), "Some(60001) mallen har en rad"),
            (many("{% set a = b %}"), "fler än 200 variabler"),
            (format!("{{% set a %}}{}{{% endset %}}", many("text ")), "text i följd"),
            (format!("{{% macro a() %}}{}{{% endmacro %}}", many("text ")), "text i följd"),
        ] {
            let said = fault(&deep).unwrap_or_default();
            assert!(said.contains(words), "{}: {said}", &deep[..60]);
        }
    }

    #[test]
    fn nothing_grows() {
        for (grows, sign) in [
            ("\n{% set x = x ~ x %}", "Some(2) `~`"),
            ("{{ 'a' * 1000000000 }}", "`*`"),
            ("{{ x + x }}", "`+`"),
            ("{{ 9 ** 9 }}", "`**`"),
            ("{% set x = [x, x] %}", "en lista"),
            ("{% set x = (x, x) %}", "en lista"),
            ("{{ f([1, [x]]) }}", "en lista"),
            ("{% set x = {'a': x} %}", "`{`"),
            ("{% call f() %}{% endcall %}", "{% call %}"),
            ("{% filter upper %}", "{% filter %}"),
        ] {
            let said = fault(grows).unwrap_or_default();
            assert!(said.contains(sign), "{grows}: {said}");
        }
    }

    #[test]
    fn what_does_not_show_is_refused() {
        for hidden in ["a\n\u{1b}[31mb", "a\n\u{7f}", "a\n{{ \"\u{202E}\" }}", "a\n{# \u{200B} #}"] {
            let said = fault(hidden).unwrap_or_default();
            assert!(said.starts_with("Some(2) raden har tecken som inte syns: U+"), "{hidden:?}: {said}");
        }
        assert_eq!(fault("a\tb\nÅ ä ö – ”é” №"), None);
    }

    #[test]
    fn what_pages_need_can_be_said() {
        for page in [
            "{% set order = [\n  \"a\", \"b\", 3,\n] %}{% for key in order %}{{ key }}{% endfor %}",
            "{{ f(a, b) }} {{ a[b] }} {{ (a or b) | f(c) }} {{ a[b].c[0] }} {{ -1 }}",
            "{% if a in [\"x\", \"y\"] and (b or not c) %}{% elif d %}{% else %}{% endif %}",
            "{% macro f(a, b) %}{{ a }}{% endmacro %}{% set t %}{{ f(1, 2) }}{% endset %}{{ t }}",
            "{% raw %}{% lists %} ~{% endraw %} a ~ b * c {# + #}",
        ] {
            assert_eq!(fault(page), None, "{page}");
        }
        // A block that is closed is left: many can stand beside each other.
        assert_eq!(
            fault(&"{% if a %}{% elif b %}{% elif c %}x{% endif %}{% for a in b %}{% endfor %}".repeat(500)),
            None
        );
    }
}
