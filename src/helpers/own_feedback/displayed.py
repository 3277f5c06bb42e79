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
from helpers.vocabulary import Account, FeedbackTotal
from helpers.wording import count, plural, whole_percent
from helpers.wording import day as written

YEAR, LIFETIME = 365, 0
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
        year["finding"] = (
            f"{store}: {count(year['negative'])} negative and {count(year['neutral'])} neutral feedback in 365 days to "
            f"{written(as_of)}. The download holds no four or five stars: its positive share would be 0 % whatever "
            f"buyers think, so none is told.{_short(account, year)}"
        )
        return rows
    least = int(account.option("score_min"))
    year["is_shown"] = year["is_covered"] and year["received"] >= least
    if year["is_shown"] or (not year["is_covered"] and year["received"]):
        year["finding"] = f"{store}: {_said(year)}."
    elif not year["is_covered"]:
        year["finding"] = f"{store}: no feedback in the download."
    else:
        year["finding"] = (
            f"{store}: {plural(year['received'], 'feedback')} in 365 days, fewer than {least}: the page shows the "
            "lifetime score, which no download holds. The page's counts of 365 days and of the lifetime (days = 0) can be "
            "typed ([[feedback_totals]])."
        )
    near = _open(year["received"], least) if year["is_covered"] else ""
    year["finding"] += near + _short(account, year) + _unplaced(account, as_of)
    return rows


def _short(account: Account, year: dict) -> str:
    """What a download that does not prove the whole year leaves open."""
    if year["is_covered"]:
        return ""
    first, last = span(account.feedback.get_column("received_on"))
    return (
        f" The feedback in the download is of {written(first)} to {written(last)}: unless no more came "
        "in the year, the page counts more."
    )


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
        shown["finding"] = f"{store}: the page holds no feedback, so it shows no score."
    elif shown:
        shown["is_shown"] = True
        shown["finding"] = f"{store}: {_said(shown)}, by the page's own counts.{_open(year['received'], least)}"
    else:
        year["finding"] = (
            f"{store}: {plural(year['received'], 'feedback')} in 12 months on the page, fewer than {least}: the page "
            "shows the lifetime score, which was not typed."
        )
    return list(rows.values())


def _newest(account: Account, as_of: date) -> list[FeedbackTotal]:
    """The last counts typed of each store and window by `as_of`, which the page of the next morning shows."""
    known = [total for total in account.feedback_totals if total.taken_on <= as_of + timedelta(days=1)]
    newest = {(t.marketplace, t.days): t for t in sorted(known, key=lambda total: total.taken_on)}
    return sorted(newest.values(), key=lambda total: (total.marketplace, total.days or 10**6))


def _said(row: dict) -> str:
    over = "since the account began" if row["window_days"] == LIFETIME else f"in {row['window_days']} days"
    return (
        f"{row['positive_percent']} % positive ({count(row['positive'])} of {plural(row['received'], 'feedback')} {over} "
        f"to {written(row['window_end'])}; {count(row['neutral'])} neutral, {count(row['negative'])} negative)"
    )


def _open(received: int, least: int) -> str:
    if received != 10:
        return ""
    taken = "12-month" if received >= least else "lifetime"
    return (
        " At exactly 10 feedback in 12 months the marketplace's text does not say which score is shown; "
        f"score_min = {least} takes the {taken} one."
    )


def _unplaced(account: Account, as_of: date) -> str:
    lost = _counted(account, "unknown", as_of, YEAR)
    number = sum(n or 0 for n in lost.values())
    if not number:
        return ""
    return f" {count(number)} more feedback of these days are on orders in no order file: their store is not known."


def _differing(total: FeedbackTotal, found: dict[str, int | None]) -> dict[str, int]:
    """How many more the page holds at each level that the download tells."""
    more = {level: getattr(total, level) - n for level, n in found.items() if n is not None}
    return {level: n for level, n in more.items() if n}


def _difference(total: FeedbackTotal, found: dict[str, int | None], is_told: bool) -> str:
    if not is_told:
        return "lifetime is on the page only" if total.days == LIFETIME else "the download does not tell these days"
    more = _differing(total, found)
    if not more:
        return "the same" if found["positive"] is not None else "the same, as far as one to three stars go"
    said = ", ".join(f"{count(abs(n))} {'more' if n > 0 else 'fewer'} {level}" for level, n in more.items())
    why = []
    if max(more.values()) > 0:
        why.append("more: the download may miss days, or its orders' store is not known")
    if min(more.values()) < 0:
        why.append(
            "fewer: feedback may have been taken down or struck through since the download, or changed its stars"
        )
    return f"on the page {said} than in the download ({'; '.join(why)})"
