"""Runs every command that README, the handbook, the specifications and a new register show, in copies of the registers that they
speak of, and compares with what they show of the answer.

    check_handbook.py IOP [--write]

A shown answer may leave lines out with a line of "…". Each block of commands begins anew in a fresh copy. A line in it such as
`# agreements/a.toml, rad 4: status = "decided"` is what the reader changes by hand before the next command. What only a built-in
typesetter writes is left out where the program has none. With --write, and a program that has one, an answer that has changed is
written anew: all of it, or as many lines as are shown now from its beginning, from its end, and from where a line is most like the
first between two "…".
"""

import difflib
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
IOP = pathlib.Path(sys.argv[1]).resolve()
PAGES = sorted(str(file.relative_to(ROOT)) for folder in ("docs", "docs/handbok") for file in (ROOT / folder).glob("*.md"))
FILES = ["README.md", *PAGES, "docs/ci/README.md", "templates/README.md", "assets/founding/README.md"]

LUND, ADALA, HAVSNAS, FOUNDED, EMPTY = ".", "examples/adala", "examples/havsnas", "founded", "empty"
TODAY = {LUND: "2026-11-22", ADALA: "2025-04-01", HAVSNAS: "2025-11-20", FOUNDED: "2026-11-22", EMPTY: None}
# Where a command says nothing of where it stands: the first of these words that it has. Else it is run in Ådala.
KNOWN_BY = [
    ("init", EMPTY), ("demo", EMPTY), ("rsmh-lund-2021", LUND), ("oppet-hus-2027", FOUNDED), ("natthandet", HAVSNAS),
    ("--register granvik", EMPTY), ("nyanlanda-familjer", HAVSNAS), ("--by konto", HAVSNAS), ("--by FÄLT", HAVSNAS), ("render --as-of 2026-11-22", LUND), ("validate --as-of 2026-11-22", LUND),
]
# What the reader is told to write into a file: file, line, and what it says then.
BY_HAND = re.compile(r"# (\S+\.toml), rad (\d+): (.+)")
# What stands for something of one's own.
STANDS_FOR = {
    "NAME": "oppet-hus", "AVTAL": "oppet-hus", "NAMN": "oppet-hus", "DIR": "ny", "SHELL": "bash", "COMMAND": "validate", "KOMMANDO": "validate",
    "DATUM": "2025-03-31", "ÅR": "2024", "FÄLT": "konto",
}
# The blocks that cannot be run, by their first command.
NOT_RUN = {
    "iop init partnerskap": "asks questions on a terminal; the next block says the same with flags",
}
# Inline, the name of a command stands for what it does, and not for a call of it alone.
NEEDS_MORE = {"iop done", "iop new", "iop show", "iop init", "iop import", "iop demo"}
# These need a template of one's own, as their text says: the date that they name must be there all the same.
NEEDS_TEMPLATE = {"iop render nyanlanda-familjer/steering-meeting/styrgrupp/2025T1": "Lägg en mall i templates/documents"}
# These end with 1 where there is something to say, as their text tells.
SAYS_1 = {"validate", "followup", "render", "format"}


