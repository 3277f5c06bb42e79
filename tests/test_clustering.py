"""Lumps, their correlation and the design effect: small counts by hand, and bad days drawn with known clustering."""

from datetime import date, timedelta
from functools import partial

import numpy as np
import polars as pl
import pytest

from helpers import clustering, metrics, targets
from helpers.frames import SCHEMAS
from helpers.verdicts import evidence

RULES = partial(targets.in_force, own=())


def days(*ends, before=0):
    """A row of days that ends with these."""
    return np.array([0] * before + list(ends), float)


def test_lumps_are_counted_back_from_the_last_day():
    assert clustering.lumps([1, 2, 3, 4], 3).tolist() == [1, 9]
    assert clustering.lumps([[1, 2], [3, 4]], 1).tolist() == [[1, 2], [3, 4]]


def test_the_correlation_of_lumps_by_hand():
    """n 4, 4, 4; x 2, 0, 1: p = 1/4, S = 36, C = 2, E = 36·0/32 = 0, V = 3/16·36 = 6.75, ρ = 3/56.75."""
    assert clustering.correlation([4, 4, 4], [2, 0, 1]) == pytest.approx(3 / 56.75)


def test_what_neighbouring_lumps_have_in_common_is_no_clustering():
    """x 2, 2, 2 of 4: C = 6, E = 36·8/32 = 9, so ρ = 0."""
    assert clustering.correlation([4, 4, 4], [2, 2, 2]) == 0


def test_without_a_bad_one_the_correlation_is_that_of_one():
    """S = 36, p = 1/12: V = 11/144·36 = 2.75, ρ = 1/52.75, the usual 0.02 but for the account's own size."""
    assert clustering.correlation([4, 4, 4], [0, 0, 0]) == pytest.approx(1 / 52.75)
    assert clustering.correlation([4, 4, 4], [0, 1, 0]) == pytest.approx(1 / 52.75)


def test_the_design_effect_of_a_window_by_hand():
    """Days 10 and 30, ρ 0.1: Σn²/N = 1000/40 = 25, D = 1 + 0.1·24 = 3.4; of one week Σn²/N = 40, ρ 0.05: D = 2.95."""
    told = clustering.Clustering(np.array([0.1, 0.05]), np.array([1000 / 1600, 1.0]))
    assert told.effect(40) == pytest.approx(3.4)


def test_a_design_effect_is_never_under_one():
    assert clustering.Clustering(np.array([1.0, 1.0]), np.array([0.01, 0.01])).effect(20) == 1


def test_an_account_without_history_is_taken_to_have_the_usual_clustering():
    """A window of 10 days is told by 30 days and not by 29."""
    n, x = days(*[5] * 40), days(*[1, 0] * 20)
    assert clustering.of(n[:29], x[:29], 10).rho.tolist() == [0.02, 0.02]
    assert clustering.of(n[:30], x[:30], 10).rho.tolist() != [0.02, 0.02]
    silent = days(*[5] * 29, before=300), days(*[1] * 29, before=300)
    assert clustering.of(*silent, 10).rho.tolist() == [0.02, 0.02]


def test_a_year_tells_its_own_clustering_when_the_window_is_the_year():
    assert clustering.of(np.full(365, 9.0), np.zeros(365), 365).rho.tolist() != [0.02, 0.02]


def test_only_the_year_that_ends_with_the_window_tells_the_clustering():
    n, x = np.full(500, 9.0), np.zeros(500)
    x[:100] = 9
    assert clustering.of(n, x, 30).rho.tolist() == clustering.of(n[135:], np.zeros(365), 30).rho.tolist()


def test_counts_without_days_are_spread_evenly_over_their_window():
    """350 orders of 7 days: days 1 + 0.02·49 = 1.98, but one week 1 + 0.02·349 = 7.98."""
    assert clustering.usual(7).effect(350) == pytest.approx(7.98)
    assert clustering.usual(10).concentration.tolist() == pytest.approx([0.1, (9 + 49) / 100])


