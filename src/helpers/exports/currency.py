"""The currency of amounts: the file's own word; else the account's `currency`; else none.

The account's word is for files that name no currency at all, and not for a store whose own currency is another: an
amount stands in no currency rather than in a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from helpers.exports.reading import counted
from helpers.exports.settings import Settings
from helpers.targets import marketplaces


def told(rows: pl.DataFrame, amount: str, settings: Settings) -> pl.DataFrame:
    """The rows of a frame with `currency`, filled in where account.toml says it.

    amount   the column that holds the amounts; rows also have `marketplace` and `source_file`
    """
    if settings.currency is None:
        return rows
    named = rows.drop_nulls("currency").get_column("source_file").unique()
    others = [store.name for store in marketplaces().values() if store.currency != settings.currency]
    is_elsewhere = pl.col("marketplace").is_in(others).fill_null(False)
    is_silent = ~pl.col("source_file").is_in(named.implode()) & pl.col(amount).is_not_null()
    word = pl.when(is_silent & ~is_elsewhere).then(pl.lit(settings.currency)).otherwise("currency")
    return rows.with_columns(currency=word)


def remarks(rows: pl.DataFrame, amount: str, settings: Settings) -> dict[str, str]:
    """file → where its own currency differs from the account's, in words. The rows as `told` gives them.

    A currency of another of the account's stores is no contradiction, where the account's is of one of them too.
    """
    if settings.currency is None:
        return {}
    of_stores = {marketplaces()[name].currency for name in settings.marketplaces if name in marketplaces()}
    expected = of_stores | {settings.currency} if settings.currency in of_stores else {settings.currency}
    files = rows.group_by("source_file", maintain_order=True).agg(
        other=pl.col("currency").filter(pl.col("currency").str.contains("^[A-Z]{3}$")).unique(),
        left=(pl.col(amount).is_not_null() & pl.col("currency").is_null()).sum(),
    )
    said = {path: _said(set(other) - expected, left, settings.currency) for path, other, left in files.iter_rows()}
    return {path: "; ".join(parts) for path, words in said.items() if (parts := list(words))}


def _said(others: set[str], left: int, own: str) -> Iterator[str]:
    if others:
        yield f'amounts in {", ".join(sorted(others))}, taken as the file says; account.toml says currency = "{own}"'
    yield from counted(left, f"amounts left without a currency: {own} of account.toml is not said of them")
