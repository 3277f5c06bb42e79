"""The old customer metrics report: rates written as percentages, response times, words of a checklist."""

from datetime import date

import pytest

STORE = "<marketplaceId>A1PA6795UKMFR9</marketplaceId>"
FRAME = "<timeFrame><start>2025-08-01T00:00:00Z</start><end>2025-08-30T00:00:00Z</end></timeFrame>"


def report(*parts, store=STORE):
    return f"<sellerPerformanceReport>{store}{''.join(parts)}</sellerPerformanceReport>"


def file(*reports):
    return {"v1.xml": f"<sellerPerformanceReports>{''.join(reports)}</sellerPerformanceReports>".encode()}


def metrics(inside, frame=FRAME):
    return f"<customerExperienceMetrics>{frame}{inside}</customerExperienceMetrics>"


def rated(name, rate, count=2):
    return f"<{name}><rate>{rate}</rate><count>{count}</count></{name}>"


def test_a_rate_is_a_fraction_of_the_percentage_over_the_printed_window(read):
    account = read(files=file(report(metrics(rated("lateShipment", "0.50%")))))
    assert account.files.item(0, "report") == "performance_v1"
    (row,) = account.snapshots.rows(named=True)
    assert (row["marketplace"], row["metric"], row["fulfilment"]) == ("amazon.de", "late_shipment_rate", "merchant")
    assert (row["rate_reported"], row["numerator"], row["denominator"]) == (0.005, 2, None)
    assert (row["window_start"], row["window_end"], row["window_days"]) == (date(2025, 8, 1), date(2025, 8, 30), 30)
    assert row["taken_on"] == date(2025, 8, 31)


@pytest.mark.parametrize(
    ("element", "metric", "fulfilment"),
    [
        ("orderWithDefects", "order_defect_rate", "all"),
        ("refunds", "refund_rate", "merchant"),
        ("returnDissatisfaction", "return_dissatisfaction_rate", "merchant"),
        ("preFulfillmentCancellation", "cancellation_rate", "merchant"),
        ("validTracking", "valid_tracking_rate", "merchant"),
        ("onTimeDelivery", "on_time_delivery_legacy", "merchant"),
        ("a_z_claims", "a_to_z_claims", "all"),
    ],
)
def test_each_element_is_the_metric_of_its_name(read, element, metric, fulfilment):
    account = read(files=file(report(metrics(rated(element, "4,20 %")))))
    assert account.snapshots.select("metric", "fulfilment", "rate_reported").rows() == [(metric, fulfilment, 0.042)]


def test_response_times_are_the_share_answered_within_a_day_and_the_rest_is_named(read):
    inside = "<responseUnder24Hours>98.00%</responseUnder24Hours>"
    inside += "<averageResponseTimeInHours>6.2</averageResponseTimeInHours>"
    account = read(files=file(report(metrics(inside))), stores=["amazon.de"])
    assert account.snapshots.select("metric", "rate_reported").rows() == [("contact_response_time", 0.98)]
    assert account.files.item(0, "warnings").to_list() == ["amazon.de: figures printed that the kit does not keep: 1"]


def test_two_windows_are_two_rows(read):
    week = FRAME.replace("08-01T", "08-24T")
    account = read(files=file(report(*(metrics(rated("refunds", "1%"), frame) for frame in (FRAME, week)))))
    assert sorted(account.snapshots.get_column("window_days")) == [7, 30]


def test_a_rate_without_a_percent_sign_has_no_known_unit_and_is_left_empty(read):
    account = read(files=file(report(metrics(rated("refunds", "0.04")))), stores=["amazon.de"])
    assert account.snapshots.select("rate_reported", "numerator").rows() == [(None, 2)]
    assert account.files.item(0, "warnings").to_list() == ["amazon.de: refund_rate has no percent sign, left empty"]


def test_the_checklist_gives_its_word_to_the_metric_and_a_bad_word_for_anything_else_is_said(read):
    words = "<performanceChecklist><lateShipmentRate><status>Fair</status></lateShipmentRate>"
    words += "<policyViolation><status>Poor</status></policyViolation></performanceChecklist>"
    account = read(files=file(report(words, metrics(rated("lateShipment", "5%")))), stores=["amazon.de"])
    assert account.snapshots.item(0, "status_reported") == "Fair"
    assert account.files.item(0, "warnings").to_list() == ["amazon.de: the marketplace calls policyViolation Poor"]


def test_without_a_named_store_it_is_the_account_s_only_one(read):
    account = read(files=file(report(metrics(rated("refunds", "1%")), store="")))
    assert account.snapshots.item(0, "marketplace") == "amazon.co.uk"


def test_of_which_of_several_stores_a_file_is_that_names_none_is_asked(read):
    files, stores = file(report(metrics(rated("refunds", "1%")), store="")), ("amazon.de", "amazon.fr")
    asked = read(files=files, stores=stores, id="a")
    assert asked.snapshots.is_empty()
    assert asked.questions[0].answers == {"marketplace": stores}
    told = read(files=files, stores=stores, id="b", settings='[columns."v1.xml"]\nmarketplace = "amazon.fr"')
    assert (told.snapshots.item(0, "marketplace"), told.questions) == ("amazon.fr", ())


def test_a_cut_file_gives_the_stores_before_the_cut_and_says_so(read):
    whole = file(report(metrics(rated("refunds", "1%"))), report(metrics(rated("refunds", "2%"))))["v1.xml"]
    account = read(files={"v1.xml": whole[:-90]})
    assert account.snapshots.get_column("rate_reported").to_list() == [0.01]
    assert account.rejected.height == 1
