"""The marketplace's own figures as a series: downloads of different days, no second store."""

from datetime import date

import polars as pl

from helpers import tables
from helpers.frames import SCHEMAS

RATE = {"marketplace": "amazon.de", "metric": "late_shipment_rate", "fulfilment": "merchant", "window_days": 30}
COUNTER = {"marketplace": "amazon.de", "metric": "listing_policy_violations", "fulfilment": "all"}


def snapshots(*rows):
    """Each row: its figure, the day of its download, then what it says."""
    blank = dict.fromkeys(SCHEMAS["snapshots"])
    told = [blank | figure | {"taken_on": date.fromisoformat(day)} | said for figure, day, said in rows]
    return pl.DataFrame(told, schema=dict(SCHEMAS["snapshots"]), orient="row")


def of(x, n):
    return {"numerator": x, "denominator": n, "rate_reported": x / n}


def shown(*rows, as_of="2026-10-31"):
    return tables.reported(snapshots(*rows), date.fromisoformat(as_of)).data


def test_downloads_of_different_days_form_a_series_with_its_counts():
    page = shown((RATE, "2026-10-01", of(2, 100)), (RATE, "2026-09-01", of(4, 80)))
    assert "1 figure of the marketplace over 2 download days" in page
    assert (
        "5.00\N{NARROW NO-BREAK SPACE}%, 4 of 80 (1 Sept 2026); 2.00\N{NARROW NO-BREAK SPACE}%, 2 of 100 (1 Oct 2026)"
        in page
    )


def test_equal_neighbours_are_one_value_and_a_value_that_comes_back_is_told_again():
    page = shown(*[(COUNTER, f"2026-0{month}-01", {"numerator": x}) for month, x in ((5, 0), (6, 0), (7, 2), (8, 0))])
    assert "0 (1 May 2026 to 1 Jun 2026); 2 (1 Jul 2026); 0 (1 Aug 2026)" in page


def test_one_download_is_no_series_and_two_of_one_day_are_one():
    assert shown((RATE, "2026-10-01", of(2, 100))) == shown() == ""
    assert shown((RATE, "2026-10-01", of(2, 100)), (RATE, "2026-10-01", of(2, 100))) == ""


def test_stores_channels_and_windows_are_series_of_their_own():
    others = [RATE | {"window_days": 7}, RATE | {"marketplace": "amazon.fr"}]
    page = shown(*[(one, f"2026-{month}-01", of(1, 100)) for one in (RATE, *others) for month in ("09", "10")])
    assert "3 figures of the marketplace over 2 download days" in page


def test_what_was_downloaded_after_the_day_looked_at_is_not_told():
    rows = [(RATE, day, of(1, 100)) for day in ("2026-09-01", "2026-11-01", "2026-11-02")]
    assert "1 Nov 2026" in shown(*rows)
    assert "2 Nov 2026" not in shown(*rows)


def test_a_window_is_named_once_and_what_was_never_measured_is_no_figure():
    nothing = {"numerator": 0, "denominator": 0}
    other = RATE | {"metric": "on_time_delivery_rate", "window_days": 14}
    page = shown(
        *[
            (one, f"2026-{month}-01", said)
            for one, said in ((RATE, of(1, 100)), (other, nothing))
            for month in ("09", "10")
        ]
    )
    assert "1 figure of the marketplace" in page
    assert page.count("30 days") == 1


def test_a_rate_without_orders_is_not_measured_and_a_word_stands_as_it_is():
    nothing, word = {"numerator": 0, "denominator": 0}, COUNTER | {"metric": "account_status"}
    page = shown(
        (RATE, "2026-09-01", nothing),
        (RATE, "2026-10-01", of(0, 5)),
        (word, "2026-09-01", {"status_reported": "AT_RISK"}),
        (word, "2026-10-01", {"status_reported": "NORMAL"}),
    )
    assert "not measured (1 Sept 2026); 0.00\N{NARROW NO-BREAK SPACE}%, 0 of 5 (1 Oct 2026)" in page
    assert "at risk (1 Sept 2026); normal (1 Oct 2026)" in page
