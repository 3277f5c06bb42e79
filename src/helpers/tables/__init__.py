"""Frame → table of a report.

Strings that come from files are only ever cell values: great_tables escapes them.

layout     how every table looks        judged     what was judged        evidence     what was read, by which rules
"""

from helpers.tables.evidence import coverage, definitions, files, options, rejected
from helpers.tables.judged import changes, compared, parts, roll_off, score, scorecard

__all__ = [
    "changes",
    "compared",
    "coverage",
    "definitions",
    "files",
    "options",
    "parts",
    "rejected",
    "roll_off",
    "score",
    "scorecard",
]
