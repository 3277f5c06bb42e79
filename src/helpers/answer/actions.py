"""What is to be done, most urgent first; and beside it what happens by itself, and what no file tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from helpers.answer.clears import AT_BEST, EARLIEST, surely
from helpers.answer.names import judged, listed, name, rates, together
from helpers.answer.turned import kept
from helpers.audit import Audit
from helpers.coverage import UNKNOWN, UNREAD, UNSAID, WORDLESS, is_download
from helpers.history import PastRow
from helpers.rows import GapRow, VerdictRow, is_judged, key_of, rows_of
from helpers.verdicts import OF_ALL, bears, is_of_all
from helpers.vocabulary import METRICS, lost
from helpers.wording import count, day, plural

MOST_ACTIONS = 3
MOST_FACTS = 1  # but both kinds of days on which a rate is met again
MOST_NAMED = 2  # rates in one sentence
MOST_MARKS = 4  # of the marketplace in one action


def actions(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What is to be done. Nothing is called calm that the files leave open."""
    gaps = _gaps(audit)
    # what waits for an answer can be the very file a gap asks for
    said = [*_to_answer(audit), *gaps, *_unread(audit), *_causes(audit, rows), *_flagged(audit, rows)]
    unproved = [row for row in judged(rows) if row["status"] == "met" and not _is_borne(row)]
    is_calm = not said and not unproved and not any(row["status"] == "breached" for row in rows)
    said += _downloads(audit, gaps)
    return [*(_room(rows) if is_calm else []), *said][:MOST_ACTIONS]


