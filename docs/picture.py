"""Takes the picture of a real report for the README: python docs/picture.py (needs Chromium)."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "reports" / "small-good" / "2026-10" / "small-good-2026-10-metric-trends.html"


def main() -> None:
    path = os.environ.get("SELLER_AUDIT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1120, "height": 760}, device_scale_factor=1.5)
        page.goto(PAGE.as_uri())
        page.wait_for_function("document.querySelectorAll('.drawn[hidden]').length === 0")
        page.screenshot(path=ROOT / "docs" / "report.png")
        browser.close()


if __name__ == "__main__":
    main()
