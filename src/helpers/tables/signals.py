"""Tables of watches, alerts and drivers."""

from __future__ import annotations

import polars as pl
from IPython.display import HTML

from helpers.drivers import FACTORS, DriverRow, ReturnedRow
from helpers.frames import SERIES
from helpers.rows import rows_of
from helpers.signals import AlertRow, SignalRow
from helpers.tables.layout import DASH, folded, or_dash, table
from helpers.vocabulary import METRICS
from helpers.wording import (
    about,
    capital,
    count,
    in_100,
    percent,
    percent_range,
    plural,
    share,
    short_day,
    times,
    where,
)

KIND = {
    "breach": "Target missed",
    "alarm": "Alarm",
    "nowcast": "Will be missed",
    "forecast": "Likely to be missed",
    "gap": "Files missing",
}
NO_ALERT = "No alert: nothing is so now that was not so a month before. A rate the files do not tell raises none."
OUTCOME = {"claims_and_returns": "Claims and returns"}
AGREEMENT = {
    "same": "claims and returns say the same",
    "against": "claims and returns say the opposite: who writes may differ, not what they lived",
    "cannot_tell": "claims and returns are too few to tell",
}


def alerts(alerts: pl.DataFrame) -> HTML:
    """What has become true, a line each, with the share of steady accounts it marks and that of the fixed-step rule."""
    rows = [
        {
            "Alert": KIND[row["kind"]],
            "Since": short_day(row["since"]),
            "What": row["sentence"],
            "Steady accounts it marks in a year": or_dash(row["share_marked"], in_100),
            "Waking at a rise of a quarter of the target": or_dash(row["share_fixed_step"], in_100),
        }
        for row in rows_of(alerts, AlertRow)
    ]
    return table(rows, "alerts", nothing=NO_ALERT)


def signals(signals: pl.DataFrame) -> HTML:
    """Each rate under both watches: what was reported, what was due, whether it is marked, how often steady ones are."""
    parts = signals.group_by(*SERIES, maintain_order=True)
    rows = [_watched(list(rows_of(part, SignalRow))) for _, part in parts]
    right = ("Reported in 28 days", "Due at its target")
    whole = table(
        rows, "signals", right=right, nothing="The files hold no rate that could be watched as reports come in."
    )
    summary = f"{plural(len(rows), 'rate')} watched as reports come in"
    return folded(whole, len(rows), summary, always=bool(rows), is_proof=False)


def _watched(watches: list[SignalRow]) -> dict[str, str]:
    """One rate under its watches: against its target, and against its own level where that is known."""
    of = {row["watch"]: row for row in watches}
    target, level = of.get("target"), of.get("own_level")
    marks = [
        f"{against} since {short_day(row['marked_since'])}"
        for against, row in (("target", target), ("own level", level))
        if row and row["marked_since"]
    ]
    return {
        "Rate": f"{METRICS[watches[0]['metric']].label}, {where(watches[0])}",
        "Reported in 28 days": count(watches[0]["reported"]),
        "Due at its target": about(target["expected"]) if target else DASH,
        "Due at its own level": f"{about(level['expected'])} ({percent(level['level'])})" if level else DASH,
        "Mark": ", ".join(marks) or DASH,
        "Steady accounts each marks in a year": "; ".join(
            in_100(row["share_marked"]) for row in (target, level) if row
        ),
    }


def drivers(drivers: pl.DataFrame) -> HTML:
    """Where bad ones come from: what is beyond chance first; the register of every level tested behind a disclosure."""
    found = drivers.filter(pl.col("is_selected") | pl.col("is_reversed"))
    tested = drivers.filter("is_tested").height
    nothing = (
        f"Of {plural(tested, 'level')} tested none differs from the rest beyond chance."
        if tested
        else "The files tell too little of too few orders to compare any of them."
    )
    causes = table([_driver(row) for row in rows_of(found, DriverRow)], "drivers", nothing=nothing)
    register = table([_tested(row) for row in rows_of(drivers, DriverRow)], "drivers-register")
    if drivers.is_empty():
        return causes
    summary = f"The register: {plural(drivers.height, 'level')} looked at, {count(tested)} tested"
    return HTML(f"{causes.data}<details><summary>{summary}</summary>{register.data}</details>")


def _driver(row: DriverRow) -> dict[str, str]:
    return {
        "What": f"{capital(FACTORS[row['factor']])} {row['level']}" + (" (no longer sold)" if row["is_gone"] else ""),
        "Bad ones": _outcome(row),
        "Figure": share(row["numerator"], row["denominator"], "order"),
        "The rest": share(row["numerator_rest"], row["denominator_rest"], "order"),
        "Times the rest": or_dash(row["ratio"], times),
        "Within one other factor": _adjusted(row),
        "More than at the rest’s rate": f"{about(row['excess'])} (between {about(row['excess_low'])} and {about(row['excess_high'])})",
        "Besides": _besides(row),
    }


def _adjusted(row: DriverRow) -> str:
    if row["ratio_adjusted"] is None or row["adjusted_for"] is None:
        return DASH
    return f"{times(row['ratio_adjusted'])} (compared within {FACTORS.get(row['adjusted_for'], row['adjusted_for'])})"


def _besides(row: DriverRow) -> str:
    turned = (
        "The plain comparison points the other way: the levels are not sold alike (Simpson)."
        if row["is_reversed"]
        else ""
    )
    agreed = f"{capital(AGREEMENT[row['claims_and_returns']])}." if row["claims_and_returns"] else ""
    return " ".join(filter(None, [turned, agreed])) or DASH


def _outcome(row: DriverRow) -> str:
    return OUTCOME.get(row["outcome"]) or METRICS[row["outcome"]].label


def _tested(row: DriverRow) -> dict[str, str]:
    return {
        "Level": f"{capital(FACTORS[row['factor']])} {row['level']}" + (" (no longer sold)" if row["is_gone"] else ""),
        "Bad ones": _outcome(row),
        "Figure": share(row["numerator"], row["denominator"], "order"),
        "Drawn to all": f"{percent(row['rate_shrunk'])} ({percent_range(row['shrunk_low'], row['shrunk_high'])})",
        "Times the rest": or_dash(row["ratio"], times),
        "Within one other factor": _adjusted(row),
        "Result": _result(row),
    }


def _result(row: DriverRow) -> str:
    if row["is_selected"]:
        return "beyond chance"
    if row["is_tested"]:
        return "not beyond chance"
    if row["told_share"] < 0.8:
        return f"not tested: told of {row['told_share'] * 100:.0f} in 100 orders"
    return f"not tested: under {plural(row['fewest_orders'], 'order')}"


def returned(returned: pl.DataFrame) -> HTML:
    """Returns by SKU and reason, with the orders of the SKU that were refunded."""
    rows = [
        {
            "SKU": row["sku"],
            "Reason": row["reason"].replace("_", " "),
            "Returns": share(row["numerator"], row["denominator"], "order"),
            "All its returns": count(row["returns"]),
            "Orders refunded": or_dash(row["refunded"], count),
        }
        for row in rows_of(returned, ReturnedRow)
    ]
    right = ("All its returns", "Orders refunded")
    whole = table(rows, "returned", right=right, nothing="The files hold no return of an order whose SKU is known.")
    summary = f"{plural(len(rows), 'line')} of returns by SKU and reason"
    return folded(whole, len(rows), summary, is_proof=False)
