#!/usr/bin/env python3
"""An independent recomputation of what `iop schedule` shows.

Writes synthetic registers, reads the files back, computes every deadline from docs/sa-raknas-datumen.md with plain
arithmetic on days, and compares with the program for a few days that count as today: id, kind, the period covered,
first and last day, why there is none, the day it was moved from, the holiday, the state, the day it was done, whether
that was late, and that none is missing or too many. Nothing here comes from the program's source. The payouts' own
days are taken from `iop payouts`.

Where the document is silent the program's reading is followed; those places are marked "Silent:". Where the two
differ, or the document can be read in two ways, the deadline is left out (EXCEPTIONS); --strict compares those as
well.
Exits with 1 if anything differs.
"""

import argparse, calendar, collections, functools, json, subprocess, sys, tempfile, tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from synthetic_schedule import write_registers

DAYS_AS_TODAY = [
    date(2021, 7, 1),
    date(2023, 2, 28),
    date(2024, 2, 29),
    date(2024, 12, 31),
    date(2025, 6, 1),
    date(2026, 5, 15),
    date(2030, 1, 2),
]
ONE_DAY = timedelta(1)
WITHOUT_DAY = "done"  # what is done because something else is, without a day of its own
DEFAULTS = dict(
    call_days=14,
    papers_days=7,
    notes_days=14,
    half_year_report_month=8,
    full_year_report_month=1,
    other_report_months=1,
    committee_account_month=3,
    annual_accounts_month=5,
    index_value_month=11,
    review_months=9,
    decision_months=4,
    evaluation_months=3,
    legal_force_days=21,
    due_within_days=30,
    on_holiday="keep",
    kinds=[],
    routine=["annual-accounts"],
    followed_from=date.min,
)


# ── Small things ─────────────────────────────────────────────────────────────────────────────────────────────────────


def stated(value):
    """None for what is left out and for what is said to be open."""
    return None if value == "not-stated" else value


def month_end(y, m):
    return date(y, m, calendar.monthrange(y, m)[1])


def on_day(y, m, day):
    """A day of a month, or the last of the month when it has no such day."""
    return min(month_end(y, m), date(y, m, 1) + timedelta(day - 1))


def add_months(day, n):
    """The same day n months later, or the last of that month."""
    y, m = divmod(day.year * 12 + day.month - 1 + n, 12)
    return on_day(y, m + 1, day.day)


def back(day, months):
    """The last day from which that many months fit before the end of a day: the last of a month stays the last."""
    if day == month_end(day.year, day.month):
        earlier = add_months(day, -months)
        return month_end(earlier.year, earlier.month)
    return add_months(day, -months)


def same_distance(day, of, end):
    """The day that lies as long before an end as another day lies before its own. Silent: in whole months if it is."""
    months = (of.year - day.year) * 12 + of.month - day.month
    return back(end, months) if back(of, months) == day else end - (of - day)


def forward(day, months):
    """That many months after: the last of a month stays the last. Silent: the document has it only for counting
    back."""
    if day == month_end(day.year, day.month):
        later = add_months(day, months)
        return month_end(later.year, later.month)
    return add_months(day, months)


# ── 9. Holidays ──────────────────────────────────────────────────────────────────────────────────────────────────────


