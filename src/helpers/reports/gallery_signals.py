"""What watches, control charts and drivers say of a case of the gallery: one rate of `bad` in `orders`, in one store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from helpers.frames import SCHEMAS, SERIES

NAMES = ("signals", "watched", "control", "drivers", "returned")


def of_one_rate(key: Mapping[str, object], day: date, *, days: int, bad: int, orders: int) -> dict[str, pl.DataFrame]:
    """The frames by name: marked for ten days, a week out of its limits, a SKU as long as the store's name."""
    series, store = {name: key[name] for name in SERIES}, str(key["marketplace"])
    rate, counts = bad / orders, {"numerator": bad, "denominator": orders}
    since = day - timedelta(days=min(days, 10))
    marked = {"is_marked": True, "marked_since": since, "is_borne": True}
    shares = {"share_marked": 0.0, "share_breached": 1.0, "share_nowcast": 0.5, "share_fixed_step": 0.995}
    told = {"reported": bad, "expected": orders * 0.01, "level": 0.01, "statistic": 10.0}
    signal = series | marked | shares | told | {"watch": "target", "day": day, "alarm_at": 9.99}
    watched = [
        series | told | {"day": day - timedelta(days=n), "due": orders / 60, "is_marked": n < 10} for n in range(days)
    ]
    limits = {"value": rate, "centre": 0.01, "low": 0.0, "high": 0.02, "low_prime": 0.0, "high_prime": 0.03}
    point = series | counts | limits | {"chart": "p", "phase": 1, "sigma_z": 1.0, "rules": ["one beyond three"]}
    point |= {"is_outside": rate > 0.02, "is_outside_prime": rate > 0.03, "is_exact": True, "is_trial": days < 84}
    weeks = [
        point | {"first_day": day - timedelta(days=7 * n + 6), "last_day": day - timedelta(days=7 * n)}
        for n in reversed(range(days // 7 + 1))
    ]
    driver = counts | {"account": "a", "outcome": "order_defect_rate", "factor": "sku", "level": store, "rate": rate}
    driver |= {
        "rate_shrunk": rate,
        "shrunk_low": 0.0,
        "shrunk_high": 1.0,
        "numerator_rest": 0,
        "denominator_rest": orders,
    }
    driver |= {
        "ratio_adjusted": 0.5,
        "adjusted_for": "region",
        "told_share": 1.0,
        "is_tested": True,
        "is_selected": True,
    }
    driver |= {
        "is_reversed": True,
        "excess": 1.5,
        "excess_low": -2.0,
        "excess_high": 7.0,
        "claims_and_returns": "against",
    }
    driver |= {"fewest_orders": 20, "levels_folded": 1, "last_day": day, "is_gone": True}
    back = counts | {"account": "a", "sku": store, "reason": store, "returns": bad, "refunded": None}
    rows = {"signals": [signal], "watched": watched, "control": weeks, "drivers": [driver], "returned": [back]}
    return {
        name: pl.DataFrame([dict.fromkeys(SCHEMAS[name]) | row for row in rows[name]], schema=dict(SCHEMAS[name]))
        for name in NAMES
    }
