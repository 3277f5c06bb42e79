"""Frame → Altair chart.

look       theme, the offline renderer, the title and the table twin of a chart
trend      the rate that decides     lanes         the other rates on one time axis
moving     both, from an audit's frames
pieces     a line by side of target  denominators  the same buyers on two denominators
cohorts    weeks of orders, what is reported of them and what will be
watching   an exhibit for each alert control       control charts of mature weeks
ahead      a rate and its budget to come, and the same under sliders
funnel     stores of many accounts beside what chance does at their size

The lesson, with sliders that need no kernel (live):
buyers     one mark a buyer          who_speaks    a model over feedback and over orders, published cases
ratios     what counts leave open    chances       chance by volume
stages     what makes a picture one that is played: the page's own script draws it, this package its still one
dealt      a dealt shop and year     settled       what counts settle, what asking everyone would do

A chart's title is its conclusion, its subtitle the measure; it aggregates nothing and receives only the
columns it draws, because Altair writes every column of a frame into the page.
"""

from helpers.charts.ahead import budget, fan, sliders_ahead
from helpers.charts.buyers import two_by_two, two_denominators
from helpers.charts.chances import one_look, standing
from helpers.charts.cohorts import cohort, cohorts
from helpers.charts.control import control, controls
from helpers.charts.dealt import dealt_shop, dealt_year
from helpers.charts.denominators import denominators
from helpers.charts.funnel import funnels
from helpers.charts.lanes import lanes
from helpers.charts.live import fixed, sliders
from helpers.charts.moving import decides, moving
from helpers.charts.ratios import ratios
from helpers.charts.settled import asked, settled
from helpers.charts.trend import trend
from helpers.charts.watching import alarm, alerts
from helpers.charts.who_speaks import directions, expected

__all__ = [
    "alarm",
    "alerts",
    "asked",
    "budget",
    "cohort",
    "cohorts",
    "control",
    "controls",
    "dealt_shop",
    "dealt_year",
    "decides",
    "denominators",
    "directions",
    "expected",
    "fan",
    "fixed",
    "funnels",
    "lanes",
    "moving",
    "one_look",
    "ratios",
    "settled",
    "sliders",
    "sliders_ahead",
    "standing",
    "trend",
    "two_by_two",
    "two_denominators",
]
