"""The letters of accounts with their deadlines, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from helpers import cases
from helpers.errors import SettingsError
from helpers.exports import settings
from helpers.notices.telling import in_words
from helpers.packs import due
from helpers.reports import parameters
from helpers.reports.terminal import clean
from helpers.wording import short_day

COUNTS_FOR = 180  # days for which a policy violation stands against an account (docs/contracts.md section 8)


@dataclass(frozen=True)
class Listed:
    """One letter of one account. counts_until: of a letter about a rule, the last day it stands against the account."""

    account: str
    name: str
    kind: str
    received_on: date
    deadline: date | None
    due: str
    is_confirmed: bool
    counts_until: date | None


def folders(names: tuple[str, ...]) -> Iterator[tuple[Path, SettingsError | None]]:
    """Every account folder meant; with an argument that means none, what is wrong with it."""
    for name in names:
        try:
            found = parameters.accounts(name, settings.FILE)
        except SettingsError as error:
            yield Path(name), error
            continue
        yield from ((folder, None) for folder in found)


def rows(folder: Path, today: date) -> list[Listed]:
    """The letters of one account. Raises SettingsError for a case that cannot be read."""
    account = settings.read(folder).id
    found = []
    for case in cases.every(folder):
        said = case.said
        until = said.received_on + timedelta(days=COUNTS_FOR)
        counts_until = until if said.kind.startswith("policy_") or said.kind == "listing_removal" else None
        left = due(said.deadline, today)
        found.append(
            Listed(
                account,
                case.name,
                said.kind,
                said.received_on,
                said.deadline,
                left,
                bool(said.confirmed_by),
                counts_until,
            )
        )
    return found


def as_text(found: list[Listed]) -> Iterator[str]:
    """A line a letter, the next deadline first, letters without one last."""
    if not found:
        yield "no letters"
    for one in sorted(
        found, key=lambda one: (one.deadline is None, one.deadline or one.received_on, one.account, one.name)
    ):
        deadline = f"due {short_day(one.deadline)} ({one.due})" if one.deadline else one.due
        confirmed = "" if one.is_confirmed else "; not confirmed by a person yet"
        counts = (
            f"; a policy violation counts for {COUNTS_FOR} days, to {short_day(one.counts_until)}"
            if one.counts_until
            else ""
        )
        yield clean(
            f"{one.account} {one.name}: {in_words(one.kind)} of {short_day(one.received_on)}, {deadline}{confirmed}{counts}"
        )
