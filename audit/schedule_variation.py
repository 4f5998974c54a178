"""What varies in the synthetic agreements of check_schedule.py, and what must occur at least once."""

from life import BY_ITSELF, agreed_end, any_day, registered, until_further_notice
from schedule_dates import MONTHS, WITHOUT_DAY, back, holidays, month_end, slots, stated
from schedule_deadlines import DEFAULTS, FEW_DAYS

# ── What varies in the registers ─────────────────────────────────────────────────────────────────────────────────────


def variation(schedule):
    """The kinds of variation that an agreement has on a day."""
    a, t, as_of = schedule.agreement, schedule.term, schedule.as_of
    yield "status: " + a["status"]
    yield "on_holiday: " + (
        "agreement " + a["on_holiday"] if "on_holiday" in a else "register " + schedule.settings["on_holiday"]
    )
    yield from (f"setting: {k}" for k in schedule.register["settings"].get("schedule", {}))
    yield from (f"term: unknown {k}" for k, v in (("start", t.start), ("end", t.agreed_end)) if not v)
    yield "committee: " + (
        "none" if not schedule.committee else "with a plan" if schedule.meetings else "without a plan"
    )
    for d in schedule.out:
        if d["kind"] == "approval" and a.get("also_decides"):
            if "." not in (d["of"] or ""):
                yield f"committees: {'another' if d['of'] else 'its own'} {d['state']}"
        if d["kind"] == "approval" and "." in (d["of"] or ""):
            form = "another committee" if d["of"].count(".") > 1 else "its own committee"
            yield f"change: {form}, {d['state']}"
    if "predecessor" in a:
        yield "term: follows on what is not in the register"
    yield from (f"plan: months are {p['months_are']}" for p in a.get("payout_plan", {}).values() if "months_are" in p)
    if schedule.committee in schedule.faulty_plans:
        yield "plan: has a fault"
    if schedule.meetings and t.start and t.start < schedule.meetings[0][0]:
        yield "plan: begins too late"
    if t.start and t.end:
        days = (t.agreed_end - t.start).days + 1
        yield "term: " + ("one day" if days == 1 else "up to a year" if days < 367 else "years")
        yield from (
            "term: " + text
            for text, on in (
                ("from February 29", (t.start.month, t.start.day) == (2, 29)),
                ("to February 29", (t.end.month, t.end.day) == (2, 29)),
                ("from the last of a month", t.start == month_end(t.start.year, t.start.month)),
                ("extended", len(t.ends) > 1),
                (
                    "extended and renewed",
                    len(t.ends) > 1 and "renewal" in a["term"] and "extension" in a,
                ),
            )
            if on
        )
    for key, e in a.get("extension", {}).items():
        yield "extension: " + ("in force" if ("extension", key) in {(s.rests_on, s.key) for s in t.life.stretches if s.holds} else "not yet in force")
        yield (
            "extension: "
            + ("dated" if stated(e.get("dated")) else "not dated")
            + (", with a decision" if "decision" in e else "")
        )
    if "renewal" in a["term"]:
        yield f"renewal: {sum(s.rests_on == 'renewal' for s in t.life.stretches if s.holds)} so far".replace("0 so far", "none so far")[:24]
        yield "renewal: " + ("without notice" if t.renewal_months is None else "with notice")
        yield "renewal: " + ("to come" if any(s.rests_on == "renewal" and not s.holds for s in t.life.stretches) else "no more")
    yield from length(schedule)
    yield from ended(schedule)
    yield from changes(schedule)
    for key, o in a["term"].get("option", {}).items():
        yield "option: notice_by" if stated(o.get("notice_by")) else "option: no notice_by"
        if t.known and not t.cut:
            used_up = len(schedule.uses(key)) >= o.get("times", 1)
            left = any(s.rests_on == "option" and s.key == key for s in t.life.stretches)
            yield "option: " + ("left" if left else "used up" if used_up else "let pass")
            days = schedule.option_days(key)
            if stated(o.get("notice_by")) and not used_up and days and days[-1][0] == as_of:
                yield "option: the day that the agreement says is today"
    for e in a.get("exit", {}).values():
        yield "exit: " + e["means"] + (" without cause" if "any" in e["cause"] else " with cause")
    for g in a.get("steering_group", {}).values():
        m = stated(g.get("meetings"))
        yield f"meetings: {m['times']} per {m['per']}" if m else "meetings: not stated"
        if m and "bound" in m:
            yield "meetings: " + m["bound"]
        yield "meetings: from the start" if m and m.get("counted_from") == "start" else "meetings: from the calendar"
    for d in a.get("follow_up", {}).values():
        due = stated(d.get("due")) or {}
        yield f"duty: {d['kind']}, due by {' and '.join(sorted(k for k in due if k != 'words')) or 'nothing'}"
        yield f"duty: every {stated(d.get('every'))}, from {d.get('counted_from', 'calendar')}"
        yield from duty(d, t)
    for table, rows in schedule.records.items():
        for r in rows.values():
            yield (
                f"records: {table}"
                + (" planned" if r.get("planned") else "")
                + (" with a period" if "period" in r else "")
            )
    for d in schedule.out:
        yield f"{d['kind']} {d['state']}"
        yield from (
            text
            for text, on in (
                ("moved " + d["kind"], d["moved_from"]),
                ("last day is today", d["last_day"] == as_of),
                ("holiday: " + (d["day_off"] or ""), d["day_off"]),
                ("payout: preliminary across an early end", d.get("across")),
                ("a last day that can move", d["kind"] == "term-end" and d["preliminary"]),
                ("passed, due before it was agreed", d["state"] == "passed" and d["since"] and d["last_day"]
                 and d["last_day"] < d["since"]),
            )
            if on
        )
        if d["kind"] == "memo":
            yield "memo: " + d["of"].split(".")[0] + (" dated" if d["last_day"] else " not dated")
            yield "memo: " + (d["no_date_because"] or "a day")
            if d["done"]:
                yield "memo: " + ("done with its decision" if d["done"] == WITHOUT_DAY else "ticked off")
                if d["done"] != WITHOUT_DAY and d["last_day"]:
                    yield "memo: ticked off " + ("late" if d["late"] else "in time")
        elif d["kind"] == "payout" and d["first_day"]:
            last = d["last_day"]
            yield "payout: no month, " + ("the whole year" if (last.month, last.day) == (12, 31) else "to a day in it")
        elif d["kind"] == "continuation" and ("option" in a["term"] or "renewal" in a["term"]):
            yield "continuation: when nothing else is left"


