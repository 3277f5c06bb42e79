"""The marketplace's own figures: both spellings, missing counts, contradictions read as they stand."""

import json
from datetime import date
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import pytest
from conftest import ANSWERS
from hypothesis import given
from hypothesis import strategies as st

from helpers.exports.implied_count import implied_count

EXPECTED = ANSWERS["account_health"]
STORES = {
    "A1F83G8C2ARO7P": "amazon.co.uk",
    "ATVPDKIKX0DER": "amazon.com",
    "A2EUQ1WTGCTBG2": "amazon.ca",
    "A1AM78C64UM0Y8": "amazon.com.mx",
    "A1PA6795UKMFR9": "amazon.de",
}
NAMES = {
    "lateShipmentRate": ("late_shipment_rate", "merchant"),
    "preFulfillmentCancellationRate": ("cancellation_rate", "merchant"),
    "orderDefectRate.mfn": ("order_defect_rate", "merchant"),
    "orderDefectRate.afn": ("order_defect_rate", "amazon"),
    "validTrackingRate": ("valid_tracking_rate", "merchant"),
    "onTimeDeliveryRate": ("on_time_delivery_legacy", "merchant"),
    "unitOnTimeDeliveryRate": ("on_time_delivery_rate", "merchant"),
    "invoiceDefectRate": ("invoice_defect_rate", "merchant"),
}
BLOCKS = [
    (file, block["marketplaceId"], name, said)
    for file, whole in EXPECTED.items()
    for block in whole.get("blocks", ())
    for name, said in block["metrics"].items()
    if name in NAMES
]


@pytest.mark.parametrize(("file", "store", "name", "said"), BLOCKS, ids=lambda value: str(value)[:40])
def test_every_figure_reads_to_the_numbers_written_beside_it(read, file, store, name, said):
    metric, fulfilment = NAMES[name]
    snapshots = read(f"account_health/{file}", stores=tuple(STORES.values())).snapshots
    row = snapshots.filter(marketplace=STORES[store], metric=metric, fulfilment=fulfilment).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (said.get("numerator"), said.get("denominator"))
    assert row["rate_reported"] == (None if said.get("reading") == "not measured" else pytest.approx(said["rate"]))
    if "window" in said:
        first, last = said["window"].split(" ")[0].split("..")
        assert (row["window_start"], row["window_end"]) == (date.fromisoformat(first), date.fromisoformat(last))


def test_parts_may_add_up_to_more_than_the_defective_orders_and_are_never_summed(read):
    snapshots = read("account_health/v2_clean_uk_2025-09-14.json").snapshots.filter(fulfilment="merchant")
    counts = {row["metric"]: row["numerator"] for row in snapshots.iter_rows(named=True)}
    parts = [counts[name] for name in ("negative_feedback_rate", "a_to_z_claims", "chargebacks")]
    assert (counts["order_defect_rate"], parts) == (4, [2, 2, 1])


def test_a_snapshot_was_taken_the_day_after_its_newest_window(read):
    account = read("account_health/v2_clean_uk_2025-09-14.json")
    assert account.snapshots.get_column("taken_on").unique().to_list() == [date(2025, 9, 14)]
    assert account.last_complete_day == date(2025, 9, 13)


def test_the_schema_s_name_wins_over_the_other_spelling_and_says_so(read):
    account = read("account_health/v2_both_spellings.json", stores=tuple(STORES.values()))
    found = (
        account.snapshots.filter(metric="cancellation_rate").select("marketplace", "numerator", "denominator").rows()
    )
    assert sorted(found) == [("amazon.ca", 1, 20), ("amazon.com", 2, 160), ("amazon.com.mx", 0, 12)]
    assert any("both preFulfillmentCancellationRate and" in text for text in account.files.item(0, "warnings"))


def test_two_windows_of_late_shipments_are_two_rows(read):
    snapshots = read("account_health/v2_both_spellings.json", stores=("amazon.ca",)).snapshots
    found = snapshots.filter(metric="late_shipment_rate", marketplace="amazon.ca")
    assert sorted(found.select("window_days", "numerator", "denominator").rows()) == [(10, 3, 50), (30, 5, 200)]


