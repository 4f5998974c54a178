"""What `iop payouts` shows of one agreement, computed from what its files say."""
from datetime import date, timedelta
from fractions import Fraction as F

from amounts import SIZES, Indexation, last_of_all, number
from life import DEGREES, FIRM, decided_on, degree_of_change, degree_of_component, life, made, registered, stated, weakest
from paid import carry_differences, ceilings, deduct, end_early, give_back, place_invoices, place_payments
from payouts import Component, time_of


def fundings(agreement, records, the_life, day):
    """The components that are paid, those that are only proposed and would replace another, and for each that goes in for a
    firmer one that one, by key."""
    def component(n, key, f, degree, path):
        return Component(n, key, f, agreement["term"], the_life, weakest(degree, the_life.degree), path)
    # What each key has been, in order; the last is what it is.
    versions, instead = {key: [(f, degree_of_component(f, "agreed", records, day), f"funding.{key}")]
                         for key, f in agreement.get("funding", {}).items()}, []
    supplements = sorted(agreement.get("supplement", {}).items(), key=lambda ks: ks[1]["number"])
    changes = []
    for name, s in supplements:
        degree = degree_of_change(s, records, day)
        changes += [(key, (f, degree_of_component(f, degree, records, day), f"supplement.{name}.funding.{key}"))
                    for key, f in s.get("funding", {}).items()]
    for key, found in changes:
        if found[1] in FIRM:
            versions.setdefault(key, []).append(found)
    for key, found in changes:
        if found[1] not in FIRM:
            if key in versions:
                instead.append((key, *found))
            else:
                versions[key] = [found]
    order = list(agreement.get("funding", {})) + [key for key, _ in changes]
    parts = [component(n, k, *versions[k][-1]) for n, k in enumerate(sorted(versions, key=order.index))]
    firmer = {}
    for c in parts:
        before = (component(c.index, c.name, *v) for v in reversed(versions[c.name][:-1]))
        firmer[c.name] = next((b for b in before if DEGREES.index(b.degree) < DEGREES.index(c.degree)), None)
    return parts, [component(len(parts) + n, *v) for n, v in enumerate(instead)], {k: b for k, b in firmer.items() if b}


def commitment_of(a, b, degree, the_life):
    """The weakest degree of the days a–b."""
    degrees, day = [degree], a
    for s in the_life.stretches:
        start = s.start or date.min
        if start <= b and (s.end is None or a <= s.end):
            degrees.append(s.commitment)
            if start > day:
                degrees.append(uncovered(the_life))
            day = max(day, s.end + timedelta(1)) if s.end else date.max
    if day <= b:
        degrees.append(the_life.degree if the_life.ends_early and day > the_life.ended else uncovered(the_life))
    return weakest(*degrees)


def uncovered(the_life):
    """The degree of days that no stretch covers."""
    return "draft" if the_life.degree == "draft" else "proposed"


def adjusted(c, agreement, rules, notes):
    """Applies the indexation; whether any is for a year of the component, and whether any is for it at all."""
    covering = [[r for r in rules if r.covers(row)] for row in c.rows]
    for row, found in zip(c.rows, covering):
        if len(found) > 1:
            row["preliminary"] = True
            notes.add("indexation: several for the same year")
        elif found:
            if found[0].listed and row["year"] not in found[0].years:
                notes.add("indexation: a year that is not listed")
            found[0].adjust(row)
    own = [r for r in rules if not r.data.get("funding") or c.name in r.data["funding"]]
    one_year = bool(c.rows and own) and all(
        r.begins not in (None, (1, 1)) and not r.no_day() and r.holding(c.rows[0]["start"]) == r.holding(c.rows[-1]["end"]) for r in own)
    return any(covering), bool(own), one_year


