"""A question with its choices as HTML: choosing one shows what there is to say about it. No script, so it works in a
page, in JupyterLab and in a preview alike; printed, the choices stand without their answers.
"""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import HTML

from helpers.lesson.questions import Question
from helpers.templates import template


def html(*questions: Question) -> HTML:
    """Questions one under the other."""
    return HTML("\n".join(template("asked.html.j2").render(question=question) for question in questions))


def answers(questions: Iterable[Question]) -> HTML:
    """The right answers, folded away: the trainer opens them, a printed page leaves them out."""
    right = [choice.text for question in questions for choice in question.choices if choice.is_right]
    return HTML(template("answers.html.j2").render(right=right))
