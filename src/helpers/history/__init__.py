"""What came before a judged window: was the target missed then too, did the rate move, what does the record explain.

windows     earlier    the disjoint windows of the year before, each as it stood on its own day
past        past       whether the target was missed before, and how often; `has_hole`: not all of it just before
comparison  Comparison · holm   two shares of bad ones told apart, over many tests
movement    movement   rising, falling, about the same, or not to be told
chance      of_missing   how often chance alone misses a target
record      record     how often a shop with this record misses; `sentence` puts it in words
rows        what one row of each of these frames is
"""

from helpers.history.comparison import Comparison
from helpers.history.movement import movement
from helpers.history.past import has_hole, past
from helpers.history.record import record, sentence
from helpers.history.rows import EarlierRow, MovementRow, PastRow, RecordRow
from helpers.history.windows import Day, earlier

__all__ = [
    "Comparison",
    "Day",
    "EarlierRow",
    "MovementRow",
    "PastRow",
    "RecordRow",
    "earlier",
    "has_hole",
    "movement",
    "past",
    "record",
    "sentence",
]
