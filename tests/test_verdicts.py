"""Status and evidence by hand: docs/contracts.md section 3, and the published recovery counts."""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from helpers import verdicts
from helpers.frames import SCHEMAS
from helpers.targets import Target
from helpers.verdicts import Limit
from helpers.vocabulary import METRICS

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}
UNDER_ONE = Limit(Fraction(1, 100), is_strict=True)
AS_OF = date(2026, 10, 31)


def target(value="0.01", must_be="below", **said):
    return Target("order_defect_rate", ("amazon.de",), "merchant", must_be, "test", "A", value, window_days=60, **said)


def judged_trailing(x, n, *, metric="order_defect_rate", **said):
    row = dict.fromkeys(SCHEMAS["trailing"]) | {
        "account": "a",
        "marketplace": "amazon.de",
        "metric": metric,
        "fulfilment": "merchant",
        "window_days": 60,
        "day": AS_OF,
        "window_start": AS_OF - timedelta(73),
        "window_end": AS_OF - timedelta(14),
        "window_numerator": x,
        "window_denominator": n,
        "rate": x / n if n else None,
        "rate_low": 0.0,
        "rate_high": 1.0,
        "is_mature": True,
        "is_covered": True,
        "source": "files",
    }
    return pl.DataFrame([row | said], schema=SCHEMAS["trailing"])


# One by one: as many lumps as orders, none of them worse than another, and a year that shows it.
ONE_BY_ONE = {"rho_days": 0.0, "rho_weeks": 0.0, "concentration_days": 1 / 60, "concentration_weeks": 1 / 8}


