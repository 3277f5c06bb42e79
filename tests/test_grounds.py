"""Which feedback may still be asked about: on a ground a text gives, by a clock, and never as a promise."""

from datetime import date

import pytest

from helpers import own_feedback
from helpers.own_feedback.grounds import COLUMNS

HEADER = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email"
ORDER_HEADER = (
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\tquantity"
)
AS_OF = date(2025, 10, 31)


@pytest.fixture
def account(read):
    def make(text, channel="Merchant"):
        order = "111-0000001-0000001"
        orders = f"{ORDER_HEADER}\n{order}\t2025-10-01T10:00:00+00:00\t2025-10-03T10:00:00+00:00\tShipped\t{channel}\tAmazon.co.uk\tS\t1\n"
        feedback = f"{HEADER}\n10/10/25\t1\t{text}\t\t{order}\tx@example.com\n14/10/25\t5\tfine\t\t{order[:-1]}2\tx@example.com\n"
        return read(files={"orders.txt": orders.encode(), "feedback.txt": feedback.encode()})

    return make


def ground(account):
    found = own_feedback.grounds(account, "amazon.co.uk", date(2025, 9, 1), AS_OF)
    return found.row(0, named=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to me at jo@example.com", "personal data"),
        ("this is shit", "obscene language"),
        ("the colour and the material of the item are poor", "product review from end to end"),
        ("the item broke and the seller never answered", None),  # mixed: it stays
        ("a rip-off, unfair", None),
        ("the parcel came late", "delay or loss alone, if the label was bought from the marketplace and sent in time"),
    ],
)
def test_a_ground_is_read_off_the_text_and_unfairness_is_none(account, text, expected):
    assert ground(account(text))["ground"] == expected


def test_stars_without_a_text_have_no_textual_ground_and_only_their_buyer_can_take_them_back(account):
    row = ground(account(""))
    assert (row["has_text"], row["ground"], row["ask_until"]) == (False, None, None)
    assert row["buyer_until"] == date(2025, 12, 9)  # 60 days


def test_a_text_about_delivery_alone_is_struck_through_where_the_marketplace_delivered(account):
    assert ground(account("the parcel came late", "Amazon"))["ground"] == "delivery by the marketplace alone"


def test_the_clock_to_ask_is_90_days_and_each_suggestion_says_that_it_can_be_wrong(account):
    row = ground(account("this is shit"))
    assert row["ask_until"] == date(2026, 1, 8)
    assert "can be wrong" in row["caution"]


def test_no_text_of_a_buyer_stands_in_the_table(account):
    found = own_feedback.grounds(account("a rip-off, unfair"), "amazon.co.uk", date(2025, 9, 1), AS_OF)
    assert "comment" not in COLUMNS
    assert "rip-off" not in str(found.to_dicts())
