"""What a report says in sentences: the first screen (verdict, three figures, what to do by when), and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from helpers.rows import ChangeRow, JudgedRow, KeyRow, VerdictRow, is_judged, rows_of
from helpers.verdicts import bears
from helpers.vocabulary import METRICS, MUST_BE_LABEL, STATUS_LABEL, Account
from helpers.wording import bound, count, day, interval, percent, plural, share, target_percent, where

MOST_FIGURES = 3
MOST_ACTIONS = 3
MOST_COUNTS = 2  # named where no rate can be judged
MOST_BREACHES = 2  # rates whose breach is an action
WHY_NOT_CLEAR = {
    "files": "does not clear by waiting",
    "marketplace": "is the marketplace's own figure, which does not say when it clears",
}


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


@dataclass(frozen=True)
class Answer:
    """What the first screen says, as text: it is put on the page by tables.front."""

    kicker: str
    headline: str
    figures: tuple[Figure, ...]
    actions: tuple[str, ...]


def first_screen(
    account: Account, verdicts: pl.DataFrame, coverage: pl.DataFrame, tallies: pl.DataFrame, as_of: date
) -> Answer:
    """The answer of the monthly report, from its verdicts (worst first), what the files can prove and what else they
    count: where no rate can be judged, the counts are the answer."""
    rows = list(rows_of(verdicts, VerdictRow))
    return Answer(
        kicker=f"{account.name} · {', '.join(account.marketplaces)} · as of {day(as_of)}",
        headline=_headline(rows, coverage, tallies),
        figures=tuple(_figure(row) for row in _shown(rows)),
        actions=tuple(_actions(account, rows, coverage))[:MOST_ACTIONS],
    )


def _name(row: KeyRow) -> str:
    return f"{METRICS[row['metric']].label.lower()} ({where(row)})"


def _headline(rows: list[VerdictRow], coverage: pl.DataFrame, tallies: pl.DataFrame) -> str:
    missed = [row for row in rows if row["status"] == "breached"]
    met = [row for row in rows if row["status"] == "met"]
    told = coverage.filter(pl.col("exactness") != "impossible").get_column("is_judged")
    if not rows and len(told) and not told.any():
        return f"The marketplace judged none of the rates these files can tell on this day.{_counted(rows, tallies)}"
    if not rows or all(row["status"] in ("no_data", "not_mature") for row in rows):
        return f"The files do not allow a verdict yet.{_counted(rows, tallies)}"
    if missed:
        return _missed(missed, rows)
    unproved = [row for row in met if not bears(row["status"], row["exactness"], METRICS[row["metric"]])]
    if unproved:
        return f"No rate is seen to miss its target, but the files cannot prove it for {_of(unproved, rows)}."
    return "Every rate that can be judged meets its target." if met else "Too few orders to tell."


def _counted(rows: list[VerdictRow], tallies: pl.DataFrame) -> str:
    """What the files count where no rate can be judged: bad orders of unknown many, else the first other counts."""
    named = [(row, METRICS[row["metric"]]) for row in rows if row["numerator"]]
    if named:
        bad = [f"{plural(row['numerator'], of.one_is)} {of.numerator_is} ({where(row)})" for row, of in named]
        return f" They name {_listed(bad[:MOST_COUNTS])}."
    found = tallies.filter(pl.col("count") > 0).head(MOST_COUNTS).to_dicts()
    said = [f"{row['what']}: {' '.join(filter(None, [count(row['count']), row['of']]))}" for row in found]
    return "".join(f" {one} ({row['where']})." for one, row in zip(said, found, strict=True))


def _of(some: list[VerdictRow], rows: list[VerdictRow]) -> str:
    return f"{count(len(some))} of {plural(len(rows), 'rate')}"


def _missed(missed: list[VerdictRow], rows: list[VerdictRow]) -> str:
    is_luck = all(row["evidence"] == "weak" and row["exactness"] in ("exact", "upper_bound") for row in missed)
    luck = "; it can be bad luck" if is_luck else ""
    if len(missed) == 1:
        return f"The {_name(missed[0])} misses its target{luck}."
    return f"{_of(missed, rows)} miss their targets{luck}."


def _shown(rows: list[VerdictRow]) -> list[JudgedRow]:
    """The figures of the first screen: missed targets first, then one of each metric before a second of any."""
    with_figure = [row for row in rows if is_judged(row)]
    first_of = {row["metric"]: n for n, row in reversed(list(enumerate(with_figure)))}
    is_second = {n: n != first_of[row["metric"]] for n, row in enumerate(with_figure)}
    order = sorted(is_second, key=lambda n: (with_figure[n]["status"] != "breached", is_second[n], n))
    return [with_figure[n] for n in order[:MOST_FIGURES]]


def _figure(row: JudgedRow) -> Figure:
    metric, target = METRICS[row["metric"]], float(row["target"])
    high = max(row["rate_high"] or 0.0, row["rate"])
    return Figure(
        label=f"{metric.label}, {where(row)}",
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
        word=verdict_word(row),
    )


def verdict_word(row: VerdictRow) -> str:
    """The verdict with how well the data bear it: `Target missed, weak evidence`."""
    word = STATUS_LABEL[row["status"]]
    return f"{word}, {row['evidence']} evidence" if row["evidence"] else word


def _actions(account: Account, rows: list[VerdictRow], coverage: pl.DataFrame) -> list[str]:
    """What to do, most urgent first: what a breach needs, what the files leave open, what is still missing."""
    missed = [row for row in rows if row["status"] == "breached"]
    said = _for_breaches(missed)
    said += [f"Answer the question about {question.path}: {question.text}" for question in account.questions]
    gaps = coverage.filter("is_judged", pl.col("exactness") != "exact").explode("download").drop_nulls("download")
    counted = gaps.group_by("download", maintain_order=True).len().sort("len", descending=True, maintain_order=True)
    # Where to find it stands in the table of what the files can prove.
    said += [f"Download what is missing: {download.split(' (')[0]}." for download in counted.get_column("download")]
    if not missed and rows:
        close = [row for row in rows if is_judged(row) and row["status"] == "met"]
        close = [row for row in close if bears("met", row["exactness"], METRICS[row["metric"]])]
        tight = min(close, key=lambda row: row["headroom"], default=None)
        if tight is not None:
            said.insert(0, f"Nothing is urgent. In the {_name(tight)}, {_room(tight['headroom'])}.")
    return said


def _room(headroom: int) -> str:
    if headroom == 0:
        return "the next bad order would miss the target"
    return f"{plural(headroom, 'more bad order')} can come before the target is missed"


def _for_breaches(rows: list[VerdictRow]) -> list[str]:
    """What the first two missed rates need, all breaches of one rate in one sentence."""
    said = []
    for name in list(dict.fromkeys(METRICS[row["metric"]].label for row in rows))[:MOST_BREACHES]:
        of_rate = [row for row in rows if METRICS[row["metric"]].label == name]
        clears = max((row["clear_on"] for row in of_rate if row["clear_on"] is not None), default=None)
        if clears is not None:
            said.append(_clearing(name, of_rate, day(clears)))
        for source, why in WHY_NOT_CLEAR.items():
            stuck = [row for row in of_rate if row["clear_on"] is None and row["source"] == source]
            if stuck:
                stores = ", ".join(dict.fromkeys(row["marketplace"] for row in stuck))
                where = f" ({stores})" if len(of_rate) > 1 else ""
                said.append(f"Find the cause: the {name.lower()}{where} {why}.")
    return said


def _clearing(name: str, rows: list[VerdictRow], clears: str) -> str:
    """When the breaches of one rate clear: after the cause ends where they are no chance, else by waiting."""
    if any(row["evidence"] == "strong" for row in rows):
        return f"{name}: end the cause; it then clears by {clears} at the earliest."
    subject = f"{name} clears on" if len(rows) == 1 else f"{name}: {count(len(rows))} breaches clear by"
    is_seen_in_part = any(row["exactness"] not in ("exact", "upper_bound") for row in rows)
    best = "at the earliest; defects may be missing" if is_seen_in_part else "without a new defect"
    return f"{subject} {clears} {best}."


# --- what changed ------------------------------------------------------------------------------------------------


def changed(changes: pl.DataFrame, verdicts: pl.DataFrame) -> tuple[str, ...]:
    """What moved each judged rate since the day before, a sentence each, the verdicts' order; from metrics.changes.

    Rates that stand as they stood share one sentence; so do those whose earlier window the files do not hold.
    """
    key = ("marketplace", "metric", "fulfilment", "group", "window_days")
    ours = verdicts.filter(pl.col("source") == "files").select(key)
    told = list(rows_of(ours.join(changes, on=key, nulls_equal=True, maintain_order="left"), ChangeRow))
    covered = [row for row in told if row["is_covered"] and row["denominator"] and row["denominator_before"]]
    moved = [row for row in covered if row["new_defects"] or row["rolled_off"]]
    said = [_moved(row) for row in moved]
    still = [_name(row) for row in covered if row not in moved]
    unknown = [_name(row) for row in told if row not in covered]
    if still:
        said.append(f"No defect came or left in the {_listed(still)}.")
    if unknown:
        said.append(f"The files do not hold the whole earlier window of the {_listed(unknown)}.")
    return tuple(said)


def _moved(row: ChangeRow) -> str:
    one_is = METRICS[row["metric"]].one_is
    before, now = row["numerator_before"] / row["denominator_before"], row["numerator"] / row["denominator"]
    verb = "rose" if now > before else "fell" if now < before else "stood still"
    then = share(row["numerator_before"], row["denominator_before"], one_is)
    ends = (
        f"from {then} on {day(row['day_before'], year=False)} to {share(row['numerator'], row['denominator'], one_is)}"
    )
    if METRICS[row["metric"]].good_is == "high":
        return f"The {_name(row)} {verb} {ends}."
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
    return f"The {_name(row)} {verb} {ends}: {', '.join(why)}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
