#!/usr/bin/env python3
"""An independent recomputation of what `iop payouts` shows.

usage: check_payouts.py [IOP] [--seed N] [--agreements N] [--keep DIR] [--coverage]

Writes two synthetic registers (one of them with assumptions in `[default.indexation]`), reads the files back, computes
every year, payout, difference and sum with exact fractions from docs/sa-raknas-beloppen.md, and compares with the program
row by row. Nothing here comes from the program's source. Where the document is silent the program's reading is followed;
those places are marked "Silent:". Where the program departs from the document this script follows the document.
"""
import argparse, calendar, collections, json, math, subprocess, sys, tempfile, tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from fractions import Fraction as F
from pathlib import Path

from synthetic_register import write_registers

AS_OF = date(2025, 6, 30)
ORE, UNITS = F(1, 100), {"ore": F(1, 100), "krona": F(1), "hundred-kronor": F(100)}


# ── Small things ─────────────────────────────────────────────────────────────────────────────────────────────────────

def number(value):
    """An amount, a percentage or an index value as the files write it."""
    return F(str(value).replace(",", "."))


def stated(value):
    """None for what is left out and for what is said to be open."""
    return None if value == "not-stated" else value


def rounded(x, unit=ORE):
    """To the nearest unit, a half away from zero."""
    n = math.floor(abs(x) / unit + F(1, 2)) * unit
    return n if x >= 0 else -n


def add_months(day, n):
    """The same day n months later, or the last of that month."""
    y, m = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(y, m + 1, min(day.day, calendar.monthrange(y, m + 1)[1]))


def month_end(y, m):
    return date(y, m, calendar.monthrange(y, m)[1])


# ── 1. Amounts and years ─────────────────────────────────────────────────────────────────────────────────────────────

def months_begun(start, end):
    """Months begun, counted from the first day."""
    n = 1
    while add_months(start, n) <= end:
        n += 1
    return n


def funding_amount(f, start, end):
    """The amount of a component for its period, or None when it is open."""
    if stated(f.get("amount")) is not None:
        return number(f["amount"])
    rate = f.get("rate")
    if rate is None or stated(rate.get("count")) is None:
        return None
    size = {"month": 1, "half-year": 6, "year": 12}.get(rate["per"])
    units = math.ceil(F(months_begun(start, end), size)) if size else 1
    return number(rate["amount"]) * rate["count"] * units


def no_unit_crosses_new_year(f, start, end):
    """Whether an amount that is counted by a rate has no month, half-year or year with days in two calendar years."""
    if stated(f.get("amount")) is not None or "rate" not in f or f["rate"]["per"] == "period":
        return False
    size = {"month": 1, "half-year": 6, "year": 12}[f["rate"]["per"]]
    unit, n = start, 0
    while unit <= end:
        n += size
        after = add_months(start, n)
        if min(end, after - timedelta(1)).year != unit.year:
            return False
        unit = after
    return True


def year_rows(name, f, start, end):
    """One row per calendar year; an amount for several is divided by days, or by the units of its rate."""
    amount, rows, left = funding_amount(f, start, end), [], None
    left, by_units = amount, no_unit_crosses_new_year(f, start, end)
    for y in range(start.year, end.year + 1):
        a, b = max(start, date(y, 1, 1)), min(end, date(y, 12, 31))
        part = left
        if amount is not None and by_units:
            part = funding_amount(f, a, b)
        elif amount is not None and y != end.year:
            part = rounded(amount * ((b - a).days + 1) / ((end - start).days + 1))
            left -= part
        rows.append(dict(funding=name, year=y, start=a, end=b, agreed=part, to_pay=part, exact=None, unit=None,
                         by_days=start.year != end.year and not (by_units and amount is not None), preliminary=amount is None))
    return rows


# ── 2. Indexation ────────────────────────────────────────────────────────────────────────────────────────────────────

class Missing(Exception):
    """What is needed to compute the change is not there."""


