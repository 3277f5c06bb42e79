"""The lists of late shipments, valid tracking, deliveries in time and claims: by a map, by certain headings, or asked."""

from datetime import UTC, date, datetime

import pytest
from conftest import ANSWERS, FORMATS

EXPECTED = ANSWERS["defects"]
LISTS = [name for name in EXPECTED if not name.startswith("odr")]


@pytest.mark.parametrize("name", LISTS)
def test_a_mapped_list_has_the_lines_and_orders_written_beside_it(read, mapping, name):
    account, said = read(f"defects/{name}", settings=mapping(name)), EXPECTED[name]
    file = account.files.row(0, named=True)
    assert (file["rows_kept"], file["rows_rejected"]) == (said["lines"], 0)
    assert account.shipments.get_column("order_id").n_unique() == said["distinct_orders"]
    assert (file["rows_are"], file["covers"], file["report"]) == (said["rows_are"], file["report"], file["covers"])


def test_late_is_confirmed_after_the_local_day_to_ship_by(read, mapping):
    shipments = read("defects/lsr_a.csv", settings=mapping("lsr_a.csv")).shipments
    # confirmed two seconds before midnight in London: in time; 31 seconds after it, on the same UTC day: late
    assert dict(shipments.select("order_id", "is_late").iter_rows()) == {
        "202-0000008-0000001": True,
        "202-0000008-0000005": True,
        "202-0000008-0000011": False,
        "202-0000008-0000018": None,
        "202-0000008-0000019": True,
    }
    said = EXPECTED["lsr_a.csv"]
    assert shipments.filter("is_late").height == said["late"]
    assert shipments.filter(outcome="not_confirmed").height == said["not_confirmed"]
    assert shipments.filter(outcome="in_time").height == said["on_time_although_listed"]


def test_the_list_s_own_mark_goes_before_its_moments(read, mapping):
    account, said = read("defects/lsr_b.csv", settings=mapping("lsr_b.csv")), EXPECTED["lsr_b.csv"]
    assert account.shipments.get_column("is_late").drop_nulls().len() == said["judged"]
    assert account.shipments.get_column("is_late").sum() == said["late"]
    assert account.rejected.is_empty()  # the total line is no order


def test_valid_tracking_is_told_by_package_and_category(read, mapping):
    bad, said = read("defects/vtr_a.csv", settings=mapping("vtr_a.csv"), id="a"), EXPECTED["vtr_a.csv"]
    assert (bad.shipments.height, (~bad.shipments["is_valid"]).sum()) == (said["packages"], said["invalid"])
    assert "tracking numbers damaged by a spreadsheet (5.8E+13): 1" in bad.files.item(0, "warnings")
    whole, said = read("defects/vtr_b.csv", settings=mapping("vtr_b.csv"), id="b"), EXPECTED["vtr_b.csv"]
    assert (whole.shipments.height, whole.shipments["is_valid"].sum()) == (said["packages"], said["valid"])
    by_category = {
        category: f"{rows['is_valid'].sum()}/{rows.height}"
        for (category,), rows in whole.shipments.partition_by("category", as_dict=True).items()
    }
    assert by_category == said["by_category"]
    assert "00058029300000123" in whole.shipments["tracking_id"]  # leading zeros stay


def test_what_was_cancelled_or_cannot_be_tracked_is_neither_on_time_nor_late(read, mapping):
    shipments = read("defects/otdr_a.csv", settings=mapping("otdr_a.csv")).shipments
    found = {
        outcome: rows["is_on_time"].to_list()
        for (outcome,), rows in shipments.partition_by("outcome", as_dict=True).items()
    }
    assert found == {
        "late": [False, False],
        "unmarked": [True],  # the first attempt was in time, the delivery was not
        "cancelled_by_seller": [None],
        "invalid_tracking": [None],
    }


def test_deliveries_are_counted_in_units_against_pacific_days(read, mapping):
    shipments, said = read("defects/otdr_b.csv", settings=mapping("otdr_b.csv")).shipments, EXPECTED["otdr_b.csv"]
    units = {ours: shipments.filter(outcome=ours)["units"].sum() for ours in said["units"]}
    assert units == said["units"]
    judged = shipments.drop_nulls("is_on_time")
    assert judged["units"].sum() == said["units_judged"]
    assert round(100 * judged.filter("is_on_time")["units"].sum() / judged["units"].sum(), 2) == said["rate_pct"]
    assert judged.filter(judged["delivered_at"] > judged["promised_by"])["units"].sum() == said["late_units_recomputed"]


