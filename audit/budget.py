"""What `iop budget` shows, from docs/sa-raknas-beloppen.md, sections 6 and 7."""
import re
from datetime import date, timedelta
from fractions import Fraction as F

from amounts import Pace, covered_months, number, rounded
from life import BY_ITSELF, DEGREES, FIRM, add_months, continues, stated, weakest
from recompute import amount_without_time, fallen, public_sums, uncovered, whole

EMPTY = F(0)
# What is reduced by what is kept of something firmer.
REDUCED = ("amount", "preliminary_adjustment", "accrued", "forecast", "grants")
# Of what a degree is in a year: what counts, what another agreement has the place of, and what cannot come any more.
COUNTS, REPLACED, LAPSED = range(3)


def part_of_municipality(party, name):
    """Whether a party's name begins as the municipality's and goes on with something else than a letter or a digit."""
    rest = party["name"].removeprefix(name) if party["name"].startswith(name) else ""
    return bool(rest) and not rest[0].isalnum()


def name_words(name):
    """The words of a name in small letters, without the ending of a genitive."""
    return [w[:-1] if w.endswith("s") and len(w) > 3 else w for w in re.findall(r"[^\W_]+", name.lower())]


def called_otherwise(party, name):
    """Whether a party is a municipality that bears the name of the municipality's place."""
    municipal = {"kommun", "kommunen", "stad", "staden"}
    place = [w for w in name_words(name) if w not in municipal]
    names = [name_words(one) for one in (party["name"], stated(party.get("legal_person"))) if one]
    form = stated(party.get("form"))
    is_one = form == "municipality" or form in (None, "region") and any(municipal & set(one) for one in names)
    return is_one and bool(place) and any(set(place) <= set(one) for one in names)


def paid_by_municipality(agreement, f, name):
    """Whether the municipality pays itself, or a public payer who is taken for it."""
    def is_it(party):
        return name in (party["name"], party.get("legal_person"))
    parties = agreement["party"]
    payer = parties[f["payer"]]
    if is_it(payer) or payer["role"] == "public" and (part_of_municipality(payer, name) or called_otherwise(payer, name)):
        return True
    # Silent: a party that only begins as the municipality is not known as it.
    return payer["role"] == "public" and (stated(payer.get("legal_person")) is None or not any(map(is_it, parties.values())))


def split_at(a, b, day):
    """The days a–b before a day, and from it; each only if there are any."""
    yield from ((x, y, late) for x, y, late in ((a, min(b, day - timedelta(1)) if day > a else None, False), (max(a, day), b, True))
                if y and x <= y)


def segments(a, b, degree, life, successor):
    """(first day, last day, degree, which part of it) of a time, each with the weakest of its own degree and the stretch's.

    `successor`: from when another agreement has the place of what may be declined, or None."""
    def days_without_stretch(x, y):
        beyond = life.lapsed and x >= life.lapsed[0]
        after_end = life.ends_early and x > life.ended
        for c, d, late in split_at(x, y, life.lapsed[1] + timedelta(1) if beyond and life.lapsed[1] < date.max else date.max):
            yield c, d, weakest(degree, life.degree if after_end else uncovered(life)), LAPSED if beyond and not late else COUNTS
    day = a
    for s in life.stretches:
        start, end = s.start or date.min, s.end or date.max
        if start > b or end < day:
            continue
        if start > day:
            yield from days_without_stretch(day, start - timedelta(1))
            day = start
        can_be_declined = s.rests_on in ("option", *BY_ITSELF) and not s.holds
        for c, d, late in split_at(day, min(end, b), successor if can_be_declined and successor else date.max):
            yield c, d, weakest(degree, s.commitment), REPLACED if late else COUNTS
        if end >= b:
            return
        day = end + timedelta(1)
    if day <= b:
        yield from days_without_stretch(day, b)


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
    weight = payout["pace"].weight
    months = [weight(max(payout["start"], date(y, 1, 1)), min(payout["end"], date(y, 12, 31))) for y in years]
    return dict(zip(years, shares(amount, months)))


