"""Frame → table of a report.

Strings that come from files are only ever cell values: great_tables escapes them.

layout     how every table looks        judged     what was judged        evidence     what was read
cases      two roads to one number, published cases
rules      by which rules               besides    defects one by one, and counts no target judges
ahead      what is to come, what would change it, money, how forecasts did
fixes      what was done and what came of it; what young orders will still bring
feedback   an account's own feedback: the score, the silent buyers, other signs, what may still go
"""

from helpers.tables.ahead import by_chance, chances, enough, held, levers, track_record, ways_back
from helpers.tables.besides import standing, tallies, unjudged
from helpers.tables.cases import known_truth, published, two_roads
from helpers.tables.evidence import coverage, files, rejected
from helpers.tables.feedback import (
    beliefs,
    breakdowns,
    displayed,
    heard,
    implied,
    influenced,
    lists,
    page,
    proxies,
    removals,
    response_rates,
)
from helpers.tables.fixes import actions, decided, maturity
from helpers.tables.judged import changes, compared, parts, roll_off, score, scorecard
from helpers.tables.rules import definitions, evidence_words, open_points, targets

__all__ = [
    "actions",
    "beliefs",
    "breakdowns",
    "by_chance",
    "chances",
    "changes",
    "compared",
    "coverage",
    "decided",
    "definitions",
    "displayed",
    "enough",
    "evidence_words",
    "files",
    "heard",
    "held",
    "implied",
    "influenced",
    "known_truth",
    "levers",
    "lists",
    "maturity",
    "open_points",
    "page",
    "parts",
    "proxies",
    "published",
    "rejected",
    "removals",
    "response_rates",
    "roll_off",
    "score",
    "scorecard",
    "standing",
    "tallies",
    "targets",
    "track_record",
    "two_roads",
    "unjudged",
    "ways_back",
]
