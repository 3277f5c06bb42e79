"""What `check` says of the next month: which files, on which day."""

from datetime import date

import pytest

from helpers import audit
from helpers.reports import listing, next_month


@pytest.mark.parametrize(
    ("looked_at", "last"),
    [
        (date(2026, 10, 31), date(2026, 11, 30)),  # the month is over: the next one
        (date(2026, 10, 14), date(2026, 10, 31)),  # it is not
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_the_next_report_is_about_the_first_month_that_is_not_over(looked_at, last):
    assert next_month.ends(looked_at) == last


def test_a_picture_of_one_day_is_taken_on_that_day_and_lists_after_the_month(samples):
    looked = audit.of(samples / "lamp-house", "2026-10-31", "2026-11-01")
    said = list(next_month.downloads(looked))
    assert said[0].startswith("on 30 November 2026 itself: Account health")
    assert any(one.startswith("on 1 December 2026 or soon after: Order defect list") for one in said)
    assert not any("Late shipment" in one for one in said)  # this account never sent one
    assert "FOR THE NEXT MONTHLY REPORT, DOWNLOAD" in listing.as_text(looked)
