"""How each year's amount is paid out, from docs/sa-raknas-beloppen.md, section 3."""
import math
from datetime import date, timedelta
from fractions import Fraction as F

from amounts import ORE, Cost, covered_months, mean_factor, month_end, number, rounded, time_of_money, year_rows
from life import add_months, stated, weakest


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


def slots(plan, rows, term, cost, alone):
    """The payouts of one year's amount, or of a whole component: month, weight, and what they cover."""
    start, end = rows[0]["start"], rows[-1]["end"]
    begins, ends = (start.year, start.month), (end.year, end.month)
    base = dict(year=start.year, month=None, start=start, end=end, weight=F(1), part=None)
    if plan.get("part"):
        out = []
        for part in plan["part"].values():
            slot, month = dict(base, part=part), stated(part.get("month"))
            if "month_of_term" in part:
                first = stated(term["start"])
                day = first and add_months(first.replace(day=1), part["month_of_term"] - 1)
                # In a year before the component begins it is not told which year's month it is, unless it is paid alone.
                if day and (alone or day.year >= start.year):
                    # Silent: the cost stays in the years that are covered.
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
                    weight = cost.part(a, b) if cost.counted() else covered_months(a, b) / covered_months(*whole)
                    out.append(dict(base, month=max(paid, begins), year=y, start=a, end=b, weight=weight))
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
    """One `[funding.NAME]`, of the agreement or a supplement: its years, its plan and its payouts."""

    def __init__(self, index, name, data, term, life, degree, path):
        start, end = time_of_money(data, term, life)
        self.index, self.name, self.data, self.degree, self.path = index, name, data, degree, path
        self.timed = bool(start and end and start <= end)
        self.rows, self.payouts, self.cost = [], [], None
        if self.timed:
            self.cost = Cost(data, start, end)
            self.rows = year_rows(name, self.cost)

    def agreed(self, year=None):
        return sum((r["agreed"] or 0) for r in self.rows if year in (None, r["year"]))

    def choose_plan(self, plans, indexed):
        """Takes a plan, and divides the whole at once where the plan or the lack of indexation makes it so."""
        named = [k for k, p in plans.items() if self.name in p.get("funding", [])]
        unnamed = [k for k, p in plans.items() if not p.get("funding")]
        self.plan_name = (named or unnamed or [None])[0]
        self.plan = plans.get(self.plan_name, {})
        in_periods = not self.plan.get("part") and bool(calendar_periods(self.plan))
        dated = not self.plan.get("part") and (stated(self.plan.get("months")) or in_periods)
        changed = any((r["exact"] if r.get("by_payout") else r["to_pay"]) != r["agreed"] for r in self.rows if r["exact"] is not None)
        self.spread = bool(len(self.rows) > 1 and dated and (not indexed or in_periods and not changed))
        self.whole = self.spread or any("month_of_term" in p for p in self.plan.get("part", {}).values())

    def fixed(self, amount, others, year):
        """This component's part of a fixed amount, which is for all that the plan pays together."""
        before = sum(c.agreed(year) for c in others if c.name < self.name)
        total, own = sum(c.agreed(year) for c in others), self.agreed(year)
        return rounded(amount * (before + own) / total) - rounded(amount * before / total) if total else F(0)

    def split(self, slot_list, total, agreed, others, exact, factors=None):
        """What each payout is of a total. `exact`: nothing is rounded before each payout is."""
        parts, year = [s["part"] for s in slot_list], None if self.whole else slot_list[0]["year"]
        to_ore, order = (lambda x: x) if exact else rounded, in_order_of_payment(slot_list)
        weights = [s["weight"] for s in slot_list]
        if factors and len(factors) > 1:
            weights = [w * mean_factor(factors, s["start"], s["end"]) for w, s in zip(weights, slot_list)]
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
            if not any(weights):
                weights = [F(1)] * len(parts)
        if exact:
            return [total * w / sum(weights) for w in weights] if sum(weights) else [F(0)] * len(weights)
        return divide(total, weights, stated(self.plan.get("remainder")), order)

    def pay(self, rows, term, others):
        """The payouts of one year, or of all years when the whole is divided at once."""
        slot_list, agreed = slots(self.plan, rows, term, self.cost, len(others) == 1), None
        by_payout = [r for r in rows if r.get("by_payout")]
        preliminary = any(r["preliminary"] for r in rows)
        parts = adjusted = [None] * len(slot_list)
        if rows[0]["agreed"] is not None:
            agreed = sum(r["agreed"] for r in rows)
            parts = self.split(slot_list, agreed, agreed, others, False)
            total = sum(r["exact"] if r.get("by_payout") else r["to_pay"] for r in rows)
            factors = None if self.whole else rows[0].get("factors")
            adjusted = self.split(slot_list, total, agreed, others, bool(by_payout), factors)
            if by_payout:
                adjusted = [rounded(x, by_payout[0]["unit"]) for x in adjusted]
                # Silent: every year but the last is its own amount to the öre.
                left = sum(adjusted)
                for r in rows[:-1]:
                    r["to_pay"] = rounded(r["exact"] if r.get("by_payout") else r["to_pay"])
                    left -= r["to_pay"]
                rows[-1]["to_pay"] = left
        if self.spread and agreed is not None and all(s["start"].year == s["end"].year for s in slot_list):
            for r in rows:
                r["agreed"] = sum(x for x, s in zip(parts, slot_list) if s["year"] == r["year"])
                # Each payout is rounded, if it is, and the year is what they come to.
                r["to_pay"] = sum(x for x, s in zip(adjusted, slot_list) if s["year"] == r["year"])
                r["exact"] = None  # What changes nothing is no adjustment.
        late = stated(self.plan.get("timing")) in ("arrears", "month-end") or self.plan.get("months_are") == "invoiced"
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
                commitment=self.degree,
                ceiling=self.data.get("ceiling", False), paid=F(0), paid_on=[], settled=False, lapsed=False, short=False,
                fallen=F(0), correction=F(0)))