def by_year_after(payout, amount, life):
    """What of a payout is for each year, of what an early end takes away: by the days after it."""
    days = by_year(payout, amount)
    if not life.ends_early or len(days) == 1 or payout["end"] <= life.ended:
        return days
    after = {y: (max(payout["start"], date(y, 1, 1), life.ended + timedelta(1)), min(payout["end"], date(y, 12, 31))) for y in days}
    return dict(zip(days, shares(amount, [payout["pace"].weight(*d) if d[0] <= d[1] else F(0) for d in after.values()])))


def without_fallen(payout, amount, life):
    """The same of an amount, in which what an early end takes away is of the days after it."""
    gone = F(0) if life.lapsed else fallen(payout)
    after = by_year_after(payout, gone, life)
    return {y: x - after[y] for y, x in by_year(payout, amount + gone).items()}


def expected(payout):
    """What a payout is expected to cost."""
    if payout["settled"]:
        return payout["paid"] + payout.get("unplaced", 0)
    if payout["lapsed"] or payout["full"] is None:
        return F(0) if payout["full"] is not None or payout["lapsed"] else payout["paid"]
    if "at_most" in payout:
        return payout["paid"] + payout["at_most"] + payout.get("unplaced", 0)
    return payout.get("counted", payout["full"]) + payout["correction"]


def grant_of(c, year, cost):
    """What state grants pay of what a component costs in a year; None if it is not known."""
    stated_ = c.data.get("state_grant")
    if stated_ is None:
        return cost if c.data.get("source") == "state-grant" else F(0)
    if stated_ == "not-stated" or str(year) not in stated_:
        return None
    return min(number(stated_[str(year)]), max(cost, F(0)))


def pays_all(c):
    return "state_grant" not in c.data and c.data.get("source") == "state-grant"


def component_rows(c, result, day, successor):
    """One row per year and degree of a component, and notes of what else a year was divided into."""
    life, outcome, changed, beyond, gone = result["life"], {}, {}, {}, {}
    for p in c.payouts:
        # What is for days that cannot come any more has no share to be taken from.
        lapsed = fallen(p) if life.lapsed else 0
        moved = expected(p) - (whole(p) if p["full"] is not None else 0) + (lapsed or 0)
        for total, parts in ((outcome, by_year(p, p["paid"])), (changed, without_fallen(p, moved, life))):
            for y, x in parts.items():
                total[y] = total.get(y, 0) + x
        for y, x in beyond_what_binds(p, c.degree, life, successor).items():
            beyond[y] = beyond.get(y, 0) + x
        for y, x in fallen_of(p, c.degree, life, successor).items():
            gone[y] = gone.get(y, 0) + x
    paid_by_year = bool(c.payouts) and stated(c.plan.get("timing")) is not None and all(p["start"].year == p["end"].year for p in c.payouts)
    for row in c.rows:
        if row["to_pay"] is None:
            continue
        parts = {}
        for a, b, degree, kind in segments(row["start"], row["end"], c.degree, life, successor):
            parts.setdefault((degree, kind), []).append((a, b))
        keys = sorted(parts, key=lambda k: (DEGREES.index(k[0]), k[1]))
        pace = Pace(c.cost, row.get("factors"), row["start"], row["end"])
        months = [sum(pace.weight(a, b) for a, b in parts[k]) for k in keys]
        preliminary = preliminary_adjustment(row)
        amounts, adjustments = shares(row["to_pay"], months), shares(preliminary, months)
        grant = grant_of(c, row["year"], row["to_pay"])
        grants = shares(grant or F(0), months)
        result["notes"].update(division(keys, bool(outcome.get(row["year"]))))
        firmest = True
        for i, (degree, kind) in enumerate(keys):
            if kind != COUNTS and not (i == 0 and outcome.get(row["year"])):
                continue
            cost = amounts[i] + ((beyond if degree in FIRM else changed).get(row["year"], F(0)) if firmest else 0)
            # What is paid is gone until it has come back.
            cost = max(cost, outcome.get(row["year"], F(0))) if firmest else cost
            yield dict(year=row["year"], commitment=degree, estimate=False, amount=amounts[i], preliminary_adjustment=adjustments[i],
                       ceiling=c.data.get("ceiling", False), divided=row["divided"] and not paid_by_year, outcome=outcome.get(row["year"], F(0)) if firmest else EMPTY,
                       # Silent: what has accrued of a ceiling is what is paid of it.
                       accrued=(outcome.get(row["year"], F(0)) if firmest else EMPTY) if c.data.get("ceiling")
                       else accrued(amounts[i], pace, parts[degree, kind], life, day), forecast=cost,
                       lapsed=gone.get(row["year"], F(0)) if firmest else EMPTY, grants=cost if pays_all(c) else min(grants[i], max(cost, F(0))),
                       open_grant=grant is None and cost != 0)
            firmest = False


