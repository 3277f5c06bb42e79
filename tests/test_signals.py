"""Is a movement real: the watches on reports as they come in, control charts of mature cohorts, run rules."""

import json
import math
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import binom, poisson

from helpers import audit, maturity, metrics, signals, targets
from helpers.frames import SCHEMAS
from helpers.maturity import Delays, priors
from helpers.maturity.curve import pooled
from helpers.signals import alarm, delays, limits, reported, rules, steady
from helpers.signals.reported import Reported
from helpers.vocabulary import OwnEvent

ORACLES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}
DAY = date(2026, 3, 31)
FEEDBACK = delays.prior(["negative_feedback_rate"])
SLOW = steady.Steady(20, 0.01, 0.01, True, 0.0, 1, 60, 14, tuple((FEEDBACK / FEEDBACK.sum()).cumsum().tolist()))


def stream(orders, bad=(), *, told=None, undated=None):
    """One series: orders of each day, and bad ones as (day of the order, day of the report, how many)."""
    orders = np.array([orders], float)
    placed, seen, number = np.array(list(bad) or np.zeros((0, 3)), np.int64).T
    is_told = np.ones(orders.shape, bool) if told is None else np.array([told], bool)
    none = np.zeros(orders.shape) if undated is None else np.array([undated], float)
    return Reported(orders, is_told, np.zeros(len(placed), np.int64), placed, seen, number.astype(float), none)


# --- delays ---------------------------------------------------------------------------------------------------------


def test_delays_of_many_series_are_those_of_one_curve_each():
    delay, age, count = (
        np.array([0, 1, 0, 2, 1, 5, 9]),
        np.array([3, 3, 2, 3, 2, 40, 60]),
        np.array([1, 2, 1, 1, 3, 1, 2]),
    )
    prior = priors.of("negative_feedback_rate").masses * 20
    one, _ = pooled(Delays.of(delay, age, count), prior)
    by_delay, by_age = (np.bincount(each, count, len(prior))[None, :] for each in (delay, age))
    assert delays.shares(by_delay, by_age, prior)[0] == pytest.approx(one)


# --- exposure -------------------------------------------------------------------------------------------------------


def test_a_day_s_exposure_is_the_orders_whose_reports_fall_due_on_it():
    """Half of all reports on the day, half on the day after: of 10, 20 and 40 orders 5, 5 + 10 and 10 + 20 are due."""
    half = np.array([0.5, 0.5])
    found = alarm.watched(stream([10, 20, 40]), 0.01, 2, 1e9 * half)
    assert found.exposure[0] == pytest.approx([5, 15, 30])


def test_a_day_the_files_do_not_tell_has_no_exposure_and_no_counts():
    found = alarm.watched(
        stream([10, 10, 10], [(0, 1, 1), (1, 2, 1)], told=[True, False, True]), 0.01, 2, 1e9 * np.array([0.5, 0.5])
    )
    assert found.exposure[0] == pytest.approx([5, 0, 10])
    assert found.counts[0].tolist() == [0, 0, 1]


def test_bad_ones_dated_by_their_file_are_left_out_and_their_share_is_taken_from_the_exposure():
    """Nine of eighteen carry no day; one more is taken to carry one: half of all, and a nineteenth."""
    bad = [(n, n, 1) for n in range(9)]
    found = alarm.watched(stream([10] * 29, bad, undated=[0] * 20 + [9] + [0] * 8), 0.01, 7, 1e9 * np.array([1.0]))
    assert found.exposure[0, 20] == pytest.approx(10)  # the file of this day is not known before it
    assert found.exposure[0, 21] == pytest.approx(10 * (1 - 9 / 19))
    assert found.counts.sum() == 9


def test_what_comes_later_never_changes_what_a_day_showed():
    rng = np.random.default_rng(5)
    whole = steady.drawn(rng, SLOW, 3, 400)
    young = whole.seen < 300
    cut = Reported(
        whole.orders[:, :300],
        whole.is_told[:, :300],
        *(each[young] for each in (whole.row, whole.placed, whole.seen, whole.number)),
        whole.undated[:, :300],
    )
    now, then = (alarm.watched(one, 0.01, 60, FEEDBACK) for one in (whole, cut))
    assert now.target[:, :300] == pytest.approx(then.target)
    assert now.own[:, :300] == pytest.approx(then.own)


