"""The first screen of a portfolio as text: whom to call first, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from helpers.answer import Answer
from helpers.portfolio.night import NOT_REACHED, failures
from helpers.portfolio.reading import Portfolio
from helpers.portfolio.reasons import REASONS
from helpers.portfolio.rows import LetterRow, PortfolioRow, Reason
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.wording import count, day, short_day

MOST_CALLS = 5  # named on the first screen; the table under it has them all
SOON = timedelta(days=14)  # a deadline that ends so soon is named before everything else
CALLED: tuple[Reason, ...] = ("missed_strong", "missed_weak", "will_miss", "alarm", "flagged")


def first_screen(portfolio: Portfolio, accounts: pl.DataFrame, letters: pl.DataFrame) -> Answer:
    """Whom to call first and why, then the others; deadlines that end soon; what the night left open.

    accounts   standing.accounts · letters  the `letters` frame
    """
    rows = list(rows_of(accounts, PortfolioRow))
    called = [row for row in rows if row["reason"] in CALLED]
    left = [row for row in rows if row["reason"] not in (*CALLED, "fine")]
    first = [*called, *left][:MOST_CALLS]
    return Answer(
        kicker=say("many-kicker", accounts=len(rows), month=portfolio.month, day=day(portfolio.today)),
        headline=_headline(portfolio, rows, called, left),
        figures=(),
        actions=tuple(say("call", account=row["name"], why=row["brief"]) for row in first),
        others=" ".join(filter(None, (_others(rows), _order(first)))),
        facts=(*_soon(letters, portfolio.today), *_unnamed(left, first), *_of_the_night(portfolio)),
    )


def _headline(
    portfolio: Portfolio, rows: Sequence[PortfolioRow], called: Sequence[PortfolioRow], left: Sequence[PortfolioRow]
) -> str:
    if not rows:
        return say("no-report-of-month", month=portfolio.month)
    if called:
        first, alike = called[0], [row for row in called if row["reason"] == called[0]["reason"]]
        if len(alike) == 1:
            return say("call-first.alone", account=first["name"], why=say(f"called.{first['reason']}", accounts=1))
        equal = [row for row in alike if row["place"] == first["place"]]
        given = {"accounts": len(alike), "why": say(f"called.{first['reason']}", accounts=len(alike))}
        if len(equal) == len(alike):
            return say("call-first.none", **given)
        if len(equal) > 1:
            return say("call-first.equal", **given, equal=len(equal))
        return say("call-first.of_several", **given, account=first["name"])
    if left:
        return say("call-first.untold", left=len(left), of=count(len(rows)))
    return say("call-first.nobody", accounts=len(rows))


def _unnamed(left: Sequence[PortfolioRow], first: Sequence[PortfolioRow]) -> list[str]:
    """The accounts that cannot be told and have found no place among those to call: none of them is passed over as calm."""
    more = [row for row in left if row not in first]
    said = [say("left-unjudged", account=row["name"], why=row["brief"]) for row in more[:MOST_CALLS]]
    return [*said, *([say("left-unjudged-more", accounts=len(more) - MOST_CALLS)] if len(more) > MOST_CALLS else [])]


def _order(first: Sequence[PortfolioRow]) -> str:
    """What the order of those named says where some of them are equal: nothing."""
    is_tied = len({row["place"] for row in first}) < len(first)
    return say("equal-accounts") if is_tied else ""


def _others(rows: Sequence[PortfolioRow]) -> str:
    """How many accounts stand under each reason, in its order."""
    numbers = {reason: sum(row["reason"] == reason for row in rows) for reason in REASONS}
    said = [
        say("reason-number", reason=say(f"reason.{reason}"), number=count(numbers[reason]))
        for reason in REASONS
        if numbers[reason]
    ]
    return say("by-reason", accounts=len(rows), reasons="; ".join(said)) if said else ""


def _soon(letters: pl.DataFrame, today: date) -> list[str]:
    """Letters whose deadline ends within a fortnight."""
    soon = letters.filter(pl.col("deadline").is_between(today, today + SOON))
    said = []
    for row in rows_of(soon, LetterRow):
        if row["deadline"] is not None:
            left = (row["deadline"] - today).days
            said.append(say("answer-due", account=row["name"], left=left, day=short_day(row["deadline"])))
    return said


def _of_the_night(portfolio: Portfolio) -> list[str]:
    """What the newest run left behind: reports that failed, and that it never came to its end."""
    told = failures(portfolio.night)
    left = told.filter(status=NOT_REACHED)
    failed = told.height - left.height
    said = [say("reports-failed", reports=failed)] if failed else []
    if left.height:
        names = left.get_column("name").unique(maintain_order=True).to_list()
        more = max(len(names) - MOST_CALLS, 0)
        said.append(say("accounts-not-reached", accounts=", ".join(names[:MOST_CALLS]), more=more))
    if portfolio.has_ended is False:
        said.append(say("run-not-ended"))
    return said