def recompute(agreement, records, register, day):
    """The life, years, payouts, differences and sums of an agreement, and notes of what happened on the way."""
    term, plans, notes = agreement["term"], agreement.get("payout_plan", {}), set()
    the_life = life(agreement, records, day)
    components, instead, firmer = fundings(agreement, records, the_life, day)
    beside = [*instead, *firmer.values()]
    last = last_of_all(agreement, the_life) or date.min
    rules = [Indexation(d, term, the_life, last, register, day) for d in agreement.get("indexation", {}).values()]
    for c in components + beside:
        c.choose_plan(plans, adjusted(c, agreement, rules, notes))
        if c.spread:
            notes.add("spread over years: " + ("months" if stated(c.plan.get("months")) else "periods") + ", "
                      + (stated(c.plan.get("timing")) or "no timing"))
    timed = [c for c in components if c.timed]
    for c in timed + [c for c in beside if c.timed]:
        others = [o for o in components if o.plan_name == c.plan_name and o is not c and o.name != c.name] + [c]
        for rows in [c.rows] if c.whole else [[r] for r in c.rows]:
            c.pay(rows, term, others)
        for n, p in enumerate(sorted(c.payouts, key=time_of), 1):
            p["id"] = f"{c.name}#{n}"
    for c in firmer.values():
        c.payouts = []  # They are those of what goes in for it.
    # The order of time, and of the files: a supplement's component has the place of what it replaces, or stands last.
    payouts = sorted((p for c in timed for p in sorted(c.payouts, key=time_of)),
                     key=lambda p: (time_of(p), p["component"].index))
    for p in payouts:
        p["commitment"] = commitment_of(p["start"], p["end"], p["component"].degree, the_life)
        # A payout for a time that is less firm than the agreement itself.
        time = commitment_of(p["start"], p["end"], "agreed", the_life)
        p["preliminary"] |= weakest(time, the_life.degree) != the_life.degree
        p["preliminary"] |= the_life.end_untold and p["end"] > the_life.notice
    deductions = [d for d in records.get("deduction", {}).values() if d["date"] <= day]
    deduct(payouts, deductions, notes)
    unmatched = place_payments(payouts, records.get("payment", {}), notes, day)
    give_back(payouts, deductions, notes)
    for p in payouts:
        decided_later(p, agreement, records, the_life, day)
    end_early(payouts, the_life, notes)
    ceilings(payouts, notes)
    told = carry_differences(payouts, notes)
    rows = [public_payout(p) for p in payouts]
    for row in rows:
        parts = [row[k] for k in ("agreed", "adjustment", "deducted", "lapsed")]
        row["comes_to"] = None if None in parts else parts[0] + parts[1] - parts[2] - parts[3]
    not_agreed, credits_nothing = place_invoices(payouts, rows, records.get("invoice", {}), day, register["records"])
    timeless = [dict(funding=c.name, payer=c.data["payer"], agreed=amount_without_time(c, term), ceiling=c.data.get("ceiling", False))
                for c in components if not c.timed]
    return dict(life=the_life, is_over=agreement["status"] == "ended", components=components, instead=instead, firmer=firmer,
                internal=payouts,
                years=[dict(funding=r["funding"], year=r["year"], agreed=r["agreed"], to_pay=r["to_pay"],
                            divided=r["divided"], **{"from": str(r["start"]), "to": str(r["end"])})
                       for c in components for r in c.rows],
                without_time=timeless,
                payouts=rows, differences=told, sums=public_sums(rows, timeless, agreement["party"]), unmatched=sorted(unmatched), not_agreed=not_agreed,
                credits_nothing=credits_nothing,
                notes=notes)


