"""Amounts, the years they are for and how they are adjusted, from docs/sa-raknas-beloppen.md, sections 1 and 2."""
import calendar, math
from datetime import date, timedelta
from fractions import Fraction as F

from life import add_months, agreed_end, stated, until_further_notice

ORE, UNITS = F(1, 100), {"ore": F(1, 100), "krona": F(1), "hundred-kronor": F(100)}
SIZES = {"month": 1, "half-year": 6, "year": 12}


def number(value):
    """An amount, a percentage or an index value as the files write it."""
    return F(str(value).replace(",", "."))


def rounded(x, unit=ORE):
    """To the nearest unit, a half away from zero."""
    n = math.floor(abs(x) / unit + F(1, 2)) * unit
    return n if x >= 0 else -n


def month_end(y, m):
    return date(y, m, calendar.monthrange(y, m)[1])


# ── The time that money is for ────────────────────────────────────────────────────────────────────────────────────

def end_of_begun(start, last, months):
    """The end of the so many months, counted from the first day, that a day lies in."""
    n = months
    while add_months(start, n) - timedelta(1) < last:
        n += months
    return add_months(start, n) - timedelta(1)


def end_that_holds(life):
    """The last end of what holds, as it would be without an early end; with all of its year while it goes on until further
    notice."""
    last = max((s.end for s in life.uncut if s.holds), default=None)
    return date(last.year, 12, 31) if last and life.goes_on else last


def time_of_money(f, term, life):
    """The days that a component is for, each None if it is not known: its period, or the agreed term, or of what lasts until
    further notice all of what it lasts, if it costs so much for each month, half-year or year."""
    if "period" in f:
        return f["period"]["start"], f["period"]["end"]
    if not until_further_notice(term):
        start, end = stated(term["start"]), agreed_end(term)
        if start and end and "from" in f:
            start = max(start, f["from"])
            return (start, end) if start <= end else (None, None)
        return start, end
    size = SIZES.get(f.get("rate", {}).get("per")) if stated(f.get("amount")) is None else None
    last = end_that_holds(life)
    if not size or not stated(term["start"]) or not last:
        return None, None
    start = max(term["start"], f.get("from", term["start"]))
    return (start, end_of_begun(start, last, size)) if start <= last else (None, None)


def original_end(term, life):
    """The end of the agreed time, and of what lasts until further notice that of the year, counted from its first day, in which
    the last end is of what holds; None if it is not known.

    Silent: the end that would be without an early one, as for what money is for; and that it is also from this day that
    something is an extension of what lasts until further notice."""
    last = end_that_holds(life)
    if until_further_notice(term) and stated(term["start"]) and last:
        return end_of_begun(term["start"], last, 12)
    return agreed_end(term)


def last_of_all(agreement, the_life):
    """The last day for which the agreement has time or money, however firm; None if it is not known."""
    days = [original_end(agreement["term"], the_life)] + [e["until"] for e in agreement.get("extension", {}).values()]
    fundings_ = list(agreement.get("funding", {}).values())
    for s in agreement.get("supplement", {}).values():
        days.append(stated(s.get("end")))
        fundings_ += s.get("funding", {}).values()
    days += [f["period"]["end"] for f in fundings_ if "period" in f]
    return max((d for d in days if d), default=None)


# ── Amounts and years ─────────────────────────────────────────────────────────────────────────────────────────────

def months_begun(start, end):
    """Months begun, counted from the first day."""
    n = 1
    while add_months(start, n) <= end:
        n += 1
    return n


def covered_months(a, b):
    """How many months the days a–b are, where a month begun is counted by its days."""
    months, day = F(0), a
    while day <= b:
        last = min(b, month_end(day.year, day.month))
        months += F((last - day).days + 1, calendar.monthrange(day.year, day.month)[1])
        day = last + timedelta(1)
    return months


def whole_months(a, b):
    """How many calendar months are covered wholly."""
    n, day = 0, a if a.day == 1 else month_end(a.year, a.month) + timedelta(1)
    while month_end(day.year, day.month) <= b:
        n, day = n + 1, month_end(day.year, day.month) + timedelta(1)
    return n


