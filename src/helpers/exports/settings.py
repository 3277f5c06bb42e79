"""account.toml: who the account is, what its files need explained, and its own targets and choices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatch
from glob import escape
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from helpers import notebooks
from helpers.errors import SettingsError
from helpers.exports import toml_text
from helpers.exports.setting_faults import check, checked, refused
from helpers.exports.setting_values import (
    Choice,
    Currency,
    Fraction,
    Id,
    Line,
    Locale,
    Reason,
    Store,
    Strict,
    Writing,
    Zone,
    nearest,
    once,
)
from helpers.places import home
from helpers.targets import marketplaces, stores
from helpers.vocabulary import GOOD_SENSES, METRICS, OPTIONS, FeedbackTotal, OwnEvent, OwnTarget

FILE = "account.toml"


Answers = Mapping[str, Mapping[str, str | date]]  # file → key of its [columns] entry → value


class Dates(Strict):
    """How a file writes days and moments: strptime formats, the zone of moments without one, text to cut off."""

    format: Writing | None = None
    moment_format: Writing | None = None
    zone: Zone | None = None
    drop_suffix: tuple[str, ...] = Field(default=(), strict=False)


class Marks(Strict):
    """What a cell says when a mark is set, and when it is not."""

    set: tuple[str, ...] = Field(default=(), strict=False)
    not_set: tuple[str, ...] = Field(default=(), strict=False)


class ColumnMap(Strict):
    """`[columns."<glob>"]`: what a file with unknown headers holds. The keys are those of the column mapping."""

    report: str | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    encoding: str | None = None
    skip_lines: Annotated[int, Field(ge=0)] = 0
    last_line_is_total: bool = False
    one_row_is: Literal["order", "defect", "package"] | None = None
    rows_are: Literal["defective_only", "all_judged"] | None = None
    weight: Literal["units"] | None = None
    taken_on: date | None = None
    marketplace: Store | None = None
    dates: Dates | Writing | None = None
    columns: Mapping[str, str] = Field(default_factory=dict)
    marks: Marks = Marks()
    values: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    constants: Mapping[str, str] = Field(default_factory=dict)
    footer: tuple[Annotated[str, StringConstraints(min_length=1)], ...] = Field(default=(), strict=False)


class _Target(Strict):
    value: Fraction
    must_be: Literal["below", "at_most", "above", "at_least"] = "below"
    window_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    valid_from: date | None = None


class _Total(Strict):
    taken_on: date
    marketplace: Store
    days: Annotated[int, Field(ge=0)]
    positive: Annotated[int, Field(ge=0)]
    neutral: Annotated[int, Field(ge=0)]
    negative: Annotated[int, Field(ge=0)]


class _Event(Strict):
    """`[[events]]`: what the account did, and when."""

    on: date
    what: Line
    metric: str | None = None
    until: date | None = None
    marketplace: Store | None = None
    fulfilment: Literal["merchant", "amazon"] | None = None
    rebase: bool = False
    why: Reason | None = None


class Alerts(Strict):
    """`[alerts]`: who is to be woken by a forecast: from which chance of a missed day within so many days on."""

    chance: Annotated[float, Field(gt=0, lt=1, strict=False)]
    days: Annotated[int, Field(ge=7, le=90)] = 30


class Brand(Strict):
    """`[brand]`, or a brand.toml beside the accounts: the consultant's own name on a report."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    logo: str | None = None
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None
    footer: Annotated[str, StringConstraints(max_length=300)] | None = None


class Settings(Strict):
    """Everything account.toml may say (docs/contracts.md section 5)."""

    id: Id
    name: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
    marketplaces: Annotated[tuple[Store, ...], AfterValidator(once)] = Field(strict=False, min_length=1)
    fulfilment: Annotated[tuple[Literal["merchant", "amazon"], ...], AfterValidator(once)] = Field(
        default=("merchant", "amazon"), strict=False, min_length=1
    )
    time_zone: Zone | None = None
    currency: Currency | None = None
    notebooks: tuple[str, ...] = Field(default=(), strict=False)
    targets: Mapping[str, _Target] = Field(default_factory=dict)
    columns: Mapping[str, ColumnMap] = Field(default_factory=dict)
    feedback_totals: tuple[_Total, ...] = Field(default=(), strict=False)
    events: tuple[_Event, ...] = Field(default=(), strict=False)
    options: Mapping[str, Choice] = Field(default_factory=dict)
    locale: Locale = "en_GB"
    may_name: tuple[str, ...] = Field(default=(), strict=False)  # of other accounts, as words of its own
    alerts: Alerts | None = None
    brand: Brand | None = None

    def columns_for(self, path: str) -> ColumnMap | None:
        """The first `[columns]` entry whose glob matches a path under exports/, or its file name."""
        glob = self.glob_for(path)
        return None if glob is None else self.columns[glob]

    def glob_for(self, path: str) -> str | None:
        """The key of that entry."""
        names = (path, path.rsplit("/", 1)[-1])
        return next((glob for glob in self.columns if any(fnmatch(name, glob) for name in names)), None)

    def answered(self, answers: Answers) -> Settings:
        """These settings, and what `answers` say of single files besides (file → key → value)."""
        own = {
            escape(path): (self.columns_for(path) or ColumnMap()).model_copy(update=dict(values))
            for path, values in answers.items()
        }
        others = {glob: entry for glob, entry in self.columns.items() if glob not in own}
        return self.model_copy(update={"columns": own | others}) if own else self

    @property
    def own_targets(self) -> tuple[OwnTarget, ...]:
        return tuple(OwnTarget(metric, **target.model_dump()) for metric, target in self.targets.items())

    @property
    def totals(self) -> tuple[FeedbackTotal, ...]:
        return tuple(FeedbackTotal(**total.model_dump()) for total in self.feedback_totals)

    @property
    def own_events(self) -> tuple[OwnEvent, ...]:
        """Oldest first."""
        return tuple(sorted((OwnEvent(**event.model_dump()) for event in self.events), key=lambda event: event.on))


