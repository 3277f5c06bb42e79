"""What a seller reads of the days to come: sentences, money, sliders in the page that say what Python says."""

import re
import shutil
from datetime import date

import polars as pl
import pytest

from helpers import answer, audit, scenarios, tables, what_if, wording
from helpers.frames import empty
from helpers.scenarios import turns, words


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "under 1 in 1,000"),
        (0.0009, "under 1 in 1,000"),
        (0.004, "4 in 1,000"),
        (0.0095, "1 in 100"),
        (0.052, "just over 5 in 100"),
        (0.0195, "2 in 100"),
        (0.2, "20 in 100"),
        (0.29, "29 in 100"),
        (0.44, "44 in 100"),
        (0.94, "94 in 100"),
        (0.97, "97 in 100"),
        (0.996, "996 in 1,000"),
        (1.0, "over 999 in 1,000"),
    ],
)
def test_a_chance_is_said_as_so_many_in_so_many_and_never_as_certain(chance, said):
    assert wording.odds(chance) == said


def test_no_chance_is_said_as_certain_or_as_none_and_none_is_far_off():
    for thousandths in range(1, 1000):
        chance = thousandths / 1000
        many, _, of = wording.odds(chance).removeprefix("just over ").removeprefix("just under ").partition(" in ")
        assert float(many) / float(of.replace(",", "")) == pytest.approx(chance, abs=0.0051)


@pytest.mark.parametrize(
    ("exactness", "chance", "finest", "said"),
    [
        ("upper_bound", 0.946, 100, "at most 95 in 100"),
        ("lower_bound", 0.946, 100, "at least 94 in 100"),
        ("lower_bound", 0.052, 100, "at least 5 in 100"),
        ("upper_bound", 0.052, 100, "at most 6 in 100"),
        ("approximate", 0.0004, 1000, "about 1 in 1,000"),
        ("upper_bound", 0.0004, 1000, "under 1 in 1,000"),
        ("lower_bound", 0.0004, 1000, ""),
        ("lower_bound", 0.9996, 1000, "over 999 in 1,000"),
        ("upper_bound", 0.9996, 1000, ""),
        ("exact", 0.946, 100, "just under 95 in 100"),
        ("exact", 0.0004, 1000, "under 1 in 1,000"),
    ],
)
def test_a_chance_has_one_word_for_what_is_known_of_it_and_none_that_the_figure_does_not_bear(
    exactness, chance, finest, said
):
    assert wording.bounded(exactness, chance, finest) == said


@pytest.fixture(scope="module")
def mending(samples):
    return scenarios.of(audit.of(samples / "on-the-mend", today="2026-11-01"))


def test_the_first_screen_says_what_is_over_until_when_and_what_to_do_first(mending):
    screen = scenarios.screen(mending)
    assert screen.headline.startswith(
        "1 of 5 rates is over today. Order defect rate, amazon.de, seller ships: it is as likely as not to be met on some day by"
    )
    assert screen.facts[0].endswith("At best, with no new bad one, it is met from 4 November 2026.")
    assert "With new bad ones as since 14 September 2026 it is as likely as not to be met on" in screen.facts[0]
    assert screen.facts[words.MOST_FACTS] == "2 more rates are less pressing; they stand below."
    assert screen.not_looked_at == (
        "Not looked ahead of, for the files do not count them day by day: Invoice defect rate, amazon.de, seller ships."
    )


def test_a_rate_that_has_turned_asks_for_nothing_more_on_either_page(mending):
    kept = "Change nothing more for now: the order defect rate has turned, and older orders keep it from its target."
    screen = scenarios.screen(mending)
    assert screen.actions[0] == answer.first_screen(mending.audit).actions[0] == kept
    assert not any("Order defect rate" in action for action in screen.actions[1:])
    assert mending.deciding is not None
    assert mending.deciding.met_on(90) > 0.8


