"""How money files write moments and amounts, in any of their languages → UTC and decimals.

`Sep 12, 2025 11:58:09 PM PDT`, `18.09.2025 22:30:00 UTC`, `1 juil. 2025 00:32:54 UTC`, `2025/09/02 16:30:00JST`;
`1,061.65`, `1.249,00`, `1 249,00`, `25.00    `. What cannot be read for certain is null, never a guess.
Source: settlement documentation of the marketplace's API; month names of the Unicode CLDR.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

import polars as pl
from babel.dates import get_month_names

from helpers.exports.flat import YEARS
from helpers.frames import MOMENT

FINE = pl.Decimal(20, 4)  # finer than any amount a file was seen to print, so that a sum is exact
LANGUAGES = ("en", "en_GB", "de", "fr", "es", "es_MX", "it", "nl", "pt", "sv", "pl", "tr")
# Hours east of Greenwich of the zones money files print. A name of two zones means the one that has a store.
ZONES: Mapping[str, float] = MappingProxyType(
    {"utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "sast": 2}
    | {"eet": 2, "eest": 3, "trt": 3, "ast": 3, "gst": 4, "ist": 5.5, "sgt": 8, "jst": 9, "aest": 10, "aedt": 11}
    | {"brt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "pst": -8, "pdt": -7}
)
PATTERN = (
    r"(?i)^\s*(?<a>\p{L}+|[12]\d{3}|\d{1,2})[^\p{L}\d]+(?:de\s+)?(?<b>\p{L}+|\d{1,2})[^\p{L}\d]+(?:de\s+)?(?<c>[12]\d{3}|\d{1,2})"
    r"\D{1,5}?(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?:(?<half>[ap])\.?\s?m\.?)?\s*(?<zone>.*?)\s*$"
)
SPACES = r"[\s'’]"
DOT = r"^-?(\d+|\d{1,3}(,\d{2,3})*,\d{3})?(\.\d+)?$"  # two digits between commas: 1,49,999.00 in India
COMMA = r"^-?(\d+|\d{1,3}(\.\d{3})+)?(,\d+)?$"
WHOLE = r"^-?(\d+|[1-9]\d{0,2}(,\d{3})+|[1-9]\d{0,2}(\.\d{3})+)$"


@cache
def months() -> Mapping[str, str]:
    """The number of a month by its name, long or short, lower case without a full stop, in every store's language."""
    return {
        word.lower().strip("."): str(number)
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, word in get_month_names(width, context, language).items()
    }


def readings(texts: pl.Series) -> list[str]:
    """What 03/09/2025 can mean in a column of moments: "d/m", "m/d", both where nothing decides; none without such."""
    found = texts.str.extract_groups(r"^\s*(?<a>\d{1,2})[/-](?<b>\d{1,2})[/-]").struct.unnest().drop_nulls()
    a, b = (found[name].cast(pl.Int8) for name in "ab")
    if (a == b).all():
        return ["d/m"] if found.height else []
    fits = {"d/m": (a, b), "m/d": (b, a)}
    number = {reading: int(((day <= 31) & (month <= 12)).sum()) for reading, (day, month) in fits.items()}
    most = max(number.values())  # a cell that is no day under either decides nothing
    return [reading for reading, rows in number.items() if rows == most > 0]


def moments(texts: pl.Series, zone: str, reading: str | None = None) -> pl.Series:
    """The moments in UTC, null where a text names none.

    zone      of texts that print none
    reading   which of `readings` 03/09/2025 has; such texts are null without one
    """
    different = texts.drop_nulls().unique()  # a moment stands on each line of an order
    parts = different.str.extract_groups(PATTERN).struct.unnest()
    clock = pl.format("{}:{}:{}", _hour(), "minute", pl.col("second").fill_null("00"))
    is_dotted = different.str.contains(r"^\s*\d{1,2}\.")
    text = pl.format("{} {}", _date(is_dotted, reading), clock)
    local = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    utc = (local - pl.duration(minutes=_offset())).dt.replace_time_zone("UTC")
    here = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
    moment = pl.when(pl.col("zone") == "").then(here).otherwise(utc)
    read = parts.select(pl.when(moment.dt.year().is_between(*YEARS)).then(moment)).to_series()
    return texts.replace_strict(different, read, default=None, return_dtype=MOMENT)


