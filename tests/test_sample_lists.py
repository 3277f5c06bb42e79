"""The two samples with every kind of file: what a right reading says, counted here from the files by plain csv."""

import csv
import gzip
import io
import json
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from scipy.special import bdtr, bdtrc

from helpers.sample import profiles

HERE = Path(__file__).parent.parent / "data" / "sample"
BAD, MENDING = "late-and-broken", "on-the-mend"
PROFILES = {profile.id: profile for profile in profiles.PROFILES if profile.has_lists}
JULY, OCTOBER = date(2026, 7, 31), date(2026, 10, 31)
FIX = date(2026, 9, 14)


@cache
def lines(id, pattern, delimiter=","):
    """The rows of all files of a kind, oldest file first."""
    rows = []
    for path in sorted((HERE / id / "exports").glob(pattern)):
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
        rows += csv.DictReader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return rows


def local(id, moment):
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(PROFILES[id].time_zone)).date()


def ending(end, days):
    return end - timedelta(days=days - 1), end


@cache
def orders(id):
    """Each order as the newest file tells it, with its day; replacements left out."""
    newest = {row["amazon-order-id"]: row for row in lines(id, "orders/*", "\t")}
    return [(local(id, row["purchase-date"]), row) for row in newest.values() if row["is-replacement-order"] == "false"]


def placed(id, first, last):
    return {row["amazon-order-id"]: row for day, row in orders(id) if first <= day <= last}


def defective(id, as_of):
    """Orders with a defect of all orders shipped, sixty days ending fourteen before."""
    rows = placed(id, *ending(as_of - timedelta(days=14), 60))
    sold = {number for number, row in rows.items() if row["order-status"] == "Shipped"}
    return {row["Order ID"] for row in lines(id, f"defects/*{as_of:%Y-%m}.csv")} & sold, sold


def late(id, as_of, days):
    """Orders confirmed after their ship-by day was over, of all not cancelled."""
    rows = placed(id, *ending(as_of, days))
    kept = {number for number, row in rows.items() if row["order-status"] != "Cancelled"}
    over = {
        row["Order ID"]
        for row in lines(id, f"shipping/late-shipments-{as_of:%Y-%m}.csv")
        if local(id, row["Confirm Date"]) > date.fromisoformat(row["Expected Ship Date"])
    }
    return len(over & kept), len(kept)


def cancelled(id, as_of):
    rows = placed(id, *ending(as_of, 7)).values()
    by_seller = [row for row in rows if row["order-status"] == "Cancelled"]
    return sum(row["is-buyer-requested-cancellation"] == "false" for row in by_seller), len(rows)


def tracked(id, category, as_of):
    first, last = ending(as_of - timedelta(days=14), 30)
    parcels = [
        row["valid"]
        for row in lines(id, "shipping/valid-tracking-*", "\t")
        if row["category"] == category and first <= date.fromisoformat(row["promised"]) <= last
    ]
    return parcels.count("Y"), len(parcels)


def on_time(id, as_of):
    """Units on time of units with a scan at the door, by the Pacific day of the promise."""
    first, last = ending(as_of - timedelta(days=7), 14)
    units = Counter()
    for row in lines(id, "shipping/on-time-delivery-*"):
        promised, result = datetime.fromisoformat(row["deliver-by"]), row["result"]
        if row["delivered"]:
            assert (result == "on time") == (datetime.fromisoformat(row["delivered"]) <= promised)
        if first <= promised.astimezone(ZoneInfo("America/Los_Angeles")).date() <= last:
            units[result] += int(row["units"])
    return units["on time"], units["on time"] + units["late"]


def judged(id, as_of):
    """Every figure of the day, counted from the lists and the order files."""
    bad, sold = defective(id, as_of)
    return {
        "defects": (len(bad), len(sold)),
        "late, 10 days": late(id, as_of, 10),
        "late, 30 days": late(id, as_of, 30),
        "cancelled": cancelled(id, as_of),
        "tracked, Home": tracked(id, "Home", as_of),
        "tracked, Office": tracked(id, "Office", as_of),
    }


def test_the_bad_shop_misses_every_target_but_one():
    assert judged(BAD, OCTOBER) | {"on time": on_time(BAD, OCTOBER)} == {
        "defects": (30, 1458),
        "late, 10 days": (24, 239),
        "late, 30 days": (63, 759),
        "cancelled": (10, 184),
        "tracked, Home": (520, 529),
        "tracked, Office": (224, 252),
        "on time": (349, 421),
    }


