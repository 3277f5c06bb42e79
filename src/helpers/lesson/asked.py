"""A question with its choices as HTML: opening one shows what there is to say about it. No script and no style is needed to
keep it closed, so it works in a page, in JupyterLab, trusted or not, and in a preview alike; printed, the choices stand without
their answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from IPython.display import HTML

from helpers.lesson.questions import Question
from helpers.lesson.shop import Shop
from helpers.templates import template


def html(*questions: Question) -> HTML:
    """Questions one under the other."""
    return HTML("\n".join(template("asked.html.j2").render(question=question) for question in questions))


def answers(questions: Iterable[Question]) -> HTML:
    """The right answers with their reasons, folded away; the page prints them on a sheet of their own."""
    right = [(question.text, choice) for question in questions for choice in question.choices if choice.is_right]
    return HTML(template("answers.html.j2").render(right=right))


def your_shop(shop: Shop) -> HTML:
    """Four numbers to type, once, that every picture after them takes over in the page; in JupyterLab they stand in the cell."""
    return HTML(template("your_shop.html.j2").render(shop=shop, said=json.dumps(asdict(shop))))
