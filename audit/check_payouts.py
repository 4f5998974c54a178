#!/usr/bin/env python3
"""An independent recomputation of what `iop payouts` and `iop budget` show.

usage: check_payouts.py [IOP] [--seed N] [--agreements N] [--keep DIR] [--register DIR] [--as-of DAY] [--coverage]

Writes two synthetic registers (one of them with assumptions in `[default.indexation]`), reads the files back, computes
how long each agreement lasts, every year, payout, difference and sum, and the budget, with exact fractions, from
docs/sa-raknas-beloppen.md and section 1 of docs/sa-raknas-datumen.md, and compares with the program row by row. Nothing
here comes from the program's source. Where the documents are silent the program's reading is followed; those places are
marked "Silent:". Where the program departs from the documents this script follows the documents.

life.py computes how long an agreement lasts, amounts.py what it costs and how that is adjusted, payouts.py how it is paid
out, paid.py what payments do, recompute.py puts these together, and budget.py what the budget shows.
"""
import argparse, collections, json, subprocess, sys, tempfile, tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction as F
from pathlib import Path

from budget import budget, first_days_of_successors, paid_by_municipality, sums_beside_successors
from amounts import time_of_money
from life import FIRM
from payout_variation import REQUIRED, variation
from recompute import recompute
from synthetic_register import write_registers

AS_OF = date(2025, 6, 30)
MONEY = {"comes_to", "invoiced", "deducted", "lapsed", "agreed", "budget", "adjustment", "correction", "to_pay", "paid", "left", "at_most", "should_be", "difference", "unplaced", "amount",
         "preliminary_adjustment", "outcome", "accrued", "forecast", "comes_to", "grants", "decided", "possible", "proposed", "deviation", "net"}


def read_register(root):
    """What the files say, as any reader of TOML sees it."""
    def read(sub):
        return {p.stem: tomllib.loads(p.read_text()) for p in sorted((root / sub).glob("*.toml"))}
    settings = tomllib.loads((root / "iop.toml").read_text())
    frames = root / "budget.toml"
    return dict(agreements=read("agreements"), records=read("records"), indexes=read("indexes"),
                municipality=settings["municipality"]["name"], committee=settings.get("default", {}).get("committee"),
                codes=list(settings.get("code", {})), default=settings.get("default", {}).get("indexation", {}),
                budget=tomllib.loads(frames.read_text()).get("line", {}) if frames.exists() else {})


