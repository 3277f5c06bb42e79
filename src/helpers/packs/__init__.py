"""The answer to a letter as a folder of texts and tables, made from evidence and checked against itself.

sentences   facts with their evidence, gaps to fill, own words       answering  answers to the questions, plan of action
spoken      what the seller says, sentence by sentence               phrases    words a sentence is known by
contradictions  where two places say different things
checking    what stops the pack                                      following  timeline, watch list
showing     the evidence and the check as text                       whole      all files of a pack (`of`)
first       the first screen of the report on a letter
"""

from helpers.packs.checking import Problem
from helpers.packs.contradictions import Contradiction
from helpers.packs.first import first_screen, problems, published
from helpers.packs.following import WATCHED, due, timeline, watch, weeks
from helpers.packs.sentences import Fact, Gap, Own, Passage
from helpers.packs.whole import Pack, of

__all__ = ["WATCHED", "Contradiction", "Fact", "Gap", "Own", "Pack", "Passage", "Problem", "due", "first_screen", "of", "problems",
    "published", "timeline", "watch", "weeks"]  # fmt: skip
