"""What a report says in sentences: the first screen, and what changed.

screen     Answer       the first screen as text, from an audit
headline                its sentence, from history, and what no comfort may be said of
figures    Figure       the worst three figures with what they need to be read
actions                 what is to be done; what happens by itself
turned               what does better than its window shows: by an event, or by weeks of orders
changed    changed      what moved since the month before
names                   a rate, named in a sentence
"""

from helpers.answer.changed import changed
from helpers.answer.figures import Figure, verdict_word
from helpers.answer.screen import Answer, first_screen

__all__ = ["Answer", "Figure", "changed", "first_screen", "verdict_word"]
