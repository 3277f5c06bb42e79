"""One set of numbers for the model in Python, in widgets and in the page: tests/data/feedback_vectors.json.

They are computed here with fractions alone, nothing of the kit. `python tests/test_feedback_vectors.py` writes them.
"""

import json
from fractions import Fraction
from math import comb
from pathlib import Path

import pytest

from helpers import feedback

FILE = Path(__file__).parent / "data" / "feedback_vectors.json"
# dissatisfied, propensity_satisfied, propensity_dissatisfied
MODELS = ["1/26 0.02 1", "0.05 0.02 0.3", "0.05 0.2 0.3", "0.211 0.82 0.017", "0.3 0.1 0.1", "0 0.1 0.5", "1 0.1 0.5"]
# orders, positive, negative, ratio, target
COUNTS = ["52 1 2 50 0.01", "10000 970 30 3 0.01", "100 100 0 1 0.05", "100 90 10 0.5 0.1", "600 20 3 15 0.01"]
# satisfied, dissatisfied, propensity_satisfied, propensity_dissatisfied
RECORDS = ["50 2 0.02 1", "95 5 0.02 0.3", "10 1 0.5 0.5", "0 3 0.5 0.5", "200 4 0.1 0.25"]
# orders, dissatisfied, propensity_satisfied, propensity_dissatisfied
VOLUMES = ["52 1/26 0.02 1", "100 0.05 0.02 0.3", "20 0.1 0.5 0.5"]
# orders, rate, target, must_be
LOOKS = ["600 0.005 0.01 below", "600 0.005 0.01 at_most", "100 0.005 0.01 below", "101 0.005 0.01 below"]
# positive, received, target; and the three of a model
TARGETS = ["80 100 0.9 0.05 0.2 0.3", "18 20 0.95 0.05 0.2 0.3", "95 100 0.95 0.05 0.2 0.3", "29 30 0.97 0.2 0.1 0.01"]


def numbers(text):
    return [Fraction(word) for word in text.split()]


