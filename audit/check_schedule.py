#!/usr/bin/env python3
"""An independent recomputation of what `iop schedule` shows.

Writes synthetic registers (synthetic_schedule.py), reads the files back, computes every deadline from
docs/sa-raknas-datumen.md with plain arithmetic on days (schedule_dates.py, schedule_deadlines.py), and compares with
the program for a few days that count as today: id, kind, the period covered, first and last day, why there is none, the
day it was moved from, the holiday, the state, the day it was done, whether that was late, how firmly the parties are bound
by it, and that none is missing or too many; of a payout across an early end also that it is preliminary, and of the last day
whether it is. Nothing here comes from the program's source.
The payouts' own days, and which of them have lapsed, are taken from `iop payouts`.

Where the document is silent the program's reading is followed; those places are marked "Silent:". Where the two
differ the document counts. schedule_variation.py says what must occur in the registers (--coverage).

Exits with 1 if anything differs.
"""

import argparse, collections, json, re, subprocess, sys, tempfile, tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path

from amounts import number, rounded
from schedule_dates import WITHOUT_DAY
from schedule_deadlines import Schedule
from schedule_variation import REQUIRED, variation
from synthetic_schedule import DAYS_AS_TODAY, write_registers


# ── What the files say ───────────────────────────────────────────────────────────────────────────────────────────────


def recompute(register, name, as_of=date(2026, 6, 30), payouts=()):
    return Schedule(register, name, as_of, payouts).compute()


def read_plan(path):
    """A plan of meetings; of one that has a fault only whose it is."""
    text = path.read_text()
    try:
        plan = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return dict(committee=re.search('^committee = "(.*)"', text, re.MULTILINE)[1], faulty=True)
    days = [m.get(k) for m in plan.get("meeting", {}).values() for k in ("date", "manuscript_stop")]
    if all(isinstance(day, date) or day in ("not-stated", None) for day in days):
        return dict(plan, faulty=False)
    return dict(committee=plan["committee"], faulty=True)


def read_register(root):
    """What the files say, as any reader of TOML sees it."""

    def read(sub):
        return {p.stem: tomllib.loads(p.read_text()) for p in sorted((root / sub).glob("*.toml"))}

    return dict(
        {sub: read(sub) for sub in ("agreements", "records", "indexes")},
        meetings={p.stem: read_plan(p) for p in sorted((root / "meetings").glob("*.toml"))},
        settings=tomllib.loads((root / "iop.toml").read_text()),
    )


# ── The program and the comparison ───────────────────────────────────────────────────────────────────────────────────


