"""The evidence of a case: its charges judged, and every fact as a numbered row with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from helpers import audit as audits
from helpers import own_feedback, referee
from helpers.actions import ActionRow
from helpers.audit import Audit
from helpers.cases import Case, Charge
from helpers.evidence import orders
from helpers.evidence.judging import Judged, judged
from helpers.evidence.limits import unsupported
from helpers.evidence.papers import Paper, papers
from helpers.evidence.shared import shared
from helpers.evidence.sources import files_behind, letter_words
from helpers.notices import Reading
from helpers.rows import rows_of
from helpers.sentences import say
from helpers.vocabulary import METRICS
from helpers.wording import bound, counted, day, share, uncounted

OLDER = "-older-window"  # in the name of the table of the orders behind the letter's own figure
OF_ORDERS = ("orders", "lateness", "packages")  # the facts that are of one order each
LETTERS = {"cause": "S", "done": "S", "step": "S", "document": "D", "removals": "R"}  # of the rows of no charge


@dataclass(frozen=True)
class Row:
    """A fact of the evidence: its number, what it says, where it is from.

    kind      of a charge: letter, count, orders, reason, driver, beside, after, admission; else cause, done, step, document, removals
    subject   the charge it belongs to; None: the whole case
    table     the name of the table it is shown in, order by order
    charge    the place of its charge in the case; None: the whole case
    """

    number: str
    kind: str
    said: str
    source: str
    subject: str | None = None
    table: str | None = None
    charge: int | None = None


@dataclass(frozen=True)
class After:
    """The bad ones of the letter's window since a measure, and before it: of how many."""

    on: date
    part: int
    whole: int
    part_before: int
    whole_before: int


