"""What feedback says about buyers, and what silence hides.

response     a model of who is satisfied and who speaks → what would be shown, over feedback and over orders
simulation   the same order by order
presets      published models, in both directions, with their sources
silence      counts → bounds, what a response ratio implies, the ratio that decides
sampling     chance on top of those: intervals
luck         what chance alone does to a small seller, exactly
solicitation asking everyone: how far a score can rise, and by how much feedback
belief       a Bayesian reading: what counts teach about the response ratio, and what they cannot
quadrature   who speaks, integrated out, under a prior of any sharpness
shown        the frames of the lesson's pictures          sentences   what each picture says
known_truth  how well each reading finds a truth that is known
received     an account's own feedback beside its orders
arguments    what may be asked of all of these
"""

from helpers.feedback import sentences
from helpers.feedback.belief import Belief, Prior, posterior
from helpers.feedback.known_truth import known_truth
from helpers.feedback.luck import Standing, grid, one_look, probability_more_negative, probability_standing
from helpers.feedback.presets import PRESETS, Preset
from helpers.feedback.received import beside
from helpers.feedback.response import Outcome, Response, by_stars, expected
from helpers.feedback.sampling import (
    bounds_interval,
    breakdown_interval,
    curve,
    implied_interval,
    implied_stars_interval,
    ratios_not_ruled_out,
)
from helpers.feedback.shown import looks, published, shown, standings
from helpers.feedback.silence import (
    Breakdown,
    Range,
    bounds,
    bounds_of_stars,
    breakdown_ratio,
    feasible_ratios,
    implied,
    implied_stars,
)
from helpers.feedback.simulation import counted, laid_out, simulated
from helpers.feedback.solicitation import Reach, feedback_needed, five_stars_needed, reach, solicited

__all__ = [
    "PRESETS",
    "Belief",
    "Breakdown",
    "Outcome",
    "Preset",
    "Prior",
    "Range",
    "Reach",
    "Response",
    "Standing",
    "beside",
    "bounds",
    "bounds_interval",
    "bounds_of_stars",
    "breakdown_interval",
    "breakdown_ratio",
    "by_stars",
    "counted",
    "curve",
    "expected",
    "feasible_ratios",
    "feedback_needed",
    "five_stars_needed",
    "grid",
    "implied",
    "implied_interval",
    "implied_stars",
    "implied_stars_interval",
    "known_truth",
    "laid_out",
    "looks",
    "one_look",
    "posterior",
    "probability_more_negative",
    "probability_standing",
    "published",
    "ratios_not_ruled_out",
    "reach",
    "sentences",
    "shown",
    "simulated",
    "solicited",
    "standings",
]