def test_no_luck_explains_what_the_bad_shop_misses():
    # the chance of so many bad ones, or so few good ones, in a shop that is exactly on target
    assert bdtrc(29, 1458, 0.01) < 0.001
    assert bdtrc(23, 239, 0.04) < 0.001
    assert bdtrc(62, 759, 0.04) < 0.001
    assert bdtrc(9, 184, 0.025) < 0.03
    assert bdtr(224, 252, 0.95) < 0.001
    assert bdtr(349, 421, 0.9) < 0.001


def test_before_the_fix_the_mending_shop_misses_two_targets():
    assert judged(MENDING, JULY) == {
        "defects": (33, 1544),
        "late, 10 days": (20, 248),
        "late, 30 days": (54, 779),
        "cancelled": (1, 180),
        "tracked, Home": (550, 557),
        "tracked, Office": (261, 265),
    }


def test_after_the_fix_only_the_old_defects_are_left():
    assert judged(MENDING, OCTOBER) == {
        "defects": (18, 1421),
        "late, 10 days": (0, 223),
        "late, 30 days": (9, 730),
        "cancelled": (0, 164),
        "tracked, Home": (546, 554),
        "tracked, Office": (231, 236),
    }
    bad, sold = defective(MENDING, OCTOBER)
    old = set(placed(MENDING, date(2026, 8, 19), FIX - timedelta(days=1)))
    assert (len(bad & old), len(sold & old)) == (16, 594)
    assert (len(bad - old), len(sold - old)) == (2, 827)


def test_the_mending_shop_clears_when_four_old_defects_have_left():
    bad, sold = defective(MENDING, OCTOBER)
    # 15 of 1,421 would still be over 1 %, 14 are under it
    assert 15 / len(sold) > 0.01 > 14 / len(sold)
    first_four_days = set(placed(MENDING, date(2026, 8, 19), date(2026, 8, 22)))
    assert len(bad & first_four_days) >= 4 > len(bad & set(placed(MENDING, date(2026, 8, 19), date(2026, 8, 21))))


def test_month_by_month_the_mending_shop_turns():
    ends = (JULY, date(2026, 8, 31), date(2026, 9, 30), OCTOBER)
    counts = [tuple(map(len, defective(MENDING, end))) for end in ends]
    assert counts == [(33, 1544), (29, 1535), (33, 1435), (18, 1421)]
    assert [late(MENDING, end, 30) for end in ends] == [(54, 779), (63, 698), (25, 722), (9, 730)]


@pytest.mark.parametrize("as_of", [JULY, date(2026, 8, 31), date(2026, 9, 30), OCTOBER])
@pytest.mark.parametrize("id", PROFILES)
def test_the_account_health_file_agrees_to_the_order(id, as_of):
    text = (HERE / id / "exports" / "account-health" / f"account-health-{as_of:%Y-%m}.json").read_text()
    (block,) = json.loads(text)["performanceMetrics"]
    counted = judged(id, as_of)
    odr, tracking = block["orderDefectRate"]["mfn"], block["validTrackingRate"]
    cancellations = block["preFulfillmentCancellationRate"]
    said = {"defects": (odr["orderWithDefects"]["count"], odr["orderCount"])}
    said["cancelled"] = cancellations["cancellationCount"], cancellations["orderCount"]
    for days, one in zip((10, 30), block["lateShipmentRateList"], strict=True):
        said[f"late, {days} days"] = one["lateShipmentCount"], one["orderCount"]
    assert said == {name: counted[name] for name in said}
    both = zip(counted["tracked, Home"], counted["tracked, Office"], strict=True)
    assert (tracking["validTrackingCount"], tracking["shipmentCount"]) == tuple(map(sum, both))
    if id == BAD:
        delivery = block["unitOnTimeDeliveryRate"]
        assert (delivery["unitOnTimeDeliveryCount"], delivery["totalUnitCount"]) == on_time(id, as_of)
    counters = [one["defectsCount"] for one in block.values() if "defectsCount" in one]
    assert (len(counters), sum(counters)) == (10, int(id == BAD and as_of >= FIX))


def test_one_figure_for_all_categories_hides_the_bad_one():
    (home, parcels), (office, others) = (tracked(BAD, name, OCTOBER) for name in ("Home", "Office"))
    assert (home + office) / (parcels + others) > 0.95 > office / others


def settlements(id):
    for path in sorted((HERE / id / "exports" / "settlements").iterdir()):
        summary, *rows = lines(id, f"settlements/{path.name}", "\t")
        yield summary, rows


def amount(text):
    return Decimal(text.replace(",", "."))


def traffic(id):
    packed = (HERE / id / "exports" / "sales-and-traffic.json.gz").read_bytes()
    return json.loads(gzip.decompress(packed))["salesAndTrafficByDate"]


