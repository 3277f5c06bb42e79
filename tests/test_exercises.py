"""The exercises on the sample accounts: each figure of an answer sheet is what the kit says of the account today."""

from datetime import date

import polars as pl
import pytest
from conftest import ROOT

from helpers import audit, scenarios
from helpers.wording import odds

DAY, TODAY = "2026-10-31", "2026-11-28"
OF_DEFECTS = pl.col("metric") == "order_defect_rate"


@pytest.fixture(scope="module")
def mended(samples):
    return audit.of(samples / "on-the-mend", DAY, TODAY)


@pytest.fixture(scope="module")
def sheet():
    """A function that gives an exercise's text in one line."""
    return lambda name: " ".join((ROOT / "docs" / f"exercise-{name}.md").read_text(encoding="utf-8").split())


def count(row, end=""):
    return f"{row[f'numerator{end}']:,} of {row[f'denominator{end}']:,}"


def test_the_sheet_on_trends_says_what_the_report_says(mended, samples, sheet):
    text, small = sheet("trends"), audit.of(samples / "small-good", DAY, TODAY)
    rate = mended.verdicts.filter(OF_DEFECTS).row(0, named=True)
    moved = mended.movement.filter(OF_DEFECTS).row(0, named=True)
    fix = mended.actions.filter(OF_DEFECTS).row(0, named=True)
    assert (rate["status"], rate["evidence"], moved["word"], fix["word"]) == (
        "breached",
        "weak",
        "cannot_be_told",
        "helped",
    )
    assert f"{count(rate)} orders, 60 days to 17 October 2026" in text
    assert f"{count(moved, '_before')}, then {count(moved)}" in text
    since = f"{fix['after_bad']} of {fix['after_orders']} orders since, {fix['before_bad']} of {fix['before_orders']:,} before"
    assert f"{since}, both sides as known by day {fix['age_days']} of the order" in text
    assert rate["clear_from"] == date(2026, 11, 4)
    last = mended.leaving.filter(OF_DEFECTS, pl.col("day") == rate["clear_from"]).row(0, named=True)
    assert f"On 4 November 2026, with {count(last)}" in text
    other = small.verdicts.filter(OF_DEFECTS).row(0, named=True)
    assert small.verdicts.get_column("status").to_list().count("breached") == 2
    assert f"{count(other)} orders: one bad order more" in text
    assert (other["numerator"] - 1) / other["denominator"] < 0.01 <= other["numerator"] / other["denominator"]
    leaves = small.leaving.filter(OF_DEFECTS).row(0, named=True)
    assert leaves["day"] == date(2026, 11, 5)
    assert f"then it is {count(leaves)}" in text


def test_the_sheet_on_plans_says_what_the_report_says(mended, sheet):
    text, outlook = sheet("what-if"), scenarios.of(mended)
    rate = mended.verdicts.filter(OF_DEFECTS).row(0, named=True)
    bad, orders = rate["numerator"], rate["denominator"]
    more = next(k for k in range(10_000) if 100 * bad < orders + k)
    fewer = next(k for k in range(bad) if 100 * (bad - k) < orders)
    assert f"{more} good orders: {bad} of {orders + more:,} is just under 1 %" in text
    assert f"Or {fewer} bad ones fewer: {bad - fewer} of {orders:,}" in text
    steps = mended.leaving.filter(OF_DEFECTS).head(3).rows(named=True)
    assert [(row["day"].day, row["leaves"]) for row in steps] == [(1, 2), (3, 1), (4, 2)]
    assert f"with {count(steps[2])}: two bad ones leave on 1 November ({count(steps[0])})" in text
    assert f"one on 3 November ({count(steps[1])})" in text
    pulled = scenarios.pulled(outlook)
    plans = {row["scenario"]: row for row in pulled.filter(OF_DEFECTS).rows(named=True)}
    half, more_orders, asked = (
        plans[name] for name in ("half as many bad ones", "a fifth more orders", "every buyer asked for feedback")
    )
    assert f"now {odds(half['before'])}. Half as many bad ones: {odds(half['after'])}." in text
    assert f"A fifth more orders: {odds(more_orders['after'])}, as good as nothing" in text
    assert f"Every buyer asked: {odds(asked['after'])}, and the rate is higher first" in text
    assert asked["rises_on"] is not None
    late = (pl.col("metric") == "late_shipment_rate") & (pl.col("window_days") == 10)
    now = mended.verdicts.filter(late).row(0, named=True)
    urgent = pulled.filter(late, pl.col("scenario") == "half as many bad ones").row(0, named=True)
    assert f"room for {now['headroom']} more bad orders of {now['denominator']}" in text
    assert f"{odds(urgent['before'])}; with half as many bad ones {odds(urgent['after'])}" in text
    sure = scenarios.enough_of(outlook).filter(OF_DEFECTS).get_column("least_95").to_list()
    assert sure[1] is None
    assert f"{round(100 * sure[0])} in 100 of one cause gone" in text
