"""account.toml: who the account is, what its files need explained, and its own targets and choices."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from helpers.errors import SettingsError
from helpers.targets import marketplaces as known_marketplaces
from helpers.vocabulary import METRICS, OPTIONS, FeedbackTotal, MustBe, OwnTarget

FILE = "account.toml"
CHECKOUT = Path(__file__).resolve().parents[3]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _store(name: str) -> str:
    if name not in known_marketplaces():
        raise ValueError(f"is no store the kit knows{_nearest(name, known_marketplaces())}")
    return name


def _decimal(text: str) -> str:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1000 or not text.replace(".", "", 1).isdigit():
        raise ValueError('is no decimal text such as "0.01"')
    return text


def _zone(name: str) -> str:
    from zoneinfo import available_timezones

    if name not in available_timezones():
        raise ValueError(f"is no time zone{_nearest(name, available_timezones())}")
    return name


def _locale(name: str) -> str:
    from babel import Locale as Known
    from babel import UnknownLocaleError

    try:
        return str(Known.parse(name, sep="-" if "-" in name else "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError('is no locale such as "en_GB" or "de_DE"') from error


Store = Annotated[str, AfterValidator(_store)]
Decimal = Annotated[str, AfterValidator(_decimal)]
Zone = Annotated[str, AfterValidator(_zone)]
Locale = Annotated[str, AfterValidator(_locale)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


class Dates(_Strict):
    """How a file writes days and moments: strptime formats, the zone of moments without one, text to cut off."""

    format: str | None = None
    moment_format: str | None = None
    zone: Zone | None = None
    drop_suffix: tuple[str, ...] = Field(default=(), strict=False)


class Marks(_Strict):
    """What a cell says when a mark is set, and when it is not."""

    set: tuple[str, ...] = Field(default=(), strict=False)
    not_set: tuple[str, ...] = Field(default=(), strict=False)


class ColumnMap(_Strict):
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
    dates: Dates | str | None = None
    columns: Mapping[str, str] = Field(default_factory=dict)
    marks: Marks = Marks()
    values: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)


class _Target(_Strict):
    value: Decimal
    must_be: MustBe = "below"
    window_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    valid_from: date | None = None


class _Total(_Strict):
    taken_on: date
    marketplace: Store
    days: Annotated[int, Field(ge=0)]
    positive: Annotated[int, Field(ge=0)]
    neutral: Annotated[int, Field(ge=0)]
    negative: Annotated[int, Field(ge=0)]


class Brand(_Strict):
    """`[brand]`, or a brand.toml beside the accounts: the consultant's own name on a report."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    logo: str | None = None
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None
    footer: Annotated[str, StringConstraints(max_length=300)] | None = None


class Settings(_Strict):
    """Everything account.toml may say (docs/contracts.md section 5)."""

    id: Id
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    marketplaces: tuple[Store, ...] = Field(strict=False, min_length=1)
    fulfilment: tuple[Literal["merchant", "amazon"], ...] = Field(default=("merchant", "amazon"), strict=False)
    time_zone: Zone | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    notebooks: tuple[str, ...] = Field(default=(), strict=False)
    targets: Mapping[str, _Target] = Field(default_factory=dict)
    columns: Mapping[str, ColumnMap] = Field(default_factory=dict)
    feedback_totals: tuple[_Total, ...] = Field(default=(), strict=False)
    options: Mapping[str, str] = Field(default_factory=dict)
    locale: Locale = "en_GB"
    brand: Brand | None = None

    def columns_for(self, path: str) -> ColumnMap | None:
        """The first `[columns]` entry whose glob matches a path under exports/, or its file name."""
        for glob, entry in self.columns.items():
            if fnmatch(path, glob) or fnmatch(path.rsplit("/", 1)[-1], glob):
                return entry
        return None

    @property
    def own_targets(self) -> tuple[OwnTarget, ...]:
        return tuple(OwnTarget(metric, **target.model_dump()) for metric, target in self.targets.items())

    @property
    def totals(self) -> tuple[FeedbackTotal, ...]:
        return tuple(FeedbackTotal(**total.model_dump()) for total in self.feedback_totals)


def find(folder: str | Path) -> Path:
    """The account's folder: as given, or, for a relative path, under the checkout.

    Notebooks, tests and the command line start in different places. Raises SettingsError when neither is a folder.
    """
    for place in (Path(folder), CHECKOUT / folder):
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
        raise SettingsError(f"{folder}: expected {FILE}, found none", f"make one: seller-audit new {folder}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: expected TOML text in UTF-8, found an error: {error}", _TOML_HINT) from error
    settings = checked(Settings, said, path)
    for metric in settings.targets:
        _check(path, f"targets.{metric}", metric, METRICS)
    for name, value in settings.options.items():
        _check(path, f"options.{name}", name, OPTIONS)
        _check(path, f"options.{name} = {value!r}", value, OPTIONS[name].values)
    return settings


