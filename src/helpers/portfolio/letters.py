"""Deadlines: the letters in the folders of the accounts that the runs name: the `letters` frame."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from helpers import cases
from helpers.errors import SettingsError
from helpers.frames import SCHEMAS
from helpers.places import home
from helpers.portfolio.reading import Portfolio
from helpers.portfolio.rows import NightRow
from helpers.rows import rows_of
from helpers.sentences import say


def letters(portfolio: Portfolio) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Every letter, the next deadline first, those without one last; and in sentences where none could be looked for.

    Where an account's folder lies is known from the records of the runs alone: results do not tell it.
    """
    told = {row["account"]: (row["name"], _place(row["folder"])) for row in rows_of(portfolio.night, NightRow)}
    folders = {account: (name, place) for account, (name, place) in told.items() if place is not None}
    rows, untold = [], []
    for account, (name, place) in folders.items():
        try:
            rows += [
                {
                    "account": account,
                    "name": name,
                    "case": case.name,
                    "kind": case.said.kind,
                    "received_on": case.said.received_on,
                    "deadline": case.said.deadline,
                    "is_confirmed": bool(case.said.confirmed_by),
                }
                for case in cases.every(place)
            ]
        except (SettingsError, OSError) as error:
            untold.append(say("letters-unread", account=name, why=str(error).replace("\n  Hint:", ";")))
    others = [one.name for account, one in portfolio.now.items() if account not in folders]
    if others:
        untold.append(say("letters-not-looked-for", accounts=", ".join(sorted(others))))
    frame = pl.DataFrame(rows, schema=dict(SCHEMAS["letters"]), orient="row")
    return frame.sort("deadline", "received_on", "name", nulls_last=True), tuple(untold)


def _place(folder: str) -> Path | None:
    """The folder a run names, as it stands or under the kit's home; None where it is no more, or none is named."""
    return next((one for one in (Path(folder), home() / folder) if folder and one.is_dir()), None)
