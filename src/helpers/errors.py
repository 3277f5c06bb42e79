"""Errors a user can mend: what was expected, what was found, where, and what to do."""

from __future__ import annotations


class KitError(Exception):
    """What a user can mend: says what was expected, what was found, where, and what to do.

    `exit_code` is what the command line ends with (docs/contracts.md section 6).
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n  Hint: {hint}" if hint else message)
        self.message, self.hint = message, hint


class SettingsError(KitError):
    """account.toml, a command line or a notebook parameter says something impossible."""

    exit_code = 2


class ExportError(KitError):
    """A downloaded file is not what it should be, or a question about it is open."""

    exit_code = 3
