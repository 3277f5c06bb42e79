"""Frame → Altair chart.

look       theme, the offline renderer, the title and the table twin of a chart
trend      a rate over time          scorecard     every judged rate at a glance
cohorts    weeks of orders, what is reported of them and what will be
calendar   when defects leave        denominators  the same buyers on two denominators
ahead      a rate and its budget to come, and the same under sliders

The lesson, with sliders that need no kernel (live):
buyers     one mark a buyer          who_speaks    a model over feedback and over orders, published cases
ratios     what counts leave open    chances       luck by volume

A chart's title is its conclusion, its subtitle the measure; it aggregates nothing and receives only the
columns it draws, because Altair writes every column of a frame into the page.
"""

from helpers.charts.ahead import budget, fan, sliders_ahead
from helpers.charts.buyers import two_by_two, two_denominators
from helpers.charts.calendar import calendar, calendars
from helpers.charts.chances import one_look, standing
from helpers.charts.cohorts import cohort, cohorts
from helpers.charts.denominators import denominators
from helpers.charts.live import fixed, sliders
from helpers.charts.ratios import ratios
from helpers.charts.scorecard import scorecard
from helpers.charts.trend import trend, trends
from helpers.charts.who_speaks import asking, directions, expected

__all__ = [
    "asking",
    "budget",
    "calendar",
    "calendars",
    "cohort",
    "cohorts",
    "denominators",
    "directions",
    "expected",
    "fan",
    "fixed",
    "one_look",
    "ratios",
    "scorecard",
    "sliders",
    "sliders_ahead",
    "standing",
    "trend",
    "trends",
    "two_by_two",
    "two_denominators",
]
