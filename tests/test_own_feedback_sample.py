"""The sample accounts, whose every buyer is known: the files tell of feedback what the buyers did."""

from datetime import date

import polars as pl
import pytest

from helpers import audit, own_feedback
from helpers.sample import truth
from helpers.sample.profiles import PROFILES, THREE_STARS, WRITES

DAY, FIRST, LAST = date(2026, 10, 31), date(2026, 8, 19), date(2026, 10, 17)  # 60 days that end 14 before the last


@pytest.fixture(scope="module", params=[one.id for one in PROFILES])
def known(request, samples):
    """One account: the orders of its window that count, with their truth, and what own_feedback reads from its files."""
    (profile,) = (one for one in PROFILES if one.id == request.param)
    found = audit.of(samples / profile.id, DAY)
    is_counted = (pl.col("state") == "shipped") & ~pl.col("is_replacement") & ~pl.col("is_other_shop")
    placed = truth.orders(profile).filter(pl.col("day").is_between(FIRST, LAST), is_counted)
    placed = placed.with_columns(stars=pl.when(pl.col("feedback_on") <= DAY).then("stars"))
    heard = own_feedback.of(found).heard
    assert heard.height
    return found, placed, heard


def of(placed, row):
    return placed.filter(marketplace=row["marketplace"], fulfilment=row["fulfilment"])


def test_who_spoke_and_who_is_silent_is_what_the_buyers_did(known):
    _, placed, heard = known
    for row in heard.iter_rows(named=True):
        stars = of(placed, row).get_column("stars")
        told = (len(stars), (stars >= 4).sum(), (stars == 3).sum(), (stars <= 2).sum(), stars.null_count())
        assert tuple(row[name] for name in ("orders", "positive", "neutral", "negative", "silent")) == told


def test_the_bounds_hold_the_share_of_buyers_who_were_let_down(known):
    _, placed, heard = known
    for row in heard.iter_rows(named=True):
        assert row["low"] <= 1 - of(placed, row).get_column("is_satisfied").mean() <= row["high"]


def test_the_ratio_that_decides_lies_on_the_side_of_the_true_one_where_the_truth_does(known):
    found, placed, heard = known
    # one or two stars from 0.25 x 0.92 of the dissatisfied, other feedback from 0.04 of the satisfied
    ratio = WRITES[False] * (1 - THREE_STARS) / WRITES[True]
    for row in own_feedback.breakdowns(heard, found.rules).iter_rows(named=True):
        is_under = 1 - of(placed, row).get_column("is_satisfied").mean() < float(row["target"])
        if row["truly_under"] == "never":
            assert not is_under
        elif is_under:
            assert row["ratio_low"] < ratio
        else:
            assert ratio < row["ratio_high"]
