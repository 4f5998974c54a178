"""Draws the synthetic registers that check_schedule.py computes from: files of TOML, with all the variation of
docs/sa-raknas-datumen.md. What is drawn is never handed to the computation, which reads the files."""

import calendar, random
from datetime import date, timedelta

from life import first_of_year
from schedule_dates import add_months, back
from toml_text import document

NOT_STATED = "not-stated"
KINDS = (
    "activity-report yearly-report committee-account annual-accounts statistics workshop mid-term-review "
    "final-evaluation information other"
).split()
FIRST_YEAR, LAST_YEAR = 2021, 2025
# The days that are tried as today. Some of what is drawn falls on them, since much changes on the day itself.
DAYS_AS_TODAY = [
    date(2021, 7, 1),
    date(2023, 2, 28),
    date(2024, 2, 29),
    date(2024, 12, 31),
    date(2025, 6, 1),
    date(2026, 5, 15),
    date(2030, 1, 2),
]


def month_end(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


class Generator:
    """Draws registers that hold all the variation of the document."""

    def __init__(self, seed):
        self.r, self.decks, self.reports = random.Random(seed), {}, random.Random(seed + 1000)
        # What stands beside the rest, and changes none of its chances.
        self.beside = random.Random(f"beside {seed}")

    def chance(self, p):
        return self.r.random() < p

    def some(self, out, key, p, draw):
        if self.chance(p):
            out[key] = draw()

    def turn(self, name, values):
        """Every value in turn, in an order of its own each round, so that none is left to chance."""
        deck = self.decks.setdefault(name, [])
        if not deck:
            deck += values
            self.r.shuffle(deck)
        return deck.pop()

    def day(self, first, last):
        return first + timedelta(self.r.randint(0, max(0, (last - first).days)))

    # ── The register ─────────────────────────────────────────────────────────────────────────────────────────────────

    def settings(self):
        """`[schedule]`: every setting left out, changed a little, and at its limits."""
        s = {}
        self.some(s, "followed_from", 0.4, lambda: self.day(date(2022, 1, 1), date(2025, 6, 30)))
        self.some(
            s,
            "kinds",
            self.turn("kinds", [1] + [0] * 9),
            lambda: self.r.sample(
                [
                    "payout",
                    "term-end",
                    "review",
                    "memo",
                    "follow-up",
                    "steering-call",
                    "continuation",
                    "yearly-report",
                ],
                5,
            ),
        )
        self.some(
            s,
            "routine",
            0.5,
            lambda: self.r.choice(
                [
                    [],
                    ["annual-accounts"],
                    ["annual-accounts", "committee-account"],
                    ["yearly-report", "final-evaluation"],
                    ["activity-report", "mid-term-review", "statistics", "workshop", "other", "annual-accounts"],
                ]
            ),
        )
        self.some(s, "on_holiday", 0.6, lambda: self.turn("register on_holiday", ["keep", "before", "after"]))
        for key, values in dict(
            call_days=[0, 7, 21, 40],
            papers_days=[0, 3, 10],
            notes_days=[0, 7, 30],
            half_year_report_month=[1, 6, 7, 8, 9, 12],
            full_year_report_month=[1, 2, 3, 12],
            other_report_months=[0, 2, 3, 12],
            committee_account_month=[1, 2, 4, 6, 12],
            annual_accounts_month=[1, 4, 6, 12],
            index_value_month=[1, 6, 10, 12],
            review_months=[0, 6, 12, 18],
            decision_months=[0, 2, 6, 10],
            evaluation_months=[0, 1, 6, 12],
            legal_force_days=[0, 14, 30],
            notice_delivery_days=[0, 3, 30],
            due_within_days=[0, 7, 60, 120],
        ).items():
            self.some(s, key, 0.3, lambda: self.turn(key, values))
        return s

    def meeting_plans(self):
        """The committees' plans: one that reaches far, one with gaps that may begin late, a short one and one that
        there is none of."""
        out, begins = {}, self.turn("plan begins", [2020, 2022, 2024])
        for year in range(2020, 2030):
            for committee, chance, first, months in (
                ("social", 0.7, 2020, range(1, 13)),
                ("kultur", 0.6, begins, (2, 4, 6, 9, 11)),
                ("omsorg", year == 2023, 2020, (3, 9)),
            ):
                if year < first or not self.chance(chance):
                    continue
                plan = {}
                for month in months:
                    if plan and self.chance(0.15):
                        continue
                    day = date(year, month, self.r.randint(8, 25))
                    m = dict(manuscript_stop=day - timedelta(self.r.randint(10, 28)), date=day)
                    if self.chance(0.03):
                        m["manuscript_stop"] = NOT_STATED
                    self.some(m, "dispatch", 0.5, lambda: day - timedelta(7))
                    plan[f"m{month}"] = m
                out[f"{committee}-{year}"] = dict(
                    title=f"Sammanträden {year}", committee=committee, source="nämnden", meeting=plan
                )
        return out

    def faulty_plan(self, plans):
        """The name of the one that gets a fault, if any."""
        committee = self.turn("faulty plan", ["none", "omsorg", "social", "kultur"])
        return self.r.choice([name for name in plans if name.startswith(committee)] or [None])

    def with_fault(self, plan):
        """The text of a plan with a fault in it."""
        how = self.turn("fault", ["syntax", "date", "manuscript_stop"])
        if how == "syntax":
            return document(plan) + "sammanträde i december\n"
        key = self.r.choice(list(plan["meeting"]))
        fault = {"date": 2023, "manuscript_stop": "i mars"}[how]
        return document(dict(plan, meeting=dict(plan["meeting"], **{key: dict(plan["meeting"][key], **{how: fault})})))

    def indexes(self):
        def vintages():
            out = []
            for _ in range(self.r.choice([1, 1, 2])):
                v = dict(
                    number=f"{self.r.randint(1, 400)},5",
                    source="protokoll",
                    status=self.r.choice(["decided", "decided", "provisional", "assumed"]),
                )
                self.some(v, "known_from", 0.7, lambda: self.day(date(2022, 1, 1), date(2026, 12, 31)))
                out.append(v)
            return sorted(out, key=lambda v: v.get("known_from", date.min))

        years = range(2018, 2030)
        keys = dict(
            pris=map(str, years), niva=map(str, years), manad=[f"{y}-{m}" for y in years for m in ("06", "10", "12")]
        )
        return {
            name: dict(
                title=name,
                kind="yearly-change" if name == "pris" else "level",
                publisher="kommunen",
                value={k: vintages() for k in of if self.chance(0.6)},
            )
            for name, of in keys.items()
        }

    # ── An agreement ─────────────────────────────────────────────────────────────────────────────────────────────────

    def term(self):
        """From one day to four years, from the first, the last or any day of a month, and February 29."""
        form = self.turn(
            "term", ["year"] * 4 + ["month"] * 4 + ["any"] * 4 + ["end"] * 2
            + ["leap", "leap end", "day", "days", "short", "short"] + ["open"] * 6,
        )
        year = self.r.randint(FIRST_YEAR, LAST_YEAR)
        start = date(year, 1, 1)
        if form == "open":
            return self.open_term(year)
        if form == "month":
            start = date(year, self.r.randint(1, 12), 1)
        elif form in ("any", "day", "days"):
            start = self.day(date(year, 1, 1), date(year, 12, 31))
        elif form == "end":
            start = month_end(date(year, self.r.randint(1, 12), 1))
        elif form == "leap":
            start = date(2024, 2, 29)
        end = add_months(start, self.r.choice([1, 3, 6, 12, 12, 18, 24, 24, 30, 36, 36, 48])) - timedelta(1)
        if form == "leap end":
            start, end = self.r.choice([date(2023, 3, 1), date(2022, 3, 1), date(2024, 1, 15)]), date(2024, 2, 29)
        elif form == "day":
            end = start
        elif form == "short":  # The first and the last period of the calendar are a few days.
            first, last = (month_end(date(year, self.r.choice(of), 1)) for of in ((3, 6, 12), (3, 6, 9, 12)))
            start = first - timedelta(self.r.choice([0, 6, 13, 14, 20]))
            end = add_months(last, self.r.choice([12, 24])) + timedelta(self.r.choice([0, 1, 7, 14, 15, 21]))
        elif form == "days":
            end = start + timedelta(self.r.randint(1, 900))
        return dict(start=start, end=end)

    def open_term(self, year):
        """A term until further notice, with its first end too, which the file does not say."""
        start = self.r.choice([date(year, 1, 1), date(year, self.r.randint(1, 12), 1), self.day(date(year, 1, 1), date(year, 12, 31))])
        ends_on = self.turn("ends_on", [None] * 4 + ["12-31", "12-31", "06-30", "02-28", "02-27", "08-14", "01-01"])
        open_ = dict(notice_months=self.turn("months of open", [NOT_STATED] * 3 + [0, 1, 3, 6, 6, 12, 15]))
        if ends_on:
            open_["ends_on"] = ends_on
        self.some(open_, "notice_counts_from", 0.4, lambda: self.r.choice(["sending", "sending", "receipt"]))
        return dict(start=start, end=first_of_year(start, ends_on or "12-31"), until_further_notice=open_)

    def late(self, a):
        """The end that what happens to the term is drawn around: of one until further notice that of a later year, often."""
        if "until_further_notice" not in a["term"]:
            return a["term"]["end"]
        return add_months(a["term"]["end"], 12 * self.r.choice([0, 1, 1, 2, 3]))

    def say_length(self, a):
        """Leaves out the end where something else says how long the term is; it is kept for the records."""
        term = a["term"]
        a["_end"] = term["end"]
        if "until_further_notice" in term:
            del term["end"]
        elif isinstance(term["end"], date) and isinstance(term["start"], date):
            for n in range(1, 49):
                if add_months(term["start"], n) - timedelta(1) == term["end"] and self.chance(0.4):
                    term["months"] = n
                    del term["end"]
                    break

    def options(self):
        out = {}
        for key in self.r.sample(["ett", "tva"], self.r.choice([1, 1, 2])):
            out[key] = dict(months=self.r.choice([6, 12, 24]))
            self.some(out[key], "times", 0.5, lambda: self.r.choice([1, 2, 3]))
            self.some(out[key], "by", 0.5, lambda: self.r.choice(["kommun", "forening", "region"]))
        return out

    def continuing(self, a):
        """What happens at the end: options, automatic renewal, extensions one after the other, or nothing."""
        term, r = a["term"], self.r
        form = self.turn(
            "continuing", ["none"] * 4 + ["extension"] * 4 + ["option"] * 4 + ["renewal"] * 5 + ["mixed"]
        )
        if "until_further_notice" in term:
            form = "extension" if form == "extension" else "none"
        term_days = (term["end"] - term["start"]).days
        if form in ("option", "mixed"):
            term["option"] = self.options()
            for option in term["option"].values():
                self.some(
                    option,
                    "notice_by",
                    0.5,
                    lambda: r.choice(
                        [
                            NOT_STATED,
                            term["end"] - timedelta(r.randint(0, 200)),
                            add_months(term["end"], -3),
                            self.a_today(term["start"], term["end"]),
                        ]
                    ),
                )
        if form in ("renewal", "mixed"):
            term["renewal"] = dict(months=r.choice([1, 3, 6, 12, 12, 24]))
            self.some(term["renewal"], "notice_months", 0.75, lambda: r.choice([NOT_STATED, 0, 1, 3, 6, 12]))
            self.some(
                term["renewal"], "notice_counts_from", 0.4, lambda: r.choice(["sending", "sending", "receipt"])
            )
            self.some(
                term["renewal"],
                "until",
                0.5,
                lambda: r.choice(
                    [NOT_STATED]
                    + [
                        add_months(term["end"], n) + timedelta(d)
                        for n, d in ((24, 0), (14, 3), (36, 0), (3, 0), (0, 0))
                    ]
                ),
            )
        if form == "extension" or form in ("option", "mixed") and self.chance(0.6):
            a["extension"], end = {}, self.late(a)
            for n in range(r.choice([1, 1, 2, 3])):
                key, months, e = None, r.choice([1, 6, 12, 12]), {}
                if "option" in term and self.chance(0.85):
                    key = r.choice(list(term["option"]))
                    months = term["option"][key]["months"]
                dated = end - timedelta(r.randint(-20, max(1, min(300, term_days))))
                end = add_months(end + timedelta(1), months) - timedelta(1)
                if self.beside.random() < 0.25:  # begins later, or says the day that follows anyway, or one that was agreed already
                    e["from"] = add_months(end + timedelta(1), -months) + timedelta(self.beside.choice([-20, 0, 1, 15, 40, 200]))
                e["until"] = end
                self.some(e, "dated", 0.9, lambda: NOT_STATED if self.chance(0.1) else dated)
                if key:
                    e["option"] = key
                if self.chance(0.4):
                    e["decision"] = f"forlangning{n}"
                    day = dated + timedelta(r.randint(-40, 40))
                    if self.chance(0.9):
                        a["_decisions"][e["decision"]] = dict(kind="extension", by="nämnden", date=day)
                self.decided_beside(a, e, "extension")
                a["extension"][f"f{n}"] = e
                if self.chance(0.04):  # one that shortens what was agreed, so no option is used by it
                    e["until"] = term["end"] - timedelta(r.randint(0, 60))
                    e.pop("option", None)
                    break
                self.some(e, "status", 0.4, self.change_status)
            if self.chance(0.15):
                a["extension"] = dict(r.sample(list(a["extension"].items()), len(a["extension"])))

    def decided_beside(self, a, change, kind):
        """Sometimes another committee decides on a change too, sometimes after the municipality's own or not at all."""
        if self.beside.random() < 0.2:
            key = f"annan{len(a['_decisions'])}"
            change["also_decides"] = {"annan": dict(committee=self.beside.choice(["kultur", "social", "teknik", "kultur"]))}
            if self.beside.random() < 0.75:
                change["also_decides"]["annan"]["decision"] = key
                own = a["_decisions"].get(change.get("decision"), {}).get("date", date(2024, 1, 1))
                day = own + timedelta(self.beside.randint(-60, 120))
                if self.beside.random() < 0.85:
                    a["_decisions"][key] = dict(kind=kind, by="Andra nämnden", date=day)

    def change_status(self):
        return self.turn("status of change", ["draft", "proposed", "decided", "decided", "signed", "ended"])

    def supplements(self, a):
        """Supplements with a new end, money or exits, dated and decided or not."""
        r, term, out = self.r, a["term"], {}
        last = max([self.late(a)] + [e["until"] for e in a.get("extension", {}).values()])
        for n in range(1, r.choice([1, 1, 2]) + 1):
            s = out[f"s{n}"] = dict(number=n, changes="Något ändras.")
            self.some(s, "status", 0.5, self.change_status)
            self.some(s, "dated", 0.7, lambda: NOT_STATED if self.chance(0.1) else self.day(term["start"], last))
            if self.chance(0.3):
                s["decision"] = f"tillagg{n}"
                if self.chance(0.8):
                    day = self.day(term["start"] - timedelta(60), last)
                    a["_decisions"][s["decision"]] = dict(kind="supplement", by="nämnden", date=day)
            self.decided_beside(a, s, "supplement")
            form = self.turn("supplement", ["longer", "longer", "shorter", "shorter", "money", "exit", "words"])
            if form == "longer":
                s["end"] = add_months(last, r.choice([1, 6, 12]))
            elif form == "shorter":
                s["end"] = self.day(term["start"], last)
                if "until_further_notice" in term and self.chance(0.5):
                    s["end"] = term["end"]
            elif form == "exit":
                s["exit"] = dict(fri=dict(cause=["any"], means="notice", notice_months=r.choice([1, 2, 4])))
            elif form == "money":
                f = dict(payer="kommun", amount=r.randint(1, 900) * 1000)
                self.some(f, "payee", 0.6, lambda: r.choice(["forening", "region"]))
                f["period"] = dict(start=term["start"], end=last)
                if self.chance(0.5):
                    f["period"]["start"] = self.day(term["start"], last)
                if self.chance(0.4):
                    f["decision"] = f"tillaggsbelopp{n}"
                    if self.chance(0.6):
                        a["_decisions"][f["decision"]] = dict(kind="amount", by="nämnden", date=self.day(term["start"], last))
                s["funding"] = {r.choice(["e0", "ny"]): f}
        a["supplement"] = out

    def due(self, kind, every, term):
        """Every kind of `due`, in turn."""
        r = self.r
        form = self.turn(
            ("due", kind), ["none", "not-stated", "words", "date", "date", "month", "month", "day", "day", "days"]
        )
        if form == "none":
            return None
        if form == "not-stated":
            return NOT_STATED
        due = dict(
            words={"words": "i god tid"},
            month={"month": r.randint(1, 12)},
            day={"month": r.randint(1, 12), "day": r.choice([1, 15, 28, r.randint(1, 28), 29, 30, 31])},
            days={"days_after_period": r.choice([0, 1, 30, 45, 60, 400])},
            date={"date": self.due_date(term)},
        )[form]
        if form == "day":
            due["day"] = min(due["day"], calendar.monthrange(2024, due["month"])[1])
        if form != "words" and self.chance(0.1):
            due["words"] = "med orden"
        if self.chance(0.03):
            due.update(r.choice([dict(month=4), dict(days_after_period=20), dict(date=term["end"]), dict(day=9)]))
        return due

    def due_date(self, term):
        """A day within the term or after it, or one before it that only says which day of the year; many are the last
        of a month."""
        first, last = term["start"], add_months(term["end"], 14)
        if self.chance(0.2):
            first, last = add_months(first, -24), first - timedelta(1)
        day = self.day(first, last)
        return month_end(day) if self.chance(0.4) else day

    def a_today(self, first, last):
        """One of the days that are tried as today, if any is between two days."""
        return self.r.choice([day for day in DAYS_AS_TODAY if first < day < last] or [self.day(first, last)])

    def duties(self, a):
        out, r = {}, self.r
        for n in range(r.choice([0, 1, 2, 2, 3, 4])):
            kind = self.turn("kind", KINDS * 2 + ["activity-report", "yearly-report", "committee-account"])
            duty = dict(kind=kind)
            once = kind in ("mid-term-review", "final-evaluation")
            every = self.turn(
                ("every", kind),
                ["once"] * 6 + ["year", "half-year", None]
                if once
                else ["year"] * 4 + ["half-year"] * 4 + ["quarter"] * 2 + ["month", "once", NOT_STATED, None],
            )
            if every:
                duty["every"] = every
            self.some(duty, "counted_from", 0.3, lambda: r.choice(["start", "start", "calendar"]))
            if kind in ("activity-report", "yearly-report", "statistics", "other"):
                self.some(duty, "covers", 0.35, lambda: r.choice(["year-to-date", "year-to-date", "period"]))
            due = self.due(kind, every, a["term"])
            if due:
                duty["due"] = due
            self.some(duty, "author", 0.7, lambda: r.choice([*a["party"], NOT_STATED]))
            if self.reports.random() < 0.3:
                duty["late"] = self.cuts()
            out[f"u{n}"] = duty
        return out

    def cuts(self):
        """What a late report takes off the next payout."""
        r, out = self.reports, {}
        for n, days in enumerate(r.sample([0, 1, 14, 30, 200], r.choice([1, 1, 2, 3]))):
            out[f"k{n}"] = dict(after_days=days, share=r.choice(["10", "20", "33,3", "80"]))
            if r.random() < 0.3:
                out[f"k{n}"]["force"] = r.choice(["may", "may", "shall"])
        return out

    def steering(self):
        out, r = {}, self.r
        for n in range(r.choice([0, 1, 1, 1, 2])):
            g = out[f"g{n}"] = dict(title="Styrgrupp")
            if self.chance(0.08):
                g["meetings"] = NOT_STATED
            elif self.chance(0.95):
                times, per = self.turn(
                    "meetings",
                    [
                        (t, p)
                        for t, p in [
                            (1, "month"),
                            (2, "month"),
                            (1, "quarter"),
                            (2, "quarter"),
                            (3, "quarter"),
                            (1, "half-year"),
                            (2, "half-year"),
                            (3, "half-year"),
                            (4, "half-year"),
                            (6, "half-year"),
                            (1, "year"),
                            (2, "year"),
                            (3, "year"),
                            (4, "year"),
                            (5, "year"),
                            (6, "year"),
                            (8, "year"),
                            (12, "year"),
                            (1, "once"),
                            (2, "once"),
                            (2, "year"),
                            (4, "year"),
                        ]
                    ],
                )
                g["meetings"] = dict(times=times, per=per)
                self.some(g["meetings"], "bound", 0.2, lambda: r.choice(["at-least", "at-least", "exactly", "at-most"]))
                self.some(g["meetings"], "counted_from", 0.35, lambda: r.choice(["start", "start", "calendar"]))
        return out

    def exits(self, renewal):
        out, r = {}, self.r
        form = self.turn(("exit", renewal), ["none", "any", "any", "cause", "both", "two", "other"])

        def notice(cause):
            e = dict(cause=cause, means="notice")
            self.some(e, "notice_months", 0.85, lambda: r.choice([0, 1, 3, 6, 6, 9, NOT_STATED]))
            self.some(e, "notice_counts_from", 0.4, lambda: r.choice(["sending", "sending", "receipt"]))
            return e

        if form in ("any", "both", "two"):
            out["fri"] = notice(r.choice([["any"], ["any"], ["breach", "any"]]))
        if form in ("cause", "both"):
            out["orsak"] = notice(["breach", "changed-circumstances"])
        if form == "two":
            out["fri2"] = notice(["any"])
        if form == "other":
            out["tvist"] = dict(cause=["any"], means="dialogue", notice_months=3)
        return out

    def money(self, a):
        """Funding and plans that give payouts with and without months; what is paid is drawn by `records`."""
        r, term = self.r, a["term"]
        end = max([self.late(a)] + [e["until"] for e in a.get("extension", {}).values()])
        a["funding"] = {}
        for n in range(r.choice([0, 1, 1, 1, 2, 2])):
            f = dict(payer="kommun", amount=r.randint(1, 900) * 1000 if self.chance(0.95) else 0)
            self.some(f, "payee", 0.6, lambda: r.choice(["forening", "stiftelse", "region"]))
            if self.chance(0.15):
                f["decision"] = f"belopp{n}"
                if self.chance(0.85):
                    day = self.day(term["start"] - timedelta(100), end)
                    a["_decisions"][f["decision"]] = dict(kind="amount", by="nämnden", date=day)
            if self.chance(0.5):
                first = self.day(term["start"], term["end"]) if self.chance(0.3) else term["start"]
                f["period"] = dict(start=first, end=self.day(first, end) if self.chance(0.5) else end)
            if "until_further_notice" in term and self.chance(0.7):
                f.pop("period", None)
                if self.chance(0.9):
                    f["rate"] = dict(amount=f.pop("amount"), per=r.choice(["month", "half-year", "year"]))
            a["funding"][f"e{n}"] = f
        if a["funding"]:
            p = {}
            form = r.choice(["none", "months", "times", "timing", "timing", "term"])
            if form == "months":
                p["months"] = r.sample(range(1, 13), r.randint(1, 4))
            elif form == "term":
                p["part"] = dict(a=dict(month_of_term=1, share="50"), b=dict(rest=True))
                self.some(p["part"]["b"], "month_of_term", 0.6, lambda: r.randint(2, 14))
            elif form != "none":
                p["times_per_year"] = r.choice([1, 2, 4, 12])
                if form == "timing":
                    p["timing"] = r.choice(["advance", "arrears", "month-end"])
                    self.some(p, "days_to_pay", 0.5, lambda: r.choice([10, 30]))
                    if self.beside.random() < 0.3:
                        p["months_are"] = self.beside.choice(["invoiced", "invoiced", "paid"])
            if p or self.chance(0.5):
                a["payout_plan"] = dict(plan=p or dict(method="invoice"))
        if not a["funding"]:
            del a["funding"]
        if self.chance(0.4) and "funding" in a:
            a["indexation"] = {f"i{n}": self.indexation(a, end) for n in range(r.choice([1, 1, 2]))}

    def indexation(self, a, end):
        r, term, d = self.r, a["term"], {}
        form = self.turn("index", ["pris", "pris", "niva", "niva", "manad", "manad", "composite", "flat", "follows"])
        if form == "composite":
            d["composite"] = {"pris": "40", r.choice(["niva", "manad"]): "60"}
        elif form == "flat":
            d["flat"] = "2,0"
        elif form == "follows":
            d["follows"] = "uppräkningen"
        else:
            d["series"] = form
        if form in ("niva", "manad", "composite"):
            monthly = form == "manad" or "manad" in d.get("composite", {})
            base = f"{term['start'].year - r.choice([0, 1, 2])}" + (
                "-" + r.choice(["06", "10", "12"]) if monthly else ""
            )
            self.some(d, "base", 1 if monthly else 0.6, lambda: base)
        self.some(d, "lag_years", 0.4, lambda: r.choice([0, 1, 2]))
        d["amounts"] = r.choice(["before-adjustment"] * 4 + ["after-adjustment", NOT_STATED])
        self.some(
            d, "method", 0.9, lambda: r.choice(["chained", "chained", "against-base", "against-base", NOT_STATED])
        )
        self.some(
            d,
            "years",
            0.4,
            lambda: sorted(
                r.sample(
                    range(term["start"].year, end.year + 1), r.randint(1, min(3, end.year + 1 - term["start"].year))
                )
            ),
        )
        self.some(d, "applies", 0.25, lambda: "on-extension")
        if "flat" not in d:
            self.some(d, "published", 0.3, lambda: dict(month=r.randint(1, 12), years_before=r.choice([0, 1, 1, 2])))
        self.some(d, "per", 0.3, lambda: "agreement-year")
        if "per" in d:
            self.some(d, "year_begins", 0.3, lambda: dict(month=r.randint(1, 12), day=r.randint(1, 28)))
        self.some(d, "funding", 0.2, lambda: [r.choice(list(a["funding"]))])
        return d

    def agreement(self):
        r = self.r
        a = dict(
            title="ett partnerskap",
            activity="partnerskap",
            _decisions={},
            status=self.turn(
                "status", ["draft", "proposed", "proposed", "decided", "decided", "signed", "signed", "ended"]
            ),
        )
        committees = ["social"] * 4 + ["kultur"] * 3 + ["teknik", "omsorg"]
        self.some(a, "committee", 0.5, lambda: self.turn("committee", committees))
        if self.beside.random() < 0.15:
            a["also_decides"] = {"annan": dict(committee=self.beside.choice(["kultur", "social", "teknik", "kultur"]))}
        self.some(a, "on_holiday", 0.4, lambda: self.turn("on_holiday", ["keep", "before", "after"]))
        self.some(a, "dated", 0.5, lambda: date(2023, 1, 1))
        a["term"] = self.term()
        self.continuing(a)
        term = a["term"]
        self.some(
            term, "review_by", 0.35, lambda: NOT_STATED if self.chance(0.2) else self.day(term["start"], term["end"])
        )
        self.some(term, "review_every_years", 0.2, lambda: r.choice([1, 1, 2, 3]))
        a["party"] = dict(
            kommun=dict(role="public", name="Ådala kommun"),
            region=dict(role="public", name="Regionen"),
            forening=dict(role="civil-society", name="Föreningen"),
        )
        if self.chance(0.6):
            a["party"]["stiftelse"] = dict(role="civil-society", name="Stiftelsen")
        if self.chance(0.03):
            del a["party"]["forening"]
        self.money(a)
        if self.chance(0.3):
            self.supplements(a)
        for f in a.get("funding", {}).values():
            if f.get("payee") not in (None, *a["party"]):
                del f["payee"]
        a["follow_up"], a["steering_group"], a["exit"] = (
            self.duties(a),
            self.steering(),
            self.exits("renewal" in term or "until_further_notice" in term),
        )
        if self.beside.random() < 0.1:
            # What an agreement follows on that the register does not hold has no days here.
            last = term["start"] - timedelta(self.beside.randint(-40, 400))
            a["predecessor"] = dict(title="det förra avtalet", period=dict(start=add_months(last, -24), end=last))
        if self.chance(0.2):
            term["ended"] = self.early_end(a)
        if self.chance(0.04):
            self.forget_term(a)
        self.say_length(a)
        return {k: v for k, v in a.items() if v or k[0] == "_"}

    def early_end(self, a):
        """A day within the term, most often; also one that is an end or a start, and one that is outside."""
        term = a["term"]
        ends = [self.late(a)] + [e["until"] for e in a.get("extension", {}).values()]
        last = max(ends) if "renewal" not in term else add_months(term["end"], 24)
        form = self.turn(
            "ended",
            ["within"] * 4
            + ["agreed", "later", "today"] * 2
            + ["later", "an end", "start", "before", "after", "not-stated"],
        )
        if form == "today":
            return self.a_today(term["start"], last)
        if form == "agreed":
            return self.day(term["start"], term["end"])
        if form == "later":
            return self.day(term["end"], last)
        if form == "an end":
            return self.r.choice(ends)
        if form == "start":
            return term["start"]
        if form == "before":
            return term["start"] - timedelta(self.r.randint(1, 400))
        if form == "after":
            return last + timedelta(self.r.randint(1, 400))
        return NOT_STATED if form == "not-stated" else self.day(term["start"], last)

    def forget_term(self, a):
        """Leaves the term open, with periods for all that is paid."""
        for f in a.get("funding", {}).values():
            f.setdefault("period", {k: a["term"][k] for k in ("start", "end")})
        a.get("payout_plan", {}).get("plan", {}).pop("part", None)
        if "until_further_notice" in a["term"]:
            a["term"]["start"] = NOT_STATED
            return
        for key in self.r.choice([["end"], ["start"], ["start", "end"]]):
            a["term"][key] = NOT_STATED

    # ── What has happened ────────────────────────────────────────────────────────────────────────────────────────────

    def records(self, a, expected):
        """What is on record, drawn around the deadlines as they were computed without any."""
        r, out = self.r, {"decision": a.pop("_decisions")}
        start = a["term"]["start"]
        about = start if isinstance(start, date) and self.chance(0.8) else self.day(date(2020, 11, 1), date(2025, 12, 31))
        approval = dict(kind="approval", by="nämnden", date=about + timedelta(r.randint(-90, 60)))
        self.some(
            out["decision"], "avtal", 0.8 if a["status"] in ("decided", "signed", "ended") else 0.1, lambda: approval
        )
        for other in a.get("also_decides", {}).values():
            # The other committee decides too, sometimes first or alone.
            by = other["committee"].title() + "nämnden"
            row = dict(approval, by=self.beside.choice([by, by.lower()]), date=about + timedelta(self.beside.randint(-120, 60)))
            if self.beside.random() < (0.6 if a["status"] in ("decided", "signed", "ended") else 0.3):
                out["decision"]["avtal-annan"] = row
        if self.chance(0.15):
            day = approval["date"] + timedelta(r.randint(-30, 60))
            out["decision"]["uppdrag"] = dict(kind="assignment", by="nämnden", date=day)
        if isinstance(a["_end"], date) and self.chance(0.45):
            for n in range(r.choice([1, 1, 1, 2])):
                out["decision"][f"uppsagning{n}"] = self.termination(a)
        if isinstance(start, date) and self.chance(0.3):
            out["signing"] = {
                f"s{n}": dict(party=party, signatory="ordforande", date=start + timedelta(r.randint(-60, 120)))
                for n, party in enumerate(["kommun", "forening"])
            }
            if self.chance(0.2):
                out["signing"]["s0"]["date"] = NOT_STATED
        level = r.choice([0, 0.3, 0.7])
        rows = dict(meeting={}, report={}, payment={}, done={}, waiver={})

        def add(table, row):
            rows[table][f"r{len(rows[table])}"] = row

        for d in (d for d in expected if d["of"] not in ("annan", "approval.annan")):
            if not self.chance(level):
                continue
            about = (d["last_day"] or self.day(date(2021, 1, 1), date(2026, 1, 1))) + timedelta(r.randint(-60, 40))
            key = dict(kind=d["kind"], **{k: d[k] for k in ("of", "period") if d[k]})
            if d["kind"] == "steering-meeting" and self.chance(0.85):
                m = dict(steering_group=d["of"], date=self.day(d["covers_from"], d["covers_to"]))
                if self.chance(0.1):
                    m.update(date=about, period=d["period"])
                elif self.chance(0.05):
                    m.update(r.choice([dict(date=d["covers_from"] - timedelta(900)), dict(period="2019Q9")]))
                if m["date"] > date(2025, 5, 1) and self.chance(0.5) or self.chance(0.15):
                    m["planned"] = True
                elif self.chance(0.5):
                    m["registry_number"] = f"SN 2024/{r.randint(1, 999)}"
                add("meeting", m)
            elif d["duty"] and self.chance(0.75):
                a_, b = d["covers_from"], d["covers_to"]
                if self.chance(0.2):
                    a_, b = a_ - timedelta(r.randint(0, 40)), b - timedelta(r.randint(-40, 40))
                if self.chance(0.03):
                    a_, b = a_ - timedelta(3000), a_ - timedelta(2900)
                add("report", dict(duty=d["of"], period=dict(start=min(a_, b), end=b), date=about))
            elif d["kind"] not in ("term-end", "index-value") and self.chance(0.6):
                if self.chance(0.06) and len(key) > 1:
                    key.pop(r.choice([k for k in key if k != "kind"]))
                add("done", dict(key, date=about))
        paid = [(k, f) for of in [a, *a.get("supplement", {}).values()] for k, f in of.get("funding", {}).items()]
        for key, f in paid:
            for n in range(1, r.choice([0, 0, 2, 4]) + 1):
                day = f.get("period", a["term"])["start"]
                day = (day if isinstance(day, date) else date(2023, 1, 1)) + timedelta(r.randint(0, 500))
                add("payment", dict(date=day, amount=r.randint(1, 900) * 1000, payout=f"{key}#{n}"))
        for _ in range(r.choice([0, 0, 0, 1, 2])):
            w = dict(code="IOP201", path="term.end", date=date(2021, 1, 20))
            for k, v in dict(reason="Skäl.", by="nämnden", registry_number="SO 1").items():
                self.some(w, k, 0.9, lambda: v)
            self.some(w, "until", 0.9, lambda: self.day(date(2022, 1, 1), date(2027, 12, 31)))
            add("waiver", w)
        return {k: v for k, v in (out | rows).items() if v}


    def termination(self, a):
        """A notice near a last day for it, often on it or a day late, sent and received, sent, received or neither."""
        r, term = self.r, a["term"]
        first = a["_end"]
        ends = [first] + [e["until"] for e in a.get("extension", {}).values()]
        ends += [s["end"] for s in a.get("supplement", {}).values() if "end" in s]
        ends += [add_months(first, term["renewal"]["months"] * n) for n in (1, 2)] if "renewal" in term else []
        open_ = term.get("until_further_notice", {})
        ends += [add_months(first, 12 * n) for n in (1, 2, 3)] if open_ else []
        exits = {k: e for k, e in a.get("exit", {}).items() if e["means"] == "notice"}
        rules = [e for e in [term.get("renewal", {}), open_, *exits.values()] if isinstance(e.get("notice_months"), int)]
        end = r.choice(ends)
        last = back(end, r.choice(rules)["notice_months"]) if rules else end
        apart = self.turn("notice day", ["on it", "on it", "late", "late", "before", "before", "any", "any"])
        counted = last + timedelta({"on it": 0, "late": 1, "before": -1}.get(apart, r.randint(-200, 60)))
        d = dict(kind="termination", by="nämnden")
        form = self.turn("notice form", ["neither", "received", "both", "both", "both", "sent", "sending"])
        if form == "neither":
            return dict(d, date=counted, **self.exit_of_notice(exits))
        d["date"] = counted - timedelta(r.randint(0, 30))
        if form in ("both", "sent"):
            d["sent"] = d["date"] + (counted - d["date"]) // 2
        if form == "sending":  # The day that would count if it counts from sending.
            d["sent"], d["received"] = counted, counted + timedelta(r.choice([1, 3, 20]))
        elif form != "sent":
            d["received"] = counted
        return dict(d, **self.exit_of_notice(exits))

    def exit_of_notice(self, exits):
        return dict(exit=self.r.choice(list(exits))) if exits and self.chance(0.5) else {}


def write_registers(folder, seed, registers, agreements, read_register, recompute):
    """The registers below a folder. Records are drawn around what the two functions say is to be done."""
    g, out = Generator(seed), []
    for n in range(registers):
        root = folder / f"register-{n:02}"
        for sub in ("agreements", "indexes", "records", "meetings"):
            (root / sub).mkdir(parents=True)
        names = ("social", "kultur", "omsorg", "teknik")
        committees = {k: dict(names=[dict(name=k.title() + "nämnden")]) for k in names}
        register = dict(
            municipality=dict(name="Ådala kommun"),
            committee=committees,
            default=dict(committee="social"),
            schedule=g.settings(),
        )
        if g.turn("default", [False] * 7 + [True]):
            del register["default"]
        (root / "iop.toml").write_text(document({k: v for k, v in register.items() if v}))
        for name, data in g.indexes().items():
            (root / "indexes" / f"{name}.toml").write_text(document(data))
        plans = g.meeting_plans()
        faulty = g.faulty_plan(plans)
        for name, plan in plans.items():
            text = g.with_fault(plan) if name == faulty else document(plan)
            (root / "meetings" / f"{name}.toml").write_text(text)
        drawn, path = {}, lambda sub, name: root / sub / f"{name}.toml"
        for i in range(agreements):
            name, a = f"a{i:03}", g.agreement()
            if drawn and g.chance(0.12):
                a["continues"] = g.r.choice(list(drawn))
            drawn[name] = a
            path("agreements", name).write_text(document({k: v for k, v in a.items() if k[0] != "_"}))
        known = read_register(root)
        for name, a in drawn.items():
            records = g.records(a, recompute(known, name))
            if records:
                path("records", name).write_text(document(records))
        out.append(root)
    return out
