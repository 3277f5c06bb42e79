"""The first screen of the report on an account's own feedback: what the public reads, what it is of all orders, and
how far the truth can lie from either."""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers import coverage, intervals
from helpers.answer import Answer, Figure
from helpers.answer.screen import kicker
from helpers.own_feedback.displayed import YEAR
from helpers.rows import VerdictRow, rows_of
from helpers.rows.feedback import BoundedRow, DisplayedRow, HeardRow, is_bounded
from helpers.sentences import say
from helpers.vocabulary import Account
from helpers.wording import aimed, bound, count, counted, percent, percent_range, share, target_percent, where

MOST_ACTIONS = 3
TOP_OF_TARGET = 1.6  # the drawn scale reaches beyond the target by at least so much


def first_screen(
    account: Account,
    shown: pl.DataFrame,
    heard: pl.DataFrame,
    breakdowns: pl.DataFrame,
    removals: pl.DataFrame,
    compared: pl.DataFrame,
    verdicts: pl.DataFrame,
    orders: pl.DataFrame,
    as_of: date,
    today: date,
) -> Answer:
    """The answer from the window with the most orders.

    shown, heard, breakdowns, removals, compared   own_feedback        verdicts   verdicts.judge, for the target in force
    orders   own_feedback.orders, for claims and returns on the same orders
    """
    row = next(rows_of(heard, HeardRow), None)
    target = _target(row, verdicts) if row else None
    return Answer(
        kicker=kicker(account.name, where(row) if row else ", ".join(account.marketplaces), as_of, today),
        headline=_headline(account, shown, row, breakdowns),
        figures=tuple(_figures(row, target)) if row and target and is_bounded(row) else (),
        actions=tuple(_actions(account, row, removals, compared, verdicts)),
        others=_other_signs(row, target, orders),
    )


def _target(row: HeardRow, verdicts: pl.DataFrame) -> VerdictRow:
    at = {name: row[name] for name in ("marketplace", "fulfilment", "window_days")}
    return next(rows_of(verdicts.filter(metric="order_defect_rate", source="files", **at), VerdictRow))


def _other_signs(row: HeardRow | None, target: VerdictRow | None, orders: pl.DataFrame) -> str:
    """What claims, chargebacks and returns say of the same orders, where files tell it: feedback is not all there is."""
    if row is None or target is None or not target["denominator"]:
        return ""
    of_window = orders.filter(
        "is_placed", *(pl.col(name) == row[name] for name in ("marketplace", "fulfilment", "window_days"))
    )
    returned = of_window.get_column("is_returned_for_fault")
    return say(
        "signs-beside",
        defects=bound(target["exactness"]) + share(target["numerator"], target["denominator"], "order"),
        returned=int(returned.sum()) if of_window.height and not returned.null_count() else "untold",
    )


def _headline(account: Account, shown: pl.DataFrame, row: HeardRow | None, breakdowns: pl.DataFrame) -> str:
    if row is None or not row["orders"]:
        unknown = say("silent-unknown", why="unjudged" if account.orders.height else "no_order")
        return f"{_public(shown)} {unknown}"
    if row["negative"] is None:
        return say("feedback-untold")
    if row["positive"] is None or row["silent"] is None:
        return say("spoke-untold", bad=_bound(row) + share(row["negative"], row["orders"], "order"))
    orders = counted(row["orders"], "order")
    said = say(
        "spoke", spoke=row["orders"] - row["silent"], orders=orders, negative=_bound(row) + count(row["negative"])
    )
    of = breakdowns.filter(marketplace=row["marketplace"], fulfilment=row["fulfilment"]).head(1).to_dicts()
    if not of:
        return said
    # Counts that are bounds themselves decide nothing.
    under = of[0]["truly_under"] if row["exactness"] == "exact" else "depends"
    return f"{said} {say(f'truly.{under}', target=target_percent(of[0]['target']))}"


def _bound(row: HeardRow) -> str:
    """`at least ` or `at most ` where the files tell the negative feedback no better."""
    return bound(row["exactness"])


