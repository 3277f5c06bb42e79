"""What a chart may carry, and that it holds for accounts with nothing, one point, or extremes."""

import json
import re
from datetime import date, timedelta

import polars as pl
import pytest
import vl_convert

from helpers import charts
from helpers.charts import look
from helpers.charts.look import still_and_spec
from helpers.colours import LIGHT
from helpers.frames import SCHEMAS
from helpers.sentences import written_like

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
        "source": "files",
        "is_on_target": False,
        "rate": 0.02,
        "finding": "A finding.",
    }
    row |= {"rate_low": 0.01, "rate_high": 0.03, "numerator": 12, "denominator": 600, "evidence": "strong"}
    return dict.fromkeys(SCHEMAS["verdicts"]) | KEY | row | said


ARRIVALS = pl.DataFrame([KEY | {"day": DAY, "entering": 2}], schema_overrides={"group": pl.String})
NOTHING_CAME = ARRIVALS.clear()
NOTHING_AHEAD = pl.DataFrame(schema=SCHEMAS["roll_off"])


def trend(counted, arrivals, row, ahead=NOTHING_AHEAD, **said):
    return charts.trend(counted, arrivals, ahead, row, **said)


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
    spec, picture = drawn(trend(trailing(points), ARRIVALS, verdict()))
    assert "A finding." in picture
    assert spec["description"].startswith("A finding.")


def test_a_chart_carries_only_the_columns_it_draws():
    spec = trend(trailing([0.01, 0.02]), ARRIVALS, verdict()).to_dict()
    columns = {column for rows in spec["datasets"].values() for row in rows for column in row}
    assert columns == {
        *("day", "rate", "rate_low", "rate_high"),
        *("text", "target", "label", "run", "side", "piece", "told"),
    }


def test_the_same_figures_give_the_same_bytes():
    one, other = (trend(trailing([0.01, 0.02]), ARRIVALS, verdict()) for _ in range(2))
    assert json.dumps(one.to_dict()) == json.dumps(other.to_dict())
    assert look.still_and_spec(one.to_dict()) == look.still_and_spec(other.to_dict())


def words(spec):
    """Every text the picture prints from its data."""
    return {
        row[name]
        for rows in spec["datasets"].values()
        for row in rows
        for name in ("text", "label", "wide")
        if name in row
    }


def test_the_way_ahead_is_drawn_to_the_last_bad_one_and_names_the_day_a_missed_target_is_met_again():
    steps = roll_off([(0, 12), (7, 5), (5, 0), (0, 0)])
    clears = trend(trailing([0.02]), ARRIVALS, verdict(clear_from=DAY + timedelta(2)), steps).to_dict()
    assert "met from 2 Nov 2026 at best" in words(clears)
    ahead = next(
        rows for rows in clears["datasets"].values() if any(row.get("day") == "2026-11-01T00:00:00" for row in rows)
    )
    assert [row["day"][:10] for row in ahead] == ["2026-11-01", "2026-11-02", "2026-11-03"]
    met = trend(trailing([0.02]), ARRIVALS, verdict(status="met", clear_from=DAY + timedelta(2)), steps).to_dict()
    assert not any("met from" in text for text in words(met))


def test_a_day_that_bad_ones_may_be_missing_before_is_the_earliest_in_the_picture_too():
    steps = roll_off([(0, 12), (7, 5), (5, 0), (0, 0)])
    clears = trend(trailing([0.02]), ARRIVALS, verdict(clear_from=DAY + timedelta(2)), steps, sure="at the earliest")
    assert "met from 2 Nov 2026 at the earliest" in words(clears.to_dict())


def test_the_target_is_named_behind_the_end_of_its_line_where_no_data_lie():
    layers = trend(trailing([0.01, 0.02]), ARRIVALS, verdict()).to_dict()["layer"]
    (label,) = [one for one in layers if one["encoding"].get("text", {}).get("field") == "label"]
    assert label["encoding"]["x"] == {"value": "width"}
    assert label["mark"]["align"] == "left"


