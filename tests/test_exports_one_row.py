"""What a line of a list stands for: an order, a package or a defect, each told once; and how much it counts."""

import pytest

from helpers.errors import ExportError, SettingsError

ONE, TWO = "202-0000001-0000001", "202-0000001-0000002"
LISTED = """[columns."list.csv"]
report = "{report}"
one_row_is = "{word}"
rows_are = "{rows_are}"
columns = {columns}
{more}
"""
DEFECTS = '{ order_id = "Order", occurred_on = "On", kind = "Kind" }'
MARKED = '{ order_id = "Order", occurred_on = "On", negative_feedback = "Bad", chargeback = "Card" }'
TRACKED = '{ order_id = "Order", promised_day = "By", tracking_id = "Number", is_valid = "Valid" }'
DELIVERED = '{ order_id = "Order", promised_by = "By", delivered_at = "At", units = "Units" }'
ON_TIME, LATE = "2025-08-10,2025-08-09T12:00:00Z", "2025-08-10,2025-08-12T12:00:00Z"


@pytest.fixture
def listed(read):
    """A function that reads one list, of which account.toml says what a line is."""

    def reading(report, word, columns, head, *lines, rows_are="all_judged", more=""):
        said = LISTED.format(report=report, word=word, rows_are=rows_are, columns=columns, more=more)
        return read(files={"list.csv": "\n".join([head, *lines]).encode()}, settings=said, id=word)

    return reading


def warnings(account):
    return account.files.item(0, "warnings").to_list()


def two_kinds(listed, word):
    lines = (f"{ONE},2025-08-01,a_to_z_claim", f"{ONE},2025-08-02,chargeback")
    return listed("order_defects", word, DEFECTS, "Order,On,Kind", *lines, rows_are="defective_only")


def test_two_lines_of_an_order_are_two_defects_where_a_line_is_a_defect(listed):
    account = two_kinds(listed, "defect")
    assert account.defects["kind"].to_list() == ["a_to_z_claim", "chargeback"]
    assert warnings(account) == []


def test_two_lines_of_an_order_contradict_a_line_an_order_and_both_are_kept_and_named(listed):
    account = two_kinds(listed, "order")
    assert account.defects["kind"].to_list() == ["a_to_z_claim", "chargeback"]
    assert warnings(account) == [
        'orders on more than one line, which say different things, although one_row_is = "order": 1'
    ]


def test_a_line_with_two_marks_contradicts_a_line_a_defect_and_is_right_where_a_line_is_an_order(listed):
    head, line = "Order,On,Bad,Card", f"{ONE},2025-08-01,X,X"
    said = {
        word: listed("order_defects", word, MARKED, head, line, rows_are="defective_only")
        for word in ("order", "defect")
    }
    assert [account.defects.height for account in said.values()] == [2, 2]
    assert warnings(said["order"]) == []
    assert warnings(said["defect"]) == ['lines that tell more than one defect, although one_row_is = "defect": 1']


def test_one_kind_on_two_lines_of_an_order_contradicts_a_line_a_defect(listed):
    lines = (f"{ONE},2025-08-01,chargeback", f"{ONE},2025-08-02,chargeback")
    account = listed("order_defects", "defect", DEFECTS, "Order,On,Kind", *lines, rows_are="defective_only")
    assert account.defects.select("kind").height == 1
    assert warnings(account) == [
        'defects on more than one line, which say different things, although one_row_is = "defect": 1'
    ]


def test_two_packages_of_an_order_are_right_where_a_line_is_a_package_and_wrong_where_it_is_an_order(listed):
    lines = (f"{ONE},2025-08-10,P1,Y", f"{ONE},2025-08-10,P2,N", f"{TWO},2025-08-10,P3,Y")
    said = {
        word: listed("valid_tracking", word, TRACKED, "Order,By,Number,Valid", *lines) for word in ("package", "order")
    }
    assert [account.shipments.height for account in said.values()] == [3, 3]
    assert warnings(said["package"]) == []
    assert warnings(said["order"]) == [
        'orders on more than one line, which say different things, although one_row_is = "order": 1'
    ]


def test_one_package_called_valid_and_invalid_is_named(listed):
    lines = (f"{ONE},2025-08-10,P1,Y", f"{ONE},2025-08-10,P1,N")
    account = listed("valid_tracking", "package", TRACKED, "Order,By,Number,Valid", *lines)
    assert account.shipments["is_valid"].to_list() == [True, False]
    assert warnings(account) == [
        'packages on more than one line, which say different things, although one_row_is = "package": 1'
    ]


