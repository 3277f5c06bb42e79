"""What would be held if the account were closed on a day: from payment files where they reach, else from orders; always a range."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from helpers import audit, exports, money, tables
from helpers.sample.settlements import HEADER
from helpers.vocabulary import Account

DAY = date(2025, 10, 31)


def account(values, store="amazon.com"):
    days = [DAY - timedelta(days=n) for n in range(len(values))]
    orders = pl.DataFrame(
        {
            "order_id": [str(n) for n in range(len(values))],
            "day": days,
            "value": values,
            "is_cancelled": False,
            "currency": "USD",
            "marketplace": store,
        },
        schema_overrides={"value": pl.Decimal(18, 2)},
    )
    return Account("t", "T", None, (store,), orders=orders)


def line(**said):
    return "\t".join(str(said.get(name, "")) for name in (column.replace("-", "_") for column in HEADER))


def settlement(number, first, last, *others, a_day=10):
    """A settlement of whole days: an order of 12 and its fee of 2 a day, or as said; and other rows (type, description, amount)."""
    rows = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        at = {"posted_date_time": f"{day} 12:00:00 UTC", "posted_date": day, "currency": "USD", "settlement_id": number}
        at |= {"marketplace_name": "Amazon.com", "transaction_type": "Order", "order_id": f"111-{number:07}-{n:07}"}
        rows.append(at | {"amount_type": "ItemPrice", "amount_description": "Principal", "amount": f"{a_day + 2}.00"})
        rows.append(at | {"amount_type": "ItemFees", "amount_description": "Commission", "amount": "-2.00"})
    at = {"posted_date_time": f"{last} 13:00:00 UTC", "posted_date": last, "currency": "USD", "settlement_id": number}
    for kind, description, amount in others:
        rows.append(
            at
            | {
                "transaction_type": kind,
                "amount_type": "other-transaction",
                "amount_description": description,
                "amount": amount,
            }
        )
    total = sum(Decimal(row["amount"]) for row in rows)
    period = {
        "settlement_start_date": f"{first} 00:00:00 UTC",
        "settlement_end_date": f"{last + timedelta(days=1)} 08:00:00 UTC",
    }
    summary = {"settlement_id": number, "total_amount": total, "currency": "USD"} | period
    return "\n".join(["\t".join(HEADER), line(**summary), *(line(**row) for row in rows)]).encode()


def periods(count=4, days=14, end=DAY):
    """The first and the last day of so many settlements, oldest first."""
    return [(end - timedelta(days=days * n + days - 1), end - timedelta(days=days * n)) for n in reversed(range(count))]


@pytest.fixture
def of(account_folder):
    """A function that reads an account of settlements (a list of bytes)."""

    def read(files, id="t"):
        named = {f"settlement-{n}.txt": content for n, content in enumerate(files)}
        return exports.read(account_folder(files=named, stores=("amazon.com",), id=id), today=DAY + timedelta(days=1))

    return read


# From orders


def test_what_would_be_held_lies_between_the_standard_and_the_tighter_reserve():
    """10 a day: 5 days to delivery, 7 full days and the day itself are 13 days; 5 + 14 + 1 and 14 since the payout are 34."""
    first = money.held(account([Decimal(10)] * 60), DAY).row(0, named=True)
    assert (first["low"], first["high"]) == (Decimal(130), Decimal(340))
    assert first["weeks"] == pytest.approx(34 / 7)
    assert first["free_on"] == DAY + timedelta(days=60)


def test_the_reserve_rule_is_that_of_the_day_and_of_the_store():
    assert money.reserve(date(2024, 10, 24), ("amazon.com",)).days == 90
    assert money.reserve(date(2024, 10, 25), ("amazon.com",)).days == 60
    assert money.reserve(DAY, ("amazon.co.jp",)).days == 90


def test_a_later_closure_counts_the_orders_to_come_at_the_pace_of_the_last_four_weeks():
    later = money.held(account([Decimal(10)] * 60), DAY).row(1, named=True)
    assert later["closed_on"] == DAY + timedelta(days=30)
    assert (later["low"], later["high"]) == (Decimal(130), Decimal(340))


def test_without_order_values_nothing_is_made_up():
    assert money.held(Account("t", "T", None, ("amazon.com",)), DAY).is_empty()


def test_no_source_of_a_rule_of_money_speaks_in_grades():
    assert not any("grade" in one.source or "A-c" in one.source for one in money.RESERVES)


def test_days_no_order_file_tells_are_taken_at_the_pace_and_counted_aloud():
    """10 a day, with three days missing: they bring 10 each as well. Without files the days with orders are the days told."""
    whole = account([Decimal(10)] * 60)
    missing = [DAY - timedelta(days=n) for n in (3, 4, 5)]
    holed = Account("t", "T", None, ("amazon.com",), orders=whole.orders.filter(~pl.col("day").is_in(missing)))
    assert money.held(holed, DAY).row(0, named=True)["high"] == Decimal(340)
    assert "Of the 34 days before 31 October 2025 3 are in no order file" in " ".join(money.told(holed, DAY))


# From payment files


def test_payment_files_tell_what_is_left_after_fees_and_say_so(of):
    """12 less a fee of 2 a day: 13 and 34 days of 10, the days since the last settlement at that pace."""
    read = of([settlement(n, *days) for n, days in enumerate(periods(), 1)])
    first = money.held(read, DAY).row(0, named=True)
    assert (first["low"], first["high"], first["of"]) == (Decimal(130), Decimal(340), "payments")
    assert (first["weeks_low"], first["weeks"]) == pytest.approx((13 / 7, 34 / 7))
    (said, *_) = money.told(read, DAY)
    assert said.startswith("USD: from payment files to ")
    assert "after the fees, refunds and claims in them" in said


def test_a_payout_and_a_reserve_carried_on_are_no_income_and_the_reserve_is_named(of):
    moved = [
        ("other-transaction", "Previous Reserve Amount Balance", "55.00"),
        ("other-transaction", "Current Reserve Amount", "-70.00"),
    ]
    plain = [settlement(n, *days) for n, days in enumerate(periods(), 1)]
    kept = [
        settlement(n, *days, *moved, ("Transfer", "To your account", "-100.00")) for n, days in enumerate(periods(), 1)
    ]
    one, other = of(plain), of(kept, id="u")
    assert money.held(one, DAY).equals(money.held(other, DAY))
    assert money.told(other, DAY)[-1] == "The last settlement says that US$70.00 were kept as a reserve."


def test_a_settlement_downloaded_twice_counts_once(of):
    files = [settlement(n, *days) for n, days in enumerate(periods(), 1)]
    again = settlement(4, *periods()[-1], ("ServiceFee", "Subscription Fee", "-1.00"))
    once, twice = of(files), of([*files, again], id="u")
    high = [money.held(one, DAY).row(0, named=True)["high"] for one in (once, twice)]
    assert 0 <= high[0] - high[1] <= 2


def test_refunds_make_what_is_held_less_and_never_less_than_nothing(of):
    files = [settlement(n, *days, ("Refund", "Principal", "-28.00")) for n, days in enumerate(periods(), 1)]
    assert money.held(of(files), DAY).row(0, named=True)["high"] < 340
    files = [settlement(n, *days, ("Refund", "Principal", "-500.00")) for n, days in enumerate(periods(), 1)]
    row = money.held(of(files, id="u"), DAY).row(0, named=True)
    assert (row["low"], row["high"], row["weeks"]) == (0, 0, None)


def test_payment_files_that_are_old_or_lack_one_are_not_used_and_why_is_said(samples, tmp_path):
    whole = audit.of(samples / "late-and-broken", today="2026-11-01")
    assert money.held(whole.account, whole.day).get_column("of").unique().to_list() == ["payments"]
    for taken, why in (
        ("2026-10-16", "of the last 34 days settled a payment file is missing"),
        ("", "there is no payment file"),
    ):
        folder = tmp_path / (taken or "none")
        shutil.copytree(samples / "late-and-broken", folder)
        for path in (folder / "exports" / "settlements").glob(f"*{taken}.txt.gz"):
            path.unlink()
        less = audit.of(folder, today="2026-11-01")
        assert money.held(less.account, less.day).get_column("of").unique().to_list() == ["orders"]
        assert why in money.told(less.account, less.day)[0]
        assert "read each amount as “at most”" in money.told(less.account, less.day)[0]
    later = whole.account
    assert "end more than a month before" in money.told(later, whole.day + timedelta(days=40))[0]


def test_a_store_whose_settlements_are_missing_is_named(of):
    """Both stores pay in dollars; the payment files are of one alone."""
    read = of([settlement(n, *days) for n, days in enumerate(periods(), 1)])
    orders = pl.concat([account([Decimal(10)] * 60, store).orders for store in ("amazon.com", "amazon.sg")])
    both = replace(read, orders=orders)
    assert money.held(both, DAY).row(0, named=True)["of"] == "orders"
    assert "for no payment file tells of amazon.sg" in money.told(both, DAY)[0]


def test_the_table_says_from_what_and_how_many_weeks(of):
    shown = tables.held(money.held(of([settlement(n, *days) for n, days in enumerate(periods(), 1)]), DAY)).data
    assert shown.count("about 2 to 5") == 4
    assert shown.count("payment files") == 4
    assert tables.held(money.held(account([Decimal(10)] * 60), DAY)).data.count("order values, at most") == 4


def test_held_money_is_an_estimate_and_written_in_whole_units_of_its_currency():
    assert "US$130 to US$340" in tables.held(money.held(account([Decimal(10)] * 60), DAY)).data


def test_no_sentence_of_money_tells_a_chance_of_a_closure(of):
    said = " ".join(money.told(of([settlement(n, *days) for n, days in enumerate(periods(), 1)]), DAY)).lower()
    assert not {word for word in ("chance", "likely", "suspen", "probab") if word in said}
