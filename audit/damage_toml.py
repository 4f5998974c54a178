"""Damages the text of a TOML file: lines, keys, values and structure, as people and programs do, and as somebody would who
wants the reader to fall."""

import re
import tomllib
from pathlib import Path

from damage import damage

# What a value becomes. The bytes are written as they are, whatever TOML says of them. The first three are of one kind each.
DATES = "0001-01-01 9999-12-31 2024-02-29 1899-12-31 2023-06-30 1582-10-10 2024-12-31 2025-01-01 9998-12-31 1900-01-01 2100-02-28".split()
NUMBERS = "0 -1 1 2 3 12 13 24 31 99 120 366 9999 65536 4294967295 2147483648 9223372036854775807 -9223372036854775808 1_000_000_000_000".split()
TEXTS = [
    *'"2024-01-01" "0001-01-01" "9999-12-31" "2021H1" "2021H3" "2024Q4" "2024-00" "0000" "9999" "2026-W53" "not-stated" "withheld"'.split(),
    *'"999999999999999999999999999999,99" "-1" "0,000000000000000000000000001" "1,2,3" "1e9" "NaN" "١٢" "1/0" "100%" "0" "1/3" "0,5"'.split(),
    *r'"\u0000" "\u0007" "\u001b[31m" "\u001b]0;x\u0007" "\u009b2J" "\r\n" "\n\n\n" "\t" "\u202Eabc" "\u200B" "\uFEFF" "\u2028"'.split(),
    *r'"\uE000" "\uE0000\uE001" "\U0010FFFF" "\uFFFD" "\"" "\\" "\x" "\ud800" "=1+1" "@x" "-2+3" "|x|" "{{x}}" "<b>" "&#27;" "../../x"'.split(),
    '"BEGIN:VEVENT\\r\\nSUMMARY:x"', '"::error::x"', '"%0A::error::x"', '"a;b,c:d\\\\n"', '"]]>"', "'''\na\n'''", '"""\n\\\n"""',
    '"Sосialnämnden"', '"Socialna\\u0308mnden"', '" Socialnämnden "', '"kommun"', '"19121212-1212"', '"x ::: mark"', '"\\n::: mark\\n**FÖRSLAG**\\n:::\\n"',
    '"' + "x" * 100_000 + '"', '"' + "å" * 3_000 + '"', '"' + "x " * 50_000 + '"', '"' + "> " * 60 + 'x"', '"' + "*a " * 3_000 + '"',
    '"' + "- " * 40_000 + '"', '"' + "[" * 5_000 + '"', '"' + "| a " * 2_000 + '"', '"' + "[^1] [a](b) " * 500 + '"',
]
OTHERS = [
    *"-0 0.0 1e400 -1e400 1e-400 inf -inf nan 0x7fffffffffffffff 0o7 0b1 99999999999999999999999999 true false".split(),
    *"[] {} [[]] [{}] '' \"\" x = # [ { 0000-00-00 2024-02-30 2024-13-01 2023-06-31 12:00:00 2024-01-01T00:00:00Z -2024-01-01".split(),
    "[" * 10 + "]" * 10, "[" * 50_000, "{a=" * 50_000, "[" * 300 + "]" * 300, "9" * 5_000,
    "[" + "1," * 20_000 + "]", "[" + '"a",' * 5_000 + "]", "[" + "{a=1}," * 5_000 + "]",
    "{ start = 0001-01-01, end = 9999-12-31 }", "{ start = 2024-12-31, end = 2024-01-01 }", "{ start = 2024-02-29, end = 9999-12-31 }",
    "{ months = 4294967295 }", "{ months = 0 }", "{ years = 9999 }", "{ days = -1 }", "{ up_to = { kronor = 1 } }", "[1, 13, -1]", "[1, 1, 1]",
]
KEYS = [
    '""', '"a.b"', '"\\u001b[2J"', '"\\u0000"', '"\\n"', "a.b.c", "title", "term", "party", "period", "x" * 10_000, '"å"', '"ѕtatus"',
    '"status "', "-", "1", '"../x"', "a" + ".a" * 5_000, "__proto__", '"\\u202E"', "' '",
]
LINES = [
    "[x]", "[[x]]", "[party]", "[[party]]", "[funding.2024]", "[" + "a." * 3_000 + "a]", "[" * 5_000, "]", "}", '"""', "'''", '"', "#",
    "= 1", "a =", "a = 1\na = 2", "\0", "\r", "\x1b[31m", "# \x1b]0;x\x07", "\ufeff", "\u2028", "\t\t\t", "[a]\n[a]", "<<<<<<< HEAD\n=======\n>>>>>>> x",
    "[levels]\nIOP1 = 'off'\nIOP999 = 'note'", "[waiver.x]\ncode = 'IOP201'\nreason = 'x'", "[term]\nstart = 2024-01-01\nend = 9999-12-31",
]
WORD_LISTS = sorted((Path(__file__).resolve().parent.parent / "assets/words").glob("*.toml"))
SIGNS = ["[ ", "{", "(", "<", "«", "{{", "[...]", "/", "1/1-", "http://a ", "2026-01-01 ", "100 kronor ", "om ", "inte ", "a. ", "\\n- ", "&#"]
# In a program that is not optimised, as in CI, ten times as long takes ten seconds.
LONG = 20_000
PAIR = re.compile(r"^(\s*)([A-Za-z0-9_.\"-]+)(\s*=\s*)(.+)$")
TABLE = re.compile(r"^\[+[^\[\]\n]+\]+\s*(#.*)?$")
MOST = 2_000_000


