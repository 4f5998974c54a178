"""The workbooks of `iop`, as others' programs read them: `check_workbook.py IOP REGISTER...`.

openpyxl reads types and formats, and the figures are those of CSV and JSON. Where LibreOffice is installed it computes every
formula anew, and comes to what the workbook says already. Needs openpyxl.
"""

import csv
import datetime
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from decimal import Decimal
from pathlib import Path

import openpyxl

AS_OF = "2026-06-30"
COMMANDS = [
    ["payouts"],
    ["payouts", "--explain"],
    ["payouts", "--readings"],
    ["payouts", "--ended", "2025-06-30"],
    ["payouts", "--invoices"],
    ["payouts", "--year-end", "2024"],
    ["payouts", "--by", "month"],
    ["payouts", "--by", "organisation"],
    ["payouts", "--by", "CODE"],
    ["payouts", "--by", "committee"],
    ["budget"],
    ["budget", "--by", "municipality"],
    ["budget", "--by", "CODE"],
    ["budget", "--by", "end", "--from", "2015"],
    ["schedule", "--from", "2000-01-01"],
    ["followup", "--all"],
]
FORBIDDEN = set("[]:*?/\\")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# LibreOffice otherwise believes the figures in the file.
RECOMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def run(iop, register, command, *more):
    done = subprocess.run(
        [iop, *command, "--register", register, "--as-of", AS_OF, *more], capture_output=True, encoding="utf-8"
    )
    assert done.returncode in (0, 1), (command, done.stderr)
    return done.stdout


def shown(value):
    """A cell as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value if isinstance(value, str) else str(value)


def is_same(cell, text):
    if cell.number_format == "yyyy-mm" and isinstance(cell.value, datetime.datetime):
        return f"{cell.value:%Y-%m}" == text
    if isinstance(cell.value, (int, float)):
        return text != "" and abs(Decimal(str(cell.value)) - Decimal(text)) < Decimal("0.0000001")
    # CSV marks a text that would be a formula.
    return shown(cell.value) in (text, text.removeprefix("'"))


def titles(sheet):
    return [cell.value for cell in sheet[1]] if sheet.max_row else []


def check_form(path):
    """What holds of every workbook; how many formulas it has."""
    book = openpyxl.load_workbook(path)
    computed = openpyxl.load_workbook(path, data_only=True)
    assert book.properties.created == datetime.datetime.fromisoformat(AS_OF), book.properties.created
    assert book.sheetnames[-1] == "Anmärkningar", book.sheetnames
    formulas = 0
    for sheet in book:
        assert len(sheet.title) <= 31 and not FORBIDDEN & set(sheet.title), sheet.title
        assert sheet.freeze_panes == "A2", (path, sheet.title)
        assert sheet.auto_filter.ref and sheet.auto_filter.ref.startswith("A1:"), (path, sheet.title)
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.data_type == "f":
                    formulas += 1
                    result = computed[sheet.title][cell.coordinate].value
                    assert isinstance(result, (int, float)), (sheet.title, cell.coordinate, result)
                    assert cell.number_format.endswith(("#,##0", "#,##0.00")), cell.number_format
                elif isinstance(cell.value, datetime.datetime):
                    assert cell.number_format in ("yyyy-mm-dd", "yyyy-mm"), cell.number_format
                elif isinstance(cell.value, str):
                    # What a step comes to is a day as well as a sum.
                    is_day = DAY.fullmatch(cell.value) and sheet.title != "Uträkningar"
                    assert not is_day, (path, sheet.title, cell.coordinate, "a day as text")
                elif cell.value is not None:
                    assert cell.number_format.endswith(("0", "0.00")), (cell.coordinate, cell.number_format)
    return formulas


# What CSV has as rows and a workbook as sums, by the column that tells them and what stands there.
SUMS = {"Slag": ("budgetrad", "kommun")}


def check_rows(path, text):
    """The rows of the lists are those of CSV, and so are the sums that CSV has."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(csv.reader(io.StringIO(text)))
    if not rows:
        return 0
    heads, rows = rows[0], rows[1:]
    count = len(rows)
    is_grouped = heads[1:3] == ["Betalare", "Avser från år"]
    if is_grouped or "Budget (tkr)" in heads:
        if is_grouped:
            # What could not be read stands in the list that the sums are of.
            lines, rows = [row for row in rows if row[heads.index("Säkerhet")] != "kan inte läsas"], []
            page = next(page for page in book if page.title.startswith("Per "))
        else:
            kind = heads.index("Slag")
            lines = [row for row in rows if row[kind] in SUMS["Slag"]]
            rows = [row for row in rows if row[kind] not in SUMS["Slag"]]
            page = next(page for page in book if page.title.endswith(", summor"))
        own = titles(page)
        for row, line in zip(page.iter_rows(min_row=2), lines):
            for cell, title in zip(row, own):
                assert is_same(cell, line[heads.index(title)]), (path, title, cell.value, line)
        assert page.max_row > len(lines), (path, page.title)
        if is_grouped:
            return count
    if not rows:
        # A list of nothing is none.
        return count
    pages = [page for page in book if titles(page) == heads and not page.title.endswith(", summor")]
    assert pages, (path, heads, book.sheetnames)
    found = [list(row) for page in pages for row in page.iter_rows(min_row=2)]
    assert len(found) == len(rows), (path, len(found), len(rows))
    for row, expected in zip(found, rows):
        for cell, field in zip(row, expected):
            assert is_same(cell, field), (path, cell.coordinate, cell.value, field)
    return count


