"""The first screen of the monthly report as text."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.answer.actions import actions, facts, not_looked_at
from helpers.answer.figures import Figure, figure, others_missed, shown
from helpers.answer.headline import headline
from helpers.answer.names import is_alone
from helpers.audit import Audit
from helpers.rows import VerdictRow, rows_of
from helpers.sentences import say
from helpers.wording import day


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


def kicker(audit: Audit) -> str:
    """The line over a headline: `Acme · amazon.de, amazon.fr · as of 31 October 2026`."""
    account = audit.account
    return say("kicker", account=account.name, stores=", ".join(account.marketplaces), day=day(audit.day))


def first_screen(audit: Audit) -> Answer:
    """The answer of the monthly report: what history, verdicts (worst first) and gaps say of the whole account; where no
    rate can be judged, the counts are the answer."""
    rows = list(rows_of(audit.verdicts, VerdictRow))
    on_cards = shown(rows)
    alone = is_alone(audit.account.marketplaces, rows)
    return Answer(
        kicker=kicker(audit),
        headline=headline(audit, rows),
        figures=tuple(figure(row, is_alone=alone) for row in on_cards),
        actions=tuple(actions(audit, rows)),
        others=others_missed(rows, on_cards),
        facts=tuple(facts(audit, rows)),
        not_looked_at=not_looked_at(audit, rows),
    )
