"""Which rates an open point of the rules reaches: told by what they count, held against counting them twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from test_facts import file, shipment, with_frames
from test_metrics import FIRST, account, defect, one_a_day

from helpers import exports, metrics, targets
from helpers.metrics.facts import FACTS, SETTLED
from helpers.metrics.windows import spans
from helpers.vocabulary import METRICS, OPTIONS

OF_FEEDBACK = {"score_min", "break_date", "feedback_days", "feedback_withdraw_days", "feedback_removal_days"}
ERA = date(2019, 6, 30)  # a day on which the window of the order defect rate is an open point
RATES = [name for name in OPTIONS if name not in OF_FEEDBACK]


def told(one):
    """What is told of each metric: its counts a day, and the windows they would be judged over in an open era."""
    daily = metrics.daily(one)
    judged = spans(daily, targets.rules(one, ERA), ERA)
    return {key: (daily.filter(metric=key), judged.filter(metric=key)) for key in METRICS}


def changed(one, option):
    """The metrics of which any other reading of the option tells something else."""
    chosen = told(one)
    others = [told(replace(one, options={option: value})) for value in OPTIONS[option].values[1:]]
    pairs = [(key, frame, other[key]) for other in others for key, frame in chosen.items()]
    return {key for key, frames, others in pairs if not all(map(pl.DataFrame.equals, frames, others))}


def at(day, hour):
    return datetime.combine(FIRST + timedelta(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def with_everything_open():
    """An account of 60 orders in which every open point of the rates matters: a new one needs an order here."""
    orders = one_a_day(60)
    gone = {"status": "cancelled", "is_cancelled": True}
    orders[10] |= {"purchased_at": at(10, 3)}  # the day before, on the Pacific coast
    orders[20] |= {"purchased_at": at(19, 23)}  # the day before, in Greenwich
    orders[30] |= gone
    orders[31] |= gone
    orders[32] |= gone | {"fulfilment": "amazon"}
    orders[40] |= {"status": "pending"}
    orders[41] |= {"has_cancelled_item": True}
    orders[42] |= {"is_replacement": True}
    defects = [
        defect("o30", "a_to_z_claim", FIRST + timedelta(35), counts=False),
        defect("o31", "a_to_z_claim", FIRST + timedelta(35)) | {"outcome": "withdrawn"},
        defect("o33", "a_to_z_claim", FIRST + timedelta(35), counts=False),
        defect("o34", "a_to_z_claim", FIRST + timedelta(35)) | {"outcome": "withdrawn"},
        defect("o32", "negative_feedback", FIRST + timedelta(35)),
        defect("o35", "negative_feedback", FIRST + timedelta(35)),
    ]
    orders[35] |= {"fulfilment": "amazon"}
    one = account(orders, defects)
    late = [
        shipment(f"o{n}", "late_shipments", is_late=True, ship_by=at(n + 1, 12), confirmed_at=at(n + 3, 12))
        for n in (5, 50)  # the list speaks for the days from its first late order on
    ]
    listed = file("late_shipments", FIRST, one.last_complete_day, rows_are="defective_only")
    return with_frames(one, shipments=late, files=[*one.files.to_dicts(), listed])


@pytest.mark.parametrize("option", RATES)
def test_an_option_reaches_the_rates_that_count_otherwise_under_it_and_no_other(option):
    assert changed(with_everything_open(), option) == set(metrics.reached(option))


@pytest.mark.parametrize("sample", ["lamp-house", "small-good"])
def test_no_rate_of_a_sample_changes_under_an_option_that_does_not_reach_it(samples, sample):
    one = exports.read(samples / sample)
    missed = {name: changed(one, name) - set(metrics.reached(name)) for name in OPTIONS}
    assert missed == {name: set() for name in OPTIONS}
    assert changed(one, "clock")  # and something was there to miss


def test_an_option_that_reaches_no_rate_is_one_of_feedback():
    assert {name for name in OPTIONS if not metrics.reached(name)} == OF_FEEDBACK


class Asked(dict):
    """Options of an account that remember which of them were asked for."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return default


@pytest.mark.parametrize("facts", FACTS)
def test_every_option_asked_for_while_facts_are_put_together_is_said_there(facts):
    asked = Asked()
    FACTS[facts](replace(with_everything_open(), options=asked))
    assert asked.names == set(SETTLED.get(facts, {}))


@pytest.mark.parametrize("facts", SETTLED)
def test_a_column_an_option_settles_is_a_column_of_its_facts(facts):
    said = set().union(*SETTLED[facts].values())
    assert said <= set(FACTS[facts](with_everything_open()).joined().columns)


def test_every_metric_looks_at_columns_its_facts_have():
    columns = {name: set(make(with_everything_open()).joined().columns) for name, make in FACTS.items()}
    lost = {key: metric.columns - columns[metric.rows] for key, metric in METRICS.items() if metric.rows in columns}
    assert {key: names for key, names in lost.items() if names} == {}


def test_a_condition_of_another_reading_is_looked_at_too():
    assert {"is_three_days_late", "ship_by_day", "confirmed_day"} <= METRICS["late_shipment_rate"].columns
    assert "units" in METRICS["on_time_delivery_rate"].columns  # a weight
    assert "category" in METRICS["valid_tracking_rate"].columns  # a group


def test_every_reading_a_metric_speaks_of_is_one_of_its_option():
    spoken = [(name, value) for one in METRICS.values() for name, values in one.variants.items() for value in values]
    assert [(name, value) for name, value in spoken if value not in OPTIONS[name].values[1:]] == []
