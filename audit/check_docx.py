#!/usr/bin/env python3
"""Looks at Word files (DOCX) as another program would, and says of each on one line what is wrong.

    audit/check_docx.py [--no-pdf] [--template MALL.docx] FILE.docx [...]

Reads each file with zipfile and python-docx. With a Markdown file of the same name beside it, headings, tables and words
are compared: the words of the Markdown must stand in the same order in the PDF that LibreOffice makes of the file, on pages
that each carry the running head. `--template`: the file was made on this template, which may bring words, styles and heads
of its own, and must still show them.

Exit code 1 if any file has a fault, 2 where LibreOffice or pdftotext is needed (without `--no-pdf`) and not found.
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

import docx
from docx.text.paragraph import Paragraph

from markdown_text import first_difference, markdown, missing_in_order, plain, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Where LibreOffice lies when it is not on the path.
LIBREOFFICE = ["/usr/lib/libreoffice/program/soffice", "/usr/lib64/libreoffice/program/soffice", "/opt/libreoffice*/program/soffice",
               "/snap/bin/libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"]
STYLES = ["Normal", "Body Text", "heading 1", "heading 2", "heading 3", "List Bullet", "List Number", "Tabelltext",
          "Tabellrubrik", "Underskrift", "header", "footer", "footnote text", "Title", "Subtitle", "Placeholder Text"]


def libreoffice():
    """The program, or nothing where it is not found."""
    on_path = filter(None, map(shutil.which, ("soffice", "libreoffice")))
    elsewhere = (str(path) for place in LIBREOFFICE for path in sorted(Path("/").glob(place[1:])))
    return next((path for path in (*on_path, *elsewhere) if os.access(path, os.X_OK)), None)


def shown(node):
    """The text of an element, as Word shows it."""
    out = []
    for part in node.iter():
        if part.tag == W + "t":
            out.append(part.text or "")
        elif part.tag == W + "noBreakHyphen":
            out.append("-")
        elif part.tag in (W + "tab", W + "br", W + "p", W + "tc"):
            out.append(" ")
    return "".join(out)


class Look:
    def __init__(self, path, options):
        self.path, self.options, self.faults, self.facts = path, options, [], []

    def fault(self, text):
        self.faults.append(text)

    def need(self, holds, text):
        if not holds:
            self.fault(text)

    def run(self):
        with zipfile.ZipFile(self.path) as package:
            self.need(package.testzip() is None, "damaged zip")
            infos = package.infolist()
            self.parts = {info.filename: package.read(info) for info in infos}
        self.need(infos[0].filename == "[Content_Types].xml", "content types are not first")
        self.need(len({info.filename for info in infos}) == len(infos), "a part stands twice")
        self.need({info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}, "dates in the zip")
        self.trees = {}
        for name, content in self.parts.items():
            if name.endswith((".xml", ".rels")):
                try:
                    self.trees[name] = ET.fromstring(content)
                except ET.ParseError as error:
                    self.fault(f"{name} is not well formed: {error}")
        if self.faults:
            return
        self.document = self.trees["word/document.xml"]
        self.look_package()
        self.look_styles()
        self.look_text()
        self.look_heads()
        self.look_python_docx()
        beside = os.path.splitext(self.path)[0] + ".md"
        self.markdown = None
        if os.path.exists(beside):
            with open(beside, encoding="utf-8") as file:
                self.markdown = markdown(file.read())
            self.look_markdown()
        if self.options.template:
            self.look_template()
        if not self.options.no_pdf:
            self.look_pdf()

    def look_package(self):
        types = self.trees["[Content_Types].xml"]
        overrides = {item.get("PartName") for item in types if item.get("PartName")}
        defaults = {item.get("Extension").lower() for item in types if item.get("Extension")}
        for name in self.parts:
            is_told = "/" + name in overrides or name.rsplit(".", 1)[-1].lower() in defaults
            self.need(is_told or name == "[Content_Types].xml", f"{name} has no type")
        for name in overrides:
            self.need(name[1:] in self.parts, f"{name} is missing")
        self.need(not any("vbaProject" in name for name in self.parts), "macros")
        for name, tree in self.trees.items():
            if not name.endswith(".rels"):
                continue
            ids = [item.get("Id") for item in tree]
            self.need(len(ids) == len(set(ids)), f"{name}: an id stands twice")
            folder = os.path.dirname(os.path.dirname(name))
            for item in tree:
                target = item.get("Target")
                if item.get("TargetMode") == "External":
                    self.need(item.get("Type").endswith("/hyperlink"), f"{name} leads out: {target}")
                    self.need(re.match(r"(?i)https?://|mailto:", target), f"{name}: link to {target}")
                else:
                    path = target[1:] if target.startswith("/") else os.path.normpath(os.path.join(folder, target))
                    self.need(path in self.parts, f"{name}: {target} is missing")
            owner = os.path.join(folder, os.path.basename(name)[:-5])
            if owner in self.parts:
                used = set(re.findall(rb'r:(?:id|embed|link)="([^"]*)"', self.parts[owner]))
                for one in used - {identity.encode() for identity in ids}:
                    self.fault(f"{owner}: {one.decode()} leads nowhere")

    def look_styles(self):
        styles = self.trees["word/styles.xml"]
        names = {style.find(W + "name").get(W + "val").lower() for style in styles.iter(W + "style")}
        ids = [style.get(W + "styleId") for style in styles.iter(W + "style")]
        self.need(len(ids) == len(set(ids)), "a style stands twice")
        missing = [name for name in STYLES if name.lower() not in names]
        self.need(not missing or self.options.template, f"styles missing: {', '.join(missing)}")
        lang = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        self.need(lang is not None and lang.get(W + "val") == "sv-SE", "language is not sv-SE")
        for name, tree in self.trees.items():
            for kind in ("pStyle", "rStyle", "tblStyle"):
                for use in tree.iter(W + kind):
                    self.need(use.get(W + "val") in ids, f"{name}: style {use.get(W + 'val')} is not defined")
        settings = self.trees.get("word/settings.xml")
        if not self.options.template:
            modes = {item.get(W + "name"): item.get(W + "val") for item in settings.iter(W + "compatSetting")}
            self.need(modes.get("compatibilityMode") == "15", "compatibility mode")
        self.need(settings is None or settings.find(W + "updateFields") is None, "asks to update fields")

    def look_text(self):
        text = shown(self.document)
        self.need(not re.search("[\ue000-\uf8ff]", text), "private characters")
        self.need("……" not in text, "typed lines of dots")
        self.need("{{" not in text or self.markdown_has_braces(), "a name that was not filled in")
        tables = [table for table in self.document.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblStyle") is not None]
        self.tables = len(tables)
        for table in tables if not self.options.template else []:
            rows = table.findall(W + "tr")
            self.need(rows[0].find(f"{W}trPr/{W}tblHeader") is not None, "a table without header row")
        heads = [row for row in self.document.iter(W + "tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
        self.again = {word for row in heads for word in words(shown(row))}
        for row in self.document.iter(W + "tr") if not self.options.template else []:
            self.need(row.find(f"{W}trPr/{W}cantSplit") is not None, "a row that may split")
        for cell in self.document.iter(W + "tc"):
            self.need(len(cell) and cell[-1].tag in (W + "p", W + "sdt"), "a cell that does not end with a paragraph")
        controls = list(self.document.iter(W + "sdt"))
        ids = [of.find(W + "id").get(W + "val") for of in self.document.iter(W + "sdtPr") if of.find(W + "id") is not None]
        self.need(len(ids) == len(set(ids)), "two controls have one id")
        for control in controls:
            tag, alias = control.find(f"{W}sdtPr/{W}tag"), control.find(f"{W}sdtPr/{W}alias")
            if not self.options.template:
                self.need(tag is not None and 0 < len(tag.get(W + "val")) <= 64, "a control without tag")
                self.need(alias is not None and alias.get(W + "val"), "a control without title")
        used = {use.get(W + "val") for use in self.document.iter(W + "numId")} - {"0"}
        lists = {one.get(W + "numId") for one in self.trees["word/numbering.xml"].iter(W + "num")}
        self.need(used <= lists, f"lists missing: {used - lists}")
        notes = {one.get(W + "id") for tree in self.trees.values() for one in tree.iter(W + "footnote")}
        for reference in self.document.iter(W + "footnoteReference"):
            self.need(reference.get(W + "id") in notes, "a note is missing")
        self.facts.append(f"{self.tables} tables, {len(controls)} controls")

    def markdown_has_braces(self):
        beside = os.path.splitext(self.path)[0] + ".md"
        return os.path.exists(beside) and "{{" in plain(open(beside, encoding="utf-8").read())

    def look_heads(self):
        core = self.trees["docProps/core.xml"]
        core = {item.tag.rsplit("}", 1)[-1]: item.text or "" for item in core}
        custom = {item.get("name"): item[0].text or "" for item in self.trees["docProps/custom.xml"]}
        for key in ("title", "creator", "category", "identifier", "created"):
            self.need(core.get(key), f"property {key} is missing")
        self.need(core.get("language") == "sv-SE", "property language")
        self.need(custom.get("Dokumenttyp") == core.get("category"), "property Dokumenttyp")
        status = core.get("contentStatus")
        self.need(custom.get("Status") == status, "property Status")
        heads = {name: tree for name, tree in self.trees.items() if tree.tag == W + "hdr"}
        feet = {name: tree for name, tree in self.trees.items() if tree.tag == W + "ftr"}
        self.around = Counter()
        for tree in (*heads.values(), *feet.values()):
            self.around.update(words(shown(tree)))
        for name, tree in heads.items():
            raw = self.parts[name].decode()
            marks = re.findall(r'<v:textpath [^>]*string="([^"]*)"', raw)
            self.need(marks == ([status] if status else []), f"{name}: mark {marks}, status {status}")
            if not self.options.template:
                fields = raw.replace(" ", "")
                self.need('"PAGE"' in fields and '"NUMPAGES"' in fields, f"{name}: no page number")
                # The first page says it in its text.
                if not name.endswith("header1.xml"):
                    self.need(custom.get("Diarienummer", "")[:60] in shown(tree), f"{name}: no case number")
                    self.need(core["category"][:60] in shown(tree), f"{name}: no type")
        self.need(not status or status in shown(self.document), "the status does not stand in the text")
        sections = list(self.document.iter(W + "sectPr"))
        kinds = {of.get(W + "type") for of in sections[-1].findall(W + "headerReference")}
        self.need(self.options.template or kinds == {"first", "default", "even"}, f"headers {kinds}")
        if not self.options.template:
            size, title = sections[-1].find(W + "pgSz"), sections[-1].find(W + "titlePg")
            self.need((size.get(W + "w"), size.get(W + "h")) == ("11906", "16838"), "not A4")
            self.need(title is not None, "no first page of its own")
        self.status = status

    def look_python_docx(self):
        document = docx.Document(self.path)
        self.need(document.core_properties.title, "python-docx: no title")
        self.need(document.core_properties.language == "sv-SE", "python-docx: language")
        self.headings = [
            (int(paragraph.style.name[8:]), " ".join(words(shown(paragraph._p))))
            for paragraph in self.all_paragraphs(document) if re.fullmatch(r"Heading \d", getattr(paragraph.style, "name", ""))
        ]

    @staticmethod
    def all_paragraphs(document):
        return [Paragraph(node, document) for node in document.element.body.iter(W + "p")]

    def look_markdown(self):
        headings, tables, body, _ = self.markdown
        self.need(self.tables == tables or self.options.template, f"{self.tables} tables, Markdown has {tables}")
        if hasattr(self, "headings"):
            own = [one for one in self.headings if one in headings] if self.options.template else self.headings
            self.need(own == headings, f"headings differ: {first_difference(own, headings)}")
        gone, _ = missing_in_order(body, words(shown(self.document)))
        self.need(gone is None, f"the text lacks: … {gone}")

    def look_template(self):
        """Pictures, words of header and footer and the look of the headings are those of the template."""
        with zipfile.ZipFile(self.options.template) as package:
            theirs = {name: package.read(name) for name in package.namelist()}
        digest = lambda content: hashlib.sha256(content).digest()
        ours = {digest(content) for content in self.parts.values()}
        for name, content in theirs.items():
            self.need("/media/" not in name or digest(content) in ours, f"the template's {name} is gone")
        around = "".join(shown(tree) for tree in self.trees.values() if tree.tag in (W + "hdr", W + "ftr"))
        self.need("{{" not in around, "a name in header or footer that was not filled in")
        around = Counter(words(around))
        for name, content in theirs.items():
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
                own = Counter(words(re.sub(r"\{\{.*?\}\}", "", shown(ET.fromstring(content)))))
                self.need(own <= around, f"words of the template's {name} are gone: {' '.join(own - around)}")
        for level in (1, 2):
            looks = [heading(ET.fromstring(content), level) for content in (theirs["word/styles.xml"], self.parts["word/styles.xml"])]
            self.need(looks[0] and looks[0] == looks[1], f"heading {level} does not look as in the template")

    def look_pdf(self):
        with tempfile.TemporaryDirectory() as folder:
            command = [self.options.libreoffice, f"-env:UserInstallation=file://{self.options.profile}", "--headless", "--convert-to",
                       "pdf", "--outdir", folder, self.path]
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300, check=False)
            pdf = os.path.join(folder, os.path.splitext(os.path.basename(self.path))[0] + ".pdf")
            if not os.path.exists(pdf):
                self.fault("LibreOffice does not open it")
                return
            # In the order of the file: columns are read one after the other.
            text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
        pages = [page for page in text.split("\f") if page.strip()]
        self.facts.append(f"{len(pages)} pages")
        for number, page in enumerate(pages, 1):
            if not self.options.template:
                self.need(f"sida {number} ({len(pages)})" in page.replace("\u00a0", " "), f"page {number} has no number")
        if self.markdown is None:
            return
        _, _, body, notes = self.markdown
        found = words(text)
        gone, left = missing_in_order(body, found)
        self.need(gone is None, f"the PDF lacks: … {gone}")
        count = Counter(found)
        for word, times in Counter(notes).items():
            self.need(count[word] >= times, f"the PDF lacks {word} of a note")
        if not self.options.template:
            extra = [word for word in left if word.isalpha() and word not in self.around and word not in notes]
            # What is broken at the end of a line in a note or a head.
            known = "".join([*notes, *self.around, *self.again])
            extra = [word for word in extra if word not in known]
            self.need(not extra, f"the PDF has more: {' '.join(extra[:8])}")
        self.facts.append(f"{len(body)} words in order")


def heading(styles, level):
    """What a template says of the letters of a heading."""
    for style in styles.iter(W + "style"):
        if style.find(W + "name").get(W + "val").lower() == f"heading {level}":
            return {item.tag.removeprefix(W): dict(item.attrib) for item in style.find(W + "rPr")}
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--no-pdf", action="store_true", help="do not ask LibreOffice")
    parser.add_argument("--template", help="the house's own template that the files were made on")
    options = parser.parse_args()
    options.libreoffice = libreoffice()
    if not options.no_pdf:
        missing = [name for name, at in (("LibreOffice", options.libreoffice), ("pdftotext", shutil.which("pdftotext"))) if not at]
        if missing:
            print(f"{' and '.join(missing)} not found; --no-pdf goes without", file=sys.stderr)
            return 2
    faulty = 0
    with tempfile.TemporaryDirectory() as options.profile:
        for path in options.files:
            look = Look(path, options)
            look.run()
            faulty += bool(look.faults)
            faults = list(dict.fromkeys(look.faults))
            verdict = "; ".join(faults[:6]) + (f"; and {len(faults) - 6} more" if len(faults) > 6 else "")
            print(f"{path}: {verdict or 'sound'} ({', '.join(look.facts)})")
    print(f"{len(options.files) - faulty} passed, {faulty} failed")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
