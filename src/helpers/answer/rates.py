"""Every judged rate as one line of the report's table: where it stands, whether it moved, how much room is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from helpers.answer.clears import is_exact, surely
from helpers.answer.figures import is_proved, verdict_word
from helpers.answer.names import few, is_alone, name, place
from helpers.audit import Audit
from helpers.frames import KEY
from helpers.history import MovementRow
from helpers.rows import JudgedRow, KeyRow, VerdictRow, is_judged, key_of, rows_of
from helpers.sentences import say
from helpers.verdicts import chance_bound, is_of_all
from helpers.vocabulary import METRICS, Status
from helpers.wording import (
    aimed,
    bound,
    bounded,
    count,
    interval,
    share,
    short_day,
    where,
    within,
)


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
    moves = {place(row): row for row in rows_of(audit.movement, MovementRow)}
    rows = list(rows_of(audit.verdicts, VerdictRow))
    whose = within if is_alone(audit.account.marketplaces, rows) else where
    told = [row for row in rows if is_judged(row)]
    return tuple(
        _rate(
            row, whose(row), moves.get(place(row)), said.get(place(row), ""), _left(row, surely(is_exact(audit, row)))
        )
        for row in told
    )


def without_verdict(verdicts: Iterable[VerdictRow], counted: pl.DataFrame) -> str:
    """One line that names the rates on which no verdict is reached, and why; empty where there is none.

    counted   the `trailing` frame: whether the files tell every day of a window
    """
    in_part = {(*key, on) for *key, on in counted.filter(~pl.col("is_covered")).select(*KEY, "day").iter_rows()}
    why: dict[str, list[str]] = {}
    for row in verdicts:
        if not is_judged(row):
            why.setdefault(_why(row, has_holes=(*place(row), row["as_of"]) in in_part), []).append(name(row))
    said = [say("no-verdict-for", why=reason, rates=few(names, MOST_NAMED)) for reason, names in why.items()]
    return say("no-verdict", rates="; ".join(said)) if said else ""


MOST_NAMED = 4


def _why(row: VerdictRow, *, has_holes: bool) -> str:
    """Why a rate has no verdict: youth only where the files tell every order."""
    if row["status"] == "not_mature":
        return "too_young"
    if row["exactness"] == "impossible" and not row["denominator"]:
        return "no_file"
    return "holes" if has_holes or row["denominator"] else "no_order"


def _rate(row: JudgedRow, whose: str, move: MovementRow | None, chance: str, left: str) -> Rate:
    metric = METRICS[row["metric"]]
    moved, beside = _moved(move)
    return Rate(
        label=metric.label,
        of=_of(row, whose),
        status=row["status"],
        figure=bound(row["exactness"]) + share(row["numerator"], row["denominator"], metric.one_is),
        interval=interval(row["rate_low"], row["rate_high"]),
        target=aimed(row["must_be"], row["target"]),
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
    together = say("of-all") if is_of_all(row, METRICS[row["metric"]]) else ""
    theirs = say("of-theirs") if row["source"] == "marketplace" else ""
    return ", ".join(filter(None, [whose, together, theirs]))


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
    word, then = row["word"], row["compared_with"]
    counts = bound(exactness or "exact") + say("part", part=x, of=count(n))
    return say(f"moved.{word}"), say("moved-beside", moved=word, then=then, counts=counts)


def _left(row: JudgedRow, sure: str) -> str:
    """Bad ones that would still meet the target; of a missed one when waiting brings it back, at best."""
    if row["status"] == "breached":
        return _way_back(row, sure)
    is_sure = is_proved(row) or row["exactness"] == "exact"
    return say("room", room=row["headroom"] or 0, proved="yes" if is_sure else "no")


def _way_back(row: JudgedRow, sure: str) -> str:
    if row["clear_from"]:
        return say("way-back.day", day=short_day(row["clear_from"]), sure=sure)
    if row["unjudged_from"]:
        return say("way-back.unjudged", day=short_day(row["unjudged_from"]))
    if row["source"] == "files" and row["orders_to_recover"] is not None:
        return say("way-back.orders", orders=row["orders_to_recover"])
    return say("way-back.never") if row["source"] == "files" else say("way-back.theirs")
