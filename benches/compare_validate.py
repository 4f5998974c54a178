#!/usr/bin/env python3
"""Validates the same demo register with iop, check-jsonschema and taplo, and parses it with the toml crate alone.

usage: python3 -m venv V && V/bin/pip install check-jsonschema==0.39.0 taplo==0.9.3
       cargo build --release && V/bin/python benches/compare_validate.py [--agreements 10000] [--write docs/benchmarks.md]

The others see only the schema of an agreement; iop also reads records, budget and guidelines, and judges by all rules.
Parsing alone and iop are each the least of several runs; check-jsonschema and taplo run once, on as many of the files as
`--sample` says, because they are slow: their time is scaled by the number of files.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
IOP = ROOT / "target/release/iop"
AS_OF = ["--as-of", "2026-06-30"]
BIN = pathlib.Path(sys.executable).parent


def timed(command, **more):
    start = time.perf_counter()
    done = subprocess.run(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    return time.perf_counter() - start, done


def peak(command):
    """Seconds, MB and the seconds of its own work on all cores, without the kernel's, of a command."""
    before = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.execv(str(command[0]), list(map(str, command)))
    _, status, usage = os.wait4(pid, 0)
    assert os.WEXITSTATUS(status) in (0, 1), status
    return time.perf_counter() - before, usage.ru_maxrss / 1024, usage.ru_utime


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--agreements", type=int, default=10_000)
    options.add_argument("--sample", type=int, default=1_000)
    options.add_argument("--write", type=pathlib.Path)
    chosen = options.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        sizes = [chosen.agreements, 3 * chosen.agreements]
        times = {}
        for size in sizes:
            register = pathlib.Path(folder) / str(size)
            timed([IOP, "demo", register, "--agreements", size])[1].check_returncode()
            command = [IOP, "validate", "--register", register, "--format", "json", *AS_OF]
            times[size] = min((peak(command) for _ in range(5)), key=lambda run: run[0])
        register = pathlib.Path(folder) / str(sizes[0])
        report = json.loads(subprocess.run([IOP, "validate", "--register", register, "--format", "json", *AS_OF],
                                           capture_output=True, text=True).stdout)
        key = lambda item: (item["code"], item["file"], item["path"])
        planted = sorted(map(key, json.loads((register / "manifest.json").read_text())["faults"]))
        found = sorted(map(key, report["findings"]))
        assert planted == found, "the planted faults and nothing else"

        bench = subprocess.run(["cargo", "bench", "--quiet", "--no-default-features", "--bench", "register", "--", str(register)],
                               cwd=ROOT, capture_output=True, text=True, check=True).stdout
        step = {name.strip(): float(seconds) for name, seconds in re.findall(r"^ *([a-z ]+): +([0-9.]+) ?s?$", bench, re.M)}
        print(bench)

        schema = ROOT / "schema/agreement.v1.json"
        sample = sorted((register / "agreements").glob("*.toml"))[: chosen.sample]
        scale = sizes[0] / len(sample)
        others = {}
        seconds, done = timed([BIN / "check-jsonschema", "--schemafile", schema, *sample])
        assert b"Traceback" not in done.stderr, done.stderr[-2000:]
        others["check-jsonschema"] = seconds * scale
        seconds, done = timed([BIN / "taplo", "lint", "--schema", f"file://{schema}", *sample], cwd=register)
        assert b"panicked" not in done.stderr, done.stderr[-2000:]
        others["taplo lint"] = seconds * scale

        cold = min(timed([IOP, "validate", "--register", ROOT, "--as-of", "2026-11-22"])[0] for _ in range(20))

    ours, memory, work = times[sizes[0]]
    more, more_memory, more_work = times[sizes[1]]
    number = lambda size: f"{size:,}".replace(",", " ")
    rows.append(("`iop validate`, the whole command", f"{ours:.2f} s", "1"))
    rows.append(("the same in process, without output, against the toml crate alone",
                 f"{step['reading the files'] + step['reading into types'] + step['judging']:.2f} s "
                 f"against {step['reading the files'] + step['toml crate only']:.2f} s",
                 f"{step['ratio with reading']:.2f} times parsing (limit 2.5)"))
    for name, limit in (("check-jsonschema", 20), ("taplo lint", 5)):
        rows.append((f"{name}, schema only", f"{others[name]:.1f} s", f"{others[name] / ours:.0f} times (at least {limit})"))
    rows.append((f"`iop validate` on {number(sizes[1])}", f"{more:.2f} s, {more_memory:.0f} MB",
                 f"{more_work / work:.2f} times the work for three times as many, {more / ours:.2f} times the time (limit 3 GB)"))
    rows.append(("`iop validate` on the two agreements of Lund, cold", f"{cold * 1000:.0f} ms", "limit 30 ms"))
    table = [f"{number(sizes[0])} demo agreements, {len(planted)} planted faults: all found, nothing else. {memory:.0f} MB. "
             f"{platform.machine()}, {os.cpu_count()} cores. check-jsonschema and taplo on {number(len(sample))} of the files, scaled.",
             "", "| | time | ratio |", "|---|---|---|"]
    table += [f"| {what} | {seconds} | {ratio} |" for what, seconds, ratio in rows]
    text = "\n".join(table)
    print(text)
    if chosen.write:
        page = chosen.write.read_text()
        begin, end = "<!-- compare validate -->", "<!-- /compare validate -->"
        head, rest = page.split(begin)
        chosen.write.write_text(head + begin + "\n" + text + "\n" + end + rest.split(end)[1])


if __name__ == "__main__":
    main()