# --- the alarm ------------------------------------------------------------------------------------------------------


def test_the_statistic_of_two_days_is_the_one_worked_by_hand():
    """M₁ = mean L^x e^{−(L−1)m}; M₂ = mean (M₁(L) + 1) · factor(L), each multiple by itself."""
    counts, expected = [[2.0, 0.0]], [[1.0, 0.5]]
    found = np.exp(alarm.detector(counts, expected, [[1.0, 1.0]]))[0]
    each = [lift**2 * math.exp(-(lift - 1)) for lift in (1.25, 1.5, 2, 3, 5)]
    later = [(m + 1) * math.exp(-(lift - 1) / 2) for m, lift in zip(each, (1.25, 1.5, 2, 3, 5), strict=True)]
    assert found == pytest.approx([sum(each) / 5, sum(later) / 5])


def test_a_clustered_day_weighs_as_its_root():
    plain, tempered = (alarm.detector([[6.0]], [[1.0]], [[effect]])[0, 0] for effect in (1.0, 3.0))
    each = [(lift**6 * math.exp(-(lift - 1))) ** (1 / 3) for lift in (1.25, 1.5, 2, 3, 5)]
    assert math.exp(tempered) == pytest.approx(sum(each) / 5)
    assert plain > tempered


def test_the_factor_of_a_day_is_one_on_average_at_the_target_and_below_one_under_it():
    """What the promise rests on: E[L^X] = e^{(L−1) m} of a Poisson count at the target, less what the cap takes."""
    x = np.arange(200)
    for m in (0.1, 0.3):
        factor = np.exp(alarm.detector(x[:, None], np.full((200, 1), m), np.ones((200, 1)))[:, 0])
        assert 1 - 1e-3 < (poisson.pmf(x, m) * factor).sum() <= 1 + 1e-12
        assert (poisson.pmf(x, 0.8 * m) * factor).sum() < 1 - 1e-2


def test_accounts_just_inside_their_target_are_alarmed_in_at_most_one_of_twenty_over_three_years():
    """600 drawn accounts, day batches and one by one; benchmarks/signals.py has ten thousand and storm weeks."""
    for rho in (0.0, 0.05):
        like = steady.Steady(50, 0.0099, 0.01, True, rho, 1, 60, 14, SLOW.reported)
        found = alarm.watched(steady.drawn(np.random.default_rng(1), like, 300, 1095), 0.01, 60, FEEDBACK, every=28)
        alarmed = (found.target.max(axis=1) >= np.log(alarm.ALARM_AT) - 1e-9).sum()
        assert alarmed <= binom.ppf(0.99, 300, 0.05)


def test_accounts_with_bad_weeks_keep_the_promise_whichever_weekday_those_begin_on():
    """Weeks whose rate varies by as much as it is, from a Thursday where the watch begins on a Monday: 6.5 % promised."""
    like = steady.Steady(50, 0.0099, 0.01, True, 0.0099, 7, 60, 14, SLOW.reported)
    whole = steady.drawn(np.random.default_rng(9), like, 200, 1098)
    late = whole.placed >= 3
    moved = [
        getattr(whole, name)[late] - shift for name, shift in (("row", 0), ("placed", 3), ("seen", 3), ("number", 0))
    ]
    reports = Reported(whole.orders[:, 3:], whole.is_told[:, 3:], *moved, whole.undated[:, 3:])
    found = alarm.watched(reports, 0.01, 60, FEEDBACK, every=28)
    alarmed = (found.target.max(axis=1) >= np.log(alarm.ALARM_AT) - 1e-9).sum()
    assert alarmed <= binom.ppf(0.99, 200, 0.065)


