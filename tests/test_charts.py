"""What a chart may carry, and that it holds for accounts with nothing, one point, or extremes."""

import json
import re
from datetime import date, timedelta

import polars as pl
import pytest
import vl_convert

from helpers import charts
from helpers.charts import look
from helpers.colours import LIGHT
from helpers.frames import SCHEMAS

DAY = date(2026, 10, 31)
KEY = {"account": "a", "marketplace": "amazon.de", "metric": "order_defect_rate", "fulfilment": "merchant"}
KEY |= {"group": None, "window_days": 60}


def trailing(points):
    rows = [
        dict.fromkeys(SCHEMAS["trailing"])
        | KEY
        | {
            "day": DAY - timedelta(len(points) - 1 - n),
            "rate": rate,
            "rate_low": rate / 2,
            "rate_high": min(1, rate * 2),
        }
        | {"window_denominator": 600, "window_numerator": 3, "is_covered": True, "is_mature": True}
        for n, rate in enumerate(points)
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["trailing"])


def verdict(**said):
    row = {
        "as_of": DAY,
        "status": "breached",
        "target": "0.01",
        "must_be": "below",
        "rate": 0.02,
        "finding": "A finding.",
    }
    row |= {"rate_low": 0.01, "rate_high": 0.03, "numerator": 12, "denominator": 600, "evidence": "strong"}
    return dict.fromkeys(SCHEMAS["verdicts"]) | KEY | row | said


ARRIVALS = pl.DataFrame([KEY | {"day": DAY, "entering": 2}], schema_overrides={"group": pl.String})


def roll_off(steps):
    rows = [
        dict.fromkeys(SCHEMAS["roll_off"])
        | KEY
        | {"day": DAY + timedelta(n + 1), "leaves": leaves, "numerator": x, "denominator": 600, "rate": x / 600}
        for n, (leaves, x) in enumerate(steps)
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["roll_off"])


def drawn(chart):
    spec = chart.to_dict()
    return spec, vl_convert.vegalite_to_svg(spec, vl_version="6.4")


@pytest.mark.parametrize(
    "points", [[0.0], [1.0], [0.0] * 400, [0.5, 1.0, 0.0]], ids=["one zero", "one", "400 zeros", "extremes"]
)
def test_a_trend_can_be_drawn_from_any_rates(points):
    spec, picture = drawn(charts.trend(trailing(points), ARRIVALS, verdict()))
    assert "A finding." in picture
    assert spec["description"].startswith("A finding.")


def test_a_chart_carries_only_the_columns_it_draws():
    spec = charts.trend(trailing([0.01, 0.02]), ARRIVALS, verdict()).to_dict()
    columns = {column for rows in spec["datasets"].values() for row in rows for column in row}
    assert columns == {
        *("day", "rate", "rate_low", "rate_high"),
        *("text", "target", "label", "first", "entering", "judged", "run"),
    }


def test_the_same_figures_give_the_same_bytes():
    one, other = (charts.trend(trailing([0.01, 0.02]), ARRIVALS, verdict()) for _ in range(2))
    assert json.dumps(one.to_dict()) == json.dumps(other.to_dict())
    assert look.still_and_spec(one.to_dict()) == look.still_and_spec(other.to_dict())


def test_the_calendar_names_the_day_it_clears_or_is_no_longer_judged_or_says_that_waiting_is_not_enough():
    steps = roll_off([(0, 12), (7, 5)])
    clears = charts.calendar(steps, verdict(clear_on=DAY, clear_from=DAY + timedelta(2))).to_dict()
    unjudged = charts.calendar(steps, verdict(unjudged_from=DAY + timedelta(3))).to_dict()
    never = charts.calendar(steps, verdict(clear_on=DAY)).to_dict()
    name = "Order defect rate, amazon.de, seller ships"
    assert [" ".join(chart["title"]["text"]) for chart in (clears, unjudged, never)] == [
        f"{name}: without a new defect the target is met again from 2 Nov 2026 at best.",
        f"{name}: no longer judged from 3 Nov 2026, as too few orders are left.",
        f"{name}: waiting alone does not bring the rate under its target.",
    ]


def test_the_scorecard_counts_what_misses_and_is_absent_when_nothing_was_judged():
    frame = pl.DataFrame([verdict(), verdict(status="met")], schema=SCHEMAS["verdicts"])
    (chart,) = charts.scorecard(frame)
    assert chart.to_dict()["title"]["text"] == ["1 of 2 judged rates misses its target."]
    assert charts.scorecard(frame.clear()) == []


def test_verdicts_without_a_figure_get_no_trend():
    frame = pl.DataFrame([verdict(status="no_data"), verdict(denominator=0)], schema=SCHEMAS["verdicts"])
    assert charts.trends(trailing([0.01]), ARRIVALS, frame) == []


def twin(chart):
    said = chart.to_dict()["usermeta"]["twin"]
    return [dict(zip(said["columns"], row, strict=True)) for row in said["rows"]]


