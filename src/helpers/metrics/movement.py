"""What moves a window's figure: defects that came, defects that left, orders gained and lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from helpers.frames import KEY, SCHEMAS, SERIES, empty, last_day
from helpers.metrics import facts
from helpers.metrics.windows import spans, visible
from helpers.targets import Rules
from helpers.vocabulary import COUNTS_BAD, DEFECT_KINDS, Account

MEAN_DAYS = 28  # days whose mean count stands for the days to come
YEAR = 364  # days: whole weeks, so that a Monday meets a Monday
WEEK = 7


def _cells(daily: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """Each cell of the triangle with the days on which it enters (`enters`) and has left (`leaves`) its window."""
    lag, window = pl.duration(days="lag_days"), pl.duration(days="window_days")
    return daily.join(judged, on=list(SERIES), nulls_equal=True).with_columns(
        enters=pl.max_horizontal(pl.col("day") + lag, "seen_on").cast(pl.Date),
        leaves=(pl.col("day") + lag + window).cast(pl.Date),
    )


def _stands(day: pl.Expr | date) -> pl.Expr:
    return (pl.col("enters") <= day) & (pl.col("leaves") > day)


def arrivals(daily: pl.DataFrame, rules: Rules, as_of: date) -> pl.DataFrame:
    """The days on which each window's defects entered it, by what `as_of` knows: key, `day`, `entering` (count)."""
    cells = _cells(visible(daily, as_of), spans(daily, rules, as_of))
    entered = cells.filter(pl.col("numerator") > 0, pl.col("enters") < pl.col("leaves"))
    return entered.group_by(*KEY, day="enters").agg(entering=pl.col("numerator").sum()).sort(*KEY, "day")


def standing(account: Account, verdicts: pl.DataFrame) -> pl.DataFrame:
    """The orders with a defect in each judged window of the order defect rate: what makes the figure, one by one.

    verdicts   verdicts.judge. Returns the key, `order_id`, `kinds` (list), `order_day`, `seen_on` (when it became
    visible) and `leaves_on` (the first day without it), the first to leave first.
    """
    judged = verdicts.filter(pl.col("metric") == "order_defect_rate", pl.col("window_end").is_not_null()).select(
        *KEY, "as_of", "window_start", "window_end"
    )
    orders = facts.orders(account)
    bad = orders.joined().drop_nulls("defective_on")
    kinds = [
        pl.when(pl.col(f"{kind}_on") <= pl.col("as_of")).then(pl.lit(kind.replace("_", " "))) for kind in DEFECT_KINDS
    ]
    named = bad.drop("account").join(judged, on=["marketplace", "fulfilment"])
    inside = named.filter(
        pl.col("day").is_between("window_start", "window_end"), pl.col("defective_on") <= pl.col("as_of")
    )
    return inside.select(
        *KEY,
        "order_id",
        kinds=pl.concat_list(kinds).list.drop_nulls(),
        order_day="day",
        seen_on="defective_on",
        leaves_on=pl.col("as_of") + (pl.col("day") - pl.col("window_start")) + pl.duration(days=1),
    ).sort(*KEY, "leaves_on", "order_id")


def month_before(day: date) -> date:
    """The same day a month earlier; for the last day of a month the last day of the month before."""
    if (day + timedelta(days=1)).day == 1:
        return day.replace(day=1) - timedelta(days=1)
    first = day.replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, first.day))


