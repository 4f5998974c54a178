#!/usr/bin/env python3
"""The entries of a year's end, computed again from the payouts and the records alone.

usage: check_year_end.py IOP [--register DIR] [--seeds N ...] [--agreements N] [--as-of DAY] [--years Y ...]

Reads the JSON of `iop payouts --year-end` for what each payout comes to, which invoices and payments are for it and when
the agreement ends, and the files in records/ for their days and sums; computes what is earned, prepaid, accrued, owed by
invoice and to come back by docs/sa-raknas-beloppen.md, section 8, and compares entry by entry and to the öre. How a payout
falls on its days is taken from recompute.py. Nothing here comes from the program's source. Without --register it draws demo registers.
"""
import argparse, calendar, collections, json, subprocess, sys, tempfile, tomllib
from datetime import date, timedelta
from fractions import Fraction as F
from pathlib import Path

from check_payouts import read_register
from recompute import recompute

FIRM = ("agreed", "decided")
DEBTS = ("accrued", "supplier-debt")
KINDS = dict(prepaid="prepaid", accrued="accrued", **{"supplier-debt": "supplier_debts"}, claim="claims")


def money(text):
    """An amount of the files or the JSON."""
    return F(str(text).replace("_", "").replace(",", "."))


def day(text):
    return text if isinstance(text, date) else date.fromisoformat(text)


def months(first, last):
    """How many months, and parts of months by their days, the days first–last are."""
    total, at = F(0), first
    while at <= last:
        length = calendar.monthrange(at.year, at.month)[1]
        end = min(last, date(at.year, at.month, length))
        total += F((end - at).days + 1, length)
        at = end + timedelta(1)
    return total


def ore(amount):
    """Half up to whole öre."""
    return F((amount * 100 + F(1, 2)).__floor__(), 100)


def by_component(agreement, year):
    """What is earned of each payout of a component that is paid out as a whole: the years that have passed, first payouts first."""
    out, spanning = {}, {}
    for p in agreement["payouts"]:
        spanning.setdefault(p["funding"], []).append(p)
    for key, payouts in spanning.items():
        rows = [y for y in agreement["years"] if y["funding"] == key]
        if not payouts[0]["of_component"] or any(y["to_pay"] is None for y in rows if y["year"] <= year):
            continue
        left = sum(F(y["to_pay"]) for y in rows if y["year"] <= year)
        for p in payouts:
            if p["agreed"] is None or p["adjustment"] is None:
                continue
            own = min(F(p["agreed"]) + F(p["adjustment"]), left)
            if p["to_pay"] is not None:  # What is cut by an early end is of later years.
                own = min(own, F(p["to_pay"]) - F(p["correction"]) + F(p["deducted"]))
            left -= own
            out[p["id"]] = max(F(0), own - F(p["deducted"]))
    return out


def so_far(p, records, year, as_of):
    """What is paid and invoiced of a payout by the last of December, whether it is settled by then, and its vouchers."""
    end = date(year, 12, 31)
    stated = dict(payment=records.get("payment", {}), deduction=records.get("deduction", {}))
    payments = []
    for one in p["payments"]:
        table, key = one["path"].split(".")[0], one["key"]
        payments.append((table, key, stated[table][key]["date"], F(one["amount"]), one["voucher"]))
    invoices = [(i["key"], records["invoice"][i["key"]]["date"], F(i["amount"]), records["invoice"][i["key"]]["number"]) for i in p["invoices"]]
    paid = sum((a for _, _, d, a, _ in payments if d <= end), F(0))
    invoiced = sum((a for _, d, a, _ in invoices if d <= end), F(0))
    settled = p["status"] == "settled" and all(d <= end for t, _, d, _, _ in payments if t == "payment")
    own = [d for d in records.get("deduction", {}).values() if d["payout"] == p["id"] and d["kind"] != "credit" and d["date"] <= as_of]
    taken = [(d["date"], min(money(d["amount"]), F(p["deducted"]))) for d in own]
    return dict(taken=taken, paid=paid, known=max(paid, paid if settled else invoiced), settled=settled, payments=payments, invoices=invoices)


