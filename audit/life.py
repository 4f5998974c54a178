"""How long an agreement lasts and how firm each part of that time is, from docs/sa-raknas-datumen.md, section 1.

`life(agreement, records, day)` is a pure function of what the files say and the day that counts as today. Where the document
is silent or can be read in two ways the reading is marked "Silent:".
"""
import calendar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

DEGREES = ["agreed", "decided", "possible", "proposed", "draft"]
FIRM = ("agreed", "decided")
# What a stretch rests on that goes on by itself.
BY_ITSELF = ("renewal", "until-further-notice")
OF_STATUS = {"draft": "draft", "proposed": "proposed", "decided": "decided", "signed": "agreed", "ended": "agreed"}


def stated(value):
    """None for what is left out and for what is said to be open."""
    return None if value == "not-stated" else value


def add_months(day, n):
    """The same day n months later, or the last of that month."""
    y, m = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(y, m + 1, min(day.day, calendar.monthrange(y, m + 1)[1]))


def months_before(day, n):
    """The last day from which n months still end by the day."""
    found = add_months(day, -n)
    while add_months(found + timedelta(1), n) <= day:
        found += timedelta(1)
    return found


def first_of_year(day, of_year):
    """The first day from a day on that is a day of the year, written "MM-DD"; "02-28" is the last of February."""
    month, n = map(int, of_year.split("-"))
    for y in (day.year, day.year + 1):
        found = date(y, month, calendar.monthrange(y, month)[1] if of_year == "02-28" else n)
        if found >= day:
            return found


def until_further_notice(term):
    """What the agreement says of lasting until further notice, or None."""
    return term.get("until_further_notice")


def any_day(term):
    """Whether it lasts until further notice and may end on any day of the year."""
    return "ends_on" not in until_further_notice(term) if until_further_notice(term) else False


def agreed_end(term):
    """The last day of the agreed time: stated, or after so many months, or the first on which what lasts until further notice
    may end; None if it is not known."""
    start = stated(term["start"])
    if stated(term.get("end")):
        return term["end"]
    if start and "months" in term:
        return add_months(start, term["months"]) - timedelta(1)
    if start and until_further_notice(term):
        return first_of_year(start, until_further_notice(term).get("ends_on", "12-31"))
    return None


def renewal_of(agreement, records, day):
    """How the agreement goes on by itself: its renewal, or of one until further notice a year at a time, unless what the parties
    have agreed or decided gives that an end."""
    term = agreement["term"]
    if not until_further_notice(term):
        return term.get("renewal")
    # Silent: an extension to a day before the first on which it may end gives it no end; a supplement does, on any day.
    first = agreed_end(term)
    for degree, kind, _, _, until in changes_of_time(agreement, records, day):
        if degree in FIRM and (kind == "supplement" or not first or until >= first):
            return None
    return dict(until_further_notice(term), months=12, rests_on="until-further-notice")


def weakest(*degrees):
    return max(degrees, key=DEGREES.index)


@dataclass(frozen=True)
class Stretch:
    start: date
    end: date | None
    commitment: str
    holds: bool
    rests_on: str
    key: str | None = None
    declinable_until: date | None = None

    def comes_or_is_proposed(self):
        return self.holds or self.rests_on not in ("option", *BY_ITSELF)


@dataclass
class Life:
    degree: str
    first_day: date | None = None
    last_day: date | None = None
    bound_until: date | None = None
    would_end: date | None = None  # the end that would have been without an early one
    ended: date | None = None  # the day of the early end, whether or not it is before the other
    ends_early: bool = False
    end_degree: str = "agreed"  # of what gives the early end
    end_untold: bool = False  # notice that counts, and nothing says when it ends
    notice: date | None = None  # the day from which a notice that has been given counts
    notice_decided: date | None = None
    notice_day: date | None = None  # the last day to prevent the next renewal
    exits: dict = field(default_factory=dict)
    stretches: list = field(default_factory=list)
    lapsed: tuple | None = None  # the first and last day of what cannot come any more, although the text could bring it
    open_ended: bool = False  # lasts until someone gives notice, which may be any day
    goes_on: bool = False  # until further notice, and nothing has given it an end
    uncut: list = field(default_factory=list)  # the stretches as they would have been without an early end

    def is_in_gap(self, first, last):
        """Whether some days lie between two stretches, where there is no agreement."""
        known = [s for s in self.stretches if s.comes_or_is_proposed()]
        return any(one.end and next.start and one.end < first and last < next.start for one, next in zip(known, known[1:]))


# ── How firm an agreement and its changes are ────────────────────────────────────────────────────────────────────────

def deciding_beside(agreement):
    """How many committees are to decide beside the agreement's own; one that is named twice decides once."""
    return len({one["committee"] for one in agreement.get("also_decides", {}).values()} - {agreement.get("committee")})


