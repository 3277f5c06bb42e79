"""The frames the gallery draws: of sample accounts, of nothing at all, and of extreme figures and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import polars as pl

from helpers import audit, places
from helpers.audit import Audit
from helpers.frames import SCHEMAS, empty
from helpers.reports import gallery_signals

DAY = date(2026, 10, 31)
LONG = "the-shop-whose-owner-could-not-stop-at-a-short-name-and-went-on-" * 3
RIGHT_TO_LEFT = "متجر المصابيح والأثاث"


DRAWN = (
    "covered",
    "verdicts",
    "counted",
    "trailing",
    "arrivals",
    "roll_off",
    "changes",
    "compared",
    "beside",
    "tallies",
    "marketplace_marks",
    "gaps",
    "past",
    "movement",
    "record",
    "cohorts",
    "maturity",
    "decided",
    "actions",
    *gallery_signals.NAMES,
)


def sample(name: str) -> Audit:
    """A sample account, audited as the monthly report does."""
    return audit.of(places.home() / "data" / "sample" / name, DAY)


def nothing(of: Audit) -> Audit:
    """No file, no row, no verdict."""
    account = replace(of.account, files=empty("files"), rejected=empty("rejected"))
    return replace(of, account=account).given(**{name: getattr(of, name).clear() for name in DRAWN})


def extreme(of: Audit, *, days: int, bad: int, orders: int, store: str) -> Audit:
    """One rate of `bad` in `orders` that stood so for `days` days, in a store of this name."""
    key = {"account": "a", "marketplace": store, "metric": "order_defect_rate", "fulfilment": "merchant"}
    key |= {"group": None, "window_days": 60}
    rate, spread = (
        bad / orders,
        {"rate_low": bad / orders * 0.6, "rate_high": min(1.0, bad / orders * 1.5 + 3 / orders)},
    )
    window = {
        "window_numerator": bad,
        "window_denominator": orders,
        "is_covered": True,
        "is_mature": True,
        "source": "files",
    }
    trailing = [
        key | window | spread | {"day": DAY - timedelta(n), "window_end": DAY, "rate": rate} for n in range(days)
    ]
    counts = {"numerator": bad, "denominator": orders, "rate": rate}
    verdict = key | counts | spread | {"as_of": DAY, "window_end": DAY, "target": "0.01", "must_be": "below"}
    verdict |= {
        "status": "breached" if rate >= 0.01 else "met",
        "evidence": "weak",
        "exactness": "exact",
        "source": "files",
    }
    verdict |= {
        "probability_met": 0.5,
        "headroom": 0,
        "orders_to_recover": 99,
        "finding": f"{store}: {bad} of {orders}.",
    }
    verdict |= {"window_start": DAY - timedelta(59), "clear_on": DAY + timedelta(9), "clear_from": DAY + timedelta(9)}
    leaving = [key | counts | {"day": DAY + timedelta(n), "leaves": int(n == 8)} for n in range(1, min(days, 60) + 1)]
    change = key | {
        "day_before": DAY - timedelta(31),
        "day": DAY,
        "is_covered": True,
        "new_defects": bad,
        "rolled_off": 0,
    }
    change |= counts | {"numerator_before": 0, "denominator_before": orders, "order_change": 0}
    theirs = {"rate_reported": rate, "numerator_reported": bad, "denominator_reported": orders, "explanation": store}
    compared = pl.DataFrame([key | counts | theirs | {"window_start": DAY, "window_end": DAY, "is_covered": True}])
    whose = (store, key["fulfilment"], DAY, DAY)
    beside = [
        (*whose, "feedback received", bad, orders, rate, *spread.values(), f"{rate:.0%}"),
        (*whose, "orders placed", bad, orders, rate, *spread.values(), store),
    ]
    file = dict.fromkeys(SCHEMAS["files"]) | {
        "path": f"{store}.txt",
        "rows_kept": orders,
        "rows_rejected": bad,
        "rows_waiting": 0,
        "warnings": [store],
    }
    account = replace(
        of.account,
        name=store,
        marketplaces=(store,),
        files=pl.DataFrame([file], schema=SCHEMAS["files"]),
        rejected=pl.DataFrame([{"path": f"{store}.txt", "line": 2, "reason": store}], schema=SCHEMAS["rejected"]),
    )
    counted = _frame("trailing", trailing)
    return replace(of, account=account).given(
        covered=of.covered.with_columns(marketplace=pl.lit(store)),
        verdicts=_frame("verdicts", [verdict]),
        counted=counted,
        trailing=counted,
        arrivals=pl.DataFrame(
            [key | {"day": DAY, "entering": bad}], schema_overrides={"group": pl.String, "window_days": pl.Int32}
        ),
        roll_off=_frame("roll_off", leaving),
        changes=_frame("changes", [change]),
        compared=compared.with_columns(pl.col("group").cast(pl.String), pl.col("window_days").cast(pl.Int32)),
        beside=pl.DataFrame(beside, schema=of.beside.schema, orient="row"),
        **gallery_signals.of_one_rate(key, DAY, days=days, bad=bad, orders=orders),
        **{name: empty(name) for name in ("gaps", "past", "movement", "record")},
    )


def _frame(name: str, rows: list[dict]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(SCHEMAS[name]) | row for row in rows], schema=SCHEMAS[name])


def cases() -> dict[str, Audit]:
    """Title → case: two samples, then what no sample holds."""
    small = sample("small-good")
    make = partial(extreme, small, store="amazon.de")
    return {
        "Sample: a small account": small,
        "Sample: files with holes": sample("with-holes"),
        "Nothing": nothing(small),
        "One point": make(days=1, bad=1, orders=60),
        "400 days": make(days=400, bad=3, orders=500),
        "Rates of nought": make(days=90, bad=0, orders=500),
        "Rates of one": make(days=90, bad=7, orders=7),
        "A very long name": extreme(small, days=90, bad=3, orders=500, store=LONG),
        "A name from right to left": extreme(small, days=90, bad=3, orders=500, store=RIGHT_TO_LEFT),
    }
