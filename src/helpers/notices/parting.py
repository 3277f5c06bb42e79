"""A sentence → its parts: one for each rate it gives figures of, one for each counted component of a rate."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.notices import numbers, rules
from helpers.notices.layout import ENDS

IN_ORDER = re.compile(r"\brespectively\b|\bin (?:this|that|the same|the above) order\b", re.IGNORECASE)
OF_ALL = re.compile(r"\b(?:limits|targets|goals|thresholds|requirements|ceilings) (?:are|were|being)\b", re.IGNORECASE)
JOINED = re.compile(  # between two figures of one enumeration
    r"[\s,]*(?:\([^)]*\)[\s,]*)?(?:(?:and|or) )?(?:(?:under|below|over|above|at least|at most|less than|more than|no more than) )?",
    re.IGNORECASE,
)
JOINTS = re.compile(r"[;,] (?:and |while |whereas |but )?|(?<!\d) and | (?:while|whereas|but) ")
TO_COMPONENT = re.compile(  # between a count and the component it counts: `9 of these orders carry an`
    r" (?:(?:cases?|orders?|of|an?|the|these|those|them|which|seller|service|with|had|have|carry|carried|carries|received|got|were|are|as)\s+)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """Words about the subjects they name. shares, pairs: those that belong to it where its text holds those of others."""

    text: str
    sentence: str
    subjects: tuple[str, ...]
    shares: tuple[numbers.Share, ...] | None = None


def named(text: str) -> list[tuple[str, int]]:
    """The subjects a text names with the place of each first, in order. A place belongs to one subject alone."""
    taken: list[range] = []
    found: list[tuple[str, int]] = []
    for one in rules.table("subjects"):
        for match in one.pattern.finditer(text):
            if not any(match.start() in span for span in taken):
                taken.append(range(match.start(), match.end()))
                found.append((one.value, match.start()))
    first: dict[str, int] = {}
    for name, start in sorted(found, key=lambda pair: pair[1]):
        first.setdefault(name, start)
    return list(first.items())


def parts(text: str, before: Sequence[str] = ()) -> list[Part]:
    """The parts of a text, sentence by sentence; `before` are the rates the last sentence with several has named."""
    ends = [0, *(match.end() for match in ENDS.finditer(text)), len(text)]
    sentences = [text[start:end].strip() for start, end in itertools.pairwise(ends)]
    return [part for sentence in sentences if sentence for part in _of_sentence(sentence, before)]


def _of_sentence(text: str, before: Sequence[str]) -> list[Part]:
    subjects = named(text)
    rates = [(name, at) for name, at in subjects if rules.is_rate(name)]
    in_order = _in_order(text, [name for name, _ in rates] or list(before), rates)
    if in_order:
        return in_order
    counted = _counted(text, rates)
    has_shares = bool(numbers.PERCENT.search(text))
    pieces = [Part(piece, text, (name,)) for name, piece in counted]
    if len(pieces) > 1 and not has_shares:
        return pieces
    of_count = {name for name, _ in counted} if has_shares else set()
    whole = [(name, at) for name, at in rates if name not in of_count]
    if of_count and whole:
        subjects = [(name, at) for name, at in subjects if name not in of_count]
    else:
        whole, pieces = rates, []
    if len(whole) > 1 and len(numbers.PERCENT.findall(text)) > 1:
        cuts = [0, *(_joint(text, before, at) for (_, before), (_, at) in itertools.pairwise(whole)), len(text)]
        found = []
        for (name, _), first, last in zip(whole, cuts, cuts[1:], strict=False):
            inside = (name, *(other for other, at in subjects if not rules.is_rate(other) and first <= at < last))
            found.append(Part(text[first:last], text, inside))
        return found + pieces
    return [Part(text, text, tuple(name for name, _ in subjects)), *pieces]


def _joint(text: str, before: int, at: int) -> int:
    """Where the part of the rate at a place begins: behind the last joint that follows a figure of the rate `before`."""
    joints = [
        match.end() for match in JOINTS.finditer(text, before, at) if re.search(r"\d", text[before : match.start()])
    ]
    return joints[-1] if joints else at


def _in_order(text: str, names: list[str], rates: list[tuple[str, int]]) -> list[Part]:
    """The parts of `the rates were 1.4% and 5.5% respectively`: each rate with its place in every enumeration."""
    is_told_of_all = not rates and OF_ALL.search(text)
    if len(names) < 2 or not (IN_ORDER.search(text) or is_told_of_all):
        return []
    runs: list[list[numbers.Share]] = []
    for share in numbers.shares(text):
        if runs and JOINED.fullmatch(text, runs[-1][-1].end, share.start):
            runs[-1].append(share)
        else:
            runs.append([share])
    whole = [run for run in runs if len(run) == len(names)]
    single = [share for run in runs if run not in whole for share in run]
    if not whole:
        return []
    found = []
    starts = [0, *(at for _, at in rates[1:]), len(text)] if rates else []
    for number, name in enumerate(names):
        own = [replace(run[number], sense=run[number].sense or run[0].sense) for run in whole]
        own += [one for one in single if rates and starts[number] <= one.start < starts[number + 1]]
        found.append(Part(text, text, (name,), tuple(sorted(own, key=lambda one: one.start))))
    return found


def _counted(text: str, rates: list[tuple[str, int]]) -> list[tuple[str, str]]:
    """The components of a rate with a count before each: `12 had negative feedback, 10 an A-to-z claim`.

    Counts in words are taken only where several components are counted: `one A-to-z claim` alone is often a definition.
    """
    of_rate = [(name, at) for name, at in rates if "part_of" in rules.subjects()[name].more]
    pairs = numbers.pairs(text)
    found: list[tuple[str, str]] = []
    before, is_in_words = 0, False
    for name, at in of_rate:
        counts = [
            (start, end, is_word)
            for _, start, end, is_word in numbers.counts(text[:at])
            if start >= before and TO_COMPONENT.fullmatch(text, end, at)
            if not any(pair.start <= start < pair.end for pair in pairs)
        ]
        before = at
        if not counts:
            continue
        start, _, is_word = counts[-1]
        is_in_words |= is_word
        end = re.compile(r"[,;(]|\.(?!\d)|\band\b|$").search(text, at)
        found.append((name, text[start : end.start() if end else len(text)].strip()))
    return [] if is_in_words and len(found) < 2 else found
