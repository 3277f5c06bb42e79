"""What a TOML file says, or in one sentence why it says nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

from helpers.errors import SettingsError

MOST_LETTERS = 500  # of what is wrong with one line
HINT = 'texts stand in double quotes, lists in [brackets]; "seller-audit new" writes an example'


def read(path: Path) -> dict:
    """What the file says. Raises SettingsError for one that cannot be read: a folder, text that is no TOML, a number of
    5,000 figures."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: expected a file that can be read, found: {error.strerror}", HINT) from error
    except (ValueError, RecursionError) as error:
        text = f"{path}: expected TOML text in UTF-8, found an error: {error}"
        raise SettingsError(text[:MOST_LETTERS], HINT) from error
