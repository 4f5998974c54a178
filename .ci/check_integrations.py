"""Runs what can be run of action.yml, the pre-commit hook, docs/ci and the release without the services that they are for.

    check_integrations.py IOP

IOP is the built program. Needs check-jsonschema, pre-commit, junitparser, PyYAML and zizmor, and git, jq and cargo.
"""

import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

import yaml
from junitparser import JUnitXml

ROOT = pathlib.Path(__file__).resolve().parent.parent
IOP = pathlib.Path(sys.argv[1]).resolve()
FAULTY = {"register": "examples/typiska-fel", "as-of": "2024-06-01"}
CLEAN = {"register": "examples/adala", "as-of": "2024-06-01"}
# Open facts of the repository's own register: notes alone.
NOTES = {"register": ".", "as-of": "2026-11-22"}


def run(*command, **options):
    options.setdefault("cwd", ROOT)
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


def load(file):
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))


def findings(register):
    result = run(IOP, "validate", "--register", register["register"], "--as-of", register["as-of"], "--format", "json")
    return json.loads(result.stdout)["findings"]


def schemas(temporary):
    """Each file fits the schema of its service, and one with a fault in it does not."""
    checks = [
        ("action.yml", "github-actions", (), lambda data: data["runs"].update(steps="none")),
        ("docs/ci/github.yml", "github-workflows", (), lambda data: data["jobs"]["granska"].update(steps="none")),
        (".github/workflows/ci.yml", "github-workflows", (), lambda data: data["jobs"]["run"].update(steps="none")),
        (".github/workflows/release.yml", "github-workflows", (), lambda data: data["jobs"]["build"].update(steps="none")),
        ("docs/ci/uppfoljning.yml", "github-workflows", (), lambda data: data["jobs"]["bevaka"].update(steps="none")),
        ("docs/ci/gitlab-ci.yml", "gitlab-ci", ("--data-transform", "gitlab-ci"), lambda data: data["partnerskap"].update(artifacts="all")),
        # The pattern that the schema of Azure has for tasks is no pattern where letters are Unicode.
        ("docs/ci/azure-pipelines.yml", "azure-pipelines", ("--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"), lambda data: data.update(jobs="none")),
    ]
    for file, schema, options, spoil in checks:
        check = ("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *options)
        result = run(*check, file)
        assert result.returncode == 0, (file, result.stdout, result.stderr)
        data = load(file)
        spoil(data)
        broken = temporary / "broken.yml"
        broken.write_text(yaml.safe_dump(data), encoding="utf-8")
        result = run(*check, broken)
        assert result.returncode == 1 and "Schema validation errors" in result.stdout, (file, result.stdout)
    result = run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert result.returncode == 0, result.stdout


def safe(temporary):
    """zizmor finds nothing in the workflows, the action and the examples; it does where an input is run as code."""
    workflows = temporary / "safe/.github/workflows"
    workflows.mkdir(parents=True)
    for folder in (".github/workflows", "docs/ci"):
        for file in (ROOT / folder).glob("*.yml"):
            if "jobs" in (data := load(file.relative_to(ROOT))) and True in data:
                shutil.copy(file, workflows)
    shutil.copy(ROOT / "action.yml", temporary / "safe")
    check = ("zizmor", "--offline", "--no-progress", "--min-severity", "low", temporary / "safe")
    result = run(*check)
    assert result.returncode == 0, (result.stdout, result.stderr)
    assert len(list(workflows.iterdir())) == 4
    # Nothing is excused, and no version of the program is named before there is one.
    for file in (ROOT / "action.yml", *(ROOT / "docs/ci").iterdir(), *(ROOT / ".github/workflows").iterdir()):
        text = file.read_text(encoding="utf-8")
        assert "zizmor: ignore" not in text and not re.search(r"(?<!# )\bv\d+\.\d+\.\d+", text), file
    with (workflows / "ci.yml").open("a", encoding="utf-8") as file:
        file.write("      - run: echo ${{ github.head_ref }}\n")
    assert "template-injection" in run(*check).stdout


def release(temporary):
    """What the release packs, of the program at hand, and that a tag of another version stops it."""
    version = run(IOP, "-V").stdout.split()[1]
    assert run("python", ".ci/pack.py", "--version", f"v{version}").returncode == 0
    wrong = run("python", ".ci/pack.py", "--version", "v99.0.0")
    assert wrong.returncode == 1 and "::error::" in wrong.stderr, wrong
    small = ("--no-pdf",) if "utan PDF" in run(IOP, "--version").stdout else ()
    # A debug build is large: what starts it stands for it.
    program = temporary / "starts-iop"
    program.write_text(f'#!/bin/sh\nexec "{IOP}" "$@"\n')
    program.chmod(0o755)
    pack = ("python", ".ci/pack.py", program, "x86_64-unknown-linux-musl", temporary / "release", *small)
    archives = []
    for _ in range(2):
        packed = run(*pack)
        assert packed.returncode == 0, packed.stderr
        archives.append((temporary / "release" / pathlib.Path(packed.stdout.strip()).name).read_bytes())
    assert archives[0] == archives[1], "the same program gives the same archive"
    with tarfile.open(fileobj=io.BytesIO(archives[0])) as archive:
        names = {member.name.split("/", 1)[1]: member for member in archive.getmembers()}
        beside = {"LICENSE", "README.md", "THIRD-PARTY.md", "Containerfile", "completions/_iop", "completions/iop.ps1", "man/iop.1"}
        assert beside <= names.keys(), names.keys()
        assert names["iop"].mode & 0o111 and all(not names[name].mode & 0o111 for name in beside)
        notices = archive.extractfile(names["THIRD-PARTY.md"]).read().decode()
    for text in ("Apache License", "WITHOUT WARRANTY OF ANY KIND", "Rich Felker", "clap ", "serde "):
        assert text in notices, text
    # What the container copies is there.
    copied = re.search("^COPY (.+) /$", (ROOT / "Containerfile").read_text(), re.MULTILINE)[1].split()
    assert set(copied) <= names.keys(), copied


def watch(temporary):
    """The nightly run: it writes the calendar, and fails on what is overdue today."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=temporary))
    (folder / "iop").symlink_to(IOP)
    summary = folder / "summary"
    environment = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "REGISTER": str(ROOT / CLEAN["register"]),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    steps = [step["run"] for step in load("docs/ci/uppfoljning.yml")["jobs"]["bevaka"]["steps"] if "run" in step]
    write, look = steps[-2:]
    result = run("bash", "-eo", "pipefail", "-c", write, cwd=folder, env=environment)
    calendar = (folder / "partnerskap.ics").read_text(encoding="utf-8")
    assert result.returncode == 0 and calendar.count("BEGIN:VEVENT") > 10, result.stderr
    result = run("bash", "-eo", "pipefail", "-c", look, cwd=folder, env=environment)
    assert result.returncode == 1 and "| försenat |" in summary.read_text(encoding="utf-8"), result
    environment["REGISTER"] = str(founded(temporary))
    for step in (write, look):
        result = run("bash", "-eo", "pipefail", "-c", step, cwd=folder, env=environment)
        assert result.returncode == 0 and "inga avtal ännu" in result.stderr, result
    environment["REGISTER"] = str(folder)
    for step in (write, look):
        assert run("bash", "-eo", "pipefail", "-c", step, cwd=folder, env=environment).returncode == 1, "no register"


def founded(temporary, system=None):
    """A register as `iop init` founds it, with the checks of a system; it has no agreements yet."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=temporary)) / "register"
    chosen = ("--ci", system) if system else ()
    result = run(IOP, "init", folder, "--municipality", "Ådala kommun", "--committee", "Socialnämnden", *chosen)
    assert result.returncode == 0, result.stderr
    return folder


class Action:
    """One run of action.yml as a runner would make it, or as one that sets no variables of its own."""

    def __init__(self, temporary, path, bare=False, **inputs):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=temporary))
        files = {name: self.folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.touch()
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        action = load("action.yml")
        assert given.keys() <= action["inputs"].keys(), given
        values = {name: given.get(name, declared["default"]) for name, declared in action["inputs"].items()}
        self.output = ""
        for step in action["runs"]["steps"]:
            own = {
                name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], value).replace("${{ github.action_path }}", str(ROOT))
                for name, value in step.get("env", {}).items()
            }
            assert not any("${{" in value for value in own.values()) and "${{" not in step["run"], own
            set_by_runner = {} if bare else {**{name: str(file) for name, file in files.items()}, "RUNNER_TEMP": str(self.folder)}
            environment = {
                **{name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ},
                "PATH": os.pathsep.join([*map(str, path), "/usr/bin", "/bin"]),
                **set_by_runner,
                **own,
            }
            result = run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], env=environment)
            self.code = result.returncode
            self.output += result.stdout
            self.errors = result.stderr
            if self.code:
                break
        self.outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        self.summary = files["GITHUB_STEP_SUMMARY"].read_text()