def test_many_accounts_at_once_give_what_each_gives_alone():
    random = np.random.default_rng(5)
    n = random.poisson(6, (4, 365))
    x = random.binomial(n, 0.03)
    together = clustering.of(n, x, 60)
    alone = [clustering.of(each, bad, 60) for each, bad in zip(n, x, strict=True)]
    assert together.rho.tolist() == [each.rho.tolist() for each in alone]
    orders = n[:, -60:].sum(axis=1)
    assert together.effect(orders).tolist() == [float(e.effect(k)) for e, k in zip(alone, orders, strict=True)]


@pytest.mark.parametrize("window", [1, 7, 10, 60])
def test_the_design_effect_of_each_day_is_that_of_the_window_that_ends_on_it(window):
    n = np.random.default_rng(6).poisson(3, (2, 90)).astype(float)
    rho = np.array([[0.02, 0.05], [0.3, 0.0]])
    found = clustering.effects(rho, n, window)
    for day in (0, 3, 59, 89):
        for series in (0, 1):
            own = n[series, max(day + 1 - window, 0) : day + 1]
            total = own.sum()
            each = [(clustering.lumps(own, size) ** 2).sum() / total if total else 1 for size in (1, 7)]
            assert found[series, day] == pytest.approx(max(1, *(1 + rho[series] * (np.array(each) - 1))))


def test_what_orders_are_worth_is_found_by_trying_them_one_by_one():
    told = clustering.Clustering(np.array([0.03, 0.01]), np.array([1 / 20, 1 / 3]))
    worth = np.arange(1, 5_000) / told.effect(np.arange(1, 5_000))
    assert told.orders_worth(100) == int(np.argmax(worth >= 100)) + 1
    assert told.orders_worth(400) is None
    assert worth.max() < 400


@pytest.mark.parametrize(
    ("n", "x", "window"), [([5, 5], [1], 1), ([5, 5], [1, 6], 1), ([5, 5], [1, -1], 1), ([5, 5], [1, 1], 0)]
)
def test_counts_that_cannot_be_are_refused(n, x, window):
    with pytest.raises(ValueError, match="expected"):
        clustering.of(n, x, window)


def bad_days(random, rate, rho, a_day, accounts, known):
    """Orders and bad ones of each day; each day has a rate of its own, of which two orders of a day share `rho`."""
    n = random.poisson(a_day, (accounts, known))
    if rho == 0:
        return n, random.binomial(n, rate)
    return n, random.binomial(n, random.beta(rate * (1 - rho) / rho, (1 - rate) * (1 - rho) / rho, n.shape))


@pytest.mark.parametrize("rho", [0, 0.02, 0.1])
@pytest.mark.parametrize("a_day", [5, 50, 200])
@pytest.mark.parametrize(
    ("share", "window", "known"), [(0.01, 60, 365), (0.01, 60, 180), (0.01, 60, 60), (0.025, 7, 21)]
)
def test_bad_days_in_lumps_are_called_strong_on_either_side_in_at_most_one_look_in_twenty(
    share, window, known, a_day, rho
):
    """On the target itself, 1,500 accounts: at most 5 % and two standard errors of the draw."""
    n, x = bad_days(np.random.default_rng(8), share, rho, a_day, 1_500, known)
    orders, bad, own = n[:, -window:].sum(axis=1), x[:, -window:].sum(axis=1), x[:, -window:]
    effect = clustering.of(n, x, window).effect(orders)
    worst = np.arange(len(own)), own.argmax(axis=1)
    spread = {"bad_days": (own > 0).sum(axis=1), "worst_day": own[worst], "worst_day_orders": n[:, -window:][worst]}
    most = 0.05 + 2 * (0.05 * 0.95 / 1_500) ** 0.5
    assert evidence.proves_missed(bad, orders, share, effect, **spread).mean() <= most
    assert evidence.proves_met(bad, orders, share, effect).mean() <= most


def test_counts_taken_one_by_one_where_bad_days_come_in_lumps_would_be_wrong_four_times_as_often():
    """What the deflation is for: the same draw without it."""
    n, x = bad_days(np.random.default_rng(8), 0.01, 0.1, 50, 1_500, 60)
    assert evidence.proves_met(x.sum(axis=1), n.sum(axis=1), 0.01).mean() > 0.2


