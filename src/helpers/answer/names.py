"""A rate, named in a sentence: what it is, whose it is, and the rates of one report counted once each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from helpers.rows import GapRow, KeyRow, VerdictRow, is_judged, key_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import where


def name(row: KeyRow) -> str:
    """A rate with whose it is: `order defect rate (amazon.de, seller ships)`."""
    return say("rate-of", rate=METRICS[row["metric"]].name, of=where(row))


def label(row: Mapping[str, Any]) -> str:
    """The same, by the key of a row, as the first words of a sentence or a cell: `Order defect rate, amazon.de, seller ships`."""
    return say("rate-at", rate=METRICS[row["metric"]].label, where=where(row))


def is_alone(marketplaces: Sequence[str], rows: Iterable[VerdictRow]) -> bool:
    """Whether all rates are of one store and one channel, whose name need not be repeated."""
    return len(marketplaces) == 1 and len({(row["marketplace"], row["fulfilment"]) for row in rows}) == 1


def rates(rows: Iterable[KeyRow | GapRow]) -> list[str]:
    """The metrics of these rows, each once: stores, channels, windows and categories of one rate are one."""
    return list(dict.fromkeys(row["metric"] for row in rows))


def named(metrics: Iterable[str]) -> list[str]:
    """Their names within a sentence."""
    return [METRICS[metric].name for metric in metrics]


def together(metrics: Sequence[str]) -> str:
    """Rates in a sentence, the word said once: `late shipment and valid tracking rates`."""
    short = [METRICS[metric].short_name for metric in metrics]
    if len(short) < 2 or any(one == name for one, name in zip(short, named(metrics), strict=True)):
        return listed(named(metrics))
    return say("short-rates", rates=short)


def judged(rows: Iterable[VerdictRow]) -> list[VerdictRow]:
    """The rows a verdict was reached of."""
    return [row for row in rows if is_judged(row)]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and c`."""
    return say("list", names=names)


def few(names: Sequence[str], most: int) -> list[str]:
    """The first names of a sentence, and how many more there are."""
    more = len(names) - most
    return [*names[:most], *([say("more", number=more)] if more > 0 else [])]


def place(row: KeyRow) -> tuple:
    """What a row of one frame is found by in another."""
    return tuple(key_of(row).values())