def test_a_shift_is_found_weeks_before_matured_cohorts_can_show_it():
    """50 orders a day turn from 0.5 to 2 %: a matured cohort is 53 days old. At least 20 days earlier in the median."""
    days, turn = 365 + 250, 365
    before = steady.drawn(
        np.random.default_rng(2), steady.Steady(50, 0.005, 0.01, True, 0, 1, 60, 14, SLOW.reported), 60, days
    )
    after = steady.drawn(
        np.random.default_rng(3), steady.Steady(50, 0.02, 0.01, True, 0, 1, 60, 14, SLOW.reported), 60, days
    )
    early, late = before.placed < turn, after.placed >= turn
    parts = [
        np.concatenate([getattr(before, n)[early], getattr(after, n)[late]])
        for n in ("row", "placed", "seen", "number")
    ]
    orders = np.where(np.arange(days) < turn, before.orders, after.orders)
    both = Reported(orders, before.is_told, *parts, np.zeros(orders.shape))
    found = alarm.watched(both, 0.01, 60, FEEDBACK, every=28)
    ripe, is_ripe = 53, both.seen - both.placed <= 53
    x, n = np.zeros(orders.shape), np.zeros(orders.shape)
    at = both.placed[is_ripe] + ripe
    inside = at < days
    np.add.at(x, (both.row[is_ripe][inside], at[inside]), both.number[is_ripe][inside])
    n[:, ripe:] = orders[:, :-ripe]
    matured = alarm.detector(x, n * 0.01 * SLOW.reported[ripe], found.effect)
    first = [
        np.median((each[:, turn:] >= np.log(alarm.ALARM_AT) - 1e-9).argmax(axis=1)) for each in (found.target, matured)
    ]
    assert 0 < first[0] <= first[1] - 20


def test_a_mark_stands_until_its_statistic_has_fallen_to_a_hundredth():
    top = math.log(100.0)
    assert alarm.is_marked([[0, top, top - 2, 0.01, -0.01, top - 1]], top)[0].tolist() == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]


def test_thousands_reported_in_a_day_raise_the_alarm_and_none_of_thousands_due_is_as_far_from_it_as_can_be():
    found = alarm.detector([[5000.0, 0.0]], [[10.0, 5000.0]], [[1.0, 1.0]])
    assert found[0, 0] == pytest.approx(math.log(5 * alarm.ALARM_AT))  # no part grows past what raises it by itself
    assert found[0, 1] < -700


def test_an_account_that_mends_can_be_alarmed_again():
    """300 bad days, 300 good ones, then bad again: the statistic does not stay where the first time took it."""
    counts = np.repeat([2.0, 0.0, 2.0], 300)[None, :]
    marked = alarm.is_marked(
        alarm.detector(counts, np.full(counts.shape, 0.5), np.ones(counts.shape)), math.log(alarm.ALARM_AT)
    )
    assert marked[0, [299, 599, 899]].tolist() == [True, False, True]


def test_the_watch_on_the_own_level_waits_for_ninety_days_and_leaves_the_last_sixty_out():
    found = alarm.watched(stream([10] * 200, [(n, n, 1) for n in range(0, 200, 10)]), 0.05, 30, 1e9 * np.array([1.0]))
    known = ~np.isnan(found.level[0])
    assert not known[:150].any()
    assert known[154:].all()
    # 95 days of the first 155 less 60, rounded to stretches of seven: 10 bad of 940 orders, and half a one of ten
    assert found.level[0, 154] == pytest.approx((10 + 0.5) / (940 + 0.5 / 0.05))


def test_a_cusum_adds_the_log_likelihood_ratio_and_never_falls_under_nothing():
    found = alarm.cusum([[3.0, 0.0, 0.0]], [[1.0, 1.0, 5.0]], [[1.0, 2.0, 1.0]])[0]
    assert found == pytest.approx([3 * math.log(2) - 1, 3 * math.log(2) - 1.5, 0])


# --- steady accounts ------------------------------------------------------------------------------------------------


def test_the_share_of_steady_accounts_marked_is_the_same_every_time_and_small_for_the_alarm():
    marked = steady.marked(SLOW)
    assert steady.marked.__wrapped__(SLOW) == marked
    assert marked.target <= 0.05
    assert marked.fixed_step > 0.9  # a step of a quarter of the target within a month wakes nearly everybody


