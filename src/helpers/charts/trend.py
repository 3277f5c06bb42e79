"""The rate that decides, over time: each day on its side of the target, what chance allows, bad ones, events, the way ahead."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import polars as pl

from helpers.charts.look import (
    NARROW,
    TOLD,
    by_width,
    highest,
    judged_on,
    layered,
    lowest,
    months,
    name_of,
    named_moments,
    of_key,
    on_ground,
    pointed,
    target_rule,
    titled,
)
from helpers.charts.pieces import PIECE_COLOUR, pieces
from helpers.colours import LIGHT
from helpers.frames import first_day, last_day
from helpers.rows import JudgedRow, RatedRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import counted as so_many
from helpers.wording import labelled, percent, percent_range, several, short_day

DAYS = 395  # that are drawn
MOST_TICKS = 200  # more of them are a grey bar
MOST_NUMBERED = 12  # ticks that carry their count: of a small shop each bad one is seen
MOST_TWIN_ROWS = 62  # a longer twin shows every seventh day: neighbouring days share almost all their orders
MOST_AHEAD = 90  # days of the way ahead
BREAK, LINE = 22, 15  # characters of a line of a label on a telephone, and its pixels
LABEL_DAYS, NEAR = 30, 0.15  # the last figure is so wide, and stands over days that rise above it by this share at most
Moment = tuple[date, str]  # an event: its day and what was done


def trend(
    counted: pl.DataFrame,
    arrivals: pl.DataFrame,
    roll_off: pl.DataFrame,
    verdict: JudgedRow,
    *,
    moved: Sequence[str] = (),
    moments: Sequence[Moment] = (),
    sure: str = "",
) -> alt.LayerChart:
    """The judged rate on each day with its 90 % interval, its target, its bad ones, and how it goes on without a new one.

    counted   the `trailing` frame of the files · arrivals, roll_off  the frames of those names
    verdict   one row of `verdicts` · moved  the sentences of its movement, the title · moments  what was done, and when
    sure      how sure the day is on which a missed target is met again (answer.surely_first); at best when empty
    """
    metric = METRICS[verdict["metric"]]
    line = _held(counted, verdict)
    ahead = _ahead(roll_off, verdict)
    shown = _shown(moments, line, ahead)
    bottom, top = _heights(line, float(verdict["target"]), metric.good_is)
    floor = bottom - 0.12 * (top - bottom)  # bad ones stand in a strip of their own, so that cause and effect line up
    ticks = _ticks(arrivals, verdict, line)
    x = alt.X("day:T", title=None, axis=months())
    scale = alt.Scale(domain=[floor, top], clamp=True, nice=False)
    y = alt.Y("rate:Q", title=None, axis=_rate_axis(bottom, top), scale=scale)
    last = line.tail(1).select("day", "rate", text=pl.lit(percent(verdict["rate"])))
    over = last.with_columns(rate=pl.lit(_over(line, NEAR * (top - floor))))
    side = LIGHT["concern" if verdict["is_on_target"] is False else "good"]
    has_interval = None not in (
        verdict["rate_low"],
        verdict["rate_high"],
    )  # a bound has none, and no day of it is drawn with one
    layers = [
        *_holes(line),
        *_lines(shown),
        *(_interval(line, scale) if has_interval else ()),
        alt.Chart(pieces(line, verdict).select("day", "rate", "piece", "side"))
        .mark_line(strokeWidth=2.4, interpolate="step-after")
        .encode(x, y, PIECE_COLOUR, detail=alt.Detail("piece:N")),
    ]
    if ahead.height:
        dotted = alt.Chart(ahead.select("day", pl.col("rate").round(5)))
        layers.append(dotted.mark_line(strokeDash=[2, 3], interpolate="step-after", color=LIGHT["chance"]).encode(x, y))
    layers += [
        *target_rule(verdict["target"]),
        alt.Chart(last.select("day", "rate")).mark_point(filled=True, color=side, size=60, opacity=1).encode(x, y),
        *on_ground(
            alt.Chart(over).encode(x, y, text=alt.Text("text:N")), side, align="right", dx=-8, dy=-12, fontWeight=600
        ),
        *_clear(verdict, ahead, sure or say("sure.at_best")),
        *_bad_ones(ticks, floor, bottom),
        _hover(line, verdict, x),
    ]
    subtitle = say(
        "trend-measure",
        whose=name_of(verdict),
        days=verdict["window_days"],
        what=several(metric.one_is),
        band="no" if not has_interval else "cut" if highest(line.get_column("rate_high")) > top else "whole",
        ticks="yes" if ticks.height else "no",
        ahead="yes" if ahead.height else "no",
        lines=len(shown),
        done=named_moments(what for _, what in shown),
    )
    title = " ".join(moved) or verdict["finding"]
    rows = _trend_rows(line, verdict, moments, has_interval=has_interval)
    return titled(layered(*layers), title, subtitle, height=240, name="trend", twin=rows, right=("rate", "of"))


def _interval(line: pl.DataFrame, scale: alt.Scale) -> list[alt.Chart]:
    """The interval of each day as a grey band, which breaks where the line does."""
    band = alt.Chart(line.select("day", "run", pl.col("rate_low", "rate_high").round(5)))
    ends = alt.Y("rate_low:Q", scale=scale), alt.Y2("rate_high:Q")
    area = band.mark_area(color=LIGHT["chance"], opacity=0.12, interpolate="step-after")
    return [area.encode(alt.X("day:T"), *ends, detail=alt.Detail("run:N"))]


def _over(line: pl.DataFrame, near: float) -> float:
    """The height over which the last figure is written: its own, or that of days beside it that rise a little higher."""
    rate = float(line.item(-1, "rate"))
    peak = highest(line.filter(pl.col("day") > pl.col("day").max() - timedelta(days=LABEL_DAYS)).get_column("rate"))
    return peak if peak - rate <= near else rate


def _held(counted: pl.DataFrame, verdict: JudgedRow) -> pl.DataFrame:
    """The days the files hold, up to the day judged, with `run`: over a missing file the line breaks, for nothing is known."""
    as_of = verdict["as_of"]
    days = of_key(counted, verdict).filter(
        pl.col("is_covered"),
        pl.col("window_denominator") > 0,
        pl.col("day").is_between(as_of - timedelta(days=DAYS), as_of),
    )
    run = (pl.col("day").diff().dt.total_days() > 1).fill_null(False).cum_sum()
    return days.sort("day").with_columns(pl.col("rate").round(5), run=run)


def _ahead(roll_off: pl.DataFrame, verdict: JudgedRow) -> pl.DataFrame:
    """The days after the judged one on which bad ones still leave, or until the target is met again."""
    steps = of_key(roll_off, verdict).filter(pl.col("rate").is_not_null())
    leaving = last_day(steps.filter(pl.col("leaves") > 0).get_column("day"))
    ends = max((day for day in (leaving, verdict["clear_from"]) if day is not None), default=None)
    if ends is None:
        return steps.clear()
    return steps.filter(pl.col("day") <= min(ends, verdict["as_of"] + timedelta(days=MOST_AHEAD)))


def _clear(verdict: JudgedRow, ahead: pl.DataFrame, sure: str) -> list[alt.Chart]:
    """The day from which a missed target is met again, if it lies in the picture."""
    clear = verdict["clear_from"]
    if verdict["status"] != "breached" or clear is None or ahead.filter(day=clear).is_empty():
        return []
    label = say("way-back.day", day=short_day(clear), sure=sure)
    lines = textwrap.wrap(label, BREAK)
    frame = pl.DataFrame({"day": [clear], "wide": [label], "narrow": ["\n".join(lines)]})
    rule = alt.Chart(frame.select("day")).mark_rule(color=LIGHT["good"]).encode(x=alt.X("day:T"))
    text = by_width(alt.Chart(frame).encode(x=alt.X("day:T"), y=alt.YValue(6)))
    up = alt.ExprRef(f"width < {NARROW} ? {-LINE * (len(lines) - 1)} : 0")  # over the picture, where no line runs
    look = {"align": "right", "dx": -5, "dy": up, "lineBreak": "\n", "lineHeight": LINE, "fontWeight": 600}
    return [rule, *on_ground(text, LIGHT["good"], **look)]


def _shown(moments: Sequence[Moment], line: pl.DataFrame, ahead: pl.DataFrame) -> list[Moment]:
    """What was done on the days of the picture."""
    first, last = first_day(line["day"]), last_day(ahead["day"]) or last_day(line["day"])
    return [(day, what) for day, what in moments if first and last and first <= day <= last]


def _lines(shown: Sequence[Moment]) -> list[alt.Chart]:
    """What was done, as a line down the picture with its number; the words stand over the picture and in the twin."""
    if not shown:
        return []
    frame = pl.DataFrame({"day": [day for day, _ in shown], "text": [str(n) for n in range(1, len(shown) + 1)]})
    rule = alt.Chart(frame.select("day")).mark_rule(color=LIGHT["ink"], strokeWidth=1, opacity=0.6)
    text = alt.Chart(frame).encode(x=alt.X("day:T"), y=alt.YValue(22), text=alt.Text("text:N"))
    return [rule.encode(x=alt.X("day:T")), *on_ground(text, LIGHT["ink"], align="left", dx=4, fontWeight=600)]


def _bad_ones(ticks: pl.DataFrame, floor: float, bottom: float) -> list[alt.Chart]:
    """A tick on each day bad ones entered the window; of a small shop with how many they were."""
    if ticks.is_empty():
        return []
    ends = (alt.YDatum(bottom + 0.3 * (floor - bottom)), alt.Y2Datum(bottom + 0.95 * (floor - bottom)))
    days = alt.Chart(ticks.select("day"))
    layers = [days.mark_rule(color=LIGHT["ink"], strokeWidth=1).encode(alt.X("day:T"), *ends)]
    if ticks.height <= MOST_NUMBERED:
        numbered = alt.Chart(ticks.select("day", text=pl.col("entering").cast(pl.String)))
        text = numbered.mark_text(align="left", dx=4, fontSize=11, color=LIGHT["ink"])
        layers.append(
            text.encode(alt.X("day:T"), y=alt.YDatum(bottom + 0.62 * (floor - bottom)), text=alt.Text("text:N"))
        )
    return layers


def _hover(line: pl.DataFrame, verdict: JudgedRow, x: alt.X) -> alt.Chart:
    """Wherever the pointer is, the nearest day's figure with its counts, in the account's own way of writing."""
    told = line.select("day").with_columns(told=pl.Series(judged_on(line, verdict), dtype=pl.String))
    marks = alt.Chart(told).mark_rule(color=LIGHT["ink"], tooltip=TOLD).encode(x)
    return pointed(marks, "day", "day", opacity=0.5)


def _holes(line: pl.DataFrame) -> list[alt.Chart]:
    """The days between two runs of the line, on which the files do not hold the window: grey, and said."""
    before = pl.col("day").shift(1)
    holes = line.with_columns(start=before).filter((pl.col("day") - pl.col("start")).dt.total_days() > 1)
    if holes.is_empty():
        return []
    middle = pl.col("start") + (pl.col("day") - pl.col("start")) / 2
    spans = holes.select("start", end="day", middle=middle.cast(pl.Date), text=pl.lit(say("trend-hole")))
    drawn, height = alt.Chart(spans), {"y": alt.YValue(0), "y2": alt.Y2Value("height")}
    band = drawn.mark_rect(color=LIGHT["chance"], opacity=0.12).encode(alt.X("start:T"), x2=alt.X2("end:T"), **height)
    label = drawn.encode(alt.X("middle:T"), y=alt.YValue(120), text=alt.Text("text:N"))
    return [band, *on_ground(label, LIGHT["quiet"], angle=270, fontSize=11)]


def _heights(line: pl.DataFrame, target: float, good_is: str) -> tuple[float, float]:
    """Where the scale of a trend begins and ends: at zero for a rate that should be low, under all of one near 100 %."""
    if good_is == "low":
        return 0.0, max(highest(line.get_column("rate")), target) * 1.3
    least = min(lowest(line.get_column("rate")), target)
    return max(0.0, least - 0.3 * (1 - least)), 1.0


def _ticks(arrivals: pl.DataFrame, verdict: JudgedRow, line: pl.DataFrame) -> pl.DataFrame:
    """The days on which bad ones entered; none where they come nearly every day, and none of a rate of good ones."""
    days = of_key(arrivals, verdict).filter(pl.col("day").is_between(line["day"].min(), line["day"].max()))
    is_crowded = days.height > MOST_TICKS
    return days.clear() if is_crowded or METRICS[verdict["metric"]].good_is == "high" else days


def _trend_rows(line: pl.DataFrame, verdict: JudgedRow, moments: Sequence[Moment], *, has_interval: bool) -> list[dict]:
    """The days of a trend as text, the judged day first; every seventh day of a long one, and what was done since the last."""
    newest_first = line.sort("day", descending=True)
    step, every = "day", 1
    if newest_first.height > MOST_TWIN_ROWS:
        step, every = "seventh_day", 7
        newest_first = newest_first.filter((pl.lit(verdict["as_of"]) - pl.col("day")).dt.total_days() % 7 == 0)
    one_is = METRICS[verdict["metric"]].one_is
    rows = []
    for row in rows_of(newest_first, RatedRow):
        since = row["day"] - timedelta(days=every)
        done = "; ".join(labelled(short_day(day), what) for day, what in moments if since < day <= row["day"])
        said = {
            step: short_day(row["day"]),
            "rate": percent(row["rate"]),
            "of": say("part", part=row["window_numerator"], of=so_many(row["window_denominator"], one_is)),
        }
        if has_interval:
            said["interval"] = percent_range(row["rate_low"], row["rate_high"])
        rows.append(said | ({"done": done} if moments else {}))
    return rows


def _rate_axis(bottom: float, top: float) -> alt.Axis:
    """Ticks of a rate from the bottom up, none on the strip below it."""
    step = next(step for step in _STEPS if (top - bottom) / step <= 6)
    first, last = -int(-bottom / step // 1), int(top / step)
    return alt.Axis(format=".2~%", values=[round(step * n, 6) for n in range(first, last + 1)])


_STEPS = (0.001, 0.002, 0.0025, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
