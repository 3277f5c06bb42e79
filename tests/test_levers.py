"""Levers that name a cause the files show, and levers ranked by what they do and what they cost."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import numpy as np
import planted
import polars as pl
import pytest

from helpers import scenarios, tables
from helpers.audit import Audit
from helpers.rows import rows_of
from helpers.scenarios import Ahead, Lever, Scenario, effects, ranked
from helpers.scenarios.causes import Causes
from helpers.scenarios.known import Known, Rule
from helpers.scenarios.levers import Cause, Spread
from helpers.scenarios.told import ChanceRow, EnoughRow, LeverRow
from helpers.sentences import say
from helpers.verdicts import Limit

BATCH = Cause("sku", "S-5")
MENDED = Lever("fewer_bad", (1.0, 1.0), cause=BATCH)
PAUSED = Lever("pause_offer", (1.0, 1.0), cause=BATCH)
KEY = {"account": "t", "marketplace": "amazon.co.uk", "fulfilment": "merchant", "group": None, "window_days": 60}


def with_a_bad_batch(folder, seed=0, bad=0.18, good=0.006):
    """One SKU of 24, one order in 24: 18 of 100 bad, of all others 6 of 1,000."""
    chance = pl.when(pl.col("sku") == BATCH.level).then(bad).otherwise(good)
    account = replace(planted.account(planted.orders(seed), chance, seed), folder=folder)
    return Audit(account, planted.LAST, planted.LAST)


def rate(metric="order_defect_rate", turned=None):
    """A rate of that account: 25 orders a day, one in 75 bad."""
    placed, bad = np.full(400, 25), np.zeros(400, int)
    bad[::3] = 1
    verdict = KEY | {"metric": metric, "as_of": planted.LAST, "status": "met", "must_be": "below", "design_effect": 1.0}
    rule = Rule(Limit(Fraction(1, 100), is_strict=True), 60, 14, 1)
    return Known(verdict, rule, placed, bad, placed > 0, np.ones(181), 0.0, 1, turned)


@pytest.fixture(scope="module")
def causes(tmp_path_factory):
    return Causes(with_a_bad_batch(tmp_path_factory.mktemp("account")))


# Causes


def test_what_can_go_of_a_cause_is_its_excess_and_no_more(causes):
    """By hand: 1/24 of the orders at 18 % and the rest at 0.6 % make 1.325 %; beyond the rest's rate are 17.4 % of 1/24, 0.725 %:
    55 of 100 bad ones. All bad ones of the offer are 57 of 100, and they go when it is paused."""
    part = causes.part(MENDED, rate())
    assert part.of_orders == pytest.approx(1 / 24, abs=0.01)
    assert part.beyond.low < 0.725 / 1.325 < part.beyond.high
    assert part.of_bad.low < 0.750 / 1.325 < part.of_bad.high
    assert part.beyond.likely < part.of_bad.likely


def test_the_interval_of_what_can_go_holds_the_truth_in_nine_of_ten_accounts(tmp_path):
    """Under 14 of 20 would have a chance of 1 in 400, were it right nine times in ten."""
    held = 0
    for seed in range(20):
        part = Causes(with_a_bad_batch(tmp_path, seed)).part(MENDED, rate())
        truth = part.of_orders * 0.174 / (0.006 + part.of_orders * 0.174)
        held += part.beyond.low <= truth <= part.beyond.high
    assert held >= 14


def test_how_well_a_cause_is_known_is_drawn_into_the_futures():
    spread = Spread(0.2, 0.5, 0.6, 0.9)
    assert spread.at(np.array([0.05, 0.5, 0.95])) == pytest.approx([0.2, 0.5, 0.6])
    assert Spread(-0.5, 0.1, 0.9, 0.9).at(np.array([0.01, 0.999999])) == pytest.approx([0, 1])


def test_a_cause_mended_takes_bad_ones_alone_and_a_paused_offer_its_good_orders_too(causes):
    ahead = Ahead.of(rate(), 120, paths=400)
    mended, paused = (
        effects.of(causes.under(Scenario("", (lever,)), ahead.known), ahead.futures, {}) for lever in (MENDED, PAUSED)
    )
    of_orders = causes.part(PAUSED, rate()).of_orders
    assert np.all(mended.orders == 1)
    assert paused.orders == pytest.approx(np.full_like(paused.orders, 1 - of_orders))
    assert mended.bad.shape == paused.bad.shape == (400, ahead.futures.orders.shape[1])
    assert 1 - np.median(mended.bad[:, 0]) == pytest.approx(causes.part(MENDED, rate()).beyond.likely, abs=0.03)
    assert 1 - np.median(paused.bad[:, 0]) == pytest.approx(causes.part(PAUSED, rate()).of_bad.likely, abs=0.03)


def test_half_of_a_cause_is_half_of_what_can_go(causes):
    ahead = Ahead.of(rate(), 30, paths=400)
    whole, half = (
        effects.of(causes.under(Scenario("", (replace(MENDED, share=(share, share)),)), ahead.known), ahead.futures, {})
        for share in (1.0, 0.5)
    )
    assert 1 - half.bad == pytest.approx((1 - whole.bad) / 2)


def test_what_is_no_worse_than_the_rest_raises_the_rate_first_when_it_is_paused(causes):
    """A third of the orders stops coming at once; the bad ones that are there stay until their window ends."""
    north = Lever("pause_offer", (1.0, 1.0), cause=Cause("carrier", "NORTH"))
    lately = replace(rate(), bad=np.where(np.arange(400) == 394, 12, 0))
    few = effects.few(Ahead.of(lately, 120, paths=400))
    paused = effects.under(few, causes.under(Scenario("", (north,)), lately), {})
    assert 14 < effects.rises(few, paused) < 60
    batch = effects.under(few, causes.under(Scenario("", (MENDED,)), lately), {})
    assert effects.rises(few, batch) is None


def test_the_presets_begin_with_the_cause_the_files_show_in_words(causes):
    named = [one.name for one in causes.presets()]
    assert named[:2] == ["SKU S-5 as good as the rest", "SKU S-5 paused"]
    assert not any("a third of the bad ones" in name for name in named)  # the made-up offer gives way to a real one
    assert [one.is_limit for one in causes.presets()[:2]] == [True, False]
    (said,) = causes.told(causes.presets(), [])
    assert said.startswith("SKU S-5: ")
    assert said.endswith("That is where they stand, not why.")
    assert "Only what is beyond the rest’s rate can go" in said


def test_where_nothing_stands_out_no_cause_is_made_up(tmp_path):
    causes = Causes(with_a_bad_batch(tmp_path, bad=0.012, good=0.012))
    assert causes.presets() == scenarios.presets()
    assert causes.told(scenarios.presets(), []) == [say("no-cause")]


def test_what_is_within_chance_is_tried_only_on_a_rate_the_account_names(causes):
    other = Cause("sku", "S-7")
    lever = Lever("fewer_bad", (1.0, 1.0), cause=other)
    assert causes.part(lever, rate()) is None
    assert "not more bad ones than chance allows; no rate is moved" in causes.told((Scenario("x", (lever,)),), [])[0]
    asked = replace(lever, metrics=("order_defect_rate",))
    assert causes.part(asked, rate()).beyond.low <= 0
    assert "which chance allows" in causes.told((Scenario("x", (asked,)),), [])[0]


def test_a_cause_moves_only_the_rates_it_was_found_in_and_none_that_has_turned_since(causes):
    assert causes.part(MENDED, rate("late_shipment_rate")) is None
    assert causes.part(MENDED, rate("cancellation_rate")) is None
    turned = rate(turned=planted.LAST - timedelta(days=40))
    assert causes.part(MENDED, turned) is None
    assert "not tried on a rate that has turned" in causes.told((Scenario("x", (MENDED,)),), [turned])[1]


def test_a_cause_without_an_order_lately_has_nothing_left_to_change(tmp_path):
    audit = with_a_bad_batch(tmp_path)
    gone = (pl.col("sku") == BATCH.level) & (pl.col("day") > planted.LAST - timedelta(days=95))
    causes = Causes(replace(audit, account=replace(audit.account, orders=audit.account.orders.filter(~gone))))
    assert causes.part(MENDED, rate()) is None
    assert causes.presets() == scenarios.presets()
    assert "Its last order is of" in causes.told((Scenario("x", (MENDED,)),), [])[1]


# Effect and cost


def row(scenario, after, cost=None, before=0.6, **said):
    once, monthly = cost or (None, None)
    within = None if cost is None else f"{float(once) + 3 * float(monthly):.2f}"
    amounts = {"cost_once": once, "cost_monthly": monthly, "cost_within": within, "currency": cost and "EUR"}
    known = KEY | {
        "metric": "order_defect_rate",
        "scenario": scenario,
        "does": "",
        "size": "",
        "is_limit": False,
        "rises_on": None,
    }
    return (
        known
        | {"by": planted.LAST + timedelta(days=90), "is_over": True, "before": before, "after": after}
        | amounts
        | said
    )


def frame(rows, kind):
    return scenarios.told._frame(rows, kind)


def lines(*rows, least=0.35, yardsticks=()):
    smallest = KEY | {
        "metric": "order_defect_rate",
        "lever": "fewer bad ones of one cause",
        "by": planted.LAST,
        "is_over": True,
    }
    found = frame([smallest | {"least_50": 0.0, "least_80": least, "least_95": None}], EnoughRow)
    return ranked.told(frame(list(rows), LeverRow), found, set(yardsticks))


def test_levers_are_ranked_by_effect_and_beside_it_by_cost():
    """Three months of 100 are 300; 500 once is dearer, and nobody says what the third costs."""
    (said,) = lines(
        row("A", 0.95, ("500", "0")), row("B", 0.85, ("0", "100")), row("C", 0.9), row("D", 0.7, ("1", "0"))
    )
    assert said == (
        "Order defect rate, amazon.co.uk, seller ships: most by “A” (€500.00 once): met on 29 January 2027 with a chance of 95 in "
        "100 instead of 60 in 100. Cheapest that is enough for a chance of 80 in 100: “B”, €300.00 in 90 days. Also enough, with no "
        "cost given: “C”. Whatever the cause: 35 of 100 bad ones fewer from tomorrow on are enough for it."
    )


def test_where_no_cost_is_given_none_is_made_up():
    (said,) = lines(row("A", 0.9), row("half as many", 0.99), yardsticks=["half as many"])
    assert "most by “A” (no cost given)" in said
    assert "Enough for a chance of 80 in 100, with no cost given: “A”." in said
    assert "heapest" not in said


def test_amounts_of_two_currencies_are_not_compared():
    found = lines(row("A", 0.9, ("10", "0")), row("B", 0.9, ("20", "0"), currency="GBP"))[0]
    assert "“A”, €10.00 or “B”, £20.00 in 90 days" in found


@pytest.mark.parametrize(
    ("rows", "least", "said"),
    [
        (
            [row("A", 0.7)],
            None,
            "None of them alone is enough for a chance of 80 in 100. Not even without one new bad one",
        ),
        ([row("A", 0.9, before=0.85)], 0.0, "85 in 100 as things are; nothing more is needed. Most by “A”"),
        ([row("A", 0.5)], 0.5, "no scenario that names an action helps."),
    ],
)
def test_what_is_enough_is_said_in_every_case(rows, least, said):
    assert said in lines(*rows, least=least)[0]


def test_a_target_met_today_is_kept_and_not_met_again():
    (said,) = lines(row("A", 0.1, before=0.4, is_over=False), least=0.2)
    assert (
        "most by “A” (no cost given): never over until 29 January 2027 with a chance of 90 in 100 instead of 60 in 100."
        in said
    )


def test_the_table_names_what_is_enough_what_is_cheapest_and_what_is_an_upper_limit():
    rows = [row("A", 0.95, ("500", "0"), is_limit=True), row("B", 0.85, ("0", "100")), row("D", 0.7)]
    shown = tables.levers(frame(rows, LeverRow)).data
    for said in ("A (upper limit)", "yes, cheapest", "€500.00 once", "€100.00 a month", "no cost given"):
        assert shown.count(said) == 1
    assert [ranked.is_enough(one) for one in rows_of(frame(rows, LeverRow), LeverRow)] == [True, True, False]


def test_a_rate_over_today_has_no_chance_to_tell_and_a_lever_that_reaches_nothing_takes_no_row():
    key = KEY | {"metric": "order_defect_rate"}
    over, met = key | {"window_days": 60, "is_over": True}, key | {"marketplace": "amazon.fr", "is_over": False}
    told = {"chance": 0.1, "error": 0.0, "low": 0.1, "high": 0.1, "is_range": False, "bound": ""}
    shown = tables.chances(
        frame([one | told | {"days": days} for one in (over, met) for days in (7, 30)], ChanceRow)
    ).data
    assert shown.count("amazon.co.uk") == 1
    assert "Over already, and looked at below: Order defect rate, amazon.co.uk" in shown
    assert "10 in 100" in shown.partition("<table")[2]
    least = {"by": planted.LAST, "least_50": None, "least_80": None, "least_95": None}
    rows = [one | least | {"lever": lever} for one in (over, met) for lever in ("more orders", "fewer bad ones")]
    rows[1] |= {"least_50": 0.5}
    shown = tables.enough(frame(rows, EnoughRow)).data
    assert "Not even all of it is enough for any rate it moves: more orders." in shown
    assert "More orders" not in shown
    assert (shown.count("Fewer bad ones"), shown.count("not even all of it")) == (2, 5)
    shown = tables.enough(frame(rows[:1], EnoughRow)).data
    assert "No lever is enough by itself by that day." in shown


def test_an_action_says_how_much_it_is_taken_to_change(causes):
    carrier = next(one for one in scenarios.presets() if one.name == "another carrier")
    assert carrier.size == "if, as is assumed, 20 to 50 of 100 bad ones go with it"
    assert next(one for one in scenarios.presets() if one.name == "half as many bad ones").size == ""
    (said,) = lines(row("another carrier", 0.9, size=carrier.size))
    assert "most by “another carrier” (if, as is assumed, 20 to 50 of 100 bad ones go with it, no cost given)" in said


@pytest.mark.parametrize("kind", ["carrier", "handling_time", "marketplace_fulfilment"])
def test_what_the_seller_does_with_parcels_moves_no_rate_of_orders_the_marketplace_ships(kind):
    assert Lever(kind).moves("on_time_delivery_rate", "merchant")
    assert not Lever(kind).moves("on_time_delivery_rate", "amazon")
    assert Lever("fewer_bad").moves("on_time_delivery_rate", "amazon")
