"""A question with its choices as HTML: choosing one shows what there is to say about it. No script, so it works in a
page, in JupyterLab and in a preview alike; printed, the choices stand without their answers.
"""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import HTML
from jinja2 import Environment

from helpers.lesson.questions import Question

TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """<style>
.asked{border:0;border-left:3px solid color-mix(in srgb,currentColor 22%,transparent);margin:0;padding:.2rem 0 .2rem 1.1rem;max-width:42rem;min-width:0}
.asked+style+.asked{margin-top:1.8rem}
.asked legend{float:left;width:100%;padding:0;font-weight:600;margin-bottom:.5rem}
.asked .choice{clear:both;display:grid;grid-template-columns:1.5rem 1fr;align-items:start;margin:0;padding:.2rem 0}
.asked input{width:1.05rem;height:1.05rem;margin:.25rem 0 0}
.asked label{cursor:pointer}
.asked .because{display:none;grid-column:2;font-size:.92em;padding:.2rem 0 .5rem}
.asked input:checked~[role=status]{grid-column:2}
.asked input:checked~[role=status] .because{display:block}
@media print{.asked{break-inside:avoid}.asked input:checked~[role=status] .because{display:none}}
</style>
<fieldset class="asked{{ " predict" if not question.is_checked }}">
<legend>{{ question.text }}</legend>
{% for choice in question.choices %}
<div class="choice"><input type="radio" name="{{ question.name }}" id="{{ question.name }}-{{ loop.index }}">
<label for="{{ question.name }}-{{ loop.index }}">{{ choice.text }}</label>
<span role="status"><span class="because">{% if question.is_checked %}<strong>{{ "Right." if choice.is_right else "Not quite." }}</strong> {% endif %}{{ choice.because }}</span></span></div>
{% endfor %}
</fieldset>"""
)


def html(*questions: Question) -> HTML:
    """Questions one under the other."""
    return HTML("\n".join(TEMPLATE.render(question=question) for question in questions))


ANSWERS = Environment(autoescape=True).from_string(
    "<details><summary>The right answers</summary><ol>{% for text in right %}<li>{{ text }}</li>{% endfor %}</ol></details>"
)


def answers(questions: Iterable[Question]) -> HTML:
    """The right answers, folded away: the trainer opens them, a printed page leaves them out."""
    right = [choice.text for question in questions for choice in question.choices if choice.is_right]
    return HTML(ANSWERS.render(right=right))