def test_the_last_figure_stands_over_the_days_beside_it_unless_they_rise_far_above_it():
    def height(rates):
        spec = trend(trailing(rates), ARRIVALS, verdict()).to_dict()
        return [row["rate"] for rows in spec["datasets"].values() for row in rows if row.get("text", "").endswith("%")]

    assert height([0.02, 0.021, 0.02]) == [0.021]
    assert height([0.02, 0.04, 0.02]) == [0.02]


def test_the_pointer_is_told_counts_and_days_as_the_account_writes_them_and_the_still_picture_holds_none_of_it():
    frame = pl.DataFrame([verdict(), verdict(metric="late_shipment_rate", window_days=30)], schema=SCHEMAS["verdicts"])
    late = trailing([0.02] * 9).with_columns(metric=pl.lit("late_shipment_rate"), window_days=pl.lit(30, pl.Int32))
    counted = pl.concat([trailing([0.02] * 9), late], how="vertical_relaxed")
    with written_like("en_US"):
        drawings = [one.to_dict() for one in charts.moving(counted, ARRIVALS, NOTHING_AHEAD, frame)]
    told = [[row["told"] for rows in one["datasets"].values() for row in rows if "told" in row] for one in drawings]
    figure = "0.50\u202f% (3 of 600 orders)."
    assert told[0][-1] == f"On Oct 31, 2026: {figure}"
    assert told[1] == [f"On Oct 24, 2026: {figure}", f"On Oct 31, 2026: {figure}"]
    for drawing in drawings:
        picture = still_and_spec(drawing)[0]["image/svg+xml"]
        assert 'opacity="0"' not in picture
        assert "3 of 600 orders" not in picture


def test_a_day_has_the_colour_of_the_side_it_lies_on_and_not_of_the_verdict():
    frame = trailing([0.01, 0.01, 0.01]).with_columns(window_numerator=pl.Series([5, 6, 7]), window_denominator=600)
    spec = trend(frame, ARRIVALS, verdict()).to_dict()
    sides = next(rows for rows in spec["datasets"].values() if "side" in rows[0])
    assert [(row["day"][8:10], row["side"], row["piece"]) for row in sides] == [
        *(("29", "met", 0), ("30", "met", 0)),  # under 1 %, then drawn on to the day it is missed
        *(("30", "missed", 1), ("31", "missed", 1)),  # 6 of 600 is not under 1 %
    ]


def test_an_event_stands_in_the_picture_by_its_number_which_is_told_over_it_and_in_the_row_of_its_week():
    done = [(DAY - timedelta(3), "a new carrier"), (DAY - timedelta(1), "a warehouse with evening collection nearby")]
    assert not {"1", "2"} & words(trend(trailing([0.01] * 9), NOTHING_CAME, verdict()).to_dict())
    drawn = trend(trailing([0.01] * 9), NOTHING_CAME, verdict(), moments=done).to_dict()
    assert {"1", "2"} <= words(drawn)
    assert drawn["usermeta"]["subtitle"].endswith(
        " Lines: 1: a new carrier; 2: a warehouse with evening collection nearby."
    )
    spec = trend(trailing([0.01] * 9), ARRIVALS, verdict(), moments=done[:1])
    assert [row["Done"] for row in twin(spec) if row["Done"]] == ["28 Oct 2026: a new carrier"]


def test_of_a_small_shop_each_bad_one_is_told_with_its_number():
    assert "2" in words(trend(trailing([0.01]), ARRIVALS, verdict()).to_dict())
    busy = pl.concat([ARRIVALS.with_columns(day=pl.lit(DAY - timedelta(n))) for n in range(20)])
    assert "2" not in words(trend(trailing([0.01] * 30), busy, verdict()).to_dict())