def decisions_to_enter(agreement, records):
    """The days on which those who are to decide on the agreement first did, told apart by their names, in order."""
    first = {}
    for d in records.get("decision", {}).values():
        if d["kind"] in ("approval", "assignment"):
            by = "".join(d["by"].lower().split()) if deciding_beside(agreement) else ""
            first[by] = min(d["date"], first.get(by, d["date"]))
    return sorted(first.values())


def decided_on(agreement, records):
    """When the last of those who are to decide on the agreement had; None while some have not."""
    return dict(enumerate(decisions_to_enter(agreement, records))).get(deciding_beside(agreement))


def degree_of_agreement(agreement, records, day):
    degree = OF_STATUS[agreement["status"]]
    decision = decided_on(agreement, records)
    if decisions_to_enter(agreement, records) and not decision:
        degree = weakest(degree, "proposed")
    signings = [stated(s.get("date")) for s in records.get("signing", {}).values()]
    if decision and decision > day:
        degree = weakest(degree, "proposed")
    elif degree == "agreed" and signings and all(signings) and max(signings) > day:
        degree = "decided" if decision else "proposed"
    if agreement.get("continues") and degree in ("proposed", "draft"):
        degree = "possible"
    return degree


def registered(change, records, day):
    """The day of the decision that a change names, of the last one if several committees decide: None if it names none, or
    False if one of them is not there on the day."""
    keys = [stated(one.get("decision")) for one in (change, *change.get("also_decides", {}).values())]
    if not any(keys):
        return None
    found = [records.get("decision", {}).get(key, {}).get("date") for key in keys]
    return max(found) if all(one and one <= day for one in found) else False


def made(change, records, day):
    """From when the parties were bound by a change, as far as was known on the day: its date or its decision, the later."""
    days = [stated(change.get("dated")), registered(change, records, day)]
    return max((d for d in days if d and d <= day), default=None)


def degree_of_change(change, records, day):
    """An extension or a supplement by itself, before it is held against the agreement."""
    degree = OF_STATUS[change.get("status", "signed")]
    decision, dated = registered(change, records, day), stated(change.get("dated"))
    if decision is False:
        return weakest(degree, "proposed")
    if degree == "agreed" and dated and dated > day:
        return "decided" if decision else "proposed"
    return degree


def degree_of_component(f, degree, records, day):
    """A component of something that has a degree: a proposal if it names a decision that is not there on the day."""
    return weakest(degree, "proposed") if registered(f, records, day) is False else degree


def changes_of_time(agreement, records, day):
    """(degree, kind, key, change, new last day) of each extension and each supplement with an end, but extensions that end
    before they begin."""
    for key, e in agreement.get("extension", {}).items():
        if e.get("from", date.min) > e["until"]:
            continue
        yield degree_of_change(e, records, day), "extension", key, e, e["until"]
    for key, s in agreement.get("supplement", {}).items():
        if stated(s.get("end")):
            yield degree_of_change(s, records, day), "supplement", key, s, s["end"]


def continues(agreements, name):
    """The agreement that one continues; None if that chain comes back to it."""
    before = at = agreements[name].get("continues")
    seen = set()
    while at in agreements and at not in seen and at != name:
        seen.add(at)
        at = agreements[at].get("continues")
    return None if at == name else before


# ── Notice ───────────────────────────────────────────────────────────────────────────────────────────────────────────

def exits_in_force(agreement, records, day):
    found = dict(agreement.get("exit", {}))
    for s in sorted(agreement.get("supplement", {}).values(), key=lambda s: s["number"]):
        if degree_of_change(s, records, day) in FIRM:
            found.update(s.get("exit", {}))
    return found


def notice(agreement, records, exits, day):
    """(the day from which it counts, the exit it names or {}, its decision's day) of the first notice that counts, or Nones."""
    found = []
    for key, d in records.get("decision", {}).items():
        if d["kind"] != "termination":
            continue
        named = exits.get(d.get("exit"), {})
        # Silent: which of the two counts when a notice names an exit and the renewal says otherwise: the exit. Silent: what
        # lasts until further notice says it as a renewal does.
        term = agreement["term"]
        rule = named if d.get("exit") else until_further_notice(term) or term.get("renewal", {})
        if rule.get("notice_counts_from") == "sending" and d.get("sent"):
            counted = d["sent"]
        elif d.get("received"):
            counted = d["received"]
        elif d.get("sent"):
            continue  # on its way
        else:
            counted = d["date"]
        if counted <= day:
            found.append((counted, len(found), named, d["date"]))
    return (min(found)[0], *min(found)[2:]) if found else (None, {}, None)


