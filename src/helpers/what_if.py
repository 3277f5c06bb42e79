"""The picture under sliders: one rate of an account, and what fewer bad ones or another volume would make of it.

The page and JupyterLab draw it from the same figures, computed beforehand for every place of the sliders.
"""

from __future__ import annotations

from typing import cast

from helpers import charts, scenarios
from helpers.charts.look import Drawing
from helpers.rows import JudgedRow
from helpers.scenarios import Outlook
from helpers.scenarios.words import lately, of_sliders


def picture(outlook: Outlook, *, fewer: int, orders: int) -> Drawing:
    """The rate that decides, with so many of 100 bad ones less and so many of 100 orders more (or less, below 0).

    Raises ValueError where no rate can be looked ahead of.
    """
    ahead = outlook.deciding
    if ahead is None:
        raise ValueError("expected a rate that is counted day by day, found none")
    moved = outlook.moved
    place = moved.filter(fewer=fewer, orders=orders, day=ahead.on(90)).row(0, named=True)
    how = lately(ahead)
    said = of_sliders(fewer, orders, place["over"], place["missed"], is_over=ahead.is_over, lately=how)
    return charts.sliders_ahead(moved, cast("JudgedRow", ahead.known.verdict), fewer, orders, said=said, lately=how)


def pictures(outlook: Outlook) -> list[Drawing]:
    """The picture as it begins: nothing changes; none where no rate can be looked ahead of."""
    return [] if outlook.deciding is None else [picture(outlook, fewer=0, orders=0)]


def fans(outlook: Outlook, most: int = 3) -> list[Drawing]:
    """The band of each rate to come, worst first, and the budget of each that is not over."""
    drawn = []
    for one in outlook.by_urgency[:most]:
        verdict = cast("JudgedRow", one.known.verdict)
        drawn.append(charts.fan(one.projection, outlook.audit.counted, verdict, scenarios.fact(one)))
        if not one.is_over:
            drawn.append(charts.budget(one.projection, verdict))
    return drawn
