"""Every judged rate as one line of the report's table: where it stands, whether it moved, how much room is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from helpers.answer.clears import surely
from helpers.answer.figures import verdict_word
from helpers.answer.names import few, is_alone
from helpers.audit import Audit
from helpers.frames import KEY
from helpers.history import MovementRow
from helpers.rows import JudgedRow, KeyRow, VerdictRow, is_judged, key_of, rows_of
from helpers.verdicts import bears, chance_bound, is_of_all
from helpers.vocabulary import METRICS, MUST_BE_LABEL, Status
from helpers.wording import bound, bounded, count, interval, plural, share, short_day, target_percent, where, within


@dataclass(frozen=True)
class Rate:
    """A judged rate as text; empty where there is nothing to say.

    moved    whether it moved beyond chance · beside   the counts that are compared
    left     bad ones still possible, or the way back of a missed target · chance   of a missed day in 30 days
    key      the columns it is known by · is_weak  of weak evidence: only then the chance that it is truly met says more
    """

    label: str
    of: str
    status: Status
    figure: str
    interval: str
    target: str
    verdict: str
    truly_met: str
    moved: str
    beside: str
    left: str
    key: KeyRow
    chance: str = ""
    is_weak: bool = False


def rates(audit: Audit, chances: pl.DataFrame | None = None) -> tuple[Rate, ...]:
    """Every judged rate, what needs attention first.

    chances   the key of a rate with `chance`: of a missed day within 30 days, in words (scenarios.column)
    """
    said = {} if chances is None else {row[:-1]: row[-1] for row in chances.select(*KEY, "chance").iter_rows()}
    moves = {_place(row): row for row in rows_of(audit.movement, MovementRow)}
    rows = list(rows_of(audit.verdicts, VerdictRow))
    whose = within if is_alone(audit.account.marketplaces, rows) else where
    told = [row for row in rows if is_judged(row)]
    return tuple(
        _rate(row, whose(row), moves.get(_place(row)), said.get(_place(row), ""), _left(row, surely(audit, row)))
        for row in told
    )


def without_verdict(verdicts: Iterable[VerdictRow]) -> str:
    """One line that names the rates on which no verdict is reached, and why; empty where there is none."""
    why: dict[str, list[str]] = {}
    for row in verdicts:
        if not is_judged(row):
            reason = "their window has no order" if not row["denominator"] else "their orders are too young"
            why.setdefault(reason, []).append(f"{METRICS[row['metric']].label.lower()} ({where(row)})")
    said = "; ".join(f"{few(names, MOST_NAMED)}, for {reason}" for reason, names in why.items())
    return f"No verdict on the {said}." if said else ""


MOST_NAMED = 4


def _rate(row: JudgedRow, whose: str, move: MovementRow | None, chance: str, left: str) -> Rate:
    metric = METRICS[row["metric"]]
    moved, beside = _moved(move)
    return Rate(
        label=metric.label,
        of=_of(row, whose),
        status=row["status"],
        figure=bound(row["exactness"]) + share(row["numerator"], row["denominator"], metric.one_is),
        interval=interval(row["rate_low"], row["rate_high"]),
        target=f"{MUST_BE_LABEL[row['must_be']]} {target_percent(row['target'])}",
        verdict=verdict_word(row),
        truly_met=_truly_met(row),
        moved=moved,
        beside=beside,
        left=left,
        key=key_of(row),
        chance=chance,
        is_weak=row["evidence"] == "weak",
    )


def _truly_met(row: JudgedRow) -> str:
    """The chance that the true rate meets the target, as far as a bound bears one."""
    side = chance_bound(row["exactness"], METRICS[row["metric"]])
    return "" if row["probability_met"] is None or side is None else bounded(side, row["probability_met"])


def _of(row: JudgedRow, whose: str) -> str:
    """Whose rate it is; and whose figure, where it is not counted from the files."""
    together = "all categories together" if is_of_all(row, METRICS[row["metric"]]) else ""
    theirs = "the marketplace's own figure" if row["source"] == "marketplace" else ""
    return ", ".join(filter(None, [whose, together, theirs]))


MOVED = {  # what is said, and the word before the earlier counts
    "rising": ("rising, beyond chance", "from"),
    "falling": ("falling, beyond chance", "from"),
    "about_the_same": ("about the same", "as"),
    "cannot_be_told": ("cannot be told apart", "from"),
}


def _moved(row: MovementRow | None) -> tuple[str, str]:
    """Whether the rate moved, and the earlier counts it is compared with; nothing where no earlier window is known."""
    if row is None or row["compared_with"] is None:
        return "", ""
    is_before = row["compared_with"] == "window_before"
    x, n, exactness = (
        (row["numerator_before"], row["denominator_before"], row["exactness_before"])
        if is_before
        else (row["numerator_year"], row["denominator_year"], row["exactness_year"])
    )
    if x is None or n is None:
        return "", ""
    said, than = MOVED[row["word"]]
    return (
        said,
        f"{than} {bound(exactness or 'exact')}{count(x)} of {count(n)} {'before' if is_before else 'in the year before'}",
    )


def _left(row: JudgedRow, sure: str) -> str:
    """Bad ones that would still meet the target; of a missed one when waiting brings it back, at best."""
    if row["status"] == "breached":
        return _way_back(row, sure)
    if not row["headroom"]:
        return "the next bad one would miss it"
    is_sure = bears(row["status"], row["exactness"], METRICS[row["metric"]]) or row["exactness"] == "exact"
    return f"{'' if is_sure else 'at most '}{plural(row['headroom'], 'more bad one')}"


def _way_back(row: JudgedRow, sure: str) -> str:
    if row["clear_from"]:
        return f"met from {short_day(row['clear_from'])} {sure}"
    if row["unjudged_from"]:
        return f"no longer judged from {short_day(row['unjudged_from'])}, for too few orders"
    if row["source"] == "files" and row["orders_to_recover"] is not None:
        return f"not by waiting; {plural(row['orders_to_recover'], 'further good order')}"
    return "not by waiting" if row["source"] == "files" else "the marketplace does not say"


def _place(row: KeyRow) -> tuple:
    return tuple(key_of(row).values())
