"""A report as PDF, printed by a headless browser from the page itself: same words, same pictures, page numbers.

The page's own print rules do the work (report.css). It is printed without its scripts, from its still pictures.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from helpers import drafts
from helpers.errors import KitError, SettingsError

VARIABLE = "SELLER_AUDIT_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
TIMEOUT = 120  # seconds
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


def browser() -> str | None:
    """The browser that prints: what SELLER_AUDIT_CHROMIUM names, else the first known one on the PATH, else None."""
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, NAMES)), None)


def demanded() -> str:
    """The browser that prints. Raises SettingsError where there is none, with the fix."""
    found = browser()
    if found is None or shutil.which(found) is None:
        named = f", found {found!r} in {VARIABLE}" if found else ", found none on the PATH"
        hint = f"install one (Debian: apt install chromium), or set {VARIABLE} to its path, or leave out --pdf"
        raise SettingsError(f"expected Chromium, Chrome or Edge to print a PDF with{named}", hint)
    return found


def printed(page: str) -> bytes:
    """The PDF of a page: tagged, with an outline. Raises SettingsError without a browser, KitError when it prints none."""
    program = demanded()
    with tempfile.TemporaryDirectory(prefix=drafts.prefix()) as place:
        source, target = Path(place) / "page.html", Path(place) / "page.pdf"
        source.write_text(SCRIPT.sub("", page), encoding="utf-8")
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [
            program,
            "--headless",
            *(["--no-sandbox"] if is_root else []),  # a browser refuses its sandbox to root
            *("--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-extensions"),
            *("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"),
            f"--user-data-dir={Path(place) / 'profile'}",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
        except subprocess.TimeoutExpired as error:
            raise KitError(f"{program} did not print the report within {TIMEOUT} seconds", _HINT) from error
        if not target.is_file() or not target.read_bytes().startswith(b"%PDF"):
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing"]
            raise KitError(f"{program} printed no PDF; it said: {said[0][:200]}", _HINT)
        return target.read_bytes()


_HINT = "make the report without --pdf, open it in a browser and print it from there"
