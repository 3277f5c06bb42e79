"""Tables: what they leave out on purpose, and that nothing stands in them twice."""

import re
from datetime import date

import polars as pl
import pytest

from helpers import audit, sensitivity, tables
from helpers.frames import SCHEMAS, empty

DAY = date(2026, 10, 31)


@pytest.fixture
def returned():
    row = dict.fromkeys(SCHEMAS["trailing"]) | {"account": "a", "marketplace": "amazon.de", "metric": "return_rate"}
    row |= {"fulfilment": "merchant", "window_days": 60, "day": DAY, "window_start": date(2026, 9, 2)}
    row |= {"window_end": DAY, "window_numerator": 4, "window_denominator": 200}
    row |= {"rate": 0.02, "rate_low": 0.0078, "rate_high": 0.0503}
    return pl.DataFrame([row], schema=SCHEMAS["trailing"])


def proved(exactness):
    return pl.DataFrame(
        {"marketplace": ["amazon.de"], "metric": ["return_rate"], "fulfilment": ["merchant"], "exactness": [exactness]}
    )


NO_VERDICT = pl.DataFrame(schema=SCHEMAS["verdicts"])


def test_a_rate_without_a_target_is_told_with_its_counts(returned):
    shown = tables.unjudged(returned, NO_VERDICT, proved("lower_bound"), DAY).data
    assert "at least 2.00\u202f% (4 of 200 orders)" in shown


def test_a_rate_no_file_can_prove_is_not_shown_as_nothing_at_all(returned):
    of_nothing = returned.with_columns(window_numerator=0, rate=0.0)
    shown = tables.unjudged(of_nothing, NO_VERDICT, proved("impossible"), DAY).data
    assert "0 of 200" not in shown
    assert "Every rate these files give has a target." in shown


def test_a_judged_rate_is_told_once(returned):
    judged = pl.DataFrame(
        [
            dict.fromkeys(SCHEMAS["verdicts"])
            | {"marketplace": "amazon.de", "metric": "return_rate", "fulfilment": "merchant"}
        ],
        schema=SCHEMAS["verdicts"],
    )
    assert "4 of 200" not in tables.unjudged(returned, judged, proved("exact"), DAY).data


def text(shown):
    """What a table says, tags taken out."""
    words = re.sub(r"<style>.*?</style>", "", shown.data, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words).replace("\N{NARROW NO-BREAK SPACE}", " "))


@pytest.fixture(scope="module")
def mending(samples):
    """The sample on the mend: one store, one channel, an event, nine kinds of files."""
    return audit.of(samples / "on-the-mend", "2026-10-31", "2026-11-28")


def test_several_windows_of_a_rate_without_a_target_are_one_row(returned):
    both = pl.concat(
        [
            returned,
            returned.with_columns(window_days=pl.lit(90, pl.Int32), window_numerator=pl.lit(6, pl.Int64), rate=0.03),
        ]
    )
    shown = tables.unjudged(both, NO_VERDICT, proved("exact"), DAY)
    assert shown.data.count("Return rate") == 1
    assert "60 days to 31 Oct 2026; 90 days to 31 Oct 2026" in text(shown)
    assert "2.00 % (4 of 200 orders); 3.00 % (6 of 200 orders)" in text(shown)


def test_open_points_that_change_nothing_share_a_line_and_a_chosen_reading_is_always_shown(mending):
    other = sensitivity.other_readings(mending)
    touched = set(other.get_column("option"))
    shown = tables.open_points(mending.account, other)
    assert all(name in shown.data for name in touched)
    assert "cr_items" not in touched | set(shown.data.split())
    assert re.search(r"Another reading of the other \d+ open points changes no figure of this report\.", text(shown))
    assert "every verdict stays" in text(shown)
    chosen = mending.under({"cr_items": "counted"})
    assert "cr_items" in text(tables.open_points(chosen.account, other))


def test_a_definition_is_of_a_rate_that_is_told_and_of_no_part_of_one(mending):
    shown = text(tables.definitions(mending.covered, mending.verdicts))
    assert "Order defect rate" in shown
    assert "Invoice defect rate" in shown  # judged by the marketplace's own figure
    assert "Business hour delivery rate" not in shown  # nobody tells it
    assert "Chargebacks Orders with" not in shown  # a part, told with the whole


def test_figures_both_sides_count_alike_stand_in_one_line_and_only_others_have_a_row(mending):
    shown = text(tables.compared(mending.compared))
    assert "Both count the same: order defect rate (amazon.de, seller ships) 18 of 1,421;" in shown
    same = mending.compared.filter(explanation="Both count the same.")
    assert "Why they differ" not in text(tables.compared(same))
    assert "nothing to compare with" in text(tables.compared(mending.compared.clear()))


def test_a_change_of_a_bound_is_one_and_a_rate_of_good_ones_has_its_counts_alone(mending):
    shown = text(tables.changes(mending.changes, mending.verdicts))
    assert "Order defect rate, amazon.de, seller ships 33 of 1,435 +3 −18 −14 18 of 1,421" in shown
    assert "Valid tracking rate, amazon.de, seller ships, Office 237 of 238 – –" in shown
    at_least = mending.verdicts.with_columns(exactness=pl.lit("lower_bound"))
    assert "at least 33 of 1,435" in text(tables.changes(mending.changes, at_least))


def test_an_event_is_named_once_over_its_rates_and_what_its_days_hold_once_under_them(mending):
    shown = text(tables.actions(mending.actions))
    assert shown.count("packing moved to a warehouse with evening collection") == 1
    assert shown.count("the busy weeks of the year") == 1
    assert "1.17 % (76 of 6,518 orders) 0.15 % (1 of 666 orders)" in shown
    assert "A fall to half would not show in so few orders." in shown
    assert "names no [[events]]" in text(tables.actions(empty("actions")))


def test_a_watched_rate_has_one_row_for_both_its_watches(mending):
    shown = tables.signals(mending.signals)
    assert shown.data.count("<tbody") == 1
    assert shown.data.count("Cancellation rate, ") == 1
    assert "Due at its target" in text(shown)
    assert "target since 12 Jul 2026" in text(shown)
    assert "<details>" in shown.data  # a register: it is looked up and not printed


def test_files_with_a_remark_stand_apart_from_the_list_of_all_of_them(mending):
    calm = mending.account.files.with_columns(warnings=pl.lit([], pl.List(pl.String)))
    plain = tables.files(type(mending.account)(**vars(mending.account) | {"files": calm})).data
    assert '<details class="evidence">' not in plain
    assert "<details><summary>Every file</summary>" in plain
    odd = mending.account.files.with_columns(warnings=pl.lit(["cut short"]))
    told = tables.files(type(mending.account)(**vars(mending.account) | {"files": odd.head(1)})).data
    assert '<details class="evidence"><summary>What is odd about 1 file</summary>' in told
    assert told.count("cut short") == 1


def test_orders_of_one_store_name_it_once(mending):
    shown = text(tables.standing(mending.standing))
    assert shown.count("amazon.de, seller ships") == 1
    two = pl.concat([mending.standing, mending.standing.with_columns(marketplace=pl.lit("amazon.fr"))])
    assert "amazon.fr, seller ships" in text(tables.standing(two))


def test_what_no_download_tells_is_one_line_and_no_row(mending):
    shown = text(tables.coverage(mending.covered))
    assert (
        "No download holds the orders of: invoice defect rate, business hour delivery rate, return dissatisfaction rate."
        in shown
    )
    assert "not supplied" not in shown
    assert shown.count("nvoice defect rate") == 1