class Indexation:
    """One `[indexation.NAME]` of an agreement, with the register's assumptions."""

    def __init__(self, data, term, last_day, register):
        start, end = stated(term["start"]), stated(term["end"])
        self.data, self.original_end, self.register, self.years = data, end, register, None
        if data.get("years"):
            self.years = sorted(set(data["years"]))
        elif start and end and data.get("applies") == "on-extension":
            self.years = list(range((end + timedelta(1)).year, last_day.year + 1)) if last_day > end else []
        elif start and end:
            self.years = list(range(start.year + 1, last_day.year + 1))

    def covers(self, row):
        d = self.data
        if d.get("funding") and row["funding"] not in d["funding"]:
            return False
        if self.years is not None and row["year"] not in self.years:
            return False
        # Silent: with an end that is not known no part is known to be of the original term.
        return d.get("applies") != "on-extension" or not self.original_end or row["start"] > self.original_end

    def contradictory(self):
        d = self.data
        weights = [number(w) for w in d.get("composite", {}).values()]
        return (sum(k in d for k in ("series", "composite", "flat")) > 1 or sum(weights) > 100 or any(w < 0 for w in weights)
                or "floor" in d and "cap" in d and number(d["floor"]) > number(d["cap"]))

    def value(self, series, key):
        """The value that was made known last, at the latest on the day, and whether it is decided."""
        known = [(v.get("known_from", date.min), n, v) for n, v in
                 enumerate(self.register["indexes"][series]["value"].get(key, [])) if v.get("known_from", AS_OF) <= AS_OF]
        if not known:
            raise Missing
        value = max(known, key=lambda k: k[:2])[2]  # Silent: of several on the same day the last in the file.
        self.uncertain |= value["status"] != "decided"
        return number(value["number"])

    def level(self, series, key):
        value = self.value(series, key)
        if value <= 0:
            raise Missing
        return value

    def series_change(self, series, year, against_base):
        d, base = self.data, self.data.get("base")
        year -= d.get("lag_years", 0)
        if self.register["indexes"][series]["kind"] == "yearly-change":
            return self.value(series, str(year))
        key = (lambda y: f"{y}-{base[5:]}") if base and len(base) > 4 else str
        if against_base and not base:
            raise Missing
        first = year + d.get("lag_years", 0) == self.years[0]
        origin = base if base and (against_base or first) else key(year - 1)
        return (self.level(series, key(year)) / self.level(series, origin) - 1) * 100

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
        if "floor" in d:
            change = max(change, number(d["floor"]))
        if "cap" in d:
            change = min(change, number(d["cap"]))
        if change <= -100:
            raise Missing
        return change

    def adjust(self, row):
        """Sets what the year's amount becomes and whether that is preliminary."""
        d, default = self.data, self.register["default"]
        amounts, method = stated(d.get("amounts")), stated(d.get("method"))
        assumed = amounts is None
        amounts = amounts or default.get("amounts")
        if row["agreed"] is None:
            return
        if self.years is None:
            row["preliminary"] = True
            return
        if amounts != "before-adjustment":
            # Silent: what is said to be adjusted is so also where the adjustment cannot be computed.
            row["preliminary"] = assumed
            return
        if method is None and row["year"] == self.years[0]:
            method = "chained"
        elif method is None:
            method, assumed = default.get("method"), True
        self.uncertain = False
        try:
            if method is None:
                raise Missing
            against_base = method == "against-base"
            factor = F(1)
            for y in [row["year"]] if against_base else [y for y in self.years if y <= row["year"]]:
                factor *= 1 + self.change(y, against_base) / 100
        except Missing:
            row["preliminary"] = True
            return
        row["preliminary"] = assumed or self.uncertain
        row["exact"] = row["agreed"] * factor
        row["unit"] = UNITS[stated(d.get("round_to")) or "krona"]
        if stated(d.get("rounding_place")) == "payout":
            row["by_payout"] = True
        else:
            row["to_pay"] = rounded(row["exact"], row["unit"])


# ── 3. Payouts ───────────────────────────────────────────────────────────────────────────────────────────────────────

def covered_months(a, b):
    """How many months the days a–b are, where a month begun is counted by its days."""
    months, day = F(0), a
    while day <= b:
        last = min(b, month_end(day.year, day.month))
        months += F((last - day).days + 1, calendar.monthrange(day.year, day.month)[1])
        day = last + timedelta(1)
    return months


def calendar_periods(plan):
    """(first month, last month, month of payment or None) of a plan that pays for periods of the year, or None."""
    times, timing, months = (stated(plan.get(k)) for k in ("times_per_year", "timing", "months"))
    if timing is None:
        return None
    if months:
        months = sorted(set(months))
        if timing == "advance":
            starts = [1] + months[1:]
            return [(s, (starts[i + 1] - 1) if i + 1 < len(starts) else 12, months[i]) for i, s in enumerate(starts)]
        ends = months[:-1] + [12]
        return [((ends[i - 1] + 1) if i else 1, e, months[i]) for i, e in enumerate(ends)]
    times = times or (12 if timing == "month-end" else None)
    if times is None or 12 % times:
        return None
    size = 12 // times
    return [(i * size + 1, (i + 1) * size, None) for i in range(times)]


def slots(plan, rows, term):
    """The payouts of one year's amount, or of a whole component: month, weight, and what they cover."""
    start, end = rows[0]["start"], rows[-1]["end"]
    begins, ends = (start.year, start.month), (end.year, end.month)
    base = dict(year=start.year, month=None, start=start, end=end, weight=F(1), part=None)
    if plan.get("part"):
        out = []
        for part in plan["part"].values():
            slot, month = dict(base, part=part), stated(part.get("month"))
            if "month_of_term" in part:
                # Silent: the cost stays in the years that are covered.
                day = add_months(term["start"], part["month_of_term"] - 1)
                slot.update(month=(day.year, day.month), year=min(max(day.year, start.year), end.year))
            elif month:
                later = month < start.month and end.year > start.year
                slot.update(month=(start.year + 1, month) if later else max((start.year, month), begins),
                            year=start.year + later)
            out.append(slot)
        return out
    months, times = stated(plan.get("months")), stated(plan.get("times_per_year"))
    periods, years = calendar_periods(plan), range(start.year, end.year + 1)
    if periods:
        out = []
        for y in years:
            for first, last, month in periods:
                whole = date(y, first, 1), month_end(y, last)
                a, b = max(start, whole[0]), min(end, whole[1])
                if a <= b:
                    paid = (y, month or (first if plan["timing"] == "advance" else b.month))
                    out.append(dict(base, month=max(paid, begins), year=y, start=a, end=b,
                                    weight=covered_months(a, b) / covered_months(*whole)))
        return out
    if months and len(years) > 1:
        found = [(y, m) for y in years for m in sorted(set(months)) if begins <= (y, m) <= ends]
        # Silent: where no month is within the time, each is that month of the year after.
        found = found or [(start.year + 1, m) for m in sorted(set(months))]
        return [dict(base, month=(y, m), year=min(y, end.year)) for y, m in found]
    if months:
        return [dict(base, month=max((start.year, m), begins)) for m in sorted(set(months))]
    return [dict(base) for _ in range(times or 1)]


