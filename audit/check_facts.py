#!/usr/bin/env python3
"""Whether every fact of a list stands in each of the papers, whatever format they are in.

    audit/check_facts.py FACTS PROGRAM FILE.{md,html,docx,pdf} [...]

PROGRAM reads a text and the list FACTS, and ends with 1 where a fact is missing (shared/checks/facts). PDF needs pdftotext, DOCX
python-docx. Exit code 1 if a fact is missing in any paper.
"""
import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def text_of(path):
    """The text of a paper."""
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    if path.suffix == ".docx":
        import docx

        document = docx.Document(path)
        # A hyphen at which no line is broken is an element of its own.
        spaces = {"t": "", "tab": " ", "br": " ", "p": "\n", "tc": "\n", "noBreakHyphen": "-"}
        name = lambda node: node.tag.rsplit("}", 1)[-1]
        return "".join(spaces[name(node)] + (node.text or "" if name(node) == "t" else "") for node in document.element.body.iter()
                       if isinstance(node.tag, str) and name(node) in spaces)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = re.sub(r"(?s)<(style|head)>.*?</\1>", "", text)
        return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</?(?:p|li|td|th|h\d|br|div)\b[^>]*>", "\n", text)))
    return text


def main():
    facts, program, *papers = sys.argv[1:]
    bad = 0
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for paper in papers:
            file.seek(0)
            file.truncate()
            file.write(text_of(Path(paper)))
            file.flush()
            found = subprocess.run([program, file.name, facts], capture_output=True, text=True)
            bad += found.returncode != 0
            print(f"{paper}: {(found.stdout + found.stderr).strip()}")
    return 1 if bad or not papers else 0


if __name__ == "__main__":
    sys.exit(main())
