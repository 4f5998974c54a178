#!/usr/bin/env python3
"""What each command and format needs on a large register, beside `iop validate` on the same.

usage: cargo build --release --no-default-features --locked
       python3 benches/compare_load.py [--agreements 10000] [--larger 30000] [--write docs/benchmarks.md]

Each is run `--times` times, in turn with the others, so that they share the hours of the machine; the least time counts.
"""
import argparse
import os
import pathlib
import platform
import subprocess
import tempfile

from compare_validate import AS_OF, IOP, peak

COMMANDS = [["validate"], ["validate", "--format", "json"], ["schedule"], ["schedule", "--format", "csv"],
            ["schedule", "--format", "json"], ["schedule", "--format", "ics"], ["payouts"],
            ["payouts", "--format", "json"], ["budget"], ["followup"], ["followup", "--format", "json"]]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--agreements", type=int, default=10_000)
    options.add_argument("--larger", type=int, default=30_000)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--write", type=pathlib.Path)
    chosen = options.parse_args()
    number = lambda count: f"{count:,}".replace(",", " ")
    with tempfile.TemporaryDirectory() as folder:
        def register(size):
            at = pathlib.Path(folder) / str(size)
            subprocess.run([IOP, "demo", at, "--agreements", str(size)], check=True, stdout=subprocess.DEVNULL)
            return at

        def least(runs):
            """The least time, and the memory and the program's own work in it."""
            return min(runs, key=lambda run: run[0])
        small = register(chosen.agreements)
        runs = [[peak([IOP, *command, "--register", small, *AS_OF]) for command in COMMANDS] for _ in range(chosen.times)]
        found = [least(of_one) for of_one in zip(*runs)]
        large = register(chosen.larger)
        more = least([peak([IOP, "validate", "--register", large, *AS_OF]) for _ in range(chosen.times)])

    first = found[0]
    table = [f"{number(chosen.agreements)} demo agreements, the least of {chosen.times} runs in turn. "
             f"{platform.machine()}, {os.cpu_count()} cores.", "",
             "| command | time, s | times validate | memory, MB |", "|---|---:|---:|---:|"]
    table += [f"| `iop {' '.join(command)}` | {seconds:.2f} | {seconds / first[0]:.2f} | {memory:.0f} |"
              for command, (seconds, memory, _) in zip(COMMANDS, found)]
    table.append(f"| `iop validate` on {number(chosen.larger)} | {more[0]:.2f} | {more[0] / first[0]:.2f} "
                 f"(own work {more[2] / first[2]:.2f}) | {more[1]:.0f} |")
    text = "\n".join(table)
    print(text)
    if chosen.write:
        page = chosen.write.read_text()
        begin, end = "<!-- compare load -->", "<!-- /compare load -->"
        head, rest = page.split(begin)
        chosen.write.write_text(head + begin + "\n" + text + "\n" + end + rest.split(end)[1])


if __name__ == "__main__":
    main()
