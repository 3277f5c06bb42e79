"""What a file holds that nobody has seen before is told and not used, and stops nothing."""

import json

import pytest

from helpers.exports import unknown

HEADER = (
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\tquantity"
)
ROW = "202-0000000-0000001\t2025-08-01T10:00:00+00:00\t2025-08-02T10:00:00+00:00\tShipped\tMerchant\tAmazon.co.uk\tA\t1"
LATE = {"orderCount": 30, "lateShipmentCount": 1, "rate": 0.0333, "status": "GOOD", "targetValue": 0.04}
LATE |= {"reportingDateRange": {"reportingDateFrom": "2025-08-02T00:00Z", "reportingDateTo": "2025-08-31T23:59Z"}}
STORE = {"marketplaceId": "A1F83G8C2ARO7P", "lateShipmentRate": LATE}


def remarks(account):
    return account.files.item(0, "warnings").to_list()


def orders(*new):
    return {"o.txt": "\n".join(["\t".join([HEADER, *new]), "\t".join([ROW, *("x" for _ in new)])]).encode()}


def health(**more):
    return {"h.json": json.dumps({"performanceMetrics": [STORE]} | more).encode()}


def test_a_new_column_is_named_and_the_file_is_read_all_the_same(read):
    account = read(files=orders("delivery-promise-kind"))
    assert account.orders.height == 1
    assert "1 column the kit does not know (delivery-promise-kind), not used" in remarks(account)


def test_a_new_column_that_may_tell_of_a_buyer_is_counted_and_not_named(read):
    account = read(files=orders("buyer-alias-name", "Anna Miller", "lane"))
    (said,) = [text for text in remarks(account) if "does not know" in text]
    assert said == "3 columns the kit does not know (lane, 2 not named), not used"


@pytest.mark.parametrize(
    "name",
    [
        "all_orders/eu_91col.txt",
        "all_orders/us_31col.txt",
        "unshipped/eu_85col.txt",
        "unshipped/na_68col_day1.txt",
        "fulfilled_shipments/de_48col.txt",
        "returns/mfn_flat_33col.txt",
        "returns/fba_returns.txt",
        "settlement/v1_36col_uk.txt",
        "settlement/v2_de.txt",
        "account_health/v2_clean_uk_2025-08-31.json",
        "sales_and_traffic/uk_day_sku.json",
        "feedback/de_cp1252.txt",
        "defects/vtr_a.csv",
    ],
)
def test_files_of_every_known_kind_hold_nothing_new(read, name):
    assert not [text for text in remarks(read(name)) if "does not know" in text or "not seen" in text]


def test_the_columns_a_reader_looks_for_are_known():
    from helpers.exports import all_orders, fba_returns, fulfilled_shipments

    for name, reader in (
        ("all_orders", all_orders),
        ("fba_returns", fba_returns),
        ("fulfilled_shipments", fulfilled_shipments),
    ):
        assert set(reader.COLUMNS.values()) <= unknown.known_columns()[name]


def test_a_new_entry_of_a_store_s_figures_is_named(read):
    account = read(files=health(performanceMetrics=[STORE | {"carbonNeutralRate": {"rate": 0.2}}]))
    assert "amazon.co.uk: 1 entry the kit does not know (carbonNeutralRate), not used" in remarks(account)
    assert account.snapshots.get_column("metric").to_list() == ["late_shipment_rate"]


def test_a_new_rate_with_a_word_of_the_marketplace_is_told_as_it_stands(read):
    new = {"returnProcessingRate": {"rate": 0.2, "status": "BAD", "targetValue": 0.1, "targetCondition": "LESS_THAN"}}
    account = read(files=health(performanceMetrics=[STORE | new]))
    words = dict(account.snapshots.select("metric", "status_reported").iter_rows())
    assert words["return_processing_rate"] == "BAD"


def test_a_new_outermost_entry_of_an_account_health_file_is_named(read):
    assert "1 entry the kit does not know (riskSignals), not used" in remarks(read(files=health(riskSignals=[])))


def test_another_version_of_a_report_is_read_as_the_known_one_and_says_so(read):
    account = read(files=health(reportSpecification={"reportType": "GET_V3_SELLER_PERFORMANCE_REPORT"}))
    assert account.snapshots.height == 1
    assert any(
        text.startswith("it calls itself GET_V3_SELLER_PERFORMANCE_REPORT, not GET_V2_") for text in remarks(account)
    )
    same = read(files=health(reportSpecification={"reportType": "GET_V2_SELLER_PERFORMANCE_REPORT"}), id="same")
    assert remarks(same) == []


@pytest.mark.parametrize(("version", "told"), [("3.0", "3.0"), (3, "3"), ("<b>Anna</b>", "another")])
def test_a_version_nobody_has_seen_is_told_where_it_looks_like_one(read, version, told):
    assert any(
        f"it names a version ({told}) the kit has not seen" in text
        for text in remarks(read(files=health(reportVersion=version)))
    )


def test_a_version_of_an_xml_report_is_told():
    text = b'<?xml version="1.0"?>\n<sellerPerformanceReport version="2.0"><a/></sellerPerformanceReport>'
    (said,) = unknown.remarks("performance_v1", text)
    assert said.startswith("it names a version (2.0)")
    assert unknown.remarks("performance_v1", text.replace(b' version="2.0"', b"")) == ()
