"""Where bad ones come from, without reading a word of a buyer's.

factors    orders · outcomes   one row an order: what it can be told apart by, and whether it turned out bad
shrinkage  fitted · shrunken   rates of many groups, drawn towards all of them (empirical Bayes)
strata     mantel_haenszel     a group beside the rest within strata of another factor
selection  adjusted            many tests, and intervals that are right after the choice
levels     rows                one level of one factor beside the rest
driving    drivers             every level of every factor in one register: the `drivers` frame
returned   returned            returns and refunds by SKU and reason: the `returned` frame
rows       what one row of each of these frames is
"""

from helpers.drivers.driving import drivers
from helpers.drivers.factors import FACTORS, level_name
from helpers.drivers.returned import returned
from helpers.drivers.rows import DriverRow, ReturnedRow

__all__ = ["FACTORS", "DriverRow", "ReturnedRow", "drivers", "level_name", "returned"]
