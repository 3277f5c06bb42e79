"""The order-defect list: through a map, by certain synonyms, or not at all."""

from datetime import date

import pytest
from conftest import ANSWERS

from helpers.errors import ExportError

EXPECTED = ANSWERS["defects"]
ODD_MARK = "a mark that is neither set nor unset in {}: expected {} or nothing, found {}"
OWN_MARKS = "x, yes, y, true, 1, ja"


MAP = """[columns."list.csv"]
one_row_is = "order"
rows_are = "defective_only"
taken_on = 2025-09-14
columns = { order_id = "Order ID", negative_feedback = "Negative Feedback", chargeback = "Chargeback" }
marks = { set = ["X"] }
"""


@pytest.mark.parametrize("name", ["odr_a.csv", "odr_b.csv"])
def test_a_mapped_list_reads_to_the_numbers_written_beside_it(read, mapping, name):
    said, account = EXPECTED[name], read(f"defects/{name}", settings=mapping(name))
    counted = account.defects.filter("counts")
    assert counted.get_column("order_id").n_unique() == said["defective_orders"]
    assert dict(counted.group_by("kind").len().iter_rows()) == said["defects"]
    channels = counted.unique("order_id").group_by("fulfilment").len()
    assert dict(channels.iter_rows()) == said["defective_by_fulfilment"]


def test_defects_that_do_not_count_are_kept_and_marked(read, mapping):
    account = read("defects/odr_b.csv", settings=mapping("odr_b.csv"))
    assert account.defects.filter(~account.defects["counts"]).height == 2
    assert account.defects.get_column("occurred_on").max() == date(2025, 9, 1)


def test_certain_headings_are_read_without_a_map(read):
    account = read("defects/odr_a.csv")
    assert account.defects.get_column("order_id").n_unique() == 7
    assert account.questions == ()


def test_a_list_without_dates_counts_from_the_day_of_its_file_and_says_so(read):
    account = read("defects/odr_a.csv", id="a")
    assert account.defects.get_column("occurred_on").unique().to_list() == [date(2025, 8, 31)]
    assert "counted from 31 Aug 2025" in account.files.item(0, "warnings")[0]
    told = read("defects/odr_a.csv", settings='[columns."odr_a.csv"]\ntaken_on = 2025-09-14\n', id="b")
    assert told.defects.get_column("occurred_on").unique().to_list() == [date(2025, 9, 13)]


def test_a_line_without_a_mark_leaves_open_what_a_line_stands_for(read):
    text = b"Order ID,Negative Feedback,Chargeback\n202-0000001-0000001,X,\n202-0000001-0000002,,\n"
    account = read(files={"list.csv": text})
    (question,) = account.questions
    assert "does a line stand for an order or a defect" in question.text
    assert account.defects.is_empty()
    assert account.files.item(0, "warnings").to_list() == ["lines that wait for an answer: 2"]


def test_a_stray_quotation_mark_costs_its_own_line_only(read):
    lines = [
        "Order ID,Note,Negative Feedback,Chargeback",
        "202-0000001-0000001,fine,X,",
        '202-0000001-0000002,"12 inch, torn,X,',
        '202-0000001-0000003,"two\nlines",,X',
        "202-0000001-0000004,\rreturn,X,",
        '202-0000001-0000005,"open,X,',
    ]
    account = read(files={"list.csv": "\n".join(lines).encode()}, settings=MAP)
    assert sorted(account.defects.get_column("order_id").str.slice(-1)) == ["1", "3", "4"]
    assert account.rejected.get_column("line").to_list() == [3, 7]


def test_a_line_with_more_fields_than_columns_is_not_read_by_place(read):
    text = b"Order ID,Note,Negative Feedback,Chargeback\n202-0000001-0000001,chipped, torn,X,,X\n"
    account = read(files={"list.csv": text}, settings=MAP)
    assert account.rejected.drop("day").rows() == [("list.csv", 2, "more fields than columns")]