def length(schedule):
    """How the agreement says how long it lasts, and what of it does."""
    a, t = schedule.agreement, schedule.term
    term, life, open_ = a["term"], t.life, until_further_notice(a["term"])
    if "months" in term:
        yield "term: in months"
    if any(d["kind"] == "review" and d["period"][0] == "P" for d in schedule.out):
        yield "review: of so many years" + (", until further notice" if open_ else "")
        yield "review: of so many years, " + ("on a day that is stated" if stated(term.get("review_by")) else "no stated day")
    if not open_:
        return
    kind = "any day" if any_day(term) else "a day of the year"
    yield f"open: {kind}, " + ("months of notice" if stated(open_["notice_months"]) is not None else "open months of notice")
    if open_.get("ends_on") == "02-28":
        yield "open: the last of February"
    if not t.start:
        yield "open: without a first day"
        return
    years = sum(s.rests_on in BY_ITSELF for s in life.stretches if s.holds)
    yield f"open: {kind}, " + ("in its first year", "renewed", "renewed more than once")[min(years, 2)]
    ends = [x["end"] for x in a.get("supplement", {}).values() if "end" in x] + [e["until"] for e in a.get("extension", {}).values()]
    if agreed_end(term) in ends:
        yield "open: a change gives it an end on the first day that it may end"
    for s in life.stretches:
        if s.rests_on in ("extension", "supplement"):
            yield f"open: {s.rests_on} " + ("gives it an end" if s.holds else "would give it an end")
    if life.notice:
        yield f"open: {kind}, " + ("notice ends it early" if life.ends_early else "notice without a day" if life.end_untold else
                                   "notice lets it run out")
    elif life.ends_early:
        yield f"open: {kind}, ends early without notice"
    elif a["status"] == "ended":
        yield f"open: {kind}, ended and nothing says when"


def ended(schedule):
    """How an early end lies to the term and to the day."""
    t, day = schedule.term, stated(schedule.agreement["term"].get("ended"))
    if not day:
        return
    yield "ended: " + ("that day" if day == schedule.as_of else "before" if day < schedule.as_of else "to come")
    if t.known:
        yield "ended: " + (
            "before the start" if day < t.start else "on the first day" if day == t.start else "after the start"
        )
        if t.cut:
            yield "ended: after " + ("no other end" if len(t.ends) == 1 else "another end")
            yield "ended: in " + {"stated": "the agreed term", "renewal": "a renewal", "extension": "an extension"}.get(
                t.ends[-1][1].rests_on, "a supplement"
            )
        elif day >= t.end:
            yield "ended: " + ("at the end in force" if day == t.end else "after the end in force")