def lumps(bad_days, *, worst_day=1, worst_day_orders=10, **said):
    """How the bad ones of `judged_trailing` lie on its days."""
    key = {"account": "a", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
    row = key | {"group": None, "window_days": 60, "design_effect": 1.0} | ONE_BY_ONE | said
    row |= {"bad_days": bad_days, "worst_day": worst_day, "worst_day_orders": worst_day_orders}
    return pl.DataFrame([row], schema=SCHEMAS["lumps"])


def judged(x, n, *, of=None, metric="order_defect_rate", is_mature=True, is_covered=True, **given):
    trailing = judged_trailing(x, n, metric=metric, is_mature=is_mature, is_covered=is_covered)
    verdict = verdicts.judge(trailing, lambda *key: (of or target(),), AS_OF, **given).row(0, named=True)
    return verdict | {"finding": verdict["finding"].replace("\N{NARROW NO-BREAK SPACE}", " ")}


@pytest.mark.parametrize(
    ("x", "n", "status", "evidence"),
    [
        (0, 60, "too_few_orders", None),
        (1, 60, "breached", "weak"),
        (3, 600, "met", "weak"),
        (6, 600, "breached", "weak"),  # exactly on the target is a miss for "below"
        (20, 600, "breached", "strong"),
        (0, 600, "met", "strong"),  # 0.99^600 = 0.002
        (0, 298, "met", "weak"),  # 0.99^298 = 0.0500…2
        (0, 299, "met", "strong"),
        (0, 100, "too_few_orders", None),
        (0, 101, "met", "weak"),
        (0, 0, "no_data", None),
    ],
)
def test_status_is_what_the_platform_sees_and_evidence_what_the_data_bear(x, n, status, evidence):
    row = judged(x, n, lumps=lumps(bad_days=x))
    assert (row["status"], row["evidence"]) == (status, evidence)


def test_counts_of_which_no_history_is_known_prove_less():
    # ρ 0.02 and weeks of 70 orders, the first of 40: D = 1 + 0.02 (40 800 / 600 − 1) = 2.34; 0.99^(600 / 2.34) = 0.076
    row = judged(0, 600)
    assert row["design_effect"] == pytest.approx(2.34, abs=0.005)
    assert row["evidence"] == "weak"
    assert "too small to prove more (901 orders without a bad one would be)" in row["finding"]


def test_a_miss_of_one_bad_day_is_weak_and_says_so():
    # 20 of 600, all but one on one day of 25 orders: counted as one bad one, 2 of 576 are left
    row = judged(20, 600, lumps=lumps(2, worst_day=19, worst_day_orders=25))
    assert (row["status"], row["evidence"]) == ("breached", "weak")
    assert "weak: without its worst day it would not be proved." in row["finding"]


def test_the_bound_of_a_figure_is_the_bound_of_its_chance_and_of_its_interval():
    least = judged(20, 600, lumps=lumps(20), coverage=proved("lower_bound"))
    assert (least["evidence"], least["rate_low"], least["rate_high"]) == ("strong", 0.0, None)
    assert "the chance that the true rate meets it is under 1 in 100." in least["finding"]
    most = judged(3, 600, lumps=lumps(3), coverage=proved("upper_bound"))
    assert (most["evidence"], most["rate_low"], most["rate_high"]) == ("weak", None, 1.0)
    assert "the chance that the true rate meets it is at least 93 in 100." in most["finding"]


def test_no_chance_is_printed_where_the_guess_before_the_first_order_would_weigh_more_than_the_orders():
    # at a target of 1 % it weighs 50 orders
    assert judged(1, 49, lumps=lumps(1))["probability_met"] is None
    assert judged(1, 50, lumps=lumps(1))["probability_met"] is not None


def proved(exactness):
    key = {"account": "a", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
    return pl.DataFrame([key | {"exactness": exactness}])


def test_one_defect_in_sixty_orders_is_said_to_be_enough_at_this_volume():
    finding = judged(1, 60)["finding"]
    assert "1.67 % (1 of 60 orders)" in finding
    assert "one bad one is enough at this volume" in finding
    assert "60 days to 17 October 2026, as of 31 October 2026" in finding


def test_three_of_six_hundred_says_its_chance():
    # Beta(½ + 3, 49½ + 597) below 0.01, by numerical integration: 0.928
    assert "the chance that the true rate meets it is 93 in 100" in judged(3, 600, lumps=lumps(3))["finding"]


def test_exactly_on_the_target_is_said_aloud():
    row = judged(6, 600)
    assert row["is_on_target"]
    assert "The rate is exactly on the target" in row["finding"]
    assert not judged(5, 600)["is_on_target"]


def test_a_window_the_files_do_not_cover_is_no_data_with_the_counts_named():
    row = judged(3, 600, is_covered=False)
    assert row["status"] == "no_data"
    assert "Not covered in full: 3 of 600" in row["finding"]
    assert row["probability_met"] is None


def test_a_window_not_yet_over_is_not_mature():
    assert judged(3, 600, is_mature=False)["status"] == "not_mature"


def test_too_few_for_the_target_s_own_floor_comes_before_a_breach():
    on_time = target("0.90", "at_least", min_count=20)
    assert judged(10, 19, of=on_time, metric="feedback_score")["status"] == "too_few_orders"
    assert judged(10, 20, of=on_time, metric="feedback_score")["status"] == "breached"


def test_a_rate_that_must_be_high_counts_the_bad_ones_as_the_rest():
    at_least = target("0.95", "at_least")
    assert judged(19, 20, of=at_least, metric="feedback_score")["status"] == "met"
    assert judged(18, 20, of=at_least, metric="feedback_score")["status"] == "breached"
    assert judged(19, 19, of=at_least, metric="feedback_score")["status"] == "too_few_orders"


@pytest.mark.parametrize(
    ("share", "is_strict", "smallest"),
    [("0.01", True, 101), ("0.04", True, 26), ("0.025", True, 41), ("0.05", False, 20), ("0.10", False, 10)],
)
def test_the_smallest_order_count_at_which_one_bad_order_still_meets_the_target(share, is_strict, smallest):
    assert Limit(Fraction(share), is_strict).smallest() == smallest


@pytest.mark.parametrize("case", ["REC-01", "REC-05"])
def test_orders_to_recover_are_one_more_when_the_rate_must_be_under_the_target(case):
    said = CASES[case]["inputs"]
    for is_strict, name in ((True, "extra_orders_strict_less_than"), (False, "extra_orders_less_or_equal")):
        needed = Limit(Fraction(1, 100), is_strict).needed(said["defects"])
        assert needed - said["orders"] == CASES[case]["expected"][name]


def test_the_most_defects_that_still_meet_under_one_percent():
    said = CASES["REC-14"]
    assert [UNDER_ONE.allowed(n) for n in said["inputs"]["orders"]] == said["expected"]["max_defects"]


def test_headroom_is_what_is_still_allowed_and_nothing_once_breached():
    assert [judged(x, 600)["headroom"] for x in (0, 3, 5, 6, 9)] == [5, 2, 0, 0, 0]


def test_a_metric_whose_file_is_missing_gets_no_verdict_however_good_its_zero_looks():
    coverage = pl.DataFrame(
        {
            "account": ["a"],
            "marketplace": ["amazon.de"],
            "metric": ["order_defect_rate"],
            "fulfilment": ["merchant"],
            "exactness": ["impossible"],
        }
    )
    row = judged(0, 600, coverage=coverage)
    assert row["status"] == "no_data"
    assert "a file it needs is missing" in row["finding"]


@pytest.mark.parametrize(
    ("metric", "value", "bad", "is_judged"),
    [
        ("order_defect_rate", "0", 0, True),
        ("feedback_score", "1", 0, True),
        ("feedback_score", "1.0", 1, True),
        ("order_defect_rate", "0.01", 6, False),
        ("order_defect_rate", "1", 0, False),
        ("feedback_score", "0", 0, False),
    ],
)
def test_exactly_is_judged_where_it_asks_for_no_bad_one_and_nowhere_else(metric, value, bad, is_judged):
    exactly = Target(metric, ("amazon.de",), "merchant", "equal", "test", "A", value, window_days=60)
    assert exactly.is_judged == is_judged
    trailing = judged_trailing(600 - bad if metric == "feedback_score" else bad, 600, metric=metric)
    rows = verdicts.judge(trailing, lambda *key: (exactly,), AS_OF).to_dicts()
    wanted = [("breached" if bad else "met", 0, not bad)] if is_judged else []
    assert [(row["status"], row["headroom"], row["is_on_target"]) for row in rows] == wanted


def test_advice_is_never_breached():
    trailing = pl.DataFrame([dict.fromkeys(SCHEMAS["trailing"])], schema=SCHEMAS["trailing"])
    row = trailing.with_columns(day=AS_OF, metric=pl.lit("feedback_score"), window_days=pl.lit(60, pl.Int32))
    assert verdicts.judge(row, lambda *key: (target("0.95", "info"),), AS_OF).is_empty()


def test_bad_orders_without_a_denominator_say_how_many_orders_the_window_must_hold():
    row = judged(7, 0, is_covered=False, is_mature=False)
    assert row["status"] == "no_data"
    assert "the files name 7 orders with a defect" in row["finding"]
    assert "met only if at least 701 were placed in it" in row["finding"]


def test_the_marketplace_s_own_figure_is_judged_over_the_window_it_prints_and_says_whose_it_is():
    trailing = judged_trailing(3, 600, window_days=30, source="marketplace")
    impossible = pl.DataFrame(
        [("a", "amazon.de", "order_defect_rate", "merchant", "impossible")],
        schema=["account", "marketplace", "metric", "fulfilment", "exactness"],
        orient="row",
    )
    verdict = verdicts.judge(trailing, lambda *key: (target(),), AS_OF, coverage=impossible).row(0, named=True)
    assert (verdict["status"], verdict["exactness"], verdict["source"]) == ("met", "exact", "marketplace")
    assert "the marketplace's own figure" in verdict["finding"]


@pytest.mark.parametrize(
    ("metric", "status", "bears"),
    [
        ("order_defect_rate", "breached", {"exact", "lower_bound"}),
        ("order_defect_rate", "met", {"exact", "upper_bound"}),
        ("valid_tracking_rate", "breached", {"exact", "upper_bound"}),
        ("valid_tracking_rate", "met", {"exact", "lower_bound"}),
    ],
)
def test_a_bound_proves_only_what_lies_on_its_side(metric, status, bears):
    kinds = ("exact", "lower_bound", "upper_bound", "approximate")
    assert {kind for kind in kinds if verdicts.bears(status, kind, METRICS[metric])} == bears


def test_a_met_target_that_is_only_a_lower_bound_is_weak_whatever_its_numbers():
    lower = pl.DataFrame(
        [("a", "amazon.de", "order_defect_rate", "merchant", "lower_bound")],
        schema=["account", "marketplace", "metric", "fulfilment", "exactness"],
        orient="row",
    )
    row = judged(0, 6000, coverage=lower)
    assert (row["status"], row["evidence"]) == ("met", "weak")
    assert "they cannot prove it: the figure is at least so high" in row["finding"]


def test_a_window_the_files_do_not_reach_is_not_said_to_hold_no_orders():
    row = judged(0, 0, is_covered=False)
    assert "do not cover all of" in row["finding"]
    assert judged(0, 0)["finding"].count("no order in") == 1
