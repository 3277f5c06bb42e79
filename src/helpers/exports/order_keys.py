"""Pseudonyms of order numbers: a keyed hash with a salt that never leaves the account's folder."""

from __future__ import annotations

import base64
import os
import re
import secrets
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import polars as pl

from helpers import drafts
from helpers.vocabulary import Account

SALT = ".salt"


def order_keys(order_ids: pl.Series, folder: Path) -> pl.Series:
    """The keys of order numbers, such as `K7QD-3MXA`: the same number always gets the same key in one account."""
    salt = salt_of(folder)
    keys = {order_id: _key(order_id, salt) for order_id in order_ids.unique().drop_nulls()}
    return order_ids.replace_strict(keys, default=None, return_dtype=pl.String).alias("order_key")


def with_keys(frame: pl.DataFrame, account: Account) -> pl.DataFrame:
    """The frame with `order_key` in the place of `order_id`: fit for a table or a file that leaves the house."""
    keyed = frame.with_columns(order_keys(frame.get_column("order_id"), account.folder))
    return keyed.select("order_key" if name == "order_id" else name for name in frame.columns)


def whois(account: Account, keys: Iterable[str] = ()) -> dict[str, str | None]:
    """Key → order number of the keys asked for, in their order; of every order of the account where none is asked for.

    A key is read in any case, with or without its hyphen. None: no order of the account has it.
    """
    salt = salt_of(account.folder)
    frames = (account.orders, account.feedback, account.defects, account.shipments, account.returns)
    known = pl.concat([frame.get_column("order_id") for frame in frames]).drop_nulls().unique().sort()
    numbers = {_key(order_id, salt): order_id for order_id in known}
    by_plain = {_plain(key): key for key in numbers}
    asked = [by_plain.get(_plain(key), key) for key in keys] or list(numbers)
    return {key: numbers.get(key) for key in asked}


def _plain(key: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", key.upper())


def _key(order_id: str, salt: bytes) -> str:
    digest = base64.b32encode(blake2b(order_id.encode(), key=salt, digest_size=5).digest()).decode()
    return f"{digest[:4]}-{digest[4:]}"


def salt_of(folder: Path) -> bytes:
    """The account's salt, made once. Two runs at the same moment agree: the first to link its file wins."""
    path = folder / SALT
    if not path.exists():
        draft = folder / f"{drafts.prefix()}{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