def times(p, pace, books, earned_of_whole, year, last):
    """What is earned of a payout, what is for time to come, and what it comes to if it can even out another."""
    end, known = date(year, 12, 31), books["known"]
    to_pay = None if p["to_pay"] is None else F(p["to_pay"])
    has_come = p["year"] <= year
    if p["ceiling"] or p["commitment"] not in FIRM or None in (to_pay, p["agreed"], p["adjustment"]):
        return (known, F(0), None) if has_come else (F(0), known if to_pay is None else to_pay, None)
    comes_to = to_pay - F(p["correction"])
    first, until = day(p["covers_from"]), day(p["covers_to"])
    if last and last <= end and until > last:
        full = F(p["agreed"]) + F(p["adjustment"]) - F(p["deducted"])
        # What is taken off it after the end is taken of what is for later days first.
        later = sum((amount for d, amount in books["taken"] if d > last), F(0))
        before = ore((full + later) * pace.share(first, last, until, months))
        return min(comes_to, before - max(F(0), later - (full + later - before))), F(0), None
    own = comes_to if last and last <= end else min(comes_to, earned_of_whole[p["id"]]) if p["id"] in earned_of_whole \
        else comes_to if has_come else F(0)
    return own, comes_to - own, comes_to if has_come and books["settled"] else None


def evened(payouts, books, found):
    """Moves what is paid too much of one settled payout to what is paid too little of another, the oldest difference first."""
    earned, open_ = [e for e, _, _ in found], []
    for n, (p, b, (_, _, comes_to)) in enumerate(zip(payouts, books, found)):
        if comes_to is None:
            continue
        left = comes_to - b["paid"]
        for item in open_:
            other = payouts[item[0]]
            same = other["funding"] == p["funding"] or (other["payer"], other["payee"]) == (p["payer"], p["payee"])
            if same and item[1] * left < 0:
                moved = min(abs(left), abs(item[1])) * (1 if left > 0 else -1)
                left, item[1] = left - moved, item[1] + moved
                earned[n] -= moved
                earned[item[0]] += moved
        open_.append([n, left])
    return earned


def entries_of(books, earned, coming, year):
    """The amounts of a payout's entries on the last of December, and what each rests on."""
    end, known, paid = date(year, 12, 31), books["known"], books["paid"]
    debt, beyond = known - paid, max(F(0), known - earned)
    amounts = {"accrued": max(F(0), earned - known), "supplier-debt": debt, "prepaid": min(beyond, max(F(0), coming))}
    amounts["claim"] = beyond - amounts["prepaid"]
    left, unpaid = debt, []
    for key, d, amount, number in sorted((i for i in books["invoices"] if i[1] <= end), key=lambda i: i[1])[::-1]:
        if amount <= 0:
            continue
        unpaid.append(["invoice", key, number, min(amount, left)])
        left -= unpaid[-1][3]
    entries = [("supplier-debt", *e) for e in taken([v[:] for v in unpaid], debt)]
    vouchers = unpaid + [[t, k, v, a] for t, k, d, a, v in sorted((x for x in books["payments"] if x[2] <= end and x[3] > 0), key=lambda x: x[2])[::-1]]
    for kind in ("claim", "prepaid"):
        entries += [(kind, *e) for e in taken(vouchers, amounts[kind])]
    return amounts, entries + [("accrued", *e) for e in taken([], amounts["accrued"])]


def taken(vouchers, amount):
    """An amount as parts of vouchers in order, and what none is left for."""
    out = []
    for voucher in vouchers:
        own = min(amount, voucher[3])
        if own > 0:
            amount -= own
            voucher[3] -= own
            out.append((tuple(voucher[:3]), own))
    return out + [(None, amount)] * (amount > 0)