def check_sums(path, report):
    """The sums by payer and year are those of JSON."""
    book = openpyxl.load_workbook(path, data_only=True)
    if "Summor" not in book.sheetnames:
        return
    page = book["Summor"]
    own = titles(page)
    keys = {"Avtalat (kr)": "agreed", "Justering (kr)": "adjustment", "Rättelse (kr)": "correction",
            "Bortfallet (kr)": "lapsed", "Att betala (kr)": "to_pay", "Betalt (kr)": "paid", "Kvar (kr)": "left"}
    for row, expected in zip(page.iter_rows(min_row=2), report["sums"]):
        for cell, title in zip(row, own):
            if title in keys and not isinstance(cell.value, str):
                known = Decimal(expected[keys[title]] or 0)
                assert abs(Decimal(str(cell.value or 0)) - known) < Decimal("0.0000001"), (path, cell.coordinate, known)


def recompute(paths, folder):
    """The workbooks, computed anew by LibreOffice."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECOMPUTE, encoding="utf-8")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", folder / "again", *paths],
        check=True, capture_output=True,
    )
    for path in paths:
        ours = openpyxl.load_workbook(path, data_only=True)
        forms = openpyxl.load_workbook(path)
        theirs = openpyxl.load_workbook(folder / "again" / path.name, data_only=True)
        assert ours.sheetnames == theirs.sheetnames, path
        for page in ours:
            for row in page.iter_rows():
                for cell in row:
                    other = theirs[page.title][cell.coordinate].value
                    if isinstance(cell.value, (int, float)):
                        is_near = isinstance(other, (int, float)) and abs(cell.value - other) < 0.000001
                        formula = forms[page.title][cell.coordinate].value
                        assert is_near, (path, page.title, cell.coordinate, formula, cell.value, other)
                    else:
                        assert shown(cell.value) == shown(other), (path, page.title, cell.coordinate, other)


def main():
    iop, registers = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths, rows, formulas = [], 0, 0
        for number, register in enumerate(registers):
            field = next(iter(tomllib.loads((Path(register) / "iop.toml").read_text()).get("code", {})), None)
            commands = [[field if word == "CODE" else word for word in command] for command in COMMANDS]
            for position, command in enumerate(command for command in commands if None not in command):
                path = folder / f"{number}-{position}-{command[0]}.xlsx"
                run(iop, register, command, "--format", "xlsx", "--output", path)
                first = path.read_bytes()
                run(iop, register, command, "--format", "xlsx", "--output", path)
                assert first == path.read_bytes(), (path, "the same input gave other bytes")
                formulas += check_form(path)
                rows += check_rows(path, run(iop, register, command, "--format", "csv-plain"))
                if command == ["payouts"]:
                    check_sums(path, json.loads(run(iop, register, command, "--format", "json")))
                paths.append(path)
        told = f"{len(paths)} workbooks, {rows} rows, {formulas} formulas"
        if shutil.which("soffice"):
            recompute(paths, folder)
            told += ", computed anew by LibreOffice"
        print(told)


main()
