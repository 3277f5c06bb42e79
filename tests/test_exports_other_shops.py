"""Shops outside the marketplace: words no rule maps, constants, further lines, footers, and shops side by side."""

import shutil
from datetime import date

import polars as pl
import pytest

from helpers import answer, audit, coverage, exports
from helpers.errors import ExportError

SHOP = {"stores": ("my-shop",)}
COLUMNS = {"order_id": "id", "purchased_at": "bought", "status": "state", "fulfilment": "who", "marketplace": "where"}


def entry(columns, more="", name="t.csv", report="orders"):
    said = ", ".join(f'{ours} = "{theirs}"' for ours, theirs in columns.items())
    return f'[columns."{name}"]\nreport = "{report}"\ncolumns = {{ {said} }}\n{more}\n'


def settings(*entries):
    return 'time_zone = "Europe/London"\n' + "".join(entries)


def csv(*lines):
    return "\n".join(lines).encode()


def some(*names):
    return {name: COLUMNS[name] for name in ("order_id", "purchased_at", *names)}


def test_a_line_with_a_word_no_rule_maps_waits_and_is_counted_with_its_line(read):
    text = csv(
        "id,bought,state,who",
        "1,2025-05-01,shipped,seller",
        "2,2025-05-01,shipped,Depot 7",
        "3,2025-05-02,Zugestellt,seller",
        "4,2025-05-03,cancelled,Depot 7",
        "5,2025-05-03,shipped,seller",
        "6,2025-05-04,shipped,seller",
        "7,2025-05-05,shipped,seller",
    )
    account = read(files={"t.csv": text}, settings=settings(entry(some("status", "fulfilment"))), **SHOP)
    assert account.orders.get_column("order_id").to_list() == ["1", "3", "5", "6", "7"]
    assert account.files.select("rows_kept", "rows_rejected", "rows_waiting").row(0) == (5, 0, 2)
    (question,) = account.questions
    assert "a status on 1 line, first on line 4; a channel on 2 lines, first on line 3" in question.text
    assert question.metrics == ()  # the greater part is known, so no rate waits
    warnings = list(account.files.item(0, "warnings"))
    assert [text.split("; say")[0] for text in warnings] == [
        "words of status that no rule maps, each with its first line and how many lines: line 4 (1)",
        "words of fulfilment that no rule maps, each with its first line and how many lines: line 3 (2)",
        "lines that wait for an answer: 2",
    ]
    assert "Depot" not in question.text + " ".join(warnings)


def test_rates_that_a_waiting_line_could_change_are_about(read):
    lines = [f"{n},2025-05-{n:02},shipped" for n in range(1, 11)]
    text = csv("id,bought,state", *lines, "11,2025-05-11,Storniert", "12,2025-05-12,shipped")
    account = read(files={"t.csv": text}, settings=settings(entry(some("status"))), **SHOP)
    row = coverage.of_metrics(account, date(2025, 5, 11), ["cancellation_rate"]).row(0, named=True)
    assert row["exactness"] == "approximate"
    assert "1 row of t.csv has a store or a status that is not known" in row["missing"]
    text = csv(
        "id,bought,state,who",
        *(f"{line},seller" for line in lines),
        "11,2025-05-11,shipped,Depot 7",
        "12,2025-05-12,shipped,seller",
    )
    account = read(files={"t.csv": text}, settings=settings(entry(some("status", "fulfilment"))), id="b", **SHOP)
    row = coverage.of_metrics(account, date(2025, 5, 11), ["cancellation_rate"]).row(0, named=True)
    assert row["exactness"] == "approximate"
    assert "1 row of t.csv holds a word that is not known" in row["missing"]


def test_where_most_lines_hold_an_unknown_word_the_rates_wait_for_the_answer(read):
    text = csv("id,bought,state", "1,2025-05-01,erledigt", "2,2025-05-02,erledigt", "3,2025-05-03,shipped")
    account = read(files={"t.csv": text}, settings=settings(entry(some("status"))), **SHOP)
    assert "cancellation_rate" in account.questions[0].metrics


