"""Frame → table of a report.

Strings that come from files are only ever cell values: great_tables escapes them.

layout     how every table looks        judged     what was judged        evidence     what was read
cases      two roads to one number, published cases
rules      by which rules               besides    defects one by one, and counts no target judges
"""

from helpers.tables.besides import standing, tallies, unjudged
from helpers.tables.cases import known_truth, published, two_roads
from helpers.tables.evidence import coverage, files, rejected
from helpers.tables.judged import changes, compared, parts, roll_off, score, scorecard
from helpers.tables.rules import definitions, open_points, targets

__all__ = [
    "changes",
    "compared",
    "coverage",
    "definitions",
    "files",
    "known_truth",
    "open_points",
    "parts",
    "published",
    "rejected",
    "roll_off",
    "score",
    "scorecard",
    "standing",
    "tallies",
    "targets",
    "two_roads",
    "unjudged",
]