class Cost:
    """What a component costs, the whole and any part of its time."""

    def __init__(self, f, start, end):
        self.start, self.end, self.rate, self.data = start, end, f.get("rate"), f
        self.per = None
        if stated(f.get("amount")) is not None:
            self.whole = number(f["amount"])
        else:
            self.unit = self.one_unit()
            self.whole, self.per = self.unit, SIZES.get(self.rate["per"]) if self.rate else None
            if self.steps():
                self.whole = rounded(self.by_units(start, end)) if self.unit is not None else None
            elif self.unit is not None and self.per:
                self.whole = self.unit * math.ceil(F(months_begun(start, end), self.per))

    def one_unit(self):
        if self.rate is None:
            return None
        count = self.rate.get("count", "not-stated" if "unit" in self.rate else 1)
        return None if count == "not-stated" else number(self.rate["amount"]) * count

    def steps(self):
        """The days from which there is another number, in order; of several for one day the last in the file."""
        return dict(sorted((s["from"], s["count"]) for s in {s["from"]: s for s in (self.rate or {}).get("step", {}).values()}.values()))

    def by_units(self, a, b):
        """What the days a–b cost of each unit of time, number by number."""
        steps, count, runs, first = self.steps(), self.rate["count"] if "unit" in self.rate else self.rate.get("count", 1), [], self.start
        for day, number_then in steps.items():
            if self.start < day <= self.end:
                runs.append((first, day - timedelta(1), count))
                first = day
            if day <= self.end:
                count = number_then
        runs.append((first, self.end, count))
        total = F(0)
        for x, y in self.units() if self.per else [(self.start, self.end)]:
            for i, j, n in runs:
                i, j = max(i, x, a), min(j, y, b)
                if i <= j:
                    total += number(self.rate["amount"]) * n * covered_months(i, j) / covered_months(x, y)
        return total

    def part(self, a, b):
        """What the days a–b cost, without rounding."""
        if self.rate and self.steps() and stated(self.data.get("amount")) is None:
            return self.by_units(a, b)
        if self.per is None:
            return self.whole * covered_months(a, b) / covered_months(self.start, self.end)
        if self.per == 1:
            # The calendar months that are covered wholly, from first to last day.
            first = self.start if self.start.day == 1 else month_end(self.start.year, self.start.month) + timedelta(1)
            last = self.end if self.end == month_end(self.end.year, self.end.month) else self.end.replace(day=1) - timedelta(1)
            i, j = max(first, a), min(last, b)
            inner = covered_months(i, j) if i <= j else F(0)
            broken = covered_months(self.start, self.end) - whole_months(self.start, self.end)
            rest = self.whole - self.unit * whole_months(self.start, self.end)
            return self.unit * inner + (rest * (covered_months(a, b) - inner) / broken if broken else 0)
        return sum(self.unit * covered_months(max(a, first), min(b, last)) / covered_months(first, last)
                   for first, last in self.units() if first <= b and a <= last)

    def units(self):
        """The days of each half-year or year, counted from the first day; the last may be only begun."""
        n = 0
        while (first := add_months(self.start, n * self.per)) <= self.end:
            n += 1
            yield first, min(self.end, add_months(self.start, n * self.per) - timedelta(1))

    def counted(self):
        """Whether a part of the time costs what it says itself, and not its share of the whole."""
        return self.whole is not None and stated(self.data.get("amount")) is None and bool(self.per or self.steps())

    def divided(self):
        """Whether the agreement itself does not say what each year costs."""
        if self.start.year == self.end.year:
            return False
        # Silent: also what is not known is marked as divided.
        return self.per is None or self.whole is None or any(a.year != b.year for a, b in self.units())


