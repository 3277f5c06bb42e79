"""What a notebook publishes: its figures as JSON, shown by its last cell and collected by the runner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Any

import polars as pl
from IPython.display import display

from helpers.audit import Audit
from helpers.portfolio import Portfolio
from helpers.sentences import say
from helpers.vocabulary import OPTIONS, Account

MIME = "application/vnd.seller-audit.results+json"
SCHEMA_VERSION = 2
PORTFOLIO_VERSION = 1
OF_THE_MONTH = (  # the frames the monthly report publishes as they are
    *("changes", "actions", "maturity", "decided", "signals", "drivers", "returned", "tallies"),
    *("gaps", "marketplace_marks"),
)


def publish(audit: Audit, *, other_readings: pl.DataFrame, frames: Iterable[str] = (), **parts: Any) -> None:
    """Show the notebook's results: the JSON of docs/contracts.md section 6, frames as rows, days as ISO text.

    other_readings   sensitivity.other_readings: an option influenced a figure when another reading of it would change one
    frames           parts of the audit that are published as they are, under their own names
    parts            what this notebook says besides, by the names of the schema
    """
    said = {
        "schema_version": SCHEMA_VERSION,
        "kit_version": version("seller-audit-kit"),
        "account": audit.account.id,
        "name": audit.account.name,
        "as_of": audit.day,
        "verdicts": audit.verdicts,
        "files": audit.account.files,
        "rejected": audit.account.rejected.unique("path", keep="first", maintain_order=True),
        "options": [_chosen(audit.account, name, other_readings) for name in OPTIONS],
        "findings": audit.verdicts.get_column("finding"),
        **{name: getattr(audit, name) for name in frames},
        **parts,
    }
    show(said, say("published", verdicts=audit.verdicts.height, day=audit.day.isoformat()))


def show(said: dict[str, Any], counted: str) -> None:
    """Show results as they are collected, and in a notebook as one line that counts them."""
    display({MIME: plain(said), "text/plain": counted}, raw=True)


def publish_portfolio(portfolio: Portfolio, **parts: Any) -> None:
    """Show the results of a morning over many accounts: the JSON of schemas/portfolio.json."""
    said = {
        "schema_version": PORTFOLIO_VERSION,
        "kit_version": version("seller-audit-kit"),
        "month": portfolio.month,
        "has_ended": portfolio.has_ended,
        **parts,
    }
    show(said, f"{len(portfolio.now)} reports of {portfolio.month}")


def _chosen(account: Account, name: str, other_readings: pl.DataFrame) -> dict:
    influenced = name in set(other_readings.get_column("option"))
    return {"option": name, "value": account.option(name), "influenced": influenced}


def plain(value: Any) -> Any:
    """The value as JSON can hold it: frames as lists of rows, days as ISO text, decimals as text, neither nan nor infinity."""
    match value:
        case pl.DataFrame():
            return [plain(row) for row in value.iter_rows(named=True)]
        case pl.Series() | list() | tuple():
            return [plain(one) for one in value]
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case date():  # a moment too
            return value.isoformat()
        case _ if is_dataclass(value) and not isinstance(value, type):
            return plain(asdict(value))
        case Decimal():
            return str(value)
        case float() if not isfinite(value):
            return None
        case _:
            return value


def collect(notebook: Any) -> dict | None:
    """The results an executed notebook published, with the notebook's own name; None when it published none."""
    found = None
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            found = output.get("data", {}).get(MIME, found)
    if found is None:
        return None
    return found | {"notebook": Path(notebook.metadata.papermill.input_path).stem}