def test_the_rate_that_decides_is_drawn_large_and_the_others_share_one_time_axis():
    late = [verdict(metric="late_shipment_rate", window_days=days) for days in (10, 30)]
    tracked = verdict(
        metric="valid_tracking_rate", group="Home", target="0.95", must_be="above", rate=0.96, status="met"
    )
    frame = pl.DataFrame([verdict(), *late, tracked], schema=SCHEMAS["verdicts"])
    keys = [{name: row[name] for name in ("metric", "window_days", "group")} for row in (verdict(), *late, tracked)]
    counted = pl.concat(
        [trailing([0.02, 0.03]).with_columns(**{name: pl.lit(value) for name, value in key.items()}) for key in keys],
        how="vertical_relaxed",
    )
    first, others = charts.moving(counted, ARRIVALS, NOTHING_AHEAD, frame)
    assert first.to_dict()["usermeta"]["title"] == "A finding."
    assert others.to_dict()["title"]["text"] == ["The other 3 rates: 2 of them on the wrong side of the target."]
    assert [row["Of"].split(", ", 2)[2] for row in twin(others)] == [
        "seller ships, 10 days",
        "seller ships, 30 days",
        "seller ships, Home",
    ]


def test_verdicts_without_a_figure_get_no_picture():
    none = [verdict(status="no_data"), verdict(denominator=0), verdict(source="snapshot")]
    frame = pl.DataFrame(none, schema=SCHEMAS["verdicts"])
    assert charts.moving(trailing([0.01]), ARRIVALS, NOTHING_AHEAD, frame) == []


def twin(chart):
    said = chart.to_dict()["usermeta"]["twin"]
    return [dict(zip(said["columns"], row, strict=True)) for row in said["rows"]]


def test_a_trend_s_twin_says_in_words_what_each_day_shows_the_judged_day_first():
    rows = twin(trend(trailing([0.01, 0.005]), ARRIVALS, verdict()))
    assert rows == [
        {"Day": "31 Oct 2026", "Rate": "0.50\u202f%", "Of": "3 of 600 orders", "90 % interval": "0.25–1.00\u202f%"},
        {"Day": "30 Oct 2026", "Rate": "1.00\u202f%", "Of": "3 of 600 orders", "90 % interval": "0.50–2.00\u202f%"},
    ]


def test_a_long_trend_s_twin_shows_every_seventh_day_back_from_the_judged_one():
    rows = twin(trend(trailing([0.01] * 71), ARRIVALS, verdict()))
    assert [row["Day, every seventh"] for row in rows] == [
        *("31 Oct 2026", "24 Oct 2026", "17 Oct 2026", "10 Oct 2026", "3 Oct 2026", "26 Sept 2026"),
        *("19 Sept 2026", "12 Sept 2026", "5 Sept 2026", "29 Aug 2026", "22 Aug 2026"),
    ]


def test_the_two_denominators_say_both_counts():
    beside = pl.DataFrame(
        {
            "of": ["feedback received", "orders placed"],
            "rate": [0.5, 0.1],
            "rate_low": [0.2, 0.05],
            "rate_high": [0.8, 0.2],
        }
    ).with_columns(numerator=2, denominator=pl.Series([4, 20]), text=pl.lit("x"), marketplace=pl.lit("amazon.de"))
    beside = beside.with_columns(fulfilment=pl.lit("merchant"), window_start=date(2026, 8, 19), window_end=DAY)
    (drawn,) = charts.denominators(beside)
    assert len(twin(drawn)) == 2
    assert drawn.usermeta["title"] == (
        "The same 2 unhappy buyers are 50.0\u202f% of the 4 who wrote and 10.0\u202f% of 20 orders."
    )


def told(chart):
    """What the pointer is told."""
    return [row["told"] for rows in chart.to_dict()["datasets"].values() for row in rows if "told" in row]


