#!/usr/bin/env python3
"""Compares each PDF with the Markdown beside it and looks where its words stand.

usage: check_pdf.py FILE.pdf…

The letters and digits of the PDF, in the order in which they are set, must be those of the Markdown, every word must lie
inside its page, and none may be broken without a hyphen. Needs poppler (pdftotext). Exit 1 where anything differs.
"""
import re
import subprocess
import sys
import unicodedata


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


def letters(text):
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum())


def pdf_text(path):
    """The text below the running head (which has at most four lines above the upper margin of 3.2 cm), as it is set."""
    return run("pdftotext", "-raw", "-x", "0", "-y", "86", "-W", "600", "-H", "760", path, "-")


def markdown_text(path):
    text = open(path, encoding="utf-8").read()
    return re.sub(r"^\|[ :|-]+\|$", "", text, flags=re.MULTILINE)


def headers(text):
    """The header row of each table."""
    lines = text.splitlines()
    return [letters(above) for above, below in zip(lines, lines[1:]) if re.match(r"^\|[ :|-]+\|$", below)]


def without_repeated_headers(pages, markdown, headers):
    """A table that goes on over a page break has its header again there, where the Markdown has none."""
    pdf = ""
    for page in map(letters, pages):
        again = max((header for header in headers if page.startswith(header)), key=len, default="")
        if pdf and not markdown.startswith(again, len(pdf)):
            page = page.removeprefix(again)
        pdf += page
    return pdf


def without_extra_headers(pdf, markdown, headers):
    """The same where the order of the letters is not that of the Markdown."""
    for header in set(headers):
        while header and pdf.count(header) > markdown.count(header):
            pdf = pdf.replace(header, "", 1)
    return pdf


def difference(left, right):
    at = next((i for i, (a, b) in enumerate(zip(left, right)) if a != b), min(len(left), len(right)))
    return f"…{left[max(0, at - 30):at + 30]}… is not …{right[max(0, at - 30):at + 30]}…"


def outside(path):
    """Words that stand outside their page."""
    page, words = None, []
    for line in run("pdftotext", "-bbox", path, "-").splitlines():
        if found := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            page = tuple(map(float, found.groups()))
        elif found := re.search(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line):
            x0, y0, x1, y1 = map(float, found.groups()[:4])
            if x0 < 0 or y0 < 0 or x1 > page[0] or y1 > page[1]:
                words.append(found.group(5))
    return words


def broken(pdf, markdown):
    """Words of the PDF that are none of the Markdown, nor become one together with what stands after their hyphen."""
    # An address or a code may be broken anywhere.
    codes = re.findall(r"\S*(?:\d\S*[^\W\d]|[^\W\d]\S*\d|://|@|\w{35})\S*", markdown)
    codes = {word for code in codes for word in re.findall(r"[^\W\d_]+", code)}
    known = set(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", markdown)))
    words = re.findall(r"([^\W\d_]+)([-\xad]\s*\n)?", unicodedata.normalize("NFC", pdf))
    faults, start = [], ""
    for word, hyphen in words:
        whole = start + word
        if word in known and whole not in known:
            whole = word
        if whole in known or any(word in code for code in codes):
            start = ""
        elif hyphen:
            start = whole
        else:
            faults.append(whole)
            start = ""
    return faults


def main():
    bad = 0
    for path in sys.argv[1:]:
        text, markdown = pdf_text(path), letters(markdown_text(path.removesuffix("pdf") + "md"))
        source = open(path.removesuffix("pdf") + "md", encoding="utf-8").read()
        if words := broken(text, source):
            bad += 1
            print(f"{path}: broken without a hyphen: {' '.join(words)}")
        # Notes stand at the foot of their page, not at the end of the text: there the order differs.
        if "[^" in source:
            pdf, markdown = sorted(without_extra_headers(letters(text), markdown, headers(source))), sorted(markdown)
        else:
            pdf = without_repeated_headers(text.split("\f"), markdown, headers(source))
        if pdf != markdown:
            bad += 1
            print(f"{path}: the text is not that of the Markdown: {difference(pdf, markdown)}")
        if words := outside(path):
            bad += 1
            print(f"{path}: outside the page: {' '.join(words)}")
    print(f"{len(sys.argv) - 1} PDF files compared with their Markdown, {bad} faults")
    return 1 if bad or len(sys.argv) == 1 else 0


if __name__ == "__main__":
    sys.exit(main())
