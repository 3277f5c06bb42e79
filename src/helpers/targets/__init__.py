"""Which target was in force, and what else the marketplace did: dated rows of targets.toml, each with its source.

stores   the stores the kit knows      events   what the marketplace did, day by day      rows   which target was in force
"""

from helpers.targets.events import Event, events
from helpers.targets.rows import FRESH, Rules, Target, in_force, options, reported, rules, stale, table, with_rules_of
from helpers.targets.stores import Marketplace, groups, local_day, marketplaces, region, stores, time_zone

__all__ = [
    "FRESH",
    "Event",
    "Marketplace",
    "Rules",
    "Target",
    "events",
    "groups",
    "in_force",
    "local_day",
    "marketplaces",
    "options",
    "region",
    "reported",
    "rules",
    "stale",
    "stores",
    "table",
    "time_zone",
    "with_rules_of",
]
