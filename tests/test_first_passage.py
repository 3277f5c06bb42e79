"""The chance that a rolling rate misses its target on some day: enumeration, a Markov chain, published cases, and one another."""

import json
from collections import defaultdict
from fractions import Fraction
from itertools import product
from math import comb
from pathlib import Path

import numpy as np
import pytest

from helpers import first_passage
from helpers.first_passage import Problem, compiler
from helpers.verdicts import Limit

ORACLES = json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
ORACLE = {case["id"]: case for case in ORACLES}
UNDER_ONE_PERCENT = Limit(Fraction(1, 100), is_strict=True)
WAYS = ("exact", "simulated", "union of windows")
ERRORS = 4  # standard errors within which a simulation must lie


@pytest.fixture(params=[True, False], ids=["compiled", "numpy"])
def either(request, monkeypatch):
    """Both forms of every loop; the compiled one where numba is installed."""
    if request.param and compiler.loops() is None:
        pytest.skip("NOT COMPILED: numba is not installed")
    if not request.param:
        monkeypatch.setattr(compiler, "loops", lambda: None)
        for module in ("paths", "rare", "choice"):
            monkeypatch.setattr(f"helpers.first_passage.{module}.loops", lambda: None)


def near(found, expected):
    return abs(found.value - expected) <= ERRORS * found.error + 1e-8 * expected


def enumerated(law, window, days, is_missed, before=()):
    """The chance of a miss on days 1 to `days`, over every course the days can take; `law`: (bad, orders) → chance. Without
    days before, as many of the same law precede."""
    total = 0.0
    random = days if before else days + window - 1
    for course in product(law, repeat=random):
        chance = np.prod([law[one] for one in course])
        whole = [*before[len(before) - window + 1 :], *course] if before else list(course)
        sums = [np.sum(whole[t : t + window], axis=0) for t in range(days)]
        total += chance * any(is_missed(bad, orders) for bad, orders in sums)
    return total


def of_fixed(n, p):
    return {(d, n): comb(n, d) * p**d * (1 - p) ** (n - d) for d in range(n + 1)}


def imbedded(n, p, window, allowed, days):
    """[day] the same for n orders every day, by the chain whose state are the ages of the bad ones in the window."""
    law = [comb(n, d) * p**d * (1 - p) ** (n - d) for d in range(n + 1)]
    states, found, missed = {(): 1.0}, [], 0.0
    for day in range(2 - window, days + 1):
        after = defaultdict(float)
        for ages, chance in states.items():
            left = tuple(age + 1 for age in ages if age + 1 < window)
            for new, of_new in enumerate(law):
                if len(left) + new > allowed:  # also before the first day: all of them stand in its window
                    missed += chance * of_new
                else:
                    after[left + (0,) * new] += chance * of_new
        states = after
        if day >= 1:
            found.append(missed)
    return found


def at_least(limit):
    return lambda bad, orders: orders > 0 and Fraction(int(bad), int(orders)) >= limit


def test_the_chain_of_the_tests_is_right_on_the_published_case():
    expected = ORACLE["FP-10"]["expected"]["p_breach"]
    found = imbedded(5, 0.002, 60, 2, 30)
    assert [found[0], found[29]] == pytest.approx(expected[:2], rel=1e-9)


@pytest.mark.parametrize("case", ["FP-01", "FP-02"])
def test_a_tiny_window_is_missed_as_often_as_every_course_of_its_days_says(case, either):
    strict = ORACLE[case]["inputs"]["rule"] == ">="
    problem = Problem(2, 0.1, Limit(Fraction(1, 3), strict), 3, 4, is_fixed=True)
    expected = ORACLE[case]["expected"]["p_breach"]
    for way in WAYS[1:]:
        assert near(first_passage.chance(problem, method=way), expected)


def test_volumes_of_any_law_are_drawn_by_it(either):
    problem = Problem([0.2, 0.5, 0.3], 0.2, Limit(Fraction(1, 2), True), 3, 4)
    assert near(first_passage.chance(problem), ORACLE["FP-04"]["expected"]["p_breach"])


def test_with_known_days_before_the_chance_is_exact_up_to_one_window_and_drawn_beyond(either):
    case = ORACLE["FP-05"]["inputs"]
    known = {"bad": case["history_defects"], "placed": case["history_orders"]}
    for days, expected in enumerate(ORACLE["FP-05"]["expected"]["p_breach_by_day"], 1):
        found = first_passage.chance(Problem(4, 0.05, Limit(Fraction(1, 5), True), 3, days, is_fixed=True, **known))
        assert (found.method == "exact") == (days <= 3)
        assert found.value == pytest.approx(expected, rel=1e-12) if days <= 3 else near(found, expected)


@pytest.mark.parametrize(("strict", "least"), [(True, 1), (False, 1), (True, 3)])
def test_a_window_without_orders_or_under_its_floor_is_not_missed(strict, least, either):
    law = {(d, n): chance * of_fixed(n, 0.3)[d, n] for n, chance in enumerate([0.5, 0.3, 0.2]) for d in range(n + 1)}
    before = [(0, 0), (1, 1), (0, 0)]
    share = Fraction(1, 2)

    def is_missed(bad, orders):
        return orders >= least and (Fraction(int(bad), int(orders)) >= share if strict else 2 * bad > orders)

    limit = Limit(share, strict)
    problem = Problem([0.5, 0.3, 0.2], 0.3, limit, 3, 3, bad=[0, 1, 0], placed=[0, 1, 0], least=least)
    found = first_passage.chance(problem)
    expected = enumerated(law, 3, 3, is_missed, before)
    assert (found.method == "exact") == (least == 1)
    assert near(found, expected)


