"""Runs a program with ten seconds and one gigabyte, and tells what must never be."""

import resource
import subprocess

SECONDS = 10
BYTES = 1 << 30


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, expected):
    """What went wrong, or nothing, and how the program ended, and what it wrote to its two outputs. Expected: the exit codes that it may have."""
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, preexec_fn=limits)
    except subprocess.TimeoutExpired:
        return f"not done in {SECONDS} s", None, b"", b""
    fault = None
    if done.returncode < 0:
        fault = f"signal {-done.returncode}"
    elif done.returncode not in expected or b"panicked" in done.stderr:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        fault = f"exit {done.returncode}: {' '.join(words[:2])[:200]}"
    return fault, done.returncode, done.stdout, done.stderr
