"""Did the action work: every event of account.toml, before and after, on every rate it touches.

events    Done      what the account did; what lies within one window is told together
sides     Sides     the days before and since, by the day of the order, at equal maturity
effect    Effect    counts of both sides → what chance explains, what could have been seen
judging   actions   all of it: the `actions` frame
words     finding   the sentence of a rate; besides  what its counts do not say
rows      ActionRow what one row is
"""

from helpers.actions.judging import Known, actions
from helpers.actions.rows import ActionRow
from helpers.actions.words import besides

__all__ = ["ActionRow", "Known", "actions", "besides"]
