"""Control charts: mature weeks beside the limits of chance. For the eye; what stands out here wakes nobody."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import highest, layered, titled
from helpers.colours import LIGHT
from helpers.frames import SERIES
from helpers.rows import rows_of
from helpers.signals import ControlRow
from helpers.vocabulary import METRICS
from helpers.wording import about, count, percent_range, plural, share, short_day, where

# Beyond both limits: those of chance alone, exact where bad ones are few, and those that allow for bad weeks.
STANDS_OUT = pl.col("is_outside") & pl.col("is_outside_prime").fill_null(value=True)
USUAL = 1.2  # σ_z up to which weeks differ about as chance makes them


def controls(control_points: pl.DataFrame, *, most: int = 4) -> list[alt.LayerChart]:
    """A control chart of each rate, at most `most`."""
    parts = list(control_points.group_by(*SERIES, maintain_order=True))[:most]
    return [control(part) for _, part in parts]


def control(part: pl.DataFrame) -> alt.LayerChart:
    """The cohorts of one rate with centre and limits; of rare events the orders between two bad ones."""
    rows = list(rows_of(part, ControlRow))
    is_rate = rows[-1]["chart"] == "p"
    drawn = part.filter(chart=rows[-1]["chart"]).select(
        "phase",
        day="last_day",
        value=pl.col("value").round(5),
        centre=pl.col("centre").round(5),
        low=pl.min_horizontal("low", "low_prime").round(5),
        high=pl.max_horizontal("high", "high_prime").round(5),
        is_out=STANDS_OUT,
    )
    told = [list(_row(row).values())[:2] for row in rows if row["chart"] == rows[-1]["chart"]]
    drawn = drawn.with_columns(pl.DataFrame(told, schema=["on", "is"], orient="row"))
    x = alt.X(
        "day:T",
        title=None,
        axis=alt.Axis(format="%b %Y", tickCount="month", grid=False, labelOverlap=True, labelSeparation=8),
    )
    top = max(highest(drawn.get_column("high")), highest(drawn.get_column("value"))) * 1.1 or 1.0
    scale = alt.Scale(domain=[0, top], nice=False, clamp=True)
    axis = alt.Axis(format=".2~%" if is_rate else "d", tickCount=5)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", title=None, scale=scale, axis=axis)

    out = {"test": "datum.is_out"}
    colour = alt.ColorValue(LIGHT["good"], condition=out | {"value": LIGHT["concern"]})
    shape = alt.ShapeValue("circle", condition=out | {"value": "diamond"})
    layers = [
        alt.Chart(drawn.select("day", name, "phase"))
        .mark_line(color=LIGHT["ink"] if name == "centre" else LIGHT["chance"], interpolate="step", strokeDash=dash)
        .encode(x, y(name), detail=alt.Detail("phase:N"))
        for name, dash in (("centre", [1, 0]), ("low", [3, 3]), ("high", [3, 3]))
    ]
    points = alt.Chart(drawn.select("day", "value", "is_out", "phase", "on", "is"))
    layers += [
        points.mark_line(color=LIGHT["good"], strokeWidth=1, opacity=0.5).encode(
            x, y("value"), detail=alt.Detail("phase:N")
        ),
        points.mark_point(filled=True, size=45, opacity=1).encode(
            x, y("value"), color=colour, shape=shape, tooltip=[alt.Tooltip("on:N"), alt.Tooltip("is:N")]
        ),
    ]
    twin = [_row(row) for row in reversed(rows)]
    return titled(layered(*layers), _title(part, rows), _subtitle(rows), height=190, twin=twin)


def _title(part: pl.DataFrame, rows: list[ControlRow]) -> str:
    name = f"{METRICS[rows[-1]['metric']].label}, {where(rows[-1])}"
    part = part.filter(chart=rows[-1]["chart"])
    out = part.filter(STANDS_OUT)
    if rows[-1]["chart"] == "g":
        apart = f"{count(out.height)} stand out" if out.height else "none longer or shorter than chance makes them"
        return f"{name}: {plural(part.height, 'gap')} between two bad ones, {apart}."
    length = (rows[-1]["last_day"] - rows[-1]["first_day"]).days + 1
    what = {7: ("week", "weeks"), 14: ("fortnight", "fortnights")}.get(
        length, ("period of four weeks", "periods of four weeks")
    )
    better = out.filter(pl.col("value") < pl.col("centre")).height
    side = f", {count(better)} of them better" if better else ""
    plain = part.filter("is_outside").height
    more = f"; limits that know of no bad weeks would name {count(plain)}" if plain > out.height else ""
    return f"{name}: {count(out.height)} of {plural(part.height, *what)} stand out{side}{more}."


def _subtitle(rows: list[ControlRow]) -> str:
    trial = " Limits on trial: fewer than 12 points." if any(row["is_trial"] for row in rows) else ""
    if rows[-1]["chart"] == "g":
        return (
            f"Orders between two bad ones: the higher the better. Limits: three standard deviations of chance.{trial}"
        )
    spread = rows[-1]["sigma_z"] or 1.0
    word = "as chance makes them" if spread <= USUAL else "more than chance makes them"
    broken = sorted({name for row in rows for name in row["rules"]})
    runs = f" Run rules broken: {', '.join(broken)}." if broken else ""
    return f"Points differ {word} (spread {about(spread)}; 1 is chance alone).{runs}{trial}"


def _row(row: ControlRow) -> dict[str, str]:
    if row["chart"] == "g":
        return {
            "From one to the next": _period(row),
            "Orders between": count(row["denominator"]),
            "Limits": f"{count(int(row['low']))}–{count(int(row['high']))}",
            "Stands out": "yes" if row["is_outside"] else "–",
        }
    return {
        "Orders of": _period(row),
        "Rate": share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is),
        "Limits": percent_range(min(row["low"], row["low_prime"] or 0.0), max(row["high"], row["high_prime"] or 0.0)),
        "Stands out": "yes" if row["is_outside_prime"] and row["is_outside"] else "–",
        "Run rules": ", ".join(row["rules"]) or "–",
    }


def _period(row: ControlRow) -> str:
    return f"{short_day(row['first_day'])} to {short_day(row['last_day'])}"
