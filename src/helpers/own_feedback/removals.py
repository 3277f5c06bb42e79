"""What feedback that was struck through, or may still go, changes in both numbers: the score, and the rate over orders.

The two take different feedback: the score by the day received, the rate by the day ordered. Removed and struck feedback
leave both (help page 20231); an order with a claim stays defective without its feedback. Nobody can promise a removal.
Only a text gives the marketplace a ground to take feedback away; stars without one can be taken back by their buyer.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from helpers import coverage
from helpers.metrics import facts
from helpers.own_feedback.displayed import YEAR
from helpers.own_feedback.signs import WINDOW
from helpers.sentences import say
from helpers.vocabulary import AMAZON, Account
from helpers.wording import share, where, whole_percent

SCENARIOS = ("taken_back", "asked", "amazon", "struck")  # what might go or has gone
PERIODS = {"taken_back": "feedback_withdraw_days", "asked": "feedback_removal_days"}  # options: in how many days
BY_TEXT = ("asked", "amazon")  # the marketplace looks at the words
COUNTS = (
    "feedback",
    "on_window",
    "without_text",
    "score_positive",
    "score_received",
    "score_received_after",
    "negative",
)
COUNTS += ("negative_after", "defective", "defective_after", "orders", "orders_after")


def removals(account: Account, orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Both numbers with and without the feedback of each scenario: one row a window and scenario that holds any. A store
    without a judged window has its score alone: `fulfilment`, the window and what is counted on orders are null.

    orders   own_feedback.orders
    Columns: WINDOW, `scenario`, `feedback` (of the store, in the score's 365 days), `on_window` (on the window's
    orders), `without_text` (what would be among `feedback` if it had a text; null where none is needed),
    `score_positive`, `score_received` and `score_received_after` (null: the files hold one to three stars only),
    `negative`, `defective`, `orders` of the window and the same with `_after`, `finding`. "After" is without that
    feedback; for what is already struck through, "after" is what stands now.
    """
    rows = []
    said = facts.received(account).filter("is_negative")
    judged: list[tuple[dict[str, Any], pl.DataFrame | None]] = [
        (dict(zip(WINDOW, key, strict=True)), every) for key, every in orders.group_by(WINDOW, maintain_order=True)
    ]
    without = said.filter(~pl.col("marketplace").is_in([*orders.get_column("marketplace").unique(), "unknown"]))
    for store in without.get_column("marketplace").unique().sort():
        judged.append((dict.fromkeys(WINDOW) | {"marketplace": store, "as_of": as_of}, None))
    for window, every in judged:
        seen = said.filter(pl.col("received_on") <= window["as_of"], marketplace=window["marketplace"])
        for scenario in SCENARIOS:
            of_scenario = seen.filter(_is_in(scenario, account, window["as_of"]))
            has_ground = pl.col("comment").is_not_null() | pl.lit(scenario not in BY_TEXT)
            gone, row = of_scenario.filter(has_ground), window | {"scenario": scenario} | dict.fromkeys(COUNTS)
            row |= _score(account, window, gone) | _rate(every, gone, scenario)
            if scenario in BY_TEXT:
                row["without_text"] = _in_score(window, of_scenario.filter(~has_ground)).height
            if (scenario != "amazon" or window["fulfilment"] in (AMAZON, None)) and (
                row["feedback"] or row["on_window"] or row["without_text"]
            ):
                rows.append(row | {"finding": _finding(row, account)})
    schema = {name: orders.schema[name] for name in WINDOW} | {"scenario": pl.String}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(COUNTS, pl.Int64) | {"finding": pl.String})


def _is_in(scenario: str, account: Account, as_of: date) -> pl.Expr:
    is_standing = ~pl.col("is_struck")
    if scenario == "struck":
        return pl.col("is_struck")
    if scenario == "amazon":
        return is_standing & (pl.col("fulfilment") == AMAZON)
    days = timedelta(days=int(account.option(PERIODS[scenario])))
    return is_standing & (pl.col("received_on") > as_of - days)


