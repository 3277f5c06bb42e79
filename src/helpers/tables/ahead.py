"""Tables of what is to come: chances, the way back, what levers change, how much of one is enough, money, track record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import polars as pl
from IPython.display import HTML

from helpers import scenarios
from helpers.rows import rows_of
from helpers.scenarios import ranked
from helpers.scenarios.told import LIKELY, LeverRow
from helpers.tables.layout import DASH, folded, or_dash, table
from helpers.vocabulary import METRICS
from helpers.wording import capital, count, money, odds, plural, short_day, where

SURE = dict(zip(("least_50", "least_80", "least_95"), map(odds, scenarios.SURE), strict=True))
ENOUGH = f"Enough for {odds(ranked.SURE_ENOUGH)}"


def chances(chances: pl.DataFrame) -> HTML:
    """The chance of at least one judged day on the wrong side, by rate and horizon.

    chances   scenarios.chances
    """
    over = [_rate(of.row(0, named=True)) for of in _by_rate(chances.filter("is_over"))]
    rows = [
        {"Rate": _rate(of.row(0, named=True))}
        | {plural(row["days"], "day"): _chance(row) for row in of.iter_rows(named=True)}
        for of in _by_rate(chances.filter(~pl.col("is_over")))
    ]
    nothing = "No other judged rate is counted day by day." if over else "No judged rate is counted day by day."
    said = f"<p>Over already, and looked at below: {escape('; '.join(over))}.</p>" if over else ""
    return HTML(f"{said}{table(rows, 'chances', nothing=nothing).data}")


def _chance(row: dict[str, Any]) -> str:
    if row["is_range"]:
        return f"{odds(row['low'])} to {odds(row['high'])}"
    return " ".join(filter(None, [row["bound"], odds(row["chance"])]))


def ways_back(ways: pl.DataFrame) -> HTML:
    """When each missed target is met again.

    ways   scenarios.ways_back
    """
    rows = [
        {
            "Rate": _rate(row),
            "At best": or_dash(row["clear_from"], short_day),
            f"First met: {odds(0.1)}": _by(row["first_p10"]),
            odds(0.5): _by(row["first_p50"]),
            odds(0.9): _by(row["first_p90"]),
            f"60 days on end: {odds(0.5)}": _by(row["good_p50"]),
            f"60 days, {odds(0.9)}": _by(row["good_p90"]),
        }
        for row in ways.iter_rows(named=True)
    ]
    return table(rows, "ways-back", nothing="No rate is over today.")


def levers(pulled: pl.DataFrame) -> HTML:
    """What each scenario changes, what helps most first.

    pulled   scenarios.pulled
    """
    best = {
        (_rate(row), row["scenario"]) for of in _by_rate(pulled) for row in ranked.cheapest(list(rows_of(of, LeverRow)))
    }
    rows = [
        {
            "Rate": _rate(row),
            "If": capital(row["scenario"]) + (" (upper limit)" if row["is_limit"] else ""),
            "Chance": f"met on {short_day(row['by'])}" if row["is_over"] else f"over before {short_day(row['by'])}",
            "Now": odds(row["before"]),
            "Then": odds(row["after"]),
            "First higher on": or_dash(row["rises_on"], short_day),
            "Cost": ranked.cost(row) or "no cost given",
            ENOUGH: _enough(row, is_cheapest=(_rate(row), row["scenario"]) in best),
        }
        for row in rows_of(pulled, LeverRow)
    ]
    shown = table(rows, "levers", nothing="No scenario moves a rate that is over, or likely to be within 90 days.")
    return folded(
        shown, len(rows), f"{plural(len(rows), 'scenario')}, the most urgent rate first, what helps most first"
    )


def _enough(row: LeverRow, *, is_cheapest: bool) -> str:
    if not ranked.is_enough(row):
        return DASH
    return "yes, cheapest" if is_cheapest else "yes"


def enough(found: pl.DataFrame) -> HTML:
    """How much of a lever is enough.

    found   scenarios.enough
    """
    enough = pl.any_horizontal(pl.col(name).is_not_null() for name in SURE)
    never = found.filter(~enough.any().over("lever")).get_column("lever").unique(maintain_order=True)
    rows = [
        {
            "Rate": _rate(row),
            "Lever": capital(row["lever"]),
            "So that it is": f"met on {short_day(row['by'])}"
            if row["is_over"]
            else f"never over until {short_day(row['by'])}",
        }
        | {f"With {said}": _share(row[name]) for name, said in SURE.items()}
        for row in found.filter(~pl.col("lever").is_in(never.implode())).iter_rows(named=True)
    ]
    nothing = (
        f"No rate is over, and none is likely to be: under {odds(LIKELY)} within 90 days."
        if found.is_empty()
        else "No lever is enough by itself by that day."
    )
    said = (
        f"<p>Not even all of it is enough for any rate it moves: {escape('; '.join(never))}.</p>" if len(never) else ""
    )
    return HTML(f"{table(rows, 'enough', nothing=nothing).data}{said}")


def _share(least: float | None) -> str:
    if least is None:
        return "not even all of it"
    return "nothing" if least == 0 else f"{round(100 * least)} of 100"


def held(calendar: pl.DataFrame) -> HTML:
    """What would be held if the account were closed, and when it would be free.

    calendar   money.held
    """
    rows = [
        {
            "Of": row["currency"] or "no currency told",
            "If closed on": short_day(row["closed_on"]),
            "Held": f"{money(row['low'], row['currency'])} to {money(row['high'], row['currency'])}",
            "Weeks of revenue": DASH if row["weeks"] is None else _weeks(row["weeks_low"], row["weeks"]),
            "From": "payment files" if row["of"] == "payments" else "order values, at most",
            "Rule": row["rule"],
            "Free or to be asked for": short_day(row["free_on"]),
            "Source": row["source"],
        }
        for row in calendar.iter_rows(named=True)
    ]
    return table(
        rows,
        "held",
        nothing="The files hold neither settlements nor order values: how much would be held is not known.",
    )


def _weeks(low: float, high: float) -> str:
    least, most = round(low), round(high)
    if most == 0:
        return "under 1"
    return f"about {most}" if least == most else f"about {least} to {most}" if least else f"up to {most}"


def track_record(record: pl.DataFrame) -> HTML:
    """Forecasts of the account's own past beside what came.

    record   scenarios.track_record
    """
    rows = [
        {
            "Rate": _rate(row),
            "Within": plural(row["days"], "day"),
            "Forecasts": count(row["origins"]),
            "Came": count(row["events"]),
            "Error of these": _score(row["brier"]),
            "Of the usual share": _score(row["climatology"]),
            "Of “is it over now”": _score(row["naive"]),
            "Least error": _least(row),
        }
        for row in record.iter_rows(named=True)
    ]
    return table(
        rows,
        "track-record",
        right=("Forecasts", "Came"),
        nothing="The past the files tell is too short to try forecasts on.",
    )


def _least(row: dict[str, Any]) -> str:
    """Which of the three was nearest to what came: where it is not the forecast, that is said."""
    scores = {"these": row["brier"], "the usual share": row["climatology"], "“is it over now”": row["naive"]}
    rounded = {name: round(score, 2) for name, score in scores.items()}
    best = [name for name, score in rounded.items() if score == min(rounded.values())]
    return "these" if best == ["these"] else "all alike" if len(best) == len(rounded) else " and ".join(best)


def _score(value: float) -> str:
    return f"{value:.2f}"


def relied_on(spans: pl.DataFrame, said: list[str]) -> HTML:
    """What came of forecasts, by the chance told: of the kit's samples, and of the account where its past tells enough.

    spans, said   scenarios.relied_on
    """
    own = spans.filter(pl.col("own_forecasts").is_not_null())
    rows = [
        {
            "Chance told": _span(row["low"], row["high"]),
            "Samples: forecasts": count(row["forecasts"]),
            "should have come": f"{row['told']:.0f}",
            "came": count(row["came"]),
        }
        | ({} if own.is_empty() else _own(row))
        for row in spans.iter_rows(named=True)
    ]
    right = [name for row in rows[:1] for name in row if name != "Chance told"]
    return HTML(f"{table(rows, 'relied-on', right=right).data}<p>{escape(' '.join(said))}</p>")


def _span(low: float, high: float) -> str:
    """`under 5 in 100`, `5 to 20 in 100`, `80 in 100 and more`."""
    least, most = round(100 * low), round(100 * high)
    if least == 0:
        return f"under {most} in 100"
    return f"{least} in 100 and more" if most == 100 else f"{least} to {most} in 100"


def _own(row: dict[str, Any]) -> dict[str, str]:
    return {
        "This account: forecasts": or_dash(row["own_forecasts"], count),
        "should have come, here": or_dash(row["own_told"], lambda told: f"{told:.0f}"),
        "came, here": or_dash(row["own_came"], count),
    }


def by_chance(found: pl.DataFrame) -> HTML:
    """What chance does to shops of this volume.

    found   scenarios.chance_alone
    """
    rows = [
        {
            "Rate": _rate(row),
            "Orders a day": f"{row['orders_a_day']:.1f}",
            "A good shop is over within a year": odds(row["good_over"]),
            "as the marketplace sees it": odds(row["good_over_seen"]),
            "Half of those that turn bad are over by": _days(row["bad_days"]),
            "as the marketplace sees it, by": _days(row["bad_days_seen"]),
            "Of 100 that are over, truly on target": f"{round(100 * row['flagged_good'])} ({row['others']})",
        }
        for row in found.iter_rows(named=True)
    ]
    return table(rows, "by-chance", nothing="No judged rate is counted day by day.")


def _days(number: int | None) -> str:
    return "not within a year" if number is None else f"day {count(number)}"


def _by(day: date | None) -> str:
    return "not within a year" if day is None else short_day(day)


def _rate(row: Mapping[str, Any]) -> str:
    return f"{METRICS[row['metric']].label}, {where(row)}"


def _by_rate(frame: pl.DataFrame) -> list[pl.DataFrame]:
    key = ["marketplace", "metric", "fulfilment", "group", "window_days"]
    return frame.partition_by(key, maintain_order=True) if frame.height else []
