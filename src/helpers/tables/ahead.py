"""Tables of what is to come: chances, the way back, what levers change, how much of one is enough, money, track record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import polars as pl
from IPython.display import HTML

from helpers import scenarios
from helpers.answer.names import label
from helpers.rows import rows_of
from helpers.scenarios import ranked
from helpers.scenarios.told import LIKELY, LeverRow
from helpers.sentences import say
from helpers.tables.layout import DASH, folded, or_dash, table
from helpers.wording import capital, count, odds, short_day, whole_money

SURE = dict(zip(("least_50", "least_80", "least_95"), scenarios.SURE, strict=True))


def chances(chances: pl.DataFrame) -> HTML:
    """The chance of at least one judged day on the wrong side, by rate and horizon.

    chances   scenarios.chances
    """
    over = [label(of.row(0, named=True)) for of in _by_rate(chances.filter("is_over"))]
    rows, heads = [], {}
    for of in _by_rate(chances.filter(~pl.col("is_over"))):
        row = {"rate": label(of.row(0, named=True))}
        for one in of.iter_rows(named=True):
            heads[f"days_{one['days']}"] = say("window", days=one["days"])
            row[f"days_{one['days']}"] = _chance(one)
        rows.append(row)
    nothing = say("no-chances", over="some" if over else "none")
    said = f"<p>{escape(say('chances-over', rates='; '.join(over)))}</p>" if over else ""
    return HTML(f"{said}{table(rows, 'chances', heads=heads, nothing=nothing).data}")


def _chance(row: dict[str, Any]) -> str:
    if row["is_range"]:
        return say("chance-range", low=odds(row["low"]), high=odds(row["high"]))
    return " ".join(filter(None, [row["bound"], odds(row["chance"])]))


def ways_back(ways: pl.DataFrame) -> HTML:
    """When each missed target is met again.

    ways   scenarios.ways_back
    """
    rows = [
        {
            "rate": label(row),
            "best": or_dash(row["clear_from"], short_day),
            "first_10": _by(row["first_p10"]),
            "first_50": _by(row["first_p50"]),
            "first_90": _by(row["first_p90"]),
            "good_50": _by(row["good_p50"]),
            "good_90": _by(row["good_p90"]),
        }
        for row in ways.iter_rows(named=True)
    ]
    heads = {
        "first_10": say("first-met", odds=odds(0.1)),
        "first_50": odds(0.5),
        "first_90": odds(0.9),
        "good_50": say("days-on-end", days=scenarios.FOR_GOOD, odds=odds(0.5)),
        "good_90": say("days-on-end-too", days=scenarios.FOR_GOOD, odds=odds(0.9)),
    }
    return table(rows, "ways-back", heads=heads, nothing=say("no-ways-back"))


def levers(pulled: pl.DataFrame) -> HTML:
    """What each scenario changes, what helps most first.

    pulled   scenarios.pulled
    """
    best = {
        (label(row), row["scenario"]) for of in _by_rate(pulled) for row in ranked.cheapest(list(rows_of(of, LeverRow)))
    }
    rows = [
        {
            "rate": label(row),
            "if": say("lever-named", lever=capital(row["scenario"]), limit="yes" if row["is_limit"] else "no"),
            "chance": say("lever-chance", over=_over(row), day=short_day(row["by"])),
            "now": odds(row["before"]),
            "then": odds(row["after"]),
            "rises": or_dash(row["rises_on"], short_day),
            "cost": ranked.cost(row) or say("cost.untold"),
            "enough": _enough(row, is_cheapest=(label(row), row["scenario"]) in best),
        }
        for row in rows_of(pulled, LeverRow)
    ]
    heads = {"enough": say("enough-for", odds=odds(ranked.SURE_ENOUGH))}
    shown = table(rows, "levers", heads=heads, nothing=say("no-levers"))
    return folded(shown, len(rows), say("levers-folded", number=len(rows)))


def _over(row: Mapping[str, Any]) -> str:
    return "yes" if row["is_over"] else "no"


def _enough(row: LeverRow, *, is_cheapest: bool) -> str:
    if not ranked.is_enough(row):
        return DASH
    return say("is-enough.cheapest" if is_cheapest else "is-enough.yes")


def enough(found: pl.DataFrame) -> HTML:
    """How much of a lever is enough.

    found   scenarios.enough
    """
    enough = pl.any_horizontal(pl.col(name).is_not_null() for name in SURE)
    never = found.filter(~enough.any().over("lever")).get_column("lever").unique(maintain_order=True)
    rows = [
        {
            "rate": label(row),
            "lever": capital(row["lever"]),
            "so_that": say("lever-aim", over=_over(row), day=short_day(row["by"])),
        }
        | {code: _share(row[code]) for code in SURE}
        for row in found.filter(~pl.col("lever").is_in(never.implode())).iter_rows(named=True)
    ]
    heads = {code: say("with-odds", odds=odds(sure)) for code, sure in SURE.items()}
    nothing = say("no-enough.likely", odds=odds(LIKELY)) if found.is_empty() else say("no-enough.alone")
    said = f"<p>{escape(say('not-even-all-of', levers='; '.join(never)))}</p>" if len(never) else ""
    return HTML(f"{table(rows, 'enough', heads=heads, nothing=nothing).data}{said}")


def _share(least: float | None) -> str:
    return say("not-even-all") if least is None else say("least-of-100", least=round(100 * least))


def held(calendar: pl.DataFrame) -> HTML:
    """What would be held if the account were closed, and when it would be free.

    calendar   money.held
    """
    rows = [
        {
            "of": row["currency"] or say("no-currency"),
            "closed_on": short_day(row["closed_on"]),
            "held": say(
                "from-to", low=whole_money(row["low"], row["currency"]), high=whole_money(row["high"], row["currency"])
            ),
            "weeks": DASH if row["weeks"] is None else _weeks(row["weeks_low"], row["weeks"]),
            "from": say(f"held-from.{row['of']}"),
            "rule": row["rule"],
            "free_on": short_day(row["free_on"]),
            "source": row["source"],
        }
        for row in calendar.iter_rows(named=True)
    ]
    return table(rows, "held", nothing=say("no-held"))


def _weeks(low: float, high: float) -> str:
    least, most = round(low), round(high)
    return say("held-weeks", least=least, most=most, range="one" if least == most else "two")


def track_record(record: pl.DataFrame) -> HTML:
    """Forecasts of the account's own past beside what came.

    record   scenarios.track_record
    """
    rows = [
        {
            "rate": label(row),
            "within": say("window", days=row["days"]),
            "forecasts": count(row["origins"]),
            "came": count(row["events"]),
            "error": _score(row["brier"]),
            "usual": _score(row["climatology"]),
            "naive": _score(row["naive"]),
            "least": _least(row),
        }
        for row in record.iter_rows(named=True)
    ]
    return table(rows, "track-record", right=("forecasts", "came"), nothing=say("no-track-record"))


def _least(row: dict[str, Any]) -> str:
    """Which of the three was nearest to what came: where it is not the forecast, that is said."""
    rounded = {name: round(row[name], 2) for name in ("brier", "climatology", "naive")}
    best = [name for name, score in rounded.items() if score == min(rounded.values())]
    if len(best) == len(rounded):
        return say("least-error.alike")
    return say("list", names=[say(f"least-error.{name}") for name in best])


def _score(value: float) -> str:
    return f"{value:.2f}"


def relied_on(spans: pl.DataFrame, said: list[str]) -> HTML:
    """What came of forecasts, by the chance told: of the kit's samples, and of the account where its past tells enough.

    spans, said   scenarios.relied_on
    """
    own = spans.filter(pl.col("own_forecasts").is_not_null())
    rows = [
        {
            "told": say("chances-told", least=round(100 * row["low"]), most=round(100 * row["high"])),
            "forecasts": count(row["forecasts"]),
            "should": f"{row['told']:.0f}",
            "came": count(row["came"]),
        }
        | ({} if own.is_empty() else _own(row))
        for row in spans.iter_rows(named=True)
    ]
    right = [code for row in rows[:1] for code in row if code != "told"]
    return HTML(f"{table(rows, 'relied-on', right=right).data}<p>{escape(' '.join(said))}</p>")


def _own(row: dict[str, Any]) -> dict[str, str]:
    return {
        "own_forecasts": or_dash(row["own_forecasts"], count),
        "own_should": or_dash(row["own_told"], lambda told: f"{told:.0f}"),
        "own_came": or_dash(row["own_came"], count),
    }


def by_chance(found: pl.DataFrame) -> HTML:
    """What chance does to shops of this volume.

    found   scenarios.chance_alone
    """
    rows = [
        {
            "rate": label(row),
            "orders_a_day": f"{row['orders_a_day']:.1f}",
            "good_over": odds(row["good_over"]),
            "good_over_seen": odds(row["good_over_seen"]),
            "bad_days": _days(row["bad_days"]),
            "bad_days_seen": _days(row["bad_days_seen"]),
            "on_target": say("of-populations", first=round(100 * row["flagged_good"]), others=row["others"]),
        }
        for row in found.iter_rows(named=True)
    ]
    return table(rows, "by-chance", nothing=say("no-chances", over="none"))


def _days(number: int | None) -> str:
    return say("not-within-a-year") if number is None else say("by-day", day=number)


def _by(day: date | None) -> str:
    return say("not-within-a-year") if day is None else short_day(day)


def _by_rate(frame: pl.DataFrame) -> list[pl.DataFrame]:
    key = ["marketplace", "metric", "fulfilment", "group", "window_days"]
    return frame.partition_by(key, maintain_order=True) if frame.height else []