def test_a_header_that_loses_its_order_number_rejects_every_line(read):
    text = b'"Order ID",Negative Feedback,Chargeback\n"202-0000001-0000001"x,X,\nrubbish,X,\n'
    account = read(files={"list.csv": text})
    assert account.rejected.get_column("line").to_list() == [2, 3]


LISTED = """[columns."list.csv"]
report = "order_defects"
one_row_is = "order"
rows_are = "defective_only"
columns = { order_id = "Order", negative_feedback = "Bad", chargeback = "Card" }
marks = { set = ["X"], not_set = [""] }
"""


def test_a_mark_that_is_neither_set_nor_unset_is_not_taken_for_no_defect(read):
    text = b"Order,Bad,Card\n202-0000001-0000001,X,\n202-0000001-0000002,,maybe\n"
    account = read(files={"list.csv": text}, settings=LISTED + "taken_on = 2025-09-14\n")
    assert account.defects.select("order_id", "kind").rows() == [("202-0000001-0000001", "negative_feedback")]
    assert account.rejected.drop("day").rows() == [("list.csv", 3, ODD_MARK.format("chargeback", "X", "another word"))]


def test_the_last_line_is_a_total_only_where_it_holds_no_order_number(read):
    text = b"Order,Bad,Card\n202-0000001-0000001,X,\n202-0000001-0000002,,X\n"
    settings = LISTED + "last_line_is_total = true\ntaken_on = 2025-09-14\n"
    assert read(files={"list.csv": text}, settings=settings, id="cut").defects.height == 2
    whole = read(files={"list.csv": text + b"Total,1,1\n"}, settings=settings, id="whole")
    assert (whole.defects.height, whole.rejected.height) == (2, 0)


def test_days_named_in_short_are_read_as_named(read):
    text = b"Order Date,Order ID,Negative Feedback,Chargeback\n10/07/2025,202-0000001-0000001,X,\n"
    account = read(files={"list.csv": text}, settings='[columns."list.csv"]\ndates = "d/m/y"\n')
    assert account.defects.item(0, "order_day") == date(2025, 7, 10)


def test_a_mapped_column_that_is_not_there_is_an_error_naming_file_and_header(account_folder, mapping):
    from helpers import exports

    said = mapping("odr_a.csv").replace("Chargeback", "Rückbuchung")
    with pytest.raises(ExportError, match=r"odr_a\.csv: expected a column 'Rückbuchung'"):
        exports.read(account_folder("defects/odr_a.csv", settings=said))


def test_the_joined_account_has_the_defective_orders_of_both_lists(read, mapping):
    orders = ("all_orders/uk_2025-07_35col.txt", "all_orders/uk_2025-08_91col.txt", "feedback/gb_dmy.txt")
    window = (date(2025, 7, 2), date(2025, 8, 30))
    found = []
    for name, id in (("odr_a.csv", "a"), ("odr_b.csv", "b")):
        account = read(*orders, f"defects/{name}", settings=mapping(name), id=id)
        merchant = account.orders.filter(account.orders["day"].is_between(*window), fulfilment="merchant")
        bad = account.defects.filter("counts").join(merchant, on="order_id", how="semi")
        found.append(sorted(bad.get_column("order_id").unique()))
    assert found[0] == found[1]
    assert len(found[0]) == 4


