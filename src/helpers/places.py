"""Where the kit lies: its notebooks in the checkout; accounts, reports and what is kept for later in its home."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.errors import SettingsError

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOKS = CHECKOUT / "notebooks"
VARIABLE = "SELLER_AUDIT_HOME"


def home() -> Path:
    """The folder of `data/`, `reports/` and `.cache/`: what SELLER_AUDIT_HOME names, else the checkout.

    Kernels inherit the variable and start elsewhere. Raises SettingsError unless it is the full path of a folder.
    """
    said = os.environ.get(VARIABLE)
    if not said:
        return CHECKOUT
    if not (os.path.isabs(said) and os.path.isdir(said)):
        hint = f"make the folder, and write its path from the root; without {VARIABLE} the checkout is meant"
        raise SettingsError(f"{VARIABLE}: expected the full path of a folder, found {said!r}", hint)
    return Path(said)
