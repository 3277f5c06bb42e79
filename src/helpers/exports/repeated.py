"""Words of a file that the kit says again: names of stores, currencies, the marketplace's own words.

Any other word of a cell or a header may be a buyer's, slid into the wrong place: it is counted and told by its line, and
never printed.
"""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from helpers.exports.reading import Reading
from helpers.exports.settings import Settings
from helpers.targets import stores

UNKNOWN_STORE = "unknown store"
# a store the kit does not know yet, another shop, a store's id
STORE = (
    r"^(?:amazon(?:\.[a-z]{2,3}){1,2}|non-amazon(?:[ -][a-z]{2,3})?|si [a-z]{2} prod(?: marketplace)?"
    r"|unknown store(?: A[0-9A-Z]{9,14})?)$"
)
CURRENCY = r"^[A-Z]{3}$"
WORD = re.compile(r"[A-Za-z]{1,24}(?:_[A-Za-z]{1,24}){0,4}|AT RISK|At Risk")
OTHER_WORD = "another word"


def word(text: str | None) -> str | None:
    """A word of the marketplace's own; `another word` in place of anything that is not one word or a name in code."""
    return text if text is None or WORD.fullmatch(text) else OTHER_WORD


def is_key(name: str) -> bool:
    """Whether a name of JSON or XML looks like one of the marketplace's."""
    return re.fullmatch(r"[A-Za-z][A-Za-z_]{0,60}", name) is not None


def only(reading: Reading, said: Settings) -> Reading:
    """The reading without stores and currencies that are none: `unknown store`, and no currency."""
    known = stores(said.marketplaces)
    told = pl.DataFrame({"marketplace": reading.marketplaces}, schema={"marketplace": pl.String})
    return replace(
        reading,
        rows=_only(reading.rows, known),
        also={name: _only(frame, known) for name, frame in reading.also.items()},
        marketplaces=tuple(_only(told, known).get_column("marketplace").unique().sort()),
    )


def _only(frame: pl.DataFrame, known: list[str]) -> pl.DataFrame:
    store, currency = pl.col("marketplace"), pl.col("currency")
    is_store = store.is_in(known) | store.str.contains(STORE) | (store == "") | store.is_null()
    told = {
        "marketplace": pl.when(is_store).then(store).otherwise(pl.lit(UNKNOWN_STORE)),
        "currency": pl.when(currency.str.contains(CURRENCY)).then(currency),
    }
    return frame.with_columns(**{name: one for name, one in told.items() if name in frame.columns})
