"""Packs a built program with what goes with it: licence, notices, README, completions and manual pages.

    pack.py PROGRAM TARGET OUT [--no-pdf]
    pack.py --version TAG

TARGET is the system that PROGRAM was built for. The second form says whether a tag is the version of Cargo.toml. The same
program gives the same archive.
"""

import gzip
import io
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHELLS = {"bash": "iop.bash", "zsh": "_iop", "fish": "iop.fish", "powershell": "iop.ps1"}


def version():
    with (ROOT / "Cargo.toml").open("rb") as file:
        return tomllib.load(file)["package"]["version"]


def output(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout


def gather(folder, program, target, features):
    """Lays all files in a folder."""
    name = "iop.exe" if "windows" in target else "iop"
    shutil.copy(program, folder / name)
    (folder / name).chmod(0o755)
    said = output(folder / name, "--version").decode()
    expected = f"iop {version()}"
    assert said.startswith(expected) and ("utan PDF" in said) == bool(features), said
    for file in ("LICENSE", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / file, folder)
    shutil.copy(ROOT / "docs/handbok.md", folder)
    shutil.copytree(ROOT / "docs/handbok", folder / "handbok")
    notices = output(sys.executable, ROOT / ".ci/notices.py", target, *features)
    (folder / "THIRD-PARTY.md").write_bytes(notices)
    if "musl" in target:
        shutil.copy(ROOT / "Containerfile", folder)
    (folder / "completions").mkdir()
    for shell, file in SHELLS.items():
        (folder / "completions" / file).write_bytes(output(folder / name, "completions", shell))
    if "windows" not in target:
        output(folder / name, "man", "--out", folder / "man")


def pack(folder, archive, windows):
    """One archive of a folder; no clock and no owner in it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    if windows:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
            for file in files:
                entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}")
                entry.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(entry, file.read_bytes())
        return
    with gzip.GzipFile(archive, "wb", mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as out:
        for file in files:
            content = file.read_bytes()
            entry = tarfile.TarInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}")
            entry.size = len(content)
            entry.mode = 0o755 if file.name == "iop" else 0o644
            out.addfile(entry, io.BytesIO(content))


def main(program, target, out, *features):
    features = ["--no-pdf"] if "--no-pdf" in features else []
    windows = "windows" in target
    name = f"iop-{version()}-{target}{'-no-pdf' if features else ''}"
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / name
        folder.mkdir()
        gather(folder, program, target, features)
        archive = out / f"{name}.{'zip' if windows else 'tar.gz'}"
        pack(folder, archive, windows)
    print(archive.as_posix())


if sys.argv[1] == "--version":
    if sys.argv[2] != f"v{version()}":
        sys.exit(f"::error::The tag is {sys.argv[2]}, and Cargo.toml says {version()}: change one of them.")
else:
    main(*sys.argv[1:])
