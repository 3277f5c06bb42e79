"""What to download for the next monthly report, and when: the same kinds of files as this time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from helpers.audit import Audit
from helpers.coverage import KINDS, asking
from helpers.wording import day

OF_ONE_DAY = ("account_health",)  # a picture of the moment: what the day shows can never be had again
INSTEAD = ("unshipped",)  # its advice asks for a better file


def downloads(audit: Audit) -> Iterator[str]:
    """Each download with its day, in sentences: first those of one day alone; none where no file is known."""
    kinds = [kind for kind in KINDS if kind in set(audit.account.files.get_column("report").drop_nulls())]
    kinds = [kind for kind in kinds if kind not in INSTEAD]
    last = ends(audit.day)
    for kind in sorted(kinds, key=lambda kind: kind not in OF_ONE_DAY):
        when = f"on {day(last)} itself" if kind in OF_ONE_DAY else f"on {day(last + timedelta(days=1))} or soon after"
        yield f"{when}: {asking(kind)}"


def ends(looked_at: date) -> date:
    """The last day of the month the next report is about: of this month, or of the next where this one is over."""
    following = (looked_at + timedelta(days=1)).replace(day=28) + timedelta(days=4)
    return following.replace(day=1) - timedelta(days=1)
