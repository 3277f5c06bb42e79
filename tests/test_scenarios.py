"""What is to come of a rate: as the marketplace will show it, by what is known today."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from helpers import audit, first_passage, notebooks, scenarios
from helpers.errors import SettingsError
from helpers.frames import SCHEMAS
from helpers.reports import of_accounts
from helpers.scenarios import Ahead, Lever, Scenario, by_chance, courses, effects, levers, rates, scenarios_file, volume
from helpers.scenarios.courses import Effect
from helpers.scenarios.futures import Futures
from helpers.scenarios.known import Known, Rule
from helpers.scenarios.levers import Cost
from helpers.verdicts import Limit
from helpers.vocabulary import Account

ORACLE = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}
DAY = date(2026, 10, 31)
UNDER_ONE_PERCENT = Limit(Fraction(1, 100), is_strict=True)
AT_ONCE = np.ones(181)


def verdict(status="met", must_be="below", metric="order_defect_rate", effect=1.0):
    key = {"account": "t", "marketplace": "amazon.de", "metric": metric, "fulfilment": "merchant", "group": None}
    return key | {"window_days": 60, "as_of": DAY, "status": status, "must_be": must_be, "design_effect": effect}


def shop(orders=10, bad_every=0, days=400, rule=None, status="met", share=AT_ONCE, rho=0.0, effect=1.0):
    placed, bad = np.full(days, orders), np.zeros(days, int)
    if bad_every:
        bad[::-bad_every] = 1
    rule = rule or Rule(UNDER_ONE_PERCENT, 60, 14, 1)
    return Known(verdict(status, effect=effect), rule, placed, bad, placed >= 0, share, rho, 1)


def future(known, coming, listed, days, rate=0.01):
    """One future, by hand: orders to come, and bad ones as (order day, judged day they count from, mark)."""
    path, placed, enters, mark = np.zeros(len(listed), np.int32), *np.array(listed, float).reshape(-1, 3).T
    return Futures(
        known, days, np.array([coming]), path, placed.astype(np.int32), enters.astype(np.int32), mark, np.array([rate])
    )


# What the marketplace will show


def test_a_window_to_come_is_summed_by_hand():
    """Window of 3 days, lag 1. Orders 5, 4, 6, 2 to today; 3 a day to come. Bad: one of the day before yesterday."""
    rule = Rule(Limit(Fraction(1, 4), True), 3, 1, 1)
    known = replace(
        shop(rule=rule), orders=np.array([5, 4, 6, 2]), bad=np.array([0, 1, 0, 0]), is_told=np.ones(4, bool)
    )
    # A late report of today's orders comes on day 2; a bad one of tomorrow's orders enters with them on day 2.
    made = courses.of(future(known, [3, 3, 3, 3], [(0, 2, 0.5), (1, 2, 0.5)], 4))
    assert made.orders.tolist() == [[4 + 6 + 2, 6 + 2 + 3, 2 + 3 + 3, 3 + 3 + 3]]
    assert made.bad.tolist() == [[1, 2, 2, 1]]
    assert made.is_missed.tolist() == [[False, False, True, False]]  # 1/12, 2/11, 2/8 is not under 1/4, 1/9


def test_days_the_files_do_not_tell_yet_are_to_come():
    rule = Rule(Limit(Fraction(1, 4), True), 3, 2, 1)
    known = replace(
        shop(rule=rule), orders=np.array([5, 4, 0, 0]), bad=np.zeros(4, int), is_told=np.array([1, 1, 0, 0], bool)
    )
    assert known.untold == 2
    made = courses.of(future(known, [7, 8, 9], [(-1, 1, 0.1)], 3))
    assert made.orders.tolist() == [[5 + 4 + 7, 4 + 7 + 8, 7 + 8 + 9]]  # the window of tomorrow ends yesterday
    assert made.bad.tolist() == [[1, 1, 1]]


def test_a_window_under_its_floor_is_not_judged():
    rule = Rule(Limit(Fraction(1, 10), False), 2, 0, 5)
    known = replace(shop(rule=rule), orders=np.array([2, 2]), bad=np.array([1, 1]), is_told=np.ones(2, bool))
    made = courses.of(future(known, [1, 4], [(1, 1, 0.1)], 2))
    assert made.is_missed.tolist() == [[False, True]]  # 2 of 3 is not judged, 1 of 5 is over 1 in 10


def test_fewer_bad_ones_keep_those_whose_mark_is_under_the_factor_and_later_days_alone():
    known = shop(rule=Rule(UNDER_ONE_PERCENT, 60, 0, 1))
    drawn = future(known, [10] * 5, [(1, 1, 0.9), (2, 2, 0.4), (3, 3, 0.9)], 5)
    halved = courses.of(drawn, Effect(np.ones(5), np.array([1, 1, 0.5, 0.5, 0.5])))
    assert halved.bad.tolist() == [[1, 2, 2, 2, 2]]


def test_good_orders_that_leave_raise_the_rate_first():
    known = shop(orders=100, rule=Rule(UNDER_ONE_PERCENT, 5, 0, 1))
    known = replace(known, bad=np.where(np.arange(400) == 399, 2, 0))
    base = Ahead(future(known, [100] * 10, [], 10))
    paused = replace(base, effect=Effect(np.full(10, 0.5), np.full(10, 0.5)))
    assert paused.courses.orders.tolist()[0][:3] == [450, 400, 350]
    assert scenarios.rises(base, paused) == 1
    assert scenarios.rises(base, base) is None


def test_a_bad_one_taken_down_is_gone_from_its_day_on_and_never_before():
    known = replace(shop(rule=Rule(UNDER_ONE_PERCENT, 5, 0, 1)), bad=np.where(np.arange(400) == 399, 1, 0))
    made = courses.of(future(known, [10] * 6, [], 6), Effect(np.ones(6), np.ones(6), ((1, 3, 1.0),)))
    assert made.bad.tolist() == [[1, 1, 0, 0, 0, 0]]


# Chances


def test_a_shop_of_a_known_rate_is_missed_as_often_as_the_first_passage_says():
    exact = first_passage.chance(first_passage.Problem(10, 0.005, UNDER_ONE_PERCENT, 60, 90))
    found = (by_chance.first_missed(Rule(UNDER_ONE_PERCENT, 60, 0, 1), AT_ONCE, 10, 0.005, 90, paths=4_000) > 0).mean()
    assert found == pytest.approx(exact.value, abs=4 * (0.25 / 4_000) ** 0.5)


def test_late_reports_and_a_lag_hide_what_the_published_case_says_they_hide():
    case = ORACLE["FP-73"]
    share = 1 - 0.95 ** (np.arange(181) + 1)
    share[-1] = 1
    rule = Rule(UNDER_ONE_PERCENT, 60, 14, 1)
    found = (by_chance.first_missed(rule, share, 50, 0.012, 180, paths=2_000) > 0).mean()
    assert found == pytest.approx(case["expected"]["p_breach_visible"], abs=0.01)


def test_the_budget_is_what_is_allowed_less_what_is_there():
    known = shop(orders=10, rule=Rule(UNDER_ONE_PERCENT, 60, 0, 1))
    ahead = Ahead(future(known, [10] * 3, [(1, 1, 0.1), (2, 2, 0.1)], 3))
    assert ahead.left.tolist() == [[4, 3, 3]]  # of 600 orders 5 may be bad, and stay under 1 %


def test_the_way_back_is_the_first_day_met_and_the_first_that_lasts():
    rule = Rule(UNDER_ONE_PERCENT, 5, 0, 1)
    known = replace(shop(orders=30, rule=rule, status="breached"), bad=np.where(np.arange(400) >= 397, 1, 0))
    # Three bad ones leave on days 3, 4 and 5 (150 orders allow one); a further one of day 6 makes two with none before it.
    ahead = Ahead(future(known, [30] * 80, [(6, 6, 0.1), (6, 6, 0.2)], 80))
    assert ahead.courses.is_missed[0, :12].tolist() == [True] * 3 + [False] * 2 + [True] * 5 + [False] * 2
    assert ahead.way_back.first == (4, 4, 4)
    assert ahead.way_back.for_good == (11, 11, 11)
    assert [one.value for one in ahead.chances if one.days == 30] == [1.0]


def test_within_a_year_that_is_not_reached_is_said_so():
    known = replace(shop(orders=10, status="breached"), bad=np.ones(400, int))
    ahead = Ahead.of(known, 180, paths=200)
    assert ahead.way_back.first == (None, None, None)


def test_a_horizon_beyond_the_history_is_a_range_only():
    known = replace(shop(), orders=np.where(np.arange(400) >= 340, 10, 0))
    assert known.history_days == 60
    assert [(one.days, one.is_range) for one in Ahead.of(known, 90, paths=200).chances] == [
        (7, False),
        (30, False),
        (60, False),
        (90, True),
    ]


# The rate


def test_the_posterior_of_a_steady_record_is_the_gamma_law_of_its_counts():
    """36 bad ones of 3,650 orders, the weight of the prior small beside them: mean near 1 %, and wider with every doubt."""
    known = shop(orders=10, bad_every=10)
    generator = np.random.default_rng(1)
    rate = rates.drawn(known, 20_000, generator).rate
    assert np.log(rate).mean() == pytest.approx(np.log(0.01), abs=0.15)
    assert 1 / 36**0.5 < np.log(rate).std() < 0.5
    deflated = rates.drawn(replace(known, verdict=verdict(effect=4.0)), 20_000, generator).rate
    assert np.log(deflated).std() > 1.3 * np.log(rate).std()


def test_a_rate_that_turned_is_read_from_its_last_months():
    bad = np.where(np.arange(400) < 280, np.arange(400) % 4 == 0, np.arange(400) % 40 == 0).astype(int)
    found = rates.drawn(replace(shop(), bad=bad), 20_000, np.random.default_rng(1))
    assert np.median(found.rate) < 0.008  # 2.5 % before, 0.25 % in the last 120 days
    assert rates.SPREAD[found.law].mean() > 0.8


def test_a_bad_month_of_a_steady_account_is_followed_by_better_ones():
    """1 % for ten months, 4 % in the last 60 days: the rate is high today, and on its way back in half a year."""
    bad = np.where(np.arange(400) >= 340, np.arange(400) % 5 < 4, np.arange(400) % 5 == 0).astype(int)
    found = rates.drawn(replace(shop(orders=20), bad=bad), 20_000, np.random.default_rng(1))
    later = found.ahead(180, np.random.default_rng(2))
    assert np.median(found.rate) > 0.03
    assert 0.01 < np.median(later[:, -1]) < 0.8 * np.median(found.rate)


def test_blocks_to_come_are_apart_from_their_level_as_the_law_says():
    """One in four is more than 1.15 standard deviations away on either side; of the distance of today, a part is left."""
    for law, (spread, stays, _) in enumerate(rates.LAWS):
        now = rates.Drawn(np.full(40_000, 0.02), np.full(40_000, 0.01), np.full(40_000, law))
        made = np.log(now.ahead(600, np.random.default_rng(1)) / 0.01)
        assert made[:, 0].mean() == pytest.approx(stays * np.log(2), abs=4 * spread / 200)
        assert (np.abs(made[:, -1] - made[:, -1].mean()) > 1.1503 * spread).mean() == pytest.approx(0.25, abs=0.01)


def test_blocks_of_a_rate_that_has_turned_end_with_the_turn():
    known = replace(
        shop(orders=10), turned=DAY - timedelta(days=74)
    )  # 75 days since: a block of 15 days, then one of 60
    assert [orders for _, orders in rates.blocks(known)] == [500, 600, 600, 600, 600, 150, 600]
    assert [orders for _, orders in rates.blocks(shop(orders=10))] == [50, *[600] * 6]


def test_a_proved_turn_leaves_of_the_days_before_it_a_prior_worth_little():
    """A tenth bad for a year, 20 of 2,000 since. By hand: the old rate is known well, the step across the turn is normal with
    standard deviation 1 on the logarithm, the counts since are Poisson."""
    since = np.arange(400) >= 360
    bad = np.where(since, np.arange(400) % 2 == 0, 5).astype(int)
    known = replace(shop(orders=50), bad=bad, turned=DAY - timedelta(days=39))
    at = np.linspace(np.log(0.001), np.log(0.2), 4_000)
    weight = np.exp(-0.5 * (at - np.log(0.1)) ** 2 + 20 * at - 2_000 * np.exp(at) + 20 * 5.6)
    mean = (weight * at).sum() / weight.sum()
    spread = ((weight * at**2).sum() / weight.sum() - mean**2) ** 0.5
    found = rates.drawn(known, 20_000, np.random.default_rng(1))
    assert np.log(found.rate).mean() == pytest.approx(mean, abs=0.03)
    assert np.log(found.rate).std() == pytest.approx(spread, abs=0.03)
    blended = rates.drawn(replace(known, turned=None), 20_000, np.random.default_rng(1))
    assert np.median(blended.rate) > 1.5 * np.median(found.rate)
    assert rates.SPREAD[blended.law].mean() > rates.SPREAD[found.law].mean()  # the turn taught that the rate drifts


def test_a_turn_little_speaks_for_is_drawn_no_oftener_than_its_counts_do():
    """A tenth bad for a year, none of 20 since. By hand: the year's blocks are apart by a fifth; without a turn the rate since is
    as far from the old one, with it the step has standard deviation 1; both are as likely beforehand."""
    since = np.arange(400) >= 360
    orders = np.where(since, np.arange(400) % 2, 50)
    known = replace(shop(), orders=orders, bad=np.where(since, 0, 5), turned=DAY - timedelta(days=39))
    at = np.linspace(-5, 3, 4_000)
    sides = [np.exp(-0.5 * (at / spread) ** 2 - 2 * np.exp(at)) / spread for spread in (0.2, (0.2**2 + 1) ** 0.5)]
    by_hand = sum(sides) / np.sum(sides)
    found = np.log(rates.drawn(known, 20_000, np.random.default_rng(1)).rate / 0.1)
    for low in (-1.0, -0.5, 0.0):
        assert (found < low).mean() == pytest.approx(by_hand[at < low].sum(), abs=0.04)


def test_young_orders_count_for_what_of_them_is_reported():
    share = np.minimum(np.arange(181) / 60, 1.0)
    (_, early), *_, (_, late) = rates.blocks(shop(share=share))
    assert early == pytest.approx(10 * 5)  # 365 days are six blocks and five days
    assert late == pytest.approx(10 * sum(range(60)) / 60)


def test_weekdays_are_told_only_where_the_data_show_them():
    even, uneven = np.full(140, 20), np.tile([30, 30, 30, 30, 20, 0, 0], 20)
    assert volume.weekdays(even).tolist() == [1.0] * 7
    assert volume.weekdays(uneven) == pytest.approx(np.array([30, 30, 30, 30, 20, 0, 0]) / 20)


# Levers


@pytest.mark.parametrize("kind", levers.FORBIDDEN)
def test_what_the_marketplace_forbids_is_refused_with_its_rule(kind):
    with pytest.raises(SettingsError, match=r"not permitted: .*help"):
        Lever(kind)


ENTRY = '[[scenarios]]\nname = "A better carrier"\nlever = "carrier"\nshare = [0.2, 0.5]\nstarts = 2026-11-15\ncost = "120.00"\n'


@pytest.fixture
def said(tmp_path):
    """A function that reads a scenarios.toml of an account with two SKUs."""

    def read(text, stores=("amazon.de",)):
        (tmp_path / "scenarios.toml").write_text(text, encoding="utf-8")
        placed = [{"order_id": sku, "day": DAY, "sku": sku} for sku in ("L-1", "L-2")]
        orders = pl.DataFrame(placed, schema=dict(SCHEMAS["orders"]))
        return scenarios_file.read(Account("t", "T", tmp_path, stores, orders=orders))

    return read


def test_scenarios_are_read_as_they_stand(said, tmp_path):
    (found,) = said(ENTRY)
    cost = Cost(monthly=Decimal("120.00"), currency="EUR")
    assert found.levers == (Lever("carrier", (0.2, 0.5), starts=date(2026, 11, 15), cost=cost),)
    assert [len(one.levers) for one in said(ENTRY + ENTRY)] == [2]
    assert said(ENTRY + ENTRY)[0].cost == Cost(monthly=Decimal("240.00"), currency="EUR")
    assert said("") == ()
    (tmp_path / "scenarios.toml").unlink()
    assert scenarios_file.read(Account("t", "T", tmp_path, ())) is None


def test_a_line_that_cannot_be_meant_is_told_before_a_run_begins_and_hinders_no_report_that_reads_none(tmp_path):
    (tmp_path / "account.toml").write_text('id = "a"\nname = "A"\nmarketplaces = ["amazon.de"]\n', encoding="utf-8")
    (tmp_path / "exports").mkdir()
    (tmp_path / "scenarios.toml").write_text(ENTRY.replace("carrier", "carier"), encoding="utf-8")
    shared = {"as_of": "2026-10-31", "period": "2026-10", "out": tmp_path}
    tasks, (problem,) = of_accounts.checked((str(tmp_path),), [notebooks.named("04")], **shared)
    assert (tasks, problem.code) == ([], 2)
    assert "did you mean 'carrier'" in problem.said
    tasks, problems = of_accounts.checked((str(tmp_path),), [notebooks.named("02")], **shared)
    assert (len(tasks), problems) == (1, [])


@pytest.mark.parametrize(("days", "is_left_out"), [(90, False), (91, True)])
def test_what_began_long_ago_is_in_the_files_already_and_left_out_by_name(said, days, is_left_out):
    old = ENTRY.replace("2026-11-15", (DAY - timedelta(days=days)).isoformat())
    (alone,), others = said(old), said(old + ENTRY.replace("A better carrier", "Another"))
    assert scenarios_file.to_come((alone,), DAY) == (((), ["A better carrier"]) if is_left_out else ((alone,), []))
    assert [one.name for one in scenarios_file.to_come(others, DAY)[0]][-1] == "Another"
    (both,) = said(old + ENTRY)
    assert [len(one.levers) for one in scenarios_file.to_come((both,), DAY)[0]] == [1 if is_left_out else 2]


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("lever =", "levr =", "did you mean 'lever'"),
        ('"carrier"', '"carier"', "did you mean 'carrier'"),
        ('"carrier"', '"pay_for_feedback"', "[scenarios.lever], 'A better carrier': pay_for_feedback is not permitted"),
        ("[0.2, 0.5]", "1.5", "[scenarios.share], 'A better carrier': expected a share from 0 to 1"),
        ("[0.2, 0.5]", "[0.2, 0.5, 0.7]", "expected a share from 0 to 1, or the least and the most of it"),
        ("[0.2, 0.5]", "[0.5, 0.2]", "the lesser share first"),
        ("share = [0.2, 0.5]", "", "'A better carrier': expected a line for 'share': the lever 'carrier' does nothing"),
        (
            '"120.00"',
            '"120 EUR"',
            "[scenarios.cost], 'A better carrier': expected an amount as text without its currency",
        ),
        (
            "cost =",
            'currency = "euro"\ncost =',
            "expected the three capital letters of a currency, such as \"EUR\"; found 'euro'",
        ),
        ("cost =", 'currency = "USD"\ncost =', "a currency of the account's stores or files (EUR), found 'USD'"),
        ('name = "A better carrier"', "", "expected a line for [scenarios.name], entry 1, found none"),
        ("cost =", "metrics = ['late_rate']\ncost =", "did you mean 'late_shipment_rate'"),
        ("cost =", "removed = 2\ncost =", "expected it of the lever 'removals_won' alone"),
        ("cost =", "factor = 'sku'\ncost =", "`factor` and `level` together"),
        ("cost =", "factor = 'offer'\nlevel = 'L-1'\ncost =", "found 'offer'; did you mean 'sku'?"),
        ("cost =", "factor = 'skus'\nlevel = 'L-1'\ncost =", "did you mean 'sku'"),
        ("cost =", "factor = 'sku'\nlevel = 'L-11'\ncost =", "did you mean 'L-1'"),
        ("cost =", "factor = 'sku'\nlevel = 'L-1'\norders = -0.1\ncost =", "counted from the files"),
        ("[[scenarios]]", "[[scenarios", "expected TOML text"),
        ("cost =", 'cost = "1"\ncost =', "expected TOML text"),
    ],
)
def test_a_scenario_that_cannot_be_meant_is_refused_with_what_is_right(said, right, wrong, fault):
    with pytest.raises(SettingsError, match=re.escape(fault)) as found:
        said(ENTRY.replace(right, wrong))
    assert "scenarios.toml" in found.value.message
    assert not re.search(r"scenarios\.[0-9]|\^\[", found.value.message)


def test_a_lever_that_can_have_no_cause_is_refused_one(said):
    with pytest.raises(SettingsError, match="expected a lever that has a cause"):
        said('[[scenarios]]\nname = "x"\nlever = "volume"\nfactor = "sku"\nlevel = "L-1"\n')


def test_where_stores_have_several_currencies_a_cost_says_its_own(said):
    stores = ("amazon.de", "amazon.co.uk")
    with pytest.raises(SettingsError, match="expected one of EUR, GBP: the account has several"):
        said(ENTRY, stores)
    (found,) = said(f'{ENTRY}currency = "GBP"\n', stores)
    assert found.cost == Cost(monthly=Decimal("120.00"), currency="GBP")


def test_more_of_a_lever_never_needs_more_of_it_and_all_of_it_is_its_upper_limit():
    known = replace(shop(orders=20, status="met"), bad=(np.arange(400) % 7 == 0).astype(int))
    ahead = Ahead.of(known, 120, paths=1_000)
    found = scenarios.enough(ahead, Lever("fewer_bad"), 90, {})
    told = [least for least in found.least if least is not None]
    assert told == sorted(told)
    without = effects.under(ahead, Scenario("", (Lever("fewer_bad", (1.0, 1.0)),)), {})
    assert without.chance(90).value <= ahead.chance(90).value


def test_scenarios_are_of_the_same_shops():
    known = replace(shop(orders=20), bad=(np.arange(400) % 9 == 0).astype(int))
    base = Ahead.of(known, 120, paths=500)
    nothing = effects.under(base, Scenario("", (Lever("fewer_bad", (0.0, 0.0)),)), {})
    assert np.array_equal(nothing.courses.bad, base.courses.bad)
    with_more = Ahead.of(known, 120, paths=500, more=True)
    assert np.array_equal(with_more.courses.bad, base.courses.bad)


def test_claims_answered_move_only_the_part_that_is_claims():
    known = shop(orders=20)
    drawn = Ahead.of(known, 60, paths=50).futures
    effect = effects.of(Scenario("", (Lever("claims_answered", (0.5, 0.5)),)), drawn, {"a_to_z_claims": 0.4})
    assert effect.bad == pytest.approx(np.full(drawn.orders.shape[1], 0.8))


def test_a_lever_starts_on_its_day_and_works_in_full_after_its_ramp():
    drawn = Ahead.of(shop(orders=20), 60, paths=50).futures
    lever = Lever("fewer_bad", (1.0, 1.0), starts=DAY + timedelta(days=3), ramp_days=2)
    assert effects.of(Scenario("", (lever,)), drawn, {}).bad[:5].tolist() == [1, 1, 0.5, 0, 0]


# An account


def test_a_whole_account_is_looked_ahead_of_and_says_what_is_over(samples):
    a = audit.of(samples / "small-good", today="2026-11-01")
    outlook = scenarios.of(a, 90)
    assert [(one.known.verdict["metric"], one.is_over) for one in outlook.ahead] == [
        ("order_defect_rate", True),
        ("cancellation_rate", True),
    ]
    frame = outlook.projection
    base = frame.filter(scenario=scenarios.BASELINE, metric="order_defect_rate")
    assert base["method"].unique().to_list() == ["already over"]
    assert base["day"].to_list() == [DAY + timedelta(days=n) for n in range(1, 91)]
    assert outlook.any_missed(30) is None