def part_of(pace, days, a, b):
    """How much of what is for the days a–b is for some of them."""
    if days == [(a, b)]:
        return F(1)
    whole = pace.weight(a, b)
    return sum(pace.weight(*d) for d in days) / whole if whole else F(0)


def beyond_what_binds(payout, degree, life, successor):
    """For each year what a payout costs, beyond what of its amount is for days that someone is bound for.

    What is paid costs what is paid, also for days that no one is bound for."""
    if payout["full"] is None:
        return by_year(payout, payout["paid"])
    full = whole(payout)
    taken = by_year(payout, payout.get("taken", F(0)))
    fulls = by_year(payout, full)
    bound = {}
    for y, amount in fulls.items():
        a, b = (payout["start"], payout["end"]) if len(fulls) == 1 else (
            max(payout["start"], date(y, 1, 1)), min(payout["end"], date(y, 12, 31)))
        days = [(x, z) for x, z, d, _ in segments(a, b, degree, life, successor) if d in FIRM]
        bound[y] = rounded(amount * part_of(payout["pace"], days, a, b))
    if bound == fulls:
        return without_fallen(payout, expected(payout) - full, life)
    costs = by_year(payout, payout["paid"])
    if payout["settled"]:
        changed = by_year(payout, payout["paid"] + payout.get("unplaced", 0) - full)
        return {y: changed[y] if bound[y] == fulls[y] else costs[y] - bound[y] for y in costs}
    if not payout["lapsed"]:
        # Of an open payout what is taken off it is not owed.
        due = {y: bound[y] - (0 if "at_most" in payout else taken[y]) for y in bound}
        costs = {y: max(due[y], costs[y]) for y in bound}
        if "at_most" in payout:
            most = by_year(payout, payout["paid"] + payout["at_most"] + payout.get("unplaced", 0))
            costs = {y: min(costs[y], most[y]) for y in costs}
        else:
            corrections = by_year(payout, payout["correction"])
            costs = {y: costs[y] + corrections[y] for y in costs}
    return {y: costs[y] - bound[y] for y in costs}


def fallen_of(payout, degree, life, successor):
    """For each year what of a payout is not expected since the agreement ends early, or since it is taken off."""
    if payout["full"] is None:
        return {}
    lapsed = F(0) if life.lapsed else max(fallen(payout), F(0))
    lapsed, taken = by_year_after(payout, lapsed, life), by_year(payout, payout.get("taken", F(0)))
    out, fulls = {}, by_year(payout, whole(payout))
    for (y, amount), full in zip(((y, x + taken[y]) for y, x in lapsed.items()), fulls.values()):
        a, b = (payout["start"], payout["end"]) if len(fulls) == 1 else (
            max(payout["start"], date(y, 1, 1)), min(payout["end"], date(y, 12, 31)))
        days = [(x, z) for x, z, d, _ in segments(a, b, degree, life, successor) if d in FIRM]
        bound = rounded(full * part_of(payout["pace"], days, a, b))
        out[y] = amount, bound, full
    if all(bound == full for _, bound, full in out.values()):
        return {y: amount for y, (amount, *_) in out.items()}
    # Silent: of what is bound in part, what is left of an open payout is its bound part.
    return {y: bound if payout["lapsed"] and not life.lapsed else F(0) for y, (_, bound, _) in out.items()}


def division(keys, is_paid):
    """What a year is divided into, for --coverage."""
    for degree, kind in keys:
        if kind != COUNTS:
            name = "replaced" if kind == REPLACED else "lapsed"
            yield f"year: {name}" + (", the firmest and paid" if is_paid and keys[0] == (degree, kind) else "")
            if (degree, COUNTS) in keys:
                yield f"year: {name} beside the same degree"
    if is_paid and keys[0][0] not in FIRM:
        yield "year: paid and not bound"
    if is_paid and keys[0][0] in FIRM and keys[-1][0] not in FIRM:
        yield "year: paid and bound in part"