def find(folder: str | Path) -> Path:
    """The account's folder: as given, or, for a relative path, under the kit's home.

    Notebooks, tests and the command line start in different places. Raises SettingsError when neither is a folder.
    """
    for place in (Path(folder), home() / folder):
        if place.is_dir():
            return place
    hint = f"check the spelling, or make the folder with: seller-audit new {folder}"
    raise SettingsError(f"{folder}: expected a folder with {FILE} in it, found no such folder", hint)


def read(folder: Path) -> Settings:
    """The settings in `folder`/account.toml. Raises SettingsError for every line that cannot be meant."""
    path = folder / FILE
    if not path.exists():
        inside = sorted(path.parent.name for path in folder.glob(f"*/{FILE}"))
        hint = (
            f"name one of the accounts in it: {', '.join(inside)}" if inside else f"make one: seller-audit new {folder}"
        )
        raise SettingsError(f"{folder}: expected {FILE}, found none", hint)
    settings = checked(Settings, toml_text.read(path), path)
    for metric, target in settings.targets.items():
        check(path, f"targets.{metric}", metric, METRICS)
        check(path, f"targets.{metric}.must_be", target.must_be, GOOD_SENSES[METRICS[metric].good_is])
        if (float(target.value), target.must_be) in ((0, "below"), (1, "above")):
            also = {"below": "at_most", "above": "at_least"}[target.must_be]
            never = f"expected a target that a rate can meet, found {target.must_be} {target.value}"
            raise SettingsError(f"{path}: [targets.{metric}]: {never}; did you mean {also!r}?")
    for name, value in settings.options.items():
        check(path, f"options.{name}", name, OPTIONS)
        if not OPTIONS[name].accepts(value):
            raise refused(path, f"options.{name} = {value!r}", value, OPTIONS[name].readings)
    for name in settings.notebooks:
        check(path, "notebooks", name, notebooks.names())
    for store in settings.marketplaces:
        _check_store(path, store, settings.time_zone)
    for glob, entry in settings.columns.items():
        if entry.marketplace is not None:
            check(path, f'columns."{glob}".marketplace', entry.marketplace, stores(settings.marketplaces))
    for event in settings.events:
        _check_event(path, event, settings)
    for total in settings.feedback_totals:
        check(path, "feedback_totals.marketplace", total.marketplace, stores(settings.marketplaces))
    return settings


def _check_store(path: Path, store: str, time_zone: str | None) -> None:
    """A store the kit knows; or one of another marketplace, whose days need a `time_zone` to be told."""
    if store in marketplaces():
        return
    near = nearest(store, marketplaces()) if store.startswith("ama") else ""
    if not re.fullmatch(r"(?!amazon|non-amazon)[a-z0-9][a-z0-9._-]*", store) or time_zone is None:
        hint = "for a shop outside Amazon give it a lower-case name, and time_zone (its days follow it)"
        raise SettingsError(f"{path}: marketplaces: {store!r} is no store the kit knows{near}", hint)


def _check_event(path: Path, event: _Event, settings: Settings) -> None:
    """An event that can be meant: its days in order, names that exist, a reason where a chart starts anew."""
    where = f"events, on {event.on}"
    if event.metric is not None:
        check(path, f"{where}: metric", event.metric, METRICS)
    if event.marketplace is not None:
        check(path, f"{where}: marketplace", event.marketplace, settings.marketplaces)
    if event.fulfilment is not None:
        check(path, f"{where}: fulfilment", event.fulfilment, settings.fulfilment)
    if event.until is not None and event.until < event.on:
        raise SettingsError(f"{path}: [{where}]: expected until on or after {event.on}, found {event.until}")
    if event.rebase and event.why is None:
        hint = 'a chart that starts a new level says why: add why = "..."'
        raise SettingsError(f"{path}: [{where}]: expected why beside rebase = true, found none", hint)