STORE, AS_OF = "amazon.co.uk", date(2026, 3, 31)


def daily(metric, counts, *, as_of=AS_OF, lag=0, seen_late=()):
    """The `daily` frame of one series; counts of (orders, numerator) of the days that end `lag` days before `as_of`."""
    key = {"account": "a", "marketplace": STORE, "metric": metric, "fulfilment": "merchant", "group": None}
    rows = []
    for back, (orders, numerator) in enumerate(reversed(counts)):
        day = as_of - timedelta(days=lag + back)
        rows.append(key | {"day": day, "seen_on": None, "numerator": 0, "denominator": orders})
        seen = as_of + timedelta(days=1) if back in seen_late else day
        if numerator:
            rows.append(key | {"day": day, "seen_on": seen, "numerator": numerator, "denominator": 0})
    return pl.DataFrame(rows, schema=SCHEMAS["daily"])


def test_the_lumps_of_a_window_are_the_days_of_the_orders_in_it():
    frame = metrics.lumps(daily("cancellation_rate", [(8, 3)] + [(4, 0)] * 5 + [(10, 2), (6, 1)]), RULES, AS_OF)
    row = frame.filter(window_days=7).row(0, named=True)
    assert (row["bad_days"], row["worst_day"], row["worst_day_orders"]) == (2, 2, 10)
    # 36 orders in 7 days: 5·16 + 100 + 36 = 216; ρ is the usual, one week of 36: 1 + 0.02·35
    assert row["concentration_days"] == pytest.approx(216 / 1296)
    assert row["concentration_weeks"] == 1
    assert (row["rho_days"], row["rho_weeks"]) == (0.02, 0.02)
    assert row["design_effect"] == pytest.approx(1.7)


def test_bad_ones_seen_later_than_the_day_looked_at_are_in_no_lump():
    frame = metrics.lumps(daily("cancellation_rate", [(9, 1)] * 7, seen_late=(2, 3)), RULES, AS_OF)
    assert frame.filter(window_days=7).item(0, "bad_days") == 5


def test_of_a_rate_that_is_good_when_high_the_bad_ones_are_what_is_not_good():
    frame = metrics.lumps(daily("on_time_delivery_rate", [(9, 9)] * 12 + [(9, 4), (9, 8)], lag=7), RULES, AS_OF)
    row = frame.filter(window_days=14).row(0, named=True)
    assert (row["bad_days"], row["worst_day"]) == (2, 5)


def test_an_account_s_own_year_tells_its_clustering():
    counts = [(10, 0)] * 300 + [(10, 5), (10, 0)] * 30
    frame = metrics.lumps(daily("order_defect_rate", counts, lag=14), RULES, AS_OF)
    row = frame.filter(window_days=60).row(0, named=True)
    n, x = np.array(counts, float).T
    assert row["rho_days"] == pytest.approx(float(clustering.correlation(n, x)))
    assert row["design_effect"] == pytest.approx(float(clustering.of_row(row).effect(600)))
    assert row["design_effect"] > 2


def test_without_counts_there_are_no_lumps():
    assert metrics.lumps(pl.DataFrame(schema=SCHEMAS["daily"]), RULES, AS_OF).is_empty()


def test_bad_weeks_are_found_whichever_weekday_they_begin_on():
    """Every fourth week bad, five of seventy orders; cut three days off and the weeks of lumps lie across them."""
    n = np.full(364, 10.0)
    x = np.repeat(np.arange(52) % 4 == 0, 7) * (np.arange(364) % 7 < 5) * 1.0
    whole = clustering.correlation(clustering.lumps(n, 7), clustering.lumps(x, 7))
    for cut in range(7):
        assert clustering.of(n[cut:], x[cut:], 60).rho[1] == pytest.approx(whole, rel=0.15)
    hidden = clustering.correlation(clustering.lumps(n[3:-4], 7), clustering.lumps(x[3:-4], 7))
    assert hidden < 0.6 * whole
