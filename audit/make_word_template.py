#!/usr/bin/env python3
"""Makes a house's own template for Word as a municipality could have it: written by python-docx, saved by LibreOffice.

    audit/make_word_template.py SOFFICE MALL.docx

It has a logotype and a name in its header that is split over runs, a footer, headings of its own colours, and `{{ text }}`.
"""
import io
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

import docx
from docx.shared import Mm, Pt, RGBColor


def picture():
    """A square of one colour, as PNG."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    rows = (b"\0" + b"\x1b\x3a\x57" * 32) * 32
    head = struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def main():
    office, target = sys.argv[1], pathlib.Path(sys.argv[2])
    document = docx.Document()
    for level, colour in ((1, "8A1F5C"), (2, "1B6E57")):
        font = document.styles[f"Heading {level}"].font
        font.color.rgb, font.name, font.size = RGBColor.from_string(colour), "Carlito", Pt(22 - 4 * level)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    head = section.header.paragraphs[0]
    head.add_run().add_picture(io.BytesIO(picture()), height=Mm(12))
    head.add_run(" Sjövalla kommun, {{ dokument")
    head.add_run("typ }} ").bold = True
    head.add_run("{{ diarienummer }}, {{ datum }}")
    section.footer.paragraphs[0].text = "Sjövalla kommun, stadshuset"
    document.add_paragraph("{{ text }}")
    with tempfile.TemporaryDirectory() as folder:
        drawn = pathlib.Path(folder) / "mall.docx"
        document.save(drawn)
        out = pathlib.Path(folder) / "out"
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", out, drawn]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        target.write_bytes((out / "mall.docx").read_bytes())


if __name__ == "__main__":
    main()
