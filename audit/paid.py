"""What is paid, what that does to the rest, and what an early end does, from docs/sa-raknas-beloppen.md, sections 4 and 5."""
from datetime import date, timedelta
from fractions import Fraction as F

from amounts import month_end, number, rounded


def deduct(payouts, deductions, notes):
    """Takes reductions and repayments off their payouts, at most what those come to."""
    for d in deductions:
        for x in payouts:
            if x["id"] == d["payout"] and d["kind"] in ("reduction", "repayment"):
                taken = number(d["amount"]) if x["full"] is None else min(number(d["amount"]), x["full"])
                x["taken"] = x.get("taken", 0) + taken
                x.setdefault("taken_on", []).append((d["date"], taken))
                if d["kind"] == "repayment":
                    x["repaid"] = x.get("repaid", 0) + taken
                if x["full"] is not None:
                    x["full"] -= taken
                notes.add("deduction: " + d["kind"])


def give_back(payouts, deductions, notes):
    """Takes what has come back from what is paid, at most all of it."""
    for d in deductions:
        for x in payouts:
            if x["id"] == d["payout"] and d["kind"] in ("repayment", "credit"):
                x["paid"] -= min(number(d["amount"]), x["paid"])
                x["paid_on"].append(d["date"])
                notes.add("deduction: " + d["kind"])


def place_payments(payouts, payments, notes, day, choose=None):
    """Gives each payment to its payouts, those that name theirs first. `choose`: which those are, where it is not as payments go."""
    unmatched = []
    for key, p in sorted(payments.items(), key=lambda kp: ("payout" not in kp[1], kp[1]["date"])):
        if p["date"] > day:
            continue
        amount = number(p["amount"])
        found = (choose or belongs_to)(p, amount, payouts)
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
            x["paid_on"].append(p["date"])
            x["payment_days"].append(p["date"])
            x["settled"] |= not p.get("partial", False)
    return unmatched


def identity(invoice):
    """What tells an invoice from others, without blanks and capitals: supplier, or None, and number."""
    supplier, number = (k in invoice and "".join(invoice[k].lower().split()) for k in ("supplier", "number"))
    return supplier or None, number


def repeated(invoices, records_of_all):
    """The invoices that have come before: in the same file, where one of the two may leave the supplier out, or in one before."""
    elsewhere = set()
    for records in records_of_all.values():
        if records.get("invoice") is invoices:
            break
        elsewhere.update(identity(i) for i in records.get("invoice", {}).values())
    else:
        elsewhere = set()
    again, known = set(), {}
    for key, i in invoices.items():
        supplier, number = identity(i)
        own = known.setdefault(number, [])
        if any(s is None or supplier is None or s == supplier for s in own) or supplier and (supplier, number) in elsewhere:
            again.add(key)
        own.append(supplier)
    return again


def credited(invoices):
    """What is left of each invoice, what each credit note takes off it, and what of the notes goes beyond that."""
    left, taken, beyond = {k: number(i["amount"]) for k, i in invoices.items() if "credits" not in i}, {}, {}
    for key, c in sorted(((k, i) for k, i in invoices.items() if "credits" in i), key=lambda ki: ki[1]["date"]):
        own = min(number(c["amount"]), left.get(c["credits"], F(0)))
        if own:
            left[c["credits"]] -= own
            taken[key] = own
        if own < number(c["amount"]):
            beyond[key] = number(c["amount"]) - own
    return left, taken, beyond


def place_invoices(payouts, rows, invoices, day, records_of_all):
    """Gives each invoice to its payouts as if no payment had been made; tells those that have none, and what credits nothing."""
    again = repeated(invoices, records_of_all)
    known = {k: i for k, i in invoices.items() if i["date"] <= day}
    left, taken, beyond = credited({k: i for k, i in known.items() if k not in again})
    once = {k: dict(invoices[k], amount=net) for k, net in left.items() if net}
    fresh = [dict(p, paid=F(0), paid_on=[], payment_days=[], settled=p["lapsed"], full=row["comes_to"] if p["settled"] else row["to_pay"],
                  comes_to=row["comes_to"], was_paid=max(p["payment_days"]) if p["settled"] and p["payment_days"] else None)
             for p, row in zip(payouts, rows)]
    unmatched = place_payments(fresh, once, set(), day, invoiced)
    for p, row, x in zip(payouts, rows, fresh):
        row["invoiced"] = x["paid"]
        row["invoice_state"] = state(p, row, x)
    # What credits an invoice that no payout is for stands beside it; what credits nothing stands in no sum.
    credits_ = [k for k in taken if invoices[k]["credits"] in unmatched]
    beyond.update((k, number(i["amount"])) for k, i in known.items() if k in again and "credits" in i)
    return sorted(unmatched + credits_ + [k for k, i in known.items() if k in again and "credits" not in i]), sorted(beyond.items())


