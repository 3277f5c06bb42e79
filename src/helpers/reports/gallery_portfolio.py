"""What many accounts show of a case of the gallery: the account of the case three times over, with a run and a letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from helpers import charts, portfolio, tables
from helpers.audit import Audit
from helpers.frames import SCHEMAS
from helpers.portfolio import Portfolio, Report

STORES = 3
SHOWN = {
    "charts.funnels": lambda a: charts.funnels(portfolio.funnel(of(a))),
    "tables.calls": lambda a: tables.calls(portfolio.accounts(of(a)), ".."),
    "tables.news": lambda a: tables.news(portfolio.news(of(a))),
    "tables.stores": lambda a: tables.stores({one.name: one.frames["verdicts"] for one in of(a).now.values()}),
    "tables.one_list": lambda a: _one_list(of(a)),
    "tables.deadlines": lambda a: tables.deadlines(letters(a), a.day),
    "tables.failures": lambda a: tables.failures(of(a).night, {}, ".."),
}


def of(audit: Audit) -> Portfolio:
    """The portfolio of a case: its account as three, none of which has a report of the month before."""
    frames = {name: getattr(audit, name, audit.account.files) for name in portfolio.FRAMES if name != "alerts"}
    frames["alerts"] = pl.DataFrame(schema=dict(SCHEMAS["alerts"]))
    frames["signals"] = audit.signals.with_columns(log_e_value=pl.lit(9.0))
    names = [f"{audit.account.name} {n}" for n in range(1, STORES + 1)]
    now = {name: Report(name, name, audit.day, f"{name}/2026-10/r.html", "All is well.", frames) for name in names}
    failed = {
        "account": names[0],
        "name": names[0],
        "notebook": "02-metric-trends",
        "folder": "data/<b>shop</b>",
        "started_at": datetime(2026, 11, 1, tzinfo=UTC),
        "status": "failed",
        "code": 1,
        "said": "its process died; " * 9,
        "flags": [],
        "seconds": 1.0,
    }
    night = pl.DataFrame([failed], schema=dict(SCHEMAS["night"]), orient="row")
    return Portfolio(Path(), "2026-10", audit.day, now, {}, night, {}, has_ended=False)


def _one_list(found: Portfolio) -> object:
    listed = portfolio.listed(found)
    return tables.one_list(listed, portfolio.promise(listed))


def letters(audit: Audit) -> pl.DataFrame:
    letter = {
        "account": audit.account.id,
        "name": audit.account.name,
        "case": "<i>2026-11-letter</i>",
        "kind": "metric_deactivation",
        "received_on": audit.day - timedelta(days=3),
        "deadline": audit.day + timedelta(days=1),
        "is_confirmed": False,
    }
    return pl.DataFrame([letter], schema=dict(SCHEMAS["letters"]), orient="row")