def time_of(payout):
    """Where a payout is in time: one without a month is after all others of its year."""
    return payout["month"] or (payout["year"], 13)


def in_order_of_payment(slot_list):
    """The order of time, in which parts are taken and the odd öre is placed."""
    return sorted(range(len(slot_list)), key=lambda i: (time_of(slot_list[i]), i))


def divide(total, weights, remainder, order):
    """Divides an amount in proportion to the weights, to the öre."""
    if not sum(weights):
        return [F(0)] * len(weights)
    shares = [total * w / sum(weights) for w in weights]
    if remainder == "largest-remainder":
        out = [math.floor(s / ORE) * ORE for s in shares]
        odd = int((total - sum(out)) / ORE)
        for i in sorted(order, key=lambda i: out[i] - shares[i])[:odd]:
            out[i] += ORE
        return out
    out, left = [F(0)] * len(weights), total
    for i in order[:-1]:
        out[i] = min(rounded(shares[i]), left)
        left -= out[i]
    out[order[-1]] = left
    return out


class Component:
    """One `[funding.NAME]`: its years, its plan and its payouts."""

    def __init__(self, index, name, data, term):
        period = data.get("period") or term
        self.index, self.name, self.data = index, name, data
        self.rows = year_rows(name, data, period["start"], period["end"])
        self.payouts = []

    def agreed(self, year=None):
        return sum((r["agreed"] or 0) for r in self.rows if year in (None, r["year"]))

    def choose_plan(self, plans, indexed):
        """Takes a plan, and divides the whole at once where the plan or the lack of indexation makes it so."""
        named = [k for k, p in plans.items() if self.name in p.get("funding", [])]
        unnamed = [k for k, p in plans.items() if not p.get("funding")]
        self.plan_name = (named or unnamed or [None])[0]
        self.plan = plans.get(self.plan_name, {})
        dated = not self.plan.get("part") and (stated(self.plan.get("months")) or calendar_periods(self.plan))
        self.spread = bool(len(self.rows) > 1 and not indexed and dated)
        self.whole = self.spread or any("month_of_term" in p for p in self.plan.get("part", {}).values())

    def fixed(self, amount, others, year):
        """This component's part of a fixed amount, which is for all that the plan pays together."""
        before = sum(c.agreed(year) for c in others if c.name < self.name)
        total, own = sum(c.agreed(year) for c in others), self.agreed(year)
        return rounded(amount * (before + own) / total) - rounded(amount * before / total) if total else F(0)

    def split(self, slot_list, total, agreed, others, exact):
        """What each payout is of a total. `exact`: nothing is rounded before each payout is."""
        parts, year = [s["part"] for s in slot_list], None if self.whole else slot_list[0]["year"]
        to_ore, order = (lambda x: x) if exact else rounded, in_order_of_payment(slot_list)
        weights = [s["weight"] for s in slot_list]
        if parts[0] is not None:
            def size(part, of):
                if "share" in part:
                    return of * number(part["share"]) / 100
                return self.fixed(number(part["amount"]), others, year) if "amount" in part else F(0)
            rest = [i for i, p in enumerate(parts) if p.get("rest")]
            if rest:
                out, left = [F(0)] * len(parts), total
                for i in order:
                    if i not in rest:
                        out[i] = min(to_ore(size(parts[i], total)), left)
                        left -= out[i]
                out[rest[0]] = left
                return out
            weights = [size(p, agreed) for p in parts]
        if exact:
            return [total * w / sum(weights) for w in weights] if sum(weights) else [F(0)] * len(weights)
        return divide(total, weights, stated(self.plan.get("remainder")), order)

    def pay(self, rows, term, others):
        """The payouts of one year, or of all years when the whole is divided at once."""
        slot_list, agreed = slots(self.plan, rows, term), None
        by_payout = [r for r in rows if r.get("by_payout")]
        preliminary = any(r["preliminary"] for r in rows)
        parts = adjusted = [None] * len(slot_list)
        if rows[0]["agreed"] is not None:
            agreed = sum(r["agreed"] for r in rows)
            parts = self.split(slot_list, agreed, agreed, others, False)
            total = sum(r["exact"] if r.get("by_payout") else r["to_pay"] for r in rows)
            adjusted = self.split(slot_list, total, agreed, others, bool(by_payout))
            if by_payout:
                adjusted = [rounded(x, by_payout[0]["unit"]) for x in adjusted]
                # Silent: every year but the last is its own amount to the öre.
                left = sum(adjusted)
                for r in rows[:-1]:
                    r["to_pay"] = rounded(r["exact"] if r.get("by_payout") else r["to_pay"])
                    left -= r["to_pay"]
                rows[-1]["to_pay"] = left
        late = stated(self.plan.get("timing")) in ("arrears", "month-end")
        number_of = {i: n for n, i in enumerate(in_order_of_payment(slot_list), 1)}
        for i, (slot, a, b) in enumerate(zip(slot_list, parts, adjusted)):
            due = slot["month"] and month_end(*slot["month"])
            month_end_day = due if stated(self.plan.get("timing")) == "month-end" else None
            if due and late:
                due += timedelta(stated(self.plan.get("days_to_pay")) or 0)
            self.payouts.append(dict(
                component=self, slot=(number_of[i], len(slot_list)), payer=self.data["payer"],
                payee=self.data.get("payee"), year=slot["year"], month=slot["month"], day=month_end_day, due=due,
                start=slot["start"], end=slot["end"], agreed=a, full=b, preliminary=preliminary or b is None,
                ceiling=self.data.get("ceiling", False), paid=F(0), settled=False, lapsed=False, short=False, correction=F(0)))


