"""How many of the bad ones of young orders have been reported: delays, their curve, what is still to come."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy.stats import nbinom, poisson

from helpers import audit, exports, maturity
from helpers.maturity import Delays, Reports, backtest, priors
from helpers.maturity.curve import pooled
from helpers.maturity.nowcast import Level, level, nowcast, to_come
from helpers.maturity.turns import turn


def test_delays_of_young_orders_are_corrected_for_the_longer_ones_they_cannot_show_yet():
    # Twelve delays, worked by fractions: of those up to one day that could have been one day long, 3 of 8 are.
    delay, age = [0, 1, 0, 2, 1, 0, 0, 3, 1, 0, 0, 2], [3, 3, 2, 3, 2, 1, 0, 3, 1, 3, 2, 2]
    reported, _ = pooled(Delays.of(delay, age), np.zeros(4))
    assert reported == pytest.approx([0.375, 0.6, 0.8, 1.0])  # the naive shares are 0.5, 0.75, 0.917, 1


def test_an_account_without_delays_has_the_curve_of_the_prior_and_says_so():
    found = maturity.curve("negative_feedback_rate", Delays.none())
    assert found.own == 0
    assert found.share(20) == pytest.approx(0.5, abs=0.05)
    assert found.share(53) == pytest.approx(0.99, abs=0.005)
    assert found.sources == (priors.PRIORS["negative_feedback_rate"].source,)


def test_a_kind_without_published_delays_has_a_wider_curve():
    claims, feedback = (maturity.curve(kind, Delays.none()) for kind in ("a_to_z_claims", "negative_feedback_rate"))
    assert claims.error(claims.age_of(0.5)) > 1.3 * feedback.error(feedback.age_of(0.5))
    assert claims.sources == ("not_published",)


def test_one_delay_of_the_account_s_own_hardly_moves_its_curve_and_a_thousand_carry_it():
    ripe = 400
    prior = maturity.curve("negative_feedback_rate", Delays.none()).share(5)
    one = maturity.curve("negative_feedback_rate", Delays.of([3], [ripe])).share(5)
    many = maturity.curve("negative_feedback_rate", Delays.of([3], [ripe], [1000])).share(5)
    assert one - prior < 0.06
    assert many > 0.97


def test_before_an_order_nothing_is_reported_and_after_half_a_year_everything():
    found = maturity.curve("a_to_z_claims", Delays.of([40, 50], [90, 90]))
    assert found.share([-1, 180, 900]).tolist() == [0.0, 1.0, 1.0]
    assert (np.diff(found.reported) >= 0).all()


def test_a_delay_longer_than_its_order_is_old_is_refused():
    with pytest.raises(ValueError, match="0 ≤ delay ≤ age"):
        Delays.of([5], [4])


def test_defects_dated_by_their_file_tell_no_delay(samples):
    found = audit.of(samples / "on-the-mend")
    assert found.account.defects.filter(~found.account.defects["is_dated"])["kind"].is_in(["a_to_z_claim"]).any()
    assert "a_to_z_claims" not in maturity.delays(found.dated, found.day)
    assert found.curves["a_to_z_claims"].own == 0
    assert found.curves["negative_feedback_rate"].own > 100


def test_the_curve_of_a_made_up_account_is_near_the_law_its_feedback_was_drawn_from(samples):
    # helpers.sample.truth: 5 days and a geometric law of mean 12 on top: 1 − (11/12)^(x − 5) are there by age x.
    found = audit.of(samples / "on-the-mend").curves["negative_feedback_rate"]
    for age in (10, 20, 30, 45):
        assert found.share(age) == pytest.approx(1 - (11 / 12) ** (age - 5), abs=0.1)


def test_the_curve_of_the_whole_rate_lies_between_those_of_its_kinds(samples):
    curves = audit.of(samples / "on-the-mend").curves
    ages = np.arange(5, 90)
    kinds = np.stack([curves[kind].share(ages) for kind in ("negative_feedback_rate", "a_to_z_claims", "chargebacks")])
    whole = curves["order_defect_rate"].share(ages)
    assert ((whole >= kinds.min(axis=0)) & (whole <= kinds.max(axis=0))).all()


def test_what_was_reported_after_a_day_is_in_no_curve_of_that_day(samples):
    found = audit.of(samples / "on-the-mend")
    then = found.day - timedelta(days=90)
    assert maturity.delays(found.dated, then)["negative_feedback_rate"].total == (
        found.on(then).curves["negative_feedback_rate"].own
    )
    assert then < date(2026, 9, 1)


# --- what is still to come ---------------------------------------------------------------------------------------


def drawn(rng, *, a_day=40, rate=0.02, length=500, since=None, now=1.0, median=20.0):
    """Made-up orders and reports: delays log-normal with spread 0.42; the rate changes by a factor at `since`."""
    orders = rng.poisson(a_day, length)
    rates = np.where(np.arange(length) >= (since or length), rate * now, rate)
    placed = np.repeat(np.arange(length), rng.binomial(orders, rates))
    delay = np.round(rng.lognormal(np.log(median), 0.42, len(placed))).astype(int)
    return Reports(orders, placed, placed + delay, np.ones(len(placed), int))


def curve_on(reports, day):
    return maturity.curve("negative_feedback_rate", reports.delays(day))


def made(reports, day, *, length=30, typical=0.01):
    """The nowcast of the last 30 days of orders on a day, with what was learned from the past by then."""
    past = [(one, curve_on(reports, one)) for one in backtest.dates(day)]
    spread = backtest.spread(backtest.tried(reports.until(day), past, typical))
    days, curve = np.arange(day - length + 1, day + 1), curve_on(reports, day)
    return nowcast(reports, curve, day, days, level(reports, curve, day, int(days[0]), typical), spread)


def test_the_interval_of_what_is_to_come_is_that_of_a_negative_binomial_law():
    mean, variance = 6.0, 15.0
    law = nbinom(mean**2 / (variance - mean), mean / variance)
    assert to_come(mean, variance) == (law.ppf(0.05), law.ppf(0.95))
    assert to_come(6.0, 6.0) == (poisson(6).ppf(0.05), poisson(6).ppf(0.95))
    assert to_come(0.0, 0.0) == (0, 0)


def test_what_is_expected_is_the_rate_updated_by_what_is_seen_times_what_is_not_reported_yet():
    # 1,000 orders twenty days old, half of whose bad ones are known: 5 seen. Level 1 % worth 4 bad ones in 400 orders.
    orders = np.zeros(30, int)
    orders[9] = 1000
    reports = Reports(orders, np.full(5, 9), np.full(5, 15), np.ones(5, int))
    curve = maturity.curve("negative_feedback_rate", Delays.none())
    share = float(curve.share(20))
    found = nowcast(reports, curve, 29, np.arange(30), Level(0.01, 4.0))
    assert (found.orders, found.visible, found.share) == (1000, 5, pytest.approx(share))
    assert found.mean == pytest.approx(1000 * (1 - share) * (4 + 5) / (400 + 1000 * share))


def test_nowcasts_hold_what_comes_about_as_often_as_they_say_and_beat_what_is_visible():
    rng = np.random.default_rng(11)
    found = [(made(reports, 399), reports) for reports in (drawn(rng, rate=0.005) for _ in range(120))]
    final = np.array([reports.visible(10**6)[370:400].sum() for _, reports in found])
    ends = np.array([one.interval for one, _ in found])
    assert 0.85 <= ((ends[:, 0] <= final) & (final <= ends[:, 1])).mean() <= 0.99
    off = [
        np.abs(final - np.array([getattr(one, name) for one, _ in found])).mean() for name in ("visible", "expected")
    ]
    assert off[1] < 0.75 * off[0]
    assert abs(np.mean([one.expected for one, _ in found]) - final.mean()) < 0.2 * final.mean()


def test_the_past_is_tried_with_what_was_known_then_and_nothing_later():
    reports = drawn(np.random.default_rng(5))
    dates = backtest.dates(399)
    assert dates[0] == 399 - backtest.RIPE
    tried = backtest.tried(reports.until(399), [(day, curve_on(reports, day)) for day in dates], 0.01)
    for one in tried:
        assert one.found.visible == reports.visible(one.day)[one.day - 29 : one.day + 1].sum()
        assert one.final == reports.visible(399)[one.day - 29 : one.day + 1].sum()


def test_nowcasts_that_were_off_in_the_past_are_wider_today():
    one = maturity.Nowcast(1000, 5, 0.5, 5.0, 6.0)
    near, far = (backtest.Tried(0, one, final) for final in (10, 30))
    assert backtest.spread([near] * 5) < backtest.spread([]) == 1 < backtest.spread([near, far])


def test_an_account_s_weeks_add_up_to_the_files_and_no_week_shows_more_than_is_expected(samples):
    found = audit.of(samples / "on-the-mend")
    rows = found.cohorts.filter(metric="order_defect_rate")
    inside = pl.col("day").is_between(rows["first_day"].min(), rows["last_day"].max())
    told = found.daily.filter(inside, metric="order_defect_rate")
    assert rows["orders"].sum() == told["denominator"].sum()
    assert rows["visible"].sum() == told.filter(pl.col("seen_on") <= found.day)["numerator"].sum()
    assert (rows["expected"] >= rows["visible"]).all()
    assert (rows["low"] <= rows["expected"]).all()
    assert (rows["share"].diff().drop_nulls() < 0).all()  # younger weeks are less ripe


def test_a_week_with_a_day_no_file_tells_is_left_out(samples):
    found = audit.of(samples / "on-the-mend")
    gone = found.day - timedelta(days=10)
    rest = found.daily.filter(pl.col("day") != gone)
    made_again = maturity.ripenings(found.verdicts, rest, found.dated, found.curves, found.day)
    weeks = maturity.cohorts(made_again).filter(metric="order_defect_rate")
    assert weeks.height == 12
    assert weeks.filter(pl.col("first_day") <= gone, pl.col("last_day") >= gone).is_empty()


def test_days_to_come_are_decided_by_counts_where_they_are_and_open_where_they_are_not(samples):
    found = audit.of(samples / "on-the-mend")
    rows = found.decided
    assert rows["day"].to_list() == [found.day + timedelta(days=n) for n in range(1, 15)]
    assert rows.filter(pl.col("visible") > pl.col("allowed"))["word"].unique().to_list() == ["missed"]
    assert (rows.filter(word="met")["high"] <= rows.filter(word="met")["allowed"]).all()
    # what the roll-off shows without a new bad one is the visible part of it
    shown = found.roll_off.filter(metric="order_defect_rate").join(rows.select("day", "visible"), on="day")
    assert shown["numerator"].to_list() == shown["visible"].to_list()


def test_feedback_that_a_newer_download_lacks_is_counted_as_removed(account_folder):
    head = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n"
    line = "{day}/10/25\t{stars}\tx\t\t203-000000{n}-000000{n}\ta@b.c\n"
    old = [(day, 1 if day in (3, 9) else 5, day) for day in range(1, 10)]
    new = [one for one in old if one[0] != 3] + [(20, 5, 0)]
    files = {
        name: (head + "".join(line.format(day=f"{day:02}", stars=stars, n=n) for day, stars, n in rows)).encode()
        for name, rows in (("old.txt", old), ("new.txt", new))
    }
    settings = '[columns."*.txt"]\ndates = "d/m/y"\n'
    account = exports.read(account_folder(files=files, settings=settings), date(2025, 11, 1))
    found = maturity.removals(account, date(2025, 10, 31))
    assert (found.removed, found.told) == (1, 2)
    assert maturity.removals(account, date(2025, 10, 2)).told == 0
    assert (found.most(0), found.most(4)) == (0, 4)  # half of four: all four may go in 1 of 16 cases


# --- a rate that turned ------------------------------------------------------------------------------------------


def test_a_turn_is_found_by_weeks_of_orders_and_dated_near_its_day():
    rng = np.random.default_rng(3)
    for now, to in ((0.2, "down"), (3.0, "up")):
        reports = drawn(rng, a_day=80, since=350, now=now)
        found = turn(reports.until(399), curve_on(reports, 399), 399)
        assert (found.to, found.p < 0.01) == (to, True)
        assert abs(found.first - 350) <= 14
        assert found.visible == reports.visible(399)[found.first : 400].sum()


def test_no_turn_is_told_because_recent_days_are_young():
    rng = np.random.default_rng(4)
    told = 0
    for _ in range(40):
        reports = drawn(rng, rate=0.01)
        found = turn(reports.until(399), curve_on(reports, 399), 399)
        told += found.p <= 0.05
    assert told <= 4  # 40 steady accounts: more than four are told a turn in 1 of 400 tests at 5 %


@pytest.mark.parametrize("stretch", [0.7, 1.2])
def test_a_delay_curve_that_is_wrong_by_a_quarter_makes_no_turn(stretch):
    rng, told = np.random.default_rng(6), 0
    wrong = maturity.curve("negative_feedback_rate", Delays.none())
    for _ in range(40):
        reports = drawn(rng, rate=0.01, median=20 * stretch)
        told += turn(reports.until(399), wrong, 399).p <= 0.05
    assert told <= 4


def test_under_half_a_year_of_orders_no_turn_is_looked_for():
    reports = drawn(np.random.default_rng(8), length=240)
    assert turn(reports, curve_on(reports, 239), 239) is None


# --- real orders -------------------------------------------------------------------------------------------------


def test_nowcasts_of_real_low_reviews_hold_and_beat_what_is_visible(real):
    """Olist, sellers with thirty orders and more, every third: the last 30 days of orders on seven days of 2017 and 2018."""
    reviews = pl.read_parquet(real / "olist_reviews.parquet")
    last = reviews.sort("answered_at", "review_key", nulls_last=False).group_by("order_key", maintain_order=True).last()
    told = (
        pl.read_parquet(real / "olist_items.parquet")
        .select("order_key", "seller_key")
        .unique()
        .join(pl.read_parquet(real / "olist_orders.parquet").select("order_key", "purchased_at"), on="order_key")
        .join(last.select("order_key", "review_score", "answered_at"), on="order_key", how="left")
        .with_columns(
            day=(pl.col("purchased_at").dt.date() - date(2017, 1, 1)).dt.total_days(),
            seen=(pl.col("answered_at").dt.date() - date(2017, 1, 1)).dt.total_days(),
        )
        .filter(pl.col("day") >= 0)
    )
    end = told["day"].max()
    found = []
    for number, (_, of) in enumerate(told.sort("seller_key").group_by("seller_key", maintain_order=True)):
        if of.height < 30 or number % 3:
            continue
        low = of.filter(pl.col("review_score") <= 2, pl.col("seen").is_not_null())
        placed = low["day"].to_numpy()
        orders = np.bincount(of["day"].to_numpy(), minlength=end + 1)
        reports = Reports(orders, placed, np.maximum(low["seen"].to_numpy(), placed), np.ones(len(placed), int))
        for day in range(240, end - 100, 35):
            if orders[day - 29 : day + 1].sum():
                one = made(reports, day, typical=0.1)
                found.append(
                    (one.visible, one.expected, *one.interval, reports.visible(10**6)[day - 29 : day + 1].sum())
                )
    seen, expected, least, most, final = np.array(found, float).T
    assert len(found) > 500
    is_held, some = (least <= final) & (final <= most), final > 0
    assert 0.85 <= is_held[some].mean() <= 0.95
    assert 0.85 <= is_held.mean() <= 0.96
    assert (final - expected).mean() < 0.35 * (
        final - seen
    ).mean()  # of what the visible misses a third is left at most
    assert np.abs(final - expected)[some].mean() < 0.75 * np.abs(final - seen)[some].mean()