def year_rows(name, cost):
    """One row per calendar year."""
    rows, left = [], cost.whole
    for y in range(cost.start.year, cost.end.year + 1):
        a, b = max(cost.start, date(y, 1, 1)), min(cost.end, date(y, 12, 31))
        part = left
        if left is not None and y != cost.end.year:
            part = min(rounded(cost.part(a, b)), left)
            left -= part
        rows.append(dict(funding=name, year=y, start=a, end=b, agreed=part, to_pay=part, exact=None, unit=None, firm=None,
                         divided=cost.divided(), preliminary=part is None))
    return rows


# ── Indexation ───────────────────────────────────────────────────────────────────────────────────────────────────────

class Missing(Exception):
    """What is needed to compute the change is not there, and the stated amount is shown."""


class Indexation:
    """One `[indexation.NAME]` of an agreement, with the register's assumptions."""

    def __init__(self, data, term, life, last_day, register, day):
        start, end = stated(term["start"]), original_end(term, life)
        self.never = data.get("applies") == "on-extension" and bool(until_further_notice(term))
        self.data, self.original_end, self.register, self.day, self.years = data, end, register, day, None
        default = register["default"]
        self.method, self.method_assumed = stated(data.get("method")), False
        if self.method is None and default.get("method"):
            self.method, self.method_assumed = default["method"], True
        self.listed, self.begins = bool(data.get("years")), None
        if data.get("per") != "agreement-year":
            self.begins = (1, 1)
        elif "year_begins" in data:
            self.begins = (data["year_begins"]["month"], data["year_begins"]["day"])
        elif start:
            self.begins = (start.month, start.day)
        if self.listed:
            self.years = sorted(set(data["years"]))
        elif self.never:
            self.years = [] if start else None
        elif start and end and data.get("applies") == "on-extension":
            self.years = list(range(self.holding(end + timedelta(1)), self.holding(last_day) + 1))
        elif start and end:
            self.years = list(range(self.holding(start) + 1, self.holding(last_day) + 1))

    def holding(self, day):
        """The year, of the calendar or of the agreement, that a day is in; it has the name of the one in which it begins."""
        return day.year if (day.month, day.day) >= self.begins else day.year - 1

    def no_day(self):
        """Whether the years begin on a day that not every year has."""
        month, day = self.begins
        return day > calendar.monthrange(2023, month)[1]

    def parts(self, row):
        """The days of a row by the years that they are in."""
        if self.no_day():
            # Silent: all of them are in the year of the last.
            return [(self.holding(row["end"]), row["start"], row["end"])]
        cut = date(row["year"], *self.begins)
        days = [(row["start"], min(row["end"], cut - timedelta(1))), (max(row["start"], cut), row["end"])]
        return [(self.holding(a), a, b) for a, b in days if a <= b]

    def covers(self, row):
        d = self.data
        if d.get("funding") and row["funding"] not in d["funding"]:
            return False
        if self.begins is None:
            return True
        return any(self.covers_part(year, a) for year, a, _ in self.parts(row))

    def covers_part(self, year, start):
        # Silent: with an end that is not known no part is known to be of the original term.
        if self.data.get("applies") == "on-extension" and self.original_end and start <= self.original_end:
            return False
        if self.never:  # what lasts until further notice is not extended
            return False
        if self.years is None or year in self.years:
            return True
        # A year after the first that is not listed keeps the increase that has been made, if the amounts are chained.
        # Silent: where the agreement leaves the method open such a year is open too, also when the register assumes one.
        return bool(self.years) and year > self.years[0] and stated(self.data.get("method")) != "against-base"

    def contradictory(self):
        d = self.data
        weights = [number(w) for w in d.get("composite", {}).values()]
        return (sum(k in d for k in ("series", "composite", "flat")) > 1 or sum(weights) > 100 or any(w < 0 for w in weights)
                or "floor" in d and "cap" in d and number(d["floor"]) > number(d["cap"])
                or "published" in d and "flat" in d
                or {"flat", "percent_decimals"} <= set(d) and (number(d["flat"]) * 10 ** d["percent_decimals"]).denominator != 1
                or "year_begins" in d and d.get("per") != "agreement-year" or self.no_day())

    def month_of(self, year):
        """The first and the last day of the month whose notice counts for a year, or None."""
        p = self.data.get("published")
        return p and (date(year - p["years_before"], p["month"], 1), month_end(year - p["years_before"], p["month"]))

    def known(self, series, key, year, own, positive=False):
        """(number, settled) of the notice that counts for a year, or None. `own`: of the value itself, not of what it is
        measured from."""
        month = self.month_of(year)
        until = min(self.day, month[1]) if month else self.day
        found = [(v.get("known_from", date.min), n, v) for n, v in
                 enumerate(self.register["indexes"][series]["value"].get(key, [])) if v.get("known_from", date.min) <= until]
        if not found:
            return None
        value = max(found, key=lambda k: k[:2])[2]  # Silent: of several on the same day the last in the file.
        if positive and number(value["number"]) <= 0 or month and own and value.get("known_from", date.min) < month[0]:
            return None
        # Until the month is over another notice of it can come.
        settled = value["status"] == "decided" or bool(month) and month[1] < self.day and value["status"] == "provisional"
        return number(value["number"]), settled, value.get("reference", self.register["indexes"][series].get("reference"))

    def linked(self, series, reference):
        """The reference periods that the links lead to, each with the product of the factors."""
        out, links = {reference: F(1)}, list(self.register["indexes"][series].get("link", {}).values())
        while reference is not None:
            link = next((k for k in links if k["from"] == reference), None)
            if not link or number(link["factor"]) <= 0 or link["to"] in out:
                break
            out[link["to"]], reference = out[reference] * number(link["factor"]), link["to"]
        return out

    def ratio(self, series, now, then):
        """Two levels, (number, reference period) each, in the same reference period."""
        one, other = self.linked(series, now[1]), self.linked(series, then[1])
        common = next((r for r in one if r in other), Missing)
        if common is Missing:
            raise Missing
        return now[0] * one[common] / (then[0] * other[common])

    def level(self, series, key, year, own=False, origin=False):
        """A level, or the one known last before it in the same form."""
        for y in range(int(key[:4]), int(key[:4]) - 1 if origin else 1890, -1):
            found = self.known(series, f"{y}{key[4:]}", year, own and y == int(key[:4]), True)
            if found:
                self.firm &= found[1] and y == int(key[:4])
                return found[0], found[2]
        raise Missing

    def yearly(self, series, year, against_base):
        lag = self.data.get("lag_years", 0)
        earlier = [y for y in self.years if y < year] if against_base else []
        for y in [year, *reversed(earlier)]:
            found = self.known(series, str(y - lag), y, True)
            if found:
                self.firm &= found[1] and y == year
                return found[0]
        self.firm, self.lacks = False, True
        return F(0)

    def series_change(self, series, year, against_base):
        base, lag = self.data.get("base"), self.data.get("lag_years", 0)
        if series not in self.register["indexes"]:
            raise Missing
        if self.register["indexes"][series]["kind"] == "yearly-change":
            return self.yearly(series, year, against_base)
        if against_base and not base:
            raise Missing
        month = base[4:] if base else ""
        first = year == self.years[0]
        if against_base or first:
            origin = self.level(series, base or str(year - lag - 1), year, origin=True)
        else:
            origin = self.level(series, f"{year - lag - 1}{month}", year)
        return (self.ratio(series, self.level(series, f"{year - lag}{month}", year, own=True), origin) - 1) * 100

    def change(self, year, against_base):
        """The change for one year in percent, within floor and cap."""
        d = self.data
        if self.contradictory():
            raise Missing
        if "flat" in d:
            change = number(d["flat"])
        elif "series" in d:
            change = self.series_change(d["series"], year, against_base)
        elif "composite" in d:
            change = sum(self.series_change(s, year, against_base) * number(w) / 100 for s, w in d["composite"].items())
        else:
            raise Missing
        if "percent_decimals" in d:
            change = rounded(change, F(1, 10 ** d["percent_decimals"]))
        if "floor" in d:
            change = max(change, number(d["floor"]))
        if "cap" in d:
            change = min(change, number(d["cap"]))
        if change <= -100:
            raise Missing
        return change

    def factors(self, year, against_base):
        """The factor of a year and the part of it that rests on decided values alone."""
        self.firm, self.lacks, factor, firm = True, False, F(1), F(1)
        for y in [y for y in self.years if (y == year if against_base else y <= year)]:
            factor *= 1 + self.change(y, against_base) / 100
            if self.firm:
                firm = factor
        return factor, firm

    def adjust(self, row):
        """Sets what the year's amount becomes and whether that is preliminary."""
        d, default = self.data, self.register["default"]
        amounts = stated(d.get("amounts"))
        assumed = amounts is None
        amounts = amounts or default.get("amounts")
        if row["agreed"] is None:
            return
        if self.years is None or self.begins is None:
            row["preliminary"] = row["lacks"] = True
            return
        if amounts != "before-adjustment":
            # Silent: what is said to be adjusted is so also where the adjustment cannot be computed.
            row["preliminary"] |= assumed
            return
        method, registers, parts, settled, open_, lacking = self.method, assumed, [], True, [], []
        try:
            for year, a, b in self.parts(row):
                if not self.covers_part(year, a):
                    parts.append((a, b, F(1), F(1)))
                    open_.append(False)
                    lacking.append(False)
                    continue
                later = year > self.years[0]
                guessed = stated(d.get("amounts")) is None or later and (self.method_assumed or method is None)
                assumed |= later and (self.method_assumed or method is None)
                registers |= later and self.method_assumed
                if method is None:
                    year = self.years[0]
                # Silent: the first year that is adjusted is counted as chained when the agreement leaves the method open, also
                # where the register assumes the other; it differs only for levels without a base.
                chained = method != "against-base" or self.method_assumed and not later
                parts.append((a, b, *self.factors(year, not chained)))
                settled &= self.firm
                open_.append(guessed or not self.firm)
                lacking.append(self.lacks)
                row["lacks"] = row.get("lacks", False) or self.lacks
        except Missing:
            row["preliminary"] = row["lacks"] = True
            return
        row["preliminary"] |= assumed or not settled
        row["factors"] = [(a, b, factor) for a, b, factor, _ in parts]
        factor = mean_factor(row["factors"], row["start"], row["end"], row["even"])
        firm = mean_factor([(a, b, firm) for a, b, _, firm in parts], row["start"], row["end"], row["even"])
        unit, by_payout = UNITS[stated(d.get("round_to")) or "krona"], stated(d.get("rounding_place")) == "payout"
        if d.get("per") == "agreement-year" and self.begins != (1, 1) and not by_payout:
            self.adjust_by_parts(row, parts, unit, open_, lacking)
        if all(factor == 1 for _, _, factor, _ in parts):
            row["assumed"] = registers
            if firm != 1 and not registers:  # What is settled had changed it, and what is not takes that back.
                row["exact"], row["unit"] = row["agreed"], unit
                row["firm"] = row["agreed"] * firm
            return
        row["exact"], row["unit"] = row["agreed"] * factor, unit
        row["firm"] = row["agreed"] if registers else row["agreed"] * firm
        row["by_payout"] = by_payout
        if "pieces" in row:
            row["to_pay"] = sum(piece["to_pay"] for piece in row["pieces"])
        elif not by_payout:
            row["to_pay"] = rounded(row["exact"], row["unit"])

    def adjust_by_parts(self, row, parts, unit, open_, lacking):
        """What each part of a year comes to, where two agreement years cut it: each is adjusted and rounded by itself."""
        own, left = [], row["agreed"]
        years = [self.own_year(row, a, b) for a, b, *_ in parts]
        if len(parts) == 1 and (not years[0] or years[0][0] == (row["start"], row["end"])):
            return
        if all(years):
            weights = [y[3] - y[2] for y in years]
        else:
            weights = [row["even"].weight(a, b) for a, b, *_ in parts]
        for i, w in enumerate(weights):
            share = w / sum(weights) if sum(weights) else F(1, len(weights))
            own.append(left if i + 1 == len(parts) else min(rounded(row["agreed"] * share), left))
            left -= own[-1]
        row["pieces"] = [
            dict(start=a, end=b, agreed=x, to_pay=self.of_year(y, (a, b), x, factor, unit), open=is_open, lacks=lacks, share=w)
            for (a, b, factor, _), x, y, w, is_open, lacks in zip(parts, own, years, weights, open_, lacking)]
        row["firm_of_pieces"] = sum(self.of_year(y, (a, b), x, firm, unit) for (a, b, _, firm), x, y in zip(parts, own, years))

    @staticmethod
    def of_year(year, days, own, factor, unit):
        """What a part of an agreement year comes to: its part of what that year comes to, which is rounded."""
        if factor == 1:
            return own
        if not year or year[0] == days:
            return rounded(own * factor, unit)
        _, whole, before, with_ = year
        amount = rounded(whole * factor, unit)
        up_to = lambda x: amount if x == whole else rounded(amount * x / whole)
        return up_to(with_) - up_to(before)

    def own_year(self, row, a, b):
        """((first, last), what they cost, of it before the part, of it to the end of the part) of the component's days in the
        agreement year that a part of its days is in; what goes on as if it went on to the end of the calendar year in which that ends."""
        if self.no_day():
            return None
        year, cost = self.holding(a), row["cost"]
        first, last = date(year, *self.begins), date(year + 1, *self.begins) - timedelta(1)
        if row["open"]:
            until = max(cost.end, date(last.year, 12, 31))
            cost = Cost(cost.data, cost.start, end_of_begun(cost.start, until, cost.per or 1))
        first, last = max(first, cost.start), min(last, cost.end)
        whole = cost.part(first, last)
        if whole <= 0:
            return None
        before = cost.part(first, a - timedelta(1)) if a > first else F(0)
        return (first, last), whole, before, whole if b == last else cost.part(first, b)


