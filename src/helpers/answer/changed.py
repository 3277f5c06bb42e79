"""What moved each judged rate since the month before, in sentences; and whether it moved beyond chance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from helpers.answer.names import few, name, place
from helpers.audit import Audit
from helpers.frames import KEY
from helpers.history import MovementRow
from helpers.rows import ChangeRow, VerdictRow, rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS, Exactness
from helpers.wording import bound, count, day, percent, share

MOST_NAMED = 6  # rates in one sentence; of more their number is told


def changed(audit: Audit) -> tuple[str, ...]:
    """What moved each judged rate since the month before, then whether that is more than chance (history.movement)."""
    return (*_since_the_month_before(audit), *_beyond_chance(audit, _told(audit)[0]))


def moved(audit: Audit, verdicts: pl.DataFrame) -> tuple[str, ...]:
    """What moved these rates alone; whether that is more than chance stands in the table of rates."""
    return () if verdicts.is_empty() else _since_the_month_before(audit.given(verdicts=verdicts))


def _since_the_month_before(audit: Audit) -> tuple[str, ...]:
    """What moved each judged rate, a sentence each, the verdicts' order.

    Rates that stand as they stood share one sentence; so do those whose earlier window the files do not hold. Nothing is
    said of a rate the files do not cover.
    """
    exactness, covered, _ = _told(audit)
    is_moved = [row["new_defects"] or row["rolled_off"] or _rates(row)[0] != _rates(row)[1] for row in covered]
    said = [_moved(row, exactness[place(row)]) for row, moved in zip(covered, is_moved, strict=True) if moved]
    unmoved = [row for row, moved in zip(covered, is_moved, strict=True) if not moved]
    still = [name(row) for row in unmoved if exactness[place(row)] == "exact"]
    unseen = [name(row) for row in unmoved if exactness[place(row)] != "exact"]
    if still:
        said.append(say("still", rates=few(still, MOST_NAMED)))
    if unseen:
        said.append(say("still-seen", rates=few(unseen, MOST_NAMED)))
    return (*said, *besides(audit))


def besides(audit: Audit) -> list[str]:
    """What no table of the changes shows: rates whose earlier window is not held, and rules that changed between."""
    _, covered, unknown = _told(audit)
    held = [say("window-not-held", rates=few(unknown, MOST_NAMED))] if unknown else []
    return [*held, *_by_rules_of_the_day(audit, covered)]


def _told(audit: Audit) -> tuple[dict[tuple, Exactness], list[ChangeRow], list[str]]:
    """How exact each judged rate of the files is; the changes that are held; the names of the others."""
    judged = audit.verdicts.filter(pl.col("source") == "files", ~pl.col("status").is_in(["no_data", "not_mature"]))
    of_judged = judged.select(*KEY).join(audit.changes, on=list(KEY), nulls_equal=True, maintain_order="left")
    told = list(rows_of(of_judged, ChangeRow))
    covered = [row for row in told if row["is_covered"] and row["denominator"] and row["denominator_before"]]
    exactness: dict[tuple, Exactness] = {place(row): row["exactness"] for row in rows_of(judged, VerdictRow)}
    return exactness, covered, [name(row) for row in told if row not in covered]


def moments(audit: Audit) -> list[tuple[date, str]]:
    """What the account did, and when: the events of its account.toml, oldest first."""
    return sorted((event.on, event.what) for event in audit.account.events)


def _by_rules_of_the_day(audit: Audit, rows: list[ChangeRow]) -> list[str]:
    """That the rules changed between the two days, whose figures are both counted by those of the day looked at."""

    def in_force(row: ChangeRow, on: date) -> list[tuple]:
        found = audit.rules(row["metric"], row["marketplace"], row["fulfilment"], on)
        return [(one.must_be, one.value, one.window_days, one.lag_days, one.sets) for one in found]

    changed = [row for row in rows if in_force(row, row["day_before"]) != in_force(row, row["day"])]
    if not changed:
        return []
    names = list(dict.fromkeys(name(row) for row in changed))
    first, last = changed[0]["day_before"], changed[0]["day"]
    return [say("new-rules", rates=names, first=day(first), last=day(last))]


def _beyond_chance(audit: Audit, exactness: Mapping[tuple, Exactness]) -> list[str]:
    """Whether each rate moved, beside the window before it or the year: a sentence for each that did, one for the rest."""
    said: list[str] = []
    alike: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(audit.movement, MovementRow):
        then = row["compared_with"]
        x, n, known = (
            (row["numerator_before"], row["denominator_before"], row["exactness_before"])
            if then == "window_before"
            else (row["numerator_year"], row["denominator_year"], row["exactness_year"])
        )
        if then is None or x is None or n is None:
            continue
        counts = {
            "rate": name(row),
            "before": bound(known or "exact") + say("part", part=x, of=count(n)),
            "now": bound(exactness.get(place(row), "exact"))
            + say("part", part=row["numerator"], of=count(row["denominator"])),
        }
        if row["word"] in ("rising", "falling"):
            said.append(say("moved-beyond-chance", moved=row["word"], then=then, **counts))
        else:
            alike.setdefault((row["word"], then), []).append(say("not-moved-rate", **counts))
    for (word, then), rates in alike.items():
        said.append(say("not-moved", moved=word, then=then, rates="; ".join(few(rates, MOST_NAMED))))
    return said


def _rates(row: ChangeRow) -> tuple[float, float]:
    return row["numerator_before"] / row["denominator_before"], row["numerator"] / row["denominator"]


def _moved(row: ChangeRow, exactness: Exactness) -> str:
    """The move in a sentence; of a bound both figures and no direction, for what is missing can turn it."""
    metric = METRICS[row["metric"]]
    before, now = _rates(row)
    moved = "same" if percent(before) == percent(now) else "rose" if now > before else "fell"
    volume = "more" if row["order_change"] > 0 else "fewer" if row["order_change"] else "none"
    return say(
        "change",
        rate=name(row),
        moved=moved if exactness == "exact" else "bound",
        before=bound(exactness) + share(row["numerator_before"], row["denominator_before"], metric.one_is),
        day=day(row["day_before"], year=False),
        now=bound(exactness) + share(row["numerator"], row["denominator"], metric.one_is),
        why="untold" if metric.good_is == "high" else "told",
        new=row["new_defects"],
        left=row["rolled_off"],
        volume=say(f"volume.{metric.one_is}", change=volume, number=abs(row["order_change"]))
        if metric.good_is == "low"
        else "",
    )