def run(folder, arguments):
    return subprocess.run([str(IOP), *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120)


def founded(folder):
    """The register that the handbook makes in its chapter on how to begin."""
    begins = ("iop init partnerskap --", "iop new oppet-hus-2027")
    made = [next(block for block in BLOCKS if block[2].startswith(begin)) for begin in begins]
    for at, (_, _, command, _) in enumerate(made):
        result = run(folder / "partnerskap" if at else folder, shlex.split(command)[1:])
        assert result.returncode == 0, (command, result.stderr)
    return folder / "partnerskap"


def place(temporary, name):
    """A fresh copy of a register."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=temporary))
    if name == EMPTY:
        return folder
    if name == FOUNDED:
        return founded(folder)
    wanted = ["iop.toml", "budget.toml", "agreements", "records", "guidelines", "indexes", "meetings", *(["templates"] if name != LUND else [])]
    for one in wanted:
        source = ROOT / name / one
        if source.is_dir():
            shutil.copytree(source, folder / one)
        elif source.is_file():
            shutil.copy(source, folder)
    shutil.copytree(ROOT / "examples", folder / "examples")
    # The paper that the handbook reads in.
    if name == ADALA:
        result = run(folder, ["render", "oppet-hus", "--document", "avtal", "--format", "docx", "--as-of", TODAY[ADALA]])
        assert result.returncode == 0, result.stderr
        shutil.move(folder / "build/oppet-hus/avtal.docx", folder / "avtal.docx")
        shutil.rmtree(folder / "build")
    return folder


def written_by_hand(folder, file, number, line):
    """Puts a line in the place of one that holds the same key; returns what is wrong, if anything is."""
    path = folder / file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    before = lines[int(number) - 1]
    if before.split("=")[0].strip() != line.split("=")[0].strip():
        return f"{file}, rad {number}: {before.strip()} is another key than {line}"
    lines[int(number) - 1] = line + "\n"
    path.write_text("".join(lines), encoding="utf-8")


def where(command):
    return next((register for word, register in KNOWN_BY if word in command), ADALA)


def commands():
    """Each shown command: file, line, itself and, in a block, what is shown of the answer. A list a block."""
    blocks, inline = [], []
    for file in FILES:
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        block = None
        for number, line in enumerate(lines, 1):
            if line.startswith("```"):
                if block:
                    blocks.append(block)
                block = None if block is not None else []
                continue
            if block is None:
                inline += [(file, number, one, None) for one in re.findall(r"`(iop [^`]+)`", line)]
            elif line.startswith(("iop ", "$ iop ")) or BY_HAND.match(line):
                block.append((file, number, line.removeprefix("$ "), [] if line.startswith("$") else None))
            elif block and block[-1][3] is not None:
                block[-1][3].append(line)
    return blocks, inline


LISTS, INLINE = commands()
BLOCKS = [one for block in LISTS for one in block]


def tried(folder, shown, register):
    """Runs one command; returns what is wrong, if anything is."""
    file, number, command, answer = shown
    if by_hand := BY_HAND.match(command):
        return written_by_hand(folder, *by_hand.groups())
    arguments = [STANDS_FOR.get(word, word) for word in shlex.split(command)[1:]]
    has_day = arguments[0] in ("init", "demo", "help", "completions", "man", "explain", "schema", "--help", "import", "format") or "--as-of" in arguments
    if TODAY[register] and not has_day:
        arguments += ["--as-of", TODAY[register]]
    result = run(folder, arguments)
    if command in NEEDS_TEMPLATE and NEEDS_TEMPLATE[command] in result.stderr:
        return None
    fine = (0, 1) if arguments[0] in SAYS_1 else (0,)
    if result.returncode not in fine:
        return f"{file}:{number}: {command}: {result.returncode}: {result.stderr.strip() or result.stdout[-300:]}"
    if answer is None:
        return None
    # Blanks that keep a number together look like others on a page.
    def plain(line):
        return line.replace("\u00a0", " ").replace("\u202f", " ").rstrip()

    output = [plain(line) for line in result.stdout.splitlines()]
    answer = [plain(line) for line in answer if HAS_PDF or ".pdf" not in line]
    pieces, begin = [[]], 0
    for line in answer:
        if line == "…":
            pieces.append([])
        else:
            pieces[-1].append(line)
    for piece in pieces:
        at = next((at for at in range(begin, len(output) - len(piece) + 1) if output[at : at + len(piece)] == piece), None)
        if at is None:
            CHANGED.append((shown, output))
            return f"{file}:{number}: {command}: this is not what it says:\n" + "\n".join(piece) + "\n-- but:\n" + result.stdout[:4000]
        begin = at + len(piece)
    return None


def write():
    """Puts the answers of today into the pages, from the last to the first of a page so that no line moves before its turn."""
    for (file, number, _, answer), output in reversed(CHANGED):
        pieces = [piece.splitlines() for piece in re.split(r"^…\n", "".join(line + "\n" for line in answer), flags=re.MULTILINE)]
        new, begin = list(output), 0
        for at, piece in enumerate(pieces if len(pieces) > 1 else []):
            if at == len(pieces) - 1:
                begin = max(begin, len(output) - len(piece))
            elif at > 0:
                like = difflib.get_close_matches(piece[0], output[begin:], n=1, cutoff=0)
                begin += output[begin:].index(like[0]) if like else 0
            shown = output[begin : begin + len(piece)]
            new = [*new, "…", *shown] if at else shown
            begin += len(shown)
        path = ROOT / file
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[number : number + len(answer)] = new
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


CHANGED = []
HAS_PDF = "utan PDF" not in run(ROOT, ["--version"]).stdout


def main():
    wrong, told = [], set()
    with tempfile.TemporaryDirectory() as temporary:
        for block in LISTS:
            if not block or block[0][2] in NOT_RUN:
                told |= {block[0][2]} if block else set()
                continue
            register = EMPTY if any(word in block[0][2] for word in ("iop init", "iop demo")) else where(block[0][2])
            folder = founded(pathlib.Path(tempfile.mkdtemp(dir=temporary))) if register == FOUNDED else place(temporary, register)
            if block[0][2].startswith("iop new oppet-hus-2027"):
                # It makes what the others go on from.
                (folder / "agreements/oppet-hus-2027.toml").unlink()
            for shown in block:
                wrong.append(tried(folder, shown, register))
        folders = {}
        done = set()
        for shown in INLINE:
            command = shown[2]
            if command in NEEDS_MORE or command in done:
                continue
            done.add(command)
            register = where(command)
            if register not in folders:
                folders[register] = place(temporary, register)
            wrong.append(tried(folders[register], shown, register))
    wrong = [one for one in wrong if one]
    if "--write" in sys.argv:
        write()
    print(*wrong, sep="\n\n")
    assert told == NOT_RUN.keys(), f"no block any more: {NOT_RUN.keys() - told}"
    print(f"{sum(not BY_HAND.match(one[2]) for one in BLOCKS) - len(NOT_RUN)} commands in blocks and {len(done)} in the text run, {len(wrong)} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
