"""The way back from a missed target, by hand and day by day from the orders themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor

import numpy as np
import polars as pl
import pytest
from scipy.stats import betabinom
from test_metrics import FIRST, RULES, STORE, account, defect, order

from helpers import metrics, verdicts
from helpers.frames import SCHEMAS
from helpers.targets import Target
from helpers.verdicts import Limit
from helpers.vocabulary import METRICS

UNDER_ONE = Limit(Fraction(1, 100), is_strict=True)
AT_LEAST_NINETY = Limit(Fraction(1, 10), is_strict=False)
ODR, OTDR = METRICS["order_defect_rate"], METRICS["on_time_delivery_rate"]
DAY = date(2026, 11, 1)


# --- what waiting alone does ---


def waiting(steps, limit=UNDER_ONE, metric=ODR, min_count=None):
    rows = [{"day": DAY + timedelta(n), "numerator": x, "denominator": of} for n, (x, of) in enumerate(steps)]
    found = verdicts.by_waiting(rows, limit, metric, min_count)
    return tuple(None if day is None else (day - DAY).days for day in found.values())


def test_the_day_it_clears_is_the_first_day_that_meets_the_target():
    assert waiting([(6, 600), (6, 601), (5, 600)]) == (1, 1, None)


def test_it_has_cleared_from_the_day_after_which_it_is_never_missed_again():
    assert waiting([(6, 600), (6, 601), (6, 600), (5, 600), (5, 590)]) == (1, 3, None)
    assert waiting([(6, 600), (6, 601), (6, 600)]) == (1, None, None)


def test_a_window_without_orders_is_no_longer_judged_and_has_not_cleared():
    assert waiting([(1, 1), (1, 1), (0, 0), (0, 0)]) == (None, None, 2)


def test_a_window_under_the_floor_of_its_target_is_no_longer_judged():
    assert waiting([(17, 20), (17, 19), (17, 18)], AT_LEAST_NINETY, OTDR, min_count=20) == (None, None, 1)


def test_a_window_that_is_judged_again_later_stays_judged():
    assert waiting([(1, 1), (0, 0), (0, 3)]) == (2, 2, None)
    assert waiting([(1, 1), (0, 3), (0, 0)]) == (1, 1, 2)


def test_one_cancelled_of_one_is_no_longer_judged_from_the_day_it_leaves():
    cancelled = {"status": "cancelled", "is_cancelled": True, "is_buyer_requested": False}
    as_of = FIRST + timedelta(40)
    (one,) = [order("c", as_of - timedelta(3), **cancelled)]
    of = account([one], last=as_of)
    row = judged(of, "cancellation_rate", as_of)
    assert (row["numerator"], row["denominator"], row["status"]) == (1, 1, "breached")
    # bought three days before, it stands in the window of seven days for three more days
    assert (row["clear_on"], row["clear_from"], row["unjudged_from"]) == (None, None, as_of + timedelta(4))


def judged(of, metric, as_of, **said):
    daily = metrics.daily(of, (metric,))
    frame = verdicts.judge(
        metrics.trailing(daily, RULES, as_of), RULES, as_of, roll_off=metrics.roll_off(daily, RULES, as_of)
    )
    return frame.filter(metric=metric, **said).row(0, named=True)


def package(number, promised, units, is_on_time):
    moment = datetime.combine(promised, datetime.min.time(), UTC).replace(hour=20)  # noon in Pacific time
    return dict.fromkeys(SCHEMAS["shipments"]) | {
        "order_id": f"p{number}",
        "marketplace": STORE,
        "fulfilment": "merchant",
        "order_day": promised,
        "promised_by": moment,
        "units": units,
        "is_on_time": is_on_time,
        "source_file": "otdr.csv",
    }


def delivering(packages, last):
    """An account with a list of every package judged for delivery on time, from the first day to `last`."""
    file = dict.fromkeys(SCHEMAS["files"]) | {"path": "otdr.csv", "report": "on_time_delivery"}
    file |= {
        "covers": "on_time_delivery",
        "rows_are": "all_judged",
        "first_day": FIRST,
        "last_day": last,
        "reaches": last,
    }
    blank = account([order("o", FIRST)], last=last)
    return replace(
        blank,
        shipments=pl.DataFrame(packages, schema=SCHEMAS["shipments"]),
        files=pl.concat([blank.files, pl.DataFrame([file], schema=SCHEMAS["files"])]),
    )


def test_a_rate_that_is_good_when_high_clears_as_its_bad_ones_leave():
    # Ten units a day; in the window of 14 days that ends 7 days back two units a day were late, since then none.
    days = [FIRST + timedelta(n) for n in range(60)]
    bad = {days[n] for n in range(39, 53)}
    packages = [package(n, day, 10 - 2 * (day in bad), True) for n, day in enumerate(days)]
    packages += [package(100 + n, day, 2, False) for n, day in enumerate(sorted(bad))]
    of, as_of = delivering(packages, days[-1]), days[-1]
    row = judged(of, "on_time_delivery_rate", as_of)
    assert (row["numerator"], row["denominator"], row["status"]) == (112, 140, "breached")
    # half of the bad days have to leave: at least 90 % is met with 14 late units of 140
    assert (row["clear_on"], row["clear_from"]) == (as_of + timedelta(7), as_of + timedelta(7))


def test_units_already_late_and_not_yet_in_the_window_enter_it_late():
    days = [FIRST + timedelta(n) for n in range(60)]
    packages = [package(n, day, 10, day != days[-1]) for n, day in enumerate(days)]
    steps = metrics.roll_off(metrics.daily(delivering(packages, days[-1]), ("on_time_delivery_rate",)), RULES, days[-1])
    stands = steps.filter(pl.col("numerator") < pl.col("denominator")).get_column("day").to_list()
    assert stands == [days[-1] + timedelta(n) for n in range(7, 21)]  # a lag of 7 days, a window of 14
    assert steps.filter(pl.col("leaves") > 0).select("day", "leaves").rows() == [(days[-1] + timedelta(21), 10)]


# --- how much is to come ---


def to_come(counts, days):
    told = max(counts)
    return metrics.movement.to_come(counts, told, days).round(9).tolist()


def test_orders_to_come_are_no_more_than_the_weeks_of_the_year_before_say():
    # 10 a day last year, but 4 a day in its next two weeks; 20 a day now.
    now = [DAY - timedelta(n) for n in range(28)]
    counts = dict.fromkeys(now, 20) | {DAY - timedelta(364 + n): 10 for n in range(28)}
    counts |= {DAY - timedelta(364 - n): 4 for n in range(1, 15)} | {
        DAY - timedelta(364 - n): 90 for n in range(15, 22)
    }
    found = to_come(counts, 28)
    assert (found[7], found[14], found[21], found[28]) == (56, 112, 252, 392)  # twice 4, then never over 20


def test_without_the_weeks_of_the_year_before_the_mean_stands():
    counts = {DAY - timedelta(n): 20 for n in range(28)}
    assert to_come(counts, 7)[7] == 140
    counts |= {DAY - timedelta(364 - n): 1 for n in range(1, 8)}  # how the 28 days grew is not told
    assert to_come(counts, 7)[7] == 140


def test_days_a_list_does_not_tell_yet_are_days_to_come():
    # Units promised up to day 92; day 99 judges those up to day 92 as well, seven days back.
    days = [FIRST + timedelta(n) for n in range(93)]
    packages = [package(10 * n + one, day, 1, one > 0) for n, day in enumerate(days) for one in range(10)]
    of = delivering(packages, days[-1])
    daily = metrics.daily(of, ("on_time_delivery_rate",))
    early, late = (metrics.roll_off(daily, RULES, FIRST + timedelta(day)) for day in (92, 99))
    same = pl.col("day").is_between(FIRST + timedelta(100), FIRST + timedelta(113))
    figures = [steps.filter(same).select("day", "numerator", "denominator").rows() for steps in (early, late)]
    assert figures[0] == figures[1]
    assert len(figures[0]) == 14


# --- day by day, from the orders ---


def drawn_account(draw):
    """A small account whose last 200 days are told: orders with defects, a cancellation now and then, packages."""
    days = 200
    as_of = FIRST + timedelta(days - 1)
    volume = draw.choice([0.05, 0.3, 1, 4]) * np.where(
        np.arange(days) < draw.integers(0, days), draw.choice([0.2, 1, 3]), 1
    )
    orders, defects, packages = [], [], []
    for n, many in enumerate(draw.poisson(volume)):
        day = FIRST + timedelta(n)
        for _ in range(many):
            name = f"o{len(orders)}"
            is_cancelled = draw.random() < 0.04
            said = {"status": "cancelled", "is_cancelled": True, "is_buyer_requested": False} if is_cancelled else {}
            orders.append(order(name, day, **said))
            if not is_cancelled and draw.random() < 0.05:
                seen = day + timedelta(int(draw.integers(0, 80)))
                defects.append(defect(name, "chargeback", seen))
            packages.append(package(len(orders), day, int(draw.integers(1, 4)), bool(draw.random() < 0.88)))
    orders = orders or [order("o0", FIRST)]
    of = delivering(packages or [package(0, FIRST, 1, True)], as_of)
    return replace(account(orders, defects, last=as_of), shipments=of.shipments, files=of.files), as_of


def told(of, as_of, metric):
    """Of each metric: (day, weight, whether bad by `as_of`) of everything judged, from the rows themselves."""
    if metric == "on_time_delivery_rate":
        rows = of.shipments.select("order_day", "units", "is_on_time").rows()
        return [(day, units, not good) for day, units, good in rows]
    seen = {row["order_id"] for row in of.defects.to_dicts() if row["occurred_on"] <= as_of}
    if metric == "cancellation_rate":
        return [(row["day"], 1, row["is_cancelled"]) for row in of.orders.to_dicts()]
    rows = of.orders.to_dicts()
    return [(row["day"], 1, row["order_id"] in seen) for row in rows if not row["is_cancelled"]]


SHAPE = {"order_defect_rate": (60, 14), "cancellation_rate": (7, 0), "on_time_delivery_rate": (14, 7)}
LIMITS = {
    "order_defect_rate": (lambda bad, n: bad * 100 < n, 1),
    "cancellation_rate": (lambda bad, n: bad * 40 < n, 1),
    "on_time_delivery_rate": (lambda bad, n: bad * 10 <= n, 20),
}


def by_hand(rows, days, as_of, metric):
    """The figure of every day to come, one day after the other: bad ones and all of them; `days` are those told."""
    (window, lag), last = SHAPE[metric], max(days)
    recent = [day for day in days if day > last - timedelta(28)]
    pace = Fraction(sum(weight for day, weight, _ in rows if day in recent), len(recent))
    for ahead in range(1, window + lag + 1):
        end = as_of + timedelta(ahead - lag)
        inside = [end - timedelta(n) for n in range(window)]
        new = floor(pace * sum(day > last for day in inside))
        here = [(weight, is_bad) for day, weight, is_bad in rows if day in inside]
        yield sum(w for w, is_bad in here if is_bad), sum(w for w, _ in here) + new


def is_whole(days, as_of, metric):
    """Whether every day of the window is told, and every one from there to the last that is: else nothing is reckoned."""
    (window, lag), last = SHAPE[metric], max(days)
    end = as_of - timedelta(lag)
    first = end - timedelta(window - 1)
    return {first + timedelta(n) for n in range((max(end, last) - first).days + 1)} <= set(days)


@pytest.mark.parametrize("metric", SHAPE)
def test_every_day_to_come_of_random_accounts_agrees_with_counting_their_orders_one_by_one(metric):
    draw, breached, compared = np.random.default_rng(7), 0, 0
    for _ in range(100):
        of, as_of = drawn_account(draw)
        daily = metrics.daily(of, (metric,))
        rolled = metrics.roll_off(daily, RULES, as_of)
        steps = rolled.filter(fulfilment="merchant").sort("day")
        if steps.is_empty():  # a hole in a list of packages: nothing is told across it
            assert METRICS[metric].rows == "packages"
            continue
        compared += 1
        calendar = daily.filter(pl.col("seen_on").is_null(), pl.col("day") <= as_of, fulfilment="merchant")
        days = calendar.get_column("day").to_list()
        wanted = list(by_hand(told(of, as_of, metric), days, as_of, metric)) if is_whole(days, as_of, metric) else []
        bad = steps.get_column("numerator")
        bad = steps.get_column("denominator") - bad if METRICS[metric].good_is == "high" else bad
        assert list(zip(bad, steps["denominator"], strict=True)) == wanted
        found = verdicts.judge(metrics.trailing(daily, RULES, as_of), RULES, as_of, roll_off=rolled)
        row = found.row(by_predicate=pl.col("fulfilment") == "merchant", named=True)
        if row["status"] != "breached":
            continue
        breached += 1
        is_met, floor_of = LIMITS[metric]
        words = ["unjudged" if n < floor_of else "met" if is_met(x, n) else "missed" for x, n in wanted]
        day = [as_of + timedelta(n + 1) for n in range(len(words))]
        meets = [n for n, word in enumerate(words) if word == "met"]
        cleared = [n for n in meets if "missed" not in words[n:]]
        lost = [n for n in range(len(words)) if set(words[n:]) == {"unjudged"}]
        found = tuple(row[name] for name in ("clear_on", "clear_from", "unjudged_from"))
        assert found == tuple(day[some[0]] if some else None for some in (meets, cleared, lost))
    assert breached >= 15
    assert compared >= 50


# --- sure to have recovered ---


def test_recovering_for_good_takes_far_more_orders_than_the_plain_count():
    # statistics of the field: 600 orders, 8 defects, new ones at 0.5 %: 1,101 further orders to be 90 % sure; a record
    # of a thousand million orders is a known rate
    assert verdicts.orders_to_recover_sustained(8, 600, (5_000_000, 1_000_000_000), UNDER_ONE) == 1101


def test_a_rate_known_from_few_orders_takes_more_to_be_sure_and_then_no_number_is_enough():
    found = [verdicts.orders_to_recover_sustained(8, 600, (5 * n, 1000 * n), UNDER_ONE) for n in (1000, 6, 3, 1)]
    assert found[0] == 1101 < found[1] < found[2] < found[3]
    assert verdicts.orders_to_recover_sustained(8, 600, (1, 200), UNDER_ONE) is None  # 5.0 in 1,000 as well


@pytest.mark.parametrize(
    ("bad", "n", "usual", "limit"),
    [
        (8, 600, (20, 6000), UNDER_ONE),
        (3, 40, (9, 3000), UNDER_ONE),
        (12, 100, (15, 400), AT_LEAST_NINETY),
        (2, 30, (12, 2400), Limit(Fraction(1, 40), is_strict=True)),
    ],
)
def test_being_sure_agrees_with_the_beta_binomial_law_counted_order_by_order(bad, n, usual, limit):
    found = verdicts.orders_to_recover_sustained(bad, n, usual, limit)
    x, of = usual
    share = float(limit.share)
    k = np.arange(min(3 * found + 3000, 20_000))
    allowed = np.array([limit.allowed(n + int(more)) - bad for more in k])
    chance = betabinom.cdf(allowed, k, x + 0.5, of - x + (1 - share) / (2 * share))
    assert np.flatnonzero(chance < 0.9)[-1] + 1 == found


def test_an_account_whose_record_misses_the_target_never_recovers_by_volume():
    assert verdicts.orders_to_recover_sustained(8, 600, (80, 8000), UNDER_ONE) is None
    assert verdicts.orders_to_recover_sustained(1, 600, (0, 8000), Limit(Fraction(0), is_strict=False)) is None


def test_a_large_account_is_counted_in_whole_numbers():
    n = 10**15
    exact = UNDER_ONE.needed(10**13) - n
    assert verdicts.orders_to_recover_sustained(10**13, n, (1, 10**9), UNDER_ONE) == exact == 1


def window(end, x, n, **said):
    row = {"window_start": DAY - timedelta(end + 59), "window_end": DAY - timedelta(end), "window_days": 60}
    return row | {"window_numerator": x, "window_denominator": n, "is_covered": True, "is_mature": True} | said


def test_the_record_counts_no_order_twice_and_no_window_that_is_not_covered_in_full():
    now = window(0, 9, 600)
    earlier = [window(30, 9, 600), window(60, 3, 500), window(119, 7, 700), window(120, 2, 400, is_covered=False)]
    earlier += [window(125, 1, 300), window(-10, 5, 650, is_mature=False)]
    assert verdicts.usual([now, *earlier], now, ODR) == (9 + 3 + 1, 600 + 500 + 300)


def test_the_record_of_a_rate_that_is_good_when_high_counts_the_others():
    now = window(0, 590, 600)
    assert verdicts.usual([now, window(60, 99, 100)], now, OTDR) == (11, 700)


def test_the_usual_rate_of_a_verdict_leaves_out_windows_that_are_not_covered():
    # 60 bad ones of 600 orders stand in windows of which the files tell a part: they say nothing of the account.
    blank = dict.fromkeys(SCHEMAS["trailing"]) | {"account": "a", "marketplace": "amazon.de", "fulfilment": "merchant"}
    blank |= {"metric": "order_defect_rate", "source": "files"}
    now = blank | window(0, 8, 600) | {"day": DAY}
    good = [blank | window(60 * n, 1, 600) | {"day": DAY - timedelta(60 * n)} for n in range(1, 9)]
    part = [row | {"window_numerator": 600, "is_covered": False, "day": DAY - timedelta(600)} for row in good[:1]]
    target = Target("order_defect_rate", ("amazon.de",), "merchant", "below", "test", "A", "0.01", window_days=60)
    whole, with_part = (
        verdicts.judge(pl.DataFrame(rows, schema=SCHEMAS["trailing"]), lambda *key: (target,), DAY).row(0, named=True)
        for rows in ([now, *good], [now, *good, *part])
    )
    # Bad ones cluster as is usual, rho 0.02, in lumps of seven days: eight of 70 orders and one of 40.
    effect = 1 + 0.02 * ((8 * 70**2 + 40**2) / 600 - 1)
    said = verdicts.orders_to_recover_sustained(8, 600, (16 / effect, 5400 / effect), UNDER_ONE)
    assert whole["orders_to_recover_sustained"] == with_part["orders_to_recover_sustained"] == said
