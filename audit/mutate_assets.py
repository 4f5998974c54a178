#!/usr/bin/env python3
"""Damages fonts, pictures and templates of a small register from outside, and runs `iop` on each.

    audit/mutate_assets.py --program target/release/iop --seconds 120 [--seed 1] [--kinds font,svg,png,jpg,template]

Each run has ten seconds and one gigabyte. What is reported is what must never be: a signal, an abort, a panic (exit code
4), a run out of time or of memory. The damaged file of each such run is kept in --keep. Exit code 1 where there is any.
"""

import argparse
import random
import shutil
import struct
import sys
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path

from bounded import run
from damage import TEMPLATE_WORDS, damage, text_damage

ROOT = Path(__file__).resolve().parent.parent
DAY = "2025-06-01"
FAMILY = "Libertinus Serif"


# Fonts


def tables(font):
    count = struct.unpack(">H", font[4:6])[0]
    records = [struct.unpack(">4sLLL", font[12 + 16 * n : 28 + 16 * n]) for n in range(count)]
    return {tag: font[start : start + length] for tag, _, start, length in records}


def checksum(table):
    table += b"\0" * (-len(table) % 4)
    return sum(struct.unpack(f">{len(table) // 4}L", table)) & 0xFFFFFFFF


def sfnt(all_tables, kind):
    offset = 12 + 16 * len(all_tables)
    directory, body = b"", b""
    for tag, table in sorted(all_tables.items()):
        summed = table[:8] + b"\0\0\0\0" + table[12:] if tag == b"head" else table
        directory += struct.pack(">4sLLL", tag, checksum(summed), offset + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return kind + struct.pack(">HHHH", len(all_tables), 0, 0, 0) + directory + body


def fonts():
    found = [ROOT / f"assets/fonts/LibertinusSerif-{face}.otf" for face in ("Regular", "Bold")]
    # Those with points (TrueType), where the machine has any.
    found += sorted(Path("/usr/share/fonts/truetype").rglob("*Sans.ttf"))[:1]
    return [path.read_bytes() for path in found if path.exists()]


def mutated_font(number, chance):
    originals = fonts()
    font = originals[number % len(originals)]
    parts = tables(font)
    tag = sorted(parts)[(number // len(originals)) % len(parts)]
    match chance.randrange(8):
        case 0:
            return f"font {tag!r} cut", font[: chance.randrange(len(font))]
        case 1:
            return "font anywhere", damage(font, chance)
        case 2:
            parts[tag] = parts[tag][: chance.randrange(len(parts[tag]) + 1)]
        case 3:
            parts[tag] = damage(parts[tag], chance)
        case _:
            # What counts and points stands first.
            parts[tag] = damage(parts[tag], chance, 0, 200)
    # With sums that are right, so that what is read must tell.
    return f"font {tag.decode()}", sfnt(parts, font[:4])


# Pictures


def chunk(kind, data, right=True):
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data) if right else 0)


def png(width=40, height=30, depth=8, colour=2, more=b""):
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = b"\0" + b"\x80" * ((width * channels * depth + 7) // 8)
    head = struct.pack(">LLBBBBB", width, height, depth, colour, 0, 0, 0)
    palette = chunk(b"PLTE", bytes(range(256)) * 3) if colour == 3 else b""
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + palette + more
        + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
    )


def mutated_png(number, chance):
    match number % 6:
        case 0:
            width, height = chance.choice([(1, 1 << 31), (1 << 20, 1 << 20), (0, 9), (65535, 65535), (3000, 3900)])
            body = zlib.compress(b"\0" * chance.choice([10, 100_000, 40_000_000]))
            head = struct.pack(">LLBBBBB", width, height, chance.choice([1, 8, 16]), chance.choice([0, 2, 4, 6]), 0, 0, chance.choice([0, 1]))
            return "png size", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
        case 1:
            profile = b"x\0\0" + zlib.compress(b"\0" * chance.choice([10, 100_000_000]))
            return "png profile", png(more=chunk(chance.choice([b"iCCP", b"zTXt"]), profile))
        case _:
            depth, colour = chance.choice([(8, 2), (8, 6), (16, 6), (1, 0), (8, 3), (16, 4)])
            return "png bytes", damage(png(depth=depth, colour=colour), chance)


def jpeg():
    """A grey square, progressive in one pass: the smallest that decoders take."""
    quant = b"\xff\xdb\0\x43\0" + b"\1" * 64
    frame = b"\xff\xc0\0\x0b\x08\0\x10\0\x10\1\1\x11\0"
    counts = b"\0\1" + b"\0" * 14
    huffman = b"".join(b"\xff\xc4" + struct.pack(">H", 2 + 1 + 16 + 1) + bytes([kind]) + counts + b"\0" for kind in (0, 0x10))
    scan = b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\0" * 4
    return b"\xff\xd8" + quant + frame + huffman + scan + b"\xff\xd9"


def mutated_jpg(number, chance):
    data = jpeg()
    match number % 4:
        case 0:
            size = struct.pack(">HH", *chance.choice([(65535, 65535), (1, 65535), (0, 0), (3400, 3400)]))
            frame = data.index(b"\xff\xc0") + 5
            return "jpg size", data[:frame] + size + data[frame + 4 :]
        case 1:
            scan = data[data.index(b"\xff\xda") : -2]
            large = data.replace(b"\xff\xc0\0\x0b\x08\0\x10\0\x10", b"\xff\xc2\0\x0b\x08\x0d\0\x0d\0")
            return "jpg passes", large[:-2] + scan * chance.choice([10, 1000, 100_000])
        case _:
            return "jpg bytes", damage(data, chance)


DRAWINGS = [
    '<g id="a" clip-path="url(#c)"><path d="M0 0h10v10z" stroke="red" stroke-dasharray="0.001"/></g><clipPath id="c"><rect width="9" height="9"/></clipPath>',
    '<defs><linearGradient id="b"><stop offset="0.5"/></linearGradient><mask id="m"><use xlink:href="#d"/></mask></defs><circle id="d" r="9" fill="url(#b)"/><g mask="url(#m)"><use xlink:href="#d"/></g>',
    '<style>.x{clip-path:url(#c);fill:#123}</style><symbol id="s" viewBox="0 0 1e9 1"><ellipse rx="9" ry="3"/></symbol><use xlink:href="#s" width="9"/><polygon class="x" points="0,0 9,9 0,9"/>',
]
WORDS = [
    "filter", "url(#d)", "url(#a)", "#a", "#d", "<g>", "</g>", "<use xlink:href='#a'/>", "<text>x</text>", "&x;", "1e38", "-1e38",
    "NaN", "<feTurbulence numOctaves='99999999'/>", "<pattern id='a'/>", "<image xlink:href='a.svg'/>", "<svg>", "<mask id='d'>",
    "stroke-width='1e30'", "transform='scale(1e30)'", "<!ENTITY x 'y'>", "<foreignObject>", "<switch>", "<style>", "*{mask:url(#m)}", "\0", "é",
]


def mutated_svg(number, chance):
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
    return "svg", text_damage(f"{head}{DRAWINGS[number % len(DRAWINGS)]}</svg>", WORDS, chance).encode()


# Templates

def mutated_template(number, chance):
    names = sorted((ROOT / "templates/clauses").glob("*.md"))
    text = names[number % len(names)].read_text(encoding="utf-8")
    head, rest = text.split("\n", 1)
    return "template", (head + "\n" + text_damage(rest, TEMPLATE_WORDS, chance)).encode(errors="replace")


KINDS = {
    "font": (mutated_font, "templates/fonts/x.otf", f'font = "{FAMILY}"'),
    "svg": (mutated_svg, "templates/pictures/a.svg", 'logotype = { file = "a.svg", text = "x" }'),
    "png": (mutated_png, "templates/pictures/a.png", 'logotype = { file = "a.png", text = "x" }'),
    "jpg": (mutated_jpg, "templates/pictures/a.jpg", 'logotype = { file = "a.jpg", text = "x" }'),
    "template": (mutated_template, "templates/clauses/relation.md", ""),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "target/release/iop"))
    parser.add_argument("--register", default=str(ROOT / "examples/adala"))
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--most", type=int, default=100_000, help="so many files of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--agreement", default="oppet-hus")
    parser.add_argument("--keep", default="")
    arguments = parser.parse_args()
    kinds = arguments.kinds.split(",")
    begun, runs, faults, slowest = time.monotonic(), Counter(), [], Counter()
    with tempfile.TemporaryDirectory() as folder:
        registers = {}
        for kind in kinds:
            register = registers[kind] = Path(folder) / kind
            shutil.copytree(arguments.register, register, ignore=shutil.ignore_patterns("build"))
            settings = register / "iop.toml"
            settings.write_text(f"{settings.read_text(encoding='utf-8')}\n[pdf]\n{KINDS[kind][2]}\n", encoding="utf-8")
        number = 0
        while time.monotonic() - begun < arguments.seconds and number < arguments.most:
            for kind in kinds:
                mutate, name, _ = KINDS[kind]
                chance = random.Random(f"{arguments.seed} {kind} {number}")
                what, data = mutate(number, chance)
                path = registers[kind] / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                document = chance.choice(["avtal", "tjansteskrivelse"])
                for command in (["validate"], ["render", arguments.agreement, "--document", document]):
                    start = time.monotonic()
                    whole = [arguments.program, *command, "--register", registers[kind], "--as-of", DAY]
                    fault, *_ = run(whole, expected=(0, 1))
                    slowest[kind] = max(slowest[kind], time.monotonic() - start)
                    if fault:
                        faults.append(f"{what}, number {number}, {command[0]}: {fault}")
                        if arguments.keep:
                            kept = Path(arguments.keep) / f"{kind}-{number}{path.suffix}"
                            kept.parent.mkdir(parents=True, exist_ok=True)
                            kept.write_bytes(data)
                        break
                runs[kind] += 1
            number += 1
    for kind in kinds:
        print(f"{kind}: {runs[kind]} files, slowest run {slowest[kind]:.1f} s")
    print(f"{len(faults)} aborts, panics, timeouts")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
