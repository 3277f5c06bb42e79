"""Dealt chance: the same in Python and in the page (tests/data/dealing_vectors.json), and as often as the laws say.

The vectors are computed here with Python's whole numbers alone. `python tests/test_dealing.py` writes them.
"""

import json
from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import poisson

from helpers import first_passage
from helpers.lesson import beforehand, dealing
from helpers.verdicts import Limit

FILE = Path(__file__).parent / "data" / "dealing_vectors.json"
CASES = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
SEEDS = [0, 1, 7, 2026, 4_294_967_295]
SHOPS = [(1, 1, 100, 5), (7, 3, 52, 10), (2026, 1000, 1000, 30), (0, 1, 10, 0), (5, 2, 10, 1000)]
YEARS = [(1, 1, 10, 5, 10), (7, 1000, 1, 20, 25), (2026, 4, 200, 8, 10)]


def mix(word):
    word = (word ^ word >> 16) * 0x21F0AAAD % 2**32
    word = (word ^ word >> 15) * 0x735A2D97 % 2**32
    return word ^ word >> 15


def number(seed, at):
    return mix((mix(seed) + (at + 1) * 0x9E3779B9) % 2**32)


def shop(seed, number_of_shop, orders, bad):
    first = 1000 * (number_of_shop - 1)
    return [at for at in range(orders) if number(seed, first + at) * 1000 < bad * 2**32 - bad * 2**32 % 1000]


def year(seed, number_of_year, volume, bad, target):
    tables = [dealing.law(volume * share / 1000) for share in (bad, 1000 - bad)]
    days = []
    for at in range(424):
        words = [number(seed, 1_000_000 + 2 * (424 * (number_of_year - 1) + at) + which) for which in (0, 1)]
        days.append(
            [
                least + sum(word >= limit for limit in below.tolist()[:-1])
                for word, (least, below) in zip(words, tables, strict=True)
            ]
        )
    missed = 0
    for end in range(60, 425):
        of_bad, of_good = (sum(day[which] for day in days[end - 60 : end]) for which in (0, 1))
        missed += of_bad + of_good > 0 and 1000 * of_bad >= target * (of_bad + of_good)
    return {"bad": [one for one, _ in days], "missed": missed}


def vectors():
    return {
        "numbers": [{"seed": seed, "first": [number(seed, at) for at in range(4)]} for seed in SEEDS],
        "shops": [{"inputs": one, "bad": shop(*one)} for one in map(list, SHOPS)],
        "years": [{"inputs": one, **year(*one)} for one in map(list, YEARS)],
    }


def test_the_file_holds_what_whole_numbers_give():
    assert vectors() == CASES


@pytest.mark.parametrize("case", CASES.get("numbers", []), ids=lambda case: str(case["seed"]))
def test_a_seed_gives_its_numbers(case):
    assert dealing.numbers(case["seed"], 0, 4).tolist() == case["first"]


@pytest.mark.parametrize("case", CASES.get("shops", []), ids=lambda case: str(case["inputs"]))
def test_a_shop_of_a_seed_is_dealt_the_same_orders(case):
    assert np.flatnonzero(dealing.shop(*case["inputs"])).tolist() == case["bad"]


@pytest.mark.parametrize("case", CASES.get("years", []), ids=lambda case: str(case["inputs"]))
def test_a_year_of_a_seed_is_dealt_the_same_days(case):
    seed, number_of_year, volume, bad, target = case["inputs"]
    dealt = dealing.year(seed, number_of_year, volume, bad)
    missed = dealing.is_missed(dealt["bad"].to_numpy(), dealt["orders"].to_numpy(), target)
    assert int(missed.sum()) == case["missed"]
    assert dealt["bad"].to_list() == [sum(case["bad"][end - 60 : end]) for end in range(60, 425)]


def test_the_first_shop_of_a_thousand_is_the_one_dealt_alone():
    many = dealing.shops(7, 100, 20, many=50)
    assert many.tolist() == [int(dealing.shop(7, one, 100, 20).sum()) for one in range(1, 51)]


