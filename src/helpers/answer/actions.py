"""What is to be done, most urgent first; and beside it what happens by itself, and what no file tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from helpers.answer import downloads
from helpers.answer.clears import is_exact
from helpers.answer.figures import is_proved
from helpers.answer.names import judged, listed, name, named, place, rates, together
from helpers.answer.turned import kept
from helpers.audit import Audit
from helpers.history import PastRow
from helpers.marks import MarkRow
from helpers.marks import said as mark
from helpers.rows import GapRow, VerdictRow, is_judged, rows_of
from helpers.sentences import say
from helpers.verdicts import is_of_all
from helpers.vocabulary import METRICS, lost
from helpers.wording import day

MOST_ACTIONS = 3
MOST_FACTS = 1  # but both kinds of days on which a rate is met again
MOST_NAMED = 2  # rates in one sentence
MOST_MARKS = 4  # of the marketplace in one action


def actions(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What is to be done. Nothing is called calm that the files leave open, and no download crowds out the marketplace's mark."""
    said, marks = [*downloads.first(audit), *_causes(audit, rows)], _flagged(audit, rows)
    unproved = [row for row in judged(rows) if row["status"] == "met" and not is_proved(row)]
    is_open = unproved or any(row["status"] == "breached" for row in rows) or not downloads.is_told(audit)
    calm = [] if said or marks or is_open else _room(rows)
    before = said[: MOST_ACTIONS - len(marks)]
    return [*calm, *before, *marks, *downloads.last(audit)][:MOST_ACTIONS]