def changes(schedule):
    """How supplements, notice, signings and the degree of the agreement lie to the day."""
    a, t, as_of = schedule.agreement, schedule.term, schedule.as_of
    yield "agreement: " + t.life.degree
    for s in t.life.stretches:
        yield f"stretch: {s.rests_on} {s.commitment}" + ("" if s.holds else ", may come")
    for s in a.get("supplement", {}).values():
        yield "supplement: " + (s.get("status") or "no status")
        yield from (f"supplement: with {k}" for k in ("end", "funding", "exit", "decision") if k in s)
        for key, f in s.get("funding", {}).items():
            if registered(f, schedule.raw_records, as_of) is False:
                beside = "in place of another" if key in a.get("funding", {}) else "beside the others"
                yield "supplement: awaits a decision " + beside
        if "end" in s and t.agreed_end:
            yield "supplement: " + ("longer" if s["end"] > t.agreed_end else "shorter")
    for e in a.get("extension", {}).values():
        yield "extension: status " + (e.get("status") or "no status")
    for d in schedule.raw_records.get("decision", {}).values():
        if d["kind"] == "termination":
            form = " and ".join(k for k in ("sent", "received") if k in d) or "neither"
            yield "notice: " + form + (", by an exit" if "exit" in d else "")
            if "sent" in d and d["sent"] <= as_of < d.get("received", as_of):
                yield "notice: on its way"
    for rule in (t.renewal, *t.life.exits.values()):
        if rule.get("notice_counts_from") == "sending":
            yield "notice: counts from sending"
    for n, end in t.renewed_after() if t.notice and t.renewal_months is not None else []:
        apart = (back(end, t.renewal_months) - t.notice).days
        if apart in (-1, 0, 1):
            yield "notice: " + {-1: "a day late", 0: "on the last day", 1: "a day before the last"}[apart]
    if t.known:
        for every in MONTHS:
            for which, slot in zip(("first", "last"), (slots(t, every, None)[i] for i in (0, -1))):
                if not slot.asked(t, FEW_DAYS):
                    yield f"period: the {which} {every} too short"


def duty(d, term):
    """How the covers and the date of a duty vary."""
    every, fixed = stated(d.get("every")), stated((stated(d.get("due")) or {}).get("date"))
    if "covers" in d:
        yield f"duty: {d['covers']} every {every}, from {d.get('counted_from', 'calendar')}"
    if fixed and term.start and every in MONTHS:
        where = "before the start" if fixed < term.start else "within the term"
        end = "the last of a short month" if fixed == month_end(fixed.year, fixed.month) and fixed.day < 31 else "a day"
        yield f"duty: {end} {where} that comes again"


