"""Which metrics an open point of the rules reaches: told by what they count, never by a list."""

from __future__ import annotations

from helpers import targets
from helpers.metrics.facts import SETTLED
from helpers.vocabulary import METRICS


def reached(option: str) -> tuple[str, ...]:
    """The metrics of which another reading of an option can change a figure, in the order of METRICS.

    An option reaches a metric that names it among its variants, that looks at a column it settles, or of which a target
    row, or one of the rate it is a part of, holds under one reading of it only.
    """
    chosen_by = targets.options("when").get(option, frozenset())
    return tuple(
        key
        for key, metric in METRICS.items()
        if option in metric.variants
        or metric.columns & SETTLED.get(metric.rows, {}).get(option, frozenset())
        or chosen_by & {key, metric.part_of}
    )