def binomial(n, p):
    return [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


def model(text):
    q, a, b = numbers(text)
    negative, positive = q * b, (1 - q) * a
    told = negative + positive
    return {
        "dissatisfied": q,
        "response_rate": told,
        "negative_of_feedback": negative / told,
        "negative_of_orders": negative,
        "positive_of_feedback": positive / told,
        "positive_of_orders": positive,
        "stars_of_feedback": (negative + 5 * positive) / told,
        "stars_of_orders": q + 5 * (1 - q),
    }


def counts(text):
    n, p, m, ratio, target = numbers(text)
    limit = m / p * (1 - target) / target
    return {
        "low": m / n,
        "high": 1 - p / n,
        "implied": m / (m + ratio * p),
        "breakdown_ratio": limit,
        "is_attainable": m / n <= target <= 1 - p / n,
    }


def record(text):
    satisfied, dissatisfied, a, b = numbers(text)
    positive, negative = binomial(int(satisfied), a), binomial(int(dissatisfied), b)
    pairs = [(i, j, x * y) for i, x in enumerate(positive) for j, y in enumerate(negative)]
    return standing(pairs)


def volume(text):
    orders, q, a, b = numbers(text)
    n, u, v = int(orders), q * b, (1 - q) * a
    ways = [(i, j, comb(n, i) * comb(n - i, j)) for i in range(n + 1) for j in range(n - i + 1)]
    return standing([(i, j, way * v**i * u**j * (1 - u - v) ** (n - i - j)) for i, j, way in ways])


def standing(pairs):
    return {
        "more_negative": sum(chance for i, j, chance in pairs if j > i),
        "tie": sum(chance for i, j, chance in pairs if j == i > 0),
        "none": sum(chance for i, j, chance in pairs if i == j == 0),
        "more_positive": sum(chance for i, j, chance in pairs if i > j),
    }


def look(text):
    *values, must_be = text.split()
    n, rate, target = map(Fraction, values)
    missed = [k for k in range(int(n) + 1) if (Fraction(k) / n >= target if must_be == "below" else k / n > target)]
    law = binomial(int(n), rate)
    return {"allowed": min(missed) - 1, "probability_missed": sum(law[k] for k in missed)}


def target(text):
    positive, received, score, q, a, b = numbers(text)
    u, v = q * b, (1 - q) * a
    ceiling = v / (u + v)

    def first(gain, all_):
        return next(k for k in range(10**6) if positive + k * gain >= score * (received + k * all_))

    reached = ceiling > score or positive >= score * received
    return {
        "ceiling": ceiling,
        "feedback_needed": first(1, 1),
        "orders_needed": first(v, u + v) if reached else None,
    }


NAMES = {
    "model": ("dissatisfied propensity_satisfied propensity_dissatisfied", MODELS, model),
    "counts": ("orders positive negative ratio target", COUNTS, counts),
    "record": ("satisfied dissatisfied propensity_satisfied propensity_dissatisfied", RECORDS, record),
    "volume": ("orders dissatisfied propensity_satisfied propensity_dissatisfied", VOLUMES, volume),
    "one_look": ("orders rate target must_be", LOOKS, look),
    "target": (
        "positive received target dissatisfied propensity_satisfied propensity_dissatisfied",
        TARGETS,
        target,
    ),
}


def plain(value):
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def vectors():
    return {
        group: [
            {
                "inputs": {
                    name: word if word.isidentifier() else plain(Fraction(word))
                    for name, word in zip(names.split(), text.split(), strict=True)
                },
                "expected": {name: plain(value) for name, value in compute(text).items()},
            }
            for text in texts
        ]
        for group, (names, texts, compute) in NAMES.items()
    }


CASES = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def each(group):
    cases = CASES.get(group, [])
    return pytest.mark.parametrize("case", cases, ids=[str(list(case["inputs"].values())) for case in cases])


def two_levels(inputs):
    names = ("dissatisfied", "propensity_satisfied", "propensity_dissatisfied")
    return feedback.Response.two_levels(**{name: inputs[name] for name in names})


def test_the_file_holds_what_fractions_give():
    assert vectors() == CASES


@each("model")
def test_a_model_shows_what_it_should(case):
    outcome = feedback.expected(two_levels(case["inputs"]))
    assert {name: getattr(outcome, name) for name in case["expected"]} == pytest.approx(case["expected"], rel=1e-12)


@each("counts")
def test_counts_bound_and_imply_what_they_should(case):
    n, p, m, ratio, limit = case["inputs"].values()
    breakdown = feedback.breakdown_ratio(n, p, m, limit)
    low, high = feedback.bounds(n, p, m)
    found = {"low": low, "high": high, "implied": feedback.implied(p, m, ratio)}
    found |= {"breakdown_ratio": float(breakdown.ratio), "is_attainable": breakdown.is_attainable}
    assert found == pytest.approx(case["expected"], rel=1e-12)


@each("record")
def test_a_record_stands_as_often_as_enumeration_says(case):
    satisfied, dissatisfied, a, b = case["inputs"].values()
    found = feedback.probability_more_negative(
        satisfied, dissatisfied, propensity_satisfied=a, propensity_dissatisfied=b
    )
    assert vars(found) == pytest.approx(case["expected"], rel=1e-9, abs=1e-14)


@each("volume")
def test_orders_of_a_model_stand_as_often_as_enumeration_says(case):
    found = feedback.probability_standing(case["inputs"]["orders"], two_levels(case["inputs"]))
    assert vars(found) == pytest.approx(case["expected"], rel=1e-9, abs=1e-14)


@each("one_look")
def test_one_look_misses_as_often_as_the_binomial_says(case):
    found = feedback.one_look(*case["inputs"].values()).row(0, named=True)
    assert {name: found[name] for name in case["expected"]} == pytest.approx(case["expected"], rel=1e-9)


@each("target")
def test_a_target_takes_as_much_as_a_search_says(case):
    inputs = case["inputs"]
    found = feedback.reach(two_levels(inputs), inputs["positive"], inputs["received"], inputs["target"])
    assert {name: plain(getattr(found, name)) for name in case["expected"]} == case["expected"]


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), indent=1) + "\n", encoding="utf-8")
