"""Tables of watches, alerts and drivers."""

from __future__ import annotations

from html import escape

import polars as pl
from IPython.display import HTML

from helpers.drivers import DriverRow, ReturnedRow, level_name
from helpers.frames import SERIES
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.signals import AlertRow, SignalRow
from helpers.tables.layout import DASH, folded, or_dash, table
from helpers.vocabulary import METRICS
from helpers.wording import (
    about,
    capital,
    count,
    counted,
    in_100,
    percent,
    percent_range,
    share,
    short_day,
    times,
    where,
)


def alerts(alerts: pl.DataFrame) -> HTML:
    """What has become true, a line each, with the share of steady accounts it marks and that of the fixed-step rule."""
    rows = [
        {
            "alert": say(f"alert-kind.{row['kind']}"),
            "since": short_day(row["since"]),
            "what": row["sentence"],
            "steady": or_dash(row["share_marked"], in_100),
            "fixed_step": or_dash(row["share_fixed_step"], in_100),
        }
        for row in rows_of(alerts, AlertRow)
    ]
    return table(rows, "alerts", nothing=say("no-alert"))


def signals(signals: pl.DataFrame) -> HTML:
    """Each rate under both watches: what was reported, what was due, whether it is marked, how often steady ones are."""
    parts = signals.group_by(*SERIES, maintain_order=True)
    rows = [_watched(list(rows_of(part, SignalRow))) for _, part in parts]
    whole = table(rows, "signals", right=("reported", "due"), nothing=say("no-signals"))
    return folded(whole, len(rows), say("signals", number=len(rows)), always=bool(rows), is_proof=False)


def _watched(watches: list[SignalRow]) -> dict[str, str]:
    """One rate under its watches: against its target, and against its own level where that is known."""
    of = {row["watch"]: row for row in watches}
    target, level = of.get("target"), of.get("own_level")
    marks = [
        say(f"marked-since.{row['watch']}", day=short_day(row["marked_since"]))
        for row in (target, level)
        if row and row["marked_since"]
    ]
    return {
        "rate": f"{METRICS[watches[0]['metric']].label}, {where(watches[0])}",
        "reported": count(watches[0]["reported"]),
        "due": about(target["expected"]) if target else DASH,
        "due_own": f"{about(level['expected'])} ({percent(level['level'])})" if level else DASH,
        "mark": ", ".join(marks) or DASH,
        "steady": "; ".join(in_100(row["share_marked"]) for row in (target, level) if row),
    }


def drivers(drivers: pl.DataFrame) -> HTML:
    """Where bad ones come from: what is beyond chance first; the register of every level tested behind a disclosure."""
    found = drivers.filter(pl.col("is_selected") | pl.col("is_reversed"))
    tested = drivers.filter("is_tested").height
    nothing = say("no-drivers", tested=tested)
    causes = table([_driver(row) for row in rows_of(found, DriverRow)], "drivers", nothing=nothing)
    register = table([_tested(row) for row in rows_of(drivers, DriverRow)], "drivers-register", family="drivers")
    if drivers.is_empty():
        return causes
    summary = say("drivers-register", levels=drivers.height, tested=count(tested))
    return HTML(f"{causes.data}<details><summary>{escape(summary)}</summary>{register.data}</details>")


def _driver(row: DriverRow) -> dict[str, str]:
    return {
        "what": _level(row),
        "bad_ones": _outcome(row),
        "figure": share(row["numerator"], row["denominator"], "order"),
        "rest": share(row["numerator_rest"], row["denominator_rest"], "order"),
        "times": or_dash(row["ratio"], times),
        "adjusted": _adjusted(row),
        "excess": _excess(row),
        "besides": _besides(row),
    }


def _excess(row: DriverRow) -> str:
    most, least = about(row["excess_high"]), about(row["excess_low"])
    return say("driver-excess", excess=about(row["excess"]), least=least, most=most)


def _adjusted(row: DriverRow) -> str:
    if row["ratio_adjusted"] is None or row["adjusted_for"] is None:
        return DASH
    factor = say(f"factor.{row['adjusted_for']}")
    return say("driver-adjusted", ratio=times(row["ratio_adjusted"]), factor=factor)


def _besides(row: DriverRow) -> str:
    turned = say("driver-turned") if row["is_reversed"] else ""
    agreed = say(f"claims-and-returns.{row['claims_and_returns']}") if row["claims_and_returns"] else ""
    return " ".join(filter(None, [turned, agreed])) or DASH


def _outcome(row: DriverRow) -> str:
    metric = METRICS.get(row["outcome"])
    return metric.label if metric else say(f"outcome.{row['outcome']}")


def _level(row: DriverRow) -> str:
    factor = capital(say(f"factor.{row['factor']}"))
    return say(
        "driver-level",
        factor=factor,
        level=level_name(row["factor"], row["level"]),
        sold="gone" if row["is_gone"] else "still",
    )


def _tested(row: DriverRow) -> dict[str, str]:
    return {
        "level": _level(row),
        "bad_ones": _outcome(row),
        "figure": share(row["numerator"], row["denominator"], "order"),
        "drawn": f"{percent(row['rate_shrunk'])} ({percent_range(row['shrunk_low'], row['shrunk_high'])})",
        "times": or_dash(row["ratio"], times),
        "adjusted": _adjusted(row),
        "result": _result(row),
    }


def _result(row: DriverRow) -> str:
    if row["is_selected"]:
        return say("driver-result.selected")
    if row["is_tested"]:
        return say("driver-result.tested")
    if row["told_share"] < 0.8:
        return say("driver-result.untold", told=int(f"{row['told_share'] * 100:.0f}"))
    return say("driver-result.few", orders=counted(row["fewest_orders"], "order"))


def returned(returned: pl.DataFrame) -> HTML:
    """Returns by SKU and reason, with the orders of the SKU that were refunded."""
    rows = [
        {
            "sku": row["sku"],
            "reason": row["reason"].replace("_", " "),
            "returns": share(row["numerator"], row["denominator"], "order"),
            "all_returns": count(row["returns"]),
            "refunded": or_dash(row["refunded"], count),
        }
        for row in rows_of(returned, ReturnedRow)
    ]
    whole = table(rows, "returned", right=("all_returns", "refunded"), nothing=say("no-returned"))
    return folded(whole, len(rows), say("returned", lines=len(rows)), is_proof=False)