def facts(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What happens by itself: when each missed rate is met again, at best; at the earliest where bad ones may be missing."""
    missed = [row for row in rows if row["status"] == "breached"]
    of_rate = {rate: [row for row in missed if METRICS[row["metric"]].label.lower() == rate] for rate in rates(missed)}
    exact, early = {}, {}
    for rate, its_rows in of_rate.items():
        days = [row["clear_from"] for row in its_rows if row["clear_from"] is not None]
        if days:
            is_sure = all(surely(audit, row) == AT_BEST for row in its_rows)
            (exact if is_sure else early)[rate] = max(days)
    said = []
    if exact:
        said.append(f"Met again {AT_BEST}, without a new bad one: {_from(exact)}.")
    if early:
        said.append(f"Met again {EARLIEST} (bad ones may be missing): {_from(early)}.")
    stuck = [sentence for rate, its_rows in of_rate.items() for sentence in _stuck(rate, its_rows)]
    return [*said, *stuck[: max(MOST_FACTS - len(said), 0)]]


def _from(days: Mapping[str, date]) -> str:
    """Each rate with its day; of more than two the first and the last."""
    order = sorted(days, key=lambda rate: days[rate])
    if len(order) <= MOST_NAMED:
        return listed([f"the {rate} from {day(days[rate])}" for rate in order])
    first, last = order[0], order[-1]
    from_day = day(days[first], year=days[first].year != days[last].year)
    return f"from {from_day} ({first}) to {day(days[last])} ({last})"


def _few(names: Sequence[str]) -> str:
    """Rates by name, the worst first; of more than two the worst and how many more."""
    return together(names) if len(names) <= MOST_NAMED else f"{names[0]} first, then {count(len(names) - 1)} more"


def not_looked_at(audit: Audit, rows: Sequence[VerdictRow]) -> str:
    """The one standing line of judged rates that no file tells, of met ones that speak for no category by itself, and of
    feedback that cannot be read."""
    told = {(row["metric"], row["marketplace"]) for row in rows if is_judged(row) or row["numerator"]}
    open_ = {(row["metric"], row["marketplace"]) for row in rows_of(audit.gaps, GapRow)}
    missing = audit.covered.filter("is_judged", exactness="impossible").select("metric", "marketplace").unique()
    names = [
        METRICS[metric].label.lower()
        for metric in METRICS
        if any(key == metric and (key, store) not in told | open_ for key, store in missing.iter_rows())
        and metric not in {key for key, _ in told | open_}
    ]
    said = [f"Not looked at (no file tells): {together(names)}."] if names else []
    of_all = rates(row for row in rows if is_of_all(row, METRICS[row["metric"]]))
    said += [f"The {rate} is the marketplace's, {OF_ALL}" for rate in of_all]
    return " ".join([*said, *_stars_unread(audit, rows)])


def _stars_unread(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """The rows of feedback of the judged windows that cannot be read, where other files prove the rates all the same."""
    first = min((row["window_start"] for row in rows if row["window_start"]), default=None)
    if first is None or audit.account.rejected.is_empty():
        return []
    named = audit.covered.explode("missing").get_column("missing").drop_nulls()
    of_days = pl.coalesce(pl.col("day").is_between(first, audit.day), True)
    files = audit.account.files.filter(report="feedback").get_column("path").implode()
    unread = lost(audit.account.rejected.filter(of_days, pl.col("path").is_in(files)))
    return [
        f"{plural(number, 'row')} of {path} could not be read; no judged rate rests on {'it' if number == 1 else 'them'}."
        for path, number in unread.iter_rows()
        if not named.str.contains(f" of {path} ", literal=True).any()
    ]


def _is_borne(row: VerdictRow) -> bool:
    return bears(row["status"], row["exactness"], METRICS[row["metric"]])


def _gaps(audit: Audit) -> list[str]:
    """The downloads that close gaps, each once, with the days and the rates that wait."""
    said: dict[str, tuple[str, list[GapRow]]] = {}
    for gap in rows_of(audit.gaps, GapRow):
        said.setdefault(_short(gap["download"] or gap["kind"]), (gap["why"], []))[1].append(gap)
    return [f"Download {download}: {why} (for the {listed(rates(gaps))})." for download, (why, gaps) in said.items()]


def _short(download: str) -> str:
    """A download without where it is found: that stands in the table of what the files can prove."""
    return download.split(" (")[0]


def _unread(audit: Audit) -> list[str]:
    """The rows that could have told something of a judged rate and could not be read, or tell too little."""
    missing = audit.covered.filter("is_judged").explode("missing").get_column("missing").drop_nulls()
    lacks = missing.unique(maintain_order=True).to_list()
    unread = [text for text in lacks if text.endswith(UNREAD)]
    # what other files prove all the same, and what asks for nothing but a whole file
    damaged = [path for path in _asking(audit) if path not in _waiting(audit)]
    unread += [f"most rows of {path}" for path in damaged if not any(f" of {path} " in text for text in unread)]
    unsaid = [text for text in lacks if text.endswith((UNSAID, UNKNOWN, WORDLESS))]
    said = [f"Download again what was damaged: {listed(unread)}."] if unread else []
    return said + ([f"Look into the rows that tell too little: {listed(unsaid)}."] if unsaid else [])


def _causes(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What missed rates need: an end of the cause where it is no chance, else a look at the orders."""
    missed = [row for row in judged(rows) if row["status"] == "breached" and _is_borne(row)]
    said, better = kept(audit, missed)
    missed = [row for row in missed if row not in better]
    past = {tuple(key_of(row).values()): row["word"] for row in rows_of(audit.past, PastRow)}
    lasting = [
        row
        for row in missed
        if row["evidence"] == "strong" or past.get(tuple(key_of(row).values())) in ("all", "again")
    ]
    if lasting:
        said.append(f"Find and end the cause: {_few(rates(lasting))}.")
    rest = [rate for rate in rates(missed) if rate not in rates(lasting)]
    if rest:
        said.append(f"Look at the bad orders one by one: {_few(rest)}.")
    return said


def flagged(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    """What the marketplace itself marks bad or at risk in a recent file and no missed target here says already."""
    missed = {(row["metric"], row["marketplace"]) for row in rows if row["status"] == "breached"}
    marks = audit.marketplace_marks.filter("is_flagged", "is_recent").select("metric", "marketplace", "finding")
    return list(dict.fromkeys(text for metric, store, text in marks.iter_rows() if (metric, store) not in missed))


def _flagged(audit: Audit, rows: Sequence[VerdictRow]) -> list[str]:
    only = audit.account.marketplaces[0] if len(audit.account.marketplaces) == 1 else ""  # which stands above already
    said = [text.replace(f" on {only}", "") if only else text for text in flagged(audit, rows)]
    lower = [f"{text[0].lower()}{text[1:]}".rstrip(".") for text in said]
    marks = [re.sub("^the marketplace", "it", text) if n else text for n, text in enumerate(lower)]
    more = [f"and {count(len(marks) - MOST_MARKS)} more"] if len(marks) > MOST_MARKS else []
    return [f"Look into it: {'; '.join([*marks[:MOST_MARKS], *more])}."] if marks else []


def _to_answer(audit: Audit) -> Iterable[str]:
    """The files that wait for an answer; the question itself is the analyst's (`seller-audit check`)."""
    paths = [path for path in _asking(audit) if path in _waiting(audit)]
    return (
        [f"{listed(paths)} {'waits' if len(paths) == 1 else 'wait'} for an answer before being used."] if paths else []
    )


def _asking(audit: Audit) -> list[str]:
    """The files with a question that is of the whole file: single rows are told as such."""
    return list(dict.fromkeys(one.path for one in audit.account.questions if not one.is_of_rows))


def _waiting(audit: Audit) -> set[str]:
    """The files of which an answer would bring rows into use."""
    files = audit.account.files
    return set(files.filter(pl.col("rows_waiting") > 0).get_column("path"))


def _downloads(audit: Audit, gaps: Sequence[str]) -> list[str]:
    """What would make a bound exact, what serves most rates first."""
    bounds = audit.covered.filter("is_judged", ~pl.col("exactness").is_in(["exact", "impossible"]))
    asked = bounds.explode("download").drop_nulls("download").group_by("download", maintain_order=True).len()
    wanted = asked.sort("len", descending=True, maintain_order=True).get_column("download")
    names = [_short(download) for download in wanted if is_download(download)]
    return [
        f"Download what is missing: {name}."
        for name in dict.fromkeys(names)
        if not any(gap.startswith(f"Download {name.split(',')[0]}") for gap in gaps)
    ]


def _room(rows: Sequence[VerdictRow]) -> list[str]:
    """Calm, with how much room the tightest rate leaves."""
    met = [row for row in judged(rows) if row["status"] == "met" and row["headroom"] is not None]
    tight = min(met, key=lambda row: row["headroom"] or 0, default=None)
    if tight is None:
        return []
    if not tight["headroom"]:
        return [f"Nothing is urgent, but the next bad order would miss the target of the {name(tight)}."]
    more = plural(tight["headroom"], "more bad one")
    return [
        f"Nothing is urgent. With today's orders {more}, late reports included, would still meet the target of the "
        f"{name(tight)}."
    ]


def _stuck(rate: str, rows: Sequence[VerdictRow]) -> list[str]:
    """That a missed rate does not end by itself, or that nobody says when."""
    waiting = [row for row in rows if row["clear_from"] is None]
    too_few = [row["unjudged_from"] for row in waiting if row["unjudged_from"] is not None]
    stuck = [row for row in waiting if row["unjudged_from"] is None]
    stores = listed(list(dict.fromkeys(row["marketplace"] for row in stuck))) if stuck else ""
    where = f" ({stores})" if len(rows) > len(stuck) else ""
    if too_few and not stuck:
        return [f"The {rate} is no longer judged from {day(max(too_few))}, for too few orders are left then."]
    if any(row["source"] == "files" for row in stuck):
        return [f"The {rate}{where} does not clear by waiting."]
    if stuck:
        return [f"The {rate}{where} is the marketplace's own figure, which does not say when it clears."]
    return []