def easter(y):
    """The Gregorian Easter Sunday, from the golden number and the century's corrections."""
    golden, century = y % 19 + 1, y // 100 + 1
    solar, lunar = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + lunar - solar) % 30
    epact += epact == 24 or epact == 25 and golden > 11
    n = 44 - epact
    n += 30 if n < 21 else 0
    n += 7 - (5 * y // 4 - solar - 10 + n) % 7
    return date(y, 3, 1) + timedelta(n - 1)


def first_from(day, weekday):
    return day + timedelta((weekday - day.weekday()) % 7)


@functools.cache
def holidays(y):
    """The holidays of a year by name; Saturdays and Sundays that are nothing else are not here."""
    sunday, midsummer = easter(y), first_from(date(y, 6, 20), 5)
    days = {
        date(y, 1, 1): "nyårsdagen",
        date(y, 1, 6): "trettondedag jul",
        date(y, 5, 1): "första maj",
        date(y, 6, 6): "Sveriges nationaldag",
        date(y, 12, 24): "julafton",
        date(y, 12, 25): "juldagen",
        date(y, 12, 26): "annandag jul",
        date(y, 12, 31): "nyårsafton",
        midsummer: "midsommardagen",
        midsummer - ONE_DAY: "midsommarafton",
        first_from(date(y, 10, 31), 5): "alla helgons dag",
    }
    for n, name in (
        (-2, "långfredagen"),
        (0, "påskdagen"),
        (1, "annandag påsk"),
        (39, "Kristi himmelsfärdsdag"),
        (49, "pingstdagen"),
    ):
        days[sunday + timedelta(n)] = name
    return days


def day_off(day):
    return holidays(day.year).get(day) or {5: "en lördag", 6: "en söndag"}.get(day.weekday())


# ── 1. The term that is in force ─────────────────────────────────────────────────────────────────────────────────────


class Term:
    """The term as it was on a day: its first day, and every last day that it has had, with what gave it."""

    def __init__(self, agreement, records, as_of):
        term, self.agreement, self.records = agreement["term"], agreement, records
        self.start, end = stated(term["start"]), stated(term["end"])
        self.agreed_end, self.ends, self.renewable, self.may_renew = end, [(end, None, None)], set(), False
        self.cut = False
        self.renewal_months = stated(term.get("renewal", {}).get("notice_months"))
        if not end:
            return
        for key, e in sorted(agreement.get("extension", {}).items(), key=lambda x: x[1]["until"]):
            day = self.decided(e)
            if day and day <= as_of and e["until"] > self.ends[-1][0]:
                self.ends.append((e["until"], key, stated(e.get("dated")) or WITHOUT_DAY))
        if "renewal" in term:
            self.renew(term["renewal"], as_of)
        ended = stated(term.get("ended"))
        if ended and ended <= as_of and ended < self.end:
            cut = next(e for e in self.ends if e[0] > ended)
            self.ends = [e for e in self.ends if e[0] < ended] + [(ended, *cut[1:])]
            self.cut = True
            self.may_renew = False

    def decided(self, extension):
        """The day from which an extension counts, or None while there is none."""
        # Silent: what is not dated counts from the beginning, or from its decision.
        day = stated(extension.get("dated")) or date.min
        if stated(extension.get("decision")):
            decision = self.records.get("decision", {}).get(extension["decision"])
            if not decision:
                return None
            return max(day, decision["date"])
        return day

    def renew(self, renewal, as_of):
        until = stated(renewal.get("until"))
        terminations = [d["date"] for d in self.records.get("decision", {}).values() if d["kind"] == "termination"]
        while True:
            end, months = self.ends[-1][0], self.renewal_months
            last = end if months is None else back(end, months)
            following = add_months(end + ONE_DAY, renewal["months"]) - ONE_DAY
            # Silent: a period that `until` cuts off is a short one, and an agreement that has ended is not renewed.
            following = min(following, until) if until else following
            ended = self.agreement["status"] == "ended" or any(t <= last for t in terminations)
            self.may_renew = following > end and not ended
            if self.may_renew:
                self.renewable.add(end)
            if as_of <= last or not self.may_renew:
                return
            self.ends.append((following, "renewal", WITHOUT_DAY))

    @property
    def end(self):
        return self.ends[-1][0]


# ── 2. Periods ───────────────────────────────────────────────────────────────────────────────────────────────────────

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
LETTERS = {2: "M", 3: "Q", 4: "T", 6: "H"}


class Slot:
    """A period with its name, what it would be if nothing cut it off, and the last day of the one after."""

    def __init__(self, name, start, end, next_end):
        self.name, self.start, self.end, self.next_end = name, start, end, next_end

    def days_shared(self, start, end):
        return max(0, (min(self.end, end) - max(self.start, start)).days + 1)


def calendar_slots(start, end, size):
    """The periods of the calendar, where the first and the last may be short."""
    day, out = date(start.year, (start.month - 1) // size * size + 1, 1), []
    while day <= end:
        following = add_months(day, size)
        n = (day.month - 1) // size + 1
        name = {1: f"{day.year}-{day.month:02}", 12: str(day.year)}.get(size) or f"{day.year}{LETTERS[size]}{n}"
        out.append(Slot(name, max(start, day), min(end, following - ONE_DAY), add_months(following, size) - ONE_DAY))
        day = following
    # Silent: after a last period that is cut off the next would begin the day after.
    out[-1].next_end = add_months(end + ONE_DAY, size) - ONE_DAY
    return out


def start_slots(start, end, size):
    """The periods from the first day, where only the last may be short."""
    out, n = [], 0
    while add_months(start, n * size) <= end:
        first, second, third = (add_months(start, (n + i) * size) for i in range(3))
        out.append(Slot(f"P{n + 1}", first, min(end, second - ONE_DAY), third - ONE_DAY))
        n += 1
    out[-1].next_end = add_months(end + ONE_DAY, size) - ONE_DAY
    return out


def slots(term, every, counted_from, pieces=1):
    """The periods of a term, each divided in so many pieces."""
    if every == "once":
        return [Slot("once", term.start, term.end, date.max)]
    size = MONTHS[every] // pieces
    return (start_slots if counted_from == "start" else calendar_slots)(term.start, term.end, size)


def known(records, as_of):
    """What is on record on a day. Silent: what is dated later has not happened yet; such a meeting is only booked."""
    out = {
        k: {n: r for n, r in rows.items() if r["date"] <= as_of or k in ("meeting", "waiver")}
        for k, rows in records.items()
    }
    out["meeting"] = {
        n: dict(m, planned=m.get("planned", False) or m["date"] > as_of)
        for n, m in records.get("meeting", {}).items()
    }
    return out


# ── The deadlines ────────────────────────────────────────────────────────────────────────────────────────────────────

# What `on_holiday` moves: payments and reports, with what counts as reports.
MOVED = set(
    "payout activity-report yearly-report committee-account annual-accounts statistics final-evaluation "
    "follow-up".split()
)
# Where the program and the document differ, or the document can be read in two ways: these deadlines are not compared.
EXCEPTIONS = {
    "ended extension": "what was done about an end when the period after it was itself cut short by `term.ended`",
    "one asked": "a routine that the agreement asks of another organisation only, other than annual accounts",
    "idle extension": "an option named by an extension not in force that has no date, or does not lengthen the term",
    "unknown end": "the agreed review of a term whose end is not stated, once a later agreement continues it",
    "unknown start": "what follows from the end of the term when its start is not stated",
}
# Where the exception is for every deadline that hangs on the same thing, also one that only the program has.
WHOLE = {"idle extension", "unknown start"}
RIGHTS = {"option", "notice", "term-end", "waiver-expiry"}
RECORDED_ELSEWHERE = RIGHTS | {"approval", "steering-meeting", "payout", "index-value"}
IN_PERIOD = {"workshop", "mid-term-review"}


class Schedule:
    """The deadlines of an agreement on a day."""

    def __init__(self, register, name, as_of, payouts):
        self.register, self.name, self.as_of, self.payouts = register, name, as_of, payouts
        self.agreement, self.records = register["agreements"][name], known(register["records"].get(name, {}), as_of)
        self.settings = DEFAULTS | register["settings"].get("schedule", {})
        self.term = Term(self.agreement, self.records, as_of)
        self.on_holiday = self.agreement.get("on_holiday") or self.settings["on_holiday"]
        committee = self.agreement.get("committee") or register["settings"].get("default", {}).get("committee")
        self.committee = committee
        self.meetings = sorted(
            (m["date"], stated(m["manuscript_stop"]))
            for plan in register["meetings"].values()
            if plan["committee"] == committee
            for m in plan.get("meeting", {}).values()
        )
        self.out = []

    def before_start(self, last, on_it=True):
        """Silent: what would be done before the agreement begins, or the day it does, is left out: a review that the
        agreement has no day for, a decision to continue, and (only before) a notice. An option is not left out."""
        return self.term.start and last < self.term.start + on_it * ONE_DAY

    def add(
        self,
        kind,
        of=None,
        period=None,
        last=None,
        first=None,
        done=None,
        base=None,
        slot=None,
        duty=False,
        until=None,
        reason=None,
        exception=None,
    ):
        """Adds a deadline: moves it from a holiday, and says what has become of it."""
        moved, off = None, day_off(last) if last and not first else None
        if off and kind in MOVED and self.on_holiday != "keep":
            moved, step = last, ONE_DAY if self.on_holiday == "after" else -ONE_DAY
            while day_off(last):
                last += step
        ticked = self.ticked_off(kind, of, period)
        row = dict(
            id="/".join(x for x in (self.name, kind, of, period) if x),
            kind=kind,
            of=of,
            period=period,
            first_day=first,
            last_day=last,
            moved_from=moved,
            day_off=off,
            done=done if (duty or kind == "steering-meeting") and done else ticked or done,
            duty=duty,
            covers_from=slot and slot.start,
            covers_to=slot and slot.end,
            no_date_because=reason,
            exception=exception or (base and base["exception"]) or self.exception(kind, ticked),
        )
        row["state"] = self.state(row, base, until)
        # Silent: a meeting that was held stands on its own day, and was late when its period was over.
        limit = slot.end if kind == "steering-meeting" else last
        row["late"] = bool(limit and isinstance(row["done"], date) and row["done"] > limit)
        self.out.append(row)
        return row

    def exception(self, kind, ticked):
        """The exception that a deadline is under by its kind."""
        ends = ("review", "continuation", "option", "notice", "term-end")
        return "unknown start" if kind in ends and not self.term.start and self.term.end else None

    def ticked_off(self, kind, of, period):
        """The day of a `[done.NAME]` for the deadline. Silent: of several the first."""
        if kind in RECORDED_ELSEWHERE:
            return None
        days = [
            d["date"]
            for d in self.records.get("done", {}).values()
            if d["kind"] == kind and d.get("of") == of and d.get("period") == period
        ]
        return min(days, default=None)

    # ── 8. Done and overdue ──────────────────────────────────────────────────────────────────────────────────────────

    def state(self, row, base, until):
        """What has become of a deadline; after `until` it is of no use any more."""
        last = row["last_day"] or (base and base["last_day"])
        if row["done"]:
            return "done"
        if last >= self.as_of:
            # Silent: what has no day of its own is coming until the day that it is for.
            within = row["last_day"] and (last - self.as_of).days <= self.settings["due_within_days"]
            return "due" if within else "coming"
        useless = until and until < self.as_of or row["kind"] in RIGHTS or not row["last_day"]
        if useless or self.agreement["status"] == "draft" or last < self.settings["followed_from"]:
            return "passed"
        return "overdue"

    # ── 3. Steering groups ───────────────────────────────────────────────────────────────────────────────────────────

    def steering(self):
        for key, group in self.agreement.get("steering_group", {}).items():
            meetings = stated(group.get("meetings"))
            if not meetings:
                continue
            times, per = meetings["times"], meetings["per"]
            even = per != "once" and MONTHS[per] % times == 0
            whole = slots(self.term, per, meetings.get("counted_from"))
            found = slots(self.term, per, meetings.get("counted_from"), times) if even else whole
            if times > 1 and not even:
                found = [
                    Slot(f"{s.name}.{n}", s.start, s.end, s.next_end) for s in found for n in range(1, times + 1)
                ]
            held = self.place_meetings(key, found, whole)
            for slot in found:
                self.meeting(key, slot, held.get(slot.name))

    def place_meetings(self, key, found, whole):
        """The meeting of each slot: those that name theirs first, held ones before planned, then in order of time. One
        too many for its slot counts for a free one of the same period of the agreement."""
        rows = [m for m in self.records.get("meeting", {}).values() if m["steering_group"] == key]
        rows.sort(key=lambda m: ("period" not in m, m["planned"], m["date"]))
        placed, over = {}, []
        for m in rows:
            fits = [
                s
                for s in found
                if s.name not in placed
                and (m["period"] == s.name if "period" in m else s.start <= m["date"] <= s.end)
            ]
            if fits:
                placed[fits[0].name] = m
            elif "period" not in m and not m["planned"]:
                over.append(m)
        for m in over:
            free = [
                s
                for w in whole
                for s in found
                if w.start <= m["date"] <= w.end and w.start <= s.start <= w.end and s.name not in placed
            ]
            if free:
                placed[free[0].name] = m
        return placed

    def meeting(self, key, slot, meeting):
        day = meeting and meeting["date"]
        held = meeting and not meeting["planned"]
        last, first = (day, None) if day else (slot.end, slot.start)
        row = self.add("steering-meeting", key, slot.name, last, first, day if held else None, slot=slot)
        over = row["done"] and WITHOUT_DAY
        call = last - timedelta(self.settings["call_days"])
        self.add("steering-call", key, slot.name, call, done=over, slot=slot, until=last)
        if day:
            papers = day - timedelta(self.settings["papers_days"])
            self.add("steering-papers", key, slot.name, papers, done=over, slot=slot, until=last)
            noted = WITHOUT_DAY if held and "registry_number" in meeting else None
            self.add(
                "steering-notes", key, slot.name, day + timedelta(self.settings["notes_days"]), done=noted, slot=slot
            )

    # ── 4. Reports, accounts and evaluations ─────────────────────────────────────────────────────────────────────────

    def duties(self):
        for key, duty in self.agreement.get("follow_up", {}).items():
            # Silent: what has a day of its own, or is done once by its nature, needs no interval.
            once = duty["kind"] in ("mid-term-review", "final-evaluation") or "date" in (
                stated(duty.get("due")) or {}
            )
            every = stated(duty.get("every")) or ("once" if once else None)
            if every:
                self.duty(key, duty, every)

    def duty(self, key, duty, every):
        kind = {"other": "follow-up"}.get(duty["kind"], duty["kind"])
        found, covered, exception = slots(self.term, every, duty.get("counted_from")), [], None
        to_date = duty.get("covers") == "year-to-date" and duty.get("counted_from") != "start" and every != "once"
        for slot in found:
            name, start = slot.name, slot.start
            if to_date:
                whole = next(
                    y for y in calendar_slots(self.term.start, self.term.end, 12) if y.start <= slot.end <= y.end
                )
                start, name = whole.start, whole.name if slot.end == whole.end else name
            covered.append(Slot(name, start, slot.end, slot.next_end))
        reported = self.place_reports(key, covered)
        for number, (slot, whole) in enumerate(zip(found, covered)):
            first, last = self.due(kind, stated(duty.get("due")) or {}, every, slot, number)
            if last:
                row = self.add(
                    kind, key, whole.name, last, first, reported.get(whole.name), slot=whole, duty=True,
                    exception=exception
                )
                self.account_memo(row)

    def place_reports(self, key, covered):
        """The day on which each period was reported."""
        out = {}
        for r in sorted(
            (r for r in self.records.get("report", {}).values() if r["duty"] == key), key=lambda r: r["date"]
        ):
            start, end = r["period"]["start"], r["period"]["end"]
            same = [s for s in covered if s.end == end]
            best = max(covered, key=lambda s: s.days_shared(start, end), default=None)
            if same or best and best.days_shared(start, end):
                out.setdefault((same or [best])[0].name, r["date"])
        return out

    def due(self, kind, due, every, slot, number):
        """The first and the last day of what is due for a period; the last is None when there is none this time."""
        # Silent: of several that contradict each other the date is first, and then the days.
        month, day, fixed = due.get("month"), due.get("day"), stated(due.get("date"))
        if kind == "annual-accounts":
            y = slot.end.year
            slot = Slot(slot.name, date(y, 1, 1), date(y, 12, 31), date(y + 1, 12, 31))
        if fixed and every == "once":
            return None, fixed
        if fixed and fixed >= self.term.start:
            return None, add_months(fixed, number * MONTHS[every])
        if fixed:
            month, day = fixed.month, fixed.day
        elif "days_after_period" in due:
            return None, slot.end + timedelta(due["days_after_period"])
        if month:
            days = [on_day(y, month, day or 31) for y in range(slot.start.year, slot.end.year + 3)]
            if kind in IN_PERIOD:
                return None, next((d for d in days if slot.start <= d <= slot.end), None)
            # Silent: nothing is due for a period before it has begun.
            following = next(d for d in days if d >= max(slot.start, slot.end.replace(day=1)))
            # Silent: a month comes before the next period ends when it begins before that.
            if following.replace(day=1) <= slot.next_end:
                return None, following
        return self.default_due(kind, slot)

    def default_due(self, kind, slot):
        s, end = self.settings, slot.end
        if kind == "committee-account":
            return None, self.month_after(end, s["committee_account_month"])
        if kind == "annual-accounts":
            return None, self.month_after(date(end.year, 12, 31), s["annual_accounts_month"])
        if kind == "final-evaluation":
            return None, forward(end, s["evaluation_months"])
        if kind == "mid-term-review":
            return None, slot.start + (end - slot.start + ONE_DAY) // 2
        if kind == "workshop":
            # Silent: any day of the period.
            return slot.start, end
        if (end.month, end.day) == (6, 30):
            return None, self.month_after(end, s["half_year_report_month"])
        if (end.month, end.day) == (12, 31):
            return None, self.month_after(end, s["full_year_report_month"])
        return None, forward(end, s["other_report_months"])

    def month_after(self, day, month):
        """The last day of the first such month from that of a day. Silent: as for a month that is agreed."""
        return next(d for d in (month_end(y, month) for y in (day.year, day.year + 1)) if d >= day.replace(day=1))

    def routine(self):
        """What the municipality asks for even when the agreement is silent: of each organisation that is paid, for
        each calendar year. Silent: what the municipality does itself is done once for all, under the name
        `routine`."""
        duties = list(self.agreement.get("follow_up", {}).values())
        for kind in self.settings["routine"]:
            name = {"other": "follow-up"}.get(kind, kind)
            authors = {d.get("author") for d in duties if d["kind"] == kind}
            once = kind in ("mid-term-review", "final-evaluation")
            asked = ["routine"] if once or kind == "committee-account" else self.paid_organisations()
            if authors and (asked == ["routine"] or not authors <= set(self.agreement["party"])):
                continue
            exception = "one asked" if authors and kind != "annual-accounts" else None
            for of in [of for of in asked if of not in authors]:
                for slot in slots(self.term, "once" if once else "year", None):
                    first, last = self.default_due(name, slot)
                    row = self.add(name, of, slot.name, last, first, slot=slot, exception=exception)
                    self.account_memo(row)

    def paid_organisations(self):
        """Silent: when no one is named as paid, all of them."""
        civil = [k for k, p in self.agreement["party"].items() if p["role"] == "civil-society"]
        funding = self.agreement.get("funding", {}).values()
        named = [f["payee"] for f in funding if "payee" in f]
        return [k for k in civil if k in named or not named]

    # ── 5. Beginning and end ─────────────────────────────────────────────────────────────────────────────────────────

    def decision_of(self, kind):
        return min((d["date"] for d in self.records.get("decision", {}).values() if d["kind"] == kind), default=None)

    def beginning(self):
        approved = self.decision_of("approval")
        if approved or self.agreement["status"] in ("draft", "proposed"):
            row = self.add(
                "approval", last=self.term.start - timedelta(self.settings["legal_force_days"]), done=approved
            )
            self.memo("approval", None, row)

    def ending(self):
        for n, (end, *_) in enumerate(self.term.ends):
            agreed = stated(self.agreement["term"].get("review_by")) if n == 0 else None
            last = agreed or end and back(end, self.settings["review_months"])
            if last and (agreed or not self.before_start(last)):
                done, exception = self.end_met(n)
                exception = exception if end or not done else "unknown end"
                self.add(
                    "review", None, str(n + 1), last, done=done, until=None if agreed else end, exception=exception
                )
        if self.term.end:
            self.add("term-end", last=self.term.end)
            if not self.agreement["term"].get("option") and "renewal" not in self.agreement["term"]:
                self.continuation()
            self.notices()
        self.options()

    def continuation(self):
        for n, (end, *_) in enumerate(self.term.ends):
            last = back(end, self.settings["decision_months"])
            if not self.before_start(last):
                done, exception = self.end_met(n)
                row = self.add("continuation", None, str(n + 1), last, done=done, until=end, exception=exception)
                self.memo("continuation", str(n + 1), row)

    def end_met(self, n):
        """What was done about the end of number n: its day, and the exception that it is under, if any."""
        ends = self.term.ends
        if n + 1 < len(ends):
            return ends[n + 1][2], "ended extension" if n + 2 == len(ends) and self.term.cut else None
        return self.followed_by()

    def followed_by(self):
        """The day of a later agreement that continues this one. Silent: one that is decided, from its approval or else
        its own date."""
        later = [
            (name, a)
            for name, a in self.register["agreements"].items()
            if a.get("continues") == self.name and a["status"] in ("decided", "signed", "ended")
        ]
        days = []
        for name, a in later:
            rows = self.register["records"].get(name, {}).get("decision", {}).values()
            approved = min((d["date"] for d in rows if d["kind"] == "approval"), default=None)
            day = approved or stated(a.get("dated"))
            if not day or day <= self.as_of:
                days.append(day)
        done = days and min((d for d in days if d), default=WITHOUT_DAY) or None
        return done, None

    def options(self):
        ends = [end for end, *_ in self.term.ends if end]
        for key, option in self.agreement["term"].get("option", {}).items():
            agreed, times, at = stated(option.get("notice_by")), option.get("times", 1), []
            for e in self.uses(key):
                # The end that it was used before; what shortens the term is before none.
                earlier = [end for end in ends if end < e["until"]]
                at.append((max(earlier, default=None), stated(e.get("dated")) or WITHOUT_DAY))
            used_by_organisation = self.agreement["party"].get(option.get("by"), {}).get("role") == "civil-society"
            for n, (end, done) in enumerate((at + [(self.term.end, None)])[:times]):
                last = end and back(end, self.settings["decision_months"])
                if agreed:
                    last = agreed if n == 0 else end and same_distance(agreed, self.term.agreed_end, end)
                if last:
                    name = str(n + 1) if times > 1 else None
                    row = self.add("option", key, name, last, done=done, exception=self.named_in_vain(key))
                    if not used_by_organisation:
                        self.memo(f"option.{key}", name, row)

    def uses(self, key):
        """The extensions by which an option has been used, in order of time."""
        in_force = {by for _, by, _ in self.term.ends}
        out = [(name, e) for name, e in self.agreement.get("extension", {}).items() if e.get("option") == key]
        return sorted((e for name, e in out if name in in_force), key=lambda e: e["until"])

    def named_in_vain(self, key):
        """The exception for an option that an extension names although it is not in force."""
        in_force = {by for _, by, _ in self.term.ends}
        for name, e in self.agreement.get("extension", {}).items():
            if e.get("option") == key and name not in in_force:
                day = self.term.decided(e)
                if not stated(e.get("dated")) or day and day <= self.as_of:
                    return "idle extension"

    def notices(self):
        """Silent: what the exits say stands beside the automatic renewal, except on the same day; a termination on
        record makes neither done."""
        term, months = self.term, self.term.renewal_months
        for n, (end, *_) in enumerate(term.ends if months is not None else [], 1):
            if end in term.renewable and not self.before_start(back(end, months), False):
                self.add("notice", "renewal", str(n), back(end, months))
        for key, e in self.agreement.get("exit", {}).items():
            n = stated(e.get("notice_months"))
            if e["means"] != "notice" or "any" not in e["cause"] or n is None:
                continue
            last = back(term.end, n)
            same = months is not None and back(term.end, months) == last
            if not (same and term.may_renew) and not self.before_start(last, False):
                self.add("notice", key, last=last)

    # ── 6. The committee's meetings ──────────────────────────────────────────────────────────────────────────────────

    def memo(self, of, period, base, after=date.min):
        """The last day to hand in what the committee is to decide on, if its plan reaches that far."""
        needed, reason = base["last_day"], None
        in_time = [m for m in self.meetings if m[0] <= needed]
        early = [m for m in in_time if (m[1] or m[0]) > after]
        if not self.meetings:
            reason = "mötesplan saknas"
        elif in_time and not self.plan_reaches(in_time[-1][0], needed):
            reason = "mötesplan saknas för den tiden"
        elif not early:
            reason = "inget sammanträde i tid i mötesplanen"
        elif not early[-1][1]:
            # Silent: the words for a meeting that the plan has no day for.
            reason = "manusstopp saknas i mötesplanen"
        meeting, stop = early[-1] if early and reason != "mötesplan saknas för den tiden" else (None, None)
        row = self.add("memo", of, period, stop, done=base["done"], base=base, until=needed, reason=reason)
        if meeting and not stop and row["state"] == "coming" and meeting < self.as_of:
            row["state"] = "passed"  # Silent: with no day to hand it in it is coming until the meeting.

    def plan_reaches(self, latest, needed):
        """Whether the plan of meetings says what there is up to a day."""
        following = [day for day, _ in self.meetings if latest < day <= latest + timedelta(100)]
        return (needed - latest).days <= 62 or bool(following)

    def account_memo(self, row):
        if row["kind"] == "committee-account":
            self.memo(f"committee-account.{row['of']}", row["period"], row, row["covers_to"])

    # ── 7. Payouts and index values ──────────────────────────────────────────────────────────────────────────────────

    def pay(self):
        for p in self.payouts:
            covers = Slot(None, *(date.fromisoformat(p[k]) for k in ("covers_from", "covers_to")), None)
            if self.term.end and covers.start > self.term.end and self.term.start:
                continue
            done = (
                max((date.fromisoformat(x["date"]) for x in p["payments"]), default=None)
                if p["status"] == "settled"
                else None
            )
            if p["due"]:
                self.add("payout", p["id"], last=date.fromisoformat(p["due"]), done=done, slot=covers)
            else:
                # Silent: from the first day that the payout covers.
                first = max(covers.start, date(p["year"], 1, 1))
                self.add("payout", p["id"], last=date(p["year"], 12, 31), first=first, done=done, slot=covers)

    def index_values(self):
        found = {}
        for d in self.agreement.get("indexation", {}).values():
            for series in [d["series"]] if "series" in d else d.get("composite", {}):
                for key, year in self.values_needed(d, series):
                    found[series, key] = min(year, found.get((series, key), year))
        for (series, key), year in found.items():
            last = month_end(year - 1, self.settings["index_value_month"])
            if self.register["indexes"][series]["kind"] == "level":
                own = date(int(key[:4]), int(key[5:] or 12), 1)
                after = add_months(own, 1)
                last = max(last, month_end(after.year, after.month))
            values = self.register["indexes"][series]["value"].get(key, [])
            values = sorted(
                (v.get("known_from", date.min), n, v)
                for n, v in enumerate(values)
                if v.get("known_from", date.min) <= self.as_of
            )
            decided = values and values[-1][2]["status"] == "decided"
            self.add(
                "index-value",
                series,
                key,
                last,
                done=values[-1][2].get("known_from", WITHOUT_DAY) if decided else None,
            )

    def values_needed(self, d, series):
        """The keys of a series that an indexation needs, each with the year that is adjusted by it."""
        start, end = stated(self.agreement["term"]["start"]), self.term.agreed_end
        if d.get("years"):
            years = sorted(set(d["years"]))
        elif start and end:
            last = max([end] + [e["until"] for e in self.agreement.get("extension", {}).values()])
            first = (end + ONE_DAY).year if d.get("applies") == "on-extension" else start.year + 1
            years = list(range(first, last.year + 1)) if d.get("applies") != "on-extension" or last > end else []
        else:
            years = []
        level, base, lag = self.register["indexes"][series]["kind"] == "level", d.get("base"), d.get("lag_years", 0)
        month = base[4:] if base else ""
        if level and not base and stated(d.get("method")) == "against-base":
            return  # Silent: what cannot be computed needs no values.
        for year in years:
            yield f"{year - lag}{month if level else ''}", year
            if level and base and (year == years[0] or d.get("method") == "against-base"):
                yield base, year
            elif level:
                yield f"{year - lag - 1}{month}", year

    # ── All of them ──────────────────────────────────────────────────────────────────────────────────────────────────

    def compute(self):
        t = self.term
        if t.start:
            self.beginning()
        self.ending()
        if t.start and t.end:
            self.steering()
            self.duties()
            self.routine()
        self.pay()
        self.index_values()
        for key, w in self.records.get("waiver", {}).items():
            if "until" in w:
                self.add("waiver-expiry", key, last=w["until"])
        return [d for d in self.out if not self.settings["kinds"] or d["kind"] in self.settings["kinds"]]


def recompute(register, name, as_of=date(2026, 6, 30), payouts=()):
    return Schedule(register, name, as_of, payouts).compute()


def read_register(root):
    """What the files say, as any reader of TOML sees it."""

    def read(sub):
        return {p.stem: tomllib.loads(p.read_text()) for p in sorted((root / sub).glob("*.toml"))}

    return dict(
        {sub: read(sub) for sub in ("agreements", "records", "indexes", "meetings")},
        settings=tomllib.loads((root / "iop.toml").read_text()),
    )


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
                    {type(x) for _, x, _ in t.ends[1:]} and "renewal" in a["term"] and "extension" in a,
                ),
            )
            if on
        )
    for key, e in a.get("extension", {}).items():
        yield "extension: " + ("in force" if key in {by for _, by, _ in t.ends} else "not yet in force")
        yield (
            "extension: "
            + ("dated" if stated(e.get("dated")) else "not dated")
            + (", with a decision" if "decision" in e else "")
        )
    if "renewal" in a["term"]:
        yield f"renewal: {sum(by == 'renewal' for _, by, _ in t.ends)} so far".replace("0 so far", "none so far")[:24]
        yield "renewal: " + ("without notice" if t.renewal_months is None else "with notice")
        yield "renewal: " + ("to come" if t.may_renew else "no more")
    for o in a["term"].get("option", {}).values():
        yield "option: notice_by" if stated(o.get("notice_by")) else "option: no notice_by"
    for e in a.get("exit", {}).values():
        yield "exit: " + e["means"] + (" without cause" if "any" in e["cause"] else " with cause")
    for g in a.get("steering_group", {}).values():
        m = stated(g.get("meetings"))
        yield f"meetings: {m['times']} per {m['per']}" if m else "meetings: not stated"
        yield "meetings: from the start" if m and m.get("counted_from") == "start" else "meetings: from the calendar"
    for d in a.get("follow_up", {}).values():
        due = stated(d.get("due")) or {}
        yield f"duty: {d['kind']}, due by {' and '.join(sorted(k for k in due if k != 'words')) or 'nothing'}"
        yield f"duty: every {stated(d.get('every'))}, from {d.get('counted_from', 'calendar')}"
        yield from (f"duty: {d[k]}" for k in ("covers",) if k in d)
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
            )
            if on
        )
        if d["kind"] == "memo":
            yield "memo: " + d["of"].split(".")[0] + (" dated" if d["last_day"] else " not dated")


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
    f"{k} {s}" for k in ("option", "notice", "term-end", "waiver-expiry") for s in ("due", "coming", "passed")
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
REQUIRED += """last day is today;term: unknown start;term: unknown end;term: one day;term: up to a year;term: years
term: extended;term: from February 29;term: to February 29;term: from the last of a month
extension: in force;extension: not yet in force;extension: dated;extension: not dated
extension: dated, with a decision;extension: not dated, with a decision;renewal: none so far
renewal: 1 so far;renewal: 2 so far;renewal: with notice;renewal: without notice;renewal: to come
renewal: no more;option: notice_by;option: no notice_by;exit: notice without cause
exit: notice with cause;exit: dialogue without cause;duty: year-to-date;records: meeting
records: meeting planned;records: meeting with a period;records: report with a period
records: payment;records: done;records: waiver;committee: none;committee: with a plan
committee: without a plan;term: extended and renewed""".replace("\n", ";").split(";")


