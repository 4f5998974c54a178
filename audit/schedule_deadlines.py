"""The deadlines of an agreement by docs/sa-raknas-datumen.md (sections 3 to 8), for check_schedule.py.

Where the document is silent the program's reading is followed; those places are marked "Silent:"."""

from datetime import date, timedelta
from decimal import Decimal

from amounts import last_of_all, original_end, time_of_money
from life import (
    DEGREES, FIRM, agreed_end, continues, decided_on, degree_of_agreement, degree_of_change, degree_of_component, made, registered,
    until_further_notice, weakest,
)
from schedule_dates import (
    MONTHS, ONE_DAY, WITHOUT_DAY, Slot, Term, add_months, back, day_off, forward, month_end, on_day, same_distance,
    slots, stated,
)

DEFAULTS = dict(
    call_days=14,
    papers_days=7,
    notes_days=14,
    half_year_report_month=8,
    full_year_report_month=1,
    other_report_months=1,
    committee_account_month=3,
    annual_accounts_month=5,
    index_value_month=11,
    review_months=9,
    decision_months=4,
    evaluation_months=3,
    notice_delivery_days=7,
    legal_force_days=21,
    due_within_days=30,
    on_holiday="keep",
    kinds=[],
    routine=["annual-accounts"],
    followed_from=date.min,
)


def known(records, as_of):
    """What is on record on a day. Silent: what is dated later has not happened yet; such a meeting is only booked."""
    out = {
        k: {n: r for n, r in rows.items() if k in ("meeting", "waiver") or r["date"] <= as_of}
        for k, rows in records.items()
        if k != "signing"
    }
    out["meeting"] = {
        n: dict(m, planned=m.get("planned", False) or m["date"] > as_of)
        for n, m in records.get("meeting", {}).items()
    }
    return out


# ── The deadlines ────────────────────────────────────────────────────────────────────────────────────────────────────

# What `on_holiday` moves: payments and reports, with what counts as reports.
MOVED = set(
    "payout activity-report yearly-report committee-account annual-accounts statistics final-evaluation "
    "follow-up".split()
)
RIGHTS = {"option", "notice", "notice-decision", "term-end", "waiver-expiry"}
# In a period that the term cuts off to so few days nothing that comes again is asked for.
FEW_DAYS = 14
RECORDED_ELSEWHERE = RIGHTS | {"approval", "steering-meeting", "payout", "index-value"}
IN_PERIOD = {"workshop", "mid-term-review"}


