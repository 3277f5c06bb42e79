"""Which notebooks there are: those of an account, by number or name; the lesson and the portfolio, which are of none."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import SettingsError
from helpers.places import NOTEBOOKS

LESSON = NOTEBOOKS / "01-feedback-bias.ipynb"  # `seller-audit lesson` runs it
PORTFOLIO = NOTEBOOKS / "06-portfolio.ipynb"  # `seller-audit index` runs it: of many accounts, and of none
OF_NO_ACCOUNT = (LESSON, PORTFOLIO)
DEFAULT = ("02",)
RENAMED = {"01": "03-own-feedback", "01-own-feedback": "03-own-feedback"}  # understood in this version, with a word


def of_accounts() -> list[Path]:
    """The notebooks a report of an account can be made from, in the order of their numbers."""
    return [path for path in sorted(NOTEBOOKS.glob("[0-9][0-9]-*.ipynb")) if path not in OF_NO_ACCOUNT]


def names() -> set[str]:
    """Every name an account's notebook may be called by: its number, its name, its file, and what it was called before."""
    return {name for path in of_accounts() for name in _names(path)} | set(RENAMED)


def named(name: str) -> Path:
    """The notebook of an account that is meant. Raises SettingsError, naming the numbers there are, when none is."""
    meant = RENAMED.get(name, name)
    for path in of_accounts():
        if meant in _names(path):
            return path
    numbers = ", ".join(path.stem[:2] for path in of_accounts())
    raise SettingsError(f"--notebook: expected one of {numbers}, found {name!r}", "write its number, for example 02")


def renamed(name: str) -> str:
    """What a notebook asked for by its former number is called now, as a sentence; empty for any other."""
    return f"notebook {name} of an account is called {RENAMED[name]} now" if name in RENAMED else ""


def _names(path: Path) -> tuple[str, str, str]:
    return path.stem[:2], path.stem, path.name
