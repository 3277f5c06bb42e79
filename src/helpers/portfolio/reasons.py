"""What an account is called for: a reason, the rates it is of, and the sentence that says so with its counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from helpers.history.windows import limit_of
from helpers.maturity import DecidedRow, MaturityRow
from helpers.portfolio.reading import Report
from helpers.portfolio.rows import Reason
from helpers.rows import FileRow, GapRow, KeyRow, VerdictRow, is_judged, key_of, rows_of
from helpers.signals import SignalRow
from helpers.verdicts import bears
from helpers.vocabulary import METRICS
from helpers.wording import about, aimed, bound, count, day, days, plural, share, where

REASONS: tuple[Reason, ...] = get_args(Reason)
MOST_NAMED = 2  # in one sentence
UNTOLD = 2.0  # behind every chance, where none is told


@dataclass(frozen=True)
class Found:
    """One reason of one account: the rates it is of, and the least chance that one of them is truly met.

    brief   the sentence for a line of the first screen, about the gravest rate alone, without a full stop
    """

    reason: Reason
    rates: tuple[str, ...]
    sentence: str
    brief: str
    chance: float = UNTOLD


def of(report: Report) -> Iterator[Found]:
    """Every reason a report gives to call its account, the gravest first; none for one that is fine."""
    for find in FINDERS:
        yield from find(report)


def _missed(report: Report, evidence: str) -> list[VerdictRow]:
    """The borne misses of one evidence, in the order of METRICS; of one rate the least likely to be truly met first: its
    windows, categories and stores are rows each."""
    rows = [row for row in rows_of(report.frames["verdicts"], VerdictRow) if row["status"] == "breached"]
    order = list(METRICS)
    rows = [row for row in rows if is_borne(row) and (row["evidence"] == "strong") == (evidence == "strong")]
    return sorted(rows, key=lambda row: (order.index(row["metric"]), _chance(row)))


def _missed_strong(report: Report) -> Iterator[Found]:
    rows = _missed(report, "strong")
    if rows:
        yield _missing(rows, "missed_strong", "strong evidence")


def _missed_weak(report: Report) -> Iterator[Found]:
    strong = {row["metric"] for row in _missed(report, "strong")}
    rows = [row for row in _missed(report, "weak") if row["metric"] not in strong]
    if rows:
        yield _missing(rows, "missed_weak", "weak evidence")


def _missing(rows: Sequence[VerdictRow], reason: Reason, evidence: str) -> Found:
    rates = _first_of_rates(rows)
    miss = (
        f"{plural(len(rates), 'rate')} {'misses its target' if len(rates) == 1 else 'miss their targets'}, {evidence}"
    )
    named = [figure(row) for row in rates]
    brief = f"{miss}: {_brief(rates[0])}"
    return Found(reason, _rates(rows), f"{miss}: {_named(named)}.", brief, min(map(_chance, rows)))


def _brief(row: VerdictRow) -> str:
    """`order defect rate 2.06 % (30 of 1,458 orders)`."""
    told = share(row["numerator"], row["denominator"], METRICS[row["metric"]].one_is)
    return f"{_label(row)} {bound(row['exactness'])}{told}"


def _will_miss(report: Report) -> Iterator[Found]:
    """Targets met today and missed on a day to come: by what is known already, or with late reports, 95 % sure."""
    met = {_key(row): row for row in rows_of(report.frames["verdicts"], VerdictRow) if is_judged(row)}
    met = {key: row for key, row in met.items() if row["is_on_target"]}
    said: dict[str, str] = {}
    for row in rows_of(report.frames["decided"], DecidedRow):
        if row["word"] == "missed" and _key(row) in met and row["metric"] not in said:
            bad = f"{count(row['visible'])} of {plural(row['orders'], METRICS[row['metric']].one_is)} are bad already"
            said[row["metric"]] = f"the {_label(row)} ({where(row)}) from {day(row['day'])}, when {bad}"
    for row in rows_of(report.frames["maturity"], MaturityRow):
        verdict = met.get(_key(row))
        if (
            verdict
            and row["orders"]
            and row["metric"] not in said
            and not limit_of(verdict).is_met(row["low"], row["orders"])
        ):
            of = plural(row["orders"], METRICS[row["metric"]].one_is)
            bad = f"{count(row['visible'])} of {of} are bad now, {count(row['low'])} to {count(row['high'])} in the end"
            said[row["metric"]] = f"the {_label(row)} ({where(row)}) once late reports are in: {bad}"
    if said:
        miss = (
            "meets its target now and will miss it" if len(said) == 1 else "meet their targets now and will miss them"
        )
        told = f"{plural(len(said), 'rate')} {miss}"
        brief = f"{told}: {next(iter(said.values()))}"
        yield Found("will_miss", tuple(said), f"{told}: {_named(list(said.values()))}.", brief)


def _alarm(report: Report) -> Iterator[Found]:
    """Rates under alarm that no borne miss names already."""
    missed = {row["metric"] for evidence in ("strong", "weak") for row in _missed(report, evidence)}
    marked = report.frames["signals"].filter("is_marked", "is_borne", watch="target")
    rows = [row for row in rows_of(marked, SignalRow) if row["metric"] not in missed]
    named = [
        f"the {_label(row)} ({where(row)}), {count(row['reported'])} bad in 28 days where {about(row['expected'])} would "
        f"just reach it"
        for row in rows
    ]
    if rows:
        said = f"Reports come in faster than the target allows, beyond chance: {_named(named)}."
        brief = f"reports come in faster than the target allows: {named[0]}"
        yield Found("alarm", tuple(dict.fromkeys(row["metric"] for row in rows)), said, brief)


def _flagged(report: Report) -> Iterator[Found]:
    rows = marks(report)
    if rows:
        more = f"; and {plural(len(rows) - 1, 'more mark')}" if len(rows) > 1 else ""
        said = f"{rows[0][1].rstrip('.')}{more}."
        rates = tuple(dict.fromkeys(metric for (metric, *_), _ in rows))
        yield Found("flagged", rates, said, f"{said[:1].lower()}{said[1:]}".rstrip("."))


def marks(report: Report) -> list[tuple[tuple[str, str, str], str]]:
    """What the marketplace marks bad or at risk in a recent file and no borne miss here says already: (metric, store,
    channel) with the sentence."""
    missed = {(row["metric"], row["marketplace"]) for word in ("strong", "weak") for row in _missed(report, word)}
    recent = report.frames["marketplace_marks"].filter("is_flagged", "is_recent")
    told = recent.select("metric", "marketplace", "fulfilment", "finding").unique(maintain_order=True).iter_rows()
    return [((metric, store, channel), text) for metric, store, channel, text in told if (metric, store) not in missed]


def _open(report: Report) -> Iterator[Found]:
    """What leaves a verdict open: misses the files cannot prove, days without files, no verdict at all."""
    verdicts = list(rows_of(report.frames["verdicts"], VerdictRow))
    unproved = [row for row in verdicts if row["status"] == "breached" and not is_borne(row)]
    gaps: dict[str, set[str]] = {}
    for row in rows_of(report.frames["gaps"], GapRow):
        gaps.setdefault(f"{row['kind']} of {days(row['first_day'], row['last_day'])}", set()).add(row["metric"])
    said = []
    if unproved:
        rates = _first_of_rates(unproved)
        said.append(f"May miss a target, which the files cannot prove: {_named([figure(row) for row in rates])}.")
    said += _unread(report, is_missed=bool(gaps))
    unsure = _rates(row for row in verdicts if row["status"] == "met" and not is_borne(row))
    if unsure:
        said.append(
            f"No file proves that {plural(len(unsure), 'rate')} met now {'is' if len(unsure) == 1 else 'are'} on target."
        )
    if gaps:
        waiting = set().union(*gaps.values())
        said.append(f"Files are missing ({_named(list(gaps))}): {plural(len(waiting), 'rate')} cannot be told in full.")
    if report.is_stale:
        said.append(f"The newest file ends before {day(report.as_of)}.")
    if not any(is_judged(row) for row in verdicts):
        said.append("No rate can be judged from its files.")
    if report.missing:
        said.append("Its report is of an older version of the kit and does not tell everything: make it again.")
    if said:
        brief = f"{said[0][:1].lower()}{said[0][1:]}".rstrip(".")
        waiting = (*_rates(unproved), *unsure, *sorted(set().union(*gaps.values())))
        yield Found("open", tuple(dict.fromkeys(waiting)), " ".join(said), brief)


def _unread(report: Report, *, is_missed: bool) -> list[str]:
    """What of the files cannot be read: files of which nothing is used, and, where days are missing that they may hold, files
    with rejected rows. A download is then no help: the file is."""
    files = list(rows_of(report.frames["files"], FileRow))
    rejected = {row["path"]: row for row in report.frames["rejected"].iter_rows(named=True)}
    named = []
    for row in files:
        kept, lost, first = row["rows_kept"] or 0, row["rows_rejected"] or 0, rejected.get(row["path"])
        if (lost and is_missed) or (lost and not kept):
            at = f", row {first['line']} ({first['reason']})" if first and first["line"] else ""
            more = f", {plural(lost, 'row')} in all" if lost > 1 or not at else ""
            named.append(f"{row['path']}{at}{more}")
        elif row["report"] is None:
            why = next(iter(row["warnings"] or ()), "not recognised")
            named.append(f"{row['path']} ({re.split('[:;]', why)[0].rstrip('.')})")
    return [f"Cannot be read: {_named(named)}."] if named else []


FINDERS: tuple[Callable[[Report], Iterator[Found]], ...] = (
    _missed_strong,
    _missed_weak,
    _will_miss,
    _alarm,
    _flagged,
    _open,
)


def figure(row: VerdictRow) -> str:
    """A judged rate with its counts, its target and its place: `order defect rate 2.06 % (30 of 1,458 orders), target under 1 % (amazon.co.uk, seller ships)`."""
    aim = f"target {aimed(row['must_be'], row['target'])}"
    return f"{_brief(row)}, {aim} ({where(row)})"


def _label(row: Mapping[str, object]) -> str:
    return METRICS[str(row["metric"])].name


def _named(said: Sequence[str]) -> str:
    """The first of several, and how many more."""
    more = [f"and {count(len(said) - MOST_NAMED)} more"] if len(said) > MOST_NAMED else []
    return "; ".join([*said[:MOST_NAMED], *more])


def _rates(rows: Iterable[VerdictRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["metric"] for row in rows))


def _first_of_rates(rows: Sequence[VerdictRow]) -> list[VerdictRow]:
    """Of each rate its first row: windows and stores of one are told together."""
    first: dict[str, VerdictRow] = {}
    for row in rows:
        first.setdefault(row["metric"], row)
    return list(first.values())


def _chance(row: VerdictRow) -> float:
    return UNTOLD if row["probability_met"] is None else row["probability_met"]


def is_borne(row: VerdictRow) -> bool:
    """Whether the files bear the verdict."""
    return bears(row["status"], row["exactness"], METRICS[row["metric"]])


def _key(row: KeyRow) -> tuple[object, ...]:
    return tuple(key_of(row).values())