def mean_factor(factors, start, end, even):
    """The mean of the factors that hold for some days, by what these cost before any factor."""
    parts = [(even.weight(max(a, start), min(b, end)), f) for a, b, f in factors if a <= end and start <= b]
    whole = sum(w for w, _ in parts)
    return sum(w * f for w, f in parts) / whole if whole else parts[0][1]


class Pace:
    """How a sum falls on the days that it is for: alike on every month, or more where the number of what is counted changes
    or another agreement year begins."""

    def __init__(self, cost, factors, start, end):
        factors = factors or []
        if len({f for *_, f in factors}) < 2:
            factors = [(start, end, F(1))]
        counts = cost.counted() and cost.steps()
        steps = [d for d in cost.steps() if cost.start < d <= cost.end] if counts else []
        firsts = sorted({start, *(d for d in [*steps, *(a for a, *_ in factors)] if start < d <= end)})
        self.stretches = []
        for a, b in zip(firsts, [d - timedelta(1) for d in firsts[1:]] + [end]):
            factor = next(f for x, y, f in factors if x <= a <= y)
            self.stretches.append((a, b, (cost.part(a, b) if steps else covered_months(a, b)) * factor))
        if len(self.stretches) == 1 or not any(w > 0 for *_, w in self.stretches):
            self.stretches = []

    def weight(self, a, b, length=covered_months):
        """What the days a–b weigh; within a stretch by `length`."""
        if not self.stretches:
            return length(a, b)
        shared = ((max(a, x), min(b, y), x, y, w) for x, y, w in self.stretches)
        return sum((w * length(i, j) / length(x, y) for i, j, x, y, w in shared if i <= j), F(0))

    def share(self, start, last, end, length=covered_months):
        """How much of what is for the days start–end is for those to the last."""
        if last < start or last >= end:
            return F(last >= end)
        whole = self.weight(start, end, length)
        return self.weight(start, last, length) / whole if whole else F(0)