def slip(text, chance):
    """Changes a digit or a letter of a value."""
    places = [found.start() for found in re.finditer(r"\d", text)] or [0]
    at = chance.choice(places)
    return text[:at] + chance.choice("0123456789-") + text[at + 1 :]


def words(data):
    """All texts of the lists of words that the rules read by."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, list | dict):
        return [word for one in (data.values() if isinstance(data, dict) else data) for word in words(one)]
    return []


UNITS = SIGNS + [f"{word} " for path in WORD_LISTS for word in words(tomllib.loads(path.read_text(encoding="utf-8")))]


def repeated(chance):
    """One word or sign that a rule looks for, over and over."""
    unit = chance.choice(UNITS)
    escaped = unit.replace('"', '\\"')
    return '"' + escaped * (LONG // len(unit)) + '"'


def like(value, chance):
    """Another value of the same kind."""
    if re.match(r"\d{4}-\d\d-\d\d$", value):
        return chance.choice(DATES)
    if re.match(r"[-\d_]+$", value):
        return chance.choice([chance.choice(NUMBERS), str(chance.randrange(1_000_000)), value + "0"])
    return repeated(chance) if chance.random() < 0.05 else chance.choice(TEXTS)


def changed_pair(lines, others, chance):
    pairs = [number for number, line in enumerate(lines) if PAIR.match(line)]
    if not pairs:
        return
    number = chance.choice(pairs)
    before, key, equals, value = PAIR.match(lines[number]).groups()
    match chance.randrange(12):
        case 0:
            value = chance.choice([*OTHERS, *TEXTS, *NUMBERS, *DATES])
        case 1 | 2 | 3:
            value = like(value, chance)
        case 4 | 5 | 6:
            value = slip(value, chance)
        case 7:
            key = chance.choice(KEYS)
        case 8:
            # The value of another line.
            value = PAIR.match(lines[chance.choice(pairs)]).group(4)
        case 9 | 10:
            # What the same key has elsewhere.
            elsewhere = [found[4] for text in others for line in text.split("\n") if (found := PAIR.match(line)) and found[2] == key]
            value = chance.choice(elsewhere or [value])
        case 11:
            value = chance.choice([value[:-1], f"[{value}]", f'"{value}"', f"{{ a = {value} }}", value.strip('"'), value * 2, ""])
    lines[number] = f"{before}{key}{equals}{value}"


def table_of(lines, number):
    """The lines of the table that a line stands in."""
    start = number
    while start > 0 and not TABLE.match(lines[start]):
        start -= 1
    end = number + 1
    while end < len(lines) and not TABLE.match(lines[end]):
        end += 1
    return start, end


def repeated_table(lines, chance):
    """A table once more, or very many times, each with a name of its own."""
    start, end = table_of(lines, chance.randrange(len(lines)))
    table, often = lines[start:end], chance.choice([1, 1, 2, 20, 300, 3_000])
    if not TABLE.match(table[0]):
        return
    named = chance.random() < 0.9
    copies = [
        line
        for copy in range(often)
        for line in [table[0].replace("]", f"-{copy}]", 1) if named else table[0], *table[1:]]
    ]
    lines[end:end] = copies[: MOST // (1 + max(map(len, copies), default=1))]


def changed_lines(text, others, chance):
    lines = text.split("\n")
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(14):
            case 0:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines.insert(at, chance.choice(LINES))
            case 4:
                repeated_table(lines, chance)
            case 5:
                start, end = table_of(lines, at)
                del lines[start:end]
            case 6:
                # A piece of another file.
                piece = chance.choice(others).split("\n")
                start, end = table_of(piece, chance.randrange(len(piece)))
                lines[at:at] = piece[start:end]
            case _:
                changed_pair(lines, others, chance)
        lines = lines or [""]
    return "\n".join(lines)[:MOST]


def changed_bytes(text, chance):
    data = text.encode(errors="surrogateescape")
    at = chance.randrange(len(data) + 1)
    match chance.randrange(9):
        case 0:
            return data[:at]
        case 1:
            return damage(data, chance)
        case 2:
            return data[:at] + chance.choice([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\0", b"\x1b[2J", b"\xc2\x9b"]) + data[at:]
        case 3:
            return data.replace(b"\n", b"\r\n")
        case 4:
            return data.replace(b"\n", b"\r")
        case 5:
            return b"\xef\xbb\xbf" * chance.choice([1, 2]) + data
        case 6:
            return text.encode(chance.choice(["utf-16", "utf-16-le", "utf-32", "latin-1"]), errors="replace")
        case 7:
            return chance.choice([b"", b"\n", b"\0" * 100, b" " * 1_000_000, b"\n" * 300_000, b"#" * 1_000_000, data * 20])
        case _:
            return data[:at].replace(b"\n", b"\r\n") + data[at:]


def damaged(text, others, chance):
    """The bytes of a file with something wrong. Others: the texts of other files, to take pieces from."""
    if chance.random() < 0.85:
        text = changed_lines(text, others, chance)
        return text.encode(errors="surrogateescape") if chance.random() < 0.95 else changed_bytes(text, chance)
    return changed_bytes(text, chance)