def run(iop, command, root, day):
    done = subprocess.run([iop, command, "--register", root, "--as-of", str(day), "--format", "json"],
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


def text(day):
    return day and str(day)


def public_life(life):
    return dict(first_day=text(life.first_day), last_day=text(life.last_day), bound_until=text(life.bound_until),
                notice_day=text(life.notice_day), ends_early=life.ends_early,
                stretches=[{"from": text(s.start), "to": text(s.end), "commitment": s.commitment, "holds": s.holds,
                            "declinable_until": text(s.declinable_until), "rests_on": s.rests_on} for s in life.stretches])


def compare_agreement(mine, theirs, count):
    """Everything that differs in what is said of one agreement."""
    term, life = theirs["term"], public_life(mine["life"])
    for key, value in life.items():
        other = term[key]
        if key == "stretches":
            other = [{k: s[k] for k in s if k not in ("months", "path")} for s in other]
            count["stretches"] += len(value)
        if value != other:
            yield "term", key, value, other
    sums = [dict(v, payer=k[0], year=k[1]) for k, v in mine["sums"].items()]
    lists = (("year", mine["years"], theirs["years"], lambda r: f"{r['funding']} {r['year']}"),
             ("payout", mine["payouts"], theirs["payouts"], lambda r: r["id"]),
             ("component without time", mine["without_time"], theirs["without_time"], lambda r: r["funding"]),
             ("difference", mine["differences"], theirs["differences"], lambda r: r["payout"]),
             ("sum", sums, theirs["sums"], lambda r: f"{r['payer']} {r['year']}"))
    for kind, expected, got, key in lists:
        count[kind.replace("component", "components") + ("" if "component" in kind else "s")] += len(expected)
        yield from differences(kind, expected, got, key)
    not_agreed = sorted(i["key"] for i in theirs["invoices_not_agreed"])
    if not_agreed != mine["not_agreed"]:
        yield "invoices not agreed", "", mine["not_agreed"], not_agreed
    nothing = sorted((i["key"], F(i["amount"])) for i in theirs["credits_of_nothing"])
    if nothing != mine["credits_nothing"]:
        yield "credit notes of nothing", "", mine["credits_nothing"], nothing
    unmatched = sorted(u["key"] for u in theirs["unmatched_payments"])
    if unmatched != mine["unmatched"]:
        yield "unmatched payments", "", mine["unmatched"], unmatched


def places_that_differ(agreement, the_life):
    """Where a number of places is not the one that is paid for, or is paid for by what counts nothing."""
    allows = dict({"at-least": int.__ge__, "at-most": int.__le__}, exactly=int.__eq__)
    funding = [*agreement["funding"].items(), *(kf for s in agreement.get("supplement", {}).values() for kf in s.get("funding", {}).items())]
    for of, undertaking in agreement.get("undertaking", {}).items():
        for name, places in undertaking.get("places", {}).items():
            for key, f in funding:
                units = f.get("rate", {}).get("units", "").strip().lower()
                if key != places["funding"] if "funding" in places else units != places["what"].strip().lower():
                    continue
                path = f"undertaking.{of}.places.{name}"
                if "unit" not in f.get("rate", {}):
                    yield path + ".funding"
                    continue
                if not isinstance(f["rate"].get("count"), int):
                    continue
                start, end = time_of_money(f, agreement["term"], the_life)
                paid, had = ({s["from"]: s["count"] for s in x.get("step", {}).values()} for x in (f["rate"], places))
                # Silent: where the first day is not known, what is stated without a day holds before every other.
                days = {start or date.min, *(d for d in [*paid, *had] if start is None or start < d <= end)}
                on = lambda first, steps, day: max([(date.min, first), *((d, n) for d, n in steps.items() if d <= day)], key=lambda x: x[0])[1]
                is_right = allows[places.get("bound", "exactly")]
                if not all(is_right(on(f["rate"]["count"], paid, d), on(places["number"], had, d)) for d in days):
                    yield path + ".number"


def codes_of(register, agreement, path):
    """A component's codes, field by field: its own, else the agreement's, else its budget line's."""
    f = agreement
    for key in path.split("."):
        f = f[key]
    line = f.get("budget_line")
    borne = line is not None or paid_by_municipality(agreement, f, register["municipality"])
    stated = [f.get("code", {})] + [agreement.get("code", {})] * borne + [register["budget"].get(line, {}).get("code", {})]
    found = {field: next((s[field] for s in stated if field in s), None) for field in register["codes"]}
    return {k: v for k, v in found.items() if v is not None}


def compare_codes(register, agreement, theirs, count):
    for p in theirs["payouts"]:
        mine = codes_of(register, agreement, p["path"])
        count["code strings"] += 1
        if mine != p["codes"]:
            yield "payout", f"{p['id']} codes", mine, p["codes"]


def compare_register(root, day, paid, budgeted, count, kinds, findings=None):
    """Everything that differs in one register on one day."""
    register = read_register(root)
    theirs, whole, results = {a["id"]: a for a in paid["agreements"]}, {}, {}
    successors = first_days_of_successors(register["agreements"])
    left_out = {Path(m["file"] if isinstance(m, dict) else m).stem for m in paid["missing"]}
    for name, agreement in register["agreements"].items():
        if name in left_out:
            continue
        records = register["records"].get(name, {})
        mine = results[name] = recompute(agreement, records, register, day)
        if name not in theirs:
            yield name, "agreement", "", "in the result", "left out"
            continue
        yield from ((name, *d) for d in compare_agreement(mine, theirs[name], count))
        yield from ((name, *d) for d in compare_codes(register, agreement, theirs[name], count))
        count["agreements"] += 1
        for (payer, year), s in sums_beside_successors(mine, agreement, successors.get(name)).items():
            total = whole.setdefault((payer, year), collections.Counter())
            total.update({k: s[k] or 0 for k in MONEY & set(s)} | {"without_amount": s["without_amount"]})
    for s in paid["sums"]:
        count["sums of the register"] += 1
        for k, v in whole.pop((s["payer"], s["year"]), {}).items():
            if F(s[k] or 0) != v:
                yield "", "sum", f"{s['payer']} {s['year']} {k}", float(v), s[k]
    yield from (("", "sum", k, "a row", "no row") for k in whole)
    mine = budget(register, results, day)
    for name, result in results.items():
        kinds.update(set(variation(register["agreements"][name], register["records"].get(name, {}), result, register, day)))
    for kind, key in (("lines", lambda r: f"{r['committee']} {r['line']} {r['year']}"),
                      ("bound_without_amount", lambda r: " ".join(map(str, (r["agreement"], r["committee"], r["line"], r["year"])))),
                      ("without_time", lambda r: f"{r['agreement']} {r['path']}"),
                      ("rows", lambda r: " ".join(map(str, (r["agreement"], r["line"], r["path"], r["year"], r["commitment"], r["estimate"]))))):
        got = shown_in_budget(budgeted, kind)
        if kind == "rows":
            mine[kind] = [{k: v for k, v in dict(r, comes_to=r["forecast"], forecast=in_forecast(r), grants=None if r["open_grant"]
                           else r["grants"]).items() if k != "open_grant"} for r in mine[kind]]
        count[f"{kind} of the budget".replace("_", " ")] += len(mine[kind])
        for d in differences("budget " + kind.replace("_", " "), mine[kind], got, key):
            yield (d[1].split()[0] if kind != "lines" else "", *d)
    if findings is not None:
        for name in results:
            agreement = register["agreements"][name]
            told = {f["path"] for f in findings if (f["code"], f["file"]) == ("IOP340", f"agreements/{name}.toml")}
            wanted = set(places_that_differ(agreement, results[name]["life"]))
            count["numbers of places"] += len(agreement.get("undertaking", {}))
            kinds.update(f"places: {'another number' if wanted else 'as many as are paid for'}" for _ in agreement.get("undertaking", {}))
            if wanted != told:
                yield name, "places (IOP340)", "", sorted(wanted), sorted(told)
        told = {f["path"] for f in findings if f["code"] == "IOP303"}
        for (line, year), is_short in mine["frames"].items():
            path = f"line.{line}.year.{year}.amount"
            count["frames"] += 1
            kinds[f"frame: {register['budget'][line].get('frames_are', 'gross')}, {'too small' if is_short else 'large enough'}"] += 1
            if is_short is not None and is_short != (path in told):
                yield "", "frame (IOP303)", path, is_short, path in told


def in_forecast(row):
    """What the forecast holds of a row: of what nobody is bound by only what is paid."""
    if row["commitment"] in FIRM:
        return row["forecast"]
    return row["outcome"] or None


def is_bound(place):
    """Whether what has no amount is a time that someone is bound for: it names no component."""
    return "funding" not in place.split(":")[1].split(".")


def shown_in_budget(budgeted, kind):
    """The program's rows of one kind."""
    if kind == "without_time":
        return budgeted[kind]
    if kind == "lines":
        # Of a line with neither a frame nor an amount nothing is summed.
        return [y for y in budgeted["years"] if y["budget"] is not None or y["agreements"] or any(map(is_bound, y["without_amount"]))]
    places = [({k: y[k] for k in ("committee", "line", "year")}, y) for y in budgeted["years"]]
    if kind == "rows":
        return [dict(a, **place) for place, y in places for a in y["agreements"]]
    return [dict(place, agreement=Path(w.split(":")[0]).stem) for place, y in places for w in y["without_amount"] if is_bound(w)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("iop", nargs="?", default=Path(__file__).resolve().parent.parent / "target/debug/iop")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--agreements", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="write the registers here and leave them")
    parser.add_argument("--register", type=Path, action="append", default=[], help="a register of one's own to check as well")
    parser.add_argument("--as-of", type=date.fromisoformat, action="append", help="the day that counts as today")
    parser.add_argument("--coverage", action="store_true", help="fail if some variation never occurs (1000 agreements)")
    parser.add_argument("--show", type=int, default=20, help="how many disagreements to show")
    args = parser.parse_args()
    found, count, kinds, broken, days = [], collections.Counter(), collections.Counter(), [], args.as_of or [AS_OF]
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(4) as pool:
        def drawn(agreement, records, known):
            return recompute(agreement, records, known, AS_OF)
        folder = args.keep or Path(temporary)
        roots = (write_registers(folder, args.seed, args.agreements, read_register, drawn) if args.agreements else []) + args.register
        validated = [pool.submit(run, args.iop, "validate", root, AS_OF) for root in roots]
        cases = [(root, day, *(pool.submit(run, args.iop, c, root, day) for c in ("payouts", "budget"))) for root in roots for day in days]
        said = {root: v.result()["findings"] for root, v in zip(roots, validated)}
        for root, day, paid, budgeted in cases:
            findings = said[root] if day == AS_OF else None
            found += [(f"{root.name} {day}", *d) for d in
                      compare_register(root, day, paid.result(), budgeted.result(), count, kinds, findings)]
        broken += [f"{root.name}: {f['code']} {f.get('file')} {f.get('path')}: {f.get('message')}"
                   for root, findings in said.items() for f in findings
                   if "IOP101" <= f["code"] <= "IOP107" and root not in args.register]
    return report(args, found, count, kinds, broken)


def report(args, found, count, kinds, broken):
    for line in broken[:20]:
        print("generator:", line)
    first = {f[:2]: f for f in reversed(found)}
    for register, name, kind, row, mine, theirs in list(first.values())[-args.show:]:
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