# ── 4. What is paid ──────────────────────────────────────────────────────────────────────────────────────────────────

def place_payments(payouts, payments, notes):
    """Gives each payment to its payouts, those that name theirs first."""
    unmatched = []
    for key, p in sorted(payments.items(), key=lambda kp: ("payout" not in kp[1], kp[1]["date"])):
        if p["date"] > AS_OF:
            continue
        amount = number(p["amount"])
        found = belongs_to(p, amount, payouts)
        if not found:
            unmatched.append(key)
        if len(found) > 1:
            notes.add("payment: for several " + ("of its component" if "funding" in p else "at the same time"))
            notes.update("payment: for several with a ceiling" for x in found if x["ceiling"] and "funding" not in p)
            notes.update("payment: for several with a part paid before" for x in found if x["paid"])
        for i, x in enumerate(sorted(found, key=lambda x: x["ceiling"]), 1):
            share = amount if i == len(found) else min(amount, left_of(x))
            amount -= share
            x["paid"] += share
            x["settled"] |= not p.get("partial", False)
    return unmatched


def left_of(payout):
    return max(F(0), (payout["full"] or F(0)) - payout["paid"])


def belongs_to(p, amount, payouts):
    """The payouts that a payment belongs to, in order of time."""
    period = p.get("period")
    if "payout" in p:
        # Silent: one that is already paid takes no more, as what is paid is never changed.
        return [x for x in payouts if x["id"] == p["payout"] and not x["settled"]]
    unpaid = [x for x in payouts if not x["settled"] and p.get("funding", x["component"].name) == x["component"].name]
    touched = [x for x in unpaid if not period or x["start"] <= period["end"] and period["start"] <= x["end"]]
    very = [x for x in touched if period and (x["start"], x["end"]) == (period["start"], period["end"])]
    if not touched:
        return []
    first = (very or touched)[0]
    if "funding" not in p:
        # Silent: with a period only those that it touches.
        return [x for x in touched if same_occasion(first, x)]
    found, rest = [first], amount - left_of(first)
    for x in [x for x in touched[touched.index(first) + 1:] if x["year"] == first["year"]]:
        if x["full"] is None or rest < left_of(x):
            break
        found.append(x)
        rest -= left_of(x)
    return found


def same_occasion(a, b):
    """Whether two payouts are paid at the same time by the same payer to the same payee."""
    same = [a[k] == b[k] for k in ("payer", "payee", "month", "day")]
    if a["month"] is None:
        same += [a["slot"] == b["slot"], a["year"] == b["year"]]
    return all(same)


def end_early(payouts, last, start, end, notes):
    """What an agreement that ends before its time does to what is not paid."""
    if not isinstance(last, date) or isinstance(start, date) and last < start or last >= end:
        return
    for x in payouts:
        if x["end"] <= last:
            continue
        if x["settled"]:
            if not x["ceiling"] and x["full"] is not None and x["paid"] < x["full"]:
                x["short"] = True
                notes.add("early end: paid with less")
        elif x["start"] > last and not x["paid"]:
            x["lapsed"] = True
            notes.add("early end: lapsed")
        else:
            x["preliminary"] = True
            notes.add("early end: both sides" if x["start"] <= last else "early end: paid in part")


