"""What asking everyone does, how far a public score can rise, and by how much feedback: counts in whole numbers.

Asking only happy buyers is not permitted (help page G201972160), so nothing here models it. New orders bring new
negatives too: the share of positives cannot pass the model's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from helpers.feedback import arguments
from helpers.feedback.response import Number, Response, expected
from helpers.feedback.silence import exact
from helpers.sentences import Value, say
from helpers.wording import percent, target_percent


@dataclass(frozen=True)
class Reach:
    """What it takes for a feedback score to reach a target.

    ceiling           the score that feedback from this model tends to, 1 − s: the expected score never passes it
    feedback_needed   positives in a row that would do, if not one negative came
    orders_needed     orders after which the expected score is there; None when it never is
    finding           the same as a sentence
    """

    ceiling: Fraction
    feedback_needed: int
    orders_needed: int | None
    finding: str


def solicited(response: Response, chance: Number) -> Response:
    """The model after every buyer is asked and each who would have been silent answers with the same `chance`.

    It lifts the quiet middle most, pulls the response ratio towards 1, and leaves what buyers lived as it was. Raises
    ValueError for a chance outside 0 to 1.
    """
    arguments.chance("chance", chance)
    return replace(response, propensities=tuple(rho + (1 - rho) * chance for rho in response.propensities))


def feedback_needed(positive: int, received: int, target: str | float | Fraction) -> int:
    """Positives in a row that lift `positive` of `received` to the target: the least k with (P + k)/(n + k) ≥ t.

    ⌈(t·n − P)/(1 − t)⌉ in whole numbers. Raises ValueError for a target of 1 or more, or counts that cannot be.
    """
    t = exact(target)
    if not 0 <= positive <= received or not received or not 0 <= t < 1:
        raise ValueError(
            f"expected feedback, 0 ≤ positive ≤ received and a target below 1, found {positive}, {received}, {t}"
        )
    return max(0, ceil((t * received - positive) / (1 - t)))


def five_stars_needed(total: int, received: int, target: str | float | Fraction) -> int:
    """Five-star feedback in a row that lifts a mean of `total` stars over `received` to the target.

    The least k with (total + 5k)/(received + k) ≥ target. Raises ValueError for a target of 5 or more. A shown mean
    is rounded: for a display of 4.5 ask for 4.45.
    """
    t = exact(target)
    if not 0 < received <= total <= 5 * received or not 1 <= t < 5:
        raise ValueError(f"expected 1 to 5 stars each and a target below 5, found {total} of {received}, {t}")
    return max(0, ceil((t * received - total) / (5 - t)))


def reach(response: Response, positive: int, received: int, target: str | float | Fraction) -> Reach:
    """What it takes for a score of `positive` among `received` to reach `target`, if buyers are as the model says.

    After n orders the expected counts are (P + nv)/(received + nu), v positives and u feedback an order: the least n
    with that at or above t is ⌈(t·received − P)/(v − t·u)⌉, and there is none when t ≥ v/u, the ceiling.
    Raises ValueError as `feedback_needed`, and for a model in which nobody speaks.
    """
    t, needed = exact(target), feedback_needed(positive, received, target)
    shown = expected(_exactly(response))
    if not shown.response_rate:
        raise ValueError("expected a model in which somebody leaves feedback")
    ceiling, gain = exact(shown.positive_of_feedback), shown.positive_of_orders - t * shown.response_rate
    orders = 0 if not needed else ceil((t * received - positive) / gain) if gain > 0 else None
    at, limit = target_percent(str(float(t))), percent(ceiling)
    said: dict[str, Value] = {"target": at, "limit": limit}
    if not needed:
        finding = say("reach.there", positive=positive, received=received, **said)
    elif orders is None:
        finding = say("reach.never", positive=positive, received=received, **said)
    else:
        finding = say("reach.orders", orders=orders, needed=needed, **said)
    return Reach(ceiling, needed, orders, finding)


def _exactly(response: Response) -> Response:
    """The model with every number as it is written: 0.02 is one fiftieth."""
    rates = tuple(exact(rate) for rate in response.response_rates)
    return Response(response.stars, tuple(exact(share) for share in response.shares), rates)
