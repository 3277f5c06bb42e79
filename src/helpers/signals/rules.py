"""Run rules of control charts, each a function of points in standard deviations from the centre. Shown, never an alert.

All four of Western Electric's together call an unchanged process special every 92 points (Champ and Woodall 1987,
Technometrics 29:393), so a chart says which rules it draws. A run is flagged from the point that completes it on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

Flags = NDArray[np.bool_]


def beyond_three(z: ArrayLike) -> Flags:
    """[..., point] a point over three standard deviations from the centre."""
    return np.abs(np.asarray(z, float)) > 3


def two_of_three_beyond_two(z: ArrayLike) -> Flags:
    """[..., point] two of three points in a row over two standard deviations, on one side; the point itself is one."""
    return _of(np.asarray(z, float), 2, 2, 3)


def four_of_five_beyond_one(z: ArrayLike) -> Flags:
    """[..., point] four of five points in a row over one standard deviation, on one side; the point itself is one."""
    return _of(np.asarray(z, float), 1, 4, 5)


def eight_on_one_side(z: ArrayLike) -> Flags:
    """[..., point] eight points in a row on one side of the centre; a point on it ends a run."""
    return _of(np.asarray(z, float), 0, 8, 8)


def seven_on_one_side(z: ArrayLike) -> Flags:
    """[..., point] the same with seven, as the health service of England draws it."""
    return _of(np.asarray(z, float), 0, 7, 7)


def _of(z: NDArray[np.float64], beyond: float, enough: int, among: int) -> Flags:
    """`enough` of the last `among` points beyond, on the side of the point itself."""
    found = np.zeros(z.shape, bool)
    for side in (z > beyond, z < -beyond):
        padded = np.concatenate([np.zeros((*z.shape[:-1], among), int), side], axis=-1).cumsum(axis=-1)
        found |= side & (padded[..., among:] - padded[..., :-among] >= enough)
    return found


WESTERN_ELECTRIC: Mapping[str, Callable[[ArrayLike], Flags]] = MappingProxyType(
    {
        "one beyond three": beyond_three,
        "two of three beyond two": two_of_three_beyond_two,
        "four of five beyond one": four_of_five_beyond_one,
        "eight on one side": eight_on_one_side,
    }
)


def broken(z: ArrayLike) -> list[list[str]]:
    """The rules that flag each point of one chart, by name."""
    flags = {name: rule(z) for name, rule in WESTERN_ELECTRIC.items()}
    return [[name for name, each in flags.items() if each[place]] for place in range(len(np.asarray(z)))]