def carry_differences(payouts, notes):
    """Moves what is paid too much or too little to later payouts, and tells where it went."""
    pending, told = [], []
    for i, x in enumerate(payouts):
        if not x["settled"] or x["full"] is None or x["short"]:
            continue
        x["correction"] = x["paid"] - x["full"]
        left = -x["correction"]
        if x["ceiling"] and left > 0:
            continue
        for item in pending:
            other = payouts[item[0]]
            if evens_out(other, x) and item[1] * left < 0:
                evened = min(abs(item[1]), abs(left)) * (1 if left > 0 else -1)
                left, item[1] = left - evened, item[1] + evened
                notes.add("correction: evened out by a later payment")
        pending.append([i, left])
    for i, left in pending:
        x, goes_to, difference = payouts[i], [], left
        open_ = [y for y in payouts[i + 1:] if not y["settled"] and not y["lapsed"] and y["full"] is not None and not y["ceiling"]
                 and evens_out(x, y)]
        own = [y for y in open_ if y["component"] is x["component"]]
        # Silent: what is more than the component has left goes to those that come after its last payout.
        for y in own + (open_[open_.index(own[-1]) + 1:] if own else open_):
            moved = max(left, -(y["full"] + y["correction"]))
            if moved:
                goes_to.append(y["id"])
                y["correction"] += moved
                left -= moved
        if len(goes_to) > 1:
            notes.add("correction: down to zero and on to the next")
        if difference:
            # Silent: what it should be, after what other payments have evened out.
            told.append(dict(payout=x["id"], should_be=x["paid"] + difference, paid=x["paid"], difference=difference, goes_to=goes_to,
                             unplaced=left))
            notes.update(["difference: " + ("placed", "unplaced")[bool(left)]] + ["ceiling: overpaid"] * x["ceiling"])
    return told


def evens_out(a, b):
    """Whether a difference of one payout can be settled by the other: what is over a ceiling only by its component."""
    if a["ceiling"] or b["ceiling"]:
        return a["component"] is b["component"]
    return (a["payer"], a["payee"]) == (b["payer"], b["payee"])


# ── The result, with the names that the program uses ─────────────────────────────────────────────────────────────────

def recompute(agreement, records, register):
    """The years, payouts, differences and sums of an agreement, and notes of what happened on the way."""
    term, plans, notes = agreement["term"], agreement.get("payout_plan", {}), set()
    last_day = max([stated(term["end"]) or date.min] + [e["until"] for e in agreement.get("extension", {}).values()])
    components = [Component(i, k, f, term) for i, (k, f) in enumerate(agreement.get("funding", {}).items())]
    rules = [Indexation(d, term, last_day, register) for d in agreement.get("indexation", {}).values()]
    for c in components:
        covering = [[r for r in rules if r.covers(row)] for row in c.rows]
        c.choose_plan(plans, any(covering))
        if c.spread:
            notes.add("spread over years: " + ("months" if stated(c.plan.get("months")) else "periods") + ", "
                      + (stated(c.plan.get("timing")) or "no timing"))
        for row, found in zip(c.rows, covering):
            if len(found) > 1:
                row["preliminary"] = True
                notes.add("indexation: several for the same year")
            elif found:
                found[0].adjust(row)
    for c in components:
        others = [o for o in components if o.plan_name == c.plan_name]
        for rows in [c.rows] if c.whole else [[r] for r in c.rows]:
            c.pay(rows, term, others)
        for n, p in enumerate(sorted(c.payouts, key=time_of), 1):
            p["id"] = f"{c.name}#{n}"
    for c in components:
        for p in c.payouts:
            p["preliminary"] |= rests_on_what_is_undecided(p, agreement, records.get("decision", {}))
    payouts = sorted((p for c in components for p in sorted(c.payouts, key=time_of)),
                     key=lambda p: (time_of(p), p["component"].index))
    unmatched = place_payments(payouts, records.get("payment", {}), notes)
    end_early(payouts, term.get("ended"), term["start"], last_day if stated(term["start"]) and stated(term["end"]) else date.max, notes)
    told = carry_differences(payouts, notes)
    rows = [public_payout(p) for p in payouts]
    return dict(years=[dict(funding=r["funding"], year=r["year"], agreed=r["agreed"], to_pay=r["to_pay"],
                            by_days=r["by_days"], **{"from": str(r["start"]), "to": str(r["end"])})
                       for c in components for r in c.rows],
                payouts=rows, differences=told, sums=public_sums(rows, agreement["party"]), unmatched=sorted(unmatched),
                notes=notes)


def rests_on_what_is_undecided(p, agreement, decisions):
    """Whether a payout is for a time of which it is not agreed and decided that anything is to be paid."""
    def known(day):
        return isinstance(day, date) and day <= AS_OF
    def undecided(what):
        return "decision" in what and not known(decisions.get(what["decision"], {}).get("date"))
    # Silent: a component that refers to a decision is preliminary until that is in the records.
    if undecided(p["component"].data):
        return True
    before = stated(agreement["term"]["end"])
    for e in sorted(agreement.get("extension", {}).values(), key=lambda e: e["until"]):
        if before and p["start"] and p["start"] <= e["until"] and p["end"] > before:
            # Silent: an extension that has no date is agreed, as the agreement is that it stands in.
            if ("dated" in e and not known(e["dated"])) or undecided(e):
                return True
        before = e["until"]
    return False