def test_a_package_told_twice_in_the_same_words_is_counted_once(listed):
    lines = (f"{ONE},2025-08-10,P1,N", f"{TWO},2025-08-10,P2,Y", f"{ONE},2025-08-10,P1,N")
    account = listed("valid_tracking", "package", TRACKED, "Order,By,Number,Valid", *lines)
    assert account.shipments.select("order_id", "is_valid").rows() == [(ONE, False), (TWO, True)]
    assert account.rejected.drop("day").rows() == [("list.csv", 4, "the same package as on a line before")]


@pytest.mark.parametrize("number", ["", "5.80293E+13"], ids=["none", "damaged by a spreadsheet"])
def test_packages_without_a_number_of_their_own_are_never_taken_for_one(listed, number):
    lines = (f"{ONE},2025-08-10,{number},N", f"{ONE},2025-08-10,{number},N")
    account = listed("valid_tracking", "package", TRACKED, "Order,By,Number,Valid", *lines)
    assert account.shipments.height == 2
    assert "on more than one line" not in " ".join(warnings(account))


def test_an_order_told_twice_in_the_same_words_counts_its_units_once(listed):
    lines = (f"{ONE},{ON_TIME},4", f"{ONE},{ON_TIME},4", f"{TWO},{LATE},1")
    account = listed("on_time_delivery", "order", DELIVERED, "Order,By,At,Units", *lines)
    assert account.shipments.select("is_on_time", "units").rows() == [(True, 4), (False, 1)]
    assert account.rejected["reason"].to_list() == ["the same order as on a line before"]


@pytest.mark.parametrize(
    ("report", "word", "known"),
    [
        ("order_defects", "package", "defect, order"),
        ("a_to_z_claims", "package", "defect, order"),
        ("late_shipments", "defect", "order, package"),
        ("valid_tracking", "defect", "order, package"),
        ("on_time_delivery", "defect", "order, package"),
    ],
)
def test_a_word_that_means_nothing_in_a_list_is_an_error_that_names_the_right_ones(listed, report, word, known):
    with pytest.raises(SettingsError, match=rf'list\.csv".one_row_is\]: expected one of {known}, found \'{word}\''):
        listed(report, word, '{ order_id = "Order" }', "Order", ONE)


WEIGHT = 'weight = "units"'


def test_where_units_are_the_weight_a_line_without_them_is_rejected_and_not_lost(listed):
    lines = (f"{ONE},{ON_TIME},4", f"{TWO},{LATE},", f"202-0000001-0000003,{LATE},two")
    account = listed("on_time_delivery", "order", DELIVERED, "Order,By,At,Units", *lines, more=WEIGHT)
    assert account.shipments.select("is_on_time", "units").rows() == [(True, 4)]
    assert account.rejected.drop("day").rows() == [
        ("list.csv", 3, "no whole number of units"),
        ("list.csv", 4, "no whole number of units"),
    ]


def test_without_a_weight_a_line_without_units_is_a_package_and_named_as_in_no_rate_of_units(listed):
    lines = (f"{ONE},{ON_TIME},4", f"{TWO},{LATE},")
    account = listed("on_time_delivery", "order", DELIVERED, "Order,By,At,Units", *lines)
    assert account.shipments.select("is_on_time", "units").rows() == [(True, 4), (False, None)]
    assert warnings(account) == ["lines without a whole number of units, in no rate of units: 1"]


def test_units_that_weigh_must_have_a_column(listed):
    columns = '{ order_id = "Order", promised_by = "By", delivered_at = "At" }'
    with pytest.raises(ExportError, match="expected a column for units"):
        listed("on_time_delivery", "order", columns, "Order,By,At", f"{ONE},{ON_TIME}", more=WEIGHT)


def test_a_weight_in_a_list_that_counts_none_is_an_error(listed):
    with pytest.raises(SettingsError, match="expected no such line for valid_tracking"):
        listed("valid_tracking", "package", TRACKED, "Order,By,Number,Valid", f"{ONE},2025-08-10,P1,Y", more=WEIGHT)


def test_a_misspelt_weight_names_the_right_key(listed):
    with pytest.raises(SettingsError, match=r"unknown key 'columns\.list\.csv\.wieght'; did you mean 'weight'"):
        listed("on_time_delivery", "order", DELIVERED, "Order,By,At,Units", ONE, more='wieght = "units"')