class Schedule:
    """The deadlines of an agreement on a day."""

    def __init__(self, register, name, as_of, payouts):
        self.register, self.name, self.as_of, self.payouts = register, name, as_of, payouts
        self.agreement, self.records = register["agreements"][name], known(register["records"].get(name, {}), as_of)
        self.settings = DEFAULTS | register["settings"].get("schedule", {})
        self.raw_records = register["records"].get(name, {})
        self.term = Term(self.agreement, self.raw_records, as_of)
        self.on_holiday = self.agreement.get("on_holiday") or self.settings["on_holiday"]
        committee = self.agreement.get("committee") or register["settings"].get("default", {}).get("committee")
        self.committee = committee
        self.meetings = self.meetings_of(committee)
        self.faulty_plans = {plan["committee"] for plan in register["meetings"].values() if plan["faulty"]}
        self.out, self.unlike = [], []
        self.not_asked = set()  # decisions that nobody has been asked for, and their memos

    def meetings_of(self, committee):
        """The days of a committee's meetings, each with the day to hand in what it is to decide on."""
        return sorted(
            (m["date"], stated(m["manuscript_stop"]))
            for plan in self.register["meetings"].values()
            if plan["committee"] == committee
            for m in plan.get("meeting", {}).values()
        )

    def before_start(self, last, on_it=True):
        """Silent: what would be done before the agreement begins, or the day it does, is left out: a review that the
        agreement has no day for, a decision to continue, and (only before) a notice. An option is not left out."""
        return self.term.start and last < self.term.start + on_it * ONE_DAY

    def add(
        self,
        kind,
        of=None,
        period=None,
        last=None,
        first=None,
        done=None,
        base=None,
        slot=None,
        duty=False,
        until=None,
        reason=None,
        never_late=False,
        footing=None,
        can_move=False,
        is_ceiling=False,
    ):
        """Adds a deadline: moves it from a holiday, and says what has become of it and how firm it is."""
        moved, off = None, day_off(last) if last and not first else None
        if off and kind in MOVED and self.on_holiday != "keep":
            moved, step = last, ONE_DAY if self.on_holiday == "after" else -ONE_DAY
            while day_off(last):
                last += step
        ticked = self.ticked_off(kind, of, period)
        commitment, since = footing or (self.in_days(slot) if slot else self.whole())
        row = dict(
            id="/".join(x for x in (self.name, kind, of, period) if x),
            kind=kind,
            of=of,
            period=period,
            first_day=first,
            last_day=last,
            moved_from=moved,
            day_off=off,
            done=done if (duty or kind == "steering-meeting") and done else ticked or done,
            duty=duty,
            covers_from=slot and slot.start,
            covers_to=slot and slot.end,
            no_date_because=reason,
            commitment=commitment,
            since=since,
            preliminary=can_move or commitment != self.term.life.degree or self.may_not_come(slot.end if slot else last or base and base["last_day"]),
        )
        row["state"] = self.state(row, base, until)
        before = since and last and last < since and kind not in ("payout", "index-value")
        if (never_late or before) and row["state"] == "overdue":
            row["state"] = "passed"
        # Silent: a meeting that was held stands on its own day, and was late when its period was over.
        limit = slot.end if kind == "steering-meeting" else last
        row["late"] = bool(limit and isinstance(row["done"], date) and row["done"] > limit and not is_ceiling)
        # For days without an agreement nobody owes anything but what is to be paid.
        row["owed_by_nobody"] = bool(
            kind != "payout" and slot and not row["done"] and self.term.life.is_in_gap(slot.start, slot.end)
        )
        if not row["owed_by_nobody"]:
            self.out.append(row)
        return row

    def may_not_come(self, last):
        """Whether it lies after notice of which nothing says when it ends the agreement, or not before an end that is less
        firm than the agreement."""
        life = self.term.life
        weak = life.ends_early and weakest(life.degree, life.end_degree) != life.degree
        return bool(last and (life.end_untold and last > life.notice or weak and last >= life.ended))

    # ── How firm a date is, and since when it is owed ────────────────────────────────────────────────────────────────

    def whole(self):
        """The degree of the agreement, and the decision about it."""
        return self.term.life.degree, self.decision_about_agreement()

    def on_stretch(self, stretch):
        """The same of a stretch: that of the extension or the supplement that it rests on, if that is later."""
        degree, decided = self.whole()
        change = stretch and self.term.change(stretch) or {}
        days = [decided, stated(change.get("dated")), registered(change, self.raw_records, self.as_of)]
        known_by_now = [d for d in days if d and d <= self.as_of]
        return weakest(degree, *([stretch.commitment] if stretch else [])), max(known_by_now, default=None)

    def on_end(self, end):
        """The same of an end, also one that an early end came before."""
        return self.on_stretch(next((s for s in self.term.uncut if s.end == end), None))

    def in_days(self, slot):
        """The weakest of the days that it covers, and the first day on which any of them was agreed."""
        holding = [s for s in self.term.life.stretches if s.holds] if self.term.known else []
        found = [self.on_stretch(s) for s in holding if slot.days_shared(s.start, s.end or date.max)]
        if not found:
            return self.whole()
        days = [day for _, day in found]
        return weakest(*(degree for degree, _ in found)), None if None in days else min(days)

    def ticked_off(self, kind, of, period):
        """The day of a `[done.NAME]` for the deadline. Silent: of several the first."""
        if kind in RECORDED_ELSEWHERE:
            return None
        days = [
            d["date"]
            for d in self.records.get("done", {}).values()
            if d["kind"] == kind and d.get("of") == of and d.get("period") == period
        ]
        return min(days, default=None)

    # ── 8. Done and overdue ──────────────────────────────────────────────────────────────────────────────────────────

    def state(self, row, base, until):
        """What has become of a deadline; after `until` it is of no use any more."""
        last = row["last_day"] or (base and base["last_day"])
        if row["done"]:
            return "done"
        if last >= self.as_of:
            # Silent: what has no day of its own is coming until the day that it is for.
            within = row["last_day"] and (last - self.as_of).days <= self.settings["due_within_days"]
            return "due" if within else "coming"
        useless = until and until < self.as_of or row["kind"] in RIGHTS or not row["last_day"]
        of_decision = row["kind"] == "approval" or row["kind"] == "memo" and row["of"].split(".")[0] == "approval"
        is_asked = self.agreement["status"] != "draft" and (row["kind"], row["of"]) not in self.not_asked
        owed = row["commitment"] in FIRM or of_decision and is_asked
        if useless or not owed or last < self.settings["followed_from"]:
            return "passed"
        return "overdue"

    # ── 3. Steering groups ───────────────────────────────────────────────────────────────────────────────────────────

    def steering(self):
        for key, group in self.agreement.get("steering_group", {}).items():
            meetings = stated(group.get("meetings"))
            if not meetings or meetings.get("bound") == "at-most":  # Of the most that a group meets nobody is to hold any.
                continue
            times, per = meetings["times"], meetings["per"]
            even = per != "once" and MONTHS[per] % times == 0
            whole = slots(self.term, per, meetings.get("counted_from"))
            found = slots(self.term, per, meetings.get("counted_from"), times) if even else whole
            if times > 1 and not even:
                found = [
                    Slot(f"{s.name}.{n}", s.start, s.end, s.next_end, s.cut) for s in found for n in range(1, times + 1)
                ]
            # Silent: a meeting in a period that none is asked for in counts for another of the same whole period.
            found = [s for s in found if s.asked(self.term, self.settings["call_days"])]
            held = self.place_meetings(key, found, whole)
            for slot in found:
                self.meeting(key, slot, held.get(slot.name))

    def place_meetings(self, key, found, whole):
        """The meeting of each slot: those that name theirs first, held ones before planned, then in order of time. One
        too many for its slot counts for a free one of the same period of the agreement."""
        rows = [m for m in self.records.get("meeting", {}).values() if m["steering_group"] == key]
        rows.sort(key=lambda m: ("period" not in m, m["planned"], m["date"]))
        placed, over = {}, []
        for m in rows:
            fits = [
                s
                for s in found
                if s.name not in placed
                and (m["period"] == s.name if "period" in m else s.start <= m["date"] <= s.end)
            ]
            if fits:
                placed[fits[0].name] = m
            elif "period" not in m and not m["planned"]:
                over.append(m)
        for m in over:
            free = [
                s
                for w in whole
                for s in found
                if w.start <= m["date"] <= w.end and w.start <= s.start <= w.end and s.name not in placed
            ]
            if free:
                placed[free[0].name] = m
        return placed

    def meeting(self, key, slot, meeting):
        day = meeting and meeting["date"]
        held = meeting and not meeting["planned"]
        last, first = (day, None) if day else (slot.end, slot.start)
        row = self.add("steering-meeting", key, slot.name, last, first, day if held else None, slot=slot)
        over = row["done"] and WITHOUT_DAY
        call = last - timedelta(self.settings["call_days"])
        self.add("steering-call", key, slot.name, call, done=over, slot=slot, until=last)
        if day:
            papers = day - timedelta(self.settings["papers_days"])
            self.add("steering-papers", key, slot.name, papers, done=over, slot=slot, until=last)
            noted = WITHOUT_DAY if held and "registry_number" in meeting else None
            self.add(
                "steering-notes", key, slot.name, day + timedelta(self.settings["notes_days"]), done=noted, slot=slot
            )

    # ── 4. Reports, accounts and evaluations ─────────────────────────────────────────────────────────────────────────

    def duties(self):
        for key, duty in self.agreement.get("follow_up", {}).items():
            # Silent: what has a day of its own, or is done once by its nature, needs no interval.
            once = duty["kind"] in ("mid-term-review", "final-evaluation") or "date" in (
                stated(duty.get("due")) or {}
            )
            every = stated(duty.get("every")) or ("once" if once else None)
            if duty["kind"] in ("mid-term-review", "final-evaluation") and self.term.life.open_ended:
                if "date" not in (stated(duty.get("due")) or {}):
                    continue  # counted from an end that there is none of
            if every:
                self.duty(key, duty, every)

    def duty(self, key, duty, every):
        kind = {"other": "follow-up", "information": "follow-up"}.get(duty["kind"], duty["kind"])
        found = slots(self.term, every, duty.get("counted_from"))
        to_date = duty.get("covers") == "year-to-date" and duty.get("counted_from") != "start" and every != "once"
        # Silent: the calendar year of a term that begins in it is from the first day of the term.
        covered = found
        if to_date:
            year = {s.name: max(self.term.start, date(s.end.year, 1, 1)) for s in found}
            covered = [Slot(s.name, year[s.name], s.end, s.next_end, s.cut) for s in found]
        # Silent: the day that the agreement says is that of the first period that anything is asked for in.
        asked = [n for n, slot in enumerate(found) if slot.asked(self.term, FEW_DAYS)]
        # Silent: a report counts for a period that one is asked for in.
        reported = self.place_reports(key, [covered[n] for n in asked])
        for number, index in enumerate(asked):
            slot = found[index]
            first, last = self.due(kind, stated(duty.get("due")) or {}, every, slot, number)
            if last:
                row = self.add(
                    kind, key, slot.name, last, first, reported.get(slot.name), slot=covered[index], duty=True,
                    can_move=self.term.may_go_on and every == "once" and "date" not in (stated(duty.get("due")) or {}),
                )
                self.account_memo(row)

    def place_reports(self, key, covered):
        """The day on which each period was reported."""
        out = {}
        for r in sorted(
            (r for r in self.records.get("report", {}).values() if r["duty"] == key), key=lambda r: r["date"]
        ):
            start, end = r["period"]["start"], r["period"]["end"]
            same = [s for s in covered if s.end == end]
            best = max(covered, key=lambda s: s.days_shared(start, end), default=None)
            if same or best and best.days_shared(start, end):
                out.setdefault((same or [best])[0].name, r["date"])
        return out

    def due(self, kind, due, every, slot, number):
        """The first and the last day of what is due for a period; the last is None when there is none this time."""
        # Silent: of several that contradict each other the date is first, and then the days.
        month, day, fixed = due.get("month"), due.get("day"), stated(due.get("date"))
        if kind == "annual-accounts":
            y = slot.end.year
            slot = Slot(slot.name, date(y, 1, 1), date(y, 12, 31), date(y + 1, 12, 31))
        if fixed and every == "once":
            return None, fixed
        if fixed and fixed >= self.term.start:
            return None, forward(fixed, number * MONTHS[every])
        if fixed:
            month, day = fixed.month, fixed.day
        elif "days_after_period" in due:
            return None, slot.end + timedelta(due["days_after_period"])
        if month:
            days = [on_day(y, month, day or 31) for y in range(slot.start.year, slot.end.year + 3)]
            if kind in IN_PERIOD:
                return None, next((d for d in days if slot.start <= d <= slot.end), None)
            # Silent: nothing is due for a period before it has begun.
            following = next(d for d in days if d >= max(slot.start, slot.end.replace(day=1)))
            # Silent: a month comes before the next period ends when it begins before that.
            if following.replace(day=1) <= slot.next_end:
                return None, following
        return self.default_due(kind, slot)

    def default_due(self, kind, slot):
        s, end = self.settings, slot.end
        if kind == "committee-account":
            return None, self.month_after(end, s["committee_account_month"])
        if kind == "annual-accounts":
            return None, self.month_after(date(end.year, 12, 31), s["annual_accounts_month"])
        if kind == "final-evaluation":
            return None, forward(end, s["evaluation_months"])
        if kind == "mid-term-review":
            return None, slot.start + (end - slot.start + ONE_DAY) // 2
        if kind == "workshop":
            # Silent: any day of the period.
            return slot.start, end
        if (end.month, end.day) == (6, 30):
            return None, self.month_after(end, s["half_year_report_month"])
        if (end.month, end.day) == (12, 31):
            return None, self.month_after(end, s["full_year_report_month"])
        return None, forward(end, s["other_report_months"])

    def month_after(self, day, month):
        """The last day of the first such month from that of a day. Silent: as for a month that is agreed."""
        return next(d for d in (month_end(y, month) for y in (day.year, day.year + 1)) if d >= day.replace(day=1))

    def routine(self):
        """What the municipality asks for even when the agreement is silent: of each organisation that is paid, for
        each calendar year. Silent: what the municipality does itself is done once for all, under the name
        `routine`."""
        duties = list(self.agreement.get("follow_up", {}).values())
        for kind in self.settings["routine"]:
            name = {"other": "follow-up"}.get(kind, kind)
            authors = {d.get("author") for d in duties if d["kind"] == kind}
            once = kind in ("mid-term-review", "final-evaluation")
            if once and self.term.life.open_ended:
                continue
            asked = ["routine"] if once or kind == "committee-account" else self.paid_organisations()
            if authors and (asked == ["routine"] or not authors <= set(self.agreement["party"])):
                continue
            for of in [of for of in asked if of not in authors]:
                for slot in slots(self.term, "once" if once else "year", None):
                    if not slot.asked(self.term, FEW_DAYS):
                        continue
                    first, last = self.default_due(name, slot)
                    row = self.add(name, of, slot.name, last, first, slot=slot, can_move=once and self.term.may_go_on)
                    self.account_memo(row)

    def paid_organisations(self):
        """All of them when no one is named as paid."""
        civil = [k for k, p in self.agreement["party"].items() if p["role"] == "civil-society"]
        funding = dict(self.agreement.get("funding", {}))
        # Silent: those whom a supplement pays are paid when it is agreed or decided.
        for supplement in sorted(self.agreement.get("supplement", {}).values(), key=lambda one: one["number"]):
            degree = degree_of_change(supplement, self.raw_records, self.as_of)
            for key, f in supplement.get("funding", {}).items():
                if degree_of_component(f, degree, self.raw_records, self.as_of) in FIRM:
                    funding[key] = f
        named = [f["payee"] for f in funding.values() if "payee" in f] + [k for f in funding.values() for k in f.get("payees", {})]
        return [k for k in civil if k in named or not named]

    # ── 5. Beginning and end ─────────────────────────────────────────────────────────────────────────────────────────

    def decision_about_agreement(self):
        """When the last of those who are to decide on the agreement had, by the approval or the assignment to sign."""
        return decided_on(self.agreement, self.records)

    def deciders(self):
        """Each committee that decides on the agreement, by the key of its day: the names that it has had, and its meetings. The
        agreement's own is whoever decides that is none of the others."""
        committees = self.register["settings"].get("committee", {})
        # Silent: who is no committee of the register decides nothing.
        others = {k: x["committee"] for k, x in self.agreement.get("also_decides", {}).items() if x["committee"] in committees}
        named = {k: {n["name"].lower() for n in committees[c]["names"]} for k, c in others.items()}
        yield None, lambda by: not any(by.lower() in names for names in named.values()), self.meetings
        for key, committee in others.items():
            yield key, lambda by, key=key: by.lower() in named[key], self.meetings_of(committee)

    def beginning(self):
        rows = [d for d in self.records.get("decision", {}).values() if d["kind"] in ("approval", "assignment")]
        for key, is_its, meetings in self.deciders():
            approved = min((d["date"] for d in rows if is_its(d["by"])), default=None)
            # Silent: a proposal is also what was one on the day.
            if approved or self.term.life.degree not in FIRM:
                row = self.add(
                    "approval", key, last=self.term.start - timedelta(self.settings["legal_force_days"]), done=approved)
                self.memo(f"approval.{key}" if key else "approval", None, row, meetings=meetings)

    def changes(self):
        for kind in ("extension", "supplement"):
            for key, change in self.agreement.get(kind, {}).items():
                self.decisions_on(kind, key, change)

    def decisions_on(self, kind, key, change):
        """The decision of each committee on an extension or a supplement, and its memo."""
        first = self.first_day_of(kind, key, change)
        if not first:
            return
        committees = self.register["settings"].get("committee", {})
        others = {k: x for k, x in change.get("also_decides", {}).items() if x["committee"] in committees}
        deciders = [(f"{kind}.{key}", change, self.meetings)]
        deciders += [(f"{kind}.{key}.{k}", x, self.meetings_of(x["committee"])) for k, x in others.items()]
        degree = degree_of_change(change, self.raw_records, self.as_of)
        for of, one, meetings in deciders:
            if "draft" in (change.get("status"), self.agreement["status"]):
                self.not_asked |= {("approval", of), ("memo", f"approval.{of}")}
            decided = self.records.get("decision", {}).get(stated(one.get("decision")), {}).get("date")
            if decided or degree not in FIRM and self.agreement["status"] != "ended":
                footing = weakest(degree, self.term.life.degree), None
                last = first - timedelta(self.settings["legal_force_days"])
                row = self.add("approval", of, last=last, done=decided, footing=footing)
                self.memo(f"approval.{of}", None, row, meetings=meetings)

    def is_asked_beyond(self, end):
        """Whether a committee is still to decide on an extension that is only proposed and lasts longer than to an end."""
        rows = {x["of"]: x for x in self.out if x["kind"] == "approval" and x["of"]}
        for key, change in self.agreement.get("extension", {}).items():
            own = [x for of, x in rows.items() if of == f"extension.{key}" or of.startswith(f"extension.{key}.")]
            is_open = degree_of_change(change, self.raw_records, self.as_of) not in FIRM and self.agreement["status"] != "ended"
            is_proposed = change.get("status") in ("draft", "proposed") and change["until"] > end
            if is_proposed and is_open and any(not x["done"] for x in own):
                return True
        return False

    def first_day_of(self, kind, key, change):
        """The first day for which a change matters: that it adds, the one after the last that it leaves, or the first that it
        pays for."""
        life, days = self.term.life, []
        time = next((s.start for s in life.stretches if (s.rests_on, s.key) == (kind, key)), None)
        last = max((s.end for s in life.uncut if s.holds), default=None)
        endless = not life.uncut and not agreed_end(self.agreement["term"])
        end = stated(change.get("end")) if kind == "supplement" else change["until"]
        if not time and end and (endless if not last else kind == "supplement" and end < last):
            time = end + ONE_DAY
        days = [f["period"]["start"] for f in change.get("funding", {}).values() if "period" in f]
        return min([time] * bool(time) + days, default=None)

    def ending(self):
        for n, end in self.term.due_ends:
            agreed = stated(self.agreement["term"].get("review_by")) if n == 1 else None
            # Silent: those of so many years are in the place of every review that the agreement has no day for.
            by_default = self.term.known and not self.term.life.open_ended and not self.review_years
            last = agreed or by_default and back(end, self.settings["review_months"])
            if last and (agreed or not self.before_start(last)):
                done = n == len(self.term.ends) and self.term.known and self.term.notice or self.end_met(n)
                footing = self.on_stretch(self.term.ends[n - 1][1])
                self.add("review", None, str(n), last, done=done, until=None if agreed else end, footing=footing)
        self.reviews_in_years()
        last, stretch = self.term.last
        if last and not self.term.life.open_ended:
            life, (degree, decided) = self.term.life, self.on_stretch(stretch)
            footing = weakest(degree, life.end_degree) if life.ends_early else degree, decided
            self.add("term-end", last=last, footing=footing, can_move=self.term.may_go_on)
        if self.term.known:
            self.continuation()
            self.notices()
        self.options()

    @property
    def review_years(self):
        return self.agreement["term"].get("review_every_years")

    def reviews_in_years(self):
        """A review of every so many years, as long as the term in force lasts. Silent: what ends the agreement, or goes on after
        it, does not make it done."""
        term, n = self.term, 1
        while term.known and self.review_years:
            last = add_months(term.start, 12 * self.review_years * n) - ONE_DAY
            if last > term.end:
                break
            stretch = next(s for _, s in term.ends if s.end >= last)
            self.add("review", None, f"P{n}", last, footing=self.on_stretch(stretch))
            n += 1

    def continuation(self):
        """Before every end, or when the agreement has other ways to go on, before the last when none is left."""
        ends, t = self.term.due_ends, self.agreement["term"]
        if self.term.life.open_ended:
            return
        # Silent: what lasts until further notice can go on by itself, also when a change has given it an end.
        if t.get("option") or "renewal" in t or until_further_notice(t):
            ends = [] if self.term.cut or self.term.may_go_on else ends[-1:]
        for n, end in ends:
            if self.term.notice and end == self.term.end:
                continue
            last, done = back(end, self.settings["decision_months"]), self.end_met(n)
            if not done and not self.ticked_off("continuation", None, str(n)) and self.is_asked_beyond(end):
                continue
            if not self.before_start(last):
                footing = self.on_stretch(self.term.ends[n - 1][1])
                row = self.add("continuation", None, str(n), last, done=done, until=end, footing=footing)
                self.memo("continuation", str(n), row)

    def end_met(self, n):
        """The day on which it was said what follows the end of number n."""
        ends = self.term.ends
        if n < len(ends):
            return self.term.decided(ends[n][1])
        return self.followed_by()

    def followed_by(self):
        """The day of a later agreement that continues this one: of its approval or assignment, or else its own. Silent: one
        without a day is the first."""
        days = []
        for name, a in self.register["agreements"].items():
            records = self.register["records"].get(name, {})
            if continues(self.register["agreements"], name) != self.name or degree_of_agreement(a, records, self.as_of) not in FIRM:
                continue
            day = decided_on(a, known(records, self.as_of)) or stated(a.get("dated"))
            if not day or day <= self.as_of:
                days.append(day)
        if None in days:
            return WITHOUT_DAY
        return min(days, default=None)

    def options(self):
        for key, option in self.agreement["term"].get("option", {}).items():
            used_by_organisation = self.agreement["party"].get(option.get("by"), {}).get("role") == "civil-society"
            for n, (last, done, end) in enumerate(self.option_days(key), 1):
                if last:
                    name = str(n) if option.get("times", 1) > 1 else None
                    row = self.add("option", key, name, last, done=done, footing=end and self.on_end(end))
                    if not used_by_organisation:
                        self.memo(f"option.{key}", name, row)

    def option_days(self, key):
        """The last day of each use of an option, also of one that is left, what was done, and the end that it moves."""
        option, term = self.agreement["term"]["option"][key], self.term
        agreed, out = stated(option.get("notice_by")), []
        # Of a term that is not known only what the agreement says is told, which is the first time.
        times = option.get("times", 1) if term.known else 1
        for end, done in (self.uses(key) + [(term.end, None)] * (not term.cut and not term.notice))[:times]:
            if agreed:
                last = agreed if not out else end and same_distance(agreed, term.first_end, end)
            else:
                last = term.known and back(end, self.settings["decision_months"])
            out.append((last, done, term.known and end))
        return out

    def uses(self, key):
        """The ends that an option was used before, and when: by every extension that is agreed or decided and names it."""
        used = [
            e
            for e in self.agreement.get("extension", {}).values()
            if e.get("option") == key and degree_of_change(e, self.raw_records, self.as_of) in FIRM
        ]
        used.sort(key=lambda e: e["until"])
        if not self.term.known:
            return [(None, self.term.day_of(e)) for e in used]
        # Silent: one that reaches no further than the first end is used before that.
        first, *later = [s.end for s in self.term.uncut] or [None]
        uses = [(max((end for end in later if end < e["until"]), default=first), self.term.day_of(e)) for e in used]
        return [use for use in uses if use[0] in dict(self.term.due_ends).values()]

    def notices(self):
        """The last day of notice before a renewal, and before the end that would be for an exit without cause."""
        term, months, notice = self.term, self.term.renewal_months, self.term.notice
        if not term.uncut:
            return
        would_end, renewal_day = term.uncut[-1].end, None
        for n, end in term.renewed_after() if months is not None else []:
            last = back(end, months)
            given = notice if notice and notice <= last and end == would_end else None
            # An early end asks for none, nor does what would have come after it, but for the one that was done.
            if (n, end) in term.due_ends or given:
                renewal_day = last if end == would_end else None
                of = "year" if until_further_notice(self.agreement["term"]) else "renewal"
                self.notice(of, str(n), last, given, term.renewal, end)
        for key, e in term.life.exits.items():
            n = stated(e.get("notice_months"))
            if e["means"] != "notice" or "any" not in e["cause"] or n is None or term.life.open_ended:
                continue
            last = back(would_end, n)
            given = notice if notice and notice <= last else None
            # An early end asks for none where no notice has been given.
            if last != renewal_day and (not term.cut or notice):
                self.notice(key, None, last, given, e, would_end)

    def notice(self, of, number, last, given, rule, end):
        """A last day of notice, and the last meeting that can decide on it."""
        if self.before_start(last, False):
            return
        footing = self.on_end(end)
        base = self.add("notice", of, number, last, done=given, footing=footing)
        sent = rule.get("notice_counts_from") == "sending"
        needed = last - timedelta(0 if sent else self.settings["notice_delivery_days"])
        meeting, _, reason = self.meeting_in_time(needed, date.min, self.meetings)
        # Silent: it is done when the notice is, on the day of the decision; with no day it has passed when its day has.
        decided = given and self.term.life.notice_decided
        base = dict(base, last_day=needed)
        self.add("notice-decision", of, number, meeting, done=decided, base=base, reason=reason, footing=footing)

    # ── 6. The committee's meetings ──────────────────────────────────────────────────────────────────────────────────

    def memo(self, of, period, base, after=date.min, meetings=None):
        """The last day to hand in what the committee is to decide on, if its plan reaches that far."""
        needed = base["last_day"]
        meeting, stop, reason = self.meeting_in_time(needed, after, self.meetings if meetings is None else meetings)
        if meeting and not stop:
            reason = "manusstopp saknas i mötesplanen"
        # Its own day is not known when it is done because the decision is.
        row = self.add(
            "memo", of, period, stop, done=base["done"] and WITHOUT_DAY, base=base, until=needed, reason=reason,
            footing=(base["commitment"], base["since"]),
        )
        if meeting and not stop and row["state"] == "coming" and meeting < self.as_of:
            row["state"] = "passed"  # Silent: with no day to hand it in it is coming until the meeting.

    def meeting_in_time(self, needed, after, meetings):
        """The last meeting by a day, with its day to hand in what it is to decide on, or why there is none."""
        in_time = [m for m in meetings if m[0] <= needed]
        early = [m for m in in_time if (m[1] or m[0]) > after]
        if not in_time or not self.plan_reaches(in_time[-1][0], needed, meetings):
            if self.faulty_plans:
                return None, None, "mötesplanen har fel"
            return None, None, "mötesplan saknas för den tiden" if meetings else "mötesplan saknas"
        if not early:
            return None, None, "inget sammanträde i tid i mötesplanen"
        return *early[-1], None

    def plan_reaches(self, latest, needed, meetings):
        """Whether the plan of meetings says what there is up to a day."""
        following = [day for day, _ in meetings if latest < day <= latest + timedelta(100)]
        return (needed - latest).days <= 62 or bool(following)

    def account_memo(self, row):
        if row["kind"] == "committee-account" and not row["owed_by_nobody"]:
            self.memo(f"committee-account.{row['of']}", row["period"], row, row["covers_to"])

    # ── 7. Payouts and index values ──────────────────────────────────────────────────────────────────────────────────

    def pay(self):
        term, degree = self.term, self.term.life.degree
        for p in self.payouts:
            covers = Slot(None, *(date.fromisoformat(p[k]) for k in ("covers_from", "covers_to")), None)
            firm = self.degree_of_payout(p, covers)
            if firm != p["commitment"]:
                self.unlike.append((f"{self.name}/payout/{p['id']}", "commitment", firm, p["commitment"]))
            paid = [date.fromisoformat(x["date"]) for x in p["payments"]]
            # What is less firm than the agreement, or is nothing, or has lapsed, is not there if nothing is paid of it.
            nothing, weaker = not Decimal(p["to_pay"] or "1"), DEGREES.index(firm) > DEGREES.index(degree)
            if p["status"] == "lapsed" or not paid and (nothing or firm not in FIRM and weaker):
                continue
            # Silent: nothing of a proposal is bound; the time that would hold is what counts for it.
            if not paid and term.known and covers.start > (term.life.bound_until or term.end):
                continue
            if not paid and self.awaits_decision(p):
                continue
            done = max(paid, default=None) if p["status"] == "settled" else None
            agreed, first = self.agreed_day(p), None
            if not agreed:
                # Not after the end of the agreement, unless all that it is for is.
                first, end = covers.start, term.life.last_day
                agreed = min(covers.end, end) if end and covers.start <= end else covers.end
            bound = self.bound_from(p, covers) if firm in FIRM else None
            if bound and agreed < bound and not any(day < bound for day in paid):
                agreed, first = bound + timedelta(30), None
            if p["due"] and p["due"] != str(agreed):
                self.unlike.append((f"{self.name}/payout/{p['id']}", "due in iop payouts", agreed, p["due"]))
            # A ceiling that nobody has called on is owed by nobody.
            open_ceiling = self.funding_of(p).get("ceiling") and p["status"] != "settled"
            never_late = degree not in FIRM or open_ceiling
            row = self.add(
                "payout", p["id"], None, agreed, first, done, slot=covers, never_late=never_late, footing=(firm, None),
                is_ceiling=self.funding_of(p).get("ceiling", False),
            )
            ended = term.end
            across = term.cut and covers.start <= ended < covers.end
            row["across"] = bool(across and p["status"] != "settled")

    def supplement_of(self, payout):
        """The supplement that the amount stands in, if any."""
        path = payout["path"].split(".")
        return self.agreement["supplement"][path[1]] if path[0] == "supplement" else None

    def funding_of(self, payout):
        return ((self.supplement_of(payout) or self.agreement)["funding"])[payout["funding"]]

    def awaits_decision(self, payout):
        """Whether the amount is one that a decision is to give which is not there on the day."""
        return registered(self.funding_of(payout), self.raw_records, self.as_of) is False

    def degree_of_payout(self, payout, covers):
        """The weakest of the amount's and of the days that it covers."""
        life, supplement = self.term.life, self.supplement_of(payout)
        degrees = [life.degree]
        if supplement:
            degrees.append(degree_of_change(supplement, self.raw_records, self.as_of))
        if self.awaits_decision(payout):
            degrees.append("proposed")
        covered = 0
        for s in life.stretches:
            shared = covers.days_shared(s.start or date.min, s.end or date.max)
            covered += shared
            degrees += [s.commitment] * bool(shared)
        if life.ends_early:  # Days after an early end are as firm as the agreement.
            covered += covers.days_shared(life.ended + ONE_DAY, date.max)
        if covered < (covers.end - covers.start).days + 1:
            degrees.append("draft" if life.degree == "draft" else "proposed")
        return weakest(*degrees)

    def agreed_day(self, payout):
        """The last day of the month of a payout, and the days to pay it in."""
        if not (payout["month"] or payout["day"]):
            return None
        plan = self.agreement["payout_plan"][payout["plan"].split(".")[1]] if payout["plan"] else {}
        y, m = map(int, (payout["month"] or payout["day"]).split("-")[:2])
        late = stated(plan.get("timing")) in ("arrears", "month-end") or plan.get("months_are") == "invoiced"
        return month_end(y, m) + timedelta(stated(plan.get("days_to_pay")) or 0 if late else 0)

    def bound_from(self, payout, covers):
        """The day on which the parties were bound by a payout: the last of what it rests on.

        Silent: by an agreement that no one has decided on they are not bound yet."""
        if self.term.life.degree not in FIRM:
            return None
        days, supplement = [self.decision_about_agreement()], self.supplement_of(payout)
        days.append(registered(self.funding_of(payout), self.raw_records, self.as_of))
        # A supplement that puts another amount in the place of one of the agreement binds no later than that.
        changes = [supplement] if supplement and payout["funding"] not in self.agreement.get("funding", {}) else []
        # Silent: which of them the time follows from when it goes over more than one. Here: all of them.
        changes += [
            self.term.change(s)
            for s in self.term.life.stretches
            if s.rests_on in ("extension", "supplement") and covers.days_shared(s.start or date.min, s.end or date.max)
        ]
        for change in changes:
            days.append(made(change, self.raw_records, self.as_of) or stated(change.get("dated")))
        return max((d for d in days if d), default=None)

    def index_values(self):
        found = {}
        for d in self.agreement.get("indexation", {}).values():
            for series in [d["series"]] if "series" in d else d.get("composite", {}):
                for key, year, own in self.values_needed(d, series):
                    # Silent: what several need is of the first, in the year of the earliest.
                    first = found.setdefault((series, key), [year, d.get("published"), year, own])
                    first[0] = min(year, first[0])
        for (series, key), (year, published, of, own) in found.items():
            if self.term.life.ends_early and date(year, 1, 1) > self.term.life.ended:
                continue
            last = month_end(year - 1, self.settings["index_value_month"])
            if self.register["indexes"][series]["kind"] == "level":
                after = add_months(date(int(key[:4]), int(key[5:] or 12), 1), 1)
                last = max(last, month_end(after.year, after.month))
            month = published and date(of - published["years_before"], published["month"], 1)
            if month and own:
                last = month_end(add_months(month, 1).year, add_months(month, 1).month)
            until = min(self.as_of, month_end(month.year, month.month)) if month else self.as_of
            values = self.register["indexes"][series]["value"].get(key, [])
            values = sorted(
                (v.get("known_from", date.min), n, v)
                for n, v in enumerate(values)
                if v.get("known_from", date.min) <= until
            )
            if month and own and values and values[-1][0] < month:
                values = []
            firm = ["decided", "provisional"] if month and month_end(month.year, month.month) < self.as_of else ["decided"]
            decided = values and values[-1][2]["status"] in firm
            self.add(
                "index-value",
                series,
                key,
                last,
                done=values[-1][2].get("known_from", WITHOUT_DAY) if decided else None,
            )

    def values_needed(self, d, series):
        """The keys of a series that an indexation needs, each with the year that is adjusted by it."""
        # A term whose end is not stated gives no years, also when it has ended early.
        start, end = stated(self.agreement["term"]["start"]), original_end(self.agreement["term"], self.term.life)
        if d.get("years"):
            years = sorted(set(d["years"]))
        elif start and end:
            last, begins = last_of_all(self.agreement, self.term.life), (1, 1)
            if d.get("per") == "agreement-year":
                begins = (d["year_begins"]["month"], d["year_begins"]["day"]) if "year_begins" in d else (start.month, start.day)

            def holding(day):
                return day.year if (day.month, day.day) >= begins else day.year - 1

            first = holding(end + ONE_DAY) if d.get("applies") == "on-extension" else holding(start) + 1
            years = list(range(first, holding(last) + 1)) if d.get("applies") != "on-extension" or last > end else []
            if d.get("applies") == "on-extension" and until_further_notice(self.agreement["term"]):
                years = []
        else:
            years = []
        until = self.last_year_of(d, start)
        years = [y for y in years if until is None or y <= until]
        level, base, lag = self.register["indexes"][series]["kind"] == "level", d.get("base"), d.get("lag_years", 0)
        month = base[4:] if base else ""
        if level and not base and stated(d.get("method")) == "against-base":
            return  # Silent: what cannot be computed needs no values.
        for year in years:
            yield f"{year - lag}{month if level else ''}", year, True
            if level and base and (year == years[0] or d.get("method") == "against-base"):
                yield base, year, False
            elif level:
                yield f"{year - lag - 1}{month}", year, False

    def last_year_of(self, d, start):
        """The last year, as an indexation counts them, in which what it is for has days; None if that is not known."""
        begins = (1, 1)
        if d.get("per") == "agreement-year":
            begins = (d["year_begins"]["month"], d["year_begins"]["day"]) if "year_begins" in d else start and (start.month, start.day)
        supplements = self.agreement.get("supplement", {}).values()
        all_ = [*self.agreement.get("funding", {}).items(), *(f for s in supplements for f in s.get("funding", {}).items())]
        own = [f for name, f in all_ if not d.get("funding") or name in d["funding"]]
        ends = []
        for f in own:
            a, b = time_of_money(f, self.agreement["term"], self.term.life)
            ends.append(b if a and b and a <= b else None)
        if not begins or not ends or None in ends:
            return None
        return max(b.year - ((b.month, b.day) < begins) for b in ends)

    # ── All of them ──────────────────────────────────────────────────────────────────────────────────────────────────

    def compute(self):
        t = self.term
        if t.start:
            self.beginning()
        self.changes()
        self.ending()
        if t.known:
            self.steering()
            self.duties()
            self.routine()
        self.pay()
        self.index_values()
        for key, w in self.records.get("waiver", {}).items():
            if "until" in w:
                self.add("waiver-expiry", key, last=w["until"])
        return [d for d in self.out if not self.settings["kinds"] or d["kind"] in self.settings["kinds"]]