def test_a_steady_account_on_half_its_target_misses_it_as_often_as_first_passage_says():
    """10 orders a day at 0.5 %, seen two weeks and more after the order: 0.299 in 180 days (statistics of the rolling rate
    with a reporting delay of 19 days, geometric). 200 accounts: within three standard errors."""
    ages = np.arange(181)
    geometric = tuple((1 - (1 - 1 / 20) ** (ages + 1)).tolist())
    like = steady.Steady(10, 0.005, 0.01, True, 0.0, 1, 60, 14, geometric)
    drawn = steady.drawn(np.random.default_rng(4), like, 400, 200 + 180)
    bad, orders = steady.judged(drawn, 60, 14)
    missed = (100 * bad >= orders)[:, 200:].any(axis=1).mean()
    assert missed == pytest.approx(0.299, abs=3 * math.sqrt(0.3 * 0.7 / 400))


# --- limits ---------------------------------------------------------------------------------------------------------


def test_laney_s_limits_are_those_of_the_published_case():
    case = ORACLES["SPC-02"]
    x, n = case["inputs"]["defects"], case["inputs"]["orders"]
    found, spread = limits.p_prime(x, n)
    assert spread == pytest.approx(case["expected"]["sigma_z"], rel=1e-9)
    assert found.high == pytest.approx(case["expected"]["ucl"], rel=1e-9)
    assert found.low == pytest.approx(case["expected"]["lcl"])


ORANGE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]


def test_p_limits_are_those_of_montgomery_s_orange_juice_cans():
    """30 samples of 50 (table 7.1): 0.2313, 0.0524 to 0.4102; without samples 15 and 23: 0.2150, 0.0407 to 0.3893."""
    found = limits.p(ORANGE, [50] * 30)
    assert (found.centre, found.low[0], found.high[0]) == pytest.approx((0.2313333, 0.05242755, 0.4102391), rel=1e-6)
    kept = [number not in (15, 23) for number in range(1, 31)]
    again = limits.p(ORANGE, [50] * 30, kept)
    assert (again.centre, again.low[0], again.high[0]) == pytest.approx((0.215, 0.04070284, 0.3892972), rel=1e-6)


def test_of_twenty_weeks_of_hospital_visits_plain_limits_name_sixteen_and_laney_s_none(real):
    """Mohammed, Panesar, Laney and Wilson 2013 (BMJ Quality and Safety 22:362): spread 10.64."""
    rows = pl.read_csv(real / "spc" / "spc_data.csv", infer_schema_length=None).filter(dataset="nhs_accidents")
    x, n = rows.get_column("x").to_numpy(), rows.get_column("n").to_numpy()
    rate, plain, (prime, spread) = x / n, limits.p(x, n), limits.p_prime(x, n)
    assert spread == pytest.approx(10.640422, abs=1e-6)
    assert ((rate > plain.high) | (rate < plain.low)).sum() == 16
    assert ((rate > prime.high) | (rate < prime.low)).sum() == 0


def test_exact_limits_leave_at_most_the_tail_of_three_sigma_on_either_side():
    """0.5 % of 600: 9 are inside and 10 not, while three sigma stop at 8.2 (statistics of rare events)."""
    assert limits.exact([600], 0.005).high[0] * 600 == pytest.approx(9)
    for n, p in ((600, 0.005), (50, 0.3), (3000, 0.01), (20, 0.9)):
        found = limits.exact([n], p)
        high, low = round(found.high[0] * n), round(found.low[0] * n)
        assert binom.sf(high, n, p) <= 0.00135 < binom.sf(high - 1, n, p)
        assert binom.cdf(low - 1, n, p) <= 0.00135 < binom.cdf(low, n, p)


def test_gaps_between_rare_events_have_the_limits_of_a_geometric_law():
    """ḡ = 20: 20 + 3 √(20 · 21) = 81.48, and no lower limit."""
    found = limits.g([10, 30, 20, 20])
    assert (found.centre, found.low[0]) == (20, 0)
    assert found.high[0] == pytest.approx(81.4817, abs=1e-4)


# --- run rules ------------------------------------------------------------------------------------------------------