def checked(model: type[Any], said: dict, path: Path) -> Any:
    """What a TOML file says as the model. Raises SettingsError that names every line that cannot be meant."""
    try:
        return model.model_validate(said)
    except ValidationError as error:
        raise SettingsError("\n".join(f"{path}: {_said(one, model)}" for one in error.errors())) from error


_TOML_HINT = 'texts stand in double quotes, lists in [brackets]; "seller-audit new" writes an example'


def _check(path: Path, where: str, found: str, known: Any) -> None:
    if found not in known:
        expected = ", ".join(sorted(known))
        raise SettingsError(f"{path}: [{where}]: expected one of {expected}, found {found!r}{_nearest(found, known)}")


def _nearest(found: str, known: Any) -> str:
    near = get_close_matches(str(found), [str(name) for name in known], 1, 0.4)
    return f"; did you mean {near[0]!r}?" if near else ""


def _said(error: Any, model: type[Any]) -> str:
    """One validation error in the house form: where, expected, found, the nearest right name."""
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        *table, key = error["loc"]
        return f"unknown key {where!r}{_nearest(key, _keys(table, model))}"
    if error["type"] == "missing":
        return f"expected a line for {where!r}, found none"
    expected = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{where}: {expected}; found {error['input']!r}"


def _keys(table: list, model: Any) -> list[str]:
    models = {"columns": ColumnMap, "targets": _Target, "feedback_totals": _Total, "brand": Brand}
    model = models.get(table[0], Settings) if table else model
    if len(table) > 2:
        model = {"dates": Dates, "marks": Marks}.get(table[2], model)
    return list(model.model_fields)


TEMPLATE = """\
# Who the account is. Put the downloads, exactly as they came, into exports/ beside this file:
# any names, sub-folders, .gz and .zip are fine.

id = "{id}"                          # names the folder of the reports: letters, digits, - and _
name = "{id}"                        # as the reports print it
marketplaces = ["amazon.co.uk"]      # the stores you sell in: amazon.com, amazon.de, ...
fulfilment = ["merchant", "amazon"]  # who ships: the seller, Amazon, or both

# time_zone = "Europe/London"        # only for files that name no marketplace
# currency = "GBP"
# notebooks = ["02"]                 # which reports to make
# locale = "en_GB"                   # how numbers and days are written: en_US, de_DE, ...

# Your own name on the reports; the same keys in a brand.toml beside the accounts' folders stand for all of them:
# [brand]
# name = "Example Consulting"
# logo = "logo.png"                  # PNG or JPEG, in the folder of this file
# accent = "#0B5394"
# footer = "Example Consulting, 1 Example Street, Exampletown"

# A target of your own, for example of a contract:
# [targets.order_defect_rate]
# value = "0.005"
# must_be = "below"                  # {must_be}
# window_days = 60
# valid_from = 2026-01-01

# When "seller-audit check" asks how a file writes its dates:
# [columns."feedback*.txt"]
# dates = "d/m/y"                    # or "m/d/y", "d.m.y", "y/m/d", "iso"

# A list with headers the kit does not know: our word = "the header in the file".
# [columns."defects/odr*.csv"]
# report = "order_defects"
# one_row_is = "order"
# rows_are = "defective_only"
# dates = {{ format = "%d/%m/%Y" }}
# columns = {{ order_day = "Order Date", order_id = "Order ID", negative_feedback = "Negative Feedback" }}
# marks = {{ set = ["X"], not_set = [""] }}

# Counts typed from the Feedback Manager page; days = 0 is lifetime:
# [[feedback_totals]]
# taken_on = 2026-01-31
# marketplace = "amazon.co.uk"
# days = 90
# positive = 120
# neutral = 3
# negative = 6

# Open points of the marketplace's rules, and the reading to take:
# [options]
{options}"""


def template(account: str) -> str:
    """A commented account.toml for a new account, as `seller-audit new` writes it."""
    options = "".join(
        f'# {name} = "{one.default}"  # or {", ".join(one.values[1:])}\n' for name, one in OPTIONS.items()
    )
    return TEMPLATE.format(id=account, must_be=", ".join(get_args(MustBe)), options=options)
