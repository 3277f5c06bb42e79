"""Account → counts a day → trailing windows; what changed between two days; when each defect rolls off.

facts      Account → the rows that metrics count
counts     daily        Account → the `daily` frame
windows    trailing     daily → the `trailing` frame: what the platform would judge on each day
movement   changes      what moved each figure between two days
           roll_off     the day each standing defect leaves, and the rate after it
           arrivals     the day each defect entered its window
           standing     the orders with a defect in a judged window, one by one
"""

from helpers.metrics.counts import daily
from helpers.metrics.movement import arrivals, changes, month_before, roll_off, standing
from helpers.metrics.windows import trailing

__all__ = ["arrivals", "changes", "daily", "month_before", "roll_off", "standing", "trailing"]