def _date(is_dotted: pl.Series, reading: str | None) -> pl.Expr:
    """Year-month-day from the parts of PATTERN, whose order follows from which is a word and which is long."""
    a, b, c = pl.col("a"), pl.col("b"), pl.col("c")
    month_a, month_b = (
        part.str.to_lowercase().replace_strict(months(), default=None, return_dtype=pl.String) for part in (a, b)
    )
    year = pl.when(c.str.len_chars() == 2).then("20" + c).when(c.str.len_chars() == 4).then(c)
    return (
        pl.when(a.str.len_chars() == 4, a.str.contains(r"^\d"))
        .then(pl.format("{}-{}-{}", a, b, c))
        .when(a.str.contains(r"^\p{L}"))
        .then(pl.format("{}-{}-{}", year, month_a, b))
        .when(b.str.contains(r"^\p{L}"))
        .then(pl.format("{}-{}-{}", year, month_b, a))
        .when(is_dotted | pl.lit(reading == "d/m"))
        .then(pl.format("{}-{}-{}", year, b, a))
        .when(pl.lit(reading == "m/d"))
        .then(pl.format("{}-{}-{}", year, a, b))
    )


def _hour() -> pl.Expr:
    half, hour = pl.col("half").str.to_lowercase(), pl.col("hour").cast(pl.Int32)
    afternoon = pl.when(half == "p").then(12).otherwise(0)
    return pl.when(half.is_null()).then(hour).when(hour.is_between(1, 12)).then(hour % 12 + afternoon)


def _offset() -> pl.Expr:
    """Minutes east of Greenwich of the zone a moment prints, null for one nobody knows."""
    named = pl.col("zone").str.to_lowercase()
    written = named.str.extract_groups(r"^(?:utc|gmt)?(?<sign>[+-])(?<hours>\d{1,2}):?(?<minutes>\d\d)?$").struct
    minutes = written.field("hours").cast(pl.Int32) * 60 + written.field("minutes").cast(pl.Int32).fill_null(0)
    signed = pl.when(written.field("sign") == "-").then(-minutes).otherwise(minutes)
    by_name = {name: int(hours * 60) for name, hours in ZONES.items()}
    return pl.coalesce(signed, named.replace_strict(by_name, default=None))


def decimal_mark(columns: Sequence[pl.Series]) -> str | None:
    """The decimal mark of a file, by the amounts that end in one or two digits after it; None where none does."""
    ends = {mark: sum(texts.str.contains(rf"[{mark}]\d{{1,2}}\s*$").sum() for texts in columns) for mark in ".,"}
    return max(ends, key=ends.__getitem__) if any(ends.values()) else None


def amount(name: str, mark: str | None) -> pl.Expr:
    """The amounts of a text column, null where a text is none.

    mark   the file's decimal mark. An amount that ends in one or two digits after a mark says itself what its mark is;
           one that does not follows the file; where no amount of the file has decimals, marks stand for thousands.
    """
    text = pl.col(name).str.replace_all(SPACES, "").str.replace("^[−–]", "-")
    whole = text.str.contains(WHOLE)
    is_comma = text.str.contains(r",\d{1,2}$") | (~text.str.contains(r"\.\d{1,2}$") & pl.lit(mark == ","))
    is_dot = ~is_comma & (text.str.contains(r"\.\d{1,2}$") | pl.lit(mark == "."))
    plain = (
        pl.when(is_comma & text.str.contains(COMMA))
        .then(text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True))
        .when(is_dot & text.str.contains(DOT))
        .then(text.str.replace_all(",", "", literal=True))
        .when(~is_comma & ~is_dot & whole)
        .then(text.str.replace_all("[.,]", ""))
    )
    return plain.cast(FINE, strict=False)
