"""Windows, lags and visibility, on accounts of a few orders counted by hand."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import metrics, targets, verdicts
from helpers.frames import SCHEMAS, empty
from helpers.vocabulary import Account

STORE = "amazon.co.uk"
RULES = partial(targets.in_force, own=())
FIRST = date(2026, 1, 1)


def order(order_id, day, **said):
    noon = datetime.combine(day, datetime.min.time(), UTC).replace(hour=12)
    blank = dict.fromkeys(SCHEMAS["orders"])
    row = {"account": "a", "marketplace": STORE, "fulfilment": "merchant", "status": "shipped", "is_cancelled": False}
    row |= {"is_buyer_requested": None, "has_cancelled_item": False, "is_replacement": False, "updated_on": day}
    return blank | row | {"order_id": order_id, "day": day, "purchased_at": noon, "updated_at": noon} | said


def defect(order_id, kind, occurred_on, counts=True):
    return dict.fromkeys(SCHEMAS["defects"]) | {
        "order_id": order_id,
        "kind": kind,
        "occurred_on": occurred_on,
        "counts": counts,
    }


def account(orders, defects=(), *, feedback=(), last=None, options=None, first=FIRST):
    last = last or max(row["day"] for row in orders)
    file = dict.fromkeys(SCHEMAS["files"]) | {
        "path": "o.txt",
        "report": "all_orders",
        "covers": "orders",
        "first_day": first,
        "last_day": last,
    }
    return Account(
        id="a",
        name="A",
        folder=Path("a"),
        marketplaces=(STORE,),
        options=options or {},
        orders=pl.DataFrame(orders, schema=SCHEMAS["orders"]),
        defects=pl.DataFrame(list(defects), schema=SCHEMAS["defects"]),
        feedback=pl.DataFrame(list(feedback), schema=SCHEMAS["feedback"]) if feedback else empty("feedback"),
        files=pl.DataFrame([file], schema=SCHEMAS["files"]),
        last_complete_day=last,
    )


def one_a_day(days, **said):
    return [order(f"o{n}", FIRST + timedelta(days=n), **said) for n in range(days)]


def window(frame, metric, day, fulfilment="merchant"):
    row = frame.filter(metric=metric, day=day, fulfilment=fulfilment, marketplace=STORE).row(0, named=True)
    return row["window_numerator"], row["window_denominator"]


def trailing(account, as_of):
    return metrics.trailing(metrics.daily(account), RULES, as_of)


def test_the_defect_window_is_sixty_days_ending_fourteen_days_back_both_included():
    as_of = FIRST + timedelta(days=99)
    row = trailing(account(one_a_day(100)), as_of).filter(metric="order_defect_rate", day=as_of, fulfilment="merchant")
    assert row.select("window_start", "window_end", "window_denominator").row(0) == (
        as_of - timedelta(days=73),
        as_of - timedelta(days=14),
        60,
    )


def test_an_order_with_a_claim_and_a_chargeback_counts_once():
    orders = one_a_day(100)
    twice = [defect("o50", "a_to_z_claim", FIRST + timedelta(60)), defect("o50", "chargeback", FIRST + timedelta(70))]
    frame = trailing(account(orders, twice), FIRST + timedelta(99))
    assert window(frame, "order_defect_rate", FIRST + timedelta(99)) == (1, 60)
    assert window(frame, "a_to_z_claims", FIRST + timedelta(99)) == (1, 60)
    assert window(frame, "chargebacks", FIRST + timedelta(99)) == (1, 60)


def test_a_defect_counts_from_the_day_it_is_seen_until_its_order_leaves():
    seen_on = FIRST + timedelta(80)  # order of day 50: in the window from day 64, seen on 80, gone on 124
    frame = trailing(account(one_a_day(140), [defect("o50", "chargeback", seen_on)]), FIRST + timedelta(139))
    counted = [window(frame, "order_defect_rate", FIRST + timedelta(n))[0] for n in (79, 80, 123, 124)]
    assert counted == [0, 1, 1, 0]


def test_a_defect_seen_inside_the_lag_waits_for_its_order_to_enter_the_window():
    frame = trailing(
        account(one_a_day(100), [defect("o50", "chargeback", FIRST + timedelta(52))]), FIRST + timedelta(99)
    )
    assert [window(frame, "order_defect_rate", FIRST + timedelta(n))[0] for n in (63, 64)] == [0, 1]


def test_a_figure_at_a_past_day_does_not_know_what_came_later():
    late = [defect("o50", "chargeback", FIRST + timedelta(90))]
    frame = trailing(account(one_a_day(100), late), FIRST + timedelta(89))
    assert frame.filter(metric="order_defect_rate").get_column("window_numerator").sum() == 0


def test_a_defect_that_does_not_count_is_no_defect():
    refused = [defect("o50", "a_to_z_claim", FIRST + timedelta(60), counts=False)]
    frame = trailing(account(one_a_day(100), refused), FIRST + timedelta(99))
    assert window(frame, "order_defect_rate", FIRST + timedelta(99)) == (0, 60)


def test_cancelled_pending_other_shops_and_replacements_are_not_orders_of_the_defect_rate():
    orders = one_a_day(100)
    orders[40] |= {"status": "cancelled", "is_cancelled": True}
    orders[41] |= {"status": "pending"}
    orders[42] |= {"marketplace": "non-amazon"}
    orders[43] |= {"is_replacement": True}
    assert window(trailing(account(orders), FIRST + timedelta(99)), "order_defect_rate", FIRST + timedelta(99)) == (
        0,
        56,
    )


def test_a_cancelled_order_with_a_defect_stays_in_the_denominator():
    orders = one_a_day(100)
    orders[40] |= {"status": "cancelled", "is_cancelled": True}
    claimed = [defect("o40", "a_to_z_claim", FIRST + timedelta(60))]
    frame = trailing(account(orders, claimed), FIRST + timedelta(99))
    assert window(frame, "order_defect_rate", FIRST + timedelta(99)) == (1, 60)


def test_an_option_puts_cancelled_and_pending_orders_back_into_the_denominator():
    orders = one_a_day(100)
    orders[40] |= {"status": "cancelled", "is_cancelled": True}
    kept = account(orders, options={"odr_denominator": "with_cancelled"})
    assert window(trailing(kept, FIRST + timedelta(99)), "order_defect_rate", FIRST + timedelta(99)) == (0, 60)


def test_a_cancellation_the_buyer_asked_for_is_an_order_but_no_cancellation():
    orders = one_a_day(20)
    orders[15] |= {"status": "cancelled", "is_cancelled": True, "is_buyer_requested": True}
    orders[16] |= {"status": "cancelled", "is_cancelled": True, "is_buyer_requested": False}
    orders[17] |= {"status": "shipped", "is_buyer_requested": True}
    orders[18] |= {"status": "pending"}
    frame = trailing(account(orders), FIRST + timedelta(19))
    assert window(frame, "cancellation_rate", FIRST + timedelta(19)) == (1, 7)


def test_amazon_orders_have_no_cancellation_rate_and_their_own_defect_rate():
    orders = [*one_a_day(100), order("f1", FIRST + timedelta(50), fulfilment="amazon")]
    frame = trailing(account(orders), FIRST + timedelta(99))
    assert frame.filter(metric="cancellation_rate").get_column("fulfilment").unique().to_list() == ["merchant"]
    assert window(frame, "order_defect_rate", FIRST + timedelta(99), "amazon") == (0, 1)


def test_feedback_about_amazon_s_delivery_can_be_left_out_by_an_option():
    orders = [*one_a_day(100), order("f1", FIRST + timedelta(50), fulfilment="amazon")]
    bad = [defect("f1", "negative_feedback", FIRST + timedelta(60))]
    day = FIRST + timedelta(99)
    counted = trailing(account(orders, bad), day)
    left_out = trailing(account(orders, bad, options={"fba_feedback": "not_counted"}), day)
    assert window(counted, "order_defect_rate", day, "amazon") == (1, 1)
    assert window(left_out, "order_defect_rate", day, "amazon") == (0, 1)


def test_the_days_of_the_lag_are_shown_but_not_mature():
    as_of = FIRST + timedelta(99)
    frame = trailing(account(one_a_day(100)), as_of).filter(metric="order_defect_rate", fulfilment="merchant")
    assert frame.get_column("day").max() == as_of + timedelta(days=14)
    assert frame.filter("is_mature").get_column("day").max() == as_of


def test_a_window_beyond_the_end_of_the_files_is_not_mature():
    as_of = FIRST + timedelta(120)
    row = trailing(account(one_a_day(100)), as_of).filter(metric="order_defect_rate", day=as_of, fulfilment="merchant")
    assert row.select("is_mature", "is_covered").row(0) == (False, True)


def test_a_window_that_starts_before_the_files_is_not_covered():
    frame = trailing(account(one_a_day(100)), FIRST + timedelta(99)).filter(
        metric="order_defect_rate", fulfilment="merchant"
    )
    covered = frame.filter("is_covered").get_column("day")
    assert covered.min() == FIRST + timedelta(73)


def test_a_day_without_orders_is_a_day_and_a_missing_month_is_a_hole():
    orders = [row for row in one_a_day(120) if not FIRST + timedelta(40) <= row["day"] < FIRST + timedelta(70)]
    whole = account(orders)
    parts = [(FIRST, FIRST + timedelta(39)), (FIRST + timedelta(70), FIRST + timedelta(119))]
    files = [
        dict.fromkeys(SCHEMAS["files"])
        | {"path": f"{a}", "report": "all_orders", "covers": "orders", "first_day": a, "last_day": b}
        for a, b in parts
    ]
    holed = Account(**{**vars(whole), "files": pl.DataFrame(files, schema=SCHEMAS["files"])})
    day = FIRST + timedelta(119)
    covered = [
        trailing(one, day).filter(metric="order_defect_rate", day=day, fulfilment="merchant").item(0, "is_covered")
        for one in (whole, holed)
    ]
    assert covered == [True, False]


def test_the_public_score_follows_the_day_of_receipt():
    rows = [
        dict.fromkeys(SCHEMAS["feedback"])
        | {"order_id": f"o{n}", "received_on": FIRST + timedelta(50 + n), "stars": stars, "is_struck": struck}
        | {"is_negative": stars <= 2, "source_file": "f"}
        for n, (stars, struck) in enumerate([(5, False), (1, False), (1, False), (1, True), (3, False)])
    ]
    frame = trailing(account(one_a_day(100), feedback=rows), FIRST + timedelta(60))
    day = FIRST + timedelta(60)
    row = frame.filter(metric="feedback_score", day=day, window_days=30).row(0, named=True)
    assert (row["window_numerator"], row["window_denominator"]) == (1, 4)


def test_a_file_of_one_to_three_stars_gives_no_positive_share():
    rows = [
        dict.fromkeys(SCHEMAS["feedback"])
        | {"order_id": "o1", "received_on": FIRST, "stars": 2, "is_struck": False, "source_file": "f"}
    ]
    assert metrics.daily(account(one_a_day(30), feedback=rows)).filter(metric="feedback_score").is_empty()


def test_what_changed_splits_into_new_rolled_off_and_volume():
    orders = one_a_day(140) + [order(f"x{n}", FIRST + timedelta(100 + n)) for n in range(10)]
    before, as_of = FIRST + timedelta(109), FIRST + timedelta(139)
    defects = [
        defect("o40", "chargeback", FIRST + timedelta(60)),  # in on day 109, left on 114
        defect("o68", "chargeback", FIRST + timedelta(80)),  # in on both days: leaves on 142
        defect("o70", "chargeback", FIRST + timedelta(120)),  # order in both windows, seen between
        defect("o90", "chargeback", FIRST + timedelta(130)),  # seen between
    ]
    frame = metrics.changes(metrics.daily(account(orders, defects)), RULES, as_of, before)
    row = frame.filter(metric="order_defect_rate", fulfilment="merchant").row(0, named=True)
    told = (
        "numerator_before",
        "new_defects",
        "rolled_off",
        "numerator",
        "denominator_before",
        "order_change",
        "denominator",
    )
    assert tuple(row[name] for name in told) == (2, 2, 1, 3, 60, 10, 70)
    assert row["is_covered"]


def test_the_roll_off_calendar_names_the_day_each_defect_leaves():
    as_of = FIRST + timedelta(99)
    defects = [defect("o40", "chargeback", FIRST + timedelta(60)), defect("o80", "chargeback", FIRST + timedelta(90))]
    frame = metrics.roll_off(metrics.daily(account(one_a_day(100), defects)), RULES, as_of)
    odr = frame.filter(metric="order_defect_rate", fulfilment="merchant")
    # order of day 40 leaves on day 40 + 14 + 60 = 114; order of day 80 (seen, still in the lag? 80 ≤ 85) on day 154
    assert odr.filter(pl.col("leaves") > 0).get_column("day").to_list() == [
        FIRST + timedelta(114),
        FIRST + timedelta(154),
    ]
    assert odr.filter(day=FIRST + timedelta(113)).select("numerator", "denominator").row(0) == (2, 60)
    assert odr.filter(day=FIRST + timedelta(114)).select("numerator", "denominator").row(0) == (1, 60)


def test_orders_to_come_keep_the_mean_of_the_last_twenty_eight_days():
    orders = one_a_day(100) + [order(f"x{n}", FIRST + timedelta(72 + n)) for n in range(14)]  # 42 orders in 28 days
    frame = metrics.roll_off(metrics.daily(account(orders)), RULES, FIRST + timedelta(99))
    last = frame.filter(metric="order_defect_rate", fulfilment="merchant").sort("day").row(-1, named=True)
    assert last["denominator"] == 90  # 60 days at 1.5


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2026, 1, 31)),
        (date(2026, 3, 30), date(2026, 2, 28)),
        (date(2026, 5, 15), date(2026, 4, 15)),
    ],
)
def test_a_month_before_the_end_of_a_month_is_the_end_of_the_month_before(day, before):
    assert metrics.month_before(day) == before


@given(
    st.lists(
        st.tuples(st.integers(0, 119), st.integers(0, 60), st.sampled_from(["chargeback", "a_to_z_claim"])), max_size=25
    )
)
def test_windows_by_intervals_agree_with_counting_orders_one_by_one(drawn):
    orders = [order(f"p{n}", FIRST + timedelta(placed)) for n, (placed, _, _) in enumerate(drawn)] + one_a_day(120)
    defects = [defect(f"p{n}", kind, FIRST + timedelta(placed + late)) for n, (placed, late, kind) in enumerate(drawn)]
    as_of = FIRST + timedelta(119)
    frame = trailing(account(orders, defects), as_of).filter(metric="order_defect_rate", fulfilment="merchant")
    for row in frame.filter(pl.col("day") <= as_of).sample(8, seed=1).iter_rows(named=True):
        inside = [o for o in orders if row["window_start"] <= o["day"] <= row["window_end"]]
        seen = {d["order_id"] for d in defects if d["occurred_on"] <= row["day"]}
        assert row["window_denominator"] == len(inside)
        assert row["window_numerator"] == sum(o["order_id"] in seen for o in inside)


def test_the_defects_of_a_window_are_named_with_the_day_each_leaves():
    seen = [defect("o50", "chargeback", FIRST + timedelta(70)), defect("o50", "a_to_z_claim", FIRST + timedelta(99))]
    later = [defect("o60", "chargeback", FIRST + timedelta(120))]
    one, as_of = account(one_a_day(140), seen + later), FIRST + timedelta(99)
    judged = verdicts.judge(metrics.trailing(metrics.daily(one), RULES, as_of), RULES, as_of)
    (row,) = metrics.standing(one, judged).to_dicts()
    assert (row["order_id"], row["kinds"]) == ("o50", ["a to z claim", "chargeback"])
    # bought on day 50, it stands in the window from day 64 to day 123
    assert (row["seen_on"], row["leaves_on"]) == (FIRST + timedelta(70), FIRST + timedelta(124))


def test_what_leaves_is_told_of_judged_rates_that_count_bad_ones_and_of_days_on_which_something_leaves():
    blank = dict.fromkeys(SCHEMAS["roll_off"]) | {"account": "a", "marketplace": "amazon.de", "fulfilment": "merchant"}
    of = {"odr": {"metric": "order_defect_rate", "window_days": 60}, "otdr": {"metric": "on_time_delivery_rate"}}
    of |= {"claims": {"metric": "a_to_z_claims", "window_days": 60}}
    rows = [blank | of[name] | {"leaves": n} for name, n in (("odr", 0), ("odr", 2), ("otdr", 5), ("claims", 1))]
    judged = [
        dict.fromkeys(SCHEMAS["verdicts"]) | {k: v for k, v in (blank | of[name]).items() if v}
        for name in ("odr", "otdr")
    ]
    left = metrics.leaving(
        pl.DataFrame(rows, schema=SCHEMAS["roll_off"]), pl.DataFrame(judged, schema=SCHEMAS["verdicts"])
    )
    assert left.select("metric", "leaves").rows() == [("order_defect_rate", 2)]
