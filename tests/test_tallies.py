"""Counts no target judges: what they are out of, and what they cannot say."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
from test_facts import file, moment

from helpers import tallies
from helpers.frames import SCHEMAS
from helpers.vocabulary import Account

DAY = date(2026, 10, 31)


def told(**frames):
    made = {name: pl.DataFrame(_whole(name, rows), schema=SCHEMAS[name]) for name, rows in frames.items()}
    one = Account(id="a", name="A", folder=Path("a"), marketplaces=("amazon.co.uk",), **made)
    return {row["what"]: row for row in tallies.of(one, DAY).to_dicts()}


def _whole(name, rows):
    return [dict.fromkeys(SCHEMAS[name]) | row for row in rows]


def test_claims_in_payments_are_orders_apart_by_who_ships_and_at_least():
    paid = [
        {"order_id": f"o{n}", "posted_at": moment(DAY), "fulfilment": "amazon" if n > 2 else "merchant"}
        for n in range(5)
    ]
    paid.append(paid[1] | {"kind": "a_to_z_claim"})
    rows = tallies.of(
        Account(
            id="a",
            name="A",
            folder=Path("a"),
            marketplaces=("amazon.co.uk",),
            money=pl.DataFrame(_whole("money", paid), schema=SCHEMAS["money"]),
        ),
        DAY,
    )
    claims = rows.filter(what="A-to-z claims paid").select("where", "count", "of").rows()
    assert claims == [
        ("Amazon ships", 0, "of 2 orders with a payment"),
        ("seller ships", 1, "of 3 orders with a payment"),
    ]
    assert rows.filter(what="A-to-z claims paid").item(0, "note").startswith("at least")
    assert rows.filter(what="Chargebacks paid").item(0, "note").startswith("at most")


def test_a_mark_on_two_lines_of_one_return_is_one_order():
    line = {"order_id": "o1", "requested_on": DAY, "units": 1, "has_claim_flag": True, "fulfilment": "merchant"}
    found = told(returns=[line, line, line | {"order_id": "o2", "has_claim_flag": False}])
    assert found["Returned orders marked with a claim"]["count"] == 1
    assert (found["Orders with a return request"]["count"], found["Orders with a return request"]["of"]) == (
        2,
        "with 3 units",
    )


def test_policy_counters_are_counts_of_the_newest_file_and_rates_are_not_among_them():
    counter = {"taken_on": DAY, "marketplace": "amazon.co.uk", "fulfilment": "all", "metric": "food_safety_issues"}
    old = counter | {"taken_on": DAY - timedelta(9), "numerator": 3, "status_reported": "BAD"}
    rate = counter | {"metric": "order_defect_rate", "numerator": 4, "denominator": 18}
    found = told(snapshots=[old, counter | {"numerator": 1, "status_reported": "BAD"}, rate])
    assert list(found) == ["Food safety issues"]
    assert found["Food safety issues"]["count"] == 1
    assert found["Food safety issues"]["note"] == "the marketplace says: over its target"


def test_a_list_of_late_orders_without_any_order_file_still_counts_its_orders():
    late = {"order_id": "o1", "source_file": "late_shipments", "is_late": True}
    listed = file("late_shipments", DAY - timedelta(30), DAY, rows_are="defective_only")
    found = told(shipments=[late, late, late | {"order_id": "o2", "is_late": False}], files=[listed])
    assert found["Orders listed as late"]["count"] == 1


def test_bad_stars_without_good_ones_are_a_count_and_no_share():
    row = {"order_id": "o1", "received_on": DAY, "stars": 1, "is_negative": True, "is_struck": False}
    found = told(feedback=[row, row | {"order_id": "o2", "received_on": DAY - timedelta(90)}])
    assert found["Feedback with one or two stars"]["count"] == 1
    assert "no share of it is told" in found["Feedback with one or two stars"]["note"]


def test_what_came_after_the_day_looked_at_is_not_counted():
    later = {"order_id": "o1", "requested_on": DAY + timedelta(1), "fulfilment": "merchant", "has_claim_flag": True}
    assert told(returns=[later]) == {}


def test_units_some_rows_do_not_tell_are_a_least():
    line = {"order_id": "o1", "requested_on": DAY, "units": 2, "has_claim_flag": False, "fulfilment": "merchant"}
    row = told(returns=[line, line | {"order_id": "o2", "units": None}])["Orders with a return request"]
    assert (row["of"], row["note"]) == ("with 2 units at least", "a return is no defect; 1 row without units")


def test_feedback_a_traffic_file_does_not_tell_is_not_nought():
    day = {"day": DAY, "days": 1, "marketplace": "amazon.co.uk", "claims_granted": 1}
    found = told(traffic=[day, day | {"day": DAY - timedelta(1), "claims_granted": None}])
    assert list(found) == ["Claims granted"]
    assert found["Claims granted"]["count"] == 1
    assert found["Claims granted"]["note"].endswith("; 1 row without it")


def test_a_newer_file_of_the_same_region_speaks_for_stores_it_does_not_name():
    files = [
        file("unshipped", DAY - timedelta(1), DAY - timedelta(1)) | {"path": "old", "marketplaces": ["amazon.ca"]},
        file("unshipped", DAY, DAY) | {"path": "new", "marketplaces": ["amazon.com"]},
    ]
    late = {"is_late": True, "order_id": "o1"}
    rows = [late | {"source_file": "old"}, late | {"source_file": "new"}]
    assert [row["where"] for row in told(shipments=rows, files=files).values()] == ["new"]


def test_payments_count_the_marketplace_s_own_orders_on_the_store_s_days():
    late = moment(DAY).replace(hour=23, minute=30)  # the next day in Germany, the same in Britain
    paid = {"fulfilment": "merchant", "marketplace": "amazon.co.uk", "posted_at": late, "kind": "chargeback"}
    money = [
        paid | {"order_id": "202-0000001-0000001"},
        paid | {"order_id": "302-0000001-0000001", "marketplace": "amazon.de"},
        paid | {"order_id": "S02-0000001-0000001"},
        paid | {"order_id": "202-0000001-0000002", "marketplace": "non-amazon"},
    ]
    row = told(money=money)["Chargebacks paid"]
    assert (row["count"], row["of"], row["last_day"]) == (1, "of 1 order with a payment", DAY)


def test_the_newest_snapshot_of_each_region_speaks_and_not_the_newest_file():
    files = [
        file("unshipped", DAY - timedelta(ago), DAY - timedelta(ago)) | {"path": path, "marketplaces": [store]}
        for path, store, ago in (("us", "amazon.com", 0), ("uk", "amazon.co.uk", 3), ("old", "amazon.de", 5))
    ]
    rows = [{"is_late": True, "order_id": path, "source_file": path} for path in ("us", "uk", "old")]
    made = {"shipments": rows, "files": files}
    frames = {name: pl.DataFrame(_whole(name, one), schema=SCHEMAS[name]) for name, one in made.items()}
    account = Account(id="a", name="A", folder=Path("a"), marketplaces=("amazon.co.uk", "amazon.com"), **frames)
    assert tallies.of(account, DAY).get_column("where").to_list() == ["uk", "us"]
