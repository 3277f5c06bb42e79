"""Whom to call first: the `portfolio` frame, ordered by evidence. No points are added up: the gravest reason decides."""

from __future__ import annotations

from typing import Any

import polars as pl

from helpers.frames import SCHEMAS
from helpers.portfolio import reasons
from helpers.portfolio.night import NOT_REACHED, failures
from helpers.portfolio.reading import Portfolio, Report, is_monthly
from helpers.portfolio.reasons import REASONS, UNTOLD, Found
from helpers.portfolio.rows import NightRow
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.wording import capital

ORDER = {reason: place for place, reason in enumerate(REASONS)}


def accounts(portfolio: Portfolio) -> pl.DataFrame:
    """One row an account: why it is called for, the gravest reason first. Among equals the one with more rates, then the
    one least likely to be truly on target; what is still equal has one `place` and stands by name.

    An account is one with a report of this month or of the month before, or one a run tried to report on. One whose report
    failed keeps what an earlier report of the month says, and says besides that it is an old one.
    """
    names = {row["account"]: row["name"] for row in rows_of(portfolio.night, NightRow)}
    known = {name: one.name for name, one in {**portfolio.before, **portfolio.now}.items()}
    everyone = dict.fromkeys([*known, *names, *portfolio.unread])
    rows = [_row(portfolio, account, known.get(account) or names.get(account) or account) for account in everyone]
    grades = {row["account"]: (ORDER[row["reason"]], -row["rates"], row.pop("chance")) for row in rows}
    rows.sort(key=lambda row: (grades[row["account"]], row["name"].casefold()))
    firsts = sorted(set(grades.values()))
    for row in rows:
        row["place"] = firsts.index(grades[row["account"]]) + 1
    return pl.DataFrame(rows, schema=dict(SCHEMAS["portfolio"]), orient="row")


def _row(portfolio: Portfolio, account: str, name: str) -> dict[str, Any]:
    report = portfolio.now.get(account)
    found = [*(reasons.of(report) if report else ()), *_of_the_night(portfolio, account, report)]
    found.sort(key=lambda one: ORDER[one.reason])
    calm = report.headline.replace("your files", "its files") if report else ""
    gravest = found[0] if found else Found("fine", (), calm, "")
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


def _of_the_night(portfolio: Portfolio, account: str, report: Report | None) -> list[Found]:
    """That a report of an account is not there: what no report can say itself."""
    said = []
    failed = list(rows_of(failures(portfolio.night).filter(account=account), NightRow))
    for row in failed:
        which = "" if is_monthly(row["notebook"]) else row["notebook"]
        report_is = {"of": "one" if which else "month", "notebook": which}
        if row["status"] == NOT_REACHED:
            told = say("its-report.not_reached", **report_is)
        else:
            told = say("its-report.failed", **report_is, why=(row["said"] or say("failed.untold")).rstrip("."))
        earlier = [say("its-report.earlier")] if report and not which else []
        said.append(" ".join([told, *earlier]))
    if account in portfolio.unread:
        said.append(capital(portfolio.unread[account]))
    elif report is None and not failed:
        said.append(say("no-report-now", month=portfolio.month))
    return [Found("failed", (), one, f"{one[:1].lower()}{one[1:]}".rstrip(".")) for one in said]
