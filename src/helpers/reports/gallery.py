"""Every chart and every table on one page, with sample and with extreme figures: `make gallery`.

A change of style is seen here at once. What is added to charts or tables has to be added to SHOWN; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import nbformat
import polars as pl

from helpers import (
    answer,
    charts,
    exports,
    feedback,
    front,
    metrics,
    own_feedback,
    places,
    sensitivity,
    tables,
    tallies,
    targets,
)
from helpers.charts.look import still_and_spec
from helpers.lesson import scenes
from helpers.reports import export
from helpers.reports.gallery_cases import DAY, Case, cases

# Every public function of charts and tables, with what it takes from a case.
SHOWN: dict[str, Callable[[Case], Any]] = {
    "front.html": lambda case: front.html(
        answer.first_screen(case.account, case.judged, case.covered, tallies.of(case.account, DAY), DAY)
    ),
    "front.sentences": lambda case: front.sentences(answer.changed(case.changes, case.judged)),
    "charts.scorecard": lambda case: charts.scorecard(case.judged),
    "charts.trends": lambda case: charts.trends(case.trailing, case.arrivals, case.judged, most=2),
    "charts.calendars": lambda case: charts.calendars(case.roll_off, case.judged, most=2),
    "charts.denominators": lambda case: charts.denominators(case.beside),
    "tables.files": lambda case: tables.files(case.account),
    "tables.rejected": lambda case: tables.rejected(case.account),
    "tables.coverage": lambda case: tables.coverage(case.covered),
    "tables.scorecard": lambda case: tables.scorecard(case.judged),
    "tables.parts": lambda case: tables.parts(case.trailing, case.judged, case.covered),
    "tables.changes": lambda case: tables.changes(case.changes, case.judged),
    "tables.roll_off": lambda case: tables.roll_off(case.roll_off, case.judged),
    "tables.compared": lambda case: tables.compared(case.compared),
    "tables.score": lambda case: tables.score(case.trailing, DAY),
    "tables.standing": lambda case: tables.standing(_standing(case)),
    "tables.tallies": lambda case: tables.tallies(tallies.of(case.account, DAY)),
    "tables.unjudged": lambda case: tables.unjudged(case.trailing, case.judged, case.covered, DAY),
    "tables.definitions": lambda case: tables.definitions(case.covered),
    "tables.targets": lambda case: tables.targets(case.covered, targets.rules(case.account, DAY), DAY),
    "tables.open_points": lambda case: tables.open_points(case.account, sensitivity.other_readings(case.account, DAY)),
}


def _own(case: Case) -> dict[str, pl.DataFrame]:
    """The frames of an account's own feedback, by the name of their table."""
    account, rules = case.account, targets.rules(case.account, DAY)
    orders = own_feedback.orders(account, case.judged, case.covered)
    heard, removals = own_feedback.heard(orders, account), own_feedback.removals(account, orders, DAY)
    shown, rates = own_feedback.displayed(account, DAY), own_feedback.response_rates(account, DAY)
    return {
        "displayed": shown,
        "page": own_feedback.compared(account, DAY),
        "heard": heard,
        "breakdowns": own_feedback.breakdowns(heard, rules),
        "implied": own_feedback.implied(heard),
        "beliefs": own_feedback.beliefs(heard),
        "lists": own_feedback.lists(orders),
        "proxies": own_feedback.proxies(orders),
        "removals": removals,
        "response_rates": rates,
        "influenced": own_feedback.influenced(account, shown, heard, removals, rates),
    }


OF_FEEDBACK = ("displayed", "page", "heard", "breakdowns", "implied", "beliefs", "lists", "proxies", "removals")
OF_FEEDBACK += ("response_rates", "influenced")
SHOWN |= {f"tables.{name}": (lambda case, name=name: getattr(tables, name)(_own(case)[name])) for name in OF_FEEDBACK}


def _standing(case: Case) -> pl.DataFrame:
    return exports.with_keys(metrics.standing(case.account, case.judged), case.account)


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
LESSON: dict[str, Callable[[], list]] = {
    "charts.two_by_two": lambda: [scenes.buyers(**one) for one in (NONE, ALL)],
    "charts.two_denominators": lambda: [scenes.denominators(**one) for one in (NONE, ALL)],
    "charts.expected": lambda: [scenes.model(**one) for one in (NEVER, ALWAYS)],
    "charts.asking": lambda: [scenes.asking(**NEVER, answer=0), scenes.asking(**ALWAYS, answer=100)],
    "charts.directions": lambda: [charts.directions(feedback.published())],
    "charts.ratios": lambda: [scenes.counts(**one) for one in (FEW, MANY)],
    "charts.one_look": lambda: [scenes.one_look(orders=10, rate=0.002), scenes.one_look(orders=1200, rate=0.03)],
    "charts.standing": lambda: [scenes.standing(orders=10, model=name) for name in scenes.SHOPS],
    "tables.two_roads": lambda: [scenes.two_roads(**NEVER, orders=1, seed=1)],
    "tables.known_truth": lambda: [scenes.known_truth(**ALWAYS, orders=5, shops=1, seed=1)],
    "tables.published": lambda: [tables.published(feedback.published())],
}

ONE_OF_MANY = {"charts.trend", "charts.calendar"}  # drawn by trends and calendars
NO_PICTURE = {"charts.fixed", "charts.sliders"}  # what is done with a chart


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