def test_a_list_where_every_line_is_marked_bad_is_read_by_its_headings(read):
    account = read("defects/vtr_a.csv")
    assert account.questions == ()
    assert account.shipments["is_valid"].to_list() == [False] * 5
    assert account.files.item(0, "rows_are") == "defective_only"


@pytest.mark.parametrize(
    ("name", "metric"), [("lsr_a.csv", "late_shipment_rate"), ("otdr_a.csv", "on_time_delivery_rate")]
)
def test_a_list_with_a_line_that_is_not_bad_asks_what_its_lines_are(read, name, metric):
    account = read(f"defects/{name}")
    (question,) = account.questions
    assert 'rows_are = "defective_only" (or "all_judged")' in question.line
    assert question.metrics == (metric,)
    assert account.shipments.is_empty()


def test_days_that_can_be_read_two_ways_are_asked_about(read):
    text = b"Order Date,Order ID,Tracking ID,No Valid Tracking\n03/04/2025,202-0000001-0000001,T1,X\n"
    (question,) = read(files={"list.csv": text}).questions
    assert "dates such as 03/04/2025 can be read as day first (d/m/y) or month first (m/d/y)" in question.text


def test_a_fact_without_a_deadline_is_known_from_the_day_of_its_file(read):
    text = b"Order Date,Order ID,Tracking ID,No Valid Tracking\n2025-08-20,202-0000001-0000001,T1,X\n"
    assert read(files={"list.csv": text}, id="a").shipments["known_on"].to_list() == [date(2025, 8, 20)]
    told = read(files={"list.csv": text}, settings='[columns."list.csv"]\ntaken_on = 2025-09-14\n', id="b")
    assert told.shipments["known_on"].to_list() == [date(2025, 9, 13)]


MAPPED = """[columns."list.csv"]
report = "{report}"
one_row_is = "order"
rows_are = "{rows_are}"
columns = {columns}
{more}
"""


def test_a_list_of_bad_ones_without_any_mark_says_bad_by_listing(read):
    text = b"Order\n202-0000001-0000001\n"
    said = MAPPED.format(report="late_shipments", rows_are="defective_only", columns='{ order_id = "Order" }', more="")
    assert read(files={"list.csv": text}, settings=said, id="a").shipments["is_late"].to_list() == [True]
    said = MAPPED.format(report="late_shipments", rows_are="all_judged", columns='{ order_id = "Order" }', more="")
    assert read(files={"list.csv": text}, settings=said, id="b").shipments["is_late"].to_list() == [None]


def test_a_deadline_on_the_night_the_clocks_go_back_ends_with_the_second_hour(read):
    columns = '{ order_id = "Order", ship_by_day = "By", confirmed_at = "At" }'
    more = 'dates = { format = "iso", zone = "America/Havana" }'  # 2025-11-02 01:00 becomes 00:00
    text = b"Order,By,At\n202-0000001-0000001,2025-11-01,2025-11-02T03:59:59Z\n202-0000001-0000002,2025-11-01,2025-11-02T04:00:00Z\n"
    said = MAPPED.format(report="late_shipments", rows_are="all_judged", columns=columns, more=more)
    shipments = read(files={"list.csv": text}, settings=said, today=date(2025, 11, 10)).shipments
    assert shipments["is_late"].to_list() == [False, True]


def test_a_list_that_waits_says_how_many_lines_wait(read):
    assert list(read("defects/lsr_a.csv").files.item(0, "warnings")) == ["lines that wait for an answer: 5"]


def test_a_list_whose_header_is_damaged_loses_no_line_silently(read):
    text = b'Order Date,"Order ID,Expected Ship Date,Ship Date,Confirm Date\n2025-08-04,202-0000008-0000001,2025-08-06,,x"\n'
    account = read(files={"list.csv": text + b"2025-08-04,202-0000008-0000001,2025-08-06,,\n"})
    assert account.rejected["reason"].to_list() == ["no order number (cut line?)"]


