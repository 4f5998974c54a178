#!/usr/bin/env python3
"""Looks at pages for the web (HTML) without a browser, and says of each on one line what is wrong.

    audit/check_html.py FILE.html [...]

Each page stands alone (nothing is fetched, no script), its elements are closed, it says its language and title, and has one
main and one top heading; tables have heads with scope, pictures a text, and lines to write on are not read aloud. Beside each
lies the Markdown of the same name: headings, tables and words are the same, in the same order.

Exit code 1 if any page has a fault.
"""
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

from markdown_text import first_difference, markdown, words

VOID = {"meta", "br", "img", "hr", "link", "col", "input", "wbr"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.all = [], [], []
        self.text, self.headings, self.title = [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.all.append((tag, attributes, tuple(self.open)))
        self.text.append(" " if tag not in ("strong", "em", "a", "span", "sup", "code") else "")
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")

    def handle_data(self, data):
        if "title" in self.open:
            self.title += data
        # The signs of notes are marks in the Markdown.
        if "main" not in self.open or "sup" in self.open:
            return
        if data == "Tillbaka till texten" and self.open[-1] == "a":
            return
        self.text.append(data)
        if any(re.fullmatch("h[1-6]", tag) for tag in self.open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


def look(path):
    source = path.read_text(encoding="utf-8")
    page = Page(source)
    faults = page.faults
    need = lambda holds, text: None if holds else faults.append(text)
    of = lambda tag: [attributes for name, attributes, _ in page.all if name == tag]
    need(source.startswith("<!DOCTYPE html>"), "no doctype")
    need(not page.open, f"not closed: {page.open}")
    need([item.get("lang") for item in of("html")] == ["sv"], "language")
    need(page.title.strip(), "no title")
    need(any(item.get("charset") == "utf-8" for item in of("meta")), "no charset")
    need(any(item.get("name") == "viewport" for item in of("meta")), "no viewport")
    need(len(of("main")) == 1, "not one main")
    need(len(of("h1")) == 1, "not one h1")
    levels = [0, *(level for level, _ in page.headings)]
    need(all(below - above <= 1 for above, below in zip(levels, levels[1:])), f"a level of heading is left out: {levels[1:]}")

    for tag in ("script", "iframe", "object", "embed", "form", "link", "base"):
        need(not of(tag), f"<{tag}>")
    ids = [attributes["id"] for _, attributes, _ in page.all if "id" in attributes]
    need(len(ids) == len(set(ids)), "an id stands twice")
    for tag, attributes, _ in page.all:
        need(not any(name.startswith("on") for name in attributes), f"<{tag}> runs code")
        need(attributes.get("src", "data:").startswith("data:"), f"fetches {attributes.get('src')}")
        target = attributes.get("href", "#")
        need(re.match("(?i)https?://|mailto:|#", target), f"link to {target}")
        need(target[0] != "#" or target[1:] in {"", *ids}, f"link to {target}, which is not there")
    need(not re.search(r"(?i)@import|url\((?!['\"]?data:)", "".join(re.findall("(?s)<style>(.*?)</style>", source))), "the style fetches something")

    need(all("alt" in item for item in of("img")), "a picture without text")
    need(all(item.get("aria-hidden") == "true" for item in of("span") if "line" in item.get("class", "").split()), "a line is read aloud")
    need(all(item.get("scope") in ("col", "row") for item in of("th")), "a head without scope")
    heads = [name for name, _, above in page.all if name in ("th", "td") and "thead" in above]
    need("td" not in heads and len(of("thead")) == len(of("table")), "a table without heads")

    headings, tables, body, notes = markdown(path.with_suffix(".md").read_text(encoding="utf-8"))
    own = [(level, " ".join(words(text))) for level, text in page.headings]
    need(own == headings, f"headings differ: {first_difference(own, headings)}")
    need(len(of("table")) == tables, f"{len(of('table'))} tables, Markdown has {tables}")
    own = words("".join(page.text))
    need(own == body + notes, f"the words differ: {first_difference(own, body + notes)}")
    return list(dict.fromkeys(faults)), len(own)


def main():
    faulty = 0
    for path in map(Path, sys.argv[1:]):
        faults, count = look(path)
        faulty += bool(faults)
        print(f"{path}: {'; '.join(faults[:6]) or 'sound'} ({count} words in order)")
    print(f"{len(sys.argv) - 1 - faulty} passed, {faulty} failed")
    return 1 if faulty or len(sys.argv) == 1 else 0


if __name__ == "__main__":
    sys.exit(main())
