"""The first screen of the report on an account's own feedback: what the public reads, what it is of all orders, and
how far the truth can lie from either."""

from __future__ import annotations

from datetime import date

import polars as pl

from helpers import coverage, intervals
from helpers.answer import Answer, Figure
from helpers.own_feedback.displayed import YEAR
from helpers.rows import VerdictRow, rows_of
from helpers.rows.feedback import BoundedRow, DisplayedRow, HeardRow, is_bounded
from helpers.vocabulary import Account
from helpers.wording import aimed, bound, count, day, percent, percent_range, plural, share, target_percent, where

MOST_ACTIONS = 3
TOP_OF_TARGET = 1.6  # the drawn scale reaches beyond the target by at least so much
TRUTH = {
    "always": "Whatever the silent think, under {target} are dissatisfied.",
    "never": "Even with every silent buyer content, the dissatisfied are not under {target}.",
    "depends": "Feedback cannot say whether under {target} are dissatisfied.",
}


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
) -> Answer:
    """The answer from the window with the most orders.

    shown, heard, breakdowns, removals, compared   own_feedback        verdicts   verdicts.judge, for the target in force
    orders   own_feedback.orders, for claims and returns on the same orders
    """
    row = next(rows_of(heard, HeardRow), None)
    target = _target(row, verdicts) if row else None
    return Answer(
        kicker=f"{account.name} · {where(row) if row else ', '.join(account.marketplaces)} · as of {day(as_of)}",
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
    said = f"With claims and chargebacks, {bound(target['exactness'])}{share(target['numerator'], target['denominator'], 'order')} had a defect"
    of_window = orders.filter(
        "is_placed", *(pl.col(name) == row[name] for name in ("marketplace", "fulfilment", "window_days"))
    )
    returned = of_window.get_column("is_returned_for_fault")
    if of_window.height and not returned.null_count():
        said += f"; {plural(int(returned.sum()), 'order')} came back for a fault"
    return f"{said}."


def _headline(account: Account, shown: pl.DataFrame, row: HeardRow | None, breakdowns: pl.DataFrame) -> str:
    if row is None or not row["orders"]:
        why = "No window of these orders is judged yet" if account.orders.height else "No order file"
        return f"{_public(shown)} {why}: who stayed silent is not known."
    if row["negative"] is None:
        return "No file tells the feedback on these orders."
    if row["positive"] is None or row["silent"] is None:
        return (
            f"One or two stars on {_bound(row)}{share(row['negative'], row['orders'], 'order')}. How many more brought "
            "feedback, the files do not say."
        )
    spoke = row["orders"] - row["silent"]
    of = breakdowns.filter(marketplace=row["marketplace"], fulfilment=row["fulfilment"]).head(1).to_dicts()
    # Counts that are bounds themselves decide nothing.
    under = of[0]["truly_under"] if of and row["exactness"] == "exact" else "depends"
    truth = TRUTH[under].format(target=target_percent(of[0]["target"])) if of else ""
    left = f"{count(spoke)} of {plural(row['orders'], 'order')} brought feedback, {_bound(row)}{count(row['negative'])} of it one or two stars."
    return f"{left} {truth}".strip()


def _bound(row: HeardRow) -> str:
    """`at least ` or `at most ` where the files tell the negative feedback no better."""
    return bound(row["exactness"])


def _public(shown: pl.DataFrame) -> str:
    """The score of the first store over the year, or why there is none."""
    year = next(rows_of(shown.filter(pl.col("window_days") == YEAR), DisplayedRow), None)
    if year is None:
        return "No feedback download."
    over = "in a year" if year["is_covered"] else "in the download"
    if year["received"] is None or year["positive"] is None:
        return f"{count(year['negative'])} negative feedback {over}; the file holds no good ones, so no score is told."
    if not year["received"]:
        return f"No feedback {over}."
    shares = f"{year['positive_percent']} % positive ({count(year['positive'])} of"
    return f"{shares} {count(year['received'])} feedback {over})."


def _figures(row: BoundedRow, target: VerdictRow) -> list[Figure]:
    bad, n = row["negative"], row["orders"]
    spoke = None if row["silent"] is None else n - row["silent"]
    aim = f"target {aimed(target['must_be'], target['target'])}"
    figures = [_share("Of all orders", bad, n, "order", aim, float(target["target"]), _bound(row))]
    if spoke:
        figures.insert(0, _share("Of those who wrote", bad, spoke, "feedback", "no target", None, _bound(row)))
    most = round(row["high"] * n)
    silence = Figure(
        label="Truly dissatisfied",
        value=None,  # a range: no point of it is likelier
        low=row["low"],
        high=row["high"],
        target=float(target["target"]),
        top=1.0,
        text=percent_range(row["low"], row["high"]),
        counts=f"{count(bad)} to {count(most)} of {plural(n, 'order')}",
        interval=f"with chance {percent_range(row['low_95'], row['high_95'])}",
        aim=aim,
        status="no_data",
        word="Bounds, no verdict",
    )
    return [*figures, silence]


def _share(label: str, bad: int, n: int, one_is: str, aim: str, target: float | None, known: str) -> Figure:
    low, high = (float(end) for end in intervals.clopper_pearson(bad, n))
    return Figure(
        label=label,
        value=bad / n,
        low=low,
        high=high,
        target=target,
        top=min(1.0, max(1.15 * high, TOP_OF_TARGET * (target or 0))),
        text=known + percent(bad / n),
        counts=f"{count(bad)} of {plural(n, one_is)}",
        interval=percent_range(low, high),
        aim=aim,
        status="no_data",
        word="One or two stars",
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
        where_missed = f" in {', '.join(stores)}" if len(account.marketplaces) > 1 else ""
        said.append(
            f"Hold back asking{where_missed} while the order defect rate misses its target: an unhappy answer adds to it."
        )
    elif row and row["still_open"]:
        said.append(f"Ask every buyer in the same neutral words: {count(row['still_open'])} can still write.")
    if account.feedback.is_empty() or coverage.has_only_bad_stars(account):
        said.insert(0, "Download what is missing: feedback of all stars, 365 days.")
    differing = compared.filter(pl.col("is_same").not_())
    if differing.height:
        said.insert(0, f"The page and the download differ: {differing.item(0, 'finding')}.")
    at = {name: row[name] for name in ("marketplace", "fulfilment")} if row else {}
    asked = removals.filter(scenario="asked", **at)
    number = asked.select(pl.coalesce("on_window", "feedback").sum()).item()
    if number:
        bare = int(asked.get_column("without_text").sum())
        others = f"; {count(bare)} more without a text {'gives' if bare == 1 else 'give'} no ground" if bare else ""
        said.append(f"{count(number)} negative feedback with a text may still be removed, if the rules allow{others}.")
    if account.orders.is_empty():
        said.append("Download what is missing: All Orders report, by order date, 120 days or more.")
    if not account.feedback_totals:
        said.append("Type the Feedback Manager's counts into account.toml.")
    return said[:MOST_ACTIONS]
