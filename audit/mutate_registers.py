#!/usr/bin/env python3
"""Damages the files of whole registers from outside, and runs the commands of `iop` on each.

    audit/mutate_registers.py --program target/release/iop --seconds 120 [--runs 100000] [--seed 1] [--only NUMBER] [--keep FOLDER]

Each run has ten seconds and one gigabyte. What is reported is what must never be: a signal, an abort, a panic, an exit code
that README does not name; control characters in what reaches the terminal or a document; JSON, JUnit, CSV or a calendar that
others cannot read; the content of a file outside the register; and a `done` after which something else is gone. Each such
register is kept in --keep with its command; --only repeats it. Exit code 1 where there is any.
"""

import argparse
import csv
import json
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as xml
from collections import Counter
from pathlib import Path

from bounded import run
from damage import TEMPLATE_WORDS, text_damage
from damage_toml import damaged

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["agreements", "budget.toml", "guidelines", "indexes", "iop.toml", "meetings", "records", "templates"]
CODES = (0, 1, 2, 3)
SECRET = "hemligt-som-ingen-ska-se"
CLAUSES = ["purpose", "relation", "term", "economy"]


# Registers


class Original:
    """A register as it is, in a folder of its own where it is damaged and put right again."""

    def __init__(self, source, folder):
        self.folder = folder
        for name in FOLDERS:
            if (source / name).is_dir() and (name != "templates" or source != ROOT):
                shutil.copytree(source / name, folder / name)
            elif (source / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source / name, folder / name)
        self.clean = folder.with_name(f"{folder.name}-clean")
        shutil.copytree(folder, self.clean)
        self.files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in (".toml", ".md"))
        self.texts = {name: (folder / name).read_text(encoding="utf-8") for name in self.files}
        self.agreements = [Path(name).stem for name in self.files if name.startswith("agreements/")]
        self.report, self.ids = "", []

    def ask(self, program):
        """What the register is said to be, and what can be done in it, before it is damaged."""
        _, _, report, _ = run([program, "validate", "--format", "json", "--register", self.folder, "--as-of", "2025-06-01"], CODES)
        _, _, schedule, _ = run([program, "schedule", "--format", "json", "--from", "1900-01-01", "--register", self.folder], CODES)
        self.report = report.decode()
        self.ids = [one["id"] for one in json.loads(schedule)["deadlines"]]

    def restore(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.clean, self.folder)


def link(path, chance, outside):
    to = chance.choice([outside, path.name, "..", "/dev/null", "/dev/zero", "/proc/self/environ", "nowhere", "../iop.toml"])
    path.unlink()
    path.symlink_to(to)
    return f"link to {to}"


def moved(path, chance):
    stem, folder = path.stem, path.parent
    name = chance.choice([
        f"{stem}.TOML", f"{stem}.toml.txt", f"{stem}.tml", stem, f".{stem}.toml", f"{stem}.toml~", f"{stem}\x1b[31m.toml", f"{stem}\n.toml",
        f"{stem} .toml", "å" * 100 + ".toml", "a/b/c/d/e/x.toml", f"../{stem}.toml", "ѕ.toml", "CON.toml", "-.toml", "x/.toml", "\udcff.toml",
    ])  # fmt: skip
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    path.rename(folder / name)
    return f"named {name!r}"


