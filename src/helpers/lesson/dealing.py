"""Chance that can be dealt again: the same seed gives the same orders in Python, in JupyterLab and in the page, on every device.

The numbers come from a counter, not from a state: number i of a seed is mix(mix(seed) + (i + 1) · 0x9E3779B9), all in
unsigned words of 32 bits. Counting in steps of the golden ratio and mixing is SplitMix (Steele, Lea and Flood 2014, OOPSLA);
the mixing is `lowbias32` (Wellons 2018, "Prospecting for Hash Functions", with the constants found later: 16 21f0aaad 15
735a2d97 15). The page does the same (templates/lesson.js); tests/data/dealing_vectors.json holds both to plain whole numbers.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import pdtr

from helpers.feedback import arguments

Words = NDArray[np.uint32]

GOLDEN = 0x9E3779B9
MOST = 1_000  # orders of a shop: shop n begins at number 1,000 · (n − 1), so more orders only come on top
SHOPS = 1_000
WINDOW, YEAR = 60, 365
DAYS = WINDOW - 1 + YEAR  # dealt for a year: the days before it that its first window needs, and its own
YEARS_FROM = MOST * SHOPS  # where the numbers of the years begin


def numbers(seed: int, first: int, many: int) -> Words:
    """The numbers first … first + many − 1 of a seed. Raises ValueError for a seed outside 32 bits."""
    arguments.number("seed", seed, 2**32 - 1)
    at = np.arange(first + 1, first + many + 1, dtype=np.uint64) * GOLDEN
    return mixed((at + int(mixed(np.array([seed], np.uint32))[0])).astype(np.uint32))


def mixed(word: Words) -> Words:
    """Each word mixed: one word for each, none twice."""
    word = (word ^ (word >> np.uint32(16))) * np.uint32(0x21F0AAAD)
    word = (word ^ (word >> np.uint32(15))) * np.uint32(0x735A2D97)
    return word ^ (word >> np.uint32(15))


def is_bad(words: Words, bad_of_1000: int) -> NDArray[np.bool_]:
    """Which orders go wrong, when so many of 1,000 do in the long run."""
    return words < bad_of_1000 * 2**32 // 1000


def shop(seed: int, number: int, orders: int, bad_of_1000: int) -> NDArray[np.bool_]:
    """[order] whether it goes wrong, in the shop of this number (from 1 on). Raises ValueError for more than 1,000 orders."""
    arguments.number("orders", orders, MOST)
    return is_bad(numbers(seed, MOST * (number - 1), orders), bad_of_1000)


def shops(seed: int, orders: int, bad_of_1000: int, many: int = SHOPS) -> NDArray[np.int64]:
    """[shop] how many orders go wrong in each of the first so many shops of a seed."""
    arguments.number("orders", orders, MOST)
    each = is_bad(numbers(seed, 0, MOST * many), bad_of_1000).reshape(many, MOST)[:, :orders]
    return each.sum(axis=1)


def law(mean: float) -> tuple[int, NDArray[np.int64]]:
    """The Poisson law as a table: its least count, and for each count from there on the words of 2³² that give it or less."""
    count = np.arange(int(mean + 12 * mean**0.5) + 20)
    below = np.floor(pdtr(count, mean) * 2**32).astype(np.int64)
    kept = (below > 0) & (np.append(0, below[:-1]) < 2**32 - 1)
    return int(count[kept][0]), below[kept]


def year(seed: int, number: int, orders_a_day: int, bad_of_1000: int) -> pl.DataFrame:
    """The windows of 60 days that end on each day of a dealt year (from 1 on): `day`, `bad`, `orders`.

    Bad and good orders of a day are two Poisson counts of their own, as of a Poisson volume in which each goes wrong alone.
    """
    bad, orders = (counts[0] for counts in _windows(seed, number, 1, orders_a_day, bad_of_1000))
    return pl.DataFrame({"day": np.arange(1, YEAR + 1), "bad": bad, "orders": orders})


def days_missed(
    seed: int, orders_a_day: int, bad_of_1000: int, target_of_1000: int, many: int = SHOPS
) -> NDArray[np.int64]:
    """[year] on how many days of each of the first so many years the rate is not under the target."""
    bad, orders = _windows(seed, 1, many, orders_a_day, bad_of_1000)
    return is_missed(bad, orders, target_of_1000).sum(axis=1)


def is_missed(bad: NDArray[np.int64], orders: NDArray[np.int64], target_of_1000: int) -> NDArray[np.bool_]:
    """Whether so many bad ones are not under the target, in whole numbers; a window without orders is not judged."""
    return (orders > 0) & (1000 * bad >= target_of_1000 * orders)


def _windows(seed: int, first: int, many: int, orders_a_day: int, bad_of_1000: int) -> list[NDArray[np.int64]]:
    """[year, day] bad ones and orders of the 60 days that end on it."""
    words = numbers(seed, YEARS_FROM + 2 * DAYS * (first - 1), 2 * DAYS * many).reshape(many, DAYS, 2)
    means = (orders_a_day * bad_of_1000 / 1000, orders_a_day * (1000 - bad_of_1000) / 1000)
    bad, good = (_counted(words[:, :, at], mean) for at, mean in enumerate(means))
    sums = [np.cumsum(np.pad(counts, ((0, 0), (1, 0))), axis=1) for counts in (bad, bad + good)]
    return [total[:, WINDOW:] - total[:, :-WINDOW] for total in sums]


def _counted(words: Words, mean: float) -> NDArray[np.int64]:
    least, below = law(mean)
    return least + np.searchsorted(below[:-1], words, side="right")
