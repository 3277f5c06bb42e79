"""What moved each judged rate since the month before, in sentences; and whether it moved beyond chance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from helpers.answer.names import few, listed, name
from helpers.audit import Audit
from helpers.frames import KEY
from helpers.history import MovementRow
from helpers.rows import ChangeRow, KeyRow, VerdictRow, key_of, rows_of
from helpers.vocabulary import METRICS, Exactness
from helpers.wording import bound, count, day, percent, plural, share

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
    said = [_moved(row, exactness[_place(row)]) for row, moved in zip(covered, is_moved, strict=True) if moved]
    unmoved = [row for row, moved in zip(covered, is_moved, strict=True) if not moved]
    still = [name(row) for row in unmoved if exactness[_place(row)] == "exact"]
    unseen = [name(row) for row in unmoved if exactness[_place(row)] != "exact"]
    if still:
        said.append(f"No defect came or left in the {few(still, MOST_NAMED)}.")
    if unseen:
        said.append(f"As far as the files tell, no defect came or left in the {few(unseen, MOST_NAMED)}.")
    return (*said, *besides(audit))


def besides(audit: Audit) -> list[str]:
    """What no table of the changes shows: rates whose earlier window is not held, and rules that changed between."""
    _, covered, unknown = _told(audit)
    held = [f"The files do not hold the whole earlier window of the {few(unknown, MOST_NAMED)}."] if unknown else []
    return [*held, *_by_rules_of_the_day(audit, covered)]


def _told(audit: Audit) -> tuple[dict[tuple, Exactness], list[ChangeRow], list[str]]:
    """How exact each judged rate of the files is; the changes that are held; the names of the others."""
    judged = audit.verdicts.filter(pl.col("source") == "files", ~pl.col("status").is_in(["no_data", "not_mature"]))
    of_judged = judged.select(*KEY).join(audit.changes, on=list(KEY), nulls_equal=True, maintain_order="left")
    told = list(rows_of(of_judged, ChangeRow))
    covered = [row for row in told if row["is_covered"] and row["denominator"] and row["denominator_before"]]
    exactness: dict[tuple, Exactness] = {_place(row): row["exactness"] for row in rows_of(judged, VerdictRow)}
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
    names = listed(list(dict.fromkeys(name(row) for row in changed)))
    first, last = changed[0]["day_before"], changed[0]["day"]
    return [
        f"The marketplace changed its rules for the {names} between {day(first)} and {day(last)}: both figures are "
        "counted by the new ones."
    ]


def _beyond_chance(audit: Audit, exactness: Mapping[tuple, Exactness]) -> list[str]:
    """Whether each rate moved, beside the window before it or the year: a sentence for each that did, one for the rest."""
    said: list[str] = []
    alike: dict[str, list[str]] = {}
    for row in rows_of(audit.movement, MovementRow):
        then = {"window_before": "the window before", "year_before": "the year before"}.get(row["compared_with"] or "")
        x, n, known = (
            (row["numerator_before"], row["denominator_before"], row["exactness_before"])
            if row["compared_with"] == "window_before"
            else (row["numerator_year"], row["denominator_year"], row["exactness_year"])
        )
        if then is None or x is None or n is None:
            continue
        now = bound(exactness.get(_place(row), "exact"))
        counts = f"{bound(known or 'exact')}{count(x)} of {count(n)}, then {now}{count(row['numerator'])} of "
        counts += count(row["denominator"])
        if row["word"] in ("rising", "falling"):
            said.append(f"The {name(row)} is {row['word']}, beyond chance, beside {then}: {counts}.")
        else:
            how = "About the same as in" if row["word"] == "about_the_same" else "Cannot be told apart from"
            alike.setdefault(f"{how} {then}", []).append(f"{name(row)}: {counts}")
    return [*said, *(f"{how}: {few(names, MOST_NAMED, '; ')}." for how, names in alike.items())]


def _rates(row: ChangeRow) -> tuple[float, float]:
    return row["numerator_before"] / row["denominator_before"], row["numerator"] / row["denominator"]


def _place(row: KeyRow) -> tuple:
    return tuple(key_of(row).values())


def _moved(row: ChangeRow, exactness: Exactness) -> str:
    """The move in a sentence; of a bound both figures and no direction, for what is missing can turn it."""
    one_is = METRICS[row["metric"]].one_is
    before, now = _rates(row)
    verb = "rose" if now > before else "fell"
    if percent(before) == percent(now):
        verb = "stayed, as it is printed, at the same rate:"
    then = share(row["numerator_before"], row["denominator_before"], one_is)
    now_is, on = share(row["numerator"], row["denominator"], one_is), day(row["day_before"], year=False)
    moved = f"The {name(row)} {verb} from {then} on {on} to {now_is}"
    between = ": "
    if exactness != "exact":
        moved = f"The {name(row)} was {then} on {on} and is {bound(exactness)}{now_is}"
        between = ". As far as the files tell: "
    if METRICS[row["metric"]].good_is == "high":
        return f"{moved}."
    how = "more" if row["order_change"] > 0 else "fewer"
    why = [
        f"{count(row['new_defects'])} new" if row["new_defects"] else "none new",
        f"{count(row['rolled_off'])} left with {'its' if row['rolled_off'] == 1 else 'their'} window"
        if row["rolled_off"]
        else "none left",
        f"{plural(abs(row['order_change']), f'{how} {one_is}', f'{how} {one_is}s')} in the window"
        if row["order_change"]
        else f"the window holds as many {'feedback' if one_is == 'feedback' else one_is + 's'}",
    ]
    return f"{moved}{between}{', '.join(why)}."