def waivers(original, chance):
    """Waivers from what is found, and for a fourth of what was found or for more than anybody can mean."""
    findings = [one for one in json.loads(original.report)["findings"] if one["file"].startswith("agreements/")]
    if not findings:
        return "nothing"
    file = original.folder / "records" / Path(chance.choice(findings)["file"]).name
    lines = []
    for number, finding in enumerate(chance.choices(findings, k=chance.choice([1, 5, 50]))):
        measure = chance.choice(["", "kronor = 1", 'kronor = "0,5"', "days = 4294967295", "months = 12", "kronor = -1", "count = 2", "year = 2024", "percent = 1"])
        lines += [
            f"[waiver.w{number}]", f'code = "{finding["code"]}"', f'path = {json.dumps(chance.choice([finding["path"], "term", ""]))}',
            'reason = "x"', 'by = "socialnämnden"', 'registry_number = "SN 2024/1"', f"date = {chance.choice(['2024-11-01', '9999-12-31'])}",
            f"until = {chance.choice(['2031-12-31', '0001-01-01', '9999-12-31'])}", *([f"up_to = {{ {measure} }}"] if measure else []),
            *chance.choice([[], ['level = "error"'], ['level = "note"', 'words = []'], ['level = "error"', 'words = ["tio år", ""]']]),
        ]  # fmt: skip
    file.parent.mkdir(exist_ok=True)
    if not file.exists() or file.is_file() and not file.is_symlink():
        file.write_text("\n".join(lines), encoding="utf-8")
    return f"waivers in {file.name}"


def change_files(original, chance, outside):
    """Does something to one file, and says what; sometimes nothing that a reader would notice."""
    # One that stops everything is damaged more seldom.
    name = chance.choice([*original.files] if chance.random() < 0.3 else [one for one in original.files if one != "iop.toml"])
    path = original.folder / name
    if path.is_symlink() or not path.is_file():
        return "nothing"
    match chance.randrange(40):
        case 0:
            path.unlink()
            return f"{name} gone"
        case 1:
            return f"{name} {moved(path, chance)}"
        case 2:
            return f"{name} {link(path, chance, outside)}"
        case 3:
            path.unlink()
            if chance.random() < 0.5:
                path.mkdir()
                return f"{name} a folder"
            os.mkfifo(path)
            return f"{name} a pipe"
        case 4:
            other = chance.choice(original.files)
            path.write_text(original.texts[other], encoding="utf-8")
            return f"{name} has {other}"
        case 5:
            kind = chance.choice(["agreements", "records", "guidelines", "indexes", "meetings", "records"])
            new = original.folder / kind / f"{chance.choice([*original.agreements, 'x'])}.toml"
            new.parent.mkdir(parents=True, exist_ok=True)
            if not new.exists():
                new.write_bytes(damaged(original.texts[chance.choice(original.files)], list(original.texts.values()), chance))
            return f"new {kind}/{new.name}"
        case 6 | 7:
            clause = chance.choice(CLAUSES)
            text = (ROOT / "templates/clauses" / f"{clause}.md").read_text(encoding="utf-8")
            new = original.folder / "templates/clauses" / f"{clause}.md"
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(text_damage(text, TEMPLATE_WORDS, chance).encode(errors="replace"))
            return f"template {clause}"
        case 8:
            folder = original.folder / chance.choice(["agreements", "indexes", "records"])
            folder.mkdir(exist_ok=True)
            for copy in range(chance.choice([3, 30, 200])):
                (folder / f"kopia-{copy}.toml").write_text(original.texts[name], encoding="utf-8")
            return f"many {name}"
        case 9:
            return waivers(original, chance)
        case _:
            path.write_bytes(damaged(original.texts[name], list(original.texts.values()), chance))
            return name


# Commands


def day(chance):
    usual = f"{chance.randrange(2018, 2032)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    return chance.choice([usual] * 8 + ["0001-01-01", "9999-12-31", "2024-02-29", "1582-10-10", "2024-12-31"])


