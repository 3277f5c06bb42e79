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

FINE = pl.Decimal(20, 4)  # finer than any amount a file was seen to print, so that a sum is exact
LANGUAGES = ("en", "en_GB", "de", "fr", "es", "es_MX", "it", "nl", "pt", "sv", "pl", "tr")
# Hours east of Greenwich of the zones money files print. A name of two zones means the one that has a store.
ZONES: Mapping[str, float] = MappingProxyType(
    {"utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "sast": 2}
    | {"eet": 2, "eest": 3, "trt": 3, "ast": 3, "gst": 4, "ist": 5.5, "sgt": 8, "jst": 9, "aest": 10, "aedt": 11}
    | {"brt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "pst": -8, "pdt": -7}
)
MOMENT = (
    r"(?i)^\s*(?<a>\p{L}+|\d{1,4})[^\p{L}\d]+(?:de\s+)?(?<b>\p{L}+|\d{1,2})[^\p{L}\d]+(?:de\s+)?(?<c>\d{4}|\d{1,2})"
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


def moments(texts: pl.Series, zone: str) -> pl.Series:
    """The moments in UTC, null where a text names none.

    zone   of texts that print none
    Whether 03/09 is March or September is decided by the other days of the file; where they do not decide, null.
    """
    parts = texts.str.extract_groups(MOMENT).struct.unnest()
    a, b, c = pl.col("a"), pl.col("b"), pl.col("c")
    is_slash = (a.str.len_chars() <= 2) & b.str.contains(r"^\d") & ~texts.str.contains(r"^\s*\d+\.")
    small = parts.filter(is_slash).select(a.cast(pl.Int8, strict=False), b.cast(pl.Int8, strict=False))
    day_first, month_first = ((small[name] > 12).any() for name in "ab")
    words = {"return_dtype": pl.String, "default": None}
    order = (
        pl.when(a.str.len_chars() == 4)
        .then(pl.concat_list(a, b, c))
        .when(a.str.contains(r"^\p{L}"))
        .then(pl.concat_list(c, a.str.to_lowercase().replace_strict(months(), **words), b))
        .when(b.str.contains(r"^\p{L}"))
        .then(pl.concat_list(c, b.str.to_lowercase().replace_strict(months(), **words), a))
        .when(~is_slash | pl.lit(day_first and not month_first))
        .then(pl.concat_list(c, b, a))
        .when(pl.lit(month_first and not day_first))
        .then(pl.concat_list(c, a, b))
    )
    year, half, hour = order.list.get(0), pl.col("half").str.to_lowercase(), pl.col("hour").cast(pl.Int32)
    clock = (
        pl.when(half.is_null())
        .then(hour)
        .when(hour.is_between(1, 12))
        .then(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
    )
    text = pl.format(
        "{}-{}-{} {}:{}:{}",
        pl.when(year.str.len_chars() == 2).then("20" + year).otherwise(year),
        order.list.get(1),
        order.list.get(2),
        clock,
        pl.col("minute"),
        pl.col("second").fill_null("00"),
    )
    local = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    named = pl.col("zone").str.to_lowercase()
    offset = named.str.extract_groups(r"^(?:utc|gmt)?(?<sign>[+-])(?<hours>\d{1,2}):?(?<minutes>\d\d)?$").struct
    minutes = offset.field("hours").cast(pl.Int32) * 60 + offset.field("minutes").cast(pl.Int32).fill_null(0)
    minutes = pl.when(offset.field("sign") == "-").then(-minutes).otherwise(minutes)
    by_name = named.replace_strict({name: int(hours * 60) for name, hours in ZONES.items()}, default=None)
    utc = (local - pl.duration(minutes=pl.coalesce(minutes, by_name))).dt.replace_time_zone("UTC")
    here = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
    return parts.select(pl.when(named == "").then(here).otherwise(utc)).to_series()


def decimal_mark(columns: Sequence[pl.Series]) -> str | None:
    """The decimal mark of a file, by the amounts that end in one or two digits after it; None where none does."""
    ends = {mark: sum(texts.str.contains(rf"[{mark}]\d{{1,2}}\s*$").sum() for texts in columns) for mark in ".,"}
    return max(ends, key=ends.get) if any(ends.values()) else None


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
