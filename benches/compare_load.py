#!/usr/bin/env python3
"""What each command and format needs on a large register, and one paper of a small one, beside `iop validate` on the same.

usage: cargo build --release --no-default-features --locked
       python3 benches/compare_load.py [--agreements 10000] [--larger 30000] [--papers] [--program IOP] [--write docs/benchmarks.md]

Each is run `--times` times, in turn with the others, so that they share the hours of the machine; the least time counts.
`--papers` measures the papers alone, twenty times as often. Exit code 1 if a Word file or a page costs more than its limit.
"""
import argparse
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

from compare_validate import AS_OF, IOP, ROOT, peak

COMMANDS = [["validate"], ["validate", "--format", "json"], ["schedule"], ["schedule", "--format", "csv"],
            ["schedule", "--format", "json"], ["schedule", "--format", "ics"], ["payouts"],
            ["payouts", "--format", "json"], ["budget"], ["followup"], ["followup", "--format", "json"]]

# Milliseconds that a paper may cost beyond reading and judging the register.
LIMIT = 20
MARKS = {"load": ("<!-- compare load -->", "<!-- /compare load -->"), "papers": ("<!-- compare papers -->", "<!-- /compare papers -->")}


def write(page, what, text):
    print(text)
    if page:
        begin, end = MARKS[what]
        head, rest = page.read_text().split(begin)
        page.write_text(head + begin + "\n" + text + "\n" + end + rest.split(end)[1])


def least(runs):
    """The least time, and the memory and the program's own work in it."""
    return min(runs, key=lambda run: run[0])


def papers(iop, times, page):
    """One agreement of Lund in each format, a new process each time. Whether each keeps its limit."""
    with tempfile.TemporaryDirectory() as folder:
        lund = ["--register", ROOT, "--as-of", "2026-11-22"]
        render = ["render", "rsmh-lund-2021", "--document", "avtal", "--out", folder, *lund, "--format"]
        commands = {"validate": ["validate", *lund], **{of: [*render, of] for of in ("md", "html", "docx")}}
        runs = [[peak([iop, *command]) for command in commands.values()] for _ in range(times)]
    # The own work is not longer because something else runs at the same time, so the limit is for that. It is counted in ticks, of
    # which only the mean says anything.
    found = {name: (1000 * least(of_one)[0], 1000 * statistics.mean(run[2] for run in of_one)) for name, of_one in zip(commands, zip(*runs))}
    beyond = {of: found[of][1] - found["validate"][1] for of in found}
    table = [f"The agreement with RSMH, cold: the least time and the mean of the own work of {times} runs in turn. {platform.machine()}, {os.cpu_count()} cores.", "",
             "| command | time, ms | own work, ms | beyond validate, ms |", "|---|---:|---:|---:|"]
    titles = {"validate": "`iop validate`", **{of: f"one agreement as {of}" for of in ("md", "html", "docx")}}
    table += [f"| {titles[of]} | {time:.0f} | {work:.0f} | {beyond[of]:.0f} |" for of, (time, work) in found.items()]
    write(page, "papers", "\n".join(table))
    return max(beyond["html"], beyond["docx"]) <= LIMIT


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--agreements", type=int, default=10_000)
    options.add_argument("--larger", type=int, default=30_000)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--write", type=pathlib.Path)
    options.add_argument("--papers", action="store_true")
    options.add_argument("--program", type=pathlib.Path, default=IOP)
    chosen = options.parse_args()
    iop = chosen.program.resolve()
    sound = papers(iop, 20 * chosen.times, chosen.write)
    if chosen.papers:
        return 0 if sound else 1
    number = lambda count: f"{count:,}".replace(",", " ")
    with tempfile.TemporaryDirectory() as folder:
        def register(size):
            at = pathlib.Path(folder) / str(size)
            subprocess.run([iop, "demo", at, "--agreements", str(size)], check=True, stdout=subprocess.DEVNULL)
            return at

        small = register(chosen.agreements)
        runs = [[peak([iop, *command, "--register", small, *AS_OF]) for command in COMMANDS] for _ in range(chosen.times)]
        found = [least(of_one) for of_one in zip(*runs)]
        large = register(chosen.larger)
        more = least([peak([iop, "validate", "--register", large, *AS_OF]) for _ in range(chosen.times)])

    first = found[0]
    table = [f"{number(chosen.agreements)} demo agreements, the least of {chosen.times} runs in turn. "
             f"{platform.machine()}, {os.cpu_count()} cores.", "",
             "| command | time, s | times validate | memory, MB |", "|---|---:|---:|---:|"]
    table += [f"| `iop {' '.join(command)}` | {seconds:.2f} | {seconds / first[0]:.2f} | {memory:.0f} |"
              for command, (seconds, memory, _) in zip(COMMANDS, found)]
    table.append(f"| `iop validate` on {number(chosen.larger)} | {more[0]:.2f} | {more[0] / first[0]:.2f} "
                 f"(own work {more[2] / first[2]:.2f}) | {more[1]:.0f} |")
    write(chosen.write, "load", "\n".join(table))
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
