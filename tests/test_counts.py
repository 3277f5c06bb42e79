"""Tables of many accounts, counted by hand: the same functions as one account's, a batch of rows at a time."""

from datetime import date, timedelta
from functools import partial

import polars as pl
import pytest

from helpers import metrics, targets
from helpers.metrics import tally
from helpers.metrics.counts import defaults
from helpers.metrics.facts import Facts, defective

STORE = "amazon.co.uk"
FIRST = date(2026, 1, 1)
AS_OF = FIRST + timedelta(99)
RULES = partial(targets.in_force, own=())
WORDS = pl.Categorical()


def placed(account, start, days, **said):
    """One order a day; the numbers of the orders are whole numbers from `start`."""
    row = {"account": account, "marketplace": STORE, "fulfilment": "merchant", "status": "shipped"}
    row |= {"is_cancelled": False, "is_replacement": False, "is_buyer_requested": False} | said
    days = [FIRST + timedelta(n) for n in range(days)]
    return [row | {"order_id": start + n, "day": day, "updated_on": day} for n, day in enumerate(days)]


def bad(order_id, day, kind="chargeback"):
    return {"order_id": order_id, "kind": kind, "occurred_on": FIRST + timedelta(day), "counts": True}


def counted(orders, defects, *, words=WORDS, untold=(), rates=("order_defect_rate",)):
    kinds = dict.fromkeys(("account", "marketplace", "fulfilment", "status"), words)
    rows = pl.LazyFrame(orders, schema_overrides=kinds)
    facts = {"orders": Facts(rows, defective(pl.LazyFrame(defects), rows, defaults))}
    told = [row["account"] for row in orders if row["account"] not in untold]
    days = pl.DataFrame({"account": sorted(set(told))}).join(
        pl.DataFrame({"day": pl.date_range(FIRST, AS_OF, eager=True)}), how="cross"
    )
    return metrics.count(facts, {"orders": days}, rates)


def figures(counts, day=AS_OF):
    """account → numerator and denominator of the window judged on `day`."""
    frame = pl.concat([part for one in counts for part in metrics.trailing_of(one, RULES, AS_OF)]).filter(day=day)
    return {row[0]: row[1:] for row in frame.select("account", "window_numerator", "window_denominator").iter_rows()}


TWO = [*placed("a", 0, 100), *placed("b", 1000, 100), *placed("b", 2000, 50)]
THREE_BAD = [bad(50, 60), bad(1050, 70), bad(1050, 65, "a_to_z_claim"), bad(2040, 99)]


@pytest.mark.parametrize("words", [WORDS, pl.Enum(["a", "b", STORE, "merchant", "shipped"]), pl.String])
def test_each_account_of_a_table_has_its_own_figures(words):
    # judged on day 99: orders of days 26 to 85; b has one more order on each of the days 26 to 49
    assert figures(counted(TWO, THREE_BAD, words=words)) == {"a": (1, 60), "b": (2, 84)}
    # on day 98 the defect of order 2040 is not seen yet; orders of days 25 to 84, b's second ones of days 25 to 49
    assert figures(counted(TWO, THREE_BAD, words=words), AS_OF - timedelta(1)) == {"a": (1, 60), "b": (1, 85)}


def test_a_table_read_in_batches_gives_the_same_counts(monkeypatch):
    monkeypatch.setattr(tally, "ROWS_AT_ONCE", 7)
    assert figures(counted(TWO, THREE_BAD)) == {"a": (1, 60), "b": (2, 84)}


def test_the_order_of_the_rows_of_a_table_does_not_matter():
    assert figures(counted([*TWO[::-3], *TWO[-2::-3], *TWO[-3::-3]], THREE_BAD)) == {"a": (1, 60), "b": (2, 84)}


def test_a_cancelled_order_with_a_defect_is_counted_once_in_each_rate():
    orders = placed("a", 0, 100)
    orders[97] |= {"status": "cancelled", "is_cancelled": True}
    orders[40] |= {"status": "cancelled", "is_cancelled": True}
    orders[41] |= {"status": "cancelled", "is_cancelled": True}
    both = counted(orders, [bad(97, 98), bad(40, 60)], rates=("order_defect_rate", "cancellation_rate"))
    defects, cancellations = ([one] for one in both)
    assert figures(defects) == {"a": (1, 59)}  # order 41 is no order of this rate, order 40 has a defect
    assert figures(cancellations) == {"a": (1, 7)}


def test_of_an_account_whose_files_tell_no_day_in_full_only_the_bad_orders_are_known():
    assert figures(counted(TWO, THREE_BAD, untold=("b",))) == {"a": (1, 60), "b": (2, 0)}


def test_a_key_whose_words_are_numbered_far_apart_is_numbered_anew(monkeypatch):
    monkeypatch.setattr(tally, "MOST_CELLS", 1)
    assert figures(counted(TWO, THREE_BAD)) == {"a": (1, 60), "b": (2, 84)}