def test_the_pointer_is_told_of_each_of_the_two_denominators_in_a_sentence_with_its_counts_and_days():
    rates = {"rate": [0.5, 0.1], "rate_low": [0.2, 0.05], "rate_high": [0.8, 0.2]}
    beside = pl.DataFrame(rates).with_columns(numerator=2, denominator=pl.Series([4, 20]), marketplace=pl.lit("a"))
    beside = beside.with_columns(fulfilment=pl.lit("merchant"), window_start=date(2026, 8, 19), window_end=DAY)
    with written_like("en_US"):
        (drawn,) = charts.denominators(beside)
    days = "Aug 19, 2026 to Oct 31, 2026"
    assert told(drawn) == [
        f"2 of 4 feedback received on the orders of {days} have one or two stars: 50.0\u202f%, 90 % interval 20.0–80.0\u202f%.",
        f"2 of 20 orders of {days} brought feedback of one or two stars: 10.0\u202f%, 90 % interval 5.00–20.0\u202f%.",
    ]


def control(*rows):
    """Points of a control chart, a week each."""
    series = {name: KEY[name] for name in ("marketplace", "metric", "fulfilment", "group")}
    common = {"phase": 1, "low": 0.0, "high": 0.04, "low_prime": 0.0, "high_prime": 0.05, "centre": 0.01}
    common |= {"is_outside": False, "is_outside_prime": False, "is_trial": False, "sigma_z": 1.0, "rules": []}
    points = [
        dict.fromkeys(SCHEMAS["control"])
        | series
        | common
        | {"first_day": DAY - timedelta(7 * n + 6), "last_day": DAY - timedelta(7 * n)}
        | {"numerator": 1, "denominator": 100, "value": 0.01, "chart": "p"}
        | row
        for n, row in zip(reversed(range(len(rows))), rows, strict=True)
    ]
    return pl.DataFrame(points, schema=dict(SCHEMAS["control"]))


def test_the_pointer_is_told_of_each_week_beside_chance_in_a_sentence_with_its_counts_and_days():
    out = {"is_outside": True, "is_outside_prime": True, "rules": ["one beyond three"]}
    with written_like("en_US"):
        drawn = charts.control(control({}, {"numerator": 9, "value": 0.09} | out))
    assert told(drawn) == [
        "1 of 100 orders of Oct 18, 2026 to Oct 24, 2026 was bad: 1.00\u202f%, within the limits 0.00–5.00\u202f%.",
        "9 of 100 orders of Oct 25, 2026 to Oct 31, 2026 were bad: 9.00\u202f%, beyond the limits 0.00–5.00\u202f%; run rules "
        "broken: one beyond three.",
    ]


def test_beside_a_chart_of_rare_events_stand_the_orders_between_them_and_no_weeks_of_an_earlier_phase():
    gap = {
        "chart": "g",
        "phase": 2,
        "denominator": 230,
        "value": 230.0,
        "low": 1.0,
        "high": 900.0,
        "is_outside_prime": None,
    }
    drawn = charts.control(control({}, gap))
    assert told(drawn) == [
        "230 orders lie between the bad ones of 25 Oct 2026 and 31 Oct 2026, within the limits 1–900."
    ]
    assert twin(drawn) == [
        {
            "From one to the next": "25 Oct 2026 to 31 Oct 2026",
            "Orders between": "230",
            "Limits": "1–900",
            "Stands out": "–",
        }
    ]


def test_a_rate_over_feedback_is_of_feedback_and_not_of_feedbacks():
    over = verdict(metric="negative_share", window_days=365)
    line = trailing([0.02]).with_columns(metric=pl.lit("negative_share"), window_days=pl.lit(365, pl.Int32))
    subtitle = trend(line, NOTHING_CAME, over).usermeta["subtitle"]
    assert "last 365 days of feedback, judged each day" in subtitle