def test_a_month_of_orders_that_is_missing_is_asked_for_first_on_either_page(samples, tmp_path):
    folder = shutil.copytree(samples / "late-and-broken", tmp_path / "late-and-broken")
    (folder / "exports" / "orders" / "all-orders-2026-09.txt.gz").unlink()
    one = audit.of(folder, "2026-10-31", "2026-11-28")
    (first, *others) = scenarios.screen(scenarios.of(one)).actions
    assert first == answer.first_screen(one).actions[0]
    assert first.startswith("Download All Orders report, by order date, 1 September to 27 September 2026")
    assert others


def test_what_does_most_for_some_rate_is_named_first_however_little_it_does_for_another(samples):
    outlook = scenarios.of(audit.of(samples / "late-and-broken", "2026-10-31", "2026-11-28"))
    first, second = scenarios.pulled(outlook).unique("metric", maintain_order=True).head(2).to_dicts()
    done = [("most", first, 0.9), ("less", first, 0.5), ("less", second, 0.4), ("most", second, 0.05)]
    levers = [one | {"scenario": name, "is_over": True, "before": 0.0, "after": after} for name, one, after in done]
    said = words.actions(outlook, pl.DataFrame(levers, schema=scenarios.pulled(outlook).schema))
    assert [one.partition(",")[0].partition(":")[0] for one in said] == ["Most", "Less"]
    assert "90 in 100" in said[0]


def test_a_met_rate_that_has_turned_is_not_looked_ahead_of_with_what_ended(mending):
    """Late shipments: 772 of 8,425 before the event, 11 of 1,147 since; the target is 4 %."""
    late = [one for one in mending.ahead if one.known.verdict["metric"] == "late_shipment_rate"]
    assert {one.known.turned for one in late} == {date(2026, 9, 14)}
    assert all(one.chance(90).value < 0.2 for one in late)
    assert all(one.futures.rate.mean() < 0.02 for one in late)
    assert words.fact(late[0]).endswith("with new bad ones as since 14 September 2026.")


def test_of_a_bound_or_an_event_that_tells_nothing_yet_no_rate_is_read_anew(mending):
    row = mending.deciding.known.verdict
    assert turns.of(mending.audit, row) == date(2026, 9, 14)
    assert turns.of(mending.audit, row | {"exactness": "lower_bound"}) is None
    cancelled = next(
        one.known for one in mending.ahead if one.known.verdict["metric"] == "cancellation_rate"
    )  # cannot tell yet
    assert cancelled.turned is None


def test_rates_over_today_are_counted_as_the_monthly_page_counts_them(samples):
    broken = scenarios.of(audit.of(samples / "late-and-broken", today="2026-11-01"), 90)
    assert words.headline(broken).startswith("6 of 6 rates are over today.")
    assert "6 of 6 rates miss their targets" in answer.first_screen(broken.audit).headline


def test_what_to_do_first_names_an_action_and_no_mere_size(mending):
    levers = scenarios.pulled(mending)
    assert not any(action.startswith(("Half as many", "A quarter fewer")) for action in words.actions(mending, levers))
    late = levers.filter(metric="late_shipment_rate")
    nothing_named = words.actions(mending, late.filter(pl.col("scenario").str.contains("bad ones$")))
    assert nothing_named[1].startswith("Find what the bad ones have in common. Half as many bad ones: Late shipment")


def test_of_a_rate_that_is_over_the_sliders_count_who_meets_it_again(mending):
    columns = what_if.picture(mending, fewer=0, orders=0).usermeta["twin"]["columns"]
    assert columns == ["Fewer bad ones, of 100", "Orders", "Meet the target 90 days from now, of 100"]


def test_what_helps_most_comes_first_and_half_as_many_bad_ones_beat_a_quarter_fewer(mending):
    pulled = scenarios.pulled(mending).filter(metric="order_defect_rate")
    after = dict(pulled.select("scenario", "after").iter_rows())
    assert pulled["after"].to_list() == sorted(pulled["after"].to_list(), reverse=True)
    assert after["half as many bad ones"] > after["a quarter fewer bad ones"] > pulled["before"][0]
    assert after["every buyer asked for feedback"] < pulled["before"][0]


