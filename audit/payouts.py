"""How each year's amount is paid out, from docs/sa-raknas-beloppen.md, section 3."""
import math
from datetime import date, timedelta
from fractions import Fraction as F

from amounts import Pace, ORE, Cost, covered_months, mean_factor, month_end, number, rounded, time_of_money, year_rows
from life import add_months, stated, until_further_notice, weakest


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


def own_months(plan, start, end, open_=False):
    """The named months, where they divide a time over several calendar years by themselves: what is paid in advance begins
    with one, and what is paid afterwards ends with one; what goes on without a stated end begins after one."""
    months, timing = stated(plan.get("months")), stated(plan.get("timing"))
    if not months or timing is None or start.year == end.year and not open_:
        return None
    if open_:
        first = start if timing == "advance" else start - timedelta(1)
        return sorted(set(months)) if start.day == 1 and first.month in months else None
    fits = start.day == 1 and start.month in months if timing == "advance" else end == month_end(end.year, end.month) and end.month in months
    return sorted(set(months)) if fits else None


def own_slots(months, timing, start, end, base, cost):
    """One payout in each of the months: for the time until the next, or since the one before, wherever the year turns."""
    ahead, out, at = timing == "advance", [], start
    while at <= end:
        y, m = at.year, at.month
        if ahead:
            nxt = next(((y, n) for n in months if n > m), (y + 1, months[0]))
            stop, paid = min(end, date(*nxt, 1) - timedelta(1)), (y, m)
            length = (nxt[0] - y) * 12 + nxt[1] - m
        else:
            last = next(((y, n) for n in months if n >= m), (y + 1, months[0]))
            stop = min(end, month_end(*last))
            paid, before = last, [n for n in months if n < last[1]]
            length = last[1] - before[-1] if before else last[1] + 12 - months[-1]
        weight = cost.part(at, stop) if cost.counted() else covered_months(at, stop) / length
        # Silent: one payout for all of the time is of the year in which it is paid.
        out.append(dict(base, month=paid, year=min(paid[0], end.year) if (at, stop) == (start, end) else at.year, start=at, end=stop, weight=weight))
        at = stop + timedelta(1)
    return out


def slots(plan, rows, term, cost, alone, open_, whole):
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
                # In a year before the component begins it is not told which year's month it is, unless it is paid alone; nor in
                # another year of what goes on without a stated end.
                if day and (day.year == start.year if open_ else alone or day.year >= start.year):
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
    own = own_months(plan, start, end, open_ and whole)
    if own:
        return own_slots(own, plan["timing"], start, end, base, cost)
    if periods:
        out = []
        for y in years:
            for first, last, month in periods:
                whole = date(y, first, 1), month_end(y, last)
                a, b = max(start, whole[0]), min(end, whole[1])
                if a <= b:
                    paid = (y, month or (first if plan["timing"] == "advance" else b.month))
                    if plan["timing"] == "advance" and max(paid, begins) > (b.year, b.month):
                        paid = (a.year, a.month)  # what is paid in advance is not paid when its time has passed
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


def receivers(f, term, life):
    """Who receives a component, and what the part of each weighs: one entry for those who have it together."""
    several = f.get("payees", {})
    together = [(tuple(sorted({*several, *([f["payee"]] if "payee" in f else [])})), 1)]
    if len(several) < 2 or "payee" in f:
        return together
    if all("share" in r and "amount" not in r for r in several.values()):
        parts, whole = [number(r["share"]) for r in several.values()], F(100)
    elif all("amount" in r and "share" not in r for r in several.values()):
        parts = [number(r["amount"]) for r in several.values()]
        start, end = time_of_money(f, term, life)
        rate = f.get("rate", {}) if not stated(f.get("amount")) else {}
        if rate.get("per") in ("year", "half-year", "month") and not rate.get("step"):
            count = rate.get("count", None if rate.get("unit") else 1)
            whole = number(rate["amount"]) * number(count) if stated(count) is not None else None
        else:
            whole = Cost(f, start, end).whole if start and end and start <= end else None
        whole = sum(parts) if whole is None else whole
    else:
        return together
    return [((key,), part) for key, part in zip(several, parts)] if sum(parts) == whole else together