def _score(account: Account, window: dict, gone: pl.DataFrame) -> dict[str, int | None]:
    """Feedback of the store in 365 days: all of it, and without what is gone; four and five stars stay."""
    in_score = _in_score(window, gone)
    if coverage.has_only_bad_stars(account):
        return {"feedback": in_score.height}
    received = facts.received(account).filter(~pl.col("is_struck"), marketplace=window["marketplace"])
    standing = _in_score(window, received)
    before = standing.height + in_score.filter("is_struck").height
    return {
        "feedback": in_score.height,
        "score_positive": int((standing.get_column("stars") >= 4).sum()),
        "score_received": before,
        "score_received_after": before - in_score.height,
    }


def _in_score(window: dict, received: pl.DataFrame) -> pl.DataFrame:
    """The feedback received in the score's 365 days."""
    first = window["as_of"] - timedelta(days=YEAR - 1)
    return received.filter(pl.col("received_on").is_between(first, window["as_of"]))


def _rate(every: pl.DataFrame | None, gone: pl.DataFrame, scenario: str) -> dict[str, int]:
    """Orders of the window with negative feedback, with any defect, and in all; with and without what is gone."""
    if every is None:
        return {}
    is_gone = pl.col("order_id").is_in(gone.get_column("order_id").implode())
    is_standing = pl.col("is_negative") | is_gone if scenario == "struck" else pl.col("is_negative")
    is_bad = pl.col("is_defective") | is_gone & is_standing if scenario == "struck" else pl.col("is_defective")
    # An order that counts by its feedback alone (a cancelled one) leaves with it.
    is_order, stays = pl.col("is_placed") | is_gone & is_standing, pl.col("is_placed_anyway") | ~is_gone
    stays = stays & pl.col("is_placed")
    numbers = {
        "on_window": is_order & is_standing & is_gone,
        "negative": is_order & is_standing,
        "negative_after": stays & is_standing & ~is_gone,
        "defective": is_order & is_bad,
        "defective_after": stays & (pl.col("is_otherwise_defective") | is_bad & ~is_gone),
        "orders": is_order,
        "orders_after": stays,
    }
    return every.select(expression.sum().alias(name) for name, expression in numbers.items()).row(0, named=True)


def _finding(row: dict, account: Account) -> str:
    scenario = row["scenario"]
    period = {"period": account.option(PERIODS[scenario])} if scenario in PERIODS else {}
    what = say(f"removal.{scenario}", **period)
    on_window = "untold" if row["orders"] is None else row["on_window"]
    said = [say("removal-finding", where=where(row), feedback=row["feedback"], on_window=on_window, what=what)]
    if row["without_text"]:
        said.append(say("removal-bare", number=row["without_text"]))
    if row["score_received"]:
        said.append(say("removal-score", scenario=scenario, before=_shown(row, ""), after=_shown(row, "_after")))
    else:
        said.append(say("removal-no-score"))
    said += _rate_said(row)
    return " ".join(said if scenario == "struck" else [*said, say("removal-no-promise")])


def _rate_said(row: dict) -> list[str]:
    if row["orders"] is None:
        return [say("removal-unjudged")]
    said = [say("removal-rate", scenario=row["scenario"], before=_orders(row, ""), after=_orders(row, "_after"))]
    kept = row["on_window"] - (row["defective"] - row["defective_after"])
    return [*said, say("removal-stays", number=kept)] if kept > 0 else said


def _shown(row: dict, end: str) -> str:
    positive, received = row["score_positive"], row[f"score_received{end}"]
    percent = whole_percent(positive, received) if received else 0
    return say("removal-score-is", percent=percent, positive=positive, received=received)


def _orders(row: dict, end: str) -> str:
    bad, n = row[f"defective{end}"], row[f"orders{end}"]
    return share(bad, n, "order") if n else say("removal-no-order")
