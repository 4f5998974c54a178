"""Reads a JUnit report as CI systems do and compares it with the JSON report of the same run.

    check_junit.py BASE REPORT.xml REPORT.json

BASE is where the register lies: JUnit has paths from the repository, JSON from the register.
"""

import json
import sys

from junitparser import JUnitXml

base, xml, report = sys.argv[1:]
with open(report, encoding="utf-8") as file:
    findings = json.load(file)["findings"]
# The run fails on errors: they are failures, and everything milder is skipped.
expected = sorted(
    (f"{base}/{f['file']}", f["code"], "Failure" if f["level"] == "error" else "Skipped", f["level"], f["message"])
    for f in findings
)

document = JUnitXml.fromfile(xml)
suites = list(document)
found = sorted(
    (case.classname, case.name.split()[0], type(result).__name__, result.type, result.message)
    for suite in suites
    for case in suite
    for result in case.result
)
assert expected and found == expected, (found, expected)
passed = [case for suite in suites for case in suite if case.is_passed]
assert passed and len(passed) + len(found) == document.tests, "files without findings pass, and the totals add up"
assert document.failures == sum(kind == "Failure" for _, _, kind, _, _ in found), "the total of failures"
assert document.skipped == sum(kind == "Skipped" for _, _, kind, _, _ in found), "the total of skipped"
print(f"{len(suites)} suites, {len(found)} findings, {len(passed)} files without any")