@pytest.mark.parametrize(
    ("ordered", "found", "kept", "last"),
    [
        ("01/08/2025", "09/08/2025", 1, date(2025, 8, 9)),
        ("01/08/2099", "09/08/2025", 0, None),
        ("01/08/2025", "09/08/2099", 0, None),
        ("01/08/0001", "09/08/2025", 1, date(2025, 8, 9)),
    ],
    ids=["possible", "order in the future", "defect in the future", "order before there was a store"],
)
def test_a_day_that_cannot_be_does_not_say_what_the_list_covers(read, ordered, found, kept, last):
    said = MAP.replace("taken_on = 2025-09-14", 'dates = "%d/%m/%Y"')
    said = said.replace("columns = {", 'columns = { order_day = "Ordered", occurred_on = "Found",')
    text = f"Order ID,Ordered,Found,Negative Feedback,Chargeback\n202-0000001-0000001,{ordered},{found},X,\n"
    account = read(files={"list.csv": text.encode()}, settings=said)
    assert account.files.select("rows_kept", "last_day").row(0) == (kept, last)


# --- lists of different days ----------------------------------------------------------------------------------------

LIST = "Order Date,Order ID,Fulfilled By,Negative Feedback,A-to-z Guarantee Claim,Chargeback\n"


def listed(*days):
    return (LIST + "".join(f"2025-08-{day:02d},202-0000000-00000{day:02d},Seller,Yes,No,No\n" for day in days)).encode()


def remarks(read, older, newer, **said):
    files = {"older.csv": listed(*older), "newer.csv": listed(*newer)}
    settings = '[columns."older.csv"]\ntaken_on = 2025-09-01\n[columns."newer.csv"]\ntaken_on = 2025-09-20\n'
    account = read(files=files, settings=settings, **said)
    assert account.defects.height == len({*older, *newer})  # whatever was taken off is still counted
    return {row["path"]: [text for text in row["warnings"] if "taken off" in text] for row in account.files.to_dicts()}


def test_a_defect_that_a_newer_list_of_its_days_no_longer_names_is_told_and_still_counted(read):
    said = "1 defect of older.csv no longer in this list of the same days: taken off since, still counted"
    assert remarks(read, (3, 7, 9, 12), (3, 9, 12, 28)) == {"older.csv": [], "newer.csv": [said]}


def test_a_defect_of_days_before_a_newer_list_was_not_taken_off(read):
    assert remarks(read, (3, 7, 9, 12), (9, 12, 28))["newer.csv"] == []


def test_two_lists_that_have_little_in_common_tell_of_nothing_taken_off(read):
    assert remarks(read, (3, 7, 9, 12), (2, 4, 12, 28))["newer.csv"] == []


@pytest.mark.parametrize(("cell", "found"), [("?", "?"), ("Anna Example", "another word")])
def test_an_odd_mark_is_a_rejected_line_and_the_others_say_what_a_line_stands_for(read, cell, found):
    text = f"Order Date,Order ID,Negative Feedback,Chargeback\n2025-08-20,202-0000001-0000001,X,\n2025-08-21,202-0000001-0000002,{cell},\n"
    account = read(files={"list.csv": text.encode()})
    assert account.questions == ()
    assert account.defects.get_column("order_id").str.slice(-1).to_list() == ["1"]
    assert account.rejected.select("line", "reason").rows() == [
        (3, ODD_MARK.format("negative_feedback", OWN_MARKS, found))
    ]


def test_one_odd_mark_alone_is_a_rejected_line_and_several_may_be_a_way_of_writing(read):
    head = "Order ID,Negative Feedback,Chargeback\n"
    alone = read(files={"list.csv": f"{head}202-0000001-0000001,?,\n".encode()}, id="alone")
    assert (alone.questions, alone.rejected.height) == ((), 1)
    lines = "202-0000001-0000001,oui,\n202-0000001-0000002,oui,\n"
    several = read(files={"list.csv": f"{head}{lines}".encode()}, id="several")
    assert "does a line stand for an order or a defect" in several.questions[0].text
    marks = '[columns."list.csv"]\nreport = "order_defects"\none_row_is = "order"\nrows_are = "defective_only"\ntaken_on = 2025-09-14\nmarks = { set = ["oui"] }\n'
    told = read(files={"list.csv": f"{head}{lines}".encode()}, settings=marks, id="told")
    assert (told.questions, told.defects.height) == ((), 2)