def _public(shown: pl.DataFrame) -> str:
    """The score of the first store over the year, or why there is none."""
    year = next(rows_of(shown.filter(pl.col("window_days") == YEAR), DisplayedRow), None)
    if year is None:
        return say("public-score.no_download")
    over = "year" if year["is_covered"] else "download"
    if year["received"] is None or year["positive"] is None:
        return say("public-score.only_bad", negative=year["negative"], over=over)
    if not year["received"] or year["positive_percent"] is None:
        return say("public-score.no_feedback", over=over)
    counts = {"positive": year["positive"], "received": year["received"]}
    return say("public-score.told", percent=year["positive_percent"], over=over, **counts)


def _figures(row: BoundedRow, target: VerdictRow) -> list[Figure]:
    bad, n = row["negative"], row["orders"]
    spoke = None if row["silent"] is None else n - row["silent"]
    aim = say("figure-aim", aim=aimed(target["must_be"], target["target"]))
    figures = [_share("orders", bad, n, "order", aim, float(target["target"]), _bound(row))]
    if spoke:
        figures.insert(0, _share("feedback", bad, spoke, "feedback", say("figure-no-target"), None, _bound(row)))
    most = round(row["high"] * n)
    silence = Figure(
        label=say("figure-of.truth"),
        value=None,  # a range: no point of it is likelier
        low=row["low"],
        high=row["high"],
        target=float(target["target"]),
        top=1.0,
        text=percent_range(row["low"], row["high"]),
        counts=say("figure-between", least=bad, most=most, of=counted(n, "order")),
        interval=say("figure-with-chance", interval=percent_range(row["low_95"], row["high_95"])),
        aim=aim,
        status="no_data",
        word=say("figure-word.bounds"),
    )
    return [*figures, silence]


def _share(of: str, bad: int, n: int, one_is: str, aim: str, target: float | None, known: str) -> Figure:
    low, high = (float(end) for end in intervals.clopper_pearson(bad, n))
    return Figure(
        label=say(f"figure-of.{of}"),
        value=bad / n,
        low=low,
        high=high,
        target=target,
        top=min(1.0, max(1.15 * high, TOP_OF_TARGET * (target or 0))),
        text=known + percent(bad / n),
        counts=say("part", part=bad, of=counted(n, one_is)),
        interval=percent_range(low, high),
        aim=aim,
        status="no_data",
        word=say("figure-word.stars"),
    )


def _actions(
    account: Account,
    row: HeardRow | None,
    removals: pl.DataFrame,
    compared: pl.DataFrame,
    verdicts: pl.DataFrame,
) -> list[str]:
    said = []
    missed = list(rows_of(verdicts.filter(metric="order_defect_rate", status="breached"), VerdictRow))
    if missed:
        stores = list(dict.fromkeys(verdict["marketplace"] for verdict in missed))
        whose = "stores" if len(account.marketplaces) > 1 else "all"
        said.append(say("hold-back-asking", whose=whose, stores=stores))
    elif row and row["still_open"]:
        said.append(say("ask-everyone", open=row["still_open"]))
    if account.feedback.is_empty() or coverage.has_only_bad_stars(account):
        said.insert(0, _missing("feedback"))
    differing = compared.filter(pl.col("is_same").not_())
    if differing.height:
        said.insert(0, say("page-and-download-differ", finding=differing.item(0, "finding")))
    at = {name: row[name] for name in ("marketplace", "fulfilment")} if row else {}
    asked = removals.filter(scenario="asked", **at)
    number = int(asked.select(pl.coalesce("on_window", "feedback").sum()).item())
    if number:
        bare = int(asked.get_column("without_text").sum())
        said.append(say("may-be-removed", number=number, bare=bare))
    if account.orders.is_empty():
        said.append(_missing("orders"))
    if not account.feedback_totals:
        said.append(say("type-the-counts"))
    return said[:MOST_ACTIONS]


def _missing(what: str) -> str:
    return say("download-missing", download=say(f"missing-download.{what}"))