def public_payout(p):
    to_pay = p["full"] if p["full"] is None else p["full"] + p["correction"]
    if p["settled"]:
        to_pay = p["paid"]
    if p["lapsed"]:
        to_pay = F(0)
    return dict(id=p["id"], payer=p["payer"], year=p["year"], ceiling=p["ceiling"],
                month=None if p["day"] or not p["month"] else "%d-%02d" % p["month"], day=p["day"] and str(p["day"]),
                due=p["due"] and str(p["due"]), covers_from=str(p["start"]), covers_to=str(p["end"]), agreed=p["agreed"],
                adjustment=None if p["full"] is None else p["full"] - p["agreed"], correction=p["correction"], to_pay=to_pay,
                status="settled" if p["settled"] else "lapsed" if p["lapsed"] else "preliminary" if p["preliminary"] else "definite",
                paid=p["paid"], left=None if to_pay is None else to_pay - p["paid"])


def public_sums(rows, parties):
    """Sums by payer and year. A ceiling counts only as `at_most` until it is settled."""
    out = {}
    for p in rows:
        name = parties[p["payer"]].get("legal_person") or parties[p["payer"]]["name"]
        s = out.setdefault((name, p["year"]), dict(agreed=F(0), adjustment=F(0), to_pay=F(0), paid=F(0), left=F(0),
                                                   at_most=None, preliminary=False, without_amount=0))
        s["preliminary"] |= p["status"] == "preliminary"
        s["without_amount"] += p["to_pay"] is None
        if p["ceiling"] and p["status"] != "settled":
            s["at_most"] = (s["at_most"] or 0) + (p["to_pay"] or 0)
        else:
            for k in ("agreed", "adjustment", "to_pay", "paid", "left"):
                s[k] += p[k] or 0
    return out


# ── What the files say, and what varies in them ──────────────────────────────────────────────────────────────────────

def read_register(root):
    """What the files say, as any reader of TOML sees it."""
    def read(sub):
        return {p.stem: tomllib.loads(p.read_text()) for p in sorted((root / sub).glob("*.toml"))}
    settings = tomllib.loads((root / "iop.toml").read_text())
    return dict(agreements=read("agreements"), records=read("records"), indexes=read("indexes"),
                default=settings.get("default", {}).get("indexation", {}))


def contradictions(d):
    """How an indexation contradicts itself, or takes away all of the amount."""
    weights = [number(w) for w in d.get("composite", {}).values()]
    yield from ("contradiction: " + text for text, on in (
        ("several bases", sum(k in d for k in ("series", "composite", "flat")) > 1), ("weights over 100", sum(weights) > 100),
        ("negative weight", any(w < 0 for w in weights)), ("-100 % or below", number(d.get("flat", 0)) <= -100),
        ("floor over cap", "floor" in d and "cap" in d and number(d["floor"]) > number(d["cap"]))) if on)


def variation(a, records, result, register):
    """The kinds of variation that an agreement has."""
    for f in a["funding"].values():
        period = f.get("period") or a["term"]
        yield "period: " + ("several years" if period["start"].year != period["end"].year else "one year"
                            if period["end"] - period["start"] > timedelta(363) else "part of a year")
        yield "period: whole term" if "period" not in f else "period: own"
        if period["start"].day != 1:
            yield "period: starts in mid-month"
        if "rate" in f:
            yield "rate: per " + f["rate"]["per"]
            if stated(f["rate"].get("count")) is None:
                yield "rate: open count"
        else:
            yield "amount: " + ("open" if f["amount"] == "not-stated" else "öre" if number(f["amount"]) % 1 else "kronor")
        yield from (text for key, text in (("ceiling", "ceiling"), ("decision", "decision in mid-term")) if f.get(key))
    if len(a["funding"]) > 1:
        yield "several components"
    if len({f["payer"] for f in a["funding"].values()}) > 1:
        yield "several payers"
    yield from (f"term: unknown {k}" for k in ("start", "end") if not stated(a["term"][k]))
    yield from result["notes"]
    for d in a.get("indexation", {}).values():
        yield from contradictions(d)
        names = [d["series"]] if "series" in d else list(d.get("composite", {}))
        kinds = {register["indexes"][n]["kind"] for n in names}
        yield "index: " + next((k for k in ("flat", "composite", "follows") if k in d), "series " + min(kinds, default=""))
        if "composite" in d and sum(map(number, d["composite"].values())) <= 100:
            yield "composite: weights " + ("100" if sum(map(number, d["composite"].values())) == 100 else "below 100")
        if "level" in kinds:
            yield "base: " + {0: "none", 4: "year", 7: "month"}[len(d.get("base", ""))]
        for key in ("amounts", "method"):
            yield f"{key}: {d.get(key, 'left out')}"
            if register["default"] and stated(d.get(key)) is None:
                yield f"{key}: assumed by the register"
        yield f"round: {d.get('round_to', 'left out')} on {d.get('rounding_place', 'left out')}"
        yield from (f"index: {k}" for k in ("lag_years", "floor", "cap", "applies") if k in d)
        yield "index: years listed" if "years" in d else "index: years not listed"
        values = [v for n in names for key in register["indexes"][n]["value"].values() for v in key]
        yield from ("value: " + v["status"] for v in values)
        yield from ("value: a level of 0 or less" for n in names if register["indexes"][n]["kind"] == "level"
                    for key in register["indexes"][n]["value"].values() for v in key if number(v["number"]) <= 0)
        for days in ([v.get("known_from", date.min) for v in key] for n in names
                     for key in register["indexes"][n]["value"].values()):
            yield from (text for text, on in (("value: not in order of known_from", days != sorted(days)),
                                              ("value: known on the same day", len(set(days)) < len(days))) if on)
        yield from ("value: " + ("without known_from" if "known_from" not in v else "known later" if v["known_from"] > AS_OF
                                 else "known before") for v in values)
    if not a.get("payout_plan"):
        yield "plan: none"
    for p in a.get("payout_plan", {}).values():
        times, timing, months = (stated(p.get(k)) for k in ("times_per_year", "timing", "months"))
        yield "plan: names components" if "funding" in p else "plan: names none"
        yield f"plan: remainder {p.get('remainder', 'left out')}"
        yield from ("plan: days to pay" for _ in [0] if stated(p.get("days_to_pay")))
        if "part" in p:
            yield from (f"part: {k}" for part in p["part"].values() for k in part)
            yield "part: with a rest" if any("rest" in x for x in p["part"].values()) else "part: without a rest"
            yield from ("part: without month" for x in p["part"].values() if not {"month", "month_of_term"} & set(x))
        else:
            yield f"plan: {'months' if months else f'times {times}'}, {timing or 'no timing'}"
    for p in records.get("payment", {}).values():
        yield "payment: by " + " and ".join([k for k in ("payout", "funding", "period") if k in p] or ["nothing"])
        yield from ("payment: " + t for t, on in (("partial", "partial" in p), ("after the day", p["date"] > AS_OF)) if on)
    yield from ("payment: too many" for _ in result["unmatched"])
    for p in result["payouts"]:
        yield "status: " + p["status"]
        if p["ceiling"] and p["status"] == "settled":
            yield "ceiling: settled"
        if p["correction"]:
            yield "correction: " + ("of a paid payout" if p["status"] == "settled" else "carried to an unpaid payout")
        elif p["status"] == "settled":
            yield "payment: right amount"
        if p["adjustment"] and p["adjustment"] < 0:
            yield "adjustment: negative"
    yield from ("year: unadjusted", ) if any(y["agreed"] == y["to_pay"] for y in result["years"]) else ()


