"""Three ways to learn what silence hides: each finds a made-up truth as often as it says, and says what it assumes."""

from math import sqrt

import numpy as np
import polars as pl
import pytest

from helpers import feedback, identification, intervals

DRAWS = 600
FLOOR = 0.95 - 3 * sqrt(0.95 * 0.05 / DRAWS)  # what 600 draws of a 95 % interval stay above, 999 times in 1,000


def arms(*rows):
    return pl.DataFrame(rows, schema=["orders", "positive", "negative"], orient="row")


def orders(flags_bad, flags_good, silent_flagged, silent):
    """Orders with negative and positive feedback (flagged, all), and silent ones."""
    stars = [1] * flags_bad[1] + [5] * flags_good[1] + [None] * silent
    flags = [n < flags_bad[0] for n in range(flags_bad[1])] + [n < flags_good[0] for n in range(flags_good[1])]
    return pl.DataFrame({"is_flagged": flags + [n < silent_flagged for n in range(silent)], "stars": stars})


# --- asking at random ---


def test_the_share_lies_in_every_arms_bounds():
    # [0.02, 0.8] and [0.04, 0.6]
    found = identification.by_solicitation(arms((1000, 200, 20), (500, 200, 20)))
    assert found.estimate == pytest.approx((0.04, 0.6))
    assert found.interval.low < 0.04 < 0.6 < found.interval.high
    assert "if asking at random changed only who speaks" in found.finding


def test_more_answers_leave_less_to_guess():
    one = identification.by_solicitation(arms((1000, 20, 15))).interval
    two = identification.by_solicitation(arms((1000, 20, 15), (1000, 500, 30))).interval
    assert one.low < two.low < two.high < one.high


def test_arms_that_contradict_each_other_are_said_to():
    found = identification.by_solicitation(arms((1000, 10, 400), (1000, 900, 10)))
    assert found.is_contradicted
    assert "contradict" in found.finding
    with pytest.raises(ValueError, match="at least one arm"):
        identification.by_solicitation(arms())


@pytest.mark.parametrize(
    ("q", "n", "speaks"),
    [
        (0.05, 500, [(0.02, 0.3), (0.2, 0.5)]),
        (0.1, 300, [(1, 0.2), (0.2, 1)]),  # the two arms leave a single point
        (0.1, 300, [(1, 0.2), (0.2, 1), (1, 1)]),
        (0.1, 300, [(0.97, 0.99), (0.98, 0.97)]),
        (0.1, 300, [(1, 1)] * 6),  # everybody speaks in every arm: each arm could miss
    ],
)
def test_randomised_arms_cover_the_share(q, n, speaks):
    draw, covered = np.random.default_rng(31), 0
    for _ in range(DRAWS):
        counts = [draw.multinomial(n, [(1 - q) * a, q * b, 1 - q * b - (1 - q) * a]) for a, b in speaks]
        found = identification.by_solicitation(arms(*((n, int(p), int(m)) for p, m, _ in counts))).interval
        covered += found.low <= q <= found.high
    assert covered / DRAWS >= FLOOR


# --- a sign known for every order, its errors known ---


def test_a_signs_errors_are_taken_out():
    # 10 % flagged = q·0.8 + (1−q)·0.05: q = 1/15
    found = identification.by_known_proxy(100, 1000, 0.8, 0.95)
    assert found.estimate == pytest.approx((1 / 15, 1 / 15))


def test_error_rates_known_as_ranges_give_a_set():
    # (0.1 + s − 1)/(h + s − 1) over the corners of h 0.5–0.8, s 0.95–1
    found = identification.by_known_proxy(100, 1000, (0.5, 0.8), (0.95, 1.0))
    assert found.estimate == pytest.approx((0.05 / 0.75, 0.1 / 0.5))


def test_fewer_signs_than_its_errors_alone_would_make_are_a_contradiction():
    found = identification.by_known_proxy(1, 1000, 0.8, 0.95)
    assert found.is_contradicted
    assert "impossible with the error rates said" in found.finding
    assert not identification.by_known_proxy(45, 1000, 0.8, 0.95).is_contradicted


def test_a_sign_no_better_than_chance_is_refused():
    with pytest.raises(ValueError, match="sum to more than 1"):
        identification.by_known_proxy(10, 100, 0.5, (0.5, 0.9))
    with pytest.raises(ValueError, match="at most 100 flagged"):
        identification.by_known_proxy(101, 100, 0.9, 0.9)


