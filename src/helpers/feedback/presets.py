"""Published cases of who speaks, in both directions. None of them is Amazon's, and none is a default.

A source rarely gives every number of a model. What it does not give is assumed, and said: `assumed` names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from helpers.feedback.response import Response
from helpers.sentences import say

Grade = Literal["illustration", "primary", "secondary", "vendor", "computed"]
Known = Literal["measured", "partly assumed", "assumed"]


@dataclass(frozen=True)
class Preset:
    """A model with its source.

    key       by which its title, its source and what is assumed stand among the sentences
    grade     how it is known: `primary` read at the source, `secondary` quoted by another, `vendor` a firm's own poll,
              `computed` from published figures, `illustration` made up for teaching
    known     whether the source gives every number of the model
    """

    key: str
    response: Response
    grade: Grade
    known: Known

    @property
    def title(self) -> str:
        return say(f"preset-title.{self.key}")

    @property
    def source(self) -> str:
        """Where its numbers are from."""
        return say(f"preset-source.{self.key}")

    @property
    def assumed(self) -> str:
        """What the source does not say and the kit fills in."""
        return say(f"preset-assumed.{self.key}")

    @property
    def louder(self) -> Literal["dissatisfied", "satisfied"]:
        """Which buyers speak more readily."""
        return "dissatisfied" if self.response.response_ratio > 1 else "satisfied"


def _two(dissatisfied: float, speaks_dissatisfied: float, speaks_satisfied: float) -> Response:
    return Response.two_levels(
        dissatisfied=dissatisfied,
        propensity_dissatisfied=speaks_dissatisfied,
        propensity_satisfied=speaks_satisfied,
    )


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        one.key: one
        for one in (
            Preset("seed", _two(2 / 52, 1.0, 0.02), "illustration", "assumed"),
            Preset("hotel_survey", _two(0.12, 0.24 / 0.76 * 0.88 / 0.12 * 0.1, 0.1), "vendor", "partly assumed"),
            Preset(
                "product_reviews",
                Response.five_levels((0.03, 0.04, 0.08, 0.26, 0.59), (0.365, 0.08, 0.04, 0.04, 0.06)),
                "computed",
                "assumed",
            ),
            Preset("ebay", _two(0.211, 0.0055 * 0.789 * 0.82 / (0.9945 * 0.211), 0.82), "secondary", "measured"),
            Preset(
                "film_rental", Response((2, 3, 5), (0.2, 0.3, 0.5), (0.06, 0.23, 0.32)), "primary", "partly assumed"
            ),
            Preset("shown_at_once", _two(0.03, 0.33, 0.6771), "computed", "partly assumed"),
            Preset("blind_reveal", _two(0.03, 0.4054, 0.6864), "computed", "partly assumed"),
        )
    }
)
