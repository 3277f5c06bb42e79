"""Frame → table of a report.

Strings that come from files are only ever cell values: the template escapes them.

layout     how every table looks        rates      all judged rates (spark: the small trend)
evidence   what was read                judged     what was judged
cases      two roads to one number, published cases
rules      by which rules               besides    defects one by one, and counts no target judges
reported   the marketplace's own figures as a series
ahead      what is to come, what would change it, money, how forecasts did
fixes      what was done and what came of it; what young orders will still bring
signals    watches, alerts, where bad ones come from
feedback   an account's own feedback: the score, what may still go      silent     its silent buyers, other signs
letter     a letter's charges, the evidence, what stops the answer
portfolio  many accounts: whom to call, stores with their targets, one list, deadlines, failures
"""

from helpers.tables.ahead import by_chance, chances, enough, held, levers, relied_on, track_record, ways_back
from helpers.tables.besides import MOST_ORDERS, standing, tallies, unjudged
from helpers.tables.cases import known_truth, published, two_roads
from helpers.tables.evidence import coverage, files, rejected
from helpers.tables.feedback import displayed, influenced, page, removals, response_rates
from helpers.tables.fixes import actions, decided, maturity
from helpers.tables.judged import changes, compared, parts, roll_off, score
from helpers.tables.letter import behind, charges, facts, problems, watch
from helpers.tables.portfolio import calls, deadlines, failures, news, one_list, stores
from helpers.tables.rates import rates
from helpers.tables.reported import reported
from helpers.tables.rules import definitions, evidence_words, open_points, targets
from helpers.tables.signals import alerts, drivers, returned, signals
from helpers.tables.silent import beliefs, breakdowns, heard, implied, lists, proxies

__all__ = [
    "MOST_ORDERS",
    "actions",
    "alerts",
    "behind",
    "beliefs",
    "breakdowns",
    "by_chance",
    "calls",
    "chances",
    "changes",
    "charges",
    "compared",
    "coverage",
    "deadlines",
    "decided",
    "definitions",
    "displayed",
    "drivers",
    "enough",
    "evidence_words",
    "facts",
    "failures",
    "files",
    "heard",
    "held",
    "implied",
    "influenced",
    "known_truth",
    "levers",
    "lists",
    "maturity",
    "news",
    "one_list",
    "open_points",
    "page",
    "parts",
    "problems",
    "proxies",
    "published",
    "rates",
    "rejected",
    "relied_on",
    "removals",
    "reported",
    "response_rates",
    "returned",
    "roll_off",
    "score",
    "signals",
    "standing",
    "stores",
    "tallies",
    "targets",
    "track_record",
    "two_roads",
    "unjudged",
    "watch",
    "ways_back",
]
