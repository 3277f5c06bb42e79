"""Published cases of who speaks, in both directions. None of them is Amazon's, and none is a default.

A source rarely gives every number of a model. What it does not give is assumed, and said: `assumed` names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from helpers.feedback.response import Response

Grade = Literal["illustration", "primary", "secondary", "vendor", "computed"]
Known = Literal["measured", "partly assumed", "assumed"]


@dataclass(frozen=True)
class Preset:
    """A model with its source.

    grade     how it is known: `primary` read at the source, `secondary` quoted by another, `vendor` a firm's own poll,
              `computed` from published figures, `illustration` made up for teaching
    known     whether the source gives every number of the model
    assumed   what the source does not say and the kit fills in
    """

    title: str
    response: Response
    source: str
    grade: Grade
    known: Known
    assumed: str

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
        "seed": Preset(
            "Fifty happy buyers and two unhappy ones",
            _two(2 / 52, 1.0, 0.02),
            "The law of negative averages, as a story: one of 50 satisfied and both of 2 dissatisfied buyers write.",
            "illustration",
            "assumed",
            "everything",
        ),
        "hotel_survey": Preset(
            "Hotel guests",
            _two(0.12, 0.24 / 0.76 * 0.88 / 0.12 * 0.1, 0.1),
            "Maritz poll, hospitalitynet.org 4056065: 12 % of all stays fair or poor, 24 % among those who post.",
            "vendor",
            "partly assumed",
            "the level: that a satisfied guest posts with chance 0.1; only the ratio 2.3 follows from the source",
        ),
        "product_reviews": Preset(
            "Product reviews, the J shape",
            Response.five_levels((0.03, 0.04, 0.08, 0.26, 0.59), (0.365, 0.08, 0.04, 0.04, 0.06)),
            "Shape: Hu, Zhang and Pavlou 2009, CACM 52(10):144. Means: Askalidis, Kim and Malthouse 2017, Decision "
            "Support Systems 97:23: 3.89 stars from those who write unasked, 4.34 from buyers asked by e-mail.",
            "computed",
            "assumed",
            "every number: chosen so that the two means and the J shape come out, taking those asked for the truth",
        ),
        "ebay": Preset(
            "eBay, when buyer and seller rated each other",
            _two(0.211, 0.0055 * 0.789 * 0.82 / (0.9945 * 0.211), 0.82),
            "Dellarocas and Wood 2008, Management Science 54:460, tables 2, 5, 6: 0.55 % of comments negative, 78.9 % "
            "of buyers satisfied, who report with chance 0.82.",
            "secondary",
            "measured",
            "nothing; the chance that a dissatisfied buyer reports badly, 1.7 %, follows",
        ),
        "film_rental": Preset(
            "Films by mail",
            Response((2, 3, 5), (0.2, 0.3, 0.5), (0.06, 0.23, 0.32)),
            "Chen, Zheng and Ceran, De-Biasing the Reporting Bias in Social Media Analytics, Production and Operations "
            "Management, abstract: at Blockbuster.com 0.06 post when dissatisfied, 0.23 indifferent, 0.32 satisfied.",
            "primary",
            "partly assumed",
            "how many are dissatisfied (20 %), indifferent (30 %) and satisfied (50 %)",
        ),
        "shown_at_once": Preset(
            "Holiday homes, each review shown at once",
            _two(0.03, 0.33, 0.6771),
            "Fradkin, Grewal and Holtz 2021, Marketing Science 40(6), the control group; 3 % would not recommend: "
            "Fradkin, Grewal, Holtz and Pearson 2015.",
            "computed",
            "partly assumed",
            "that two guests in three review, and that the dissatisfied do half as readily; two levels only",
        ),
        "blind_reveal": Preset(
            "Holiday homes, reviews hidden at first",
            _two(0.03, 0.4054, 0.6864),
            "Fradkin, Grewal and Holtz 2021, Marketing Science 40(6): against reviews shown at once, 1.7 % more guest "
            "reviews and guest ratings 0.25 % lower.",
            "computed",
            "partly assumed",
            "as for reviews shown at once; the two propensities are those that give both changes",
        ),
    }
)
