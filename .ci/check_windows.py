"""Runs a program built for Windows as an official would: in a folder with å and blanks, on files with CRLF, with paths in
backslashes, two at a time.

    check_windows.py PROGRAM [RUNNER...]

RUNNER starts the program on another system (wine). What the program says is held against what it says of the same files with
LF in a plain folder. A program for another system passes as well.
"""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM, RUNNER = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
DATA = ("iop.toml", "budget.toml", "agreements", "records", "guidelines", "indexes", "meetings", "templates")
IS_WINDOWS = PROGRAM.suffix == ".exe"
AS_OF = ("--as-of", "2026-11-22")


def iop(folder, *arguments, codes=(0,)):
    """What the program prints; it must be UTF-8 and end as it should."""
    environment = {**os.environ, "WINEDEBUG": "-all"}
    command = [*RUNNER, str(PROGRAM), *map(str, arguments)]
    result = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, env=environment)
    output, errors = result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
    assert result.returncode in codes, (arguments, result.returncode, output, errors)
    assert not IS_WINDOWS or "\r\r" not in output, "a line end is written once"
    return output


def copy(source, target, crlf):
    for name in DATA:
        # Those of this repository are built into the program.
        if name == "templates" and source == ROOT:
            continue
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        elif (source / name).is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target)
    if crlf:
        for file in target.rglob("*.toml"):
            file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def documents(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def reads_and_renders(temporary, source):
    """The same findings and documents, whatever the folder is called and the lines end in."""
    said = []
    for name, crlf in (("plain", False), ("våra avtal på prov", True)):
        folder = temporary / source.name / name
        copy(source, folder, crlf)
        report = json.loads(iop(folder, "validate", "--format", "json", *AS_OF, codes=(0, 1)))
        assert all("\\" not in finding["file"] for finding in report["findings"])
        report.pop("base", None)
        iop(folder, "render", "--format", "md,html,docx", *AS_OF, codes=(0, 1))
        made = documents(folder / "build")
        assert made, folder
        said.append((report["findings"], made))
        # A list of its own lies there too, and a second run replaces what it has written.
        iop(folder, "render", "--format", "md,html,docx", *AS_OF, codes=(0, 1))
        assert documents(folder / "build").keys() == made.keys()
    assert said[0] == said[1], "line ends and the folder's name change nothing"


def named_in_any_way(temporary):
    """An agreement by its name, a path and, on Windows, a path with backslashes; the register from outside."""
    folder = temporary / "wanted" / "å b"
    copy(ROOT / "examples/adala", folder, True)
    ways = ["oppet-hus", "agreements/oppet-hus.toml", *(["agreements\\oppet-hus.toml"] if IS_WINDOWS else [])]
    said = {iop(folder, "validate", way, *AS_OF, codes=(0, 1)) for way in ways}
    assert len(said) == 1, said
    assert "agreements\\" not in said.pop()
    outside = iop(folder.parent, "validate", "--register", "å b", "oppet-hus", *AS_OF, codes=(0, 1))
    assert "oppet-hus" in outside


def writes(temporary):
    """A new register and agreement; what is ticked off keeps its line ends; two at a time take turns."""
    above = temporary / "skriver å ä ö"
    above.mkdir()
    iop(above, "init", "våra avtal", "--municipality", "Provs kommun", "--committee", "Socialnämnden")
    folder = above / "våra avtal"
    assert not [file for file in above.iterdir() if file != folder], "nothing is left beside it"
    iop(folder, "new", "--organisation", "Föreningen Prov", "--title", "ett öppet hus", "--from", "2027-01-01", "--to", "2028-12-31", *AS_OF)
    assert (folder / "agreements/foreningen-prov-2027.toml").is_file()
    iop(folder, "validate", *AS_OF)

    for name in ("con", "AUX", "nul", "com1"):
        iop(folder, "new", name, "--organisation", "Föreningen Prov", "--title", "ett öppet hus", *AS_OF, codes=(2,))
    assert len(list((folder / "agreements").glob("*.toml"))) == 1

    folder = temporary / "bockar av"
    copy(ROOT / "examples/adala", folder, True)
    def done(kind, which, date):
        iop(folder, "done", "oppet-hus", kind, which, "--date", date, "--as-of", "2025-04-01")

    done("review", "1", "2025-03-20")
    file = folder / "records/oppet-hus.toml"
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    at_once = [("steering-meeting", "2025H1", "2025-03-12"), ("arsrapport", "2024", "2025-02-10")]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(lambda one: done(*one), at_once))
    records = file.read_bytes()
    for date in (b"2025-03-20", b"2025-03-12", b"2025-02-10"):
        assert date in records, (date, records)
    assert records.count(b"\n") == records.count(b"\r\n"), "the file keeps its line ends"
    assert not list(folder.glob(".iop-*")) and not list((folder / "records").glob(".iop-*")), "no lock and no half file is left"


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
    temporary = pathlib.Path(name)
    reads_and_renders(temporary, ROOT)
    reads_and_renders(temporary, ROOT / "examples/adala")
    named_in_any_way(temporary)
    writes(temporary)
print(f"{PROGRAM.name} reads, renders and writes in any folder, with any line ends, one at a time")