def invoiced(i, amount, payouts):
    """The payouts that an invoice belongs to: what it names; else what it fits best of what was not paid before its day."""
    if "payout" in i:
        return belongs_to(i, amount, payouts)
    left = [x for x in payouts if not (x["was_paid"] and x["was_paid"] < i["date"]) and is_to(i, x)]
    touched = [x for x in left if not x["settled"] and i.get("funding", x["component"].name) == x["component"].name
               and (not i.get("period") or x["start"] <= i["period"]["end"] and i["period"]["start"] <= x["end"])]
    very = [x for x in touched if i.get("period") and (x["start"], x["end"]) == (i["period"]["start"], i["period"]["end"])]
    found = []
    for x in very or touched:
        if "funding" not in i:
            group = [y for y in touched if same_occasion(x, y)]
        else:
            group, rest = [x], amount - left_of(x)
            for y in [y for y in touched[touched.index(x) + 1:] if y["year"] == x["year"]]:
                if x["full"] is None or y["full"] is None or rest < left_of(y):
                    break
                group.append(y)
                rest -= left_of(y)
        open_ = sum(left_of(y) for y in group)
        least = sum(left_of(y) for y in group if not y["ceiling"] and not i.get("partial"))
        if any(y["full"] is None for y in group):
            fit = 3
        elif amount in (open_, sum(y["comes_to"] - y["paid"] for y in group), open_ + sum(y.get("repaid", 0) for y in group)):
            fit = 1
        elif least <= amount < open_:
            fit = 2
        elif "funding" in i or "period" in i:
            fit = 4
        else:
            continue
        first = group[0]
        due = first["due"] or (first["month"] and month_end(*first["month"])) or date(first["year"], 12, 31)
        found.append((fit, abs((due - i.get("due", i["date"])).days), group))
    return min(found, key=lambda f: f[:2])[2] if found else []


def state(p, row, x):
    """What the invoices of a payout are against what it comes to."""
    if not x["paid_on"]:
        return "none"
    if row["comes_to"] is None or p.get("lacks"):
        return "unknown"
    over = x["paid"] - row["comes_to"]
    if over in (0, p.get("evens", 0), p.get("repaid", 0)) or p["ceiling"] and over <= 0:
        return "agrees"
    return "partly" if over < 0 and not x["settled"] else "differs"


def left_of(payout):
    return max(F(0), (payout["full"] or F(0)) - payout["paid"])


def is_to(p, payout):
    """Whether the receiver that a payment or an invoice names has the payout; one without known receivers is anybody's."""
    return "payee" not in p or not payout["payee"] or p["payee"] in payout["payee"]


def belongs_to(p, amount, payouts):
    """The payouts that a payment belongs to, in order of time."""
    period = p.get("period")
    if "payout" in p:
        # Silent: one that is already paid takes no more, as what is paid is never changed.
        return [x for x in payouts if x["id"] == p["payout"] and not x["settled"] and is_to(p, x)]
    unpaid = [x for x in payouts if is_to(p, x) and not x["settled"] and p.get("funding", x["component"].name) == x["component"].name]
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


def up_to(x, last):
    """What of a payout is for the days to the last. What is taken off it later is taken of what is for later days first."""
    later = sum((amount for d, amount in x.get("taken_on", []) if d > last), F(0))
    full = x["full"] + later
    before = rounded(full * x["pace"].share(x["start"], last, x["end"]))
    return before - max(F(0), later - (full - before))


def end_early(payouts, life, notes):
    """What an agreement that ends before its time does to what is not paid."""
    if not life.ends_early and not life.lapsed:
        return
    last, until = (life.ended, date.max) if life.ends_early else (life.lapsed[0] - timedelta(1), life.lapsed[1])
    for x in payouts:
        if x["end"] <= last or x["start"] > until:
            continue
        until_end = None if x["full"] is None else up_to(x, last)
        if x["settled"]:
            if not x["ceiling"] and x["full"] is not None and x["paid"] < x["full"]:
                x["short"], x["until_end"] = True, until_end
                notes.add("early end: paid with less")
        elif x["start"] > last and not x["paid"]:
            x["lapsed"] = True
            notes.add("early end: lapsed")
        else:
            x["preliminary"] = True
            if x["full"] is not None:
                x["counted"] = max(until_end, x["paid"])
            notes.add("early end: both sides" if x["start"] <= last else "early end: paid in part")