def test_a_trend_s_twin_says_in_words_what_each_day_shows_the_judged_day_first():
    rows = twin(charts.trend(trailing([0.01, 0.005]), ARRIVALS, verdict()))
    assert rows == [
        {"Day": "31 Oct 2026", "Rate": "0.50\u202f%", "Of": "3 of 600 orders", "90 % interval": "0.25–1.00\u202f%"},
        {"Day": "30 Oct 2026", "Rate": "1.00\u202f%", "Of": "3 of 600 orders", "90 % interval": "0.50–2.00\u202f%"},
    ]


def test_a_long_trend_s_twin_shows_every_seventh_day_back_from_the_judged_one():
    rows = twin(charts.trend(trailing([0.01] * 71), ARRIVALS, verdict()))
    assert [row["Day, every seventh"] for row in rows] == [
        *("31 Oct 2026", "24 Oct 2026", "17 Oct 2026", "10 Oct 2026", "3 Oct 2026", "26 Sept 2026"),
        *("19 Sept 2026", "12 Sept 2026", "5 Sept 2026", "29 Aug 2026", "22 Aug 2026"),
    ]


def test_every_chart_has_a_twin_with_a_row():
    steps = roll_off([(0, 12), (7, 5)])
    frame = pl.DataFrame([verdict(), verdict(status="met")], schema=SCHEMAS["verdicts"])
    beside = pl.DataFrame(
        {
            "of": ["feedback received", "orders placed"],
            "rate": [0.5, 0.1],
            "rate_low": [0.2, 0.05],
            "rate_high": [0.8, 0.2],
        }
    ).with_columns(numerator=2, denominator=pl.Series([4, 20]), text=pl.lit("x"), marketplace=pl.lit("amazon.de"))
    beside = beside.with_columns(fulfilment=pl.lit("merchant"), window_start=date(2026, 8, 19), window_end=DAY)
    drawn = [charts.calendar(steps, verdict()), *charts.scorecard(frame), *charts.denominators(beside)]
    assert [len(twin(chart)) for chart in drawn] == [1, 2, 2]
    assert drawn[-1].usermeta["title"] == (
        "The same 2 unhappy buyers are 50.0\u202f% of the 4 who wrote and 10.0\u202f% of 20 orders."
    )
    assert twin(drawn[0]) == [
        {"Day": "2 Nov 2026", "Defects leaving": "7", "Rate after it": "0.83\u202f% (5 of 600 orders)"}
    ]


def test_a_chart_uses_no_colour_a_dark_page_does_not_know():
    spec = json.dumps(charts.trend(trailing([0.01, 0.02]), ARRIVALS, verdict()).to_dict())
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", spec)) <= set(LIGHT.values())


def test_a_trend_breaks_over_days_the_files_do_not_cover():
    frame = trailing([0.01, 0.02, 0.02, 0.01])
    holed = frame.filter(pl.col("day") != frame["day"].sort()[1])
    rows = charts.trend(holed, ARRIVALS, verdict()).to_dict()["datasets"]
    runs = next({row["day"]: row["run"] for row in rows} for rows in rows.values() if "run" in rows[0])
    assert list(dict(sorted(runs.items())).values()) == [0, 1, 1]


def test_a_rate_of_good_ones_is_drawn_near_its_target_without_ticks():
    tracked = verdict(metric="valid_tracking_rate", target="0.95", must_be="above", rate=0.96)
    line = trailing([0.96, 0.97]).with_columns(metric=pl.lit("valid_tracking_rate"), rate_low=pl.lit(0.9))
    came = ARRIVALS.with_columns(metric=pl.lit("valid_tracking_rate"))
    spec = charts.trend(line, came, tracked).to_dict()
    assert "entering" not in json.dumps(spec)
    domains = [
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in spec["layer"]
        if "scale" in layer["encoding"].get("y", {})
    ]
    assert min(low for low, _ in domains) > 0.8


def test_the_scorecard_tells_windows_and_categories_apart_and_measures_bad_ones():
    late = [verdict(metric="late_shipment_rate", window_days=days) for days in (10, 30)]
    tracked = verdict(metric="valid_tracking_rate", group="Home", target="0.95", must_be="above", rate=0.90)
    (chart,) = charts.scorecard(pl.DataFrame([*late, tracked], schema=SCHEMAS["verdicts"]))
    rows = [row for rows in chart.to_dict()["datasets"].values() for row in rows if "ratio" in row]
    by_name = {row["name"].split(", ", 2)[2]: row["ratio"] for row in rows}
    assert list(by_name) == ["seller ships, 10 days", "seller ships, 30 days", "seller ships, Home"]
    assert by_name["seller ships, Home"] == 2.0  # one in ten bad where one in twenty is allowed


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\ufffe", "\ud800"], ids=ascii)
def test_a_sign_that_cannot_be_drawn_is_shown_as_such_and_ends_nothing(sign):
    shown, _ = look.still_and_spec(charts.trend(trailing([0.01]), ARRIVALS, verdict(finding=f"a{sign}b")).to_dict())
    assert "a\N{REPLACEMENT CHARACTER}b" in shown["image/svg+xml"]