REQUIRED = [
    f"{k} {s}"
    for k in (
        "steering-meeting steering-call steering-papers steering-notes activity-report yearly-report "
        "committee-account annual-accounts statistics workshop mid-term-review final-evaluation "
        "follow-up review approval "
        "continuation memo payout index-value"
    ).split()
    for s in ("done", "due", "coming", "overdue", "passed")
    if (k, s) != ("index-value", "due")
]
REQUIRED += [
    f"{k} {s}" for k in ("option", "notice", "notice-decision", "term-end", "waiver-expiry") for s in ("due", "coming", "passed")
]
REQUIRED += ["holiday: " + h for y in (2021, 2022, 2023, 2024) for h in holidays(y).values()]
REQUIRED += [
    f"meetings: {t} per {p}"
    for t, p in (
        (1, "month"),
        (2, "month"),
        (3, "quarter"),
        (3, "half-year"),
        (4, "half-year"),
        (2, "year"),
        (3, "year"),
        (4, "year"),
        (5, "year"),
        (6, "year"),
        (12, "year"),
        (1, "once"),
        (2, "once"),
    )
]
REQUIRED += [f"duty: every {e}, from {c}" for e in (*MONTHS, "once") for c in ("calendar", "start")]
REQUIRED += [f"duty: year-to-date every {e}, from calendar" for e in ("quarter", "half-year", "year")]
REQUIRED += ["duty: year-to-date every half-year, from start"]
REQUIRED += [
    f"duty: {k}, due by {d}"
    for k in (
        "activity-report",
        "committee-account",
        "annual-accounts",
        "workshop",
        "mid-term-review",
        "final-evaluation",
    )
    for d in ("nothing", "date", "month", "day and month", "days_after_period")
]
REQUIRED += [
    f"memo: {k} {d}"
    for k in ("approval", "continuation", "option", "committee-account")
    for d in ("dated", "not dated")
]
REQUIRED += [f"on_holiday: {w} {h}" for w in ("agreement", "register") for h in ("keep", "before", "after")]
REQUIRED += [f"setting: {k}" for k in DEFAULTS] + [
    f"status: {s}" for s in "draft proposed decided signed ended".split()
]
REQUIRED += [f"committees: {w} {s}" for w in ("another", "its own") for s in ("done", "overdue", "passed")]
REQUIRED += ["term: follows on what is not in the register", "plan: months are invoiced", "plan: months are paid"]
REQUIRED += ["term: in months", "meetings: at-least", "meetings: at-most", "open: the last of February", "open: without a first day"]
REQUIRED += ["open: a change gives it an end on the first day that it may end"]
REQUIRED += [f"review: of so many years{x}" for x in ("", ", until further notice", ", on a day that is stated", ", no stated day")]
REQUIRED += [f"open: {k}, {x}" for k in ("any day", "a day of the year") for x in (
    "months of notice", "open months of notice", "renewed", "renewed more than once", "in its first year", "notice ends it early",
    "notice without a day", "notice lets it run out", "ends early without notice", "ended and nothing says when")]
REQUIRED += [f"open: {x} {y} it an end" for x in ("extension", "supplement") for y in ("gives", "would give")]
REQUIRED += """last day is today;term: unknown start;term: unknown end;term: one day;term: up to a year;term: years
term: extended;term: from February 29;term: to February 29;term: from the last of a month
extension: in force;extension: not yet in force;extension: dated;extension: not dated
extension: dated, with a decision;extension: not dated, with a decision;renewal: none so far
renewal: 1 so far;renewal: 2 so far;renewal: with notice;renewal: without notice;renewal: to come
renewal: no more;option: notice_by;option: no notice_by;option: left;option: used up;option: let pass
option: the day that the agreement says is today;exit: notice without cause
exit: notice with cause;exit: dialogue without cause;records: meeting
records: meeting planned;records: meeting with a period;records: report with a period
records: payment;records: done;records: waiver;committee: none;committee: with a plan
committee: without a plan;term: extended and renewed;continuation: when nothing else is left
ended: before;ended: that day;ended: to come;ended: before the start;ended: on the first day;ended: after the start
ended: after no other end;ended: after another end;ended: in the agreed term;ended: in an extension
ended: in a renewal;ended: at the end in force;ended: after the end in force
payout: preliminary across an early end;a last day that can move;passed, due before it was agreed
payout: no month, the whole year;payout: no month, to a day in it
duty: a day before the start that comes again;duty: a day within the term that comes again
duty: the last of a short month within the term that comes again
duty: the last of a short month before the start that comes again
memo: a day;memo: mötesplan saknas;memo: mötesplan saknas för den tiden;memo: mötesplanen har fel
memo: inget sammanträde i tid i mötesplanen;memo: manusstopp saknas i mötesplanen;memo: ticked off
memo: ticked off late;memo: ticked off in time;memo: done with its decision;plan: has a fault
plan: begins too late;agreement: agreed;agreement: decided;agreement: possible;agreement: proposed;agreement: draft
stretch: extension agreed;stretch: extension decided;stretch: extension proposed, may come;stretch: extension draft, may come
stretch: supplement agreed;stretch: supplement decided;stretch: supplement proposed, may come
stretch: renewal agreed;stretch: renewal decided;stretch: renewal possible, may come;stretch: option possible, may come
supplement: with end;supplement: with funding;supplement: with exit;supplement: with decision;supplement: longer
supplement: awaits a decision in place of another;supplement: awaits a decision beside the others
supplement: shorter;extension: status draft;extension: status proposed;extension: status decided;extension: status signed
extension: status no status;notice: neither;notice: sent;notice: received;notice: sent and received;notice: on its way
notice: sent and received, by an exit;notice: counts from sending;notice: a day late;notice: on the last day
period: the first month too short;period: the last month too short;period: the first half-year too short
period: the last half-year too short;period: the first year too short;period: the last year too short""".replace("\n", ";").split(";")
