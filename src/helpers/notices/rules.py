"""The rules by which a notice is read, as data: rules.toml. Each says what it finds, in which words, with an example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One rule: `value` is what the words of `pattern` mean; `example` is a text it reads; `more` its further keys."""

    value: str
    pattern: re.Pattern[str]
    example: str
    more: dict[str, Any]


@cache
def table(name: str) -> tuple[Rule, ...]:
    """The rules of one table, in their order."""
    return tuple(
        Rule(row["value"], _compiled(row["pattern"]), row["example"], row)
        for row in _tables()[name]
        if "pattern" in row
    )


@cache
def rule(name: str, value: str) -> re.Pattern[str]:
    """The words of one rule of a table."""
    return next(one.pattern for one in table(name) if one.value == value)


@cache
def subjects() -> dict[str, Rule]:
    """What a letter can speak of, by its word in the vocabulary."""
    return {one.value: one for one in table("subjects")}


@cache
def loose(value: str) -> re.Pattern[str] | None:
    """How a subject is named in short, where the text already asks for a plan."""
    short = subjects()[value].more.get("loose")
    return _compiled(short) if short else None


@cache
def languages() -> dict[str, frozenset[str]]:
    """ISO code → the smallest words of the language."""
    return {row["value"]: frozenset(row["words"].split()) for row in _tables()["languages"]}


def first(name: str, text: str) -> Rule | None:
    """The first rule of a table that reads something in the text."""
    return next((one for one in table(name) if one.pattern.search(text)), None)


def every(name: str, text: str) -> Iterator[Rule]:
    """All rules of a table that read something in the text."""
    return (one for one in table(name) if one.pattern.search(text))


def marked(value: str, text: str) -> bool:
    """Whether the text bears a mark: `threat`, `supposed`, `general`, `good`, `bad`, `link`, `negated`, `optional` …"""
    return bool(rule("marks", value).search(text))


def is_rate(value: str) -> bool:
    """Whether a subject is a metric, with a good side."""
    return "good_is" in subjects()[value].more


def good_is(value: str, text: str) -> str:
    """Whether a rate of a text is good when `low` or `high`: words may count its bad side, as of late answers."""
    more = subjects()[value].more
    is_turned = "turned" in more and _compiled(more["turned"]).search(text)
    return {"high": "low", "low": "high"}[more["good_is"]] if is_turned else more["good_is"]


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