def action(temporary):
    here = temporary / "bin"
    here.mkdir()
    (here / "iop").symlink_to(IOP)
    installed = [here]
    expected = findings(FAULTY)
    sarif, junit = temporary / "iop.sarif", temporary / "iop.xml"

    done = Action(temporary, installed, **FAULTY, sarif=str(sarif), junit=str(junit))
    assert (done.code, done.outputs) == (1, {"exit-code": "1"}), (done.output, done.errors)
    annotations = [line for line in done.output.splitlines() if re.match("::(error|warning|notice) file=", line)]
    assert len(annotations) == len(expected) > 0
    assert done.summary.count("\n| ") == len(expected) + 1, done.summary
    results = json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == [finding["code"] for finding in expected]
    cases = [case for suite in JUnitXml.fromfile(str(junit)) for case in suite]
    assert sum(not case.is_passed for case in cases) == len(expected)

    done = Action(temporary, installed, **CLEAN)
    assert (done.code, done.outputs) == (0, {"exit-code": "0"}), (done.output, done.errors)
    assert Action(temporary, installed, **NOTES).code == 0
    assert Action(temporary, installed, **NOTES, fail_on="note").code == 1
    done = Action(temporary, installed, **FAULTY, format="human")
    assert "\n  --> " in done.output and not re.search("^::", done.output, re.MULTILINE), done.output
    assert done.summary.count("\n| ") == len(expected) + 1, "the summary is there in every format"

    # A report that cannot be written is not a report without findings.
    for register, verdict in ((FAULTY, "1"), (CLEAN, "0")):
        for name in ("sarif", "junit"):
            done = Action(temporary, installed, **register, **{name: str(temporary / "none/report")})
            assert (done.code, done.outputs) == (2, {"exit-code": verdict}), (done.output, done.errors)
            assert "::error::Rapporten kunde inte skrivas i " in done.output, done.output
        done = Action(temporary, installed, **register, sarif="/dev/full")
        assert done.code == 2 and "disken är full" in done.errors, (done.output, done.errors)

    def directly(register, *arguments):
        result = run(IOP, "validate", "--register", register["register"], "--as-of", register["as-of"], "--format", "github", *arguments)
        return result.returncode, result.stdout

    def shown(done):
        return done.code, "".join(line for line in done.output.splitlines(keepends=True) if line.startswith("::"))

    known = temporary / "known.json"
    result = run(IOP, "validate", "--register", FAULTY["register"], "--as-of", FAULTY["as-of"], "--format", "json")
    known.write_text(result.stdout, encoding="utf-8")
    done = shown(Action(temporary, installed, **FAULTY, baseline=str(known)))
    assert done == directly(FAULTY, "--baseline", known) != directly(FAULTY), done
    levels = ["IOP404=error", "IOP402=off", "open-fact=*"]
    done = Action(temporary, installed, **NOTES, level=" \n".join(levels[:2]) + "\n")
    assert shown(done) == directly(NOTES, "--level", levels[0], "--level", levels[1]) != directly(NOTES), done.output
    assert Action(temporary, installed, **NOTES, level=levels[2]).code == 2, "a level is never the name of a file"

    # A register of its own, with a decision to accept and then with settings that cannot be read.
    own = temporary / "own"
    shutil.copytree(ROOT / FAULTY["register"], own)
    fault = next(finding for finding in expected if finding["level"] == "error" and finding["file"].startswith("agreements/"))
    records = own / fault["file"].replace("agreements/", "records/")
    records.parent.mkdir(exist_ok=True)
    with records.open("a", encoding="utf-8") as file:
        file.write(
            f'\n[waiver.ett]\ncode = "{fault["code"]}"\npath = "{fault["path"]}"\nreason = "Nämnden har prövat frågan."\nby = "socialnämnden"\n'
            'date = 2024-01-20\nregistry_number = "SN 2024/1"\nuntil = 2024-12-31\nlevel = "error"\n'
        )
    register = {**FAULTY, "register": str(own)}
    assert shown(Action(temporary, installed, **register)) == directly(register)
    assert shown(Action(temporary, installed, **register, no_waivers="true")) == directly(register, "--no-waivers") != directly(register)
    assert Action(temporary, installed, **register, no_waivers="ja").code == 2
    with (own / "iop.toml").open("a", encoding="utf-8") as file:
        file.write('\nx = "\n')
    done = Action(temporary, installed, **register, sarif=str(sarif))
    assert (done.code, done.outputs) == (2, {"exit-code": "2"}), (done.output, done.errors)
    assert "::error file=" in done.output and "iop\\.toml" in done.summary, (done.output, done.summary)
    results = json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["IOP102"], results

    sarif.unlink()
    done = Action(temporary, installed, register="examples", sarif=str(sarif))
    assert (done.code, done.outputs) == (2, {"exit-code": "2"}) and not sarif.exists(), (done.output, done.errors)
    assert re.search("^::error::Mappen examples är inget register", done.output, re.MULTILINE), done.output
    done = Action(temporary, installed, **{**FAULTY, "as-of": "i går"})
    assert done.code == 2 and re.search("^::error::”i går” passar inte för --as-of", done.output, re.MULTILINE), done.output
    done = Action(temporary, installed, register=str(founded(temporary, "github")), sarif=str(sarif), junit=str(junit))
    assert (done.code, done.outputs) == (0, {"exit-code": "3"}) and not sarif.exists(), (done.output, done.errors)
    assert re.search("^::warning::Registret har inga avtal ännu", done.output, re.MULTILINE), done.output
    for register, code in ((FAULTY, 1), (CLEAN, 0)):
        done = Action(temporary, installed, bare=True, **register)
        assert done.code == code and "unbound" not in done.errors, (done.output, done.errors)
    done = Action(temporary, installed, **{**FAULTY, "register": "$(touch x); `touch x`"})
    assert done.code == 2 and not (ROOT / "x").exists(), "an input is never code"

    # Where it is not installed it is built from the action's own folder; the build itself is another step of CI.
    tools = temporary / "tools"
    tools.mkdir()
    cargo = tools / "cargo"
    cargo.write_text(f'#!/bin/bash\necho "$*" >>"{tools}/calls"\nroot="${{@: -1}}"\nmkdir -p "$root/bin"\nln -sf "{IOP}" "$root/bin/iop"\n')
    cargo.chmod(0o755)
    calls = tools / "calls"
    done = Action(temporary, [tools], **CLEAN)
    assert done.code == 0, (done.output, done.errors)
    assert f"install --quiet --locked --no-default-features --force --path {ROOT} --root " in calls.read_text()
    calls.unlink()
    version = run(IOP, "-V").stdout.split()[1]
    assert Action(temporary, [tools, *installed], **CLEAN, version=version).code == 0 and not calls.exists()
    done = Action(temporary, [tools, *installed], **CLEAN, version="99.0.0")
    assert done.code == 2 and calls.exists() and "::error::" in done.output, done.output


