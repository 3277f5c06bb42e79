"""Installed from a wheel, without a checkout, git or make, the kit finds its notebooks and makes a report."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers import places

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder into which the wheel of this checkout was unpacked: all that an installation does with it."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"  # building must not touch the checkout
    for name in ("src", "notebooks"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
    ]
    command += ["--no-build-isolation", "--wheel-dir", str(place), str(source)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place / "site")
    return place / "site"


def run(installed, folder, *arguments):
    """The command of the installed kit, typed in a folder."""
    environment = {name: value for name, value in os.environ.items() if name != places.VARIABLE}
    environment["PYTHONPATH"] = str(installed)
    command = [sys.executable, "-m", "helpers.reports.command_line", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_every_notebook_is_in_the_wheel_as_it_is(installed):
    shipped = {path.name: path.read_bytes() for path in (installed / "helpers" / "shipped").iterdir()}
    assert shipped == {path.name: path.read_bytes() for path in places.NOTEBOOKS.glob("*.ipynb")}


def test_what_is_no_code_is_in_the_wheel_as_well(installed):
    own = ROOT / "src" / "helpers"
    names = {path.relative_to(own) for path in own.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert [str(name) for name in sorted(names) if not (installed / "helpers" / name).is_file()] == []


def test_a_report_is_made_without_a_checkout_and_lies_where_the_command_was_typed(installed, samples, tmp_path):
    made = run(installed, tmp_path, "report", str(samples / "small-good"), "--month", "2026-10")
    assert made.returncode == 0, made.stderr
    path = tmp_path / "reports" / "small-good" / "2026-10" / "small-good-2026-10-metric-trends.html"
    assert made.stdout.strip() == str(path)
    assert path.is_file()
