"""Where the kit lies: its notebooks in the checkout or in the package; accounts, reports and what is kept in its home."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.errors import SettingsError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]
IS_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "notebooks").is_dir()
NOTEBOOKS = CHECKOUT / "notebooks" if IS_CHECKOUT else PACKAGE / "shipped"  # where a wheel puts them (pyproject.toml)
VARIABLE = "SELLER_AUDIT_HOME"
RUNS = ".runs"  # in a folder of reports: what each run wrote down


def home() -> Path:
    """The folder of `data/`, `reports/` and `.cache/`: what SELLER_AUDIT_HOME names, else the checkout; of a kit that was
    installed from a wheel, the folder the command is typed in.

    Kernels inherit the variable and start elsewhere. Raises SettingsError unless it is the full path of a folder.
    """
    said = os.environ.get(VARIABLE)
    if not said:
        return CHECKOUT if IS_CHECKOUT else Path.cwd()
    if not (os.path.isabs(said) and os.path.isdir(said)):
        hint = f"make the folder, and write its path from the root; without {VARIABLE} the checkout is meant, or, installed from a wheel, the folder you are in"
        raise SettingsError(f"{VARIABLE}: expected the full path of a folder, found {said!r}", hint)
    return Path(said)
