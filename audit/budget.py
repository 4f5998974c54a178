"""What `iop budget` shows, from docs/sa-raknas-beloppen.md, sections 6 and 7."""
from datetime import date, timedelta
from fractions import Fraction as F

from amounts import covered_months, number, rounded
from life import DEGREES, FIRM, weakest
from recompute import amount_without_time, uncovered

EMPTY = F(0)


def paid_by_municipality(agreement, f, name):
    """Whether the municipality pays itself; where no party is known as the municipality every public payer is."""
    def is_it(party):
        return name in (party["name"], party.get("legal_person"))
    parties = agreement["party"]
    if any(map(is_it, parties.values())):
        return is_it(parties[f["payer"]])
    return parties[f["payer"]]["role"] == "public"


def segments(a, b, degree, life):
    """(first day, last day, degree) of the parts of a time, each with the weakest of its own degree and the stretch's."""
    day = a
    for s in life.stretches:
        start, end = s.start or date.min, s.end or date.max
        if start > b or end < day:
            continue
        if start > day:
            yield day, start - timedelta(1), weakest(degree, uncovered(life))
            day = start
        yield day, min(end, b), weakest(degree, s.commitment)
        if end >= b:
            return
        day = end + timedelta(1)
    if day <= b:
        after_end = life.ends_early and day > life.ended
        yield day, b, weakest(degree, life.degree if after_end else uncovered(life))


def shares(amount, months):
    """Divides an amount by months to the öre; the last part gets the rest."""
    whole, left, out = sum(months), amount, []
    for m in months[:-1]:
        out.append(rounded(amount * m / whole))
        left -= out[-1]
    return out + [left]


def by_year(payout, amount):
    """What of a payout is for each year."""
    if payout["start"].year == payout["end"].year:
        return {payout["year"]: amount}
    years = list(range(payout["start"].year, payout["end"].year + 1))
    months = [covered_months(max(payout["start"], date(y, 1, 1)), min(payout["end"], date(y, 12, 31))) for y in years]
    return dict(zip(years, shares(amount, months)))


def expected(payout):
    """What a payout is expected to cost."""
    if payout["settled"]:
        return payout["paid"]
    if payout["lapsed"] or payout["full"] is None:
        return F(0) if payout["full"] is not None or payout["lapsed"] else payout["paid"]
    if "at_most" in payout:
        return payout["paid"] + payout["at_most"]
    return payout.get("counted", payout["full"]) + payout["correction"]


def component_rows(c, result, day):
    """One row per year and degree of a component."""
    life, outcome, changed = result["life"], {}, {}
    for p in c.payouts:
        # What is for days that cannot come any more has no share to be taken from.
        lapsed = 0 if not life.lapsed else p["full"] if p["lapsed"] else p["full"] - p["counted"] if "counted" in p else 0
        for total, amount in ((outcome, p["paid"]), (changed, expected(p) - (p["full"] or 0) + (lapsed or 0))):
            for y, x in by_year(p, amount).items():
                total[y] = total.get(y, 0) + x
    for row in c.rows:
        if row["to_pay"] is None:
            continue
        parts = {}
        for a, b, degree in segments(row["start"], row["end"], c.degree, life):
            parts.setdefault(degree, []).append((a, b))
        degrees = sorted(parts, key=DEGREES.index)
        months = [sum(covered_months(a, b) for a, b in parts[d]) for d in degrees]
        preliminary = preliminary_adjustment(row)
        amounts, adjustments = shares(row["to_pay"], months), shares(preliminary, months)
        firmest = True
        for i, degree in enumerate(degrees):
            if life.lapsed and not (firmest and outcome.get(row["year"])) and all(
                    life.lapsed[0] <= a <= life.lapsed[1] for a, _ in parts[degree]):
                continue
            cost = amounts[i] + (changed.get(row["year"], F(0)) if firmest else 0)
            yield dict(year=row["year"], commitment=degree, estimate=False, amount=amounts[i], preliminary_adjustment=adjustments[i],
                       ceiling=c.data.get("ceiling", False), divided=row["divided"], outcome=outcome.get(row["year"], F(0)) if firmest else EMPTY,
                       # Silent: what has accrued of a ceiling is what is paid of it.
                       accrued=(outcome.get(row["year"], F(0)) if firmest else EMPTY) if c.data.get("ceiling")
                       else accrued(amounts[i], parts[degree], life, day), forecast=cost)
            firmest = False


def preliminary_adjustment(row):
    """The adjustment minus the part of it that is settled."""
    if row["exact"] is None or row["firm"] is None:
        return F(0)
    firm = row["firm"] if row["firm"] == row["agreed"] else rounded(row["firm"], row["unit"])
    if row["firm"] == row["exact"]:
        return F(0)
    return row["to_pay"] - firm


def accrued(amount, parts, life, day):
    """The amount by the days that have gone, at most to the day of an early end."""
    last = min(day, life.ended) if life.ends_early else day
    # Silent: of a degree that has its days in several places, the days from the first to the last.
    a, b = parts[0][0], parts[-1][1]
    return rounded(amount * max(0, (min(b, last) - a).days + 1) / ((b - a).days + 1))