@pytest.mark.parametrize(
    ("q", "n", "sensitivity", "specificity"),
    [(0.05, 500, 0.6, 0.97), (0.01, 300, 0.9, 0.99), (0.05, 500, (0.5, 0.7), (0.95, 0.99))],
)
def test_known_errors_cover_the_share(q, n, sensitivity, specificity):
    # Where ranges are given the truth sits in their corner, the hardest place.
    hits, clear = (np.atleast_1d(x)[end] for x, end in ((sensitivity, 0), (specificity, -1)))
    counts = np.random.default_rng(32).binomial(n, q * hits + (1 - q) * (1 - clear), DRAWS)
    spans = [identification.by_known_proxy(int(x), n, sensitivity, specificity).interval for x in counts]
    assert sum(span.low <= q <= span.high for span in spans) / DRAWS >= FLOOR


# --- the same sign, its errors read off those who spoke ---


def test_who_speaks_is_found_from_a_sign_known_for_every_order():
    # 1,000 orders; sign on 8 of 10 negative and 2 of 40 other feedback, on 127 in all: 0.127 = q·0.8 + (1−q)·0.05
    found = identification.by_proxy(orders((8, 10), (2, 40), 117, 950))
    q = (0.127 - 0.05) / 0.75
    assert found.dissatisfied.estimate == pytest.approx((q, q))
    assert (found.sensitivity, found.false_flags) == (0.8, 0.05)
    assert found.propensity_dissatisfied == pytest.approx(10 / (1000 * q))
    assert found.response_ratio == pytest.approx(10 / q / (40 / (1 - q)))
    assert "if the silent are like those who spoke in this" in found.dissatisfied.finding


def test_a_sign_that_tells_nothing_leaves_the_worst_case():
    found = identification.by_proxy(orders((1, 10), (8, 40), 100, 950)).dissatisfied
    assert found.estimate == pytest.approx((0.01, 0.96))
    assert found.interval.low < 0.01 < 0.96 < found.interval.high


def test_a_sign_that_could_tell_nothing_leaves_the_worst_case_with_chance():
    # 3 of 10 against 8 of 40: better than nothing, but not surely.
    found = identification.by_proxy(orders((3, 10), (8, 40), 200, 950)).dissatisfied
    assert found.interval == feedback.bounds_interval(1000, 40, 10)


def test_when_all_speak_the_sign_adds_no_doubt():
    # 500 of 2,000 dissatisfied, all spoke: the plain interval of that rate, however often the sign errs.
    span = identification.by_proxy(orders((450, 500), (75, 1500), 0, 0)).dissatisfied.interval
    low, high = intervals.wilson(500, 2000)
    assert span.high - span.low == pytest.approx(high - low, rel=0.15)


def test_silent_buyers_unlike_those_who_spoke_are_noticed():
    # Half of the satisfied who spoke have the sign, of the silent nobody.
    found = identification.by_proxy(orders((10, 10), (200, 400), 0, 5_000)).dissatisfied
    assert found.is_contradicted
    assert "not like those who spoke" in found.finding


def test_a_sign_needs_feedback_of_both_kinds_and_no_gaps():
    with pytest.raises(ValueError, match="negative and other feedback"):
        identification.by_proxy(orders((0, 0), (1, 5), 1, 10))
    with pytest.raises(ValueError, match="known for every order"):
        identification.by_proxy(pl.DataFrame({"is_flagged": [True, None], "stars": [1, 5]}))


@pytest.mark.parametrize(
    ("q", "n", "a", "b", "hits", "false"),
    [
        (0.05, 2000, 0.05, 0.2, 0.6, 0.03),
        (0.15, 400, 0.2, 0.5, 0.33, 0.03),
        (0.1, 2000, 0.5, 0.05, 0.6, 0.05),  # the satisfied are louder
        (0.05, 3000, 0.1, 0.3, 0.15, 0.08),  # a weak sign
    ],
)
def test_a_checked_sign_covers_the_share(q, n, a, b, hits, false):
    draw, covered, done = np.random.default_rng(33), 0, 0
    while done < DRAWS:
        bad = draw.random(n) < q
        flagged = draw.random(n) < np.where(bad, hits, false)
        speaks = draw.random(n) < np.where(bad, b, a)
        if (speaks & bad).any() and (speaks & ~bad).any():
            stars = pl.Series(np.where(bad, 1, 5)).set(pl.Series(~speaks), None)
            frame = pl.DataFrame({"is_flagged": flagged, "stars": stars})
            span = identification.by_proxy(frame).dissatisfied.interval
            covered, done = covered + (span.low <= q <= span.high), done + 1
    assert covered / DRAWS >= FLOOR


