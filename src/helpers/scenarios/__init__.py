"""What would happen, and what would change it: every judged rate drawn a year ahead, as the marketplace will show it.

known          what is known of a rate on the day looked at, and the rule that judges it
turns          since when it is another rate, where that is proved
rates          its true rate and how it drifts, from the year before · volume  orders to come
futures        Futures: days to come, bad ones one by one with the day each is reported
courses        what the marketplace would show of each future; under a scenario, of the same futures
ahead          Ahead: chance of a miss, fan, budget, way back, for one rate
levers         Lever · Scenario · KINDS · FORBIDDEN: what can be changed, and what may not
causes         Causes: a cause found by `drivers`, and how much of a rate it is
scenarios_file scenarios.toml of an account
effects        a scenario → its effect on a rate; how much of a lever is enough
outlook        of · Outlook: all of it for an audit
ranked         the levers of a rate by effect and by cost, in sentences
told           what it says, as frames: chances, ways back, what levers change, how much is enough · moved  what sliders move
record         forecasts of the account's own past beside what came; what chance alone does to a shop of its size (by_chance)
reliability    how often it came of each chance told, of the account and of the kit's samples (samples.csv)
steady         how many steady accounts a forecast marks
rows           what a row of the projection is
words          the same in sentences
"""

from helpers.scenarios.ahead import BASELINE, FOR_GOOD, HORIZONS, Ahead, Chance, WayBack
from helpers.scenarios.effects import SURE, Enough, enough, rises
from helpers.scenarios.levers import FORBIDDEN, KINDS, Lever, Scenario, presets
from helpers.scenarios.outlook import Outlook, of
from helpers.scenarios.ranked import ranked as ranking
from helpers.scenarios.record import chance_alone, track_record, tried
from helpers.scenarios.reliability import by_chance_told, relied_on
from helpers.scenarios.rows import ProjectionRow
from helpers.scenarios.steady import share_over
from helpers.scenarios.told import bound, chances, published, pulled, ways_back, weekly
from helpers.scenarios.told import enough as enough_of
from helpers.scenarios.words import column, fact, line, screen, uncertain

__all__ = [
    "BASELINE",
    "FORBIDDEN",
    "FOR_GOOD",
    "HORIZONS",
    "KINDS",
    "SURE",
    "Ahead",
    "Chance",
    "Enough",
    "Lever",
    "Outlook",
    "ProjectionRow",
    "Scenario",
    "WayBack",
    "bound",
    "by_chance_told",
    "chance_alone",
    "chances",
    "column",
    "enough",
    "enough_of",
    "fact",
    "line",
    "of",
    "presets",
    "published",
    "pulled",
    "ranking",
    "relied_on",
    "rises",
    "screen",
    "share_over",
    "track_record",
    "tried",
    "uncertain",
    "ways_back",
    "weekly",
]