def hook(temporary):
    """The hook in a repository of its own: it passes, it stops a fault, and it sees that a file was removed."""
    environment = {
        **os.environ,
        "PATH": f"{temporary / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(temporary / "pre-commit"),
        **{f"GIT_{who}_{what}": "test@example.se" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def git(folder, *arguments):
        result = run("git", *arguments, cwd=folder, env=environment)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    hooks, register = temporary / "hooks", temporary / "register"
    hooks.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    (hooks / "docs/ci").mkdir(parents=True)
    shutil.copy(ROOT / "docs/ci/hook", hooks / "docs/ci")
    shutil.copytree(ROOT / "examples/adala", register)
    for folder in (hooks, register):
        git(folder, "init", "--quiet")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "start")
    uses = {"repo": str(hooks), "rev": git(hooks, "rev-parse", "HEAD")}
    uses["hooks"] = [{"id": "iop-validate-system", "args": ["--as-of", CLEAN["as-of"]]}]
    (register / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [uses]}))
    git(register, "add", "--all")

    def check():
        return run("pre-commit", "run", cwd=register, env=environment)

    passed = check()
    assert passed.returncode == 0 and "Passed" in passed.stdout, (passed.stdout, passed.stderr)
    agreement = register / "agreements/oppet-hus.toml"
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(text.replace("status = ", "staus = "), encoding="utf-8")
    git(register, "add", "--all")
    stopped = check()
    assert stopped.returncode == 1 and "staus" in stopped.stdout, (stopped.stdout, stopped.stderr)
    agreement.write_text(text, encoding="utf-8")
    git(register, "add", "--all")
    git(register, "commit", "--quiet", "--no-verify", "--message", "hook")
    git(register, "rm", "--quiet", "guidelines/adala-2019.toml")
    removed = check()
    assert removed.returncode == 1 and "adala-2019" in removed.stdout, (removed.stdout, removed.stderr)

    # The other hook builds the first time, and the first commit of a new register goes through.
    new = founded(temporary)
    environment["PATH"] = f"{temporary / 'tools'}{os.pathsep}{environment['PATH']}"
    (calls := temporary / "tools/calls").unlink(missing_ok=True)
    uses["hooks"] = [{"id": "iop-validate"}]
    (new / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [uses]}))
    git(new, "init", "--quiet")
    git(new, "add", "--all")
    for _ in range(2):
        passed = run("pre-commit", "run", cwd=new, env=environment)
        assert passed.returncode == 0 and "Passed" in passed.stdout, (passed.stdout, passed.stderr)
    built = calls.read_text().splitlines()
    assert len(built) == 1 and built[0].startswith("install --quiet --locked --no-default-features --path "), built


