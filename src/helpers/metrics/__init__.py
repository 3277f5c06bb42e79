"""Account → counts a day → trailing windows; what changed between two days; when each defect rolls off.

facts      FACTS        Account → what metrics count: orders with their defects, packages, feedback
counts     daily        Account → the `daily` frame
           count        facts of one account or of many → Counts, one a metric
tally                   one pass over the rows for all metrics
calendar                Counts: the `daily` frame as arrays
reach      reached      option → the metrics that count differently under another reading of it
windows    trailing     daily → the `trailing` frame: what the platform would judge on each day
           trailing_of  Counts → the same in parts, for many accounts
           visible      the counts a day could know of
lumps      lumps        how the bad ones of each judged window come in lumps
movement   changes      what moved each figure between two days
           roll_off     each figure on the days to come, if no new bad one came
           leaving      its days on which a bad one leaves
           arrivals     the day each defect entered its window
           standing     the orders with a defect in a judged window, one by one
"""

from helpers.metrics.counts import count, daily
from helpers.metrics.lumps import lumps
from helpers.metrics.movement import arrivals, changes, leaving, month_before, roll_off, standing
from helpers.metrics.reach import reached
from helpers.metrics.windows import trailing, trailing_of, visible

__all__ = [
    "arrivals",
    "changes",
    "count",
    "daily",
    "leaving",
    "lumps",
    "month_before",
    "reached",
    "roll_off",
    "standing",
    "trailing",
    "trailing_of",
    "visible",
]
