"""Frame → Altair chart.

look       theme, the offline renderer, the title and the table twin of a chart
trend      the rate that decides     lanes         the other rates on one time axis
moving     both, from an audit's frames
pieces     a line by side of target  denominators  the same buyers on two denominators
cohorts    weeks of orders, what is reported of them and what will be
watching   an exhibit for each alert control       control charts of mature weeks
ahead      a rate and its budget to come, and the same under sliders

The lesson, with sliders that need no kernel (live):
buyers     one mark a buyer          who_speaks    a model over feedback and over orders, published cases
ratios     what counts leave open    chances       luck by volume

A chart's title is its conclusion, its subtitle the measure; it aggregates nothing and receives only the
columns it draws, because Altair writes every column of a frame into the page.
"""

from helpers.charts.ahead import budget, fan, sliders_ahead
from helpers.charts.buyers import two_by_two, two_denominators
from helpers.charts.chances import one_look, standing
from helpers.charts.cohorts import cohort, cohorts
from helpers.charts.control import control, controls
from helpers.charts.denominators import denominators
from helpers.charts.lanes import lanes
from helpers.charts.live import fixed, sliders
from helpers.charts.look import DRAWN_LATER, still
from helpers.charts.moving import decides, moving
from helpers.charts.ratios import ratios
from helpers.charts.trend import trend
from helpers.charts.watching import alarm, alerts
from helpers.charts.who_speaks import asking, directions, expected

__all__ = [
    "DRAWN_LATER",
    "alarm",
    "alerts",
    "asking",
    "budget",
    "cohort",
    "cohorts",
    "control",
    "controls",
    "decides",
    "denominators",
    "directions",
    "expected",
    "fan",
    "fixed",
    "lanes",
    "moving",
    "one_look",
    "ratios",
    "sliders",
    "sliders_ahead",
    "standing",
    "still",
    "trend",
    "two_by_two",
    "two_denominators",
]