# ── The stretches ────────────────────────────────────────────────────────────────────────────────────────────────────

def first_of_change(change, last):
    """The first day of an extension or a supplement that follows on a day: a later one leaves days without an agreement."""
    return max(last + timedelta(1), change.get("from", date.min))


def life(agreement, records, day):
    """The life of an agreement as it was known on the day."""
    term = agreement["term"]
    start, end = stated(term["start"]), agreed_end(term)
    out = Life(degree_of_agreement(agreement, records, day), exits=exits_in_force(agreement, records, day))
    out.notice, named, out.notice_decided = notice(agreement, records, out.exits, day)
    out.ended = stated(term.get("ended"))
    is_stated = bool(out.ended)
    # Notice without a cause against a renewal that could still come lets the term run out.
    ordinary = not named or named["means"] == "notice" and "any" in named["cause"]
    notice_months = stated(named.get("notice_months"))
    if notice_months is None and any_day(term) and ordinary:
        notice_months = stated(until_further_notice(term)["notice_months"])
    if not out.ended and out.notice and notice_months is not None:
        out.ended = add_months(out.notice, notice_months)
        if ordinary and until_further_notice(term) and not any_day(term):
            out.ended = first_of_year(out.ended, until_further_notice(term)["ends_on"])
    # Silent: of a term that ends before it starts there are no stretches.
    if start and end and end < start:
        return out
    out.first_day = start
    stretches = [Stretch(start, end, out.degree, True, "stated")]
    changes = list(changes_of_time(agreement, records, day))
    firm = [c for c in changes if c[0] in FIRM]
    # The earlier end of a supplement, unless what is agreed later goes beyond it, and the day of that supplement. Any day is
    # earlier than no end.
    earlier = earlier_dated = None
    earlier_degree = "agreed"
    def known(change):
        return made(change, records, day) or change.get("from")

    def order(c):
        earlier = [o[3] for o in changes if o[4] < c[4]]
        days = [known(one) for one in earlier if known(one)] if any("from" in one for one in earlier) else []
        return known(c[3]) or max(days, default=date.min), c[4]

    for degree, kind, key, change, until in sorted(firm, key=order):
        last = stretches[-1].end
        if start and until < start:
            continue
        if last and until > last:
            stretches.append(Stretch(first_of_change(change, last), until, weakest(degree, out.degree), True, kind, key))
        is_earlier = until < last if last else kind == "supplement"
        if kind == "supplement" and is_earlier or earlier and earlier < until:
            earlier, earlier_dated = (until, made(change, records, day)) if is_earlier else (None, None)
            earlier_degree = degree
        if not last and kind == "extension":
            stretches[0] = replace(stretches[0], end=until)
    if not is_stated:
        # A supplement that came after the notice says another day.
        agreed_later = earlier and out.notice and earlier_dated and earlier_dated > out.notice
        by_notice = out.ended
        out.ended = earlier if agreed_later else min((day for day in (out.ended, earlier) if day), default=None)
        if out.ended and (agreed_later or out.ended != by_notice):
            out.end_degree = earlier_degree
    if out.ended and start and out.ended < start:
        out.ended = None
    renewal = renewal_of(agreement, records, day)

    def hinders(last):
        # Of what may end on any day no notice only lets a year run out, nor of what a change has given an end.
        until = stated(renewal.get("until")) if renewal else None
        return bool(renewal and ordinary and not any_day(term) and not (until and last and last >= until))

    if not stretches[-1].end:
        # What is only proposed says nothing of a term without an end.
        out.last_day, out.ends_early = out.ended, bool(out.ended)
        out.bound_until = out.ended if out.degree in FIRM else None
        out.stretches = [replace(stretches[0], end=out.ended)]
        out.end_untold = bool(out.notice and not out.ended and not hinders(None) and not end)
        return out
    first_end = stretches[0].end
    is_told = agreement["status"] != "ended" or bool(stated(term.get("ended")) or out.notice)
    if renewal and is_told and out.degree in FIRM:
        stretches += renewals(renewal, stretches[-1].end, out, day)
    out.would_end = stretches[-1].end
    for degree, kind, key, change, until in sorted((c for c in changes if c[0] not in FIRM), key=lambda c: (c[4], order(c))):
        last = stretches[-1].end
        if until > last:
            stretches.append(Stretch(first_of_change(change, last), until, weakest(degree, out.degree), False, kind, key))
    if is_told:
        stretches += possible(agreement, renewal, stretches[-1].end, first_end, out, day)
    out.uncut = stretches
    out.goes_on = bool(until_further_notice(term) and renewal and is_told and not out.notice and not out.ended)
    out.ends_early = bool(out.ended and out.ended < out.would_end)
    if out.ended:
        stretches = shortened(stretches, out.ended)
    out.notice_day = next((s.declinable_until for s in stretches if s.rests_on in BY_ITSELF and not s.holds), None)
    farthest, last = reach(agreement, renewal, out.uncut, first_end), stretches[-1].end
    if is_told and not out.ends_early and last and last < farthest:
        out.lapsed = last + timedelta(1), farthest
    out.stretches = stretches
    out.last_day = max((s.end for s in stretches if s.holds), default=None)
    out.bound_until = max((s.end for s in stretches if s.commitment in FIRM), default=None)
    out.end_untold = bool(out.notice and not is_stated and not out.ends_early and out.notice < out.last_day and not hinders(out.last_day)
                          and notice_months is None)
    # Of what may end on any day the end of a year only bounds what is computed, until something says when it ends.
    out.open_ended = bool(any_day(term) and renewal and not out.notice and not out.ends_early)
    return out


