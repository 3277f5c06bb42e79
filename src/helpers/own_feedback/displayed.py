"""The score a buyer sees: from the feedback download, and from the counts of the Feedback Manager page.

By the day a feedback was received, in whole per cents, over 30, 90 and 365 days and since the account began. More than
10 feedback in 12 months: the 12-month score stands at the top; fewer than 10: the lifetime one; exactly 10 is left open
(option `score_min`). Source: help pages G97692EVY8H3CZY9 and 25871.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from helpers import coverage
from helpers.frames import last_day, span
from helpers.metrics import facts
from helpers.sentences import Value, say
from helpers.vocabulary import Account, FeedbackTotal
from helpers.wording import day as written
from helpers.wording import whole_percent

YEAR, LIFETIME = 365, 0
LEFT_OPEN = 10  # feedback in 12 months of which the marketplace does not say which score is shown
WINDOWS = (30, 90, YEAR)  # a download holds at most 365 days: lifetime stands on the page only
LEVELS = ("positive", "neutral", "negative")
SCHEMA = {"marketplace": pl.String, "source": pl.String, "window_days": pl.Int32}
SCHEMA |= {"window_start": pl.Date, "window_end": pl.Date, **dict.fromkeys((*LEVELS, "received"), pl.Int64)}
SCHEMA |= {f"{level}_percent": pl.Int64 for level in LEVELS}
SCHEMA |= {"is_covered": pl.Boolean, "is_shown": pl.Boolean, "finding": pl.String}


def displayed(account: Account, as_of: date) -> pl.DataFrame:
    """The score over each window, one row a store, source and window: columns of SCHEMA.

    source        download: counted by the day received, up to `as_of`; page: the newest `[[feedback_totals]]` typed of
                  each window, which end the day before they were taken
    window_days   0 is lifetime        received, *_percent   null where the files hold one to three stars only
    is_covered    whether the download tells the whole window
    is_shown      whether this is the score at the top of the seller's page: of a download only if it tells the whole year
    finding       on the row that decides what is shown: the score, or why none is told
    """
    rows = [row for store in _stores(account) for row in _downloaded(account, store, as_of)]
    rows += [row for store in _stores(account) for row in _typed(account, store, as_of)]
    return pl.DataFrame(rows, schema=SCHEMA)


def compared(account: Account, as_of: date) -> pl.DataFrame:
    """The counts typed from the page beside those of the download over the same days: one row a typed window.

    Columns: `marketplace`, `window_days`, `taken_on`, `positive`, `neutral`, `negative` and the same with `_download`,
    `is_same` (null: nothing to compare) and `finding`. A page may count the day it was taken or not: both are tried.
    """
    rows = []
    for total in _newest(account, as_of):
        said = {"marketplace": total.marketplace, "window_days": total.days, "taken_on": total.taken_on}
        said |= {level: getattr(total, level) for level in LEVELS}
        tried = [_counted(account, total.marketplace, end, total.days) for end in _ends(total)] if total.days else []
        same = [found for found in tried if _differing(total, found) == {}]
        found = (same or tried or [dict.fromkeys(LEVELS)])[0]
        is_told = total.days != LIFETIME and _covers(account, _ends(total)[0], total.days)
        said |= {f"{level}_download": found[level] if is_told else None for level in LEVELS}
        said |= {"is_same": bool(same) if is_told else None, "finding": _difference(total, found, is_told)}
        rows.append(said)
    counts = dict.fromkeys([*LEVELS, *(f"{level}_download" for level in LEVELS)], pl.Int64)
    schema = {"marketplace": pl.String, "window_days": pl.Int32, "taken_on": pl.Date, **counts}
    return pl.DataFrame(rows, schema=schema | {"is_same": pl.Boolean, "finding": pl.String})


def _stores(account: Account) -> list[str]:
    seen = facts.received(account).get_column("marketplace").unique().sort()
    return [*account.marketplaces, *(store for store in seen if store not in (*account.marketplaces, "unknown"))]


def _ends(total: FeedbackTotal) -> tuple[date, date]:
    return total.taken_on - timedelta(days=1), total.taken_on


def _counted(account: Account, store: str, end: date, days: int) -> dict[str, int | None]:
    """Feedback of a store in the download, struck ones left out; positive ones are null in a file of bad stars only."""
    inside = pl.col("received_on").is_between(end - timedelta(days=days - 1), end)
    stars = facts.received(account).filter(inside, ~pl.col("is_struck"), marketplace=store).get_column("stars")
    positive = None if coverage.has_only_bad_stars(account) else int((stars >= 4).sum())
    return {"positive": positive, "neutral": int((stars == 3).sum()), "negative": int((stars <= 2).sum())}


def _covers(account: Account, end: date, days: int) -> bool:
    """Whether the download tells these days: quiet ends that chance leaves once in a hundred times are no gap."""
    received = account.feedback.get_column("received_on")
    if received.is_empty():
        return False
    quiet = timedelta(days=coverage.longest_gap(received))
    first, last = span(received)
    reaches = last_day(account.files.filter(report="feedback").get_column("reaches")) or last
    return first <= end - timedelta(days=days - 1) + quiet and reaches >= end - quiet


def _row(store: str, source: str, days: int, end: date, counts: dict[str, int | None], is_covered: bool) -> dict:
    told = {level: n for level, n in counts.items() if n is not None}
    received = sum(told.values()) if len(told) == len(counts) else None
    shares = {f"{level}_percent": whole_percent(told[level], received) if received else None for level in counts}
    start = None if days == LIFETIME else end - timedelta(days=days - 1)
    said = {"marketplace": store, "source": source, "window_days": days, "window_start": start, "window_end": end}
    return {**said, **counts, **shares, "received": received, "is_covered": is_covered, "is_shown": False}


def _downloaded(account: Account, store: str, as_of: date) -> list[dict]:
    if account.feedback.is_empty():
        return []
    rows = [
        _row(store, "download", days, as_of, _counted(account, store, as_of, days), _covers(account, as_of, days))
        for days in WINDOWS
    ]
    year = rows[-1]
    if year["received"] is None:
        counts = {"negative": year["negative"], "neutral": year["neutral"]}
        told = say("score.only_bad", store=store, days=YEAR, end=written(as_of), **counts)
        year["finding"] = " ".join([told, *_short(account, year)])
        return rows
    least = int(account.option("score_min"))
    year["is_shown"] = year["is_covered"] and year["received"] >= least
    if year["is_shown"] or (not year["is_covered"] and year["received"]):
        said = [say("score.told", store=store, **_said(year))]
    elif not year["is_covered"]:
        said = [say("score.no_feedback", store=store)]
    else:
        said = [say("score.lifetime", store=store, received=year["received"], least=least)]
    said += _open(year["received"], least) if year["is_covered"] else []
    year["finding"] = " ".join([*said, *_short(account, year), *_unplaced(account, as_of)])
    return rows


def _short(account: Account, year: dict) -> list[str]:
    """What a download that does not prove the whole year leaves open."""
    if year["is_covered"]:
        return []
    first, last = span(account.feedback.get_column("received_on"))
    return [say("score-of-days", first=written(first), last=written(last))]


def _typed(account: Account, store: str, as_of: date) -> list[dict]:
    totals = [total for total in _newest(account, as_of) if total.marketplace == store]
    rows = {
        total.days: _row(store, "page", total.days, _ends(total)[0], {x: getattr(total, x) for x in LEVELS}, True)
        for total in totals
    }
    if YEAR not in rows:  # nobody typed how many came in 12 months, so which score is shown is not known
        return list(rows.values())
    year, least = rows[YEAR], int(account.option("score_min"))
    shown = year if year["received"] >= least else rows.get(LIFETIME)
    if shown and not shown["received"]:
        shown["finding"] = say("score.page_is_empty", store=store)
    elif shown:
        shown["is_shown"] = True
        shown["finding"] = " ".join([say("score.typed", store=store, **_said(shown)), *_open(year["received"], least)])
    else:
        year["finding"] = say("score.lifetime_untyped", store=store, received=year["received"], least=least)
    return list(rows.values())


def _newest(account: Account, as_of: date) -> list[FeedbackTotal]:
    """The last counts typed of each store and window by `as_of`, which the page of the next morning shows."""
    known = [total for total in account.feedback_totals if total.taken_on <= as_of + timedelta(days=1)]
    newest = {(t.marketplace, t.days): t for t in sorted(known, key=lambda total: total.taken_on)}
    return sorted(newest.values(), key=lambda total: (total.marketplace, total.days or 10**6))


def _said(row: dict) -> dict[str, Value]:
    """What the sentences of a score take."""
    counts = {name: row[name] for name in ("positive", "neutral", "negative", "received")}
    return counts | {"percent": row["positive_percent"], "days": row["window_days"], "end": written(row["window_end"])}


def _open(received: int, least: int) -> list[str]:
    """That the marketplace's text leaves open which score stands at the top, at the one count of which it does."""
    if received != LEFT_OPEN:
        return []
    return [say("score-left-open", least=least, taken="year" if received >= least else "lifetime")]


def _unplaced(account: Account, as_of: date) -> list[str]:
    number = sum(n or 0 for n in _counted(account, "unknown", as_of, YEAR).values())
    return [say("score-unplaced", number=number)] if number else []


def _differing(total: FeedbackTotal, found: dict[str, int | None]) -> dict[str, int]:
    """How many more the page holds at each level that the download tells."""
    more = {level: getattr(total, level) - n for level, n in found.items() if n is not None}
    return {level: n for level, n in more.items() if n}


def _difference(total: FeedbackTotal, found: dict[str, int | None], is_told: bool) -> str:
    if not is_told:
        return say("the-two.lifetime" if total.days == LIFETIME else "the-two.untold")
    more = _differing(total, found)
    if not more:
        return say("the-two.same" if found["positive"] is not None else "the-two.same_bad")
    sides = {level: "more" if n > 0 else "fewer" for level, n in more.items()}
    said = [say("the-two-differ", number=abs(n), side=sides[level], level=level) for level, n in more.items()]
    why = [say(f"the-two-why.{side}") for side in ("more", "fewer") if side in sides.values()]
    return say("the-two.differ", differences=", ".join(said), why="; ".join(why))
