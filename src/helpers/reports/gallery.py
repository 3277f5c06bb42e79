"""Every chart and every table on one page, with sample and with extreme figures: `make gallery`.

A change of style is seen here at once. What is added to charts or tables has to be added to SHOWN; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import nbformat
import polars as pl

from helpers import (
    alerts,
    answer,
    charts,
    evidence,
    feedback,
    front,
    money,
    own_feedback,
    packs,
    places,
    scenarios,
    sensitivity,
    tables,
    what_if,
)
from helpers.audit import Audit
from helpers.cases import Charge
from helpers.charts.look import still_and_spec
from helpers.frames import MOMENT
from helpers.lesson import Shop, scenes
from helpers.notices import SUBJECTS
from helpers.reports import export, gallery_portfolio
from helpers.reports.gallery_cases import cases

# Every public function of charts and tables, with what it takes from a case.
SHOWN: dict[str, Callable[[Audit], Any]] = {
    "front.html": lambda a: front.html(answer.first_screen(a)),
    "front.sentences": lambda a: front.sentences(answer.changed(a)),
    "charts.moving": lambda a: charts.moving(a.counted, a.arrivals, a.roll_off, a.verdicts),
    "charts.cohorts": lambda a: charts.cohorts(a.cohorts, a.maturity, a.actions),
    "charts.alerts": lambda a: charts.alerts(alerts.of(a), a.watched),
    "charts.controls": lambda a: charts.controls(a.control),
    "charts.denominators": lambda a: charts.denominators(a.beside),
    "tables.files": lambda a: tables.files(a.account),
    "tables.rejected": lambda a: tables.rejected(a.account),
    "tables.coverage": lambda a: tables.coverage(a.covered),
    "tables.rates": lambda a: tables.rates(answer.rates(a), a.counted, a.verdicts),
    "tables.parts": lambda a: tables.parts(a.trailing, a.verdicts, a.covered),
    "tables.changes": lambda a: tables.changes(a.changes, a.verdicts),
    "tables.roll_off": lambda a: tables.roll_off(a.roll_off, a.verdicts),
    "tables.actions": lambda a: tables.actions(a.actions),
    "tables.maturity": lambda a: tables.maturity(a.maturity),
    "tables.decided": lambda a: tables.decided(a.decided),
    "tables.alerts": lambda a: tables.alerts(alerts.of(a)),
    "tables.signals": lambda a: tables.signals(a.signals),
    "tables.drivers": lambda a: tables.drivers(a.drivers),
    "tables.returned": lambda a: tables.returned(a.returned),
    "tables.compared": lambda a: tables.compared(a.compared),
    "tables.reported": lambda a: tables.reported(a.account.snapshots, a.day),
    "tables.score": lambda a: tables.score(a.trailing, a.day),
    "tables.standing": lambda a: tables.standing(a.standing),
    "tables.tallies": lambda a: tables.tallies(a.tallies),
    "tables.unjudged": lambda a: tables.unjudged(a.trailing, a.verdicts, a.covered, a.day),
    "tables.definitions": lambda a: tables.definitions(a.covered, a.verdicts),
    "tables.evidence_words": lambda a: tables.evidence_words(),
    "tables.targets": lambda a: tables.targets(a.covered, a.rules, a.day),
    "tables.open_points": lambda a: tables.open_points(a.account, sensitivity.other_readings(a)),
}


def _charged(a: Audit) -> tuple[evidence.Judged, ...]:
    """The rates of a case as a letter would charge them, with the figures they have."""
    rows = a.verdicts.filter(pl.col("denominator") > 0).head(4)
    charges = [
        (Charge(subject=row["metric"], count=row["numerator"], out_of=row["denominator"]), row["marketplace"])
        for row in rows.iter_rows(named=True)
        if row["metric"] in SUBJECTS
    ]
    return tuple(evidence.judged(charge, a, store) for charge, store in charges)


def _behind(a: Audit) -> dict[str, pl.DataFrame]:
    """The first bad orders of each rate as a table of a letter shows them."""
    rows = a.standing.head(5).select(
        "order_key",
        ordered_on="order_day",
        ship_by=pl.lit(None, MOMENT),
        confirmed_at=pl.lit(None, MOMENT),
        promised_by=pl.lit(None, MOMENT),
        outcome=pl.col("kinds").list.join(", "),
        seen_on="seen_on",
    )
    return {"orders-1-order-defect-rate.csv": rows}


FACTS = pl.DataFrame(
    {"number": ["E1.1"], "said": ["<b>A</b> line of the letter"], "source": ["letter.txt, line 8, a, b"]}
)
PROBLEMS = pl.DataFrame({"what": ["Left open"], "place": ["answers.md"], "said": ["[FILL: <i>the cause</i>]"]})
SHOWN |= {
    "tables.charges": lambda a: tables.charges(evidence.charges(_charged(a))),
    "tables.facts": lambda a: tables.facts(FACTS),
    "tables.behind": lambda a: tables.behind(_behind(a)),
    "tables.problems": lambda a: [tables.problems(PROBLEMS), tables.problems(PROBLEMS.head(0))],
    "tables.watch": lambda a: tables.watch(packs.watch(scenarios.of(a, packs.WATCHED))),
}
SHOWN |= gallery_portfolio.SHOWN
OF_FEEDBACK = ("displayed", "page", "heard", "breakdowns", "implied", "beliefs", "lists", "proxies", "removals")
OF_FEEDBACK += ("response_rates", "influenced")
SHOWN |= {
    f"tables.{name}": (lambda a, name=name: getattr(tables, name)(getattr(own_feedback.of(a), name)))
    for name in OF_FEEDBACK
}

OF_OUTLOOK = {"by_chance": "chance_alone", "chances": "chances", "enough": "enough_of", "levers": "pulled"}
OF_OUTLOOK |= {"ways_back": "ways_back"}
SHOWN |= {
    f"tables.{name}": (lambda a, of=of, name=name: getattr(tables, name)(getattr(scenarios, of)(_outlook(a))))
    for name, of in OF_OUTLOOK.items()
}
SHOWN |= {
    "tables.track_record": lambda a: tables.track_record(scenarios.track_record(scenarios.tried(_outlook(a)))),
    "tables.relied_on": lambda a: tables.relied_on(*scenarios.relied_on(scenarios.tried(_outlook(a)))),
}
SHOWN["tables.held"] = lambda a: tables.held(money.held(a.account, a.day))
SHOWN["charts.fan"] = lambda a: what_if.fans(_outlook(a))
SHOWN["charts.sliders_ahead"] = lambda a: what_if.pictures(_outlook(a))

# The pictures of the lesson come from numbers, not from an account: as in a class, and at their ends.
NONE, ALL = (
    {"happy": 0, "happy_write": 0, "unhappy": 0, "unhappy_write": 0},
    {"happy": 58, "happy_write": 58, "unhappy": 20, "unhappy_write": 20},
)
NEVER, ALWAYS = (
    {"unhappy": 0, "happy_write": 0, "unhappy_write": 0},
    {"unhappy": 100, "happy_write": 100, "unhappy_write": 100},
)
FEW = {"orders": 10, "positive": 0, "negative": 0, "ratio": 0.1, "target_of_1000": 1}
MANY = {"orders": 2000, "positive": 200, "negative": 50, "ratio": 60, "target_of_1000": 100}
SHOPS = (Shop(orders=1, good=0, bad=0, target_of_1000=1), Shop(orders=100_000, good=0, bad=100_000, target_of_1000=999))
LESSON: dict[str, Callable[[], list]] = {
    "charts.two_by_two": lambda: [scenes.buyers(**one) for one in (NONE, ALL)],
    "charts.two_denominators": lambda: [scenes.denominators(**one) for one in (NONE, ALL)],
    "charts.expected": lambda: [scenes.model(**one) for one in (NEVER, ALWAYS)],
    "charts.settled": lambda: [scenes.settled(one) for one in SHOPS],
    "charts.asked": lambda: [
        scenes.asked(SHOPS[0], answer=0, unhappy=0),
        scenes.asked(SHOPS[1], answer=100, unhappy=100),
    ],
    "charts.dealt_shop": lambda: [
        scenes.dealt(SHOPS[0], orders=10, bad_of_1000=2, seed=0),
        scenes.dealt(SHOPS[1], orders=1000, bad_of_1000=30, seed=9999),
    ],
    "charts.dealt_year": lambda: [
        scenes.year(SHOPS[0], orders_a_day=1, bad_of_1000=2, seed=0),
        scenes.year(SHOPS[1], orders_a_day=200, bad_of_1000=30, seed=9999),
    ],
    "charts.directions": lambda: [charts.directions(feedback.published())],
    "charts.ratios": lambda: [scenes.counts(**one) for one in (FEW, MANY)],
    "charts.one_look": lambda: [scenes.one_look(orders=10, rate=0.002), scenes.one_look(orders=1200, rate=0.03)],
    "charts.standing": lambda: [scenes.standing(orders=10, model=name) for name in scenes.SHOPS],
    "tables.two_roads": lambda: [scenes.two_roads(**NEVER, orders=1, seed=1)],
    "tables.known_truth": lambda: [scenes.known_truth(**ALWAYS, orders=5, shops=1, seed=1)],
    "tables.published": lambda: [tables.published(feedback.published())],
}

ONE_OF_MANY = {
    "charts.trend",
    "charts.lanes",
    "charts.cohort",
    "charts.control",
    "charts.alarm",
    "charts.budget",
}  # drawn by others
NO_PICTURE = {
    "charts.DRAWN_LATER",
    "charts.fixed",
    "charts.sliders",
    "charts.decides",
    "charts.still",
    "tables.MOST_ORDERS",
}  # what is done with one


def page(chosen: Iterable[str] = SHOWN) -> str:
    """The gallery as one HTML page."""
    cells = [nbformat.v4.new_code_cell("", outputs=[_output("<h1>Every chart and every table</h1>")])]
    found = cases()
    for name in chosen:
        cells.append(nbformat.v4.new_markdown_cell(f"## {name}"))
        for title, case in found.items():
            outputs = [_output(shown) for shown in _listed(SHOWN[name](case))]
            cells += [nbformat.v4.new_markdown_cell(f"### {title}"), nbformat.v4.new_code_cell("", outputs=outputs)]
    for name, shown in LESSON.items():
        outputs = [_output(one) for one in shown()]
        cells += [nbformat.v4.new_markdown_cell(f"## {name}"), nbformat.v4.new_code_cell("", outputs=outputs)]
    return export.page(nbformat.v4.new_notebook(cells=cells), "Gallery")


_OUTLOOKS: dict[int, scenarios.Outlook] = {}  # of each case: drawn once for all its charts and tables


def _outlook(audit: Audit) -> scenarios.Outlook:
    return _OUTLOOKS.setdefault(id(audit), scenarios.of(audit))


def _listed(shown: Any) -> list:
    return shown if isinstance(shown, list) else [shown]


def _output(shown: Any) -> Any:
    if hasattr(shown, "to_dict"):
        data, _ = still_and_spec(shown.to_dict())
    else:
        data = {"text/html": shown if isinstance(shown, str) else shown.data}
    return nbformat.v4.new_output("display_data", data=data)


def main() -> None:
    target = places.home() / "reports" / "gallery.html"
    target.parent.mkdir(exist_ok=True)
    target.write_text(page(), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
