"""The first screen of the monthly report as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from helpers.answer.actions import actions, facts, not_looked_at
from helpers.answer.figures import Figure, figure, others_missed, shown
from helpers.answer.headline import headline
from helpers.answer.names import is_alone
from helpers.audit import Audit
from helpers.rows import VerdictRow, rows_of
from helpers.sentences import say
from helpers.wording import day

LATER = timedelta(days=7)  # a page is looked at so long after its day, and says so: monthly ones are made within days


@dataclass(frozen=True)
class Answer:
    """What the first screen says, as text: it is put on the page by front.html.

    others          one line for the missed rates that have no card
    actions         what is to be done · facts   what happens by itself
    not_looked_at   one line of judged rates that no file tells
    """

    kicker: str
    headline: str
    figures: tuple[Figure, ...]
    actions: tuple[str, ...]
    others: str = ""
    facts: tuple[str, ...] = ()
    not_looked_at: str = ""


def stores(audit: Audit) -> str:
    """The stores of an account as they stand over a headline."""
    return ", ".join(audit.account.marketplaces)


def kicker(account: str, stores: str, as_of: date, today: date) -> str:
    """The line over a headline: `Acme · amazon.de · as of 31 October 2026`, and when it was looked at where that is a week later
    or more: what a page says of “today” is said of its day."""
    looked = "later" if today - as_of >= LATER else "then"
    return say("kicker", account=account, stores=stores, day=day(as_of), looked=looked, today=day(today))


def first_screen(audit: Audit) -> Answer:
    """The answer of the monthly report: what history, verdicts (worst first) and gaps say of the whole account; where no
    rate can be judged, the counts are the answer."""
    rows = list(rows_of(audit.verdicts, VerdictRow))
    on_cards = shown(rows)
    alone = is_alone(audit.account.marketplaces, rows)
    return Answer(
        kicker=kicker(audit.account.name, stores(audit), audit.day, audit.today),
        headline=headline(audit, rows),
        figures=tuple(figure(row, is_alone=alone) for row in on_cards),
        actions=tuple(actions(audit, rows)),
        others=others_missed(rows, on_cards),
        facts=tuple(facts(audit, rows)),
        not_looked_at=not_looked_at(audit, rows),
    )
