"""Whom to call first: the `portfolio` frame, ordered by evidence. No points are added up: the gravest reason decides."""

from __future__ import annotations

from typing import Any

import polars as pl

from helpers.frames import SCHEMAS
from helpers.portfolio import reasons
from helpers.portfolio.night import failures
from helpers.portfolio.reading import Portfolio, Report
from helpers.portfolio.reasons import REASONS, UNTOLD, Found
from helpers.portfolio.rows import NightRow
from helpers.rows import rows_of

ORDER = {reason: place for place, reason in enumerate(REASONS)}


def accounts(portfolio: Portfolio) -> pl.DataFrame:
    """One row an account: why it is called for, the gravest reason first. Among equals the one with more rates, then the
    one least likely to be truly on target, then by name.

    An account is one with a report of this month or of the month before, or one a run tried to report on. One whose report
    failed keeps what an earlier report of the month says, and says besides that it is an old one.
    """
    failed = {row["account"]: row for row in rows_of(failures(portfolio.night), NightRow)}
    names = {row["account"]: row["name"] for row in rows_of(portfolio.night, NightRow)}
    known = {name: one.name for name, one in {**portfolio.before, **portfolio.now}.items()}
    everyone = dict.fromkeys([*known, *names, *portfolio.unread])
    rows = [
        _row(portfolio, account, known.get(account) or names.get(account) or account, failed) for account in everyone
    ]
    rows.sort(key=lambda row: (ORDER[row["reason"]], -row["rates"], row.pop("chance"), row["name"].casefold()))
    return pl.DataFrame(rows, schema=dict(SCHEMAS["portfolio"]), orient="row")


def _row(portfolio: Portfolio, account: str, name: str, failed: dict[str, NightRow]) -> dict[str, Any]:
    report = portfolio.now.get(account)
    found = [*(reasons.of(report) if report else ()), *_of_the_night(portfolio, account, report, failed.get(account))]
    gravest = (
        found[0]
        if found
        else Found("fine", (), report.headline.replace("your files", "its files") if report else "", "")
    )
    return {
        "account": account,
        "name": name,
        "reason": gravest.reason,
        "rates": len(gravest.rates),
        "brief": gravest.brief,
        "sentence": gravest.sentence,
        "also": [one.sentence for one in found[1:]],
        "as_of": report.as_of if report else None,
        "report": report.page if report else None,
        "chance": gravest.chance if found else UNTOLD,
    }


def _of_the_night(portfolio: Portfolio, account: str, report: Report | None, failed: NightRow | None) -> list[Found]:
    """What leaves an account open that no report of the month can say itself."""
    said = []
    if failed:
        kept = " What stands here is of an earlier run." if report else ""
        said.append(f"Its report failed: {failed['said'] or 'no reason told'}.{kept}".replace("..", "."))
    elif account in portfolio.unread:
        said.append(f"{portfolio.unread[account][:1].upper()}{portfolio.unread[account][1:]}.")
    elif report is None:
        said.append(f"There is no report of {portfolio.month}, and there was one of the month before.")
    return [Found("open", (), one, f"{one[:1].lower()}{one[1:]}".rstrip(".")) for one in said]
