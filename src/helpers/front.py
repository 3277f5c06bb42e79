"""The first screen of a report as HTML: what answer.first_screen says, set on the page.

Every string goes through the template's escaping; the interval bars are drawn, not computed, here. The look comes with
the HTML, so that JupyterLab shows the same screen as the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from IPython.display import HTML
from jinja2 import Environment
from markupsafe import Markup

from helpers.answer import Answer, Figure
from helpers.vocabulary import STATUS_SHAPE
from helpers.wording import INTERVAL

TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """<style>
{{ style }}</style>
<div class="front">
<p class="kicker">{% for part in answer.kicker.split(" · ") %}{{ " · " if not loop.first }}<bdi>{{ part }}</bdi>{% endfor %}</p>
<h1 class="headline">{{ answer.headline }}</h1>
<div class="figures">
{% for figure in answer.figures %}
<div class="figure {{ figure.status }}">
<p class="figure-label">{{ figure.label }}</p>
<p class="figure-value">{{ figure.text }}</p>
<p class="figure-count">{{ figure.counts }}</p>
<svg class="figure-bar" viewBox="0 0 200 22" role="img" aria-label="{{ interval }} {{ figure.interval }}; {{ figure.aim }}">
<line class="scale" x1="0" x2="200" y1="11" y2="11"/>
{% if figure.low is not none or figure.high is not none %}
<line class="interval" x1="{{ at(figure, figure.low or 0) }}" x2="{{ at(figure, figure.top if figure.high is none else figure.high) }}" y1="11" y2="11"/>
{% endif %}
{% if figure.value is not none %}
<circle class="value" cx="{{ at(figure, figure.value) }}" cy="11" r="4.5"/>
{% endif %}
{% if figure.target is not none %}
<line class="target" x1="{{ at(figure, figure.target) }}" x2="{{ at(figure, figure.target) }}" y1="1" y2="21"/>
{% endif %}
</svg>
<p class="figure-interval">{% if figure.interval != "—" %}{{ figure.interval }}, {% endif %}{{ figure.aim }}</p>
<p class="figure-verdict">{{ shape[figure.status] }} {{ figure.word }}</p>
</div>
{% endfor %}
</div>
{% if answer.others %}
<p class="others">{{ answer.others }}</p>
{% endif %}
{% if answer.actions or answer.facts %}
<div class="next">
{% if answer.actions %}
<div class="actions"><h2 class="actions-title">What to do</h2>
<ol>{% for action in answer.actions %}<li>{{ action }}</li>{% endfor %}</ol></div>
{% endif %}
{% if answer.facts %}
<div class="actions"><h2 class="actions-title">By itself</h2>
<ul>{% for fact in answer.facts %}<li>{{ fact }}</li>{% endfor %}</ul></div>
{% endif %}
</div>
{% endif %}
{% if answer.not_looked_at %}
<p class="others">{{ answer.not_looked_at }}</p>
{% endif %}
</div>"""
)


def html(answer: Answer) -> HTML:
    """The first screen as HTML: kicker, headline, figures with interval and target mark, what to do."""

    def at(figure: Figure, value: float) -> str:
        return f"{200 * min(value / figure.top, 1):.1f}"

    style = Markup(files("helpers").joinpath("front.css").read_text(encoding="utf-8"))
    return HTML(TEMPLATE.render(answer=answer, at=at, interval=INTERVAL, shape=STATUS_SHAPE, style=style))


SENTENCES = Environment(autoescape=True).from_string("<ul>{% for one in said %}<li>{{ one }}</li>{% endfor %}</ul>")


def sentences(said: Iterable[str]) -> HTML:
    """Sentences as a list."""
    return HTML(SENTENCES.render(said=said))