def test_what_one_bad_one_prevented_is_worth_follows_from_each_target(mending):
    """1 % of orders, 4 % of orders, 2.5 % of orders, 95 % of packages: one in 100, in 25, in 40, in 20."""
    said = words.prevented(mending)
    for worth in (
        "about 100 orders (order defect rate)",
        "about 25 orders (late",
        "about 40 orders (canc",
        "about 20 packages (valid",
    ):
        assert worth in said


def test_what_stays_uncertain_is_said_of_this_account(mending, samples):
    said = scenarios.uncertain(mending)
    assert said[0].startswith(
        "How good the account truly is today. Order defect rate, amazon.de, seller ships: with as few bad ones"
    )
    assert (
        "Whether what turned since 14 September 2026 lasts: a relapse is in as many futures as the counts leave open."
        in said
    )
    assert any(one.startswith("The season: none is assumed") for one in said)
    assert not any("are bounds" in one for one in said)
    holed = scenarios.uncertain(scenarios.of(audit.of(samples / "with-holes", today="2026-11-01"), 90))
    assert any("are bounds, and so are their chances" in one for one in holed)
    nothing = scenarios.of(audit.of(samples / "small-good", today="2026-11-01").given(verdicts=empty("verdicts")))
    assert len(scenarios.uncertain(nothing)) == 3
    assert words.prevented(nothing) == ""


def test_no_sentence_promises_or_speaks_of_luck(mending):
    screen = scenarios.screen(mending)
    said = " ".join([screen.headline, *screen.actions, *screen.facts, screen.not_looked_at]).lower()
    assert not {word for word in ("luck", "reinstat", "suspen", "will be closed", "nan", "none") if word in said}


def test_a_table_of_rates_has_the_chance_of_the_next_thirty_days_and_a_page_its_line(mending):
    told = scenarios.column(mending)
    assert told.select("metric", "chance").row(0) == ("order_defect_rate", "missed today")
    late = mending.ahead[1]
    assert told["chance"][1] == wording.odds(late.chance(30).value)
    assert scenarios.line(mending) == scenarios.fact(mending.ahead[0])


def test_of_a_bound_no_course_is_told_for_new_bad_ones_are_counted_in_part_as_well(samples):
    """No list of claims: 2 of 116 orders are feedback alone."""
    outlook = scenarios.of(audit.of(samples / "with-holes", today="2026-11-01"), 90)
    rate = "Order defect rate, amazon.fr, seller ships: "
    assert words.headline(outlook) == f"1 of 2 rates may be over today. {rate}how soon it is met the files cannot tell."
    assert words.fact(outlook.by_urgency[0]) == (
        f"{rate}may be over today, about 1.72\u202f% (2 of 116 orders); how soon it is met the files cannot tell. "
        "At the earliest (bad ones may be missing, if only of newer orders) it is met from 5 November 2026."
    )


def test_a_clear_day_is_the_earliest_on_either_page_where_no_feedback_tells_the_newest_orders(samples, tmp_path):
    folder = shutil.copytree(samples / "small-good", tmp_path / "small-good")
    for path in folder.rglob("feedback*"):
        path.unlink()
    one = audit.of(folder, "2026-10-31", "2026-11-28")
    said = {ahead.known.verdict["metric"]: words.fact(ahead) for ahead in scenarios.of(one, 90).ahead}
    earliest = " (bad ones may be missing, if only of newer orders)"
    assert "1.08\u202f% (2 of 185 orders). " in said["order_defect_rate"]
    assert f"At the earliest{earliest} it is met from 5 November" in said["order_defect_rate"]
    assert "At best, with no new bad one, it is met from 6 November" in said["cancellation_rate"]
    assert f"Met again at the earliest{earliest}: the order defect rate from 5" in " ".join(
        answer.first_screen(one).facts
    )