REQUIRED = """period: one year;period: several years;period: part of a year;period: whole term;period: own;several payers
period: starts in mid-month;rate: per month;rate: per half-year;rate: per year;rate: per period;rate: open count;ceiling
amount: open;amount: öre;amount: kronor;decision in mid-term;several components;index: flat;index: follows;base: none
index: composite;index: series yearly-change;index: series level;composite: weights 100;composite: weights below 100
base: year;base: month;amounts: before-adjustment;amounts: after-adjustment;amounts: not-stated;amounts: left out
amounts: assumed by the register;method: chained;method: against-base;method: not-stated;method: left out;index: floor
method: assumed by the register;index: lag_years;index: cap;index: applies;index: years listed;index: years not listed
value: decided;value: provisional;value: assumed;value: known before;value: known later;value: without known_from;plan: none
plan: names components;plan: names none;plan: remainder last;plan: remainder largest-remainder;plan: remainder left out
plan: days to pay;part: share;part: amount;part: rest;part: month;part: month_of_term;part: with a rest;part: without a rest
part: without month;payment: by payout;payment: by funding;payment: by funding and period;payment: by nothing
payment: by period;payment: partial;payment: after the day;payment: too many;payment: right amount;adjustment: negative
correction: of a paid payout;correction: carried to an unpaid payout;status: settled;status: preliminary;status: definite
plan: times None, no timing;plan: months, no timing;term: unknown start;term: unknown end;value: a level of 0 or less
value: not in order of known_from;value: known on the same day;contradiction: several bases;contradiction: weights over 100
contradiction: negative weight;contradiction: floor over cap;contradiction: -100 % or below;ceiling: settled;ceiling: overpaid
indexation: several for the same year;payment: for several of its component;payment: for several at the same time
payment: for several with a ceiling;payment: for several with a part paid before;difference: placed;difference: unplaced
correction: evened out by a later payment;correction: down to zero and on to the next;early end: lapsed
early end: both sides;early end: paid in part;early end: paid with less;status: lapsed""".replace("\n", ";").split(";")
REQUIRED += [f"plan: times {n}, {t}" for n in (None, 1, 2, 3, 4, 5, 6, 12) for t in ("advance", "arrears", "month-end")]
REQUIRED += [f"plan: times {n}, no timing" for n in (1, 2, 3, 4, 5, 6, 12)]
REQUIRED += [f"spread over years: {x}, {t}" for x in ("months", "periods") for t in ("advance", "arrears", "month-end")]
REQUIRED += ["spread over years: months, no timing"]
REQUIRED += [f"plan: months, {t}" for t in ("advance", "arrears", "month-end")]
REQUIRED += [f"round: {u} on {p}" for u in (*UNITS, "not-stated", "left out") for p in ("year-amount", "payout", "left out")]


# ── The program and the comparison ───────────────────────────────────────────────────────────────────────────────────

