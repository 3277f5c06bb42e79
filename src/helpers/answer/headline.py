"""The sentence a report leads with: from history where a target is missed, and without comfort where files leave days open.

Rates are counted once each, never their windows, stores or parts. Nothing is stated that the figure does not bear.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers import history
from helpers.answer.actions import flagged
from helpers.answer.figures import is_proved, part_of
from helpers.answer.names import judged, named, place, rates
from helpers.answer.turned import since
from helpers.audit import Audit
from helpers.history import PastRow, RecordRow
from helpers.rows import GapRow, VerdictRow, key_of, rows_of
from helpers.sentences import Value, say
from helpers.vocabulary import METRICS
from helpers.wording import bound, count, counted, where

MOST_COUNTS = 2  # named where no rate can be judged


def headline(audit: Audit, rows: Sequence[VerdictRow]) -> str:
    """The verdict of the whole account in one or two sentences."""
    told = judged(rows)
    if not told:
        return _without_verdict(audit, rows)
    missed = [row for row in told if row["status"] == "breached"]
    borne = [row for row in missed if is_proved(row)]
    if borne:
        return _missed(audit, borne, told)
    if missed:
        return _may_miss(missed)
    marks = flagged(audit, rows)
    if marks:
        return " ".join([marks[0]["finding"], *([say("marks-more", more=len(marks) - 1)] if len(marks) > 1 else [])])
    gaps = list(rows_of(audit.gaps, GapRow))
    if gaps:  # no miss is seen, and the files leave days open
        return say("leaves-open", why=gaps[0]["why"], rates=named(rates(gaps)))
    unproved = [row for row in told if row["status"] == "met" and not is_proved(row)]
    if unproved:
        return say("cannot-prove-met", unproved=len(rates(unproved)), number=len(rates(told)))
    met = rates(row for row in told if row["status"] == "met")
    if not met:
        return say("too-few-orders")
    few = [rate for rate in rates(told) if rate not in met]
    rest = [say("too-few-orders-of", rates=named(few))] if few else []
    return " ".join([say("all-meet", number=len(met), rates=named(met)), *rest])


def _missed(audit: Audit, missed: Sequence[VerdictRow], told: Sequence[VerdictRow]) -> str:
    names, judged_rates = named(rates(missed)), rates(told)
    past = {place(row): row for row in rows_of(audit.past, PastRow)}
    worst = max(missed, key=lambda row: _weight(past.get(place(row))))
    before = _since(audit, worst, past.get(place(worst)))
    if len(names) == 1:
        said = [say("misses", rate=names[0], **_whose(missed), **before)]
    else:
        naming = "some" if len(names) < len(judged_rates) else "all"
        said = [say("some-miss", missed=len(names), number=len(judged_rates), naming=naming, rates=names)]
        if before["past"] in ("all", "again"):
            said.append(say("misses-longest", rate=METRICS[worst["metric"]].name, **before))
    return " ".join([*said, *(since(audit.actions, audit.maturity, missed) or _chance(audit, missed, past))])


def _whose(rows: Sequence[VerdictRow]) -> dict[str, Value]:
    """Whose rate it is, for a sentence: a single row's store and channel, else the stores where there are several."""
    stores = list(dict.fromkeys(row["marketplace"] for row in rows))
    if len(rows) == 1:
        return {"whose": "place", "place": where(rows[0])}
    return {"whose": "stores" if len(stores) > 1 else "nobody", "stores": stores}


def _weight(past: PastRow | None) -> int:
    """How much a past weighs in a headline: missed always, again, and the rest."""
    return {"all": 2, "again": 1}.get(past["word"], 0) if past else 0


def _since(audit: Audit, row: VerdictRow, past: PastRow | None) -> dict[str, Value]:
    """What history says of a miss, with its number."""
    if past is None or not past["block_days"] or past["word"] not in ("all", "again", "first"):
        return {"past": "unknown"}
    # a whole block met the target, and short windows in it did not
    is_of_windows = past["word"] == "first" and past["windows_missed"]
    return {
        "past": "windows" if is_of_windows else past["word"],
        "blocks": past["blocks"],
        "block_days": past["block_days"],
        "missed": past["windows_missed"] if is_of_windows else past["blocks_missed"],
        "windows": past["windows"],
        "days": row["window_days"],
        "told": "some" if history.has_hole(audit.earlier, row) else "all",
        "counts": bound(past["exactness"]) + part_of(past),
    }


def _chance(audit: Audit, missed: Sequence[VerdictRow], past: dict[tuple, PastRow]) -> list[str]:
    """What may be said of a miss that the orders cannot prove: nothing where history or another rate says more."""
    if any(row["evidence"] != "weak" or row["exactness"] != "exact" or row["source"] != "files" for row in missed):
        return []
    if any(_weight(past.get(place(row))) for row in missed):
        return []
    records = {place(row): row for row in rows_of(audit.record, RecordRow)}
    told = [records[place(row)] for row in missed if place(row) in records]
    return [history.sentence(told[0]) if len(missed) == 1 and told else say("windows-cannot-tell")]


def _may_miss(missed: Sequence[VerdictRow]) -> str:
    names, stores = named(rates(missed)), {row["marketplace"] for row in missed}
    whose = _whose(missed if len(stores) > 1 else missed[:1]) if len(names) == 1 else {"whose": "nobody"}
    return say("may-miss", rates=names, **whose)


def _without_verdict(audit: Audit, rows: Sequence[VerdictRow]) -> str:
    told = audit.covered.filter(audit.covered["exactness"] != "impossible").get_column("is_judged")
    marks, gaps = flagged(audit, rows), list(rows_of(audit.gaps, GapRow))
    if not rows and len(told) and not told.any():
        said = say("none-was-judged")
    elif marks:
        said = marks[0]["finding"]
    else:
        said = say("no-verdict-yet", why="known", gap=gaps[0]["why"]) if gaps else say("no-verdict-yet", why="unknown")
    return " ".join([said, *_counted(audit, rows)])


def _counted(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What the files count where no rate can be judged: bad orders of unknown many, else the first other counts."""
    longest = {}
    for row in rows:  # the windows of one rate hold the same orders: the longest speaks
        key = (row["metric"], row["marketplace"], row["fulfilment"], row["group"])
        if row["numerator"] and not row["denominator"] and row["numerator"] >= longest.get(key, row)["numerator"]:
            longest[key] = row
    if longest:
        return [say("they-name", bad=[_bad(row) for row in longest.values()][:MOST_COUNTS])]
    found = audit.tallies.filter(audit.tallies["count"] > 0).head(MOST_COUNTS).to_dicts()
    counts = [" ".join(filter(None, [count(row["count"]), row["of"]])) for row in found]
    return [f"{row['what']}: {one} ({row['where']})." for one, row in zip(counts, found, strict=True)]


def _bad(row: VerdictRow) -> str:
    metric = METRICS[row["metric"]]
    whose = where({name: value for name, value in key_of(row).items() if name != "window_days"})
    return say("bad-of", bad=counted(row["numerator"], metric.one_is), are=metric.numerator_is, of=whose)
