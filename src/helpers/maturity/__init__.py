"""Young orders have not drawn their bad ones yet: how many of them have been reported, and how many there will be.

priors    what is taken of delays before an account's own are looked at
curve     Curve · Delays · curve   the share reported by each age of an order, one kind of bad ones at a time
delays    curves · delays          the same from the counts of an account (Audit.curves)
"""

from helpers.maturity.curve import Curve, Delays, curve
from helpers.maturity.delays import curves, delays, with_dated_defects

__all__ = ["Curve", "Delays", "curve", "curves", "delays", "with_dated_defects"]
