"""Where the page leads: to the reports, and to what a failed one left behind."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.portfolio.night import failures
from helpers.portfolio.reading import Portfolio
from helpers.portfolio.rows import NightRow
from helpers.rows import rows_of

KEPT = "failed"  # the folder of an account's reports that holds what is kept of one that failed
SETTINGS = "account"  # the page of a folder that never came to a notebook


def way(portfolio: Portfolio, placed_in: str) -> str:
    """The way from the folder the page lies in to that of the reports, with forward slashes; empty where they are one."""
    if not placed_in:
        return ""
    path = os.path.relpath(portfolio.folder.resolve(), Path(placed_in).resolve())
    return "" if path == "." else Path(path).as_posix()


def kept(portfolio: Portfolio) -> dict[tuple[str, str], str]:
    """(account, notebook) of a failed report → what was kept of it for the analyst, relative to the folder of the reports:
    a page, else the notebook as far as it ran."""
    found = {}
    for row in rows_of(failures(portfolio.night), NightRow):
        folder = portfolio.folder / row["account"] / KEPT
        left = [*sorted(folder.glob("*.html")), *sorted(folder.glob("*.ipynb"))] if folder.is_dir() else []
        name = Path(row["notebook"]).stem.lstrip("0123456789-") or SETTINGS
        path = next((one for one in left if name in one.stem), None)
        if path is not None:
            found[(row["account"], row["notebook"])] = path.relative_to(portfolio.folder).as_posix()
    return found
