"""The sentences of one language: templates in the syntax of Project Fluent, read without any guess.

Fluent's own runtime prints a gap where something is missing and cuts what is long; here both are no sentence at all. What
a template may hold: text, what it is given, other templates, and choices by plural, number or word.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Generic, TypeVar

from babel import Locale
from babel.lists import format_list
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from helpers.sentences.writing import count

LINE = re.compile(" *\n *")  # a template is broken into lines where it reads best: a break is a space
MESSAGE = re.compile(r"\n(?=[^\s#}\]])")  # a message begins on a line of its own, and what belongs to it is set in
NAME = re.compile(r"[A-Za-z][\w-]*(?= *=)")


@dataclass(frozen=True)
class Written:
    """A number of a sentence: the plural is chosen by it, and its text is printed."""

    number: float
    text: str


Value = str | int | Written | Sequence[str]
Given = TypeVar("Given")


@cache
def table(file: Traversable) -> Table:
    """The table of a language, read once in a process."""
    return Table(file.read_text(encoding="utf-8"), Locale.parse(file.name.removesuffix(".ftl")))


class Templates(Mapping[str, ast.Pattern]):
    """The templates of a text by key, those of attributes after a point; a message is parsed when first asked for, for a page
    says few of them.

    Raises ValueError for a text that is no Fluent, or has one key twice: of a message that is never asked for, when all are.
    """

    def __init__(self, text: str, where: str) -> None:
        self._where, self._messages, self._read = where, dict[str, str](), dict[str, dict[str, ast.Pattern]]()
        _, *messages = MESSAGE.split(f"\n{text}")
        for message in messages:
            name = NAME.match(message)
            if name is None or name[0] in self._messages:
                raise ValueError(f"{where}: expected Fluent syntax, each key once, found {message!r}")
            self._messages[name[0]] = message

    def __getitem__(self, key: str) -> ast.Pattern:
        return self._of(key.partition(".")[0])[key]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(self._of, self._messages))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _of(self, name: str) -> dict[str, ast.Pattern]:
        """A message and its attributes by key. Raises KeyError where there is none of this name."""
        if name not in self._read:
            found = dict[str, ast.Pattern]()
            for entry in FluentParser(with_spans=False).parse(self._messages[name]).body:
                if isinstance(entry, ast.Junk):
                    raise ValueError(f"{self._where}: expected Fluent syntax, found {entry.content!r}")
                for key, template in _templates(entry):
                    if key in found:
                        raise ValueError(f"{self._where}: expected each key once, found {key} twice")
                    _Lines().visit(template)
                    found[key] = template
            self._read[name] = found
        return self._read[name]


class Table:
    """The templates of one language, and what each takes. Raises what Templates raises."""

    def __init__(self, text: str, locale: Locale) -> None:
        self.locale, self.templates = locale, Templates(text, f"sentences of {locale}")
        self._takes: dict[str, frozenset[str]] = {}

    def template(self, key: str) -> ast.Pattern:
        """Raises KeyError where there is none of this key."""
        if key not in self.templates:
            raise KeyError(f"sentences of {self.locale}: expected a key of the table, found {key!r}")
        return self.templates[key]

    def takes(self, key: str) -> frozenset[str]:
        """What a sentence has to be given, by name."""
        if key not in self._takes:
            names = _Names(self)
            names.visit(self.template(key))
            self._takes[key] = frozenset(names.found)
        return self._takes[key]


class Reading(ABC, Generic[Given]):
    """Templates read with what they are given: as text (Saying), or as what writes the text elsewhere (charts.spoken)."""

    def __init__(self, table: Table, given: Mapping[str, Given]) -> None:
        self.table, self.given = table, given

    def of(self, key: str) -> str:
        """Raises KeyError for an unknown key, TypeError where it is given what it does not take, or not what it needs.

        What stands in a choice that is not made is not needed.
        """
        if not self.given.keys() <= self.table.takes(key):
            raise TypeError(f"{key}: expected {sorted(self.table.takes(key))}, found {sorted(self.given)}")
        return self.template(self.table.template(key))

    def template(self, template: ast.Pattern) -> str:
        return self.joined([self._part(part) for part in template.elements])

    def _part(self, part: ast.TextElement | ast.Placeable) -> str:
        match part.expression if isinstance(part, ast.Placeable) else part:
            case ast.TextElement(value=text):
                return self.text(text)
            case ast.StringLiteral() as literal:
                return self.text(literal.parse()["value"])
            case ast.VariableReference(id=name):
                return self.written(self._named(name.name))
            case ast.MessageReference() as other:
                return self.template(self.table.template(_key(other)))
            case ast.SelectExpression(selector=ast.VariableReference(id=name), variants=variants):
                return self.choice(self._named(name.name), variants)
        raise TypeError(f"expected text, something given, a key or a choice, found {part.to_json()}")

    def _named(self, name: str) -> Given:
        if name not in self.given:
            raise TypeError(f"expected {name!r} among what is given, found {sorted(self.given)}")
        return self.given[name]

    @abstractmethod
    def joined(self, parts: list[str]) -> str: ...

    @abstractmethod
    def text(self, text: str) -> str: ...

    @abstractmethod
    def written(self, given: Given) -> str: ...

    @abstractmethod
    def choice(self, given: Given, variants: list[ast.Variant]) -> str: ...


class Saying(Reading[Value]):
    """Templates as text. Raises TypeError for what is no word, no whole number and no list of words."""

    def joined(self, parts: list[str]) -> str:
        return "".join(parts)

    def text(self, text: str) -> str:
        return text

    def written(self, given: Value) -> str:
        match given:
            case str():
                return given
            case Written():
                return given.text
            case bool():
                pass
            case int():
                return count(given)
            case [*names]:
                return format_list(names, locale=self.table.locale)
        raise TypeError(f"expected a word, a number or a list, found {given!r}")

    def choice(self, given: Value, variants: list[ast.Variant]) -> str:
        word, number = self._chosen_by(given)
        for one in variants:
            if float(one.key.value) == number if isinstance(one.key, ast.NumberLiteral) else one.key.name == word:
                return self.template(one.value)
        (rest,) = (one for one in variants if one.default)
        return self.template(rest.value)

    def _chosen_by(self, given: Value) -> tuple[str, float | None]:
        if isinstance(given, str):
            return given, None
        self.written(given)
        number = given.number if isinstance(given, Written) else given if isinstance(given, int) else len(given)
        return self.table.locale.plural_form(number), number


def _templates(entry: ast.EntryType) -> Iterator[tuple[str, ast.Pattern]]:
    if isinstance(entry, ast.Message):
        if entry.value:
            yield entry.id.name, entry.value
        yield from ((f"{entry.id.name}.{one.id.name}", one.value) for one in entry.attributes)


def _key(reference: ast.MessageReference) -> str:
    return ".".join(part.name for part in (reference.id, reference.attribute) if part)


class _Lines(Visitor):
    def visit_TextElement(self, node: ast.TextElement) -> None:
        node.value = LINE.sub(" ", node.value)


class _Names(Visitor):
    """What a template takes, and every template it refers to."""

    def __init__(self, table: Table) -> None:
        self.table, self.found = table, set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.found.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.visit(self.table.template(_key(node)))
