"""A sentence of the table as a Vega expression, so that a page that moves says the very words that Python says.

What a template is given are expressions: one that gives text, or a number with the expression that writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from babel.plural import to_javascript
from fluent.syntax import ast

from helpers import sentences
from helpers.charts.live import about, in_tenths, joined, number, times, words

NUMBER = re.compile(r"\bn\b")  # as babel calls it


@dataclass(frozen=True)
class Numbered:
    """A number of a sentence: the expression a plural is chosen by, and the one that writes it."""

    value: str
    text: str


def counted(expr: str) -> Numbered:
    """A whole number, written as wording.count writes it."""
    return Numbered(expr, number(expr))


def estimated(expr: str) -> Numbered:
    """An expected count, written as wording.about writes it, and known no better."""
    return Numbered(in_tenths(expr), about(expr))


def factor(expr: str) -> Numbered:
    """A ratio, written as wording.times writes it; one that is written 1 is 1."""
    return Numbered(f"({times(expr)}) == '1' ? 1 : ({expr})", times(expr))


def spoken(key: str, /, **given: str | Numbered) -> str:
    """What `sentences.say` says, as an expression. Raises what it raises."""
    return _Expression(sentences.table(sentences.writing_now().sentences), given).of(key)


class _Expression(sentences.Reading[str | Numbered]):
    def joined(self, parts: list[str]) -> str:
        return joined(*parts)

    def text(self, text: str) -> str:
        return words(text)

    def written(self, given: str | Numbered) -> str:
        return given.text if isinstance(given, Numbered) else given

    def choice(self, given: str | Numbered, variants: list[ast.Variant]) -> str:
        (rest,) = (one for one in variants if one.default)
        others = [f"{self._fits(given, one.key)} ? {self.template(one.value)}" for one in variants if one is not rest]
        return f"({' : '.join([*others, self.template(rest.value)])})"

    def _fits(self, given: str | Numbered, key: ast.Identifier | ast.NumberLiteral) -> str:
        if isinstance(key, ast.NumberLiteral):
            return f"({self._number(given)}) == {key.value}"
        return f"({self._plural(given.value) if isinstance(given, Numbered) else given}) == {words(key.name)}"

    def _number(self, given: str | Numbered) -> str:
        return given.value if isinstance(given, Numbered) else "NaN"  # a word is no number

    def _plural(self, expr: str) -> str:
        """The plural of a number, by the rule of the language; what babel writes of the rule is for whole numbers."""
        rule = to_javascript(self.table.locale.plural_form).removeprefix("(function(n) { return ").removesuffix("; })")
        return f"floor({expr}) == ({expr}) ? {re.sub(NUMBER, f'({expr})', rule)} : 'other'"
