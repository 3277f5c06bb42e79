"""The night the portfolio is shown on is that of the sample accounts today."""

import json

import pytest

from helpers import portfolio
from helpers.reports import committed


@pytest.mark.parametrize("account", ["small-good"])
def test_the_committed_results_are_those_of_the_sample_account_today(samples, report_page, account):
    page = report_page(account, committed.MONTHLY)
    made = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    kept = samples / "night" / account / "2026-10" / f"{committed.MONTHLY}.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == committed.small(made), "run: make notebooks"


def test_the_sample_night_can_be_read_as_reports_are(samples):
    p = portfolio.read(samples / "night", "2026-10", "2026-11-10")
    assert (len(p.now), len(p.before), p.unread, p.has_ended) == (5, 5, {}, True)
    assert [one.missing for one in p.now.values()] == [()] * 5