@pytest.mark.parametrize("id", PROFILES)
def test_every_settlement_adds_up_and_follows_the_one_before(id):
    whole = list(settlements(id))
    assert len(whole) == 8
    for summary, rows in whole:
        assert sum(amount(row["amount"]) for row in rows) == amount(summary["total-amount"])
    starts, ends = ([one[0][f"settlement-{name}-date"] for one in whole] for name in ("start", "end"))
    assert starts[1:] == ends[:-1]


@pytest.mark.parametrize(("id", "claims", "chargebacks"), [(BAD, 18, 4), (MENDING, 14, 3)])
def test_claims_and_chargebacks_of_the_settlements_are_on_the_lists(id, claims, chargebacks):
    rows = [row for _, one in settlements(id) for row in one]
    posted = {
        kind: {row["order-id"] for row in rows if row["transaction-type"] == kind}
        for kind in ("A-to-z Guarantee Refund", "Chargeback Refund")
    }
    assert [len(one) for one in posted.values()] == [claims, chargebacks]
    # a list names the orders of its window only; claims the marketplace paid itself have no posting
    window = set(placed(id, date(2026, 8, 19), date(2026, 10, 17)))
    marks = {"A-to-z Guarantee Refund": "A-to-z Guarantee Claim", "Chargeback Refund": "Chargeback"}
    for kind, numbers in posted.items():
        listed = {row["Order ID"] for row in lines(id, "defects/*-2026-10.csv") if row[marks[kind]] == "X"}
        assert numbers & window <= listed


@pytest.mark.parametrize("id", PROFILES)
def test_fees_that_sound_like_a_chargeback_are_none(id):
    rows = [row for _, one in settlements(id) for row in one]
    fees = [row for row in rows if row["amount-description"] == "ShippingChargeback"]
    assert len(fees) > 50
    assert {row["transaction-type"] for row in fees} == {"Order"}


@pytest.mark.parametrize("id", PROFILES)
def test_refunds_are_the_same_in_money_traffic_and_returns(id):
    first, last = date(2026, 7, 11), date(2026, 10, 29)  # whole days inside the eight settlements
    money = Counter()
    for _, rows in settlements(id):
        for row in rows:
            if (row["transaction-type"], row["amount-description"]) == ("Refund", "Principal"):
                money[datetime.strptime(row["posted-date"], "%d.%m.%Y").date()] += int(row["quantity-purchased"])  # noqa: DTZ007
    refunded = {date.fromisoformat(day["date"]): day["salesByDate"]["unitsRefunded"] for day in traffic(id)}
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [money[day] for day in between] == [refunded[day] for day in between]
    returned = Counter()
    for row in lines(id, "returns/*", "\t"):
        if row["Refunded Amount"]:
            returned[datetime.strptime(row["Return delivery date"], "%d-%b-%Y").date()] += int(row["Return quantity"])  # noqa: DTZ007
    # a file knows the refunds made by the day it was taken, so a month's last returns may still lack theirs
    assert all(returned[day] <= refunded[day] for day in between)
    assert sum(returned.values()) > 0.4 * sum(refunded.values())


@pytest.mark.parametrize("id", PROFILES)
def test_feedback_is_the_same_by_day_in_its_own_file_and_in_traffic(id):
    said = Counter()
    for row in lines(id, "feedback.txt", "\t"):
        day, stars, *_ = row.values()
        received = datetime.strptime(day, PROFILES[id].feedback_dates).date()  # noqa: DTZ007
        said[received, int(stars) <= 2] += 1
    for day in traffic(id)[-365:]:
        on, figures = date.fromisoformat(day["date"]), day["trafficByDate"]
        assert figures["negativeFeedbackReceived"] == said[on, True]
        assert figures["feedbackReceived"] == said[on, True] + said[on, False]


@pytest.mark.parametrize(("id", "before", "after"), [(BAD, 0.08, None), (MENDING, 0.09, 0.012)])
def test_late_shipments_run_at_the_rate_the_profile_names(id, before, after):
    day_of = {row["Order ID"]: date.fromisoformat(row["Order Date"]) for row in lines(id, "shipping/late-*.csv")}
    shipped = [day for day, row in orders(id) if row["order-status"] == "Shipped" and day < OCTOBER]
    end = FIX if after else date.max
    n = sum(day < end for day in shipped)
    spread = (before / n) ** 0.5
    assert sum(day < end for day in day_of.values()) / n == pytest.approx(before, abs=3 * spread)
    if after:
        n = sum(day >= end for day in shipped)
        assert sum(day >= end for day in day_of.values()) / n == pytest.approx(after, abs=3 * (after / n) ** 0.5)