def facts(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What happens by itself: when each missed rate is met again, at best; at the earliest where bad ones may be missing."""
    missed = [row for row in rows if row["status"] == "breached"]
    of_rate = {rate: [row for row in missed if row["metric"] == rate] for rate in rates(missed)}
    clear: dict[bool, dict[str, date]] = {True: {}, False: {}}  # at best, at the earliest
    for rate, its_rows in of_rate.items():
        days = [row["clear_from"] for row in its_rows if row["clear_from"] is not None]
        if days:
            clear[all(is_exact(audit, row) for row in its_rows)][METRICS[rate].name] = max(days)
    said = [
        say("met-again", sure="at_best" if exact else "at_the_earliest", days=_from(days))
        for exact, days in clear.items()
        if days
    ]
    stuck = [sentence for rate, its_rows in of_rate.items() for sentence in _stuck(rate, its_rows)]
    return [*said, *stuck[: max(MOST_FACTS - len(said), 0)]]


def _from(days: Mapping[str, date]) -> str:
    """Each rate with its day; of more than two the first and the last."""
    order = sorted(days, key=lambda rate: days[rate])
    if len(order) <= MOST_NAMED:
        return listed([say("met-from", rate=rate, day=day(days[rate])) for rate in order])
    first, last = order[0], order[-1]
    from_day = day(days[first], year=days[first].year != days[last].year)
    return say("met-from-to", first=from_day, first_rate=first, last=day(days[last]), last_rate=last)


def _few(metrics: Sequence[str]) -> str:
    """Rates by name, the worst first; of more than two the worst and how many more."""
    if len(metrics) <= MOST_NAMED:
        return together(metrics)
    return say("first-then", rate=METRICS[metrics[0]].name, more=len(metrics) - 1)


def not_looked_at(audit: Audit, rows: Sequence[VerdictRow]) -> str:
    """The one standing line of judged rates that no file tells, of met ones that speak for no category by itself, and of
    feedback that cannot be read."""
    told = {(row["metric"], row["marketplace"]) for row in rows if is_judged(row) or row["numerator"]}
    open_ = {(row["metric"], row["marketplace"]) for row in rows_of(audit.gaps, GapRow)}
    missing = audit.covered.filter("is_judged", exactness="impossible").select("metric", "marketplace").unique()
    untold = [
        metric
        for metric in METRICS
        if any(key == metric and (key, store) not in told | open_ for key, store in missing.iter_rows())
        and metric not in {key for key, _ in told | open_}
    ]
    said = [say("not-looked-at", rates=together(untold))] if untold else []
    of_all = rates(row for row in rows if is_of_all(row, METRICS[row["metric"]]))
    said += [say("of-all-categories", rate=rate) for rate in named(of_all)]
    return " ".join([*said, *_stars_unread(audit, rows)])


def _stars_unread(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """The rows of feedback of the judged windows that cannot be read, where other files prove the rates all the same."""
    first = min((row["window_start"] for row in rows if row["window_start"]), default=None)
    if first is None or audit.account.rejected.is_empty():
        return []
    told = {row["file"] for row in audit.covered.get_column("rows").explode().drop_nulls()}
    of_days = pl.coalesce(pl.col("day").is_between(first, audit.day), True)
    files = audit.account.files.filter(report="feedback").get_column("path").implode()
    unread = lost(audit.account.rejected.filter(of_days, pl.col("path").is_in(files)))
    return [say("stars-unread", rows=number, file=path) for path, number in unread.iter_rows() if path not in told]


def _causes(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What missed rates need: an end of the cause where it is no chance, else a look at the orders."""
    missed = [row for row in judged(rows) if row["status"] == "breached" and is_proved(row)]
    said, better = kept(audit, missed)
    missed = [row for row in missed if row not in better]
    past = {place(row): row["word"] for row in rows_of(audit.past, PastRow)}
    lasting = [row for row in missed if row["evidence"] == "strong" or past.get(place(row)) in ("all", "again")]
    if lasting:
        said.append(say("end-the-cause", rates=_few(rates(lasting))))
    rest = [rate for rate in rates(missed) if rate not in rates(lasting)]
    if rest:
        said.append(say("look-at-orders", rates=_few(rest)))
    return said


def flagged(audit: Audit, rows: Sequence[VerdictRow]) -> list[MarkRow]:
    """What the marketplace itself marks bad or at risk in a recent file and no missed target here says already."""
    missed = {(row["metric"], row["marketplace"]) for row in rows if row["status"] == "breached"}
    found = rows_of(audit.marketplace_marks.filter("is_flagged", "is_recent"), MarkRow)
    each = {row["finding"]: row for row in found if (row["metric"], row["marketplace"]) not in missed}
    return list(each.values())


def _flagged(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    stores = "one" if len(audit.account.marketplaces) == 1 else "several"  # the only one stands above already
    marks = flagged(audit, rows)
    told = [mark(row, who="next" if n else "first", stores=stores) for n, row in enumerate(marks[:MOST_MARKS])]
    more = [say("and-more", number=len(marks) - MOST_MARKS)] if len(marks) > MOST_MARKS else []
    return [say("look-into-marks", marks="; ".join([*told, *more]))] if marks else []


def _room(rows: Sequence[VerdictRow]) -> list[str]:
    """Calm, with how much room the tightest rate leaves."""
    met = [row for row in judged(rows) if row["status"] == "met" and row["headroom"] is not None]
    tight = min(met, key=lambda row: row["headroom"] or 0, default=None)
    if tight is None:
        return []
    return [say("nothing-urgent", room=tight["headroom"] or 0, rate=name(tight))]


def _stuck(metric: str, rows: Sequence[VerdictRow]) -> list[str]:
    """That a missed rate does not end by itself, or that nobody says when."""
    waiting = [row for row in rows if row["clear_from"] is None]
    too_few = [row["unjudged_from"] for row in waiting if row["unjudged_from"] is not None]
    stuck = [row for row in waiting if row["unjudged_from"] is None]
    rate = METRICS[metric].name
    if too_few and not stuck:
        return [say("no-longer-judged", rate=rate, day=day(max(too_few)))]
    if not stuck:
        return []
    source = "files" if any(row["source"] == "files" for row in stuck) else "marketplace"
    stays = "some" if len(rows) > len(stuck) else "all"
    stores = list(dict.fromkeys(row["marketplace"] for row in stuck))
    return [say("stays", rate=rate, source=source, stays=stays, stores=stores)]
