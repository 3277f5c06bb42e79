"""Shops side by side in one account: the files of one say nothing of another.

The marketplace's stores come in its own downloads, and are one shop here; every shop outside it has files of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from helpers.targets import marketplaces
from helpers.vocabulary import MERCHANT, Account

FRAMES = ("orders", "feedback", "defects", "shipments", "returns", "money", "traffic", "snapshots")
MARKETPLACE = ""  # the shop its own stores, and files that name no store, belong to


def shop(store: str) -> str:
    """The shop of a store: the marketplace for its own, else the store itself."""
    is_own = store in marketplaces() or store.startswith(("amazon", "non-amazon"))
    return MARKETPLACE if is_own else store


def all_shops(account: Account) -> list[str]:
    """The shops an account names, each once."""
    return list(dict.fromkeys(shop(store) for store in account.marketplaces))


def channels(account: Account, store: str) -> tuple[str, ...]:
    """Who fulfils in a store when nothing was sold: a shop outside the marketplace ships what it sells itself."""
    is_outside = shop(store) != MARKETPLACE and MERCHANT in account.fulfilments
    return (MERCHANT,) if is_outside else account.fulfilments


def of_shop(account: Account, one: str) -> Account:
    """What an account's files say of one of its shops; the account itself where it has no other."""
    if all_shops(account) == [one]:
        return account
    stores = [store for store in account.marketplaces if shop(store) == one]
    of_file = account.files.select(pl.col("marketplaces").fill_null([])).to_series().to_list()
    held = [one in {shop(store) for store in names or (MARKETPLACE,)} for names in of_file]
    files = account.files.filter(pl.Series(held, dtype=pl.Boolean))
    paths = files.get_column("path").implode()
    frames = {name: getattr(account, name).filter(pl.col("source_file").is_in(paths)) for name in FRAMES}
    return replace(account, marketplaces=tuple(stores), files=files, **frames)


def each(account: Account, days: Callable[[Account], pl.DataFrame]) -> pl.DataFrame:
    """Days of every shop by themselves: what `days` gives, with `marketplace` where the account has several shops."""
    if len(all_shops(account)) == 1:
        return days(account)
    parts = []
    for one in all_shops(account):
        part = of_shop(account, one)
        told = days(part)
        if "marketplace" not in told.columns:
            stores = pl.DataFrame({"marketplace": list(part.marketplaces)})
            told = stores.join(told, how="cross")
        parts.append(told.select("marketplace", "day"))
    return pl.concat(parts)
