"""Tables: what they leave out on purpose."""

from datetime import date

import polars as pl
import pytest

from helpers import tables
from helpers.frames import SCHEMAS

DAY = date(2026, 10, 31)


@pytest.fixture
def returned():
    row = dict.fromkeys(SCHEMAS["trailing"]) | {"account": "a", "marketplace": "amazon.de", "metric": "return_rate"}
    row |= {"fulfilment": "merchant", "window_days": 60, "day": DAY, "window_start": date(2026, 9, 2)}
    row |= {"window_end": DAY, "window_numerator": 4, "window_denominator": 200}
    row |= {"rate": 0.02, "rate_low": 0.0078, "rate_high": 0.0503}
    return pl.DataFrame([row], schema=SCHEMAS["trailing"])


def proved(exactness):
    return pl.DataFrame(
        {"marketplace": ["amazon.de"], "metric": ["return_rate"], "fulfilment": ["merchant"], "exactness": [exactness]}
    )


NO_VERDICT = pl.DataFrame(schema=SCHEMAS["verdicts"])


def test_a_rate_without_a_target_is_told_with_its_counts(returned):
    shown = tables.unjudged(returned, NO_VERDICT, proved("lower_bound"), DAY).data
    assert "at least 2.00\u202f% (4 of 200 orders)" in shown


def test_a_rate_no_file_can_prove_is_not_shown_as_nothing_at_all(returned):
    of_nothing = returned.with_columns(window_numerator=0, rate=0.0)
    shown = tables.unjudged(of_nothing, NO_VERDICT, proved("impossible"), DAY).data
    assert "0 of 200" not in shown
    assert "Every rate these files give has a target." in shown


def test_a_judged_rate_is_told_once(returned):
    judged = pl.DataFrame(
        [
            dict.fromkeys(SCHEMAS["verdicts"])
            | {"marketplace": "amazon.de", "metric": "return_rate", "fulfilment": "merchant"}
        ],
        schema=SCHEMAS["verdicts"],
    )
    assert "4 of 200" not in tables.unjudged(returned, judged, proved("exact"), DAY).data
