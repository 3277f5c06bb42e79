"""How likely a rate over a rolling window misses its target on at least one of the days to come, at a known true rate.

No reporting delay and no doubt about the rate: what the lesson teaches, and what longer forecasts are checked against.

problem      Problem: volume, rate, target, window, days; what is known before them · Chance: the answer
laws         the counts of a day and of a window as tables of chances
convolution  exact, up to one window ahead of known days
paths        shops drawn day by day, by the compiled kernel or by numpy
rare         misses so rare that hardly a drawn shop has one: the union of windows
kernel       loops that numba compiles · compiler   whether it is there
choice       chance     Problem → Chance, by the way the rule picks
             curve      the chance at each of many rates, from one set of shops
"""

from helpers.first_passage.choice import chance, curve
from helpers.first_passage.compiler import is_compiled
from helpers.first_passage.problem import Chance, Problem

__all__ = ["Chance", "Problem", "chance", "curve", "is_compiled"]
