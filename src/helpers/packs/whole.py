"""The whole pack of a case: texts and tables by file name, with what stops it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from helpers import scenarios
from helpers.evidence import Evidence, table
from helpers.packs import answering, checking, following, sentences, showing
from helpers.packs.checking import Problem
from helpers.packs.contradictions import Contradiction, contradictions
from helpers.packs.sentences import Passage
from helpers.scenarios import Outlook
from helpers.wording import day

ANSWERS, PLAN, EVIDENCE, CHECK = "answers.md", "plan-of-action.md", "evidence.md", "check.md"
MAY_GO, WATCH, WEEKS = "may-go.csv", "watch.csv", "weeks.csv"
OWN = (CHECK, MAY_GO, WATCH, WEEKS)  # for the one who answers: they lie in the folder and go to nobody


@dataclass(frozen=True)
class Pack:
    """What goes back to the marketplace, and what the one who sends it has to know first."""

    evidence: Evidence

    @cached_property
    def answers(self) -> list[Passage]:
        return answering.answers(self.evidence)

    @cached_property
    def plan(self) -> list[Passage]:
        return answering.plan(self.evidence)

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        return contradictions(self.evidence)

    @cached_property
    def problems(self) -> list[Problem]:
        """What stops the pack; none: it can go out. The plan is looked at where the letter asks for one."""
        looked_at = {ANSWERS: self.answers} | ({PLAN: self.plan} if self.asks_for_plan else {})
        return checking.problems(self.evidence, looked_at, self.contradictions)

    @cached_property
    def outlook(self) -> Outlook:
        """What is to come of the rates, as of the day before the letter."""
        return scenarios.of(self.evidence.audit, following.WATCHED)

    @property
    def asks_for_plan(self) -> bool:
        return "plan_of_action" in self.evidence.case.said.asked

    @property
    def texts(self) -> dict[str, str]:
        """File name → Markdown. check.md is for the one who answers and goes to nobody."""
        said, account = self.evidence.case.said, self.evidence.audit.account
        of = f"{account.name}, {said.marketplace}. In answer to the letter of {day(said.received_on)}."
        return {
            ANSWERS: sentences.text("Answers", f"{of} Numbers in brackets are rows of evidence.md.", self.answers),
            PLAN: sentences.text("Plan of action", f"{of} Numbers in brackets are rows of evidence.md.", self.plan),
            EVIDENCE: showing.evidence_text(self.evidence),
            CHECK: showing.check_text(self.evidence, self.problems, self.contradictions),
        }

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """File name → table. Order numbers are real here."""
        rows = table(self.evidence).filter(~pl.col("kind").is_in(showing.OWN_ROWS))
        made = {"evidence.csv": rows, "timeline.csv": following.timeline(self.evidence)}
        made |= self.evidence.tables
        if self.evidence.removals.height:
            made[MAY_GO] = self.evidence.removals
        return made | {
            WATCH: following.watch(self.outlook),
            WEEKS: following.weeks(self.outlook),
        }


def of(evidence: Evidence) -> Pack:
    """The pack of a case."""
    return Pack(evidence)
