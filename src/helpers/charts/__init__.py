"""Frame → Altair chart.

look       theme, the offline renderer, the title and the table twin of a chart
trend      a rate over time          scorecard     every judged rate at a glance
calendar   when defects leave        denominators  the same buyers on two denominators

A chart's title is its conclusion, its subtitle the measure; it aggregates nothing and receives only the
columns it draws, because Altair writes every column of a frame into the page.
"""

from helpers.charts.calendar import calendar, calendars
from helpers.charts.denominators import denominators
from helpers.charts.scorecard import scorecard
from helpers.charts.trend import trend, trends

__all__ = ["calendar", "calendars", "denominators", "scorecard", "trend", "trends"]
