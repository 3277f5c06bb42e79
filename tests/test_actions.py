"""Did the action work: before and since each event of account.toml, and what nobody can tell."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import lognorm, nbinom

from helpers import answer, audit, charts, exports, tables
from helpers.actions import effect, sides
from helpers.actions.effect import BLOCK, measured
from helpers.actions.events import between, done
from helpers.errors import SettingsError
from helpers.history.comparison import Comparison
from helpers.vocabulary import OwnEvent

FIX = date(2026, 9, 14)
NOTHING = "the label printer was moved"


def days(*parts):
    """Bad ones a day of stretches of (days, bad ones spread evenly over them)."""
    found = []
    for length, bad in parts:
        day = np.zeros(length)
        day[np.linspace(0, length - 1, bad).round().astype(int)] += 1
        found.append(day)
    return np.concatenate(found)


def one(before, prompting, after, *, a_day=20, blocks=9):
    """The effect on a rate of so many bad ones in nine blocks before, in the 74 days that prompted it, in 90 days since."""
    length = blocks * BLOCK
    x = days((length, before), (74, prompting), (90, after))
    n = np.full(len(x), float(a_day))
    return measured(n, x, slice(0, length), slice(length, length + 74), slice(length + 74, None), 60)


# --- what chance explains ----------------------------------------------------------------------------------------


def test_a_shop_that_was_bad_by_chance_when_it_acted_is_not_told_that_it_helped():
    # 1 % before, 2 % in the days that prompted it, 1 % since: a fall by half beside those days, and none beside the level.
    found = one(before=50, prompting=30, after=18)
    assert found.better > 0.3
    beside = Comparison.of((18, 1800, 1.0), (30, 1480, 1.0))
    assert float(beside.tails[0]) < 0.05  # what two windows would have said


def test_a_rate_that_falls_to_a_fifth_has_helped_and_the_interval_says_so_too():
    found = one(before=100, prompting=30, after=7)
    assert found.better < 0.001
    assert found.ratio[1] < 1
    assert found.ratio[0] < 7 / 1800 / (100 / 5040) < found.ratio[1]


def test_more_bad_ones_than_before_are_told_as_such():
    found = one(before=50, prompting=15, after=60)
    assert found.worse < 0.001
    assert found.ratio[0] > 1


def test_a_rise_beyond_chance_that_ends_with_the_action_is_told_though_the_level_is_what_it_was():
    found = one(before=50, prompting=75, after=18)
    assert found.has_risen
    assert found.better <= 0.05
    assert 18 < found.expected < 75 / 1480 * 1800  # shrunk: between the level and the days that prompted it


def test_without_a_rise_nothing_but_the_level_is_expected():
    found = one(before=50, prompting=30, after=18)
    assert not found.has_risen
    assert found.expected == pytest.approx(50 / 5040 * 1800)


def test_months_that_differ_by_themselves_make_a_fall_less_telling():
    even = one(before=90, prompting=15, after=13)
    x = np.concatenate([days(*((BLOCK, bad) for bad in (1, 19) * 4 + (10,))), days((74, 15), (90, 13))])
    n, length = np.full(len(x), 20.0), 9 * BLOCK
    unlike = measured(n, x, slice(0, length), slice(length, length + 74), slice(length + 74, None), 60)
    assert unlike.before.bad == even.before.bad == 90
    assert unlike.better > even.better
    assert even.better < 0.01


def test_how_far_levels_wander_is_what_four_in_five_of_the_spreads_that_explain_them_are_under():
    """By hand: negative binomial blocks about their common rate, each spread weighed by a log-normal law of median 0.15."""
    n, x = np.full(6, 5_000.0), np.array([30, 70, 45, 60, 25, 70.0])
    spreads = effect.SPREADS
    law = nbinom.logpmf(x[:, None], 1 / spreads**2, 1 / (1 + 50 * spreads**2)).sum(axis=0)
    weight = np.exp(law + lognorm.logpdf(spreads, 1.2, scale=0.15) + np.log(spreads) - law.max()).cumsum()
    seen = spreads[int((weight < 0.8 * weight[-1]).sum())]
    # of six blocks about their own mean five sixths are seen, and two thirds of levels that change inside a block
    assert effect.wander(n, x) == pytest.approx(seen * (6 / 5 * 3 / 2) ** 0.5)
    assert 0 < effect.wander(n, np.full(6, 50.0)) < 0.5 * effect.wander(n, x)


def test_a_level_that_wanders_makes_its_orders_alike_by_its_variance_over_theirs():
    assert effect.alike(0.3, 0.01) == pytest.approx(0.09 * 0.01**2 / (0.01 * 0.99))
    assert effect.alike(30.0, 0.5) == 1.0


@pytest.mark.parametrize("a_day", [25, 100])
def test_of_levels_that_wander_by_a_third_help_is_said_in_at_most_one_action_in_twenty(a_day):
    """150 accounts a case, each half a year after an action that did nothing; two standard errors of the draw."""
    rng = np.random.default_rng(9)
    times = rng.gamma(10, 0.1, (150, 11)).repeat(60, axis=1)
    n = rng.poisson(a_day, times.shape)
    x = rng.binomial(n, 0.01 * times)
    sides = slice(40, 405), slice(405, 480), slice(480, 660)
    said = [
        measured(*(each.astype(float) for each in one), *sides, 60).better <= 0.05 for one in zip(n, x, strict=True)
    ]
    assert np.mean(said) <= 0.05 + 2 * (0.05 * 0.95 / 150) ** 0.5


def test_rates_of_which_no_fall_could_be_seen_make_no_other_one_harder_to_tell(mending):
    """Five rates, of which two could show no fall with no bad one at all: the p of order defects counts among three."""
    rows = {(row["metric"], row["group"]): row for row in mending.actions.iter_rows(named=True)}
    silent = [row for row in rows.values() if row["smallest"] is None]
    assert {row["word"] for row in silent} == {"measuring"}
    assert {row["p_better"] for row in silent} == {1.0}
    defects, late = (rows[name, None] for name in ("order_defect_rate", "late_shipment_rate"))
    alone = acted(mending, OwnEvent(FIX, "x", metric="order_defect_rate")).filter(
        metric="order_defect_rate", is_meant=True
    )
    assert late["p_better"] < defects["p_better"] == pytest.approx((len(rows) - len(silent) - 1) * alone["p_better"][0])


def test_the_correlation_of_a_month_is_none_of_months_that_are_alike_and_grows_with_their_differences():
    n = np.full(8, 500.0)
    assert effect.between(n, np.full(8, 5.0)) == 0
    assert 0 < effect.between(n, np.array([0, 10.0] * 4)) < effect.between(n, np.array([0, 20.0] * 4))


def test_the_smallest_fall_is_the_one_that_shows_in_four_of_five_cases():
    found = one(before=100, prompting=30, after=30)
    told = [
        k
        for k in range(60)
        if float(Comparison.of((k, 1800, found.after.effect), found.before.counts).tails[0]) <= 0.05
    ]
    rate = found.smallest * 100 / 5040
    effect = found.after.effect  # bad ones vary so many times as much as one by one
    assert nbinom.cdf(max(told), 1800 * rate / (effect - 1), 1 / effect) == pytest.approx(0.8, abs=0.03)


def test_where_even_no_bad_one_would_show_a_fall_the_orders_needed_are_told():
    found = one(before=3, prompting=1, after=0)
    assert found.smallest is None
    shown = Comparison.of((0, found.needed, found.after.effect), found.before.counts)
    assert float(shown.tails[0]) <= 0.05
    fewer = Comparison.of((0, 0.98 * found.needed, found.after.effect), found.before.counts)
    assert float(fewer.tails[0]) > 0.05


def test_of_nothing_bad_before_no_fall_can_be_seen():
    found = one(before=0, prompting=0, after=0)
    assert (found.smallest, found.needed, found.better) == (None, None, 1.0)


# --- events ------------------------------------------------------------------------------------------------------


def test_events_within_a_window_of_each_other_are_told_together_and_later_ones_apart():
    said = [OwnEvent(date(2026, month, 1), name) for month, name in ((1, "a"), (2, "b"), (6, "c"))]
    assert [one.what for one in done(said, 60, date(2026, 12, 31))] == ["c", "a + b"]
    assert [one.what for one in done(said, 60, date(2026, 3, 1))] == ["a + b"]  # c has not been done yet


def test_what_one_event_did_is_not_told_of_the_next():
    said = [OwnEvent(date(2026, 1, 1), "a"), OwnEvent(date(2026, 6, 1), "b", until=date(2026, 6, 9))]
    later, first = done(said, 60, date(2026, 12, 31))
    place = ("order_defect_rate", "amazon.de", "merchant")
    assert between(first, [later, first], *place) == (None, date(2026, 5, 31))
    assert between(later, [later, first], *place) == (date(2026, 1, 1), None)
    assert later.after == date(2026, 6, 10)


def test_an_event_meant_for_another_rate_or_store_ends_nothing():
    said = [OwnEvent(date(2026, 1, 1), "a"), OwnEvent(date(2026, 6, 1), "b", metric="late_shipment_rate")]
    later, first = done(said, 60, date(2026, 12, 31))
    assert between(first, [later, first], "order_defect_rate", "amazon.de", "merchant") == (None, None)
    said[1] = replace(said[1], metric=None, marketplace="amazon.fr")
    later, first = done(said, 60, date(2026, 12, 31))
    assert between(first, [later, first], "order_defect_rate", "amazon.de", "merchant") == (None, None)


def test_an_event_for_a_part_of_a_rate_is_meant_for_the_whole():
    (found,) = done([OwnEvent(FIX, "a", metric="a_to_z_claims")], 60, FIX)
    assert found.is_meant_for("order_defect_rate")
    assert found.is_meant_for("chargebacks")
    assert not found.is_meant_for("late_shipment_rate")


EVENT = '[[events]]\non = 2026-03-02\nwhat = "another carrier"\n'


def test_an_event_of_account_toml_is_read_with_all_it_says(read):
    more = 'metric = "late_shipment_rate"\nuntil = 2026-03-06\nrebase = true\nwhy = "all parcels go by it"\n'
    assert read(settings=EVENT + more).events == (
        OwnEvent(
            date(2026, 3, 2),
            "another carrier",
            "late_shipment_rate",
            date(2026, 3, 6),
            rebase=True,
            why="all parcels go by it",
        ),
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('metric = "late_shipments_rate"', "did you mean 'late_shipment_rate'"),
        ("until = 2026-03-01", "expected until on or after 2026-03-02, found 2026-03-01"),
        ("rebase = true", "expected why beside rebase = true, found none"),
        ('marketplace = "amazon.fr"', "expected one of amazon.co.uk"),
        ('wat = "x"', "did you mean 'what'"),
    ],
)
def test_an_event_that_cannot_be_meant_is_refused_with_what_is_right(account_folder, more, said):
    with pytest.raises(SettingsError, match=said):
        exports.read(account_folder(settings=f"{EVENT}{more}\n"))


# --- whole accounts ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mending(samples):
    return audit.of(samples / "on-the-mend", today="2026-11-28")


@pytest.fixture(scope="module")
def bad(samples):
    return audit.of(samples / "late-and-broken", today="2026-11-28")


@pytest.fixture(scope="module")
def large(samples):
    return audit.of(samples / "lamp-house", today="2026-11-28")


PARTS = ("verdicts", "daily", "dated", "curves", "covered", "gaps", "holes")


def acted(found, *events, **parts):
    """What came of these events, in an account otherwise as it is."""
    given = {name: getattr(found, name) for name in PARTS} | parts
    return replace(found, account=replace(found.account, events=events)).given(**given).actions


def of(actions, metric, **said):
    (row,) = actions.filter(metric=metric, **said).to_dicts()
    return row


def test_the_shop_that_mended_is_told_so_by_its_event_where_windows_cannot_tell(mending):
    (moved,) = mending.movement.filter(metric="order_defect_rate").to_dicts()
    assert moved["word"] == "cannot_be_told"
    row = of(mending.actions, "order_defect_rate")
    assert (row["on"], row["word"], row["is_meant"]) == (FIX, "helped", True)
    late = of(mending.actions, "late_shipment_rate")
    assert (late["word"], late["ratio_high"] < 0.25) == ("helped", True)
    assert of(mending.actions, "cancellation_rate")["word"] == "measuring"


def test_the_shop_that_mended_is_told_so_by_weeks_of_its_orders_without_any_event(mending):
    (row,) = mending.maturity.to_dicts()
    assert row["turned"] == "down"
    assert abs(row["turned_from"] - FIX) <= timedelta(days=10)
    assert row["turned_visible"] < row["turned_expected"] / 4


def test_a_turn_by_weeks_is_told_with_the_bad_ones_its_weeks_show(mending):
    (row,) = mending.maturity.to_dicts()
    weeks = mending.cohorts.filter(metric="order_defect_rate").filter(pl.col("first_day") >= row["turned_from"])
    assert weeks["first_day"].min() == row["turned_from"]
    assert weeks["visible"].sum() == row["turned_visible"] == 4
    assert (
        f"{row['turned_visible']} known"
        in charts.cohorts(mending.cohorts, mending.maturity, mending.actions)[0].usermeta["title"]
    )


def test_what_came_of_an_action_is_told_by_the_same_age_wherever_it_is_told(mending):
    row = of(mending.actions, "order_defect_rate")
    both = "1 of 666 orders bad since, 76 of 6,518 orders before (each known by day 21 of the order)"
    assert both in row["finding"]
    assert "each known by day 21 of the order" in tables.actions(mending.actions).data
    headline = answer.first_screen(mending).headline
    assert "1 of 666 orders bad, 76 of 6,518 before, each known by day 21 of the order, of those whose day" in headline
    late = of(mending.actions, "late_shipment_rate")  # known at once
    assert "by day" not in late["finding"]


def test_both_sides_of_the_shop_that_mended_hold_what_its_files_say(mending):
    row = of(mending.actions, "order_defect_rate")
    seen = mending.dated.filter(metric="order_defect_rate").with_columns(age=pl.col("seen_on") - pl.col("day"))
    young = pl.col("age") <= timedelta(days=row["age_days"])
    for side in ("before", "after"):
        inside = seen.filter(pl.col("day").is_between(row[f"{side}_first"], row[f"{side}_last"]))
        assert inside["denominator"].sum() == row[f"{side}_orders"]
        assert inside.filter(young)["numerator"].sum() == row[f"{side}_bad"]
    assert row["before_last"] == FIX - timedelta(days=60 + 14 + 1)
    assert row["after_last"] == mending.day - timedelta(days=row["age_days"])


def test_the_first_screen_says_that_a_missed_rate_has_turned_and_asks_for_no_other_cause(mending):
    said = answer.first_screen(mending)
    assert "It has turned since 14 September 2026" in said.headline
    assert not any(action.startswith("Find and end") for action in said.actions)
    assert said.actions[0].startswith("Change nothing more for now: the order defect rate has turned")
    assert any(one.startswith("After “packing moved") for one in answer.acted(mending))


def test_a_rate_that_fell_and_would_still_miss_its_target_keeps_its_cause_on_the_first_screen(mending):
    worse = mending.actions.with_columns(
        after_bad=pl.when(metric="order_defect_rate").then(20).otherwise("after_bad").cast(pl.Int64)
    )
    nowhere = mending.maturity.with_columns(turned=pl.lit(None, pl.String))
    said = answer.first_screen(replace(mending).given(verdicts=mending.verdicts, actions=worse, maturity=nowhere))
    assert not any(action.startswith("Change nothing") for action in said.actions)


def test_nothing_that_was_done_has_helped_though_chance_looks_like_it(bad):
    # The worst cancellation week of the summer is followed by better ones: nothing was changed in this shop.
    weeks = bad.counted.filter(pl.col("is_covered"), metric="cancellation_rate", window_days=7)
    worst = weeks.filter(pl.col("day").is_between(date(2026, 6, 15), date(2026, 9, 1))).sort("rate").row(-1, named=True)
    event = OwnEvent(worst["day"] + timedelta(days=1), NOTHING, metric="cancellation_rate")
    row = of(acted(bad, event), "cancellation_rate")
    assert worst["rate"] > 1.4 * row["after_bad"] / row["after_orders"]  # what two windows show
    assert row["word"] == "no_change"
    assert row["finding"].startswith("No change seen")


@pytest.mark.parametrize("on", [date(2026, 5, 4), date(2026, 6, 1), date(2026, 7, 6), date(2026, 8, 3)])
def test_in_shops_that_never_changed_no_event_is_called_a_help(bad, large, on):
    for found in (bad, large):
        assert "helped" not in acted(found, OwnEvent(on, NOTHING))["word"].to_list()


def test_an_event_of_the_last_days_is_measured_and_says_from_when_it_can_be_told(mending):
    row = of(acted(mending, OwnEvent(date(2026, 10, 28), NOTHING)), "order_defect_rate")
    assert (row["word"], row["after_orders"]) == ("measuring", 0)
    assert row["tells_from"] > mending.day
    assert row["planned"] is not None


def test_under_six_stretches_before_the_level_is_not_known(mending):
    row = of(acted(mending, OwnEvent(date(2026, 3, 2), NOTHING)), "order_defect_rate")
    assert row["word"] == "cannot_tell"
    assert row["blocks"] < 6
    assert "6 are needed" in row["why"]


def test_a_hole_in_the_files_on_either_side_forbids_every_word_and_is_named(mending):
    for run in ((date(2026, 2, 3), date(2026, 2, 9)), (date(2026, 9, 20), date(2026, 9, 22))):
        hole = {"kind": "feedback files", "marketplace": None, "first_day": run[0], "last_day": run[1], "download": "x"}
        found = acted(mending, OwnEvent(FIX, NOTHING), holes=pl.DataFrame([hole], schema=mending.holes.schema))
        row = of(found, "order_defect_rate")
        assert row["word"] == "cannot_tell"
        assert str(run[0].day) in row["why"]
        assert of(found, "late_shipment_rate")["word"] == "helped"  # it needs no feedback


def test_days_no_order_file_tells_are_a_hole_too(mending):
    gone = pl.col("day").is_between(date(2026, 4, 1), date(2026, 4, 30))
    row = of(acted(mending, OwnEvent(FIX, NOTHING), dated=mending.dated.filter(~gone)), "order_defect_rate")
    assert (row["word"], "1 April to 30 April 2026" in row["why"]) == ("cannot_tell", True)


@pytest.mark.parametrize("exactness", ["lower_bound", "upper_bound", "approximate"])
def test_of_a_bound_nothing_is_told(mending, exactness):
    covered = mending.covered.with_columns(exactness=pl.lit(exactness))
    words = acted(mending, OwnEvent(FIX, NOTHING), covered=covered)["word"]
    assert set(words) == {"cannot_tell"}


def test_bad_ones_dated_by_their_file_stand_on_neither_side_and_are_counted_aloud(mending):
    row = of(mending.actions, "order_defect_rate")
    assert row["left_out"] > 20
    assert "Left out on both sides" in row["finding"]


def test_an_event_of_one_store_is_compared_with_the_other_on_the_same_days(large):
    event = OwnEvent(date(2026, 7, 6), NOTHING, metric="cancellation_rate", marketplace="amazon.co.uk")
    found = acted(large, event)
    assert set(found["marketplace"]) == {"amazon.co.uk"}
    row = of(found, "cancellation_rate")
    assert row["compared_with"] == "amazon.de, seller ships"
    there = large.dated.filter(
        pl.col("day").is_between(row["after_first"], row["after_last"]),
        metric="cancellation_rate",
        marketplace="amazon.de",
    )
    assert row["compared_after_orders"] == there["denominator"].sum()


def test_where_the_rate_fell_without_the_action_too_it_is_no_help(large):
    """Both stores fall alike: 60 in 1,000 before, 5 in 1,000 since, and only one of them did something."""
    on = date(2026, 7, 6)
    key = {"account": "lamp-house", "metric": "cancellation_rate", "fulfilment": "merchant", "group": None}
    first = date(2025, 9, 27)
    told = []
    for store in ("amazon.co.uk", "amazon.de"):
        for n in range((large.day - first).days + 1):
            day = first + timedelta(days=n)
            row = key | {"marketplace": store, "day": day, "seen_on": None, "numerator": 0, "denominator": 50}
            told.append(row)
            if day < on or n % 4 == 0:
                told.append(row | {"seen_on": day, "numerator": 3 if day < on else 1, "denominator": 0})
    dated = pl.DataFrame(told, schema=large.dated.schema)
    event = OwnEvent(on, NOTHING, metric="cancellation_rate", marketplace="amazon.co.uk")
    row = of(acted(large, event, dated=dated, daily=dated), "cancellation_rate")
    assert row["p_better"] < 0.001
    assert (row["word"], "amazon.de" in row["why"]) == ("cannot_tell", True)
    alone = of(
        acted(large, replace(event, marketplace=None), dated=dated, daily=dated),
        "cancellation_rate",
        marketplace="amazon.co.uk",
    )
    assert alone["word"] == "helped"


def test_after_an_action_on_one_rate_the_others_are_shown_and_a_worse_one_is_named(mending):
    event = OwnEvent(FIX, NOTHING, metric="late_shipment_rate")
    found = acted(mending, event)
    assert found.filter("is_meant")["metric"].to_list() == ["late_shipment_rate"]
    assert found.filter(~pl.col("is_meant")).height >= 3
    cancelled = pl.col("metric") == "cancellation_rate"
    since = cancelled & (pl.col("day") >= FIX) & (pl.col("seen_on") == pl.col("day"))
    more = mending.dated.filter(cancelled, pl.col("day") >= FIX, pl.col("seen_on").is_null()).with_columns(
        seen_on="day", numerator=pl.lit(4, pl.Int64), denominator=pl.lit(0, pl.Int64)
    )
    moved = acted(mending, event, dated=pl.concat([mending.dated.filter(~since.fill_null(value=False)), more]))
    assert of(moved, "cancellation_rate")["word"] == "worse"
    assert "Moved, not mended: the cancellation rate rose." in of(moved, "late_shipment_rate")["finding"]


def test_comparisons_across_the_busy_weeks_say_so(mending):
    assert any("busy weeks" in one for one in of(mending.actions, "order_defect_rate")["across"])


def test_the_age_both_sides_are_counted_at_is_no_younger_than_a_quarter_of_the_reports(mending):
    row = of(mending.actions, "order_defect_rate")
    assert row["share"] >= 0.25
    assert row["share"] == pytest.approx(float(mending.curves["order_defect_rate"].share(row["age_days"])))


def test_without_an_event_there_is_no_row(bad):
    assert bad.actions.is_empty()


def test_files_speak_for_the_days_all_the_kinds_a_rate_needs_speak_for(mending):
    first, last = sides.spoken_for(mending.account, "order_defect_rate", mending.day)
    assert last == mending.day
    assert first >= mending.account.orders["day"].min()
