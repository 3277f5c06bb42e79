"""Frame → Altair chart.

look    theme, the offline renderer, the title and the table twin of a chart        rates    the charts of the rates

A chart's title is its conclusion, its subtitle the measure; it aggregates nothing and receives only the
columns it draws, because Altair writes every column of a frame into the page.
"""

from helpers.charts.rates import calendar, calendars, denominators, scorecard, trend, trends

__all__ = ["calendar", "calendars", "denominators", "scorecard", "trend", "trends"]
