"""The figures of the first screen: the worst three, each with its counts, interval, target and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.rows import JudgedRow, VerdictRow, is_judged
from helpers.verdicts import bears
from helpers.vocabulary import METRICS, MUST_BE_LABEL, STATUS_LABEL
from helpers.wording import bound, capital, count, interval, percent, plural, target_percent, where, within

MOST = 3


@dataclass(frozen=True)
class Figure:
    """One number of the first screen, with what it needs to be read: counts, interval, target, verdict.

    `low`, `high`, `value` and `target` are fractions; `top` is where the drawn scale ends. No mark is drawn where `value`
    (only a range is known) or `target` (none applies) is None; of a bound only the end it bears is known.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    target: float | None
    top: float
    text: str
    counts: str
    interval: str
    aim: str
    status: str
    word: str


def shown(rows: Sequence[VerdictRow]) -> list[JudgedRow]:
    """The rows that are shown: missed targets first, then one of each rate before a second of any."""
    with_figure = [row for row in rows if is_judged(row)]
    first_of = {row["metric"]: n for n, row in reversed(list(enumerate(with_figure)))}
    is_second = {n: n != first_of[row["metric"]] for n, row in enumerate(with_figure)}
    order = sorted(is_second, key=lambda n: (with_figure[n]["status"] != "breached", is_second[n], n))
    return [with_figure[n] for n in order[:MOST]]


def figure(row: JudgedRow, *, is_alone: bool = False) -> Figure:
    """A verdict as a figure. `is_alone`: of an account with one store and one channel, whose name need not be repeated."""
    metric, target = METRICS[row["metric"]], float(row["target"])
    high = max(row["rate_high"] or 0.0, row["rate"])
    theirs = "marketplace's own" if row["source"] == "marketplace" else ""
    return Figure(
        label=", ".join(filter(None, [metric.label, within(row) if is_alone else where(row), theirs])),
        value=row["rate"],
        low=row["rate_low"],
        high=row["rate_high"],
        target=target,
        top=min(1.0, max(1.15 * high, 1.6 * target)),
        text=bound(row["exactness"]) + percent(row["rate"]),
        counts=f"{count(row['numerator'])} of {plural(row['denominator'], metric.one_is)}",
        interval=interval(row["rate_low"], row["rate_high"]),
        aim=f"target {MUST_BE_LABEL[row['must_be']]} {target_percent(row['target'])}",
        status=row["status"],
        word=capital(verdict_word(row).removeprefix("Target ")),  # the line above names the target
    )


def others_missed(rows: Sequence[VerdictRow], on_cards: Sequence[VerdictRow]) -> str:
    """One line that names the missed rates without a card, those the files cannot prove apart; empty where there is none."""
    on_card = {row["metric"] for row in on_cards}
    missed = [row for row in rows if row["status"] == "breached" and row["metric"] not in on_card]
    proved: dict[str, str] = {}
    unproved: dict[str, str] = {}
    for row in missed:
        metric = METRICS[row["metric"]]
        name = metric.label.lower()
        counts = f"{count(row['numerator'])} of {plural(row['denominator'], metric.one_is)}"
        into = proved if bears(row["status"], row["exactness"], metric) else unproved
        into.setdefault(row["metric"], f"{name.removesuffix(' rate')} ({bound(row['exactness'])}{counts})")
    maybe = [text for metric, text in unproved.items() if metric not in proved]
    said = [f"Also missed: {', '.join(proved.values())}."] if proved else []
    said += [f"May be missed too, which the files cannot prove: {', '.join(maybe)}."] if maybe else []
    return " ".join(said)


def verdict_word(row: VerdictRow) -> str:
    """The verdict with how well the data bear it: `Target missed, weak evidence`, `Target missed, not proved`."""
    word = STATUS_LABEL[row["status"]]
    if row["status"] in ("met", "breached") and not bears(row["status"], row["exactness"], METRICS[row["metric"]]):
        return f"{word}, not proved"
    return f"{word}, {row['evidence']} evidence" if row["evidence"] else word
