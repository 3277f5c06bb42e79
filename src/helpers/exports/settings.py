"""account.toml: who the account is, what its files need explained, and its own targets and choices."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from fnmatch import fnmatch
from glob import escape
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from helpers import notebooks
from helpers.errors import SettingsError
from helpers.exports.dates import LONG, READINGS, named
from helpers.exports.strict import Strict, check, checked, nearest, refused
from helpers.places import home
from helpers.targets import marketplaces, stores
from helpers.vocabulary import GOOD_SENSES, METRICS, OPTIONS, FeedbackTotal, OwnTarget

FILE = "account.toml"


def _fraction(text: str) -> str:
    if not re.fullmatch(r"[01]|0?\.[0-9]+|1\.0+|0", text):
        raise ValueError('expected a fraction of one as text, such as "0.01" for 1 %')
    return text


def _writing(text: str) -> str:
    if named(text) not in READINGS and not re.search("%[A-Za-z]", text):
        known = ", ".join([*LONG, *READINGS])
        raise ValueError(f'expected one of {known} or a strptime format such as "%d %b %Y"{nearest(text, LONG)}')
    return text


def _once(said: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(said)) < len(said):
        raise ValueError("expected each name once")
    return said


def _zone(name: str) -> str:
    from zoneinfo import available_timezones

    if name not in available_timezones():
        raise ValueError(f"is no time zone{nearest(name, available_timezones())}")
    return name


def _locale(name: str) -> str:
    from babel import Locale as Known
    from babel import UnknownLocaleError

    try:
        return str(Known.parse(name, sep="-" if "-" in name else "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError('is no locale such as "en_GB" or "de_DE"') from error


def _as_text(value: Any) -> Any:
    """A whole number or a day as text: an option may be written with quotes or without."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Store = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Choice = Annotated[str, BeforeValidator(_as_text)]
Fraction = Annotated[str, AfterValidator(_fraction)]
Writing = Annotated[str, AfterValidator(_writing)]
Zone = Annotated[str, AfterValidator(_zone)]
Locale = Annotated[str, AfterValidator(_locale)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


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
    marketplaces: Annotated[tuple[Store, ...], AfterValidator(_once)] = Field(strict=False, min_length=1)
    fulfilment: Annotated[tuple[Literal["merchant", "amazon"], ...], AfterValidator(_once)] = Field(
        default=("merchant", "amazon"), strict=False, min_length=1
    )
    time_zone: Zone | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    notebooks: tuple[str, ...] = Field(default=(), strict=False)
    targets: Mapping[str, _Target] = Field(default_factory=dict)
    columns: Mapping[str, ColumnMap] = Field(default_factory=dict)
    feedback_totals: tuple[_Total, ...] = Field(default=(), strict=False)
    options: Mapping[str, Choice] = Field(default_factory=dict)
    locale: Locale = "en_GB"
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
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        inside = sorted(path.parent.name for path in folder.glob(f"*/{FILE}"))
        hint = (
            f"name one of the accounts in it: {', '.join(inside)}" if inside else f"make one: seller-audit new {folder}"
        )
        raise SettingsError(f"{folder}: expected {FILE}, found none", hint) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: expected TOML text in UTF-8, found an error: {error}", _TOML_HINT) from error
    settings = checked(Settings, said, path)
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


_TOML_HINT = 'texts stand in double quotes, lists in [brackets]; "seller-audit new" writes an example'