def test_contradictions_are_named_and_nothing_is_left_out(read):
    account = read("account_health/v2_self_contradicting.json")
    said = " | ".join(account.files.item(0, "warnings"))
    for fragment in (
        "order defect rate (merchant): the printed rate 0.0090 is not 12 of 2000",
        "order defect rate (amazon): the printed rate 0.0090 is not 12 of 2000",
        "order defect rate of afn calls itself another",
        "cancellation rate (merchant): the printed rate",
        "valid tracking rate (merchant): 1020 of 1000 is more than all",
        "on time delivery legacy (merchant): called GOOD",
        "on time delivery rate (merchant): called GOOD",
        "document requests (all): its window runs backwards",
        "document requests (all): called GOOD",
    ):
        assert fragment in said
    assert "late shipment" not in said


def test_a_metric_of_the_future_is_named_and_not_fatal(read):
    account = read("account_health/v2_missing_counts.json", stores=("amazon.de",))
    assert "amazon.de: 1 entry the kit does not know (aMetricOfTheFuture), not used" in account.files.item(
        0, "warnings"
    )


def test_an_empty_answer_is_no_data(read):
    assert read("account_health/empty_object.json").snapshots.is_empty()


WINDOW = {"reportingDateFrom": "2025-08-16T00:00:00Z", "reportingDateTo": "2025-09-14T23:59:59Z"}
LATE = {"reportingDateRange": WINDOW, "orderCount": 100, "lateShipmentCount": 5, "rate": 0.05, "status": "BAD"}


def store(**blocks):
    return {"marketplaceId": "A1F83G8C2ARO7P"} | blocks


def health(*stores):
    return {"h.json": json.dumps({"performanceMetrics": list(stores)}).encode()}


def test_numbers_written_as_text_are_numbers(read):
    block = {name: str(value) if isinstance(value, int | float) else value for name, value in LATE.items()}
    account = read(
        files=health(store(lateShipmentRate=block | {"targetValue": "0.040", "targetCondition": "LESS_THAN"}))
    )
    row = account.snapshots.row(0, named=True)
    assert (row["numerator"], row["denominator"], row["rate_reported"], row["target_reported"]) == (
        5,
        100,
        0.05,
        "0.04",
    )
    assert account.files.item(0, "warnings").to_list() == []


def test_a_window_given_alone_and_in_the_list_is_one_figure(read):
    short = WINDOW | {"reportingDateFrom": "2025-09-05T00:00:00Z"}
    listed = [LATE, LATE | {"reportingDateRange": short, "orderCount": 40, "lateShipmentCount": 2}]
    account = read(files=health(store(lateShipmentRate=LATE, lateShipmentRateList=listed)))
    assert sorted(account.snapshots.get_column("window_days")) == [10, 30]


