"""The first screen of a portfolio as text: whom to call first, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from helpers.answer import Answer
from helpers.portfolio.night import NOT_REACHED, failures
from helpers.portfolio.reading import Portfolio
from helpers.portfolio.reasons import REASONS
from helpers.portfolio.rows import LetterRow, PortfolioRow, Reason
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.wording import count, day, plural, short_day

MOST_CALLS = 5  # named on the first screen; the table under it has them all
SOON = timedelta(days=14)  # a deadline that ends so soon is named before everything else
SAID: Mapping[Reason, tuple[str, str]] = MappingProxyType(  # of one account, and of several
    {
        "missed_strong": ("misses a target on strong evidence", "miss a target on strong evidence"),
        "missed_weak": ("misses a target on weak evidence", "miss a target on weak evidence"),
        "will_miss": ("meets a target now and will miss it", "meet a target now and will miss it"),
        "alarm": ("gets reports faster than a target allows", "get reports faster than a target allows"),
        "flagged": ("is marked by the marketplace", "are marked by the marketplace"),
    }
)
CALLED = tuple(SAID)


def first_screen(portfolio: Portfolio, accounts: pl.DataFrame, letters: pl.DataFrame) -> Answer:
    """Whom to call first and why, then the others; deadlines that end soon; what the night left open.

    accounts   standing.accounts · letters  the `letters` frame
    """
    rows = list(rows_of(accounts, PortfolioRow))
    called = [row for row in rows if row["reason"] in CALLED]
    left = [row for row in rows if row["reason"] == "open"]
    first = [*called, *left][:MOST_CALLS]
    return Answer(
        kicker=f"{plural(len(rows), 'account')} · reports of {portfolio.month} · looked at on {day(portfolio.today)}",
        headline=_headline(portfolio, rows, called, left),
        figures=(),
        actions=tuple(f"{row['name']}: {row['brief']}." for row in first),
        others=" ".join(filter(None, (_others(rows), _order(first)))),
        facts=(*_soon(letters, portfolio.today), *_of_the_night(portfolio)),
    )


def _headline(
    portfolio: Portfolio, rows: Sequence[PortfolioRow], called: Sequence[PortfolioRow], left: Sequence[PortfolioRow]
) -> str:
    if not rows:
        return f"No report of {portfolio.month} lies in this folder."
    if called:
        first, alike = called[0], [row for row in called if row["reason"] == called[0]["reason"]]
        one, many = SAID[first["reason"]]
        if len(alike) == 1:
            return f"Call {first['name']} first: it {one}."
        equal = [row for row in alike if row["place"] == first["place"]]
        said = f"{plural(len(alike), 'account')} {many}"
        if len(equal) == len(alike):
            return f"{said}, on equal evidence: none of them comes first."
        if len(equal) > 1:
            return f"{said}. First come {count(len(equal))} of equal evidence, in the order of their names."
        return f"{said}. Call {first['name']} first."
    if left:
        return f"No account is seen to miss a target, but {count(len(left))} of {count(len(rows))} cannot be told."
    return f"Nobody needs a call: nothing is open of {plural(len(rows), 'account')}."


def _order(first: Sequence[PortfolioRow]) -> str:
    """What the order of those named says where some of them are equal: nothing."""
    is_tied = len({row["place"] for row in first}) < len(first)
    return "Accounts equal in evidence stand in the order of their names, which is no advice." if is_tied else ""


def _others(rows: Sequence[PortfolioRow]) -> str:
    """How many accounts stand under each reason, in its order."""
    numbers = {reason: sum(row["reason"] == reason for row in rows) for reason in REASONS}
    said = [f"{say(f'reason.{reason}')}: {count(numbers[reason])}" for reason in REASONS if numbers[reason]]
    return f"Of {plural(len(rows), 'account')}, by the gravest reason — {'; '.join(said)}." if said else ""


def _soon(letters: pl.DataFrame, today: date) -> list[str]:
    """Letters whose deadline ends within a fortnight."""
    soon = letters.filter(pl.col("deadline").is_between(today, today + SOON))
    said = []
    for row in rows_of(soon, LetterRow):
        if row["deadline"] is not None:
            left = (row["deadline"] - today).days
            when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
            said.append(f"{row['name']}: an answer to a letter is due {when}, on {short_day(row['deadline'])}.")
    return said


def _of_the_night(portfolio: Portfolio) -> list[str]:
    """What the newest run left behind: reports that failed, and that it never came to its end."""
    told = failures(portfolio.night)
    left = told.filter(status=NOT_REACHED)
    failed = told.height - left.height
    said = [f"{plural(failed, 'report')} failed: see below why, and where to look."] if failed else []
    if left.height:
        names = left.get_column("name").unique(maintain_order=True).to_list()
        more = f" and {plural(len(names) - MOST_CALLS, 'more account')}" if len(names) > MOST_CALLS else ""
        said.append(
            f"Not reached: {', '.join(names[:MOST_CALLS])}{more}. The run ended before; the next one goes on with them."
        )
    if portfolio.has_ended is False:
        said.append("The newest run did not come to its end: what is missing may be still to come.")
    return said