def test_the_months_of_an_axis_are_written_as_the_account_writes_its_days():
    months = trailing([0.01] * 60).with_columns(day=pl.col("day") - timedelta(31))  # to the end of September
    _, picture = drawn(trend(months, NOTHING_CAME, verdict(as_of=date(2026, 9, 30))))
    assert "Sept 2026" in picture


def test_a_chart_uses_no_colour_a_dark_page_does_not_know():
    spec = json.dumps(trend(trailing([0.01, 0.02]), ARRIVALS, verdict()).to_dict())
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", spec)) <= set(LIGHT.values())


@pytest.mark.parametrize(
    "ends", [{"rate_low": None, "rate_high": None}, {"rate_high": None}], ids=["about", "at least"]
)
def test_of_a_bound_no_interval_is_drawn_named_or_told(ends):
    exact, bound = (trend(trailing([0.01, 0.02]), ARRIVALS, verdict(**one)) for one in ({}, ends))
    words = "Grey band: 90 % interval"
    told = [chart.to_dict()["usermeta"]["subtitle"] for chart in (exact, bound)]
    assert [words in said for said in told] == [True, False]
    assert ["90 % interval" in row for chart in (exact, bound) for row in twin(chart)[:1]] == [True, False]
    assert ["rate_low" in json.dumps(chart.to_dict()["layer"]) for chart in (exact, bound)] == [True, False]


def texts(chart, width):
    """The lines of text of a chart drawn so wide, as on a page: what is over it stands there as text."""
    spec = {name: part for name, part in chart.to_dict().items() if name != "title"} | {"width": width}
    picture = vl_convert.vegalite_to_svg(spec, vl_version="6.4")
    return re.findall(r"(?:<text[^>]*>|<tspan[^>]*>)([^<]+)<", picture)


def test_on_a_telephone_the_label_of_the_way_back_breaks_before_the_edge_of_the_picture():
    ahead, said = roll_off([(1, 8), (1, 5)]), verdict(clear_from=DAY + timedelta(2))
    chart = trend(trailing([0.02] * 60), ARRIVALS, said, ahead, sure="at the earliest")
    assert "met from 2 Nov 2026 at the earliest" in texts(chart, 860)
    assert {"met from 2 Nov 2026 at", "the earliest"} <= set(texts(chart, 320))


def test_on_a_telephone_a_small_trend_has_its_figure_and_target_first_then_its_store():
    keys = [KEY, KEY | {"marketplace": "amazon.fr"}]
    counted = pl.concat(
        [trailing([0.01, 0.02]).with_columns(**{name: pl.lit(value) for name, value in key.items()}) for key in keys],
        how="vertical_relaxed",
    )
    frame = pl.DataFrame([verdict(**key) for key in keys], schema=SCHEMAS["verdicts"])
    (chart,) = charts.lanes(counted, frame)
    start = "2.00\u202f%, target 1\u202f%: amazon.fr, order defect"  # the end may be cut off
    assert any(said.startswith(start) for said in texts(chart, 320))
    assert any(said.endswith(": 2.00\u202f%, target 1\u202f%") for said in texts(chart, 860))


def funnel_of(*stores):
    """A funnel of rates: (account, category, bad, orders) each."""
    row = dict.fromkeys(SCHEMAS["funnel"]) | KEY | {"window_days": 30, "allowed": 0.05, "metric": "valid_tracking_rate"}
    rows = [
        row
        | {"account": name, "name": name, "group": group, "bad": bad, "orders": n, "worth": float(n), "rate": bad / n}
        | {"side": "over" if bad / n > 0.1 else "within"}
        for name, group, bad, n in stores
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["funnel"])


