#!/usr/bin/env python3
"""Runs what docs/ci has for GitHub, GitLab, Azure and pre-commit, step by step, from a fresh clone, and says how long each takes.

    audit/fresh_clone.py [--program IOP] [--write docs/ci/README.md]

Each system gets a repository of its own, with a register that has no agreements yet and then with an agreement, and runs
three times: with nothing kept, and then with what it keeps between runs. Steps that only the service can do (fetching, keeping and showing files)
are left out; what they would keep or show must be there. Without --program the program is built as the steps say, which needs
Rust and takes minutes: the first system begins with nothing, the others share what is built of the dependencies. With it, a
`cargo` that lays IOP where `cargo install` would have put it stands for the build. Needs PyYAML and pre-commit, git and jq.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ZEROS = "0" * 40
PUT = '#!/bin/bash\nwhile [ "$1" != --root ]; do shift; done\nmkdir -p "$2/bin" && ln -sf "{program}" "$2/bin/iop"\n'


class Failed(Exception):
    """A step that did not end as it should."""


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=prov", "-c", "user.email=prov@example.se", *arguments], cwd=folder, check=True, capture_output=True)


class System:
    """One system: its repository, what is set in it, and how long its steps took."""

    def __init__(self, clone, revision, folder, environment):
        self.clone, self.revision, self.folder = clone, revision, folder
        self.environment = dict(environment)
        self.repository = folder / "register"

    def load(self, file):
        """A file as it stands in the clone, with the zeros replaced as its first line says."""
        return yaml.safe_load((self.clone / file).read_text(encoding="utf-8").replace(ZEROS, self.revision))

    def bash(self, script, expected=(0,), **variables):
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=self.repository, env={**self.environment, **variables},
                              capture_output=True, text=True)
        if done.returncode not in expected:
            raise Failed(f"{script}\n{done.returncode}, not {expected}:\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def need(self, holds, text):
        if not holds:
            raise Failed(text)

    def report(self, name):
        """A report that the service would take stands there exactly where there is something to judge."""
        path = self.repository / name
        has_agreements = any((self.repository / "agreements").glob("*.toml"))
        self.need(path.is_file() == has_agreements, f"{name}: is there {path.is_file()}, agreements {has_agreements}")
        path.unlink(missing_ok=True)


class GitHub(System):
    title = "GitHub, `github.yml`"

    def run(self):
        steps = self.load("docs/ci/github.yml")["jobs"]["granska"]["steps"]
        given = next(step["with"] for step in steps if step.get("uses", "").startswith("KOMMUNEN/iop@"))
        action = self.load("action.yml")
        values = {name: str(given.get(name, declared["default"])) for name, declared in action["inputs"].items()}
        temporary = self.folder / "temp"
        temporary.mkdir(exist_ok=True)
        # A runner keeps an action in a folder of its revision.
        place = self.folder / f"_actions/KOMMUNEN/iop/{self.revision}"
        if not place.exists():
            git(self.folder, "clone", "--quiet", self.clone, place)
        for step in action["runs"]["steps"]:
            own = {name: re.sub(r"\$\{\{ (?:inputs\.([\w-]+)|github\.action_path) \}\}",
                                lambda found: values[found[1]] if found[1] else str(place), value) for name, value in step["env"].items()}
            self.bash(step["run"], **own, RUNNER_TEMP=str(temporary), RUNNER_TOOL_CACHE=str(self.folder / "tools"),
                      GITHUB_OUTPUT=str(temporary / "output"), GITHUB_STEP_SUMMARY=str(temporary / "summary"))
        self.report("iop.sarif")


class Watch(System):
    title = "GitHub, `uppfoljning.yml`"

    def run(self):
        job = self.load("docs/ci/uppfoljning.yml")["jobs"]["bevaka"]
        path, summary = self.folder / "path", self.folder / "summary"
        source = self.repository / ".iop"
        if not source.exists():
            git(self.folder, "clone", "--quiet", self.clone, source)
        for step in job["steps"]:
            if "run" in step:
                added = path.read_text().splitlines() if path.exists() else []
                is_watch = "followup" in step["run"]
                self.bash(step["run"], expected=(0, 1) if is_watch else (0,), **job["env"], RUNNER_TOOL_CACHE=str(self.folder / "tools"),
                          GITHUB_PATH=str(path), GITHUB_STEP_SUMMARY=str(summary),
                          PATH=os.pathsep.join([*reversed(added), self.environment["PATH"]]))
        self.report("partnerskap.ics")


class GitLab(System):
    title = "GitLab, `gitlab-ci.yml`"

    def run(self):
        job = self.load("docs/ci/gitlab-ci.yml")["partnerskap"]
        variables = {**job["variables"], "IOP_SOURCE": f"file://{self.clone}"}
        self.bash("\n".join([*job["before_script"], *job["script"]]), **variables)
        for name in job["artifacts"]["reports"].values():
            self.report(name)


class Azure(System):
    title = "Azure DevOps, `azure-pipelines.yml`"

    def run(self):
        pipeline = self.load("docs/ci/azure-pipelines.yml")
        variables = {**pipeline["variables"], "IOP_SOURCE": f"file://{self.clone}"}
        path = self.environment["PATH"]
        for step in pipeline["jobs"][0]["steps"]:
            if "bash" in step:
                said = self.bash(step["bash"], **variables, PATH=path, PIPELINE_WORKSPACE=str(self.folder))
                for added in re.findall(r"^##vso\[task\.prependpath\](.+)$", said, re.MULTILINE):
                    path = added + os.pathsep + path
        self.report("iop.junit.xml")


class Hook(System):
    title = "pre-commit, `iop-validate`"

    def run(self):
        config = self.repository / ".pre-commit-config.yaml"
        if not config.exists():
            # As docs/ci/README.md shows it.
            shown = re.search(r"```yaml\n(repos:.*?)```", (self.clone / "docs/ci/README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
            config.write_text(re.sub(r"repo: .*", f"repo: file://{self.clone}", shown.replace(ZEROS, self.revision)), encoding="utf-8")
            self.bash("pre-commit install")
        self.bash("git add --all && git -c user.name=prov -c user.email=prov@example.se commit --allow-empty --quiet --message ändring",
                  PRE_COMMIT_HOME=str(self.folder / "pre-commit"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", type=Path, help="stands for the build")
    parser.add_argument("--write", type=Path, help="page to write the times in")
    options = parser.parse_args()
    rows, bad = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clone = folder / "iop"
        git(folder, "clone", "--quiet", "--no-hardlinks", ROOT, clone)
        revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=clone, check=True, capture_output=True, text=True).stdout.strip()
        environment = {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "CARGO_HOME", "RUSTUP_HOME") if name in os.environ}
        environment["CARGO_TARGET_DIR"] = str(folder / "target")
        if options.program:
            tools = folder / "tools"
            tools.mkdir()
            (tools / "cargo").write_text(PUT.format(program=options.program.resolve()))
            (tools / "cargo").chmod(0o755)
            environment["PATH"] = f"{tools}{os.pathsep}{environment['PATH']}"
        for kind in (GitHub, Watch, GitLab, Azure, Hook):
            place = folder / kind.__name__
            place.mkdir()
            system = kind(clone, revision, place, environment)
            times = []
            try:
                system.repository.mkdir()
                git(system.repository, "init", "--quiet")
                for number in range(3):
                    leave = shutil.ignore_patterns("*-hus.toml") if number == 0 else None
                    shutil.copytree(clone / "examples/adala", system.repository, ignore=leave, dirs_exist_ok=True)
                    begun = time.perf_counter()
                    system.run()
                    times.append(time.perf_counter() - begun)
            except Failed as error:
                bad += 1
                print(f"{kind.title}: {error}", file=sys.stderr)
            rows.append(f"| {kind.title} | {' | '.join(f'{seconds:.1f}'.replace('.', ',') for seconds in times)} |")
    built = "med ett program som redan var byggt: byggtiden ingår inte" if options.program else "programmet byggt av stegen själva; de sista fyra delar de beroenden som den första har byggt"
    table = "\n".join([f"Sekunder, {os.cpu_count()} kärnor, {built}.", "", "| | första gången, utan avtal | sedan, med avtal | en gång till |", "|---|---:|---:|---:|", *rows])
    print(table)
    if options.write and not bad:
        page = options.write.read_text(encoding="utf-8")
        before, rest = page.split("<!-- times -->\n", 1)
        after = rest.split("<!-- /times -->", 1)[1]
        options.write.write_text(f"{before}<!-- times -->\n{table}\n<!-- /times -->{after}", encoding="utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