@pytest.mark.parametrize(("case", "n", "p"), [("FP-10", 5, 0.002), ("FP-11", 5, 0.005), ("FP-15", 10, 0.005)])
@pytest.mark.parametrize("place", [0, 1, 3, 5])
def test_false_alarms_of_a_fixed_volume_are_those_of_the_markov_chain(case, n, p, place, either):
    days = ORACLE[case]["inputs"]["horizons"][place]
    found = first_passage.chance(Problem(n, p, UNDER_ONE_PERCENT, 60, days, is_fixed=True))
    assert near(found, ORACLE[case]["expected"]["p_breach"][place])


@pytest.mark.parametrize(("case", "p"), [("FP-16", 0.008), ("FP-17", 0.005)])
@pytest.mark.parametrize("place", [0, 2, 3])
def test_false_alarms_of_fifty_orders_a_day_are_those_of_the_two_block_programme(case, p, place, either):
    days = ORACLE[case]["inputs"]["horizons"][place]
    found = first_passage.chance(Problem(50, p, UNDER_ONE_PERCENT, 60, days, is_fixed=True))
    assert near(found, ORACLE[case]["expected"]["p_breach"][place])


def test_a_poisson_volume_over_half_a_year(either):
    case = ORACLE["FP-51"]
    found = first_passage.chance(Problem(50, 0.008, UNDER_ONE_PERCENT, 60, 180))
    error = (found.error**2 + case["expected"]["mc_standard_error"] ** 2) ** 0.5
    assert abs(found.value - case["expected"]["p_breach"]) <= ERRORS * error


@pytest.mark.parametrize(
    ("orders", "rate", "expected"), [(50, 0.002, 6.9e-11), (200, 0.005, 2.5e-10), (1000, 0.008, 2.9e-6)]
)
def test_a_rare_miss_is_found_to_one_per_cent(orders, rate, expected, either):
    found = first_passage.chance(Problem(orders, rate, UNDER_ONE_PERCENT, 60, 180))
    assert found.method == "union of windows"
    assert found.error <= 0.0101 * found.value
    assert found.value == pytest.approx(expected, rel=0.04)  # the table says two figures


def test_one_look_at_a_poisson_volume_is_the_sum_of_its_law(either):
    """Of 300 orders a window on average: the chance of a miss by the binomial law of every volume."""
    n = np.arange(0, 601)
    log_factorial = np.cumsum(np.log(np.maximum(n, 1)))
    of_volume = np.exp(n * np.log(300) - 300 - log_factorial)
    missed = [
        1 - sum(comb(k, d) * 0.005**d * 0.995 ** (k - d) for d in range(-(-k // 100))) if k else 0 for k in n.tolist()
    ]
    expected = float(of_volume @ np.array(missed))
    for way in WAYS[1:]:
        found = first_passage.chance(Problem(5, 0.005, UNDER_ONE_PERCENT, 60, 1), method=way)
        assert near(found, expected)


@pytest.mark.parametrize("days", [7, 60])
def test_ways_that_apply_agree_within_their_errors(days, either):
    known = {"bad": [0] * 50 + [2, 2] + [0] * 8, "placed": [10] * 60}
    problem = Problem(10, 0.005, UNDER_ONE_PERCENT, 60, days, **known)
    exact, *others = (first_passage.chance(problem, method=way) for way in WAYS)
    assert exact.error == 0
    assert all(near(other, exact.value) for other in others)


def test_a_way_that_does_not_apply_is_refused():
    with pytest.raises(ValueError, match="expected a method that applies, found 'exact'"):
        first_passage.chance(Problem(10, 0.005, UNDER_ONE_PERCENT, 60, 30), method="exact")


def test_one_set_of_shops_gives_the_chance_at_every_rate(either):
    problem = Problem(10, 0.005, UNDER_ONE_PERCENT, 60, 90)
    rates = (0.002, 0.005, 0.008)
    found = first_passage.curve(problem, rates, shops=4_000)
    one_by_one = [first_passage.chance(Problem(10, rate, UNDER_ONE_PERCENT, 60, 90)).value for rate in rates]
    assert sorted(found) == list(found)
    assert found == pytest.approx(one_by_one, abs=4 * 0.5 / 4_000**0.5)


@pytest.mark.parametrize(
    "said",
    [
        {"rate": 1.5},
        {"days": 0},
        {"limit": Limit(Fraction(0), False)},
        {"orders": -1},
        {"orders": 2.5, "is_fixed": True},
        {"bad": [1]},
        {"bad": [2] * 60, "placed": [1] * 60},
    ],
)
def test_what_cannot_be_meant_is_refused(said):
    meant = {"orders": 10, "rate": 0.01, "limit": UNDER_ONE_PERCENT, "window_days": 60, "days": 30}
    with pytest.raises(ValueError, match="expected"):
        Problem(**meant | said)
