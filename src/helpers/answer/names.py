"""A rate, named in a sentence: what it is, whose it is, and the rates of one report counted once each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.rows import GapRow, KeyRow, VerdictRow, is_judged
from helpers.vocabulary import METRICS
from helpers.wording import count, where


def name(row: KeyRow) -> str:
    """A rate with whose it is: `order defect rate (amazon.de, seller ships)`."""
    return f"{METRICS[row['metric']].label.lower()} ({where(row)})"


def is_alone(marketplaces: Sequence[str], rows: Iterable[VerdictRow]) -> bool:
    """Whether all rates are of one store and one channel, whose name need not be repeated."""
    return len(marketplaces) == 1 and len({(row["marketplace"], row["fulfilment"]) for row in rows}) == 1


def rates(rows: Iterable[KeyRow | GapRow]) -> list[str]:
    """The rates of these rows, each once: stores, channels, windows and categories of one rate are one."""
    return list(dict.fromkeys(METRICS[row["metric"]].label.lower() for row in rows))


def together(names: Sequence[str]) -> str:
    """Rates in a sentence, the word said once: `late shipment and valid tracking rates`."""
    if len(names) < 2 or not all(one.endswith(" rate") for one in names):
        return listed(names)
    return f"{listed([one.removesuffix(' rate') for one in names])} rates"


def judged(rows: Iterable[VerdictRow]) -> list[VerdictRow]:
    """The rows a verdict was reached of."""
    return [row for row in rows if is_judged(row)]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def few(names: Sequence[str], most: int, between: str = "") -> str:
    """The first names of a sentence and how many more there are; `between` stands for the words of `listed`."""
    more = len(names) - most
    shown = [*names[:most], *([f"{count(more)} more"] if more > 0 else [])]
    return between.join(shown) if between else listed(shown)
