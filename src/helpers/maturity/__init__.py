"""Young orders have not drawn their bad ones yet: how many of them have been reported, and how many there will be.

priors    what is taken of delays before an account's own are looked at
curve     Curve · Delays · curve   the share reported by each age of an order, one kind of bad ones at a time
delays    curves · delays          the same from the counts of an account (Audit.curves)
reports   Reports                  orders of each day, and the days on which their bad ones were reported
nowcast   Nowcast                  how many bad ones some orders will have in the end, with interval
backtest                           nowcasts of the account's own past beside what came
turns     Turn                     whether a rate turned inside its window
removals  Removals                 bad feedback that is told and does not stay
ripening  cohorts                  weeks of orders: visible, expected
          maturity                 the judged windows: visible, expected, how past nowcasts did
          decided                  the days to come whose orders are all placed: decided except for late reports
rows                               what one row of each of these frames is
"""

from helpers.maturity.curve import Curve, Delays, curve
from helpers.maturity.delays import curves, delays, with_dated_defects
from helpers.maturity.nowcast import Nowcast
from helpers.maturity.removals import removals
from helpers.maturity.reports import Reports
from helpers.maturity.ripening import Ripening, cohorts, decided, maturity, ripenings
from helpers.maturity.rows import CohortRow, DecidedRow, MaturityRow

__all__ = [
    "CohortRow",
    "Curve",
    "DecidedRow",
    "Delays",
    "MaturityRow",
    "Nowcast",
    "Reports",
    "Ripening",
    "cohorts",
    "curve",
    "curves",
    "decided",
    "delays",
    "maturity",
    "removals",
    "ripenings",
    "with_dated_defects",
]
