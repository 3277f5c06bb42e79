"""Control charts: mature weeks beside the limits of chance. For the eye; what stands out here wakes nobody."""

from __future__ import annotations

import altair as alt
import polars as pl

from helpers.charts.look import highest, layered, months, name_of, titled
from helpers.colours import LIGHT
from helpers.frames import SERIES
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.signals import ControlRow
from helpers.vocabulary import METRICS
from helpers.wording import about, count, counted, percent, percent_range, share, short_day

# Beyond both limits: those of chance alone, exact where bad ones are few, and those that allow for bad weeks.
STANDS_OUT = pl.col("is_outside") & pl.col("is_outside_prime").fill_null(value=True)
USUAL = 1.2  # σ_z up to which weeks differ about as chance makes them
LENGTHS = {7: "week", 14: "fortnight"}  # of a cohort, in days; else four weeks
NONE = "–"


def controls(control_points: pl.DataFrame, *, most: int = 4) -> list[alt.LayerChart]:
    """A control chart of each rate, at most `most`."""
    parts = list(control_points.group_by(*SERIES, maintain_order=True))[:most]
    return [control(part) for _, part in parts]


def control(part: pl.DataFrame) -> alt.LayerChart:
    """The cohorts of one rate with centre and limits; of rare events the orders between two bad ones."""
    part = part.filter(chart=part.item(-1, "chart"))  # an earlier phase of the other kind has no place on this axis
    rows = list(rows_of(part, ControlRow))
    is_rate = rows[-1]["chart"] == "p"
    drawn = part.select(
        "phase",
        day="last_day",
        value=pl.col("value").round(5),
        centre=pl.col("centre").round(5),
        low=pl.min_horizontal("low", "low_prime").round(5),
        high=pl.max_horizontal("high", "high_prime").round(5),
        is_out=STANDS_OUT,
    )
    drawn = drawn.with_columns(told=pl.Series(map(_told, rows), dtype=pl.String))
    x = alt.X("day:T", title=None, axis=months())
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
    points = alt.Chart(drawn.select("day", "value", "is_out", "phase", "told"))
    layers += [
        points.mark_line(color=LIGHT["good"], strokeWidth=1, opacity=0.5).encode(
            x, y("value"), detail=alt.Detail("phase:N")
        ),
        points.mark_point(filled=True, size=45, opacity=1).encode(
            x, y("value"), color=colour, shape=shape, tooltip=alt.Tooltip("told:N")
        ),
    ]
    twin, name = [_row(row) for row in reversed(rows)], "control" if is_rate else "gaps"
    return titled(layered(*layers), _title(part, rows), _subtitle(rows), height=190, name=name, twin=twin)


def _title(part: pl.DataFrame, rows: list[ControlRow]) -> str:
    whose, out = name_of(rows[-1]), part.filter(STANDS_OUT)
    if rows[-1]["chart"] == "g":
        return say("control-find-gaps", whose=whose, gaps=part.height, out=out.height)
    length = (rows[-1]["last_day"] - rows[-1]["first_day"]).days + 1
    plain = part.filter("is_outside").height
    return say(
        "control-find",
        whose=whose,
        out=out.height,
        cohorts=say(f"cohorts-of.{LENGTHS.get(length, 'four_weeks')}", number=part.height),
        better=out.filter(pl.col("value") < pl.col("centre")).height,
        plain=plain if plain > out.height else 0,
    )


def _subtitle(rows: list[ControlRow]) -> str:
    trial = "yes" if any(row["is_trial"] for row in rows) else "no"
    if rows[-1]["chart"] == "g":
        return say("control-measure-gaps", trial=trial)
    sigma = rows[-1]["sigma_z"] or 1.0
    broken = sorted({name for row in rows for name in row["rules"]})
    return say(
        "control-measure",
        spread="chance" if sigma <= USUAL else "more",
        sigma=about(sigma),
        broken=len(broken),
        rules=_named(broken),
        trial=trial,
    )


def _row(row: ControlRow) -> dict[str, str]:
    out = say("is-out") if _is_out(row) else NONE
    if row["chart"] == "g":
        return {"days": _days(row), "orders": count(row["denominator"]), "limits": _limits(row), "out": out}
    rules = _named(row["rules"]) or NONE
    return {"orders": _days(row), "rate": _rate(row), "limits": _limits(row), "out": out, "rules": rules}


def _told(row: ControlRow) -> str:
    """What the pointer tells of a point, in a sentence."""
    said = {"limits": _limits(row), "out": "yes" if _is_out(row) else "no", **_ends(row)}
    if row["chart"] == "g":
        return say("control-told-gap", orders=row["denominator"], **said)
    said |= {"of": counted(row["denominator"], METRICS[row["metric"]].one_is), "rate": percent(row["value"])}
    rules, broken = len(row["rules"]), _named(row["rules"])
    return say("control-told", part=row["numerator"], rules=rules, broken=broken, **said)


def _is_out(row: ControlRow) -> bool:
    """STANDS_OUT, of one row."""
    return row["is_outside"] and row["is_outside_prime"] is not False


def _limits(row: ControlRow) -> str:
    if row["chart"] == "g":
        return f"{count(int(row['low']))}–{count(int(row['high']))}"
    return percent_range(min(row["low"], row["low_prime"] or 0.0), max(row["high"], row["high_prime"] or 0.0))


def _rate(row: ControlRow) -> str:
    return share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)


def _named(rules: list[str]) -> str:
    """The names of run rules."""
    return ", ".join(say(f"run-rule.{name.replace(' ', '-')}") for name in rules)


def _days(row: ControlRow) -> str:
    return say("days", **_ends(row))


def _ends(row: ControlRow) -> dict[str, str]:
    return {"first": short_day(row["first_day"]), "last": short_day(row["last_day"])}
