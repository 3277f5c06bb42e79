"""The other rates under one another on one time axis, a lane each on its own scale."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import polars as pl

from helpers.charts.look import LABEL, Drawing, highest, layered, lowest, name_of, of_key, on_ground, titled
from helpers.charts.pieces import PIECE_COLOUR, pieces
from helpers.colours import LIGHT
from helpers.rows import JudgedRow, RatedRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import count, percent, plural, share, short_day, target_percent, within

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
    months = alt.Axis(format="%b %Y", tickCount="month", grid=False, labelOverlap=True, labelSeparation=8)
    x = alt.X("day:T", title=None, axis=months)
    scale = alt.Scale(domain=[len(shown), 0], nice=False)
    y, top, aim = (alt.Y(f"{name}:Q", title=None, axis=None, scale=scale) for name in ("at", "top", "aim"))
    at_start = alt.Chart(heads.select("first", "top", "name")).encode(alt.X("first:T", title=None), top)
    layers = [
        alt.Chart(heads.select("aim")).mark_rule(strokeDash=[5, 4], opacity=0.7).encode(aim),
        alt.Chart(lines)
        .mark_line(strokeWidth=1.8, interpolate="step-after")
        .encode(x, y, PIECE_COLOUR, detail=alt.Detail("piece:N")),
        *on_ground(at_start.encode(text=alt.Text("name:N")), LIGHT["ink"], align="left", dx=2, dy=9, limit=LABEL),
        _hover(shown, x, scale),
    ]
    missed = sum(verdict["status"] == "breached" for verdict, _ in shown)
    who = f"The other {plural(len(shown), 'rate')}" if len(shown) > 1 else "The other rate"
    how = f"{count(missed)} of them on the wrong side of the target" if missed else "on the right side of the target"
    title = f"{who}: {how if len(shown) > 1 or not missed else 'on the wrong side of the target'}."
    subtitle = "Each on its own scale. Dashed: its target. Orange where a day lay on the wrong side."
    return [
        titled(layered(*layers), title, subtitle, height=30 + LANE * len(shown), twin=[_row(v, d) for v, d in shown])
    ]


def _hover(shown: list[tuple[JudgedRow, pl.DataFrame]], x: alt.X, scale: alt.Scale) -> alt.Chart:
    """Wherever the pointer is, the nearest week's last day of the nearest rate with its counts, as the account writes."""
    told = []
    for lane, (verdict, days) in enumerate(shown):
        zero, height = _place(_scale(days, verdict), lane)
        weekly = days.filter((pl.lit(verdict["as_of"]) - pl.col("day")).dt.total_days() % EVERY == 0)
        told += [
            {
                "day": row["day"],
                "at": round(zero - height * row["rate"], 3),
                "lane": lane,
                "on": short_day(row["day"]),
                "is": share(row["window_numerator"], row["window_denominator"], METRICS[verdict["metric"]].one_is),
            }
            for row in rows_of(weekly, RatedRow)
        ]
    nearest = alt.selection_point(
        name="week", fields=["day", "lane"], nearest=True, on="pointerover", clear="pointerout", empty=False
    )
    seen = [
        alt.Tooltip("on:N", title="judged on"),
        alt.Tooltip("is:N", title="rate"),
    ]
    opacity = alt.when(nearest).then(alt.value(0.9)).otherwise(alt.value(0))
    at = alt.Y("at:Q", title=None, axis=None, scale=scale)
    points = alt.Chart(pl.DataFrame(told)).mark_point(color=LIGHT["ink"], size=36)
    return points.encode(x, at, opacity=opacity, tooltip=seen).add_params(nearest)


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
    name = f"{whose}: {percent(verdict['rate'])}, target {target_percent(verdict['target'])}"
    first = verdict["as_of"] - timedelta(days=DAYS)
    return {"name": name, "first": first, "top": float(lane), "aim": zero - height * float(verdict["target"])}


def _row(verdict: JudgedRow, days: pl.DataFrame) -> dict:
    rate, one_is = days.get_column("rate"), METRICS[verdict["metric"]].one_is
    return {
        "Of": name_of(verdict),
        "On the day": share(verdict["numerator"], verdict["denominator"], one_is),
        "Lowest of the year": percent(lowest(rate)),
        "Highest of the year": percent(highest(rate)),
        "Verdict": say(f"status.{verdict['status']}"),
    }
