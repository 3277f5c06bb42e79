"""Where bad ones come from: planted causes, planted non-causes, and what a register of many tests may say."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import planted
import polars as pl
import pytest
from scipy.stats import binom

from helpers import drivers, maturity
from helpers.drivers import selection, shrinkage, strata
from helpers.frames import SCHEMAS

ORACLES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "data" / "oracles.json").read_text(encoding="utf-8"))["cases"]
}


def found(frame, chance, seed=0, **said):
    account = planted.account(frame, chance, seed, **said)
    return drivers.drivers(account, {}, planted.LAST).filter(outcome="order_defect_rate")


def test_a_bad_batch_is_found_with_about_as_many_bad_ones_as_were_planted():
    """One SKU of 24, about 340 orders of the year: 1 % as all others before, 10 % now, so 9 % of its orders too many."""
    frame = planted.orders()
    told = found(frame, pl.when(pl.col("sku") == "S-5").then(0.10).otherwise(0.01))
    top = told.row(0, named=True)
    assert (top["factor"], top["level"], top["is_selected"]) == ("sku", "S-5", True)
    assert top["excess_low"] <= 0.09 * top["denominator"] <= top["excess_high"]
    assert told.filter("is_selected").get_column("level").to_list() == ["S-5"]


def test_a_cause_hidden_by_simpson_is_found_within_regions_and_named():
    """NORTH is twice as bad as the others in every region, and sends nearly all its parcels where everything goes well."""
    frame = planted.orders()
    is_easy = pl.col("region").is_in(["GB", "IE"])
    random = np.random.default_rng(3)
    luck = pl.Series(random.random(frame.height))
    carrier = (
        pl.when(pl.when(is_easy).then(luck < 0.9).otherwise(luck < 0.05))
        .then(pl.lit("NORTH"))
        .otherwise(pl.lit("SOUTH"))
    )
    frame = frame.with_columns(carrier=carrier)
    worse = pl.when(pl.col("carrier") == "NORTH").then(2.0).otherwise(1.0)
    told = found(frame, pl.when(is_easy).then(0.01).otherwise(0.08) * worse)
    north = told.filter(factor="carrier", level="NORTH").row(0, named=True)
    assert north["ratio"] < 1 < north["ratio_adjusted"]
    assert north["adjusted_for"] == "region"
    assert (north["is_selected"], north["is_reversed"]) == (True, True)
    assert north["excess"] > 0


def test_what_only_looks_bad_because_of_where_it_is_sold_is_no_cause():
    """SOUTH goes where parcels fail, whoever carries them: its plain ratio is high, within regions it is one."""
    frame = planted.orders()
    is_hard = pl.col("region") == "FR"
    luck = pl.Series(np.random.default_rng(4).random(frame.height))
    carrier = (
        pl.when(pl.when(is_hard).then(luck < 0.95).otherwise(luck < 0.1))
        .then(pl.lit("SOUTH"))
        .otherwise(pl.lit("NORTH"))
    )
    told = found(frame.with_columns(carrier=carrier), pl.when(is_hard).then(0.08).otherwise(0.01))
    south = told.filter(factor="carrier", level="SOUTH").row(0, named=True)
    assert south["ratio"] > 3
    assert south["is_selected"] is False
    assert told.filter("is_selected").get_column("level").to_list()[0] == "FR"


def test_where_nothing_differs_a_level_is_called_a_cause_in_at_most_one_report_of_seven():
    """Promised: 1 in 10. Of 40 such accounts more than 8 would have a chance of under 5 %."""
    wrong = sum(found(planted.orders(seed), pl.lit(0.015), seed).get_column("is_selected").any() for seed in range(40))
    assert binom.sf(8, 40, 0.1) < 0.05
    assert wrong <= 8


def test_levels_under_twenty_orders_are_folded_and_stand_in_no_row():
    frame = planted.orders().with_columns(
        region=pl.when(pl.int_range(pl.len()) % 900 == 0).then(pl.lit("Sark")).otherwise("region")
    )
    told = found(frame, pl.lit(0.02)).filter(factor="region")
    assert "Sark" not in told.get_column("level").to_list()
    assert told.get_column("levels_folded").unique().to_list() == [1]


def test_a_sku_that_is_no_longer_sold_stays_in_the_register_and_is_named():
    frame = planted.orders().filter((pl.col("sku") != "S-3") | (pl.col("day") < planted.LAST - timedelta(days=90)))
    told = found(frame, pl.lit(0.02)).filter(factor="sku")
    assert told.filter("is_gone").get_column("level").to_list() == ["S-3"]


def test_a_factor_that_files_tell_of_few_orders_is_kept_in_the_register_and_not_tested():
    """Carriers known of late parcels alone would call their carrier late."""
    frame = planted.orders().with_columns(carrier=pl.when(pl.int_range(pl.len()) % 5 == 0).then("carrier"))
    told = found(frame, pl.lit(0.02)).filter(factor="carrier")
    assert told.height == 3
    assert not told.get_column("is_tested").any()


def test_feedback_that_claims_and_returns_do_not_repeat_is_said_to_disagree():
    """Buyers of FR write; those of the other countries send back, two of a hundred. Bad feedback alone would blame FR."""
    frame = planted.orders()
    back = frame.filter(pl.col("region") != "FR").gather_every(50)
    returned = back.select(
        (pl.col(name) if name in ("order_id", "marketplace", "fulfilment", "sku") else pl.lit(None))
        .cast(dtype)
        .alias(name)
        for name, dtype in SCHEMAS["returns"].items()
    ).with_columns(requested_on=pl.Series(back.get_column("day")))
    more = frame.filter(region="FR").gather_every(400).select("order_id", "day")
    returned = pl.concat(
        [returned, returned.head(more.height).with_columns(order_id=more["order_id"], requested_on=more["day"])]
    )
    told = found(frame, pl.when(pl.col("region") == "FR").then(0.05).otherwise(0.01), returned=returned)
    france = told.filter(factor="region", level="FR").row(0, named=True)
    assert (france["is_selected"], france["claims_and_returns"]) == (True, "against")


def test_where_every_bad_one_is_younger_than_the_orders_looked_at_nothing_is_compared():
    """Bad ones of some weeks ago alone, and a curve by which the orders of the last months are too young to tell."""
    frame = planted.orders()
    is_new = pl.col("day").is_between(planted.LAST - timedelta(days=40), planted.LAST - timedelta(days=15))
    account = planted.account(frame, pl.when(is_new).then(0.5).otherwise(0.0), 0)
    reported = np.linspace(0, 1, 181)  # half by day 90
    slow = maturity.Curve("order_defect_rate", reported, np.zeros(181), 100, ())
    assert drivers.drivers(account, {"order_defect_rate": slow}, planted.LAST).is_empty()


def test_without_any_order_file_there_are_no_drivers():
    account = planted.account(planted.orders().head(0), pl.lit(0.5))
    assert drivers.drivers(account, {}, date(2026, 3, 31)).is_empty()
    assert drivers.returned(account, date(2026, 3, 31)).is_empty()


# --- the parts, against published figures and other methods --------------------------------------------------------


def test_shrunken_rates_are_those_of_the_published_beta_binomial_case():
    case = ORACLES["EB-01"]
    x, n, prior = case["inputs"]["x"], case["inputs"]["n"], (case["inputs"]["alpha"], case["inputs"]["beta"])
    assert shrinkage.log_likelihood(x, n, *prior) == pytest.approx(case["expected"]["loglik"], rel=1e-9)
    assert shrinkage.shrunken(x, n, prior)[0] == pytest.approx(case["expected"]["posterior_means"], rel=1e-9)


def test_groups_that_differ_are_drawn_together_less_than_groups_that_do_not():
    alike, apart = shrinkage.fitted([10, 11, 9, 10], [1000] * 4), shrinkage.fitted([2, 40, 5, 60], [1000] * 4)
    assert sum(alike) > 100 * sum(apart)


def test_adjusted_p_are_those_of_the_worked_example_of_benjamini_and_hochberg():
    case = ORACLES["MT-01"]
    assert selection.adjusted(case["inputs"]["p"]) == pytest.approx(case["expected"]["bh_adjusted"], rel=1e-9)


def test_intervals_of_three_chosen_of_sixty_miss_in_a_tenth_of_three_sixtieths():
    assert selection.level_after(3, 60) == pytest.approx(1 - 0.1 * 3 / 60)


def test_mantel_haenszel_gives_the_published_ratio_of_the_berkeley_admissions():
    """Women refused beside men, by department (Bickel, Hammel and O'Connell 1975, Science 187:398): taken together women
    are refused 1.26 times as often, within departments not more often."""
    men = [(512, 313), (353, 207), (120, 205), (138, 279), (53, 138), (22, 351)]  # admitted, refused
    women = [(89, 19), (17, 8), (202, 391), (131, 244), (94, 299), (24, 317)]
    refused = np.array([[no for _, no in women], [no for _, no in men]], float)
    asked = np.array([[sum(one) for one in women], [sum(one) for one in men]], float)
    crude = (refused[0].sum() / asked[0].sum()) / (refused[1].sum() / asked[1].sum())
    # by hand: Σ a n₀ / N over Σ c n₁ / N
    total = asked.sum(axis=0)
    expected = (refused[0] * asked[1] / total).sum() / (refused[1] * asked[0] / total).sum()
    adjusted = strata.mantel_haenszel(refused, asked, np.ones(2))
    assert crude == pytest.approx(1.26, abs=0.005)
    assert adjusted.ratio[0] == pytest.approx(expected)
    assert adjusted.ratio[0] < 1 < crude
    assert adjusted.p[0] == pytest.approx(
        0.2323, abs=5e-5
    )  # χ² 1.4269 with continuity, as R's mantelhaen.test prints it


def test_a_group_that_lies_on_strata_as_the_rest_does_is_not_entangled_with_them():
    assert strata.entangled(np.array([[10.0, 20.0], [30.0, 60.0]])) == pytest.approx([0, 0])
    assert strata.entangled(np.array([[30.0, 0.0], [0.0, 60.0]])) == pytest.approx([1, 1])


# --- returns --------------------------------------------------------------------------------------------------------


def test_returns_stand_by_sku_and_reason_and_rare_reasons_as_one():
    frame = planted.orders()
    of_sku = frame.filter(sku="S-1").head(16)
    reason = ["BROKEN"] * 10 + ["LATE"] * 4 + ["COLOUR"] * 2
    returns = of_sku.select(
        (pl.col(name) if name in ("order_id", "marketplace", "fulfilment", "sku") else pl.lit(None))
        .cast(dtype)
        .alias(name)
        for name, dtype in SCHEMAS["returns"].items()
    ).with_columns(reason=pl.Series(reason), requested_on=pl.lit(planted.LAST))
    told = drivers.returned(planted.account(frame, pl.lit(0.01), returned=returns), planted.LAST)
    assert told.select("sku", "reason", "numerator", "returns").rows() == [
        ("S-1", "BROKEN", 10, 16),
        ("S-1", "other reasons", 6, 16),
    ]
    assert told.get_column("refunded").to_list() == [None, None]  # no payments among the files


def test_a_level_without_a_bad_one_is_compared_plainly_and_has_a_finite_interval():
    """Within strata nought has no logarithm: the exact comparison tells, and nothing is lost or infinite."""
    frame = planted.orders().filter(pl.col("carrier") != "WEST")
    luck = pl.Series(np.random.default_rng(6).random(frame.height))
    frame = frame.with_columns(
        carrier=pl.when((pl.col("region") == "FR") & (luck < 0.9)).then(pl.lit("WEST")).otherwise("carrier")
    )
    told = found(frame, pl.when(pl.col("carrier") == "WEST").then(0.0).otherwise(0.05))
    west = told.filter(factor="carrier", level="WEST").row(0, named=True)
    assert (west["numerator"], west["ratio"], west["ratio_adjusted"], west["adjusted_for"]) == (0, 0.0, None, None)
    assert west["excess_low"] <= west["excess"] < 0
    for name in ("excess", "excess_low", "excess_high"):
        assert told.get_column(name).is_finite().all()
