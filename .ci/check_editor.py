"""Lints the register's files as editors do, with Taplo and Tombi: good files give no complaint, and each fault gives one
that names it at its line. Asks Tombi's language server what a key means and what can stand there. What the tools know of
the files, they know from schema/.
"""

import pathlib
import re
import shutil
import subprocess
import tempfile

from language_server import LanguageServer

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = {
    "taplo": ("taplo", "lint", "--colors", "never"),
    "tombi": ("tombi", "lint", "--offline", "--error-on-warnings"),
}
AGREEMENT = "examples/adala/agreements/oppet-hus.toml"
RECORDS = "examples/havsnas/records/nyanlanda-familjer.toml"

# A file, what stands in it, the fault that is written in its place, and what Taplo and Tombi must say of it.
FAULTS = [
    (AGREEMENT, 'activity = "', 'actvity = "', "'actvity' was unexpected", '"actvity" is not allowed'),
    (AGREEMENT, 'status = "proposed"', 'status = "signd"', '"signd" is not one of', 'but found "signd"'),
    (AGREEMENT, "copies = 2", 'copies = "två"', '"två" is not', "but found String"),
    (AGREEMENT, "end = 2025-12-31\n", 'end = "snart"\n', '"snart" is not', "type LocalDate"),
    (AGREEMENT, 'role = "civil-society"', 'role = "förening"', '"förening" is not one of', 'but found "förening"'),
    (AGREEMENT, "notice_months = 6", "notice_months = true", "true is not", "but found Boolean"),
    ("examples/adala/budget.toml", "title = ", "titel = ", "'titel' was unexpected", '"titel" is not allowed'),
    ("examples/adala/iop.toml", "[committee.social]", "[namnd.social]", "'namnd' was unexpected", '"namnd" is not allowed'),
    ("examples/adala/guidelines/adala-2019.toml", "2019-05-20", "2019", "2019 is not of type", "type LocalDate"),
    ("indexes/lund-priskompensation.toml", '"yearly-change"', '"yearly"', '"yearly" is not one of', 'but found "yearly"'),
    ("examples/adala/meetings/social-2025.toml", "date = 2025-02-19", "date = 2025", "2025 is not of type", "type LocalDate"),
    (RECORDS, 'kind = "amount"', 'kind = "belopp"', '"belopp" is not one of', 'but found "belopp"'),
]

# A key and what its explanation must hold: its Swedish name, what it is, and an example as it is written in TOML.
EXPLAINED = {
    "registry_number": ("Diarienummer", '`"SN 2023/0101"`'),
    "amount": ("Belopp", "Som avtalat för hela perioden", "`500000`"),
    "start": ("Start", "Första dagen", "`2024-01-01`"),
    "copies": ("Antal original", "`2`"),
    "evidence": ("Underlag för behörigheten", '`"protokoll fört vid årsmötet 2023"`'),
    "notice_months": ("Uppsägningstid i månader", "`6`"),
}


def lint(tool, files, folder):
    result = subprocess.run([*TOOLS[tool], *map(str, files)], cwd=folder, capture_output=True, text=True)
    return result.returncode, re.sub(r"\x1b\[[0-9;]*m", "", result.stdout + result.stderr)


tracked = subprocess.run(["git", "ls-files", "*.toml"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
# What `iop demo` writes finds its schemas in the register that it makes, not here.
good = [
    file
    for file in tracked.split()
    if (ROOT / file).read_text(encoding="utf-8").startswith("#:schema ") and "typiska-fel" not in file
    and not file.startswith("assets/")
]
assert {AGREEMENT, RECORDS, "agreements/rsmh-lund-2021.toml"} <= set(good), good
for tool in TOOLS:
    code, output = lint(tool, good, ROOT)
    assert code == 0, (tool, output)
    assert f"found files total={len(good)}" in output or f"{len(good)} files linted" in output, (tool, output)

with tempfile.TemporaryDirectory() as name:
    copy = pathlib.Path(name)
    shutil.copytree(ROOT / "schema", copy / "schema")
    for file, right, wrong, *said in FAULTS:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert text.count(right) == 1, (file, right)
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        (copy / file).write_text(text.replace(right, wrong), encoding="utf-8")
        line = text[: text.index(right)].count("\n") + 1
        for tool, words in zip(TOOLS, said):
            code, output = lint(tool, [copy / file], copy)
            # Either tool names the place right after what it says of it.
            complaint = next((part for part in re.split(r"(?i)\berror: ", output) if words in part and f".toml:{line}:" in part), None)
            assert code == 1 and complaint, (tool, file, line, words, output[:2000])
        (copy / file).unlink()

uri = (ROOT / AGREEMENT).as_uri()
text = (ROOT / AGREEMENT).read_text(encoding="utf-8")
with LanguageServer(("tombi", "lsp", "--offline"), ROOT) as server:
    assert server.open(uri, text) == []
    for key, words in EXPLAINED.items():
        line = next(number for number, line in enumerate(text.splitlines()) if line.startswith(f"{key} ="))
        explanation = server.explain(uri, line, 0)
        assert all(word in explanation for word in words), (key, explanation)
with LanguageServer(("tombi", "lsp", "--offline"), ROOT) as server:
    half = text.replace('status = "proposed"', "status = ")
    assert server.open(uri, half) != []
    line = half.splitlines().index("status = ")
    assert '"proposed"' in server.propose(uri, line, len("status = "))
print(f"{len(good)} files are right to Taplo and Tombi, and {len(FAULTS)} faults are found by both")