def examples(temporary):
    """The shell of the examples for GitLab and Azure, on the register with faults."""
    expected = findings({**FAULTY, "as-of": "2026-11-22"})
    folder = temporary / "job"
    shutil.copytree(ROOT / "examples", folder / "examples")
    # The examples go by today's date; a wrapper holds it still.
    (folder / ".iop/bin").mkdir(parents=True)
    wrapper = folder / ".iop/bin/iop"
    wrapper.write_text(f'#!/bin/bash\nexec "{IOP}" "$@" --as-of 2026-11-22\n')
    wrapper.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}/.iop/bin{os.pathsep}{os.environ['PATH']}", "REGISTER": FAULTY["register"]}

    job = load("docs/ci/gitlab-ci.yml")["partnerskap"]
    lines = [*job["before_script"], *job["script"]]
    result = run("bash", "-eo", "pipefail", "-c", "\n".join(lines), cwd=folder, env=environment)
    assert result.returncode == 1 and "fel[" in result.stdout, (result.stdout, result.stderr)
    quality = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert [item["check_name"] for item in quality] == [finding["code"] for finding in expected]
    report = folder / job["artifacts"]["reports"]["junit"]
    assert JUnitXml.fromfile(str(report)).failures > 0
    report.unlink()

    steps = load("docs/ci/azure-pipelines.yml")["jobs"][0]["steps"]
    script = next(step["bash"] for step in steps if step.get("displayName") == "Granska registret")
    # Whether the folder is given with a slash or not, the paths are the same.
    result = run("bash", "-c", script, cwd=folder, env={**environment, "REGISTER": FAULTY["register"] + "/"})
    assert result.returncode == 1, (result.stdout, result.stderr)
    pattern = r"##vso\[task\.logissue type=(\w+);sourcepath=([^;]+);linenumber=(\d+);columnnumber=\d+;code=(\w+)\](.+)"
    found = [re.fullmatch(pattern, line) for line in result.stdout.splitlines() if "task.logissue" in line]
    shown = [(m[1], m[2], int(m[3]), m[4], m[5].replace("%0A", "\n").replace("%AZP25", "%")) for m in found]
    assert shown == [
        (f["level"], f"{FAULTY['register']}/{f['file']}", f["line"], f["code"], "\nGör så här: ".join(filter(None, (f["message"], f["help"]))))
        for f in expected
        if f["level"] != "note"
    ], (shown, result.stderr)
    published = next(step["inputs"] for step in steps if step.get("task") == "PublishTestResults@2")
    assert JUnitXml.fromfile(str(folder / published["testResultsFiles"])).failures > 0
    missing = run("bash", "-c", script, cwd=folder, env={**environment, "REGISTER": "examples"})
    assert missing.returncode != 0 and "logissue" not in missing.stdout, missing.stdout
    assert "variable=granskat]ja" in result.stdout

    # A register that has just been founded passes, and is not silent about having nothing to judge.
    for system in ("gitlab", "azure"):
        for old in ("gl-code-quality-report.json", "iop.junit.xml"):
            (folder / old).unlink(missing_ok=True)
        new = {**environment, "REGISTER": str(founded(temporary, system))}
        passed = run("bash", "-eo", "pipefail", "-c", "\n".join(lines) if system == "gitlab" else script, cwd=folder, env=new)
        assert passed.returncode == 0 and "inga avtal ännu" in passed.stderr, (passed.stdout, passed.stderr)
        assert not (folder / "iop.junit.xml").exists() and "granskat" not in passed.stdout


with tempfile.TemporaryDirectory() as name:
    temporary = pathlib.Path(name)
    schemas(temporary)
    safe(temporary)
    release(temporary)
    watch(temporary)
    action(temporary)
    hook(temporary)
    examples(temporary)
print("action.yml, the pre-commit hook, docs/ci and the release do what they say")