@pytest.mark.parametrize("day", ["2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_window_that_ends_in_the_future_does_not_date_the_file(read, day):
    far = LATE | {"reportingDateRange": WINDOW | {"reportingDateTo": day}}
    account = read(files=health(store(lateShipmentRate=LATE, validTrackingRate=far)))
    assert account.last_complete_day == date(2025, 9, 14)
    assert any("ends in the future" in warning for warning in account.files.item(0, "warnings"))


@pytest.mark.parametrize(
    "odd",
    [
        store(lateShipmentRate=LATE | {"status": ["BAD"], "targetCondition": {}, "targetValue": []}),
        store(lateShipmentRate=LATE | {"orderCount": 10**400, "rate": float("nan"), "targetValue": 1e300}),
        {"marketplaceId": ["A1F83G8C2ARO7P"], "lateShipmentRate": LATE},
    ],
    ids=["lists", "numbers", "store"],
)
def test_values_of_another_kind_are_read_as_missing(read, odd):
    snapshots = read(files=health(odd)).snapshots
    assert snapshots.select("metric", "numerator", "target_reported").rows() == [("late_shipment_rate", 5, None)]


def test_one_store_without_a_list_around_it_is_read_and_other_entries_are_counted(read):
    one = {"h.json": json.dumps({"performanceMetrics": store(lateShipmentRate=LATE)}).encode()}
    assert read(files=one, id="a").snapshots.height == 1
    account = read(files=health(store(lateShipmentRate=LATE), "x", None), id="b")
    assert "entries that are no store's figures, not used: 2" in account.files.item(0, "warnings")


def test_a_file_called_account_health_by_its_owner_and_damaged_is_named(read):
    said = '[columns."h.json"]\nreport = "account_health"'
    account = read(files={"h.json": b'{"performanceMetrics": ['}, settings=said)
    assert "damaged" in account.files.item(0, "warnings")[0]


# --- a count the file leaves out ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "of", "number"),
    [
        (1 / 30, 30, 1),
        (0.0161, 62, 1),
        (13 / 14, 14, 13),
        (0.0161, 12_000, 193),  # 192 is 0.0160, 194 is 0.01617
        (0.016, 12_000, None),  # 186 to 198 all round to it
        (0, 4322, None),  # printed without decimals it can be up to a half
        (0.02, 3, None),  # no whole number of three gives it
        (1.2, 30, None),
        (None, 30, None),
        (0.5, 0, None),
    ],
)
def test_a_count_is_taken_where_rate_and_orders_allow_one_alone(rate, of, number):
    assert implied_count(rate, of) == number


@given(st.integers(1, 3000), st.data(), st.integers(1, 6))
def test_an_implied_count_is_the_only_one_that_rounds_to_the_printed_rate(of, data, digits):
    number = data.draw(st.integers(0, of))
    step = Decimal(1).scaleb(-digits)
    printed = {
        n: {(Decimal(n) / of).quantize(step, way) for way in (ROUND_HALF_UP, ROUND_HALF_DOWN)} for n in range(of + 1)
    }
    (rate, *_) = printed[number]
    if len(str(float(rate))) - 2 == digits:  # else a nought at the end is lost, and with it a decimal
        fitting = [n for n in range(of + 1) if rate in printed[n]]
        assert implied_count(float(rate), of) == (number if fitting == [number] else None)


def test_a_count_that_was_left_out_is_named_among_the_remarks_on_its_file(read):
    bare = {name: value for name, value in LATE.items() if name != "lateShipmentCount"} | {
        "orderCount": 30,
        "rate": 0.0333,
    }
    account = read(files=health(store(lateShipmentRate=bare)))
    assert account.snapshots.item(0, "numerator") == 1
    assert any("1 of 30 is the only one that gives its rate" in text for text in account.files.item(0, "warnings"))


# --- the marketplace's word, the store, the day -------------------------------------------------------------------


def test_a_word_on_the_account_and_a_counter_without_its_count_are_kept(read):
    said = {"performanceMetrics": [store(lateShipmentRate=LATE, foodSafetyIssues={"status": "AT_RISK"})]}
    said |= {"accountStatuses": [{"marketplaceId": "A1F83G8C2ARO7P", "status": "AT_RISK"}]}
    snapshots = read(files={"h.json": json.dumps(said).encode()}).snapshots
    words = dict(snapshots.select("metric", "status_reported").iter_rows())
    assert (words["account_status"], words["food_safety_issues"]) == ("AT_RISK", "AT_RISK")


def test_a_file_without_a_store_is_of_the_only_one_and_asks_where_there_are_several(read):
    files = health({"lateShipmentRate": LATE})
    assert read(files=files, id="one").snapshots.item(0, "marketplace") == "amazon.co.uk"
    two = {"stores": ("amazon.co.uk", "amazon.de")}
    asked = read(files=files, id="two", **two)
    assert asked.questions[0].answers == {"marketplace": ("amazon.co.uk", "amazon.de")}
    assert (asked.snapshots.height, asked.files.item(0, "rows_waiting")) == (0, 1)
    told = read(files=files, id="told", settings='[columns."h.json"]\nmarketplace = "amazon.de"', **two)
    assert told.snapshots.item(0, "marketplace") == "amazon.de"


def test_a_target_in_a_block_of_its_own_is_read(read):
    bare = {name: value for name, value in LATE.items() if name != "targetCondition"}
    block = bare | {"targetValue": {"value": 0.02, "condition": "LESS_THAN"}}
    row = read(files=health(store(lateShipmentRate=block))).snapshots.row(0, named=True)
    assert (row["target_reported"], row["must_be_reported"]) == ("0.02", "below")
