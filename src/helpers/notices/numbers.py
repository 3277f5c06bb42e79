"""The figures of a sentence: shares with their part (own figure or target), counts, periods. Decimal comma or point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from helpers.notices import dates, rules

PERCENT = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,3})?) ?(?:%|per ?cent\b|pct\b)", re.IGNORECASE)
OF_MONEY = re.compile(
    r" of (?:your |the |all |its )*(?:sales )?(?:proceeds|balance|funds|payments?|payouts?|price)\b", re.IGNORECASE
)
FORMER = re.compile(r"\b(?:(?:up|down) from|previously|formerly|compared (?:with|to))[ (]*$", re.IGNORECASE)
COUNT = r"(\d{1,3}(?:[,.\s]\d{3})+|\d+)"
PAIR = re.compile(
    rf"(?<![\d.,/-]){COUNT} ?(?:(?:out )?of(?: the| your| a total of)?(?: last| total)?|/|from among) ?{COUNT}(?![\d.,/]*[\d%])(?! ?%)",
    re.IGNORECASE,
)
WHOLE = re.compile(rf"(?<![\d.,/%:+#-]){COUNT}(?![\d:]|[.,/-]\d| ?%|-day|[- ]?(?:days?|hours?|weeks?|months?)\b)")
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "seventeen": 17, "twenty": 20, "thirty": 30, "sixty": 60,
    "ninety": 90,
}  # fmt: skip
WORD = re.compile(rf"\b({'|'.join(WORDS)})\b(?! or )", re.IGNORECASE)
PERIOD = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(WORDS)}|(?<=within )an?)(?: ?\(\d+\))?[ -](?:more |further |full |calendar )?((?:business|working) )?(hours?|days?|weeks?|fortnights?|months?|h)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Share:
    """A percentage of a text. `sense` is how it is worded as a target; None: it is somebody's own figure."""

    value: Decimal
    digits: int
    start: int
    end: int
    sense: str | None = None


@dataclass(frozen=True)
class Pair:
    """So many of so many."""

    part: int
    whole: int
    start: int
    end: int


@dataclass(frozen=True)
class Period:
    """A number of days; hours are days where they make whole ones, as 72 hours do."""

    days: int
    start: int
    end: int
    are_business: bool = False


def shares(text: str) -> list[Share]:
    """The percentages of a text in order, each with its part; without those a figure has come from: `down from 2.1%`."""
    found = []
    for match in PERCENT.finditer(text):
        if (
            OF_MONEY.match(text[match.end() :])
            or FORMER.search(text[: match.start()])
            or (re.search(r"\bfrom $", text[: match.start()]) and re.match(r" to [\d.,]+ ?%", text[match.end() :]))
        ):
            continue
        said = match[1].replace(",", ".")
        digits = len(said.partition(".")[2])
        value = Decimal(said) / 100
        found.append(Share(value, digits, match.start(), match.end(), sense(text, match)))
    return found


def sense(text: str, match: re.Match[str]) -> str | None:
    """How the figure at a place is worded as a target; None where it is somebody's own."""
    before = re.sub(r"[\s(|]+$", "", text[max(0, match.start() - 60) : match.start()])
    after = text[match.end() : match.end() + 30]
    follows, leads = rules.first("senses_after", after), rules.first("senses", before)
    if leads is not None and leads.value != "stated_only":
        return leads.value
    if follows is not None and not (follows.value == "stated_only" and re.search(r"[:|=]$", before)):
        return follows.value
    return leads.value if leads else None


def pairs(text: str) -> list[Pair]:
    """The counts a text states as `a of b`."""
    found = (Pair(whole(one[1]), whole(one[2]), one.start(), one.end()) for one in PAIR.finditer(text))
    return [one for one in found if one.part <= one.whole and one.whole]


def matching(text: str, figure: Share) -> Pair | None:
    """Two whole numbers of the text that make this share at its printed precision: whatever the words between them."""
    taken = [(one.start, one.end) for one in dates.days(text)] + [one.span() for one in dates.DAY.finditer(text)]
    numbers = [
        (whole(one[1]), one.start(), one.end())
        for one in WHOLE.finditer(text)
        if not any(start <= one.start() < end for start, end in taken)
    ]
    fits = [
        Pair(part, of, min(a, c), max(b, d))
        for part, a, b in numbers
        for of, c, d in numbers
        if part <= of and of > 1 and a != c and agrees(part, of, figure)
    ]
    return min(fits, key=lambda one: abs(one.start - figure.start), default=None)


def agrees(part: int, whole: int, figure: Share) -> bool:
    """Whether part/whole rounds to the printed share, or is cut to it."""
    off = abs(Fraction(part, whole) - Fraction(figure.value)) * 100 * 10**figure.digits
    return off <= Fraction(1, 2) or (Fraction(part, whole) > Fraction(figure.value) and off < 1)


def periods(text: str) -> list[Period]:
    """The periods of a text in order."""
    found = []
    for match in PERIOD.finditer(text):
        number = 1 if match[1].lower() in ("a", "an") else WORDS.get(match[1].lower()) or int(match[1])
        unit = match[3].lower()
        if unit.startswith("h"):
            if number % 24:
                continue
            number //= 24
        number *= (
            7 if unit.startswith("week") else 14 if unit.startswith("fort") else 30 if unit.startswith("month") else 1
        )
        found.append(Period(number, match.start(), match.end(), match[2] is not None))
    found += [
        Period(7, one.start(), one.end())
        for one in re.finditer(r"\b(?<!\d )week(?= (?:ending|to)\b)", text, re.IGNORECASE)
    ]
    found += [Period(int(one[1]), one.start(), one.end()) for one in re.finditer(r"\bDD ?\+ ?(\d+)", text)]
    return found


def counts(text: str) -> list[tuple[int, int, int, bool]]:
    """The whole numbers of a text in figures or words: number, start, end, whether in words."""
    days = [one.span() for one in dates.DAY.finditer(text)]
    in_figures = [
        (whole(one[1]), one.start(), one.end(), False)
        for one in WHOLE.finditer(text)
        if not any(start <= one.start() < end for start, end in days)
    ]
    in_words = [(WORDS[one[1].lower()], one.start(), one.end(), True) for one in WORD.finditer(text)]
    return sorted(in_figures + in_words, key=lambda one: one[1])


def counted(text: str, figure: Share) -> int | None:
    """The count in brackets behind a share or before one in brackets: `0.64% (4)`, `0.81% (5 orders)`, `3 (0.7%)`."""
    before = re.search(r"(?<![\d.,/])(\d+)(?: \w+)? \($", text[: figure.start])
    if before:
        return int(before[1])
    found = re.match(r" ?\((\d+)(?: \w+)?\)", text[figure.end :])
    return int(found[1]) if found else None


def whole(said: str) -> int:
    return int(re.sub(r"\D", "", said))
