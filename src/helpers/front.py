"""The first screen of a report as HTML: what answer.first_screen says, set on the page.

Every string goes through the template's escaping; the interval bars are drawn, not computed, here. The look comes with
the HTML, so that JupyterLab shows the same screen as the report.
"""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import HTML

from helpers.answer import Answer, Figure
from helpers.templates import template
from helpers.vocabulary import STATUS_SHAPE


def html(answer: Answer, *, doing: str = "", beside: str = "") -> HTML:
    """The first screen as HTML: kicker, headline, figures with interval and target mark, what to do.

    doing, beside   what stands over the list of actions and over that of facts, where it is not “what to do” and “by itself”
    """

    def at(figure: Figure, value: float) -> str:
        return f"{200 * min(value / figure.top, 1):.1f}"

    return HTML(template("front.html.j2").render(answer=answer, at=at, shape=STATUS_SHAPE, doing=doing, beside=beside))


def sentences(said: Iterable[str]) -> HTML:
    """Sentences as a list; nothing where there is none."""
    return HTML(template("sentences.html.j2").render(said=list(said)))
