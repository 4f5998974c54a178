#!/usr/bin/env python3
"""Sets the same Markdown with iop, with pandoc + Typst and with WeasyPrint, and writes the times as a table.

usage: python3 -m venv V && V/bin/pip install weasyprint==70.0 pypandoc_binary==1.17 typst==0.15.2 markdown==3.11.3
       cargo build --release && V/bin/python benches/compare.py [--documents 1000] [--write docs/benchmarks.md]

One document cold: the agreement of Lund with RSMH, a new process each time, the least of several runs. Many documents:
agreements whose own texts all differ (letters are changed in half of the longer words) while standard clauses are the
same, as in a real register. The others get Markdown that is ready; iop also reads and checks the register.
"""
import argparse
import os
import pathlib
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

ROOT = pathlib.Path(__file__).resolve().parent.parent
IOP = ROOT / "target/release/iop"
AGREEMENT = ROOT / "agreements/rsmh-lund-2021.toml"
AS_OF = ["--as-of", "2026-11-22"]

# The same kind of page as iop's: A4 with margins, running head, page numbers, lined tables, divided words, the bundled
# font, tagged and archivable.
PANDOC_TYPST = """
import sys, pypandoc, typst
source, target, fonts = sys.argv[1:]
extra = ["--standalone", "-V", "lang=sv", "-V", "papersize=a4", "-V", "mainfont=Libertinus Serif", "-M", "title=Avtal"]
text = pypandoc.convert_file(source, "typst", format="commonmark_x", extra_args=extra)
path = target + ".typ"
open(path, "w").write(text)
typst.compile(path, output=target, root="/", font_paths=[fonts], pdf_standards=["a-2a"])
"""

WEASYPRINT = """
import sys, markdown, weasyprint
source, target, fonts = sys.argv[1:]
faces = [("Regular", "normal", "normal"), ("Bold", "bold", "normal"), ("Italic", "normal", "italic")]
css = "".join(
    f"@font-face {{ font-family: L; src: url(file://{fonts}/LibertinusSerif-{face}.otf); "
    f"font-weight: {weight}; font-style: {style} }}"
    for face, weight, style in faces
) + '''
@page { size: A4; margin: 3.2cm 3.2cm 2.6cm 3cm;
  @top-left { content: "2021-01-10" } @top-right { content: counter(page) " (" counter(pages) ")" } }
body { font: 11pt/1.34 L; hyphens: auto } h1, h2, h3 { break-after: avoid; hyphens: none } p { orphans: 2; widows: 2 }
table { border-collapse: collapse; font-size: 10pt; break-inside: avoid } td, th { border-top: 0.3pt solid gray; padding: 4pt }
'''
body = markdown.markdown(open(source).read(), extensions=["tables", "footnotes"])
html = f'<html lang="sv"><head><title>Avtal</title><style>{css}</style></head><body>{body}</body></html>'
weasyprint.HTML(string=html).write_pdf(target, pdf_variant="pdf/ua-1")
"""


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def varied(text, chance):
    """The agreement with letters changed in its own texts."""
    letters = "abdefghiklmnoprstuvyåäö"

    def word(match):
        found = match.group(0)
        if chance.random() < 0.5:
            at = chance.randrange(1, len(found) - 1)
            found = found[:at] + chance.choice(letters) + found[at + 1:]
        return found

    def words(part):
        return re.sub(r"[a-zåäö]{5,}", word, part)

    text = re.sub(r'"""(.*?)"""', lambda match: '"""' + words(match.group(1)) + '"""', text, flags=re.S)
    return re.sub(r'(?m)^(\s+)"([^"]{30,})",$', lambda match: f'{match.group(1)}"{words(match.group(2))}",', text)


def register(folder, agreements):
    """A register with so many agreements, no two of which say the same."""
    chance = random.Random(1)
    for name in ["iop.toml", "budget.toml"]:
        shutil.copy(ROOT / name, folder)
    for name in ["guidelines", "indexes"]:
        shutil.copytree(ROOT / name, folder / name)
    (folder / "agreements").mkdir()
    text = AGREEMENT.read_text()
    for number in range(agreements):
        (folder / "agreements" / f"avtal-{number}.toml").write_text(varied(text, chance))


def cold(work, times=7):
    return min(seconds(work) for _ in range(times))


def peak(command):
    """Largest memory of one run in MB, and its time."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss / 1024, time.perf_counter() - start


def number(value, digits):
    return f"{value:.{digits}f}"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--documents", type=int, default=1000)
    arguments.add_argument("--sample", type=int, default=60, help="documents that the slower tools set")
    arguments.add_argument("--write")
    options = arguments.parse_args()
    cores = len(os.sched_getaffinity(0))
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        iop = [IOP, "render", AGREEMENT.stem, "--document", "avtal", *AS_OF, "--out", folder / "iop"]
        os.chdir(ROOT)
        run(*iop, "--format", "md")
        markdown = folder / f"iop/{AGREEMENT.stem}/avtal.md"

        def tool(program, source, target):
            return lambda: run(sys.executable, "-c", program, source, target, ROOT / "assets/fonts")

        others = [
            (f"pandoc {pandoc()} + Typst {version('typst')} (Python)", PANDOC_TYPST),
            (f"WeasyPrint {version('weasyprint')}", WEASYPRINT),
        ]
        one = cold(lambda: run(*iop, "--format", "pdf"), 15)
        many = folder / "register"
        many.mkdir()
        register(many, options.documents // 2)
        memory, total = peak([IOP, "render", "--register", many, *AS_OF, "--format", "pdf", "--out", folder / "many"])
        written = len(list((folder / "many").glob("*/*.pdf")))
        assert written == options.documents // 2 * 2, written
        ours = written / total
        rows.append(("iop", number(one, 3), "1", number(ours, 0), "1", number(memory, 0)))

        run(IOP, "render", "--register", many, *AS_OF, "--format", "md", "--out", folder / "texts")
        texts = sorted((folder / "texts").glob("*/*.md"))[: options.sample]
        for title, program in others:
            alone = cold(tool(program, markdown, folder / "one.pdf"), 5)
            with ThreadPoolExecutor(cores) as pool:
                begun = time.perf_counter()
                list(pool.map(lambda text: tool(program, text, text.with_suffix(".pdf"))(), texts))
                rate = len(texts) / (time.perf_counter() - begun)
            rows.append((title, number(alone, 2), number(alone / one, 1), number(rate, 1), number(ours / rate, 0), "–"))
    lines = [
        "| tool | one document, s | times iop | documents/s | iop faster by | memory, MB |",
        "|---|---:|---:|---:|---:|---:|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    table = "\n".join(lines)
    print(table)
    if options.write:
        page = pathlib.Path(options.write)
        text = page.read_text()
        before, rest = text.split("<!-- compare -->\n", 1)
        _, after = rest.split("<!-- end -->", 1)
        note = f"Measured on {cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}; {written} documents, of which the slower tools set {len(texts)}.\n\n"
        page.write_text(f"{before}<!-- compare -->\n{note}{table}\n<!-- end -->{after}")


def pandoc():
    import pypandoc

    return pypandoc.get_pandoc_version()


if __name__ == "__main__":
    main()