def amount_without_time(c, term):
    """What is stated, when the time it is for is not known."""
    f = c.data
    if stated(f.get("amount")) is not None:
        return number(f["amount"])
    rate = f.get("rate")
    # Silent: of a term of so many months it is known how much it is, though not when.
    size = rate and SIZES.get(rate["per"])
    months = term.get("months") if "period" not in f and not stated(term.get("end")) else None
    if rate and (not size or months) and not rate.get("step"):
        count = rate.get("count", "not-stated" if "unit" in rate else 1)
        units = -(-months // size) if size else 1
        return None if count == "not-stated" else number(rate["amount"]) * count * units
    return None


def decided_later(p, agreement, records, the_life, day):
    """An amount that a decision gives is preliminary before it; nothing is late that the parties were not bound by.

    docs/sa-raknas-datumen.md, section 7, says which day that is."""
    decision = registered(p["component"].data, records, day)
    if decision is False:
        p["preliminary"] = True
    # Silent: of what is not decided nothing is late, and its days stand.
    last = p["due"] or (None if p["month"] or p["day"] else p["end"])
    if last and not p["due"] and the_life.last_day and p["start"] <= the_life.last_day:
        last = min(last, the_life.last_day)
    if p["commitment"] not in FIRM or not last:
        return
    days = [decision, decided_on(agreement, records)]
    path = p["component"].path.split(".")
    replaces = p["component"].name in agreement.get("funding", {})
    changes = [agreement["supplement"][path[1]]] if path[0] == "supplement" and not replaces else []
    for s in the_life.stretches:
        if s.rests_on in ("extension", "supplement") and s.start <= p["end"] and p["start"] <= s.end:
            changes.append(agreement[s.rests_on][s.key])
    for change in changes:
        days.append(made(change, records, day) or stated(change.get("dated")))
    bound = max((d for d in days if d), default=None)
    if bound and last < bound and not any(day < bound for day in p["paid_on"]):
        p["due"] = p["later"] = bound + timedelta(30)


def whole(p):
    """What a payout comes to before anything is taken off it."""
    return p["full"] + p.get("taken", 0)


def fallen(p):
    """What is not to be paid of a payout, or not counted, since the agreement ends."""
    if p["full"] is None:
        return F(0)
    if "fallen_of_ceiling" in p:
        return p["fallen_of_ceiling"]
    return p["full"] if p["lapsed"] else p["fallen"] if p["settled"] else p["full"] - p.get("counted", p["full"])


def public_payout(p):
    to_pay = p["full"] if p["full"] is None else p.get("counted", p["full"]) + p["correction"]
    if p["settled"]:
        to_pay = p["paid"] + p.get("unplaced", 0)
    elif "at_most" in p:
        to_pay = p["paid"] + p["at_most"] + p.get("unplaced", 0)
    if p["lapsed"]:
        to_pay = F(0)
    return dict(id=p["id"], payer=p["payer"], year=p["year"], ceiling=p["ceiling"], path=p["component"].path,
                month=None if p["day"] or not p["month"] else "%d-%02d" % p["month"], day=p["day"] and str(p["day"]),
                due=p["due"] and str(p["due"]), covers_from=str(p["start"]), covers_to=str(p["end"]), agreed=p["agreed"],
                adjustment=None if p["full"] is None else whole(p) - p["agreed"], correction=p["correction"], to_pay=to_pay,
                deducted=p.get("taken", F(0)), lapsed=fallen(p),
                status="settled" if p["settled"] else "lapsed" if p["lapsed"] else "preliminary" if p["preliminary"] else "definite",
                commitment=p["commitment"], paid=p["paid"], left=None if to_pay is None else to_pay - p["paid"])


SUMMED = ("agreed", "adjustment", "correction", "deducted", "lapsed", "to_pay", "paid", "left")


def public_sums(rows, timeless, parties):
    """Sums by payer and year; what has no known time is of no year. `at_most` is the part of ceilings that are not settled."""
    out = {}
    for c in timeless:
        amount = c["agreed"]
        rows = rows + [dict.fromkeys(SUMMED) | dict(payer=c["payer"], year=None, ceiling=c["ceiling"], status="preliminary",
                                                    agreed=amount, to_pay=amount, left=amount)]
    for p in rows:
        name = parties[p["payer"]].get("legal_person") or parties[p["payer"]]["name"]
        s = out.setdefault((name, p["year"]), dict.fromkeys(SUMMED, F(0)) | dict(at_most=None, preliminary=False, without_amount=0))
        s["preliminary"] |= p["status"] == "preliminary"
        s["without_amount"] += p["to_pay"] is None
        if p["ceiling"] and p["status"] != "settled":
            s["at_most"] = (s["at_most"] or 0) + (p["to_pay"] or 0)
        for k in SUMMED:
            s[k] += p[k] or 0
    return out
