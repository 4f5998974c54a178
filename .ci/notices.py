"""The licences of what the program is built of, as a page of Markdown: the texts that must go with it.

    notices.py TARGET [--no-pdf]

A licence that deny.toml does not allow, or of which the sources have no text, is an error. Needs cargo and the sources that
Cargo.lock names (`cargo fetch`).
"""

import json
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Of several licences that one may choose between, the first of these: most have one text in common.
PREFERRED = ["Apache-2.0", "Apache-2.0 WITH LLVM-exception", "MIT", "Zlib"]
# What the name of a licence's file says where a crate has several.
MARKS = {"Apache": "apache", "MIT": "mit", "Zlib": "zlib", "BSD": "bsd", "Unicode": "unicode", "0BSD": "0bsd"}
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
ZERO_BSD = """Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
"""


def alternatives(expression):
    """The sets of licences between which an SPDX expression lets one choose."""
    words = expression.replace("/", " OR ").replace("(", " ( ").replace(")", " ) ").split()

    def atom():
        if words[0] == "(":
            words.pop(0)
            found = either()
            assert words.pop(0) == ")", expression
            return found
        name = words.pop(0)
        if words[:1] == ["WITH"]:
            name = " ".join([name, words.pop(0), words.pop(0)])
        return [{name}]

    def both():
        found = atom()
        while words[:1] == ["AND"]:
            words.pop(0)
            found = [one | other for other in atom() for one in found]
        return found

    def either():
        found = both()
        while words[:1] == ["OR"]:
            words.pop(0)
            found += both()
        return found

    found = either()
    assert not words, expression
    return found


def chosen(package, allowed):
    """The licences that a package is used under."""
    def rank(licences):
        return sorted(PREFERRED.index(one) if one in PREFERRED else len(PREFERRED) for one in licences)

    fitting = [licences for licences in alternatives(package["license"] or "") if licences <= allowed]
    assert fitting, f"{package['name']}: deny.toml does not allow {package['license']}"
    return sorted(min(fitting, key=rank))


def packages(target, features):
    """What the program is built of on a system: no tools of the build, no tests."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target, *features]
    data = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    known = {package["id"]: package for package in data["packages"]}
    edges = {node["id"]: node["deps"] for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]
    seen, left = set(), [root]
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        left += [edge["pkg"] for edge in edges[one] if any(kind["kind"] is None for kind in edge["dep_kinds"])]
    found = [known[one] for one in seen - {root}]
    return sorted(found, key=lambda package: (package["name"], package["version"]))


def files(package, *names):
    folder = pathlib.Path(package["manifest_path"]).parent
    found = [file for file in folder.iterdir() if file.is_file() and file.name.lower().startswith(names)]
    return sorted(found)


def carried(package):
    """The licences of what a package carries of others: code in C, fonts, colour profiles, tables."""
    folder = pathlib.Path(package["manifest_path"]).parent
    inner = [part for part in ("assets", "c_src", "icc", "src") if (folder / part).is_dir()]
    found = {file for part in inner for file in (folder / part).rglob("*LICENSE*") if file.is_file()}
    return sorted(file for file in found if "tests" not in file.relative_to(folder).parts)


def text_of(file):
    return file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip("\n") + "\n"


def text(package, licence):
    """The text of a licence as the package has it; where it has none, as its authors have chosen it."""
    found = files(package, "licen", "copying", "copyright")
    mark = MARKS.get(licence, MARKS.get(licence.split("-")[0], "licen"))
    marked = [file for file in found if mark in file.name.lower().removeprefix("license").removeprefix("licence")]
    plain = [file for file in found if file.stem.lower() in ("license", "licence", "copying")]
    # LICENSE-WHATWG of a crate whose other licences are told by their names.
    others = [file for file in found if not any(other in file.name.lower() for other in MARKS.values())]
    for file in marked or plain or others:
        return text_of(file)
    authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
    standard = {"MIT": MIT, "0BSD": ZERO_BSD}.get(licence)
    assert standard, f"{package['name']}: no text of {licence}"
    return f"Copyright (c) {authors}\n\n{standard}"


def main(target, features):
    with (ROOT / "deny.toml").open("rb") as file:
        allowed = set(tomllib.load(file)["licenses"]["allow"])
    # What each text is for; what stands in each crate in the same words stands once.
    shared, texts, notices = {}, {}, []
    apache = None
    for package in packages(target, features):
        name = f"{package['name']} {package['version']}"
        for licence in chosen(package, allowed):
            if licence.startswith("Apache-2.0"):
                shared.setdefault(licence, []).append(name)
                own = [text_of(file) for file in files(package, "license-apache")]
                apache = apache or next((one for one in own if "END OF TERMS" in one), None)
            else:
                texts.setdefault((licence, text(package, licence)), []).append(name)
        notices += [(name, text_of(file)) for file in [*files(package, "notice"), *carried(package)]]
    assert apache, "no text of Apache-2.0"
    if "musl" in target:
        texts.setdefault(("MIT", f"Copyright © 2005-2020 Rich Felker, et al.\n\n{MIT}"), []).append("musl")
    if not features:
        texts[("OFL-1.1", text_of(ROOT / "assets/fonts/OFL.txt"))] = ["Libertinus Serif"]
    shared.setdefault("Apache-2.0", []).append("Rust's standard library")

    out = ["# What iop is built of", "", f"For {target}{', without PDF' if features else ''}. iop itself: EUPL-1.2, see LICENSE.", ""]
    for licence, names in sorted(shared.items()):
        out += [f"## {licence}", "", ", ".join(names), ""]
    out += ["```text", apache.rstrip(), "```", ""]
    for (licence, words), names in sorted(texts.items(), key=lambda one: (one[0][0], one[1])):
        out += [f"## {licence}: {', '.join(names)}", "", "```text", words.rstrip(), "```", ""]
    for name, words in notices:
        out += [f"## Notice of {name}", "", "```text", words.rstrip(), "```", ""]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    print("\n".join(out).rstrip())


if __name__ == "__main__":
    main(sys.argv[1], ["--no-default-features"] if "--no-pdf" in sys.argv[2:] else [])