def test_a_mapped_word_is_known_in_any_case_and_a_part_of_a_status_decides_nothing(read):
    text = csv("id,bought,state", "1,2025-05-01,PAID OUT", "2,2025-05-02,Shipped - Returned", "3,2025-05-03,Canceled")
    said = entry(some("status"), 'values = { status = { "Paid out" = "shipped" } }')
    account = read(files={"t.csv": text}, settings=settings(said), **SHOP)
    found = account.orders.select("order_id", "status").rows()
    assert found == [("1", "shipped"), ("2", "shipped - returned"), ("3", "cancelled")]
    assert "a status on 1 line, first on line 3" in account.questions[0].text


def test_a_constant_stands_on_every_line_and_tells_no_cancellation(read):
    text = csv("id,bought", "1,2025-05-01", "2,2025-05-02", "3,2025-05-03")
    said = entry(some(), 'constants = { status = "shipped", currency = "EUR" }')
    account = read(files={"t.csv": text}, settings=settings(said), **SHOP)
    assert account.orders.select("status", "currency").unique().rows() == [("shipped", "EUR")]
    row = coverage.of_metrics(account, date(2025, 5, 2), ["cancellation_rate"]).row(0, named=True)
    assert (row["exactness"], row["is_told"]) == ("impossible", False)


def test_a_line_that_leaves_the_status_blank_takes_what_its_order_says_and_no_other_line_does(read):
    columns = some("status") | {"shipped_at": "sent", "cancelled_at": "off", "units": "n"}
    text = csv(
        "id,bought,state,sent,off,n",
        "1,2025-05-01,fulfilled,2025-05-02,,1",
        "1,,,,,2",
        "2,2025-05-03,unfulfilled,,2025-05-04,1",
        "2,2025-05-03,,,,1",
        "3,,,,,1",
        "4,2025-05-05,fulfilled,2025-05-06,,1",
        "4,2025-05-05,fulfilled,,,1",
    )
    more = 'values = { status = { fulfilled = "shipped", unfulfilled = "unshipped" } }'
    account = read(files={"t.csv": text}, settings=settings(entry(columns, more)), **SHOP)
    found = account.orders.select("order_id", "status", "units").sort("order_id").rows()
    assert found == [("1", "shipped", 3), ("2", "cancelled", 2), ("4", "shipped", 2)]
    assert account.rejected.select("line", "reason").rows() == [(6, "no readable purchase date")]
    assert account.shipments.filter(order_id="4").get_column("shipped_at").null_count() == 1


def test_an_order_is_cancelled_when_every_line_of_it_is(read):
    text = csv(
        "id,bought,state",
        "1,2025-05-01,cancelled",
        "1,2025-05-01,shipped",
        "2,2025-05-01,cancelled",
        "2,2025-05-01,cancelled",
    )
    account = read(files={"t.csv": text}, settings=settings(entry(some("status"))), **SHOP)
    found = account.orders.select("order_id", "is_cancelled", "has_cancelled_item").sort("order_id").rows()
    assert found == [("1", False, True), ("2", True, False)]


def test_a_footer_is_left_out_and_one_that_is_missing_is_named(read):
    said = settings(entry(some("status"), 'footer = ["records downloaded", "Seller"]'))
    whole = csv("", ",,", "id,bought,state", "1,2025-05-01,shipped", "", "1 records downloaded", "Seller ID : x")
    account = read(files={"t.csv": whole}, settings=said, id="a", **SHOP)
    assert account.files.select("rows_kept", "rows_rejected").row(0) == (1, 0)
    assert account.files.item(0, "warnings").to_list() == []
    cut = csv("id,bought,state", "1,2025-05-01,shipped")
    account = read(files={"t.csv": cut}, settings=said, id="b", **SHOP)
    assert account.files.item(0, "warnings").to_list() == [
        "none of its last lines is the footer that account.toml names: the file may be cut"
    ]


