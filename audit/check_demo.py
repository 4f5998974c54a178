#!/usr/bin/env python3
"""Whether `iop validate` finds every fault that `iop demo` has planted, at its place, and nothing else.

usage: check_demo.py [IOP] [--agreements N] [--seeds 1 2 …]
"""
import argparse, collections, json, subprocess, sys, tempfile
from pathlib import Path


def key(fault):
    return fault["code"], fault["file"], fault["path"]


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.returncode}\n{done.stderr}")
    return done.stdout


def main():
    options = argparse.ArgumentParser()
    options.add_argument("iop", nargs="?", default="target/debug/iop")
    options.add_argument("--agreements", type=int, default=10_000)
    options.add_argument("--seeds", type=int, nargs="+", default=[1])
    chosen = options.parse_args()
    wrong = 0
    for seed in chosen.seeds:
        with tempfile.TemporaryDirectory() as folder:
            register = Path(folder) / "register"
            run(chosen.iop, "demo", register, "--agreements", chosen.agreements, "--seed", seed)
            manifest = json.loads((register / "manifest.json").read_text())
            report = run(chosen.iop, "validate", "--register", register, "--as-of", manifest["as_of"], "--format", "json")
        planted = collections.Counter(map(key, manifest["faults"]))
        found = collections.Counter(map(key, json.loads(report)["findings"]))
        for what, faults in (("not found", planted - found), ("not planted", found - planted)):
            wrong += sum(faults.values())
            for fault in list(faults.elements())[:10]:
                print(f"seed {seed}, {what}:", *fault)
        print(f"seed {seed}: {chosen.agreements} agreements, {sum(planted.values())} planted, {sum(found.values())} found")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
