"""Every chart and every table on one page, with sample and with extreme figures: `make gallery`.

A change of style is seen here at once. What is added to charts or tables has to be added to SHOWN; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import polars as pl

from helpers import (
    answer,
    charts,
    coverage,
    exports,
    feedback,
    front,
    metrics,
    referee,
    sensitivity,
    tables,
    tallies,
    targets,
    verdicts,
)
from helpers.charts.look import still_and_spec
from helpers.frames import SCHEMAS, empty
from helpers.lesson import scenes
from helpers.reports import export
from helpers.vocabulary import Account

CHECKOUT = Path(__file__).resolve().parents[3]
DAY = date(2026, 10, 31)
LONG = "the-shop-whose-owner-could-not-stop-at-a-short-name-and-went-on-" * 3
RIGHT_TO_LEFT = "متجر المصابيح والأثاث"


@dataclass(frozen=True)
class Case:
    """What the functions are given: the frames of one account on one day."""

    account: Account
    covered: pl.DataFrame
    judged: pl.DataFrame
    trailing: pl.DataFrame
    arrivals: pl.DataFrame
    roll_off: pl.DataFrame
    changes: pl.DataFrame
    compared: pl.DataFrame
    beside: pl.DataFrame


def sample(folder: Path) -> Case:
    """The frames of a sample account, computed as the monthly report does."""
    account = exports.read(folder)
    day = coverage.day_looked_at(account)
    rules = partial(targets.in_force, own=account.own_targets)
    covered, daily = coverage.of_metrics(account, day), metrics.daily(account)
    trailing, roll_off = metrics.trailing(daily, rules, day), metrics.roll_off(daily, rules, day)
    compared = referee.compare(daily, account.snapshots, day)
    judged = verdicts.judge(trailing, rules, day, roll_off=roll_off, coverage=covered, compared=compared)
    changes = metrics.changes(daily, rules, day, metrics.month_before(day))
    arrivals, beside = metrics.arrivals(daily, rules, day), feedback.beside(account, judged)
    return Case(account, covered, judged, trailing, arrivals, roll_off, changes, compared, beside)


def nothing(of: Case) -> Case:
    """No file, no row, no verdict."""
    account = replace(of.account, files=empty("files"), rejected=empty("rejected"))
    frames = {name: frame.clear() for name, frame in vars(of).items() if isinstance(frame, pl.DataFrame)}
    return Case(account, **frames)


def extreme(of: Case, *, days: int, bad: int, orders: int, store: str) -> Case:
    """One rate of `bad` in `orders` that stood so for `days` days, in a store of this name."""
    key = {"account": "a", "marketplace": store, "metric": "order_defect_rate", "fulfilment": "merchant"}
    key |= {"group": None, "window_days": 60}
    rate, spread = (
        bad / orders,
        {"rate_low": bad / orders * 0.6, "rate_high": min(1.0, bad / orders * 1.5 + 3 / orders)},
    )
    window = {
        "window_numerator": bad,
        "window_denominator": orders,
        "is_covered": True,
        "is_mature": True,
        "source": "files",
    }
    trailing = [
        key | window | spread | {"day": DAY - timedelta(n), "window_end": DAY, "rate": rate} for n in range(days)
    ]
    counts = {"numerator": bad, "denominator": orders, "rate": rate}
    verdict = key | counts | spread | {"as_of": DAY, "window_end": DAY, "target": "0.01", "must_be": "below"}
    verdict |= {
        "status": "breached" if rate >= 0.01 else "met",
        "evidence": "weak",
        "exactness": "exact",
        "source": "files",
    }
    verdict |= {
        "probability_met": 0.5,
        "headroom": 0,
        "orders_to_recover": 99,
        "finding": f"{store}: {bad} of {orders}.",
    }
    verdict |= {"window_start": DAY - timedelta(59), "clear_on": DAY + timedelta(9)}
    leaving = [key | counts | {"day": DAY + timedelta(n), "leaves": int(n == 8)} for n in range(1, min(days, 60) + 1)]
    change = key | {
        "day_before": DAY - timedelta(31),
        "day": DAY,
        "is_covered": True,
        "new_defects": bad,
        "rolled_off": 0,
    }
    change |= counts | {"numerator_before": 0, "denominator_before": orders, "order_change": 0}
    theirs = {"rate_reported": rate, "numerator_reported": bad, "denominator_reported": orders, "explanation": store}
    compared = pl.DataFrame([key | counts | theirs | {"window_start": DAY, "window_end": DAY, "is_covered": True}])
    whose = (store, key["fulfilment"], DAY, DAY)
    beside = [
        (*whose, "feedback received", bad, orders, rate, *spread.values(), f"{rate:.0%}"),
        (*whose, "orders placed", bad, orders, rate, *spread.values(), store),
    ]
    file = dict.fromkeys(SCHEMAS["files"]) | {
        "path": f"{store}.txt",
        "rows_kept": orders,
        "rows_rejected": bad,
        "warnings": [store],
    }
    account = replace(
        of.account,
        name=store,
        marketplaces=(store,),
        files=pl.DataFrame([file], schema=SCHEMAS["files"]),
        rejected=pl.DataFrame([{"path": f"{store}.txt", "line": 2, "reason": store}], schema=SCHEMAS["rejected"]),
    )
    return Case(
        account=account,
        covered=of.covered.with_columns(marketplace=pl.lit(store)),
        judged=_frame("verdicts", [verdict]),
        trailing=_frame("trailing", trailing),
        arrivals=pl.DataFrame(
            [key | {"day": DAY, "entering": bad}], schema_overrides={"group": pl.String, "window_days": pl.Int32}
        ),
        roll_off=_frame("roll_off", leaving),
        changes=_frame("changes", [change]),
        compared=compared.with_columns(pl.col("group").cast(pl.String), pl.col("window_days").cast(pl.Int32)),
        beside=pl.DataFrame(beside, schema=of.beside.schema, orient="row"),
    )


def _frame(name: str, rows: list[dict]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(SCHEMAS[name]) | row for row in rows], schema=SCHEMAS[name])


def cases() -> dict[str, Case]:
    """Title → case: two samples, then what no sample holds."""
    small = sample(CHECKOUT / "data" / "sample" / "small-good")
    make = partial(extreme, small, store="amazon.de")
    return {
        "Sample: a small account": small,
        "Sample: files with holes": sample(CHECKOUT / "data" / "sample" / "with-holes"),
        "Nothing": nothing(small),
        "One point": make(days=1, bad=1, orders=60),
        "400 days": make(days=400, bad=3, orders=500),
        "Rates of nought": make(days=90, bad=0, orders=500),
        "Rates of one": make(days=90, bad=7, orders=7),
        "A very long name": extreme(small, days=90, bad=3, orders=500, store=LONG),
        "A name from right to left": extreme(small, days=90, bad=3, orders=500, store=RIGHT_TO_LEFT),
    }


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
    target = CHECKOUT / "reports" / "gallery.html"
    target.parent.mkdir(exist_ok=True)
    target.write_text(page(), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