def run(iop, command, root, as_of, *more):
    done = subprocess.run(
        [iop, command, "--register", root, "--as-of", str(as_of), "--format", "json", *more],
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"{command}: {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


COMPARED = (
    "kind covers_from covers_to first_day last_day no_date_because moved_from day_off state done late commitment"
).split()


def differences(expected, got):
    """Every value that is not the same in two lists of deadlines."""
    mine, theirs = {d["id"]: d for d in expected}, {d["id"]: d for d in got}
    for rows, whose in (expected, "computed"), (got, "the program"):
        for i, n in collections.Counter(d["id"] for d in rows).items():
            if n > 1:
                yield (
                    i,
                    "id",
                    f"{n} of them" if whose == "computed" else "",
                    "" if whose == "computed" else f"{n} of them",
                )
    for i in dict.fromkeys([*mine, *theirs]):
        if i not in theirs:
            yield i, "deadline", f"{mine[i]['last_day']} {mine[i]['state']}", "none"
        elif i not in mine:
            yield i, "deadline", "none", f"{theirs[i]['last_day']} {theirs[i]['state']}"
        else:
            for key in COMPARED:
                ours, other = mine[i][key], theirs[i][key]
                other = (other or {}).get("date") if key == "done" else other
                ours = None if ours == WITHOUT_DAY and key == "done" else ours
                if (str(ours) if isinstance(ours, date) else ours or None) != (other or None):
                    yield i, key, ours, other
            # The other reasons for it are those of docs/sa-raknas-beloppen.md.
            if mine[i].get("across") and not any("preliminär" in note for note in theirs[i]["notes"]):
                yield i, "preliminary", True, False
            # Silent: what is done is definite; what follows from a setting is assumed whatever else it is.
            firm = [word for word in theirs[i]["certainty"] if word == "preliminary"]
            open_day = mine[i]["kind"] != "payout" and mine[i]["last_day"] and mine[i]["state"] != "done"
            if open_day and mine[i]["preliminary"] != bool(firm):
                yield i, "certainty", mine[i]["preliminary"], theirs[i]["certainty"]


def term_differences(name, schedule, theirs):
    """Every value of the agreement's life that is not the same."""
    life, of = schedule.term.life, f"{name}/term"
    if not schedule.term.known:
        return
    for key in "first_day last_day bound_until notice_day ends_early".split():
        mine = getattr(life, key)
        if (str(mine) if isinstance(mine, date) else mine) != theirs[key]:
            yield of, key, mine, theirs[key]
    mine = [
        (*(x and str(x) for x in (s.start, s.end)), s.commitment, s.holds, s.rests_on,
         s.declinable_until and str(s.declinable_until))
        for s in life.stretches
    ]
    other = [
        tuple(s[k] for k in "from to commitment holds rests_on declinable_until".split()) for s in theirs["stretches"]
    ]
    if len(mine) != len(other):
        yield of, "stretches", mine, other
    else:
        yield from ((of, "stretch", m, o) for m, o in zip(mine, other) if m != o)


def late_cuts(schedule, rows, payouts):
    """What late reports take off payouts, by docs/sa-raknas-beloppen.md, section 4."""
    by_day = {}
    for row in rows:
        late = schedule.agreement.get("follow_up", {}).get(row["of"], {}).get("late")
        if not late or not row["last_day"] or row["state"] not in ("done", "overdue"):
            continue
        came = row["done"] if row["state"] == "done" else schedule.as_of
        if not isinstance(came, date) or came == WITHOUT_DAY:
            continue
        passed = [c for c in late.values() if (came - row["last_day"]).days > c.get("after_days", 0)]
        days = [p["due"] for p in payouts if p["due"] and date.fromisoformat(p["due"]) > row["last_day"]]
        if passed and days:
            by_day.setdefault(min(days), []).append((row, max(passed, key=lambda c: c.get("after_days", 0))))
    for day, cuts in sorted(by_day.items()):
        parts = []
        for p in payouts:
            if p["due"] != day or p["status"] == "lapsed" or p["agreed"] is None:
                continue
            total, amounts = Fraction(p["agreed"]) + Fraction(p["adjustment"] or 0), []
            for forces in (("shall",), ("shall", "may")):
                share = sum(number(c["share"]) for _, c in cuts if c.get("force", "shall") in forces)
                amounts.append(rounded(total * min(share, 100) / 100))
            parts.append((p["id"], total, *amounts, sum(Fraction(d["amount"]) for d in p["deductions"] if d["kind"] == "reduction")))
        if parts:
            yield (day, parts, sorted(row["id"] for row, _ in cuts))


def cuts_differences(name, schedule, rows, agreement):
    mine = list(late_cuts(schedule, rows, agreement["payouts"]))
    keys = ("sum", "at_least", "amount", "recorded")
    theirs = [(c["due"], [(p["payout"], *(Fraction(p[k]) for k in keys)) for p in c["payouts"]], sorted(c["reports"]))
              for c in agreement["late_cuts"]]
    if mine != theirs:
        yield f"{name}/late-cuts", "late cuts", mine, theirs


def check(iop, root, as_of):
    """The disagreements of one register on one day, and how much was compared."""
    register, found, count, kinds = read_register(root), [], collections.Counter(), set()
    shown = run(iop, "schedule", root, as_of, "--from", "1900-01-01")
    program, terms = shown["deadlines"], {a["id"]: a["term"] for a in shown["agreements"]}
    paid = {a["id"]: a for a in run(iop, "payouts", root, as_of)["agreements"]}
    payouts = {key: a["payouts"] for key, a in paid.items()}
    for name in register["agreements"]:
        schedule = Schedule(register, name, as_of, payouts.get(name, []))
        mine = schedule.compute()
        theirs = [d for d in program if d["agreement"] == name]
        unlike = list(term_differences(name, schedule, terms[name]))
        # What follows from another life is not told once more.
        unlike = unlike or [*differences(mine, theirs), *schedule.unlike]
        if name in paid:
            # Also of kinds that the register does not show.
            unlike = unlike or list(cuts_differences(name, schedule, schedule.out, paid[name]))
            count["late cuts"] += len(paid[name]["late_cuts"])
        found += [(root.name, as_of, *d) for d in unlike]
        count.update(d["kind"] for d in mine)
        kinds.update(variation(schedule))
    return found, count, kinds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("iop", nargs="?", default=Path(__file__).resolve().parent.parent / "target/debug/iop")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--registers", type=int, default=4, help="how many registers to draw (default: %(default)s)")
    parser.add_argument("--agreements", type=int, default=25, help="how many in each (default: %(default)s)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the registers here and leave them")
    parser.add_argument("--all", action="store_true", help="show every disagreement, not four of each sort")
    parser.add_argument("--coverage", action="store_true", help="fail if some variation never occurs (16 registers)")
    parser.add_argument(
        "--register", type=Path, action="append", default=[], help="a register of one's own to check as well"
    )
    args = parser.parse_args()
    found, count, kinds = [], collections.Counter(), set()
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(4) as pool:
        roots = (
            write_registers(
                args.keep or Path(temporary), args.seed, args.registers, args.agreements, read_register, recompute
            )
            + args.register
        )
        for f, c, k in pool.map(
            lambda x: check(args.iop, *x), [(root, day) for root in roots for day in DAYS_AS_TODAY]
        ):
            found += f
            count.update(c)
            kinds |= k
    groups = collections.defaultdict(list)
    for f in found:
        groups[f[2].split("/")[1], f[3]].append(f)
    for (kind, what), rows in sorted(groups.items(), key=lambda g: -len(g[1])):
        print(f"{kind} {what}: {len(rows)}")
        for register, as_of, i, _, mine, theirs in rows if args.all else rows[:4]:
            print(f"    {register} {as_of} {i}: computed {mine}, the program says {theirs}")
    missing = sorted(set(REQUIRED) - kinds) if args.coverage else []
    for kind in missing:
        print(f"never occurs: {kind}")
    print(
        f"seed {args.seed}: {count.total()} deadlines compared in {len(roots)} registers, {len(found)} disagreements"
    )
    return 1 if found or missing else 0


if __name__ == "__main__":
    sys.exit(main())
