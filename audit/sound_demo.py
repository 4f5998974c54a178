#!/usr/bin/env python3
"""Writes the register of `iop demo` without the agreements in which it has planted a fault: what those cost and when is
not defined, or not told by the files.

usage: sound_demo.py IOP DIR [--agreements N] [--seed N]
"""
import argparse, json, subprocess
from pathlib import Path


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("iop")
    options.add_argument("folder", type=Path)
    options.add_argument("--agreements", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    size = ["--agreements", str(chosen.agreements), "--seed", str(chosen.seed)]
    subprocess.run([chosen.iop, "demo", chosen.folder, *size], check=True, stdout=subprocess.DEVNULL)
    faults = json.loads((chosen.folder / "manifest.json").read_text(encoding="utf-8"))["faults"]
    for name in {Path(fault["file"]).name for fault in faults}:
        for folder in ("agreements", "records"):
            (chosen.folder / folder / name).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
