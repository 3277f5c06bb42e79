"""How well each reading of feedback finds a truth that is known: made-up shops, hushed by a known rule."""

from __future__ import annotations

import numpy as np
import polars as pl

from helpers.feedback.response import Response, expected
from helpers.feedback.sampling import bounds_interval, implied_interval
from helpers.feedback.silence import implied
from helpers.intervals import wilson


def known_truth(response: Response, orders: int, shops: int, seed: int) -> pl.DataFrame:
    """Three readings of the unhappy share in shops drawn from one model: one row a reading.

    orders   of each shop · shops   drawn; those without feedback on both sides are left out and counted in `left_out`
    Columns `reading` (`score`: negative share of feedback with Wilson's interval; `ratio`: the true response ratio given;
    `bounds`: nothing assumed), `mean_error` (null for bounds, which name no point), `mean_width`, `covered` (shops whose
    95 % interval holds the model's share), `shops` (read), `left_out`.
    """
    shown, ratio = expected(response), float(response.response_ratio)
    truth = float(shown.dissatisfied)
    bad, good = float(shown.negative_of_orders), float(shown.positive_of_orders)
    drawn = np.random.default_rng(seed).multinomial(orders, [bad, good, 1 - bad - good], size=shops)
    counts = [(int(positive), int(negative)) for negative, positive, _ in drawn if negative and positive]
    readings: dict[str, list[tuple[float | None, float, float]]] = {"score": [], "ratio": [], "bounds": []}
    for positive, negative in counts:
        received = positive + negative
        low, high = wilson(negative, received)
        of_ratio = implied_interval(positive, negative, ratio)
        of_counts = bounds_interval(orders, positive, negative)
        readings["score"].append((negative / received, float(low), float(high)))
        readings["ratio"].append((implied(positive, negative, ratio), of_ratio.low, of_ratio.high))
        readings["bounds"].append((None, of_counts.low, of_counts.high))
    return pl.DataFrame(
        [_summed(name, rows, truth) | {"left_out": shops - len(counts)} for name, rows in readings.items()],
        schema_overrides={"mean_error": pl.Float64, "mean_width": pl.Float64},
    )


def _summed(name: str, rows: list[tuple[float | None, float, float]], truth: float) -> dict:
    errors = [abs(point - truth) for point, _, _ in rows if point is not None]
    return {
        "reading": name,
        "mean_error": sum(errors) / len(errors) if errors else None,
        "mean_width": sum(high - low for _, low, high in rows) / len(rows) if rows else None,
        "covered": sum(low <= truth <= high for _, low, high in rows),
        "shops": len(rows),
    }
