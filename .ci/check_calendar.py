"""Reads the calendar of `iop schedule` with two libraries that calendars are built on, and compares it with the JSON of
the same run.

    check_calendar.py IOP REGISTER...

IOP is the built program. Needs icalendar and vobject.
"""

import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import icalendar
import vobject

IOP = pathlib.Path(sys.argv[1]).resolve()


def schedule(register, as_of, form):
    command = [IOP, "schedule", "--register", register, "--from", "1900-01-01", "--as-of", as_of, "--format", form]
    result = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert result.returncode == 0, (command, result.stderr)
    return result.stdout


def events(text):
    """The events by UID, as the library icalendar reads them."""
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0" and calendar["METHOD"] == "PUBLISH" and str(calendar["X-WR-CALNAME"])
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(found) == len(list(calendar.walk("VEVENT"))), "a UID stands twice"
    return found


def check(register, as_of):
    text = schedule(register, as_of, "ics")
    for line in text.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line, line
        line.decode("utf-8")  # No letter is cut in two.
    found = events(text)
    dated = [one for one in json.loads(schedule(register, as_of, "json"))["deadlines"] if one["last_day"]]
    assert len(found) == len(dated) > 0
    for deadline in dated:
        event = next(event for uid, event in found.items() if uid.rsplit("@", 1)[0] == deadline["id"])
        day = datetime.date.fromisoformat(deadline["last_day"])
        assert event["DTSTART"].dt == day and event["DTEND"].dt == day + datetime.timedelta(days=1), event
        assert event["TRANSP"] == "TRANSPARENT" and event["CATEGORIES"].cats, event
        assert event["DTSTAMP"].dt.date().isoformat() == as_of
        assert deadline["title"] in str(event["SUMMARY"]), event
        assert deadline["basis"]["path"] in str(event["DESCRIPTION"]), event
        for note in deadline["notes"]:
            assert note in str(event["DESCRIPTION"]), (note, event)
        alarms = list(event.walk("VALARM"))
        assert bool(alarms) == (deadline["state"] in ("coming", "due")), event
        for alarm in alarms:
            # At nine in the morning some days before.
            seconds = alarm["TRIGGER"].dt.total_seconds()
            assert alarm["ACTION"] == "DISPLAY" and (seconds - 9 * 3600) % 86400 == 0, alarm
    # The other library demands what the standard demands.
    calendar = vobject.readOne(text.decode("utf-8"))
    assert calendar.validate(raiseException=True)
    assert {event.uid.value for event in calendar.vevent_list} == set(found)
    return found


def check_replacement(register):
    """A date that changes keeps its UID, and the later calendar wins."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "register"
        shutil.copytree(register, copy, ignore=shutil.ignore_patterns("target", "build", ".git"))
        file = copy / "agreements" / "rsmh-lund-2021.toml"
        before = events(schedule(copy, "2022-01-10", "ics"))
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("review_by = 2022-03-31", "review_by = 2022-04-30"), encoding="utf-8")
        after = events(schedule(copy, "2022-01-20", "ics"))
    assert before.keys() == after.keys()
    moved = {uid for uid in before if before[uid]["DTSTART"].dt != after[uid]["DTSTART"].dt}
    assert [uid.split("@")[0] for uid in moved] == ["rsmh-lund-2021/review/1"], moved
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in before)
    assert all(after[uid]["DTSTAMP"].dt > before[uid]["DTSTAMP"].dt for uid in before)


total = 0
for register in sys.argv[2:]:
    for as_of in ("2021-02-01", "2024-06-01"):
        total += len(check(register, as_of))
check_replacement(sys.argv[2])
print(f"{total} events read by icalendar and vobject, and a changed date replaced")