def command(original, chance, scratch):
    agreement = chance.choice(original.agreements)
    named = chance.choice([[], [], [agreement]])
    table = chance.choice(["table", "markdown", "csv", "csv-plain", "json", "json"])
    width = chance.choice([[], ["--width", str(chance.choice([20, 40, 80, 100_000]))]]) if table == "table" else []
    match chance.randrange(13):
        case 0 | 1 | 2:
            form = chance.choice(["human", "human", "human", "json", "github", "gitlab", "sarif", "junit"])
            more = chance.choice([[], [], ["--no-waivers"], ["--fail-on", "note"], ["--level", "IOP4=off"], ["--level", "IOP404=error"]])
            return form, ["validate", "--format", form, *more]
        case 3 if original.report:
            scratch.write_bytes(baseline(original, chance))
            return "human", ["validate", "--baseline", scratch]
        case 4 | 5:
            more = chance.choice([[], ["--explain"], ["--readings"], ["--ended", day(chance)], ["--year", str(chance.choice([2024, 1900, 2200]))]])
            return table, ["payouts", *named, "--format", table, *more, *width]
        case 6:
            more = chance.choice([[], [], ["--from", "2020", "--to", "2030"], ["--from", "1900", "--to", "2200"]])
            return table, ["budget", "--format", table, *more, *width]
        case 7 | 8:
            form = chance.choice([table, "ics"])
            more = chance.choice([[], ["--from", "1900-01-01"], ["--from", "0001-01-01", "--within", "9999y"], ["--within", "8w"], ["--kind", "payout"]])
            return form, ["schedule", *named, "--format", form, *more, *(width if form == "table" else [])]
        case 9:
            return table, ["followup", *named, "--format", table, *chance.choice([[], ["--all"], ["--overdue"]]), *width]
        case 10 | 11:
            more = chance.choice([[], ["--final"], ["--clean"], ["--document", "avtal"]])
            return "text", ["render", *named, "--format", "md", *more]
        case _:
            reference = chance.choice([[], ["--reference", chance.choice(["SN 2024/1", "\x1b[31m", '"\n', ""])]])
            what = chance.choice([[chance.choice(original.ids or ["x"])]] * 4 + [[agreement, "review", chance.choice(["2024", "2025H1", "-"])]])
            return "done", ["done", *what, "--date", day(chance), *reference]


REPORT_WORDS = ["[" * 500, "{", '"measure":{"kronor":1e999},', "null", "\\u0000", "9" * 400, '"", ', "-1", "IOP999", "\x1b", '{"days":4294967296}']


def baseline(original, chance):
    """An earlier report, mostly damaged."""
    report = json.loads(original.report)
    for finding in report["findings"]:
        if chance.random() < 0.02:
            key = chance.choice(list(finding))
            finding[key] = chance.choice([None, -1, 1e300, "", "x", [], {}, "IOP999", {"kronor": "1"}, {"days": 1 << 40}, "a" * 100_000])
    report["findings"] *= chance.choice([0, 1, 1, 1, 1, 100])
    text = json.dumps(report)
    return (text_damage(text, REPORT_WORDS, chance) if chance.random() < 0.3 else text).encode(errors="replace")


# What was written


STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def unfit(text, form):
    """What others could not read, or would be steered by."""
    steering = STEERING.search(text.replace("\r\n", "\n"))
    if steering:
        return f"control character {steering[0]!r} in …{text[max(0, steering.start() - 30) : steering.end() + 30]!r}"
    if SECRET in text:
        return "the content of a file outside the register"
    if not text:
        return None
    try:
        match form:
            case "json" | "gitlab" | "sarif":
                json.loads(text)
            case "junit":
                xml.fromstring(text)
            case "csv" | "csv-plain":
                rows = list(csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=";" if form == "csv" else ",", strict=True))
                lengths = {len(row) for row in rows if row}
                if len(lengths) > 1 and form == "csv-plain":
                    return f"CSV with rows of {sorted(lengths)} cells"
            case "ics":
                for line in text.split("\r\n"):
                    if "\n" in line or "\r" in line or len(line.encode()) > 75:
                        return f"calendar line {line!r}"
    except (ValueError, xml.ParseError, csv.Error) as error:
        return f"unreadable {form}: {error}"
    return None


# What a meeting that was booked changes when it is held.
CHANGES = ("date", "planned")