def preliminary_adjustment(row):
    """The adjustment minus the part of it that is settled."""
    if row["exact"] is None or row["firm"] is None:
        # What the rounding of each payout leaves to a year whose adjustment the register assumes.
        return row["to_pay"] - row["agreed"] if row.get("assumed") else F(0)
    if row["firm"] == row["exact"]:
        return F(0)
    firm = row["firm"] if row["firm"] == row["agreed"] else row.get("firm_of_pieces", rounded(row["firm"], row["unit"]))
    return row["to_pay"] - firm


def accrued(amount, pace, parts, life, day):
    """The amount by the days that have gone, at most to the day of an early end."""
    last = min(day, life.ended) if life.ends_early else day
    # Silent: of a degree that has its days in several places, the days from the first to the last.
    a, b = parts[0][0], parts[-1][1]
    return rounded(amount * pace.share(a, last, b, lambda x, y: F((y - x).days + 1)))


def estimates(c, result, last_year, successor):
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
    stretch = {"month": 1, "half-year": 6, "year": 12}.get(c.data.get("rate", {}).get("per"))
    if stated(c.data.get("amount")) is None and stretch and last["agreed"]:
        rate = c.data["rate"]
        number_of = next(reversed(c.cost.steps().values()), None) if c.cost.steps() else stated(rate.get("count"))
        month = number(rate["amount"]) * number(1 if number_of is None else number_of) / stretch * last["to_pay"] / last["agreed"]
    for s in life.stretches:
        if s.holds:
            continue
        end = min(s.end or date.max, date(last_year, 12, 31), successor - timedelta(1) if successor else date.max)
        if end < s.start:
            continue
        for y in range(s.start.year, end.year + 1):
            open_days = without([(max(s.start, date(y, 1, 1)), min(end, date(y, 12, 31)))], rows)
            amount = rounded(month * sum(covered_months(a, b) for a, b in open_days), F(1))
            if amount:
                yield dict(year=y, commitment=weakest(c.degree, s.commitment), estimate=True, amount=amount,
                           preliminary_adjustment=EMPTY, ceiling=c.data.get("ceiling", False), divided=False, outcome=EMPTY,
                           accrued=EMPTY, forecast=amount, lapsed=EMPTY, grants=grant_of(c, y, amount) or EMPTY,
                           open_grant=grant_of(c, y, amount) is None)


def without(periods, rows):
    """What is left of periods when the days of rows are taken away."""
    for r in rows:
        periods = [part for a, b in periods for part in
                   ((a, min(b, r["start"] - timedelta(1))), (max(a, r["end"] + timedelta(1)), b)) if part[0] <= part[1]] \
            if any(a <= r["end"] and r["start"] <= b for a, b in periods) else periods
    return periods


def differences_of_proposals(c, result, place):
    """(place, row) of what a supplement that is only proposed would change, year by year.

    `place`: where in the budget a component stands, or None if it does not."""
    current = next((x for x in result["components"] if x.name == c.name), None)
    now = {r["year"]: r["to_pay"] for r in current.rows} if current else {}
    then = {r["year"]: r["to_pay"] for r in c.rows}

    def paid_by_grant(x, y, amounts):
        return grant_of(x, y, amounts[y]) if x and y in amounts else F(0)

    def row(y, change, of_old, of_new):
        grants = [paid_by_grant(x, y, amounts) for x, amounts in ((current if of_old else None, now), (c if of_new else None, then))]
        known = None not in grants
        return dict(year=y, open_grant=not known, grants=grants[1] - grants[0] if known else EMPTY, commitment=c.degree, estimate=False, amount=change, preliminary_adjustment=EMPTY,
                    ceiling=c.data.get("ceiling", False), outcome=EMPTY, accrued=EMPTY, forecast=change, lapsed=EMPTY)
    old, new = current and place(current), place(c)
    if current and old != new:
        result["notes"].add("proposal: " + ("to another line" if old and new else "to another payer" if old else
                                            "from another payer" if new else ""))
        for to, values, sign in ((old, now, -1), (new, then, 1)):
            if to:
                years = (y for y in sorted({*now, *then}) if values.get(y, F(0)) is not None)
                yield from ((to, row(y, sign * values.get(y, F(0)), sign < 0, sign > 0)) for y in years)
        return
    for y in sorted({*now, *then}):
        if not new or None in (now.get(y, 0), then.get(y, 0)):
            continue  # Silent: nothing is told of a difference from what is not known.
        yield new, row(y, then.get(y, F(0)) - now.get(y, F(0)), True, True)


