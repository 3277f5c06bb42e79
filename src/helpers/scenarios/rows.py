"""What one row of the `projection` frame is."""

from __future__ import annotations

from datetime import date

from helpers.rows import KeyRow


class ProjectionRow(KeyRow):
    """A day to come of a rate, when nothing changes or under a scenario."""

    scenario: str
    day: date
    rate_p05: float
    rate_p50: float
    rate_p95: float
    left_p10: int
    left_p50: int
    left_p90: int
    breach_probability: float
    breach_probability_se: float
    method: str
