"""An account's own feedback on one day, put together from an audit: the only place that does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from helpers.answer import Answer
from helpers.audit import Audit
from helpers.own_feedback.displayed import compared, displayed
from helpers.own_feedback.first import first_screen
from helpers.own_feedback.implied import beliefs, breakdowns, implied
from helpers.own_feedback.orders import heard, orders
from helpers.own_feedback.points import influenced
from helpers.own_feedback.removals import removals
from helpers.own_feedback.series import response_by_part, response_rates
from helpers.own_feedback.signs import lists, proxies


@dataclass(frozen=True)
class OwnFeedback:
    """The own feedback of an audited account: each part computed when first asked for and then kept; the function that makes it says what its columns are."""

    audit: Audit

    @cached_property
    def displayed(self) -> pl.DataFrame:
        """The score the public reads."""
        return displayed(self.audit.account, self.audit.day)

    @cached_property
    def page(self) -> pl.DataFrame:
        """The counts typed from the Feedback Manager page beside those of the download."""
        return compared(self.audit.account, self.audit.day)

    @cached_property
    def orders(self) -> pl.DataFrame:
        """The orders of each judged window and what their buyers said."""
        return orders(self.audit.account, self.audit.verdicts, self.audit.covered)

    @cached_property
    def heard(self) -> pl.DataFrame:
        """Who spoke and who is silent, one row a window."""
        return heard(self.orders, self.audit.account)

    @cached_property
    def breakdowns(self) -> pl.DataFrame:
        """The response ratio that decides each target."""
        return breakdowns(self.heard, self.audit.rules)

    @cached_property
    def implied(self) -> pl.DataFrame:
        """The dissatisfied share under each published case."""
        return implied(self.heard)

    @cached_property
    def beliefs(self) -> pl.DataFrame:
        """A Bayesian reading of the same counts."""
        return beliefs(self.heard)

    @cached_property
    def lists(self) -> pl.DataFrame:
        """What lists that overlap say of how many more there must be."""
        return lists(self.orders)

    @cached_property
    def proxies(self) -> pl.DataFrame:
        """What a sign known for every order says of the silent."""
        return proxies(self.orders)

    @cached_property
    def removals(self) -> pl.DataFrame:
        """Feedback that may go or has gone, and what that changes."""
        return removals(self.audit.account, self.orders, self.audit.day)

    @cached_property
    def response_rates(self) -> pl.DataFrame:
        """How many buyers write, month by month."""
        return response_rates(self.audit.account, self.audit.day)

    @cached_property
    def response_by_part(self) -> pl.DataFrame:
        """The same before and after the way to rate changed."""
        return response_by_part(self.response_rates, self.audit.account)

    @cached_property
    def influenced(self) -> pl.DataFrame:
        """The open points of the rules that influenced a figure."""
        return influenced(self.audit.account, self.displayed, self.heard, self.removals, self.response_rates)

    @cached_property
    def screen(self) -> Answer:
        """The first screen."""
        return first_screen(
            self.audit.account,
            self.displayed,
            self.heard,
            self.breakdowns,
            self.removals,
            self.page,
            self.audit.verdicts,
            self.orders,
            self.audit.day,
            self.audit.today,
        )

    def published(self) -> dict[str, pl.DataFrame]:
        """What the results of the notebook hold of it."""
        names = ("displayed", "heard", "breakdowns", "removals")
        return {name: getattr(self, name) for name in names}


def of(audit: Audit) -> OwnFeedback:
    """The own feedback of an audited account."""
    return OwnFeedback(audit)