@dataclass(frozen=True)
class Evidence:
    """Everything an answer may rest on, each part computed when first asked for."""

    case: Case
    audit: Audit

    @cached_property
    def reading(self) -> Reading:
        return self.case.reading

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """The charges of the case in its order."""
        said = self.case.said
        return tuple(judged(_of_parent(one, said.charges), self.audit, said.marketplace) for one in said.charges)

    @cached_property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """The orders behind each charge, by the name of its table; order numbers are real."""
        found = {}
        for number, one in enumerate(self.judged, 1):
            if (
                one.meant is not None
                and one.counted
                and one.counted[0].is_judged
                and one.meant.metric.rows in OF_ORDERS
            ):
                found[_table(number, one)] = orders.behind(one.meant, one.counted[0].span, self.audit)
                if one.older is not None:
                    then = orders.behind(one.meant, one.older.span, self.audit, one.older.judged_on)
                    found[_table(number, one, OLDER)] = then
        return {name: table for name, table in found.items() if table.height}

    @cached_property
    def removals(self) -> pl.DataFrame:
        """Feedback and claims that may still be asked about, with ground, rule and clock (own_feedback.grounds)."""
        windows = [one.counted[0].span for one in self.judged if one.counted]
        first = min((span.first for span in windows), default=self.audit.day - timedelta(days=60))
        return own_feedback.grounds(self.audit.account, self.case.said.marketplace, first, self.audit.day)

    @property
    def is_charged(self) -> pl.Expr:
        """Which verdicts are of a rate the letter charges."""
        return pl.col("metric").is_in([one.meant.metric.key for one in self.judged if one.meant])

    @cached_property
    def papers(self) -> list[Paper]:
        return papers(self.case, self.reading.other_periods)

    @cached_property
    def unsupported(self) -> list[str]:
        return unsupported(self.case, self.judged)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every fact: E1.1, E1.2 … of the first charge and so on, S1 … what the seller states, D1 … the documents, R1 what
        may still be asked about."""
        made: list[Row] = []
        used: dict[str, int] = {}
        for row in [*self._of_charges(), *self._of_seller()]:
            first = f"E{row.charge + 1}." if row.charge is not None else LETTERS[row.kind]
            used[first] = used.get(first, 0) + 1
            made.append(replace(row, number=f"{first}{used[first]}"))
        return tuple(made)

    def of(self, one: Judged) -> tuple[Row, ...]:
        """The rows of one charge."""
        at = self.judged.index(one)
        return tuple(row for row in self.rows if row.charge == at)

    def afters(self, one: Judged) -> list[After]:
        """The window of a charge, cut at the day of each measure that lies in it."""
        if one.meant is None or not one.counted or not one.counted[0].is_judged:
            return []
        span, letter = one.counted[0].span, self.audit.day + timedelta(days=1)
        days = sorted({done.on for done in self.case.said.done if done.subject == one.charge.subject})
        found = []
        for on in days:
            if span.first < on <= span.last:
                series = one.meant.series(self.audit.daily)
                since = [referee.over(each, on, span.last, letter)[:2] for each in series]
                x, n = (sum(part) for part in zip(*since, strict=True))
                whole = one.counted[0]
                found.append(After(on, x, n, whole.numerator - x, whole.denominator - n))
        return found

    def _of_the_silent(self, one: Judged) -> list[str]:
        """Beside a share of the feedback received, as old letters print it: the same feedback over all orders."""
        if one.meant is None or one.meant.metric.rows != "feedback":
            return []
        heard = own_feedback.of(self.audit).heard
        return heard.filter(pl.col("marketplace") == one.meant.marketplace).get_column("finding").to_list()

    def numbers(self, kind: str, subject: str | None = None, table: str | None = None) -> tuple[str, ...]:
        """The numbers of rows of a kind, of one charge where it is named."""
        return tuple(
            row.number
            for row in self.rows
            if row.kind == kind and subject in (None, row.subject) and table in (None, row.table)
        )

    def _of_charges(self) -> Iterator[Row]:
        for at, one in enumerate(self.judged):
            yield from (replace(row, subject=one.charge.subject, charge=at) for row in self._of_charge(at, one))

    def _of_charge(self, at: int, one: Judged) -> Iterator[Row]:
        letter, name = self.case.said.letter, _table(at + 1, one)
        words = letter_words(one.charge, self.reading)
        if words is None:
            named = say(f"charge.{one.charge.subject}")
            said = say("evidence-row.confirmed", who=self.case.said.confirmed_by, charge=named)
            yield Row("", "letter", said, f"{letter}, case.toml")
        else:
            source = say("evidence-from.line", letter=letter, line=words[1])
            yield Row("", "letter", say("evidence-row.letter", words=words[0]), source)
        yield Row("", "count", one.finding, files_behind(one, self.audit), table=name)
        for table, of in ((name, "count"), (_table(at + 1, one, OLDER), "older")):
            if table in self.tables:
                said = say("evidence-row.orders", number=self.tables[table].height, of=of)
                yield Row("", "orders", said, table, table=table)
        for reason in one.reasons:
            files = files_behind(one, self.audit, of_older=reason.what == "window")
            yield Row("", "reason", reason.said, files)
        yield from (Row("", kind, said, files_behind(one, self.audit)) for kind, said in shared(one, self.audit))
        yield from (Row("", "beside", said, files_behind(one, self.audit)) for said in self._of_the_silent(one))
        yield from (
            Row("", "after", _after(one, after, self.audit), files_behind(one, self.audit))
            for after in self.afters(one)
        )
        if one.charge.admitted is not None:
            said = say("evidence-row.admitted") if one.charge.admitted else say("evidence-row.not_admitted")
            yield Row("", "admission", said, say("evidence-from.seller"))

    def _of_seller(self) -> Iterator[Row]:
        said = self.case.said
        by = say("evidence-from.seller")
        for cause in said.causes:
            yield Row("", "cause", cause.text, _with(by, cause.document), cause.subject)
        for done in said.done:
            yield Row("", "done", f"{day(done.on)}, {done.owner}: {done.text}", _with(by, done.document), done.subject)
        for step in said.steps:
            text = say("evidence-row.step", day=day(step.by), owner=step.owner, text=step.text)
            yield Row("", "step", text, by, step.subject)
        for paper in self.papers:
            if paper.file is not None:
                yield Row("", "document", paper.shows, paper.file)
        if self.removals.height:
            text = say("evidence-row.removals", number=self.removals.height)
            yield Row("", "removals", text, "may-go.csv", table="may-go.csv")


def of(case: Case, today: str | date = "") -> Evidence:
    """The evidence of a confirmed case, by what could be seen the day before its letter.

    Raises SettingsError for a case no person confirmed, ExportError where the files cannot be used.
    """
    case = case.confirmed()
    day_before = case.said.received_on - timedelta(days=1)
    return Evidence(case, audits.of(case.account, day_before, today))


def table(evidence: Evidence) -> pl.DataFrame:
    """The rows as a frame: number, kind, subject, said, source."""
    names = ("number", "kind", "subject", "said", "source")
    rows = [tuple(getattr(row, name) for name in names) for row in evidence.rows]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _of_parent(charge: Charge, every: tuple[Charge, ...]) -> Charge:
    """A part of a rate over the window of the rate, where it prints none of its own."""
    parent = next((one for one in every if one.subject == charge.part_of), None)
    if parent is None or charge.window_days or charge.window_to:
        return charge
    names = ("window_days", "window_from", "window_to", "fulfilment")
    return charge.model_copy(update={name: getattr(charge, name) or getattr(parent, name) for name in names})


def _after(one: Judged, after: After, audit: Audit) -> str:
    """Before and since a measure, by the day of the order. A comparison, no proof: younger orders had less time; so beside
    it the same by the same age of the orders, where the account names the measure as its own event (Audit.actions)."""
    metric = METRICS[one.meant.metric.key if one.meant else one.charge.subject]
    least, none = bound(one.counted[0].exactness), say("none-of", what=uncounted(metric.one_is))

    def told(part: int, whole: int) -> str:
        return least + share(part, whole, metric.one_is) if whole else none

    said = say(
        "evidence-row.after",
        day=day(after.on),
        before=told(after.part_before, after.whole_before),
        are=metric.numerator_is,
        since=told(after.part, after.whole),
    )
    return " ".join([said, *_by_the_same_age(one, after.on, audit), say("evidence-row.not_why")])


def _by_the_same_age(one: Judged, on: date, audit: Audit) -> list[str]:
    """`By day 21 of the order: 1 of 666 orders since, 76 of 6,518 up to a year before.`; none where no event tells it."""
    if one.meant is None:
        return []
    told = audit.actions.filter(
        pl.col("word").is_in(["helped", "worse", "no_change"]),
        metric=one.meant.metric.key,
        marketplace=one.meant.marketplace,
        fulfilment=one.meant.fulfilment,
        on=on,
    )
    return [
        say(
            "evidence-row.by_age",
            age=row["age_days"],
            after=row["after_bad"],
            after_of=counted(row["after_orders"], one.meant.metric.one_is),
            before=row["before_bad"],
            before_of=row["before_orders"],
        )
        for row in rows_of(told.head(1), ActionRow)
    ]


def _table(number: int, one: Judged, more: str = "") -> str:
    subject = METRICS[one.meant.metric.key].key.replace("_", "-") if one.meant else one.charge.subject
    return f"orders-{number}-{subject}{more}.csv"


def _with(source: str, document: str | None) -> str:
    return f"{source}; documents/{document}" if document else source