def estimates(c, result, last_year):
    """What a component may cost for a time that the agreement may last and no component is for, by the months of its last
    year."""
    life = result["life"]
    rows = [r for x in result["components"] for r in x.rows]
    if life.notice or life.ends_early or result["is_over"] or not c.rows or c.rows[-1]["end"] < max(r["end"] for r in rows):
        return
    last = c.rows[-1]
    if last["to_pay"] is None:
        return
    month = last["to_pay"] / covered_months(last["start"], last["end"])
    for s in life.stretches:
        if s.holds:
            continue
        # Silent: what may come is told for the years that the budget shows.
        end = min(s.end or date.max, date(last_year, 12, 31))
        for y in range(s.start.year, end.year + 1):
            open_days = without([(max(s.start, date(y, 1, 1)), min(end, date(y, 12, 31)))], rows)
            amount = rounded(month * sum(covered_months(a, b) for a, b in open_days), F(1))
            if amount:
                yield dict(year=y, commitment=weakest(c.degree, s.commitment), estimate=True, amount=amount,
                           preliminary_adjustment=EMPTY, ceiling=c.data.get("ceiling", False), divided=False, outcome=EMPTY,
                           accrued=EMPTY, forecast=amount)


def without(periods, rows):
    """What is left of periods when the days of rows are taken away."""
    for r in rows:
        periods = [part for a, b in periods for part in
                   ((a, min(b, r["start"] - timedelta(1))), (max(a, r["end"] + timedelta(1)), b)) if part[0] <= part[1]] \
            if any(a <= r["end"] and r["start"] <= b for a, b in periods) else periods
    return periods


def differences_of_proposals(c, result):
    """What a supplement that is only proposed would change, year by year."""
    current = next((x for x in result["components"] if x.name == c.name), None)
    now = {r["year"]: r["to_pay"] for r in current.rows} if current else {}
    then = {r["year"]: r["to_pay"] for r in c.rows}
    for y in sorted({*now, *then}):
        if None in (now.get(y, 0), then.get(y, 0)):
            continue  # Silent: nothing is told of a difference from what is not known.
        change = then.get(y, F(0)) - now.get(y, F(0))
        yield dict(year=y, commitment=c.degree, estimate=False, amount=change, preliminary_adjustment=EMPTY,
                   ceiling=c.data.get("ceiling", False), outcome=EMPTY, accrued=EMPTY, forecast=change)


def budget(register, results, day):
    """The lines of the budget, and the rows of each agreement in them."""
    continued = {a.get("continues") for a in register["agreements"].values()}
    rows, later, without, last_years = [], [], [], []
    for name, result in results.items():
        agreement = register["agreements"][name]
        stretches = result["life"].stretches
        if result["components"] and stretches:
            last_years += [s.start.year for s in stretches if s.start]
            last_years.append(stretches[-1].end.year if stretches[-1].end else day.year + 1)
        for c in result["components"] + result["instead"]:
            if not c.data.get("budget_line") and not paid_by_municipality(agreement, c.data, register["municipality"]):
                continue
            line = c.data.get("budget_line")
            key = dict(agreement=name, path=c.path, line=line,
                       committee=committee_of(register, agreement, line))
            if not c.timed:
                # Silent: an amount by time has no sum where the time is not known.
                without.append(dict(key, commitment=c.degree, amount=amount_without_time(c)))
                continue
            grant = c.data.get("source") == "state-grant"
            found = differences_of_proposals(c, result) if c in result["instead"] else component_rows(c, result, day)
            rows += [dict(key, **r, grants=r["forecast"] if grant else EMPTY) for r in found]
            last_years += [r["year"] for r in c.rows]
            if c not in result["instead"] and name not in continued:
                later.append((key, grant, c, result))
    last_year = max(last_years + [int(y) for line in register["budget"].values() for y in line["year"]], default=0)
    for key, grant, c, result in later:
        rows += [dict(key, **r, grants=r["forecast"] if grant else EMPTY) for r in estimates(c, result, last_year)]
    return dict(rows=rows, lines=list(lines(register, rows)), without_time=without)


def committee_of(register, agreement, line):
    # Silent: a line that budget.toml does not have has no committee.
    if line:
        return register["budget"].get(line, {}).get("committee")
    return agreement.get("committee") or register["committee"]


def lines(register, rows):
    """The sums of each line and year."""
    keys = {(r["committee"], r["line"], r["year"]) for r in rows}
    keys |= {(line["committee"], name, int(y)) for name, line in register["budget"].items() if "committee" in line for y in line["year"]}
    for committee, name, year in sorted(keys, key=str):
        own = [r for r in rows if (r["committee"], r["line"], r["year"]) == (committee, name, year)]
        firm = [r for r in own if r["commitment"] in FIRM]
        frame = register["budget"].get(name, {}).get("year", {}).get(str(year))
        out = dict(committee=committee, line=name, year=year, budget=number(frame["amount"]) if frame else None)
        for degree in ("agreed", "decided", "possible"):
            out[degree] = sum((r["amount"] for r in own if r["commitment"] == degree), F(0))
        out["proposed"] = sum((r["amount"] for r in own if r["commitment"] in ("proposed", "draft")), F(0))
        out["outcome"] = sum((r["outcome"] for r in own), F(0))
        for key in ("preliminary_adjustment", "accrued", "forecast", "grants"):
            out[key] = sum((r[key] for r in firm), F(0))
        out["deviation"] = number(frame["amount"]) - out["forecast"] if frame else None
        out["net"] = out["forecast"] - out["grants"]
        yield out
