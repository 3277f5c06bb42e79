"""Whether a rate moved: its window beside the window before and beside the whole year before, over all rates at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from helpers.frames import KEY, SCHEMAS
from helpers.history.comparison import Comparison, holm
from helpers.history.rows import ComparedWith, EarlierRow, Movement
from helpers.history.windows import Key, Sum, by_key, effect_now, place_of, rho_of
from helpers.rows import LumpsRow, VerdictRow, is_judged, key_of, rows_of
from helpers.vocabulary import METRICS, Exactness

SURE = 0.05  # an unchanged account sees a false movement in at most so many reports
ALIKE = 1.5  # rates whose ratio surely lies within 1/1.5 and 1.5 are about the same
COMPARED_WITH: Mapping[str, ComparedWith] = {"before": "window_before", "year": "year_before"}


@dataclass(frozen=True)
class _Beside:
    """The judged window beside one earlier stretch."""

    now: Sum
    then: Sum
    metric: str
    compared: Comparison

    @property
    def p(self) -> float:
        return float(self.compared.p)

    @property
    def word(self) -> Movement | None:
        """Where it moved to, if what the files prove of either side bears that; else None.

        At least so many before, and fewer now, proves a fall and never a rise; at most so many before the other way round.
        """
        fewer, more = (float(tail) for tail in self.compared.tails)
        before, now = (_of_bad(each.exactness, self.metric) for each in (self.then, self.now))
        if more < fewer:
            return "rising" if before in ("exact", "upper_bound") and now in ("exact", "lower_bound") else None
        return "falling" if before in ("exact", "lower_bound") and now in ("exact", "upper_bound") else None

    @property
    def is_about_the_same(self) -> bool:
        """Whether the ratio of the two rates surely lies within 1/1.5 and 1.5, or as many are bad of about as many."""
        if (self.now.exactness, self.then.exactness) != ("exact", "exact"):
            return False
        low, high = (float(end) for end in self.compared.ratio)
        as_many = self.now.bad(self.metric) == self.then.bad(self.metric)
        is_near = 1 / ALIKE <= self.now.denominator / self.then.denominator <= ALIKE
        return (low >= 1 / ALIKE and high <= ALIKE) or (as_many and is_near)


def movement(earlier: pl.DataFrame, verdicts: pl.DataFrame, lumps: pl.DataFrame) -> pl.DataFrame:
    """Whether each judged rate moved: the `movement` frame, the verdicts' order.

    earlier   history.earlier; lumps (metrics.lumps) tells how bad ones come together
    Counts are deflated on either side. A movement is told where Holm over all rates of the report leaves its p at 5 % or
    less; windows, categories and parts of one rate of a store and channel weigh as one.
    """
    windows, clustering = by_key(earlier, EarlierRow), by_key(lumps, LumpsRow)
    rows = list(rows_of(verdicts.unique(list(KEY), keep="first", maintain_order=True), VerdictRow))
    beside = [_beside(row, windows.get(place_of(row), []), clustering) for row in rows]
    families: dict[Key, list[tuple[int, str]]] = defaultdict(list)
    for place, (row, found) in enumerate(zip(rows, beside, strict=True)):
        whole = METRICS[row["metric"]].part_of or row["metric"]
        families[row["account"], row["marketplace"], whole, row["fulfilment"]] += [(place, side) for side in found]
    tests = list(families.values())
    adjusted = holm([[beside[place][side].p for place, side in family] for family in tests])
    held = {test: p for family, ps in zip(tests, adjusted, strict=True) for test, p in zip(family, ps, strict=True)}
    told = [
        _row(row, found, {side: held[place, side] for side in found})
        for place, (row, found) in enumerate(zip(rows, beside, strict=True))
    ]
    return pl.DataFrame(told, schema=dict(SCHEMAS["movement"]))


def _of_bad(exactness: Exactness, metric: str) -> str:
    """How exactly the bad ones are known; files speak of what a rate is named after, which may be the good ones."""
    turned = {"lower_bound": "upper_bound", "upper_bound": "lower_bound"} if METRICS[metric].good_is == "high" else {}
    return turned.get(exactness, exactness)


def _beside(row: VerdictRow, windows: list[EarlierRow], lumps: Mapping[Key, list[LumpsRow]]) -> dict[str, _Beside]:
    """The comparisons there are, by side."""
    if not is_judged(row) or row["source"] != "files":
        return {}
    rho, effect, metric = rho_of(lumps, row), effect_now(lumps, row), row["metric"]
    now = Sum.of_verdict(row)
    alike = [window for window in windows if window["is_known"] and window["is_alike"]]
    sides = {"before": [window for window in alike if window["day"] == windows[0]["day"]], "year": alike}
    found = {}
    for side, part in sides.items():
        then = Sum.of(part)
        if now.denominator and then.denominator:
            here = now.bad(metric), now.denominator, effect
            there = then.bad(metric), then.denominator, then.effect(rho)
            found[side] = _Beside(now, then, metric, Comparison.of(here, there))
    return found


def _row(row: VerdictRow, found: dict[str, _Beside], held: dict[str, float]) -> dict[str, object]:
    told: dict[str, object] = {**key_of(row), "numerator": row["numerator"], "denominator": row["denominator"]}
    for side in COMPARED_WITH:
        one = found.get(side)
        told |= {
            f"numerator_{side}": one.then.numerator if one else None,
            f"denominator_{side}": one.then.denominator if one else None,
            f"exactness_{side}": one.then.exactness if one else None,
            f"p_{side}": one.p if one else None,
            f"p_{side}_holm": held.get(side),
        }
    word, side = _word(found, held)
    return told | {"word": word, "compared_with": COMPARED_WITH.get(side or "")}


def _word(found: dict[str, _Beside], held: dict[str, float]) -> tuple[Movement, str | None]:
    """The word, and the comparison it speaks of: the surest movement, else a likeness no comparison speaks against."""
    for side in sorted(found, key=lambda side: found[side].p):
        moved = found[side].word
        if held[side] <= SURE and moved is not None:
            return moved, side
    if all(one.p > SURE for one in found.values()):
        for side, one in found.items():
            if one.is_about_the_same:
                return "about_the_same", side
    return "cannot_be_told", next(iter(found), None)
