"""Every piece of HTML, style and script the kit writes, one file each, and how a file becomes a template.

report     the page of a report      mail     a mail's body
front      the first screen          table    rows of text: tables and the twins of charts (exhibit: one with its style)
asked      a question of the lesson  sentences, answers  lists
lesson     what the lesson's page plays: dealing, stages, and the page they stand in · your_shop   its four numbers
closed     a picture of it that JupyterLab keeps closed
failure    what is kept of a report that was not made
pack       the answer to a letter in print
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, Template
from markupsafe import Markup, escape

from helpers.colours import DARK, LIGHT
from helpers.sentences import language, say


def asset(name: str) -> str:
    """The text of one file of this folder."""
    return files("helpers.templates").joinpath(name).read_text(encoding="utf-8")


def css_text(text: str) -> Markup:
    """A text as a CSS string that can end neither itself nor the style element it stands in."""
    return Markup('"' + re.sub(r"[^\w .,:·–-]", lambda sign: f"\\{ord(sign.group()):x} ", text) + '"')


_SIGN = re.compile("([■◆□])\N{NO-BREAK SPACE}(\\w+)")
_MEANINGS = {"■": "happy", "◆": "unhappy", "□": "silent"}  # of marks in the pictures of the lesson


def worded(text: str) -> Markup:
    """A text, escaped unless it is markup, with each word that stands for marks in their colour, after their sign."""

    def coloured(found: re.Match) -> str:
        sign, word = found.groups()
        return f'<span class="word {_MEANINGS[sign]}"><span aria-hidden="true">{sign}\N{NO-BREAK SPACE}</span>{word}</span>'

    return Markup(_SIGN.sub(coloured, escape(text)))


@cache
def template(name: str) -> Template:
    """A file of this folder as a template that escapes whatever is put into it."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, loader=FunctionLoader(asset))
    made.globals |= {"asset": lambda name: Markup(asset(name)), "light": LIGHT, "dark": DARK}  # our own: trusted
    made.globals |= {"say": say, "language": language}
    made.filters |= {"css_text": css_text, "worded": worded}
    return made
