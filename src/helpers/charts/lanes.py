"""The other rates under one another on one time axis, a lane each on its own scale."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import polars as pl

from helpers.charts.look import (
    LABEL,
    TOLD,
    Drawing,
    by_width,
    highest,
    judged_on,
    layered,
    lowest,
    months,
    name_of,
    of_key,
    on_ground,
    pointed,
    target_is,
    titled,
)
from helpers.charts.pieces import PIECE_COLOUR, pieces
from helpers.colours import LIGHT
from helpers.rows import JudgedRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import percent, share, within

DAYS, LANE, ROOM = 395, 46, 0.52  # days drawn, pixels of a lane, and the share of them its line has
END = 0.92  # where a lane's line ends: under it the next one's name begins
MOST = 8
EVERY = 7  # days from one that can be pointed at to the next: neighbouring days share almost all their orders


def lanes(counted: pl.DataFrame, verdicts: pl.DataFrame) -> list[Drawing]:
    """Each judged rate of `verdicts` as a small trend over one time axis, at most eight: one chart, or none.

    counted   the `trailing` frame of the files. In a lane the line runs on the rate's own scale, its target dashed.
    """
    drawn = [
        (verdict, days) for verdict in rows_of(verdicts, JudgedRow) if (days := _days(counted, verdict)).height > 1
    ]
    if not drawn:
        return []
    shown = drawn[:MOST]
    alone = len({(verdict["marketplace"], verdict["fulfilment"]) for verdict in rows_of(verdicts, JudgedRow)}) == 1
    lines = pl.concat([_in_lane(days, verdict, lane) for lane, (verdict, days) in enumerate(shown)])
    heads = pl.DataFrame([_head(verdict, days, lane, alone=alone) for lane, (verdict, days) in enumerate(shown)])
    x = alt.X("day:T", title=None, axis=months())
    scale = alt.Scale(domain=[len(shown), 0], nice=False)
    y, top, aim = (alt.Y(f"{name}:Q", title=None, axis=None, scale=scale) for name in ("at", "top", "aim"))
    at_start = by_width(alt.Chart(heads.select("first", "top", "wide", "narrow")))
    at_start = at_start.encode(alt.X("first:T", title=None), top)
    layers = [
        alt.Chart(heads.select("aim")).mark_rule(strokeDash=[5, 4], opacity=0.7).encode(aim),
        alt.Chart(lines)
        .mark_line(strokeWidth=1.8, interpolate="step-after")
        .encode(x, y, PIECE_COLOUR, detail=alt.Detail("piece:N")),
        *on_ground(at_start, LIGHT["ink"], align="left", dx=2, dy=9, limit=LABEL),
        _hover(shown, x, scale),
    ]
    missed = sum(verdict["status"] == "breached" for verdict, _ in shown)
    title, height = say("lanes-find", number=len(shown), missed=missed), 30 + LANE * len(shown)
    twin = [_row(verdict, days) for verdict, days in shown]
    return [titled(layered(*layers), title, say("lanes-measure"), height=height, name="lanes", twin=twin)]


def _hover(shown: list[tuple[JudgedRow, pl.DataFrame]], x: alt.X, scale: alt.Scale) -> alt.Chart:
    """Wherever the pointer is, the nearest week's last day of the nearest rate with its counts, as the account writes."""
    told = []
    for lane, (verdict, days) in enumerate(shown):
        zero, height = _place(_scale(days, verdict), lane)
        weekly = days.filter((pl.lit(verdict["as_of"]) - pl.col("day")).dt.total_days() % EVERY == 0)
        at = (zero - height * pl.col("rate")).round(3)
        said = pl.Series(judged_on(weekly, verdict), dtype=pl.String)
        told.append(weekly.select("day", at=at, lane=lane).with_columns(told=said))
    at = alt.Y("at:Q", title=None, axis=None, scale=scale)
    marks = alt.Chart(pl.concat(told)).mark_point(color=LIGHT["ink"], size=36, tooltip=TOLD).encode(x, at)
    return pointed(marks, "week", "day", "lane")


def _days(counted: pl.DataFrame, verdict: JudgedRow) -> pl.DataFrame:
    as_of = verdict["as_of"]
    return of_key(counted, verdict).filter(
        pl.col("is_covered"),
        pl.col("window_denominator") > 0,
        pl.col("day").is_between(as_of - timedelta(days=DAYS), as_of),
    )


def _scale(days: pl.DataFrame, verdict: JudgedRow) -> tuple[float, float]:
    target, rate = float(verdict["target"]), days.get_column("rate")
    if METRICS[verdict["metric"]].good_is == "low":
        return 0.0, max(highest(rate), target) * 1.1 or 1.0
    least = min(lowest(rate), target)
    return max(0.0, least - 0.25 * (1 - least) - 0.002), 1.0


def _place(scale: tuple[float, float], lane: int) -> tuple[float, float]:
    """Where a rate of 0 stands in a lane, and how far a rate of 1 lies above it: lanes are 1 high and counted downwards."""
    low, high = scale
    height = ROOM / (high - low)
    return lane + END + height * low, height


def _in_lane(days: pl.DataFrame, verdict: JudgedRow, lane: int) -> pl.DataFrame:
    zero, height = _place(_scale(days, verdict), lane)
    piece = pl.concat_str(pl.lit(f"{lane}-"), pl.col("piece").cast(pl.String))
    return pieces(days, verdict).select("day", "side", at=(zero - height * pl.col("rate")).round(3), piece=piece)


def _head(verdict: JudgedRow, days: pl.DataFrame, lane: int, *, alone: bool) -> dict:
    zero, height = _place(_scale(days, verdict), lane)
    # of one store and channel, whose name stands over the large chart, a phone has room for the rate alone
    whose = ", ".join(filter(None, [METRICS[verdict["metric"]].label, within(verdict)])) if alone else name_of(verdict)
    # where both are named, on a telephone the store comes first: what is cut off there is the end of the rate's name
    short = whose if alone else ", ".join([verdict["marketplace"], METRICS[verdict["metric"]].name, within(verdict)])
    figures = {"rate": percent(verdict["rate"]), "target": target_is(verdict["target"])}
    names = {
        "wide": say("lane-of.wide", whose=whose, **figures),
        "narrow": say("lane-of.narrow", whose=short.rstrip(", "), **figures),
    }
    first = verdict["as_of"] - timedelta(days=DAYS)
    return {**names, "first": first, "top": float(lane), "aim": zero - height * float(verdict["target"])}


def _row(verdict: JudgedRow, days: pl.DataFrame) -> dict:
    rate, one_is = days.get_column("rate"), METRICS[verdict["metric"]].one_is
    return {
        "of": name_of(verdict),
        "today": share(verdict["numerator"], verdict["denominator"], one_is),
        "lowest": percent(lowest(rate)),
        "highest": percent(highest(rate)),
        "verdict": say(f"status.{verdict['status']}"),
    }