def in_line(key, c, r):
    """A row of a component, where it stands."""
    return dict(key, **r)


def keep_firmer(rows, result, day, successor, place, key):
    """Lets what is firmer than what goes in for it stand, so that of that only the difference does.

    `rows`: those of the agreement. `place` and `key`: where in the budget a component stands."""
    for c in result["components"]:
        old = result["firmer"].get(c.name)
        if not old or not place(old):
            continue
        for r in component_rows(old, result, day, successor):
            if DEGREES.index(r["commitment"]) >= DEGREES.index(c.degree):
                continue
            kept = in_line(key(old), old, r)
            same = dict({k: kept[k] for k in ("committee", "line", "year")}, path=c.path, commitment=c.degree)
            new = next((x for x in rows if same.items() <= x.items()), None)
            if not new:
                # Silent: what is taken away is not marked as divided.
                new = dict(kept, commitment=c.degree, divided=False, **dict.fromkeys(REDUCED, EMPTY))
                rows.append(new)
            new.update({k: new[k] - kept[k] for k in REDUCED})
            new["open_grant"] |= kept["open_grant"]
            rows.append(kept)
            result["notes"].add("kept: " + ("on the same line" if new["path"] == c.path else
                                            "for another payer" if not place(c) else
                                            "on another line" if place(c) != place(old) else "in another year"))


def budget(register, results, day):
    """The lines of the budget, and the rows of each agreement in them."""
    successors = first_days_of_successors(register["agreements"])
    rows, later, without, last_years, bound = [], [], [], [], []
    for name, result in results.items():
        agreement = register["agreements"][name]
        stretches = result["life"].stretches
        if result["components"] and stretches:
            last_years += [s.start.year for s in stretches if s.start]
            last_years.append(stretches[-1].end.year if stretches[-1].end else day.year + 1)

        def place(c):
            line = c.data.get("budget_line")
            if line or paid_by_municipality(agreement, c.data, register["municipality"]):
                return committee_of(register, agreement, line), line
            return None

        def key(c, at=None):
            committee, line = at or place(c)
            return dict(agreement=name, path=c.path, committee=committee, line=line)
        own, successor = [], successors.get(name)
        in_budget = [place(c) for c in result["components"] if place(c)]
        if in_budget:
            bound += [dict(agreement=name, committee=in_budget[-1][0], line=in_budget[-1][1], year=y)
                      for y in bound_without_amount(agreement, result)]
        for c in result["components"] + result["instead"]:
            last_years += [r["year"] for r in c.rows]
            if c in result["instead"] and c.timed:
                own += [in_line(key(c, at), c, r) for at, r in differences_of_proposals(c, result, place)]
                continue
            if not place(c):
                continue
            if not c.timed:
                # Silent: an amount by time has no sum where the time is not known.
                without.append(dict(key(c), commitment=c.degree, amount=amount_without_time(c, agreement["term"])))
                continue
            if not c.data.get("budget_line") and part_of_municipality(agreement["party"][c.data["payer"]], register["municipality"]):
                result["notes"].add("budget: a payer that begins as the municipality")
            own += [in_line(key(c), c, r) for r in component_rows(c, result, day, successor)]
            later.append((key(c), c, result, successor))
        keep_firmer(own, result, day, successor, place, key)
        rows += own
    last_year = max(last_years + [int(y) for line in register["budget"].values() for y in line["year"]], default=0)
    for key, c, result, successor in later:
        rows += [in_line(key, c, r) for r in estimates(c, result, last_year, successor)]
    return dict(rows=rows, lines=list(lines(register, rows, bound)), without_time=without, bound_without_amount=bound,
                frames=dict(exceeded(register, rows)))


