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

HORIZONS = (1, 30, 90, 180, 365)  # days checked
# orders a day: the chance of a good shop, 5 bad of 1,000, to miss on some day of each of HORIZONS; computed alike
LONGER: dict[int, tuple[float, ...]] = {
    2: (0.1325, 0.2379, 0.4032, 0.5877, 0.807),
    5: (0.1273, 0.2582, 0.4438, 0.6434, 0.8576),
    10: (0.0567, 0.1408, 0.2705, 0.4294, 0.6566),
    20: (0.0135, 0.0444, 0.0958, 0.1691, 0.3018),
    50: (0.0004, 0.0018, 0.0035, 0.007, 0.014),
}
# Sellers by their true rate in targets: name → {rate: share}. All assumed.
POPULATIONS = {
    "half_good": {0.4: 0.5, 0.8: 0.3, 1.5: 0.2},
    "nearly_all_good": {0.4: 0.8, 0.8: 0.15, 1.5: 0.05},
    "many_bad": {0.4: 0.2, 0.8: 0.4, 1.5: 0.4},
}
# orders a day: of the shops that miss at one check of 60 days, the share truly on target, in each of POPULATIONS; exact
FLAGGED: dict[int, tuple[float, ...]] = {
    2: (0.534, 0.806, 0.361),
    5: (0.474, 0.744, 0.326),
    10: (0.359, 0.586, 0.255),
    20: (0.261, 0.425, 0.189),
    50: (0.146, 0.254, 0.102),
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