def compare(root, report, year, as_of, count):
    """What differs at the end of a year."""
    register = read_register(root)
    theirs = report["year_end"]
    limit = F(theirs["limit"]) if theirs["limit"] is not None else None
    told = tomllib.loads((root / "iop.toml").read_text()).get("year_end", {}).get("limit")
    if limit != (None if told is None else money(told)):
        yield "limit", told, theirs["limit"]
    mine, below, sums = collections.Counter(), collections.Counter(), collections.Counter()
    for agreement in report["agreements"]:
        file = root / "records" / f"{agreement['id']}.toml"
        records = tomllib.loads(file.read_text()) if file.exists() else {}
        last = agreement["term"]["ends_early"] and agreement["term"]["last_day"]
        earned_of_whole = by_component(agreement, year)
        books = [so_far(p, records, year, as_of) for p in agreement["payouts"]]
        # How the payouts fall on their days follows from the agreement.
        drawn = register["agreements"][agreement["id"]]
        paces = {p["id"]: p["pace"] for p in recompute(drawn, register["records"].get(agreement["id"], {}), register, as_of)["internal"]}
        found = [times(p, paces[p["id"]], b, earned_of_whole, year, last and day(last)) for p, b in zip(agreement["payouts"], books)]
        earned_of = evened(agreement["payouts"], books, found)
        for p, b, earned, (_, coming, _) in zip(agreement["payouts"], books, earned_of, found):
            if not p["borne"]:
                continue
            count["payouts"] += 1
            amounts, entries = entries_of(b, earned, coming, year)
            sums.update(earned=earned, paid=b["paid"], **{KINDS[k]: v for k, v in amounts.items()})
            small = {k for k in ("prepaid", "accrued") if limit is not None and 0 < amounts[k] < limit}
            for kind in small:
                below[kind, "count"] += 1
                below[kind, "amount"] += amounts[kind]
            for kind, voucher, amount in entries:
                if kind not in small:
                    mine[agreement["id"], p["id"], kind, voucher] += amount
    shown = collections.Counter()
    for e in theirs["entries"]:
        v = e["voucher"]
        shown[e["agreement"], e["payout"], e["kind"], v and (v["table"], v["key"], v["number"])] += F(e["amount"])
    count["entries"] += len(mine)
    for key in {*mine, *shown}:
        if mine[key] != shown[key]:
            yield key, float(mine[key]), float(shown[key])
    for key in ("earned", "paid", *KINDS.values()):
        if F(theirs[key]) != sums[key]:
            yield key, float(sums[key]), theirs[key]
    for b in theirs["below_limit"]:
        if (below.pop((b["kind"], "count")), below.pop((b["kind"], "amount"))) != (b["count"], F(b["amount"])):
            yield "below limit", b
    if below:
        yield "below limit", dict(below), "nothing"
    # What it is all for: it adds up to the öre.
    whole = sum(F(e["amount"]) * (1 if e["kind"] in DEBTS else -1) for e in theirs["entries"] + theirs["below_limit"])
    if not whole == sums["earned"] - sums["paid"] == F(theirs["difference"]):
        yield "difference", float(whole), float(sums["earned"] - sums["paid"]), theirs["difference"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("iop", type=Path)
    parser.add_argument("--register", type=Path, action="append", default=[])
    parser.add_argument("--seeds", type=int, nargs="*", default=[2, 3, 4])
    parser.add_argument("--agreements", type=int, default=300)
    parser.add_argument("--as-of", default="2026-06-30")
    parser.add_argument("--years", type=int, nargs="*", default=[2023, 2024, 2025, 2026])
    args = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        roots = list(args.register)
        for seed in [] if roots else args.seeds:
            root = Path(folder) / f"demo-{seed}"
            subprocess.run([args.iop, "demo", root, "--agreements", str(args.agreements), "--seed", str(seed)], check=True, capture_output=True)
            roots.append(root)
        for root in roots:
            count, found = collections.Counter(), []
            for year in args.years:
                done = subprocess.run([args.iop, "payouts", "--register", root, "--as-of", args.as_of, "--year-end", str(year), "--format", "json"],
                                      capture_output=True, text=True)
                if done.returncode not in (0, 1) or not done.stdout:
                    sys.exit(f"{root}: {done.returncode}\n{done.stderr}")
                found += [(year, *d) for d in compare(root, json.loads(done.stdout), year, day(args.as_of), count)]
            for line in found[:20]:
                print(f"{root.name}:", *line)
            print(f"{root.name}: {', '.join(f'{n} {k}' for k, n in count.items())} at the end of {len(args.years)} years; {len(found)} disagreements")
            failed |= bool(found)
    return failed


if __name__ == "__main__":
    sys.exit(main())