def exceeded(register, rows):
    """For each frame whether it is too small for what is bound, or for that with what is proposed, possible or both; None where
    only an adjustment that is not decided yet keeps it from being so."""
    for name, line in register["budget"].items():
        for year, frame in line["year"].items():
            own = [r for r in rows if (r["line"], r["year"]) == (name, int(year))]
            is_net = line.get("frames_are") == "net"

            def charge(degrees):
                counts = [r for r in own if r["commitment"] in degrees]
                paid = sum((r["outcome"] for r in own if r["commitment"] not in degrees), F(0))
                return sum((r["forecast"] - (r["grants"] if is_net else 0) for r in counts), paid)
            most = max(rounded(charge({*FIRM, *more}), F(1)) for more in ((), ("proposed",), ("possible",), ("proposed", "possible")))
            falls = any(r["preliminary_adjustment"] < 0 for r in own)
            is_short = most > number(frame["amount"])
            yield (name, year), is_short or (None if falls else False)


def bound_without_amount(agreement, result):
    """The years of a time of a month or more, or of all that a year has of the agreement, that no component is for."""
    bound = [(s.start, s.end) for s in result["life"].stretches if s.commitment in FIRM]
    rows = [r for c in result["components"] for r in c.rows]
    # A time without a known first day begins with what is paid for. Silent: without a last day nothing is told.
    first = bound and (bound[0][0] or min((r["start"] for r in rows), default=None))
    if not first or not all(b for _, b in bound):
        return
    bound = [(max(a or first, first), b) for a, b in bound if b >= first]
    if not bound:
        return
    for x in agreement.get("in_kind", {}).values():
        if agreement["party"][x["party"]]["role"] == "public" and (stated(x.get("value")) is not None or not result["components"]):
            rows.append(x.get("period") or dict(start=bound[0][0], end=bound[-1][1]))
            result["notes"].add("bound: in kind, with a value")
    # That money begins later is said of the days before.
    later = [c.data["from"] for c in result["components"] if "from" in c.data and "period" not in c.data]
    rows += [dict(start=bound[0][0], end=day - timedelta(1)) for day in later if day > bound[0][0]]
    gaps = []
    for a, b in without(bound, rows):
        if gaps and gaps[-1][1] + timedelta(1) == a:
            a = gaps.pop()[0]
        gaps.append((a, b))
    found = set()
    for a, b in gaps:
        for y in range(a.year, b.year + 1):
            whole = max(bound[0][0], date(y, 1, 1)), min(bound[-1][1], date(y, 12, 31))
            if add_months(a, 1) <= b + timedelta(1) or whole == (max(a, date(y, 1, 1)), min(b, date(y, 12, 31))):
                found.add(y)
    result["notes"].update("bound: without amount" for _ in found)
    yield from sorted(found)


def sums_beside_successors(result, agreement, successor):
    """The same sums as the register's: what another agreement takes the place of from a day on is in none of them."""
    def is_replaced(p):
        parts = segments(p["start"], p["end"], p["component"].degree, result["life"], successor)
        return not p["paid_on"] and all(kind == REPLACED for *_, kind in parts)
    counted = [row for row, p in zip(result["payouts"], result["internal"]) if not successor or not is_replaced(p)]
    return public_sums(counted, result["without_time"], agreement["party"])


def first_days_of_successors(agreements):
    """The first day of the one that begins first of those that continue each agreement; one that is not known takes no place."""
    out = {}
    for name, a in agreements.items():
        before, first = continues(agreements, name), stated(a["term"]["start"])
        if before and first:
            out[before] = min(first, out.get(before, date.max))
    return out


def committee_of(register, agreement, line):
    # Silent: a line that budget.toml does not have has no committee.
    if line:
        return register["budget"].get(line, {}).get("committee")
    return agreement.get("committee") or register["committee"]


def lines(register, rows, bound):
    """The sums of each line and year."""
    keys = {(r["committee"], r["line"], r["year"]) for r in rows + bound}
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
        for key in ("preliminary_adjustment", "accrued", "lapsed", "forecast", "grants"):
            out[key] = sum((r[key] for r in firm), F(0))
        # What is paid of what nobody is bound by.
        out["forecast"] += sum((r["outcome"] for r in own if r["commitment"] not in FIRM), F(0))
        net = out["forecast"] - out["grants"]
        borne = net if register["budget"].get(name, {}).get("frames_are") == "net" else out["forecast"]
        out["deviation"] = number(frame["amount"]) - borne if frame else None
        out["net"] = net
        if any(r["open_grant"] for r in firm):
            out["grants"] = out["net"] = None
        yield out
