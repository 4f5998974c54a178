"""Draws the synthetic registers that check_payouts.py computes from: files of TOML, with all the variation of
docs/sa-raknas-beloppen.md. What is drawn is never handed to the computation, which reads the files."""
import random, tomllib
from datetime import date, timedelta
from fractions import Fraction

from synthetic_life import LifeGenerator, add_months, first_of_year
from toml_text import document

CHANGES, LEVELS, LINES = ["pris", "lon", "omsorg"], ["kpi", "nivamanad"], ["skola", "omsorg", "saknas"]
FIELDS = ["ansvar", "konto", "motpart"]


class Generator:
    """Draws registers that hold all the variation of the document."""

    def __init__(self, seed):
        self.r, self.deck, self.payers, self.to_continue = random.Random(seed), [], [], []
        self.life = LifeGenerator(self.r)
        # Draws of its own, so that the rest is drawn as before.
        self.money_draw = random.Random(seed + 1000)

    def chance(self, p):
        return self.r.random() < p

    def some(self, out, key, p, draw):
        if self.chance(p):
            out[key] = draw()

    def money(self, top=900_000):
        n = self.r.choice([self.r.randint(1, top), self.r.randint(1, top // 1000) * 1000])
        return self.r.choice([n, n, f"{n},{self.r.randint(0, 99):02}", f"{n}.{self.r.randint(0, 9)}"])

    def percent(self, low, high):
        return f"{self.r.uniform(low, high):.{self.r.randint(0, 3)}f}".replace(".", self.r.choice(",."))

    def vintages(self, draw):
        """Several notices of a value, the later ones better known; some only after the day."""
        out = []
        for _ in range(self.r.choice([1, 1, 2, 3])):
            v = dict(number=draw(), status=self.r.choice(["decided"] * 3 + ["provisional", "assumed"]), source="protokoll")
            self.some(v, "known_from", 0.7, lambda: date(self.r.choice([2021, 2022, 2023, 2024, 2025]), self.r.choice([*range(1, 13), 10, 10, 10]), 15))
            if out and "known_from" in out[-1] and self.chance(0.2):
                v["known_from"] = out[-1]["known_from"]
            out.append(v)
        return out if self.chance(0.3) else sorted(out, key=lambda v: v.get("known_from", date.min))

    def level(self, digit):
        return self.r.choice(["0", "-3,5"]) if self.chance(0.05) else self.percent(290 + 9 * digit, 310 + 12 * digit)

    def indexes(self):
        out = {}
        for name in CHANGES:
            low, high = {"pris": (0, 5), "lon": (-6, 3), "omsorg": (-1, 12)}[name]
            out[name] = {str(y): self.vintages(lambda: self.percent(low, high)) for y in range(2018, 2029) if self.chance(0.88)}
        for name in LEVELS:
            keys = [k for y in range(2018, 2029) for k in ([str(y), f"{y}-10", f"{y}-06"] if name == "nivamanad" else [str(y)])]
            out[name] = {k: self.vintages(lambda: self.level(int(k[3]))) for k in keys if self.chance(0.92)}
        out = {name: dict(title=name, kind="level" if name in LEVELS else "yearly-change", publisher="kommunen", value=v)
               for name, v in out.items()}
        for name in LEVELS:
            self.rebase(out[name])
        return out

    def rebase(self, series):
        """Gives the later levels of a series, and some others, another reference period; now and then without a link."""
        if self.chance(0.8):
            series["reference"] = "1980"
        links = [("1980", "2015"), ("2015", "2020"), ("2020", "1980")]
        series["link"] = {f"l{n}": dict(zip(("from", "to"), k), factor=self.r.choice(["0,97", "1,0312", "0,305", "3", "1,2", "0"] if n else ["0,97", "1,04"]), source="SCB")
                          for n, k in enumerate(links) if self.chance((0.95, 0.7, 0.1)[n])}
        first = self.r.choice([2019, 2022, 2023, 2024])
        for key, vintages in series["value"].items():
            for v in vintages:
                if int(key[:4]) >= first and self.chance(0.75) or self.chance(0.03):
                    v["reference"] = self.r.choice(["2015", "2015", "2015", "2020"])

    def term(self):
        start = date(self.r.randint(2021, 2024), 1, 1)
        if self.chance(0.5):
            start = date(start.year, self.r.randint(1, 12), self.r.choice([1, 1, 15, self.r.randint(1, 28), 31]) % 28 or 1)
        if self.chance(0.05):
            start = date(start.year, self.r.choice([1, 3, 5, 8, 10]), 31)
        end = add_months(start, self.r.choice([6, 12, 18, 24, 36, 36, 48])) - timedelta(1)
        if self.chance(0.2):
            return self.open_term(start)
        return dict(start=start, end=end if self.chance(0.85) else end - timedelta(self.r.randint(1, 40)))

    def codes(self, out, p):
        """Codes of some of the municipality's fields."""
        self.some(out, "code", p, lambda: {f: str(self.r.randint(1, 9)) for f in self.r.sample(FIELDS, self.r.randint(1, 3))})

    def open_term(self, start):
        """A term until further notice, with its first end too, which the file does not say."""
        open_ = dict(notice_months=self.r.choice([0, 1, 3, 6, 6, 12, 14, "not-stated", "not-stated"]))
        self.some(open_, "ends_on", 0.6, lambda: self.r.choice(["12-31", "12-31", "06-30", "02-28", "02-28", "02-27", "01-01", "07-15"]))
        self.some(open_, "notice_counts_from", 0.3, lambda: self.r.choice(["sending", "sending", "receipt"]))
        return dict(start=start, end=first_of_year(start, open_.get("ends_on", "12-31")), until_further_notice=open_)

    def say_length(self, a):
        """Leaves out the end where something else says how long the term is."""
        term = a["term"]
        if "until_further_notice" in term:
            del term["end"]
        elif isinstance(term["end"], date) and self.chance(0.3):
            start = term["start"] if isinstance(term["start"], date) else date(2022, 3, 15)
            for n in (6, 12, 18, 24, 36, 48):
                if add_months(start, n) - timedelta(1) == term["end"] or start is not term["start"] and self.chance(0.5):
                    term["months"] = n
                    del term["end"]
                    break

    def funding(self, start, end):
        f = dict(payer=self.r.choice(self.payers))
        self.some(f, "payee", 0.3, lambda: self.r.choice(["forening", "stiftelse"]))
        shape = self.r.choice(["whole", "year", "years", "part", "mid"])
        a, b = start, end
        if shape == "year":
            y = self.r.randint(start.year, end.year)
            a, b = max(a, date(y, 1, 1)), min(b, date(y, 12, 31))
        elif shape == "part":
            a, b = max(a, add_months(start, self.r.randint(0, 9)).replace(day=1)), end
        elif shape == "mid":
            a, b = (start + timedelta(self.r.randint(0, 200))), end - timedelta(self.r.randint(0, 200))
        if shape != "whole":
            f["period"] = dict(start=min(a, end), end=max(min(a, end), b))
        kind = self.r.random()
        if kind < 0.72:
            f["amount"] = self.money(self.r.choice([20, 9_000, 900_000, 90_000_000]) * 100)
        elif kind < 0.94:
            f["rate"] = dict(amount=self.money(20_000), unit="plats", per=self.r.choice(["period", "year", "half-year", "month"]))
            self.some(f["rate"], "count", 0.9, lambda: self.r.choice([self.r.randint(0, 40), self.r.randint(1, 9), "not-stated"]))
            if self.chance(0.25):
                del f["rate"]["unit"]
                f["rate"].pop("count", None)
            elif self.chance(0.4):
                days = (min(b, end) - a).days
                f["rate"]["step"] = {f"s{n}": dict({"from": a + timedelta(self.r.randint(-20, max(1, days) + 20))}, count=self.r.randint(0, 40))
                                     for n in range(self.r.choice([1, 1, 2]))}
                if self.chance(0.6):
                    for s in f["rate"]["step"].values():
                        s["from"] = s["from"].replace(day=1)
        else:
            f["amount"] = "not-stated"
        self.some(f, "ceiling", 0.12, lambda: True)
        self.some(f, "budget_line", 0.6, lambda: self.r.choice(LINES))
        self.codes(f, 0.2)
        if "period" not in f and self.money_draw.random() < 0.25:
            f["from"] = start + timedelta(self.money_draw.choice([31, 90, 200, 365, 500]))
        if "payee" not in f and self.money_draw.random() < 0.2:
            f["payees"] = self.payees(f)
        self.some(f, "source", 0.3, lambda: self.r.choice(["state-grant", "own-frame", "other", "not-stated"]))
        if self.money_draw.random() < 0.2:
            years = {str(y): self.money_draw.randint(1, 200_000) for y in range(a.year, b.year + 1) if self.money_draw.random() < 0.9}
            f["state_grant"] = self.money_draw.choice(["not-stated", *[years] * 4])
        return f

    def payees(self, f):
        """Several who receive an amount, divided or not, and now and then in a way that contradicts itself."""
        keys = self.money_draw.sample(["forening", "stiftelse", "region"], self.money_draw.choice([2, 2, 3]))
        how = self.money_draw.choice(["together", "share", "share", "amount", "wrong"])
        if how == "together":
            return {k: {} for k in keys}
        if how == "share":
            cuts = sorted(self.money_draw.sample(range(1, 1000), len(keys) - 1))
            return {k: dict(share=f"{(b - a) / 10:.1f}".replace(".", ",")) for k, a, b in zip(keys, [0, *cuts], [*cuts, 1000])}
        whole = f.get("amount", f.get("rate", {}).get("amount", 1000))
        whole = Fraction(str(whole).replace(",", ".")) if whole != "not-stated" else Fraction(1000)
        ore = [int(whole * 100) // len(keys)] * (len(keys) - 1)
        ore.append(int(whole * 100) - sum(ore))
        if how == "wrong":
            ore[0] += 1
        return {k: dict(amount=f"{n // 100},{n % 100:02}") for k, n in zip(keys, ore)}

    def in_place_of(self, old, start, end):
        """A supplement's component: one of its own, or the old one where something is not the same."""
        f = self.funding(start, end)
        f["payer"] = self.r.choice([f["payer"], "region"])
        if old and self.chance(0.6):
            keys = self.r.choice([["amount", "rate"], ["amount", "rate"], ["period"], ["period"], ["budget_line"],
                                  ["payer", "budget_line"], ["ceiling"]])
            f = {k: v for k, v in old.items() if k not in keys} | {k: f[k] for k in keys if k in f}
        self.some(f, "decision", 0.15, lambda: self.r.choice(["hojning", "fattas"]))
        return f

    def indexation(self, names, years, default_like):
        d = {}
        form = self.r.choice(["flat", "change", "level", "level", "composite", "follows"] if self.chance(0.3) else
                             ["flat", "change", "level", "composite"])
        if form == "flat":
            d["flat"] = self.percent(-4, 6)
        elif form == "composite":
            chosen = self.r.sample(CHANGES + LEVELS, self.r.choice([2, 2, 3]))
            weights = [self.r.randint(5, 30) for _ in chosen]
            if self.chance(0.5):
                weights[0] = 100 - sum(weights[1:])
            d["composite"] = {s: f"{w}" for s, w in zip(chosen, weights)}
        elif form == "follows":
            d["follows"] = "kommunens uppräkning"
        else:
            d["series"] = self.r.choice(CHANGES if form == "change" else LEVELS)
        if form in ("level", "composite"):
            self.some(d, "base", 0.7, lambda: self.r.choice(["2020", "2022", "2021-10", "2022-06"]))
        self.some(d, "lag_years", 0.4, lambda: self.r.choice([0, 1, 1, 2]))
        self.some(d, "percent_decimals", 0.2, lambda: self.r.choice([0, 1, 1, 2, 3]))
        self.some(d, "floor", 0.25, lambda: self.r.choice(["0", "1,5", "-1"]))
        self.some(d, "cap", 0.25, lambda: self.r.choice(["2", "3,25", "5"]))
        open_ = 0.45 if default_like else 0.15
        d["amounts"] = "not-stated" if self.chance(open_ / 2) else self.r.choice(["before-adjustment"] * 5 + ["after-adjustment"])
        d["method"] = "not-stated" if self.chance(open_ / 2) else self.r.choice(["chained", "against-base"])
        for key in ("amounts", "method"):
            if self.chance(open_ / 2):
                del d[key]
        self.some(d, "round_to", 0.75, lambda: self.r.choice(["ore", "krona", "hundred-kronor", "not-stated"]))
        self.some(d, "rounding_place", 0.6, lambda: self.r.choice(["year-amount", "payout", "payout", "not-stated"]))
        self.some(d, "funding", 0.3, lambda: self.r.sample(names, self.r.randint(1, len(names))))
        self.some(d, "years", 0.4, lambda: self.r.sample(years, self.r.randint(1, len(years))))
        if form != "flat" or self.chance(0.03):
            self.some(d, "published", 0.25, lambda: dict(month=self.r.choice([10, 10, self.r.randint(1, 12)]), years_before=self.r.choice([0, 1, 1, 2])))
        if self.chance(0.3):
            d["per"] = "agreement-year"
            self.some(d, "year_begins", 0.4, lambda: dict(month=self.r.randint(1, 12), day=self.r.choice([1, 1, 15, 31])))
            if d.get("year_begins", {}).get("day") == 31 and self.chance(0.7):
                d["year_begins"]["month"] = self.r.choice([1, 7, 12])
        if self.chance(0.1):
            self.contradict(d)
        return d

    def contradict(self, d):
        """Makes an indexation contradict itself, or take away all of the amount."""
        how = self.r.choice(["bases", "heavy", "negative", "bounds", "all", "day", "day"])
        if how == "bases":
            d.setdefault("flat", "2,0")
            d["series"] = self.r.choice(CHANGES)
        elif how == "day":
            d.update(per=self.r.choice(["calendar-year", "agreement-year"]), year_begins=dict(month=2, day=29))
        elif how == "bounds":
            d.update(floor="3", cap=self.r.choice(["2", "2,999"]))
        else:
            for key in ("series", "composite", "flat", "follows"):
                d.pop(key, None)
            if how == "all":
                d["flat"] = self.r.choice(["-100", "-130,5"])
            else:
                d["composite"] = dict(pris="60", lon="40,001") if how == "heavy" else dict(pris="110", lon="-10")

    def plan(self, names):
        p = {}
        self.some(p, "days_to_pay", 0.4, lambda: self.r.choice([0, 10, 30, 45, "not-stated"]))
        self.some(p, "remainder", 0.6, lambda: self.r.choice(["last", "largest-remainder", "largest-remainder", "not-stated"]))
        self.some(p, "timing", 0.65, lambda: self.r.choice(["advance", "arrears", "month-end", "not-stated"]))
        form = self.r.choice(["none", "times", "times", "months", "months", "part", "part", "part"])
        if form == "times":
            if not self.deck:  # every number with every timing, in turn
                self.deck = [(n, t) for n in (1, 2, 3, 4, 5, 6, 12, "not-stated")
                             for t in ("advance", "arrears", "month-end", "not-stated")]
                self.r.shuffle(self.deck)
            p["times_per_year"], p["timing"] = self.deck.pop()
        elif form == "months":
            p["months"] = self.r.sample(range(1, 13), self.r.randint(1, 5))
            self.some(p, "times_per_year", 0.5, lambda: len(p["months"]))
        elif form == "part":
            p["part"] = self.parts()
        self.some(p, "months_are", 0.25, lambda: self.r.choice(["invoiced", "invoiced", "paid"]))
        self.some(p, "funding", 0.4, lambda: self.r.sample(names, self.r.randint(1, len(names))))
        return p

    def parts(self):
        """Shares that make a hundred, or leave a rest, or neither; some parts are amounts."""
        n, rest, of_term = self.r.randint(2, 5), self.chance(0.5), self.chance(0.35)
        out = {}
        for i in range(n):
            part = {}
            if of_term and self.chance(0.7):
                part["month_of_term"] = self.r.randint(1, 30)
            elif self.chance(0.85):
                part["month"] = self.r.choice([self.r.randint(1, 12), self.r.randint(1, 12), "not-stated"])
            if rest and i == 0:
                part["rest"] = True
            elif self.chance(0.3):
                part["amount"] = self.money(60_000)
            else:
                part["share"] = self.r.choice([str(100 // n), "33,333333", "12.5", self.percent(1, 60)])
            out["del" + "cabed"[i]] = part
        return dict(self.r.sample(list(out.items()), n))

    def parties(self):
        """The parties; in some agreements the municipality is not among them, or has a part that pays too."""
        out = dict(kommun=dict(role="public", name="Ådala kommun"),
                   region=dict(role="public", name="Regionen", legal_person="Region Ådalen"),
                   forening=dict(role="civil-society", name="Föreningen"),
                   stiftelse=dict(role="civil-society", name="Stiftelsen"))
        self.payers = ["kommun", "kommun", "kommun", "region"]
        if self.chance(0.06):
            out["kommun"]["name"] = self.r.choice(["Ådala", "Ådala kommuns bolag", "Norra Ådala kommun"])
        if self.chance(0.15):
            name = self.r.choice(["Ådala kommun, kulturförvaltningen"] * 4 + ["Ådala kommun (skolan)", "Ådala kommunförbund", "Ådala kommun2"])
            out["forvaltning"] = dict(role=self.r.choice(["public"] * 5 + ["civil-society"]), name=name)
            self.payers += ["forvaltning"] * 3
        for party in out.values():
            party["signatory"] = dict(x=dict(name="N N"))
        return out

    def continued(self, a):
        """Makes an agreement go on after one that may last longer, mostly from the middle of what may come."""
        key, last, final = self.r.choice(self.to_continue)
        start = last + timedelta(self.r.randint(1, max(1, (final - last).days)) if self.chance(0.8) else self.r.randint(-400, 30))
        start = start.replace(day=1) if self.chance(0.4) else start
        a["continues"], a["status"] = key, self.r.choice(["proposed", "proposed", "draft", "decided", "signed"])
        a["term"] = dict(start=start, end=add_months(start, self.r.choice([12, 24, 36])) - timedelta(1))

    def agreement(self, default_like, name):
        term = self.term()
        a = dict(title="ett partnerskap", activity="partnerskap", status=self.r.choice(["proposed", "decided", "signed", "draft"]))
        a["term"] = term
        if self.to_continue and self.chance(0.15):
            self.continued(a)
        term = a["term"]
        end = term["end"]
        decisions, signings = self.life.draw(a) if self.chance(0.85 if "until_further_notice" in term else 0.65) else ({}, {})
        changes = [e["until"] for e in a.get("extension", {}).values()] + [x["end"] for x in a.get("supplement", {}).values() if "end" in x]
        open_ = "until_further_notice" in term
        end = min(max([end, *changes]), add_months(end, 60))
        if open_:
            end = max(end, date(2025, 12, 31)) if self.chance(0.8) else end
        if self.chance(0.15):
            end = add_months(end, 12)  # money for a time that the agreement does not have
        self.some(a, "committee", 0.3, lambda: "kultur")
        if self.chance(0.1) and "continues" not in a:
            last = term["start"] - timedelta(self.r.randint(-40, 400))
            a["predecessor"] = dict(title="det förra avtalet", extended=self.chance(0.5), period=dict(start=add_months(last, -24), end=last))
        if self.chance(0.1):
            a["also_decides"] = dict(annan=dict(committee="social" if "committee" in a else "kultur"))
            if self.chance(0.7):
                by = a["also_decides"]["annan"]["committee"].capitalize() + "nämnden"
                decisions["avtal-annan"] = dict(kind="approval", by=by, date=self.life.near(term["start"], 150, 60))
        a["party"] = self.parties()
        a["funding"] = {f"e{'cab'[i]}": self.funding(term["start"], end) for i in range(self.r.choice([1, 1, 2, 3]))}
        self.codes(a, 0.4)
        names, years = list(a["funding"]), list(range(term["start"].year, end.year + 1))
        for f in a["funding"].values():
            if open_ and self.chance(0.7):
                f.pop("period", None)
                if self.chance(0.9):
                    f.pop("amount", None)
                    f["rate"] = dict(amount=self.money(20_000), per=self.r.choice(["period", "year", "year", "half-year", "month", "month"]))
                    if self.chance(0.4):
                        f["rate"].update(unit="plats", count=self.r.choice([self.r.randint(0, 40), self.r.randint(1, 9), "not-stated"]))
        if {"option", "renewal"} & set(term) and self.chance(0.6) or open_ and self.chance(0.2):  # what an option or a renewal costs
            last, final = end, add_months(end, self.r.choice([6, 12, 18, 24]))
            first = last + timedelta(1) if self.chance(0.5) else last - timedelta(self.r.randint(0, 250))
            a["funding"]["fortsattning"] = dict(self.funding(term["start"], end), period=dict(start=max(first, term["start"]), end=final))
            if "continues" not in a and last >= date(2025, 6, 1):
                self.to_continue.append((name, last, final))
        if self.chance(0.1):
            a["in_kind"] = {f"n{i}": self.in_kind(term, end) for i in range(self.r.choice([1, 1, 2]))}
        if self.chance(0.2):  # a decision in the middle of the term, with an amount of its own
            day = term["start"] + (end - term["start"]) // 2
            a["funding"]["hojning"] = dict(payer="kommun", period=dict(start=day.replace(day=1), end=end),
                                           amount=self.money(), decision="hojning")
        if self.chance(0.85):
            a["payout_plan"] = {f"p{i}": self.plan(names) for i in range(self.r.choice([1, 1, 2]))}
            while len(a["payout_plan"]) > 1 and len([p for p in a["payout_plan"].values() if "funding" in p]) != 1:
                a["payout_plan"] = dict(p0=self.plan(names), p1=self.plan(names))
        earlier = []
        for key, x in a.get("supplement", {}).items():
            if self.chance(0.65):
                keys = earlier if earlier and self.chance(0.6) else self.r.sample([*names, f"ny-{key}"], self.r.randint(1, 2))
                earlier = keys
                x["funding"] = {k: self.in_place_of(a["funding"].get(k), term["start"], end) for k in keys}
                if self.chance(0.4):  # decided and not signed, over what mostly is
                    x["status"] = "decided"
                    x.pop("decision", None)
        if self.chance(0.2 if "continues" in a else 0.06) and not a.get("supplement"):
            self.forget_term(a)
        if self.chance(0.75):
            a["indexation"] = dict(i0=self.indexation(names, years, default_like))
            if a.get("extension") and self.chance(0.5):
                a["indexation"]["i0"]["applies"] = "on-extension"
            self.some(a["indexation"], "i1", 0.1, lambda: self.indexation(names, years, default_like))
        self.say_length(a)
        decisions["hojning"] = dict(kind="amount", by="nämnden", date=date(2024, 5, 20) if self.chance(0.8) else date(2025, 9, 1))
        return a, dict(decision=decisions, signing=signings)

    def in_kind(self, term, end):
        out = dict(party=self.r.choice(["kommun", "kommun", "region", "forening"]), what="lokal")
        self.some(out, "value", 0.7, lambda: self.r.choice([self.money(), "not-stated", 0]))
        self.some(out, "period", 0.5, lambda: dict(start=term["start"], end=end) if self.chance(0.5) else
                  dict(start=add_months(term["start"], self.r.randint(0, 12)), end=add_months(end, self.r.randint(0, 12))))
        return out

    def forget_term(self, a):
        """Leaves the term open, with periods for all that is paid."""
        for f in a["funding"].values():
            if self.chance(0.6):
                f.setdefault("period", {k: a["term"][k] for k in ("start", "end")})
        parts = [part for p in a.get("payout_plan", {}).values() for part in p.get("part", {}).values()]
        of_term = any("month_of_term" in part for part in parts)
        unknown = ["end"] if of_term else self.r.choice([["end"], ["start"], ["start", "end"]])
        if "until_further_notice" in a["term"]:
            unknown = [] if of_term else ["start"]
        a["term"] = dict(a["term"], **{k: "not-stated" for k in unknown})
        a.pop("extension", None)

    def deduction(self, p):
        """What is taken off a payout, now and then more than it comes to."""
        amount = max(Fraction(1), p["to_pay"] or p["agreed"] or Fraction(1234)) * self.r.choice([1, 2, 5, 10, 13]) / 10
        day = date.fromisoformat(p["due"] or p["covers_from"]) + timedelta(self.r.randint(-40, 40))
        return dict(kind=self.r.choice(["reduction", "repayment", "credit"]), date=day, payout=p["id"], reason="rapporten kom för sent",
                    amount=f"{int(amount)},{int(amount * 100) % 100:02}")

    def with_credits(self, invoices):
        """Now and then a credit note of one of them, of some of it, all or too much."""
        if self.chance(0.3):
            for n in range(self.r.randint(1, 3)):
                key = self.r.choice(list(invoices))
                of = Fraction(str(invoices[key]["amount"]).replace(",", "."))
                amount = max(Fraction(1), of * self.r.choice([1, 5, 10, 10, 12]) / 10)
                self.invoices += 1
                invoices[f"k{n}"] = dict(number=f"K {self.invoices}", date=invoices[key]["date"] + timedelta(self.r.randint(0, 40)), credits=key,
                                         amount=f"{int(amount)},{int(amount * 100) % 100:02}")
        return invoices

    def invoice(self, p, style):
        """An invoice, mostly of what its payout comes to; now and then of a number that has come before."""
        right = max(Fraction(0), p["to_pay"] or p["agreed"] or Fraction(1234))
        amount = right if self.chance(0.7) else Fraction(round(right * self.r.choice([5, 9, 11, 21]) / 10))
        due = date.fromisoformat(p["due"] or p["covers_from"])
        self.invoices = getattr(self, "invoices", 0) + 1
        row = dict(number=f"F {self.invoices}" if self.chance(0.95) else "F 1", date=due - timedelta(self.r.randint(0, 60)), due=due,
                   amount=f"{int(amount)},{int(amount * 100) % 100:02}")
        self.some(row, "supplier", 0.8, lambda: self.r.choice(["10 42", "1042", "1042", "1042"]))
        self.some(row, "partial", 0.15, lambda: True)
        if style == "payout":
            row["payout"] = p["id"] if self.chance(0.95) else "finns-inte#1"
        elif style != "none":
            row["funding"] = p["id"].split("#")[0]
        if style == "period":
            row["period"] = dict(start=date.fromisoformat(p["covers_from"]), end=date.fromisoformat(p["covers_to"]))
        return row

    def places(self, agreement):
        """Now and then a number of places that somebody is to have, paid for by an amount."""
        if self.money_draw.random() < 0.3:
            key = self.money_draw.choice(list(agreement["funding"]))
            count = agreement["funding"][key].get("rate", {}).get("count")
            count = count if isinstance(count, int) and count else self.money_draw.randint(1, 40)
            places = dict(number=max(1, count + self.money_draw.choice([-2, -1, 0, 0, 1])), what="platser", funding=key)
            if self.money_draw.random() < 0.7:
                places["bound"] = self.money_draw.choice(["exactly", "at-least", "at-most"])
            steps = agreement["funding"][key].get("rate", {}).get("step", {})
            if steps and self.money_draw.random() < 0.7:
                places["step"] = {k: dict(s, count=s["count"] + self.money_draw.choice([0, 0, 0, 1])) for k, s in steps.items()}
            agreement["undertaking"] = dict(u=dict(party="forening", lead="Föreningen ska", items=["hålla öppet"], places=dict(p=places)))

    def to_receivers(self, agreement, records):
        """Some of the payments and invoices of amounts to several name one of them; now and then the wrong one."""
        several = {k: list(f["payees"]) for k, f in agreement["funding"].items() if "payees" in f}
        for row in [*records.get("payment", {}).values(), *records.get("invoice", {}).values()]:
            of = row.get("funding", row.get("payout", "").split("#")[0])
            if of in several and self.money_draw.random() < 0.5:
                row["payee"] = self.money_draw.choice(several[of] if self.money_draw.random() < 0.95 else ["forening", "region"])
        return records

    def records(self, events, expected):
        """Payments, mostly right, for the payouts as they were computed without any."""
        out = {k: v for k, v in events.items() if v}
        if not self.chance(0.75):
            return out
        payouts = [p for p in expected["payouts"] if int(p["id"].split("#")[1]) < 40]
        rows, style = [], self.r.choice(["payout", "funding", "period", "none", "mixed"])
        chosen = payouts[:self.r.randint(0, len(payouts))]
        # What nobody is bound by is sometimes paid before what comes first.
        chosen += [p for p in payouts[len(chosen):] if p["commitment"] == "possible" and self.chance(0.5)]
        for p in chosen:
            n = payouts.index(p)
            due = date.fromisoformat(p["due"] or p["covers_from"])
            how = style if style != "mixed" else self.r.choice(["payout", "funding", "period", "none"])
            if p["status"] == "lapsed" and self.chance(0.6):
                continue
            right = max(Fraction(0), p["to_pay"] or p["agreed"] or Fraction(1234))
            if how != "payout" and self.chance(0.25):  # a payment for several
                def of(x):
                    return (x["due"], x["payer"]) if how == "none" else (x["id"].split("#")[0], x["year"])
                together = [x for x in payouts[n + 1:] if of(x) == of(p)]
                right += sum(max(Fraction(0), x["to_pay"] or 0) for x in together[:self.r.randint(1, 3)])
            paid = right if self.chance(0.7) else Fraction(round(right * self.r.choice([9, 11, 10, 5, 45]) / 10))
            if self.chance({"agreed": 0, "decided": 0, "possible": 0.6}.get(p["commitment"], 0.2)):
                due = min(due, date(2025, 6, 20))  # too early for what nobody is bound by
            row = dict(date=due - timedelta(self.r.randint(0, 20)), amount=f"{int(paid)},{int(paid * 100) % 100:02}")
            if how == "payout":
                row["payout"] = p["id"]
            elif how != "none":
                row["funding"] = p["id"].split("#")[0]
            if how == "period" or how == "none" and self.chance(0.2):
                row["period"] = dict(start=date.fromisoformat(p["covers_from"]), end=date.fromisoformat(p["covers_to"]))
            if self.chance(0.5 if p["status"] == "lapsed" else 0.08):
                row["partial"] = True
            rows += [row] * (2 if self.chance(0.05) else 1)
        if self.chance(0.5):
            style = self.r.choice(["payout", "payout", "funding", "period", "none"])
            invoiced = payouts[:self.r.randint(0, len(payouts))]
            invoiced += [p for p in invoiced if self.chance(0.05)]
            self.some(out, "invoice", bool(invoiced), lambda: self.with_credits(
                {f"f{n}": self.invoice(p, style) for n, p in enumerate(invoiced)}))
        taken = self.r.sample(payouts, min(len(payouts), self.r.choice([0, 0, 0, 1, 2])))
        self.some(out, "deduction", bool(taken), lambda: {f"d{n}": self.deduction(p) for n, p in enumerate(taken)})
        self.some(out, "payment", bool(rows), lambda: {f"b{n}": dict(row) for n, row in zip(self.r.sample(range(999), len(rows)), rows)})
        return out


def write_registers(folder, seed, count, read_register, recompute):
    """Two registers below a folder, the second with assumptions about how amounts are adjusted.

    Payments are drawn around what the two functions say is to be paid."""
    g, out = Generator(seed), []
    for n in range(2):
        root = folder / f"register-{n}"
        for sub in ("agreements", "indexes", "records"):
            (root / sub).mkdir(parents=True)
        register = dict(municipality=dict(name="Ådala kommun"), committee={k: dict(names=[dict(name=f"{k}nämnden".capitalize())]) for k in ("social", "kultur")},
                        default=dict(committee="social"), code={f: dict(title=f.capitalize()) for f in FIELDS})
        if n:
            register["default"]["indexation"] = g.r.choice([
                dict(amounts="before-adjustment", method=m, source="ekonomiavdelningen") for m in ("chained", "against-base")])
        (root / "iop.toml").write_text(document(register))
        frames = {k: dict(title=k, committee=g.r.choice(["social", "kultur"]), year={
            str(y): dict(amount=g.money(90_000_000), status="decided", source="kommunfullmäktige") for y in range(2021, 2029) if g.chance(0.8)})
                  for k in LINES[:2]}
        for line in frames.values():
            g.codes(line, 0.7)
            for frame in line["year"].values():  # from far too small to large enough
                frame["amount"] = round(10 ** g.money_draw.uniform(7.5, 11))
            if g.money_draw.random() < 0.6:
                line["frames_are"] = g.money_draw.choice(["net", "net", "gross"])
        (root / "budget.toml").write_text(document(dict(line=frames)))
        for name, index in g.indexes().items():
            (root / "indexes" / f"{name}.toml").write_text(document(index))
        known, g.to_continue = read_register(root), []
        for i in range(count // 2 + (count % 2 and not n)):
            drawn, events = g.agreement(bool(n), f"a{i:04}")
            g.places(drawn)
            (root / "agreements" / f"a{i:04}.toml").write_text(document(drawn))
            agreement = tomllib.loads((root / "agreements" / f"a{i:04}.toml").read_text())
            records = g.to_receivers(agreement, g.records(events, recompute(agreement, events, known)))
            (root / "records" / f"a{i:04}.toml").write_text(document(records))
        out.append(root)
    return out