MONEY = {"agreed", "adjustment", "correction", "to_pay", "paid", "left", "at_most", "should_be", "difference", "unplaced"}


def run(iop, command, root):
    done = subprocess.run([iop, command, "--register", root, "--as-of", str(AS_OF), "--format", "json"],
                          capture_output=True, text=True)
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"{command}: {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def differences(kind, expected, got, key):
    """Every value that is not the same in two lists of rows."""
    mine, theirs = {key(r): r for r in expected}, {key(r): r for r in got}
    if kind == "payout" and list(mine) != list(theirs) and set(mine) == set(theirs):
        yield kind, "order", list(mine), list(theirs)
    for k in dict.fromkeys([*mine, *theirs]):
        if k not in mine or k not in theirs:
            yield kind, k, "a row" if k in mine else "no row", "a row" if k in theirs else "no row"
            continue
        for name, value in mine[k].items():
            other = theirs[k][name]
            if name in MONEY and other is not None:
                other = F(other)
            if value != other:
                yield kind, f"{k} {name}", *(str(float(x)) if isinstance(x, F) else x for x in (value, other))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("iop", nargs="?", default=Path(__file__).resolve().parent.parent / "target/debug/iop")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--agreements", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="write the registers here and leave them")
    parser.add_argument("--register", type=Path, action="append", default=[], help="a register of one's own to check as well")
    parser.add_argument("--coverage", action="store_true", help="fail if some variation never occurs (1000 agreements)")
    args = parser.parse_args()
    found, count, kinds, broken = [], collections.Counter(), collections.Counter(), []
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(4) as pool:
        drawn = (args.keep or Path(temporary), args.seed, args.agreements, read_register, recompute)
        roots = (write_registers(*drawn) if args.agreements else []) + args.register
        validated, paid = ([pool.submit(run, args.iop, c, root) for root in roots] for c in ("validate", "payouts"))
        for i, root in enumerate(roots):
            register, output = read_register(root), paid[i].result()
            theirs, whole = {a["id"]: a for a in output["agreements"]}, {}
            for name, agreement in register["agreements"].items():
                mine = recompute(agreement, register["records"].get(name, {}), register)
                if name not in theirs:
                    found.append((root.name, name, "agreement", "", "in the result", "left out"))
                    continue
                sums = [dict(v, payer=k[0], year=k[1]) for k, v in mine["sums"].items()]
                lists = (("year", mine["years"], theirs[name]["years"], lambda r: f"{r['funding']} {r['year']}"),
                         ("payout", mine["payouts"], theirs[name]["payouts"], lambda r: r["id"]),
                         ("difference", mine["differences"], theirs[name]["differences"], lambda r: r["payout"]),
                         ("sum", sums, theirs[name]["sums"], lambda r: f"{r['payer']} {r['year']}"))
                for kind, expected, got, key in lists:
                    count[kind + "s"] += len(expected)
                    found += [(root.name, name, *d) for d in differences(kind, expected, got, key)]
                unmatched = sorted(u["key"] for u in theirs[name]["unmatched_payments"])
                if unmatched != mine["unmatched"]:
                    found.append((root.name, name, "unmatched payments", "", mine["unmatched"], unmatched))
                count["agreements"] += 1
                kinds.update(set(variation(agreement, register["records"].get(name, {}), mine, register)))
                for s in sums:
                    total = whole.setdefault((s["payer"], s["year"]), collections.Counter())
                    total.update({k: s[k] or 0 for k in MONEY & set(s)} | {"without_amount": s["without_amount"]})
            for s in output["sums"]:
                count["sums of the register"] += 1
                for k, v in whole.pop((s["payer"], s["year"]), {}).items():
                    if F(s[k] or 0) != v:
                        found.append((root.name, "", "sum", f"{s['payer']} {s['year']} {k}", float(v), s[k]))
            found += [(root.name, "", "sum", k, "a row", "no row") for k in whole]
        broken += [f"{root.name}: {f['code']} {f.get('file')} {f.get('path')}: {f.get('message')}"
                   for root, v in zip(roots, validated) for f in v.result()["findings"] if "IOP101" <= f["code"] <= "IOP107"]
    return report(args, found, count, kinds, broken)


def report(args, found, count, kinds, broken):
    for line in broken[:20]:
        print("generator:", line)
    first = {f[:2]: f for f in reversed(found)}
    for register, name, kind, row, mine, theirs in list(first.values())[-20:]:
        print(f"{register} {name}: {kind} {row}: computed {mine}, the program says {theirs}")
    missing = [k for k in REQUIRED if not kinds[k]] if args.coverage else []
    if args.coverage:
        print("\n" + "\n".join(f"  {n:5} {k}" for k, n in sorted(kinds.items())))
    if missing:
        print("\n".join(f"never occurs: {k}" for k in missing))
    print(f"seed {args.seed}: {', '.join(f'{n} {k}' for k, n in count.items())} compared, with {len(kinds)} kinds of variation; "
          f"{len(found)} disagreements in {len({f[:2] for f in found})} agreements")
    return 1 if found or missing or broken else 0


if __name__ == "__main__":
    sys.exit(main())