def values(path):
    """The values of a TOML file by their keys; nothing where it cannot be read. Step by step, for it may be deep."""
    try:
        tables = [((), tomllib.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")))]
        found = {}
        while tables:
            keys, table = tables.pop()
            for key, value in table.items():
                if isinstance(value, dict):
                    tables.append(((*keys, key), value))
                else:
                    found[(*keys, key)] = repr(value)
        return found
    except (OSError, ValueError, RecursionError):
        return None


def lost(before, after):
    """Whether something that stood there is gone or another."""
    return after is None or any(keys[-1] not in CHANGES and after.get(keys) != value for keys, value in before.items())


def judge(program, original, form, words, as_of, ended):
    """What went wrong with a command on a register, or nothing."""
    records = sorted((original.folder / "records").glob("*.toml")) if form == "done" else []
    before = {path: values(path) for path in records if path.is_file() and not path.is_symlink()}
    fault, code, output, errors = run([program, *words, "--register", original.folder, "--as-of", as_of], CODES)
    ended[code] += 1
    if fault:
        return fault
    for name, data, kind in [("output", output, form), ("errors", errors, "text")]:
        try:
            fault = unfit(data.decode(), kind)
        except UnicodeDecodeError:
            fault = "not UTF-8"
        if fault:
            return f"{name}: {fault}"
    for path, old in before.items():
        if old is not None and lost(old, values(path)):
            return f"{path.name} lost something"
    for path in (original.folder / "build").rglob("*.md"):
        fault = unfit(path.read_bytes().decode(errors="replace"), "text")
        if fault:
            return f"{path.name}: {fault}"
    return None


def keep(folder, number, original, words, as_of, what, fault):
    kept = Path(folder) / str(number)
    shutil.rmtree(kept, ignore_errors=True)
    # A pipe would wait for somebody to write into it.
    shutil.copytree(original.folder, kept, symlinks=True, ignore=lambda at, names: [n for n in names if (Path(at) / n).is_fifo()])
    (kept / "command.txt").write_text(f"{fault}\n{what}\n{[str(word) for word in words]} --as-of {as_of}\n", encoding="utf-8", errors="replace")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "target/release/iop"))
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first step")
    parser.add_argument("--only", type=int, help="this step alone")
    parser.add_argument("--keep", default="")
    arguments = parser.parse_args()
    begun, faults, runs, files, ended, slowest = time.monotonic(), [], Counter(), 0, Counter(), (0.0, "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outside = folder / "outside.toml"
        outside.write_text(f'title = "{SECRET}"\n{SECRET}\n', encoding="utf-8")
        sources = [ROOT, *sorted(path for path in (ROOT / "examples").iterdir() if (path / "iop.toml").exists())]
        originals = [Original(source, folder / source.name) for source in sources]
        for original in originals:
            original.ask(arguments.program)
        number = arguments.first if arguments.only is None else arguments.only
        while time.monotonic() - begun < arguments.seconds and sum(runs.values()) < arguments.runs:
            chance = random.Random(f"{arguments.seed} {number}")
            original = chance.choice(originals)
            changes = [change_files(original, chance, outside) for _ in range(chance.choice([1, 1, 1, 2, 4]))]
            files += len(changes)
            for _ in range(2):
                form, words = command(original, chance, folder / "baseline.json")
                as_of, start = "2031-12-31" if form == "done" else day(chance), time.monotonic()
                fault = judge(arguments.program, original, form, words, as_of, ended)
                runs[words[0]] += 1
                slowest = max(slowest, (time.monotonic() - start, f"{number} {words[0]}"))
                if fault:
                    what = f"number {number}, {original.folder.name}, {'; '.join(changes)}"
                    faults.append(f"{words[0]} {form}: {fault} ({what!r})")
                    if arguments.keep:
                        keep(arguments.keep, number, original, words, as_of, what, fault)
                    break
            original.restore()
            if arguments.only is not None:
                break
            number += 1
    print(f"{files} files damaged, {sum(runs.values())} runs in {time.monotonic() - begun:.0f} s: " + ", ".join(f"{n} {name}" for name, n in sorted(runs.items())))
    print("exit codes: " + ", ".join(f"{code} {times} times" for code, times in sorted(ended.items(), key=str)))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"slowest run {slowest[0]:.1f} s (number {slowest[1]}), most memory {memory} MB")
    print(f"{len(faults)} faults")
    for fault in faults[:100]:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