def test_more_orders_only_come_on_top():
    assert dealing.shop(7, 3, 300, 20)[:100].tolist() == dealing.shop(7, 3, 100, 20).tolist()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thousand_shops_go_wrong_as_often_as_the_binomial_says(seed):
    dealt = np.bincount(dealing.shops(seed, 100, 5), minlength=4)[:4]
    expected = [1000 * comb(100, k) * 0.005**k * 0.995 ** (100 - k) for k in range(4)]
    assert (np.abs(dealt - expected) < 4 * np.sqrt(expected) + 1).all()


def test_a_window_that_is_just_the_target_is_missed_and_one_without_orders_is_not_judged():
    bad, orders = np.array([1, 1, 0, 0]), np.array([100, 101, 0, 50])
    assert dealing.is_missed(bad, orders, 10).tolist() == [True, False, False, False]


@pytest.mark.parametrize(("volume", "bad"), [(2, 2), (10, 5), (20, 5), (50, 8)])
def test_as_many_dealt_years_are_missed_as_the_chance_computed_beforehand(volume, bad):
    dealt = (dealing.days_missed(3, volume, bad, 10) > 0).mean()
    chance = beforehand.chance(volume, bad, 10)
    assert dealt == pytest.approx(chance, abs=4 * (chance * (1 - chance) / 1000) ** 0.5)


@pytest.mark.parametrize(("volume", "bad"), [(2, 5), (10, 2), (10, 5), (20, 5)])
def test_the_chance_computed_beforehand_is_that_of_a_first_passage(volume, bad):
    problem = first_passage.Problem(volume, bad / 1000, Limit(Fraction(1, 100), True), window_days=60, days=365)
    found = first_passage.curve(problem, [bad / 1000], shops=5_000, seed=2)[0]
    assert beforehand.chance(volume, bad, 10) == pytest.approx(found, abs=4 * (0.25 / 5_000) ** 0.5)


@pytest.mark.parametrize("volume", beforehand.LONGER)
def test_the_longer_a_good_shop_is_checked_the_likelier_it_is_over(volume):
    """First passages drawn anew; within a year, what the deal says; at one check, sums of the exact law."""
    told = beforehand.LONGER[volume]
    for days, chance in zip(beforehand.HORIZONS[1:], told[1:], strict=True):
        problem = first_passage.Problem(volume, 0.005, Limit(Fraction(1, 100), True), window_days=60, days=days)
        found = first_passage.curve(problem, [0.005], shops=5_000, seed=3)[0]
        assert chance == pytest.approx(found, abs=4 * (0.25 / 5_000) ** 0.5)
    assert told[-1] == pytest.approx(beforehand.chance(volume, 5, 10), abs=0.004)
    assert told[0] == pytest.approx(missed_at_one_check(60 * volume, 0.005), abs=0.002)


def missed_at_one_check(expected, rate):
    """Bad and clean orders of a window are independent Poisson counts: bad ones weigh 99 clean ones."""
    bad = np.arange(0, int(expected * rate) + 60)
    return float((poisson.pmf(bad, expected * rate) * poisson.cdf(99 * bad, expected * (1 - rate)) * (bad > 0)).sum())


@pytest.mark.parametrize("volume", beforehand.FLAGGED)
def test_how_many_shops_over_at_one_check_are_good_follows_from_who_sells(volume):
    for population, told in zip(beforehand.POPULATIONS.values(), beforehand.FLAGGED[volume], strict=True):
        over = {times: weight * missed_at_one_check(60 * volume, times / 100) for times, weight in population.items()}
        assert told == pytest.approx(
            sum(share for times, share in over.items() if times < 1) / sum(over.values()), abs=0.004
        )


def test_no_chance_is_said_for_a_target_it_was_not_computed_for():
    assert beforehand.chance(10, 5, 25) is None


@pytest.mark.parametrize(("orders", "volume"), [(1, 1), (52, 1), (600, 10), (848, 10), (849, 20), (10**6, 200)])
def test_a_shop_is_dealt_the_volume_nearest_to_its_own(orders, volume):
    assert beforehand.volume_of(orders) == volume


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors()) + "\n", encoding="utf-8")