def ceilings(payouts, notes):
    """What each ceiling leaves: `at_most` of each payout that is not paid, and what is over on the last that is."""
    groups = {}
    for x in payouts:
        if x["ceiling"] and x["full"] is not None:
            groups.setdefault((id(x["component"]), x["payee"], None if x["component"].whole else x["year"]), []).append(x)
    for group in groups.values():
        left = sum(x["full"] for x in group) - sum(x["paid"] for x in group)
        settled = [x for x in group if x["paid"]]
        if left < 0 and settled:
            settled[-1]["over"] = -left
            notes.add("ceiling: overpaid")
        left = uncut_left = max(F(0), left)
        for x in group:
            if not x["settled"]:
                uncut = min(max(F(0), x["full"] - x["paid"]), uncut_left)
                uncut_left -= uncut
                counted = F(0) if x["lapsed"] else x.get("counted", x["full"])
                at_most = min(max(F(0), counted - x["paid"]), left)
                left -= at_most
                # The end takes away only what the ceiling had left. Silent: what it does not leave is shown as a correction.
                x["fallen_of_ceiling"] = max(F(0), uncut - at_most)
                x["correction"] = x["paid"] + at_most + x["fallen_of_ceiling"] - x["full"]
                if not x["lapsed"]:
                    x["at_most"] = at_most


def carry_differences(payouts, notes):
    """Moves what is paid too much or too little to other payouts, and tells where it went."""
    pending, told = [], []
    for i, x in enumerate(payouts):
        if x["full"] is None or not x["settled"] and "over" not in x:
            continue
        left = x["full"] - x["paid"]
        if x["settled"]:
            x["correction"] = -left
        if x["ceiling"]:
            if x.get("over"):
                pending.append([i, -x["over"]])
            continue
        for item in pending:
            other = payouts[item[0]]
            if not other["ceiling"] and same_parties(other, x) and item[1] * left < 0:
                evened = min(abs(item[1]), abs(left)) * (1 if left > 0 else -1)
                left, item[1] = left - evened, item[1] + evened
                x["evens"] = x.get("evens", 0) - evened
                notes.add("correction: evened out by a later payment")
        pending.append([i, left])
    for i, left in pending:
        x, goes_to, difference = payouts[i], [], left
        if x["short"] and left > 0:
            # Silent: what is left when it has evened out what is paid too much before it, and has been evened out by that
            # after it.
            x["fallen"] = min(left, x["full"] - x["until_end"])
            x["correction"] += x["fallen"]
            left = difference = left - x["fallen"]
            notes.add("early end: paid with less than until the end" if left else "early end: paid with at least until the end")
        open_ = [] if x["ceiling"] else [
            (n, y) for n, y in enumerate(payouts)
            if not y["settled"] and not y["lapsed"] and y["full"] is not None and not y["ceiling"] and same_parties(x, y)]
        # Later in the component, later with the same parties, earlier in the component, earlier with the same parties.
        for n, y in sorted(open_, key=lambda ny: (ny[0] < i, ny[1]["component"] is not x["component"], ny[0])):
            moved = max(left, -(y.get("counted", y["full"]) + y["correction"]))
            if moved:
                goes_to.append(y["id"])
                notes.update(["correction: carried to an earlier payout"] * (n < i))
                y["correction"] += moved
                y["evens"] = y.get("evens", 0) + moved
                left -= moved
        if len(goes_to) > 1:
            notes.add("correction: down to zero and on to the next")
        # What no payout is left to make good stays with the payout.
        x["unplaced"] = left
        x["correction"] += left
        x["preliminary"] |= bool(left)
        if difference:
            # Silent: what it should be, after what other payments have evened out.
            told.append(dict(payout=x["id"], should_be=x["paid"] + difference, paid=x["paid"], difference=difference, goes_to=goes_to,
                             unplaced=left))
            notes.add("difference: " + ("placed", "unplaced")[bool(left)])
    return told


def same_parties(a, b):
    return (a["payer"], a["payee"]) == (b["payer"], b["payee"])