# ── The program and the comparison ───────────────────────────────────────────────────────────────────────────────────


def run(iop, command, root, as_of, *more):
    done = subprocess.run(
        [iop, command, "--register", root, "--as-of", str(as_of), "--format", "json", *more],
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"{command}: {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


SKIPPED = "under an exception"
COMPARED = (
    "kind covers_from covers_to first_day last_day no_date_because moved_from day_off state done late"
).split()


def differences(expected, got, strict):
    """Every value that is not the same in two lists of deadlines."""
    mine, theirs = {d["id"]: d for d in expected}, {d["id"]: d for d in got}
    skipped = {tuple((d["id"].split("/") + [""])[:3]) for d in expected if d["exception"] in WHOLE}
    for rows, whose in (expected, "computed"), (got, "the program"):
        for i, n in collections.Counter(d["id"] for d in rows).items():
            if n > 1:
                yield (
                    i,
                    "id",
                    f"{n} of them" if whose == "computed" else "",
                    "" if whose == "computed" else f"{n} of them",
                )
    for i in dict.fromkeys([*mine, *theirs]):
        agreement, kind, of = (i.split("/") + [""])[:3]
        if not strict and (i in mine and mine[i]["exception"] or (agreement, kind, of) in skipped):
            continue
        if i not in theirs:
            yield i, "deadline", f"{mine[i]['last_day']} {mine[i]['state']}", "none"
        elif i not in mine:
            yield i, "deadline", "none", f"{theirs[i]['last_day']} {theirs[i]['state']}"
        else:
            for key in COMPARED:
                ours, other = mine[i][key], theirs[i][key]
                other = (other or {}).get("date") if key == "done" else other
                ours = None if ours == WITHOUT_DAY and key == "done" else ours
                if (str(ours) if isinstance(ours, date) else ours or None) != (other or None):
                    yield i, key, ours, other


def check(iop, root, as_of, strict=False):
    """The disagreements of one register on one day, and how much was compared."""
    register, found, count, kinds = read_register(root), [], collections.Counter(), set()
    program = run(iop, "schedule", root, as_of, "--from", "1900-01-01")["deadlines"]
    payouts = {a["id"]: a["payouts"] for a in run(iop, "payouts", root, as_of)["agreements"]}
    for name in register["agreements"]:
        schedule = Schedule(register, name, as_of, payouts.get(name, []))
        mine = schedule.compute()
        theirs = [d for d in program if d["agreement"] == name]
        found += [(root.name, as_of, *d) for d in differences(mine, theirs, strict)]
        count.update(d["kind"] for d in mine)
        count[SKIPPED] += sum(bool(d["exception"]) for d in mine)
        kinds.update(variation(schedule))
    return found, count, kinds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("iop", nargs="?", default=Path(__file__).resolve().parent.parent / "target/debug/iop")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--registers", type=int, default=4, help="how many registers to draw (default: %(default)s)")
    parser.add_argument("--agreements", type=int, default=25, help="how many in each (default: %(default)s)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the registers here and leave them")
    parser.add_argument("--all", action="store_true", help="show every disagreement, not four of each sort")
    parser.add_argument("--strict", action="store_true", help="compare what is under an exception as well")
    parser.add_argument("--coverage", action="store_true", help="fail if some variation never occurs (16 registers)")
    parser.add_argument(
        "--register", type=Path, action="append", default=[], help="a register of one's own to check as well"
    )
    args = parser.parse_args()
    found, count, kinds = [], collections.Counter(), set()
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(4) as pool:
        roots = (
            write_registers(
                args.keep or Path(temporary), args.seed, args.registers, args.agreements, read_register, recompute
            )
            + args.register
        )
        for f, c, k in pool.map(
            lambda x: check(args.iop, *x, args.strict), [(root, day) for root in roots for day in DAYS_AS_TODAY]
        ):
            found += f
            count.update(c)
            kinds |= k
    groups = collections.defaultdict(list)
    for f in found:
        groups[f[2].split("/")[1], f[3]].append(f)
    for (kind, what), rows in sorted(groups.items(), key=lambda g: -len(g[1])):
        print(f"{kind} {what}: {len(rows)}")
        for register, as_of, i, _, mine, theirs in rows if args.all else rows[:4]:
            print(f"    {register} {as_of} {i}: computed {mine}, the program says {theirs}")
    missing = sorted(set(REQUIRED) - kinds) if args.coverage else []
    for kind in missing:
        print(f"never occurs: {kind}")
    skipped = count.pop(SKIPPED, 0) * (not args.strict)
    print(
        f"seed {args.seed}: {count.total() - skipped} deadlines compared in {len(roots)} registers, "
        f"{skipped} left out under {len(EXCEPTIONS)} exceptions, {len(found)} disagreements"
    )
    return 1 if found or missing else 0


if __name__ == "__main__":
    sys.exit(main())
