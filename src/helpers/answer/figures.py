"""The figures of the first screen: the worst three, each with its counts, interval, target and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.history import PastRow
from helpers.rows import JudgedRow, VerdictRow, is_judged
from helpers.sentences import say
from helpers.verdicts import bears
from helpers.vocabulary import METRICS
from helpers.wording import aimed, bound, counted, interval, percent, where, within

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
    theirs = say("figure-theirs") if row["source"] == "marketplace" else ""
    return Figure(
        label=", ".join(filter(None, [metric.label, within(row) if is_alone else where(row), theirs])),
        value=row["rate"],
        low=row["rate_low"],
        high=row["rate_high"],
        target=target,
        top=min(1.0, max(1.15 * high, 1.6 * target)),
        text=bound(row["exactness"]) + percent(row["rate"]),
        counts=part_of(row),
        interval=interval(row["rate_low"], row["rate_high"]),
        aim=say("figure-aim", aim=aimed(row["must_be"], row["target"])),
        status=row["status"],
        word=_worded(row, say(f"status-of-figure.{row['status']}")),  # the line above names the target
    )


def others_missed(rows: Sequence[VerdictRow], on_cards: Sequence[VerdictRow]) -> str:
    """One line that names the missed rates without a card, those the files cannot prove apart; empty where there is none."""
    on_card = {row["metric"] for row in on_cards}
    missed = [row for row in rows if row["status"] == "breached" and row["metric"] not in on_card]
    proved: dict[str, str] = {}
    unproved: dict[str, str] = {}
    for row in missed:
        metric = METRICS[row["metric"]]
        into = proved if is_proved(row) else unproved
        into.setdefault(
            row["metric"], say("rate-of", rate=metric.short_name, of=bound(row["exactness"]) + part_of(row))
        )
    maybe = [text for metric, text in unproved.items() if metric not in proved]
    said = [say("also-missed", rates=", ".join(proved.values()))] if proved else []
    said += [say("may-be-missed", rates=", ".join(maybe))] if maybe else []
    return " ".join(said)


def part_of(row: VerdictRow | PastRow) -> str:
    """A figure's counts: `11 of 1,380 orders`."""
    return say("part", part=row["numerator"], of=counted(row["denominator"], METRICS[row["metric"]].one_is))


def verdict_word(row: VerdictRow) -> str:
    """The verdict with how well the data bear it: `Target missed, weak evidence`, `Target missed, not proved`."""
    return _worded(row, say(f"status.{row['status']}"))


def _worded(row: VerdictRow, status: str) -> str:
    return say("verdict", status=status, evidence=borne(row))


def borne(row: VerdictRow) -> str:
    """How well a verdict is borne: `unproved` by the files, else by its evidence, `strong`, `weak` or `none`."""
    is_borne = row["status"] not in ("met", "breached") or is_proved(row)
    return (row["evidence"] or "none") if is_borne else "unproved"


def is_proved(row: VerdictRow) -> bool:
    """Whether the files bear the verdict, not only the figure."""
    return bears(row["status"], row["exactness"], METRICS[row["metric"]])
