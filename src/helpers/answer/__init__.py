"""What a report says in sentences: the first screen, and what changed.

screen     Answer       the first screen as text, from an audit
headline                its sentence, from history, and what no comfort may be said of
figures    Figure       the worst three figures with what they need to be read
rates      Rate         every judged rate as a line of the report's table
actions                 what is to be done; what happens by itself
downloads               what has to be downloaded before the rates can be told
changed    changed, moved   what moved since the month before; besides  of it what no table shows; moments  what was done
restated   Sent     what the last report said of its day, and what today's files say of it
turned     acted · since   what does better than its window shows: by an event, or by weeks of orders
clears                  when a missed target is met again, and the word for how sure that is
names                   a rate, named in a sentence
"""

from helpers.answer.actions import stores_differ
from helpers.answer.changed import besides, changed, moments, moved
from helpers.answer.clears import surely_first
from helpers.answer.figures import Figure, borne, verdict_word
from helpers.answer.rates import Rate, rates, without_verdict
from helpers.answer.restated import Sent, restated
from helpers.answer.screen import Answer, first_screen
from helpers.answer.turned import acted, since

__all__ = [
    "Answer",
    "Figure",
    "Rate",
    "Sent",
    "acted",
    "besides",
    "borne",
    "changed",
    "first_screen",
    "moments",
    "moved",
    "rates",
    "restated",
    "since",
    "stores_differ",
    "surely_first",
    "verdict_word",
    "without_verdict",
]
