"""Shared parts of the tests: account folders made of sample files, and a real browser."""

import functools
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from hypothesis import settings

from helpers import exports, places

settings.register_profile("kit", deadline=None)  # time is not tested: a busy machine is no failure
settings.load_profile("kit")

ROOT = Path(__file__).parent.parent
FORMATS = Path(__file__).parent / "data" / "formats"
ANSWERS = yaml.load(  # what a right reading of each invented file says; read once, for it takes a second
    (FORMATS / "expected.yaml").read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
)
TODAY = date(2025, 11, 1)  # what the invented files call today


@pytest.fixture
def account_folder(tmp_path):
    """A function that makes an account folder of files (name → bytes, or names of invented files)."""

    def make(*names, files=None, settings="", stores=("amazon.co.uk",), id="t"):
        folder = tmp_path / id
        (folder / "exports").mkdir(parents=True)
        listed = ", ".join(f'"{store}"' for store in stores)
        text = f'id = "{id}"\nname = "Test account"\nmarketplaces = [{listed}]\n{settings}'
        (folder / "account.toml").write_text(text, encoding="utf-8")
        for name in names:
            shutil.copy(FORMATS / name, folder / "exports" / Path(name).name)
        for name, content in (files or {}).items():
            path = folder / "exports" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder

    return make


@pytest.fixture
def read(account_folder):
    """A function that reads an account made of sample files, on the day the invented files call today."""

    def reading(*names, today=TODAY, **said):
        return exports.read(account_folder(*names, **said), today=today)

    return reading


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {toml(one)}' for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@pytest.fixture(scope="session")
def mapping():
    """A function that gives the `[columns]` entry of a list among the invented files, as text of account.toml."""
    said = yaml.safe_load((FORMATS / "defects" / "mapping.yaml").read_text(encoding="utf-8"))

    def entry(name):
        return f'[columns."{name}"]\n' + "".join(f"{key} = {toml(value)}\n" for key, value in said[name].items())

    return entry


@pytest.fixture(scope="session")
def samples():
    """The sample accounts in the home of the session, where reading them may write."""
    return places.home() / "data" / "sample"


@pytest.fixture
def marked(tmp_path):
    """How an account writes whose language is a made-up one: every piece of a template in ⟦⟧."""
    import marked as language

    return language.writing(tmp_path)


@pytest.fixture(scope="session")
def real():
    """The folder of real orders of another marketplace that KIT_REALDATA names. Without it a test is skipped aloud."""
    folder = Path(os.environ.get("KIT_REALDATA", "/nonexistent"))
    if not all((folder / f"olist_{name}.parquet").exists() for name in ("orders", "items", "reviews")):
        pytest.skip("REAL ORDERS NOT LOOKED AT: KIT_REALDATA is not set")
    return folder


@pytest.fixture(scope="session")
def report_page(samples):
    """A function that gives the page of a sample account's report; each is made once for all processes of the session."""
    from helpers.reports import runner

    def page(account, notebook):
        out = places.home() / "reports"
        path = out / account / "2026-10" / f"{account}-2026-10-{notebook[3:]}.html"
        out.mkdir(exist_ok=True)
        with FileLock(out / f"{account} {notebook}.lock"):
            if not path.exists():  # a page appears last, and whole
                task = runner.Task(account, samples / account, places.NOTEBOOKS / f"{notebook}.ipynb", "", "", out)
                assert [found.said for found in runner.run([task]) if found.code] == []
        return path

    return page


def chromium():
    """The browser of the tests: SELLER_AUDIT_CHROMIUM, else one on the PATH, else None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("SELLER_AUDIT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    """A real headless Chromium. Without one the test is skipped aloud, or fails under REQUIRE_BROWSER=1."""
    path = chromium()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, but there is no Chromium: install it or set SELLER_AUDIT_CHROMIUM")
        pytest.skip("NO BROWSER: the page was not looked at. Install Chromium or set SELLER_AUDIT_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        flags = ["--no-sandbox"] if is_root else []
        opened = playwright.chromium.launch(executable_path=path, args=[*flags, "--disable-background-networking"])
        yield opened
        opened.close()


def opening(browser, contexts):
    """A function that opens a page offline and gives (page, requests, messages); its context is added to `contexts`."""

    def opened(path, *, width=1440, scripts=True, scheme="light", bypass_csp=False):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme=scheme,
            bypass_csp=bypass_csp,  # only to let the accessibility checker in
            offline=True,
        )
        contexts.append(context)
        page, requests, messages = context.new_page(), [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(path.as_uri())
        if scripts and page.locator("figure.chart").count():
            page.wait_for_function("document.querySelectorAll('.drawn[hidden]').length === 0", timeout=30_000)
        return page, [url for url in requests if not url.startswith(("file:", "data:"))], messages

    return opened


@pytest.fixture
def look(browser):
    """A function that opens a page of its own offline and gives (page, requests, messages)."""
    contexts = []
    yield opening(browser, contexts)
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def seen(browser):
    """As `look`, for tests that touch nothing: the same page looked at in the same way is opened once."""
    contexts = []
    yield functools.cache(opening(browser, contexts))
    for context in contexts:
        context.close()


def pytest_report_header():
    return f"browser: {chromium() or 'NONE: pages will not be looked at'}; python {sys.version.split()[0]}"
