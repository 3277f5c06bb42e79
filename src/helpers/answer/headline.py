"""The sentence a report leads with: from history where a target is missed, and without comfort where files leave days open.

Rates are counted once each, never their windows, stores or parts. Nothing is stated that the figure does not bear.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers import history
from helpers.answer.actions import flagged
from helpers.answer.names import judged, listed, name, rates
from helpers.answer.turned import since
from helpers.audit import Audit
from helpers.history import PastRow, RecordRow
from helpers.rows import GapRow, KeyRow, VerdictRow, key_of, rows_of
from helpers.verdicts import bears
from helpers.vocabulary import METRICS
from helpers.wording import bound, count, plural, where

MOST_COUNTS = 2  # named where no rate can be judged
CANNOT_TELL = "Windows of this size cannot tell chance from change."


def headline(audit: Audit, rows: Sequence[VerdictRow]) -> str:
    """The verdict of the whole account in one or two sentences."""
    told = judged(rows)
    if not told:
        return _without_verdict(audit, rows)
    missed = [row for row in told if row["status"] == "breached"]
    borne = [row for row in missed if _is_borne(row)]
    if borne:
        return _missed(audit, borne, told)
    if missed:
        return _may_miss(missed)
    marks = flagged(audit, rows)
    if marks:
        more = f" It marks {plural(len(marks) - 1, 'more figure')} bad or at risk." if len(marks) > 1 else ""
        return f"{marks[0]}{more}"
    gaps = list(rows_of(audit.gaps, GapRow))
    if gaps:
        return _open(gaps, told)
    unproved = [row for row in told if row["status"] == "met" and not _is_borne(row)]
    if unproved:
        of = f"{count(len(rates(unproved)))} of {plural(len(rates(told)), 'rate')}"
        return f"No rate is seen to miss its target, but the files cannot prove it for {of}."
    met = [row for row in told if row["status"] == "met"]
    if not met:
        return "Too few orders to tell."
    number = len(rates(met))
    few = [rate for rate in rates(told) if rate not in rates(met)]
    rest = f" There are too few orders to tell of the {listed(few)}." if few else ""
    if number == 1:
        return f"The one rate your files speak for meets its target: the {rates(met)[0]}.{rest}"
    return f"Each of the {count(number)} rates your files speak for meets its target.{rest}"


def _is_borne(row: VerdictRow) -> bool:
    return bears(row["status"], row["exactness"], METRICS[row["metric"]])


def _missed(audit: Audit, missed: Sequence[VerdictRow], told: Sequence[VerdictRow]) -> str:
    names = rates(missed)
    past = {_place(row): row for row in rows_of(audit.past, PastRow)}
    worst = max(missed, key=lambda row: _weight(past.get(_place(row))))
    before = _since(worst, past.get(_place(worst)))
    if len(names) == 1:
        whose = f" ({where(worst)})" if len(missed) == 1 else f" in {_stores(missed)}" if _stores(missed) else ""
        said = f"The {names[0]}{whose} misses its target{before}."
    else:
        said = f"{count(len(names))} of {plural(len(rates(told)), 'rate')} miss their targets"
        said += f": the {names[0] if len(names) < 2 else listed(names)}." if len(names) < len(rates(told)) else "."
        if before and _weight(past.get(_place(worst))):
            said += f" The {METRICS[worst['metric']].label.lower()} does{before}."
    turned = since(audit, missed)
    return said + (turned or _chance(audit, missed, past))


def _stores(rows: Sequence[VerdictRow]) -> str:
    stores = list(dict.fromkeys(row["marketplace"] for row in rows))
    return listed(stores) if len(stores) > 1 else ""


def _weight(past: PastRow | None) -> int:
    """How much a past weighs in a headline: missed always, again, and the rest."""
    return {"all": 2, "again": 1}.get(past["word"], 0) if past else 0


def _since(row: VerdictRow, past: PastRow | None) -> str:
    """What history says of a miss, with its number."""
    if past is None or not past["block_days"]:
        return ""
    blocks = "months" if past["block_days"] in (30, 31) else f"periods of {past['block_days']} days"
    counts = f"{bound(past['exactness'])}{count(past['numerator'])} of {plural(past['denominator'], METRICS[row['metric']].one_is)}"
    if past["word"] == "all":
        return f", as in each of the {count(past['blocks'])} {blocks} before ({counts})"
    if past["word"] == "again":
        return f", as in {count(past['blocks_missed'])} of the {count(past['blocks'])} {blocks} before"
    if past["word"] != "first":
        return ""
    if past["windows_missed"]:  # a whole block met the target, and short windows in it did not
        windows = f"{plural(past['windows'], 'window')} of {row['window_days']} days"
        return f", as in {count(past['windows_missed'])} of the {windows} before"
    return f", and did not in the {count(past['blocks'])} {blocks} before"


def _chance(audit: Audit, missed: Sequence[VerdictRow], past: dict[tuple, PastRow]) -> str:
    """What may be said of a miss that the orders cannot prove: nothing where history or another rate says more."""
    if any(row["evidence"] != "weak" or row["exactness"] != "exact" or row["source"] != "files" for row in missed):
        return ""
    if any(_weight(past.get(_place(row))) for row in missed):
        return ""
    records = {_place(row): row for row in rows_of(audit.record, RecordRow)}
    told = [records[_place(row)] for row in missed if _place(row) in records]
    if len(missed) == 1 and told:
        said = history.sentence(told[0])
        return f" {said[0].upper()}{said[1:]}."
    return f" {CANNOT_TELL}"


def _may_miss(missed: Sequence[VerdictRow]) -> str:
    names = rates(missed)
    if len(names) == 1:
        whose = f"{names[0]} in {_stores(missed)}" if _stores(missed) else name(missed[0])
        return f"The {whose} may miss its target: the files cannot prove it."
    return f"The {listed(names)} may miss their targets: the files cannot prove it."


def _open(gaps: Sequence[GapRow], told: Sequence[VerdictRow]) -> str:
    """No miss is seen, and the files leave days open: which, and how many rates that leaves unjudged or unproved."""
    waiting = rates(gaps)
    why = gaps[0]["why"]
    return f"No rate is seen to miss its target, but {why}: that leaves the {listed(waiting)} open."


def _without_verdict(audit: Audit, rows: Sequence[VerdictRow]) -> str:
    told = audit.covered.filter(audit.covered["exactness"] != "impossible").get_column("is_judged")
    if not rows and len(told) and not told.any():
        return f"The marketplace judged none of the rates these files can tell on this day.{_counted(audit, rows)}"
    marks = flagged(audit, rows)
    if marks:
        return f"{marks[0]}{_counted(audit, rows)}"
    gaps = list(rows_of(audit.gaps, GapRow))
    why = f": {gaps[0]['why']}" if gaps else ""
    return f"The files do not allow a verdict yet{why}.{_counted(audit, rows)}"


def _counted(audit: Audit, rows: Sequence[VerdictRow]) -> str:
    """What the files count where no rate can be judged: bad orders of unknown many, else the first other counts."""
    named = {}
    for row in rows:  # the windows of one rate hold the same orders: the longest speaks
        key = (row["metric"], row["marketplace"], row["fulfilment"], row["group"])
        if row["numerator"] and not row["denominator"] and row["numerator"] >= named.get(key, row)["numerator"]:
            named[key] = row
    if named:
        bad = [
            f"{plural(row['numerator'], METRICS[row['metric']].one_is)} {METRICS[row['metric']].numerator_is} ({_whose(row)})"
            for row in named.values()
        ]
        return f" They name {listed(bad[:MOST_COUNTS])}."
    found = audit.tallies.filter(audit.tallies["count"] > 0).head(MOST_COUNTS).to_dicts()
    said = [f"{row['what']}: {' '.join(filter(None, [count(row['count']), row['of']]))}" for row in found]
    return "".join(f" {one} ({row['where']})." for one, row in zip(said, found, strict=True))


def _whose(row: VerdictRow) -> str:
    return where({name: value for name, value in key_of(row).items() if name != "window_days"})


def _place(row: KeyRow) -> tuple:
    return tuple(key_of(row).values())