def test_a_funnel_counts_rates_where_a_store_has_several_and_says_how_many_lie_on_one_point():
    rates = [(name, group, bad, 100) for name in "abc" for group, bad in (("Home", 3), ("Office", 4))]
    (chart,) = charts.funnels(funnel_of(*rates[:-1], ("c", "Office", 20, 100)))
    assert chart.to_dict()["usermeta"]["title"].startswith(
        "Valid tracking rate, 30 days: 1 of 6 rates of 3 stores lies"
    )
    assert {said for said in texts(chart, 860) if "×" in said} == {"2 ×", "3 ×"}
    (stores,) = charts.funnels(funnel_of(*rates[::2]))
    assert ": 0 of 3 stores lie" in stores.to_dict()["usermeta"]["title"]
    assert charts.funnels(funnel_of(*rates[:4])) == []  # four rates, and no more than two stores


def test_a_trend_breaks_over_days_the_files_do_not_cover():
    frame = trailing([0.01, 0.02, 0.02, 0.01])
    holed = frame.filter(pl.col("day") != frame["day"].sort()[1])
    rows = trend(holed, ARRIVALS, verdict()).to_dict()["datasets"]
    runs = next({row["day"]: row["run"] for row in said} for said in rows.values() if "run" in said[0])
    assert list(dict(sorted(runs.items())).values()) == [0, 1, 1]


@pytest.mark.parametrize(("told", "lines"), [([0, 1, 2, 3, 4, 5], 1), ([0, 1, 5], 2)], ids=["all told", "a hole"])
def test_the_way_ahead_begins_with_a_line_that_breaks_where_the_files_tell_nothing(told, lines):
    frame = trailing([0.01, 0.02, 0.02, 0.02, 0.015, 0.01]).sort("day")
    weeks = [{"day": DAY + timedelta(7 * n), "rate_p05": 0.005, "rate_p50": 0.01, "rate_p95": 0.02} for n in (1, 2, 3)]
    ahead = pl.DataFrame(
        [dict.fromkeys(SCHEMAS["projection"]) | KEY | {"scenario": "nothing changes"} | week for week in weeks],
        schema=SCHEMAS["projection"],
    )
    spec, picture = drawn(charts.fan(ahead, frame[told], verdict(), "What comes"))
    (line,) = re.findall(f'<path[^>]* d="([^"]*)" stroke="{LIGHT["ink"]}"', picture)
    assert line.count("M") == lines
    assert ("Gap: the files do not tell these days." in " ".join(spec["title"]["subtitle"])) == (lines > 1)


def test_a_rate_of_good_ones_is_drawn_near_its_target_without_ticks():
    tracked = verdict(metric="valid_tracking_rate", target="0.95", must_be="above", rate=0.96)
    line = trailing([0.96, 0.97]).with_columns(metric=pl.lit("valid_tracking_rate"), rate_low=pl.lit(0.9))
    came = ARRIVALS.with_columns(metric=pl.lit("valid_tracking_rate"))
    spec = trend(line, came, tracked).to_dict()
    assert "Ticks" not in spec["description"]
    domains = [
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in spec["layer"]
        if "scale" in layer["encoding"].get("y", {})
    ]
    assert min(low for low, _ in domains) > 0.8


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\ufffe", "\ud800"], ids=ascii)
def test_a_sign_that_cannot_be_drawn_is_shown_as_such_and_ends_nothing(sign):
    shown, _ = look.still_and_spec(trend(trailing([0.01]), ARRIVALS, verdict(finding=f"a{sign}b")).to_dict())
    assert "a\N{REPLACEMENT CHARACTER}b" in shown["image/svg+xml"]


def test_a_day_that_repeats_the_rate_before_it_is_not_drawn_again_and_the_last_of_a_run_is():
    line = trailing([0.02, 0.02, 0.02, 0.03, 0.03]).with_columns(window_numerator=12, run=pl.lit(0))
    spec = trend(line.drop("run"), ARRIVALS, verdict()).to_dict()
    drawn = next(rows for rows in spec["datasets"].values() if "side" in rows[0])
    assert [(row["day"][8:10], row["rate"]) for row in drawn] == [("27", 0.02), ("30", 0.03), ("31", 0.03)]