def test_a_moment_of_shipping_nobody_can_read_is_no_missing_one(read):
    columns = some("status") | {"ship_by": "limit", "shipped_at": "sent"}
    text = csv(
        "id,bought,state,limit,sent",
        "1,2025-05-01,shipped,2025-05-03,2025-05-02",
        "2,2025-05-01,shipped,2025-05-03,May the 2nd",
        "3,2025-05-01,shipped,2025-05-03,--",
    )
    account = read(files={"t.csv": text}, settings=settings(entry(columns)), **SHOP)
    assert account.rejected.select("line", "reason").rows() == [(3, "a date that cannot be read")]
    assert account.orders.height == 2


def test_an_open_order_past_its_moment_is_late_and_one_that_says_nothing_makes_the_rate_about(read):
    columns = some("status") | {"ship_by": "limit", "shipped_at": "sent"}
    head = "id,bought,state,limit,sent"
    sent = [f"{n},2025-05-{n:02},shipped,2025-05-{n + 2:02},2025-05-{n + 1:02}" for n in range(1, 15)]
    for state, late, exactness in (("unshipped", 1, "exact"), ("shipped", 0, "approximate"), ("cancelled", 0, "exact")):
        text = csv(head, *sent, f"20,2025-05-08,{state},2025-05-10,", "21,2025-05-14,unshipped,2025-05-17,")
        account = read(files={"t.csv": text}, settings=settings(entry(columns)), id=state, **SHOP)
        assert int(account.shipments.get_column("is_late").sum()) == late
        row = coverage.of_metrics(account, date(2025, 5, 14), ["late_shipment_rate"]).row(0, named=True)
        assert row["exactness"] == exactness


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("$1,433.66", "1433.66"), ("1.433,66 €", "1433.66"), ("US $45.99", "45.99"), ("12", "12.00"), ("free", None)],
)
def test_amounts_are_read_with_the_signs_of_their_currency(read, written, read_as):
    text = f'id;bought;state;sum\n1;2025-05-01;shipped;"{written}"\n'.encode()
    account = read(files={"t.csv": text}, settings=settings(entry(some("status") | {"value": "sum"})), **SHOP)
    (value,) = account.orders.get_column("value")
    assert str(value) == (read_as or "0.00")
    assert account.files.item(0, "warnings").to_list() == (
        [] if read_as else ["amounts that cannot be read, left empty: 1"]
    )


# --- shops side by side -----------------------------------------------------------------------------------------


TWO = {"stores": ("etsy.com", "my-shop")}


def test_the_same_number_in_two_shops_is_two_orders(read):
    text = csv("id,bought,state", "1001,2025-05-01,shipped")
    other = csv("id,bought,state", "1001,2025-05-02,cancelled")
    stars = csv("id,at,stars", "1001,2025-05-03,1")
    said = settings(
        entry(some("status"), 'marketplace = "etsy.com"', "a.csv"),
        entry(some("status"), 'marketplace = "my-shop"', "b.csv"),
        entry(
            {"order_id": "id", "received_on": "at", "stars": "stars"}, 'marketplace = "my-shop"', "f.csv", "feedback"
        ),
    )
    account = read(files={"a.csv": text, "b.csv": other, "f.csv": stars}, settings=said, **TWO)
    assert account.orders.select("order_id", "is_cancelled").sort("order_id").rows() == [
        ("etsy.com 1001", False),
        ("my-shop 1001", True),
    ]
    assert account.feedback.get_column("order_id").to_list() == ["my-shop 1001"]


def test_a_table_that_names_no_store_is_asked_about_where_the_account_has_several(account_folder):
    said = settings(entry(some("status"), name="a.csv"))
    folder = account_folder(files={"a.csv": csv("id,bought,state", "1,2025-05-01,shipped")}, settings=said, **TWO)
    account = exports.read(folder, date(2025, 11, 1))
    (question,) = account.questions
    assert question.answers == {"marketplace": ("etsy.com", "my-shop")}
    assert account.files.select("rows_kept", "rows_waiting").row(0) == (0, 1)
    with pytest.raises(ExportError, match="of which one is it"):
        audit.of(folder, "", "2025-11-01")