class Component:
    """One `[funding.NAME]`, of the agreement or a supplement: its years, its plan and its payouts."""

    def __init__(self, index, name, data, term, life, degree, path):
        start, end = time_of_money(data, term, life)
        self.index, self.name, self.data, self.degree, self.path = index, name, data, degree, path
        self.receivers = receivers(data, term, life)
        self.had, self.sum_so_far = [F(0)] * len(self.receivers), F(0)
        self.timed = bool(start and end and start <= end)
        self.rows, self.payouts, self.cost = [], [], None
        self.open = "period" not in data and bool(until_further_notice(term))
        if self.timed:
            self.cost = Cost(data, start, end)
            self.rows = year_rows(name, self.cost)
            for row in self.rows:
                row["even"], row["cost"], row["open"] = Pace(self.cost, None, row["start"], row["end"]), self.cost, self.open

    def agreed(self, year=None):
        return sum((r["agreed"] or 0) for r in self.rows if year in (None, r["year"]))

    def choose_plan(self, plans, indexed):
        """Takes a plan, and divides the whole at once where the plan or the lack of indexation makes it so. `indexed`: whether
        an indexation is for any of its years, whether one is for it at all, and whether all of it is in one agreement year of
        those that are."""
        indexed, named_by_one, self.one_year = indexed
        named = [k for k, p in plans.items() if self.name in p.get("funding", [])]
        unnamed = [k for k, p in plans.items() if not p.get("funding")]
        self.plan_name = (named or unnamed or [None])[0]
        self.plan = plans.get(self.plan_name, {})
        in_periods = not self.plan.get("part") and bool(calendar_periods(self.plan))
        dated = not self.plan.get("part") and (stated(self.plan.get("months")) or in_periods)
        changed = any((r["exact"] if r.get("by_payout") else r["to_pay"]) != r["agreed"] for r in self.rows if r["exact"] is not None)
        over = len(self.rows) > 1 and not self.plan.get("part") and own_months(self.plan, self.rows[0]["start"], self.rows[-1]["end"])
        self.spread = bool(len(self.rows) > 1 and dated and (not indexed or self.one_year or in_periods and not over and not changed))
        self.whole = self.spread or any("month_of_term" in p for p in self.plan.get("part", {}).values())
        if self.open:
            self.spread = self.whole = bool(self.timed and not self.plan.get("part") and not named_by_one
                                            and own_months(self.plan, self.rows[0]["start"], self.rows[-1]["end"], True))

    def fixed(self, amount, others, year, own, earlier):
        """This component's part of a fixed amount, or that of one of its receivers, which is for all that the plan pays together:
        those divided as wholes by themselves, and those divided year by year."""
        others = [c for c in others if c.whole == self.whole]
        before = sum(c.agreed(year) for c in others if c.name < self.name) + earlier
        total = sum(c.agreed(year) for c in others)
        return rounded(amount * (before + own) / total) - rounded(amount * before / total) if total else F(0)

    def shares_of(self, agreed):
        """What each receiver has of an agreed amount: its part of all until then, without what it has had."""
        weights = [w for _, w in self.receivers]
        self.sum_so_far += agreed
        out, left = [], agreed
        for i, w in enumerate(weights):
            part = F(w, sum(weights)) if sum(weights) else F(1, len(weights))
            own = left if i + 1 == len(weights) else min(left, max(F(0), rounded(self.sum_so_far * part) - self.had[i]))
            self.had[i] += own
            left -= own
            out.append(own)
        return out

    def split(self, slot_list, total, agreed, others, exact, factors=None, earlier=F(0), even=None):
        """What each payout is of a total. `exact`: nothing is rounded before each payout is."""
        parts, year = [s["part"] for s in slot_list], None if self.whole else slot_list[0]["year"]
        to_ore, order = (lambda x: x) if exact else rounded, in_order_of_payment(slot_list)
        weights = [s["weight"] for s in slot_list]
        if factors and len(factors) > 1:
            weights = [w * mean_factor(factors, s["start"], s["end"], even) for w, s in zip(weights, slot_list)]
        if parts[0] is not None:
            def size(part, of):
                if "share" in part:
                    return of * number(part["share"]) / 100
                return self.fixed(number(part["amount"]), others, year, agreed, earlier) if "amount" in part else F(0)
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

    def by_pieces(self, slot_list, row, had):
        """(agreed, adjusted) payouts of each receiver where each part of the year is adjusted by itself and every payout is as large
        as its time is long; None where it is not so."""
        pieces = None if self.whole else row.get("pieces")
        if not pieces or slot_list[0]["part"] is not None or all((s["start"], s["end"]) == (row["start"], row["end"]) for s in slot_list):
            return None
        weights = []
        for piece in pieces:
            weights.append([])
            for s in slot_list:
                a, b = max(s["start"], piece["start"]), min(s["end"], piece["end"])
                if a > b:
                    w = F(0)
                elif self.cost.counted():
                    w = self.cost.part(a, b)
                else:
                    w = s["weight"] * covered_months(a, b) / covered_months(s["start"], s["end"])
                weights[-1].append(w)
        everything, shares = sum(map(sum, weights)), sum(p["share"] for p in pieces)
        if not everything or not shares or any(not sum(w) or sum(w) / everything != p["share"] / shares for w, p in zip(weights, pieces)):
            return None
        self.had, self.sum_so_far = list(had[0]), had[1]
        one = lambda: [[F(0)] * len(slot_list) for _ in self.receivers]
        agreed, adjusted, rule = one(), one(), stated(self.plan.get("remainder"))
        for piece, own_weights in zip(pieces, weights):
            inside = [i for i, s in enumerate(slot_list) if s["start"] <= piece["end"] and piece["start"] <= s["end"]]
            w = [own_weights[i] for i in inside]
            order = in_order_of_payment([slot_list[i] for i in inside])
            own = self.shares_of(piece["agreed"]) if len(self.receivers) > 1 else [piece["agreed"]]
            totals = own if piece["to_pay"] == piece["agreed"] else divide(
                piece["to_pay"], own if any(own) else [F(1)] * len(own), None, range(len(own)))
            for n, (x, t) in enumerate(zip(own, totals)):
                for out, amount in ((agreed, x), (adjusted, t)):
                    for i, part in zip(inside, divide(amount, w, rule, order)):
                        out[n][i] += part
        return agreed, adjusted

    @staticmethod
    def some_of(slot, rows, pieces, mark, of_year):
        """Whether a mark is that of some of a payout's own days, where each part of the year is adjusted by itself; else the year's."""
        if not pieces:
            return of_year
        return any(p[mark] for p in rows[0]["pieces"] if p["start"] <= slot["end"] and slot["start"] <= p["end"])

    def pay(self, rows, term, others):
        """The payouts of one year, or of all years when the whole is divided at once."""
        slot_list, agreed = slots(self.plan, rows, term, self.cost, len(others) == 1, self.open, self.whole), None
        by_payout = [r for r in rows if r.get("by_payout")]
        preliminary = any(r["preliminary"] for r in rows)
        payees = [p for p, _ in self.receivers]
        parts = adjusted = [[None] * len(slot_list)] * len(payees)
        pieces = None
        if rows[0]["agreed"] is not None:
            agreed = sum(r["agreed"] for r in rows)
            total = sum(r["exact"] if r.get("by_payout") else r["to_pay"] for r in rows)
            had = list(self.had), self.sum_so_far
            own = self.shares_of(agreed) if len(payees) > 1 else [agreed]
            # What is adjusted is divided as what is agreed.
            totals = own if total == agreed else [total * x / agreed if agreed else total / len(own) for x in own]
            if len(own) > 1 and total != agreed and not by_payout:
                totals = divide(total, own if agreed else [F(1)] * len(own), None, range(len(own)))
            factors = None if self.whole else rows[0].get("factors")
            earlier = [sum(own[:i], F(0)) for i in range(len(own))]
            parts = [self.split(slot_list, x, x, others, False, None, e) for x, e in zip(own, earlier)]
            pieces = self.by_pieces(slot_list, rows[0], had)
            adjusted = pieces and pieces[1] or [self.split(slot_list, t, x, others, bool(by_payout), factors, e, rows[0]["even"]) for t, x, e in zip(totals, own, earlier)]
            if by_payout:
                # Those for days that are not adjusted are as they were agreed.
                as_agreed = [bool(factors and len(factors) > 1) and mean_factor(factors, s["start"], s["end"], rows[0]["even"]) == 1 for s in slot_list]
                adjusted = [[a if keep else rounded(x, by_payout[0]["unit"]) for x, a, keep in zip(one, own, as_agreed)]
                            for one, own in zip(adjusted, parts)]
                # Silent: every year but the last is its own amount to the öre.
                left = sum(map(sum, adjusted))
                for r in rows[:-1]:
                    r["to_pay"] = rounded(r["exact"] if r.get("by_payout") else r["to_pay"])
                    left -= r["to_pay"]
                rows[-1]["to_pay"] = left
            if pieces:
                parts = pieces[0]
        if self.spread and agreed is not None and all(s["start"].year == s["end"].year for s in slot_list):
            for r in rows:
                of_year = lambda many: sum(x for one in many for x, s in zip(one, slot_list) if s["year"] == r["year"])
                # Each payout is rounded, if it is, and the year is what they come to.
                was, r["agreed"], r["to_pay"] = r["agreed"], of_year(parts), of_year(adjusted)
                if r["firm"] == was:
                    r["firm"] = r["agreed"]
                if not self.one_year:
                    r["exact"] = None  # What changes nothing is no adjustment.
        late = stated(self.plan.get("timing")) in ("arrears", "month-end") or self.plan.get("months_are") == "invoiced"
        factors_of_all = [f for r in rows for f in r.get("factors") or [(r["start"], r["end"], F(1))]]
        number_of = {i: n for n, i in enumerate(in_order_of_payment(slot_list), 1)}
        for i, payee, a, b in ((i, p, one[i], other[i]) for i in range(len(slot_list)) for p, one, other in zip(payees, parts, adjusted)):
            slot = slot_list[i]
            due = slot["month"] and month_end(*slot["month"])
            month_end_day = due if stated(self.plan.get("timing")) == "month-end" else None
            if due and (late or self.plan.get("months_are") == "invoiced"):
                due += timedelta(stated(self.plan.get("days_to_pay")) or 0)
            self.payouts.append(dict(
                component=self, slot=(number_of[i], len(slot_list)), payer=self.data["payer"],
                payee=payee, year=slot["year"], month=slot["month"], day=month_end_day, due=due,
                start=slot["start"], end=slot["end"], pace=Pace(self.cost, factors_of_all, slot["start"], slot["end"]), agreed=a, full=b,
                preliminary=self.some_of(slot, rows, pieces, "open", preliminary) or b is None,
                commitment=self.degree, lacks=self.some_of(slot, rows, pieces, "lacks", any(r.get("lacks") for r in rows)),
                ceiling=self.data.get("ceiling", False), paid=F(0), paid_on=[], payment_days=[], settled=False, lapsed=False, short=False,
                fallen=F(0), correction=F(0)))