def test_seven_on_one_side_is_the_published_vector_of_the_health_service():
    case = ORACLES["SPC-162"]
    found = rules.seven_on_one_side(case["inputs"]["relative_to_mean"])
    assert found.astype(int).tolist() == case["expected"]["seven_point_one_side"]


@pytest.mark.parametrize(
    ("rule", "points", "flags"),
    [
        (rules.beyond_three, [3, 3.01, -3.01, 0], [0, 1, 1, 0]),
        (rules.two_of_three_beyond_two, [2.1, 0, 2.1, 2.1], [0, 0, 1, 1]),
        (rules.two_of_three_beyond_two, [2.1, -2.1, 2.1, 0], [0, 0, 1, 0]),
        (rules.two_of_three_beyond_two, [2.1, 0, 0, 2.1], [0, 0, 0, 0]),
        (rules.two_of_three_beyond_two, [2.1, -2.1, 0, 0], [0, 0, 0, 0]),
        (rules.two_of_three_beyond_two, [2.1, 2.1, 0, 0], [0, 1, 0, 0]),
        (rules.four_of_five_beyond_one, [1.1, 1.1, 0, 1.1, 1.1, 0], [0, 0, 0, 0, 1, 0]),
        (rules.four_of_five_beyond_one, [1.1, 1.1, -1.1, 1.1, 0.9], [0, 0, 0, 0, 0]),
        (rules.eight_on_one_side, [1] * 9, [0] * 7 + [1, 1]),
        (rules.eight_on_one_side, [1] * 7 + [0] + [1] * 7, [0] * 15),
        (rules.eight_on_one_side, [-1] * 8, [0] * 7 + [1]),
    ],
)
def test_a_run_is_flagged_from_the_point_that_completes_it(rule, points, flags):
    assert rule(points).astype(int).tolist() == flags


@pytest.mark.parametrize(
    ("chosen", "published"),
    [((0,), 370.40), ((0, 1), 225.44), ((0, 2), 166.05), ((0, 3), 152.73), ((0, 1, 2, 3), 91.75)],
)
def test_an_unchanged_process_is_called_special_as_often_as_champ_and_woodall_say(chosen, published):
    """Average run length of the first rule, of it with each of the others, and of all four (Technometrics 29:393, table 1):
    2,000 drawn charts, within 3.5 standard errors."""
    z = np.random.default_rng(7).standard_normal((2000, 2500))
    flagged = np.zeros(z.shape, bool)
    for place in chosen:
        flagged |= list(rules.WESTERN_ELECTRIC.values())[place](z)
    length = np.where(flagged.any(axis=1), flagged.argmax(axis=1) + 1, 2500)
    assert length.mean() == pytest.approx(published, abs=3.5 * length.std() / math.sqrt(2000))


# --- cohorts --------------------------------------------------------------------------------------------------------


def counts(orders, bad=(), *, first=date(2025, 4, 1), last=DAY, holes=(), metric="order_defect_rate"):
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    key = {"account": "t", "marketplace": "amazon.co.uk", "metric": metric, "fulfilment": "merchant", "group": None}
    told = [{**key, "day": d, "seen_on": None, "numerator": 0, "denominator": orders} for d in days if d not in holes]
    seen = [{**key, "day": d, "seen_on": s, "numerator": x, "denominator": 0} for d, s, x in bad]
    return pl.DataFrame(told + seen, schema=dict(SCHEMAS["daily"]))


RULES = partial(targets.in_force, own=())
CURVES = {"order_defect_rate": maturity.curve("order_defect_rate", Delays.none())}


def every(days, *, first=date(2025, 4, 1), last=DAY):
    """A bad one on every so-manieth day, seen ten days later."""
    number = (last - first).days + 1
    return [(first + timedelta(days=n), first + timedelta(days=n + 10), 1) for n in range(0, number, days)]


def test_cohorts_are_whole_weeks_that_never_overlap_and_no_order_is_too_young():
    found = signals.control(counts(100, every(3)), {}, RULES, (), DAY)
    starts, ends = found.get_column("first_day").to_list(), found.get_column("last_day").to_list()
    assert all(end - start == timedelta(days=6) for start, end in zip(starts, ends, strict=True))
    assert all(start > end for start, end in zip(starts[1:], ends, strict=False))
    old = signals.control(
        counts(100, every(3)), CURVES | {"order_defect_rate": CURVES["order_defect_rate"]}, RULES, (), DAY
    )
    assert DAY - old.get_column("last_day").max() >= timedelta(days=CURVES["order_defect_rate"].age_of(0.95))