def test_a_store_the_account_does_not_have_waits(read):
    text = csv(
        "id,bought,state,where",
        "1,2025-05-01,shipped,etsy.com",
        "2,2025-05-01,shipped,etsy.de",
        "3,2025-05-02,shipped,my-shop",
    )
    account = read(files={"t.csv": text}, settings=settings(entry(some("status", "marketplace"))), **TWO)
    assert account.orders.get_column("marketplace").sort().to_list() == ["etsy.com", "my-shop"]
    assert account.files.item(0, "rows_waiting") == 1


def amazon_and_a_shop(samples, tmp_path):
    """A sample account of the marketplace with a shop of its own beside it."""
    folder = shutil.copytree(samples / "small-good", tmp_path / "small-good", copy_function=shutil.copyfile)
    path = folder / "account.toml"
    text = path.read_text(encoding="utf-8").replace('["amazon.com"]', '["amazon.com", "ebay.com"]')
    columns = some("status") | {"ship_by": "limit", "shipped_at": "sent"}
    path.write_text(text + entry(columns, 'marketplace = "ebay.com"', "ebay.csv"), encoding="utf-8")
    lines = [f"{n},2026-10-{n:02},shipped,2026-10-{n:02},2026-10-{n:02}" for n in range(1, 32)]
    text = csv("id,bought,state,limit,sent", *lines, "32,2026-11-01,shipped,,")
    (folder / "exports" / "ebay.csv").write_bytes(text)
    return folder


def test_a_shop_beside_the_marketplace_changes_no_figure_of_it_and_takes_none_of_its_proofs(samples, tmp_path):
    alone = audit.of(samples / "small-good", "2026-10-31", "2026-11-28")
    both = audit.of(amazon_and_a_shop(samples, tmp_path), "2026-10-31", "2026-11-28")
    theirs = pl.col("marketplace") != "ebay.com"
    assert (
        both.verdicts.filter(theirs)
        .sort("metric", "fulfilment", "window_days")
        .equals(alone.verdicts.sort("metric", "fulfilment", "window_days"))
    )
    assert both.covered.filter(theirs).sort("metric", "fulfilment").equals(alone.covered.sort("metric", "fulfilment"))
    ebay = {row["metric"]: row for row in both.covered.filter(marketplace="ebay.com").to_dicts()}
    assert ebay["order_defect_rate"]["exactness"] == "impossible"  # no list of the marketplace speaks for the shop
    assert (ebay["late_shipment_rate"]["exactness"], ebay["cancellation_rate"]["exactness"]) == ("exact", "upper_bound")
    assert {row["fulfilment"] for row in both.covered.filter(marketplace="ebay.com").to_dicts()} == {"merchant", "all"}
    advice = " ".join(text for row in ebay.values() for text in row["download"])
    assert "ebay.com's own orders export" in advice
    assert "All Orders" not in advice
    assert "Seller Central" not in " ".join(answer.first_screen(both).actions)


def test_a_defect_of_an_unknown_channel_is_the_seller_s_only_where_an_order_file_says_so(read):
    columns = '{ order_id = "Order", order_day = "Day", kind = "Kind", fulfilment = "By" }'
    said = f'[columns."t.csv"]\nreport = "order_defects"\none_row_is = "order"\nrows_are = "defective_only"\ncolumns = {columns}\n'
    text = csv("Order,Day,Kind,By", "203-1111111-2222222,2025-09-05,chargeback,Depot 7")
    account = read(files={"t.csv": text}, settings=said)
    assert account.defects.is_empty()
    assert account.rejected.get_column("reason").to_list() == [
        "a channel that no rule maps, of an order in no order file"
    ]


def test_a_question_of_single_rows_is_no_reason_to_download_the_file_again(account_folder):
    lines = [f"{n},2025-05-{n:02},shipped,seller" for n in range(1, 11)]
    text = csv("id,bought,state,who", *lines, "11,2025-05-11,Storniert,seller", "12,2025-05-12,shipped,Depot 7")
    said = settings(entry(some("status", "fulfilment")))
    found = audit.of(account_folder(files={"t.csv": text}, settings=said, **SHOP), "2025-05-11", "2025-11-01")
    actions = " ".join(answer.first_screen(found).actions)
    assert "1 row of t.csv holds a word that is not known" in actions
    assert "Download again" not in actions
    assert "waits for an answer" not in actions