def reach(agreement, renewal, stretches, end):
    """The last day that the agreement's text can bring, whether or not it is too late for it."""
    # Silent: the text of what lasts until further notice can bring any time, also when a change has given it an end.
    if until_further_notice(agreement["term"]):
        return date.max
    last = [s.end for s in stretches if s.holds or s.rests_on not in ("option", *BY_ITSELF)][-1]
    if renewal:
        until = stated(renewal.get("until"))
        if not until:
            return date.max
        last = max(last, until)
    used = [stated(e.get("option")) for e in agreement.get("extension", {}).values()]
    for key, option in agreement["term"].get("option", {}).items():
        left = max(0, option.get("times", 1) - used.count(key))
        last = add_months(last + timedelta(1), left * option["months"]) - timedelta(1)
    return last


def shortened(stretches, last):
    """What is left of stretches up to a day."""
    kept = [s for s in stretches if (s.start or date.min) <= last]
    return [replace(s, end=last) if s.end is None or s.end > last else s for s in kept]


def last_day_of_notice(renewal, end):
    months = stated(renewal.get("notice_months"))
    return None if months is None else months_before(end, months)


def period_after(last, months, until):
    end = add_months(last + timedelta(1), months) - timedelta(1)
    return min(end, until) if until else end


def renewals(renewal, last, out, day):
    """The renewals that no one can prevent any longer."""
    until, found = stated(renewal.get("until")), []
    while not until or last < until:
        # Without a time of notice the period that runs must be over.
        final = last_day_of_notice(renewal, last) or last
        if day <= final or out.notice and out.notice <= final:
            break
        end = period_after(last, renewal["months"], until)
        found.append(Stretch(last + timedelta(1), end, out.degree, True, renewal.get("rests_on", "renewal")))
        last = end
    return found


def possible(agreement, renewal, last, first_end, out, day):
    """What may come: the rest of each option, and the renewal."""
    term, degree, before = agreement["term"], weakest(out.degree, "possible"), last
    used = [stated(e.get("option")) for e in agreement.get("extension", {}).values()]
    found = []
    for key, option in term.get("option", {}).items():
        left = option.get("times", 1) - used.count(key)
        final = last_day_of_option(option, used.count(key), first_end, before)
        if out.notice or agreement["status"] == "ended" or left <= 0 or (final or day) < day or out.would_end < day:
            continue
        end = add_months(last + timedelta(1), left * option["months"]) - timedelta(1)
        found.append(Stretch(last + timedelta(1), end, degree, False, "option", key, final))
        last = end
    until = renewal and stated(renewal.get("until"))
    if renewal and day <= out.would_end and (not until or out.would_end < until):
        # Silent: what comes before it may be only proposed; it is the end that holds that it renews.
        final = last_day_of_notice(renewal, out.would_end) or out.would_end
        if not (out.notice and out.notice <= final):
            # What may end on any day has no last day to give notice.
            found.append(Stretch(before + timedelta(1), until, degree, False, renewal.get("rests_on", "renewal"), None,
                                 None if any_day(term) else final))
    # In order of their ends, where the renewal that comes by itself is before an option: each begins where the one before
    # ends.
    found.sort(key=lambda one: (one.end or date.max, one.rests_on not in BY_ITSELF))
    for one in found:
        if one.end and one.end <= before:
            continue
        yield replace(one, start=before + timedelta(1))
        before = one.end or date.max


def last_day_of_option(option, used, first_end, end):
    """`notice_by`, and after it has been used as long before the end that is then."""
    by = stated(option.get("notice_by"))
    if not by or not used:
        return by
    # Silent: how "lika lång tid" is counted, and before which end: here in months when it is a number of whole months, and
    # otherwise in days, before the end of all that comes before the options.
    months = (first_end.year - by.year) * 12 + first_end.month - by.month
    return months_before(end, months) if months_before(first_end, months) == by else end - (first_end - by)