def test_no_rule_fires_because_recent_days_are_young():
    """An unchanged account whose bad ones are seen after weeks: the youngest weeks look better, and are not charted."""
    rng = np.random.default_rng(8)
    first = date(2025, 4, 1)
    bad = []
    for n in range(365):
        for _ in range(rng.poisson(2)):
            day = first + timedelta(days=n)
            bad.append((day, day + timedelta(days=int(rng.gamma(4, 6))), 1))
    known = [one for one in bad if one[1] <= DAY]
    dated = pl.DataFrame({"delay": [(s - d).days for d, s, _ in known], "age": [(DAY - d).days for d, _, _ in known]})
    curve = maturity.curve("negative_feedback_rate", Delays.of(dated["delay"].to_numpy(), dated["age"].to_numpy()))
    daily = counts(100, known, first=first)
    ripe = signals.control(daily, {"order_defect_rate": curve}, RULES, (), DAY)
    young = signals.control(daily, {}, RULES, (), DAY)
    assert young.tail(3).get_column("rules").list.len().sum() > 0  # what would be charted without the wait
    assert ripe.tail(3).get_column("rules").list.len().sum() == 0
    assert not ripe.tail(3).get_column("is_outside").any()


def test_a_week_with_a_day_the_files_do_not_tell_is_no_cohort():
    whole = signals.control(counts(100, every(3)), {}, RULES, (), DAY)
    holed = signals.control(counts(100, every(3), holes=(date(2025, 10, 15),)), {}, RULES, (), DAY)
    lost = set(whole.get_column("first_day")) - set(holed.get_column("first_day"))
    assert len(lost) == 1
    assert timedelta(0) <= date(2025, 10, 15) - lost.pop() <= timedelta(days=6)


def test_limits_begin_anew_only_with_an_event_that_says_so():
    moved = OwnEvent(date(2025, 10, 1), "new carrier", rebase=True, why="another contract")
    quiet = OwnEvent(date(2025, 10, 1), "new carrier")
    bad = [*every(2, last=date(2025, 9, 30)), *every(7, first=date(2025, 10, 1))]
    phases = [
        signals.control(counts(100, bad), {}, RULES, (event,), DAY)
        .group_by("phase")
        .agg(pl.col("centre").first())
        .sort("phase")
        for event in (moved, quiet)
    ]
    assert phases[0].get_column("centre").to_list() == pytest.approx([1 / 200, 1 / 700], rel=0.05)
    assert phases[1].height == 1


def test_limits_of_fewer_than_twelve_points_are_on_trial():
    found = signals.control(counts(100, every(3), first=date(2026, 1, 20)), {}, RULES, (), DAY)
    assert (found.height, found.get_column("is_trial").all()) == (10, True)
    assert not signals.control(counts(100, every(3)), {}, RULES, (), DAY).get_column("is_trial").any()


def test_rare_bad_ones_are_charted_by_the_orders_between_two_of_them():
    """One on every 60th day of ten orders a day, six of them seen by now: five times 600 orders apart."""
    found = signals.control(counts(10, every(60)), {}, RULES, (), DAY)
    assert found.get_column("chart").unique().to_list() == ["g"]
    assert found.get_column("value").to_list() == [600.0] * 5


