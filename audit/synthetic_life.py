"""Draws how an agreement's time is changed: extensions, supplements, options, renewal, notice and an early end."""
import calendar, random
from datetime import date, timedelta

STATUSES = ["draft", "proposed", "decided", "signed", "ended"]


def add_months(day, n):
    """The same day n months later, or the last of that month."""
    y, m = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(y, m + 1, min(day.day, calendar.monthrange(y, m + 1)[1]))


def first_of_year(day, of_year):
    """The first day from a day on that is a day of the year; "02-28" is the last of February."""
    month, n = map(int, of_year.split("-"))
    found = [date(y, month, calendar.monthrange(y, month)[1] if of_year == "02-28" else n) for y in (day.year, day.year + 1)]
    return min(d for d in found if d >= day)


class LifeGenerator:
    """What section 1 of docs/sa-raknas-datumen.md varies, drawn into an agreement and its records."""

    def __init__(self, r):
        self.r = r

    def chance(self, p):
        return self.r.random() < p

    def near(self, day, before=500, after=300):
        return day + timedelta(self.r.randint(-before, after))

    def draw(self, a):
        """Adds to an agreement that has a term; returns the decisions and signings for its records."""
        start, end = a["term"]["start"], a["term"]["end"]
        open_ = "until_further_notice" in a["term"]
        if open_ and self.chance(0.7):  # what happens to it happens in a later year
            end = add_months(end, 12 * self.r.randint(1, 3))
        decisions, signings, last = {}, {}, end
        if "continues" not in a:
            a["status"] = self.r.choice(["draft"] * 2 + ["proposed", "decided"] + ["signed"] * 5 + ["ended"])
            if self.chance(0.07):
                a["continues"] = "a0000"
        for i in range(self.r.choice([0, 0, 0, 0, 1] if open_ else [0, 0, 0, 1, 1, 2])):
            before = last
            last, change = self.change(last, end, decisions, f"forlangning-{i}")
            if open_ and self.chance(0.3):
                last = a["term"]["end"]
            if self.chance(0.3) and not open_:
                change["option"] = "a"
            if self.chance(0.25):  # begins later, or says the day that follows anyway, or one that was agreed already
                change["from"] = before + timedelta(self.r.choice([-20, 1, 2, 15, 40, 200]))
            a.setdefault("extension", {})[f"f{i}"] = dict(until=last, **change)
        for i in range(self.r.choice([0, 0, 0, 1, 2])):
            last, change = self.change(last, end, decisions, f"tillagg-{i}")
            s = a.setdefault("supplement", {}).setdefault(f"t{i}", dict(number=i + 1, changes="Något ändras.", **change))
            if self.chance(0.4 if open_ else 0.5):
                s["end"] = last if self.chance(0.6) else self.near(end, 120, 60)
                s["end"] = max(s["end"], start + timedelta(40))
                if open_ and self.chance(0.4):  # a day on which it may end
                    s["end"] = add_months(a["term"]["end"] + timedelta(1), 12 * self.r.choice([0, 0, 1, 2])) - timedelta(1)
            if self.chance(0.2):
                s["exit"] = dict(uppsagning=self.exit())
        for key in [] if open_ else [k for k, p in (("a", 0.25), ("b", 0.08)) if self.chance(p)] + ["a"]:
            if key in a["term"].get("option", {}) or key == "a" and not any("option" in e for e in a.get("extension", {}).values()):
                continue
            option = dict(months=self.r.choice([6, 12, 12, 24]))
            if self.chance(0.5):
                option["times"] = self.r.randint(1, 3)
            if self.chance(0.7):
                option["notice_by"] = self.r.choice([add_months(end, -self.r.randint(1, 9)), self.near(end, 300, 0), "not-stated"])
            a["term"].setdefault("option", {})[key] = option
        if self.chance(0 if open_ else 0.3):
            renewal = dict(months=self.r.choice([6, 12, 12, 24]))
            if self.chance(0.8):
                renewal["notice_months"] = self.r.choice([0, 1, 3, 6, 6, "not-stated"])
            if self.chance(0.25):
                renewal["notice_counts_from"] = self.r.choice(["receipt", "sending"])
            if self.chance(0.5):
                renewal["until"] = self.r.choice([add_months(end, self.r.randint(-3, 60)), self.near(end, 0, 1500), "not-stated"])
            a["term"]["renewal"] = renewal
        if self.chance(0.5 if open_ else 0.35):
            a["exit"] = dict(uppsagning=self.exit(), havning=dict(cause=["breach"], means="rescission"))
        if self.chance(0.15 if open_ else 0.08):
            a["term"]["ended"] = self.near(end, 600, 200) if self.chance(0.9) else "not-stated"
        for i in range(self.r.choice([0, 0, 1, 1, 2] if open_ else [0, 0, 0, 0, 1, 1, 2])):
            decisions[f"uppsagning-{i}"] = self.notice(a, last)
        if self.chance(0.5):
            for i in range(self.r.choice([1, 1, 2])):
                decisions[f"avtal-{i}"] = dict(kind=self.r.choice(["approval", "assignment"]), by="nämnden",
                                               date=self.near(start, 150, 400 if self.chance(0.3) else 0))
        if self.chance(0.4):
            late = 900 if self.chance(0.4) else 0
            signings = {f"s{i}": dict(party="kommun", signatory="x", date="not-stated" if self.chance(0.1) else self.near(start, 60, late))
                        for i in range(2)}
            for s in signings.values():
                if self.chance(0.1):
                    del s["date"]
        return decisions, signings

    def change(self, last, end, decisions, key):
        """(new last day, status, day and decision of an extension or a supplement)."""
        out = {}
        if self.chance(0.6):
            out["status"] = self.r.choice(STATUSES[:4] + ["signed"] * 3)
        if self.chance(0.6):
            out["dated"] = self.near(last, 700, 200) if self.chance(0.9) else "not-stated"
        if self.chance(0.4):
            out["decision"] = key
            if self.chance(0.7):
                decisions[key] = dict(kind="extension" if "forl" in key else "supplement", by="nämnden", date=self.near(last, 700, 300))
        elif self.chance(0.1):
            out["decision"] = "not-stated"
        if self.chance(0.12):
            out["also_decides"] = dict(annan=dict(committee="kultur"))
            if self.chance(0.75):
                out["also_decides"]["annan"]["decision"] = key + "-annan"
                decisions[key + "-annan"] = dict(kind="other", by="kulturnämnden", date=self.near(last, 700, 300))
        new = add_months(last + timedelta(1), self.r.choice([6, 12, 12, 24])) - timedelta(1)
        return (new if self.chance(0.93) else self.near(last, 60, 60)), out

    def exit(self):
        out = dict(cause=[self.r.choice(["any", "breach"])], means="notice")
        if self.chance(0.75):
            out["notice_months"] = self.r.choice([0, 3, 6, 6, 12, "not-stated"])
        if self.chance(0.3):
            out["notice_counts_from"] = self.r.choice(["sending", "receipt"])
        return out

    def notice(self, a, last):
        out = dict(kind="termination", by="nämnden", date=self.near(last, 600, 100))
        if self.chance(0.6):
            out["sent"] = out["date"] + timedelta(self.r.randint(0, 10))
        if self.chance(0.6):
            out["received"] = out.get("sent", out["date"]) + timedelta(self.r.randint(0, 40))
        if a.get("exit") and self.chance(0.7):
            out["exit"] = self.r.choice(["uppsagning", "uppsagning", "uppsagning", "havning"])
        return out