# --- lists that overlap ---


def lists(first, second, both, of):
    one = [n < first for n in range(of)]
    two = [first - both <= n < first - both + second for n in range(of)]
    return pl.DataFrame({"feedback": one, "returns": two})


def test_lists_that_overlap_give_a_total():
    # The textbook turtles: 10 marked, 15 caught, 5 of them marked. Chapman 28, interval 22 to 65.
    row = identification.by_lists(lists(10, 15, 5, 200)).row(0, named=True)
    assert (row["in_first"], row["in_second"], row["in_both"]) == (10, 15, 5)
    assert row["estimate"] == pytest.approx(11 * 16 / 6 - 1)
    assert (round(row["low"]), round(row["high"])) == (22, 65)
    assert row["rate"] == pytest.approx((11 * 16 / 6 - 1) / 200)


def test_a_total_is_never_below_what_is_on_the_lists_nor_above_the_orders():
    none, same = (identification.by_lists(lists(*counts, 50)).row(0, named=True) for counts in ((9, 8, 0), (5, 5, 5)))
    assert none["low"] >= 17
    assert none["finding"].startswith("17 of 50 orders are on the lists (9 and 8) and none on both, so they cannot say")
    assert none["high"] == none["estimate"] == 50
    assert same["estimate"] == same["low"] == 5


def test_a_list_with_gaps_is_refused():
    with pytest.raises(ValueError, match="known for every order"):
        identification.by_lists(pl.DataFrame({"feedback": [True, None], "returns": [True, False]}))


def test_three_lists_are_compared_in_pairs():
    frame = lists(10, 15, 5, 200).with_columns(claims=pl.col("feedback"))
    pairs = identification.by_lists(frame).select("first", "second").rows()
    assert pairs == [("feedback", "returns"), ("feedback", "claims"), ("returns", "claims")]


@pytest.mark.parametrize(("total", "n", "first", "second"), [(100, 5000, 0.3, 0.4), (30, 2000, 0.3, 0.3)])
def test_independent_lists_cover_the_total(total, n, first, second):
    draw, covered = np.random.default_rng(34), 0
    for _ in range(DRAWS):
        one, two = np.zeros(n, bool), np.zeros(n, bool)
        one[:total], two[:total] = draw.random(total) < first, draw.random(total) < second
        row = identification.by_lists(pl.DataFrame({"one": one, "two": two})).row(0, named=True)
        covered += row["low"] <= total <= row["high"]
    assert covered / DRAWS >= FLOOR


def test_an_estimate_from_two_lists_is_over_the_truth_often_and_never_said_to_be_at_least():
    # 40 buyers wronged, each on either list with chance 0.3: the estimate is a coin's throw, not a lower bound.
    draw, over = np.random.default_rng(36), 0
    for _ in range(400):
        one, two = (np.append(draw.random(40) < 0.3, np.zeros(960, bool)) for _ in range(2))
        row = identification.by_lists(pl.DataFrame({"one": one, "two": two})).row(0, named=True)
        over += row["estimate"] > 40
        assert "at least" not in row["finding"].lower()
    assert 0.3 < over / 400 < 0.6


def test_lists_that_feed_each_other_find_too_few_and_the_sentence_says_so():
    # Half of the 200 wronged buyers complain everywhere (0.6), half hardly anywhere (0.1).
    draw, n, found = np.random.default_rng(35), 10_000, []
    for _ in range(100):
        chance = np.where(np.arange(n) < 100, 0.6, np.where(np.arange(n) < 200, 0.1, 0))
        frame = pl.DataFrame({"one": draw.random(n) < chance, "two": draw.random(n) < chance})
        found.append(identification.by_lists(frame).row(0, named=True))
    # On average 70² orders over 37 in both: about 132 of 200.
    assert np.mean([row["estimate"] for row in found]) == pytest.approx(132, rel=0.05)
    assert found[0]["finding"].startswith("About ")
    assert "likelier to be on the other, more went wrong" in found[0]["finding"]
