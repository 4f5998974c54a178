"""What the specification varies, and what of it a register has."""
from datetime import date, timedelta

from amounts import UNITS, number, time_of_money
from payouts import receivers
from life import BY_ITSELF, DEGREES, FIRM, agreed_end, any_day, degree_of_change, stated, until_further_notice


def contradictions(d):
    """How an indexation contradicts itself, or takes away all of the amount."""
    weights = [number(w) for w in d.get("composite", {}).values()]
    yield from ("contradiction: " + text for text, on in (
        ("several bases", sum(k in d for k in ("series", "composite", "flat")) > 1), ("weights over 100", sum(weights) > 100),
        ("negative weight", any(w < 0 for w in weights)), ("-100 % or below", number(d.get("flat", 0)) <= -100),
        ("floor over cap", "floor" in d and "cap" in d and number(d["floor"]) > number(d["cap"]))) if on)


def variation(a, records, result, register, day):
    """The kinds of variation that an agreement has."""
    for f in a.get("funding", {}).values():
        period = dict(zip(("start", "end"), time_of_money(f, a["term"], result["life"])))
        if not period["start"] or not period["end"]:
            yield "period: time not known"
            continue
        yield "period: " + ("several years" if period["start"].year != period["end"].year else "one year"
                            if period["end"] - period["start"] > timedelta(363) else "part of a year")
        yield "period: whole term" if "period" not in f else "period: own"
        if period["start"].day != 1:
            yield "period: starts in mid-month"
        if "rate" in f:
            yield "rate: per " + f["rate"]["per"]
            if "unit" not in f["rate"]:
                yield "rate: without unit"
            for s in f["rate"].get("step", {}).values():
                inside = period["start"] < s["from"] <= period["end"]
                yield "rate: another number " + ("outside the time" if not inside else f"in a {f['rate']['per']}")
            if stated(f["rate"].get("count")) is None:
                yield "rate: open count"
        else:
            yield "amount: " + ("open" if f.get("amount", "not-stated") == "not-stated" else "öre" if number(f["amount"]) % 1 else "kronor")
        if "payees" in f:
            yield "receivers: " + ("several, divided" if len(receivers(f, a["term"], result["life"])) > 1 else
                                   "together" if not any(f["payees"].values()) else "a division that contradicts itself")
        yield from (text for key, text in (("ceiling", "ceiling"), ("decision", "decision in mid-term")) if f.get(key))
    if len(a.get("funding", {})) > 1:
        yield "several components"
    if len({f["payer"] for f in a.get("funding", {}).values()}) > 1:
        yield "several payers"
    yield from (f"term: unknown {k}" for k in ("start", "end") if a["term"].get(k) == "not-stated")
    if "predecessor" in a:
        yield "term: follows on what is not in the register"
    if "also_decides" in a:
        decided = any(d["kind"] == "approval" for k, d in records.get("decision", {}).items() if k == "avtal-annan")
        yield "another committee " + ("has decided" if decided else "has not decided")
    yield from (f"plan: months are {p['months_are']}" for p in a.get("payout_plan", {}).values() if "months_are" in p)
    yield from term_variation(a, result)
    yield from result["notes"]
    yield from life_variation(a, records, result, day)
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
        yield from (f"index: {k}" for k in ("lag_years", "percent_decimals", "floor", "cap", "applies") if k in d)
        if d.get("per") == "agreement-year":
            begins = d.get("year_begins") or a["term"]["start"]
            yield "index: agreement years from " + ("a day of their own" if "year_begins" in d else "the first day")
            yield from ("contradiction: years begin on no day" for _ in [0] if begins == dict(month=2, day=29))
        elif "year_begins" in d:
            yield "contradiction: a day of years that is not used"
        if number(d.get("flat", 0)) * 10 ** d.get("percent_decimals", 9) % 1:
            yield "contradiction: a fixed percentage is rounded"
        if "published" in d:
            yield "contradiction: a notice and no index" if "flat" in d else "index: the notice of a month"
        yield "index: years listed" if "years" in d else "index: years not listed"
        for n in names:
            series = register["indexes"][n]
            periods = {v.get("reference", series.get("reference")) for key in series["value"].values() for v in key}
            yield from ("value: a series of two reference periods" for _ in [0] if len(periods) > 1)
            yield from (f"link: factor {'0' if number(k['factor']) <= 0 else 'above 0'}" for k in series.get("link", {}).values())
        values = [v for n in names for key in register["indexes"][n]["value"].values() for v in key]
        yield from ("value: " + v["status"] for v in values)
        yield from ("value: a level of 0 or less" for n in names if register["indexes"][n]["kind"] == "level"
                    for key in register["indexes"][n]["value"].values() for v in key if number(v["number"]) <= 0)
        for days in ([v.get("known_from", date.min) for v in key] for n in names
                     for key in register["indexes"][n]["value"].values()):
            yield from (text for text, on in (("value: not in order of known_from", days != sorted(days)),
                                              ("value: known on the same day", len(set(days)) < len(days))) if on)
        yield from ("value: " + ("without known_from" if "known_from" not in v else "known later" if v["known_from"] > day
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
        yield from ("payment: " + t for t, on in (("partial", "partial" in p), ("after the day", p["date"] > day)) if on)
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
    if any(len(set(f for *_, f in r.get("factors", []))) > 1 for c in result["components"] for r in c.rows):
        yield "year: with two factors"
    yield from ("year: unadjusted", ) if any(y["agreed"] == y["to_pay"] for y in result["years"]) else ()


def term_variation(a, result):
    """How the agreement says how long it lasts, and what of it does."""
    term, life, open_ = a["term"], result["life"], until_further_notice(a["term"])
    if "months" in term:
        yield "term: in months" + ("" if stated(term["start"]) else " without a first day")
    if not open_:
        return
    kind = "any day" if any_day(term) else "a day of the year"
    yield f"open: {kind}"
    yield f"open: {kind}, " + ("months of notice" if stated(open_["notice_months"]) is not None else "open months of notice")
    if open_.get("ends_on") == "02-28":
        yield "open: the last of February"
    if open_.get("notice_counts_from") == "sending":
        yield "open: notice counts from sending"
    if not stated(term["start"]):
        yield "open: without a first day"
    years = sum(s.rests_on in BY_ITSELF for s in life.stretches if s.holds)
    yield f"open: {kind}, " + ("renewed" if years else "in its first year")
    for s in life.stretches:
        if s.rests_on in ("extension", "supplement"):
            yield f"open: {s.rests_on} " + ("gives it an end" if s.holds else "would give it an end")
    ends = [x["end"] for x in a.get("supplement", {}).values() if "end" in x] + [e["until"] for e in a.get("extension", {}).values()]
    if agreed_end(term) in ends:
        yield "open: a change gives it an end on the first day that it may end"
    if life.notice:
        yield f"open: {kind}, " + ("notice ends it early" if life.ends_early else "notice without a day" if life.end_untold else
                                   "notice lets it run out")
    elif life.ends_early:
        yield f"open: {kind}, ends early without notice"
    for f in a.get("funding", {}).values():
        if "period" not in f:
            yield f"open: money per {f['rate']['per']}" if "rate" in f else "open: an amount without a period"
    for d in a.get("indexation", {}).values():
        if not d.get("years"):
            yield "open: years of indexation not listed"


def life_variation(a, records, result, day):
    """The kinds of variation in how long an agreement lasts and how firm it is."""
    life = result["life"]
    yield "agreement: " + life.degree
    for s in life.stretches:
        yield f"stretch: {s.rests_on}, {s.commitment}, " + ("holds" if s.holds else "may come")
        if s.declinable_until:
            yield f"stretch: {s.rests_on}, declinable"
    if life.notice:
        yield "notice: " + ("before the renewal" if "renewal" in a["term"] else "without a renewal")
    if life.ends_early:
        yield "early end: " + ("stated" if stated(a["term"].get("ended")) else "by notice")
    for c in result["components"]:
        if c.path.startswith("supplement"):
            yield f"supplement: {'in place of' if c.name in a.get('funding', {}) else 'beside'} the agreement's, {c.degree}"
    yield from (f"supplement: proposed in place of the agreement's, {c.degree}" for c in result["instead"])
    for c in result["instead"]:
        if degree_of_change(a["supplement"][c.path.split(".")[1]], records, day) in FIRM:
            yield "supplement: awaits a decision in place of the agreement's"
    for c in result["firmer"].values():
        yield f"kept: {'a supplement' if c.path.startswith('supplement') else 'the agreement'}'s"
    yield from ("payout: " + p["commitment"] for p in result["payouts"])
    yield from ("time not known" + (", ceiling" if c["ceiling"] else "") for c in result["without_time"])
    if any("later" in p for p in result["internal"]):
        yield "payout: due after what binds"


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
early end: both sides;early end: paid in part;early end: paid with less;early end: paid with at least until the end
early end: paid with less than until the end;status: lapsed""".replace("\n", ";").split(";")
REQUIRED += [f"index: agreement years from {x}" for x in ("a day of their own", "the first day")] + ["year: with two factors"]
REQUIRED += [f"receivers: {x}" for x in ("several, divided", "together", "a division that contradicts itself")]
REQUIRED += [f"contradiction: {x}" for x in ("years begin on no day", "a day of years that is not used", "a notice and no index")]
REQUIRED += [f"rate: another number {x}" for x in ("outside the time", *(f"in a {k}" for k in ("period", "year", "half-year", "month")))]
REQUIRED += ["places: another number", "places: as many as are paid for"]
REQUIRED += [f"frame: {basis}, {size}" for basis in ("net", "gross") for size in ("too small", "large enough")]
REQUIRED += ["value: a series of two reference periods", "link: factor above 0"]
REQUIRED += ["index: the notice of a month", "index: percent_decimals", "contradiction: a fixed percentage is rounded"]
REQUIRED += ["term: follows on what is not in the register", "plan: months are invoiced", "plan: months are paid"]
REQUIRED += [f"another committee {x} decided" for x in ("has", "has not")]
REQUIRED += ["term: in months", "open: the last of February", "open: notice counts from sending", "open: without a first day"]
REQUIRED += ["term: in months without a first day", "open: an amount without a period", "open: years of indexation not listed"]
REQUIRED += ["open: a change gives it an end on the first day that it may end"]
REQUIRED += [f"open: money per {x}" for x in ("month", "half-year", "year", "period")]
REQUIRED += [f"open: {k}, {x}" for k in ("any day", "a day of the year") for x in (
    "months of notice", "open months of notice", "renewed", "in its first year", "notice ends it early", "notice without a day",
    "notice lets it run out", "ends early without notice")]
REQUIRED += [f"open: {x} {y} it an end" for x in ("extension", "supplement") for y in ("gives", "would give")]
REQUIRED += [f"plan: times {n}, {t}" for n in (None, 1, 2, 3, 4, 5, 6, 12) for t in ("advance", "arrears", "month-end")]
REQUIRED += [f"plan: times {n}, no timing" for n in (1, 2, 3, 4, 5, 6, 12)]
REQUIRED += [f"spread over years: {x}, {t}" for x in ("months", "periods") for t in ("advance", "arrears", "month-end")]
REQUIRED += ["spread over years: months, no timing", "rate: without unit", "time not known", "payout: due after what binds"]
REQUIRED += ["correction: carried to an earlier payout", "indexation: a year that is not listed", "early end: stated", "early end: by notice"]
REQUIRED += ["notice: before the renewal", "notice: without a renewal", "supplement: beside the agreement's, agreed"]
REQUIRED += [f"agreement: {d}" for d in DEGREES] + [f"payout: {d}" for d in DEGREES]
REQUIRED += [f"stretch: {x}, declinable" for x in ("option", "renewal")]
REQUIRED += [f"stretch: stated, {d}, holds" for d in DEGREES] + [f"stretch: extension, {d}, holds" for d in DEGREES]
REQUIRED += [f"stretch: extension, {d}, may come" for d in ("proposed", "draft")]
REQUIRED += [f"stretch: renewal, {d}, holds" for d in ("agreed", "decided")]
REQUIRED += [f"stretch: {x}, {d}, may come" for x in ("option", "renewal") for d in ("possible", "proposed", "draft")]
REQUIRED += [f"supplement: in place of the agreement's, {d}" for d in ("agreed", "decided")]
REQUIRED += [f"supplement: {x} the agreement's, proposed" for x in ("beside", "proposed in place of")]
REQUIRED += [f"year: {x}{y}" for x in ("lapsed", "replaced") for y in ("", ", the firmest and paid", " beside the same degree")]
REQUIRED += [f"deduction: {x}" for x in ("reduction", "repayment", "credit")]
REQUIRED += ["year: paid and not bound", "year: paid and bound in part", "proposal: to another line", "proposal: to another payer"]
REQUIRED += ["proposal: from another payer", "budget: a payer that begins as the municipality", "bound: without amount"]
REQUIRED += ["bound: in kind, with a value", "supplement: awaits a decision in place of the agreement's"]
REQUIRED += [f"kept: {x}" for x in ("on the same line", "on another line", "for another payer", "in another year", "a supplement's")]
REQUIRED += [f"plan: months, {t}" for t in ("advance", "arrears", "month-end")]
REQUIRED += [f"round: {u} on {p}" for u in (*UNITS, "not-stated", "left out") for p in ("year-amount", "payout", "left out")]
