"""Days, terms and periods of docs/sa-raknas-datumen.md (sections 1, 2 and 9), for check_schedule.py.

Where the document is silent the program's reading is followed; those places are marked "Silent:"."""

import calendar, functools
from datetime import date, timedelta

import life

ONE_DAY = timedelta(1)
WITHOUT_DAY = "done"  # what is done because something else is, without a day of its own


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
    """That many months after: the last of a month stays the last. Silent: the document has it for counting back and
    for a date that comes again."""
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
    """The term as it was known on a day: its first day, and every last day that it has had, with what gave it."""

    def __init__(self, agreement, records, as_of):
        self.agreement, self.records, self.as_of = agreement, records, as_of
        self.life = life.life(agreement, records, as_of)
        term = agreement["term"]
        self.start, self.agreed_end = stated(term["start"]), life.agreed_end(term)
        self.renewal, self.any_day = life.renewal_of(agreement, records, as_of) or {}, life.any_day(term)
        self.renewal_months = stated(self.renewal.get("notice_months"))
        holding = [s for s in self.life.stretches if s.holds]
        # An end in advance makes a term known whose end is not stated.
        if self.start and not self.agreed_end:
            self.agreed_end = self.life.last_day
        self.known = bool(holding and self.start and self.agreed_end)
        self.ends = [(s.end, s) for s in holding] if self.known else [(self.agreed_end, None)]
        self.cut, self.notice = self.known and self.life.ends_early, self.life.notice
        self.uncut = [s for s in self.life.uncut if s.holds]  # what would have held without an early end
        self.first_end = self.uncut[0].end if self.uncut and self.uncut[0].end else self.agreed_end
        # Of a term without a first day the last one that holds.
        self.last = (self.life.last_day, holding[-1]) if holding and not self.start else self.ends[-1]
        self.may_go_on = any(s.rests_on in ("option", *life.BY_ITSELF) for s in self.life.stretches if not s.holds)

    def decided(self, stretch):
        """The day on which it was decided that the time goes on for a stretch.

        Silent: the day of the extension or the supplement, and no day when it has none; not its decision's."""
        return self.day_of(self.change(stretch) or {})

    def day_of(self, change):
        """The day of an extension or a supplement, unless it is later than today."""
        dated = stated(change.get("dated"))
        return dated if dated and dated <= self.as_of else WITHOUT_DAY

    def change(self, stretch):
        """The extension or the supplement that a stretch rests on."""
        if stretch.rests_on in ("extension", "supplement"):
            return self.agreement[stretch.rests_on][stretch.key]
        return None

    def renewed_after(self):
        """The ends, with their numbers, that a renewal followed, may follow, or would have followed but for notice."""
        if self.any_day:
            return
        for n, s in enumerate(self.uncut, 1):
            following = self.uncut[n] if n < len(self.uncut) else None
            if following:
                if following.rests_on in life.BY_ITSELF:
                    yield n, s.end
            elif self.renewal:
                until = stated(self.renewal.get("until"))
                # Silent: an end in advance that lies after the last day rules out the renewals after it, though it is
                # no early end.
                stretches = self.life.uncut if self.cut else self.life.stretches
                may_come = any(s.rests_on in life.BY_ITSELF and not s.holds for s in stretches)
                in_time = self.notice and self.notice <= back(s.end, self.renewal_months or 0)
                if may_come or in_time and (not until or s.end < until):
                    yield n, s.end

    @property
    def end(self):
        return self.ends[-1][0]

    @property
    def due_ends(self):
        """The ends that something is to be done before, each with its number: an early end is not."""
        return list(enumerate((end for end, _ in self.ends), 1))[: -1 if self.cut else None]


# ── 2. Periods ───────────────────────────────────────────────────────────────────────────────────────────────────────

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
LETTERS = {2: "M", 3: "Q", 4: "T", 6: "H"}


class Slot:
    """A period with its name, the last day of the one after, and whether the term cuts it off."""

    def __init__(self, name, start, end, next_end, cut=False):
        self.name, self.start, self.end, self.next_end, self.cut = name, start, end, next_end, cut

    def asked(self, term, days):
        """Whether anything is asked for: not in a period that the term cuts off to so few days, if it is not all."""
        whole = (self.start, self.end) == (term.start, term.end)
        return whole or not self.cut or (self.end - self.start).days + 1 > days

    def days_shared(self, start, end):
        return max(0, (min(self.end, end) - max(self.start, start)).days + 1)


def calendar_slots(start, end, size):
    """The periods of the calendar, where the first and the last may be short."""
    day, out = date(start.year, (start.month - 1) // size * size + 1, 1), []
    while day <= end:
        following = add_months(day, size)
        n = (day.month - 1) // size + 1
        name = {1: f"{day.year}-{day.month:02}", 12: str(day.year)}.get(size) or f"{day.year}{LETTERS[size]}{n}"
        last = following - ONE_DAY
        cut = day < start or last > end
        out.append(Slot(name, max(start, day), min(end, last), add_months(following, size) - ONE_DAY, cut))
        day = following
    # Silent: after a last period that is cut off the next would begin the day after.
    out[-1].next_end = add_months(end + ONE_DAY, size) - ONE_DAY
    return out


def start_slots(start, end, size):
    """The periods from the first day, where only the last may be short."""
    out, n = [], 0
    while add_months(start, n * size) <= end:
        first, second, third = (add_months(start, (n + i) * size) for i in range(3))
        last = second - ONE_DAY
        out.append(Slot(f"P{n + 1}", first, min(end, last), third - ONE_DAY, last > end))
        n += 1
    out[-1].next_end = add_months(end + ONE_DAY, size) - ONE_DAY
    return out


def slots(term, every, counted_from, pieces=1):
    """The periods of a term, each divided in so many pieces."""
    if every == "once":
        return [Slot("once", term.start, term.end, date.max)]
    size = MONTHS[every] // pieces
    return (start_slots if counted_from == "start" else calendar_slots)(term.start, term.end, size)
