"""What a shop's record says of a weak miss: how often such a shop misses the target in one window of this size."""

from __future__ import annotations

from typing import TypedDict, TypeGuard

import polars as pl

from helpers.frames import SCHEMAS
from helpers.history import chance
from helpers.history.comparison import Comparison
from helpers.history.rows import EarlierRow, RecordRow, ToldRecordRow
from helpers.history.windows import Sum, by_key, effect_now, limit_of, place_of, rho_of
from helpers.rows import LumpsRow, VerdictRow, key_of, rows_of
from helpers.sentences import say
from helpers.verdicts import Limit
from helpers.verdicts.evidence import posterior_met
from helpers.wording import count

ENOUGH_DAYS = 180  # covered days that must precede
GOOD = 0.8  # how likely the record must meet the target
SAME = 0.23  # a window this unlikely under the record is not explained by it; at 0.10 a turn inside it too often is
OFTEN = 0.1  # what happens more rarely is no explanation


def record(earlier: pl.DataFrame, verdicts: pl.DataFrame, lumps: pl.DataFrame) -> pl.DataFrame:
    """The record before each weak and exact miss: the `record` frame.

    earlier   history.earlier; lumps (metrics.lumps) tells how bad ones come together
    `is_told` where the record explains the miss: it is exact and holds at least 180 days, probably meets the target
    (posterior of contracts section 4), this window does not differ from it (one-sided p), and a shop with it misses in at
    least 1 of 10 such windows (beta-binomial).
    """
    windows, clustering = by_key(earlier, EarlierRow), by_key(lumps, LumpsRow)
    weak = verdicts.filter(status="breached", evidence="weak", exactness="exact", source="files")
    rows = [
        _row(row, windows.get(place_of(row), []), rho_of(clustering, row), effect_now(clustering, row))
        for row in rows_of(weak, VerdictRow)
    ]
    return pl.DataFrame(rows, schema=dict(SCHEMAS["record"]))


class Explanation(TypedDict):
    posterior_met: float
    p_worse: float
    chance_missed: float
    is_told: bool


def explained(now: tuple[int, int, float], before: tuple[int, int, float], limit: Limit) -> Explanation:
    """Whether a record explains a miss: `posterior_met`, `p_worse`, `chance_missed`, `is_told`.

    now, before   bad ones, orders, design effect: of the missed window, and of the windows before it
    """
    share, (bad, n, effect) = float(limit.share), before
    prior = 1 / (2 * share)  # orders: Beta(1/2, (1 - share) / (2 share)), whose mean is the target
    weight = prior + n / effect
    met = float(posterior_met(bad, n, share, effect))
    worse = float(Comparison.of(now, before).tails[1])
    missing = chance.of_missing(now[1], limit, (0.5 + bad / effect) / weight, weight, now[2])
    is_told = met >= GOOD and worse > SAME and missing >= OFTEN
    return {"posterior_met": met, "p_worse": worse, "chance_missed": missing, "is_told": is_told}


def sentence(row: RecordRow) -> str:
    """What may be said of a weak miss in place of more: a row of the `record` frame in words."""
    if not is_told(row):
        return say("window-cannot-tell")
    often, windows = _one_in(row["chance_missed"])
    record_is = {"part": row["numerator"], "of": count(row["denominator"])}
    return say("record-explains", often=often, windows=windows, **record_is)


def is_told(row: RecordRow) -> TypeGuard[ToldRecordRow]:
    """Whether the record explains the miss."""
    return row["is_told"]


def _one_in(chance_missed: float) -> tuple[int, int]:
    """1 of 8, and above two in five 6 of 10."""
    parts = round(1 / chance_missed)
    return (1, parts) if parts >= 3 else (round(10 * chance_missed), 10)


def _row(row: VerdictRow, windows: list[EarlierRow], rho: tuple[float, float], effect: float) -> dict[str, object]:
    known = Sum.of([window for window in windows if window["is_known"] and window["is_alike"]])
    counts = {"days": known.days, "numerator": known.numerator, "denominator": known.denominator}
    told: dict[str, object] = {**key_of(row), **counts, "exactness": known.exactness}
    limit, metric, now = limit_of(row), row["metric"], Sum.of_verdict(row)
    if known.denominator == 0 or not 0 < limit.share < 1:
        return told | {"is_told": False}
    before = known.bad(metric), known.denominator, known.effect(rho)
    said = explained((now.bad(metric), now.denominator, effect), before, limit)
    is_proved = known.exactness == "exact" and known.days >= ENOUGH_DAYS
    return {**told, **said, "is_told": said["is_told"] and is_proved}