CLAIMS = b"""Order ID,Order Date,Claim Date,Claim Reason,Decision,ODR Impact
202-0000001-0000001,2025-08-01,2025-08-20,Item not received,Granted,Yes
202-0000001-0000002,2025-08-02,2025-08-21,Item not received,Denied,No
202-0000001-0000003,2025-08-03,2025-08-22,Not as described,Withdrawn,
202-0000001-0000004,2025-08-04,2025-08-23,Not as described,Under review,
202-0000001-0000005,2025-08-05,2025-08-24,Not as described,Granted,No
"""


def test_a_claim_counts_unless_refused_and_the_page_s_own_word_goes_first(read):
    text = CLAIMS.replace(b"Withdrawn,", b"Withdrawn,x").replace(b"review,", b"review,x")  # said to count
    account = read(files={"claims.csv": text})
    assert account.questions == ()
    found = account.defects.select("kind", "occurred_on", "outcome", "counts").rows()
    assert found == [
        ("a_to_z_claim", date(2025, 8, 20), "granted", True),
        ("a_to_z_claim", date(2025, 8, 21), "denied", False),
        ("a_to_z_claim", date(2025, 8, 22), "withdrawn", True),
        ("a_to_z_claim", date(2025, 8, 23), "undecided", True),
        ("a_to_z_claim", date(2025, 8, 24), "granted", False),
    ]


def test_without_a_word_on_the_rate_the_decision_decides_and_open_ones_are_named(read):
    text = b"\n".join(line.rsplit(b",", 1)[0] for line in CLAIMS.splitlines())
    account = read(files={"claims.csv": text})
    assert account.defects["counts"].to_list() == [True, False, True, True, True]
    warnings = " ".join(account.files.item(0, "warnings"))
    assert "withdrawn claims, counted: whether they do is not known: 1" in warnings
    assert "undecided claims, counted: whether they do is not known: 1" in warnings


def test_a_decision_nobody_mapped_is_rejected_and_not_guessed(read):
    text = b"Order ID,Claim Date,Decision\n202-0000001-0000001,2025-08-20,Gewonnen\n"
    account = read(files={"claims.csv": text}, id="a")
    assert account.rejected.drop("day").rows() == [("claims.csv", 2, "decision not mapped")]
    columns = '{ order_id = "Order ID", occurred_on = "Claim Date", outcome = "Decision" }'
    said = MAPPED.format(
        report="a_to_z_claims",
        rows_are="defective_only",
        columns=columns,
        more='values = { outcome = { Gewonnen = "denied" } }',
    )
    mapped = read(files={"claims.csv": text}, settings=said.replace("list.csv", "claims.csv"), id="b")
    assert mapped.defects.select("outcome", "counts").rows() == [("denied", False)]


def test_a_line_that_ends_early_is_counted(read, mapping):
    text = (FORMATS / "defects" / "vtr_a.csv").read_bytes() + b"202-0000008-0000013,Example Post\r\n"
    account = read(files={"vtr_a.csv": text}, settings=mapping("vtr_a.csv"))
    assert "lines that end before the last column, the rest taken as blank: 1" in account.files.item(0, "warnings")


def test_a_moment_with_an_offset_and_one_in_the_zone_of_the_map_are_the_same(read):
    columns = '{ order_id = "Order", ship_by = "By", confirmed_at = "At" }'
    more = 'dates = { moment_format = "%d.%m.%Y %H:%M", zone = "Europe/London" }'
    text = b"Order,By,At\n202-0000001-0000001,06.08.2025 23:59,07.08.2025 09:12\n"
    said = MAPPED.format(report="late_shipments", rows_are="all_judged", columns=columns, more=more)
    (row,) = read(files={"list.csv": text}, settings=said).shipments.to_dicts()
    assert row["ship_by"] == datetime(2025, 8, 6, 22, 59, tzinfo=UTC)
    assert row["is_late"]


def test_a_delivery_promised_for_a_day_to_come_does_not_stretch_what_the_list_speaks_for(read, mapping):
    whole = (FORMATS / "defects" / "vtr_a.csv").read_bytes()
    account = read(files={"vtr_a.csv": whole.replace(b"08/13/2025", b"12/24/2025")}, settings=mapping("vtr_a.csv"))
    assert account.last_complete_day == date(2025, 9, 5)  # the newest of the promises that are not in the future
