"""The account.toml of a sample: who sells, and what the files do not say of themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from helpers.sample.profiles import Profile


def account_file(profile: Profile, columns: Mapping[str, Mapping[str, object]]) -> str:
    """The text of account.toml.

    columns   file or glob under exports/ → the keys of its [columns] entry
    """
    text = f'id = "{profile.id}"\nname = "{profile.name}"\nmarketplaces = {json.dumps(list(profile.stores))}\n'
    text += f"fulfilment = {json.dumps(['merchant', 'amazon'] if profile.amazon else ['merchant'])}\n"
    text += f'time_zone = "{profile.time_zone}"\n'
    for day, what in profile.events:
        text += f"\n[[events]]\non = {_toml(day)}\nwhat = {_toml(what)}\n"
    if columns:
        headers = " And what their headers mean." if profile.has_lists else ""
        text += f"\n# These files name no day of their own: when each was downloaded.{headers}\n"
    return text + "".join(_entry(path, said) for path, said in columns.items())


def _entry(path: str, said: Mapping[str, object]) -> str:
    lines = (f"{key} = {_toml(value)}\n" for key, value in said.items())
    return f'\n[columns."{path}"]\n{"".join(lines)}'


def _toml(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = (f"{key if key.isidentifier() else json.dumps(key)} = {_toml(one)}" for key, one in value.items())
        return f"{{ {', '.join(inside)} }}"
    return json.dumps(value)
