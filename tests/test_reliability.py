"""How far chances told can be relied on: past forecasts beside what came."""

import re
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from helpers import audit, scenarios, tables
from helpers.scenarios import reliability

KEY = {"account": "t", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
KEY |= {"group": None, "window_days": 60}
SCHEMA = {"group": pl.String}


def tried(*forecasts, days=30):
    """Forecasts as (chance told, came) or (chance told, came, was over)."""
    rows = [
        KEY | {"days": days, "on": date(2026, 3, 1), "told": told, "came": came, "is_over": bool(over)}
        for told, came, *over in forecasts
    ]
    return pl.DataFrame(rows, schema_overrides=SCHEMA)


def cells(shown):
    return re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", shown.data, re.S)


def test_the_scores_of_a_record_are_counted_by_hand():
    (row,) = scenarios.track_record(tried((0.5, True), (0.2, False), (1.0, True, True), (0.1, False))).to_dicts()
    assert (row["origins"], row["events"]) == (4, 2)
    assert row["brier"] == pytest.approx((0.25 + 0.04 + 0 + 0.01) / 4)
    assert row["climatology"] == pytest.approx(0.25)
    assert row["naive"] == pytest.approx(1 / 4)  # "it stays as it is" is wrong once of four


def test_forecasts_are_counted_by_the_chance_told_its_lower_bound_in_and_its_upper_out():
    found = scenarios.by_chance_told(tried((0.05, False), (0.1, True), (0.2, False), (1.0, True), (0.8, True)))
    assert found.select("low", "forecasts", "told", "came").rows() == [
        (0.05, 2, pytest.approx(0.15), 1),
        (0.2, 1, 0.2, 0),
        (0.8, 2, 1.8, 2),
    ]
    assert found["error"].to_list() == pytest.approx([(0.05**2 + 0.9**2) / 2, 0.04, 0.02])


def test_a_forecast_of_what_was_over_already_is_none():
    assert scenarios.by_chance_told(tried((1.0, True, True))).is_empty()


def test_an_account_has_a_table_of_its_own_from_twenty_misses_on():
    few, enough = (tried(*[(0.3, True)] * number, (0.3, False)) for number in (19, 20))
    shown, said = scenarios.relied_on(few)
    assert shown["own_forecasts"].null_count() == shown.height
    assert said[-1] == (
        "This account’s past holds 20 such forecasts, 19 of them followed by a miss: with fewer than 20 a table of its own would tell "
        "little but chance."
    )
    shown, said = scenarios.relied_on(enough)
    (row,) = shown.drop_nulls("own_forecasts").to_dicts()
    assert (row["own_forecasts"], row["own_told"], row["own_came"]) == (21, pytest.approx(6.3), 20)
    assert said[-1].endswith("20 of them followed by a miss: they stand beside the others.")
    assert "This account: forecasts" in cells(tables.relied_on(shown, said))


def test_a_past_without_a_forecast_says_so_and_shows_the_samples_alone():
    shown, said = scenarios.relied_on(tried((0.1, False)).clear())
    assert said[-1] == "This account’s past holds no such forecast."
    told = cells(tables.relied_on(shown, said))
    assert told[:5] == ["Chance told", "Samples: forecasts", "should have come", "came", "under 5 in 100"]


def test_the_samples_are_spans_of_forecasts_of_both_horizons_that_hold_what_they_tell():
    samples = reliability.of_samples()
    assert samples["days"].unique().sort().to_list() == [30, 90]
    assert samples.filter(pl.col("low") >= pl.col("high")).is_empty()
    assert samples.filter(
        ~pl.col("told").is_between(pl.col("low") * pl.col("forecasts") - 0.1, pl.col("forecasts"))
    ).is_empty()
    assert samples.filter((pl.col("came") > pl.col("forecasts")) | ~pl.col("error").is_between(0, 1)).is_empty()
    assert samples["came"].sum() >= reliability.ENOUGH


def test_the_sentence_on_the_samples_is_their_table():
    """Two horizons: 1 of 4 came, told a quarter each; 1 of 2, told a half each. (4 · 0.1875 + 2 · 0.25) / 6 = 0.21."""
    made = pl.concat(
        [
            scenarios.by_chance_told(tried(*[(0.25, came) for came in (True, False, False, False)])),
            scenarios.by_chance_told(tried((0.5, True), (0.5, False), days=90)),
        ]
    )
    told = reliability.said(made.clear(), made)[0]
    assert "a miss followed 2 of 6 forecasts" in told
    assert "the error was 0.21, that of the usual share 0.21, and that of “it stays as it is” 0.33" in told


def test_what_is_said_of_real_sellers_is_what_the_measurement_says():
    text = (Path(__file__).parents[1] / "benchmarks" / "FORECASTS.md").read_text(encoding="utf-8")
    every = next(line for line in text.splitlines() if line.startswith("| **all**"))
    forecasts, _, _, error, usual, _, never = (float(cell) for cell in every.split("|")[2:-1])
    assert (forecasts, error, usual, never) == reliability.REAL


def test_forecasts_of_the_past_overlap_none_and_begin_half_a_year_in(samples):
    looked_at = audit.of(samples / "small-good", today="2026-11-01")
    found = scenarios.tried(scenarios.of(looked_at, 90)).filter(metric="order_defect_rate")
    for days in (30, 90):
        on = found.filter(days=days)["on"].sort()
        assert set(on.diff().drop_nulls().to_list()) <= {timedelta(days=days)}
        assert on.max() == looked_at.day - timedelta(days=days)
    assert found["on"].min() >= looked_at.day - timedelta(days=400 - 180)


def test_a_turn_is_known_to_a_past_forecast_from_the_day_it_was_proved_on(samples):
    """Late shipments: 9 in 100 until 13 September, 1 in 100 since (helpers.sample.profiles); proved by 1 October."""
    found = scenarios.tried(scenarios.of(audit.of(samples / "on-the-mend", today="2026-11-01"), 90))
    late = found.filter(metric="late_shipment_rate", days=30)
    assert late.filter(pl.col("on") == date(2026, 10, 1))["told"].max() < 0.2
    assert late.filter(pl.col("on") == date(2026, 9, 1))["told"].min() > 0.9
