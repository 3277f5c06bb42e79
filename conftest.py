"""The session of the tests: a home of its own, so that no test touches the checkout; and which tests are fast."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from helpers import places

ROOT = Path(__file__).parent
OF_TOOLS = {".git", ".venv", ".hypothesis", ".pytest_cache", ".ruff_cache", "__pycache__"}
BEFORE, TOUCHED = pytest.StashKey[dict](), pytest.StashKey[list]()

# What makes a test slow: a fixture it asks for, or a name its module imports to start a process, draw, damage at random
# or count random accounts one by one.
SLOW_FIXTURES = {"browser", "samples", "real"}
SLOW_IMPORTS = {
    "subprocess",
    "runner",
    "papermill",
    "committed",
    "gallery",
    "main",
    "still_and_spec",
    "vl_convert",
    "random",
    "betabinom",
}


def pytest_configure(config):
    """Give the session a home with the sample accounts in it; kernels and other processes of the session inherit it."""
    if hasattr(config, "workerinput"):
        return  # one of the session's processes
    home = Path(tempfile.mkdtemp(prefix="seller-audit-home-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    without = shutil.ignore_patterns(".salt", ".cache")  # left by reports made in the checkout
    shutil.copytree(ROOT / "data" / "sample", home / "data" / "sample", ignore=without)
    os.environ[places.VARIABLE] = str(home)
    config.stash[BEFORE] = files(ROOT)


def files(folder):
    """Every file and folder in a folder, but for the caches of tools: path → a file's size and moment of last change."""
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in OF_TOOLS]
        found |= {os.path.relpath(os.path.join(place, name), folder) + os.sep: None for name in folders}
        for name in names:
            said = os.lstat(os.path.join(place, name))
            found[os.path.relpath(os.path.join(place, name), folder)] = said.st_size, said.st_mtime_ns
    return found


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """A session that made, changed or took away a file of the checkout has failed."""
    before = session.config.stash.get(BEFORE, None)
    if before is not None:
        after = files(ROOT)
        touched = sorted(path for path in before.keys() | after.keys() if before.get(path, 0) != after.get(path, 0))
        session.config.stash[TOUCHED] = touched
        if touched:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if touched := config.stash.get(TOUCHED, []):
        terminalreporter.section("FAILED: files of the checkout changed while the tests ran", red=True, bold=True)
        terminalreporter.write_line("\n".join(touched))


def is_fast(item):
    """Whether a test is one of pure functions: of the tests' own Python, nothing slow asked for or imported."""
    is_drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    asked = SLOW_FIXTURES & set(getattr(item, "fixturenames", ()))
    return isinstance(item, pytest.Function) and not (is_drawn or asked or SLOW_IMPORTS & vars(item.module).keys())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what is fast; files that hold something slow go first, so that two processes end together."""
    slow_files = set()
    for item in items:
        if is_fast(item):
            item.add_marker("fast")
        else:
            slow_files.add(item.path)
    items.sort(key=lambda item: item.path not in slow_files)
