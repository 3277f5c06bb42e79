"""How often a shop misses “under 1 %” on at least one day of a year, computed beforehand from 40,000 shops each.

helpers.first_passage.curve(Problem(orders a day, rate, under 1/100, window_days=60, days=365), shops=40_000); its standard
error is under 0.003. A page without Python cannot compute it while a class waits, and at 200 orders a day neither can Python.
"""

from __future__ import annotations

BAD_OF_1000 = (2, 5, 8, 10, 15, 20, 30)  # from good to bad
TARGET_OF_1000 = 10
# orders a day: the chance at each of BAD_OF_1000
MISSED: dict[int, tuple[float, ...]] = {
    1: (0.5713, 0.8794, 0.966, 0.986, 0.9985, 0.9997, 1),
    2: (0.3664, 0.8088, 0.9564, 0.9863, 0.9994, 1, 1),
    5: (0.2177, 0.8562, 0.9924, 0.999, 1, 1, 1),
    10: (0.023, 0.6584, 0.9878, 0.9996, 1, 1, 1),
    20: (0.0003, 0.3015, 0.9744, 0.9997, 1, 1, 1),
    50: (0, 0.0135, 0.8953, 1, 1, 1, 1),
    100: (0, 0, 0.6663, 1, 1, 1, 1),
    200: (0, 0, 0.2505, 1, 1, 1, 1),
}


def chance(orders_a_day: int, bad_of_1000: int, target_of_1000: int) -> float | None:
    """The chance, where it was computed."""
    if target_of_1000 != TARGET_OF_1000:
        return None
    return MISSED[orders_a_day][BAD_OF_1000.index(bad_of_1000)]


def volume_of(orders: int) -> int:
    """The volume a day that is nearest, as a factor, to so many orders in 60 days."""
    a_day = max(orders, 1) / 60
    return min(MISSED, key=lambda volume: max(volume / a_day, a_day / volume))