def test_where_the_next_bad_one_misses_the_target_no_room_is_named(samples):
    outlook = scenarios.of(audit.of(samples / "small-good", "2026-04-30", "2026-11-28"), 90, more=False)
    said = words.headline(outlook), *map(words.fact, outlook.ahead)
    assert all(": the next bad one misses it; missed before " in one for one in said[1:])
    assert "room for" not in " ".join(said)


def test_bounds_are_said_as_bounds(samples):
    outlook = scenarios.of(audit.of(samples / "with-holes", today="2026-11-01"), 90)
    about = [one for one in outlook.ahead if one.known.verdict["exactness"] == "approximate"]
    assert about
    assert {words.bound(one) for one in about} == {"about"}
    exact = audit.of(samples / "lamp-house", today="2026-11-01")
    at_most = exact.given(verdicts=exact.verdicts.with_columns(exactness=pl.lit("upper_bound")))
    assert {words.bound(one) for one in scenarios.of(at_most, 90).ahead} == {"at most"}
    assert {words.bound(one) for one in scenarios.of(exact, 90).ahead} == {""}


def test_an_account_without_a_rate_counted_day_by_day_says_so(samples):
    nothing = audit.of(samples / "small-good", today="2026-11-01").given(verdicts=empty("verdicts"))
    outlook = scenarios.of(nothing)
    assert "No rate can be looked ahead of" in scenarios.screen(outlook).headline
    assert what_if.pictures(outlook) == what_if.fans(outlook) == []
    assert scenarios.pulled(outlook).height == scenarios.chances(outlook).height == 0


# The page


def test_sliders_in_the_page_say_what_python_says_at_every_place(report_page, look, mending):
    page, requests, messages = look(report_page("on-the-mend", "04-what-if"), width=1100)
    figure = page.locator("figure.chart", has=page.locator("input[type=range]"))
    said = {}
    for orders in range(3):
        figure.locator("select").select_option(index=orders)
        for fewer in (0, 30, 100):
            figure.locator("input[type=range]").evaluate(
                "(one, value) => { one.value = value; one.dispatchEvent(new Event('input')); }", fewer
            )
            page.wait_for_timeout(200)
            said[fewer, (-30, 0, 30)[orders]] = figure.locator(".said").inner_text()
    assert (requests, messages) == ([], [])
    for (fewer, orders), text in said.items():
        assert text == what_if.picture(mending, fewer=fewer, orders=orders).usermeta["said"]


# --- how it did, and what can come together ----------------------------------------------------------------------


def test_where_another_rule_had_the_least_error_the_table_says_so():
    row = {"account": "t", "marketplace": "amazon.de", "metric": "late_shipment_rate", "fulfilment": "merchant"}
    row |= {"group": None, "window_days": 30, "days": 30, "origins": 5, "events": 2}
    scores = [(0.31, 0.24, 0.41), (0.10, 0.24, 0.10), (0.05, 0.24, 0.41), (0.10, 0.10, 0.10)]
    rows = [row | dict(zip(("brier", "climatology", "naive"), each, strict=True)) for each in scores]
    shown = tables.track_record(pl.DataFrame(rows)).data
    cells = re.findall(r"<td[^>]*>(.*?)</td>", shown, re.S)
    told = cells[len(cells) // 4 - 1 :: len(cells) // 4]  # the last of each of four rows
    assert told == ["the usual share", "these and “is it over now”", "these", "all alike"]


def test_the_chance_that_any_target_is_missed_is_said_where_each_is_exact(mending):
    (said,) = words.together(mending)
    assert said.startswith("At least one of the 5 targets met today")
    assert said.endswith(f"with a chance of {wording.odds(mending.any_missed(30))}.")
    worst = max(one.chance(30).value for one in mending.ahead if not one.is_over)
    assert (
        worst <= mending.any_missed(30) <= sum(one.chance(30).value for one in mending.ahead if not one.is_over) + 0.001
    )
