"""Is a movement real: two watches on reports as they come in, and control charts of mature cohorts for the eye.

delays    shares             share reported by age, of many series, as it was known on a past day
reports   Reported · known    bad ones by the day they were reported, and what was known before each stretch of days
alarm     watched            against the target (what alerts rest on), and against the account's own level
steady    marked             how many steady accounts like this one each watch marks in a year
watch     watches · signals · watched   an account under both watches: the `signals` and the `watched` frame
limits    p · p_prime · exact · g    control limits         rules   run rules, shown and never an alert
rows      what one row of each of these frames is
control   control            an account's rates as mature cohorts on a control chart: the `control` frame
"""

from helpers.signals.control import control
from helpers.signals.rows import AlertRow, ControlRow, SeriesRow, SignalRow, WatchedRow
from helpers.signals.watch import Watch, signals, watched, watches

__all__ = [
    "AlertRow",
    "ControlRow",
    "SeriesRow",
    "SignalRow",
    "Watch",
    "WatchedRow",
    "control",
    "signals",
    "watched",
    "watches",
]
