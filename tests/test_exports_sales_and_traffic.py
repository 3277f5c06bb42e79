"""Sales and traffic by date: every day once, in order, and every oddity said aloud."""

import json
from datetime import date

import pytest
from conftest import ANSWERS

SAID = ANSWERS["sales_and_traffic"]
STORES = {"A1F83G8C2ARO7P": "amazon.co.uk", "ATVPDKIKX0DER": "amazon.com"}
TOTALS = {"unitsRefunded": "units_refunded", "claimsGranted": "claims_granted", "ordersShipped": "orders_shipped"}
TOTALS |= {"feedbackReceived": "feedback_received", "negativeFeedbackReceived": "negative_feedback_received"}


@pytest.mark.parametrize("name", [name for name, said in SAID.items() if "granularity" in said])
def test_every_file_reads_to_the_numbers_written_beside_it(read, name):
    said, account = SAID[name], read(f"sales_and_traffic/{name}")
    file, traffic = account.files.row(0, named=True), account.traffic
    assert (file["report"], file["rows_rejected"]) == ("sales_and_traffic", 0)
    assert traffic.height == said["days_present"] - said["duplicate_days"]
    assert traffic.get_column("day").is_sorted()
    assert traffic.get_column("units_ordered").sum() == said["units_once_per_date"]
    assert traffic.get_column("marketplace").unique().to_list() == [STORES[said["marketplaces"][0]]]
    if not said["duplicate_days"]:  # the totals beside the file count a doubled day twice
        totals = {theirs: traffic.get_column(ours).sum() for theirs, ours in TOTALS.items()}
        assert totals == {theirs: said["totals"][theirs] for theirs in TOTALS}
        rate = 100 * traffic.get_column("units_refunded").sum() / traffic.get_column("units_ordered").sum()
        assert round(rate, 4) == said["refund_rate_pct_over_period"]


def test_a_doubled_day_counts_once_and_two_equal_days_are_named(read):
    account = read("sales_and_traffic/uk_day_duplicate_unsorted.json")
    assert account.files.item(0, "warnings").to_list() == [
        "entries given twice, read once: 1",
        "22 Aug 2025 has the same figures as 18 Aug 2025; one of the two may be a copy",
    ]


def test_the_last_day_asked_for_and_missing_is_said(read):
    file = read("sales_and_traffic/uk_day_sku.json").files.row(0, named=True)
    assert file["warnings"] == ["asked for until 27 Aug 2025; the last days without an entry: 1"]
    assert (file["covers"], file["last_day"]) == ("traffic", date(2025, 8, 26))


def test_a_week_stands_for_seven_days_and_numbers_may_be_text(read):
    account = read("sales_and_traffic/us_week_strings_no_asin.json", stores=["amazon.com"])
    assert account.traffic.get_column("days").to_list() == [7, 7, 7]
    assert account.files.row(0, named=True)["last_day"] == date(2025, 8, 30)
    assert account.files.item(0, "warnings").to_list() == []


def test_no_days_are_no_data_and_no_error(read):
    account = read("sales_and_traffic/empty_days.json")
    assert account.traffic.is_empty()
    assert account.files.row(0, named=True)["covers"] is None


def entry(day, units=3, **more):
    return {"date": day, "salesByDate": {"unitsOrdered": units, **more}, "trafficByDate": {"feedbackReceived": 1}}


def file(*entries, grain="DAY", ids=("A1F83G8C2ARO7P",), until=None):
    asked = {"reportOptions": {"dateGranularity": grain}, "marketplaceIds": list(ids), "dataEndTime": until}
    return {"s.json": json.dumps({"reportSpecification": asked, "salesAndTrafficByDate": list(entries)}).encode()}


def test_a_day_given_twice_with_other_figures_keeps_the_first_and_rejects_the_second(read):
    account = read(files=file(entry("2025-08-18"), entry("2025-08-18", 4)))
    assert account.traffic.get_column("units_ordered").to_list() == [3]
    assert account.rejected.drop("day").rows() == [("s.json", None, "18 Aug 2025: a second entry with other figures")]
    assert account.files.row(0, named=True)["covers"] is None
    assert account.files.item(0, "warnings").to_list() == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (entry("18/08/2025"), "entry 2: date not readable"),
        (entry(None), "entry 2: date not readable"),
        ("text", "entry 2: date not readable"),
        (entry("2025-12-01"), "entry 2: date in the future"),
    ],
)
def test_an_entry_that_cannot_be_used_is_counted_with_its_place_and_reason(read, bad, reason):
    account = read(files=file(entry("2025-08-18"), bad))
    assert account.rejected.drop("day").rows() == [("s.json", None, reason)]
    assert account.traffic.height == 1


def test_a_hole_in_the_period_is_said_and_the_file_does_not_cover_it(read):
    row = read(files=file(entry("2025-08-18"), entry("2025-08-21", 4))).files.row(0, named=True)
    assert row["warnings"] == ["days inside the period without an entry: 2"]
    assert row["covers"] is None


def test_days_without_anything_are_no_copies_of_one_another(read):
    quiet = [{"date": f"2025-08-{day}", "salesByDate": {"unitsOrdered": 0}, "trafficByDate": {}} for day in (18, 19)]
    assert read(files=file(*quiet)).files.item(0, "warnings").to_list() == []


def test_a_month_has_its_own_number_of_days(read):
    account = read(files=file(entry("2024-02-01"), entry("2024-03-01", 4), grain="MONTH"))
    assert account.traffic.get_column("days").to_list() == [29, 31]


def test_a_month_that_was_asked_for_from_its_middle_on_has_the_days_left(read):
    assert read(files=file(entry("2025-08-12"), grain="MONTH")).traffic.get_column("days").to_list() == [20]


def test_without_a_printed_length_the_smallest_step_decides_and_is_said(read):
    account = read(files=file(entry("2025-08-03"), entry("2025-08-10", 4), grain=None))
    assert account.traffic.get_column("days").to_list() == [7, 7]
    assert account.files.item(0, "warnings").to_list() == [
        "the file does not say how long its entries are; read as weeks"
    ]


@pytest.mark.parametrize("ids", [(), ("A1F83G8C2ARO7P", "ATVPDKIKX0DER")], ids=["none", "two"])
def test_figures_of_no_one_store_are_given_to_none(read, ids):
    account = read(files=file(entry("2025-08-18"), ids=ids))
    assert account.traffic.get_column("marketplace").to_list() == [None]
    assert account.files.item(0, "warnings").to_list() == ["the file does not name the one store its figures are of"]


def test_a_count_that_is_missing_is_unknown_and_not_nought(read):
    (row,) = read(files=file(entry("2025-08-18", unitsRefunded="n/a"))).traffic.rows(named=True)
    assert (row["units_ordered"], row["units_refunded"], row["claims_granted"]) == (3, None, None)