def test_of_86_weeks_of_a_real_marketplace_laney_s_limits_name_the_waves_and_plain_ones_half_of_all(real):
    """Late deliveries of Olist, 2 January 2017 to 26 August 2018: plain 45, p′ 11, spread 2.18 (published beside the data).
    The waves: the weeks after Black Friday 2017 and those of February and March 2018."""
    orders, items = (pl.read_parquet(real / f"olist_{name}.parquet") for name in ("orders", "items"))
    rows = items.select("order_key", "seller_key").unique().join(orders, on="order_key")
    late = rows.drop_nulls("delivered_at").select(
        week=pl.col("purchased_at").dt.truncate("1w").dt.date(),
        is_late=pl.col("delivered_at").dt.date() > pl.col("estimated_delivery_date").cast(pl.Date),
    )
    weeks = (
        late.filter(pl.col("week").is_between(date(2017, 1, 2), date(2018, 8, 20)))
        .group_by("week")
        .agg(x=pl.col("is_late").sum(), n=pl.len())
        .sort("week")
    )
    x, n = weeks.get_column("x").to_numpy().astype(float), weeks.get_column("n").to_numpy().astype(float)
    plain, (prime, spread) = limits.p(x, n), limits.p_prime(x, n)
    assert (len(x), round(plain.centre, 8), round(spread, 6)) == (86, 0.06834403, 2.181772)
    assert ((x / n > plain.high) | (x / n < plain.low)).sum() == 45
    named = weeks.filter(pl.Series((x / n > prime.high) | (x / n < prime.low)))
    assert named.height == 11
    months = set(
        named.filter(pl.Series((x / n > prime.high)[(x / n > prime.high) | (x / n < prime.low)]))
        .get_column("week")
        .dt.strftime("%Y-%m")
    )
    assert {"2017-11", "2018-02", "2018-03"} <= months


# --- an account -----------------------------------------------------------------------------------------------------


def test_the_sample_that_mends_is_alarmed_before_it_mends_and_its_late_shipments_are_over_it(samples):
    looked = audit.of(samples / "on-the-mend", "2026-09-10")
    of = {(row["metric"], row["watch"]): row for row in looked.signals.iter_rows(named=True)}
    assert of["order_defect_rate", "target"]["is_marked"]
    assert of["late_shipment_rate", "target"]["is_marked"]
    later = audit.of(samples / "on-the-mend")
    late = later.signals.filter(metric="late_shipment_rate", watch="target").row(0, named=True)
    assert not late["is_marked"]


def test_only_part_of_the_defects_of_a_sample_carries_a_day_and_the_watch_expects_no_more(samples):
    """On the mend: 139 of 184 orders with a defect by a dated feedback, claims and chargebacks by their list alone."""
    row = (
        audit.of(samples / "on-the-mend").signals.filter(metric="order_defect_rate", watch="target").row(0, named=True)
    )
    assert 0.6 < row["dated_share"] < 0.85


def test_a_rate_that_files_tell_as_at_most_so_many_raises_no_alarm(samples):
    """At least so many bad ones prove a miss, at most so many or about so many never do."""
    looked = audit.of(samples / "small-good")
    for exactness, is_borne in (("upper_bound", False), ("approximate", False), ("lower_bound", True)):
        as_proved = looked.given(covered=looked.covered.with_columns(exactness=pl.lit(exactness)))
        assert as_proved.signals.get_column("is_borne").unique().to_list() == [is_borne]


def test_the_watch_of_a_rate_of_good_ones_counts_what_is_not_good(samples):
    looked = audit.of(samples / "late-and-broken")
    day = looked.watched.filter(metric="on_time_delivery_rate").get_column("day")[200]
    counted = looked.daily.filter(metric="on_time_delivery_rate", day=day)
    bad = counted.get_column("denominator").sum() - counted.get_column("numerator").sum()
    assert looked.watched.filter(metric="on_time_delivery_rate", day=day).item(0, "reported") == bad


def test_reports_known_on_a_past_day_are_those_the_day_could_know():
    stretch = list(reported.known(stream([10] * 30, [(0, 3, 1), (0, 20, 1)]), 7, FEEDBACK, every=10))
    assert [one.start for one in stretch] == [0, 10, 20]
    assert stretch[1].shares[0, 3] > stretch[0].shares[0, 3]  # a delay of three days is known by then
    assert stretch[2].shares[0, 19] == pytest.approx(stretch[1].shares[0, 19], abs=0.02)  # one of twenty is not


def test_visible_counts_are_what_a_day_could_know():
    assert (
        metrics.visible(counts(1, [(date(2026, 3, 1), date(2026, 3, 31), 1)]), date(2026, 3, 30))
        .get_column("numerator")
        .sum()
        == 0
    )