def changes(daily: pl.DataFrame, rules: Rules, as_of: date, before: date) -> pl.DataFrame:
    """What moved each window's figure from the day `before` to `as_of`: the `changes` frame.

    numerator = numerator_before + new_defects − rolled_off; denominator = denominator_before + order_change.
    Both days use only what was visible on them, by the same code. `is_covered` is false where the files do not
    hold the whole of both windows: the difference is then not a movement of the account.
    """
    cells = _cells(daily, spans(daily, rules, as_of))
    then, now = _stands(pl.lit(before)), _stands(pl.lit(as_of))
    sums = cells.group_by(*KEY).agg(
        numerator_before=pl.col("numerator").filter(then).sum(),
        denominator_before=pl.col("denominator").filter(then).sum(),
        days_covered_before=pl.col("seen_on").is_null().filter(then).sum(),
        days_covered=pl.col("seen_on").is_null().filter(now).sum(),
        new_defects=pl.col("numerator").filter(now & ~then).sum(),
        rolled_off=pl.col("numerator").filter(then & ~now).sum(),
        numerator=pl.col("numerator").filter(now).sum(),
        denominator=pl.col("denominator").filter(now).sum(),
    )
    return (
        sums.with_columns(
            day_before=pl.lit(before),
            day=pl.lit(as_of),
            order_change=pl.col("denominator") - pl.col("denominator_before"),
            is_covered=pl.min_horizontal("days_covered_before", "days_covered") == pl.col("window_days"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["changes"].items())
        .sort(*KEY)
    )


def roll_off(daily: pl.DataFrame, rules: Rules, as_of: date) -> pl.DataFrame:
    """Each window's figure on each day to come, if no new bad one came: the `roll_off` frame.

    One row a key and day from the day after `as_of` until the last order placed by then has left. What is to come is
    good: of a rate that is good when high it enters the numerator as well. What is bad already and not yet in the
    window enters as bad. How much is to come: `to_come`. Nothing is told across a hole: a key has rows only when the
    files hold every day of its window, and miss none between those they tell after it.
    """
    judged = spans(daily, rules, as_of)
    cells = _cells(visible(daily, as_of), judged).filter(pl.col("enters") < pl.col("leaves"))
    of_key = cells.partition_by(*KEY, as_dict=True, include_key=False)
    rows: list[int] = []
    figures = []
    for row, span in enumerate(judged.iter_rows(named=True)):
        of = of_key.get(tuple(span[name] for name in KEY))
        if of is not None and _is_whole(of, span, as_of):
            figures.append(_roll_off_of(of, span, as_of))
            rows += [row] * len(figures[-1]["day"])
    if not figures:
        return empty("roll_off")
    columns = {name: np.concatenate([one[name] for one in figures]) for name in figures[0]}
    told = judged.select(*KEY)[rows].with_columns(pl.Series(name, values) for name, values in columns.items())
    told = told.with_columns(
        day=pl.lit(as_of) + pl.duration(days="day"),
        rate=pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator")),
    )
    return told.select(pl.col(name).cast(dtype) for name, dtype in SCHEMAS["roll_off"].items()).sort(*KEY, "day")


def leaving(roll_off: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """The rows of `roll_off` on whose day a bad one leaves the window of a judged rate."""
    key = ("marketplace", "metric", "fulfilment", "group", "window_days")
    judged = verdicts.filter(pl.col("metric").is_in(COUNTS_BAD)).select(key)
    return roll_off.filter(pl.col("leaves") > 0).join(judged, on=key, how="semi", nulls_equal=True)


def _is_whole(of: pl.DataFrame, span: Mapping[str, Any], as_of: date) -> bool:
    """Whether the files hold every day of the window, and no hole after it: days after the last they tell are to come."""
    window_end = as_of - timedelta(days=span["lag_days"])
    first = window_end - timedelta(days=span["window_days"] - 1)
    told = of.filter(pl.col("seen_on").is_null(), pl.col("day") >= first).get_column("day")
    return told.n_unique() == (max(last_day(told) or window_end, window_end) - first).days + 1


def to_come(counts: dict[date, int], told: date, days: int) -> NDArray[np.float64]:
    """How much is taken to come by the end of each of so many days after `told`, the day itself (0) first.

    counts   of each day the files tell; `told` is the last of them
    A day to come brings the mean of the last 28 days told. Where the files hold those 28 days and the week of a day to
    come a year (52 weeks) earlier as well, that week, scaled by what the 28 days grew since, stands instead if it is less:
    after a season's peak the mean promises too much.
    """
    recent = [told - timedelta(days=n) for n in range(MEAN_DAYS)]
    now = [counts[day] for day in recent if day in counts]
    mean = sum(now) / len(now) if now else 0.0
    pace = np.full(days, mean)
    then = _held(counts, recent)
    if len(now) == MEAN_DAYS and then:
        for start in range(0, days, WEEK):
            week = _held(counts, [told + timedelta(days=start + n) for n in range(1, WEEK + 1)])
            if week is not None:
                pace[start : start + WEEK] = min(mean, week * sum(now) / then / WEEK)
    return np.concatenate([[0.0], np.cumsum(pace)])


def _held(counts: dict[date, int], days: list[date]) -> int | None:
    """The sum of the same days a year earlier; None where the files do not tell all of them."""
    same = [counts.get(day - timedelta(days=YEAR)) for day in days]
    return None if None in same else sum(filter(None, same))


def _roll_off_of(of: pl.DataFrame, span: Mapping[str, Any], as_of: date) -> dict[str, NDArray[np.int64]]:
    """The days to come of one key (1: the day after `as_of`) and its figures on each, from its cells."""
    window, lag, is_high = span["window_days"], span["lag_days"], span["metric"] not in COUNTS_BAD
    horizon = np.arange(1, window + lag + 1)
    beyond = len(horizon) + 1
    enters, leaves = (
        np.clip((of.get_column(name) - as_of).dt.total_days().to_numpy(), 0, beyond) for name in ("enters", "leaves")
    )
    numerator, denominator = (of.get_column(name).to_numpy() for name in ("numerator", "denominator"))

    def on_days(days: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(days, counts, beyond + 1).round().astype(np.int64)

    def standing(counts: NDArray[np.int64]) -> NDArray[np.int64]:
        return (on_days(enters, counts) - on_days(leaves, counts)).cumsum()[horizon]

    calendar = of.filter(pl.col("seen_on").is_null())
    told = last_day(calendar.get_column("day")) or as_of
    unknown = (as_of - told).days  # days before as_of of which the files tell nothing: to come as well
    coming = to_come(dict(calendar.select("day", "denominator").iter_rows()), told, unknown + window)
    last = np.clip(horizon - lag + unknown, 0, None)  # the window's last day, numbered from `told`
    new = np.floor(coming[last] - coming[np.clip(last - window, 0, None)] + 1e-9).astype(np.int64)
    return {
        "day": horizon,
        "leaves": on_days(leaves, denominator - numerator if is_high else numerator)[horizon],
        "numerator": standing(numerator) + new * is_high,
        "denominator": standing(denominator) + new,
    }
